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
from tui.commands import Area, bindings_of
from tui.domain.followups import OPEN_STAGES, STAGE_LABEL, STAGES, FollowUp, Stage, neighbour_stage
from tui.domain.people import Person
from tui.render import MUTED, card_row, joined, line, talk_heading, text
from tui.screens import dialogs
from tui.screens.form import Field, Values
from tui.screens.surface import Surface, rule
from tui.services import promises
from tui.widgets.board import Cards, Column
from tui.widgets.flow import Flow
from tui.widgets.rows import Row, Rows


class BoardScreen(Surface):
    """Shows follow-ups by stage and moves them."""

    AREA = Area.BOARD
    CSS_PATH = "board.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Area.BOARD),
        Binding("left,h", "column(-1)", show=False, id="board.column-left"),
        Binding("right,l", "column(1)", show=False, id="board.column-right"),
    ]

    def __init__(self, person_id: str | None, one_id: str | None) -> None:
        """Show a board.

        Args:
            person_id: Whose; None for everybody's.
            one_id: The one-to-one it is looked at from, if any.
        """
        super().__init__()
        self.person_id = person_id
        self.one_id = one_id
        self._home_person = person_id
        self._words = ""
        self._stage = Stage.AGREED
        self._grabbed = ""

    def compose_body(self) -> ComposeResult:
        """Put the columns side by side."""
        yield rule()
        yield Flow(id="stages")
        with Horizontal(id="board"):
            for row in STAGES:
                yield Column(row, empty=words.NO_FOLLOW_UPS)

    def begin(self) -> None:
        """Begin in the first column that has a card."""
        self._go_to(next((c.stage for c in self.query(Column) if c.cards.cursor), Stage.AGREED))

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
        """Return what is owed."""
        found = promises.chosen(self.notebook, person_id=self.person_id)
        mine = sum(f.i_owe for f in found)
        theirs = sum(f.they_owe for f in found)
        person = self.person
        if person is None:
            they = f"they owe {theirs}"
        else:
            they = f"{person.pronoun} {person.pronoun.verb_owe} {theirs}"
        return line(joined([f"you owe {mine}", they], MUTED), "   ", self.save_light())

    def show_body(self) -> None:
        """Show the cards as they are now."""
        today = self.notebook.today()
        people = self.notebook.journal.people
        pending = self.notebook.pending_ids()
        found = promises.chosen(self.notebook, person_id=self.person_id, words=self._words)
        by_stage = promises.board(found)

        def card(follow_up: FollowUp) -> Row:
            person = None if self.person_id else people[follow_up.person_id]
            return card_row(follow_up, person, today, is_pending=follow_up.id in pending)

        for column in self.query(Column):
            column.show(by_stage[column.stage], card)
        self._show_current()

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

    @on(Rows.Chosen)
    def action_board_edit(self) -> None:
        """Change words, owner, when and cue."""
        if (follow_up := self.chosen) is not None:
            dialogs.ask_follow_up(self.alongside, follow_up)

    def action_board_add(self) -> None:
        """Add a follow-up."""
        person = self.person
        if person is not None:
            dialogs.ask_new_follow_up(self.alongside, person, self.one_id, self._follow_new)
        else:
            dialogs.choose_person(
                self.alongside,
                "Whose follow-up?",
                lambda chosen: dialogs.ask_new_follow_up(
                    self.alongside, chosen, None, self._follow_new
                ),
            )

    def _follow_new(self, follow_up: FollowUp) -> None:
        self._follow(follow_up.id, follow_up.stage)

    def action_board_right(self) -> None:
        """Move the card to the next stage."""
        self._move_by(1)

    def action_board_left(self) -> None:
        """Move the card to the stage before."""
        self._move_by(-1)

    def _move_by(self, step: int) -> None:
        follow_up = self.chosen
        stage = neighbour_stage(follow_up.stage, step) if follow_up else None
        if follow_up is not None and stage is not None:
            self._move(follow_up, stage)

    def action_board_done(self) -> None:
        """Move the card to Done, or back to Agreed."""
        if (follow_up := self.chosen) is not None:
            back = follow_up.stage is Stage.DONE
            self._move(follow_up, Stage.AGREED if back else Stage.DONE)

    def action_board_let_go(self) -> None:
        """Let the follow-up go, with one line why."""
        if (follow_up := self.chosen) is not None:
            self._move(follow_up, Stage.LET_GO)

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
            self._move(follow_up, over.stage)

    def _column_at(self, event: events.MouseEvent) -> Column | None:
        if not self.region.contains(event.screen_x, event.screen_y):
            return None
        under, _ = self.get_widget_at(event.screen_x, event.screen_y)
        return next((w for w in under.ancestors_with_self if isinstance(w, Column)), None)

    def _move(self, follow_up: FollowUp, stage: Stage) -> None:
        if follow_up.stage is stage:
            return
        if promises.needs_reason(stage):
            self._ask_reason(follow_up)
        elif lacking := promises.lacks_for(follow_up, stage):
            self._ask_when(follow_up, lacking)
        else:
            self.attempt(lambda: promises.move(self.notebook, follow_up, stage))
            self._follow(follow_up.id, stage)

    def _follow(self, follow_up_id: str, stage: Stage) -> None:
        """Stay with a card that went to another column of open ones, so that it can go on."""
        if stage in OPEN_STAGES:
            self.query_one(f"#stage-{stage}", Column).cards.move_to(follow_up_id)
            self._go_to(stage)

    def _ask_reason(self, follow_up: FollowUp) -> None:
        self.ask(
            "Let it go",
            (Field("reason", f"Why let go of “{_short(follow_up.text)}”?"),),
            lambda v: promises.move(self.notebook, follow_up, Stage.LET_GO, v["reason"]),
            key=f"let-go:{follow_up.id}",
        )

    def _ask_when(self, follow_up: FollowUp, question: str) -> None:
        today = self.notebook.today()
        self.ask(
            question,
            (
                Field("due", "By when?", "", dialogs.DATES, check=dialogs.say_when(today)),
                Field("cue", "Or a cue: when …", follow_up.cue, dialogs.CUE),
            ),
            lambda v: promises.agree(
                self.notebook, follow_up, promises.due_from(v["due"], today), v["cue"]
            ),
            key=f"agree:{follow_up.id}",
            then=lambda: self._follow(follow_up.id, Stage.AGREED),
        )

    def action_board_owner(self) -> None:
        """Give it to the next owner: me, them, both."""
        if (follow_up := self.chosen) is not None:
            after = follow_up._replace(owner=promises.next_owner(follow_up.owner))
            self.attempt(lambda: promises.edit(self.notebook, follow_up, after))

    def action_board_when(self) -> None:
        """Say by when."""
        follow_up = self.chosen
        if follow_up is None:
            return
        today = self.notebook.today()
        value = follow_up.due.isoformat() if follow_up.due else ""

        def save(values: Values) -> None:
            after = follow_up._replace(due=promises.due_from(values["due"], today))
            promises.edit(self.notebook, follow_up, after)

        field = Field(
            "due",
            f"By when: {_short(follow_up.text)}",
            value,
            dialogs.DATES,
            check=dialogs.say_when(today),
        )
        self.ask("By when?", (field,), save, key=f"when:{follow_up.id}")

    def action_board_cue(self) -> None:
        """Say what it hangs on: when X happens, I will."""
        follow_up = self.chosen
        if follow_up is None:
            return
        self.ask(
            "When X, I will",
            (
                Field(
                    "cue",
                    _short(follow_up.text),
                    follow_up.cue,
                    dialogs.CUE,
                ),
            ),
            lambda v: promises.edit(self.notebook, follow_up, follow_up._replace(cue=v["cue"])),
            key=f"cue:{follow_up.id}",
        )

    def action_board_delete(self) -> None:
        """Delete it."""
        follow_up = self.chosen
        if follow_up is not None and self.attempt(
            lambda: promises.delete(self.notebook, follow_up)
        ):
            self.alongside.say("Follow-up deleted. u brings it back.")

    def action_board_all(self) -> None:
        """Show this person's, or everybody's."""
        card = self.chosen
        if self.person_id is None:
            self.person_id = self._home_person or (card.person_id if card else None)
        else:
            self._home_person = self.person_id
            self.person_id = None
        self.show()

    async def action_board_find(self) -> None:
        """Type words; only what fits is shown."""
        await self.open_find("find: words of the follow-up, or a name", before="#board")

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        self._words = event.value
        self.show()

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self._go_to(next((c.stage for c in self.query(Column) if c.cards.rows), self._stage))

    def key_escape(self) -> None:
        """Leave the search, else go home."""
        if self.query("#find"):
            self.query("#find").remove()
            self._words = ""
            self.show()
            self._found()
        else:
            self.alongside.action_app_people()


def _short(value: str) -> str:
    value = value.partition("\n")[0]
    return value if len(value) <= 50 else f"{value[:49]}…"
