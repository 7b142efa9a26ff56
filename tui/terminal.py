"""What has to be mended between Textual and the terminal."""

from __future__ import annotations

import codecs
import sys
import traceback
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from textual.app import App

from tui import words

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


def forgive_bad_bytes() -> None:
    """Have a byte that is not UTF-8 read as ``�`` where Textual would end the program.

    Textual's input thread (8.2, ``drivers/linux_driver.py``) decodes strictly: a single byte from a
    Latin-1 terminal, or a glitch on the line, ends the app. It can go when the driver decodes with
    ``errors="replace"`` itself.
    """
    try:
        from textual.drivers import linux_driver as driver
    except ImportError:  # another system, another driver
        return

    def decoder(encoding: str) -> Any:
        return partial(codecs.getincrementaldecoder(encoding), errors="replace")

    driver.getincrementaldecoder = decoder  # type: ignore[attr-defined]
