"""The summary: what the colleague reads, and the ways to write it out."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from tui.domain.dates import say_day, say_moment
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.notes import DECIDED, HEARD, IDEA, NEED, PARK, PLAN, PROMISE, THANKS, Kind
from tui.domain.onetoones import WALK
from tui.domain.ours import OurNote, Ours, OurTalk, Section, Summary
from tui.domain.text import fold
from tui.services.formats.escapes import escape_markdown

GREETING = "Thank you for {what} on {day}, {name}."
UNSURE = " (as I remember it)"
"""After a line the manager only thinks was said so."""
CLOSING = "Please tell me what I got wrong or left out."
NOTHING = "We talked. There is nothing I need to send you in writing this time."


class Format(StrEnum):
    """How the summary is written out."""

    PLAIN = "plain"
    MARKDOWN = "markdown"


def summary_of(ours: Ours) -> Summary:
    """Return the summary of the talk that ``ours`` is about: only what happened.

    Sections stand in the order of the design, empty ones left out. Own promises come before the
    other's plans. What was let go is not mentioned.

    Args:
        ours: One talk, all follow-ups with that person, and the talk that is planned next.
    """
    (talk,) = ours.talks
    day = talk.at.date()
    agreed = tuple(
        f
        for f in ours.follow_ups
        if (f.born_in == talk.id or talk.id in f.touches) and _is_still_meant(f, day)
    )
    sections = (
        _section(THANKS, talk),
        _section(HEARD, talk, quoted=True),
        _section(NEED, talk),
        Section(PROMISE.section, _promises(agreed, (Owner.ME, Owner.BOTH), day)),
        Section(PLAN.section, _promises(agreed, (Owner.THEM,), day)),
        _section(DECIDED, talk),
        _section(IDEA, talk),
        Section(PARK.section, tuple(topic.text for topic in talk.topics)),
        Section("Next one-to-one", _next_line(ours.coming, day)),
    )
    filled = tuple(section for section in sections if section.lines)
    said_something = any(s.heading != "Next one-to-one" for s in filled)
    opening = _greeting(ours.person.first_name, talk, day)
    if not said_something:
        opening = f"{opening}\n{NOTHING}"
    return Summary(opening, filled, CLOSING)


def _greeting(name: str, talk: OurTalk, day: date) -> str:
    what = "the walk" if talk.place == WALK else "the talk"
    where = "" if talk.place in ("", WALK) else f" ({talk.place})"
    said = say_day(day, day)
    return GREETING.format(what=what, day=said + where, name=name)


def _section(kind: Kind, talk: OurTalk, *, quoted: bool = False) -> Section:
    notes = (note for note in talk.notes if note.kind is kind)
    return Section(kind.section, tuple(_said(note, quoted=quoted) for note in notes))


def _said(note: OurNote, *, quoted: bool) -> str:
    """Return a line as it may be said: nobody is quoted with words one is not sure of."""
    if note.is_unsure:
        return f"{note.text}{UNSURE}"
    return f"“{note.text}”" if quoted else note.text


def _promises(
    follow_ups: tuple[FollowUp, ...], owners: tuple[Owner, ...], day: date
) -> tuple[str, ...]:
    return tuple(_promise(f, day) for f in follow_ups if f.owner in owners)


def _promise(follow_up: FollowUp, day: date) -> str:
    is_said = "together" in fold(follow_up.text)
    together = " together" if follow_up.owner is Owner.BOTH and not is_said else ""
    cue = f", {follow_up.cue}" if follow_up.cue else ""
    due = f", by {say_day(follow_up.due, day)}" if follow_up.due else ""
    unsure = UNSURE if follow_up.is_unsure else ""
    return f"{follow_up.text}{together}{cue}{due}{unsure}"


def _is_still_meant(follow_up: FollowUp, day: date) -> bool:
    """Return whether it was open on the day of the talk: what was done before is no promise."""
    was_done_before = follow_up.closed is not None and follow_up.closed < day
    return follow_up.stage is not Stage.LET_GO and not was_done_before


def _next_line(coming: OurTalk | None, day: date) -> tuple[str, ...]:
    if coming is None:
        return ()
    place = f", {coming.place}" if coming.place else ""
    return (say_moment(coming.at, day) + place,)


def summary_text(summary: Summary, form: Format) -> str:
    """Return the summary as text, ending in a line end.

    In Markdown, everything a person typed is escaped so that it reads as it was typed.
    """
    markdown = form is Format.MARKDOWN
    clean = escape_markdown if markdown else str
    parts = [clean(summary.opening)]
    for section in summary.sections:
        heading = f"## {section.heading}\n" if markdown else section.heading
        lines = ("- " + clean(line).replace("\n", "\n  ") for line in section.lines)
        parts.append("\n".join((heading, *lines)))
    parts.append(clean(summary.closing))
    return "\n\n".join(parts) + "\n"
