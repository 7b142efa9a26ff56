"""How quick alongside is, as ratios to yardsticks that are run in turn with it.

    python tests/bench/ratios.py [--rounds 15] [--only frame] [--only commands] [--module]

Milliseconds belong to one machine on one day; ratios carry over. Each round runs every program
once, in an order that goes round, and a ratio is the median of the ratios of the rounds. No test
asserts any of it.

- The app is run in a pseudo-terminal of 120 by 40 whose questions are answered. The clock starts
  before the fork. A *frame* is there when everybody's name and the first person's card are in what
  was written; the *key* is a Down sent at that moment, reflected when the second person's card is
  there. The yardsticks are a Textual app with one Label, and one with one Label and one key.
- A command is a whole process, its yardstick ``python -c pass``. *Ten years* is the journal of
  `tests.bench.big`, with a digest as the app leaves it.
- Peak memory is what the system says (VmHWM), where it says it.

The program is the ``alongside`` beside the interpreter; where there is none, a launcher as pip
writes it, for this checkout. ``--module`` measures ``python -m tui`` instead.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import big
from tests.bench.pairs import Lab, Show, in_turn, ratio, show
from tui.desk.places import place_of
from tui.store.files import make_folder
from tui.wiring import journal_folder

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
PEAK = """\
import re
from pathlib import Path
found = re.search("VmHWM:\\\\s*(\\\\d+)", Path("/proc/self/status").read_text())
print(found[1], file=sys.stderr)
"""


class Trial:
    """What is measured, on a demo journal that has been opened before."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self.journal = lab.folder / "journal"
        lab.seed(self.journal)
        self.environ = lab.environ
        make_folder(place_of(str(self.journal), self.environ).state)

    def shows(self) -> tuple[Show, ...]:
        """Return the programs whose first frame is timed, the yardsticks first."""
        lab = self._lab
        waits = ["yardstick ready"]
        key = Show(
            "Textual, one Label, one key", lab.script("key", KEY_APP), waits, "key reflected"
        )
        ours = lab.show_of("alongside", lab.on(self.journal), self.journal)
        demo = ours._replace(name="alongside demo", argv=[*lab.program, "demo"])
        return (lab.label(), key, ours, demo)

    def commands(self) -> dict[str, list[str]]:
        """Return the commands that are timed, the yardstick first."""
        name = self._lab.people(self.journal)[0]["name"]
        return {
            "python -c pass": [sys.executable, "-c", "pass"],
            "alongside --version": [*self._lab.program, "--version"],
            "alongside due": self._lab.on(self.journal, "due"),
            "alongside due, ten years": self._lab.on(self.ten_years(), "due"),
            "alongside people": self._lab.on(self.journal, "people"),
            "alongside people, ten years": self._lab.on(self.ten_years(), "people"),
            "alongside summary": self._lab.on(self.journal, "summary", name),
        }

    def ten_years(self) -> Path:
        """Return the ten-year journal, made at first use."""
        journal = self._lab.folder / "ten-years"
        if not journal.exists():
            big.make(journal)
            place = place_of(str(journal), self.environ)
            make_folder(place.state)
            time.sleep(0.1)  # a folder that has just changed is not trusted yet
            folder = journal_folder(place)
            folder.load()
            folder.save_digest()
        return journal

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
        arguments = list(argv[len(self._lab.program) :])
        call = f"from tui.cli import main\nsys.argv[1:] = {arguments!r}\nmain()\n"
        if list(argv[: len(self._lab.program)]) != self._lab.program:
            call = "pass\n"
        code = f"import sys\n{call}{PEAK}"
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=self.environ,
            cwd=self._lab.folder,
            check=True,
            capture_output=True,
        )
        return int(done.stderr.split()[-1]) / 1024


def measure_frames(trial: Trial, rounds: int) -> None:
    """Print how long the first frame and the first key take."""
    programs = {program.name: program for program in trial.shows()}
    found = in_turn([*programs], rounds, lambda name: show(programs[name], trial.environ))
    label, keyed = list(programs)[:2]
    print(f"\n{'':30}{'frame ms':>9}   ratio                 {'key ms':>8}   ratio", end="")
    print(f"{'':17}{'after frame':>12} {'peak MB':>8}")
    for name, runs in found.items():
        frames, keys = [r.frame for r in runs], [r.key for r in runs]
        frame_ratio = ratio(frames, [r.frame for r in found[label]])
        row = f"{name:30}{statistics.median(frames):9.1f}  {frame_ratio!s:22}"
        if programs[name].reflected:
            key_ratio = ratio(keys, [r.key for r in found[keyed]])
            after = statistics.median(r.key - r.frame for r in runs)
            row += f"{statistics.median(keys):8.1f}  {key_ratio!s:22}{after:10.1f}"
        else:
            row += " " * 40
        print(f"{row}{statistics.median(r.peak for r in runs):9.1f}")


def measure_commands(trial: Trial, rounds: int) -> None:
    """Print how long the command line takes."""
    commands = trial.commands()
    found = in_turn([*commands], rounds * 3, lambda name: trial.run(commands[name]))
    yardstick = found[next(iter(commands))]
    print(f"\n{'':30}{'ms':>9}   ratio                {'peak MB':>9}")
    for name, times in found.items():
        peak = trial.peak_of(commands[name])
        print(
            f"{name:30}{statistics.median(times):9.1f}  {ratio(times, yardstick)!s:22}{peak:8.1f}"
        )


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
        trial = Trial(lab)
        version = ".".join(map(str, sys.version_info[:3]))
        print(f"{lab.what}; Python {version}; {options.rounds} rounds, medians")
        for name in options.only or PARTS:
            PARTS[name](trial, options.rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
