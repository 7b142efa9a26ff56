"""The sentences of looking back; the others are in `words`."""

from __future__ import annotations

from datetime import date

from tui.commands import key_for
from tui.domain.dates import say_day, say_due, say_moment
from tui.domain.followups import STAGE_LABEL, FollowUp
from tui.domain.onetoones import Mover, OneToOne
from tui.domain.people import Person
from tui.domain.text import times
from tui.words import BRING_BACK

NO_TALKS = "You have not talked yet. Once you have, each one-to-one stands here whole."
NOTHING_FOUND = "No one-to-one with these words. esc shows all again."
FIND = "find: words said, promised, parked"
PERSON_GONE = (
    "This person is not there any more: deleted elsewhere, or the folder has gone. " + BRING_BACK
)
NO_TALK_FOR_QUESTIONS = (
    f"Plan the next one-to-one first ({key_for('app.prepare')}); there "
    f"{key_for('prepare.questions')} offers questions."
)
STILL_READING = "still reading …"
NOTHING_WRITTEN = "Nothing was written here. enter opens the notes."
NOT_HELD = "did not take place"
STILL_TO_COME = "still to come"
TO_DEBRIEF = "waits for its debrief"
HAD_PARKED = "Parked, never raised"
RAISE_NEXT = "Raise next"
UNREADABLE = (
    "Its file is damaged and cannot be read now; nothing in it was changed. "
    f"{key_for('app.mend')} mends it."
)


def moved(one: OneToOne, person: Person, today: date) -> str:
    """Return how often a talk was moved, by whom and from when; empty where it was not."""
    if not one.moves:
        return ""
    who = {Mover.ME: "by you", Mover.THEM: f"by {person.first_name}", Mover.LEAVE: "by neither"}
    each = (f"{who[move.by]}, from {say_moment(move.was, today)}" for move in one.moves)
    return f"moved {times(len(one.moves))}: {'; '.join(each)}"


def what_became(follow_up: FollowUp, today: date) -> str:
    """Return how far a follow-up has come, and when it was closed or is due."""
    stage = STAGE_LABEL[follow_up.stage]
    if follow_up.is_open:
        return f"{stage} · {say_due(follow_up.due, today)}"
    closed = f" {say_day(follow_up.closed, today)}" if follow_up.closed else ""
    return f"{stage}{closed}" + (f": {follow_up.reason}" if follow_up.reason else "")
