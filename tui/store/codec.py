"""Records to documents and back. What is not understood is reported, never dropped.

A document's id is its key in the table; the home of a record is the file it is in. Neither is
written a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from tui.domain.checklist import ChecklistItem, Phase, Template
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Change, Home, Record
from tui.domain.notes import Note, Side
from tui.domain.onetoones import Lead, OneToOne, Status
from tui.domain.people import Person, Pronoun, Topic
from tui.domain.questions import Landed, Moment, Pick, Question
from tui.domain.sendings import Sending
from tui.errors import NewerError
from tui.store.fields import (
    CADENCE,
    CARD,
    DAY,
    FLAG,
    MOMENT,
    MOVES,
    NUMBER,
    SKIPS,
    STEPS,
    TEMPLATE_ITEMS,
    TEXT,
    TEXTS,
    WHOLE,
    Field,
    ShapeError,
    one_of,
    optional,
)  # fmt: skip
from tui.store.files import Document, Tables
from tui.store.migrations import SCHEMA, migrate_document


class Shape(NamedTuple):
    """How one type of record is kept: its table and its fields."""

    type: type[Any]
    table: str
    fields: dict[str, Field]


class Patch(NamedTuple):
    """A change in the words of the files: what a document was and what it becomes."""

    home: Home
    table: str
    id: str
    before: Document | None
    after: Document | None


SHAPES: tuple[Shape, ...] = (
    Shape(
        Person,
        "person",
        {
            "name": TEXT,
            "role": TEXT,
            "pronoun": one_of(Pronoun),
            "cadence": CADENCE,
            "place": TEXT,
            "helps": TEXT,
            "card": CARD,
            "since": optional(DAY),
            "archived": FLAG,
            "skips": SKIPS,
        },
    ),
    Shape(Topic, "shelf", {"text": TEXT, "on": DAY, "born_in": optional(TEXT), "raised": FLAG}),
    Shape(
        OneToOne,
        "one_to_one",
        {
            "at": MOMENT,
            "place": TEXT,
            "lead": one_of(Lead),
            "intention": TEXT,
            "status": one_of(Status),
            "started": optional(MOMENT),
            "ended": optional(MOMENT),
            "route": TEXTS,
            "carried": TEXT,
            "useful": TEXT,
            "bench": optional(MOMENT),
            "debriefed": optional(MOMENT),
            "closed": optional(MOMENT),
            "thanks": TEXT,
            "cue": TEXT,
            "template": TEXT,
            "moves": MOVES,
        },
    ),
    Shape(
        ChecklistItem,
        "checklist",
        {
            "text": TEXT,
            "phase": one_of(Phase),
            "position": NUMBER,
            "reason": TEXT,
            "ticked": optional(MOMENT),
            "is_own": FLAG,
        },
    ),
    Shape(
        Pick,
        "questions",
        {
            "question_id": TEXT,
            "text": TEXT,
            "cue": TEXT,
            "moment": one_of(Moment),
            "area": TEXT,
            "position": NUMBER,
            "asked": optional(MOMENT),
            "landed": one_of(Landed),
        },
    ),
    Shape(
        FollowUp,
        "follow_ups",
        {
            "text": TEXT,
            "owner": one_of(Owner),
            "said": MOMENT,
            "stage": one_of(Stage),
            "due": optional(DAY),
            "cue": TEXT,
            "touches": TEXTS,
            "closed": optional(DAY),
            "reason": TEXT,
            "is_unsure": FLAG,
            "steps": STEPS,
        },
    ),
    Shape(
        Note,
        "notes",
        {
            "text": TEXT,
            "kind_id": TEXT,
            "at": MOMENT,
            "side": one_of(Side),
            "is_unsure": FLAG,
            "is_pinned": FLAG,
        },
    ),
    Shape(Sending, "sent", {"at": MOMENT, "form": TEXT, "how": TEXT, "text": TEXT, "edits": TEXT}),
    Shape(Template, "templates", {"title": TEXT, "items": TEMPLATE_ITEMS}),
    Shape(
        Question,
        "deck",
        {
            "text": TEXT,
            "moment": one_of(Moment),
            "depth": WHOLE,
            "area": TEXT,
            "walks": FLAG,
            "first": FLAG,
            "cues": TEXTS,
            "source": TEXT,
        },
    ),
)
_SHAPE_OF_TYPE: dict[type[Any], Shape] = {shape.type: shape for shape in SHAPES}
TABLES = frozenset(shape.table for shape in SHAPES)
PAGE_TABLES = frozenset(_SHAPE_OF_TYPE[kind].table for kind in (Note, ChecklistItem, Sending))
"""Tables that are read only when a page is looked at."""


def encode(record: Record) -> tuple[str, Document]:
    """Return the table a record belongs in and its document."""
    shape = _SHAPE_OF_TYPE[type(record)]
    document = {name: field.encode(getattr(record, name)) for name, field in shape.fields.items()}
    return shape.table, document


def decode(shape: Shape, home: Home, record_id: str, document: Document) -> Record:
    """Return the record a document stands for.

    Fields that are missing take the record's own default; fields not known are left for the file.

    Raises:
        ShapeError: Where a field is missing that has no default, or is of the wrong kind.
    """
    values: dict[str, Any] = {"id": record_id}
    if shape.type is OneToOne or shape.type is FollowUp:
        values["person_id"] = home.person_id
    if shape.type is FollowUp:
        values["born_in"] = home.one_to_one_id
    if shape.type is Template or shape.type is Question:
        values["is_own"] = True
    for name, field in shape.fields.items():
        if name not in document:
            continue
        try:
            values[name] = field.decode(document[name])
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            reason = error if isinstance(error, ShapeError) else "is of the wrong kind"
            raise ShapeError(f"{shape.table}: “{name}” {reason}") from error
    try:
        record: Record = shape.type(**values)
    except TypeError as error:
        lacking = ", ".join(
            name
            for name in shape.fields
            if name not in values and name not in shape.type._field_defaults
        )
        raise ShapeError(f"{shape.table}: “{lacking}” is missing") from error
    return record


def normalised(table: str, record_id: str, document: Document) -> Document:
    """Return a document as we would write it, fields we do not know included.

    People and other programs write the same in other words: another line end, *fortnightly*.
    """
    shape = next((shape for shape in SHAPES if shape.table == table), None)
    if shape is None:
        return document
    try:
        _, known = encode(decode(shape, Home(""), record_id, document))
    except ShapeError:
        return document
    return document | {name: value for name, value in known.items() if name in document}


def records_in(
    tables: Tables, home: Home, *, with_page: bool
) -> Iterator[tuple[Record | None, str]]:
    """Yield each record of a file, or None and a sentence for one that is not understood."""
    for shape in SHAPES:
        if not with_page and shape.table in PAGE_TABLES:
            continue
        for record_id, document in tables.get(shape.table, {}).items():
            try:
                yield decode(shape, home, record_id, document), ""
            except ShapeError as error:
                yield None, f"{error}. It was left out and left as it is in the file."


def to_patch(change: Change) -> Patch:
    """Return a change in the words of the files."""
    table, before, after = "", None, None
    if change.before is not None:
        table, before = encode(change.before)
    if change.after is not None:
        table, after = encode(change.after)
    return Patch(change.home, table, change.record_id, before, after)


def patch_to_json(patch: Patch) -> Document:
    """Return a patch as one line of the log holds it."""
    return {
        "schema": SCHEMA,
        "person": patch.home.person_id,
        "one_to_one": patch.home.one_to_one_id,
        "table": patch.table,
        "id": patch.id,
        "before": patch.before,
        "after": patch.after,
    }


def patch_from_json(value: Document) -> Patch:
    """Return the patch in one line of the log, brought up to date.

    Raises:
        KeyError: Where a part is missing.
        ValueError: Where a part is of the wrong kind.
        NewerError: Where a newer version of alongside wrote it.
    """
    schema = value.get("schema", 1)
    if not isinstance(schema, int) or schema < 1:
        raise ValueError("not a schema")
    if schema > SCHEMA:
        raise NewerError("A newer alongside wrote this.")
    home = Home(value["person"], value["one_to_one"])
    patch = Patch(home, value["table"], value["id"], value["before"], value["after"])
    is_text = all(isinstance(part, str) for part in (home.person_id, patch.table, patch.id))
    is_place = home.one_to_one_id is None or isinstance(home.one_to_one_id, str)
    states = (patch.before, patch.after)
    is_change = all(state is None or isinstance(state, dict) for state in states)
    if not (is_text and is_place and is_change and patch.table in TABLES):
        raise ValueError("not a change")
    for state in states:
        if state is not None:
            migrate_document(patch.table, state, schema)
    return patch


def from_patch(patch: Patch) -> Change:
    """Return the change a patch stands for.

    Raises:
        ShapeError: Where a document is not what its table asks for.
    """
    shape = next(shape for shape in SHAPES if shape.table == patch.table)
    before, after = (
        None if state is None else decode(shape, patch.home, patch.id, state)
        for state in (patch.before, patch.after)
    )
    return Change(patch.home, before, after)
