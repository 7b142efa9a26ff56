"""The notebook: the one owner of the journal while the program runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from tui.domain.dates import say_moment
from tui.domain.journal import Change, Contents, Home, Journal, Page
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.domain.reckoning import Week
from tui.domain.text import JOINER
from tui.errors import NewerError, UsageError
from tui.services.pages import Pages
from tui.services.ports import (
    Act,
    Changes,
    Clock,
    Disk,
    Draft,
    NewId,
    Past,
    Problem,
    Reply,
    Saver,
    Saving,
    Turn,
    Verb,
)

UNDO_DEPTH = 500


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
        is_whole: bool = True,
        past: Callable[[], Past] | None = None,
        week: Callable[[], Week] = Week,
    ) -> None:
        """Open a notebook.

        Args:
            journal: What is known.
            disk: Reads the pages.
            saver: Saves what is done.
            clock: Tells the time.
            new_id: Gives new identifiers.
            problems: What could not be read.
            drafts: What was being typed when the last run ended.
            is_read_only: Whether a newer version wrote the journal.
            is_whole: Whether all of the journal was read; the rest comes with the saver's replies.
            past: Fetches what was done in earlier runs, when there is nothing of this one left to
                undo.
            week: Tells how weeks go here; asked only once a date turns on it.
        """
        self.journal = journal
        self.week = week
        self.is_whole = is_whole
        self._past = past
        self._has_acted = False
        self._turned: set[tuple[str, int]] = set()
        self._is_read_only = is_read_only
        self.problems = problems
        self.new_id = new_id
        self._clock = clock
        self.opened = self.now()
        self._disk = disk
        self._saver = saver
        self._drafts = {draft.place: draft for draft in drafts}
        self._unfiled: dict[int, Act] = {}
        self._durable_to = 0
        self._number = 0
        self._error = ""
        self._drafts_at_risk = 0
        self._merged = 0
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

    def suspect(self, paths: Iterable[str]) -> None:
        """Have files looked at that could not be read; what is wrong with them is told in time."""
        for path in set(paths).difference(problem.path for problem in self.problems):
            self._disk.suspect(path)

    def pages_aside(self) -> Pages:
        """Return what reads pages as they are now beside the screen, in any thread."""
        return Pages(self.journal, frozenset(self._whole_pages), self._disk)

    def is_unreadable(self, one_to_one_id: str) -> bool:
        """Return whether there is a one-to-one whose file cannot be read now."""
        self.page(one_to_one_id)
        return one_to_one_id in self.journal.one_to_ones and one_to_one_id not in self._whole_pages

    def unfiled(self) -> Changes:
        """Return what was done and is in no file yet, in order."""
        return tuple(change for act in self._unfiled.values() for change in act.changes)

    @property
    def saving(self) -> Saving:
        """How safe what was done is."""
        pending = sum(number > self._durable_to for number in self._unfiled)
        return Saving(pending + self._drafts_at_risk, self._error)

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
            self._has_acted = True
            self._undo.append(act)
            del self._undo[:-UNDO_DEPTH]
            self._redo.clear()

    def seed(self, changes: Changes) -> None:
        """Fill an empty journal; there is nothing before it to undo to."""
        self.journal = self.journal.apply(changes)
        self._submit("seeded", changes)

    def _do(
        self, label: str, changes: Changes, *, verb: Verb = Verb.DID, turned: Act | None = None
    ) -> Act | None:
        for home in {change.home for change in changes}:
            self.page(home.one_to_one_id or "")
        known = sum(JOINER in str(getattr(c.after, "text", "")) for c in changes)
        changes = tuple(
            now
            for c in changes
            if (now := self.journal.rebased(c, keep_both=verb is Verb.DID)).before != now.after
        )
        if not changes:
            return None
        self._merged += sum(JOINER in str(getattr(c.after, "text", "")) for c in changes) - known
        if self._is_read_only or any(c.home in self.journal.read_only for c in changes):
            raise NewerError(
                "This was written by a newer alongside, so it can be read here but not changed. "
                "Nothing was lost. Please update alongside."
            )
        self.journal = self.journal.apply(changes)
        act = self._submit(label, changes, verb, turned)
        self._tell()
        return act

    def _submit(
        self, label: str, changes: Changes, verb: Verb | None = None, turned: Act | None = None
    ) -> Act:
        """Hand changes to the saver.

        Args:
            label: What is done.
            changes: What changes by it.
            verb: What a later run is to know of it; None where it is no act of the manager's.
            turned: The act that is undone or done again, where it is one.
        """
        self._number += 1
        act = Act(self._number, label, changes, self.now())
        self._whole_pages |= {
            change.record_id
            for change in changes
            if change.before is None and isinstance(change.after, OneToOne)
        }
        self._unfiled[act.number] = act
        turn = Turn(verb, turned or act) if verb is not None else None
        self._saver.submit(act.number, changes, turn)
        return act

    def to_undo(self) -> Act | None:
        """Return the act that would be taken back next."""
        if not self._undo:
            self._remember_past()
        return self._undo[-1] if self._undo else None

    def to_redo(self) -> Act | None:
        """Return the act that would be done again next."""
        if not self._redo and not self._has_acted:
            self._remember_past()
        return self._redo[-1] if self._redo else None

    def undo(self) -> str | None:
        """Take the last act back; returns what it was, None where there is nothing to undo."""
        return self._turn_back(self.to_undo(), self._undo, self._redo, Verb.UNDID)

    def redo(self) -> str | None:
        """Do again what was undone last; returns what it was, None where there is nothing."""
        return self._turn_back(self.to_redo(), self._redo, self._undo, Verb.REDID)

    def is_earlier(self, act: Act) -> bool:
        """Return whether an act is of another run and was not touched in this one."""
        return bool(act.run) and (act.run, act.number) not in self._turned

    def say_act(self, act: Act) -> str:
        """Return what an act was, and when where that was in an earlier run."""
        return f"{act.label}, {say_moment(act.at, self.today())}" if act.run else act.label

    def _remember_past(self) -> None:
        """Put what was done in earlier runs below what was done in this one."""
        if self._past is None:
            return
        past = self._past()
        self._past = None
        self._undo[:0] = past.undo
        if not self._has_acted:
            self._redo[:0] = past.redo

    def _turn_back(
        self, act: Act | None, source: list[Act], target: list[Act], verb: Verb
    ) -> str | None:
        if act is None:
            return None
        changes = tuple(change.reversed() for change in reversed(act.changes))
        self._check_nobody_is_orphaned(changes)
        source.pop()
        try:
            done = self._do(act.label, changes, verb=verb, turned=act)
        except NewerError:
            source.append(act)
            raise
        self._turned.add((act.run, act.number))
        target.append(act._replace(changes=done.changes if done else changes))
        return self.say_act(act)

    def _check_nobody_is_orphaned(self, changes: Changes) -> None:
        """Raise where somebody would be taken away and leave talks behind that nobody has."""
        gone = {change.record_id for change in changes if change.after is None}
        for change in changes:
            if change.after is not None or not isinstance(change.before, Person):
                continue
            person_id = change.before.id
            left = {one.id for one in self.journal.one_to_ones_of(person_id)}
            left |= {follow_up.id for follow_up in self.journal.follow_ups_of(person_id)}
            if left - gone:
                raise UsageError(
                    f"{change.before.name} has a one-to-one or a follow-up by now, so adding them "
                    "is not undone. To put them away: a on the list of people."
                )

    def forget_acts(self, home: Home) -> None:
        """Have undo and redo know nothing of what was done in a file."""
        for acts in (self._undo, self._redo):
            acts[:] = [act for act in acts if all(c.home != home for c in act.changes)]
        self._saver.forget_acts(home)

    def take_merged(self) -> int:
        """Return how many texts were kept beside another since this was asked last."""
        merged, self._merged = max(0, self._merged), 0
        return merged

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
        known = (self._durable_to, self._error, self._drafts_at_risk, len(self._unfiled))
        self._durable_to = max(self._durable_to, reply.durable_to)
        for number in [n for n in self._unfiled if n <= reply.filed_to or n in reply.filed]:
            del self._unfiled[number]
        self._error = reply.error
        self._drafts_at_risk = reply.drafts_at_risk
        self.is_whole = reply.is_whole
        if reply.problems is not None:
            logs = tuple(p for p in self.problems if p.path.endswith(".log"))
            self.problems = logs + reply.problems  # the writer knows the journal's files only
        if reply.contents or reply.gone:
            self._adopt(tuple(map(self._whole, reply.contents)), reply.gone)
        now = (self._durable_to, self._error, self._drafts_at_risk, len(self._unfiled))
        is_more_of_the_same = bool(reply.contents) and not reply.is_whole and now == known
        if reply.gone or reply.problems is not None or not is_more_of_the_same:
            self._tell()  # of a long journal that is still being read, once it is whole

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
        heads = {home: head for home in gone if (head := self._head(home)) is not None}
        journal = self.journal.without(gone).adopt(contents)
        homes = {content.home for content in contents} | set(gone)
        kept: list[Change] = []
        needed: set[str] = set()
        for content in contents:
            mark = self._whole_pages.add if content.has_page else self._whole_pages.discard
            mark(content.home.one_to_one_id or "")
        for act in self._unfiled.values():
            for change in act.changes:
                if change.home in homes and change.after is not None:
                    needed.add(change.home.person_id)
                if change.home in homes:
                    journal = journal.apply((journal.rebased(change),))
                    head = heads.get(change.home) if change.after is not None else None
                    heads.pop(change.home, None)
                    if head is not None and head.id not in (
                        journal.people if isinstance(head, Person) else journal.one_to_ones
                    ):
                        kept.append(Change(change.home, None, head))
        for home, head in heads.items():
            is_begun = home.one_to_one_id in self._drafts  # half a line about it is an edit, too
            if is_begun and home.person_id in journal.people:
                kept.append(Change(home, None, head))
        needed |= {change.home.person_id for change in kept}
        for person_id in sorted(needed - set(journal.people)):
            person = self.journal.people.get(person_id)
            if person is not None and not any(change.after == person for change in kept):
                kept.insert(0, Change(Home(person_id), None, person))
        self.journal = journal.apply(kept)
        for change in kept:  # an edit beats a deletion: what was written needs its one-to-one
            self._submit("kept", (change,))

    def _head(self, home: Home) -> Person | OneToOne | None:
        """Return the record a file is about."""
        if home.one_to_one_id is None:
            return self.journal.people.get(home.person_id)
        return self.journal.one_to_ones.get(home.one_to_one_id)
