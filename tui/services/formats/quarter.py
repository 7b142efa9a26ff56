"""A quarter in ten lines: what both know of some weeks, as Markdown, for review time.

There are seven sorts of lines (`SORTS`), the most recent first in each; which of them stand there
is the rule of `ten_lines`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from tui.domain.dates import say_day
from tui.domain.followups import FollowUp, Owner, Stage, board_order
from tui.domain.notes import DECIDED, HEARD, THANKS, Kind
from tui.domain.ours import OurNote, Ours
from tui.domain.tenlines import brief, ten_lines
from tui.domain.text import clean_line, times
from tui.services.formats.escapes import escape_markdown
from tui.services.formats.summary import UNSURE

NOTHING = "Nothing is written down yet of these days."


class _Told(NamedTuple):
    """What there is to tell: all that is ours of one person, and the days."""

    ours: Ours
    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def say(self, day: date) -> str:
        return say_day(day, self.last)


def quarter_text(ours: Ours, first: date, last: date) -> str:
    """Return the digest as Markdown, ending in a line end: a title, and ten lines at most.

    Args:
        ours: All that is ours of one person; talks outside of the days are left out.
        first: The first day.
        last: The last day.
    """
    told = _Told(ours, first, last)
    name = escape_markdown(clean_line(ours.person.name))
    title = f"# {name}, {_title_day(first)} to {_title_day(last)}"
    lines = ten_lines([list(sort(told)) for sort in SORTS])
    return "\n".join((title, "", *(f"- {line}" for line in lines or [NOTHING]))) + "\n"


def _title_day(day: date) -> str:
    """Return a day as it stands in the title: without its weekday, always with its year."""
    return f"{say_day(day, day).partition(' ')[2]} {day.year:04}"


def _words(text: str, *, is_unsure: bool = False, is_quoted: bool = False) -> str:
    """Return a person's words on one line, not too long, as they are read in Markdown."""
    said = escape_markdown(brief(text))
    return f"{said}{UNSURE}" if is_unsure else f"“{said}”" if is_quoted else said


# -- the sorts of lines ----------------------------------------------------------------------


def _talked(told: _Told) -> Iterator[str]:
    talks = [talk for talk in told.ours.talks if told.holds(talk.at.date())]
    if not talks:
        return
    where = Counter(clean_line(talk.place) for talk in talks if talk.place.strip())
    most = sorted(where.items(), key=lambda item: (-item[1], item[0]))[:3]
    places = ", ".join(f"{_words(place)} {times(count)}" for place, count in most)
    last = told.say(max(talk.at for talk in talks).date())
    when = f"last on {last}" if len(talks) > 1 else f"on {last}"
    yield f"We talked {times(len(talks))}, {when}" + (f": {places}." if places else ".")


def _notes(told: _Told, kind: Kind) -> list[tuple[OurNote, str]]:
    """Return the notes of a kind, the most recent first, each with the day of its talk."""
    return [
        (note, told.say(talk.at.date()))
        for talk in sorted(told.ours.talks, key=lambda talk: (talk.at, talk.id), reverse=True)
        if told.holds(talk.at.date())
        for note in reversed(talk.notes)
        if note.kind is kind
    ]


def _heard(told: _Told) -> Iterator[str]:
    for note, day in _notes(told, HEARD):
        yield f"I heard, {day}: {_words(note.text, is_unsure=note.is_unsure, is_quoted=True)}"


def _decided(told: _Told) -> Iterator[str]:
    for note, day in _notes(told, DECIDED):
        yield f"We decided, {day}: {_words(note.text, is_unsure=note.is_unsure)}"


def _thanked(told: _Told) -> Iterator[str]:
    for note, day in _notes(told, THANKS):
        yield f"I said thank you, {day}: {_words(note.text, is_unsure=note.is_unsure)}"


def _done(told: _Told, owners: tuple[Owner, ...]) -> list[FollowUp]:
    """Return what was finished in these days, the most recent first."""
    found = (
        f
        for f in told.ours.follow_ups
        if f.stage is Stage.DONE and f.owner in owners and told.holds(f.closed)
    )
    return sorted(found, key=lambda f: (f.closed or f.said.date(), f.said, f.id), reverse=True)


def _finished(told: _Told) -> Iterator[str]:
    name = _words(told.ours.person.first_name)
    for follow_up in _done(told, (Owner.THEM,)):
        closed = told.say(follow_up.closed or told.last)
        yield f"{name} finished, {closed}: {_words(follow_up.text)}"


def _kept(told: _Told) -> Iterator[str]:
    for follow_up in _done(told, (Owner.ME, Owner.BOTH)):
        who = "I did what I promised" if follow_up.owner is Owner.ME else "We did together"
        closed = told.say(follow_up.closed or told.last)
        yield f"{who}, {closed}: {_words(follow_up.text)}"


def _open(told: _Told) -> Iterator[str]:
    """Yield what is open and was said by the end of these days, my own first, soonest first."""
    name = _words(told.ours.person.first_name)
    whose = {Owner.ME: "I promised", Owner.BOTH: "We plan", Owner.THEM: f"{name} plans"}
    found = [f for f in told.ours.follow_ups if f.is_open and f.said.date() <= told.last]
    for follow_up in sorted(found, key=board_order):
        due = f", by {told.say(follow_up.due)}" if follow_up.due else ""
        said = _words(follow_up.text, is_unsure=follow_up.is_unsure)
        yield f"Still open, {whose[follow_up.owner]}: {said}{due}"


SORTS: tuple[Callable[[_Told], Iterator[str]], ...] = (
    _talked, _heard, _decided, _thanked, _finished, _kept, _open,
)  # fmt: skip
"""When we talked, what I heard, what we decided, thanks, what they finished, what I kept, open."""
