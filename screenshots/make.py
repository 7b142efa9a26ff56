"""Makes the pictures in this folder from the demo journal: ``python screenshots/make.py``.

The last of them moves: a one-to-one from home to the copied summary. Needs what the ``dev`` extra
installs, and the font DejaVu Sans Mono for the PNGs. With ``--check`` nothing is made: it says
which pictures are stale, and exits with 1 where any is.
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
from hashlib import sha256
from pathlib import Path

for _name in [n for n in os.environ if n.startswith("TEXTUAL") or n == "NO_COLOR"]:
    del os.environ[_name]  # before Textual reads them on import

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.looks.play import RECALLED, TALK, Scene, playing
from tui.theme import LIGHT

SIGNED = b"alongside-svg-sha256"
FONT = "DejaVu Sans Mono"

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


FILM = Scene(
    "one-to-one",
    (100, 28),
    (
        *("down", "look"),
        *("enter", "space", "down", "space", "look", "down", "r", "look"),
        *("f4", '"', "text:I keep losing the thread between incidents", "look", "enter"),
        *("!", "text:the quiet morning back, on Wednesdays", "enter"),
        *("~", "text:tired, and proud of the team", "look", "enter"),
        *(">", "text:tell the team about Wednesdays by fri", "look", "enter", "look"),
        *("ctrl+g", "ctrl+g", "f8", "look", "text:ask Lena for a slot by 4 dec", "look", "enter"),
        *("escape", "f5", "look", "f7", "look"),
    ),
)
"""Is looked at again and again, and becomes the moving picture."""
SECONDS = 2.2
"""How long each of its pictures stands."""


def film() -> list[str]:
    """Return the SVGs of the moving picture."""
    frames: list[str] = []

    async def play() -> None:
        with tempfile.TemporaryDirectory() as folder:
            take = lambda app: frames.append(app.export_screenshot(title="alongside"))  # noqa: E731
            async with playing(FILM, Path(folder), take):
                pass

    asyncio.run(play())
    return frames


def said(frames: list[str]) -> bytes:
    """Return a hash of all that the moving picture says."""
    return sha256("\n".join(word for svg in frames for word in words_in(svg)).encode()).digest()


def to_gif(frames: list[str], path: Path) -> None:
    """Write the pictures one after the other, with the hash of what they say in the comment."""
    from io import BytesIO

    from PIL import Image

    drawn = [Image.open(BytesIO(to_png(svg))).convert("RGB") for svg in frames]
    width, height = drawn[0].size
    small = [one.resize((900, height * 900 // width), Image.Resampling.LANCZOS) for one in drawn]
    whole = Image.new("RGB", (small[0].width, small[0].height * len(small)))
    for place, one in enumerate(small):
        whole.paste(one, (0, place * one.height))
    colours = whole.quantize(96, method=Image.Quantize.MAXCOVERAGE)
    quiet = [one.quantize(palette=colours, dither=Image.Dither.NONE) for one in small]
    quiet[0].save(
        path,
        save_all=True,
        append_images=quiet[1:],
        duration=round(1000 * SECONDS),
        loop=0,
        comment=said(frames).hex().encode(),
        optimize=True,
    )


async def picture(scene: Scene, folder: Path) -> str:
    """Return the SVG of a scene, played on a demo journal in ``folder``."""
    async with playing(scene, folder) as app:
        return app.export_screenshot(title="alongside")


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
        moving = HERE / f"{FILM.name}.gif"
        if not moving.exists() or said(film()).hex().encode() not in moving.read_bytes():
            found[FILM.name] = "the moving picture says something else"
        for name, why in found.items():
            print(f"{name}: {why}. Run: python screenshots/make.py")
        return 1 if found else 0
    for scene in SCENES:
        svg = made(scene)
        (HERE / f"{scene.name}.svg").write_text(svg, encoding="utf-8")
        (HERE / f"{scene.name}.png").write_bytes(to_png(svg))
        print(scene.name)
    to_gif(film(), HERE / f"{FILM.name}.gif")
    print(FILM.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
