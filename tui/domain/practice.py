"""The manager's own practice over a span of days, counted; never a word about the other.

Nothing here is stored and nothing is a score: each figure is a count of what the manager did. What
is counted of one person is added up for all (`together`), so that the whole is its parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from tui.domain.asking import form_of
from tui.domain.dates import Cadence, WhenError
from tui.domain.followups import OWED_BY_ME, Aspect, FollowUp, Stage
from tui.domain.journal import Journal
from tui.domain.notes import THANKS, Note
from tui.domain.onetoones import Mover, OneToOne
from tui.domain.people import Excuse, Person

QUARTER = 13
"""Weeks of a quarter."""
GRACE = 4
"""A gap is held where it is no longer than the cadence and this part of it, a day at least."""


class Span(NamedTuple):
    """Some days, both ends among them."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Return whether a day is one of them."""
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    def moved(self, times: int) -> Span:
        """Return the span as long as this that is so many times its length later, or earlier.

        Where that is before the first or after the last day there is, this one.
        """
        step = timedelta(days=self.days * times)
        try:
            return Span(self.first + step, self.last + step)
        except OverflowError:
            return self


def weeks_to(last: date, weeks: int = QUARTER) -> Span:
    """Return the span of so many weeks that ends with a day."""
    return Span(last - timedelta(days=7 * weeks - 1), last)


class Promises(NamedTuple):
    """What became of what the manager promised in a span, alone or together; as it is today."""

    in_time: int = 0
    """Kept, and open on no day after the day agreed; a day moved before it came is a new one."""
    late: int = 0
    """Kept, after the day agreed."""
    undated: int = 0
    """Kept, with no day agreed."""
    let_go: int = 0
    to_come: int = 0
    """Open, and its day has not passed, or it has none."""
    overdue: int = 0
    """Open after the day agreed."""

    @property
    def made(self) -> int:
        """How many there were."""
        return sum(self)

    @property
    def kept(self) -> int:
        """How many were done."""
        return self.in_time + self.late + self.undated

    @property
    def due(self) -> int:
        """How many can have been kept by now: all but those that are open and not due yet."""
        return self.made - self.to_come


class Gaps(NamedTuple):
    """How the days between talks that ended in a span went with the cadence.

    A gap that is still open at the end of the span counts once it is longer than held.
    """

    held: int = 0
    by_me: int = 0
    """Longer, and the manager had moved or left out a talk in it."""
    by_them: int = 0
    leave: int = 0
    """Longer, and one of the two could not be there."""
    unsaid: int = 0
    """Longer, and nobody noted why."""

    @property
    def all(self) -> int:
        """How many there were."""
        return sum(self)


Count = tuple[tuple[str, int], ...]
"""How often each of some things was; what never was is not among them."""


class Practice(NamedTuple):
    """What the manager did in a span with one person, or with several."""

    days: Count = ()
    """How many talks there were on a day, in ISO form."""
    promises: Promises = Promises()
    gaps: Gaps = Gaps()
    places: Count = ()
    carried: Count = ()
    """Who carried the talks, in the words of the debrief; "" where it was not noted."""
    forms: Count = ()
    """Questions asked, by `Form`."""
    areas: Count = ()
    """Questions asked, by the id of their area; those that have none are left out."""

    @property
    def talks(self) -> int:
        """How many talks there were."""
        return sum(count for _, count in self.days)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not (self.talks or self.promises.made or self.gaps.all)


def practice_of(journal: Journal, person: Person, span: Span, today: date) -> Practice:
    """Return what the manager did with one person in a span.

    Args:
        journal: Where the talks, follow-ups and questions are.
        person: The person.
        span: The days that count.
        today: The day to look from; nothing is counted that is still to come.
    """
    until = min(span.last, today)
    held = _held(journal, person, until)
    ones = held[bisect_left(held, span.first, key=_day) :]
    asked = [pick for one in ones for pick in journal.picks.get(one.id, ()) if pick.asked]
    return Practice(
        _counted(one.at.date().isoformat() for one in ones),
        _promises(journal.follow_ups_of(person.id), span, today),
        _gaps(person, held, journal.one_to_ones_of(person.id), span._replace(last=until)),
        _counted(one.place for one in ones),
        _counted(one.carried for one in ones),
        _counted(form_of(pick.text) for pick in asked),
        _counted(pick.area for pick in asked if pick.area),
    )


def together(practices: Iterable[Practice]) -> Practice:
    """Return several practices as one."""
    some = tuple(practices)
    return Practice(
        _added(p.days for p in some),
        Promises(*map(sum, zip(*(p.promises for p in some), strict=True))),
        Gaps(*map(sum, zip(*(p.gaps for p in some), strict=True))),
        *(_added(column) for column in zip(*(p[3:] for p in some), strict=True)),
    )


