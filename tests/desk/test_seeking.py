"""Searching beside the screen: the words typed last are answered, and it ends when asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from tests.builders import Bench
from tests.services.test_search import DEADLINE, Many, search_in
from tui.desk.seeking import AT_ONCE, Broke, Seeker, Told
from tui.services.ports import Found, Wanted


class Ear:
    """Hears what a seeker tells."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.broken: list[Broke] = []
        self._news = threading.Condition()

    def __call__(self, told: Told | Broke) -> None:
        with self._news:
            if isinstance(told, Broke):
                self.broken.append(told)
            else:
                self.told.append(told)
            self._news.notify_all()

    def until(self, holds: Callable[[Told], object]) -> Told:
        with self._news:
            assert self._news.wait_for(lambda: any(map(holds, self.told)), DEADLINE), self.told
            return next(told for told in self.told if holds(told))

    def until_broken(self, broke: Broke) -> None:
        with self._news:
            assert self._news.wait_for(lambda: broke in self.broken, DEADLINE), self.broken


@pytest.fixture
def ear() -> Ear:
    return Ear()


def test_the_first_fifty_are_told_while_the_rest_is_looked_for(bench: Bench, ear: Ear) -> None:
    finder = Many(10_000)
    finder.go_on.clear()
    seeker = Seeker(finder, ear)
    search = search_in(bench.notebook(), finder, "light")
    seeker.ask(search)
    first = ear.until(lambda told: told.lines)
    assert (len(first.lines), first.total, first.is_done) == (AT_ONCE, 100, False)
    finder.go_on.set()
    last = ear.until(lambda told: told.is_done)
    assert (len(last.lines), last.total) == (AT_ONCE, 10_000)
    seeker.ask(search, 1_000)
    assert len(ear.until(lambda told: len(told.lines) > AT_ONCE).lines) == 1_000
    seeker.close()
    seeker.wait(DEADLINE)


def test_other_words_end_a_search_and_only_the_last_are_answered(bench: Bench, ear: Ear) -> None:
    finder = Many(10_000)
    finder.go_on.clear()
    notebook = bench.notebook()
    seeker = Seeker(finder, ear)
    seeker.ask(search_in(notebook, finder, "light"))
    assert finder.told.wait(DEADLINE)
    for typed in ("l", "li", "lig"):
        seeker.ask(search_in(notebook, finder, typed))
    finder.go_on.set()
    last = ear.until(lambda told: told.is_done)
    assert last.search.wanted.words == ("lig",)
    assert not any(told.is_done for told in ear.told if told.search.wanted.words != ("lig",))
    seeker.close()
    seeker.wait(DEADLINE)


def test_one_that_is_closed_ends_and_the_next_waits_for_it(
    bench: Bench, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    finder = Many(10_000)
    finder.go_on.clear()
    notebook = bench.notebook()
    first = Seeker(finder, ear)
    first.ask(search_in(notebook, finder, "light"))
    assert finder.told.wait(DEADLINE)
    first.close()
    other, waits, wait = Ear(), threading.Event(), first.wait

    def wait_and_tell(patience: float) -> None:
        waits.set()
        wait(patience)

    monkeypatch.setattr(first, "wait", wait_and_tell)
    second = Seeker(finder, other, first)
    second.ask(search_in(notebook, finder, "light"))
    assert waits.wait(DEADLINE)
    assert other.told == []
    finder.go_on.set()
    other.until(lambda told: told.is_done)
    assert finder.most_inside == 1
    assert not any(told.is_done for told in ear.told)
    second.close()
    for seeker in (first, second):
        seeker.wait(DEADLINE)
        assert not seeker._thread.is_alive()


def test_it_reads_ahead_while_nothing_is_asked(bench: Bench, ear: Ear) -> None:
    finder = Many(1)
    seeker = Seeker(finder, ear)
    assert finder.held.wait(DEADLINE)
    assert finder.kept.wait(DEADLINE)
    finder.kept.clear()
    seeker.close()
    seeker.wait(DEADLINE)
    assert finder.kept.is_set(), "what was read by then, however little"


class Faulty(Many):
    """A finder that breaks where it is told to."""

    def __init__(self, *places: str) -> None:
        super().__init__(3)
        self.places = {*places}

    def search(self, wanted: Wanted, is_over: Callable[[], bool]) -> Iterator[list[Found]]:
        if "search" in self.places:
            raise RuntimeError("zq private")
        return super().search(wanted, is_over)

    def hold(self, is_over: Callable[[], bool]) -> None:
        if "hold" in self.places:
            raise OSError("zq private")
        super().hold(is_over)

    def look_again(self) -> None:
        if "look again" in self.places:
            raise ValueError("zq private")


def test_what_reading_ahead_cannot_read_is_told_after(bench: Bench, ear: Ear) -> None:
    finder = Many(3)
    seeker = Seeker(finder, ear)
    search = search_in(bench.notebook(), finder, "light")
    finder.unread = frozenset({"a"})
    seeker.ask(search)
    assert ear.until(lambda told: told.is_done).unread == {"a"}
    finder.unread = frozenset({"a", "b"})
    seeker.ask(search, 10)
    told = ear.until(lambda told: len(told.unread) == 2)
    assert (len(told.lines), told.total) == (3, 3)
    seeker.close()
    seeker.wait(DEADLINE)


@pytest.mark.parametrize(
    ("place", "fault"),
    [("search", "RuntimeError"), ("hold", "OSError"), ("look again", "ValueError")],
)
def test_a_fault_is_told_and_it_goes_on(bench: Bench, ear: Ear, place: str, fault: str) -> None:
    finder = Faulty(place)
    seeker = Seeker(finder, ear)
    search = search_in(bench.notebook(), finder, "light")
    seeker.ask(search)
    ear.until_broken(Broke(search if place == "search" else None, fault))
    finder.places.clear()
    seeker.ask(search, 10)
    assert len(ear.until(lambda told: told.is_done).lines) == 3
    seeker.close()
    seeker.wait(DEADLINE)
    assert not seeker._thread.is_alive()
