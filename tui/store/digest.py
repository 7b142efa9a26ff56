"""The digest: the heads of the journal's files, so that a start need not read all of them.

A cache in the state folder and nothing more. Whatever is missing, torn, of another version or of
another file is read from the journal again; removing all of it loses nothing.

For each person's folder there is one file with a line for each of its files: what stood in it but
for its page, and the stamp of the very file that held it. Besides, one file for all people holds
the *front*: the few files of each that a first look at the journal needs, with the time of the
folder, which tells whether anything in it has changed since.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from tui.domain.followups import OPEN_STAGES, Stage
from tui.domain.onetoones import Status
from tui.errors import StorageError
from tui.store.files import (
    Document,
    Stamp,
    Tables,
    flush_folder,
    storage_error,
    write_atomically,
)
from tui.store.migrations import SCHEMA

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.domain.journal import Home

LATELY = 8
"""How many of a person's past one-to-ones belong to the front."""
FORMAT = f"alongside digest 1 of schema {SCHEMA}"
_OPEN = frozenset({Status.PLANNED, Status.UNDER_WAY})


class Entry(NamedTuple):
    """What is known of one file."""

    name: str
    stamp: Stamp
    home: Home
    tables: Tables
    """Its tables but for the page."""

    @property
    def head(self) -> Document:
        """The one-to-one of the file; nothing where it is a person's."""
        return next(iter(self.tables.get("one_to_one", {}).values()), {})

    @property
    def is_open(self) -> bool:
        """Whether a first look at the journal needs it however old it is."""
        if self.home.one_to_one_id is None:
            return True
        promised = self.tables.get("follow_ups", {}).values()
        stages = (document.get("stage", Stage.CAPTURED) for document in promised)
        status = str(self.head.get("status", Status.PLANNED))
        is_to_come = status in _OPEN and not self.head.get("ended")
        return is_to_come or any(str(stage) in OPEN_STAGES for stage in stages)


class Front(NamedTuple):
    """The part of a person's folder that a first look at the journal needs."""

    time: int
    """The folder's time (ns) when it was whole; 0 where it is not to be trusted."""
    entries: tuple[Entry, ...]


class Digest:
    """The digest of one journal."""

    def __init__(self, folder: str) -> None:
        """Name the folder it is in; nothing is made before something is saved."""
        self._folder = folder
        self._fresh: dict[str, dict[str, str]] = {}
        self._stale: set[str] = set()

    def front(self) -> dict[str, Front]:
        """Return the front of each person's folder, by the folder's name."""
        return {
            name: Front(time, tuple(map(_entry, lines)))
            for name, time, lines in front_lines(self._folder)
        }

    def of(self, person_folder: str) -> dict[str, Entry]:
        """Return what is known of the files of a person's folder, by their names."""
        entries = map(_entry, _read(self._path(person_folder)))
        known = {entry.name: entry for entry in entries}
        fresh = self._fresh.get(person_folder, {})
        return known | {name: _entry(json.loads(line)) for name, line in fresh.items()}

    def note(self, person_folder: str, entry: Entry) -> None:
        """Note a file that has just been read or written, to be saved later."""
        from tui.store.codec import PAGE_TABLES

        heads = {name: table for name, table in entry.tables.items() if name not in PAGE_TABLES}
        line = json.dumps(_line(entry._replace(tables=heads)), ensure_ascii=False)
        self._fresh.setdefault(person_folder, {})[entry.name] = line

    def note_gone(self, person_folder: str) -> None:
        """Note that something is not in a person's folder any more."""
        self._stale.add(person_folder)

    @property
    def fresh(self) -> int:
        """How many files were read or written and are not saved here."""
        return sum(map(len, self._fresh.values()))

    def save(self, people_folder: str, times: Mapping[str, int]) -> None:
        """Save what was noted. An error is no matter: it is a cache.

        Args:
            people_folder: The folder of all people.
            times: For each person's folder that was seen whole its time then; 0 where there is
                something in it that cannot be read.
        """
        from tui.store.versions import make_folders

        with suppress(OSError, StorageError):
            before = self.front()
            fronts = dict(before)
            make_folders(self._folder)
            moved = {n for n, time in times.items() if n not in before or before[n].time != time}
            for name in sorted(set(self._fresh) | self._stale | moved):
                folder = os.path.join(people_folder, name)
                if not os.path.isdir(folder):
                    continue
                stamps = dict(stamps_in(folder))
                entries = [e for e in self.of(name).values() if stamps.get(e.name) == e.stamp]
                is_whole = len(entries) == len(stamps)
                fronts[name] = Front(times.get(name, 0) if is_whole else 0, _front(entries))
                _write(self._path(name), map(_line, entries))
            for name in set(fronts) - set(os.listdir(people_folder)):
                del fronts[name]
                with suppress(FileNotFoundError):
                    os.unlink(self._path(name))
            if fronts != before:
                lines = ([n, f.time, list(map(_line, f.entries))] for n, f in fronts.items())
                _write(os.path.join(self._folder, "front"), lines)
            self._fresh.clear()
            self._stale.clear()

    def forget(self, person_folders: Collection[str]) -> None:
        """Keep nothing of some people's folders, whatever happens to the power meanwhile.

        Raises:
            StorageError: Where the disk refuses.
        """
        front = os.path.join(self._folder, "front")
        lines = front_lines(self._folder)
        left = [line for line in lines if line[0] not in person_folders]
        try:
            if not lines and os.path.lexists(front):  # not whole: nobody knows what is in it
                os.unlink(front)
            elif len(left) < len(lines):
                _write(front, left, durable=True)
            for name in person_folders:
                with suppress(FileNotFoundError):
                    os.unlink(self._path(name))
            if os.path.isdir(self._folder):
                flush_folder(self._folder)
        except OSError as error:
            raise storage_error(error, self._folder) from error

    def _path(self, person_folder: str) -> str:
        return os.path.join(self._folder, f"of-{person_folder}")


