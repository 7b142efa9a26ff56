"""The manager's own themes: a file each in a folder beside the settings; there need not be any."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from tui.desk.places import config_root
from tui.domain.text import clean_line

FOLDER = "themes"
ENDING = ".toml"
AT_MOST = 20_000
"""Bytes; a file that is longer was not meant."""
COLOURS = (
    "background", "surface", "panel", "foreground", "bright", "muted", "accent", "error", "rule",
    "cursor", "selection", "primary", "secondary", "success", "warning",
)  # fmt: skip
"""What a theme may name, as our own do; what it leaves out is as in ours."""
DARK = "dark"
"""Whether the background is dark: the one field that is no colour."""


class OwnTheme(NamedTuple):
    """A theme as it is in its file."""

    name: str
    colours: dict[str, str]
    is_dark: bool = True


class OwnThemes(NamedTuple):
    """All themes in the folder, and what could not be understood."""

    themes: tuple[OwnTheme, ...] = ()
    mistakes: tuple[str, ...] = ()


def themes_path(environ: Mapping[str, str]) -> str:
    """Return where the folder is, or would be."""
    return os.path.join(config_root(environ), FOLDER)


def read_themes(environ: Mapping[str, str]) -> OwnThemes:
    """Return the themes; every mistake in them is among the mistakes, and the rest counts."""
    folder = themes_path(environ)
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(ENDING))
    except FileNotFoundError:
        return OwnThemes()
    except OSError as error:
        return OwnThemes(mistakes=(f"{folder}: {error.strerror}.",))
    found: list[OwnTheme] = []
    mistakes: list[str] = []
    for name in names:
        if name == ENDING:
            continue
        path = os.path.join(folder, name)
        try:
            fields = _fields(path)
        except OSError as error:
            mistakes.append(f"{clean_line(path)}: {error.strerror}.")
        except (ValueError, RecursionError) as error:
            mistakes.append(f"{clean_line(path)} is not understood: {clean_line(str(error))}.")
        else:
            theme, wrong = _theme(clean_line(name.removesuffix(ENDING)), fields)
            found.append(theme)
            mistakes += (f"{clean_line(path)}: {what}." for what in wrong)
    return OwnThemes(tuple(found), tuple(mistakes))


def _fields(path: str) -> dict[str, Any]:
    import tomllib

    with open(path, "rb") as file:
        data = file.read(AT_MOST + 1)
    if len(data) > AT_MOST:
        raise ValueError(f"it is longer than {AT_MOST // 1000} kB")
    return tomllib.loads(data.decode("utf-8-sig"))


def _theme(name: str, fields: dict[str, Any]) -> tuple[OwnTheme, list[str]]:
    """Return a theme from the fields of its file, and what is wrong with them."""
    wrong = []
    colours = {}
    for field, value in fields.items():
        said = clean_line(field)
        if field == DARK:
            if not isinstance(value, bool):
                wrong.append(f"{said} is neither true nor false")
        elif field not in COLOURS:
            wrong.append(f"{said} is not known")
        elif (colour := _colour(value)) is None:
            wrong.append(f"{said} is not a colour such as #e8a33d")
        else:
            colours[field] = colour
    is_dark = fields.get(DARK)
    if not isinstance(is_dark, bool):
        is_dark = _is_dark(colours.get("background", "#000000"))
    return OwnTheme(name, colours, is_dark), wrong


def _colour(value: object) -> str | None:
    """Return a colour in six digits; None where it is not one."""
    if not isinstance(value, str) or not value.startswith("#"):
        return None
    digits = value[1:].lower()
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6 or not set(digits) <= set("0123456789abcdef"):
        return None
    return f"#{digits}"


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return is_dark(red / 255, green / 255, blue / 255)


def is_dark(red: float, green: float, blue: float) -> bool:
    """Return whether white can be read better on a colour than black; its parts are 0 to 1."""
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (red, green, blue)
    )
    light = sum(
        part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)
    )
    return bool((light + 0.05) ** 2 < 1.05 * 0.05)
