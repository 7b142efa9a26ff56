"""A conversation nobody had planned: a line, and it counts as a talk."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.builders import HOSTILE, NOW, add_person, plan_today, write
from tests.services.test_notebook import notebook_in_memory
from tui.desk.shipped import standard_template
from tui.domain.dates import WhenError
from tui.domain.followups import Owner, Stage
from tui.domain.notes import Side
from tui.domain.onetoones import PASSING, WALK, OneToOne, Status
from tui.domain.people import Person
from tui.domain.text import clean_block
from tui.errors import UsageError
from tui.services import coming, passing, talks
from tui.services.notebook import Notebook
from tui.services.passing import Talked

NOON = NOW.replace(hour=12, minute=0)


def told(notebook: Notebook, person: Person, line: str = "", at: datetime = NOW) -> OneToOne:
    entry = passing.entry_of(notebook, person, line, at)
    return passing.note(notebook, person, Talked(at, entry=entry), standard_template())


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("", NOW),
        ("now", NOW),
        ("14:00", NOW.replace(minute=0)),
        ("15:00", NOW.replace(hour=15, minute=0) - timedelta(days=1)),
        ("yesterday", NOON - timedelta(days=1)),
        ("yesterday 9:30", NOW.replace(hour=9, minute=30) - timedelta(days=1)),
        ("fri", NOON - timedelta(days=2)),
        ("2026-11-22 14:02", NOW),
        ("2026-11-03", datetime(2026, 11, 3, 12)),
    ],
)
def test_when_is_understood(typed: str, at: datetime) -> None:
    assert passing.talked_at(typed, NOW) == at


@pytest.mark.parametrize("typed", ["tomorrow", "2026-12-01", "whenever", "25:00"])
def test_what_is_still_to_come_is_refused(typed: str) -> None:
    with pytest.raises(WhenError):
        passing.talked_at(typed, NOW)


def test_enter_alone_makes_a_closed_talk_and_the_rhythm_begins_anew() -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook, every="every 2 weeks")
    one = told(notebook, dana)
    assert notebook.journal.one_to_ones[one.id] == one
    assert (one.place, one.status, one.started, one.ended) == (PASSING, Status.CLOSED, NOW, None)
    found = coming.standing_with(notebook, dana)
    assert (found.days_since, found.days_left) == (0, 14)
    assert notebook.page(one.id).items == ()
    assert notebook.undo() == "talk with Dana"
    assert notebook.journal.one_to_ones == {}


def test_the_line_is_a_note_line() -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook)
    one = told(notebook, dana, "> send the book by fri")
    [promise] = notebook.journal.born_in(one.id)
    assert (promise.text, promise.owner, promise.stage) == (
        "send the book", Owner.ME, Stage.AGREED,
    )  # fmt: skip
    assert str(promise.due) == "2026-11-27"
    [note] = notebook.page(told(notebook, dana, "I lose the thread").id).notes
    assert (note.text, note.kind_id, note.side) == ("I lose the thread", "heard", Side.OURS)
    [note] = notebook.page(told(notebook, dana, "~ tired").id).notes
    assert note.side is Side.MINE
    told(notebook, dana, "& the conference")
    assert [topic.text for topic in notebook.journal.shelf_of(dana.id)] == ["the conference"]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:16]))
def test_any_line_is_kept(text: str) -> None:
    notebook = notebook_in_memory()
    one = told(notebook, add_person(notebook), f'" {text}')
    assert [n.text for n in notebook.page(one.id).notes] == [clean_block(text)]


def test_what_is_refused_changes_nothing() -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook)
    with pytest.raises(UsageError, match="cannot stay yours"):
        told(notebook, dana, "-> send the book")
    past = Talked(NOW, next_at=NOW - timedelta(days=1))
    with pytest.raises(UsageError, match="still to come"):
        passing.note(notebook, dana, past, standard_template())
    assert notebook.journal.one_to_ones == {}


def test_the_next_is_planned_along_with_it() -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook)
    at = NOW + timedelta(days=9)
    passing.note(notebook, dana, Talked(NOW, next_at=at), standard_template())
    planned = [o for o in notebook.journal.one_to_ones.values() if not o.took_place]
    assert [(o.at, o.place, o.status) for o in planned] == [(at, WALK, Status.PLANNED)]
    assert len(notebook.page(planned[0].id).items) == len(standard_template().items)
    notebook.undo()
    assert notebook.journal.one_to_ones == {}, "one act"


@pytest.mark.parametrize(("minutes", "is_that_one"), [(-60, True), (0, True), (60, False)])
def test_a_talk_planned_for_earlier_today_is_the_one_that_was_held(
    minutes: int, is_that_one: bool
) -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook)
    draft = talks.draft_for(dana, NOW + timedelta(minutes=minutes), "call")
    planned = talks.plan(notebook, draft, standard_template())
    one = told(notebook, dana, "said")
    assert (one.id == planned.id) is is_that_one
    assert len(notebook.journal.one_to_ones) == 2 - is_that_one
    assert [n.text for n in notebook.page(one.id).notes] == ["said"]


def test_a_talk_that_was_begun_is_another() -> None:
    notebook = notebook_in_memory()
    dana = add_person(notebook)
    begun = plan_today(notebook, dana)
    write(notebook, begun, "said")
    assert told(notebook, dana).id != begun.id
