"""Whether an app is open on a journal, which holds it in memory and could write all of it back."""

from __future__ import annotations

import os

from tui.errors import BusyError, StorageError
from tui.store.files import storage_error
from tui.store.lock import try_lock
from tui.store.log import LOG_SUFFIX
from tui.store.reading import names_in


def check_nobody_is_here(state: str) -> None:
    """See that no app is open on a journal.

    Raises:
        BusyError: Where one is.
        StorageError: Where that cannot be told.
    """
    if is_open_somewhere(state):
        raise BusyError(
            "Alongside is open on this journal, in another window perhaps. It holds all of it in "
            "memory, and would write some of it back. Nothing was changed: close it (^q there), "
            "and run this again."
        )


def is_open_somewhere(state: str) -> bool:
    """Return whether an app is open on the journal: it holds the lock of its log.

    Raises:
        StorageError: Where that cannot be told.
    """
    for name in names_in(state):
        if not name.endswith(LOG_SUFFIX):
            continue
        path = os.path.join(state, name)
        try:
            descriptor = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise storage_error(error, path) from error
        try:
            if not try_lock(descriptor):
                return True
        except OSError as error:
            raise StorageError(f"Nobody can tell whether {path} is in use.") from error
        finally:
            os.close(descriptor)
    return False
