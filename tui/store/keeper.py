"""The keeper: what makes things durable, files them, and looks what others changed, step by step.

It has no thread of its own; the writer (`tui.store.writer`) gives it one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from tui.domain.journal import Contents, Home
from tui.errors import AlongsideError, StorageError
from tui.services.ports import Changes, Draft, Reply, Turn
from tui.store.acts import Acts
from tui.store.codec import Patch, to_patch
from tui.store.folder import JournalFolder
from tui.store.lock import PATIENCE
from tui.store.log import FILED, ROTATE_AT, Log, Orphan, act_line, draft_line, filed_line

CLEAR_AT = 1 << 16
"""Bytes after which the log is emptied: not for every act, as that takes a flush more."""
LARGE = 1 << 16
"""Bytes beyond which writing a file again can be felt by who is typing; it waits for a pause."""
PAUSE = 0.4
"""Seconds without a half-typed line after which nobody is typing."""
WAITS = 5.0
"""Seconds a large file waits for a pause at most. What was entered is in the log meanwhile."""
FILING_PATIENCE = 0.3
"""Seconds to wait for another program's lock; the log keeps things until the next try."""


class Job(NamedTuple):
    """Changes to make durable and to file."""

    number: int
    changes: Changes
    turn: Turn | None = None


class Oblivion(NamedTuple):
    """A file of which a later run is to know no acts."""

    home: Home


class Mending(NamedTuple):
    """The wish to have mended what cannot be read."""


Task = Job | Oblivion | Mending


class _Numbered(NamedTuple):
    """A change on its way to its file."""

    number: int
    patch: Patch


