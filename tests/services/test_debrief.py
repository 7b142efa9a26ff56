"""The debrief as it is gone through: answers, interruptions, the next date, its end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW, Clock, add_person
from tests.domain.test_journal import facts
from tests.services.scene import Desk
from tests.services.test_notebook import notebook_in_memory
from tui.desk.shipped import questions, standard_template
from tui.domain.capture import Entry, read_line
from tui.domain.dates import parse_moment
from tui.domain.debrief import CARRIED, CUES, LANDMARK, Asks
from tui.domain.followups import FollowUp
from tui.domain.notes import PROMISE, Note
from tui.domain.onetoones import WALK, Lead, OneToOne, Status
from tui.errors import UsageError
from tui.services import course, debrief, deck, talks
from tui.services.debrief import debrief_of, mark_of

TODAY = NOW.date()
PLAIN = [cue.id for cue in CUES]


def entries(*lines: str) -> tuple[Entry, ...]:
    return tuple(read_line(line, TODAY, PROMISE) for line in lines)


@pytest.fixture
def over(desk: Desk) -> Desk:
    """A talk of forty minutes that has just ended."""
    course.start(desk.notebook, desk.one)
    desk.clock.forward(minutes=40)
    course.end(desk.notebook, desk.now)
    return desk


# -- answers --------------------------------------------------------------------------------


def test_an_answer_and_going_on_are_one_act_and_one_undo(over: Desk) -> None:
    before = facts(over.notebook.journal)
    acts = len(over.memory.acts)
    after = debrief.answer(
        over.notebook, over.now, entries("the book by fri", '" I lose the thread', "& May"), "plans"
    )
    assert len(over.memory.acts) == acts + 1
    assert over.now == after
    assert after.cue == "plans"
    written = [record.text for record in talks.written_in(over.notebook, over.one)]
    assert written == ["the book", "I lose the thread", "May"]
    assert over.notebook.undo() == "3 lines written"
    assert facts(over.notebook.journal) == before
    over.notebook.redo()
    assert over.now == after


def test_one_line_is_said_by_its_kind(over: Desk) -> None:
    debrief.answer(over.notebook, over.now, entries("the book"), "promises")
    debrief.answer(over.notebook, over.now, entries("the key"), "promises")
    assert len(over.notebook.journal.born_in(over.one.id)) == 2, "several to one cue"
    assert over.notebook.undo() == "I promise written"


@pytest.mark.parametrize("lines", [(), ("x", "")])
def test_nothing_is_no_answer(over: Desk, lines: tuple[str, ...]) -> None:
    before = facts(over.notebook.journal)
    with pytest.raises(UsageError, match="nothing to write down"):
        debrief.answer(over.notebook, over.now, entries(*lines), "plans")
    with pytest.raises(UsageError, match="cannot stay yours"):
        debrief.answer(over.notebook, over.now, entries("-> salary"), "plans")
    assert facts(over.notebook.journal) == before


def test_what_one_only_thinks_is_marked(over: Desk) -> None:
    unsure = tuple(entry._replace(is_unsure=True) for entry in entries("the book", "? tired"))
    debrief.answer(over.notebook, over.now, unsure, "plans")
    book, tired = talks.written_in(over.notebook, over.one)
    assert isinstance(book, FollowUp)
    assert isinstance(tired, Note)
    assert (book.is_unsure, tired.is_unsure) == (True, True)


# -- who answers has talked -----------------------------------------------------------------


@pytest.mark.parametrize("days", [-2, 0, 2])
@pytest.mark.parametrize("began", [False, True])
def test_a_talk_that_is_debriefed_is_over(days: int, began: bool) -> None:
    desk = Desk(days=days)
    if began:
        course.start(desk.notebook, desk.one)
    desk.clock.forward(minutes=30)
    debrief.answer(desk.notebook, desk.now, entries("the book"), "plans")
    assert desk.now.status is Status.UNDER_WAY
    assert desk.now.started is not None
    assert desk.now.started <= desk.clock.now
    assert desk.now.ended == (None if days < 0 else desk.clock.now), "no end is made up"
    assert desk.now.at <= desk.clock.now
    assert desk.now.cue == "plans"
    assert desk.now.awaits_debrief
    ended = desk.now.ended
    desk.clock.forward(minutes=5)
    debrief.answer(desk.notebook, desk.now, entries("the key"), "words")
    assert desk.now.ended == ended, "it ended once"


@pytest.mark.parametrize("days", [-2, 0])
@pytest.mark.parametrize("status", [Status.DEBRIEFED, Status.CLOSED])
def test_a_talk_that_is_done_with_is_not_opened_again_by_a_late_answer(
    days: int, status: Status
) -> None:
    desk = Desk(days=days)
    debrief.go_to(desk.notebook, desk.one, "plans")
    debrief.finish(desk.notebook, desk.now)
    if status is Status.CLOSED:
        course.close(desk.notebook, desk.now)
    before = desk.now
    after = debrief.answer(desk.notebook, before, entries("came back to me"), "plans")
    assert after == before._replace(cue="plans")
    assert after.status is status


# -- interrupted ----------------------------------------------------------------------------


@pytest.mark.parametrize("cue", PLAIN)
def test_an_interrupted_debrief_goes_on_where_it_was(over: Desk, cue: str) -> None:
    debrief.go_to(over.notebook, over.now, cue)
    found = debrief_of(over.now)
    assert found.cue.id == cue
    assert found.is_last is (cue == "next")
    assert [c.id for c in found.cues] == PLAIN
    assert not found.by_route
    assert over.notebook.undo() == "a step of the debrief"
    assert over.now.cue == ""


@pytest.mark.parametrize("cue", ["", "a cue of a newer version", f"{LANDMARK}9"])
def test_a_cue_that_is_not_there_is_the_beginning(over: Desk, cue: str) -> None:
    course.edit(over.notebook, over.now, over.now._replace(cue=cue))
    assert debrief_of(over.now).at == 0


@pytest.mark.parametrize("has_questions", [False, True])
def test_from_landmark_to_landmark_and_interrupted_anywhere(
    over: Desk, has_questions: bool
) -> None:
    course.edit(over.notebook, over.now, over.now._replace(route=("the gate", "the lock")))
    if has_questions:
        deck.take(over.notebook, over.now, questions()[:1])
    walked = debrief_of(over.now, by_route=True)
    assert [cue.id for cue in walked.cues][2:4] == [f"{LANDMARK}0", f"{LANDMARK}1"]
    for cue in walked.cues:
        debrief.go_to(over.notebook, over.now, mark_of(cue, by_route=True))
        found = debrief_of(over.now)
        assert (found.cues, found.cue, found.by_route) == (walked.cues, cue, True)
        plain = debrief_of(over.now, by_route=False)
        assert plain.cue.id in (cue.id, "promises")


@pytest.mark.parametrize("by_route", [False, True])
def test_the_mark_of_a_step_leads_there_and_never_beyond(over: Desk, by_route: bool) -> None:
    course.edit(over.notebook, over.now, over.now._replace(route=("the gate",)))
    there = debrief_of(over.now, by_route=by_route)
    last = len(there.cues) - 1
    for at in range(len(there.cues)):
        assert debrief_of(over.now, by_route=by_route).at == at
        for step in (-99, -1, 0, 1, 99):
            here = debrief_of(over.now, by_route=by_route)
            marked = over.now._replace(cue=here.mark(step))
            found = debrief_of(marked)
            assert found.at == min(max(0, at + step), last)
            assert found.by_route is by_route
        debrief.go_to(over.notebook, over.now, here.mark(1))


def test_without_a_route_there_is_no_way_to_go_by_it(over: Desk) -> None:
    found = debrief_of(over.now, by_route=True)
    assert (found.by_route, [cue.id for cue in found.cues]) == (False, PLAIN)


def test_questions_that_were_considered_are_asked_about(over: Desk) -> None:
    deck.take(over.notebook, over.now, questions()[:1])
    assert debrief_of(over.now).cues == CUES


# -- the cues that are no lines -------------------------------------------------------------


@pytest.mark.parametrize("carried", CARRIED)
def test_who_carried_it_is_one_of_four_words(over: Desk, carried: str) -> None:
    after = debrief.set_carried(over.notebook, over.now, carried, "useful")
    assert (after.carried, after.cue, over.now) == (carried, "useful", after)
    assert over.notebook.undo() == "who carried it"


def test_who_carried_it_may_be_left_open_again(over: Desk) -> None:
    debrief.set_carried(over.notebook, over.now, "even", "useful")
    assert debrief.set_carried(over.notebook, over.now, "", "useful").carried == ""


@pytest.mark.parametrize("carried", [" ", "me", "60 %", "Mostly me"])
def test_who_carried_it_is_no_other_word(over: Desk, carried: str) -> None:
    before = over.now
    with pytest.raises(UsageError, match="mostly me, even, mostly them, almost all them"):
        debrief.set_carried(over.notebook, over.now, carried, "useful")
    assert over.now == before


def test_what_was_useful_is_one_clean_line(over: Desk) -> None:
    after = debrief.set_useful(over.notebook, over.now, " the  air,\n and\x1b time ", "next")
    assert (after.useful, after.cue) == ("the air, and␛ time", "next")
    assert over.notebook.undo() == "what was useful"


# -- the next talk --------------------------------------------------------------------------


def held(every: str, at: datetime) -> tuple[Desk, OneToOne]:
    desk = Desk()
    desk.clock = Clock(at)
    desk.notebook = notebook_in_memory(memory=desk.memory, clock=desk.clock)
    desk.person = add_person(desk.notebook, every=every)
    draft = talks.draft_for(desk.person, at, WALK)
    desk.one = talks.plan(desk.notebook, draft, standard_template())
    return desk, course.end(desk.notebook, desk.one)


@pytest.mark.parametrize(
    ("every", "later", "said"),
    [
        ("", 0, ""),
        ("every 2 weeks", 0, "Sun 6 Dec 14:00"),
        ("every 2 weeks", 13, "Sun 6 Dec 14:00"),
        ("every 2 weeks", 14, ""),
        ("every 2 weeks", 40, ""),
        ("monthly", 3, "Tue 22 Dec 14:00"),
    ],
)
def test_the_next_is_suggested_by_the_cadence(every: str, later: int, said: str) -> None:
    desk, one = held(every, NOW)
    now = NOW + timedelta(days=later)
    assert debrief.suggested_next(desk.notebook.journal, one, now) == said


@settings(deadline=None, max_examples=60)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.sampled_from(
        ["weekly", "every 2 weeks", "every 3 weeks", "monthly", "every 3 months", "every 10 days"]
    ),
    st.integers(0, 9),
)
def test_what_is_suggested_is_understood_when_it_is_entered(
    at: datetime, every: str, later: int
) -> None:
    desk, one = held(every, at.replace(second=0, microsecond=0))
    now = one.at + timedelta(days=later)
    said = debrief.suggested_next(desk.notebook.journal, one, now)
    if not said:
        return
    moment = parse_moment(said, now)
    assert moment.date() > now.date()
    assert moment.minute % 15 == 0
    assert moment.hour == one.at.hour


def test_with_a_cadence_beyond_the_calendar_nothing_is_suggested() -> None:
    desk, one = held("every 12 months", datetime(9999, 6, 1, 9))
    assert debrief.suggested_next(desk.notebook.journal, one, one.at) == ""


def test_the_next_is_planned_once_where_and_how_it_was(over: Desk) -> None:
    course.edit(
        over.notebook, over.now, over.now._replace(place="call", lead=Lead.ME, intention="x")
    )
    at = NOW + timedelta(days=14)
    assert debrief.planned_after(over.notebook.journal, over.now, NOW) is None
    planned = debrief.plan_next(over.notebook, over.now, at, standard_template())
    assert (planned.at, planned.place, planned.lead) == (at, "call", Lead.THEY)
    assert (planned.status, planned.intention) == (Status.PLANNED, "")
    assert len(over.notebook.page(planned.id).items) == len(standard_template().items)
    assert debrief.planned_after(over.notebook.journal, over.now, NOW) == planned
    assert debrief.planned_after(over.notebook.journal, planned, NOW) is None
    assert over.notebook.undo() == "one-to-one planned"


@pytest.mark.parametrize("step", [timedelta(), timedelta(minutes=-1), timedelta(days=-9)])
def test_the_next_comes_after_this_one(over: Desk, step: timedelta) -> None:
    with pytest.raises(UsageError, match="still to come"):
        debrief.plan_next(over.notebook, over.now, over.now.at + step, standard_template())
    assert len(over.notebook.journal.one_to_ones) == 1


def test_the_soonest_of_what_is_planned_is_the_next(over: Desk) -> None:
    later, sooner = (
        debrief.plan_next(over.notebook, over.now, NOW + timedelta(days=days), standard_template())
        for days in (30, 9)
    )
    journal = over.notebook.journal
    assert debrief.planned_after(journal, over.now, NOW) == sooner
    assert debrief.planned_after(journal, over.now, sooner.at) == later, "what is to come"


# -- the end --------------------------------------------------------------------------------


def test_at_the_end_it_is_debriefed_and_no_longer_waits(over: Desk) -> None:
    half = debrief.go_to(over.notebook, over.now, "next")
    over.clock.forward(minutes=9)
    after = debrief.finish(over.notebook, over.now)
    assert after == half._replace(status=Status.DEBRIEFED, debriefed=over.clock.now, cue="")
    assert (over.now, after.awaits_debrief, after.is_open) == (after, False, False)
    assert course.to_debrief(over.notebook.journal, over.person.id, over.clock.now) is None
    assert over.notebook.undo() == "talk debriefed"
    assert over.now == half


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-9, "just ended"), (0, "just ended"), (1, "ended 1 min ago"), (59, "ended 59 min ago"),
        (60, "ended 1 h ago"), (1439, "ended 23 h ago"), (1440, "ended yesterday"),
        (2880, "ended 2 days ago"),
    ],
)  # fmt: skip
def test_how_long_ago_it_ended_is_said(minutes: int, said: str) -> None:
    one = OneToOne("t", "p", NOW, ended=NOW)
    assert debrief.say_since(one, NOW + timedelta(minutes=minutes, seconds=59)) == said


@pytest.mark.parametrize(
    ("days", "said"), [(0, "just ended"), (1, "talked yesterday"), (3, "3 days ago")]
)
def test_of_a_talk_whose_end_nobody_knows_the_day_is_said(days: int, said: str) -> None:
    one = OneToOne("t", "p", NOW)
    assert debrief.say_since(one, NOW + timedelta(days=days)) == said


# -- all of it ------------------------------------------------------------------------------


@pytest.mark.parametrize("by_route", [False, True])
def test_a_whole_debrief_undone_step_by_step_leaves_nothing(over: Desk, by_route: bool) -> None:
    course.edit(over.notebook, over.now, over.now._replace(route=("a", "b", "c", "d", "e")))
    before = facts(over.notebook.journal)
    acts = len(over.memory.acts)
    steps = debrief_of(over.now, by_route=by_route).cues
    for cue, after in zip(steps, (*(step.id for step in steps[1:]), ""), strict=True):
        over.clock.forward(minutes=1)
        match cue.asks:
            case Asks.LINES:
                assert cue.kind is not None
                line = read_line(f"about {cue.id}", TODAY, cue.kind)
                debrief.answer(over.notebook, over.now, (line,), after)
            case Asks.CARRIED:
                debrief.set_carried(over.notebook, over.now, CARRIED[2], after)
            case Asks.USEFUL:
                debrief.set_useful(over.notebook, over.now, "the air", after)
            case _:
                debrief.plan_next(
                    over.notebook, over.now, NOW + timedelta(days=14), standard_template()
                )
                debrief.finish(over.notebook, over.now)
        if after:
            assert debrief_of(over.now, by_route=by_route).cue.id == after
    written = talks.written_in(over.notebook, over.one)
    assert isinstance(written[0], FollowUp)
    assert written[0].i_owe, "my promise first"
    assert len(written) == len([cue for cue in steps if cue.asks is Asks.LINES])
    for _ in range(len(over.memory.acts) - acts):
        over.notebook.undo()
    assert facts(over.notebook.journal) == before
