"""Checklists: order, progress, and places between neighbours."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.domain.checklist import ChecklistItem, Phase, in_order, position_after, progress

DONE = datetime(2026, 11, 22, 14, 2)


def item(name: str, position: float, phase: Phase = Phase.BEFORE, *, done: bool = False) -> (
    ChecklistItem
):  # fmt: skip
    return ChecklistItem(name, name, phase, position, ticked=DONE if done else None)


ITEMS = st.lists(
    st.builds(
        item,
        st.integers(0, 99).map(str),
        st.sampled_from([-4.0, 0.0, 0.5, 1.0, 2.0]),
        st.sampled_from(Phase),
        done=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda i: i.id,
).map(tuple)


@settings(deadline=None, max_examples=50)
@given(ITEMS)
def test_the_phases_part_the_list_and_each_is_in_order(items: tuple[ChecklistItem, ...]) -> None:
    shown = [in_order(items, phase) for phase in Phase]
    assert sorted(i.id for part in shown for i in part) == sorted(i.id for i in items)
    for phase, part in zip(Phase, shown, strict=True):
        assert all(i.phase is phase for i in part)
        places = [(i.position, i.id) for i in part]
        assert places == sorted(places)


@settings(deadline=None, max_examples=50)
@given(ITEMS)
def test_the_order_does_not_depend_on_the_file(items: tuple[ChecklistItem, ...]) -> None:
    for phase in Phase:
        assert in_order(items[::-1], phase) == in_order(items, phase)


@settings(deadline=None, max_examples=50)
@given(ITEMS)
def test_progress_is_what_a_naive_count_says(items: tuple[ChecklistItem, ...]) -> None:
    for phase in Phase:
        part = [i for i in items if i.phase == phase.value]
        assert progress(items, phase) == (len([i for i in part if i.ticked]), len(part))


@pytest.mark.parametrize(
    ("positions", "index", "expected"),
    [
        ((), 0, 1.0),
        ((1.0,), 0, 0.0),
        ((1.0,), 1, 2.0),
        ((1.0, 2.0), 1, 1.5),
        ((1.0, 2.0), 2, 3.0),
        ((-3.0, 4.0), 0, -4.0),
        ((-3.0, 4.0), 1, 0.5),
        ((1.0, 1.5, 2.0), 2, 1.75),
    ],
)
def test_the_place_between_two_neighbours(
    positions: tuple[float, ...], index: int, expected: float
) -> None:
    neighbours = tuple(item(str(n), position) for n, position in enumerate(positions))
    assert position_after(neighbours, index) == expected


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0, 1), max_size=30))
def test_items_put_anywhere_stand_where_they_were_put(where: list[float]) -> None:
    """Thirty insertions, each at any place, against a plain list."""
    model: list[str] = []
    items: tuple[ChecklistItem, ...] = ()
    for number, share in enumerate(where):
        index = round(share * len(model))
        shown = in_order(items, Phase.BEFORE)
        # Names run backwards, so that a tie in position would show.
        new = item(f"{999 - number}", position_after(shown, index))
        items = (*items, new)
        model.insert(index, new.id)
    assert [i.id for i in in_order(items, Phase.BEFORE)] == model
