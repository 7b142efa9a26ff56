"""Forgetting a person: after it nothing of theirs is in any folder the program writes."""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.builders import Bench, add_person, counting_ids, plan_today, write
from tests.store.helpers import (
    Fault,
    Killed,
    count_calls,
    faulty,
    files_of,
    keep_texts,
    person_file,
    refusal,
    replace_by_rename,
    start,
)
from tui.domain.followups import FollowUp
from tui.domain.people import CardLine
from tui.errors import AlongsideError, BusyError, StorageError
from tui.services import folk, promises, talks
from tui.services.ports import Draft
from tui.store.archive import back_up
from tui.store.backups import known_backups, note_backup
from tui.store.folder import JournalFolder
from tui.store.forgetting import UNFINISHED, begun, forget
from tui.store.keeper import rescue_name
from tui.store.log import Log, draft_line
from tui.store.mending import mend, merge_copy
from tui.store.merging import merge, merge_of
from tui.store.reach import Left
from tui.store.traces import Traces, traces_of
from tui.store.versions import SUFFIX
from tui.wiring import journal_folder, open_journal

CALLS = ("open", "mkdir", "write", "fsync", "replace", "unlink", "rmdir")
SECRETS = (
    "okafor",
    "straight and in private",
    "keeps losing the thread",
    "loses the thread no more",
    "tired and proud of",
    "send the coaching book",
    "a conference talk some day",
    "half a line about",
    "an idea that was deleted",
    "what the summary said",
    "words that were rescued",
)
"""What stands in everything there is about Dana, and nowhere else."""


class Story(NamedTuple):
    """A journal with all that can be kept about somebody."""

    bench: Bench
    dana: str
    sam: str
    ids: tuple[str, ...]
    """All ids of Dana's records there ever were."""
    home: Path

    @property
    def state(self) -> Path:
        return Path(self.bench.place.state)


def told(folder: Path, first_id: int = 0) -> Story:
    """Tell the story of Dana, who is in every file the program writes."""
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(folder)
    bench.new_id = counting_ids(first_id)
    home = folder / "home"
    home.mkdir()
    notebook = bench.notebook()
    sam = add_person(notebook, "Sam Reyes")
    dana = add_person(notebook)
    line = CardLine("Feedback", "Straight and in private")
    folk.edit(notebook, dana, dana._replace(card=(line,)))
    one = plan_today(notebook, dana)
    write(notebook, one, '" keeps losing the thread')
    write(notebook, one, "~ tired and proud of the team")
    write(notebook, one, "> send the coaching book by fri")
    write(notebook, one, "& a conference talk some day")
    gone = write(notebook, one, "* an idea that was deleted")
    talks.delete_note(notebook, one, gone)  # type: ignore[arg-type]  # it is a note
    (note,) = (n for n in notebook.page(one.id).notes if "losing" in n.text)
    talks.edit_note(notebook, one, note, "loses the thread no more")
    other = plan_today(notebook, sam)
    write(notebook, other, "Sam said something else")
    write(notebook, other, "> a promise to Sam by fri")
    path = one_to_one_of(bench, "dana")
    copy = path.with_name(f"{path.stem}.sync-conflict-20261122-140200-ABCDEFG.json")
    shutil.copy(path, copy)
    (path.parent / f".{path.name}.999999.tmp").write_bytes(path.read_bytes()[:40])
    (path.parent / "okafor.jpg").write_bytes(b"okafor")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    mend(folder_of(bench), str(path))
    ids = {dana.id, one.id, gone.id, *(n.id for n in notebook.page(one.id).notes)}
    ids |= {f.id for f in notebook.journal.follow_ups_of(dana.id)}
    ids |= {topic.id for topic in notebook.journal.topics[dana.id]}
    fresh = folder_of(bench)
    fresh.save_digest()
    keep_texts(fresh)
    state = Path(bench.place.state)
    log = Log(str(state), "killed")
    log.append([draft_line(Draft(one.id, "half a line about Okafor"))])
    log.append([draft_line(Draft(f"form:card:{dana.id}:0", '{"text": "okafor"}'))])
    both = ",".join(sorted(f.id for f in notebook.journal.follow_ups.values()))
    log.append([draft_line(Draft(f"form:let-go:{both}", '{"reason": "okafor, too"}'))])
    log.append([draft_line(Draft(other.id, "half a line to Sam"))])
    log.close(keep=True)
    rescue = Log(str(home), f"{rescue_name(str(state))}1")
    rescue.append([draft_line(Draft(one.id, "words that were rescued"))])
    rescue.close(keep=True)
    (state / "summary.md").write_text("Hello,\nwhat the summary said\nloses the thread no more\n")
    (state / "note-x1.md").write_text("Okafor, and more of it")
    (state / "digest" / ".front.99.tmp").write_text("okafor")
    (state / "kept" / ".of-dana-okafor.99.tmp").write_text("okafor")
    backup = back_up(fresh, str(home / "alongside-1.zip"))
    note_backup(str(state), backup.path)
    return Story(bench, dana.id, sam.id, tuple(sorted(ids)), home)


