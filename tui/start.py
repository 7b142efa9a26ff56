"""Starts the app, and sees to it that all is saved whichever way it ends."""

from __future__ import annotations

import gc
import os
import sys

from tui.desk.places import Place, place_of
from tui.errors import EXIT_DONE, EXIT_FAILED, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from tui.services.notebook import Notebook
    from tui.store.writer import Writer

DEMO = "demo"
SHEETS = (
    "away", "board", "card", "chooser", "debrief", "deck", "form", "help", "listen", "people",
    "prepare", "search", "summary", "writing",
)  # fmt: skip
"""The screens with a style sheet of their own."""


def open_app(options: argparse.Namespace) -> int:
    """Open the app on the journal that is asked for."""
    _need_terminal()
    gc.disable()
    from tui.wiring import notebook_for_app

    place = place_of(getattr(options, "journal", None), os.environ)
    notebook, writer, recovered = notebook_for_app(place)
    return run(notebook, writer, place, recovered=recovered)


def open_demo(options: argparse.Namespace) -> int:
    """Open the app on the demo journal: a copy in a temporary folder, removed at the end."""
    import tempfile
    from shutil import rmtree

    if getattr(options, "journal", None) is not None:
        raise UsageError("The demo has a journal of its own. Leave out --journal.")
    if not options.check:
        _need_terminal()
        gc.disable()
    from tui.wiring import notebook_for_app, seed_demo

    folder = tempfile.mkdtemp(prefix="alongside-demo-")
    try:
        place = Place(os.path.join(folder, "journal"), os.path.join(folder, "state"))
        notebook, writer, _ = notebook_for_app(place)
        seed_demo(notebook)
        if options.check:
            return _check(notebook, writer, place)
        return run(notebook, writer, place, subtitle=DEMO)
    finally:
        rmtree(folder, ignore_errors=True)


def run(
    notebook: Notebook, writer: Writer, place: Place, *, recovered: int = 0, subtitle: str = ""
) -> int:
    """Run the app on a notebook, then save what is left.

    Returns:
        The exit code: the app's own, or 1 where something could not be saved.
    """
    from tui.app import AlongsideApp
    from tui.terminal import forgive_bad_bytes

    forgive_bad_bytes()
    code = EXIT_FAILED
    try:
        app = AlongsideApp(
            notebook,
            writer,
            place.state,
            journal=place.journal,
            recovered=recovered,
            subtitle=subtitle,
        )
        app.run()
        code = app.return_code or EXIT_DONE
    finally:
        last_words = writer.close()
    if last_words:
        print(f"alongside: {last_words}", file=sys.stderr)
        return code or EXIT_FAILED
    return code


def _need_terminal() -> None:
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The app needs a terminal. For scripts there are: people, note, follow-ups, summary."
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
