"""What can be done with people."""

from __future__ import annotations

from tui.domain.journal import Change, Home, Journal
from tui.domain.people import CardLine, Person, Topic
from tui.domain.text import clean_line, fold
from tui.errors import NotFoundError, UsageError
from tui.services.notebook import Notebook


def check_name(journal: Journal, name: str, *, but: str | None = None) -> str:
    """Return a person's name as it will be kept.

    Args:
        journal: The journal it must be new to.
        name: What was typed.
        but: The id of the person who may already have it.

    Raises:
        UsageError: Where it is empty, or somebody has it already (case and accents aside).
    """
    name = clean_line(name)
    if not name:
        raise UsageError("A person needs a name. Everything else can wait.")
    for other in journal.people.values():
        if other.id != but and fold(other.name) == fold(name):
            where = " (archived)" if other.archived else ""
            raise UsageError(
                f"There is already somebody called {other.name}{where}. "
                "Add a surname or an initial, so that you can tell them apart."
            )
    return name


def add(notebook: Notebook, person: Person) -> Person:
    """Add a person; id and first day are given here.

    Raises:
        UsageError: See `check_name`.
    """
    name = check_name(notebook.journal, person.name)
    person = person._replace(id=notebook.new_id(), name=name, since=notebook.today())
    notebook.commit(f"{name} added", (Change(Home(person.id), None, person),))
    return person


def edit(notebook: Notebook, before: Person, after: Person) -> None:
    """Change what is known about a person.

    Raises:
        UsageError: See `check_name`.
    """
    name = check_name(notebook.journal, after.name, but=before.id)
    change = Change(Home(before.id), before, after._replace(name=name))
    notebook.commit(f"{before.name} changed", (change,))


def set_card_line(notebook: Notebook, person: Person, place: int, label: str, text: str) -> None:
    """Change one line of a person's card; a line without words goes.

    What is otherwise than it was is learned today.

    Args:
        notebook: Where they are.
        person: Whose card it is.
        place: The number of the line; one beyond the last is a new one.
        label: What it is about; empty where it says no such thing.
        text: What helps to remember.
    """
    label, text = clean_line(label), clean_line(text)
    there = person.card[place] if place < len(person.card) else None
    if there is not None and (there.label, there.text) == (label, text):
        return
    changed = (CardLine(label, text, notebook.today()),) if text else ()
    card = (*person.card[:place], *changed, *person.card[place + 1 :])
    if card != person.card:
        edit(notebook, person, person._replace(card=card))


LABEL_AT_MOST = 24
"""Characters of what a line of one's own is about; longer words before a colon are a sentence."""


def own_line(value: str) -> tuple[str, str]:
    """Return what a line is about and what it says, as typed: ``Coffee: black``.

    Words are about something only up to a first colon with a blank after it, and only few of them.
    All else is what the line says, whole: a colon also stands in times and in ``:smile:``.
    """
    value = clean_line(value)
    label, colon, text = value.partition(":")
    is_label = 0 < len(label.strip()) <= LABEL_AT_MOST and text.startswith(" ") and text.strip()
    return (label.strip(), text.strip()) if colon and is_label else ("", value)


def archive(notebook: Notebook, person: Person) -> None:
    """Put a person among the archived, or bring them back. Nothing of theirs is touched."""
    after = person._replace(archived=not person.archived)
    label = f"{person.name} archived" if after.archived else f"{person.name} brought back"
    notebook.commit(label, (Change(Home(person.id), person, after),))


def set_raised(notebook: Notebook, person_id: str, topic: Topic, raised: bool) -> None:
    """Take a topic off the shelf because it was raised, or put it back."""
    after = topic._replace(raised=raised)
    label = "topic raised" if raised else "topic put back on the shelf"
    notebook.commit(label, (Change(Home(person_id), topic, after),))


def find(journal: Journal, name: str) -> Person:
    """Return the one person meant by a name or its beginning, case and accents aside.

    A full name wins over longer ones that begin with it; any word of a name may be begun. Archived
    people count only where nobody else fits.

    Raises:
        NotFoundError: Where nobody or more than one fits; the message lists the choices.
    """
    wanted = fold(clean_line(name))
    everyone = sorted(journal.people.values(), key=lambda p: (fold(p.name), p.id))
    if not everyone:
        raise NotFoundError(
            "There is nobody in this journal yet. Add someone: alongside people add NAME"
        )
    for archived in (False, True):
        people = [person for person in everyone if person.archived is archived]
        for fits in (_is_called, _begins, _has_word_beginning):
            found = [person for person in people if wanted and fits(fold(person.name), wanted)]
            if len(found) == 1:
                return found[0]
            if found:
                choices = ", ".join(person.name for person in found)
                raise NotFoundError(f"“{clean_line(name)}” could be {choices}. Which one?")
    choices = ", ".join(p.name for p in everyone if not p.archived) or "nobody but the archived"
    raise NotFoundError(f"Nobody is called “{clean_line(name)}”. There are: {choices}.")


def _is_called(name: str, wanted: str) -> bool:
    return name == wanted


def _begins(name: str, wanted: str) -> bool:
    return name.startswith(wanted)


def _has_word_beginning(name: str, wanted: str) -> bool:
    return any(word.startswith(wanted) for word in name.split())
