"""Bringing in what was written elsewhere: what would be added, then, in one act, adding it.

Nothing that is there is changed, and what is there already is not added again, so that a file may
be imported twice. Everything that is not taken is named with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from tui.domain.dates import say_day, say_due
from tui.domain.followups import FollowUp, Owner
from tui.domain.journal import Change, Home
from tui.domain.notes import KIND_BY_ID, Note, Side
from tui.domain.onetoones import OneToOne, Status
from tui.domain.people import Person, Topic
from tui.domain.text import clean, clean_block, clean_line, fold, plural
from tui.errors import DamagedError, UsageError
from tui.services.course import home_of
from tui.services.notebook import Notebook
from tui.services.readers.found import Found, Held, LeftOut, Noted, Parked, Promised, Whose
from tui.services.reckoning import reckoning_of

THERE = "it is there already"
_MORNING = time(9)
"""The time of a one-to-one of which only the day is said."""


class Source(StrEnum):
    """What kind of file it is; the value is its name on the command line."""

    MARKDOWN = "markdown"
    TODOTXT = "todotxt"
    CSV = "csv"


class Added(NamedTuple):
    """One line that would be added."""

    what: str
    """What it becomes, in a word or two."""
    text: str
    when: str
    """By when, or on which day it was said."""


class Plan(NamedTuple):
    """What an import would do."""

    added: tuple[Added, ...]
    left_out: tuple[LeftOut, ...]
    changes: tuple[Change, ...]


def source_of(name: str, text: str, asked: Source | None = None) -> Source:
    """Return what kind of file it is: as asked, else by its name, else by its looks.

    Args:
        name: What the file is called.
        text: What is in it.
        asked: What it is said to be, if anything. Nearly any text can be read as todo.txt, so that
            is not believed of what is plainly something else.

    Raises:
        UsageError: Where neither tells, or it is something else.
    """
    from tui.services.readers.looks import foreign_kind, is_table
    from tui.services.readers.todotxt import is_todotxt

    end = fold(name)
    if asked is None and end.endswith((".md", ".markdown", ".mdown")):
        return Source.MARKDOWN
    if asked not in (None, Source.TODOTXT):
        return asked
    if foreign := foreign_kind(name, text):
        raise UsageError(
            f"This is {foreign}, which cannot be imported. Nothing was written. What can be: "
            "Markdown, todo.txt and CSV."
        )
    if is_table(name, text):
        if asked is not None:
            raise UsageError(
                "This is a table (CSV), no todo.txt. Nothing was written. Say it: --from csv."
            )
        return Source.CSV
    if asked is not None:
        return asked
    if end.endswith(("todo.txt", "done.txt")) or is_todotxt(text):
        return Source.TODOTXT
    lines = (line.lstrip() for line in text.split("\n"))
    if any(line.startswith(("#", "- ", "* ", "+ ")) for line in lines):
        return Source.MARKDOWN
    raise UsageError(
        "It cannot be told what kind of file this is. Nothing was written. Say it: "
        "--from markdown, todotxt or csv."
    )


def planned(notebook: Notebook, person: Person, text: str, source: Source) -> Plan:
    """Return what would be added for a person by a text.

    Raises:
        UsageError: Where there is nothing in it that could be.
        DamagedError: Where a one-to-one that is in it cannot be read now.
    """
    others = tuple(p.name for p in notebook.journal.people.values() if p.id != person.id)
    found = tuple(_read(notebook, person, text, source, Whose(person.name, others)))
    if not found:
        raise UsageError("There is nothing in it that could be imported. Nothing was written.")
    planner = _Planner(notebook, person)
    for item in found:
        planner.take(item)
    return planner.plan()


def _read(
    notebook: Notebook, person: Person, text: str, source: Source, whose: Whose
) -> Iterable[Found]:
    today = notebook.today()
    text = clean(text)
    match source:
        case Source.MARKDOWN:
            from tui.services.readers.markdown import read_markdown

            return read_markdown(text, whose, today, reckoning_of(notebook, person))
        case Source.TODOTXT:
            from tui.services.readers.todotxt import read_todotxt

            return read_todotxt(text, whose, today)
        case Source.CSV:
            from tui.services.readers.csvtable import read_csv

            return read_csv(text, whose, today)


def carry_out(notebook: Notebook, plan: Plan) -> None:
    """Add what was planned: one act, so one undo.

    Raises:
        AlongsideError: What `Notebook.commit` raises; then nothing is changed.
    """
    notebook.commit(f"import of {plural(len(plan.added), 'line')}", plan.changes)


class _Planner:
    """Works out, item by item, what is new."""

    def __init__(self, notebook: Notebook, person: Person) -> None:
        self._notebook = notebook
        self._person = person
        self._today = notebook.today()
        self._talks: dict[Held, OneToOne] = {}
        self._added: list[Added] = []
        self._left: list[LeftOut] = []
        self._changes: list[Change] = []
        journal = notebook.journal
        self._there: Counter[tuple[object, ...]] = Counter(
            _promise_key(f.text, f.owner, f.due) for f in journal.follow_ups_of(person.id)
        )
        self._there.update(_topic_key(t.text) for t in journal.topics.get(person.id, ()))

    def plan(self) -> Plan:
        """Return what was worked out."""
        return Plan(tuple(self._added), tuple(self._left), tuple(self._changes))

    def take(self, item: Found) -> None:
        """Take one thing that was found in the file."""
        match item:
            case LeftOut():
                self._left.append(item)
            case Held():
                self._talk(item)
            case Promised():
                self._promise(item)
            case Noted():
                self._note(item)
            case Parked():
                self._topic(item)

    def _is_there(self, key: tuple[object, ...], text: str) -> bool:
        """Return whether something is there already; what is twice in the file is so but once."""
        if self._there[key] <= 0:
            return False
        self._there[key] -= 1
        self._left.append(LeftOut(text, THERE))
        return True

    def _add(self, what: str, text: str, when: str, change: Change) -> None:
        self._added.append(Added(what, text, when))
        self._changes.append(change)

    # -- one-to-ones -----------------------------------------------------------------------

    def _talk(self, held: Held) -> OneToOne:
        """Return the one-to-one of a heading; where there is none, one that is closed."""
        if held in self._talks:
            return self._talks[held]
        known = self._known(held)
        if known is None:
            at = datetime.combine(held.day, held.at or _MORNING)
            now = self._notebook.now()
            one = OneToOne(
                self._notebook.new_id(),
                self._person.id,
                at,
                held.place,
                status=Status.CLOSED,
                closed=now,
            )
            self._add("one-to-one", held.place, self._say(held), Change(home_of(one), None, one))
        else:
            one = self._took_place(known, held)
        self._talks[held] = one
        return one

    def _known(self, held: Held) -> OneToOne | None:
        """Return the one-to-one of that day, and of that time where one is said."""
        theirs = {one.id: one for one in self._notebook.journal.one_to_ones_of(self._person.id)}
        theirs |= {one.id: one for one in self._talks.values()}
        of_day = [one for one in theirs.values() if one.at.date() == held.day]
        if held.at is not None:
            of_day = [one for one in of_day if one.at.time().replace(second=0) == held.at]
        return next((one for one in of_day if one.took_place), next(iter(of_day), None))

    def _took_place(self, one: OneToOne, held: Held) -> OneToOne:
        """Return a one-to-one that is there; one that was planned has been held since."""
        if any(one.id == known.id for known in self._talks.values()):
            return one
        if self._notebook.is_unreadable(one.id):
            raise DamagedError(
                f"The file of the one-to-one of {held.day.isoformat()} cannot be read now, so "
                "nobody knows what is in it already. Nothing was written. To bring it back: "
                "alongside check --repair"
            )
        for note in self._notebook.page(one.id).notes:
            self._there[_note_key(one, note.kind_id, note.text)] += 1
        if one.took_place:
            self._left.append(LeftOut(f"one-to-one of {self._say(held)}", THERE))
            return one
        after = one._replace(status=Status.CLOSED, closed=self._notebook.now())
        self._add("one-to-one held", one.place, self._say(held), Change(home_of(one), one, after))
        return after

    def _say(self, held: Held) -> str:
        at = f" {held.at:%H:%M}" if held.at else ""
        return say_day(held.day, self._today) + at

    # -- lines -----------------------------------------------------------------------------

    def _promise(self, item: Promised) -> None:
        text = clean_block(item.text)
        if self._is_there(_promise_key(text, item.owner, item.due), text):
            return
        one = self._talk(item.talk) if item.talk is not None else None
        follow_up = FollowUp(
            self._notebook.new_id(),
            self._person.id,
            text,
            item.owner,
            self._said(item, one),
            item.stage,
            item.due,
            clean_line(item.cue),
            one.id if one else None,
            closed=item.closed,
            is_unsure=item.is_unsure,
        )
        home = Home(self._person.id, one.id if one else None)
        self._add(
            _what(follow_up, self._person),
            text,
            self._when(follow_up),
            Change(home, None, follow_up),
        )

    def _said(self, item: Promised, one: OneToOne | None) -> datetime:
        if one is not None:
            return one.at
        return datetime.combine(item.said, _MORNING) if item.said else self._notebook.now()

    def _when(self, follow_up: FollowUp) -> str:
        if follow_up.closed is not None:
            return f"{follow_up.stage.replace('-', ' ')} {say_day(follow_up.closed, self._today)}"
        return say_due(follow_up.due, self._today)

    def _note(self, item: Noted) -> None:
        text, kind = clean_block(item.text), KIND_BY_ID[item.kind_id]
        one = self._talk(item.talk)
        if self._is_there(_note_key(one, kind.id, text), text):
            return
        note = Note(self._notebook.new_id(), text, kind.id, one.at, Side.OURS, item.is_unsure)
        self._add(kind.label, text, self._say(item.talk), Change(home_of(one), None, note))

    def _topic(self, item: Parked) -> None:
        text = clean_block(item.text)
        if self._is_there(_topic_key(text), text):
            return
        topic = Topic(self._notebook.new_id(), text, self._today)
        self._add("parked", text, "", Change(Home(self._person.id), None, topic))


def _words(text: str) -> str:
    return fold(clean_line(text))


def _promise_key(text: str, owner: Owner, due: date | None) -> tuple[object, ...]:
    return ("follow-up", _words(text), owner, due)


def _note_key(one: OneToOne, kind_id: str, text: str) -> tuple[object, ...]:
    return ("note", one.id, kind_id, _words(text))


def _topic_key(text: str) -> tuple[object, ...]:
    return ("topic", _words(text))


def _what(follow_up: FollowUp, person: Person) -> str:
    """Return whose follow-up it is."""
    first = person.first_name
    return {Owner.ME: "you will", Owner.THEM: f"{first} plans to", Owner.BOTH: f"you and {first}"}[
        follow_up.owner
    ]
