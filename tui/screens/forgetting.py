"""Says what there is about a person, and how all of it is removed; nothing is removed here."""

from __future__ import annotations

from tui import words
from tui.commands import key_for
from tui.domain.people import Person
from tui.render import text
from tui.screens.chooser import Chooser
from tui.screens.host import Host
from tui.services import folk
from tui.widgets.rows import Row
from tui.words import record as words_record


def say_how_to_forget(app: Host, person: Person | None) -> None:
    """Say it, and offer to archive the person instead.

    Args:
        app: The app.
        person: Who is in front; None where nobody is.
    """
    if person is None:
        app.say(words.PERSON_NEEDED)
        return
    notebook = app.notebook
    journal = notebook.journal
    counts = (
        len(journal.one_to_ones_of(person.id)),
        len(journal.follow_ups_of(person.id)),
        len(journal.shelf_of(person.id)),
    )
    rows = [Row("no", text("Leave everything as it is"))]
    if not person.archived:
        rows.append(Row("archive", text("Archive instead; nothing is removed")))

    def chosen(answer: str | None) -> None:
        now = notebook.journal.people.get(person.id)
        if answer == "archive" and now is not None and not now.archived:
            folk.archive(notebook, now)
            app.say(f"Archived; {key_for('app.undo')} brings them back.")

    keys = {"n": "no", "a": "archive"} if len(rows) > 1 else {"n": "no"}
    title = words_record.forget_how(person, counts)
    app.show_screen(Chooser(title, tuple(rows), keys=keys), chosen)
