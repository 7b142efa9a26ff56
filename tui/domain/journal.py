"""The journal as one immutable value, and the only way it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar, cast

from tui.domain.checklist import ChecklistItem, Template
from tui.domain.followups import FollowUp
from tui.domain.notes import Note, Side
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person, Topic
from tui.domain.questions import Pick, Question
from tui.domain.sendings import Sending
from tui.domain.text import both_texts
from tui.domain.threeway import rejoined


class Home(NamedTuple):
    """The file a record lives in: a person's own, or that of one of their one-to-ones."""

    person_id: str
    one_to_one_id: str | None = None


OWN = Home("")
"""The home of what belongs to the manager rather than to a person: templates and questions."""

Record = (
    Person
    | Topic
    | OneToOne
    | ChecklistItem
    | Note
    | FollowUp
    | Pick
    | Template
    | Question
    | Sending
)


_R = TypeVar("_R", bound=Record)


class Change(NamedTuple):
    """One record that comes, goes or becomes another. Reversed, it is its own undo."""

    home: Home
    before: Record | None
    after: Record | None

    @property
    def record_id(self) -> str:
        """The id of the record that changes."""
        record = self.after or self.before
        assert record is not None, "a change has a before or an after"
        return record.id

    def reversed(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.home, self.after, self.before)


class Contents(NamedTuple):
    """All that one file holds, as it stands on disk."""

    home: Home
    records: tuple[Record, ...]
    is_read_only: bool = False
    """Whether a newer version of alongside wrote it."""
    has_page: bool = True
    """Whether notes and checklist are among the records, or are still to be read."""


class Page(NamedTuple):
    """What was written in one one-to-one, and what was sent of it, in no special order."""

    items: tuple[ChecklistItem, ...] = ()
    notes: tuple[Note, ...] = ()
    sendings: tuple[Sending, ...] = ()

    @property
    def ours(self) -> tuple[Note, ...]:
        """The notes the other may read, in the order they were written: the one filter there is."""
        ours = (note for note in self.notes if not note.is_mine)
        return tuple(sorted(ours, key=lambda note: (note.at, note.id)))

    @property
    def mine(self) -> tuple[Note, ...]:
        """The notes that stay with the manager, in the order they were written."""
        mine = (note for note in self.notes if note.is_mine)
        return tuple(sorted(mine, key=lambda note: (note.at, note.id)))


_Dated = TypeVar("_Dated", bound=OneToOne | FollowUp)


class ByPerson(NamedTuple):
    """Who has which one-to-ones and follow-ups, in time.

    A mapping that is None has not been worked out; so has an entry of it that is None.
    """

    one_to_ones: dict[str, tuple[OneToOne, ...] | None] | None
    follow_ups: dict[str, tuple[FollowUp, ...] | None] | None


