"""Text mode: where things stand with a person, read out."""

from __future__ import annotations

from collections.abc import Iterator

from tui.domain.followups import FollowUp, board_order
from tui.domain.standing import last_time
from tui.services import lookback, person_cards, talks
from tui.services.coming import standing_with
from tui.shell.plain.session import Session
from tui.words import plain as words
from tui.words import spoken


def hear(session: Session) -> None:
    """Say what is due and owed, what to raise, the card, and what was written last time."""
    session.read_out(tuple(_lines(session)))


def _lines(session: Session) -> Iterator[str]:
    notebook, person = session.notebook, session.person
    journal, today = notebook.journal, notebook.today()
    standing = standing_with(notebook, person)
    yield spoken.standing(standing, is_long=True)
    if standing.next is not None:
        yield spoken.next_talk(standing.next, person, today)
    open_ones = sorted((f for f in journal.follow_ups_of(person.id) if f.is_open), key=board_order)
    yield from (spoken.follow_up(f, person, today) for f in open_ones)
    for found in lookback.raise_next(journal, person.id, today, session.current):
        if not isinstance(found.about, FollowUp):  # those have just been said
            yield spoken.to_raise(found)
    _, sheet = person_cards.sheet_of(person)
    if person.helps:
        yield spoken.card_line("Helps", person.helps)
    for entered in sheet:
        if entered.line is not None:
            yield spoken.card_line(entered.label, entered.text)
    yield from _last_time(session)


def _last_time(session: Session) -> Iterator[str]:
    one = last_time(session.theirs, session.current)
    if one is None:
        yield words.NO_EARLIER
        return
    yield spoken.last_time(one, session.notebook.today())
    if session.notebook.is_unreadable(one.id):
        yield words.UNREADABLE
    for record in talks.written_in(session.notebook, one):
        yield spoken.written(record, session.person, session.notebook.today())
