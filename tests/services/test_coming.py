"""The next one-to-one: suggested, planned, moved, left out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.builders import NOW, add_person
from tests.services.test_notebook import notebook_in_memory
from tui.desk.shipped import standard_template
from tui.domain.onetoones import PASSING, Mover, OneToOne, Status
from tui.domain.people import Excuse, Person, Skip
from tui.errors import UsageError
from tui.services import coming, talks
from tui.services.notebook import Notebook


def held(notebook: Notebook, person: Person, days: int, **fields: object) -> OneToOne:
    at = NOW - timedelta(days=days)
    draft = talks.draft_for(person, at, "call")._replace(
        status=Status.CLOSED, started=at, ended=at + timedelta(minutes=40)
    )
    return talks.plan(notebook, draft._replace(**fields), standard_template())  # type: ignore[arg-type]


def planned(notebook: Notebook, person: Person, days: int) -> OneToOne:
    at = NOW + timedelta(days=days)
    return talks.plan(notebook, talks.draft_for(person, at, "call"), standard_template())


@pytest.mark.parametrize(
    ("every", "days", "at"),
    [
        ("every 2 weeks", 4, datetime(2026, 12, 2, 14)),
        ("weekly", 12, datetime(2026, 11, 23, 14)),  # overdue: the next working day
        ("weekly", 7, datetime(2026, 11, 23, 14)),
        ("weekly", None, datetime(2026, 11, 23, 9)),
        ("", 4, None),
    ],
)
def test_the_next_is_suggested_by_the_cadence(
    every: str, days: int | None, at: datetime | None
) -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook, every=every)
    if days is not None:
        held(notebook, dana, days)
    assert coming.suggested(notebook, dana) == at


def test_a_corridor_talk_says_nothing_of_the_time_of_day() -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook, every="weekly")
    held(notebook, dana, 9)
    late = NOW.replace(hour=22) - timedelta(days=1)
    held(notebook, dana, 1, place=PASSING, at=late)
    assert coming.suggested(notebook, dana) == datetime(2026, 11, 30, 14)


def test_leaving_out_moves_the_rhythm_on_and_is_one_act() -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook, every="weekly")
    held(notebook, dana, 9)
    after = coming.leave_out(notebook, dana, Excuse.LEAVE)
    due = NOW.date() - timedelta(days=2)
    now = notebook.journal.people[dana.id]
    assert now.skips == (Skip(due, Excuse.LEAVE, NOW.date()),)
    assert after.due == due + timedelta(days=7)
    again = coming.leave_out(notebook, now, Excuse.ME)
    assert again.due == due + timedelta(days=14)
    assert again.moved_by_me == 1
    assert notebook.undo() == "a talk left out"
    assert coming.standing_with(notebook, notebook.journal.people[dana.id]) == after


def test_where_nothing_is_due_nothing_is_left_out() -> None:
    notebook = notebook_in_memory()
    with pytest.raises(UsageError, match="no cadence"):
        coming.leave_out(notebook, add_person(notebook), Excuse.ME)


def test_moving_notes_who_and_from_when() -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook)
    one = planned(notebook, dana, 2)
    at = one.at + timedelta(days=7)
    after = coming.move(notebook, one, at, Mover.ME)
    assert after.at == at
    assert [(m.by, m.was) for m in after.moves] == [(Mover.ME, one.at)]
    assert coming.standing_with(notebook, dana).moved_by_me == 1
    notebook.undo()
    assert notebook.journal.one_to_ones[one.id] == one
    for wrong in (one.at, NOW - timedelta(days=1)):
        with pytest.raises(UsageError):
            coming.move(notebook, one, wrong, Mover.ME)


def test_the_next_planned_is_after_the_talk_in_front() -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook)
    last, first, second = (
        held(notebook, dana, 3),
        planned(notebook, dana, 1),
        planned(notebook, dana, 8),
    )
    assert coming.planned_next(notebook, dana) == first
    assert coming.planned_next(notebook, dana, last) == first
    assert coming.planned_next(notebook, dana, second) == second, "what is in front is meant"
    assert coming.planned_next(notebook, add_person(notebook, "Zoë")) is None


def test_the_past_is_no_plan() -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook)
    with pytest.raises(UsageError, match="still to come"):
        coming.schedule(notebook, dana, NOW - timedelta(minutes=1), standard_template())
    assert coming.schedule(notebook, dana, NOW, standard_template()).at == NOW
