"""What was another person's before it was given to somebody: earlier versions of the other's files.

A follow-up that is given to somebody becomes a record of its own beside them, under another id. In
the versions of the file it came from it stands as it was; whoever is forgotten is so there, too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterable
from functools import partial

from tui.errors import AlongsideError
from tui.store.files import Document, parse, serialise
from tui.store.folder import JournalFolder
from tui.store.names import PERSON_FILE
from tui.store.whose import bytes_of

_TABLE = "follow_ups"
Key = tuple[str, str]
"""The words of a follow-up, and when it was said: what tells it from others, whoever's it is."""


def given_to(files: Iterable[str]) -> frozenset[Key]:
    """Return the follow-ups of a person that may have been another's.

    Args:
        files: The person's files.

    Raises:
        StorageError: Where one cannot be read.
    """
    own = (path for path in files if os.path.basename(path) == PERSON_FILE)
    return frozenset(key for path in own for key in _keys(bytes_of(path)))


def is_about_given(line: Document, given: Container[Key]) -> bool:
    """Return whether a line of the acts tells of one of these follow-ups."""
    patches = [patch for patch in line.get("patches", ()) if patch.get("table") == _TABLE]
    states = [patch.get(when) for patch in patches for when in ("before", "after")]
    return any(state is not None and _key(state) in given for state in states)


def forget_given(folder: JournalFolder, given: frozenset[Key], theirs: Container[str]) -> None:
    """Take out of others' earlier versions what is a person's follow-up by now.

    What stands in the other's file still is the other's, and stays.

    Args:
        folder: The journal.
        given: The person's follow-ups; see `given_to`.
        theirs: The names of their folders.

    Raises:
        StorageError: Where the disk refuses.
    """
    marks = [json.dumps(text, ensure_ascii=False).encode("utf-8", "replace") for text, _ in given]
    for name in folder.versions.names() if given else ():
        if os.path.basename(os.path.dirname(name)) in theirs:
            continue
        versions = [version.data for version in folder.versions.all_of(name)]
        if any(mark in data for data in versions for mark in marks):
            going = given - set(_keys(bytes_of(os.path.join(folder.folder, name))))
            folder.versions.rewrite(name, partial(_without, going))


def _keys(data: bytes) -> list[Key]:
    try:
        return [_key(document) for document in parse(data, "").get(_TABLE, {}).values()]
    except AlongsideError:
        return []


def _key(document: Document) -> Key:
    return str(document.get("text")), str(document.get("said"))


def _without(going: frozenset[Key], data: bytes) -> bytes:
    try:
        tables = parse(data, "")
    except AlongsideError:
        return data
    found = tables.get(_TABLE, {})
    left = {key: document for key, document in found.items() if _key(document) not in going}
    if len(left) == len(found):
        return data
    rest = {name: table for name, table in tables.items() if name != _TABLE}
    return serialise(rest | ({_TABLE: left} if left else {}))
