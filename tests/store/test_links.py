"""Links in a journal that lead out of it: nothing that is others' is written over or removed.

What `forget` does behind them is in `test_forgetting`.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.builders import Bench, add_person, plan_today, write
from tests.store.helpers import files_of, one_to_one_file, person_file, tables_in
from tui.errors import DamagedError, StorageError
from tui.store.archive import State, from_versions, restore
from tui.store.files import serialise, write_atomically
from tui.store.folder import JournalFolder
from tui.store.inspection import Kind, inspect, repair
from tui.store.links import bears_our_name, is_our_temporary, is_ours, leads_out
from tui.store.mending import mend, mend_all, merge_copy
from tui.store.merging import merge, merge_of
from tui.wiring import open_journal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

FOREIGN = b"alias ll='ls -l'\n"
NOW = 2**62
"""A moment after all versions."""


class Scene(NamedTuple):
    """A journal with one person and a one-to-one, and a folder that is none of it."""

    bench: Bench
    one: Path
    outside: Path

    @property
    def person(self) -> Path:
        return person_file(self.bench)

    @property
    def folder(self) -> JournalFolder:
        """The journal as another program opens it now."""
        return open_journal(self.bench.place, self.bench.new_id).folder

    @property
    def bashrc(self) -> Path:
        return self.outside / ".bashrc"

    @property
    def texts(self) -> list[str]:
        pages = self.bench.on_disk().pages.values()
        return sorted(note.text for page in pages for note in page.notes)

    def check_outside_is_untouched(self) -> None:
        assert files_of(self.outside) == {".bashrc": FOREIGN}


@pytest.fixture
def scene(bench: Bench, tmp_path: Path) -> Scene:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    write(notebook, one, "first")
    outside = tmp_path / "outside"
    outside.mkdir()
    found = Scene(bench, one_to_one_file(bench), outside)
    found.bashrc.write_bytes(FOREIGN)
    return found


def link(path: Path, target: Path) -> Path:
    """Put a link to something in place of a file."""
    path.unlink()
    path.symlink_to(target)
    return path


def moved(path: Path, target: Path) -> Path:
    """Move something elsewhere, and leave a link."""
    shutil.move(path, target)
    path.symlink_to(target)
    return target


# -- what is ours --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("person.json", True),
        ("2026-11-24-91c2.json", True),
        ("2026-11-24-91c2ab.sync-conflict-20261122-140200-ABCDEFG.json", True),
        ("2026-11-24-91c2 (1).json", True),
        ("person (Dana's conflicted copy 2026-11-24).json", True),
        ("person.json~", True),
        ("person.json.orig", True),
        ("personal.json", False),
        ("person-of-interest.json", False),
        ("person.jsonl", False),
        ("2026-11-24.json", False),
        ("2026-11-24-report.json", False),
        ("package.json", False),
        (".bashrc", False),
    ],
)
def test_our_names_are_known_from_others(name: str, is_one: bool) -> None:
    assert bears_our_name(name) is is_one
    assert is_our_temporary(f".{name}.123.tmp") is (is_one and name.endswith(".json"))


def test_our_files_are_known_from_others(scene: Scene) -> None:
    assert all(is_ours(p.read_bytes()) for p in Path(scene.bench.place.journal).rglob("*.json"))
    others = (b"", FOREIGN, b"{}", b'{"auths": {"x": {"auth": "y"}}}', b'{"person": {"a": {}}}')
    assert not [data for data in others if is_ours(data)]


def test_a_journal_that_is_a_link_itself_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "real" / "people").mkdir(parents=True)
    (tmp_path / "real2").mkdir()
    (tmp_path / "journal").symlink_to("real")
    (tmp_path / "real" / "in").symlink_to("people")
    (tmp_path / "real" / "out").symlink_to("../real2")
    root = str(tmp_path / "journal")
    assert not leads_out(root, root)
    assert not leads_out(f"{root}/people/new/x.json", root)
    assert not leads_out(f"{root}/in/x.json", root)
    assert leads_out(f"{root}/out", root)
    assert leads_out(f"{root}/out/x.json", root)


# -- mending -------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [FOREIGN, b"", b"{}", b"{", b'{"one_to_one": {}}'])
def test_what_a_link_leads_to_is_not_mended(scene: Scene, data: bytes) -> None:
    scene.bashrc.write_bytes(data)
    link(scene.one, scene.bashrc)
    with pytest.raises(DamagedError, match=r"is a link to .*\.bashrc, out of the journal"):
        mend(scene.folder, str(scene.one))
    assert scene.bashrc.read_bytes() == data
    assert scene.one.is_symlink()


def test_mending_the_rest_goes_on(scene: Scene) -> None:
    link(scene.one, scene.bashrc)
    person = scene.person
    person.write_bytes(person.read_bytes()[:-20])
    said = mend_all(scene.folder)
    assert said[0].startswith("1 file is mended.")
    assert "What is there was left as it is." in said[1]
    assert "person" in tables_in(person)
    scene.check_outside_is_untouched()


def test_behind_a_linked_folder_nothing_is_mended(scene: Scene) -> None:
    elsewhere = moved(scene.one.parent, scene.outside / "dana")
    target = elsewhere / scene.one.name
    target.write_bytes(target.read_bytes()[:-20])
    before = files_of(scene.outside)
    with pytest.raises(DamagedError, match=r"is behind a link, at .*outside/dana"):
        mend(scene.folder, str(scene.one))
    assert files_of(scene.outside) == before
    assert mend(scene.folder, str(scene.person)) is None


def test_the_journals_own_file_is_not_mended_behind_a_link(scene: Scene) -> None:
    own = link(Path(scene.bench.place.journal, "journal.json"), scene.bashrc)
    with pytest.raises(DamagedError, match="is a link to"):
        mend(scene.folder, str(own))
    assert own.is_symlink()
    scene.check_outside_is_untouched()


def test_a_copy_is_not_merged_into_what_is_not_ours(scene: Scene) -> None:
    copy = scene.one.with_name("2026-11-22 (1).json")
    shutil.copy(scene.one, copy)
    other = scene.outside / "other.json"
    other.write_bytes(b'{"one_to_one": {"x": {}}}')
    link(scene.one, other)
    with pytest.raises(DamagedError, match="What is there was left"):
        merge_copy(scene.folder, str(copy), str(scene.one))
    assert other.read_bytes() == b'{"one_to_one": {"x": {}}}'
    assert copy.exists()


# -- restoring -----------------------------------------------------------------------------


def states_of(scene: Scene) -> dict[str, State]:
    return {os.path.basename(s.name): s.state for s in from_versions(scene.folder, NOW)}


def planted_file(scene: Scene) -> None:
    link(scene.one, scene.bashrc)


def planted_name(scene: Scene) -> None:
    link(scene.one, scene.outside / ".profile")


def planted_folder(scene: Scene) -> None:
    shutil.rmtree(scene.one.parent)
    scene.one.parent.symlink_to(scene.outside)


def planted_nowhere(scene: Scene) -> None:
    shutil.rmtree(scene.one.parent)
    scene.one.parent.symlink_to(scene.outside / "new")


PLANTED = (planted_file, planted_name, planted_folder, planted_nowhere)


@pytest.mark.parametrize("plant", PLANTED)
def test_nothing_is_restored_over_what_is_not_ours_nor_beside_it(
    scene: Scene, plant: Callable[[Scene], None]
) -> None:
    plant(scene)
    assert states_of(scene)[scene.one.name] is State.LEFT
    folder = scene.folder
    steps = from_versions(folder, NOW)
    restore(folder, tuple(step._replace(state=State.CHANGES) for step in steps))
    scene.check_outside_is_untouched()


def test_the_rest_is_restored(scene: Scene) -> None:
    good = scene.person.read_bytes()
    scene.person.write_bytes(b"{}")
    planted_file(scene)
    folder = scene.folder
    assert restore(folder, from_versions(folder, NOW)) == 1
    assert scene.person.read_bytes() == good
    scene.check_outside_is_untouched()


def test_what_was_moved_elsewhere_is_restored_there(scene: Scene) -> None:
    good = scene.one.read_bytes()
    target = moved(scene.one, scene.outside / "talk.json")
    tables = tables_in(target)
    tables.pop("notes")
    target.write_bytes(serialise(tables))
    assert scene.texts == []
    folder = scene.folder
    assert restore(folder, from_versions(folder, NOW)) == 1
    assert target.read_bytes() == good
    assert scene.one.is_symlink()


def test_into_a_folder_that_was_moved_elsewhere_what_has_gone_comes_back(scene: Scene) -> None:
    elsewhere = moved(scene.one.parent, scene.outside / "dana")
    scene.one.unlink()
    assert states_of(scene)[scene.one.name] is State.COMES_BACK
    folder = scene.folder
    restore(folder, from_versions(folder, NOW))
    assert (elsewhere / scene.one.name).exists()
    assert scene.texts == ["first"]


# -- other ways to write and to remove -----------------------------------------------------


def test_a_temporary_file_that_is_a_link_is_not_written_through(scene: Scene) -> None:
    temp = scene.one.with_name(f".{scene.one.name}.{os.getpid()}.tmp")
    temp.symlink_to(scene.bashrc)
    with pytest.raises(StorageError):
        write_atomically(str(scene.one), b"{}")
    assert not os.path.lexists(temp), "so that the next try succeeds"
    write_atomically(str(scene.one), b"{}")
    scene.check_outside_is_untouched()


def test_a_device_that_never_ends_is_not_read(scene: Scene) -> None:
    (scene.one.parent / "2026-01-01-abcd.json").symlink_to("/dev/zero")
    folder = scene.folder
    assert [problem.sentence.rpartition("/")[2] for problem in folder.problems] == [
        "2026-01-01-abcd.json is not a file."
    ]
    assert scene.texts == ["first"]


def test_temporary_files_of_others_behind_a_link_stay(scene: Scene) -> None:
    elsewhere = moved(scene.one.parent, scene.outside / "dana")
    ours, theirs = (elsewhere / f".{name}.json.12.tmp" for name in ("person", "package"))
    for path in (ours, theirs):
        path.write_bytes(b"half")
    folder = scene.folder
    folder.sweep()
    assert not ours.exists()
    assert theirs.read_bytes() == b"half"


@pytest.mark.parametrize("is_dana", [True, False])
def test_only_a_folder_of_ours_is_closed_behind_a_link(scene: Scene, is_dana: bool) -> None:
    elsewhere = moved(scene.one.parent, scene.outside / "dana")
    if not is_dana:
        (elsewhere / "person.json").unlink()
        scene.one.unlink()
    scene.bashrc.chmod(0o644)
    (elsewhere / "notes.json").symlink_to(scene.bashrc)
    elsewhere.chmod(0o755)
    folder = scene.folder
    found = [f for f in inspect(folder, scene.bench.place.state).findings if f.kind is Kind.MODE]
    assert [(f.path, f.can_be_mended) for f in found] == [(str(scene.one.parent), is_dana)]
    for finding in found if is_dana else ():
        repair(folder, scene.bench.place.state, finding)
    assert stat.S_IMODE(elsewhere.stat().st_mode) == (0o700 if is_dana else 0o755)
    assert stat.S_IMODE(scene.bashrc.stat().st_mode) == 0o644


@pytest.mark.parametrize("has_more", [False, True])
def test_whoever_is_merged_leaves_no_link_to_an_empty_folder(scene: Scene, has_more: bool) -> None:
    notebook = scene.bench.notebook()
    sam = add_person(notebook, "Sam Reyes")
    (dana,) = (p for p in notebook.journal.people.values() if p.id != sam.id)
    elsewhere = moved(scene.one.parent, scene.outside / "dana")
    if has_more:
        (elsewhere / "picture.jpg").write_bytes(b"theirs")
    opened = open_journal(scene.bench.place, scene.bench.new_id)
    planned = merge_of(opened.folder, opened.journal, dana, sam)
    merge(opened.folder, scene.bench.place.state, planned, scene.bench.new_id)
    assert scene.texts == ["first"]
    assert scene.one.parent.is_symlink() is has_more
    left = files_of(scene.outside)
    assert left == {".bashrc": FOREIGN} | ({"dana/picture.jpg": b"theirs"} if has_more else {})
    assert elsewhere.exists() is has_more
