"""Searching the files of a journal: no index, the text of them held in memory once it was read.

A first search reads every file, newest first, and looks for the words in its bytes before it
parses anything. What `hold` has read since is held folded: about 20 MB for 150,000 notes, and
`ROOM` at most; what does not fit is read each time. It is kept for the next run, too
(`tui.store.kept`), whose first search then only looks whether the files are still the same.

A file that is replaced changes the time of its folder, as in `tui.store.reading`; only folders that
have changed are looked at again, and all of them where a search begins anew (`look_again`).
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import NamedTuple

from tui.domain.finding import UNDATED, Line
from tui.errors import AlongsideError
from tui.services.ports import Found, Wanted
from tui.store.entries import Sought, sought_in
from tui.store.files import Stamp, read_bytes
from tui.store.foldedbytes import fold_bytes, tells_otherwise
from tui.store.held import Held, held_of, hit_in_held
from tui.store.kept import Kept
from tui.store.names import PEOPLE_FOLDER, PERSON_FILE
from tui.store.quick import past_checklist
from tui.store.reading import TICK
from tui.store.recalled import Recalled
from tui.store.texts import entries_in, hit_in, lines_in, person_in

ROOM = 64 * 1024 * 1024
"""Bytes of text that are held at most."""
_CHUNK = 16 * 1024
"""Bytes that are read at once; most files are smaller, and a larger buffer costs page faults."""
_AT_ONCE = 50
"""Lines after which what was found is told the first time."""
_FEW, _BATCH = 50, 200
"""Files after which what was found is told: until the first fifty lines are there, and then."""
_SOON = 200
"""Files that are read before it is looked what was kept: the first fifty lines are there sooner."""
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_WHOLE = b"\n}\n}\n"
"""Ends each file as we write it; one that ends otherwise is read to see whether it is whole."""

_Place = tuple[str, str, str | None]
"""The path of a file, its name, and whose folder it is in."""
_first = itemgetter(0)


class _Folder(NamedTuple):
    """A person's folder as it was seen."""

    time: int
    """Its time (ns) then; 0 where that is not to be trusted."""
    person_id: str | None
    names: tuple[str, ...]


