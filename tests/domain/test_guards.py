"""What keeps text from being a formula or a mark, and that nothing is lost by it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE
from tui.domain.guards import (
    guard_cell,
    guard_value,
    guard_words,
    unguard_cell,
    unguard_value,
    unguard_word,
)
from tui.domain.text import clean_line

PIECES = st.sampled_from(
    ["=", "+", "-", "@", "'", "\t", "\r", "\0", " ", "\u200b", "\ufeff", "＝", "1", "a", "\\", ":"]
)
CELLS = st.lists(PIECES, max_size=6).map("".join)
WORDS = st.lists(
    st.sampled_from([*"\\+@:x()A1_%$ é", "due:", "2026-11-22", "http://", "(A)", "x "]), max_size=8
).map("".join)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("send the book", "send the book"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@sum", "'@sum"),
        ("＝1", "'＝1"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        ("\0x", "'\0x"),
        ("  =1", "'  =1"),
        ("\u200b=1", "'\u200b=1"),
        ("1-2", "1-2"),
        ("'tis", "'tis"),
        ("'=1", "''=1"),
        ("2026-11-22", "2026-11-22"),
    ],
)
def test_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    assert guard_cell(text) == cell
    assert unguard_cell(cell) == text


@settings(deadline=None)
@given(CELLS | st.text(max_size=8))
@example("''=1")
@example("'\t")
@example("\ud7fc=")
def test_a_cell_comes_back_and_is_no_formula(text: str) -> None:
    cell = guard_cell(text)
    assert unguard_cell(cell) == text
    seen = "".join(c for c in cell if c.isprintable() and not c.isspace())
    assert seen[:1] not in tuple("=+-@＝＋－＠")
    assert cell[:1] not in ("\t", "\r", "\0")


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("send the book", "send the book"),
        ("see +team and @home", "see \\+team and \\@home"),
        ("a+b c@d", "a+b c@d"),
        ("due:2026-12-04 now", "due\\:2026-12-04 now"),
        ("due: tomorrow", "due: tomorrow"),
        ("at 14:00", "at 14:00"),
        ("see https://example.org/a:b", "see https://example.org/a:b"),
        ("x marks it", "\\x marks it"),
        ("mark x", "mark x"),
        ("(A) first", "\\(A) first"),
        ("2026-11-22 was it", "\\2026-11-22 was it"),
        ("C:\\dir", "C\\:\\dir"),
        ("\\o/", "\\\\o/"),
    ],
)
def test_a_word_means_nothing_to_todo_txt(text: str, guarded: str) -> None:
    assert guard_words(text) == guarded


@settings(deadline=None)
@given(WORDS | st.text(max_size=20))
@example("\\:x")
@example("+a\\:x")
@example("\\x")
@example("\\\\+")
def test_words_come_back(text: str) -> None:
    line = clean_line(text)
    words = guard_words(line).split()
    assert " ".join(unguard_word(w, is_first=n == 0) for n, w in enumerate(words)) == line


@settings(deadline=None)
@given(WORDS | st.text(max_size=20) | st.sampled_from(HOSTILE))
def test_a_value_has_no_blank_and_comes_back(text: str) -> None:
    line = clean_line(text)
    value = guard_value(line)
    assert not set(value) & set(" $")
    assert unguard_value(value) == line
