"""One TinyDB file, read whole and written atomically."""

from __future__ import annotations

import errno
import json
import os
import stat
from contextlib import suppress
from typing import Any

from tui.errors import DamagedError, StorageError

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]
"""What a TinyDB file holds: documents by id, by table."""

FILE_MODE = 0o600
FOLDER_MODE = 0o700
TEMP_SUFFIX = ".tmp"
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""A temporary file's name can be guessed: whoever made a link of it has nothing written there."""
MAX_DEPTH = 100
"""How deeply a file may be nested; ours are five deep."""


class Stamp(tuple[int, int, int]):
    """What tells one version of a file from another: inode, size and time of change (ns)."""

    __slots__ = ()

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Return the stamp of a file from its status."""
        return cls((status.st_ino, status.st_size, status.st_mtime_ns))


def read_bytes(path: str) -> tuple[bytes, Stamp]:
    """Return a file's bytes and the stamp of the very file they came from.

    Raises:
        FileNotFoundError: Where there is none.
        StorageError: Where it cannot be read.
    """
    try:
        with open(path, "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):  # a device, perhaps, that never ends
                raise StorageError(f"{path} is not a file.")
            return file.read(), Stamp.of(status)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise storage_error(error, path) from error


def parse(data: bytes, name: str) -> Tables:
    """Return the tables in a file's bytes.

    No bytes at all are damage, never a new file: a rename that was not flushed leaves just that
    after a power cut, and TinyDB would read it as an empty database.

    Args:
        data: The bytes.
        name: The file's name, for the message.

    Raises:
        DamagedError: Where it is not JSON, or JSON of another shape.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise DamagedError(f"{name} is empty. It was not empty when it was written.")
    try:
        tables = _DECODER.decode(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DamagedError(f"{name} cannot be read: {_reason(error)}.") from error
    if data.count(b"[") + data.count(b"{") > MAX_DEPTH and is_too_deep(tables):
        raise DamagedError(f"{name} cannot be read: it is nested too deeply.")
    if not isinstance(tables, dict) or not all(
        isinstance(table, dict) and all(isinstance(doc, dict) for doc in table.values())
        for table in tables.values()
    ):
        raise DamagedError(f"{name} is JSON, but not a file of this journal.")
    return tables


def is_too_deep(value: object) -> bool:
    """Return whether JSON is nested more deeply than could be written again."""
    level = [value]
    for _ in range(MAX_DEPTH):
        inner: list[object] = []
        for item in level:
            if isinstance(item, dict):
                inner += item.values()
            elif isinstance(item, list):
                inner += item
        if not inner:
            return False
        level = inner
    return True


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number that JSON knows")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{digits} is beyond all numbers")
    return number


def _unique(pairs: list[tuple[str, Any]]) -> Document:
    """Return an object; two things of one name are damage, as a bad merge leaves it."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("two things in it have one name")
    return found


_DECODER = json.JSONDecoder(
    parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=_unique
)


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} is not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno} is not JSON"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return "it is not JSON"


_ENCODERS = {
    ascii_only: json.JSONEncoder(ensure_ascii=ascii_only, sort_keys=True, allow_nan=False)
    for ascii_only in (False, True)
}
"""Made once: `json.dumps` makes one for every document."""


def serialise(tables: Tables) -> bytes:
    """Return tables as bytes: sorted, one document a line, so that people and git can read them."""
    try:
        return _serialised(tables, ascii_only=False)
    except UnicodeEncodeError:  # half a character, which JSON can hold and UTF-8 cannot
        return _serialised(tables, ascii_only=True)


def _serialised(tables: Tables, *, ascii_only: bool) -> bytes:
    _json = _ENCODERS[ascii_only].encode
    out = ["{"]
    for t_index, (name, table) in enumerate(sorted(tables.items())):
        out.append(f"{',' if t_index else ''}\n{_json(name)}: {{")
        for d_index, (doc_id, document) in enumerate(sorted(table.items())):
            out.append(f"{',' if d_index else ''}\n {_json(doc_id)}: {_json(document)}")
        out.append("\n}" if table else "}")
    out.append("\n}\n")
    return "".join(out).encode("utf-8")


def write_atomically(path: str, data: bytes, *, durable: bool = True) -> Stamp:
    """Replace a file by these bytes so that at every moment it is the old one or the new one.

    A temporary file beside it is written, flushed, renamed over it, and the folder flushed. Then
    it is read back. A symbolic link stays one: its target is replaced.

    Args:
        path: The file, which need not exist.
        data: All that will be in it.
        durable: Whether to wait for the disk; only a throw-away copy does without.

    Returns:
        The stamp of the new file.

    Raises:
        StorageError: Where the disk refuses; the old file is as it was.
    """
    path = os.path.realpath(path)
    folder, name = os.path.split(path)
    temp = os.path.join(folder, f".{name}.{os.getpid()}{TEMP_SUFFIX}")
    try:
        descriptor = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_LINK, FILE_MODE)
        try:
            write_all(descriptor, data)
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temp, path)
        if durable:
            flush_folder(folder)
        written, stamp = read_bytes(path)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temp)
        raise storage_error(error, path) from error
    if written != data:
        raise StorageError(f"{path} does not hold what was just written to it.")
    return stamp


def is_temporary(name: str) -> bool:
    """Return whether a file's name is one that `write_atomically` gives its temporary files."""
    parts = name.split(".")
    is_ours = len(parts) >= 4 and parts[0] == "" and parts[-3] == "json" and parts[-2].isdigit()
    return is_ours and f".{parts[-1]}" == TEMP_SUFFIX


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte, however many calls it takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def flush_folder(folder: str) -> None:
    """Make a rename or a new name in a folder durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def make_folder(path: str) -> None:
    """Make a folder that only its owner can enter, and its parents, durably.

    Raises:
        StorageError: Where it cannot be made.
    """
    if os.path.isdir(path):
        return
    parent = os.path.dirname(path)
    if parent and parent != path:
        make_folder(parent)
    try:
        with suppress(FileExistsError):
            os.mkdir(path, FOLDER_MODE)
        flush_folder(parent or ".")
    except OSError as error:
        raise storage_error(error, path) from error
    if not os.path.isdir(path):
        raise StorageError(f"{path} is a file, not a folder.")


_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EIO: "the disk reports an error",
    errno.ENOENT: "the folder is not there any more",
    errno.ENOTDIR: "part of the path is a file, not a folder",
}


def storage_error(error: OSError, path: str) -> StorageError:
    """Return an error of the system as a sentence a person can act on."""
    reason = _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
    return StorageError(f"{path}: {reason}.")
