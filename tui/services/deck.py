"""The question deck: what to ask of whom, why it is offered, and what became of it.

A stock question loses its effect when it comes back every week: what was asked rests for two
months, and each offer says why it is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import zip_longest
from typing import NamedTuple
from zlib import crc32

from tui.domain.dates import say_day, say_gap
from tui.domain.journal import OWN, Change, Journal
from tui.domain.onetoones import OneToOne
from tui.domain.questions import (
    AREA_BY_ID,
    AREAS,
    DEPTHS,
    Asked,
    Landed,
    Moment,
    Pick,
    Question,
    cue_of,
)
from tui.domain.text import clean_line
from tui.errors import UsageError
from tui.services.course import home_of
from tui.services.notebook import Notebook

AT_MOST = 3
"""Questions for one talk; more is a script."""
RESTS = 56
"""Days for which a question that was asked of somebody is not offered for them again."""
LANDED_BACK = 90
"""Days after which a question that landed may be worth asking again."""
TALKS_FOR_DEPTH = {1: 0, 2: 2, 3: 6}
"""How many talks come before a question that asks for that much trust is offered."""
_DRAWN_FOR = ((Moment.OPEN,), (Moment.EXPLORE,), (Moment.DECIDE, Moment.CLOSE))
"""Three questions drawn together: one to open, one to look further, one to end with."""


class Past(NamedTuple):
    """What has been asked of somebody so far."""

    questions: dict[str, Asked]
    """By the question's id; the last time of each."""
    areas: dict[str, date]
    """The last day each area was asked about. One that was never asked about is not among them."""
    talks: int
    """How many talks there have been."""


class Offer(NamedTuple):
    """A question, and why it is offered for this talk."""

    question: Question
    reason: str
    rank: tuple[int, int]
    """The lower, the better."""


def past_of(journal: Journal, one: OneToOne) -> Past:
    """Return what was asked of the person of a one-to-one before it."""
    questions: dict[str, Asked] = {}
    areas: dict[str, date] = {}
    earlier = [
        other
        for other in journal.one_to_ones_of(one.person_id)
        if other.took_place and other.id != one.id and other.at <= one.at
    ]
    for other in earlier:
        for pick in journal.picks_of(other.id):
            if pick.asked is None:
                continue
            day = pick.asked.date()
            if pick.question_id:
                questions[pick.question_id] = Asked(day, pick.landed)
            if pick.area:
                areas[pick.area] = max(day, areas.get(pick.area, day))
    return Past(questions, areas, len(earlier))


def offers(
    journal: Journal, one: OneToOne, deck: Iterable[Question], today: date
) -> tuple[Offer, ...]:
    """Return the questions that fit this talk, best first, each with the reason.

    Left out are those asked of this person lately, those that ask for more trust than there can be
    yet, those that need a room where the two walk, and those already considered for this talk.

    Args:
        journal: What was asked before.
        one: The talk.
        deck: All questions, ours and the manager's own.
        today: The day to look from.
    """
    past = past_of(journal, one)
    here = {pick.question_id for pick in journal.picks_of(one.id)}
    found = (
        _offer(question, past, one, today)
        for question in deck
        if question.id not in here and _fits(question, past, one, today)
    )
    return _in_turn(sorted(found, key=lambda offer: offer.rank))


def _in_turn(found: list[Offer]) -> tuple[Offer, ...]:
    """Return offers so that one of each sort of reason comes after the other, the best first."""
    sorts: dict[int, list[Offer]] = {}
    for offer in found:
        sorts.setdefault(offer.rank[0], []).append(offer)
    return tuple(
        offer
        for row in zip_longest(*(sorts[rank] for rank in sorted(sorts)))
        for offer in row
        if offer is not None
    )


def _fits(question: Question, past: Past, one: OneToOne, today: date) -> bool:
    if one.is_walk and not question.walks:
        return False
    if past.talks == 0:
        return question.first
    asked = past.questions.get(question.id)
    if asked is not None and (today - asked.day).days < RESTS:
        return False
    return past.talks >= TALKS_FOR_DEPTH.get(question.depth, 0)


def _offer(question: Question, past: Past, one: OneToOne, today: date) -> Offer:
    """Return a question with the best reason there is for it now.

    Of equal ones another comes first in each talk, and always the same in one talk.
    """
    dice = crc32(f"{one.id}{question.id}".encode())
    asked = past.questions.get(question.id)
    touched = past.areas.get(question.area)
    area = AREA_BY_ID[question.area].label if question.area in AREA_BY_ID else question.area
    if asked is not None:
        ago = say_months((today - asked.day).days)
        if asked.landed is Landed.YES and (today - asked.day).days >= LANDED_BACK:
            return Offer(question, f"landed {ago} ago", (1, dice))
        if asked.landed is Landed.NO:
            return Offer(question, f"did not land {ago} ago", (9, dice))
        return Offer(question, f"not asked for {ago}", (4, dice))
    if past.talks == 0:
        return Offer(question, "for a first one-to-one", (0, dice))
    if question.is_own:
        return Offer(question, "your own, not asked yet", (0, dice))
    if question.area and touched is None:
        is_start = not past.areas
        reason = "not asked yet" if is_start else f"not asked about {area} yet"
        return Offer(question, reason, (3 if is_start else 1, dice))
    if touched is not None and (today - touched).days >= RESTS:
        return Offer(question, f"not asked about {area} since {say_day(touched, today)}", (2, dice))
    return Offer(question, "not asked yet", (3, dice))


