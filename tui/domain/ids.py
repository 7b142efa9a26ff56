"""Identifiers: UUID version 7 (RFC 9562), sortable by the moment they were made."""

from __future__ import annotations

from collections.abc import Callable

NewId = Callable[[], str]
"""Gives a fresh identifier each time; injected, so that tests and the demo are repeatable."""


def uuid7(milliseconds: int, random_bits: int) -> str:
    """Return the UUIDv7 for a Unix time in milliseconds and 74 random bits, as text."""
    value = (milliseconds & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (random_bits >> 62 & 0xFFF) << 64
    value |= 0b10 << 62 | random_bits & (1 << 62) - 1
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def next_after(known: str) -> str:
    """Return the UUIDv7 that sorts right behind another, of the same moment."""
    value = (int(known.replace("-", ""), 16) + 1) & ((1 << 128) - 1)
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
