"""Whatever the disk does at any call: the journal is old or new, and what was promised is there.

The stories, what must hold, and how a story is hurt are in `tests.store.sweeping`. The whole sweep
takes minutes and is marked so; a small part of it runs with every other test.

Every call that can change a file of the journal or a log is hurt in all five ways, in every story.
What is left out, and why:

- A kill at a call that only looks: it leaves the very disk that a kill at the next call that
  changes something leaves, by which time more may have been promised. That one is tried.
- Of calls that only look each fails in one way, for the store asks of an error only whether it
  says that there is no such file. In stories that begin as others do those of the start are left
  out, and of several in a row at one file or folder, which make up one reading of it, one fails.
- Calls on the digest, the versions and the acts are killed, and fail in one way each.
"""

from __future__ import annotations

import itertools
import json
import os
import queue
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.store.helpers import ROOT
from tests.store.sweeping import (
    BROKEN,
    ERRORS,
    FAULTS,
    LASTS,
    STORIES,
    Call,
    reason_to_skip,
)

LOG = "state/here/*.log"


class Case(NamedTuple):
    """A call of a story, and how it is hurt."""

    call: Call
    fault: str


class Swept(NamedTuple):
    """What came of hurting a story."""

    cases: list[Case]
    wrong: list[tuple[Case, list[str]]]

    def say(self) -> str:
        """Return what is wrong, the first few in full."""
        lines = [f"{len(self.wrong)} of {len(self.cases)} go wrong"]
        lines += [f"{fault} at {call}: {[w.split(':')[0] for w in wrong]}"
                  for (call, fault), wrong in self.wrong]  # fmt: skip
        lines += ["\n".join(wrong) for _, wrong in self.wrong[:3]]
        return "\n".join(lines)


# -- which calls, and how ------------------------------------------------------------------


def is_beside(call: Call) -> bool:
    """Return whether a call is about what need not be there."""
    here = "state/here/"
    parts = [path.removeprefix(here).lstrip(".") for path in call.about.split()]
    return all(part.startswith(("digest", "versions", "acts.")) for part in parts)


def thorough(calls: list[Call]) -> Iterator[Case]:
    """Yield every case of a story there is to try."""
    for number, call in enumerate(calls):
        if call.only_looks:
            yield Case(call, ("EIO", "EACCES")[number % 2])
        elif is_beside(call):
            yield from (Case(call, "kill"), Case(call, ERRORS[number % len(ERRORS)]))
        else:
            yield from (Case(call, fault) for fault in FAULTS)


def in_turn(calls: list[Call]) -> Iterator[Case]:
    """Yield every case, but of several looks in a row at one thing only one, each time another."""
    chosen = set()
    groups = itertools.groupby(calls, lambda call: (call.only_looks, call.about))
    for number, (_, group) in enumerate(groups):
        looks = list(group)
        chosen.add(looks[number % len(looks)])
    yield from (case for case in thorough(calls) if not case.call.only_looks or case.call in chosen)


def after_the_start(calls: list[Call]) -> Iterator[Case]:
    """Yield these, but those of a start that only looks."""
    logs = (number for number, call in enumerate(calls) if call.about == LOG)
    start = calls[: next(logs, 0)]
    yield from (
        case for case in in_turn(calls) if not (case.call.only_looks and case.call in start)
    )


def brief(calls: list[Call]) -> Iterator[Case]:
    """Yield some forty cases: what may change the journal or a log, killed and failing once."""
    changing = [call for call in calls if not call.only_looks and not is_beside(call)]
    for call, error in zip(changing, itertools.cycle(ERRORS), strict=False):
        yield from (Case(call, "kill"), Case(call, error))


def lasting(calls: list[Call]) -> Iterator[Case]:
    """Yield the cases of a disk that goes bad at some call and never gets better.

    With no `openat` nothing could be read either, and that `close` fails changes nothing.
    """
    for call in calls:
        is_meant = not call.only_looks and not is_beside(call)
        if is_meant and call.name not in ("openat", "close"):
            yield from (Case(call, fault + LASTS) for fault in ("ENOSPC", "EIO"))


