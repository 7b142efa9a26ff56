"""The debrief: one cue at a time, in the order in which memory loses what was said.

People keep about a tenth of an ordinary conversation after five minutes, and their own words worst
(Stafford and Daly 1984; Stafford, Burggraf and Sharkey 1987): so one's own promises come first.
A cue finds more than a blank page does, and can invent: so each line may say *I think so*.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from tui.domain.notes import DECIDED, FEELING, HEARD, HUNCH, NEED, PLAN, PROMISE, SHARED, Kind
from tui.domain.onetoones import OneToOne


class Asks(StrEnum):
    """What kind of answer a cue asks for."""

    LINES = "lines"
    CARRIED = "carried"
    USEFUL = "useful"
    NEXT = "next"


class Cue(NamedTuple):
    """One cue of the debrief, as one row of the only table of them."""

    id: str
    asks: Asks
    text: str
    """The question; ``{name}`` stands for the person."""
    hint: str
    kind: Kind | None = None
    """What a line becomes unless its first character says otherwise."""


_LINES = Asks.LINES
CUES: tuple[Cue, ...] = (
    Cue("promises", _LINES, "What did I promise?", "and by when", PROMISE),
    Cue("plans", _LINES, "What does {name} plan to do?", "as {name} put it, and by when", PLAN),
    Cue("words", _LINES, "What did {name} say that stayed?", "in {name}'s own words", HEARD),
    Cue("need", _LINES, "What would help {name} most?", "as {name} said it", NEED),
    Cue("feeling", _LINES, "How did {name} seem? How was I?", "not in the summary", FEELING),
    Cue("decided", _LINES, "What did we decide?", "what we both said yes to", DECIDED),
    Cue(
        "shared", _LINES, "What did I say about myself?", "so that I remember {name} knows", SHARED
    ),
    Cue("surprise", _LINES, "What surprised me?", "write a guess as a guess", HUNCH),
    Cue("carried", Asks.CARRIED, "Who carried the talk?", "a figure answers; not in the summary"),
    Cue("useful", Asks.USEFUL, "What was most useful to {name}?", "if I asked, in {name}'s words"),
    Cue("next", Asks.NEXT, "When do we talk next?", "a date agreed now is a small promise"),
)
CUE_BY_ID: dict[str, Cue] = {cue.id: cue for cue in CUES}
LANDMARK = "landmark:"
"""Begins the id of the cue of a landmark; its place on the route follows."""
_BY_ROUTE = ("words", "feeling", "decided", "shared", "surprise")
"""The cues that the landmarks of a walk stand in for."""

CARRIED: tuple[str, ...] = ("mostly me", "even", "mostly them", "almost all them")
"""Who carried a talk, in words: a figure would look like knowledge."""


def cues_of(one: OneToOne, *, by_route: bool) -> tuple[Cue, ...]:
    """Return the cues of a one-to-one's debrief, in order.

    Args:
        one: The one-to-one.
        by_route: Whether to walk it again, from landmark to landmark.
    """
    cues = list(CUES)
    if not (by_route and one.route):
        return tuple(cues)
    place = cues.index(CUE_BY_ID["words"])
    landmarks = [_at(number, name) for number, name in enumerate(one.route)]
    rest = [cue for cue in cues[place:] if cue.id not in _BY_ROUTE]
    return (*cues[:place], *landmarks, *rest)


def _at(number: int, landmark: str) -> Cue:
    place = landmark.replace("{", "{{").replace("}", "}}")
    hint = "what was said there; a first character says what it is"
    return Cue(f"{LANDMARK}{number}", Asks.LINES, f"At {place}: what was said?", hint, HEARD)
