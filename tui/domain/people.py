"""People: someone the manager has one-to-ones with."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tui.domain.dates import Cadence


class Pronoun(StrEnum):
    """How a person is spoken of."""

    THEY = "they"
    SHE = "she"
    HE = "he"

    @property
    def verb_owe(self) -> str:
        """The right form of *to owe* after this pronoun."""
        return "owe" if self is Pronoun.THEY else "owes"


class CardLine(NamedTuple):
    """One thing worth knowing about a person, such as how they like feedback."""

    label: str
    text: str
    learned: date | None = None
    """The day it was written down, or last found to be otherwise; None where nobody knows."""


class CardPrompt(NamedTuple):
    """Something worth asking about, as one row of the only table of what a card may hold."""

    label: str
    question: str
    """What to ask oneself, or them."""
    is_first: bool = False
    """Whether it is asked in the first one-to-one."""


CARD_PROMPTS: tuple[CardPrompt, ...] = (
    CardPrompt("Feedback", "How do they like to be told what could be better?", True),
    CardPrompt("Recognition", "How do they like to be thanked: aloud, in writing, alone?", True),
    CardPrompt("A bad day", "What helps on a bad day, and what does not?", True),
    CardPrompt("Works towards", "What do they want to be doing in a year or two?", True),
    CardPrompt("Dates", "Which days matter to them?"),
    CardPrompt("Best hours", "When do they work and talk best?", True),
    CardPrompt("From me", "What do they need from me, and not need?", True),
    CardPrompt("Besides work", "What matters to them outside work, as far as they tell?"),
)


class Excuse(StrEnum):
    """Why a talk that was due did not take place."""

    ME = "me"
    THEM = "them"
    LEAVE = "leave"


class Skip(NamedTuple):
    """A talk that was due and left out, with the reason."""

    due: date
    """The day it was due."""
    why: Excuse
    on: date
    """The day that was noted."""


class Person(NamedTuple):
    """Someone the manager has one-to-ones with. Everything but the name is optional."""

    id: str
    name: str
    role: str = ""
    pronoun: Pronoun = Pronoun.THEY
    cadence: Cadence | None = None
    place: str = ""
    """Where the two usually talk."""
    helps: str = ""
    """What helps them, in the manager's words."""
    card: tuple[CardLine, ...] = ()
    since: date | None = None
    archived: bool = False
    skips: tuple[Skip, ...] = ()
    """Talks that were due and left out, oldest first."""

    @property
    def first_name(self) -> str:
        """The name to use in passing: the first word of the name."""
        return self.name.split(maxsplit=1)[0] if self.name.split() else self.name


class Topic(NamedTuple):
    """A topic parked on a person's shelf for next time."""

    id: str
    text: str
    on: date
    born_in: str | None = None
    """The one-to-one in which it was parked."""
    raised: bool = False
