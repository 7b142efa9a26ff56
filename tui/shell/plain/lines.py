"""Text mode: lines that are typed, how they are understood, and how they are kept."""

from __future__ import annotations

from collections.abc import Callable

from tui.domain.capture import Entry, is_marked_mine, read_line
from tui.domain.followups import FollowUp
from tui.domain.notes import HEARD, Becomes, Kind, Note
from tui.domain.onetoones import OneToOne
from tui.domain.text import clean
from tui.errors import UsageError
from tui.services import promises, talks
from tui.services.talks import Written
from tui.shell.console import ANSWERS
from tui.shell.plain.session import Session
from tui.words import crowded, spoken
from tui.words import plain as words

UNDO = "undo"
"""Answered where something has just been kept, it takes that back."""
COMMANDS = frozenset({UNDO, "unsure"})
"""What can be answered where lines are typed, beside those."""


def entries_of(session: Session, line: str, one: OneToOne, kind: Kind = HEARD) -> tuple[Entry, ...]:
    """Return what a line means; a line end within it that is typed as such does not end it.

    What is marked as the manager's alone never goes on in a line that both may read.
    """
    parts: list[str] = []
    for part in clean(line).split("\n"):
        if parts and not is_marked_mine(part):
            parts[-1] = f"{parts[-1]}\n{part}"
        else:
            parts.append(part)
    today, reckoning = session.notebook.today(), session.reckoning(one)
    found = (read_line(part, today, kind, reckoning=reckoning) for part in parts)
    return tuple(entry for entry in found if not entry.is_empty)


def take_back(session: Session) -> bool:
    """Take back what was done last in this sitting; returns whether there was anything."""
    notebook = session.notebook
    act = notebook.to_undo()
    if act is None:
        session.say(words.NOTHING_TO_UNDO)
        return False

    def undo() -> None:
        if session.notebook is not notebook:  # it was opened again, and knows no acts
            raise UsageError(words.NOTHING_TO_UNDO)
        notebook.undo()

    return session.keep(undo, spoken.undone(act.label))


class Pad:
    """Keeps lines of one talk, and knows which of them can be taken back here."""

    def __init__(
        self,
        session: Session,
        one_id: str,
        write: Callable[[OneToOne, tuple[Entry, ...]], object],
    ) -> None:
        """Begin.

        Args:
            session: The sitting.
            one_id: The talk.
            write: Writes lines into the talk, given as it is then.
        """
        self._session = session
        self._one_id = one_id
        self._write = write
        self._count = 0
        self._notebook = session.notebook

    def keep(self, line: str, kind: Kind = HEARD) -> bool:
        """Say how a line is understood, and keep it; returns whether it is kept."""
        session = self._session
        entries = entries_of(session, line, session.one(self._one_id), kind)
        if not entries:
            session.say(words.EMPTY_LINE)
            return False
        for entry in entries:
            if entry.problem:
                session.say(entry.problem)
        if any(entry.is_refused for entry in entries):
            session.say(words.NOT_KEPT)
            return False
        person, today = session.person, session.notebook.today()
        said = " ".join(spoken.understood(entry, person, today) for entry in entries)
        is_kept = session.keep(lambda: self._write(session.one(self._one_id), entries), said)
        if is_kept:
            self._count = self._count + 1 if self._notebook is session.notebook else 1
            self._notebook = session.notebook
            self._say_if_crowded(entries)
        return is_kept

    def keep_begun(self, begun: str, kind: Kind = HEARD) -> None:
        """Keep what was typed of a line when somebody stopped in the middle of it."""
        for line in begun.split("\n"):  # whole ones, too, where they came in one breath
            if line.strip() and line.strip().casefold() not in ANSWERS | COMMANDS:
                self._session.say(words.BEGUN_LINE)
                self.keep(line, kind)

    def command(self, line: str) -> bool:
        """Do what a line asks for that is no note: ``undo``, ``unsure``; returns whether it was."""
        match line.strip().casefold():
            case "undo":
                self._undo()
            case "unsure":
                self._flip_sure()
            case _:
                return False
        return True

    def _last(self) -> Written | None:
        written = talks.written_in(self._session.notebook, self._session.one(self._one_id))
        return written[-1] if written else None

    def _undo(self) -> None:
        session = self._session
        if not self._count or self._notebook is not session.notebook:
            session.say(words.NOTHING_TO_UNDO)
            return
        if take_back(session):
            self._count -= 1

    def _flip_sure(self) -> None:
        session, record = self._session, self._last()
        if not isinstance(record, Note | FollowUp):
            session.say(words.NOTHING_UNSURE)
            return
        said = spoken.made_unsure(record)

        def flip() -> None:
            now = self._last()
            if isinstance(now, Note | FollowUp):
                talks.flip_sure(session.notebook, session.one(self._one_id), now)

        if session.keep(flip, said):
            self._count += 1

    def _say_if_crowded(self, entries: tuple[Entry, ...]) -> None:
        last = self._last()
        is_follow_up = any(entry.kind.becomes is Becomes.FOLLOW_UP for entry in entries)
        if is_follow_up and isinstance(last, FollowUp):
            journal = self._session.notebook.journal
            if promises.is_crowded(journal, last):
                self._session.say(crowded(last.owner, self._session.person))
