"""One-to-ones: one conversation with one person."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

WALK = "walk and talk"
PASSING = "in passing"
"""Where a talk took place that nobody had planned: in a corridor, after another meeting."""
PLACES: tuple[str, ...] = (WALK, "sitting down", "call", "over coffee")
"""Places offered; any other words will do."""


class Lead(StrEnum):
    """Who leads the conversation. By default they do: it is their meeting."""

    THEY = "they"
    ME = "me"
    BOTH = "both"


class Status(StrEnum):
    """How far a one-to-one has come."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    DEBRIEFED = "debriefed"
    CLOSED = "closed"


class Mover(StrEnum):
    """Why a one-to-one was moved to another day."""

    ME = "me"
    THEM = "them"
    LEAVE = "leave"


class Move(NamedTuple):
    """One time a one-to-one was moved."""

    by: Mover
    was: datetime
    """When it had been planned for, local time."""
    on: date
    """The day it was moved on."""


class OneToOne(NamedTuple):
    """One conversation with one person. What was written in it is on its page."""

    id: str
    person_id: str
    at: datetime
    """When it is planned for or took place, local time."""
    place: str = WALK
    lead: Lead = Lead.THEY
    intention: str = ""
    status: Status = Status.PLANNED
    started: datetime | None = None
    ended: datetime | None = None
    route: tuple[str, ...] = ()
    """The landmarks of a walk, in the order they are passed."""
    carried: str = ""
    """Who carried the talk, in words, as the manager saw it afterwards."""
    useful: str = ""
    """What was most useful, in their words."""
    bench: datetime | None = None
    """When the two stopped to settle things, local time."""
    debriefed: datetime | None = None
    """When the debrief was finished, local time."""
    closed: datetime | None = None
    """When nothing more was to be done for it, local time."""
    thanks: str = ""
    """The appreciation to be said, as it was thought of beforehand."""
    cue: str = ""
    """The cue of the debrief that comes next; empty before it begins and after its end."""
    template: str = ""
    """The id of the checklist template it began with."""
    moves: tuple[Move, ...] = ()
    """The times it was moved to another day, oldest first."""

    @property
    def took_place(self) -> bool:
        """Whether the two really talked."""
        return self.status is not Status.PLANNED

    @property
    def is_walk(self) -> bool:
        """Whether the two walk."""
        return self.place == WALK or bool(self.route)

    @property
    def is_talking(self) -> bool:
        """Whether the clock runs."""
        return self.started is not None and self.ended is None and self.is_open

    @property
    def awaits_debrief(self) -> bool:
        """Whether the two have talked and nobody has said yet that all of it is written down."""
        return self.status is Status.UNDER_WAY and self.started is not None

    @property
    def moved_by_me(self) -> int:
        """How many times the manager moved it."""
        return sum(move.by is Mover.ME for move in self.moves)

    @property
    def is_open(self) -> bool:
        """Whether it is still to come or under way."""
        return self.status in (Status.PLANNED, Status.UNDER_WAY)
