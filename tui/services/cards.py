"""The cue card: three cue words, one promise, one thank-you; fit for a palm or an index card.

Considered beforehand, not scripted: a card fits in a pocket and asks for nothing.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from tui.domain.dates import say_due, say_moment
from tui.domain.followups import FollowUp, Stage, board_order
from tui.domain.journal import Journal
from tui.domain.onetoones import Lead, OneToOne
from tui.domain.text import cell_length, first_line, wrapped_text

WIDTH = 40
"""Columns of a printed card."""


class CueCard(NamedTuple):
    """What to carry."""

    name: str
    when: str
    where: str
    leads: str
    cues: tuple[str, ...]
    promise: str
    """The most pressing thing the manager owes; empty where nothing is owed."""
    thanks: str
    intention: str


def cue_card(journal: Journal, one: OneToOne, today: date) -> CueCard:
    """Return the card for a one-to-one; what is *mine* has no part in it."""
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
        _promise(journal.follow_ups_of(person.id), today),
        one.thanks,
        one.intention,
    )


def _promise(follow_ups: tuple[FollowUp, ...], today: date) -> str:
    owed = sorted((f for f in follow_ups if f.i_owe), key=_pressing)
    if not owed:
        return ""
    first = owed[0]
    when = f" ({say_due(first.due, today)})" if first.due else ""
    return first_line(first.text) + when


def _pressing(follow_up: FollowUp) -> tuple[object, ...]:
    return (follow_up.stage is Stage.WAITING, *board_order(follow_up))


def card_text(card: CueCard, width: int = WIDTH) -> str:
    """Return the card as text no wider than ``width`` cells, ending in a line end."""
    parts = [[card.name], [card.when], [card.where] if card.where else [], [card.leads]]
    lines = [line for part in parts for text in part for line in wrapped_text(text, width)]
    for mark, texts in (
        ("·", (card.intention,)),
        ("?", card.cues),
        (">", (card.promise,)),
        ("+", (card.thanks,)),
    ):
        said = [text for text in texts if text]
        if said:
            lines.append("")
        for text in said:
            first, *rest = wrapped_text(text, width - 2)
            lines += [f"{mark} {first}", *(f"  {line}" for line in rest)]
    rule = "─" * min(width, max(map(cell_length, lines)))
    return "\n".join((*lines[:1], rule, *lines[1:])) + "\n"
