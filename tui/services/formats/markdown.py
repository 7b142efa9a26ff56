"""Talks, follow-ups and shelf as Markdown that people read and `alongside import` reads back.

The reader's side is `tui.services.readers.markdown`; both know the headings by the kinds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tui.domain.followups import FollowUp, Owner
from tui.domain.notes import HEARD, NOTE_KINDS, PARK, PLAN, PROMISE, SHARED, THANKS, Side
from tui.domain.ours import OurNote, Ours, OurTalk
from tui.domain.particulars import with_particulars, with_sureness
from tui.domain.text import clean_line
from tui.services.formats.escapes import escape_markdown

NOTHING = "Nothing has been written down yet.\n"
FOLLOW_UPS = "Follow-ups"
"""The heading over those that were not made in one of the talks."""
CUE = "cue: "
_KINDS = (
    THANKS,
    *(k for k in NOTE_KINDS if k.side is Side.OURS and k not in (THANKS, SHARED)),
    SHARED,
)


def markdown_text(everybody: Iterable[Ours]) -> str:
    """Return all that is ours of some people, ending in a line end."""
    blocks = [block for ours in everybody for block in _person(ours)]
    return "\n\n".join(blocks) + "\n" if blocks else NOTHING


def _person(ours: Ours) -> Iterator[str]:
    yield f"# {_heading(ours.person.name)}"
    talks_of_day = Counter(talk.at.date() for talk in ours.talks)
    known = {talk.id for talk in ours.talks}
    for talk in ours.talks:
        yield _talk_heading(talk, has_time=talks_of_day[talk.at.date()] > 1)
        for kind in _KINDS:
            yield from _section(
                kind.section or kind.label, [_note(n) for n in talk.notes if n.kind is kind]
            )
        yield from _promises(f for f in ours.follow_ups if f.born_in == talk.id)
    rest = [f for f in ours.follow_ups if f.born_in not in known]
    if rest:
        yield f"## {FOLLOW_UPS}"
        yield from _promises(rest)
    shelf = [_item("", escape_markdown(topic.text)) for topic in ours.topics]
    yield from _section(PARK.section, shelf, level=2)


def _talk_heading(talk: OurTalk, *, has_time: bool) -> str:
    """Return the heading of a talk; its time only where there were two on that day."""
    when = talk.at.date().isoformat() + (f" {talk.at:%H:%M}" if has_time else "")
    return f"## {when}, {_heading(talk.place)}" if talk.place.strip() else f"## {when}"


def _heading(text: str) -> str:
    """Return a text for a heading; hashes at its end would be taken for its close."""
    escaped = escape_markdown(clean_line(text))
    return f"{escaped[:-1]}\\#" if escaped.endswith("#") else escaped


def _section(heading: str, items: list[str], *, level: int = 3) -> Iterator[str]:
    if items:
        yield f"{'#' * level} {heading}"
        yield "\n".join(items)


def _promises(follow_ups: Iterable[FollowUp]) -> Iterator[str]:
    follow_ups = tuple(follow_ups)
    mine = [_follow_up(f) for f in follow_ups if f.owner is not Owner.THEM]
    theirs = [_follow_up(f) for f in follow_ups if f.owner is Owner.THEM]
    yield from _section(PROMISE.section, mine)
    yield from _section(PLAN.section, theirs)


def _note(note: OurNote) -> str:
    text = escape_markdown(note.text)
    if note.kind is HEARD and not note.is_unsure:
        return _item("", f"“{text}”")
    return _item("", with_sureness(note.is_unsure, note.text, text))


def _follow_up(follow_up: FollowUp) -> str:
    text = with_particulars(follow_up, escape_markdown(follow_up.text))
    item = _item("[ ] " if follow_up.is_open else "[x] ", text)
    return f"{item}\n  - {CUE}{escape_markdown(follow_up.cue)}" if follow_up.cue else item


def _item(box: str, text: str) -> str:
    """Return a line of a list; of several blank lines in it one is left, as Markdown reads them."""
    text = re.sub(r"\n(?:[ \t]*\n)+", "\n\n", text)
    return f"- {box}" + text.replace("\n", "\n  ")