def folder_of(bench: Bench) -> JournalFolder:
    folder = journal_folder(bench.place, bench.new_id)
    folder.load()
    return folder


def one_to_one_of(bench: Bench, name: str) -> Path:
    (path,) = (
        path
        for path in Path(bench.place.journal, "people").glob(f"{name}*/[0-9]*.json")
        if "conflict" not in path.name
    )
    return path


def retold(story: Story, folder: Path) -> Story:
    """Return a copy of a story somewhere else, which is quicker than to tell it again."""
    root = Path(story.bench.place.journal).parent
    shutil.copytree(root, folder)
    state = folder / "state" / "here"
    (state / "backups.jsonl").write_text(json.dumps(str(folder / "home/alongside-1.zip")) + "\n")
    bench = Bench(folder)
    bench.new_id = counting_ids(9_000)
    return story._replace(bench=bench, home=folder / "home")


@pytest.fixture(scope="module")
def the_story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return told(tmp_path_factory.mktemp("told") / "story")


@pytest.fixture
def story(the_story: Story, tmp_path: Path) -> Story:
    return retold(the_story, tmp_path / "again")


def do_forget(story: Story, names: tuple[str, ...] = ("Dana Okafor",)) -> Traces:
    bench = story.bench
    state = bench.place.state
    opened = open_journal(bench.place, bench.new_id)
    for orphan in opened.orphans:
        orphan.release()
    backups = known_backups(state, [str(story.home)])
    ids = [story.dana] if story.dana in opened.journal.people else []
    return forget(opened.folder, state, ids, names, elsewhere=[str(story.home)], backups=backups)


def every_byte(*folders: str | Path) -> Iterator[tuple[str, bytes]]:
    """Yield everything in some folders: names, bytes, and what is packed in them."""
    for folder in folders:
        for place, names, files in os.walk(folder):
            for name in (*names, *files):
                yield "a name", name.encode()
            for name in files:
                path = os.path.join(place, name)
                data = Path(path).read_bytes()
                yield path, data
                if name.endswith(SUFFIX):
                    yield from ((path, version) for version in unpacked(path))
                if name.endswith(".zip"):
                    with zipfile.ZipFile(path) as archive:
                        yield from ((path, archive.read(info)) for info in archive.infolist())
                        yield path, "\n".join(archive.namelist()).encode()


def unpacked(path: str) -> Iterator[bytes]:
    from tui.store.versions import _versions

    yield from (version.data for version in _versions(path))


def found_of(story: Story) -> list[tuple[str, str]]:
    """Return where something of Dana's is found, and what."""
    tokens = [token.encode() for token in (*SECRETS, *story.ids, "dana")]
    place = story.bench.place
    return [
        (path, token.decode())
        for path, data in every_byte(place.journal, place.state, story.home)
        for token in tokens
        if token in data.lower()
    ]


def check_sam_is_whole(story: Story) -> None:
    notebook = story.bench.notebook()
    assert list(notebook.journal.people) == [story.sam]
    (one,) = notebook.journal.one_to_ones.values()
    assert [note.text for note in notebook.page(one.id).notes] == ["Sam said something else"]
    assert [f.text for f in notebook.journal.follow_ups.values()] == ["a promise to Sam"]


