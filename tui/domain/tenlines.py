"""Ten lines that tell a little of everything: which, where there would be more."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.text import clean_line, shortened

LINES = 10
"""Lines at most."""
LENGTH = 160
"""Characters of a person's words at most: of more there is the beginning."""


def ten_lines(sorts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the lines there is room for: of each sort one, then of each one more, and so on.

    They stand sort by sort. So each sort that has a line is told of, as long as there are no more
    than ten, and there is more of what there is more of.

    Args:
        sorts: The lines of each sort, the one to be told first at its beginning.
    """
    room = [0] * len(sorts)
    is_room = True
    while is_room:
        is_room = False
        for place, lines in enumerate(sorts):
            if room[place] < len(lines) and sum(room) < LINES:
                room[place] += 1
                is_room = True
    return tuple(line for n, lines in zip(room, sorts, strict=True) for line in lines[:n])


def brief(text: str) -> str:
    """Return a person's words on one line, and not too long."""
    return shortened(clean_line(text), LENGTH)
