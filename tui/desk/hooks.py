"""Commands of the manager's own, run beside the program."""

from __future__ import annotations

import shlex
import subprocess

PATIENCE = 10.0
"""Seconds after which a command is left to itself."""


def run_hook(command: str) -> str:
    """Run a command without a terminal; blocks until it ends, ten seconds at most.

    Nothing of the journal is given to it: no name, no text, nothing in its environment.

    Args:
        command: The command as a shell would split it; no shell sees it.

    Returns:
        What went wrong, as a sentence; empty when all is well.
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        return f"“{command}” is not understood: {error}."
    if not words:
        return ""
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"{words[0]} cannot be started: {error.strerror}."
    except ValueError as error:  # there is a NUL in it
        return f"{words[0]} cannot be started: {error}."
    try:
        code = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return f"{words[0]} takes long; it was left to itself."
    return f"{words[0]} ended with {code}." if code else ""
