"""When it was last looked for notes that are too old on this machine, and last offered."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import NamedTuple

_FILE = "expiry.json"
OFFER_EVERY = 30
"""Days between two offers at least: who does not want to is not asked every morning."""


class Mark(NamedTuple):
    """What is remembered."""

    looked: date | None = None
    """The day on which nothing was found: to look means to read every old page."""
    offered: date | None = None

    def may_offer(self, today: date) -> bool:
        """Return whether to look again: not twice a day, nor soon after the last offer."""
        is_soon = self.offered is not None and 0 <= (today - self.offered).days < OFFER_EVERY
        return self.looked != today and not is_soon


def read_mark(state: str) -> Mark:
    """Return what is remembered; nothing where that cannot be read."""
    try:
        with open(os.path.join(state, _FILE), encoding="utf-8") as file:
            found = json.load(file)
        days = (found.get(name) for name in Mark._fields)
        return Mark(*(date.fromisoformat(day) if day else None for day in days))
    except (OSError, ValueError, TypeError, AttributeError):
        return Mark()


def write_mark(state: str, mark: Mark) -> None:
    """Remember it.

    Raises:
        OSError: Where that cannot be done.
    """
    path = os.path.join(state, _FILE)
    part = f"{path}.{os.getpid()}.tmp"
    days = {name: day.isoformat() if day else None for name, day in mark._asdict().items()}
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(days, file)
    os.replace(part, path)
