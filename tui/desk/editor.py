"""The manager's own editor, for a text that has grown long."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress

from tui.domain.text import clean_block
from tui.errors import StorageError, UsageError

VARIABLES = ("VISUAL", "EDITOR")


def editor_of(environ: Mapping[str, str]) -> list[str]:
    """Return the command of the editor that is wanted.

    Raises:
        UsageError: Where none is named, or what is named cannot be taken apart.
    """
    said = next((environ[name] for name in VARIABLES if environ.get(name, "").strip()), "")
    try:
        command = shlex.split(said)
    except ValueError:
        command = []
    if not command:
        raise UsageError("No editor is named. Set EDITOR, for instance: export EDITOR=nano")
    return command


def edit(text: str, folder: str, environ: Mapping[str, str]) -> str | None:
    """Have a text changed in the editor; blocks until it is closed.

    The text is in a file only its owner can read, which is removed afterwards; where what was
    written cannot be taken in, it stays and the error says where it is.

    Args:
        text: What to change.
        folder: Where the file is to be.
        environ: The environment.

    Returns:
        The text as it was left; None where nothing was changed or the editor reports a failure.

    Raises:
        UsageError: Where there is no editor, or it cannot be started.
        StorageError: Where the file cannot be written, what is in it is no text, or the editor was
            killed after something was saved.
    """
    command = editor_of(environ)
    path = ""
    try:
        descriptor, path = tempfile.mkstemp(prefix="note-", suffix=".md", dir=folder)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(text + "\n")
    except OSError as error:
        _remove(path)
        raise StorageError(f"{folder}: {error.strerror}. The note was left as it is.") from error
    try:
        code = subprocess.run([*command, path], check=False).returncode
    except OSError as error:
        _remove(path)
        raise UsageError(f"{command[0]} cannot be started: {error.strerror}.") from error
    try:
        with open(path, encoding="utf-8") as file:
            after = clean_block(file.read())
    except (OSError, ValueError) as error:
        raise StorageError(
            f"What you wrote is not readable as text. It is in {path}; the note is as it was."
        ) from error
    if code < 0 and after != clean_block(text):
        raise StorageError(
            f"{command[0]} was cut off. What you wrote is in {path}; the note is as it was."
        )
    _remove(path)
    return None if code or after == clean_block(text) else after


def _remove(path: str) -> None:
    """Remove the file, if there is one, and what editors leave beside it."""
    for left in (path, f"{path}~") if path else ():
        with suppress(OSError):
            os.unlink(left)
