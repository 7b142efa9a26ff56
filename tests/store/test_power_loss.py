"""The power goes at any moment: whatever the disk keeps of what was not flushed, nothing is lost.

While a story of `tests.store.sweeping` is told, all that it does to the disk is written down. Then
every state is made that a disk may be in when the power goes before, between and after these calls:

- of the bytes written into a file since its last flush, there may be any part of the calls in their
  order, and of the last one nothing, the beginning, zeros, or one half and zeros for the other;
- of what happened to the names in a folder since its last flush, there may be any part, in order;
- the digest, the versions and the acts, for which nothing waits, may be as they were meant to be,
  as they were before, torn, or gone.

Where a line is cut is not tried byte by byte: cut anywhere before its last brace it is no JSON,
which `test_log.py` tries. Each line is cut in its middle, before its end and after it.
"""

from __future__ import annotations

import functools
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.store.sweeping import (
    STORIES,
    Heard,
    Ready,
    Story,
    copied,
    files_below,
    get_ready,
    made_ready,
    outcome,
    place_in,
    steady,
    tell,
)

CACHES = ("digest", "versions", "acts.")
"""What is in the state folder and need not be there."""
ROOM = 1_500
"""How much room a log has from the start here, so that lines are written within and beyond it."""


# -- the disk ------------------------------------------------------------------------------


class File:
    """A file: what a disk surely holds of it, and what was written since."""

    def __init__(self, data: bytes = b"", kept: str = "") -> None:
        self.flushed = data
        self.data = data
        self.pending: list[tuple[int, bytes | None]] = []
        self.kept = kept
        """Where the very file, with its inode and time, is linked; empty where it is not."""

    def change(self, at: int, data: bytes | None) -> None:
        """Write at some place, or cut off there."""
        self.pending.append((at, data))
        self.data = _changed(self.data, at, data)

    def flush(self) -> None:
        self.flushed = self.data
        self.pending.clear()

    def states(self) -> set[bytes]:
        """Return all that may be in it when the power goes."""
        found = set()
        for some in _parts(self.pending):
            data = self.flushed
            for at, written in some[:-1]:
                data = _changed(data, at, written)
            if some:
                at, last = some[-1]
                torn = [last] if last is None else _torn(last)
                found |= {_changed(data, at, left) for left in torn}
            else:
                found.add(data)
        return found


def _changed(data: bytes, at: int, written: bytes | None) -> bytes:
    if written is None:
        return data[:at].ljust(at, b"\0")
    return data[:at].ljust(at, b"\0") + written + data[at + len(written) :]