# -- all of it -----------------------------------------------------------------------------


def test_the_story_has_something_of_theirs_wherever_it_can_be(the_story: Story) -> None:
    found = found_of(the_story)
    missing = {*SECRETS, *the_story.ids} - {token for _, token in found}
    assert not missing
    places = {os.path.relpath(path, the_story.home.parent) for path, _ in found} - {"a name"}
    beside = ("acts.jsonl", "killed.log", "summary.md", "note-x1.md", ".zip", "rescue", "front")
    copies = (".versions", "aside", "digest/of-dana", "kept/of-dana", ".tmp", "conflict")
    wanted = (*beside, *copies, "person.json", ".jpg")
    assert [part for part in wanted if not any(part in place for place in places)] == []


def test_after_it_nothing_of_theirs_is_found_anywhere(story: Story) -> None:
    before = do_forget(story)
    assert found_of(story) == []
    assert (before.records["one_to_one"], before.records["notes"]) == (1, 2)
    assert (len(before.drafts), len(before.logs), len(before.saved)) == (4, 2, 2)
    assert before.acts > 5
    assert before.aside
    check_sam_is_whole(story)
    assert begun(story.bench.place.state) is None


def test_what_is_others_stays(story: Story) -> None:
    before = files_of(story.bench.place.state)
    do_forget(story)
    after = files_of(story.bench.place.state)
    sams = [name for name in before if "sam-" in name and not name.startswith("kept")]
    assert len(sams) > 2
    assert {name: after.get(name) for name in sams} == {name: before[name] for name in sams}
    assert b"half a line to Sam" in after["killed.log"]
    past = story.bench.for_app()[0].to_undo()
    assert past is not None
    assert "written" in past.label  # the last thing done with Sam can be undone still
    with zipfile.ZipFile(story.home / "alongside-1.zip") as archive:
        assert any("sam-" in name for name in archive.namelist())
        assert "journal.json" in archive.namelist()


def test_looking_changes_nothing(story: Story) -> None:
    place = story.bench.place
    before = (files_of(place.journal), files_of(place.state), files_of(story.home))
    traces = traces_of(folder_of(story.bench), place.state, [story.dana], [])
    assert traces.names == ("Dana Okafor",)
    assert (files_of(place.journal), files_of(place.state), files_of(story.home)) == before


def test_while_the_app_is_open_nothing_is_changed(story: Story) -> None:
    notebook, writer, ear = start(story.bench)
    write(notebook, plan_today(notebook, notebook.journal.people[story.sam]), "one more")
    ear.until_filed(1)
    before = files_of(story.bench.place.journal)
    folder = folder_of(story.bench)
    with pytest.raises(BusyError, match="is open on this journal"):
        forget(folder, story.bench.place.state, [story.dana], [])
    assert files_of(story.bench.place.journal) == before
    writer.close()
    do_forget(story)
    assert found_of(story) == []


def test_an_app_that_is_opened_afterwards_knows_nobody(story: Story) -> None:
    do_forget(story)
    notebook, writer, ear = start(story.bench)
    ear.until(lambda: notebook.is_whole, "the journal to be read")
    assert list(notebook.journal.people) == [story.sam]
    writer.close()
    assert found_of(story) == []


def test_somebody_who_was_merged_goes_along(story: Story) -> None:
    bench = story.bench
    notebook = bench.notebook()
    dany = add_person(notebook, "Dany Okafor")
    write(notebook, plan_today(notebook, dany), "tired and proud of Dany")
    folder = folder_of(bench)
    os.unlink(next(Path(bench.place.journal).glob("people/dana*/*conflict*")))
    folder = folder_of(bench)
    journal = notebook.journal
    people = journal.people
    planned = merge_of(folder, journal, people[dany.id], people[story.dana])
    merge(folder, bench.place.state, planned, bench.new_id)
    assert any("dany" in name for name in files_of(bench.place.state))
    do_forget(story)
    assert found_of(story) == []
    assert not any("dany" in name for name in files_of(bench.place.state))
    assert not (story.state / "merged.jsonl").exists()


