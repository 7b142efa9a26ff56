"""The card of a person, line by line: what stands on it, what could, and how each is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from tui.domain.dates import parse_cadence
from tui.domain.onetoones import PLACES
from tui.domain.people import CARD_PROMPTS, CardLine, CardPrompt, Person, Pronoun
from tui.domain.text import clean_line, fold
from tui.services import folk
from tui.services.notebook import Notebook

OWN = "own"
"""The id of the place where a line of one's own is begun."""
LINE, ASK = "line:", "ask:"


class Fact(StrEnum):
    """What is known of a person beside the lines of the card."""

    NAME = "name"
    ROLE = "role"
    CADENCE = "cadence"
    PLACE = "place"
    PRONOUN = "pronoun"
    HELPS = "helps"


class FactRow(NamedTuple):
    """One fact, as one row of the only table of facts."""

    fact: Fact
    label: str
    question: str
    """What is asked where nothing is known."""
    value: Callable[[Person], str]


FACTS: tuple[FactRow, ...] = (
    FactRow(Fact.NAME, "Name", "What are they called?", lambda p: p.name),
    FactRow(Fact.ROLE, "Role", "What do they do?", lambda p: p.role),
    FactRow(
        Fact.CADENCE, "You talk", "How often? every 2 weeks, every month …",
        lambda p: p.cadence.say() if p.cadence else "",
    ),
    FactRow(Fact.PLACE, "Place", f"Where? {', '.join(PLACES)} …", lambda p: p.place),
    FactRow(Fact.PRONOUN, "Spoken of as", "", lambda p: p.pronoun.value),
    FactRow(Fact.HELPS, "Helps", "What helps them most, in a line?", lambda p: p.helps),
)  # fmt: skip
FACT_ROW: dict[str, FactRow] = {row.fact.value: row for row in FACTS}


class Entered(NamedTuple):
    """One line of the sheet: a fact, a line of the card, or what could stand there."""

    id: str
    label: str
    text: str
    question: str = ""
    """What to ask where nothing stands there yet."""
    line: CardLine | None = None
    is_first: bool = False
    """Whether it is asked in the first one-to-one."""


def sheet_of(person: Person) -> tuple[tuple[Entered, ...], tuple[Entered, ...]]:
    """Return the facts of a person, and the lines of the card with the questions not answered.

    Lines stand where their question does, those of one's own below.
    """
    facts = tuple(Entered(r.fact.value, r.label, r.value(person), r.question) for r in FACTS)
    return facts, tuple(_lines(person))


def _lines(person: Person) -> Iterator[Entered]:
    shown: set[int] = set()
    for number, prompt in enumerate(CARD_PROMPTS):
        answers = [i for i, one in enumerate(person.card) if fold(one.label) == fold(prompt.label)]
        shown.update(answers)
        yield from (_line(person, place, prompt.question) for place in answers)
        if not answers:
            yield _asked(number, prompt)
    rest = (place for place in range(len(person.card)) if place not in shown)
    yield from (_line(person, place) for place in rest)


def _line(person: Person, place: int, question: str = "") -> Entered:
    found = person.card[place]
    return Entered(f"{LINE}{place}", found.label, found.text, question, found)


def _asked(number: int, prompt: CardPrompt) -> Entered:
    return Entered(f"{ASK}{number}", prompt.label, "", prompt.question, is_first=prompt.is_first)


def typed(entered: Entered) -> str:
    """Return what stands in the field where a line is changed; one's own with its label."""
    if entered.line is None or entered.question:
        return entered.text
    return f"{entered.label}: {entered.text}" if entered.label else entered.text


def write(notebook: Notebook, person: Person, entered: Entered | None, value: str) -> str:
    """Change a line, begin one, or take one away where nothing is typed; return its id after.

    Args:
        notebook: Where they are.
        person: The person, as they are now.
        entered: The line as it was when the change began; None for a new one of one's own.
        value: What was typed.

    Raises:
        UsageError: Where it is refused; the sentence says why.
        WhenError: Where a rhythm is not understood.
    """
    if entered is not None and entered.id in FACT_ROW:
        _set_fact(notebook, person, Fact(entered.id), value)
        return entered.id
    there = entered.line if entered is not None else None
    place = person.card.index(there) if there in person.card else len(person.card)
    if entered is not None and entered.question:
        label, text = entered.label, value
    elif entered is not None and clean_line(value) == clean_line(typed(entered)):
        label, text = entered.label, entered.text  # a label of old may be longer than one typed
    else:
        label, text = folk.own_line(value)
    folk.set_card_line(notebook, person, place, label, text)
    if clean_line(text):
        return f"{LINE}{place}"
    return entered.id if entered is not None else OWN


def _set_fact(notebook: Notebook, person: Person, fact: Fact, value: str) -> None:
    after = person
    match fact:
        case Fact.NAME:
            after = person._replace(name=value)
        case Fact.ROLE:
            after = person._replace(role=clean_line(value))
        case Fact.CADENCE:
            after = person._replace(cadence=parse_cadence(value))
        case Fact.PLACE:
            after = person._replace(place=clean_line(value))
        case Fact.PRONOUN:
            after = person._replace(pronoun=Pronoun(value))
        case Fact.HELPS:
            after = person._replace(helps=clean_line(value))
    if after != person:
        folk.edit(notebook, person, after)


def next_pronoun(person: Person) -> Pronoun:
    """Return the pronoun after a person's, going round."""
    every = tuple(Pronoun)
    return every[(every.index(person.pronoun) + 1) % len(every)]
