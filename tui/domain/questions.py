"""Questions: the deck they are drawn from, and those considered for one talk."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Moment(StrEnum):
    """Where in a talk a question belongs."""

    OPEN = "open"
    EXPLORE = "explore"
    DECIDE = "decide"
    CLOSE = "close"


class MomentRow(NamedTuple):
    """One part of a talk, as one row of the only table of them."""

    moment: Moment
    label: str
    meaning: str


MOMENTS: tuple[MomentRow, ...] = (
    MomentRow(Moment.OPEN, "open", "to arrive, and to let them begin"),
    MomentRow(Moment.EXPLORE, "explore", "to look further, while walking"),
    MomentRow(Moment.DECIDE, "decide", "to choose, sitting still"),
    MomentRow(Moment.CLOSE, "close", "to end well, and to learn"),
)


class Area(NamedTuple):
    """One part of somebody's work that talks easily leave out, as a row of the only table."""

    id: str
    label: str


AREAS: tuple[Area, ...] = (
    Area("growth", "learning"),
    Area("wellbeing", "how they are"),
    Area("feedback", "the two of us"),
    Area("goals", "the work"),
    Area("team", "the team"),
    Area("recognition", "thanks"),
)
AREA_BY_ID: dict[str, Area] = {area.id: area for area in AREAS}

DEPTHS: dict[int, str] = {1: "easy", 2: "takes some trust", 3: "takes much trust"}
"""How much trust a question asks for."""


class Question(NamedTuple):
    """A question of the deck: ours, or one of the manager's own."""

    id: str
    text: str
    moment: Moment = Moment.EXPLORE
    depth: int = 1
    area: str = ""
    """The id of an area; empty where it fits any."""
    walks: bool = True
    """Whether it can be asked on foot, in the open."""
    first: bool = False
    """Whether it suits the first one-to-one with somebody."""
    cues: tuple[str, ...] = ()
    """A word or two that bring it to mind: what stands on the cue card."""
    source: str = ""
    """Where the idea of it comes from, if it has a known one."""
    is_own: bool = False
    """Whether the manager wrote it."""

    @property
    def cue(self) -> str:
        """What to write on a card for it."""
        return self.cues[0] if self.cues else cue_of(self.text)


class Landed(StrEnum):
    """How a question that was asked went, as the manager saw it."""

    UNKNOWN = ""
    YES = "landed"
    NO = "did not land"


class Pick(NamedTuple):
    """A question considered for one talk: a copy of its words, for the deck may change."""

    id: str
    question_id: str
    """The question of the deck it was; empty where it was written for this talk alone."""
    text: str
    cue: str
    moment: Moment
    area: str
    position: float
    asked: datetime | None = None
    """When it was asked, local time; None for a question that was only considered."""
    landed: Landed = Landed.UNKNOWN


class Asked(NamedTuple):
    """When a question was last asked of somebody, and how it went."""

    day: date
    landed: Landed


CUE_WORDS = 3
_SMALL_WORDS = frozenset(
    "a about an and are be been by can could did do does for from had has have how i if in is it "  # noqa: SIM905
    "its me most my of on or our so than that the their them there they this to us was we were "
    "what when where which who why will with would you your".split()
)


def cue_of(text: str) -> str:
    """Return the words of a question that carry it, three at most."""
    words = [word.strip(".,:;!?…\"'“”()") for word in text.split()]
    telling = [word for word in words if word and word.casefold() not in _SMALL_WORDS]
    return " ".join((telling or [word for word in words if word])[:CUE_WORDS])
