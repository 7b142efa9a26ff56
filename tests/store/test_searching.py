"""Searching the files: what is found is what a plain reading of all of them finds."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW
from tests.store.helpers import (
    follow_ups,
    items,
    notes,
    one_to_ones,
    people,
    picks,
    replace_by_rename,
    rewrite,
    sendings,
    topics,
)
from tui.domain.finding import Line, lines_of
from tui.domain.journal import Home, Record
from tui.domain.notes import HEARD, HUNCH, Note, Side
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.domain.text import clean, fold
from tui.services.ports import Found, Wanted
from tui.services.search import wants
from tui.store import searching
from tui.store.codec import encode
from tui.store.files import Tables, serialise
from tui.store.foldedbytes import fold_bytes, hints
from tui.store.migrations import ABOUT, SCHEMA
from tui.store.searching import TextFinder

TICK = 0.06
"""Seconds after which a folder's time can be trusted."""


def never() -> bool:
    return False


def file_of(home: Home, records: Iterable[Record]) -> bytes:
    """Return a file as the program writes it."""
    about = {"schema": SCHEMA, "kind": "person"}
    if home.one_to_one_id is not None:
        about = {"schema": SCHEMA, "kind": "one-to-one", "person": home.person_id}
    tables: Tables = {ABOUT: {"file": about}}
    for record in records:
        table, document = encode(record)
        tables.setdefault(table, {})[record.id] = document
    return serialise(tables)


