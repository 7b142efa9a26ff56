"""Folding the bytes of a file, so that words can be looked for before anything is parsed.

What is folded here is JSON with all its quotes and names. Words found in it are a hint, to be
looked at closer; words that are not in it are not in any text of the file.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.domain.text import FOLDED

_ASCII = bytes(range(0x80))
_LOWER = _ASCII.lower() + bytes(range(0x80, 0x100))
_UNTOLD = re.compile('["\\\\/\N{REPLACEMENT CHARACTER}\u2400-\u2421]')
"""What JSON may write in other words than it was said, or cleaning puts in the place of others."""
_PLANS = 5_000
"""Plans that are kept at most."""


class _Plan(NamedTuple):
    """How to fold bytes in which certain characters beyond ASCII stand."""

    table: bytes
    """Folds all there is in one go, once ``lead`` is taken out; empty where that cannot be."""
    lead: bytes
    pairs: tuple[tuple[bytes, bytes], ...]
    """What to put for what in lower-case bytes."""


_plans: dict[bytes, _Plan] = {}


def fold_bytes(data: bytes) -> bytes:
    """Return UTF-8 as `tui.domain.text.fold` would have it; what is no UTF-8 counts as `�`."""
    if data.isascii():
        return data.lower()
    foreign = data.translate(None, _ASCII)
    plan = _plans.get(foreign) or _plan(foreign)
    if plan.table:
        return data.translate(plan.table, plan.lead)
    low = data.lower()
    for old, new in plan.pairs:
        low = low.replace(old, new)
    return low


def _plan(foreign: bytes) -> _Plan:
    """Return how to fold these characters, and keep it for the next file that holds just them.

    The accented letters of a western language share their first byte and fold to one letter each:
    where nothing else gets in the way, they are folded with the rest in a single pass.
    """
    there = [(c.encode(), FOLDED[ord(c)].encode()) for c in set(foreign.decode("utf-8", "replace"))]
    pairs = tuple((old, new) for old, new in there if old != new)
    plan = _Plan(b"", b"", pairs)
    leads = {old[:1] for old, _ in pairs}
    if len(leads) == 1 and all(len(old) == 2 and len(new) == 1 for old, new in pairs):
        lead = leads.pop()
        others = b"".join(old for old, new in there if old == new)
        seconds = {old[1] for old, _ in pairs}
        is_valid = foreign.decode("utf-8", "replace").encode() == foreign
        if is_valid and lead not in others and not seconds.intersection(others):
            table = bytearray(_LOWER)
            for old, new in pairs:
                table[old[1]] = new[0]
            plan = _Plan(bytes(table), lead, pairs)
    if len(_plans) >= _PLANS:
        _plans.clear()
    if len(foreign) < 200:
        _plans[foreign] = plan
    return plan


def hints(words: tuple[str, ...]) -> tuple[bytes, ...]:
    """Return what must be in the folded bytes of a file in which all words stand, longest first.

    Args:
        words: The words, folded.
    """
    pieces = {max(_UNTOLD.split(word), key=len).encode() for word in words} - {b""}
    return tuple(sorted(pieces, key=lambda piece: (-len(piece), piece)))


def tells_otherwise(data: bytes) -> bool:
    """Return whether a file writes characters as escapes, so that hints say nothing about it."""
    at = data.find(b"\\")  # one character is found many times quicker than two
    while at >= 0:
        if data[at + 1 : at + 2] == b"u":
            return True
        at = data.find(b"\\", at + 2)
    return False
