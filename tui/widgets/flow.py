"""Pieces of text side by side, on as many lines as they take, none of them broken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content, Span
from textual.geometry import Size
from textual.widget import Widget

GAP = Content("  ")


def flowed(pieces: Iterable[Content], width: int) -> Content:
    """Return the pieces in lines no wider than ``width``, wherever that can be done."""
    lines: list[list[Content]] = [[]]
    used = 0
    for piece in pieces:
        cells = piece.cell_length + len(GAP)
        if lines[-1] and used + cells - len(GAP) > width:
            lines.append([])
            used = 0
        lines[-1].append(piece)
        used += cells
    return Content("\n").join(GAP.join(line) for line in lines)


def _drawn(pieces: tuple[Content, ...]) -> list[tuple[str, Sequence[Span]]]:
    """Return all that tells how pieces look: contents are equal where their words are."""
    return [(piece.plain, piece.spans) for piece in pieces]


class Flow(Widget):
    """Shows pieces of text and lays them out again whenever its width changes."""

    auto_links = False
    DEFAULT_CSS = """
    Flow { height: auto; padding: 0 1; }
    """

    def __init__(self, pieces: tuple[Content, ...] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pieces = pieces

    def show(self, pieces: tuple[Content, ...]) -> None:
        """Show other pieces."""
        if _drawn(pieces) == _drawn(self._pieces):
            return
        before = self._height(self.size.width)
        self._pieces = pieces
        self.refresh(layout=self._height(self.size.width) != before)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the pieces take."""
        return self._height(width)

    def pieces_for(self, width: int) -> tuple[Content, ...]:
        """Return what is shown at a width."""
        return self._pieces

    def _height(self, width: int) -> int:
        return flowed(self.pieces_for(width), width).plain.count("\n") + 1

    def render(self) -> Content:
        """Draw the pieces."""
        return flowed(self.pieces_for(self.size.width), self.size.width)