class Keeper:
    """Makes changes durable in the log, then files them, then looks what others changed.

    Call `begin`, then `turn` over and over, then `finish`; all from one thread.
    """

    def __init__(
        self,
        folder: JournalFolder,
        state: str,
        new_name: Callable[[], str],
        drafts: Iterable[Draft] = (),
        orphans: Iterable[Orphan] = (),
    ) -> None:
        """Get ready; nothing happens before `begin`.

        Args:
            folder: The journal. It belongs to the keeper from now on.
            state: The journal's state folder, which exists.
            new_name: Gives a name no other log has.
            drafts: Half-typed lines taken over from an earlier run.
            orphans: Logs to remove once these drafts are in a log of our own.
        """
        self.on_reply: Callable[[Reply], None] = lambda reply: None
        self._folder = folder
        self._state = state
        self._new_name = new_name
        self._acts = Acts(state)
        self._run = ""
        self._turns: list[Turn | Oblivion] = []
        self._jobs: list[Job] = []
        self._drafts = {draft.place: draft for draft in drafts}
        self._orphans = tuple(orphans)
        self._unfiled: list[_Numbered] = []
        self._log: Log | None = None
        self._unlogged: list[dict[str, object]] = []
        self._seen_to = 0
        self._durable_to = 0
        self._filed_to = 0
        self._errors: dict[str, str] = {}
        self._told = ""
        self._patience = FILING_PATIENCE
        self._has_unfiled_lines = False
        self._was_whole = folder.is_whole
        self._typed_at = -PAUSE
        self._waits_since: float | None = None

    # -- the steps -------------------------------------------------------------------------

    def begin(self) -> None:
        """Make what was taken over safe in our own log, then tidy up after who was killed."""
        self._guarded("log", self._begin)

    def turn(
        self,
        jobs: Sequence[Task] = (),
        drafts: Sequence[Draft] = (),
        *,
        is_last: bool = False,
    ) -> None:
        """Do what is to be done now; where that is nothing, look what others changed.

        Args:
            jobs: What to save.
            drafts: Half-typed lines to keep.
            is_last: Whether there will be no other try in this run.
        """
        if is_last:
            self._patience = PATIENCE
            self._typed_at = -PAUSE
        elif any(draft.text for draft in drafts):
            self._typed_at = time.monotonic()
        self._guarded("log", lambda: self._make_durable(jobs, drafts))
        if any(isinstance(job, Mending) for job in jobs):
            self._guarded("mending", self._mend)
        if self._unfiled:
            self._guarded("filing", self._file)
        self._guarded("log's end", self._tidy_log)
        if not is_last and not jobs and not drafts:
            self._guarded("look", self._look)
        if self._told != self._error:
            self._reply()

    def finish(self) -> str:
        """Let go of everything.

        Returns:
            What could not be filed, as a sentence that says where it is; empty when all is well.
        """
        self._last_words = ""
        self._guarded("end", self._finish)
        self._guarded("digest", self._folder.save_digest)
        self._guarded("texts", self._folder.keep_texts)
        return self._last_words

    _last_words = ""

    @property
    def run(self) -> str:
        """The name of this run among the acts; empty as long as there is none."""
        return self._run

    @property
    def is_busy(self) -> bool:
        """Whether there is something to do without waiting for anything."""
        return not self._folder.is_whole and "look" not in self._errors

    def _guarded(self, step: str, take: Callable[[], None]) -> None:
        """Take a step and note its error, if it has one; the next time it may go well.

        Even a fault of our own does not end the keeper: one odd file must not end the saving of
        everything else. What could not be filed stays unfiled, and is tried again.
        """
        try:
            take()
        except Exception as error:  # noqa: BLE001 - the last line before what is typed
            self._errors[step] = _say(error)
        else:
            self._errors.pop(step, None)

    @property
    def _error(self) -> str:
        """What is wrong now; empty when all is well."""
        return next(iter(self._errors.values()), "")

    def _begin(self) -> None:
        with suppress(AlongsideError):  # the first key is then kept as soon as any other
            self._make_log()
        try:
            self._make_durable([], list(self._drafts.values()))
        except AlongsideError:
            for orphan in self._orphans:
                orphan.release()
            raise
        for orphan in self._orphans:
            orphan.remove()
        with suppress(AlongsideError, OSError):
            self._folder.sweep()

    def _make_durable(self, jobs: Sequence[Task], drafts: Sequence[Draft]) -> None:
        """Put into the log what is not there yet: what is new, and what an error kept out."""
        for job in jobs:
            if isinstance(job, Oblivion):
                self._turns.append(job)
            elif isinstance(job, Job):
                self._jobs.append(job)
        fault = self._put_into_words()
        latest = {draft.place: draft for draft in drafts}
        self._drafts |= latest
        self._unlogged += (draft_line(draft) for draft in latest.values())
        if self._unlogged:
            self._log_what_is_new(has_jobs=bool(jobs))
        self._remember()
        if fault is not None:
            raise fault

    def _put_into_words(self) -> Exception | None:
        """Turn what is to be done into lines; returns what went wrong with what is left."""
        jobs, self._jobs = self._jobs, []
        fault: Exception | None = None
        for job in jobs:
            try:
                patches = [to_patch(change) for change in job.changes]
            except Exception as error:  # noqa: BLE001 - one odd change must not take others along
                fault = error
                self._jobs.append(job)
                continue
            if job.turn is not None:
                self._turns.append(job.turn)
            self._unfiled += (_Numbered(job.number, patch) for patch in patches)
            self._unlogged.append(act_line(patches))
        if jobs:
            self._seen_to = self._jobs[0].number - 1 if self._jobs else jobs[-1].number
        return fault

    def _log_what_is_new(self, *, has_jobs: bool) -> None:
        self._has_unfiled_lines = self._has_unfiled_lines or has_jobs
        if self._log is not None and self._log.is_gone():
            self._log.close(keep=True)
            self._log = None
            self._unlogged = self._unfiled_lines()
            self._unlogged += (draft_line(draft) for draft in self._drafts.values() if draft.text)
        if self._log is None:
            self._log = self._make_log()
        self._log.append(self._unlogged)
        self._unlogged.clear()
        if self._durable_to != self._seen_to:
            self._durable_to = self._seen_to
            self._reply()

    def _make_log(self) -> Log:
        self._log = Log(self._state, self._new_name())
        self._run = self._run or os.path.basename(self._log.path)
        return self._log

    def _unfiled_lines(self) -> list[dict[str, object]]:
        """Return what is in no file yet as lines of a log, act by act."""
        acts: dict[int, list[Patch]] = {}
        for number, patch in self._unfiled:
            acts.setdefault(number, []).append(patch)
        return [act_line(patches) for patches in acts.values()]

    def _remember(self) -> None:
        """Have a later run know what was done; it is durable by now."""
        if not self._turns:
            return
        turns: list[Turn] = []
        for turn in self._turns:
            if isinstance(turn, Turn):
                turns.append(turn)
                continue
            self._acts.add(self._run, turns)
            self._acts.forget(turn.home)
            turns = []
        self._acts.add(self._run, turns)
        self._turns.clear()

    def _mend(self) -> None:
        from tui.store.mending import mend_all

        self._reply(said=mend_all(self._folder))

    def _file(self) -> None:
        """File what can be filed; what cannot stays, in order, for the next try."""
        by_home: dict[Home, list[_Numbered]] = {}
        for numbered in self._unfiled:
            by_home.setdefault(numbered.patch.home, []).append(numbered)
        left: list[_Numbered] = []
        contents: list[Contents] = []
        kept_both = 0
        errors: list[Exception] = []
        filed: list[Home] = []
        waiting = self._waiting(by_home)
        for home, mine in by_home.items():
            if home in waiting:
                left += mine
                continue
            try:
                patches = (numbered.patch for numbered in mine)
                written = self._folder.write(patches, patience=self._patience)
            except Exception as error:  # noqa: BLE001 - one odd file must not keep the others back
                errors.append(error)
                left += mine
            else:
                contents += written.contents
                kept_both += written.kept_both
                filed.append(mine[0].patch.home)
        if len(waiting) == len(by_home):
            return
        done = {n.number for n in self._unfiled} - {n.number for n in left}
        self._unfiled = sorted(left, key=lambda numbered: numbered.number)
        self._filed_to = self._unfiled[0].number - 1 if self._unfiled else self._seen_to
        self._durable_to = max(self._durable_to, self._filed_to)
        if errors:
            self._errors["filing"] = _say(errors[0])
        if not self._unfiled:
            self._unlogged = [line for line in self._unlogged if "draft" in line]
            self._errors.pop("filing", None)
        elif filed and self._log is not None and not self._unlogged:
            self._log.append(map(filed_line, filed))
        self._reply(filed=frozenset(done), contents=tuple(contents), kept_both=kept_both)
        if errors:
            raise errors[0]

    def _waiting(self, homes: Iterable[Home]) -> set[Home]:
        """Return the large files that wait while somebody is typing, for a few seconds at most."""
        now = time.monotonic()
        is_typing = now - self._typed_at < PAUSE and self._durable_to == self._seen_to
        if not is_typing or (self._waits_since is not None and now - self._waits_since > WAITS):
            self._waits_since = None
            return set()
        found = {home for home in homes if self._folder.size_of(home) > LARGE}
        if found and self._waits_since is None:
            self._waits_since = now
        return found

    def _tidy_log(self) -> None:
        """Empty the log where nothing in it is needed; say in it what is filed where drafts are."""
        if self._log is None or self._unfiled or self._unlogged or not self._log.size:
            return
        drafts = [draft for draft in self._drafts.values() if draft.text]
        if not drafts and self._log.size > CLEAR_AT:
            self._log.clear()
        elif self._log.size > ROTATE_AT:
            self._log.rotate(self._new_name(), [draft_line(draft) for draft in drafts])
        elif self._has_unfiled_lines:
            self._log.append([FILED])
        self._has_unfiled_lines = False

    def _look(self) -> None:
        seen = self._folder.poll()
        is_complete = self._folder.is_whole and not self._was_whole
        if seen.contents or seen.gone or seen.problems is not None or is_complete:
            self._reply(contents=seen.contents, gone=seen.gone, problems=seen.problems)
        if is_complete:
            self._was_whole = True
            self._folder.save_digest()

    def _reply(self, **parts: object) -> None:
        """Tell the listener how things are; one that has gone is no reason to stop."""
        self._told = self._error
        reply = Reply(
            self._durable_to,
            self._filed_to,
            error=self._told,
            is_whole=self._folder.is_whole,
            drafts_at_risk=sum("draft" in line for line in self._unlogged),
        )
        with suppress(Exception):
            self.on_reply(reply._replace(**parts))  # type: ignore[arg-type]  # from here only

    def _finish(self) -> None:
        drafts = [draft for draft in self._drafts.values() if draft.text]
        if self._unlogged and (self._unfiled or drafts):
            self._last_words = self._rescue(drafts)
            if self._log is not None:
                self._log.close(keep=True)
            return
        if self._log is None:
            return
        if self._unfiled:
            self._last_words = (
                f"{self._error} What you wrote is safe in {self._log.path} and is filed by a next "
                "start, as soon as that can be done."
            )
        self._log.close(keep=bool(self._unfiled or drafts))

    def _rescue(self, drafts: list[Draft]) -> str:
        """Write what is in no file yet wherever there is room, and say where."""
        lines = self._unfiled_lines()
        lines += [draft_line(draft) for draft in drafts]
        import tempfile

        for folder in (self._state, os.path.expanduser("~"), tempfile.gettempdir()):
            try:
                log = Log(folder, f"{rescue_name(self._state)}{self._new_name()}")
                log.append(lines)
            except StorageError:
                continue
            log.close(keep=True)
            where = f"What could not be saved is in {log.path}"
            return f"{self._error} {where}. To take it in: alongside check --repair"
        return f"{self._error} What was written since could not be saved anywhere."


def rescue_name(state: str) -> str:
    """Return how the name of a log begins that is written wherever there is room.

    Args:
        state: The journal's state folder, whose name tells one journal from another.
    """
    return f"alongside-rescue-{os.path.basename(state)}-"


def _say(error: Exception) -> str:
    """Return what to say of an error; one that should not happen is told without its text."""
    if isinstance(error, AlongsideError):
        return str(error)
    return f"Not everything can be filed, by a fault of alongside ({type(error).__name__})."
