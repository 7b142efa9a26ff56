"""What dates typed about a person are reckoned with: the weeks here, their next one-to-one."""

from __future__ import annotations

from datetime import date, datetime

from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.domain.reckoning import Reckoning
from tui.domain.standing import next_talk
from tui.services.notebook import Notebook


def reckoning_of(
    notebook: Notebook, person: Person | None, during: OneToOne | datetime | None = None
) -> Reckoning:
    """Return how to read a date that is typed about a person; nothing is worked out yet.

    Args:
        notebook: Where their one-to-ones are.
        person: The person; None where it is about several.
        during: The talk it is typed in, or when that is; "next 1:1" is after it.
    """
    if person is None:
        return Reckoning(notebook.week)
    moment = during.at if isinstance(during, OneToOne) else during

    def coming() -> date:
        theirs = notebook.journal.one_to_ones_of(person.id)
        return next_talk(person, theirs, notebook.today(), moment)

    return Reckoning(notebook.week, coming)
