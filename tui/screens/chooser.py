"""A short list to choose one thing from; typing narrows it down."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.domain.text import fold
from tui.screens.surface import Surface
from tui.widgets.line_input import LineInput
from tui.widgets.rows import Row, Rows

TALLEST = 16
"""Lines it takes at most; beyond them it scrolls."""


class Chooser(ModalScreen[str]):
    """Shows rows and returns the id of the one chosen; empty where none was."""

    CSS_PATH = "chooser.tcss"
    HORIZONTAL_BREAKPOINTS = Surface.HORIZONTAL_BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back", show=False, id="chooser.leave"),
        Binding("enter", "choose", "choose", show=False, id="chooser.choose", priority=True),
        Binding("down", "step(1)", show=False, id="chooser.down", priority=True),
        Binding("up", "step(-1)", show=False, id="chooser.up", priority=True),
    ]

    def __init__(
        self,
        title: str,
        rows: tuple[Row, ...],
        *,
        cursor: str = "",
        keys: dict[str, str] | None = None,
    ) -> None:
        """Offer rows.

        Args:
            title: What is to be chosen.
            rows: What there is.
            cursor: The id of the row to begin on.
            keys: Characters that choose a row at once, by id; without them typing searches.
        """
        super().__init__()
        self._title = title
        self._all = rows
        self._cursor = cursor
        self._keys = keys or {}

    def compose(self) -> ComposeResult:
        """Show the title, the line to type in and the rows."""
        with Vertical(id="chooser"):
            yield Static(Content.styled(self._title, "bold"))
            if not self._keys:
                yield LineInput(placeholder="type to find", id="find")
            yield Rows(self._all, empty="Nothing fits these words.", is_always_marked=True)

    def on_mount(self) -> None:
        """Begin where asked."""
        rows = self.query_one(Rows)
        rows.styles.height = min(len(self._all), TALLEST) or 1
        rows.move_to(self._cursor)
        (rows if self._keys else self.query_one("#find")).focus()

    def on_resize(self) -> None:
        """Leave the rows no more lines than there are: the last must be seen as well."""
        self.call_after_refresh(self._fit)

    @on(Rows.Measured)
    def _fit(self) -> None:
        """Be as tall as the rows are, once it is known how their words wrap."""
        rows, box = self.query_one(Rows), self.query_one("#chooser")
        room = max(1, self.size.height - (box.outer_size.height - rows.size.height))
        rows.styles.max_height = min(room, TALLEST)
        if len(rows.rows) == len(self._all):
            rows.styles.height = min(rows.line_count, TALLEST) or 1

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show only what fits."""
        words = fold(event.value).split()
        fits = (r for r in self._all if all(word in fold(r.body.plain) for word in words))
        self.query_one(Rows).set_rows(tuple(fits))

    def on_key(self, event: events.Key) -> None:
        """Choose at once by a row's own key."""
        row_id = self._keys.get(event.character or "")
        if row_id is not None:
            event.stop()
            self.dismiss(row_id)

    @on(Rows.Chosen)
    def action_choose(self) -> None:
        """Return the highlighted row."""
        self.dismiss(self.query_one(Rows).cursor)

    def action_step(self, step: int) -> None:
        """Move the highlight, wherever the focus is."""
        self.query_one(Rows).action_step(step)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss("")
