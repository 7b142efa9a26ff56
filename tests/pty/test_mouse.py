"""The mouse: a person, a kind, a key of the key bar, a card from one column to another."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import has_line, listen_to_dana

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]


def test_a_person(house: House) -> None:
    desk = house.open("demo")
    desk.wait_for("Priya Nair", "Sam Reyes")
    desk.click("Sam Reyes")
    desk.wait_for("▌ Sam Reyes")
    desk.click("Sam Reyes")
    desk.wait_for("Before you talk", "Sam leads")


def test_a_kind_in_the_legend(house: House) -> None:
    desk = listen_to_dana(house)
    desk.click("! need")
    desk.wait_for("! need │")
    desk.type("a quiet morning")
    desk.wait_for(lambda text: has_line(text, "! need │", "a quiet morning"))
    desk.click("~ feeling")
    desk.wait_for(lambda text: has_line(text, "~ feeling mine │", "a quiet morning"))


def test_the_key_bar(house: House) -> None:
    desk = house.open("demo")
    desk.wait_for("Priya Nair", "follow-ups")
    desk.click("f follow-ups")
    desk.wait_for("Captured (", "Priya Nair")


def board(house: House) -> Terminal:
    """Open Dana's board with one promise that is agreed."""
    house.run("people", "add", "Dana Okafor")
    house.run("note", "dana", "> coaching book by tomorrow")
    desk = house.open(columns=120, rows=30)
    desk.wait_for("Dana Okafor")
    desk.press("f")
    desk.wait_for("Captured (0)", "Agreed (1)", "Waiting (0)", "coaching book")
    return desk


def take(desk: Terminal) -> None:
    """Take hold of the card; that its column has the focus then shows that the app has seen it."""
    desk.press("left")
    desk.wait_for(lambda _: desk.is_underlined("Captured (0)"))
    desk.hold("coaching book")
    desk.wait_for(lambda _: desk.is_underlined("Agreed (1)"))


def test_a_card_is_dragged_to_another_column(house: House) -> None:
    desk = board(house)
    take(desk)
    x, _ = desk.where("Waiting (0)")
    _, y = desk.where("coaching book")
    desk.drop((x + 2, y))
    desk.wait_for("Agreed (0)", "Waiting (1)", "coaching book", "saved ●")
    assert desk.where("coaching book")[0] >= desk.where("Waiting (1)")[0]
    [follow_up] = house.on_disk().follow_ups.values()
    assert follow_up.stage == "waiting"


def test_a_card_is_dropped_on_the_title_of_a_column(house: House) -> None:
    desk = board(house)
    take(desk)
    desk.drop("Done (0)")
    desk.wait_for("Agreed (0)", "Done (1)")


def test_a_card_let_go_nowhere_stays(house: House) -> None:
    desk = board(house)
    take(desk)
    desk.drop((0, 0))
    desk.press("space")
    desk.wait_for("Agreed (0)", "Done (1)")


def test_a_card_is_flicked(house: House) -> None:
    desk = board(house)
    x, y = desk.where("coaching book")
    to_x, _ = desk.where("Waiting (0)")
    press = f"\x1b[<0;{x + 1};{y + 1}M\x1b[<32;{to_x + 3};{y + 1}M\x1b[<0;{to_x + 3};{y + 1}m"
    desk.send(press.encode())
    desk.wait_for("Agreed (0)", "Waiting (1)")
