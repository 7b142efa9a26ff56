"""Copying as the user hears of it: what was done, and where the text is if it was not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from tui.desk.clipboard import Clipboard, Outcome
from tui.desk.saved import rescue_copy
from tui.domain.ours import Outbound
from tui.domain.text import plural
from tui.errors import AlongsideError, StorageError


class Copied(NamedTuple):
    """What came of copying a text."""

    outcome: Outcome
    happened: str
    """What is known, and no more."""
    path: str = ""
    """The file the text is in, where the clipboard is in doubt."""
    how: str = ""
    """The name of what took the text; empty where nothing did."""

    @property
    def sentence(self) -> str:
        """What to tell the user, truly."""
        return self.with_key("")

    def with_key(self, key: str) -> str:
        """Return what to tell the user where a key opens the file; none where it is empty."""
        if not self.path:
            return self.happened
        if self.outcome is Outcome.SENT:
            todo = (
                f"If paste is empty, press {key} to open it; it" if key else "If paste is empty: it"
            )
        else:
            todo = f"Press {key} to open it and select it there; it" if key else "It"
        return f"{self.happened} {todo} is saved in {self.path}"


def copy_text(clipboard: Clipboard, text: Outbound, state: str) -> Copied:
    """Copy a text; where that cannot be proven, put it in a file as well. Blocks for a few seconds.

    Args:
        clipboard: The way to the clipboard.
        text: What to copy.
        state: The folder for the file.
    """
    result = clipboard.copy(text)
    if result.outcome is Outcome.VERIFIED:
        lines = plural(len(text.splitlines()), "line")
        return Copied(result.outcome, f"Copied {lines} (checked, {result.how}).", how=result.how)
    happened = (
        f"Sent to {result.how}, which cannot be checked."
        if result.outcome is Outcome.SENT
        else f"Not copied: {result.detail or 'no clipboard here'}."
    )
    try:
        return Copied(result.outcome, happened, str(_rescue(text, state)), result.how)
    except AlongsideError as error:
        told = f"{happened} And no file could be kept: {error}"
        return Copied(result.outcome, told, how=result.how)


def not_copied(fault: str) -> Copied:
    """Return what came of copying where a fault of our own got in its way."""
    return Copied(Outcome.FAILED, f"Not copied: alongside itself broke ({fault}).")


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
