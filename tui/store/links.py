"""Symbolic links in a journal: whether they lead out of it, and what is left be behind them.

A journal, a person's folder or a file may be elsewhere, with a link in its place; what is written
goes there. But whoever can write into a synced folder can make a link to anything. So what is
reached through a link that leads out is only ever removed, or written over, where it surely is
this program's.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress

from tui.errors import DamagedError
from tui.store.files import Tables, is_temporary, parse
from tui.store.migrations import ABOUT
from tui.store.names import PERSON_FILE

_NAME = re.compile(
    r"(?:person|\d{4}-\d\d-\d\d-[0-9a-f]{4,})"
    r"(?:\.json(?:~|\.orig)?|(?:\.sync-conflict-| \(| .*conflicted copy).*\.json)",
    re.IGNORECASE,
)
"""What files in a person's folder are called, and the copies that other programs make of them."""
_KINDS = ("journal", "person", "one-to-one")
"""What a file of ours says it is."""


def leads_out(path: str, root: str) -> bool:
    """Return whether a path within a folder leads out of it, by a link anywhere along it."""
    real, inside = os.path.realpath(path), os.path.realpath(root)
    return real != inside and not real.startswith(os.path.join(inside, ""))


def is_ours(data: bytes) -> bool:
    """Return whether bytes read as a file of a journal; it says so itself."""
    try:
        tables: Tables = parse(data, "")
    except DamagedError:
        return False
    about = tables.get(ABOUT, {}).get("file", {})
    return about.get("kind") in _KINDS and isinstance(about.get("schema"), int)


def bears_our_name(name: str) -> bool:
    """Return whether a file is called as files in a person's folder are, or as copies of them."""
    return _NAME.fullmatch(name) is not None


def is_our_temporary(name: str) -> bool:
    """Return whether a file is called as one of ours that was being written."""
    return is_temporary(name) and bears_our_name(name[1:].rsplit(".", 2)[0])


def may_be_written(path: str, root: str) -> bool:
    """Return whether a file in a journal may be written over, or made, by what was kept of it.

    Args:
        path: The file, which need not exist.
        root: The journal's folder.
    """
    if not leads_out(path, root):
        return True
    if os.path.lexists(os.path.realpath(path)):
        return reads_as_ours(path)
    folder = os.path.dirname(path)
    if os.path.islink(path) or os.path.isdir(folder):  # in a folder that others use it stays away
        place = os.path.dirname(os.path.realpath(path))
        is_home = reads_as_ours(os.path.join(place, PERSON_FILE)) or _is_empty(place)
        return is_home and bears_our_name(os.path.basename(os.path.realpath(path)))
    return not os.path.lexists(folder) and bears_our_name(os.path.basename(path))


def reads_as_ours(path: str) -> bool:
    """Return whether there is a file that can be read, and that says it is one of a journal."""
    if os.path.isfile(path):
        with suppress(OSError), open(path, "rb") as file:
            return is_ours(file.read())
    return False


def _is_empty(folder: str) -> bool:
    try:
        return not os.listdir(folder)
    except OSError:
        return False


def say_left(path: str, root: str) -> str:
    """Return of a path that leads out where it leads, and that what is there was left."""
    what = "is a link to" if os.path.islink(path) else "is behind a link, at"
    return (
        f"{os.path.relpath(path, root)} {what} {os.path.realpath(path)}, out of the journal. "
        "What is there was left as it is."
    )


def remove_if_empty(folder: str) -> bool:
    """Remove a folder in which nothing is, with the link to it where it is elsewhere.

    Raises:
        OSError: Where the system refuses.
    """
    if os.listdir(folder):
        return False
    os.rmdir(os.path.realpath(folder))
    if os.path.islink(folder):
        os.unlink(folder)
    return True