class TextFinder:
    """Searches the files of a journal. Use it from one thread at a time."""

    def __init__(self, folder: str, kept: Kept | None = None) -> None:
        """Name a journal; nothing is read yet.

        Args:
            folder: The journal's folder, which need not exist.
            kept: What earlier runs have kept of its texts; None where nothing is kept.
        """
        self._kept = kept
        self._recalled = Recalled(kept) if kept else None
        self._people = os.path.join(folder, PEOPLE_FOLDER)
        self._folders: dict[str, _Folder] = {}
        self._held: dict[str, Held] = {}
        self._unreadable: dict[str, Stamp] = {}
        self._unread: set[str] = set()
        self._unkept: set[str] = set()
        self._unrecalled: set[str] = set()
        self._order: list[_Place] = []
        self._is_in_order = False
        self.size = 0
        """Bytes of text that are held."""

    @property
    def unread(self) -> frozenset[str]:
        """The files that could not be read when they were tried last, by their paths."""
        return frozenset(self._unread.union(self._unreadable))

    # -- searching -------------------------------------------------------------------------

    def search(self, wanted: Wanted, is_over: Callable[[], bool]) -> Iterator[list[Found]]:
        """Yield what fits, by and large the newest first: the first fifty lines at once.

        Args:
            wanted: What to look for.
            is_over: Asked every few files; where it says so, the search ends.
        """
        self._look()
        self._unread.clear()
        sought = sought_in(wanted)
        if wanted.words:
            self._take_up_with(sought.words[0])
        order = self._in_order() if wanted.words else []
        found: list[Found] = []
        count, told = 0, False
        begin = 0
        while begin < len(order):
            if is_over():
                return
            if self._unrecalled and (told or begin >= _SOON):
                self._recall()
                self._take_up_with(sought.words[0])
            end = begin + (_BATCH if told else _FEW)
            count += self._search_in(order[begin:end], sought, wanted, found)
            begin = end
            if found and (told or count >= _AT_ONCE):
                told = True
                yield found
                found = []
        if found:
            yield found

    def _search_in(
        self, places: list[_Place], sought: Sought, wanted: Wanted, found: list[Found]
    ) -> int:
        """Add what is found in some files, and return how many lines that is.

        Both halves are written for speed: tests/bench/search.py measures them beside ripgrep.
        """
        hints, held_files = sought.hints, self._held
        shut = self._recalled.paths if self._recalled else ()
        hint = hints[0] if hints else b""
        word = sought.words[0]
        opened, read, close = os.open, os.read, os.close
        count = 0
        for path, name, person_id in places:
            held = held_files.get(path)
            if held is not None:
                if word not in held.text:
                    continue
                hit = hit_in_held(held, sought)
            elif path in shut:  # where the word may be in it, it was taken up
                continue
            else:
                try:
                    descriptor = opened(path, _READ)
                    try:
                        data = read(descriptor, _CHUNK)
                        if len(data) == _CHUNK:
                            data += _rest(descriptor)
                    finally:
                        close(descriptor)
                    begin = past_checklist(data)
                    low = fold_bytes(data[begin:])
                    if not data.endswith(_WHOLE):
                        entries_in(data, name, person_id)  # or nobody would know that it is torn
                    if hint not in low and not tells_otherwise(low):
                        continue
                    hit = hit_in(data, low, begin, name, person_id, sought)
                except FileNotFoundError:
                    continue
                except (AlongsideError, OSError):
                    self._unread.add(path)
                    continue
            if hit is None or path in wanted.left_out:
                continue
            home, at, lines, ats = hit
            if wanted.people is not None and home.person_id not in wanted.people:
                continue
            if at:  # what is in a talk stands together, what is in a person's file in its time
                if at >= wanted.since:
                    found.append(Found(at, home, path, lines))
                    count += lines
                continue
            since = wanted.since
            for day, some in Counter(d for d in ats if not since or since <= d < UNDATED).items():
                found.append(Found(day, home, path, some))
                count += some
        return count

    def lines(self, path: str, wanted: Wanted) -> list[Line]:
        """Return the lines of a file that may fit, newest first; none where it has gone."""
        folder, name = os.path.split(path)
        known = self._folders.get(folder)
        try:
            person_id = known.person_id if known else None
            _, lines = lines_in(_read(path), name, person_id, sought_in(wanted))
        except (AlongsideError, OSError):
            return []
        return lines

    # -- holding ---------------------------------------------------------------------------

    def hold(self, is_over: Callable[[], bool]) -> None:
        """Read what is not held yet, so that the next search need not; the newest first.

        Args:
            is_over: Asked between files; where it says so, the rest is left for another time.
        """
        self._look()
        self._recall()
        self._take_up_with()
        is_new = False
        for path, name, person_id in self._in_order():
            if is_over() or self.size >= ROOM:
                break
            if path not in self._held and path not in self._unreadable:
                self._hold(path, name, person_id)
                is_new = True
        if is_new:
            self._is_in_order = False

    def keep(self) -> None:
        """Keep what is held for the next run, where there is anything new in it."""
        if self._kept is None:
            return
        for folder in self._unkept.intersection(self._folders):
            self._take_up(folder)
            _, person_id, names = self._folders[folder]
            paths = ((name, os.path.join(folder, name)) for name in names)
            held = {name: self._held[path] for name, path in paths if path in self._held}
            self._kept.save(folder, person_id, held)
        self._unkept.clear()
        self._kept.prune(map(os.path.basename, self._folders))

    def _hold(self, path: str, name: str, person_id: str | None) -> None:
        try:
            data, stamp = read_bytes(path)
            try:
                read = entries_in(data, name, person_id)
            except AlongsideError:
                self._unreadable[path] = stamp
                return
        except FileNotFoundError:
            return
        except (AlongsideError, OSError):
            self._unread.add(path)
            return
        self._unread.discard(path)
        held = held_of(read, stamp)
        if held is not None:
            self._held[path] = held
            self.size += len(held.text)
            self._unkept.add(os.path.dirname(path))

    def _drop(self, path: str) -> None:
        self._unreadable.pop(path, None)
        self._unread.discard(path)
        held = self._held.pop(path, None)
        if held is not None:
            self.size -= len(held.text)
            self._unkept.add(os.path.dirname(path))

    # -- what there is ---------------------------------------------------------------------

    def look_again(self) -> None:
        """Have the next search look at every file, even in folders that seem unchanged."""
        self._folders = {path: f._replace(time=0) for path, f in self._folders.items()}

    def _look(self) -> None:
        """See which files there are, and forget what is held of those that have changed."""
        try:
            with os.scandir(self._people) as entries:
                there = [entry.path for entry in entries if entry.is_dir()]
        except OSError:
            there = []
        for path in set(self._folders) - set(there):
            self._forget(path)
        for path in there:
            try:
                changed = os.stat(path).st_mtime_ns
                known = self._folders.get(path)
                if known is None or known.time != changed:
                    self._look_in(path, changed)
            except OSError:
                self._forget(path)

    def _look_in(self, folder: str, changed: int) -> None:
        is_settled = time.time_ns() - changed > TICK
        self._take_up(folder)
        known = self._folders.get(folder)
        names: list[str] = []
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if not name.endswith(".json") or name.startswith("."):
                    continue
                names.append(name)
                if known is None:
                    continue
                path = os.path.join(folder, name)
                held = self._held.get(path)
                stamp = held.stamp if held is not None else self._unreadable.get(path)
                if stamp is not None and stamp != _stamp_of(entry):
                    self._drop(path)
        for name in set(known.names if known else ()).difference(names):
            self._drop(os.path.join(folder, name))
        if known is None:
            self._unrecalled.add(folder)
        person_id = None
        if PERSON_FILE in names:
            try:
                person_id = person_in(_read(os.path.join(folder, PERSON_FILE)))
            except (AlongsideError, OSError):
                person_id = known.person_id if known else None
        if known is not None and person_id != known.person_id:
            for name in names:
                self._drop(os.path.join(folder, name))
        self._folders[folder] = _Folder(changed if is_settled else 0, person_id, tuple(names))
        self._is_in_order = False

    def _recall(self) -> None:
        """Recall what was kept of folders that are seen for the first time."""
        folders, self._unrecalled = self._unrecalled, set()
        if self._recalled is None:
            return
        for folder in folders.intersection(self._folders):
            if not self._recalled.recall(folder, self._folders[folder].person_id):
                self._unkept.add(folder)

    def _take_up_with(self, word: bytes = b"") -> None:
        """Hold what was recalled of folders in whose texts a word may be."""
        for folder in self._recalled.folders(word) if self._recalled else ():
            self._take_up(folder)

    def _take_up(self, folder: str) -> None:
        """Hold what was recalled of a folder, as long as there is room."""
        for path, held in self._recalled.take_up(folder) if self._recalled else ():
            if self.size < ROOM:
                self._held[path] = held
                self.size += len(held.text)
        self._is_in_order = False

    def _forget(self, folder: str) -> None:
        self._take_up(folder)
        known = self._folders.pop(folder, None)
        for name in known.names if known else ():
            self._drop(os.path.join(folder, name))
        self._is_in_order = False

    def _in_order(self) -> list[_Place]:
        """Return the files, people's first, then talks, newest first.

        Where a file is not held yet, its name says about when the talk was.
        """
        if not self._is_in_order:
            held = self._held
            order: list[tuple[str, _Place]] = []
            for folder, known in self._folders.items():
                person_id = known.person_id
                for name in known.names:
                    path = f"{folder}{os.sep}{name}"
                    file = held.get(path)
                    at = UNDATED if name == PERSON_FILE else file.at if file is not None else name
                    order.append((at, (path, name, person_id)))
            order.sort(key=_first, reverse=True)
            self._order = [place for _, place in order]
            self._is_in_order = True
        return self._order


def _read(path: str) -> bytes:
    """Return a file's bytes.

    Raises:
        OSError: Where it cannot be read.
    """
    descriptor = os.open(path, _READ)
    try:
        return _rest(descriptor)
    finally:
        os.close(descriptor)


def _rest(descriptor: int) -> bytes:
    """Return what is left to be read of a file."""
    parts = []
    while data := os.read(descriptor, _CHUNK):
        parts.append(data)
    return b"".join(parts)


def _stamp_of(entry: os.DirEntry[str]) -> Stamp | None:
    try:
        return Stamp.of(entry.stat())
    except OSError:
        return None
