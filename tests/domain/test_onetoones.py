"""One-to-ones: what is told by their status, their times and their moves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW
from tui.domain.onetoones import WALK, Move, Mover, OneToOne, Status

LATER = NOW + timedelta(minutes=40)
ONE = OneToOne("t", "p", NOW)


@pytest.mark.parametrize(
    ("status", "started", "ended", "took_place", "is_open", "is_talking", "awaits"),
    [
        (Status.PLANNED, None, None, False, True, False, False),
        (Status.UNDER_WAY, NOW, None, True, True, True, True),
        (Status.UNDER_WAY, NOW, LATER, True, True, False, True),
        (Status.UNDER_WAY, None, None, True, True, False, False),
        (Status.DEBRIEFED, NOW, LATER, True, False, False, False),
        (Status.DEBRIEFED, NOW, None, True, False, False, False),
        (Status.CLOSED, NOW, LATER, True, False, False, False),
    ],
)
def test_how_far_a_talk_has_come(
    status: Status,
    started: None,
    ended: None,
    took_place: bool,
    is_open: bool,
    is_talking: bool,
    awaits: bool,
) -> None:
    one = ONE._replace(status=status, started=started, ended=ended)
    found = (one.took_place, one.is_open, one.is_talking, one.awaits_debrief)
    assert found == (took_place, is_open, is_talking, awaits)


@pytest.mark.parametrize(
    ("place", "route", "walks"),
    [(WALK, (), True), ("the park", ("the gate",), True), ("call", (), False), ("", (), False)],
)
def test_a_talk_is_a_walk_by_its_place_or_its_route(
    place: str, route: tuple[str, ...], walks: bool
) -> None:
    assert ONE._replace(place=place, route=route).is_walk is walks


def test_only_the_moves_i_made_are_counted() -> None:
    moves = tuple(Move(by, NOW, NOW.date()) for by in (Mover.ME, Mover.THEM, Mover.ME, Mover.LEAVE))
    assert ONE._replace(moves=moves).moved_by_me == 2
    assert ONE.moved_by_me == 0
