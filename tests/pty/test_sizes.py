"""Every size of window, every kind of terminal, and whatever is pasted into it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.builders import HOSTILE
from tests.pty.driver import has_line, listen_to_dana, wait_until, write_line
from tui.domain.text import clean_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

SIZES = [(40, 15), (40, 20), (80, 24), (120, 40), (200, 60)]


def surfaces(desk: Terminal) -> Iterator[tuple[str, ...]]:
    """Go to every surface in turn; yield its most important texts, which are there then."""

    def shows(*texts: str, without: str = "") -> tuple[str, ...]:
        desk.wait_for(*texts, without=without)
        return texts

    yield shows("Priya Nair", "overdue", "Dana Okafor", "F1 help")
    desk.press("down")
    desk.wait_for("▌ Dana Okafor")
    desk.press("f3")
    yield shows("Dana Okafor", "Before you talk", "▌ [")
    desk.press("f4")
    yield shows("Dana Okafor", '" heard', "F1 help")
    desk.press("f5")
    yield shows("Dana Okafor", "Agreed", "▌ >")
    desk.press("f7")
    yield shows("What Dana will read", "Thank you for")
    desk.press("escape")
    desk.wait_for("Agreed", without="What Dana will read")
    desk.press("f1")
    yield shows("Follow-ups", "edit")
    desk.press("escape")
    desk.wait_for("Agreed", "▌ >", "F1 help")
    desk.press("f2")
    desk.wait_for("Priya Nair", "overdue")
    desk.press("n")
    desk.wait_for("Somebody new", "Name")
    desk.type("Noor")
    yield shows("Somebody new", "Noor")


def assert_sound(desk: Terminal) -> None:
    assert desk.is_running
    assert b"Traceback" not in desk.received


@pytest.mark.parametrize(
    ("columns", "rows"),
    [SIZES[0], *(pytest.param(*size, marks=pytest.mark.sweep) for size in SIZES[1:])],
    ids=[f"{c}x{r}" for c, r in SIZES],
)
def test_every_surface_says_what_matters(house: House, columns: int, rows: int) -> None:
    desk = house.open("demo", columns=columns, rows=rows)
    for _ in surfaces(desk):
        assert all(len(line) <= columns for line in desk.screen())
    assert_sound(desk)
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0


def resize(desk: Terminal, *sizes: tuple[int, int]) -> None:
    """Take the window through sizes; something is drawn for each before the next.

    The last must be one the app has not had before: it draws nothing for a size that it has.
    """
    for columns, rows in sizes:
        count = len(desk.received)
        desk.resize(columns, rows)
        desk.wait_for_more(count)


def test_live_resizing_on_every_surface(house: House) -> None:
    desk = house.open("demo")
    odd = [(1, 1), (3, 2), (200, 1), (1, 60), (0, 0), (40, 15), (200, 60)]
    for number, texts in enumerate(surfaces(desk), 1):
        resize(desk, *odd, (80 + number, 24))
        desk.wait_for(*texts)
        assert_sound(desk)


def test_a_half_typed_line_outlives_the_smallest_window(house: House) -> None:
    desk = listen_to_dana(house)
    desk.type("!more time for")
    desk.wait_for("! need │", "more time for")
    resize(desk, (1, 1), (40, 15), (81, 24))
    desk.wait_for(lambda text: has_line(text, "! need │", "more time for"))
    desk.type(" thinking")
    desk.wait_for("more time for thinking")


# -- kinds of terminals ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "environ",
    [
        {"NO_COLOR": "1"},
        {"TERM": "vt100"},
        {"LANG": "C", "LC_ALL": "C"},
        {"TERM": "screen-256color", "COLORTERM": ""},
        {"TERM": "screen", "COLORTERM": ""},
        {"TERM": "linux", "COLORTERM": "", "NO_COLOR": ""},
    ],
    ids=lambda environ: "-".join(f"{k}={v}" for k, v in environ.items()),
)
def test_poor_terminals(house: House, environ: dict[str, str]) -> None:
    desk = house.open("demo", environ=environ)
    desk.wait_for("Priya Nair", "overdue", "Dana Okafor")
    desk.press("l")
    desk.wait_for('" heard', "F1 help")
    colours = desk.colours() - {("default", "default")}  # where the colours are the terminal's own
    assert [pair for pair in colours if pair[0] == pair[1]] == []
    if "NO_COLOR" in environ:
        assert {colour for pair in colours for colour in pair if not is_grey(colour)} == set()
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0
    assert b"Traceback" not in desk.received


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_cannot_place_text_is_told_what_there_is_for_it(
    house: House, term: str
) -> None:
    desk = house.open("demo", environ={"TERM": term})
    assert desk.wait_exit() == 2
    said = " ".join(desk.text.split())
    assert f"one says it cannot (TERM={term})" in said
    assert "alongside text goes line by line" in said
    assert b"\x1b" not in desk.received


def is_grey(colour: str) -> bool:
    return colour == "default" or colour[0:2] == colour[2:4] == colour[4:6]


# -- pasting -----------------------------------------------------------------------------------

FORBIDDEN = frozenset(
    [*map(chr, (*range(0x00, 0x0A), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)))]
) | frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff")
"""What nobody's text may put on a terminal, and the app has no use for outside its sequences."""


