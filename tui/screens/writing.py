"""The line that is typed in a one-to-one, wherever it is: what it is, and that it is kept."""

from __future__ import annotations

from functools import cached_property

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from tui import words
from tui.desk.hints import KINDS, note_used, used_hints
from tui.domain.hints import ENOUGH_KINDS, Known, known_in
from tui.domain.notes import KIND_BY_ID, PARK, PROMISE, Side
from tui.domain.reckoning import Reckoning
from tui.render import AMBER, MINE, MUTED, line
from tui.screens import followups
from tui.screens.surface import TalkSurface
from tui.services import talks
from tui.services.ports import Draft
from tui.services.reckoning import reckoning_of
from tui.widgets.entry import NoteEntry
from tui.widgets.legend import Legend
from tui.widgets.steady import Steady

KEEP_AFTER = 0.2
"""Seconds after the last key until the half-typed line is kept."""


class WritingSurface(TalkSurface):
    """A surface of a one-to-one in which lines are typed; what is half-typed is kept."""

    new_line_by = "listen.newline"
    sure_by = "listen.sure"
    """The actions whose keys the line answers to."""
    _keeping = False
    _has_noted = False

    @cached_property
    def known(self) -> Known:
        """What the manager knew when this was opened: no hint goes while one looks at it.

        What somebody invented has used in a demo says nothing about who looks at that.
        """
        if self.alongside.subtitle:
            return Known()
        kinds = KINDS in used_hints(self.alongside.state)
        return known_in(self.notebook.journal, kinds=kinds)

    def note_kinds(self) -> None:
        """Remember that the kinds are known, once several of them stand here."""
        if self.known.kinds or self._has_noted:
            return
        written = talks.written_in(self.notebook, self.one)
        if len({getattr(record, "kind", PARK) for record in written}) >= ENOUGH_KINDS:
            self._has_noted = True
            note_used(self.alongside.state, KINDS)

    def compose_writing(self, *above: Widget, beside: Widget | None = None) -> Vertical:
        """Return the line to type in, with how it is understood above and the kinds below."""
        field = NoteEntry(id="entry")
        field.new_line_by, field.sure_by = self.new_line_by, self.sure_by
        inside = [Steady(id="kind"), field]
        inside += [beside] if beside is not None else []
        return Vertical(
            *above,
            Steady(id="understood"),
            Horizontal(*inside, id="line"),
            Legend(is_known=self.known.kinds, id="legend"),
            id="writing",
        )

    @property
    def field(self) -> NoteEntry:
        """The line that is typed."""
        return self.query_one(NoteEntry)

    def draft_place(self) -> str:
        """Return the name under which the half-typed line is kept."""
        raise NotImplementedError

    def reckoning(self) -> Reckoning:
        """Return how the dates typed here are read: "next 1:1" is the one after this."""
        return reckoning_of(self.notebook, self.person, self.one)

    def show_line(self) -> None:
        """Show how the line being typed is understood, before it is entered."""
        raise NotImplementedError

    def show_kind(self) -> None:
        """Show what the line being typed is, and whose."""
        field = self.field
        self.query_one(Legend).choose(field.kind.id)
        style = AMBER if field.kind is PROMISE else "bold"
        is_mine = (field.side or field.kind.side) is Side.MINE
        self.query_one("#kind", Steady).say(
            line(
                (f"{field.kind.key} {field.kind.label}", style),
                (" mine", f"{MINE} bold") if is_mine else "",
                (f" {words.THINK_SO}", MUTED) if field.is_unsure else "",
                (" │", MUTED),
            )
        )

    @on(NoteEntry.Refused)
    def _refuse_side(self, event: NoteEntry.Refused) -> None:
        self.alongside.say(words.side_is_fixed(event.kind))

    def tell_if_crowded(self) -> None:
        """Say, in passing, where the follow-up just written is one too many."""
        made = self.notebook.journal.born_in(self.one_id)
        if made:
            followups.tell_if_crowded(self.alongside, made[-1].id)

    # -- keeping ---------------------------------------------------------------------------

    def restore_draft(self) -> bool:
        """Put back what was being typed here; return whether anything was."""
        draft = self.notebook.draft(self.draft_place())
        if draft is None or not draft.text:
            return False
        side = Side(draft.side) if draft.side in tuple(Side) else None
        kind = KIND_BY_ID.get(draft.kind_id, self.field.usual)
        self.field.restore(draft.text, kind, side, is_unsure=draft.is_unsure)
        return True

    @on(NoteEntry.Understood)
    @on(NoteEntry.Changed)
    def _typed(self) -> None:
        if self.is_there:
            self.show_line()
        if not self._keeping:
            self._keeping = True
            self.set_timer(KEEP_AFTER, self.keep)

    def keep(self) -> None:
        """Keep the line as it is typed so far."""
        self._keeping = False
        if self.is_there:
            field = self.field
            side = field.side or ""
            draft = Draft(self.draft_place(), field.text, field.kind.id, side, field.is_unsure)
            self.notebook.keep_draft(draft)

    def keep_now(self) -> None:
        """Keep what is half-typed: another screen comes in front, or the program ends."""
        if self.is_mounted:
            self.keep()

    def on_screen_suspend(self) -> None:
        """Keep what is half-typed."""
        self.keep_now()
