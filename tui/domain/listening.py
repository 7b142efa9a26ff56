"""How much listening the coming days hold: what is planned, what is due, how long it will take.

Listening tires. Nobody is scored by it; it is there so that a day with five talks is seen before it
comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from tui.domain.onetoones import PASSING, OneToOne
from tui.domain.reckoning import Week
from tui.domain.standing import Standing

ASSUMED = 30
"""Minutes a talk takes where nothing is known."""
LOOK_BACK = 10
"""Talks with a person that say how long the next will be."""
AT_MOST = 3 * 60
"""Minutes of listening a day above which it is said that this is a lot."""
_LEAST, _MOST = 5, 4 * 60
"""Minutes; a shorter or longer talk is a clock that was forgotten."""


class Meeting(NamedTuple):
    """A talk that is planned or due on a day."""

    standing: Standing
    one: OneToOne | None
    """The talk; None where it is due and not planned."""
    minutes: int
    """How long it takes, by and large."""

    @property
    def is_planned(self) -> bool:
        """Whether it has a day and a time, or took place today."""
        return self.one is not None


class Day(NamedTuple):
    """One day and what it holds, in order; what is only due stands last."""

    day: date
    meetings: tuple[Meeting, ...]

    @property
    def minutes(self) -> int:
        """Minutes of listening that are planned."""
        return sum(each.minutes for each in self.meetings if each.is_planned)

    @property
    def is_much(self) -> bool:
        """Whether it is more listening than a day holds well."""
        return self.minutes > AT_MOST


def usual_minutes(one_to_ones: tuple[OneToOne, ...]) -> int | None:
    """Return how long talks with somebody take: the median of the last ten with both times.

    Args:
        one_to_ones: Theirs, oldest first.
    """
    found: list[int] = []
    for one in reversed(one_to_ones):
        length = _length(one)
        if one.place != PASSING and length is not None and _LEAST <= length <= _MOST:
            found.append(length)
            if len(found) == LOOK_BACK:
                break
    return sorted(found)[len(found) // 2] if found else None


def _length(one: OneToOne) -> int | None:
    if one.started is None or one.ended is None:
        return None
    return int((one.ended - one.started).total_seconds() // 60)


def first_day(today: date, week: Week) -> date:
    """Return the day this week began."""
    return today - timedelta(days=week.place_of(today))


def days_ahead(
    people: Iterable[tuple[Standing, tuple[OneToOne, ...]]], first: date, last: date
) -> tuple[Day, ...]:
    """Return the days that hold something, in order.

    Who is overdue with nothing planned is due today. What took place is there only for today.

    Args:
        people: Where things stand with each, and their one-to-ones, oldest first.
        first: The first day to look at.
        last: The last.
    """
    found: dict[date, list[Meeting]] = {}
    for standing, one_to_ones in people:
        for meeting in _meetings(standing, one_to_ones):
            found.setdefault(_day_of(meeting), []).append(meeting)
    return tuple(
        Day(day, tuple(sorted(found[day], key=_by_time)))
        for day in sorted(found)
        if first <= day <= last
    )


def _meetings(standing: Standing, one_to_ones: tuple[OneToOne, ...]) -> Iterator[Meeting]:
    """Yield what is planned with somebody from today on, or is due where nothing is."""
    usual = usual_minutes(one_to_ones) or ASSUMED
    to_come = takewhile(lambda one: one.at.date() >= standing.today, reversed(one_to_ones))
    for one in to_come:
        if not (one.took_place and one.place == PASSING):
            length = _length(one) if one.took_place else None
            yield Meeting(standing, one, usual if length is None else length)
    if standing.due is not None and standing.next is None:
        yield Meeting(standing, None, usual)


def _day_of(meeting: Meeting) -> date:
    if meeting.one is not None:
        return meeting.one.at.date()
    return max(meeting.standing.due or meeting.standing.today, meeting.standing.today)


def _by_time(meeting: Meeting) -> tuple[bool, str, str]:
    at = meeting.one.at if meeting.one else meeting.standing.due
    return (meeting.one is None, str(at), meeting.standing.person.id)


def say_hours(minutes: int) -> str:
    """Return a length in words: "45 min", "2 h", "2 h 30"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"
