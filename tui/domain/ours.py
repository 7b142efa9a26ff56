"""What is *ours*: values with nothing of the manager's alone in them, from which texts are made.

Whatever is written out for anybody but the manager's own screen is made from these and from
nothing else. Only `tui.services.outward` makes them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple, NewType

from tui.domain.followups import FollowUp
from tui.domain.notes import DECIDED, HEARD, IDEA, NEED, PARK, PLAN, PROMISE, THANKS, Kind
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


NEXT = "Next one-to-one"
HEADINGS: tuple[str, ...] = (
    *(k.section for k in (THANKS, HEARD, NEED, PROMISE, PLAN, DECIDED, IDEA, PARK)),
    NEXT,
)
"""The sections of a summary, in the order in which they are read."""
OPENING, CLOSING_LINE = "opening", "closing"
"""What stands in place of a heading for what is above the first and below the last of them."""


class Section(NamedTuple):
    """A heading of the summary and the lines under it."""

    heading: str
    lines: tuple[str, ...]


class Summary(NamedTuple):
    """What the colleague will read, before it is written out."""

    opening: str
    """Empty where it is left out; so may the closing be."""
    sections: tuple[Section, ...]
    closing: str
    subject: str = ""
    """What it is about, where it is sent as a letter."""
    name: str = ""
    """How the colleague is called."""
    day: str = ""
    place: str = ""


class Part(NamedTuple):
    """A stretch of a text that is written out: a line of the summary, or what stands around it."""

    text: str
    mark: str = ""
    """Stands before the first line; further lines are indented by as much."""
    heading: str = ""
    """The section it is a line of; empty for headings, and for what the format adds."""
    number: int = 0
    """Which line of that section it is."""
    is_heading: bool = False

    @property
    def written(self) -> str:
        """The stretch as it is written out."""
        return self.mark + self.text.replace("\n", "\n" + " " * len(self.mark))


Pieces = tuple[tuple[bool, str], ...]
"""What a line of a template is made of: whether it is a word in braces, and which, or a text."""


class Template(NamedTuple):
    """The manager's own way to write a summary out."""

    paragraphs: tuple[tuple[Pieces, ...], ...]
    """The lines of each."""


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