def test_somebody_of_whom_only_earlier_versions_are_left_is_found(story: Story) -> None:
    """As on another machine, to which a sync brought that the folder has gone."""
    shutil.rmtree(one_to_one_of(story.bench, "dana").parent)
    folder = folder_of(story.bench)
    traces = traces_of(folder, story.bench.place.state, [story.dana], [])
    assert traces.files == ()
    assert traces.version_count > 3
    assert traces.names == ("Dana Okafor",)
    backups = known_backups(story.bench.place.state, [])
    forget(
        folder,
        story.bench.place.state,
        [story.dana],
        ["Dana Okafor"],
        elsewhere=[str(story.home)],
        backups=backups,
    )
    assert found_of(story) == []
    check_sam_is_whole(story)


def test_a_folder_that_is_a_link_is_emptied_where_it_leads(story: Story) -> None:
    path = one_to_one_of(story.bench, "dana").parent
    elsewhere = story.home / "dana-elsewhere"
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)
    (elsewhere / "okafor.jpg").unlink()
    do_forget(story)
    assert found_of(story) == []
    assert not elsewhere.exists()
    check_sam_is_whole(story)


def test_behind_a_link_only_what_surely_is_theirs_goes(story: Story) -> None:
    path = one_to_one_of(story.bench, "dana").parent
    victim = story.home / "victim"
    shutil.move(path, victim)
    path.symlink_to(victim)
    person = victim / "person.json"
    thesis = story.home / "thesis.json"
    shutil.copy(person, thesis)
    shutil.copy(person, victim / "zz.json")
    person.write_bytes(person.read_bytes()[:-20])
    sams = person_file(story.bench, "sam").read_bytes()
    (victim / "person.sync-conflict-1.json").symlink_to(thesis)
    (victim / "sub" / "person.json").parent.mkdir()
    stay = {
        "sub/person.json": thesis.read_bytes(),
        "2026-01-01-abcd.json": b'{"a": {"b": {}}}',
        "person (1).json": b"not JSON, and nobody's",
        "person (2).json": sams,
        "settings.json": b"{}",
        "about.txt": story.dana.encode(),
        "export.json": json.dumps([story.dana]).encode(),
        "okafor.jpg": b"okafor",
    }
    for name, data in stay.items():
        (victim / name).write_bytes(data)
    before = do_forget(story)
    assert files_of(victim) == stay | {"person.sync-conflict-1.json": thesis.read_bytes()}
    assert not os.path.lexists(path)
    assert before.left == (Left(str(path), str(victim), 9),)
    assert before.files[-1] == str(path / "person.json")
    assert not [f for f in before.files if os.path.basename(f) in stay]
    check_sam_is_whole(story)


def test_what_a_link_in_their_folder_leads_to_stays(story: Story) -> None:
    path = one_to_one_of(story.bench, "dana").parent
    victims = story.home / "victims"
    victims.mkdir()
    bashrc, other = victims / ".bashrc", victims / "other.json"
    bashrc.write_bytes(b"alias ll='ls -l'")
    other.write_bytes(b'{"a": {"b": {}}}')
    sam = person_file(story.bench, "sam").parent
    targets = {
        "notes.txt": bashrc,
        "2026-02-02-abcd.json": other,
        "2026-02-03-abcd.json": bashrc,
        "person (1).json": sam / "person.json",
        "all.json": victims,
        "more": victims,
    }
    for name, target in targets.items():
        (path / name).symlink_to(target)
    (path / "nowhere").symlink_to("not-there")
    before = do_forget(story)
    assert found_of(story) == []
    assert not path.exists()
    assert {other.name for other in victims.iterdir()} == {".bashrc", "other.json"}
    assert sorted(left.target for left in before.left) == sorted(map(str, targets.values()))
    assert [left.things for left in before.left] == [0] * len(targets)
    check_sam_is_whole(story)


@pytest.mark.parametrize("name", ["talk-elsewhere.json", "2026-11-22-91c2.json"])
def test_a_file_of_theirs_that_was_moved_goes_where_it_is(story: Story, name: str) -> None:
    path, elsewhere = one_to_one_of(story.bench, "dana"), story.home / name
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)
    if name != "talk-elsewhere.json":
        elsewhere.write_bytes(elsewhere.read_bytes()[:-30])
    (path.parent / "again.json").symlink_to(elsewhere)
    do_forget(story)
    assert found_of(story) == []
    assert not elsewhere.exists()
    check_sam_is_whole(story)


