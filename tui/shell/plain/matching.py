"""Text mode: which of a few words an answer means."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.text import fold


def matched(answer: str, words: Sequence[str]) -> str | None:
    """Return the one word an answer is or begins; None where none or several fit."""
    wanted = " ".join(fold(answer).replace("-", " ").split())
    if wanted in words:
        return wanted
    found = [word for word in words if wanted and word.startswith(wanted)]
    return found[0] if len(found) == 1 else None


def is_number(answer: str) -> bool:
    """Return whether an answer is meant as the number of a line."""
    digits = answer.strip().rstrip(".")
    return digits.isascii() and digits.isdigit()