def kills(calls: list[Call]) -> Iterator[Case]:
    yield from (Case(call, "kill") for call in calls if not call.only_looks)


# -- what is known to go wrong -------------------------------------------------------------


class Open(NamedTuple):
    """Something that goes wrong and is not mended yet."""

    reason: str
    story: str
    """Where it is to be seen."""
    fits: Callable[[str, Case], bool]
    """Whether a case of a story is one of it."""

    def cases(self, calls: list[Call]) -> Iterator[Case]:
        """Yield the cases of it in its story."""
        cases = (*thorough(calls), *lasting(calls))
        yield from (case for case in cases if self.fits(self.story, case))


OPEN: tuple[Open, ...] = (
    Open(
        "an error of letting go of a left log comes through",
        "a command after a kill",
        lambda story, case: (
            case.call.name == "close" and case.call.about == LOG and case.fault in ERRORS
        ),
    ),
)


# -- who tells them ------------------------------------------------------------------------

Choice = Callable[[list[Call]], Iterator[Case]]


class Crew:
    """Tellers, each a process of its own that tells one story at a time."""

    def __init__(self, folder: Path, size: int) -> None:
        self._free: queue.SimpleQueue[subprocess.Popen[str]] = queue.SimpleQueue()
        self._pool = ThreadPoolExecutor(size)
        self._begun: dict[tuple[str, Choice], Future[Swept]] = {}
        self._all = [_teller(folder / str(number)) for number in range(size)]
        for teller in self._all:
            self._free.put(teller)

    def begin(self, story: str, choose: Choice) -> Future[Swept]:
        """Have a story told by whoever is free, and hurt in each of the chosen ways."""
        key = (story, choose)
        if key not in self._begun:
            self._begun[key] = self._pool.submit(self._swept, story, choose)
        return self._begun[key]

    def _swept(self, story: str, choose: Choice) -> Swept:
        teller = self._free.get()
        try:
            calls, again = _ask(teller, story), _ask(teller, story)
            assert calls == again, "the calls of a story differ from one time to the next"
            cases = list(choose([Call(*call) for call in calls]))
            if not isinstance(getattr(choose, "__self__", None), Open):
                cases = [case for case in cases if not any(o.fits(story, case) for o in OPEN)]
            answers = [(case, _ask(teller, story, *case)) for case in cases]
            return Swept(cases, [(case, wrong) for case, wrong in answers if wrong])
        finally:
            self._free.put(teller)

    def end(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        for teller in self._all:
            assert teller.stdin is not None
            assert teller.stdout is not None
            with suppress(BrokenPipeError):
                teller.stdin.close()
            teller.wait()
            teller.stdout.close()


def _teller(folder: Path) -> subprocess.Popen[str]:
    folder.mkdir()
    script = "import sys; from tests.store.sweeping import serve; serve(sys.argv[1])"
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        cwd=ROOT,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _ask(teller: subprocess.Popen[str], *question: object) -> Any:
    assert teller.stdin is not None
    assert teller.stdout is not None
    with suppress(BrokenPipeError):
        teller.stdin.write(json.dumps(question) + "\n")
        teller.stdin.flush()
    said = teller.stdout.readline()
    if not said:
        pytest.fail(f"who tells the stories died ({teller.wait()}), asked for {question}")
    answer = json.loads(said)
    assert isinstance(answer, list), answer["trouble"]
    return answer


@pytest.fixture(scope="session")
def crew(request: pytest.FixtureRequest) -> Iterator[Crew]:
    """Begin at once with all that will be asked for, so that nobody waits for anybody."""
    why = reason_to_skip()
    if why:
        pytest.skip(why)
    wanted = [_wanted(item) for item in request.session.items]
    alone = "PYTEST_XDIST_WORKER" in os.environ or not any(wanted)
    memory = "/dev/shm"  # what is tried are calls, and not a disk
    where = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=where) as folder:
        made = Crew(Path(folder), 1 if alone else os.cpu_count() or 1)
        for want in wanted:
            if want is not None and not alone:
                made.begin(*want)
        yield made
        made.end()


