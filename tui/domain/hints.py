"""Which hints somebody still needs: one that was used goes, for it only takes room then."""

from __future__ import annotations

from typing import NamedTuple

from tui.domain.followups import Owner
from tui.domain.journal import Journal
from tui.domain.onetoones import Status

ENOUGH_KINDS = 3
"""Different kinds of lines after which a first character needs no explaining."""
ENOUGH_DATES = 3
"""Promises with a date after which nobody needs to be told how one is written."""


class Known(NamedTuple):
    """What somebody has used, and so knows."""

    kinds: bool = False
    """The first character of a line chooses its kind."""
    debrief: bool = False
    """The debrief, from its first cue to its last."""
    dates: bool = False
    """A promise ends with its day."""


def known_in(journal: Journal, *, kinds: bool = False) -> Known:
    """Return what a journal shows to be known.

    Args:
        journal: The journal; its pages are not looked at, for not all of them are read.
        kinds: Whether the kinds are known: only pages would tell.
    """
    debriefed = any(
        one.debriefed is not None or one.status is Status.DEBRIEFED
        for one in journal.one_to_ones.values()
    )
    dated = sum(
        f.owner is not Owner.THEM and f.due is not None for f in journal.follow_ups.values()
    )
    return Known(kinds, debriefed, dated >= ENOUGH_DATES)


def knows_questions(journal: Journal) -> bool:
    """Return whether a question was ever taken along from the deck."""
    return any(journal.picks.values())
