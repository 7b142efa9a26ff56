"""The colours of the first paint are those of the app, in every terminal that has so many."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color

from tests.builders import Bench
from tests.ui.app import opened
from tui.desk.colours import (
    AT_MOST,
    DARK,
    FEWER,
    FILE,
    LIGHT,
    MANY,
    NAMES,
    OURS,
    Ink,
    colours_now,
    depth,
    remember,
)

RGB = st.tuples(*[st.integers(0, 255)] * 3)
PLAIN = dict.fromkeys(NAMES, "#102030")


def surroundings(folder: Path, **more: str) -> Mapping[str, str]:
    """Return the environment of somebody with a terminal of many colours."""
    return {"HOME": str(folder), "XDG_STATE_HOME": str(folder), "COLORTERM": "truecolor"} | more


@given(RGB)
def test_of_256_colours_it_takes_the_one_rich_takes(rgb: tuple[int, int, int]) -> None:
    ink = Ink(dict.fromkeys(NAMES, rgb), {"TERM": "xterm-256color"})
    number = RichColor.from_rgb(*rgb).downgrade(ColorSystem.EIGHT_BIT).number
    assert ink.code("") == f"\x1b[0;38;5;{number};48;5;{number}m"


@given(RGB)
def test_without_colour_it_takes_the_grey_textual_takes(rgb: tuple[int, int, int]) -> None:
    ink = Ink(dict.fromkeys(NAMES, rgb), {"COLORTERM": "24bit", "NO_COLOR": ""})
    grey = Color(*rgb).monochrome.r
    shade = f"2;{grey};{grey};{grey}"
    assert ink.code("$muted italic") == f"\x1b[0;3;38;{shade};48;{shade}m"


def test_a_ground_that_is_the_terminals_own_is_left_to_it() -> None:
    ink = Ink({"foreground": (1, 2, 3)}, {"COLORTERM": "truecolor"})
    assert ink.code("bold") == "\x1b[0;1;38;2;1;2;3;49m"


@pytest.mark.parametrize(
    "environ",
    [{}, {"TERM": "xterm"}, {"TERM": "linux"}, {"TERM": "xterm-16color"}],
    ids=lambda environ: str(environ.get("TERM")),
)
def test_few_colours_are_left_to_the_terminal(environ: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="few"):
        depth(environ)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
async def test_ours_are_known_as_the_app_makes_them(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    """Where this fails, write down what is on the left: something about the themes has changed."""
    monkeypatch.setenv("TEXTUAL_THEME", theme)
    async with opened(bench) as desk:
        many = MANY if desk.app.console.color_system == MANY else FEWER
        made = tuple(desk.app.theme_variables[name].lower() for name in NAMES)
        assert made == OURS[theme, many]


def test_a_light_terminal_begins_light(tmp_path: Path) -> None:
    dark, light = (OURS[name, MANY][0] for name in (DARK, LIGHT))
    for environ, ground in (({}, dark), ({"COLORFGBG": "0;15"}, light)):
        found = colours_now(surroundings(tmp_path, **environ))
        assert found is not None
        assert "#{:02x}{:02x}{:02x}".format(*found["background"]) == ground


# -- what is remembered --------------------------------------------------------------------


def test_a_theme_is_known_once_it_was_worn(tmp_path: Path) -> None:
    environ = surroundings(tmp_path, TEXTUAL_THEME="a theme of my own")
    assert colours_now(environ) is None
    remember(environ, ("a theme of my own", MANY), PLAIN)
    found = colours_now(environ)
    assert found is not None
    assert set(found.values()) == {(0x10, 0x20, 0x30)}
    assert colours_now(surroundings(tmp_path, TEXTUAL_THEME="a theme")) is None


def test_colours_of_the_terminals_own_are_not_kept(tmp_path: Path) -> None:
    environ = surroundings(tmp_path, TEXTUAL_THEME="ansi")
    remember(environ, ("ansi", MANY), PLAIN | {"muted": "ansi_default"})
    assert colours_now(environ) is None
    assert os.listdir(tmp_path) == []


def test_what_is_known_anyway_is_not_written(tmp_path: Path) -> None:
    environ = surroundings(tmp_path)
    remember(environ, (DARK, MANY), dict(zip(NAMES, OURS[DARK, MANY], strict=True)))
    assert os.listdir(tmp_path) == []


def test_so_many_are_kept(tmp_path: Path) -> None:
    environ = surroundings(tmp_path)
    for number in range(AT_MOST + 3):
        remember(environ, (f"theme {number}", MANY), PLAIN)
    kept = (tmp_path / "alongside" / FILE).read_text().splitlines()
    assert [line.rpartition(" ")[2] for line in kept] == [str(n) for n in range(3, AT_MOST + 3)]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"#1 #2\n", b"x " * 9 + b"truecolor nord\n"])
def test_a_damaged_file_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "alongside").mkdir()
    (tmp_path / "alongside" / FILE).write_bytes(data)
    assert colours_now(surroundings(tmp_path, TEXTUAL_THEME="nord")) is None
    assert colours_now(surroundings(tmp_path)) is not None
