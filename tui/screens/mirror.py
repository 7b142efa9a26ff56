"""The practice mirror: what you did over some weeks, each plot with the sentence that reads it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from tui import words
from tui.bindings import bindings_of
from tui.commands import Area, Command, commands_of
from tui.domain.people import Person
from tui.domain.plots import bar, columns, fitted
from tui.domain.practice import QUARTER, Practice, Span, weeks_to
from tui.render import BLANK, MUTED, heading_row, joined, line, text
from tui.screens.surface import Surface, rule
from tui.services import mirror as mirrors
from tui.services import reflections
from tui.services.mirror import Mirror, Thanks
from tui.services.reflections import Block
from tui.widgets.rows import Row, Rows
from tui.words.history import STILL_READING

LENGTHS: tuple[tuple[int, str], ...] = (
    (QUARTER, "a quarter"),
    (2 * QUARTER, "half a year"),
    (4 * QUARTER, "a year"),
)
"""How many weeks are looked at, and what that is called."""
LABEL = 18
"""Cells of what stands before a bar where there is room."""
WIDE = 104
"""Columns from which on what was done with somebody stands beside the name."""


class MirrorScreen(Surface):
    """Shows the manager's practice; what is to be read in the notes follows the first frame."""

    AREA = Area.MIRROR
    CSS_PATH = "mirror.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.MIRROR)

    def __init__(self) -> None:
        super().__init__()
        self._back = 0
        self._length = 0
        self._mirror: Mirror | None = None
        self._thanks: Thanks | None = None
        self._thanks_of: tuple[object, ...] = ()
        self._asked: tuple[object, ...] = ()

    # -- what is looked at -----------------------------------------------------------------

    @property
    def span(self) -> Span:
        """The days that are looked at."""
        weeks, _ = LENGTHS[self._length]
        return weeks_to(self.notebook.today(), weeks).moved(-self._back)

    @property
    def person(self) -> Person | None:
        """The person whose line is highlighted."""
        _, is_person, person_id = self.query_one(Rows).cursor.partition("person:")
        return self.notebook.journal.people.get(person_id) if is_person else None

    def _question(self) -> tuple[object, ...]:
        """Return what the count of thanks depends on."""
        return (id(self.notebook.journal), self.span)

    # -- shown -----------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """Show one block below the other."""
        yield rule()
        yield Rows(id="mirror", empty=reflections.NOTHING_YET)

    def begin(self) -> None:
        """Begin at the top; count what has to be read once that can be seen."""
        self.query_one(Rows).focus()
        self.call_after_refresh(self._count)

    def bar_commands(self) -> tuple[Command, ...]:
        """Return what matters here."""
        return tuple(command for command in commands_of(Area.MIRROR) if command.in_bar)

    def heading_left(self) -> Content:
        """Return whose practice it is, and of which days."""
        days = reflections.say_span(self.span, self.notebook.today())
        if self.is_narrow:
            return text(days, "bold")
        return line(("Your practice", "bold"), (" · ", MUTED), text(days))

    def heading_right(self) -> Content:
        """Return for whom it is, and how much is looked at."""
        parts = [reflections.FOR_YOU, LENGTHS[self._length][1]]
        if not self.notebook.is_whole:
            parts = [STILL_READING]
        return joined(parts[-1:] if self.is_narrow else parts, MUTED)

    def _state(self) -> tuple[object, ...]:
        return (*super()._state(), self.notebook.is_whole, self.app.size.width < WIDE)

    def show_body(self) -> None:
        """Show what the heads of the talks tell, and thanks as far as they are counted."""
        journal, today = self.notebook.journal, self.notebook.today()
        self._mirror = mirror = mirrors.mirror_of(journal, self.span, today)
        self._show_blocks(mirror)
        if self._asked:  # what is new is counted, too; the first time after the first frame
            self._count()

    def _show_blocks(self, mirror: Mirror) -> None:
        has_begun = any(one.took_place for one in self.notebook.journal.one_to_ones.values())
        rows: list[Row] = []
        if mirror.people:
            thanks = self._thanks if self._thanks_of[1:] == (self.span,) else None
            *blocks, last = reflections.blocks_of(mirror, thanks)
            rows = [row for block in blocks for row in (self._block_row(block), BLANK)]
            rows.append(heading_row(reflections.EACH_PERSON))
            rows += [self._person_row(person, practice) for person, practice in mirror.people]
            rows += [BLANK, self._block_row(last)]
        elif has_begun:
            rows = [Row("nothing", text(reflections.NOTHING_HERE, MUTED))]
        self.query_one(Rows).set_rows(tuple(rows))

    def _person_row(self, person: Person, practice: Practice) -> Row:
        said = joined([*reflections.say_person(practice)], MUTED)
        if self.app.size.width < WIDE:
            return Row(f"person:{person.id}", text(person.name), below=said)
        return Row(f"person:{person.id}", said, text(f"{fitted(person.name, LABEL)} "))

    def _block_row(self, block: Block) -> Row:
        label, width = (14, 15) if self.is_narrow else (LABEL, 32)
        most = max((each.number for each in block.bars), default=0)
        lines = [text(columns(block.columns))] if block.columns else []
        for each in block.bars:
            figure = text(each.word, MUTED)
            if not each.word:
                drawn = f"{bar(each.number, most, width):<{width}}"
                figure = line(text(drawn, "" if each.number else MUTED), f" {each.number:>3}")
            lines.append(line((f"{fitted(each.label, label)} ", MUTED), figure))
        lines.append(text(block.sentence))
        return Row(f"block:{block.id}", text(block.title, "bold"), below=Content("\n").join(lines))

    # -- counted beside --------------------------------------------------------------------

    def _count(self) -> None:
        """Have the thanks counted in a thread: they stand in the notes, a file for each talk."""
        mirror, question = self._mirror, self._question()
        if mirror is None or question == self._asked:
            return
        self._asked = question
        pages = self.notebook.pages_aside()
        talks = mirrors.talks_of(self.notebook.journal, mirror, self.notebook.today())

        def work() -> Thanks | str:
            return mirrors.count_thanks(pages, talks)

        def take(counted: Thanks | str) -> None:
            """Show the thanks, where they are still those of what is shown."""
            is_over = question != self._asked or self not in self.app.screen_stack
            if is_over or self._mirror is None:
                return
            if isinstance(counted, str):
                self.alongside.say(words.broke(counted), is_problem=True)
                return
            self._thanks, self._thanks_of = counted, question
            self._show_blocks(self._mirror)

        self.alongside.read_aside(work, take, str)

    # -- what can be done ------------------------------------------------------------------

    def action_mirror_earlier(self) -> None:
        """Look at the days before these."""
        before = self.span
        self._back += 1
        if self.span == before:  # there are no days before the year 1
            self._back -= 1
        self.show()

    def action_mirror_later(self) -> None:
        """Look at the days after these, up to today."""
        self._back = max(0, self._back - 1)
        self.show()

    def action_mirror_longer(self) -> None:
        """Look at more days at once, up to today; then at a quarter again."""
        self._length = (self._length + 1) % len(LENGTHS)
        self._back = 0
        self.show()

    @on(Rows.Chosen)
    def action_mirror_open(self) -> None:
        """Show these days with this person in ten lines."""
        from tui.screens.quarter import QuarterScreen

        person = self.person
        if person is None:
            self.query_one(Rows).move_to(self._first_person())
        else:
            self.alongside.show_screen(QuarterScreen(person.id, self.span))

    def _first_person(self) -> str:
        people = self._mirror.people if self._mirror else ()
        return next((f"person:{person.id}" for person, _ in people), "")

    def action_mirror_close(self) -> None:
        """Go back to where one was."""
        self.dismiss()
