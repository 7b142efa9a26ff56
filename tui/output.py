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


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    import json

    print(json.dumps(value, ensure_ascii=False, indent=1))


def table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows with their columns lined up, wide characters counted as the terminal does."""
    table = [tuple(clean_line(cell) for cell in row) for row in rows]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(c) or c in "\u200d\ufe0f" else 2 if east_asian_width(c) in "WF" else 1
        for c in text
    )
