r"""What a terminal answers when it is asked for its background (OSC 11).

The answer comes in the stream of keys. It is taken out there, and nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tui.desk.themes import is_dark

QUERY = "\x1b]11;?\x1b\\"
LONGEST = 64
"""No answer is longer; what is was none."""

_HEX = "[0-9a-fA-F]{1,4}"
_ANSWER = re.compile(rf"\x1b\]11;([^\x07\x1b]{{0,{LONGEST}}})(?:\x07|\x1b\\)")
_BEGUN = re.compile(rf"\x1b\](?:1(?:1(?:;[^\x07\x1b]{{0,{LONGEST}}}\x1b?)?)?)?\Z")
_RGB = re.compile(rf"rgba?:({_HEX})/({_HEX})/({_HEX})(?:/{_HEX})?")
_DIGITS = re.compile(r"#((?:[0-9a-fA-F]{3}){1,4})")


class Answers:
    """Takes the answers out of what is read from a terminal, piece by piece."""

    def __init__(self, hear: Callable[[str], None]) -> None:
        """Begin to listen.

        Args:
            hear: Takes each answer.
        """
        self._hear = hear
        self._held = ""
        """What may be the beginning of an answer."""
        self._sent = ""
        """An escape that was passed on, for it may be the key, and may begin one all the same."""

    def read(self, piece: str) -> str:
        """Return a piece without answers; what may be the beginning of one comes with the next."""
        if not self._sent and not self._held and "\x1b" not in piece:
            return piece
        sent, piece = self._sent, self._sent + self._held + piece
        if sent and (first := _ANSWER.match(piece)):
            self._hear(first[1])
            sent, piece = "", piece[first.end() :]
        for found in _ANSWER.finditer(piece):
            self._hear(found[1])
        rest = _ANSWER.sub("", piece)
        begun = _BEGUN.search(rest)
        cut = len(rest) if begun is None else begun.start()
        is_sent = begun is None and rest.endswith("\x1b")
        self._sent = sent if cut == 0 else "\x1b" if is_sent else ""
        self._held = rest[cut:].removeprefix(self._sent)
        return rest[:cut].removeprefix(sent)


def is_light(answer: str) -> bool | None:
    """Return whether a terminal has said that it is light; None where that says nothing."""
    if found := _RGB.fullmatch(answer):
        pieces = list(found.groups())
    elif found := _DIGITS.fullmatch(answer):
        size = len(found[1]) // 3
        pieces = [found[1][place : place + size] for place in range(0, size * 3, size)]
    else:
        return None
    red, green, blue = (int(piece, 16) / (16 ** len(piece) - 1) for piece in pieces)
    return not is_dark(red, green, blue)
