"""The shape of a talk: what comes after what, on foot and sitting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW
from tui.domain.legs import LEG_ROW, LEGS, Leg, leg_of, next_leg
from tui.domain.onetoones import WALK, OneToOne, Status
from tui.domain.questions import Moment

LATER = NOW + timedelta(minutes=20)
BEFORE = OneToOne("t", "p", NOW)
OPEN = BEFORE._replace(status=Status.UNDER_WAY, started=NOW)
BENCH = OPEN._replace(bench=LATER)
ENDED = OPEN._replace(ended=LATER)
BENCH_ENDED = BENCH._replace(ended=LATER)
SITTING = "sitting down"


@pytest.mark.parametrize(
    ("one", "leg", "on_foot", "sitting"),
    [
        (BEFORE, Leg.BEFORE, Leg.OPEN, Leg.OPEN),
        (OPEN, Leg.OPEN, Leg.BENCH, Leg.DESK),
        (BENCH, Leg.BENCH, Leg.DESK, Leg.DESK),
        (ENDED, Leg.DESK, Leg.OPEN, Leg.OPEN),
        (BENCH_ENDED, Leg.DESK, Leg.OPEN, Leg.OPEN),
        (OPEN._replace(status=Status.DEBRIEFED), Leg.DESK, Leg.OPEN, Leg.OPEN),
        (BENCH._replace(status=Status.CLOSED), Leg.DESK, Leg.OPEN, Leg.OPEN),
        (BEFORE._replace(status=Status.CLOSED), Leg.BEFORE, Leg.OPEN, Leg.OPEN),
    ],
)
def test_where_a_talk_is_and_where_the_one_key_leads(
    one: OneToOne, leg: Leg, on_foot: Leg, sitting: Leg
) -> None:
    for place, route, expected in (
        (WALK, (), on_foot),
        (SITTING, ("the gate",), on_foot),
        (SITTING, (), sitting),
        ("call", (), sitting),
    ):
        there = one._replace(place=place, route=route)
        assert (leg_of(there), next_leg(there)) == (leg, expected)


def test_each_leg_has_one_row_and_the_questions_that_fit_it() -> None:
    assert [row.leg for row in LEGS] == list(Leg)
    assert set(LEG_ROW[Leg.BEFORE].moments) == set(Moment)
    talking = (*LEG_ROW[Leg.OPEN].moments, *LEG_ROW[Leg.BENCH].moments)
    assert sorted(talking) == sorted(Moment), "each part of a talk has its leg, and one only"
    assert LEG_ROW[Leg.DESK].moments == ()
