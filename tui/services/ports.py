"""What the use cases need from the outside, as protocols the other layers fulfil."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from tui.domain.ids import NewId
from tui.domain.journal import Change, Contents, Home

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.domain.finding import Line
    from tui.domain.notes import Side

Clock = Callable[[], datetime]
"""Tells the local time, naive: meetings are kept in the time people agreed on."""

__all__ = [
    "EDITS_OF",
    "Act",
    "Changes",
    "Clock",
    "Disk",
    "Draft",
    "Finder",
    "Found",
    "NewId",
    "Past",
    "Problem",
    "Reply",
    "Saver",
    "Saving",
    "Turn",
    "Verb",
    "Wanted",
]

Changes = tuple[Change, ...]


class Act(NamedTuple):
    """One thing the manager did, and how to say so."""

    number: int
    label: str
    """What was done, as a noun phrase: "note deleted"."""
    changes: Changes
    at: datetime
    run: str = ""
    """Of which run of the program it was; empty for this one."""


class Verb(StrEnum):
    """What happened to an act."""

    DID = "did"
    UNDID = "undid"
    REDID = "redid"


class Turn(NamedTuple):
    """An act that was done, undone or done again, to be remembered beyond this run."""

    verb: Verb
    act: Act


class Past(NamedTuple):
    """What was done in earlier runs, in order."""

    undo: tuple[Act, ...] = ()
    redo: tuple[Act, ...] = ()


class Problem(NamedTuple):
    """A file that could not be read, and why, in a sentence."""

    path: str
    sentence: str
    can_be_mended: bool = False
    """Whether what is in it, or an earlier version, can be brought back."""
    copy_of: str = ""
    """The file it is a copy of, where it is one."""


class Saving(NamedTuple):
    """How safe what was done is."""

    pending: int
    """Acts, and half-typed lines, that would be lost if the power went now."""
    error: str = ""
    """Why nothing can be filed in the journal, as a sentence."""


class Draft(NamedTuple):
    """Something that was being typed and not entered yet: a line, or the fields of a form."""

    place: str
    """Where it was typed: the id of a one-to-one, or the name of a form."""
    text: str
    kind_id: str = ""
    side: str = ""
    is_unsure: bool = False


EDITS_OF = "summary:"
"""Begins the place of a draft that holds what is changed by hand in a summary; see `Draft`."""


class Reply(NamedTuple):
    """What the saver has to say, in the order things happened."""

    durable_to: int
    """Every act up to this number survives anything from now on."""
    filed_to: int
    """Every act up to this number is in its journal file."""
    filed: frozenset[int] = frozenset()
    """Later acts that are filed too, past one that cannot be yet."""
    contents: tuple[Contents, ...] = ()
    """Files that hold more than was written: someone else changed them."""
    gone: tuple[Home, ...] = ()
    error: str = ""
    """Why nothing can be filed now, as a sentence; empty when all is well."""
    problems: tuple[Problem, ...] | None = None
    """The files that cannot be read now; None when nothing was looked at."""
    kept_both: int = 0
    """How many lines were changed on two sides, so that both texts were kept."""
    said: tuple[str, ...] = ()
    """What came of something that was asked for, in sentences."""
    drafts_at_risk: int = 0
    """How many half-typed lines could not be kept anywhere but in memory."""
    is_whole: bool = True
    """Whether the whole journal was read; older parts of a long one follow the first frame."""


class Wanted(NamedTuple):
    """What to look for in the files of the journal."""

    words: tuple[str, ...]
    """What must all stand in one line, folded."""
    kinds: frozenset[str] | None = None
    """Only lines of these kinds."""
    side: Side | None = None
    """Only lines of this side."""
    people: frozenset[str] | None = None
    """Only what is about these, by their ids."""
    since: str = ""
    """Only of this day or later, in ISO form."""
    left_out: frozenset[str] = frozenset()
    """Files that cannot be trusted, by their paths: damaged ones, and copies of others."""


class Found(NamedTuple):
    """So many lines of one file fit. Which, and what they say, is read when they are looked at."""

    at: str
    """When the talk was, else when the one line was written, in ISO form; what sorts after every
    moment where nobody knows."""
    home: Home
    path: str
    lines: int


class Finder(Protocol):
    """Searches the texts of all files. Use it from one thread at a time."""

    @property
    def unread(self) -> frozenset[str]:
        """The files that could not be read when they were tried last, by their paths."""

    def search(self, wanted: Wanted, is_over: Callable[[], bool]) -> Iterator[list[Found]]:
        """Yield what fits, by and large the newest first: the first fifty lines at once."""

    def lines(self, path: str, wanted: Wanted) -> Sequence[Line]:
        """Return the lines of a file that may fit, newest first; others may be among them."""

    def hold(self, is_over: Callable[[], bool]) -> None:
        """Read what is not in memory yet, so that the next search need not."""

    def keep(self) -> None:
        """Keep what was read for the next run, where there is anything new in it."""

    def look_again(self) -> None:
        """Have the next search look at every file, even where nothing seems to have changed."""


class Disk(Protocol):
    """Reads the parts of a journal that are fetched only when they are looked at."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The files that cannot be read, and why."""

    def read_page(self, home: Home) -> Contents | None:
        """Return what a one-to-one's file holds, None where it cannot be read."""

    def suspect(self, path: str) -> None:
        """Have a file read again soon that somebody could not read, and told of if that is so."""

    def finder(self) -> Finder:
        """Return what searches the files: always the same, for it remembers what it read."""


class Saver(Protocol):
    """Makes changes durable, in the order they are submitted."""

    def submit(self, number: int, changes: Changes, turn: Turn | None = None) -> None:
        """Take changes to save; never waits for the disk.

        Args:
            number: Counts up, so that the answer can say how far it got.
            changes: What to save.
            turn: What of this can be undone in a later run.
        """

    def forget_acts(self, home: Home) -> None:
        """Have a later run know nothing of what was done in a file."""

    def keep_draft(self, draft: Draft) -> None:
        """Take a half-typed line to keep; an empty text forgets it."""
