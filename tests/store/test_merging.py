"""Two people of the journal who are one: all of both is kept, whatever happens meanwhile."""

from __future__ import annotations

import errno
import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.builders import Bench, add_person, counting_ids, plan_today, write
from tests.store.helpers import (
    ERRORS,
    Fault,
    Killed,
    count_calls,
    faulty,
    files_of,
    refusal,
    rewrite,
    start,
    tables_in,
)
from tui.domain.followups import FollowUp, Owner
from tui.domain.journal import Journal
from tui.domain.people import CardLine, Excuse, Skip
from tui.errors import AlongsideError, BusyError, DamagedError, NewerError, StorageError, UsageError
from tui.services import folk, promises
from tui.services.notebook import Notebook
from tui.services.ports import Draft
from tui.store.archive import State, from_versions, restore
from tui.store.folder import JournalFolder, Written
from tui.store.halftyped import HalfTyped, half_typed
from tui.store.lock import locked
from tui.store.log import Log, draft_line, read_lines
from tui.store.merging import Merge, merge, merge_of
from tui.wiring import journal_folder

CALLS = ("open", "mkdir", "write", "fsync", "fdatasync", "replace", "unlink", "rmdir")


class Two(NamedTuple):
    """A journal in which Dana is there twice."""

    bench: Bench
    dana: str
    dany: str


def told(folder: Path) -> Two:
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(folder)
    notebook = bench.notebook()
    dana = add_person(notebook, "Dana Okafor")
    dany = add_person(notebook, "Dany O.")
    for person, said in ((dana, "one"), (dany, "two")):
        one = plan_today(notebook, person)
        write(notebook, one, f'" {said} heard')
        write(notebook, one, f"~ {said} felt")
        write(notebook, one, f"> {said} promised by fri")
        write(notebook, one, f"& {said} parked")
        outside = FollowUp("", person.id, f"{said} outside", Owner.ME, notebook.now())
        promises.add(notebook, outside)
    skip = Skip(date(2026, 1, 2), Excuse.LEAVE, date(2026, 1, 1))
    card = (CardLine("Feedback", "in private"),)
    folk.edit(notebook, dany, notebook.journal.people[dany.id]._replace(card=card, skips=(skip,)))
    return Two(bench, dana.id, dany.id)


@pytest.fixture(scope="module")
def the_two(tmp_path_factory: pytest.TempPathFactory) -> Two:
    return told(tmp_path_factory.mktemp("told") / "two")


def again(two: Two, folder: Path) -> Two:
    shutil.copytree(Path(two.bench.place.journal).parent, folder)
    bench = Bench(folder)
    bench.new_id = counting_ids(9_000)
    return two._replace(bench=bench)


@pytest.fixture
def two(the_two: Two, tmp_path: Path) -> Two:
    return again(the_two, tmp_path / "again")


def folder_of(bench: Bench) -> tuple[JournalFolder, Journal]:
    folder = journal_folder(bench.place, bench.new_id)
    return folder, folder.load()


def planned_of(two: Two) -> tuple[JournalFolder, Merge]:
    folder, journal = folder_of(two.bench)
    people = journal.people
    return folder, merge_of(folder, journal, people[two.dany], people[two.dana])


def do_merge(two: Two) -> None:
    folder, planned = planned_of(two)
    merge(folder, two.bench.place.state, planned, two.bench.new_id)
    folder.save_digest()


def whole(bench: Bench) -> Notebook:
    notebook = bench.notebook()
    for one_id in notebook.journal.one_to_ones:
        notebook.page(one_id)
    return notebook


def said_of(journal: Journal, person_id: str) -> dict[str, list[str]]:
    ones = journal.one_to_ones_of(person_id)
    return {
        "notes": sorted(n.text for one in ones for n in journal.page(one.id).notes),
        "follow-ups": sorted(f.text for f in journal.follow_ups_of(person_id)),
        "born": sorted(f.text for one in ones for f in journal.born_in(one.id)),
        "shelf": sorted(t.text for t in journal.topics.get(person_id, ())),
    }


