"""Earlier versions of the journal's files, and damaged ones set aside.

Both are in the state folder of this machine, for its owner only, under the path the file has in
the journal. They are a second net: losing them loses nothing of the journal, so that nothing waits
for the disk here and an error here stops nothing.

A file's versions are in one file, a line each: when it was written (ns), the CRC of its bytes, and
the bytes, compressed. A line that is torn is passed over.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from tui.errors import AlongsideError
from tui.store.files import (
    FILE_MODE,
    FOLDER_MODE,
    Stamp,
    make_folder,
    storage_error,
    write_all,
    write_atomically,
)

LAST = 10
"""How many versions are kept however old they are."""
DAYS = 30
"""For how many days the last version of each day is kept too."""
SUFFIX = ".versions"
DELETED = b""
"""What is kept of a file when it is deleted: that it was not there any more."""


class Version(NamedTuple):
    """A file as it once was."""

    at: int
    """When it was written, in nanoseconds since 1970."""
    data: bytes


class Versions:
    """The earlier versions of the files of one journal."""

    def __init__(self, folder: str) -> None:
        """Name the folder they are in; nothing is made before the first is kept."""
        self.folder = folder
        self._known: dict[str, _Known] = {}

    def keep(self, name: str, data: bytes, stamp: Stamp) -> None:
        """Keep a version of a file, unless it is the one that was kept last.

        Args:
            name: The file's path within the journal.
            data: What is in it.
            stamp: The stamp of the file that held it.
        """
        path = self._path(name)
        with suppress(OSError, AlongsideError):
            known = self._known.get(name)
            if known is None or known.size != _size(path):  # another program has kept one since
                lines = list(_lines(path))
                limit = max(2 * LAST, len(lines))
                known = _Known(_size(path), lines[-1][1] if lines else -1, len(lines), limit)
            crc = zlib.crc32(data)
            if known.crc != crc:
                append(path, _line(Version(stamp[2], data), crc))
                known = _Known(_size(path), crc, known.lines + 1, known.limit)
                if known.lines >= known.limit:
                    known = self._thinned(name, crc)
            self._known[name] = known

    def of(self, name: str) -> tuple[Version, ...]:
        """Return the versions of a file that are kept, oldest first."""
        return chosen(tuple(_versions(self._path(name))), time.time_ns())

    def all_of(self, name: str) -> tuple[Version, ...]:
        """Return all versions of a file there are, also those that need not be kept any more."""
        return tuple(_versions(self._path(name)))

    def rewrite(self, name: str, change: Callable[[bytes], bytes]) -> None:
        """Make each version of a file another, as where something in it is to be forgotten.

        Raises:
            StorageError: Where the disk refuses; then all are as they were.
        """
        path = self._path(name)
        if not os.path.lexists(path):
            return
        before = self.all_of(name)
        after = [version._replace(data=change(version.data)) for version in before]
        lines = b"".join(_line(version, zlib.crc32(version.data)) for version in after)
        try:
            status = os.stat(path)
            write_atomically(path, lines)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        except OSError as error:
            raise storage_error(error, path) from error

    def before(self, name: str, moment: int) -> Version | None:
        """Return a file as it was at some moment; None where that is not known.

        Args:
            name: The file's path within the journal.
            moment: In nanoseconds since 1970.
        """
        for at, crc, packed in reversed(list(_lines(self._path(name)))):
            version = _unpacked(at, crc, packed) if at <= moment else None
            if version is not None:
                return version
        return None

    def latest(self, count: int) -> tuple[tuple[str, Version], ...]:
        """Return the versions that were kept last, newest first, each with its file.

        Args:
            count: How many.
        """
        kept: list[tuple[int, str]] = []
        for name in self.names():
            with suppress(OSError):
                kept.append((os.stat(self._path(name)).st_mtime_ns, name))
        some = [name for _, name in sorted(kept, reverse=True)[:count]]
        found = [(name, version) for name in some for version in _versions(self._path(name))]
        return tuple(sorted(found, key=lambda pair: pair[1].at, reverse=True)[:count])

    def names(self) -> tuple[str, ...]:
        """Return the files of which there are versions, by their paths within the journal."""
        found = []
        for folder, _, files in os.walk(self.folder):
            found += [os.path.join(folder, file) for file in files if file.endswith(SUFFIX)]
        return tuple(
            sorted(os.path.relpath(path, self.folder).removesuffix(SUFFIX) for path in found)
        )

    def _path(self, name: str) -> str:
        return os.path.join(self.folder, name + SUFFIX)

    def _thinned(self, name: str, crc: int) -> _Known:
        """Write the versions anew without those that need not be kept any more."""
        kept = self.of(name)
        lines = b"".join(_line(version, zlib.crc32(version.data)) for version in kept)
        write_atomically(self._path(name), lines, durable=False)
        return _Known(len(lines), crc, len(kept), len(kept) + LAST)


class _Known(NamedTuple):
    """What is known of a file of versions without reading it."""

    size: int
    crc: int
    """Of the version that was kept last."""
    lines: int
    limit: int
    """With how many lines it is thinned."""


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def chosen(versions: tuple[Version, ...], now: int) -> tuple[Version, ...]:
    """Return which versions to keep: the last ten, and the last of each day for thirty days.

    Args:
        versions: All there are, oldest first.
        now: The time, in nanoseconds since 1970.
    """
    of_day = {_day(version.at): version for version in versions}
    oldest = _day(now - DAYS * 86_400 * 10**9)
    daily = {version.at for day, version in of_day.items() if day >= oldest}
    last = {version.at for version in versions[-LAST:]}
    return tuple(version for version in versions if version.at in last | daily)


def _day(at: int) -> tuple[int, int]:
    try:
        local = time.localtime(at // 10**9)
    except (OverflowError, ValueError, OSError):  # a time beyond all calendars
        return (0, 0)
    return (local.tm_year, local.tm_yday)


def _line(version: Version, crc: int) -> bytes:
    packed = b2a_base64(zlib.compress(version.data, 1), newline=False).decode()
    return json.dumps([version.at, crc, packed]).encode() + b"\n"


def _lines(path: str) -> Iterator[tuple[int, int, str]]:
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return
    for line in data.split(b"\n"):
        with suppress(ValueError, TypeError, RecursionError):
            at, crc, packed = json.loads(line)
            if isinstance(at, int) and isinstance(crc, int) and isinstance(packed, str):
                yield at, crc, packed


def _versions(path: str) -> Iterator[Version]:
    for line in _lines(path):
        version = _unpacked(*line)
        if version is not None:
            yield version


def _unpacked(at: int, crc: int, packed: str) -> Version | None:
    try:
        data = zlib.decompress(a2b_base64(packed))
    except (zlib.error, Base64Error, ValueError):
        return None
    return Version(at, data) if zlib.crc32(data) == crc else None


class Aside:
    """Damaged files, kept byte for byte as they were found."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def keep(self, name: str, data: bytes) -> str:
        """Set a file's bytes aside, unless the very same are there already; returns where.

        Args:
            name: The file's path within the journal.
            data: What is in it.

        Raises:
            StorageError: Where the disk refuses.
        """
        path = os.path.join(self.folder, f"{name}.{zlib.crc32(data):08x}")
        if not os.path.lexists(path):
            make_folder(os.path.dirname(path))
            write_atomically(path, data)
        return path


def make_folders(path: str) -> None:
    """Make a folder for its owner only, and its parents, without waiting for the disk.

    Raises:
        OSError: Where it cannot be made.
    """
    if not os.path.isdir(path):
        make_folders(os.path.dirname(path))
        with suppress(FileExistsError):
            os.mkdir(path, FOLDER_MODE)


def append(path: str, line: bytes) -> None:
    """Add a line to a file, which is made with its folder where it is missing.

    After a line that is torn it begins a new one.

    Raises:
        OSError: Where it cannot be done.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    try:
        descriptor = os.open(path, flags, FILE_MODE)
    except FileNotFoundError:
        make_folders(os.path.dirname(path))
        descriptor = os.open(path, flags, FILE_MODE)
    try:
        size = os.lseek(descriptor, 0, os.SEEK_END)
        if size:
            os.lseek(descriptor, size - 1, os.SEEK_SET)
            line = line if os.read(descriptor, 1) == b"\n" else b"\n" + line
        write_all(descriptor, line)
    finally:
        os.close(descriptor)
