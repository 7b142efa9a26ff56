"""What in a person's folder is theirs, where links are in the way; and how it is removed.

In a real folder within the journal all is theirs. Behind a link that is only what surely is: a
file that says it is about them, or one that has a name of ours and holds nothing, or one of their
ids. All else there stays, and is told.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import NamedTuple

from tui.errors import StorageError
from tui.store.files import flush_folder
from tui.store.links import (
    bears_our_name,
    is_our_temporary,
    is_ours,
    leads_out,
    remove_if_empty,
)
from tui.store.names import PERSON_FILE
from tui.store.reading import names_in
from tui.store.whose import bytes_of, owner_in

_MOST = 64_000_000
"""Bytes; a larger file behind a link is none of ours."""


class Left(NamedTuple):
    """A link in a person's folder, or that folder, behind which something is that stays."""

    path: str
    target: str
    things: int
    """How many files and folders stay in the target; 0 where it is no folder of theirs."""


class Reached(NamedTuple):
    """What there is in a person's folder."""

    files: tuple[str, ...]
    """Theirs, by their paths in the journal, a person's own file last."""
    left: tuple[Left, ...]


def reached(root: str, folder: str, owners: Collection[str], ids: Collection[str]) -> Reached:
    """Return what there is in a person's folder.

    Args:
        root: The journal's folder.
        folder: The person's folder.
        owners: The person's ids.
        ids: Of their records, too, as far as they are known.
    """
    if not _is_behind_a_link(root, folder):
        return _in_real_folder(folder, owners, ids)
    names = sorted(names_in(folder))
    paths = [os.path.join(folder, name) for name in names]
    theirs = [p for p in paths if not os.path.islink(p) and _is_surely_theirs(p, owners, ids)]
    count = len(paths) - len(theirs)
    left = Left(folder, os.path.realpath(folder), count)
    return Reached(_ordered(theirs), (left,) if count else ())


def _is_behind_a_link(root: str, folder: str) -> bool:
    return os.path.islink(folder) or leads_out(folder, root)


def _in_real_folder(folder: str, owners: Collection[str], ids: Collection[str]) -> Reached:
    inside = os.path.join(os.path.realpath(folder), "")
    files: list[str] = []
    left: list[Left] = []
    for place, folders, names in os.walk(folder):
        for path in (os.path.join(place, name) for name in sorted((*names, *folders))):
            target = os.path.realpath(path)
            if not os.path.islink(path):
                if not os.path.isdir(path):
                    files.append(path)
            elif _is_surely_theirs(path, owners, ids):
                files.append(path)
            elif os.path.lexists(target) and not target.startswith(inside):
                left.append(Left(path, target, 0))
    return Reached(_ordered(files), tuple(left))


def _ordered(paths: list[str]) -> tuple[str, ...]:
    return tuple(sorted(paths, key=lambda path: os.path.basename(path).startswith(PERSON_FILE)))


def _is_surely_theirs(path: str, owners: Collection[str], ids: Collection[str]) -> bool:
    """Return whether a file behind a link is about a person, and this program's."""
    real = os.path.realpath(path)
    name = os.path.basename(real)
    try:
        status = os.stat(real)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST:
            return False
        if is_our_temporary(name):
            return True
        data = bytes_of(real) if ".json" in os.path.basename(path) + name else b"other"
    except (OSError, StorageError):
        return False
    if is_ours(data):
        return owner_in(data) in owners
    text = data.replace(b"\0", b"")
    is_known = not text.strip() or any(one_id.encode() in text for one_id in (*owners, *ids))
    return bears_our_name(name) and is_known


def remove_reached(root: str, folder: str, owners: Collection[str], ids: Collection[str]) -> None:
    """Remove what is theirs in a person's folder, every link, and the folder where it is empty.

    Args:
        root: The journal's folder.
        folder: The person's folder.
        owners: The person's ids.
        ids: Of their records, too, as far as they are known.

    Raises:
        OSError: Where the disk refuses; what was removed by then is.
    """
    if os.path.isdir(folder):
        is_linked = _is_behind_a_link(root, folder)
        found = reached(root, folder, owners, ids)
        for path in () if is_linked else _links_in(folder):
            if path not in found.files:
                os.unlink(path)
        for path in found.files:
            _remove(path)
        if not is_linked:
            for place, folders, _ in os.walk(folder, topdown=False):
                for name in folders:
                    os.rmdir(os.path.join(place, name))
            os.rmdir(folder)
        else:
            remove_if_empty(folder)
    elif not os.path.islink(folder):
        return
    if os.path.islink(folder):
        os.unlink(folder)
    flush_folder(os.path.dirname(folder))


def _links_in(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        paths = (os.path.join(place, name) for name in (*folders, *names))
        yield from [path for path in paths if os.path.islink(path)]


def _remove(path: str) -> None:
    """Remove a file that is theirs, and where it is a link what it leads to."""
    for place in (os.path.realpath(path), path) if os.path.islink(path) else (path,):
        with suppress(FileNotFoundError):  # another link led there, too
            os.unlink(place)
