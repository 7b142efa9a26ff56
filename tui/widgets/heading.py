"""The line at the top of a screen: where you are at the left, how things are at the right."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import Static

EMPTY = Content("")


class Heading(Static):
    """Shows two pieces of text on one line, or on two where they do not fit side by side."""

    DEFAULT_CSS = """
    Heading { height: auto; padding: 0 1; background: $background; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left = EMPTY
        self._right = EMPTY

    def show(self, left: Content, right: Content) -> None:
        """Show other text."""
        if (left, right) != (self._left, self._right) or left.spans != self._left.spans:
            self._left, self._right = left, right
            self.update(self._arranged())

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the text for the new width."""
        self.update(self._arranged())

    def _arranged(self) -> Content:
        room = self.size.width
        if not room:
            return self._left
        gap = room - self._left.cell_length - self._right.cell_length
        if gap >= 2 or not self._right:
            return Content.assemble(self._left, " " * max(gap, 0), self._right)
        left = self._left.truncate(room, ellipsis=True)
        right = self._right.truncate(room, ellipsis=True)
        return Content.assemble(left, "\n", " " * max(0, room - right.cell_length), right)
