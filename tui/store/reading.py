"""Reading a journal: finds its files, reads them, and sees what others change in them.

::

    journal/
      journal.json                     schema version, the journal's id, own templates, questions
      people/
        dana-okafor-7f3a/
          person.json                  the person, the shelf, follow-ups made outside a talk
          2026-11-24-91c2.json         one one-to-one with all that was written in it

Folder and file names are there for people to read; what counts is what the files say.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from tui.domain.journal import OWN, Contents, Home, Journal, Record
from tui.errors import AlongsideError, DamagedError, StorageError, UsageError
from tui.services.ports import Problem
from tui.store.catalogue import Catalogue
from tui.store.codec import records_in
from tui.store.digest import Digest, Entry, Front, stamps_in
from tui.store.files import (
    Stamp,
    Tables,
    is_temporary,
    parse,
    read_bytes,
    storage_error,
)
from tui.store.links import is_our_temporary, leads_out
from tui.store.migrations import ABOUT, SCHEMA, migrated, schema_of
from tui.store.names import DIGEST_FOLDER, JOURNAL_FILE, PEOPLE_FOLDER, PERSON_FILE
from tui.store.versions import Aside, Versions

TICK = 50_000_000
"""Nanoseconds within which a folder may change twice and show one time; it is looked at again."""
WORTH_SAVING = 50
"""Files read after which a command saves the digest for the next one."""


class Seen(NamedTuple):
    """What has changed in the folder since it was looked at last."""

    contents: tuple[Contents, ...]
    gone: tuple[Home, ...]
    problems: tuple[Problem, ...] | None


class Reader:
    """Reads a journal on disk. Use it from one thread at a time, `read_page` excepted."""

    def __init__(self, folder: str, state: str, new_id: Callable[[], str]) -> None:
        """Name a journal; nothing is read or made yet.

        Args:
            folder: The journal's folder, which need not exist.
            state: The folder of what this machine keeps about the journal, outside of it.
            new_id: Gives the id of a new journal.
        """
        self.folder = folder
        self.lock = os.path.join(state, "lock")
        self.versions = Versions(os.path.join(state, "versions"))
        self.aside = Aside(os.path.join(state, "aside"))
        self._people = os.path.join(folder, PEOPLE_FOLDER)
        self._digest = Digest(os.path.join(state, DIGEST_FOLDER))
        self._new_id = new_id
        self._catalogue = Catalogue()
        self._person_ids: dict[str, str] = {}
        self._times: dict[str, int] = {}
        self._in_part: set[str] = set()
        self._seen_early: tuple[list[Contents], list[Home]] = ([], [])
        self._looked_at: set[Home] = set()
        self._suspects: set[str] = set()
        self._own_stamp: Stamp | None = None
        self._problems: dict[str, Problem] = {}
        self._damaged: dict[str, Stamp | None] = {}
        self._told: tuple[Problem, ...] = ()
        self._newer = False

    # -- reading ---------------------------------------------------------------------------

    def load(self, *, whole: bool = True) -> Journal:
        """Read everything but the pages. What cannot be read is in `problems` afterwards.

        Args:
            whole: Whether to read what a first look does not need, too; else `poll` does it bit by
                bit. In part there are all people, what is open, and what was lately; of those
                whose folder has changed since it was seen last there is everything.

        Raises:
            StorageError: Where the folder is a file or cannot be entered.
            UsageError: Where the folder holds other things and no journal.
        """
        self.check()
        self._own_stamp = None
        contents = [] if whole else self._read_front()
        return Journal().adopt([*contents, *self._look(in_part=True).contents])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The files that could not be read, and why."""
        return tuple(problem for _, problem in sorted(self._problems.items()))

    @property
    def is_read_only(self) -> bool:
        """Whether a newer alongside wrote the journal."""
        return self._newer

    @property
    def is_whole(self) -> bool:
        """Whether all was read that is there to be read."""
        return not self._in_part

    def path_of(self, home: Home) -> str | None:
        """Return the file of a home, None where there is none."""
        if home == OWN:
            path = os.path.join(self.folder, JOURNAL_FILE)
            return path if os.path.lexists(path) else None
        return self._catalogue.path(home)

    def size_of(self, home: Home) -> int:
        """Return the size of a home's file in bytes, 0 where there is none."""
        try:
            return os.stat(self.path_of(home) or "").st_size
        except OSError:
            return 0

    def name_of(self, path: str) -> str:
        """Return a file's path within the journal."""
        return os.path.relpath(path, self.folder)

    def names(self) -> tuple[str, ...]:
        """Return all files of the journal by their paths within it, whatever they are.

        Hidden files and what a program that was killed left behind are not among them.
        """
        people = [os.path.join(PEOPLE_FOLDER, name) for name in names_in(self._people)]
        found = [
            os.path.join(place, name)
            for place in ("", PEOPLE_FOLDER, *people)
            for name in names_in(os.path.join(self.folder, place))
            if not name.startswith(".")
        ]
        return tuple(sorted(n for n in found if os.path.isfile(os.path.join(self.folder, n))))

    def temporary_files(self) -> tuple[str, ...]:
        """Return the paths of the temporary files in it, of a program that was killed mostly."""
        places = [self.folder, *self._times, *self._in_part]
        found = [
            os.path.join(place, name)
            for place in places
            for name in names_in(place)
            if is_temporary(name)
        ]
        return tuple(path for path in found if self._is_temporary_here(path))

    def _is_temporary_here(self, path: str) -> bool:
        """Return whether a temporary file is ours; behind a link others' programs write some."""
        place, name = os.path.split(path)
        return not leads_out(place, self.folder) or is_our_temporary(name)

    def check(self) -> None:
        """See whether this is a journal, or may become one.

        Raises:
            StorageError: Where the folder is a file or cannot be entered.
            UsageError: Where the folder holds other things and no journal.
        """
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

    def _read_own(self, contents: list[Contents]) -> None:
        """Read what belongs to the manager, and what the journal says about itself, if it is new.

        Of a journal in a newer version's words nothing is read but that it is one.
        """
        path = os.path.join(self.folder, JOURNAL_FILE)
        stamp = _stamp_of(path)
        if stamp is None or stamp == self._own_stamp:
            return
        self._problems.pop(path, None)
        try:
            data, self._own_stamp = read_bytes(path)
            tables = migrated(parse(data, JOURNAL_FILE))
        except FileNotFoundError:
            return
        except AlongsideError as error:
            self._own_stamp = stamp
            self._note_problem(path, error)
            return
        if schema_of(tables) > SCHEMA:
            self._newer = True
            sentence = "A newer alongside wrote this journal; it is open for reading."
            self._problems[path] = Problem(path, sentence)
        contents.append(self._contents(OWN, tables, path, with_page=False))

    def _read_front(self) -> list[Contents]:
        """Take from the digest what a first look needs, of the folders that have not changed."""
        fronts = self._digest.front()
        if not _are_all_known(fronts, self._person_folders()):
            return []
        contents = []
        for name, front in fronts.items():
            folder = os.path.join(self._people, name)
            try:
                if not front.time or os.stat(folder).st_mtime_ns != front.time:
                    continue
            except OSError:
                continue
            for entry in front.entries:
                found = self._recall(folder, entry)
                if found is not None:
                    contents.append(found)
            self._in_part.add(folder)
        return contents

    def poll(self) -> Seen:
        """Return what others have changed since the last look, or some of what was not read yet.

        A file that is replaced changes its folder's time, so that only changed folders are read,
        and those of which a page was looked at, that could not be read, or that somebody else
        could not read (`suspect`): these are found even if written in place.

        Raises:
            StorageError: Where the whole journal has gone.
        """
        if self._catalogue and not os.path.isdir(self._people):
            raise StorageError(f"{self.folder} is not there any more.")
        for home in tuple(self._looked_at):
            path = self._catalogue.path(home)
            if path is not None and _stamp_of(path) != self._catalogue.stamp(home):
                self._times[os.path.dirname(path)] = 0
        for path, stamp in tuple(self._damaged.items()):
            if path not in self._problems:
                self._damaged.pop(path, None)
            elif _stamp_of(path) != stamp:  # it was copied back, perhaps, or damaged otherwise
                self._suspects.add(path)
        for path in tuple(self._suspects):
            folder = os.path.dirname(path)
            if os.path.dirname(folder) == self._people and os.path.isdir(folder):
                self._times[folder] = 0
            else:
                self._suspects.discard(path)
        return self._look()

    def suspect(self, path: str) -> None:
        """Have the next look read a file whatever it looks like; for any thread."""
        self._suspects.add(path)

    def _look(self, *, in_part: bool = False) -> Seen:
        contents, gone = self._seen_early
        self._seen_early = ([], [])
        self._read_own(contents)
        lost = set(self._times) | self._in_part
        left = 0 if in_part else 1
        for folder in self._person_folders():
            lost.discard(folder)
            if folder in self._in_part:
                if not left:
                    continue
                left -= 1
            self._look_at(folder, contents, gone)
        for folder in lost:
            self._times.pop(folder, None)
            self._in_part.discard(folder)
            gone += self._forget(self._catalogue.in_folder(folder).values())
        problems = self.problems
        is_news, self._told = problems != self._told, problems
        return Seen(tuple(contents), tuple(gone), problems if is_news else None)

    def _look_at(self, folder: str, contents: list[Contents], gone: list[Home]) -> None:
        """Read what is new in one person's folder, if anything is."""
        try:
            changed = os.stat(folder).st_mtime_ns
            if self._times.get(folder) != changed:
                is_settled = time.time_ns() - changed > TICK
                self._look_in(folder, contents, gone)
                self._times[folder] = changed if is_settled else 0
            self._problems.pop(folder, None)
        except OSError as error:
            self._problems[folder] = Problem(folder, f"{folder}: {error.strerror}.")
        self._in_part.discard(folder)

    def _person_folders(self) -> list[str]:
        try:
            with os.scandir(self._people) as entries:
                found = [entry.path for entry in entries if entry.is_dir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise storage_error(error, self._people) from error
        return sorted(found, key=lambda path: (len(path), path))  # a copy has a longer name

    def _forget(self, homes: Iterable[Home]) -> list[Home]:
        gone = list(homes)
        for home in gone:
            path = self._catalogue.path(home)
            self._digest.note_gone(os.path.basename(os.path.dirname(path or "")))
            self._catalogue.strike(home)
        return gone

    def _look_in(self, folder: str, contents: list[Contents], gone: list[Home]) -> None:
        """Read what is new in one person's folder."""
        stamps = dict(stamps_in(folder))
        known = self._catalogue.in_folder(folder)
        suspects = {path for path in tuple(self._suspects) if os.path.dirname(path) == folder}
        self._suspects -= suspects
        for path in [p for p in self._problems if os.path.dirname(p) == folder]:
            if os.path.basename(path) not in stamps:
                del self._problems[path]
        digest: dict[str, Entry] | None = None
        for name in sorted(stamps, key=lambda name: (name != PERSON_FILE, len(name), name)):
            home = known.get(name)
            path = os.path.join(folder, name)
            is_known = home is not None and self._catalogue.stamp(home) == stamps[name]
            if is_known and path not in suspects:
                continue
            if digest is None:
                digest = self._digest.of(os.path.basename(folder))
            entry = digest.get(name)
            if entry is not None and entry.stamp == stamps[name] and path not in suspects:
                found = self._recall(folder, entry)
            else:
                found = self._read(path, name, self._person_ids.get(folder))
            if found is not None:
                contents.append(found)
        here = self._catalogue.in_folder(folder)
        gone += self._forget(
            home
            for name, home in known.items()
            if (name not in stamps or here.get(name) != home)
            and self._catalogue.path(home) == os.path.join(folder, name)
        )

    def _recall(self, folder: str, entry: Entry) -> Contents | None:
        """Return what the digest knows of a file."""
        path = os.path.join(folder, entry.name)
        if not self._enter(entry.home, path, entry.stamp):
            return None
        return self._contents(entry.home, entry.tables, path, with_page=False)

    def _read(self, path: str, name: str, person_id: str | None) -> Contents | None:
        """Read one file without its page; what is wrong with it is noted among the problems."""
        try:
            data, stamp = read_bytes(path)
            tables = migrated(parse(data, name))
            home = home_in(tables, name, person_id)
        except FileNotFoundError:
            return None
        except AlongsideError as error:
            found = self._last_good(path, name, person_id)
            self._note_problem(path, error)
            return found
        if not self._enter(home, path, stamp):
            return None
        found = self._contents(home, tables, path, with_page=False)
        if path not in self._problems:
            folder = os.path.basename(os.path.dirname(path))
            self._digest.note(folder, Entry(name, stamp, home, tables))
        return found

    def _last_good(self, path: str, name: str, person_id: str | None) -> Contents | None:
        """Return what a file that cannot be read held when it could, so that nobody vanishes.

        Nothing can be written into it before it is mended.
        """
        if name in self._catalogue.in_folder(os.path.dirname(path)):
            return None  # it was read, and is still shown
        for version in reversed(self.versions.of(self.name_of(path))):
            try:
                tables = migrated(parse(version.data, name))
                home = home_in(tables, name, person_id)
            except AlongsideError:
                continue
            if self._catalogue.path(home) in (None, path) and self._enter(home, path, None):
                return self._contents(home, tables, path, with_page=False)
        return None

    def _note_problem(self, path: str, error: AlongsideError) -> None:
        can_be_mended = isinstance(error, DamagedError)
        self._problems[path] = Problem(path, str(error), can_be_mended=can_be_mended)
        self._damaged[path] = _stamp_of(path)

    def _enter(self, home: Home, path: str, stamp: Stamp | None) -> bool:
        """Note where a home is; returns False where that is a copy of one that is known."""
        self._problems.pop(path, None)
        owner = os.path.dirname(self._catalogue.path(Home(home.person_id)) or path)
        if owner in self._in_part and owner != os.path.dirname(path):  # this may be a copy of it
            self._look_at(owner, *self._seen_early)
        other = self._catalogue.path(home) or path
        if other != path and os.path.exists(other):
            sentence = f"{os.path.basename(path)} is a copy of {self.name_of(other)}."
            self._problems[path] = Problem(path, sentence, can_be_mended=True, copy_of=other)
            return False
        self._catalogue.enter(home, path, stamp)
        if home.one_to_one_id is None:
            self._person_ids[os.path.dirname(path)] = home.person_id
        return True

    def _contents(self, home: Home, tables: Tables, path: str, *, with_page: bool) -> Contents:
        records: list[Record] = []
        for record, problem in records_in(tables, home, with_page=with_page):
            if record is not None:
                records.append(record)
            else:
                self._problems[path] = Problem(path, f"{os.path.basename(path)}, {problem}")
                self._damaged[path] = _stamp_of(path)
        newer = self._newer or schema_of(tables) > SCHEMA
        return Contents(home, tuple(records), newer, has_page=with_page)

    def read_page(self, home: Home) -> Contents | None:
        """Return all that a one-to-one's file holds; None where it cannot be read."""
        path = self._catalogue.path(home)
        if path is None:
            return None
        self._looked_at.add(home)
        try:
            data, _ = read_bytes(path)
            tables = migrated(parse(data, os.path.basename(path)))
        except FileNotFoundError:
            return None
        except AlongsideError as error:
            self._note_problem(path, error)
            return None
        return self._contents(home, tables, path, with_page=True)

    def save_digest(self, at_least: int = 0) -> None:
        """Save what was read, so that the next start need not read it.

        Args:
            at_least: How many files must have been read for it to be worth it.
        """
        if self._digest.fresh < at_least or not os.path.isdir(os.path.dirname(self.lock)):
            return
        troubled = {os.path.dirname(path) for path in self._problems} | set(self._problems)
        times = {
            os.path.basename(folder): 0 if folder in troubled else changed
            for folder, changed in self._times.items()
        }
        self._digest.save(self._people, times)


def _are_all_known(fronts: Mapping[str, Front], folders: Iterable[str]) -> bool:
    """Return whether each person's folder is known, and each of them is another person's.

    Where one is not, it may be a copy of another; which of the two counts is told by all files.
    """
    if not set(map(os.path.basename, folders)) <= set(fronts):
        return False
    if any(not front.entries and not front.time for front in fronts.values()):
        return False
    owners = [{entry.home.person_id for entry in f.entries} for f in fronts.values() if f.entries]
    return len(set().union(*owners)) == len(owners) and all(len(ids) == 1 for ids in owners)


def names_in(folder: str) -> list[str]:
    """Return the names in a folder; none where it cannot be read."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _stamp_of(path: str) -> Stamp | None:
    try:
        return Stamp.of(os.stat(path))
    except OSError:
        return None


def home_in(tables: Tables, name: str, person_id: str | None) -> Home:
    """Return the home a file is, from the ids it holds and the person whose folder it is in.

    Raises:
        DamagedError: Where it does not say.
    """
    ids = tables.get("person" if name == PERSON_FILE else "one_to_one", {})
    if name == PERSON_FILE:
        if len(ids) == 1:
            return Home(next(iter(ids)))
    else:
        said = tables.get(ABOUT, {}).get("file", {}).get("person")
        person_id = person_id or (said if isinstance(said, str) else None)
        if person_id and len(ids) == 1:
            return Home(person_id, next(iter(ids)))
    raise DamagedError(f"{name} does not say whom it is about.")
