"""How quick alongside is when there is much to keep and the disk is slow, as one table.

    python tests/bench/durability.py [--rounds 5] [--only note] [--only start] [--keep DIR]
                                     [--profile] [--small]

Ratios are medians of paired ratios, with the middle half of them in brackets: all that is compared
is run in turn, round after round, each round beginning with another. A quiet machine is advised,
and a real disk: where the temporary folder is in memory, name one with ``--keep``, which also keeps
the journals for the next time. It takes about five minutes, and needs what the tests need. No test
asserts any of it.

A disk with a cache that answers in a tenth of a millisecond shows mostly what Python costs; the
times below the ratios tell which it was.

- *note*: a note is durable. Each contestant is a process of its own with its data loaded, and is
  asked for one note at a time: alongside from `Writer.submit` to the reply that says it is durable,
  with a million notes and with none; the log alone; a bare append and ``fsync`` of the same bytes;
  SQLite with a million notes in a table without any index but its key; stock TinyDB with a few.
- *fold*: a changed note is in its one-to-one's file, and the same change in SQLite.
- *start*: the app in a pseudo-terminal of 120 by 40, until everybody's name and the first card are
  there, on the ten-year journal and on the demo journal, each opened before.
- *whole*: from that frame on, how long until the board has its last card, and how long a key
  pressed every 33 ms takes to be seen meanwhile.
- *slow-disk*: typing notes while each flush of the disk takes 50 ms longer, by a shim in front of
  ``fsync`` and ``fdatasync``; the other side has the same shim that does not wait. A space is not
  measured: it cannot be seen.
- *memory*: the most memory (VmHWM) once the whole ten-year journal has been read.

``--profile`` tells where time and memory go when the ten-year journal is opened. ``--small`` makes
journals of a hundredth, to try the benchmark itself.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import itertools
import json
import math
import multiprocessing
import os
import pstats
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple, Protocol

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import big
from tests.bench.pairs import COLUMNS, LINES, ROOT, Lab, Ratio, in_turn, peak_of, ratio, show
from tests.pty.driver import Terminal
from tui.desk.places import Place, place_of
from tui.domain.followups import STAGE_LABEL, Stage
from tui.domain.ids import uuid7
from tui.domain.journal import Change, Home
from tui.domain.notes import Note, Side
from tui.domain.onetoones import OneToOne
from tui.services.ports import Reply
from tui.store.codec import patch_to_json, to_patch
from tui.store.folder import JournalFolder
from tui.store.log import Log
from tui.store.writer import Writer
from tui.wiring import fresh_id, notebook_for_app

PATIENCE = 60.0
"""Seconds after which something that should have happened has not."""
NOTES_IN_SQLITE = 1_000_000
NOTES_IN_TINYDB = 2_000
"""Stock TinyDB writes its whole file for each note; with a million it would take minutes."""
INTERVAL = 1 / 30
"""Seconds between two keys."""
SLOW = 50
"""Milliseconds a flush of the disk takes longer."""
MOMENT = datetime(2026, 1, 5, 10, 30)
TEXTS = (
    "I would rather hear it from you than read it in the minutes of a meeting",
    "I would rather hear it from them than read it in the minutes of a meeting",
)
LINES_TYPED = (
    "a quiet corner for two", "before the next round", "carry less in one go",
    "draw it on the wall", "every week is too much", "fewer words, more time",
    "give the list to Noor", "half of it can wait",
)  # fmt: skip
"""Each begins with a letter of its own, so that what is on the screen tells how far it is."""
SHIM = """\
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int slowly(const char *name, int fd) {
    int (*flush)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    const char *asked = getenv("FLUSH_DELAY_MS");
    long delay = asked ? atol(asked) : 0;
    int result = flush(fd);
    struct timespec pause = {delay / 1000, delay % 1000 * 1000000L};
    if (delay > 0) nanosleep(&pause, NULL);
    return result;
}

int fsync(int fd) { return slowly("fsync", fd); }
int fdatasync(int fd) { return slowly("fdatasync", fd); }
"""
PROFILED = """\
import cProfile, sys
from tui.cli import main
profile = cProfile.Profile()
try:
    profile.runcall(main, sys.argv[2:])
finally:
    profile.dump_stats(sys.argv[1])
"""
TIMED_FLUSH = """\
import os, tempfile, time
with tempfile.TemporaryFile() as file:
    begun = time.perf_counter()
    os.fsync(file.fileno())
    getattr(os, "fdatasync", os.fsync)(file.fileno())
    print((time.perf_counter() - begun) * 1000)
