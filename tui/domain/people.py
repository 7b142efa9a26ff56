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
