"""A saved text is shown by what the manager reads with, or plain; whatever is in it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import HOSTILE
from tui.desk.pager import GO_BACK, show_file
from tui.domain.text import clean_block
from tui.errors import StorageError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")

TEXT = "Thank you, José 🌱.\n\nI will\n- send the book\n"


@pytest.fixture
def saved(tmp_path: Path) -> str:
    path = tmp_path / "summary.md"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Type on the keyboard by writing to this."""
    reader, writer = os.pipe()
    with os.fdopen(reader, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield writer
    os.close(writer)


def program(folder: Path, name: str, then: str = "") -> str:
    """Make a program that notes what it is given; return its path."""
    script = folder / name
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" {name} "$@" >>"{folder}/ran"\n{then}\n')
    script.chmod(0o755)
    return str(script)


def ran(folder: Path) -> list[str]:
    log = folder / "ran"
    return log.read_text().splitlines() if log.exists() else []


def test_the_pager_shows_it_and_enter_goes_back(
    saved: str, tmp_path: Path, keyboard: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pager that ends by itself would otherwise take the text away before it is read."""
    os.write(keyboard, b"\n")
    pager, editor = program(tmp_path, "pager"), program(tmp_path, "editor")
    show_file(saved, {"PAGER": f"{pager} -R 'two words'", "EDITOR": editor})
    assert ran(tmp_path) == ["pager", "-R", "two words", saved]
    assert capsys.readouterr().out.strip() == GO_BACK


@pytest.mark.parametrize("variable", ["VISUAL", "EDITOR"])
def test_without_a_pager_the_editor_shows_it(
    saved: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], variable: str
) -> None:
    editor = program(tmp_path, "editor", "exit 1")
    show_file(saved, {"PAGER": " ", variable: f"{editor} -w"})
    assert ran(tmp_path) == ["editor", "-w", saved]
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"PAGER": "", "EDITOR": ""},
        {"PAGER": "'not closed"},
        {"PAGER": "/nowhere/pager"},
        {"EDITOR": "/nowhere/editor"},
        {"EDITOR": "'not closed"},
    ],
    ids=str,
)
def test_without_either_it_is_printed(
    saved: str, keyboard: int, capsys: pytest.CaptureFixture[str], environ: dict[str, str]
) -> None:
    os.write(keyboard, b"typed before\n")
    show_file(saved, environ)
    out = capsys.readouterr().out
    assert out.startswith(TEXT.strip())
    assert out.rstrip().endswith(GO_BACK)
    assert ("cannot be started" in out) == ("nowhere/pager" in str(environ))


def test_a_keyboard_that_is_gone_holds_nothing_up(saved: str, keyboard: int) -> None:
    os.set_inheritable(keyboard, False)
    os.dup2(os.open(os.devnull, os.O_WRONLY), keyboard)
    show_file(saved, {})


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_what_is_printed_cannot_drive_the_terminal(
    tmp_path: Path, keyboard: int, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "summary.md"
    path.write_bytes(text.encode("utf-8", "replace"))
    os.write(keyboard, b"\n")
    show_file(str(path), {})
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert out.removesuffix(f"\n\n{GO_BACK}\n") == clean_block(
        text.encode("utf-8", "replace").decode()
    )


def test_what_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="copy it again"):
        show_file(str(tmp_path / "summary.md"), {})


def test_ctrl_c_is_for_what_has_the_terminal(saved: str, tmp_path: Path, keyboard: int) -> None:
    """It reaches everything in the terminal, and would end the app behind it."""
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    try:
        os.write(keyboard, b"\n")
        pager = program(
            tmp_path, "pager", f"sleep 0.3; kill -INT {os.getpid()}; kill -INT $$; exit 3"
        )
        show_file(saved, {"PAGER": pager})
        assert heard == []
        os.kill(os.getpid(), signal.SIGINT)
        assert heard == [signal.SIGINT], "afterwards it is as before"
    finally:
        signal.signal(signal.SIGINT, before)
