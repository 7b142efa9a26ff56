"""Makes journals for tests: with a clock that stands still and ids that count up."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from tui.desk.places import Place
from tui.desk.shipped import standard_template
from tui.domain.capture import read_line
from tui.domain.dates import parse_cadence
from tui.domain.followups import FollowUp
from tui.domain.ids import uuid7
from tui.domain.journal import Journal
from tui.domain.notes import Note
from tui.domain.onetoones import WALK, OneToOne
from tui.domain.people import Person, Topic
from tui.services import folk, talks
from tui.services.notebook import Notebook
from tui.store.writer import Writer
from tui.wiring import notebook_for_app, notebook_for_commands, open_journal, seed_demo

NOW = datetime(2026, 11, 22, 14, 2)
"""A Sunday."""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **step: float) -> None:
        self.now += timedelta(**step)


def counting_ids(start: int = 0) -> Callable[[], str]:
    """Return a source of ids that are the same in every run and sort as they were made."""
    counter = itertools.count(start + 1)
    return lambda: uuid7(1_790_000_000_000 + (n := next(counter)), n)


HOSTILE: tuple[str, ...] = (
    "[x] done",
    "[/b] [/] [red]not red[/red]",
    "[@click=app.quit]click[/]",
    "[Q3] [$100] C:\\dir\\[x]",
    "see [/home] dir",
    "\x1b[31mred\x1b[0m \x1b]52;c;aGFja2Vk\x07",
    "\x9b31m C1 \x85",
    "null \x00 byte",
    "bell \x07 del \x7f",
    "rtl \u202egnp.exe\u202c \u2066isolate\u2069",
    "lone \ud800 surrogate",
    "family 👨‍👩‍👧‍👦 flag 🇪🇸 heart ❤️",
    "日本語のメモ 한국어",
    "שלום עולם مرحبا",
    "combining e\u0301 n\u0303 Zalgo Z\u0351\u036b",
    "line\u2028sep para\u2029sep \ufeffbom",
    "tab\tand\r\nCRLF\rCR",
    "=cmd|' /C calc'!A0",
    "BEGIN:VEVENT\r\nEND:VEVENT",
    "<script>alert(1)</script> & <b>",
    "$(rm -rf ~) `id` ; | & \\",
    "a" * 5_000,
    "word " * 2_000,
    "%s %d {0} {name} $name",
    "# not a heading\n- not a list\n1. nor this",
)
"""Text that has broken somebody's program. Goes through every surface that shows or keeps text."""


class Bench:
    """A journal in a folder, opened as the app and the command line open it."""

    def __init__(self, folder: Path, now: datetime = NOW) -> None:
        self.place = Place(str(folder / "journal"), str(folder / "state" / "here"))
        self.clock = Clock(now)
        self.new_id = counting_ids()
        self._writers: list[Writer] = []

    def notebook(self) -> Notebook:
        """Return a notebook whose every act is on disk when it returns."""
        return notebook_for_commands(self.place, self.clock, self.new_id)

    def for_app(self, *, demo: bool = False) -> tuple[Notebook, Writer]:
        """Return a notebook with a writer that is not started yet; closed after the test."""
        notebook, writer, _ = notebook_for_app(self.place, self.clock, self.new_id)
        self._writers.append(writer)
        if demo:
            seed_demo(notebook)
        return notebook, writer

    def on_disk(self) -> Journal:
        """Return the journal as another program would read it now, pages included."""
        opened = open_journal(self.place, self.new_id)
        notebook = Notebook(opened.journal, opened.folder, _Nobody(), self.clock, self.new_id)
        for one_id in opened.journal.one_to_ones:
            notebook.page(one_id)
        return notebook.journal

    def close(self) -> None:
        for writer in self._writers:
            writer.close()


class _Nobody:
    """A saver for notebooks that only read."""

    def submit(self, number: int, changes: object, turn: object = None) -> None:
        raise AssertionError("this notebook is for reading")

    def keep_draft(self, draft: object) -> None:
        raise AssertionError("this notebook is for reading")

    def forget_acts(self, home: object) -> None:
        raise AssertionError("this notebook is for reading")


def add_person(notebook: Notebook, name: str = "Dana Okafor", every: str = "") -> Person:
    """Add somebody."""
    return folk.add(notebook, Person("", name, cadence=parse_cadence(every)))


def plan_today(notebook: Notebook, person: Person) -> OneToOne:
    """Plan a one-to-one for now."""
    return talks.of_today(notebook, person, standard_template(), WALK)


def write(notebook: Notebook, one: OneToOne, line: str) -> Note | FollowUp | Topic:
    """Write a line as the command line would; its first character is its kind."""
    one = notebook.journal.one_to_ones[one.id]
    return talks.write(notebook, one, read_line(line, notebook.today()))
