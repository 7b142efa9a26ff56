"""Records to documents and back. What is not understood is reported, never dropped.

A document's id is its key in the table; the home of a record is the file it is in. Neither is
written a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from tui.domain.checklist import ChecklistItem, Phase, Template, TemplateItem
from tui.domain.dates import Cadence, parse_cadence
from tui.domain.followups import Aspect, FollowUp, Owner, Stage, Step
from tui.domain.journal import Change, Home, Record
from tui.domain.notes import Note, Side
from tui.domain.onetoones import Lead, Move, Mover, OneToOne, Status
from tui.domain.people import CardLine, Person, Pronoun, Topic
from tui.domain.questions import Landed, Moment, Pick, Question
from tui.domain.sendings import Sending
from tui.domain.text import clean
from tui.errors import NewerError
from tui.store.files import Document, Tables
from tui.store.migrations import SCHEMA, migrate_document


class ShapeError(ValueError):
    """A document is not what its table asks for; the message names the field."""


class Field(NamedTuple):
    """How one field of a record is written and read."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


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


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ShapeError("is not text")
    return value if value.isascii() and value.isprintable() else clean(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ShapeError("is neither true nor false")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ShapeError("is not a number")
    return float(value)


def _moment(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ShapeError("is not a time")
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo is None else moment.replace(tzinfo=None)


def _day(value: Any) -> date:
    if not isinstance(value, str):
        raise ShapeError("is not a date")
    return date.fromisoformat(value)


def _iso(value: date | datetime) -> str:
    return value.isoformat()


def _optional(field: Field) -> Field:
    return Field(
        lambda value: None if value is None else field.encode(value),
        lambda value: None if value is None else field.decode(value),
    )


def _one_of(kind: type[StrEnum]) -> Field:
    members: dict[str, StrEnum] = {str(member): member for member in kind}

    def decode(value: Any) -> StrEnum:
        try:
            return members[value]
        except (KeyError, TypeError) as error:
            raise ShapeError(f"is none of {', '.join(kind)}") from error

    return Field(str, decode)


def _decode_cadence(value: Any) -> Cadence | None:
    return parse_cadence(_text(value))


def _encode_cadence(value: Cadence | None) -> str:
    return value.say() if value else ""


def _decode_card(value: Any) -> tuple[CardLine, ...]:
    if not isinstance(value, list):
        raise ShapeError("is not a list")
    return tuple(CardLine(_text(line["label"]), _text(line["text"])) for line in value)


def _encode_card(value: tuple[CardLine, ...]) -> list[Document]:
    return [{"label": line.label, "text": line.text} for line in value]


def _decode_texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ShapeError("is not a list")
    return tuple(_text(item) for item in value)


def _decode_items(value: Any) -> tuple[TemplateItem, ...]:
    if not isinstance(value, list):
        raise ShapeError("is not a list")
    phase = _one_of(Phase).decode
    return tuple(
        TemplateItem(
            _text(item["key"]), _text(item["text"]), phase(item["phase"]), _text(item["reason"])
        )
        for item in value
    )


def _encode_items(value: tuple[TemplateItem, ...]) -> list[Document]:
    return [
        {"key": item.key, "text": item.text, "phase": str(item.phase), "reason": item.reason}
        for item in value
    ]


def _decode_moves(value: Any) -> tuple[Move, ...]:
    if not isinstance(value, list):
        raise ShapeError("is not a list")
    by = _one_of(Mover).decode
    return tuple(Move(by(move["by"]), _moment(move["was"]), _day(move["on"])) for move in value)


def _encode_moves(value: tuple[Move, ...]) -> list[Document]:
    return [{"by": str(move.by), "was": _iso(move.was), "on": _iso(move.on)} for move in value]


def _decode_steps(value: Any) -> tuple[Step, ...]:
    if not isinstance(value, list):
        raise ShapeError("is not a list")
    aspect = _one_of(Aspect).decode
    return tuple(Step(_day(s["on"]), aspect(s["aspect"]), _text(s["was"])) for s in value)


def _encode_steps(value: tuple[Step, ...]) -> list[Document]:
    return [{"on": _iso(s.on), "aspect": str(s.aspect), "was": s.was} for s in value]


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ShapeError("is not a whole number")
    return value


TEXT = Field(_same, _text)
TEXTS = Field(list, _decode_texts)
FLAG = Field(_same, _flag)
NUMBER = Field(_same, _number)
MOMENT = Field(_iso, _moment)
DAY = Field(_iso, _day)

SHAPES: tuple[Shape, ...] = (
    Shape(
        Person,
        "person",
        {
            "name": TEXT,
            "role": TEXT,
            "pronoun": _one_of(Pronoun),
            "cadence": Field(_encode_cadence, _decode_cadence),
            "place": TEXT,
            "helps": TEXT,
            "card": Field(_encode_card, _decode_card),
            "since": _optional(DAY),
            "archived": FLAG,
        },
    ),
    Shape(Topic, "shelf", {"text": TEXT, "on": DAY, "born_in": _optional(TEXT), "raised": FLAG}),
    Shape(
        OneToOne,
        "one_to_one",
        {
            "at": MOMENT,
            "place": TEXT,
            "lead": _one_of(Lead),
            "intention": TEXT,
            "status": _one_of(Status),
            "started": _optional(MOMENT),
            "ended": _optional(MOMENT),
            "route": TEXTS,
            "carried": TEXT,
            "useful": TEXT,
            "bench": _optional(MOMENT),
            "debriefed": _optional(MOMENT),
            "closed": _optional(MOMENT),
            "thanks": TEXT,
            "cue": TEXT,
            "template": TEXT,
            "moves": Field(_encode_moves, _decode_moves),
        },
    ),
    Shape(
        ChecklistItem,
        "checklist",
        {
            "text": TEXT,
            "phase": _one_of(Phase),
            "position": NUMBER,
            "reason": TEXT,
            "ticked": _optional(MOMENT),
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
            "moment": _one_of(Moment),
            "area": TEXT,
            "position": NUMBER,
            "asked": _optional(MOMENT),
            "landed": _one_of(Landed),
        },
    ),
    Shape(
        FollowUp,
        "follow_ups",
        {
            "text": TEXT,
            "owner": _one_of(Owner),
            "said": MOMENT,
            "stage": _one_of(Stage),
            "due": _optional(DAY),
            "cue": TEXT,
            "touches": TEXTS,
            "closed": _optional(DAY),
            "reason": TEXT,
            "is_unsure": FLAG,
            "steps": Field(_encode_steps, _decode_steps),
        },
    ),
    Shape(
        Note,
        "notes",
        {"text": TEXT, "kind_id": TEXT, "at": MOMENT, "side": _one_of(Side), "is_unsure": FLAG},
    ),
    Shape(Sending, "sent", {"at": MOMENT, "form": TEXT, "how": TEXT, "text": TEXT}),
    Shape(Template, "templates", {"title": TEXT, "items": Field(_encode_items, _decode_items)}),
    Shape(
        Question,
        "deck",
        {
            "text": TEXT,
            "moment": _one_of(Moment),
            "depth": Field(_same, _whole),
            "area": TEXT,
            "walks": FLAG,
            "first": FLAG,
            "cues": TEXTS,
            "source": TEXT,
        },
    ),
)
_SHAPE_OF_TYPE: dict[type[Any], Shape] = {shape.type: shape for shape in SHAPES}
_TABLES = frozenset(shape.table for shape in SHAPES)
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
    if not (is_text and is_place and is_change and patch.table in _TABLES):
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
