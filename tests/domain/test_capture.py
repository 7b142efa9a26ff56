"""One typed line: its kind by the first character, its side, its date at the end."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import HOSTILE
from tui.domain.capture import (
    LITERAL,
    MINE_MARK,
    Entry,
    Pasted,
    read_entry,
    read_line,
    read_pasted,
    read_typed,
)
from tui.domain.dates import WhenError, split_trailing_when
from tui.domain.notes import (
    FEELING,
    HEARD,
    HUNCH,
    IDEA,
    KIND_BY_KEY,
    KINDS,
    NEED,
    NOTE_KINDS,
    PARK,
    PLAN,
    PROMISE,
    Becomes,
    Kind,
    Side,
)
from tui.domain.reckoning import Reckoning, Week
from tui.domain.text import clean_block

SUNDAY = date(2026, 11, 22)
FRIDAY = date(2026, 11, 27)

kinds = pytest.mark.parametrize("kind", KINDS, ids=[kind.id for kind in KINDS])
FOLLOW_UP_KINDS = [kind for kind in KINDS if kind.becomes is Becomes.FOLLOW_UP]
OTHER_KINDS = [kind for kind in KINDS if kind.becomes is not Becomes.FOLLOW_UP]

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
PIECES = st.sampled_from(
    [*KIND_BY_KEY, LITERAL, MINE_MARK, " ", "\n", "a", "by", "fri", "in 2 weeks", "12/1", "eom"]
)
LINES = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=30),
    st.lists(PIECES, max_size=8).map("".join),
    st.lists(PIECES, max_size=8).map(" ".join),
)


# -- the kind -------------------------------------------------------------------------------


def test_every_kind_has_a_key_of_its_own_that_nothing_else_uses() -> None:
    assert len(KIND_BY_KEY) == len(KINDS)
    assert all(len(key) == 1 and key.isprintable() for key in KIND_BY_KEY)
    assert not {LITERAL, MINE_MARK, " "} & set(KIND_BY_KEY)
    assert not any(key.isalnum() for key in KIND_BY_KEY)


@kinds
def test_the_first_character_chooses_the_kind(kind: Kind) -> None:
    for shape in ("{}x", "{} x", "  {}   x  ", "\n{}\tx\n", "{}\nx"):
        entry = read_line(shape.format(kind.key), SUNDAY)
        assert (entry.kind, entry.side, entry.text) == (kind, kind.side, "x")


@kinds
def test_a_key_alone_is_an_empty_line(kind: Kind) -> None:
    assert read_line(kind.key, SUNDAY).is_empty
    assert read_line(f" {kind.key} \n ", SUNDAY).is_empty


@kinds
def test_only_the_first_key_counts(kind: Kind) -> None:
    assert read_line(f"!{kind.key} x", SUNDAY) == Entry(NEED, Side.OURS, f"{kind.key} x")


@kinds
def test_without_a_key_it_is_of_the_default_kind(kind: Kind) -> None:
    assert read_line("plain words", SUNDAY, kind)[:3] == (kind, kind.side, "plain words")


@kinds
def test_a_key_beats_the_default(kind: Kind) -> None:
    assert read_line("* x", SUNDAY, kind).kind is IDEA


def test_what_is_typed_without_a_key_is_their_words() -> None:
    assert read_line("it is fine", SUNDAY).kind is HEARD


@pytest.mark.parametrize("text", ["", " ", "\n", "\t \n", "\u2028", "\u3000"])
def test_blanks_are_nothing(text: str) -> None:
    assert read_line(text, SUNDAY).is_empty


# -- the literal ----------------------------------------------------------------------------


@kinds
def test_a_backslash_makes_the_key_an_ordinary_character(kind: Kind) -> None:
    assert read_line(f"\\{kind.key} x", SUNDAY) == Entry(HEARD, Side.OURS, f"{kind.key} x")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("\\- x", "- x"),
        ("\\-> x", "-> x"),
        ("\\\\ x", "\\ x"),
        ("\\x", "x"),
        ("\\", ""),
        ("  \\> x", "> x"),
        ("x \\> y", "x \\> y"),
    ],
)
def test_the_literal(line: str, text: str) -> None:
    assert read_line(line, SUNDAY) == Entry(HEARD, Side.OURS, text)


def test_after_a_literal_the_default_kind_still_reads_its_date() -> None:
    entry = read_line("\\> x by fri", SUNDAY, PROMISE)
    assert (entry.kind, entry.text, entry.due) == (PROMISE, "> x", FRIDAY)


# -- mine -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", NOTE_KINDS, ids=[kind.id for kind in NOTE_KINDS])
def test_a_minus_before_the_key_keeps_a_note_mine(kind: Kind) -> None:
    for shape in ("-{}x", "-{} x", " -{}  x"):
        assert read_line(shape.format(kind.key), SUNDAY) == Entry(kind, Side.MINE, "x")


@pytest.mark.parametrize("line", ["- x", "-", "--! x", "-x", "-1 degrees", "—! x"])
def test_a_minus_before_anything_else_is_text(line: str) -> None:
    assert read_line(line, SUNDAY) == Entry(HEARD, Side.OURS, line)


@pytest.mark.parametrize("kind", [FEELING, HUNCH], ids=["feeling", "hunch"])
@pytest.mark.parametrize("side", [None, Side.OURS, Side.MINE])
def test_what_is_always_mine_stays_mine(kind: Kind, side: Side | None) -> None:
    assert read_entry(kind, "x", SUNDAY, side).side is Side.MINE


@pytest.mark.parametrize("kind", NOTE_KINDS, ids=[kind.id for kind in NOTE_KINDS])
def test_a_note_takes_the_side_it_is_given(kind: Kind) -> None:
    assert read_entry(kind, "x", SUNDAY, Side.MINE).side is Side.MINE
    assert read_entry(kind, "x", SUNDAY).side is kind.side


@pytest.mark.parametrize("kind", [PROMISE, PLAN, PARK], ids=["promise", "plan", "park"])
def test_what_cannot_be_mine_says_so_when_it_was_asked_to_be(kind: Kind) -> None:
    entry = read_line(f"-{kind.key} x", SUNDAY)
    assert entry.is_refused
    assert entry.problem


# -- the date -------------------------------------------------------------------------------

DATED = [
    ("send the book by fri", "send the book", FRIDAY, "by fri"),
    ("send the book, by fri.", "send the book", FRIDAY, "by fri"),
    ("send the book (by fri)", "send the book", FRIDAY, "by fri"),
    ("ask Lena tomorrow", "ask Lena", date(2026, 11, 23), "tomorrow"),
    ("ask Lena in 2 weeks", "ask Lena", date(2026, 12, 6), "in 2 weeks"),
    ("ask Lena by 4 dec", "ask Lena", date(2026, 12, 4), "by 4 dec"),
    ("ask Lena +3d", "ask Lena", date(2026, 11, 25), "+3d"),
    ("ask Lena eom", "ask Lena", date(2026, 11, 30), "eom"),
    ("ask Lena 2026-12-04", "ask Lena", date(2026, 12, 4), "2026-12-04"),
    ("two lines\nthe second by fri", "two lines\nthe second", FRIDAY, "by fri"),
]


@pytest.mark.parametrize("kind", FOLLOW_UP_KINDS, ids=[kind.id for kind in FOLLOW_UP_KINDS])
@pytest.mark.parametrize(("typed", "text", "due", "phrase"), DATED)
def test_a_follow_up_understands_the_date_at_its_end(
    kind: Kind, typed: str, text: str, due: date, phrase: str
) -> None:
    expected = Entry(kind, Side.OURS, text, due, phrase)
    assert read_entry(kind, typed, SUNDAY) == expected
    assert read_line(f"{kind.key} {typed}", SUNDAY) == expected


@pytest.mark.parametrize("kind", OTHER_KINDS, ids=[kind.id for kind in OTHER_KINDS])
def test_nothing_else_looks_for_a_date(kind: Kind) -> None:
    for typed in (*(row[0] for row in DATED), "x by 12/1", "x by 31 feb"):
        assert read_entry(kind, typed, SUNDAY) == Entry(kind, kind.side, typed)


@pytest.mark.parametrize("kind", FOLLOW_UP_KINDS, ids=[kind.id for kind in FOLLOW_UP_KINDS])
@pytest.mark.parametrize(
    "end", ["by 12/1", "by 12.1.26", "by 31 feb", "by 2026-02-30", "by mon 24 nov"]
)
def test_what_looks_like_a_date_and_is_none_stays_and_is_explained(kind: Kind, end: str) -> None:
    entry = read_entry(kind, f"send it {end}", SUNDAY)
    assert entry.text == f"send it {end}"
    assert (entry.due, entry.phrase) == (None, "")
    assert entry.problem
    assert entry.problem.endswith(".")


@pytest.mark.parametrize("typed", ["fri", "by fri", "tomorrow", "eom", "2026-12-04"])
def test_a_date_alone_is_what_is_promised(typed: str) -> None:
    assert read_entry(PROMISE, typed, SUNDAY) == Entry(PROMISE, Side.OURS, typed)


@pytest.mark.parametrize("kind", FOLLOW_UP_KINDS, ids=[kind.id for kind in FOLLOW_UP_KINDS])
def test_a_follow_up_is_reckoned_as_it_is_told(kind: Kind) -> None:
    def nobody() -> date:
        raise WhenError("No next one-to-one with Dana is planned.")

    dana = Reckoning(lambda: Week(6, 3), lambda: date(2026, 12, 8))
    for end, due in (
        ("by next 1:1", date(2026, 12, 8)),
        ("by eow", date(2026, 11, 26)),
        ("next mon", date(2026, 11, 30)),
    ):
        expected = Entry(kind, Side.OURS, "ask Lena", due, end)
        typed = f"ask Lena {end}"
        assert read_entry(kind, typed, SUNDAY, reckoning=dana) == expected
        assert read_typed(kind, typed, SUNDAY, reckoning=dana) == expected
        assert read_line(f"{kind.key} {typed}", SUNDAY, reckoning=dana) == expected
        assert read_line(f"\\{typed}", SUNDAY, kind, reckoning=dana) == expected
        assert read_line(typed, SUNDAY, kind, reckoning=dana) == expected
    typed = "ask Lena by next 1:1"
    entry = read_typed(kind, typed, SUNDAY, reckoning=Reckoning(next_talk=nobody))
    problem = "No next one-to-one with Dana is planned."
    assert entry == Entry(kind, Side.OURS, typed, problem=problem)


# -- whatever is typed ----------------------------------------------------------------------


@given(LINES, st.sampled_from(KINDS), DAYS)
@example("-", HEARD, date(9999, 12, 31))
@example("> x +999999999m", PROMISE, date(9999, 12, 31))
@example("> \ud800 by fri", PROMISE, date(1, 1, 1))
def test_a_line_never_raises_and_comes_out_clean(line: str, kind: Kind, today: date) -> None:
    entry = read_line(line, today, kind)
    assert entry.text == clean_block(entry.text)
    assert entry.is_empty is (entry.text == "")
    assert entry.kind is kind or entry.kind.key in line
    if entry.kind.side is Side.MINE:
        assert entry.side is Side.MINE
    if entry.due is not None:
        assert entry.kind in FOLLOW_UP_KINDS
        assert entry.problem is None
        assert entry.phrase
        assert entry.text
    entry.text.encode()


@given(LINES, st.sampled_from(OTHER_KINDS), st.sampled_from([None, *Side]))
def test_the_words_of_a_note_are_kept_whole(text: str, kind: Kind, side: Side | None) -> None:
    assert read_entry(kind, text, SUNDAY, side).text == clean_block(text)


@given(LINES, st.sampled_from(FOLLOW_UP_KINDS), DAYS)
def test_a_follow_up_loses_no_word_but_its_date(text: str, kind: Kind, today: date) -> None:
    entry = read_entry(kind, text, today)
    found = split_trailing_when(clean_block(text), today)
    assert (entry.text, entry.due, entry.problem) == (found.text, found.when, found.problem)
    words = clean_block(text).split()
    assert words[: len(entry.text.split()) - 1] == entry.text.split()[:-1]
    if entry.due is None:
        assert entry.text.split() == words


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_only_text(text: str) -> None:
    for kind in KINDS:
        entry = read_line(f"{kind.key} {text}", SUNDAY)
        assert entry.kind is kind
        assert entry.due is None
        assert entry.text == clean_block(text)


@pytest.mark.parametrize("line", ["-~ tired", "- ~ tired", "-! alone", "-  ! alone"])
def test_a_blank_after_the_mark_makes_nothing_public(line: str) -> None:
    assert read_line(line, SUNDAY).side is Side.MINE


@pytest.mark.parametrize(
    ("text", "kind", "side", "rest"),
    [
        ("~ tired", FEELING, None, "tired"),
        ("~tired", FEELING, None, "tired"),
        ("? leaving", HUNCH, None, "leaving"),
        ("> send it by fri", PROMISE, None, "send it by fri"),
        (">send it", HEARD, None, ">send it"),
        ("  ~ indented", FEELING, None, "indented"),
        ("plain words", HEARD, None, "plain words"),
        ('" their words', HEARD, None, "their words"),
        ('"quoted" and on', HEARD, None, '"quoted" and on'),
        ("one\ntwo", HEARD, None, "one\ntwo"),
        ("one\n~ tired", HEARD, Side.MINE, "one\n~ tired"),
        ("! need\n  ? leaving", NEED, Side.MINE, "need\n  ? leaving"),
        ("~ tired\n? leaving", FEELING, None, "tired\n? leaving"),
        ("> send it\n~ tired", HEARD, Side.MINE, "> send it\n~ tired"),
        ("", HEARD, None, ""),
    ],
)
def test_what_is_pasted_says_what_it_is(
    text: str, kind: Kind, side: Side | None, rest: str
) -> None:
    assert read_pasted(text, HEARD) == Pasted(kind, side, rest)


@given(st.text(st.sampled_from('~?"!*^=+>& \nab'), max_size=20))
def test_no_pasted_line_of_mine_is_ever_ours(text: str) -> None:
    found = read_pasted(text, HEARD)
    entry = read_typed(found.kind, found.text, SUNDAY, found.side)
    lines = [line.lstrip() for line in text.lstrip().split("\n")]
    if any(line[:1] in "~?" and line for line in lines):
        assert entry.side is Side.MINE
