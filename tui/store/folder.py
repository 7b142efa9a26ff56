"""The journal folder: what `tui.store.reading` reads, and how changes are written into it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import NamedTuple

from tui.domain.journal import OWN, Contents, Home
from tui.domain.text import slug
from tui.errors import NewerError, StorageError
from tui.store.codec import Patch
from tui.store.digest import Entry
from tui.store.files import (
    Document,
    Stamp,
    Tables,
    flush_folder,
    make_folder,
    parse,
    read_bytes,
    serialise,
    storage_error,
    write_atomically,
)
from tui.store.links import remove_if_empty
from tui.store.lock import PATIENCE, locked
from tui.store.migrations import ABOUT, SCHEMA, migrated, schema_of
from tui.store.names import JOURNAL_FILE, KEPT_FOLDER, PERSON_FILE
from tui.store.reading import Reader
from tui.store.versions import DELETED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.store.kept import Kept
    from tui.store.searching import TextFinder

_SHORT = 4
"""Characters of an id in a name; more where that is taken."""


class Written(NamedTuple):
    """What came of writing changes into files."""

    contents: tuple[Contents, ...]
    """Files that hold more than was written, because someone else changed them."""
    kept_both: int


class JournalFolder(Reader):
    """A journal on disk. Use it from one thread at a time, `read_page` excepted."""

    _finder: TextFinder | None = None
    _kept: Kept | None = None
    _is_held = False

    def finder(self) -> TextFinder:
        """Return what searches the files, in a thread of its own; always the same."""
        from tui.store.searching import TextFinder

        if self._finder is None:
            self._finder = TextFinder(self.folder, self.kept)
        return self._finder

    @property
    def kept(self) -> Kept:
        """What searches have kept of the texts, beside the journal."""
        from tui.store.kept import Kept

        if self._kept is None:
            self._kept = Kept(os.path.dirname(self.lock))
        return self._kept

    def keep_texts(self) -> None:
        """Keep again what was kept of folders that were written into, as it is now."""
        if self._kept is not None:
            self._kept.put_back(self._people)

    def _take_texts(self, path: str) -> None:
        """Have nothing kept of a folder in which a file is about to change."""
        if os.path.isdir(os.path.join(os.path.dirname(self.lock), KEPT_FOLDER)):
            self.kept.take(os.path.basename(os.path.dirname(path)))

    @contextmanager
    def hold(self, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock over several writes, so that nobody else writes between them.

        Args:
            patience: Seconds to wait for the lock.

        Raises:
            BusyError: Where another program holds it for too long.
            StorageError: Where it cannot be made.
        """
        with locked(self.lock, patience):
            self._is_held = True
            try:
                yield
            finally:
                self._is_held = False

    def write(
        self, patches: Iterable[Patch], *, durable: bool = True, patience: float = PATIENCE
    ) -> Written:
        """Write changes into one file: lock, read, merge, replace, read back.

        Args:
            patches: Changes that all have the same home, in order.
            durable: Whether to wait for the disk, and to keep versions.
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
        with nullcontext() if self._is_held else locked(self.lock, patience):
            self._make(durable=durable)
            found = self._path_for(home, patches)
            if found is None:
                return Written((), 0)
            path, is_new = found
            tables: Tables = {}
            known = self._own_stamp if home == OWN else self._catalogue.stamp(home)
            if not is_new:
                try:
                    data, stamp = read_bytes(path)
                except FileNotFoundError as error:
                    if _leaves_nothing(patches):
                        self._forget([home])
                        return Written((), 0)
                    raise StorageError(f"{path} is not there any more.") from error
                tables = parse(data, os.path.basename(path))
                if self._newer or schema_of(tables) > SCHEMA:
                    raise NewerError(f"{path} was written by a newer alongside.")
                tables = migrated(tables)
                if durable:
                    self.versions.keep(self.name_of(path), data, stamp)
            after, kept_both = patched(tables, patches, self._about(home))
            if has_records(after) or home == OWN:
                if is_new and not _is_free(path):
                    raise StorageError(f"{path} is there already. It was left as it is.")
                self._put(home, path, after, durable=durable)
            else:
                self._remove(path, home)
        is_as_known = is_new or (known == stamp and not kept_both)
        if is_as_known and not self._was_seen_early(home) and not _is_kept(patches, after):
            return Written((), kept_both)
        return Written((self._contents(home, after, path, with_page=True),), kept_both)

    def _was_seen_early(self, home: Home) -> bool:
        """Return whether a file was read just to be written, so that nobody has heard of it yet."""
        contents, _ = self._seen_early
        others = [seen for seen in contents if seen.home != home]
        was_seen = len(others) < len(contents)
        contents[:] = others
        return was_seen

    def _put(self, home: Home, path: str, tables: Tables, *, durable: bool) -> None:
        """Write a file, keep it among its versions, and note where it is."""
        data = serialise(tables)
        if home == OWN:
            self._own_stamp = write_atomically(path, data, durable=durable)
            if durable:
                self.versions.keep(self.name_of(path), data, self._own_stamp)
            self._problems.pop(path, None)
            return
        self._take_texts(path)
        stamp = None
        try:
            stamp = write_atomically(path, data, durable=durable)
        finally:  # it may be there even where making sure of it failed
            if stamp is not None or os.path.lexists(path):
                self._catalogue.enter(home, path, stamp or self._catalogue.stamp(home))
        if home.one_to_one_id is None:
            self._person_ids[os.path.dirname(path)] = home.person_id
        if durable:
            self.versions.keep(self.name_of(path), data, stamp)
        known = self._problems.get(path)
        if known is not None and known.can_be_mended:  # it has been mended, then
            del self._problems[path]
        folder, name = os.path.split(path)
        self._digest.note(os.path.basename(folder), Entry(name, stamp, home, tables))

    def _remove(self, path: str, home: Home) -> None:
        self._take_texts(path)
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise StorageError(f"{path} cannot be removed: {error.strerror}.") from error
        self._forget([home])
        folder = os.path.dirname(path)
        try:
            if home.one_to_one_id is None and remove_if_empty(folder):
                folder = self._people
            flush_folder(folder)
            time = os.stat(folder).st_mtime_ns
        except OSError as error:
            raise storage_error(error, folder) from error
        self.versions.keep(self.name_of(path), DELETED, Stamp((0, 0, time)))

    def _make(self, *, durable: bool) -> None:
        """Make the folder and say in it what it is, where that has not been done."""
        if self._catalogue and not os.path.isdir(self._people):
            raise StorageError(f"{self.folder} is not there any more.")
        if self._newer:
            raise NewerError(f"{self.folder} was written by a newer alongside.")
        make_folder(self._people)
        about = os.path.join(self.folder, JOURNAL_FILE)
        if _is_free(about):
            tables = {ABOUT: {"file": self._about(OWN)}}
            self._own_stamp = write_atomically(about, serialise(tables), durable=durable)

    def _path_for(self, home: Home, patches: tuple[Patch, ...]) -> tuple[str, bool] | None:
        """Return where a home's file is or is to be, and whether it is new.

        None where there is none and none is needed, because the changes only take things away.
        """
        known = self.path_of(home)
        if known is not None:
            return known, False
        person = self._catalogue.path(Home(home.person_id))
        if person is not None and os.path.dirname(person) in self._in_part:
            self._look_at(os.path.dirname(person), *self._seen_early)
            return self._path_for(home, patches)
        if _leaves_nothing(patches):
            return None
        if home.one_to_one_id is None:
            name = next((p.after["name"] for p in patches if p.table == "person" and p.after), None)
            if name is None:
                raise StorageError("The person this belongs to is not in the journal any more.")
            folder = self._free(self._people, slug(name), home.person_id, "")
            make_folder(folder)
            return os.path.join(folder, PERSON_FILE), True
        if person is None:
            raise StorageError("The person this belongs to is not in the journal any more.")
        at = next((p.after["at"] for p in patches if p.table == "one_to_one" and p.after), None)
        if at is None:
            raise StorageError("The one-to-one this belongs to is not in the journal any more.")
        is_added = any(p.table == "one_to_one" and p.before is None for p in patches)
        if not is_added and any(
            os.path.dirname(p) == os.path.dirname(person) for p in self._problems
        ):
            raise StorageError(f"Not all files in {os.path.dirname(person)} can be read now.")
        return self._free(os.path.dirname(person), at[:10], home.one_to_one_id, ".json"), True

    def _free(self, folder: str, stem: str, record_id: str, suffix: str) -> str:
        """Return a path that is not taken: the stem and as much of the id's end as it takes."""
        digits = record_id.replace("-", "")
        for length in range(_SHORT, len(digits) + 1):
            path = os.path.join(folder, f"{stem}-{digits[-length:]}{suffix}")
            if _is_free(path):
                return path
        raise StorageError(f"There is no free name for {stem} in {folder}.")

    def _about(self, home: Home) -> Document:
        """Return what a file says about itself.

        A one-to-one says whose it is, should the person's own file beside it ever be unreadable.
        """
        if home == OWN:
            return {"schema": SCHEMA, "kind": "journal", "id": self._new_id()}
        if home.one_to_one_id is None:
            return {"schema": SCHEMA, "kind": "person"}
        return {"schema": SCHEMA, "kind": "one-to-one", "person": home.person_id}

    def sweep(self) -> None:
        """Remove temporary files that a program which was killed left behind.

        Only under the lock, so that nobody is writing one; where it is not free, another time.
        """
        with locked(self.lock, patience=0):
            for path in self.temporary_files():
                os.unlink(path)


def _is_kept(patches: tuple[Patch, ...], tables: Tables) -> bool:
    """Return whether a head that was deleted is there still, for something others wrote."""
    return any(p.after is None and p.id in tables.get(p.table, {}) for p in patches)


def _leaves_nothing(patches: tuple[Patch, ...]) -> bool:
    """Return whether changes only take things away."""
    return all(after is None for after in {p.id: p.after for p in patches}.values())


def _is_free(path: str) -> bool:
    """Return whether there is nothing at a path, or an empty folder.

    Raises:
        StorageError: Where that cannot be told; what cannot be seen is not overwritten.
    """
    try:
        status = os.lstat(path)
        return stat.S_ISDIR(status.st_mode) and not os.listdir(path)
    except FileNotFoundError:
        return True
    except OSError as error:
        raise storage_error(error, path) from error
