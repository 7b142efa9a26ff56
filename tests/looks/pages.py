"""A look as a text page: the words on the screen, and below them which style each cell has.

One letter a style, with what it means at the end: so that a change is seen in a diff.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from tests.looks.play import Scene, playing

if TYPE_CHECKING:
    from rich.style import Style

    from tui.app import AlongsideApp

KEPT = Path(__file__).parent / "kept"
LETTERS = "." + ascii_letters + digits
PLAIN = " "


def page_of(app: AlongsideApp) -> str:
    """Return what is on the screen, and in which styles."""
    known: dict[str, str] = {}
    words, styles = [], []
    for strip in app.screen._compositor.render_strips():
        words.append(strip.text.rstrip())
        row = ""
        for segment in strip:
            row += _letter(_say(segment.style), known) * segment.cell_length
        styles.append(row.rstrip("."))
    legend = [f"{letter} {style}" for style, letter in known.items()]
    return "\n".join([*words, "-" * app.size.width, *styles, "-" * app.size.width, *legend, ""])


def _letter(style: str, known: dict[str, str]) -> str:
    return known.setdefault(style, LETTERS[min(len(known), len(LETTERS) - 1)])


def _say(style: Style | None) -> str:
    if style is None:
        return "none"
    fore = style.color.name if style.color else "default"
    back = style.bgcolor.name if style.bgcolor else "default"
    shapes = [name for name in ("bold", "italic", "underline", "reverse", "strike", "dim")
              if getattr(style, name)]  # fmt: skip
    return " ".join([fore, "on", back, *shapes])


def played(scene: Scene) -> str:
    """Return the page of a scene as it looks now."""

    async def look() -> str:
        with tempfile.TemporaryDirectory() as folder:
            async with playing(scene, Path(folder)) as app:
                return page_of(app)

    return asyncio.run(look())


def path_of(scene: Scene) -> Path:
    """Return where the page of a scene is kept."""
    return KEPT / f"{scene.name}.txt"
