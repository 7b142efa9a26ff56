"""What each command does. Data goes to stdout, everything else to stderr."""

from __future__ import annotations

import os
import sys
from typing import Any

from tui.desk.places import Place, place_of
from tui.domain.dates import Cadence, WhenError, parse_cadence, say_day, say_due
from tui.domain.followups import OPEN_STAGES, STAGE_LABEL, FollowUp, Owner, Stage, board_order
from tui.domain.people import Person, Pronoun
from tui.domain.standing import Standing, standings
from tui.domain.text import clean_line, first_line, slug
from tui.errors import (
    EXIT_DONE,
    AlongsideError,
    DamagedError,
    NotFoundError,
    UsageError,
)
from tui.services import folk, promises
from tui.services.notebook import Notebook
from tui.shell.output import print_json, say, table
from tui.wiring import notebook_for_commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date

    from tui.services.ports import Problem


def place_asked(options: argparse.Namespace) -> Place:
    """Return the journal the arguments and the environment ask for."""
    return place_of(getattr(options, "journal", None), os.environ)


def open_notebook(
    options: argparse.Namespace,
    *,
    whole: bool = True,
    often: bool = False,
    known: tuple[Problem, ...] = (),
) -> Notebook:
    """Open the notebook.

    Args:
        options: The arguments.
        whole: Whether the command needs more than who there is, what is open and what was lately.
        often: Whether it is called again and again, by a prompt.
        known: What could not be read before, and was said then.
    """
    notebook = notebook_for_commands(place_asked(options), whole=whole, often=often)
    for problem in notebook.problems:
        if problem not in known:
            say(f"alongside: left out: {problem.sentence} It is left as it is: {problem.path}")
    return notebook


def find_person(notebook: Notebook, name: str) -> Person:
    """Return the person meant; one whose file cannot be read is damaged, not unknown."""
    try:
        return folk.find(notebook.journal, name)
    except NotFoundError:
        _check_damage(notebook, name)
        raise


def day_asked(text: str, today: date) -> date:
    """Return the day that has been that an argument names: a weekday is the last one.

    Raises:
        UsageError: Where it is not understood.
    """
    from tui.domain.moments import past_day

    try:
        return past_day(text, today)
    except WhenError as error:
        raise UsageError(str(error)) from error


def _check_damage(notebook: Notebook, name: str, *, is_whole: bool = False) -> None:
    """Raise where a person's file that cannot be read may be that of ``name``.

    Args:
        notebook: Where to look.
        name: A name, or its beginning.
        is_whole: Whether it is the whole name.
    """
    wanted = slug(name)
    for problem in notebook.problems:
        folder, file = os.path.split(problem.path)
        known = os.path.basename(folder).rpartition("-")[0]
        fits = known == wanted if is_whole else known.startswith(wanted)
        if file == "person.json" and fits:
            raise DamagedError(
                f"Somebody of this name is in the journal, but their file cannot be read: "
                f"{problem.path}. Nothing was written. To bring it back: alongside check --repair"
            )


# -- people --------------------------------------------------------------------------------


def people(options: argparse.Namespace) -> int:
    """List who is due and what is owed, or add somebody."""
    if options.what == "add":
        return _add_person(options)
    notebook = open_notebook(options, whole=False)
    found = standings(notebook.journal, notebook.today(), archived=options.archived)
    if options.json:
        print_json([_person_json(standing) for standing in found])
    elif found:
        for line in table(_person_row(standing) for standing in found):
            print(line)
    else:
        say('Nobody here yet. Add someone: alongside people add NAME --every "2 weeks"')
    return EXIT_DONE


def _person_row(standing: Standing) -> tuple[str, ...]:
    return (standing.person.name, standing.say_due(), standing.say_last(), standing.say_owed())


def _person_json(standing: Standing) -> dict[str, Any]:
    person = standing.person
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "cadence": person.cadence.say() if person.cadence else None,
        "due": standing.due.isoformat() if standing.due else None,
        "last_talked": standing.last.at.date().isoformat() if standing.last else None,
        "days_since": standing.days_since,
        "you_owe": standing.i_owe,
        "they_owe": standing.they_owe,
        "archived": person.archived,
    }


