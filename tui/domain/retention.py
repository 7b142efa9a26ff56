"""How long raw notes are kept, where the manager has chosen a time: by default for ever."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tui.domain.onetoones import OneToOne, Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.domain.journal import Page

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


def has_expired(page: Page, cutoff: date) -> bool:
    """Return whether something goes of what was written in a one-to-one that is old."""
    return any(is_expired(n.at, is_pinned=n.is_pinned, cutoff=cutoff) for n in page.notes) or any(
        sending.text or sending.edits for sending in page.sendings
    )


def old_talks(
    ones: Iterable[OneToOne], cutoff: date, page_of: Callable[[OneToOne], Page | None]
) -> int:
    """Return how many one-to-ones there are of which something is older than it is to be kept.

    What is there decides, not when notes were last let go: a talk of long ago may have been closed,
    imported or synced since.

    Args:
        ones: All there are.
        cutoff: The day before which they are old.
        page_of: Returns what was written in one; None where that cannot be read.
    """
    pages = (page_of(one) for one in ones if is_old(one, cutoff))
    return sum(page is not None and has_expired(page, cutoff) for page in pages)
