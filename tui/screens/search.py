"""Search: a line of any talk with anybody, as its words are typed, and the way to it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from tui.bindings import bindings_of
from tui.commands import COMMAND_BY_ID, Area, Command
from tui.desk.seeking import AT_ONCE, Broke, Seeker, Told
from tui.domain.finding import (
    PERSON,
    Line,
    words_in,
)
from tui.domain.people import Person
from tui.render import BLANK, MUTED, line
from tui.screens.hits import OF_PERSON, key_of, line_hit, open_line, person_hit
from tui.screens.surface import Surface, rule
from tui.services.search import Search, people_who_fit, search_for
from tui.widgets.heading import Heading
from tui.widgets.line_input import LineInput
from tui.widgets.rows import Row, Rows
from tui.words import broke as broke_there
from tui.words import search as said

PEOPLE_AT_MOST = 5
"""People who are offered above the lines."""
MORE = 100
"""Lines that are fetched when the end of those shown comes near."""
NEAR = 25
"""Rows from the end at which it is near."""
ROOMY = 100
"""Columns from which on a line has room beside what it says of itself."""


class Sought:
    """What was searched for, to be there again next time."""

    def __init__(self) -> None:
        self.words = ""
        self.cursor = ""
        self.seeker: Seeker | None = None
        """Who searched last, and may still be about to end."""


class SearchScreen(Surface):
    """Shows the people and the lines that hold the words being typed, newest first."""

    AREA = Area.SEARCH
    CSS_PATH = "search.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Area.SEARCH),
        Binding("up", "step(-1)", show=False, id="search.list-up"),
        Binding("down", "step(1)", show=False, id="search.list-down"),
        Binding("pageup", "page(-1)", show=False, id="search.list-page-up"),
        Binding("pagedown", "page(1)", show=False, id="search.list-page-down"),
    ]

    class Heard(Message):
        """The seeker has found something, or broke."""

        def __init__(self, told: Told | Broke) -> None:
            super().__init__()
            self.told = told

    def __init__(self, sought: Sought) -> None:
        """Show a search.

        Args:
            sought: What was searched for last; it is kept up to date.
        """
        super().__init__()
        self._sought = sought
        self._typed = sought.words
        self._search: Search | None = None
        self._is_broken = False
        self._told: Told | None = None
        self._asked = AT_ONCE
        self._people: tuple[Person, ...] = ()
        self._lines: dict[str, Line] = {}
        self._drawn: dict[Line, Row] = {}
        self._drawn_for: tuple[object, ...] = ()
        self._goes_to = sought.cursor
        self._opens = False

    def compose_body(self) -> ComposeResult:
        """Put the words above what they find. The focus stays in them."""
        yield LineInput(self._typed, placeholder=said.PLACEHOLDER, id="words", select_on_focus=True)
        yield rule()
        hits = Rows(empty=said.TEACH, is_always_marked=True, id="hits")
        hits.can_focus = False
        yield hits

    def begin(self) -> None:
        """Begin in the words."""
        self.set_focus(self.query_one("#words"))

    def fill(self) -> None:
        """Search for what was searched for last, and read ahead where that is nothing."""
        finder = search_for(self.notebook, "").finder
        self._seeker = Seeker(finder, self._hear, self._sought.seeker)
        self._sought.seeker = self._seeker
        self.show_body()

    def on_unmount(self) -> None:
        """Stop searching."""
        super().on_unmount()
        self._seeker.close()

    def _hear(self, told: Told | Broke) -> None:
        """Take what was found, or what broke, from the seeker's thread into ours."""
        self.post_message(self.Heard(told))

    # -- searching -------------------------------------------------------------------------

    def _seek(self) -> None:
        """Search for the words in the journal as it is now, unless that is under way."""
        search = search_for(self.notebook, self._typed)
        if search != self._search:
            self._search, self._is_broken = search, False
            self._seeker.ask(search, self._asked)

    @on(Input.Changed, "#words")
    def _type(self, event: Input.Changed) -> None:
        if event.value == self._typed:
            return
        self._typed = event.value
        self._asked = AT_ONCE
        self._goes_to = ""
        self._opens = False
        if not words_in(self._typed):
            self._told = None
        people = people_who_fit(self.notebook.journal, self._typed)
        if people or self._people or self._told is None:
            self.show()
            self.hits.action_first()
        else:
            self._seek()  # what is found is drawn when it comes, a moment from now

    def _take_fault(self, broke: Broke) -> None:
        """Say what broke; what was being searched for is searched for no longer."""
        self.alongside.say(broke_there(broke.fault), is_problem=True)
        if broke.search is not None and broke.search == self._search:
            told = self._told if self._is_told else None
            self._told, self._is_broken, self._opens = told, True, False
            self.show()

    @on(Heard)
    def _take(self, event: Heard) -> None:
        told = event.told
        if isinstance(told, Broke):
            self._take_fault(told)
            return
        if told.search.wanted.words != words_in(self._typed):
            return  # other words have been typed since
        is_first = not self._is_told
        is_the_same = not is_first and self._told is not None and told.lines == self._told.lines
        self._told = told
        self.notebook.suspect(told.unread)
        if is_the_same and told.lines:
            self.query_one(Heading).show(self.heading_left(), self.heading_right())
        else:
            self.show()
        if is_first and not self._goes_to:
            self.hits.action_first()
        if self._goes_to and told.is_done:
            self.hits.move_to(self._goes_to)
            self._goes_to = ""
        if self._opens and (told.lines or told.is_done):
            self._opens = False
            self.action_search_open()

    @property
    def _is_told(self) -> bool:
        """Whether what is shown was found for the words that stand there now."""
        told = self._told
        return told is not None and told.search.wanted.words == words_in(self._typed)

    @on(Rows.Highlighted)
    def _want_more(self) -> None:
        told, hits = self._told, self.hits
        if told is None or self._search is None or len(told.lines) >= told.total:
            return
        near = {row.id for row in hits.rows[-NEAR:]}
        if told.is_done and hits.cursor in near and self._asked <= len(told.lines):
            self._asked = len(told.lines) + MORE
            self._seeker.ask(self._search, self._asked)

    # -- showing ---------------------------------------------------------------------------

    @property
    def hits(self) -> Rows:
        """The list."""
        return self.query_one("#hits", Rows)

    @property
    def person(self) -> Person | None:
        """Whom the highlighted row is about."""
        cursor = self.hits.cursor
        found = self._lines.get(cursor)
        person_id = found.home.person_id if found else key_of(cursor).removeprefix(OF_PERSON)
        return self.notebook.journal.people.get(person_id)

    def heading_left(self) -> Content:
        """Return what this is."""
        across = "" if self.is_narrow else " · everybody, all years"
        return line(("Search", "bold"), (across, MUTED))

    def heading_right(self) -> Content:
        """Return how much was found."""
        told = self._told
        count = ""
        if told is not None and words_in(self._typed):
            people = people_who_fit(self.notebook.journal, self._typed)
            count = said.found(
                max(0, told.total - len(people)), is_done=told.is_done, unread=len(told.unread)
            )
        return line((count, MUTED), "   ", self.save_light())

    def bar_commands(self) -> tuple[Command, ...]:
        """Return what can be done here."""
        return (*super().bar_commands()[:-1], COMMAND_BY_ID["app.people"])

    def show_body(self) -> None:
        """Show people, then lines; what was drawn for the same words is not drawn again."""
        self._seek()
        words, today, people = words_in(self._typed), self.notebook.today(), self.notebook.journal
        is_narrow = self.app.size.width < ROOMY
        known = (words, today, is_narrow, id(people.people))
        if known != self._drawn_for:
            self._drawn_for, self._drawn = known, {}
        self._people = people_who_fit(people, self._typed)
        rows = [person_hit(person, words) for person in self._people[:PEOPLE_AT_MOST]]
        self._lines = {}
        told = self._told
        lines = told.lines if told is not None and words else ()
        if rows and lines:
            rows.append(BLANK)
        for found in lines:
            if found.kind_id == PERSON.id:
                continue  # they stand above the lines
            row = self._drawn.get(found)
            if row is None:
                person = people.people.get(found.home.person_id)
                row = line_hit(found, person, words, today, is_narrow=is_narrow)
                self._drawn[found] = row
            if row.id not in self._lines:
                self._lines[row.id] = found
                rows.append(row)
        is_settled = told is not None and told.is_done and self._is_told
        waiting = said.BROKE if self._is_broken else said.SEARCHING
        unread = len(told.unread) if told is not None else 0
        empty = (said.nothing(unread) if is_settled else waiting) if words else said.TEACH
        self.hits.set_rows(tuple(rows), empty=empty)

    # -- going -----------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """Move the highlight one row up or down."""
        self.hits.action_step(step)

    def action_page(self, step: int) -> None:
        """Move the highlight by about a screen."""
        self.hits.action_page(step)

    def action_search_words(self) -> None:
        """Go to the words, to type others."""
        field = self.query_one("#words", LineInput)
        field.focus()
        field.select_all()

    def action_search_back(self) -> None:
        """Go back to where one was; the words stay for next time."""
        self._remember()
        self.alongside.leave(self)

    def _remember(self) -> None:
        self._sought.words = self._typed
        self._sought.cursor = self.hits.cursor

    @on(Input.Submitted, "#words")
    @on(Rows.Chosen)
    def action_search_open(self) -> None:
        """Open it where it stands."""
        cursor = self.hits.cursor
        found = self._lines.get(cursor)
        if not self._is_told and words_in(self._typed) and not cursor.startswith(OF_PERSON):
            self._opens = True  # as soon as it is there: enter may come right behind the words
            return
        self._remember()
        if found is not None:
            open_line(self.alongside, found)
        elif cursor.startswith(OF_PERSON):
            self.alongside.show_person(key_of(cursor).removeprefix(OF_PERSON))
