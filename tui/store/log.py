"""The log: where a change is durable before it is filed, with one append and one flush.

Each running app has a log of its own in the state folder and holds its lock. A log whose lock is
free belongs to an app that was killed: its changes are filed and its drafts taken over by the next
start. Filing twice does no harm, so that nothing depends on the moment of the crash.

One line is one JSON object: ``{"patches": […]}`` for an act, whole or not there; ``{"draft": …}``;
or ``{"filed": true}`` once all changes before it are filed (``{"filed": [person, one-to-one]}``
where only those of one file are). What says that something is filed is flushed too: a change that
came back after a power cut would be filed a second time, over what others wrote since.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from tui.domain.journal import Home
from tui.domain.text import clean
from tui.errors import NewerError, StorageError
from tui.services.ports import Draft, Problem
from tui.store.codec import Patch, patch_from_json, patch_to_json
from tui.store.files import FILE_MODE, Document, flush_folder, storage_error, write_all
from tui.store.lock import try_lock

LOG_SUFFIX = ".log"
ROOM = 1 << 17
"""Bytes a log has from the start. To write where there is room already takes the disk half as long
as to let a file grow, and it can be done even when the disk is full."""
ROTATE_AT = 1 << 20
"""Bytes after which drafts that replaced each other are dropped."""


class Found(NamedTuple):
    """What a log holds."""

    patches: tuple[Patch, ...]
    drafts: tuple[Draft, ...]
    torn: int
    """Lines that are not whole: the last append of a program that was killed in it."""


def act_line(patches: Iterable[Patch]) -> Document:
    """Return the changes of one act as a line of the log: torn, none of them is there."""
    return {"patches": [patch_to_json(patch) for patch in patches]}


def draft_line(draft: Draft) -> Document:
    """Return a draft as a line of the log."""
    return {"draft": draft._asdict()}


def _draft_in(value: Document) -> Draft:
    """Return the draft in a line of the log.

    Raises:
        AttributeError, TypeError: Where it is none.
    """
    known = dict(value)
    is_unsure = known.pop("is_unsure", False) is True
    return Draft(**{name: clean(text) for name, text in known.items()}, is_unsure=is_unsure)


FILED: Document = {"filed": True}
"""The line that says that all changes before it are in their files."""


def filed_line(home: Home) -> Document:
    """Return the line that says that all changes of one file before it are in it."""
    return {"filed": list(home)}


class Log:
    """The log of one running program."""

    def __init__(self, folder: str, name: str) -> None:
        """Make a log and take its lock.

        Args:
            folder: The state folder of the journal.
            name: A name no other log has.

        Raises:
            StorageError: Where it cannot be made.
        """
        self._folder = folder
        self._start(name)

    def _start(self, name: str) -> None:
        self.path = os.path.join(self._folder, name + LOG_SUFFIX)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
        try:
            self._descriptor = os.open(self.path, flags, FILE_MODE)
        except OSError as error:
            raise storage_error(error, self.path) from error
        try:
            while not _is_mine(self._descriptor) or self.is_gone():
                # A program that just started took the empty log for one left behind.
                os.close(self._descriptor)
                time.sleep(0.001)
                self._descriptor = os.open(self.path, flags & ~os.O_EXCL, FILE_MODE)
            self._make_room()
            flush_folder(self._folder)
        except OSError as error:
            with suppress(OSError):
                os.unlink(self.path)
            with suppress(OSError):
                os.close(self._descriptor)
            raise storage_error(error, self.path) from error
        self.size = 0
        self._is_torn = False

    def _make_room(self) -> None:
        """Fill the log with nothing, as far as the disk has room for it."""
        try:
            _write_at(self._descriptor, 0, bytes(ROOM))
        except OSError:
            os.ftruncate(self._descriptor, 0)
        _flush(self._descriptor)

    def is_gone(self) -> bool:
        """Return whether somebody removed the file: what is appended then is in no folder."""
        return os.fstat(self._descriptor).st_nlink == 0

    def append(self, lines: Iterable[Document]) -> None:
        """Add lines and wait until they are on the disk.

        Raises:
            StorageError: Where the disk refuses; the log is as it was.
        """
        text = "".join(_encode(line) + "\n" for line in lines)
        data = (b"\n" if self._is_torn else b"") + text.encode("utf-8", "replace")
        try:
            if self.is_gone():
                raise StorageError(f"{self.path} was removed by somebody.")
            _write_at(self._descriptor, self.size, data)
            _flush(self._descriptor)
        except OSError as error:
            self._is_torn = True
            with suppress(OSError):
                self._blank(self.size)
                self._is_torn = False
            raise storage_error(error, self.path) from error
        self._is_torn = False
        self.size += len(data)

    def clear(self) -> None:
        """Forget all lines: everything in them is filed."""
        with suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            self.size = 0
            self._make_room()

    def _blank(self, start: int) -> None:
        """Take back what was written from a place on; the room there is stays."""
        if os.fstat(self._descriptor).st_size > ROOM:
            os.ftruncate(self._descriptor, max(start, ROOM))
        if start < ROOM:
            _write_at(self._descriptor, start, bytes(ROOM - start))
        _flush(self._descriptor)

    def rotate(self, name: str, lines: Iterable[Document]) -> None:
        """Go on in a new file that holds only these lines, then remove the old one.

        Raises:
            StorageError: Where the disk refuses; the old log stays.
        """
        old = (self._descriptor, self.path, self.size)
        try:
            self._start(name)
            self.append(lines)
        except Exception:
            self._descriptor, self.path, self.size = old
            raise
        os.close(old[0])
        _remove(old[1])

    def close(self, *, keep: bool) -> None:
        """Let go of the log; remove it unless something in it is still to be filed."""
        if not keep:
            _remove(self.path)
        with suppress(OSError):  # it is closed even where that is an error
            os.close(self._descriptor)


_encode = json.JSONEncoder(ensure_ascii=False).encode


def _write_at(descriptor: int, place: int, data: bytes) -> None:
    """Write every byte at a place of a file."""
    os.lseek(descriptor, place, os.SEEK_SET)
    write_all(descriptor, data)


def _is_mine(descriptor: int) -> bool:
    """Take the lock of one's own log; where locks do not work, it can be had without."""
    try:
        return try_lock(descriptor)
    except OSError:
        return True