def say_months(days: int) -> str:
    """Return a number of days as one would say it: "9 weeks", "four months", "a year"."""
    if days < 11:
        return say_gap(days)
    if days < 75:
        return f"{round(days / 7)} weeks"
    words = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
    months = round(days / 30.4)
    if months < 12:
        return f"{words[max(0, months - 2)]} months"
    years = round(days / 365)
    return "a year" if years <= 1 else f"{years} years"


def say_asked(day: date, today: date) -> str:
    """Return when a question was asked, in words."""
    return "asked today" if day == today else f"asked {say_months((today - day).days)} ago"


def draw(found: Iterable[Offer], taken: Iterable[Pick]) -> tuple[Offer, ...]:
    """Return as many offers as are still to be had: one to open, one to look further, one to end.

    No two of them are about the same area where that can be helped.
    """
    taken = tuple(taken)
    left = list(found)
    areas = {pick.area for pick in taken} - {""}
    drawn: list[Offer] = []
    for moments in _DRAWN_FOR:
        if len(taken) + len(drawn) >= AT_MOST:
            break
        if any(pick.moment in moments for pick in taken):
            continue
        fitting = [offer for offer in left if offer.question.moment in moments]
        fresh = [offer for offer in fitting if offer.question.area not in areas]
        if fitting:
            chosen = (fresh or fitting)[0]
            drawn.append(chosen)
            areas |= {chosen.question.area} - {""}
    return tuple(drawn)


# -- for one talk --------------------------------------------------------------------------


def take(notebook: Notebook, one: OneToOne, questions: Iterable[Question]) -> tuple[Pick, ...]:
    """Consider questions for a talk.

    Raises:
        UsageError: Where that would be more than three.
    """
    there = notebook.journal.picks_of(one.id)
    picks = tuple(
        Pick(
            notebook.new_id(),
            question.id,
            question.text,
            question.cue,
            question.moment,
            question.area,
            (there[-1].position if there else 0.0) + place,
        )
        for place, question in enumerate(questions, 1)
    )
    if len(there) + len(picks) > AT_MOST:
        raise UsageError("Three is the most for one talk. Put one back first: space.")
    if picks:
        label = "question taken" if len(picks) == 1 else f"{len(picks)} questions drawn"
        notebook.commit(label, [Change(home_of(one), None, pick) for pick in picks])
    return picks


def put_back(notebook: Notebook, one: OneToOne, pick: Pick) -> None:
    """Put a question back into the deck."""
    notebook.commit("question put back", (Change(home_of(one), pick, None),))


def flip_asked(notebook: Notebook, one: OneToOne, pick: Pick) -> None:
    """Note that a question was asked, or that it was not."""
    after = pick._replace(asked=None if pick.asked else notebook.now(), landed=Landed.UNKNOWN)
    label = "question asked" if after.asked else "question not asked"
    notebook.commit(label, (Change(home_of(one), pick, after),))


def turn_landed(notebook: Notebook, one: OneToOne, pick: Pick) -> None:
    """Note that a question landed, then that it did not, then that one does not know."""
    order = (Landed.UNKNOWN, Landed.YES, Landed.NO)
    landed = order[(order.index(pick.landed) + 1) % len(order)]
    after = pick._replace(asked=pick.asked or notebook.now(), landed=landed)
    notebook.commit("whether a question landed", (Change(home_of(one), pick, after),))


def edit_pick(notebook: Notebook, one: OneToOne, pick: Pick, text: str, cue: str) -> None:
    """Change the words of a question for this talk, or what stands on the card for it.

    Raises:
        UsageError: Where nothing is left of it.
    """
    text = _words(text)
    after = pick._replace(text=text, cue=clean_line(cue) or cue_of(text))
    notebook.commit("question changed", (Change(home_of(one), pick, after),))


# -- one's own -----------------------------------------------------------------------------


def add_own(notebook: Notebook, text: str, cue: str, moment: Moment, area: str) -> Question:
    """Add a question of one's own to the deck.

    Raises:
        UsageError: Where it is empty.
    """
    question = Question(notebook.new_id(), _words(text), moment, area=area, is_own=True, first=True)
    question = question._replace(cues=(clean_line(cue),) if clean_line(cue) else ())
    notebook.commit("question added", (Change(OWN, None, question),))
    return question


def edit_own(
    notebook: Notebook, question: Question, text: str, cue: str, moment: Moment, area: str
) -> None:
    """Change a question of one's own; talks it was taken for keep the words they had.

    Raises:
        UsageError: Where nothing is left of it.
    """
    cues = (clean_line(cue),) if clean_line(cue) else ()
    after = question._replace(text=_words(text), moment=moment, area=area, cues=cues)
    notebook.commit("question changed", (Change(OWN, question, after),))


def delete_own(notebook: Notebook, question: Question) -> None:
    """Delete a question of one's own."""
    notebook.commit("question deleted", (Change(OWN, question, None),))


def _words(text: str) -> str:
    if not (text := clean_line(text)):
        raise UsageError("A question needs a few words.")
    return text


def facts_of(question: Question) -> str:
    """Return what is to be known of a question beside its words."""
    area = AREA_BY_ID.get(question.area)
    facts = [
        "your own" if question.is_own else "",
        area.label if area else "",
        DEPTHS.get(question.depth, ""),
        "" if question.walks else "not on a walk",
        f"idea: {question.source}" if question.source else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def area_choices() -> tuple[tuple[str, str], ...]:
    """Return the areas a question may be about, for a form."""
    return (("", "any"), *((area.id, area.label) for area in AREAS))