ALL = {
    "notes": ["one felt", "one heard", "two felt", "two heard"],
    "follow-ups": ["one outside", "one promised", "two outside", "two promised"],
    "born": ["one promised", "two promised"],
    "shelf": ["one parked", "two parked"],
}


def check_they_are_one(two: Two) -> None:
    notebook = whole(two.bench)
    journal = notebook.journal
    assert list(journal.people) == [two.dana]
    assert said_of(journal, two.dana) == ALL
    assert notebook.problems == ()
    person = journal.people[two.dana]
    assert [line.text for line in person.card] == ["in private", "Dany O."]
    assert len(person.skips) == 1


def check_they_are_two(two: Two) -> None:
    notebook = whole(two.bench)
    journal = notebook.journal
    assert set(journal.people) == {two.dana, two.dany}
    assert notebook.problems == ()
    for person_id, said in ((two.dana, "one"), (two.dany, "two")):
        wanted = {k: [t for t in texts if t.startswith(said)] for k, texts in ALL.items()}
        assert said_of(journal, person_id) == wanted
    assert journal.people[two.dana].card == ()


def test_all_of_one_is_the_others(two: Two) -> None:
    _, planned = planned_of(two)
    assert planned.records["one_to_one"] == 1
    assert (planned.records["notes"], planned.records["follow_ups"]) == (2, 2)
    check_they_are_two(two)
    do_merge(two)
    check_they_are_one(two)


def test_a_talk_knows_its_topics_and_its_promises_still(two: Two) -> None:
    do_merge(two)
    journal = whole(two.bench).journal
    for topic in journal.topics[two.dana]:
        assert topic.born_in in journal.one_to_ones
    moved = [f for f in journal.follow_ups.values() if f.text == "two promised"]
    assert moved[0].born_in in journal.one_to_ones


def test_fields_nobody_knows_go_along(two: Two) -> None:
    path = next(Path(two.bench.place.journal).glob("people/dany*/[0-9]*.json"))

    def add_field(tables: dict[str, dict[str, dict[str, object]]]) -> None:
        for table in ("notes", "one_to_one"):
            for document in tables[table].values():
                document["mood"] = {"of": [1, 2]}

    rewrite(path, add_field)
    do_merge(two)
    moved = Path(two.bench.place.journal).glob("people/dana*/[0-9]*.json")
    found = [tables_in(p) for p in moved]
    (theirs,) = (t for t in found if any("mood" in n for n in t["notes"].values()))
    assert all(note["mood"] == {"of": [1, 2]} for note in theirs["notes"].values())
    assert all(one["mood"] for one in theirs["one_to_one"].values())


def test_what_belongs_to_nobody_here_is_not_left_behind_by_a_merge(two: Two) -> None:
    path = next(Path(two.bench.place.journal).glob("people/dany*/[0-9]*.json"))
    rewrite(path, lambda tables: tables.update(moods={"1": {}}))
    with pytest.raises(NewerError, match="moods"):
        planned_of(two)

    def make_newer(tables: dict[str, dict[str, dict[str, object]]]) -> None:
        del tables["moods"]
        tables["about"]["file"]["schema"] = 99

    rewrite(path, make_newer)
    with pytest.raises(NewerError):
        planned_of(two)


def test_a_damaged_file_is_mended_first(two: Two) -> None:
    path = next(Path(two.bench.place.journal).glob("people/dany*/[0-9]*.json"))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(DamagedError, match="check --repair"):
        planned_of(two)


def test_a_copy_a_sync_left_is_dealt_with_first(two: Two) -> None:
    path = next(Path(two.bench.place.journal).glob("people/dana*/[0-9]*.json"))
    shutil.copy(path, path.with_name(f"{path.stem}.sync-conflict-20261122-140200-A.json"))
    with pytest.raises(DamagedError, match="check --repair"):
        planned_of(two)


