"""A few rows to answer with: a figure answers at once, space marks, enter goes on."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.rows import Rows

_OTHERS = ",".join(c for c in "abcdefhimnopqrstuvwyzABCDEFHIJKLMNOPQRSTUVWXYZ")
"""Letters that do nothing here: words typed a moment too early are no commands."""


class Options(Rows):
    """Shows what there is to answer with and posts `Answered`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer('on')", show=False, id="options.on"),
        Binding("space,x", "answer('mark')", show=False, id="options.mark"),
        Binding("l", "answer('landed')", show=False, id="options.landed"),
        Binding(_OTHERS, "nothing", show=False, id="options.nothing"),
        *(
            Binding(str(number), f"number({number})", show=False, id=f"options.{number}")
            for number in range(1, 10)
        ),
    ]

    class Answered(Message):
        """Something is to be done with a row."""

        def __init__(self, verb: str, row_id: str = "", *, number: int | None = None) -> None:
            super().__init__()
            self.verb = verb
            self.row_id = row_id
            self.number = number

    def action_answer(self, verb: str) -> None:
        """Answer with the row that is highlighted."""
        self.post_message(self.Answered(verb, self.cursor))

    def action_nothing(self) -> None:
        """Do nothing."""

    def action_number(self, number: int) -> None:
        """Answer with a figure."""
        self.post_message(self.Answered("on", number=number))
