"""Measures how long a key waits at most while a frozen tool holds up a copy.

``python tests/bench/copying.py`` opens the app on a journal of its own, where xclip and tmux never
answer, copies a summary, and asks the app's loop for a turn every millisecond until the truth about
it is on the screen. The goal is 100 ms; for comparison, the same without a copy.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.builders import Bench, add_person, plan_today, write
from tui.app import AlongsideApp
from tui.desk.copying import Copied
from tui.domain.ours import Outbound

GOAL = 100.0
"""Milliseconds."""
TICK = 0.001
IDLE = 3.0
"""Seconds of looking without a copy."""
FROZEN = "#!/bin/sh\nexec sleep 600\n"


async def longest(app: AlongsideApp, is_over: Callable[[], bool]) -> float:
    """Return the milliseconds the loop was busy with something else at most, until it is over."""
    worst = 0.0
    while not is_over():
        before = time.perf_counter()
        await asyncio.sleep(TICK)
        worst = max(worst, time.perf_counter() - before - TICK)
    return worst * 1000


async def measure(folder: Path, text: str) -> tuple[float, float, str]:
    """Return the longest wait without a copy and during one, and what was said of it."""
    bench = Bench(folder)
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    for number in range(200):
        write(notebook, one, f'" line {number}: a sentence of an ordinary length')
    notebook, writer = bench.for_app()
    app = AlongsideApp(notebook, writer, bench.place.state, journal=bench.place.journal)
    told: list[Copied] = []
    async with app.run_test(size=(120, 40)):
        app.open_listen(one.id)
        await asyncio.sleep(1)
        end = time.perf_counter() + IDLE
        idle = await longest(app, lambda: time.perf_counter() > end)
        app.copy(Outbound(text), told.append)
        busy = await longest(app, lambda: bool(told))
    writer.close()
    return idle, busy, told[0].sentence


def main() -> None:
    """Measure, and print what was asked of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs (default: 3)")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as work:
        programs = Path(work) / "bin"
        programs.mkdir()
        for tool in ("xclip", "xsel", "tmux"):
            (programs / tool).write_text(FROZEN)
            (programs / tool).chmod(0o755)
        os.environ["PATH"] = f"{programs}{os.pathsep}{os.defpath}"
        os.environ |= {"DISPLAY": ":77", "TMUX": "/nowhere,1,0"}
        for number in range(rounds):
            folder = Path(work) / str(number)
            folder.mkdir()
            idle, busy, said = asyncio.run(measure(folder, "a line of text\n" * 20_000))
            told = "met" if busy <= GOAL else "NOT MET"
            print(f"longest wait   ≤ {GOAL:.0f} ms   {busy:.1f} ms   {told}   (idle {idle:.1f} ms)")
        print(said.partition(" It is saved")[0])


if __name__ == "__main__":
    main()
