"""The particulars of a follow-up as words in brackets: ``send the book (due 2026-12-04)``.

What is written out with them is read back without loss. They are the last bracket of a text and
nothing but words of this list, so that any other bracket stays text; where a text's own end would
be taken for particulars, or for a date, one of them is written behind it that says nothing new.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from tui.domain.dates import split_trailing_when
from tui.domain.followups import FollowUp, Owner, Stage, first_stage
from tui.domain.text import clean_line

UNSURE = "as I remember it"
"""Said of a line the manager only thinks was said so."""
SURE = "sure"
UNDATED = "no date"
TOGETHER = "together"
_STAGE = {
    Stage.CAPTURED: "captured",
    Stage.AGREED: "agreed",
    Stage.WAITING: "waiting",
    Stage.DONE: "done",
    Stage.LET_GO: "let go",
}
_STAGE_OF = {word: stage for stage, word in _STAGE.items()}


class Particulars(NamedTuple):
    """What is said in the bracket; what is not said there is None, or not so."""

    due: date | None = None
    stage: Stage | None = None
    closed: date | None = None
    is_together: bool = False
    is_unsure: bool = False


def is_plain_stage(follow_up: FollowUp) -> bool:
    """Return whether the stage of an open follow-up goes without saying.

    With a cue and no day it never does: it was read as captured once, and is as agreed now.
    """
    plain = {first_stage(follow_up.due), first_stage(follow_up.due, clean_line(follow_up.cue))}
    return plain == {follow_up.stage}


def with_particulars(follow_up: FollowUp, text: str) -> str:
    """Return a follow-up's text with its particulars behind it, where there are any.

    Args:
        follow_up: The follow-up.
        text: Its text as it is to be written, escaped perhaps.
    """
    parts = []
    if follow_up.due:
        parts.append(f"due {follow_up.due.isoformat()}")
    if follow_up.owner is Owner.BOTH:
        parts.append(TOGETHER)
    if not follow_up.is_open:
        closed = f" {follow_up.closed.isoformat()}" if follow_up.closed else ""
        parts += [f"{_STAGE[follow_up.stage]}{closed}"] * bool(
            closed or follow_up.stage is Stage.LET_GO
        )
    elif not is_plain_stage(follow_up):
        parts.append(_STAGE[follow_up.stage])
    if follow_up.is_unsure:
        parts.append(UNSURE)
    if not parts and _ends_like_a_date(follow_up.text):
        parts.append(UNDATED)
    return f"{text} ({'; '.join(parts)})" if parts else text


def with_sureness(is_unsure: bool, plain: str, text: str) -> str:
    """Return a line's text with what says that it was only remembered so, where it was.

    Args:
        is_unsure: Whether it was.
        plain: The text as it was typed.
        text: The text as it is to be written, escaped perhaps.
    """
    if is_unsure:
        return f"{text} ({UNSURE})"
    return f"{text} ({SURE})" if split_particulars(plain)[1] else text


def _ends_like_a_date(text: str) -> bool:
    """Return whether somebody might read a day at the end of a text that has none."""
    if split_particulars(text)[1] is not None:
        return True
    # "this tue" is a day on some days only
    week = (split_trailing_when(text, date(2026, 1, 5) + timedelta(days=n)) for n in range(7))
    return any(found.when or found.problem for found in week)


def split_particulars(text: str) -> tuple[str, Particulars | None]:
    """Return a text without its particulars, and those; None where it has none."""
    head, bracket, inside = text.rstrip().rpartition("(")
    if not bracket or not head.strip() or not inside.endswith(")"):
        return text, None
    found = Particulars()
    for part in inside[:-1].split(";"):
        read = _read(found, " ".join(part.split()))
        if read is None:
            return text, None
        found = read
    return head.rstrip(), found


def _read(found: Particulars, part: str) -> Particulars | None:
    """Return the particulars with one more; None where it is none."""
    match = re.fullmatch(r"(due|done|let go) (\d{4}-\d\d-\d\d)", part, re.ASCII)
    if match:
        try:
            day = date.fromisoformat(match[2])
        except ValueError:
            return None
        if match[1] == "due":
            return found._replace(due=day)
        return found._replace(stage=_STAGE_OF[match[1]], closed=day)
    if part in _STAGE_OF:
        return found._replace(stage=_STAGE_OF[part])
    words = {
        TOGETHER: found._replace(is_together=True),
        UNSURE: found._replace(is_unsure=True),
        UNDATED: found,
        SURE: found,
    }
    return words.get(part)
