"""What the commands that look after the record share: the whole journal, and who is meant."""

from __future__ import annotations

import os
from typing import NamedTuple

from tui.desk.places import Place
from tui.domain.journal import Home, Journal
from tui.domain.people import Person
from tui.domain.text import clean_line
from tui.errors import NotFoundError
from tui.services import folk
from tui.shell.verbs import place_asked
from tui.store.files import make_folder
from tui.store.folder import JournalFolder
from tui.wiring import open_journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


class Whole(NamedTuple):
    """A journal that was read whole, pages aside."""

    place: Place
    folder: JournalFolder
    journal: Journal


def whole_journal(options: argparse.Namespace) -> Whole:
    """Open a journal as any command does: what a program that was killed left is filed first."""
    place = place_asked(options)
    make_folder(place.state)
    opened = open_journal(place)
    for orphan in opened.orphans:
        orphan.release() if opened.drafts else orphan.remove()
    return Whole(place, opened.folder, opened.journal)


def person_meant(whole: Whole, name: str) -> Person:
    """Return the person of a name, of its beginning, or of the name of their folder.

    Raises:
        NotFoundError: Where nobody or more than one fits.
    """
    for person in whole.journal.people.values():
        if folder_of(whole, person) == name:
            return person
    try:
        return folk.find(whole.journal, name)
    except NotFoundError as error:
        same = [p for p in whole.journal.people.values() if _is(p.name, name)]
        if len(same) < 2:
            raise
        names = ", ".join(folder_of(whole, person) for person in same)
        raise NotFoundError(f"{error} Name one by the folder: {names}.") from error


def _is(name: str, typed: str) -> bool:
    from tui.store.whose import name_is

    return name_is(typed, (name,))


def folder_of(whole: Whole, person: Person) -> str:
    """Return the name of a person's folder."""
    path = whole.folder.path_of(Home(person.id)) or ""
    return os.path.basename(os.path.dirname(path))


def elsewhere() -> tuple[str, ...]:
    """Return the folders in which a run may have saved what it could not save where it belongs."""
    import tempfile

    places = (os.path.expanduser("~"), tempfile.gettempdir())
    return tuple(dict.fromkeys(map(os.path.realpath, places)))


def command_for(options: argparse.Namespace, verb: str, *arguments: str) -> str:
    """Return a command to type, for the same journal, safe to be pasted into a shell."""
    import shlex

    asked = getattr(options, "journal", None)
    journal = ["--journal", asked] if asked else []
    return clean_line(shlex.join(["alongside", verb, *journal, *arguments]))
