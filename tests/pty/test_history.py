"""Looking back in a real terminal: last time by one key, and back with half a line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.pty.demo import choose, with_demo

if TYPE_CHECKING:
    from tests.pty.driver import House

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]


@pytest.mark.parametrize(("columns", "rows"), [(40, 20), (120, 40)], ids=["40x20", "120x40"])
def test_last_time_and_all_before(house: House, columns: int, rows: int) -> None:
    with_demo(house)
    desk = house.open(columns=columns, rows=rows)
    choose(desk, "Dana Okafor")
    desk.press("f4")
    desk.wait_for('" heard │', "F1 help")
    desk.type("!half a")
    desk.wait_for("! need │", "half a")
    desk.press("f6")
    desk.wait_for("Dana Okafor", "walk and talk", "carried by: mostly them", without="half a")
    if columns < 64:
        desk.press("tab")
    desk.wait_for("One-to-ones", "Raise next")
    desk.press("g")
    desk.wait_for("▌ &", "not raised yet")
    if columns < 64:
        desk.press("tab")
        desk.wait_for("parked", without="One-to-ones")
    desk.press("/")
    desk.wait_for("find: words said")
    desk.type("coaching")
    desk.wait_for("coaching", "»")
    desk.press("escape")
    desk.wait_for("F1 help", without="»")
    desk.press("escape")
    desk.wait_for("! need │", "half a")
    desk.type(" line")
    desk.wait_for("half a line")
    assert all(len(line) <= columns for line in desk.screen())
    assert b"Traceback" not in desk.received
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0
