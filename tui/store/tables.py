"""Changes to the tables of one file, through TinyDB."""

from __future__ import annotations

from collections.abc import Iterable

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from tui.store.codec import ABOUT, Patch
from tui.store.files import Document, Tables

JOINER = "\n⟂ "
"""Stands between two texts of one line that was changed on two sides."""


class KeyedTable(Table):
    """A TinyDB table whose documents are keyed by our own ids.

    TinyDB counts its ids up per process; two processes, or two machines that are synced, would
    give the same number to two notes.
    """

    document_id_class = str  # type: ignore[assignment]  # TinyDB types its own default only


class TablesInMemory(Storage):
    """A TinyDB storage over tables already read; the file is written once, after all changes."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def read(self) -> Tables:
        """Return the tables as they are now."""
        return self.tables

    def write(self, data: Tables) -> None:
        """Take the tables as they are to be."""
        self.tables = data


class Database(TinyDB):
    """TinyDB with keyed tables."""

    table_class = KeyedTable


def patched(tables: Tables, patches: Iterable[Patch], about: Document) -> tuple[Tables, int]:
    """Return a file's tables after some changes, and how many lines were kept in two texts.

    The tables may have been changed by others since the changes were made:

    - a field nobody else touched takes its new value;
    - a field both changed takes ours, except text, of which both are kept, one above the other;
    - a record somebody else deleted comes back when we changed it, and one that somebody else
      changed is not deleted: an edit beats a deletion;
    - a change that is there already is left alone, so that applying twice does no harm;
    - fields this version does not know stay as they are.

    Args:
        tables: What the file holds now.
        patches: The changes, in order.
        about: What a new file says about itself.
    """
    database = Database(storage=lambda: TablesInMemory(tables))
    kept_both = 0
    header = database.table(ABOUT)
    if not header.contains(doc_id="file"):  # type: ignore[arg-type]  # our ids are text
        header.insert(_keyed("file", about))
    patches = composed(patches)
    if _is_all_new(tables, patches):
        for name in dict.fromkeys(patch.table for patch in patches):
            mine = (p for p in patches if p.table == name)
            database.table(name).insert_multiple(_keyed(p.id, p.after or {}) for p in mine)
        patches = ()
    for patch in patches:
        table = database.table(patch.table)
        found = table.get(doc_id=patch.id)  # type: ignore[call-overload]  # our ids are text
        if patch.after is None:
            if found is not None and _agrees(found, patch.before):
                table.remove(doc_ids=[patch.id])  # type: ignore[list-item]  # our ids are text
        elif found is None:
            table.insert(_keyed(patch.id, patch.after))
        elif patch.before is not None:
            fields, both = merged(found, patch.before, patch.after)
            kept_both += both
            if fields:
                table.upsert(_keyed(patch.id, fields))
    result: Tables = database.storage.read() or {}
    return result, kept_both


def composed(patches: Iterable[Patch]) -> tuple[Patch, ...]:
    """Return changes with those that follow on each other made one.

    What a record was in between was never in the file; met there again it would look like
    somebody else's work.
    """
    latest: dict[tuple[str, str], Patch] = {}
    done: list[Patch] = []
    for patch in patches:
        key = (patch.table, patch.id)
        earlier = latest.get(key)
        if earlier is not None and earlier.after == patch.before:
            latest[key] = patch._replace(before=earlier.before)
            continue
        if earlier is not None:
            done.append(earlier)
            del latest[key]
        latest[key] = patch
    everything = (*done, *latest.values())
    return tuple(p for p in everything if p.before is not None or p.after is not None)


def _is_all_new(tables: Tables, patches: tuple[Patch, ...]) -> bool:
    """Return whether these changes fill an empty file, which TinyDB can do a table at a time."""
    is_empty = not any(table for name, table in tables.items() if name != ABOUT)
    names = {(patch.table, patch.id) for patch in patches}
    only_adds = all(patch.before is None and patch.after is not None for patch in patches)
    return is_empty and only_adds and len(names) == len(patches)


def _keyed(record_id: str, document: Document) -> TinyDocument:
    return TinyDocument(document, doc_id=record_id)  # type: ignore[arg-type]  # our ids are text


def _agrees(found: Document, known: Document | None) -> bool:
    """Return whether a document still is what we knew it to be, unknown fields aside."""
    return known is None or all(found.get(name) == value for name, value in known.items())


def merged(found: Document, before: Document, after: Document) -> tuple[Document, int]:
    """Return the fields to set on a document that may have changed, and how many kept both texts.

    Args:
        found: The document as it is on disk.
        before: The document as we knew it.
        after: The document as we want it.
    """
    fields: Document = {}
    kept_both = 0
    for name, value in after.items():
        known, there = before.get(name), found.get(name)
        if value in (known, there):
            continue
        if there != known and name == "text":
            value, both = _both(str(there or ""), str(value))
            kept_both += both
        fields[name] = value
    return fields, kept_both


def _both(theirs: str, ours: str) -> tuple[str, bool]:
    """Return one text that holds two, and whether it had to be put together."""
    if not theirs or theirs in ours:
        return ours, False
    if ours in theirs:
        return theirs, False
    return f"{theirs}{JOINER}{ours}", True


def has_records(tables: Tables) -> bool:
    """Return whether a file holds anything but what it says about itself."""
    return any(table for name, table in tables.items() if name != ABOUT)
