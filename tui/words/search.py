"""The sentences of the search; the others are in `words`."""

from __future__ import annotations

from tui.domain.finding import Line
from tui.domain.people import Person
from tui.domain.text import plural

TEACH = (
    "Type words, in any order; case and accents do not matter. A line is found that holds them "
    "all: notes of both sides, promises and plans, what was parked, questions you asked, cards.\n\n"
    "enter opens it where it stands. esc goes back; the words are here again next time."
)
NOTHING = (
    "No line holds all these words, with anybody, in any year. A part of a word is enough; fewer "
    "words find more."
)
NOTHING_READABLE = (
    "No line that can be read holds all these words. {files} could not be read, and may hold them."
)
SEARCHING = "Searching …"
BROKE = "This search broke, through a fault of alongside itself. Other words search anew."
NOT_READ_YET = "The older part of the journal is still being read. Once more in a moment."
GONE = "This line is not there any more: it was changed or deleted meanwhile."
ARCHIVED = "archived"
PLACEHOLDER = "words, or a name"


def found(total: int, *, is_done: bool, unread: int = 0) -> str:
    """Return how many lines were found, so far or in all, and how many files were not read."""
    left_out = f" · {plural(unread, 'file')} unread" if unread else ""
    return f"{plural(total, 'line')}{'' if is_done else ' so far …'}{left_out}"


def nothing(unread: int) -> str:
    """Return that nothing was found, and whether that is all there is."""
    return NOTHING_READABLE.format(files=plural(unread, "file")) if unread else NOTHING


def whose(line: Line, person: Person | None) -> str:
    """Return whom a line is about, and whether they are archived."""
    if person is None:
        return ""
    return f"{person.name} · {ARCHIVED}" if person.archived else person.name
