"""The command that searches: a line a hit, across people and years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tui.domain.finding import Line, excerpt, kind_label, words_in
from tui.domain.notes import Side
from tui.domain.people import Person
from tui.domain.text import clean_line, plural
from tui.errors import EXIT_DONE, EXIT_NOT_FOUND, UsageError
from tui.services.search import Result, search_for
from tui.shell.output import print_json, say, table
from tui.shell.verbs import day_asked, find_person, open_notebook

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


def search(options: argparse.Namespace) -> int:
    """Print the lines in which all words stand, newest first."""
    typed = " ".join(options.words)
    words = words_in(typed)
    if not words:
        raise UsageError("Nothing to search for. Name a word or two, or a part of one.")
    notebook = open_notebook(options, whole=False)
    found = search_for(
        notebook,
        typed,
        people=(find_person(notebook, options.person),) if options.person else (),
        kinds=tuple(options.kind or ()),
        since=day_asked(options.since, notebook.today()) if options.since else None,
        side=Side.OURS if options.ours else None,
    )
    result = Result(found)
    for _ in result.run(lambda: False):
        pass
    lines = result.lines(0, result.total)
    people = notebook.journal.people
    if options.json:
        print_json([_json(line, people.get(line.home.person_id)) for line in lines])
    else:
        for row in table(_rows(lines, people, words)) if lines else ():
            print(row)
    unread = found.finder.unread.difference(problem.path for problem in notebook.problems)
    for path in sorted(unread):
        say(f"alongside: left out, as it cannot be read: {path}. See alongside check.")
    if not lines:
        say(f"alongside: no line holds {'this word' if len(words) == 1 else 'all these words'}.")
        return EXIT_NOT_FOUND
    if not options.json:
        say(plural(len(lines), "line"))
    return EXIT_DONE


def _rows(
    lines: list[Line], people: Mapping[str, Person], words: tuple[str, ...]
) -> Iterator[tuple[str, str, str, str]]:
    for line in lines:
        person = people.get(line.home.person_id)
        name = person.name if person else "?"
        if person is not None and person.archived:
            name += " (archived)"
        kind = kind_label(line.kind_id) + (" (mine)" if line.is_mine else "")
        day = line.day.isoformat() if line.day else "–"
        yield day, name, kind, clean_line(excerpt(line.said, words))


def _json(line: Line, person: Person | None) -> dict[str, Any]:
    return {
        "day": line.day.isoformat() if line.day else None,
        "person": person.name if person else None,
        "person_id": line.home.person_id,
        "archived": person.archived if person else None,
        "kind": line.kind_id,
        "side": str(line.side) if line.side else None,
        "text": line.said,
        "one_to_one": line.home.one_to_one_id,
        "id": line.record_id,
    }
