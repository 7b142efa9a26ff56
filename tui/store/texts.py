"""The texts of a file: which of them fit, what they say, and all of them to be held in memory."""

from __future__ import annotations

import re
from contextlib import suppress

from tui.domain.finding import UNDATED, Line, lines_of
from tui.domain.journal import Home
from tui.domain.onetoones import OneToOne
from tui.errors import DamagedError
from tui.store.codec import records_in
from tui.store.entries import NOT_SEARCHED, Entry, Hit, Read, Sought, entry_of
from tui.store.files import parse
from tui.store.foldedbytes import fold_bytes, tells_otherwise
from tui.store.migrations import migrated
from tui.store.quick import Quick, StrangeError, past_checklist
from tui.store.reading import home_in

_WHO = re.compile(rb'\n"person": \{\n "([^"\\]+)": \{')


def lines_in(
    data: bytes, name: str, person_id: str | None, sought: Sought | None = None
) -> tuple[Home, list[Line]]:
    """Return the lines of a file that can be found, newest first.

    Args:
        data: The file's bytes.
        name: Its name.
        person_id: Whose folder it is in, where that is known.
        sought: Where only these matter; there may be others among them.

    Raises:
        DamagedError: Where it cannot be read.
    """
    home, lines = _hinted_lines(data, person_id, sought) or _all_lines(data, name, person_id)
    lines.sort(
        key=lambda line: (line.at.isoformat() if line.at else UNDATED, line.key), reverse=True
    )
    return home, lines


def _hinted_lines(
    data: bytes, person_id: str | None, sought: Sought | None
) -> tuple[Home, list[Line]] | None:
    quick = Quick.of(data, person_id) if sought is not None and sought.hints else None
    if quick is None or sought is None:
        return None
    begin = past_checklist(data)
    low = fold_bytes(data[begin:])
    if tells_otherwise(low):
        return None
    try:
        return quick.home, quick.lines(low, begin, sought)
    except StrangeError:
        return None


def _all_lines(data: bytes, name: str, person_id: str | None) -> tuple[Home, list[Line]]:
    tables = migrated(parse(data, name))
    home = home_in(tables, name, person_id)
    searched = {table: docs for table, docs in tables.items() if table not in NOT_SEARCHED}
    records = [r for r, _ in records_in(searched, home, with_page=True) if r is not None]
    talk_at = next((r.at for r in records if isinstance(r, OneToOne)), None)
    if home.one_to_one_id is not None and talk_at is None:
        raise DamagedError(f"{name} does not say when it was.")
    lines = (line for record in records for line in lines_of(record, home))
    return home, [line._replace(talk_at=talk_at) for line in lines]


def entries_in(data: bytes, name: str, person_id: str | None) -> Read:
    """Return what can be found in a file; see `lines_in`."""
    quick = Quick.of(data, person_id)
    if quick is not None:
        with suppress(StrangeError):
            return quick.read()
    home, lines = lines_in(data, name, person_id)
    talk_at = lines[0].talk_at if lines else None
    return Read(home, talk_at.isoformat() if talk_at else "", list(map(entry_of, lines)))


def hit_in(
    data: bytes, low: bytes, begin: int, name: str, person_id: str | None, sought: Sought
) -> Hit | None:
    """Return how many lines of a file fit, None where none do. Its first hint is in it.

    Args:
        data: The file's bytes.
        low: They folded, from ``begin`` on.
        begin: A place before which nothing stands that is searched.
        name: The file's name.
        person_id: Whose folder it is in, where that is known.
        sought: What to look for.

    Raises:
        DamagedError: Where it cannot be read.
    """
    is_told = not tells_otherwise(low)
    if is_told and not all(hint in low for hint in sought.hints):
        return None
    quick = Quick.of(data, person_id) if is_told and sought.hints else None
    if quick is not None:
        with suppress(StrangeError):
            return quick.hit(low, begin, sought)
    read = entries_in(data, name, person_id)
    return hit_of(read.home, read.at, [e for e in read.entries if sought.is_in(e)])


def hit_of(home: Home, at: str, entries: list[Entry]) -> Hit | None:
    """Return how many lines of a file were found; None where there are none."""
    ats = () if at else tuple(entry.at for entry in entries)
    return Hit(home, at, len(entries), ats) if entries else None


def person_in(data: bytes) -> str | None:
    """Return whom a person's file is about, None where it does not say."""
    found = _WHO.search(data)
    if found is not None:
        return found[1].decode("utf-8", "replace")
    try:
        return home_in(migrated(parse(data, "person.json")), "person.json", None).person_id
    except DamagedError:
        return None
