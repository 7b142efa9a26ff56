"""The list of rows by itself: quick with many, exact with wide characters, steady under changes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static

from tests.builders import HOSTILE
from tui.domain.text import clean_block
from tui.theme import DARK, variables_of
from tui.widgets import rows as rows_module
from tui.widgets.rows import Row, Rows

MANY = 10_000
WIDE = "日本語のメモ 한국어 👨‍👩‍👧‍👦 🇪🇸 ❤️ ｆｕｌｌ 日本語のメモ日本語のメモ"


class ListApp(App[None]):
    """A list and nothing else."""

    def __init__(self, rows: tuple[Row, ...], empty: str = "nothing at all") -> None:
        super().__init__()
        self.register_theme(DARK)
        self.theme = DARK.name
        self._list = Rows(rows, empty=empty)
        self.heard: list[tuple[str, Any]] = []

    def get_css_variables(self) -> dict[str, str]:
        return variables_of(self.current_theme, super().get_css_variables())

    def compose(self) -> ComposeResult:
        yield self._list
        yield Static("below", id="below")

    def on_mount(self) -> None:
        self._list.focus()

    @on(Rows.Highlighted)
    def _highlighted(self, event: Rows.Highlighted) -> None:
        if type(event) is Rows.Highlighted:
            self.heard.append(("highlighted", event.row_id))

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        self.heard.append(("chosen", event.row_id))

    @on(Rows.Edge)
    def _edge(self, event: Rows.Edge) -> None:
        self.heard.append(("edge", event.step))


class View:
    """A list on the screen, and what can be read of it."""

    def __init__(self, app: ListApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.rows = app._list

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def show(self, rows: tuple[Row, ...]) -> None:
        self.rows.set_rows(rows)
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """The lines of the list as they are drawn."""
        return [self.rows.render_line(y).text.rstrip() for y in range(self.rows.size.height)]

    @property
    def marked(self) -> list[str]:
        return [line for line in self.lines if line.startswith("▌")]

    def assert_exact(self) -> None:
        """Each line is exactly as wide as the list, whatever is in it."""
        width = self.rows.size.width
        room = self.rows.scrollable_content_region.width
        for y in range(self.rows.size.height):
            strip = self.rows.render_line(y)
            assert strip.cell_length in (room, width), strip.text
            assert strip.cell_length == sum(segment.cell_length for segment in strip), strip.text
        for strip in self.app.screen._compositor.render_strips():
            assert strip.cell_length == self.app.size.width, strip.text


@asynccontextmanager
async def a_list(
    rows: tuple[Row, ...], size: tuple[int, int] = (60, 20), empty: str = "nothing at all"
) -> AsyncIterator[View]:
    app = ListApp(rows, empty)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield View(app, pilot)


def simple(count: int, words: str = "row") -> tuple[Row, ...]:
    return tuple(Row(f"id-{n}", Content(f"{words} {n}")) for n in range(count))


class Count:
    """Counts the calls of a function and passes them on."""

    def __init__(self, function: Any) -> None:
        self.calls = 0
        self._function = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.calls += 1
        return self._function(*args, **kwargs)


# -- many ----------------------------------------------------------------------------------


async def test_only_what_is_seen_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Count(Rows._drawn)
    monkeypatch.setattr(Rows, "_drawn", lambda self, row, **kw: drawn(self, row, **kw))
    async with a_list(simple(MANY)) as view:
        assert view.lines[0] == "▌ row 0"
        assert drawn.calls < 100
        await view.press("G")
        assert view.marked == [f"▌ row {MANY - 1}"]
        await view.press("pageup", "pageup", "g", "down")
        assert view.marked == ["▌ row 1"]
        assert drawn.calls < 400


async def test_one_row_more_does_not_have_all_laid_out_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Wrapping is what costs; a list of many rows wraps what is new and what is seen."""
    wrapped = Count(rows_module._wrapped)
    async with a_list(simple(MANY)) as view:
        monkeypatch.setattr("tui.widgets.rows._wrapped", wrapped)
        await view.show((*view.rows.rows, Row("new", Content("the new one"))))
        await view.press("end", "up")
        assert "the new one" in view.lines[-1]
        assert wrapped.calls < 200
        wrapped.calls = 0
        rows = list(view.rows.rows)
        rows[5] = Row("id-5", Content("another text"))
        await view.show(tuple(rows))
        assert wrapped.calls < 100


