"""What is half-typed about a person who becomes another: it goes along, or is told.

Drafts are named after what they are about: one about nobody is never offered again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.services.ports import Draft
from tui.store.forgetting import strip_log
from tui.store.log import read_lines
from tui.store.traces import log_paths
from tui.store.whose import bytes_of, is_about

_OF_THE_CARD = ("card:", "form:card:")
"""How drafts begin that hold a whole line of a card: it would replace the other's line there."""


class HalfTyped(NamedTuple):
    """What becomes of the half-typed lines about one who becomes another."""

    places: dict[str, str]
    """Where those that go along are kept from then on, by where they are."""
    left: tuple[Draft, ...]
    """Those that have no place with the other."""


def half_typed(state: str, was: str, becomes: str) -> HalfTyped:
    """Return what becomes of what is half-typed about a person; nothing is changed.

    Args:
        state: The state folder of the journal.
        was: The id of who becomes another.
        becomes: The id of who they are.

    Raises:
        NewerError: Where a newer version of alongside wrote a log.
        StorageError: Where one cannot be read.
    """
    drafts = list(_drafts(state))
    taken = {draft.place for draft in drafts}
    places: dict[str, str] = {}
    left: list[Draft] = []
    for draft in drafts:
        if not is_about(draft, (was,)):
            continue
        place = _renamed(draft.place, was, becomes)
        if draft.place.startswith(_OF_THE_CARD) or place in taken:
            left.append(draft)
        else:
            places[draft.place] = place
    return HalfTyped(places, tuple(left))


def hand_over(state: str, was: str, becomes: str) -> None:
    """Have what is half-typed about a person be about another; what has no place there goes.

    Args:
        state: The state folder of the journal.
        was: The id of who becomes another.
        becomes: The id of who they are.

    Raises:
        NewerError: Where a newer version of alongside wrote a log.
        StorageError: Where the disk refuses.
    """
    places, left = half_typed(state, was, becomes)
    gone = {draft.place for draft in left}

    def new(draft: Draft) -> Draft | None:
        if draft.place in gone:
            return None
        return draft._replace(place=places.get(draft.place, draft.place))

    if places or gone:
        for path in log_paths(state):
            strip_log(path, becomes=new)


def _drafts(state: str) -> Iterator[Draft]:
    for path in log_paths(state):
        yield from read_lines(bytes_of(path)).drafts


def _renamed(place: str, was: str, becomes: str) -> str:
    parts = re.split("([:,+])", place)
    return "".join(becomes if part == was else part for part in parts)
