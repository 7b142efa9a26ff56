"""What a file is by its name and its looks, where that is none that may be taken for todo.txt."""

from __future__ import annotations

import re

from tui.domain.text import fold

_JSON = re.compile(r'\{\s*(?:"|\})|\[\s*(?:[{"]|\]\s*\Z)')
_HEADER = re.compile(r'"?\w[\w -]*"?(?:[,;\t]"?\w[\w-]*"?)+')
_NO_BREAK = str.maketrans("", "", "\ufeff")


def foreign_kind(name: str, text: str) -> str:
    """Return what a file is that cannot be imported at all; empty where it may be one that can.

    Args:
        name: What the file is called.
        text: What is in it.
    """
    end, begin = fold(name), text[:4000].translate(_NO_BREAK).lstrip()
    if end.endswith((".ics", ".ical")) or begin[:15].upper() == "BEGIN:VCALENDAR":
        return "a calendar (iCalendar)"
    if end.endswith((".json", ".jsonl", ".ndjson")) or _JSON.match(begin):
        return "JSON"
    return ""


def is_table(name: str, text: str) -> bool:
    """Return whether a file is a table: named so, or with a line of names and rows as wide."""
    end = fold(name)
    if end.endswith((".csv", ".tsv")):
        return True
    if end.endswith(("todo.txt", "done.txt")):
        return False
    first, _, rest = text.translate(_NO_BREAK).lstrip().partition("\n")
    second = rest.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    is_wide = second.count(sign) >= first.count(sign)
    return is_wide and _HEADER.fullmatch(first.strip()) is not None
