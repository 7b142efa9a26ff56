"""The debrief: brings a talk back cue by cue, own promises first, while it is fresh."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tui import words
from tui.bindings import bindings_of, bound, keys_of
from tui.commands import COMMAND_BY_ID, Area, Command, commands_of
from tui.desk.shipped import template_after
from tui.domain.capture import Entry as Line
from tui.domain.capture import read_line, read_typed
from tui.domain.dates import WhenError, parse_moment, say_moment
from tui.domain.debrief import CARRIED, CUES, Asks, Cue
from tui.domain.notes import HEARD, PLAN, PROMISE, Becomes, Kind, Side
from tui.domain.onetoones import OneToOne
from tui.domain.text import clean_line
from tui.render import (
    BLANK,
    MUTED,
    heading_row,
    line,
    pick_row,
    promise_row,
    text,
    understood,
    written_row,
)
from tui.screens.surface import rule
from tui.screens.writing import WritingSurface
from tui.services import debrief, deck, talks
from tui.services.ports import Draft
from tui.widgets.entry import NoteEntry
from tui.widgets.heading import Heading
from tui.widgets.legend import Legend
from tui.widgets.options import Options
from tui.widgets.rows import Row, Rows
from tui.widgets.steady import Steady

OPEN = "open"
"""The row that leaves a question open."""
_ALONE = frozenset(cue.id for cue in CUES if cue.asks is Asks.LINES)
"""The cues that ask for lines of one kind."""
_FIRST = ("promises", "plans")
"""The cues before the landmarks of a route."""


class DebriefScreen(WritingSurface):
    """Asks one thing at a time and makes notes and follow-ups of the answers."""

    AREA = Area.DEBRIEF
    CSS_PATH: ClassVar = ["writing.tcss", "debrief.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Area.DEBRIEF, but=("debrief.on", "debrief.more", "debrief.sure")),
        *bound(keys_of("debrief.back"), "debrief_back", "debrief.early", is_early=True),
        *bound(
            (key for key in keys_of("debrief.on") if key != "enter"), "debrief_on", "debrief.on"
        ),
    ]
    new_line_by = "debrief.more"
    sure_by = "debrief.sure"

    def __init__(self, one_id: str) -> None:
        super().__init__(one_id)
        self._shown_cue = ""
        self._clock_shown = ""

    def compose_body(self) -> ComposeResult:
        """Put the cue below what there is already, right above the line to answer in."""
        yield rule()
        yield Options(id="answers")
        yield rule()
        yield Static("", id="cue", markup=False)
        yield self.compose_writing()

    def begin(self) -> None:
        """Begin, or go on where it was left."""
        self.show()
        self.set_interval(1.0, self._show_clock)

    # -- where it stands -------------------------------------------------------------------

    @property
    def stand(self) -> debrief.Debrief:
        """How far it has come."""
        return debrief.debrief_of(self.one)

    @property
    def cue(self) -> Cue:
        """The cue in front."""
        return self.stand.cue

    def _next_id(self) -> str:
        return self.stand.mark(1)

    # -- showing ---------------------------------------------------------------------------

    def bar_commands(self) -> tuple[Command, ...]:
        """Return what matters here."""
        here = tuple(command for command in commands_of(Area.DEBRIEF) if command.in_bar)
        by_route = (COMMAND_BY_ID["debrief.route"],) if self.one.route else ()
        return (*here, *by_route)

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (Area.DEBRIEF,)

    def heading_left(self) -> Content:
        """Return whose debrief it is, and how far it has come."""
        stand = self.stand
        place = f"{stand.at + 1} of {len(stand.cues)}"
        return line((self.person.name, "bold"), (f" · debrief · {place}", ""))

    def heading_right(self) -> Content:
        """Return how long ago the talk ended, and how safe everything is."""
        return line((self._clock(), MUTED), "   ", self.save_light())

    def _clock(self) -> str:
        return debrief.say_since(self.one, self.notebook.now())

    def _show_clock(self) -> None:
        if self.is_there and (said := self._clock()) != self._clock_shown:
            self._clock_shown = said
            self.query_one(Heading).show(self.heading_left(), self.heading_right())

    def show_body(self) -> None:
        """Show the cue, what there is for it, and where it is answered."""
        cue = self.cue
        asked = line((cue.text.format(name=self.person.first_name), "bold"))
        self.query_one("#cue", Static).update(line(asked, "\n", (self._hint(cue), MUTED)))
        self.query_one(Options).set_rows(self._rows(cue), empty=self._empty(cue))
        is_typed = cue.asks in (Asks.LINES, Asks.USEFUL, Asks.NEXT)
        self.query_one("#writing").display = is_typed
        self.query_one(Legend).display = cue.asks is Asks.LINES and not self.is_narrow
        if self._shown_cue != cue.id:
            self._shown_cue = cue.id
            self._turn_to(cue)
        self.show_line()
        self._show_clock()

    def _hint(self, cue: Cue) -> str:
        name = self.person.first_name
        hint = cue.hint.format(name=name)
        one = self.one
        if cue.id == "words" and (picks := self.notebook.journal.picks_of(one.id)):
            hint = f"{hint} · I had in mind: {', '.join(pick.cue for pick in picks)}"
        if cue.id == "shared" and one.thanks:
            hint = f"{hint} · thank-you, if I said it (begin with +): {one.thanks}"
        return hint

    def _empty(self, cue: Cue) -> str:
        if cue.asks is Asks.LINES:
            is_new = self.stand.at == 0 and not self.known.debrief
            return words.DEBRIEF_FIRST if is_new else ""
        return ""

    def _rows(self, cue: Cue) -> tuple[Row, ...]:
        match cue.asks:
            case Asks.CARRIED:
                return self._carried()
            case Asks.NEXT:
                return self._planned()
            case Asks.USEFUL:
                return (Row("", text(f"“{self.one.useful}”")),) if self.one.useful else ()
        today, pending = self.notebook.today(), self.notebook.pending_ids()
        written = talks.written_in(self.notebook, self.one)
        before = self._from_before(cue)
        return before + tuple(
            written_row(r, self.person, today, is_pending=r.id in pending, is_narrow=self.is_narrow)
            for r in written
        )

    def _from_before(self, cue: Cue) -> tuple[Row, ...]:
        """Return what is open from earlier talks where the cue asks for more of it."""
        if cue.kind not in (PROMISE, PLAN):
            return ()
        theirs = self.notebook.journal.follow_ups_of(self.person.id)
        found = [
            promise_row(f, self.notebook.today(), self.one_id)
            for f in theirs
            if f.is_open and f.born_in != self.one_id and f.kind is cue.kind
        ]
        return (heading_row("Open from before"), *found, BLANK) if found else ()

    def _carried(self) -> tuple[Row, ...]:
        """Return who may have carried the talk, below the questions there were for it."""
        picks = self.notebook.journal.picks_of(self.one_id)
        rows = [heading_row(words.WHICH_ASKED)] if picks else []
        rows += [pick_row(pick) for pick in picks]
        rows += [BLANK] if picks else []
        rows += [
            Row(said, text(said), text(f"{number}  ", MUTED))
            for number, said in enumerate(CARRIED, 1)
        ]
        return (*rows, Row(OPEN, text("leave it open", MUTED), text("   ")))

    def _planned(self) -> tuple[Row, ...]:
        one = debrief.planned_after(self.notebook.journal, self.one, self.notebook.now())
        if one is None:
            return ()
        when = say_moment(one.at, self.notebook.today())
        return (Row("", text(f"Planned already: {when}. enter keeps it.")),)

    def _turn_to(self, cue: Cue) -> None:
        """Make ready to answer a cue, with what was being typed there before."""
        field = self.field
        field.is_plain = cue.asks is not Asks.LINES
        field.usual = cue.kind or HEARD
        field.load_text("")
        field.is_unsure = False
        field.choose(field.usual)
        if not self.restore_draft():
            field.restore(self._proposed(cue), field.usual, None)
        options = self.query_one(Options)
        if cue.asks is Asks.CARRIED:
            options.action_first()
            if self.one.carried or not self.notebook.journal.picks.get(self.one_id):
                options.move_to(self.one.carried or OPEN)
            options.focus()
        else:
            options.action_last()
            options.follow_end()
            field.focus()

    def _proposed(self, cue: Cue) -> str:
        """Return what stands in the line to begin with: it may be taken, or written anew."""
        if cue.asks is Asks.NEXT and not self._planned():
            now = self.notebook.now()
            return debrief.suggested_next(self.notebook.journal, self.one, now)
        return self.one.useful if cue.asks is Asks.USEFUL else ""

    def show_line(self) -> None:
        """Show how the answer being typed is understood, before it is entered."""
        field, cue = self.field, self.cue
        kind = self.query_one("#kind", Steady)
        told = self.query_one("#understood", Steady)
        if cue.asks is Asks.NEXT:
            kind.say(line(("when │", MUTED)))
            told.say(self._understood_next(field.text))
            return
        if cue.asks is Asks.USEFUL:
            kind.say(line(("useful │", MUTED)))
            told.say("")
            return
        self.show_kind()
        lines = self._entries(field.text, field.kind, field.side, is_unsure=field.is_unsure)
        today = self.notebook.today()
        if lines:
            told.say(understood(lines[-1], today, knows_dates=self.known.dates))
        else:
            told.say("" if self.known.debrief else text(words.SKIP, MUTED))

    def _understood_next(self, typed: str) -> Content:
        if not typed.strip():
            return text("e.g. in 2 weeks · tue 14:00 · enter leaves it open", MUTED)
        try:
            at = parse_moment(typed, self.notebook.now(), self.reckoning())
        except WhenError as error:
            return text(str(error), "$error")
        when = say_moment(at, self.notebook.today())
        return line(("enter plans it: ", MUTED), (when, "bold"), (f" · {self.one.place}", MUTED))

    # -- typing ----------------------------------------------------------------------------

    def _entries(
        self, typed: str, kind: Kind, side: Side | None, *, is_unsure: bool
    ) -> tuple[Line, ...]:
        """Return the answers in what was typed: each line is one of its own."""
        today, reckoning = self.notebook.today(), self.reckoning()
        first, *more = typed.split("\n")
        found = [read_typed(kind, first, today, side, reckoning=reckoning)]
        found += [read_line(one, today, kind, reckoning=reckoning) for one in more]
        return tuple(e._replace(is_unsure=is_unsure) for e in found if not e.is_empty)

    def draft_place(self) -> str:
        """Return the name of the answer to this cue: each has a half-typed line of its own."""
        return f"{debrief.PLACE}{self.one_id}:{self.cue.id}"

    # -- answering -------------------------------------------------------------------------

    @on(NoteEntry.Entered)
    def _answer(self, event: NoteEntry.Entered) -> None:
        cue, one, place = self.cue, self.one, self.draft_place()
        is_kept = False
        match cue.asks:
            case Asks.LINES:
                is_kept = self.attempt(lambda: self._write(event, cue, one))
            case Asks.USEFUL:
                words_of_theirs = clean_line(event.text)
                is_kept = self.attempt(
                    lambda: debrief.set_useful(self.notebook, one, words_of_theirs, self._next_id())
                )
            case Asks.NEXT:
                is_kept = self._plan(event.text)
        if not is_kept:
            self.field.restore(event.text, event.kind, event.side, is_unsure=event.is_unsure)
            return
        self.notebook.keep_draft(Draft(place, ""))
        if self.stand.is_last and cue.id == self.cue.id:
            self._finish()

    def _write(self, event: NoteEntry.Entered, cue: Cue, one: OneToOne) -> None:
        entries = self._entries(event.text, event.kind, event.side, is_unsure=event.is_unsure)
        # A line of another kind came to mind in passing: the cue is still to be answered.
        is_answer = cue.kind in [entry.kind for entry in entries] or cue.id not in _ALONE
        debrief.answer(self.notebook, one, entries, self.stand.mark(int(is_answer)))
        self.note_kinds()
        if any(entry.kind.becomes is Becomes.FOLLOW_UP for entry in entries):
            self.tell_if_crowded()

    def _plan(self, typed: str) -> bool:
        def act() -> None:
            at = parse_moment(typed, self.notebook.now(), self.reckoning())
            template = template_after(self.one.template, self.notebook.journal.templates)
            debrief.plan_next(self.notebook, self.one, at, template)

        return self.attempt(act)

    @on(NoteEntry.Skipped)
    def _skip(self) -> None:
        one, coming = self.one, self._next_id()
        if self.stand.is_last:
            self._finish()
        elif self.cue.asks is Asks.USEFUL and one.useful:
            self.attempt(lambda: debrief.set_useful(self.notebook, one, "", coming))
        elif self.cue.asks is Asks.CARRIED and one.carried:
            self.attempt(lambda: debrief.set_carried(self.notebook, one, "", coming))
        else:
            self.attempt(lambda: debrief.go_to(self.notebook, one, coming))

    @on(Options.Answered)
    def _answer_by_row(self, event: Options.Answered) -> None:
        if self.cue.asks is not Asks.CARRIED:
            return
        chosen = event.row_id
        if event.number is not None:
            chosen = CARRIED[event.number - 1] if event.number <= len(CARRIED) else ""
        if chosen in CARRIED:
            self.attempt(
                lambda: debrief.set_carried(self.notebook, self.one, chosen, self._next_id())
            )
        elif event.verb in ("mark", "landed"):
            self._mark(event.verb, chosen)
        elif event.number is None:
            self._skip()

    @on(Rows.Chosen)
    def _clicked(self, event: Rows.Chosen) -> None:
        verb = "mark" if event.row_id.startswith("pick:") else "on"
        self._answer_by_row(Options.Answered(verb, event.row_id))

    def _mark(self, verb: str, row_id: str) -> None:
        picks = self.notebook.journal.picks_of(self.one_id)
        pick = next((p for p in picks if f"pick:{p.id}" == row_id), None)
        if pick is None:
            return
        act = deck.turn_landed if verb == "landed" else deck.flip_asked
        self.attempt(lambda: act(self.notebook, self.one, pick))

    def action_debrief_on(self) -> None:
        """Keep the answer, if there is one; go on."""
        if self.query_one("#writing").display:
            self.field.enter()
        else:
            self.query_one(Options).action_answer("on")

    def action_debrief_more(self) -> None:
        """Begin another answer to the same cue."""
        self.field.new_line()

    def action_debrief_sure(self) -> None:
        """Say that one only thinks so, or that one is sure."""
        self.field.flip_sure()

    @on(NoteEntry.LeftUpward)
    def action_debrief_back(self) -> None:
        """Go back to the cue before."""
        stand = self.stand
        if stand.at:
            self.keep_now()
            self.attempt(lambda: debrief.go_to(self.notebook, self.one, stand.mark(-1)))

    def action_debrief_route(self) -> None:
        """Walk it again from landmark to landmark, or go cue by cue."""
        if not self.one.route:
            self.alongside.say(words.LANDMARKS_FIRST)
            return
        self.keep_now()
        by_route = not self.stand.by_route
        there = debrief.debrief_of(self.one, by_route=by_route).cues
        at_hand = {each.id: each for each in there}
        cue = at_hand.get(self.cue.id) or next(c for c in there if c.id not in _FIRST)
        mark = debrief.mark_of(cue, by_route=by_route)
        self.attempt(lambda: debrief.go_to(self.notebook, self.one, mark))

    def action_debrief_leave(self) -> None:
        """Leave it for later; where it was left is remembered."""
        self.keep_now()
        self.alongside.open_listen(self.one_id)

    def _finish(self) -> None:
        if self.attempt(lambda: debrief.finish(self.notebook, self.one)):
            self.alongside.open_listen(self.one_id)
            self.alongside.open_summary(self.one_id)
