"""Measures the board with many follow-ups: its first frame, scrolling, filtering.

``python tests/bench/board.py`` opens everybody's board of a journal with a hundred follow-ups and
of one with ten thousand, in turn, in a terminal of its own, and presses the same keys on both. The
goal is 1.2 for each; one widget per card takes 39 s to the first frame of ten thousand.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.durability import PATIENCE, opened, say_times
from tests.bench.pairs import Lab, in_turn, ratio
from tests.builders import add_person
from tui.desk.places import Place, place_of
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Change
from tui.services.promises import home_of
from tui.wiring import notebook_for_commands

FEW, MANY = 100, 10_000
GOAL = 1.2
WORDS = ("xa", "ya", "xe", "ye")
"""In the text of every fourth: one letter finds half of all, two letters a quarter."""
PEOPLE = ("Dana Okafor", "Sam Reyes", "Priya Nair", "Tom Weiss", "Ana Lima")
STAGES = (Stage.AGREED, Stage.DONE, Stage.DONE, Stage.CAPTURED, Stage.DONE, Stage.WAITING,
          Stage.DONE, Stage.LET_GO, Stage.DONE, Stage.DONE)  # fmt: skip
"""About what a journal of some years holds: most of it is done."""


def make(place: Place, count: int) -> None:
    """Make a journal of so many follow-ups, of five people, in all stages."""
    notebook = notebook_for_commands(place)
    people = [add_person(notebook, name) for name in PEOPLE]
    now = notebook.now()
    owners, stages = cycle(Owner), cycle(STAGES)
    changes = []
    for number in range(count):
        person = people[number // len(STAGES) % len(people)]
        stage = next(stages)
        follow_up = FollowUp(
            notebook.new_id(),
            person.id,
            f"thing {WORDS[number // 10 % 4]} {number}: a promise of an ordinary length, written",
            next(owners),
            now - timedelta(hours=number),
            stage,
            due=(now + timedelta(days=number % 40 - 9)).date() if number % 3 else None,
            closed=None if stage in (Stage.AGREED, Stage.CAPTURED, Stage.WAITING) else now.date(),
            reason="not needed any more" if stage is Stage.LET_GO else "",
        )
        changes.append(Change(home_of(follow_up), None, follow_up))
    notebook.commit("made", changes)


def looked(lab: Lab, journal: Path, count: int) -> dict[str, float]:
    """Look at the board; return the milliseconds from a key to what it shows, by part."""
    captured = f"Captured ({count // len(STAGES)})"
    found = {}
    with opened(lab.on(journal), lab.environ) as terminal:
        terminal.wait_for(*PEOPLE, "F1 help", deadline=PATIENCE)
        terminal.rest()

        def timed(part: str, key: str, holds: Callable[[str], bool]) -> None:
            (at,) = terminal.play([key])
            terminal.settle(holds)
            found[part] = next(m - at for m, text in terminal.seen if m > at and holds(text))

        timed("one person's", "f5", lambda shown: f"Captured ({count // 50})" in shown)
        timed("everybody's", "a", lambda shown: captured in shown)
        before = terminal.seen[-1][1]
        timed("page down", "pagedown", lambda shown: shown != before)
        terminal.press("/")
        terminal.wait_for("find:", deadline=PATIENCE)
        terminal.rest()
        timed("first letter", "x", lambda shown: captured not in shown and "Captured (" in shown)
        narrowed = terminal.seen[-1][1]
        timed("next letter", "a", lambda shown: "xe" not in shown and shown != narrowed)
    return {part: seconds * 1000 for part, seconds in found.items()}


def main() -> None:
    """Measure, and print each row with what was asked of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="pairs of runs (default: 5)")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as work:
        lab = Lab(Path(work))
        journals = {str(count): Path(work) / f"of-{count}" for count in (FEW, MANY)}
        for count, journal in journals.items():
            make(place_of(str(journal), lab.environ), int(count))
        found = in_turn([*journals], rounds, lambda count: looked(lab, journals[count], int(count)))
    for part in found[str(FEW)][0]:
        few, many = ([run[part] for run in found[str(count)]] for count in (FEW, MANY))
        met = ratio(many, few)
        told = "met" if met.middle <= GOAL else "NOT MET"
        print(f"{part:13} {MANY} / {FEW}   ≤ {GOAL}x   {met.middle:.2f}x   {told}")
        print("   ", say_times(f"{FEW}", few))
        print("   ", say_times(f"{MANY}", many))


if __name__ == "__main__":
    main()
