"""How the app goes from surface to surface, and what is meant where nothing is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from textual.screen import Screen

from tui import words
from tui.domain.dates import WhenError
from tui.domain.people import Person
from tui.domain.standing import current_one_to_one, one_to_one_of_day
from tui.errors import AlongsideError
from tui.outside import OutsideApp
from tui.screens.people import PeopleScreen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.screens.host import Host
    from tui.screens.search import Sought
    from tui.services import talks

R = TypeVar("R")


class GoingApp(OutsideApp[R]):
    """An app with home at the bottom and at most one surface over it, and dialogs over that.

    What is only looked at, as the history is, lies over the surface in front, which stays as it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self._fresh: dict[str, talks.Begun] = {}
        self._sought: Sought | None = None

    def show_screen(self, screen: Screen[Any], then: Callable[[Any], None] | None = None) -> None:
        """Put a dialog in front; ``then`` takes what it returns, and may refuse it."""

        def take(answer: Any) -> None:
            try:
                if then is not None:
                    then(answer)
            except (AlongsideError, WhenError) as error:  # raised further, it would end the app
                self.say(str(error), is_problem=True)

        self.push_screen(screen, take)

    # -- what is meant ---------------------------------------------------------------------

    def _home(self) -> PeopleScreen:
        screen = self.screen_stack[0]
        assert isinstance(screen, PeopleScreen), "home is at the bottom of the stack"
        return screen

    def _talk_in_front(self) -> str | None:
        """Return the one-to-one of the surface in front, if it has one."""
        one_id = getattr(self.screen, "one_id", None)
        return one_id if isinstance(one_id, str) else None

    def _person_meant(self) -> Person | None:
        one = self.notebook.journal.one_to_ones.get(self._talk_in_front() or "")
        people = self.notebook.journal.people
        if one is not None:
            return people.get(one.person_id)
        person = getattr(self.screen, "person", None)
        return person if isinstance(person, Person) else self._home().chosen

    def _talk_meant(self, person: Person) -> str | None:
        in_front = self._talk_in_front()
        if in_front is not None:
            return in_front
        theirs = self.notebook.journal.one_to_ones_of(person.id)
        current = current_one_to_one(theirs, self.notebook.today())
        return current.id if current else None

    # -- going about -----------------------------------------------------------------------

    def _go(self, screen: Screen[None]) -> None:
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def look_over(self, screen: Screen[None]) -> None:
        """Show a surface over the one in front, which is as it was when that one is left."""
        self.keep_typed()
        self.push_screen(screen)

    def open_prepare(self, one_id: str) -> None:
        """Show the checklist of a one-to-one."""
        from tui.screens.prepare import PrepareScreen

        self._go(PrepareScreen(one_id))

    def open_listen(self, one_id: str, record_id: str = "") -> None:
        """Show the notes of a one-to-one; one of them highlighted, where it is named."""
        from tui.screens.listen import ListenScreen

        self._go(ListenScreen(one_id, record_id))

    def open_board(self, person_id: str, record_id: str) -> None:
        """Show a person's follow-ups, one of them highlighted."""
        from tui.screens.board import BoardScreen

        self._go(BoardScreen(person_id, None, record_id))

    def open_deck(self, one_id: str) -> None:
        """Show the questions for a one-to-one."""
        from tui.screens.deck import DeckScreen

        self._go(DeckScreen(one_id))

    def open_debrief(self, one_id: str) -> None:
        """Show the debrief of a one-to-one."""
        from tui.screens.debrief import DebriefScreen

        self._go(DebriefScreen(one_id))

    def open_summary(self, one_id: str) -> None:
        """Show what the colleague will read."""
        from tui.screens.summary import SummaryScreen

        self.push_screen(SummaryScreen(one_id))

    def show_person(self, person_id: str) -> None:
        """Go home, to a person."""
        self.action_app_people()
        self._home().reveal(person_id)

    def leave(self, screen: Screen[Any]) -> None:
        """Go back from a surface that was looked over another."""
        if self.screen is screen and len(self.screen_stack) > 1:
            self.pop_screen()

    def open_person(self, person_id: str) -> None:
        """Show the card of a person, over what is in front."""
        from tui.screens.person_card import PersonCardScreen

        self.look_over(PersonCardScreen(person_id))

    def open_weeks(self) -> None:
        """Show the weeks ahead, over what is in front."""
        from tui.screens.weeks import WeeksScreen

        self.look_over(WeeksScreen())

    def action_app_people(self) -> None:
        """Go home; a one-to-one that was opened and left empty goes with it."""
        self.leave_summary()
        if self.is_in_dialog():
            return
        self.keep_typed()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._drop_empty()

    def _drop_empty(self) -> None:
        """Take back one-to-ones that were begun by opening them, if nothing came of it."""
        from tui.services import talks

        for one_id, begun in self._fresh.items():
            if talks.is_untouched(self.notebook, one_id, begun):
                talks.forget(self.notebook, self.notebook.journal.one_to_ones[one_id])
        self._fresh.clear()

    def action_app_prepare(self) -> None:
        """Prepare the one-to-one that is meant, planning one where there is none."""
        self.leave_summary()
        if self.is_in_dialog():
            return
        person = self._person_meant()
        if person is None:
            self.say(words.PERSON_NEEDED)
        else:
            self.prepare_with(person)

    def prepare_with(self, person: Person) -> None:
        """Prepare the next one-to-one with a person, planning one where there is none."""
        from tui.screens import dialogs

        one_id = self._talk_meant(person) if self._person_meant() == person else None
        if one_id is None:
            theirs = self.notebook.journal.one_to_ones_of(person.id)
            current = current_one_to_one(theirs, self.notebook.today())
            one_id = current.id if current else None
        if one_id is None:
            dialogs.plan(cast("Host", self), person)
        else:
            self.open_prepare(one_id)

    def action_app_listen(self) -> None:
        """Take notes in the one-to-one that is meant, beginning one where there is none."""
        self.leave_summary()
        if self.is_in_dialog():
            return
        person = self._person_meant()
        if person is None:
            self.say(words.PERSON_NEEDED)
            return
        try:
            self.open_listen(self._talk_to_note() or self._today_with(person))
        except AlongsideError as error:
            self.say(str(error), is_problem=True)

    def _talk_to_note(self) -> str | None:
        """Return the talk in front; among the notes of an old one, today's, where there is one.

        So one key leads back from a talk that was opened by searching or looking back.
        """
        from tui.screens.listen import ListenScreen

        in_front = self._talk_in_front()
        one = self.notebook.journal.one_to_ones.get(in_front or "")
        today = self.notebook.today()
        if isinstance(self.screen, ListenScreen) and one is not None and one.at.date() < today:
            theirs = self.notebook.journal.one_to_ones_of(one.person_id)
            of_today = one_to_one_of_day(theirs, today)
            return of_today.id if of_today else in_front
        return in_front

    def _today_with(self, person: Person) -> str:
        """Return today's one-to-one with a person, a fresh one where there is none."""
        from tui.desk.beginnings import first_template
        from tui.domain.onetoones import WALK
        from tui.services import talks

        known, own = set(self.notebook.journal.one_to_ones), self.notebook.journal.templates
        one = talks.of_today(self.notebook, person, first_template(own), WALK)
        if one.id not in known:
            self._fresh[one.id] = talks.begun(self.notebook, one)
        return one.id

    def action_app_follow_ups(self) -> None:
        """Show the board: this person's first, everybody's the second time."""
        from tui.screens.board import BoardScreen

        self.leave_summary()
        if self.is_in_dialog():
            return
        if isinstance(self.screen, BoardScreen):
            self.screen.action_board_all()
            return
        person = self._person_meant()
        self._go(BoardScreen(person.id if person else None, self._talk_in_front()))

    def action_app_schedule(self) -> None:
        """Plan the next one-to-one with the person who is meant, or move it."""
        from tui.screens import planning

        if self.is_in_dialog():
            return
        person = self._person_meant()
        if person is None:
            self.say(words.PERSON_NEEDED)
        else:
            planning.ask_next(cast("Host", self), person, self._talk_in_front())

    def action_app_forget(self) -> None:
        """Say what there is about the person who is meant, and how it is removed."""
        from tui.screens.forgetting import say_how_to_forget

        if not self.is_in_dialog():
            say_how_to_forget(cast("Host", self), self._person_meant())

    def action_app_look_back(self) -> None:
        """Show the last time before the one-to-one in front; again, go back to where one was."""
        from tui.screens.history import HistoryScreen

        self.leave_summary()
        if self.is_in_dialog():
            return
        if isinstance(self.screen, HistoryScreen):
            self.screen.action_history_back()
            return
        on_card = getattr(getattr(self.screen, "chosen", None), "person_id", "")
        person = self.notebook.journal.people.get(on_card) or self._person_meant()
        if person is None:
            self.say(words.PERSON_NEEDED)
        else:
            self.look_over(HistoryScreen(person, self._talk_in_front()))

    def action_app_search(self) -> None:
        """Find a line by its words; again, to type others."""
        from tui.screens.search import SearchScreen, Sought

        if self.is_in_dialog():
            return
        if isinstance(self.screen, SearchScreen):
            self.screen.action_search_words()
            return
        self._sought = self._sought or Sought()
        self.look_over(SearchScreen(self._sought))

    def action_app_mirror(self) -> None:
        """Show the manager's own practice; again, go back to where one was."""
        from tui.screens.mirror import MirrorScreen

        if self.is_in_dialog():
            return
        if isinstance(self.screen, MirrorScreen):
            self.screen.action_mirror_close()
        else:
            self.look_over(MirrorScreen())

    def action_app_quarter(self) -> None:
        """Show the last weeks with the person who is meant in ten lines."""
        from tui.screens.quarter import QuarterScreen

        if self.is_in_dialog():
            return
        person = self._person_meant()
        if person is None:
            self.say(words.PERSON_NEEDED)
        else:
            self.push_screen(QuarterScreen(person.id))

    def action_app_summary(self) -> None:
        """Show what the colleague will read."""
        from tui.screens.summary import SummaryScreen

        if isinstance(self.screen, SummaryScreen):
            self.screen.action_summary_copy()
        if self.is_in_dialog():
            return
        one_id = getattr(self.screen, "read_id", None) or self._talk_in_front()
        person = self._person_meant()
        if one_id is None and person is not None:
            held = [o for o in self.notebook.journal.one_to_ones_of(person.id) if o.took_place]
            one_id = held[-1].id if held else None
        if one_id is None:
            self.say(words.NOTHING_TO_SUM_UP)
        else:
            self.push_screen(SummaryScreen(one_id))

    def action_app_debrief(self) -> None:
        """Bring a talk back cue by cue: the one in front, else the last that waits for it."""
        from tui.screens.debrief import DebriefScreen
        from tui.services import course

        self.leave_summary()
        if self.is_in_dialog() or isinstance(self.screen, DebriefScreen):
            return
        one_id = self._talk_in_front()
        person = self._person_meant()
        if one_id is None and person is not None:
            waiting = course.to_debrief(self.notebook.journal, person.id, self.notebook.now())
            one_id = waiting.id if waiting else self._today_with(person)
        one = self.notebook.journal.one_to_ones.get(one_id or "")
        if one is None or one.at.date() > self.notebook.today():
            self.say(words.NOTHING_TO_DEBRIEF)
        elif self.notebook.is_unreadable(one.id):
            self.say(words.UNREADABLE_DEBRIEF, is_problem=True)
        else:
            self.clear_notifications()
            self.open_debrief(one.id)
