"""The history of a follow-up, read from its one record: said, came up, changed, closed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tui.domain.followups import Aspect, FollowUp, Stage
from tui.domain.journal import Journal


class Happened(StrEnum):
    """What happened to a follow-up."""

    SAID = "said"
    CAME_UP = "came up"
    STAGE = "stage"
    DUE = "due"
    OWNER = "owner"


class Event(NamedTuple):
    """One thing that happened to a follow-up."""

    on: date
    what: Happened
    was: str = ""
    """What it was before, as in `Step`; empty where nothing changed."""
    became: str = ""
    one_id: str | None = None
    """The one-to-one in which it was said or came up; None where it was none, or is gone."""
    reason: str = ""
    """Why it was let go."""


_ORDER = tuple(Happened)


def history_of(journal: Journal, follow_up: FollowUp) -> tuple[Event, ...]:
    """Return all that happened to a follow-up, oldest first.

    Args:
        journal: Where its one-to-ones are; one that is gone is left out.
        follow_up: The follow-up.
    """
    ones = journal.one_to_ones
    born_in = follow_up.born_in if follow_up.born_in in ones else None
    events = [Event(follow_up.said.date(), Happened.SAID, one_id=born_in)]
    events += [
        Event(ones[one_id].at.date(), Happened.CAME_UP, one_id=one_id)
        for one_id in follow_up.touches
        if one_id in ones
    ]
    for place, step in enumerate(follow_up.steps):
        later = (s.was for s in follow_up.steps[place + 1 :] if s.aspect is step.aspect)
        became = next(later, _now(follow_up, step.aspect))
        is_let_go = step.aspect is Aspect.STAGE and became == Stage.LET_GO
        reason = follow_up.reason if is_let_go else ""
        what = Happened(step.aspect.value)
        events.append(Event(step.on, what, step.was, became, reason=reason))
    return tuple(sorted(events, key=lambda event: (event.on, _ORDER.index(event.what))))


def _now(follow_up: FollowUp, aspect: Aspect) -> str:
    match aspect:
        case Aspect.STAGE:
            return follow_up.stage.value
        case Aspect.OWNER:
            return follow_up.owner.value
        case Aspect.DUE:
            return follow_up.due.isoformat() if follow_up.due else ""
