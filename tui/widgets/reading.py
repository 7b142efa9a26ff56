"""A text to be read: rows none of which can be chosen, turned by pages or to a line."""

from __future__ import annotations

from tui.widgets.rows import Row, Rows


class Reading(Rows, can_focus=False):
    """Shows rows to be read, from the top; the screen it is on turns its pages."""

    def tell(self, rows: tuple[Row, ...], *, is_same: bool) -> None:
        """Show a text.

        Args:
            rows: The text.
            is_same: Whether it is the one that was being read, so that its place is kept.
        """
        top = self.scroll_offset.y if is_same else 0
        self.set_rows(rows)
        self._turn_to(top)

    def turn(self, step: int) -> None:
        """Go on by a page, or back by one; a line of the page before stays to go on from."""
        self._turn_to(self.scroll_offset.y + step * max(1, self.size.height - 1))

    def turn_to_row(self, index: int) -> None:
        """Have a row seen, with a line or two before it where it is not at the top already."""
        top = self._offsets[min(index, len(self._offsets) - 1)]
        self._turn_to(top - 2)

    def _turn_to(self, line: int) -> None:
        end = max(0, self.line_count - max(1, self.size.height))
        self._scroll_lines_to(max(0, min(line, end)))
