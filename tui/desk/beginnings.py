"""How a new one-to-one begins, where the manager has chosen a checklist for it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from tui.desk.settings import Settings, read_settings
from tui.desk.shipped import standard_template, templates
from tui.domain.checklist import Template
from tui.domain.text import fold


def first_template(
    own: Mapping[str, Template], environ: Mapping[str, str] | None = None
) -> Template:
    """Return the checklist a one-to-one begins with: the one that was chosen, or the standard.

    Args:
        own: The manager's own templates, by their ids.
        environ: The environment; the program's own where none is given.
    """
    wanted = read_settings(os.environ if environ is None else environ).checklist
    return _named(wanted, own) or standard_template()


def checklist_mistake(
    settings: Settings, own: Mapping[str, Template], path: str
) -> tuple[str, ...]:
    """Return what is wrong with the name of the chosen checklist, at most one sentence.

    Args:
        settings: What was chosen.
        own: The manager's own templates.
        path: Where the settings are.
    """
    try:
        check_checklist(settings.checklist, own)
    except ValueError as error:
        return (f"{path}: new_talks.checklist: {error}.",)
    return ()


def check_checklist(name: str, own: Mapping[str, Template]) -> None:
    """See whether there is a checklist of that name; without one the standard is meant.

    Raises:
        ValueError: Where there is none, with those there are.
    """
    if name.strip() and _named(name, own) is None:
        known = ", ".join([t.id for t in templates()] + sorted(t.title for t in own.values()))
        raise ValueError(f"there is no checklist “{name}”, but {known}")


def _named(wanted: str, own: Mapping[str, Template]) -> Template | None:
    """Return a template by its id or its name, one's own first; case and accents aside."""
    return next(
        (
            template
            for template in (*own.values(), *templates())
            if fold(wanted) in (fold(template.id), fold(template.title))
        ),
        None,
    )