def assert_nothing_raw(desk: Terminal) -> None:
    assert b"\x1b]52" not in desk.received
    assert b"\x1b[31m" not in desk.received
    assert {hex(ord(c)) for c in FORBIDDEN & set(desk.received_text)} == set()


def is_plain(text: str) -> bool:
    """Return whether a paste arrives as it is: Textual takes ESC for a key and leaves out NUL."""
    return "\x1b" not in text and "\x00" not in text


def test_two_hundred_kilobytes(house: House) -> None:
    text = "".join(f"line {n}: the quick brown fox\n" for n in range(6_500))
    assert len(text) > 200_000
    desk = listen_to_dana(house)
    desk.paste(text)
    desk.wait_for("line 6499")
    desk.press("enter")
    wait_until(house.notes, "the note is on disk")
    assert house.notes() == [clean_block(text)]
    write_line(desk, "!and on it goes")
    assert_sound(desk)


def test_hostile_text_is_pasted_and_kept_whole(house: House) -> None:
    desk = listen_to_dana(house)
    kept = [clean_block(text) for text in HOSTILE if is_plain(text) and "\ud800" not in text]
    for text in (text for text in HOSTILE if is_plain(text) and "\ud800" not in text):
        desk.paste(text)
        desk.wait_for(lambda screen: not is_entry_empty(screen))
        desk.press("enter")
        desk.wait_for(is_entry_empty)
    wait_until(lambda: house.notes() == kept, "all of it is on disk, as it was")
    assert_sound(desk)
    assert_nothing_raw(desk)


def is_entry_empty(screen: str) -> bool:
    return has_line(screen, '" heard │  ')


@pytest.mark.parametrize("text", [t for t in HOSTILE if not is_plain(t)], ids=ascii)
def test_what_textual_does_not_paste_whole_does_no_harm(house: House, text: str) -> None:
    desk = listen_to_dana(house)
    desk.paste(text)
    desk.type("and on")
    wait_until(lambda: house.has_logged("and on"), "it goes on")
    assert_sound(desk)
    assert_nothing_raw(desk)


def test_hostile_text_from_another_program_is_shown_without_harm(house: House) -> None:
    desk = listen_to_dana(house)
    texts = [text for text in HOSTILE if "\n" not in text and len(text) < 100]
    house.run("note", "dana", stdin="\n".join(texts).encode("utf-8", "replace"))
    desk.wait_for("$name")
    desk.press("f5")
    desk.wait_for("Captured (")
    desk.press("f7")
    desk.wait_for("What Dana will read", "[x] done")
    assert_sound(desk)
    assert_nothing_raw(desk)


def test_hostile_text_in_the_field_of_a_form(house: House) -> None:
    desk = house.open()
    desk.wait_for("A one-to-one begins with a person")
    desk.press("n")
    desk.wait_for("Somebody new")
    for text in HOSTILE:
        if is_plain(text) and FORBIDDEN & set(text) and "\ud800" not in text:
            desk.paste(text)
            desk.type("ok")
            desk.wait_for("ok")
            desk.press(*["backspace"] * len(text))
    assert_sound(desk)
    assert_nothing_raw(desk)


def test_keys_in_a_paste_are_text(house: House) -> None:
    """An escape sequence, and behind it what would end the talk and the program as keys."""
    desk = listen_to_dana(house)
    desk.paste("junk\x1b[31m\x07\x11after")
    desk.wait_for("junk␛[31m␇␑after")
    desk.press("enter")
    desk.wait_for("“junk␛[31m␇␑after”", "saved ●")
    desk.paste("~ tired of it")
    desk.wait_for("~ feeling mine │ tired of it")
    assert_sound(desk)
    assert_nothing_raw(desk)


def test_bytes_that_are_no_text(house: House) -> None:
    desk = listen_to_dana(house)
    desk.send(b"\xe9\xed\xa0\x80\xff")
    desk.type("still here")
    desk.wait_for("still here")
    assert_sound(desk)


# -- nothing in the way ------------------------------------------------------------------------


def test_what_is_said_in_passing_does_not_hide_the_line(house: House) -> None:
    desk = listen_to_dana(house)
    desk.type(">")
    desk.wait_for("> I promise │")
    desk.press("ctrl+o")
    desk.wait_for("are for both of you")
    desk.type("a sentence over half of the window")
    desk.wait_for("are for both of you", " │ a sentence over half of the window")


def test_a_key_without_a_meaning_keeps_the_line(house: House) -> None:
    desk = listen_to_dana(house)
    desk.type("half a ")
    desk.wait_for("half a")
    desk.press("f10")
    desk.type("sentence")
    desk.wait_for("half a sentence")