def test_a_link_that_leads_back_into_the_journal_takes_nothing_along(story: Story) -> None:
    people = Path(story.bench.place.journal, "people")
    (people / "odd").symlink_to("..")
    forget(folder_of(story.bench), story.bench.place.state, [], ["odd"], folders=["odd"])
    assert not os.path.lexists(people / "odd")
    assert set(story.bench.notebook().journal.people) == {story.dana, story.sam}


def test_cut_off_behind_a_link_a_rerun_finishes(the_story: Story, tmp_path: Path) -> None:
    def linked() -> Story:
        shutil.rmtree(tmp_path / "again", ignore_errors=True)
        again = retold(the_story, tmp_path / "again")
        path = one_to_one_of(again.bench, "dana").parent
        (path / "okafor.jpg").unlink()
        shutil.move(path, again.home / "elsewhere")
        path.symlink_to(again.home / "elsewhere")
        return again

    story = linked()
    calls = count_calls(lambda: do_forget(story), names=CALLS, only_in=tmp_path / "again")
    for at in range(len(calls) - 12, len(calls)):
        story = linked()
        fault = Fault(at, lambda: Killed())
        with pytest.raises(Killed), faulty(fault, names=CALLS, only_in=tmp_path / "again"):
            do_forget(story)
        do_forget(story)
        assert found_of(story) == [], at
        assert not (story.home / "elsewhere").exists()
        check_sam_is_whole(story)


def test_a_copy_of_the_folder_is_theirs_too(story: Story) -> None:
    path = one_to_one_of(story.bench, "dana").parent
    shutil.copytree(path, path.with_name("copy of Dana"))
    do_forget(story)
    assert found_of(story) == []
    check_sam_is_whole(story)


def test_a_damaged_file_of_theirs_goes_as_well(story: Story) -> None:
    path = person_file(story.bench, "dana")
    replace_by_rename(path, path.read_bytes()[:-20])
    do_forget(story)
    assert found_of(story) == []
    check_sam_is_whole(story)


def test_what_others_gave_them_is_theirs_and_what_they_gave_is_not(story: Story) -> None:
    bench = story.bench
    notebook = bench.notebook()
    (given,) = notebook.journal.follow_ups_of(story.dana)
    promises.give_to(notebook, [given], story.sam)
    do_forget(story)
    texts = {f.text for f in bench.notebook().journal.follow_ups.values()}
    assert texts == {"a promise to Sam", "send the coaching book"}


def test_what_they_were_given_is_forgotten_where_it_came_from_too(story: Story) -> None:
    """It stands in earlier versions of the other's file, as it was then."""
    bench = story.bench
    notebook = bench.notebook()
    sams = next(iter(notebook.journal.one_to_ones_of(story.sam)))
    both = [write(notebook, sams, f"> {words} by fri") for words in ("a given one", "a kept one")]
    assert isinstance(both[0], FollowUp)
    assert isinstance(both[1], FollowUp)
    promises.give_to(notebook, both[:1], story.dana)  # type: ignore[arg-type]  # they are
    assert any(b"a given one" in data for _, data in every_byte(bench.place.state))
    do_forget(story)
    places = (bench.place.journal, bench.place.state)
    assert not any(b"a given one" in data for _, data in every_byte(*places))
    assert any(b"a kept one" in data for _, data in every_byte(bench.place.state))
    assert found_of(story) == []


# -- cut off, and refused ------------------------------------------------------------------


def calls_of(the_story: Story, folder: Path) -> list[str]:
    again = retold(the_story, folder)
    return count_calls(lambda: do_forget(again), names=CALLS, only_in=folder)


