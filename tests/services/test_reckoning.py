"""What dates are reckoned with: the notebook's weeks, and the person's next one-to-one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.builders import NOW, add_person, plan_today, write
from tests.services.test_notebook import notebook_in_memory
from tui.desk.shipped import standard_template
from tui.domain.dates import WhenError, parse_when
from tui.domain.followups import FollowUp
from tui.domain.notes import PROMISE, Note
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.domain.reckoning import Week
from tui.services import promises, talks
from tui.services.notebook import Notebook
from tui.services.reckoning import reckoning_of

TODAY = NOW.date()


def planned(notebook: Notebook, person: Person, days: int) -> OneToOne:
    at = NOW + timedelta(days=days)
    return talks.plan(notebook, talks.draft_for(person, at, "call"), standard_template())


@pytest.fixture
def notebook() -> Notebook:
    return notebook_in_memory()


def test_each_has_a_next_one_to_one_of_their_own(notebook: Notebook) -> None:
    dana, sam, kim = (add_person(notebook, name) for name in ("Dana", "Sam", "Kim"))
    planned(notebook, dana, 3)
    planned(notebook, sam, 8)
    for person, days in ((dana, 3), (sam, 8)):
        day = promises.due_from("next 1:1", TODAY, reckoning_of(notebook, person))
        assert day == TODAY + timedelta(days=days)
    with pytest.raises(WhenError, match="with Kim is planned"):
        promises.due_from("next 1:1", TODAY, reckoning_of(notebook, kim))
    with pytest.raises(WhenError, match="nobody in particular"):
        promises.due_from("next 1:1", TODAY, reckoning_of(notebook, None))


def test_it_is_worked_out_when_it_is_asked_for(notebook: Notebook) -> None:
    dana = add_person(notebook, every="weekly")
    reckoning = reckoning_of(notebook, dana)
    planned(notebook, dana, 3)
    assert parse_when("next 1:1", TODAY, reckoning) == TODAY + timedelta(days=3)


@pytest.mark.parametrize("by_moment", [True, False])
def test_in_a_talk_it_is_the_one_after(notebook: Notebook, by_moment: bool) -> None:
    dana = add_person(notebook)
    here, _ = planned(notebook, dana, 3), planned(notebook, dana, 10)
    during: OneToOne | datetime = here.at if by_moment else here
    reckoning = reckoning_of(notebook, dana, during)
    assert parse_when("next 1:1", TODAY, reckoning) == TODAY + timedelta(days=10)


def test_a_note_that_becomes_a_promise_knows_the_next_one_to_one(notebook: Notebook) -> None:
    dana = add_person(notebook)
    one = plan_today(notebook, dana)
    note = write(notebook, one, "* send the book by next 1:1")
    assert isinstance(note, Note)
    planned(notebook, dana, 9)
    talks.promote(notebook, notebook.journal.one_to_ones[one.id], note, PROMISE)
    (follow_up,) = notebook.journal.follow_ups.values()
    assert isinstance(follow_up, FollowUp)
    assert (follow_up.text, follow_up.due) == ("send the book", date(2026, 12, 1))


def test_weeks_are_asked_for_each_time_a_phrase_turns_on_them(notebook: Notebook) -> None:
    asked = []

    def week() -> Week:
        asked.append(1)
        return Week(6, 4)

    notebook.week = week
    reckoning = reckoning_of(notebook, add_person(notebook))
    assert parse_when("fri", TODAY, reckoning) == date(2026, 11, 27)
    assert not asked
    assert parse_when("next week", TODAY, reckoning) == date(2026, 11, 29)
    assert asked
