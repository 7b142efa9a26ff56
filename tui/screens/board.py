"""Follow-ups: the board by stage, mine above theirs, for one person or for everybody."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input

from tui import words
from tui.bindings import bindings_of
from tui.commands import Area
from tui.domain.followups import OPEN_STAGES, STAGE_LABEL, STAGES, FollowUp, Stage, neighbour_stage
from tui.domain.people import Person
from tui.domain.text import plural
from tui.render import MUTED, card_row, joined, line, talk_heading, text
from tui.screens import dialogs, followups
from tui.screens.surface import Surface, rule
from tui.services import promises
from tui.services.board import SORTS, Asked, Board, BoardIndex, Sort
from tui.widgets.board import Cards, Column
from tui.widgets.flow import Flow
from tui.widgets.rows import Row, Rows

MOST_DRAWN = 2_000
"""So many cards are kept as they were drawn, for the next letter typed."""


class BoardScreen(Surface):
    """Shows follow-ups by stage and moves them."""

    AREA = Area.BOARD
    CSS_PATH = "board.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Area.BOARD),
        Binding("left,h", "column(-1)", show=False, id="board.column-left"),
        Binding("right,l", "column(1)", show=False, id="board.column-right"),
    ]

    def __init__(self, person_id: str | None, one_id: str | None, record_id: str = "") -> None:
        """Show a board.

        Args:
            person_id: Whose; None for everybody's.
            one_id: The one-to-one it is looked at from, if any.
            record_id: The card to highlight at first.
        """
        super().__init__()
        self._begin_at = record_id
        self.person_id = person_id
        self.one_id = one_id
        self._home_person = person_id
        self._asked = Asked(person_id)
        self._index = BoardIndex()
        self._marked: frozenset[str] = frozenset()
        self._stage = Stage.AGREED
        self._grabbed = ""
        self._drawn: dict[str, tuple[FollowUp, tuple[bool, bool], Row]] = {}
        self._drawn_for: tuple[object, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Put the columns side by side."""
        yield rule()
        yield Flow(id="stages")
        with Horizontal(id="board"):
            for row in STAGES:
                yield Column(row, empty=words.NO_FOLLOW_UPS)

    def begin(self) -> None:
        """Begin at the card that is meant, else where the first is that is still open."""
        meant = self.notebook.journal.follow_ups.get(self._begin_at)
        if meant is not None:
            self._go_to(meant.stage)
            self.column.cards.move_to(meant.id)
            return
        filled = (c.stage for c in self.query(Column) if c.cards.cursor)
        self._go_to(next((stage for stage in filled if stage in OPEN_STAGES), Stage.AGREED))

    @property
    def person(self) -> Person | None:
        """Whose follow-ups are shown; None for everybody's."""
        return self.notebook.journal.people.get(self.person_id or "")

    def heading_left(self) -> Content:
        """Return whose follow-ups these are."""
        person = self.person
        if person is None:
            return line(("Follow-ups", "bold"), (" · everybody", MUTED))
        one = self.notebook.journal.one_to_ones.get(self.one_id or "")
        if one is not None and one.person_id == person.id:
            return talk_heading(person, one, self.notebook.today())
        return line((person.name, "bold"), (" · follow-ups", MUTED))

    def heading_right(self) -> Content:
        """Return what is owed, and how the board is looked at where that is not the usual way."""
        board = self.board
        person = self.person
        they = f"{person.pronoun} {person.pronoun.verb_owe}" if person else "they owe"
        owed = [f"you owe {board.i_owe}", f"{they} {board.they_owe}"]
        looked = ["only mine"] if self._asked.only_mine else []
        looked += [SORTS[board.sort]] if board.sort is not Sort.WHEN else []
        marked = plural(len(self._marked), "card") + " marked" if self._marked else ""
        parts = [line((marked, "bold"), "   ")] if marked else []
        parts.append(joined([*looked, *owed], MUTED))
        return line(*parts, "   ", self.save_light())

    @property
    def board(self) -> Board:
        """What stands on the board."""
        asked = self._asked._replace(person_id=self.person_id)
        return self._index.board(self.notebook.journal, asked, self.notebook.today())

    def show(self) -> None:
        """Show it; what is not on the board any more is not marked any more."""
        if self._marked:
            shown = (f.id for column in self.board.columns.values() for f in column)
            self._marked = self._marked.intersection(shown)
        super().show()

    def show_body(self) -> None:
        """Show the cards as they are now."""
        today = self.notebook.today()
        people = self.notebook.journal.people
        pending = self.notebook.pending_ids()
        columns = self.board.columns

        known = (today, self.person_id, id(people))
        if known != self._drawn_for or len(self._drawn) > MOST_DRAWN:
            self._drawn_for, self._drawn = known, {}

        def card(follow_up: FollowUp) -> Row:
            marks = (follow_up.id in pending, follow_up.id in self._marked)
            drawn = self._drawn.get(follow_up.id)
            if drawn is not None and drawn[0] is follow_up and drawn[1] == marks:
                return drawn[2]
            person = None if self.person_id else people[follow_up.person_id]
            row = card_row(follow_up, person, today, is_pending=marks[0], is_marked=marks[1])
            self._drawn[follow_up.id] = (follow_up, marks, row)
            return row

        stood = self.column.cards.cursor
        for column in self.query(Column):
            column.show(columns[column.stage], card)
        if stood and not self.column.cards.cursor:
            self._go_on_from(stood)
        self._show_current()

    def _go_on_from(self, card_id: str) -> None:
        """Go where there is a card when the column's last went; after a closing key stay put."""
        card = self.notebook.journal.follow_ups.get(card_id)
        filled = [c.stage for c in self.query(Column) if c.cards.cursor]
        if filled and isinstance(self.focused, Cards) and (card is None or card.is_open):
            self._go_to(filled[0])

    # -- moving about ----------------------------------------------------------------------

    @property
    def column(self) -> Column:
        """The column one is in."""
        return self.query_one(f"#stage-{self._stage}", Column)

    @on(events.DescendantFocus)
    def _enter_column(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, Cards) and event.widget is self.focused:
            self._stage = event.widget.stage
            self._show_current()

    def _show_current(self) -> None:
        parts = []
        for column in self.query(Column):
            is_current = column.stage is self._stage
            column.set_class(is_current, "-current")
            label = f"{STAGE_LABEL[column.stage]} {column.count}"
            parts.append(text(label, "bold underline" if is_current else MUTED))
        self.query_one("#stages", Flow).show(tuple(parts))

    def _go_to(self, stage: Stage) -> None:
        """Go to a column; a folded one opens first."""
        self._stage = stage
        self._show_current()
        self.column.update_node_styles(animate=False)  # at once: what is hidden takes no focus
        self.set_focus(self.column.cards)

    def action_column(self, step: int) -> None:
        """Go to the column at the left or the right."""
        stage = neighbour_stage(self._stage, step)
        if stage is not None:
            self._go_to(stage)

    # -- what can be done ------------------------------------------------------------------

    @property
    def chosen(self) -> FollowUp | None:
        """The follow-up highlighted in the column with the focus."""
        return self.notebook.journal.follow_ups.get(self.column.cards.cursor)

    @property
    def targets(self) -> tuple[FollowUp, ...]:
        """What is done next is done to these: all that are marked, else the one highlighted."""
        if not self._marked:
            return (self.chosen,) if self.chosen else ()
        columns = self.board.columns.values()
        return tuple(f for column in columns for f in column if f.id in self._marked)

    def action_board_mark(self) -> None:
        """Mark the card, or take the mark away, and go on to the next."""
        if self.chosen is not None:
            self._marked ^= {self.chosen.id}
            self.show()
            self.column.cards.action_step(1)

    def _unmark(self) -> None:
        self._marked = frozenset()
        self.show()

    @on(Rows.Chosen)
    def action_board_edit(self) -> None:
        """Change words, owner, when and cue."""
        if (follow_up := self.chosen) is not None:
            followups.ask_follow_up(self.alongside, follow_up)

    def action_board_history(self) -> None:
        """Show what became of it, from when it was said on."""
        if (follow_up := self.chosen) is not None:
            followups.show_history(self.alongside, follow_up)

    def action_board_add(self) -> None:
        """Add a follow-up."""
        app, person = self.alongside, self.person
        if person is not None:
            followups.ask_new_follow_up(app, person, self.one_id, self._follow_new)
            return
        dialogs.choose_person(
            app,
            "Whose follow-up?",
            lambda chosen: followups.ask_new_follow_up(app, chosen, None, self._follow_new),
        )

    def _follow_new(self, follow_up: FollowUp) -> None:
        self._follow((follow_up,), follow_up.stage)

    def action_board_right(self) -> None:
        """Move the card to the next stage."""
        self._move_by(1)

    def action_board_left(self) -> None:
        """Move the card to the stage before."""
        self._move_by(-1)

    def _move_by(self, step: int) -> None:
        stage = neighbour_stage(self._stage, step)
        if stage is not None:
            self._move(self.targets, stage)

    def action_board_done(self) -> None:
        """Move the card to Done, or back to Agreed."""
        targets = self.targets
        back = bool(targets) and all(f.stage is Stage.DONE for f in targets)
        self._move(targets, Stage.AGREED if back else Stage.DONE)

    def action_board_let_go(self) -> None:
        """Let the follow-up go, with one line why."""
        self._move(self.targets, Stage.LET_GO)

    def action_board_owner(self) -> None:
        """Give it to the next owner: me, them, both."""
        if not (targets := self.targets):
            return
        owner = promises.next_owner(targets[0].owner)
        change = promises.edit_all
        if self.attempt(lambda: change(self.notebook, targets, lambda f: f._replace(owner=owner))):
            followups.tell_if_crowded(self.alongside, targets[0].id)

    def action_board_when(self) -> None:
        """Say by when."""
        if targets := self.targets:
            followups.ask_when(self.alongside, targets)

    def action_board_cue(self) -> None:
        """Say what it hangs on: when X happens, I will."""
        if targets := self.targets:
            followups.ask_cue(self.alongside, targets)

    def action_board_person(self) -> None:
        """Give it to another person's board."""
        if targets := self.targets:
            followups.ask_person(self.alongside, targets)

    def action_board_delete(self) -> None:
        """Delete it."""
        targets = self.targets
        if targets and self.attempt(lambda: promises.delete(self.notebook, *targets)):
            self.alongside.say(words.follow_ups_deleted(len(targets)))

    # -- moving cards ----------------------------------------------------------------------

    def _move(self, targets: tuple[FollowUp, ...], stage: Stage) -> None:
        """Move cards; where the stage takes something they lack, ask for it first."""
        going = tuple(f for f in targets if f.stage is not stage)
        if not going:
            return
        lacking = [q for f in going if (q := promises.lacks_for(f, stage))]

        def follow() -> None:
            self._follow(going, stage)

        if promises.needs_reason(stage):
            followups.ask_reason(self.alongside, going, follow)
        elif lacking:
            followups.ask_agreed(self.alongside, going, lacking[0], follow)
        elif self.attempt(lambda: promises.move_all(self.notebook, going, stage)):
            follow()

    def _follow(self, moved: tuple[FollowUp, ...], stage: Stage) -> None:
        """Stay with a card that went to another column of open ones, so that it can go on.

        Marks hold while owner, when and cue are given; what was moved is dealt with, and would
        only take the next key away from the card that is highlighted.
        """
        if any(follow_up.id in self._marked for follow_up in moved):
            self._unmark()
        if len(moved) == 1 and stage in OPEN_STAGES:
            self.query_one(f"#stage-{stage}", Column).cards.move_to(moved[0].id)
            self._go_to(stage)
        if stage in OPEN_STAGES and not moved[0].is_open:
            followups.tell_if_crowded(self.alongside, moved[0].id)

    # -- by mouse --------------------------------------------------------------------------

    @on(Cards.Grabbed)
    def _grab(self, event: Cards.Grabbed) -> None:
        self._grabbed = event.card_id

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show where a card that is held would go."""
        if self._grabbed and not event.button:
            self._grabbed = ""
        over = self._column_at(event) if self._grabbed else None
        for column in self.query(Column):
            column.set_class(column is over and column is not self.column, "-target")

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Drop the card that is held on the column under the mouse."""
        card_id, self._grabbed = self._grabbed, ""
        self.query(Column).remove_class("-target")
        follow_up = self.notebook.journal.follow_ups.get(card_id)
        over = self._column_at(event)
        if follow_up is not None and over is not None and over.stage is not follow_up.stage:
            held = self.targets if follow_up.id in self._marked else (follow_up,)
            self._move(held, over.stage)

    def _column_at(self, event: events.MouseEvent) -> Column | None:
        if not self.region.contains(event.screen_x, event.screen_y):
            return None
        under, _ = self.get_widget_at(event.screen_x, event.screen_y)
        return next((w for w in under.ancestors_with_self if isinstance(w, Column)), None)

    # -- looking -----------------------------------------------------------------------------

    def action_board_all(self) -> None:
        """Show this person's, or everybody's."""
        card = self.chosen
        if self.person_id is None:
            self.person_id = self._home_person or (card.person_id if card else None)
        else:
            self._home_person = self.person_id
            self.person_id = None
        self.show()

    def action_board_mine(self) -> None:
        """Show only what I owe, or all of it."""
        self._asked = self._asked._replace(only_mine=not self._asked.only_mine)
        self.show()

    def action_board_sort(self) -> None:
        """Show the open cards in the next order."""
        orders = tuple(Sort)
        sort = orders[(orders.index(self._asked.sort) + 1) % len(orders)]
        self._asked = self._asked._replace(sort=sort)
        self.alongside.say(words.sorted_by(SORTS[sort]))
        self.show()

    def action_board_fold(self) -> None:
        """Fold the finished columns, or unfold them."""
        is_wide = self.has_class("-wide")
        self.toggle_class("-fold" if is_wide else "-unfold")

    async def action_board_find(self) -> None:
        """Type words; only what fits is shown."""
        self._index.cards(self.notebook.journal, self.notebook.today())
        await self.open_find(words.FIND_FOLLOW_UPS, before="#board")

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        self._asked = self._asked._replace(words=event.value)
        self.show()

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self._go_to(next((c.stage for c in self.query(Column) if c.cards.rows), self._stage))

    def key_escape(self) -> None:
        """Leave the search, else go home."""
        if self.query("#find"):
            self.query("#find").remove()
            self._asked = self._asked._replace(words="")
            self.show()
            self._found()
        elif self._marked:
            self._unmark()
        else:
            self.alongside.action_app_people()
