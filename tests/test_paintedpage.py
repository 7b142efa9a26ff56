"""The page that is painted before Textual is loaded stops where it cannot be sure of a cell."""

from __future__ import annotations

from datetime import date

import pyte
import pytest

from tests.builders import HOSTILE
from tui.desk.colours import NAMES, Ink
from tui.domain.people import Person
from tui.domain.standing import Standing
from tui.paintedpage import Page

TODAY = date(2026, 11, 22)


def standing(name: str) -> Standing:
    """Return where things stand with somebody."""
    return Standing(Person(name, name), None, None, TODAY, 2, 0, TODAY)


def painted(*names: str, columns: int = 80, rows: int = 24) -> list[str]:
    """Return the lines of the screen after the whole paint."""
    ink = Ink(dict.fromkeys(NAMES, (1, 2, 3)), {"COLORTERM": "truecolor"})
    page = Page(ink, columns, rows)
    screen = pyte.Screen(columns, rows)
    stream = pyte.Stream(screen)
    stream.feed(page.begun(""))
    stream.feed(page.filled("", [standing(name) for name in names], is_saved=True))
    return [line.rstrip() for line in screen.display]


def test_everybody_is_there_below_the_heading() -> None:
    lines = painted("Dana Okafor", "Михаил Лебедев", "Zoë")
    assert lines[0].startswith(" alongside")
    assert lines[0].endswith("Sunday 22 November · 3 due · you owe 6   saved ●")
    assert lines[1] == "─" * 80
    assert [line[2:20].rstrip() for line in lines[2:6]] == [
        "Dana Okafor", "Михаил Лебедев", "Zoë", "",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [*HOSTILE, "👩‍💻 Ada", "é" + "e\u0301", "a  b", "W" * 200])
def test_where_a_name_may_take_other_cells_it_stops(name: str) -> None:
    lines = painted("Dana", name, "Sam")
    assert "Dana" in lines[2]
    is_sure = (name.isascii() and len(name) < 30) or name.startswith("日本")
    if is_sure and name.isprintable():
        assert name in lines[3]
    else:
        assert not any(lines[3:-1]), lines


@pytest.mark.parametrize(("columns", "rows"), [(24, 6), (26, 40), (64, 6), (110, 20), (300, 90)])
def test_it_stays_on_the_screen(columns: int, rows: int) -> None:
    names = [f"Somebody {number}" for number in range(100)]
    try:
        lines = painted(*names, columns=columns, rows=rows)
    except ValueError:
        assert columns < 30, "only a narrow screen has no room for the heading"
    else:
        assert lines[-1].strip() == "", "the keys stand there"
        assert "Somebody 0" in "\n".join(lines)
