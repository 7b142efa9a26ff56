"""Text mode: the summary for the colleague, read out; copied or saved where that is answered."""

from __future__ import annotations

import os
from typing import NamedTuple

from tui.desk.clipboard import Clipboard, Outcome
from tui.desk.copying import copy_text
from tui.desk.exports import working_folder, write_beside
from tui.desk.own_summary import read_own_summary
from tui.domain.onetoones import OneToOne
from tui.domain.ours import Outbound
from tui.domain.sendings import UNCHECKED
from tui.domain.text import slug
from tui.errors import AlongsideError
from tui.services import sendings
from tui.services.edits import Edited
from tui.services.forms import SHIPPED_FORMS, forms_with
from tui.services.outward import Format, summary_text
from tui.shell.plain.matching import matched
from tui.shell.plain.session import Session
from tui.shell.verbs import place_asked
from tui.words import edits_left_behind, sent, spoken
from tui.words import plain as words


class _Made(NamedTuple):
    """A summary as it would go out now."""

    edited: Edited
    form: Format
    text: Outbound


def sum_up(session: Session) -> None:
    """Read out what the colleague will read, and how many lines stay with the manager."""
    held = [one for one in session.theirs if one.took_place]
    if not held:
        session.say(words.NOTHING_TO_SUM_UP)
        return
    one = held[-1]
    if session.notebook.is_unreadable(one.id):
        session.say(words.UNREADABLE_SUMMARY)
        return
    made = _made(session, one)
    session.say(spoken.summary_begins(one, session.person, session.notebook.today()))
    for line in str(made.text).splitlines():
        if line.strip():
            session.say(line)
    session.say(spoken.summary_ends(len(session.notebook.page(one.id).mine)))
    if made.edited.lost:
        session.say(edits_left_behind(len(made.edited.lost)))
    last = sendings.last_sent(session.notebook.page(one.id))
    if last is not None:
        since = sendings.since(last, made.edited.summary)
        session.say(sent(last, since, session.notebook.today()))
    while answer := session.ask(words.WHAT_WITH_SUMMARY, words.SUMMARY_EXPLAINED):
        match matched(answer, ("copy", "save")):
            case "copy":
                if _copied(session, one, made):
                    return
            case "save":
                if _saved(session, one, made):
                    return
            case _:
                session.say(words.SUMMARY_ANSWERS)


def _made(session: Session, one: OneToOne) -> _Made:
    own = read_own_summary(os.environ)
    forms = forms_with(*own) if own else SHIPPED_FORMS
    if forms.problem:
        session.say(forms.problem)
    edited = sendings.edited_summary(session.notebook, one)
    form = forms.all[0]
    return _Made(edited, form, summary_text(edited.summary, form, forms.template))


def _copied(session: Session, one: OneToOne, made: _Made) -> bool:
    """Copy it and say truly what came of it; nothing is sent to the terminal itself."""
    clipboard = Clipboard(os.environ, send_escape=lambda _: False)
    try:
        copied = copy_text(clipboard, made.text, place_asked(session.options).state)
    except AlongsideError as error:
        session.say(str(error))
        return False
    session.say(copied.sentence)
    if copied.outcome is Outcome.FAILED:
        return False
    how = copied.how + ("" if copied.outcome is Outcome.VERIFIED else UNCHECKED)
    edits = sendings.edits_of(session.notebook, one.id)
    kept = tuple(edit for edit in edits if edit not in made.edited.lost)

    def note() -> None:
        sendings.note_sent(session.notebook, one.id, made.edited.summary, made.form, how, kept)

    session.keep(note, quietly=True)  # where it is not noted, it says why
    return True


def _saved(session: Session, one: OneToOne, made: _Made) -> bool:
    """Write it into a file in the folder this was started in."""
    name = f"{slug(session.person.name)}-{one.at.date().isoformat()}"
    try:
        path = write_beside(
            working_folder(), name, ".txt", made.text, journal=place_asked(session.options).journal
        )
    except AlongsideError as error:
        session.say(str(error))
        return False
    session.say(spoken.saved_in(path))
    return True
