"""How long raw notes are kept, where the manager has chosen a time: by default for ever."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tui.domain.onetoones import OneToOne, Status

_MONTHS_IN = {"month": 1, "year": 12}
_DAYS_IN = {"day": 1, "week": 7}


class Keep(NamedTuple):
    """A time for which notes are kept."""

    months: int
    days: int
    words: str
    """As it is said: "1 year"."""

    def cutoff(self, today: date) -> date:
        """Return the day before which notes are older than that."""
        month = today.year * 12 + today.month - 1 - self.months
        year, month = divmod(month, 12)
        if year < 1:
            return date.min
        day = today.day
        while True:
            try:
                return date(year, month + 1, day) - timedelta(days=self.days)
            except ValueError:  # a month that has no such day
                day -= 1
            except OverflowError:
                return date.min


def keep_from(text: str) -> Keep:
    """Return the time meant by "1 year", "18 months", "26 weeks" or "90 days".

    Raises:
        ValueError: Where it is none of these.
    """
    found = re.fullmatch(r"([1-9][0-9]{0,3}) ?(day|week|month|year)s?", text.strip().casefold())
    if found is None:
        raise ValueError(f"“{text}” is not a time such as 1 year, 18 months, 90 days")
    count, unit = int(found[1]), found[2]
    said = f"{count} {unit}{'' if count == 1 else 's'}"
    return Keep(count * _MONTHS_IN.get(unit, 0), count * _DAYS_IN.get(unit, 0), said)


def is_old(one: OneToOne, cutoff: date) -> bool:
    """Return whether the notes of a one-to-one may go by their age: it is closed, and long ago."""
    return one.status is Status.CLOSED and one.at.date() < cutoff


def is_expired(at: datetime, *, is_pinned: bool, cutoff: date) -> bool:
    """Return whether a note of such a one-to-one goes: one written later, or pinned, stays."""
    return not is_pinned and at.date() < cutoff


def old_talks(ones: Iterable[OneToOne], cutoff: date, done_to: date | None) -> int:
    """Return how many one-to-ones have become old since notes were last let go.

    Args:
        ones: All there are.
        cutoff: The day before which they are old.
        done_to: The cutoff of that time; None where there was none.
    """
    return sum(
        is_old(one, cutoff) and (done_to is None or one.at.date() >= done_to) for one in ones
    )
