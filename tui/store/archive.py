"""Backups of a whole journal, and the way back: from a backup, or to how it was at some moment."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from tui.errors import (
    AlongsideError,
    DamagedError,
    NewerError,
    NotFoundError,
    StorageError,
    UsageError,
)
from tui.store.files import (
    Stamp,
    flush_folder,
    make_folder,
    parse,
    read_bytes,
    storage_error,
    write_atomically,
)
from tui.store.folder import JournalFolder
from tui.store.links import may_be_written, remove_if_empty
from tui.store.lock import PATIENCE, locked
from tui.store.migrations import ABOUT, SCHEMA, schema_of
from tui.store.names import PERSON_FILE
from tui.store.reading import names_in
from tui.store.unpacking import check_size, read_backup
from tui.store.versions import DELETED
from tui.store.whose import bytes_of, merges, owner_in


class BackedUp(NamedTuple):
    """A backup that was made."""

    path: str
    files: int
    size: int


def back_up(folder: JournalFolder, target: str) -> BackedUp:
    """Write all files of a journal into a zip file, and read it back.

    Other programs wait meanwhile, so that it is the journal of one moment. Damaged files are in
    it as they are.

    Args:
        folder: The journal.
        target: The zip file, which must not exist.

    Raises:
        UsageError: Where the target exists, or is within the journal.
        DamagedError: Where the files are more than `restore` would take back.
        StorageError: Where the disk refuses, or what was written is not what should be there.
        BusyError: Where another program holds the lock for too long.
    """
    if os.path.lexists(target):
        raise UsageError(f"{target} exists already. It is left as it is; name another file.")
    within = os.path.commonpath([os.path.realpath(target), os.path.realpath(folder.folder)])
    if within == os.path.realpath(folder.folder):
        raise UsageError("A backup within the journal would be lost with it. Name another place.")
    if not os.path.isdir(os.path.dirname(target)):
        raise NotFoundError(f"There is no folder {os.path.dirname(target)}.")
    with locked(folder.lock, PATIENCE):
        found = [(name, *read_bytes(os.path.join(folder.folder, name))) for name in folder.names()]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data, stamp in found:
            archive.writestr(_entry(name, stamp[2]), data)
    check_size([len(data) for _, data, _ in found], packed.tell(), target)
    write_atomically(target, packed.getvalue())
    with zipfile.ZipFile(target) as archive:
        written = [archive.read(info) for info in archive.infolist()]
    if written != [data for _, data, _ in found]:
        raise StorageError(f"{target} does not hold what was just written to it.")
    return BackedUp(target, len(found), len(packed.getvalue()))


def _entry(name: str, time_ns: int) -> zipfile.ZipInfo:
    import time

    moment = time.localtime(time_ns // 10**9)
    year = min(max(moment.tm_year, 1980), 2107)  # a zip knows no others
    told = name.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode()
    info = zipfile.ZipInfo(told, (year, *moment[1:6]))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


class State(StrEnum):
    """How a file of the journal is beside what it would be restored to."""

    SAME = "the same"
    CHANGES = "changes"
    COMES_BACK = "comes back"
    GOES = "goes away"
    """The one-to-one in it comes back in another file: it was another person's then."""
    LEFT = "is left"
    """A link leads out of the journal to it, and what is there is not this program's."""


class Step(NamedTuple):
    """What restoring does to one file."""

    name: str
    data: bytes
    state: State
    at: int | None = None
    """When this version was written (ns), where that is known."""

    @property
    def records(self) -> int:
        """How many records it holds then."""
        try:
            tables = parse(self.data, self.name)
        except AlongsideError:
            return 0
        return sum(len(table) for name, table in tables.items() if name != ABOUT)


def from_backup(folder: JournalFolder, path: str) -> tuple[Step, ...]:
    """Return what restoring a backup does, file by file.

    Raises:
        NotFoundError: Where there is none.
        DamagedError: Where it cannot be read.
    """
    found = sorted(read_backup(path).items())
    return _with_goers(folder, [Step(n, data, _state(folder, n, data)) for n, data in found])


def from_versions(folder: JournalFolder, moment: int) -> tuple[Step, ...]:
    """Return what it takes to have each file as it was at some moment.

    Files of which no version from before is kept are left as they are.

    Args:
        folder: The journal.
        moment: In nanoseconds since 1970.
    """
    steps = _with_goers(folder, list(_steps_to(folder, moment)))
    return (*steps, *_merged_away(folder, moment, steps))


