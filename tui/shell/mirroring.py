"""The commands that look back on one's own practice: mirror, quarter."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from tui.domain.plots import bar, columns, fitted
from tui.domain.practice import QUARTER, Span, weeks_to
from tui.domain.text import clean_line, wrapped_text
from tui.errors import EXIT_DAMAGED, EXIT_DONE, UsageError
from tui.services import mirror as mirrors
from tui.services import reflections
from tui.shell.output import print_json, say
from tui.shell.verbs import day_asked, find_person, open_notebook

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from datetime import date

    from tui.services.mirror import Mirror, Thanks
    from tui.services.reflections import Block

WIDTH = 80
"""Columns the sentences take at most."""
LABEL, BAR = 16, 30
"""Columns of what stands before a bar, and of the longest bar."""


def mirror(options: argparse.Namespace) -> int:
    """Print what the manager did over some weeks: a quarter, if nothing else is asked for."""
    notebook = open_notebook(options)
    today = notebook.today()
    span = Span(day_asked(options.since, today), today) if options.since else weeks_to(today)
    _check(span)
    found = mirrors.mirror_of(notebook.journal, span, today)
    talks = mirrors.talks_of(notebook.journal, found, today)
    thanks = mirrors.count_thanks(notebook.pages_aside(), talks)
    if options.json:
        print_json(mirrors.as_json(found, thanks))
    elif not found.people:
        has_begun = any(one.took_place for one in notebook.journal.one_to_ones.values())
        say(reflections.NOTHING_HERE if has_begun else reflections.NOTHING_YET)
    else:
        for line in _lines(found, thanks, today):
            print(line)
    return EXIT_DAMAGED if thanks.unread else EXIT_DONE


def _lines(found: Mirror, thanks: Thanks, today: date) -> Iterator[str]:
    days = reflections.say_span(found.span, today)
    yield f"Your practice, {days} · {reflections.FOR_YOU}"
    for block in reflections.blocks_of(found, thanks):
        yield ""
        yield from _block(block)
    yield ""
    yield reflections.EACH_PERSON
    for person, practice in found.people:
        said = wrapped_text(" · ".join(reflections.say_person(practice)), _width() - LABEL - 3)
        for number, line in enumerate(said):
            yield f"  {fitted('' if number else person.name, LABEL)} {line}"


def _block(block: Block) -> Iterator[str]:
    yield block.title
    if block.columns:
        yield f"  {columns(block.columns)}"
    most = max((each.number for each in block.bars), default=0)
    for each in block.bars:
        figure = each.word or f"{bar(each.number, most, BAR):<{BAR}} {each.number:>3}"
        yield f"  {fitted(each.label, LABEL)} {figure}"
    for line in wrapped_text(clean_line(block.sentence), _width() - 2):
        yield f"  {line}"


def _width() -> int:
    try:
        return min(WIDTH, max(20, os.get_terminal_size(sys.stdout.fileno()).columns))
    except (AttributeError, ValueError, OSError):
        return WIDTH


def quarter(options: argparse.Namespace) -> int:
    """Print what both know of some weeks with one person in ten lines, or what is mine of it."""
    from tui.services import quarter as quarters

    notebook = open_notebook(options)
    person = find_person(notebook, options.person)
    today = notebook.today()
    last = day_asked(options.to, today) if options.to else today
    first = day_asked(options.from_, today) if options.from_ else weeks_to(last, QUARTER).first
    span = Span(first, last)
    _check(span)
    made = quarters.made(quarters.Asked(notebook.pages_aside(), person, span, today))
    sys.stdout.write(made.mine if options.mine else made.ours)
    if left := quarters.left_out(made):
        say(left)
    return EXIT_DAMAGED if made.unread else EXIT_DONE


def _check(span: Span) -> None:
    """Raise where the days end before they begin."""
    if span.first > span.last:
        raise UsageError("The first day is after the last. Name a day that has been.")
