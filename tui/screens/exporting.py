"""Asks whose export it is to be, and as what."""

from __future__ import annotations

from textual.content import Content

from tui import words
from tui.desk.exports import working_folder
from tui.domain.people import Person
from tui.render import MUTED, text
from tui.screens.chooser import Chooser
from tui.screens.host import Host
from tui.services import exports
from tui.services.outward import ExportForm, everybody_of
from tui.widgets.rows import Row

_EVERYBODY = "everybody"


def ask_export(app: Host, person: Person | None) -> None:
    """Ask whose and how, and have it written into the folder alongside was opened in.

    Args:
        app: The app.
        person: Who is in front, offered first.
    """
    notebook = app.notebook
    if not notebook.is_whole:
        app.say(words.STILL_READING)
        return
    people = everybody_of(notebook.journal)
    if person is None and not people:
        app.say(words.PERSON_NEEDED)
        return
    if person is None:
        _ask_form(app, people)
        return
    count = text(f"{len(people)} people", MUTED)
    rows = (
        Row(person.id, Content(person.name)),
        Row(_EVERYBODY, Content("Everybody"), right=count),
    )

    def chosen(answer: str) -> None:
        if answer:
            _ask_form(app, (person,) if answer == person.id else people)

    app.show_screen(Chooser(words.WHOSE_EXPORT, rows), chosen)


def _ask_form(app: Host, people: tuple[Person, ...]) -> None:
    folder = working_folder()
    rows = tuple(
        Row(form, Content(form.meaning), right=text(form.suffix, MUTED)) for form in ExportForm
    )

    def chosen(answer: str) -> None:
        if answer:
            asked = exports.order(app.notebook, people, ExportForm(answer))
            app.write_out(asked, folder)

    app.show_screen(Chooser(words.export_as(folder), rows), chosen)
