"""The place where text is typed: one line that grows, Enter to enter it."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from tui.domain.notes import KIND_BY_KEY
from tui.domain.text import clean

MAX_LINES = 8


class Entry(TextArea):
    """A text field of one to a few lines that posts what the user enters.

    Enter posts `Submitted` and does not clear: whoever takes the text does. In an empty field with
    kinds, a kind key posts `KindPressed` in place of being typed, and backspace `KindCleared`.
    Everything typed or pasted is cleaned on its way in.
    """

    DEFAULT_CSS = """
    Entry, Entry:focus {
        height: auto;
        max-height: 8;
        min-height: 1;
        border: none;
        padding: 0;
        background: $background;
        scrollbar-size-vertical: 1;
    }
    """

    class Submitted(Message):
        """Enter was pressed."""

        def __init__(self, entry: Entry, text: str) -> None:
            super().__init__()
            self.entry = entry
            self.text = text

        @property
        def control(self) -> Entry:
            """The field the message is from."""
            return self.entry

    class KindPressed(Message):
        """The key of a kind was pressed while nothing was typed yet."""

        def __init__(self, kind_id: str) -> None:
            super().__init__()
            self.kind_id = kind_id

    class KindCleared(Message):
        """Backspace was pressed while nothing was typed."""

    class LeftUpward(Message):
        """The cursor was moved up from the first line."""

    def __init__(
        self,
        text: str = "",
        *,
        has_kinds: bool = False,
        placeholder: str = "",
        id: str | None = None,
        **more: Any,
    ) -> None:
        super().__init__(
            text,
            id=id,
            compact=True,
            soft_wrap=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
            show_line_numbers=False,
            placeholder=placeholder,
            **more,
        )
        self._has_kinds = has_kinds

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self, self.text))
            return
        if self._has_kinds and not self.text:
            kind = KIND_BY_KEY.get(event.character or "")
            if kind is not None:
                event.stop()
                event.prevent_default()
                self.post_message(self.KindPressed(kind.id))
                return
            if event.key == "backspace":
                self.post_message(self.KindCleared())
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if result := self._replace_via_keyboard(clean(event.text), *self.selection):
            self.move_cursor(result.end_location)

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up; from the first line, leave the field."""
        if not select and self.cursor_location[0] == 0 and self.wrapped_first_line():
            self.post_message(self.LeftUpward())
        else:
            super().action_cursor_up(select)

    def wrapped_first_line(self) -> bool:
        """Return whether the cursor is in the first line as it is shown, wrapping included."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y == 0

    def new_line(self) -> None:
        """Go on in a new line."""
        start, end = self.selection
        self._replace_via_keyboard("\n", start, end)
