"""What the screen looks like: its surfaces, its empty and its damaged states, in three sizes."""

from __future__ import annotations

from tests.looks.play import RECALLED, TALK, Scene
from tui.theme import DARK, LIGHT

SIZES = {"narrow": (40, 20), "normal": (80, 24), "wide": (120, 40)}
LOOKS = {"dark": DARK.name, "light": LIGHT.name}

PLAYED = (
    Scene("home", (0, 0), ("down",)),
    Scene("prepare", (0, 0), ("down", "enter", "space", "down", "space", "down", "r")),
    Scene("listen", (0, 0), (*TALK, ">", "text:ask Lena about the talk by 4 dec")),
    Scene("board", (0, 0), ("f5", "f5", "right")),
    Scene("look-back", (0, 0), ("down", "f6", "until:heard|not asked")),
    Scene("debrief", (0, 0), (*TALK, "ctrl+g", "ctrl+g", "f8", *RECALLED)),
    Scene("away", (0, 0), (*TALK, "f9")),
    Scene("summary", (0, 0), (*TALK, "f7")),
    Scene("home-empty", (0, 0), (), is_demo=False),
    Scene("listen-empty", (0, 0), ("down", "down", "l")),
    Scene("search-nothing", (0, 0), ("ctrl+f", *"zebra", "until:No line")),
    Scene(
        "home-damaged",
        (0, 0),
        ("until:damaged|cannot be read",),
        damages="people/dana*/2026-11-1*.json",
    ),
)
"""Each is played in all sizes and both of our themes."""


def all_scenes() -> tuple[Scene, ...]:
    """Return every scene in every size and theme, named by all three."""
    return tuple(
        scene._replace(name=f"{scene.name}-{size}-{look}", size=SIZES[size], theme=LOOKS[look])
        for scene in PLAYED
        for size in SIZES
        for look in LOOKS
    )
