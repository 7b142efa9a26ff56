"""Pastes stay text, whatever is in them and however they come in pieces."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from tests.builders import HOSTILE
from tui.desk.pasting import BEGIN, END, Pastes
from tui.domain.text import clean


def read(*pieces: str) -> str:
    pastes = Pastes()
    return "".join(pastes.read(piece) for piece in pieces)


@pytest.mark.parametrize("typed", ["", "words", "\x1b", "\x1b[A", "\x11", "\x1b[200", "é日本"])
def test_what_is_typed_is_passed_on_as_it_is(typed: str) -> None:
    assert read(typed) == typed
    assert read(*typed) == typed


PIECES = st.lists(st.integers(0, 60), max_size=6)
TEXTS = st.text(st.sampled_from("ab \x1b[201~\x11\x07\r\n\x9b"), max_size=40)


def cut(text: str, places: list[int]) -> list[str]:
    ends = [0, *sorted(place for place in places if place < len(text)), len(text)]
    return [text[a:b] for a, b in pairwise(ends)]


@given(TEXTS, PIECES)
@example("junk\x1b[31m\x11after", [3, 9])
@example("ends in the beginning \x1b[201", [])
def test_a_paste_is_one_paste_and_nothing_else(text: str, places: list[int]) -> None:
    if END in text:
        return
    stream = f"x{BEGIN}{text}{END}y"
    passed = read(*cut(stream, places))
    assert passed.startswith(f"x{BEGIN}")
    assert passed.endswith(f"{END}y")
    inside = passed[len(BEGIN) + 1 : -len(END) - 1]
    assert not set(inside) & {"\x1b", "\x11", "\x07", "\x9b"}
    assert inside == "\r".join(clean(part) for part in text.split("\r"))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_the_parser_makes_one_paste_of_it(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    parser, pastes = XTermParser(), Pastes()
    found = [
        message
        for piece in (f"{BEGIN}{text[:7]}", f"{text[7:]}{END}")
        for message in parser.feed(pastes.read(piece))
    ]
    assert [type(message) for message in found] == [events.Paste]
