"""How it looks in the terminal it is in: light in a light one, and never in the way of the keys."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import has_line

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

WHITE, BLACK = "rgb:ffff/ffff/ffff", "rgb:0000/0000/0000"
DARK_GROUND, LIGHT_GROUND = "15171c", "faf8f4"


def ground(desk: Terminal) -> str:
    """Return the colour that is behind most of what can be read."""
    grounds = [pair[1] for pair in desk.colours()]
    return max(grounds, key=grounds.count)


def wait_for_ground(desk: Terminal, colour: str) -> None:
    desk.wait_for(lambda text: "Priya Nair" in text and ground(desk) == colour)


def test_it_is_light_in_a_light_terminal_and_begins_so_the_next_time(house: House) -> None:
    desk = house.open("demo", background=WHITE)
    wait_for_ground(desk, LIGHT_GROUND)
    assert desk.received.count(b"\x1b]11;?") == 1
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0
    again = house.open("demo")
    again.wait_for("Priya Nair")
    assert ground(again) == LIGHT_GROUND, "it does not answer, and is known"
    moved = house.open("demo", background=BLACK)
    wait_for_ground(moved, DARK_GROUND)


def test_keys_around_the_answer_are_kept_and_the_answer_is_nowhere(house: House) -> None:
    house.run("people", "add", "Dana Okafor")
    desk = house.open()
    desk.wait_for("Dana Okafor", "F1 help")
    desk.press("l")
    desk.wait_for(" │", "! need", "* idea")
    for piece in (b"more\x1b", b"]11;rg", b"b:ffff/ffff/ff", b"ff\x1b", b"\\ time ", b"for"):
        desk.send(piece)
    desk.send(b"\x1b]11;rgb:ffff/ffff/ffff\x07 it")
    desk.wait_for(lambda text: has_line(text, " │", "more time for it"))
    assert "11;" not in desk.text
    assert ground(desk) == LIGHT_GROUND


def test_a_theme_of_ones_own_and_what_is_wrong_with_it(house: House) -> None:
    folder = Path(house.home, ".config/alongside/themes")
    folder.mkdir(parents=True)
    (folder / "dusk.toml").write_text('background = "#301020"\naccent = "amber"\n')
    (folder.parent / "settings.toml").write_text('[look]\ntheme = "dusk"\n')
    desk = house.open("demo", background=WHITE)
    desk.wait_for("Priya Nair", "counts as usual")
    assert "301020" in {pair[1] for pair in desk.colours()}
    assert b"\x1b]11;?" not in desk.received, "it was chosen, so nothing is asked"
