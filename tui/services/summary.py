"""The summary: the text for the colleague, and the only way out for what was said.

Nothing derived from a note that is *mine*, not even a count, may reach `summary_text`. What was
held back is told apart from it, for the screen only, by `held_back`.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tui.domain.dates import say_day, say_moment
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Journal, Page
from tui.domain.notes import (
    DECIDED,
    HEARD,
    IDEA,
    NEED,
    PARK,
    PLAN,
    PROMISE,
    THANKS,
    Kind,
    Note,
)
from tui.domain.onetoones import WALK, OneToOne
from tui.domain.people import Person
from tui.domain.text import fold

GREETING = "Thank you for {what} on {day}, {name}."
UNSURE = " (as I remember it)"
"""After a line the manager only thinks was said so."""
CLOSING = "Please tell me what I got wrong or left out."
NOTHING = "We talked. There is nothing I need to send you in writing this time."


class Format(StrEnum):
    """How the summary is written out."""

    PLAIN = "plain"
    MARKDOWN = "markdown"


class Section(NamedTuple):
    """A heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]


class Summary(NamedTuple):
    """What the colleague will read, before it is written out."""

    opening: str
    sections: tuple[Section, ...]
    closing: str


def summary_of(journal: Journal, one: OneToOne, page: Page, today: date | None = None) -> Summary:
    """Return the summary of a one-to-one: only what happened, only what is *ours*.

    Sections stand in the order of the design, empty ones left out. Own promises come before the
    other's plans. What was let go is not mentioned.

    Args:
        journal: Where the person, their follow-ups and their shelf are.
        one: The one-to-one.
        page: What was written in it.
        today: The day to look from: a plan that was missed is not the next one-to-one.
    """
    person = journal.people[one.person_id]
    day = one.at.date()
    notes = sorted((n for n in page.notes if not n.is_mine), key=lambda n: (n.at, n.id))
    agreed = tuple(
        f
        for f in sorted(journal.follow_ups_of(person.id), key=lambda f: (f.said, f.id))
        if (f.born_in == one.id or one.id in f.touches) and _is_still_meant(f, day)
    )
    parked = (t for t in journal.topics.get(person.id, ()) if t.born_in == one.id)
    sections = (
        _section(THANKS, notes),
        _section(HEARD, notes, quoted=True),
        _section(NEED, notes),
        Section(PROMISE.section, _promises(agreed, (Owner.ME, Owner.BOTH), day)),
        Section(PLAN.section, _promises(agreed, (Owner.THEM,), day)),
        _section(DECIDED, notes),
        _section(IDEA, notes),
        Section(PARK.section, tuple(t.text for t in sorted(parked, key=lambda t: (t.on, t.id)))),
        Section("Next one-to-one", _next_line(journal, one, today or day)),
    )
    filled = tuple(section for section in sections if section.lines)
    said_something = any(s.heading != "Next one-to-one" for s in filled)
    opening = _greeting(person, one, day)
    if not said_something:
        opening = f"{opening}\n{NOTHING}"
    return Summary(opening, filled, CLOSING)


def held_back(page: Page) -> int:
    """Return how many notes stay with the manager. For the manager's own screen only."""
    return sum(note.is_mine for note in page.notes)


def _greeting(person: Person, one: OneToOne, day: date) -> str:
    what = "the walk" if one.place == WALK else "the talk"
    where = "" if one.place in ("", WALK) else f" ({one.place})"
    said = say_day(day, day)
    return GREETING.format(what=what, day=said + where, name=person.first_name)


def _section(kind: Kind, notes: list[Note], *, quoted: bool = False) -> Section:
    mine = (note for note in notes if note.kind_id == kind.id)
    return Section(kind.section, tuple(_said(note, quoted=quoted) for note in mine))


def _said(note: Note, *, quoted: bool) -> str:
    """Return a line as it may be said: nobody is quoted with words one is not sure of."""
    if note.is_unsure:
        return f"{note.text}{UNSURE}"
    return f"“{note.text}”" if quoted else note.text


def _promises(
    follow_ups: tuple[FollowUp, ...], owners: tuple[Owner, ...], day: date
) -> tuple[str, ...]:
    return tuple(_promise(f, day) for f in follow_ups if f.owner in owners)


def _promise(follow_up: FollowUp, day: date) -> str:
    is_said = "together" in fold(follow_up.text)
    together = " together" if follow_up.owner is Owner.BOTH and not is_said else ""
    cue = f", {follow_up.cue}" if follow_up.cue else ""
    due = f", by {say_day(follow_up.due, day)}" if follow_up.due else ""
    unsure = UNSURE if follow_up.is_unsure else ""
    return f"{follow_up.text}{together}{cue}{due}{unsure}"


def _is_still_meant(follow_up: FollowUp, day: date) -> bool:
    """Return whether it was open on the day of the talk: what was done before is no promise."""
    was_done_before = follow_up.closed is not None and follow_up.closed < day
    return follow_up.stage is not Stage.LET_GO and not was_done_before


def _next_line(journal: Journal, one: OneToOne, today: date) -> tuple[str, ...]:
    later = (
        other
        for other in journal.one_to_ones_of(one.person_id)
        if other.at > one.at and not other.took_place and other.at.date() >= today
    )
    coming = next(later, None)
    if coming is None:
        return ()
    place = f", {coming.place}" if coming.place else ""
    return (say_moment(coming.at, one.at.date()) + place,)


def summary_text(summary: Summary, form: Format) -> str:
    """Return the summary as text, ending in a line end.

    In Markdown, everything a person typed is escaped so that it reads as it was typed.
    """
    markdown = form is Format.MARKDOWN
    clean = _escape_markdown if markdown else str
    parts = [clean(summary.opening)]
    for section in summary.sections:
        heading = f"## {section.heading}\n" if markdown else section.heading
        lines = ("- " + clean(line).replace("\n", "\n  ") for line in section.lines)
        parts.append("\n".join((heading, *lines)))
    parts.append(clean(summary.closing))
    return "\n\n".join(parts) + "\n"


_MARKDOWN_ANYWHERE = re.compile(r"([\\`*_\[\]<>|&~])")
_MARKDOWN_LINE_START = re.compile(r"^(\s*)(#|\+|-|=|!|:|\d+(?=[.)]))", re.MULTILINE)
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


def _escape_markdown(text: str) -> str:
    """Return user text so that Markdown shows it as typed and no link, image or HTML is live."""
    text = _MARKDOWN_ANYWHERE.sub(r"\\\1", _INDENTATION.sub("", text))

    def start(match: re.Match[str]) -> str:
        blanks, mark = match.groups()
        return f"{blanks}{mark}\\" if mark.isdigit() else f"{blanks}\\{mark}"

    return _MARKDOWN_LINE_START.sub(start, text)
