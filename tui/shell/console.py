"""The plain console: one line at a time, said and read. No cursor, no colour, no redraw."""

from __future__ import annotations

import sys

from tui.domain.text import cell_length, clean, wrapped_text
from tui.shell.keyboard import Keyboard
from tui.words.spoken import too_long

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

ANSWERS = frozenset({"?", "back", "quit"})
"""What can be answered everywhere."""
MOST = 4095
"""Bytes of a line that a terminal passes on at most; it drops what is typed beyond."""


class WentBack(Exception):  # noqa: N818 - nobody did anything wrong
    """Somebody answered that they want to go back."""


class Quit(Exception):  # noqa: N818
    """Somebody answered that they want to end."""


class InputEnded(Exception):  # noqa: N818
    """There is nothing more to read: ctrl+d, the end of a pipe, a terminal that has gone."""


class Interrupted(Exception):  # noqa: N818
    """Somebody pressed ctrl+c, in the middle of a line perhaps."""

    def __init__(self, begun: str) -> None:
        """Remember what was typed of the line."""
        super().__init__()
        self.begun = begun


class Console:
    """Says and asks on the streams of the process.

    The terminal stays as it is, so that a screen reader, a braille display or a pipe see nothing
    but lines. A question stands in a line of its own, and the answer in the next: what is typed
    then begins at the edge.
    """

    def __init__(self) -> None:
        self._keyboard = Keyboard()
        self._column = 0

    def __enter__(self) -> Console:
        """Make ready to read."""
        self._keyboard.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was."""
        self._keyboard.close()

    # -- saying ----------------------------------------------------------------------------

    def say(self, text: str, *, goes_on: bool = False) -> None:
        """Say a line, or several; nothing in it can drive a terminal.

        On a terminal long lines are broken between words: it would break them anywhere.

        Args:
            text: What to say.
            goes_on: Whether more of the same line follows: what came of it.
        """
        lines = clean(text).split("\n")
        width = _width()
        if width:
            lines = [short for line in lines for short in wrapped_text(line, width)]
        if width and self._column + cell_length(lines[0]) > width:
            self.end_line()
        print("\n".join(lines), end=" " if goes_on else "\n", flush=True)
        self._column = cell_length(lines[-1]) + 1 if goes_on else 0

    def end_line(self) -> None:
        """End the line that was to go on."""
        if self._column:
            print(flush=True)
            self._column = 0

    # -- asking ----------------------------------------------------------------------------

    def ask(self, question: str, explained: str) -> str:
        """Ask, and return the line that was answered; empty where it is to go on.

        Args:
            question: One line, which says what can be answered.
            explained: What ``?`` says.

        Raises:
            WentBack: Where the answer is ``back``.
            Quit: Where it is ``quit``.
            InputEnded: Where there is no answer.
            Interrupted: Where there is half of one.
        """
        self.say(question)
        while True:
            line = self._read()
            match line.strip().casefold():
                case "?":
                    self.say(explained)
                    self.say(question)
                case "back":
                    raise WentBack
                case "quit":
                    raise Quit
                case "":
                    return ""
                case _:
                    return line

    def _read(self) -> str:
        try:
            line = self._keyboard.read_line()
        except KeyboardInterrupt:
            self._leave_line()
            begun = self._keyboard.begun().split("\n")
            raise Interrupted("\n".join(map(from_its_mark, begun))) from None
        except OSError:  # the terminal has gone
            line = ""
        if not line:
            raise InputEnded
        if not line.endswith("\n"):
            self._leave_line()
        if self._keyboard.is_terminal and len(line.encode("utf-8", "replace")) >= MOST:
            self.say(too_long(MOST))
        return from_its_mark(line).rstrip("\r\n")

    def _leave_line(self) -> None:
        """Go to a line of our own where the terminal shows what was typed and not entered."""
        if self._keyboard.is_terminal:
            print(flush=True)


def from_its_mark(line: str) -> str:
    """Return a line from the first character on that somebody meant to type.

    A stray arrow key, a form feed or a mark of the byte order before it would hide the character
    that keeps the line to oneself.
    """
    import re

    return re.sub(
        r"^(?:\x1b\[[0-?]*[ -/]*[@-~]|\x1bO?.|[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff])+", "", line
    )


def _width() -> int:
    """Return how many cells of a line are used; 0 where it does not go to a terminal."""
    import os

    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (AttributeError, OSError, ValueError):
        return 0
    return max(1, columns - 1) if columns else 0
