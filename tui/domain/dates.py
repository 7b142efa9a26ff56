"""Dates, moments and rhythms as people write and read them: a small grammar that never guesses.

Nothing here reads the clock (``today`` or ``now`` is an argument) or the locale: the English names
are tables; how weeks go, and when the next one-to-one is, a `Reckoning` says. Datetimes are naive
local times on purpose: a one-to-one is where its two people are.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from tui.domain.reckoning import ISO, Reckoning

Unit = Literal["day", "week", "month"]

# fmt: off
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june",
           "july", "august", "september", "october", "november", "december")
_NUMBERS = ("one", "two", "three", "four", "five", "six",
            "seven", "eight", "nine", "ten", "eleven", "twelve")
# fmt: on
_WEEKDAY = {word: i for i, name in enumerate(_DAYS) for word in (name, name[:3])}
_WEEKDAY |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTH = {word: i for i, name in enumerate(_MONTHS, 1) for word in (name, name[:3])} | {"sept": 9}
_NUMBER_OF = {word: i for i, word in enumerate(_NUMBERS, 1)} | {"a": 1, "an": 1, "other": 2}
_UNITS: dict[str, Unit] = {"d": "day", "w": "week", "m": "month"}
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30}

# Patterns stay strings: `re` compiles and caches each at first use, so importing costs nothing.
_TALK = r"next (?:1(?::|-|on|-on-|-to-)1|one[- ](?:to|on)[- ]one)"
_OUR_TALK = f"((?:our|my|the) )?{_TALK}"
_LEAD = rf"(?:due )?(?:by|on|before|until) |due |@ ?|(?:at|in) (?={_OUR_TALK}$)"
_NUMBER = "[0-9]{1,9}|" + "|".join(_NUMBERS)
_YEAR = "(?:,? (?P<y>[0-9]{4}))?"
_DAY_MONTH = (
    rf"(?:(?P<w>[a-z]+),? )?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>[a-z]+){_YEAR}",
    rf"(?:(?P<w>[a-z]+),? )?(?P<m>[a-z]+) (?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?{_YEAR}",
)
_NUMERIC = r"([0-9]{1,2})([/.-])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2})?)?"
_CLOCK = r"(?:(.+?),? )??(?:at )?([0-9]{1,2})(?::([0-9]{2}))? ?([ap]m)?"
# In "move on tomorrow" and "drop by in 2 weeks" the connector belongs to the verb, not the date.
_NOT_LEAD = r"on (?:today|tomorrow|in |next (?:week|month)$|eo[wmy]|\+)|(?:by|before|until) in "
# After these a bare date belongs to the sentence: "every friday", "end of next week", "the Sun".
_BINDS = r"last|past|every|each|since|after|from|to|through|and|or|not|than|of|end|for|about|the"
# After these the next one-to-one is what is spoken of, not a day: "plan next 1:1", "her next 1:1".
_VERBS = "plan|schedule|arrange|confirm|prepare|cancel|postpone|move|skip|shift|make|have"
_OF_TALK = rf"{_BINDS}|(?:re)?(?:{_VERBS})[ds]?|\w+ing|his|her|their|your|.*['’]s?"
_SHY = ("mon", "wed", "sat", "sun")  # Also English words, or too close to them, in lower case.
_LOOSE = " \t.,!;"
_TAIL_CHARS, _TAIL_WORDS = 48, 7  # "(due before wednesday 30th september 2026)." still fits.
_FAR_DAYS = 180


class WhenError(ValueError):
    """A date, time or rhythm that is not accepted; its text is a sentence for the user."""


class Trailing(NamedTuple):
    """A line of text parted from the date at its end.

    Attributes:
        text: What is left, stripped; the whole text when no date was taken.
        when: The date understood, if any.
        problem: A sentence for the user when the end looks like a date but is refused.
        phrase: The words taken as the date, as typed; "" if none.
    """

    text: str
    when: date | None
    problem: str | None
    phrase: str


class Cadence(NamedTuple):
    """How often two people mean to meet.

    Attributes:
        every: Number of units between two one-to-ones, 1 or more.
        unit: The unit counted in.
    """

    every: int
    unit: Unit

    def next_after(self, last: date) -> date:
        """Return the day due after ``last``; months clamp (31 Jan to 28 Feb).

        Raises:
            WhenError: If that day is beyond the year 9999.
        """
        return _shift(last, self.every, self.unit)

    def say(self) -> str:
        """Return words such as "every 2 weeks", which `parse_cadence` reads back."""
        return f"every {self.unit}" if self.every == 1 else f"every {self.every} {self.unit}s"


def parse_when(text: str, today: date, reckoning: Reckoning = ISO) -> date:
    """Return the day that ``text`` names, seen from ``today``.

    Args:
        text: Such as "fri", "next tue", "in two weeks", "4 dec", "eom", "next 1:1", "2026-12-04".
        today: The day that relative words count from.
        reckoning: How weeks go, and when the next one-to-one is.

    Raises:
        WhenError: If the text names no day, an impossible one, or leaves day and month open.
    """
    found = _read(re.sub(f"^(?:{_LEAD})", "", _plain(text)), today, reckoning)
    if found is None:
        example = "Write a date such as fri, in 2 weeks, 4 dec or 2026-12-04."
        raise WhenError(f"{_not_understood(text)} {example}")
    return found


def split_trailing_when(text: str, today: date, reckoning: Reckoning = ISO) -> Trailing:
    """Part a date phrase from the end of the last line of ``text``.

    A lone date stays text, and so does a refused one, which is then explained in ``problem``.
    Earlier lines are kept exactly. The work done does not grow with the length of the line.

    Args:
        text: What a person typed, such as "send the coaching book by fri".
        today: The day that relative words count from.
        reckoning: How weeks go, and when the next one-to-one is.
    """
    head, newline, last = text.rstrip().rpartition("\n")
    if not head.strip():
        head, newline, last = "", "", last.lstrip()
    nothing = Trailing(head + newline + last, None, None, "")
    tail = max(0, len(last) - _TAIL_CHARS)
    words = [m.start() for m in re.compile(r"(?<!\S)\S").finditer(last, tail)]
    for start in words[-_TAIL_WORDS:]:
        core = last[start:].rstrip(_LOOSE)
        if core[:1] == "(" and core[-1:] == ")":
            core = core[1:-1].strip(_LOOSE)
        phrase = _plain(core)
        bare = re.sub(f"^(?:{_LEAD})", "", phrase)
        is_led = bare != phrase
        if re.match(_NOT_LEAD, phrase) or (phrase in _SHY and core != phrase.title()):
            continue
        if numbers := re.fullmatch(_NUMERIC, bare):
            # "by 1.5" is a figure; "by 12.1." and "by 12/1" are meant as dates.
            is_open = numbers[2] == "/" or numbers[4] or (numbers[2] == "." and last[-1] == ".")
            if not (is_led and is_open):
                continue
        problem = None
        try:
            found = _read(bare, today, reckoning)
        except WhenError as refusal:
            found, problem = None, str(refusal)
        if found is None and problem is None:
            continue
        left = last[:start].rstrip().rstrip(" \t,;")
        before = _plain(left[-_TAIL_CHARS:]).rpartition(" ")[2]
        talk = re.fullmatch(_OUR_TALK, bare)
        is_bound = re.fullmatch(_OF_TALK if talk else _BINDS, before) or (talk and talk[1])
        if not (left or head) or before == "not" or (not is_led and is_bound):
            return nothing
        if problem is not None:
            return nothing._replace(problem=problem)
        return Trailing((head + newline + left).rstrip(), found, None, core)
    return nothing


def say_date(day: date, today: date) -> str:
    """Return "today", "tomorrow", "yesterday", or else what `say_day` says."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get((day - today).days) or say_day(day, today)


