"""Starts the app, and sees to it that all is saved whichever way it ends."""

from __future__ import annotations

import gc
import os
import sys
from typing import NamedTuple, TypeVar

from tui.early import FirstPaint
from tui.errors import EXIT_DONE, EXIT_FAILED, UsageError
from tui.lean import import_textual

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from tui.desk.places import Place
    from tui.domain.guide import CopyFor
    from tui.services.notebook import Notebook
    from tui.store.writer import Writer

T = TypeVar("T")
DEMO = "demo"
CANNOT_PLACE = ("dumb", "unknown")
"""What a terminal is called that writes one line below the other and no more."""
SHEETS = (
    "away", "board", "card", "chooser", "debrief", "deck", "form", "help", "history", "listen",
    "mirror", "people", "person_card", "prepare", "quarter", "search", "summary", "weeks",
    "writing",
)  # fmt: skip
"""The screens with a style sheet of their own."""


class Ended(NamedTuple):
    """How a run of the app ended."""

    code: int
    """The exit code: the app's own, or 1 where something could not be saved."""
    goes_to: CopyFor | None = None
    """What the demo journal is to be opened for now; the manager comes back from it."""


def open_app(options: argparse.Namespace) -> int:
    """Open the app on the journal that is asked for."""
    _need_terminal()
    gc.disable()
    with FirstPaint(os.environ) as paint:
        from tui.desk.places import place_of

        place = place_of(getattr(options, "journal", None), os.environ)
        paint.show_glance(place)
        from tui.wiring import notebook_for_app

        notebook, writer, recovered = notebook_for_app(place)
        paint.show(notebook)
        take_own_keys()
        ended = run(notebook, writer, place, recovered=recovered, paint=paint)
    while ended.goes_to is not None and not ended.code:
        ended = _visit(ended.goes_to)
        if not ended.code:
            notebook, writer, recovered = notebook_for_app(place)
            ended = run(notebook, writer, place, recovered=recovered)
    return ended.code


def _visit(copy_for: CopyFor) -> Ended:
    """Open a demo journal while the manager's own is closed."""
    return _in_copy(lambda *opened: run(*opened, subtitle=DEMO, copy_for=copy_for))


def open_demo(options: argparse.Namespace) -> int:
    """Open the app on the demo journal: a copy in a temporary folder, removed at the end."""
    if getattr(options, "journal", None) is not None:
        raise UsageError("The demo has a journal of its own. Leave out --journal.")
    if options.check:
        return _in_copy(_check)
    _need_terminal()
    gc.disable()
    with FirstPaint(os.environ, DEMO) as paint:

        def show(notebook: Notebook, writer: Writer, place: Place) -> int:
            paint.show(notebook)
            take_own_keys()
            import_textual()
            from tui.domain.guide import CopyFor

            copy_for = CopyFor(is_guided=options.guide)
            return run(notebook, writer, place, subtitle=DEMO, copy_for=copy_for, paint=paint).code

        return _in_copy(show)


def _in_copy(use: Callable[[Notebook, Writer, Place], T]) -> T:
    """Use a demo journal in a temporary folder, which is removed afterwards."""
    import tempfile
    from shutil import rmtree

    from tui.desk.places import Place
    from tui.wiring import notebook_for_app, seed_demo

    folder = tempfile.mkdtemp(prefix="alongside-demo-")
    try:
        place = Place(os.path.join(folder, "journal"), os.path.join(folder, "state"))
        notebook, writer, _ = notebook_for_app(place)
        seed_demo(notebook)
        return use(notebook, writer, place)
    finally:
        rmtree(folder, ignore_errors=True)


def run(
    notebook: Notebook,
    writer: Writer,
    place: Place,
    *,
    recovered: int = 0,
    subtitle: str = "",
    copy_for: CopyFor | None = None,
    paint: FirstPaint | None = None,
) -> Ended:
    """Run the app on a notebook, then save what is left."""
    from tui.chosen import read_chosen

    mistakes = read_chosen(os.environ, None if subtitle else notebook.journal.templates).mistakes
    import_textual()
    from tui.app import AlongsideApp
    from tui.terminal import mend_input

    code = EXIT_FAILED
    try:
        app = AlongsideApp(
            notebook,
            writer,
            place.state,
            journal=place.journal,
            recovered=recovered,
            subtitle=subtitle,
            copy_for=copy_for,
            mistakes=mistakes,
        )
        mend_input(app.hear_background)
        if paint is not None and paint.held is not None and not paint.held.is_given:
            from tui.handing import driver_after

            app.driver_class = driver_after(paint.held)
        app.run()
        code = app.return_code or EXIT_DONE
    finally:
        last_words = writer.close()
    if last_words:
        if paint is not None and paint.held is not None:
            paint.held.release()  # what is said on the other screen goes with it
        print(f"alongside: {last_words}", file=sys.stderr)
        return Ended(code or EXIT_FAILED)
    return Ended(code, app.goes_to)


def take_own_keys() -> None:
    """Have actions with the keys the manager chose; what is wrong with them is told later.

    Screens make their bindings, and sentences name keys, when they are imported: this comes before.
    """
    from tui.chosen import read_chosen

    if commands := read_chosen(os.environ).commands:
        from tui.commands import take_keys

        take_keys(commands)


def _need_terminal() -> None:
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The app needs a terminal. For scripts there are: people, note, follow-ups, summary."
        )
    if os.environ.get("TERM", "") in CANNOT_PLACE:
        raise UsageError(
            "The app needs a terminal that can place text on the screen, and this one says it "
            f"cannot (TERM={os.environ['TERM']}). alongside text goes line by line; there are "
            "also: people, note, card, follow-ups, summary."
        )


def _check(notebook: Notebook, writer: Writer, place: Place) -> int:
    """Write the demo journal, read it back, and see that every style sheet is there."""
    from importlib import import_module

    from tui.domain.text import plural
    from tui.wiring import open_journal

    writer.start(lambda reply: None)
    problem = writer.close()
    opened = open_journal(place)
    for name in SHEETS:
        module = import_module(f"tui.screens.{name}")
        sheet = os.path.join(os.path.dirname(module.__file__ or ""), f"{name}.tcss")
        if not os.path.exists(sheet):
            problem = f"{sheet} is missing."
    journal = opened.journal
    same = (journal.people, journal.one_to_ones, journal.follow_ups) == (
        notebook.journal.people,
        notebook.journal.one_to_ones,
        notebook.journal.follow_ups,
    )
    if problem or opened.folder.problems or not same:
        print(f"alongside: the demo is not sound. {problem}", file=sys.stderr)
        return EXIT_FAILED
    print(
        f"demo: {plural(len(journal.people), 'person', 'people')}, "
        f"{plural(len(journal.one_to_ones), 'one-to-one')}, "
        f"{plural(len(journal.follow_ups), 'follow-up')}; all there."
    )
    return EXIT_DONE
