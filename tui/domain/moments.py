"""Days and moments that have been: "yesterday", "last fri", "21 nov 17:05"."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta

from tui.domain.dates import WhenError, parse_when

_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_MONTHS = frozenset(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
)
_LEAP = 8
"""Years between two 29ths of February at most."""


def past_day(text: str, today: date) -> date:
    """Return the day meant: a weekday, or a day without its year, is the last one.

    Args:
        text: Such as "yesterday", "last fri", "3 nov", "2026-11-03".
        today: The day it is said on.

    Raises:
        WhenError: Where it is not understood.
    """
    words = text.casefold().split()
    if words == ["yesterday"]:
        return today - timedelta(days=1)
    is_last = words[:1] == ["last"]
    words = words[1:] if words[:1] in (["last"], ["on"]) else words
    phrase = " ".join(words)
    names_year = any(len(word) == 4 and word.isdigit() for word in words)
    if any(word[:3] in _MONTHS for word in words) and not names_year:
        return _last_of_its_name(phrase, today)
    day = parse_when(phrase, today)
    latest = today - timedelta(days=1) if is_last else today
    while is_weekday(phrase) and day > latest:
        day -= timedelta(days=7)
    return day


def is_weekday(text: str) -> bool:
    """Return whether a phrase is the name of a weekday, or its beginning."""
    words = text.casefold().split()
    return len(words) == 1 and words[0][:3] in _WEEKDAYS


def _last_of_its_name(phrase: str, today: date) -> date:
    """Return the last "3 nov" there was.

    Raises:
        WhenError: Where it is not understood.
    """
    odd: WhenError | None = None
    for year in range(today.year, max(1, today.year - _LEAP) - 1, -1):
        try:
            day = parse_when(phrase, date(year, 1, 1))
        except WhenError as error:  # in that year it was another weekday, or is no date at all
            odd = odd or error
            continue
        if day <= today:
            return day
    raise odd or WhenError("That is still to come. Name a day that has been.")


def past_moment(text: str, now: datetime) -> datetime:
    """Return the moment meant.

    A day without a time is its end, or now where it is today; a time without a day is the last
    time it was that time.

    Args:
        text: Such as "14:30", "yesterday", "fri 9:00", "2026-11-21 17:05:30".
        now: The moment it is said in.

    Raises:
        WhenError: Where it is not understood, or is still to come.
    """
    words = re.sub(r"(?<=\d)T(?=\d)", " ", text).split()
    clock = next((word for word in words if ":" in word), None)
    rest = " ".join(word for word in words if word is not clock)
    is_today = rest.casefold() in ("", "today")
    if not words:
        raise WhenError("No moment is named. Write it as 14:30, yesterday, or 2026-11-21 17:05.")
    day = now.date() if is_today else past_day(rest, now.date())
    if clock is None:
        moment = datetime.combine(day, datetime.max.time().replace(microsecond=0))
        if day == now.date():
            moment = now
    else:
        moment = datetime.combine(day, _clock(clock).time())
        if not rest and moment > now:
            moment -= timedelta(days=1)
        elif is_weekday(rest) and moment > now:
            moment -= timedelta(days=7)
    if moment > now:
        raise WhenError("That is still to come. Name a moment that has been.")
    return moment


def _clock(text: str) -> datetime:
    for form in ("%H:%M:%S.%f", "%H:%M:%S", "%H:%M"):
        with suppress(ValueError):
            return datetime.strptime(text, form)
    raise WhenError(f"“{text[:20]}” is no time of the day. Write it as 14:30.")
