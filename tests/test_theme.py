"""Every theme there is: all text can be read on what it stands on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tui.contrast import ENOUGH, Shown, as_it_is, contrast, in_256, legible, weakest
from tui.desk import colours
from tui.theme import DARK, GROUNDS, LIGHT, TEXTS, THEMES, theme_of, variables_of

ALL = [*THEMES, *(theme for theme in BUILTIN_THEMES.values() if not theme.ansi)]
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    ("foreground", "panel"),
    ("input-selection-foreground", "input-selection-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("screen-selection-foreground", "screen-selection-background"),
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("text-muted", "surface"),
    ("text-disabled", "surface"),
]
"""What is written in which colour on which: tests/ui/test_look.py sees that this is all."""

any_colour = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: Color(*rgb))


def variables(theme: Theme, shown: Shown = as_it_is) -> dict[str, str]:
    return variables_of(theme, theme.to_color_system().generate(), shown=shown)


@pytest.mark.parametrize("shown", [as_it_is, in_256])
@pytest.mark.parametrize("theme", ALL, ids=lambda theme: theme.name)
def test_all_text_can_be_read(theme: Theme, shown: Shown) -> None:
    found = variables(theme, shown)
    weak = {
        pair: round(ratio, 2)
        for pair in PAIRS
        if (ratio := contrast(*(shown(Color.parse(found[name])) for name in pair))) < ENOUGH
    }
    assert weak == {}


def test_greys_stay_grey_where_there_are_but_256_colours() -> None:
    """A ground that is a little blue would be shown as teal."""
    for theme in THEMES:
        found = variables(theme)
        grounds = [in_256(Color.parse(found[name])) for name in (*GROUNDS, "rule")]
        assert all(max(c.rgb) - min(c.rgb) < 0x30 for c in grounds), grounds


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_our_own_need_no_help(theme: Theme) -> None:
    found = variables(theme)
    named = theme.to_color_system().generate() | theme.variables
    assert {name: found[name].lower() for name in TEXTS} == {
        name: named[name].lower() for name in TEXTS
    }


def test_a_colour_that_can_be_read_is_left_alone() -> None:
    nord = BUILTIN_THEMES["nord"]
    plain = nord.to_color_system().generate()
    assert variables(nord)["foreground"] == plain["foreground"]
    assert variables(nord)["accent"] != plain["accent"], "its own is too weak on its surface"


@pytest.mark.parametrize("name", [n for n, t in BUILTIN_THEMES.items() if t.ansi])
def test_the_terminals_own_colours_are_left_to_it(name: str) -> None:
    found = variables(BUILTIN_THEMES[name])
    ours = {name: found[name] for name in (*TEXTS, *GROUNDS, "rule", "selection")}
    assert {name: value for name, value in ours.items() if "#" in value} == {}
    assert {found[name] for name in ("foreground", "bright", "muted")} == {"ansi_default"}


@given(any_colour, st.lists(any_colour, min_size=1, max_size=4).map(tuple))
def test_the_nearest_that_can_be_read(text: Color, grounds: tuple[Color, ...]) -> None:
    found = legible(text, grounds)
    best = max(weakest(Color(part, part, part), grounds) for part in (0, 255))
    if weakest(text, grounds) >= ENOUGH:
        assert found == text
    else:
        assert weakest(found, grounds) >= min(ENOUGH, best)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#777", "#fff", 4.48),
        ("#767676", "#fff", 4.54),
        ("#abc", "#abc", 1),
    ],
)
def test_contrast_is_as_the_guidelines_have_it(one: str, other: str, ratio: float) -> None:
    assert contrast(Color.parse(one), Color.parse(other)) == pytest.approx(ratio, abs=0.01)
    assert contrast(Color.parse(other), Color.parse(one)) == pytest.approx(ratio, abs=0.01)


def test_a_theme_of_ones_own_is_taken_at_its_word() -> None:
    mine = theme_of("dusk", {"background": "#301020", "muted": "#553344"}, is_dark=True)
    found = variables(mine)
    assert found["background"].lower() == "#301020"
    assert found["muted"].lower() == "#553344", "hard to read, and meant"
    assert (mine.surface, mine.dark) == (DARK.surface, True)
    assert contrast(Color.parse(found["error"]), Color.parse(found["cursor"])) >= ENOUGH
    assert theme_of("day", {}, is_dark=False).background == LIGHT.background


@pytest.mark.parametrize(("shown", "depth"), [(as_it_is, "truecolor"), (in_256, "256")])
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_what_is_painted_before_textual_is_there_is_in_these_colours(
    theme: Theme, shown: Shown, depth: str
) -> None:
    found = variables(theme, shown)
    wanted = tuple(found[name].lower() for name in colours.NAMES)
    assert colours.OURS[theme.name, depth] == wanted
