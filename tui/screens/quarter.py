"""A quarter in ten lines: what both know, to be copied; or what is the manager's alone, to read."""

from __future__ import annotations

import threading
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from tui import words
from tui.commands import Area, bindings_of, commands_of
from tui.desk.clipboard import Outcome
from tui.desk.copying import Copied
from tui.domain.practice import Span, weeks_to
from tui.render import ALARM, MINE, MUTED, line, text
from tui.screens.host import Host
from tui.screens.surface import Surface
from tui.services import quarter
from tui.services.quarter import Digest
from tui.widgets.keybar import KeyBar


class QuarterScreen(ModalScreen[None]):
    """Shows some weeks with one person, and copies what is ours of them."""

    CSS_PATH = "quarter.tcss"
    HORIZONTAL_BREAKPOINTS = Surface.HORIZONTAL_BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.QUARTER)

    class Made(Message):
        """The digests were made, in a thread beside the screen's."""

        def __init__(self, asked: quarter.Asked, digest: Digest | None, fault: str = "") -> None:
            super().__init__()
            self.asked = asked
            self.digest = digest
            """None where something of ours broke."""
            self.fault = fault
            """How that is called."""

    def __init__(self, person_id: str, span: Span | None = None) -> None:
        """Show a person's.

        Args:
            person_id: Whose.
            span: Which days; the last quarter where it is None.
        """
        super().__init__()
        self._person_id = person_id
        self._span = span
        self._asked: quarter.Asked | None = None
        self._digest: Digest | None = None
        self._shows_mine = False
        self._saved = ""

    @property
    def alongside(self) -> Host:
        """The app."""
        return cast("Host", self.app)

    def compose(self) -> ComposeResult:
        """Put the text above what can be done with it."""
        with Container(id="middle"), VerticalScroll(id="paper"):
            yield Static("", id="digest", markup=False)
        yield Static("", id="copied", markup=False)
        yield KeyBar(commands_of(Area.QUARTER), id="keys")

    def on_mount(self) -> None:
        """Show it, and what changes in it."""
        self._stop_listening = self.alongside.notebook.listen(self._make)
        self._make()
        self.query_one("#paper").focus()

    def on_unmount(self) -> None:
        """Stop following."""
        self._stop_listening()

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (Area.QUARTER,)

    # -- made beside -----------------------------------------------------------------------

    def _make(self) -> None:
        """Have the digests made in a thread: the notes of each talk are a file."""
        notebook = self.alongside.notebook
        person = notebook.journal.people.get(self._person_id)
        if person is None:
            self.dismiss()
            return
        span = self._span or weeks_to(notebook.today())
        self._asked = asked = quarter.Asked(notebook.pages_aside(), person, span, notebook.today())

        def run() -> None:
            try:
                made = self.Made(asked, quarter.made(asked))
            except Exception as error:  # noqa: BLE001 - or nobody would ever hear of it
                made = self.Made(asked, None, type(error).__name__)
            self.post_message(made)

        threading.Thread(target=run, name="alongside-quarter", daemon=True).start()

    @on(Made)
    def _take(self, event: Made) -> None:
        if event.asked is not self._asked:
            return
        if event.digest is None:
            self._tell(words.broke(event.fault), is_problem=True)
            return
        self._digest = event.digest
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
        self._tell(copied.with_key("o"), is_problem=is_problem)

    def action_quarter_open(self) -> None:
        """Show what was saved where the terminal's own selection works."""
        if self._saved:
            self.alongside.show_text_outside(self._saved)

    def action_quarter_mine(self) -> None:
        """Show what is yours alone, or what both of you know."""
        self._shows_mine = not self._shows_mine
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
        span = (self._span or weeks_to(today)).moved(times)
        if span.last <= today:
            self._span = span
            self._tell("")
            self._make()

    def action_quarter_close(self) -> None:
        """Go back."""
        self.dismiss()
