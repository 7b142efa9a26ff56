"""The command palette: what can be done here, and people, talks, follow-ups and notes by words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import cast

from textual import on
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import Input

from tui.commands import Area, Command, commands_of
from tui.domain.dates import say_day
from tui.domain.finding import PERSON, Line, excerpt, fits, kind_label, words_in
from tui.domain.followups import OWNER_OF_KIND
from tui.domain.text import fold
from tui.screens.hits import open_line
from tui.screens.host import Host
from tui.screens.surface import Surface
from tui.services.search import Result, people_who_fit, search_for
from tui.words import search as said

COMMAND_FIRST, PEOPLE, TALKS, FOLLOW_UPS, NOTES = 5000.0, 4000.0, 3000.0, 2000.0, 1000.0
"""Scores by which what is meant stands in this order, above all that only resembles it."""
AT_MOST = 5
"""Of each sort but commands; there is a search of its own for more."""
LETTERS = 3
"""From how many on the notes of all years are looked through."""
PATIENCE = 0.2
"""Seconds in which they are there, or are left to the search."""


class Palette(CommandPalette):
    """Textual's palette, in which enter means what fits the words that stand there.

    Textual (8.2) takes what the list still shows for the words before, where enter comes quickly.
    """

    @on(Input.Submitted)
    async def _take_when_found(self, event: Input.Submitted) -> None:
        """Take what is chosen once the list is that of the words."""
        event.prevent_default()
        event.stop()
        for worker in list(self.workers):
            if worker.group == self._GATHER_COMMANDS_GROUP and not worker.is_finished:
                await asyncio.wait({worker._task} if worker._task else ())
        self._select_or_command()


class CommandsProvider(Provider):
    """Offers the commands of the screen in front and those that work everywhere."""

    @property
    def _alongside(self) -> Host:
        return cast("Host", self.app)

    def _here(self) -> tuple[Command, ...]:
        areas = self.screen.help_areas() if isinstance(self.screen, Surface) else ()
        return tuple(c for c in commands_of(*areas, Area.APP) if c.id != "app.palette")

    async def discover(self) -> Hits:
        """Offer everything before anything is typed."""
        for command in self._here():
            yield DiscoveryHit(
                Content(f"{command.label}  {command.shown_key}".rstrip()),
                partial(self._alongside.do, command.id),
                command.label,
                command.help,
            )

    async def search(self, query: str) -> Hits:
        """Offer what fits the words typed."""
        matcher = self.matcher(query)
        for command in self._here():
            score = matcher.match(f"{command.label} {command.help}")
            if f" {fold(query)}" in f" {fold(command.label)}":  # its words, from their beginning
                score = COMMAND_FIRST + score
            if score > 0:
                yield Hit(
                    score,
                    Content(f"{command.label}  {command.shown_key}".rstrip()),
                    partial(self._alongside.do, command.id),
                    command.label,
                    command.help,
                )


class JournalProvider(Provider):
    """Offers people, one-to-ones, follow-ups and notes that hold the words typed."""

    @property
    def _alongside(self) -> Host:
        return cast("Host", self.app)

    async def search(self, query: str) -> Hits:
        """Offer what fits the words typed, a few of each sort, the newest first."""
        words = words_in(query)
        if not words:
            return
        for hit in (*self._people(query), *self._talks(words)):
            yield hit
        if len(query.strip()) >= LETTERS:
            for hit in await self._lines(query):
                yield hit

    def _people(self, query: str) -> Iterator[Hit]:
        for person in people_who_fit(self._alongside.notebook.journal, query):
            begins = fold(person.name).startswith(fold(query))
            go = partial(self._alongside.prepare_with, person)
            yield _hit(PEOPLE + begins, person.name, go, "Prepare the next talk with this person.")

    def _talks(self, words: tuple[str, ...]) -> Iterator[Hit]:
        journal, today = self._alongside.notebook.journal, self._alongside.notebook.today()
        found = 0
        for one in sorted(journal.one_to_ones.values(), key=lambda one: one.at, reverse=True):
            person = journal.people.get(one.person_id)
            day = say_day(one.at.date(), today)
            if person is None or not fits(fold(f"{person.name} {day} {one.at:%Y-%m-%d}"), words):
                continue
            go = partial(self._alongside.open_listen, one.id)
            yield _hit(TALKS - found, f"{person.name} · {day}", go, "A one-to-one: its notes.")
            found += 1
            if found == AT_MOST:
                return

    async def _lines(self, query: str) -> list[Hit]:
        """Look through all years in a thread of its own, until something else is typed."""
        is_over = False
        result = Result(search_for(self._alongside.notebook, query))

        def look() -> tuple[list[Line], list[Line]]:
            wanted = 10 * AT_MOST
            for _ in result.run(lambda: is_over or result.total >= wanted):
                pass
            lines = result.lines(0, wanted)
            promised = [found for found in lines if found.kind_id in OWNER_OF_KIND]
            noted = [found for found in lines if found.kind_id not in (*OWNER_OF_KIND, PERSON.id)]
            return promised[:AT_MOST], noted[:AT_MOST]

        try:
            promised, noted = await asyncio.wait_for(asyncio.to_thread(look), PATIENCE)
        except TimeoutError:
            return []
        finally:
            is_over = True
        words = words_in(query)
        return [
            *(self._line(FOLLOW_UPS - place, ln, words) for place, ln in enumerate(promised)),
            *(self._line(NOTES - place, ln, words) for place, ln in enumerate(noted)),
        ]

    def _line(self, score: float, found: Line, words: tuple[str, ...]) -> Hit:
        notebook = self._alongside.notebook
        person = notebook.journal.people.get(found.home.person_id)
        day = say_day(found.day, notebook.today()) if found.day else ""
        side = str(found.side) if found.is_mine else ""
        about = (kind_label(found.kind_id), said.whose(found, person), day, side)
        go: partial[None] = partial(open_line, self._alongside, found)
        if found.record_id in notebook.journal.follow_ups:
            go = partial(self._alongside.open_board, found.home.person_id, found.record_id)
        return _hit(score, excerpt(found.said, words), go, " · ".join(filter(None, about)))


def _hit(score: float, shown: str, go: partial[None], about: str) -> Hit:
    """Return a row of the palette; what stands in it is text, whatever it holds.

    Textual (8.2) reads a help that is a string as markup, and takes a Content as it is.
    """
    return Hit(score, Content(shown), go, shown, cast("str", Content(about)))
