"""Reading single lines of a file that is as we write it: one document a line, the tables in order.

Notes, and most of the rest, are read without JSON at all. What is not quite as we write it raises
`StrangeError`, and the file is read whole (`tui.store.texts`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

from tui.domain.finding import INTENTION, PART, TO_THANK, USEFUL, Line, lines_of
from tui.domain.journal import Home, Record
from tui.domain.notes import PLAN, PROMISE, Side, kind_of
from tui.domain.text import clean, fold
from tui.store.codec import SHAPES, decode
from tui.store.entries import NOT_SEARCHED, Entry, Hit, Mark, Read, Sought, entry_of
from tui.store.fields import ShapeError
from tui.store.migrations import SCHEMA

LEAP = 4096
"""Bytes of a checklist that are not looked at; with a reason to each item it has more."""
SHAPE_OF = {shape.table.encode(): shape for shape in SHAPES if shape.table not in NOT_SEARCHED}
_HEAD = re.compile(
    rb'\{\n"about": \{\n "file": \{"kind": "(?:person|one-to-one)", '
    rb'(?:"person": "([^"\\]+)", )?"schema": %d\}\n\},\n' % SCHEMA
)
_TALK = re.compile(rb'\n"one_to_one": \{\n "([^"\\]+)": \{"at": "(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)"')
_TABLE = re.compile(rb'"([a-z_]+)": \{\}?,?')
_FOLDED_NOTE = re.compile(
    rb' "[^"\\]+": \{"at": "[\dt:-]+", (?:"is_pinned": (?:true|false), )?'
    rb'"is_unsure": (?:true|false), "kind_id": "[^"\\]*", "side": "(?:ours|mine)", '
    rb'"text": "([^"\\]*)"\},?'
)
_NOTE = re.compile(
    rb' "([^"\\]+)": \{"at": "(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)", '
    rb'(?:"is_pinned": (?:true|false), )?"is_unsure": (?:true|false), '
    rb'"kind_id": "([^"\\]*)", "side": "(ours|mine)", "text": "([^"\\]*)"\},?'
)
_MOMENT = rb'"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)"'
_FOLLOW_UP = re.compile(
    rb' "([^"\\]+)": \{"closed": (?:null|"[\d-]+"), "cue": "([^"\\]*)", '
    rb'"due": (?:null|"[\d-]+"), "is_unsure": (?:true|false), "owner": "(me|them|both)", '
    rb'"reason": "([^"\\]*)", "said": ' + _MOMENT + rb', "stage": "[a-z-]+", '
    rb'"steps": \[[^\\]*?\], "text": "([^"\\]*)", "touches": \[[^\\\]]*\]\},?'
)
_ONE_TO_ONE = re.compile(
    rb' "([^"\\]+)": \{"at": ' + _MOMENT + rb', "bench": [^\\]*?, "intention": "([^"\\]*)", '
    rb'"lead": [^\\]*?, "thanks": "([^"\\]*)", "useful": "([^"\\]*)"\},?'
)
_DOCUMENT = re.compile(rb' ("(?:[^"\\]|\\.)*"): (\{.*\}),?')
_CLOSES = frozenset({b"}", b"},", b""})
_marks: dict[tuple[bytes, bytes], Mark] = {}


def past_checklist(data: bytes) -> int:
    """Return a place near the end of a file's checklist: half of the file, and not searched.

    Nothing that is searched stands before it: as we write files, the checklist comes first. It is
    one leap, for to look for the end of a table takes as long as to look for the words.
    """
    end = data.find(b"\n", LEAP)
    is_in_it = data[end + 42 : end + 51] == b'{"is_own"'
    return end if is_in_it and data.find(b'\n},\n"checklist": {\n', 0, 200) > 0 else 0


class StrangeError(Exception):
    """A file is not quite as we write it; it is read whole."""


class Quick:
    """Reads single lines of a file that is as we write it."""

    def __init__(self, data: bytes, home: Home, at: str) -> None:
        self._data = data
        self.home = home
        self._at = at
        self._lines: list[bytes] = []
        self._line, self._line_at = 0, 0
        self._table, self._table_at, self._table_end = b"", 0, 0

    @classmethod
    def of(cls, data: bytes, person_id: str | None) -> Quick | None:
        """Return what reads a file, None for one that is to be read whole."""
        head = _HEAD.match(data)
        if head is None or not data.endswith(b"\n}\n}\n"):
            return None
        said = head[1].decode("utf-8", "replace") if head[1] else ""
        talk = _TALK.match(data, max(0, data.rfind(b'\n"one_to_one": {')))
        if talk is not None and said:
            home = Home(person_id or said, talk[1].decode("utf-8", "replace"))
            return cls(data, home, talk[2].decode())
        if talk is None and not said and person_id is not None:
            return cls(data, Home(person_id), "")
        return None

    def _every_line(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield each line of a table that is searched, with the table it is in.

        Raises:
            StrangeError: At a line that we do not write.
        """
        table = b""
        for line in self._data[past_checklist(self._data) :].split(b"\n"):
            if line[:2] == b' "':
                if table in SHAPE_OF:
                    yield line, table
            elif (header := _TABLE.fullmatch(line)) is not None:
                table = header[1]
            elif line not in _CLOSES:
                raise StrangeError

    def read(self) -> Read:
        """Return all that can be found in the file, newest first.

        Raises:
            StrangeError: Where there is a line that we do not write.
        """
        found: list[Entry] = []
        for line, table in self._every_line():
            found += self._read_line(line, table)
        found.sort(reverse=True)
        return Read(self.home, self._at, found)

    def hit(self, low: bytes, begin: int, sought: Sought) -> Hit | None:
        """Return how many lines fit, None where none do.

        Args:
            low: The folded bytes, from ``begin`` on.
            begin: Where they begin.
            sought: What to look for.

        Raises:
            StrangeError: At a line that we do not write.
        """
        is_plain = sought.is_plain and bool(self._at)
        first = sought.hints[0]
        found: list[str] = []
        count = 0
        for at, start, end in _places(low, sought.hints):
            text = _FOLDED_NOTE.fullmatch(low, start, end) if is_plain else None
            if text is not None:
                count += text.start(1) <= at < text.end(1) or first in text[1]
            elif (placed := self._placed(low, begin, start, end)) is not None:
                found += [entry.at for entry in self._read_line(*placed) if sought.is_in(entry)]
        count += len(found)
        return Hit(self.home, self._at, count, () if self._at else tuple(found)) if count else None

    def lines(self, low: bytes, begin: int, sought: Sought) -> list[Line]:
        """Return the lines in which all hints stand, as `hit` counts them, in no special order."""
        lines: list[Line] = []
        talk_at = datetime.fromisoformat(self._at) if self._at else None
        for _, start, end in _places(low, sought.hints):
            if (placed := self._placed(low, begin, start, end)) is not None:
                record = self._record(*placed)
                some = lines_of(record, self.home) if record is not None else ()
                lines += (line._replace(talk_at=talk_at) for line in some)
        return lines

    def _placed(self, low: bytes, begin: int, start: int, end: int) -> tuple[bytes, bytes] | None:
        """Return a line as it was before it was folded, and its table; None if not searched.

        Lines are asked for in their order.
        """
        if low[start : start + 2] != b' "':
            return None
        if not self._table_at <= start < self._table_end:
            self._table_at = low.rfind(b'\n"', 0, start) + 1
            after = low.find(b'\n"', start)
            self._table_end = after if after >= 0 else len(low)
            header = _TABLE.match(low, self._table_at)
            self._table = header[1] if header is not None else b""
        if self._table not in SHAPE_OF:
            return None
        data = self._data
        if len(low) == len(data) - begin and data.isascii():
            return data[begin + start : begin + end], self._table
        self._lines = self._lines or data[begin:].split(b"\n")
        self._line += low.count(b"\n", self._line_at, start)
        self._line_at = start
        return self._lines[self._line], self._table

    def _read_line(self, line: bytes, table: bytes) -> list[Entry]:
        if table == b"notes" and (note := _NOTE.fullmatch(line)) is not None:
            return [_note(note)] if note[5] else []
        if table == b"follow_ups" and (follow_up := _FOLLOW_UP.fullmatch(line)) is not None:
            return _follow_up(follow_up)
        if table == b"one_to_one" and (one := _ONE_TO_ONE.fullmatch(line)) is not None:
            return _one_to_one(one)
        record = self._record(line, table)
        return [entry_of(ln) for ln in lines_of(record, self.home)] if record else []

    def _record(self, line: bytes, table: bytes) -> Record | None:
        parts = _DOCUMENT.fullmatch(line)
        if parts is None:
            raise StrangeError
        try:
            record_id, document = json.loads(parts[1]), json.loads(parts[2])
            return decode(SHAPE_OF[table], self.home, record_id, document)
        except ShapeError:
            return None
        except (ValueError, RecursionError) as error:
            raise StrangeError from error


