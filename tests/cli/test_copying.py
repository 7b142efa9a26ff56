"""``alongside summary --copy``: real processes without a terminal, and an xclip of our own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import Result, mode, run

if TYPE_CHECKING:
    from tests.pty.driver import House


@pytest.fixture
def talked(house: House) -> House:
    """A home in which Dana was talked to, on a machine without any clipboard."""
    for name in ("bash", "cat", "mv", "sh"):
        (house.programs / name).symlink_to(shutil.which(name) or name)
    house.environ["PATH"] = str(house.programs)
    run(house, "people", "add", "Dana Okafor")
    run(house, "note", "dana", "“merci”, José 🌱", stdin=b"")
    run(house, "note", "dana", "~ unspoken")
    return house


def file_told_of(result: Result) -> Path:
    found = re.search(r"/\S*summary\.md", result.err)
    assert found, result
    return Path(found[0])


def test_what_is_copied_is_what_is_printed_and_it_was_read_back(talked: House) -> None:
    talked.with_xclip()
    result = run(talked, "summary", "dana", "--copy")
    assert result.code == 0
    assert "Copied" in result.err
    assert "checked" in result.err
    assert talked.clipboard.read_text("utf-8") == result.out
    assert "José 🌱" in result.out
    assert "unspoken" not in result.out


def test_the_format_asked_for_is_copied(talked: House) -> None:
    talked.with_xclip()
    result = run(talked, "summary", "dana", "--copy", "--format", "markdown")
    assert "## What I heard" in talked.clipboard.read_text("utf-8")
    assert talked.clipboard.read_text("utf-8") == result.out


def test_without_a_clipboard_it_says_so_and_where_the_text_is(talked: House) -> None:
    result = run(talked, "summary", "dana", "--copy")
    assert result.code == 1, "it was printed, but not copied as was asked"
    assert "Not copied" in result.err
    assert "checked" not in result.err
    path = file_told_of(result)
    assert path.read_text("utf-8") == result.out
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700
    assert Path(talked.place.journal) not in path.parents, "never in the journal, which is synced"


@pytest.mark.parametrize(
    ("what", "script"),
    [
        ("forgets", 'case " $* " in *" -o "*) exit 0 ;; esac; exec cat >/dev/null'),
        (
            "holds another text",
            'case " $* " in *" -o "*) echo other ;; *) exec cat >/dev/null ;; esac',
        ),
        ("refuses", "exit 1"),
        ("is killed", "kill -9 $$"),
    ],
)
def test_a_clipboard_that_lies_is_not_believed(talked: House, what: str, script: str) -> None:
    talked.with_xclip()
    (talked.programs / "xclip").write_text(f"#!/bin/sh\n{script}\n")
    result = run(talked, "summary", "dana", "--copy")
    assert "checked)" not in result.err
    assert "Copied" not in result.err
    assert file_told_of(result).read_text("utf-8") == result.out, what


def test_without_copy_the_clipboard_is_left_alone(talked: House) -> None:
    talked.with_xclip()
    run(talked, "summary", "dana")
    assert not talked.clipboard.exists()


def test_nothing_is_copied_where_there_is_no_summary(talked: House) -> None:
    talked.with_xclip()
    assert run(talked, "summary", "zoe", "--copy").code == 3
    assert not talked.clipboard.exists()


def test_an_escape_sequence_goes_to_the_terminal_never_to_a_pipe(talked: House) -> None:
    result = run(talked, "summary", "dana", "--copy")
    assert "\x1b" not in result.out + result.err
