"""Which hints have been used on this machine, as far as the journal itself does not tell.

Nothing about anybody is in it: only that a hint may go.
"""

from __future__ import annotations

import json
import os

_FILE = "hints.json"
KINDS = "kinds"
"""The kinds of lines were used, by their first character."""


def used_hints(state: str) -> frozenset[str]:
    """Return the hints that may go; none where that cannot be read."""
    try:
        with open(os.path.join(state, _FILE), encoding="utf-8") as file:
            found = json.load(file)
        return frozenset(str(name) for name in found["used"])
    except (OSError, ValueError, TypeError, KeyError):
        return frozenset()


def note_used(state: str, hint: str) -> None:
    """Remember that a hint may go; where that cannot be written, it stays a while longer."""
    path = os.path.join(state, _FILE)
    part = f"{path}.{os.getpid()}.tmp"
    used = sorted(used_hints(state) | {hint})
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({"used": used}, file)
        os.replace(part, path)
    except OSError:
        return
