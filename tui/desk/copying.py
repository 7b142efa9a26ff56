"""Copying as the user hears of it: what was done, and where the text is if it was not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from tui.desk.clipboard import Clipboard, Outcome, rescue_copy
from tui.domain.ours import Outbound
from tui.domain.text import plural
from tui.errors import AlongsideError, StorageError


class Copied(NamedTuple):
    """What came of copying a text."""

    outcome: Outcome
    sentence: str
    """What to tell the user, truly."""
    path: str = ""
    """The file the text is in, where the clipboard is in doubt."""


def copy_text(clipboard: Clipboard, text: Outbound, state: str) -> Copied:
    """Copy a text; where that cannot be proven, put it in a file as well. Blocks for a few seconds.

    Args:
        clipboard: The way to the clipboard.
        text: What to copy.
        state: The folder for the file.
    """
    result = clipboard.copy(text)
    lines = plural(len(text.splitlines()), "line")
    if result.outcome is Outcome.VERIFIED:
        return Copied(result.outcome, f"Copied {lines} (checked, {result.how}).")
    try:
        path = str(_rescue(text, state))
    except AlongsideError as error:
        if result.outcome is Outcome.SENT:
            sent = f"Sent to {result.how}, which cannot be checked. No file could be kept: {error}"
            return Copied(result.outcome, sent)
        return Copied(Outcome.FAILED, f"Not copied: {result.detail}. And no file: {error}")
    if result.outcome is Outcome.SENT:
        sent = f"Sent to {result.how}, which cannot be checked."
        sentence = f"{sent} If nothing is pasted, the text is in {path}"
    else:
        sentence = f"Not copied: {result.detail or 'no clipboard here'}. The text is in {path}"
    return Copied(result.outcome, sentence, path)


def _rescue(text: str, state: str) -> Path:
    try:
        return rescue_copy(text, Path(state))
    except OSError as error:
        raise StorageError(f"{state}: {error.strerror}.") from error


def copy_from_command(text: Outbound, state: str) -> Copied:
    """Copy for the command line."""
    return copy_text(Clipboard(os.environ, send_escape=_to_terminal), text, state)


def _to_terminal(sequence: str) -> bool:
    """Write a sequence to the terminal, if there is one; returns whether there is."""
    try:
        descriptor = os.open("/dev/tty", os.O_WRONLY)
    except OSError:
        return False
    try:
        os.write(descriptor, sequence.encode())
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True
