"""The record of a person as a page to read: Markdown in which nothing typed is markup.

It holds what is *mine*; who may import it is as for `tui.services.record`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from tui.domain.checklist import Phase, in_order
from tui.domain.followups import OWNER_LABEL, STAGE_LABEL, FollowUp, Stage
from tui.domain.journal import Page
from tui.domain.notes import KIND_BY_ID, Note
from tui.domain.onetoones import Lead, Mover, OneToOne
from tui.domain.people import Excuse, Person
from tui.domain.text import plural
from tui.services.history import Happened, history_of
from tui.services.record import Material, notes_of

_LEADS = {Lead.THEY: "they led", Lead.ME: "I led", Lead.BOTH: "both led"}
_MOVERS = {Mover.ME: "by me", Mover.THEM: "by them", Mover.LEAVE: "somebody was away"}
_EXCUSES = {Excuse.ME: "because of me", Excuse.THEM: "because of them", Excuse.LEAVE: "leave"}
_HAPPENED = {
    Happened.SAID: "said",
    Happened.CAME_UP: "came up again",
    Happened.STAGE: "stage",
    Happened.DUE: "day",
    Happened.OWNER: "owner",
}


def record_page(material: Material) -> str:
    """Return everything there is about a person, to be read from top to bottom."""
    return "\n".join(_lines(material)) + "\n"


def _lines(material: Material) -> Iterator[str]:
    person = material.person
    yield f"# Everything about {_line(person.name)}"
    yield ""
    yield f"> {_line(material.private)}"
    named = material.others_named()
    if named:
        yield ">"
        yield f"> Others who seem to be named in it: {_line(', '.join(named))}."
    yield ""
    yield f"Made {material.now:%Y-%m-%d %H:%M} by alongside."
    yield from _section("Person", _person(person, material.files.get(person.id, "")))
    yield from _section("Card", _card(person))
    yield from _section("Skipped", _skips(person))
    own = (f for f in material.journal.follow_ups_of(person.id) if f.born_in is None)
    yield from _section("Follow-ups made outside a one-to-one", _follow_ups(material, own))
    yield from _section("Shelf", _shelf(material))
    for one in material.ones:
        yield from _one(material, one)
    yield from _section("Half-typed", _drafts(material))
    yield from _section("Named in what is kept about others", _mentions(material))
    yield from _section("Set aside", (f"- {_line(path)}" for path in material.aside))
    yield from _section("Other files in their folder", (f"- {_line(p)}" for p in material.copies))
    if material.versions:
        yield ""
        yield f"{plural(material.versions, 'earlier version')} of these files are kept besides."


def _section(title: str, lines: Iterable[str], level: int = 2) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", f"{'#' * level} {title}", "", *found)


def _person(person: Person, file: str) -> Iterator[str]:
    facts = (
        ("Name", person.name),
        ("Role", person.role),
        ("Spoken of as", str(person.pronoun)),
        ("Rhythm", person.cadence.say() if person.cadence else ""),
        ("Place", person.place),
        ("What helps", person.helps),
        ("Since", person.since.isoformat() if person.since else ""),
        ("Archived", "yes" if person.archived else ""),
        ("From", file),
    )
    yield from _facts(facts)


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from (_item(f"{label}: {_text(value)}") for label, value in facts if value)


def _card(person: Person) -> Iterator[str]:
    for card_line in person.card:
        learned = f" (learned {card_line.learned.isoformat()})" if card_line.learned else ""
        label = f"{_line(card_line.label)}: " if card_line.label else ""
        yield _item(f"{label}{_text(card_line.text)}{learned}")


def _skips(person: Person) -> Iterator[str]:
    for skip in person.skips:
        yield f"- due {skip.due.isoformat()}, {_EXCUSES[skip.why]}, noted {skip.on.isoformat()}"


def _shelf(material: Material) -> Iterator[str]:
    topics = material.journal.topics.get(material.person.id, ())
    for topic in sorted(topics, key=lambda topic: (topic.on, topic.id)):
        raised = ", raised" if topic.raised else ""
        yield _item(f"{_text(topic.text)} ({topic.on.isoformat()}{raised})")


# -- one one-to-one ------------------------------------------------------------------------


def _one(material: Material, one: OneToOne) -> Iterator[str]:
    page, journal = material.pages.get(one.id), material.journal
    yield from ("", f"## {one.at:%Y-%m-%d %H:%M}, {_line(one.place)}", "")
    facts = (
        ("State", one.status.value),
        ("Led", _LEADS[one.lead]),
        ("Intention", one.intention),
        ("Route", " · ".join(one.route)),
        ("Thank-you in mind", one.thanks),
        ("Began", _moment(one.started)),
        ("Ended", _moment(one.ended)),
        ("Debriefed", _moment(one.debriefed)),
        ("Closed", _moment(one.closed)),
        ("Who carried the talk (mine)", one.carried),
        ("Most useful, in their words", one.useful),
        ("From", material.files.get(one.id, "")),
    )
    yield from _facts(facts)
    for move in one.moves:
        yield f"- Moved {_MOVERS[move.by]} on {move.on.isoformat()}, was {move.was:%Y-%m-%d %H:%M}"
    if page is None:
        yield "- What was written in it cannot be read now: alongside check --repair"
    yield from _section("Notes", map(_note, notes_of(page or Page())), 3)
    yield from _section("Follow-ups", _follow_ups(material, journal.born_in(one.id)), 3)
    yield from _section("Questions", _questions(material, one), 3)
    yield from _section("Checklist", _checklist(page or Page()), 3)
    yield from _section("Sent", _sent(page or Page()), 3)


def _note(note: Note) -> str:
    side = "mine" if note.is_mine else "ours"
    more = [word for word, holds in (("I think so", note.is_unsure), ("pinned", note.is_pinned))
            if holds]  # fmt: skip
    about = ", ".join((side, note.kind.label, f"{note.at:%H:%M}", *more))
    return _item(f"[{about}] {_text(note.text)}")


def _follow_ups(material: Material, follow_ups: Iterable[FollowUp]) -> Iterator[str]:
    for follow_up in follow_ups:
        when = f", due {follow_up.due.isoformat()}" if follow_up.due else ""
        unsure = ", I think so" if follow_up.is_unsure else ""
        about = f"{OWNER_LABEL[follow_up.owner]}, {STAGE_LABEL[follow_up.stage]}{when}{unsure}"
        cue = f" · cue: {_text(follow_up.cue)}" if follow_up.cue else ""
        yield _item(f"[{about}] {_text(follow_up.text)}{cue}")
        for event in history_of(material.journal, follow_up):
            became = (
                f": {_state(event.was)} → {_state(event.became)}"
                if event.was or event.became
                else ""
            )
            why = f" ({_line(event.reason)})" if event.reason else ""
            yield f"  - {event.on.isoformat()} {_HAPPENED[event.what]}{became}{why}"


def _state(word: str) -> str:
    try:
        return STAGE_LABEL[Stage(word)]
    except ValueError:
        return _line(word) or "none"


def _questions(material: Material, one: OneToOne) -> Iterator[str]:
    for pick in material.journal.picks_of(one.id):
        asked = f"asked {_moment(pick.asked)}" if pick.asked else "not asked"
        landed = f", {pick.landed.value}" if pick.landed.value else ""
        yield _item(f"[{asked}{landed}] {_text(pick.text)}")


def _checklist(page: Page) -> Iterator[str]:
    for phase in Phase:
        for item in in_order(page.items, phase):
            yield _item(f"[{'x' if item.ticked else ' '}] {_text(item.text)}")


def _sent(page: Page) -> Iterator[str]:
    for sending in sorted(page.sendings, key=lambda sending: (sending.at, sending.id)):
        text = f": {_text(sending.text)}" if sending.text else ", its words are not kept any more"
        yield _item(f"{_moment(sending.at)}, {sending.form}, {_line(sending.how)}{text}")


# -- what is elsewhere ---------------------------------------------------------------------


def _drafts(material: Material) -> Iterator[str]:
    for draft, file in material.drafts:
        kind = KIND_BY_ID.get(draft.kind_id)
        about = ", ".join(filter(None, (draft.side, kind.label if kind else "")))
        yield _item(f"{f'[{about}] ' if about else ''}{_text(draft.text)} (in {_line(file)})")


def _mentions(material: Material) -> Iterator[str]:
    for place in material.mentions:
        where = ", ".join(filter(None, (_line(place.whose), place.day, place.what)))
        yield _item(f"[{where}; {_line(place.file)}] {_text(place.text)}")


# -- text ----------------------------------------------------------------------------------


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _item(text: str) -> str:
    """Return an item of a list; its further lines stand below its first."""
    return "- " + text.replace("\n", "\n  ")


def _line(text: str) -> str:
    return _text(" ".join(text.split()))


_MARKUP = re.compile(r"([\\`*_{}<>\[\]|~&])")
_AT_START = re.compile(r"^(\d+(?=[.)])|(?=[#+=-]))", re.MULTILINE)
_INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)


def _text(text: str) -> str:
    """Return a text so that Markdown shows it as it was typed."""
    plain = _MARKUP.sub(r"\\\1", _INDENTED.sub("", text))
    return _AT_START.sub(r"\1\\", plain)
