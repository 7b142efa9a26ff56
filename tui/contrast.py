"""How well one colour can be read on others, and what is done where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color

Shown = Callable[[Color], Color]
"""How a terminal shows a colour."""

ENOUGH = 4.5
"""The contrast that text needs, by the Web Content Accessibility Guidelines 2.2 (1.4.3)."""
STEPS = 50
BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two opaque colours: 1 where they are the same, 21 at the most."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def weakest(text: Color, grounds: Iterable[Color]) -> float:
    """Return the contrast of a text on the ground on which it can be read worst."""
    return min(contrast(text, ground) for ground in grounds)


def as_it_is(colour: Color) -> Color:
    """Return a colour as a terminal with all colours shows it."""
    return colour


def in_256(colour: Color) -> Color:
    """Return a colour as a terminal with 256 of them shows it: as Rich chooses among these."""
    near = RichColor.from_rgb(colour.r, colour.g, colour.b).downgrade(ColorSystem.EIGHT_BIT)
    return Color(*near.get_truecolor())


def legible(text: Color, grounds: Iterable[Color], *, shown: Shown = as_it_is) -> Color:
    """Return a colour as near to the one given as can be read on all the grounds.

    It is made lighter or darker, whichever goes further on these grounds, until it holds. Where
    nothing does, because the grounds are too far apart, it is black or white.
    """
    seen = tuple(shown(ground) for ground in grounds)
    if weakest(shown(text), seen) >= ENOUGH:
        return text
    end = max((BLACK, WHITE), key=lambda colour: weakest(colour, seen))
    for step in range(1, STEPS):
        nearer = text.blend(end, step / STEPS)
        if weakest(shown(nearer), seen) >= ENOUGH:
            return nearer
    return end


def _luminance(colour: Color) -> float:
    red, green, blue = (_linear(part / 255) for part in (colour.r, colour.g, colour.b))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
