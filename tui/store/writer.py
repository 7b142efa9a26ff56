"""The writer: one thread of our own that owns the disk while the app runs.

Not a worker of Textual's, which would lose what is queued when the app ends, and not a daemon
thread, which would die in the middle of a file. It is closed, and drained, on every way out.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable

from tui.domain.journal import Home
from tui.errors import AlongsideError
from tui.services.ports import Changes, Draft, Reply, Turn
from tui.store.acts import Acts
from tui.store.codec import to_patch
from tui.store.folder import JournalFolder
from tui.store.keeper import Job, Keeper, Mending, Oblivion, Task
from tui.store.log import Log, Orphan, act_line

LOOK_EVERY = 0.5
"""Seconds between two looks for what others changed, and between two tries after an error."""


BREATH = 0.005
"""Seconds in which others may run while a long journal is read, a person at a time."""


class Writer:
    """Gives a keeper a thread, and what is to be kept, in order."""

    def __init__(
        self,
        folder: JournalFolder,
        state: str,
        new_name: Callable[[], str],
        drafts: Iterable[Draft] = (),
        orphans: Iterable[Orphan] = (),
    ) -> None:
        """Get ready; nothing happens before `start`. For the arguments see `Keeper`."""
        self._keeper = Keeper(folder, state, new_name, drafts, orphans)
        self._queue: queue.SimpleQueue[Task | Draft | threading.Event | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="alongside-writer")
        self._marks: list[threading.Event] = []
        self._is_closed = False
        self._last_words = ""

    def start(self, on_reply: Callable[[Reply], None]) -> None:
        """Begin; ``on_reply`` is called from the writer's thread."""
        self._keeper.on_reply = on_reply
        self._thread.start()

    def submit(self, number: int, changes: Changes, turn: Turn | None = None) -> None:
        """Take changes to save; never waits."""
        self._queue.put(Job(number, changes, turn))

    def keep_draft(self, draft: Draft) -> None:
        """Take a half-typed line to keep; never waits."""
        self._queue.put(draft)

    def forget_acts(self, home: Home) -> None:
        """Have a later run know nothing of what was done in a file; never waits."""
        self._queue.put(Oblivion(home))

    def mend(self) -> None:
        """Mend what cannot be read; never waits. A reply says what came of it."""
        self._queue.put(Mending())

    @property
    def run(self) -> str:
        """The name of this run among the acts; empty as long as there is none."""
        return self._keeper.run

    def flush(self, patience: float) -> bool:
        """Wait until all that was handed over is in the log; returns whether it is.

        Args:
            patience: Seconds to wait.
        """
        if self._thread.ident is None or not self._thread.is_alive():
            return False
        mark = threading.Event()
        self._queue.put(mark)
        return mark.wait(patience)

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

    def _run(self) -> None:
        self._keeper.begin()
        is_last = False
        while not is_last:
            jobs, drafts, is_last = self._take()
            self._keeper.turn(jobs, drafts, is_last=is_last)
            while self._marks:
                self._marks.pop().set()
        self._last_words = self._keeper.finish()

    def _take(self) -> tuple[list[Task], list[Draft], bool]:
        """Wait for something to do, or for the time to look; take all that is waiting."""
        jobs: list[Task] = []
        drafts: list[Draft] = []
        try:
            item = self._queue.get(timeout=BREATH if self._keeper.is_busy else LOOK_EVERY)
            while True:
                if item is None:
                    return jobs, drafts, True
                if isinstance(item, Draft):
                    drafts.append(item)
                elif isinstance(item, threading.Event):
                    self._marks.append(item)
                else:
                    jobs.append(item)
                item = self._queue.get_nowait()
        except queue.Empty:
            return jobs, drafts, False


class DirectSaver:
    """Files changes at once, for the command line, which says "done" only when it is."""

    def __init__(
        self, folder: JournalFolder, state: str, new_name: Callable[[], str], acts: Acts
    ) -> None:
        """Get ready.

        Args:
            folder: The journal.
            state: Its state folder, which exists.
            new_name: Gives a name no log has.
            acts: Where to remember what can be undone.
        """
        self._folder = folder
        self._state = state
        self._acts = acts
        self._new_name = new_name
        self._run = ""

    def submit(self, number: int, changes: Changes, turn: Turn | None = None) -> None:
        """File changes, home by home; those of several homes come all or not at all.

        Raises:
            AlongsideError: What `JournalFolder.write` raises.
        """
        patches = [to_patch(change) for change in changes]
        homes = list(dict.fromkeys(patch.home for patch in patches))
        log = Log(self._state, self._new_name()) if len(homes) > 1 else None
        if log is not None:
            log.append([act_line(patches)])
        try:
            for home in homes:
                self._folder.write(patch for patch in patches if patch.home == home)
        except AlongsideError as error:
            if log is None:
                raise
            log.close(keep=True)
            raise type(error)(
                f"{error} What you wrote is kept and filed by the next start."
            ) from error
        self._folder.keep_texts()
        if log is not None:
            log.close(keep=False)
        if turn is not None:
            self._run = self._run or self._new_name()
            self._acts.add(self._run, [turn])

    def keep_draft(self, draft: Draft) -> None:
        """Do nothing: the command line types no drafts."""

    def forget_acts(self, home: Home) -> None:
        """Have a later run know nothing of what was done in a file."""
        self._acts.forget(home)
