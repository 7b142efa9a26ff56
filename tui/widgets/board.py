"""A column of the board: one stage, its follow-ups as cards that can be moved with the mouse."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from tui.domain.followups import FollowUp, Stage, StageRow
from tui.widgets.rows import Row, Rows
from tui.widgets.steady import Steady

ROOMY = 20
"""Rows of the terminal from which on there is room between cards."""


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
        self._source: tuple[FollowUp, ...] = ()
        self._make: Callable[[FollowUp], Row] | None = None

    @property
    def gap(self) -> int:
        """One line between cards, where there is room for it."""
        return int(self.app.size.height >= ROOMY)

    @property
    def _ahead(self) -> int:
        """How many cards are made beyond those that are reached: no card takes less than two lines.

        The app's size is asked, since the column's own is not known before it is drawn first.
        """
        return self.app.size.height // (2 + self.gap) + 1

    def show(self, source: tuple[FollowUp, ...], make: Callable[[FollowUp], Row]) -> None:
        """Show other follow-ups; their cards are made as they are come to.

        Args:
            source: All that are in the column, in order.
            make: Makes the card of one.
        """
        self._source, self._make = source, make
        ids = [follow_up.id for follow_up in source]
        reached = ids.index(self.cursor) if self.cursor in ids else 0
        self._show_up_to(max(reached, len(self.rows) - self._ahead) + self._ahead)

    def _show_up_to(self, count: int) -> None:
        if self._make is not None:
            self.set_rows(tuple(map(self._make, self._source[:count])))

    def _go_on(self, count: int) -> None:
        """Have at least so many cards there, as far as there are follow-ups."""
        if len(self.rows) < min(count, len(self._source)):
            self._show_up_to(count + self._ahead)

    def watch_cursor(self) -> None:
        """Make more cards before the highlight comes to the end of them."""
        self._go_on(self._index.get(self.cursor, 0) + self._ahead // 2)
        super().watch_cursor()

    def on_resize(self, event: events.Resize) -> None:
        """Make more cards where there is room for more now."""
        self._go_on(self._index.get(self.cursor, 0) + self._ahead)
        super().on_resize(event)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Make more cards before the end of them is seen."""
        super().watch_scroll_y(old_value, new_value)
        if new_value + 2 * self.size.height > self.virtual_size.height:
            self._go_on(len(self.rows) + 1)

    def move_to(self, row_id: str) -> None:
        """Move the highlight to a card, if it is in the column."""
        place = next((n for n, f in enumerate(self._source) if f.id == row_id), -1)
        self._go_on(place + 1)
        super().move_to(row_id)

    def action_last(self) -> None:
        """Go to the very last card."""
        self._go_on(len(self._source))
        super().action_last()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Say which card is under the mouse."""
        row = self.row_at(event.y)
        self.post_message(self.Grabbed(row.id if row else ""))


class Column(Vertical):
    """One stage of the board with its title and its cards."""

    DEFAULT_CSS = """
    Column { width: 1fr; height: 1fr; padding: 0 1 0 0; }
    Column > .title {
        height: 1;
        padding: 0 0 0 2;
        color: $muted;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    Column.-current > .title { color: $foreground; text-style: bold underline; }
    Column.-target > .title {
        color: $block-cursor-foreground;
        background: $block-cursor-background;
        text-style: bold underline;
    }
    """

    def __init__(self, row: StageRow, *, empty: str) -> None:
        super().__init__(id=f"stage-{row.stage}", classes="" if row.is_open else "-finished")
        self.stage = row.stage
        self.count = 0
        self._label = row.label
        self._meaning = row.meaning
        self._empty = empty

    def compose(self) -> ComposeResult:
        """Put the cards below the title."""
        yield Steady(self._label, classes="title")
        yield Static("folded", classes="folded")
        yield Cards(self.stage, empty=self._empty)

    @property
    def cards(self) -> Cards:
        """The cards of this column."""
        return self.query_one(Cards)

    def show(self, follow_ups: tuple[FollowUp, ...], make: Callable[[FollowUp], Row]) -> None:
        """Show other cards; `make` makes the card of a follow-up."""
        self.count = len(follow_ups)
        self.set_class(not follow_ups, "-empty")
        self.query_one(".title", Steady).say(f"{self._label} ({self.count})", layout=False)
        self.cards.show(follow_ups, make)
