"""Measures searching ten years of talks, in one run with ripgrep over the same files.

    python tests/bench/search.py [--rounds 15] [--keys] [--journal DIR]

The journal is that of `tests.bench.big`: 7,500 one-to-ones, 150,000 notes. Each round runs, in an
order that goes round, all warm: ``rg -i WORD`` as a process whose lines are read; the first search
of a run, which finds what an earlier run has kept of the texts, every hit; a later search, with the
text held in memory, every hit; and of both the newest fifty, read from their files. The goals, as
medians of the ratios of the rounds: 1.6 for the first search, 0.5 for later ones, 0.5 for the
newest fifty. The very first search, with nothing kept, has no goal: it is shown beside them.

Below stands what a very first search is made of, each part alone in one thread: to open, read and
close the files (the floor of any search without an index), and to fold what was read and look into
it. ripgrep uses all cores; ``rg -j1`` is shown for that.

``--keys`` measures the app in a terminal instead: how long a letter typed into the search takes to
be seen while a search runs, over one typed with nothing to search.
"""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import big
from tests.bench.durability import PATIENCE, echoes, opened, say_times
from tests.bench.pairs import Lab, in_turn, ratio
from tui.desk.places import Place
from tui.services.ports import Wanted
from tui.services.search import Result, search_for
from tui.store.foldedbytes import fold_bytes
from tui.store.kept import Kept
from tui.store.quick import past_checklist
from tui.store.searching import TextFinder
from tui.wiring import notebook_for_commands

WORDS = ("lighthouse", "vidal", "budget", "again", "the")
"""In no line, in one of fifty, in one of twenty, in one of eight, and in nearly all."""
FIRST, LATER, FIFTY, BEST = 1.6, 0.5, 0.5, float("inf")
AT_ONCE = 50
TYPED = "the harbour"


def never() -> bool:
    return False


class Trial:
    """One journal, and what is run on it."""

    def __init__(self, journal: Path, work: Path) -> None:
        self.people = str(journal / "people")
        self.journal = str(journal)
        self.notebook = notebook_for_commands(Place(self.journal, str(work / "state")), whole=False)
        self.kept = Kept(str(work / "state"))
        (work / "state").mkdir(exist_ok=True)
        self.held = TextFinder(self.journal, self.kept)
        before = resident()
        begun = time.perf_counter()
        self.held.hold(never)
        self.held_in = time.perf_counter() - begun
        self.held_by = resident() - before
        begun = time.perf_counter()
        self.held.keep()
        self.kept_in = time.perf_counter() - begun
        self.paths = [
            entry.path
            for folder in os.scandir(self.people)
            for entry in os.scandir(folder.path)
            if entry.name.endswith(".json")
        ]

    def ripgrep(self, word: str, *options: str) -> tuple[float, int]:
        """Run ripgrep; return milliseconds, and how many lines it printed."""
        argv = ["rg", "-i", *options, word, self.people]
        begun = time.perf_counter()
        said = subprocess.run(argv, stdout=subprocess.PIPE, check=False).stdout
        return (time.perf_counter() - begun) * 1000, said.count(b"\n")

    def search(self, word: str, finder: TextFinder, *, at_once: bool) -> tuple[float, int]:
        """Search; return milliseconds, and how many lines were found."""
        search = search_for(self.notebook, word)._replace(finder=finder)
        gc.collect()
        begun = time.perf_counter()
        result = Result(search)
        for _ in result.run(never):
            if at_once and result.total >= AT_ONCE:
                break
        if at_once:
            result.lines(0, AT_ONCE)
        return (time.perf_counter() - begun) * 1000, result.total

    def read(self, *, looks: bool) -> float:
        """Read all files, and perhaps fold them and look into them; return milliseconds."""
        begun = time.perf_counter()
        for path in self.paths:
            descriptor = os.open(path, os.O_RDONLY)
            data = os.read(descriptor, 16_384)
            os.close(descriptor)
            if looks:
                b"lighthouse" in fold_bytes(data[past_checklist(data) :])  # noqa: B015
        return (time.perf_counter() - begun) * 1000

    def fresh(self) -> TextFinder:
        """Return what searches in a run in which nobody has searched yet."""
        return TextFinder(self.journal, self.kept)

    def ignorant(self) -> TextFinder:
        """Return what searches where nobody ever has."""
        return TextFinder(self.journal)

    def look(self) -> float:
        """See which files there are; return milliseconds."""
        begun = time.perf_counter()
        for _ in self.fresh().search(Wanted(()), never):
            pass
        return (time.perf_counter() - begun) * 1000

    def compare(self, word: str, rounds: int) -> None:
        """Print the ratios of one word."""
        runs: dict[str, Callable[[], tuple[float, int]]] = {
            "rg": lambda: self.ripgrep(word),
            "first": lambda: self.search(word, self.fresh(), at_once=False),
            "later": lambda: self.search(word, self.held, at_once=False),
            "very first": lambda: self.search(word, self.ignorant(), at_once=False),
            "first fifty": lambda: self.search(word, self.fresh(), at_once=True),
            "later fifty": lambda: self.search(word, self.held, at_once=True),
        }
        found = in_turn([*runs], rounds, lambda name: runs[name]())
        times = {name: [ms for ms, _ in some] for name, some in found.items()}
        print(f"“{word}”: {found['later'][0][1]:,} lines ({found['rg'][0][1]:,} by ripgrep)")
        for name, goal in (
            ("first", FIRST), ("later", LATER), ("first fifty", FIFTY), ("later fifty", FIFTY),
            ("very first", BEST),
        ):  # fmt: skip
            if name.endswith("fifty") and found["later"][0][1] < AT_ONCE:
                continue  # there are no fifty
            met = ratio(times[name], times["rg"])
            told = "met" if met.middle <= goal else "NOT MET"
            asked = f"≤ {goal}x" if goal < BEST else "      "
            print(f"  {name:12} / rg -i   {asked}   {met}   {told if goal < BEST else ''}")
        print("   ", say_times("rg -i", times["rg"]))
        print("   ", say_times("first", times["first"]), "·", say_times("later", times["later"]))

    def floor(self, rounds: int) -> None:
        """Print what a first search is made of."""
        runs: dict[str, Callable[[], float]] = {
            "rg -i": lambda: self.ripgrep(WORDS[0])[0],
            "rg -i -j1": lambda: self.ripgrep(WORDS[0], "-j1")[0],
            "open, read, close": lambda: self.read(looks=False),
            "… and fold, and look": lambda: self.read(looks=True),
            "all of a very first one": lambda: self.search(
                WORDS[0], self.ignorant(), at_once=False
            )[0],
            "see which files there are": self.look,
            "all of a first one": lambda: self.search(WORDS[0], self.fresh(), at_once=False)[0],
        }
        found = in_turn([*runs], rounds, lambda name: runs[name]())
        print(f"What a search is made of ({len(self.paths):,} files):")
        for name, times in found.items():
            print(f"  {name:28} {ratio(times, found['rg -i'])} of rg -i, "
                  f"{statistics.median(times):.0f} ms")  # fmt: skip
        mega = 1024 * 1024
        print(
            f"Held after {self.held_in:.2f} s of reading: {self.held.size / mega:.0f} MB of text, "
            f"{self.held_by / mega:.0f} MB in all; kept in {self.kept_in:.2f} s."
        )


