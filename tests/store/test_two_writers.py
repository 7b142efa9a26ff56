"""Several programs on one journal at once: all that each of them wrote is there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.builders import Bench, add_person, plan_today
from tests.store.helpers import (
    beside,
    child,
    finish,
    logs_in,
    one_to_one_file,
    start,
    tables_in,
    temps_in,
)
from tui.domain.onetoones import OneToOne
from tui.errors import BusyError
from tui.services import course
from tui.store.lock import locked, try_lock

NOTES = 50

WRITES = """
import sys
from tests.builders import write
from tui.desk.places import Place
from tui.wiring import notebook_for_commands

journal, state, one_id, name, count, reopen_every = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(count)):
    if number % int(reopen_every) == 0:
        notebook = notebook_for_commands(Place(journal, state))
    write(notebook, notebook.journal.one_to_ones[one_id], f"{name} {number:02}")
"""
"""Writes notes as one command after the other, once it is told to go."""

APP = """
import sys
from tests.builders import write
from tui.desk.places import Place
from tui.wiring import notebook_for_app

journal, state, one_id, name, count, _ = sys.argv[1:]
notebook, writer, _ = notebook_for_app(Place(journal, state))
print("ready", flush=True)
sys.stdin.readline()
writer.start(lambda reply: None)
for number in range(int(count)):
    write(notebook, notebook.journal.one_to_ones[one_id], f"{name} {number:02}")
writer.close()  # what it cannot file for the others is filed by the next start
"""
"""Writes notes as the app does, faster than any hand."""

ADDS_PEOPLE = """
import sys
from tests.builders import add_person, plan_today
from tui.desk.places import Place
from tui.wiring import notebook_for_commands

journal, state, _, name, count, _ = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
notebook = notebook_for_commands(Place(journal, state))
for number in range(int(count)):
    plan_today(notebook, add_person(notebook, f"{name} {number:02}"))
"""

HOLDS = """
import os, sys
from tui.store.lock import locked

