"""A glance at a journal: who there is, when you talked, what you owe. Nothing else is read.

A line in a prompt has to be there before it is missed, so this looks at nothing but the digest's
front, and in it at the few fields that such a line turns on. It sees what `JournalFolder.load`
would, or it says that it cannot tell: where anything has changed since the digest was saved, is
damaged, is newer, or waits in a log to be filed, the journal is to be opened.
"""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import Any, NamedTuple

from tui.domain.dates import parse_cadence
from tui.domain.followups import OPEN_STAGES, OWED_BY_ME, OWED_BY_THEM, Owner, Stage
from tui.domain.onetoones import Move, Mover, OneToOne, Status
from tui.domain.people import Excuse, Person, Pronoun, Skip
from tui.domain.standing import Standing, standing_of, talk_left_open
from tui.errors import AlongsideError
from tui.store.digest import front_lines
from tui.store.files import Document, parse, read_bytes
from tui.store.migrations import SCHEMA, schema_of
from tui.store.names import DIGEST_FOLDER, JOURNAL_FILE, PEOPLE_FOLDER


class Glimpse(NamedTuple):
    """What a glance sees of one person. Of the records, only what says when you talk is there."""

    person: Person
    one_to_ones: tuple[OneToOne, ...]
    """The last ones and all to come, oldest first."""
    owed: tuple[date | None, ...]
    """The days of what the manager owes, None for what has none."""
    they_owe: int = 0
    """How much they owe."""

    def standing(self, now: datetime) -> Standing:
        """Return where the manager stands with this person, as the whole journal would tell."""
        today = now.date()
        waits = talk_left_open(self.one_to_ones, now) is not None
        standing = standing_of(self.person, self.one_to_ones, (), today, awaits_debrief=waits)
        late = sorted(day for day in self.owed if day is not None and day < today)
        return standing._replace(i_owe=len(self.owed), they_owe=self.they_owe, late=tuple(late))


def glance(journal: str, state: str) -> tuple[Glimpse, ...] | None:
    """Return what there is to see of everybody, the archived included; None where it cannot tell.

    Args:
        journal: The journal's folder.
        state: The folder of what this machine keeps about it.
    """
    try:
        return _glance(journal, state)
    except (OSError, AlongsideError, ValueError, TypeError, KeyError, AttributeError):
        return None  # whoever opens the journal will say what is wrong


def _glance(journal: str, state: str) -> tuple[Glimpse, ...] | None:
    logs = (name for name in os.listdir(state) if name.endswith(".log"))
    if any(_awaits_filing(os.path.join(state, name)) for name in logs):
        return None
    data, _ = read_bytes(os.path.join(journal, JOURNAL_FILE))
    if schema_of(parse(data, JOURNAL_FILE)) > SCHEMA:
        return None
    people = os.path.join(journal, PEOPLE_FOLDER)
    with os.scandir(people) as entries:
        folders = {entry.name for entry in entries if entry.is_dir()}
    fronts = front_lines(os.path.join(state, DIGEST_FOLDER))
    if {name for name, _, _ in fronts} != folders:
        return None
    found: dict[str, Glimpse] = {}
    for name, time, lines in fronts:
        if not time or os.stat(os.path.join(people, name)).st_mtime_ns != time:
            return None
        glimpse = _glimpse(lines)
        if glimpse is None or glimpse.person.id in found:
            return None
        found[glimpse.person.id] = glimpse
    return tuple(found.values())


def _awaits_filing(log: str) -> bool:
    """Return whether a log holds what may be in no file yet.

    A running app has a log as well; half-typed lines are no matter here.
    """
    awaits = False
    for line in read_bytes(log)[0].split(b"\n"):
        if line == b'{"filed": true}':
            awaits = False
        elif line.strip(b"\0 \t\r") and not line.startswith(b'{"draft"'):
            awaits = True
    return awaits


def _glimpse(lines: list[Any]) -> Glimpse | None:
    """Return what is seen of the person whose files these are; None where they are of several."""
    people: list[Person] = []
    ones: list[OneToOne] = []
    owed: list[date | None] = []
    they_owe = 0
    owner = lines[0][2] if lines else None
    for _, _, person_id, one_id, tables in lines:
        if person_id != owner:
            return None
        if one_id is None:
            people += [_person(*row) for row in tables["person"].items()]
        else:
            ones += [_one_to_one(key, owner, d) for key, d in tables["one_to_one"].items()]
        promises = [d for d in tables.get("follow_ups", {}).values() if _is_open(d)]
        owners = [Owner(document["owner"]) for document in promises]
        they_owe += sum(owner in OWED_BY_THEM for owner in owners)
        owed += [
            _day(d.get("due")) for d, o in zip(promises, owners, strict=True) if o in OWED_BY_ME
        ]
    if len(people) != 1 or people[0].id != owner:
        return None
    ones.sort(key=lambda one: (one.at, one.id))
    return Glimpse(people[0], tuple(ones), tuple(owed), they_owe)


def _person(person_id: str, document: Document) -> Person:
    return Person(
        person_id,
        document["name"],
        pronoun=Pronoun(document.get("pronoun", Pronoun.THEY)),
        cadence=parse_cadence(document.get("cadence", "")),
        since=_day(document.get("since")),
        archived=document.get("archived", False),
        skips=tuple(
            Skip(
                date.fromisoformat(skip["due"]), Excuse(skip["why"]), date.fromisoformat(skip["on"])
            )
            for skip in document.get("skips", ())
        ),
    )


def _one_to_one(one_id: str, person_id: str, document: Document) -> OneToOne:
    started, ended = document.get("started"), document.get("ended")
    return OneToOne(
        one_id,
        person_id,
        _moment(document["at"]),
        status=Status(document.get("status", Status.PLANNED)),
        started=None if started is None else _moment(started),
        ended=None if ended is None else _moment(ended),
        cue=document.get("cue", ""),
        moves=tuple(
            Move(Mover(m["by"]), _moment(m["was"]), date.fromisoformat(m["on"]))
            for m in document.get("moves", ())
        ),
    )


def _is_open(document: Document) -> bool:
    return Stage(document.get("stage", Stage.CAPTURED)) in OPEN_STAGES


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(value).replace(tzinfo=None)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
