"""The notebook: the one owner of the journal while the program runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple

from tui.domain.journal import Change, Contents, Home, Journal, Page
from tui.domain.onetoones import OneToOne
from tui.errors import NewerError
from tui.services.ports import Changes, Clock, Disk, Draft, NewId, Problem, Reply, Saver

UNDO_DEPTH = 500


class Act(NamedTuple):
    """One thing the manager did, and how to say so."""

    number: int
    label: str
    """What was done, as a noun phrase: "note deleted"."""
    changes: Changes


class Saving(NamedTuple):
    """How safe what was done is."""

    pending: int
    """Acts that would be lost if the power went now."""
    error: str = ""
    """Why nothing can be filed in the journal, as a sentence."""


class Notebook:
    """Holds the journal, does what it is asked, and has it saved.

    Every act is applied at once to the journal in memory, then handed to the saver, which answers
    when it is durable. Listeners hear of every new journal and every change of the saving state.
    """

    def __init__(
        self,
        journal: Journal,
        disk: Disk,
        saver: Saver,
        clock: Clock,
        new_id: NewId,
        *,
        problems: tuple[Problem, ...] = (),
        drafts: tuple[Draft, ...] = (),
        is_read_only: bool = False,
    ) -> None:
        self.journal = journal
        self._is_read_only = is_read_only
        self.problems = problems
        self.new_id = new_id
        self._clock = clock
        self._disk = disk
        self._saver = saver
        self._drafts = {draft.place: draft for draft in drafts}
        self._unfiled: dict[int, Act] = {}
        self._durable_to = 0
        self._number = 0
        self._error = ""
        self._undo: list[Act] = []
        self._redo: list[Act] = []
        self._listeners: list[Callable[[], None]] = []
        self._whole_pages: set[str] = set()

    # -- time ------------------------------------------------------------------------------

    def now(self) -> datetime:
        """Return the local time, to the second."""
        return self._clock().replace(microsecond=0)

    def today(self) -> date:
        """Return today's date."""
        return self._clock().date()

    # -- listening -------------------------------------------------------------------------

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have ``listener`` called after every change; returns what stops it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    # -- looking ---------------------------------------------------------------------------

    def page(self, one_to_one_id: str) -> Page:
        """Return what was written in a one-to-one, read from disk the first time."""
        one = self.journal.one_to_ones.get(one_to_one_id)
        if one is None:
            return Page()
        if one_to_one_id not in self._whole_pages:
            contents = self._disk.read_page(Home(one.person_id, one.id))
            if contents is not None:
                self._adopt((contents,))
            known = set(self.problems)
            self.problems += tuple(p for p in self._disk.problems if p not in known)
        return self.journal.page(one_to_one_id)

    @property
    def saving(self) -> Saving:
        """How safe what was done is."""
        pending = sum(number > self._durable_to for number in self._unfiled)
        return Saving(pending, self._error)

    def pending_ids(self) -> frozenset[str]:
        """Return the ids of records that are not durable yet."""
        return frozenset(
            change.record_id
            for number, act in self._unfiled.items()
            if number > self._durable_to
            for change in act.changes
        )

    # -- doing -----------------------------------------------------------------------------

    def commit(self, label: str, changes: Iterable[Change]) -> None:
        """Do something: apply it, hand it to the saver, remember how to undo it.

        Raises:
            NewerError: Where a newer version of alongside wrote the file; nothing is changed.
        """
        act = self._do(label, tuple(changes))
        if act is not None:
            self._undo.append(act)
            del self._undo[:-UNDO_DEPTH]
            self._redo.clear()

    def seed(self, changes: Changes) -> None:
        """Fill an empty journal; there is nothing before it to undo to."""
        self.journal = self.journal.apply(changes)
        self._submit("seeded", changes)

    def _do(self, label: str, changes: Changes, *, keep_both: bool = True) -> Act | None:
        for home in {change.home for change in changes}:
            self.page(home.one_to_one_id or "")
        changes = tuple(
            now
            for c in changes
            if (now := self.journal.rebased(c, keep_both=keep_both)).before != now.after
        )
        if not changes:
            return None
        if self._is_read_only or any(c.home in self.journal.read_only for c in changes):
            raise NewerError(
                "This was written by a newer alongside, so it can be read here but not changed. "
                "Nothing was lost. Please update alongside."
            )
        self.journal = self.journal.apply(changes)
        act = self._submit(label, changes)
        self._tell()
        return act

    def _submit(self, label: str, changes: Changes) -> Act:
        self._number += 1
        act = Act(self._number, label, changes)
        self._whole_pages |= {
            change.record_id
            for change in changes
            if change.before is None and isinstance(change.after, OneToOne)
        }
        self._unfiled[act.number] = act
        self._saver.submit(act.number, changes)
        return act

    def undo(self) -> str | None:
        """Take the last act back; returns what it was, None where there is nothing to undo."""
        return self._turn_back(self._undo, self._redo)

    def redo(self) -> str | None:
        """Do again what was undone last; returns what it was, None where there is nothing."""
        return self._turn_back(self._redo, self._undo)

    def _turn_back(self, source: list[Act], target: list[Act]) -> str | None:
        if not source:
            return None
        act = source.pop()
        changes = tuple(change.reversed() for change in reversed(act.changes))
        try:
            done = self._do(act.label, changes, keep_both=False)
        except NewerError:
            source.append(act)
            raise
        target.append(done or act._replace(changes=changes))
        return act.label

    def forget_acts(self, home: Home) -> None:
        """Have undo and redo know nothing of what was done in a file."""
        for acts in (self._undo, self._redo):
            acts[:] = [act for act in acts if all(c.home != home for c in act.changes)]

    # -- drafts ----------------------------------------------------------------------------

    def draft(self, place: str) -> Draft | None:
        """Return what was being typed in a place, if anything."""
        return self._drafts.get(place)

    def has_draft_about(self, record_id: str) -> bool:
        """Return whether something is being typed in a place named after a record."""
        return any(record_id in place for place in self._drafts)

    def keep_draft(self, draft: Draft) -> None:
        """Keep a half-typed line, so that it is there again even after a crash."""
        if draft == self._drafts.get(draft.place):
            return
        if draft.text:
            self._drafts[draft.place] = draft
        elif self._drafts.pop(draft.place, None) is None:
            return
        self._saver.keep_draft(draft)

    # -- hearing back from the disk --------------------------------------------------------

    def receive(self, reply: Reply) -> None:
        """Take in what the saver says: what is safe now, and what others changed."""
        self._durable_to = max(self._durable_to, reply.durable_to)
        for number in [n for n in self._unfiled if n <= reply.filed_to or n in reply.filed]:
            del self._unfiled[number]
        self._error = reply.error
        if reply.problems is not None:
            logs = tuple(p for p in self.problems if p.path.endswith(".log"))
            self.problems = logs + reply.problems  # the writer knows the journal's files only
        if reply.contents or reply.gone:
            self._adopt(tuple(map(self._whole, reply.contents)), reply.gone)
        self._tell()

    def _whole(self, contents: Contents) -> Contents:
        """Return a file's contents with its page, where that page is being looked at."""
        if contents.has_page or contents.home.one_to_one_id not in self._whole_pages:
            return contents
        return self._disk.read_page(contents.home) or contents

    def _adopt(self, contents: tuple[Contents, ...], gone: tuple[Home, ...] = ()) -> None:
        """Take in files as they are, and put on top what is not in them yet.

        What is not filed is rebased: a field that others changed meanwhile shows as they left it,
        as it will when it is filed.
        """
        heads = {
            home: one
            for home in gone
            if (one := self.journal.one_to_ones.get(home.one_to_one_id or "")) is not None
        }
        journal = self.journal.without(gone).adopt(contents)
        homes = {content.home for content in contents} | set(gone)
        kept: list[Change] = []
        for content in contents:
            mark = self._whole_pages.add if content.has_page else self._whole_pages.discard
            mark(content.home.one_to_one_id or "")
        for act in self._unfiled.values():
            for change in act.changes:
                if change.home in homes:
                    journal = journal.apply((journal.rebased(change),))
                    head = heads.get(change.home) if change.after is not None else None
                    heads.pop(change.home, None)
                    if head is not None and head.id not in journal.one_to_ones:
                        kept.append(Change(change.home, None, head))
        self.journal = journal.apply(kept)
        for change in kept:  # an edit beats a deletion: what was written needs its one-to-one
            self._submit("one-to-one kept", (change,))
