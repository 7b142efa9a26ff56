"""What commands print: data on stdout, all else on stderr, nothing that drives a terminal."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

from tui.domain.text import clean, clean_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def say(sentence: str) -> None:
    """Say something to whoever is there; it is no data."""
    with suppress(OSError):  # nobody listening is no reason not to do it
        print(clean(sentence), file=sys.stderr, flush=True)


def fault(error: Exception) -> str:
    """Return what to say of a fault of our own: what and where, never over which words."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    where = "\n".join(f"  {f.filename}:{f.lineno} in {f.name}" for f in frames)
    return (
        f"alongside: it stopped because of a fault of its own ({type(error).__name__}). What was "
        f"saved before is safe.\nIt happened at:\n{where}"
    )


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    import json

    print(json.dumps(value, ensure_ascii=False, indent=1))


def table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows with their columns lined up, wide characters counted as the terminal does."""
    table = [tuple(clean_line(cell) for cell in row) for row in rows]
    widths = [max(map(width_of, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (
            cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def width_of(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(c) or c in "\u200d\ufe0f" else 2 if east_asian_width(c) in "WF" else 1
        for c in text
    )


def clipped(text: str, width: int) -> str:
    """Return as much of a text as so many columns hold, with an ellipsis where that is not all."""
    if width_of(text) <= width:
        return text
    while text and width_of(text) >= width:
        text = text[:-1]
    return f"{text.rstrip()}…"
