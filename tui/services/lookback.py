"""Looking back: the one-to-ones with one person, each told whole, and what to raise next, and why.

All of it is worked out from the records each time. Only the page of a talk is read, when that talk
is looked at; what is to be raised needs none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tui.domain.dates import say_date, say_due
from tui.domain.followups import FollowUp, Owner
from tui.domain.journal import Journal, Page
from tui.domain.notes import Note
from tui.domain.onetoones import OneToOne
from tui.domain.people import Topic
from tui.domain.questions import AREAS, Area, Landed, Pick
from tui.domain.sendings import Sending
from tui.domain.standing import last_time
from tui.services.deck import say_months

AT_MOST = 5
"""Things to raise next at most: more is an agenda."""
OF_A_KIND = 2
"""Of one kind at first, so that what is overdue does not hide what was parked."""
UNTOUCHED = 90
"""Days without a question about an area after which that is said."""


# -- one talk, whole -----------------------------------------------------------------------


class Told(NamedTuple):
    """All there is of one one-to-one, in the order it is read."""

    one: OneToOne
    asked: tuple[Pick, ...]
    """The questions that were asked."""
    considered: tuple[Pick, ...]
    """The questions that were taken along and not asked."""
    notes: tuple[Note, ...]
    """Of both sides, as they were written."""
    made: tuple[FollowUp, ...]
    """The follow-ups that were made in it, as they stand now."""
    came_up: tuple[FollowUp, ...]
    """The follow-ups of earlier talks that came up in it, as they stand now."""
    parked: tuple[Topic, ...]
    """The topics that were parked in it for next time."""
    sendings: tuple[Sending, ...]
    """What was sent of it, oldest first."""
    is_whole: bool = True
    """Whether its file could be read."""


def history(journal: Journal, person_id: str) -> tuple[OneToOne, ...]:
    """Return the one-to-ones with a person, newest first, with those that are still to come."""
    return journal.one_to_ones_of(person_id)[::-1]


def told(journal: Journal, one: OneToOne, page: Page | None) -> Told:
    """Return all there is of a one-to-one.

    Args:
        journal: Where it is.
        one: The one-to-one.
        page: What was written in it; None where that cannot be read now.
    """
    picks = journal.picks_of(one.id)
    theirs = journal.follow_ups_of(one.person_id)
    shelf = journal.topics.get(one.person_id, ())
    written = page or Page()
    return Told(
        one,
        tuple(pick for pick in picks if pick.asked is not None),
        tuple(pick for pick in picks if pick.asked is None),
        tuple(sorted(written.notes, key=lambda note: note.id)),
        tuple(f for f in theirs if f.born_in == one.id),
        tuple(f for f in theirs if one.id in f.touches and f.born_in != one.id),
        tuple(sorted((t for t in shelf if t.born_in == one.id), key=lambda topic: topic.id)),
        tuple(sorted(written.sendings, key=lambda sending: (sending.at, sending.id))),
        page is not None,
    )


# -- what to raise next --------------------------------------------------------------------


class Why(StrEnum):
    """Why something is to be raised, the most pressing first."""

    PROMISED = "promised"
    PLANNED = "planned"
    PARKED = "parked"
    LANDED = "landed"
    UNTOUCHED = "untouched"


class Raise(NamedTuple):
    """Something to raise in the next talk, with the reason for it."""

    why: Why
    about: FollowUp | Topic | Pick | Area
    reason: str
    """In a few plain words."""


def raise_next(
    journal: Journal, person_id: str, today: date, one: OneToOne | None = None
) -> tuple[Raise, ...]:
    """Return what to raise in the next talk with a person, most pressing first, five at most.

    In this order: the manager's own promises that are overdue, what the other has planned and is
    due by then, what was parked and never raised, a question that landed last time, the area that
    no question was asked about for the longest. Of each at most two, and one area; what is left of
    the first three fills up where there is room.

    Args:
        journal: Where all of it is.
        person_id: With whom.
        today: The day to look from.
        one: The talk it is for; what was made in that talk is not raised in it. None for whichever
            comes next.
    """
    kinds = (
        tuple(_promised(journal, person_id, today, one)),
        tuple(_planned(journal, person_id, today, one)),
        tuple(_parked(journal, person_id, today, one)),
        tuple(_landed(journal, person_id, one)),
        tuple(_untouched(journal, person_id, today))[:1],
    )
    first = [found for kind in kinds for found in kind[:OF_A_KIND]]
    chosen = first + [found for kind in kinds for found in kind[OF_A_KIND:]]
    ranks = list(Why)
    return tuple(sorted(chosen[:AT_MOST], key=lambda found: ranks.index(found.why)))


def _of_before(records: Iterable[FollowUp], one: OneToOne | None) -> Iterator[FollowUp]:
    return (f for f in records if one is None or f.born_in != one.id)


def _soonest_first(follow_ups: Iterable[FollowUp]) -> list[FollowUp]:
    return sorted(follow_ups, key=lambda f: (f.due or date.max, f.said, f.id))


def _promised(
    journal: Journal, person_id: str, today: date, one: OneToOne | None
) -> Iterator[Raise]:
    theirs = _of_before(journal.follow_ups_of(person_id), one)
    for follow_up in _soonest_first(f for f in theirs if f.i_owe and f.is_overdue(today)):
        yield Raise(Why.PROMISED, follow_up, f"you promised it: {say_due(follow_up.due, today)}")


def _planned(
    journal: Journal, person_id: str, today: date, one: OneToOne | None
) -> Iterator[Raise]:
    by_then = max(today, one.at.date()) if one is not None else today
    they = journal.people[person_id].pronoun
    for follow_up in _soonest_first(_of_before(journal.follow_ups_of(person_id), one)):
        due = follow_up.due
        is_theirs = follow_up.is_open and follow_up.owner is Owner.THEM
        if is_theirs and due is not None and due <= by_then:
            yield Raise(Why.PLANNED, follow_up, f"{they} planned it for {say_date(due, today)}")


def _parked(journal: Journal, person_id: str, today: date, one: OneToOne | None) -> Iterator[Raise]:
    for topic in journal.shelf_of(person_id):
        if one is None or topic.born_in != one.id:
            yield Raise(Why.PARKED, topic, f"parked {say_date(topic.on, today)}, not raised yet")


def _landed(journal: Journal, person_id: str, one: OneToOne | None) -> Iterator[Raise]:
    before = last_time(journal.one_to_ones_of(person_id), one)
    for pick in journal.picks_of(before.id) if before else ():
        if pick.asked is not None and pick.landed is Landed.YES:
            yield Raise(Why.LANDED, pick, "landed last time: go on there")


def _untouched(journal: Journal, person_id: str, today: date) -> Iterator[Raise]:
    """Yield the areas no question was asked about for long, the longest first.

    Where no question was ever asked, or only lately, nobody can tell what was left out.
    """
    lasts: dict[str, date] = {}
    began = today
    for day, pick in asked_of(journal, person_id):
        began = min(began, day)
        lasts[pick.area] = max(day, lasts.get(pick.area, day))
    if (today - began).days < UNTOUCHED:
        return
    for area in sorted(AREAS, key=lambda area: lasts.get(area.id, date.min)):
        last = lasts.get(area.id)
        if last is None:
            yield Raise(Why.UNTOUCHED, area, "no question about it yet")
        elif (today - last).days >= UNTOUCHED:
            reason = f"no question about it for {say_months((today - last).days)}"
            yield Raise(Why.UNTOUCHED, area, reason)


def asked_of(
    journal: Journal, person_id: str, area: Area | None = None
) -> Iterator[tuple[date, Pick]]:
    """Yield the questions somebody was asked, with the day, those of the oldest talk first.

    Args:
        journal: Where they are.
        person_id: Whom.
        area: Only those about it; None for all.
    """
    picks = journal.picks
    for one in journal.one_to_ones_of(person_id):
        for pick in picks.get(one.id, ()):
            if pick.asked is not None and (area is None or pick.area == area.id):
                yield pick.asked.date(), pick
