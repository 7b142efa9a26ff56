"""The course of a talk: started, at the bench, ended, closed; moved; offered for debrief."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW, Clock, add_person, plan_today
from tests.services.scene import Desk
from tests.services.test_notebook import Memory, notebook_in_memory
from tui.domain.journal import Change
from tui.domain.legs import Leg, leg_of
from tui.domain.onetoones import WALK, Move, Mover, OneToOne, Status
from tui.domain.standing import OFFERED_FOR
from tui.domain.text import clean_line
from tui.errors import UsageError
from tui.services import course, debrief
from tui.services.course import LANDMARKS, left_open, route_of, to_debrief

TODAY = NOW.date()

# -- the clock of a talk --------------------------------------------------------------------


def test_a_talk_starts_ends_and_goes_on(desk: Desk) -> None:
    started = course.start(desk.notebook, desk.one)
    assert (started.status, started.started, started.ended) == (Status.UNDER_WAY, NOW, None)
    assert started.is_talking
    desk.clock.forward(minutes=40)
    ended = course.end(desk.notebook, started)
    assert (ended.status, ended.started) == (Status.UNDER_WAY, NOW)
    assert ended.ended == NOW + timedelta(minutes=40)
    assert (ended.is_talking, ended.awaits_debrief) == (False, True)
    desk.clock.forward(minutes=5)
    again = course.start(desk.notebook, ended)
    assert (again.status, again.started, again.ended) == (Status.UNDER_WAY, NOW, None)
    assert desk.now == again
    assert [desk.notebook.undo() for _ in range(3)] == [
        "talk started",
        "talk ended",
        "talk started",
    ]
    assert desk.now == desk.one


@pytest.mark.parametrize("days", [-3, 0, 3])
def test_a_talk_nobody_started_can_be_ended(days: int) -> None:
    desk = Desk(days=days)
    ended = course.end(desk.notebook, desk.one)
    assert (ended.status, ended.started, ended.ended) == (Status.UNDER_WAY, NOW, NOW)
    assert ended.took_place
    assert ended.awaits_debrief
    assert ended.at <= NOW, "it has been"


@pytest.mark.parametrize(("days", "at"), [(-2, -2), (0, 0), (3, 0)])
def test_a_talk_of_a_later_day_is_held_now(days: int, at: int) -> None:
    desk = Desk(days=days)
    desk.clock.forward(seconds=42)
    started = course.start(desk.notebook, desk.one)
    assert started.at == NOW + timedelta(days=at)
    assert started.started == NOW + timedelta(seconds=42)


def test_starting_leaves_the_place_another_window_changed(desk: Desk) -> None:
    course.edit(desk.notebook, desk.one, desk.one._replace(place="call"))
    course.start(desk.notebook, desk.one)
    assert (desk.now.place, desk.now.status) == ("call", Status.UNDER_WAY)


def test_one_key_leads_from_leg_to_leg(desk: Desk) -> None:
    found = []
    for _ in range(5):
        desk.clock.forward(minutes=10)
        found.append((leg_of(course.go_on(desk.notebook, desk.now)), desk.clock.now))
    legs = [leg for leg, _ in found]
    assert legs == [Leg.OPEN, Leg.BENCH, Leg.DESK, Leg.BENCH, Leg.DESK], "back into the talk"
    times = [at for _, at in found]
    assert (desk.now.started, desk.now.bench, desk.now.ended) == (times[0], times[1], times[4])


def test_a_talk_without_a_walk_has_no_bench(desk: Desk) -> None:
    course.edit(desk.notebook, desk.one, desk.one._replace(place="call"))
    legs = [leg_of(course.go_on(desk.notebook, desk.now)) for _ in range(3)]
    assert legs == [Leg.OPEN, Leg.DESK, Leg.OPEN]


def test_the_bench_begins_a_talk_nobody_began(desk: Desk) -> None:
    desk.clock.forward(minutes=5)
    bench = course.reach_bench(desk.notebook, desk.one)
    assert (bench.status, bench.started, bench.bench) == (
        Status.UNDER_WAY,
        desk.clock.now,
        desk.clock.now,
    )
    assert desk.notebook.undo() == "bench reached"
    assert desk.now == desk.one


@settings(deadline=None, max_examples=60)
@given(st.booleans(), st.lists(st.sampled_from(["go on", "finish", "close", "recall"]), max_size=7))
def test_whatever_is_pressed_the_times_are_in_order_and_undo_leads_back(
    walks: bool, keys: list[str]
) -> None:
    desk = Desk()
    one = desk.one._replace(place=WALK if walks else "call")
    course.edit(desk.notebook, desk.one, one)
    seen = [desk.now]
    for key in keys:
        desk.clock.forward(minutes=7)
        before = desk.now
        match key:
            case "go on":
                course.go_on(desk.notebook, before)
            case "finish":
                debrief.finish(desk.notebook, before)
            case "close":
                course.close(desk.notebook, before)
            case _:
                debrief.go_to(desk.notebook, before, "need")
        if desk.now != before:
            seen.append(desk.now)
        assert (desk.now.closed is None) or desk.now.status is not Status.UNDER_WAY
        if desk.now.started and desk.now.ended:
            assert desk.now.started <= desk.now.ended <= desk.clock.now
        assert desk.now.bench is None or walks
        assert desk.now.at <= desk.clock.now
        assert (leg_of(desk.now) is Leg.BEFORE) is (desk.now.started is None)
    for state in seen[-2::-1]:
        desk.notebook.undo()
        assert desk.now == state


# -- closing --------------------------------------------------------------------------------


def test_nothing_more_is_to_be_done_for_a_closed_talk(desk: Desk) -> None:
    ended = course.end(desk.notebook, course.start(desk.notebook, desk.one))
    half = debrief.go_to(desk.notebook, ended, "need")
    desk.clock.forward(hours=3)
    closed = course.close(desk.notebook, half)
    assert closed == half._replace(status=Status.CLOSED, closed=desk.clock.now, cue="")
    assert not closed.awaits_debrief
    assert desk.notebook.undo() == "one-to-one closed"
    assert desk.now == half


@pytest.mark.parametrize(("hours", "lasted"), [(0.5, 0.5), (1, 1), (30, 1)])
def test_a_talk_nobody_ended_lasted_an_hour_at_most(
    desk: Desk, hours: float, lasted: float
) -> None:
    started = course.start(desk.notebook, desk.one)
    desk.clock.forward(hours=hours)
    assert course.close(desk.notebook, started).ended == NOW + timedelta(hours=lasted)


# -- moving ---------------------------------------------------------------------------------


def test_a_move_says_who_and_from_when_and_mine_are_counted(desk: Desk) -> None:
    days = [desk.one.at]
    for mover in (Mover.ME, Mover.THEM, Mover.ME, Mover.LEAVE):
        before, after = desk.now, desk.now._replace(at=desk.now.at + timedelta(days=1))
        assert course.is_moved(before, after)
        course.edit(desk.notebook, before, after)
        days.append(desk.now.at)
        course.note_move(desk.notebook, desk.now, before.at, mover)
    assert desk.now.moves == tuple(
        Move(mover, was, TODAY)
        for mover, was in zip((Mover.ME, Mover.THEM, Mover.ME, Mover.LEAVE), days, strict=False)
    )
    assert desk.now.moved_by_me == 2
    assert desk.notebook.undo() == "who moved it"
    assert len(desk.now.moves) == 3


@pytest.mark.parametrize(
    ("status", "step", "is_moved"),
    [
        (Status.PLANNED, timedelta(days=1), True),
        (Status.PLANNED, timedelta(days=-1), True),
        (Status.PLANNED, timedelta(hours=2), False),
        (Status.UNDER_WAY, timedelta(days=1), False),
        (Status.CLOSED, timedelta(days=1), False),
    ],
)
def test_another_hour_is_no_move_and_neither_is_a_day_put_right(
    status: Status, step: timedelta, is_moved: bool
) -> None:
    before = OneToOne("t", "p", NOW, status=status)
    assert course.is_moved(before, before._replace(at=NOW + step)) is is_moved


# -- the route ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("", ()),
        (" , ,; ", ()),
        ("the gate", ("the gate",)),
        (" the  gate ,the lock; the bench,", ("the gate", "the lock", "the bench")),
        ("a\nb, c", ("a b", "c")),
        ("1,2,3,4,5", ("1", "2", "3", "4", "5")),
    ],
)
def test_a_route_is_what_stands_between_commas(text: str, route: tuple[str, ...]) -> None:
    assert route_of(text) == route


def test_a_route_has_five_landmarks_at_most() -> None:
    assert LANDMARKS == 5
    with pytest.raises(UsageError, match="five landmarks at most; these are 6"):
        route_of("1,2,3,4,5,6")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_landmark_is_clean_and_reads_back_as_it_is(text: str) -> None:
    try:
        route = route_of(text)
    except UsageError:
        return
    assert all(part and part == clean_line(part) for part in route)
    assert route_of(", ".join(route)) == route


# -- offered for debrief --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ago", "status", "is_to_debrief", "is_left_open"),
    [
        (timedelta(), Status.UNDER_WAY, True, False),
        (timedelta(hours=14), Status.UNDER_WAY, True, False),
        (timedelta(hours=15), Status.UNDER_WAY, True, True),
        (timedelta(days=1), Status.UNDER_WAY, True, True),
        (OFFERED_FOR, Status.UNDER_WAY, True, True),
        (OFFERED_FOR + timedelta(minutes=1), Status.UNDER_WAY, False, False),
        (timedelta(days=1), Status.PLANNED, False, False),
        (timedelta(days=1), Status.DEBRIEFED, False, False),
        (timedelta(days=1), Status.CLOSED, False, False),
        (timedelta(days=-1), Status.UNDER_WAY, False, False),
    ],
)
def test_a_talk_is_offered_for_a_week_and_gently_from_the_next_day(
    desk: Desk, ago: timedelta, status: Status, is_to_debrief: bool, is_left_open: bool
) -> None:
    at = NOW - ago
    started = None if status is Status.PLANNED else at
    one = desk.one._replace(at=at, status=status, started=started)
    journal = desk.notebook.journal.apply([Change(desk.home, desk.one, one)])
    found = to_debrief(journal, desk.person.id, NOW), left_open(journal, desk.person.id, NOW)
    assert found == (one if is_to_debrief else None, one if is_left_open else None)


def test_a_talk_held_earlier_than_planned_is_offered_at_once() -> None:
    desk = Desk()
    course.edit(desk.notebook, desk.one, desk.one._replace(at=NOW + timedelta(hours=2)))
    ended = course.end(desk.notebook, course.start(desk.notebook, desk.now))
    assert to_debrief(desk.notebook.journal, desk.person.id, NOW) == ended


@pytest.mark.parametrize("status", [Status.DEBRIEFED, Status.CLOSED])
def test_a_talk_that_is_gone_on_with_is_neither_debriefed_nor_closed(
    desk: Desk, status: Status
) -> None:
    debrief.finish(desk.notebook, course.end(desk.notebook, desk.one))
    if status is Status.CLOSED:
        course.close(desk.notebook, desk.now)
    assert desk.now.status is status
    again = course.go_on(desk.notebook, desk.now)
    assert (again.is_talking, again.debriefed, again.closed) == (True, None, None)


def test_the_latest_of_two_is_offered_and_then_the_other() -> None:
    clock = Clock(NOW - timedelta(days=2))
    notebook = notebook_in_memory(memory=Memory(), clock=clock)
    dana = add_person(notebook)
    held = []
    for _ in range(2):
        held.append(course.end(notebook, plan_today(notebook, dana)))
        clock.forward(days=1)
    assert left_open(notebook.journal, dana.id, clock.now) == held[1]
    debrief.finish(notebook, held[1])
    assert left_open(notebook.journal, dana.id, clock.now) == held[0]
    course.close(notebook, held[0])
    assert left_open(notebook.journal, dana.id, clock.now) is None


def test_what_began_before_midnight_is_of_the_day_it_began() -> None:
    clock = Clock(datetime(2026, 11, 22, 23, 30))
    notebook = notebook_in_memory(clock=clock)
    dana = add_person(notebook)
    ended = course.end(notebook, plan_today(notebook, dana))
    clock.forward(minutes=40)
    assert left_open(notebook.journal, dana.id, clock.now) == ended
