"""Prepare: the checklist, and beside it what was promised, planned and said last time."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from tui import words
from tui.bindings import bindings_of
from tui.commands import Area, Command, commands_of, key_for
from tui.desk.shipped import templates
from tui.domain.checklist import ChecklistItem, Phase, Template, in_order, progress
from tui.domain.dates import say_day
from tui.domain.onetoones import OneToOne
from tui.domain.text import plural, times
from tui.render import BLANK, MUTED, heading_row, item_row, joined, line, text
from tui.screens import dialogs
from tui.screens.beside import BesideSurface
from tui.screens.chooser import Chooser
from tui.screens.form import Field, Values
from tui.screens.raising import raise_rows
from tui.screens.surface import rule
from tui.services import checklists, course
from tui.widgets.beside import Beside
from tui.widgets.rows import Row, Rows
from tui.widgets.steady import Steady

PHASES = ((Phase.BEFORE, "Before you talk"), (Phase.CLOSE, "At the close"))
KEEP, DELETE = "keep", "delete:"


class PrepareScreen(BesideSurface):
    """Shows the checklist of a one-to-one and what to remember for it."""

    AREA = Area.PREPARE
    CSS_PATH = "prepare.tcss"
    CARD_KEY = "p: all of it"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.PREPARE)

    def __init__(self, one_id: str) -> None:
        super().__init__(one_id)
        self._reasons: frozenset[str] = frozenset()
        self._places: dict[str, tuple[OneToOne, ChecklistItem]] = {}

    def compose_body(self) -> ComposeResult:
        """Put the checklist beside what to remember."""
        yield Steady(id="intention")
        yield rule()
        with Horizontal(id="prepare"):
            yield Rows(id="items", empty=words.NO_ITEMS)
            yield self.compose_beside()

    @property
    def _list(self) -> Rows:
        return self.query_one("#items", Rows)

    def begin(self) -> None:
        """Begin at the first item that is not ticked."""
        first = next((id for id, (_, item) in self._places.items() if not item.ticked), "")
        self._list.move_to(first)
        self._list.focus()

    def bar_commands(self) -> tuple[Command, ...]:
        """Return what matters where the focus is."""
        area = Area.BESIDE if isinstance(self.focused, Beside) else Area.PREPARE
        return tuple(command for command in commands_of(area) if command.in_bar)

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (Area.PREPARE, Area.BESIDE)

    def on_descendant_focus(self) -> None:
        """Show the keys of the place that has the focus now."""
        self.show_keys()

    def show_body(self) -> None:
        """Show the checklist as it is now."""
        self._show_intention()
        pending = self.notebook.pending_ids()
        items = self.notebook.page(self.one_id).items
        self._places = {}
        rows: list[Row] = []
        for phase, title in PHASES:
            of_phase = in_order(items, phase)
            if of_phase:
                done, total = progress(items, phase)
                rows += [BLANK] if rows else []
                rows.append(heading_row(title, f"{done} of {total}"))
            for item in of_phase:
                rows.append(self._row(self.one, item, is_pending=item.id in pending))
            if phase is Phase.BEFORE:
                rows += self._left_open()
        is_lost = self.notebook.is_unreadable(self.one_id)
        empty = words.UNREADABLE if is_lost else words.NO_ITEMS
        to_raise = self.to_raise()
        self._list.set_rows(tuple(rows), empty=empty)
        self.show_beside(
            [
                *raise_rows(to_raise),
                *self.promises_beside(),
                *self.questions_beside(),
                *self.shelf_beside(to_raise),
                *self.card_beside(),
                *self.last_time_beside(),
            ]
        )

    def _row(
        self, one: OneToOne, item: ChecklistItem, *, is_pending: bool, left_on: str = ""
    ) -> Row:
        self._places[item.id] = (one, item)
        is_asked = item.id in self._reasons
        return item_row(item, with_reason=is_asked, is_pending=is_pending, left_on=left_on)

    def _left_open(self) -> list[Row]:
        """Return what was left open in earlier talks: shown, not copied."""
        today = self.notebook.today()
        left = checklists.left_open(self.notebook, self.one)
        rows = [BLANK, heading_row("Left open")] if left else []
        for one, item in left:
            day = say_day(one.at.date(), today)
            rows.append(self._row(one, item, is_pending=False, left_on=day))
        return rows

    def _show_intention(self) -> None:
        """Show what this talk is for, where it goes, how often it was moved."""
        one = self.one
        shown = [
            line((f"{label}  ", MUTED), text(value))
            for label, value in (
                ("Intention", one.intention),
                ("Route", " · ".join(one.route)),
                ("Thanks", one.thanks),
            )
            if value
        ]
        if one.moved_by_me:
            shown.append(text(f"you have moved it {times(one.moved_by_me)}", MUTED))
        intention = self.query_one("#intention", Steady)
        intention.display = bool(shown)
        intention.say(Content("\n").join(shown))

    # -- what can be done ------------------------------------------------------------------

    @property
    def chosen(self) -> ChecklistItem | None:
        """The item highlighted."""
        found = self._places.get(self._list.cursor)
        return found[1] if found else None

    def _home_of(self, item: ChecklistItem) -> OneToOne:
        """Return the talk an item lives in: this one, or one it was left open in."""
        return self._places[item.id][0]

    def leave_beside(self) -> None:
        """Go back to the checklist."""
        self.set_class(False, "-beside")
        self.app.stylesheet.update(self)  # where the list was hidden it can take the focus again
        self.set_focus(self._list)

    def action_prepare_beside(self) -> None:
        """Go to what stands beside the checklist."""
        self.set_class(True, "-beside")
        self.go_beside()

    def action_prepare_questions(self) -> None:
        """Choose the questions for this talk."""
        self.alongside.open_deck(self.one_id)

    def action_prepare_person(self) -> None:
        """Read the card of the person again."""
        self.alongside.open_person(self.person.id)

    def action_prepare_card(self) -> None:
        """Show the cue card."""
        from tui.screens.card import CardScreen

        self.alongside.show_screen(CardScreen(self.one_id))

    def action_prepare_template(self) -> None:
        """Take another checklist, keep this one, or delete one of one's own."""
        own = tuple(self.notebook.journal.templates.values())
        every = {t.id: t for t in (*templates(), *sorted(own, key=lambda t: t.title.casefold()))}
        rows = [
            Row(t.id, text(t.title), right=joined([_counted(t), "your own" * t.is_own], MUTED))
            for t in every.values()
        ]
        rows.append(Row(KEEP, text("Keep this checklist as a template of your own …")))
        rows += [Row(DELETE + t.id, text(f"Delete the template {t.title}", MUTED)) for t in own]

        def chosen(answer: str | None) -> None:
            if answer == KEEP:
                self._keep_template()
            elif answer and answer.startswith(DELETE):
                template = every[answer.removeprefix(DELETE)]
                self.attempt(lambda: checklists.delete_template(self.notebook, template))
                self.alongside.say(f"Template deleted. {key_for('app.undo')} brings it back.")
            elif answer:
                template = every[answer]
                self.attempt(lambda: checklists.use_template(self.notebook, self.one, template))

        chooser = Chooser("Which checklist?", tuple(rows), cursor=self.one.template)
        self.alongside.show_screen(chooser, chosen)

    def _keep_template(self) -> None:
        known = self.notebook.journal.templates.get(self.one.template)

        def save(values: Values) -> None:
            checklists.save_template(self.notebook, self.one, values["title"])

        fields = (Field("title", "Its name", known.title if known else "", "e.g. new project"),)
        self.ask(
            "A template of your own",
            fields,
            save,
            key="template",
            then=lambda: self.alongside.say("Kept. t offers it from now on."),
        )

    @on(Rows.Chosen, "#items")
    def action_prepare_tick(self) -> None:
        """Tick the item, or take its tick away."""
        if (item := self.chosen) is not None:
            self.attempt(lambda: checklists.tick(self.notebook, self._home_of(item), item))

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
        index = items.index(after) + 1 if after in items else 0

        def save(values: Values) -> None:
            item = checklists.add_item(
                self.notebook,
                self.one,
                Phase(values["phase"]),
                values["text"],
                values["reason"],
                index
                if values["phase"] == phase
                else len(in_order(self.notebook.page(self.one_id).items, Phase(values["phase"]))),
            )
            self._list.move_to(item.id)

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
            lambda v: checklists.edit_item(
                self.notebook, self._home_of(item), item, v["text"], v["reason"]
            ),
            key=f"item:{item.id}",
        )

    def action_prepare_delete(self) -> None:
        """Delete the item."""
        item = self.chosen
        if item is not None and self.attempt(
            lambda: checklists.delete_item(self.notebook, self._home_of(item), item)
        ):
            self.alongside.say(f"Item deleted. {key_for('app.undo')} brings it back.")

    def action_prepare_up(self) -> None:
        """Move the item up."""
        self._move(-1)

    def action_prepare_down(self) -> None:
        """Move the item down."""
        self._move(1)

    def _move(self, step: int) -> None:
        item = self.chosen
        if item is not None:
            one = self._home_of(item)
            self.attempt(lambda: checklists.move_item(self.notebook, one, item, step))

    def action_prepare_details(self) -> None:
        """Change when, where, who leads, the intention."""
        dialogs.ask_details(self.alongside, self.one)

    def action_prepare_start(self) -> None:
        """Start the clock and go to the notes."""
        app = self.alongside
        starts = self.one.started is None and self.attempt(
            lambda: course.start(self.notebook, self.one)
        )
        app.action_app_listen()
        if starts:
            app.talk_began()


def _counted(template: Template) -> str:
    return plural(len(template.items), "item")
