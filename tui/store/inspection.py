"""Looks through everything a journal consists of, and says what is not as it should be."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from tui.domain.journal import OWN
from tui.errors import AlongsideError, DamagedError, NewerError
from tui.store.codec import records_in
from tui.store.files import (
    FILE_MODE,
    FOLDER_MODE,
    Tables,
    parse,
    read_bytes,
    storage_error,
    write_atomically,
)
from tui.store.folder import JournalFolder
from tui.store.keeper import rescue_name
from tui.store.links import leads_out, reads_as_ours, say_left
from tui.store.log import LOG_SUFFIX, read_lines
from tui.store.mending import mend, mending_of, merge_copy, say_mending
from tui.store.migrations import SCHEMA, migrated, schema_of
from tui.store.names import JOURNAL_FILE, PEOPLE_FOLDER, PERSON_FILE
from tui.store.reading import home_in

_CONFLICT = re.compile(r"\.sync-conflict-|conflicted copy|\(\d+\)\.json$|~$|\.orig$", re.IGNORECASE)
"""How programs that sync or merge name the copies they leave: Syncthing, Dropbox, browsers, git."""


class Kind(StrEnum):
    """What is the matter."""

    DAMAGED = "damaged"
    LEFT_OUT = "left out"
    NEWER = "newer"
    COPY = "copy"
    MODE = "mode"
    LEFTOVER = "leftover"
    RESCUE = "rescue"
    STRANGE = "strange"


class Finding(NamedTuple):
    """One thing that is not as it should be."""

    kind: Kind
    path: str
    sentence: str
    can_be_mended: bool = False
    original: str = ""
    """Of a copy: the file it is a copy of."""


class Inspected(NamedTuple):
    """What there is, and what is the matter with it."""

    findings: tuple[Finding, ...]
    files: int
    records: int


def inspect(folder: JournalFolder, state: str, elsewhere: tuple[str, ...] = ()) -> Inspected:
    """Look through a journal and what this machine keeps about it; nothing is changed.

    Args:
        folder: The journal.
        state: Its state folder.
        elsewhere: Folders in which a rescue file may be.
    """
    findings: list[Finding] = []
    files = records = 0
    homes: dict[str, str] = {}
    names = folder.names()
    for name in sorted(names, key=lambda name: (len(name), name)):
        path = os.path.join(folder.folder, name)
        findings += _wrong_mode(path, FILE_MODE, folder.folder)
        if not name.endswith(".json") or _CONFLICT.search(os.path.basename(name)):
            findings += _strange(folder, path)
            continue
        files += 1
        found, count = _in_file(folder, path, homes)
        findings += found
        records += count
    for path in folder.temporary_files():
        sentence = f"{os.path.basename(path)} was left behind by a program that was cut off."
        findings.append(Finding(Kind.LEFTOVER, path, sentence, True))
    places = {os.path.dirname(os.path.join(folder.folder, name)) for name in names}
    for place in sorted(places | {folder.folder, os.path.join(folder.folder, PEOPLE_FOLDER)}):
        findings += _wrong_mode(place, FOLDER_MODE, folder.folder)
    for place, _, kept in os.walk(state):
        findings += _wrong_mode(place, FOLDER_MODE)
        for name in kept:
            findings += _wrong_mode(os.path.join(place, name), FILE_MODE)
    findings += _rescues(elsewhere, rescue_name(state))
    return Inspected(tuple(findings), files, records)


def repair(folder: JournalFolder, state: str, finding: Finding) -> str:
    """Mend what was found; returns what was done, as a sentence.

    Raises:
        AlongsideError: Where that cannot be done; then everything is as it was.
    """
    try:
        match finding.kind:
            case Kind.DAMAGED:
                return _mend(folder, finding.path)
            case Kind.COPY:
                aside = merge_copy(folder, finding.path, finding.original)
                return f"What was in it is in the file now. The copy is kept in {aside}."
            case Kind.MODE:
                is_folder = os.path.isdir(finding.path)
                os.chmod(finding.path, FOLDER_MODE if is_folder else FILE_MODE)
                return "Only you can read it now."
            case Kind.LEFTOVER:
                os.unlink(finding.path)
                return "It was removed; nothing in it was ever said to be saved."
            case Kind.RESCUE:
                return _take_in(state, finding.path)
    except OSError as error:
        raise storage_error(error, finding.path) from error
    raise DamagedError(f"{finding.path}: this cannot be mended by alongside.")


def _mend(folder: JournalFolder, path: str) -> str:
    mended = mend(folder, path)
    if mended is None:
        return "It can be read again; nothing was changed."
    kept = f" As it was, it is kept in {mended.aside}." if mended.aside else ""
    return f"It is mended.{kept}"


def _wrong_mode(path: str, wanted: int, root: str = "") -> Iterator[Finding]:
    """Yield a file or folder of ours that others can read.

    What a link leads to, out of the journal's folder, is only closed where it is ours.
    """
    try:
        status = os.stat(path)
    except OSError:
        return
    mode = stat.S_IMODE(status.st_mode)
    if os.name != "nt" and mode & ~wanted & 0o077:
        sentence = f"{path} can be read by others (mode {mode:04o})."
        if root and leads_out(path, root):
            is_folder = stat.S_ISDIR(status.st_mode)
            if not reads_as_ours(os.path.join(path, PERSON_FILE) if is_folder else path):
                sentence = f"{sentence} {say_left(path, root)}"
                yield from [Finding(Kind.MODE, path, sentence)] if is_folder else []
                return
        yield Finding(Kind.MODE, path, sentence, status.st_uid == os.getuid())


def _in_file(folder: JournalFolder, path: str, homes: dict[str, str]) -> tuple[list[Finding], int]:
    """Return what is the matter with one file, and how many records it holds."""
    name = os.path.basename(path)
    try:
        data, _ = read_bytes(path)
        tables = migrated(parse(data, name))
        if schema_of(tables) > SCHEMA:
            raise NewerError(f"{name} was written by a newer alongside. Please update.")
        home = (
            OWN
            if name == JOURNAL_FILE
            else home_in(tables, name, None if name == PERSON_FILE else _person_beside(path))
        )
    except NewerError as error:
        return [Finding(Kind.NEWER, path, str(error))], 0
    except DamagedError as error:
        return [_damaged(folder, path, str(error))], 0
    except (AlongsideError, FileNotFoundError) as error:
        return [Finding(Kind.DAMAGED, path, str(error))], 0
    key = "/".join(filter(None, home))
    if key in homes:
        sentence = f"{name} is a copy of {folder.name_of(homes[key])}."
        return [Finding(Kind.COPY, path, sentence, True, homes[key])], 0
    homes[key] = path
    problems = [problem for _, problem in records_in(tables, home, with_page=True)]
    count = len(problems)
    left_out = [problem for problem in problems if problem]
    return [Finding(Kind.LEFT_OUT, path, f"{name}, {problem}") for problem in left_out], count


def _damaged(folder: JournalFolder, path: str, sentence: str) -> Finding:
    try:
        mending = mending_of(folder, path)
    except AlongsideError as error:
        return Finding(Kind.DAMAGED, path, f"{sentence} {error}")
    if mending is not None:
        sentence = f"{sentence} {say_mending(mending.found, mending.brought_back)}"
    return Finding(Kind.DAMAGED, path, sentence, True)


def _person_beside(path: str) -> str | None:
    """Return the id of the person whose folder a file is in, where that can be read."""
    beside = os.path.join(os.path.dirname(path), PERSON_FILE)
    try:
        tables: Tables = parse(read_bytes(beside)[0], PERSON_FILE)
    except (AlongsideError, FileNotFoundError):
        return None
    return next(iter(tables.get("person", {})), None)


def _strange(folder: JournalFolder, path: str) -> list[Finding]:
    """Return what a file is that has no name of ours: a copy another program left, perhaps."""
    name = os.path.basename(path)
    if not _CONFLICT.search(name):
        return [Finding(Kind.STRANGE, path, f"{name} is no file of alongside's; it is let be.")]
    try:
        tables = parse(read_bytes(path)[0], name)
        ids = {*tables.get("person", {}), *tables.get("one_to_one", {})}
    except (AlongsideError, FileNotFoundError):
        ids = set()
    for other in sorted(os.listdir(os.path.dirname(path))):
        beside = os.path.join(os.path.dirname(path), other)
        if other.endswith(".json") and not _CONFLICT.search(other) and _ids_in(beside) & ids:
            sentence = f"{name} is a copy of {folder.name_of(beside)}, left by another program."
            return [Finding(Kind.COPY, path, sentence, True, beside)]
    return [Finding(Kind.STRANGE, path, f"{name} looks like a copy another program left.")]


def _ids_in(path: str) -> set[str]:
    try:
        tables = parse(read_bytes(path)[0], os.path.basename(path))
    except (AlongsideError, FileNotFoundError):
        return set()
    return {*tables.get("person", {}), *tables.get("one_to_one", {})}


def _rescues(folders: tuple[str, ...], begins: str) -> Iterator[Finding]:
    """Yield what a run saved where there was room, when it could not save it where it belongs."""
    for folder in folders:
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        for name in names:
            path = os.path.join(folder, name)
            if not (name.startswith(begins) and name.endswith(LOG_SUFFIX)):
                continue
            if os.name != "nt" and os.lstat(path).st_uid != os.getuid():
                continue  # whoever can write there could put words into this journal
            try:
                found = read_lines(read_bytes(path)[0])
            except (AlongsideError, FileNotFoundError) as error:
                yield Finding(Kind.RESCUE, path, f"{path} cannot be read: {error}")
                continue
            count = len(found.patches) + len(found.drafts)
            sentence = f"{path} holds {count} changes that are in no file yet."
            yield Finding(Kind.RESCUE, path, sentence, True)


def _take_in(state: str, path: str) -> str:
    """Put a rescue file among the logs, which the next step of whoever asked files."""
    data, _ = read_bytes(path)
    target = os.path.join(state, os.path.basename(path))
    write_atomically(target, data)
    os.unlink(path)
    return "What is in it is filed now."
