"""How the app looks: in every theme, and in whatever terminal it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.color import Color
from textual.command import CommandList
from textual.filter import NoColor
from textual.screen import ModalScreen
from textual.theme import BUILTIN_THEMES
from textual.widget import Widget

from tests.builders import Bench
from tests.ui.app import WIDE, Desk, opened, strips_of
from tests.ui.test_layout import with_all
from tui.contrast import ENOUGH, contrast
from tui.desk.background import guess_light
from tui.desk.places import config_root
from tui.theme import DARK, LIGHT

NAMES = [
    DARK.name,
    *(name for name, theme in BUILTIN_THEMES.items() if not theme.ansi),
    LIGHT.name,
]
SURFACES: tuple[tuple[tuple[str, ...], str], ...] = (
    ((), "Dana Okafor"),
    (("f3",), "Before you talk"),
    (("f3", "c"), "enter copy"),
    (("f4", *">send it by fri"), "by Fri"),
    (("f4", "escape", "slash"), "find: words of this"),
    (("f8",), "debrief"),
    (("f5",), "Captured"),
    (("f6",), "word after word"),
    (("f4", "f7"), "What Dana will read"),
    (("n", "enter"), "A person needs a name"),
    (("o",), "One-to-ones with Dana"),
    (("e", "down", "enter", *"in private"), "in private"),
    (("ctrl+f", *"the"), "the last word"),
    (("f1",), "prepare"),
    (("ctrl+p", *"pre"), "prepare"),
)
"""Keys from home, and what is there then: all sorts of widgets and colours."""


def weak_pairs(desk: Desk) -> dict[tuple[str, str], tuple[float, str]]:
    """Return the colours of text in front that cannot be read on what they are on, with a text."""
    front = [w for w in desk.app.screen.walk_children(Widget) if w.display and w.visible]
    boxes = [w.region for w in front if w.styles.background.a == 1 or isinstance(w, CommandList)]
    is_dialog = isinstance(desk.app.screen, ModalScreen)  # what is behind it is not to be read
    found = {}
    for y, strip in enumerate(strips_of(desk.app)):
        x = 0
        for text, style, _ in strip:
            place = x
            x += cell_len(text)
            if style is None or style.color is None or not any(map(str.isalnum, text)):
                continue
            if is_dialog and not any(box.contains(place, y) for box in boxes):
                continue
            assert style.color.triplet is not None, (text, style)
            assert style.bgcolor is not None, (text, style)
            assert style.bgcolor.triplet is not None, (text, style)
            one, other = Color(*style.color.triplet), Color(*style.bgcolor.triplet)
            if (ratio := contrast(one, other)) < ENOUGH:
                found[one.hex, other.hex] = (round(ratio, 2), text)
    return found


@pytest.mark.parametrize("name", NAMES)
async def test_all_text_on_all_surfaces_can_be_read(
    bench: Bench, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_all(bench)
    monkeypatch.setenv("TEXTUAL_THEME", name)
    async with opened(bench, size=WIDE, notifications=True) as desk:
        assert desk.app.theme == name
        for keys, shown in SURFACES:
            await desk.press(*keys)
            desk.app.say("something in passing", is_problem=True)
            await desk.shows(shown, "something in passing")
            assert weak_pairs(desk) == {}, keys
            await desk.press("escape", "f2")
            await desk.shows("▌ Dana Okafor", without="type to find")


async def test_it_goes_by_the_terminal_until_a_theme_is_chosen(bench: Bench) -> None:
    with_all(bench)
    async with opened(bench) as desk:
        app = desk.app
        assert app.theme == DARK.name, "nobody answers"
        app.hear_background("rgb:fafa/f0f0/e0e0")
        await desk.until(lambda: app.theme == LIGHT.name)
        app.hear_background("something else")
        app.hear_background("rgb:1010/1010/1010")
        await desk.until(lambda: app.theme == DARK.name)
        app.theme = "nord"
        app.hear_background("rgb:ffff/ffff/ffff")
        await desk.idle()
        assert app.theme == "nord"
        app.wear("auto")
        app.hear_background("rgb:ffff/ffff/ffff")
        await desk.until(lambda: app.theme == LIGHT.name)
        app.wear("no such theme")
        assert app.theme == LIGHT.name


async def test_what_a_light_terminal_has_said_counts_at_the_next_start(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "of this machine"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    environ = {"XDG_STATE_HOME": str(folder), "TERM": "xterm"}
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("TERM_PROGRAM", raising=False)
    async with opened(bench) as desk:
        desk.app.hear_background("rgb:0000/0000/0000")
        await desk.idle()
        assert not folder.exists(), "dark is what it is anyway"
        desk.app.hear_background("rgb:ffff/ffff/ffff")
        await desk.until(lambda: desk.app.theme == LIGHT.name)
    assert guess_light(environ)
    async with opened(bench) as desk:
        assert desk.app.theme == LIGHT.name


async def test_a_theme_of_ones_own_and_every_mistake_in_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = Path(config_root({"XDG_CONFIG_HOME": str(tmp_path)}))
    (folder / "themes").mkdir(parents=True)
    (folder / "themes" / "[dusk].toml").write_text('background = "#301020"\naccent = "amber"')
    (folder / "themes" / "dawn.toml").write_text("background = ")
    (folder / "settings.toml").write_text('[look]\ntheme = "[dusk]"\n')
    async with opened(bench) as desk:
        assert desk.app.theme == "[dusk]"
        assert desk.app.theme_variables["background"].lower() == "#301020"
        assert "[dusk].toml: accent is not a colour" in desk.said
        assert "dawn.toml is not understood" in desk.said


async def test_without_colours_nothing_is_black_on_black(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a theme of the terminal's own colours it writes in the terminal's own, and in no other."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(bench) as desk:
        desk.app.theme = "ansi-dark"
        await desk.until(lambda: any(isinstance(f, NoColor) for f in desk.app._filters))
        await desk.idle()
        styles = [s for strip in desk.app.screen._compositor.render_strips() for _, s, _ in strip]
        colours = {c for s in styles if s for c in (s.color, s.bgcolor) if c is not None}
        assert {c.name for c in colours} == {"default"}
