"""Whether the terminal is dark or light, as far as is known before it says so itself.

Nobody waits for what it says (`tui.desk.answers`). What a light terminal has said is remembered,
so that the next start begins light.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress

from tui.desk.places import state_root
from tui.desk.replacing import replace_file

FILE = "background"
AT_MOST = 20
"""So many terminals are remembered."""

_LIGHT_OF_SIXTEEN = ("7", "15")
_CANNOT = ("", "dumb", "linux", "unknown", "vt52", "cons25")
"""Terminals that do not know the question, or show it."""


def can_be_asked(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal may be asked: one that does not know must not show it."""
    return environ.get("TERM", "") not in _CANNOT


def guess_light(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal is light as far as is known before it answers; dark if not.

    What it said last time goes before ``COLORFGBG``, which is inherited by terminals in terminals.
    """
    remembered = _remembered(environ).get(_key(environ))
    if remembered is not None:
        return remembered == "light"
    return environ.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT_OF_SIXTEEN


def remember(environ: Mapping[str, str], *, is_light: bool) -> None:
    """Keep what the terminal has said for the next start; where it cannot be written, it is not."""
    known = _remembered(environ)
    key = _key(environ)
    word = "light" if is_light else "dark"
    if known.pop(key, "") == word:
        return
    lines = [f"{name} {was}\n" for name, was in known.items()][1 - AT_MOST :]
    with suppress(OSError):
        replace_file(_path(environ), "".join([*lines, f"{key} {word}\n"]))


def _remembered(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the word for each terminal; nothing where the file cannot be read."""
    try:
        with open(_path(environ), encoding="utf-8", errors="replace") as file:
            pairs = [line.split() for line in file.read(AT_MOST * 200).splitlines()]
    except OSError:
        return {}
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def _path(environ: Mapping[str, str]) -> str:
    return os.path.join(state_root(environ), FILE)


def _key(environ: Mapping[str, str]) -> str:
    """Return what tells terminals apart: the program, as far as it names itself, and its kind."""
    named = ":".join(environ.get(name, "") for name in ("TERM_PROGRAM", "TERM"))
    return "".join(c if c.isalnum() and c.isascii() else "-" for c in named[:100])