def say_day(day: date, today: date) -> str:
    """Return "Fri 27 Nov", with the year when more than 180 days from ``today``."""
    said = f"{_DAYS[day.weekday()][:3].title()} {day.day} {_MONTHS[day.month - 1][:3].title()}"
    return f"{said} {day.year:04}" if abs((day - today).days) > _FAR_DAYS else said


def say_gap(days: int) -> str:
    """Return a number of days (0 or more) in words: "1 day", "12 days"."""
    return "1 day" if days == 1 else f"{days} days"


def say_due(day: date | None, today: date) -> str:
    """Return how a promise stands: "no date", "overdue 5 days", "due today", "by Fri 27 Nov"."""
    if day is None:
        return "no date"
    if day < today:
        return f"overdue {say_gap((today - day).days)}"
    return "due today" if day == today else f"by {say_date(day, today)}"


def parse_cadence(text: str) -> Cadence | None:
    """Return the rhythm that ``text`` names, or None for "", "none" and "no cadence".

    Args:
        text: Such as "weekly", "every two weeks", "every other week", "10d", "quarterly".

    Raises:
        WhenError: If it names no rhythm, or one not between a day and a year (366 days).
    """
    phrase = _plain(text)
    if phrase in ("", "none", "no cadence"):
        return None
    adverbs = {"daily": "1d", "weekly": "1w", "biweekly": "2w", "fortnightly": "2w"}
    phrase = (adverbs | {"monthly": "1m", "quarterly": "3m"}).get(phrase, phrase)
    match = re.fullmatch(rf"every (?:({_NUMBER}|other) )?(day|week|month)s?", phrase)
    match = match or re.fullmatch("([0-9]{1,9})([dwm])", phrase)
    example = "Write weekly, every 2 weeks, every 10 days, monthly or none."
    if match is None:
        raise WhenError(f"{_not_understood(text)} {example}")
    every, unit = _NUMBER_OF.get(match[1] or "one") or int(match[1]), _UNITS[match[2][0]]
    if not 1 <= every * _UNIT_DAYS[unit] <= 366:
        raise WhenError(f"A cadence is between one day and one year. {example}")
    return Cadence(every, unit)