def known(count: Count, name: str) -> int:
    """Return how often something was."""
    return dict(count).get(name, 0)


def talks_in(journal: Journal, person: Person, span: Span, today: date) -> tuple[OneToOne, ...]:
    """Return the talks with a person that took place in a span, oldest first."""
    held = _held(journal, person, min(span.last, today))
    return tuple(held[bisect_left(held, span.first, key=_day) :])


def thanks_in(notes: Iterable[Note]) -> int:
    """Return how many appreciations there are among notes, of whichever side."""
    return sum(note.kind is THANKS for note in notes)


def _day(one: OneToOne) -> date:
    return one.at.date()


def _held(journal: Journal, person: Person, until: date) -> list[OneToOne]:
    """Return the talks that took place up to a day, oldest first."""
    theirs = journal.one_to_ones_of(person.id)
    past = theirs[: bisect_right(theirs, until, key=_day)]
    return [one for one in past if one.took_place]


def _counted(things: Iterable[str]) -> Count:
    return tuple(sorted(Counter(things).items()))


def _added(counts: Iterable[Count]) -> Count:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(dict(count))
    return tuple(sorted(total.items()))


# -- promises ------------------------------------------------------------------------------


def _promises(follow_ups: Iterable[FollowUp], span: Span, today: date) -> Promises:
    count: Counter[str] = Counter()
    for follow_up in follow_ups:
        if follow_up.owner in OWED_BY_ME and span.holds(follow_up.said.date()):
            count[became(follow_up, today)] += 1
    return Promises(**count)


def became(follow_up: FollowUp, today: date) -> str:
    """Return which of `Promises` a promise is one of."""
    if follow_up.stage is Stage.LET_GO:
        return "let_go"
    if follow_up.stage is not Stage.DONE:
        return "overdue" if follow_up.is_overdue(today) else "to_come"
    closed = follow_up.closed or today
    moves = [step for step in follow_up.steps if step.aspect is Aspect.DUE]
    day = next((step.was for step in moves if step.on > closed), None)
    days = [(step.was, step.on) for step in moves if step.on <= closed]
    last = (follow_up.due.isoformat() if follow_up.due else "") if day is None else day
    if any(was and was < on.isoformat() for was, on in [*days, (last, closed)]):
        return "late"
    return "in_time" if last else "undated"


# -- gaps ----------------------------------------------------------------------------------


def _gaps(person: Person, held: list[OneToOne], ones: tuple[OneToOne, ...], span: Span) -> Gaps:
    """Return how the gaps went, measured by the cadence as it is now: no other is known."""
    if person.cadence is None or span.last < span.first:
        return Gaps()
    count: Counter[str] = Counter()
    reasons: list[tuple[date, str]] | None = None
    begin = max(0, bisect_left(held, span.first, key=_day) - 1)
    days = sorted({one.at.date() for one in held[begin:]})
    gaps = [(before, after, True) for before, after in pairwise(days) if after >= span.first]
    if days and not person.archived:
        gaps.append((days[-1], span.last, False))
    for before, after, has_ended in gaps:
        if after <= held_until(person.cadence, before):
            count["held"] += has_ended
            continue
        if reasons is None:
            reasons = _reasons(person, ones)
        count[_why({why for day, why in reasons if before < day <= after})] += 1
    return Gaps(**count)


def held_until(cadence: Cadence, before: date) -> date:
    """Return the last day on which a talk still holds the gap after one on ``before``.

    A week may take eight days, two weeks seventeen: what counts is the rhythm, not the weekday.
    """
    try:
        due = cadence.next_after(before)
        return due + timedelta(days=max(1, (due - before).days // GRACE))
    except (WhenError, OverflowError):
        return date.max


_WHY = {Mover.ME: "by_me", Mover.THEM: "by_them", Mover.LEAVE: "leave"}
_SKIPPED = {Excuse.ME: "by_me", Excuse.THEM: "by_them", Excuse.LEAVE: "leave"}


def _reasons(person: Person, ones: Iterable[OneToOne]) -> list[tuple[date, str]]:
    """Return the days on which something was left out or moved away from, and who did it."""
    moves = [(move.was.date(), _WHY[move.by]) for one in ones for move in one.moves]
    return [*moves, *((skip.due, _SKIPPED[skip.why]) for skip in person.skips)]


def _why(reasons: set[str]) -> str:
    """Return the reason of a gap; of several leave counts before all, then the manager's own."""
    return next((why for why in ("leave", "by_me", "by_them") if why in reasons), "unsaid")
