"""Text mode: the talk, and notes line by line."""

from __future__ import annotations

from tui.desk.beginnings import first_template
from tui.domain.checklist import Phase
from tui.domain.onetoones import WALK, OneToOne
from tui.domain.standing import one_to_one_of_day
from tui.services import course, talks
from tui.shell.console import Interrupted, WentBack
from tui.shell.plain import preparing
from tui.shell.plain.lines import Pad
from tui.shell.plain.session import Session
from tui.words import plain as words
from tui.words import prompts, spoken


def talk(session: Session) -> None:
    """Start a talk, take notes of it line by line, go through the closing list, end it.

    Raises:
        WentBack: Where it does not begin, or goes on.
    """
    one_id = _talk_of_now(session)
    one = session.one(one_id)
    picks = session.notebook.journal.picks_of(one_id)
    session.say(spoken.talk(one, session.person, picks))
    if one.is_open and one.started is None and session.agrees(words.START, words.START_EXPLAINED):
        session.keep(lambda: course.start(session.notebook, session.one(one_id)), words.STARTED)
    take_notes(session, one_id)
    if session.one(one_id).is_talking:
        _close(session, one_id)


def _talk_of_now(session: Session) -> str:
    """Return the id of the talk that is held now: today's, the one planned, or a new one."""
    notebook = session.notebook
    one = one_to_one_of_day(session.theirs, notebook.today())
    coming = session.current
    if one is None and coming is not None:
        question = prompts.is_it_this(coming, session.person, notebook.today())
        if session.agrees(question, words.IS_IT_THIS_EXPLAINED):
            one = coming
    if one is not None:
        return one.id
    made: list[OneToOne] = []

    def begin() -> None:
        template = first_template(session.notebook.journal.templates)
        made.append(talks.of_today(session.notebook, session.person, template, WALK))

    if not session.keep(begin, spoken.new_talk(session.person)):
        raise WentBack
    return made[-1].id


def take_notes(session: Session, one_id: str) -> None:
    """Keep what is typed, a line at a time, until an empty line."""
    pad = Pad(session, one_id, lambda one, entries: talks.write_all(session.notebook, one, entries))
    question = words.FIRST_LINE
    while True:
        try:
            line = session.ask(question, words.KINDS_EXPLAINED)
        except Interrupted as halt:
            if not halt.begun:
                raise
            pad.keep_begun(halt.begun)
            raise Interrupted("") from None
        if not line:
            return
        if not pad.command(line):
            pad.keep(line)
        question = words.NEXT_LINE


def _close(session: Session, one_id: str) -> None:
    """Go through the closing list, and end the talk.

    Raises:
        WentBack: Where it goes on.
    """
    if preparing.left(session, one_id, Phase.CLOSE) and session.agrees(words.CLOSING_LIST):
        try:
            preparing.walk(session, one_id, Phase.CLOSE)
        except WentBack:
            session.say(words.CLOSING_LEFT)
    if not session.agrees(words.IS_OVER, words.IS_OVER_EXPLAINED):
        raise WentBack
    session.keep(lambda: course.end(session.notebook, session.one(one_id)), words.ENDED)
