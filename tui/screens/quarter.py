"""A quarter in ten lines: what both know, to be copied; or what is the manager's alone, to read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from tui import words
from tui.bindings import bindings_of
from tui.commands import Area, Command, commands_of
from tui.desk.clipboard import Outcome
from tui.desk.copying import Copied
from tui.domain.practice import Span, weeks_to
from tui.render import ALARM, MINE, MUTED, line, text
from tui.screens.following import FollowingDialog
from tui.screens.surface import Surface
from tui.services import quarter
from tui.services.quarter import Digest
from tui.widgets.keybar import KeyBar
from tui.words.history import PERSON_GONE, STILL_READING


class QuarterScreen(FollowingDialog):
    """Shows some weeks with one person, and copies what is ours of them."""

    CSS_PATH = "quarter.tcss"
    HORIZONTAL_BREAKPOINTS = Surface.HORIZONTAL_BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.QUARTER)

    def __init__(self, person_id: str, span: Span | None = None) -> None:
        """Show a person's.

        Args:
            person_id: Whose.
            span: Which days; the last quarter where it is None.
        """
        super().__init__()
        self._person_id = person_id
        self._span = span
        self._asked: tuple[object, ...] = ()
        self._is_reading = False
        self._digest: Digest | None = None
        self._shows_mine = False
        self._saved = ""

    def compose(self) -> ComposeResult:
        """Put the text above what can be done with it."""
        with Container(id="middle"), VerticalScroll(id="paper"):
            yield Static("", id="digest", markup=False)
        yield Static(text(STILL_READING, MUTED), id="reading")
        yield Static("", id="copied", markup=False)
        yield KeyBar(self._bar(), id="keys")

    def on_mount(self) -> None:
        """Show it, and what changes in it."""
        self.follow(self._make)
        self._make()
        self.query_one("#paper").focus()

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (Area.QUARTER,)

    def _bar(self) -> tuple[Command, ...]:
        """Return what works now: what is mine is not copied, and there may be no copy yet."""
        off = set() if self._saved and not self._shows_mine else {"quarter.open"}
        off |= {"quarter.copy"} if self._shows_mine else set()
        return tuple(command for command in commands_of(Area.QUARTER) if command.id not in off)

    # -- made beside -----------------------------------------------------------------------

    @property
    def _days(self) -> Span:
        return self._span or weeks_to(self.alongside.notebook.today())

    def _question(self) -> tuple[object, ...]:
        """Return what the digests depend on."""
        notebook = self.alongside.notebook
        return (id(notebook.journal), notebook.problems, self._days, notebook.today())

    def _make(self) -> None:
        """Have the digests made beside the screen: the notes of each talk are a file.

        They are made for one question at a time, and again where that is another by then.
        """
        notebook = self.alongside.notebook
        person = notebook.journal.people.get(self._person_id)
        if person is None:
            self.go(PERSON_GONE)
            return
        self.query_one("#reading").display = not notebook.is_whole
        question = self._question()
        if self._is_reading or question == self._asked:
            return
        self._asked, self._is_reading = question, True
        asked = quarter.Asked(notebook.pages_aside(), person, self._days, notebook.today())

        def work() -> Digest | str:
            return quarter.made(asked)

        self.alongside.read_aside(work, self._take, str)

    def _take(self, made: Digest | str) -> None:
        """Show the digests, where nothing has changed since they were asked for."""
        self._is_reading = False
        if self._is_going or self not in self.app.screen_stack:
            return
        if self._question() != self._asked:
            self._make()
        elif isinstance(made, str):
            self._tell(words.broke(made), is_problem=True)
        else:
            self._digest = made
            self._show()

    def _show(self) -> None:
        digest = self._digest
        if digest is None:
            return
        self.set_class(self._shows_mine, "-mine")
        shown = text(digest.mine, MINE) if self._shows_mine else text(digest.ours)
        self.query_one("#digest", Static).update(shown)
        if left := quarter.left_out(digest):
            self._tell(left, is_problem=True)

    def _tell(self, sentence: str, *, is_problem: bool = False) -> None:
        style = ALARM if is_problem else "bold"
        self.query_one("#copied", Static).update(line((sentence, style)) if sentence else "")

    # -- what can be done ------------------------------------------------------------------

    def action_quarter_copy(self) -> None:
        """Copy what is ours, and say truly what came of it; what is mine is never copied."""
        if self._shows_mine:
            self._tell(quarter.NOT_COPIED)
        elif self._digest is not None:
            self.query_one("#copied", Static).update(line(("Copying …", MUTED)))
            self.alongside.copy(self._digest.ours, self._say)

    def _say(self, copied: Copied) -> None:
        is_problem = copied.outcome is Outcome.FAILED
        if self not in self.app.screen_stack:
            self.alongside.say(copied.sentence, is_problem=is_problem)
            return
        self._saved = copied.path
        self.query_one("#keys", KeyBar).commands = self._bar()
        self._tell(copied.with_key("o"), is_problem=is_problem)

    def action_quarter_open(self) -> None:
        """Show what was saved where the terminal's own selection works."""
        if self._saved:
            self.alongside.show_text_outside(self._saved)

    def action_quarter_mine(self) -> None:
        """Show what is yours alone, or what both of you know."""
        self._shows_mine = not self._shows_mine
        self.query_one("#keys", KeyBar).commands = self._bar()
        self._tell("")
        self._show()

    def action_quarter_earlier(self) -> None:
        """Show the days before these."""
        self._go(-1)

    def action_quarter_later(self) -> None:
        """Show the days after these, up to today."""
        self._go(1)

    def _go(self, times: int) -> None:
        today = self.alongside.notebook.today()
        span = self._days.moved(times)
        if span.last <= today:
            self._span = span
            self._tell("")
            self._make()

    def action_quarter_close(self) -> None:
        """Go back."""
        self.dismiss()
