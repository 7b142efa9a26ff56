"""Tools of this machine, run so that none of them can hold up, draw over or outlive the program."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PATIENCE = 1.5
"""Seconds a tool may take."""
LATE = "did not answer in time"
NO_START = "could not be started"


def run_tool(
    argv: Sequence[str],
    environ: Mapping[str, str],
    payload: bytes = b"",
    *,
    timeout: float = PATIENCE,
    good: int = 0,
) -> tuple[str, bytes]:
    """Run a tool in a session of its own, without the terminal; blocks until it ends.

    Args:
        argv: The tool and its arguments.
        environ: Its whole environment.
        payload: What it reads.
        timeout: Seconds after which it is ended, with all it started.
        good: The exit status of a tool that did what it should.

    Returns:
        Why it failed, or nothing; and what it printed, where it was given nothing.
    """
    import subprocess as sub
    from contextlib import suppress

    try:
        process = sub.Popen(
            argv,
            stdin=sub.PIPE,
            stdout=sub.DEVNULL if payload else sub.PIPE,  # one that copies may live on
            stderr=sub.DEVNULL,
            env=environ,
            start_new_session=True,
            creationflags=getattr(sub, "CREATE_NO_WINDOW", 0),  # of Windows
        )
        with process:
            try:
                output, _ = process.communicate(payload, timeout)
            except BaseException:  # out of time, or interrupted: end it and all it started
                with suppress(OSError):
                    getattr(os, "killpg", os.kill)(process.pid, 9)
                raise
    except sub.TimeoutExpired:
        return LATE, b""
    except (OSError, ValueError):
        return NO_START, b""
    end = process.returncode
    return "" if end == good else f"ended with status {end}", output or b""
