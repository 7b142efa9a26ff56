"""Home: everybody, most pressing first, and beside them what to know about the one chosen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from tui import frontpage, words
from tui.bindings import bindings_of
from tui.commands import COMMAND_BY_ID, Area, Command, key_for
from tui.domain.dates import parse_cadence
from tui.domain.onetoones import PLACES, OneToOne
from tui.domain.people import Person, Pronoun
from tui.domain.standing import Standing, standings
from tui.domain.text import clean_line
from tui.render import (
    line,
    person_row,
    person_row_narrow,
)
from tui.screens.glimpse import glimpse
from tui.screens.surface import Surface, rule
from tui.services import course, folk
from tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from tui.screens.form import Values
    from tui.widgets.welcome import Welcome


class PeopleScreen(Surface):
    """Shows people and where the manager stands with each."""

    AREA = Area.PEOPLE
    CSS_PATH = "people.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.PEOPLE)

    def __init__(self) -> None:
        super().__init__()
        self._is_archive = False
        self._standings: dict[str, Standing] = {}
        self._told = Content("")
        self._stood: dict[bool, tuple[object, tuple[Standing, ...]]] = {}

    def compose_body(self) -> ComposeResult:
        """Put the people beside the card of the one chosen."""
        rows = Rows(self._rows(), empty=self._empty(), id="people")
        standing = self._standings.get(rows.cursor)
        yield rule()
        with Horizontal(id="home"):
            yield rows
            self._told = self._card(standing) if standing else self._told
            yield Static(self._told, id="card", markup=False)
            if self.is_empty:
                yield self._welcome()
        self.set_class(self.is_empty, "-welcome")

    @property
    def is_empty(self) -> bool:
        """Whether the journal has nobody in it, as far as it can be read."""
        return not self.notebook.journal.people and not self.notebook.problems

    def _empty(self) -> str:
        """Return what to say where the list is empty."""
        if self._is_archive:
            return words.NO_ARCHIVED
        return words.ALL_ARCHIVED if self.notebook.journal.people else words.NO_PEOPLE

    def _welcome(self) -> Welcome:
        from tui.widgets.welcome import Welcome
        from tui.words import guide

        return Welcome(guide.WHAT_THIS_IS, guide.BEGINS, guide.CHOICES)

    def begin(self) -> None:
        """Begin among the people; where there is nobody, among what can be done."""
        for rows in self.query("#choices" if self.has_class("-welcome") else "#people"):
            rows.has_focus = True  # at once, as Textual does with what it focuses by itself:
            self.set_focus(rows)  # else the first frame is drawn without the highlight

    def _welcome_or_people(self) -> None:
        """Show the welcome while there is nobody, else the people."""
        is_empty = self.is_empty and not self._is_archive
        if is_empty == self.has_class("-welcome"):
            return
        if is_empty and not self.query("#choices"):
            self.query_one("#home").mount(self._welcome())
        self.set_class(is_empty, "-welcome")
        self.app.stylesheet.update(self)  # what was hidden can take the focus again
        if is_empty:
            self.call_after_refresh(self.begin)  # the welcome is there then
        else:
            self.begin()  # at once: the next key is for the people

    def fill(self) -> None:
        """Do nothing: the first frame is composed full, so that it is drawn once."""

    def bar_commands(self) -> tuple[Command, ...]:
        """Return what matters here; nobody can be prepared for before somebody is there."""
        commands = super().bar_commands()
        if self.notebook.journal.people:
            return commands
        return (
            COMMAND_BY_ID["people.add"],
            COMMAND_BY_ID["app.palette"],
            COMMAND_BY_ID["app.quit"],
        )

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (Area.WELCOME, Area.PEOPLE) if self.has_class("-welcome") else (Area.PEOPLE,)

    def heading_left(self) -> Content:
        """Return the name of the program, which is the name of this place."""
        title = "alongside · archived" if self._is_archive else "alongside"
        return line(*frontpage.title(self.alongside.subtitle, title))

    def heading_right(self) -> Content:
        """Return the day, how many are due and what the manager owes."""
        today = self.notebook.today()
        found = self._stand(archived=False)
        parts = frontpage.summing_up(found, today, is_narrow=self.is_narrow)
        return line(*parts, "   ", self.save_light())

    def show_body(self) -> None:
        """Show everybody, or the archived."""
        self.query_one(Rows).set_rows(self._rows(), empty=self._empty())
        self._show_card()
        self._welcome_or_people()

    def _stand(self, *, archived: bool) -> tuple[Standing, ...]:
        """Return where things stand with everybody, worked out once for each journal and day."""
        journal, today = self.notebook.journal, self.notebook.today()
        known, found = self._stood.get(archived, (None, ()))
        waiting = {p.id for p in journal.people.values() if self._left_open(p) is not None}
        if known != (journal, today, waiting):
            found = standings(journal, today, archived=archived, waiting=waiting)
            self._stood[archived] = ((journal, today, waiting), found)
        return found

    def _rows(self) -> tuple[Row, ...]:
        found = self._stand(archived=self._is_archive)
        self._standings = {s.person.id: s for s in found}
        draw = person_row_narrow if self.is_narrow else person_row
        return tuple(draw(standing) for standing in self._standings.values())

    @on(Rows.Highlighted)
    def _show_card_soon(self) -> None:
        """Show the card once the highlight has been drawn where it is now."""
        self.call_after_refresh(self._show_card)

    def _show_card(self) -> None:
        standing = self._standings.get(self.query_one(Rows).cursor)
        told = self._card(standing) if standing else Content("")
        if not told.is_same(self._told):
            self._told = told
            self.query_one("#card", Static).update(told, layout=False)

    def _card(self, standing: Standing) -> Content:
        return glimpse(self.notebook, standing, self._left_open(standing.person))

    def _left_open(self, person: Person) -> OneToOne | None:
        """Return a talk that is over and still waits to be debriefed."""
        return course.left_open(self.notebook.journal, person.id, self.notebook.now())

    # -- what can be done ------------------------------------------------------------------

    @property
    def chosen(self) -> Person | None:
        """The person highlighted; nobody before the list is there."""
        rows = self.query(Rows)
        return self.notebook.journal.people.get(rows.first().cursor) if rows else None

    @on(Rows.Chosen, "#choices")
    def _welcomed(self, event: Rows.Chosen) -> None:
        if event.row_id == "people.add":
            self.action_people_add()
        else:
            self.alongside.visit_demo(is_guided=event.row_id == "welcome.guide")

    @on(Rows.Chosen, "#people")
    def action_people_open(self) -> None:
        """Prepare the next talk with this person."""
        self.alongside.action_app_prepare()

    def action_people_listen(self) -> None:
        """Take notes with this person, now."""
        self.alongside.action_app_listen()

    def action_people_board(self) -> None:
        """Show this person's follow-ups."""
        self.alongside.action_app_follow_ups()

    def action_people_plan(self) -> None:
        """Plan a one-to-one."""
        if self.chosen is not None:
            from tui.screens import dialogs

            dialogs.plan(self.alongside, self.chosen)

    def action_people_past(self) -> None:
        """Choose among all one-to-ones with this person."""
        if self.chosen is not None:
            from tui.screens import dialogs

            dialogs.choose_one_to_one(self.alongside, self.chosen)

    def action_people_add(self) -> None:
        """Add somebody."""
        self._ask_person()

    def action_people_edit(self) -> None:
        """Open the card of this person: what helps them, how often you talk."""
        if self.chosen is not None:
            self.alongside.open_person(self.chosen.id)

    def action_people_talked(self) -> None:
        """Note that you talked, wherever it was."""
        if self.chosen is not None:
            from tui.screens import planning

            planning.ask_talked(self.alongside, self.chosen)

    def action_people_leave_out(self) -> None:
        """Leave a talk out, or move it, with the reason."""
        if self.chosen is not None:
            from tui.screens import planning

            planning.ask_leave_out(self.alongside, self.chosen)

    def action_people_weeks(self) -> None:
        """Show the weeks ahead: who is planned, who is due, how much listening that is."""
        self.alongside.open_weeks()

    def action_people_let_be(self) -> None:
        """Close a talk without a debrief; what is written stays."""
        person = self.chosen
        left = self._left_open(person) if person is not None else None
        if left is None:
            self.alongside.say("There is nothing here that waits to be debriefed.")
        elif self.attempt(lambda: course.close(self.notebook, left)):
            self.alongside.say(f"Let be. {key_for('app.undo')} offers it again.")

    def action_people_archive(self) -> None:
        """Archive this person, or bring them back."""
        person = self.chosen
        if person is not None and self.attempt(lambda: folk.archive(self.notebook, person)):
            done = "brought back" if person.archived else words.ARCHIVED
            self.alongside.say(f"{person.name} {done}.")

    def action_people_archived(self) -> None:
        """Show the archived, or the others."""
        self._is_archive = not self._is_archive
        self.show()

    def action_people_find(self) -> None:
        """Find a person, or a line of any talk, by typing."""
        self.alongside.action_app_search()

    def reveal(self, person_id: str) -> None:
        """Highlight a person, among the archived where they are one of them."""
        person = self.notebook.journal.people.get(person_id)
        if person is not None:
            self._is_archive = person.archived
            self.show()
            self.query_one(Rows).move_to(person_id)

    def key_escape(self) -> None:
        """Leave the archive."""
        self._is_archive = False
        self.show()
        self.begin()

    def _ask_person(self) -> None:
        from tui.desk.settings import read_settings
        from tui.screens.form import Field

        usual = read_settings(os.environ)
        fields = (
            Field("name", "Name"),
            Field("role", "Role", "", "e.g. staff engineer"),
            Field(
                "cadence",
                "How often do you talk?",
                usual.every.say() if usual.every else "",
                "e.g. every 2 weeks · every month · leave empty for no cadence",
                check=say_cadence,
            ),
            Field("place", "Usual place", usual.place, f"e.g. {' · '.join(PLACES)}"),
            Field("helps", "What helps them", "", "e.g. time to think before deciding"),
            Field(
                "pronoun",
                "Spoken of as",
                Pronoun.THEY,
                choices=tuple((pronoun, pronoun) for pronoun in Pronoun),
            ),
        )

        def save(values: Values) -> None:
            person = Person(
                "",
                values["name"],
                clean_line(values["role"]),
                Pronoun(values["pronoun"]),
                parse_cadence(values["cadence"]),
                clean_line(values["place"]),
                clean_line(values["helps"]),
            )
            self._added = folk.add(self.notebook, person).id

        self.ask("Somebody new", fields, save, key="person:new", then=self._highlight_added)

    _added = ""

    def _highlight_added(self) -> None:
        self.query_one(Rows).move_to(self._added)


def say_cadence(value: str) -> str:
    """Return how a rhythm is understood."""
    cadence = parse_cadence(value)
    return cadence.say() if cadence else "no cadence: shown last, never overdue"
