"""One typed line: its kind by the first character, its date at the end."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from tui.domain.dates import split_trailing_when
from tui.domain.notes import HEARD, KIND_BY_KEY, Becomes, Kind, Side
from tui.domain.reckoning import ISO, Reckoning
from tui.domain.text import clean_block

LITERAL = "\\"
"""Typed first, it makes the next character an ordinary one."""
NOT_MINE = "Follow-ups and parked topics are for both of you; this one cannot stay yours alone."
MINE_MARK = "-"
"""Before a kind key on the command line: this line is mine."""


class Entry(NamedTuple):
    """What a typed line means, before it is entered."""

    kind: Kind
    side: Side
    text: str
    due: date | None = None
    phrase: str = ""
    """The words at the end that were taken as the date."""
    problem: str | None = None
    """Why the end of the line, which looks like a date, is none."""
    is_unsure: bool = False
    """Whether the manager only thinks so."""

    @property
    def is_refused(self) -> bool:
        """Whether it was to stay with the manager but is of a kind that cannot."""
        return self.side is Side.MINE and self.kind.becomes is not Becomes.NOTE

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write down."""
        return not self.text


def read_entry(
    kind: Kind,
    text: str,
    today: date,
    side: Side | None = None,
    *,
    reckoning: Reckoning = ISO,
) -> Entry:
    """Return what ``text`` means as a line of this kind.

    Only follow-ups look for a date at their end. A kind that is always *mine* stays so whatever
    ``side`` says. How weeks go, and when the next one-to-one is, the ``reckoning`` says.
    """
    chosen = kind.side if side is None or kind.side is Side.MINE else side
    text = clean_block(text)
    if side is Side.MINE and kind.becomes is not Becomes.NOTE:
        return Entry(kind, Side.MINE, text, problem=NOT_MINE)
    if kind.becomes is not Becomes.FOLLOW_UP:
        return Entry(kind, chosen, text)
    found = split_trailing_when(text, today, reckoning)
    if found.when is None:
        return Entry(kind, Side.OURS, text, None, "", found.problem)
    return Entry(kind, Side.OURS, found.text, found.when, found.phrase)


def read_typed(
    kind: Kind,
    text: str,
    today: date,
    side: Side | None = None,
    *,
    reckoning: Reckoning = ISO,
) -> Entry:
    r"""Return what a line means whose kind was chosen while it was typed.

    There ``\> x`` is how to begin a line with a character that would choose a kind.
    """
    if text[:1] == LITERAL and text[1:2] in KIND_BY_KEY:
        text = text[1:]
    return read_entry(kind, text, today, side, reckoning=reckoning)


def read_line(
    line: str, today: date, default: Kind = HEARD, *, reckoning: Reckoning = ISO
) -> Entry:
    r"""Return what a whole line means, its kind key included.

    ``> send the book by fri`` is a promise; ``-! time alone`` a need that stays mine; ``\> x``
    is a note that begins with ``>``. Without a key it is of the default kind.
    """
    line = clean_block(line).lstrip()
    if line.startswith(LITERAL):
        return read_entry(default, line[1:], today, reckoning=reckoning)
    side = None
    marked = line.removeprefix(MINE_MARK).lstrip(" ")
    if line.startswith(MINE_MARK) and marked[:1] in KIND_BY_KEY:
        side, line = Side.MINE, marked
    kind = KIND_BY_KEY.get(line[:1])
    if kind is None:
        return read_entry(default, line, today, reckoning=reckoning)
    return read_entry(kind, line[1:].lstrip(), today, side, reckoning=reckoning)