def front_lines(folder: str) -> list[Any]:
    """Return the front as it stands in a digest's folder: for each person's folder a list.

    It holds the folder's name, its time, and the lines of the entries, `_line`. To make entries of
    them takes longer than to read them, and a glance does without.
    """
    return _read(os.path.join(folder, "front"))


def _front(entries: list[Entry]) -> tuple[Entry, ...]:
    """Return the entries a first look needs: what is open, and what was lately."""
    past = sorted((e for e in entries if not e.is_open), key=lambda e: str(e.head.get("at")))
    lately = {entry.name for entry in past[-LATELY:]}
    return tuple(_without_raised(e) for e in entries if e.is_open or e.name in lately)


def _without_raised(entry: Entry) -> Entry:
    """Return what is known of a file without the topics that are done with.

    What is left out of it is read later: its stamp is then that of no file.
    """
    shelf = entry.tables.get("shelf", {})
    left = {topic_id: topic for topic_id, topic in shelf.items() if topic.get("raised") is not True}
    if len(left) == len(shelf):
        return entry
    return entry._replace(stamp=Stamp((0, 0, 0)), tables=entry.tables | {"shelf": left})


def _line(entry: Entry) -> list[Any]:
    return [entry.name, list(entry.stamp), *entry.home, entry.tables]


def _entry(line: list[Any]) -> Entry:
    from tui.domain.journal import Home  # late, as all that a glance has no use for

    name, stamp, person_id, one_to_one_id, tables = line
    return Entry(name, Stamp(stamp), Home(person_id, one_to_one_id), tables)


def _write(path: str, lines: Iterable[object], *, durable: bool = False) -> None:
    body = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    data = body.encode("utf-8", "surrogatepass")
    head = f"{FORMAT} {zlib.crc32(data)}\n".encode()
    write_atomically(path, head + data, durable=durable)


def _read(path: str) -> list[Any]:
    """Return the lines of a file; none where it is not whole, or of another version."""
    try:
        with open(path, "rb", buffering=0) as file:
            head, _, data = file.read().partition(b"\n")
    except OSError:
        return []
    if head.decode("ascii", "replace") != f"{FORMAT} {zlib.crc32(data)}":
        return []
    text = data.decode("utf-8", "surrogatepass")
    return [json.loads(line) for line in text.split("\n") if line]


def stamps_in(folder: str) -> Iterable[tuple[str, Stamp]]:
    """Yield the name and stamp of each file of the journal in a person's folder.

    Raises:
        OSError: Where the folder cannot be read.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.endswith(".json") or entry.name.startswith("."):
                continue
            try:
                yield entry.name, Stamp.of(entry.stat())
            except FileNotFoundError:  # a link that leads nowhere, or a file that has just gone
                continue
            except OSError:  # it is there, and whoever reads it will hear why it cannot be
                yield entry.name, Stamp((0, 0, 0))
