"""The app as a person has it before them: keys go in, text comes out.

Keys are sent as a terminal sends them, one after the other without waiting; the app has to deal
with them in order. A test then waits for what it wants to see, never for a time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import TypeVar

import pytest
from textual import events
from textual._context import visible_screen_stack
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tests.builders import Bench, add_person, plan_today
from tui.app import AlongsideApp
from tui.domain.guide import CopyFor
from tui.domain.journal import Journal, Page
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.services.notebook import Notebook

DEADLINE = 8.0
"""Seconds after which something that should have happened has not."""
NARROW = (40, 20)
NORMAL = (80, 24)
WIDE = (120, 40)

W = TypeVar("W", bound=Widget)


async def settled(
    pilot: Pilot[None],
    condition: Callable[[], object],
    what: str = "",
    *,
    within: float = DEADLINE,
) -> None:
    """Wait until a condition holds; fail with what is on the screen where it never does."""
    deadline = time.monotonic() + within
    while not condition():
        if pilot.app._exception is not None:
            raise pilot.app._exception
        if time.monotonic() > deadline:
            pytest.fail(f"waited in vain for {what or condition}; there was:\n{_shown(pilot)}")
        await pilot._wait_for_screen()
        await asyncio.sleep(0.01)
    await pilot._wait_for_screen()


def _shown(pilot: Pilot[None]) -> str:
    app = pilot.app
    assert isinstance(app, AlongsideApp)
    return screen_text(app)


def strips_of(app: AlongsideApp) -> list[Strip]:
    """Return the lines of the screen as they are drawn, with what is behind a dialog."""
    visible_screen_stack.set(app._background_screens)
    return app.screen._compositor.render_strips()


def screen_text(app: AlongsideApp) -> str:
    """Return what a person reads on the screen now."""
    return "\n".join(strip.text.rstrip() for strip in strips_of(app))


def key_event(key: str) -> events.Key:
    """Return a key as the terminal's driver makes it; a character stands for its own key."""
    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    import unicodedata

    character: str | None
    try:
        character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        character = key if len(key) == 1 else None
    return events.Key(key, character)


