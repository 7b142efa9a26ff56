"""The debrief: its cues, their order, and how few keys it takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW
from tui.domain.debrief import CUES, LANDMARK, Asks, Cue, cues_of
from tui.domain.notes import KINDS, PLAN, PROMISE
from tui.domain.onetoones import OneToOne
from tui.domain.text import clean_line

ONE = OneToOne("t", "p", NOW)
ROUTES = st.lists(st.text(min_size=1, max_size=8), max_size=5).map(tuple)
both = pytest.mark.parametrize("by_route", [False, True])


def ids(cues: tuple[Cue, ...]) -> list[str]:
    return [cue.id for cue in cues]


@both
@pytest.mark.parametrize("route", [(), ("the gate",), ("a", "b", "c", "d", "e")])
def test_own_promises_come_first_then_theirs(route: tuple[str, ...], by_route: bool) -> None:
    cues = cues_of(ONE._replace(route=route), by_route=by_route)
    assert [cue.kind for cue in cues[:2]] == [PROMISE, PLAN]
    assert ids(cues)[-3:] == ["carried", "useful", "next"], "and who, what helped, when, last"


@both
def test_ten_answers_take_ten_enters_at_most(by_route: bool) -> None:
    """A line is entered; who carried it is one key, and so is each question."""
    one = ONE._replace(route=("a", "b", "c", "d", "e") if by_route else ())
    cues = cues_of(one, by_route=by_route)
    entered = [cue for cue in cues if cue.asks in (Asks.LINES, Asks.USEFUL, Asks.NEXT)]
    assert len(entered) == 10


@given(ROUTES, st.booleans())
def test_landmarks_stand_in_for_what_they_bring_to_mind(
    route: tuple[str, ...], by_route: bool
) -> None:
    cues = cues_of(ONE._replace(route=route), by_route=by_route)
    assert len(set(ids(cues))) == len(cues)
    places = [cue for cue in cues if cue.id.startswith(LANDMARK)]
    is_walked = by_route and bool(route)
    assert [cue.text.format(name="Dana") for cue in places] == (
        [f"At {name}: what was said?" for name in route] if is_walked else []
    )
    rest = [cue for cue in cues if cue not in places]
    assert rest == [cue for cue in CUES if cue in rest], "the others keep their order"
    if is_walked:
        assert ids(cues)[2 : 2 + len(route)] == ids(tuple(places))
        assert {"words", "feeling", "decided", "shared", "surprise"}.isdisjoint(ids(cues))
        assert "need" in ids(cues)


@pytest.mark.parametrize("name", ["{name}", "{0}", "{", "}}", *map(clean_line, HOSTILE[:9])])
def test_a_landmark_is_shown_as_it_was_typed(name: str) -> None:
    (cue,) = [
        cue
        for cue in cues_of(ONE._replace(route=(name,)), by_route=True)
        if cue.id.startswith(LANDMARK)
    ]
    assert cue.text.format(name="Dana") == f"At {name}: what was said?"


def test_every_cue_of_lines_has_a_kind_and_every_text_takes_a_name() -> None:
    for cue in CUES:
        assert (cue.kind in KINDS) is (cue.asks is Asks.LINES)
        assert "{" not in cue.text.format(name="Dana")
        assert len(cue.text.format(name="Dana")) <= 40
        assert "{" not in cue.hint.format(name="Dana")
