"""The card of a person: what helps them and how you know, read before a talk, changed in place."""

from __future__ import annotations

from typing import ClassVar
from zlib import crc32

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from tui.bindings import bindings_of
from tui.commands import COMMAND_BY_ID, Area, Command, commands_of, key_for
from tui.domain.dates import WhenError, parse_cadence
from tui.domain.people import CARD_PROMPTS, Person
from tui.domain.text import clean_line
from tui.errors import AlongsideError, NotFoundError
from tui.render import BLANK, MUTED, heading_row, line, sheet_row, text
from tui.screens.chooser import Chooser
from tui.screens.host import Host
from tui.screens.people import say_cadence
from tui.screens.surface import Surface, rule
from tui.services import folk
from tui.services import person_cards as cards
from tui.services.person_cards import OWN, Entered, Fact
from tui.services.ports import Draft
from tui.widgets.entry import Entry
from tui.widgets.rows import Row, Rows
from tui.words import people as said

OWN_EXAMPLE = "e.g. Coffee: black, before ten"


class Sheet(Rows):
    """The lines of the card; says where one of them stands, for what is typed over it."""

    def top_of(self, row_id: str) -> int:
        """Return the line of the screen a row begins on, within the list."""
        index = self._index.get(row_id, 0)
        return self._offsets[index] - self.scroll_offset.y

    def indent_of(self, row_id: str) -> int:
        """Return the column the text of a row begins in."""
        index = self._index.get(row_id, 0)
        return 2 + self._rows[index].gutter.cell_length


