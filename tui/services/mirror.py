"""The practice mirror: what the manager did over some weeks, for the manager alone.

It is about nobody else: of one person there are only figures of what the manager did, and people
stand in the order of their names. It has no score. `tui.services.reflections` says it in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from tui.domain.asking import Form
from tui.domain.debrief import CARRIED
from tui.domain.journal import Journal
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.domain.practice import (
    Practice,
    Promises,
    Span,
    known,
    practice_of,
    talks_in,
    thanks_in,
    together,
)
from tui.domain.questions import AREAS
from tui.domain.text import clean_line, fold
from tui.services.pages import Pages

WEEKS_AT_MOST = 30
"""Columns of the talks week by week; of a longer span each stands for several weeks."""


class Thanks(NamedTuple):
    """The appreciations noted in some talks."""

    notes: tuple[tuple[str, int], ...] = ()
    """How many there were to whom, by the ids of people; only those who got one."""
    talks: int = 0
    """In how many talks there was one."""
    unread: int = 0
    """How many talks could not be read."""


class Mirror(NamedTuple):
    """What the manager did in a span, with each person and with all together."""

    span: Span
    people: tuple[tuple[Person, Practice], ...]
    """By name; whoever there is nothing to tell of is left out."""
    all: Practice


def mirror_of(journal: Journal, span: Span, today: date) -> Mirror:
    """Return what the manager did in a span; what was written in the talks takes no part.

    Archived people count: what was promised to them was promised.
    """
    everybody = sorted(journal.people.values(), key=lambda p: (fold(p.name), p.id))
    found = [(person, practice_of(journal, person, span, today)) for person in everybody]
    some = tuple((person, practice) for person, practice in found if not practice.is_empty)
    return Mirror(span, some, together(practice for _, practice in some))


def talks_of(journal: Journal, mirror: Mirror, today: date) -> tuple[OneToOne, ...]:
    """Return the talks a mirror is about: those whose pages tell of thanks."""
    return tuple(o for p, _ in mirror.people for o in talks_in(journal, p, mirror.span, today))


def count_thanks(pages: Pages, ones: Iterable[OneToOne]) -> Thanks:
    """Read what was written in some talks, and count the appreciations. For any thread."""
    counts: dict[str, int] = {}
    talks = unread = 0
    for one in ones:
        page = pages.of(one)
        if page is None:
            unread += 1
        elif count := thanks_in(page.notes):
            talks += 1
            counts[one.person_id] = counts.get(one.person_id, 0) + count
    return Thanks(tuple(sorted(counts.items())), talks, unread)


def columns_of(practice: Practice, span: Span) -> tuple[tuple[int, ...], int]:
    """Return the talks of a span week by week, and how many weeks each column stands for."""
    weeks = -(-span.days // 7)
    per = -(-weeks // WEEKS_AT_MOST)
    counts = [0] * -(-weeks // per)
    for day, count in practice.days:
        counts[(date.fromisoformat(day) - span.first).days // (7 * per)] += count
    return tuple(counts), per


# -- as JSON -------------------------------------------------------------------------------


def as_json(mirror: Mirror, thanks: Thanks) -> dict[str, Any]:
    """Return the figures for programs of the manager's own; an area not touched has no figure."""
    practice, gaps = mirror.all, mirror.all.gaps
    columns, per = columns_of(practice, mirror.span)
    to = dict(thanks.notes)
    starts = (mirror.span.first + timedelta(days=7 * per * n) for n in range(len(columns)))
    return {
        "from": mirror.span.first.isoformat(),
        "to": mirror.span.last.isoformat(),
        "talks": practice.talks,
        "weeks": [
            {"from": start.isoformat(), "weeks": per, "talks": count}
            for start, count in zip(starts, columns, strict=True)
        ],
        "promises": _promises_json(practice.promises),
        "gaps": gaps._asdict() | {"all": gaps.all},
        "places": [{"place": clean_line(p), "talks": count} for p, count in practice.places],
        "carried": [{"who": clean_line(w) or None, "talks": c} for w, c in practice.carried],
        "questions": {form.value: known(practice.forms, form) for form in Form},
        "areas": [
            {"id": area.id, "label": area.label, "asked": known(practice.areas, area.id) or None}
            for area in AREAS
        ],
        "thanks": {
            "noted": sum(to.values()), "talks": thanks.talks, "people": len(to),
            "not_read": thanks.unread,
        },
        "people": [
            {
                "id": person.id,
                "name": person.name,
                "talks": theirs.talks,
                "promises": _promises_json(theirs.promises),
                "gaps": {"held": theirs.gaps.held, "all": theirs.gaps.all},
                "carried_by_you": known(theirs.carried, CARRIED[0]),
                "thanks": to.get(person.id, 0),
            }
            for person, theirs in mirror.people
        ],
    }  # fmt: skip


def _promises_json(promises: Promises) -> dict[str, int]:
    return {"made": promises.made, "due": promises.due, "kept": promises.kept, **promises._asdict()}
