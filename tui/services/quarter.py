"""A quarter with one person in ten lines: one digest of what is ours, one for the manager alone.

The first is made by `tui.services.outward`, and is what may be copied. The second is for the
manager's own screen: nothing in it is an `Outbound`, so that nothing can send it anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from tui.domain.dates import say_day
from tui.domain.journal import Journal, Page
from tui.domain.notes import FEELING, HUNCH, Note
from tui.domain.onetoones import OneToOne
from tui.domain.ours import Outbound
from tui.domain.people import Person
from tui.domain.practice import Span, practice_of, talks_in
from tui.domain.questions import Landed
from tui.domain.tenlines import brief, ten_lines
from tui.domain.text import clean_line, plural
from tui.services import outward
from tui.services.pages import Pages
from tui.services.reflections import say_person, say_span

PRIVATE = "For you alone: nothing copies or sends this. Keep it out of what others read."
NOT_COPIED = "This is yours alone, so nothing copies it. m shows what is ours."
NOTHING = "You kept nothing to yourself in these days."


class Asked(NamedTuple):
    """A digest that was asked for. It may be made in any thread; the notebook takes no part."""

    pages: Pages
    person: Person
    span: Span
    today: date


class Digest(NamedTuple):
    """What came of it."""

    ours: Outbound
    mine: str
    """For the manager alone, ending in a line end."""
    unread: tuple[OneToOne, ...]
    """Talks that are not in it because their file cannot be read."""


def made(asked: Asked) -> Digest:
    """Read what was written in the talks of the span, and make both digests of it."""
    journal = asked.pages.journal
    talks = talks_in(journal, asked.person, asked.span, asked.today)
    pages = {one.id: asked.pages.of(one) for one in talks}
    ours = outward.ours_of_person(journal, asked.person, lambda one: pages.get(one.id), asked.today)
    read = tuple((one, page) for one in talks if (page := pages[one.id]) is not None)
    return Digest(
        outward.quarter_text(ours, asked.span.first, asked.span.last),
        _mine(journal, asked, read),
        tuple(one for one in talks if pages[one.id] is None),
    )


def left_out(digest: Digest) -> str:
    """Return that some talks are in neither digest, and what to do; empty where all are."""
    if not digest.unread:
        return ""
    talks = plural(len(digest.unread), "talk")
    return (
        f"Left out: {talks} whose file cannot be read. To bring it back: alongside check --repair"
    )


# -- for the manager alone -----------------------------------------------------------------

Read = tuple[tuple[OneToOne, Page], ...]


def _mine(journal: Journal, asked: Asked, read: Read) -> str:
    """Return the private digest: plain text, as full of what is *mine* as ten lines can be.

    It is chosen by the rule of the other one: of each sort a line, then of each one more.
    """
    person, span = asked.person, asked.span
    practice = practice_of(journal, person, span, asked.today)
    newest = tuple(reversed(read))
    sorts = [
        [] if practice.is_empty else [f"You: {' · '.join(say_person(practice))}"],
        [*_kept_back(newest, span, "You noticed", lambda note: note.kind is FEELING)],
        [*_kept_back(newest, span, "You wondered", lambda note: note.kind is HUNCH)],
        [*_kept_back(newest, span, "Kept to yourself", lambda n: n.kind not in (FEELING, HUNCH))],
        [*_landed(journal, newest, span)],
        [*_useful(newest, span, person)],
        [*_learned(person, span)],
    ]
    lines = ten_lines(sorts) or [NOTHING]
    title = f"{clean_line(person.name)}, {say_span(span, span.last)}"
    return "\n".join((title, PRIVATE, "", *(f"- {line}" for line in lines))) + "\n"


def _kept_back(
    newest: Read, span: Span, what: str, is_one: Callable[[Note], bool]
) -> Iterator[str]:
    for one, page in newest:
        for note in reversed(page.mine):
            if is_one(note):
                yield f"{what}, {say_day(one.at.date(), span.last)}: {brief(note.text)}"


def _landed(journal: Journal, newest: Read, span: Span) -> Iterator[str]:
    for one, _ in newest:
        for pick in journal.picks_of(one.id):
            if pick.asked and pick.landed is Landed.YES:
                yield f"Landed, {say_day(one.at.date(), span.last)}: {brief(pick.text)}"


def _useful(newest: Read, span: Span, person: Person) -> Iterator[str]:
    for one, _ in newest:
        if one.useful:
            day = say_day(one.at.date(), span.last)
            yield f"Most useful to {person.first_name}, {day}: {brief(one.useful)}"


def _learned(person: Person, span: Span) -> Iterator[str]:
    """Yield the lines of the card that were learned in these days, the newest first."""
    lines = ((line.learned, line) for line in person.card if line.learned)
    for day, line in sorted(lines, key=lambda pair: pair[0], reverse=True):
        if span.holds(day):
            label = f"{line.label}: " if line.label else ""
            yield f"On the card, {say_day(day, span.last)}: {brief(label + line.text)}"
