"""Dates, moments and rhythms: what is understood, what is refused, and what stays text."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.domain.dates import (
    Cadence,
    Trailing,
    WhenError,
    parse_cadence,
    parse_moment,
    parse_when,
    say_date,
    say_day,
    say_due,
    say_gap,
    say_moment,
    split_trailing_when,
)
from tui.domain.reckoning import Reckoning, Week

SUNDAY = date(2026, 11, 22)
WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 25, 13, 7, 42, 99)

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
NEAR_DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
WORDS = """
by on before until due @ in a the of next this last week month weeks d w m +3d +0w +999999999m
fri sun Sat sat tues friday may march 4 31 29 4th dec feb february 2027 0000 12/1 12.1. 31/2/26
2026-02-30 2026-12-04 eow eom eoy today tomorrow now at 14:00 25:00 2 pm am 2pm every other
two twelve 0 367 999999999 10d 1m book ( ) . , ; 1:1 one-to-one our plan
"""
DATE_WORDS = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=8).map(" ".join)
ANY_TEXT = st.one_of(st.text(), DATE_WORDS)


NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKS = [Week(starts, ends) for starts in range(7) for ends in range(7)]


def in_weeks(week: Week) -> Reckoning:
    """Return a reckoning with these weeks."""
    return Reckoning(lambda: week)


def unasked() -> Week:
    """Stand for weeks nobody may ask for: finding them out costs more than a key press may."""
    raise AssertionError("this phrase does not turn on how weeks go")


def iso(text: str) -> date:
    """Return the day written as 2026-12-04."""
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-11-25"),
        ("tomorrow", "2026-11-26"),
        ("  ToMoRRow \n", "2026-11-26"),
        ("wed", "2026-12-02"),
        ("wednesday", "2026-12-02"),
        ("thu", "2026-11-26"),
        ("Thurs", "2026-11-26"),
        ("fri", "2026-11-27"),
        ("FRIDAY", "2026-11-27"),
        ("sun", "2026-11-29"),
        ("mon", "2026-11-30"),
        ("tues", "2026-12-01"),
        ("next tue", "2026-12-01"),
        ("next wed", "2026-12-02"),
        ("next sunday", "2026-12-06"),
        ("sun next week", "2026-12-06"),
        ("next week fri", "2026-12-04"),
        ("this fri", "2026-11-27"),
        ("this wed", "2026-11-25"),
        ("this sun", "2026-11-29"),
        ("in 3 days", "2026-11-28"),
        ("in a day", "2026-11-26"),
        ("in 0 days", "2026-11-25"),
        ("in a week", "2026-12-02"),
        ("in 2 weeks", "2026-12-09"),
        ("in two weeks", "2026-12-09"),
        ("in  TWELVE   weeks", "2027-02-17"),
        ("in a month", "2026-12-25"),
        ("in 2 months", "2027-01-25"),
        ("next week", "2026-11-30"),
        ("next month", "2026-12-01"),
        ("+3d", "2026-11-28"),
        ("+2w", "2026-12-09"),
        ("+1m", "2026-12-25"),
        ("+14M", "2028-01-25"),
        ("4 dec", "2026-12-04"),
        ("dec 4", "2026-12-04"),
        ("4th dec", "2026-12-04"),
        ("Dec 4th, 2027", "2027-12-04"),
        ("the 1st of december", "2026-12-01"),
        ("4 december 2027", "2027-12-04"),
        ("4 dec 2020", "2020-12-04"),
        ("25 nov", "2026-11-25"),
        ("24 nov", "2027-11-24"),
        ("3 sept", "2027-09-03"),
        ("may 4", "2027-05-04"),
        ("29 feb", "2028-02-29"),
        ("fri 27 nov", "2026-11-27"),
        ("Friday, 27 November 2026", "2026-11-27"),
        ("fri nov 27", "2026-11-27"),
        ("2026-12-04", "2026-12-04"),
        ("2026-1-5", "2026-01-05"),
        ("eow", "2026-11-27"),
        ("eom", "2026-11-30"),
        ("eoy", "2026-12-31"),
        ("by fri", "2026-11-27"),
        ("On Fri", "2026-11-27"),
        ("before 4 dec", "2026-12-04"),
        ("until eom", "2026-11-30"),
        ("due tomorrow", "2026-11-26"),
        ("due by tomorrow", "2026-11-26"),
        ("@fri", "2026-11-27"),
        ("@ fri", "2026-11-27"),
    ],
)
def test_a_date_is_understood(text: str, expected: str) -> None:
    assert parse_when(text, WEDNESDAY) == iso(expected)


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("fri", "2026-11-27", "2026-12-04"),
        ("this fri", "2026-11-27", "2026-11-27"),
        ("eow", "2026-11-27", "2026-11-27"),
        ("eow", "2026-11-28", "2026-12-04"),
        ("eow", "2026-11-29", "2026-12-04"),
        ("eow", "2026-11-23", "2026-11-27"),
        ("next week", "2026-11-23", "2026-11-30"),
        ("next week", "2026-11-29", "2026-11-30"),
        ("next mon", "2026-11-29", "2026-11-30"),
        ("next month", "2026-12-31", "2027-01-01"),
        ("next month", "2026-01-31", "2026-02-01"),
        ("in a month", "2026-01-31", "2026-02-28"),
        ("in a month", "2028-01-31", "2028-02-29"),
        ("+1m", "2026-12-31", "2027-01-31"),
        ("+11m", "2026-01-31", "2026-12-31"),
        ("eom", "2028-02-01", "2028-02-29"),
        ("eom", "2026-02-28", "2026-02-28"),
        ("eom", "9999-12-02", "9999-12-31"),
        ("eow", "9999-12-31", "9999-12-31"),
        ("eoy", "2026-12-31", "2026-12-31"),
        ("29 feb", "2028-02-29", "2028-02-29"),
        ("29 feb", "2028-03-01", "2032-02-29"),
        ("29 feb", "1896-03-01", "1904-02-29"),
        ("31 dec", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_date_is_understood_from_any_day(text: str, today: str, expected: str) -> None:
    assert parse_when(text, iso(today)) == iso(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "by",
        "@",
        "soon",
        "may",
        "march",
        "next",
        "in weeks",
        "in other weeks",
        "friday!",
        "this fri next week",
        "+3",
        "3d",
        "+3y",
        "-3d",
        "4",
        "4 foo",
        "book 4 dec",
        "dec 4 27",
        "by by fri",
        "20261204",
        "2026/12/04",
        "in 99999999999 days",
        "tomorrow 14:00",
        "٤ dec",
    ],
)
def test_what_is_no_date_is_said_with_an_example(text: str) -> None:
    with pytest.raises(WhenError, match=r"not understood\. .*4 dec") as caught:
        parse_when(text, WEDNESDAY)
    assert " ".join(text.split()) in str(caught.value)


def test_a_long_text_is_clipped_in_the_sentence() -> None:
    with pytest.raises(WhenError) as caught:
        parse_when("so on\n" * 40_000, WEDNESDAY)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize(
    "text",
    [
        "31 feb",
        "feb 30",
        "by 31 feb",
        "2026-02-30",
        "2026-13-01",
        "0000-01-01",
        "29 feb 2027",
        "0 dec",
        "31/2",
        "99/99",
        "99.99.",
        "4 dec 0000",
        "mon 27 nov",
        "fri 27 nov 2027",
    ],
)
def test_an_impossible_day_is_said_not_to_exist(text: str) -> None:
    with pytest.raises(WhenError, match="does not exist"):
        parse_when(text, WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12/1", ['"12 jan" (2027-01-12)', '"1 dec" (2026-12-01)']),
        ("by 12/1", ['"12 jan" (2027-01-12)', '"1 dec" (2026-12-01)']),
        ("12.1.", ['"12 jan" (2027-01-12)', '"1 dec" (2026-12-01)']),
        ("12.1", ['"12 jan" (2027-01-12)', '"1 dec" (2026-12-01)']),
        ("12-1", ['"12 jan" (2027-01-12)', '"1 dec" (2026-12-01)']),
        ("12/1/2026", ['"12 jan 2026" (2026-01-12)', '"1 dec 2026" (2026-12-01)']),
        ("12/1/28", ['"12 jan 2028" (2028-01-12)', '"1 dec 2028" (2028-12-01)']),
        ("25/12", ['"25 dec" (2026-12-25)']),
        ("12/25", ['"25 dec" (2026-12-25)']),
        ("5/5", ['"5 may" (2027-05-05)']),
        ("29/2", ['"29 feb" (2028-02-29)']),
    ],
)
def test_day_and_month_are_never_guessed(text: str, shown: list[str]) -> None:
    with pytest.raises(WhenError, match="never guess between day and month") as caught:
        parse_when(text, WEDNESDAY)
    assert str(caught.value).endswith(f"write {' or '.join(shown)}.")


@pytest.mark.parametrize("text", ["this mon", "this tuesday", "by this tue"])
def test_a_past_day_of_this_week_is_refused(text: str) -> None:
    with pytest.raises(WhenError, match="of this week is past"):
        parse_when(text, WEDNESDAY)


# -- weeks as they go somewhere ------------------------------------------------------------

SUNDAYS, SATURDAYS = Week(6, 4), Week(5, 3)
"""Weeks as in the United States, and as in Egypt, where Friday and Saturday are the weekend."""


@pytest.mark.parametrize(
    ("text", "today", "week", "expected"),
    [
        ("this sun", "2026-11-25", Week(), "2026-11-29"),
        ("next sun", "2026-11-25", SUNDAYS, "2026-11-29"),
        ("next mon", "2026-11-22", SUNDAYS, "2026-11-30"),
        ("next mon", "2026-11-22", Week(), "2026-11-23"),
        ("this sat", "2026-11-22", SUNDAYS, "2026-11-28"),
        ("this sat", "2026-11-22", SATURDAYS, None),
        ("this mon", "2026-11-22", SATURDAYS, "2026-11-23"),
        ("fri next week", "2026-11-22", SUNDAYS, "2026-12-04"),
        ("fri next week", "2026-11-22", Week(), "2026-11-27"),
        ("next week", "2026-11-21", SATURDAYS, "2026-11-28"),
        ("next week", "2026-11-21", SUNDAYS, "2026-11-22"),
        ("next week", "2026-11-21", Week(), "2026-11-23"),
        ("eow", "2026-11-26", SATURDAYS, "2026-11-26"),
        ("eow", "2026-11-27", SATURDAYS, "2026-12-03"),
        ("eow", "2026-11-27", SUNDAYS, "2026-11-27"),
        ("eow", "2026-12-31", SATURDAYS, "2026-12-31"),
        ("next week", "2026-12-31", SUNDAYS, "2027-01-03"),
        ("this thu", "2028-02-27", SUNDAYS, "2028-03-02"),
        ("next tue", "2028-02-28", SUNDAYS, "2028-03-07"),
        ("this tue", "2028-02-28", Week(), "2028-02-29"),
    ],
)
def test_weeks_begin_and_end_as_they_do_here(
    text: str, today: str, week: Week, expected: str | None
) -> None:
    if expected is None:
        with pytest.raises(WhenError, match="of this week is past"):
            parse_when(text, iso(today), in_weeks(week))
    else:
        assert parse_when(text, iso(today), in_weeks(week)) == iso(expected)
        found = split_trailing_when(f"send it by {text}", iso(today), in_weeks(week))
        assert found.when == iso(expected)
        moment = parse_moment(
            f"{text} 14:00", datetime.combine(iso(today), NOW.time()), in_weeks(week)
        )
        assert moment.date() == iso(expected)


@given(today=NEAR_DAYS, week=st.sampled_from(WEEKS), name=st.sampled_from(NAMES))
@example(today=date(2028, 2, 28), week=Week(2, 1), name="tue")
@example(today=date(2026, 12, 31), week=Week(6, 4), name="fri")
@example(today=date(2100, 2, 28), week=Week(5, 3), name="mon")
def test_weeks_are_as_if_counted_on_a_calendar(today: date, week: Week, name: str) -> None:
    first = today
    while first.weekday() != week.starts:
        first -= timedelta(days=1)
    here, coming = ([first + timedelta(days=n) for n in range(k, k + 7)] for k in (0, 7))
    (this,) = (day for day in here if NAMES[day.weekday()] == name)
    (following,) = (day for day in coming if NAMES[day.weekday()] == name)
    end = next(day for day in here + coming if day >= today and day.weekday() == week.work_ends)
    reckoning = in_weeks(week)
    for said in (f"next {name}", f"{name} next week", f"next week {name}"):
        assert parse_when(said, today, reckoning) == following
    assert parse_when("next week", today, reckoning) == coming[0]
    assert parse_when("eow", today, reckoning) == end
    if this >= today:
        assert parse_when(f"this {name}", today, reckoning) == this
    else:
        with pytest.raises(WhenError, match="of this week is past"):
            parse_when(f"this {name}", today, reckoning)


@pytest.mark.parametrize(
    "text",
    ["fri", "today", "tomorrow", "in 2 weeks", "+2w", "4 dec", "eom", "eoy", "2026-12-04", "12/1",
     "next month", "next 1:1", "soon", "31 feb"],
)  # fmt: skip
def test_weeks_are_asked_for_only_where_a_phrase_turns_on_them(text: str) -> None:
    reckoning = Reckoning(unasked)
    for parse in (parse_when, split_trailing_when):
        with suppress(WhenError):
            parse(f"by {text}", WEDNESDAY, reckoning)


@given(
    text=st.sampled_from(["12/1", "12.1.", "1-12", "5/5", "12/1/26"]), week=st.sampled_from(WEEKS)
)
def test_no_region_makes_day_and_month_a_guess(text: str, week: Week) -> None:
    with pytest.raises(WhenError, match="never guess between day and month"):
        parse_when(text, WEDNESDAY, in_weeks(week))


@given(text=ANY_TEXT, today=DAYS, week=st.sampled_from(WEEKS))
def test_what_is_due_is_a_plain_date(text: str, today: date, week: Week) -> None:
    reckoning = Reckoning(lambda: week, lambda: today)
    found = split_trailing_when(f"x {text}", today, reckoning).when
    assert found is None or type(found) is date


# -- the next one-to-one -------------------------------------------------------------------

TALK = date(2026, 12, 8)


def no_talk() -> date:
    """Stand for somebody with whom nothing is planned."""
    raise WhenError("No next one-to-one with Dana is planned.")


WITH_DANA, WITH_NOBODY = Reckoning(next_talk=lambda: TALK), Reckoning(next_talk=no_talk)


@pytest.mark.parametrize(
    "text",
    ["next 1:1", "Next 1:1", "by next 1:1", "next one-to-one", "next 1-1", "next 1on1",
     "next 1-on-1", "next 1-to-1", "next one-on-one", "next one to one", "our next 1:1",
     "before our next 1:1",
     "until the next 1:1", "by my next one-to-one", "at our next 1:1", "in the next 1:1",
     "@next 1:1", "due by next 1:1"],
)  # fmt: skip
def test_the_next_one_to_one_is_a_day(text: str) -> None:
    assert parse_when(text, WEDNESDAY, WITH_DANA) == TALK
    assert parse_moment(f"{text} 14:00", NOW, WITH_DANA) == datetime(2026, 12, 8, 14)
    with pytest.raises(WhenError, match="with Dana is planned"):
        parse_when(text, WEDNESDAY, WITH_NOBODY)
    with pytest.raises(WhenError, match="with nobody in particular here: give a day"):
        parse_when(text, WEDNESDAY)


@pytest.mark.parametrize(
    ("line", "text", "phrase"),
    [
        ("send the book by next 1:1", "send the book", "by next 1:1"),
        ("send the book next 1:1", "send the book", "next 1:1"),
        ("send the book (by our next one-to-one).", "send the book", "by our next one-to-one"),
        ("tell her how it went at our next 1:1", "tell her how it went", "at our next 1:1"),
        ("try it, before the next 1-1!", "try it", "before the next 1-1"),
        ("go on due before our next one to one", "go on", "due before our next one to one"),
        ("prepare slides by next 1:1", "prepare slides", "by next 1:1"),
    ],
)
def test_the_next_one_to_one_at_the_end_is_taken(line: str, text: str, phrase: str) -> None:
    assert split_trailing_when(line, WEDNESDAY, WITH_DANA) == Trailing(text, TALK, None, phrase)
    refused = split_trailing_when(line, WEDNESDAY, WITH_NOBODY)
    assert refused == Trailing(line, None, "No next one-to-one with Dana is planned.", "")


@pytest.mark.parametrize(
    "line",
    ["plan next 1:1", "start preparing next 1:1", "reschedule next 1:1", "confirm the next 1:1",
     "move our next 1:1",
     "make a list for next 1:1", "agenda for our next 1:1", "not before our next 1:1", "next 1:1",
     "by next 1:1", "prepare Dana's next 1:1", "see to her next 1:1", "talk about the next 1:1",
     "bring it up next time", "think it over until next time", "buy 1:1", "scale it 1:1",
     "read the next 1:1 guide",
     "enjoy our next 1:1"],
)  # fmt: skip
@pytest.mark.parametrize("reckoning", [WITH_DANA, WITH_NOBODY], ids=["planned", "none"])
def test_a_talk_that_is_spoken_of_is_no_date(line: str, reckoning: Reckoning) -> None:
    assert split_trailing_when(line, WEDNESDAY, reckoning) == Trailing(line, None, None, "")


@pytest.mark.parametrize("text", ["+999999999d", "+999999999w", "+999999999m", "in 96000 months"])
def test_beyond_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(WhenError, match="beyond the year 9999"):
        parse_when(text, WEDNESDAY)


@pytest.mark.parametrize(
    "text", ["tomorrow", "sat", "next fri", "next week", "next month", "in a month", "+1w"]
)
def test_the_last_day_of_the_calendar_has_no_next(text: str) -> None:
    with pytest.raises(WhenError, match="beyond the year 9999"):
        parse_when(text, date.max)


@pytest.mark.parametrize(
    ("line", "text", "when", "phrase"),
    [
        ("send the coaching book by fri", "send the coaching book", "2026-11-27", "by fri"),
        ("draft note in 2 weeks", "draft note", "2026-12-09", "in 2 weeks"),
        ("draft note in two weeks", "draft note", "2026-12-09", "in two weeks"),
        ("draft note by 4 dec", "draft note", "2026-12-04", "by 4 dec"),
        ("draft note 4 dec", "draft note", "2026-12-04", "4 dec"),
        ("draft note +3d", "draft note", "2026-11-28", "+3d"),
        ("draft note tomorrow", "draft note", "2026-11-26", "tomorrow"),
        ("draft note today", "draft note", "2026-11-25", "today"),
        ("draft note next week", "draft note", "2026-11-30", "next week"),
        ("draft note next month", "draft note", "2026-12-01", "next month"),
        ("draft note eom", "draft note", "2026-11-30", "eom"),
        ("draft note 2026-12-04", "draft note", "2026-12-04", "2026-12-04"),
        ("draft note next tue", "draft note", "2026-12-01", "next tue"),
        ("draft note fri next week", "draft note", "2026-12-04", "fri next week"),
        ("draft note before eow", "draft note", "2026-11-27", "before eow"),
        ("draft note due fri", "draft note", "2026-11-27", "due fri"),
        ("draft note due by Fri", "draft note", "2026-11-27", "due by Fri"),
        ("draft note @fri", "draft note", "2026-11-27", "@fri"),
        ("draft note @ fri", "draft note", "2026-11-27", "@ fri"),
        ("mail bob@fri +3d", "mail bob@fri", "2026-11-28", "+3d"),
        ("meet fri", "meet", "2026-11-27", "fri"),
        ("meet tue", "meet", "2026-12-01", "tue"),
        ("meet thu", "meet", "2026-11-26", "thu"),
        ("meet sunday", "meet", "2026-11-29", "sunday"),
        ("meet Sat", "meet", "2026-11-28", "Sat"),
        ("meet on sat", "meet", "2026-11-28", "on sat"),
        ("meet @sun", "meet", "2026-11-29", "@sun"),
        ("meet next wed", "meet", "2026-12-02", "next wed"),
        ("meet fri 27 nov", "meet", "2026-11-27", "fri 27 nov"),
        ("meet by sat 28 nov", "meet", "2026-11-28", "by sat 28 nov"),
        ("wait until the 4th of december", "wait", "2026-12-04", "until the 4th of december"),
        (
            "go (due before wednesday 30th september 2026).",
            "go",
            "2026-09-30",
            "due before wednesday 30th september 2026",
        ),
        ("send book (by fri).", "send book", "2026-11-27", "by fri"),
        ("send book (by fri.)!", "send book", "2026-11-27", "by fri"),
        ("send book ( by fri )", "send book", "2026-11-27", "by fri"),
        ("send book by fri!", "send book", "2026-11-27", "by fri"),
        ("send book by fri ;", "send book", "2026-11-27", "by fri"),
        ("send book, by fri,", "send book", "2026-11-27", "by fri"),
        ("  send   book   by   fri  ", "send   book", "2026-11-27", "by   fri"),
        ("move on tomorrow", "move on", "2026-11-26", "tomorrow"),
        ("follow on in 2 weeks", "follow on", "2026-12-09", "in 2 weeks"),
        ("drop by in a week", "drop by", "2026-12-02", "in a week"),
        ("follow on next week", "follow on", "2026-11-30", "next week"),
        ("meet on next tue", "meet", "2026-12-01", "on next tue"),
        ("may come by may 4", "may come", "2027-05-04", "by may 4"),
        ("compare 12/1 by fri", "compare 12/1", "2026-11-27", "by fri"),
        ("[x] call 📞 by fri", "[x] call 📞", "2026-11-27", "by fri"),
        ("one\n  two by fri\n", "one\n  two", "2026-11-27", "by fri"),
        ("  one \r\n\n two  by fri", "  one \r\n\n two", "2026-11-27", "by fri"),
        ("send the book\nby fri", "send the book", "2026-11-27", "by fri"),
        ("\n \n send by fri", "send", "2026-11-27", "by fri"),
    ],
)
def test_a_date_at_the_end_is_taken(line: str, text: str, when: str, phrase: str) -> None:
    assert split_trailing_when(line, WEDNESDAY) == Trailing(text, iso(when), None, phrase)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "tomorrow",
        "by fri",
        "(by fri)",
        ", tomorrow",
        "due by fri",
        "@fri",
        "in 2 weeks",
        "by 12/1",
        "by 31 feb",
        "look at the sun",
        "where we sat",
        "she can wed",
        "call mon",
        "meet (sun).",
        "we may",
        "long march",
        "by may",
        "score was 12/1",
        "score was (12/1).",
        "score was 12.1.",
        "raise by 1.5",
        "upgrade before 3.12",
        "won by 12-1",
        "stand by",
        "log on",
        "due",
        "tomorrow we go",
        "send by fri?",
        "(send book by fri)",
        "the gym every friday",
        "since last week, since fri",
        "what she said last friday",
        "by the end of next week",
        "mon to fri",
        "sat or sunday",
        "not before fri",
        "we looked at the Sun",
        "plan for tomorrow",
        "by fri\nthen rest",
        "catch\xa0up",
        "the by 1:1",
    ],
)
def test_ordinary_words_stay_text(line: str) -> None:
    assert split_trailing_when(line, WEDNESDAY) == Trailing(line, None, None, "")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("send it by 31 feb", '"31 feb" is a day that does not exist'),
        ("send it 31 feb.", '"31 feb" is a day that does not exist'),
        ("send it 2026-02-30", "does not exist"),
        ("send it fri 28 nov", "2026-11-28 is a Saturday"),
        ("send it by 12/1", "never guess"),
        ("send it (by 12/1)", "never guess"),
        ("send it on 12/1/2026", "never guess"),
        ("send it @12/1", "never guess"),
        ("send it by 12.1.", "never guess"),
        ("send it by 12.1.2026", "never guess"),
        ("send it by 12-1-2026", "never guess"),
        ("send it this mon", "of this week is past"),
        ("send it +999999999w", "beyond the year 9999"),
    ],
)
def test_a_refused_date_stays_text_and_is_explained(line: str, problem: str) -> None:
    found = split_trailing_when(line, WEDNESDAY)
    assert found._replace(problem=None) == Trailing(line, None, None, "")
    assert found.problem is not None
    assert problem in found.problem


@pytest.mark.parametrize(
    "filler", ["a", "a ", "1 ", "by ", "(", "\n", " \t", "+3d ", "12/1 ", "fri,", "é\u00a0"]
)
def test_a_long_text_is_read_from_its_end(filler: str) -> None:
    note = "x" + filler * 200_000
    found = split_trailing_when(note + " send by fri", WEDNESDAY)
    assert (found.when, found.phrase) == (FRIDAY, "by fri")
    assert found.text == note + " send"
    for parse in (
        lambda: parse_when(note, WEDNESDAY),
        lambda: parse_cadence(note),
        lambda: parse_moment(note + " 14:00", NOW),
    ):
        with pytest.raises(WhenError):
            parse()


def test_a_word_cut_by_the_window_is_no_date() -> None:
    # "…xxxfri" must not be read as "fri", whatever the length before it.
    for length in range(1, 120):
        assert split_trailing_when("a " + "x" * length + "fri", WEDNESDAY).when is None


@pytest.mark.parametrize(
    ("day", "said", "plain"),
    [
        ("2026-11-22", "today", "Sun 22 Nov"),
        ("2026-11-23", "tomorrow", "Mon 23 Nov"),
        ("2026-11-21", "yesterday", "Sat 21 Nov"),
        ("2026-11-27", "Fri 27 Nov", "Fri 27 Nov"),
        ("2026-11-01", "Sun 1 Nov", "Sun 1 Nov"),
        ("2027-05-21", "Fri 21 May", "Fri 21 May"),
        ("2027-05-22", "Sat 22 May 2027", "Sat 22 May 2027"),
        ("2026-05-26", "Tue 26 May", "Tue 26 May"),
        ("2026-05-25", "Mon 25 May 2026", "Mon 25 May 2026"),
        ("0987-06-05", "Tue 5 Jun 0987", "Tue 5 Jun 0987"),
    ],
)
def test_a_date_is_said(day: str, said: str, plain: str) -> None:
    assert say_date(iso(day), SUNDAY) == said
    assert say_day(iso(day), SUNDAY) == plain


@pytest.mark.parametrize(
    ("days", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (12, "12 days")]
)
def test_a_gap_is_said(days: int, said: str) -> None:
    assert say_gap(days) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (None, "no date"),
        ("2026-11-21", "overdue 1 day"),
        ("2026-11-17", "overdue 5 days"),
        ("2026-11-22", "due today"),
        ("2026-11-23", "by tomorrow"),
        ("2026-11-27", "by Fri 27 Nov"),
        ("2027-11-26", "by Fri 26 Nov 2027"),
    ],
)
def test_a_promise_is_said(day: str | None, said: str) -> None:
    assert say_due(iso(day) if day else None, SUNDAY) == said


@pytest.mark.parametrize(
    ("text", "cadence", "said"),
    [
        ("daily", Cadence(1, "day"), "every day"),
        ("weekly", Cadence(1, "week"), "every week"),
        (" Every  Week ", Cadence(1, "week"), "every week"),
        ("every 2 weeks", Cadence(2, "week"), "every 2 weeks"),
        ("every two weeks", Cadence(2, "week"), "every 2 weeks"),
        ("biweekly", Cadence(2, "week"), "every 2 weeks"),
        ("fortnightly", Cadence(2, "week"), "every 2 weeks"),
        ("every other week", Cadence(2, "week"), "every 2 weeks"),
        ("every other day", Cadence(2, "day"), "every 2 days"),
        ("2w", Cadence(2, "week"), "every 2 weeks"),
        ("monthly", Cadence(1, "month"), "every month"),
        ("every month", Cadence(1, "month"), "every month"),
        ("1m", Cadence(1, "month"), "every month"),
        ("quarterly", Cadence(3, "month"), "every 3 months"),
        ("every 10 days", Cadence(10, "day"), "every 10 days"),
        ("10d", Cadence(10, "day"), "every 10 days"),
        ("every 366 days", Cadence(366, "day"), "every 366 days"),
        ("52w", Cadence(52, "week"), "every 52 weeks"),
        ("12m", Cadence(12, "month"), "every 12 months"),
    ],
)
def test_a_cadence_is_understood_and_said(text: str, cadence: Cadence, said: str) -> None:
    assert parse_cadence(text) == cadence
    assert cadence.say() == said


@pytest.mark.parametrize("text", ["", "  ", "none", "None", "no  cadence"])
def test_no_cadence_is_none(text: str) -> None:
    assert parse_cadence(text) is None


@pytest.mark.parametrize(
    "text", ["often", "every", "every fri", "week", "2", "w", "-2w", "every -1 days", "2y"]
)
def test_what_is_no_cadence_is_said_with_an_example(text: str) -> None:
    with pytest.raises(WhenError, match=r"not understood\. .*every 2 weeks"):
        parse_cadence(text)


@pytest.mark.parametrize(
    "text", ["0d", "every 0 weeks", "every 367 days", "53w", "13m", "999999999m"]
)
def test_a_cadence_is_between_a_day_and_a_year(text: str) -> None:
    with pytest.raises(WhenError, match=r"between one day and one year\. .*every 2 weeks"):
        parse_cadence(text)


@pytest.mark.parametrize(
    ("cadence", "last", "following"),
    [
        (Cadence(1, "day"), "2026-12-31", "2027-01-01"),
        (Cadence(2, "week"), "2026-11-24", "2026-12-08"),
        (Cadence(1, "month"), "2026-01-31", "2026-02-28"),
        (Cadence(1, "month"), "2028-01-31", "2028-02-29"),
        (Cadence(1, "month"), "2026-11-30", "2026-12-30"),
        (Cadence(3, "month"), "2026-11-30", "2027-02-28"),
        (Cadence(12, "month"), "2028-02-29", "2029-02-28"),
    ],
)
def test_the_next_day_of_a_cadence(cadence: Cadence, last: str, following: str) -> None:
    assert cadence.next_after(iso(last)) == iso(following)


@pytest.mark.parametrize("unit", ["day", "week", "month"])
def test_a_cadence_ends_with_the_calendar(unit: str) -> None:
    cadence = parse_cadence(f"every {unit}")
    assert cadence is not None
    with pytest.raises(WhenError, match="beyond the year 9999"):
        cadence.next_after(date.max)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-11-25 13:07"),
        (" NOW ", "2026-11-25 13:07"),
        ("today", "2026-11-25 13:07"),
        ("2026-11-25", "2026-11-25 13:07"),
        ("today 14:00", "2026-11-25 14:00"),
        ("today 9:30", "2026-11-25 09:30"),
        ("tomorrow 9:30", "2026-11-26 09:30"),
        ("tomorrow", "2026-11-26 09:00"),
        ("fri", "2026-11-27 09:00"),
        ("fri 14:00", "2026-11-27 14:00"),
        ("Fri, 14:00", "2026-11-27 14:00"),
        ("fri at 14:00", "2026-11-27 14:00"),
        ("on sat 14:00", "2026-11-28 14:00"),
        ("fri 2pm", "2026-11-27 14:00"),
        ("fri 2 PM", "2026-11-27 14:00"),
        ("dec 4 2:15pm", "2026-12-04 14:15"),
        ("dec 4", "2026-12-04 09:00"),
        ("2026-12-04 14:00", "2026-12-04 14:00"),
        ("2026-11-20 08:05", "2026-11-20 08:05"),
        ("Tue 24 Nov 2026 14:00", "2026-11-24 14:00"),
        ("14:00", "2026-11-25 14:00"),
        ("at 14:00", "2026-11-25 14:00"),
        ("00:00", "2026-11-25 00:00"),
        ("tomorrow 0:00", "2026-11-26 00:00"),
        ("23:59", "2026-11-25 23:59"),
        ("2pm", "2026-11-25 14:00"),
        ("12am", "2026-11-25 00:00"),
        ("12pm", "2026-11-25 12:00"),
        ("12:30 am", "2026-11-25 00:30"),
        ("11:59pm", "2026-11-25 23:59"),
    ],
)
def test_a_moment_is_understood(text: str, expected: str) -> None:
    assert parse_moment(text, NOW) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "25:00",
        "24:00",
        "14:60",
        "0pm",
        "13pm",
        "14:00pm",
        "fri 25:00",
        "14",
        "fri 14",
        "2:5",
        "now 14:00",
        "14:00 fri",
        "fri 14:000",
        "14:00:00",
        "soon 14:00",
        "fri 1 2pm",
        "-1:00",
    ],
)
def test_what_is_no_moment_is_said_with_an_example(text: str) -> None:
    with pytest.raises(WhenError, match=r"not understood\. Write a .*(9:30|2pm)"):
        parse_moment(text, NOW)


@pytest.mark.parametrize("text", ["31 feb 14:00", "12/1 14:00", "this mon 2pm"])
def test_a_moment_on_a_refused_date_is_refused(text: str) -> None:
    with pytest.raises(WhenError, match=r"does not exist|never guess|is past"):
        parse_moment(text, NOW)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-24 14:00", "Tue 24 Nov 14:00"),
        ("2026-11-22 09:05", "Sun 22 Nov 09:05"),
        ("2027-11-23 00:00", "Tue 23 Nov 2027 00:00"),
    ],
)
def test_a_moment_is_said(moment: str, said: str) -> None:
    assert say_moment(datetime.fromisoformat(moment), SUNDAY) == said


def test_a_when_error_is_a_value_error() -> None:
    assert issubclass(WhenError, ValueError)


@given(day=DAYS, today=DAYS)
def test_an_iso_date_is_read_back(day: date, today: date) -> None:
    assert parse_when(day.isoformat(), today) == day


@given(today=NEAR_DAYS, ahead=st.integers(0, 60_000))
def test_what_is_said_of_a_coming_day_is_read_back(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert parse_when(say_date(day, today), today) == day
    assert parse_when(say_day(day, today), today) == day
    found = split_trailing_when(f"send it by {say_day(day, today)}.", today)
    assert (found.text, found.when) == ("send it", day)


@given(today=NEAR_DAYS, name=st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_weekdays_keep_to_their_weeks(today: date, name: str) -> None:
    monday = today - timedelta(days=today.weekday())
    plain, following = parse_when(name, today), parse_when(f"next {name}", today)
    assert 1 <= (plain - today).days <= 7
    assert 7 <= (following - monday).days <= 13
    assert say_day(plain, today)[:3].lower() == say_day(following, today)[:3].lower() == name


@given(
    today=NEAR_DAYS,
    text=st.sampled_from(["fri", "4 dec", "29 feb", "in 3 days", "next week", "eow", "eom", "eoy"]),
)
def test_a_date_without_a_year_is_never_past(today: date, text: str) -> None:
    assert parse_when(text, today) >= today


@given(text=ANY_TEXT, today=DAYS)
@example(text="²/1", today=SUNDAY)
@example(text="in ٣ days", today=SUNDAY)
@example(text="\ud800 by fri", today=SUNDAY)
@example(text="dec " + "9" * 5000, today=SUNDAY)
def test_any_text_is_read_or_refused(text: str, today: date) -> None:
    def settle(parse: object, *given_: object) -> object:
        assert callable(parse)
        try:
            return parse(*given_)
        except WhenError as refusal:
            return str(refusal)

    now = datetime.combine(today, NOW.time())
    for found in (settle(parse_when, text, today), settle(parse_moment, text, now)):
        assert isinstance(found, (date, str))
    assert isinstance(settle(parse_cadence, text), (Cadence, str, type(None)))
    assert isinstance(split_trailing_when(text, today), Trailing)


def essence(text: str) -> str:
    """Return what must survive a split: all but blanks and the punctuation around a date."""
    return re.sub(r"[\s.,!;()]", "", text)


@given(left=ANY_TEXT, right=ANY_TEXT, today=DAYS)
@example(left="send (it", right="by fri)", today=SUNDAY)
@example(left="a\nb", right="(fri).", today=SUNDAY)
def test_a_split_loses_no_word(left: str, right: str, today: date) -> None:
    line = f"{left} {right}"
    found = split_trailing_when(line, today)
    assert essence(found.text + found.phrase) == essence(line)
    assert bool(found.phrase) == (found.when is not None)
    assert not (found.when and found.problem)
    if found.when is None:
        assert found.text.strip() == line.strip()
    else:
        assert found.text.strip()
        assert parse_when(found.phrase, today) == found.when
    earlier = line.rstrip().rpartition("\n")[0]
    assert found.text.startswith(earlier.rstrip()) or not earlier.strip()


@given(every=st.integers(1, 366), unit=st.sampled_from(["day", "week", "month"]), last=NEAR_DAYS)
def test_a_cadence_is_read_back_and_moves_on(every: int, unit: str, last: date) -> None:
    try:
        cadence = parse_cadence(f"every {every} {unit}s")
    except WhenError:
        assert every * {"day": 1, "week": 7, "month": 30}[unit] > 366
        return
    assert cadence is not None
    assert parse_cadence(cadence.say()) == cadence
    assert cadence.next_after(last) > last
    assert (cadence.next_after(last) - last).days <= 366


@given(day=NEAR_DAYS, minutes=st.integers(0, 24 * 60 - 1), today=NEAR_DAYS)
def test_a_moment_is_read_back(day: date, minutes: int, today: date) -> None:
    moment = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    now = datetime.combine(today, NOW.time())
    assert parse_moment(moment.isoformat(" ", "minutes"), now) == moment
    if day >= today:
        assert parse_moment(say_moment(moment, today), now) == moment
