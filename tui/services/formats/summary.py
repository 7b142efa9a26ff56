"""The summary: what the colleague reads, and the ways to write it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from tui.domain import particulars
from tui.domain.dates import say_day, say_moment
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.notes import DECIDED, HEARD, IDEA, NEED, PARK, PLAN, PROMISE, THANKS, Kind
from tui.domain.onetoones import WALK
from tui.domain.ours import (
    CLOSING_LINE,
    HEADINGS,
    NEXT,
    OPENING,
    OurNote,
    Ours,
    OurTalk,
    Part,
    Section,
    Summary,
)
from tui.domain.text import fold
from tui.services.formats.escapes import escape_chat, escape_markdown

GREETING = "Thank you for {what} on {day}, {name}."
SUBJECT = "Our {what} on {day}"
UNSURE = f" ({particulars.UNSURE})"
"""After a line the manager only thinks was said so."""
CLOSING = "Please tell me what I got wrong or left out."
NOTHING = "We talked. There is nothing I need to send you in writing this time."


class Format(StrEnum):
    """How the summary is written out."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    CHAT = "chat"
    MAIL = "mail"
    OWN = "own"
    """By the manager's own template; without one it is plain."""


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
        Section(NEXT, _next_line(ours.coming, day)),
    )
    filled = tuple(section for section in sections if section.lines)
    said_something = any(s.heading != NEXT for s in filled)
    name, said = ours.person.first_name, say_day(day, day)
    what, where = _kind_of_talk(talk.place)
    opening = GREETING.format(what=f"the {what}", day=said + where, name=name)
    if not said_something:
        opening = f"{opening}\n{NOTHING}"
    subject = SUBJECT.format(what=what, day=said)
    return Summary(opening, filled, CLOSING, subject, name, said, talk.place)


def _kind_of_talk(place: str) -> tuple[str, str]:
    """Return how a talk in a place is called, and the place where that does not say it."""
    what = {WALK: "walk", "call": "call", "over coffee": "talk over coffee"}.get(place)
    if what is not None or place in ("", "sitting down"):
        return what or "talk", ""
    return "talk", f" ({place})"


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


# -- written out ---------------------------------------------------------------------------

_Escape = Callable[[str], str]
_WAYS: dict[Format, tuple[_Escape, str, str]] = {
    Format.MARKDOWN: (escape_markdown, "## {}\n", "- "),
    Format.CHAT: (escape_chat, "*{}*", "• "),
}
_PLAINLY: tuple[_Escape, str, str] = (str, "{}", "- ")


def summary_parts(summary: Summary, form: Format) -> tuple[Part, ...]:
    """Return the summary in a format, stretch by stretch, what a person typed escaped for it."""
    clean, heading, mark = _WAYS.get(form, _PLAINLY)
    paragraphs: list[list[Part]] = []
    if form is Format.MAIL:
        paragraphs.append([Part(f"Subject: {summary.subject}")])
    if summary.opening:
        paragraphs.append([Part(clean(summary.opening), heading=OPENING)])
    for section in summary.sections:
        lines = (
            Part(clean(line), mark, section.heading, number)
            for number, line in enumerate(section.lines)
        )
        paragraphs.append([Part(heading.format(section.heading), is_heading=True), *lines])
    if summary.closing:
        paragraphs.append([Part(clean(summary.closing), heading=CLOSING_LINE)])
    return spaced(paragraphs)


def spaced(paragraphs: list[list[Part]]) -> tuple[Part, ...]:
    """Return the stretches of paragraphs, with a blank line between one and the next."""
    parts: list[Part] = []
    for paragraph in paragraphs:
        parts += [Part(""), *paragraph] if parts else paragraph
    return tuple(parts)


def text_of(parts: tuple[Part, ...]) -> str:
    """Return stretches as one text, ending in a line end; nothing where there are none."""
    return "\n".join(part.written for part in parts) + "\n" if parts else ""


def lines_in(text: str) -> Counter[tuple[str, str]]:
    """Return the lines a plain text of a summary holds, each with the heading it stands under."""
    found: Counter[tuple[str, str]] = Counter()
    around = {OPENING: "", CLOSING_LINE: ""}
    where = OPENING
    for paragraph in text.removesuffix("\n").split("\n\n"):
        heading, *lines = paragraph.split("\n")
        if heading not in HEADINGS or not lines or not lines[0].startswith("- "):
            around[where] += f"\n\n{paragraph}" if around[where] else paragraph
            continue
        where = CLOSING_LINE
        for item in "\n".join(lines)[2:].split("\n- "):
            found[heading, item.replace("\n  ", "\n")] += 1
    return found + Counter({(name, said): 1 for name, said in around.items() if said})
