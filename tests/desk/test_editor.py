"""The manager's own editor: what it is given, what comes back, and what is left afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.builders import HOSTILE
from tui.desk.editor import edit, editor_of
from tui.domain.text import clean, clean_block
from tui.errors import StorageError, UsageError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the editors are shell scripts")


class Room:
    """A folder for the text, and an editor that does what a script says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "text"
        self.folder.mkdir()
        self.script = folder / "my editor"
        self.seen = folder / "seen"

    def editor(self, body: str) -> dict[str, str]:
        """Return an environment with an editor; ``$1`` is the file."""
        self.script.write_text(f"#!/bin/sh\n{body}\n")
        self.script.chmod(0o700)
        return {"EDITOR": f"'{self.script}'"}

    def edit(self, text: str, body: str) -> str | None:
        return edit(text, str(self.folder), self.editor(body))

    @property
    def left(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


# -- which ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({"EDITOR": "nano"}, ["nano"]),
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, ["code", "--wait"]),
        ({"VISUAL": "  ", "EDITOR": "nano"}, ["nano"]),
        ({"EDITOR": "'/my apps/vim' -f"}, ["/my apps/vim", "-f"]),
    ],
)
def test_the_editor_is_what_is_wanted(environ: dict[str, str], command: list[str]) -> None:
    assert editor_of(environ) == command


@pytest.mark.parametrize("environ", [{}, {"EDITOR": ""}, {"EDITOR": " "}, {"EDITOR": "'vim"}])
def test_without_one_it_is_said_how_to_name_one(environ: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="export EDITOR=nano"):
        editor_of(environ)


# -- there and back -------------------------------------------------------------------------


def test_what_was_written_comes_back_and_nothing_is_left(room: Room) -> None:
    body = f'cat "$1" > "{room.seen}"; ls -l "$1" >> "{room.seen}"; printf "two\\n\\n" >> "$1"'
    assert room.edit("one\n[x]", body) == "one\n[x]\ntwo"
    seen = room.seen.read_text().split("\n")
    assert seen[:2] == ["one", "[x]"]
    assert seen[2].startswith("-rw-------")
    assert "note-" in seen[2]
    assert seen[2].endswith(".md")
    assert room.left == []


@pytest.mark.parametrize("body", ["true", 'touch "$1"', 'printf "\\n\\n" >> "$1"'])
def test_what_was_not_changed_is_nothing(room: Room, body: str) -> None:
    assert room.edit("one", body) is None
    assert room.left == []


def test_editors_that_write_a_new_file_and_a_copy_leave_neither(room: Room) -> None:
    body = 'cp "$1" "$1~"; printf "new" > "$1.tmp"; mv "$1.tmp" "$1"'
    assert room.edit("one", body) == "new"
    assert room.left == []


@pytest.mark.parametrize("body", ["exit 1", 'printf "half" > "$1"; exit 3'])
def test_an_editor_that_fails_changes_nothing(room: Room, body: str) -> None:
    assert room.edit("one", body) is None
    assert room.left == []


def test_what_was_saved_before_the_editor_was_killed_is_not_thrown_away(room: Room) -> None:
    with pytest.raises(StorageError, match="the note is as it was") as said:
        room.edit("one", 'printf "an hour of writing" > "$1"; kill -9 $$')
    (left,) = room.left
    assert str(room.folder / left) in str(said.value)
    assert (room.folder / left).read_text() == "an hour of writing"
    assert "an hour" not in str(said.value)


def test_an_editor_that_is_killed_before_anything_was_saved_leaves_nothing(room: Room) -> None:
    assert room.edit("one", "kill -9 $$") is None
    assert room.left == []


def test_what_is_no_text_stays_and_is_said(room: Room) -> None:
    with pytest.raises(StorageError, match="not readable as text") as said:
        room.edit("one", "printf '\\377' > \"$1\"")
    (left,) = room.left
    assert str(room.folder / left) in str(said.value)
    assert (room.folder / left).read_bytes() == b"\xff"
    assert (room.folder / left).stat().st_mode & 0o777 == 0o600


def test_an_editor_that_is_not_there_is_said_and_nothing_is_left(room: Room) -> None:
    with pytest.raises(UsageError, match="no-such-editor cannot be started: No such file"):
        edit("one", str(room.folder), {"EDITOR": "/no-such-editor"})
    assert room.left == []


def test_a_folder_that_is_not_there_is_said_and_the_editor_not_started(room: Room) -> None:
    environ = room.editor(f'touch "{room.seen}"')
    with pytest.raises(StorageError, match="left as it is"):
        edit("one", str(room.folder / "gone"), environ)
    assert not room.seen.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_on_a_full_disk_no_half_a_text_is_left(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    real = os.fdopen

    def full(descriptor: int, *rest: object, **named: object) -> object:
        os.close(descriptor)
        return real(os.open("/dev/full", os.O_WRONLY), *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(StorageError, match="No space left"):
        edit("one", str(room.folder), room.editor("true"))
    assert room.left == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_goes_there_and_comes_back_clean(room: Room, text: str) -> None:
    found = room.edit(clean(text), 'printf "and this" >> "$1"')
    assert found == clean_block(clean(text) + "\nand this")


def test_what_an_editor_writes_is_cleaned(room: Room) -> None:
    assert room.edit("one", "printf 'a\\033[2J\\r\\nb' > \"$1\"") == "a␛[2J\nb"
