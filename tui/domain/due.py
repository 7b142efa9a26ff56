"""Who is due and what the manager owes, in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tui.domain.standing import Standing
from tui.domain.text import clean_line, shortened

DOT = " · "
NAME_LENGTH = 24
"""Characters of a name at most: one long name must not push out the others."""


class Due(NamedTuple):
    """What is due on a day."""

    people: tuple[Standing, ...]
    """Those to talk to today, or already overdue; most pressing first."""
    names: tuple[str, ...]
    """What each of them is called here: by the first name, where it is only theirs."""
    owed: int
    """How many promises the manager owes."""
    overdue: int
    """How many of these should have been kept before today."""

    def parts(self) -> tuple[tuple[str, ...], str]:
        """Return a phrase for each person, and one for what is owed; empty where nothing is."""
        people = tuple(
            f"{name} {'today' if one.days_left == 0 else one.say_due()}"
            for name, one in zip(self.names, self.people, strict=True)
        )
        late = f" ({self.overdue} overdue)" if self.overdue else ""
        return people, f"you owe {self.owed}{late}" if self.owed else ""


def due_of(standings: Iterable[Standing], owed: Iterable[date | None], today: date) -> Due:
    """Return what is due.

    Args:
        standings: Where things stand with everybody who is not archived, most pressing first.
        owed: The days of what the manager owes them, None for what has none.
        today: The day to look from.
    """
    everybody = tuple(standings)
    firsts = Counter(one.person.first_name.casefold() for one in everybody)
    people = tuple(one for one in everybody if one.days_left is not None and one.days_left <= 0)
    names = tuple(
        one.person.first_name if firsts[one.person.first_name.casefold()] == 1 else one.person.name
        for one in people
    )
    days = tuple(owed)
    return Due(
        people,
        tuple(shortened(clean_line(name), NAME_LENGTH) for name in names),
        len(days),
        sum(day is not None and day < today for day in days),
    )
