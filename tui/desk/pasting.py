"""What is pasted stays text, whatever is in it.

A terminal puts a paste between two marks. Textual's parser ends the paste at the first escape
character within and takes the rest for keys: a pasted ``^q`` then quits. So control characters are
made visible before the parser sees them. It can go when the parser reads on to the second mark.
"""

from __future__ import annotations

from tui.domain.text import clean

BEGIN, END = "\x1b[200~", "\x1b[201~"


class Pastes:
    """Goes through what is read from a terminal, piece by piece, and keeps pastes whole."""

    def __init__(self) -> None:
        self._is_within = False
        self._held = ""
        """What may be the beginning of the mark that ends a paste."""
        self._passed = ""
        """The last that was passed on outside a paste, in which a mark may begin."""

    def read(self, piece: str) -> str:
        """Return a piece as the parser may read it; the end of one may come with the next."""
        if not self._is_within and "\x1b" not in piece and "\x1b" not in self._passed:
            return piece
        piece, self._held = self._held + piece, ""
        passed = []
        while piece:
            if self._is_within:
                text, mark, piece = piece.partition(END)
                if mark:
                    self._is_within = False
                    self._passed = ""
                else:
                    text, self._held = _parted(text)
                passed.append(_visible(text) + mark)
                continue
            before = len(self._passed)
            whole = self._passed + piece
            place = whole.find(BEGIN)
            if place < 0:
                passed.append(piece)
                self._passed = whole[-(len(BEGIN) - 1) :]
                break
            cut = place + len(BEGIN) - before
            passed.append(piece[:cut])
            piece, self._passed, self._is_within = piece[cut:], "", True
        return "".join(passed)


def _parted(text: str) -> tuple[str, str]:
    """Return a text and what at its end may be the beginning of the mark that ends it."""
    for length in range(min(len(END) - 1, len(text)), 0, -1):
        if END.startswith(text[-length:]):
            return text[:-length], text[-length:]
    return text, ""


def _visible(text: str) -> str:
    """Return a text without control characters; line ends are left as the terminal sends them."""
    if text.isprintable():
        return text
    return "\r".join(clean(part) for part in text.split("\r"))
