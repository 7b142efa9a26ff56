"""The colours of a theme as plain values, for what is on the screen before Textual is loaded.

Our own two are known. What Textual makes of any other is remembered from the last time it was worn,
so that the first paint is in it too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress

from tui.desk.background import guess_light
from tui.desk.places import config_root, state_root
from tui.desk.replacing import replace_file

NAMES = ("background", "foreground", "bright", "muted", "accent", "error", "rule", "cursor")
"""What home is drawn in, in this order."""
DARK, LIGHT = "alongside-dark", "alongside-light"
MANY, FEWER = "truecolor", "256"
"""How many colours a terminal has, in Rich's words."""
Look = tuple[str, str]
"""The name of a theme, and how many colours there are to show it in."""
OURS: dict[Look, tuple[str, ...]] = {
    (DARK, MANY): (
        "#15171c", "#d6d3cc", "#ffffff", "#a5a299", "#e7a33d", "#fe7b72", "#3a3f4b", "#2c303a",
    ),
    (LIGHT, MANY): (
        "#faf8f4", "#2b2a27", "#000000", "#63605a", "#895200", "#b2261e", "#cfcabf", "#eae8e3",
    ),
    (DARK, FEWER): (
        "#15171c", "#d6d3cc", "#ffffff", "#a5a299", "#e7a33d", "#fe7b72", "#3a3f4b", "#2c303a",
    ),
    (LIGHT, FEWER): (
        "#faf8f4", "#2b2a27", "#000000", "#63605a", "#895200", "#b2261e", "#cfcabf", "#eae8e3",
    ),
}  # fmt: skip
"""As they are on the screen in the end: see `tui.theme`, which needs Textual to say so."""
FILE = "colours"
AT_MOST = 12
"""So many looks are remembered."""

RGB = tuple[int, int, int]


def colours_now(environ: Mapping[str, str]) -> dict[str, RGB] | None:
    """Return the colours the app will begin in, by their names; None where nobody knows yet.

    Without a background it is the terminal's own.
    """
    wanted, is_see_through = environ.get("TEXTUAL_THEME", ""), False
    if os.path.isdir(config_root(environ)):
        from tui.desk.settings import read_settings

        settings = read_settings(environ)
        wanted, is_see_through = wanted or settings.theme, settings.is_see_through
    if wanted in ("", "auto"):
        wanted = LIGHT if guess_light(environ) else DARK
    look = (wanted, depth(environ))
    values = _remembered(environ).get(look) or OURS.get(look)
    if values is None:
        return None
    found = {name: _rgb(value) for name, value in zip(NAMES, values, strict=True)}
    if is_see_through:
        del found[NAMES[0]]
    return found


def remember(environ: Mapping[str, str], look: Look, variables: Mapping[str, str]) -> None:
    """Keep the colours of a look that is worn for the next start, unless they are known.

    Colours of the terminal's own, which have no value, are not kept.
    """
    values = tuple(variables.get(name, "").lower() for name in NAMES)
    known = _remembered(environ)
    if not all(map(_is_plain, values)) or (known.get(look) or OURS.get(look)) == values:
        return
    known.pop(look, None)
    kept = [*list(known.items())[1 - AT_MOST :], (look, values)]
    path = os.path.join(state_root(environ), FILE)
    with suppress(OSError, UnicodeError):
        replace_file(path, "".join(f"{' '.join(v)} {many} {name}\n" for (name, many), v in kept))


def _remembered(environ: Mapping[str, str]) -> dict[Look, tuple[str, ...]]:
    """Return the colours of each look that was worn; nothing where the file cannot be read."""
    try:
        with open(os.path.join(state_root(environ), FILE), encoding="utf-8") as file:
            lines = file.read(AT_MOST * 200).splitlines()
    except (OSError, ValueError):
        return {}
    found = {}
    for line in lines:
        *values, many, name = line.split(" ", len(NAMES) + 1) if line.count(" ") > 8 else ("", "")
        if values and all(map(_is_plain, values)):
            found[name, many] = tuple(values)
    return found


def _is_plain(value: str) -> bool:
    return len(value) == 7 and value[0] == "#" and set(value[1:]) <= set("0123456789abcdef")


def _rgb(value: str) -> RGB:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


class Ink:
    """Writes a style as a terminal of a kind is told it, as Textual and Rich would."""

    def __init__(self, colours: Mapping[str, RGB], environ: Mapping[str, str]) -> None:
        """Write in colours.

        Raises:
            ValueError: Where the terminal has so few colours that it is left to them.
        """
        self._has_many = depth(environ) == MANY
        if "NO_COLOR" in environ:
            colours = {name: _grey(*rgb) for name, rgb in colours.items()}
        self._colours = {name: self._digits(rgb) for name, rgb in colours.items()}

    def code(self, style: str, ground: str = "background") -> str:
        """Return what begins a style: names of colours, ``bold``, ``italic``, on a ground."""
        colour, attributes = "foreground", ""
        for word in style.split():
            if word.startswith("$"):
                colour = word[1:]
            else:
                attributes += {"bold": ";1", "italic": ";3"}[word]
        behind = f"48;{self._colours[ground]}" if ground in self._colours else "49"
        return f"\x1b[0{attributes};38;{self._colours[colour]};{behind}m"

    def _digits(self, rgb: RGB) -> str:
        if self._has_many:
            return "2;{};{};{}".format(*rgb)
        return f"5;{_of_256(rgb)}"


def _grey(red: int, green: int, blue: int) -> RGB:
    """Return the grey that Textual makes of a colour where there are to be none."""
    grey = round(red * 0.2126 + green * 0.7152 + blue * 0.0722)
    return grey, grey, grey


def depth(environ: Mapping[str, str]) -> str:
    """Return how many colours Rich would use here.

    Raises:
        ValueError: Where the terminal has so few that it is left to them.
    """
    if environ.get("TEXTUAL_COLOR_SYSTEM", "auto") != "auto":
        raise ValueError("chosen by hand")
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return MANY
    if environ.get("TERM", "").strip().lower().rpartition("-")[2] in ("256color", "kitty"):
        return FEWER
    raise ValueError("few colours")


def _of_256(rgb: RGB) -> int:
    """Return the nearest of the 256 colours, as Rich finds it (``rich/color.py``, 15)."""
    red, green, blue = rgb
    high, low = max(rgb) / 255, min(rgb) / 255
    light = (high + low) / 2
    spread = high - low
    full = high + low if light <= 0.5 else 2 - high - low
    if spread == 0 or spread / full < 0.15:
        grey = round(light * 25)
        return {0: 16, 25: 231}.get(grey, 231 + grey)
    six_red, six_green, six_blue = (
        round(part / 95 if part < 95 else 1 + (part - 95) / 40) for part in (red, green, blue)
    )
    return 16 + 36 * six_red + 6 * six_green + six_blue