class PersonCardScreen(Surface):
    """Shows what is known of a person; each line is changed where it stands."""

    AREA = Area.PERSON
    CSS_PATH = "person_card.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.PERSON)

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self.person_id = person_id
        self._lines: dict[str, Entered] = {}
        self._editing: str | None = None
        self._edited: Entered | None = None
        self._which = ""
        self._height = 1

    @property
    def person(self) -> Person:
        """The person, as they are now.

        Raises:
            NotFoundError: Where they have gone.
        """
        found = self.notebook.journal.people.get(self.person_id)
        if found is None:
            raise NotFoundError(said.CARD_GONE)
        return found

    def compose_body(self) -> ComposeResult:
        """Put the field over the lines, where it is shown as long as one of them is changed."""
        yield rule()
        with Container(id="sheet"):
            yield Sheet(id="lines", is_always_marked=True)
            yield Entry(id="cell")
        yield rule()
        yield Static("", id="hint", markup=False)

    def begin(self) -> None:
        """Begin among the lines."""
        self._sheet.move_to(cards.FACTS[-1].fact.value)
        self._sheet.focus()
        self._show_hint()

    @property
    def _sheet(self) -> Sheet:
        return self.query_one(Sheet)

    @property
    def _cell(self) -> Entry:
        return self.query_one("#cell", Entry)

    # -- showing ---------------------------------------------------------------------------

    def heading_left(self) -> Content:
        """Return whose card it is."""
        return line((self.person.name, "bold"), (" · ", MUTED), "card")

    def bar_commands(self) -> tuple[Command, ...]:
        """Return what matters here."""
        here = tuple(command for command in commands_of(Area.PERSON) if command.in_bar)
        return (*here, COMMAND_BY_ID["app.people"])

    def show(self) -> None:
        """Show the card; where the person has gone, say so and go home."""
        if self.is_running and self.person_id not in self.notebook.journal.people:
            self.alongside.say(said.CARD_GONE)
            self.call_later(self.alongside.action_app_people)
            return
        super().show()

    def show_body(self) -> None:
        """Show all lines, and below them the way to one of one's own."""
        facts, lines = cards.sheet_of(self.person)
        self._lines = {entered.id: entered for entered in (*facts, *lines)}
        rows = [self._row(entered) for entered in facts]
        rows += [BLANK, heading_row("Worth knowing"), *(self._row(entered) for entered in lines)]
        own = Row(OWN, text("+ a line of your own", MUTED))
        rows.append(self._room(own) if self._editing == OWN else own)
        self._sheet.set_rows(tuple(rows))
        self._show_hint()

    def _row(self, entered: Entered) -> Row:
        row = sheet_row(entered, self.notebook.today(), is_narrow=self.is_narrow)
        return self._room(row) if entered.id == self._editing else row

    def _room(self, row: Row) -> Row:
        """Return a row that only leaves room for what is typed over it."""
        return Row(row.id, Content("\n".join(" " * self._height)), row.gutter)

    @on(Rows.Highlighted)
    def _show_hint(self) -> None:
        """Say what the line is for, or how what is typed is understood."""
        hint, style = self._hint(), MUTED
        if self._editing == Fact.CADENCE:
            try:
                hint = say_cadence(clean_line(self._cell.text))
            except WhenError as error:
                hint, style = str(error), "$error"
        self.query_one("#hint", Static).update(text(hint, style))

    def _hint(self) -> str:
        if self._editing is not None:
            return said.OWN_HINT if self._editing == OWN else said.EDITING
        entered = self._lines.get(self._sheet.cursor)
        if entered is None:
            return said.OWN_HINT
        if not entered.text:
            return said.WRITE_DOWN
        is_answer = entered.line is not None and entered.question
        return entered.question if is_answer else said.CARD_IS_YOURS

    # -- changing --------------------------------------------------------------------------

    def _place(self) -> str:
        """Return the name under which what is typed is kept."""
        if self._edited is None:
            return f"card:{self.person_id}:{OWN}"
        place = f"card:{self.person_id}:{self._edited.label}"
        return f"{place}:{self._which}" if self._which else place

    def _which_of_them(self, entered: Entered) -> str:
        """Return what tells a line from others of its label; nothing where it is the only one.

        It is made from the words, as the number of a line changes when one above it goes.
        """
        is_own = entered.label == OWN  # as the place of a new line is named
        namesakes = [other for other in self._lines.values() if other.label == entered.label]
        return f"{crc32(entered.text.encode()):08x}" if len(namesakes) > 1 or is_own else ""

    @on(Rows.Chosen)
    def action_person_edit(self) -> None:
        """Change the line where it stands; what was typed there before is still there."""
        row_id = self._sheet.cursor
        if not row_id or self._editing is not None:
            return
        if row_id == Fact.PRONOUN:
            self.attempt(
                lambda: cards.write(
                    self.notebook,
                    self.person,
                    self._lines[row_id],
                    cards.next_pronoun(self.person).value,
                )
            )
            return
        self._editing, self._edited, self._height = row_id, self._lines.get(row_id), 1
        self._which = self._which_of_them(self._edited) if self._edited is not None else ""
        draft = self.notebook.draft(self._place())
        value = cards.typed(self._edited) if self._edited else ""
        cell = self._cell
        cell.placeholder = self._edited.question if self._edited else OWN_EXAMPLE
        cell.load_text(draft.text if draft is not None and draft.text else value)
        cell.move_cursor(cell.document.end)
        cell.display = True
        self.app.stylesheet.update(cell)  # where it was hidden it can take the focus from now on
        self.show_body()
        self._put_cell()
        self.set_focus(cell)
        self.call_after_refresh(self._put_cell)

    def _put_cell(self) -> None:
        """Put the field over its line, which makes as much room as it takes."""
        if self._editing is None or not self.is_mounted:
            return
        sheet, cell = self._sheet, self._cell
        if cell.outer_size.height not in (0, self._height):
            self._height = cell.outer_size.height
            self.show_body()
        cell.styles.margin = (0, 1, 0, sheet.indent_of(self._editing))
        room = max(0, sheet.size.height - self._height)
        cell.styles.offset = (0, max(0, min(sheet.top_of(self._editing), room)))

    def on_resize(self) -> None:
        """Keep the field over its line."""
        super().on_resize()
        self.call_after_refresh(self._put_cell)

    @on(Entry.Changed, "#cell")
    def _typed(self) -> None:
        if self._editing is not None:
            self.call_after_refresh(self._put_cell)
            self._show_hint()
            self.keep_now()

    def on_descendant_focus(self) -> None:
        """Leave the line that is changed where one goes elsewhere; what was typed is kept."""
        if self._editing is not None and self.focused is self._sheet:
            self.keep_now()
            self._leave_cell()

    def keep_now(self) -> None:
        """Keep what is typed and differs from what stands there."""
        if self._editing is None:
            return
        value = cards.typed(self._edited) if self._edited is not None else ""
        now = self._cell.text
        self.notebook.keep_draft(Draft(self._place(), "" if now == value else now))

    def on_screen_suspend(self) -> None:
        """Keep what is half-typed."""
        self.keep_now()

    @on(Entry.Submitted, "#cell")
    def _keep(self) -> None:
        """Keep the line; where it is refused, say why and stay."""
        if self._editing is None:
            return
        try:
            if self._editing == Fact.CADENCE:
                parse_cadence(clean_line(self._cell.text))
            row_id = cards.write(self.notebook, self.person, self._edited, self._cell.text)
        except (AlongsideError, WhenError) as error:
            self.query_one("#hint", Static).update(text(str(error), "$error"))
            return
        self.notebook.keep_draft(Draft(self._place(), ""))
        self._leave_cell()
        self._sheet.move_to(row_id)

    def _leave_cell(self) -> None:
        self._editing = self._edited = None
        self._cell.display = False
        self.show_body()
        self.set_focus(self._sheet)

    def action_person_take_away(self) -> None:
        """Take the line away."""
        entered = self._lines.get(self._sheet.cursor)
        if entered is None or not entered.text or entered.id in (Fact.NAME, Fact.PRONOUN):
            self.alongside.say("There is nothing here to take away.")
        elif self.attempt(lambda: cards.write(self.notebook, self.person, entered, "")):
            self.alongside.say(f"Taken away. {key_for('app.undo')} brings it back.")

    def action_person_back(self) -> None:
        """Leave the line being changed; else go back to where the card was opened."""
        if self._editing is not None:
            self.keep_now()
            self._leave_cell()
        else:
            self.dismiss()


def take_over(app: Host, person: Person, words: str) -> None:
    """Ask which question of the card some words answer, and write them there; learned today."""
    rows = tuple(
        Row(prompt.label, line((prompt.label, "bold"), (f"  {prompt.question}", MUTED)))
        for prompt in CARD_PROMPTS
    )

    def chosen(label: str | None) -> None:
        now = app.notebook.journal.people.get(person.id)
        if not label or now is None:
            return
        try:
            folk.set_card_line(app.notebook, now, len(now.card), label, words)
        except AlongsideError as error:
            app.say(str(error), is_problem=True)
        else:
            app.say(said.ON_THE_CARD.format(name=person.first_name))

    app.show_screen(Chooser(said.WHICH_QUESTION.format(name=person.first_name), rows), chosen)
