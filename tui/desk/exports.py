"""Files that are written for others, and files of others that are read."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress

from tui.domain.ours import Outbound
from tui.errors import NotFoundError, StorageError, UsageError

MODE = 0o600
MOST = 10_000_000
"""Bytes of a file that is imported at most; a decade of one-to-ones is a tenth of it."""
_HINT = "Nothing was written."


# -- writing -------------------------------------------------------------------------------


def write_export(path: str, text: Outbound, *, journal: str, force: bool = False) -> None:
    """Write a file for others; see `write_private`."""
    write_private(path, text, journal=journal, force=force)


def write_private(path: str, text: str, *, journal: str, force: bool = False) -> None:
    """Write a file that only its owner can read: all of it or nothing.

    Args:
        path: The file.
        text: What is to be in it.
        journal: The folder of the journal, in which it has no place: it would be synced with it.
        force: Whether a file that is there may be replaced.

    Raises:
        UsageError: Where it is there already, is a folder, or would be in the journal.
        NotFoundError: Where there is no folder for it.
        StorageError: Where the disk refuses; what was there is as it was.
    """
    if force:
        path = os.path.realpath(path)
    folder, name = os.path.split(os.path.abspath(path))
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder. {_HINT} Name a file in it.")
    if not os.path.isdir(folder):
        raise NotFoundError(f"There is no folder {folder}. {_HINT} Name one that is there.")
    if _is_in(folder, journal):
        raise UsageError(
            f"{folder} belongs to the journal, and what is in there is synced with it. {_HINT} "
            "Name a file outside of it, or open alongside in another folder."
        )
    if not force and os.path.lexists(path):
        raise _taken(path)
    part = os.path.join(folder, f".{name[:100]}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8", "replace"))
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path) if force else _publish(part, path)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(part)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}. {_HINT}") from error


def _is_in(folder: str, root: str) -> bool:
    """Return whether a folder is another or in it, by whatever names and links they are reached."""
    place = os.path.realpath(folder)
    while True:
        with suppress(OSError):
            if os.path.samefile(place, root):
                return True
        if place == (place := os.path.dirname(place)):
            return False


def _taken(path: str) -> UsageError:
    return UsageError(
        f"{path} is there already and is left as it is. Name another file, or say --force."
    )


def _publish(part: str, path: str) -> None:
    """Give a finished file its name, unless another has it, without a moment between."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK):
            raise
        # no second names on this disk: an empty file holds the name until it is replaced
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE))
        os.replace(part, path)


def working_folder() -> str:
    """Return the folder alongside was opened in; the home folder where that has gone."""
    try:
        return os.getcwd()
    except OSError:
        return os.path.expanduser("~")


def free_path(folder: str, name: str, suffix: str) -> str:
    """Return a path in a folder that nobody has: ``name.md``, else ``name-2.md`` and so on."""
    path, number = os.path.join(folder, f"{name}{suffix}"), 1
    while os.path.lexists(path):
        number += 1
        path = os.path.join(folder, f"{name}-{number}{suffix}")
    return path


def write_beside(folder: str, name: str, suffix: str, text: Outbound, *, journal: str) -> str:
    """Write a file under the first name in a folder that is free; returns its path.

    Args:
        folder: The folder.
        name: What to call it if that is free.
        suffix: What stands after the name.
        text: What is to be in it.
        journal: The folder of the journal.

    Raises:
        AlongsideError: What `write_export` raises.
    """
    while True:
        path = free_path(folder, name, suffix)
        try:
            write_export(path, text, journal=journal)
        except UsageError:
            if not os.path.lexists(path):
                raise
            continue  # somebody took the name meanwhile
        return path


# -- reading -------------------------------------------------------------------------------


def read_import(path: str) -> str:
    """Return the text of a file that is to be imported.

    Raises:
        NotFoundError: Where there is none.
        UsageError: Where it is no text we can read: a folder, too long, not UTF-8, empty.
        StorageError: Where it cannot be read.
    """
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise UsageError(f"{path} is a folder. {_HINT} Name a file.")
        if not stat.S_ISREG(status.st_mode):
            raise UsageError(f"{path} is no ordinary file. {_HINT}")
        if status.st_size > MOST:
            raise UsageError(
                f"{path} has {status.st_size / 1e6:.0f} MB; {MOST / 1e6:.0f} MB is the most that "
                f"is read. {_HINT} If it is the right file, split it."
            )
        with open(path, "rb") as file:
            data = file.read(MOST + 1)
    except FileNotFoundError as error:
        raise NotFoundError(f"There is no file {path}. {_HINT}") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise StorageError(f"{path} cannot be read: {why}. {_HINT}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is not UTF-8 text (byte {error.start}). {_HINT} Save it as UTF-8 first."
        ) from error
    if "\0" in text:
        raise UsageError(f"{path} is not a text file. {_HINT}")
    if not text.strip():
        raise UsageError(f"{path} is empty. {_HINT}")
    return text
