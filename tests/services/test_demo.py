"""The demo journal: whole and consistent, whatever day it is opened."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import pytest

from tests.services.test_notebook import Memory, notebook_in_memory
from tui.desk.shipped import questions, read_data, standard_template
from tui.domain.checklist import ChecklistItem, Phase, Template
from tui.domain.dates import say_due
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Home, Journal, Record
from tui.domain.notes import KIND_BY_ID, NOTE_KINDS, Note, Side
from tui.domain.onetoones import Lead, OneToOne, Status
from tui.domain.people import Person, Pronoun, Topic
from tui.domain.questions import Landed
from tui.domain.standing import standings
from tui.domain.text import clean_block, slug
from tui.services import deck
from tui.services.demo import demo_changes
from tui.services.outward import Format, summary_of, summary_text
from tui.services.ports import Changes

TODAYS = [
    date(2026, 11, 22),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2000, 2, 29),
    date(2027, 3, 28),  # clocks go forward in Europe
    date(2026, 10, 25),  # and back
    date(9990, 1, 1),
]
days = pytest.mark.parametrize("today", TODAYS, ids=str)


class Demo(NamedTuple):
    """The demo journal of one day."""

    today: date
    changes: Changes
    journal: Journal

    def all(self, kind: type[Any]) -> list[tuple[Home, Any]]:
        return [(c.home, c.after) for c in self.changes if isinstance(c.after, kind)]


@cache
def demo(today: date) -> Demo:
    changes = demo_changes(read_data("demo-journal.json"), standard_template(), questions(), today)
    return Demo(today, changes, Journal().apply(changes))


# -- whole ----------------------------------------------------------------------------------


@days
def test_everything_is_new_and_has_an_id_of_its_own(today: date) -> None:
    changes = demo(today).changes
    assert all(change.before is None and change.after is not None for change in changes)
    ids = [change.record_id for change in changes]
    assert len(set(ids)) == len(ids)
    assert all(len(made) == 36 and made[14] == "7" for made in ids)


def test_ids_are_the_same_on_each_machine_and_on_each_day() -> None:
    ids = [change.record_id for change in demo(TODAYS[0]).changes]
    for today in TODAYS[1:]:
        assert [change.record_id for change in demo(today).changes] == ids
    again = demo_changes(
        read_data("demo-journal.json"), standard_template(), questions(), TODAYS[0]
    )
    assert again == demo(TODAYS[0]).changes


@days
def test_every_record_lives_with_somebody_who_is_there(today: date) -> None:
    made = demo(today)
    journal = made.journal
    for change in made.changes:
        assert change.home.person_id in journal.people
        one_id = change.home.one_to_one_id
        if isinstance(change.after, Person | Topic):
            assert one_id is None
        elif isinstance(change.after, OneToOne | Note | ChecklistItem):
            assert one_id is not None
        if one_id is not None:
            assert journal.one_to_ones[one_id].person_id == change.home.person_id


@days
def test_follow_ups_were_born_and_touched_in_talks_that_are_there(today: date) -> None:
    made = demo(today)
    ones = made.journal.one_to_ones
    for home, follow_up in made.all(FollowUp):
        assert home == Home(follow_up.person_id, follow_up.born_in)
        born = ones[follow_up.born_in]
        assert born.took_place
        assert follow_up.said.date() == born.at.date()
        touches = [ones[touch] for touch in follow_up.touches]
        assert len(set(follow_up.touches)) == len(touches)
        assert [one.at for one in touches] == sorted(one.at for one in touches)
        for one in touches:
            assert one.person_id == follow_up.person_id
            assert one.took_place
            assert one.at > born.at


@days
def test_nothing_comes_before_its_time(today: date) -> None:
    made = demo(today)
    for _, one in made.all(OneToOne):
        assert one.took_place is (one.started is not None) is (one.ended is not None)
        if one.took_place:
            assert one.at.date() < today, "what took place is past"
            assert one.started == one.at < one.ended
            assert timedelta(minutes=10) <= one.ended - one.started <= timedelta(minutes=90)
        else:
            assert one.at.date() >= today, "what is planned is to come"
        person = made.journal.people[one.person_id]
        assert person.since is not None
        assert person.since <= one.at.date()
    for home, written in made.all(Note):
        one = made.journal.one_to_ones[home.one_to_one_id or ""]
        assert one.took_place
        assert one.at <= written.at
        assert written.at.date() == one.at.date()
    for home, item in made.all(ChecklistItem):
        if item.ticked is not None:
            one = made.journal.one_to_ones[home.one_to_one_id or ""]
            assert item.ticked.date() == one.at.date()
    for _, topic in made.all(Topic):
        assert topic.on <= today
        assert not topic.raised


@days
def test_follow_ups_are_closed_as_their_stage_says(today: date) -> None:
    for _, follow_up in demo(today).all(FollowUp):
        assert (follow_up.closed is not None) is not follow_up.is_open
        assert bool(follow_up.reason) is (follow_up.stage is Stage.LET_GO)
        if follow_up.closed is not None:
            assert follow_up.said.date() <= follow_up.closed <= today
        if follow_up.due is not None:
            assert follow_up.due >= follow_up.said.date()
        if follow_up.stage is Stage.AGREED:
            assert follow_up.due or follow_up.cue, "Agreed takes a when or a cue"


@days
def test_two_talks_with_one_person_never_overlap(today: date) -> None:
    journal = demo(today).journal
    for person_id in journal.people:
        ones = journal.one_to_ones_of(person_id)
        assert len({one.at.date() for one in ones}) == len(ones)


# -- rich -----------------------------------------------------------------------------------


def values(found: list[tuple[Home, Any]], name: str) -> set[object]:
    return {getattr(record, name) for _, record in found}


@days
def test_every_part_of_the_product_is_shown(today: date) -> None:
    made = demo(today)
    follow_ups, ones, people = made.all(FollowUp), made.all(OneToOne), made.all(Person)
    assert values(follow_ups, "stage") == set(Stage)
    assert values(follow_ups, "owner") == set(Owner)
    assert values(made.all(Note), "kind_id") == {kind.id for kind in NOTE_KINDS}
    assert values(made.all(Note), "side") == set(Side)
    assert values(ones, "lead") == set(Lead)
    assert values(ones, "status") == {Status.PLANNED, Status.CLOSED}
    assert len(values(ones, "place")) >= 3
    assert values(people, "pronoun") == set(Pronoun)
    assert None in values(people, "cadence")
    assert {phase for _, item in made.all(ChecklistItem) for phase in [item.phase]} == set(Phase)
    assert made.all(Topic)
    ours_made_mine = [
        n for _, n in made.all(Note) if n.side is Side.MINE and n.kind.side is Side.OURS
    ]
    assert ours_made_mine, "a note of a shared kind that is mine"


@days
def test_there_is_something_to_do_on_the_day_it_is_opened(today: date) -> None:
    made = demo(today)
    follow_ups = [follow_up for _, follow_up in made.all(FollowUp)]
    overdue = [f for f in follow_ups if f.is_overdue(today)]
    assert {f.owner for f in overdue} >= {Owner.ME, Owner.THEM}
    assert any(f.is_open and f.due is not None and f.due >= today for f in follow_ups)
    assert any(f.is_open and f.due is None for f in follow_ups)
    assert any(len(f.touches) >= 2 for f in follow_ups if f.is_open), "one that keeps coming up"
    found = standings(made.journal, today)
    said = Counter(
        "overdue" if "overdue" in standing.say_due() else standing.say_due() for standing in found
    )
    assert said["overdue"] >= 1
    assert said["due today"] >= 1
    assert said["no cadence"] >= 1
    assert sum(standing.i_owe for standing in found) >= 3
    assert sum(standing.they_owe for standing in found) >= 3
    assert all(standing.last is not None for standing in found)


def test_it_looks_the_same_every_day() -> None:
    """All its dates are counted from today, so that the words on the screen do not change."""

    def looks(today: date) -> list[object]:
        made = demo(today)
        return [
            [
                (s.person.name, s.days_left, s.days_since, s.i_owe, s.they_owe)
                for s in standings(made.journal, today)
                if s.person.cadence is None or s.person.cadence.unit != "month"
            ],
            [
                (f.text, (f.due - today).days if f.due else None, say_due(f.due, today)[:7])
                for _, f in made.all(FollowUp)
                if f.is_overdue(today)
            ],
        ]

    assert [looks(today) for today in TODAYS] == [looks(TODAYS[0])] * len(TODAYS)


# -- words ----------------------------------------------------------------------------------


def words_of(record: Record) -> list[str]:
    found = [value for value in record if isinstance(value, str)]
    if isinstance(record, Person):
        found += [part for line in record.card for part in line[:2]]
    return found


def test_every_word_in_it_is_clean_and_somebodys() -> None:
    for change in demo(TODAYS[0]).changes:
        assert change.after is not None
        for text in words_of(change.after):
            assert text == clean_block(text)
            assert not any(bad in text for bad in ("[@", "\x1b", "�", "TODO", "xxx", "lorem"))
            assert all(c.isprintable() or c == "\n" for c in text)
        record = change.after
        if isinstance(record, Person):
            assert record.name
            assert record.role
        elif not isinstance(record, OneToOne | Template):
            assert record.text


def test_people_can_be_told_apart_by_name_and_by_folder() -> None:
    people = [person for _, person in demo(TODAYS[0]).all(Person)]
    assert 5 <= len(people) <= 15
    assert len({person.first_name for person in people}) == len(people)
    assert len({slug(person.name) for person in people}) == len(people)


def test_no_two_follow_ups_of_one_person_say_the_same() -> None:
    said = Counter((f.person_id, f.text) for _, f in demo(TODAYS[0]).all(FollowUp))
    assert [text for text, count in said.items() if count > 1] == []


@pytest.mark.parametrize("form", Format)
def test_every_talk_of_the_demo_can_be_summed_up_without_what_is_mine(form: Format) -> None:
    journal = demo(TODAYS[0]).journal
    held = 0
    for one in journal.one_to_ones.values():
        page = journal.page(one.id)
        text = summary_text(summary_of(journal, one, page), form)
        held += len(page.mine)
        for written in page.notes:
            lines = written.text.split("\n")
            if written.is_mine:
                assert not any(line in text for line in lines)
            elif form is Format.PLAIN and KIND_BY_ID[written.kind_id].section:
                assert all(line in text for line in lines)
    assert held > 20


def test_the_data_is_read_whole() -> None:
    """Every key of the file is one the program knows: a misspelt one would be lost silently."""
    data = read_data("demo-journal.json")
    known = {
        "person": {
            "key", "name", "role", "pronoun", "cadence", "place", "since", "helps", "card",
            "archived", "shelf", "one_to_ones",
        },
        "one": {
            "key", "day", "at", "minutes", "place", "route", "lead", "intention", "status",
            "carried", "useful", "thanks", "ticked", "questions", "notes", "follow_ups",
        },
        "follow-up": {
            "key", "text", "owner", "stage", "due", "at", "closed", "cue", "touches", "reason",
        },
    }  # fmt: skip
    template = {item.key for item in standard_template().items}
    keys: Counter[str] = Counter()
    for person in data["people"]:
        keys[person["key"]] += 1
        assert set(person) <= known["person"]
        for one in person["one_to_ones"]:
            keys[one["key"]] += 1
            assert set(one) <= known["one"]
            assert set(one.get("ticked", ())) <= template, "a tick of an item that is not there"
            said = [line.partition(": ") for line in one.get("questions", ())]
            assert len(said) <= deck.AT_MOST
            assert {name for name, _, _ in said} <= {question.id for question in questions()}
            assert {how for _, _, how in said} <= {"", "asked", "landed", "did not land"}
            for follow_up in one["follow_ups"]:
                keys[follow_up["key"]] += 1
                assert set(follow_up) <= known["follow-up"]
    assert [key for key, count in keys.items() if count > 1] == []


def test_nobody_in_the_demo_is_asked_the_same_again_within_two_months() -> None:
    journal = demo(TODAYS[0]).journal
    last: dict[tuple[str, str], date] = {}
    asked = []
    for one in sorted(journal.one_to_ones.values(), key=lambda one: one.at):
        for pick in journal.picks_of(one.id):
            assert pick.asked is None or one.took_place
            if pick.asked is None:
                continue
            key, day = (one.person_id, pick.question_id), pick.asked.date()
            assert key not in last or (day - last[key]).days >= deck.RESTS, pick.question_id
            last[key] = day
            asked.append(pick)
    assert {pick.landed for pick in asked} == set(Landed)


def test_it_is_seeded_as_one_thing_that_cannot_be_undone() -> None:
    memory = Memory()
    notebook = notebook_in_memory(memory=memory)
    notebook.seed(demo(TODAYS[0]).changes)
    assert [number for number, _ in memory.acts] == [1]
    assert notebook.undo() is None
    assert len(notebook.journal.people) == len(read_data("demo-journal.json")["people"])


def test_an_unknown_kind_in_the_data_is_an_error_not_a_silent_loss() -> None:
    data = json.loads(json.dumps(read_data("demo-journal.json")))
    data["people"][0]["one_to_ones"][0]["notes"].append("14:59 % what is this")
    with pytest.raises(KeyError):
        demo_changes(data, standard_template(), questions(), TODAYS[0])
