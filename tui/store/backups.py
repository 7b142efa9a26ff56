"""The backups that were made on this machine, as far as they are still there.

Each backup leaves its path in the state folder, so that what is forgotten in the journal can be
taken out of its backups, too. One that was moved or copied elsewhere is out of reach.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from tui.errors import AlongsideError
from tui.store.files import parse, read_bytes, write_atomically
from tui.store.migrations import ABOUT
from tui.store.names import JOURNAL_FILE, PEOPLE_FOLDER
from tui.store.reading import names_in
from tui.store.unpacking import read_backup
from tui.store.versions import append
from tui.store.whose import owner_in

_LIST = "backups.jsonl"


class Backup(NamedTuple):
    """A backup in which there is something about a person."""

    path: str
    entries: tuple[str, ...]
    """The files in it that are theirs, by their paths within the journal."""


def note_backup(state: str, path: str) -> None:
    """Remember where a backup was put. An error is no matter: the backup is there."""
    with suppress(OSError):
        append(os.path.join(state, _LIST), (json.dumps(path) + "\n").encode())


def known_backups(state: str, places: Iterable[str]) -> tuple[str, ...]:
    """Return the backups there are: those that were noted, and what looks like one in some folders.

    Args:
        state: The journal's state folder.
        places: Folders to look in for what `backup` calls its files.
    """
    found: list[str] = []
    with suppress(OSError), open(os.path.join(state, _LIST), encoding="utf-8") as file:
        for line in file:
            with suppress(ValueError):
                found.append(str(json.loads(line)))
    for place in places:
        names = [n for n in names_in(place) if n.startswith("alongside-") and n.endswith(".zip")]
        found += (os.path.join(place, name) for name in sorted(names))
    there = (os.path.realpath(path) for path in found if os.path.isfile(path))
    return tuple(dict.fromkeys(there))


def backups_holding(
    journal: str, paths: Iterable[str], ids: Collection[str], folders: Collection[str]
) -> Iterator[Backup]:
    """Yield those backups of a journal in which there is something about a person.

    Args:
        journal: The journal's folder.
        paths: The backups to look into; what is none, or of another journal, is passed over.
        ids: The person's ids.
        folders: The names of their folders.
    """
    with suppress(AlongsideError, FileNotFoundError):
        ours = _id_in(read_bytes(os.path.join(journal, JOURNAL_FILE))[0])
        for path in paths:
            with suppress(AlongsideError):
                files = read_backup(path)
                if ours and _id_in(files.get(JOURNAL_FILE, b"")) == ours:
                    entries = tuple(_theirs(files, ids, folders))
                    if entries:
                        yield Backup(path, entries)


def _id_in(data: bytes) -> object:
    try:
        return parse(data, JOURNAL_FILE).get(ABOUT, {}).get("file", {}).get("id")
    except AlongsideError:
        return None


def _theirs(
    files: dict[str, bytes], ids: Collection[str], folders: Collection[str]
) -> Iterator[str]:
    named = {os.path.join(PEOPLE_FOLDER, name) for name in folders}
    named |= {os.path.dirname(name) for name, data in files.items() if owner_in(data) in ids}
    yield from (name for name in sorted(files) if os.path.dirname(name) in named)


def take_out(backup: Backup) -> None:
    """Write a backup anew without some of its files, and read it back.

    Raises:
        StorageError: Where the disk refuses; then it is as it was.
    """
    left = io.BytesIO()
    theirs = {name.replace(os.sep, "/") for name in backup.entries}
    with zipfile.ZipFile(backup.path) as before, zipfile.ZipFile(left, "w") as after:
        for info in before.infolist():
            if info.filename not in theirs:
                after.writestr(info, before.read(info))
    write_atomically(backup.path, left.getvalue())
