"""Beside other programs: what another window or the command line adds appears by itself."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import has_line, listen, listen_to_dana, wait_until, write_line

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]


def test_a_note_from_the_command_line_appears(house: House) -> None:
    desk = listen_to_dana(house)
    desk.type('"half a tho')
    desk.wait_for("half a tho")
    house.run("note", "dana", "! a quiet morning")
    desk.wait_for(lambda text: has_line(text, "need", "a quiet morning", "ours"))
    # What was being typed is where it was, and goes on.
    desk.type("ught")
    desk.wait_for(lambda text: has_line(text, '" heard │', "half a thought"))


def test_a_person_from_the_command_line_appears(house: House) -> None:
    desk = house.open()
    desk.wait_for("A one-to-one begins with a person")
    house.run("people", "add", "Priya Nair", "--every", "2 weeks")
    desk.wait_for("Priya Nair", without="A one-to-one begins with a person")


def two_windows(house: House) -> tuple[Terminal, Terminal]:
    """Open two windows, one after the other, on the same one-to-one."""
    left = listen_to_dana(house)
    wait_until(lambda: house.on_disk().one_to_ones, "the one-to-one is filed")
    right = house.open()
    listen(right)
    return left, right


def test_two_windows_show_each_other(house: House) -> None:
    left, right = two_windows(house)
    write_line(left, '"from the left')
    right.wait_for("from the left")
    write_line(right, "!from the right")
    left.wait_for("from the right")
    # A date changed at the right is seen on the board at the left.
    write_line(right, ">the shared promise", "the shared promise", "Captured")
    left.press("f5")
    left.wait_for("Captured (1)", "the shared")
    left.press("ctrl+q")
    right.press("ctrl+q")
    assert (left.wait_exit(), right.wait_exit()) == (0, 0)
    assert house.notes() == ["from the left", "from the right"]


def test_each_window_keeps_its_own_half_line(house: House) -> None:
    left, right = two_windows(house)
    left.type("left half")
    right.type("right half")
    left.wait_for("left half")
    right.wait_for("right half")
    write_line(left, " and its end", "left half and its end")
    right.wait_for("left half and its end")
    right.wait_for(lambda text: has_line(text, '" heard │', "right half"))


@pytest.mark.xfail(strict=False, reason="each window begins a one-to-one of its own for today")
def test_two_windows_begin_the_same_day_at_the_same_moment(house: House) -> None:
    house.run("people", "add", "Dana Okafor")
    left, right = house.open(), house.open()
    for window in (left, right):
        window.wait_for("Dana Okafor", "F1 help")
    for window in (left, right):
        window.press("l")
    for window in (left, right):
        window.wait_for('" heard │', "* idea")
    write_line(left, '"from the left')
    write_line(right, '"from the right')
    wait_until(lambda: len(house.notes()) == 2, "both are on disk")
    assert len(house.on_disk().one_to_ones) == 1


def test_the_one_to_one_in_front_is_deleted_by_somebody_else(house: House) -> None:
    desk = listen_to_dana(house)
    write_line(desk, '"soon gone')
    journal = Path(house.place.journal)
    wait_until(
        lambda: any("soon gone" in text_of(p) for p in journal.rglob("*.json")), "it is filed"
    )
    [meeting] = [p for p in journal.rglob("*.json") if "soon gone" in text_of(p)]
    meeting.unlink()
    desk.wait_for("Dana Okafor", "new person", without="soon gone")
    desk.press("n")
    desk.wait_for("Somebody new")


def test_the_whole_journal_goes_and_comes_back(house: House) -> None:
    desk = listen_to_dana(house)
    write_line(desk, '"before')
    journal = Path(house.place.journal)
    elsewhere = journal.with_name("moved")
    journal.rename(elsewhere)
    desk.wait_for(lambda text: "before" not in text or "▲" in text)
    assert desk.is_running
    if journal.exists():
        rmtree(journal)
    elsewhere.rename(journal)
    desk.press("f2")
    desk.wait_for("Dana Okafor", "new person")


def test_a_file_is_damaged_beside_us(house: House) -> None:
    desk = listen_to_dana(house)
    write_line(desk, '"mine is fine')
    house.run("people", "add", "Priya Nair")
    house.run("note", "priya", "a sentence of Priya's")
    [meeting] = [p for p in Path(house.place.journal).rglob("*.json") if "of Priya's" in text_of(p)]
    meeting.write_bytes(b'{"half a file": ')
    desk.wait_for(lambda text: "Nothing in it was changed" in " ".join(text.split()))
    write_line(desk, "!and so is this")
    assert meeting.read_bytes() == b'{"half a file": '


def text_of(path: Path) -> str:
    return path.read_text("utf-8", "replace")
