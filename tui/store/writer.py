"""The writer: one thread of our own that owns the disk while the app runs.

Not a worker of Textual's, which would lose what is queued when the app ends, and not a daemon
thread, which would die in the middle of a file. It is closed, and drained, on every way out.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

from tui.domain.journal import Contents, Home
from tui.errors import AlongsideError, StorageError
from tui.services.ports import Changes, Draft, Reply
from tui.store.codec import Patch, to_patch
from tui.store.folder import JournalFolder
from tui.store.lock import PATIENCE
from tui.store.log import FILED, ROTATE_AT, Log, Orphan, draft_line, filed_line, patch_line

LOOK_EVERY = 1.0
"""Seconds between two looks for what others changed, and between two tries after an error."""


FILING_PATIENCE = 0.3
"""Seconds to wait for another program's lock; the log keeps things until the next try."""


class Numbered(NamedTuple):
    """A change on its way to its file."""

    number: int
    patch: Patch


class _Act(NamedTuple):
    number: int
    changes: Changes


class Writer:
    """Makes changes durable in the log, then files them, then looks what others changed."""

    def __init__(
        self,
        folder: JournalFolder,
        state: str,
        new_name: Callable[[], str],
        drafts: Iterable[Draft] = (),
        orphans: Iterable[Orphan] = (),
    ) -> None:
        """Get ready; nothing happens before `start`.

        Args:
            folder: The journal. From `start` to `close` it belongs to the writer.
            state: The journal's state folder, which exists.
            new_name: Gives a name no other log has.
            drafts: Half-typed lines taken over from an earlier run.
            orphans: Logs to remove once these drafts are in a log of our own.
        """
        self._folder = folder
        self._state = state
        self._new_name = new_name
        self._queue: queue.SimpleQueue[_Act | Draft | None] = queue.SimpleQueue()
        self._drafts = {draft.place: draft for draft in drafts}
        self._orphans = tuple(orphans)
        self._unfiled: list[Numbered] = []
        self._log: Log | None = None
        self._unlogged: list[dict[str, object]] = []
        self._seen_to = 0
        self._durable_to = 0
        self._filed_to = 0
        self._errors: dict[str, str] = {}
        self._told = ""
        self._patience = FILING_PATIENCE
        self._has_unfiled_lines = False
        self._on_reply: Callable[[Reply], None] = lambda reply: None
        self._thread = threading.Thread(target=self._run, name="alongside-writer")
        self._is_closed = False

    def start(self, on_reply: Callable[[Reply], None]) -> None:
        """Begin; ``on_reply`` is called from the writer's thread."""
        self._on_reply = on_reply
        self._thread.start()

    def submit(self, number: int, changes: Changes) -> None:
        """Take changes to save; never waits."""
        self._queue.put(_Act(number, changes))

    def keep_draft(self, draft: Draft) -> None:
        """Take a half-typed line to keep; never waits."""
        self._queue.put(draft)

    def close(self) -> str:
        """Save what is left, and stop. May be called more than once.

        Returns:
            What could not be filed, as a sentence that says where it is; empty when all is well.
        """
        if not self._is_closed:
            self._is_closed = True
            if self._thread.ident is None:
                self._thread.start()
            self._queue.put(None)
        self._thread.join()
        return self._last_words

    _last_words = ""

    # -- in the thread ---------------------------------------------------------------------

    def _run(self) -> None:
        going = True
        self._guarded("start", self._begin)
        while going:
            acts, drafts, going = self._take()
            if not going:
                self._patience = PATIENCE  # the last try of this run
            self._guarded("log", lambda: self._make_durable(acts, drafts))  # noqa: B023 - at once
            if self._unfiled:
                self._guarded("filing", self._file)
            self._guarded("log's end", self._tidy_log)
            if going and not acts and not drafts:
                self._guarded("look", self._look)
            if self._told != self._error:
                self._reply()
        self._guarded("end", self._finish)

    def _guarded(self, step: str, take: Callable[[], None]) -> None:
        """Take a step and note its error, if it has one; the next time it may go well.

        Even a fault of our own does not end the thread: one odd file must not end the saving of
        everything else. What could not be filed stays unfiled, and is tried again.
        """
        try:
            take()
        except AlongsideError as error:
            self._errors[step] = str(error)
        except Exception as fault:  # noqa: BLE001 - the last line before what is typed
            self._errors[step] = _own_fault(fault)
        else:
            self._errors.pop(step, None)

    @property
    def _error(self) -> str:
        """What is wrong now; empty when all is well."""
        return next(iter(self._errors.values()), "")

    def _begin(self) -> None:
        """Make what was taken over safe in our own log, then tidy up after who was killed."""
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

    def _take(self) -> tuple[list[_Act], list[Draft], bool]:
        """Wait for something to do, or for the time to look; take all that is waiting."""
        acts: list[_Act] = []
        drafts: list[Draft] = []
        try:
            item = self._queue.get(timeout=LOOK_EVERY)
            while True:
                if item is None:
                    return acts, drafts, False
                if isinstance(item, _Act):
                    acts.append(item)
                else:
                    drafts.append(item)
                item = self._queue.get_nowait()
        except queue.Empty:
            return acts, drafts, True

    def _make_durable(self, acts: list[_Act], drafts: list[Draft]) -> None:
        """Put into the log what is not there yet: what is new, and what an error kept out."""
        for act in acts:
            patches = [to_patch(change) for change in act.changes]
            self._unfiled += (Numbered(act.number, patch) for patch in patches)
            self._unlogged += (patch_line(patch) for patch in patches)
            self._seen_to = act.number
        latest = {draft.place: draft for draft in drafts}
        self._drafts |= latest
        self._unlogged += (draft_line(draft) for draft in latest.values())
        if not self._unlogged:
            return
        self._has_unfiled_lines = self._has_unfiled_lines or bool(acts)
        if self._log is not None and self._log.is_gone():
            self._log.close(keep=True)
            self._log = None
            self._unlogged = [patch_line(numbered.patch) for numbered in self._unfiled]
            self._unlogged += (draft_line(draft) for draft in self._drafts.values() if draft.text)
        if self._log is None:
            self._log = Log(self._state, self._new_name())
        self._log.append(self._unlogged)
        self._unlogged.clear()
        if self._durable_to != self._seen_to:
            self._durable_to = self._seen_to
            self._reply()

    def _file(self) -> None:
        """File what can be filed; what cannot stays, in order, for the next try."""
        by_home: dict[Home, list[Numbered]] = {}
        for numbered in self._unfiled:
            by_home.setdefault(numbered.patch.home, []).append(numbered)
        left: list[Numbered] = []
        contents: list[Contents] = []
        kept_both = 0
        errors: list[Exception] = []
        filed: list[Home] = []
        for mine in by_home.values():
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
        done = {n.number for n in self._unfiled} - {n.number for n in left}
        self._unfiled = sorted(left, key=lambda numbered: numbered.number)
        self._filed_to = self._unfiled[0].number - 1 if self._unfiled else self._seen_to
        self._durable_to = max(self._durable_to, self._filed_to)
        if not self._unfiled:
            self._unlogged = [line for line in self._unlogged if "draft" in line]
            self._errors.pop("filing", None)
        elif filed and self._log is not None and not self._unlogged:
            self._log.append(map(filed_line, filed), flush=False)
        self._reply(filed=frozenset(done), contents=tuple(contents), kept_both=kept_both)
        if errors:
            raise errors[0]

    def _tidy_log(self) -> None:
        """Empty the log where nothing in it is needed; say in it what is filed where drafts are."""
        if self._log is None or self._unfiled or self._unlogged or not self._log.size:
            return
        drafts = [draft for draft in self._drafts.values() if draft.text]
        if not drafts:
            self._log.clear()
        elif self._log.size > ROTATE_AT:
            self._log.rotate(self._new_name(), [draft_line(draft) for draft in drafts])
        elif self._has_unfiled_lines:
            self._log.append([FILED], flush=False)
        self._has_unfiled_lines = False

    def _look(self) -> None:
        seen = self._folder.poll()
        if seen.contents or seen.gone or seen.problems is not None:
            self._reply(contents=seen.contents, gone=seen.gone, problems=seen.problems)

    def _reply(self, **parts: object) -> None:
        """Tell the listener how things are; one that has gone is no reason to stop."""
        self._told = self._error
        reply = Reply(self._durable_to, self._filed_to, error=self._told)
        with suppress(Exception):
            self._on_reply(reply._replace(**parts))  # type: ignore[arg-type]  # from here only

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
                f"{self._error} What you wrote is safe in {self._log.path} and will be filed by "
                "the next start."
            )
        self._log.close(keep=bool(self._unfiled or drafts))

    def _rescue(self, drafts: list[Draft]) -> str:
        """Write what is in no file yet wherever there is room, and say where."""
        lines = [patch_line(numbered.patch) for numbered in self._unfiled]
        lines += [draft_line(draft) for draft in drafts]
        import tempfile

        for folder in (self._state, os.path.expanduser("~"), tempfile.gettempdir()):
            try:
                log = Log(folder, f"alongside-rescue-{self._new_name()}")
                log.append(lines)
            except StorageError:
                continue
            log.close(keep=True)
            return f"{self._error} What could not be saved is in {log.path}."
        return f"{self._error} What was written since could not be saved anywhere."


def _own_fault(fault: Exception) -> str:
    """Return what to say of an error that should not happen; no text of the user's is in it."""
    return f"Not everything can be filed, by a fault of alongside ({type(fault).__name__})."


class DirectSaver:
    """Files changes at once, for the command line, which says "done" only when it is."""

    def __init__(self, folder: JournalFolder, *, durable: bool = True) -> None:
        self._folder = folder
        self._durable = durable

    def submit(self, number: int, changes: Changes) -> None:
        """File changes, home by home.

        Raises:
            AlongsideError: What `JournalFolder.write` raises.
        """
        patches = [to_patch(change) for change in changes]
        for home in dict.fromkeys(patch.home for patch in patches):
            self._folder.write(
                (patch for patch in patches if patch.home == home), durable=self._durable
            )

    def keep_draft(self, draft: Draft) -> None:
        """Do nothing: the command line types no drafts."""
