"""What a search found, as rows; and the way to where it stands."""

from __future__ import annotations

from datetime import date

from textual.content import Content

from tui.domain.dates import say_day
from tui.domain.finding import CARD, INTENTION, QUESTION, TO_THANK, Line, excerpt, kind_label, spans
from tui.domain.notes import HEARD, PARK, PROMISE
from tui.domain.people import Person
from tui.render import AMBER, BRIGHT, MINE, MUTED, joined, line, text
from tui.screens.host import Host
from tui.widgets.rows import EMPTY, Row
from tui.words import search as said

OF_PERSON = "person:"
"""Begins the id of a row that stands for a person."""
FOUND = "bold underline"
"""How the words are marked, in black and white too."""
_BEFOREHAND = frozenset({INTENTION.id, TO_THANK.id, QUESTION.id})
"""What stands on the checklist of a talk rather than among its notes."""


def open_line(app: Host, found: Line) -> None:
    """Open a line that was found, where it stands; says so where it is there no longer."""
    journal = app.notebook.journal
    home, record_id = found.home, found.record_id
    if home.person_id not in journal.people:
        app.say(said.GONE if app.notebook.is_whole else said.NOT_READ_YET)
        return
    one_id = home.one_to_one_id
    if found.kind_id == PARK.id:
        shelf = journal.topics.get(home.person_id, ())
        one_id = next((topic.born_in for topic in shelf if topic.id == record_id), None)
        if one_id not in journal.one_to_ones:
            app.show_person(home.person_id)
            return
    if found.kind_id == CARD.id:
        app.open_person(home.person_id)
    elif one_id is None:
        app.open_board(home.person_id, record_id)
    elif one_id not in journal.one_to_ones:
        app.say(said.GONE if app.notebook.is_whole else said.NOT_READ_YET)
    elif found.kind_id in _BEFOREHAND:
        app.open_prepare(one_id)
    else:
        app.open_listen(one_id, record_id)


def person_hit(person: Person, words: tuple[str, ...]) -> Row:
    """Return a person as a row of what was found."""
    body = [_marked(person.name, words, "bold")]
    if person.role:
        body.append(line((" · ", MUTED), _marked(person.role, words, MUTED)))
    right = text(said.ARCHIVED, MUTED) if person.archived else EMPTY
    return Row(row_id(f"{OF_PERSON}{person.id}", words), line(*body), right=right)


def line_hit(
    found: Line,
    person: Person | None,
    words: tuple[str, ...],
    today: date,
    *,
    is_narrow: bool = False,
) -> Row:
    """Return a line that was found: the words marked in it, and below whose it is and when."""
    style = ""
    if found.is_mine:
        style = MINE
    elif found.kind_id == HEARD.id:
        style = BRIGHT
    elif found.kind_id == PROMISE.id:
        style = AMBER
    body = _marked(excerpt(found.said, words), words, style)
    if found.kind_id == HEARD.id:
        body = line(("“", style), body, ("”", style))
    day = say_day(found.day, today) if found.day else ""
    side = str(found.side) if found.is_mine else ""
    name = said.whose(found, person)
    label = kind_label(found.kind_id)
    key = row_id(found.key, words)
    if is_narrow:
        return Row(key, body, below=joined([name, day, label, side], MUTED))
    gutter = text(f"{day:<12} {label[:11]:<11} ", MUTED)
    return Row(key, body, gutter, joined([name, side], MUTED))


def row_id(key: str, words: tuple[str, ...]) -> str:
    """Return the id of a row: the same line for other words is another row.

    Contents of one text are equal to Textual (8.2) whatever is marked in them, and so are rows.
    """
    return "\n".join((key, *words))


def key_of(row_id: str) -> str:
    """Return the key a row was made for."""
    return row_id.partition("\n")[0]


def _marked(said_so: str, words: tuple[str, ...], style: str) -> Content:
    """Return a text with the words marked in it."""
    parts: list[Content] = []
    place = 0
    for start, end in spans(said_so, words):
        parts += [text(said_so[place:start], style), text(said_so[start:end], f"{style} {FOUND}")]
        place = end
    return Content("").join([*parts, text(said_so[place:], style)])
