"""Look back: one person's one-to-ones, each told whole, and what to raise next."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input

from tui import words
from tui.bindings import bindings_of
from tui.commands import COMMAND_BY_ID, Area, Command, key_for
from tui.domain.dates import say_day
from tui.domain.followups import FollowUp, Stage
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person, Topic
from tui.domain.questions import Area as QuestionArea
from tui.domain.questions import Pick
from tui.domain.standing import current_one_to_one, last_time
from tui.domain.text import fold
from tui.render import MUTED, heading_row, line
from tui.screens import dialogs, followups
from tui.screens.raising import raise_rows
from tui.screens.surface import Surface, rule
from tui.screens.telling import (
    TALK,
    TOPIC,
    Around,
    Chosen,
    marked,
    parked_rows,
    plain_of,
    rows_of,
    talk_row,
)
from tui.services import folk, lookback, promises
from tui.services.findback import Finder
from tui.services.lookback import Raise
from tui.widgets.heading import Heading
from tui.widgets.reading import Reading
from tui.widgets.rows import Row, Rows
from tui.words import history as said

ROOMY = 110
"""Columns from which on there is room for the names of the kinds beside the list."""


class HistoryScreen(Surface):
    """Shows one person's one-to-ones in time beside the text of one of them.

    It lies over the surface it was opened from. The focus is nowhere: arrows go through the list,
    page keys turn the text, whichever of the two a small screen shows.
    """

    AREA = Area.HISTORY
    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Area.HISTORY),
        Binding("up,k", "step(-1)", show=False, id="history.list-up"),
        Binding("down,j", "step(1)", show=False, id="history.list-down"),
        Binding("home,g", "first", show=False, id="history.list-first"),
        Binding("end,G", "last", show=False, id="history.list-last"),
    ]

    def __init__(self, person: Person, one_id: str | None) -> None:
        """Show a history.

        Args:
            person: Whose.
            one_id: The one-to-one it is looked at from, if any.
        """
        super().__init__()
        self._known = person
        self._from = one_id
        self._words = ""
        self._finder: Finder | None = None
        self._told_of = ""
        self._raised: dict[str, Raise] = {}
        self._drawn: dict[str, tuple[tuple[object, ...], Row]] = {}

    def compose_body(self) -> ComposeResult:
        """Put the list beside the text."""
        yield rule()
        past = Rows(empty=said.NO_TALKS, is_always_marked=True, id="past")
        past.can_focus = False
        with Horizontal(id="look"):
            yield past
            yield Reading(id="told")

    @property
    def person(self) -> Person:
        """Whose history it is, as it is known now."""
        return self.notebook.journal.people.get(self._known.id, self._known)

    @property
    def one_id(self) -> str | None:
        """The one-to-one it is looked at from, as long as that is there."""
        return self._from if self._from in self.notebook.journal.one_to_ones else None

    @property
    def one(self) -> OneToOne | None:
        """The one-to-one it is looked at from, if any."""
        return self.notebook.journal.one_to_ones.get(self._from or "")

    @property
    def read_id(self) -> str | None:
        """The one-to-one that is read."""
        chosen = self.chosen
        return chosen.id if isinstance(chosen, OneToOne) and chosen.took_place else None

    @property
    def past(self) -> Rows:
        """The list."""
        return self.query_one("#past", Rows)

    @property
    def text(self) -> Reading:
        """What is told of the row that is marked."""
        return self.query_one("#told", Reading)

    # -- showing ---------------------------------------------------------------------------

    def heading_left(self) -> Content:
        """Return whose history it is; where only the text is seen, of which day that is."""
        where = "look back"
        if self.is_narrow and not self.has_class("-list") and isinstance(self.chosen, OneToOne):
            where = say_day(self.chosen.at.date(), self.notebook.today())
        return line((self.person.name, "bold"), (f" · {where}", MUTED))

    def heading_right(self) -> Content:
        """Return whether some of it is still to come from the disk, and how safe everything is."""
        waiting = "" if self.notebook.is_whole else said.STILL_READING
        return line((waiting, MUTED), "   ", self.save_light())

    def fill(self) -> None:
        """Begin at the last time before the one-to-one in front."""
        rows = self._rows()
        last = self.last
        if last is not None:
            self.past.set_reactive(Rows.cursor, TALK + last.id)
        elif self.is_narrow:
            self.add_class("-list")
        self.past.set_rows(rows)
        self._tell()

    def show(self) -> None:
        """Show it; where the person has gone, say so and go back."""
        if self.is_running and self._known.id not in self.notebook.journal.people:
            self.alongside.say(said.PERSON_GONE)
            self.call_later(self.alongside.action_app_people)
            return
        super().show()

    def show_body(self) -> None:
        """Show the list and the text as they are now."""
        empty = said.NOTHING_FOUND if self._words else said.NO_TALKS
        if self._words and self._finder is not None and not self._finder.is_done:
            empty = said.STILL_READING
        self.past.set_rows(self._rows(), empty=empty)
        self._tell()

    def _rows(self) -> tuple[Row, ...]:
        journal, today = self.notebook.journal, self.notebook.today()
        wanted = fold(self._words).split()
        talks = [self._talk_row(one) for one in self._ones(wanted)]
        if wanted:
            return tuple(talks)
        found = lookback.raise_next(journal, self.person.id, today, self.one)
        above = {item.about.id for item in found}
        parked = tuple(t for t in journal.shelf_of(self.person.id) if t.id not in above)
        rows = [*raise_rows(found), *parked_rows(parked, today)]
        self._raised = {row.id: item for row, item in zip(rows[1:], found, strict=False)}
        return (*rows, *([heading_row("One-to-ones")] if rows and talks else ()), *talks)

    def _ones(self, wanted: list[str]) -> tuple[OneToOne, ...]:
        """Return the one-to-ones, newest first; only those in which all words are found."""
        ones = lookback.history(self.notebook.journal, self.person.id)
        if not wanted or self._finder is None:
            return ones
        return tuple(one for one in ones if self._finder.has(one, wanted))

    def _talk_row(self, one: OneToOne) -> Row:
        known = (one, self.notebook.today())
        drawn = self._drawn.get(one.id)
        if drawn is None or drawn[0] != known:
            drawn = self._drawn[one.id] = (known, talk_row(*known))
        return drawn[1]

    @on(Rows.Highlighted, "#past")
    def _tell_another(self) -> None:
        if self.past.cursor != self._told_of:
            self._tell()

    def _tell(self) -> None:
        """Tell what is marked in the list."""
        is_same = self.past.cursor == self._told_of
        self._told_of = self.past.cursor
        rows = self._told()
        wanted = fold(self._words).split()
        fits = [n for n, row in enumerate(rows) if wanted and _has(row, wanted)]
        shown = tuple(marked(row) if number in fits else row for number, row in enumerate(rows))
        self.text.tell(shown, is_same=is_same)
        if fits and not is_same:
            self.text.turn_to_row(fits[0])
        self._show_frame()

    def _show_frame(self) -> None:
        """Show the heading and the keys as they are for what is marked."""
        self.query_one(Heading).show(self.heading_left(), self.heading_right())
        self.show_keys()

    def _told(self) -> tuple[Row, ...]:
        chosen, notebook = self.chosen, self.notebook
        if chosen is None:
            return ()
        is_roomy = self.app.size.width >= ROOMY
        pending = notebook.pending_ids()
        around = Around(self.person, notebook.today(), pending, is_narrow=not is_roomy)
        return rows_of(chosen, notebook, around, self.last)

    @property
    def last(self) -> OneToOne | None:
        """The last time before the one-to-one in front."""
        return last_time(self.notebook.journal.one_to_ones_of(self.person.id), self.one)

    @property
    def chosen(self) -> Chosen | None:
        """What is marked in the list, as it is now."""
        journal = self.notebook.journal
        row_id = self.past.cursor if self.query("#past") else ""
        if row_id.startswith(TALK):
            return journal.one_to_ones.get(row_id.removeprefix(TALK))
        if row_id.startswith(TOPIC):
            shelf = journal.topics.get(self.person.id, ())
            return next((t for t in shelf if t.id == row_id.removeprefix(TOPIC)), None)
        found = self._raised.get(row_id)
        return found.about if found is not None else None

    def bar_commands(self) -> tuple[Command, ...]:
        """Return what matters for what is marked, and for the size of the screen."""
        here = ["history.open", "history.on", "history.find", "history.back"]
        match self.chosen:
            case Topic():
                here[:1] = ["history.do", "history.drop", "history.open"]
            case FollowUp():
                here[:1] = ["history.do", "history.open"]
        if self.is_narrow:
            here.insert(0, "history.turn")
        return tuple(COMMAND_BY_ID[command_id] for command_id in here)

    # -- moving ----------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """Go to the next one-to-one, or the one before."""
        self.past.action_step(step)

    def action_first(self) -> None:
        """Go to the top of the list: what to raise next."""
        self.past.action_first()
        self.past.scroll_to(y=0, animate=False, immediate=True)

    def action_last(self) -> None:
        """Go to the oldest one-to-one."""
        self.past.action_last()

    def action_history_on(self) -> None:
        """Read on; on a small screen that shows the list, go on in that."""
        self._turn(1)

    def action_history_up(self) -> None:
        """Read back."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.is_narrow and self.has_class("-list"):
            self.past.action_page(step)
        else:
            self.text.turn(step)

    def action_history_turn(self) -> None:
        """On a small screen, go from the text to the list, or back."""
        self.toggle_class("-list")
        self._show_frame()

    def action_history_back(self) -> None:
        """Show all again, else go back to where one was."""
        if self.query("#find"):
            self.query("#find").remove()
            self._words = ""
            if self._finder is not None:
                self._finder.stop()
                self._finder = None
            self.set_focus(None)
            self.show()
        else:
            self.dismiss()

    # -- what can be done ------------------------------------------------------------------

    @on(Rows.Chosen, "#past")
    def _clicked(self) -> None:
        if self.is_narrow:
            self.action_history_turn()
        else:
            self.action_history_open()

    def action_history_open(self) -> None:
        """Open the notes of a one-to-one; change a promise or a topic."""
        match self.chosen:
            case OneToOne() as one:
                self.alongside.open_listen(one.id)
            case FollowUp() as follow_up:
                followups.ask_follow_up(self.alongside, follow_up)
            case Topic() as topic:
                dialogs.ask_topic(self.alongside, self.person.id, topic)
            case Pick():
                if self.last is not None:
                    self.alongside.open_listen(self.last.id)
            case QuestionArea():
                self._open_questions()

    def _open_questions(self) -> None:
        theirs = self.notebook.journal.one_to_ones_of(self.person.id)
        coming = self.one if self.one is not None and self.one.is_open else None
        coming = coming or current_one_to_one(theirs, self.notebook.today())
        if coming is None:
            self.alongside.say(said.NO_TALK_FOR_QUESTIONS)
        else:
            self.alongside.open_deck(coming.id)

    def action_history_do(self) -> None:
        """Mark it: topic raised, follow-up done."""
        notebook = self.notebook
        match self.chosen:
            case Topic() as topic:
                if self.attempt(lambda: folk.set_raised(notebook, self.person.id, topic, True)):
                    self.alongside.say(f"Off the shelf. {key_for('app.undo')} puts it back.")
            case FollowUp() as follow_up:
                if self.attempt(lambda: promises.move(notebook, follow_up, Stage.DONE)):
                    self.alongside.say(words.done(follow_up.text))

    def action_history_drop(self) -> None:
        """Take a parked topic off the shelf for good."""
        topic = self.chosen
        if isinstance(topic, Topic):
            self.attempt(lambda: dialogs.delete_topic(self.alongside, self.person.id, topic))

    # -- finding ---------------------------------------------------------------------------

    async def action_history_find(self) -> None:
        """Show only the one-to-ones in which the words typed are found."""
        await self.open_find(said.FIND, before="#look")
        if self._finder is None:
            aside = self.alongside.read_aside
            self._finder = Finder(self.notebook, self.person.id, aside, self._find_more)

    def _find_more(self) -> None:
        if self._words:
            self.show()

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        self._words = event.value
        self._told_of = ""
        self.show()

    @on(Input.Submitted, "#find")
    def _leave_field(self) -> None:
        self.set_focus(None)


def _has(row: Row, wanted: list[str]) -> bool:
    text = fold(plain_of(row))
    return any(word in text for word in wanted)
