"""The questions of text mode that name what they are about; the others are in `words.plain`.

Each says what can be answered, the specific first.
"""

from __future__ import annotations

from datetime import date, datetime

from tui.domain.checklist import ChecklistItem
from tui.domain.dates import say_moment
from tui.domain.followups import FollowUp
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.domain.questions import Pick
from tui.domain.text import plural
from tui.services.debrief import Debrief
from tui.services.deck import AT_MOST, Offer
from tui.words.spoken import follow_up, sentence


def more(count: int) -> str:
    """Return the question whether to read on."""
    return f"{plural(count, 'line')} more. more reads on; an empty line goes on."


def no_such_number(count: int) -> str:
    """Return which numbers there are."""
    return "There is only 1." if count == 1 else f"There is no such number: 1 to {count}."


def who(first: Person) -> str:
    """Return the question whom it is about."""
    return f"Who? A number or a name, or new. An empty line takes {first.name}."


def what_now(name: str, coming: str) -> str:
    """Return the question what comes next."""
    onward = f"An empty line: {coming}." if coming else "An empty line: somebody else."
    return f"{name}. Which part? {onward}"


def is_it_this(one: OneToOne, person: Person, today: date) -> str:
    """Return the question whether a planned talk is held now."""
    when = say_moment(one.at, today)
    return f"One with {person.first_name} is planned for {when}. Is it now? yes or no."


def when_next(suggestion: datetime | None, today: date) -> str:
    """Return the question when to talk next."""
    if suggestion is None:
        return "When do you talk next? Such as tue 14:00. An empty line leaves it open."
    usual = say_moment(suggestion, today)
    return f"When do you talk next? yes: {usual}. Or another day. An empty line leaves it open."


def who_moved(person: Person) -> str:
    """Return the question who moved a talk."""
    return (
        f"Who moved it? me; them, for {person.first_name}; or neither. Not in the summary. An "
        "empty line leaves it open."
    )


def item(found: ChecklistItem, number: int, count: int) -> str:
    """Return a checklist item with what can be answered."""
    return f"{number} of {count}. {sentence(found.text)} done, skip or why?"


def offer(found: Offer, number: int) -> str:
    """Return a question that is offered, with the reason and what can be answered."""
    asked = sentence(found.question.text)
    return f"Question {number} of {AT_MOST}: {asked} Why: {found.reason}. yes, other or no?"


def cue(stand: Debrief, person: Person, *, is_asked: bool = False) -> str:
    """Return a cue of the debrief, with how far it has come."""
    name = person.first_name
    asked, hint = stand.cue.text.format(name=name), stand.cue.hint.format(name=name)
    onward = " An empty line goes on." if is_asked else ""
    return f"{stand.at + 1} of {len(stand.cues)}. {asked} {hint[:1].upper() + hint[1:]}.{onward}"


def was_asked(pick: Pick) -> str:
    """Return whether a question was asked, as a question."""
    return f"Did you ask: {sentence(pick.text)} yes or no. An empty line is no."


def who_carried(known: str) -> str:
    """Return what can be answered to who carried the talk."""
    left = f"leaves it: {known}" if known else "leaves it open"
    return f"A number, for you alone. An empty line {left}."


def what_with(found: FollowUp, person: Person, today: date) -> str:
    """Return the question what is to become of a follow-up."""
    return f"{follow_up(found, person, today)} done, agree, move, again or let go?"
