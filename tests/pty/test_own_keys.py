"""The manager's own keys: in the bindings, the bar, the help, the palette and the sentences."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import fill

if TYPE_CHECKING:
    from tests.pty.driver import House

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

KEYS = """
[keys]
people.add = "*"
"people.archive" = ["z", "Z"]
"people.archived" = []
"app.undo" = "ctrl+u"
"app.help" = ["f10", "f1"]
"app.quit" = "ctrl+]"
"app.palette" = ["ctrl+_", "ctrl+p"]
"listen.side" = "ctrl+b"
"listen.newline" = "f11"
"notes.write" = "W"
"peple.add" = "x"
"board.done" = "n"
"""


def choose(house: House, text: str) -> None:
    path = house.home / ".config/alongside/settings.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_own_keys_count_and_are_named_wherever_keys_are(house: House) -> None:
    choose(house, KEYS)
    house.run("people", "add", "Dana Okafor")
    desk = house.open(columns=100, rows=40)
    desk.wait_for("* new person", "F10 help", "keys.peple.add", "there is people.add")
    desk.wait_for("keys.board.done: n is new there (board.add).", "The rest counts as usual.")
    desk.press("z")
    desk.wait_for("archived; ^u brings them back", without="keys.peple")
    desk.type("\x15")
    desk.wait_for("Dana Okafor", "Undone")
    desk.type("nA*")
    desk.wait_for("Somebody new")
    fill(desk, Name="Sam Reyes")
    desk.press("enter")
    desk.wait_for("Sam Reyes", without="Somebody new")
    desk.press("f10")
    desk.wait_for(
        "*                new person", "z Z              archive", "^_               archived"
    )
    desk.press("escape")
    desk.wait_for("* new person", without="z Z ")
    desk.type("\x1f")
    desk.type("archived")
    desk.wait_for("Show the archived, or the others.")
    desk.press("escape")
    desk.wait_for("* new person", without="Show the archived")
    desk.type("\x11*")  # ctrl+q means nothing now
    desk.wait_for("Somebody new")
    desk.type("\x1d")
    assert desk.wait_exit() == 0


def test_own_keys_of_the_line(house: House) -> None:
    choose(house, KEYS)
    house.run("people", "add", "Dana Okafor")
    desk = house.open(columns=100, rows=40)
    desk.wait_for("Dana Okafor", "* new person")
    desk.press("l")
    desk.wait_for(" │", "! need", "^b ours/mine", "F11 new line")
    desk.type("one\x0f\x02")  # ctrl+o, which means nothing now, and ctrl+b
    desk.wait_for("mine │")
    desk.send(b"\x1b[23~")  # F11
    desk.type("two\r")
    desk.wait_for("mine", "two", "saved ●")
    desk.press("escape")
    desk.wait_for("W write")
    desk.type("Wthree\r")
    desk.wait_for("three")
    desk.type("\x1d")
    assert desk.wait_exit() == 0
    assert sorted(house.notes()) == ["one\ntwo", "three"]


def test_own_keys_count_in_the_demo_too(house: House) -> None:
    choose(house, KEYS)
    desk = house.open("demo", columns=100, rows=40)
    desk.wait_for("* new person", "F10 help", "Priya Nair")
    desk.type("n*")
    desk.wait_for("Somebody new")
    desk.type("\x1d")
    assert desk.wait_exit() == 0
