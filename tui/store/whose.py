"""Whose is what: which folders of the journal, and of what is kept beside it, are a person's."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

from tui.domain.text import fold
from tui.errors import AlongsideError
from tui.services.ports import Draft
from tui.store.files import parse, storage_error
from tui.store.folder import JournalFolder
from tui.store.migrations import ABOUT
from tui.store.names import PEOPLE_FOLDER, PERSON_FILE
from tui.store.reading import names_in
from tui.store.versions import SUFFIX, Version, Versions

MERGED = "merged.jsonl"
"""In the state folder: a line for each merge, who became whom."""


def absorbed_by(state: str, ids: Iterable[str]) -> set[str]:
    """Return the ids of some people and of all who were merged into them on this machine."""
    into: dict[str, set[str]] = {}
    for was, became in merges(state):
        into.setdefault(became, set()).add(was)
    owners: set[str] = set()
    todo = list(ids)
    while todo:
        person_id = todo.pop()
        if person_id not in owners:
            owners.add(person_id)
            todo += into.get(person_id, ())
    return owners


def merges(state: str) -> Iterator[tuple[str, str]]:
    """Yield who was merged into whom, by their ids."""
    with suppress(OSError), open(os.path.join(state, MERGED), encoding="utf-8") as file:
        for line in file:
            with suppress(ValueError, TypeError):
                was, became = json.loads(line)
                yield str(was), str(became)


def owners_here(people: str) -> dict[str, str | None]:
    """Return whose each folder of the journal is, by its name; None where nothing in it says so."""
    paths = {name: os.path.join(people, name) for name in names_in(people)}
    return {name: _owner_of(path) for name, path in paths.items() if os.path.isdir(path)}


def _owner_of(folder: str) -> str | None:
    """Return whose files are in a folder: as the person's own file says, else any other."""
    for name in sorted(names_in(folder), key=lambda name: name != PERSON_FILE):
        path = os.path.join(folder, name)
        if name.endswith(".json") and os.path.isfile(path):
            owner = owner_in(bytes_of(path))
            if owner is not None:
                return owner
    return None


def owner_in(data: bytes) -> str | None:
    """Return the id of the person a file is of, by what is in it; None where it does not say."""
    try:
        tables = parse(data, "")
    except AlongsideError:
        return None
    said = tables.get(ABOUT, {}).get("file", {}).get("person")
    return next(iter(tables.get("person", {})), said if isinstance(said, str) else None)


def folders_kept(
    folder: JournalFolder, owners: Collection[str], here: Collection[str], theirs: Collection[str]
) -> set[str]:
    """Return somebody's folders of which earlier versions, or files set aside, are kept.

    Args:
        folder: The journal.
        owners: Their ids.
        here: The folders of all people in the journal.
        theirs: Which of them, and of those that have gone, are known to be theirs.
    """
    versions = os.path.join(folder.versions.folder, PEOPLE_FOLDER)
    aside = os.path.join(folder.aside.folder, PEOPLE_FOLDER)
    found = set()
    for name in set(names_in(versions)) | set(names_in(aside)):
        if name in theirs:
            found.add(name)
        if name in theirs or name in here:
            continue
        kept = all_versions(folder.versions, files_in(versions, [name]))
        data = [version.data for version in kept]
        data += map(bytes_of, files_in(aside, [name]))
        said = set(map(owner_in, data)) - {None}
        is_damaged = not said and any(owner.encode() in blob for owner in owners for blob in data)
        if any(owner in said for owner in owners) or is_damaged:
            found.add(name)
    return found


def people_gone(folder: JournalFolder, here: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the ids and names of people of whom earlier versions are kept, and nothing else.

    Args:
        folder: The journal.
        here: The ids of the people in it.
    """
    root = os.path.join(folder.versions.folder, PEOPLE_FOLDER)
    for path in files_in(root, sorted(names_in(root))):
        if os.path.basename(path) != PERSON_FILE + SUFFIX:
            continue
        for version in reversed(list(all_versions(folder.versions, [path]))):
            with suppress(AlongsideError):
                for person_id, person in parse(version.data, PERSON_FILE).get("person", {}).items():
                    if person_id not in here:
                        yield person_id, str(person.get("name", ""))
                break


def name_is(typed: str, names: Iterable[str]) -> bool:
    """Return whether a name was typed whole, case and accents aside."""
    wanted = " ".join(fold(typed).split())
    return any(" ".join(fold(name).split()) == wanted for name in names)


def is_about(draft: Draft, ids: Collection[str]) -> bool:
    """Return whether the place of a half-typed line is named after one of some records."""
    parts = draft.place.replace(",", ":").replace("+", ":").split(":")
    return any(part in ids for part in parts)


def files_in(root: str, folders: Iterable[str]) -> Iterator[str]:
    """Yield the paths of all files below some folders of a folder."""
    for name in folders:
        for place, _, files in os.walk(os.path.join(root, name)):
            yield from (os.path.join(place, file) for file in sorted(files))


def all_versions(versions: Versions, paths: Iterable[str]) -> Iterator[Version]:
    """Yield what is kept in some files of earlier versions."""
    for path in paths:
        if path.endswith(SUFFIX):
            name = os.path.relpath(path, versions.folder).removesuffix(SUFFIX)
            yield from versions.all_of(name)


def bytes_of(path: str) -> bytes:
    """Return a file's bytes; none where there is no such file.

    Raises:
        StorageError: Where it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise storage_error(error, path) from error
