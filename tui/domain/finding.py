"""Finding: what of the records a search looks at, and where the words stand in it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from tui.domain.followups import FollowUp
from tui.domain.journal import Home, Record
from tui.domain.notes import KINDS, PARK, Note, Side, kind_of
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person, Topic
from tui.domain.questions import Pick
from tui.domain.text import clean, fold


class Findable(NamedTuple):
    """One kind of line beside the notes, as one row of the only table of them."""

    id: str
    label: str
    meaning: str


INTENTION = Findable("intention", "intention", "what you meant to do in the talk")
TO_THANK = Findable("to-thank", "to thank", "what you meant to thank them for")
USEFUL = Findable("useful", "most useful", "what was most useful to them")
QUESTION = Findable("question", "asked", "a question that was asked")
CARD = Findable("card", "card", "a line of their card, or what helps them")
PERSON = Findable("person", "person", "name and role")
FINDABLE: tuple[Findable, ...] = (INTENTION, TO_THANK, USEFUL, QUESTION, CARD, PERSON)
KIND_IDS: tuple[str, ...] = (*(kind.id for kind in KINDS), *(row.id for row in FINDABLE))
"""Every kind of line that can be found."""
_LABEL = {row.id: row.label for row in FINDABLE}

UNDATED = "~"
"""Stands for the moment of what has none; it sorts after every moment, and so comes first."""
PART = "#"
"""Stands in a key between the id of a record and which of its lines it is."""


class Line(NamedTuple):
    """One line that can be found: a note, or one text of another record."""

    home: Home
    key: str
    """The id of its record, with `PART` and a name behind it where the record has several."""
    kind_id: str
    text: str
    """What is looked through; several texts of a record stand below one another."""
    at: datetime | None
    """When it was written, as far as anybody knows."""
    side: Side | None = None
    """Who may read it; None for what is no part of a talk's record, such as a card."""
    talk_at: datetime | None = None
    """When the talk was whose file it is in."""

    @property
    def said(self) -> str:
        """The text as it is shown: what belongs together on one line."""
        joint = {PERSON.id: " · ", CARD.id: ": "}.get(self.kind_id)
        return self.text.replace("\n", joint, 1) if joint else self.text

    @property
    def record_id(self) -> str:
        """The id of its record."""
        return record_of(self.key)

    @property
    def day(self) -> date | None:
        """The day to look for it: of its talk, else of its own."""
        at = self.talk_at or self.at
        return at.date() if at else None

    @property
    def moment(self) -> str:
        """What it is sorted by, in ISO form: when its talk was, else when it was written."""
        at = self.talk_at or self.at
        return at.isoformat() if at else UNDATED

    @property
    def is_mine(self) -> bool:
        """Whether it stays with the manager and can never reach the colleague."""
        return self.side is Side.MINE


def record_of(key: str) -> str:
    """Return the id of the record a key is of."""
    return key.partition(PART)[0]


def kind_label(kind_id: str) -> str:
    """Return what a kind of line is called."""
    return _LABEL.get(kind_id) or kind_of(kind_id).label


def lines_of(record: Record, home: Home) -> tuple[Line, ...]:
    """Return the lines of a record that can be found; a text that is empty is none.

    A checklist, a sent summary and what belongs to no talk and no person have none: they repeat
    what stands elsewhere.
    """
    match record:
        case Note():
            side = Side.MINE if record.is_mine else Side.OURS
            lines = [Line(home, record.id, record.kind_id, record.text, record.at, side)]
        case FollowUp():
            said = "\n".join(part for part in (record.text, record.cue, record.reason) if part)
            lines = [Line(home, record.id, record.kind.id, said, record.said, Side.OURS)]
        case Topic():
            lines = [Line(home, record.id, PARK.id, record.text, _begin(record.on), Side.OURS)]
        case OneToOne():
            lines = [
                Line(home, f"{record.id}{PART}{kind.id}", kind.id, said, record.at)
                for kind, said in (
                    (INTENTION, record.intention),
                    (TO_THANK, record.thanks),
                    (USEFUL, record.useful),
                )
            ]
        case Pick(asked=datetime() as asked):
            lines = [Line(home, record.id, QUESTION.id, record.text, asked)]
        case Person():
            lines = _lines_of_person(record, home)
        case _:
            lines = []
    return tuple(line for line in lines if line.text)


def _lines_of_person(person: Person, home: Home) -> list[Line]:
    named = "\n".join(part for part in (person.name, person.role) if part)
    begin = f"{person.id}{PART}"
    return [
        Line(home, f"{begin}{PERSON.id}", PERSON.id, named, None),
        Line(home, f"{begin}helps", CARD.id, person.helps, None),
        *(
            Line(
                home,
                f"{begin}{place}",
                CARD.id,
                f"{line.label}\n{line.text}" if line.label else line.text,
                _begin(line.learned) if line.learned else None,
            )
            for place, line in enumerate(person.card)
            if line.text
        ),
    ]


def _begin(day: date) -> datetime:
    return datetime.combine(day, time())


# -- words ---------------------------------------------------------------------------------


def words_in(typed: str) -> tuple[str, ...]:
    """Return the words of a search, folded, each once; a longer one says all a part of it says."""
    words = dict.fromkeys(fold(clean(typed)).split())
    return tuple(w for w in words if not any(w != other and w in other for other in words))


def fits(folded: str, words: tuple[str, ...]) -> bool:
    """Return whether all words are in a text that was folded."""
    return all(word in folded for word in words)


def spans(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where in a text the words stand, from left to right, joined where they overlap.

    The text is as it was written, the words are folded: one character may fold to several, and an
    accent of its own to none.
    """
    folded: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        plain = fold(character)
        folded.append(plain)
        origin += [place] * len(plain)
    whole = "".join(folded)
    marked = [False] * len(text)
    for word in words:
        at = whole.find(word)
        while at >= 0:
            for place in range(origin[at], origin[at + len(word) - 1] + 1):
                marked[place] = True
            at = whole.find(word, at + 1)
    for place in range(1, len(text)):
        if marked[place - 1] and not folded[place]:  # the accent belongs to the letter before it
            marked[place] = True
    found: list[tuple[int, int]] = []
    for place, is_marked in enumerate(marked):
        if is_marked and found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        elif is_marked:
            found.append((place, place + 1))
    return tuple(found)


LONG = 240
"""Characters of a text that are shown around the first word found in it."""


def excerpt(text: str, words: tuple[str, ...], length: int = LONG) -> str:
    """Return the part of a text that shows the words: its line, cut where that is too long.

    Args:
        text: The text, of one line or many.
        words: The words, folded.
        length: How many characters to return at most, ellipses aside.
    """
    lines = text.split("\n")
    counts = [sum(word in fold(line) for word in words) for line in lines]
    chosen = lines[counts.index(max(counts))]
    if len(chosen) <= length:
        return chosen
    folded = fold(chosen)
    first = min((at for word in words if (at := folded.find(word)) >= 0), default=0)
    if len(folded) != len(chosen):  # about where it stands, near enough to find it
        first = _origin(chosen, first)
    begin = max(0, min(first - length // 4, len(chosen) - length))
    end = min(len(chosen), begin + length)
    return f"{'…' if begin else ''}{chosen[begin:end]}{'…' if end < len(chosen) else ''}"


def _origin(text: str, place: int) -> int:
    """Return the place in a text of a place in what it folds to."""
    seen = 0
    for index, character in enumerate(text):
        seen += len(fold(character))
        if seen > place:
            return index
    return 0
