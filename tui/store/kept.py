"""The texts a search has read, kept for the first search of the next run.

A cache in the state folder and nothing more: for each person's folder one file, with the text of
its files as `tui.store.held` holds it, each with the stamp of the very file it was read from.
Whatever is missing, torn, of another version or of another file is read from the journal again;
removing all of it loses nothing.

It holds private text. So a person's file goes before anything of theirs is written: what was
deleted by this program is not in it. It is made anew, with little to be read, when the run ends;
then what a sync took away goes too.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any, NamedTuple

from tui import __version__
from tui.domain.journal import Home
from tui.errors import AlongsideError, StorageError
from tui.store.digest import stamps_in
from tui.store.files import Stamp, flush_folder, read_bytes, storage_error, write_atomically
from tui.store.held import KNOWN, Held, are_known, held_of
from tui.store.migrations import SCHEMA
from tui.store.names import KEPT_FOLDER, PERSON_FILE
from tui.store.reading import names_in
from tui.store.texts import entries_in, person_in
from tui.store.versions import make_folders

_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
_MARKS = f"{zlib.crc32(repr(KNOWN).encode()):08x}"
FORMAT = f"alongside texts 1, {__version__}, schema {SCHEMA}, marks {_MARKS}, Python {_PYTHON}"
"""How texts are folded depends on Python's tables; what of a file is a text, on this version."""
_FEW = 50
"""Files of a person that are read anew when a run ends; where more are, a search reads them."""


class Shut(NamedTuple):
    """The texts of one person's folder, not taken apart yet."""

    data: bytes
    """All of them, and more."""
    person_id: str
    rows: list[list[Any]]
    """Of each file its name, stamp, one-to-one, its time, and how long text and marks are."""
    ats: Mapping[str, Sequence[str]]
    begin: int

    @property
    def stamps(self) -> dict[str, tuple[int, int, int]]:
        """The stamps of the files, by their names."""
        return {name: (inode, size, time) for name, inode, size, time, *_ in self.rows}

    def open(self) -> dict[str, Held]:
        """Return the texts of the files, by their names."""
        found: dict[str, Held] = {}
        made = tuple.__new__  # of what is made for each of thousands of files, half the time
        data, end = self.data, self.begin
        for name, inode, size, time, one_to_one_id, at, length, count in self.rows:
            begin, middle = end, end + length
            end = middle + count
            stamp, home = made(Stamp, (inode, size, time)), made(Home, (self[1], one_to_one_id))
            ats = () if at else tuple(self.ats[name])
            found[name] = made(Held, (stamp, home, at, data[begin:middle], data[middle:end], ats))
        return found


