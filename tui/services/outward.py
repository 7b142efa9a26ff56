"""The only way out: from the journal to texts that may be read by others.

A journal goes in, values that are *ours* come out (`ours_of_talk`, `ours_of_person`), and only from
those are texts made. What is *mine* is left behind in one place, `Page.ours`; nothing derived from
it, not even a count, an order or a time, goes further. An import contract lets nothing else reach
the formats, and a text is an `Outbound` only when it was made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

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
    Summary,
)
from tui.domain.people import Person, Topic
from tui.domain.text import first_line
from tui.services.formats import cards
from tui.services.formats import summary as summaries
from tui.services.formats.cards import WIDTH
from tui.services.formats.summary import CLOSING, NOTHING, UNSURE, Format

__all__ = [
    "CLOSING", "NOTHING", "UNSURE", "WIDTH", "Format",
    "card_text", "cue_card", "ours_of_talk", "summary_of", "summary_text",
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


def summary_text(summary: Summary, form: Format) -> Outbound:
    """Return the summary as text, ending in a line end.

    In Markdown, everything a person typed is escaped so that it reads as it was typed.
    """
    return Outbound(summaries.summary_text(summary, form))


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
