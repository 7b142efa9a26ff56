"""A follow-up's particulars in brackets: written, read back, and told from the text's own."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.domain.followups import FollowUp, Owner, Stage, first_stage
from tui.domain.particulars import (
    Particulars,
    is_plain_stage,
    split_particulars,
    with_particulars,
    with_sureness,
)
from tui.domain.text import clean_block

SAID = datetime(2026, 11, 22, 14, 2)
FRIDAY = date(2026, 11, 27)
BOOK = FollowUp("f1", "p1", "send the book", Owner.ME, SAID)


@pytest.mark.parametrize(
    ("follow_up", "said"),
    [
        (BOOK, ""),
        (BOOK._replace(due=FRIDAY, stage=Stage.AGREED), " (due 2026-11-27)"),
        (BOOK._replace(due=FRIDAY), " (due 2026-11-27; captured)"),
        (BOOK._replace(stage=Stage.AGREED), " (agreed)"),
        (BOOK._replace(stage=Stage.WAITING, owner=Owner.BOTH), " (together; waiting)"),
        (BOOK._replace(stage=Stage.DONE, closed=FRIDAY), " (done 2026-11-27)"),
        (BOOK._replace(stage=Stage.DONE), ""),
        (BOOK._replace(stage=Stage.LET_GO, reason="the shop closed"), " (let go)"),
        (BOOK._replace(is_unsure=True), " (as I remember it)"),
        (BOOK._replace(text="call by fri"), " (no date)"),
        (BOOK._replace(text="call this tue"), " (no date)"),
        (BOOK._replace(text="read it (due 2026-01-01)"), " (no date)"),
        (BOOK._replace(text="read it (due soon)"), ""),
    ],
)
def test_what_is_said_of_a_follow_up(follow_up: FollowUp, said: str) -> None:
    assert with_particulars(follow_up, follow_up.text) == follow_up.text + said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(due 2026-12-04)",
        "send the book",
        "send the book (soon)",
        "send the book (due 2026-13-04)",
        "send the book (due 2026-12-04) today",
        "send the book (due 2026-12-04; and more)",
        "send the book ()",
        "send the book (due 2026-12-04",
    ],
)
def test_other_brackets_are_text(text: str) -> None:
    assert split_particulars(text) == (text, None)


def test_they_are_read_however_they_are_spaced() -> None:
    found = split_particulars("send it  (due  2026-12-04;together ) ")
    assert found == ("send it", Particulars(date(2026, 12, 4), is_together=True))


ENDS = ["", " by fri", " (sure)", " (due 2026-12-04)", " (no date)", " (", ")", " next week", "\nx"]
TEXTS = st.builds(
    lambda start, ends: clean_block(start + "".join(ends)),
    st.sampled_from(["a", "send it", "a (b)", "see (due 2026-12-04) x"]),
    st.lists(st.sampled_from(ENDS), max_size=3),
)
FOLLOW_UPS = st.builds(
    lambda text, owner, stage, due, closed, unsure: FollowUp(
        "f", "p", text, owner, SAID, stage, due, "", None, (),
        closed if stage in (Stage.DONE, Stage.LET_GO) else None, "", unsure,
    ),
    TEXTS,
    st.sampled_from(Owner),
    st.sampled_from(Stage),
    st.none() | st.just(FRIDAY),
    st.none() | st.just(FRIDAY),
    st.booleans(),
)  # fmt: skip


@settings(deadline=None)
@given(FOLLOW_UPS)
def test_all_of_it_comes_back(follow_up: FollowUp) -> None:
    text, said = split_particulars(with_particulars(follow_up, follow_up.text))
    assert text == follow_up.text
    said = said or Particulars()
    assert said.due == follow_up.due
    assert said.is_together is (follow_up.owner is Owner.BOTH)
    assert said.is_unsure is follow_up.is_unsure
    assert said.closed == follow_up.closed
    if follow_up.is_open:
        assert (said.stage or first_stage(said.due, follow_up.cue)) is follow_up.stage


@settings(deadline=None)
@given(TEXTS, st.booleans())
def test_what_a_note_is_comes_back(text: str, is_unsure: bool) -> None:
    left, said = split_particulars(with_sureness(is_unsure, text, text))
    assert left == text
    assert (said or Particulars()).is_unsure is is_unsure


@pytest.mark.parametrize(
    ("due", "cue", "begins", "goes_without_saying"),
    [
        (None, "", Stage.CAPTURED, True),
        (None, "  ", Stage.CAPTURED, True),
        (date(2026, 12, 4), "", Stage.AGREED, True),
        (date(2026, 12, 4), "on the train", Stage.AGREED, True),
        (None, "on the train", Stage.AGREED, False),
    ],
)
def test_the_stage_a_follow_up_begins_in(
    due: date | None, cue: str, begins: Stage, goes_without_saying: bool
) -> None:
    assert first_stage(due, cue) is begins
    begun = BOOK._replace(due=due, cue=cue, stage=begins)
    assert is_plain_stage(begun) is goes_without_saying
    assert not is_plain_stage(begun._replace(stage=Stage.WAITING))