with locked(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
"""Takes the lock and keeps it until it is killed."""


class Team:
    """Programs that write in one journal at once."""

    def __init__(self, bench: Bench, one: OneToOne) -> None:
        self.bench = bench
        self.one = one
        self.processes: list[subprocess.Popen[bytes]] = []

    def add(self, script: str, name: str, count: int = NOTES, reopen_every: int = NOTES) -> None:
        """Start one more, up to the point where it waits to be told to go."""
        place = self.bench.place
        self.processes.append(
            child(
                script, place.journal, place.state, self.one.id, name, str(count),
                str(reopen_every), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )
        )  # fmt: skip

    def go(self) -> None:
        """Let all of them go at once, when all are ready."""
        for process in self.processes:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        for process in self.processes:
            assert process.stdin is not None
            process.stdin.write(b"go\n")
            process.stdin.flush()

    def finish(self) -> list[int]:
        """Wait for all of them; return how they ended."""
        return [finish(process) for process in self.processes]

    def texts(self) -> list[str]:
        notebook = beside(self.bench).notebook()
        assert notebook.problems == ()
        return [note.text for note in notebook.page(self.one.id).notes]


@pytest.fixture
def team(bench: Bench) -> Team:
    notebook = bench.notebook()
    return Team(bench, course.start(notebook, plan_today(notebook, add_person(notebook))))


def everything(*names: str) -> list[str]:
    return sorted(f"{name} {number:02}" for name in names for number in range(NOTES))


@pytest.mark.parametrize("reopen_every", [NOTES, 5], ids=["one notebook each", "many commands"])
def test_all_notes_of_four_programs_are_there(team: Team, reopen_every: int) -> None:
    names = ("anna", "ben", "chloe", "dev")
    for name in names:
        team.add(WRITES, name, reopen_every=reopen_every)
    team.go()
    assert team.finish() == [0, 0, 0, 0]
    assert sorted(team.texts()) == everything(*names)
    assert temps_in(team.bench.place.journal) == []
    tables = tables_in(one_to_one_file(team.bench))
    assert len(tables["notes"]) == 4 * NOTES


def test_all_notes_of_an_app_and_of_commands_are_there(team: Team) -> None:
    team.add(APP, "app")
    team.add(APP, "other app")
    team.add(WRITES, "command", reopen_every=10)
    team.go()
    assert team.finish() == [0, 0, 0]
    _, writer, _ = start(beside(team.bench))
    assert writer.close() == ""
    assert sorted(team.texts()) == everything("app", "other app", "command")
    assert logs_in(team.bench.place) == []


def test_an_open_window_sees_what_commands_write(team: Team) -> None:
    notebook, writer, ear = start(beside(team.bench))
    notebook.page(team.one.id)
    team.add(WRITES, "anna", 20, 5)
    team.add(WRITES, "ben", 20, 20)
    team.go()
    assert team.finish() == [0, 0]
    ear.until(lambda: len(notebook.page(team.one.id).notes) == 40, "all to be on the screen")
    assert writer.close() == ""


def test_people_added_at_once_are_all_there(team: Team) -> None:
    for name in ("Anna", "Ben", "Chloe"):
        team.add(ADDS_PEOPLE, name, 8)
    team.go()
    assert team.finish() == [0, 0, 0]
    journal = beside(team.bench).notebook().journal
    assert len(journal.people) == 1 + 24
    assert len(journal.one_to_ones) == 1 + 24
    assert Counter(one.person_id for one in journal.one_to_ones.values()).most_common(1)[0][1] == 1
    files = Path(team.bench.place.journal).glob("journal.json")
    assert len(list(files)) == 1


def test_two_who_make_a_journal_make_one(bench: Bench) -> None:
    nobody = OneToOne("nothing", "nobody", bench.clock())
    team = Team(bench, nobody)
    for name in ("Anna", "Ben", "Chloe", "Dev"):
        team.add(ADDS_PEOPLE, name, 2)
    team.go()
    assert team.finish() == [0, 0, 0, 0]
    assert len(beside(bench).notebook().journal.people) == 8


def test_one_who_is_killed_while_holding_the_lock_holds_up_nobody(team: Team) -> None:
    lock = os.path.join(team.bench.place.state, "lock")
    holder = child(HOLDS, lock, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(BusyError), locked(lock, patience=0.02):
        pytest.fail("it is held by another")
    for name in ("anna", "ben"):
        team.add(WRITES, name)
    team.go()
    holder.kill()
    finish(holder)
    assert team.finish() == [0, 0]
    assert sorted(team.texts()) == everything("anna", "ben")
    assert os.path.exists(lock), "the file of the lock is never removed"


def test_one_who_is_killed_at_work_holds_up_nobody(team: Team) -> None:
    team.add(WRITES, "doomed", 5_000, 5_000)
    for name in ("anna", "ben"):
        team.add(WRITES, name)
    team.go()
    doomed, *others = team.processes
    assert [finish(process) for process in others] == [0, 0]
    assert doomed.poll() is None, "it is still at work"
    doomed.kill()
    finish(doomed)
    texts = team.texts()
    mine = sorted(text for text in texts if not text.startswith("doomed"))
    assert mine == everything("anna", "ben")
    numbers = [int(text.split()[1]) for text in texts if text.startswith("doomed")]
    assert sorted(numbers) == list(range(len(numbers))), "none of its notes is missing in between"


def test_the_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    lock = str(tmp_path / "lock")
    with pytest.raises(RuntimeError), locked(lock):
        raise RuntimeError
    with locked(lock, patience=0):
        descriptor = os.open(lock, os.O_RDWR)
        assert not try_lock(descriptor), "nobody else has it, in this program neither"
        os.close(descriptor)
    assert os.stat(lock).st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_lock_is_not_handed_to_programs_we_start(tmp_path: Path) -> None:
    """A clipboard tool that stays behind must not keep the journal locked."""
    lock = str(tmp_path / "lock")
    with locked(lock):
        process = subprocess.Popen(["sleep", "60"], close_fds=False)
    try:
        with locked(lock, patience=0.5):
            pass
    finally:
        process.kill()
        process.wait()
