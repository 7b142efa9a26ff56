"""A journal's folder: what opens when something is wrong, what others change, what a write does."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.builders import NOW, Bench, add_person, plan_today, write
from tests.store.helpers import (
    ERRORS,
    Fault,
    Killed,
    beside,
    count_calls,
    faulty,
    files_of,
    one_to_one_file,
    person_file,
    person_folders,
    refusal,
    replace_by_rename,
    rewrite,
    sample_note,
    tables_in,
    temps_in,
    texts,
)
from tests.store.test_files import CONFLICT
from tui.desk.shipped import standard_template
from tui.domain.journal import Change, Home, Journal, Record
from tui.domain.notes import Note
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.errors import (
    AlongsideError,
    BusyError,
    DamagedError,
    NewerError,
    StorageError,
    UsageError,
)
from tui.services import folk, talks
from tui.services.notebook import Notebook
from tui.store.codec import to_patch
from tui.store.files import FILE_MODE, FOLDER_MODE, serialise
from tui.store.folder import JournalFolder
from tui.store.lock import locked
from tui.store.migrations import SCHEMA
from tui.wiring import open_journal


class Written(NamedTuple):
    """A journal with Dana, one one-to-one and two notes in it."""

    bench: Bench
    dana: Person
    one: OneToOne
    notes: tuple[Note, Note]

    @property
    def home(self) -> Home:
        return Home(self.dana.id, self.one.id)

    @property
    def file(self) -> Path:
        return one_to_one_file(self.bench)

    def notebook(self) -> Notebook:
        return self.bench.notebook()

    def folder(self) -> tuple[JournalFolder, Journal]:
        """Return the folder as a program of its own has it open."""
        opened = open_journal(self.bench.place, self.bench.new_id)
        return opened.folder, opened.journal


@pytest.fixture
def written(bench: Bench) -> Written:
    notebook = bench.notebook()
    dana = add_person(notebook)
    one = plan_today(notebook, dana)
    first, second = write(notebook, one, "first"), write(notebook, one, "second")
    assert isinstance(first, Note)
    assert isinstance(second, Note)
    return Written(bench, dana, notebook.journal.one_to_ones[one.id], (first, second))


def put(
    folder: JournalFolder, home: Home, *changes: tuple[Record | None, Record | None], **how: Any
) -> Any:
    """Write changes into one file, given as what was and what is to be."""
    patches = [to_patch(Change(home, before, after)) for before, after in changes]
    return folder.write(patches, **how)


# -- a journal and its files ---------------------------------------------------------------


def test_a_journal_that_does_not_exist_is_empty_and_stays_unmade(bench: Bench) -> None:
    opened = open_journal(bench.place, bench.new_id)
    assert not opened.journal.people
    assert opened.folder.problems == ()
    assert opened.folder.poll() == ((), (), None)
    assert not os.path.exists(bench.place.journal)
    assert not os.path.exists(bench.place.state)


def test_files_and_folders_are_named_for_people(written: Written) -> None:
    dana, one = written.dana.id[-4:], written.one.id[-4:]
    assert list(files_of(written.bench.place.journal)) == [
        "journal.json",
        f"people/dana-okafor-{dana}/2026-11-22-{one}.json",
        f"people/dana-okafor-{dana}/person.json",
    ]
    about = tables_in(Path(written.bench.place.journal, "journal.json"))["about"]["file"]
    assert about["schema"] == SCHEMA
    assert about["kind"] == "journal"
    assert len(about["id"]) == 36
    for path, kind in ((written.file, "one-to-one"), (person_file(written.bench), "person")):
        about = tables_in(path)["about"]["file"]
        assert (about["schema"], about["kind"]) == (SCHEMA, kind)


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_nobody_else_may_look(bench: Bench, umask: int) -> None:
    before = os.umask(umask)
    try:
        notebook = bench.notebook()
        one = plan_today(notebook, add_person(notebook))
        write(notebook, one, "~ a feeling")
    finally:
        os.umask(before)
    for place in bench.place:
        modes = {path.is_dir(): path.stat().st_mode & 0o7777 for path in Path(place).rglob("*")}
        assert modes.get(True, FOLDER_MODE) == FOLDER_MODE
        assert modes[False] == FILE_MODE
        assert Path(place).stat().st_mode & 0o7777 == FOLDER_MODE


def test_what_is_opened_is_what_was_written(written: Written) -> None:
    notebook = written.notebook()
    assert notebook.journal.people == {written.dana.id: written.dana}
    assert notebook.journal.one_to_ones == {written.one.id: written.one}
    assert texts(notebook, written.one) == ["first", "second"]
    assert len(notebook.page(written.one.id).items) == len(standard_template().items)
    assert notebook.problems == ()


def test_reading_and_writing_back_changes_no_byte(written: Written) -> None:
    before = files_of(written.bench.place.journal)
    folder, _ = written.folder()
    put(folder, written.home, (None, written.notes[0]))
    assert files_of(written.bench.place.journal) == before


def test_two_people_of_one_name_whose_ids_end_alike_are_kept_apart(bench: Bench) -> None:
    folder = open_journal(bench.place, bench.new_id).folder
    os.makedirs(bench.place.state)
    ids = [f"019a000{n}-0000-7000-8000-0000000abcde" for n in range(3)]
    for one_id in ids:
        put(folder, Home(one_id), (None, Person(one_id, "Dana Okafor")))
    assert person_folders(bench.place) == [
        "dana-okafor-0abcde",
        "dana-okafor-abcde",
        "dana-okafor-bcde",
    ]
    for one_id in ids:
        for day in range(2):
            meeting = OneToOne(f"{day}-{one_id}", one_id, NOW)
            put(folder, Home(one_id, meeting.id), (None, meeting))
    fresh = open_journal(bench.place, bench.new_id)
    assert set(fresh.journal.people) == set(ids)
    assert len(fresh.journal.one_to_ones) == 6
    assert fresh.folder.problems == ()


@pytest.mark.parametrize("name", ["../../etc", "..", "CON", "Ñandú Ωmega", "日本", "a" * 300, "/"])
def test_a_name_never_leads_out_of_the_journal(bench: Bench, name: str) -> None:
    dana = add_person(bench.notebook(), name)
    (folder,) = person_folders(bench.place)
    assert folder.isascii()
    assert len(folder) < 50
    assert bench.notebook().journal.people[dana.id].name == name


def test_files_that_belong_to_others_are_left_alone(written: Written) -> None:
    journal = Path(written.bench.place.journal)
    person = person_file(written.bench).parent
    others = [
        journal / ".git" / "config", journal / ".stignore", journal / "README.md",
        journal / "people" / "notes.txt", person / "photo.jpg", person / ".hidden.json",
        person / "folder" / "deep.json",
    ]  # fmt: skip
    for path in others:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"mine")
    notebook = written.notebook()
    assert notebook.problems == ()
    write(notebook, written.one, "third")
    assert [path.read_bytes() for path in others] == [b"mine"] * len(others)


# -- what cannot be opened -----------------------------------------------------------------

BROKEN = {
    "0 bytes": b"",
    "NUL bytes": b"\0" * 512,
    "cut off": b'{"notes": {"n1": {"te',
    "conflict markers": CONFLICT,
    "a list": b"[1]",
    "UTF-16": '{"notes": {}}'.encode("utf-16"),
}


@pytest.fixture(params=[*BROKEN.values()], ids=[*BROKEN])
def broken(request: pytest.FixtureRequest) -> bytes:
    data: bytes = request.param
    return data


def test_a_damaged_one_to_one_costs_that_one_alone(written: Written, broken: bytes) -> None:
    notebook = written.notebook()
    sam = add_person(notebook, "Sam Reyes")
    other = plan_today(notebook, sam)
    later = talks.plan(
        notebook, talks.draft_for(written.dana, NOW + timedelta(7), "call"), standard_template()
    )
    path = next(person_file(written.bench, "dana").parent.glob("2026-11-22-*.json"))
    replace_by_rename(path, broken)
    shutil.rmtree(written.folder()[0].versions.folder)

    notebook = written.notebook()
    assert set(notebook.journal.people) == {written.dana.id, sam.id}
    assert set(notebook.journal.one_to_ones) == {later.id, other.id}
    (problem,) = notebook.problems
    assert problem.path == str(path)
    assert problem.sentence.startswith(path.name)
    write(notebook, other, "a note for Sam")
    write(notebook, later, "a note for Dana")
    assert path.read_bytes() == broken, "kept byte for byte"
    assert texts(written.notebook(), later) == ["a note for Dana"]


def test_nothing_is_written_over_damage(written: Written, broken: bytes) -> None:
    notebook = written.notebook()
    path = written.file
    replace_by_rename(path, broken)
    with pytest.raises(DamagedError):
        write(notebook, written.one, "third")
    assert path.read_bytes() == broken
    assert temps_in(written.bench.place.journal) == []


def test_damage_that_comes_later_is_told_and_what_was_read_stays(
    written: Written, broken: bytes
) -> None:
    folder, journal = written.folder()
    path, good = written.file, written.file.read_bytes()
    replace_by_rename(path, broken)
    seen = folder.poll()
    assert (seen.contents, seen.gone) == ((), ())
    assert seen.problems is not None
    assert [problem.path for problem in seen.problems] == [str(path)]
    assert folder.poll() == ((), (), None), "told once"
    assert folder.read_page(written.home) is None
    assert written.one.id in journal.without(seen.gone).one_to_ones
    replace_by_rename(path, good)
    seen = folder.poll()
    assert [content.home for content in seen.contents] == [written.home]
    assert seen.problems == ()


def in_place(path: Path, data: bytes) -> None:
    """Write a file as a program does that does not replace it: its folder keeps its time."""
    folder = path.parent.stat()
    path.write_bytes(data)
    os.utime(path.parent, ns=(folder.st_atime_ns, folder.st_mtime_ns))


@pytest.mark.parametrize("which", ["talk", "person", "journal"])
@pytest.mark.parametrize("has_versions", [True, False])
def test_a_good_file_copied_back_in_place_is_seen(
    written: Written, which: str, *, has_versions: bool
) -> None:
    paths = {
        "talk": written.file,
        "person": person_file(written.bench),
        "journal": Path(written.bench.place.journal, "journal.json"),
    }
    path = paths[which]
    long_ago = time.time_ns() - 10**12
    os.utime(path.parent, ns=(long_ago, long_ago))
    good = path.read_bytes()
    in_place(path, good[:-9])
    if not has_versions:
        shutil.rmtree(written.folder()[0].versions.folder)
    folder, _ = written.folder()
    assert [problem.path for problem in folder.problems] == [str(path)]
    folder.poll()
    assert folder.poll() == ((), (), None)
    in_place(path, good[:-20])
    folder.poll()
    assert [problem.path for problem in folder.problems] == [str(path)]
    in_place(path, good)
    seen = folder.poll()
    assert (seen.problems, len(seen.contents)) == ((), 1)
    assert folder.poll() == ((), (), None)


def test_a_file_somebody_else_could_not_read_is_looked_at(written: Written) -> None:
    long_ago = time.time_ns() - 10**12
    os.utime(written.file.parent, ns=(long_ago, long_ago))
    folder, _ = written.folder()
    folder.poll()
    status, good = written.file.stat(), written.file.read_bytes()
    in_place(written.file, b"\0" * len(good))
    os.utime(written.file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert folder.poll().problems is None, "nothing tells of it"
    for path in (written.file, Path(written.bench.place.journal, "people", "gone", "x.json")):
        folder.suspect(str(path))
    seen = folder.poll()
    assert [problem.path for problem in seen.problems or ()] == [str(written.file)]
    assert folder.poll() == ((), (), None)
    in_place(written.file, good)
    assert folder.poll().problems == ()


def test_a_damaged_person_file_costs_that_person_alone(written: Written, broken: bytes) -> None:
    sam = add_person(written.notebook(), "Sam Reyes")
    path = person_file(written.bench, "dana")
    good, meeting = path.read_bytes(), next(path.parent.glob("2026*.json"))
    meeting_bytes = meeting.read_bytes()
    replace_by_rename(path, broken)
    shutil.rmtree(written.folder()[0].versions.folder)

    folder, journal = written.folder()
    assert set(journal.people) == {sam.id}
    assert str(path) in {problem.path for problem in folder.problems}
    assert path.read_bytes() == broken
    assert meeting.read_bytes() == meeting_bytes
    replace_by_rename(path, good)
    seen = folder.poll()
    journal = journal.without(seen.gone).adopt(seen.contents)
    assert set(journal.people) == {sam.id, written.dana.id}
    assert set(journal.one_to_ones) == {written.one.id}
    assert seen.problems == ()


def test_what_is_damaged_is_shown_as_it_was_when_it_could_be_read(
    written: Written, broken: bytes
) -> None:
    before = written.notebook().journal
    good = {path: path.read_bytes() for path in (person_file(written.bench), written.file)}
    for path in good:
        replace_by_rename(path, broken)
    notebook = written.notebook()
    assert notebook.journal.people == before.people
    assert notebook.journal.one_to_ones == before.one_to_ones
    assert {problem.path for problem in notebook.problems} == {str(path) for path in good}
    assert all(problem.can_be_mended for problem in notebook.problems)
    assert notebook.is_unreadable(written.one.id)
    with pytest.raises(DamagedError):
        write(notebook, written.one, "third")
    assert {path.read_bytes() for path in good} == {broken}
    for path, data in good.items():
        replace_by_rename(path, data)
    notebook = written.notebook()
    assert notebook.problems == ()
    assert not notebook.is_unreadable(written.one.id)


def test_a_damaged_person_file_does_not_hide_the_one_to_ones(written: Written) -> None:
    replace_by_rename(person_file(written.bench), b"")
    _, journal = written.folder()
    assert written.one.id in journal.one_to_ones


def test_a_damaged_journal_file_stops_nothing(written: Written, broken: bytes) -> None:
    path = Path(written.bench.place.journal, "journal.json")
    replace_by_rename(path, broken)
    notebook = written.notebook()
    assert [problem.path for problem in notebook.problems] == [str(path)]
    write(notebook, written.one, "third")
    assert texts(written.notebook(), written.one) == ["first", "second", "third"]
    assert path.read_bytes() == broken


def test_a_missing_journal_file_is_made_again(written: Written) -> None:
    path = Path(written.bench.place.journal, "journal.json")
    path.unlink()
    notebook = written.notebook()
    assert texts(notebook, written.one) == ["first", "second"]
    write(notebook, written.one, "third")
    assert tables_in(path)["about"]["file"]["schema"] == SCHEMA


def test_a_journal_that_is_a_file_is_refused(bench: Bench) -> None:
    Path(bench.place.journal).write_text("words")
    with pytest.raises(StorageError, match="is a file, not a folder"):
        bench.notebook()
    assert Path(bench.place.journal).read_text() == "words"


def test_a_folder_with_other_things_in_it_is_refused(bench: Bench) -> None:
    journal = Path(bench.place.journal)
    (journal / "holidays").mkdir(parents=True)
    with pytest.raises(UsageError, match="holds other things"):
        bench.notebook()
    assert os.listdir(journal) == ["holidays"]


@pytest.mark.parametrize("names", [(), (".git", ".stignore"), ("people",)])
def test_a_folder_that_can_become_a_journal_is_taken(bench: Bench, names: tuple[str, ...]) -> None:
    for name in ("", *names):
        Path(bench.place.journal, name).mkdir(exist_ok=True)
    add_person(bench.notebook())
    assert len(bench.notebook().journal.people) == 1


def _refusing(real: Callable[..., Any], path: str) -> Callable[..., Any]:
    def call(target: Any, *rest: Any) -> Any:
        if os.fspath(target) == path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return real(target, *rest)

    return call


def test_a_journal_that_cannot_be_entered_is_told(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = written.bench.place.journal
    monkeypatch.setattr(os, "listdir", _refusing(os.listdir, journal))
    with pytest.raises(StorageError, match="cannot be opened"):
        written.notebook()


def test_a_people_folder_that_cannot_be_entered_is_told(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = os.path.join(written.bench.place.journal, "people")
    monkeypatch.setattr(os, "scandir", _refusing(os.scandir, people))
    with pytest.raises(AlongsideError):
        written.notebook()


def test_a_people_folder_that_is_a_file_is_told(bench: Bench) -> None:
    Path(bench.place.journal).mkdir()
    Path(bench.place.journal, "people").write_text("words")
    with pytest.raises(AlongsideError):
        bench.notebook()


def test_a_person_folder_that_cannot_be_entered_costs_that_person_alone(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = add_person(written.notebook(), "Sam Reyes")
    dana = str(person_file(written.bench, "dana").parent)
    monkeypatch.setattr(os, "scandir", _refusing(os.scandir, dana))
    notebook = written.notebook()
    assert set(notebook.journal.people) == {sam.id}
    assert [problem.path for problem in notebook.problems] == [dana]


def test_a_person_folder_that_can_be_entered_again_is_no_problem_any_more(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = str(person_file(written.bench, "dana").parent)
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", _refusing(os.scandir, dana))
        folder, journal = written.folder()
    seen = folder.poll()
    assert written.dana.id in journal.adopt(seen.contents).people
    assert folder.problems == ()


def test_a_link_to_nothing_costs_nothing(written: Written) -> None:
    (person_file(written.bench).parent / "2026-01-01-gone.json").symlink_to("nowhere")
    notebook = written.notebook()
    assert written.dana.id in notebook.journal.people


def test_a_folder_named_like_a_file_costs_nothing(written: Written) -> None:
    (person_file(written.bench).parent / "2026-01-01-odd.json").mkdir()
    notebook = written.notebook()
    assert written.one.id in notebook.journal.one_to_ones
    assert [Path(problem.path).name for problem in notebook.problems] == ["2026-01-01-odd.json"]


def test_a_file_without_its_record_is_told(written: Written) -> None:
    rewrite(written.file, lambda tables: tables["one_to_one"].clear())
    notebook = written.notebook()
    assert [problem.path for problem in notebook.problems] == [str(written.file)]


def test_a_problem_is_told_until_it_is_gone(written: Written) -> None:
    rewrite(written.file, lambda t: t.update(follow_ups={"f1": {"text": "no owner"}}))
    folder, _ = written.folder()
    assert len(folder.problems) == 1
    add = beside(written.bench).notebook()
    write(add, written.one, "& a topic, which changes another file of the same folder")
    folder.poll()
    assert len(folder.problems) == 1


# -- a newer alongside ---------------------------------------------------------------------


def newer(path: Path) -> None:
    rewrite(path, lambda tables: tables["about"]["file"].update(schema=SCHEMA + 1))


def test_a_newer_journal_is_for_reading(written: Written) -> None:
    newer(Path(written.bench.place.journal, "journal.json"))
    before = files_of(written.bench.place.journal)
    notebook = written.notebook()
    assert texts(notebook, written.one) == ["first", "second"]
    assert [Path(problem.path).name for problem in notebook.problems] == ["journal.json"]
    for act in (
        lambda: write(notebook, written.one, "third"),
        lambda: write(notebook, written.one, "& a topic"),
        lambda: folk.edit(notebook, written.dana, written.dana._replace(role="x")),
        lambda: add_person(notebook, "Sam Reyes"),
    ):
        with pytest.raises(NewerError):
            act()
    assert files_of(written.bench.place.journal) == before


def test_a_newer_file_is_for_reading_and_the_rest_is_not(written: Written) -> None:
    newer(written.file)
    before = written.file.read_bytes()
    notebook = written.notebook()
    assert texts(notebook, written.one) == ["first", "second"]
    with pytest.raises(NewerError):
        write(notebook, written.one, "third")
    assert texts(notebook, written.one) == ["first", "second"], "nothing was changed"
    folk.edit(notebook, written.dana, written.dana._replace(role="engineer"))
    assert written.file.read_bytes() == before
    assert written.notebook().journal.people[written.dana.id].role == "engineer"


def test_a_file_that_becomes_newer_underneath_is_not_written(written: Written) -> None:
    folder, _ = written.folder()
    newer(written.file)
    before = written.file.read_bytes()
    with pytest.raises(NewerError):
        put(folder, written.home, (None, sample_note()))
    assert written.file.read_bytes() == before
    seen = folder.poll()
    assert [content.is_read_only for content in seen.contents] == [True]


# -- what others change --------------------------------------------------------------------


def test_our_own_writing_is_nobody_elses_change(written: Written) -> None:
    folder, _ = written.folder()
    for n in range(3):
        done = put(folder, written.home, (None, sample_note(f"x{n}")))
        assert done == ((), 0)
        assert folder.poll() == ((), (), None)
    new = OneToOne("019a0000-0000-7000-8000-00000000abcd", written.dana.id, NOW + timedelta(1))
    assert put(folder, Home(written.dana.id, new.id), (None, new)) == ((), 0)
    assert folder.poll() == ((), (), None)


def test_looking_sees_what_another_program_changed_and_only_that(written: Written) -> None:
    sam = add_person(written.notebook(), "Sam Reyes")
    folder, _ = written.folder()
    other = beside(written.bench).notebook()
    meeting = plan_today(other, sam)
    seen = folder.poll()
    assert [content.home for content in seen.contents] == [Home(sam.id, meeting.id)]
    assert (seen.gone, seen.problems) == ((), None)
    write(other, written.one, "from elsewhere")
    seen = folder.poll()
    assert [content.home for content in seen.contents] == [written.home]
    assert folder.poll() == ((), (), None)
    page = folder.read_page(written.home)
    assert page is not None
    assert "from elsewhere" in {r.text for r in page.records if isinstance(r, Note)}


def test_looking_sees_what_came_and_what_went(written: Written) -> None:
    folder, journal = written.folder()
    other = beside(written.bench).notebook()
    sam = add_person(other, "Sam Reyes")
    talks.delete(other, written.one)
    seen = folder.poll()
    assert [content.home for content in seen.contents] == [Home(sam.id)]
    assert seen.gone == (written.home,)
    journal = journal.without(seen.gone).adopt(seen.contents)
    assert set(journal.people) == {written.dana.id, sam.id}
    assert not journal.one_to_ones


def test_looking_sees_two_changes_in_one_tick_of_the_disk(written: Written) -> None:
    """Times are kept to 2 s on exFAT and many network disks, to some ms on others."""
    folder, _ = written.folder()
    where, other = written.file.parent, beside(written.bench).notebook()
    tick = where.stat().st_mtime_ns + 2_000_000_000
    for text in ("third", "fourth"):
        write(other, written.one, text)
        os.utime(where, ns=(tick, tick))
        assert [content.home for content in folder.poll().contents] == [written.home], text


def test_what_another_program_wrote_is_merged_into_what_we_write(written: Written) -> None:
    folder, _ = written.folder()
    other = beside(written.bench).notebook()
    write(other, written.one, "theirs")
    done = put(folder, written.home, (None, sample_note("x1", "ours")))
    (content,) = done.contents
    assert content.home == written.home
    assert content.has_page
    found = {r.text for r in content.records if isinstance(r, Note)}
    assert found == {"first", "second", "theirs", "ours"}
    assert texts(written.notebook(), written.one) == sorted(found)
    assert folder.poll() == ((), (), None), "it is known already"


def test_one_line_changed_on_two_sides_keeps_both(written: Written) -> None:
    mine, theirs = written.notebook(), beside(written.bench).notebook()
    mine.page(written.one.id)
    talks.edit_note(theirs, written.one, written.notes[0], "first, she said")
    talks.edit_note(mine, written.one, written.notes[0], "the first thing")
    kept = texts(written.notebook(), written.one)
    assert kept == ["first, she said\n⟂ the first thing", "second"]


def test_one_line_changed_elsewhere_while_it_is_edited_keeps_both(written: Written) -> None:
    """The editor of a line stood open when the other's change came in."""
    mine, theirs = written.notebook(), beside(written.bench).notebook()
    as_it_was = written.notes[0]
    talks.edit_note(theirs, written.one, as_it_was, "first, she said")
    assert "first, she said" in texts(mine, written.one), "the change came in"
    talks.edit_note(mine, written.one, as_it_was, "the first thing")
    kept = " ".join(texts(written.notebook(), written.one))
    assert "the first thing" in kept
    assert "first, she said" in kept


