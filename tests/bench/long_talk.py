"""Measures a long talk: from a key to its echo, and from enter to the note shown.

``python tests/bench/long_talk.py`` types the same lines into a one-to-one with twenty notes and
into one with two thousand, in turn, in a terminal of its own. The goal is 1.3 at the 95th
percentile; one widget per note measured 30 times as much.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.durability import PATIENCE, echoes, entered, opened, percentile, say_times
from tests.bench.pairs import Lab, in_turn, ratio
from tests.builders import add_person
from tui.desk.places import Place, place_of
from tui.desk.shipped import standard_template
from tui.domain.capture import read_entry
from tui.domain.notes import NOTE_KINDS
from tui.domain.onetoones import WALK
from tui.services import talks
from tui.wiring import notebook_for_commands

FEW, MANY = 20, 2_000
GOAL = 1.3
LINES = ("they would like fewer meetings", "and a say in the plan", "one quiet morning a week")


def make(place: Place, notes: int) -> None:
    """Make a journal with one talk of today in which so much was written."""
    notebook = notebook_for_commands(place)
    person = add_person(notebook, "Dana Okafor")
    one = talks.of_today(notebook, person, standard_template(), WALK)
    lines = (f"line {n}: a sentence of an ordinary length, as it is said" for n in range(notes))
    entries = tuple(
        read_entry(NOTE_KINDS[n % len(NOTE_KINDS)], line, notebook.today())
        for n, line in enumerate(lines)
    )
    talks.write_all(notebook, one, entries)


def typed(lab: Lab, journal: Path) -> tuple[list[float], list[float]]:
    """Type lines; return the milliseconds to each echo, and from each enter to the note."""
    keys: list[str] = []
    meant: list[str] = []
    for line in LINES:
        keys += [*line, "enter"]
        meant += [*(line[:length] for length in range(1, len(line) + 1)), ""]
    with opened(lab.on(journal), lab.environ) as terminal:
        terminal.wait_for("Dana Okafor", "F1 help", deadline=PATIENCE)
        terminal.press("l")
        terminal.wait_for(" │", "! need", "* idea", deadline=PATIENCE)
        terminal.rest()
        pressed = terminal.play(keys)
        terminal.settle(lambda shown: f"“{LINES[-1]}”" in shown and not entered(shown))
        states = [s for s in terminal.states(entered) if s[0] > pressed[0]]
        seen = tuple(terminal.seen)
    shown = [n for n, key in enumerate(keys) if key not in (" ", "enter")]
    echoed = echoes([pressed[n] for n in shown], [meant[n] for n in shown], states)
    enters = [pressed[n] for n, key in enumerate(keys) if key == "enter"]
    written = [
        (next(moment for moment, text in seen if f"“{line}”" in text) - at) * 1000
        for line, at in zip(LINES, enters, strict=True)
    ]
    return echoed, written


def main() -> None:
    """Measure, and print each row with what was asked of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="pairs of runs (default: 5)")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as work:
        lab = Lab(Path(work))
        number = count()

        def run(notes: str) -> tuple[list[float], list[float]]:
            journal = Path(work) / f"of-{notes}-{next(number)}"
            make(place_of(str(journal), lab.environ), int(notes))
            return typed(lab, journal)

        found = in_turn([str(FEW), str(MANY)], rounds, run)
    for what, part in (("key to echo", 0), ("enter to note shown", 1)):
        p95s = {n: [percentile(one[part], 95) for one in runs] for n, runs in found.items()}
        met = ratio(p95s[str(MANY)], p95s[str(FEW)])
        told = "met" if met.middle <= GOAL else "NOT MET"
        print(f"{what}, p95, {MANY} notes / {FEW}   ≤ {GOAL}x   {met.middle:.2f}x   {told}")
        for notes, runs in found.items():
            print("   ", say_times(f"{notes} notes", _all(runs, part)))


def _all(runs: Sequence[tuple[list[float], list[float]]], part: int) -> list[float]:
    return [time for run in runs for time in run[part]]


if __name__ == "__main__":
    main()
