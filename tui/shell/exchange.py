"""The commands that deal with other programs: export, import."""

from __future__ import annotations

import os
import sys

from tui.domain.followups import OPEN_STAGES, Stage
from tui.domain.text import clean_line, plural
from tui.errors import EXIT_DAMAGED, EXIT_DONE, UsageError
from tui.services import exports, outward
from tui.shell.output import say, table
from tui.shell.verbs import find_person, open_notebook, place_asked

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from tui.domain.ours import Outbound
    from tui.services.readers.found import LeftOut

_SHOWN = 12
"""Lines left out for one reason that are listed; the others are counted."""


# -- export --------------------------------------------------------------------------------


def export(options: argparse.Namespace) -> int:
    """Write out what is ours, of one person or of everybody, for reading or another program."""
    form = outward.ExportForm(options.format)
    if options.events and form is not outward.ExportForm.ICS:
        raise UsageError("--events is for a calendar: --format ics.")
    notebook = open_notebook(options)
    people = (
        outward.everybody_of(notebook.journal)
        if options.person is None
        else (find_person(notebook, options.person),)
    )
    stages = _stages(options.stage)
    made = exports.made(exports.order(notebook, people, form, stages, as_events=options.events))
    if options.output in (None, "-"):
        _print(made.text)
    else:
        _write(options, made.text)
    if not notebook.journal.people:
        say("There is nobody in this journal yet, so there is nothing in it.")
    elif made.is_empty:
        say("Nothing is written down yet that could be in it.")
    if options.events and made.undated:
        left = plural(made.undated, "follow-up")
        say(f"Left out: {left} without a day, which have no place among the days of a calendar.")
    for one in made.unreadable:
        say(exports.left_out(notebook.journal.people[one.person_id], one))
    return EXIT_DAMAGED if made.unreadable else EXIT_DONE


def _stages(asked: str) -> frozenset[Stage]:
    if asked in ("open", "all"):
        return OPEN_STAGES if asked == "open" else frozenset(Stage)
    return frozenset({Stage(asked)})


def _print(text: Outbound) -> None:
    """Print a text byte for byte: a calendar ends its lines as RFC 5545 says."""
    out = getattr(sys.stdout, "buffer", None)
    if out is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    out.write(text.encode("utf-8", "replace"))
    out.flush()


def _write(options: argparse.Namespace, text: Outbound) -> None:
    from tui.desk.exports import write_export

    path = os.path.abspath(os.path.expanduser(options.output))
    write_export(path, text, journal=place_asked(options).journal, force=options.force)
    print(clean_line(path))
    say("Written. Only you can read it until you pass it on.")


# -- import --------------------------------------------------------------------------------


def bring_in(options: argparse.Namespace) -> int:
    """Say what a file would add for a person, and add it if asked."""
    from tui.desk.exports import read_import
    from tui.services import incoming

    notebook = open_notebook(options)
    person = find_person(notebook, options.person)
    path = os.path.abspath(os.path.expanduser(options.file))
    text = read_import(path)
    asked = incoming.Source(options.source) if options.source else None
    source = incoming.source_of(os.path.basename(path), text, asked)
    plan = incoming.planned(notebook, person, text, source)
    for line in table((added.what, _short(added.text), added.when) for added in plan.added):
        print(line)
    _say_left_out(plan.left_out)
    count = plural(len(plan.added), "line")
    if not plan.added:
        say("Nothing is added: there is nothing new in it that could be.")
    elif not options.yes:
        say(
            f"{count} would be added for {person.name}, {len(plan.left_out)} left out. "
            "Nothing was done. To do it, add --yes."
        )
    else:
        incoming.carry_out(notebook, plan)
        say(f"{count} added for {person.name}. Undo in the app takes all of it back.")
    return EXIT_DONE


def _short(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= 60 else f"{line[:59]}…"


def _say_left_out(left_out: tuple[LeftOut, ...]) -> None:
    by_reason: dict[str, list[str]] = {}
    for item in left_out:
        by_reason.setdefault(item.why, []).append(item.what)
    for why, texts in by_reason.items():
        say(f"Left out, {clean_line(why)}:")
        for text in texts[:_SHOWN]:
            say(f"  {_short(text)}")
        if len(texts) > _SHOWN:
            say(f"  … and {len(texts) - _SHOWN} more")