class Kept:
    """The kept texts of one journal. It may be used from several threads."""

    def __init__(self, state: str) -> None:
        """Name the state folder; nothing is made before something is saved.

        Args:
            state: The folder of what this machine keeps about the journal.
        """
        self._state = state
        self._folder = os.path.join(state, KEPT_FOLDER)
        self._lock = Lock()
        self._taken: dict[str, bytes] = {}

    def shut(self, person_folder: str, person_id: str | None) -> Shut | None:
        """Return what is kept of a person's folder; None where nothing is.

        Args:
            person_folder: The folder's name.
            person_id: Whose folder it is; what was kept when it was another's counts for nothing.
        """
        return _read(_bytes_of(self._path(person_folder)), person_id)

    def save(self, folder: str, person_id: str | None, held: Mapping[str, Held]) -> None:
        """Keep the texts of a person's folder; what has changed since it was read is left out.

        An error is no matter: it is a cache.

        Args:
            folder: The folder's path.
            person_id: Whose folder it is.
            held: What is held of its files, by their names.
        """
        with self._lock, suppress(OSError, StorageError):
            self._save(folder, person_id, held)

    def _save(self, folder: str, person_id: str | None, held: Mapping[str, Held]) -> None:
        stamps = dict(stamps_in(folder))
        left = {name: file for name, file in held.items() if file.stamp == stamps.get(name)}
        if person_id is None or not os.path.isdir(self._state):
            return
        make_folders(self._folder)
        path = self._path(os.path.basename(folder))
        write_atomically(path, _written(person_id, left), durable=False)

    def prune(self, person_folders: Iterable[str]) -> None:
        """Keep nothing of folders but these, by their names. An error is no matter."""
        with self._lock:
            gone = set(names_in(self._folder)).difference(map(_name_for, person_folders))
            for name in gone:
                with suppress(OSError):
                    os.unlink(os.path.join(self._folder, name))

    def take(self, person_folder: str) -> None:
        """Take what is kept of a person's folder off the disk, as something in it is changing.

        It stays in memory until `put_back`. An error is no matter: what changes has a new stamp.
        """
        with self._lock, suppress(OSError):
            path = self._path(person_folder)
            if os.path.lexists(path):
                self._taken[person_folder] = _bytes_of(path)
                os.unlink(path)

    def put_back(self, people_folder: str) -> None:
        """Keep again what was taken, with what it says now. An error is no matter.

        Args:
            people_folder: The folder of all people.
        """
        with self._lock:
            taken, self._taken = self._taken, {}
            for name, data in taken.items():
                folder = os.path.join(people_folder, name)
                with suppress(OSError, AlongsideError):
                    person_id = person_in(read_bytes(os.path.join(folder, PERSON_FILE))[0])
                    known = _bytes_of(self._path(name)) or data
                    shut = _read(known, person_id)
                    held = shut.open() if shut else {}
                    self._save(folder, person_id, held | _changed(folder, person_id, held))
        with suppress(OSError):  # what others took away meanwhile
            self.prune(os.listdir(people_folder))

    def drop(self) -> None:
        """Keep nothing at all, whatever happens to the power meanwhile.

        Raises:
            StorageError: Where the disk refuses.
        """
        with self._lock:
            self._taken.clear()
            try:
                for name in os.listdir(self._folder):
                    os.unlink(os.path.join(self._folder, name))
                os.rmdir(self._folder)
                flush_folder(self._state)
            except FileNotFoundError:
                return
            except OSError as error:
                raise storage_error(error, self._folder) from error

    def _path(self, person_folder: str) -> str:
        return os.path.join(self._folder, _name_for(person_folder))


def _name_for(person_folder: str) -> str:
    return f"of-{person_folder}"


def _changed(folder: str, person_id: str | None, held: Mapping[str, Held]) -> dict[str, Held]:
    """Return what the files of a folder say that have changed; nothing where they are many."""
    stamps = dict(stamps_in(folder))
    names = [name for name, stamp in stamps.items() if name not in held or held[name][0] != stamp]
    changed: dict[str, Held] = {}
    for name in names if len(names) <= _FEW else ():
        with suppress(OSError, AlongsideError):
            data, stamp = read_bytes(os.path.join(folder, name))
            file = held_of(entries_in(data, name, person_id), stamp)
            if file is not None:
                changed[name] = file
    return changed


def _bytes_of(path: str) -> bytes:
    """Return a file's bytes; none where it cannot be read."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except OSError:
        return b""


def _written(person_id: str, held: Mapping[str, Held]) -> bytes:
    """Return texts as they are kept: a line on the bytes, one on what they are, and the bytes."""
    files = [(name, file) for name, file in held.items() if are_known(file.marks)]
    rows = [
        [name, *file.stamp, file.home.one_to_one_id, file.at, len(file.text), len(file.marks)]
        for name, file in files
    ]
    ats = {name: file.ats for name, file in files if not file.at}
    about = json.dumps([person_id, rows, ats])
    texts = b"".join(part for _, file in files for part in (file.text, file.marks))
    data = about.encode() + b"\n" + texts
    return _head(data) + data


def _read(kept: bytes, person_id: str | None) -> Shut | None:
    """Return the texts in what was kept; none where it is not whole, or not of this person."""
    begin = len(_head(b""))
    if kept[:begin] != _head(memoryview(kept)[begin:]):
        return None
    end = kept.index(b"\n", begin)
    known_id, rows, ats = json.loads(kept[begin:end])
    return Shut(kept, known_id, rows, ats, end + 1) if known_id == person_id else None


def _head(data: bytes | memoryview) -> bytes:
    return f"{FORMAT}, {zlib.crc32(data):08x}\n".encode()
