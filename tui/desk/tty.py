"""The terminal, held from the first paint until the app has it, and given back whatever happens.

What is typed meanwhile is not echoed; it waits in the terminal's queue until the app reads it.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import FrameType
    from typing import Any

try:
    import termios
except ImportError:  # Windows
    HAS_TERMIOS = False
else:
    HAS_TERMIOS = True

ENTER = "\x1b[?1049h\x1b[?25l"
"""To the other screen, and no cursor."""
_LEAVE = "\x1b[0m\x1b[?1049l\x1b[?25h"
_LEAVE_APP = "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1004l"
"""What an app that is just starting may have set besides."""
_ENDS = ("SIGTERM", "SIGHUP")
_CANNOT = ("", "dumb", "unknown")


class HeldTerminal:
    """A terminal that is ours and not the app's yet."""

    def __init__(self) -> None:
        """Take hold of the terminal: no echo, and an end by a signal leaves it as it was.

        ctrl+c still ends the program; every other key waits for the app.

        Raises:
            OSError: Where it cannot be held. It is then as it was.
        """
        self._keys = sys.__stdin__.fileno()  # type: ignore[union-attr]
        self._screen = sys.__stderr__.fileno()  # type: ignore[union-attr]  # where Textual draws
        self._is_entered = self._is_back = False
        self.is_given = False
        """Whether the app has it."""
        try:
            self.before: list[Any] = termios.tcgetattr(self._keys)
            held = termios.tcgetattr(self._keys)
        except termios.error as error:
            raise OSError(*error.args) from error
        input_flags, _, _, line_flags, _, _, characters = held
        held[0] = input_flags & ~(
            termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
        )
        held[3] = line_flags & ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        held[6] = list(characters)
        held[6][termios.VMIN], held[6][termios.VTIME] = 1, 0
        for name in ("VSUSP", "VQUIT", "VDSUSP"):  # keys of the app's: they wait
            if hasattr(termios, name):
                held[6][getattr(termios, name)] = os.fpathconf(self._keys, "PC_VDISABLE")
        self._handled = []
        for name in _ENDS:
            number = getattr(signal, name)
            if signal.getsignal(number) is signal.SIG_DFL:
                self._handled.append(number)
                signal.signal(number, self._end)
        try:
            termios.tcsetattr(self._keys, termios.TCSANOW, held)
        except termios.error as error:
            self.release()
            raise OSError(*error.args) from error

    def paint(self, what: str) -> None:
        """Write onto the screen the app will draw on; goes there first."""
        data = what if self._is_entered else ENTER + what
        self._is_entered = True
        self._write(data)

    def give(self) -> list[Any]:
        """Give it to the app, which gives it back itself; returns how it was before."""
        self.is_given = True
        return self.before

    @property
    def is_painted(self) -> bool:
        """Whether the screen the app will draw on is the one that is seen."""
        return self._is_entered

    def release(self) -> None:
        """Leave it as it was. May be called more than once."""
        if not self._is_back:
            self._is_back = True
            if not self.is_given:
                self._restore(_LEAVE_APP)  # the app may have begun to take it over
            for number in self._handled:
                if signal.getsignal(number) == self._end:
                    signal.signal(number, signal.SIG_DFL)

    def _restore(self, more: str) -> None:
        with suppress(termios.error):
            termios.tcsetattr(self._keys, termios.TCSANOW, self.before)
        if self._is_entered:
            self._write(more + _LEAVE)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        """End by a signal as if nobody had been here, but with the terminal as it was."""
        self._restore(_LEAVE_APP)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def _write(self, text: str) -> None:
        data = text.encode("utf-8", "replace")
        with suppress(OSError):
            while data:
                data = data[os.write(self._screen, data) :]


def can_be_held(environ: Mapping[str, str]) -> bool:
    """Return whether there is a terminal in front that can place text."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    is_there = all(stream is not None and stream.isatty() for stream in streams)
    return HAS_TERMIOS and is_there and environ.get("TERM", "") not in _CANNOT


def size(environ: Mapping[str, str]) -> tuple[int, int]:
    """Return columns and rows as Textual will see them; 0 where nobody knows."""
    try:
        columns, rows = os.get_terminal_size(sys.__stdout__.fileno())  # type: ignore[union-attr]
    except (OSError, ValueError):
        columns = rows = 0
    asked = [environ.get(name, "") for name in ("COLUMNS", "LINES")]
    wide, high = (int(a) if a.isdecimal() and a.isascii() else 0 for a in asked)
    return wide or columns, high or rows
