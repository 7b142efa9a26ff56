"""Home: everybody, most pressing first, and beside them what to know about the one chosen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from tui import words
from tui.commands import COMMAND_BY_ID, Area, Command, bindings_of
from tui.domain.dates import parse_cadence, say_date, say_due, say_moment
from tui.domain.notes import HEARD
from tui.domain.onetoones import PLACES, OneToOne
from tui.domain.people import Person, Pronoun
from tui.domain.standing import Standing, standings
from tui.domain.text import clean_line, first_line, fold
from tui.render import (
    AMBER,
    BRIGHT,
    MUTED,
    joined,
    line,
    person_row,
    person_row_narrow,
    text,
)
from tui.screens.surface import Surface, rule
from tui.services import course, folk
from tui.services.board import columns_of
from tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from tui.screens.form import Values

BLANK_PERSON = Person("", "")


class PeopleScreen(Surface):
    """Shows people and where the manager stands with each."""

    AREA = Area.PEOPLE
    CSS_PATH = "people.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.PEOPLE)

    def __init__(self) -> None:
        super().__init__()
        self._is_archive = False
        self._words = ""
        self._standings: dict[str, Standing] = {}

    def compose_body(self) -> ComposeResult:
        """Put the people beside the card of the one chosen."""
        rows = Rows(self._rows(), empty=words.NO_PEOPLE, id="people")
        standing = self._standings.get(rows.cursor)
        yield rule()
        with Horizontal(id="home"):
            yield rows
            yield Static(self._card(standing) if standing else "", id="card", markup=False)

    def begin(self) -> None:
        """Begin among the people."""
        self.query_one(Rows).focus()

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

    def heading_left(self) -> Content:
        """Return the name of the program, which is the name of this place."""
        title = "alongside · archived" if self._is_archive else "alongside"
        return line((title, "bold"), (f"  {self.alongside.subtitle}", MUTED))

    def heading_right(self) -> Content:
        """Return the day, how many are due and what the manager owes."""
        today = self.notebook.today()
        found = standings(self.notebook.journal, today)
        due = sum(1 for s in found if s.days_left is not None and s.days_left <= 0)
        owed = sum(s.i_owe for s in found)
        parts = [(f"{due} due", "" if due else MUTED)]
        if owed:
            parts += [(" · ", MUTED), (f"you owe {owed}", AMBER)]
        if not self.is_narrow:
            parts.insert(0, (f"{say_long_day(today)} · ", MUTED))
        return line(*parts, "   ", self.save_light())

    def show_body(self) -> None:
        """Show the people that fit what was typed."""
        rows = self._rows()
        empty = words.NO_ARCHIVED if self._is_archive else words.NO_PEOPLE
        self.query_one(Rows).set_rows(rows, empty=words.NOBODY_FITS if self._words else empty)
        self._show_card()

    def _rows(self) -> tuple[Row, ...]:
        found = standings(self.notebook.journal, self.notebook.today(), archived=self._is_archive)
        wanted = fold(self._words).split()
        self._standings = {
            s.person.id: s
            for s in found
            if all(word in fold(f"{s.person.name} {s.person.role}") for word in wanted)
        }
        draw = person_row_narrow if self.is_narrow else person_row
        return tuple(
            draw(s, awaits_debrief=self._left_open(s.person) is not None)
            for s in self._standings.values()
        )

    @on(Rows.Highlighted)
    def _show_card(self) -> None:
        standing = self._standings.get(self.query_one(Rows).cursor)
        card = self.query_one("#card", Static)
        card.update(self._card(standing) if standing else Content(""))

    def _card(self, standing: Standing) -> Content:
        person, today = standing.person, self.notebook.today()
        cadence = person.cadence.say() if person.cadence else "no cadence"
        parts: list[Content] = [
            text(person.name, "bold"),
            joined([person.role, cadence, person.place], MUTED),
        ]
        if (left := self._left_open(person)) is not None:
            said = words.left_open(say_date(left.at.date(), today))
            parts += [Content(""), text(said, "italic"), Content("")]
        if standing.next is not None:
            parts.append(line(("Next  ", MUTED), say_moment(standing.next.at, today)))
        if person.helps:
            parts += [Content(""), line(("Helps  ", MUTED), text(person.helps))]
        parts += [line((f"{c.label}  ", MUTED), text(c.text)) for c in person.card]
        parts += self._last_time(standing)
        parts += self._owed(standing)
        shelf = self.notebook.journal.shelf_of(person.id)
        if shelf:
            parts += [Content(""), text("On the shelf", MUTED)]
            parts += [line("& ", text(first_line(topic.text))) for topic in shelf[:5]]
        return Content("\n").join(parts)

    def _left_open(self, person: Person) -> OneToOne | None:
        """Return a talk that is over and still waits to be debriefed."""
        return course.left_open(self.notebook.journal, person.id, self.notebook.now())

    def _last_time(self, standing: Standing) -> list[Content]:
        if standing.last is None:
            return []
        page = self.notebook.page(standing.last.id)
        heard = [n for n in sorted(page.notes, key=lambda n: n.at) if n.kind is HEARD]
        shared = [note for note in heard if not note.is_mine]
        title = f"Last time, {say_moment(standing.last.at, self.notebook.today())}"
        parts = [Content(""), text(title, MUTED)]
        return parts + [text(f"“{first_line(note.text)}”", BRIGHT) for note in shared[-2:]]

    def _owed(self, standing: Standing) -> list[Content]:
        today = self.notebook.today()
        board = columns_of(self.notebook.journal.follow_ups_of(standing.person.id))
        open_ones = [f for column in board.values() for f in column if f.is_open]
        parts: list[Content] = []
        for title, style, chosen in (
            ("You promised", AMBER, [f for f in open_ones if f.i_owe]),
            (f"{standing.person.first_name} plans", "", [f for f in open_ones if not f.i_owe]),
        ):
            if chosen:
                parts += [Content(""), text(title, MUTED)]
                parts += [
                    line(text(first_line(f.text), style), (f"  {say_due(f.due, today)}", MUTED))
                    for f in chosen[:6]
                ]
        return parts

    # -- what can be done ------------------------------------------------------------------

    @property
    def chosen(self) -> Person | None:
        """The person highlighted; nobody before the list is there."""
        rows = self.query(Rows)
        return self.notebook.journal.people.get(rows.first().cursor) if rows else None

    @on(Rows.Chosen)
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
        self._ask_person(BLANK_PERSON)

    def action_people_edit(self) -> None:
        """Change what is known about this person."""
        if self.chosen is not None:
            self._ask_person(self.chosen)

    def action_people_let_be(self) -> None:
        """Close a talk without a debrief; what is written stays."""
        person = self.chosen
        left = self._left_open(person) if person is not None else None
        if left is None:
            self.alongside.say("There is nothing here that waits to be debriefed.")
        elif self.attempt(lambda: course.close(self.notebook, left)):
            self.alongside.say("Let be. u offers it again.")

    def action_people_archive(self) -> None:
        """Archive this person, or bring them back."""
        person = self.chosen
        if person is not None and self.attempt(lambda: folk.archive(self.notebook, person)):
            done = "brought back" if person.archived else "archived; u brings them back"
            self.alongside.say(f"{person.name} {done}.")

    def action_people_archived(self) -> None:
        """Show the archived, or the others."""
        self._is_archive = not self._is_archive
        self.show()

    async def action_people_find(self) -> None:
        """Type to find a person."""
        await self.open_find("find: a name or a role", before="#home")

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        self._words = event.value
        self.show()

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self.query_one(Rows).focus()

    def key_escape(self) -> None:
        """Leave the search, then the archive."""
        if self.query("#find"):
            self.query("#find").remove()
            self._words = ""
        elif self._is_archive:
            self._is_archive = False
        self.query_one(Rows).focus()
        self.show()

    def _ask_person(self, person: Person) -> None:
        from tui.screens.form import Field

        fields = (
            Field("name", "Name", person.name),
            Field("role", "Role", person.role, "e.g. staff engineer"),
            Field(
                "cadence",
                "How often do you talk?",
                person.cadence.say() if person.cadence else "",
                "e.g. every 2 weeks · every month · leave empty for no cadence",
                check=_say_cadence,
            ),
            Field("place", "Usual place", person.place, f"e.g. {' · '.join(PLACES)}"),
            Field("helps", "What helps them", person.helps, "e.g. time to think before deciding"),
            Field(
                "pronoun",
                "Spoken of as",
                person.pronoun,
                choices=tuple((pronoun, pronoun) for pronoun in Pronoun),
            ),
        )

        def save(values: Values) -> None:
            after = person._replace(
                name=values["name"],
                role=clean_line(values["role"]),
                cadence=parse_cadence(values["cadence"]),
                place=clean_line(values["place"]),
                helps=clean_line(values["helps"]),
                pronoun=Pronoun(values["pronoun"]),
            )
            if person.id:
                folk.edit(self.notebook, person, after)
            else:
                self._added = folk.add(self.notebook, after).id

        title = f"{person.name}" if person.id else "Somebody new"
        key = f"person:{person.id or 'new'}"
        then = None if person.id else self._highlight_added
        self.ask(title, fields, save, key=key, then=then)

    _added = ""

    def _highlight_added(self) -> None:
        self.query_one(Rows).move_to(self._added)


def _say_cadence(value: str) -> str:
    cadence = parse_cadence(value)
    return cadence.say() if cadence else "no cadence: shown last, never overdue"


def say_long_day(day: date) -> str:
    """Return a day as the heading shows it: Sunday 22 November."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    )  # fmt: skip
    return f"{names[day.weekday()]} {day.day} {months[day.month - 1]}"