def test_while_the_app_is_open_nothing_is_changed(two: Two) -> None:
    notebook, writer, ear = start(two.bench)
    write(notebook, plan_today(notebook, notebook.journal.people[two.dana]), "* more")
    ear.until_filed(1)
    before = files_of(two.bench.place.journal)
    with pytest.raises(BusyError, match="is open on this journal"):
        do_merge(two)
    assert files_of(two.bench.place.journal) == before
    writer.close()


def test_undo_of_an_earlier_run_knows_nothing_of_who_has_gone(two: Two) -> None:
    do_merge(two)
    notebook, writer = two.bench.for_app()
    for _ in range(6):
        assert notebook.undo() is not None
    with pytest.raises(UsageError, match="adding them is not undone"):  # the first act there was
        notebook.undo()
    assert set(notebook.journal.people) == {two.dana}
    assert "two promised" in {f.text for f in notebook.journal.follow_ups.values()}
    writer.close()


# -- what was half-typed ------------------------------------------------------------------


def keep_drafts(two: Two, *drafts: Draft) -> None:
    log = Log(two.bench.place.state, "killed")
    log.append([draft_line(draft) for draft in drafts])
    log.close(keep=True)


def drafts_in(two: Two) -> dict[str, str]:
    paths = Path(two.bench.place.state).glob("*.log")
    return {d.place: d.text for path in paths for d in read_lines(path.read_bytes()).drafts}


def test_what_is_half_typed_goes_along_or_is_told(two: Two) -> None:
    was, into, state = two.dany, two.dana, two.bench.place.state
    along = {
        f"form:talked:{was}": f"form:talked:{into}",
        f"form:next:{was}": f"form:next:{into}",
        f"form:follow-up:new:{was}": f"form:follow-up:new:{into}",
    }
    stays = {f"form:talk:new:{into}": "theirs", "form:person:new": "somebody", "a-talk": "a line"}
    left = (
        Draft(f"form:talk:new:{was}", "no room"),
        Draft(f"card:{was}:Feedback", "in priv"),
        Draft(f"form:card:{was}:helps", "a walk"),
    )
    keep_drafts(
        two, *(Draft(p, p) for p in along), *(Draft(*item) for item in stays.items()), *left
    )
    before = drafts_in(two)
    assert half_typed(state, was, into) == HalfTyped(along, left)
    assert drafts_in(two) == before
    do_merge(two)
    assert drafts_in(two) == stays | {new: old for old, new in along.items()}
    notebook, writer = two.bench.for_app()
    draft = notebook.draft(f"form:talked:{into}")
    assert draft is not None
    assert draft.text == f"form:talked:{was}"
    writer.close()


# -- others meanwhile ----------------------------------------------------------------------


def test_what_was_written_since_it_was_planned_is_not_left_behind(two: Two) -> None:
    folder, planned = planned_of(two)
    notebook = two.bench.notebook()
    write(notebook, plan_today(notebook, notebook.journal.people[two.dany]), "* meanwhile")
    before = files_of(two.bench.place.journal)
    with pytest.raises(StorageError, match="run this again"):
        merge(folder, two.bench.place.state, planned, two.bench.new_id)
    assert files_of(two.bench.place.journal) == before
    do_merge(two)
    assert "meanwhile" in said_of(whole(two.bench).journal, two.dana)["notes"]


