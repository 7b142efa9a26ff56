"""Keys that arrive in a bundle, as over a slow line or from a text expander, act in their order."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import KEYS, has_line, listen_to_dana, wait_until

if TYPE_CHECKING:
    from tests.pty.driver import House

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]


def bundle(*parts: str) -> bytes:
    """Return texts and keys, by name, as the bytes of one write."""
    return b"".join(KEYS.get(part, part.encode()) for part in parts)


def test_lines_of_several_kinds(house: House) -> None:
    desk = listen_to_dana(house)
    desk.send(bundle('"', "one", "enter", "!", "two", "enter", ">three by tomorrow", "enter", "~"))
    desk.wait_for("“one”", "~ feeling mine │", "saved ●")
    desk.wait_for(lambda text: has_line(text, "need", "two", "ours"))
    desk.wait_for(lambda text: has_line(text, "I promise", "three", "by tomorrow"))


def test_a_note_of_two_lines(house: House) -> None:
    desk = listen_to_dana(house)
    desk.send(bundle('"', "one", "ctrl+j", "two", "enter"))
    wait_until(lambda: house.notes() == ["one\ntwo"], "the note has two lines")


def test_a_line_is_made_mine_before_enter(house: House) -> None:
    desk = listen_to_dana(house)
    desk.send(bundle('"', "a private line", "ctrl+o", "enter"))
    desk.wait_for(lambda text: has_line(text, "a private line", "mine"))
    wait_until(house.notes, "the note is on disk")
    assert b"a private line" not in house.run("summary", "dana")


def test_the_fields_of_a_form(house: House) -> None:
    desk = house.open(rows=40)
    desk.wait_for("A one-to-one begins with a person")
    desk.press("n")
    desk.wait_for("Somebody new")
    desk.send(bundle("Dana Okafor", "tab", "staff engineer", "tab", "every 2 weeks", "enter"))
    desk.wait_for("Dana Okafor", "saved ●", without="Somebody new")
    wait_until(lambda: house.on_disk().people, "the person is on disk")
    [person] = house.on_disk().people.values()
    assert (person.name, person.role) == ("Dana Okafor", "staff engineer")


def test_typing_on_into_a_form_that_opens(house: House) -> None:
    house.run("people", "add", "Priya Nair")
    desk = house.open(rows=40)
    desk.wait_for("Priya Nair")
    desk.send(bundle("n", "Dana Okafor"))
    desk.wait_for("Somebody new", "Dana Okafor")
    desk.press("enter")
    desk.wait_for("Priya Nair", "Dana Okafor", without="Somebody new")


def test_typing_on_into_listen(house: House) -> None:
    house.run("people", "add", "Dana Okafor")
    desk = house.open()
    desk.wait_for("Dana Okafor")
    desk.send(bundle("f4", "I keep losing the thread, dear"))
    desk.wait_for(lambda text: has_line(text, '" heard │', "I keep losing the thread, dear"))


def test_through_several_surfaces(house: House) -> None:
    house.run("people", "add", "Dana Okafor")
    house.run("note", "dana", "> coaching book by tomorrow")
    desk = house.open()
    desk.wait_for("Dana Okafor")
    desk.send(bundle("f5", "space", "f4", "!more time", "enter", "f7"))
    desk.wait_for("What Dana will read", "more time")
    wait_until(house.notes, "the note is on disk, and what was done before it")
    [follow_up] = house.on_disk().follow_ups.values()
    assert follow_up.stage == "done"
