"""What the manager has chosen, in one file of their own; there need not be one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from tui.desk.places import config_root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.desk.options import Option
    from tui.domain.dates import Cadence
    from tui.domain.retention import Keep

FILE = "settings.toml"
AUTO = "auto"
STANDARD = "standard"


class Away(NamedTuple):
    """How the away screen is to be."""

    shows_clock: bool = True
    at_start: bool = False
    on_leave: str = ""
    on_return: str = ""


class Settings(NamedTuple):
    """All that was chosen, and what could not be understood."""

    away: Away = Away()
    keep: Keep | None = None
    """How long raw notes are kept; None where they are kept for ever."""
    name: str = ""
    """What the manager is called."""
    every: Cadence | None = None
    """How often one talks with somebody new."""
    place: str = ""
    """Where one talks with somebody new."""
    checklist: str = STANDARD
    """The template a new one-to-one begins with, by its id or its name."""
    theme: str = AUTO
    """The name of a theme; "auto" goes by the terminal."""
    is_see_through: bool = False
    """Whether the ground of the terminal is behind all text, whatever the theme's."""
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Commands with the keys they are to have instead of their own, as they are written."""
    mistakes: tuple[str, ...] = ()


def settings_path(environ: Mapping[str, str]) -> str:
    """Return where the file is, or would be."""
    return os.path.join(config_root(environ), FILE)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return what was chosen; every mistake in the file is among `Settings.mistakes`."""
    path = settings_path(environ)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return Settings(mistakes=(f"{path}: {error.strerror}.",))
    try:
        tables = parsed(data)
    except ValueError as error:
        return Settings(mistakes=(f"{path} is not understood: {error}.",))
    return _Reading(path, tables, data.decode("utf-8")).settings()


def parsed(data: bytes) -> dict[str, Any]:
    """Return the tables in the bytes of a file.

    Raises:
        ValueError: Where they are no TOML.
    """
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8"))
    except RecursionError as error:
        raise ValueError(str(error)) from error


class _Reading:
    """Takes the tables of a file apart and notes what is wrong with them."""

    def __init__(self, path: str, tables: dict[str, Any], text: str = "") -> None:
        self._path = path
        self._tables = tables
        self._text = text
        self._mistakes: list[str] = []

    def settings(self) -> Settings:
        from tui.desk.options import KEYS, tables

        for name in sorted(set(self._tables) - {*tables(), KEYS}):
            self._unknown(name)
        found: dict[str, Any] = {}
        for name in tables():
            found |= self._table(name)
        away = Away(
            found["away.shows"] != "nothing",
            found["away.at_start"],
            found["away.on_leave"],
            found["away.on_return"],
        )
        return Settings(
            away,
            found["notes.keep"],
            found["you.name"],
            found["new_people.every"],
            found["new_people.place"],
            found["new_talks.checklist"] or STANDARD,
            found["look.theme"] or AUTO,
            found["look.background"] == "terminal",
            self._keys(),
            tuple(self._mistakes),
        )

    def _table(self, name: str) -> dict[str, Any]:
        """Return the settings of a table by their paths; one by one as usual where wrong."""
        from tui.desk.options import options_of

        options = options_of(name)
        table = self._tables.get(name, {})
        if not isinstance(table, dict):
            self._mistake(f"{name} is not a table", "", name)
            table = {}
        for key in sorted(set(table) - {option.key for option in options}):
            self._mistake(f"{name}.{key} is not known", name, key)
        found = {}
        for option in options:
            try:
                found[option.path] = value_of(option, table.get(option.key, option.default))
            except ValueError as error:
                self._mistake(str(error), name, option.key)
                found[option.path] = value_of(option, option.default)
        return found

    def _keys(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        from tui.desk.options import KEYS

        table = self._tables.get(KEYS, {})
        if not isinstance(table, dict):
            self._mistake(f"{KEYS} is not a table", "", KEYS)
            return ()
        found: dict[str, tuple[str, ...]] = {}
        for name, value in table.items():
            within = value.items() if isinstance(value, dict) else ()  # people.add without quotes
            for command, keys in within or ((name, value),):
                command_id = f"{name}.{command}" if within else command
                wanted = [keys] if isinstance(keys, str) else keys
                if isinstance(wanted, list) and all(isinstance(key, str) for key in wanted):
                    found[command_id] = tuple(key for key in wanted if key)
                else:
                    wrong = f"{KEYS}.{command_id} is neither a key nor a list of keys"
                    self._mistake(wrong, KEYS, command_id)
        return tuple(found.items())

    def _unknown(self, name: str) -> None:
        """Say of what stands at the top and is no table of ours where it may have been meant."""
        from tui.desk.options import KEYS, options_of, tables

        value = self._tables[name]
        if any(isinstance(each, dict) for each in (value if isinstance(value, list) else [value])):
            there = ", ".join(f"[{table}]" for table in (*tables(), KEYS))
            self._mistake(f"[{name}] is not known; there are {there}", name)
            return
        homes = [table for table in tables() if any(o.key == name for o in options_of(table))]
        meant = f"; it belongs below [{homes[0]}]" if homes else ""
        self._mistake(f"{name} stands above all tables{meant}", "", name)

    def _mistake(self, what: str, table: str = "", key: str = "") -> None:
        line = _line_of(self._text, table, key)
        where = f" (line {line})" if line else ""
        self._mistakes.append(f"{self._path}: {what}{where}.")


def _line_of(text: str, table: str, key: str) -> int:
    """Return the line a key stands in, or a table begins in; 0 where that is written otherwise."""
    import re

    if '"""' in text or "'''" in text:
        return 0  # lines of a text may look like keys
    here = ""
    for number, written in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*\[+\s*([^\[\]]+?)\s*\]+\s*(?:#.*)?$", written):
            here = _bare(header[1])
            if here == table and not key:
                return number
        elif key and here == table and "=" in written and _bare(written.partition("=")[0]) == key:
            return number
    return 0


def _bare(written: str) -> str:
    """Return a key as it is without its quotes."""
    return "".join(written.split()).replace('"', "").replace("'", "")


def value_of(option: Option, value: Any) -> Any:
    """Return what the value of a setting means.

    Raises:
        ValueError: Where it is none, with what is wrong, named by the setting's path.
    """
    path = option.path
    if isinstance(option.default, bool):
        if not isinstance(value, bool):
            raise ValueError(f"{path} is neither true nor false")
        return value
    if option.choices:
        values = [written for written, _ in option.choices]
        if value not in values:
            raise ValueError(f"{path} is neither " + " nor ".join(f'"{v}"' for v in values))
        return value
    if path == "notes.keep":
        return _keep(value)
    if not isinstance(value, str):
        raise ValueError(f"{path} is not text")
    if path == "new_people.every":
        return _every(value)
    if option.table == "away" or not value:  # a command is run as it stands
        return value
    from tui.domain.text import clean_line

    return clean_line(value)


def _keep(value: Any) -> Keep | None:
    """Return how long notes are kept; what is not understood lets nothing go."""
    if value == "":
        return None
    from tui.domain.retention import keep_from

    try:
        return keep_from(value if isinstance(value, str) else str(value))
    except ValueError as error:
        raise ValueError(f"notes.keep: {error}") from error


def _every(value: str) -> Cadence | None:
    """Return a rhythm, written with or without "every"."""
    if not value.strip():
        return None
    from tui.domain.dates import WhenError, parse_cadence

    try:
        return parse_cadence(f"every {value}")
    except WhenError:
        try:
            return parse_cadence(value)
        except WhenError as error:
            raise ValueError(f"new_people.every: {str(error).rstrip('.')}") from error
