"""What stands beside the checklist or the notes, and can be dealt with there."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from tui.bindings import bindings_of
from tui.commands import Area
from tui.widgets.rows import Rows


class Beside(Rows):
    """Shows promises, questions, the shelf; posts `Wanted` for what is to be done with one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.BESIDE)

    class Wanted(Message):
        """Something is to be done with the row that is highlighted."""

        def __init__(self, verb: str, row_id: str) -> None:
            super().__init__()
            self.verb = verb
            self.row_id = row_id

    class Left(Message):
        """The focus is to go back to where it came from."""

    def _want(self, verb: str) -> None:
        if self.cursor:
            self.post_message(self.Wanted(verb, self.cursor))

    def action_beside_do(self) -> None:
        """Mark it: promise done, question asked, topic raised."""
        self._want("do")

    def action_beside_edit(self) -> None:
        """Change it."""
        self._want("edit")

    def action_beside_touch(self) -> None:
        """Note that it came up again."""
        self._want("touch")

    def action_beside_history(self) -> None:
        """Show what became of it so far."""
        self._want("history")

    def action_beside_landed(self) -> None:
        """Note how a question went."""
        self._want("landed")

    def action_beside_drop(self) -> None:
        """Take it away."""
        self._want("drop")

    def action_beside_back(self) -> None:
        """Go back."""
        self.post_message(self.Left())
