"""The texts that are kept for the first search of a run: a cache without what is gone."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Bench, add_person, plan_today, write
from tests.store.helpers import keep_texts, kept_bytes, person_folders, start
from tests.store.test_searching import (
    DANA,
    Shelf,
    a_talk,
    journals,
    never,
    searches,
)
from tui.domain.notes import Note
from tui.domain.people import Person
from tui.services import talks
from tui.services.ports import Wanted
from tui.store import kept as kept_module
from tui.store import searching
from tui.store.archive import from_versions, restore
from tui.store.folder import JournalFolder
from tui.store.held import Held, are_known
from tui.store.kept import Kept
from tui.store.merging import merge, merge_of
from tui.store.searching import TextFinder
from tui.wiring import journal_folder

LIGHT = Wanted(("lighthouse",))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what was kept be looked for before the first file is read."""
    monkeypatch.setattr(searching, "_SOON", 0)


class Shelves(Shelf):
    """A journal's folder with a state folder beside it; every `run` begins with what is kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "journal")
        self.state = folder / "state"
        self.state.mkdir()
        self.run()

    def run(self) -> TextFinder:
        """Begin a run in which nobody has searched yet."""
        self.finder = TextFinder(str(self.folder), Kept(str(self.state)))
        return self.finder

    def keep(self) -> None:
        """Read everything, and keep it."""
        self.run().hold(never)
        self.finder.keep()

    def check(self, wanted: Wanted = LIGHT) -> int:
        """See that what is found is what is there; return how many bytes of text were kept."""
        self.run()
        assert self.found(wanted) == self.plainly(wanted)
        self.finder._take_up_with()
        return self.finder.size

    @property
    def files(self) -> list[Path]:
        return sorted(self.state.glob("kept/*"))


@pytest.fixture
def shelves(tmp_path: Path) -> Shelves:
    return Shelves(tmp_path)


@given(st.data())
def test_what_is_found_in_what_was_kept_is_what_a_plain_reading_finds(data: st.DataObject) -> None:
    folder = tempfile.mkdtemp()
    try:
        shelves = Shelves(Path(folder))
        for home, name, records in data.draw(journals()):
            shelves.put(home, name, records)
        shelves.keep()
        known = [h for h in shelves.finder._held.values() if are_known(h.marks)]
        held = sum(len(h.text) for h in known)
        texts = [line.text for lines in shelves.lines.values() for line in lines]
        for _ in range(3):
            assert shelves.check(data.draw(searches(texts))) == held
    finally:
        shutil.rmtree(folder)


def test_a_run_that_finds_all_that_was_kept_keeps_nothing_anew(
    shelves: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelves.put(DANA, "person.json", [Person("p1", "Dana")])
    a_talk(shelves, 1, "a lighthouse")
    shelves.keep()
    assert b"lighthouse" in shelves.files[0].read_bytes()
    assert shelves.files[0].stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(Kept, "save", lambda *_: pytest.fail("nothing is new"))
    shelves.keep()


# -- what is not so any more ---------------------------------------------------------------


def in_place(shelves: Shelves, path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace(b"a lighthouse", b"a house"))
    shelves.lines[str(path)] = []


def as_others_do(shelves: Shelves, path: Path) -> None:
    """Replace a file by one of the same size and time."""
    old = path.stat()
    other = path.with_name("other")
    other.write_bytes(path.read_bytes().replace(b"a lighthouse", b"a lightships"))
    os.utime(other, ns=(old.st_atime_ns, old.st_mtime_ns))
    other.replace(path)
    shelves.lines[str(path)] = []


def away(shelves: Shelves, path: Path) -> None:
    path.unlink()
    del shelves.lines[str(path)]


def newly(shelves: Shelves, path: Path) -> None:
    a_talk(shelves, 7, "a new lighthouse", "another lighthouse")


def damage(shelves: Shelves, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])
    del shelves.lines[str(path)]


def all_away(shelves: Shelves, path: Path) -> None:
    shutil.rmtree(path.parent)
    shelves.lines.clear()


@pytest.mark.parametrize("change", [in_place, as_others_do, away, newly, damage, all_away])
def test_what_has_changed_since_is_read_anew_and_goes(
    shelves: Shelves, change: Callable[[Shelves, Path], None]
) -> None:
    shelves.put(DANA, "person.json", [Person("p1", "Dana")])
    path = a_talk(shelves, 1, "a lighthouse")
    a_talk(shelves, 2, "a lighthouse, too")
    shelves.keep()
    change(shelves, path)
    shelves.check()
    shelves.keep()
    data = b"\n".join(file.read_bytes() for file in shelves.files)
    assert (b"a lighthouse\0" in data or data.count(b"a lighthouse") > 1) == (change is newly)
    shelves.check()


@pytest.mark.parametrize("change", [in_place, as_others_do, away, newly, damage, all_away])
def test_what_changes_before_it_was_needed_is_read_anew(
    shelves: Shelves, change: Callable[[Shelves, Path], None]
) -> None:
    shelves.put(DANA, "person.json", [Person("p1", "Dana")])
    path = a_talk(shelves, 1, "a lighthouse")
    a_talk(shelves, 2, "a lighthouse, too")
    shelves.keep()
    shelves.run()
    assert shelves.found(Wanted(("whale",))) == []
    assert shelves.finder.size == 0, "nothing was taken up"
    change(shelves, path)
    shelves.finder.look_again()
    assert shelves.found(LIGHT) == shelves.plainly(LIGHT)


def test_what_was_kept_when_a_folder_was_anothers_counts_for_nothing(shelves: Shelves) -> None:
    shelves.put(DANA, "person.json", [Person("p1", "Dana")])
    a_talk(shelves, 1, "a lighthouse")
    shelves.keep()
    path = shelves.put(DANA, "person.json", [Person("p1", "Dana")])
    path.write_bytes(path.read_bytes().replace(b'"p1"', b'"p2"'))
    assert Kept(str(shelves.state)).shut("of-p1", "p1")
    assert Kept(str(shelves.state)).shut("of-p1", "p2") is None
    (found,) = next(iter(shelves.run().search(LIGHT, never)))
    assert found.home.person_id == "p2"


def test_a_folder_whose_person_is_not_known_is_not_kept(shelves: Shelves) -> None:
    a_talk(shelves, 1, "a lighthouse")
    shelves.keep()
    assert shelves.files == []


def test_whatever_is_odd_in_it_counts_for_nothing(
    shelves: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelves.put(DANA, "person.json", [Person("p1", "Dana")])
    a_talk(shelves, 1, "a lighthouse")
    shelves.keep()
    (path,) = shelves.files
    good = path.read_bytes()
    assert shelves.check() > 0
    odd = [good[:at] for at in range(0, len(good), 7)]
    odd += [good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :] for at in range(0, len(good), 5)]
    for data in (*odd, good + b"x", b"\0" * len(good)):
        path.write_bytes(data)
        assert shelves.check() == 0
    path.write_bytes(good)
    monkeypatch.setattr(kept_module, "FORMAT", kept_module.FORMAT.replace("schema", "Schema"))
    assert shelves.check() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a folder's mode says nothing there")
def test_a_disk_that_refuses_is_no_matter(shelves: Shelves) -> None:
    shelves.put(DANA, "person.json", [Person("p1", "Dana")])
    a_talk(shelves, 1, "a lighthouse")
    (shelves.state / "kept").write_text("in the way")
    shelves.keep()
    assert shelves.check() == 0


def test_no_state_folder_is_made_for_it(shelves: Shelves) -> None:
    shelves.put(DANA, "person.json", [Person("p1", "Dana")])
    shelves.state.rmdir()
    shelves.keep()
    assert not shelves.state.exists()


def test_kinds_nobody_knows_are_searched_and_not_kept(shelves: Shelves) -> None:
    shelves.put(DANA, "person.json", [Person("p1", "Dana")])
    path = a_talk(shelves, 1, "a lighthouse")
    path.write_bytes(path.read_bytes().replace(b'"heard"', b'"sensed"'))
    shelves.keep()
    assert len(list(shelves.finder.search(LIGHT, never))) == 1
    assert b"lighthouse" not in shelves.files[0].read_bytes()
    assert len(list(shelves.run().search(LIGHT, never))) == 1


# -- what is written and deleted -----------------------------------------------------------


def kept_of(bench: Bench) -> dict[str, Held]:
    (folder,) = person_folders(bench.place)
    journal = bench.on_disk()
    shut = Kept(bench.place.state).shut(folder, next(iter(journal.people)))
    return shut.open() if shut else {}


def folder_of(bench: Bench) -> JournalFolder:
    folder = journal_folder(bench.place, bench.new_id)
    folder.load()
    return folder


def test_what_a_command_deletes_is_kept_no_longer_and_the_rest_is(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    gone = write(notebook, one, "a lighthouse")
    write(notebook, one, "a harbour")
    keep_texts(folder_of(bench))
    assert b"lighthouse" in kept_bytes(bench.place)
    assert isinstance(gone, Note)
    talks.delete_note(notebook, one, gone)
    assert len(kept_of(bench)) == 2
    assert b"lighthouse" not in kept_bytes(bench.place)
    assert b"harbour" in kept_bytes(bench.place)


def test_what_the_app_deletes_goes_at_once_and_the_rest_is_kept_when_it_ends(bench: Bench) -> None:
    notebook, writer, ear = start(bench)
    one = plan_today(notebook, add_person(notebook))
    gone = write(notebook, one, "a lighthouse")
    write(notebook, one, "a harbour")
    ear.until(lambda: not notebook.unfiled(), "all to be filed")
    keep_texts(folder_of(bench))
    assert b"lighthouse" in kept_bytes(bench.place)
    assert isinstance(gone, Note)
    talks.delete_note(notebook, one, gone)
    ear.until(lambda: not notebook.unfiled(), "it to be gone")
    assert kept_bytes(bench.place) == b""
    writer.close()
    assert b"lighthouse" not in kept_bytes(bench.place)
    assert b"harbour" in kept_bytes(bench.place)
    assert len(kept_of(bench)) == 2


def test_who_is_gone_is_kept_no_longer(bench: Bench) -> None:
    folder = folder_of(bench)
    add_person(bench.notebook())
    keep_texts(folder)
    assert b"okafor" in kept_bytes(bench.place)
    shutil.rmtree(Path(bench.place.journal, "people", *person_folders(bench.place)))
    keep_texts(folder)
    assert kept_bytes(bench.place) == b""


@pytest.mark.parametrize("way", ["merge", "restore"])
def test_where_much_changes_nothing_is_kept(bench: Bench, way: str) -> None:
    notebook = bench.notebook()
    dana, dany = add_person(notebook), add_person(notebook, "Dany Okafor")
    write(notebook, plan_today(notebook, dany), "a lighthouse")
    folder = journal_folder(bench.place, bench.new_id)
    journal = folder.load()
    keep_texts(folder)
    assert b"lighthouse" in kept_bytes(bench.place)
    if way == "restore":
        restore(folder, from_versions(folder, 2**62))
    else:
        planned = merge_of(folder, journal, journal.people[dany.id], journal.people[dana.id])
        merge(folder, bench.place.state, planned, bench.new_id)
    assert not Path(bench.place.state, "kept").exists()
