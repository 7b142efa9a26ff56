"""Searching across people and years: what stands in the files, and what is in none of them yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from tui.domain.finding import Line, fits, lines_of, record_of, words_in
from tui.domain.journal import Home, Journal
from tui.domain.notes import Side
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.domain.text import fold
from tui.services.notebook import Notebook
from tui.services.ports import Changes, Finder, Found, Wanted


class Search(NamedTuple):
    """One search of a journal as it is at one moment, to be run in any thread."""

    wanted: Wanted
    finder: Finder
    journal: Journal
    changes: Changes
    """What is in no file yet."""


def search_for(
    notebook: Notebook,
    typed: str,
    *,
    people: tuple[Person, ...] = (),
    kinds: tuple[str, ...] = (),
    since: date | None = None,
    side: Side | None = None,
) -> Search:
    """Return a search.

    Args:
        notebook: What to search.
        typed: Words, which must all stand in one line.
        people: Only what is about one of these; nobody for everybody.
        kinds: Only lines of one of these kinds; none for all.
        since: Only what is of this day or later.
        side: Only what is of this side.
    """
    pages = notebook.pages_aside()
    wanted = Wanted(
        words_in(typed),
        frozenset(kinds) if kinds else None,
        side,
        frozenset(person.id for person in people) if people else None,
        since.isoformat() if since else "",
        frozenset(p.path for p in notebook.problems if p.can_be_mended),
    )
    return Search(wanted, pages.disk.finder(), pages.journal, notebook.unfiled())


def wants(wanted: Wanted, line: Line) -> bool:
    """Return whether a line is what is looked for."""
    if wanted.kinds is not None and line.kind_id not in wanted.kinds:
        return False
    if wanted.side is not None and line.side is not wanted.side:
        return False
    if wanted.people is not None and line.home.person_id not in wanted.people:
        return False
    if wanted.since and (line.day is None or line.moment < wanted.since):
        return False
    return bool(wanted.words) and fits(fold(line.text), wanted.words)


class Result:
    """What a search has found so far, newest first."""

    def __init__(self, search: Search) -> None:
        """Begin with nothing found.

        Args:
            search: The search.
        """
        self._search = search
        self._found: list[tuple[str, Found | Line]] = []
        self._is_sorted = True
        self._edits = _Edits(search)
        self._read: dict[str, list[Line]] = {}
        self._last = ""
        self.total = 0
        """How many lines that is."""
        self.is_done = False
        """Whether that is all."""
        self._take(self._edits.lines)

    def run(self, is_over: Callable[[], bool]) -> Iterator[None]:
        """Search; yields whenever more was found.

        Args:
            is_over: Says when to give up.
        """
        search, edits = self._search, self._edits
        for batch in search.finder.search(search.wanted, is_over):
            self._is_sorted = False
            if not edits.homes:  # as a rule all is filed
                self._found += [(found.at, found) for found in batch]
                self.total += sum([found.lines for found in batch])
                yield
                continue
            for found in batch:
                if found.home in edits.homes or found.home.person_id in edits.gone_people:
                    self._take(edits.left_of(found, self._lines_in(found)))
                else:
                    self._found.append((found.at, found))
                    self.total += found.lines
            yield
        self.is_done = not is_over()

    def _take(self, lines: list[Line]) -> None:
        self._is_sorted = False
        self._found += ((line.moment, line) for line in lines)
        self.total += len(lines)

    def lines(self, start: int, stop: int) -> list[Line]:
        """Return some of the lines, read from their files now.

        Args:
            start: Which is the first, counted from the newest.
            stop: Which is the first not to be returned.
        """
        if not self._is_sorted:
            self._found.sort(key=_moment, reverse=True)
            self._is_sorted = True
        lines: list[Line] = []
        place = 0
        for _, found in self._found:
            if place >= stop:
                break
            if isinstance(found, Line):
                if place >= start:
                    lines.append(found)
                place += 1
                continue
            if place + found.lines > start:
                first = max(0, start - place)
                lines += self._lines_in(found)[first : stop - place]
            place += found.lines
        return lines

    def _lines_in(self, found: Found) -> list[Line]:
        """Return the lines that were found in a file; fewer where it has changed since."""
        wanted = self._search.wanted
        path = found.path
        if path not in self._read:
            is_talk = found.home.one_to_one_id is not None
            if is_talk:  # its lines stand together, so that it is read once
                self._read.pop(self._last, None)
                self._last = path
            self._read[path] = list(self._search.finder.lines(path, wanted))
        return [ln for ln in self._read[path] if ln.moment == found.at and wants(wanted, ln)]


class _Edits:
    """What was done and is in no file yet, as a search sees it."""

    def __init__(self, search: Search) -> None:
        self.homes: set[Home] = set()
        self.gone_people: set[str] = set()
        gone: set[Home] = set()
        latest: dict[str, list[Line]] = {}
        ones = search.journal.one_to_ones
        for change in search.changes:
            self.homes.add(change.home)
            if change.after is None:
                if isinstance(change.before, OneToOne):
                    gone.add(change.home)
                if isinstance(change.before, Person):
                    self.gone_people.add(change.record_id)
            one = ones.get(change.home.one_to_one_id or "")
            latest[change.record_id] = [
                line._replace(talk_at=one.at if one else None)
                for line in (lines_of(change.after, change.home) if change.after else ())
            ]
        self._records = set(latest)
        self._gone = {home for home in gone if home.one_to_one_id not in ones}
        self.gone_people -= set(search.journal.people)
        self.lines = [
            line
            for lines in latest.values()
            for line in lines
            if self._is_there(line) and wants(search.wanted, line)
        ]

    def _is_there(self, line: Line) -> bool:
        return line.home not in self._gone and line.home.person_id not in self.gone_people

    def left_of(self, found: Found, lines: list[Line]) -> list[Line]:
        """Return what is left of lines found in a file, those that are on their way into it aside.

        Args:
            found: What was found.
            lines: Its lines.
        """
        if found.home in self._gone or found.home.person_id in self.gone_people:
            return []
        return [line for line in lines if record_of(line.key) not in self._records]


def _moment(found: tuple[str, Found | Line]) -> str:
    return found[0]


def people_who_fit(journal: Journal, typed: str) -> tuple[Person, ...]:
    """Return the people whose name or role holds all words, by name; the archived come last."""
    words = words_in(typed)
    found = (
        person
        for person in journal.people.values()
        if words and fits(fold(f"{person.name} {person.role}"), words)
    )
    return tuple(sorted(found, key=lambda p: (p.archived, fold(p.name), p.id)))
