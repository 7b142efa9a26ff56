"""Slots of a rhythm: the next after one that was left out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.dates import Cadence, Unit
from tui.domain.people import Excuse, Person, Skip
from tui.domain.slots import slot_after, slot_of

TODAY = date(2026, 11, 22)


@given(
    st.integers(1, 12),
    st.sampled_from(["day", "week", "month"]),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.integers(-100, 900),
)
def test_the_next_slot_is_the_first_after_both(
    every: int, unit: Unit, slot: date, offset: int
) -> None:
    day = slot + timedelta(days=offset)
    number, naive = 0, slot
    while naive <= max(slot, day):
        number += 1
        naive = Cadence(every * number, unit).next_after(slot)
    assert slot_after(Cadence(every, unit), slot, day) == naive


@pytest.mark.parametrize("on", [date(9999, 12, 31), date(1, 1, 1)])
def test_a_skip_noted_on_an_impossible_day_does_no_harm(on: date) -> None:
    skips = (Skip(TODAY, Excuse.ME, on),)
    person = Person("p", "Dana", cadence=Cadence(1, "day"), skips=skips)
    found = slot_of(person, TODAY - timedelta(days=1), TODAY)
    assert found is not None
    assert found.day == TODAY + timedelta(days=1)


def test_no_cadence_has_no_slots() -> None:
    assert slot_of(Person("p", "Dana"), TODAY, TODAY) is None


END = date(9999, 12, 31)


@pytest.mark.parametrize("unit", ["day", "week", "month"])
@pytest.mark.parametrize("day", [END, date(9999, 12, 1)])
def test_a_slot_near_the_end_of_time_is_the_last_one(day: date, unit: Unit) -> None:
    cadence = Cadence(2, unit)
    skips = tuple(Skip(cadence_day, Excuse.ME, cadence_day) for cadence_day in (day, END))
    person = Person("p", "Dana", cadence=cadence, skips=skips, since=day)
    for last in (None, day, END):
        found = slot_of(person, last, END)
        assert found is not None
        assert day <= found.day <= END
    added = slot_of(person._replace(skips=skips[:1]), None, TODAY)
    assert added is not None
    assert added.day >= day
