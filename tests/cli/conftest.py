"""The command line on a journal in a temporary folder."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builders import Bench
from tests.cli.running import CommandLine
from tui.shell import due, verbs
from tui.wiring import notebook_for_commands

if TYPE_CHECKING:
    from tests.pty.driver import House


@pytest.fixture(autouse=True)
def collector_of_the_tests() -> Iterator[None]:
    """Undo what a command does to the garbage collector, which ends with its process otherwise."""
    yield
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def alongside(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """The command line, in this process, on an empty journal."""
    made = partial(notebook_for_commands, clock=bench.clock, new_id=bench.new_id)
    monkeypatch.setattr(verbs, "notebook_for_commands", made)
    monkeypatch.setattr(due, "local_time", bench.clock)
    return CommandLine(bench, capsys, monkeypatch)


@pytest.fixture
def with_dana(alongside: CommandLine) -> CommandLine:
    """The command line on a journal with one person."""
    alongside.done("people", "add", "Dana", "Okafor", "--every", "2 weeks")
    return alongside


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A home with an empty journal, for real processes."""
    if sys.platform == "win32":
        pytest.skip("the processes are started as on POSIX")
    from tests.pty.driver import house_in

    folder = tmp_path / "house"
    folder.mkdir()
    with house_in(folder) as made:
        yield made
