"""kill -9, for real: nothing that was called safe is lost, and nothing is left lying about."""

from __future__ import annotations

import os
import random
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builders import Bench, add_person, plan_today
from tests.store.helpers import DEADLINE, beside, child, files_of, logs_in, start, temps_in
from tui.desk.places import Place
from tui.domain.onetoones import OneToOne
from tui.services import course
from tui.store.files import parse

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")

APP = """
import os, sys, threading
from tests.builders import write
from tui.desk.places import Place
from tui.services.ports import Draft
from tui.wiring import notebook_for_app

journal, state, one_id, run = sys.argv[1:]
notebook, writer, _ = notebook_for_app(Place(journal, state))
one = notebook.journal.one_to_ones[one_id]
room = threading.Semaphore(4)
said = [0]

def hear(reply):
    for number in range(said[0] + 1, reply.durable_to + 1):
        os.write(1, b"%d\\n" % number)
        room.release()
    said[0] = max(said[0], reply.durable_to)

os.write(1, b"ready\\n")
writer.start(hear)
for number in range(1, 1000):
    room.acquire()
    write(notebook, one, f"{run}.{number}")
    notebook.keep_draft(Draft(one_id, f"draft {run}.{number}" if number % 3 else ""))
"""
"""Writes notes as the app does, and says the number of each when it is told that it is safe."""

COMMAND = """
import os, sys
from tests.builders import write
from tui.desk.places import Place
from tui.wiring import notebook_for_commands

journal, state, one_id, run = sys.argv[1:]
os.write(1, b"ready\\n")
for number in range(1, 1000):
    notebook = notebook_for_commands(Place(journal, state))
    write(notebook, notebook.journal.one_to_ones[one_id], f"{run}.{number}")
    os.write(1, b"%d\\n" % number)
"""
"""Writes notes as the command line does, and says the number of each when it is done."""

PEOPLE = """
import os, sys, threading
from tests.builders import add_person, plan_today, write
from tui.desk.places import Place
from tui.wiring import notebook_for_app

journal, state, _, run = sys.argv[1:]
notebook, writer, _ = notebook_for_app(Place(journal, state))
room = threading.Semaphore(3)
said = [0]

def hear(reply):
    while said[0] < reply.durable_to // 3:
        said[0] += 1
        os.write(1, b"%d\\n" % said[0])
        room.release()

os.write(1, b"ready\\n")
writer.start(hear)
for number in range(1, 1000):
    room.acquire()
    one = plan_today(notebook, add_person(notebook, f"Person {run}.{number}"))
    write(notebook, one, f"{run}.{number}")
"""
"""Adds people, each with a one-to-one and a note: three acts each, each number said once safe."""


def killed(script: str, place: Place, one: OneToOne, run: int, dice: random.Random) -> list[str]:
    """Run a script, kill it at a moment the dice choose, and return what it called safe."""
    process = child(script, place.journal, place.state, one.id, str(run), stdout=subprocess.PIPE)
    assert process.stdout is not None
    pipe = process.stdout.fileno()
    wanted = dice.choice((0, 1, 2, 5, 10, 20))
    moment = dice.uniform(0, 0.01)
    heard = b""
    deadline = time.monotonic() + DEADLINE
    while heard.count(b"\n") <= wanted:
        assert time.monotonic() < deadline, f"it said only {heard!r}"
        if select.select([pipe], [], [], 0.1)[0]:
            chunk = os.read(pipe, 4096)
            assert chunk, f"it ended by itself, having said {heard!r}"
            heard += chunk
    until = time.monotonic() + moment
    while (left := until - time.monotonic()) > 0 and select.select([pipe], [], [], left)[0]:
        heard += os.read(pipe, 4096)
    process.kill()
    process.wait()
    while chunk := os.read(pipe, 4096):
        heard += chunk
    process.stdout.close()
    lines = heard.decode().split("\n")
    assert lines[0] == "ready"
    return [f"{run}.{number}" for number in lines[1:-1]]


def check_files(place: Place) -> None:
    """Check that every file of the journal is whole, temporary ones aside."""
    for name, data in files_of(place.journal).items():
        if not name.endswith(".tmp"):
            parse(data, name)


def start_and_end(bench: Bench) -> None:
    """Open the journal as the app does and end again; nothing may be wrong or left over."""
    notebook, writer, ear = start(beside(bench))
    assert writer.close() == ""
    assert notebook.problems == ()
    assert ear.last.error == ""
    assert temps_in(bench.place.journal) == []


def forget_draft(bench: Bench, one: OneToOne) -> None:
    """Enter nothing, so that no log has to be kept."""
    notebook, writer, _ = start(beside(bench))
    draft = notebook.draft(one.id)
    if draft is not None:
        assert draft.text.startswith("draft ")
        notebook.keep_draft(draft._replace(text=""))
    assert writer.close() == ""
    assert logs_in(bench.place) == []


def prepared(bench: Bench) -> OneToOne:
    notebook = bench.notebook()
    return course.start(notebook, plan_today(notebook, add_person(notebook)))


@pytest.mark.parametrize(("script", "runs"), [(APP, 13), (COMMAND, 6)], ids=["app", "command"])
def test_no_note_that_was_called_safe_is_lost(bench: Bench, script: str, runs: int) -> None:
    one = prepared(bench)
    dice = random.Random(20261122 + runs)
    safe: list[str] = []
    for run in range(runs):
        safe += killed(script, bench.place, one, run, dice)
        check_files(bench.place)
        if run % 2 == 0:  # every other time the next run itself has to put things right
            start_and_end(bench)
        found = [note.text for note in beside(bench).notebook().page(one.id).notes]
        assert set(safe) <= set(found)
        assert len(found) == len(set(found)), "and none is there twice"
    start_and_end(bench)
    forget_draft(bench, one)
    assert len(safe) > runs


def test_no_person_who_was_called_safe_is_lost(bench: Bench) -> None:
    one = prepared(bench)
    dice = random.Random(3)
    safe: list[str] = []
    for run in range(6):
        safe += killed(PEOPLE, bench.place, one, run, dice)
        check_files(bench.place)
        start_and_end(bench)
        notebook = beside(bench).notebook()
        names = [person.name for person in notebook.journal.people.values()]
        texts = [
            note.text for one_id in notebook.journal.one_to_ones
            for note in notebook.page(one_id).notes
        ]  # fmt: skip
        assert {f"Person {number}" for number in safe} <= set(names)
        assert set(safe) <= set(texts)
        assert len(names) == len(set(names))
        assert len(texts) == len(set(texts))
    assert logs_in(bench.place) == []
    assert safe


def test_what_a_killed_program_left_is_swept_by_the_next_start(bench: Bench) -> None:
    """Temporary files of a write that a kill cut off are gone after the next start of the app."""
    prepared(bench)
    left = [Path(bench.place.journal, ".journal.json.4711.tmp")]
    left += (path.with_name(f".{path.name}.4711.tmp") for path in
             Path(bench.place.journal, "people").rglob("*.json"))  # fmt: skip
    for path in left:
        path.write_bytes(b'{"cut o')
    assert beside(bench).notebook().problems == (), "they are no part of the journal"
    start_and_end(bench)
    assert not any(path.exists() for path in left)