@pytest.mark.parametrize("text", ["fi\r\nrst", "fi\x1brst", "fi\u2028rst"])
def test_a_text_that_is_cleaned_when_it_is_read_is_still_nobody_elses(
    written: Written, text: str
) -> None:
    """A hand or another tool wrote it; what we read is not quite what is there."""
    note = written.notes[0]
    rewrite(written.file, lambda tables: tables["notes"][note.id].update(text=text))
    notebook = written.notebook()
    (read, _) = sorted(notebook.page(written.one.id).notes, key=lambda found: found.id)
    talks.edit_note(notebook, written.one, read, "changed")
    assert texts(written.notebook(), written.one) == ["changed", "second"]
    notebook.undo()
    (read, _) = sorted(notebook.page(written.one.id).notes, key=lambda found: found.id)
    talks.delete_note(notebook, written.one, read)
    assert texts(written.notebook(), written.one) == ["second"]


def test_a_file_replaced_by_rename_is_written_to_in_its_new_form(written: Written) -> None:
    folder, _ = written.folder()
    tables = tables_in(written.file)
    tables["notes"]["synced"] = {**tables["notes"][written.notes[0].id], "text": "synced"}
    replace_by_rename(written.file, serialise(tables))
    put(folder, written.home, (None, sample_note("x1", "ours")))
    assert texts(written.notebook(), written.one) == ["first", "ours", "second", "synced"]


