"""The journal folder: finds its files, reads them, and writes changes into them.

::

    journal/
      journal.json                     schema version and the journal's own id
      people/
        dana-okafor-7f3a/
          person.json                  the person, the shelf, follow-ups made outside a talk
          2026-11-24-91c2.json         one one-to-one with all that was written in it

Folder and file names are there for people to read; what counts is what the files say.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

from tui.domain.journal import Contents, Home, Journal, Record
from tui.domain.text import slug
from tui.errors import AlongsideError, NewerError, StorageError, UsageError
from tui.services.ports import Problem
from tui.store.codec import ABOUT, SCHEMA, Patch, records_in, schema_of
from tui.store.files import (
    Document,
    Stamp,
    Tables,
    is_temporary,
    make_folder,
    parse,
    read_bytes,
    serialise,
    storage_error,
    write_atomically,
)
from tui.store.lock import PATIENCE, locked

JOURNAL_FILE = "journal.json"
PEOPLE_FOLDER = "people"
PERSON_FILE = "person.json"
TICK = 50_000_000
"""Nanoseconds within which a folder may change twice and show one time; it is looked at again."""
_SHORT = 4
"""Characters of an id in a name; more where that is taken."""


class Written(NamedTuple):
    """What came of writing changes into files."""

    contents: tuple[Contents, ...]
    """Files that hold more than was written, because someone else changed them."""
    kept_both: int


class Seen(NamedTuple):
    """What has changed in the folder since it was looked at last."""

    contents: tuple[Contents, ...]
    gone: tuple[Home, ...]
    problems: tuple[Problem, ...] | None


class JournalFolder:
    """A journal on disk. Use it from one thread at a time, `read_page` excepted."""

    def __init__(self, folder: str, lock: str, new_id: Callable[[], str]) -> None:
        """Name a journal; nothing is read or made yet.

        Args:
            folder: The journal's folder, which need not exist.
            lock: The path of its lock file, outside the folder.
            new_id: Gives the id of a new journal.
        """
        self.folder = folder
        self._people = os.path.join(folder, PEOPLE_FOLDER)
        self._lock = lock
        self._new_id = new_id
        self._paths: dict[Home, str] = {}
        self._folders: dict[str, str] = {}
        self._stamps: dict[str, Stamp] = {}
        self._folder_times: dict[str, int] = {}
        self._problems: dict[str, str] = {}
        self._newer = False

    # -- reading ---------------------------------------------------------------------------

    def load(self) -> Journal:
        """Read everything but the pages. What cannot be read is in `problems` afterwards.

        Raises:
            StorageError: Where the folder is a file or cannot be entered.
            UsageError: Where the folder holds other things and no journal.
        """
        self._check_folder()
        self._read_about()
        seen = self._look()
        return Journal().adopt(seen.contents)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The files that could not be read, and why."""
        return tuple(Problem(path, why) for path, why in sorted(self._problems.items()))

    @property
    def is_read_only(self) -> bool:
        """Whether a newer alongside wrote the journal."""
        return self._newer

    def _check_folder(self) -> None:
        if not os.path.lexists(self.folder):
            return
        if not os.path.isdir(self.folder):
            raise StorageError(f"{self.folder} is a file, not a folder. A journal is a folder.")
        try:
            names = os.listdir(self.folder)
        except OSError as error:
            raise StorageError(f"{self.folder} cannot be opened: {error.strerror}.") from error
        visible = [name for name in names if not name.startswith(".")]
        if visible and JOURNAL_FILE not in names and PEOPLE_FOLDER not in names:
            raise UsageError(
                f"{self.folder} holds other things and no journal. "
                "Name a journal, or a folder that is empty or does not exist yet."
            )

    def _read_about(self) -> None:
        path = os.path.join(self.folder, JOURNAL_FILE)
        try:
            data, _ = read_bytes(path)
            tables = parse(data, JOURNAL_FILE)
        except FileNotFoundError:
            return
        except AlongsideError as error:
            self._problems[path] = str(error)
            return
        if schema_of(tables) > SCHEMA:
            self._newer = True
            self._problems[path] = "A newer alongside wrote this journal; it is open for reading."

    def poll(self) -> Seen:
        """Return what others have changed since the last look.

        A file that is replaced changes its folder's time, so that only changed folders are read.

        Raises:
            StorageError: Where the whole journal has gone.
        """
        if self._paths and not os.path.isdir(self._people):
            raise StorageError(f"{self.folder} is not there any more.")
        return self._look()

    def _look(self) -> Seen:
        contents: list[Contents] = []
        gone: list[Home] = []
        problems_before = dict(self._problems)
        known_folders = set(self._folder_times)
        try:
            with os.scandir(self._people) as entries:
                found = [entry.path for entry in entries if entry.is_dir()]
            folders = sorted(found, key=lambda path: (len(path), path))  # a copy has a longer name
        except FileNotFoundError:
            folders = []
        except OSError as error:
            raise storage_error(error, self._people) from error
        for folder in folders:
            try:
                changed = os.stat(folder).st_mtime_ns
                if self._folder_times.get(folder) != changed:
                    is_settled = time.time_ns() - changed > TICK
                    self._look_in(folder, contents, gone)
                    self._folder_times[folder] = changed if is_settled else 0
                self._problems.pop(folder, None)
            except OSError as error:
                self._problems[folder] = f"{folder}: {error.strerror}."
            known_folders.discard(folder)
        for folder in known_folders:
            del self._folder_times[folder]
            gone += self._forget(home for home, path in self._in_folder(folder))
        changed = self._problems != problems_before
        return Seen(tuple(contents), tuple(gone), self.problems if changed else None)

    def _in_folder(self, folder: str) -> list[tuple[Home, str]]:
        return [(h, p) for h, p in self._paths.items() if os.path.dirname(p) == folder]

    def _forget(self, homes: Iterable[Home]) -> list[Home]:
        gone = list(homes)
        for home in gone:
            self._stamps.pop(self._paths.pop(home), None)
        return gone

    def _look_in(self, folder: str, contents: list[Contents], gone: list[Home]) -> None:
        """Read what is new in one person's folder."""
        with os.scandir(folder) as entries:
            stamps = dict(filter(None, map(_stamped, entries)))
        known = {path: home for home, path in self._in_folder(folder)}
        for path in [p for p in self._problems if os.path.dirname(p) == folder]:
            if os.path.basename(path) not in stamps:
                del self._problems[path]
        person_id = self._folders.get(folder)
        for name in sorted(stamps, key=lambda name: (name != PERSON_FILE, len(name), name)):
            path = os.path.join(folder, name)
            home = known.pop(path, None)
            if home is not None and self._stamps.get(path) == stamps[name]:
                continue
            found = self._read(path, name, person_id)
            if found is None:
                continue
            if name == PERSON_FILE:
                person_id = found.home.person_id
                self._folders[folder] = person_id
            contents.append(found)
        moved = {home for path, home in known.items() if self._paths.get(home) != path}
        gone += self._forget(home for home in known.values() if home not in moved)

    def _read(self, path: str, name: str, person_id: str | None) -> Contents | None:
        """Read one file without its page; what is wrong with it is noted among the problems."""
        self._problems.pop(path, None)
        try:
            data, stamp = read_bytes(path)
            tables = parse(data, name)
        except FileNotFoundError:
            return None
        except AlongsideError as error:
            self._problems[path] = str(error)
            return None
        home = _home_in(tables, name, person_id)
        if home is None:
            self._problems[path] = f"{name} does not say whom it is about."
            return None
        other = self._paths.get(home, path)
        if other != path and os.path.exists(other):
            self._problems[path] = f"{name} is a copy of {os.path.relpath(other, self.folder)}."
            return None
        self._paths[home] = path
        self._stamps[path] = stamp
        return self._contents(home, tables, path, with_page=False)

    def _contents(self, home: Home, tables: Tables, path: str, *, with_page: bool) -> Contents:
        records: list[Record] = []
        for record, problem in records_in(tables, home, with_page=with_page):
            if record is not None:
                records.append(record)
            else:
                self._problems[path] = f"{os.path.basename(path)}, {problem}"
        newer = self._newer or schema_of(tables) > SCHEMA
        return Contents(home, tuple(records), newer, has_page=with_page)

    def read_page(self, home: Home) -> Contents | None:
        """Return all that a one-to-one's file holds; None where it cannot be read."""
        path = self._paths.get(home)
        if path is None:
            return None
        try:
            data, _ = read_bytes(path)
            tables = parse(data, os.path.basename(path))
        except FileNotFoundError:
            return None
        except AlongsideError as error:
            self._problems[path] = str(error)
            return None
        return self._contents(home, tables, path, with_page=True)

    # -- writing ---------------------------------------------------------------------------

    def write(
        self, patches: Iterable[Patch], *, durable: bool = True, patience: float = PATIENCE
    ) -> Written:
        """Write changes into one file: lock, read, merge, replace, read back.

        Args:
            patches: Changes that all have the same home, in order.
            durable: Whether to wait for the disk.
            patience: Seconds to wait for the lock.

        Raises:
            StorageError: Where the disk refuses, or the file or folder has gone.
            DamagedError: Where the file cannot be read; it is left as it is.
            NewerError: Where a newer version of alongside wrote it.
            BusyError: Where another program holds the lock for too long.
        """
        from tui.store.tables import has_records, patched

        patches = tuple(patches)
        home = patches[0].home
        with locked(self._lock, patience):
            self._make(durable=durable)
            path, is_new = self._path_for(home, patches)
            tables: Tables = {}
            known = self._stamps.get(path)
            if not is_new:
                try:
                    data, stamp = read_bytes(path)
                except FileNotFoundError as error:
                    raise StorageError(f"{path} is not there any more.") from error
                tables = parse(data, os.path.basename(path))
                if self._newer or schema_of(tables) > SCHEMA:
                    raise NewerError(f"{path} was written by a newer alongside.")
            after, kept_both = patched(tables, patches, _about(home))
            if has_records(after):
                try:
                    new = write_atomically(path, serialise(after), durable=durable)
                finally:  # it may be there even where making sure of it failed
                    if os.path.lexists(path):
                        self._paths[home] = path
                self._stamps[path] = new
            else:
                self._remove(path, home)
            if home.one_to_one_id is None:
                self._folders[os.path.dirname(path)] = home.person_id
        if is_new or (known == stamp and not kept_both):
            return Written((), kept_both)
        return Written((self._contents(home, after, path, with_page=True),), kept_both)

    def _remove(self, path: str, home: Home) -> None:
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise StorageError(f"{path} cannot be removed: {error.strerror}.") from error
        self._paths.pop(home, None)
        self._stamps.pop(path, None)
        if home.one_to_one_id is None:
            with suppress(OSError):
                os.rmdir(os.path.dirname(path))

    def _make(self, *, durable: bool) -> None:
        """Make the folder and say in it what it is, where that has not been done."""
        if self._paths and not os.path.isdir(self._people):
            raise StorageError(f"{self.folder} is not there any more.")
        if self._newer:
            raise NewerError(f"{self.folder} was written by a newer alongside.")
        make_folder(self._people)
        about = os.path.join(self.folder, JOURNAL_FILE)
        if not os.path.lexists(about):
            document = {"schema": SCHEMA, "kind": "journal", "id": self._new_id()}
            write_atomically(about, serialise({ABOUT: {"file": document}}), durable=durable)

    def _path_for(self, home: Home, patches: tuple[Patch, ...]) -> tuple[str, bool]:
        """Return where a home's file is or is to be, and whether it is new."""
        known = self._paths.get(home)
        if known is not None:
            return known, False
        if home.one_to_one_id is None:
            name = next((p.after["name"] for p in patches if p.table == "person" and p.after), "")
            folder = self._free(self._people, slug(name), home.person_id, "")
            make_folder(folder)
            return os.path.join(folder, PERSON_FILE), True
        person = self._paths.get(Home(home.person_id))
        if person is None:
            raise StorageError("The person this belongs to is not in the journal any more.")
        at = next((p.after["at"] for p in patches if p.table == "one_to_one" and p.after), None)
        if at is None:
            raise StorageError("The one-to-one this belongs to is not in the journal any more.")
        return self._free(os.path.dirname(person), at[:10], home.one_to_one_id, ".json"), True

    def _free(self, folder: str, stem: str, record_id: str, suffix: str) -> str:
        """Return a path that is not taken: the stem and as much of the id's end as it takes."""
        digits = record_id.replace("-", "")
        for length in range(_SHORT, len(digits) + 1):
            path = os.path.join(folder, f"{stem}-{digits[-length:]}{suffix}")
            if not os.path.lexists(path) or (os.path.isdir(path) and not _names(path)):
                return path
        raise StorageError(f"There is no free name for {stem} in {folder}.")

    def sweep(self) -> None:
        """Remove temporary files that a program which was killed left behind.

        Only under the lock, so that nobody is writing one; where it is not free, another time.
        """
        with locked(self._lock, patience=0):
            for folder in (self.folder, *self._folder_times):
                for name in _names(folder):
                    if is_temporary(name):
                        os.unlink(os.path.join(folder, name))


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _stamped(entry: os.DirEntry[str]) -> tuple[str, Stamp] | None:
    """Return the name and stamp of a file of the journal, None for anything else."""
    if not entry.name.endswith(".json") or entry.name.startswith("."):
        return None
    try:
        return entry.name, Stamp.of(entry.stat())
    except OSError:  # a link that leads nowhere, or a file that has just gone
        return None


def _about(home: Home) -> Document:
    """Return what a file says about itself.

    A one-to-one says whose it is, should the person's own file beside it ever be unreadable.
    """
    if home.one_to_one_id is None:
        return {"schema": SCHEMA, "kind": "person"}
    return {"schema": SCHEMA, "kind": "one-to-one", "person": home.person_id}


def _home_in(tables: Tables, name: str, person_id: str | None) -> Home | None:
    """Return the home a file is, from the ids it holds and the person whose folder it is in."""
    if name == PERSON_FILE:
        ids = tables.get("person", {})
        return Home(next(iter(ids))) if len(ids) == 1 else None
    ids = tables.get("one_to_one", {})
    if person_id is None:
        said = tables.get(ABOUT, {}).get("file", {}).get("person")
        person_id = said if isinstance(said, str) else None
    return Home(person_id, next(iter(ids))) if person_id and len(ids) == 1 else None
