"""What dates are reckoned with beyond today: how weeks go here, and when the next one-to-one is.

The grammar of `tui.domain.dates` asks for either only where a phrase needs it, so both are given
as calls: who types "by fri" pays for no calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple


class Week(NamedTuple):
    """How weeks go where the manager is; days count from 0, Monday. As it stands, as ISO 8601."""

    starts: int = 0
    work_ends: int = 4
    """The last working day before the weekend."""

    def place_of(self, day: date) -> int:
        """Return how many days after its beginning a day is in its week: 0 to 6."""
        return (day.weekday() - self.starts) % 7

    def is_weekend(self, day: date) -> bool:
        """Return whether a day is one of the two after the last working day."""
        return (day.weekday() - self.work_ends - 1) % 7 < 2


class Reckoning(NamedTuple):
    """What a date phrase may need to know."""

    week: Callable[[], Week] = Week
    next_talk: Callable[[], date] | None = None
    """Returns the day of the next one-to-one with the person it is about, or raises `WhenError`;
    None where it is about nobody."""


ISO = Reckoning()
"""Weeks as ISO 8601 has them, and nobody in particular."""
