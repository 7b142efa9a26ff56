"""Listen: the notes of a one-to-one, the line they are typed in, and what to keep in mind."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from tui import words
from tui.bindings import bindings_of, bound, keys_of
from tui.commands import COMMAND_BY_ID, Area, Command, commands_of, key_for
from tui.domain.capture import Entry as Line
from tui.domain.capture import read_typed
from tui.domain.legs import LEG_ROW, Leg, next_leg
from tui.domain.notes import HEARD, KIND_BY_ID, Becomes, Kind, Side
from tui.domain.questions import Moment
from tui.domain.text import fold
from tui.render import ALARM, MUTED, joined, line, text, understood, written_row
from tui.screens.surface import rule
from tui.screens.writing import WritingSurface
from tui.screens.written import WrittenSurface
from tui.services import course, talks
from tui.widgets.beside import Beside
from tui.widgets.entry import NoteEntry
from tui.widgets.heading import Heading
from tui.widgets.rows import Row, Rows
from tui.widgets.steady import Steady

_OF_A_NOTE = frozenset(command.action for command in commands_of(Area.NOTES)) - {
    "notes_write",
    "notes_find",
} | {"listen_side", "listen_sure"}
"""What is done with the note that is marked."""
_BOTH_WAYS = tuple(
    key for key in keys_of("notes.write") if key in ("escape", *keys_of("listen.notes"))
)
"""Keys that lead from the notes to the line, and from the line to the notes or out of a search."""


class ListenScreen(WrittenSurface, WritingSurface):
    """Shows what was written in a one-to-one and takes more."""

    AREA = Area.ENTRY
    CSS_PATH: ClassVar = ["writing.tcss", "listen.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Area.ENTRY, but=("listen.notes",)),
        *bound((*keys_of("listen.notes"), *_BOTH_WAYS), "leave_place", "listen.notes"),
        *bindings_of(Area.NOTES, but=("notes.write",)),
        *bound(
            (key for key in keys_of("notes.write") if key not in _BOTH_WAYS),
            "notes_write",
            "notes.write",
        ),
    ]

    def __init__(self, one_id: str, record_id: str = "") -> None:
        """Show the notes of a one-to-one.

        Args:
            one_id: The one-to-one.
            record_id: What to highlight, rather than to begin in the line to type in.
        """
        super().__init__(one_id)
        self._begin_at = record_id
        self._clock_shown = ""
        self._words = ""
        self._goes_on = False
        self._drawn: dict[str, tuple[tuple[object, ...], Row]] = {}

    def compose_body(self) -> ComposeResult:
        """Put the line to type in below the notes."""
        yield rule()
        with Horizontal(id="middle"):
            yield Rows(id="notes", empty=words.NO_NOTES)
            yield self.compose_beside()
        clock = Static("", id="clock", markup=False)
        yield self.compose_writing(rule(), beside=clock)

    def begin(self) -> None:
        """Begin where typing was left, or at the line that is meant."""
        notes = self.notes
        notes.action_last()
        notes.follow_end()
        self.restore_draft()
        if any(row.id == self._begin_at for row in notes.rows if row.id):
            notes.move_to(self._begin_at)
            self.set_focus(notes)
        else:
            self.field.focus()
        self.show_line()
        self.set_interval(1.0, self._show_clock)

    # -- showing ---------------------------------------------------------------------------

    def show_body(self) -> None:
        """Show the notes as they are now; of a long talk only what changed is drawn anew."""
        pending = self.notebook.pending_ids()
        today, is_narrow, person = self.notebook.today(), self.is_narrow, self.person
        wanted = fold(self._words).split()
        drawn: dict[str, tuple[tuple[object, ...], Row]] = {}
        rows: list[Row] = []
        for record in self.written():
            if wanted and not all(word in fold(record.text) for word in wanted):
                continue
            known = (record, record.id in pending, is_narrow, today, person)
            found = self._drawn.get(record.id)
            if found is None or found[0] != known:
                row = written_row(record, person, today, is_pending=known[1], is_narrow=is_narrow)
                found = (known, row)
            drawn[record.id] = found
            rows.append(found[1])
        self._drawn = drawn
        is_lost = self.notebook.is_unreadable(self.one_id)
        empty = words.UNREADABLE if is_lost else words.NO_NOTES
        if is_lost and rows:
            rows.insert(0, Row("", text(words.NOT_ALL, ALARM)))
        self.notes.set_rows(tuple(rows), empty=words.NOTHING_FITS if wanted else empty)
        self._show_clock()
        self._show_beside()

    def _show_beside(self) -> None:
        leg = self.leg()
        closing = tuple(self.closing_beside())
        at_bench = leg is Leg.BENCH
        self.show_beside(
            [
                *(closing if at_bench else ()),
                *self.questions_beside(leg),
                *self.promises_beside(),
                *self.shelf_beside(),
                *(() if at_bench else closing),
            ]
        )

    def heading_right(self) -> Content:
        """Return the clock where there is no room for it beside the line being typed."""
        if self.is_narrow:
            return line((self._clock(), MUTED), "   ", self.save_light())
        return super().heading_right()

    def _clock(self) -> str:
        one = self.one
        if one.started is None:
            return f"{key_for('listen.clock')} starts the clock"
        minutes = int(((one.ended or self.notebook.now()) - one.started).total_seconds() // 60)
        if one.ended is not None:
            return f"ended after {max(0, minutes)} min"
        if self.leg() is Leg.DESK:
            return ""
        leg = f"{LEG_ROW[self.leg()].label} · " if one.is_walk else ""
        return f"{leg}{max(0, minutes)} min"

    def _show_clock(self) -> None:
        if self.is_there and (said := self._clock()) != self._clock_shown:
            self._clock_shown = said
            self.query_one("#clock", Static).update(Content(said))
            self.query_one(Heading).show(self.heading_left(), self.heading_right())

    def draft_place(self) -> str:
        """Return the one-to-one's id: its half-typed line is kept under it."""
        return self.one_id

    def show_line(self) -> None:
        """Show how the line being typed is understood, before it is entered."""
        self.show_kind()
        field = self.field
        entry = self._line(field.text, field.kind, field.side)
        told = self._prompt() if entry.is_empty and field.kind is HEARD else None
        self.query_one("#understood", Steady).say(
            told or understood(entry, self.notebook.today(), knows_dates=self.known.dates)
        )

    def _prompt(self) -> Content | None:
        """Return what fits the leg of the talk, while nothing is being typed."""
        leg, one = self.leg(), self.one
        if leg is Leg.BEFORE or not self.one.is_open:
            return None
        fitting = LEG_ROW[leg].moments if one.is_walk else tuple(Moment)
        picks = self.notebook.journal.picks_of(self.one_id)
        cues = [p.cue for p in picks if p.moment in fitting and p.asked is None]
        meaning = LEG_ROW[leg].meaning if one.is_walk or leg is Leg.DESK else ""
        is_known = leg is Leg.DESK and self.known.debrief  # its key stands in the bar
        onward = "" if is_known else words.onward(next_leg(one), leg)
        parts = [meaning, *(cues if leg is not Leg.DESK else ()), onward]
        return joined(parts, MUTED)

    def bar_commands(self) -> tuple[Command, ...]:
        """Return what matters where the focus is."""
        match self.focused:
            case Beside():
                area = Area.BESIDE
            case Rows():
                area = Area.NOTES
            case _:
                area = Area.ENTRY
        here = tuple(command for command in commands_of(area) if command.in_bar)
        if self.one.awaits_debrief and self.one.ended is not None:
            here = (COMMAND_BY_ID["app.debrief"], *here)
        return (*here, COMMAND_BY_ID["app.summary"], COMMAND_BY_ID["app.people"])

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (Area.ENTRY, Area.NOTES, Area.BESIDE)

    def on_descendant_focus(self) -> None:
        """Show the keys of the place that has the focus now."""
        self.show_keys()

    # -- typing ----------------------------------------------------------------------------

    def _line(self, text: str, kind: Kind, side: Side | None) -> Line:
        today = self.notebook.today()
        return read_typed(kind, text, today, side, reckoning=self.reckoning())

    def action_kind(self, kind_id: str) -> None:
        """Choose the kind of the line being typed."""
        self.field.choose(KIND_BY_ID[kind_id])
        self.set_focus(self.field)

    def action_listen_side(self) -> None:
        """Keep the line being typed to oneself, or not; among the notes, the note."""
        if isinstance(self.focused, NoteEntry):
            self.field.flip_side()
        else:
            self.action_notes_side()

    def action_listen_newline(self) -> None:
        """Go on in a new line."""
        self.field.new_line()

    @on(NoteEntry.Entered)
    def _enter(self, event: NoteEntry.Entered) -> None:
        entry = self._line(event.text, event.kind, event.side)
        entry = entry._replace(is_unsure=event.is_unsure)
        if not self.attempt(lambda: talks.write(self.notebook, self.one, entry)):
            self.field.restore(event.text, event.kind, event.side, is_unsure=event.is_unsure)
            return
        self.keep()
        self.note_kinds()
        if entry.kind.becomes is Becomes.FOLLOW_UP:
            self.tell_if_crowded()
        notes = self.notes
        notes.action_last()
        notes.follow_end()

    # -- moving ----------------------------------------------------------------------------

    @on(NoteEntry.LeftUpward)
    def action_listen_notes(self) -> None:
        """Go up among the notes."""
        self.set_class(False, "-beside")
        notes = self.notes
        if notes.cursor:
            self.set_focus(notes)

    def action_notes_write(self) -> None:
        """Go back to the line to type in."""
        self.set_focus(self.field)

    def action_leave_place(self) -> None:
        """Show all again; else go from the line to the notes, or back."""
        if self.query("#find"):
            self.query("#find").remove()
            self._words = ""
            self.set_focus(self.notes)
            self.show()
        elif isinstance(self.focused, NoteEntry):
            self.action_listen_notes()
        else:
            self.action_notes_write()

    @on(Rows.Edge, "#notes")
    def _beyond(self, event: Rows.Edge) -> None:
        if event.step > 0:
            self.action_notes_write()

    def action_listen_sure(self) -> None:
        """Say that one only thinks so, or that one is sure."""
        if isinstance(self.focused, NoteEntry):
            self.field.flip_sure()
        else:
            self.action_notes_sure()

    async def action_notes_find(self) -> None:
        """Show only the lines that fit the words typed."""
        await self.open_find("find: words of this talk", before="#middle")

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        self._words = event.value
        self.show()

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self.set_focus(self.notes)

    # -- beside ----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the notes alone while the focus is beside them: none of them is marked then."""
        return not (isinstance(self.focused, Beside) and action in _OF_A_NOTE)

    def action_listen_beside(self) -> None:
        """Go to what stands beside the notes, or back."""
        beside = self.query_one(Beside)
        if beside.has_focus:
            self.leave_beside()
            return
        self.set_class(True, "-beside")
        self.go_beside()

    def leave_beside(self) -> None:
        """Go back to the line to type in."""
        self.set_class(False, "-beside")
        self.set_focus(self.field)

    # -- the clock -------------------------------------------------------------------------

    def action_listen_clock(self) -> None:
        """Mark the next leg of the talk: open, bench, desk."""
        leg = next_leg(self.one)
        if self.leg() is Leg.DESK and not self._goes_on:
            self._goes_on = True
            self.alongside.say(words.TALK_IS_OVER)
            return
        self._goes_on = False
        if not self.attempt(lambda: course.go_on(self.notebook, self.one)):
            return
        self.app.clear_notifications()
        self.set_class(leg is Leg.BENCH, "-beside")
        self.show_line()
        self.show_keys()
        if leg is Leg.BENCH:
            self.query_one(Beside).action_first()
        if leg is Leg.OPEN:
            self.alongside.talk_began()
