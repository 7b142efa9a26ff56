"""What the benchmarks share: programs in a terminal, and ratios of what is run in turn.

A ratio is the median of the ratios of the rounds: each round runs everything once, in an order that
goes round, so that a machine that is busy for a moment is busy for all.
"""

from __future__ import annotations

import compileall
import fcntl
import importlib.util
import json
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

ROOT = Path(__file__).resolve().parents[2]
COLUMNS, LINES = 120, 40
PATIENCE = 30.0
"""Seconds after which a program counts as hung."""
QUIET = 0.03
"""Seconds without output after which a program waits for a key."""
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

    def __init__(self, argv: list[str], environ: dict[str, str], *, tells_begin: str = "") -> None:
        """Start a program; in ``tells_begin``, if that is given, it is told when that was."""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._begun = time.perf_counter()
        if tells_begin:
            environ = environ | {tells_begin: repr(self._begun)}
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
        self.first_byte = 0.0
        """Milliseconds from the start until anything was written; 0 before."""

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

    def answer_to(self, keys: bytes) -> float:
        """Type once all is quiet; returns the milliseconds until anything is written.

        Raises:
            SystemExit: Where nothing is.
        """
        while self._read(QUIET):
            pass
        sent = time.perf_counter()
        self.send(keys)
        if not self._read(PATIENCE):
            raise SystemExit(f"No answer to {keys!r}.")
        return (self._read_at - sent) * 1000

    def _read(self, patience: float) -> bool:
        if patience <= 0 or not select.select([self._master], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return False
        self._read_at = time.perf_counter()
        if not self._output:
            self.first_byte = (self._read_at - self._begun) * 1000
        self._output += data
        for query in _QUERY.finditer(self._output, self._answered):
            os.write(self._master, answer(query))
            self._answered = query.end()
        return bool(data)

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
        return Shown(frame, key, peak_of(terminal.pid))
    finally:
        terminal.close()


def peak_of(pid: int) -> float:
    """Return the most memory a process has had, in MB; not a number where nobody says."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    found = re.search(r"VmHWM:\s*(\d+)", status)
    return int(found[1]) / 1024 if found else float("nan")


class Lab:
    """A folder with the yardsticks, and surroundings of their own for all programs."""

    def __init__(self, folder: Path, *, as_module: bool = False) -> None:
        self.folder = folder
        installed = Path(sys.executable).with_name("alongside")
        self.environ = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TEXTUAL", "ALONGSIDE", "PYTHON")) and name != "NO_COLOR"
        } | {
            "HOME": str(folder / "home"),
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_CACHE_HOME": str(folder / "cache"),
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
            self.program = [str(folder / "alongside")]
            launcher = folder / "alongside"
            launcher.write_text(LAUNCHER.format(python=sys.executable))
            launcher.chmod(0o755)
        if as_module or not installed.exists():
            self.environ["PYTHONPATH"] = str(ROOT)
        (folder / "home").mkdir()
        self._compile()

    def _compile(self) -> None:
        """Compile what an installed program has compiled."""
        compileall.compile_dir(ROOT / "tui", quiet=2)
        for name in ("textual", "rich", "tinydb"):
            spec = importlib.util.find_spec(name)
            for place in (spec and spec.submodule_search_locations) or ():
                compileall.compile_dir(place, quiet=2)

    def script(self, name: str, source: str) -> list[str]:
        """Return the command line of a yardstick, which is written down for it."""
        path = self.folder / f"{name}.py"
        path.write_text(source)
        return [sys.executable, str(path)]

    def label(self) -> Show:
        """Return the yardstick of the first frame, and of memory."""
        return Show("Textual, one Label", self.script("label", LABEL_APP), ["yardstick ready"], "")

    def seed(self, journal: Path) -> None:
        """Make a demo journal on disk."""
        environ = self.environ | {"PYTHONPATH": str(ROOT)}
        seeding = str(self.folder / "seeding")
        subprocess.run([sys.executable, "-c", SEED, str(journal), seeding], env=environ, check=True)

    def on(self, journal: Path, *arguments: str) -> list[str]:
        """Return the command line of alongside on a journal."""
        return [*self.program, "--journal", str(journal), *arguments]

    def people(self, journal: Path) -> list[dict[str, Any]]:
        """Return the people of a journal, in the order they are shown."""
        argv = self.on(journal, "people", "--json")
        done = subprocess.run(argv, env=self.environ, check=True, capture_output=True)
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    def show_of(self, name: str, argv: list[str], journal: Path) -> Show:
        """Return alongside with a journal in it: ready with all names and the first card."""
        people = self.people(journal)
        first, second = (person["role"] for person in people[:2])
        assert first != second, "the cards cannot be told apart"
        return Show(name, argv, [*(person["name"] for person in people), first], second)


def in_turn(
    names: Sequence[str], rounds: int, run: Callable[[str], T], *, warm_up: bool = True
) -> dict[str, list[T]]:
    """Run everything once a round, each round beginning with another.

    Args:
        names: What there is to run.
        rounds: How often.
        run: Runs one of them.
        warm_up: Whether to begin with a round that does not count.
    """
    results: dict[str, list[T]] = {name: [] for name in names}
    for number in range(-1 if warm_up else 0, rounds):
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


class Ratio(NamedTuple):
    """The median of paired ratios, and the middle half of them."""

    low: float
    middle: float
    high: float

    def __str__(self) -> str:
        return f"{self.middle:5.2f}x ({self.low:.2f}–{self.high:.2f})"


def ratio(values: Sequence[float], yardstick: Sequence[float]) -> Ratio:
    """Return how what was measured compares to what was measured in turn with it."""
    ratios = [value / other for value, other in zip(values, yardstick, strict=True)]
    return Ratio(*statistics.quantiles(ratios, n=4))
