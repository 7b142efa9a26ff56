"""Local moments as other programs want them: in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

END_OF_DAY = time(23, 59, 59)
NOON = time(12)


def utc(moment: datetime) -> datetime:
    """Return a naive local moment in UTC; at either end of the calendar, as it stands."""
    try:
        return moment.astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        return moment.replace(tzinfo=UTC)


def utc_of_day(day: date, at: time) -> datetime:
    """Return a local time of a day in UTC."""
    return utc(datetime.combine(day, at))
