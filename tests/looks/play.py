"""Plays a scene on a journal: what is pressed, in a terminal of some size, before one looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from textual import events
from textual.pilot import Pilot

from tui.app import AlongsideApp
from tui.desk.places import Place
from tui.domain.ids import uuid7
from tui.services.notebook import Notebook
from tui.theme import DARK
from tui.widgets.entry import Entry
from tui.wiring import notebook_for_app, seed_demo

NOW = datetime(2026, 11, 24, 13, 51)
"""When every scene plays: a Tuesday, ten minutes before a talk."""


class Scene(NamedTuple):
    """One look: how big the terminal is, and what is done before it is taken."""

    name: str
    size: tuple[int, int]
    """Columns and rows."""
    keys: tuple[str, ...]
    """Keys; ``text:…`` is pasted, ``until:a|b`` waits for one of these, ``look`` takes a look."""
    theme: str = DARK.name
    is_demo: bool = True
    """Whether it plays on the demo journal; else on an empty one."""
    damages: str = ""
    """The glob of files in the journal that are cut in half before it opens."""


@asynccontextmanager
async def playing(
    scene: Scene, folder: Path, look: Callable[[AlongsideApp], None] | None = None
) -> AsyncIterator[AlongsideApp]:
    """Give the app as it is when the scene has been played.

    Args:
        scene: What to play.
        folder: An empty folder, for the journal and the state.
        look: Called with the app wherever a key is ``look``.
    """
    place = Place(str(folder / "journal"), str(folder / "state"))
    if scene.damages:
        _damage(scene, place)
    notebook, writer, _ = notebook_for_app(place, lambda: NOW, _ids())
    if scene.is_demo and not scene.damages:
        seed_demo(notebook)
    subtitle = "demo" if scene.is_demo else ""
    try:
        app = AlongsideApp(notebook, writer, place.state, journal=place.journal, subtitle=subtitle)
        app.theme = scene.theme
        async with app.run_test(size=scene.size, notifications=False) as pilot:
            await pilot.pause()
            for key in scene.keys:
                if key.startswith("text:"):
                    app.post_message(events.Paste(key.removeprefix("text:")))
                    await pilot.pause()
                elif key.startswith("until:"):
                    await _shown(app, key.removeprefix("until:").split("|"))
                elif key == "look":
                    await _settle(app, notebook)
                    if look is not None:
                        look(app)
                else:
                    await pilot.press(key)
            await _settle(app, notebook)
            yield app
    finally:
        writer.close()


def _damage(scene: Scene, place: Place) -> None:
    """Fill the journal and cut the files in half that are to be damaged."""
    notebook, writer, _ = notebook_for_app(place, lambda: NOW, _ids())
    seed_demo(notebook)
    writer.start(lambda reply: None)
    writer.close()
    for path in sorted(Path(place.journal).glob(scene.damages)):
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])


async def _shown(app: AlongsideApp, any_of: list[str]) -> None:
    """Wait until one of these is on the screen: what is read beside it comes a moment later."""
    for _ in range(1_000):
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        if any(words in text for words in any_of):
            return
        await asyncio.sleep(0.01)
    raise SystemExit(f"None of {any_of} is ever shown:\n{text}")


async def _settle(app: AlongsideApp, notebook: Notebook) -> None:
    """Wait until the picture says that all is saved, with a cursor that stands."""
    for entry in app.screen.query(Entry):
        entry.cursor_blink = False
    await _saved(notebook)
    await Pilot(app).pause()


async def _saved(notebook: Notebook) -> None:
    """Wait until everything is saved, so that the picture says so."""
    done = asyncio.Event()
    stop = notebook.listen(lambda: None if notebook.saving.pending else done.set())
    if notebook.saving.pending:
        await asyncio.wait_for(done.wait(), 20)
    stop()


def _ids() -> Callable[[], str]:
    count = iter(range(1, 1_000_000))
    return lambda: uuid7(1_795_000_000_000 + (n := next(count)), n)


TALK = (
    *("down", "l"),
    *('"', "text:I keep losing the thread between incidents", "enter"),
    *("~", "text:tired, and proud of the team", "enter"),
    *("!", "text:the quiet morning back, on Wednesdays", "enter"),
    *("^", "text:I lost the thread too, in my first year", "enter"),
    *("=", "text:on-call swaps are fine without asking", "enter"),
    *(">", "text:tell the team about Wednesdays by fri", "enter"),
    *("<", "text:try the swap with Femi in 2 weeks", "enter"),
)
"""A talk with Dana as it is written down."""

RECALLED = (
    *("text:ask Lena for a slot by 4 dec", "enter"),
    *("text:write down what on-call taught her in 3 weeks", "enter"),
    "text:It is easier to think when nobody can",
)
"""The beginning of its debrief."""
