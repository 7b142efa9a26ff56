"""What is remembered of the hints that were used."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tui.desk.hints import KINDS, note_used, used_hints


def test_a_hint_that_was_used_is_remembered(tmp_path: Path) -> None:
    assert used_hints(str(tmp_path)) == frozenset()
    note_used(str(tmp_path), KINDS)
    note_used(str(tmp_path), "another")
    assert used_hints(str(tmp_path)) == {KINDS, "another"}
    assert os.listdir(tmp_path) == ["hints.json"], "nothing else is left behind"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    note_used(str(tmp_path), KINDS)
    assert (tmp_path / "hints.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", '{"used": 1}', "\udcff"])
def test_what_cannot_be_read_is_as_if_nothing_was_used(tmp_path: Path, text: str) -> None:
    (tmp_path / "hints.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert used_hints(str(tmp_path)) == frozenset()
    note_used(str(tmp_path), KINDS)
    assert used_hints(str(tmp_path)) == {KINDS}


def test_a_folder_that_is_not_there_keeps_nobody_from_writing(tmp_path: Path) -> None:
    note_used(str(tmp_path / "nowhere"), KINDS)
    assert used_hints(str(tmp_path / "nowhere")) == frozenset()
