"""The demo journal: six invented people and half a year, always relative to today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from tui.domain.checklist import ChecklistItem, Template
from tui.domain.dates import parse_cadence
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.ids import uuid7
from tui.domain.journal import Change, Home
from tui.domain.notes import KIND_BY_KEY, Note, Side
from tui.domain.onetoones import Lead, OneToOne, Status
from tui.domain.people import CardLine, Person, Pronoun, Topic
from tui.domain.questions import Landed, Pick, Question
from tui.services.course import route_of
from tui.services.ports import Changes

_EPOCH_MS = 1_700_000_000_000


def demo_changes(
    data: Mapping[str, Any], template: Template, deck: Iterable[Question], today: date
) -> Changes:
    """Return the changes that make an empty journal the demo journal.

    Ids depend only on the place in the data, so that the demo is the same on each machine.

    Args:
        data: What the shipped file holds; all its dates are days from today.
        template: The checklist of every one-to-one.
        deck: The questions that ship with the program.
        today: The day the demo is opened.
    """
    return tuple(_Demo(data, template, deck, today).changes())


class _Demo:
    def __init__(
        self, data: Mapping[str, Any], template: Template, deck: Iterable[Question], today: date
    ) -> None:
        self._data = data
        self._template = template
        self._deck = {question.id: question for question in deck}
        self._today = today
        self._count = 0

    def _id(self) -> str:
        self._count += 1
        return uuid7(_EPOCH_MS + self._count, (self._count * 0x9E3779B97F4A7C15) & ((1 << 74) - 1))

    def _day(self, offset: int | None) -> date | None:
        return None if offset is None else self._today + timedelta(days=offset)

    def _at(self, offset: int, clock: str) -> datetime:
        return datetime.combine(self._today + timedelta(days=offset), time.fromisoformat(clock))

    def changes(self) -> Iterator[Change]:
        for data in self._data["people"]:
            yield from self._person(data)

    def _person(self, data: Mapping[str, Any]) -> Iterator[Change]:
        person = Person(
            self._id(),
            data["name"],
            data["role"],
            Pronoun(data["pronoun"]),
            parse_cadence(data["cadence"]),
            data["place"],
            data["helps"],
            tuple(self._card_line(line) for line in data["card"]),
            self._day(data["since"]),
            data["archived"],
        )
        home = Home(person.id)
        yield Change(home, None, person)
        ids = {one["key"]: self._id() for one in data["one_to_ones"]}
        for topic in data["shelf"]:
            day = self._day(topic["day"]) or self._today
            yield Change(home, None, Topic(self._id(), topic["text"], day))
        for one in data["one_to_ones"]:
            yield from self._one_to_one(person, one, ids)

    def _card_line(self, data: Mapping[str, Any]) -> CardLine:
        return CardLine(data["label"], data["text"], self._day(data["learned"]))

    def _one_to_one(
        self, person: Person, data: Mapping[str, Any], ids: Mapping[str, str]
    ) -> Iterator[Change]:
        at = self._at(data["day"], data["at"])
        took_place = data["status"] != Status.PLANNED
        one = OneToOne(
            ids[data["key"]],
            person.id,
            at,
            data["place"],
            Lead(data["lead"]),
            data["intention"],
            Status(data["status"]),
            at if took_place else None,
            at + timedelta(minutes=data["minutes"]) if took_place else None,
            route_of(data["route"]),
            data.get("carried", ""),
            data.get("useful", ""),
            thanks=data.get("thanks", ""),
            template=self._template.id,
        )
        home = Home(person.id, one.id)
        yield Change(home, None, one)
        ticked = set(data.get("ticked", ()))
        for place, item in enumerate(self._template.items, 1):
            done = at - timedelta(minutes=20 - place) if item.key in ticked else None
            yield Change(
                home,
                None,
                ChecklistItem(self._id(), item.text, item.phase, float(place), item.reason, done),
            )
        for place, said in enumerate(data.get("questions", ()), 1):
            yield Change(home, None, self._pick(said, float(place), at))
        for line in data["notes"]:
            yield Change(home, None, self._note(data["day"], line))
        for follow_up in data["follow_ups"]:
            yield Change(home, None, self._follow_up(person, one, data["day"], follow_up, ids))

    def _pick(self, said: str, place: float, at: datetime) -> Pick:
        """Return a question as the data names it: ``mind: landed``, or ``mind`` if not asked."""
        name, _, how = said.partition(": ")
        question = self._deck[name]
        went = {"landed": Landed.YES, "did not land": Landed.NO}.get(how, Landed.UNKNOWN)
        asked = at + timedelta(minutes=4 * int(place)) if how else None
        return Pick(
            self._id(),
            question.id,
            question.text,
            question.cue,
            question.moment,
            question.area,
            place,
            asked,
            went,
        )

    def _note(self, day: int, line: str) -> Note:
        clock, mark, text = line.split(" ", 2)
        kind = KIND_BY_KEY[mark[-1]]
        side = Side.MINE if mark.startswith("-") else kind.side
        return Note(self._id(), text, kind.id, self._at(day, clock), side)

    def _follow_up(
        self,
        person: Person,
        one: OneToOne,
        day: int,
        data: Mapping[str, Any],
        ids: Mapping[str, str],
    ) -> FollowUp:
        return FollowUp(
            self._id(),
            person.id,
            data["text"],
            Owner(data["owner"]),
            self._at(day, data["at"]),
            Stage(data["stage"]),
            self._day(data["due"]),
            data.get("cue", ""),
            one.id,
            tuple(ids[key] for key in data.get("touches", ())),
            self._day(data.get("closed")),
            data.get("reason", ""),
        )
