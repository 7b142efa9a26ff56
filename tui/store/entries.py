"""The lines of a file that can be found, read as cheaply as the file allows.

A file as we write it has one document a line. From such a file single lines are read, notes
without JSON at all. Any other file is read whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from tui.domain.finding import INTENTION, PART, TO_THANK, UNDATED, USEFUL, Line, lines_of
from tui.domain.journal import Home, Record
from tui.domain.notes import PLAN, PROMISE, Side, kind_of
from tui.domain.onetoones import OneToOne
from tui.domain.text import clean, fold
from tui.errors import DamagedError
from tui.store.codec import SHAPES, decode, records_in
from tui.store.fields import ShapeError
from tui.store.files import parse
from tui.store.foldedbytes import fold_bytes, hints, tells_otherwise
from tui.store.migrations import SCHEMA, migrated
from tui.store.reading import home_in

Mark = tuple[str, Side | None]
"""What a line is and who may read it."""

LEAP = 4096
"""Bytes of a checklist that are not looked at; with a reason to each item it has more."""
_NOT_SEARCHED = frozenset({"checklist", "sent"})
_SHAPES = {shape.table.encode(): shape for shape in SHAPES if shape.table not in _NOT_SEARCHED}
_HEAD = re.compile(
    rb'\{\n"about": \{\n "file": \{"kind": "(?:person|one-to-one)", '
    rb'(?:"person": "([^"\\]+)", )?"schema": %d\}\n\},\n' % SCHEMA
)
_TALK = re.compile(rb'\n"one_to_one": \{\n "([^"\\]+)": \{"at": "(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)"')
_WHO = re.compile(rb'\n"person": \{\n "([^"\\]+)": \{')
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


class Entry(NamedTuple):
    """A line that can be found, as it is looked at and held: folded."""

    at: str
    """When it was written, in ISO form, or `UNDATED`."""
    key: str
    mark: Mark
    folded: bytes


class Read(NamedTuple):
    """What was read of one file."""

    home: Home
    at: str
    """When the talk was; empty where the file is a person's."""
    entries: list[Entry]
    """Newest first."""


class Hit(NamedTuple):
    """How many lines of one file fit."""

    home: Home
    at: str
    """When the talk was; empty where the file is a person's."""
    lines: int
    ats: tuple[str, ...]
    """When each was written, where the file is a person's."""


class Sought:
    """What is looked for in each file."""

    def __init__(self, words: tuple[str, ...], marks: Callable[[Mark], bool] | None) -> None:
        """Prepare a search.

        Args:
            words: What must all be in one line, folded.
            marks: Whether a line of this kind and side is wanted; None where all are.
        """
        self.words = tuple(word.encode() for word in words)
        self.hints = hints(words)
        self.marks = marks
        self.is_plain = marks is None and len(words) == 1 and self.hints == self.words
        """Whether a hint that is in a text is all there is to say."""

    def is_in(self, entry: Entry) -> bool:
        """Return whether a line is what is looked for."""
        folded = entry.folded
        for word in self.words:
            if word not in folded:
                return False
        return self.marks is None or self.marks(entry.mark)


def entry_of(line: Line) -> Entry:
    """Return a line as it is looked at."""
    at = line.at.isoformat() if line.at else UNDATED
    return Entry(at, line.key, (line.kind_id, line.side), fold(line.text).encode())


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
    except _StrangeError:
        return None


def _all_lines(data: bytes, name: str, person_id: str | None) -> tuple[Home, list[Line]]:
    tables = migrated(parse(data, name))
    home = home_in(tables, name, person_id)
    searched = {table: docs for table, docs in tables.items() if table not in _NOT_SEARCHED}
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
        with suppress(_StrangeError):
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
        with suppress(_StrangeError):
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


def past_checklist(data: bytes) -> int:
    """Return a place near the end of a file's checklist: half of the file, and not searched.

    Nothing that is searched stands before it: as we write files, the checklist comes first. It is
    one leap, for to look for the end of a table takes as long as to look for the words.
    """
    end = data.find(b"\n", LEAP)
    is_in_it = data[end + 42 : end + 51] == b'{"is_own"'
    return end if is_in_it and data.find(b'\n},\n"checklist": {\n', 0, 200) > 0 else 0


class _StrangeError(Exception):
    """A file is not quite as we write it; it is read whole."""


class Quick:
    """Reads single lines of a file that is as we write it."""

    def __init__(self, data: bytes, home: Home, at: str) -> None:
        self._data = data
        self.home = home
        self._at = at

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
            _StrangeError: At a line that we do not write.
        """
        table = b""
        for line in self._data[past_checklist(self._data) :].split(b"\n"):
            if line[:2] == b' "':
                if table in _SHAPES:
                    yield line, table
            elif (header := _TABLE.fullmatch(line)) is not None:
                table = header[1]
            elif line not in _CLOSES:
                raise _StrangeError

    def read(self) -> Read:
        """Return all that can be found in the file, newest first.

        Raises:
            _StrangeError: Where there is a line that we do not write.
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
            _StrangeError: At a line that we do not write.
        """
        is_plain = sought.is_plain and bool(self._at)
        first = sought.hints[0]
        found: list[str] = []
        count = 0
        for at, start, end in _places(low, sought.hints):
            text = _FOLDED_NOTE.fullmatch(low, start, end) if is_plain else None
            if text is not None:
                count += at >= text.start(1) or first in text[1]
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
        """Return a line as it was before it was folded, and its table; None if not searched."""
        if low[start : start + 2] != b' "':
            return None
        table = _TABLE.match(low, low.rfind(b'\n"', 0, start) + 1)
        if table is None or table[1] not in _SHAPES:
            return None
        data = self._data
        if len(low) == len(data) - begin and data.isascii():
            return data[begin + start : begin + end], table[1]
        return data[begin:].split(b"\n")[low.count(b"\n", 0, start)], table[1]

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
            raise _StrangeError
        try:
            record_id, document = json.loads(parts[1]), json.loads(parts[2])
            return decode(_SHAPES[table], self.home, record_id, document)
        except ShapeError:
            return None
        except (ValueError, RecursionError) as error:
            raise _StrangeError from error


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
        _StrangeError: Where it is no UTF-8.
    """
    if text.isascii() and b"\x7f" not in text:
        return text.lower()
    try:
        return fold(clean(text.decode())).encode()
    except UnicodeDecodeError as error:
        raise _StrangeError from error
