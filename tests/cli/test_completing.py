"""``alongside completion``: what bash, zsh and fish complete, asked of the real shells."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builders import HOSTILE, add_person
from tests.cli.running import CommandLine
from tests.made.arguments import commands
from tui.desk.shipped import data_folder
from tui.services import folk
from tui.shell.completing import FILES

if TYPE_CHECKING:
    from tests.pty.driver import House

NAMES = ("Dana Okafor", "Dan O'Brien [x]", "Sam $(touch here) Reyes", "Łucja Ørsted")


@pytest.mark.parametrize("shell", FILES)
def test_it_prints_what_ships(alongside: CommandLine, shell: str) -> None:
    shipped = Path(data_folder(), "completions", FILES[shell]).read_text("utf-8")
    assert alongside.done("completion", shell).out == shipped


def test_without_a_shell_it_says_which_there_are(alongside: CommandLine) -> None:
    result = alongside("completion")
    assert (result.code, result.out) == (2, "")
    assert "bash, zsh or fish" in result.err


def test_a_broken_installation_is_told(
    alongside: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tui.desk.shipped.data_folder", lambda: str(tmp_path))
    result = alongside("completion", "fish")
    assert (result.code, result.out) == (1, "")
    assert "install it again" in result.err


def test_names_are_a_line_each_without_the_archived(with_dana: CommandLine) -> None:
    notebook = with_dana.bench.notebook()
    add_person(notebook, "Åsa Berg")
    folk.archive(notebook, add_person(notebook, "Gone Away"))
    assert with_dana.done("completion", "--names").lines == ["Åsa Berg", "Dana Okafor"]


def test_names_that_would_be_more_than_names(alongside: CommandLine) -> None:
    notebook = alongside.bench.notebook()
    for text in HOSTILE:
        add_person(notebook, f"A {text}"[:200])
    assert len(alongside.done("completion", "--names").lines) == len(HOSTILE)


def test_where_nobody_is_nothing_is_offered(alongside: CommandLine) -> None:
    assert alongside("completion", "--names").out == ""


# -- in the shells themselves --------------------------------------------------------------


@pytest.fixture
def home(house: House) -> House:
    """A home with four people and the program on the PATH."""
    program = house.programs / "alongside"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n')
    program.chmod(0o755)
    from tui.wiring import notebook_for_commands

    notebook = notebook_for_commands(house.place)
    for name in NAMES:
        add_person(notebook, name)
    return house


def asked(home: House, shell: str, script: str, *arguments: str) -> list[str]:
    """Return the lines that a shell prints, which has to have nothing to complain of."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"there is no {shell}")
    path = Path(data_folder(), "completions", FILES[shell])
    done = subprocess.run(
        [program, "-c", script.format(path=path), *arguments],
        env=home.environ,
        cwd=home.home,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


IN_BASH = """\
source '{path}'
COMP_WORDS=("$0" "$@")
COMP_CWORD=$#
_alongside
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def in_bash(home: House, *words: str) -> set[str]:
    """Return what bash offers for the last of the words."""
    return set(asked(home, "bash", IN_BASH, "alongside", *words)) - {""}


def in_fish(home: House, *words: str) -> set[str]:
    """Return what fish offers for the last of the words."""
    script = "source '{path}'; complete -C \"$argv\""
    return {line.partition("\t")[0] for line in asked(home, "fish", script, "alongside", *words)}


OFFERED = [
    (("foll",), {"follow-ups"}),
    (("people", ""), {"add"}),
    (("export", "--format", "t"), {"todotxt", "taskwarrior"}),
    (("summary", "dana", "--fo"), {"--format"}),
    (("people", "add", "--pronoun", ""), {"they", "she", "he"}),
    (("--journal", "/nowhere", "completion", ""), {"bash", "zsh", "fish"}),
    (("note", "Łu"), {"Łucja Ørsted"}),
    (("merge", "dana", "dana"), {"Dana Okafor"}),
    (("search", "word", "--person", "dana"), {"Dana Okafor"}),
    (("--journal", "/nowhere", "note", "d"), set()),
    (("note", "dana", "d"), set()),
    (("completion", "--na"), set()),
]


@pytest.mark.parametrize(
    ("words", "offered"), OFFERED, ids=[" ".join(words) for words, _ in OFFERED]
)
def test_what_bash_and_fish_offer(home: House, words: tuple[str, ...], offered: set[str]) -> None:
    assert {line.replace("\\ ", " ") for line in in_bash(home, *words)} == offered
    if shutil.which("fish"):
        assert in_fish(home, *words) == offered


def test_bash_quotes_what_a_name_may_hold(home: House) -> None:
    script = IN_BASH + 'eval "alongside note ${{COMPREPLY[0]}} hello" 2>/dev/null\n'
    offered = asked(home, "bash", script, "alongside", "note", "s")
    assert offered == ["Sam\\ \\$\\(touch\\ here\\)\\ Reyes"]
    assert home.notes() == ["hello"]
    assert not (home.home / "here").exists()


def test_within_quotes_bash_offers_only_what_means_itself_there(home: House) -> None:
    assert in_bash(home, "note", "'s") == set()
    assert in_bash(home, "note", "'da") == {"Dana Okafor"}


@pytest.mark.parametrize("shell", FILES)
def test_every_command_and_option_is_in_it(shell: str) -> None:
    text = Path(data_folder(), "completions", FILES[shell]).read_text("utf-8")
    for command in commands():
        for word in command.words:
            assert word in text
        for option in command.options:
            for flag in option.flags:
                assert (f"-l {flag[2:]}" if shell == "fish" else flag) in text
