"""The weeks ahead: who is planned, who is due, and how much listening each day holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tui.bindings import bindings_of
from tui.commands import COMMAND_BY_ID, Area, Command, commands_of
from tui.domain.dates import say_day
from tui.domain.listening import Day, Meeting, days_ahead, first_day, say_hours
from tui.domain.people import Person
from tui.domain.standing import standings
from tui.render import BLANK, MUTED, heading_row, line, meeting_row, text
from tui.screens.surface import Surface, rule
from tui.widgets.rows import Row, Rows
from tui.words import people as said

SHOWN = 3
"""Weeks that are shown at once."""
WEEK = timedelta(days=7)


class WeeksScreen(Surface):
    """Shows three weeks, day by day, with the hours of listening in them."""

    AREA = Area.WEEKS
    CSS_PATH = "weeks.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.WEEKS)

    def __init__(self) -> None:
        super().__init__()
        self._from = 0
        self._meetings: dict[str, Meeting] = {}

    def compose_body(self) -> ComposeResult:
        """Put how the hours are reckoned below the weeks."""
        yield rule()
        yield Rows(id="weeks", empty=said.NOTHING_AHEAD)
        yield rule()
        yield Static(said.HOW_LONG, id="how-long", markup=False)

    def begin(self) -> None:
        """Begin at what comes first."""
        self.query_one(Rows).focus()

    @property
    def person(self) -> Person | None:
        """Whom the talk highlighted is with."""
        meeting = self._meetings.get(self.query_one(Rows).cursor)
        return meeting.standing.person if meeting else None

    def heading_left(self) -> Content:
        """Return what is shown."""
        return line(("Weeks ahead", "bold"))

    def bar_commands(self) -> tuple[Command, ...]:
        """Return what matters here."""
        here = tuple(command for command in commands_of(Area.WEEKS) if command.in_bar)
        return (*here, COMMAND_BY_ID["app.schedule"], COMMAND_BY_ID["app.people"])

    def show_body(self) -> None:
        """Show the weeks, each with its hours, and the days that hold something."""
        journal, today = self.notebook.journal, self.notebook.today()
        week = self.notebook.week()
        first = first_day(today, week) + self._from * WEEK
        found = days_ahead(
            [(s, journal.one_to_ones_of(s.person.id)) for s in standings(journal, today)],
            first,
            first + SHOWN * WEEK - timedelta(days=1),
        )
        self._meetings = {}
        rows: list[Row] = []
        for number in range(SHOWN if found or self._from else 0):
            begins = first + number * WEEK
            of_week = [day for day in found if begins <= day.day < begins + WEEK]
            rows += [BLANK] if rows else []
            rows.append(heading_row(self._named(number, begins), _hours(of_week)))
            if not of_week:
                rows.append(Row("", text("nothing yet", MUTED)))
            for day in of_week:
                rows += self._day(day)
        self.query_one(Rows).set_rows(tuple(rows))

    def _named(self, number: int, begins: date) -> str:
        week = self._from + number
        if week < 2:
            return ("This week", "Next week")[week]
        return f"Week of {say_day(begins, self.notebook.today())}"

    def _day(self, day: Day) -> list[Row]:
        """Return a day as rows: a talk each, and gently where it is much."""
        today = self.notebook.today()
        said_day = say_day(day.day, today)
        rows = [Row("", text(said_day, "bold"))] if self.is_narrow else []
        for place, meeting in enumerate(day.meetings):
            row_id = meeting.one.id if meeting.one else f"due:{meeting.standing.person.id}"
            self._meetings[row_id] = meeting
            name = "" if self.is_narrow else f"{said_day if place == 0 else '':<12}"
            rows.append(meeting_row(row_id, name, meeting))
        if day.is_much:
            rows.append(Row("", text(f"  {say_hours(day.minutes)}: {said.MUCH}", "italic")))
        return rows

    # -- what can be done ------------------------------------------------------------------

    @on(Rows.Chosen)
    def action_weeks_open(self) -> None:
        """Prepare the talk highlighted, or plan it where it is only due."""
        meeting = self._meetings.get(self.query_one(Rows).cursor)
        if meeting is None:
            return
        if meeting.one is not None:
            self.alongside.open_prepare(meeting.one.id)
        else:
            self.alongside.action_app_schedule()

    def action_weeks_leave_out(self) -> None:
        """Leave the talk out, or move it, with the reason."""
        person = self.person
        if person is not None:
            from tui.screens import planning

            planning.ask_leave_out(self.alongside, person)

    def action_weeks_later(self) -> None:
        """Look a week further."""
        self._from += 1
        self.show()

    def action_weeks_earlier(self) -> None:
        """Look a week back, as far as this one."""
        self._from = max(0, self._from - 1)
        self.show()

    def action_weeks_back(self) -> None:
        """Go back to where one was."""
        self.dismiss()


def _hours(days: list[Day]) -> str:
    planned = sum(day.minutes for day in days)
    due = sum(m.minutes for day in days for m in day.meetings if not m.is_planned)
    parts = [f"{say_hours(planned)} planned"] if planned else []
    parts += [f"{say_hours(due)} due"] if due else []
    return " · ".join(parts)
