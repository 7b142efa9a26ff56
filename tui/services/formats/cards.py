"""The cue card: three cue words, one promise, one thank-you; fit for a palm or an index card.

Considered beforehand, not scripted: a card fits in a pocket and asks for nothing.
"""

from __future__ import annotations

from tui.domain.ours import CueCard
from tui.domain.text import cell_length, wrapped_text

WIDTH = 40
"""Columns of a printed card."""


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
