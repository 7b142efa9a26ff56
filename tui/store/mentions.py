"""Where the files of a journal name somebody: in what is kept about others."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from typing import Any, NamedTuple

from tui.domain.naming import Name
from tui.domain.text import fold
from tui.errors import AlongsideError
from tui.store.files import Document, Tables, parse, read_bytes
from tui.store.folder import JournalFolder
from tui.store.migrations import ABOUT


class Mention(NamedTuple):
    """One text in which somebody is named."""

    file: str
    """The file, by its path within the journal."""
    whose: str
    """The name of the person the file is of; empty where it is the manager's own."""
    day: str
    """The day of the one-to-one (ISO); empty where it is none."""
    table: str
    record_id: str
    field: str
    text: str


def mentions_of(
    folder: JournalFolder, name: Name, but: Container[str] = frozenset()
) -> Iterator[Mention]:
    """Yield each text that names somebody, file by file; what cannot be read is passed over.

    Args:
        folder: The journal.
        name: Whom to look for.
        but: The folders of people that are left out: their own.
    """
    names: dict[str, str] = {}
    for file in folder.names():
        if os.path.basename(os.path.dirname(file)) in but or not file.endswith(".json"):
            continue
        tables = _tables(os.path.join(folder.folder, file), name)
        if not tables:
            continue
        beside = os.path.dirname(file)
        if beside and beside not in names:
            names[beside] = _name_in(os.path.join(folder.folder, beside, "person.json"))
        day = next((str(one.get("at"))[:10] for one in tables.get("one_to_one", {}).values()), "")
        for table, documents in tables.items():
            if table == ABOUT:
                continue
            for record_id, document in documents.items():
                for field, text in texts_in(document):
                    is_own_name = (table, field) == ("person", "name")
                    if not is_own_name and name.is_in(text):
                        whose = names.get(beside, "")
                        yield Mention(file, whose, day, table, record_id, field, text)


def _tables(path: str, name: Name) -> Tables | None:
    """Return what is in a file, None where nobody of the name is in it."""
    try:
        data, _ = read_bytes(path)
        text = data.decode("utf-8-sig", "replace")
        if "\\u" not in text and not name.may_be_in(fold(text)):
            return None
        return parse(data, path)
    except (AlongsideError, FileNotFoundError):
        return None


def _name_in(path: str) -> str:
    try:
        people = parse(read_bytes(path)[0], path).get("person", {})
    except (AlongsideError, FileNotFoundError):
        return ""
    return next((str(person.get("name", "")) for person in people.values()), "")


def texts_in(document: Document) -> Iterator[tuple[str, str]]:
    """Yield every text in a document with the field it is in."""
    for field, value in document.items():
        for text in _texts(value):
            yield field, text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
