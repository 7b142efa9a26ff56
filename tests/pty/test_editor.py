"""A note in one's own editor, in the same terminal: the screen comes back whole."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import has_line, listen_to_dana, wait_until, write_line

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

EDITOR = """\
#!/bin/sh
echo "THE EDITOR HAS $(wc -l < "$1") LINE AND ASKS:"
read line
case $line in quit) exit 1 ;; esac
echo "$line" >> "$1"
"""
"""Has the terminal to itself, takes a line from it as any program does, adds it to the file."""
NOTE, HALF = "a word that was written", "half a line"


@pytest.fixture
def desk(house: House) -> Terminal:
    """Listen, with a note, half a line being typed, and an editor that is wanted."""
    editor = house.programs / "an editor"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    house.environ["EDITOR"] = f"'{editor}'"
    desk = listen_to_dana(house)
    write_line(desk, f'"{NOTE}')
    desk.type(f"!{HALF}")
    desk.wait_for("! need │", HALF)
    desk.press("escape")
    desk.wait_for(lambda text: has_line(text, "▌", NOTE), "c kind")
    desk.press("E")
    desk.wait_for("THE EDITOR HAS 1 LINE AND ASKS:", without=NOTE)
    return desk


def is_whole(desk: Terminal, *texts: str) -> None:
    """Wait until all of Listen is drawn again, and nothing of the editor is left."""
    desk.wait_for(
        lambda screen: has_line(screen, "! need │", HALF),
        *texts,
        "Dana Okafor",
        "saved ●",
        "F1 help",
        without="EDITOR",
    )


def test_what_was_changed_in_the_editor_is_the_note(house: House, desk: Terminal) -> None:
    desk.type("and more\r")
    is_whole(desk, f"“{NOTE}", "and more”")
    wait_until(lambda: house.notes() == [f"{NOTE}\nand more"], "it is on disk")
    assert not list(Path(house.place.state).glob("note-*"))
    # Keys and mouse are the app's again.
    desk.press("escape")
    desk.wait_for("^o ours/mine")
    desk.type(" and on")
    desk.wait_for(f"{HALF} and on")


def test_an_editor_that_fails_changes_nothing(house: House, desk: Terminal) -> None:
    desk.type("quit\r")
    is_whole(desk, f"“{NOTE}”")
    assert house.notes() == [NOTE]
    assert not list(Path(house.place.state).glob("note-*"))


def test_an_editor_that_cannot_be_started_is_told_of(house: House) -> None:
    """The screen comes back, where Textual alone would have left the terminal to nobody."""
    house.environ["EDITOR"] = "/nowhere/editor"
    desk = listen_to_dana(house)
    write_line(desk, f'"{NOTE}')
    desk.press("escape")
    desk.wait_for(lambda text: has_line(text, "▌", NOTE), "c kind")
    desk.press("E")
    desk.wait_for("/nowhere/editor cannot be started", NOTE)
    desk.press("escape")
    desk.wait_for("^o ours/mine")
    desk.type("and on")
    desk.wait_for("│ and on")
