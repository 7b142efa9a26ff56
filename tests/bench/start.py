"""How soon alongside is there, and how soon it answers, beside other Textual apps.

    python tests/bench/start.py [--rounds 15] [--keys 20] [--peers DIR] [--no-peers] [--profile]

Each round starts every program once, in an order that goes round, in a terminal of 120 by 40; a
ratio is the median of the ratios of the rounds (`tests.bench.pairs`). For each are told

- the *first byte* it writes,
- the *first frame*: the first words on the screen that are true (of alongside: a name of the
  people, painted before Textual is loaded; of the others: their frame),
- the *usable* frame: all that the first screen says; for alongside that is everybody, the card of
  the first person and the keys,
- the *CPU* time it has taken until then, which other programs on a busy machine do not stretch,
- the *key*: one sent at that moment, and reflected by what it changes,
- the *echo*: from a key to the next output, of many keys typed one by one with the program quiet.

The yardsticks are Textual apps with one Label, with one Label and one key, and with one Input. The
others are Textual apps from the package index, each put into an environment of its own in a folder
that is kept (``--peers``, by default in the cache folder); what cannot be installed or does not
start is left out, and said.

``--profile`` tells instead where the time of one start goes. No test asserts any of this.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.pairs import DOWN, Lab, Terminal, in_turn, peak_of, ratio
from tests.bench.ratios import KEY_APP, Trial

UP = b"\x1b[A"
INPUT_APP = """\
from textual.app import App
from textual.widgets import Input

class Yardstick(App):
    def compose(self):
        yield Input("yardstick ready")

Yardstick().run()
"""
LAPS = """\
import os, sys, time
laps = []
def lap(what):
    laps.append((time.perf_counter(), what))
def before(owner, name, what):
    real = getattr(owner, name)
    def call(*args, **options):
        lap(what)
        return real(*args, **options)
    setattr(owner, name, call)
lap("Python has started")
from tui.desk import tty
before(tty.HeldTerminal, "paint", "a first paint is ready")
from tui import start, wiring
before(wiring, "notebook_for_app", "the glance is shown")
before(start, "import_textual", "the journal is open")
def watch():
    from textual import screen
    from textual.app import App
    from textual.drivers.linux_driver import LinuxDriver
    lap("Textual is imported")
    before(App, "__init__", "our screens are imported")
    before(App, "run", "the app is made")
    before(screen.Screen, "_compose", "styles are read")
    before(screen.Screen, "_refresh_layout", "home is composed")
    before(screen.Screen, "_compositor_refresh", "home is laid out")
    write = LinuxDriver.write
    def written(self, data):
        write(self, data)
        if len(data) > 1000:
            lap("the first frame is drawn")
            with open(os.environ["LAPS"], "w") as file:
                for at, what in laps:
                    print((at - float(os.environ["BEGUN"])) * 1000, what, file=file)
            LinuxDriver.write = write
    LinuxDriver.write = written
real = start.import_textual
def imported():
    real()
    watch()
