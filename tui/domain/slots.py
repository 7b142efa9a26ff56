"""When the next talk is due by the cadence: from the last real one, past what was left out.

A rhythm has no grid. It counts from the day the two really talked, wherever that was; a talk that
was due and left out moves it on by one slot, and only as long as that slot is the one in question:
who talks after all begins to count anew.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import NamedTuple

from tui.domain.dates import Cadence, WhenError
from tui.domain.people import Person, Skip

_DAYS = {"day": 1, "week": 7}


class Slot(NamedTuple):
    """The day a talk is due by the cadence."""

    day: date
    skips: tuple[Skip, ...] = ()
    """What was left out since the last real talk, oldest first."""


def slot_of(person: Person, last: date | None, today: date) -> Slot | None:
    """Return when the next talk is due by a person's cadence; None without one.

    Where that would be beyond the year 9999, as a file from elsewhere may have it, it is the last
    slot reached.

    Args:
        person: The person.
        last: The day of the last talk that really took place; someone never talked to is due from
            the day they were added.
        today: The day to look from.
    """
    cadence = person.cadence
    if cadence is None:
        return None
    day = last or person.since or next((skip.due for skip in person.skips), today)
    left, passed = list(person.skips), []
    with suppress(WhenError):
        if last is not None:
            day = cadence.next_after(last)
        while (skip := next((skip for skip in left if skip.due == day), None)) is not None:
            left.remove(skip)
            passed.append(skip)
            day = slot_after(cadence, day, min(skip.on, today))
    return Slot(day, tuple(passed))


def slot_after(cadence: Cadence, slot: date, day: date) -> date:
    """Return the first slot after one that is also after a day.

    Raises:
        WhenError: If that is beyond the year 9999.
    """
    if cadence.unit in _DAYS:
        count = (day - slot).days // (_DAYS[cadence.unit] * cadence.every) + 1
    else:
        months = (day.year - slot.year) * 12 + day.month - slot.month
        count = months // cadence.every
    count = max(1, count)
    found = Cadence(cadence.every * count, cadence.unit).next_after(slot)
    if found <= day:  # within the month the slot may come before the day
        found = Cadence(cadence.every * (count + 1), cadence.unit).next_after(slot)
    return found
