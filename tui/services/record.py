"""Everything there is about one person: the answer to somebody who asks what is kept about them.

This is the one text in which there is what is *mine*, so it is not made in `tui.services.outward`,
which must never hold any of that, and nothing on the way out may import it: an import contract has
it that only the command which is asked for it by name does (`tui.shell.records`). Each note says
which side it is on, so that what is the manager's alone can be told from what both have seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from tui.domain.followups import FollowUp
from tui.domain.journal import Journal, Page
from tui.domain.naming import Name
from tui.domain.notes import Note, kind_of
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.services.history import history_of
from tui.services.ports import Draft

FORMAT = 1
PRIVATE = (
    "Private. It holds all that is kept about {name}, also what is yours alone (marked “mine”), "
    "and lines from your notes about others. Read it before you give it to anybody."
)


class Place(NamedTuple):
    """A place in what is kept about others where the person is named."""

    file: str
    whose: str
    day: str
    what: str
    """The kind of record, and the field."""
    text: str


class Material(NamedTuple):
    """What the record is made from."""

    journal: Journal
    person: Person
    pages: Mapping[str, Page | None]
    """By the ids of the one-to-ones; None where a file cannot be read."""
    files: Mapping[str, str]
    """Where each one-to-one is, and the person, by their ids: paths within the journal."""
    drafts: tuple[tuple[Draft, str], ...]
    """What is half-typed, each with where it is kept."""
    aside: tuple[str, ...]
    """Damaged files and copies that were set aside, by their paths."""
    copies: tuple[str, ...]
    """Other files in the person's folders, such as copies that a sync has left, by their paths."""
    versions: int
    """How many earlier versions of these files are kept."""
    mentions: tuple[Place, ...]
    now: datetime

    @property
    def ones(self) -> tuple[OneToOne, ...]:
        """All one-to-ones, oldest first."""
        return self.journal.one_to_ones_of(self.person.id)

    @property
    def unreadable(self) -> tuple[OneToOne, ...]:
        """The one-to-ones that are in it without what was written there."""
        return tuple(one for one in self.ones if self.pages.get(one.id) is None)

    @property
    def private(self) -> str:
        """What to say to whoever has this before them."""
        return PRIVATE.format(name=self.person.name)

    def others_named(self) -> tuple[str, ...]:
        """Return who else of the journal is named in it: to be thought of before it is passed on.

        It finds too much rather than too little.
        """
        kept = _all_json(self)
        parts = ("person", "one_to_ones", "follow_ups", "shelf", "drafts")
        texts = [text for part in parts for text in _texts(kept[part])]
        texts += [mention.text for mention in self.mentions]
        others = (p for p in self.journal.people.values() if p.id != self.person.id)
        named = (p.name for p in others if any(map(Name(p.name).is_in, texts)))
        return tuple(sorted(named))


def notes_of(page: Page) -> tuple[Note, ...]:
    """Return all notes of a page, ours and mine, as they were written."""
    return tuple(sorted(page.notes, key=lambda note: (note.at, note.id)))


# -- as JSON -------------------------------------------------------------------------------


def record_json(material: Material) -> dict[str, Any]:
    """Return the record as JSON: every field of every record, under the names the files use."""
    return {
        "alongside_record": FORMAT,
        "private": material.private,
        "made": material.now.isoformat(timespec="minutes"),
        "others_named": list(material.others_named()),
        **_all_json(material),
    }


def _all_json(material: Material) -> dict[str, Any]:
    person, journal = material.person, material.journal
    shelf = sorted(journal.topics.get(person.id, ()), key=lambda topic: (topic.on, topic.id))
    own = (f for f in journal.follow_ups_of(person.id) if f.born_in is None)
    return {
        "person": _fields(person) | {"file": material.files.get(person.id, "")},
        "one_to_ones": [_one_json(material, one) for one in material.ones],
        "follow_ups": [follow_up_json(journal, follow_up) for follow_up in own],
        "shelf": [_plain(topic) for topic in shelf],
        "drafts": [
            {"text": d.text, "kind": d.kind_id, "side": d.side, "place": d.place, "file": file}
            for d, file in material.drafts
        ],
        "set_aside": list(material.aside),
        "other_files": list(material.copies),
        "earlier_versions": material.versions,
        "mentions": [mention._asdict() for mention in material.mentions],
    }


def _one_json(material: Material, one: OneToOne) -> dict[str, Any]:
    page, journal = material.pages.get(one.id), material.journal
    notes = notes_of(page) if page else ()
    items = sorted(page.items, key=lambda i: (i.phase, i.position, i.id)) if page else []
    sendings = sorted(page.sendings) if page else []
    return _fields(one) | {
        "file": material.files.get(one.id, ""),
        "is_readable": page is not None,
        "notes": [_note_json(note) for note in notes],
        "checklist": [_plain(item) for item in items],
        "questions": [_plain(pick) for pick in journal.picks_of(one.id)],
        "follow_ups": [follow_up_json(journal, f) for f in journal.born_in(one.id)],
        "sent": [_plain(sending) for sending in sendings],
    }


def _note_json(note: Note) -> dict[str, Any]:
    side = "mine" if note.is_mine else "ours"
    return _fields(note) | {"kind": kind_of(note.kind_id).label, "side": side}


def follow_up_json(journal: Journal, follow_up: FollowUp) -> dict[str, Any]:
    """Return a follow-up with its history."""
    events = history_of(journal, follow_up)
    return _fields(follow_up) | {"history": [_plain(event) for event in events]}


def _fields(record: Any) -> dict[str, Any]:
    """Return a record as a JSON object."""
    return {name: _plain(getattr(record, name)) for name in record._fields}


def _plain(value: Any) -> Any:
    """Return a value of the domain as JSON knows it: records and all they hold as objects."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        said = value.say() if hasattr(value, "say") else None
        return said or _fields(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in inner for text in _texts(item)]
