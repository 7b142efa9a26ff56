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
