"""How text mode reads things out: people, talks, lines and follow-ups, each in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tui.domain.capture import Entry
from tui.domain.checklist import Phase
from tui.domain.dates import say_day, say_due, say_moment
from tui.domain.followups import STAGE_LABEL, FollowUp, Owner, Stage
from tui.domain.notes import Becomes, Kind, Note
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person, Topic
from tui.domain.questions import Area, Pick
from tui.domain.standing import Standing
from tui.domain.text import JOINER, shortened, times
from tui.services.lookback import Raise
from tui.words import THINK_SO, lead

FOR_YOU_ALONE = "for you alone"
_ENDS = (".", "!", "?", "…")


def sentence(*parts: str) -> str:
    """Return what there is of some parts, with commas between, as a sentence that ends."""
    there = [part for part in parts if part]
    said = ", ".join([*map(_going_on, there[:-1]), *there[-1:]])
    said = said.replace(JOINER, "\n  or: ").replace("\n", "\n  ")
    return said if said.endswith(_ENDS) else f"{said}."


def _going_on(text: str) -> str:
    """Return a text without a full stop at its end, so that more can follow."""
    return text if text.endswith("..") else text.removesuffix(".")


def _first(text: str) -> str:
    """Return a text that begins a sentence."""
    return text[:1].upper() + text[1:]


def not_kept(why: str) -> str:
    """Return that something was not kept, and why."""
    return f"Not kept: {why}"


def too_long(most: int) -> str:
    """Return that a terminal may have dropped the end of a line."""
    return (
        f"A terminal passes on {most} bytes of a line and drops the rest. The end of this one may "
        "be missing: look at what is kept, and type the rest as another line."
    )


def undone(label: str) -> str:
    """Return what is taken back."""
    return sentence(f"Taken back: {label}")


def interrupted(begun: str) -> str:
    """Return that somebody stopped, and what of a line was typed and not entered."""
    said = "Stopped. What was kept is in the journal."
    return f"{said} You had begun to type: {begun}" if begun else said


# -- people --------------------------------------------------------------------------------


def standing(found: Standing, *, is_long: bool = False) -> str:
    """Return how things are with a person."""
    person = found.person
    owed = [f"you owe {found.i_owe}"] if found.i_owe else []
    owed += [f"{person.first_name} owes {found.they_owe}"] if found.they_owe else []
    waits = ["waits for the debrief"] if found.awaits_debrief else []
    last = [found.say_last()] if is_long or found.days_since is None else []
    role = person.role if is_long else ""
    due = found.say_due()
    due = f"due {due}" if found.days_left and found.days_left > 0 else due
    return sentence(person.name, role, due, *last, *owed, *waits, *found.reasons())


def added(person: Person) -> str:
    """Return that somebody is added."""
    return sentence(f"{person.name}, {person.cadence.say() if person.cadence else 'no rhythm'}")


def parts_of(person: Person) -> str:
    """Return what a one-to-one consists of."""
    return f"The one-to-one with {person.name}, part by part:"


def card_line(label: str, text: str) -> str:
    """Return a line of a person's card."""
    return sentence(f"From the card, {label}: {text}" if label else f"From the card: {text}")


def to_raise(found: Raise) -> str:
    """Return something to raise, and why."""
    match found.about:
        case Pick() | FollowUp() | Topic():
            what = found.about.text
        case Area():
            what = found.about.label
    return f"{sentence(f'Raise next: {shortened(what, 100)}')} {sentence(_first(found.reason))}"


# -- talks ---------------------------------------------------------------------------------


def none_planned(person: Person) -> str:
    """Return that no talk is planned."""
    return f"No one-to-one with {person.first_name} is planned."


def next_talk(one: OneToOne, person: Person, today: date) -> str:
    """Return which talk is meant, or comes next."""
    when = say_moment(one.at, today)
    begun = "under way" if one.is_talking else when
    return sentence(f"The one-to-one with {person.first_name}: {begun}", one.place)


def talk(one: OneToOne, person: Person, picks: Sequence[Pick]) -> str:
    """Return what is to be known when a talk begins."""
    said = sentence(f"One-to-one with {person.name}: {one.place}", lead(one.lead, person))
    if one.intention:
        said += " " + sentence(f"You wanted: {one.intention}")
    if picks:
        said += " " + sentence(f"Your questions: {'; '.join(pick.cue for pick in picks)}")
    return said


def new_talk(person: Person) -> str:
    """Return that a talk is begun that was not planned."""
    return f"A one-to-one with {person.first_name} for today."


def last_time(one: OneToOne, today: date) -> str:
    """Return when the last talk was, before what was written in it is read out."""
    return sentence(f"Last time, {say_day(one.at.date(), today)}", one.place)


def planned(at: datetime, place: str, today: date) -> str:
    """Return for when a talk is planned."""
    return sentence(f"Planned: {say_moment(at, today)}", place)


def moved(at: datetime, today: date) -> str:
    """Return where a talk goes."""
    return sentence(f"Moved to {say_moment(at, today)}")


# -- before --------------------------------------------------------------------------------


