"""Follow-ups: adding, moving, agreeing, and what the board and a filter show."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW, Clock, add_person
from tests.services.test_notebook import notebook_in_memory
from tui.domain.dates import WhenError
from tui.domain.followups import (
    DECIDE_AT,
    OPEN_AT_MOST,
    OPEN_STAGES,
    STAGES,
    Aspect,
    FollowUp,
    Owner,
    Stage,
    Step,
    board_order,
)
from tui.domain.journal import Change, Contents, Home
from tui.domain.text import clean_block, clean_line
from tui.errors import UsageError
from tui.services import folk, promises
from tui.services.board import columns_of
from tui.services.notebook import Notebook
from tui.services.ports import Reply

TODAY = NOW.date()
FRIDAY = TODAY + timedelta(days=5)
CLOSED = (Stage.DONE, Stage.LET_GO)


def draft(person_id: str = "p", text: str = "the book", owner: Owner = Owner.ME) -> FollowUp:
    return FollowUp("", person_id, text, owner, NOW - timedelta(days=99))


def made(notebook: Notebook, **fields: object) -> FollowUp:
    person = next(iter(notebook.journal.people.values()), None) or add_person(notebook)
    return promises.add(
        notebook,
        draft(person.id)._replace(**fields),  # type: ignore[arg-type]
    )


def now(notebook: Notebook, follow_up: FollowUp) -> FollowUp:
    return notebook.journal.follow_ups[follow_up.id]


# -- adding and changing --------------------------------------------------------------------


@pytest.mark.parametrize("born_in", [None, "t1"])
def test_a_follow_up_lives_where_it_was_born(born_in: str | None) -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook, born_in=born_in)
    assert promises.home_of(follow_up) == Home(follow_up.person_id, born_in)
    assert follow_up.id
    assert follow_up.said == notebook.now()
    assert now(notebook, follow_up) == follow_up
    assert notebook.undo() == "follow-up added"
    assert notebook.journal.follow_ups == {}


@pytest.mark.parametrize("text", ["", "  ", "\n\n", "\u2028"])
def test_a_follow_up_needs_words(text: str) -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook)
    before = notebook.journal
    with pytest.raises(UsageError, match="what will be done"):
        promises.add(notebook, draft(text=text))
    with pytest.raises(UsageError, match="what will be done"):
        promises.edit(notebook, follow_up, follow_up._replace(text=text))
    assert notebook.journal is before


def test_words_and_cue_are_kept_clean() -> None:
    notebook = notebook_in_memory()
    for text in HOSTILE:
        follow_up = made(notebook, text=text, cue=text)
        assert follow_up.text == clean_block(text)
        assert follow_up.cue == clean_line(text)
        promises.edit(notebook, follow_up, follow_up._replace(text=f"{text}!", cue=f"{text}!"))
        assert now(notebook, follow_up).text == clean_block(f"{text}!")
        assert now(notebook, follow_up).cue == clean_line(f"{text}!")


def test_a_change_keeps_what_another_window_changed() -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook)
    others = follow_up._replace(due=FRIDAY, stage=Stage.AGREED)
    home = promises.home_of(follow_up)
    person = notebook.journal.people[follow_up.person_id]
    notebook.receive(Reply(9, 9, contents=(Contents(home, (person, others)),)))
    promises.edit(notebook, follow_up, follow_up._replace(text="the other book"))
    assert now(notebook, follow_up) == others._replace(text="the other book")


def test_a_deleted_follow_up_can_be_brought_back() -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook, born_in="t1")
    promises.delete(notebook, follow_up)
    assert notebook.journal.follow_ups == {}
    assert notebook.undo() == "follow-up deleted"
    assert now(notebook, follow_up) == follow_up


# -- moving ---------------------------------------------------------------------------------


@pytest.mark.parametrize("before", Stage)
@pytest.mark.parametrize("after", Stage)
def test_every_move(before: Stage, after: Stage) -> None:
    clock = Clock()
    notebook = notebook_in_memory(clock=clock)
    follow_up = made(notebook, due=FRIDAY)
    if before is not Stage.CAPTURED:
        promises.move(notebook, follow_up, before, "an earlier reason")
    start = now(notebook, follow_up)
    clock.forward(days=3)
    promises.move(notebook, start, after, "too late  by then\n" if after is Stage.LET_GO else "")
    moved = now(notebook, follow_up)
    assert moved.stage is after
    assert moved.closed == (notebook.today() if after in CLOSED else None)
    assert moved.reason == ("too late by then" if after is Stage.LET_GO else "")
    was = moved._replace(stage=before, closed=start.closed, reason=start.reason, steps=start.steps)
    assert was == start
    step = (Step(notebook.today(), Aspect.STAGE, before.value),)
    assert moved.steps == start.steps + (() if before is after else step)
    label = next(row.label for row in STAGES if row.stage is after)
    if moved != start:
        assert notebook.undo() == f"moved to {label}"
        assert now(notebook, follow_up) == start


def test_several_move_in_one_act() -> None:
    notebook = notebook_in_memory()
    some = [made(notebook, text=text) for text in ("one", "two", "three")]
    promises.move_all(notebook, some[:2], Stage.WAITING)
    assert [now(notebook, f).stage for f in some] == [Stage.WAITING] * 2 + [Stage.CAPTURED]
    assert notebook.undo() == "2 follow-ups moved to Waiting"
    assert [now(notebook, f) for f in some] == some
    with pytest.raises(UsageError, match="one line why"):
        promises.move_all(notebook, some, Stage.LET_GO)
    assert [now(notebook, f) for f in some] == some


def test_several_are_agreed_and_each_keeps_the_when_it_has() -> None:
    notebook = notebook_in_memory()
    dated, open_one = made(notebook, text="dated", due=FRIDAY), made(notebook, text="open")
    cued = made(notebook, text="cued", cue="at lunch")
    monday = FRIDAY + timedelta(days=3)
    promises.agree(notebook, (dated, open_one, cued), monday, "on the way")
    found = [now(notebook, f) for f in (dated, open_one, cued)]
    assert [f.stage for f in found] == [Stage.AGREED] * 3
    assert [(f.due, f.cue) for f in found] == [
        (FRIDAY, ""), (monday, "on the way"), (None, "at lunch"),
    ]  # fmt: skip
    assert notebook.undo() == "3 follow-ups moved to Agreed"


def test_several_are_changed_and_deleted_in_one_act() -> None:
    notebook = notebook_in_memory()
    some = [made(notebook, text=text) for text in ("one", "two")]
    promises.edit_all(notebook, some, lambda f: f._replace(owner=Owner.THEM))
    assert {now(notebook, f).owner for f in some} == {Owner.THEM}
    assert notebook.undo() == "2 follow-ups changed"
    promises.delete(notebook, *some)
    assert notebook.journal.follow_ups == {}
    assert notebook.undo() == "2 follow-ups deleted"
    assert [now(notebook, f) for f in some] == some


def test_agreed_and_left_with_neither_when_nor_cue_is_captured_again() -> None:
    notebook = notebook_in_memory()
    agreed = made(notebook, stage=Stage.AGREED, due=FRIDAY)
    promises.edit(notebook, agreed, agreed._replace(cue="at lunch", due=None))
    assert now(notebook, agreed).stage is Stage.AGREED
    cued = now(notebook, agreed)
    promises.edit(notebook, cued, cued._replace(cue=""))
    assert now(notebook, agreed).stage is Stage.CAPTURED


def test_what_was_agreed_without_a_when_before_stays_where_it_is() -> None:
    notebook = notebook_in_memory()
    old = made(notebook, stage=Stage.AGREED)
    promises.edit(notebook, old, old._replace(text="other words"))
    assert now(notebook, old).stage is Stage.AGREED


# -- what it went through ------------------------------------------------------------------


def test_its_history_tells_what_it_was_and_when_it_changed() -> None:
    clock = Clock()
    notebook = notebook_in_memory(clock=clock)
    follow_up = made(notebook)
    promises.agree(notebook, follow_up, FRIDAY, "")
    clock.forward(days=6)
    late = now(notebook, follow_up)
    promises.edit(notebook, late, late._replace(due=FRIDAY + timedelta(days=7), owner=Owner.BOTH))
    clock.forward(days=1)
    promises.move(notebook, now(notebook, follow_up), Stage.DONE)
    assert now(notebook, follow_up).steps == (
        Step(TODAY, Aspect.STAGE, "captured"),
        Step(TODAY, Aspect.DUE, ""),
        Step(TODAY + timedelta(days=6), Aspect.DUE, FRIDAY.isoformat()),
        Step(TODAY + timedelta(days=6), Aspect.OWNER, "me"),
        Step(TODAY + timedelta(days=7), Aspect.STAGE, "agreed"),
    )


def test_trying_and_thinking_better_of_it_makes_no_history() -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook, due=FRIDAY)
    for stage in (Stage.AGREED, Stage.WAITING, Stage.CAPTURED):
        promises.move(notebook, now(notebook, follow_up), stage)
    assert now(notebook, follow_up) == follow_up
    promises.move(notebook, follow_up, Stage.WAITING)
    assert now(notebook, follow_up).steps == (Step(TODAY, Aspect.STAGE, "captured"),)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(Stage), st.integers(0, 2)), max_size=12))
def test_steps_lead_from_where_it_began_to_where_it_is(moves: list[tuple[Stage, int]]) -> None:
    """Against a plain diary of the stage at the end of each day."""
    clock = Clock()
    notebook = notebook_in_memory(clock=clock)
    follow_up = made(notebook, due=FRIDAY)
    diary = {TODAY - timedelta(days=1): Stage.CAPTURED}
    for stage, days in moves:
        clock.forward(days=days)
        promises.move(notebook, now(notebook, follow_up), stage, "why")
        diary[notebook.today()] = stage
    ends = [stage for _, stage in sorted(diary.items())]
    changed = [was for was, became in pairwise(ends) if was is not became]
    assert [step.was for step in now(notebook, follow_up).steps] == changed


# -- coming up again -----------------------------------------------------------------------


def test_the_third_mention_asks_for_a_decision() -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook, born_in="t0")
    for number in range(1, 5):
        follow_up = promises.touch(notebook, follow_up, f"t{number}")
        assert follow_up == now(notebook, follow_up)
        assert follow_up.mentions == number + 1
        assert follow_up.asks_decision is (follow_up.mentions >= DECIDE_AT)
    promises.move(notebook, follow_up, Stage.DONE)
    assert not now(notebook, follow_up).asks_decision


# -- how many ------------------------------------------------------------------------------


@pytest.mark.parametrize("owner", Owner)
def test_one_more_than_anybody_keeps_is_told_once(owner: Owner) -> None:
    notebook = notebook_in_memory()
    made(notebook, owner=Owner.THEM if owner is not Owner.THEM else Owner.ME)
    told = []
    for _ in range(OPEN_AT_MOST + 3):
        added = made(notebook, owner=owner)
        told.append(promises.is_crowded(notebook.journal, added))
    assert told == [False] * OPEN_AT_MOST + [True, False, False]


def test_what_is_closed_and_another_persons_do_not_count() -> None:
    notebook = notebook_in_memory()
    some = [made(notebook) for _ in range(OPEN_AT_MOST)]
    promises.move(notebook, some[0], Stage.DONE)
    sam = add_person(notebook, "Sam")
    promises.add(notebook, draft(sam.id))
    assert not promises.is_crowded(notebook.journal, made(notebook))


# -- whose ---------------------------------------------------------------------------------


def test_given_to_another_person_it_takes_its_history_along() -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook, born_in="t1", due=FRIDAY, touches=("t2",))
    promises.move(notebook, follow_up, Stage.WAITING)
    follow_up = now(notebook, follow_up)
    sam = add_person(notebook, "Sam")
    before = notebook.journal.follow_ups
    promises.give_to(notebook, (follow_up,), sam.id)
    (given,) = notebook.journal.follow_ups.values()
    assert given == follow_up._replace(id=given.id, person_id=sam.id, born_in=None, touches=())
    assert given.steps
    assert notebook.undo() == "follow-up given to another person"
    assert notebook.journal.follow_ups == before
    promises.give_to(notebook, (follow_up,), follow_up.person_id)
    assert notebook.journal.follow_ups == before


@pytest.mark.parametrize("reason", ["", "  ", "\n", "\t\u2028"])
@pytest.mark.parametrize("before", [stage for stage in Stage if stage is not Stage.LET_GO])
def test_letting_go_takes_a_reason(before: Stage, reason: str) -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook, stage=before)
    with pytest.raises(UsageError, match="one line why"):
        promises.move(notebook, follow_up, Stage.LET_GO, reason)
    assert now(notebook, follow_up) == follow_up


def test_only_letting_go_asks_why() -> None:
    assert [stage for stage in Stage if promises.needs_reason(stage)] == [Stage.LET_GO]


def test_a_move_keeps_what_another_window_changed() -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook)
    promises.edit(notebook, follow_up, follow_up._replace(text="better words", due=FRIDAY))
    promises.move(notebook, follow_up, Stage.DONE)
    found = now(notebook, follow_up)
    assert (found.text, found.due, found.stage) == ("better words", FRIDAY, Stage.DONE)


# -- agreeing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "cue", "stage", "lacks"),
    [
        (None, "", Stage.AGREED, True),
        (FRIDAY, "", Stage.AGREED, False),
        (None, "when I pass the shop", Stage.AGREED, False),
        (FRIDAY, "when I pass the shop", Stage.AGREED, False),
        *((None, "", stage, False) for stage in Stage if stage is not Stage.AGREED),
    ],
)
def test_agreed_takes_a_when_or_a_cue(
    due: date | None, cue: str, stage: Stage, lacks: bool
) -> None:
    follow_up = draft()._replace(due=due, cue=cue)
    assert bool(promises.lacks_for(follow_up, stage)) is lacks


@pytest.mark.parametrize("before", Stage)
@pytest.mark.parametrize(
    ("due", "cue"), [(FRIDAY, ""), (None, " when I  pass the shop "), (FRIDAY, "on the way")]
)
def test_agreeing_gives_the_when_and_moves_in_one_act(
    before: Stage, due: date | None, cue: str
) -> None:
    notebook = notebook_in_memory()
    closed = TODAY if before in CLOSED else None
    reason = "why" if before is Stage.LET_GO else ""
    follow_up = made(notebook, stage=before, closed=closed, reason=reason)
    promises.agree(notebook, follow_up, due, cue)
    agreed = now(notebook, follow_up)
    assert agreed._replace(steps=()) == follow_up._replace(
        stage=Stage.AGREED, due=due, cue=clean_line(cue), closed=None, reason=""
    )
    changed = {Aspect.STAGE: before is not Stage.AGREED, Aspect.DUE: due is not None}
    assert [step.aspect for step in agreed.steps] == [a for a, is_so in changed.items() if is_so]
    assert notebook.undo() == "moved to Agreed"
    assert now(notebook, follow_up) == follow_up


@pytest.mark.parametrize("cue", ["", "   ", "\n"])
def test_agreeing_on_nothing_is_refused(cue: str) -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook)
    with pytest.raises(UsageError, match="By when"):
        promises.agree(notebook, follow_up, None, cue)
    assert now(notebook, follow_up) == follow_up


# -- dates and owners -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "day"),
    [("", None), ("  ", None), ("fri", FRIDAY), ("by fri", FRIDAY), ("2026-11-27", FRIDAY)],
)
def test_a_date_field(typed: str, day: date | None) -> None:
    assert promises.due_from(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["soon", "12/1", "31 feb", "fri or sat", "\x00"])
def test_a_date_field_that_is_not_understood(typed: str) -> None:
    with pytest.raises(WhenError):
        promises.due_from(typed, TODAY)


def test_one_key_goes_round_the_owners() -> None:
    owner = Owner.ME
    seen = [owner := promises.next_owner(owner) for _ in Owner]
    assert seen == [Owner.THEM, Owner.BOTH, Owner.ME]


# -- the board and the filter ---------------------------------------------------------------

FOLLOW_UPS = st.lists(
    st.builds(
        lambda number, owner, stage, due, words: FollowUp(
            str(number),
            f"p{number % 3}",
            words,
            owner,
            NOW,
            stage,
            due and TODAY + timedelta(days=due),
            "at the café" if number % 2 else "",
            closed=TODAY if stage in CLOSED else None,
        ),
        st.integers(0, 99),
        st.sampled_from(Owner),
        st.sampled_from(Stage),
        st.sampled_from([None, -3, 4]),
        st.sampled_from(["the book", "intro to Lena", "Über-plan"]),
    ),
    max_size=8,
    unique_by=lambda f: f.id,
)


@settings(deadline=None, max_examples=50)
@given(FOLLOW_UPS)
def test_the_board_shows_each_once_in_its_column(found: list[FollowUp]) -> None:
    board = columns_of(found)
    assert list(board) == [row.stage for row in STAGES]
    assert sorted(f.id for column in board.values() for f in column) == sorted(f.id for f in found)
    for stage, column in board.items():
        assert all(f.stage is stage for f in column)
        assert list(column) == sorted(column, key=board_order)


@settings(deadline=None, max_examples=50)
@given(
    FOLLOW_UPS,
    st.sampled_from([None, "p0", "p2", "nobody"]),
    st.sampled_from([None, *Owner]),
    st.sampled_from([None, *Stage]),
    st.sampled_from(["", "book", "LENA intro", "uber", "cafe dana", "sam", "nothing like it"]),
)
def test_a_filter_shows_what_fits_all_of_it(
    found: list[FollowUp],
    person_id: str | None,
    owner: Owner | None,
    stage: Stage | None,
    words: str,
) -> None:
    notebook = notebook_in_memory()
    names = {"p0": "Dana", "p1": "Sam", "p2": "Tom"}
    for key, name in names.items():
        person = add_person(notebook, name)._replace(archived=key == "p2")
        renamed = person._replace(id=key)
        home = Home(person.id)
        notebook.commit("x", [Change(home, person, None), Change(Home(key), None, renamed)])
    notebook.commit("x", [Change(promises.home_of(f), None, f) for f in found])
    shown = promises.chosen(notebook, person_id=person_id, owner=owner, stage=stage, words=words)

    def naive(f: FollowUp) -> bool:
        text = f"{f.text} {f.cue} {names[f.person_id]}".lower().replace("é", "e").replace("ü", "u")
        return (
            (f.person_id != "p2" if person_id is None else f.person_id == person_id)
            and owner in (None, f.owner, *([owner] if f.owner is Owner.BOTH else []))
            and stage in (None, f.stage)
            and all(word in text for word in words.lower().split())
        )

    assert sorted(f.id for f in shown) == sorted(f.id for f in found if naive(f))


def test_an_archived_persons_follow_ups_are_shown_only_when_they_are_named() -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook)
    person = notebook.journal.people[follow_up.person_id]
    assert promises.chosen(notebook) == (follow_up,)
    folk.archive(notebook, person)
    assert promises.chosen(notebook) == ()
    assert promises.chosen(notebook, person_id=person.id) == (follow_up,)


def test_follow_ups_of_nobody_are_not_shown() -> None:
    notebook = notebook_in_memory()
    orphan = draft("gone")._replace(id="f")
    notebook.commit("x", [Change(Home("gone"), None, orphan)])
    assert promises.chosen(notebook) == ()
    assert promises.chosen(notebook, person_id="gone") == ()


def test_what_is_open_is_what_somebody_still_owes() -> None:
    for stage in Stage:
        follow_up = draft()._replace(stage=stage, owner=Owner.BOTH)
        assert (follow_up.i_owe, follow_up.they_owe) == (stage in OPEN_STAGES,) * 2


# -- touches --------------------------------------------------------------------------------


def test_a_follow_up_that_came_up_again_knows_where() -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook, born_in="t1")
    for one_id in ("t2", "t3", "t4"):
        promises.touch(notebook, now(notebook, follow_up), one_id)
    assert now(notebook, follow_up) == follow_up._replace(touches=("t2", "t3", "t4"))
    promises.touch(notebook, now(notebook, follow_up), "t3")
    assert now(notebook, follow_up).touches == ("t2", "t4"), "not after all"
    said = [notebook.undo() for _ in range(4)]
    assert said == ["follow-up did not come up", *["follow-up came up"] * 3]
    assert now(notebook, follow_up) == follow_up


def test_where_it_was_said_first_is_no_touch() -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook, born_in="t1")
    with pytest.raises(UsageError, match="promised in this talk"):
        promises.touch(notebook, follow_up, "t1")
    assert now(notebook, follow_up) == follow_up


def test_one_made_outside_a_talk_can_be_touched_in_any() -> None:
    notebook = notebook_in_memory()
    follow_up = made(notebook)
    promises.touch(notebook, follow_up, "t1")
    assert now(notebook, follow_up).touches == ("t1",)
    assert promises.home_of(now(notebook, follow_up)) == promises.home_of(follow_up)
