"""A conversation nobody had planned, in a corridor say: a line, and it counts as a talk."""

from __future__ import annotations

from datetime import datetime, time
from typing import NamedTuple

from tui.domain.capture import Entry, read_line
from tui.domain.checklist import Template
from tui.domain.journal import Change
from tui.domain.moments import past_moment
from tui.domain.onetoones import PASSING, WALK, OneToOne, Status
from tui.domain.people import Person
from tui.domain.text import clean_line
from tui.errors import UsageError
from tui.services import talks
from tui.services.coming import STILL_TO_COME
from tui.services.course import home_of
from tui.services.notebook import Notebook
from tui.services.reckoning import reckoning_of

_DAY_ENDS = time(23, 59, 59)
_NOON = time(12)


class Talked(NamedTuple):
    """What is told of a conversation afterwards. Everything but when is optional."""

    at: datetime
    place: str = PASSING
    entry: Entry | None = None
    next_at: datetime | None = None
    """When to talk next, where that is planned along with it."""


def talked_at(value: str, now: datetime) -> datetime:
    """Return when the two talked; of a day without a time nobody knows, and it is noon.

    Args:
        value: Such as "", "now", "14:30", "yesterday", "fri 9:00".
        now: The moment it is said in.

    Raises:
        WhenError: Where it is not understood, or is still to come.
    """
    value = clean_line(value)
    if value.casefold() in ("", "now"):
        return now.replace(second=0, microsecond=0)
    moment = past_moment(value, now)
    if moment.time() == _DAY_ENDS:
        return datetime.combine(moment, _NOON)
    return moment.replace(second=0, microsecond=0)


def entry_of(notebook: Notebook, person: Person, line: str, at: datetime) -> Entry | None:
    """Return what the line that is left of a conversation means; None where there is none."""
    reckoning = reckoning_of(notebook, person, at)
    entry = read_line(line, notebook.today(), reckoning=reckoning)
    return None if entry.is_empty else entry


def planned_for(notebook: Notebook, person: Person, at: datetime) -> OneToOne | None:
    """Return the talk that was planned for before a moment of that day, and not begun.

    Who then says that they talked has held it; one that is planned for later that day is another.
    """
    found = (
        one
        for one in notebook.journal.one_to_ones_of(person.id)[::-1]
        if one.at.date() == at.date() and one.at <= at
    )
    return next((one for one in found if not one.took_place and one.started is None), None)


def note(notebook: Notebook, person: Person, told: Talked, template: Template) -> OneToOne:
    """Note that the two have talked: a one-to-one that is closed; one act, so one undo.

    Of its end nothing is known, and nothing is made up.

    Args:
        notebook: Where to note it.
        person: Whom with.
        told: What is told of it.
        template: The checklist of the next, where that is planned.

    Raises:
        UsageError: Where the line or the next date is refused.
    """
    now = notebook.now()
    if told.next_at is not None and told.next_at <= max(now, told.at):
        raise UsageError(STILL_TO_COME)
    before = planned_for(notebook, person, told.at)
    draft = before or OneToOne(notebook.new_id(), person.id, told.at)
    one = draft._replace(
        at=told.at,
        place=clean_line(told.place),
        status=Status.CLOSED,
        started=told.at,
        closed=now,
    )
    changes = [Change(home_of(one), before, one)]
    if told.entry is not None:
        changes += talks.changes_for(notebook, one, (told.entry,))
    if told.next_at is not None:
        place = WALK if one.place == PASSING else one.place
        _, planned = talks.planned(notebook, talks.draft_for(person, told.next_at, place), template)
        changes += planned
    notebook.commit(f"talk with {person.first_name}", changes)
    return one
