"""One promise, typed once: on the walk, on the board, to the colleague, into the calendar."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

import icalendar
import pytest

from tests.pty.driver import has_line, listen_to_dana, write_line

if TYPE_CHECKING:
    from tests.pty.driver import House

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

PROMISE = "send the coaching book"
MINE = "tired, and not only of the pager"


@pytest.mark.parametrize(("columns", "rows"), [(100, 45), (40, 20)], ids=["100x45", "40x20"])
def test_a_promise_is_typed_once(house: House, columns: int, rows: int) -> None:
    house.with_xclip()
    desk = listen_to_dana(house, columns=columns, rows=rows)
    is_narrow = columns == 40
    write_line(desk, f"~{MINE}", MINE[:16])
    write_line(desk, f">{PROMISE} by +9d", PROMISE)

    # The board: it stands under Agreed, with its day; there it is moved and given a cue.
    desk.press("f5")
    desk.wait_for("Agreed 1" if is_narrow else "Agreed (1)", PROMISE[:16])
    desk.press("c")
    desk.wait_for("When X, I will")
    desk.type("when I pass the shop")
    desk.press("enter")
    desk.wait_for("when I pass", "saved ●", without="When X, I will")
    desk.press("shift+right")
    desk.wait_for("Waiting 1" if is_narrow else "Waiting (1)")
    desk.press("t")
    desk.wait_for("What became of", "Agreed → Waiting")
    desk.press("escape")
    desk.wait_for("when I pass", without="What became of")

    # The colleague: the same words, and none of what is mine.
    desk.press("f7")
    desk.wait_for("What Dana will read", "I will")
    desk.press("enter")
    desk.wait_for("Copied", "xclip")
    copied = house.clipboard.read_text()
    assert f"- {PROMISE}, when I pass the shop, by " in copied
    assert MINE not in copied
    desk.press("escape")
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0

    # The calendar and the list of things to do: one entry, with the same day.
    due = house.today + timedelta(days=9)
    calendar = icalendar.Calendar.from_ical(house.run("export", "dana", "--format", "ics"))
    (todo,) = calendar.walk("VTODO")
    assert (str(todo["SUMMARY"]), todo.decoded("DUE")) == (PROMISE, due)
    listed = house.run("export", "dana", "--format", "todotxt").decode()
    assert has_line(listed, PROMISE, f"due:{due.isoformat()}")
    everything = listed + str(house.run("export", "dana", "--format", "markdown"))
    assert MINE not in everything

    # It is one record, with one home.
    (follow_up,) = house.on_disk().follow_ups.values()
    assert (follow_up.text, follow_up.due) == (PROMISE, date.fromordinal(due.toordinal()))
    assert follow_up.born_in in house.on_disk().one_to_ones