class Desk:
    """The app, and the person in front of it."""

    def __init__(
        self, bench: Bench, app: AlongsideApp, pilot: Pilot[None], within: float = DEADLINE
    ) -> None:
        self.within = within
        self.bench = bench
        self.app = app
        self.pilot = pilot

    # -- doing -----------------------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until each has been dealt with."""
        for key in keys:
            self._send(key_event(key))
        await self.idle()

    async def write(self, text: str) -> None:
        """Type a text, character by character."""
        await self.press(*text)

    async def enter(self, *lines: str) -> None:
        """Type lines, each followed by enter."""
        for line in lines:
            await self.press(*line, "enter")

    async def paste(self, text: str) -> None:
        """Paste a text."""
        self._send(events.Paste(text))
        await self.idle()

    def _send(self, event: events.Event) -> None:
        driver = self.app._driver
        assert driver is not None
        event.set_sender(self.app)
        driver.send_message(event)

    async def idle(self) -> None:
        """Wait until every key has been dealt with and its messages with it."""
        await self.pilot._wait_for_screen()
        await self.until(
            lambda: self.app._in_hand is None and not self.app._waiting,
            "the keys to be dealt with",
        )

    async def quit(self) -> None:
        """Close the app by its key."""
        await self.ends("ctrl+q")

    async def ends(self, key: str) -> None:
        """Press the key that ends the app."""
        self._send(key_event(key))
        assert self.app._task is not None
        done, _ = await asyncio.wait({self.app._task}, timeout=DEADLINE)
        assert done, "the app did not end"

    async def to_field(self, name: str) -> None:
        """Go to a field of a form by tab, wherever it stands."""
        for _ in range(12):
            focused = self.app.screen.focused
            if focused is not None and focused.id == f"field-{name}":
                return
            await self.press("tab")
        pytest.fail(f"there is no way to {name}:\n{self.text}")

    async def fill(self, *values: str) -> None:
        """Type into the fields of a form, one after the other; what stands there goes."""
        for number, value in enumerate(values):
            if number:
                await self.press("tab")
            await self.replace(value)

    async def replace(self, value: str) -> None:
        """Type over what stands in the field of a form."""
        await self.press("end", "ctrl+u", *value)

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await self.until(lambda: self.app.screen.size == (width, height), "the size")
        await self.idle()

    # -- looking ---------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What is on the screen."""
        return screen_text(self.app)

    @property
    def said(self) -> str:
        """What was said in passing and is still to be read."""
        return " ".join(notification.message for notification in self.app._notifications)

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def line(self, words: str) -> str:
        """Return the first line of the screen with these words in it."""
        return next((line for line in self.lines if words in line), "")

    def row(self, words: str) -> str:
        """Return the first line with these words, without what stands beside the list."""
        left, divider, _ = self.line(words).partition(" │ ")
        return left.removesuffix(" │").rstrip() if divider else left

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until something holds."""
        await settled(self.pilot, condition, what, within=self.within)

    async def shows(self, *texts: str, without: str | Iterable[str] = ()) -> None:
        """Wait until the screen shows some texts, and does not show others."""
        absent = (without,) if isinstance(without, str) else tuple(without)

        def holds() -> bool:
            text = self.text
            return all(t in text for t in texts) and not any(t in text for t in absent)

        await self.until(holds, f"{texts} without {absent}")

    async def reads(self, *texts: str) -> None:
        """Wait until the screen shows some texts, wherever their lines are broken."""
        wanted = [" ".join(text.split()) for text in texts]
        await self.until(
            lambda: all(text in " ".join(self.text.split()) for text in wanted), f"{wanted}"
        )

    def one(self, kind: type[W]) -> W:
        """Return the only widget of a kind in front."""
        return self.app.screen.query_one(kind)

    def one_text(self, selector: str) -> str:
        """Return what a widget that only shows something says now."""
        content = self.app.screen.query_one(selector, Static).render()
        return str(content)

    # -- the journal -----------------------------------------------------------------------

    @property
    def notebook(self) -> Notebook:
        return self.app.notebook

    async def on_disk(self) -> Journal:
        """Return the journal as another program reads it, once all that was done is filed."""
        await self.until(lambda: not self.notebook._unfiled, "everything to be filed")
        return self.bench.on_disk()

    async def page(self, one: OneToOne | str) -> Page:
        """Return what is written in a one-to-one on disk."""
        one_id = one if isinstance(one, str) else one.id
        return (await self.on_disk()).page(one_id)


@asynccontextmanager
async def opened(
    bench: Bench,
    *,
    demo: bool = False,
    size: tuple[int, int] = WIDE,
    notifications: bool = False,
    starts_writer: bool = True,
    within: float = DEADLINE,
    copy_for: CopyFor | None = None,
) -> AsyncIterator[Desk]:
    """Open the app on the bench's journal.

    Args:
        bench: Where the journal is.
        demo: Whether to fill it with the demo journal first.
        size: Columns and rows of the terminal.
        notifications: Whether what is said in passing is shown.
        starts_writer: Whether saving begins; else `start_writer` begins it.
        within: Seconds to wait for anything before it counts as not happening.
        copy_for: What for, where it is a copy that is thrown away.
    """
    notebook, writer = bench.for_app(demo=demo)
    place = bench.place
    app = AlongsideApp(notebook, writer, place.state, journal=place.journal, copy_for=copy_for)
    with pytest.MonkeyPatch.context() as patch:
        if not starts_writer:
            patch.setattr(writer, "start", lambda on_reply: None)
        async with app.run_test(size=size, notifications=notifications) as pilot:
            desk = Desk(bench, app, pilot, within)
            await desk.until(lambda: app.screen.is_mounted and desk.text.strip(), "a first frame")
            await desk.until(
                lambda: not starts_writer or writer._thread.ident, "the writer to begin"
            )
            await desk.idle()
            yield desk
    writer.close()


def start_writer(desk: Desk) -> None:
    """Begin saving, where that was held up."""
    writer = desk.app._writer
    type(writer).start(writer, desk.app._hear)


# -- journals to begin with ----------------------------------------------------------------


def with_dana(bench: Bench, name: str = "Dana Okafor", every: str = "") -> Person:
    """Put one person into the journal."""
    return add_person(bench.notebook(), name, every)


def with_talk(bench: Bench, name: str = "Dana Okafor") -> tuple[Person, OneToOne]:
    """Put one person and a one-to-one of today into the journal."""
    notebook = bench.notebook()
    person = add_person(notebook, name)
    return person, plan_today(notebook, person)
