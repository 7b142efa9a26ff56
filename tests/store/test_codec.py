"""Records become documents and come back; what is not understood is told and left alone."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW, Bench, add_person, plan_today, write
from tests.store.helpers import (
    AT_ONE,
    AT_PERSON,
    ONE_ID,
    PERSON_ID,
    Housed,
    any_text,
    housed,
    ids,
    json_values,
    one_to_one_file,
    person_file,
    rewrite,
    tables_in,
)
from tui.domain.checklist import ChecklistItem, Phase, Template, TemplateItem
from tui.domain.dates import parse_cadence
from tui.domain.followups import Aspect, FollowUp, Owner, Step
from tui.domain.journal import OWN, Change, Home, Record
from tui.domain.notes import Note, Side
from tui.domain.onetoones import Move, Mover, OneToOne
from tui.domain.people import CardLine, Excuse, Person, Skip, Topic
from tui.domain.questions import Landed, Moment, Pick, Question
from tui.domain.sendings import Sending
from tui.domain.text import clean
from tui.services import checklists, course, folk, promises, talks
from tui.store.codec import (
    PAGE_TABLES,
    SHAPES,
    Shape,
    decode,
    encode,
    patch_from_json,
    patch_to_json,
    records_in,
    to_patch,
)
from tui.store.fields import ShapeError
from tui.store.files import Document, Tables, parse, serialise
from tui.store.migrations import SCHEMA, schema_of

SHAPE_OF = {shape.table: shape for shape in SHAPES}

FULL: tuple[Housed, ...] = (
    Housed(
        AT_PERSON,
        Person(
            PERSON_ID, "Dana Okafor", "staff engineer", cadence=parse_cadence("every 2 weeks"),
            place="the canal", helps="time to think",
            card=(CardLine("Feedback", "in writing", date(2026, 3, 4)),),
            since=date(2026, 1, 5), skips=(Skip(NOW.date(), Excuse.LEAVE, NOW.date()),),
        ),
    ),
    Housed(AT_PERSON, Topic("t1", "on-call", date(2026, 11, 22), ONE_ID)),
    Housed(
        AT_ONE,
        OneToOne(
            ONE_ID, PERSON_ID, NOW, intention="listen", started=NOW, ended=NOW, bench=NOW,
            debriefed=NOW, closed=NOW, thanks="for the talk", cue="need", template="walk",
            moves=(Move(Mover.ME, NOW, NOW.date()), Move(Mover.LEAVE, NOW, NOW.date())),
        ),
    ),
    Housed(AT_ONE, ChecklistItem("i1", "re-read", Phase.BEFORE, 1.5, "it helps", NOW)),
    Housed(
        AT_ONE,
        FollowUp(
            "f1", PERSON_ID, "the coaching book", Owner.ME, NOW, due=date(2026, 11, 27),
            cue="when home", born_in=ONE_ID, touches=("o2", "o3"), closed=date(2026, 11, 26),
            reason="done",
            steps=(
                Step(NOW.date(), Aspect.DUE, "2026-11-25"), Step(NOW.date(), Aspect.OWNER, "me"),
            ),
        ),
    ),
    Housed(AT_ONE, Note("n1", "I lose the thread", "heard", NOW, Side.OURS)),
    Housed(
        AT_ONE,
        Pick("k1", "mind", "On your mind?", "mind", Moment.OPEN, "team", 1.0, NOW, Landed.YES),
    ),
    Housed(AT_ONE, Sending("s1", NOW, "plain", "xclip", "Thank you for the walk.\n")),
    Housed(
        OWN,
        Template("m1", "Mine", (TemplateItem("k", "walk", Phase.CLOSE, "why"),), is_own=True),
    ),
    Housed(
        OWN,
        Question("q1", "And?", Moment.CLOSE, 3, "team", False, True, ("and",), "me", is_own=True),
    ),
)  # fmt: skip
TABLES = [encode(sample.record)[0] for sample in FULL]
FIELDS = [(sample, field) for sample in FULL for field in encode(sample.record)[1]]


def field_id(value: object) -> str:
    return value if isinstance(value, str) else encode(value.record)[0]  # type: ignore[attr-defined]


def there_and_back(sample: Housed) -> Record:
    table, document = encode(sample.record)
    tables = parse(serialise({table: {sample.record.id: document}}), "it")
    return decode(SHAPE_OF[table], sample.home, sample.record.id, tables[table][sample.record.id])


# -- there and back ------------------------------------------------------------------------


@given(housed)
def test_every_record_comes_back_as_it_was(sample: Housed) -> None:
    assert there_and_back(sample) == sample.record


@pytest.mark.parametrize("sample", FULL, ids=TABLES)
def test_a_full_record_comes_back_as_it_was(sample: Housed) -> None:
    assert there_and_back(sample) == sample.record
    assert type(there_and_back(sample)) is type(sample.record)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_back_as_it_was_cleaned(text: str) -> None:
    note = Note("n1", clean(text), "heard", NOW, Side.OURS)
    assert there_and_back(Housed(AT_ONE, note)) == note


def test_every_type_of_record_has_its_shape() -> None:
    types, tables = {shape.type for shape in SHAPES}, {shape.table for shape in SHAPES}
    assert types == set(get_args(Record))
    assert len(tables) == len(SHAPES)
    assert set(PAGE_TABLES) == {"notes", "checklist", "sent"}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.table)
def test_every_field_of_a_record_is_kept(shape: Shape) -> None:
    said_by_the_file = {"id", "person_id", "born_in"} if shape.type is FollowUp else {"id"}
    if shape.type is OneToOne:
        said_by_the_file = {"id", "person_id"}
    if shape.type in (Template, Question):
        said_by_the_file = {"id", "is_own"}
    assert set(shape.fields) == set(shape.type._fields) - said_by_the_file


def test_where_a_record_lives_is_said_by_its_file_alone() -> None:
    table, document = encode(FULL[4].record)
    moved = decode(SHAPE_OF[table], Home("somebody", "else"), "f9", document)
    assert isinstance(moved, FollowUp)
    assert (moved.id, moved.person_id, moved.born_in) == ("f9", "somebody", "else")


@given(housed, housed)
def test_a_change_comes_back_from_a_line_of_the_log(one: Housed, other: Housed) -> None:
    for before, after in ((one.record, None), (None, one.record), (one.record, one.record)):
        patch = to_patch(Change(one.home, before, after))
        line = json.loads(json.dumps(patch_to_json(patch), ensure_ascii=False))
        assert patch_from_json(line) == patch
    assert other


def test_a_line_that_lacks_a_part_is_refused() -> None:
    line = patch_to_json(to_patch(Change(AT_ONE, None, FULL[5].record)))
    for part in set(line) - {"schema"}:
        with pytest.raises(KeyError):
            patch_from_json({name: value for name, value in line.items() if name != part})


# -- what is missing, and what is wrong ----------------------------------------------------

LEAST: dict[str, tuple[Document, Record]] = {
    "person": ({"name": "Dana"}, Person("x", "Dana")),
    "shelf": ({"text": "t", "on": "2026-11-22"}, Topic("x", "t", date(2026, 11, 22))),
    "one_to_one": ({"at": "2026-11-22T14:02"}, OneToOne("x", PERSON_ID, NOW)),
    "checklist": (
        {"text": "t", "phase": "close", "position": 3},
        ChecklistItem("x", "t", Phase.CLOSE, 3.0),
    ),
    "follow_ups": (
        {"text": "t", "owner": "them", "said": "2026-11-22T14:02:00"},
        FollowUp("x", PERSON_ID, "t", Owner.THEM, NOW, born_in=ONE_ID),
    ),
    "notes": (
        {"text": "t", "kind_id": "need", "at": "2026-11-22T14:02:00+01:00", "side": "ours"},
        Note("x", "t", "need", NOW, Side.OURS),
    ),
    "questions": (
        {
            "question_id": "", "text": "t", "cue": "c", "moment": "open", "area": "",
            "position": 1,
        },
        Pick("x", "", "t", "c", Moment.OPEN, "", 1.0),
    ),
    "templates": ({"title": "t", "items": []}, Template("x", "t", (), is_own=True)),
    "deck": ({"text": "t"}, Question("x", "t", is_own=True)),
}  # fmt: skip


@pytest.mark.parametrize("table", LEAST)
def test_what_is_missing_takes_its_default(table: str) -> None:
    document, expected = LEAST[table]
    assert decode(SHAPE_OF[table], AT_ONE, "x", document) == expected


@pytest.mark.parametrize("table", LEAST)
def test_what_must_be_there_is_named_when_it_is_missing(table: str) -> None:
    document, _ = LEAST[table]
    for name in document:
        rest = {key: value for key, value in document.items() if key != name}
        with pytest.raises(ShapeError, match=f"^{table}: “{name}” is missing$"):
            decode(SHAPE_OF[table], AT_ONE, "x", rest)


@pytest.mark.parametrize(("sample", "field"), FIELDS, ids=field_id)
@pytest.mark.parametrize("wrong", [{"x": 1}, [[1]], -1, "not this"], ids=["{}", "[]", "-1", "text"])
def test_a_field_of_the_wrong_kind_is_named(sample: Housed, field: str, wrong: Any) -> None:
    table, document = encode(sample.record)
    is_text = isinstance(document[field], str) and field not in ("at", "on", "said", "ticked")
    if wrong == "not this" and is_text:
        return
    if wrong == -1 and field in ("position", "depth"):
        return
    document[field] = wrong
    with pytest.raises(ShapeError) as caught:
        decode(SHAPE_OF[table], sample.home, "x", document)
    assert str(caught.value).startswith(f"{table}: “{field}” is ")


@given(st.sampled_from(FIELDS), json_values)
def test_no_value_of_a_field_fails_in_another_way(where: tuple[Housed, str], value: Any) -> None:
    sample, field = where
    table, document = encode(sample.record)
    document[field] = value
    try:
        record = decode(SHAPE_OF[table], sample.home, "x", document)
    except ShapeError:
        return
    serialise({table: {"x": encode(record)[1]}})


def test_a_position_too_great_for_a_number_is_named() -> None:
    document: Document = {"text": "t", "phase": "close", "position": 10**400}
    with pytest.raises(ShapeError, match="position"):
        decode(SHAPE_OF["checklist"], AT_ONE, "x", document)


@given(st.dictionaries(any_text, json_values, max_size=4), st.sampled_from(SHAPES))
def test_no_document_fails_in_another_way(document: Document, shape: Shape) -> None:
    with suppress(ShapeError):
        decode(shape, AT_ONE, "x", document)


@given(any_text)
def test_text_in_a_file_is_cleaned_on_the_way_in(text: str) -> None:
    note = decode(
        SHAPE_OF["notes"],
        AT_ONE,
        "x",
        {"text": text, "kind_id": "heard", "at": "2026-11-22", "side": "ours"},
    )
    assert isinstance(note, Note)
    assert note.text == clean(text)
    note.text.encode("utf-8")


@given(st.lists(st.tuples(ids, st.booleans()), max_size=6, unique_by=lambda pair: pair[0]))
def test_one_bad_record_does_not_drop_the_rest(records: list[tuple[str, bool]]) -> None:
    good, bad = LEAST["notes"][0], {**LEAST["notes"][0], "at": "yesterday"}
    tables: Tables = {"notes": {name: good if is_good else bad for name, is_good in records}}
    found = list(records_in(tables, AT_ONE, with_page=True))
    assert [record.id for record, _ in found if record] == [n for n, is_good in records if is_good]
    sentences = [sentence for record, sentence in found if record is None]
    assert sentences == [
        "notes: “at” is of the wrong kind. It was left out and left as it is in the file."
    ] * sum(not is_good for _, is_good in records)


def test_pages_are_read_only_when_they_are_looked_at() -> None:
    tables: Tables = {table: {"x": document} for table, (document, _) in LEAST.items()}
    names = [
        encode(record)[0] for record, _ in records_in(tables, AT_ONE, with_page=False) if record
    ]
    assert set(names) == set(LEAST) - PAGE_TABLES
    assert len(list(records_in(tables, AT_ONE, with_page=True))) == len(LEAST)


def test_a_kind_that_is_not_known_is_held_to_be_mine() -> None:
    document: Document = {"text": "t", "kind_id": "dream", "at": "2026-11-22", "side": "ours"}
    note = decode(SHAPE_OF["notes"], AT_ONE, "x", document)
    assert isinstance(note, Note)
    assert note.is_mine
    assert note.kind.label == "dream"
    assert encode(note)[1]["kind_id"] == "dream", "and keeps its kind"


def test_a_side_that_is_not_known_is_not_let_out() -> None:
    document: Document = {"text": "t", "kind_id": "heard", "at": "2026-11-22", "side": "theirs"}
    with pytest.raises(ShapeError, match="side"):
        decode(SHAPE_OF["notes"], AT_ONE, "x", document)


@pytest.mark.parametrize(
    ("about", "is_newer"),
    [
        ({}, False),
        ({"about": {}}, False),
        ({"about": {"file": {}}}, False),
        ({"about": {"file": {"schema": SCHEMA}}}, False),
        ({"about": {"file": {"schema": SCHEMA + 1}}}, True),
        ({"about": {"file": {"schema": "2"}}}, True),
        ({"about": {"file": {"schema": None}}}, True),
        ({"about": {"file": {"schema": True}}}, True),
        ({"about": {"file": {"schema": [1]}}}, True),
        ({"about": {"file": {"schema": 1.5}}}, True),
    ],
)
def test_what_is_not_sure_to_be_our_schema_is_taken_for_a_newer_one(
    about: Tables, is_newer: bool
) -> None:
    assert (schema_of(about) > SCHEMA) is is_newer


def test_times_are_kept_as_the_two_agreed_on_them() -> None:
    one = OneToOne("x", PERSON_ID, datetime(2026, 3, 29, 2, 30))  # does not exist in Berlin
    assert encode(one)[1]["at"] == "2026-03-29T02:30:00"
    assert there_and_back(Housed(AT_ONE, one)) == one


# -- through the app -----------------------------------------------------------------------


def test_unknown_fields_survive_what_the_app_writes(bench: Bench) -> None:
    notebook = bench.notebook()
    dana = add_person(notebook, every="weekly")
    one = plan_today(notebook, dana)
    note = write(notebook, one, "first")
    promise = write(notebook, one, "> the book by fri")
    topic = write(notebook, one, "& on-call")
    assert isinstance(note, Note)
    assert isinstance(promise, FollowUp)
    assert isinstance(topic, Topic)

    def foreign(tables: Tables) -> None:
        for name, table in tables.items():
            for document in table.values():
                document["from_2031"] = {"in": [name, None, 1e300, "🌱"]}
        tables["weather"] = {"1": {"sky": "grey"}}

    files = (person_file(bench), one_to_one_file(bench))
    for path in files:
        rewrite(path, foreign)
    count = [sum(len(table) for table in tables_in(path).values()) for path in files]

    notebook = bench.notebook()
    item = notebook.page(one.id).items[0]
    talks.edit_note(notebook, one, note, "changed")
    checklists.tick(notebook, one, item)
    course.edit(notebook, one, one._replace(intention="listen"))
    promises.edit(notebook, promise, promise._replace(cue="when home"))
    talks.edit_topic(notebook, dana.id, topic, "on-call, again")
    folk.edit(notebook, dana, dana._replace(role="engineer"))
    write(notebook, one, "second")

    after = [tables_in(path) for path in files]
    for tables, before, more in zip(after, count, (0, 1), strict=True):
        kept = [
            document["from_2031"]
            for name, table in tables.items()
            for document in table.values()
            if name != "weather" and "from_2031" in document
        ]
        assert tables["weather"] == {"1": {"sky": "grey"}}
        assert len(kept) == before - 1, "all but the weather have it"
        assert sum(len(table) for table in tables.values()) == before + more
    assert after[1]["notes"][note.id]["text"] == "changed"
    assert after[1]["follow_ups"][promise.id]["cue"] == "when home"
    assert after[0]["person"][dana.id]["role"] == "engineer"


def test_a_record_of_the_wrong_kind_is_told_and_left_as_it_is(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    bad = write(notebook, one, "> bad")
    good = write(notebook, one, "> good")
    path = one_to_one_file(bench)
    rewrite(path, lambda tables: tables["follow_ups"][bad.id].update(stage="postponed"))

    notebook = bench.notebook()
    assert set(notebook.journal.follow_ups) == {good.id}
    (problem,) = notebook.problems
    assert problem.path == str(path)
    assert path.name in problem.sentence
    assert "stage" in problem.sentence
    assert "bad" not in problem.sentence, "what was written never gets into a message"
    write(notebook, one, "another note")
    assert tables_in(path)["follow_ups"][bad.id]["stage"] == "postponed"


def test_a_note_of_the_wrong_kind_is_told_when_the_page_is_looked_at(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    bad = write(notebook, one, "bad")
    good = write(notebook, one, "good")
    rewrite(one_to_one_file(bench), lambda tables: tables["notes"][bad.id].update(at="then"))

    notebook = bench.notebook()
    assert [note.id for note in notebook.page(one.id).notes] == [good.id]
    assert [problem.path for problem in notebook.problems] == [str(one_to_one_file(bench))]