def _torn(data: bytes) -> set[bytes]:
    """Return what may be left of what was written by one call."""
    half = len(data) // 2
    cuts = {0, len(data)}
    end = 0
    for line in data.split(b"\n")[:-1]:
        start, end = end, end + len(line) + 1
        cuts |= {(start + end) // 2, end - 1, end}
    prefixes = {data[:cut] for cut in (cuts if len(cuts) > 2 else cuts | {half})}
    zeros = bytes(len(data))
    return prefixes | {zeros, data[:half] + zeros[half:], zeros[:half] + data[half:]}


def _parts(things: list[Any]) -> Iterator[list[Any]]:
    """Yield every part of a list, in its order."""
    for size in range(len(things) + 1):
        yield from map(list, itertools.combinations(things, size))


class Name(NamedTuple):
    """Something that happened to the names in a folder, and the folder's time after it."""

    time: int
    gone: str = ""
    new: str = ""
    node: File | Folder | None = None


class Folder:
    """A folder: the names a disk surely holds, and what happened to names since."""

    def __init__(self, time: int) -> None:
        self.flushed: dict[str, File | Folder] = {}
        self.names: dict[str, File | Folder] = {}
        self.time = time
        self.pending: list[Name] = []

    def change(self, happened: Name) -> None:
        self.pending.append(happened)
        self.names = _renamed(self.names, happened)

    def flush(self) -> None:
        self.flushed = dict(self.names)
        if self.pending:
            self.time = self.pending[-1].time
        self.pending.clear()

    def states(self) -> Iterator[tuple[dict[str, File | Folder], int]]:
        """Yield all names that may be in it when the power goes, with its time."""
        for some in _parts(self.pending):
            names, time = dict(self.flushed), self.time
            for happened in some:
                names, time = _renamed(names, happened), happened.time
            yield names, time


def _renamed(names: dict[str, File | Folder], happened: Name) -> dict[str, File | Folder]:
    left = {name: node for name, node in names.items() if name != happened.gone}
    return left | ({happened.new: happened.node} if happened.node is not None else {})


Tree = dict[str, tuple[bytes | None, int | File]]
"""By their paths: folders with their time, files with what is in them."""


class Disk:
    """All below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.top = Folder(0)
        self._fill(self.top, root)

    def _fill(self, folder: Folder, path: Path) -> None:
        folder.time = path.stat().st_mtime_ns
        for each in sorted(path.iterdir()):
            if each.is_dir():
                inner = Folder(0)
                self._fill(inner, each)
                folder.names[each.name] = inner
            else:
                folder.names[each.name] = File(each.read_bytes())
        folder.flushed = dict(folder.names)

    def at(self, path: str) -> File | Folder | None:
        node: File | Folder | None = self.top
        for part in Path(path).relative_to(self.root).parts:
            node = node.names.get(part) if isinstance(node, Folder) else None
        return node

    def folder(self, path: str) -> Folder:
        folder = self.at(path)
        assert isinstance(folder, Folder), path
        return folder

    def file(self, path: str) -> File:
        file = self.at(path)
        assert isinstance(file, File), path
        return file

    def trees(self) -> Iterator[Tree]:
        """Yield all states of the disk when the power goes, the caches left out."""
        yield from _trees(self.top, "")

    def now(self) -> Tree:
        """Return the state of the disk when all is flushed."""
        return _now(self.top, "")


def _trees(folder: Folder, path: str) -> Iterator[Tree]:
    seen: list[dict[str, File | Folder]] = []
    for names, time in folder.states():
        own: Tree = {path: (None, time)}
        inner = []
        for name, node in names.items():
            where = os.path.join(path, name)
            if _is_cache(name):
                continue
            if isinstance(node, Folder):
                inner.append(list(_trees(node, where)))
            else:
                inner.append([{where: (data, node)} for data in sorted(node.states())])
        if names in seen:
            continue
        seen.append(names)
        for some in itertools.product(*inner):
            tree = dict(own)
            for part in some:
                tree |= part
            yield tree


def _now(folder: Folder, path: str) -> Tree:
    tree: Tree = {path: (None, folder.pending[-1].time if folder.pending else folder.time)}
    for name, node in folder.names.items():
        where = os.path.join(path, name)
        tree |= _now(node, where) if isinstance(node, Folder) else {where: (node.data, node)}
    return tree


# -- writing down what happens to it -------------------------------------------------------


class Recorder:
    """Keeps a disk up to date with what the program does to it."""

    def __init__(
        self,
        root: Path,
        keep: Path,
        before: Callable[[Disk], None],
        deaf_to: Callable[[str], bool],
    ) -> None:
        """Begin with what there is.

        Args:
            root: The folder to watch.
            keep: A folder to link files into, so that they stay with their inodes and times.
            before: Is called before each call that changes something.
            deaf_to: Of what to pass over the flushes, as if they were not made.
        """
        self.disk = Disk(root)
        self._keep = keep
        self._before = before
        self._deaf_to = deaf_to
        self._paths: dict[int, str] = {}
        self._numbers = itertools.count()
        for name, (_, node) in self.disk.now().items():
            if isinstance(node, File):
                self._link(str(root / name), node)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch all calls of this process that change a disk."""
        calls: dict[str, Callable[..., Any]] = {
            "open": self._opened,
            "close": self._closed,
            "write": self._written,
            "ftruncate": self._cut,
            "fsync": self._flushed,
            "fdatasync": self._flushed,
            "replace": self._renamed,
            "rename": self._renamed,
            "unlink": self._removed,
            "rmdir": self._removed,
            "mkdir": self._made,
        }
        with pytest.MonkeyPatch.context() as patch:
            for name, call in calls.items():
                if hasattr(os, name):
                    patch.setattr(os, name, functools.partial(call, getattr(os, name)))
            yield

    def _path(self, target: object) -> str:
        """Return the path a call is about, empty where it is none of ours."""
        path = self._paths.get(target, "") if isinstance(target, int) else str(target)
        return path if f"{path}{os.sep}".startswith(f"{self.disk.root}{os.sep}") else ""

    def _link(self, path: str, node: File) -> None:
        if path.endswith(".json"):
            node.kept = str(self._keep / str(next(self._numbers)))
            os.link(path, node.kept)

    def _name(self, path: str, *, gone: str = "", node: File | Folder | None = None) -> None:
        folder = os.path.dirname(path)
        new = os.path.basename(path) if node is not None else ""
        happened = Name(os.stat(folder).st_mtime_ns, os.path.basename(gone), new, node)
        self.disk.folder(folder).change(happened)

    def _opened(self, real: Callable[..., int], path: Any, flags: int, *rest: Any) -> int:
        ours = self._path(path)
        if not ours:
            return real(path, flags, *rest)
        is_new = not os.path.lexists(ours)
        if flags & os.O_TRUNC or is_new:
            self._before(self.disk)
        descriptor = real(path, flags, *rest)
        self._paths[descriptor] = ours
        if is_new:
            self._name(ours, node=File())
        elif flags & os.O_TRUNC:
            self.disk.file(ours).change(0, None)
        return descriptor

    def _closed(self, real: Callable[..., None], descriptor: int) -> None:
        self._paths.pop(descriptor, None)
        real(descriptor)

    def _written(self, real: Callable[..., int], descriptor: int, data: Any) -> int:
        path = self._path(descriptor)
        if not path:
            return real(descriptor, data)
        self._before(self.disk)
        done = real(descriptor, data)
        at = os.lseek(descriptor, 0, os.SEEK_CUR) - done
        self.disk.file(path).change(at, bytes(data)[:done])
        return done

    def _cut(self, real: Callable[..., None], descriptor: int, size: int) -> None:
        self._before(self.disk)
        real(descriptor, size)
        self.disk.file(self._path(descriptor)).change(size, None)

    def _flushed(self, real: Callable[..., None], descriptor: int) -> None:
        self._before(self.disk)
        real(descriptor)
        path = self._path(descriptor)
        node = self.disk.at(path) if path else None
        if node is not None and not self._deaf_to(path):
            node.flush()

    def _renamed(self, real: Callable[..., None], old: Any, new: Any) -> None:
        self._before(self.disk)
        node = self.disk.file(str(old))
        assert os.path.dirname(old) == os.path.dirname(new), "a rename within one folder"
        real(old, new)
        self._name(str(new), gone=str(old), node=node)
        self._link(str(new), node)

    def _removed(self, real: Callable[..., None], path: Any) -> None:
        if not self._path(path):
            real(path)
            return
        self._before(self.disk)
        real(path)
        self._name(str(path), gone=str(path))

    def _made(self, real: Callable[..., None], path: Any, *rest: Any) -> None:
        self._before(self.disk)
        real(path, *rest)
        self._name(str(path), node=Folder(os.stat(path).st_mtime_ns))


def heedful(path: str) -> bool:
    """Pass over no flush."""
    return False


class State(NamedTuple):
    """What a disk may hold when the power goes, and what had been promised by then."""

    tree: Tree
    caches: dict[str, bytes]
    heard: Heard


def states_of(ready: Ready, folder: Path, deaf_to: Callable[[str], bool]) -> list[State]:
    """Tell a story, and return every state the disk may be in when the power goes meanwhile."""
    said: list[dict[str, Any]] = []
    found: dict[frozenset[tuple[str, bytes | None]], State] = {}
    root, keep = folder / "told", folder / "kept"
    shutil.rmtree(keep, ignore_errors=True)
    keep.mkdir()
    place = copied(ready.begins, root)

    def look(disk: Disk) -> None:
        heard = Heard.of(said)
        caches = {n: d for n, (d, _) in disk.now().items() if d is not None and _is_cache(n)}
        for tree in disk.trees():  # of two that are the same the later has more to keep
            key = frozenset((name, data) for name, (data, _) in tree.items())
            found[key] = State(tree, caches, heard._replace(views=()))

    recorder = Recorder(root, keep, look, deaf_to)
    with recorder.watching():
        tell(ready.story, place, lambda **line: said.append(line))
    look(recorder.disk)
    there = {name: data for name, (data, _) in recorder.disk.now().items() if data is not None}
    on_disk = {str(path.relative_to(root)): path.read_bytes() for path in files_below(root)}
    assert there == on_disk, "something was written that was not seen"
    return list(found.values())


def _is_cache(name: str) -> bool:
    """Return whether a file or folder, or what will be renamed to it, need not be there."""
    return any(part.lstrip(".").startswith(CACHES) for part in name.split(os.sep))


def put_on_disk(state: State, caches: dict[str, bytes], target: Path) -> None:
    """Make a disk what it may be when the power comes back."""
    shutil.rmtree(target, ignore_errors=True)
    folders = sorted((name, node) for name, (data, node) in state.tree.items() if data is None)
    for name, _ in folders:
        os.mkdir(target / name)
    for name, (data, node) in state.tree.items():
        if data is not None and isinstance(node, File):
            if node.kept and data == node.data:
                os.link(node.kept, target / name)
            else:
                (target / name).write_bytes(data)
    if (target / "state" / "here").is_dir():
        for name, data in caches.items():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(data)
    for name, time in reversed(folders):
        assert isinstance(time, int)
        os.utime(target / name, ns=(time, time))


class Tried(NamedTuple):
    """What came of trying the states a story may leave a disk in."""

    states: int
    wrong: list[str]

    def say(self) -> str:
        """Return what is wrong, the first few in full."""
        return "\n\n".join([f"{len(self.wrong)} of {self.states} are wrong", *self.wrong[:3]])


def try_all(
    story: Story,
    folder: Path,
    *,
    deaf_to: Callable[[str], bool] = heedful,
    brief: bool = False,
    at_most: int = 1_000,
) -> Tried:
    """Try every state that a disk may be in when the power goes while a story is told.

    Args:
        story: The story.
        folder: Where to work.
        deaf_to: Of what to pass over the flushes, as if they were not made.
        brief: Whether to try the digest, the versions and the acts only as they were meant to be.
        at_most: After how many that are wrong to stop.
    """
    told_in = folder / "told"
    story = story._replace(constants=(*story.constants, ("log.ROOM", ROOM)))
    ready = made_ready(story, folder, told_in)
    if story.at_once:  # of what was flushed at once and never promised, any part may be there
        parts = _parts(list(range(1, story.length + 1)))
        told = (outcome(story, ready.begins, told_in, left_out=part)[0] for part in parts)
        ready.judge.unpromised |= frozenset(point.reading for point in told)
    paths = {str(path.relative_to(ready.begins)): path for path in files_below(ready.begins)}
    before = {name: path.read_bytes() for name, path in paths.items() if _is_cache(name)}
    tried = 0
    wrong: list[str] = []
    for state in states_of(ready, folder, deaf_to):
        if len(wrong) >= at_most:
            break
        torn = {name: data[: len(data) // 2] for name, data in state.caches.items()}
        variants = [state.caches] if brief else [state.caches, before, torn, {}]
        for number, caches in enumerate(variants):
            if caches in variants[:number]:
                continue
            tried += 1
            put_on_disk(state, caches, told_in)
            found = ready.judge.wrong(place_in(told_in), state.heard)
            if found:
                names = (f"  {name} {data!r:.80}" for name, (data, _) in state.tree.items())
                wrong.append("\n".join([*found, f"after {state.heard}, from", *names]))
    return Tried(tried, wrong)


# -- the tests -----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory where there is one, and a store without threads."""
    get_ready(monkeypatch.setattr)
    monkeypatch.setattr(steady, "now", None)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "home").mkdir()
    memory = "/dev/shm"
    where = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=where) as made:
        yield Path(made)


def story_of(name: str) -> Story:
    return next(story for story in STORIES if story.name == name)


@pytest.mark.parametrize("name", ["a note", "farewells"])
def test_a_power_cut_leaves_old_or_new(name: str, folder: Path) -> None:
    tried = try_all(story_of(name), folder, brief=True)
    assert tried.states > 10
    assert not tried.wrong, tried.say()


@pytest.mark.sweep
@pytest.mark.parametrize("name", [story.name for story in STORIES])
def test_whatever_a_power_cut_leaves_is_old_or_new(name: str, folder: Path) -> None:
    tried = try_all(story_of(name), folder)
    assert tried.states > 10
    assert not tried.wrong, tried.say()


@pytest.mark.parametrize(
    "deaf_to",
    [
        pytest.param(lambda path: path.endswith(".tmp"), id="the new file"),
        pytest.param(lambda path: path.endswith("-0001"), id="the folder"),
        pytest.param(lambda path: path.endswith(".log"), id="the log"),
    ],
)
def test_a_flush_left_out_is_seen(deaf_to: Callable[[str], bool], folder: Path) -> None:
    tried = try_all(story_of("a note"), folder, deaf_to=deaf_to, brief=True, at_most=1)
    assert tried.wrong