def _add_person(options: argparse.Namespace) -> int:
    from tui.desk.settings import read_settings

    usual = read_settings(os.environ)
    cadence = usual.every if options.every is None else _cadence_asked(options.every.strip())
    place = usual.place if options.place is None else options.place
    notebook = open_notebook(options, whole=False)
    name = " ".join(options.name)
    _check_damage(notebook, name, is_whole=True)
    person = folk.add(
        notebook,
        Person(
            "",
            name,
            clean_line(options.role),
            Pronoun(options.pronoun),
            cadence,
            clean_line(place),
            clean_line(options.helps),
        ),
    )
    say(f"{person.name} added" + (f", {cadence.say()}." if cadence else ", no cadence."))
    return EXIT_DONE


def _cadence_asked(text: str) -> Cadence | None:
    """Return the cadence of ``--every``: "2 weeks", "month", "every 2 weeks", "fortnightly"."""
    try:
        return parse_cadence(f"every {text}" if text else "")
    except WhenError:
        try:
            return parse_cadence(text)
        except WhenError as error:
            raise UsageError(str(error)) from error


# -- note ----------------------------------------------------------------------------------


def note(options: argparse.Namespace) -> int:
    """Write one or more lines into today's one-to-one with a person, starting one if need be."""
    from tui.desk.beginnings import first_template
    from tui.domain.capture import read_line
    from tui.domain.onetoones import WALK
    from tui.domain.standing import one_to_one_of_day
    from tui.services import talks
    from tui.services.reckoning import reckoning_of

    notebook = open_notebook(options, whole=False)
    person = find_person(notebook, options.person)
    written = 0
    for lines in _batches(options, person):
        today = notebook.today()
        here = one_to_one_of_day(notebook.journal.one_to_ones_of(person.id), today)
        reckoning = reckoning_of(notebook, person, here or notebook.now())
        read = (read_line(line, today, reckoning=reckoning) for line in lines)
        entries = tuple(entry for entry in read if not entry.is_empty)
        if not entries:
            continue
        try:
            template = first_template(notebook.journal.templates)
            one = talks.of_today(notebook, person, template, WALK)
            records = talks.write_all(notebook, one, entries)
        except AlongsideError as error:
            raise type(error)(f"{error} This was not written down.") from error
        written += len(entries)
        for entry in entries:
            due = f", {say_due(entry.due, notebook.today())}" if entry.due else ""
            say(f"{entry.kind.label}{due} · {entry.side} · saved")
            if entry.problem:
                say(f"  No date was taken from it. {entry.problem}")
        for record in records:
            if isinstance(record, FollowUp) and promises.is_crowded(notebook.journal, record):
                from tui import words

                say(words.crowded(record.owner, person))
                break
    if not written:
        raise UsageError("There was nothing to write down.")
    return EXIT_DONE


def _batches(options: argparse.Namespace, person: Person) -> Iterator[tuple[str, ...]]:
    """Yield what is to be written at once: all that is piped, but each line that is prompted."""
    if options.text:
        yield _given(options.text)
    elif sys.stdin is None:
        raise UsageError("There is no text, and stdin is closed.")
    elif sys.stdin.isatty():
        yield from ((line,) for line in _prompted(person))
    else:
        yield tuple(_piped())


def _given(texts: list[str]) -> tuple[str, ...]:
    """Return the lines given as arguments: one, or one each where more than one has a kind.

    Else what is said with ``~`` in an argument of its own would go on in the line before, and out
    with it.
    """
    from tui.domain.notes import KIND_BY_KEY

    def has_kind(text: str) -> bool:
        return text.lstrip("-")[:1] in KIND_BY_KEY and " " in text.strip()

    is_each = any(has_kind(text) for text in texts[1:])
    return tuple(texts) if is_each else (" ".join(texts),)


