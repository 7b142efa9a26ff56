"""The text of a file as a search holds it: folded, its lines with their kinds and sides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui.domain.finding import KIND_IDS
from tui.domain.journal import Home
from tui.domain.notes import Side
from tui.store.entries import Hit, Mark, Read, Sought
from tui.store.files import Stamp

END = b"\0"
"""Stands between held texts; no text holds it."""
KNOWN: tuple[Mark, ...] = tuple((kind, side) for kind in KIND_IDS for side in (None, *Side))
"""The marks that a line may have, as this version knows them, by their codes."""
_marks: list[Mark] = [*KNOWN]
_codes: dict[Mark, int] = {mark: code for code, mark in enumerate(KNOWN)}


class Held(NamedTuple):
    """The text of a file, as it is held."""

    stamp: Stamp
    home: Home
    at: str
    """When the talk was; empty where the file is a person's."""
    text: bytes
    """Its lines, newest first, folded, with `END` between them."""
    marks: bytes
    """A code for the mark of each line."""
    ats: tuple[str, ...]
    """When each line was written; empty where the talk says when."""


def held_of(read: Read, stamp: Stamp) -> Held | None:
    """Return what was read of a file as it is held; None where there are more marks than codes.

    Args:
        read: What was read.
        stamp: The stamp of the very file it was read from.
    """
    entries = read.entries
    try:
        marks = bytes([_code_of(entry.mark) for entry in entries])
    except ValueError:
        return None
    text = END.join([entry.folded for entry in entries])
    ats = () if read.at else tuple(entry.at for entry in entries)
    return Held(stamp, read.home, read.at, text, marks, ats)


def are_known(marks: Iterable[int]) -> bool:
    """Return whether codes mean the same to every run of this version."""
    return max(marks, default=0) < len(KNOWN)


def _code_of(mark: Mark) -> int:
    code = _codes.get(mark)
    if code is None:  # a kind of a newer version, or of nobody
        code = _codes[mark] = len(_marks)
        _marks.append(mark)
    return code


def hit_in_held(held: Held, sought: Sought) -> Hit | None:
    """Return how many lines of a file fit. Its text holds the first word."""
    _, home, talk_at, text, marks, ats = held
    words = sought.words
    if sought.is_plain and talk_at:
        count, at, word = 0, 0, words[0]
        while (at := text.find(word, at)) >= 0:
            count += 1
            if (at := text.find(END, at)) < 0:
                break
        return Hit(home, talk_at, count, ())
    if not all(word in text for word in words):
        return None
    first, others = words[0], words[1:]
    parts = text.split(END)
    places = [place for place, part in enumerate(parts) if first in part]
    if others:
        places = [p for p in places if all(word in parts[p] for word in others)]
    is_wanted = sought.marks
    if is_wanted is not None:
        places = [p for p in places if is_wanted(_marks[marks[p]])]
    if not places:
        return None
    return Hit(home, talk_at, len(places), tuple(ats[p] for p in places) if ats else ())
