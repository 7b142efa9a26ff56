"""Follow-ups as todo.txt, a line each: ``2026-11-24 send the book +1on1 @Dana due:2026-12-04``.

What would mean something to todo.txt in a person's words gets a backslash, see
`tui.domain.guards`; the reader's side is `tui.services.readers.todotxt`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.guards import guard_value, guard_words
from tui.domain.ours import OurPerson, Ours
from tui.domain.particulars import is_plain_stage
from tui.domain.text import clean_line

PROJECT = "+1on1"


def todotxt_text(everybody: Iterable[Ours]) -> str:
    """Return the follow-ups of some people, a line each; nothing where there are none."""
    lines = [_line(ours.person, f) for ours in everybody for f in ours.follow_ups if f.text.strip()]
    return "".join(f"{line}\n" for line in lines)


def _line(person: OurPerson, follow_up: FollowUp) -> str:
    said = follow_up.said.date().isoformat()
    closed = (follow_up.closed or follow_up.said.date()).isoformat()
    begin = said if follow_up.is_open else f"x {closed} {said}"
    text = guard_words(clean_line(follow_up.text))
    return " ".join((begin, text, PROJECT, context(person), *_keys(follow_up)))


def context(person: OurPerson) -> str:
    """Return the context of a person: the whole name, so that two of a first name stay two."""
    return "@" + "-".join(person.name.split())


def _keys(follow_up: FollowUp) -> Iterator[str]:
    if follow_up.due:
        yield f"due:{follow_up.due.isoformat()}"
    if follow_up.owner is not Owner.ME:
        yield f"owner:{follow_up.owner}"
    is_said = is_plain_stage(follow_up) or follow_up.stage is Stage.DONE
    if not is_said:
        yield f"stage:{follow_up.stage}"
    if cue := clean_line(follow_up.cue):
        yield f"cue:{guard_value(cue)}"
    if follow_up.is_unsure:
        yield "unsure:yes"
