"""Two people of the journal who are one: what of both is kept."""

from __future__ import annotations

from tui.domain.people import CardLine, Person
from tui.domain.text import fold

ALSO_CALLED = "Also called"
"""The label of the line of the card that keeps the other name."""


def joined(into: Person, other: Person) -> Person:
    """Return the person two are made: where both say something else, both is kept.

    Of what can be only one thing (name, pronoun, cadence, role, place) the first's counts, and the
    other's where the first has none. What differs besides goes on the card, so that it is not lost.
    """
    card = [*into.card]
    known = {(fold(line.label), fold(line.text)) for line in card}
    lines = [line for line in other.card if (fold(line.label), fold(line.text)) not in known]
    lines += [
        CardLine(label, words)
        for label, words, kept in (
            (ALSO_CALLED, other.name, into.name),
            ("Role", other.role, into.role or other.role),
            ("Place", other.place, into.place or other.place),
            ("What helps", other.helps, into.helps or other.helps),
        )
        if words and fold(words) != fold(kept)
    ]
    since = [day for day in (into.since, other.since) if day is not None]
    skips = sorted({*into.skips, *other.skips}, key=lambda skip: (skip.due, skip.on, skip.why))
    return into._replace(
        role=into.role or other.role,
        cadence=into.cadence or other.cadence,
        place=into.place or other.place,
        helps=into.helps or other.helps,
        card=(*card, *lines),
        since=min(since, default=None),
        skips=tuple(skips),
    )