"""


class Skipped(Exception):  # noqa: N818 - not an error
    """Something cannot be measured here; its text says why."""


# -- the table ---------------------------------------------------------------------------------


class Row(NamedTuple):
    """One line of the table."""

    what: str
    goal: float | None
    """What it may be at most; None where it is there for comparison only."""
    measured: float
    unit: str
    middle_half: str = ""
    said: tuple[str, ...] = ()
    """What stands below it."""

    def say(self) -> str:
        """Return the line, and what stands below it."""
        goal = "" if self.goal is None else f"≤ {self.goal:g}{self.unit}"
        verdict = "" if self.goal is None else "met" if self.measured <= self.goal else "NOT MET"
        measured = f"{self.measured:.2f}{self.unit}"
        line = f"{self.what:58}{goal:>9}{measured:>10}  {self.middle_half:13} {verdict}".rstrip()
        return "\n".join((line, *(f"    {more}" for more in self.said)))


def of_ratio(what: str, goal: float | None, found: Ratio, *said: str) -> Row:
    """Return the line of a ratio."""
    return Row(what, goal, found.middle, "x", f"({found.low:.2f}–{found.high:.2f})", said)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that so many of a hundred do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def say_times(name: str, times: Sequence[float]) -> str:
    """Return how long something takes, in words."""
    return f"{name}: p50 {percentile(times, 50):.2f} ms, p95 {percentile(times, 95):.2f} ms"


# -- contestants, each in a process of its own -------------------------------------------------


class Contestant(Protocol):
    """Does something once whenever it is asked, and says how long it took in milliseconds."""

    def __call__(self) -> float:
        """Do it."""

    def close(self) -> None:
        """Let go of everything."""


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds something takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def note_saying(text: str) -> Note:
    """Return a new note."""
    return Note(fresh_id(), text, "heard", MOMENT, Side.OURS)


def last_talk(folder: JournalFolder) -> OneToOne:
    """Load a journal; return the last one-to-one that took place, else the last there is."""
    talks = folder.load().one_to_ones.values()
    if folder.problems:
        raise SystemExit(f"The journal is not sound: {folder.problems[0].sentence}")
    return max(talks, key=lambda one: (one.took_place, one.at, one.id))


class ThroughWriter:
    """A note, from when the real writer is given it until it says that it is durable."""

    def __init__(self, journal: str, state: str) -> None:
        os.makedirs(state, exist_ok=True)
        folder = JournalFolder(journal, state, fresh_id)
        one = last_talk(folder)
        self._home = Home(one.person_id, one.id)
        self._number = 0
        self._durable_at = 0.0
        self._error = ""
        self._is_filed = threading.Event()
        self._writer = Writer(folder, state, fresh_id)
        self._writer.start(self._hear)

    def _hear(self, reply: Reply) -> None:
        now = time.perf_counter()
        self._error = reply.error
        if not self._durable_at and reply.durable_to >= self._number:
            self._durable_at = now
        if reply.filed_to >= self._number:
            self._is_filed.set()

    def _submit(self, change: Change) -> float:
        self._number += 1  # first: a late word about the one before is not about this one
        self._is_filed.clear()
        self._durable_at = 0.0
        begun = time.perf_counter()
        self._writer.submit(self._number, (change,))
        if not self._is_filed.wait(PATIENCE):
            raise SystemExit(f"The writer does not file what it is given. {self._error}")
        return (self._durable_at - begun) * 1000

    def __call__(self) -> float:
        note = note_saying(TEXTS[0])
        taken = self._submit(Change(self._home, None, note))
        self._submit(Change(self._home, note, None))  # the journal stays as it was
        return taken

    def close(self) -> None:
        problem = self._writer.close()
        if problem:
            raise SystemExit(problem)


def _log_line() -> dict[str, Any]:
    """Return a line as the writer puts it into the log for a new note."""
    change = Change(Home(fresh_id(), fresh_id()), None, note_saying(TEXTS[0]))
    return {"patches": [patch_to_json(to_patch(change))]}


class BareLog:
    """The same line through the log alone, in the caller's thread."""

    def __init__(self, folder: str) -> None:
        self._log = Log(folder, "bare")
        self._line = _log_line()

    def __call__(self) -> float:
        return timed(lambda: self._log.append([self._line]))

    def close(self) -> None:
        self._log.close(keep=False)


