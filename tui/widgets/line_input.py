"""A field for one line, which takes nothing that could drive the terminal."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from tui.domain.text import clean, clean_line


class LineInput(Input):
    """Textual's input, with what is pasted cleaned and on one line, and only printable keys."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        id: str | None = None,
        select_on_focus: bool = False,
    ) -> None:
        """Make a field.

        Args:
            value: What stands in it.
            placeholder: What stands in it as long as nothing does.
            id: The widget's id.
            select_on_focus: Whether what is typed first replaces what stands there.
        """
        super().__init__(
            clean_line(value),
            placeholder=placeholder,
            id=id,
            compact=True,
            select_on_focus=select_on_focus,
        )
        self.set_reactive(LineInput.cursor_blink, False)  # nothing moves by itself

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":  # here, so that keys right behind it are not typed into the field
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self, self.value))
        elif event.character and event.is_printable and clean(event.character) != event.character:
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(clean_line(event.text))
