"""Every setting, once: where it stands in the file, what it is for, what it may be.

The reader of the file, its commented form and the screen of the settings are made from this table.
"""

from __future__ import annotations

from typing import NamedTuple

YES, NO = "true", "false"
"""How the two are written in the file."""


class Option(NamedTuple):
    """One setting."""

    table: str
    """The table of the file it stands in."""
    key: str
    default: str | bool
    """What counts where it is not in the file."""
    label: str
    meaning: str
    """A sentence: what it does."""
    choices: tuple[tuple[str, str], ...] = ()
    """The values it may have, as they are written, with words for them; without any, it is text."""
    example: str = ""
    """What it may be, where that is text."""

    @property
    def path(self) -> str:
        """Its name among all: ``away.shows``."""
        return f"{self.table}.{self.key}"


_YES_OR_NO = ((YES, "yes"), (NO, "no"))
OPTIONS: tuple[Option, ...] = (
    Option(
        "you", "name", "", "What you are called",
        "It stands where your own summary.txt says {me}, and nowhere else.", example="Robin",
    ),
    Option(
        "new_people", "every", "", "How often you talk with somebody new",
        "What the form for a new person begins with.", example="2 weeks",
    ),
    Option(
        "new_people", "place", "", "Where you talk with somebody new",
        "Their usual place, until you say otherwise.", example="walk and talk",
    ),
    Option(
        "new_talks", "checklist", "standard", "The checklist of a new one-to-one",
        "standard, walk, first, hard, or the name of one of your own.", example="walk",
    ),
    Option(
        "look", "theme", "auto", "The colours",
        "auto goes by the background of your terminal; or the name of a theme.", example="nord",
    ),
    Option(
        "look", "background", "theme", "What is behind the text",
        "The ground of the theme; or that of your terminal, a picture or a see-through one too.",
        (("theme", "the theme's"), ("terminal", "the terminal's")),
    ),
    Option(
        "away", "shows", "clock", "The away screen shows",
        "A calm clock, or nothing at all.", (("clock", "a clock"), ("nothing", "nothing")),
    ),
    Option(
        "away", "at_start", False, "Away when a talk begins",
        "Whether everything is put away when you start the clock of a talk.", _YES_OR_NO,
    ),
    Option(
        "away", "on_leave", "", "Your command when you go away",
        "To turn notifications off, say; it is run without a shell.",
        example="makoctl mode -a do-not-disturb",
    ),
    Option(
        "away", "on_return", "", "Your command when you come back",
        "To turn them on again; it is run without a shell, too.",
        example="makoctl mode -r do-not-disturb",
    ),
    Option(
        "notes", "keep", "", "How long notes are kept",
        "Older ones go with alongside expire, and only then; for ever, where it is empty.",
        example="1 year",
    ),
)  # fmt: skip
KEYS = "keys"
"""The table of keys, which is the manager's own to write."""


def options_of(table: str) -> tuple[Option, ...]:
    """Return the settings of a table of the file, in order."""
    return tuple(option for option in OPTIONS if option.table == table)


def tables() -> tuple[str, ...]:
    """Return the names of the tables, in order, that of the keys aside."""
    return tuple(dict.fromkeys(option.table for option in OPTIONS))
