"""``alongside text`` in a real terminal: lines and nothing but lines."""

from __future__ import annotations

import re
import sys
import termios
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

DRIVES_A_TERMINAL = re.compile(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
"""What moves a cursor, colours or rings: all controls but the end of a line."""


def heard(desk: Terminal) -> str:
    """Return all that was said, wherever its lines were broken."""
    return " ".join(desk.received_text.split())


def say(desk: Terminal, line: str, answered: str) -> None:
    """Type a line and wait until what comes of it is said."""
    known = heard(desk).count(answered)
    desk.type(line)
    desk.press("enter")
    desk.wait_for(lambda _: heard(desk).count(answered) > known)


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20)], ids=["80x24", "40x20"])
def test_no_escape_sequence_is_ever_written(
    house: House, term: str, columns: int, rows: int
) -> None:
    house.run("people", "add", "Dana Okafor", "--every", "2 weeks")
    desk = house.open("text", "dana", columns=columns, rows=rows, environ={"TERM": term})
    desk.wait_for("Which part?")
    say(desk, "", "Which part?")
    say(desk, "talk", "Start it now?")
    say(desk, "yes", "started. Kept.")
    say(desk, "> send the coaching book by +9d", "Kept.")
    say(desk, '" \u65e5\u672c\u8a9e and [red]not red[/]', "Kept.")
    say(desk, "~ tired, and not only of the pager", "alone. Kept.")
    say(desk, "?", "by next 1:1")
    say(desk, "", "closing list?")
    say(desk, "", "Is the talk over?")
    say(desk, "yes", "over. Kept.")
    say(desk, "", "1 of 11.")
    say(desk, "back", "Which part?")
    say(desk, "summary", "End of the summary")
    say(desk, "copy", "Not copied")
    say(desk, "", "Which part?")
    desk.type("quit")
    desk.press("enter")
    assert desk.wait_exit() == 0
    assert not DRIVES_A_TERMINAL.search(desk.received)
    assert house.notes() == ["日本語 and [red]not red[/]", "tired, and not only of the pager"]


def test_words_are_not_broken_where_the_line_is_full(house: House) -> None:
    house.run("people", "add", "Dana Okafor")
    desk = house.open("text", "dana", columns=40, rows=20)
    screen = desk.wait_for("Which part?")
    asked = screen[screen.index("Dana. Which part?") :]
    assert asked.splitlines()[:2] == ["Dana. Which part? An empty line: where", "things stand."]


@pytest.mark.parametrize("is_at_once", [False, True], ids=["typed", "in one breath"])
def test_ctrl_c_keeps_the_line_that_was_begun(house: House, is_at_once: bool) -> None:
    house.run("people", "add", "Dana Okafor")
    desk = house.open("text", "dana")
    desk.wait_for("Which part?")
    say(desk, "talk", "Start it now?")
    say(desk, "yes", "started. Kept.")
    if is_at_once:
        desk.send(b"the whole of this\n~ and half of\x03")
    else:
        say(desk, "the whole of this", "Kept.")
        desk.type("~ and half of")
        desk.wait_for("~ and half of")
        desk.press("ctrl+c")
    assert desk.wait_exit() == 130
    assert "Feeling: and half of, for you alone. Kept." in heard(desk)
    assert house.notes() == ["the whole of this", "and half of"]
    assert not DRIVES_A_TERMINAL.search(desk.received)


def test_the_terminal_is_left_as_it_was(house: House) -> None:
    house.run("people", "add", "Dana Okafor")
    script = f"stty -a; {sys.executable} -m tui text dana; stty -a; echo END"
    desk = house.open_program("/bin/sh", "-c", script)
    desk.wait_for("Which part?")
    desk.press("ctrl+d")
    desk.wait_for("END")
    desk.wait_exit()
    before, *_, after = re.findall(r"speed.*?(?:-noflsh|noflsh)", desk.received_text, re.S)
    assert before == after
    assert before.endswith("-noflsh")
    assert termios.NOFLSH
