"""Commands of the manager's own: what they are given, and what is said when they fail."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.builders import Bench, add_person, plan_today, write
from tests.store.helpers import eventually
from tui.desk import hooks
from tui.desk.hooks import run_hook

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the commands are shell scripts")


def script(folder: Path, body: str) -> str:
    path = folder / "my hook"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o700)
    return f"'{path}'"


@pytest.mark.parametrize("command", ["", "   ", "true", "sh -c 'exit 0'"])
def test_where_all_is_well_nothing_is_said(command: str) -> None:
    assert run_hook(command) == ""


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("false", "false ended with 1."),
        ("sh -c 'exit 42'", "sh ended with 42."),
        ("sh -c 'kill -9 $$'", "sh ended with -9."),
        ("/no/such/thing at all", "/no/such/thing cannot be started: No such file or directory."),
        ("/tmp", "/tmp cannot be started: Permission denied."),
        ("say 'half", "“say 'half” is not understood: No closing quotation."),
        ("true \0", "true cannot be started: embedded null byte."),
    ],
)
def test_what_went_wrong_is_a_sentence(command: str, said: str) -> None:
    assert run_hook(command) == said


def test_no_shell_sees_it(tmp_path: Path) -> None:
    command = script(tmp_path, f'printf "%s|" "$@" > "{tmp_path}/seen"')
    assert run_hook(f"{command} '$HOME' '*' '; touch x' \"a b\"") == ""
    assert (tmp_path / "seen").read_text() == "$HOME|*|; touch x|a b|"


def test_it_has_no_terminal_and_prints_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = script(tmp_path, 'read line && echo "$line"; echo out; echo err >&2; exit 0')
    assert run_hook(command) == ""
    assert capfd.readouterr() == ("", "")


def test_one_that_takes_long_is_left_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "PATIENCE", 0.05)
    pid, go = tmp_path / "pid", tmp_path / "go"
    os.mkfifo(go)
    command = script(tmp_path, f'echo $$ > "{pid}.new"; mv "{pid}.new" "{pid}"; cat "{go}"')
    said = run_hook(command)
    assert said.endswith("my hook takes long; it was left to itself.")
    eventually(pid.exists, "the command to have begun")
    number = int(pid.read_text())
    os.kill(number, 0)
    assert os.getsid(number) == number, "no key in the terminal reaches it"
    os.killpg(number, signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_of_the_journal_is_given_to_it(bench: Bench, tmp_path: Path) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    write(notebook, one, "~ her salary")
    seen = tmp_path / "seen"
    before = dict(os.environ)
    command = script(
        tmp_path, f'cat /proc/$$/cmdline /proc/$$/environ > "{seen}"; ls /proc/$$/fd >> "{seen}"'
    )
    assert run_hook(command) == ""
    found = seen.read_bytes()
    for word in (b"Dana", b"Okafor", b"salary", one.id.encode(), bench.place.journal.encode()):
        assert word not in found
    environ = {part.partition(b"=")[0] for part in found.split(b"\0") if b"=" in part}
    assert environ <= {os.fsencode(name) for name in before}
