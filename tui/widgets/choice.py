"""One of a few words, chosen with the arrow keys or the mouse."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static


class Choice(Static, can_focus=True):
    """Shows a few options side by side and which one is chosen; posts `Changed`."""

    DEFAULT_CSS = """
    Choice { height: 1; padding: 0 1; }
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

    def render(self) -> Content:
        """Draw the options; the chosen one is marked by a sign as well as by weight."""
        parts = [
            Content.styled(f"● {label}", "bold")
            if value == self.value
            else Content.styled(f"○ {label}", "$muted")
            for value, label in self._options
        ]
        return Content("   ").join(parts)

    def action_turn(self, step: int) -> None:
        """Choose the option before or after, going round."""
        values = [value for value, _ in self._options]
        index = values.index(self.value) if self.value in values else 0
        self.value = values[(index + step) % len(values)]
        self.post_message(self.Changed(self, self.value))

    def on_click(self, event: events.Click) -> None:
        """Choose the option under the mouse."""
        start = 1
        for value, label in self._options:
            width = Content(label).cell_length + 2
            if start <= event.x < start + width:
                self.value = value
                self.post_message(self.Changed(self, value))
                return
            start += width + 3
