"""What is found in a file, before anything is decided about it."""

from __future__ import annotations

from datetime import date, time
from typing import NamedTuple

from tui.domain.followups import Owner, Stage


class Held(NamedTuple):
    """A one-to-one that a file says took place."""

    day: date
    at: time | None = None
    place: str = ""


class Promised(NamedTuple):
    """A follow-up."""

    text: str
    owner: Owner = Owner.ME
    stage: Stage = Stage.CAPTURED
    due: date | None = None
    cue: str = ""
    closed: date | None = None
    said: date | None = None
    is_unsure: bool = False
    talk: Held | None = None
    """The one-to-one it stands under."""


class Noted(NamedTuple):
    """A note both may read."""

    kind_id: str
    text: str
    talk: Held
    is_unsure: bool = False


class Parked(NamedTuple):
    """A topic for the shelf."""

    text: str


class LeftOut(NamedTuple):
    """Something that is not taken, and why."""

    what: str
    """The words, or what they are."""
    why: str


Found = Held | Promised | Noted | Parked | LeftOut


class Whose(NamedTuple):
    """Whose file it is: what is another known person's in it is not taken."""

    name: str
    others: tuple[str, ...] = ()
    """The full names of everybody else in the journal."""


def is_theirs(name: str) -> str:
    """Return why a part that is another person's is left out, and what to do."""
    return f'it is about {name}; to import it for them: alongside import "{name}" FILE'