def parse_moment(text: str, now: datetime, reckoning: Reckoning = ISO) -> datetime:
    """Return the naive local time that ``text`` names, to the minute.

    A time alone is today's; a date alone is 09:00 on that day, or ``now`` if that day is today.

    Args:
        text: Such as "now", "14:00", "2pm", "fri 14:00", "tomorrow", "2026-12-04 14:00".
        now: The naive local time that relative words count from.
        reckoning: How weeks go, and when the next one-to-one is.

    Raises:
        WhenError: If the text names no day or time, or an impossible one.
    """
    phrase, now = _plain(text), now.replace(second=0, microsecond=0)
    clock = re.fullmatch(_CLOCK, phrase)
    at: time | None = None
    if clock and (clock[3] or clock[4]):
        phrase, hour, minute = clock[1] or "today", int(clock[2]), int(clock[3] or 0)
        if minute > 59 or not (1 <= hour <= 12 if clock[4] else hour <= 23):
            raise WhenError(f"{_not_understood(text)} Write a time such as 14:00, 9:30 or 2pm.")
        at = time(hour % 12 + 12 * (clock[4] == "pm") if clock[4] else hour, minute)
    phrase = "today" if phrase == "now" and at is None else re.sub(f"^(?:{_LEAD})", "", phrase)
    day = _read(phrase, now.date(), reckoning)
    if day is None:
        example = "Write a day and time such as fri 14:00, tomorrow 9:30 or 2026-12-04 14:00."
        raise WhenError(f"{_not_understood(text)} {example}")
    if at is None and day == now.date():
        return now
    return datetime.combine(day, at or time(9))


def say_moment(moment: datetime, today: date) -> str:
    """Return "Tue 24 Nov 14:00", with the year when more than 180 days from ``today``."""
    return f"{say_day(moment.date(), today)} {moment.hour:02}:{moment.minute:02}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _not_understood(text: str) -> str:
    shown = " ".join(text.split())
    return f'"{shown[:40]}{"…" * (len(shown) > 40)}" is not understood.'


def _shift(day: date, count: int, unit: Unit) -> date:
    try:
        if unit != "month":
            return day + timedelta(days=count * _UNIT_DAYS[unit])
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        last = 31 if month == 11 else (date(year, month + 2, 1) - timedelta(days=1)).day
        return date(year, month + 1, min(day.day, last))
    except (OverflowError, ValueError):
        hint = "Write a nearer date, such as in 2 weeks."
        raise WhenError(f"That is beyond the year 9999. {hint}") from None


