"""Text mode: whether somebody else has written in the journal since it was read."""

from __future__ import annotations

import os
from contextlib import suppress

from tui.store.names import PEOPLE_FOLDER


class Watch:
    """Knows when each folder of the journal changed last: a file that is replaced changes it.

    To read all of a long journal again takes a second, and this takes none.
    """

    def __init__(self, folder: str) -> None:
        """Begin, right before the journal is read.

        Args:
            folder: The journal.
        """
        self._folder = folder
        self.begin_again()

    def begin_again(self) -> None:
        """Begin again, right before the journal is read again."""
        self._seen = self._times()
        self._is_stale = False

    def is_stale(self) -> bool:
        """Return whether somebody else has written since; what is about to be done is one's own."""
        self._is_stale |= self._seen != self._times()
        return self._is_stale

    def wrote(self) -> None:
        """Take what has changed since `is_stale` was asked as one's own doing."""
        self._seen = self._times()

    def _times(self) -> dict[str, int]:
        found: dict[str, int] = {}
        with suppress(OSError):  # whoever reads it says what is wrong
            found[""] = os.stat(self._folder).st_mtime_ns
            with os.scandir(os.path.join(self._folder, PEOPLE_FOLDER)) as people:
                found |= {entry.name: entry.stat().st_mtime_ns for entry in people}
        return found
