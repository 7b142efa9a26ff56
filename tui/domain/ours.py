"""What is *ours*: values with nothing of the manager's alone in them, from which texts are made.

Whatever is written out for anybody but the manager's own screen is made from these and from
nothing else. Only `tui.services.outward` makes them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple, NewType

from tui.domain.followups import FollowUp
from tui.domain.notes import Kind
from tui.domain.people import Pronoun

Outbound = NewType("Outbound", str)
"""A text that may leave the machine. Only `tui.services.outward` makes one of a string."""


class OurPerson(NamedTuple):
    """A person, as they may be named: nothing of their card."""

    id: str
    name: str
    first_name: str
    pronoun: Pronoun = Pronoun.THEY


class OurNote(NamedTuple):
    """A note that both may read."""

    id: str
    kind: Kind
    text: str
    at: datetime
    """When it was written, local time."""
    is_unsure: bool = False


class OurTopic(NamedTuple):
    """A topic that was parked for next time and not raised yet."""

    id: str
    text: str
    on: date


class OurTalk(NamedTuple):
    """A one-to-one, as both know it: when, where, what was said. When it was begun is not there.

    The clock of a talk starts with the first line written, of whatever side, so it would tell of
    lines that are the manager's alone.
    """

    id: str
    at: datetime
    place: str = ""
    notes: tuple[OurNote, ...] = ()
    """As they were written."""
    topics: tuple[OurTopic, ...] = ()
    """What was parked in it."""


class Ours(NamedTuple):
    """All that may be written out about one person, or about one talk with them."""

    person: OurPerson
    talks: tuple[OurTalk, ...] = ()
    """Those that took place, oldest first."""
    follow_ups: tuple[FollowUp, ...] = ()
    """As they were said. A follow-up is always both people's."""
    topics: tuple[OurTopic, ...] = ()
    """What is on the shelf, oldest first."""
    coming: OurTalk | None = None
    """The next that is planned."""


class Section(NamedTuple):
    """A heading of the summary and the lines under it."""

    heading: str
    lines: tuple[str, ...]


class Summary(NamedTuple):
    """What the colleague will read, before it is written out."""

    opening: str
    sections: tuple[Section, ...]
    closing: str


class CueCard(NamedTuple):
    """What to carry."""

    name: str
    when: str
    where: str
    leads: str
    cues: tuple[str, ...]
    promise: str
    """The most pressing thing the manager owes; empty where nothing is owed."""
    thanks: str
    intention: str
