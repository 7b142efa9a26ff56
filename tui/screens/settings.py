"""The settings: what each is for and what it is now, changed where it stands."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial

from tui.chosen import read_chosen
from tui.desk.beginnings import check_checklist
from tui.desk.options import OPTIONS, Option
from tui.desk.settings import settings_path, value_of
from tui.desk.settings_file import change_settings, values_in
from tui.domain.checklist import Template
from tui.domain.dates import Cadence
from tui.domain.text import clean_line
from tui.errors import UsageError
from tui.screens.form import Field, Form, Values
from tui.screens.host import Host
from tui.words import settings as said

DRAFT = "settings"
"""Under which what is typed here is kept until it is saved."""


def ask_settings(app: Host, themes: tuple[str, ...], wear: Callable[[str], None]) -> None:
    """Show the settings, and write what is changed into the manager's file.

    Args:
        app: The app.
        themes: The names of all themes.
        wear: Takes the name of a theme that was chosen, or what is behind it.
    """
    notebook = app.notebook
    own = notebook.journal.templates if not app.subtitle else None  # of a demo, they are others
    before = {path: clean_line(value) for path, value in values_in(os.environ).items()}
    fields = tuple(_field(option, before[option.path], themes, own) for option in OPTIONS)
    shown = {option.path: field.value for option, field in zip(OPTIONS, fields, strict=True)}
    told: list[str] = []

    def save(values: Values) -> None:
        after = {option.path: values[_name(option)] for option in OPTIONS}
        changed = {path: value for path, value in after.items() if value != shown[path]}
        if not changed:
            return
        path = change_settings(os.environ, changed)
        told.append(said.settings_saved(path))
        if {"look.theme", "look.background"} & set(changed):
            wear(after["look.theme"])

    def then(saved: bool | None) -> None:
        if saved and told:
            app.say(told[0])

    path = settings_path(os.environ)
    wrong = read_chosen(os.environ, own).mistakes
    form = Form(
        said.SETTINGS,
        fields,
        save,
        key=DRAFT,
        keep_draft=notebook.keep_draft,
        draft=notebook.draft(f"form:{DRAFT}"),
        wrong=said.mistakes(wrong) if wrong else "",
        note=said.about_settings(path, is_demo=bool(app.subtitle)),
    )
    app.show_screen(form, then)


def _name(option: Option) -> str:
    return option.path.replace(".", "-")


def _field(
    option: Option, value: str, themes: tuple[str, ...], own: Mapping[str, Template] | None
) -> Field:
    choices = option.choices
    if option.path == "look.theme":
        choices = tuple((name, name) for name in themes)
        value = value if value in themes else str(option.default)
    return Field(
        _name(option),
        option.label,
        value,
        f"e.g. {option.example}" if option.example else "",
        choices,
        check=partial(_understood, option, own),
    )


def _understood(option: Option, own: Mapping[str, Template] | None, value: str) -> str:
    """Return what a setting is for, or how it is understood.

    Raises:
        UsageError: Where it cannot be understood.
    """
    try:
        meant = value_of(option, value) if isinstance(option.default, str) else None
        if option.path == "new_talks.checklist" and own is not None:
            check_checklist(value, own)
    except ValueError as error:
        what = str(error).removeprefix(option.path).lstrip(": ")
        raise UsageError(f"{option.label}: {what}.") from error
    return meant.say() if isinstance(meant, Cadence) else option.meaning
