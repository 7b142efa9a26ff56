"""The first minute in a real terminal: out of an empty journal into a copy, and back again."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pty.test_ways_out import assert_terminal_is_clean

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]
WELCOME = "A companion for your one-to-ones"


def copies(house: House) -> list[Path]:
    """Return the folders of copies that there are."""
    return list(house.folder.glob("alongside-demo-*"))


def to_the_guide(house: House, *, columns: int, rows: int) -> Terminal:
    desk = house.open(columns=columns, rows=rows)
    desk.wait_for(WELCOME, "walk through")
    desk.press("w")
    desk.wait_for("Guide 1 of 9", "▌ Dana Okafor", "demo")
    assert len(copies(house)) == 1
    return desk


@pytest.mark.parametrize(("columns", "rows"), [(40, 20), (80, 24)])
def test_the_guide_is_walked_and_nothing_of_it_stays(house: House, columns: int, rows: int) -> None:
    desk = to_the_guide(house, columns=columns, rows=rows)
    for keys, then in (
        (("enter",), "Guide 2"),
        (("space",), "Guide 3"),
        (("q", "space"), "Guide 4"),
        (("escape",), "Before you talk"),
        (("s",), "Guide 5"),
        (("I keep losing the thread", "enter"), "Guide 6"),
        ((">send the book by fri", "enter"), "Guide 7"),
        (("f8",), "What did I promise?"),
        (("enter",), "Guide 8"),
        (("f5",), "Guide 9"),
        (("f7",), "What Dana will read"),
        (("enter",), "That was all of it"),
    ):
        desk.press(*keys)
        desk.wait_for(then, "F1 help")
    desk.press("q", "ctrl+q")
    desk.wait_for(WELCOME, without="alongside  demo")
    assert not house.home.joinpath(".local/share/alongside").exists(), "nothing is in the journal"
    assert copies(house) == []
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0
    assert_terminal_is_clean(desk)


def test_who_is_asked_to_end_in_a_copy_ends(house: House) -> None:
    desk = to_the_guide(house, columns=80, rows=24)
    desk.signal(signal.SIGTERM)
    assert desk.wait_exit() == 143
    assert_terminal_is_clean(desk)
    assert copies(house) == []
    assert WELCOME not in desk.text


def test_the_demo_is_opened_with_the_guide(house: House) -> None:
    desk = house.open("demo", "--guide")
    desk.wait_for("Guide 1 of 9", "Dana Okafor")
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0
    assert copies(house) == []
