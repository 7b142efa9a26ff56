"""What the manager has chosen, in one file of their own; there need not be one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from tui.desk.places import config_root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.domain.retention import Keep

FILE = "settings.toml"


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
    import tomllib

    try:
        tables = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return Settings(mistakes=(f"{path} is not understood: {error}.",))
    return _Reading(path, tables).settings()


class _Reading:
    """Takes the tables of a file apart and notes what is wrong with them."""

    def __init__(self, path: str, tables: dict[str, Any]) -> None:
        self._path = path
        self._tables = tables
        self._mistakes: list[str] = []

    def settings(self) -> Settings:
        for name in sorted(set(self._tables) - {"away", "notes"}):
            self._mistake(f"[{name}] is not known")
        away = self._tables.get("away", {})
        if not isinstance(away, dict):
            self._mistake("away is not a table")
            away = {}
        for name in sorted(set(away) - {"shows", "at_start", "on_leave", "on_return"}):
            self._mistake(f"away.{name} is not known")
        shows = away.get("shows", "clock")
        if shows not in ("clock", "nothing"):
            self._mistake('away.shows is neither "clock" nor "nothing"')
        at_start = away.get("at_start", False)
        if not isinstance(at_start, bool):
            self._mistake("away.at_start is neither true nor false")
        chosen = Away(
            shows != "nothing",
            at_start is True,
            self._text(away, "on_leave"),
            self._text(away, "on_return"),
        )
        return Settings(chosen, self._keep(), tuple(self._mistakes))

    def _keep(self) -> Keep | None:
        """Return how long notes are kept; what is not understood lets nothing go."""
        notes = self._tables.get("notes", {})
        if not isinstance(notes, dict):
            self._mistake("notes is not a table")
            return None
        for name in sorted(set(notes) - {"keep"}):
            self._mistake(f"notes.{name} is not known")
        keep = notes.get("keep")
        if keep is None:
            return None
        from tui.domain.retention import keep_from

        try:
            return keep_from(keep if isinstance(keep, str) else str(keep))
        except ValueError as error:
            self._mistake(f"notes.keep: {error}")
            return None

    def _text(self, table: dict[str, Any], name: str) -> str:
        value = table.get(name, "")
        if not isinstance(value, str):
            self._mistake(f"away.{name} is not text")
            return ""
        return value

    def _mistake(self, what: str) -> None:
        self._mistakes.append(f"{self._path}: {what}.")
