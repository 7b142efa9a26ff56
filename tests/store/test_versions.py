"""Earlier versions of files, and damaged files set aside: what is kept, for how long, for whom."""

from __future__ import annotations

import errno
import json
import os
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import Bench, add_person, plan_today, write
from tests.store.helpers import (
    ERRORS,
    Fault,
    child,
    count_calls,
    faulty,
    files_of,
    finish,
    one_to_one_file,
    person_file,
    refusal,
    replace_by_rename,
    rewrite,
    sample_note,
    start,
    tables_in,
    temps_in,
)
from tui.domain.journal import Change, Home
from tui.domain.people import Person
from tui.errors import AlongsideError, StorageError
from tui.services import talks
from tui.store import versions as versions_module
from tui.store.codec import to_patch
from tui.store.files import FILE_MODE, FOLDER_MODE, Stamp
from tui.store.folder import JournalFolder
from tui.store.versions import DELETED, LAST, Aside, Version, Versions, chosen
from tui.wiring import open_journal

NAME = "people/dana-okafor-7f3a/2026-11-24-91c2.json"
DAY = 86_400 * 10**9
NOON = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()) * 10**9
"""A Sunday, in nanoseconds."""


class FakeTime:
    """The module `time` for versions, at a moment that is moved by hand."""

    localtime = staticmethod(time.localtime)

    def __init__(self, now: int = NOON) -> None:
        self.now = now

    def time_ns(self) -> int:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeTime:
    faked = FakeTime()
    monkeypatch.setattr(versions_module, "time", faked)
    return faked


