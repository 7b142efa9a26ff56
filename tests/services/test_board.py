"""The board: what stands where, in which order, and what the words typed find."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW
from tui.domain.followups import SOON, STAGES, FollowUp, Owner, Stage, board_order
from tui.domain.journal import Journal
from tui.domain.people import Person
from tui.domain.text import clean_block
from tui.services.board import (
    DUE_SOON,
    NO_DATE,
    OVERDUE,
    SORTS,
    Asked,
    BoardIndex,
    Sort,
    read_words,
    state_words,
)

TODAY = NOW.date()
PEOPLE = (
    Person("p1", "Dana Okafor"),
    Person("p2", "Émile Ünal"),
    Person("p3", "Sam Reyes", archived=True),
)


def follow_up(number: int = 0, **more: object) -> FollowUp:
    made = FollowUp(f"f{number}", "p1", "the book", Owner.ME, NOW, Stage.AGREED)
    return made._replace(**more)  # type: ignore[arg-type]


def journal_of(*follow_ups: FollowUp) -> Journal:
    return Journal({p.id: p for p in PEOPLE}, {}, {f.id: f for f in follow_ups})


def shown(*follow_ups: FollowUp, **asked: object) -> list[str]:
    """Return the ids on the board, column by column."""
    board = BoardIndex().board(journal_of(*follow_ups), Asked(**asked), TODAY)  # type: ignore[arg-type]
    return [f.id for column in board.columns.values() for f in column]


# -- marks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "mark"),
    [
        (None, (NO_DATE,)),
        (TODAY - timedelta(days=1), (OVERDUE,)),
        (TODAY, (DUE_SOON,)),
        (TODAY + timedelta(days=SOON), (DUE_SOON,)),
        (TODAY + timedelta(days=SOON + 1), ()),
    ],
)
def test_when_it_is_due_in_words(due: date | None, mark: tuple[str, ...]) -> None:
    assert state_words(follow_up(due=due), TODAY) == mark
    assert state_words(follow_up(due=due, stage=Stage.DONE), TODAY) == ()


def test_how_often_it_came_up_in_words() -> None:
    due = TODAY + timedelta(days=30)
    assert state_words(follow_up(due=due, touches=("t1",)), TODAY) == ("came up twice",)
    assert state_words(follow_up(due=due, touches=("a", "b")), TODAY) == ("came up 3 times",)


# -- finding -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["f0", "f1", "f2"]),
        ("book", ["f0"]),
        ("BOOK dana", ["f0"]),
        ("emile", ["f1"]),
        ("unal LUNCH", ["f1"]),
        ("overdue", ["f1"]),
        ("no date", ["f0"]),
        ("came up", ["f2"]),
        ("them", ["f2"]),
        ("waiting", ["f2"]),
        ("nothing like it", []),
        ("sam", []),
        ("by:", ["f0", "f1", "f2"]),
        ("by:nonsense", []),
    ],
)
def test_words_find_what_is_on_the_cards(words: str, found: list[str]) -> None:
    cards = (
        follow_up(0),
        follow_up(1, person_id="p2", text="intro", cue="at lunch", due=TODAY - timedelta(days=2)),
        follow_up(
            2, text="rota", owner=Owner.THEM, touches=("t",), stage=Stage.WAITING,
            due=TODAY + timedelta(days=60),
        ),
        follow_up(3, person_id="p3", text="an archived one's book"),
        follow_up(4, person_id="p9", text="of nobody: book"),
    )  # fmt: skip
    assert sorted(shown(*cards, words=words)) == found


def test_what_was_found_before_a_change_is_not_found_after_it() -> None:
    index = BoardIndex()
    before = journal_of(follow_up(0))
    assert index.board(before, Asked(words="book"), TODAY).columns[Stage.AGREED]
    after = journal_of(follow_up(0, text="the pen"))
    assert not index.board(after, Asked(words="book"), TODAY).columns[Stage.AGREED]
    assert index.board(after, Asked(words="pen"), TODAY).columns[Stage.AGREED]


def test_a_day_later_it_is_overdue() -> None:
    index, journal = BoardIndex(), journal_of(follow_up(0, due=TODAY))
    assert not index.board(journal, Asked(words=OVERDUE), TODAY).columns[Stage.AGREED]
    later = TODAY + timedelta(days=1)
    assert index.board(journal, Asked(words=OVERDUE), later).columns[Stage.AGREED]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_anything_is_found_by_its_own_words(text: str) -> None:
    cleaned = clean_block(text)
    words = cleaned.split()[0][:60]
    assert shown(follow_up(0, text=cleaned), words=words) == ["f0"]


def test_only_mine_for_one_or_for_all() -> None:
    cards = [follow_up(n, owner=owner) for n, owner in enumerate(Owner)]
    cards += [follow_up(9, person_id="p2")]
    assert sorted(shown(*cards, only_mine=True)) == ["f0", "f2", "f9"]
    assert sorted(shown(*cards, only_mine=True, person_id="p1")) == ["f0", "f2"]
    assert sorted(shown(*cards, person_id="p1")) == ["f0", "f1", "f2"]
    assert shown(*cards, person_id="nobody") == []


# -- order ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "wanted", "sort"),
    [
        ("", (), None),
        ("by:said", (), Sort.SAID),
        ("book by:p lena", ("book", "lena"), Sort.PERSON),
        ("by:touched by:when", (), Sort.WHEN),
        ("by:what", ("by:what",), None),
        ("by", ("by",), None),
    ],
)
def test_an_order_is_asked_for_among_the_words(
    words: str, wanted: tuple[str, ...], sort: Sort | None
) -> None:
    assert read_words(words) == (wanted, sort)


@pytest.mark.parametrize("sort", Sort)
def test_mine_stand_above_theirs_in_every_order(sort: Sort) -> None:
    early = NOW - timedelta(days=9)
    cards = (
        follow_up(0, owner=Owner.THEM, said=early, due=TODAY, touches=("a", "b", "c")),
        follow_up(1, person_id="p2", due=TODAY + timedelta(days=1)),
        follow_up(2, said=early + timedelta(days=1), touches=("a",)),
        follow_up(3, touches=("a", "b"), person_id="p2"),
    )
    order = {
        Sort.WHEN: ["f1", "f2", "f3", "f0"],
        Sort.SAID: ["f2", "f1", "f3", "f0"],
        Sort.PERSON: ["f2", "f1", "f3", "f0"],
        Sort.TOUCHED: ["f3", "f2", "f1", "f0"],
    }
    assert shown(*cards, sort=sort) == order[sort]
    assert set(SORTS) == set(Sort)


ANY = st.lists(
    st.builds(
        lambda n, p, o, s, d, t: FollowUp(
            f"f{n}", p, f"thing {n}", o, NOW - timedelta(days=n), s,
            due=None if d is None else TODAY + timedelta(days=d), touches=tuple("ab"[:t]),
        ),
        st.integers(0, 40), st.sampled_from(["p1", "p2", "p3", "p9"]), st.sampled_from(Owner),
        st.sampled_from(Stage), st.sampled_from([None, -3, 0, 9]), st.integers(0, 2),
    ),
    max_size=12,
    unique_by=lambda f: f.id,
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(ANY, st.sampled_from(Sort), st.booleans(), st.sampled_from(["", "overdue", "thing 1"]))
def test_against_a_naive_count(
    found: list[FollowUp], sort: Sort, only_mine: bool, words: str
) -> None:
    asked = Asked(only_mine=only_mine, sort=sort, words=words)
    board = BoardIndex().board(journal_of(*found), asked, TODAY)
    names = {p.id: p.name for p in PEOPLE if not p.archived}
    expected = [
        f
        for f in found
        if f.person_id in names
        and not (only_mine and f.owner is Owner.THEM)
        and all(w in f"{f.text} {' '.join(state_words(f, TODAY))}" for w in words.split())
    ]
    assert list(board.columns) == [row.stage for row in STAGES]
    for stage, column in board.columns.items():
        assert {f.id for f in column} == {f.id for f in expected if f.stage is stage}
        if not STAGES[list(board.columns).index(stage)].is_open or sort is Sort.WHEN:
            assert list(column) == sorted(column, key=board_order)
    assert board.i_owe == sum(f.i_owe for f in expected)
    assert board.they_owe == sum(f.they_owe for f in expected)
