"""The next one-to-one with somebody: suggested, planned, moved, or left out with a reason."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from tui.domain.checklist import Template
from tui.domain.journal import Change, Home
from tui.domain.onetoones import PASSING, WALK, Move, Mover, OneToOne
from tui.domain.people import Excuse, Person, Skip
from tui.domain.slots import slot_of
from tui.domain.standing import Standing, last_held, standing_of
from tui.errors import UsageError
from tui.services import talks
from tui.services.course import home_of
from tui.services.notebook import Notebook

USUAL_TIME = time(9)
"""When to talk where nothing is known of it."""
STILL_TO_COME = "The next talk is still to come. Write a later day or time."


def standing_with(notebook: Notebook, person: Person) -> Standing:
    """Return where things stand with one person, today."""
    journal = notebook.journal
    theirs = journal.one_to_ones_of(person.id), journal.follow_ups_of(person.id)
    return standing_of(person, *theirs, notebook.today())


def planned_next(
    notebook: Notebook, person: Person, after: OneToOne | None = None
) -> OneToOne | None:
    """Return the next talk that is planned and not begun.

    Args:
        notebook: Where their one-to-ones are.
        person: The person.
        after: The talk in which this is asked: the next one is after it. One that is itself still
            to come is the next.
    """
    today = notebook.today()
    if after is not None and not after.took_place and after.at.date() >= today:
        return after
    return next(
        (
            one
            for one in notebook.journal.one_to_ones_of(person.id)
            if not one.took_place
            and one.started is None
            and one.at.date() >= today
            and (after is None or (one.at > after.at and one.id != after.id))
        ),
        None,
    )


def suggested(notebook: Notebook, person: Person, since: date | None = None) -> datetime | None:
    """Return when to talk next by the cadence, at the time of day you usually do; None without.

    Where that day has passed, or is on a weekend, it is the next working day.

    Args:
        notebook: Where their one-to-ones are.
        person: The person.
        since: The day of a talk that takes place today, perhaps, or of one that is left out.
    """
    today = notebook.today()
    theirs = notebook.journal.one_to_ones_of(person.id)
    last = last_held(theirs, today)
    days = [day for day in (since, last.at.date() if last else None) if day is not None]
    slot = slot_of(person, max(days, default=None), today)
    if slot is None:
        return None
    day = slot.day if slot.day > today else today + timedelta(days=1)
    week = notebook.week()
    while week.is_weekend(day):
        day += timedelta(days=1)
    return datetime.combine(day, _usual_time(theirs))


def _usual_time(one_to_ones: tuple[OneToOne, ...]) -> time:
    """Return the time of day of the last talk that was planned, at the quarter of an hour."""
    at = next((o.at for o in reversed(one_to_ones) if o.took_place and o.place != PASSING), None)
    return time(at.hour, at.minute - at.minute % 15) if at is not None else USUAL_TIME


def schedule(
    notebook: Notebook, person: Person, at: datetime, template: Template, place: str = WALK
) -> OneToOne:
    """Plan the next one-to-one.

    Raises:
        UsageError: Where that has passed.
    """
    check_to_come(at, notebook.now())
    return talks.plan(notebook, talks.draft_for(person, at, place), template)


def check_to_come(at: datetime, now: datetime) -> None:
    """Refuse a moment that has passed.

    Raises:
        UsageError: Where it has.
    """
    if at < now.replace(second=0, microsecond=0):
        raise UsageError(STILL_TO_COME)


def move(notebook: Notebook, one: OneToOne, at: datetime, by: Mover) -> OneToOne:
    """Move a planned talk to another moment, and note who did: one act, so one undo.

    Raises:
        UsageError: Where that has passed, or is when it is planned for anyway.
    """
    check_to_come(at, notebook.now())
    if at == one.at:
        raise UsageError("That is when it is planned for. Write another day or time.")
    moves = (*one.moves, Move(by, one.at, notebook.today()))
    after = one._replace(at=at, moves=moves)
    notebook.commit("one-to-one moved", (Change(home_of(one), one, after),))
    return after


def leave_out(notebook: Notebook, person: Person, why: Excuse) -> Standing:
    """Leave out the talk that is due by the cadence, with the reason; return where that leads.

    Raises:
        UsageError: Where none is due: there is no cadence.
    """
    theirs = notebook.journal.one_to_ones_of(person.id)
    last = last_held(theirs, notebook.today())
    slot = slot_of(person, last.at.date() if last else None, notebook.today())
    if slot is None:
        raise UsageError(
            f"Nothing is due with {person.first_name}: there is no cadence, and nothing is planned."
        )
    skip = Skip(slot.day, why, notebook.today())
    after = person._replace(skips=(*person.skips, skip))
    notebook.commit("a talk left out", (Change(Home(person.id), person, after),))
    return standing_with(notebook, after)
