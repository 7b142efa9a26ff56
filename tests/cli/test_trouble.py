"""Journals that cannot be opened, or only in part: said in a sentence, with the right exit code."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import add_person, plan_today, write
from tests.cli.running import PATIENCE, CommandLine, Result, run
from tui.store.migrations import SCHEMA

if TYPE_CHECKING:
    from tests.pty.driver import House

VERBS: tuple[tuple[str, ...], ...] = (
    ("people",),
    ("people", "--json"),
    ("people", "add", "Dana"),
    ("due",),
    ("note", "dana", "x"),
    ("follow-ups",),
    ("summary", "dana"),
)


def journal_file(alongside: CommandLine, pattern: str) -> Path:
    (found,) = Path(alongside.bench.place.journal).rglob(pattern)
    return found


def edit(path: Path, change: Any) -> None:
    """Change a file of the journal as another program would."""
    tables = json.loads(path.read_bytes())
    change(tables)
    path.write_text(json.dumps(tables), "utf-8")


@pytest.fixture
def two_people(alongside: CommandLine) -> CommandLine:
    """Dana and Sam, each talked to yesterday and today."""
    bench = alongside.bench
    bench.clock.forward(days=-1)
    notebook = bench.notebook()
    people = [add_person(notebook, name, "weekly") for name in ("Dana Okafor", "Sam Reyes")]
    for _ in range(2):
        for person in people:
            one = plan_today(notebook, person)
            write(notebook, one, f"said by {person.first_name}")
            write(notebook, one, f"> promised to {person.first_name} by fri")
        bench.clock.forward(days=1)
    bench.clock.forward(days=-1)
    return alongside


# -- not a journal -------------------------------------------------------------------------


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_file_is_no_journal(alongside: CommandLine, verb: tuple[str, ...]) -> None:
    file = Path(alongside.bench.place.journal)
    file.write_text("mine")
    result = alongside(*verb)
    assert result.code == 1
    assert "is a file" in result.err
    assert file.read_text() == "mine"


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_folder_that_holds_other_things_is_left_alone(
    alongside: CommandLine, verb: tuple[str, ...]
) -> None:
    folder = Path(alongside.bench.place.journal)
    folder.mkdir()
    (folder / "thesis.tex").write_text("mine")
    result = alongside(*verb)
    assert result.code == 2
    assert "other things" in result.err
    assert [path.name for path in folder.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize("name", [".git", ".stfolder", ".DS_Store"])
def test_hidden_files_of_a_sync_client_are_no_other_things(
    alongside: CommandLine, name: str
) -> None:
    (Path(alongside.bench.place.journal) / name).mkdir(parents=True)
    alongside.done("people", "add", "Dana")
    alongside.done("people")


def test_a_folder_below_a_file_cannot_be_made(alongside: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    result = alongside.without_journal(
        "people", "add", "Dana", "--journal", str(tmp_path / "file" / "journal")
    )
    assert result.code == 1
    assert result.err


# -- no permission -------------------------------------------------------------------------


def run_without_power(house: House, *arguments: str) -> Result:
    """Run alongside so that permissions count, even where the tests are run by root."""

    def give_up_power() -> None:
        if os.geteuid() == 0:
            c_library = ctypes.CDLL(None)
            for capability in (1, 2):  # to pass over permissions: CAP_DAC_OVERRIDE, _READ_SEARCH
                if c_library.prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
                    os._exit(99)

    done = subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=house.environ,
        cwd=house.home,
        timeout=PATIENCE,
        check=False,
        preexec_fn=give_up_power,
    )
    if done.returncode == 99:
        pytest.skip("permissions do not count for this user, and that cannot be changed")
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def locked_house(house: House) -> House:
    """A home with Dana in its journal."""
    if sys.platform != "linux" and os.geteuid() == 0:
        pytest.skip("permissions do not count for root")
    assert run(house, "people", "add", "Dana").code == 0
    return house


def test_a_journal_that_cannot_be_written_can_be_read(locked_house: House) -> None:
    journal = Path(locked_house.place.journal)
    folders = [journal, *(path for path in journal.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o500)
    try:
        read = run_without_power(locked_house, "people")
        assert (read.code, read.err) == (0, "")
        assert "Dana" in read.out
        for verb in (("people", "add", "Sam"), ("note", "dana", "x")):
            result = run_without_power(locked_house, *verb)
            assert result.code == 1, result
            assert "permission is denied" in result.err
            assert "saved" not in result.err
            assert "added" not in result.err
            assert result.is_clean()
    finally:
        for folder in folders:
            folder.chmod(0o700)
    assert not list(journal.rglob("*.tmp"))


def test_a_journal_that_cannot_be_entered(locked_house: House) -> None:
    journal = Path(locked_house.place.journal)
    journal.chmod(0)
    try:
        for verb in VERBS:
            result = run_without_power(locked_house, *verb)
            assert result.code == 1, result
            assert str(journal) in result.err
            assert result.is_clean()
    finally:
        journal.chmod(0o700)


def test_a_journal_whose_people_cannot_be_listed(locked_house: House) -> None:
    people = Path(locked_house.place.journal) / "people"
    people.chmod(0)
    try:
        for verb in VERBS:
            result = run_without_power(locked_house, *verb)
            assert result.code == 1, result
            assert result.is_clean()
    finally:
        people.chmod(0o700)


def test_a_file_that_cannot_be_read_leaves_the_rest(locked_house: House) -> None:
    run(locked_house, "people", "add", "Sam")
    (dana,) = Path(locked_house.place.journal).glob("people/dana-*/person.json")
    dana.chmod(0)
    result = run_without_power(locked_house, "people")
    assert result.code == 0
    assert "Sam" in result.out
    assert str(dana) in result.err


def test_a_state_folder_that_cannot_be_made(locked_house: House) -> None:
    state = locked_house.home / "no way"
    state.mkdir(mode=0o500)
    locked_house.environ["XDG_STATE_HOME"] = str(state)
    assert run_without_power(locked_house, "people").code == 0
    result = run_without_power(locked_house, "note", "dana", "x")
    assert result.code == 1
    assert str(state) in result.err
    assert "saved" not in result.err


# -- damage --------------------------------------------------------------------------------

DAMAGE = {
    "empty": b"",
    "zeros": b"\0" * 400,
    "cut off": b'{"about": {"file": {"sch',
    "not json": b"<<<<<<< HEAD\n{}\n",
    "another shape": b"[1, 2]",
    "not utf-8": b'{"about": "\xff\xfe"}',
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_talk_leaves_the_rest_and_its_own_bytes(
    two_people: CommandLine, damage: bytes
) -> None:
    broken = journal_file(two_people, "dana-*/2026-11-22-*.json")
    broken.write_bytes(damage)
    result = two_people.done("people", "--json")
    assert {person["name"] for person in result.json} == {"Dana Okafor", "Sam Reyes"}
    assert str(broken) in result.err
    assert len(two_people.done("follow-ups", "--json").json) == 3
    assert "said by Dana" in two_people.done("summary", "dana").out, "yesterday's, then"
    two_people.done("note", "sam", "more")
    assert broken.read_bytes() == damage


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_written_on_a_day_whose_talk_is_damaged_is_kept_beside_it(
    two_people: CommandLine, damage: bytes
) -> None:
    broken = journal_file(two_people, "dana-*/2026-11-22-*.json")
    broken.write_bytes(damage)
    result = two_people.done("note", "dana", "said again")
    assert str(broken) in result.err
    assert broken.read_bytes() == damage
    assert "said again" in two_people.texts


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_person_leaves_the_others_and_their_own_bytes(
    two_people: CommandLine, damage: bytes
) -> None:
    broken = journal_file(two_people, "dana-*/person.json")
    broken.write_bytes(damage)
    result = two_people.done("people", "--json")
    assert [person["name"] for person in result.json] == ["Sam Reyes"]
    assert str(broken) in result.err
    assert two_people("note", "dana", "x").code in (3, 4)
    assert broken.read_bytes() == damage


def test_writing_to_a_damaged_person_is_damage_not_absence(two_people: CommandLine) -> None:
    journal_file(two_people, "dana-*/person.json").write_bytes(b"")
    assert two_people("note", "dana", "x").code == 4


def test_a_damaged_person_is_not_added_again(two_people: CommandLine) -> None:
    journal_file(two_people, "dana-*/person.json").write_bytes(b"")
    assert two_people("people", "add", "Dana Okafor").code == 4


@pytest.mark.parametrize("name", ["Dan", "Da", "Dana", "Dana Oka"])
def test_a_damaged_person_bars_only_their_own_name(two_people: CommandLine, name: str) -> None:
    journal_file(two_people, "dana-*/person.json").write_bytes(b"")
    assert two_people("people", "add", name).code == 0


def test_one_damaged_record_leaves_the_others_of_its_file(two_people: CommandLine) -> None:
    path = journal_file(two_people, "dana-*/2026-11-22-*.json")

    def spoil(tables: dict[str, Any]) -> None:
        (follow_up,) = tables["follow_ups"].values()
        follow_up["owner"] = "nobody"

    edit(path, spoil)
    result = two_people.done("follow-ups", "--json")
    assert len(result.json) == 3
    assert "owner" in result.err
    two_people.done("note", "dana", "more")
    assert "nobody" in path.read_text("utf-8"), "what is not understood stays in the file"


def test_damage_is_told_once_for_each_file(two_people: CommandLine) -> None:
    for path in Path(two_people.bench.place.journal).rglob("2026-*.json"):
        path.write_bytes(b"")
    assert len(two_people.done("people").err.splitlines()) == 4


# -- a newer alongside ---------------------------------------------------------------------


def make_newer(tables: dict[str, Any]) -> None:
    tables["about"]["file"]["schema"] = 99


@pytest.mark.parametrize("schema", [SCHEMA + 1, 99, "2", None, True, 1.5])
def test_a_newer_journal_is_for_reading(two_people: CommandLine, schema: object) -> None:
    path = journal_file(two_people, "journal.json")
    edit(path, lambda tables: tables["about"]["file"].update(schema=schema))
    before = {p: p.read_bytes() for p in path.parent.rglob("*.json")}
    assert "Dana Okafor" in two_people.done("people").out
    assert len(two_people.done("follow-ups", "--json").json) == 4
    assert "said by Dana" in two_people.done("summary", "dana").out
    for verb in (("note", "dana", "x"), ("people", "add", "Zoe")):
        result = two_people(*verb)
        assert result.code == 4, result
        assert "newer" in result.err
        assert "saved" not in result.err
        assert "added" not in result.err
    assert {p: p.read_bytes() for p in path.parent.rglob("*.json")} == before


def test_a_newer_talk_is_for_reading_the_rest_as_usual(two_people: CommandLine) -> None:
    path = journal_file(two_people, "dana-*/2026-11-22-*.json")
    edit(path, make_newer)
    assert "said by Dana" in two_people.done("summary", "dana").out
    assert two_people("note", "dana", "x").code == 4
    two_people.done("note", "sam", "x")


def test_a_newer_person_can_be_written_with_as_before(two_people: CommandLine) -> None:
    edit(journal_file(two_people, "dana-*/person.json"), make_newer)
    two_people.done("note", "dana", "said, in a file of its own")
    assert two_people("note", "dana", "& the shelf is in theirs").code == 4


# -- names from outside --------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="such names are not allowed there")
def test_a_folder_name_cannot_drive_the_terminal(two_people: CommandLine) -> None:
    folder = Path(two_people.bench.place.journal) / "people" / "evil\x1b]0;title\x07\x9b31m"
    folder.mkdir()
    (folder / "person.json").write_bytes(b"broken")
    two_people.done("people")
