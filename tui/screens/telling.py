"""How the history is told: a one-to-one whole, and the rows that lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from textual.content import Content

from tui import words
from tui.domain.dates import say_day, say_moment
from tui.domain.followups import FollowUp, Owner
from tui.domain.journal import Journal
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person, Topic
from tui.domain.questions import Area, Landed, Pick
from tui.domain.text import shortened, times
from tui.render import (
    AMBER,
    BLANK,
    MUTED,
    heading_row,
    history_row,
    joined,
    line,
    note_row,
    text,
    topic_row,
)
from tui.services.history import history_of
from tui.services.lookback import Told, asked_of, told
from tui.services.notebook import Notebook
from tui.widgets.rows import EMPTY, Row
from tui.words import history as said

Chosen = OneToOne | FollowUp | Topic | Pick | Area
"""What a row of the list stands for."""
TALK, TOPIC = "talk:", "topic:"
"""Begin the ids of rows of the list."""
PLACE = 16
"""Cells of a place beside its day."""


class Around(NamedTuple):
    """What a text is told with."""

    person: Person
    today: date
    pending: frozenset[str] = frozenset()
    """Records that are not saved yet."""
    is_narrow: bool = False


# -- the list ------------------------------------------------------------------------------


def parked_rows(parked: tuple[Topic, ...], today: date) -> list[Row]:
    """Return what was parked and never raised, under its heading."""
    rows = [topic_row(topic, today) for topic in parked]
    return [heading_row(said.HAD_PARKED), *rows, BLANK] if rows else []


def talk_row(one: OneToOne, today: date) -> Row:
    """Return a one-to-one as a row of the list: its day, and where it was."""
    where = one.place
    if not one.took_place:
        where = said.STILL_TO_COME if one.at.date() >= today else said.NOT_HELD
    day = text(say_day(one.at.date(), today), "" if one.took_place else MUTED)
    return Row(f"{TALK}{one.id}", day, right=text(shortened(where, PLACE), MUTED))


# -- one talk, whole -----------------------------------------------------------------------


def told_rows(whole: Told, around: Around) -> tuple[Row, ...]:
    """Return a one-to-one to be read: how it was, what was said, and what became of it."""
    parts = (
        _head(whole.one, around),
        _section("Questions", [_asked_row(p) for p in (*whole.asked, *whole.considered)]),
        _section("Notes", [_quiet(note_row(note, is_pending=note.id in around.pending,
                                           is_narrow=around.is_narrow)) for note in whole.notes]),
        _section("Follow-ups from here", [_became_row(f, around) for f in whole.made]),
        _section("Came up again", [_became_row(f, around) for f in whole.came_up]),
        _section("Parked here", [_parked_row(topic) for topic in whole.parked]),
        _section("Sent", [_line(words.went_out(s, around.today)) for s in whole.sendings]),
    )  # fmt: skip
    rows = [row for part in parts for row in part]
    written = (*whole.notes, *whole.made, *whole.came_up, *whole.parked)
    if not whole.is_whole:
        rows += [BLANK, _line(said.UNREADABLE)]
    elif whole.one.took_place and not written:
        rows += [BLANK, _line(said.NOTHING_WRITTEN)]
    return tuple(rows)


def _head(one: OneToOne, around: Around) -> Iterator[Row]:
    person, today = around.person, around.today
    who = joined([one.place, words.lead(one.lead, person)], MUTED)
    yield Row("", line((say_moment(one.at, today), "bold"), "  ", who))
    yield from (_line(fact) for fact in _facts(one, around) if fact)
    for label, value in (
        ("Intention", one.intention),
        ("Thanks", one.thanks),
        ("Most useful", one.useful),
    ):
        if value:
            yield Row("", text(value), text(f"{label}  ", MUTED))


def _facts(one: OneToOne, around: Around) -> Iterator[str]:
    """Yield what is to be known of a talk beside what was said, a line each."""
    if not one.took_place:
        is_coming = one.at.date() >= around.today
        yield said.STILL_TO_COME if is_coming else said.NOT_HELD
    elif one.awaits_debrief:
        yield said.TO_DEBRIEF
    clock = ""
    if one.started is not None:
        until = f"{one.ended:%H:%M}" if one.ended else "…"
        clock = f"{one.started:%H:%M}–{until}"
    carried = f"carried by: {one.carried}" if one.carried else ""
    yield " · ".join(fact for fact in (clock, carried) if fact)
    yield " · ".join(one.route)
    yield said.moved(one, around.person, around.today)


def _section(title: str, rows: list[Row]) -> list[Row]:
    return [BLANK, heading_row(title), *rows] if rows else []


def _line(sentence: str) -> Row:
    return Row("", text(sentence, MUTED))


def _quiet(row: Row) -> Row:
    """Return a row that cannot be chosen."""
    return row._replace(id="")


def _asked_row(pick: Pick) -> Row:
    went = {Landed.YES: "landed", Landed.NO: "did not land"}.get(pick.landed, "asked")
    is_asked = pick.asked is not None
    right = text(went if is_asked else "not asked", MUTED)
    return Row("", text(pick.text, "" if is_asked else MUTED), text("? ", MUTED), right)


def _became_row(follow_up: FollowUp, around: Around) -> Row:
    mine = follow_up.owner is not Owner.THEM
    style = AMBER if mine and follow_up.is_open else ""
    facts = [said.what_became(follow_up, around.today)]
    if follow_up.touches and follow_up.is_open:
        facts.append(f"↻ came up {times(follow_up.mentions)}")
    if follow_up.is_unsure:
        facts.append(words.THINK_SO)
    sign = text(f"{follow_up.kind.key} ", style or MUTED)
    below = joined(facts, MUTED)
    if follow_up.id in around.pending:
        below = line(below, " · ", words.PENDING)
    return Row("", text(follow_up.text, style), sign, below=below)


def _parked_row(topic: Topic) -> Row:
    right = text("raised" if topic.raised else "not raised yet", MUTED)
    return Row("", text(topic.text), text("& ", MUTED), right)


# -- what is to be raised, and where it comes from -----------------------------------------


def follow_up_rows(journal: Journal, follow_up: FollowUp, around: Around) -> tuple[Row, ...]:
    """Return a follow-up whole, with all that happened to it."""
    style = AMBER if follow_up.i_owe else ""
    head = Row("", text(follow_up.text, style), text(f"{follow_up.kind.key} ", style or MUTED))
    cue = [_line(follow_up.cue)] if follow_up.cue else []
    events = [
        _quiet(history_row("", event, journal, around.person, around.today))
        for event in history_of(journal, follow_up)
    ]
    return (head, *cue, BLANK, *events)


def topic_rows(topic: Topic, around: Around) -> tuple[Row, ...]:
    """Return a parked topic whole, with the day it was parked."""
    parked = f"parked {say_day(topic.on, around.today)}, not raised yet"
    return (Row("", text(topic.text), text("& ", MUTED)), _line(parked))


def area_rows(journal: Journal, area: Area, around: Around) -> tuple[Row, ...]:
    """Return the questions that were asked about an area so far, the last first."""
    head = Row("", text(area.label, "bold"))
    asked = [
        _quiet(_asked_row(pick))._replace(below=text(say_day(day, around.today), MUTED))
        for day, pick in asked_of(journal, around.person.id, area)
    ]
    return (head, *(asked[::-1] or [_line("No question about it was asked yet.")]))


def rows_of(
    chosen: Chosen, notebook: Notebook, around: Around, last: OneToOne | None
) -> tuple[Row, ...]:
    """Return what is told of a row of the list, below it the talk that it comes from.

    Args:
        chosen: What it stands for.
        notebook: Where it is.
        around: What to tell it with.
        last: The last time; a question that landed is of it.
    """
    journal = notebook.journal

    def whole(one: OneToOne | None) -> tuple[Row, ...]:
        if one is None:
            return ()
        return told_rows(told(journal, one, notebook.pages_aside().of(one)), around)

    def with_origin(rows: tuple[Row, ...], one_id: str | None) -> tuple[Row, ...]:
        origin = whole(journal.one_to_ones.get(one_id or ""))
        return (*rows, BLANK, _line("From"), *origin) if origin else rows

    match chosen:
        case OneToOne():
            return whole(chosen)
        case FollowUp():
            return with_origin(follow_up_rows(journal, chosen, around), chosen.born_in)
        case Topic():
            return with_origin(topic_rows(chosen, around), chosen.born_in)
        case Pick():
            return whole(last)
        case Area():
            return area_rows(journal, chosen, around)


def plain_of(row: Row) -> str:
    """Return what is found in a row by its words."""
    return "\n".join(part.plain for part in (row.body, row.below) if part is not EMPTY)


def marked(row: Row) -> Row:
    """Return a row in which words were found, marked."""
    mark: Content = text("» ", "bold")
    return row._replace(gutter=line(mark, row.gutter))
