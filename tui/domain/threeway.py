"""Lists changed on two sides: what either added is there, what either took away is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def rejoined(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """Return their list with what we did to the list both began with done to it, too.

    An element that was changed is one that was taken away and another that was added. What we added
    stands behind what stood before it on our side. One that both changed is there in both forms.

    Args:
        base: The list both began with.
        ours: What we made of it.
        theirs: What others made of it.
    """
    joined = list(theirs)
    left = list(ours)
    for element in base:
        if element in left:
            left.remove(element)
        elif element in joined:
            place = joined.index(element)
            joined[place : place + 1] = [_Gone]
    for element in left:
        if element in joined and element not in base:
            continue  # both added it
        joined.insert(_place(element, ours, joined), element)
    return [element for element in joined if element is not _Gone]


class _Gone:
    """Holds the place of what we took away until what stands there now is put in."""


def _place(element: Any, ours: Sequence[Any], joined: list[Any]) -> int:
    """Return where an element that we added goes: behind what is before it on our side."""
    for before in reversed(ours[: list(ours).index(element)]):
        if before in joined:
            place = joined.index(before) + 1
            while place < len(joined) and joined[place] is _Gone:
                joined.pop(place)
            return place
    return joined.index(_Gone) if _Gone in joined else 0