def _find(year: int | None, month: int, day: int, today: date) -> date | None:
    """Return that day, without a year the next one from today on; None if there is none."""
    # Between two leap days there are at most eight years (1896 to 1904).
    for candidate in range(today.year, today.year + 9) if year is None else (year,):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            return found
    return None


def _no_such_day(phrase: str) -> WhenError:
    return WhenError(f'"{phrase}" is a day that does not exist. Write one such as 4 dec.')


def _open_order(phrase: str, numbers: re.Match[str], today: date) -> WhenError:
    """Return the refusal of "12/1", naming each real day that it could mean."""
    first, second = int(numbers[1]), int(numbers[3])
    year = int(numbers[4]) + 2000 * (len(numbers[4]) == 2) if numbers[4] else None
    readings = (_find(year, second, first, today), _find(year, first, second, today))
    days = dict.fromkeys(day for day in readings if day)
    if not days:
        return _no_such_day(phrase)
    tail = f" {year:04}" if year is not None else ""
    ways = [f'"{d.day} {_MONTHS[d.month - 1][:3]}{tail}" ({d.isoformat()})' for d in days]
    rule = f'We never guess between day and month: for "{phrase}"'
    return WhenError(f"{rule} write {' or '.join(ways)}.")


def _read(phrase: str, today: date, reckoning: Reckoning) -> date | None:
    """Return the day a plain phrase names; None if it is no date phrase, WhenError if refused."""
    if phrase in ("today", "tomorrow"):
        return _shift(today, int(phrase == "tomorrow"), "day")
    if phrase in ("next week", "eow"):
        week = reckoning.week()
        to_end = (week.work_ends - today.weekday()) % 7
        return _shift(today, to_end if phrase == "eow" else 7 - week.place_of(today), "day")
    if phrase == "next month":
        return _shift(today.replace(day=1), 1, "month")
    if phrase in ("eom", "eoy"):
        later = 11 if phrase == "eoy" else today.month - 1
        return _shift(date(today.year, 1, 31), later, "month")
    ahead = re.fullmatch(rf"in (an?|{_NUMBER}) (day|week|month)s?", phrase)
    if ahead := ahead or re.fullmatch(r"\+([0-9]{1,9})([dwm])", phrase):
        return _shift(today, _NUMBER_OF.get(ahead[1]) or int(ahead[1]), _UNITS[ahead[2][0]])
    named = re.fullmatch("(?:(this|next|next week) )?([a-z]+)( next week)?", phrase)
    if named and named[2] in _WEEKDAY and not (named[1] and named[3]):
        gap = (_WEEKDAY[named[2]] - today.weekday()) % 7
        if not (named[1] or named[3]):
            return _shift(today, gap or 7, "day")
        gap -= 7 * (reckoning.week().place_of(today) + gap > 6)  # its week began before today
        if named[1] == "this" and gap < 0:
            said = _DAYS[_WEEKDAY[named[2]]].title()
            raise WhenError(f'{said} of this week is past. Write "{named[2]}" for the next one.')
        return _shift(today, gap if named[1] == "this" else gap + 7, "day")
    if re.fullmatch(_OUR_TALK, phrase):
        if reckoning.next_talk is None:
            raise WhenError(f'"{phrase}" is with nobody in particular here: give a day.')
        return reckoning.next_talk()
    if iso := re.fullmatch("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", phrase):
        if found := _find(int(iso[1]), int(iso[2]), int(iso[3]), today):
            return found
        raise _no_such_day(phrase)
    dated = re.fullmatch(_DAY_MONTH[0], phrase) or re.fullmatch(_DAY_MONTH[1], phrase)
    if dated and dated["m"] in _MONTH and (dated["w"] or "the") in {"the", *_WEEKDAY}:
        year = int(dated["y"]) if dated["y"] else None
        found = _find(year, _MONTH[dated["m"]], int(dated["d"]), today)
        if found is None:
            raise _no_such_day(phrase)
        if _WEEKDAY.get(dated["w"], found.weekday()) != found.weekday():
            real = f"{found.isoformat()} is a {_DAYS[found.weekday()].title()}"
            raise WhenError(f'"{phrase}" does not exist: {real}. Write it without the weekday.')
        return found
    if numbers := re.fullmatch(_NUMERIC, phrase):
        raise _open_order(phrase, numbers, today)
    return None