async def test_long_rows_among_many() -> None:
    rows = tuple(
        Row(f"id-{n}", Content("word " * 60 if n % 7 == 0 else "short")) for n in range(500)
    )
    async with a_list(rows, size=(30, 10)) as view:
        await view.press("end")
        assert view.rows.cursor == "id-499"
        assert len(view.marked) == 1
        await view.press(*["pageup"] * 3)
        assert view.marked
        view.assert_exact()


# -- the highlight -------------------------------------------------------------------------


async def test_moving() -> None:
    async with a_list(simple(100)) as view:
        height = view.rows.size.height
        for keys, row in (
            (("down",), 1),
            (("j", "j"), 3),
            (("up",), 2),
            (("k",), 1),
            (("end",), 99),
            (("home",), 0),
            (("G",), 99),
            (("g",), 0),
            (("pagedown",), height - 1),
            (("pagedown",), 2 * (height - 1)),
            (("pageup",), height - 1),
            (("pageup",), 0),
            (("pageup",), 0),
        ):
            await view.press(*keys)
            assert view.rows.cursor == f"id-{row}", keys
            assert view.marked == [f"▌ row {row}"], "the highlight is seen"
        heard = [what for what in view.app.heard if what[0] == "highlighted"]
        assert heard[:3] == [("highlighted", f"id-{n}") for n in (1, 2, 3)]


async def test_beyond_the_ends() -> None:
    async with a_list(simple(3)) as view:
        await view.press("up")
        assert view.app.heard == [("edge", -1)]
        await view.press("down", "down", "down", "j")
        assert view.rows.cursor == "id-2"
        assert view.app.heard[-2:] == [("edge", 1), ("edge", 1)]


async def test_a_row_taller_than_the_screen_is_read_by_pages() -> None:
    tall = Row("tall", Content("\n".join(f"line {n}." for n in range(100))))
    async with a_list((*simple(3), tall, *simple(6)[3:]), size=(30, 12)) as view:
        seen = set(view.lines)
        for _ in range(20):
            await view.press("pagedown")
            seen |= set(view.lines)
        assert {f"line {n}." for n in range(100)} <= {line.strip("▌ ") for line in seen}
        assert view.rows.cursor == "id-5"
        for _ in range(20):
            await view.press("pageup")
        assert view.rows.cursor == "id-0"


@pytest.mark.parametrize("lines", [1, 9, 10, 11, 12, 60])
async def test_pages_lead_past_headings_to_both_ends(lines: int) -> None:
    def tall(name: str) -> Row:
        return Row(name, Content("\n".join(f"{name} {n}." for n in range(lines))))

    rows = (Row("", Content("First")), tall("a"), Row("", Content("Second")), tall("b"))
    async with a_list(rows, size=(30, 12)) as view:
        seen = set(view.lines)
        for _ in range(20):
            await view.press("pagedown")
            seen |= set(view.lines)
        assert view.rows.cursor == "b"
        assert f"▌ b {lines - 1}." in seen
        for _ in range(3):
            for _ in range(20):
                await view.press("pageup")
            assert (view.rows.cursor, view.rows.scroll_y) == ("a", 0)
        assert "  First" in view.lines


async def test_a_row_in_other_colours_is_drawn_in_them() -> None:
    async with a_list(simple(3)) as view:
        before = list(view.rows.render_line(1))
        await view.show((simple(3)[0], Row("id-1", Content.styled("row 1", "bold")), simple(3)[2]))
        after = list(view.rows.render_line(1))
        assert not [s for s in before if s.style and s.style.bold]
        assert [s.text for s in after if s.style and s.style.bold] == ["row 1"]


