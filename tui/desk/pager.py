"""A saved text outside the app: in the manager's pager or editor, or plain on the terminal.

There the terminal's own selection works, whatever became of the clipboard.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from tui.desk.editor import editor_of
from tui.domain.text import clean_block
from tui.errors import StorageError, UsageError

GO_BACK = "— enter goes back to alongside —"


def show_file(path: str, environ: Mapping[str, str]) -> None:
    """Show a text; blocks until the manager has seen it. The terminal must be free for it.

    ``PAGER`` shows it, else the editor; without either, or where it cannot be started, it is
    printed. A pager may end by itself at the end of a short text, so enter is waited for after it.

    Args:
        path: The file the text is in.
        environ: The environment.

    Raises:
        StorageError: Where the file cannot be read.
    """
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError as error:
        raise StorageError(
            f"{path}: {error.strerror}. Nothing is lost; copy it again, and it is there again."
        ) from error
    pager = _pager_of(environ)
    if pager:
        why = _run([*pager, path])
        if why:
            _print(f"{clean_block(text)}\n\n{why}")
        _wait_for_enter()
        return
    with suppress(UsageError):
        if not _run([*editor_of(environ), path]):
            return
    _print(clean_block(text))
    _wait_for_enter()


def _pager_of(environ: Mapping[str, str]) -> list[str]:
    with suppress(ValueError):
        return shlex.split(environ.get("PAGER", ""))
    return []


def _run(command: list[str]) -> str:
    """Run a program in this terminal until it ends; returns why it could not be started."""
    try:
        process = subprocess.Popen(command)
    except (OSError, ValueError) as error:
        return f"{command[0]} cannot be started: {getattr(error, 'strerror', '') or error}."
    with _deaf_to_ctrl_c():  # not before: what is ignored here would be ignored there, too
        process.wait()
    return ""


def _print(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


def _wait_for_enter() -> None:
    _print(f"\n{GO_BACK}")
    with _deaf_to_ctrl_c(), suppress(OSError, ValueError):  # the terminal may go meanwhile
        keyboard = sys.stdin.fileno()
        while (typed := os.read(keyboard, 1024)) and not typed.endswith(b"\n"):
            pass


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Leave ctrl+c to whoever has the terminal: it is not meant to end the app afterwards.

    It is ignored, not handled: any handler of ours would wake the app's loop, which has its own.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