class Shelf:
    """A journal's folder, and what is in it as a plain reading has it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: dict[str, list[Line]] = {}
        self.finder = TextFinder(str(folder))

    def put(self, home: Home, name: str, records: Iterable[Record]) -> Path:
        """Write a file."""
        records = list({record.id: record for record in records}.values())
        path = self.folder / "people" / f"of-{home.person_id}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_by_rename(path, file_of(home, records))
        talk_at = next((r.at for r in records if isinstance(r, OneToOne)), None)
        self.lines[str(path)] = [
            line._replace(talk_at=talk_at) for record in records for line in lines_of(record, home)
        ]
        return path

    def plainly(self, wanted: Wanted) -> list[tuple[str, str, str]]:
        """Return what is to be found."""
        return sorted(
            (path, line.moment, line.key)
            for path, lines in self.lines.items()
            for line in lines
            if wants(wanted, line)
        )

    def found(self, wanted: Wanted) -> list[tuple[str, str, str]]:
        """Return what is found, once its lines are looked at."""
        batches = [found for batch in self.finder.search(wanted, never) for found in batch]
        found = [(f, line) for f in batches for line in self.fitting(f, wanted)]
        for one in batches:
            assert one.lines == len(self.fitting(one, wanted)), "as many as was said"
        return sorted((f.path, line.moment, line.key) for f, line in found)

    def fitting(self, found: Found, wanted: Wanted) -> list[Line]:
        lines = self.finder.lines(found.path, wanted)
        return [ln for ln in lines if ln.moment == found.at and wants(wanted, ln)]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "journal")


DANA = Home("p1")


def a_talk(shelf: Shelf, number: int, *texts: str, side: Side = Side.OURS) -> Path:
    """Put a talk of so many weeks ago into the journal."""
    at = NOW - timedelta(weeks=number)
    home = Home(DANA.person_id, f"{number:04}-talk")
    one = OneToOne(f"{number:04}-talk", DANA.person_id, at)
    written = [
        Note(f"{number:04}-{n:04}", text, HEARD.id, at + timedelta(minutes=n), side)
        for n, text in enumerate(texts)
    ]
    return shelf.put(home, f"{at:%Y-%m-%d}-{number:04}.json", (one, *written))


@pytest.mark.parametrize("word", ["}", "},", "{", ":", ",", "{}", "}}"])
@pytest.mark.parametrize("is_held", [False, True])
def test_how_a_file_is_written_is_not_found(shelf: Shelf, word: str, is_held: bool) -> None:
    a_talk(shelf, 1, "nothing of it", "a } in it", "{curly}, too: {}")
    if is_held:
        shelf.finder.hold(never)
    assert shelf.found(Wanted((word,))) == shelf.plainly(Wanted((word,)))


# -- anything ------------------------------------------------------------------------------


@st.composite
def journals(draw: st.DrawFn) -> list[tuple[Home, str, list[Record]]]:
    files: list[tuple[Home, str, list[Record]]] = []
    for number in range(draw(st.integers(1, 2))):
        person_id = f"p{number}"
        home = Home(person_id)
        person: Record = draw(people)._replace(id=person_id)
        shelf: list[Record] = draw(st.lists(topics | follow_ups(home), max_size=3))
        files.append((home, "person.json", [person, *shelf]))
        for talk in range(draw(st.integers(0, 3))):
            home = Home(person_id, f"t{number}-{talk}")
            one: Record = draw(one_to_ones)._replace(id=f"t{number}-{talk}", person_id=person_id)
            written: list[Record] = draw(
                st.lists(notes | follow_ups(home) | picks | items | sendings, max_size=5)
            )
            files.append((home, f"2026-11-{talk + 1:02}-abcd.json", [one, *written]))
    return files


@st.composite
def searches(draw: st.DrawFn, texts: list[str]) -> Wanted:
    """Draw a search for parts of what there is, and for what there may not be."""
    pieces = [word for text in texts for word in fold(text).split()]
    parts = st.sampled_from(pieces or ["x"]).flatmap(
        lambda word: st.tuples(st.integers(0, len(word)), st.integers(0, len(word))).map(
            lambda ends: word[min(ends) : max(ends)] or word
        )
    )
    odd = st.sampled_from(
        ["a", "e", "mine", "text", "side", "n", '"', "\\", "/", "false", "{", "}", "},", "�", "ss"]
    )
    words = draw(st.lists(parts | odd, min_size=1, max_size=2))
    kinds = draw(st.none() | st.frozensets(st.sampled_from(["heard", "promise", "card"])))
    side = draw(st.none() | st.sampled_from(Side))
    since = draw(st.just("") | st.dates().map(lambda day: day.isoformat()))
    who = draw(st.none() | st.just(frozenset({"p0"})))
    return Wanted(tuple(dict.fromkeys(fold(clean(w)) for w in words)), kinds, side, who, since)


@given(st.data())
def test_what_is_found_is_what_a_plain_reading_finds(data: st.DataObject) -> None:
    folder = tempfile.mkdtemp()
    try:
        shelf = Shelf(Path(folder))
        for home, name, records in data.draw(journals()):
            shelf.put(home, name, records)
        texts = [line.text for lines in shelf.lines.values() for line in lines]
        for _ in range(3):
            wanted = data.draw(searches(texts))
            fresh = TextFinder(folder)
            shelf.finder = fresh
            assert shelf.found(wanted) == shelf.plainly(wanted), "read from the files"
            fresh.hold(never)
            assert shelf.found(wanted) == shelf.plainly(wanted), "held in memory"
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("is_held", [False, True])
def test_hostile_text_is_found_by_each_of_its_words(shelf: Shelf, text: str, is_held: bool) -> None:
    shelf.put(DANA, "person.json", [Person("p1", "Dana", helps=clean(text))])
    a_talk(shelf, 1, clean(text), "something else")
    if is_held:
        shelf.finder.hold(never)
    for word in sorted(set(fold(clean(text)).split()), key=len)[:20]:
        wanted = Wanted((word,))
        assert len(shelf.plainly(wanted)) >= 2
        assert shelf.found(wanted) == shelf.plainly(wanted)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_bytes_fold_as_text_does(text: str) -> None:
    assert fold_bytes(text.encode()).decode() == fold(text)


@given(st.text(st.sampled_from("éÉñÑäößŒœaB—“øЙй한ﬁ\u0301")))
def test_bytes_of_accented_letters_fold_as_text_does(text: str) -> None:
    assert fold_bytes(text.encode()).decode() == fold(text)


@given(st.binary())
def test_any_bytes_can_be_folded(data: bytes) -> None:
    assert isinstance(fold_bytes(data), bytes)


@given(st.text(min_size=1))
def test_what_hints_say_is_in_the_file_is_in_it(text: str) -> None:
    written = json.dumps(clean(text), ensure_ascii=False).encode()
    words = tuple(fold(clean(text)).split())
    assert all(hint in fold_bytes(written) for hint in hints(words))


# -- files of others -----------------------------------------------------------------------


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("is_held", [False, True])
def test_files_written_otherwise_are_searched_too(
    shelf: Shelf, indent: int | None, ascii_only: bool, is_held: bool
) -> None:
    path = a_talk(shelf, 1, "Señora Vidal und/oder “Größe”", "nothing")
    document = json.loads(path.read_bytes())
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only).replace("/", "\\/")
    path.write_text(text, encoding="utf-8")
    if is_held:
        shelf.finder.hold(never)
    for word in ("senora", "grosse", "und/oder", "“grosse”", "vidal"):
        wanted = Wanted((word,))
        assert len(shelf.found(wanted)) == 1
        assert shelf.found(wanted) == shelf.plainly(wanted)


def test_names_and_values_of_the_files_are_no_text(shelf: Shelf) -> None:
    a_talk(shelf, 1, "a sentence")
    for word in ("text", "kind_id", "heard", "ours", "side", "schema", "2026", "false", "talk"):
        assert shelf.found(Wanted((word,))) == []


@pytest.mark.parametrize("is_held", [False, True])
def test_a_damaged_file_is_left_out(shelf: Shelf, is_held: bool) -> None:
    good = a_talk(shelf, 1, "a lighthouse")
    for number, data in enumerate(
        (b"", b"\0" * 900, b'{"notes": "lighthouse"}', b"\xff lighthouse")
    ):
        path = a_talk(shelf, 2 + number, "a lighthouse")
        path.write_bytes(data)
        del shelf.lines[str(path)]
    torn = a_talk(shelf, 9, "a lighthouse")
    torn.write_bytes(torn.read_bytes()[:-30])
    (torn.parent / "2026-01-01-dddd.json").mkdir()
    if is_held:
        shelf.finder.hold(never)
    assert [path for path, _, _ in shelf.found(Wanted(("lighthouse",)))] == [str(good)]
    assert not any(name.startswith(str(torn)) for name in open_files())
    assert len(shelf.finder.unread) == 6


@pytest.mark.parametrize("is_held", [False, True])
def test_what_lost_the_words_with_its_end_is_told_of(shelf: Shelf, is_held: bool) -> None:
    a_talk(shelf, 1, "a ship")
    torn, empty = a_talk(shelf, 2, "a lighthouse"), a_talk(shelf, 3, "a lighthouse")
    good = torn.read_bytes()
    if is_held:
        shelf.finder.hold(never)
    torn.write_bytes(good[: good.index(b"lighthouse")])
    empty.write_bytes(b"")
    shelf.finder.look_again()
    wanted = Wanted(("lighthouse",))
    assert list(shelf.finder.search(wanted, never)) == []
    assert shelf.finder.unread == {str(torn), str(empty)}
    torn.write_bytes(good)
    empty.unlink()
    shelf.finder.look_again()
    assert len(list(shelf.finder.search(wanted, never))) == 1
    assert shelf.finder.unread == set()


def open_files() -> list[str]:
    folder = "/proc/self/fd"
    if not os.path.isdir(folder):
        return []
    links = (os.path.join(folder, name) for name in os.listdir(folder))
    return [os.readlink(link) for link in links if os.path.lexists(link)]


def test_what_is_known_to_be_damaged_or_a_copy_is_left_out(shelf: Shelf) -> None:
    good, bad = a_talk(shelf, 1, "a lighthouse"), a_talk(shelf, 2, "a lighthouse")
    wanted = Wanted(("lighthouse",), left_out=frozenset({str(bad)}))
    assert [path for path, _, _ in shelf.found(wanted)] == [str(good)]


def test_a_journal_that_is_not_there_has_nothing(tmp_path: Path) -> None:
    finder = TextFinder(str(tmp_path / "nowhere"))
    assert list(finder.search(Wanted(("x",)), never)) == []
    finder.hold(never)
    assert finder.lines(str(tmp_path / "nowhere" / "x.json"), Wanted(("x",))) == []


# -- changes -------------------------------------------------------------------------------


@pytest.mark.parametrize("is_held", [False, True])
def test_changed_files_are_read_again(shelf: Shelf, is_held: bool) -> None:
    wanted = Wanted(("lighthouse",))
    paths = [a_talk(shelf, number, "a lighthouse") for number in range(3)]

    def look() -> None:
        if is_held:
            shelf.finder.hold(never)
        assert shelf.found(wanted) == shelf.plainly(wanted)

    look()
    a_talk(shelf, 1, "a harbour", "two lighthouses", "a lighthouse")
    look()
    a_talk(shelf, 3, "another lighthouse")
    look()
    paths[0].unlink()
    del shelf.lines[str(paths[0])]
    look()
    shutil.rmtree(paths[0].parent)
    shelf.lines.clear()
    look()
    assert shelf.found(wanted) == []
    assert shelf.finder.size == 0


def test_what_is_written_in_place_is_seen_when_a_search_begins_anew(shelf: Shelf) -> None:
    path = a_talk(shelf, 1, "a lighthouse")
    shelf.finder.hold(never)
    until = time.monotonic() + TICK
    while time.monotonic() < until:
        shelf.finder.hold(never)
    path.write_bytes(path.read_bytes().replace(b"a lighthouse", b"a harbours wall"))
    shelf.finder.look_again()
    assert list(shelf.finder.search(Wanted(("lighthouse",)), never)) == []
    assert len(list(shelf.finder.search(Wanted(("harbours",)), never))) == 1


def test_lines_of_a_file_that_changed_meanwhile_are_its_lines_of_now(shelf: Shelf) -> None:
    path = a_talk(shelf, 1, "a lighthouse")
    wanted = Wanted(("lighthouse",))
    [[found]] = shelf.finder.search(wanted, never)
    rewrite(path, lambda tables: tables["notes"].clear())
    assert shelf.fitting(found, wanted) == []


# -- order, and giving up ------------------------------------------------------------------


@pytest.mark.parametrize("is_held", [False, True])
def test_the_newest_fifty_are_told_first(shelf: Shelf, is_held: bool) -> None:
    for number in range(500):
        a_talk(shelf, number, "a lighthouse", "and a lighthouse")
    if is_held:
        shelf.finder.hold(never)
    batches = list(shelf.finder.search(Wanted(("lighthouse",)), never))
    assert len(batches) > 2
    assert sum(found.lines for found in batches[0]) >= 50
    moments = [found.at for batch in batches for found in batch]
    assert moments == sorted(moments, reverse=True)
    assert sum(found.lines for batch in batches for found in batch) == 1_000


@pytest.mark.parametrize("is_held", [False, True])
def test_a_search_is_given_up_when_asked(shelf: Shelf, is_held: bool) -> None:
    for number in range(500):
        a_talk(shelf, number, "a lighthouse")
    if is_held:
        shelf.finder.hold(never)
    asked = 0

    def is_over() -> bool:
        nonlocal asked
        asked += 1
        return asked > 1

    batches = list(shelf.finder.search(Wanted(("lighthouse",)), is_over))
    assert 0 < sum(found.lines for batch in batches for found in batch) < 500


def test_holding_is_given_up_when_asked_and_goes_on_later(shelf: Shelf) -> None:
    for number in range(20):
        a_talk(shelf, number, "a lighthouse")
    left = iter([False] * 5)
    shelf.finder.hold(lambda: next(left, True))
    some = shelf.finder.size
    shelf.finder.hold(never)
    assert 0 < some < shelf.finder.size
    assert len(shelf.found(Wanted(("lighthouse",)))) == 20


def test_no_more_is_held_than_there_is_room_for(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "ROOM", 1_000)
    for number in range(40):
        a_talk(shelf, number, "a lighthouse " * 10)
    shelf.finder.hold(never)
    assert shelf.finder.size < 2_000
    assert len(shelf.found(Wanted(("lighthouse",)))) == 40


def test_undated_lines_come_first_and_are_not_since_any_day(shelf: Shelf) -> None:
    shelf.put(DANA, "person.json", [Person("p1", "Dana Light", helps="light")])
    a_talk(shelf, 1, "light")
    found = [f for batch in shelf.finder.search(Wanted(("light",)), never) for f in batch]
    assert [f.lines for f in sorted(found, key=lambda f: f.at, reverse=True)] == [2, 1]
    since = Wanted(("light",), since="2000-01-01")
    assert len(shelf.found(since)) == 1


def test_sides_and_kinds(shelf: Shelf) -> None:
    at = datetime(2026, 11, 1, 9)
    home = Home("p1", "t1")
    one = OneToOne("t1", "p1", at, intention="light")
    ours = Note("n1", "light", HEARD.id, at, Side.OURS)
    hunch = Note("n2", "light", HUNCH.id, at, Side.OURS)
    shelf.put(home, "2026-11-01-aaaa.json", [one, ours, hunch])
    for is_held in (False, True):
        if is_held:
            shelf.finder.hold(never)
        for wanted, keys in (
            (Wanted(("light",)), ["n1", "n2", "t1#intention"]),
            (Wanted(("light",), side=Side.OURS), ["n1"]),
            (Wanted(("light",), side=Side.MINE), ["n2"]),
            (Wanted(("light",), kinds=frozenset({"hunch", "intention"})), ["n2", "t1#intention"]),
        ):
            assert [key for _, _, key in shelf.found(wanted)] == keys
