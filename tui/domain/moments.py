"""Days and moments that have been: "yesterday", "last fri", "21 nov 17:05"."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta

from tui.domain.dates import WhenError, parse_when

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


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
    words = words[1:] if words[:1] in (["last"], ["on"]) else words
    phrase = " ".join(words)
    names_month = any(_is_one_of(word, _MONTHS) for word in words)
    if names_month and not any(len(word) == 4 and word.isdigit() for word in words):
        return parse_when(phrase, today - timedelta(days=364))
    day = parse_when(phrase, today)
    is_weekday = len(words) == 1 and _is_one_of(words[0], _WEEKDAYS)
    return day - timedelta(days=7) if day > today and is_weekday else day


def _is_one_of(word: str, names: tuple[str, ...]) -> bool:
    return len(word) >= 3 and any(name.startswith(word.strip(".,")) for name in names)


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
    words = text.replace("T", " ").split()
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
    if moment > now:
        raise WhenError("That is still to come. Name a moment that has been.")
    return moment


def _clock(text: str) -> datetime:
    for form in ("%H:%M:%S", "%H:%M"):
        with suppress(ValueError):
            return datetime.strptime(text, form)
    raise WhenError(f"“{text[:20]}” is no time of the day. Write it as 14:30.")
