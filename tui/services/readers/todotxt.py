"""todo.txt, read: our own export, and lists of other programs.

What is done keeps its day; a priority, and keys we do not know, stay words of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tui.domain.followups import Owner, Stage, first_stage
from tui.domain.guards import unguard_value, unguard_word
from tui.domain.text import clean_line, fold
from tui.services.readers.found import Found, LeftOut, Promised, Whose, is_theirs

PROJECT = "+1on1"
_LINE = re.compile(
    r"(?P<x>x\s+)?(?:\([A-Z]\)\s+)?(?P<one>\d{4}-\d\d-\d\d(?=\s|$)\s*)?"
    r"(?P<two>\d{4}-\d\d-\d\d(?=\s|$)\s*)?(?P<rest>.*)",
    re.ASCII | re.DOTALL,
)
NO_WORDS = "it has no words"


def read_todotxt(text: str, whose: Whose, today: date) -> Iterator[Found]:
    """Yield what is in a todo.txt, line by line.

    Args:
        text: The text.
        whose: The person it is imported for, and who else there is.
        today: The day something was done whose day is not said.
    """
    for line in text.split("\n"):
        if line.strip():
            yield _task(line.strip(), whose, today)


def is_todotxt(text: str) -> bool:
    """Return whether a text looks like todo.txt: a line has a mark no other list has."""
    marks = re.compile(r"(x )?(\([A-Z]\) )?\d{4}-\d\d-\d\d |\([A-Z]\) |x |.* [+@]\S|.* due:\d{4}-")
    lines = [line for line in text.split("\n") if line.strip()]
    is_list = any(re.match(r"\s*([-*+]|\d+[.)]|#+)\s", line) for line in lines)
    return not is_list and any(marks.match(line) for line in lines)


def _task(line: str, whose: Whose, today: date) -> Found:
    match = _LINE.fullmatch(line)
    assert match is not None, "every part of it may be missing"
    is_done = match["x"] is not None
    one, two, rest = _day(match["one"]), _day(match["two"]), match["rest"]
    if not is_done and match["two"]:  # a line that is open has one day before its words
        two, rest = None, match["two"] + rest
    words: list[str] = []
    known: dict[str, str] = {}
    for place, word in enumerate(rest.split()):
        key, _, value = word.partition(":")
        if word == PROJECT or _is_of(word, whose.name):
            continue
        other = next((name for name in whose.others if _is_called(word, name)), "")
        if other:
            return LeftOut(line, is_theirs(other))
        if value and key in ("due", "owner", "stage", "cue", "unsure") and _fits(key, value):
            known[key] = value
        else:
            words.append(unguard_word(word, is_first=place == 0))
    said = clean_line(" ".join(words))
    if not said:
        return LeftOut(line, NO_WORDS)
    due = _day(known.get("due"))
    cue = clean_line(unguard_value(known.get("cue", "")))
    stage = Stage(known["stage"]) if "stage" in known else first_stage(due, cue)
    if is_done and stage is not Stage.LET_GO:
        stage = Stage.DONE
    return Promised(
        said,
        Owner(known.get("owner", Owner.ME)),
        stage,
        due,
        cue,
        (one or today) if stage in (Stage.DONE, Stage.LET_GO) else None,
        two if is_done else one,
        "unsure" in known,
    )


def _is_of(word: str, name: str) -> bool:
    """Return whether a context names a person: all of the name, or the first of it."""
    return _is_called(word, name) or fold(word) == fold(f"@{name.split()[0]}")


def _is_called(word: str, name: str) -> bool:
    if word[:1] != "@":
        return False
    said = fold(word[1:])
    return said in {fold(sign.join(name.split())) for sign in ("-", "_", "")}


def _fits(key: str, value: str) -> bool:
    """Return whether a key of ours has a value we know."""
    match key:
        case "due":
            return _day(value) is not None
        case "owner":
            return value in tuple(Owner)
        case "stage":
            return value in tuple(Stage)
        case "unsure":
            return value == "yes"
        case _:
            return True


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text else None
    except ValueError:
        return None
