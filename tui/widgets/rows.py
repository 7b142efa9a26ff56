"""A list of rows, drawn line by line on demand: as quick with ten thousand rows as with ten."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from tui.frontpage import MARK

EMPTY = Content("")
BROKEN = 200
"""So many rows are kept as they were broken into lines."""


class Row(NamedTuple):
    """One row: something before it, the text, something at its right."""

    id: str
    """Empty for a row that cannot be chosen, such as a heading."""
    body: Content
    gutter: Content = EMPTY
    """Stands before the first line; further lines are indented by as much."""
    right: Content = EMPTY
    """Stands at the right end of the first line; where there is no room, on a line of its own."""
    below: Content = EMPTY
    """Lines of their own below the body, indented like it."""

    def is_same(self, other: Row) -> bool:
        """Return whether it looks the same; Textual's texts are equal in whatever colours."""
        return self is other or (
            self.id == other.id
            and self.body.is_same(other.body)
            and self.gutter.is_same(other.gutter)
            and self.right.is_same(other.right)
            and self.below.is_same(other.below)
        )


class Rows(ScrollView, can_focus=True):
    """Shows rows, one of which may be highlighted, and says which one was chosen."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "up", show=False, id="list.up"),
        Binding("down,j", "step(1)", "down", show=False, id="list.down"),
        Binding("pageup", "page(-1)", "page up", show=False, id="list.page-up"),
        Binding("pagedown", "page(1)", "page down", show=False, id="list.page-down"),
        Binding("home,g", "first", "first", show=False, id="list.first"),
        Binding("end,G", "last", "last", show=False, id="list.last"),
    ]
    DEFAULT_CSS = """
    Rows {
        height: 1fr;
        background: $background;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        scrollbar-color: $rule;
        scrollbar-color-hover: $muted;
        scrollbar-color-active: $foreground;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        & > .rows--cursor { background: $cursor; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor"}

    cursor: reactive[str] = reactive("", init=False, repaint=False)
    """The id of the highlighted row; empty when there is none."""

    class Highlighted(Message):
        """The highlight moved to another row."""

        def __init__(self, rows: Rows, row_id: str) -> None:
            super().__init__()
            self.rows = rows
            self.row_id = row_id

        @property
        def control(self) -> Rows:
            """The list the message is from."""
            return self.rows

    class Chosen(Highlighted):
        """A row was clicked that was highlighted already."""

    class Edge(Message):
        """The user went on beyond the first (-1) or the last row (1)."""

        def __init__(self, rows: Rows, step: int) -> None:
            super().__init__()
            self.rows = rows
            self.step = step

        @property
        def control(self) -> Rows:
            """The list the message is from."""
            return self.rows

    class Measured(Message):
        """All rows together take another number of lines than before."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> Rows:
            """The list the message is from."""
            return self.rows

    def __init__(
        self,
        rows: tuple[Row, ...] = (),
        *,
        empty: str = "",
        is_always_marked: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a list.

        Args:
            rows: What it shows at first.
            empty: What it says when there are no rows.
            is_always_marked: Whether the highlight shows even when the focus is elsewhere.
            id: The widget's id.
            classes: Its CSS classes.
        """
        super().__init__(id=id, classes=classes)
        self._rows: tuple[Row, ...] = rows
        self._empty = empty
        self._is_always_marked = is_always_marked
        self._index: dict[str, int] = {}
        self._offsets: list[int] = [0]
        self._strips: dict[tuple[int, bool], tuple[Row, list[Strip]]] = {}
        self._heights: dict[str, tuple[Row, int]] = {}
        self._broken: dict[str, tuple[Row, list[Content]]] = {}
        self._width = 0
        self._follows_end = False
        self._take(rows)
        self._lit = self.cursor

    # -- given -----------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as they are."""
        return self._rows

    @property
    def line_count(self) -> int:
        """How many lines all rows take at the width there is; 0 before there is one."""
        return self._offsets[-1]

    def set_rows(self, rows: tuple[Row, ...], *, empty: str | None = None) -> None:
        """Show other rows. The highlight stays on its row, or goes to the one in its place."""
        was = self._index.get(self.cursor, 0)
        if empty is not None:
            self._empty = empty
        rows = tuple(map(self._as_before, rows))
        if len(rows) == len(self._rows) and all(map(Row.is_same, rows, self._rows)):
            if not rows:
                self.refresh()
            return
        before, offsets, lit = self._rows, self._offsets, self._lit
        self._take(rows)
        if self.cursor not in self._index:
            self.set_reactive(Rows.cursor, self._nearest(was))
            self.post_message(self.Highlighted(self, self.cursor))
        self._lit = self.cursor
        if self._width:
            self._measure()
            if before and self._offsets == offsets:
                self._draw_changes(before, lit)
            else:
                self.refresh()
            self.scroll_to_cursor()

    def _as_before(self, row: Row) -> Row:
        """Return the row there is already where it looks the same: it is measured and drawn."""
        index = self._index.get(row.id)
        before = self._rows[index] if index is not None else row
        return before if row.is_same(before) else row

    def _draw_changes(self, before: tuple[Row, ...], lit: str) -> None:
        """Draw anew what differs from the rows there were, which took the same lines."""
        for index, (was, row) in enumerate(zip(before, self._rows, strict=True)):
            is_lit = row.id in (lit, self._lit) and lit != self._lit
            if not was.is_same(row) or (row.id and is_lit):
                top = self._offsets[index]
                self.refresh_lines(top, self._offsets[index + 1] - top)

    def follow_end(self) -> None:
        """Show the end, as a page that is being written on does."""
        self._follows_end = True
        self._scroll_to_end()

    def _scroll_to_end(self) -> None:
        if self._width and self.size.height:
            end = max(0, self._offsets[-1] - self.size.height)
            self._scroll_lines_to(end)

    def _take(self, rows: tuple[Row, ...]) -> None:
        self._rows = rows
        self._index = {row.id: index for index, row in enumerate(rows) if row.id}
        if not self.cursor and self._index:
            self.set_reactive(Rows.cursor, next(iter(self._index)))

    def _nearest(self, index: int) -> str:
        ids = list(self._index)
        if not ids:
            return ""
        places = list(self._index.values())
        return ids[min(max(bisect_right(places, index) - 1, 0), len(ids) - 1)]

    # -- moving ----------------------------------------------------------------------------

    def watch_cursor(self) -> None:
        """Show where the highlight is and tell the screen."""
        self._follows_end = False
        self.scroll_to_cursor()
        self._draw_highlight()
        self.post_message(self.Highlighted(self, self.cursor))

    def _draw_highlight(self) -> None:
        """Draw the row anew that has it now, and the one that had it; all of it where in doubt."""
        was, self._lit = self._lit, self.cursor
        for row_id in (was, self._lit):
            index = self._index.get(row_id)
            if index is None or not self._width:
                self.refresh()
                return
            top = self._offsets[index]
            self.refresh_lines(top, self._offsets[index + 1] - top)

    def move_to(self, row_id: str) -> None:
        """Move the highlight to a row, if it is there."""
        if row_id in self._index:
            self.cursor = row_id

    def action_step(self, step: int) -> None:
        """Move the highlight one row up or down, once all of a tall one was seen."""
        if self._turn(step):
            return
        ids = list(self._index)
        if not ids:
            self.post_message(self.Edge(self, step))
            return
        target = ids.index(self.cursor) + step if self.cursor in self._index else 0
        if 0 <= target < len(ids):
            self._enter(ids[target], step)
        else:
            self._show_what_stands_before(step)
            self.post_message(self.Edge(self, step))

    def action_page(self, step: int) -> None:
        """Move the highlight by about a screen, once all of a tall row was seen."""
        if self.cursor not in self._index or self._turn(step):
            return
        line = self._offsets[self._index[self.cursor]] + step * max(1, self.size.height - 1)
        row = bisect_right(self._offsets, max(0, min(line, self._offsets[-1] - 1))) - 1
        target = self._nearest(row)
        if target == self.cursor:  # it is as tall as the screen, or there are only headings
            ids = list(self._index)
            place = ids.index(self.cursor) + step
            if not 0 <= place < len(ids):
                self._show_what_stands_before(step)
                return
            target = ids[place]
        self._enter(target, step)

    def _show_what_stands_before(self, step: int) -> None:
        """Show the headings above the first row, which the highlight cannot go to."""
        if step < 0:
            self.scroll_to(y=0, animate=False, immediate=True)

    def _turn(self, step: int) -> bool:
        """Show more of a row that is taller than the screen; returns whether there was more."""
        index, room = self._index.get(self.cursor), max(1, self.size.height)
        if index is None or not self._width:
            return False
        if self._offsets[index + 1] - self._offsets[index] <= room:
            return False
        top, last = self._offsets[index], self._offsets[index + 1] - room
        here = max(top - room, min(self.scroll_offset.y, last + room))
        line = max(top, min(here + step * max(1, room - 1), last))
        if (line - here) * step <= 0:
            return False
        self._follows_end = False
        self._scroll_lines_to(line)
        return True

    def _enter(self, row_id: str, step: int) -> None:
        """Move the highlight to a row; from below to the end of one taller than the screen."""
        self.cursor = row_id
        index, room = self._index[row_id], max(1, self.size.height)
        if self._width and step < 0 and self._offsets[index + 1] - self._offsets[index] > room:
            self._scroll_lines_to(self._offsets[index + 1] - room)

    def action_first(self) -> None:
        """Move the highlight to the first row."""
        self.cursor = next(iter(self._index), "")

    def action_last(self) -> None:
        """Move the highlight to the last row."""
        self.cursor = next(reversed(self._index), "")

    def scroll_to_cursor(self) -> None:
        """Scroll so that the highlighted row can be seen whole."""
        if not self._width or self._follows_end:
            return
        index = self._index.get(self.cursor)
        if index is None:
            return
        top, bottom = self._offsets[index], self._offsets[index + 1]
        if index == min(self._index.values()):
            top = 0
        room = max(1, self.size.height)
        if bottom - top > room and top <= self.scroll_offset.y <= bottom - room:
            return  # it is being read
        first = min(self.scroll_offset.y, top, max(0, self._offsets[-1] - room))
        if top >= self.scroll_offset.y:
            first = max(self.scroll_offset.y, min(top, bottom - room))
        self._scroll_lines_to(max(0, min(first, self._offsets[-1] - room)))

    def _scroll_lines_to(self, line: int) -> None:
        """Have a line at the top. Textual's own way does nothing where no scroll bar is shown."""
        if line == self.scroll_y == self.scroll_target_y:
            return
        self.scroll_target_y = line
        self.scroll_y = line
        self.refresh()

    def on_focus(self) -> None:
        """Have the highlight seen."""
        self.scroll_to_cursor()

    def row_at(self, y: int) -> Row | None:
        """Return the row at a line of the widget, None below the last."""
        line = y + self.scroll_offset.y
        if not 0 <= line < self._offsets[-1]:
            return None
        return self._rows[bisect_right(self._offsets, line) - 1]

    def on_click(self, event: events.Click) -> None:
        """Move the highlight to what was clicked; a click on the highlight chooses it."""
        row = self.row_at(event.y - self.gutter.top)
        if row is None or not row.id:
            return
        event.stop()
        if row.id == self.cursor:
            self.post_message(self.Chosen(self, row.id))
        else:
            self.cursor = row.id

    # -- drawing ---------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Lay the rows out for the new width."""
        if self._fit():
            self.refresh()
        else:
            self._claim_lines()
            self._scroll_update(self.virtual_size)  # Textual looks at its bars before we are told
        if self._follows_end:
            self._scroll_to_end()
        else:
            self.scroll_to_cursor()

    def _fit(self) -> bool:
        """Lay the rows out for the width there is now; returns whether that changed anything."""
        width = self.scrollable_content_region.width
        if width == self._width:
            return False
        self._width = width
        self._heights.clear()
        self._broken.clear()
        self._strips.clear()
        self._measure()
        return True

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        self._strips.clear()
        super().notify_style_update()

    @property
    def gap(self) -> int:
        """How many lines are left empty below each row."""
        return 0

    def _measure(self) -> None:
        if len(self._heights) > 2 * len(self._rows) + 1_000:
            self._heights.clear()
        gap = self.gap
        heights = [self._height(row) + gap for row in self._rows]
        before = self.line_count
        self._offsets = [0, *accumulate(heights)]
        if self.line_count != before:
            self.post_message(self.Measured(self))
        self._claim_lines()
        if self._follows_end:
            self._scroll_to_end()

    def _claim_lines(self) -> None:
        """Tell Textual how tall it all is, where that makes it scroll, or made it scroll so far."""
        lines = self._offsets[-1]
        if lines > self.size.height or self.virtual_size.height > self.size.height:
            self.virtual_size = Size(self._width, lines)

    def _room(self, row: Row) -> int:
        """Return how many cells the body has beside mark, gutter and right side."""
        right = row.right.cell_length
        room = self._width - 2 - row.gutter.cell_length
        return max(8, room - (right + 2 if self._has_right(row) else 0))

    def _has_right(self, row: Row) -> bool:
        """Return whether the right side fits beside the text; the text comes first."""
        room = self._width - 2 - row.gutter.cell_length - row.right.cell_length - 2
        return bool(row.right) and room >= max(14, self._width // 3)

    def _lines(self, row: Row) -> list[Content]:
        """Return a row as lines; what was just measured is not broken again to be drawn."""
        known = self._broken.get(row.id)
        if known is not None and known[0] is row:
            return known[1]
        if len(self._broken) >= BROKEN:
            self._broken.clear()
        lines = self._break(row)
        if row.id:
            self._broken[row.id] = (row, lines)
        return lines

    def _break(self, row: Row) -> list[Content]:
        lines = _wrapped(row.body, self._room(row))
        room = max(8, self._width - 2 - row.gutter.cell_length)
        if row.right and not self._has_right(row):
            lines += _wrapped(row.right, room)
        if row.below:
            lines += _wrapped(row.below, room)
        return lines

    def _height(self, row: Row) -> int:
        """Return how many lines a row takes; one that is the very same as before takes as many."""
        known = self._heights.get(row.id)
        if known is not None and known[0] is row:
            return known[1]
        height = len(self._lines(row))
        if row.id:
            self._heights[row.id] = (row, height)
        return height

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget.

        The very first is drawn before the widget hears of its size, so the width is looked at here.
        """
        self._fit()
        line = y + self.scroll_offset.y
        if not self._rows:
            return self._draw_empty(y)
        if line >= self._offsets[-1]:
            return Strip.blank(self.size.width, self.rich_style)
        index = bisect_right(self._offsets, line) - 1
        strips = self._draw(self._rows[index])
        place = line - self._offsets[index]
        return strips[place] if place < len(strips) else Strip.blank(self._width, self.rich_style)

    def _draw_empty(self, y: int) -> Strip:
        lines = _wrapped(Content.styled(self._empty, "$muted"), max(8, self._width - 2))
        if y >= len(lines):
            return Strip.blank(self.size.width, self.rich_style)
        return self._strip(Content.assemble("  ", lines[y]), self.visual_style)

    def _draw(self, row: Row) -> list[Strip]:
        is_cursor = bool(row.id) and row.id == self.cursor and self._is_marked()
        key = (id(row), is_cursor)
        if key not in self._strips:
            if len(self._strips) > 2_000:
                self._strips.clear()
            self._strips[key] = (row, self._drawn(row, is_cursor=is_cursor))  # it stays, so its id
        return self._strips[key][1]

    def _is_marked(self) -> bool:
        return self.has_focus or self._is_always_marked

    def _drawn(self, row: Row, *, is_cursor: bool) -> list[Strip]:
        style = self.visual_style
        mark: Content = Content("  ")
        if is_cursor:
            style = self.get_visual_style("rows--cursor")
            mark = Content(MARK + " ")
        indent = Content(" " * row.gutter.cell_length)
        strips = []
        for number, body in enumerate(self._lines(row)):
            parts = [mark, row.gutter if number == 0 else indent, body]
            if number == 0 and self._has_right(row):
                used = sum(part.cell_length for part in parts)
                gap = self._width - used - row.right.cell_length
                parts += [Content(" " * max(1, gap)), row.right]
            strips.append(self._strip(Content.assemble(*parts), style))
        return strips

    def _strip(self, content: Content, style: Style) -> Strip:
        options = RenderOptions(self._get_style, self.styles.get_rules())
        line = content.truncate(self._width) if content.cell_length > self._width else content
        drawn = line.render_strips(max(1, self._width), 1, style, options)
        strip = drawn[0] if drawn else Strip([])
        return strip.extend_cell_length(self._width, style.rich_style)


def _wrapped(content: Content, width: int) -> list[Content]:
    """Return content in lines no wider than ``width``, one at least."""
    if not content:
        return [content]
    if content.cell_length <= width and "\n" not in content.plain and "\t" not in content.plain:
        return [content]
    return content.wrap(width)
