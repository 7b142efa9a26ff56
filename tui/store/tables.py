"""Changes to the tables of one file, through TinyDB."""

from __future__ import annotations

from collections.abc import Iterable

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from tui.domain.notes import Side
from tui.domain.text import both_texts
from tui.domain.threeway import rejoined
from tui.store.codec import Patch, normalised
from tui.store.files import Document, Tables
from tui.store.migrations import ABOUT

HEADS = ("person", "one_to_one")
"""The tables that say what a file is about."""


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
    - what was done already is left alone, so that changes may be applied again, all or some;
    - fields this version does not know stay as they are.

    Args:
        tables: What the file holds now.
        patches: The changes, in order.
        about: What a new file says about itself.
    """
    database = Database(storage=lambda: TablesInMemory(tables))
    head = {name: dict(tables.get(name, {})) for name in HEADS}
    header = database.table(ABOUT)
    if not header.contains(doc_id="file"):  # type: ignore[arg-type]  # our ids are text
        header.insert(_keyed("file", about))
    kept_both = 0
    steps = tuple(patches)
    if _is_all_new(tables, steps):
        for name in dict.fromkeys(patch.table for patch in steps):
            mine = (p for p in steps if p.table == name)
            database.table(name).insert_multiple(_keyed(p.id, p.after or {}) for p in mine)
        steps = ()
    for chain in _chains(steps):
        table = database.table(chain[0].table)
        found = table.get(doc_id=chain[0].id)  # type: ignore[call-overload]  # our ids are text
        if found is not None:
            found = normalised(chain[0].table, chain[0].id, dict(found))
        kept_both += _go_on(table, found, chain)
    result: Tables = database.storage.read() or {}
    for name, was in head.items():  # what others wrote in it meanwhile needs a head to be found
        if was and not result.get(name) and has_records(result):
            result[name] = was
    return result, kept_both


def _chains(patches: tuple[Patch, ...]) -> list[list[Patch]]:
    """Return the changes of each record as chains, in which each begins where the last ended."""
    chains: list[list[Patch]] = []
    open_chains: dict[tuple[str, str], list[Patch]] = {}
    for patch in patches:
        key = (patch.table, patch.id)
        chain = open_chains.get(key)
        if chain is None or chain[-1].after != patch.before:
            chain = open_chains[key] = []
            chains.append(chain)
        chain.append(patch)
    return chains


def _go_on(table: Table, found: Document | None, chain: list[Patch]) -> int:
    """Bring a record from wherever in a chain it stands to the chain's end.

    Returns:
        1 where a text was kept beside another, 0 otherwise.
    """
    record_id, end = chain[0].id, chain[-1].after
    states = [chain[0].before, *(patch.after for patch in chain)]
    known = next((state for state in reversed(states) if _agree(found, state)), states[0])
    is_known = _agree(found, known)
    if is_known and _agree(found, end):
        return 0
    if found is None:
        if end is not None:
            table.insert(_keyed(record_id, end))
        return 0
    if end is None:
        if is_known or _agree(found, states[-2], missing_agrees=True):
            table.remove(doc_ids=[record_id])  # type: ignore[list-item]  # our ids are text
        return 0
    base = known if known is not None else states[1]
    fields, both = merged(found, base or {}, end)
    if fields:
        table.upsert(_keyed(record_id, fields))
    return both


def _agree(found: Document | None, state: Document | None, *, missing_agrees: bool = False) -> bool:
    """Return whether a document says what a record was; fields we do not know are passed over.

    Args:
        found: The document.
        state: What the record was.
        missing_agrees: Whether a field an older file does not have agrees with any value.
    """
    if found is None or state is None:
        return found is state
    return all(
        found.get(name, value if missing_agrees else None) == value for name, value in state.items()
    )


def _is_all_new(tables: Tables, patches: tuple[Patch, ...]) -> bool:
    """Return whether these changes fill an empty file, which TinyDB can do a table at a time."""
    is_empty = not any(table for name, table in tables.items() if name != ABOUT)
    names = {(patch.table, patch.id) for patch in patches}
    only_adds = all(patch.before is None and patch.after is not None for patch in patches)
    return is_empty and only_adds and len(names) == len(patches)


def _keyed(record_id: str, document: Document) -> TinyDocument:
    return TinyDocument(document, doc_id=record_id)  # type: ignore[arg-type]  # our ids are text


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
            sides = (str(there or ""), str(value))
            value = both_texts(*sides)
            kept_both = int(value not in sides)
        elif isinstance(value, list) and isinstance(there, list) and there != known:
            value = rejoined(known if isinstance(known, list) else [], value, there)
        fields[name] = value
    is_other_text = found.get("text") != before.get("text")
    if is_other_text and Side.MINE in (found.get("side"), before.get("side"), after.get("side")):
        fields.pop("side", None)  # nobody shares words they have not seen
        if found.get("side") != Side.MINE:
            fields["side"] = Side.MINE.value
    return fields, kept_both


def has_records(tables: Tables) -> bool:
    """Return whether a file holds anything but what it says about itself."""
    return any(table for name, table in tables.items() if name != ABOUT)
