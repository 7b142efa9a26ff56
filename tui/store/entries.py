"""What is looked for in a file, and what of it is looked at: its lines, folded."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tui.domain.finding import UNDATED, Line
from tui.domain.journal import Home
from tui.domain.notes import Side
from tui.domain.text import fold
from tui.services.ports import Wanted
from tui.store.foldedbytes import hints

Mark = tuple[str, Side | None]
"""What a line is and who may read it."""

NOT_SEARCHED = frozenset({"checklist", "sent"})
"""Tables whose texts repeat what stands elsewhere."""


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


def sought_in(wanted: Wanted) -> Sought:
    """Return what a search looks for in each file."""
    kinds, side = wanted.kinds, wanted.side
    if kinds is None and side is None:
        return Sought(wanted.words, None)

    def is_wanted(mark: Mark) -> bool:
        return (kinds is None or mark[0] in kinds) and (side is None or mark[1] is side)

    return Sought(wanted.words, is_wanted)


def entry_of(line: Line) -> Entry:
    """Return a line as it is looked at."""
    at = line.at.isoformat() if line.at else UNDATED
    return Entry(at, line.key, (line.kind_id, line.side), fold(line.text).encode())
