"""The only way out: from the journal to texts that may be read by others.

A journal goes in, values that are *ours* come out (`ours_of_talk`, `ours_of_person`), and only from
those are texts made. What is *mine* is left behind in one place, `Page.ours`; nothing derived from
it, not even a count, an order or a time, goes further. An import contract lets nothing else reach
the formats, and a text is an `Outbound` only when it was made here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime

from tui.domain.dates import say_due, say_moment
from tui.domain.followups import FollowUp, Stage, board_order
from tui.domain.journal import Journal, Page
from tui.domain.notes import Note
from tui.domain.onetoones import Lead, OneToOne
from tui.domain.ours import (
    CueCard,
    OurNote,
    OurPerson,
    Ours,
    OurTalk,
    OurTopic,
    Outbound,
    Part,
    Summary,
    Template,
)
from tui.domain.people import Person, Topic
from tui.domain.text import first_line, fold
from tui.services.formats import cards
from tui.services.formats import summary as summaries
from tui.services.formats.cards import WIDTH
from tui.services.formats.forms import ExportForm
from tui.services.formats.summary import CLOSING, NOTHING, UNSURE, Format

__all__ = [
    "CLOSING", "MAIL_LIMIT", "NOTHING", "UNSURE", "WIDTH", "ExportForm", "Format",
    "card_text", "cue_card", "everybody_of", "export_text", "lines_in", "mail_url",
    "ours_of_person", "ours_of_talk", "own_template", "quarter_text", "summary_of", "summary_parts",
    "summary_text",
]  # fmt: skip


# -- what is ours --------------------------------------------------------------------------


def ours_of_talk(journal: Journal, one: OneToOne, page: Page, today: date | None = None) -> Ours:
    """Return what both may read of one talk, with all their follow-ups and the talk after it.

    Args:
        journal: Where the person, their follow-ups and their shelf are.
        one: The one-to-one.
        page: What was written in it.
        today: The day to look from: a plan that was missed is not the next one-to-one.
    """
    person = journal.people[one.person_id]
    day = today or one.at.date()
    later = (
        other
        for other in journal.one_to_ones_of(person.id)
        if other.at > one.at and not other.took_place and other.at.date() >= day
    )
    coming = next(later, None)
    return Ours(
        _person(person),
        (_talk(journal, one, page),),
        _follow_ups(journal, person),
        (),
        OurTalk(coming.id, coming.at, coming.place) if coming else None,
    )


def everybody_of(journal: Journal) -> tuple[Person, ...]:
    """Return whose there is something to write out unless somebody is named: all but archived."""
    here = (person for person in journal.people.values() if not person.archived)
    return tuple(sorted(here, key=lambda person: (fold(person.name), person.id)))


def ours_of_person(
    journal: Journal,
    person: Person,
    page_of: Callable[[OneToOne], Page | None],
    today: date,
    stages: Iterable[Stage] = tuple(Stage),
) -> Ours:
    """Return what both may read of all talks that took place, follow-ups, shelf and the next talk.

    Args:
        journal: Where the person, their follow-ups and their shelf are.
        person: The person.
        page_of: Reads what was written in a talk; None where it cannot be read, and the talk is
            left out.
        today: The day to look from: a plan that was missed is not the next one-to-one.
        stages: Only follow-ups in one of these.
    """
    theirs = journal.one_to_ones_of(person.id)
    held = [(one, page_of(one)) for one in theirs if one.took_place]
    later = (one for one in theirs if not one.took_place and one.at.date() >= today)
    coming = next(later, None)
    wanted = frozenset(stages)
    return Ours(
        _person(person),
        tuple(_talk(journal, one, page) for one, page in held if page is not None),
        tuple(f for f in _follow_ups(journal, person) if f.stage in wanted),
        _topics(journal.shelf_of(person.id)),
        OurTalk(coming.id, coming.at, coming.place) if coming else None,
    )


def _person(person: Person) -> OurPerson:
    return OurPerson(person.id, person.name, person.first_name, person.pronoun)


def _talk(journal: Journal, one: OneToOne, page: Page) -> OurTalk:
    parked = (t for t in journal.topics.get(one.person_id, ()) if t.born_in == one.id)
    return OurTalk(one.id, one.at, one.place, tuple(map(_note, page.ours)), _topics(parked))


def _note(note: Note) -> OurNote:
    return OurNote(note.id, note.kind, note.text, note.at, note.is_unsure)


def _topics(topics: Iterable[Topic]) -> tuple[OurTopic, ...]:
    in_time = sorted(topics, key=lambda topic: (topic.on, topic.id))
    return tuple(OurTopic(topic.id, topic.text, topic.on) for topic in in_time)


def _follow_ups(journal: Journal, person: Person) -> tuple[FollowUp, ...]:
    return tuple(sorted(journal.follow_ups_of(person.id), key=lambda f: (f.said, f.id)))


# -- the summary ---------------------------------------------------------------------------


def summary_of(journal: Journal, one: OneToOne, page: Page, today: date | None = None) -> Summary:
    """Return the summary of a one-to-one; see `ours_of_talk` for the arguments."""
    return summaries.summary_of(ours_of_talk(journal, one, page, today))


def summary_text(summary: Summary, form: Format, template: Template | None = None) -> Outbound:
    """Return the summary as text, ending in a line end; see `summary_parts`."""
    return Outbound(summaries.text_of(summary_parts(summary, form, template)))


def summary_parts(
    summary: Summary, form: Format, template: Template | None = None
) -> tuple[Part, ...]:
    """Return the summary in a format, stretch by stretch: together they are its text.

    In Markdown and for a chat, everything a person typed is escaped so that it reads as typed.

    Args:
        summary: What is written out.
        form: How.
        template: The manager's own, for `Format.OWN`; without one that is plain.
    """
    if form is Format.OWN and template is not None:
        from tui.services.formats.template import template_parts

        return template_parts(template, summary)
    return summaries.summary_parts(summary, form)


MAIL_LIMIT = 1_800
"""Characters of a link at most: Outlook and the shell of Windows cut off at about 2,000."""


def mail_url(summary: Summary) -> Outbound | None:
    """Return the link that begins a mail with the plain summary; None where that is too long."""
    from tui.services.formats.mail import mailto_url

    url = mailto_url(summary.subject, summary_text(summary, Format.PLAIN), MAIL_LIMIT)
    return Outbound(url) if url is not None else None


def own_template(text: str, path: str, me: str = "") -> Template:
    """Return the manager's own template; see `tui.services.formats.template.template_of`."""
    from tui.services.formats.template import template_of

    return template_of(text, path, me)


