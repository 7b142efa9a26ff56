"""What was kept of the texts, as far as the files are the same; taken up where a word is in it.

To look for a word in all that was kept of a person takes less than to take it apart.
"""

from __future__ import annotations

import os
from contextlib import suppress

from tui.store.held import Held
from tui.store.kept import Kept, Shut


class Recalled:
    """What is known of files without having been taken up. Use it from one thread at a time."""

    def __init__(self, kept: Kept) -> None:
        """Begin with nothing.

        Args:
            kept: What earlier runs have kept.
        """
        self._kept = kept
        self._shut: dict[str, tuple[Shut, list[tuple[str, str]]]] = {}
        self.paths: set[str] = set()
        """The files of which something is known that was not taken up."""

    def recall(self, folder: str, person_id: str | None) -> bool:
        """Recall what was kept of a person's folder; returns whether all of it is still so.

        Args:
            folder: The folder's path.
            person_id: Whose folder it is.
        """
        shut = self._kept.shut(os.path.basename(folder), person_id)
        if shut is None:
            return True
        files: list[tuple[str, str]] = []
        stamps = shut.stamps
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                stamp = stamps.get(entry.name)
                if stamp is None:
                    continue
                with suppress(FileNotFoundError):
                    now = entry.stat()
                    if stamp == (now.st_ino, now.st_size, now.st_mtime_ns):
                        files.append((entry.path, entry.name))
        self._shut[folder] = (shut, files)
        self.paths.update([path for path, _ in files])
        return len(files) == len(stamps)

    def folders(self, word: bytes = b"") -> list[str]:
        """Return the folders in whose texts a word may be that were not taken up."""
        return [folder for folder, (shut, _) in self._shut.items() if word in shut.data]

    def take_up(self, folder: str) -> list[tuple[str, Held]]:
        """Return what is known of a folder's files, by their paths, and know it no longer."""
        if folder not in self._shut:
            return []
        shut, files = self._shut.pop(folder)
        self.paths.difference_update([path for path, _ in files])
        held = shut.open()
        return [(path, held[name]) for path, name in files]
