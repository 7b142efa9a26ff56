"""The journal: how it changes, how changes are taken back, and how two windows get on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW
from tui.domain.checklist import ChecklistItem, Phase, Template
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import OWN, Change, Contents, Home, Journal, Page, Record
from tui.domain.notes import Note, Side
from tui.domain.onetoones import Lead, OneToOne, Status
from tui.domain.people import Person, Topic
from tui.domain.questions import Moment, Pick, Question
from tui.domain.text import JOINER

TODAY = NOW.date()
OPEN = Moment.OPEN
PERSON = Home("p1")
TALK = Home("p1", "t1")

# A small world: each slot is one record that may be there, and what each of its variants says.
Slot = tuple[Home, Callable[[int], Record]]


def _slots(person_id: str) -> list[Slot]:
    person = Home(person_id)

    def of_person(name: str) -> list[Slot]:
        return [
            (person, lambda v: Person(person_id, f"{name} {v}", role=str(v))),
            *(
                (person, lambda v, n=n: Topic(f"{person_id}-s{n}", str(v), TODAY, raised=v == 2))
                for n in range(2)
            ),
            (person, lambda v: follow_up(person_id, None, v)),
        ]

    def of_talk(one_id: str) -> list[Slot]:
        home = Home(person_id, one_id)
        at = NOW + timedelta(days=int(one_id[-1]))
        return [
            (home, lambda v: OneToOne(one_id, person_id, at, f"place {v}")),
            (home, lambda v: Note(f"{one_id}-n0", str(v), "heard", at, Side.OURS)),
            (home, lambda v: Note(f"{one_id}-n1", str(v), "feeling", at, Side.MINE)),
            (home, lambda v: ChecklistItem(f"{one_id}-i0", str(v), Phase.BEFORE, float(v))),
            (home, lambda v: follow_up(person_id, one_id, v)),
            *(
                (home, lambda v, n=n: Pick(f"{one_id}-k{n}", "q", str(v), "", OPEN, "", float(v)))
                for n in range(2)
            ),
        ]

    return of_person(person_id) + of_talk(f"{person_id}-t1") + of_talk(f"{person_id}-t2")


def follow_up(person_id: str, born_in: str | None, variant: int) -> FollowUp:
    made_in = born_in or person_id
    return FollowUp(f"{made_in}-f", person_id, str(variant), Owner.ME, NOW, born_in=born_in)


SLOTS = [slot for person_id in ("p1", "p2") for slot in _slots(person_id)] + [
    (OWN, lambda v: Template("m", f"title {v}", (), is_own=True)),
    (OWN, lambda v: Question("q", str(v), is_own=True)),
]
STEPS = st.lists(st.tuples(st.sampled_from(SLOTS), st.sampled_from([None, 0, 1, 2])), max_size=25)


def changes_of(steps: Iterable[tuple[Slot, int | None]], start: Journal) -> list[Change]:
    """Return steps as changes such as the use cases make: each knows what was there before it."""
    journal = start
    made = []
    for (home, make), variant in steps:
        before = journal.current(Change(home, None, make(0)))
        after = None if variant is None else make(variant)
        if before is None and after is None:
            continue
        change = Change(home, before, after)
        made.append(change)
        journal = journal.apply([change])
    return made


def facts(journal: Journal) -> dict[tuple[Home, str, str], Record]:
    """Return every record a journal holds, by where it is: what order there is aside."""
    found: dict[tuple[Home, str, str], Record] = {}

    def put(home: Home, record: Record) -> None:
        key = (home, type(record).__name__, record.id)
        assert key not in found, "one record is there twice"
        found[key] = record

    for person in journal.people.values():
        put(Home(person.id), person)
    for one in journal.one_to_ones.values():
        put(Home(one.person_id, one.id), one)
    for made in journal.follow_ups.values():
        put(Home(made.person_id, made.born_in), made)
    for person_id, shelf in journal.topics.items():
        for topic in shelf:
            put(Home(person_id), topic)
    for one_id, page in journal.pages.items():
        home = Home(one_id.partition("-")[0], one_id)
        for item in page.items:
            put(home, item)
        for note in page.notes:
            put(home, note)
    for one_id, picks in journal.picks.items():
        for pick in picks:
            put(Home(one_id.partition("-")[0], one_id), pick)
    for template in journal.templates.values():
        put(OWN, template)
    for question in journal.questions.values():
        put(OWN, question)
    return found


def by_key(records: Mapping[tuple[Home, str, str], Record]) -> dict[Home, tuple[Record, ...]]:
    homes: dict[Home, list[Record]] = {home: [] for home, _, _ in records}
    for (home, _, _), record in records.items():
        homes[home].append(record)
    return {home: tuple(found) for home, found in homes.items()}


def started_from(steps: Iterable[tuple[Slot, int | None]]) -> Journal:
    return Journal().apply(changes_of(steps, Journal()))


# -- applying and taking back ---------------------------------------------------------------


@settings(deadline=None, max_examples=50)
@given(STEPS, STEPS)
def test_changes_taken_back_in_reverse_leave_everything_as_it_was(
    first: list[tuple[Slot, int | None]], then: list[tuple[Slot, int | None]]
) -> None:
    start = started_from(first)
    changes = changes_of(then, start)
    after = start.apply(changes)
    back = after.apply(change.reversed() for change in reversed(changes))
    assert facts(back) == facts(start)
    assert facts(back.apply(changes)) == facts(after), "and done again"


@settings(deadline=None, max_examples=50)
@given(STEPS, STEPS)
def test_what_is_applied_is_what_a_plain_mapping_would_hold(
    first: list[tuple[Slot, int | None]], then: list[tuple[Slot, int | None]]
) -> None:
    start = started_from(first)
    changes = changes_of(then, start)
    expected = facts(start)
    for change in changes:
        record = change.after or change.before
        key = (change.home, type(record).__name__, change.record_id)
        expected.pop(key, None)
        if change.after is not None:
            expected[key] = change.after
    assert facts(start.apply(changes)) == expected


@settings(deadline=None, max_examples=50)
@given(STEPS)
def test_applying_twice_does_no_harm(steps: list[tuple[Slot, int | None]]) -> None:
    changes = changes_of(steps, Journal())
    once = Journal().apply(changes)
    assert facts(once.apply(changes)) == facts(once)
    stuttering = Journal().apply(change for change in changes for _ in range(2))
    assert facts(stuttering) == facts(once)


@settings(deadline=None, max_examples=50)
@given(STEPS, STEPS)
def test_a_journal_never_changes_itself(
    first: list[tuple[Slot, int | None]], then: list[tuple[Slot, int | None]]
) -> None:
    start = started_from(first)
    before = facts(start)
    start.apply(changes_of(then, start))
    start.adopt([Contents(PERSON, (), True), Contents(Home("p1", "p1-t1"), ())])
    start.without(by_key(before))
    assert facts(start) == before
    assert start.read_only == frozenset()


@settings(deadline=None, max_examples=50)
@given(STEPS)
def test_one_change_at_a_time_is_the_same_as_all_at_once(
    steps: list[tuple[Slot, int | None]],
) -> None:
    changes = changes_of(steps, Journal())
    journal = Journal()
    for change in changes:
        journal = journal.apply([change])
    assert facts(journal) == facts(Journal().apply(changes))


@pytest.mark.parametrize(
    "record",
    [
        Person("x", "Dana"),
        Topic("x", "the talk", TODAY),
        OneToOne("x", "p1", NOW),
        ChecklistItem("x", "breathe", Phase.CLOSE, 1.0),
        Note("x", "a word", "heard", NOW, Side.OURS),
        FollowUp("x", "p1", "the book", Owner.ME, NOW),
    ],
    ids=lambda record: type(record).__name__,
)
def test_every_record_comes_becomes_and_goes(record: Record) -> None:
    home = TALK if isinstance(record, ChecklistItem | Note) else PERSON
    come, go = Change(home, None, record), Change(home, record, None)
    assert come.record_id == go.record_id == "x"
    assert come.reversed() == go
    assert go.reversed().reversed() == go
    there = Journal().apply([come])
    assert there.current(come) is record
    assert there.current(go) is record
    assert Journal().current(go) is None
    gone = there.apply([go])
    assert gone.current(go) is None
    assert facts(gone) == {}
    assert facts(gone.apply([go])) == {}, "what has gone can go again"


def test_a_changed_note_keeps_its_place_on_the_page() -> None:
    notes = [Note(str(n), f"note {n}", "heard", NOW, Side.OURS) for n in range(3)]
    journal = Journal().apply(Change(TALK, None, note) for note in notes)
    after = notes[1]._replace(text="better words")
    journal = journal.apply([Change(TALK, notes[1], after)])
    assert journal.page("t1").notes == (notes[0], after, notes[2])


# -- a change that meets another's ----------------------------------------------------------

BASES: tuple[tuple[Home, Record, dict[str, Any]], ...] = (
    (
        PERSON,
        Person("x", "Dana"),
        {"name": "Dana O.", "role": "staff", "helps": "time", "archived": True},
    ),
    (PERSON, Topic("x", "talk", TODAY), {"text": "the talk", "raised": True, "born_in": "t1"}),
    (
        TALK,
        OneToOne("x", "p1", NOW),
        {
            "place": "call",
            "lead": Lead.ME,
            "status": Status.CLOSED,
            "started": NOW,
            "route": ("sea",),
        },
    ),
    (
        TALK,
        ChecklistItem("x", "breathe", Phase.BEFORE, 1.0),
        {"text": "breathe out", "position": 2.0, "reason": "calm", "ticked": NOW},
    ),
    (
        TALK,
        Note("x", "a word", "heard", NOW, Side.OURS),
        {"text": "two words", "kind_id": "need", "side": Side.MINE, "at": datetime(2026, 1, 1)},
    ),
    (
        PERSON,
        FollowUp("x", "p1", "book", Owner.ME, NOW),
        {
            "text": "the book",
            "owner": Owner.BOTH,
            "stage": Stage.AGREED,
            "due": TODAY,
            "cue": "when",
        },
    ),
)


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(BASES), st.data())
def test_fields_that_others_changed_stay(
    base: tuple[Home, Record, dict[str, Any]], data: st.DataObject
) -> None:
    """Whatever two windows change in one record, only a field both changed is decided by one."""
    home, before, values = base
    fields = st.sets(st.sampled_from(sorted(values)))
    mine, theirs = data.draw(fields), data.draw(fields)
    others = before._replace(**{name: values[name] for name in theirs})
    after = before._replace(**{name: values[name] for name in mine})
    now = Journal().apply([Change(home, None, others)])
    rebased = now.rebased(Change(home, before, after))
    expected = before._replace(**{name: values[name] for name in mine | theirs})
    assert rebased.after == expected
    assert rebased.before == others, "so that undo takes back only what was mine"
    there = now.apply([rebased])
    undone = there.apply([there.rebased(Change(home, before, after).reversed())])
    left = {name: values[name] for name in theirs - mine}
    if "side" in mine and "text" in theirs - mine:
        left["side"] = Side.MINE  # the words are another's: what was mine is not taken back
    assert undone.current(rebased) == before._replace(**left)


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(BASES), st.data())
def test_of_a_field_changed_on_both_sides_the_last_counts_and_of_a_text_both(
    base: tuple[Home, Record, dict[str, Any]], data: st.DataObject
) -> None:
    home, before, values = base
    name = data.draw(st.sampled_from(sorted(n for n, v in values.items() if type(v) is str)))
    theirs: dict[str, Any] = {name: f"{values[name]} of theirs"}
    mine: dict[str, Any] = {name: f"{values[name]} of mine"}
    others, after = before._replace(**theirs), before._replace(**mine)
    now = Journal().apply([Change(home, None, others)])
    rebased = now.rebased(Change(home, before, after))
    expected = f"{theirs[name]}{JOINER}{mine[name]}" if name == "text" else mine[name]
    assert getattr(rebased.after, name) == expected
    undone = now.rebased(Change(home, before, after), keep_both=False)
    assert undone.after == (others if name == "text" else after)


@pytest.mark.parametrize("base", BASES, ids=[type(base[1]).__name__ for base in BASES])
def test_deleting_what_others_changed_can_bring_their_version_back(
    base: tuple[Home, Record, dict[str, Any]],
) -> None:
    home, before, values = base
    others = before._replace(**values)
    now = Journal().apply([Change(home, None, others)])
    deletion = now.rebased(Change(home, before, None))
    gone = now.apply([deletion])
    assert gone.current(deletion) is None
    assert gone.apply([deletion.reversed()]).current(deletion) == others


@pytest.mark.parametrize("base", BASES, ids=[type(base[1]).__name__ for base in BASES])
def test_a_change_of_what_others_deleted_keeps_the_words(
    base: tuple[Home, Record, dict[str, Any]],
) -> None:
    home, before, values = base
    change = Change(home, before, before._replace(**values))
    assert Journal().rebased(change) == change
    assert Journal().apply([change]).current(change) == change.after


@settings(deadline=None, max_examples=50)
@given(STEPS, st.sampled_from(SLOTS), st.sampled_from([0, 1, 2]))
def test_a_change_that_knows_how_things_are_is_left_alone(
    steps: list[tuple[Slot, int | None]], slot: Slot, variant: int
) -> None:
    journal = started_from(steps)
    for change in changes_of([(slot, variant)], journal):
        assert journal.rebased(change) == change


# -- files that come and go -----------------------------------------------------------------


@settings(deadline=None, max_examples=50)
@given(STEPS, STEPS, st.sets(st.sampled_from([home for home, _ in SLOTS])))
def test_adopting_files_makes_their_part_what_they_say(
    first: list[tuple[Slot, int | None]],
    on_disk: list[tuple[Slot, int | None]],
    homes: set[Home],
) -> None:
    start, disk = started_from(first), facts(started_from(on_disk))
    files = by_key(disk)
    after = start.adopt(Contents(home, files.get(home, ())) for home in homes)
    expected = {key: record for key, record in facts(start).items() if key[0] not in homes}
    expected |= {key: record for key, record in disk.items() if key[0] in homes}
    assert facts(after) == expected
    again = after.adopt(Contents(home, files.get(home, ())) for home in homes)
    assert facts(again) == expected


@settings(deadline=None, max_examples=50)
@given(STEPS, st.sets(st.sampled_from([home for home, _ in SLOTS])))
def test_files_that_have_gone_take_with_them_only_what_was_in_them(
    steps: list[tuple[Slot, int | None]], homes: set[Home]
) -> None:
    start = started_from(steps)
    expected = {key: record for key, record in facts(start).items() if key[0] not in homes}
    assert facts(start.without(homes)) == expected
    assert facts(start.without(homes).without(homes)) == expected


def test_a_file_read_without_its_page_is_read_again_when_looked_at() -> None:
    one = OneToOne("t1", "p1", NOW)
    note = Note("n", "old words", "heard", NOW, Side.OURS)
    journal = Journal().adopt([Contents(TALK, (one, note))])
    assert journal.page("t1").notes == (note,)
    journal = journal.adopt([Contents(TALK, (one._replace(place="call"),), has_page=False)])
    assert "t1" not in journal.pages
    assert journal.page("t1") == Page()
    assert journal.one_to_ones["t1"].place == "call"


def test_a_file_of_a_newer_version_is_known_as_one_until_it_is_not() -> None:
    journal = Journal().adopt([Contents(TALK, (), is_read_only=True), Contents(PERSON, ())])
    assert journal.read_only == {TALK}
    assert journal.apply([Change(PERSON, None, Person("p1", "Dana"))]).read_only == {TALK}
    assert journal.adopt([Contents(TALK, ())]).read_only == frozenset()
    assert journal.without([TALK]).read_only == frozenset()


# -- questions ------------------------------------------------------------------------------


def test_a_persons_one_to_ones_are_theirs_and_oldest_first() -> None:
    ones = {
        name: OneToOne(name, person, NOW + timedelta(days=offset))
        for name, person, offset in [
            ("c", "p1", 3),
            ("a", "p1", -9),
            ("x", "p2", 0),
            ("b", "p1", -9),
        ]
    }
    assert [one.id for one in Journal(one_to_ones=ones).one_to_ones_of("p1")] == ["a", "b", "c"]


def test_what_was_born_in_a_talk_stands_as_it_was_said() -> None:
    def said(name: str, minutes: int, born_in: str | None = "t1") -> FollowUp:
        at = NOW + timedelta(minutes=minutes)
        return FollowUp(name, "p1", "x", Owner.ME, at, born_in=born_in, touches=("t2",))

    made = [said("z", 1), said("a", 3), said("m", 2), said("o", 0, "t2"), said("n", 0, None)]
    journal = Journal(follow_ups={f.id: f for f in made})
    assert [f.id for f in journal.born_in("t1")] == ["z", "m", "a"]
    assert [f.id for f in journal.born_in("t2")] == ["o"], "touched is not born"
    assert len(journal.follow_ups_of("p1")) == 5
    assert journal.follow_ups_of("p2") == ()


def test_the_shelf_holds_what_was_not_raised_yet_oldest_first() -> None:
    shelf = (
        Topic("2", "later", TODAY),
        Topic("3", "raised", TODAY - timedelta(days=9), raised=True),
        Topic("1", "also later", TODAY),
        Topic("4", "first", TODAY - timedelta(days=2)),
    )
    journal = Journal(topics={"p1": shelf})
    assert [topic.id for topic in journal.shelf_of("p1")] == ["4", "1", "2"]
    assert journal.shelf_of("p2") == ()


# -- who has which -------------------------------------------------------------------------


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("change"), st.sampled_from(SLOTS), st.sampled_from([None, 0, 1])),
            st.tuples(st.just("file"), st.sampled_from(SLOTS), st.sampled_from([None, 0, 1])),
            st.tuples(st.just("gone"), st.sampled_from(SLOTS), st.just(None)),
            st.tuples(st.just("ask"), st.sampled_from(SLOTS), st.just(None)),
        ),
        max_size=25,
    )
)
def test_who_has_which_is_what_a_recount_finds(
    steps: list[tuple[str, Slot, int | None]],
) -> None:
    journal = Journal()
    for how, (home, make), variant in steps:
        record = None if variant is None else make(variant)
        if how == "change":
            before = journal.current(Change(home, None, make(0)))
            if before is not None or record is not None:
                journal = journal.apply([Change(home, before, record)])
        elif how == "file":
            journal = journal.adopt([Contents(home, (record,) if record else ())])
        elif how == "gone":
            journal = journal.without([home])
        else:  # who was asked about is remembered, and must not be remembered wrongly
            journal.one_to_ones_of(home.person_id)
            journal.follow_ups_of(home.person_id)
    for person_id in ("p1", "p2", "nobody"):
        ones = [one for one in journal.one_to_ones.values() if one.person_id == person_id]
        theirs = [f for f in journal.follow_ups.values() if f.person_id == person_id]
        assert journal.one_to_ones_of(person_id) == tuple(sorted(ones, key=lambda o: (o.at, o.id)))
        assert journal.follow_ups_of(person_id) == tuple(
            sorted(theirs, key=lambda f: (f.said, f.id))
        )