def _merged_away(folder: JournalFolder, moment: int, steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield the files of people who had been made part of others at that moment.

    They are here because that was taken back since; all that was theirs is the others' again.
    """
    merged = {was for was, _ in merges(os.path.dirname(folder.lock))}
    going = {step.name for step in steps if step.state is State.GOES}
    for name in folder.versions.names() if merged else ():
        path = os.path.join(folder.folder, name)
        if os.path.basename(name) != PERSON_FILE or owner_in(bytes_of(path)) not in merged:
            continue
        version = folder.versions.before(name, moment)
        place = os.path.dirname(name)
        beside = {os.path.join(place, other) for other in names_in(os.path.dirname(path))}
        if version is not None and version.data == DELETED and beside <= going | {name}:
            yield Step(name, DELETED, State.GOES)


def _with_goers(folder: JournalFolder, steps: list[Step]) -> tuple[Step, ...]:
    """Return steps with those that take away what would be there twice, after a merge was undone.

    A one-to-one is in one file. Where one comes back in the folder it was in before two people were
    made one, it leaves the folder it is in now.
    """
    coming = {
        one_id.encode(): step.name
        for step in steps
        if step.state is State.COMES_BACK
        for one_id in _one_to_ones(step.data, step.name)
    }
    staying = {step.name for step in steps}
    for name in folder.names() if coming else ():
        if name in staying or not name.endswith(".json"):
            continue
        try:
            data, _ = read_bytes(os.path.join(folder.folder, name))
        except FileNotFoundError:
            continue
        mine = _one_to_ones(data, name) if any(one_id in data for one_id in coming) else ()
        if any(one_id.encode() in coming for one_id in mine):
            steps.append(Step(name, DELETED, State.GOES))
    return tuple(steps)


def _one_to_ones(data: bytes, name: str) -> tuple[str, ...]:
    try:
        return tuple(parse(data, name).get("one_to_one", {}))
    except AlongsideError:
        return ()


def _steps_to(folder: JournalFolder, moment: int) -> Iterator[Step]:
    for name in folder.versions.names():
        version = folder.versions.before(name, moment)
        if version is not None and version.data != DELETED:
            yield Step(name, version.data, _state(folder, name, version.data), version.at)


def _state(folder: JournalFolder, name: str, data: bytes) -> State:
    path = os.path.join(folder.folder, name)
    if not may_be_written(path, folder.folder):
        return State.LEFT
    try:
        now, _ = read_bytes(path)
    except FileNotFoundError:
        return State.COMES_BACK
    return State.SAME if now == data else State.CHANGES


def restore(folder: JournalFolder, steps: tuple[Step, ...]) -> int:
    """Restore files; what they held before is among their versions. Returns how many changed.

    What a link leads to, out of the journal, is left as it is unless it reads as one of its files.

    Raises:
        NewerError: Where a newer version of alongside wrote one of the files; none is changed.
        StorageError: Where the disk refuses; files done by then stay restored.
        BusyError: Where another program holds the lock for too long.
    """
    changed = 0
    root = folder.folder
    with locked(folder.lock, PATIENCE):
        steps = tuple(s for s in steps if may_be_written(os.path.join(root, s.name), root))
        for step in steps:
            _check_is_ours(folder, step.name)
        folder.kept.drop()
        for step in steps:
            path = os.path.join(folder.folder, step.name)
            try:
                now, stamp = read_bytes(path)
            except FileNotFoundError:
                if step.state is State.GOES:
                    continue
                make_folder(os.path.dirname(path))
            else:
                if now == step.data:
                    continue
                folder.versions.keep(step.name, now, stamp)
                _keep_if_damaged(folder, step.name, now)
            if step.state is State.GOES:
                _take_away(folder, step.name)
                changed += 1
                continue
            written = write_atomically(path, step.data)
            folder.versions.keep(step.name, step.data, written)
            changed += 1
    return changed


def _take_away(folder: JournalFolder, name: str) -> None:
    path = os.path.join(folder.folder, name)
    place = os.path.dirname(path)
    try:
        os.unlink(path)
        if remove_if_empty(place):
            place = os.path.dirname(place)
        flush_folder(place)
        time = os.stat(place).st_mtime_ns
    except OSError as error:
        raise storage_error(error, path) from error
    folder.versions.keep(name, DELETED, Stamp((0, 0, time)))


def _check_is_ours(folder: JournalFolder, name: str) -> None:
    path = os.path.join(folder.folder, name)
    try:
        schema = schema_of(parse(read_bytes(path)[0], name))
    except (FileNotFoundError, DamagedError):
        return
    if schema > SCHEMA:
        raise NewerError(f"{path} was written by a newer alongside. Nothing was changed.")


def _keep_if_damaged(folder: JournalFolder, name: str, data: bytes) -> None:
    try:
        parse(data, name)
    except DamagedError:
        folder.aside.keep(name, data)
