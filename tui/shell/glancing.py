"""Who there is and when you talked, for what has to answer at once: a prompt, a completion."""

from __future__ import annotations

import os

from tui.desk.places import place_of
from tui.store.glance import Glimpse, glance

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


def glimpses(options: argparse.Namespace) -> tuple[Glimpse, ...]:
    """Return what there is to see of everybody: from a glance where that tells, else the journal.

    Args:
        options: The arguments; they may name the journal.
    """
    place = place_of(getattr(options, "journal", None), os.environ)
    seen = glance(place.journal, place.state)
    if seen is not None:
        return seen
    from tui.shell.verbs import open_notebook

    journal = open_notebook(options, whole=False, often=True).journal
    return tuple(
        Glimpse(
            person,
            journal.one_to_ones_of(person.id),
            tuple(f.due for f in journal.follow_ups_of(person.id) if f.i_owe),
        )
        for person in journal.people.values()
    )