start.import_textual = imported
from tui.cli import main
sys.exit(main())
"""


class Program(NamedTuple):
    """A program, and how to see how far it is."""

    name: str
    argv: list[str]
    first: list[str]
    """On the screen once the first true words are."""
    ready: list[str]
    """All of this is on the screen once the first screen can be used."""
    key: bytes
    reflected: str
    """On the screen once the first key has done what it does; empty where no key is tried."""
    echoed: tuple[bytes, bytes] | None
    """Keys that undo each other and change something each; None where none are tried."""
    environ: dict[str, str]


class Run(NamedTuple):
    """How one start went, in milliseconds."""

    byte: float
    first: float
    usable: float
    key: float
    echoes: list[float]
    peak: float
    cpu: float
    """Spent by the program itself until its frame: no other program on the machine is in it."""


class Peer(NamedTuple):
    """A Textual app of others, as the package index has it."""

    name: str
    wanted: tuple[str, ...]
    command: str
    ready: str
    key: bytes
    reflected: str
    echoed: tuple[bytes, bytes] | None


TYPED = (b"x", b"\x7f")
"""A letter, and it is taken back."""
SWITCHED = (b"\t", b"\t")
"""To the other part of the screen, and back."""
# posting's grammars are older than what it asks for
PEERS = (
    Peer("dooit", ("dooit",), "dooit", "Welcome to Dooit!", b"?", "Switch focus", (DOWN, UP)),
    Peer("kanban-tui", ("kanban-tui",), "ktui", "Your Boards", b"", "", SWITCHED),
    Peer("posting", ("posting", "tree-sitter<0.26"), "posting", "Enter a URL", b"", "", TYPED),
    Peer("frogmouth", ("frogmouth",), "frogmouth", "Welcome to Frogmouth!", b"", "", SWITCHED),
)


def yardsticks(lab: Lab) -> Iterator[Program]:
    """Yield the plainest Textual apps; the first is that of all frames."""
    label = lab.label()
    words = list(label.ready)
    yield Program(label.name, label.argv, words, words, b"", "", None, lab.environ)
    argv = lab.script("key", KEY_APP)
    name = "Textual, one Label, one key"
    yield Program(name, argv, words, words, DOWN, "key reflected", None, lab.environ)
    argv = lab.script("input", INPUT_APP)
    yield Program("Textual, one Input", argv, words, words, b"", "", TYPED, lab.environ)


def ours(lab: Lab, name: str, journal: Path) -> Program:
    """Return alongside on a journal, its first words a name."""
    shown = lab.show_of(name, lab.on(journal), journal)
    names = [shown.ready[0]]
    ready = [*shown.ready, "F1"]
    return Program(
        name, shown.argv, names, ready, DOWN, shown.reflected, (DOWN, UP), lab.environ
    )  # fmt: skip


def peer(made: Peer, lab: Lab, folder: Path) -> Program:
    """Return an app of others, installed where it is not yet.

    Raises:
        OSError: Where it cannot be.
        subprocess.CalledProcessError: Where it cannot be.
    """
    place = folder / made.name
    command = place / "bin" / made.command
    if not command.exists():
        venv.create(place, with_pip=True, clear=True)
        pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", *made.wanted]
        subprocess.run(pip, check=True, capture_output=True)
    home = lab.folder / f"home-{made.name}"
    home.mkdir(exist_ok=True)
    environ = lab.environ | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    environ |= {"XDG_CONFIG_HOME": str(home / "config")}
    environ.pop("PYTHONPATH", None)
    argv = [str(command)]
    words = [made.ready]
    return Program(
        made.name, argv, words, words, made.key, made.reflected, made.echoed, environ
    )  # fmt: skip


def run(program: Program, keys: int) -> Run:
    """Start a program once and use it a little."""
    terminal = Terminal(program.argv, program.environ)
    try:
        first = terminal.wait_for(program.first)
        usable = key = terminal.wait_for(program.ready)
        cpu = cpu_of(terminal.pid)
        if program.reflected:
            key = terminal.wait_for([program.reflected], terminal.send(program.key))
        there_and_back = program.echoed or ()
        echoes = [terminal.answer_to(each) for _ in range(keys // 2) for each in there_and_back]
        return Run(terminal.first_byte, first, usable, key, echoes, peak_of(terminal.pid), cpu)
    finally:
        terminal.close()


def cpu_of(pid: int) -> float:
    """Return the milliseconds a process has been running; not a number where nobody says."""
    try:
        stats = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    except OSError:
        return float("nan")
    return sum(int(stat.split()[0]) for stat in stats) / 1e6 if stats else float("nan")


def tell(programs: dict[str, Program], found: dict[str, list[Run]]) -> None:
    """Print what was found, a program a line."""
    names = list(programs)
    label, keyed, typed = (found[name] for name in names[:3])
    echo = [statistics.quantiles(r.echoes, n=20)[-1] for r in typed]
    names_of = ("byte", "first", "usable", "/Label", "CPU", "/Label", "key", "/Label", "p50", "p95")
    print(f"\n{'milliseconds (ratio)':28}" + "".join(f"{each:>8}" for each in names_of), end="")
    print(f"{'/Input':>8}{'MB':>6}")
    for name, runs in found.items():
        middle = [statistics.median(column) for column in zip(*(r[:4] for r in runs), strict=True)]
        usable = ratio([r.usable for r in runs], [r.usable for r in label]).middle
        row = f"{name:28}{middle[0]:8.0f}{middle[1]:8.0f}{middle[2]:8.0f}{usable:8.2f}"
        cpu = ratio([r.cpu for r in runs], [r.cpu for r in label]).middle
        row += f"{statistics.median(r.cpu for r in runs):8.0f}{cpu:8.2f}"
        if programs[name].reflected:
            key = ratio([r.key for r in runs], [r.key for r in keyed]).middle
            row += f"{middle[3]:8.0f}{key:8.2f}"
        else:
            row += " " * 16
        if programs[name].echoed:
            late = [statistics.quantiles(r.echoes, n=20)[-1] for r in runs]
            every = [taken for r in runs for taken in r.echoes]
            row += f"{statistics.median(every):8.1f}{statistics.median(late):8.1f}"
            row += f"{ratio(late, echo).middle:8.2f}"
        else:
            row += " " * 24
        print(f"{row}{statistics.median(r.peak for r in runs):6.0f}")


def compare(lab: Lab, trial: Trial, options: argparse.Namespace) -> None:
    """Measure all in turn."""
    made = [*yardsticks(lab), ours(lab, "alongside", trial.journal)]
    made.append(ours(lab, "alongside, ten years", trial.ten_years()))
    for each in () if options.no_peers else PEERS:
        try:
            program = peer(each, lab, options.peers)
            run(program, 0)
        except (OSError, subprocess.CalledProcessError, SystemExit) as problem:
            said = str(problem).splitlines()[0]
            print(f"{each.name} is left out, it cannot be installed or does not start: {said}")
        else:
            made.append(program)
    programs = {program.name: program for program in made}
    found = in_turn(list(programs), options.rounds, lambda name: run(programs[name], options.keys))
    tell(programs, found)


def profile(lab: Lab, trial: Trial, rounds: int) -> None:
    """Print where the time of a start goes: what was reached when, and how long it took."""
    laps = lab.folder / "laps"
    times: dict[str, list[tuple[float, float]]] = {}
    program = ours(lab, "", trial.journal)
    argv = [sys.executable, *lab.script("laps", LAPS)[1:], *program.argv[len(lab.program) :]]
    for _ in range(rounds):
        terminal = Terminal(argv, program.environ | {"LAPS": str(laps)}, tells_begin="BEGUN")
        terminal.wait_for(program.ready)
        terminal.close()
        was, seen = 0.0, set()
        for line in laps.read_text().splitlines():
            at, _, what = line.partition(" ")
            what = what if what not in seen else f"{what}, again"
            seen.add(what)
            times.setdefault(what, []).append((float(at), float(at) - was))
            was = float(at)
    print(f"\n{'at ms':>7}{'took':>7}")
    for what, found in times.items():
        at, took = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{at:7.1f}{took:7.1f}  {what}")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    parser.add_argument("--rounds", type=int, default=15, metavar="N", help="(default 15)")
    parser.add_argument("--keys", type=int, default=20, metavar="N", help="keys a round")
    parser.add_argument("--peers", type=Path, default=cache / "alongside-bench", metavar="DIR")
    parser.add_argument("--no-peers", action="store_true", help="only ours and the yardsticks")
    parser.add_argument("--profile", action="store_true", help="where the time goes instead")
    options = parser.parse_args()
    if options.rounds < 2:
        parser.error("a median takes two rounds at least")
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    try:
        lab = Lab(folder)
        trial = Trial(lab)
        version = ".".join(map(str, sys.version_info[:3]))
        print(f"{lab.what}; Python {version}; {options.rounds} rounds, medians")
        if options.profile:
            profile(lab, trial, options.rounds)
        else:
            compare(lab, trial, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
