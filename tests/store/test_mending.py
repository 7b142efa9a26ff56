"""Damaged files are mended from what is left of them and from the last good version."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.builders import Bench, add_person, plan_today, write
from tests.store.helpers import (
    ERRORS,
    Fault,
    beside,
    count_calls,
    faulty,
    files_of,
    logs_in,
    one_to_one_file,
    person_file,
    refusal,
    replace_by_rename,
    rewrite,
    start,
    tables_in,
    temps_in,
)
from tui.domain.text import JOINER
from tui.errors import AlongsideError, DamagedError, NewerError, StorageError
from tui.services import talks
from tui.services.notebook import Notebook
from tui.store.files import Stamp, Tables
from tui.store.folder import JournalFolder
from tui.store.mending import mend, mend_all, mending_of, merge_copy, say_mending
from tui.store.migrations import SCHEMA
from tui.wiring import open_journal

NOTES = ("first", "second", "third")


class Scene(NamedTuple):
    """A journal with one person, a topic on the shelf, and a one-to-one with three notes."""

    bench: Bench
    notebook: Notebook
    person: Path
    one: Path

    @property
    def folder(self) -> JournalFolder:
        """The journal as another program opens it now."""
        return open_journal(self.bench.place, self.bench.new_id).folder

    @property
    def texts(self) -> list[str]:
        return sorted(
            note.text for page in self.bench.on_disk().pages.values() for note in page.notes
        )

    @property
    def topics(self) -> list[str]:
        found = self.bench.on_disk().topics.values()
        return sorted(topic.text for shelf in found for topic in shelf)

    @property
    def aside(self) -> dict[str, bytes]:
        return files_of(Path(self.bench.place.state, "aside"))

    def forget_versions(self) -> None:
        shutil.rmtree(Path(self.bench.place.state, "versions"))


@pytest.fixture
def scene(bench: Bench) -> Scene:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    for text in NOTES:
        write(notebook, one, text)
    write(notebook, one, "& on the shelf")
    return Scene(bench, notebook, person_file(bench), one_to_one_file(bench))


def mended(scene: Scene, path: Path, data: bytes) -> Tables:
    """Damage a file, mend it, and return what is in it then; what was in it is kept aside."""
    replace_by_rename(path, data)
    was = mend(scene.folder, str(path))
    assert was is not None
    assert Path(was.aside).read_bytes() == data if data else not was.aside
    if data:
        assert os.stat(was.aside).st_mode & 0o777 == 0o600
    assert not scene.folder.problems
    assert not temps_in(scene.bench.place.journal)
    return tables_in(path)


# -- with and without earlier versions -----------------------------------------------------


@pytest.mark.parametrize(
    "which",
    [
        "person",
        "one",
    ],
)
def test_a_file_cut_anywhere_has_all_it_had_after_it_is_mended(scene: Scene, which: str) -> None:
    path: Path = getattr(scene, which)
    good, whole = path.read_bytes(), tables_in(path)
    folder = scene.folder
    short = {}
    cuts = {end + step for end in _all(good, b"\n") for step in (-2, -1, 0, 1, 2)}
    for cut in sorted({*cuts, *range(0, len(good), 20)} & set(range(len(good) - 2))):
        path.write_bytes(good[:cut])
        mending = mending_of(folder, str(path))
        assert mending is not None
        if {name: table for name, table in mending.tables.items() if table} != whole:
            short[cut] = good[:cut][-12:]
    assert not short


def _all(data: bytes, part: bytes) -> list[int]:
    return [at for at in range(len(data)) if data.startswith(part, at)]


def test_a_file_cut_within_a_document_gets_no_table_it_never_had(scene: Scene) -> None:
    data = scene.one.read_bytes()
    whole = tables_in(scene.one)
    cut = data.index(b'": {', data.index(b'"notes"') + 12) + 4
    assert set(mended(scene, scene.one, data[:cut])) == set(whole)


def test_a_file_of_a_person_cut_behind_a_table_gets_its_shelf_back(scene: Scene) -> None:
    good = scene.person.read_bytes()
    cut = good.index(b'\n"shelf"')
    data = good[:cut].rstrip(b",")
    assert data.endswith(b"\n}")
    replace_by_rename(scene.person, data)
    mend(scene.folder, str(scene.person))
    assert scene.topics == ["on the shelf"]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda good: good[: len(good) // 2],
    "empty": lambda good: b"",
    "NULs": lambda good: b"\0" * len(good),
    "NULs at its end": lambda good: good[: len(good) // 2] + b"\0" * (len(good) // 2),
    "noise": lambda good: b"\xde\xad\xbe\xef" * 100,
    "another file": lambda good: b"<html>Please sign in</html>",
    "wrong shape": lambda good: b'{"notes": []}',
    "an empty object": lambda good: b"{}",
    "UTF-16": lambda good: good.decode().encode("utf-16"),
    "NaN": lambda good: good.replace(b'"text": "first"', b'"text": "first", "n": NaN'),
    "deep": lambda good: good.replace(b'"first"', b"[" * 100_000 + b"]" * 100_000),
    "two heads": lambda good: good.replace(b'"one_to_one": {', b'"one_to_one": {\n "x": {},', 1),
    "a broken line": lambda good: good.replace(b'"second"', b'"second'),
    "no end": lambda good: good.rstrip()[:-1],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_with_an_earlier_version_every_note_is_back(
    scene: Scene, damage: Callable[[bytes], bytes]
) -> None:
    data = damage(scene.one.read_bytes())
    if b'"x": {}' in data:
        replace_by_rename(scene.one, data)
        with pytest.raises(DamagedError):
            mend(scene.folder, str(scene.one))
        assert scene.one.read_bytes() == data
        return
    mended(scene, scene.one, data)
    assert set(scene.texts) >= set(NOTES)


def test_what_was_written_since_the_last_good_version_is_kept(scene: Scene) -> None:
    """Another program wrote a note, then the file was damaged: no version has it."""

    def change(tables: Tables) -> None:
        some = next(iter(tables["notes"].values()))
        tables["notes"]["zz"] = some | {"text": "from elsewhere", "theirs": [1, {"a": "b"}]}

    rewrite(scene.one, change)
    data = scene.one.read_bytes().replace(b'"second"', b'"sec')
    tables = mended(scene, scene.one, data)
    assert scene.texts == sorted([*NOTES, "from elsewhere"])
    assert tables["notes"]["zz"]["theirs"] == [1, {"a": "b"}]


def test_a_note_that_was_edited_since_is_as_the_damaged_file_has_it(scene: Scene) -> None:
    data = scene.one.read_bytes().replace(b'"first"', b'"first, better"')[:-4]
    mended(scene, scene.one, data)
    assert scene.texts == sorted(["first, better", "second", "third"])


def test_without_a_version_what_can_be_read_is_kept(scene: Scene) -> None:
    scene.forget_versions()
    data = scene.one.read_bytes().replace(b'"second"', b'"sec')
    replace_by_rename(scene.one, data)
    assert mend(scene.folder, str(scene.one))
    assert scene.texts == ["first", "third"]
    assert list(scene.aside.values()) == [data]


@pytest.mark.parametrize("data", [b"", b"\0" * 100, b"noise", b"{}", b'{"notes": {"n1": {}}}'])
def test_what_cannot_be_mended_is_left_as_it_is(scene: Scene, data: bytes) -> None:
    scene.forget_versions()
    replace_by_rename(scene.one, data)
    before = files_of(scene.bench.place.journal)
    with pytest.raises(DamagedError):
        mend(scene.folder, str(scene.one))
    assert files_of(scene.bench.place.journal) == before
    assert not scene.aside


def test_where_nothing_is_wrong_nothing_is_done(scene: Scene) -> None:
    before = files_of(scene.bench.place.journal)
    for path in (scene.person, scene.one, Path(scene.bench.place.journal, "journal.json")):
        assert mend(scene.folder, str(path)) is None
    assert files_of(scene.bench.place.journal) == before
    assert not scene.aside


def test_a_version_that_is_itself_damaged_is_passed_over(scene: Scene) -> None:
    folder = scene.folder
    name = folder.name_of(str(scene.one))
    folder.versions.keep(name, b"{ damaged", Stamp((1, 1, 2**62)))
    mended(scene, scene.one, b"noise")
    assert scene.texts == sorted(NOTES)


def test_unknown_fields_and_tables_survive(scene: Scene) -> None:
    def change(tables: Tables) -> None:
        tables["theirs"] = {"x": {"deep": {"er": [1, 2.5, None]}}}
        next(iter(tables["notes"].values()))["mood"] = "🙂"
        tables["about"]["file"]["by"] = "them"

    rewrite(scene.one, change)
    whole = tables_in(scene.one)
    notebook = scene.bench.notebook()
    (one,) = notebook.journal.one_to_ones.values()
    write(notebook, one, "one more")
    tables = mended(scene, scene.one, b"noise")
    assert tables["theirs"] == whole["theirs"]
    assert tables["about"] == whole["about"]
    assert [note["mood"] for note in tables["notes"].values() if "mood" in note] == ["🙂"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ((b'"first"', b'"first", "n": 1e999'), "what is found cannot be written"),
        ((b'"first"', b'"first", "n": ' + b"[" * 98 + b"]" * 98), "what is written cannot be read"),
    ],
    ids=["beyond all numbers", "deep"],
)
def test_whatever_was_found_in_a_file_it_opens_when_it_is_mended(
    scene: Scene, change: tuple[bytes, bytes], reason: str
) -> None:
    mended(scene, scene.one, scene.one.read_bytes().replace(*change)[:-4])


def test_a_conflict_of_git_is_mended_with_both_sides(scene: Scene) -> None:
    line = next(row for row in scene.one.read_bytes().splitlines() if b'"second"' in row)
    theirs = line.replace(b'"second"', b'"zweitens"')
    conflict = b"\n".join([b"<<<<<<< HEAD", line, b"=======", theirs, b">>>>>>> other"])
    mended(scene, scene.one, scene.one.read_bytes().replace(line, conflict))
    assert scene.texts == sorted(["first", f"second{JOINER}zweitens", "third"])


# -- the journal's own file ----------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"noise", b"\0\0", b"[]", b'{"about": {"file": {"sch'])
def test_a_damaged_file_of_the_journal_itself_is_mended(scene: Scene, data: bytes) -> None:
    about = Path(scene.bench.place.journal, "journal.json")
    about.write_bytes(data)
    assert [problem.path for problem in scene.folder.problems] == [str(about)]
    mend(scene.folder, str(about))
    assert not scene.folder.problems
    assert list(scene.aside.values()) == ([data] if data else [])
    write(scene.bench.notebook(), next(iter(scene.bench.on_disk().one_to_ones.values())), "more")
    assert scene.texts == sorted([*NOTES, "more"])
    assert tables_in(about)["about"]["file"]["schema"] == SCHEMA


def test_of_a_cut_file_of_the_journal_the_id_stays(scene: Scene) -> None:
    about = Path(scene.bench.place.journal, "journal.json")
    was = tables_in(about)
    about.write_bytes(about.read_bytes()[:-3])
    mend(scene.folder, str(about))
    assert tables_in(about) == was


# -- a newer schema ------------------------------------------------------------------------


def newer(tables: Tables) -> None:
    tables["about"]["file"]["schema"] = SCHEMA + 1


@pytest.mark.parametrize("cut", [1, 3, 200])
def test_a_damaged_file_of_a_newer_program_is_never_touched(scene: Scene, cut: int) -> None:
    rewrite(scene.one, newer)
    scene.one.write_bytes(scene.one.read_bytes()[:-cut] + b"~")
    before = files_of(scene.bench.place.journal)
    with pytest.raises(NewerError):
        mend(scene.folder, str(scene.one))
    mend_all(scene.folder)
    assert files_of(scene.bench.place.journal) == before


@pytest.mark.parametrize("which", ["copy", "original"])
def test_a_copy_is_not_merged_where_either_is_newer(scene: Scene, which: str) -> None:
    copy = scene.one.with_name("copy.json")
    shutil.copy(scene.one, copy)
    rewrite(copy if which == "copy" else scene.one, newer)
    before = files_of(scene.bench.place.journal)
    with pytest.raises(NewerError):
        merge_copy(scene.folder, str(copy), str(scene.one))
    assert files_of(scene.bench.place.journal) == before


@pytest.mark.parametrize("what", ["damage", "copy"])
def test_nothing_in_a_journal_of_a_newer_program_is_mended(scene: Scene, what: str) -> None:
    """It is open for reading; a newer program may keep what it keeps in another way."""
    rewrite(Path(scene.bench.place.journal, "journal.json"), newer)
    if what == "damage":
        scene.one.write_bytes(scene.one.read_bytes()[:-3])
    else:
        shutil.copy(scene.one, scene.one.with_name("copy of it.json"))
    before = files_of(scene.bench.place.journal)
    mend_all(scene.folder)
    assert files_of(scene.bench.place.journal) == before


# -- what waits ----------------------------------------------------------------------------


def test_what_waits_in_the_log_is_filed_once_the_file_is_mended(scene: Scene) -> None:
    notebook, writer, ear = start(scene.bench)
    (one,) = notebook.journal.one_to_ones.values()
    notebook.page(one.id)
    data = scene.one.read_bytes()[:-40]
    replace_by_rename(scene.one, data)
    write(notebook, one, "while it was damaged")
    ear.until(lambda: ear.last.error, "the refusal")
    writer.close()
    assert logs_in(scene.bench.place)
    assert scene.one.read_bytes() == data
    other = beside(scene.bench)
    opened = open_journal(other.place, other.new_id)
    assert any(problem.path.endswith(".log") for problem in opened.problems)
    mend(opened.folder, str(scene.one))
    again = open_journal(other.place, other.new_id)
    assert again.recovered == 1
    for orphan in again.orphans:
        orphan.remove()
    assert not again.problems
    assert scene.texts == sorted([*NOTES, "while it was damaged"])


def test_all_that_is_damaged_is_mended_at_once(scene: Scene) -> None:
    shutil.copy(scene.one, scene.one.with_name("2026-11-22 (1).json"))
    scene.person.write_bytes(scene.person.read_bytes()[:-9])
    Path(scene.bench.place.journal, "journal.json").write_bytes(b"noise")
    folder = scene.folder
    assert len(folder.problems) == 3
    said = mend_all(folder)
    assert said == (
        f"3 files are mended. As they were, they are kept in {scene.bench.place.state}/aside.",
    )
    assert not scene.folder.problems
    assert scene.texts == sorted(NOTES)
    assert scene.topics == ["on the shelf"]
    assert len(scene.aside) == 3


def test_what_is_whole_again_is_not_said_to_be_mended(scene: Scene) -> None:
    good = scene.one.read_bytes()
    scene.one.write_bytes(good[:-9])
    folder = scene.folder
    scene.one.write_bytes(good)
    assert mend_all(folder) == ("1 file is whole again without mending; nothing was changed.",)
    assert scene.one.read_bytes() == good
    assert not os.path.isdir(folder.aside.folder)
    assert folder.poll().problems == ()


def test_where_nothing_was_set_aside_no_place_is_named(scene: Scene) -> None:
    scene.one.write_bytes(b"")
    folder = scene.folder
    assert mend_all(folder) == ("1 file is mended.",)
    assert scene.texts == sorted(NOTES)


def test_one_that_cannot_be_mended_keeps_no_other_from_it(scene: Scene) -> None:
    add_person(scene.notebook, "Ana")
    ana = person_file(scene.bench, "ana")
    shutil.rmtree(Path(scene.bench.place.state, "versions", "people", ana.parent.name))
    ana.write_bytes(b"noise")
    scene.one.write_bytes(scene.one.read_bytes()[:-9])
    said = mend_all(scene.folder)
    assert said[0].startswith("1 file is mended.")
    assert "cannot be mended" in said[1]
    assert ana.read_bytes() == b"noise"
    assert scene.texts == sorted(NOTES)


@pytest.mark.parametrize(
    ("found", "brought_back", "said"),
    [
        (0, 0, "Nothing is in it."),
        (1, 0, "1 record in it can be read."),
        (0, 2, "The last good version has 2 records."),
        (3, 2, "3 records in it can be read; the last good version has 2 more."),
    ],
)
def test_what_there_still_is_is_said(found: int, brought_back: int, said: str) -> None:
    assert say_mending(found, brought_back) == said


# -- copies --------------------------------------------------------------------------------


def test_a_copy_left_by_a_sync_program_is_merged_and_kept_aside(scene: Scene) -> None:
    copy = scene.one.with_name(scene.one.stem + ".sync-conflict-20261122-140200-ABCDEFG.json")
    shutil.copy(scene.one, copy)

    def there(tables: Tables) -> None:
        some = dict(next(iter(tables["notes"].values())))
        tables["notes"]["zz"] = some | {"text": "only there"}
        tables["theirs"] = {"x": {"kept": True}}
        for note in tables["notes"].values():
            if note["text"] == "first":
                note["text"] = "erstens"

    rewrite(copy, there)
    scene.notebook.page(next(iter(scene.notebook.journal.one_to_ones)))
    write(scene.notebook, next(iter(scene.notebook.journal.one_to_ones.values())), "only here")
    data = copy.read_bytes()
    shutil.rmtree(Path(scene.bench.place.state, "versions"))
    mine, folder = scene.one.read_bytes(), scene.folder
    aside = merge_copy(folder, str(copy), str(scene.one))
    kept = folder.versions.of(folder.name_of(str(scene.one)))
    assert mine in [version.data for version in kept]
    assert Path(aside).read_bytes() == data
    assert os.stat(aside).st_mode & 0o777 == 0o600
    assert not copy.exists()
    assert not scene.folder.problems
    assert scene.texts == sorted(
        [f"erstens{JOINER}first", "second", "third", "only there", "only here"]
    )
    assert tables_in(scene.one)["theirs"] == {"x": {"kept": True}}


def test_a_copy_of_a_whole_folder_is_merged_file_by_file(scene: Scene) -> None:
    folder = scene.one.parent
    copy = folder.with_name(f"{folder.name} (copy)")
    shutil.copytree(folder, copy)

    def there(tables: Tables) -> None:
        some = dict(next(iter(tables["notes"].values())))
        tables["notes"]["zz"] = some | {"text": "only there"}

    rewrite(copy / scene.one.name, there)
    assert len(scene.folder.problems) == 2
    mend_all(scene.folder)
    assert not scene.folder.problems
    assert scene.texts == sorted([*NOTES, "only there"])


@pytest.mark.parametrize("which", ["copy", "original"])
def test_a_damaged_one_of_two_is_no_reason_to_touch_the_other(scene: Scene, which: str) -> None:
    copy = scene.one.with_name("copy.json")
    shutil.copy(scene.one, copy)
    (copy if which == "copy" else scene.one).write_bytes(b"noise")
    before = files_of(scene.bench.place.journal)
    with pytest.raises(DamagedError):
        merge_copy(scene.folder, str(copy), str(scene.one))
    assert files_of(scene.bench.place.journal) == before


@pytest.mark.parametrize("which", ["copy", "original"])
def test_a_copy_that_has_gone_meanwhile_is_told_in_a_sentence(scene: Scene, which: str) -> None:
    copy = scene.one.with_name("copy.json")
    shutil.copy(scene.one, copy)
    folder = scene.folder
    (copy if which == "copy" else scene.one).unlink()
    with pytest.raises(AlongsideError):
        merge_copy(folder, str(copy), str(scene.one))


# -- a disk that fails ---------------------------------------------------------------------


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_a_fault_at_any_call_leaves_the_damaged_file_or_the_mended_one(
    scene: Scene, number: int
) -> None:
    data = scene.one.read_bytes()[:-9]
    folder = scene.folder

    def act() -> None:
        mend(folder, str(scene.one))

    scene.one.write_bytes(data)
    calls = count_calls(act)
    whole = scene.one.read_bytes()
    assert whole != data
    for at in range(1, len(calls) + 1):
        scene.one.write_bytes(data)
        shutil.rmtree(folder.aside.folder, ignore_errors=True)
        with faulty(Fault(at, refusal(number), lasts=True)):
            try:
                act()
            except StorageError:
                pass
            else:
                pytest.fail(f"nothing was said of call {at}, {calls[at - 1]}")
        now = scene.one.read_bytes()
        assert now in (data, whole), at
        if now == whole:
            assert list(scene.aside.values()) == [data], at
        for temp in Path(scene.bench.place.journal).rglob("*.tmp"):
            temp.unlink()


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_a_fault_at_any_call_of_a_merge_loses_neither_side(scene: Scene, number: int) -> None:
    copy = scene.one.with_name("copy.json")
    mine = scene.one.read_bytes()
    theirs = mine.replace(b'"first"', b'"erstens"')
    folder = scene.folder

    def act() -> None:
        merge_copy(folder, str(copy), str(scene.one))

    copy.write_bytes(theirs)
    calls = count_calls(act)
    whole = scene.one.read_bytes()
    for at in range(1, len(calls) + 1):
        scene.one.write_bytes(mine)
        copy.write_bytes(theirs)
        shutil.rmtree(folder.aside.folder, ignore_errors=True)
        with faulty(Fault(at, refusal(number), lasts=True)):
            try:
                act()
            except StorageError:
                assert copy.read_bytes() == theirs
        assert scene.one.read_bytes() in (mine, whole)
        if scene.one.read_bytes() == whole:
            assert list(scene.aside.values()) == [theirs]
        if not copy.exists():
            assert scene.one.read_bytes() == whole
        for temp in Path(scene.bench.place.journal).rglob("*.tmp"):
            temp.unlink()


def test_talks_go_on_in_a_file_that_was_mended(scene: Scene) -> None:
    mended(scene, scene.one, scene.one.read_bytes()[:-60])
    notebook = scene.bench.notebook()
    (one,) = notebook.journal.one_to_ones.values()
    write(notebook, one, "and on")
    talks.delete(notebook, one)
    assert not scene.one.exists()
