"""The tabulator in real shells, at a real terminal."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.desk.shipped import data_folder

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]


@pytest.fixture(params=["bash", "zsh"])
def prompt(house: House, request: pytest.FixtureRequest) -> Terminal:
    """A shell with the completions, at a journal with two people. (Fish is asked without a tty.)"""
    shell = shutil.which(request.param)
    if shell is None:
        pytest.skip(f"there is no {request.param}")
    program = house.programs / "alongside"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n')
    program.chmod(0o755)
    for name in ("Dana Okafor", "Sam `touch here` Reyes"):
        house.run("people", "add", name)
    folder = Path(data_folder(), "completions")
    if request.param == "bash":
        begins = house.home / "begins"
        begins.write_text(f"source '{folder}/alongside.bash'\nPS1='ready> '\n")
        argv = [shell, "--rcfile", str(begins), "-i"]
    else:
        lines = (
            f"fpath=('{folder}' $fpath)",
            "autoload -U compinit",
            "compinit -u",
            "PS1='ready> '",
        )
        (house.home / ".zshrc").write_text("\n".join(lines) + "\n")
        argv = [shell, "-i"]
    terminal = house.open_program(*argv)
    terminal.wait_for("ready>")
    return terminal


def test_the_tabulator_completes_commands_options_and_names(house: House, prompt: Terminal) -> None:
    for typed, shown in [
        ("alongside fol", "alongside follow-ups"),
        ("--pers", "follow-ups --person"),
        ("dan", "--person Dana\\ Okafor"),
        ("--st", "--stage"),
        ("wait", "--stage waiting"),
    ]:
        prompt.type(typed)
        prompt.press("tab")
        prompt.wait_for(shown)
    prompt.press("ctrl+u")
    prompt.type("alongside note sam")
    prompt.press("tab")
    prompt.wait_for("Sam\\ \\`touch\\ here\\`\\ Reyes")
    prompt.type("hello")
    prompt.press("enter")
    prompt.wait_for("saved")
    assert house.notes() == ["hello"]
    assert not (house.home / "here").exists()
