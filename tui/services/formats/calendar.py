"""Follow-ups and the next one-to-one as a calendar (RFC 5545), fit to be imported again.

A calendar knows an entry again by its UID, which is made of our own id, and takes the one with the
higher SEQUENCE. Ours is the time of the export, so that whatever changed, and back, is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.ours import OurPerson, Ours, OurTalk
from tui.domain.text import clean_line
from tui.services.formats.moments import NOON, utc, utc_of_day

if TYPE_CHECKING:
    from icalendar import Component

PRODUCT = "-//alongside//one-to-ones//EN"
_EPOCH = 1_577_836_800
"""2020-01-01 UTC: a SEQUENCE has 31 bits, which in seconds from here last beyond 2080."""
_TALK_TAKES = timedelta(minutes=30)
"""What is put down for a one-to-one: how long it is planned for, nobody said."""
_STATUS = {Stage.DONE: "COMPLETED", Stage.LET_GO: "CANCELLED"}


def ics_text(everybody: Iterable[Ours], now: datetime, *, as_events: bool = False) -> str:
    """Return a calendar with the follow-ups of some people and the next talk with each.

    Args:
        everybody: The people.
        now: The local time of the export.
        as_events: Whether follow-ups are days in the calendar, where they have a day, instead of
            to-dos, which some calendars do not know.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    for ours in everybody:
        for follow_up in ours.follow_ups:
            if not as_events:
                calendar.add_component(_to_do(ours.person, follow_up, now))
            elif follow_up.due is not None:
                calendar.add_component(_day(ours.person, follow_up, now))
        if ours.coming is not None:
            calendar.add_component(_talk(ours.person, ours.coming, now))
    return str(calendar.to_ical(), "utf-8")


def _begin(entry: Component, uid: str, now: datetime) -> None:
    """Give an entry what each has. Whoever shares a calendar shows that there is one, not what."""
    stamp = utc(now)
    entry.add("uid", f"{uid}@alongside")
    entry.add("dtstamp", stamp)
    entry.add("sequence", min(max(0, int(stamp.timestamp()) - _EPOCH), 2**31 - 1))
    entry.add("class", "PRIVATE")


def _to_do(person: OurPerson, follow_up: FollowUp, now: datetime) -> Component:
    from icalendar import Todo

    entry = Todo()
    _begin(entry, follow_up.id, now)
    _describe(entry, person, follow_up)
    entry.add("created", utc(follow_up.said))
    entry.add("status", _STATUS.get(follow_up.stage, "NEEDS-ACTION"))
    if follow_up.due is not None:
        entry.add("due", follow_up.due)
    if follow_up.stage is Stage.DONE:
        entry.add("percent-complete", 100)
        entry.add("completed", utc_of_day(follow_up.closed or follow_up.said.date(), NOON))
    return entry


def _day(person: OurPerson, follow_up: FollowUp, now: datetime) -> Component:
    """Return a follow-up as a whole day; without an end it is one day long."""
    from icalendar import Event

    entry = Event()
    _begin(entry, f"{follow_up.id}-day", now)
    _describe(entry, person, follow_up, mark="✓ " if follow_up.stage is Stage.DONE else "")
    entry.add("dtstart", follow_up.due)
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "CANCELLED" if follow_up.stage is Stage.LET_GO else "CONFIRMED")
    return entry


def _describe(entry: Component, person: OurPerson, follow_up: FollowUp, mark: str = "") -> None:
    who = {
        Owner.ME: "",
        Owner.THEM: f"{person.first_name}: ",
        Owner.BOTH: f"{person.first_name} and I: ",
    }[follow_up.owner]
    entry.add("summary", mark + who + clean_line(follow_up.text))
    entry.add("description", "\n".join(_more(person, follow_up)))
    entry.add("categories", ["1:1"])


def _more(person: OurPerson, follow_up: FollowUp) -> Iterator[str]:
    yield f"One-to-ones with {person.name}"
    if "\n" in follow_up.text:
        yield follow_up.text
    if follow_up.cue:
        yield follow_up.cue


def _talk(person: OurPerson, talk: OurTalk, now: datetime) -> Component:
    """Return the next talk, at the time of day it was agreed for, wherever the two are then."""
    from icalendar import Event

    entry = Event()
    _begin(entry, talk.id, now)
    entry.add("summary", f"One-to-one with {person.name}")
    entry.add("dtstart", talk.at)
    entry.add("duration", _TALK_TAKES)
    if talk.place:
        entry.add("location", talk.place)
    entry.add("status", "CONFIRMED")
    entry.add("categories", ["1:1"])
    return entry