async def test_headings_are_passed_over() -> None:
    rows = (
        Row("", Content("First")),
        *simple(2),
        Row("", Content(" ")),
        Row("", Content("Second")),
        Row("last", Content("the last")),
    )
    async with a_list(rows) as view:
        assert view.marked == ["▌ row 0"]
        await view.press("down", "down")
        assert view.marked == ["▌ the last"]
        await view.press("up")
        assert view.marked == ["▌ row 1"]
        await view.press("home")
        assert view.marked == ["▌ row 0"]
        await view.press("pagedown")
        assert view.marked == ["▌ the last"]
        await view.pilot.click(Rows, offset=(3, 4))
        assert view.marked == ["▌ the last"], "a heading cannot be chosen"


async def test_the_first_heading_is_seen_when_one_goes_up_again() -> None:
    rows = (Row("", Content("Heading")), *simple(40))
    async with a_list(rows, size=(30, 8)) as view:
        await view.press("end")
        assert "Heading" not in "\n".join(view.lines)
        await view.press("home")
        assert view.lines[0].strip() == "Heading"


async def test_clicking() -> None:
    async with a_list(simple(5)) as view:
        await view.pilot.click(Rows, offset=(3, 2))
        assert view.rows.cursor == "id-2"
        assert ("chosen", "id-2") not in view.app.heard
        await view.pilot.click(Rows, offset=(3, 2))
        assert view.app.heard[-1] == ("chosen", "id-2")
        await view.pilot.click(Rows, offset=(3, 12))
        assert view.rows.cursor == "id-2"


async def test_clicking_where_it_is_scrolled() -> None:
    async with a_list(simple(200)) as view:
        await view.press("end")
        await view.pilot.click(Rows, offset=(3, 0))
        assert view.marked == [view.lines[0]]
        assert view.rows.cursor == f"id-{200 - view.rows.size.height}"


async def test_clicking_any_line_of_a_long_row() -> None:
    rows = (Row("long", Content("word " * 30)), Row("next", Content("next")))
    async with a_list(rows, size=(30, 20)) as view:
        await view.press("down")
        await view.pilot.click(Rows, offset=(3, 3))
        assert view.rows.cursor == "long"


# -- other rows ----------------------------------------------------------------------------


async def test_the_highlight_stays_on_its_row() -> None:
    rows = simple(50)
    async with a_list(rows) as view:
        await view.press(*["down"] * 10)
        await view.show(tuple(reversed(rows)))
        assert view.rows.cursor == "id-10"
        assert view.marked == ["▌ row 10"]
        await view.show((Row("new", Content("new")), *rows))
        assert view.marked == ["▌ row 10"]


@pytest.mark.parametrize(
    ("gone", "then"), [(range(10, 11), 11), (range(45, 50), 44), (range(50), None)]
)
async def test_a_row_that_goes_leaves_the_highlight_in_its_place(
    gone: range, then: int | None
) -> None:
    rows = simple(50)
    async with a_list(rows) as view:
        view.rows.move_to(f"id-{gone[0]}")
        await view.pilot.pause()
        await view.show(tuple(row for n, row in enumerate(rows) if n not in gone))
        if then is None:
            assert view.rows.cursor == ""
            assert "nothing at all" in view.lines[0]
            await view.press("down", "end", "pagedown", "home")
            assert view.app.heard[-1][0] in ("edge", "highlighted")
        else:
            assert view.marked == [f"▌ row {then}"]
            assert view.app.heard[-1] == ("highlighted", f"id-{then}")


async def test_rows_come_into_an_empty_list() -> None:
    async with a_list(()) as view:
        assert "nothing at all" in view.lines[0]
        await view.show(simple(3))
        assert view.marked == ["▌ row 0"]
        assert "nothing at all" not in "\n".join(view.lines)


async def test_a_text_that_changes_is_drawn_again() -> None:
    async with a_list(simple(3)) as view:
        await view.show((Row("id-0", Content("other")), *simple(3)[1:]))
        assert view.lines[:2] == ["▌ other", "  row 1"]


