"""A fault of our own on the command line says what and where, and nothing that was written."""

from __future__ import annotations

import pytest

from tests.cli.running import CommandLine
from tui.shell import verbs

CANARY = "canary 7f3a"


@pytest.mark.parametrize(
    "error", [RuntimeError, KeyError, ValueError, UnicodeError, AssertionError]
)
def test_nothing_that_was_written_is_in_what_it_says(
    with_dana: CommandLine, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def break_down(*_: object) -> int:
        private = [note.text for note in with_dana.notes]
        raise error(f"it broke over {private}")

    with_dana.done("note", "dana", f"~ {CANARY}")
    monkeypatch.setattr(verbs, "follow_ups", break_down)
    result = with_dana("follow-ups")
    assert result.code == 1
    assert f"a fault of its own ({error.__name__})" in result.err
    assert "test_faults.py" in result.err
    assert CANARY not in result.err + result.out
    assert with_dana.texts == [CANARY]
