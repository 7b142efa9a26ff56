"""Runs the command line: within this process where that tells as much, else as a real one."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.builders import Bench
from tui.cli import main
from tui.domain.followups import FollowUp
from tui.domain.journal import Journal
from tui.domain.notes import Note
from tui.domain.people import Topic

if TYPE_CHECKING:
    from tests.pty.driver import House

PATIENCE = 30.0
"""Seconds after which a process counts as hung."""

_DRIVES_A_TERMINAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Result(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines that were printed."""
        return self.out.splitlines()

    def is_clean(self) -> bool:
        """Return whether nothing in it could drive a terminal, or is the program's own fault."""
        both = self.out + self.err
        return not _DRIVES_A_TERMINAL.search(both) and "Traceback" not in both


class CommandLine:
    """The command line on the journal of a bench, in this process, with the bench's clock."""

    def __init__(
        self, bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.bench = bench
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: str, stdin: str | bytes = b"") -> Result:
        """Run ``alongside --journal … arguments``."""
        return self.without_journal("--journal", self.bench.place.journal, *arguments, stdin=stdin)

    def without_journal(self, *arguments: str, stdin: str | bytes = b"") -> Result:
        """Run ``alongside arguments``."""
        data = stdin.encode("utf-8", "surrogatepass") if isinstance(stdin, str) else stdin
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
        self._capsys.readouterr()
        try:
            code = main(arguments)
        except SystemExit as leaving:  # argparse
            code = leaving.code if isinstance(leaving.code, int) else 1
        out, err = self._capsys.readouterr()
        result = Result(code, out, err)
        assert result.is_clean(), result
        return result

    def done(self, *arguments: str, stdin: str | bytes = b"") -> Result:
        """Run what has to succeed."""
        result = self(*arguments, stdin=stdin)
        assert result.code == 0, result
        return result

    # -- what is in the journal then ---------------------------------------------------------

    @property
    def journal(self) -> Journal:
        """The journal as another program would read it now."""
        return self.bench.on_disk()

    @property
    def notes(self) -> list[Note]:
        """All notes on disk, in the order they were written."""
        found = [note for page in self.journal.pages.values() for note in page.notes]
        return sorted(found, key=lambda note: note.id)

    @property
    def texts(self) -> list[str]:
        """The texts of all notes."""
        return [note.text for note in self.notes]

    @property
    def follow_ups(self) -> list[FollowUp]:
        """All follow-ups on disk, in the order they were written."""
        return sorted(self.journal.follow_ups.values(), key=lambda f: f.id)

    @property
    def topics(self) -> list[Topic]:
        """All topics on any shelf."""
        return [topic for shelf in self.journal.topics.values() for topic in shelf]


def run(
    house: House, *arguments: str, stdin: bytes = b"", environ: Mapping[str, str] | None = None
) -> Result:
    """Run ``alongside arguments`` as a process that has no terminal, in a house."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        input=stdin,
        capture_output=True,
        env=house.environ | dict(environ or {}),
        cwd=house.home,
        timeout=PATIENCE,
        check=False,
        start_new_session=True,
    )
    out, err = (stream.decode("utf-8") for stream in (done.stdout, done.stderr))
    return Result(done.returncode, out, err)


def shell(house: House, script: str, **more: str) -> Result:
    """Run a line of shell in a house, where ``$alongside`` is the program."""
    program = f"{sys.executable} -m tui"
    done = subprocess.run(
        ["/bin/bash", "-c", script],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=house.environ | {"alongside": program} | more,
        cwd=house.home,
        timeout=PATIENCE,
        check=False,
        start_new_session=True,
    )
    out, err = (stream.decode("utf-8") for stream in (done.stdout, done.stderr))
    return Result(done.returncode, out, err)


def mode(path: str | os.PathLike[str]) -> int:
    """Return the permissions of a file."""
    return os.stat(path).st_mode & 0o777
