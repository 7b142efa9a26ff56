"""Away: a clock and nothing else; any key comes back; commands of one's own run both times."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import KEYS, has_line, listen_to_dana, wait_until

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

SETTINGS = """\
[away]
on_leave = "hook leave"
on_return = "hook return"
"""
HALF = "half a line"


class Hooks:
    """Commands of the manager's own, which write down that they ran."""

    def __init__(self, house: House) -> None:
        self._log = house.folder / "hooks"
        hook = house.programs / "hook"
        hook.write_text(f'#!/bin/sh\necho "$1" >> "{self._log}"\n')
        hook.chmod(0o755)
        settings = house.home / ".config/alongside/settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS)

    def wait_for(self, *wanted: str) -> None:
        """Wait until just these have run, in this order."""
        wait_until(lambda: self.ran() == list(wanted), f"{wanted} have run")

    def ran(self) -> list[str]:
        return self._log.read_text().split() if self._log.exists() else []


@pytest.fixture
def hooks(house: House) -> Hooks:
    """Commands that run on leaving and returning."""
    return Hooks(house)


def is_bare(screen: str) -> bool:
    """Return whether there is a clock, perhaps, and no letter."""
    return not any(character.isalpha() for character in screen)


def go_away(house: House) -> Terminal:
    """Type half a line with Dana, and go away."""
    desk = listen_to_dana(house)
    desk.type(HALF)
    desk.wait_for(HALF)
    desk.press("f9")
    desk.wait_for(is_bare)
    return desk


def is_back(desk: Terminal) -> None:
    desk.wait_for(lambda text: has_line(text, '" heard │', HALF), "F1 help")


def test_commands_run_on_leaving_and_on_returning(house: House, hooks: Hooks) -> None:
    desk = go_away(house)
    hooks.wait_for("leave")
    desk.press("x")
    is_back(desk)
    assert f"{HALF}x" not in desk.text
    hooks.wait_for("leave", "return")
    desk.press("f9")
    desk.wait_for(is_bare)
    hooks.wait_for("leave", "return", "leave")
    desk.signal(signal.SIGTERM)
    assert desk.wait_exit() == 143
    hooks.wait_for("leave", "return", "leave", "return")


def test_the_window_is_closed_while_away(house: House, hooks: Hooks) -> None:
    desk = go_away(house)
    hooks.wait_for("leave")
    desk.hang_up()
    desk.wait_exit()
    hooks.wait_for("leave", "return")


def test_any_key_comes_back_and_does_nothing_else(house: House, hooks: Hooks) -> None:
    keys = sorted({*KEYS, "a", "1", "?"})
    desk = go_away(house)
    ran = ["leave"]
    for key in keys:
        hooks.wait_for(*ran)
        desk.press(key)
        is_back(desk)
        desk.press("f9")
        desk.wait_for(is_bare)
        ran += ["return", "leave"]


@pytest.mark.parametrize("shows", ["clock", "nothing"])
def test_what_is_shown_is_a_choice(house: House, shows: str) -> None:
    settings = house.home / ".config/alongside/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'[away]\nshows = "{shows}"\nat_start = true\n')
    desk = listen_to_dana(house)
    desk.press("ctrl+g")  # the talk begins: away by itself
    desk.wait_for(is_bare)
    assert bool(desk.text.strip()) == (shows == "clock")
    desk.press("space")
    desk.wait_for('" heard │', "open · 0 min")


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ('show = "clock"', "away.show is not known"),
        ('on_leave = "no-such-program"', "no-such-program cannot be started"),
    ],
)
def test_what_went_wrong_is_told_on_coming_back(house: House, chosen: str, told: str) -> None:
    settings = house.home / ".config/alongside/settings.toml"
    settings.parent.mkdir(parents=True)
    desk = listen_to_dana(house)
    settings.write_text(f"[away]\n{chosen}\n")  # what stands there at the start is told then
    desk.press("f9")
    desk.wait_for(is_bare)
    desk.press("x")
    desk.wait_for(lambda text: told in " ".join(text.replace("▌", " ").split()))
