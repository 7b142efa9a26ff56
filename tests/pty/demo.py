"""The demo journal in a person's house, where it outlives a kill, and the way to somebody in it."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING

from tests.builders import Bench
from tui.wiring import fresh_id

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal


def with_demo(house: House) -> None:
    """Make this house's journal the demo journal, as it is today."""
    bench = Bench(house.folder, datetime.combine(house.today, time(12)))
    bench.place, bench.new_id = house.place, fresh_id
    _, writer = bench.for_app(demo=True)
    writer.start(lambda reply: None)
    assert writer.close() == ""


def choose(desk: Terminal, name: str) -> None:
    """Go down at home until somebody is chosen."""
    desk.wait_for(name, "▌", "F1 help")
    while name not in (chosen := _chosen(desk.text)):
        desk.press("down")
        desk.wait_for(partial(_is_elsewhere, chosen))


def _chosen(screen: str) -> str:
    """Return who is chosen on a screen; what stands beside the list may still be another's."""
    found = next((line for line in screen.splitlines() if "▌" in line), "")
    return found.partition("│")[0][:30]


def _is_elsewhere(before: str, screen: str) -> bool:
    return _chosen(screen) not in ("", before)
