"""The sentences of home, of the weeks ahead and of the person card; the others are in `words`."""

from __future__ import annotations

from datetime import date

from tui.commands import key_for
from tui.domain.capture import Entry
from tui.domain.dates import say_date, say_due, say_moment
from tui.domain.listening import ASSUMED, AT_MOST, LOOK_BACK, say_hours
from tui.domain.notes import Becomes
from tui.domain.onetoones import OneToOne
from tui.domain.people import Excuse, Person
from tui.domain.standing import Standing
from tui.domain.text import times

_UNDO, _PLAN = key_for("app.undo"), key_for("people.plan")

JUST_TALKED = "enter notes that you talked; all of this may stay as it is"
NO_NEXT = "nothing is planned"
NOTHING_LEFT_OUT = (
    "Nothing is due with {name}, so there is nothing to leave out: "
    + f"{key_for('people.edit')} sets how often you talk, {_PLAN} plans the next."
)
NOTHING_AHEAD = (
    f"Nothing is planned or due in these weeks. esc goes home; {_PLAN} there plans a talk."
)
HOW_LONG = (
    f"Length: the median of your last {LOOK_BACK} talks with each, {ASSUMED} min without any."
)
MUCH = f"more than {say_hours(AT_MOST)} of listening: could one be another day?"
CARD_GONE = "This person is not in the journal any more."
EDITING = "enter keeps it · empty takes it away · esc leaves it, and what you typed is kept"
WRITE_DOWN = "enter writes down what you know"
WHICH_QUESTION = "Onto {name}'s card: which question does it answer?"
ON_THE_CARD = "It stands on {name}'s card too. " + f"{_UNDO} takes it off."
OWN_HINT = "What else is worth knowing? What it is about, a colon and a blank, what to remember."
CARD_IS_YOURS = "This card is for you. Nothing of it is ever in a summary or an export."


def understood_line(entry: Entry | None, today: date) -> str:
    """Return how the one line about a conversation is understood."""
    if entry is None:
        return JUST_TALKED
    if entry.problem:
        return entry.problem
    said = [entry.kind.label]
    if entry.kind.becomes is Becomes.NOTE:
        said.append(str(entry.side))
    elif entry.kind.becomes is Becomes.FOLLOW_UP:
        said.append(say_due(entry.due, today))
    else:
        said.append("on the shelf for next time")
    return " · ".join(said)


def talked(person: Person, one: OneToOne, after: Standing) -> str:
    """Return that a conversation was noted, and where that leads."""
    day = say_date(one.at.date(), after.today)
    said = f"Noted: you talked with {person.first_name} {on(day)}."
    coming = after.say_next()
    if coming:
        return f"{said} Next: {coming}. {_UNDO} takes it back."
    due = f" Due again {after.say_due()}." if after.due else ""
    return f"{said}{due} {_UNDO} takes it back."


def on(day: str) -> str:
    """Return a day as it stands in a sentence: "today", "on Fri 27 Nov"."""
    return day if day in ("today", "tomorrow", "yesterday") else f"on {day}"


def planned(one: OneToOne, today: date, *, was: OneToOne | None = None) -> str:
    """Return that the next talk is planned, or goes to another moment."""
    verb = "Planned" if was is None else "Changed"
    return f"{verb}: {say_moment(one.at, today)}, {one.place or 'anywhere'}. {_UNDO} takes it back."


def moved(person: Person, one: OneToOne, today: date) -> str:
    """Return that a talk was moved, and how often the manager has moved it."""
    mine = one.moved_by_me
    often = f" You have moved it {times(mine)}." if mine > 1 else ""
    to = say_moment(one.at, today)
    return f"{person.first_name}: moved to {to}.{often} {_UNDO} takes it back."


def why_left_out(person: Person, due: str) -> str:
    """Return the question why a talk does not take place."""
    return f"{person.first_name}, {due}: why is it left out? (For you alone; esc changes nothing.)"


def excuse(why: Excuse, person: Person) -> str:
    """Return why a talk was left out, to choose from."""
    return {
        Excuse.ME: "I could not",
        Excuse.THEM: f"{person.first_name} could not",
        Excuse.LEAVE: "Leave: one of us was away, or will be",
    }[why]


def left_out(after: Standing) -> str:
    """Return that a talk was left out, and when the next is due."""
    often = ""
    if after.moved_by_me > 1:
        often = f" You have moved it {times(after.moved_by_me)}."
    day = say_date(after.due, after.today) if after.due else ""
    name = after.person.first_name
    return f"Left out. {name} is due {on(day)} now.{often} {_UNDO} takes it back."