async def test_following_the_end() -> None:
    async with a_list(simple(50)) as view:
        view.rows.action_last()
        view.rows.follow_end()
        await view.pilot.pause()
        assert view.lines[-1] == "▌ row 49"
        await view.show(simple(60))
        view.rows.action_last()
        view.rows.follow_end()
        await view.pilot.pause()
        assert view.lines[-1] == "▌ row 59"


async def test_an_empty_sentence_is_wrapped() -> None:
    async with a_list((), size=(20, 10), empty="one two three four five six seven") as view:
        assert [line.strip() for line in view.lines[:3]] == [
            "one two three", "four five six", "seven",
        ]  # fmt: skip
        view.assert_exact()


# -- widths --------------------------------------------------------------------------------


def full(text: str) -> tuple[Row, ...]:
    """Return rows with a text in each of their places."""
    content = Content(text)
    return (
        Row("body", content),
        Row("both", content, Content("14:02 "), Content("ours")),
        Row("below", Content("short"), Content("> "), below=content),
        Row("right", Content("short"), Content("> "), Content(text[:40])),
        Row("", content, right=Content("3 of 9")),
    )


@pytest.mark.parametrize("width", [12, 20, 39, 40, 79, 120])
async def test_wide_characters_fit_exactly(width: int) -> None:
    async with a_list(full(WIDE), size=(width, 40)) as view:
        view.assert_exact()
        squeezed = "".join("".join(view.lines).split())
        assert "日本語のメモ"[:3] in squeezed
        for row in ("both", "below", "right"):
            view.rows.move_to(row)
            await view.pilot.pause()
            view.assert_exact()


@pytest.mark.sweep
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
async def test_anything_fits_exactly(text: str) -> None:
    cleaned = clean_block(text)[:600]
    async with a_list(full(cleaned), size=(40, 60)) as view:
        view.assert_exact()
        await view.press("down", "down", "end")
        view.assert_exact()


async def test_a_right_side_that_has_no_room_goes_below() -> None:
    row = Row("a", Content("the words of it"), Content("> "), Content("by Fri 27 Nov · Dana"))
    async with a_list((row,), size=(60, 10)) as view:
        assert view.lines[0].split("  ")[0] == "▌ > the words of it"
        assert view.lines[0].endswith("by Fri 27 Nov · Dana")
    async with a_list((row,), size=(26, 10)) as view:
        assert view.lines[0] == "▌ > the words of it"
        assert view.lines[1].strip("▌ ") == "by Fri 27 Nov · Dana"


async def test_resizing_keeps_the_highlight_in_sight() -> None:
    rows = tuple(Row(f"id-{n}", Content(f"row {n} " + "word " * 20)) for n in range(60))
    async with a_list(rows, size=(80, 20)) as view:
        await view.press("end", *["up"] * 20)
        for width, height in ((30, 10), (120, 40), (20, 6), (9, 3), (80, 20)):
            await view.pilot.resize_terminal(width, height)
            await view.pilot.pause()
            view.assert_exact()
            assert view.rows.cursor == "id-39"
            assert view.marked, (width, height)
        assert "row 39" in view.marked[0]


async def test_without_the_focus_nothing_is_marked() -> None:
    async with a_list(simple(3)) as view:
        assert view.marked
        view.app.screen.set_focus(None)
        await view.pilot.pause()
        assert not view.marked
        assert view.lines[0].strip() == "row 0"


async def test_fewer_rows_in_a_lower_box_need_no_scroll_bar() -> None:
    """The box follows the rows one frame later, as the summary's frame does."""
    async with a_list(simple(30), size=(40, 12)) as view:
        room = view.rows.size.height
        await view.show(simple(room + 2))
        await view.pilot.resize_terminal(40, 14)
        await view.pilot.pause()
        assert not view.rows.show_vertical_scrollbar
        await view.show(simple(room))
        await view.pilot.resize_terminal(40, 12)
        await view.pilot.pause()
        assert not view.rows.show_vertical_scrollbar