def _wanted(item: pytest.Item) -> tuple[str, Choice] | None:
    """Return the story a test asks for, and how it is to be hurt."""
    params = getattr(getattr(item, "callspec", None), "params", {})
    return (params["story"], params["choose"]) if {"story", "choose"} <= params.keys() else None


# -- the tests -----------------------------------------------------------------------------

HOW: dict[str, Choice] = {
    **{story.name: thorough for story in STORIES},
    **dict.fromkeys(
        (
            "an edit", "moves", "a deletion", "a draft", "a draft left", "many at once",
            "long logs", "many versions", "a command after the app",
        ),
        after_the_start,
    ),
    "commands beside the app": kills,  # what others did before it was filed is theirs to lose
}  # fmt: skip
AGAIN = (
    f"a note, killed at write {LOG} 1",
    f"a note, killed at fdatasync {LOG} 2",
    "a note, killed at rename journal/ 1 and torn",
    f"a note, killed at write {LOG} 3",
    f"a note, killed at unlink {LOG} 1 and torn",
    "a newcomer, killed at rename journal/people 1 and torn",
    "promotions, killed at rename journal/ 3",
    "farewells, killed at rmdir journal/ 1",
    f"a draft left, killed at write {LOG} 4",
    "a replay, killed at rename journal/ 2 and torn",
    f"a replay, killed at unlink {LOG} 1",
    "an old replay, killed at rename journal/ 2",
    "a command after a kill, killed at rename journal/ 1",
)
"""Here what a kill left is put right, and hurt once more meanwhile."""
BAD = ("a note", "a draft left", "a newcomer", "a replay")
"""Here the disk stays bad."""


def test_some_of_what_a_disk_does_is_survived(crew: Crew) -> None:
    swept = crew.begin("a note", brief).result()
    assert len(swept.cases) > 30
    assert not swept.wrong, swept.say()


@pytest.mark.sweep
@pytest.mark.parametrize(("story", "choose"), HOW.items(), ids=list(HOW))
def test_whatever_a_disk_does_is_survived(crew: Crew, story: str, choose: Choice) -> None:
    swept = crew.begin(story, choose).result()
    assert len(swept.cases) > 50
    assert not swept.wrong, swept.say()


@pytest.mark.sweep
@pytest.mark.parametrize(("story", "choose"), [(story, in_turn) for story in AGAIN], ids=AGAIN)
def test_whatever_a_disk_does_to_who_recovers(crew: Crew, story: str, choose: Choice) -> None:
    swept = crew.begin(story, choose).result()
    assert len(swept.cases) > 50
    assert not swept.wrong, swept.say()


@pytest.mark.sweep
@pytest.mark.parametrize(("story", "choose"), [(story, lasting) for story in BAD], ids=BAD)
def test_a_disk_that_stays_bad_is_told(crew: Crew, story: str, choose: Choice) -> None:
    """What is kept nowhere is said to be; all else is there."""
    swept = crew.begin(story, choose).result()
    assert len(swept.cases) > 20
    assert not swept.wrong, swept.say()


@pytest.mark.sweep
@pytest.mark.parametrize(
    "problem",
    [
        pytest.param(
            problem, marks=pytest.mark.xfail(strict=True, reason=problem.reason), id=problem.reason
        )
        for problem in OPEN
    ],
)
def test_what_is_known_to_go_wrong(crew: Crew, problem: Open) -> None:
    swept = crew.begin(problem.story, problem.cases).result()
    assert not swept.wrong, swept.say()


@pytest.mark.parametrize(
    ("story", "word"), [(BROKEN[0].name, "file"), (BROKEN[1].name, "lost")], ids=["file", "log"]
)
def test_a_store_that_does_it_wrong_is_seen(crew: Crew, story: str, word: str) -> None:
    swept = crew.begin(story, kills).result()
    assert any(said.startswith(f"{word}:") for _, wrong in swept.wrong for said in wrong)
