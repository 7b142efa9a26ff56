"""How quick alongside is, as ratios to yardsticks that are run in turn with it.

    python tests/bench/ratios.py [--rounds 15] [--only frame] [--only commands] [--module]

Milliseconds belong to one machine on one day; ratios carry over. Each round runs every program
once, in an order that goes round, and a ratio is the median of the ratios of the rounds. No test
asserts any of it.

- The app is run in a pseudo-terminal of 120 by 40 whose questions are answered. The clock starts
  before the fork. A *frame* is there when everybody's name and the first person's card are in what
  was written; the *key* is a Down sent at that moment, reflected when the second person's card is
  there. The yardsticks are a Textual app with one Label, and one with one Label and one key.
- A command is a whole process, its yardstick ``python -c pass``.
- Peak memory is what the system says (VmHWM), where it says it.

The program is the ``alongside`` beside the interpreter; where there is none, a launcher as pip
writes it, for this checkout. ``--module`` measures ``python -m tui`` instead.
"""

from __future__ import annotations

import argparse
import compileall
import fcntl
import importlib.util
import json
import os
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

ROOT = Path(__file__).resolve().parents[2]
COLUMNS, LINES = 120, 40
PATIENCE = 30.0
"""Seconds after which a program counts as hung."""
DOWN = b"\x1b[B"
QUIT = b"\x11"

T = TypeVar("T")

LABEL_APP = """\
from textual.app import App
from textual.widgets import Label

class Yardstick(App):
    def compose(self):
        yield Label("yardstick ready")

Yardstick().run()
"""
KEY_APP = """\
from textual.app import App
from textual.widgets import Label

class Yardstick(App):
    BINDINGS = [("down", "down", "down")]

    def compose(self):
        yield Label("yardstick ready")

    def action_down(self):
        self.query_one(Label).update("key reflected")

Yardstick().run()
"""
LAUNCHER = """\
#!{python}
import sys
from tui.cli import main
if __name__ == '__main__':
    if sys.argv[0].endswith('.exe'):
        sys.argv[0] = sys.argv[0][:-4]
    sys.exit(main())
"""
SEED = """\
import sys
from tui.desk.places import Place
from tui.wiring import notebook_for_commands, seed_demo
seed_demo(notebook_for_commands(Place(*sys.argv[1:])))
"""
PEAK = """\
import re
from pathlib import Path
found = re.search("VmHWM:\\\\s*(\\\\d+)", Path("/proc/self/status").read_text())
print(found[1], file=sys.stderr)
"""

_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p|\x1b\[(c|6n|>q|\?u)|\x1b\](1[01]);\?(?:\x07|\x1b\\)")
_ESCAPE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][AB0]|[78=>])")


class Show(NamedTuple):
    """A program in the terminal, and how to see how far it is."""

    name: str
    argv: list[str]
    ready: Sequence[str]
    """All of this has been written once its first frame can be used."""
    reflected: str
    """This is written after Down; empty where no key is tried."""


class Shown(NamedTuple):
    """How one run of a program went, in milliseconds from before the fork."""

    frame: float
    key: float
    peak: float
    """Megabytes, not a number where the system does not say."""