class RawAppend:
    """The least there is: a write at the end of a file, and a flush."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._data = (json.dumps(_log_line(), ensure_ascii=False) + "\n").encode()

    def __call__(self) -> float:
        begun = time.perf_counter()
        os.write(self._file, self._data)
        os.fsync(self._file)
        return (time.perf_counter() - begun) * 1000

    def close(self) -> None:
        os.close(self._file)


INSERT = "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?)"


def fill_sqlite(path: Path, count: int) -> None:
    """Make a database with notes in it."""
    lines = itertools.cycle([*big.texts(10_000)])
    ids = (uuid7(1_500_000_000_000 + n * 300_000, n) for n in range(count))
    talk = [fresh_id() for _ in range(1000)]
    rows = (
        (note_id, talk[n // 20 % 1000], next(lines), "heard", MOMENT.isoformat(), "ours")
        for n, note_id in enumerate(ids)
    )
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    database = sqlite3.connect(part)
    database.execute("PRAGMA synchronous=OFF")
    database.execute(
        "CREATE TABLE notes (id TEXT PRIMARY KEY, one_to_one TEXT NOT NULL, text TEXT NOT NULL,"
        " kind_id TEXT NOT NULL, at TEXT NOT NULL, side TEXT NOT NULL) WITHOUT ROWID"
    )
    database.executemany(INSERT, rows)
    database.commit()
    database.close()
    part.rename(path)


class _Sqlite:
    def __init__(self, path: str, mode: str) -> None:
        self._database = sqlite3.connect(path)
        found = self._database.execute(f"PRAGMA journal_mode={mode}").fetchone()[0]
        assert found == mode, f"SQLite is in mode {found}"
        self._database.execute("PRAGMA synchronous=FULL")

    def close(self) -> None:
        self._database.close()


class SqliteInsert(_Sqlite):
    """A note inserted and committed."""

    def __call__(self) -> float:
        row = (fresh_id(), fresh_id(), TEXTS[0], "heard", MOMENT.isoformat(), "ours")
        begun = time.perf_counter()
        self._database.execute(INSERT, row)
        self._database.commit()
        return (time.perf_counter() - begun) * 1000


class SqliteUpdate(_Sqlite):
    """A note changed and committed."""

    def __init__(self, path: str, mode: str) -> None:
        super().__init__(path, mode)
        (self._id,) = self._database.execute("SELECT max(id) FROM notes").fetchone()
        self._texts = itertools.cycle(TEXTS)

    def __call__(self) -> float:
        values = (next(self._texts), self._id)
        begun = time.perf_counter()
        self._database.execute("UPDATE notes SET text = ? WHERE id = ?", values)
        self._database.commit()
        return (time.perf_counter() - begun) * 1000


class TinyInsert:
    """A note inserted into TinyDB as it comes."""

    def __init__(self, path: str, count: int) -> None:
        from tinydb import TinyDB

        self._database = TinyDB(path)
        self._notes = self._database.table("notes")
        self._notes.insert_multiple(self._document(text) for text in big.texts(count))

    def _document(self, text: str) -> dict[str, str]:
        return {"text": text, "kind_id": "heard", "at": MOMENT.isoformat(), "side": "ours"}

    def __call__(self) -> float:
        return timed(lambda: self._notes.insert(self._document(TEXTS[0])))

    def close(self) -> None:
        self._database.close()


class Fold:
    """One changed note written into the file of its one-to-one."""

    def __init__(self, journal: str, state: str) -> None:
        os.makedirs(state, exist_ok=True)
        self._folder = JournalFolder(journal, state, fresh_id)
        one = last_talk(self._folder)
        self._home = Home(one.person_id, one.id)
        page = self._folder.read_page(self._home)
        assert page is not None, "the page is there"
        self._note = next(record for record in page.records if isinstance(record, Note))
        self._texts = itertools.cycle(TEXTS)

    def __call__(self) -> float:
        after = self._note._replace(text=next(self._texts))
        patch = to_patch(Change(self._home, self._note, after))
        self._note = after
        return timed(lambda: self._folder.write([patch]))

    def close(self) -> None:
        """Nothing is open."""


def serve(pipe: Connection, make: Callable[..., Contestant], arguments: tuple[object, ...]) -> None:
    """Be a contestant in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks also says when it is over
    contestant = make(*arguments)
    gc.collect()
    gc.freeze()  # as the app does once it has begun
    pipe.send(0.0)
    with suppress(EOFError):
        while pipe.recv():
            pipe.send(contestant())
    contestant.close()


