"""Text mode: when the next one-to-one is."""

from __future__ import annotations

from datetime import datetime

from tui.desk.beginnings import first_template
from tui.desk.shipped import template_after
from tui.domain.checklist import Template
from tui.domain.dates import WhenError, parse_moment
from tui.domain.onetoones import WALK, Mover, OneToOne
from tui.errors import AlongsideError
from tui.services import coming, course
from tui.shell.console import WentBack
from tui.shell.plain.session import Session
from tui.words import plain as words
from tui.words import prompts, spoken

MOVERS = {"me": Mover.ME, "them": Mover.THEM, "neither": Mover.LEAVE}


def current_or_planned(session: Session) -> str:
    """Return the id of the one-to-one to prepare; where none is planned, it is asked when it is.

    Raises:
        WentBack: Where none is planned then either.
    """
    one = session.current
    if one is None:
        session.say(spoken.none_planned(session.person))
        at = _moment(session, words.WHEN_IS_IT, None, None)
        usual = first_template(session.notebook.journal.templates)
        if at is None or not _scheduled(session, at, usual):
            raise WentBack
        one = session.current
        if one is None:  # it was for a moment that has just passed
            raise WentBack
    session.say(spoken.next_talk(one, session.person, session.notebook.today()))
    return one.id


def plan(session: Session) -> None:
    """Plan the next one-to-one, or move the one that is planned."""
    person, today = session.person, session.notebook.today()
    held = [one for one in session.theirs if one.took_place and one.at.date() == today]
    known = coming.planned_next(session.notebook, person, held[-1] if held else None)
    if known is not None:
        session.say(spoken.next_talk(known, person, today))
        at = _moment(session, words.MOVE_TO, None, known)
        if at is not None:
            _move(session, known.id, at)
        return
    since = today if held else None
    suggestion = coming.suggested(session.notebook, person, since)
    at = _moment(session, prompts.when_next(suggestion, today), suggestion, None)
    if at is not None:
        last = held[-1] if held else None
        templates = session.notebook.journal.templates
        template = template_after(last.template, templates) if last else first_template(templates)
        _scheduled(session, at, template, last.place if last else WALK)


def _moment(
    session: Session, question: str, suggestion: datetime | None, during: OneToOne | None
) -> datetime | None:
    """Ask for a moment that is still to come; None where it is left open.

    Args:
        session: The sitting.
        question: What is asked.
        suggestion: What *yes* takes.
        during: The talk it is about.
    """
    while True:
        answer = session.ask(question, words.WHEN_EXPLAINED)
        if not answer or answer.strip().casefold() in ("no", "n"):
            return None
        if suggestion is not None and answer.strip().casefold() in ("yes", "y"):
            return suggestion
        try:
            at = parse_moment(answer, session.notebook.now(), session.reckoning(during))
            coming.check_to_come(at, session.notebook.now())
        except (WhenError, AlongsideError) as error:
            session.say(str(error))
        else:
            return at


def _scheduled(session: Session, at: datetime, template: Template, place: str = WALK) -> bool:
    place = session.person.place or place
    said = spoken.planned(at, place, session.notebook.today())
    return session.keep(
        lambda: coming.schedule(session.notebook, session.person, at, template, place), said
    )


def _move(session: Session, one_id: str, at: datetime) -> None:
    by = _mover(session)

    def move() -> None:
        one = session.one(one_id)
        if by is None:
            course.edit(session.notebook, one, one._replace(at=at))
        else:
            coming.move(session.notebook, one, at, by)

    session.keep(move, spoken.moved(at, session.notebook.today()))


def _mover(session: Session) -> Mover | None:
    """Ask who moved a talk; None where that is left open."""
    while True:
        answer = session.ask(prompts.who_moved(session.person)).strip().casefold()
        if not answer:
            return None
        if answer in MOVERS:
            return MOVERS[answer]
        session.say(words.MOVER_ANSWERS)
