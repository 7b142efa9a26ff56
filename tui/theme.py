"""Our two themes. Amber has one meaning: what you promised."""

from __future__ import annotations

from textual.theme import Theme

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
    surface="#1b1e25",
    panel="#242832",
    dark=True,
    variables={
        "bright": "#ffffff",
        "muted": "#9b988f",
        "rule": "#3a3f4b",
        "cursor": "#2b303c",
        "block-cursor-background": "#d6d3cc",
        "block-cursor-foreground": "#15171c",
        "input-selection-background": "#3c4a5c",
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
        "muted": "#66635c",
        "rule": "#cfcabf",
        "cursor": "#e4ded1",
        "block-cursor-background": "#2b2a27",
        "block-cursor-foreground": "#faf8f4",
        "input-selection-background": "#cfdcea",
    },
)

THEMES = (DARK, LIGHT)

VARIABLE_DEFAULTS = {
    "bright": "#ffffff",
    "muted": "#9b988f",
    "rule": "#3a3f4b",
    "cursor": "#2b303c",
}
"""For themes that are not ours and do not name these."""
