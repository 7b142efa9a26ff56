"""The sentences of the settings; the others are in `words`."""

from __future__ import annotations

from collections.abc import Sequence

from tui.commands import key_for
from tui.domain.text import clean_line

SETTINGS = "Settings"


def about_settings(path: str, *, is_demo: bool = False) -> str:
    """Return where the settings are, and what else is in there."""
    own = "These are your own, not the demo's. " if is_demo else ""
    return (
        f"{own}What you change here counts at once. Keys of your own are in the same file, below "
        f"[keys], and count from the next start: {clean_line(path)}"
    )


def settings_saved(path: str) -> str:
    """Return that settings were written, and where."""
    return f"Saved in {clean_line(path)}."


_MISTAKES_AT_ONCE = 6
"""How many are shown in passing; more would be in the way."""


def mistakes(found: Sequence[str]) -> str:
    """Return what is wrong in the settings; the rest of them counts.

    The file is named once for what follows in it.
    """
    said: list[str] = []
    file = ""
    for sentence in found[:_MISTAKES_AT_ONCE]:
        path, colon, what = clean_line(sentence).partition(": ")
        said.append(what if colon and path == file else f"{path}{colon}{what}")
        file = path
    more = len(found) - len(said)
    if more:
        said.append(f"There {'is' if more == 1 else 'are'} {more} more: alongside check lists all.")
    return f"{chr(10).join(said)}\nThe rest counts as usual."


def no_such_theme(name: str) -> str:
    """Return that the settings name a theme there is not."""
    palette = key_for("app.palette")
    return f"There is no theme “{clean_line(name)}”; {palette}, Change theme, shows all there are."