class Journal:
    """Everything known, as an immutable value: each change gives a new journal.

    Pages are the bulk of a journal and are there only for one-to-ones that were looked at.
    """

    __slots__ = (
        "_follow_ups_of",
        "_one_to_ones_of",
        "follow_ups",
        "one_to_ones",
        "pages",
        "people",
        "picks",
        "questions",
        "read_only",
        "templates",
        "topics",
    )

    people: Mapping[str, Person]
    one_to_ones: Mapping[str, OneToOne]
    follow_ups: Mapping[str, FollowUp]
    topics: Mapping[str, tuple[Topic, ...]]
    """The shelf of each person, by person id."""
    picks: Mapping[str, tuple[Pick, ...]]
    """The questions considered for each talk, by one-to-one id."""
    templates: Mapping[str, Template]
    """The manager's own checklist templates."""
    questions: Mapping[str, Question]
    """The manager's own questions."""
    pages: Mapping[str, Page]
    """The pages looked at so far, by one-to-one id."""
    read_only: frozenset[Home]
    """Files a newer version of alongside wrote."""

    def __init__(
        self,
        people: Mapping[str, Person] | None = None,
        one_to_ones: Mapping[str, OneToOne] | None = None,
        follow_ups: Mapping[str, FollowUp] | None = None,
        topics: Mapping[str, tuple[Topic, ...]] | None = None,
        pages: Mapping[str, Page] | None = None,
        read_only: frozenset[Home] = frozenset(),
        *,
        picks: Mapping[str, tuple[Pick, ...]] | None = None,
        templates: Mapping[str, Template] | None = None,
        questions: Mapping[str, Question] | None = None,
        by_person: ByPerson | None = None,
    ) -> None:
        """Make a journal of its parts.

        Args:
            people: By their ids.
            one_to_ones: By their ids.
            follow_ups: By their ids.
            topics: By the ids of the people.
            pages: By the ids of the one-to-ones.
            read_only: Files a newer version wrote.
            picks: By the ids of the one-to-ones.
            templates: By their ids.
            questions: By their ids.
            by_person: What is known already of who has which; it is worked out where it is not.
        """
        self.people = people or {}
        self.one_to_ones = one_to_ones or {}
        self.follow_ups = follow_ups or {}
        self.topics = topics or {}
        self.pages = pages or {}
        self.read_only = read_only
        self.picks = picks or {}
        self.templates = templates or {}
        self.questions = questions or {}
        known = by_person or ByPerson(None, None)
        self._one_to_ones_of = known.one_to_ones
        self._follow_ups_of = known.follow_ups

    @property
    def by_person(self) -> ByPerson:
        """What has been worked out of who has which."""
        return ByPerson(self._one_to_ones_of, self._follow_ups_of)

    # -- questions -------------------------------------------------------------------------

    def one_to_ones_of(self, person_id: str) -> tuple[OneToOne, ...]:
        """Return a person's one-to-ones, oldest first."""
        if self._one_to_ones_of is None:
            self._one_to_ones_of = _grouped(self.one_to_ones.values())
        known = self._one_to_ones_of.get(person_id, ())
        if known is None:  # they have changed since
            theirs = (one for one in self.one_to_ones.values() if one.person_id == person_id)
            known = self._one_to_ones_of[person_id] = _in_time(theirs)
        return known

    def follow_ups_of(self, person_id: str) -> tuple[FollowUp, ...]:
        """Return a person's follow-ups, as they were said."""
        if self._follow_ups_of is None:
            self._follow_ups_of = _grouped(self.follow_ups.values())
        known = self._follow_ups_of.get(person_id, ())
        if known is None:
            theirs = (f for f in self.follow_ups.values() if f.person_id == person_id)
            known = self._follow_ups_of[person_id] = _in_time(theirs)
        return known

    def born_in(self, one_to_one_id: str) -> tuple[FollowUp, ...]:
        """Return the follow-ups that were made in a one-to-one, as they were said."""
        one = self.one_to_ones.get(one_to_one_id)
        some = self.follow_ups.values() if one is None else self.follow_ups_of(one.person_id)
        return _in_time(f for f in some if f.born_in == one_to_one_id)

    def shelf_of(self, person_id: str) -> tuple[Topic, ...]:
        """Return the topics parked for a person and not yet raised, oldest first."""
        return tuple(
            sorted(
                (t for t in self.topics.get(person_id, ()) if not t.raised),
                key=lambda topic: (topic.on, topic.id),
            )
        )

    def picks_of(self, one_to_one_id: str) -> tuple[Pick, ...]:
        """Return the questions considered for a talk, in the order they are shown."""
        return tuple(sorted(self.picks.get(one_to_one_id, ()), key=lambda p: (p.position, p.id)))

    def page(self, one_to_one_id: str) -> Page:
        """Return a page that was looked at, an empty one otherwise."""
        return self.pages.get(one_to_one_id, Page())

    def current(self, change: Change) -> Record | None:
        """Return the record a change is about as it is now; None where it is not there."""
        record_id = change.record_id
        one_id = change.home.one_to_one_id or ""
        found: Record | None = None
        match change.after or change.before:
            case Person():
                found = self.people.get(record_id)
            case OneToOne():
                found = self.one_to_ones.get(record_id)
            case FollowUp():
                found = self.follow_ups.get(record_id)
            case Topic():
                shelf = self.topics.get(change.home.person_id, ())
                found = next((t for t in shelf if t.id == record_id), None)
            case Pick():
                found = next((p for p in self.picks.get(one_id, ()) if p.id == record_id), None)
            case Template():
                found = self.templates.get(record_id)
            case Question():
                found = self.questions.get(record_id)
            case Note():
                found = next((n for n in self.page(one_id).notes if n.id == record_id), None)
            case ChecklistItem():
                found = next((i for i in self.page(one_id).items if i.id == record_id), None)
            case Sending():
                found = next((s for s in self.page(one_id).sendings if s.id == record_id), None)
        return found

    # -- changes ---------------------------------------------------------------------------

    def rebased(self, change: Change, *, keep_both: bool = True) -> Change:
        """Return a change so that it does to the record of now what it did to the one it knew.

        A form that stood open knows the record as it was. What others changed in the meantime in
        other fields stays; of a text that both changed, both are kept.

        Args:
            change: The change.
            keep_both: Whether to; an undo leaves a text that others changed as they left it.
        """
        now = self.current(change)
        before, after = change.before, change.after
        if now is None or now == before:
            return change
        if before is None or after is None:
            return change._replace(before=now)
        pairs = zip(before._fields, before, after, strict=True)
        meant = {name: new for name, old, new in pairs if old != new}
        meant = _beside(before, meant, now)
        there = getattr(now, "text", None)
        if "text" in meant and there not in (getattr(before, "text", None), meant["text"]):
            ours = str(meant["text"])
            meant["text"] = both_texts(str(there), ours) if keep_both else str(there)
        if there != getattr(before, "text", None) and "side" in meant and keep_both:
            meant["side"] = Side.MINE  # nobody shares words they have not seen
        return change._replace(before=now, after=_replaced(now, meant))

    def apply(self, changes: Iterable[Change]) -> Journal:
        """Return the journal after these changes. Applying a change twice does no harm."""
        parts = _Parts(self)
        for change in changes:
            parts.put(change.home, change.record_id, change.after, change.before)
        return parts.journal()

    def adopt(self, contents: Iterable[Contents]) -> Journal:
        """Return the journal with these files as they stand on disk now."""
        parts = _Parts(self)
        for content in contents:
            parts.replace(content)
        return parts.journal()

    def without(self, homes: Iterable[Home]) -> Journal:
        """Return the journal without what lives in these files, which have gone."""
        parts = _Parts(self)
        for home in homes:
            parts.forget(home)
        return parts.journal()