def _prompted(person: Person) -> Iterator[str]:
    say(f"One-to-one with {person.name}. One line a note; an empty line ends.")
    while True:
        print("› ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line.strip():
            return
        yield line


def _piped() -> Iterator[str]:
    """Yield the notes of stdin: a line each, with the lines that begin with a blank.

    An indented line that is the manager's alone is a note of its own: it must not go on in a line
    that both may read.
    """
    from tui.domain.capture import is_marked_mine

    note: list[str] = []
    data = sys.stdin.buffer.read() if hasattr(sys.stdin, "buffer") else sys.stdin.read().encode()
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    for line in text.split("\n"):
        if note and line[:1].isspace() and not is_marked_mine(line):
            note.append(line.strip())
            continue
        if note:
            yield "\n".join(note)
        note = [line] if line.strip() else []
    if note:
        yield "\n".join(note)


# -- follow-ups ----------------------------------------------------------------------------


def follow_ups(options: argparse.Namespace) -> int:
    """List follow-ups, mine first, soonest first."""
    notebook = open_notebook(options, whole=options.stage in ("done", "let-go", "all"))
    person = find_person(notebook, options.person) if options.person is not None else None
    found = promises.chosen(
        notebook,
        person_id=person.id if person else None,
        owner=Owner(options.owner) if options.owner else None,
        stage=None if options.stage in ("open", "all") else Stage(options.stage),
    )
    if options.stage == "open":
        found = tuple(f for f in found if f.stage in OPEN_STAGES)
    stages = tuple(Stage)
    found = tuple(sorted(found, key=lambda f: (stages.index(f.stage), *board_order(f))))
    if options.json:
        print_json([_follow_up_json(notebook, f) for f in found])
    elif found:
        for line in table(_follow_up_row(notebook, f) for f in found):
            print(line)
    else:
        say("No follow-ups here.")
    return EXIT_DONE


def _owner_word(notebook: Notebook, follow_up: FollowUp) -> str:
    first = notebook.journal.people[follow_up.person_id].first_name
    return {Owner.ME: "you", Owner.THEM: first, Owner.BOTH: f"you and {first}"}[follow_up.owner]


def _follow_up_row(notebook: Notebook, follow_up: FollowUp) -> tuple[str, ...]:
    person = notebook.journal.people[follow_up.person_id]
    today = notebook.today()
    if follow_up.is_open:
        when = say_due(follow_up.due, today)
    else:
        when = say_day(follow_up.closed, today) if follow_up.closed else ""
    return (
        STAGE_LABEL[follow_up.stage],
        _owner_word(notebook, follow_up),
        first_line(follow_up.text),
        when,
        person.name,
    )


def _follow_up_json(notebook: Notebook, follow_up: FollowUp) -> dict[str, Any]:
    return {
        "id": follow_up.id,
        "person": notebook.journal.people[follow_up.person_id].name,
        "text": follow_up.text,
        "owner": follow_up.owner,
        "stage": follow_up.stage,
        "due": follow_up.due.isoformat() if follow_up.due else None,
        "cue": follow_up.cue,
        "said": follow_up.said.isoformat(),
        "closed": follow_up.closed.isoformat() if follow_up.closed else None,
        "reason": follow_up.reason,
        "touches": len(follow_up.touches),
        "overdue": follow_up.is_overdue(notebook.today()),
    }


# -- where ---------------------------------------------------------------------------------


def where(options: argparse.Namespace) -> int:
    """Print where the journal and the program's own files are."""
    from tui.desk.own_summary import own_summary_path
    from tui.desk.settings import settings_path
    from tui.desk.shipped import data_folder
    from tui.desk.themes import themes_path

    place = place_asked(options)
    found = (
        ("journal", place.journal),
        ("state", place.state),
        ("settings", settings_path(os.environ)),
        ("summary", own_summary_path(os.environ)),
        ("themes", themes_path(os.environ)),
        ("shipped", data_folder()),
    )
    for line in table(
        (name, path if os.path.exists(path) else f"{path}  (not there yet)") for name, path in found
    ):
        print(line)
    return EXIT_DONE


# -- settings ------------------------------------------------------------------------------


def settings(options: argparse.Namespace) -> int:
    """Print the file of the settings as it is before anything is chosen."""
    from tui.desk.settings_file import default_text

    print(default_text(), end="")
    return EXIT_DONE
