"""Where the manager stands with each person: who is due, when they last talked, what is owed.

All of it is worked out from the records each time; nothing here is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from tui.domain.dates import WhenError, say_gap, say_moment
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.domain.followups import FollowUp
    from tui.domain.journal import Journal

_NEVER_DUE = 10_000


class Standing(NamedTuple):
    """How things are with one person today."""

    person: Person
    last: OneToOne | None
    """The last one-to-one that really took place."""
    next: OneToOne | None
    """The next that is planned."""
    due: date | None
    """When the next talk is due by the cadence, or planned for; None without either."""
    i_owe: int
    they_owe: int
    today: date

    @property
    def days_since(self) -> int | None:
        """Days since the two really talked; None when they never did."""
        return None if self.last is None else (self.today - self.last.at.date()).days

    @property
    def days_left(self) -> int | None:
        """Days until the next talk is due, below zero when it is overdue."""
        return None if self.due is None else (self.due - self.today).days

    def say_due(self) -> str:
        """Return when the next talk is due, in words."""
        left = self.days_left
        if left is None:
            return "no cadence"
        if left < 0:
            return f"overdue {say_gap(-left)}"
        return {0: "due today", 1: "tomorrow"}.get(left) or f"in {say_gap(left)}"

    def say_last(self) -> str:
        """Return how long ago the two talked, in words."""
        days = self.days_since
        if days is None:
            return "not talked yet"
        return "talked today" if days == 0 else f"{say_gap(days)} since you talked"

    def say_owed(self) -> str:
        """Return what each owes the other, in words; empty when nothing is owed."""
        pronoun = self.person.pronoun
        parts = []
        if self.i_owe:
            parts.append(f"you owe {self.i_owe}")
        if self.they_owe:
            parts.append(f"{pronoun} {pronoun.verb_owe} {self.they_owe}")
        return " · ".join(parts)

    def say_next(self) -> str:
        """Return when the planned talk is, in words; empty when none is planned."""
        return "" if self.next is None else say_moment(self.next.at, self.today)


def standing_of(
    person: Person,
    one_to_ones: tuple[OneToOne, ...],
    follow_ups: tuple[FollowUp, ...],
    today: date,
) -> Standing:
    """Return how things are with a person.

    The cadence counts from the last talk that really took place, wherever it was; someone never
    talked to is due from the day they were added. A planned day comes before the cadence's only
    where it is the earlier or the cadence's has not passed.

    Args:
        person: The person.
        one_to_ones: Theirs, oldest first.
        follow_ups: Theirs.
        today: The day to look from.
    """
    held = [one for one in one_to_ones if one.took_place and one.at.date() <= today]
    last = held[-1] if held else None
    coming = current_one_to_one(tuple(o for o in one_to_ones if not o.took_place), today)
    due = None
    if person.cadence is not None:
        since = last.at.date() if last else person.since or today
        due = person.cadence.next_after(since) if last else since
    if coming is not None and (due is None or due >= today):
        due = coming.at.date()
    return Standing(
        person,
        last,
        coming,
        due,
        sum(f.i_owe for f in follow_ups),
        sum(f.they_owe for f in follow_ups),
        today,
    )


def next_talk(
    person: Person, one_to_ones: tuple[OneToOne, ...], today: date, during: datetime | None = None
) -> date:
    """Return the day of the next one-to-one: the next that is planned, else by the cadence.

    Args:
        person: The person.
        one_to_ones: Theirs, oldest first.
        today: The day to look from.
        during: When the talk is in which this is asked: the next one is after it.

    Raises:
        WhenError: Where none is planned and the cadence asks for no day that is still to come.
    """
    for one in one_to_ones:
        if one.took_place or one.started is not None or one.at.date() < today:
            continue
        if during is None or one.at > during:
            return one.at.date()
    held = [one.at.date() for one in one_to_ones if one.took_place and one.at.date() <= today]
    held += [] if during is None else [during.date()]
    day = person.since or today
    if person.cadence is not None and held:
        day = person.cadence.next_after(max(held))
    if person.cadence is None or day < today:
        raise WhenError(
            f"No next one-to-one with {person.first_name} is planned: give a day, or plan it first."
        )
    return day


def current_one_to_one(one_to_ones: tuple[OneToOne, ...], today: date) -> OneToOne | None:
    """Return the one-to-one that is meant when none is named.

    That is today's that is under way, else the next that is planned from today on.
    """
    open_ones = [one for one in one_to_ones if one.is_open and one.at.date() >= today]
    under_way = [one for one in open_ones if one.started is not None]
    return next(iter(under_way[::-1] or open_ones), None)


def one_to_one_of_day(one_to_ones: tuple[OneToOne, ...], day: date) -> OneToOne | None:
    """Return the one-to-one of a day; of several, the one under way, else the latest."""
    of_day = [one for one in one_to_ones if one.at.date() == day]
    under_way = [one for one in of_day if one.is_open and one.started is not None]
    return next(iter(under_way[::-1] or of_day[::-1]), None)


def last_time(one_to_ones: tuple[OneToOne, ...], before: OneToOne | None) -> OneToOne | None:
    """Return the last one-to-one that took place before the one given (or at all)."""
    held = [
        one
        for one in one_to_ones
        if one.took_place and (before is None or (one.at < before.at and one.id != before.id))
    ]
    return held[-1] if held else None


def standings(journal: Journal, today: date, *, archived: bool = False) -> tuple[Standing, ...]:
    """Return where things stand with everybody, most pressing first; see `in_order`.

    Args:
        journal: The journal.
        today: The day to look from.
        archived: Whether to show the archived people instead of the others.
    """
    found = (
        standing_of(
            person, journal.one_to_ones_of(person.id), journal.follow_ups_of(person.id), today
        )
        for person in journal.people.values()
        if person.archived is archived
    )
    return in_order(found)


def in_order(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return standings most pressing first.

    Most pressing is who is furthest past, or closest to, the day the next talk is due; those with
    neither cadence nor plan come last, longest unseen first.
    """
    return tuple(sorted(standings, key=_urgency))


def _urgency(standing: Standing) -> tuple[int, int, str, str]:
    left = standing.days_left
    unseen = -(standing.days_since or 0)
    name = standing.person.name.casefold()
    return (_NEVER_DUE if left is None else left, unseen, name, standing.person.id)
