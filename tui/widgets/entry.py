"""The place where text is typed: one line that grows, Enter to enter it."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import TextArea

from tui.bindings import keys_of
from tui.domain.capture import read_pasted
from tui.domain.notes import HEARD, KIND_BY_KEY, Becomes, Kind, Side
from tui.domain.text import clean

SELECTING_KEYS = frozenset({"f6", "f7"})
"""Textual's text area selects a line, or all, with these; the next letter would then replace it."""


class Entry(TextArea):
    """A text field of one to a few lines. Enter posts `Submitted`; ctrl+j goes on in a new line.

    Everything typed or pasted is cleaned on its way in. Keys are handled here rather than by
    bindings, so that they act in the order they were typed.
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

    class LeftUpward(Message):
        """The cursor was moved up from the first line."""

    new_line_by = "listen.newline"
    """The action whose keys begin a new line."""

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            text,
            id=id,
            compact=True,
            soft_wrap=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
            show_line_numbers=False,
            placeholder=placeholder,
        )
        self.set_reactive(Entry.cursor_blink, False)  # nothing moves by itself

    async def _on_key(self, event: events.Key) -> None:
        if self.take_key(event.key, event.character or ""):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)

    def take_key(self, key: str, character: str) -> bool:
        """Do what a key means here beyond typing; returns whether it meant anything."""
        if key == "enter":
            self.enter()
        elif key in keys_of(self.new_line_by):
            self.new_line()
        elif key == "up" and self._is_in_first_line():
            self.post_message(self.LeftUpward())
        else:
            return key in SELECTING_KEYS
        return True

    def enter(self) -> None:
        """Post what was typed; it stays."""
        self.post_message(self.Submitted(self, self.text))

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.take_paste(clean(event.text))

    def take_paste(self, text: str) -> None:
        """Put a text that was pasted in at the cursor."""
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)

    def _is_in_first_line(self) -> bool:
        """Return whether the cursor is in the first line as it is shown, wrapping included."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y == 0

    def new_line(self) -> None:
        """Go on in a new line."""
        start, end = self.selection
        self._replace_via_keyboard("\n", start, end)


class NoteEntry(Entry):
    """The line notes are typed in: it knows the kind and the side of what is being typed.

    In an empty field a kind key chooses the kind, and backspace goes back to the usual one. Enter
    posts `Entered` with all that was typed and empties the field at once, so that what is typed
    next is the next line. Whoever cannot take the line gives it back with `restore`.
    """

    sure_by = "listen.sure"
    """The action whose keys say that one only thinks so."""
    usual: Kind = HEARD
    """What a line is unless its first character says otherwise."""
    is_plain: bool = False
    """Whether what is typed is of no kind: its first character is one like the others."""
    kind: reactive[Kind] = reactive(HEARD, layout=False)
    """What the line being typed is."""
    side: reactive[Side | None] = reactive[Side | None](None, layout=False)
    """Whose it is, where that was chosen; None for what is usual for its kind."""
    is_unsure: reactive[bool] = reactive(False, layout=False)
    """Whether the manager only thinks so."""

    class Entered(Message):
        """A line was entered."""

        def __init__(
            self, text: str, kind: Kind, side: Side | None, *, is_unsure: bool = False
        ) -> None:
            super().__init__()
            self.text = text
            self.kind = kind
            self.side = side
            self.is_unsure = is_unsure

    class Skipped(Message):
        """Enter was pressed and there is nothing to enter."""

    class Understood(Message):
        """The kind or the side of the line being typed changed."""

    class Refused(Message):
        """The side of a line of this kind cannot be chosen."""

        def __init__(self, kind: Kind) -> None:
            super().__init__()
            self.kind = kind

    def take_key(self, key: str, character: str) -> bool:
        """Choose the kind or the side, or leave the key to be typed."""
        if not self.text and character in KIND_BY_KEY and not self.is_plain:
            self.choose(KIND_BY_KEY[character])
        elif not self.text and key == "backspace":
            self.choose(self.usual)
        elif key in keys_of("listen.side"):
            self.flip_side()
        elif key in keys_of(self.sure_by):
            self.flip_sure()
        else:
            return super().take_key(key, character)
        return True

    def take_paste(self, text: str) -> None:
        """Put a pasted text in; in an empty field its first character may say what it is.

        What has a line of the manager's alone in it stays with the manager, whatever it begins
        with: nobody reads a pasted text for that before it is entered.
        """
        if not self.text and not self.is_plain and self.kind is self.usual:
            found = read_pasted(text, self.usual)
            self.choose(found.kind)
            self.side = found.side
            text = found.text
        super().take_paste(text)

    def choose(self, kind: Kind) -> None:
        """Make the line being typed one of this kind."""
        self.kind, self.side = kind, None
        self.post_message(self.Understood())

    def flip_side(self) -> None:
        """Keep the line to oneself, or not; some kinds leave no choice."""
        if self.kind.becomes is not Becomes.NOTE or self.kind.side is Side.MINE:
            self.post_message(self.Refused(self.kind))
            return
        self.side = Side.OURS if self.side is Side.MINE else Side.MINE
        self.post_message(self.Understood())

    def flip_sure(self) -> None:
        """Say that one only thinks so, or that one is sure."""
        self.is_unsure = not self.is_unsure
        self.post_message(self.Understood())

    def enter(self) -> None:
        """Post the line and begin the next; of an empty one it is said that it is empty."""
        if self.text.strip():
            line = self.Entered(self.text, self.kind, self.side, is_unsure=self.is_unsure)
            self.post_message(line)
            self.load_text("")
            self.is_unsure = False
            self.choose(self.usual)
        else:
            self.post_message(self.Skipped())

    def restore(self, text: str, kind: Kind, side: Side | None, *, is_unsure: bool = False) -> None:
        """Put a line back that could not be taken, or was being typed earlier.

        What was typed since goes on below it.
        """
        self.load_text(f"{text}\n{self.text}" if self.text else text)
        self.kind, self.side, self.is_unsure = kind, side, is_unsure
        self.move_cursor(self.document.end)
        self.post_message(self.Understood())
