"""What has to be mended between Textual and the terminal."""

from __future__ import annotations

import asyncio
import codecs
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from textual.app import App

from tui import words
from tui.desk.answers import Answers
from tui.desk.pasting import Pastes

R = TypeVar("R")


class DiscreetApp(App[R]):
    """An app that ends a crash with where it happened and no value of any variable.

    Textual's own crash screen prints locals, and those are private notes.
    """

    def keep_typed(self) -> None:
        """Have everything kept that is being typed; called before the app ends."""

    def panic(self, *renderables: Any) -> None:
        """End with our own words instead of those given."""
        self._return_code = 1
        self._fatal_error()

    def _fatal_error(self) -> None:
        kind, _, trace = sys.exc_info()
        with suppress(Exception):
            self.keep_typed()
        frames = traceback.extract_tb(trace)
        where = "\n".join(f"  {f.filename}:{f.lineno} in {f.name}" for f in frames)
        name = kind.__name__ if kind else "error"
        self._exit_renderables.append(words.crashed(name, where))
        self._close_messages_no_wait()


class StoppableApp(App[R]):
    """An app that can be stopped and gone on with like any program.

    Textual's own handlers (8.2, ``drivers/linux_driver.py``) stop at once, whatever is being typed,
    and go into application mode a second time where a stop was not noticed (SIGSTOP, a bare
    SIGCONT): two threads then read the same keys. They can go when the driver does neither.
    """

    _is_stopped = False

    def keep_before_stop(self) -> None:
        """Have what is being typed on disk; called before the process stops."""

    def take_stops(self) -> None:
        """Take the two signals over from the driver; in the main thread, once the loop runs."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, self._stop)
        loop.add_signal_handler(signal.SIGCONT, self._go_on)

    def _stop(self) -> None:
        driver = self._driver
        with suppress(Exception):
            self.keep_before_stop()
        if driver is not None and driver.can_suspend:
            self._is_stopped = True
            driver.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        driver = self._driver
        if self._is_stopped and driver is not None:
            self._is_stopped = False
            driver.resume_application_mode()
        self.refresh(layout=True)
        self.screen.refresh(layout=True)


AFTER_THE_END = 0.2
"""Seconds until a terminal that has gone is read again, while the program ends."""


class _Decoder:
    """Reads what comes from the terminal: strange bytes are forgiven, pastes stay whole.

    Answers to what was asked are taken out.
    """

    def __init__(self, encoding: str, hear: Callable[[str], None]) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._pastes = Pastes()
        self._answers = Answers(hear)

    def decode(self, data: bytes, final: bool = False) -> str:  # noqa: FBT - as codecs have it
        """Return what was read, as text that Textual's parser may see.

        Nothing at all is read only where the terminal has gone. Textual (8.2) would read it again
        and again, for ever, where no signal told us.
        """
        if not data and not final:
            os.kill(os.getpid(), getattr(signal, "SIGHUP", signal.SIGTERM))
            time.sleep(AFTER_THE_END)
        return self._answers.read(self._pastes.read(self._decoder.decode(data, final)))


def mend_input(hear: Callable[[str], None]) -> None:
    """Have a byte that is not UTF-8 read as ``�`` where Textual would end the program.

    Textual's input thread (8.2, ``drivers/linux_driver.py``) decodes strictly: a single byte from a
    Latin-1 terminal, or a glitch on the line, ends the app. It can go when the driver decodes with
    ``errors="replace"`` itself. What is pasted comes through the same door (`tui.desk.pasting`),
    and so does what the terminal answers (`tui.desk.answers`).

    Args:
        hear: Takes what the terminal says of its background, in the thread that reads the keys.
    """
    try:
        from textual.drivers import linux_driver as driver
    except ImportError:  # another system, another driver
        return

    def decoder(encoding: str) -> Any:
        return partial(_Decoder, encoding, hear)

    driver.getincrementaldecoder = decoder  # type: ignore[attr-defined]
