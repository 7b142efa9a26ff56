"""Which hints are still needed, by what a journal shows."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import NOW
from tui.domain.followups import FollowUp, Owner
from tui.domain.hints import ENOUGH_DATES, Known, known_in, knows_questions
from tui.domain.journal import Journal
from tui.domain.onetoones import OneToOne, Status
from tui.domain.questions import Moment, Pick

ONE = OneToOne("t", "p", NOW)
DUE = date(2026, 11, 27)


def with_promises(count: int, owner: Owner = Owner.ME, due: date | None = DUE) -> Journal:
    ids = [f"f{number}" for number in range(count)]
    return Journal(follow_ups={i: FollowUp(i, "p", "a book", owner, NOW, due=due) for i in ids})


def test_an_empty_journal_knows_nothing() -> None:
    assert known_in(Journal()) == Known()
    assert known_in(Journal(), kinds=True) == Known(kinds=True)


@pytest.mark.parametrize(
    ("one", "is_known"),
    [
        (ONE, False),
        (ONE._replace(status=Status.UNDER_WAY, cue="plans"), False),
        (ONE._replace(status=Status.CLOSED), False),  # it may have been let be
        (ONE._replace(status=Status.DEBRIEFED), True),
        (ONE._replace(status=Status.CLOSED, debriefed=NOW), True),
    ],
)
def test_one_debrief_to_its_end_is_enough(one: OneToOne, is_known: bool) -> None:
    assert known_in(Journal(one_to_ones={"t": one})).debrief is is_known


@pytest.mark.parametrize(
    ("journal", "is_known"),
    [
        (with_promises(ENOUGH_DATES), True),
        (with_promises(ENOUGH_DATES - 1), False),
        (with_promises(ENOUGH_DATES, due=None), False),
        (with_promises(ENOUGH_DATES, Owner.THEM), False),
    ],
)
def test_some_promises_with_a_day(journal: Journal, is_known: bool) -> None:
    assert known_in(journal).dates is is_known


def test_a_question_taken_along_once() -> None:
    pick = Pick("k", "mind", "What is on your mind?", "mind", Moment.OPEN, "", 1.0)
    assert knows_questions(Journal(picks={"t": (pick,)}))
    assert not knows_questions(Journal(picks={"t": ()})), "taken and put back again"
