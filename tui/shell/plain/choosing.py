"""Text mode: whom it is about."""

from __future__ import annotations

from functools import partial

from tui.domain.dates import Cadence, WhenError, parse_cadence
from tui.domain.people import Person
from tui.domain.standing import Standing, standings
from tui.errors import AlongsideError
from tui.services import course, folk
from tui.shell.console import WentBack
from tui.shell.plain.matching import is_number
from tui.shell.plain.session import Session
from tui.shell.verbs import find_person
from tui.words import plain as words
from tui.words import prompts, spoken

NEW = "new"


def choose(session: Session) -> None:
    """Have a person chosen by number or by name, the most pressing first; or somebody added.

    Raises:
        WentBack: Where that is answered.
    """
    session.refresh()
    found = _everybody(session)
    if not found:
        session.say(words.NOBODY)
        _add(session)
        return
    for number, standing in enumerate(found, 1):
        session.say(f"{number}. {spoken.standing(standing)}")
    while True:
        answer = session.ask(prompts.who(found[0].person), words.WHO_EXPLAINED)
        if answer.strip().casefold() == NEW:
            try:
                _add(session)
            except WentBack:
                continue
            return
        if _is_chosen(session, answer, found):
            return


def _is_chosen(session: Session, answer: str, found: tuple[Standing, ...]) -> bool:
    if not answer:
        session.person_id = found[0].person.id
        return True
    if is_number(answer):
        place = session.number(answer, len(found))
        if place is None:
            return False
        session.person_id = found[place].person.id
        return True
    try:
        session.person_id = find_person(session.notebook, answer).id
    except AlongsideError as error:
        session.say(str(error))
        return False
    return True


def _everybody(session: Session) -> tuple[Standing, ...]:
    journal, now = session.notebook.journal, session.notebook.now()
    waiting = {p for p in journal.people if course.left_open(journal, p, now) is not None}
    return standings(journal, now.date(), waiting=waiting)


def _add(session: Session) -> None:
    """Ask for a new person's name and how often to talk.

    Raises:
        WentBack: Where nobody is added.
    """
    while True:
        name = session.ask(words.NEW_NAME)
        if not name:
            raise WentBack
        try:
            name = folk.check_name(session.notebook.journal, name)
        except AlongsideError as error:
            session.say(str(error))
            continue
        draft = Person("", name, cadence=_cadence(session))
        said = spoken.added(draft)
        if session.keep(partial(_put_down, session, draft), said):
            session.person_id = find_person(session.notebook, name).id
            return


def _put_down(session: Session, draft: Person) -> None:
    folk.add(session.notebook, draft)


def _cadence(session: Session) -> Cadence | None:
    while True:
        answer = session.ask(words.HOW_OFTEN)
        try:
            return parse_cadence(answer)
        except WhenError as error:
            session.say(str(error))
