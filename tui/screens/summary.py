"""The summary: exactly what the colleague will read, to look at and change before it goes out."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import ClassVar, cast
from zlib import crc32

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui import words
from tui.commands import Area, bindings_of, commands_of
from tui.desk.clipboard import Outcome
from tui.desk.copying import Copied
from tui.desk.own_summary import own_summary_path, read_own_summary
from tui.domain.notes import HEARD
from tui.domain.onetoones import OneToOne
from tui.domain.ours import HEADINGS, Summary
from tui.domain.sendings import MAIL, UNCHECKED
from tui.errors import AlongsideError
from tui.render import ALARM, MUTED, line, text
from tui.screens import dialogs
from tui.screens.form import Field, Values
from tui.screens.host import Host
from tui.screens.preview import HELD, LOST, OUT, kept_rows, sent_rows
from tui.screens.surface import NARROW, Surface
from tui.services import edits as editing
from tui.services import sendings
from tui.services.edits import Edited, Edits, Line
from tui.services.forms import SHIPPED_FORMS, forms_with
from tui.services.outward import Format, mail_url, summary_parts, summary_text
from tui.widgets.keybar import KeyBar
from tui.widgets.rows import Row, Rows

OPEN_KEY = "o"
ROOMY = 24
"""Rows from which on all that belongs to a summary has room below its text."""


class SummaryScreen(ModalScreen[None]):
    """Shows the summary of a one-to-one line by line, takes changes to it, and sends it."""

    CSS_PATH = "summary.tcss"
    HORIZONTAL_BREAKPOINTS = Surface.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = Surface.VERTICAL_BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Area.SUMMARY),
        # a dialog does not hear the letters of the app, and that it was sent is an act like others
        Binding("u", "app.app_undo", show=False, id="summary.undo"),
        Binding("U", "app.app_redo", show=False, id="summary.redo"),
    ]

    def __init__(self, one_id: str) -> None:
        super().__init__()
        self._one_id = one_id
        own = read_own_summary(os.environ)
        self._forms = forms_with(*own) if own else SHIPPED_FORMS
        self._format = self._forms.all[0]
        self._edited = Edited(Summary("", (), ""), ())
        self._shows_held = False
        self._has_seen_lost = False
        self._path = ""

    @property
    def alongside(self) -> Host:
        """The app."""
        return cast("Host", self.app)

    @property
    def one(self) -> OneToOne:
        """The one-to-one, as it is now."""
        return self.alongside.notebook.journal.one_to_ones[self._one_id]

    @property
    def rows(self) -> Rows:
        """The text as it goes out."""
        return self.query_one("#text", Rows)

    @property
    def kept(self) -> Rows:
        """What does not go out."""
        return self.query_one("#kept", Rows)

    @property
    def cursor(self) -> str:
        """The id of the row that is marked."""
        return (self.kept if self.kept.has_focus else self.rows).cursor

    def compose(self) -> ComposeResult:
        """Put the text between what it is and what was held back."""
        with Vertical(id="middle"):
            yield Static("", id="what", markup=False)
            yield Static("", id="sent", markup=False)
            yield Rows(id="text")
            yield Static("", id="held", markup=False)
            yield Rows(id="kept")
            yield Static("", id="copied", markup=False)
        yield KeyBar(tuple(c for c in commands_of(Area.SUMMARY) if c.in_bar), id="keys")

    def on_mount(self) -> None:
        """Show it, and what changes in it: what is copied is what is shown."""
        notebook = self.alongside.notebook
        self._sent = sendings.last_sent(notebook.page(self._one_id))
        self._stop_listening = notebook.listen(self._follow)
        self._tell("#copied", "")
        self._show()
        self.rows.focus()

    def on_unmount(self) -> None:
        """Stop following."""
        self._stop_listening()

    def _follow(self) -> None:
        if not self._is_there():
            self.alongside.say(words.ONE_TO_ONE_GONE)
            self.dismiss()
            return
        sendings.keep_if_undone(self.alongside.notebook, self._one_id, self._sent)
        self._show()

    def _is_there(self) -> bool:
        journal = self.alongside.notebook.journal
        one = journal.one_to_ones.get(self._one_id)
        return one is not None and one.person_id in journal.people

    # -- showing ---------------------------------------------------------------------------

    def _show(self) -> None:
        notebook = self.alongside.notebook
        name = notebook.journal.people[self.one.person_id].first_name
        what = line((f"What {name} will read", "bold"), (f" · {self._format}", MUTED))
        is_lost = notebook.is_unreadable(self._one_id)
        problem = words.UNREADABLE_SUMMARY if is_lost else self._forms.problem
        told = line(what, "\n", text(problem, ALARM)) if problem else what
        self.query_one("#what", Static).update(told)
        if is_lost:
            self._edited = Edited(Summary("", (), ""), ())
            self.rows.set_rows(())
            self._show_kept(())
            self._tell("#sent", "")
            self._tell("#held", "")
        else:
            self._edited = sendings.edited_summary(notebook, self.one)
            self._show_text()
        self._has_seen_lost = self._has_seen_lost and bool(self._edited.lost)
        self._fit()
        self.call_after_refresh(self._fit)  # at first, and after a resize, no row has a width yet

    def _show_text(self) -> None:
        page = self.alongside.notebook.page(self._one_id)
        self._sent = sent = sendings.last_sent(page)
        since = sendings.since(sent, self._edited.summary) if sent else None
        parts = summary_parts(self._edited.summary, self._format, self._forms.template)
        is_narrow = self.app.size.width < NARROW
        self.rows.set_rows(sent_rows(self._edited, parts, since))
        mine = page.mine if self._shows_held else ()
        self._show_kept(kept_rows(self._edited, mine, is_narrow=is_narrow))
        today = self.alongside.notebook.today()
        self._tell("#sent", words.sent(sent, since, today) if sent and since else "")
        self._tell("#held", words.held_back(len(page.mine), is_shown=self._shows_held))

    def _tell(self, where: str, sentence: str, style: str = MUTED) -> None:
        static = self.query_one(where, Static)
        static.update(text(sentence, style))
        static.display = bool(sentence)
        self.call_after_refresh(self._fit)

    def _show_kept(self, rows: tuple[Row, ...]) -> None:
        kept = self.kept
        if not rows and kept.has_focus:
            self.rows.focus()
        kept.display = bool(rows)
        kept.set_rows(rows)

    def _fit(self) -> None:
        """Share the room: the frame ends where the text does, and what is below follows at once.

        On a small screen what came of copying matters more than what stays, and that opens only
        when one goes there.
        """
        if not self.is_mounted:
            return
        rows, kept, size = self.rows, self.kept, self.app.size
        rows.styles.max_height = max(1, rows.line_count) + rows.gutter.height
        is_small = size.width < NARROW or size.height < ROOMY
        share = (2 if kept.has_focus else 8) if is_small else 4
        kept.styles.height = min(max(1, kept.line_count), max(2, size.height // share))
        has_room = not is_small or not self.query_one("#copied").display
        kept.display = bool(kept.rows) and has_room
        has_room = has_room and not (is_small and kept.has_focus)
        self.query_one("#sent").display = self._sent is not None and has_room

    def on_descendant_focus(self) -> None:
        """Give more room to where the focus is."""
        self._fit()

    @on(Rows.Edge)
    def _beyond(self, event: Rows.Edge) -> None:
        """Go on from the text to what does not go out, and back."""
        if event.step > 0 and event.rows is self.rows and self.kept.display:
            self.kept.action_first()
            self.kept.focus()
        elif event.step < 0 and event.rows is self.kept:
            self.rows.focus()

    def on_resize(self) -> None:
        """Lay it out for another size."""
        if self.is_mounted and self._is_there():
            self._show()

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (Area.SUMMARY,)

    def action_summary_held(self) -> None:
        """Show the notes that stay with the manager below the text, or hide them."""
        self._shows_held = not self._shows_held
        self._tell("#copied", "")
        self._follow()
        first = next((row.id for row in self.kept.rows if row.id.startswith(HELD)), "")
        if first:
            self.kept.move_to(first)
            self.kept.focus()

    # -- formats ---------------------------------------------------------------------------

    def action_summary_format(self) -> None:
        """Go round the formats."""
        self._take(self._forms.after(self._format))

    def _take(self, form: Format) -> None:
        if form not in self._forms.all:
            told = self._forms.problem or words.no_template(own_summary_path(os.environ))
            self.alongside.say(told, is_problem=bool(self._forms.problem))
            return
        self._format = form
        self._tell("#copied", "")
        self._follow()

    def action_summary_plain(self) -> None:
        """Show it as plain text."""
        self._take(Format.PLAIN)

    def action_summary_markdown(self) -> None:
        """Show it in Markdown."""
        self._take(Format.MARKDOWN)

    def action_summary_chat(self) -> None:
        """Show it as for a chat."""
        self._take(Format.CHAT)

    def action_summary_mail(self) -> None:
        """Show it as a mail."""
        self._take(Format.MAIL)

    def action_summary_own(self) -> None:
        """Show it by the manager's own template."""
        self._take(Format.OWN)

    # -- changing it -----------------------------------------------------------------------

    def _marked(self) -> Line | None:
        """Return the line that is marked; says why where it is none that can be changed."""
        cursor = self.cursor
        key = cursor.removeprefix(OUT)
        found = next((line for line in self._edited.lines if line.key == key), None)
        if found is None and cursor.startswith(HELD):
            self.alongside.say(words.HELD_IS_NOT_CHANGED)
        return found

    def _keep(self, edits: Edits) -> None:
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
            self._keep(editing.reworded(self._edits, found, values["text"]))

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
            self._keep(editing.with_line(self._edits, values["heading"], values["text"]))

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
            self._keep(editing.left_out(self._edits, found))
        else:
            self._forget_lost()

    def action_summary_put_back(self) -> None:
        """Put back what was changed in the line."""
        found = self._marked()
        if found is not None:
            self._keep(editing.put_back(self._edits, found))
        else:
            self._forget_lost()

    def _forget_lost(self) -> None:
        cursor = self.cursor
        if cursor.startswith(LOST):
            lost = self._edited.lost[int(cursor.removeprefix(LOST))]
            self._keep(tuple(edit for edit in self._edits if edit != lost))

    # -- sending it ------------------------------------------------------------------------

    def action_summary_copy(self) -> None:
        """Copy it, or hand it to the mail program, and say truly what came of it."""
        if not self._is_there():
            self._follow()
            return
        if self.alongside.notebook.is_unreadable(self._one_id):
            return
        if self._edited.lost and not self._has_seen_lost:
            self._has_seen_lost = True
            self._tell("#copied", words.edits_lost(len(self._edited.lost)), ALARM)
            return
        if self._edited.lost:
            lost = self._edited.lost
            self._keep(tuple(edit for edit in self._edits if edit not in lost))
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
            sendings.note_sent(notebook, self._one_id, summary, self._format, how, edits)
        except AlongsideError as error:
            return f" {words.not_noted(str(error))}"
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
