"""The line at the top of a screen: where you are at the left, how things are at the right."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

EMPTY = Content("")


class Heading(Widget):
    """Shows two pieces of text on one line, or on two where they do not fit side by side."""

    DEFAULT_CSS = """
    Heading { height: auto; padding: 0 1; background: $background; }
    """

    def __init__(
        self, left: Content = EMPTY, right: Content = EMPTY, *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._left = left
        self._right = right

    def show(self, left: Content, right: Content) -> None:
        """Show other text."""
        if (left, left.spans, right, right.spans) == (
            self._left,
            self._left.spans,
            self._right,
            self._right.spans,
        ):
            return
        lines = self._lines(self.size.width)
        self._left, self._right = left, right
        self.refresh(layout=self._lines(self.size.width) != lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return one line or two."""
        return self._lines(width)

    def _lines(self, width: int) -> int:
        fits = self._left.cell_length + self._right.cell_length + 2 <= width
        return 1 if fits or not self._right else 2

    def render(self) -> Content:
        """Draw what fits."""
        room = max(1, self.size.width)
        if self._lines(room) == 1:
            gap = room - self._left.cell_length - self._right.cell_length
            left = self._left.truncate(room, ellipsis=True)
            return Content.assemble(left, " " * max(gap, 0), self._right)
        left = self._left.truncate(room, ellipsis=True)
        right = self._right.truncate(room, ellipsis=True)
        return Content.assemble(left, "\n", " " * max(0, room - right.cell_length), right)
