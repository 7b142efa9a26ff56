"""Searching beside the screen: in a thread of its own, for the words typed last."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from tui.domain.finding import Line
from tui.services.ports import Finder
from tui.services.search import Result, Search

AT_ONCE = 50
"""Lines that are told as soon as so many were found."""
OFTEN = 0.1
"""Seconds between two tellings of how many there are by now."""
WORK, REST = 0.003, 0.005
"""Seconds it works and rests in turn, except for the first lines: keys are to be answered at once,
and two threads that both compute share one interpreter half and half."""


class Told(NamedTuple):
    """What was found so far."""

    search: Search
    lines: tuple[Line, ...]
    """The newest, as many as were asked for."""
    total: int
    is_done: bool
    unread: frozenset[str] = frozenset()
    """Files that could not be read, by their paths; more may be found once all are read."""


class Broke(NamedTuple):
    """Something of ours broke in the thread, which goes on with what is asked next."""

    search: Search | None
    """What was being searched for; None where it only read ahead."""
    fault: str
    """How that is called: never with which words, which may be private."""


class _Asked(NamedTuple):
    search: Search
    lines: int


class Seeker:
    """Searches for what was asked last, and reads ahead while nothing is asked."""

    def __init__(
        self, finder: Finder, tell: Callable[[Told | Broke], None], after: Seeker | None = None
    ) -> None:
        """Start.

        Args:
            finder: Searches the files.
            tell: Hears what was found, and what broke, in the thread of this.
            after: Who may still be at it; a finder serves one at a time.
        """
        self._finder = finder
        self._tell = tell
        self._after = after
        self._changed = threading.Condition()
        self._asked: _Asked | None = None
        self._in_hand: _Asked | None = None
        self._is_closed = False
        self._is_urgent = False
        self._since = 0.0
        self._unread: frozenset[str] = frozenset()
        self._result: tuple[Search, Result] | None = None
        self._thread = threading.Thread(target=self._run, name="alongside-search", daemon=True)
        self._thread.start()

    def ask(self, search: Search, lines: int = AT_ONCE) -> None:
        """Search for this, and give up what is being searched for.

        Args:
            search: What to search for.
            lines: How many of the newest lines to tell.
        """
        with self._changed:
            self._asked = _Asked(search, lines)
            self._changed.notify()

    def close(self) -> None:
        """Give up, and end; what was asked is not answered any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def wait(self, patience: float) -> None:
        """Wait until it has ended, for some seconds at most."""
        self._thread.join(patience)

    # -- in its thread ---------------------------------------------------------------------

    def _run(self) -> None:
        if self._after is not None:
            self._after.wait(60)
            self._after = None
        self._safely(self._finder.look_again)
        reads_ahead = True
        while not self._is_closed:
            if self._asked is not self._in_hand:
                self._in_hand = self._asked
                if self._in_hand is not None:
                    self._safely(partial(self._answer, self._in_hand), self._in_hand.search)
                continue
            if reads_ahead:  # what broke once would be told with every key
                reads_ahead = self._safely(partial(self._finder.hold, self._is_over))
                self._safely(self._tell_of_unread)
                if not self._is_news():
                    self._safely(self._finder.keep)
            with self._changed:
                self._changed.wait_for(self._is_news)
        self._safely(self._finder.keep)

    def _safely(self, work: Callable[[], None], search: Search | None = None) -> bool:
        """Do some work; where it breaks, tell so: a thread that ended could not say anything."""
        try:
            work()
            return True
        except Exception as error:  # noqa: BLE001 - or nobody would ever hear of it
            self._is_urgent = False
            self._result = None
            self._tell(Broke(search, type(error).__name__))
            return False

    def _is_news(self) -> bool:
        return self._is_closed or self._asked is not self._in_hand

    def _is_over(self) -> bool:
        """Return whether to give up, after letting the screen have its turn."""
        if not self._is_urgent and time.monotonic() - self._since >= WORK:
            time.sleep(REST)
            self._since = time.monotonic()
        return self._is_news()

    def _answer(self, asked: _Asked) -> None:
        search = asked.search
        if self._result is None or self._result[0] != search or not self._result[1].is_done:
            result = Result(search)
            self._result = (search, result)
            self._is_urgent = True
            told_at = 0.0
            for _ in result.run(self._is_over):
                if self._is_news():
                    self._is_urgent = False
                    return
                now = time.monotonic()
                if result.total >= AT_ONCE and now - told_at >= OFTEN:
                    told_at = now
                    self._tell_of(asked, result)
        if not self._is_news():
            self._tell_of(asked, self._result[1])

    def _tell_of(self, asked: _Asked, result: Result) -> None:
        lines = tuple(result.lines(0, asked.lines))
        self._is_urgent = False
        if not self._is_news():
            self._unread = self._finder.unread
            told = Told(asked.search, lines, result.total, result.is_done, self._unread)
            self._tell(told)

    def _tell_of_unread(self) -> None:
        """Tell again what was found, where reading ahead met more files that cannot be read."""
        if self._in_hand is None or self._result is None or self._finder.unread == self._unread:
            return
        if self._result[1].is_done:
            self._tell_of(self._in_hand, self._result[1])
