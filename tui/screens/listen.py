"""Listen: the notes of a one-to-one, and the line they are typed in."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from tui import words
from tui.commands import COMMAND_BY_ID, Area, Command, bindings_of, commands_of
from tui.domain.capture import LITERAL, read_entry
from tui.domain.capture import Entry as Line
from tui.domain.dates import say_due
from tui.domain.followups import FollowUp
from tui.domain.notes import HEARD, KIND_BY_ID, KIND_BY_KEY, KINDS, Becomes, Kind, Note, Side
from tui.domain.people import Topic
from tui.domain.text import plural
from tui.render import AMBER, MUTED, follow_up_line, joined, line, note_row, text, topic_line
from tui.screens import dialogs
from tui.screens.chooser import Chooser
from tui.screens.form import Field
from tui.screens.surface import TalkSurface, rule
from tui.services import promises, talks
from tui.services.ports import Draft
from tui.widgets.entry import Entry
from tui.widgets.heading import Heading
from tui.widgets.legend import Legend
from tui.widgets.rows import Row, Rows

KEEP_AFTER = 0.2
"""Seconds after the last key until the half-typed line is kept."""

Written = Note | FollowUp | Topic


class ListenScreen(TalkSurface):
    """Shows what was written in a one-to-one and takes more."""

    AREA = Area.ENTRY
    CSS_PATH = "listen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Area.ENTRY, but=("listen.notes",)),
        Binding("escape", "leave_place", show=False, id="listen.notes"),
        *bindings_of(Area.NOTES, but=("notes.write",)),
        Binding("i,tab", "notes_write", show=False, id="notes.write"),
    ]

    def __init__(self, one_id: str) -> None:
        super().__init__(one_id)
        self._kind: Kind = HEARD
        self._side: Side | None = None
        self._keeping = False
        self._clock_shown = ""

    def compose_body(self) -> ComposeResult:
        """Put the line to type in below the notes."""
        yield rule()
        yield Rows(id="notes", empty=words.NO_NOTES)
        with Vertical(id="writing"):
            yield rule()
            yield Static("", id="understood", markup=False)
            with Horizontal(id="line"):
                yield Static("", id="kind", markup=False)
                yield Entry(has_kinds=True, id="entry")
                yield Static("", id="clock", markup=False)
            yield Legend(id="legend")

    def on_mount(self) -> None:
        """Begin where typing was left."""
        notes = self.query_one(Rows)
        super().on_mount()
        notes.action_last()
        notes.follow_end()
        draft = self.notebook.draft(self.one_id)
        entry = self.query_one(Entry)
        if draft is not None and draft.text:
            self._kind = KIND_BY_ID.get(draft.kind_id, HEARD)
            self._side = Side(draft.side) if draft.side in tuple(Side) else None
            entry.load_text(draft.text)
            entry.move_cursor(entry.document.end)
        entry.focus()
        self._show_line()
        self.set_interval(1.0, self._show_clock)

    # -- showing ---------------------------------------------------------------------------

    def _written(self) -> list[Written]:
        journal = self.notebook.journal
        shelf = journal.topics.get(self.one.person_id, ())
        records: list[Written] = [
            *self.notebook.page(self.one_id).notes,
            *journal.born_in(self.one_id),
            *(topic for topic in shelf if topic.born_in == self.one_id),
        ]
        return sorted(records, key=lambda record: record.id)

    def show_body(self) -> None:
        """Show the notes as they are now."""
        pending = self.notebook.pending_ids()
        today = self.notebook.today()
        is_narrow = self.is_narrow
        rows: list[Row] = []
        for record in self._written():
            is_pending = record.id in pending
            match record:
                case Note():
                    rows.append(note_row(record, is_pending=is_pending, is_narrow=is_narrow))
                case FollowUp():
                    rows.append(
                        follow_up_line(
                            record, self.person, today, is_pending=is_pending, is_narrow=is_narrow
                        )
                    )
                case Topic():
                    rows.append(topic_line(record, is_pending=is_pending, is_narrow=is_narrow))
        self.query_one(Rows).set_rows(tuple(rows))
        self._show_clock()

    def heading_right(self) -> Content:
        """Return the clock where there is no room for it beside the line being typed."""
        if self.is_narrow:
            return line((self._clock(), MUTED), "   ", self.save_light())
        return super().heading_right()

    def _clock(self) -> str:
        one = self.one
        if one.started is None:
            return "^g starts the clock"
        minutes = int(((one.ended or self.notebook.now()) - one.started).total_seconds() // 60)
        return f"ended after {max(0, minutes)} min" if one.ended else f"{max(0, minutes)} min"

    def _show_clock(self) -> None:
        if self.is_there and (said := self._clock()) != self._clock_shown:
            self._clock_shown = said
            self.query_one("#clock", Static).update(Content(said))
            self.query_one(Heading).show(self.heading_left(), self.heading_right())

    def _show_line(self) -> None:
        """Show how the line being typed is understood, before it is entered."""
        self.query_one(Legend).choose(self._kind.id)
        kind = self.query_one("#kind", Static)
        side = self._side or self._kind.side
        mine = Content.styled(" mine", "$muted italic bold") if side is Side.MINE else Content("")
        style = AMBER if self._kind.id == "promise" else "bold"
        kind.update(line((f"{self._kind.key} {self._kind.label}", style), mine, (" │", MUTED)))
        entry = self._entry()
        understood = self.query_one("#understood", Static)
        said = self._understood(entry)
        understood.update(said)

    def _understood(self, entry: Line) -> Content:
        if entry.kind.becomes is Becomes.NOTE or entry.is_empty:
            return text(self._kind.meaning if entry.is_empty else "", MUTED)
        if entry.kind.becomes is Becomes.TOPIC:
            return text("goes on the shelf for next time", MUTED)
        if entry.problem:
            return text(entry.problem, "$error")
        if entry.due is None:
            return text("no date yet: end with by fri, in 2 weeks, 4 dec …", MUTED)
        due = say_due(entry.due, self.notebook.today())
        return joined([due, "Agreed"], "bold")

    def bar_commands(self) -> tuple[Command, ...]:
        """Return what matters where the focus is."""
        area = Area.ENTRY if isinstance(self.focused, Entry) or not self.focused else Area.NOTES
        here = tuple(command for command in commands_of(area) if command.in_bar)
        return (*here, COMMAND_BY_ID["app.summary"], COMMAND_BY_ID["app.people"])

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (Area.ENTRY, Area.NOTES)

    def on_descendant_focus(self) -> None:
        """Show the keys of the place that has the focus now."""
        from tui.widgets.keybar import KeyBar

        self.query_one(KeyBar).commands = self.bar_commands()

    # -- typing ----------------------------------------------------------------------------

    def _entry(self) -> Line:
        typed = self.query_one(Entry).text
        if typed[:1] == LITERAL and typed[1:2] in KIND_BY_KEY:
            typed = typed[1:]
        return read_entry(self._kind, typed, self.notebook.today(), self._side)

    @on(Entry.KindPressed)
    def _press_kind(self, event: Entry.KindPressed) -> None:
        self.action_kind(event.kind_id)

    @on(Entry.KindCleared)
    def _clear_kind(self) -> None:
        self._kind, self._side = HEARD, None
        self._show_line()

    def action_kind(self, kind_id: str) -> None:
        """Choose the kind of the line being typed."""
        self._kind, self._side = KIND_BY_ID[kind_id], None
        self.query_one(Entry).focus()
        self._show_line()
        self._keep_soon()

    def action_listen_side(self) -> None:
        """Keep the line being typed to oneself, or not."""
        if not isinstance(self.focused, Entry):
            self.action_notes_side()
            return
        if self._kind.becomes is not Becomes.NOTE or self._kind.side is Side.MINE:
            self.alongside.say(
                f"A {self._kind.label} always stays with you."
                if self._kind.side is Side.MINE
                else "Follow-ups and parked topics are for both of you."
            )
            return
        self._side = Side.OURS if self._side is Side.MINE else Side.MINE
        self._show_line()
        self._keep_soon()

    def action_listen_newline(self) -> None:
        """Go on in a new line."""
        self.query_one(Entry).new_line()

    @on(Entry.Changed, "#entry")
    def _typed(self) -> None:
        self._show_line()
        self._keep_soon()

    def _keep_soon(self) -> None:
        if not self._keeping:
            self._keeping = True
            self.set_timer(KEEP_AFTER, self._keep)

    def _keep(self) -> None:
        self._keeping = False
        self.notebook.keep_draft(
            Draft(
                self.one_id,
                self.query_one(Entry).text,
                self._kind.id,
                self._side or "",
            )
        )

    @on(Entry.Submitted, "#entry")
    def _enter(self) -> None:
        entry = self._entry()
        if entry.is_empty:
            return
        if not self.attempt(lambda: talks.write(self.notebook, self.one, entry)):
            return
        field = self.query_one(Entry)
        field.load_text("")
        self._kind, self._side = HEARD, None
        self._show_line()
        self._keep()
        notes = self.query_one(Rows)
        notes.action_last()
        notes.follow_end()

    def on_screen_suspend(self) -> None:
        """Keep what is half-typed when another screen comes in front."""
        if self.is_there:
            self._keep()

    # -- moving ----------------------------------------------------------------------------

    @on(Entry.LeftUpward)
    def action_listen_notes(self) -> None:
        """Go up among the notes."""
        notes = self.query_one(Rows)
        if notes.cursor:
            notes.focus()

    def action_notes_write(self) -> None:
        """Go back to the line to type in."""
        self.query_one(Entry).focus()

    def action_leave_place(self) -> None:
        """Go from the line to the notes, or back."""
        if isinstance(self.focused, Entry):
            self.action_listen_notes()
        else:
            self.action_notes_write()

    @on(Rows.Edge)
    def _beyond(self, event: Rows.Edge) -> None:
        if event.step > 0:
            self.action_notes_write()

    # -- what can be done with a note ------------------------------------------------------

    @property
    def chosen(self) -> Written | None:
        """What is highlighted among the notes."""
        cursor = self.query_one(Rows).cursor
        return next((record for record in self._written() if record.id == cursor), None)

    @on(Rows.Chosen)
    def action_notes_edit(self) -> None:
        """Change the words."""
        match self.chosen:
            case FollowUp() as follow_up:
                dialogs.ask_follow_up(self.alongside, follow_up)
            case Note() as note:
                fields = (
                    Field("text", f"{note.kind.label}, {note.at:%H:%M}", note.text, is_block=True),
                )
                self.ask(
                    "This note",
                    fields,
                    lambda v: talks.edit_note(self.notebook, self.one, note, v["text"]),
                    key=f"note:{note.id}",
                )
            case Topic() as topic:
                fields = (Field("text", "For next time", topic.text, is_block=True),)
                self.ask(
                    "This topic",
                    fields,
                    lambda v: talks.edit_topic(self.notebook, self.one.person_id, topic, v["text"]),
                    key=f"topic:{topic.id}",
                )

    def action_notes_delete(self) -> None:
        """Delete it."""
        record = self.chosen
        if record is None:
            return

        def delete() -> None:
            match record:
                case Note():
                    talks.delete_note(self.notebook, self.one, record)
                case FollowUp():
                    promises.delete(self.notebook, record)
                case Topic():
                    talks.delete_topic(self.notebook, self.one.person_id, record)

        if self.attempt(delete):
            self.alongside.say("Deleted. u brings it back.")

    def action_notes_side(self) -> None:
        """Keep the note to oneself; sharing what was kept asks first."""
        note = self.chosen
        if not isinstance(note, Note):
            self.alongside.say("Follow-ups and parked topics are for both of you.")
            return
        if note.side is Side.OURS or note.kind.side is Side.MINE:
            self.attempt(lambda: talks.flip_side(self.notebook, self.one, note))
            return

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self.attempt(lambda: talks.flip_side(self.notebook, self.one, note))

        rows = (Row("no", Content("Keep it mine")), Row("yes", Content("Share it from here on")))
        self.app.push_screen(
            Chooser(words.SHARE_MINE, rows, keys={"n": "no", "y": "yes"}), answered
        )

    def action_notes_kind(self) -> None:
        """Make the note another kind, or a follow-up."""
        note = self.chosen
        if not isinstance(note, Note):
            return

        def chosen(kind_id: str | None) -> None:
            if kind_id:
                kind = KIND_BY_ID[kind_id]
                self.attempt(lambda: talks.set_kind(self.notebook, self.one, note, kind))

        rows = tuple(
            Row(
                kind.id,
                line((kind.label, "bold"), (f"   {kind.meaning}", MUTED)),
                text(f"{kind.key}  "),
                text(kind.side, MUTED),
            )
            for kind in KINDS
        )
        keys = {kind.key: kind.id for kind in KINDS}
        self.app.push_screen(Chooser("What is it?", rows, cursor=note.kind_id, keys=keys), chosen)

    # -- the clock -------------------------------------------------------------------------

    def action_listen_clock(self) -> None:
        """Start the clock, or end the talk."""
        one = self.one
        if one.started is None or one.ended is not None:
            self.attempt(lambda: talks.start(self.notebook, one))
            self.alongside.say("The clock runs. ^g ends the talk.")
        elif self.attempt(lambda: talks.end(self.notebook, one)):
            written = plural(len(self._written()), "line")
            self.alongside.say(
                f"Talk ended, {written} so far. Write on while it is fresh; F7 shows the summary."
            )
