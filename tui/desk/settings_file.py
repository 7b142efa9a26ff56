"""Writes single settings into the manager's file, and leaves all else in it as it stands there."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from tui.desk.options import KEYS, NO, OPTIONS, YES, Option, options_of, tables
from tui.desk.replacing import replace_file
from tui.desk.settings import FILE, parsed, settings_path
from tui.errors import StorageError, UsageError

_HEAD = """\
# All that you may choose in alongside. None of it needs to be here: a line counts once the # before
# it is gone. The settings in the app write into this file too, and leave your own lines alone.
"""
_KEYS = f"""
[{KEYS}]
# Other keys for what can be done, by the names that KEYS.md has; [] takes the keys away. They count
# from the next start.
# "summary.copy" = "ctrl+y"
# "board.done" = ["space", "D"]
# "people.archive" = []
"""
_VALUE = r"""("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#\[{]+)"""


def default_text() -> str:
    """Return the file as it is before anything is chosen: every setting, none of them counting."""
    parts = [_HEAD]
    for table in tables():
        parts.append(f"\n[{table}]\n")
        for option in options_of(table):
            likely = option.example or option.default
            written = f"# {option.key} = {_written(likely)}"
            values = " or ".join(value for value, _ in option.choices)
            parts.append(f"# {option.meaning}\n{written}{f'   # {values}' if values else ''}\n")
    return "".join([*parts, _KEYS])


def values_in(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what stands in the file, as text, by the path of each setting; else what is usual."""
    try:
        found = parsed(_read(settings_path(environ)) or b"")
    except (OSError, ValueError):
        found = {}
    values = {}
    for option in OPTIONS:
        table = found.get(option.table)
        value = table.get(option.key, option.default) if isinstance(table, dict) else option.default
        said = (YES if value else NO) if isinstance(value, bool) else str(value)
        is_choice = not option.choices or said in dict(option.choices)
        values[option.path] = said if is_choice else _as_text(option.default)
    return values


def _as_text(value: str | bool) -> str:
    return (YES if value else NO) if isinstance(value, bool) else value


def change_settings(environ: Mapping[str, str], changed: Mapping[str, str]) -> str:
    """Write settings into the file, which is made where there is none; returns where it is.

    Args:
        environ: The environment.
        changed: The settings that are to be otherwise, as text by their paths.

    Raises:
        UsageError: Where the file is not understood, or cannot be changed without a doubt.
        StorageError: Where it cannot be written.
    """
    path = settings_path(environ)
    try:
        data = _read(path)
        text = default_text() if data is None else data.decode("utf-8")
        parsed(text.encode())
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise UsageError(f"{path} is not understood ({error}). Nothing was written.") from error
    by_path = {option.path: option for option in OPTIONS}
    for name, value in changed.items():
        option = by_path[name]
        text = with_value(text, option, value == YES if isinstance(option.default, bool) else value)
    try:
        _write(path, text)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from error
    return path


def with_value(text: str, option: Option, value: str | bool) -> str:
    """Return the text of a file with one setting changed; every other line is as it was.

    A setting that only stands there behind a # takes the place of that line.

    Raises:
        UsageError: Where it stands there in a way of its own, so that it cannot be changed without
            a doubt.
    """
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    fresh = f"{option.key} = {_written(value)}"
    header = _first(lines, rf"""\s*\[\s*["']?{option.table}["']?\s*\]""", 0, len(lines))
    if header is None:
        gap = [end] if len(lines) > 1 and lines[-2].strip() else []
        last = lines.pop() if not lines[-1].strip() else ""
        lines += [*gap, f"[{option.table}]{end}", fresh + end, last]
    else:
        stop = _first(lines, r"\s*\[", header + 1, len(lines)) or len(lines)
        key = rf"""["']?{option.key}["']?\s*="""
        place = _first(lines, rf"\s*{key}", header + 1, stop)
        if place is not None:
            kept = re.fullmatch(rf"(\s*{key}\s*){_VALUE}(.*)", lines[place], re.DOTALL)
            if kept is not None:
                lines[place] = f"{kept[1]}{_written(value)}{kept[3]}"
        else:
            place = _first(lines, rf"\s*#\s*{key}", header + 1, stop)
            if place is None:
                lines.insert(header + 1, fresh + end)
            else:
                lines[place] = fresh + end
    changed = "\n".join(lines)
    if not _differs_only_in(text, changed, option, value):
        raise UsageError(
            f"{option.path} stands in {FILE} in a way that only you can change. Nothing was "
            "written."
        )
    return changed


def _first(lines: list[str], pattern: str, start: int, stop: int) -> int | None:
    found = re.compile(pattern)
    return next((n for n in range(start, stop) if found.match(lines[n])), None)


def _differs_only_in(before: str, after: str, option: Option, value: str | bool) -> bool:
    """Return whether one setting became what it should, and all else means what it meant."""
    wanted: dict[str, Any] = parsed(before.encode())
    try:
        table = wanted.setdefault(option.table, {})
        table[option.key] = value
        return bool(parsed(after.encode()) == wanted)
    except (ValueError, TypeError, AttributeError):
        return False


def _written(value: str | bool) -> str:
    """Return a value as TOML has it."""
    if isinstance(value, bool):
        return YES if value else NO
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def _write(path: str, text: str) -> None:
    """Replace the file at once and whole; one that is a link stays one."""
    path = os.path.realpath(path)
    mode = 0o600
    with suppress(OSError):
        mode = os.stat(path).st_mode & 0o777
    replace_file(path, text, mode)