def resident() -> int:
    """Return the memory this process takes, in bytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


# -- keys --------------------------------------------------------------------------------------


def typed(lab: Lab, journal: Path, names: list[str]) -> list[float]:
    """Type into the search; return the milliseconds from each key to its echo."""
    with opened(lab.on(journal), lab.environ) as terminal:
        terminal.wait_for(*names[:3], "F1 help", deadline=PATIENCE)
        terminal.rest()
        terminal.press("ctrl+f")
        terminal.wait_for("Type words", deadline=PATIENCE)
        pressed = terminal.play([*TYPED])
        terminal.settle(lambda shown: f" {TYPED}" in shown)
        meant = [TYPED[: number + 1].rstrip() for number in range(len(TYPED))]
        states = terminal.states(lambda shown: shown.split("\n")[1].strip())
        return echoes(pressed, meant, [s for s in states if s[0] > pressed[0]])


def keys(lab: Lab, journal: Path, rounds: int) -> None:
    """Print how long keys take while a search runs, beside those with nothing to search."""
    little = lab.folder / "little"
    lab.seed(little)
    journals = {"ten years": journal, "demo": little}
    names = {name: [p["name"] for p in lab.people(j)] for name, j in journals.items()}
    found = in_turn([*journals], rounds, lambda name: typed(lab, journals[name], names[name]))
    middle = {name: [statistics.median(run) for run in runs] for name, runs in found.items()}
    worst = {name: [max(run) for run in runs] for name, runs in found.items()}
    print(f"key to echo, typing “{TYPED}” as soon as the search is open, ten years / demo:")
    for name, times in (("median", middle), ("slowest", worst)):
        print(f"  {name:8} {ratio(times['ten years'], times['demo'])}")
        print("   ", say_times("ten years", times["ten years"]))
        print("   ", say_times("demo", times["demo"]))


def main() -> None:
    """Measure, and print each row with what was asked of it."""
    parser = argparse.ArgumentParser(description="Searching, in one run with ripgrep.")
    parser.add_argument("--rounds", type=int, default=15, help="(default: 15)")
    parser.add_argument("--keys", action="store_true", help="key to echo, in the app")
    parser.add_argument("--journal", type=Path, help="a journal of tests/bench/big.py to use")
    options = parser.parse_args()
    if shutil.which("rg") is None and not options.keys:
        raise SystemExit("ripgrep is not there: apt-get install ripgrep, or cargo install ripgrep.")
    with tempfile.TemporaryDirectory() as work:
        journal = options.journal or Path(work) / "ten-years"
        if options.journal is None:
            print(big.make(journal).say())
        if options.keys:
            place = Path(work) / "lab"
            place.mkdir()
            keys(Lab(place), journal, options.rounds)
            return
        gc.disable()
        trial = Trial(journal, Path(work))
        for word in WORDS:
            trial.compare(word, options.rounds)
        trial.floor(options.rounds)


if __name__ == "__main__":
    main()