def _places(low: bytes, hints: tuple[bytes, ...]) -> Iterator[tuple[int, int, int]]:
    """Yield where the first hint stands in each line that holds all, and where that line does."""
    first, others = hints[0], hints[1:]
    at = low.find(first)
    while at >= 0:
        start = low.rfind(b"\n", 0, at) + 1
        end = low.find(b"\n", at)
        if not others or all(low.find(hint, start, end) >= 0 for hint in others):
            yield at, start, end
        at = low.find(first, end)


def _note(note: re.Match[bytes]) -> Entry:
    key, at, kind_id, side, text = note.groups()
    mark = _marks.get((kind_id, side))
    if mark is None:
        kind = kind_of(kind_id.decode("utf-8", "replace"))
        is_ours = side == b"ours" and kind.side is Side.OURS
        mark = _marks[kind_id, side] = (kind.id, Side.OURS if is_ours else Side.MINE)
    return Entry(at.decode(), key.decode("utf-8", "replace"), mark, _folded(text))


def _follow_up(follow_up: re.Match[bytes]) -> list[Entry]:
    key, cue, owner, reason, said, text = follow_up.groups()
    mark = (PLAN.id if owner == b"them" else PROMISE.id, Side.OURS)
    whole = _folded(b"\n".join(part for part in (text, cue, reason) if part))
    return [Entry(said.decode(), key.decode("utf-8", "replace"), mark, whole)] if whole else []


def _one_to_one(one: re.Match[bytes]) -> list[Entry]:
    key, at, *texts = one.groups()
    begin = f"{key.decode('utf-8', 'replace')}{PART}"
    return [
        Entry(at.decode(), f"{begin}{kind.id}", (kind.id, None), _folded(text))
        for kind, text in zip((INTENTION, TO_THANK, USEFUL), texts, strict=True)
        if text
    ]


def _folded(text: bytes) -> bytes:
    """Return a text that was written without escapes, folded.

    Raises:
        StrangeError: Where it is no UTF-8.
    """
    if text.isascii() and b"\x7f" not in text:
        return text.lower()
    try:
        return fold(clean(text.decode())).encode()
    except UnicodeDecodeError as error:
        raise StrangeError from error
