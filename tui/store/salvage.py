"""What can still be read in a damaged file.

Our files hold one document a line, so that most damage leaves most documents whole: a file cut
short, one with the marks of a merge in it, one in another encoding, one with a line that is broken.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, NamedTuple

from tui.domain.notes import Side
from tui.domain.text import both_texts
from tui.store.files import Document, Tables, is_too_deep

_TABLE = re.compile(r'("(?:[^"\\]|\\.)*"): ?\{(\})?')
_DOCUMENT = re.compile(r'("(?:[^"\\]|\\.)*"): ?(\{.*\})')


class Salvaged(NamedTuple):
    """What was read in a damaged file."""

    tables: Tables
    is_whole: bool
    """Whether all of it could be read, so that nothing is known to be missing."""


def salvage(data: bytes) -> Salvaged:
    """Return what can be read in a file's bytes; nothing, where that is nothing.

    Of two documents with one id both are kept in one, with both texts where these differ.
    """
    text = _decoded(data)
    try:
        value = _loads(text)
    except (ValueError, RecursionError):
        return _by_lines(text)
    tables = _only_documents(value)
    return Salvaged(tables, is_whole=bool(tables) and tables == value)


def joined(first: Tables, second: Tables) -> Tables:
    """Return what is in either of two files; both texts, where a line says different things."""
    result = {name: dict(table) for name, table in first.items()}
    for name, table in second.items():
        mine = result.setdefault(name, {})
        for record_id, document in table.items():
            known = mine.get(record_id)
            mine[record_id] = _joined_documents(known, document) if known else document
    return result


def overlaid(below: Tables, above: Tables) -> Tables:
    """Return what is in either of two files, as the second has it."""
    names = [*below, *(name for name in above if name not in below)]
    return {name: below.get(name, {}) | above.get(name, {}) for name in names}


def _decoded(data: bytes) -> str:
    """Return bytes as text, whatever a program has made of our UTF-8."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace")
    some = data[:200]
    if some.count(0) > len(some) // 3:
        name = "utf-16-be" if some[:1] == b"\0" else "utf-16-le"
        text = data.decode(name, "replace")
        if "{" in text:
            return text
    return data.decode("utf-8-sig", "alongside-latin").replace("\0", "")


def _latin(error: UnicodeError) -> tuple[str, int]:
    """Read a byte that is not UTF-8 as the Latin-1 it most likely was."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("alongside-latin", _latin)


def _no_number(name: str) -> None:
    """Read NaN and its like as nothing."""


def _finite(digits: str) -> float | None:
    """Read a number that is beyond all numbers as nothing."""
    number = float(digits)
    return number if abs(number) != float("inf") else None


def _loads(text: str) -> Any:
    return json.loads(
        text,
        object_pairs_hook=_joined_pairs,
        parse_constant=_no_number,
        parse_float=_finite,
    )


def _joined_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        known = found.get(name)
        if isinstance(known, dict) and isinstance(value, dict):
            value = _joined_documents(known, value)
        if not isinstance(known, dict) or isinstance(value, dict):
            found[name] = value
    return found


def _joined_documents(first: Document, second: Document) -> Document:
    result = dict(first)
    for name, value in second.items():
        known = result.get(name)
        if isinstance(known, dict) and isinstance(value, dict):
            value = _joined_documents(known, value)
        elif name == "text" and isinstance(known, str) and isinstance(value, str):
            value = both_texts(known, value)
        elif name == "side" and Side.MINE in (known, value):
            value = Side.MINE.value  # what either side kept to itself stays so
        result[name] = value
    return result


def _only_documents(value: Any) -> Tables:
    """Return of some JSON what a file of ours may hold."""
    tables: Tables = {}
    if not isinstance(value, dict):
        return tables
    for name, table in value.items():
        if isinstance(table, dict):
            tables[name] = {
                record_id: document
                for record_id, document in table.items()
                if isinstance(document, dict) and not is_too_deep([[document]])
            }
    return tables


def _by_lines(text: str) -> Salvaged:
    """Read document by document; of a merge that was not finished, both sides."""
    tables: Tables = {}
    name: str | None = None
    name_before_merge: str | None = None
    is_old_side = False
    lost = 0
    has_ended = False
    lines = text.split("\n")
    indents = [len(line) - len(line.lstrip()) for line in lines if line.lstrip().startswith('"')]
    outermost = min(indents, default=0)
    for whole_line in lines:
        line = whole_line.strip().removesuffix(",").rstrip()
        if line.startswith("<<<<<<<"):
            name_before_merge = name
        elif line.startswith("|||||||"):  # what both sides began with: neither wants it back
            is_old_side = True
        elif line.startswith("=======") or line.startswith(">>>>>>>"):
            is_old_side = False
            name = name_before_merge if line.startswith("=") else name
        elif is_old_side:
            continue
        elif whole_line.find('"') == outermost and (found := _TABLE.fullmatch(line)):
            lost += name is not None  # the end of the table before it is lost
            table = _string(found[1])
            tables.setdefault(table or "", {})
            name = None if found[2] else table
        elif found := _DOCUMENT.fullmatch(line):
            has_ended = False
            lost += not _take(tables, name, found)
        elif line == "}":
            has_ended = name is None
            name = None
        elif line not in ("", "{"):
            lost += 1
    return Salvaged({n: t for n, t in tables.items() if n}, has_ended and not lost)


def _take(tables: Tables, name: str | None, found: re.Match[str]) -> bool:
    record_id = _string(found[1])
    try:
        document = _loads(found[2])
    except (ValueError, RecursionError):
        return False
    if not name or record_id is None or is_too_deep([[document]]):
        return False
    table = tables.setdefault(name, {})
    known = table.get(record_id)
    table[record_id] = _joined_documents(known, document) if known else document
    return True


def _string(quoted: str) -> str | None:
    try:
        return str(json.loads(quoted))
    except ValueError:
        return None
