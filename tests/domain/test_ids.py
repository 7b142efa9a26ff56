"""Identifiers: what a UUIDv7 holds, and that they sort as they were made."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import counting_ids
from tui.domain.ids import uuid7
from tui.wiring import FreshIds

TIMES = st.integers(0, (1 << 48) - 1)
RANDOM = st.integers(0, (1 << 74) - 1)


@given(TIMES, RANDOM)
@example(0, 0)
@example((1 << 48) - 1, (1 << 74) - 1)
def test_it_is_a_uuid_version_7_with_all_its_bits(milliseconds: int, random_bits: int) -> None:
    text = uuid7(milliseconds, random_bits)
    made = uuid.UUID(text)
    assert str(made) == text
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == milliseconds
    high, low = made.int >> 64 & 0xFFF, made.int & (1 << 62) - 1
    assert high << 62 | low == random_bits


@given(TIMES, RANDOM, TIMES, RANDOM)
def test_text_sorts_as_the_moments_do(one: int, bits: int, other: int, more: int) -> None:
    by_time = (one, bits) < (other, more)
    assert (uuid7(one, bits) < uuid7(other, more)) is by_time


@given(st.integers(0, 1 << 60), st.integers(0, 1 << 90))
def test_bits_beyond_its_width_never_spill(milliseconds: int, random_bits: int) -> None:
    assert uuid7(milliseconds, random_bits) == uuid7(
        milliseconds % (1 << 48), random_bits % (1 << 74)
    )


def test_the_example_of_the_standard() -> None:
    """RFC 9562, appendix A.6."""
    random_bits = 0xCC3 << 62 | 0x18C4DC0C0C07398F
    assert uuid7(0x017F22E279B0, random_bits) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@pytest.mark.parametrize(
    "clock",
    [
        [5_000_000_000] * 50,
        [5_000_000_000 - step * 1_000_000 for step in range(50)],
        [5_000_000_000 + step * 500_000 for step in range(50)],
        [9_000_000_000, 1_000_000, 9_000_000_000, 0] * 12,
    ],
    ids=["stands still", "goes back", "half a millisecond", "jumps"],
)
def test_fresh_ids_sort_as_they_were_given_whatever_the_clock_does(
    clock: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks: Iterator[int] = iter(clock)
    monkeypatch.setattr(time, "time_ns", lambda: next(ticks))
    fresh = FreshIds()
    given_out = [fresh() for _ in clock]
    assert given_out == sorted(set(given_out))


def test_the_ids_of_tests_are_the_same_in_every_run_and_sort() -> None:
    first, again = counting_ids(), counting_ids()
    made = [first() for _ in range(300)]
    assert made == [again() for _ in range(300)] == sorted(set(made))
