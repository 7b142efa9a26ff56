"""The commands that print what others may read: the cue card and the summary, and copy them."""

from __future__ import annotations

import os
import sys

from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.errors import (
    EXIT_DONE,
    EXIT_FAILED,
    AlongsideError,
    DamagedError,
    NotFoundError,
)
from tui.services.notebook import Notebook
from tui.shell.output import say
from tui.shell.verbs import day_asked, find_person, open_notebook, place_asked

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from tui.domain.ours import Outbound
    from tui.services.edits import Edited
    from tui.services.outward import Format


def card(options: argparse.Namespace) -> int:
    """Print the cue card of the next one-to-one, 40 columns wide, and copy it if asked."""
    from tui.domain.standing import current_one_to_one
    from tui.services.outward import card_text, cue_card

    notebook = open_notebook(options, whole=False)
    person = find_person(notebook, options.person)
    theirs = notebook.journal.one_to_ones_of(person.id)
    one = current_one_to_one(theirs, notebook.today())
    if one is None:
        raise NotFoundError(
            f"No one-to-one with {person.name} is planned, so there is no card. "
            "Plan one in the app: p on the list of people."
        )
    text = card_text(cue_card(notebook.journal, one, notebook.today()))
    print(text, end="")
    return _copied(options, text)[0] if options.copy else EXIT_DONE


def _copied(options: argparse.Namespace, text: Outbound) -> tuple[int, str]:
    """Copy what was printed, and say truly what came of it; returns the exit code and the way."""
    from tui.desk.clipboard import Outcome
    from tui.desk.copying import copy_from_command
    from tui.domain.sendings import UNCHECKED

    sys.stdout.flush()
    copied = copy_from_command(text, place_asked(options).state)
    say(copied.sentence)
    if copied.outcome is Outcome.FAILED:
        return EXIT_FAILED, ""
    return EXIT_DONE, copied.how + ("" if copied.outcome is Outcome.VERIFIED else UNCHECKED)


def summary(options: argparse.Namespace) -> int:
    """Print the summary of a one-to-one as the colleague will read it, and copy it if asked."""
    from tui import words
    from tui.desk.own_summary import own_summary_path, read_own_summary
    from tui.services.forms import SHIPPED_FORMS, forms_with
    from tui.services.outward import Format, summary_text
    from tui.services.sendings import edited_summary, last_sent, since

    notebook = open_notebook(options, whole=options.on is not None)
    person = find_person(notebook, options.person)
    one = _one_to_one_asked(notebook, person, options.on)
    page = notebook.page(one.id)
    if notebook.is_unreadable(one.id):
        raise DamagedError(
            f"The file of the one-to-one with {person.name} cannot be read, so there is no "
            "summary of it. Nothing was changed; alongside check says what can be brought back."
        )
    own = read_own_summary(os.environ)
    forms = forms_with(*own) if own else SHIPPED_FORMS
    form = Format(options.format) if options.format else forms.all[0]
    if form is Format.OWN and own is None:
        raise NotFoundError(words.no_template(own_summary_path(os.environ)))
    if forms.problem and options.format in (None, Format.OWN):
        say(forms.problem)
    edited = edited_summary(notebook, one)
    text = summary_text(edited.summary, form, forms.template)
    print(text, end="")
    if edited.lost:
        say(words.edits_left_behind(len(edited.lost)))
    sent = last_sent(page)
    if options.copy:
        return _sent(options, notebook, one, edited, form, text)
    if sent is not None:
        say(words.sent(sent, since(sent, edited.summary), notebook.today()))
    return EXIT_DONE


def _sent(
    options: argparse.Namespace,
    notebook: Notebook,
    one: OneToOne,
    edited: Edited,
    form: Format,
    text: Outbound,
) -> int:
    """Copy a summary, and note that it went out where it did."""
    from tui import words
    from tui.services import sendings

    code, how = _copied(options, text)
    if code == EXIT_DONE:
        edits = sendings.edits_of(notebook, one.id)
        kept = tuple(edit for edit in edits if edit not in edited.lost)
        try:
            sendings.note_sent(notebook, one.id, edited.summary, form, how, kept)
        except AlongsideError as error:
            say(words.not_noted(str(error)))
    return code


def _one_to_one_asked(notebook: Notebook, person: Person, on: str | None) -> OneToOne:
    held = [one for one in notebook.journal.one_to_ones_of(person.id) if one.took_place]
    if on is None:
        if not held:
            raise NotFoundError(f"There is no one-to-one with {person.name} to sum up yet.")
        return held[-1]
    day = day_asked(on, notebook.today())
    of_day = [one for one in held if one.at.date() == day]
    if not of_day:
        days = ", ".join(one.at.date().isoformat() for one in held[-5:]) or "none yet"
        raise NotFoundError(
            f"There was no one-to-one with {person.name} on {day.isoformat()}. The latest: {days}."
        )
    return of_day[-1]
