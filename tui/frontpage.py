"""What home shows, piece by piece: for the screen, and for the paint that is there before it.

A piece is a text with the name of its style, of a theme's variable. Nothing here loads Textual, so
that the first paint says the same words in the same places as the frame that follows it.
"""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from tui.domain.standing import Standing

BRIGHT = "$bright"
MUTED = "$muted"
AMBER = "$accent bold"
MINE = "$muted italic"
ALARM = "$error bold"

SAVED = "saved ●"
SAVING = "saving ○"
MARK = "▌"
"""Stands before the highlighted row."""

NARROW = 64
"""Columns below which the layouts for small terminals are used."""
SHORT = 20
"""Rows below which what frames and explains gives way to the text."""
WIDE = 110
"""Columns from which on the card of the one chosen stands beside the list."""
CARD = 44
"""Columns of that card, the line before it among them; as in ``people.tcss``."""
LIST = 110
"""Columns the list takes at most, so that a line can be followed; as there."""

Piece = tuple[str, str]
"""A text and its style: names of a theme's colours, ``bold``, ``italic``; empty for none."""


class PersonRow(NamedTuple):
    """A person as home lists them."""

    name: Piece
    right: tuple[Piece, ...]
    below: Piece


NAME = "alongside"


def title(subtitle: str, place: str = NAME) -> tuple[Piece, ...]:
    """Return where one is: the name of the program, which is the name of this place, and more."""
    return ((place, "bold"), (f"  {subtitle}", MUTED))


def summing_up(found: tuple[Standing, ...], today: date, *, is_narrow: bool) -> tuple[Piece, ...]:
    """Return the day, how many are due and what the manager owes.

    Args:
        found: Where things stand with everybody who is not archived.
        today: The day.
        is_narrow: Whether there is no room for the day.
    """
    due = sum(1 for s in found if s.days_left is not None and s.days_left <= 0)
    owed = sum(s.i_owe for s in found)
    day: tuple[Piece, ...] = () if is_narrow else ((f"{say_long_day(today)} · ", MUTED),)
    owing: tuple[Piece, ...] = ((" · ", MUTED), (f"you owe {owed}", AMBER)) if owed else ()
    return (*day, (f"{due} due", "" if due else MUTED), *owing)


def person_row(standing: Standing) -> PersonRow:
    """Return a person as a row: when the next talk is due, what is owed, and why."""
    days = standing.days_since
    ago = "–" if days is None else "today" if days == 0 else f"{days} d"
    pronoun = standing.person.pronoun
    mine = f"you owe {standing.i_owe}" if standing.i_owe else ""
    theirs = f"{pronoun} {pronoun.verb_owe} {standing.they_owe}" if standing.they_owe else ""
    waits = [awaits_debrief()] if standing.awaits_debrief else []
    return PersonRow(
        (standing.person.name, ""),
        (
            (f"{standing.say_due():<16}", "bold" if _is_pressing(standing) else MUTED),
            (f"{ago:>6}", MUTED),
            ("  ", ""),
            (f"{mine:<9}", AMBER),
            ("  ", ""),
            (f"{theirs:<11}", MUTED),
        ),
        (_joined(*waits, *standing.reasons()), f"{MUTED} italic"),
    )


def person_row_narrow(standing: Standing) -> PersonRow:
    """Return a person as a row where there is little room: the rest goes below the name."""
    waits = _debrief() if standing.awaits_debrief else ""
    last = standing.say_last() if standing.days_since is not None else ""
    style = "bold" if _is_pressing(standing) else ""
    return PersonRow(
        (standing.person.name, style),
        ((standing.say_due(), style or MUTED),),
        (_joined(waits, last, standing.say_owed(), *standing.reasons()), MUTED),
    )


def awaits_debrief() -> str:
    """Return that a talk is over and not written down yet, and what can be done about it."""
    from tui.commands import key_for

    debrief, let_be = key_for("app.debrief"), key_for("people.let-be")
    return f"waits for its debrief: {debrief}, or {let_be} lets it be"


def _debrief() -> str:
    from tui.commands import key_for

    return f"{key_for('app.debrief')} debrief"


def _is_pressing(standing: Standing) -> bool:
    return standing.days_left is not None and standing.days_left <= 0


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def say_long_day(day: date) -> str:
    """Return a day as the heading shows it: Sunday 22 November."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    )  # fmt: skip
    return f"{names[day.weekday()]} {day.day} {months[day.month - 1]}"