def test_nobody_else_writes_between_its_files(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, planned = planned_of(two)
    written, tries = JournalFolder.write, []

    def write_and_try(self: JournalFolder, *arguments: Any, **options: Any) -> Written:
        with pytest.raises(BusyError), locked(folder.lock, 0):
            pass
        tries.append(True)
        return written(self, *arguments, **options)

    monkeypatch.setattr(JournalFolder, "write", write_and_try)
    merge(folder, two.bench.place.state, planned, two.bench.new_id)
    assert len(tries) > 1
    with locked(folder.lock, 0):
        monkeypatch.undo()
    check_they_are_one(two)


def test_while_another_writes_it_waits_and_changes_nothing(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, planned = planned_of(two)
    before = files_of(two.bench.place.journal)
    hold = JournalFolder.hold
    monkeypatch.setattr(JournalFolder, "hold", lambda self: hold(self, 0))
    with locked(folder.lock), pytest.raises(BusyError, match="Nothing was changed"):
        merge(folder, two.bench.place.state, planned, two.bench.new_id)
    assert files_of(two.bench.place.journal) == before


# -- back ----------------------------------------------------------------------------------


def test_restore_makes_them_two_again_and_there_and_back(two: Two) -> None:
    """The times of files tell the versions apart, so that this goes by the clock of the disk."""
    before = time.time_ns()
    wait_for_the_disk(two)
    do_merge(two)
    folder, _ = folder_of(two.bench)
    steps = from_versions(folder, before)
    states = [step.state for step in steps]
    assert states.count(State.GOES) == 1
    assert states.count(State.COMES_BACK) == 2
    between = time.time_ns()
    wait_for_the_disk(two)
    restore(folder, steps)
    check_they_are_two(two)
    folder, _ = folder_of(two.bench)
    back = from_versions(folder, between)
    restore(folder, back)
    check_they_are_one(two)


def wait_for_the_disk(two: Two) -> None:
    """Wait until a file that is written now is later than one that was written before."""
    path = Path(two.bench.place.state, "clock")
    path.write_text("")
    first = path.stat().st_mtime_ns
    while path.stat().st_mtime_ns == first:
        path.write_text("")
    path.unlink()


def test_a_restore_without_a_merge_takes_nothing_away(two: Two) -> None:
    folder, _ = folder_of(two.bench)
    path = next(Path(two.bench.place.journal).glob("people/dany*/[0-9]*.json"))
    moment = time.time_ns()
    path.unlink()
    steps = from_versions(folder, moment)
    assert {step.state for step in steps} == {State.SAME, State.COMES_BACK}


# -- cut off, and refused ------------------------------------------------------------------


@pytest.fixture(scope="module")
def calls(the_two: Two, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("counted") / "again"
    story = again(the_two, folder)
    return count_calls(lambda: do_merge(story), names=CALLS, only_in=folder)


def check_killed_at(the_two: Two, folder: Path, at: int) -> None:
    killed = again(the_two, folder)
    with pytest.raises(Killed), faulty(Fault(at, Killed), names=CALLS, only_in=folder):
        do_merge(killed)
    two = again(killed, folder.with_name("after"))  # locks end with the process; here it goes on
    notebook = whole(two.bench)  # the next start of anything
    if two.dany in notebook.journal.people:
        assert said_of(notebook.journal, two.dana) != ALL
        check_they_are_two(two)
        do_merge(two)
    check_they_are_one(two)
    for place in (folder, folder.with_name("after")):
        shutil.rmtree(place)


def test_whoever_is_killed_loses_nothing_and_a_rerun_finishes(
    the_two: Two, calls: list[str], tmp_path: Path
) -> None:
    step = max(1, len(calls) // 10)
    for at in (*range(1, len(calls), step), len(calls)):
        check_killed_at(the_two, tmp_path / "again", at)


@pytest.mark.sweep
def test_wherever_it_is_killed_nothing_is_lost(
    the_two: Two, calls: list[str], tmp_path: Path
) -> None:
    assert len(calls) > 40
    for at in range(1, len(calls) + 1):
        check_killed_at(the_two, tmp_path / "again", at)


@pytest.mark.parametrize("number", ERRORS[:2], ids=lambda number: errno.errorcode[number])
def test_a_disk_that_refuses_is_told_and_nothing_is_lost(
    the_two: Two, calls: list[str], tmp_path: Path, number: int
) -> None:
    said = set()
    for at in range(1, len(calls), max(1, len(calls) // 8)):
        folder = tmp_path / "again"
        two = again(the_two, folder)
        with faulty(Fault(at, refusal(number)), names=CALLS, only_in=folder):
            try:
                do_merge(two)
            except AlongsideError as error:
                said.add(type(error))
        notebook = whole(two.bench)
        if two.dany in notebook.journal.people:
            check_they_are_two(two)
            do_merge(two)
        check_they_are_one(two)
        shutil.rmtree(folder)
    assert said == {StorageError}
