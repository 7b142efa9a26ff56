"""Moments that have been, as people name them: the table, and what holds for any text."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.domain.dates import WhenError, say_moment
from tui.domain.moments import past_day, past_moment

NOW = datetime(2026, 11, 22, 14, 2, 33)
"""A Sunday."""
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday", date(2026, 11, 21)),
        ("Yesterday", date(2026, 11, 21)),
        ("today", TODAY),
        ("fri", date(2026, 11, 20)),
        ("friday", date(2026, 11, 20)),
        ("last fri", date(2026, 11, 20)),
        ("on mon", date(2026, 11, 16)),
        ("Tue", date(2026, 11, 17)),
        ("thurs", date(2026, 11, 19)),
        ("weds", date(2026, 11, 18)),
        ("3 nov", date(2026, 11, 3)),
        ("nov 3", date(2026, 11, 3)),
        ("22 nov", TODAY),
        ("23 nov", date(2025, 11, 23)),
        ("24 dec", date(2025, 12, 24)),
        ("last 24 dec", date(2025, 12, 24)),
        ("3 nov 2024", date(2024, 11, 3)),
        ("fri 20 nov", date(2026, 11, 20)),
        ("2026-11-03", date(2026, 11, 3)),
        ("29 feb", date(2024, 2, 29)),
    ],
)
def test_a_day_without_its_year_is_the_last_one(text: str, day: date) -> None:
    assert past_day(text, TODAY) == day


@pytest.mark.parametrize("ahead", range(1, 40))
def test_any_day_of_the_year_is_found_in_a_leap_year_too(ahead: int) -> None:
    today = date(2028, 3, 1)
    meant = date(2027, 3, 1) + timedelta(days=ahead)
    said = f"{meant.day} {('mar', 'apr')[meant.month - 3]}"
    assert past_day(said, today) == meant


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("14:01", datetime(2026, 11, 22, 14, 1)),
        ("14:02", datetime(2026, 11, 22, 14, 2)),
        ("14:02:33", datetime(2026, 11, 22, 14, 2, 33)),
        ("14:03", datetime(2026, 11, 21, 14, 3)),
        ("9:05", datetime(2026, 11, 22, 9, 5)),
        ("today 9:05", datetime(2026, 11, 22, 9, 5)),
        ("today", NOW),
        ("yesterday", datetime(2026, 11, 21, 23, 59, 59)),
        ("yesterday 17:00", datetime(2026, 11, 21, 17)),
        ("YESTERDAY  17:00", datetime(2026, 11, 21, 17)),
        ("17:00 yesterday", datetime(2026, 11, 21, 17)),
        ("fri 9:00", datetime(2026, 11, 20, 9)),
        ("last fri 9:00", datetime(2026, 11, 20, 9)),
        ("sat", datetime(2026, 11, 21, 23, 59, 59)),
        ("21 nov 17:05", datetime(2026, 11, 21, 17, 5)),
        ("2026-11-21 17:05", datetime(2026, 11, 21, 17, 5)),
        ("2026-11-21 17:05:30", datetime(2026, 11, 21, 17, 5, 30)),
        ("2026-11-21T17:05:30", datetime(2026, 11, 21, 17, 5, 30)),
        ("2025-01-01", datetime(2025, 1, 1, 23, 59, 59)),
        ("tue 9:00", datetime(2026, 11, 17, 9)),
        ("Tue 9:00", datetime(2026, 11, 17, 9)),
        ("Thursday 9:00", datetime(2026, 11, 19, 9)),
        ("Today 9:00", datetime(2026, 11, 22, 9)),
        ("SAT 9:00", datetime(2026, 11, 21, 9)),
        ("Tue 17 Nov 17:05", datetime(2026, 11, 17, 17, 5)),
    ],
)
def test_a_moment_is_the_last_one_of_that_name(text: str, moment: datetime) -> None:
    assert past_moment(text, NOW) == moment


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "soon", "tomorrow", "next fri", "in 2 weeks", "+3d", "today 14:03"),
        *("2026-11-22 14:03", "2026-11-23", "2026-13-01", "2026-02-30", "9999-12-31"),
        *("25:00", "14:60", "14:00:60", ":", "1:2:3:4", "14:00 15:00", "yesterday yesterday"),
        *("12/1", "backup", "...", "last", "on", "\0", "\x1b[31m:", "30 feb", "[x]:[y]"),
    ],
)
def test_what_is_no_moment_that_has_been_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(WhenError) as refused:
        past_moment(text, NOW)
    assert str(refused.value).endswith(".")


words = st.sampled_from(
    [
        *(
            "today",
            "yesterday",
            "last",
            "on",
            "fri",
            "Tue",
            "weds",
            "sunday",
            "3",
            "29",
            "31",
            "nov",
        ),
        *(
            "feb",
            "2026",
            "2024",
            "0000",
            "9999",
            "14:02",
            "23:59:59",
            "0:0",
            "2026-11-21",
            "T",
            "12/1",
        ),
        *("1999-12-31T23:59", "٣:٣", "²:³", "next", "week", "eom", "+999999999d", ":", "…", "5pm"),
    ]
)
phrases = st.lists(words, max_size=4).map(" ".join) | st.text(max_size=30)
nows = st.datetimes(datetime(1971, 1, 1), datetime(9999, 12, 31, 23, 59, 59))


@given(phrases, nows)
@example("29 feb", datetime(9999, 12, 31))
@example("fri", datetime(9999, 12, 31))
def test_no_moment_is_in_the_future_and_nothing_but_a_sentence_is_raised(
    text: str, now: datetime
) -> None:
    with suppress(WhenError):
        assert past_moment(text, now) <= now


FRIDAY = datetime(2026, 11, 20, 9)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("fri", FRIDAY),
        ("fri 8:30", datetime(2026, 11, 20, 8, 30)),
        ("fri 17:00", datetime(2026, 11, 13, 17)),
        ("last fri", datetime(2026, 11, 13, 23, 59, 59)),
        ("last fri 8:30", datetime(2026, 11, 13, 8, 30)),
    ],
)
def test_on_a_friday_the_last_one_is_a_week_ago(text: str, moment: datetime) -> None:
    assert past_moment(text, FRIDAY) == moment


@given(
    st.timedeltas(timedelta(0), timedelta(days=700)),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),
)
def test_what_is_listed_can_be_typed_as_it_is_listed(ago: timedelta, now: datetime) -> None:
    """The list of earlier versions says moments as it takes them."""
    now = now.replace(microsecond=0)
    moment = now - timedelta(seconds=int(ago.total_seconds()))
    said = f"{say_moment(moment, now.date())}:{moment.second:02}"
    assert past_moment(said, now) == moment
