"""The main job in a real terminal, end to end: from an empty journal to a summary that is sent."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import fill, has_line, listen, listen_to_dana, wait_until, write_line
from tui.domain.dates import say_due

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

OURS = {
    '"': "I keep losing the thread between incidents",
    "!": "one quiet morning a week",
    "*": "a rota for the small incidents",
    "^": "my own first year was like that",
    "=": "no meetings on Wednesdays",
    "+": "the note to the support desk",
}
MINE = {"~": "tired, and proud of the team", "?": "is the on-call rota still fair"}
PROMISE = "send the coaching book"
IN_SUMMARY = [text for key, text in OURS.items() if key != "^"]


def add_dana(terminal: Terminal) -> None:
    terminal.wait_for("A one-to-one begins with a person")
    terminal.press("n")
    terminal.wait_for("Somebody new")
    fill(terminal, Name="Dana Okafor", Role="staff engineer", How_often="every 2 weeks")
    terminal.press("enter")
    terminal.wait_for("Dana Okafor", "saved ●", without="Somebody new")


def test_the_whole_walk(house: House) -> None:
    house.with_xclip()
    desk = house.open(columns=100, rows=45)
    add_dana(desk)

    # Prepare: plan it, tick the first item.
    desk.press("enter")
    desk.wait_for("A one-to-one with Dana Okafor", "walk and talk", "Who leads")
    desk.press("enter")
    desk.wait_for("Before you talk", "0 of", without="Intention:")
    desk.press("space")
    desk.wait_for("[x] My promises", "1 of", "saved ●")

    # Listen: a line of each kind by its key, one of them in two lines.
    desk.press("f4")
    desk.wait_for('" heard │')
    for key, text in OURS.items():
        write_line(desk, key + text, text, "ours")
    for key, text in MINE.items():
        write_line(desk, key + text, text, "mine")
    desk.type('"first line of two')
    desk.wait_for("first line of two")
    desk.press("ctrl+j")
    desk.type("and the second")
    desk.wait_for("and the second")
    desk.press("enter")
    desk.wait_for("“first line of two", "and the second”", "saved ●")

    # A promise: the date that is understood stands there before Enter.
    due = say_due(house.today + timedelta(days=14), house.today)
    desk.type(f">{PROMISE} in 2 weeks")
    desk.wait_for("> I promise │", f"{due} · Agreed")
    desk.press("enter")
    desk.wait_for(lambda text: has_line(text, PROMISE, due, "me", "Agreed"), "saved ●")
    desk.wait_for('" heard │')

    # The board: on to Waiting, with a key.
    desk.press("f5")
    desk.wait_for("Agreed (1)", "Waiting (0)", PROMISE[:8])
    desk.press("shift+right")
    desk.wait_for("Agreed (0)", "Waiting (1)", PROMISE[:8], "saved ●")

    # The summary: read it, copy it, believe it.
    desk.press("f7")
    desk.wait_for("What Dana will read", *IN_SUMMARY, PROMISE)
    desk.press("enter")
    desk.wait_for("Copied", "(checked, xclip)")
    copied = house.clipboard.read_bytes()
    on_screen = desk.text
    for line in filter(None, copied.decode().splitlines()):
        assert line in on_screen
    for text in (*IN_SUMMARY, PROMISE, "first line of two"):
        assert text in copied.decode()
    for text in MINE.values():
        assert text not in copied.decode()

    # The power goes. All is there again.
    desk.kill()
    house.clipboard.unlink()
    desk = house.open(columns=100, rows=45)
    desk.wait_for("Dana Okafor", "you owe 1")
    desk.press("enter")
    desk.wait_for("[x] My promises", "1 of", "You promised")
    desk.press("f4")
    desk.wait_for('" heard │', *OURS.values(), *MINE.values(), "and the second”", PROMISE)
    assert desk.row(MINE["~"]).endswith("mine")
    desk.press("f5")
    desk.wait_for("Waiting (1)", PROMISE[:8])
    desk.press("f7")
    desk.wait_for("What Dana will read", PROMISE)
    desk.press("y")
    desk.wait_for("Copied", "(checked, xclip)")
    assert house.clipboard.read_bytes() == copied
    assert house.run("summary", "dana") == copied

    desk.press("ctrl+q")
    assert desk.wait_exit() == 0


def test_what_says_saved_survives_a_kill(house: House) -> None:
    desk = listen_to_dana(house)
    write_line(desk, ">send the book by tomorrow", "send the book", "Agreed")
    desk.kill()
    [follow_up] = house.on_disk().follow_ups.values()
    assert (follow_up.text, follow_up.due) == ("send the book", house.today + timedelta(days=1))


def test_a_half_typed_line_survives_a_kill(house: House) -> None:
    desk = listen_to_dana(house)
    desk.type("!more time for")
    desk.wait_for("! need │", "more time for")
    wait_until(lambda: house.has_logged("more time for"), "the half-typed line is in the log")
    desk.kill()

    desk = house.open()
    listen(desk)
    desk.wait_for(lambda text: has_line(text, "! need │", "more time for"))
    desk.type(" thinking")
    desk.wait_for("more time for thinking")
    desk.press("enter")
    wait_until(lambda: house.notes() == ["more time for thinking"], "the whole line is a note")


def test_a_half_filled_form_survives_a_kill(house: House) -> None:
    desk = house.open(rows=40)
    desk.wait_for("A one-to-one begins with a person")
    desk.press("n")
    desk.wait_for("Somebody new")
    fill(desk, Name="Dana Okafor", Role="staff engineer", How_often="every 2 wee")
    wait_until(lambda: house.has_logged("every 2 wee"), "the half-filled form is in the log")
    desk.kill()

    desk = house.open(rows=40)
    desk.wait_for("A one-to-one begins with a person")
    desk.press("n")
    desk.wait_for("Somebody new", "Dana Okafor", "staff engineer", "every 2 wee", "still here")
