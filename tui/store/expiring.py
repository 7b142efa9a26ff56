"""Lets raw notes go that are older than they are to be kept, with all earlier versions of them.

What is beside the journal goes first, the journal's own file last: a run that was cut off finds it
due again, and finishes. Of a summary that went out, that it did stays; its words go.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from tui.domain.journal import Home, Journal
from tui.domain.onetoones import OneToOne
from tui.domain.retention import is_expired, is_old
from tui.errors import AlongsideError, DamagedError, NewerError
from tui.store.acts import Acts
from tui.store.files import (
    Document,
    Tables,
    parse,
    read_bytes,
    serialise,
    storage_error,
    write_atomically,
)
from tui.store.folder import JournalFolder
from tui.store.forgetting import remove_file, strip_log
from tui.store.lock import PATIENCE, locked
from tui.store.migrations import SCHEMA, schema_of
from tui.store.reading import names_in
from tui.store.running import check_nobody_is_here
from tui.store.traces import holds_one, log_paths, saved_texts
from tui.store.whose import bytes_of, is_about

_GONE = ("text", "edits")
"""What goes of a summary that was sent."""


class Due(NamedTuple):
    """A one-to-one of which something goes."""

    one: OneToOne
    notes: int
    pinned: int
    """How many of its notes stay because they are pinned."""
    sent: int
    """How many summaries of it lose their words."""


def due_in(folder: JournalFolder, journal: Journal, cutoff: date) -> Iterator[Due]:
    """Yield each one-to-one of which something is to go; those that cannot be read are left be.

    Args:
        folder: The journal, which was read whole.
        journal: What is in it.
        cutoff: The day before which notes are old.
    """
    for one in sorted(journal.one_to_ones.values(), key=lambda one: (one.at, one.id)):
        path = folder.path_of(Home(one.person_id, one.id)) if is_old(one, cutoff) else None
        if path is None:
            continue
        try:
            tables = parse(read_bytes(path)[0], path)
        except (AlongsideError, FileNotFoundError):
            continue
        if schema_of(tables) > SCHEMA:
            continue
        notes = tables.get("notes", {}).values()
        going = sum(_goes(note, cutoff) for note in notes)
        sent = sum(any(s.get(name) for name in _GONE) for s in tables.get("sent", {}).values())
        if going or sent:
            pinned = sum(note.get("is_pinned") is True for note in notes)
            yield Due(one, going, pinned, sent)


def _goes(
    note: Document, cutoff: date, pinned: Container[str] = frozenset(), key: str = ""
) -> bool:
    try:
        at = datetime.fromisoformat(str(note.get("at"))).replace(tzinfo=None)
    except ValueError:
        return False  # nobody knows how old it is
    is_pinned = note.get("is_pinned") is True or key in pinned
    return is_expired(at, is_pinned=is_pinned, cutoff=cutoff)


def expire(folder: JournalFolder, state: str, due: Iterable[Due], cutoff: date) -> None:
    """Let what is due go.

    Args:
        folder: The journal.
        state: Its state folder.
        due: Of which one-to-ones.
        cutoff: The day before which notes are old.

    Raises:
        BusyError: Where an app is open on the journal; nothing is changed.
        DamagedError: Where a copy that a sync left may hold old notes, too; nothing is changed.
        NewerError: Where a newer version of alongside wrote a file.
        StorageError: Where the disk refuses; what has gone by then has, and a rerun goes on.
    """
    ones = {d.one.id: d.one for d in due}
    with locked(folder.lock, PATIENCE):
        check_nobody_is_here(state)
        for one in ones.values():
            _check_copies(folder, one)
        folder.kept.drop()
        acts = Acts(state)
        going = _going(folder, acts, ones, cutoff)
        for path in log_paths(state):
            strip_log(path, becomes=lambda d: None if is_about(d, going.ids) else d)
        for path, text in saved_texts(state):
            if holds_one(text, going.notes) or any(sent in text for sent in going.sent):
                _remove(path)

        acts.drop(lambda line: any(_patches_of(line, ones)))
        for one in ones.values():
            _expire(folder, one, cutoff)


class _Going(NamedTuple):
    """What goes, by which it is found where it was half-typed, or saved as a text."""

    ids: frozenset[str]
    """Of the one-to-ones, and of their notes that go."""
    notes: frozenset[str]
    sent: frozenset[str]


def _going(folder: JournalFolder, acts: Acts, ones: Mapping[str, OneToOne], cutoff: date) -> _Going:
    """Return what goes: of now, of earlier versions, and of what could be undone."""
    ids, texts, sent, pinned = set(ones), set(), set(), set[str]()

    def look(table: str, key: str, document: Document) -> None:
        if table == "sent":
            sent.add(str(document.get("text", "")))
        elif table == "notes" and _goes(document, cutoff, pinned, key):
            ids.add(key)
            texts.add(str(document.get("text", "")))

    for one in ones.values():
        path = folder.path_of(Home(one.person_id, one.id))
        if path is None:
            continue
        now = bytes_of(path)
        pinned |= _pinned(_readable(now))
        for data in (now, *(v.data for v in folder.versions.all_of(folder.name_of(path)))):
            for table, documents in _readable(data).items():
                for key, document in documents.items():
                    look(table, key, document)

    def look_at_act(line: Document) -> bool:
        for patch in _patches_of(line, ones):
            for document in (patch.get("before"), patch.get("after")):
                look(str(patch["table"]), str(patch.get("id")), document or {})
        return False

    acts.drop(look_at_act, is_dry=True)
    return _Going(frozenset(ids), frozenset(texts), frozenset(sent - {""}))


def _patches_of(line: Document, ones: Container[str]) -> Iterator[Document]:
    """Yield what an act changed of the notes and sent summaries of some one-to-ones."""
    for patch in line.get("patches", ()):
        if patch.get("one_to_one") in ones and patch.get("table") in ("notes", "sent"):
            yield patch


def _check_copies(folder: JournalFolder, one: OneToOne) -> None:
    """Raise where a copy of a file is there: its notes would stay, or come back with a repair."""
    path = folder.path_of(Home(one.person_id, one.id))
    if path is None:
        return
    stem = path.removesuffix(".json")
    for problem in folder.problems:
        if problem.copy_of == path or problem.path.startswith((f"{stem}.", f"{stem} ")):
            raise DamagedError(
                f"{problem.sentence} Old notes may be in it, too, so nothing was changed. "
                "First: alongside check --repair"
            )


def _expire(folder: JournalFolder, one: OneToOne, cutoff: date) -> None:
    path = folder.path_of(Home(one.person_id, one.id))
    if path is None:
        return
    try:
        tables = parse(read_bytes(path)[0], path)
    except FileNotFoundError:
        return
    if schema_of(tables) > SCHEMA:
        raise NewerError(f"{path} was written by a newer alongside. It was left as it is.")
    pinned = _pinned(tables)
    name = folder.name_of(path)
    folder.versions.rewrite(name, lambda data: _without_old(data, cutoff, pinned))
    _remove_aside(folder, name)
    write_atomically(path, serialise(_scrubbed(tables, cutoff, pinned)))


def _pinned(tables: Tables) -> frozenset[str]:
    notes = tables.get("notes", {}).items()
    return frozenset(key for key, note in notes if note.get("is_pinned") is True)


def _readable(data: bytes) -> Tables:
    """Return what is in a file; of a damaged one what can be read."""
    from tui.store.salvage import salvage

    try:
        return parse(data, "") if data else {}
    except AlongsideError:
        return salvage(data).tables


def _without_old(data: bytes, cutoff: date, pinned: frozenset[str]) -> bytes:
    """Return a version of a file without the notes that go; of a damaged one what can be read."""
    return serialise(_scrubbed(_readable(data), cutoff, pinned)) if data else data


def _scrubbed(tables: Tables, cutoff: date, pinned: frozenset[str]) -> Tables:
    notes = {
        key: note
        for key, note in tables.get("notes", {}).items()
        if not _goes(note, cutoff, pinned, key)
    }
    sent = {
        key: sending | {name: "" for name in _GONE if name in sending}
        for key, sending in tables.get("sent", {}).items()
    }
    rest = {name: table for name, table in tables.items() if name not in ("notes", "sent")}
    return rest | ({"notes": notes} if notes else {}) | ({"sent": sent} if sent else {})


def _remove_aside(folder: JournalFolder, name: str) -> None:
    """Remove what was set aside of a one-to-one: what could be read in it was taken over then."""
    place, file = os.path.split(os.path.join(folder.aside.folder, name))
    stem = file.removesuffix(".json")
    for other in names_in(place):
        if other.startswith(f"{stem}."):
            _remove(os.path.join(place, other))


def _remove(path: str) -> None:
    try:
        remove_file(path)
    except OSError as error:
        raise storage_error(error, path) from error
