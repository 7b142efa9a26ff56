"""``alongside due``: who is due and what you owe, in one line for a prompt or a status bar."""

from __future__ import annotations

from typing import Any

from tui.clock import local_time
from tui.domain.due import DOT, Due, due_of
from tui.domain.standing import in_order, standing_of
from tui.errors import EXIT_DONE, UsageError
from tui.shell.glancing import glimpses
from tui.shell.output import clipped, print_json, width_of

WIDTH = 80
"""Columns the line takes at most, if nothing else is asked for."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


def due(options: argparse.Namespace) -> int:
    """Print who is due and what you owe; nothing where nothing is."""
    width = getattr(options, "width", WIDTH)
    if width < 1:
        raise UsageError("A line has one column at least: write --width 80.")
    found = _due(options)
    text = line(found, width)
    if options.json:
        print_json(_json(found, text))
    elif text:
        print(text)
    return EXIT_DONE


def _due(options: argparse.Namespace) -> Due:
    """Return what is due: from a glance where that tells, else from the journal."""
    today = local_time().date()
    seen = tuple(each for each in glimpses(options) if not each.person.archived)
    standings = (standing_of(each.person, each.one_to_ones, (), today) for each in seen)
    return due_of(in_order(standings), (day for each in seen for day in each.owed), today)


def line(found: Due, width: int) -> str:
    """Return the line, of so many columns at most.

    Where there is no room for everybody, those who are least pressing become a figure; what you
    owe stays.
    """
    people, owed = found.parts()
    for shown in range(len(people), -1, -1):
        more = f"+{len(people) - shown}" if shown < len(people) else ""
        text = DOT.join(part for part in (*people[:shown], more, owed) if part)
        if width_of(text) <= width:
            return text
    return clipped(text, width)


def _json(found: Due, text: str) -> dict[str, Any]:
    return {
        "line": text,
        "people": [
            {
                "id": one.person.id,
                "name": one.person.name,
                "due": one.due.isoformat() if one.due else None,
                "days_left": one.days_left,
            }
            for one in found.people
        ],
        "you_owe": found.owed,
        "overdue": found.overdue,
    }