class _Parts:
    """The parts of a journal while the next one is made; copies only what it touches."""

    def __init__(self, journal: Journal) -> None:
        self._known = journal.by_person
        self._changed: tuple[set[str], set[str]] = (set(), set())
        self._born: dict[Home, set[str]] | None = None
        self.people = dict(journal.people)
        self.one_to_ones = dict(journal.one_to_ones)
        self.follow_ups = dict(journal.follow_ups)
        self.topics = dict(journal.topics)
        self.pages = dict(journal.pages)
        self.picks = dict(journal.picks)
        self.templates = dict(journal.templates)
        self.questions = dict(journal.questions)
        self.read_only = set(journal.read_only)

    def journal(self) -> Journal:
        """Return the finished journal."""
        return Journal(
            self.people,
            self.one_to_ones,
            self.follow_ups,
            self.topics,
            self.pages,
            frozenset(self.read_only),
            picks=self.picks,
            templates=self.templates,
            questions=self.questions,
            by_person=ByPerson(
                _without(self._known.one_to_ones, self._changed[0]),
                _without(self._known.follow_ups, self._changed[1]),
            ),
        )

    def put(
        self, home: Home, record_id: str, after: Record | None, before: Record | None = None
    ) -> None:
        """Put one record in its place, or take it away where ``after`` is None."""
        record = after if after is not None else before
        match record:
            case Person():
                _put(self.people, record_id, after)
            case OneToOne():
                self._changed[0].add(home.person_id)
                _put(self.one_to_ones, record_id, after)
            case FollowUp():
                self._changed[1].add(home.person_id)
                if self._born is not None and after is not None:
                    self._born.setdefault(home, set()).add(record_id)
                _put(self.follow_ups, record_id, after)
            case Topic():
                shelf = self.topics.get(home.person_id, ())
                self.topics[home.person_id] = _put_in(shelf, record_id, after)
            case Pick():
                one_id = home.one_to_one_id or ""
                self.picks[one_id] = _put_in(self.picks.get(one_id, ()), record_id, after)
            case Template():
                _put(self.templates, record_id, after)
            case Question():
                _put(self.questions, record_id, after)
            case Note():
                self._put_on_page(home, "notes", record_id, after)
            case ChecklistItem():
                self._put_on_page(home, "items", record_id, after)
            case Sending():
                self._put_on_page(home, "sendings", record_id, after)
            case None:
                pass

    def _put_on_page(self, home: Home, part: str, record_id: str, after: Record | None) -> None:
        assert home.one_to_one_id is not None, "notes and items live in a one-to-one"
        page = self.pages.get(home.one_to_one_id, Page())
        records = _put_in(getattr(page, part), record_id, after)
        self.pages[home.one_to_one_id] = page._replace(**{part: records})

    def forget(self, home: Home) -> None:
        """Take away all that lives in one file."""
        self.read_only.discard(home)
        if home == OWN:
            self.templates.clear()
            self.questions.clear()
        elif home.one_to_one_id is None:
            self.people.pop(home.person_id, None)
            self.topics.pop(home.person_id, None)
        else:
            self._changed[0].add(home.person_id)
            self.one_to_ones.pop(home.one_to_one_id, None)
            self.picks.pop(home.one_to_one_id, None)
            self.pages.pop(home.one_to_one_id, None)
        if self._born is None:
            self._born = {}
            for follow_up in self.follow_ups.values():
                born = Home(follow_up.person_id, follow_up.born_in)
                self._born.setdefault(born, set()).add(follow_up.id)
        for follow_up_id in self._born.pop(home, ()):
            self._changed[1].add(home.person_id)
            self.follow_ups.pop(follow_up_id, None)

    def replace(self, contents: Contents) -> None:
        """Make one file's part of the journal what its contents say."""
        home = contents.home
        self.forget(home)
        if contents.is_read_only:
            self.read_only.add(home)
        if home.one_to_one_id is not None and contents.has_page:
            notes = tuple(r for r in contents.records if isinstance(r, Note))
            items = tuple(r for r in contents.records if isinstance(r, ChecklistItem))
            sendings = tuple(r for r in contents.records if isinstance(r, Sending))
            self.pages[home.one_to_one_id] = Page(items, notes, sendings)
        is_person = home.one_to_one_id is None
        topics = tuple(r for r in contents.records if isinstance(r, Topic) and is_person)
        if topics:
            self.topics[home.person_id] = topics  # at once: a shelf may be long
        for record in contents.records:
            if not isinstance(record, Note | ChecklistItem | Sending | Topic):
                self.put(home, record.id, record)


