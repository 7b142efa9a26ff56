"""A column of the board: one stage, its follow-ups as cards that can be moved with the mouse."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.domain.followups import Stage, StageRow
from tui.widgets.rows import Row, Rows


class Cards(Rows):
    """The cards of one column. Says which card the mouse took hold of."""

    class Grabbed(Message):
        """The mouse button went down on a card, or beside all of them."""

        def __init__(self, card_id: str) -> None:
            super().__init__()
            self.card_id = card_id

    def __init__(self, stage: Stage, *, empty: str) -> None:
        super().__init__(empty=empty)
        self.stage = stage

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Say which card is under the mouse."""
        row = self.row_at(event.y)
        self.post_message(self.Grabbed(row.id if row else ""))


class Column(Vertical):
    """One stage of the board with its title and its cards."""

    DEFAULT_CSS = """
    Column { width: 1fr; height: 1fr; padding: 0 1 0 0; }
    Column > .title { height: 1; padding: 0 0 0 2; color: $muted; }
    Column.-current > .title { color: $foreground; text-style: bold underline; }
    Column.-target > .title { color: $background; background: $foreground; }
    """

    def __init__(self, row: StageRow, *, empty: str) -> None:
        super().__init__(id=f"stage-{row.stage}", classes="" if row.is_open else "-finished")
        self.stage = row.stage
        self._label = row.label
        self._meaning = row.meaning
        self._empty = empty

    def compose(self) -> ComposeResult:
        """Put the cards below the title."""
        yield Static(self._label, classes="title", markup=False)
        yield Cards(self.stage, empty=self._empty)

    @property
    def cards(self) -> Cards:
        """The cards of this column."""
        return self.query_one(Cards)

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show other cards."""
        self.query_one(".title", Static).update(Content(f"{self._label} ({len(rows)})"))
        self.cards.set_rows(rows)
