"""The preview of a summary: shown line by line as it goes out, in one format or another."""

from __future__ import annotations

import os

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui import words
from tui.commands import Area, commands_of
from tui.desk.own_summary import own_summary_path, read_own_summary
from tui.domain.onetoones import OneToOne
from tui.domain.ours import Summary
from tui.render import ALARM, MUTED, line, text
from tui.screens.following import FollowingDialog
from tui.screens.lines import HELD, kept_rows, sent_rows, unplaced
from tui.screens.surface import NARROW, Surface
from tui.services import sendings
from tui.services.edits import Edited, Line
from tui.services.forms import SHIPPED_FORMS, forms_with
from tui.services.outward import Format, summary_parts
from tui.widgets.keybar import KeyBar
from tui.widgets.rows import Row, Rows

ROOMY = 24
"""Rows from which on all that belongs to a summary has room below its text."""


class Preview(FollowingDialog):
    """Shows what the colleague will read, and apart from it what they will not."""

    HORIZONTAL_BREAKPOINTS = Surface.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = Surface.VERTICAL_BREAKPOINTS

    def __init__(self, one_id: str) -> None:
        super().__init__()
        self._one_id = one_id
        own = read_own_summary(os.environ)
        self._forms = forms_with(*own) if own else SHIPPED_FORMS
        self._format = self._forms.all[0]
        self._edited = Edited(Summary("", (), ""), ())
        self._shows_held = False
        self._unplaced: tuple[Line, ...] = ()

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
        """Put the text between what it is and what was held back.

        The classes for the size are set at once, as `Surface.compose` does.
        """
        width, height = self.app.size
        self.add_class([name for least, name in self.HORIZONTAL_BREAKPOINTS if least <= width][-1])
        self.add_class([name for least, name in self.VERTICAL_BREAKPOINTS if least <= height][-1])
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
        self.follow(self._follow)
        self._tell("#copied", "")
        self._show()
        self.rows.focus()

    def _follow(self) -> None:
        if not self._is_there():
            self.go(words.ONE_TO_ONE_GONE)
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
        self._fit()

    def _show_text(self) -> None:
        page = self.alongside.notebook.page(self._one_id)
        self._sent = sent = sendings.last_sent(page)
        since = sendings.since(sent, self._edited.summary) if sent else None
        parts = summary_parts(self._edited.summary, self._format, self._forms.template)
        is_narrow = self.app.size.width < NARROW
        self.rows.set_rows(sent_rows(self._edited, parts, since))
        mine = page.mine if self._shows_held else ()
        self._unplaced = unplaced(self._edited, parts)
        self._show_kept(kept_rows(self._edited, self._unplaced, mine, is_narrow=is_narrow))
        today = self.alongside.notebook.today()
        self._tell("#sent", words.sent(sent, since, today) if sent and since else "")
        self._tell("#held", words.held_back(len(page.mine), is_shown=self._shows_held))

    def _tell(self, where: str, sentence: str, style: str = MUTED) -> None:
        static = self.query_one(where, Static)
        static.update(text(sentence, style))
        static.display = bool(sentence)
        self._fit()

    def _show_kept(self, rows: tuple[Row, ...]) -> None:
        kept = self.kept
        if not rows and kept.has_focus:
            self.rows.focus()
        kept.display = bool(rows)
        kept.set_rows(rows)

    @on(Rows.Measured)
    def _fit(self) -> None:
        """Share the room: the frame ends where the text does, and what is below follows at once.

        On a small screen what came of copying matters more than what stays, and that opens only
        when one goes there.
        """
        if not self.is_mounted:
            return
        rows, kept, size = self.rows, self.kept, self.app.size
        if rows.line_count:  # else it has no width yet
            rows.styles.max_height = rows.line_count + rows.gutter.height
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
