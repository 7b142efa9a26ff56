"""Themes: two of our own, Textual's, and those from the manager's files.

Amber has one meaning: what you promised. In another theme it is that theme's accent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.color import Color
from textual.theme import Theme

from tui.contrast import ENOUGH, Shown, as_it_is, contrast, legible

DARK = Theme(
    "alongside-dark",
    primary="#8fa3b8",
    secondary="#7b8794",
    accent="#e8a33d",
    warning="#e8a33d",
    error="#ff7b72",
    success="#8fbf8f",
    foreground="#d6d3cc",
    background="#15171c",
    surface="#1c1e24",
    panel="#262932",
    dark=True,
    variables={
        "bright": "#ffffff",
        "muted": "#a5a299",
        "rule": "#3a3f4b",
        "cursor": "#2c303a",
        "selection": "#3f4854",
    },
)

LIGHT = Theme(
    "alongside-light",
    primary="#3f5368",
    secondary="#5d6873",
    accent="#8a5200",
    warning="#8a5200",
    error="#b3261e",
    success="#2f6b2f",
    foreground="#2b2a27",
    background="#faf8f4",
    surface="#f2efe8",
    panel="#e9e5dc",
    dark=False,
    variables={
        "bright": "#000000",
        "muted": "#63605a",
        "rule": "#cfcabf",
        "cursor": "#eae8e3",
        "selection": "#cfdcea",
    },
)

THEMES = (DARK, LIGHT)
AUTO = "auto"
"""The theme that goes by the background of the terminal."""

TEXTS = ("foreground", "bright", "muted", "accent", "error")
"""The colours in which text is written."""
GROUNDS = ("background", "surface", "cursor")
"""What text stands on; what is said in passing stands on ``panel``, in the foreground's colour."""
OWN = ("bright", "muted", "rule", "cursor", "selection")
"""Variables of our own, which a theme that is not ours need not have."""

TINTS = (0.4, 0.3, 0.2, 0.15, 0.1, 0.05)
"""How much of the theme's own colour is behind what is selected: the most that can be read on."""

OF_THE_TERMINAL = {
    "bright": "ansi_default",
    "muted": "ansi_default",
    "rule": "ansi_bright_black",
    "cursor": "ansi_default",
    "selection": "ansi_cyan",
    "text-muted": "ansi_default",
    "text-disabled": "ansi_default",
}
"""In a theme of the terminal's own sixteen colours nobody knows what can be read on what."""


def theme_of(name: str, colours: Mapping[str, str], *, is_dark: bool) -> Theme:
    """Return a theme from the manager's own file; what it does not name is ours.

    Args:
        name: What it is called.
        colours: Its colours, by the names they have in our themes.
        is_dark: Whether its background is dark.
    """
    ours = DARK if is_dark else LIGHT
    fields = {key: value for key, value in colours.items() if key not in OWN}
    named = {key: value for key, value in colours.items() if key in (*TEXTS, *OWN)}
    return replace(ours, name=name, variables=named, **fields)  # type: ignore[arg-type]


def variables_of(
    theme: Theme, generated: Mapping[str, str], *, shown: Shown = as_it_is
) -> dict[str, str]:
    """Return the variables of a theme, with ours, so that all text can be read on what it is on.

    What the author of a theme file has named is taken as it is.

    Args:
        theme: The theme.
        generated: What Textual makes of it.
        shown: How the terminal shows a colour, where it has not all of them.
    """
    if theme.ansi:
        amber = {"accent": "ansi_yellow"} if theme.dark else {}
        return {**generated, **OF_THE_TERMINAL, **amber}
    named = theme.variables
    base = Color.parse(generated["background"])
    ink = Color.parse(generated["foreground"])
    cursor = Color.parse(named.get("cursor", base.blend(ink, 0.12).hex))
    grounds = (base, Color.parse(generated["surface"]), cursor)
    panel = Color.parse(generated["panel"])

    def read(name: str, wanted: Color, *more: Color) -> Color:
        if name in named:
            return Color.parse(named[name])
        return legible(wanted, (*grounds, *more), shown=shown)

    foreground = read("foreground", ink, panel)
    end = Color.parse("#ffffff" if theme.dark else "#000000")
    muted = read("muted", foreground.blend(base, 0.35)).hex
    tints = (base.blend(Color.parse(generated["primary"]), part) for part in TINTS)
    readable = (tint for tint in tints if contrast(shown(foreground), shown(tint)) >= ENOUGH)
    chosen = named.get("selection") or next(readable, base).hex
    plain, ground = foreground.hex, base.hex
    return {
        **generated,
        "foreground": plain,
        "bright": read("bright", foreground.blend(end, 0.8)).hex,
        "muted": muted,
        "accent": read("accent", Color.parse(generated["accent"])).hex,
        "error": read("error", Color.parse(generated["error"])).hex,
        "rule": named.get("rule", base.blend(foreground, 0.2).hex),
        "cursor": cursor.hex,
        "text-muted": muted,
        "text-disabled": muted,
        "input-cursor-background": plain,
        "input-cursor-foreground": ground,
        "input-selection-background": chosen,
        "input-selection-foreground": plain,
        "screen-selection-background": plain,
        "screen-selection-foreground": ground,
        "block-cursor-background": plain,
        "block-cursor-foreground": ground,
        "block-cursor-blurred-background": cursor.hex,
        "block-cursor-blurred-foreground": plain,
    }