def _remove(path: str) -> None:
    """Remove a log durably; where that cannot be, it is filed once more."""
    with suppress(OSError):
        os.unlink(path)
        flush_folder(os.path.dirname(path))


def _flush(descriptor: int) -> None:
    """Wait until a file's bytes are on the disk; its times may follow later."""
    getattr(os, "fdatasync", os.fsync)(descriptor)


class Orphan:
    """The log of a program that was killed, held so that nobody else files it."""

    def __init__(self, path: str, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    def read(self) -> Found:
        """Return what the log holds. Of several drafts from one place the last counts."""
        data = b""
        try:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            while chunk := os.read(self._descriptor, 1 << 20):
                data += chunk
        except OSError as error:
            raise storage_error(error, self.path) from error
        return read_lines(data)

    def mark_filed(self, homes: Iterable[Home]) -> None:
        """Say in the log whose changes are filed; the rest of it is still needed."""
        text = "".join(f"\n{json.dumps(filed_line(home))}\n" for home in homes)
        if not text:
            return
        with suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_END)
            write_all(self._descriptor, text.encode())
            _flush(self._descriptor)

    def remove(self) -> None:
        """Remove the log: all of it is filed."""
        _remove(self.path)
        self.release()

    def release(self) -> None:
        """Let go of the log without removing it."""
        os.close(self._descriptor)


def read_lines(data: bytes) -> Found:
    """Return what the bytes of a log say; lines that are not whole are counted and passed over.

    Raises:
        NewerError: Where a line is whole and of a kind that only a newer program can know.
    """
    patches: list[Patch] = []
    drafts: dict[str, Draft] = {}
    torn = 0
    for line in data.split(b"\n"):
        line = line.strip(b"\0 \t\r")
        if not line:
            continue
        try:
            value = json.loads(line)
            if not isinstance(value, dict):
                raise TypeError("not a line of the log")
            if "patches" in value:
                patches += [patch_from_json(patch) for patch in value["patches"]]
            elif "patch" in value:  # schema 1 had a line for each change
                patches.append(patch_from_json(value["patch"]))
            elif "filed" in value:
                patches = _left(patches, value["filed"])
            elif value and "draft" not in value:
                raise NewerError("A newer alongside wrote this log.")
            else:
                draft = _draft_in(value["draft"])
                drafts[draft.place] = draft
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            torn += 1
    return Found(tuple(patches), tuple(d for d in drafts.values() if d.text), torn)


def _left(patches: list[Patch], filed: object) -> list[Patch]:
    """Return the changes that are not filed, by what a line says is filed."""
    if filed is True:
        return []
    return [patch for patch in patches if list(patch.home) != filed]


def orphans(folder: str, problems: list[Problem] | None = None) -> Iterator[Orphan]:
    """Yield the logs of programs that were killed, each locked for the caller.

    Args:
        folder: The state folder.
        problems: Takes what could not be looked at.
    """
    problems = [] if problems is None else problems
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(LOG_SUFFIX))
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(Problem(folder, f"{storage_error(error, folder)} {_MISSING}"))
        return
    for name in names:
        path = os.path.join(folder, name)
        try:
            descriptor = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(Problem(path, f"{storage_error(error, path)} {_MISSING}"))
            continue
        try:
            is_left = try_lock(descriptor) and os.fstat(descriptor).st_nlink > 0
        except OSError as error:
            problems.append(Problem(path, f"{storage_error(error, path)} {_MISSING}"))
            is_left = False
        if is_left:
            yield Orphan(path, descriptor)
        else:
            with suppress(OSError):
                os.close(descriptor)


_MISSING = "What a run that was cut off left there is missing here until it can be read."
