"""Home as text with escape sequences, each cell as the first frame will draw it.

`tui.widgets.heading` and `tui.widgets.rows` draw it afterwards; ``tests/pty/test_first_paint.py``
holds the two side by side.
"""

from __future__ import annotations

from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.desk.colours import Ink
    from tui.domain.standing import Standing
    from tui.frontpage import PersonRow, Piece

SURE = 72
"""Columns from which on the heading is one line, whatever it will say."""


class Page:
    """Home, as the first frame will draw it, in escape sequences."""

    def __init__(self, ink: Ink, columns: int, rows: int) -> None:
        """Take the size of the terminal, in cells."""
        self._ink = ink
        self._columns = columns
        self._rows = rows

    def begun(self, subtitle: str) -> str:
        """Return an empty page with the name, and the line below it where that is known."""
        from tui.frontpage import SHORT, title

        lines = [self._padded([*title(subtitle)])]
        if self._columns >= SURE and self._rows >= SHORT:
            lines.append(self._rule())
        lines += [self._line([], self._columns)] * (self._rows - len(lines))
        return "".join(f"\x1b[{y};1H{line}" for y, line in enumerate(lines, 1))

    def filled(self, subtitle: str, found: Sequence[Standing], *, is_saved: bool) -> str:
        """Return what goes onto the page that was begun.

        Args:
            subtitle: What stands beside the name.
            found: Where things stand with everybody, most pressing first; not empty.
            is_saved: Whether all is saved.

        Raises:
            ValueError: Where there is no room for the heading.
        """
        from tui import frontpage

        is_narrow = self._columns < frontpage.NARROW
        lines = self._heading(subtitle, found, is_saved=is_saved)
        if self._rows >= frontpage.SHORT:
            lines.append(self._rule())
        bar = 2 if is_narrow and self._rows >= frontpage.SHORT else 1
        bottom = self._rows - bar
        width = self._columns
        if width >= frontpage.WIDE:
            width = min(width - frontpage.CARD, frontpage.LIST)
            edge = self._ink.code("$rule") + "│"
            cells = (f"\x1b[{y + 1};{width + 1}H{edge}" for y in range(len(lines), bottom))
        else:
            cells = ("" for _ in ())
        draw = frontpage.person_row_narrow if is_narrow else frontpage.person_row
        with suppress(UnsureError):
            for number, standing in enumerate(found):
                if len(lines) >= bottom:
                    break
                lines += _Row(draw(standing), self, width - 1, is_first=number == 0).lines()
        placed = (f"\x1b[{y};1H{line}" for y, line in enumerate(lines[:bottom], 1))
        return "".join((*placed, *cells))

    def _heading(self, subtitle: str, found: Sequence[Standing], *, is_saved: bool) -> list[str]:
        from tui import frontpage

        is_narrow = self._columns < frontpage.NARROW
        left = [*frontpage.title(subtitle)]
        right = [
            *frontpage.summing_up(tuple(found), found[0].today, is_narrow=is_narrow),
            ("   ", ""),
            (frontpage.SAVED if is_saved else frontpage.SAVING, frontpage.MUTED),
        ]
        room = self._columns - 2
        gap = room - _cells(left) - _cells(right)
        if gap >= 2:
            return [self._padded([*left, (" " * gap, ""), *right])]
        return [self._padded(left), self._padded([(" " * (room - _cells(right)), ""), *right])]

    def _padded(self, pieces: list[Piece]) -> str:
        return self._line([(" ", ""), *pieces], self._columns)

    def _rule(self) -> str:
        return self._line([("─" * self._columns, "$rule")], self._columns)

    def _line(self, pieces: list[Piece], width: int) -> str:
        return self.line(pieces, width, "background")

    def line(self, pieces: list[Piece], width: int, ground: str) -> str:
        """Return one line, filled up with blanks to so many cells."""
        rest = width - _cells(pieces)
        if rest < 0:
            raise UnsureError
        pieces = [*pieces, (" " * rest, "")]
        return "".join(self._ink.code(style, ground) + text for text, style in pieces if text)


class UnsureError(ValueError):
    """Nobody knows before Textual how this will be drawn."""


class _Row:
    """A person in the list; see `tui.widgets.rows`, which draws it afterwards."""

    def __init__(self, row: PersonRow, page: Page, width: int, *, is_first: bool) -> None:
        self._row = row
        self._page = page
        self._width = width
        self._ground = "cursor" if is_first else "background"
        self._is_first = is_first

    def lines(self) -> list[str]:
        """Return its lines.

        Raises:
            UnsureError: Where nobody can be sure of one.
        """
        from tui.frontpage import MARK

        row, width = self._row, self._width
        for text, _ in (row.name, *row.right, row.below):
            if not _is_plain(text):
                raise UnsureError
        right = [*row.right]
        room = width - 2 - _cells(right) - 2
        has_right = room >= max(14, width // 3)
        first = [row.name]
        name_room = max(8, room if has_right else width - 2)
        if _cells(first) > name_room:
            raise UnsureError
        if has_right:
            first = [*first, (" " * (width - 2 - _cells(first) - _cells(right)), ""), *right]
        lines = [first]
        room = max(8, width - 2)
        if not has_right:
            if _cells(right) > room:
                raise UnsureError
            lines.append(right)
        text, style = row.below
        lines += [[(part, style)] for part in _wrapped(text, room)]
        mark = (f"{MARK} " if self._is_first else "  ", "")
        return [self._page.line([mark, *line], width, self._ground) for line in lines]


def _cells(pieces: Sequence[Piece]) -> int:
    from tui.domain.text import cell_length

    return sum(cell_length(text) for text, _ in pieces)


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines as Textual breaks it; nothing for an empty one."""
    if not text or _cells([(text, "")]) <= width:
        return [text] if text else []
    words = text.split(" ")
    if not all(words) or any(_cells([(word, "")]) > width for word in words):
        raise UnsureError
    from tui.domain.text import wrapped_text

    return wrapped_text(text, width)


_SURE = (
    (0x20, 0x7F), (0xA0, 0xAD), (0xAE, 0x300), (0x370, 0x483), (0x48A, 0x530), (0x2010, 0x2028),
    (0x3041, 0x3097), (0x30A1, 0x30FF), (0x4E00, 0xA000), (0xAC00, 0xD7A4),
)  # fmt: skip
"""Code points about whose width all agree: Latin, Greek, Cyrillic, and East Asian letters."""


def _is_plain(text: str) -> bool:
    """Return whether a text takes as many cells everywhere, and nothing in it drives a terminal."""
    if text.isascii() and text.isprintable():
        return True
    return text.isprintable() and all(
        any(first <= ord(c) < end for first, end in _SURE) for c in text
    )