@pytest.fixture(params=["UTC", "America/New_York", "Pacific/Auckland"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Be in some part of the world."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def at(moment: int) -> Stamp:
    """Return the stamp of a file that was written at a moment."""
    return Stamp((1, 1, moment))


def texts_of(versions: Versions, name: str = NAME) -> list[str]:
    return [version.data.decode() for version in versions.of(name)]


def file_of(versions: Versions, name: str = NAME) -> Path:
    return Path(versions.folder, f"{name}.versions")


def fill(versions: Versions, count: int, first: int = 0, gap: int = 1) -> None:
    """Keep some versions whose texts are their numbers, a second apart or further."""
    for n in range(first, first + count):
        versions.keep(NAME, b"%d" % n, at(NOON + n * gap * 10**9))


def numbers(start: int, stop: int) -> list[str]:
    return [str(n) for n in range(start, stop)]


# -- what is kept --------------------------------------------------------------------------


def test_versions_come_back_oldest_first_with_their_times(tmp_path: Path, clock: FakeTime) -> None:
    versions = Versions(str(tmp_path / "versions"))
    versions.keep(NAME, b"one", at(NOON - 7))
    versions.keep(NAME, b"\0two\xff\n", at(NOON - 3))
    expected = (Version(NOON - 7, b"one"), Version(NOON - 3, b"\0two\xff\n"))
    assert versions.of(NAME) == expected
    assert Versions(versions.folder).of(NAME) == expected, "another run knows them too"


def test_nothing_is_made_before_the_first_is_kept(tmp_path: Path) -> None:
    versions = Versions(str(tmp_path / "versions"))
    assert versions.of(NAME) == ()
    assert versions.names() == ()
    assert list(tmp_path.iterdir()) == []


def test_the_same_bytes_are_not_kept_twice_in_a_row(tmp_path: Path, clock: FakeTime) -> None:
    versions = Versions(str(tmp_path))
    for n, text in enumerate((b"a", b"a", b"b", b"b", b"a")):
        versions.keep(NAME, text, at(NOON + n))
    assert texts_of(versions) == ["a", "b", "a"]
    again = Versions(str(tmp_path))
    again.keep(NAME, b"a", at(NOON + 9))
    assert texts_of(again) == ["a", "b", "a"], "nor by the next run"
    assert versions.of(NAME)[-1].at == NOON + 4, "it is as old as it was"


def test_what_another_program_kept_is_not_kept_twice(tmp_path: Path, clock: FakeTime) -> None:
    """A program keeps what it finds before it writes; the other has kept that already."""
    app, command = Versions(str(tmp_path)), Versions(str(tmp_path))
    written = b"start"
    for n in range(1, 5):
        for who in (app, command):
            who.keep(NAME, written, at(NOON + n))
            written = b"%d by %s" % (n, b"the app" if who is app else b"a command")
            who.keep(NAME, written, at(NOON + n))
    assert texts_of(app) == [
        "start",
        *(f"{n} by {who}" for n in range(1, 5) for who in ("the app", "a command")),
    ]


def test_each_file_has_its_own_versions(tmp_path: Path, clock: FakeTime) -> None:
    versions = Versions(str(tmp_path))
    for name in ("journal.json", "people/a/person.json", "people/b/person.json"):
        versions.keep(name, name.encode(), at(NOON))
        versions.keep(name, b"later", at(NOON + 1))
    assert versions.names() == ("journal.json", "people/a/person.json", "people/b/person.json")
    for name in versions.names():
        assert texts_of(versions, name) == [name, "later"]


def test_names_are_those_of_files_of_versions_only(tmp_path: Path) -> None:
    versions = Versions(str(tmp_path))
    versions.keep(NAME, b"one", at(NOON))
    for name in ("notes.txt", f"people/.{NAME[7:11]}.versions.4711.tmp", "people/x.versions.bak"):
        (tmp_path / name).write_bytes(b"{}")
    assert versions.names() == (NAME,)


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_nobody_else_may_look_at_versions(tmp_path: Path, umask: int) -> None:
    versions, aside = Versions(str(tmp_path / "versions")), Aside(str(tmp_path / "aside"))
    before = os.umask(umask)
    try:
        fill(versions, 2 * LAST + 1)
        versions.keep(f"{NAME}.2", b"another file in the same folder", at(NOON))
        kept = Path(aside.keep(NAME, b"damaged"))
    finally:
        os.umask(before)
    assert kept.stat().st_mode & 0o7777 == FILE_MODE
    for path in (*(tmp_path / "versions").rglob("*"), *(tmp_path / "aside").rglob("*")):
        wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
        assert path.stat().st_mode & 0o7777 == wanted, path
    assert (tmp_path / "versions").stat().st_mode & 0o7777 == FOLDER_MODE


# -- for how long --------------------------------------------------------------------------


def test_the_last_ten_are_kept_however_old_they_are(tmp_path: Path, clock: FakeTime) -> None:
    versions = Versions(str(tmp_path))
    fill(versions, 25)
    clock.now = NOON + 400 * DAY
    assert texts_of(versions) == numbers(15, 25)


def test_of_each_day_the_last_is_kept_for_thirty_days(
    tmp_path: Path, clock: FakeTime, zone: str
) -> None:
    versions = Versions(str(tmp_path))
    for day in range(60):
        clock.now = NOON + day * DAY
        for n in range(3):  # within some minutes
            versions.keep(NAME, b"%d.%d" % (day, n), at(clock.now + n * 60 * 10**9))
    clock.now += 10**12
    last_ten = [f"{n // 3}.{n % 3}" for n in range(170, 180)]
    daily = [f"{day}.2" for day in range(29, 60)]
    assert texts_of(versions) == sorted(
        {*last_ten, *daily}, key=lambda n: [*map(int, n.split("."))]
    )


def test_a_day_is_one_of_the_place_one_is_in(tmp_path: Path, clock: FakeTime, zone: str) -> None:
    versions = Versions(str(tmp_path))
    hours = range(0, 48, 2)
    for hour in hours:
        versions.keep(NAME, b"%d" % hour, at(NOON + hour * 3_600 * 10**9))
    clock.now = NOON + 2 * DAY
    by_day = {
        datetime.fromtimestamp(NOON / 10**9 + hour * 3_600).date(): str(hour)  # noqa: DTZ006
        for hour in hours
    }
    last_ten = [str(hour) for hour in hours][-LAST:]
    assert texts_of(versions) == sorted({*by_day.values(), *last_ten}, key=int)


def test_a_day_of_last_year_is_another_day() -> None:
    year = [Version(NOON - n * 365 * DAY, b"%d" % n) for n in (1, 0)]
    later = [Version(NOON + n, b"later %d" % n) for n in range(1, LAST + 1)]
    assert chosen((*year, *later), NOON) == tuple(later)


def test_thinning_keeps_the_file_short(tmp_path: Path, clock: FakeTime) -> None:
    versions = Versions(str(tmp_path))
    for n in range(300):
        clock.now = NOON + n * 10**9
        fill(versions, 1, n)
        lines = file_of(versions).read_bytes().count(b"\n")
        assert lines <= 3 * LAST
    assert texts_of(versions) == numbers(290, 300)
    assert temps_in(str(tmp_path)) == []


def test_thinning_goes_on_in_the_next_run(tmp_path: Path, clock: FakeTime) -> None:
    for n in range(120):
        fill(Versions(str(tmp_path)), 1, n)
        versions = Versions(str(tmp_path))
        assert file_of(versions).read_bytes().count(b"\n") <= 3 * LAST
    assert texts_of(versions) == numbers(110, 120)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("keep"), st.integers(0, 6), st.integers(1, 3 * DAY // 10)),
            st.tuples(st.just("days"), st.just(0), st.integers(1, 40).map(DAY.__mul__)),
            st.tuples(st.just("restart"), st.just(0), st.just(0)),
        ),
        max_size=90,
    )
)
@example([("keep", n % 5, DAY // 3) for n in range(90)])
@settings(max_examples=60)
def test_what_is_kept_is_what_a_plain_list_would_keep(steps: list[tuple[str, int, int]]) -> None:
    clock, all_of_it = FakeTime(), list[tuple[int, bytes]]()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions_module, "time", clock)
        versions = Versions(folder)
        for what, number, gap in steps:
            clock.now += gap
            if what == "restart":
                versions = Versions(folder)
            elif what == "keep":
                data = b"%d" % number * 50
                versions.keep(NAME, data, at(clock.now))
                if not all_of_it or all_of_it[-1][1] != data:
                    all_of_it.append((clock.now, data))
        first_day = datetime.fromtimestamp(clock.now // 10**9) - timedelta(30)  # noqa: DTZ006
        days = [datetime.fromtimestamp(at // 10**9).date() for at, _ in all_of_it]  # noqa: DTZ006
        expected = tuple(
            Version(*version)
            for n, version in enumerate(all_of_it)
            if n >= len(all_of_it) - LAST
            or (days[n] not in days[n + 1 :] and days[n] >= first_day.date())
        )
        assert versions.of(NAME) == expected
        assert Versions(folder).of(NAME) == expected


# -- looking back --------------------------------------------------------------------------


def test_a_file_as_it_was_at_some_moment(tmp_path: Path, clock: FakeTime) -> None:
    versions = Versions(str(tmp_path))
    assert versions.before(NAME, NOON) is None
    fill(versions, 4, gap=10)
    assert versions.before(NAME, NOON - 1) is None
    assert versions.before(NAME, NOON) == Version(NOON, b"0")
    assert versions.before(NAME, NOON + 19 * 10**9) == Version(NOON + 10 * 10**9, b"1")
    assert versions.before(NAME, NOON + DAY) == Version(NOON + 30 * 10**9, b"3")


def test_the_versions_kept_last_of_all_files(tmp_path: Path, clock: FakeTime) -> None:
    versions = Versions(str(tmp_path))
    for n in range(6):
        name = f"{n % 3}.json"
        versions.keep(name, b"%d" % n, at(NOON + n))
        os.utime(file_of(versions, name), ns=(NOON + n, NOON + n))
    assert [(name, version.data) for name, version in versions.latest(4)] == [
        ("2.json", b"5"), ("1.json", b"4"), ("0.json", b"3"), ("2.json", b"2"),
    ]  # fmt: skip
    assert versions.latest(0) == ()


# -- what is torn or nobody's ---------------------------------------------------------------

GARBAGE = {
    "an empty file": b"",
    "NUL bytes": b"\0" * 600,
    "not UTF-8": b"\xff\xfe[1]\n\x80\n",
    "words": b"words\n\n\n",
    "JSON of another shape": b'{"a": 1}\n[1, 2]\n[1, 2, 3, 4]\n7\nnull\n["a", "b", "c"]\n[1, 2, 3]',
    "numbers that are none": b'[NaN, 1, "x"]\n[1.5, 2, "x"]\n[Infinity, -Infinity, "x"]\n',
    "no packed bytes": b'[1, 2, "\xc3\xa4\xc3\xb6"]\n[1, 2, "%%%"]\n[1, 2, "AAAA"]\n[1, 2, ""]\n',
    "nested": b"[" * 200_000 + b"\n",
    "the CRC of other bytes": b'[%d, 7, "eJyrAAAAeQB5"]\n' % NOON,
    "times beyond all calendars": b"".join(
        json.dumps([moment, zlib.crc32(b""), "eJwDAAAAAAE="]).encode() + b"\n"
        for moment in (10**40, -(10**40), 2**63, 2**62 * 10**9, -1)
    ),
}
garbage = pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE)


@garbage
def test_garbage_is_passed_over(tmp_path: Path, clock: FakeTime, data: bytes) -> None:
    versions = Versions(str(tmp_path))
    fill(versions, 2)
    with file_of(versions).open("ab") as file:
        file.write(data)
    for _ in range(2):
        fresh = Versions(str(tmp_path))
        fresh.keep(NAME, b"after", at(NOON + DAY))
        found = [text for text in texts_of(fresh) if text]
        assert found == ["0", "1", "after"]
        fresh.before(NAME, NOON)
        fresh.latest(5)


@garbage
def test_garbage_does_not_stop_the_thinning(tmp_path: Path, clock: FakeTime, data: bytes) -> None:
    versions = Versions(str(tmp_path))
    file_of(versions).parent.mkdir(parents=True)
    file_of(versions).write_bytes(data)
    fill(versions, 5 * LAST)
    assert [text for text in texts_of(versions) if text] == numbers(4 * LAST, 5 * LAST)
    assert len(file_of(versions).read_bytes()) < 5_000


@given(cut=st.integers(0, 200), noise=st.binary(max_size=20), more=st.integers(1, 25))
@settings(max_examples=60)
def test_a_line_that_is_torn_costs_that_one_alone(cut: int, noise: bytes, more: int) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions_module, "time", FakeTime())
        fill(Versions(folder), 3)
        file = file_of(Versions(folder))
        whole = file.read_bytes()
        lines = whole.splitlines(keepends=True)
        torn = lines[2][: cut % len(lines[2])]
        file.write_bytes(lines[0] + lines[1] + torn + noise)
        fresh = Versions(folder)
        fill(fresh, more, 10)
        ours = ["0", "1"], numbers(10, 10 + more)
        without, with_it = [*ours[0], *ours[1]], [*ours[0], "2", *ours[1]]
        assert texts_of(fresh) in (without[-LAST:], with_it[-LAST:])
        assert cut % len(lines[2]) > 40 or texts_of(fresh) == without[-LAST:]


# -- a disk that refuses -------------------------------------------------------------------


@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
@pytest.mark.parametrize("before", [0, 1, 2 * LAST - 1], ids=["first", "second", "thinned"])
def test_whatever_the_disk_refuses_nothing_is_stopped(
    tmp_path: Path, clock: FakeTime, number: int, before: int
) -> None:
    calls = count_calls(lambda: fill(Versions(str(tmp_path / "a")), before + 1))
    for n in range(1, len(calls) + 1):
        for lasts in (False, True):
            versions = Versions(str(tmp_path / f"{n}{lasts}"))
            with faulty(Fault(n, refusal(number), lasts=lasts)):
                fill(versions, before + 1)
            fill(versions, 2, 100)
            assert texts_of(versions)[-2:] == ["100", "101"], f"call {n}, {calls[n - 1]}"
            assert texts_of(Versions(versions.folder)) == texts_of(versions)


def test_a_version_that_could_not_be_kept_is_kept_the_next_time(
    tmp_path: Path, clock: FakeTime
) -> None:
    versions = Versions(str(tmp_path))
    fill(versions, 1)
    with faulty(Fault(1, refusal(errno.ENOSPC), lasts=True)):
        versions.keep(NAME, b"again", at(NOON + 1))
    assert texts_of(versions) == ["0"]
    versions.keep(NAME, b"again", at(NOON + 1))
    assert texts_of(versions) == ["0", "again"]


def test_half_a_line_on_a_full_disk_costs_that_one_alone(
    tmp_path: Path, clock: FakeTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions, real = Versions(str(tmp_path)), os.write
    fill(versions, 1)

    def half(descriptor: int, data: bytes) -> int:
        if len(data) > 20:
            return real(descriptor, bytes(data)[:20])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", half)
        versions.keep(NAME, b"torn", at(NOON + 1))
    versions.keep(NAME, b"after", at(NOON + 2))
    assert texts_of(versions) == ["0", "after"]


@pytest.mark.parametrize("what", ["a file", "a link to nothing"])
def test_something_in_the_place_of_the_versions_stops_nothing(bench: Bench, what: str) -> None:
    notebook = bench.notebook()
    Path(bench.place.state).mkdir(parents=True)
    place = Path(bench.place.state, "versions")
    place.write_text("words") if what == "a file" else place.symlink_to("nowhere")
    one = plan_today(notebook, add_person(notebook))
    write(notebook, one, "first")
    assert bench.on_disk().pages[one.id].notes[0].text == "first"
    assert open_journal(bench.place, bench.new_id).folder.versions.names() == ()


# -- what the journal keeps ----------------------------------------------------------------


def folder_of(bench: Bench) -> JournalFolder:
    return open_journal(bench.place, bench.new_id).folder


def test_writing_keeps_what_was_there_and_what_is_there_now(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    path = one_to_one_file(bench)
    planned = path.read_bytes()
    rewrite(path, lambda tables: tables["one_to_one"][one.id].update(place="in the park"))
    by_another, when = path.read_bytes(), path.stat().st_mtime_ns
    write(notebook, one, "first")
    versions = folder_of(bench).versions
    name = folder_of(bench).name_of(str(path))
    assert [version.data for version in versions.of(name)] == [
        planned,
        by_another,
        path.read_bytes(),
    ]
    assert versions.of(name)[1].at == when, "as old as the file was"
    assert versions.of(name)[2].at == path.stat().st_mtime_ns


def test_reading_keeps_no_versions(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    before = files_of(Path(bench.place.state, "versions"))
    rewrite(one_to_one_file(bench), lambda tables: tables["one_to_one"][one.id].update(place="x"))
    bench.on_disk()
    notebook, writer, ear = start(bench)
    notebook.page(one.id)
    ear.until(lambda: ear.last.is_whole, "all to be read")
    writer.close()
    assert files_of(Path(bench.place.state, "versions")) == before


def test_a_throw_away_journal_keeps_no_versions(bench: Bench) -> None:
    folder = folder_of(bench)
    os.makedirs(bench.place.state)
    dana = Home("019a0000-0000-7000-8000-00000000da0a")
    person = Change(dana, None, Person(dana.person_id, "Dana Okafor"))
    folder.write([to_patch(person)], durable=False)
    assert folder.versions.names() == ()
    renamed = Change(dana, person.after, Person(dana.person_id, "Dana"))
    folder.write([to_patch(renamed)])
    assert len(folder.versions.of(folder.name_of(str(person_file(bench))))) == 2


def test_the_last_version_of_a_deleted_one_to_one_is_still_there(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    write(notebook, one, "first")
    path = one_to_one_file(bench)
    name, last = folder_of(bench).name_of(str(path)), path.read_bytes()
    talks.delete(notebook, notebook.journal.one_to_ones[one.id])
    assert not path.exists()
    versions = folder_of(bench).versions
    assert name in versions.names()
    assert [version.data for version in versions.of(name)[-2:]] == [last, DELETED]


def test_what_another_program_wrote_last_in_a_deleted_one_to_one_is_still_there(
    bench: Bench,
) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    path = one_to_one_file(bench)
    rewrite(path, lambda tables: tables["one_to_one"][one.id].update(weather="rain"))
    last = path.read_bytes()
    talks.delete(notebook, notebook.journal.one_to_ones[one.id])
    assert not path.exists()
    name = folder_of(bench).name_of(str(path))
    kept = folder_of(bench).versions.of(name)
    assert [version.data for version in kept[-2:]] == [last, DELETED]


def test_nothing_is_kept_of_a_file_that_is_damaged(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    path = one_to_one_file(bench)
    good, name = path.read_bytes(), folder_of(bench).name_of(str(path))
    replace_by_rename(path, b'{"notes": {"n1": {"te')
    folder = folder_of(bench)
    home = Home(one.person_id, one.id)
    with pytest.raises(AlongsideError):
        folder.write([to_patch(Change(home, None, sample_note()))])
    assert [version.data for version in folder.versions.of(name)] == [good]


def test_a_writer_keeps_a_version_of_each_filing(bench: Bench) -> None:
    notebook, writer, ear = start(bench)
    one = plan_today(notebook, add_person(notebook))
    ear.until_filed(2)
    found = []
    for n in range(3):
        write(notebook, one, f"note {n}")
        ear.until_filed(3 + n)
        found.append(one_to_one_file(bench).read_bytes())
    writer.close()
    folder = folder_of(bench)
    name = folder.name_of(str(one_to_one_file(bench)))
    assert [version.data for version in folder.versions.of(name)][1:] == found


MANY = """
import itertools, os, sys
from tui.domain.journal import Change, Home
from tui.domain.notes import Note, Side
from tui.store.codec import to_patch
from tui.store.folder import JournalFolder
from datetime import datetime
journal, state, person, one, mine = sys.argv[1:]
folder = JournalFolder(journal, state, lambda: "no new id")
folder.load()
sys.stdin.readline()
for n in range(15):
    note = Note(f"{mine}-{n}", f"{mine} {n}", "heard", datetime(2026, 11, 22), Side.OURS)
    folder.write([to_patch(Change(Home(person, one), None, note))])
"""


def test_two_programs_keep_each_version_once_and_whole(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    here = (bench.place.journal, bench.place.state, one.person_id, one.id)
    both = [child(MANY, *here, mine, stdin=-1) for mine in ("a", "b")]
    for process in both:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    assert [finish(process) for process in both] == [0, 0]
    path = one_to_one_file(bench)
    assert len(tables_in(path)["notes"]) == 30
    folder = folder_of(bench)
    kept = folder.versions.of(folder.name_of(str(path)))
    assert len(kept) == LAST
    assert kept[-1].data == path.read_bytes()
    notes = [version.data.count(b'"heard"') for version in kept]
    assert notes == list(range(21, 31)), "one more note in each"


# -- set aside -----------------------------------------------------------------------------


def test_damaged_bytes_are_set_aside_as_they_are(tmp_path: Path) -> None:
    aside = Aside(str(tmp_path / "aside"))
    kept = {data: aside.keep(NAME, data) for data in (b"\0" * 9, b"{", b"<<<<<<<\xff")}
    assert len(set(kept.values())) == 3
    for data, path in kept.items():
        assert Path(path).read_bytes() == data
        assert os.path.relpath(path, aside.folder).startswith(NAME)


def test_the_same_bytes_are_set_aside_once(tmp_path: Path) -> None:
    aside = Aside(str(tmp_path / "aside"))
    first = aside.keep(NAME, b"damaged")
    stamp = os.stat(first).st_ino
    assert Aside(aside.folder).keep(NAME, b"damaged") == first
    assert os.stat(first).st_ino == stamp
    assert aside.keep("people/other.json", b"damaged") != first, "another file's are others"


@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
def test_a_disk_that_refuses_to_set_aside_is_told_and_leaves_no_half(
    tmp_path: Path, number: int
) -> None:
    calls = count_calls(lambda: Aside(str(tmp_path / "a")).keep(NAME, b"damaged"))
    assert len(calls) > 5
    for n in range(1, len(calls) + 1):
        aside = Aside(str(tmp_path / f"{n}"))
        with faulty(Fault(n, refusal(number))), pytest.raises(StorageError):
            aside.keep(NAME, b"damaged")
        assert all(data == b"damaged" for data in files_of(aside.folder).values())
        assert temps_in(aside.folder) == []
        assert Path(aside.keep(NAME, b"damaged")).read_bytes() == b"damaged"


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "aside").write_text("words")
    with pytest.raises(StorageError):
        Aside(str(tmp_path / "aside")).keep(NAME, b"damaged")
