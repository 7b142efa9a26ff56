"""Measures looking back: from a key to the first paint, ten years of talks beside the demo.

``python tests/bench/looking.py`` opens the app on the journal of `tests.bench.big` and on the demo
journal, in turn, each in a terminal of its own, lets it come to rest, and goes to each surface of
`SURFACES` by its key. The goal is 1.5 for each. For the mirror there is besides how long it takes
until what stands in the notes is counted, too; nothing waits for that.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench import big
from tests.bench.durability import PATIENCE, opened, say_times
from tests.bench.pairs import Lab, in_turn, ratio

GOAL = 1.5


class Surface(NamedTuple):
    """One surface, from home and back."""

    name: str
    key: str
    shows: tuple[str, ...]
    """All of this is there once its first paint is."""
    then: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = ()
    """Further steps: what it is called, a key, what is there, what is not; where nothing is named,
    the next frame counts."""
    first: tuple[str, str] = ("", "")
    """A key pressed before, and what is there then."""


SURFACES: tuple[Surface, ...] = (
    Surface("home", "f2", ("▌", "new person"), first=("f5", "Captured (")),
    Surface("card", "e", ("▌", "Role", "Feedback")),
    Surface(
        "history",
        "f6",
        ("look back", "One-to-ones", "Notes", "▌"),
        (("history, one further back", "down", (), ()),),
    ),
    Surface("search", "ctrl+f", ("Search · everybody", "Type words")),
    Surface(
        "mirror",
        "I",
        ("Your practice", "What you promised", "You kept", "When you talked"),
        (("mirror, all counted", "G", ("noted, in",), ("Being looked up",)),),
    ),
)


def looked(
    lab: Lab, journal: Path, names: list[str], surfaces: tuple[Surface, ...]
) -> dict[str, float]:
    """Look at surfaces once; return the milliseconds from a key to what it shows."""
    found = {}
    with opened(lab.on(journal), lab.environ) as terminal:
        terminal.wait_for(*names, "F1 help", deadline=PATIENCE)
        terminal.rest()

        def timed(part: str, key: str, holds: Callable[[str], bool]) -> None:
            (at,) = terminal.play([key])
            terminal.settle(holds)
            found[part] = next(m - at for m, text in terminal.seen if m > at and holds(text))

        for surface in surfaces:
            if surface.first[0]:
                terminal.press(surface.first[0])
                terminal.wait_for(surface.first[1], deadline=PATIENCE)
                terminal.rest()
            timed(surface.name, surface.key, _showing(surface.shows))
            for part, key, there, absent in surface.then:
                was = "" if there or absent else terminal.seen[-1][1]
                timed(part, key, _showing(there, absent, was))
            terminal.press("escape")
            terminal.wait_for(names[0], "F1 help", deadline=PATIENCE)
            terminal.rest()
    return {part: seconds * 1000 for part, seconds in found.items()}


def _showing(
    there: tuple[str, ...], absent: tuple[str, ...] = (), was: str = ""
) -> Callable[[str], bool]:
    """Return what tells whether the screen shows something, and is another than it was."""

    def holds(shown: str) -> bool:
        is_there = all(text in shown for text in there)
        return shown != was and is_there and not any(text in shown for text in absent)

    return holds


def main() -> None:
    """Measure, and print each row with what was asked of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="pairs of runs (default: 5)")
    parser.add_argument(
        "--only", action="append", choices=[s.name for s in SURFACES], help="(default: all)"
    )
    options = parser.parse_args()
    rounds = options.rounds
    surfaces = tuple(s for s in SURFACES if s.name in (options.only or s.name))
    with tempfile.TemporaryDirectory() as work:
        lab = Lab(Path(work))
        journals = {name: Path(work) / name for name in ("ten-years", "demo")}
        big.make(journals["ten-years"])
        lab.seed(journals["demo"])
        names = {
            name: [person["name"] for person in lab.people(journal)]
            for name, journal in journals.items()
        }
        found = in_turn(
            [*journals],
            rounds,
            lambda name: looked(lab, journals[name], names[name], surfaces),
        )
    for part in found["demo"][0]:
        ten_years, demo = ([run[part] for run in found[name]] for name in journals)
        met = ratio(ten_years, demo)
        told = "met" if met.middle <= GOAL else "NOT MET"
        print(f"{part:20} ten years / demo   ≤ {GOAL}x   {met.middle:.2f}x   {told}")
        print("   ", say_times("ten years", ten_years))
        print("   ", say_times("demo", demo))


if __name__ == "__main__":
    main()