class Arena:
    """Contestants that can be asked in turn."""

    def __init__(self) -> None:
        self._spawn = multiprocessing.get_context("spawn")
        self._pipes: dict[str, Connection] = {}
        self._processes: list[multiprocessing.process.BaseProcess] = []

    def add(self, name: str, make: Callable[..., Contestant], *arguments: object) -> None:
        """Start a contestant; it gets ready while others do."""
        ours, theirs = self._spawn.Pipe()
        process = self._spawn.Process(target=serve, args=(theirs, make, arguments), daemon=True)
        process.start()
        theirs.close()
        self._pipes[name] = ours
        self._processes.append(process)

    def _hear(self, name: str) -> float:
        try:
            if self._pipes[name].poll(PATIENCE * 5):
                return float(self._pipes[name].recv())
        except EOFError:
            pass
        raise SystemExit(f"{name} does not answer.")

    def run(self, rounds: int) -> dict[str, list[float]]:
        """Ask all of them in turn."""

        def once(name: str) -> float:
            self._pipes[name].send(True)
            return self._hear(name)

        for name in self._pipes:
            self._hear(name)
        return in_turn([*self._pipes], rounds, once)

    def close(self) -> None:
        """End all of them."""
        for pipe, process in zip(self._pipes.values(), self._processes, strict=True):
            with suppress(OSError):
                pipe.send(False)
            process.join(PATIENCE)
            if process.is_alive():
                process.kill()


@contextmanager
def arena() -> Iterator[Arena]:
    """Have an arena, and end all that is in it."""
    made = Arena()
    try:
        yield made
    finally:
        made.close()


# -- the app in a terminal ---------------------------------------------------------------------


class Watched(Terminal):
    """A terminal that remembers what stood on it when."""

    def __init__(self, argv: Sequence[str], environ: dict[str, str]) -> None:
        self.seen: list[tuple[float, str]] = []
        """Each frame that differs from the one before, with the moment it was there."""
        super().__init__(argv, environ, columns=COLUMNS, rows=LINES)

    def _take(self, data: bytes) -> None:
        now = time.perf_counter()
        with self._news:
            super()._take(data)
            if not self._is_mid_frame:
                shown = "\n".join(self._lines())
                if not self.seen or self.seen[-1][1] != shown:
                    self.seen.append((now, shown))

    def reach(self, holds: Callable[[str], bool]) -> float:
        """Wait until something holds for the screen; return since when."""
        self.wait_for(holds, deadline=PATIENCE)
        return next(moment for moment, shown in self.seen if holds(shown))

    def settle(self, holds: Callable[[str], bool]) -> None:
        """Wait until something holds for the screen, and nothing on it changes for a second."""
        deadline = time.perf_counter() + PATIENCE
        while time.perf_counter() < deadline:
            frames = len(self.seen)
            time.sleep(1.0)
            if frames == len(self.seen) and holds(self.seen[-1][1]):
                return
        raise SystemExit(f"The screen does not come to rest.\n{self.text}")

    def states(self, state: Callable[[str], str]) -> list[tuple[float, str]]:
        """Return what a part of the screen was, and since when, each time it changed."""
        found: list[tuple[float, str]] = []
        for moment, shown in tuple(self.seen):
            is_so = state(shown)
            if not found or found[-1][1] != is_so:
                found.append((moment, is_so))
        return found

    def play(self, keys: Sequence[str]) -> list[float]:
        """Press a key every 33 ms, whatever comes of it; return when each was pressed."""
        begun = time.perf_counter()
        pressed = []
        for number, key in enumerate(keys):
            time.sleep(max(0.0, begun + number * INTERVAL - time.perf_counter()))
            pressed.append(time.perf_counter())
            self.press(key)
        return pressed

    def peak(self) -> float:
        """Return the most memory the program has had, in MB."""
        return peak_of(self._process.pid)

    def rest(self) -> None:
        """Wait until the program has done next to nothing for a second (Linux)."""
        used = -1.0
        for _ in range(int(PATIENCE)):
            before, used = used, self._seconds_used()
            if used - before < 0.05 and before >= 0:
                return
            time.sleep(1.0)
        raise SystemExit("The program does not come to rest.")

    def _seconds_used(self) -> float:
        told = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def opened(argv: Sequence[str], environ: dict[str, str]) -> Iterator[Watched]:
    """Have the app in a terminal; it is asked to end, and ends."""
    terminal = Watched(argv, environ)
    try:
        yield terminal
        terminal.press("ctrl+q")
        terminal.wait_exit()
    finally:
        terminal.close()


def echoes(
    pressed: Sequence[float], meant: Sequence[str], states: Sequence[tuple[float, str]]
) -> list[float]:
    """Return for each key the milliseconds until what it led to was seen.

    A key whose own frame was left out was seen with the next one.

    Args:
        pressed: When each key was pressed.
        meant: What a part of the screen is after it.
        states: What that part was, and since when, until all was done.
    """
    found: list[float] = []
    for moment, state in states:
        ahead = range(len(found), len(meant))
        here = next((n for n in ahead if meant[n] == state and pressed[n] <= moment), None)
        if here is not None:
            found += [(moment - at) * 1000 for at in pressed[len(found) : here + 1]]
    return found + [(states[-1][0] - at) * 1000 for at in pressed[len(found) :]]