def answer(query: re.Match[bytes]) -> bytes:
    """Return what a terminal of today says to a question."""
    mode, plain, colour = query.groups()
    if mode:
        return b"\x1b[?%s;%d$y" % (mode, 2 if mode == b"2026" else 0)
    if colour:
        return b"\x1b]%s;rgb:1515/1717/1c1c\x1b\\" % colour
    return {
        b"c": b"\x1b[?62;22c",
        b"6n": b"\x1b[1;1R",
        b">q": b"\x1bP>|bench\x1b\\",
        b"?u": b"\x1b[?0u",
    }[plain]


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(self, argv: list[str], environ: dict[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._begun = time.perf_counter()
        self.pid = os.fork()
        if not self.pid:
            try:
                os.login_tty(slave)
                os.execve(argv[0], argv, environ)
            finally:
                os._exit(127)
        os.close(slave)
        self._output = bytearray()
        self._answered = 0

    def send(self, keys: bytes) -> int:
        """Type; returns the place in the output from which on what is written came later."""
        os.write(self._master, keys)
        return len(self._output)

    def wait_for(self, words: Sequence[str], since: int = 0) -> float:
        """Return the milliseconds from the start until all these words have been written."""
        wanted = [word.encode() for word in words]
        while True:
            text = _ESCAPE.sub(b"", self._output[since:])
            if all(word in text for word in wanted):
                return (self._read_at - self._begun) * 1000
            if not self._read(self._begun + PATIENCE - time.perf_counter()):
                shown = text[-2000:].decode(errors="replace")
                raise SystemExit(f"Not seen: {words}. The end of what was written:\n{shown}")

    def _read(self, patience: float) -> bool:
        if patience <= 0 or not select.select([self._master], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return False
        self._read_at = time.perf_counter()
        self._output += data
        for query in _QUERY.finditer(self._output, self._answered):
            os.write(self._master, answer(query))
            self._answered = query.end()
        return bool(data)

    def peak(self) -> float:
        """Return the most memory it has had, in MB."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        except OSError:
            return float("nan")
        found = re.search(r"VmHWM:\s*(\d+)", status)
        return int(found[1]) / 1024 if found else float("nan")

    def close(self) -> None:
        """Ask it to end, and see that it does."""
        with suppress(OSError):
            os.write(self._master, QUIT)
        deadline = time.perf_counter() + 5
        while self._read(deadline - time.perf_counter()):
            pass
        if time.perf_counter() >= deadline:
            os.kill(self.pid, signal.SIGKILL)
        os.close(self._master)
        os.waitpid(self.pid, 0)


def show(program: Show, environ: dict[str, str]) -> Shown:
    """Run a program until its first frame, and the first key."""
    terminal = Terminal(program.argv, environ)
    try:
        frame = key = terminal.wait_for(program.ready)
        if program.reflected:
            key = terminal.wait_for([program.reflected], terminal.send(DOWN))
        return Shown(frame, key, terminal.peak())
    finally:
        terminal.close()


class Lab:
    """A folder with the yardsticks, a warm demo journal, and surroundings of their own."""

    def __init__(self, folder: Path, *, as_module: bool) -> None:
        self.folder = folder
        self.journal = folder / "journal"
        installed = Path(sys.executable).with_name("alongside")
        self.environ = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TEXTUAL", "ALONGSIDE", "PYTHON")) and name != "NO_COLOR"
        } | {
            "HOME": str(folder / "home"),
            "XDG_STATE_HOME": str(folder / "state"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
        }
        if as_module:
            self.what = "python -m tui, of this checkout"
            self.program = [sys.executable, "-m", "tui"]
        elif installed.exists():
            self.what = str(installed)
            self.program = [str(installed)]
        else:
            self.what = "a launcher as pip writes it, of this checkout"
            launcher = folder / "alongside"
            launcher.write_text(LAUNCHER.format(python=sys.executable))
            launcher.chmod(0o755)
            self.program = [str(launcher)]
        if as_module or not installed.exists():
            self.environ["PYTHONPATH"] = str(ROOT)
        self._compile()
        self._seed()

    def _compile(self) -> None:
        """Compile what an installed program has compiled."""
        compileall.compile_dir(ROOT / "tui", quiet=2)
        for name in ("textual", "rich", "tinydb"):
            spec = importlib.util.find_spec(name)
            for place in (spec and spec.submodule_search_locations) or ():
                compileall.compile_dir(place, quiet=2)

    def _seed(self) -> None:
        """Make a demo journal on disk, and open it once so that its state folder is there."""
        (self.folder / "home").mkdir()
        for name, source in (("label.py", LABEL_APP), ("key.py", KEY_APP)):
            (self.folder / name).write_text(source)
        environ = self.environ | {"PYTHONPATH": str(ROOT)}
        seed = [sys.executable, "-c", SEED, str(self.journal), str(self.folder / "seeding")]
        subprocess.run(seed, env=environ, check=True)

    def on_journal(self, *arguments: str) -> list[str]:
        """Return the command line of alongside on the demo journal."""
        return [*self.program, "--journal", str(self.journal), *arguments]

    def people(self) -> list[dict[str, str]]:
        """Return the people of the demo journal, in the order they are shown."""
        output = subprocess.run(
            self.on_journal("people", "--json"), env=self.environ, check=True, capture_output=True
        ).stdout
        found: list[dict[str, str]] = json.loads(output)
        return found

    # -- what is measured ------------------------------------------------------------------

    def shows(self) -> tuple[Show, ...]:
        """Return the programs whose first frame is timed, the yardsticks first."""
        people = self.people()
        first, second = (person["role"].split()[0] for person in people[:2])
        assert first != second, "the cards cannot be told apart"
        ready = [*(person["name"] for person in people), first]
        label, key = (str(self.folder / name) for name in ("label.py", "key.py"))
        waits = ["yardstick ready"]
        return (
            Show("Textual, one Label", [sys.executable, label], waits, ""),
            Show("Textual, one Label, one key", [sys.executable, key], waits, "key reflected"),
            Show("alongside", self.on_journal(), ready, second),
            Show("alongside demo", [*self.program, "demo"], ready, second),
        )

    def commands(self) -> dict[str, list[str]]:
        """Return the commands that are timed, the yardstick first."""
        name = self.people()[0]["name"]
        return {
            "python -c pass": [sys.executable, "-c", "pass"],
            "alongside --version": [*self.program, "--version"],
            "alongside people": self.on_journal("people"),
            "alongside summary": self.on_journal("summary", name),
        }

    def run(self, argv: list[str]) -> float:
        """Return the milliseconds a command takes."""
        with Path(os.devnull).open("r+b") as nowhere:
            actions = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), stream) for stream in (0, 1, 2)]
            begun = time.perf_counter()
            pid = os.posix_spawn(argv[0], argv, self.environ, file_actions=actions)
            _, status = os.waitpid(pid, 0)
            taken = (time.perf_counter() - begun) * 1000
        if status:
            raise SystemExit(f"{' '.join(argv)} ended with status {status}.")
        return taken

    def peak_of(self, argv: list[str]) -> float:
        """Return the most memory a command has had, in MB: it is asked at its end."""
        if not Path("/proc/self/status").exists():
            return float("nan")
        arguments = list(argv[len(self.program) :])
        call = f"from tui.cli import main\nsys.argv[1:] = {arguments!r}\nmain()\n"
        if list(argv[: len(self.program)]) != self.program:
            call = "pass\n"
        code = f"import sys\n{call}{PEAK}"
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=self.environ,
            cwd=self.folder,
            check=True,
            capture_output=True,
        )
        return int(done.stderr.split()[-1]) / 1024


def in_turn(names: Sequence[str], rounds: int, run: Callable[[str], T]) -> dict[str, list[T]]:
    """Run everything once a round, each round beginning with another, after one that warms up."""
    results: dict[str, list[T]] = {name: [] for name in names}
    for number in range(-1, rounds):
        start = max(number, 0) % len(names)
        for name in (*names[start:], *names[:start]):
            result = run(name)
            if number >= 0:
                results[name].append(result)
        if sys.stderr.isatty():
            print(f"\r{number + 1}/{rounds} ", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print("\r        \r", end="", file=sys.stderr, flush=True)
    return results


def ratio(values: Sequence[float], yardstick: Sequence[float]) -> str:
    """Return the median of the paired ratios, with the middle half of them."""
    ratios = [value / other for value, other in zip(values, yardstick, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return f"{middle:5.2f}x ({low:.2f}–{high:.2f})"


def measure_frames(lab: Lab, rounds: int) -> None:
    """Print how long the first frame and the first key take."""
    programs = {program.name: program for program in lab.shows()}
    found = in_turn([*programs], rounds, lambda name: show(programs[name], lab.environ))
    label, keyed = list(programs)[:2]
    print(f"\n{'':30}{'frame ms':>9}   ratio                 {'key ms':>8}   ratio", end="")
    print(f"{'':17}{'after frame':>12} {'peak MB':>8}")
    for name, runs in found.items():
        frames, keys = [r.frame for r in runs], [r.key for r in runs]
        frame_ratio = ratio(frames, [r.frame for r in found[label]])
        row = f"{name:30}{statistics.median(frames):9.1f}  {frame_ratio:22}"
        if programs[name].reflected:
            key_ratio = ratio(keys, [r.key for r in found[keyed]])
            after = statistics.median(r.key - r.frame for r in runs)
            row += f"{statistics.median(keys):8.1f}  {key_ratio:22}{after:10.1f}"
        else:
            row += " " * 40
        print(f"{row}{statistics.median(r.peak for r in runs):9.1f}")


def measure_commands(lab: Lab, rounds: int) -> None:
    """Print how long the command line takes."""
    commands = lab.commands()
    found = in_turn([*commands], rounds * 3, lambda name: lab.run(commands[name]))
    yardstick = found[next(iter(commands))]
    print(f"\n{'':30}{'ms':>9}   ratio                {'peak MB':>9}")
    for name, times in found.items():
        peak = lab.peak_of(commands[name])
        print(f"{name:30}{statistics.median(times):9.1f}  {ratio(times, yardstick):22}{peak:8.1f}")


PARTS = {"frame": measure_frames, "commands": measure_commands}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n")[0],
        epilog="Medians of paired ratios, with the middle half of them in brackets.",
    )
    parser.add_argument("--rounds", type=int, default=15, metavar="N", help="(default 15)")
    parser.add_argument("--only", action="append", choices=tuple(PARTS), help="(default: all)")
    parser.add_argument("--module", action="store_true", help="measure python -m tui")
    options = parser.parse_args()
    if options.rounds < 2:
        parser.error("a median takes two rounds at least")
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    try:
        lab = Lab(folder, as_module=options.module)
        version = ".".join(map(str, sys.version_info[:3]))
        print(f"{lab.what}; Python {version}; {options.rounds} rounds, medians")
        for name in options.only or PARTS:
            PARTS[name](lab, options.rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
