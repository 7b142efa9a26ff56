"""Search in a real terminal: from the line being typed, to another talk, and back again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import has_line, listen_to_dana

if TYPE_CHECKING:
    from tests.pty.driver import House

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]


def test_from_one_talk_to_a_line_of_another_and_back(house: House) -> None:
    house.run("people", "add", "Sam Reyes")
    house.run("note", "sam", "the Lighthouse in winter")
    house.run("note", "sam", "~ afraid of the light")
    house.run("people", "add", "Dana Okafor")
    desk = listen_to_dana(house, columns=90, rows=24)
    desk.type("half a line")
    desk.wait_for("half a line")
    desk.press("ctrl+f")
    desk.wait_for("Search", "Type words, in any order")
    desk.type("light")
    desk.wait_for("2 lines", "the Lighthouse in winter", "afraid of the light", "mine")
    assert desk.is_underlined("Light")
    desk.type("house winter")
    desk.wait_for("1 line ", "Sam Reyes", without="afraid")
    desk.press("escape")
    desk.wait_for("half a line", without="Lighthouse")
    desk.press("ctrl+f")
    desk.wait_for("lighthouse winter", "1 line ")
    desk.press("enter")
    desk.wait_for(lambda text: has_line(text, "▌", "the Lighthouse in winter"), "Sam Reyes ·")
    desk.press("f2")
    desk.wait_for("Dana Okafor", "Sam Reyes", "new person")
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0


def test_words_and_enter_in_one_bundle(house: House) -> None:
    house.run("people", "add", "Sam Reyes")
    house.run("note", "sam", "the lighthouse in winter")
    desk = house.open(columns=80, rows=24)
    desk.wait_for("Sam Reyes")
    desk.send(b"/in wint\r")
    desk.wait_for(lambda text: has_line(text, "▌", "the lighthouse in winter"), "heard")
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0
