"""One lock for a journal, held by whoever writes; the system frees it when its holder dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tui.errors import BusyError
from tui.store.files import FILE_MODE, storage_error

PATIENCE = 5.0
"""Seconds to wait for another writer, whose writes take milliseconds."""
_PAUSE = 0.005
_HELD = frozenset(
    {errno.EACCES, errno.EDEADLK} if sys.platform == "win32" else {errno.EWOULDBLOCK, errno.EAGAIN}
)
"""How a system says that somebody else holds a lock."""


def try_lock(descriptor: int) -> bool:
    """Take the exclusive lock on an open file; returns whether it could be had at once.

    Raises:
        OSError: Where locks do not work, as on some network drives.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _HELD:
            raise
        return False
    return True


def _taken(descriptor: int, path: str) -> bool:
    try:
        return try_lock(descriptor)
    except OSError as error:
        raise storage_error(error, path) from error


@contextmanager
def locked(path: str, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock in the file at ``path`` for the length of the block.

    Args:
        path: A file in the state folder; it is made where it is missing and never removed.
        patience: Seconds to wait for another holder.

    Raises:
        BusyError: Where another program holds it for longer.
        StorageError: Where the file cannot be made.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
    except OSError as error:
        raise storage_error(error, path) from error
    try:
        deadline = time.monotonic() + patience
        while not _taken(descriptor, path):
            if time.monotonic() > deadline:
                raise BusyError(
                    "Another alongside is writing in this journal and does not finish. "
                    "Nothing was changed; close the other one and try again."
                )
            time.sleep(_PAUSE)
        yield
    finally:
        with suppress(OSError):  # it is closed, and the lock is free, even where that is an error
            os.close(descriptor)
