"""The guide's strip: one line above the keys that says what comes next."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

TALLEST = 3
"""Lines it takes at most, on a narrow screen; what is typed and read needs the rest."""
WITH_KEYS = 2
"""Lines it takes at most for its own keys."""
APART = 2
"""Blanks between what to do and the keys of the guide itself."""


class Told(NamedTuple):
    """What the strip says."""

    text: Content
    keys: Content = Content("")
    """How to skip and to leave; at the right end, where there is room."""


class GuideStrip(Widget):
    """Shows what comes next on as many lines as it takes, three at most; takes no key."""

    auto_links = False
    DEFAULT_CSS = """
    GuideStrip { height: auto; padding: 0 1; background: $surface; color: $foreground; }
    """

    def __init__(self, told: Told) -> None:
        super().__init__()
        self._told = told

    def show(self, told: Told) -> None:
        """Say something else."""
        if told == self._told and told.text.spans == self._told.text.spans:
            return
        before = len(self._lines(self.size.width))
        self._told = told
        self.refresh(layout=len(self._lines(self.size.width)) != before)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines it takes."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw what fits."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        width = max(8, width)
        text, keys = self._told
        lines = text.wrap(width)[:TALLEST]
        gap = width - lines[-1].cell_length - keys.cell_length
        if keys and gap >= APART:
            lines[-1] = Content.assemble(lines[-1], " " * gap, keys)
        elif keys and len(lines) < WITH_KEYS and keys.cell_length <= width:
            lines.append(Content.assemble(" " * (width - keys.cell_length), keys))
        return lines
