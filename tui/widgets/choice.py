"""One of a few words, chosen with the arrow keys or the mouse."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

GAP = 3
"""Cells between two options."""


class Choice(Static, can_focus=True):
    """Shows a few options side by side and which one is chosen; posts `Changed`."""

    DEFAULT_CSS = """
    Choice { height: auto; padding: 0 1; }
    Choice:focus { background: $cursor; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "turn(-1)", "before", show=False, id="choice.before"),
        Binding("right,l,space", "turn(1)", "next", show=False, id="choice.next"),
    ]

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another option was chosen."""

        def __init__(self, choice: Choice, value: str) -> None:
            super().__init__()
            self.choice = choice
            self.value = value

    def __init__(
        self, options: tuple[tuple[str, str], ...], value: str, *, id: str | None = None
    ) -> None:
        """Offer options.

        Args:
            options: Each option's value and the word shown for it.
            value: The value chosen at first.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._options = options
        self.set_reactive(Choice.value, value)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the options take."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[list[tuple[str, str]]]:
        """Return the options in lines no wider than ``width``, where one fits at all."""
        lines: list[list[tuple[str, str]]] = [[]]
        room = width
        for option in self._options:
            cells = _cells(option)
            if lines[-1] and cells > room:
                lines.append([])
                room = width
            lines[-1].append(option)
            room -= cells + GAP
        return lines

    def render(self) -> Content:
        """Draw the options; the chosen one is marked by a sign as well as by weight."""
        lines = self._lines(max(1, self.content_size.width))
        gap = Content(" " * GAP)
        return Content("\n").join(gap.join(self._shown(*each) for each in row) for row in lines)

    def _shown(self, value: str, label: str) -> Content:
        if value == self.value:
            return Content.styled(f"● {label}", "bold")
        return Content.styled(f"○ {label}", "$muted")

    def action_turn(self, step: int) -> None:
        """Choose the option before or after, going round."""
        values = [value for value, _ in self._options]
        index = values.index(self.value) if self.value in values else 0
        self.value = values[(index + step) % len(values)]
        self.post_message(self.Changed(self, self.value))

    def on_click(self, event: events.Click) -> None:
        """Choose the option under the mouse."""
        lines = self._lines(max(1, self.content_size.width))
        y, left = event.y - self.gutter.top, self.gutter.left
        for option in lines[y] if 0 <= y < len(lines) else ():
            if left <= event.x < left + _cells(option):
                self.value = option[0]
                self.post_message(self.Changed(self, self.value))
                return
            left += _cells(option) + GAP


def _cells(option: tuple[str, str]) -> int:
    """Return how many cells an option takes, its sign included."""
    return Content(option[1]).cell_length + 2
