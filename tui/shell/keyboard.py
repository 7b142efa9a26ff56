"""Lines that are typed at a terminal, so that ctrl+c loses none, not even the one that was begun.

A terminal hands a line over once enter is pressed, and drops what it holds of the next on ctrl+c,
unless it is asked not to. And ctrl+c must not come between reading a line and keeping it: so it is
heard only while nothing is being read or kept.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

_ROOM = 1 << 16
"""Bytes read at once; a terminal holds 4,096 at most."""


class Keyboard:
    """Reads lines from standard input, be it a terminal or not."""

    def __init__(self) -> None:
        self.is_terminal = False
        self._modes: Any = None
        self._known: Any = None
        self._rest = b""
        self._is_waiting = False
        self._is_stopped = False

    def open(self) -> None:
        """Ask the terminal to keep what was typed of a line when ctrl+c is pressed."""
        try:
            import signal
            import termios

            descriptor = sys.stdin.fileno()
            if not sys.stdin.isatty():
                return
            self._modes = termios.tcgetattr(descriptor)
            modes = termios.tcgetattr(descriptor)
            modes[3] |= termios.NOFLSH
            termios.tcsetattr(descriptor, termios.TCSANOW, modes)
            self._known = signal.signal(signal.SIGINT, self._stop)
        except (ImportError, OSError, ValueError, AttributeError):
            return
        self.is_terminal = True

    def close(self) -> None:
        """Leave the terminal as it was."""
        if not self.is_terminal:
            return
        import signal
        import termios
        from contextlib import suppress

        signal.signal(signal.SIGINT, self._known)
        with suppress(OSError, termios.error):  # it has gone
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, self._modes)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """Hear ctrl+c: at once while waiting, else before the next line; the second time always."""
        if self._is_waiting or self._is_stopped:
            raise KeyboardInterrupt
        self._is_stopped = True

    def read_line(self) -> str:
        """Return the next line with its end, without one where the input ends; empty at the end.

        Raises:
            KeyboardInterrupt: Where ctrl+c was pressed.
        """
        if not self.is_terminal:
            return sys.stdin.readline()
        import os

        while b"\n" not in self._rest:
            self._wait()
            data = os.read(sys.stdin.fileno(), _ROOM)
            if not data:
                line, self._rest = self._rest, b""
                return self._text(line)
            self._rest += data
        line, end, self._rest = self._rest.partition(b"\n")
        return self._text(line + end)

    def _wait(self) -> None:
        """Wait until there is something to read, and leave it where it is.

        Raises:
            KeyboardInterrupt: Where ctrl+c is pressed, or was.
        """
        import select

        self._is_waiting = True
        try:
            if self._is_stopped:
                raise KeyboardInterrupt
            select.select([sys.stdin.fileno()], [], [])
        finally:
            self._is_waiting = False

    def begun(self) -> str:
        """Return what was typed and not entered."""
        if not self.is_terminal:
            return ""
        import os
        import select
        import termios

        data, self._rest = self._rest, b""
        try:
            descriptor = sys.stdin.fileno()
            modes = termios.tcgetattr(descriptor)
            modes[3] &= ~(termios.ICANON | termios.ECHO)
            modes[6][termios.VMIN], modes[6][termios.VTIME] = 0, 0
            termios.tcsetattr(descriptor, termios.TCSANOW, modes)
            if select.select([descriptor], [], [], 0)[0]:
                data += os.read(descriptor, _ROOM)
        except (OSError, termios.error):  # it has gone
            pass
        return self._text(data).strip()

    def _text(self, data: bytes) -> str:
        return data.decode(sys.stdin.encoding or "utf-8", "replace")
