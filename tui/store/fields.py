"""How the fields of records are written in the files, and read: each a pair of functions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from tui.domain.checklist import Phase, TemplateItem
from tui.domain.dates import Cadence, parse_cadence
from tui.domain.followups import Aspect, Step
from tui.domain.onetoones import Move, Mover
from tui.domain.people import CardLine, Excuse, Skip
from tui.domain.text import clean
from tui.store.files import Document


class ShapeError(ValueError):
    """A document is not what its table asks for; the message names the field."""


class Field(NamedTuple):
    """How one field of a record is written and read."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


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


def optional(field: Field) -> Field:
    """Return a field that may also be None."""
    return Field(
        lambda value: None if value is None else field.encode(value),
        lambda value: None if value is None else field.decode(value),
    )


def one_of(kind: type[StrEnum]) -> Field:
    """Return a field that holds one of the members of an enumeration."""
    members: dict[str, StrEnum] = {str(member): member for member in kind}

    def decode(value: Any) -> StrEnum:
        try:
            return members[value]
        except (KeyError, TypeError) as error:
            raise ShapeError(f"is none of {', '.join(kind)}") from error

    return Field(str, decode)


_ASPECT, _EXCUSE = one_of(Aspect), one_of(Excuse)
_MOVER, _PHASE = one_of(Mover), one_of(Phase)


def _decode_cadence(value: Any) -> Cadence | None:
    return parse_cadence(_text(value))


def _encode_cadence(value: Cadence | None) -> str:
    return value.say() if value else ""


def _decode_card(value: Any) -> tuple[CardLine, ...]:
    if not isinstance(value, list):
        raise ShapeError("is not a list")
    return tuple(
        CardLine(
            _text(c["label"]), _text(c["text"]), _day(c["learned"]) if c.get("learned") else None
        )
        for c in value
    )


def _encode_card(value: tuple[CardLine, ...]) -> list[Document]:
    return [
        {"label": c.label, "text": c.text} | ({"learned": _iso(c.learned)} if c.learned else {})
        for c in value
    ]


def _decode_skips(value: Any) -> tuple[Skip, ...]:
    if not isinstance(value, list):
        raise ShapeError("is not a list")
    return tuple(
        Skip(_day(skip["due"]), _EXCUSE.decode(skip["why"]), _day(skip["on"])) for skip in value
    )


def _encode_skips(value: tuple[Skip, ...]) -> list[Document]:
    return [{"due": _iso(s.due), "why": str(s.why), "on": _iso(s.on)} for s in value]


def _decode_texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ShapeError("is not a list")
    return tuple(_text(item) for item in value)


def _decode_items(value: Any) -> tuple[TemplateItem, ...]:
    if not isinstance(value, list):
        raise ShapeError("is not a list")
    return tuple(
        TemplateItem(
            _text(item["key"]),
            _text(item["text"]),
            _PHASE.decode(item["phase"]),
            _text(item["reason"]),
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
    return tuple(
        Move(_MOVER.decode(move["by"]), _moment(move["was"]), _day(move["on"])) for move in value
    )


def _encode_moves(value: tuple[Move, ...]) -> list[Document]:
    return [{"by": str(move.by), "was": _iso(move.was), "on": _iso(move.on)} for move in value]


def _decode_steps(value: Any) -> tuple[Step, ...]:
    if not isinstance(value, list):
        raise ShapeError("is not a list")
    return tuple(Step(_day(s["on"]), _ASPECT.decode(s["aspect"]), _text(s["was"])) for s in value)


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
CADENCE = Field(_encode_cadence, _decode_cadence)
CARD = Field(_encode_card, _decode_card)
TEMPLATE_ITEMS = Field(_encode_items, _decode_items)
MOVES = Field(_encode_moves, _decode_moves)
STEPS = Field(_encode_steps, _decode_steps)
SKIPS = Field(_encode_skips, _decode_skips)
WHOLE = Field(_same, _whole)