def _grouped(records: Iterable[_Dated]) -> dict[str, tuple[_Dated, ...] | None]:
    """Return records by the ids of the people, each in time."""
    groups: dict[str, list[_Dated]] = {}
    for record in records:
        groups.setdefault(record.person_id, []).append(record)
    return {person_id: _in_time(group) for person_id, group in groups.items()}


def _in_time(records: Iterable[_Dated]) -> tuple[_Dated, ...]:
    return tuple(sorted(records, key=_moment))


def _moment(record: OneToOne | FollowUp) -> tuple[datetime, str]:
    return (record.at if isinstance(record, OneToOne) else record.said, record.id)


def _without(
    groups: dict[str, tuple[_Dated, ...] | None] | None, changed: set[str]
) -> dict[str, tuple[_Dated, ...] | None] | None:
    """Return who has which, with what has changed to be worked out again; None where all has."""
    if groups is None or len(changed) > 1:
        return None
    return groups | dict.fromkeys(changed) if changed else groups


def _put(records: dict[str, _R], record_id: str, record: Record | None) -> None:
    """Put a record in a mapping, or take it out where it is None."""
    if record is None:
        records.pop(record_id, None)
    else:
        records[record_id] = cast("_R", record)


def _put_in(records: tuple[_R, ...], record_id: str, record: Record | None) -> tuple[_R, ...]:
    """Return a tuple of records with one replaced, added at the end or taken out."""
    if record is None:
        return tuple(r for r in records if r.id != record_id)
    new = cast("_R", record)
    if any(r.id == record_id for r in records):
        return tuple(new if r.id == record_id else r for r in records)
    return (*records, new)


def _beside(before: Record, meant: dict[str, Any], now: Record) -> dict[str, Any]:
    """Return what is meant, with lists that others changed meanwhile as both made them."""
    found = dict(meant)
    for name, new in meant.items():
        was, there = getattr(before, name), getattr(now, name)
        if there != was and isinstance(new, tuple) and not hasattr(new, "_fields"):
            found[name] = tuple(rejoined(was, new, there))
    return found


def _replaced(record: Record, fields: dict[str, Any]) -> Record:
    """Return a record with other values in some of its fields."""
    return record._replace(**fields)
