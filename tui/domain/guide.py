"""The guide: a first one-to-one in nine steps, each noticed when it is done, in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from tui.domain.debrief import CUES
from tui.domain.followups import Owner
from tui.domain.journal import Journal
from tui.domain.notes import HEARD

_FIRST_CUE = CUES[0].id


class Place(StrEnum):
    """Where somebody is while they are guided."""

    HOME = "home"
    PREPARE = "prepare"
    QUESTIONS = "questions"
    LISTEN = "listen"
    DEBRIEF = "debrief"
    BOARD = "board"
    SUMMARY = "summary"
    ELSEWHERE = "elsewhere"


class CopyFor(NamedTuple):
    """What a copy of the invented journal is opened for."""

    is_guided: bool = False
    """To be guided through a first one-to-one at once, rather than to look around."""
    goes_back: bool = False
    """Whether the manager's own journal is opened again afterwards."""


class Seen(NamedTuple):
    """What there is at one moment, as far as the guide looks: where one is, and ids of records."""

    place: Place = Place.ELSEWHERE
    ticked: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    started: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
    promised: frozenset[str] = frozenset()
    """Promises of the manager's with a date."""
    recalled: frozenset[str] = frozenset()
    """Talks whose debrief has gone beyond its first cue."""
    sent: frozenset[str] = frozenset()
    """Summaries that went out, or were to: without a clipboard one is told where the text is."""


def seen_in(journal: Journal, place: Place, tried: frozenset[str] = frozenset()) -> Seen:
    """Return what there is in a journal, of the pages that were looked at so far.

    Args:
        journal: The journal.
        place: Where one is.
        tried: What was to be copied, whatever came of it, by any names.
    """
    pages = journal.pages.values()
    talks = journal.one_to_ones.values()
    return Seen(
        place,
        frozenset(item.id for page in pages for item in page.items if item.ticked),
        frozenset(pick.id for picks in journal.picks.values() for pick in picks),
        frozenset(one.id for one in talks if one.started is not None),
        frozenset(n.id for page in pages for n in page.notes if n.kind is HEARD),
        frozenset(
            f.id for f in journal.follow_ups.values() if f.owner is Owner.ME and f.due is not None
        ),
        frozenset(
            one.id
            for one in talks
            if one.debriefed is not None or one.cue.rpartition("/")[2] not in ("", _FIRST_CUE)
        ),
        tried.union(sending.id for page in pages for sending in page.sendings),
    )


IsDone = Callable[[Seen, Seen], bool]
"""Says, of what there was when the guide began and what there is now, whether a step is done."""


def _more(part: str) -> IsDone:
    """Return what is done once there is something new of a kind."""

    def is_done(before: Seen, now: Seen) -> bool:
        return bool(getattr(now, part) - getattr(before, part))

    return is_done


def _at(*places: Place) -> IsDone:
    """Return what is done by going somewhere."""

    def is_done(before: Seen, now: Seen) -> bool:
        return now.place in places

    return is_done


class Step(NamedTuple):
    """One step, as one row of the only table of them."""

    id: str
    text: str
    """What to do, wherever one is; an action's id in braces stands for its key, ``{name}`` for
    the person."""
    is_done: IsDone
    here: tuple[tuple[Place, str], ...] = ()
    """What to do where fewer words will do, by the place one is at."""

    def say(self, place: Place) -> str:
        """Return what to do, for somebody who is at a place."""
        return dict(self.here).get(place, self.text)


P = Place
STEPS: tuple[Step, ...] = (
    Step(
        "prepare",
        "{app.prepare} prepares the talk with {name}",
        _at(P.PREPARE, P.QUESTIONS),
        ((P.HOME, "{people.open} prepares the talk with {name}"),),
    ),
    Step(
        "tick",
        "{app.prepare}, then {prepare.tick}: tick what is done",
        _more("ticked"),
        ((P.PREPARE, "{prepare.tick} ticks what is done; {prepare.reason} says why"),),
    ),
    Step(
        "question",
        "{app.prepare}, then {prepare.questions}: take a question along",
        _more("questions"),
        (
            (P.PREPARE, "{prepare.questions} offers questions that fit {name} now"),
            (P.QUESTIONS, "{deck.take} takes one along, as a cue word"),
        ),
    ),
    Step(
        "start",
        "{app.prepare}, then {prepare.start}: the talk begins",
        _more("started"),
        (
            (P.PREPARE, "{prepare.start} starts the talk"),
            (P.QUESTIONS, "{deck.back}, then {prepare.start}: the talk begins"),
            (P.LISTEN, "{listen.clock} starts the talk"),
        ),
    ),
    Step(
        "words",
        "{app.listen}, then type something {name} said, and enter",
        _more("heard"),
        ((P.LISTEN, "type something {name} said, then enter"),),
    ),
    Step(
        "promise",
        "{app.listen}, then type  > send the book by fri  and enter",
        _more("promised"),
        ((P.LISTEN, "type  > send the book by fri  and enter"),),
    ),
    Step(
        "debrief",
        "{app.debrief} brings the talk back, cue by cue",
        _more("recalled"),
        ((P.DEBRIEF, "one more promise? type it; {debrief.on} goes on"),),
    ),
    Step(
        "follow-ups",
        "{app.follow-ups} shows what you both will do",
        _at(P.BOARD),
    ),
    Step(
        "summary",
        "{app.summary}, then {summary.copy}: copy the summary",
        _more("sent"),
        ((P.SUMMARY, "all that {name} will read; {summary.copy} copies it"),),
    ),
)


class Guide(NamedTuple):
    """How far somebody has been guided."""

    before: Seen
    """What there was when it began: only what is new counts."""
    done: frozenset[str] = frozenset()
    """The steps that are done or were skipped, by their ids."""

    @property
    def step(self) -> Step | None:
        """The first step that is not done; None at the end."""
        return next((step for step in STEPS if step.id not in self.done), None)

    @property
    def number(self) -> int:
        """The number of the step, from one; behind the last at the end."""
        step = self.step
        return STEPS.index(step) + 1 if step else len(STEPS) + 1

    def looking(self, now: Seen) -> Guide:
        """Return the guide with every step noticed that is done by now; once done stays done."""
        found = {step.id for step in STEPS if step.is_done(self.before, now)}
        return self._replace(done=self.done | found)

    def skipping(self) -> Guide:
        """Return the guide one step further on."""
        step = self.step
        return self._replace(done=self.done | {step.id}) if step else self
