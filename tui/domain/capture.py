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


def is_marked_mine(line: str) -> bool:
    """Return whether a line says by its first characters that it is the manager's alone."""
    line = line.lstrip()
    kind = KIND_BY_KEY.get(line[:1])
    is_kept = line[:1] == MINE_MARK and line[1:].lstrip(" ")[:1] in KIND_BY_KEY
    return is_kept or (kind is not None and kind.side is Side.MINE)


class Pasted(NamedTuple):
    """What a pasted text is, before it is entered."""

    kind: Kind
    side: Side | None
    """Whose it is, where that follows from its lines; None for what is usual for its kind."""
    text: str


def read_pasted(text: str, usual: Kind) -> Pasted:
    """Return what a text is that is pasted where a line begins.

    A key before a blank chooses the kind, as it does where it is typed; the keys of kinds that are
    always *mine* do so without one. Where a later line has such a key, the whole is *mine*: a text
    that cannot be is then a note of the usual kind.
    """
    first, *later = text.lstrip().split("\n")
    kind = KIND_BY_KEY.get(first[:1], usual)
    if kind.side is not Side.MINE and first[1:2] != " ":
        kind = usual
    if kind is not usual or first[:2] == f"{usual.key} ":
        rest = text.lstrip()[1:].lstrip(" ")
    else:
        rest = text
    has_mine = any(map(is_marked_mine, later))
    if not has_mine or kind.side is Side.MINE:
        return Pasted(kind, None, rest)
    if kind.becomes is Becomes.NOTE:
        return Pasted(kind, Side.MINE, rest)
    return Pasted(HEARD, Side.MINE, text)


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
