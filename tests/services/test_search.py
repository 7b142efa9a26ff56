"""Searching: what stands in the files, what is in none of them yet, and giving up in between."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW, Bench, add_person, plan_today, write
from tui.domain.finding import Line, lines_of
from tui.domain.journal import Change, Home
from tui.domain.notes import HEARD, Note, Side
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.services import folk, talks
from tui.services.notebook import Notebook
from tui.services.ports import Found, Wanted
from tui.services.search import Result, Search, people_who_fit, search_for

DEADLINE = 10.0


def never() -> bool:
    return False


def found(search: Search) -> list[Line]:
    result = Result(search)
    for _ in result.run(never):
        pass
    assert result.is_done
    lines = result.lines(0, 10_000)
    assert len(lines) == result.total
    return lines


def texts(notebook: Notebook, typed: str, **asked: object) -> list[str]:
    return [line.text for line in found(search_for(notebook, typed, **asked))]  # type: ignore[arg-type]


@pytest.fixture
def two_talks(bench: Bench) -> Notebook:
    notebook = bench.notebook()
    bench.clock.now = NOW - timedelta(days=30)
    dana = add_person(notebook, "Dana Okafor")
    first = plan_today(notebook, dana)
    write(notebook, first, "a light at sea")
    bench.clock.now = NOW
    sam = add_person(notebook, "Sam Reyes")
    second = plan_today(notebook, sam)
    for line in ("~ light of heart", "> light the lamp", "dark"):
        bench.clock.forward(minutes=1)
        write(notebook, second, line)
    return bench.notebook()


def test_the_newest_come_first(two_talks: Notebook) -> None:
    assert texts(two_talks, "LÍGHT") == ["light the lamp", "light of heart", "a light at sea"]


def test_filters(two_talks: Notebook) -> None:
    people = two_talks.journal.people
    [dana] = (p for p in people.values() if p.name == "Dana Okafor")
    assert texts(two_talks, "light", people=(dana,)) == ["a light at sea"]
    assert texts(two_talks, "light", kinds=("promise",)) == ["light the lamp"]
    assert texts(two_talks, "light", since=NOW.date()) == ["light the lamp", "light of heart"]
    assert texts(two_talks, "light", since=NOW.date() + timedelta(days=1)) == []
    assert texts(two_talks, "light", side=Side.OURS) == ["light the lamp", "a light at sea"]
    assert texts(two_talks, "light lamp") == ["light the lamp"]
    assert texts(two_talks, "  ") == []


def test_people_who_fit(two_talks: Notebook) -> None:
    [dana] = people_who_fit(two_talks.journal, "dana")
    folk.archive(two_talks, dana)
    names = [p.name for p in people_who_fit(two_talks.journal, "a")]
    assert names == ["Sam Reyes", "Dana Okafor"]
    assert people_who_fit(two_talks.journal, " ") == ()


# -- what is in no file yet ----------------------------------------------------------------


class Held:
    """A saver that holds everything back."""

    def submit(self, number: int, changes: object, turn: object = None) -> None: ...
    def keep_draft(self, draft: object) -> None: ...
    def forget_acts(self, home: object) -> None: ...


def held_back(bench: Bench) -> Notebook:
    """Return a notebook whose acts reach no file."""
    notebook = bench.notebook()
    notebook._saver = Held()
    return notebook


EDITS: dict[str, Callable[[Notebook], object]] = {
    "a note": lambda n: write(n, sams(n), "one more light"),
    "a follow-up": lambda n: write(n, sams(n), "> another light"),
    "a topic": lambda n: write(n, sams(n), "& a parked light"),
    "a name": lambda n: folk.add(n, Person("", "Lighton")),
    "a card": lambda n: folk.edit(n, sam(n), sam(n)._replace(helps="light")),
    "other words": lambda n: edit(n, "dark", "light now"),
    "no more such words": lambda n: edit(n, "light of heart", "heavy"),
    "a note deleted": lambda n: delete(n, "light of heart"),
    "a talk deleted": lambda n: talks.forget(n, sams(n)),
    "another day": lambda n: move(n),
}


def sam(notebook: Notebook) -> Person:
    return next(p for p in notebook.journal.people.values() if p.name == "Sam Reyes")


def sams(notebook: Notebook) -> OneToOne:
    return notebook.journal.one_to_ones_of(sam(notebook).id)[0]


def note(notebook: Notebook, text: str) -> Note:
    return next(n for n in notebook.page(sams(notebook).id).notes if n.text == text)


def edit(notebook: Notebook, before: str, after: str) -> None:
    talks.edit_note(notebook, sams(notebook), note(notebook, before), after)


def delete(notebook: Notebook, text: str) -> None:
    talks.delete_note(notebook, sams(notebook), note(notebook, text))


def move(notebook: Notebook) -> None:
    one = sams(notebook)
    after = one._replace(intention="light")
    notebook.commit("moved", (Change(Home(one.person_id, one.id), one, after),))


def plainly(notebook: Notebook, word: str) -> list[str]:
    """Return what a journal with all its pages in memory holds."""
    journal = notebook.journal
    for one_id in journal.one_to_ones:
        notebook.page(one_id)
    journal = notebook.journal
    records: list[tuple[object, Home]] = [(p, Home(p.id)) for p in journal.people.values()]
    records += [(t, Home(who)) for who, shelf in journal.topics.items() for t in shelf]
    records += [(f, Home(f.person_id, f.born_in)) for f in journal.follow_ups.values()]
    for one in journal.one_to_ones.values():
        home = Home(one.person_id, one.id)
        records += [(r, home) for r in (one, *journal.page(one.id).notes)]
    lines = (line for record, home in records for line in lines_of(record, home))  # type: ignore[arg-type]
    return sorted(line.text for line in lines if word in line.text.lower())


@pytest.mark.parametrize("name", EDITS)
def test_what_is_done_is_found_before_it_is_filed(
    bench: Bench, two_talks: Notebook, name: str
) -> None:
    notebook = held_back(bench)
    EDITS[name](notebook)
    assert sorted(texts(notebook, "light")) == plainly(notebook, "light")


@given(st.lists(st.sampled_from(["a note", "a follow-up", "a topic", "a card", "another day"])))
def test_much_is_found_before_it_is_filed(edits: list[str]) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        saved = bench.notebook()
        one = plan_today(saved, add_person(saved, "Sam Reyes"))
        write(saved, one, "light of heart")
        notebook = held_back(bench)
        for name in edits:
            EDITS[name](notebook)
        assert sorted(texts(notebook, "light")) == plainly(notebook, "light")


# -- in parts ------------------------------------------------------------------------------


class Many:
    """A finder of one talk a day, each of so many lines, told a hundred talks at a time."""

    def __init__(self, count: int, each: int = 1) -> None:
        self.count = count
        self.each = each
        self.told = threading.Event()
        self.go_on = threading.Event()
        self.go_on.set()
        self.held = threading.Event()
        self.kept = threading.Event()
        self.looked = 0
        self.inside = 0
        self.most_inside = 0

    unread: frozenset[str] = frozenset()

    def at(self, number: int) -> str:
        return (NOW - timedelta(days=number)).isoformat()

    def search(self, wanted: Wanted, is_over: Callable[[], bool]) -> Iterator[list[Found]]:
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        try:
            for begin in range(0, self.count, 100):
                if is_over():
                    return
                yield [
                    Found(self.at(n), Home("p1", f"t{n}"), str(n), self.each)
                    for n in range(begin, min(begin + 100, self.count))
                ]
                self.told.set()
                self.go_on.wait(DEADLINE)
        finally:
            self.inside -= 1

    def lines(self, path: str, wanted: Wanted) -> Sequence[Line]:
        self.looked += 1
        at = NOW - timedelta(days=int(path))
        home = Home("p1", f"t{path}")
        return [
            Line(home, f"{path}-{n}", HEARD.id, f"light {path}-{n}", at, Side.OURS, at)
            for n in range(self.each)
        ]

    def hold(self, is_over: Callable[[], bool]) -> None:
        self.held.set()

    def keep(self) -> None:
        self.kept.set()

    def look_again(self) -> None: ...


def search_in(notebook: Notebook, finder: Many, typed: str) -> Search:
    return search_for(notebook, typed)._replace(finder=finder)


@pytest.mark.parametrize(("start", "stop"), [(0, 3), (2, 7), (9, 10), (10, 11), (28, 40), (50, 60)])
def test_any_part_is_fetched_and_no_more_is_read(bench: Bench, start: int, stop: int) -> None:
    finder = Many(10, 3)
    result = Result(search_in(bench.notebook(), finder, "light"))
    list(result.run(never))
    everything = [f"light {path}-{n}" for path in range(10) for n in range(3)]
    assert [line.text for line in result.lines(start, stop)] == everything[start:stop]
    assert finder.looked <= (stop - start) // 3 + 2


def test_a_day_is_said(two_talks: Notebook) -> None:
    days = [line.day for line in found(search_for(two_talks, "light"))]
    assert days == [NOW.date(), NOW.date(), date(2026, 10, 23)]
