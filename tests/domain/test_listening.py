"""How much listening the coming days hold."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import counting_ids
from tui.domain.dates import parse_cadence
from tui.domain.listening import (
    ASSUMED,
    Day,
    days_ahead,
    first_day,
    say_hours,
    usual_minutes,
)
from tui.domain.onetoones import PASSING, WALK, OneToOne, Status
from tui.domain.people import Person
from tui.domain.reckoning import Week
from tui.domain.standing import standing_of

TODAY = date(2026, 11, 22)
"""A Sunday."""
_ids = counting_ids(90_000)


def talk(
    offset: int, minutes: int | None = 30, *, place: str = WALK, clock: time = time(10)
) -> OneToOne:
    """Return a talk; without a length it is only planned."""
    at = datetime.combine(TODAY + timedelta(days=offset), clock)
    if minutes is None:
        return OneToOne(_ids(), "p", at, place)
    ended = at + timedelta(minutes=minutes)
    return OneToOne(_ids(), "p", at, place, status=Status.CLOSED, started=at, ended=ended)


def ahead(*ones: OneToOne, every: str = "", days: int = 21) -> tuple[Day, ...]:
    person = Person("p", "Dana", cadence=parse_cadence(every), since=TODAY)
    in_time = tuple(sorted(ones, key=lambda one: (one.at, one.id)))
    standing = standing_of(person, in_time, (), TODAY)
    return days_ahead([(standing, in_time)], TODAY, TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("lengths", "usual"),
    [
        ((), None),
        ((40,), 40),
        ((30, 60, 40), 40),
        ((30, 60), 60),
        ((90,) * 5 + (20,) * 10, 20),  # the last ten
        ((40, 2, 700), 40),  # a clock that was forgotten
    ],
)
def test_the_usual_length_is_the_median_of_the_last_ten(
    lengths: tuple[int, ...], usual: int | None
) -> None:
    ones = tuple(talk(place - 100, length) for place, length in enumerate(lengths))
    assert usual_minutes(ones) == usual


def test_corridor_talks_and_talks_without_an_end_say_nothing_of_the_length() -> None:
    corridor = talk(-2, 10, place=PASSING)
    open_ended = talk(-1, 50)._replace(ended=None)
    assert usual_minutes((corridor, open_ended)) is None


def test_what_is_planned_counts_and_what_is_due_is_only_shown() -> None:
    found = ahead(talk(-9, 45), talk(2, None), talk(9, None), every="weekly")
    assert [(day.day - TODAY).days for day in found] == [2, 9]
    assert [day.minutes for day in found] == [45, 45]
    [due] = ahead(talk(-9, 45), every="weekly")
    assert due.day == TODAY, "overdue is today"
    assert (due.minutes, due.meetings[0].minutes) == (0, 45)
    [due] = ahead(talk(-3, 45), every="weekly")
    assert due.day == TODAY + timedelta(days=4)
    assert not due.meetings[0].is_planned


def test_where_nothing_is_known_half_an_hour_is_assumed() -> None:
    [day] = ahead(talk(2, None))
    assert day.minutes == ASSUMED


def test_today_holds_what_took_place_but_no_corridor_talk() -> None:
    found = ahead(talk(0, 55), talk(0, 20, place=PASSING), talk(0, None, clock=time(16)))
    assert [[m.minutes for m in day.meetings] for day in found] == [[55, 55]]


def test_days_out_of_the_span_are_left_out() -> None:
    assert ahead(talk(22, None)) == ()
    assert ahead(talk(-1, None)) == ()


def test_more_than_three_hours_is_much() -> None:
    ones = [talk(1, None, clock=time(8 + hour)) for hour in range(6)]
    [day] = ahead(*ones)
    assert (day.minutes, day.is_much) == (180, False)
    [day] = ahead(*ones, talk(1, None, clock=time(20)))
    assert (day.minutes, day.is_much) == (210, True)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (65, "1 h 05"), (150, "2 h 30")],
)
def test_hours_are_said(minutes: int, said: str) -> None:
    assert say_hours(minutes) == said


def test_the_week_begins_where_it_begins_here() -> None:
    assert first_day(TODAY, Week()) == date(2026, 11, 16)
    assert first_day(TODAY, Week(starts=6)) == TODAY


@given(
    st.lists(
        st.tuples(
            st.integers(-30, 30),
            st.none() | st.integers(0, 400),
            st.sampled_from([WALK, PASSING]),
            st.integers(0, 23),
        ),
        max_size=12,
    ),
    st.sampled_from(["", "weekly", "every 2 weeks"]),
)
def test_the_hours_are_what_a_naive_count_says(
    told: list[tuple[int, int | None, str, int]], every: str
) -> None:
    ones = [talk(o, m, place=p, clock=time(h)) for o, m, p, h in told]
    found = ahead(*ones, every=every)
    past = [
        m
        for o, m, p, h in sorted(told, key=lambda each: (each[0], each[3]))
        if m is not None and p != PASSING and 5 <= m <= 240
    ]
    for day in found:
        offset = (day.day - TODAY).days
        of_day = [(m, p) for o, m, p, _ in told if o == offset]
        planned = [m for m, p in of_day if m is None or p != PASSING]
        assert sum(each.is_planned for each in day.meetings) == len(planned)
        assert all(each.one is not None or every for each in day.meetings)
        if not past:
            known = sum(m for m in planned if m is not None)
            assert day.minutes == known + ASSUMED * planned.count(None)
    shown = {day.day for day in found}
    for offset, minutes, place, _ in told:
        counts = 0 <= offset <= 21 and (minutes is None or place != PASSING)
        assert not counts or TODAY + timedelta(days=offset) in shown
