"""The summary: exactly what the colleague will read, to look at before it is copied."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui import words
from tui.commands import Area, bindings_of, commands_of
from tui.desk.clipboard import Outcome
from tui.desk.copying import Copied
from tui.domain.onetoones import Status
from tui.domain.ours import Outbound
from tui.render import ALARM, MUTED, line, text
from tui.screens.host import Host
from tui.services import course
from tui.services.outward import Format, summary_of, summary_text
from tui.widgets.keybar import KeyBar


class SummaryScreen(ModalScreen[None]):
    """Shows the summary of a one-to-one and copies it."""

    CSS_PATH = "summary.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.SUMMARY)

    def __init__(self, one_id: str) -> None:
        super().__init__()
        self._one_id = one_id
        self._format = Format.PLAIN

    @property
    def alongside(self) -> Host:
        """The app."""
        return cast("Host", self.app)

    def compose(self) -> ComposeResult:
        """Put the text between what it is and what was held back."""
        with VerticalScroll(id="summary"):
            yield Static("", id="what", markup=False)
            yield Static("", id="text", markup=False)
            yield Static("", id="held", markup=False)
        yield Static("", id="copied", markup=False)
        yield KeyBar(commands_of(Area.SUMMARY), id="keys")

    def on_mount(self) -> None:
        """Show it, and what changes in it: what is copied is what is shown."""
        self._stop_listening = self.alongside.notebook.listen(self._follow)
        self._show()
        self.query_one("#summary").focus()

    def on_unmount(self) -> None:
        """Stop following."""
        self._stop_listening()

    def _follow(self) -> None:
        if self._is_there():
            self._show()
        else:
            self.alongside.say(words.ONE_TO_ONE_GONE)
            self.dismiss()

    def _is_there(self) -> bool:
        journal = self.alongside.notebook.journal
        one = journal.one_to_ones.get(self._one_id)
        return one is not None and one.person_id in journal.people

    @property
    def text(self) -> Outbound:
        """What the colleague will read, in the chosen format."""
        notebook = self.alongside.notebook
        one = notebook.journal.one_to_ones[self._one_id]
        page = notebook.page(one.id)
        return summary_text(summary_of(notebook.journal, one, page, notebook.today()), self._format)

    def _show(self) -> None:
        notebook = self.alongside.notebook
        one = notebook.journal.one_to_ones[self._one_id]
        name = notebook.journal.people[one.person_id].first_name
        what = line((f"What {name} will read", "bold"), (f" · {self._format}", MUTED))
        self.query_one("#what", Static).update(what)
        if notebook.is_unreadable(one.id):
            self.query_one("#text", Static).update(text(words.UNREADABLE_SUMMARY, ALARM))
            self.query_one("#held", Static).update("")
            return
        self.query_one("#text", Static).update(Content(self.text))
        held = words.held_back(len(notebook.page(one.id).mine))
        self.query_one("#held", Static).update(line((held, MUTED)))

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (Area.SUMMARY,)

    def action_summary_format(self) -> None:
        """Change between plain text and Markdown."""
        forms = tuple(Format)
        self._format = forms[(forms.index(self._format) + 1) % len(forms)]
        self.query_one("#copied", Static).update("")
        self._follow()

    def action_summary_copy(self) -> None:
        """Copy it, off the screen's own thread, and say truly what came of it."""
        if not self._is_there():
            self._follow()
            return
        if self.alongside.notebook.is_unreadable(self._one_id):
            return
        self.query_one("#copied", Static).update(line(("Copying …", MUTED)))
        self.alongside.copy(self.text, self._say)

    def _say(self, copied: Copied) -> None:
        if copied.outcome is not Outcome.FAILED:
            self._close_talk()
        if self not in self.app.screen_stack:
            self.alongside.say(copied.sentence, is_problem=copied.outcome is Outcome.FAILED)
            return
        style = ALARM if copied.outcome is Outcome.FAILED else "bold"
        self.query_one("#copied", Static).update(line((copied.sentence, style)))

    def _close_talk(self) -> None:
        """Close a talk that was debriefed: with the summary out, nothing more is to be done."""
        notebook = self.alongside.notebook
        one = notebook.journal.one_to_ones.get(self._one_id)
        if one is not None and one.status is Status.DEBRIEFED:
            course.close(notebook, one)

    def action_summary_close(self) -> None:
        """Go back."""
        self.dismiss()
