"""The sentences about looking after the record; the others are in `words`."""

from __future__ import annotations

from tui.domain.people import Person
from tui.domain.retention import Keep
from tui.domain.text import clean_line, plural


def forget_how(person: Person, counts: tuple[int, int, int]) -> str:
    """Return what there is about a person, and how all of it is removed.

    Args:
        person: The person.
        counts: One-to-ones, follow-ups, parked topics.
    """
    ones, follow_ups, topics = counts
    import shlex

    command = shlex.join(["alongside", "forget", clean_line(person.name)])
    return (
        f"Forget {person.name}?\n\n"
        f"{plural(ones, 'one-to-one')}, {plural(follow_ups, 'follow-up')}, "
        f"{plural(topics, 'parked topic')}, the card; and beside the journal earlier versions, "
        "half-typed lines, what could be undone.\n\n"
        "Quit (^q), for what is open here could be written back. Then:\n"
        f"{command}\n"
        "It says first what there is. There is no undo."
    )


def notes_are_old(count: int, keep: Keep) -> str:
    """Return that notes are older than they are to be kept; nothing goes by itself."""
    are = "is" if count == 1 else "are"
    return (
        f"{plural(count, 'one-to-one')} {are} older than the {keep.words} you keep notes. Nothing "
        "goes by itself: alongside expire says what would, with alongside closed."
    )
