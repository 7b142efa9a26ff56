"""What the manager has chosen, judged as a whole: what counts, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tui.desk.settings import STANDARD, Settings, read_settings, settings_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.commands import Command
    from tui.domain.checklist import Template


class Chosen(NamedTuple):
    """What counts of the settings, and what does not."""

    settings: Settings
    commands: tuple[Command, ...]
    """Actions with the keys that were chosen for them."""
    mistakes: tuple[str, ...]
    """All that is wrong, each as a sentence with its place."""


def read_chosen(environ: Mapping[str, str], own: Mapping[str, Template] | None = None) -> Chosen:
    """Return what the manager has chosen.

    Args:
        environ: The environment.
        own: The manager's own templates, to look whether the chosen one is there; None where
            these are others, as in the demo.
    """
    settings = read_settings(environ)
    mistakes = list(settings.mistakes)
    commands: tuple[Command, ...] = ()
    path = settings_path(environ)
    if settings.checklist != STANDARD and own is not None:
        from tui.desk.beginnings import checklist_mistake

        mistakes += checklist_mistake(settings, own, path)
    if settings.keys:
        from tui.keymap import keymap_of

        keymap = keymap_of(settings.keys)
        commands = keymap.commands
        mistakes += (f"{path}: {wrong}." for wrong in keymap.mistakes)
    return Chosen(settings, commands, tuple(mistakes))
