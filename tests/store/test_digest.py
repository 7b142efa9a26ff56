"""The digest of a journal: a start that reads little sees what one that reads all would see."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.builders import NOW, Bench, add_person, counting_ids, plan_today, write
from tests.store.helpers import (
    Ear,
    Fault,
    Killed,
    faulty,
    files_of,
    refusal,
    replace_by_rename,
    rewrite,
    start,
    tables_in,
    temps_in,
    texts,
)
from tui.domain.checklist import Template
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Change, Home, Journal
from tui.domain.notes import Note, Side
from tui.domain.onetoones import OneToOne, Status
from tui.domain.people import Person, Topic
from tui.domain.standing import standings
from tui.errors import AlongsideError
from tui.services import course, promises, talks
from tui.services.ports import Problem
from tui.store import digest as digest_module
from tui.store import reading
from tui.store.catalogue import Catalogue
from tui.store.codec import to_patch
from tui.store.digest import FORMAT, Digest, Entry
from tui.store.files import (
    FILE_MODE,
    FOLDER_MODE,
    Stamp,
    Tables,
    read_bytes,
    serialise,
    write_atomically,
)
from tui.store.folder import JournalFolder
from tui.store.keeper import Keeper
from tui.store.migrations import SCHEMA
from tui.wiring import notebook_for_commands

TODAY = NOW.date()
BROKEN = (b"", b"\0" * 64, b'{"notes": {"n1"', b"<<<<<<< HEAD\n", b"[1]", b'{"a": {"b": {}}}')
COPIES = ("{} (conflicted copy).json", "Copy of {}.json", "{} 2.json", "0{}.json")


def plain(journal: Journal) -> dict[str, Any]:
    """Return what stands in a journal but for its pages, so that two can be compared."""
    return {
        "people": dict(journal.people),
        "one_to_ones": dict(journal.one_to_ones),
        "follow_ups": dict(journal.follow_ups),
        "topics": {key: set(shelf) for key, shelf in journal.topics.items() if shelf},
        "read_only": journal.read_only,
    }


def taken_in(journal: Journal, folder: JournalFolder) -> Journal:
    """Return a journal with all that is still to be read, bit by bit."""
    for _ in range(len(os.listdir(Path(folder.folder, "people"))) + 1):
        if folder.is_whole:
            break
        seen = folder.poll()
        journal = journal.without(seen.gone).adopt(seen.contents)
    assert folder.is_whole, "each look reads some of it"
    return journal


def check_front(front: Journal, whole: Journal) -> None:
    """Check that a first look shows the right things of the whole."""
    assert front.people == whole.people
    assert plain(front)["topics"] == plain(whole)["topics"]
    for found, there in (
        (front.one_to_ones, whole.one_to_ones),
        (front.follow_ups, whole.follow_ups),
    ):
        assert found.items() <= there.items(), "nothing that is not so"
    assert {f.id for f in whole.follow_ups.values() if f.is_open} <= set(front.follow_ups)
    to_come = {o.id for o in whole.one_to_ones.values() if o.is_open and o.ended is None}
    assert to_come <= set(front.one_to_ones)
    for person_id in whole.people:
        held = [one for one in whole.one_to_ones_of(person_id) if one.took_place]
        assert {one.id for one in held[-1:]} <= set(front.one_to_ones)
    for archived in (False, True):
        assert standings(front, TODAY, archived=archived) == standings(
            whole, TODAY, archived=archived
        )
    assert front.read_only == {home for home in whole.read_only if is_in(home, front)}


def is_in(home: Home, journal: Journal) -> bool:
    if home.one_to_one_id is None:
        return home.person_id in journal.people
    return home.one_to_one_id in journal.one_to_ones


class Disk:
    """The folders of a journal, with a clock for what others do that never shows a time twice."""

    def __init__(self, journal: str, state: str) -> None:
        self.journal, self.state = Path(journal), Path(state)
        self.people = self.journal / "people"
        self._moment = 10**18
        self._settled: dict[str, int] = {}

    def moment(self) -> int:
        self._moment += 10**6
        return self._moment

    def settle(self) -> None:
        """Let so much time pass that the folders' times tell all that was done in them."""
        for folder in self.people.iterdir():
            if folder.is_dir() and folder.stat().st_mtime_ns != self._settled.get(folder.name):
                self._settled[folder.name] = self.moment()
                os.utime(folder, ns=(self._settled[folder.name],) * 2)

    def files(self, *, good: bool = False) -> list[Path]:
        """Return the files in the folders of people, or those of them that can be read."""
        found = sorted(self.people.glob("*/*.json"))
        return [path for path in found if readable(path)] if good else found

    def replace(self, path: Path, data: bytes) -> None:
        replace_by_rename(path, data)
        moment = self.moment()
        os.utime(path, ns=(moment, moment))

    def write_in_place(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)
        moment = self.moment()
        os.utime(path, ns=(moment, moment))

    def folder(self) -> JournalFolder:
        return JournalFolder(str(self.journal), str(self.state), counting_ids(9_000_000))

    def read_whole(self) -> tuple[Journal, tuple[Problem, ...]]:
        """Return what a program without any digest would find."""
        digest, away = self.state / "digest", self.state / "away"
        if digest.exists():
            digest.rename(away)
        try:
            folder = self.folder()
            return folder.load(), folder.problems
        finally:
            if away.exists():
                away.rename(digest)


def readable(path: Path) -> bool:
    try:
        tables = tables_in(path)
    except AlongsideError:
        return False
    return bool(tables.get("person") or tables.get("one_to_one"))


def edited(tables: Tables, number: int) -> None:
    """Change something that a first look may show."""
    for document in tables.get("one_to_one", {}).values():
        has_been = str(document["at"]) < TODAY.isoformat()
        document["status"] = list(Status)[number % 4 if has_been else 0]
        document["intention"] = f"edited {number}"
    for document in tables.get("person", {}).values():
        document["role"] = f"edited {number}"
    for document in tables.get("follow_ups", {}).values():
        document["stage"] = list(Stage)[number % 5]


