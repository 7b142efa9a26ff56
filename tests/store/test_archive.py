"""Backups of a whole journal, and the ways back."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import time
import tracemalloc
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.builders import Bench, add_person, plan_today, write
from tests.store.helpers import (
    ERRORS,
    Fault,
    count_calls,
    faulty,
    files_of,
    one_to_one_file,
    person_file,
    refusal,
    rewrite,
    tables_in,
)
from tui.domain.onetoones import OneToOne
from tui.errors import AlongsideError, DamagedError, NotFoundError, StorageError, UsageError
from tui.services import talks
from tui.services.notebook import Notebook
from tui.store import unpacking
from tui.store.archive import (
    BackedUp,
    State,
    Step,
    back_up,
    from_backup,
    from_versions,
    restore,
)
from tui.store.files import Stamp
from tui.store.folder import JournalFolder
from tui.store.unpacking import MOST_BYTES, MOST_FILES, read_backup
from tui.wiring import journal_folder

SECOND = 10**9


class Scene(NamedTuple):
    """A journal with two people, one of them talked to."""

    bench: Bench
    notebook: Notebook
    one: OneToOne

    @property
    def folder(self) -> JournalFolder:
        return journal_folder(self.bench.place, self.bench.new_id)

    @property
    def journal(self) -> Path:
        return Path(self.bench.place.journal)

    @property
    def texts(self) -> list[str]:
        pages = self.bench.on_disk().pages.values()
        return sorted(note.text for page in pages for note in page.notes)

    @property
    def people(self) -> list[str]:
        return sorted(person.name for person in self.bench.on_disk().people.values())

    def set_times(self, ago: int) -> int:
        """Have all files and versions be this many seconds old; returns the moment after."""
        at = time.time_ns() - ago * SECOND
        shutil.rmtree(Path(self.bench.place.state, "versions"))
        folder = self.folder
        for name in folder.names():
            path = self.journal / name
            os.utime(path, ns=(at, at))
            if name != "journal.json":
                folder.versions.keep(name, path.read_bytes(), Stamp.of(path.stat()))
        return at + SECOND

    def write(self, text: str) -> None:
        notebook = self.bench.notebook()
        notebook.page(self.one.id)
        write(notebook, self.one, text)


@pytest.fixture
def scene(bench: Bench) -> Scene:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    add_person(notebook, "Ana")
    write(notebook, one, "first")
    write(notebook, one, "second")
    return Scene(bench, notebook, one)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


# -- backup --------------------------------------------------------------------------------


def test_a_backup_holds_every_byte_and_any_zip_program_opens_it(scene: Scene, target: Path) -> None:
    before = files_of(scene.journal)
    made = back_up(scene.folder, str(target))
    assert made == BackedUp(str(target), 4, target.stat().st_size)
    assert target.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == before
    assert read_backup(str(target)) == before
    assert files_of(scene.journal) == before
    assert [path.name for path in target.parent.iterdir() if path.name.endswith(".tmp")] == []


def test_the_files_of_a_backup_are_for_their_owner_and_from_their_time(
    scene: Scene, target: Path
) -> None:
    at = time.mktime((2026, 3, 4, 5, 6, 8, 0, 0, -1))
    for name in files_of(scene.journal):
        os.utime(scene.journal / name, (at, at))
    back_up(scene.folder, str(target))
    with zipfile.ZipFile(target) as archive:
        for info in archive.infolist():
            assert info.date_time == (2026, 3, 4, 5, 6, 8)
            assert info.external_attr >> 16 == 0o600


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling link"])
def test_what_is_there_already_is_never_overwritten(scene: Scene, target: Path, kind: str) -> None:
    other = target.with_name("other")
    if kind == "file":
        target.write_bytes(b"mine")
    elif kind == "folder":
        target.mkdir()
    else:
        target.symlink_to(other)
        if kind == "link":
            other.write_bytes(b"mine")
    with pytest.raises(UsageError, match="exists already"):
        back_up(scene.folder, str(target))
    if kind == "file":
        assert target.read_bytes() == b"mine"
    assert not other.exists() or other.read_bytes() == b"mine"


@pytest.mark.parametrize("where", ["", "people", "people/x/y", "../link"])
def test_a_backup_is_not_put_into_the_journal_itself(scene: Scene, where: str) -> None:
    (scene.journal.parent / "link").symlink_to(scene.journal)
    before = files_of(scene.journal)
    with pytest.raises(UsageError, match="within the journal"):
        back_up(scene.folder, str(scene.journal / where / "b.zip"))
    assert files_of(scene.journal) == before


def test_a_backup_beside_the_journal_is_not_within_it(scene: Scene) -> None:
    back_up(scene.folder, f"{scene.journal}.zip")


def test_into_a_folder_that_is_not_there_nothing_is_written(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        back_up(scene.folder, str(tmp_path / "nowhere" / "b.zip"))
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_on_a_disk_that_refuses_no_half_backup_is_left(
    scene: Scene, target: Path, number: int
) -> None:
    before = files_of(scene.journal)
    folder = scene.folder
    calls = count_calls(lambda: back_up(folder, str(target)))
    target.unlink()
    for at in range(1, len(calls) + 1):
        with faulty(Fault(at, refusal(number))), suppress(StorageError):
            back_up(folder, str(target))
        if target.exists():
            assert read_backup(str(target)) == before
            target.unlink()
        assert not list(target.parent.glob(".*.tmp"))
    assert files_of(scene.journal) == before


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 50,
        b"\xff\xfe\x80",
    ],
    ids=["empty", "NULs", "noise"],
)
def test_a_damaged_file_is_in_the_backup_as_it_is(scene: Scene, target: Path, data: bytes) -> None:
    one_to_one_file(scene.bench).write_bytes(data)
    back_up(scene.folder, str(target))
    with zipfile.ZipFile(target) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files_of(scene.journal)


@pytest.mark.parametrize(
    "name", [b"at 10:30.txt", b"C:\\temp.txt", b"\xff\xfe.txt"], ids=["colon", "path", "no UTF-8"]
)
def test_an_odd_file_in_the_journal_keeps_nobody_from_a_backup(
    scene: Scene, target: Path, name: bytes
) -> None:
    path = os.path.join(os.fsencode(scene.journal), b"people", name)
    with open(path, "wb") as file:
        file.write(b"mine")
    back_up(scene.folder, str(target))
    assert person_file(scene.bench, "ana").read_bytes() in read_backup(str(target)).values()


@pytest.mark.parametrize(
    "year",
    [
        1960,
        1979,
        2026,
        2110,
        2400,
    ],
)
def test_a_file_from_any_year_can_be_backed_up(scene: Scene, target: Path, year: int) -> None:
    at = (year - 1970) * 31_556_952
    os.utime(person_file(scene.bench, "ana"), (at, at))
    back_up(scene.folder, str(target))
    assert read_backup(str(target)) == files_of(scene.journal)


def test_hidden_files_of_other_programs_are_no_part_of_it(scene: Scene, target: Path) -> None:
    before = files_of(scene.journal)
    (scene.journal / ".git").mkdir()
    (scene.journal / ".git" / "config").write_bytes(b"theirs")
    (scene.journal / ".DS_Store").write_bytes(b"theirs")
    back_up(scene.folder, str(target))
    assert read_backup(str(target)) == before


# -- a zip that is none of ours ------------------------------------------------------------


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return path


@pytest.mark.parametrize(
    "name",
    [
        *("../x", "people/../../x", "/etc/x", "people/..", "..", "//x"),
        "people/dana/../../../x",
        *(
            pytest.param(name, marks=pytest.mark.skipif(os.name != "nt", reason="of Windows"))
            for name in ("C:/x", "C:x", "people\\..\\..\\x", "people/a:b")
        ),
    ],
)
def test_a_zip_that_names_a_file_outside_is_refused_whole(
    scene: Scene, target: Path, name: str
) -> None:
    before = files_of(scene.journal.parent)
    zipped(target, {"journal.json": b"{}", name: b"theirs"})
    with pytest.raises(DamagedError, match="outside"):
        from_backup(scene.folder, str(target))
    target.unlink()
    assert files_of(scene.journal.parent) == before


@pytest.mark.skipif(os.name == "nt", reason="there they lead elsewhere")
@pytest.mark.parametrize("name", ["C:/x", "C:x", "people\\..\\..\\x", "people/a:b"])
def test_a_name_that_is_odd_on_other_systems_stays_within_the_journal(
    scene: Scene, target: Path, name: str
) -> None:
    zipped(target, {"journal.json": b"{}", name: b"theirs"})
    folder = scene.folder
    restore(folder, from_backup(folder, str(target)))
    assert files_of(scene.journal)[name] == b"theirs"


def test_two_files_whose_names_are_no_text_are_both_in_the_backup(
    scene: Scene, target: Path
) -> None:
    for name in (b"\xff.txt", b"\xfe.txt"):
        with open(os.path.join(os.fsencode(scene.journal), name), "wb") as file:
            file.write(name)
    back_up(scene.folder, str(target))
    assert {b"\xff.txt", b"\xfe.txt"} <= set(read_backup(str(target)).values())


@pytest.mark.parametrize(
    "files", [{}, {"thesis.tex": b"x"}, {"journal.json.txt": b"x"}, {"peoples/x": b"x"}]
)
def test_a_zip_that_is_no_journal_is_refused(
    scene: Scene, target: Path, files: dict[str, bytes]
) -> None:
    zipped(target, files)
    with pytest.raises(DamagedError, match="no backup of a journal"):
        from_backup(scene.folder, str(target))


@pytest.mark.parametrize("data", [b"", b"noise", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 17])
def test_what_is_no_zip_is_refused(scene: Scene, target: Path, data: bytes) -> None:
    target.write_bytes(data)
    with pytest.raises(DamagedError):
        from_backup(scene.folder, str(target))


def test_a_folder_or_nothing_is_no_backup(scene: Scene, target: Path) -> None:
    with pytest.raises(NotFoundError):
        from_backup(scene.folder, str(target))
    target.mkdir()
    with pytest.raises(DamagedError):
        from_backup(scene.folder, str(target))


def test_a_backup_that_was_cut_short_is_refused(scene: Scene, target: Path) -> None:
    back_up(scene.folder, str(target))
    data = target.read_bytes()
    for cut in range(0, len(data), 40):
        target.write_bytes(data[:cut])
        with pytest.raises(DamagedError):
            read_backup(str(target))


@pytest.mark.parametrize("turned", [10, 255])
def test_a_backup_with_a_byte_that_turned_is_refused_or_as_it_was(
    target: Path, turned: int
) -> None:
    kept = [b'{"about": {"file": {"id": "x", "id": "y"}}}\n']
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("journal.json", kept[0])
    good = target.read_bytes()
    raised = set()
    for at in range(len(good)):
        target.write_bytes(good[:at] + bytes([good[at] ^ turned]) + good[at + 1 :])
        try:
            found = read_backup(str(target))
        except AlongsideError:
            continue
        except Exception as error:  # noqa: BLE001 - any of them is a traceback
            raised.add(type(error))
        else:
            assert all(data in kept for data in found.values())
    assert not raised


# -- a zip that is more than a journal -----------------------------------------------------


def test_a_backup_that_unpacks_to_more_than_a_journal_can_be_is_refused(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 3_000_000)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("journal.json", "people/x/person.json"):
            archive.writestr(name, b" " * 2_000_000)
    with pytest.raises(DamagedError, match="would unpack to 4 MB, more than the 3 MB"):
        read_backup(str(target))


def test_what_is_hardly_packed_is_taken_back_however_much_it_is(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1_000)
    picture = os.urandom(5_000)
    zipped(target, {"journal.json": b"{}", "people/x/picture.jpg": picture})
    assert read_backup(str(target))[os.path.join("people", "x", "picture.jpg")] == picture


def test_more_files_than_a_journal_can_have_are_refused(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_FILES", 2)
    zipped(target, {"journal.json": b"{}", "people/a": b"", "people/b": b""})
    with pytest.raises(DamagedError, match="has 3 files in it, more than the 2"):
        read_backup(str(target))


def test_of_a_file_that_is_more_than_it_says_no_more_is_unpacked(target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("journal.json", b" " * 50_000_000)
    said = (50_000_000).to_bytes(4, "little")
    target.write_bytes(target.read_bytes().replace(said, (2).to_bytes(4, "little")))
    tracemalloc.start()
    try:
        with pytest.raises(DamagedError, match="cannot be read as a backup"):
            read_backup(str(target))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_journal_that_could_not_be_restored_is_not_backed_up(
    scene: Scene, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (MOST_FILES, MOST_BYTES) == (100_000, 512_000_000)
    monkeypatch.setattr(unpacking, "MOST_FILES", 3)
    with pytest.raises(DamagedError, match="has 4 files"):
        back_up(scene.folder, str(target))
    assert not target.exists()


def test_hidden_files_in_a_zip_are_passed_over(scene: Scene, target: Path) -> None:
    """Such as the settings of git, in which there can be commands."""
    hidden = (".git/config", "people/.stignore", "people/x/.y/z", "people/x/._person.json")
    zipped(target, {"journal.json": b"{}"} | dict.fromkeys(hidden, b"theirs"))
    folder = scene.folder
    restore(folder, from_backup(folder, str(target)))
    assert b"theirs" not in files_of(scene.journal).values()


def test_a_zip_with_deeper_folders_than_a_journal_has_is_refused(target: Path) -> None:
    zipped(target, {"journal.json": b"{}", "people/x/y/z": b"theirs"})
    with pytest.raises(DamagedError, match="a folder that no journal has"):
        read_backup(str(target))


def test_a_zip_with_a_link_in_it_is_refused(target: Path) -> None:
    zipped(target, {"journal.json": b"{}"})
    link = zipfile.ZipInfo("people/x")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(link, "/etc")
    with pytest.raises(DamagedError, match="has a link in it"):
        read_backup(str(target))


# -- the way back from a backup ------------------------------------------------------------


def test_asking_what_a_restore_would_do_does_nothing(scene: Scene, target: Path) -> None:
    back_up(scene.folder, str(target))
    scene.write("third")
    shutil.rmtree(person_file(scene.bench, "ana").parent)
    before = files_of(scene.journal.parent)
    steps = {step.name: step.state for step in from_backup(scene.folder, str(target))}
    assert files_of(scene.journal.parent) == before
    assert sorted(steps.values()) == [State.CHANGES, State.COMES_BACK, State.SAME, State.SAME]
    assert steps["journal.json"] is State.SAME


def test_a_backup_brings_back_what_was_in_it_and_lets_all_else_be(
    scene: Scene, target: Path
) -> None:
    before = files_of(scene.journal)
    back_up(scene.folder, str(target))
    scene.write("third")
    shutil.rmtree(person_file(scene.bench, "ana").parent)
    add_person(scene.bench.notebook(), "Later")
    after = files_of(scene.journal)
    folder = scene.folder
    assert restore(folder, from_backup(folder, str(target))) == 2
    assert files_of(scene.journal) == after | before
    assert scene.people == ["Ana", "Dana Okafor", "Later"]
    assert scene.texts == ["first", "second"]
    for path in scene.journal.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def test_onto_a_folder_that_is_not_there_a_backup_is_the_whole_journal(
    scene: Scene, target: Path
) -> None:
    before = files_of(scene.journal)
    back_up(scene.folder, str(target))
    shutil.rmtree(scene.journal)
    shutil.rmtree(scene.bench.place.state)
    os.makedirs(scene.bench.place.state)
    folder = scene.folder
    restore(folder, from_backup(folder, str(target)))
    assert files_of(scene.journal) == before
    assert scene.journal.stat().st_mode & 0o777 == 0o700


def test_restoring_twice_changes_nothing_the_second_time(scene: Scene, target: Path) -> None:
    back_up(scene.folder, str(target))
    scene.write("third")
    folder = scene.folder
    steps = from_backup(folder, str(target))
    assert restore(folder, steps) == 1
    assert restore(folder, steps) == 0


def test_what_a_restore_replaces_is_among_the_versions_and_damage_is_kept_aside(
    scene: Scene, target: Path
) -> None:
    back_up(scene.folder, str(target))
    path = one_to_one_file(scene.bench)
    path.write_bytes(b"damaged")
    folder = scene.folder
    restore(folder, from_backup(folder, str(target)))
    name = folder.name_of(str(path))
    assert [version.data for version in folder.versions.of(name)][-2:] == [
        b"damaged",
        path.read_bytes(),
    ]
    assert list(files_of(folder.aside.folder).values()) == [b"damaged"]


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_a_fault_in_a_restore_leaves_each_file_whole(
    scene: Scene, target: Path, number: int
) -> None:
    back_up(scene.folder, str(target))
    good = files_of(scene.journal)
    changed = {name: data + b"\n" for name, data in good.items()}
    folder = scene.folder

    def change() -> None:
        for name, data in changed.items():
            (scene.journal / name).write_bytes(data)

    change()
    steps = from_backup(folder, str(target))
    calls = count_calls(lambda: restore(folder, steps))
    for at in range(1, len(calls) + 1):
        change()
        with faulty(Fault(at, refusal(number), lasts=True)), suppress(StorageError):
            restore(folder, steps)
        for temp in scene.journal.rglob("*.tmp"):
            temp.unlink()
        now = files_of(scene.journal)
        assert all(now[name] in (good[name], changed[name]) for name in good)
        assert set(now) == set(good)


# -- the way back to a moment --------------------------------------------------------------


def to(scene: Scene, moment: int) -> int:
    folder = scene.folder
    return restore(folder, from_versions(folder, moment))


def test_each_file_is_as_it_was_at_that_moment(scene: Scene) -> None:
    before = files_of(scene.journal)
    moment = scene.set_times(3600)
    scene.write("third")
    scene.write("fourth")
    after = files_of(scene.journal)
    assert to(scene, moment) == 1
    assert files_of(scene.journal) == before
    assert to(scene, moment) == 0
    assert after != before


def test_of_versions_of_many_moments_the_last_before_is_taken(scene: Scene) -> None:
    folder = scene.folder
    path = one_to_one_file(scene.bench)
    name = folder.name_of(str(path))
    shutil.rmtree(folder.versions.folder)
    for hour in range(5):
        folder.versions.keep(name, b"%d" % hour, Stamp((1, 1, hour * 3600 * SECOND)))
    for moment, found in {
        -1: None,
        0: b"0",
        3600 * SECOND - 1: b"0",
        3600 * SECOND: b"1",
        9999 * 3600 * SECOND: b"4",
    }.items():
        steps = from_versions(folder, moment)
        assert [step.data for step in steps] == ([] if found is None else [found])


def test_a_one_to_one_that_was_deleted_comes_back_with_all_its_notes(scene: Scene) -> None:
    moment = scene.set_times(3600)
    notebook = scene.bench.notebook()
    talks.delete(notebook, notebook.journal.one_to_ones[scene.one.id])
    assert scene.texts == []
    steps = {step.state: step for step in from_versions(scene.folder, moment)}
    assert steps[State.COMES_BACK].records > 2
    assert to(scene, moment) == 1
    assert scene.texts == ["first", "second"]


def test_a_person_who_was_deleted_comes_back(scene: Scene) -> None:
    moment = scene.set_times(3600)
    shutil.rmtree(person_file(scene.bench, "dana").parent)
    assert scene.people == ["Ana"]
    assert to(scene, moment) == 2
    assert scene.people == ["Ana", "Dana Okafor"]
    assert scene.texts == ["first", "second"]


def test_files_made_after_that_moment_are_let_be(scene: Scene) -> None:
    moment = scene.set_times(3600)
    add_person(scene.bench.notebook(), "Later")
    assert to(scene, moment) == 0
    assert scene.people == ["Ana", "Dana Okafor", "Later"]


def test_one_can_go_back_and_forth(scene: Scene) -> None:
    early = scene.set_times(7200)
    scene.write("third")
    path = one_to_one_file(scene.bench)
    at = time.time_ns() - 3600 * SECOND
    folder = scene.folder
    shutil.rmtree(Path(folder.versions.folder))
    folder.versions.keep(folder.name_of(str(path)), _without_third(scene), Stamp((1, 1, early)))
    os.utime(path, ns=(at, at))
    assert scene.texts == ["first", "second", "third"]
    to(scene, early)
    assert scene.texts == ["first", "second"]
    to(scene, at)
    assert scene.texts == ["first", "second", "third"]
    to(scene, early)
    assert scene.texts == ["first", "second"]


def _without_third(scene: Scene) -> bytes:
    path = one_to_one_file(scene.bench)
    data = path.read_bytes()

    def change(tables: dict[str, dict[str, dict[str, object]]]) -> None:
        notes = tables["notes"]
        tables["notes"] = {key: doc for key, doc in notes.items() if doc["text"] != "third"}

    rewrite(path, change)
    less = path.read_bytes()
    path.write_bytes(data)
    return less


def test_a_version_that_cannot_be_unpacked_is_passed_over(scene: Scene) -> None:
    moment = scene.set_times(3600)
    for path in Path(scene.folder.versions.folder).rglob("*.versions"):
        with path.open("ab") as file:
            file.write(b'[1, 2, "eJw="]\n[1, 2\nnoise\n[]\n')
    scene.write("third")
    to(scene, moment)
    assert scene.texts == ["first", "second"]


@pytest.mark.parametrize("data", [b"", b"noise", b"[]"])
def test_of_bytes_that_cannot_be_read_no_record_is_counted(data: bytes) -> None:
    assert Step("people/x/person.json", data, State.SAME).records == 0


def test_records_are_counted_without_what_a_file_says_of_itself(scene: Scene) -> None:
    path = person_file(scene.bench, "ana")
    assert Step("person.json", path.read_bytes(), State.SAME).records == 1
    assert set(tables_in(path)) == {"about", "person"}


def test_what_had_been_deleted_by_that_moment_stays_deleted(scene: Scene) -> None:
    scene.set_times(3600)
    notebook = scene.bench.notebook()
    talks.delete(notebook, notebook.journal.one_to_ones[scene.one.id])
    assert to(scene, time.time_ns() + SECOND) == 0
    assert scene.texts == []
