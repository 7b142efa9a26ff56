"""Where the manager stands with each person: who is due, when they last talked, what is owed.

All of it is worked out from the records each time; nothing here is stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from tui.domain.dates import WhenError, say_day, say_gap, say_moment
from tui.domain.onetoones import OneToOne
from tui.domain.people import Excuse, Person, Skip
from tui.domain.slots import slot_of
from tui.domain.text import plural, shortened, times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.domain.followups import FollowUp
    from tui.domain.journal import Journal

_NEVER_DUE = 10_000
OFFERED_FOR = timedelta(days=7)
"""How long a talk that was not debriefed is offered for it: later there is little left to find."""
MISSED_FOR = 28
"""Days for which a plan that nothing came of is spoken of."""


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
    late: tuple[date, ...] = ()
    """The days of those promises of the manager that have passed, earliest first."""
    skips: tuple[Skip, ...] = ()
    """The talks that were due since they last talked and were left out, oldest first."""
    missed: OneToOne | None = None
    """The last that was planned and did not take place, where nothing is planned since."""
    awaits_debrief: bool = False
    """Whether a talk is over and not yet written down."""

    @property
    def moved_by_me(self) -> int:
        """How often since they last talked the manager moved the talk or left it out."""
        moves = self.next.moved_by_me if self.next is not None else 0
        return moves + sum(skip.why is Excuse.ME for skip in self.skips)

    @property
    def pressing(self) -> date | None:
        """The day since when, or from when on, something is asked of the manager.

        That is when the talk is due, or the day of the first promise that was not kept by it; a
        talk that waits for its debrief is of today, whatever else is later.
        """
        days = [*self.late[:1], *([self.due] if self.due else [])]
        days += [self.today] if self.awaits_debrief else []
        return min(days, default=None)

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

    def reasons(self) -> tuple[str, ...]:
        """Return why somebody is pressing, beyond when the talk is due and what is owed."""
        said = []
        if self.late:
            gap = say_gap((self.today - self.late[0]).days)
            many = len(self.late)
            what = "a promise is" if many == 1 else f"{plural(many, 'promise')} are"
            said.append(f"{what} overdue{', the first' if many > 1 else ''} {gap}")
        if self.moved_by_me:
            said.append(f"you moved it {times(self.moved_by_me)}")
        if self.missed is not None:
            day = say_day(self.missed.at.date(), self.today)
            said.append(f"planned for {day}, not held")
        if self.skips:
            skip = self.skips[-1]
            who = {
                Excuse.ME: "you could not",
                Excuse.THEM: f"{shortened(self.person.first_name, 24)} could not",
                Excuse.LEAVE: "on leave",
            }[skip.why]
            said.append(f"{say_day(skip.due, self.today)} left out ({who})")
        return tuple(said)

    def say_next(self) -> str:
        """Return when the planned talk is, in words; empty when none is planned."""
        return "" if self.next is None else say_moment(self.next.at, self.today)


def standing_of(
    person: Person,
    one_to_ones: tuple[OneToOne, ...],
    follow_ups: tuple[FollowUp, ...],
    today: date,
    *,
    awaits_debrief: bool = False,
) -> Standing:
    """Return how things are with a person.

    The cadence counts from the last talk that really took place, wherever it was, past what was
    left out since; see `tui.domain.slots`. A planned day comes before the cadence's only where it
    is the earlier or the cadence's has not passed. Years of talks cost nothing: they are looked
    through from their end, as far as there is something to see.

    Args:
        person: The person.
        one_to_ones: Theirs, oldest first.
        follow_ups: Theirs.
        today: The day to look from.
        awaits_debrief: Whether a talk is over and not yet written down.
    """
    last = last_held(one_to_ones, today)
    to_come = takewhile(lambda one: one.at.date() >= today, reversed(one_to_ones))
    coming = current_one_to_one(tuple(o for o in to_come if not o.took_place)[::-1], today)
    slot = slot_of(person, last.at.date() if last else None, today)
    due, skips = (slot.day, slot.skips) if slot else (None, ())
    if coming is not None and (due is None or due >= today):
        due = coming.at.date()
    open_ones = [follow_up for follow_up in follow_ups if follow_up.is_open]
    late = (f.due for f in open_ones if f.i_owe and f.due is not None and f.due < today)
    return Standing(
        person,
        last,
        coming,
        due,
        sum(f.i_owe for f in open_ones),
        sum(f.they_owe for f in open_ones),
        today,
        tuple(sorted(late)),
        skips,
        None if coming else _missed(one_to_ones, last, skips, today),
        awaits_debrief,
    )


def last_held(one_to_ones: tuple[OneToOne, ...], today: date) -> OneToOne | None:
    """Return the last one-to-one that really took place, wherever it was.

    Args:
        one_to_ones: A person's, oldest first.
        today: The day to look from; what is dated after it has not taken place yet.
    """
    return next(
        (one for one in reversed(one_to_ones) if one.took_place and one.at.date() <= today), None
    )


def _missed(
    one_to_ones: tuple[OneToOne, ...],
    last: OneToOne | None,
    skips: tuple[Skip, ...],
    today: date,
) -> OneToOne | None:
    """Return the last talk that was planned and did not take place.

    None where the two have talked since, where a reason was noted since, or where it is long ago.
    """
    lately = takewhile(lambda one: (today - one.at.date()).days <= MISSED_FOR, one_to_ones[::-1])
    found = next((one for one in lately if not one.took_place and one.at.date() < today), None)
    if found is None or (last is not None and last.at.date() >= found.at.date()):
        return None
    return None if any(skip.on >= found.at.date() for skip in skips) else found


def talk_to_debrief(one_to_ones: tuple[OneToOne, ...], now: datetime) -> OneToOne | None:
    """Return the latest talk that was not debriefed, of the last week at most.

    Args:
        one_to_ones: A person's, oldest first.
        now: The moment to look from.
    """
    lately = takewhile(lambda one: one.at >= now - OFFERED_FOR, reversed(one_to_ones))
    return next(
        (one for one in lately if one.awaits_debrief and (one.started or one.at) <= now), None
    )


def talk_left_open(one_to_ones: tuple[OneToOne, ...], now: datetime) -> OneToOne | None:
    """Return a talk that is over and still waits to be debriefed, to be offered gently.

    Args:
        one_to_ones: A person's, oldest first.
        now: The moment to look from.
    """
    one = talk_to_debrief(one_to_ones, now)
    is_over = one is not None and (
        one.ended is not None or bool(one.cue) or one.at.date() < now.date()
    )
    return one if is_over else None


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
    last = last_held(one_to_ones, today)
    held = [one.at.date() for one in (last,) if one is not None]
    held += [] if during is None else [during.date()]
    slot = slot_of(person, max(held, default=None), today)
    if slot is None or slot.day < today:
        raise WhenError(
            f"No next one-to-one with {person.first_name} is planned: give a day, or plan it first."
        )
    return slot.day


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


def standings(
    journal: Journal, today: date, *, archived: bool = False, waiting: Collection[str] = ()
) -> tuple[Standing, ...]:
    """Return where things stand with everybody, most pressing first; see `in_order`.

    Args:
        journal: The journal.
        today: The day to look from.
        archived: Whether to show the archived people instead of the others.
        waiting: The ids of those with whom a talk waits for its debrief.
    """
    found = (
        standing_of(
            person,
            journal.one_to_ones_of(person.id),
            journal.follow_ups_of(person.id),
            today,
            awaits_debrief=person.id in waiting,
        )
        for person in journal.people.values()
        if person.archived is archived
    )
    return in_order(found)


def in_order(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return standings most pressing first.

    Most pressing is of whom something has been asked the longest, or will be the soonest: the day
    the talk is due, or that of a promise not kept by it. Those of whom nothing is asked come last,
    longest unseen first.
    """
    return tuple(sorted(standings, key=_urgency))


def _urgency(standing: Standing) -> tuple[int, int, str, str]:
    pressing = standing.pressing
    left = _NEVER_DUE if pressing is None else (pressing - standing.today).days
    unseen = -(standing.days_since or 0)
    return (left, unseen, standing.person.name.casefold(), standing.person.id)
