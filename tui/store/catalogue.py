"""Which file holds which part of the journal, and which version of it was seen last."""

from __future__ import annotations

import os

from tui.domain.journal import Home
from tui.store.files import Stamp


class Catalogue:
    """The files of a journal that are known."""

    def __init__(self) -> None:
        self._paths: dict[Home, str] = {}
        self._stamps: dict[Home, Stamp] = {}
        self._folders: dict[str, dict[str, Home]] = {}

    def __bool__(self) -> bool:
        """Return whether any file is known."""
        return bool(self._paths)

    def path(self, home: Home) -> str | None:
        """Return the file of a home, None where there is none."""
        return self._paths.get(home)

    def stamp(self, home: Home) -> Stamp | None:
        """Return the stamp a home's file had when it was read or written last."""
        return self._stamps.get(home)

    def enter(self, home: Home, path: str, stamp: Stamp | None) -> None:
        """Note that a home is in a file; one whose stamp is not known counts as changed."""
        self.strike(home)
        folder, name = os.path.split(path)
        self._paths[home] = path
        self._folders.setdefault(folder, {})[name] = home
        if stamp is not None:
            self._stamps[home] = stamp

    def strike(self, home: Home) -> None:
        """Forget where a home is."""
        path = self._paths.pop(home, None)
        self._stamps.pop(home, None)
        if path is not None:
            folder, name = os.path.split(path)
            names = self._folders.get(folder, {})
            if names.get(name) == home:
                del names[name]

    def in_folder(self, folder: str) -> dict[str, Home]:
        """Return the homes of the files in a folder, by the files' names."""
        return dict(self._folders.get(folder, {}))
