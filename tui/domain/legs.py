"""The shape of a talk: open, bench, desk. What opens up on foot is settled sitting still.

In one well-known study most people had more ideas while walking and few got better at finding the
one right answer (Oppezzo and Schwartz 2014): so explore on foot, decide at the bench, write at the
desk.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from tui.domain.onetoones import OneToOne
from tui.domain.questions import Moment


class Leg(StrEnum):
    """How far a talk has come."""

    BEFORE = "before"
    OPEN = "open"
    BENCH = "bench"
    DESK = "desk"


class LegRow(NamedTuple):
    """One leg, as one row of the only table of legs."""

    leg: Leg
    label: str
    meaning: str
    moments: tuple[Moment, ...]
    """The questions that fit it."""


LEGS: tuple[LegRow, ...] = (
    LegRow(Leg.BEFORE, "before", "talk first; write after", tuple(Moment)),
    LegRow(Leg.OPEN, "open", "wander: no answers needed yet", (Moment.OPEN, Moment.EXPLORE)),
    LegRow(Leg.BENCH, "bench", "say back, settle, promise aloud", (Moment.DECIDE, Moment.CLOSE)),
    LegRow(Leg.DESK, "desk", "write it down while it is fresh", ()),
)
LEG_ROW: dict[Leg, LegRow] = {row.leg: row for row in LEGS}


def leg_of(one: OneToOne) -> Leg:
    """Return how far a one-to-one has come."""
    if one.started is None:
        return Leg.BEFORE
    if one.cue or not one.is_talking:
        return Leg.DESK
    return Leg.BENCH if one.bench is not None else Leg.OPEN


def next_leg(one: OneToOne) -> Leg:
    """Return where the one key that marks the shape leads; a talk without a walk has no bench.

    From the desk it leads back into the talk.
    """
    match leg_of(one):
        case Leg.OPEN:
            return Leg.BENCH if one.is_walk else Leg.DESK
        case Leg.BENCH:
            return Leg.DESK
        case _:
            return Leg.OPEN
