"""What to know about somebody at a glance, as it stands beside the list of people."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from tui import words
from tui.domain.dates import say_date, say_due, say_moment
from tui.domain.followups import FollowUp
from tui.domain.notes import HEARD
from tui.domain.onetoones import OneToOne
from tui.domain.standing import Standing
from tui.domain.text import first_line
from tui.render import AMBER, BRIGHT, MUTED, joined, learned, line, text
from tui.services.board import columns_of
from tui.services.notebook import Notebook

SHOWN = 6
"""Follow-ups of each that are shown."""


def glimpse(notebook: Notebook, standing: Standing, left_open: OneToOne | None) -> Content:
    """Return what to know about somebody.

    Args:
        notebook: Where it is.
        standing: Where things stand with them.
        left_open: A talk that is over and still waits to be debriefed.
    """
    person, today = standing.person, notebook.today()
    cadence = person.cadence.say() if person.cadence else "no cadence"
    parts: list[Content] = [
        text(person.name, "bold"),
        joined([person.role, cadence, person.place], MUTED),
    ]
    if left_open is not None:
        said = words.left_open(say_date(left_open.at.date(), today))
        parts += [Content(""), text(said, "italic"), Content("")]
    if standing.next is not None:
        parts.append(line(("Next  ", MUTED), say_moment(standing.next.at, today)))
    if person.helps:
        parts += [Content(""), line(("Helps  ", MUTED), text(person.helps))]
    parts += [
        line((f"{c.label}  ", MUTED), text(c.text), (f"  {learned(c, today)}", MUTED))
        for c in person.card
    ]
    parts += _last_time(notebook, standing)
    parts += _owed(notebook, standing)
    shelf = notebook.journal.shelf_of(person.id)
    if shelf:
        parts += [Content(""), text("On the shelf", MUTED)]
        parts += [line("& ", text(first_line(topic.text))) for topic in shelf[:5]]
    return Content("\n").join(parts)


def _last_time(notebook: Notebook, standing: Standing) -> list[Content]:
    if standing.last is None:
        return []
    page = notebook.page(standing.last.id)
    heard = [n for n in sorted(page.notes, key=lambda n: n.at) if n.kind is HEARD]
    shared = [note for note in heard if not note.is_mine]
    title = f"Last time, {say_moment(standing.last.at, notebook.today())}"
    parts = [Content(""), text(title, MUTED)]
    return parts + [text(f"“{first_line(note.text)}”", BRIGHT) for note in shared[-2:]]


def _owed(notebook: Notebook, standing: Standing) -> Iterator[Content]:
    board = columns_of(notebook.journal.follow_ups_of(standing.person.id))
    open_ones = [f for column in board.values() for f in column if f.is_open]
    mine = [f for f in open_ones if f.i_owe]
    theirs = [f for f in open_ones if not f.i_owe]
    yield from _promised("You promised", AMBER, mine, standing)
    yield from _promised(f"{standing.person.first_name} plans", "", theirs, standing)


def _promised(
    title: str, style: str, chosen: list[FollowUp], standing: Standing
) -> Iterator[Content]:
    if chosen:
        yield Content("")
        yield text(title, MUTED)
    for each in chosen[:SHOWN]:
        due = (f"  {say_due(each.due, standing.today)}", MUTED)
        yield line(text(first_line(each.text), style), due)