def test_a_file_changed_in_place_is_not_written_over(written: Written) -> None:
    """An editor that writes in place leaves the folder's time alone; writing still notices."""
    folder, _ = written.folder()
    tables = tables_in(written.file)
    tables["notes"][written.notes[0].id]["text"] = "FIRST"
    written.file.write_bytes(serialise(tables))
    done = put(folder, written.home, (None, sample_note("x1", "ours")))
    assert [content.home for content in done.contents] == [written.home]
    assert texts(written.notebook(), written.one) == ["FIRST", "ours", "second"]


def test_a_file_that_somebody_gave_another_name_is_still_written_to(written: Written) -> None:
    folder, _ = written.folder()
    path = written.file
    path.rename(path.with_name("2026-11-22-walk.json"))
    folder.poll()
    put(folder, written.home, (None, sample_note("x1", "ours")))
    assert texts(written.notebook(), written.one) == ["first", "ours", "second"]


def test_a_person_folder_that_somebody_gave_another_name_is_still_written_to(
    written: Written,
) -> None:
    folder, journal = written.folder()
    where = written.file.parent
    where.rename(where.with_name("dana"))
    seen = folder.poll()
    journal = journal.without(seen.gone).adopt(seen.contents)
    assert written.one.id in journal.one_to_ones
    put(folder, written.home, (None, sample_note("x1", "ours")))
    assert texts(written.notebook(), written.one) == ["first", "ours", "second"]
    assert person_folders(written.bench.place) == ["dana"]


