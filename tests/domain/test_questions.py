"""Questions: the tables of them, and the words that bring one to mind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.questions import AREA_BY_ID, AREAS, CUE_WORDS, MOMENTS, Moment, Question, cue_of


def test_each_part_of_a_talk_and_each_area_has_one_row() -> None:
    assert [row.moment for row in MOMENTS] == list(Moment)
    assert len(AREAS) == len(AREA_BY_ID) == 6


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("What is the real challenge here for you?", "real challenge here"),
        ("What else?", "else"),
        ("How are you?", "How are you"),
        ("“Tired”, or something else…", "Tired something else"),
        ("你最近怎么样？", "你最近怎么样？"),
        ("… ? !", ""),
        ("", ""),
    ],
)
def test_the_cue_is_the_words_that_tell(text: str, cue: str) -> None:
    assert cue_of(text) == cue


@given(st.text(max_size=60))
def test_a_cue_is_a_few_words_of_the_text(text: str) -> None:
    words = cue_of(text).split(" ") if cue_of(text) else []
    assert len(words) <= CUE_WORDS
    assert all(word and word in text for word in words)


def test_a_question_says_its_own_cue_first() -> None:
    assert Question("q", "What else is there?", cues=("and then", "more")).cue == "and then"
    assert Question("q", "What else is there?").cue == "else"
