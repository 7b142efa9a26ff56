"""The summary: exactly what the colleague will read, to look at and change before it goes out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar
from zlib import crc32

from textual import on
from textual.binding import BindingType

from tui import words
from tui.bindings import bindings_of
from tui.commands import Area
from tui.desk.clipboard import Outcome
from tui.desk.copying import Copied
from tui.domain.notes import HEARD
from tui.domain.ours import HEADINGS, Summary
from tui.domain.sendings import MAIL, UNCHECKED
from tui.errors import AlongsideError
from tui.render import ALARM
from tui.screens import dialogs
from tui.screens.form import Field, Values
from tui.screens.lines import HELD, LOST, OUT
from tui.screens.preview import Preview
from tui.screens.steps import Step, Steps
from tui.services import edits as editing
from tui.services import sendings
from tui.services.edits import Edits, Line
from tui.services.outward import Format, mail_url, summary_text
from tui.widgets.rows import Rows

OPEN_KEY = "o"
FORGOTTEN = "changes forgotten"


class SummaryScreen(Preview):
    """The preview of a one-to-one's summary, which takes changes to it, and sends it."""

    CSS_PATH = "summary.tcss"
    leads_on = True
    """The keys of the surfaces leave it; known without importing it on the way to another."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Area.SUMMARY),
    ]

    def __init__(self, one_id: str) -> None:
        super().__init__(one_id)
        self._lost_seen: Edits = ()
        self._path = ""
        self._steps = Steps()

    # -- changing it -----------------------------------------------------------------------

    def _marked(self) -> Line | None:
        """Return the line that is marked; says why where it is none that can be changed."""
        cursor = self.cursor
        key = cursor.removeprefix(OUT)
        found = next((line for line in self._edited.lines if line.key == key), None)
        if found is None and cursor.startswith(HELD):
            self.alongside.say(words.HELD_IS_NOT_CHANGED)
        return found

    def _keep(self, edits: Edits, label: str) -> None:
        before = self._edits
        if edits != before:
            self._steps.add(Step(label, before, edits))
        self._set(edits)

    def _set(self, edits: Edits) -> None:
        sendings.keep_edits(self.alongside.notebook, self._one_id, edits)
        self._tell("#copied", "")
        self._follow()

    @property
    def _edits(self) -> Edits:
        return sendings.edits_of(self.alongside.notebook, self._one_id)

    @on(Rows.Chosen)
    def action_summary_edit(self) -> None:
        """Ask for other words for the line."""
        found = self._marked()
        if found is None:
            return
        field = Field("text", words.LINE_AS_READ, found.text or found.was, is_block=True)

        def save(values: Values) -> None:
            self._keep(editing.reworded(self._edits, found, values["text"]), "other words")

        self._ask(words.ANOTHER_WORDING, (field,), save, found.key)

    def action_summary_add(self) -> None:
        """Ask for a line that is only in this summary."""
        if not self._can_change():
            return
        key = self.cursor.removeprefix(OUT)
        marked = next((line for line in self._edited.lines if line.key == key), None)
        here = marked.heading if marked and marked.heading in HEADINGS else HEARD.section
        fields = (
            Field("text", words.LINE_AS_READ, is_block=True),
            Field("heading", "Under", here, choices=tuple((h, h) for h in HEADINGS)),
        )

        def save(values: Values) -> None:
            heading = values["heading"]
            self._keep(editing.with_line(self._edits, heading, values["text"]), "a line added")
            if any(line.heading == heading for line in self._unplaced):
                self.alongside.say(words.not_in_template(heading), is_problem=True)

        self._ask(words.ONE_MORE_LINE, fields, save, "new")

    def _ask(
        self, title: str, fields: tuple[Field, ...], save: Callable[[Values], None], name: str
    ) -> None:
        key = f"summary:{self._one_id}:{crc32(name.encode()):08x}"
        dialogs.ask(self.alongside, title, fields, save, key=key)

    def _can_change(self) -> bool:
        notebook = self.alongside.notebook
        return self._is_there() and not notebook.is_unreadable(self._one_id)

    def action_summary_leave_out(self) -> None:
        """Leave the line out; of an edit that is lost, forget it."""
        found = self._marked()
        if found is not None:
            self._keep(editing.left_out(self._edits, found), "a line left out")
        else:
            self._forget_lost()

    def action_summary_put_back(self) -> None:
        """Put back what was changed in the line."""
        found = self._marked()
        if found is not None:
            self._keep(editing.put_back(self._edits, found), "a line put back")
        else:
            self._forget_lost()

    def _forget_lost(self) -> None:
        cursor = self.cursor
        if cursor.startswith(LOST):
            lost = self._edited.lost[int(cursor.removeprefix(LOST))]
            self._keep(tuple(edit for edit in self._edits if edit != lost), FORGOTTEN)

    # -- taking it back --------------------------------------------------------------------

    def action_summary_undo(self) -> None:
        """Take back what was done here last: a change by hand, or that it was sent."""
        step = self._steps.take_back(self.alongside.notebook)
        if step is None:
            self.alongside.say(words.NOTHING_TO_UNDO_HERE)
        elif step.act is not None:
            self.alongside.action_app_undo()
        else:
            self._turn(step.before, words.undone(step.label))

    def action_summary_redo(self) -> None:
        """Do again what was taken back here last."""
        step = self._steps.do_again(self.alongside.notebook)
        if step is None:
            self.alongside.say(words.NOTHING_TO_REDO_HERE)
        elif step.act is not None:
            self.alongside.action_app_redo()
        else:
            self._turn(step.after, words.redone(step.label))

    def _turn(self, edits: Edits, said: str) -> None:
        if self._can_change():
            self._set(edits)
            self.alongside.say(said)

    # -- sending it ------------------------------------------------------------------------

    def action_summary_copy(self) -> None:
        """Copy it, or hand it to the mail program, and say truly what came of it."""
        if not self._is_there():
            self._follow()
            return
        if self.alongside.notebook.is_unreadable(self._one_id):
            return
        lost = self._edited.lost
        if lost and lost != self._lost_seen:
            self._lost_seen = lost
            self._tell("#copied", words.edits_lost(len(lost)), ALARM)
            return
        if lost:
            self._keep(tuple(edit for edit in self._edits if edit not in lost), FORGOTTEN)
        if self._format is Format.MAIL:
            self._mail()
        else:
            self._copy()

    def _mail(self) -> None:
        url = mail_url(self._edited.summary)
        if url is None:
            self._copy(words.MAIL_TOO_LONG)
            return
        self._tell("#copied", words.MAILING)
        note = partial(self._note, self._edited.summary, self._edits, MAIL)

        def then(problem: str) -> None:
            if not problem:
                self._end(f"{words.MAIL_BEGUN}{note()}", is_problem=False)
            elif self._is_there():
                self._copy(problem)

        self.alongside.mail(url, then)

    def _copy(self, why: str = "") -> None:
        """Copy it; ``why`` says what was meant to be done with it instead."""
        out = summary_text(self._edited.summary, self._format, self._forms.template)
        if not out:
            self._tell("#copied", words.NOTHING_LEFT, ALARM)
            return
        self._tell("#copied", "Copying …")
        note = partial(self._note, self._edited.summary, self._edits)

        def then(copied: Copied) -> None:
            self._path = copied.path
            key = OPEN_KEY if copied.path and self in self.app.screen_stack else ""
            sentence = f"{why} {copied.with_key(key)}".strip()
            is_problem = copied.outcome is Outcome.FAILED
            if not is_problem:
                is_checked = copied.outcome is Outcome.VERIFIED
                how = copied.how + ("" if is_checked else UNCHECKED)
                sentence += note(how)
            self._end(sentence, is_problem=is_problem)

        self.alongside.copy(out, then)

    def _note(self, summary: Summary, edits: Edits, how: str) -> str:
        """Note that it went out; returns why that could not be noted, or nothing."""
        notebook = self.alongside.notebook
        try:
            act = sendings.note_sent(notebook, self._one_id, summary, self._format, how, edits)
        except AlongsideError as error:
            return f" {words.not_noted(str(error))}"
        if act is not None:
            self._steps.add(Step(act.label, act=act))
        return ""

    def _end(self, sentence: str, *, is_problem: bool) -> None:
        if self not in self.app.screen_stack:
            self.alongside.say(sentence, is_problem=is_problem)
        else:
            self._tell("#copied", sentence, ALARM if is_problem else "bold")

    def action_summary_open(self) -> None:
        """Open the saved text where the terminal's own selection works."""
        if self._path:
            self.alongside.show_text_outside(self._path)
        else:
            self.alongside.say(words.NOTHING_SAVED)

    def action_summary_close(self) -> None:
        """Go back."""
        self.dismiss()