COPIES = (
    "{stem}.sync-conflict-20261122-140200-ABCDEFG.json",  # Syncthing
    "{stem} (Dana's conflicted copy 2026-11-22).json",  # Dropbox
    "{stem} (conflicted copy 2026-11-22 140200).json",  # Nextcloud
    "{stem} 2.json",  # iCloud
    "{stem}-laptop.json",  # OneDrive
    "{stem} - Copy.json",  # Windows
    "Copy of {stem}.json",
)


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_that_syncing_made_is_told_and_takes_no_place(written: Written, name: str) -> None:
    original = written.file
    copy = original.with_name(name.format(stem=original.stem))
    shutil.copyfile(original, copy)
    before = copy.read_bytes()
    rewrite(original, lambda t: t["notes"].update(late={**t["notes"][written.notes[0].id]}))
    notebook = written.notebook()
    assert len(notebook.page(written.one.id).notes) == 3, "the file's, not the copy's"
    assert [problem.path for problem in notebook.problems] == [str(copy)]
    write(notebook, written.one, "third")
    assert copy.read_bytes() == before


def test_a_copy_that_comes_later_is_told_and_takes_no_place(written: Written) -> None:
    folder, _ = written.folder()
    copy = written.file.with_name("2026-11-22 (copy).json")
    shutil.copyfile(written.file, copy)
    seen = folder.poll()
    assert seen.contents == ()
    assert [problem.path for problem in seen.problems or ()] == [str(copy)]
    copy.unlink()
    assert folder.poll() == ((), (), ())


