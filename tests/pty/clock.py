"""The clock of a house, which a test can set while the program runs."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

PREPARED = """\
import sys
{preparation}
from tui.cli import main
sys.exit(main())
"""
"""A program that is alongside, after something was done to it."""

ASKS_THE_FILE = """\
import datetime, time, types
import tui.clock, tui.wiring

def ahead():
    with open({path!r}) as file:
        return float(file.read())

class Moved(datetime.datetime):
    @classmethod
    def now(cls, zone=None):
        return datetime.datetime.fromtimestamp(time.time() + ahead(), zone)

def time_ns():
    return time.time_ns() + int(ahead()) * 1_000_000_000

tui.clock.datetime = Moved
tui.wiring.time = types.SimpleNamespace(time_ns=time_ns)
"""


def open_prepared(house: House, preparation: str, *, columns: int = 80, rows: int = 24) -> Terminal:
    """Open the app after running some lines of Python in its process."""
    script = house.folder / "prepared.py"
    script.write_text(PREPARED.format(preparation=preparation))
    return house.open_program(sys.executable, str(script), columns=columns, rows=rows)


class Clock:
    """The clock of a house, which can be set."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._file = house.folder / "ahead"
        self.set_ahead(timedelta())

    def set_ahead(self, by: timedelta) -> None:
        """Set it so far ahead of what it would be."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{by.total_seconds():+.0f}\n")
        fresh.replace(self._file)

    def set_to(self, moment: datetime) -> None:
        """Set it to a moment."""
        self.set_ahead(moment - datetime.fromtimestamp(time.time(), UTC))

    def open(self, *, columns: int = 80, rows: int = 24) -> Terminal:
        """Open the app with this clock: the only module that asks for the time is given it."""
        asks = ASKS_THE_FILE.format(path=str(self._file))
        return open_prepared(self._house, asks, columns=columns, rows=rows)
