"""Prepare: the checklist, and beside it what was promised, planned and said last time."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from tui import words
from tui.commands import Area, bindings_of
from tui.domain.checklist import ChecklistItem, Phase, in_order, progress
from tui.domain.dates import say_day
from tui.domain.notes import HEARD, NEED, Note
from tui.domain.standing import last_time
from tui.domain.text import first_line
from tui.render import (
    AMBER,
    BLANK,
    BRIGHT,
    MUTED,
    due_words,
    heading_row,
    item_row,
    line,
    text,
)
from tui.screens import dialogs
from tui.screens.form import Field, Values
from tui.screens.surface import TalkSurface, rule
from tui.services import promises, talks
from tui.widgets.rows import Row, Rows

PHASES = ((Phase.BEFORE, "Before you talk"), (Phase.CLOSE, "At the close"))


class PrepareScreen(TalkSurface):
    """Shows the checklist of a one-to-one and what to remember for it."""

    AREA = Area.PREPARE
    CSS_PATH = "prepare.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.PREPARE)

    def __init__(self, one_id: str) -> None:
        super().__init__(one_id)
        self._reasons: frozenset[str] = frozenset()

    def compose_body(self) -> ComposeResult:
        """Put the checklist beside what to remember."""
        yield Static("", id="intention")
        yield rule()
        with Horizontal(id="prepare"):
            yield Rows(id="items", empty=words.NO_ITEMS)
            yield Static("", id="beside")

    def begin(self) -> None:
        """Begin at the first item that is not ticked."""
        items = self.query_one(Rows)
        first = next((item.id for item in self._items() if not item.ticked), "")
        items.move_to(first)
        items.focus()

    def show_body(self) -> None:
        """Show the checklist as it is now."""
        intention = self.query_one("#intention", Static)
        intention.display = bool(self.one.intention)
        intention.update(line(("Intention  ", MUTED), text(self.one.intention)))
        pending = self.notebook.pending_ids()
        items = self.notebook.page(self.one_id).items
        rows: list[Row] = []
        for phase, title in PHASES:
            of_phase = in_order(items, phase)
            if not of_phase:
                continue
            done, total = progress(items, phase)
            rows += [BLANK] if rows else []
            rows.append(heading_row(title, f"{done} of {total}"))
            rows += (
                item_row(
                    item,
                    with_reason=item.id in self._reasons,
                    is_pending=item.id in pending,
                )
                for item in of_phase
            )
        is_lost = self.notebook.is_unreadable(self.one_id)
        empty = words.UNREADABLE if is_lost else words.NO_ITEMS
        self.query_one(Rows).set_rows(tuple(rows), empty=empty)
        self.query_one("#beside", Static).update(Content("\n").join(self._beside()))

    def _items(self) -> tuple[ChecklistItem, ...]:
        items = self.notebook.page(self.one_id).items
        return tuple(item for phase, _ in PHASES for item in in_order(items, phase))

    # -- beside the checklist --------------------------------------------------------------

    def _beside(self) -> list[Content]:
        today = self.notebook.today()
        board = promises.board(self.notebook.journal.follow_ups_of(self.person.id))
        open_ones = [f for column in board.values() for f in column if f.is_open]
        name = self.person.first_name
        parts: list[Content] = []
        for title, style, chosen, nothing in (
            ("You promised", AMBER, [f for f in open_ones if f.i_owe], "You owe nothing."),
            (f"{name} planned", "", [f for f in open_ones if not f.i_owe], ""),
        ):
            if not chosen and not nothing:
                continue
            parts += [text(title, "bold")]
            parts += [] if chosen else [text(nothing, MUTED)]
            for follow_up in chosen:
                parts.append(text(first_line(follow_up.text), style))
                when = due_words(follow_up, today)
                touched = (
                    f" · came up {len(follow_up.touches) + 1} times" if follow_up.touches else ""
                )
                parts.append(line("  ", when, (touched, MUTED)))
            parts.append(Content(""))
        parts += self._shelf()
        parts += self._card()
        return parts + self._last_time()

    def _shelf(self) -> list[Content]:
        shelf = self.notebook.journal.shelf_of(self.person.id)
        if not shelf:
            return []
        lines = [line(("& ", MUTED), text(first_line(topic.text))) for topic in shelf]
        return [text("Parked for next time", "bold"), *lines, Content("")]

    def _card(self) -> list[Content]:
        person = self.person
        lines = [text(person.helps)] if person.helps else []
        lines += [line((f"{c.label}  ", MUTED), text(c.text)) for c in person.card]
        return (
            [text(f"What helps {person.first_name}", "bold"), *lines, Content("")] if lines else []
        )

    def _last_time(self) -> list[Content]:
        journal = self.notebook.journal
        before = last_time(journal.one_to_ones_of(self.person.id), self.one)
        if before is None:
            return [text("You have not talked before. Ask more than you tell.", MUTED)]
        title = f"Last time, {say_day(before.at.date(), self.notebook.today())}, {before.place}"
        notes = sorted(self.notebook.page(before.id).notes, key=lambda n: (n.at, n.id))
        told = [note for note in notes if note.kind in (HEARD, NEED)] or notes
        return [text(title, "bold"), *(_remembered(note) for note in told[:6])]

    # -- what can be done ------------------------------------------------------------------

    @property
    def chosen(self) -> ChecklistItem | None:
        """The item highlighted."""
        cursor = self.query_one(Rows).cursor
        return next((item for item in self._items() if item.id == cursor), None)

    @on(Rows.Chosen)
    def action_prepare_tick(self) -> None:
        """Tick the item, or take its tick away."""
        if (item := self.chosen) is not None:
            self.attempt(lambda: talks.tick(self.notebook, self.one, item))

    def action_prepare_reason(self) -> None:
        """Show or hide why the item is there."""
        if (item := self.chosen) is not None:
            self._reasons ^= {item.id}
            self.show()

    def action_prepare_add(self) -> None:
        """Add an item below the one highlighted."""
        after = self.chosen
        phase = after.phase if after else Phase.BEFORE
        items = in_order(self.notebook.page(self.one_id).items, phase)
        index = items.index(after) + 1 if after else 0

        def save(values: Values) -> None:
            item = talks.add_item(
                self.notebook,
                self.one,
                Phase(values["phase"]),
                values["text"],
                values["reason"],
                index
                if values["phase"] == phase
                else len(in_order(self.notebook.page(self.one_id).items, Phase(values["phase"]))),
            )
            self.query_one(Rows).move_to(item.id)

        phases = tuple((p.value, title.lower()) for p, title in PHASES)
        fields = (
            Field("text", "What to do"),
            Field("reason", "Why (if you like)"),
            Field("phase", "When", phase, choices=phases),
        )
        self.ask("A new item", fields, save, key=f"item:new:{self.one_id}")

    def action_prepare_edit(self) -> None:
        """Change the words of the item, or its reason."""
        item = self.chosen
        if item is None:
            return
        fields = (
            Field("text", "What to do", item.text),
            Field("reason", "Why", item.reason),
        )
        self.ask(
            "This item",
            fields,
            lambda v: talks.edit_item(self.notebook, self.one, item, v["text"], v["reason"]),
            key=f"item:{item.id}",
        )

    def action_prepare_delete(self) -> None:
        """Delete the item."""
        item = self.chosen
        if item is not None and self.attempt(
            lambda: talks.delete_item(self.notebook, self.one, item)
        ):
            self.alongside.say("Item deleted. u brings it back.")

    def action_prepare_up(self) -> None:
        """Move the item up."""
        self._move(-1)

    def action_prepare_down(self) -> None:
        """Move the item down."""
        self._move(1)

    def _move(self, step: int) -> None:
        item = self.chosen
        if item is not None:
            self.attempt(lambda: talks.move_item(self.notebook, self.one, item, step))

    def action_prepare_details(self) -> None:
        """Change when, where, who leads, the intention."""
        dialogs.ask_details(self.alongside, self.one)

    def action_prepare_start(self) -> None:
        """Start the clock and go to the notes."""
        if self.one.started is None:
            self.attempt(lambda: talks.start(self.notebook, self.one))
        self.alongside.action_app_listen()


def _remembered(note: Note) -> Content:
    said = first_line(note.text)
    if note.kind is HEARD:
        return text(f"“{said}”", BRIGHT if not note.is_mine else f"{MUTED} italic")
    return line((f"{note.kind.key} ", MUTED), text(said, f"{MUTED} italic" if note.is_mine else ""))