@pytest.mark.parametrize("name", ["{name} (copy)", "0-{name}", "Copy of {name}"])
def test_a_copied_person_folder_is_told_and_takes_no_place(
    written: Written, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    where = written.file.parent
    copy = where.with_name(name.format(name=where.name))
    shutil.copytree(where, copy)
    before, real = files_of(copy), os.scandir

    def copy_first(path: str) -> Any:
        """List a folder in the worst of the orders that a system may choose."""
        with real(path) as entries:
            return nullcontext(iter(sorted(entries, key=lambda entry: entry.name == where.name)))

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", copy_first)
        notebook = written.notebook()
    assert {Path(problem.path).parent for problem in notebook.problems} == {copy}
    write(notebook, written.one, "third")
    write(notebook, written.one, "& a topic")
    assert files_of(copy) == before


# -- what goes away ------------------------------------------------------------------------


def test_a_person_folder_that_is_removed_is_gone(written: Written) -> None:
    sam = add_person(written.notebook(), "Sam Reyes")
    folder, journal = written.folder()
    shutil.rmtree(person_file(written.bench, "dana").parent)
    seen = folder.poll()
    assert set(seen.gone) == {Home(written.dana.id), written.home}
    journal = journal.without(seen.gone)
    assert set(journal.people) == {sam.id}
    assert not journal.one_to_ones
    with pytest.raises(StorageError, match="not in the journal any more"):
        put(folder, written.home, (None, sample_note()))
    assert [name[:3] for name in person_folders(written.bench.place)] == ["sam"]


def test_a_person_folder_that_vanishes_unseen_is_not_made_again(written: Written) -> None:
    folder, _ = written.folder()
    shutil.rmtree(written.file.parent)
    with pytest.raises(StorageError, match="not there any more"):
        put(folder, written.home, (None, sample_note()))
    with pytest.raises(StorageError, match="not there any more"):
        put(folder, Home(written.dana.id), (written.dana, written.dana._replace(role="x")))
    assert person_folders(written.bench.place) == []


@pytest.mark.parametrize("is_unmounted", [False, True], ids=["moved", "unmounted"])
def test_a_journal_that_is_moved_away_is_not_made_again(
    written: Written, is_unmounted: bool
) -> None:
    folder, _ = written.folder()
    journal = Path(written.bench.place.journal)
    away = journal.with_name("away")
    journal.rename(away)
    if is_unmounted:
        journal.mkdir()
    with pytest.raises(StorageError, match="is not there any more"):
        folder.poll()
    for change in ((None, sample_note()), (written.notes[0], None)):
        with pytest.raises(StorageError, match="is not there any more"):
            put(folder, written.home, change)
    with pytest.raises(StorageError, match="is not there any more"):
        put(folder, Home("new"), (None, Person("new", "Sam Reyes")))
    assert journal.exists() is is_unmounted
    assert files_of(journal) == {} if is_unmounted else True
    if is_unmounted:
        journal.rmdir()
    away.rename(journal)
    assert folder.poll() == ((), (), None)
    put(folder, written.home, (None, sample_note("x1", "back")))
    assert texts(written.notebook(), written.one) == ["back", "first", "second"]


def test_a_one_to_one_is_deleted_and_brought_back(written: Written) -> None:
    notebook = written.notebook()
    write(notebook, written.one, "> the book by fri")
    before = files_of(written.bench.place.journal)
    talks.delete(notebook, notebook.journal.one_to_ones[written.one.id])
    assert list(files_of(person_file(written.bench).parent)) == ["person.json"]
    assert not written.notebook().journal.one_to_ones
    assert not written.notebook().journal.follow_ups
    assert notebook.undo() == "one-to-one deleted"
    assert files_of(written.bench.place.journal) == before, "every byte of it"
    assert notebook.redo() == "one-to-one deleted"
    assert not written.notebook().journal.one_to_ones


def test_a_deleted_one_to_one_that_somebody_wrote_in_stays(written: Written) -> None:
    """An edit beats a deletion: what the other wrote, and what it hangs on, is kept."""
    mine, theirs = written.notebook(), beside(written.bench).notebook()
    mine.page(written.one.id)
    write(theirs, written.one, "third")
    talks.delete(mine, written.one)
    tables = tables_in(written.file)
    assert [note["text"] for note in tables["notes"].values()] == ["third"]


def test_a_note_written_in_a_one_to_one_that_is_deleted_can_still_be_read(
    written: Written,
) -> None:
    mine, theirs = written.notebook(), beside(written.bench).notebook()
    mine.page(written.one.id)
    write(theirs, written.one, "third")
    talks.delete(mine, written.one)
    assert texts(written.notebook(), written.one) == ["third"]


def test_what_is_written_into_a_one_to_one_that_was_deleted_is_refused(written: Written) -> None:
    folder, _ = written.folder()
    talks.delete(beside(written.bench).notebook(), written.one)
    with pytest.raises(StorageError, match="not there any more"):
        put(folder, written.home, (None, sample_note()))
    folder.poll()
    with pytest.raises(StorageError, match="not in the journal any more"):
        put(folder, written.home, (None, sample_note()))
    ended = written.one._replace(carried="Dana")
    put(folder, written.home, (None, sample_note()), (written.one, ended))
    assert texts(written.notebook(), written.one) == ["a note"], "an edit brings it back"


def test_a_person_who_is_added_and_undone_leaves_no_file(bench: Bench) -> None:
    notebook = bench.notebook()
    dana = add_person(notebook)
    notebook.undo()
    assert list(files_of(bench.place.journal)) == ["journal.json"]
    notebook.redo()
    assert set(bench.notebook().journal.people) == {dana.id}


def test_a_person_who_is_added_and_undone_leaves_no_trace(bench: Bench) -> None:
    notebook = bench.notebook()
    add_person(notebook)
    notebook.undo()
    assert person_folders(bench.place) == []


def test_a_page_that_cannot_be_read_is_no_page(written: Written) -> None:
    folder, _ = written.folder()
    assert folder.read_page(Home("nobody", "nothing")) is None
    path = written.file
    path.rename(path.with_suffix(".away"))
    assert folder.read_page(written.home) is None


# -- a disk that refuses -------------------------------------------------------------------


def test_a_lock_held_too_long_is_told_and_nothing_is_changed(written: Written) -> None:
    folder, _ = written.folder()
    before = files_of(written.bench.place.journal)
    with (
        locked(os.path.join(written.bench.place.state, "lock")),
        pytest.raises(BusyError, match="Nothing was changed"),
    ):
        put(folder, written.home, (None, sample_note()), patience=0.02)
    assert files_of(written.bench.place.journal) == before
    put(folder, written.home, (None, sample_note()))


class Act(NamedTuple):
    """Something that is written, and what it needs to be written."""

    home: Home
    changes: tuple[tuple[Record | None, Record | None], ...]


SAM = Person("019a0000-0000-7000-8000-00000000aaaa", "Sam Reyes")


def acts(written: Written) -> dict[str, Act]:
    meeting = OneToOne("019a0000-0000-7000-8000-00000000bbbb", written.dana.id, NOW)
    note = sample_note("x1", "third")
    return {
        "a note": Act(written.home, ((None, note),)),
        "an edit": Act(written.home, ((written.notes[0], written.notes[0]._replace(text="1st")),)),
        "a one-to-one": Act(Home(written.dana.id, meeting.id), ((None, meeting), (None, note))),
        "a person": Act(Home(SAM.id), ((None, SAM),)),
    }


ACTS = ("a note", "an edit", "a one-to-one", "a person")


def outcome_of(act: Act, journal: Journal, folder: JournalFolder) -> list[bool]:
    """Return, for each record of an act, whether it is as it was meant to be."""
    page = folder.read_page(act.home) if act.home.one_to_one_id else None
    records = {*journal.people.values(), *(page.records if page else ())}
    return [after in records for _, after in act.changes]


def check_all_or_nothing(written: Written, act: Act) -> bool:
    """Check that the journal opens whole, with or without the act; return whether it has it."""
    folder, journal = written.folder()
    assert folder.problems == ()
    assert written.dana.id in journal.people
    assert written.one.id in journal.one_to_ones
    done = outcome_of(act, journal, folder)
    assert all(done) or not any(done)
    return all(done)


def start_over(written: Written, pristine: Path) -> None:
    shutil.rmtree(written.bench.place.journal)
    shutil.copytree(pristine, written.bench.place.journal)


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
def test_whatever_the_disk_refuses_at_any_call_the_journal_is_whole(
    written: Written, tmp_path: Path, name: str, number: int
) -> None:
    act, pristine = acts(written)[name], tmp_path / "pristine"
    journal = written.bench.place.journal
    shutil.copytree(journal, pristine)
    calls = count_calls(lambda: put(written.folder()[0], act.home, *act.changes), only_in=journal)
    assert len(calls) >= 6
    for at in range(1, len(calls) + 1):
        start_over(written, pristine)
        folder, _ = written.folder()
        with faulty(Fault(at, refusal(number)), only_in=journal), pytest.raises(StorageError):
            put(folder, act.home, *act.changes)
        assert temps_in(journal) == []
        check_all_or_nothing(written, act)


@pytest.mark.parametrize("name", ACTS)
def test_killed_at_any_call_the_journal_is_whole(
    written: Written, tmp_path: Path, name: str
) -> None:
    act, pristine = acts(written)[name], tmp_path / "pristine"
    journal = written.bench.place.journal
    shutil.copytree(journal, pristine)
    calls = count_calls(lambda: put(written.folder()[0], act.home, *act.changes), only_in=journal)
    found = []
    for at in range(1, len(calls) + 1):
        start_over(written, pristine)
        folder, _ = written.folder()
        with faulty(Fault(at, Killed, lasts=True), only_in=journal), pytest.raises(Killed):
            put(folder, act.home, *act.changes)
        found.append(check_all_or_nothing(written, act))
        fresh, _ = written.folder()
        fresh.sweep()
        assert temps_in(journal) == []
        put(fresh, act.home, *act.changes)
        assert check_all_or_nothing(written, act), "the next start files it"
    assert found == sorted(found), "from one call on it is there"


@pytest.mark.parametrize(
    "name",
    [
        "a note",
        "an edit",
        "a one-to-one",
        "a person",
    ],
)
def test_tried_again_after_any_error_it_is_there_once(
    written: Written, tmp_path: Path, name: str
) -> None:
    act, pristine = acts(written)[name], tmp_path / "pristine"
    journal = written.bench.place.journal
    shutil.copytree(journal, pristine)
    calls = count_calls(lambda: put(written.folder()[0], act.home, *act.changes), only_in=journal)
    expected = list(files_of(journal)), person_folders(written.bench.place)
    for at in range(1, len(calls) + 1):
        start_over(written, pristine)
        folder, _ = written.folder()
        with (
            faulty(Fault(at, refusal(errno.EIO)), only_in=journal),
            pytest.raises(StorageError),
        ):
            put(folder, act.home, *act.changes)
        put(folder, act.home, *act.changes)
        assert check_all_or_nothing(written, act)
        found = list(files_of(journal)), person_folders(written.bench.place)
        assert found == expected, f"call {at}, {calls[at - 1]}"


def test_a_person_is_filed_when_there_is_room_again_however_late(written: Written) -> None:
    folder, _ = written.folder()
    with faulty(Fault(1, refusal(errno.ENOSPC), lasts=True), names=["write"]):
        for _ in range(40):
            with pytest.raises(StorageError):
                put(folder, Home(SAM.id), (None, SAM))
    put(folder, Home(SAM.id), (None, SAM))
    assert SAM.id in written.folder()[1].people


def test_what_killed_programs_left_is_swept(written: Written) -> None:
    journal = Path(written.bench.place.journal)
    left = [journal / ".journal.json.4711.tmp", written.file.parent / ".person.json.4711.tmp"]
    kept = [journal / "mine.tmp", written.file.parent / ".hidden", written.file.parent / "a.tmp"]
    for path in (*left, *kept):
        path.write_bytes(b"{")
    folder, _ = written.folder()
    assert folder.problems == ()
    folder.sweep()
    assert [path.exists() for path in left] == [False] * len(left)
    assert [path.exists() for path in kept] == [True] * len(kept)


def test_what_syncing_is_just_fetching_is_not_swept(written: Written) -> None:
    path = written.file.with_name(f".syncthing.{written.file.name}.tmp")
    path.write_bytes(b"{")
    written.folder()[0].sweep()
    assert path.exists()
