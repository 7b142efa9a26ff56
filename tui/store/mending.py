"""Mends damaged files: with what can be read in them, and with the last good version.

What was found is set aside byte for byte first. Nothing is lost by mending, so that it may bring
back something that was deleted on purpose; better twice than never.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from tui.domain.text import plural
from tui.errors import AlongsideError, DamagedError, NewerError, StorageError
from tui.store.files import Tables, parse, read_bytes, serialise, write_atomically
from tui.store.folder import JournalFolder
from tui.store.links import leads_out, may_be_written, say_left
from tui.store.lock import PATIENCE, locked
from tui.store.migrations import ABOUT, SCHEMA, migrated, schema_of
from tui.store.names import JOURNAL_FILE, PERSON_FILE
from tui.store.salvage import joined, overlaid, salvage
from tui.store.versions import Version


class Mending(NamedTuple):
    """How a damaged file can be mended."""

    path: str
    tables: Tables
    """What it will hold."""
    found: int
    """How many records can be read in it."""
    brought_back: int
    """How many come from an earlier version."""
    version: Version | None
    """That version."""


def mending_of(folder: JournalFolder, path: str) -> Mending | None:
    """Return how a file can be mended, None where nothing is wrong with it.

    Raises:
        DamagedError: Where neither it nor an earlier version holds anything; where a link leads
            out of the journal to it, for then it may be anything.
        NewerError: Where a newer version of alongside wrote it.
        StorageError: Where it cannot be read at all.
    """
    name = os.path.basename(path)
    data = _bytes_of(path)
    try:
        if data is not None and _has_head(parse(data, name), name):
            return None
    except DamagedError:
        pass
    if leads_out(path, folder.folder):
        raise DamagedError(
            f"{say_left(path, folder.folder)} To have it mended, put the file itself in place of "
            "the link."
        )
    salvaged = salvage(data or b"")
    if schema_of(salvaged.tables) > SCHEMA:
        raise NewerError(f"{path} was written by a newer alongside.")
    version, last_good = _last_good(folder, path)
    found = migrated(salvaged.tables)
    if salvaged.is_whole and (_has_head(found, name) or last_good is None):
        tables = found
    else:
        tables = overlaid(last_good or {}, found)
    if not _has_head(tables, name):
        raise DamagedError(f"{path} cannot be mended: nothing in it says what it was.")
    readable, all_of_it = _count(found), _count(tables)
    return Mending(path, tables, readable, all_of_it - readable, version)


class Mended(NamedTuple):
    """A file that was mended."""

    mending: Mending
    aside: str
    """Where the damaged one is kept; empty where there was none."""


def mend(folder: JournalFolder, path: str) -> Mended | None:
    """Mend a file; returns None where nothing was wrong with it.

    Raises:
        DamagedError: Where neither it nor an earlier version holds anything; where a link leads
            out of the journal to it.
        NewerError: Where a newer version of alongside wrote it.
        StorageError: Where the disk refuses; then the damaged file is as it was.
        BusyError: Where another program holds the lock for too long.
    """
    _check_is_ours(folder)
    with locked(folder.lock, PATIENCE):
        mending = mending_of(folder, path)
        if mending is None:
            return None
        data = _bytes_of(path)
        aside = folder.aside.keep(folder.name_of(path), data) if data else ""
        if mending.tables:
            write_atomically(path, serialise(mending.tables))
        else:  # the journal's own file, which is made anew with the next change
            os.unlink(path)
    return Mended(mending, aside)


def merge_copy(folder: JournalFolder, copy: str, original: str) -> str:
    """Take what is in a copy of a file into the file, and set the copy aside.

    Copies come from programs that sync folders, where two machines changed one file.

    Returns:
        Where the copy is kept.

    Raises:
        DamagedError: Where one of them cannot be read.
        NewerError: Where a newer version of alongside wrote one.
        StorageError: Where the disk refuses.
        BusyError: Where another program holds the lock for too long.
    """
    _check_is_ours(folder)
    with locked(folder.lock, PATIENCE):
        try:
            data, _ = read_bytes(copy)
            mine, stamp = read_bytes(original)
        except FileNotFoundError as error:
            raise StorageError(f"{error.filename} is not there any more.") from error
        theirs = parse(data, os.path.basename(copy))
        ours = parse(mine, os.path.basename(original))
        if max(schema_of(theirs), schema_of(ours)) > SCHEMA:
            raise NewerError(f"{original} was written by a newer alongside.")
        if not may_be_written(original, folder.folder):
            raise DamagedError(say_left(original, folder.folder))
        folder.versions.keep(folder.name_of(original), mine, stamp)
        aside = folder.aside.keep(folder.name_of(copy), data)
        tables = joined(migrated(theirs), migrated(ours))
        tables[ABOUT] = ours.get(ABOUT, {})
        write_atomically(original, serialise(tables))
        try:
            os.unlink(copy)
        except OSError as error:
            raise StorageError(f"{copy} cannot be removed: {error.strerror}.") from error
    return aside


def mend_all(folder: JournalFolder) -> tuple[str, ...]:
    """Mend what cannot be read in a journal; returns what came of it, in sentences."""
    said: list[str] = []
    done = kept = sound = 0
    for problem in folder.problems:
        if not problem.can_be_mended:
            continue
        try:
            if problem.copy_of:
                aside = merge_copy(folder, problem.path, problem.copy_of)
            elif (mended := mend(folder, problem.path)) is not None:
                aside = mended.aside
            else:
                folder.suspect(problem.path)
                sound += 1
                continue
            done += 1
            kept += bool(aside)
        except AlongsideError as error:
            said.append(str(error))
    if sound:
        them = "file is" if sound == 1 else "files are"
        said.insert(0, f"{sound} {them} whole again without mending; nothing was changed.")
    if done:
        them = "file is" if done == 1 else "files are"
        where = f" As they were, they are kept in {folder.aside.folder}." if kept else ""
        said.insert(0, f"{done} {them} mended.{where}")
    return tuple(said) or ("Nothing here can be mended.",)


def _check_is_ours(folder: JournalFolder) -> None:
    if folder.is_read_only:
        raise NewerError(f"{folder.folder} was written by a newer alongside.")


def say_mending(found: int, brought_back: int) -> str:
    """Return what there still is of a damaged file, in a sentence."""
    if not brought_back:
        return f"{plural(found, 'record')} in it can be read." if found else "Nothing is in it."
    if not found:
        return f"The last good version has {plural(brought_back, 'record')}."
    return (
        f"{plural(found, 'record')} in it can be read; the last good version has {brought_back} "
        "more."
    )


def _bytes_of(path: str) -> bytes | None:
    try:
        return read_bytes(path)[0]
    except FileNotFoundError:
        return None


def _last_good(folder: JournalFolder, path: str) -> tuple[Version | None, Tables | None]:
    for version in reversed(folder.versions.of(folder.name_of(path))):
        try:
            tables = parse(version.data, os.path.basename(path))
        except AlongsideError:
            continue
        if schema_of(tables) <= SCHEMA:
            return version, migrated(tables)
    return None, None


def _has_head(tables: Tables, name: str) -> bool:
    if name == JOURNAL_FILE:
        return True
    return len(tables.get("person" if name == PERSON_FILE else "one_to_one", {})) == 1


def _count(tables: Tables) -> int:
    return sum(len(table) for name, table in tables.items() if name != ABOUT)