def lines_in(text: str) -> Counter[tuple[str, str]]:
    """Return the lines of a summary that went out as plain text, each with its heading."""
    return summaries.lines_in(text)


# -- the cue card --------------------------------------------------------------------------


def cue_card(journal: Journal, one: OneToOne, today: date) -> CueCard:
    """Return the card for a one-to-one."""
    person = journal.people[one.person_id]
    leads = {
        Lead.THEY: f"{person.first_name} leads",
        Lead.ME: "I lead",
        Lead.BOTH: "we both lead",
    }[one.lead]
    where = " · ".join((one.place, *one.route))
    return CueCard(
        person.name,
        say_moment(one.at, today),
        where,
        leads,
        tuple(pick.cue for pick in journal.picks_of(one.id)),
        _most_pressing(journal.follow_ups_of(person.id), today),
        one.thanks,
        one.intention,
    )


def _most_pressing(follow_ups: tuple[FollowUp, ...], today: date) -> str:
    owed = sorted((f for f in follow_ups if f.i_owe), key=_pressing)
    if not owed:
        return ""
    first = owed[0]
    when = f" ({say_due(first.due, today)})" if first.due else ""
    return first_line(first.text) + when


def _pressing(follow_up: FollowUp) -> tuple[object, ...]:
    return (follow_up.stage is Stage.WAITING, *board_order(follow_up))


def card_text(card: CueCard, width: int = WIDTH) -> Outbound:
    """Return the card as text no wider than ``width`` cells, ending in a line end."""
    return Outbound(cards.card_text(card, width))


# -- everything that is ours ---------------------------------------------------------------


def export_text(
    everybody: Iterable[Ours], form: ExportForm, now: datetime, *, as_events: bool = False
) -> Outbound:
    """Return what is ours of some people, written out for another program or for reading.

    Args:
        everybody: The people, in the order they stand in.
        form: How.
        now: The local time, which a calendar and JSON name.
        as_events: Whether a calendar has days instead of to-dos.
    """
    match form:
        case ExportForm.MARKDOWN:
            from tui.services.formats.markdown import markdown_text

            return Outbound(markdown_text(everybody))
        case ExportForm.JSON:
            from tui.services.formats.jsondoc import json_text

            return Outbound(json_text(everybody, now))
        case ExportForm.CSV:
            from tui.services.formats.csvtable import csv_text

            return Outbound(csv_text(everybody))
        case ExportForm.ICS:
            from tui.services.formats.calendar import ics_text

            return Outbound(ics_text(everybody, now, as_events=as_events))
        case ExportForm.TODOTXT:
            from tui.services.formats.todotxt import todotxt_text

            return Outbound(todotxt_text(everybody))
        case ExportForm.TASKWARRIOR:
            from tui.services.formats.taskwarrior import taskwarrior_text

            return Outbound(taskwarrior_text(everybody))


def quarter_text(ours: Ours, first: date, last: date) -> Outbound:
    """Return what is ours of one person over some days in ten lines, as Markdown.

    Args:
        ours: The person; see `ours_of_person`.
        first: The first day.
        last: The last day.
    """
    from tui.services.formats.quarter import quarter_text as text_of_quarter

    return Outbound(text_of_quarter(ours, first, last))
