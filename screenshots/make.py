"""Makes the pictures in this folder from the demo journal: ``python screenshots/make.py``.

Needs what the ``dev`` extra installs, and the font DejaVu Sans Mono for the PNGs. With ``--check``
nothing is made: it says which pictures are stale, and exits with 1 where any is.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import struct
import sys
import tempfile
import zlib
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

for _name in [n for n in os.environ if n.startswith("TEXTUAL") or n == "NO_COLOR"]:
    del os.environ[_name]  # before Textual reads them on import

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from textual import events

from tui.app import AlongsideApp
from tui.desk.places import Place
from tui.domain.ids import uuid7
from tui.services.notebook import Notebook
from tui.theme import DARK, LIGHT
from tui.widgets.entry import Entry
from tui.wiring import notebook_for_app, seed_demo

NOW = datetime(2026, 11, 24, 13, 51)
SIGNED = b"alongside-svg-sha256"
FONT = "DejaVu Sans Mono"


class Scene(NamedTuple):
    """One picture: how big the terminal is, and what is pressed (or pasted) before it is taken."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]
    theme: str = DARK.name


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

RECALLED = (
    *("text:ask Lena for a slot by 4 dec", "enter"),
    *("text:write down what on-call taught her in 3 weeks", "enter"),
    "text:It is easier to think when nobody can",
)

SCENES = (
    Scene("home", (120, 32), ("down",)),
    Scene("prepare", (120, 36), ("down", "enter", "space", "down", "space", "down", "r")),
    Scene("listen", (120, 32), (*TALK, ">", "text:ask Lena about the talk by 4 dec")),
    Scene("questions", (120, 32), ("down", "f3", "q", "r")),
    Scene("card", (120, 32), ("down", "f3", "q", "r", "escape", "c")),
    Scene("debrief", (120, 32), (*TALK, "ctrl+g", "ctrl+g", "f8", *RECALLED)),
    Scene("debrief-narrow", (40, 20), (*TALK, "ctrl+g", "ctrl+g", "f8", *RECALLED)),
    Scene("board", (120, 32), ("f5", "f5", "right")),
    Scene("summary", (100, 40), (*TALK, "f7")),
    Scene("person", (120, 32), ("down", "e")),
    Scene("weeks", (120, 24), ("W",)),
    Scene("look-back", (120, 36), ("down", "f6", "until:What I heard|heard")),
    Scene("search", (120, 32), ("down", "ctrl+f", *"quiet", "until:quiet morning")),
    Scene("mirror", (120, 36), ("I", "until:You asked")),
    Scene("listen-narrow", (40, 20), (*TALK, '"')),
    Scene("home-light", (120, 32), ("down",), LIGHT.name),
)


async def picture(scene: Scene, folder: Path) -> str:
    """Return the SVG of a scene, played on a demo journal in ``folder``."""
    place = Place(str(folder / "journal"), str(folder / "state"))
    notebook, writer, _ = notebook_for_app(place, lambda: NOW, _ids())
    seed_demo(notebook)
    try:
        app = AlongsideApp(notebook, writer, place.state, journal=place.journal, subtitle="demo")
        app.theme = scene.theme
        async with app.run_test(size=scene.size, notifications=False) as pilot:
            await pilot.pause()
            for key in scene.keys:
                if key.startswith("text:"):
                    app.post_message(events.Paste(key.removeprefix("text:")))
                    await pilot.pause()
                elif key.startswith("until:"):
                    await _shown(app, key.removeprefix("until:").split("|"))
                else:
                    await pilot.press(key)
            for entry in app.screen.query(Entry):
                entry.cursor_blink = False
            await _saved(notebook)
            await pilot.pause()
            return app.export_screenshot(title="alongside")
    finally:
        writer.close()


async def _shown(app: AlongsideApp, any_of: list[str]) -> None:
    """Wait until one of these is on the screen: what is read beside it comes a moment later."""
    for _ in range(1_000):
        strips = app.screen._compositor.render_strips()
        text = "\n".join(strip.text for strip in strips)
        if any(words in text for words in any_of):
            return
        await asyncio.sleep(0.01)
    raise SystemExit(f"None of {any_of} is ever shown.")


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


def words_in(svg: str) -> list[str]:
    """Return the text a picture shows, piece by piece; colours and shapes aside.

    A picture counts as stale when this differs: a new version of the toolkit may draw the same
    words a little differently.
    """
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg)
    return [html.unescape(text).replace("\N{NO-BREAK SPACE}", " ").rstrip() for text in texts]


def to_png(svg: str) -> bytes:
    """Return a picture as PNG, with the hash of its SVG inside."""
    import resvg_py

    local = svg.replace("Fira Code", FONT)
    data = bytes(resvg_py.svg_to_bytes(svg_string=local, font_family=FONT, monospace_family=FONT))
    return _signed(data, svg)


def _signed(png: bytes, svg: str) -> bytes:
    """Return a PNG with a text chunk after its header that names the SVG it was made from."""
    text = b"tEXt" + SIGNED + b"\0" + sha256(svg.encode()).hexdigest().encode()
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    return png[:33] + chunk + png[33:]


def is_signed(png: bytes, svg: str) -> bool:
    """Return whether a PNG was made from this SVG."""
    return sha256(svg.encode()).hexdigest().encode() in png[:200]


def stale(scene: Scene) -> str:
    """Return why a scene's pictures are stale; empty where they are not."""
    path = HERE / f"{scene.name}.svg"
    if not path.exists():
        return "there is no picture"
    kept = path.read_text(encoding="utf-8")
    if words_in(made(scene)) != words_in(kept):
        return "the SVG shows something else"
    png = path.with_suffix(".png")
    if not png.exists() or not is_signed(png.read_bytes(), kept):
        return "the PNG was not made from the SVG"
    return ""


def made(scene: Scene) -> str:
    """Return the SVG of a scene."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(picture(scene, Path(folder)))


def main() -> int:
    """Make all pictures, or check them."""
    if "--check" in sys.argv:
        found = {scene.name: why for scene in SCENES if (why := stale(scene))}
        for name, why in found.items():
            print(f"{name}: {why}. Run: python screenshots/make.py")
        return 1 if found else 0
    for scene in SCENES:
        svg = made(scene)
        (HERE / f"{scene.name}.svg").write_text(svg, encoding="utf-8")
        (HERE / f"{scene.name}.png").write_bytes(to_png(svg))
        print(scene.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
