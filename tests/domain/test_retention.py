"""How long notes are kept: a time as people say it, and the day it ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.journal import Page
from tui.domain.notes import HEARD, Note, Side
from tui.domain.onetoones import OneToOne, Status
from tui.domain.retention import Keep, is_expired, is_old, keep_from, old_talks
from tui.domain.sendings import Sending


@pytest.mark.parametrize(
    ("text", "today", "cutoff"),
    [
        ("1 year", date(2026, 11, 22), date(2025, 11, 22)),
        ("18 months", date(2026, 11, 22), date(2025, 5, 22)),
        ("1 month", date(2026, 3, 31), date(2026, 2, 28)),
        ("1 year", date(2028, 2, 29), date(2027, 2, 28)),
        ("12months", date(2026, 1, 1), date(2025, 1, 1)),
        ("2 weeks", date(2026, 1, 1), date(2025, 12, 18)),
        ("90 Days", date(2026, 1, 1), date(2025, 10, 3)),
        ("9999 years", date(2026, 1, 1), date.min),
        ("9999 weeks", date(1, 1, 1), date.min),
    ],
)
def test_a_time_ends_on_a_day(text: str, today: date, cutoff: date) -> None:
    assert keep_from(text).cutoff(today) == cutoff


@pytest.mark.parametrize("text", ["", "0 years", "1", "year", "-1 year", "1.5 years", "1 hour"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        keep_from(text)


@given(st.dates(date(1900, 1, 1)), st.integers(1, 400), st.sampled_from(["day", "week", "month"]))
def test_it_ends_no_later_than_so_many_days_before(today: date, count: int, unit: str) -> None:
    days = {"day": 1, "week": 7, "month": 28}[unit] * count
    cutoff = keep_from(f"{count} {unit}s").cutoff(today)
    assert cutoff <= today - timedelta(days=days)
    assert keep_from(keep_from(f"{count} {unit}s").words) == keep_from(f"{count} {unit}")


def test_it_is_said_as_it_is_written() -> None:
    assert keep_from("1 years") == Keep(12, 0, "1 year")
    assert keep_from("2 year").words == "2 years"


def test_only_what_is_closed_and_long_ago_is_old() -> None:
    cutoff = date(2026, 1, 1)
    one = OneToOne("1", "p", datetime(2025, 12, 31, 23, 59), status=Status.CLOSED)
    assert is_old(one, cutoff)
    assert not is_old(one._replace(at=datetime(2026, 1, 1)), cutoff)
    assert not any(is_old(one._replace(status=s), cutoff) for s in Status if s != Status.CLOSED)
    assert is_expired(one.at, is_pinned=False, cutoff=cutoff)
    assert not is_expired(one.at, is_pinned=True, cutoff=cutoff)
    assert not is_expired(datetime(2026, 1, 1), is_pinned=False, cutoff=cutoff)


def test_what_is_there_decides_not_when_notes_last_went() -> None:
    cutoff = date(2026, 1, 1)
    ones = [OneToOne(str(n), "p", datetime(2025, n, 1), status=Status.CLOSED) for n in range(1, 7)]
    old = datetime(2025, 1, 1)
    pages = {
        "1": Page(notes=(Note("a", "old", HEARD.id, old, Side.OURS),)),
        "2": Page(notes=(Note("a", "kept", HEARD.id, old, Side.MINE, is_pinned=True),)),
        "3": Page(notes=(Note("a", "later", HEARD.id, datetime(2026, 2, 1), Side.MINE),)),
        "4": Page(sendings=(Sending("a", old, "plain", "xclip", "words"),)),
        "5": Page(sendings=(Sending("a", old, "plain", "xclip", ""),)),
    }
    assert old_talks(ones, cutoff, lambda one: pages.get(one.id)) == 2
    assert old_talks(ones, date(2025, 1, 1), lambda one: pages.get(one.id)) == 0
