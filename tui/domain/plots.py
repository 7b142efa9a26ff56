"""Plots made of characters: they read in black and white, and beside a figure each."""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.text import cell_length, clean_line

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_HEIGHTS = "▁▂▃▄▅▆▇█"
NONE = "·"
"""Stands in a plot where there is nothing."""


def bar(count: int, most: int, width: int) -> str:
    """Return a bar for a count, as wide as ``width`` for the most; nothing is no bar."""
    eighths = 0 if not most else max(1, round(count * width * 8 / most)) if count else 0
    full, rest = divmod(eighths, 8)
    return "█" * full + (_EIGHTHS[rest] if rest else "") or NONE


def columns(counts: Iterable[int]) -> str:
    """Return counts as columns side by side, a dot for none."""
    counts = tuple(counts)
    most = max(counts, default=0)
    last = len(_HEIGHTS) - 1
    return "".join(_HEIGHTS[round(c * last / most)] if c else NONE for c in counts)


def fitted(label: str, cells: int) -> str:
    """Return a label in just so many cells, cut with an ellipsis where it is longer."""
    label = clean_line(label)[: cells * 4]
    if cell_length(label) > cells:
        while label and cell_length(label) >= cells:
            label = label[:-1]
        label += "…"
    return label + " " * (cells - cell_length(label))