def highlighted(shown: str) -> str:
    """Return the name that is highlighted among the people."""
    line = next((line for line in shown.splitlines() if "▌" in line), "")
    return line.partition("▌")[2].strip().partition("  ")[0]


def entered(shown: str) -> str:
    """Return what stands in the line notes are typed in."""
    line = next((line for line in reversed(shown.splitlines()) if " │" in line), "")
    return line.partition("│")[2].removeprefix(" ").partition("  ")[0].rstrip()


# -- what is measured --------------------------------------------------------------------------


class Bench:
    """The journals, the surroundings, and the rows of the table."""

    def __init__(self, root: Path, work: Path, rounds: int, scale: int) -> None:
        """Get ready.

        Args:
            root: Where journals are, perhaps from an earlier run.
            work: A folder for this run, on the same disk.
            rounds: How often slow things are measured; quick ones are twenty times as often.
            scale: By what to divide the journals' sizes.
        """
        self._root = root
        self._work = work
        self._rounds = rounds
        self._scale = scale
        self._has_settled = False
        self.lab = Lab(work)

    # -- journals --------------------------------------------------------------------------

    def _journal(self, name: str, **asked: Any) -> tuple[Path, big.Made]:
        """Return a journal and what is in it; it is made where it is not there."""
        folder = self._root / f"bench-{name}"
        wanted = big.asked(**asked)
        told = folder.with_suffix(".json")
        if told.exists() and folder.exists():
            made = big.Made.from_json(json.loads(told.read_text()))
            if made.asked == wanted:
                return folder, made
        for old in (folder, folder.with_suffix(".part")):
            shutil.rmtree(old, ignore_errors=True)
        print(f"making {folder.name} …", file=sys.stderr)
        made = big.make(folder.with_suffix(".part"), **asked)
        folder.with_suffix(".part").rename(folder)
        told.write_text(json.dumps(made._asdict()))
        return folder, made

    def _ten_years(self) -> tuple[Path, big.Made]:
        return self._journal("ten-years", talks=big.TALKS // self._scale)

    def _sqlite(self, name: str) -> str:
        """Return a database of our own with a million notes."""
        count = NOTES_IN_SQLITE // self._scale
        base = self._root / f"bench-notes-{count}.sqlite"
        if not base.exists():
            print(f"making {base.name} …", file=sys.stderr)
            fill_sqlite(base, count)
        return str(shutil.copy(base, self._work / f"{name}.sqlite"))

    # -- rows ------------------------------------------------------------------------------

    def note(self) -> Iterator[Row]:
        """A note is durable: alongside, what it could be, and others."""
        million, made = self._journal("million", talks=3334 // self._scale)
        none, _ = self._journal("empty", people=1, talks=0)
        ours, empty, raw = f"writer, {made.notes:,} notes", "writer, 0 notes", "append and fsync"
        wal, delete = "SQLite WAL", "SQLite DELETE"
        tiny, log = f"TinyDB with {NOTES_IN_TINYDB:,} notes", "log alone"
        with arena() as contestants:
            add = contestants.add
            add(ours, ThroughWriter, str(million), str(self._work / "state-million"))
            add(empty, ThroughWriter, str(none), str(self._work / "state-empty"))
            add(log, BareLog, str(self._work))
            add(raw, RawAppend, str(self._work / "raw"))
            add(wal, SqliteInsert, self._sqlite("wal"), "wal")
            add(delete, SqliteInsert, self._sqlite("delete"), "delete")
            add(tiny, TinyInsert, str(self._work / "tiny.json"), NOTES_IN_TINYDB)
            found = contestants.run(self._rounds * 20)
        for who, short in ((ours, "writer"), (log, "log alone")):
            for other, goal in ((raw, 1.2), (wal, 0.95), (delete, None), (tiny, None)):
                what = f"a note durable, {short} / {other}"
                yield of_ratio(what, goal, ratio(found[who], found[other]))
        said = tuple(say_times(name, times) for name, times in found.items())
        what = f"a note durable, {made.notes:,} notes / 0 notes"
        yield of_ratio(what, 1.15, ratio(found[ours], found[empty]), *said)
        if statistics.median(found[raw]) < 0.05:
            print("This disk does not wait for anything: name another with --keep.")

    def fold(self) -> Iterator[Row]:
        """A changed note is in its file."""
        peer = "SQLite DELETE"
        with arena() as contestants:
            for notes in (20, 200):
                folder, _ = self._journal(f"of-{notes}", people=1, talks=1, notes=notes)
                copy = self._work / f"fold-{notes}"
                shutil.copytree(folder, copy)
                contestants.add(str(notes), Fold, str(copy), str(self._work / f"state-{notes}"))
            contestants.add(peer, SqliteUpdate, self._sqlite("update"), "delete")
            found = contestants.run(self._rounds * 20)
        for among in ("20", "200"):
            said = (say_times(f"{among} notes", found[among]), say_times(peer, found[peer]))
            what = f"a change filed among {among} notes / {peer}"
            yield of_ratio(what, 1.0, ratio(found[among], found[peer]), *said)

    def start(self) -> Iterator[Row]:
        """The first frame, with ten years and with the demo."""
        journal, made = self._ten_years()
        demo = self._work / "demo"
        self.lab.seed(demo)
        self._settle()
        programs = {
            "ten years": self.lab.show_of("ten years", self.lab.on(journal), journal),
            "demo": self.lab.show_of("demo", self.lab.on(demo), demo),
        }
        found = in_turn(
            [*programs], self._rounds * 2, lambda name: show(programs[name], self.lab.environ)
        )
        frames = {name: [run.frame for run in runs] for name, runs in found.items()}
        keys = {name: [run.key - run.frame for run in runs] for name, runs in found.items()}
        first = [show(programs["ten years"], self._elsewhere(number)).frame for number in range(3)]
        yield of_ratio(
            "first frame, ten years / demo",
            1.1,
            ratio(frames["ten years"], frames["demo"]),
            *(say_times(name, times) for name, times in frames.items()),
            *(say_times(f"first key after it, {name}", times) for name, times in keys.items()),
            f"the very first start, ten years: {statistics.median(first):.0f} ms",
            f"ten years: {made.say()}",
        )

    def whole(self) -> Iterator[Row]:
        """All of the journal, after the first frame."""
        self._settle()
        boards = [self._board(self.lab.environ) for _ in range(self._rounds)]
        first = self._board(self._elsewhere(9))
        keyed = [self._keys() for _ in range(self._rounds)]
        times = [time for run in keyed for time in run.echoes]
        yield _of_seconds("people list whole, after the first frame", [run.people for run in keyed])
        yield _of_seconds(
            "board whole, after the first frame and F5 F5",
            [run.board for run in boards],
            f"the very first start: {first.board:.2f} s",
        )
        yield Row(
            "key to echo meanwhile, p95",
            1.0,
            percentile(times, 95) / 1000,
            " s",
            said=(say_times(f"{len(times)} keys", times) + f", longest {max(times):.0f} ms",),
        )

    def slow_disk(self) -> Iterator[Row]:
        """Typing while the disk is slow."""
        shim = self._shim()
        demo = self._work / "demo-to-type-in"
        self.lab.seed(demo)
        first = self.lab.people(demo)[0]["name"]
        number = itertools.count()

        def run(delay: str) -> list[float]:
            copy = self._work / f"typed-in-{next(number)}"
            shutil.copytree(demo, copy)
            environ = self.lab.environ | {"LD_PRELOAD": str(shim), "FLUSH_DELAY_MS": delay}
            return self._typing(copy, first, environ)

        found = in_turn(["0", str(SLOW)], self._rounds * 2, run)
        p95s = {delay: [percentile(times, 95) for times in runs] for delay, runs in found.items()}
        said = (
            say_times(f"flushes {delay} ms slower", [time for times in runs for time in times])
            for delay, runs in found.items()
        )
        what = f"key to echo p95, flushes {SLOW} ms slower / as they are"
        yield of_ratio(what, 1.1, ratio(p95s[str(SLOW)], p95s["0"]), *said)

    def memory(self) -> Iterator[Row]:
        """The most memory there ever is."""
        if math.isnan(peak_of(os.getpid())):
            raise Skipped("the system does not say how much memory a process has had (Linux does)")
        self._settle()
        label = self.lab.label()
        runs: dict[str, Callable[[], float]] = {
            label.name: lambda: show(label, self.lab.environ).peak,
            "ten years": self._peak_at_rest,
            "ten years on the board": lambda: self._board(self.lab.environ).peak,
        }
        found = in_turn([*runs], self._rounds, lambda name: runs[name](), warm_up=False)
        said = tuple(f"{name}: {statistics.median(peaks):.1f} MB" for name, peaks in found.items())
        for name, goal, more in (("ten years", 2.0, said), ("ten years on the board", None, ())):
            what = f"peak memory, {name} / {label.name}"
            yield of_ratio(what, goal, ratio(found[name], found[label.name]), *more)

    # -- how it is measured ----------------------------------------------------------------

    def _elsewhere(self, number: int) -> dict[str, str]:
        """Return surroundings in which the program was never run."""
        folder = self._work / f"elsewhere-{number}"
        names = ("XDG_STATE_HOME", "XDG_CACHE_HOME")
        return self.lab.environ | {name: str(folder / name) for name in names}

    def _settle(self) -> None:
        """Have the ten-year journal opened once, and closed when all of it has been seen."""
        if not self._has_settled:
            self._board(self.lab.environ, stay=2.0)
            self._has_settled = True

    def _peak_at_rest(self) -> float:
        """Start, and wait until all is read; return the most memory it took, in MB."""
        journal, made = self._ten_years()
        with opened(self.lab.on(journal), self.lab.environ) as terminal:
            terminal.reach(lambda shown: all(name in shown for name in made.names))
            terminal.rest()
            return terminal.peak()

    def _board(
        self, environ: dict[str, str], *, stay: float = 0.0, argv: Sequence[str] = ()
    ) -> _Board:
        """Start, and go to everybody's board at once."""
        journal, made = self._ten_years()
        counts = [f"{STAGE_LABEL[Stage(stage)]} ({n})" for stage, n in made.stages.items()]
        with opened(argv or self.lab.on(journal), environ) as terminal:
            frame = terminal.reach(lambda shown: all(name in shown for name in made.names))
            terminal.press("f5", "f5")
            board = terminal.reach(lambda shown: all(count in shown for count in counts))
            time.sleep(stay)
            return _Board(board - frame, terminal.peak())

    def _keys(self) -> _Keys:
        """Start, and go up and down the people while the rest is read."""
        journal, made = self._ten_years()
        with opened(self.lab.on(journal), self.lab.environ) as terminal:
            frame = terminal.reach(lambda shown: all(name in shown for name in made.names))
            shown = next(shown for moment, shown in terminal.seen if moment == frame)
            order = sorted(made.names, key=shown.index)
            down = len(order) - 1
            keys = (["down"] * down + ["up"] * down) * 4
            meant = ([*order[1:], *order[-2::-1]]) * 4
            pressed = terminal.play(keys)
            terminal.settle(lambda shown: highlighted(shown) == order[0])
            people = terminal.reach(lambda shown: f"you owe {made.i_owe}" in shown)
            states = [s for s in terminal.states(highlighted) if s[0] > pressed[0]]
            return _Keys(people - frame, echoes(pressed, meant, states))

    def _typing(self, journal: Path, first: str, environ: dict[str, str]) -> list[float]:
        """Type notes; return how long each key took to be seen."""
        keys: list[str] = []
        meant: list[str] = []
        for line in LINES_TYPED:
            keys += [*line, "enter"]
            meant += [*(line[:length] for length in range(1, len(line) + 1)), ""]
        with opened(self.lab.on(journal), environ) as terminal:
            terminal.wait_for(first, "F1 help", deadline=PATIENCE)
            terminal.press("l")
            terminal.wait_for(" │", "! need", "* idea", deadline=PATIENCE)
            pressed = terminal.play(keys)
            terminal.settle(lambda shown: LINES_TYPED[-1] in shown and not entered(shown))
            states = terminal.states(entered)
        seen = [n for n, key in enumerate(keys) if key != " "]
        states = [state for state in states if state[0] > pressed[0]]
        return echoes([pressed[n] for n in seen], [meant[n] for n in seen], states)

    def _shim(self) -> Path:
        """Return what makes flushes slow, made here."""
        compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
        if not sys.platform.startswith("linux"):
            raise Skipped("only Linux lets fsync be slowed down this way")
        if compiler is None:
            raise Skipped("there is no C compiler")
        source, shim = self._work / "slowly.c", self._work / "slowly.so"
        source.write_text(SHIM)
        made = [compiler, "-shared", "-fPIC", "-O2", "-o", str(shim), str(source), "-ldl"]
        done = subprocess.run(made, capture_output=True, check=False)
        if done.returncode:
            raise Skipped(f"{compiler} cannot make a shared library here")
        environ = self.lab.environ | {"LD_PRELOAD": str(shim), "FLUSH_DELAY_MS": str(SLOW)}
        timing = [sys.executable, "-c", TIMED_FLUSH]
        taken = subprocess.run(timing, env=environ, capture_output=True, check=True).stdout
        if float(taken) < 2 * SLOW:
            raise Skipped("this Python does not call fsync in a way that can be slowed down")
        return shim

    # -- where it goes ---------------------------------------------------------------------

    def profile(self) -> None:
        """Print where time and memory go when the ten-year journal is opened."""
        self._settle()
        journal, made = self._ten_years()
        known = place_of(str(journal), self.lab.environ)
        unknown = place_of(str(journal), self._elsewhere(0))
        print(f"\n{made.say()}")
        for title, act, place in (
            ("The very first opening", profile_opening, unknown),
            ("An opening as the app does it", profile_opening, known),
            ("All of it, known from before", profile_loading, known),
            ("Memory of all of it", profile_memory, known),
        ):
            print(f"\n== {title}", flush=True)
            process = multiprocessing.get_context("spawn").Process(target=act, args=(place,))
            process.start()
            process.join()
        print("\n== The app's own thread, from the start until the board is whole")
        stats = str(self._work / "stats")
        arguments = [stats, "--journal", str(journal)]
        environ = self.lab.environ | {"PYTHONPATH": str(ROOT)}
        self._board(environ, argv=[sys.executable, "-c", PROFILED, *arguments])
        _print_stats(pstats.Stats(stats))


class _Board(NamedTuple):
    board: float
    """Seconds from the first frame until the last card was there."""
    peak: float


class _Keys(NamedTuple):
    people: float
    """Seconds from the first frame until the list of people was whole."""
    echoes: list[float]


def _of_seconds(what: str, times: Sequence[float], *said: str) -> Row:
    low, middle, high = statistics.quantiles(times, n=4)
    return Row(what, 1.0, middle, " s", f"({low:.2f}–{high:.2f})", said)


def profile_opening(place: Place) -> None:
    """Profile what happens before the first frame."""
    _profiled(lambda: notebook_for_app(place))


def profile_loading(place: Place) -> None:
    """Profile the reading of a whole journal."""
    _profiled(JournalFolder(place.journal, place.state, fresh_id).load)


def _profiled(act: Callable[[], object]) -> None:
    gc.disable()  # as the app does while it begins
    profiler = cProfile.Profile()
    taken = timed(lambda: profiler.runcall(act))
    print(f"{taken:.0f} ms while being looked at; what takes most by itself:")
    _print_stats(pstats.Stats(profiler))


def _print_stats(stats: pstats.Stats) -> None:
    stats.strip_dirs().sort_stats("tottime").print_stats(15)


def profile_memory(place: Place) -> None:
    """Say what memory a whole journal takes, and where it was taken."""
    import tui.app
    import tui.screens.board

    del tui
    before = peak_of(os.getpid())
    folder = JournalFolder(place.journal, place.state, fresh_id)
    journal = folder.load()
    after = peak_of(os.getpid())
    print(f"before: {before:.1f} MB; with {len(journal.one_to_ones)} one-to-ones: {after:.1f} MB")
    del journal, folder
    gc.collect()
    tracemalloc.start()
    folder = JournalFolder(place.journal, place.state, fresh_id)
    journal = folder.load()
    kept, most = tracemalloc.get_traced_memory()
    print(f"kept: {kept / 1e6:.1f} MB, at most {most / 1e6:.1f} MB; the lines that keep most:")
    for line in tracemalloc.take_snapshot().statistics("lineno")[:15]:
        print(f"  {line.size / 1e6:6.2f} MB  {line.count:7} x  {line.traceback}")
    del journal, folder


SECTIONS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "note": Bench.note,
    "fold": Bench.fold,
    "start": Bench.start,
    "whole": Bench.whole,
    "slow-disk": Bench.slow_disk,
    "memory": Bench.memory,
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="(default 5)")
    parser.add_argument("--only", action="append", choices=tuple(SECTIONS), help="(default: all)")
    parser.add_argument("--keep", metavar="DIR", help="where the journals are, and stay")
    parser.add_argument("--profile", action="store_true", help="say where time and memory go")
    parser.add_argument("--small", action="store_true", help="journals of a hundredth")
    options = parser.parse_args()
    if options.rounds < 2:
        parser.error("a median takes two rounds at least")
    if options.keep:
        os.makedirs(options.keep, exist_ok=True)
    root = Path(options.keep or tempfile.mkdtemp(prefix="alongside-bench-"))
    work = Path(tempfile.mkdtemp(prefix="run-", dir=root)).resolve()
    begun = time.perf_counter()
    try:
        bench = Bench(root.resolve(), work, options.rounds, 100 if options.small else 1)
        if options.profile:
            bench.profile()
            return
        print(f"{bench.lab.what}; Python {sys.version.split()[0]}; SQLite {sqlite3.sqlite_version}")
        print(f"{'':58}{'goal':>9}{'measured':>10}")
        for name in options.only or SECTIONS:
            try:
                for row in SECTIONS[name](bench):
                    print(row.say(), flush=True)
            except Skipped as why:
                print(f"{name}: skipped, {why}.", flush=True)
        print(f"in {time.perf_counter() - begun:.0f} s, {options.rounds} rounds")
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if not options.keep:
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
