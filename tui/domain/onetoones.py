"""One-to-ones: one conversation with one person."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

WALK = "walk and talk"
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

    @property
    def took_place(self) -> bool:
        """Whether the two really talked."""
        return self.status is not Status.PLANNED

    @property
    def is_open(self) -> bool:
        """Whether it is still to come or under way."""
        return self.status in (Status.PLANNED, Status.UNDER_WAY)
