"""Copying in a real terminal: what reaches it, and what ``o`` shows where nobody can be sure."""

from __future__ import annotations

import base64
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import has_line, listen_to_dana
from tui.desk.pager import GO_BACK
from tui.desk.saved import RESCUE_NAME

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

HALF = "half a line"


@pytest.fixture
def sent(house: House) -> Terminal:
    """Copy a cue card where there is no clipboard but the terminal's, half a line being typed."""
    house.run("people", "add", "Dana Okafor")
    house.run("note", "dana", "~ a word of mine")
    desk = listen_to_dana(house, columns=200, rows=30)
    desk.type(f"!{HALF}")
    desk.wait_for("! need │", HALF)
    desk.press("f3")
    desk.wait_for("Before you")
    desk.press("c")
    desk.wait_for("enter copy")
    desk.press("enter")
    desk.wait_for("Sent to your terminal, which cannot be checked.", "press o to open it")
    return desk


def saved(house: House) -> str:
    return (Path(house.place.state) / RESCUE_NAME).read_text("utf-8")


def is_back(desk: Terminal) -> None:
    """Wait until the card is drawn again, and see that keys and the half line are the app's."""
    desk.wait_for("Sent to your terminal", "enter copy", without=GO_BACK)
    desk.press("escape")
    desk.wait_for("Before you", without="enter copy")
    desk.press("f4")
    desk.wait_for(lambda text: has_line(text, "! need │", HALF))


def test_what_is_sent_to_the_terminal_is_the_text(house: House, sent: Terminal) -> None:
    (payload,) = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", sent.received)
    assert base64.b64decode(payload).decode() == saved(house)
    assert "Dana Okafor" in saved(house)
    assert "of mine" not in saved(house)


@pytest.mark.parametrize("leave", ["\r", "\x04", "\x03\r"], ids=["enter", "ctrl+d", "ctrl+c"])
def test_it_is_shown_plain(house: House, sent: Terminal, leave: str) -> None:
    sent.press("o")
    sent.wait_for(saved(house).splitlines()[0], GO_BACK, without="enter copy")
    assert sent.received.rfind(b"\x1b[?1000l") > sent.received.rfind(b"\x1b[?1000h"), (
        "the mouse is the terminal's own, to select with"
    )
    sent.type(leave)
    is_back(sent)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("variable", "text", "typed"),
    [
        ("PAGER", "cat", "\r"),
        ("PAGER", "less -F", "\r"),
        ("PAGER", "/nowhere/pager", "\r"),
        ("EDITOR", "an-editor", "well\r"),
        ("EDITOR", "/nowhere/editor", "\r"),
    ],
)
def test_it_is_shown_by_what_one_reads_with(
    house: House, variable: str, text: str, typed: str
) -> None:
    editor = house.programs / "an-editor"
    editor.write_text('#!/bin/sh\necho "EDITOR HAS"; cat "$1"; read line\n')
    editor.chmod(0o755)
    house.environ[variable] = text
    desk = listen_to_dana(house, columns=200)
    desk.type(f"!{HALF}")
    desk.wait_for("! need │", HALF)
    desk.press("f3")
    desk.wait_for("Before you")
    desk.press("c")
    desk.wait_for("enter copy")
    desk.press("enter")
    desk.wait_for("press o to open it")
    desk.press("o")
    wanted = "EDITOR HAS" if text == "an-editor" else GO_BACK
    desk.wait_for(wanted, "Dana Okafor", without="enter copy")
    desk.type(typed)
    is_back(desk)


def test_it_is_gone_after_the_next_start(house: House, sent: Terminal) -> None:
    assert saved(house)
    sent.press("escape")
    sent.wait_for("Before you", without="enter copy")
    sent.press("ctrl+q")
    assert sent.wait_exit() == 0
    assert saved(house)
    again = house.open()
    again.wait_for("Dana Okafor", "F1 help")
    assert not (Path(house.place.state) / RESCUE_NAME).exists()
