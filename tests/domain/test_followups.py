"""Follow-ups: stages, who owes what, what is overdue, and the order of the board."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW
from tui.domain.followups import (
    OPEN_STAGES,
    OWNER_OF_KIND,
    STAGE_LABEL,
    STAGES,
    FollowUp,
    Owner,
    Stage,
    board_order,
    neighbour_stage,
)
from tui.domain.notes import KINDS, Becomes

TODAY = NOW.date()

DATES = st.sampled_from([None, *(TODAY + timedelta(days=offset) for offset in range(-6, 7))])
FOLLOW_UPS = st.builds(
    lambda number, owner, due, closed: FollowUp(
        str(number), "dana", "x", owner, NOW - timedelta(days=number % 7), due=due, closed=closed
    ),
    st.integers(0, 99),
    st.sampled_from(Owner),
    DATES,
    DATES,
)


def follow_up(owner: Owner = Owner.ME, stage: Stage = Stage.AGREED, **more: object) -> FollowUp:
    return FollowUp("f", "dana", "x", owner, NOW, stage)._replace(**more)  # type: ignore[arg-type]


def test_the_table_of_stages_has_every_stage_once_from_left_to_right() -> None:
    assert [row.stage for row in STAGES] == [
        Stage.CAPTURED,
        Stage.AGREED,
        Stage.WAITING,
        Stage.DONE,
        Stage.LET_GO,
    ]
    assert list(STAGE_LABEL.values()) == ["Captured", "Agreed", "Waiting", "Done", "Let go"]
    assert frozenset(Stage) - {Stage.DONE, Stage.LET_GO} == OPEN_STAGES


def test_every_kind_that_becomes_a_follow_up_has_an_owner_and_reads_back() -> None:
    made = {kind.id for kind in KINDS if kind.becomes is Becomes.FOLLOW_UP}
    assert set(OWNER_OF_KIND) == made
    for kind_id, owner in OWNER_OF_KIND.items():
        assert follow_up(owner).kind.id == kind_id
    assert follow_up(Owner.BOTH).kind.id == "promise", "what both owe stands among my promises"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(
    ("owner", "i_owe", "they_owe"),
    [(Owner.ME, True, False), (Owner.THEM, False, True), (Owner.BOTH, True, True)],
)
def test_who_owes_what(stage: Stage, owner: Owner, i_owe: bool, they_owe: bool) -> None:
    found = follow_up(owner, stage)
    is_open = stage not in (Stage.DONE, Stage.LET_GO)
    assert found.is_open is is_open
    assert found.i_owe is (i_owe and is_open)
    assert found.they_owe is (they_owe and is_open)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(("due", "passed"), [(None, False), (-1, True), (0, False), (1, False)])
def test_overdue_is_open_and_past_its_day(stage: Stage, due: int | None, passed: bool) -> None:
    when = None if due is None else TODAY + timedelta(days=due)
    expected = passed and stage in OPEN_STAGES
    assert follow_up(stage=stage, due=when).is_overdue(TODAY) is expected


@pytest.mark.parametrize(
    ("stage", "step", "expected"),
    [
        (Stage.CAPTURED, 1, Stage.AGREED),
        (Stage.CAPTURED, -1, None),
        (Stage.AGREED, 1, Stage.WAITING),
        (Stage.WAITING, 1, Stage.DONE),
        (Stage.DONE, 1, Stage.LET_GO),
        (Stage.LET_GO, 1, None),
        (Stage.LET_GO, -4, Stage.CAPTURED),
        (Stage.LET_GO, -5, None),
        (Stage.CAPTURED, 4, Stage.LET_GO),
        (Stage.AGREED, 0, Stage.AGREED),
    ],
)
def test_the_neighbouring_column(stage: Stage, step: int, expected: Stage | None) -> None:
    assert neighbour_stage(stage, step) is expected


@pytest.mark.parametrize("stage", Stage)
def test_there_and_back_again(stage: Stage) -> None:
    for step in (1, -1):
        there = neighbour_stage(stage, step)
        assert there is None or neighbour_stage(there, -step) is stage


# -- the order of the board -----------------------------------------------------------------


@settings(deadline=None, max_examples=50)
@given(st.lists(FOLLOW_UPS, max_size=8), st.sampled_from(sorted(OPEN_STAGES)))
def test_open_ones_stand_mine_first_then_soonest_then_undated(
    found: list[FollowUp], stage: Stage
) -> None:
    column = sorted((f._replace(stage=stage) for f in found), key=board_order)
    owners = [["me", "both", "them"].index(f.owner) for f in column]
    assert owners == sorted(owners)
    for owner in Owner:
        dues = [f.due for f in column if f.owner is owner]
        dated = [due for due in dues if due]
        assert dues == sorted(dated) + [None] * (len(dues) - len(dated))


@settings(deadline=None, max_examples=50)
@given(st.lists(FOLLOW_UPS, max_size=8), st.sampled_from([Stage.DONE, Stage.LET_GO]))
def test_finished_ones_stand_newest_first(found: list[FollowUp], stage: Stage) -> None:
    column = sorted((f._replace(stage=stage) for f in found), key=board_order)
    days = [f.closed or f.said.date() for f in column]
    assert days == sorted(days, reverse=True)


@settings(deadline=None, max_examples=50)
@given(st.lists(FOLLOW_UPS, max_size=8, unique_by=lambda f: f.id), st.sampled_from(Stage))
def test_the_order_of_a_column_leaves_nothing_to_chance(
    found: list[FollowUp], stage: Stage
) -> None:
    column = [f._replace(stage=stage) for f in found]
    backwards = column[::-1]
    assert sorted(column, key=board_order) == sorted(backwards, key=board_order)


def test_what_is_otherwise_equal_stands_as_it_was_said() -> None:
    early = follow_up(id="9-promoted-late", said=NOW - timedelta(minutes=20))
    late = follow_up(id="1-written-in-between", said=NOW - timedelta(minutes=10))
    assert sorted((late, early), key=board_order) == [early, late]


def test_the_dates_of_a_column_may_be_any() -> None:
    ends = [follow_up(due=due) for due in (date.max, None, date.min)]
    assert [f.due for f in sorted(ends, key=board_order)] == [date.min, date.max, None]
