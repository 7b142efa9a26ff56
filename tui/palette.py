"""The command palette: every action that can be done here, and every person, by name."""

from __future__ import annotations

from functools import partial
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.commands import COMMANDS, Area, Command
from tui.domain.text import fold
from tui.screens.host import Host
from tui.screens.surface import Surface

PERSON_FIRST = 1000.0
"""A score above every score of a command: a name that is typed is meant."""


class CommandsProvider(Provider):
    """Offers the commands of the screen in front and those that work everywhere."""

    @property
    def _alongside(self) -> Host:
        return cast("Host", self.app)

    def _here(self) -> tuple[Command, ...]:
        areas = self.screen.help_areas() if isinstance(self.screen, Surface) else ()
        return tuple(c for c in COMMANDS if c.area in (*areas, Area.APP) and c.id != "app.palette")

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
        """Offer what fits the words typed; names of people too."""
        matcher = self.matcher(query)
        for command in self._here():
            score = matcher.match(f"{command.label} {command.help}")
            if score > 0:
                yield Hit(
                    score,
                    Content(f"{command.label}  {command.shown_key}".rstrip()),
                    partial(self._alongside.do, command.id),
                    command.label,
                    command.help,
                )
        for person in self._alongside.notebook.journal.people.values():
            if fold(query) in fold(person.name):
                begins = fold(person.name).startswith(fold(query))
                yield Hit(
                    PERSON_FIRST + begins,
                    Content(person.name),
                    partial(self._alongside.prepare_with, person),
                    person.name,
                    "Prepare the next talk with this person.",
                )
