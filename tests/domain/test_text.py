"""User text: what is cleaned out of it, what stays, and how it is compared and named."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import HOSTILE
from tui.domain.text import (
    cell_length,
    clean,
    clean_block,
    clean_line,
    first_line,
    fold,
    plural,
    slug,
    wrapped_text,
)

REPLACED = "\N{REPLACEMENT CHARACTER}"
BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
SURROGATES = range(0xD800, 0xE000)
FORBIDDEN = frozenset(
    [*range(0x20), *range(0x7F, 0xA0), *BIDI, 0x2028, 0x2029, 0xFEFF, *SURROGATES]
) - {0x0A, 0x09}
"""Every character that must never get past the edge of the model."""

ANY_CHARACTER = st.characters(exclude_categories=())  # lone surrogates too
NASTY = st.sampled_from([chr(code) for code in sorted(FORBIDDEN - set(SURROGATES))])
MIXED = st.one_of(NASTY, st.sampled_from("\r\n\t ab\ud800\udfff\u200d\ufe0f👩🇪"), ANY_CHARACTER)
TEXT = st.text(MIXED, max_size=40)
SAFE_TEXT = st.text(
    st.characters(codec="utf-8").filter(lambda c: ord(c) not in FORBIDDEN), max_size=40
)


def is_safe(text: str) -> bool:
    text.encode("utf-8")
    return not FORBIDDEN & {ord(c) for c in text}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("way", [clean, clean_line, clean_block])
def test_nothing_hostile_gets_past_any_way_in(way: object, text: str) -> None:
    assert callable(way)
    once = way(text)
    assert is_safe(once)
    assert way(once) == once


@given(TEXT)
@example("\r")
@example("\r\r\n\n")
@example("\ud83d\ude00")  # a pair of surrogates is not an emoji in Python
def test_cleaning_leaves_only_what_can_be_saved_and_shown(text: str) -> None:
    once = clean(text)
    assert is_safe(once)
    assert clean(once) == once


@given(SAFE_TEXT)
def test_cleaning_leaves_harmless_text_as_it_is(text: str) -> None:
    assert clean(text) == text


@given(TEXT)
def test_cleaning_hides_nothing_it_takes_away(text: str) -> None:
    """One character for one, so that the reader sees where something was."""
    assert len(clean(text)) == len(text.replace("\r\n", "\n"))


@given(TEXT)
def test_one_line_stays_one_line(text: str) -> None:
    once = clean_line(text)
    assert is_safe(once)
    assert len(once.splitlines()) <= 1
    assert once == once.strip()
    assert "  " not in once
    assert "\t" not in once
    assert clean_line(once) == once
    assert once.split() == clean(text).split()


@given(TEXT)
@example(" \n a \n\n b \n ")
@example("\t\n\t")
def test_a_block_loses_only_blanks(text: str) -> None:
    once = clean_block(text)
    assert is_safe(once)
    assert once == once.strip()
    assert all(line == line.rstrip() for line in once.split("\n"))
    assert clean_block(once) == once
    assert once.split() == clean(text).split()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("\x1b[31mred", "␛[31mred"),
        ("a\x00b", "a␀b"),
        ("bell\x07", "bell␇"),
        ("back\x08", "back␈"),
        ("del\x7f", "del␡"),
        ("\x1f", "␟"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\n\rb", "a\n\nb"),
        ("a\tb", "a\tb"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("\x9b31m", f"{REPLACED}31m"),
        ("\u202egnp.exe\u202c", f"{REPLACED}gnp.exe{REPLACED}"),
        ("\u2066x\u2069", f"{REPLACED}x{REPLACED}"),
        ("\ufeffbom", f"{REPLACED}bom"),
        ("\ud800", REPLACED),
        ("\udfff\ud800", REPLACED * 2),
        ("\udc80 as surrogateescape makes it", f"{REPLACED} as surrogateescape makes it"),
    ],
)
def test_what_cleaning_makes_of_it(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧‍👦",
        "❤️",
        "❤\ufe0e",
        "🇪🇸",
        "👍🏽",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "שלום\u200f!",
        "e\u0301",
        "日本語のメモ",
        "a\u00a0b",
        "\U0010ffff",
        "[/b] [@click=app.quit]x[/] C:\\dir",
    ],
)
def test_what_scripts_and_emoji_need_stays(text: str) -> None:
    assert clean(text) == text
    assert clean(f"\x00{text}") == f"␀{text}"  # also where something else had to go


@pytest.mark.parametrize(
    ("typed", "line", "block"),
    [
        ("  a  b  ", "a b", "a  b"),
        ("a\n\n b \n", "a b", "a\n\n b"),
        ("\n\n  a\n  b", "a b", "a\n  b"),
        ("a\r\n\tb  \r\n", "a b", "a\n\tb"),
        (" \n \t \n", "", ""),
        ("\u3000a\u3000", "a", "a"),
        ("one\u2028two", "one two", "one\ntwo"),
    ],
)
def test_lines_and_blocks(typed: str, line: str, block: str) -> None:
    assert clean_line(typed) == line
    assert clean_block(typed) == block


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana", "dANA"),
        ("García", "garcia"),
        ("GARCI\u0301A", "garcía"),
        ("José", "Jose\u0301"),
        ("Zoë", "ZOE"),
        ("Straße", "STRASSE"),
        ("Łukasz", "ŁUKASZ"),
        ("Ångström", "angstrom"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
        ("İstanbul", "istanbul"),
        ("ﬁn", "FIN"),
        ("Ｄａｎａ", "dana"),
        ("Nguyễn", "NGUYEN"),
        ("Ёлка", "елка"),
    ],
)
def test_case_and_accents_do_not_matter(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Dana", "Dan"), ("Dana", "Dana "), ("Ana", "Anna"), ("日", "本"), ("ש", "ל")],
)
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x24F), max_size=30))
def test_folding_latin_text_twice_is_folding_it_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["Acme™", "№ 5", "ℌannah", "𝐃ana", "㎆"])
def test_folding_compatibility_characters_leaves_no_capital(text: str) -> None:
    assert fold(text) == fold(fold(text))
    assert fold(text) == fold(text).lower()
    assert slug(text) == slug(text).lower()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("one", "one"),
        ("one\n", "one"),
        ("one\ntwo", "one …"),
        ("one\n\nthree", "one …"),
    ],
)
def test_the_first_line_says_that_more_follows(text: str, shown: str) -> None:
    assert first_line(text) == shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dana Okafor", "dana-okafor"),
        ("  Ana   García ", "ana-garcia"),
        ("Mei-Lin Zhou", "mei-lin-zhou"),
        ("O'Brien, Pat", "o-brien-pat"),
        ("Straße", "strasse"),
        ("日本", "person"),
        ("", "person"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "person"),
        ("C:\\Windows", "c-windows"),
        ("a/b\x00c", "a-b-c"),
        ("---", "person"),
        ("X Æ A-12", "x-a-12"),
        ("a" * 60, "a" * 40),
        ("a" * 39 + " b", "a" * 39),
        ("Łukasz", "ukasz"),
        ("٣ three", "three"),
    ],
)
def test_names_of_files(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(TEXT.filter(lambda text: fold(text) == fold(fold(text))))  # see the expected failure above
@example("../../..")
def test_a_slug_is_always_a_safe_name(name: str) -> None:
    made = slug(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= 40
    assert slug(made) == made


@pytest.mark.parametrize(
    ("count", "one", "many", "said"),
    [
        (0, "note", None, "0 notes"),
        (1, "note", None, "1 note"),
        (2, "note", None, "2 notes"),
        (1, "person", "people", "1 person"),
        (3, "person", "people", "3 people"),
        (0, "reply", "replies", "0 replies"),
        (11, "line", None, "11 lines"),
    ],
)
def test_counts_with_their_noun(count: int, one: str, many: str | None, said: str) -> None:
    assert plural(count, one, many) == said


# -- lines of a width -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("plain", 5),
        ("Łódź", 4),
        ("日本語", 6),
        ("한국어", 6),
        ("ﾃｽﾄ", 3),
        ("e\u0301", 1),
        ("a\u200db\u200b", 2),
        ("😀", 2),
        ("“so”…", 5),
    ],
)
def test_how_many_cells_a_text_takes(text: str, cells: int) -> None:
    assert cell_length(text) == cells


WORDY = st.text(st.sampled_from("ab \u0301日😀\u200d-\n"), max_size=60)


@given(WORDY | SAFE_TEXT, st.integers(2, 12))
@example("a" * 9, 4)
@example("日本語", 3)
@example("a \n\n b", 2)
def test_a_wrapped_text_is_the_same_text_in_narrow_lines(text: str, width: int) -> None:
    lines = wrapped_text(text, width)
    assert max(map(cell_length, lines)) <= width
    assert not any("\n" in line for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(st.lists(st.text(st.sampled_from("abc日"), min_size=1, max_size=6), max_size=12))
def test_words_are_broken_only_where_they_do_not_fit(words: list[str]) -> None:
    lines = wrapped_text(" ".join(words), 12)
    assert " ".join(lines) == " ".join(words)
    assert all(
        cell_length(f"{line} {after.split(' ')[0]}") > 12 for line, after in pairwise(lines)
    ), "each line is as full as it can be"