def how_far(done: int, count: int, phase: Phase) -> str:
    """Return how many items of a phase are done."""
    what = "Before the talk" if phase is Phase.BEFORE else "At the close"
    return f"{what}: {done} of {count} done." if count else f"{what}: nothing on the list."


def taken(picks: Sequence[Pick]) -> str:
    """Return which questions are taken along."""
    if not picks:
        return "No question is taken along."
    return sentence(f"Taken along: {'; '.join(pick.cue for pick in picks)}")


# -- lines ---------------------------------------------------------------------------------

_SAID_AS = {
    "heard": "{name} said",
    "need": "Would help",
    "idea": "Idea",
    "shared": "I shared",
    "decided": "We decided",
    "thanks": "I thanked",
    "promise": "I will",
    "plan": "{name} will",
    "park": "For next time",
    "feeling": "Feeling",
    "hunch": "Hunch",
}
"""How a line of each kind is introduced."""


def _said_as(kind: Kind, person: Person) -> str:
    return _SAID_AS[kind.id].format(name=person.first_name) if kind.id in _SAID_AS else kind.label


def understood(entry: Entry, person: Person, today: date) -> str:
    """Return how a line is understood, its day included, before it is kept."""
    is_follow_up = entry.kind.becomes is Becomes.FOLLOW_UP
    said = f"{_said_as(entry.kind, person)}: {shortened(entry.text, 100)}"
    alone = FOR_YOU_ALONE if entry.side != "ours" else ""
    return sentence(said, say_due(entry.due, today) if is_follow_up else "", alone)


def written(record: Note | FollowUp | Topic, person: Person, today: date) -> str:
    """Return a line as it was written down."""
    match record:
        case Note():
            said = f"{_said_as(record.kind, person)}: {record.text}"
            unsure = THINK_SO if record.is_unsure else ""
            return sentence(said, unsure, FOR_YOU_ALONE if record.is_mine else "")
        case FollowUp():
            return follow_up(record, person, today)
        case Topic():
            return sentence(f"For next time: {record.text}")


def made_unsure(record: Note | FollowUp) -> str:
    """Return whether one is sure of a line, after that is turned round."""
    return f"{shortened(record.text)}: {'sure.' if record.is_unsure else THINK_SO + '.'}"


def follow_up(found: FollowUp, person: Person, today: date) -> str:
    """Return a follow-up: whose, what, by when, how far, how often it came up."""
    name = person.first_name
    whose = {Owner.ME: "You", Owner.THEM: name, Owner.BOTH: f"You and {name}"}[found.owner]
    facts = [found.cue, say_due(found.due, today) if found.is_open else ""]
    facts.append(STAGE_LABEL[found.stage].lower())
    facts.append(f"came up {times(found.mentions)}" if found.touches else "")
    facts.append(THINK_SO if found.is_unsure else "")
    return sentence(f"{whose}: {found.text}", *facts)


# -- the debrief ---------------------------------------------------------------------------


def debrief_begins(person: Person, since: str) -> str:
    """Return that a talk is brought back, and how long it is over."""
    return f"The talk with {person.first_name}, {since}. Your own promises first."


def had_in_mind(picks: Sequence[Pick]) -> str:
    """Return the questions that were taken along, to remember what was said to them."""
    return sentence(f"You had in mind: {'; '.join(pick.cue for pick in picks)}")


def meant_to_thank(thanks: str) -> str:
    """Return the thank-you that was thought of, to be noted where it was said."""
    return f"{sentence(f'You meant to thank them: {thanks}')} If you did, begin with a plus."


def carried(said: str) -> str:
    """Return who carried the talk."""
    return f"Carried: {said}."


def useful(text: str) -> str:
    """Return what was most useful."""
    return sentence(f"Most useful: {shortened(text, 100)}")


# -- follow-ups and the summary ------------------------------------------------------------


def moved_to(found: FollowUp, stage: Stage, reason: str) -> str:
    """Return where a follow-up goes, and why."""
    return sentence(f"{STAGE_LABEL[stage]}: {shortened(found.text, 100)}", reason)


def agreed(found: FollowUp, due: date | None, cue: str, today: date) -> str:
    """Return by when a follow-up is agreed, or what it hangs on."""
    when = say_due(due, today) if due else cue
    return sentence(f"Agreed: {shortened(found.text, 100)}", when)


def came_up(found: FollowUp) -> str:
    """Return that a follow-up came up again."""
    return sentence(f"Came up again: {shortened(found.text, 100)}")


def summary_begins(one: OneToOne, person: Person, today: date) -> str:
    """Return what is read out next."""
    day = say_day(one.at.date(), today)
    return f"What {person.first_name} will read of {day}, line by line:"


def summary_ends(count: int) -> str:
    """Return that the summary ends here, and how many notes are not in it."""
    if not count:
        return "End of the summary."
    stay = "note of yours stays" if count == 1 else "notes of yours stay"
    return f"End of the summary. {count} {stay} out of it."


def saved_in(path: str) -> str:
    """Return where the summary is."""
    return f"Saved in {path}. Only you can read it until you pass it on."
