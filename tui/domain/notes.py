"""Notes: a line or more of what was said, with a kind, a time and a side."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Side(StrEnum):
    """Who may ever read a note: both of us, or only the manager."""

    OURS = "ours"
    MINE = "mine"


class Becomes(StrEnum):
    """What a line of a kind turns into when it is entered."""

    NOTE = "note"
    FOLLOW_UP = "follow-up"
    TOPIC = "topic"


class Kind(NamedTuple):
    """One kind of line a manager may write down, as one row of the only table of kinds."""

    id: str
    key: str
    """The character that chooses it in an otherwise empty entry line."""
    label: str
    side: Side
    section: str
    """The heading it stands under in the summary; empty where it never appears."""
    meaning: str
    """What it is for, in a few words, for the legend and the help."""
    becomes: Becomes = Becomes.NOTE


HEARD = Kind("heard", '"', "heard", Side.OURS, "What I heard", "their words")
NEED = Kind("need", "!", "need", Side.OURS, "What would help most", "what would help most")
IDEA = Kind("idea", "*", "idea", Side.OURS, "Ideas", "an idea that came up")
SHARED = Kind("shared", "^", "I shared", Side.OURS, "", "something I told about myself")
DECIDED = Kind("decided", "=", "decided", Side.OURS, "We decided", "what we settled")
THANKS = Kind("thanks", "+", "thanks", Side.OURS, "Thank you", "what I thanked them for")
PROMISE = Kind(
    "promise", ">", "I promise", Side.OURS, "I will", "a follow-up of mine", Becomes.FOLLOW_UP
)
PLAN = Kind(
    "plan", "<", "they plan", Side.OURS, "You plan to", "a follow-up of theirs", Becomes.FOLLOW_UP
)
PARK = Kind("park", "&", "park", Side.OURS, "For next time", "keep for next time", Becomes.TOPIC)
FEELING = Kind("feeling", "~", "feeling", Side.MINE, "", "a feeling I noticed; not shared")
HUNCH = Kind("hunch", "?", "hunch", Side.MINE, "", "what I wonder; not shared")

KINDS: tuple[Kind, ...] = (
    HEARD, NEED, IDEA, SHARED, DECIDED, THANKS, PROMISE, PLAN, PARK, FEELING, HUNCH,
)  # fmt: skip
KIND_BY_KEY: dict[str, Kind] = {kind.key: kind for kind in KINDS}
KIND_BY_ID: dict[str, Kind] = {kind.id: kind for kind in KINDS}
NOTE_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind.becomes is Becomes.NOTE)


def kind_of(kind_id: str) -> Kind:
    """Return the kind with this id.

    An id this version does not know, from a newer file say, is shown under its own name and held
    to be *mine*: what we do not understand we do not let out.
    """
    return KIND_BY_ID.get(kind_id) or Kind(kind_id, "·", kind_id, Side.MINE, "", "")


class Note(NamedTuple):
    """Something written down during or after a one-to-one."""

    id: str
    text: str
    kind_id: str
    at: datetime
    """When it was written, local time."""
    side: Side
    is_unsure: bool = False
    """Whether the manager only thinks so: memory fills gaps with what was likely."""
    is_pinned: bool = False
    """Whether it is kept when notes of its age go."""

    @property
    def kind(self) -> Kind:
        """The kind of this note."""
        return kind_of(self.kind_id)

    @property
    def is_mine(self) -> bool:
        """Whether this note stays with the manager and can never reach the colleague."""
        return self.side is not Side.OURS or self.kind.side is not Side.OURS