numbers = st.integers(0, 999)
whole_second = timedelta(seconds=1)


class Runs(RuleBasedStateMachine):
    """One program that is ended and started again while others work in the same folder."""

    def __init__(self) -> None:
        super().__init__()
        self.root = tempfile.mkdtemp()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(digest_module, "LATELY", 1)
        self.disk = Disk(f"{self.root}/journal", f"{self.root}/state")
        self.new_id = counting_ids()
        self.count = 0
        self.good: dict[Path, bytes] = {}
        self.old_digest: dict[str, bytes] = {}
        self.is_stale = self.was_edited_in_place = self.was_ever_edited_in_place = False

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.root)

    @initialize()
    def begin(self) -> None:
        os.makedirs(self.disk.state)
        self.app = self.disk.folder()
        self.journal = self.app.load(whole=False)
        for number in (0, 0):
            self.app_writes(number, number, False)
        for n, person_id in enumerate(sorted(self.journal.people) * 3):
            at, home = datetime(2019, 1, 1 + n), Home(person_id, self.new_id())
            one = OneToOne(home.one_to_one_id or "", person_id, at, status=Status.CLOSED)
            self.app_does((Change(home, None, one),))
        self.run_again()

    # -- what this program does ------------------------------------------------------------

    def changes(self, journal: Journal, kind: int, which: int) -> tuple[Change, ...]:
        """Return something to change in a journal."""
        self.count += 1
        day = datetime(2020, 1, 1, 9) + timedelta(self.count)
        person = pick(journal.people.values(), which)
        one = pick((o for o in journal.one_to_ones.values() if o.at < NOW), which)
        promise = pick(journal.follow_ups.values(), which)
        new, kind = self.new_id(), kind % 10
        if person is None or kind == 0:
            return (Change(Home(new), None, Person(new, f"Person {self.count}")),)
        home = Home(person.id)
        if kind == 1 or (one is None and kind > 6):
            at = day if which % 3 else day + timedelta(4000)
            return (Change(Home(person.id, new), None, OneToOne(new, person.id, at)),)
        if kind == 2:
            topic = Topic(new, f"topic {self.count}", day.date())
            return (Change(home, None, topic),)
        if kind == 3:
            after = person._replace(role=f"role {self.count}", archived=bool(which % 2))
            return (Change(home, person, after),)
        if kind == 4 or (promise is None and kind in (5, 6)):
            at_home = home if one is None or which % 2 else course.home_of(one)
            made = FollowUp(new, at_home.person_id, f"promise {self.count}", Owner.ME, day)
            return (Change(at_home, None, made._replace(born_in=at_home.one_to_one_id)),)
        if promise is not None and kind in (5, 6):
            later = promise._replace(stage=list(Stage)[which % 5], text=f"text {self.count}")
            return (Change(promises.home_of(promise), promise, later),)
        assert one is not None
        if kind == 7:
            later_one = one._replace(status=list(Status)[which % 4], place=f"place {self.count}")
            return (Change(course.home_of(one), one, later_one),)
        if kind == 8:
            note = Note(new, "a note", "heard", day, Side.OURS)
            return (Change(course.home_of(one), None, note),)
        gone = (*journal.born_in(one.id), one)
        return tuple(Change(course.home_of(one), record, None) for record in gone)

    @rule(kind=numbers, which=numbers, durable=st.booleans())
    def app_writes(self, kind: int, which: int, durable: bool) -> None:
        self.app_does(self.changes(self.journal, kind, which), durable)

    def app_does(self, changes: tuple[Change, ...], durable: bool = False) -> None:
        try:
            written = self.app.write(map(to_patch, changes), durable=durable)
        except AlongsideError:
            return
        self.journal = self.journal.apply(changes).adopt(written.contents)

    @rule()
    def app_looks(self) -> None:
        seen = self.app.poll()
        self.journal = self.journal.without(seen.gone).adopt(seen.contents)

    @rule()
    def app_reads_pages(self) -> None:
        for one in list(self.journal.one_to_ones.values())[:2]:
            self.app.read_page(course.home_of(one))

    # -- what others do --------------------------------------------------------------------

    @rule(kind=numbers, which=numbers, saves=st.booleans())
    def other_program_writes(self, kind: int, which: int, saves: bool) -> None:
        other = self.disk.folder()
        journal = other.load()
        try:
            other.write(map(to_patch, self.changes(journal, kind, which)), durable=False)
        except AlongsideError:
            return
        if saves:
            other.save_digest()

    def pick_file(self, which: int) -> Path | None:
        found: Path | None = pick(self.disk.files(good=True), which)
        return found

    @rule(which=numbers, number=numbers)
    def other_program_replaces_a_file(self, which: int, number: int) -> None:
        if (path := self.pick_file(which)) is not None:
            tables = tables_in(path)
            edited(tables, number)
            self.disk.replace(path, serialise(tables))

    @rule(which=numbers, number=numbers)
    def other_program_edits_in_place(self, which: int, number: int) -> None:
        if (path := self.pick_file(which)) is not None:
            tables = tables_in(path)
            edited(tables, number)
            self.disk.write_in_place(path, serialise(tables))
            self.is_stale = self.was_edited_in_place = self.was_ever_edited_in_place = True

    @rule(which=numbers)
    def other_program_deletes_a_file(self, which: int) -> None:
        if (path := pick(self.disk.files(), which)) is not None:
            path.unlink()

    @rule(which=numbers)
    def other_program_deletes_a_person(self, which: int) -> None:
        folders = sorted(self.disk.people.iterdir())
        if len(folders) > 1:
            shutil.rmtree(folders[which % len(folders)])

    @rule(which=numbers, number=numbers)
    def other_program_renames_a_file(self, which: int, number: int) -> None:
        path = pick((p for p in self.disk.files() if p.name != "person.json"), which)
        if path is not None:
            path.rename(path.with_name(f"renamed-{number}.json"))

    @rule(which=numbers, number=numbers)
    def other_program_renames_a_folder(self, which: int, number: int) -> None:
        path = pick(self.disk.people.iterdir(), which)
        if path is not None and not path.with_name(f"renamed-{number}").exists():
            path.rename(path.with_name(f"renamed-{number}"))

    @rule(name=numbers, number=numbers)
    def other_program_adds_a_person(self, name: int, number: int) -> None:
        self.count += 1
        new = self.new_id()
        folder = self.disk.people / f"{name}-by-another-{self.count}"
        folder.mkdir(parents=True)
        person: Tables = {"person": {new: {"name": f"Somebody {self.count}"}}}
        if number % 2:
            person["about"] = {"file": {"schema": 1 + number % SCHEMA, "kind": "person"}}
        self.disk.replace(folder / "person.json", serialise(person))

    @rule(which=numbers, how=st.sampled_from(BROKEN))
    def other_program_damages_a_file(self, which: int, how: bytes) -> None:
        if (path := self.pick_file(which)) is not None:
            self.good[path] = path.read_bytes()
            self.disk.replace(path, how)

    @precondition(lambda self: self.good)
    @rule(which=numbers)
    def other_program_mends_a_file(self, which: int) -> None:
        path = pick(self.good, which)
        assert path is not None
        data = self.good.pop(path)
        if path.exists():
            self.disk.replace(path, data)

    @rule(which=numbers)
    def newer_program_writes(self, which: int) -> None:
        if (path := self.pick_file(which)) is not None:
            tables = tables_in(path)
            tables.setdefault("about", {}).setdefault("file", {})["schema"] = SCHEMA + 1
            self.disk.replace(path, serialise(tables))

    @rule(which=numbers, name=st.sampled_from(COPIES))
    def other_program_copies_a_file(self, which: int, name: str) -> None:
        path = pick((p for p in self.disk.files() if p.name != "person.json"), which)
        if path is not None:
            shutil.copyfile(path, path.with_name(name.format(path.stem)))

    @rule(which=numbers, name=st.sampled_from(["{} (copy)", "0-{}"]))
    def other_program_copies_a_folder(self, which: int, name: str) -> None:
        path = pick(self.disk.people.iterdir(), which)
        if path is not None and len(path.name) < 30:
            shutil.copytree(path, path.with_name(name.format(path.name)), dirs_exist_ok=True)

    # -- ends and starts -------------------------------------------------------------------

    @rule(
        settles=st.booleans(),
        looks=st.booleans(),
        fails_at=st.sampled_from([0, 0, 0, 1, 2, 3, 5, 8, 13, 21, -1, -2, -3, -5, -8, -13, -99]),
        sabotage=st.integers(0, 15),
        early=st.lists(st.tuples(numbers, numbers), max_size=2),
    )
    def restart(
        self,
        settles: bool,
        looks: bool,
        fails_at: int,
        sabotage: int,
        early: list[tuple[int, int]],
    ) -> None:
        """End this program in some way, start it again, and look whether all is right."""
        self.run_again(settles, looks, fails_at, sabotage, early)

    def run_again(
        self,
        settles: bool = True,
        looks: bool = True,
        fails_at: int = 0,
        sabotage: int = 0,
        early: Iterable[tuple[int, int]] = (),
    ) -> None:
        if settles:
            self.disk.settle()
        if looks:
            self.app_looks()
        self.end(fails_at)
        self.break_digest(sabotage)
        whole, problems = self.disk.read_whole()
        self.app = self.disk.folder()
        front = self.app.load(whole=False)
        if not self.is_stale:
            check_front(front, whole)
        self.journal = front
        for kind, which in early:  # before all is read, as the undo of an earlier run
            changes = self.changes(whole, kind, which)
            if problems and changes[-1].after is None:
                continue  # a copy of what is deleted takes its place, at the next start
            self.app_does(changes)
            whole, problems = self.disk.read_whole()
        self.journal = taken_in(self.journal, self.app)
        if early:
            self.app_looks()
        assert self.app.problems == problems
        assert plain(self.journal) == plain(whole)
        self.was_edited_in_place = False

    @rule()
    def quit_and_start(self) -> None:
        self.run_again()

    @rule(which=numbers)
    def start_twice_after_a_file_went(self, which: int) -> None:
        self.other_program_deletes_a_file(which)
        self.run_again(looks=False)
        self.run_again()

    @rule(early=st.lists(st.tuples(numbers, numbers), min_size=1, max_size=2))
    def quit_and_write_at_once(self, early: list[tuple[int, int]]) -> None:
        self.run_again(early=early)

    def end(self, fails_at: int) -> None:
        """Save the digest: whole, on a full disk from some call on, or killed at some call."""
        if fails_at == 0:
            self.app.save_digest()
            self.is_stale = self.is_stale and self.was_edited_in_place
        elif fails_at > 0:
            fault = Fault(fails_at, refusal(errno.ENOSPC), lasts=True)
            with faulty(fault, only_in=self.disk.state):
                self.app.save_digest()
            if fails_at % 2:
                self.app.save_digest()
        elif fails_at > -99:
            try:
                with faulty(Fault(-fails_at, Killed, lasts=True), only_in=self.disk.state):
                    self.app.save_digest()
            except Killed:
                pass

    def break_digest(self, how: int) -> None:
        """Do something to the digest that may happen to a cache."""
        digest = self.disk.state / "digest"
        there = sorted(digest.glob("*")) if digest.exists() else []
        match how:
            case 1:
                shutil.rmtree(digest, ignore_errors=True)
            case 2 if there:  # as it was at some time before
                for name, data in self.old_digest.items():
                    (digest / name).write_bytes(data)
                self.is_stale = self.is_stale or self.was_ever_edited_in_place
            case 3 if there:
                self.old_digest = files_of(digest)
            case 4 | 5 if there:
                there[how - 5].unlink()
            case 6 | 7 if there:
                data = there[how - 7].read_bytes()
                there[how - 7].write_bytes(data[: len(data) // 2])
            case 8 if there:
                there[0].write_bytes(b"\xff\0garbage\n[[[")
            case 9 if there:
                data = there[-1].read_bytes()
                there[-1].write_bytes(data.replace(b"digest 1", b"digest 0"))

    @invariant()
    def nothing_of_the_digest_is_in_the_journal(self) -> None:
        assert not [path for path in self.disk.journal.rglob("*") if "digest" in path.name]


def pick(some: Iterable[Any], which: int) -> Any:
    """Return one of some things, None where there is none."""
    things = sorted(some, key=lambda thing: getattr(thing, "id", None) or str(thing))
    return things[which % len(things)] if things else None


TestRuns = Runs.TestCase
TestRuns.settings = settings(
    parent=settings.get_profile("each run"), max_examples=40, stateful_step_count=25
)


# -- the journal with a digest -------------------------------------------------------------


class Walks:
    """A journal with Dana, with whom some talks were held and none is open."""

    def __init__(self, bench: Bench, held: int = 4) -> None:
        self.bench = bench
        bench.clock.forward(days=-7 * held)
        notebook = bench.notebook()
        self.dana = add_person(notebook)
        for _ in range(held):
            one = plan_today(notebook, self.dana)
            write(notebook, one, "a note")
            course.end(notebook, notebook.journal.one_to_ones[one.id])
            bench.clock.forward(days=7)
        self.ones = notebook.journal.one_to_ones_of(self.dana.id)
        self.disk = Disk(*bench.place)
        (self.file,) = self.disk.people.glob(f"*/{self.oldest.at:%Y-%m-%d}-*.json")

    @property
    def oldest(self) -> OneToOne:
        """The one-to-one that is not in the front; its file is `file`."""
        return self.ones[0]

    @property
    def home(self) -> Home:
        return course.home_of(self.oldest)

    def start(self) -> tuple[JournalFolder, Journal]:
        """Open the journal as the app does, before all is read."""
        folder = self.disk.folder()
        return folder, folder.load(whole=False)

    def run(self) -> Journal:
        """Start, read all, and end; return what was read."""
        self.disk.settle()
        folder, journal = self.start()
        journal = taken_in(journal, folder)
        folder.save_digest()
        return journal


@pytest.fixture
def walks(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Walks:
    monkeypatch.setattr(digest_module, "LATELY", 1)
    made = Walks(bench)
    made.run()
    return made


def intentions(journal: Journal) -> dict[str, str]:
    return {one.id: one.intention for one in journal.one_to_ones.values()}


def put(folder: JournalFolder, *changes: Change) -> Any:
    return folder.write(map(to_patch, changes))


def opened_files(act: Callable[[], object]) -> list[str]:
    """Return the names of the files of the journal that an act reads."""
    names: list[str] = []

    def noted(path: str) -> Any:
        names.append(os.path.basename(path))
        return read_bytes(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read_bytes", noted)
        act()
    return names


def test_a_start_reads_no_file_of_anybody_who_has_not_changed(walks: Walks) -> None:
    assert opened_files(walks.start) == ["journal.json"]
    assert opened_files(walks.run) == ["journal.json"], "nor does the rest of the reading"
    write(walks.bench.notebook(), walks.oldest, "one more")
    assert opened_files(walks.run) == ["journal.json", walks.file.name]
    assert opened_files(walks.run) == ["journal.json"]


def test_what_this_program_wrote_is_not_read_again(walks: Walks) -> None:
    folder, front = walks.start()
    taken_in(front, folder)
    put(folder, Change(walks.home, walks.oldest, walks.oldest._replace(intention="new")))
    walks.disk.settle()
    folder.poll()
    folder.save_digest()
    folder, front = walks.start()
    assert not folder.is_whole
    names = opened_files(lambda: taken_in(front, folder))
    assert names == []


def test_what_changes_in_one_tick_of_the_disk_is_seen_by_the_next_start(
    walks: Walks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "TICK", 10**15)
    where, last = walks.file.parent, walks.ones[3]
    rewrite(walks.file, lambda tables: tables["one_to_one"][walks.oldest.id].update(x=1))
    when = where.stat().st_mtime_ns
    folder, front = walks.start()
    taken_in(front, folder)
    folder.save_digest()
    (path,) = where.glob(f"{last.at:%Y-%m-%d}-*.json")
    rewrite(path, lambda tables: tables["one_to_one"][last.id].update(intention="new"))
    os.utime(where, ns=(when, when))
    _, front = walks.start()
    assert intentions(front)[last.id] == "new"


@pytest.mark.parametrize("name", ["@eaDir", ".stfolder", "empty", "with things"])
def test_an_odd_folder_among_the_people_does_not_make_every_start_read_all(
    walks: Walks, name: str
) -> None:
    (walks.disk.people / name).mkdir()
    if name == "with things":
        (walks.disk.people / name / "photo.jpg").write_bytes(b"mine")
    walks.run()
    folder, front = walks.start()
    assert not folder.is_whole, "of Dana the front is enough"
    assert set(front.one_to_ones) == {walks.ones[3].id}
    assert opened_files(walks.run) == ["journal.json"]


def test_the_front_is_what_is_open_and_what_was_lately(walks: Walks) -> None:
    notebook = walks.bench.notebook()
    promise = write(notebook, walks.ones[1], "> the book")
    done = write(notebook, walks.ones[0], "> bread")
    assert isinstance(done, FollowUp)
    promises.move(notebook, done, Stage.DONE)
    coming = talks.plan(
        notebook,
        OneToOne("", walks.dana.id, NOW + timedelta(90)),
        Template("none", "None", ()),
    )
    held = notebook.journal.one_to_ones[walks.ones[2].id]
    course.edit(notebook, held, held._replace(status=Status.UNDER_WAY, ended=None))
    whole = walks.run()
    folder, front = walks.start()
    assert not folder.is_whole
    assert set(front.one_to_ones) == {one.id for one in (*walks.ones[1:], coming)}
    assert set(front.follow_ups) == {promise.id}
    check_front(front, whole)
    assert plain(taken_in(front, folder)) == plain(whole)


def test_what_was_lately_is_told_by_the_files_not_by_their_names(walks: Walks) -> None:
    path = next(walks.disk.people.glob(f"*/{walks.ones[3].at:%Y-%m-%d}-*.json"))
    path.rename(path.with_name("0-the-latest.json"))
    walks.run()
    _, front = walks.start()
    assert set(front.one_to_ones) == {walks.ones[3].id}


def test_of_what_was_lately_there_are_eight(bench: Bench) -> None:
    walks = Walks(bench, held=10)
    walks.run()
    _, front = walks.start()
    assert set(front.one_to_ones) == {one.id for one in walks.ones[2:]}


def test_each_look_reads_one_person_more(walks: Walks) -> None:
    notebook = walks.bench.notebook()
    others = [add_person(notebook, name) for name in ("Sam Reyes", "Priya Nair")]
    whole = walks.run()
    folder, front = walks.start()
    assert set(front.people) == {walks.dana.id, *(person.id for person in others)}
    looks = 0
    while not folder.is_whole:
        seen = folder.poll()
        front = front.without(seen.gone).adopt(seen.contents)
        looks += 1
    assert looks == 3
    assert folder.poll() == ((), (), None)
    assert plain(taken_in(front, folder)) == plain(whole)


def test_the_app_shows_the_front_at_once_and_the_rest_when_it_is_read(walks: Walks) -> None:
    notebook, writer = walks.bench.for_app()
    assert set(notebook.journal.one_to_ones) == {walks.ones[3].id}
    assert not notebook.is_whole
    ear = Ear(notebook)
    writer.start(ear)
    ear.until(lambda: notebook.is_whole, "all to be read")
    assert set(notebook.journal.one_to_ones) == {one.id for one in walks.ones}
    assert texts(notebook, walks.oldest) == ["a note"]
    writer.close()


def test_a_command_saves_the_digest_once_there_was_much_to_read(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks = Walks(bench)
    saved = Path(bench.place.state, "digest")
    bench.notebook()
    assert not saved.exists(), "five files are read faster than they are saved"
    monkeypatch.setattr("tui.wiring.WORTH_SAVING", 5)
    walks.disk.settle()
    bench.notebook()
    assert saved.exists()
    front = notebook_for_commands(bench.place, bench.clock, bench.new_id, whole=False)
    assert front.journal.people == {walks.dana.id: walks.dana}


def test_reading_makes_no_state_folder(bench: Bench, tmp_path: Path) -> None:
    Walks(bench)
    folder = JournalFolder(bench.place.journal, str(tmp_path / "other" / "state"), bench.new_id)
    folder.load(whole=False)
    folder.save_digest()
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_nobody_else_may_look_at_the_digest(walks: Walks, umask: int) -> None:
    digest = walks.disk.state / "digest"
    shutil.rmtree(digest)
    before = os.umask(umask)
    try:
        walks.run()
    finally:
        os.umask(before)
    assert digest.stat().st_mode & 0o7777 == FOLDER_MODE
    assert {path.stat().st_mode & 0o7777 for path in digest.iterdir()} == {FILE_MODE}
    assert temps_in(str(digest)) == []


def test_no_page_is_in_the_digest(walks: Walks) -> None:
    write(walks.bench.notebook(), walks.ones[3], "~ only in the page")
    walks.run()
    found = files_of(walks.disk.state / "digest")
    assert len(found) == 2
    assert not [name for name, data in found.items() if b"only in the page" in data]
    assert not [name for name, data in found.items() if b'"notes"' in data]


def test_hostile_text_goes_through_the_digest(walks: Walks) -> None:
    hostile = "line\nsep\u2028 ⟂ \x00 日本 \ud800"
    path = walks.file
    rewrite(path, lambda t: t["one_to_one"][walks.oldest.id].update(intention=hostile, x=hostile))
    before = walks.run()
    after = walks.run()
    assert intentions(after)[walks.oldest.id] == intentions(before)[walks.oldest.id]
    assert opened_files(walks.run) == ["journal.json"]


# -- what others do while nobody looks ------------------------------------------------------


def test_a_one_to_one_deleted_while_nobody_looked_does_not_come_back(walks: Walks) -> None:
    path = next(walks.disk.people.glob(f"*/{walks.ones[3].at:%Y-%m-%d}-*.json"))
    path.unlink()
    for _ in range(3):
        walks.disk.settle()
        folder, front = walks.start()
        assert walks.ones[3].id not in front.one_to_ones
        assert walks.ones[2].id in taken_in(front, folder).one_to_ones
        folder.save_digest()


def test_a_file_that_goes_before_its_turn_to_be_read_is_gone(walks: Walks) -> None:
    _, other = walks.start(), walks.bench.notebook()
    folder, front = walks.start()
    talks.delete(other, other.journal.one_to_ones[walks.ones[3].id])
    assert walks.ones[3].id in front.one_to_ones
    seen = folder.poll()
    assert seen.gone == (course.home_of(walks.ones[3]),)
    assert folder.is_whole


def test_a_person_who_goes_before_their_turn_to_be_read_is_gone(walks: Walks) -> None:
    folder, _ = walks.start()
    shutil.rmtree(walks.file.parent)
    seen = folder.poll()
    assert set(seen.gone) == {Home(walks.dana.id), course.home_of(walks.ones[3])}
    assert folder.is_whole
    assert folder.problems == ()
    assert walks.run().people == {}


def test_what_was_edited_in_place_is_right_once_it_was_read(walks: Walks) -> None:
    """The folder's time tells nothing of it; a first look may show it as it was."""
    tables = tables_in(walks.file)
    tables["one_to_one"][walks.oldest.id]["intention"] = "by hand"
    walks.disk.write_in_place(walks.file, serialise(tables))
    for _ in range(2):
        folder, front = walks.start()
        assert intentions(taken_in(front, folder))[walks.oldest.id] == "by hand"
        folder.save_digest()


def test_what_was_damaged_in_place_is_told_once_its_turn_comes(walks: Walks) -> None:
    walks.disk.write_in_place(walks.file, b'{"notes"')
    folder, front = walks.start()
    taken_in(front, folder)
    assert [problem.path for problem in folder.problems] == [str(walks.file)]
    folder.save_digest()
    folder, _ = walks.start()
    assert [problem.path for problem in folder.problems] == [str(walks.file)], "and at once then"


def test_a_copied_folder_does_not_take_the_place_of_the_first(walks: Walks) -> None:
    where = walks.file.parent
    shutil.copytree(where, where.with_name(f"{where.name} (copy)"))
    _, problems = walks.disk.read_whole()
    assert {Path(problem.path).parent.name for problem in problems} == {f"{where.name} (copy)"}
    folder, front = walks.start()
    taken_in(front, folder)
    assert folder.problems == problems
    put(folder, Change(walks.home, None, Note("n", "new", "heard", NOW, Side.OURS)))
    assert "n" in tables_in(walks.file)["notes"]


def test_a_copied_folder_never_takes_the_place_of_the_first(walks: Walks) -> None:
    where = walks.file.parent
    shutil.copytree(where, where.with_name(f"{where.name} (copy)"))
    _, problems = walks.disk.read_whole()
    for _ in range(3):
        walks.disk.settle()
        folder, front = walks.start()
        taken_in(front, folder)
        assert folder.problems == problems
        folder.save_digest()


def test_a_newer_file_is_read_only_at_the_first_look(walks: Walks) -> None:
    path = next(walks.disk.people.glob(f"*/{walks.ones[3].at:%Y-%m-%d}-*.json"))
    rewrite(path, lambda tables: tables["about"]["file"].update(schema=SCHEMA + 1))
    walks.run()
    folder, front = walks.start()
    assert not folder.is_whole
    assert front.read_only == {course.home_of(walks.ones[3])}


def test_a_follow_up_without_a_stage_and_a_talk_without_a_status_are_open(walks: Walks) -> None:
    """What a hand left out takes its default, which is open."""

    def by_hand(tables: Tables) -> None:
        tables["follow_ups"] = {"f1": {"text": "bread", "owner": "me", "said": "2026-01-01"}}

    rewrite(walks.file, by_hand)
    second = walks.disk.files()[1]
    (one_id,) = tables_in(second)["one_to_one"]

    def left_out(tables: Tables) -> None:
        for field in ("status", "ended"):
            del tables["one_to_one"][one_id][field]

    rewrite(second, left_out)
    whole = walks.run()
    _, front = walks.start()
    assert set(front.follow_ups) == set(whole.follow_ups) == {"f1"}
    assert one_id in front.one_to_ones


@pytest.mark.parametrize(
    "odd", [{"stage": []}, {"stage": {}}, {"stage": 7}, {"owner": None}, {"said": [1]}]
)
def test_a_record_of_an_odd_shape_does_not_keep_the_digest_from_being_saved(
    walks: Walks, odd: dict[str, object]
) -> None:
    fields = {"text": "x", "owner": "me", "said": "2026-01-01", "stage": "captured", **odd}
    rewrite(walks.file, lambda tables: tables.update(follow_ups={"f1": fields}))
    notebook, writer, ear = start(walks.bench)
    write(notebook, walks.oldest, "hello")
    ear.until_filed(1)
    ear.until(lambda: ear.last.is_whole, "all to be read")
    writer.close()
    assert [reply.error for reply in ear.replies if reply.error] == []
    shutil.rmtree(walks.disk.state / "digest")
    folder, front = walks.start()
    assert walks.oldest.id in front.one_to_ones
    put(folder, Change(walks.home, None, Note("n", "new", "heard", NOW, Side.OURS)))
    folder.save_digest()
    assert (walks.disk.state / "digest").exists()
    _, problems = walks.disk.read_whole()
    assert [problem.path for problem in walks.start()[0].problems] == [str(walks.file)]
    assert [problem.path for problem in problems] == [str(walks.file)]


# -- what is written before all is read ------------------------------------------------------


def test_what_was_not_read_yet_is_written_into_its_own_file(walks: Walks) -> None:
    """The undo of an earlier run, right after the start."""
    before = list(files_of(walks.disk.journal))
    folder, front = walks.start()
    assert walks.oldest.id not in front.one_to_ones
    put(folder, Change(walks.home, walks.oldest, walks.oldest._replace(intention="new")))
    put(folder, Change(walks.home, None, Note("n", "new", "heard", NOW, Side.OURS)))
    assert list(files_of(walks.disk.journal)) == before
    assert len(tables_in(walks.file)["notes"]) == 2
    whole, problems = walks.disk.read_whole()
    assert problems == ()
    assert intentions(whole)[walks.oldest.id] == "new"


def test_what_was_written_before_it_was_read_is_shown_as_it_was_written(walks: Walks) -> None:
    folder, front = walks.start()
    change = Change(walks.home, walks.oldest, walks.oldest._replace(intention="new"))
    written = put(folder, change)
    journal = taken_in(front.apply([change]).adopt(written.contents), folder)
    seen = folder.poll()
    journal = journal.without(seen.gone).adopt(seen.contents)
    assert intentions(journal)[walks.oldest.id] == "new"
    assert plain(journal) == plain(walks.disk.read_whole()[0])


def test_an_undo_right_after_the_start_is_on_the_screen_and_on_the_disk(walks: Walks) -> None:
    notebook, writer, ear = start(walks.bench)
    ear.until(lambda: notebook.is_whole, "all to be read")
    course.edit(notebook, walks.oldest, walks.oldest._replace(intention="a mistake"))
    writer.close()
    walks.run()
    notebook, writer = walks.bench.for_app()
    assert not notebook.is_whole
    notebook.undo()
    ear = Ear(notebook)
    writer.start(ear)
    ear.until(lambda: walks.oldest.id in notebook.journal.one_to_ones, "it to be read")
    ear.until(lambda: notebook.is_whole and ear.last.filed_to == 1, "all to be read and filed")
    assert intentions(notebook.journal)[walks.oldest.id] == ""
    writer.close()
    assert intentions(walks.disk.read_whole()[0])[walks.oldest.id] == ""
    assert walks.disk.read_whole()[1] == ()


def test_a_writer_rests_where_the_journal_went_before_all_was_read(walks: Walks) -> None:
    folder, _ = walks.start()
    keeper = Keeper(folder, str(walks.disk.state), walks.bench.new_id)
    keeper.begin()
    assert keeper.is_busy
    away = walks.disk.journal.with_name("away")
    walks.disk.journal.rename(away)
    keeper.turn()
    assert not keeper.is_busy, "there is nothing to do at once"
    away.rename(walks.disk.journal)
    keeper.turn()
    assert folder.is_whole
    assert keeper.finish() == ""


# -- a digest that is not as it was left -----------------------------------------------------


def test_a_digest_of_another_format_is_read_from_the_journal_again(
    walks: Walks, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(digest_module, "FORMAT", FORMAT.replace("schema", "another schema"))
        assert Digest(str(walks.disk.state / "digest")).front() == {}
        folder, journal = walks.start()
        assert folder.is_whole
        assert set(journal.one_to_ones) == {one.id for one in walks.ones}
    assert f"schema {SCHEMA}" in FORMAT, "of each schema there is another"


def test_a_digest_that_cannot_be_saved_is_no_matter(walks: Walks) -> None:
    shutil.rmtree(walks.disk.state / "digest")
    (walks.disk.state / "digest").write_text("words")
    notebook, writer, ear = start(walks.bench)
    write(notebook, walks.oldest, "hello")
    ear.until_filed(1)
    assert writer.close() == ""
    assert [reply.error for reply in ear.replies if reply.error] == []


@pytest.mark.parametrize("again", [False, True], ids=["killed", "refused"])
def test_a_front_that_was_not_saved_is_not_trusted(walks: Walks, again: bool) -> None:
    """Whatever call it stops at: what is shown at first is what is so."""
    last = walks.ones[3]
    home = course.home_of(last)
    for at in range(1, 40):
        now = walks.disk.read_whole()[0].one_to_ones[last.id]
        folder, front = walks.start()
        taken_in(front, folder)
        put(folder, Change(home, now, now._replace(intention=f"{at}")))
        walks.disk.settle()
        folder.poll()
        error = refusal(errno.ENOSPC) if again else Killed
        try:
            with faulty(Fault(at, error, lasts=True), only_in=walks.disk.state) as fault:
                folder.save_digest()
        except Killed:
            pass
        if again:
            folder.save_digest()
        for _ in range(2):
            folder, front = walks.start()
            assert intentions(front)[last.id] == f"{at}", f"call {at}"
            taken_in(front, folder)
            folder.save_digest()
        if len(fault.calls) < at:
            break
    assert at > 5
    assert temps_in(str(walks.disk.journal)) == []


def test_the_digests_of_two_programs_do_each_other_no_harm(walks: Walks) -> None:
    """Each saves what it knows; what the other has written since is read again."""
    mine, front = walks.start()
    journal = taken_in(front, mine)
    theirs, other = walks.start()
    other = taken_in(other, theirs)
    last = walks.ones[3]
    home = course.home_of(last)
    put(theirs, Change(home, last, last._replace(intention="theirs")))
    put(mine, Change(walks.home, walks.oldest, walks.oldest._replace(intention="mine")))
    walks.disk.settle()
    theirs.poll()
    for folder in (theirs, mine, theirs):
        folder.save_digest()
        _, front = walks.start()
        assert intentions(front)[last.id] == "theirs"
    assert journal.people == other.people
    assert intentions(walks.run())[walks.oldest.id] == "mine"


# -- the digest alone ------------------------------------------------------------------------


def entry(name: str, number: int, home: Home, **tables: Any) -> Entry:
    return Entry(name, Stamp((number, number, number)), home, tables)


def test_what_was_noted_is_known_before_it_is_saved(tmp_path: Path) -> None:
    digest = Digest(str(tmp_path / "digest"))
    noted = entry("a.json", 1, Home("p", "o"), one_to_one={"o": {"at": "2026"}}, notes={"n": {}})
    digest.note("dana", noted)
    assert digest.of("dana") == {
        "a.json": entry("a.json", 1, Home("p", "o"), one_to_one={"o": {"at": "2026"}})
    }
    assert digest.of("sam") == {}
    assert digest.fresh == 1
    assert list(tmp_path.iterdir()) == [], "nothing is made before it is saved"


def test_only_what_is_still_the_same_file_is_saved(tmp_path: Path) -> None:
    people, digest = tmp_path / "people", Digest(str(tmp_path / "digest"))
    (people / "dana").mkdir(parents=True)
    for name in ("person.json", "same.json", "changed.json", "gone.json"):
        path = people / "dana" / name
        path.write_bytes(b"{}")
        home = Home("p", None if name == "person.json" else name)
        digest.note("dana", Entry(name, Stamp.of(path.stat()), home, {"one_to_one": {}}))
    write_atomically(str(people / "dana" / "changed.json"), b"{ }")
    (people / "dana" / "gone.json").unlink()
    digest.save(str(people), {"dana": 77})
    assert digest.fresh == 0
    again = Digest(str(tmp_path / "digest"))
    assert set(again.of("dana")) == {"person.json", "same.json"}
    assert again.front()["dana"].time == 0, "not all of it is known"
    (people / "dana" / "changed.json").unlink()
    digest.note_gone("dana")
    digest.save(str(people), {"dana": 78})
    assert Digest(str(tmp_path / "digest")).front()["dana"].time == 78
    shutil.rmtree(people / "dana")
    digest.save(str(people), {})
    again = Digest(str(tmp_path / "digest"))
    assert again.front() == {}
    assert again.of("dana") == {}
    assert list(files_of(tmp_path / "digest")) == ["front"]


@pytest.mark.parametrize("name", ["front", "of-dana"])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data + b"\n[1]",
        lambda data: data.replace(b"2026", b"2027"),
        lambda data: data.replace(b"digest 1", b"digest 2"),
        lambda data: data.split(b"\n", 1)[1],
        lambda data: b"\xff" + data,
        lambda data: b"[" * 100_000,
    ],
)
def test_a_file_of_the_digest_that_is_not_whole_is_not_read(
    tmp_path: Path, name: str, spoil: Callable[[bytes], bytes]
) -> None:
    people, where = tmp_path / "people", tmp_path / "digest"
    (people / "dana").mkdir(parents=True)
    path = people / "dana" / "person.json"
    path.write_bytes(b"{}")
    digest = Digest(str(where))
    found = Entry(path.name, Stamp.of(path.stat()), Home("p"), {"person": {"p": {"at": "2026"}}})
    digest.note("dana", found)
    digest.save(str(people), {"dana": 5})
    again = Digest(str(where))
    assert again.front() == {"dana": (5, (found,))}
    assert again.of("dana") == {"person.json": found}
    (where / name).write_bytes(spoil((where / name).read_bytes()))
    again = Digest(str(where))
    assert (again.front() == {}) is (name == "front")
    assert (again.of("dana") == {}) is (name == "of-dana")


# -- the catalogue ---------------------------------------------------------------------------

DANA, WALK, CALL = Home("dana"), Home("dana", "walk"), Home("dana", "call")
STAMP = Stamp((1, 2, 3))


def test_a_catalogue_knows_where_each_home_is() -> None:
    catalogue = Catalogue()
    assert not catalogue
    assert (catalogue.path(DANA), catalogue.stamp(DANA)) == (None, None)
    assert catalogue.in_folder("people/dana") == {}
    catalogue.enter(DANA, "people/dana/person.json", STAMP)
    catalogue.enter(WALK, "people/dana/walk.json", None)
    assert catalogue
    assert catalogue.path(WALK) == "people/dana/walk.json"
    assert catalogue.stamp(DANA) == STAMP
    assert catalogue.stamp(WALK) is None, "it counts as changed"
    assert catalogue.in_folder("people/dana") == {"person.json": DANA, "walk.json": WALK}


def test_a_home_that_moves_leaves_its_place() -> None:
    catalogue = Catalogue()
    catalogue.enter(WALK, "people/dana/walk.json", STAMP)
    catalogue.enter(WALK, "people/dana (2)/talk.json", None)
    assert catalogue.path(WALK) == "people/dana (2)/talk.json"
    assert catalogue.stamp(WALK) is None, "the stamp was the other file's"
    assert catalogue.in_folder("people/dana") == {}
    assert catalogue.in_folder("people/dana (2)") == {"talk.json": WALK}


def test_a_home_that_is_struck_is_not_known_any_more() -> None:
    catalogue = Catalogue()
    catalogue.enter(WALK, "people/dana/walk.json", STAMP)
    for _ in range(2):
        catalogue.strike(WALK)
        assert not catalogue
        assert (catalogue.path(WALK), catalogue.stamp(WALK)) == (None, None)
        assert catalogue.in_folder("people/dana") == {}


def test_a_name_that_another_home_takes_over_stays_its_own() -> None:
    catalogue = Catalogue()
    catalogue.enter(WALK, "people/dana/talk.json", STAMP)
    catalogue.enter(CALL, "people/dana/talk.json", Stamp((4, 5, 6)))
    assert catalogue.in_folder("people/dana") == {"talk.json": CALL}
    catalogue.strike(WALK)
    assert catalogue.in_folder("people/dana") == {"talk.json": CALL}
    assert catalogue.path(CALL) == "people/dana/talk.json"
    assert catalogue.stamp(CALL) == (4, 5, 6)
    assert catalogue.path(WALK) is None


def test_what_a_catalogue_gives_away_is_a_copy() -> None:
    catalogue = Catalogue()
    catalogue.enter(WALK, "people/dana/walk.json", STAMP)
    catalogue.in_folder("people/dana").clear()
    assert catalogue.in_folder("people/dana") == {"walk.json": WALK}


def test_a_file_that_becomes_another_one_to_one_is_that_one(walks: Walks) -> None:
    folder, front = walks.start()
    journal = taken_in(front, folder)
    tables = tables_in(walks.file)
    tables["one_to_one"] = {"another": tables["one_to_one"].pop(walks.oldest.id)}
    walks.disk.replace(walks.file, serialise(tables))
    seen = folder.poll()
    assert seen.gone == (walks.home,)
    assert [content.home for content in seen.contents] == [Home(walks.dana.id, "another")]
    journal = journal.without(seen.gone).adopt(seen.contents)
    assert plain(journal) == plain(walks.disk.read_whole()[0])
    with pytest.raises(AlongsideError):
        put(folder, Change(walks.home, None, Note("n", "x", "heard", NOW, Side.OURS)))