@pytest.fixture(scope="module")
def calls(the_story: Story, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return calls_of(the_story, tmp_path_factory.mktemp("counted") / "again")


def cut_off_at(the_story: Story, folder: Path, at: int) -> Story:
    again = retold(the_story, folder)
    fault = Fault(at, lambda: Killed())
    with pytest.raises(Killed), faulty(fault, names=CALLS, only_in=folder):
        do_forget(again)
    return again


def check_a_rerun_finishes(the_story: Story, folder: Path, at: int) -> None:
    story = cut_off_at(the_story, folder, at)
    journal = story.bench.notebook().journal  # whatever was done, the rest can be opened
    assert story.sam in journal.people
    before = begun(story.bench.place.state)
    assert before is not None or found_of(story) == [] or story.dana in journal.people
    do_forget(story)
    assert found_of(story) == [], at
    check_sam_is_whole(story)
    shutil.rmtree(folder)


def test_a_rerun_finishes_what_was_cut_off(
    the_story: Story, calls: list[str], tmp_path: Path
) -> None:
    step = max(1, len(calls) // 12)
    for at in (1, 2, *range(3, len(calls), step), len(calls) - 1, len(calls)):
        check_a_rerun_finishes(the_story, tmp_path / "again", at)


@pytest.mark.sweep
def test_a_rerun_finishes_wherever_it_was_cut_off(
    the_story: Story, calls: list[str], tmp_path: Path
) -> None:
    assert len(calls) > 60
    for at in range(1, len(calls) + 1):
        check_a_rerun_finishes(the_story, tmp_path / "again", at)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_disk_that_refuses_is_told_and_a_rerun_goes_on(
    the_story: Story, calls: list[str], tmp_path: Path, number: int
) -> None:
    for at in range(1, len(calls), max(1, len(calls) // 10)):
        story = retold(the_story, tmp_path / "again")
        with faulty(Fault(at, refusal(number)), names=CALLS, only_in=tmp_path / "again"):
            try:
                do_forget(story)
            except AlongsideError as error:
                assert "okafor" not in str(error)  # noqa: PT017
        do_forget(story)
        assert found_of(story) == [], at
        shutil.rmtree(tmp_path / "again")


def test_what_was_cut_off_knows_whom_it_was_about(
    the_story: Story, calls: list[str], tmp_path: Path
) -> None:
    last = max(place for place, call in enumerate(calls, 1) if call == "rmdir")
    story = cut_off_at(the_story, tmp_path / "again", last)
    before = begun(story.bench.place.state)
    assert before is not None
    assert before.names == ("Dana Okafor",)
    assert story.dana in before.ids
    do_forget(story, ())  # nobody needs to say the name again
    assert found_of(story) == []


def test_a_note_of_it_that_nobody_can_read_is_in_nobodys_way(story: Story) -> None:
    (story.state / UNFINISHED).write_text("{")
    assert begun(story.bench.place.state) is None
    do_forget(story)
    assert found_of(story) == []


def test_where_something_cannot_be_read_nobody_claims_to_have_found_all(story: Story) -> None:
    (story.state / "odd.log").mkdir()
    before = files_of(story.bench.place.journal)
    with pytest.raises(StorageError):
        do_forget(story)
    assert files_of(story.bench.place.journal) == before


# -- backups -------------------------------------------------------------------------------


def test_backups_of_other_journals_and_other_zips_are_let_be(story: Story, tmp_path: Path) -> None:
    other = told(tmp_path / "other", 5_000)
    theirs = other.home / "alongside-1.zip"
    note_backup(story.bench.place.state, str(theirs))
    strange = story.home / "alongside-2.zip"
    strange.write_bytes(b"PK okay, no")
    before = theirs.read_bytes()
    do_forget(story)
    assert strange.read_bytes() == b"PK okay, no"
    assert theirs.read_bytes() == before


def test_a_backup_that_has_gone_is_not_known(story: Story) -> None:
    (story.home / "alongside-1.zip").unlink()
    assert known_backups(story.bench.place.state, [str(story.home)]) == ()


def test_a_merged_copy_that_was_set_aside_goes(story: Story) -> None:
    copy = next(Path(story.bench.place.journal).glob("people/dana*/*conflict*"))
    folder = folder_of(story.bench)
    merge_copy(folder, str(copy), str(one_to_one_of(story.bench, "dana")))
    do_forget(story)
    assert found_of(story) == []
