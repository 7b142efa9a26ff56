"""Markdown, read: our own export and summary, and lists as people keep them by hand.

A heading that begins with a day begins a one-to-one; one that is a heading of the summary says what
the lines under it are; one that is somebody's name says whose they are. A ticked or unticked box is
a follow-up wherever it stands. Nothing is guessed: what no heading explains is left out, and told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from typing import TYPE_CHECKING, NamedTuple

from tui.domain.dates import split_trailing_when
from tui.domain.followups import Owner, Stage, first_stage
from tui.domain.notes import HEARD, KINDS, PARK, PLAN, Becomes, Kind, Side
from tui.domain.particulars import Particulars, split_particulars
from tui.domain.reckoning import Reckoning
from tui.domain.text import clean_block, clean_line, fold, shortened
from tui.services.readers.found import (
    Found,
    Held,
    LeftOut,
    Noted,
    Parked,
    Promised,
    Whose,
    is_theirs,
)

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_KIND_OF = {
    fold(name): kind
    for kind in KINDS
    if kind.side is Side.OURS
    for name in (kind.label, kind.section)
    if name
}
_DAY = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[ T]((?:[01]\d|2[0-3]):[0-5]\d)(?!\d))?(?!\d)\s*[,:·–—-]?\s*(.*)",
    re.ASCII,
)
_BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_CUE = "cue:"
NO_SECTION = "no heading above it says what it is"
NO_DAY = "no heading above it says on which day that was"
NOT_YET = "that day is still to come"
NO_LINE = "it is no line of a list"


class _Line(NamedTuple):
    """An item of a list."""

    text: str
    box: str = ""
    """What stands in its box: a blank or an x; empty where it has none."""
    cue: str = ""


class _Heading(NamedTuple):
    level: int
    text: str


class _Place(NamedTuple):
    """Where in the file we are."""

    beside: str = ""
    """Why this part is not that of the person asked for; empty where it is."""
    beside_level: int = 0
    talk: Held | None = None
    talk_level: int = 0
    kind: Kind | None = None


def read_markdown(text: str, whose: Whose, today: date, reckoning: Reckoning) -> Iterator[Found]:
    """Yield what is in a Markdown text, in its order.

    Args:
        text: The text.
        whose: The person it is imported for, and who else there is.
        today: Today; days that are still to come have no one-to-one yet.
        reckoning: How to read a day at the end of a line.
    """
    place = _Place()
    blocks = tuple(_blocks(text))
    headings = (block for block in blocks if isinstance(block, _Heading))
    own = next((h.level for h in headings if fold(h.text) == fold(whose.name)), 0)
    for block in blocks:
        if isinstance(block, LeftOut):
            yield block._replace(why=place.beside) if place.beside else block
        elif isinstance(block, _Heading):
            before, place = place.talk, _moved(place, block, whose, own)
            if place.talk is not None and place.talk is not before:
                day = place.talk.day
                yield place.talk if day <= today else LeftOut(day.isoformat(), NOT_YET)
        else:
            yield _meant(block, place, today, reckoning)


def _moved(place: _Place, heading: _Heading, whose: Whose, own: int) -> _Place:
    """Return where we are below a heading.

    Args:
        place: Where we were.
        heading: The heading.
        whose: The person it is imported for, and who else there is.
        own: The level of the heading with that person's name; 0 where there is none.
    """
    level, said = heading.level, fold(heading.text)
    if said == fold(whose.name) and level == own:
        return _Place()
    if place.beside and level > place.beside_level:
        return place
    if said == fold(whose.name):
        return _Place()
    other = next((name for name in whose.others if fold(name) == said), "")
    if other:
        return _Place(is_theirs(other), level)
    place = place._replace(beside="", kind=None)
    if (talk := _talk_of(heading.text)) is not None:
        return place._replace(talk=talk, talk_level=level)
    kind = _KIND_OF.get(said)
    if kind is None and level <= own:  # somebody else has a part in this file, too
        return _Place(f"it stands under “{shortened(heading.text)}”, beside {whose.name}", level)
    is_over = level < place.talk_level if kind else level <= place.talk_level
    if is_over:
        place = place._replace(talk=None, talk_level=0)
    return place._replace(kind=kind)


def _talk_of(heading: str) -> Held | None:
    match = _DAY.fullmatch(heading.strip())
    if match is None:
        return None
    try:
        day = date.fromisoformat(match[1])
        at = time.fromisoformat(match[2]) if match[2] else None
    except ValueError:
        return None
    return Held(day, at, clean_line(match[3] or ""))


def _meant(line: _Line, place: _Place, today: date, reckoning: Reckoning) -> Found:
    """Return what a line is in its place."""
    if place.beside:
        return LeftOut(line.text, place.beside)
    if place.talk is not None and place.talk.day > today:
        return LeftOut(line.text, NOT_YET)
    kind = place.kind
    if line.box or (kind is not None and kind.becomes is Becomes.FOLLOW_UP):
        return _promised(line, place, today, reckoning)
    if kind is None:
        return LeftOut(line.text, NO_SECTION)
    if kind is PARK:
        return Parked(line.text)
    if place.talk is None:
        return LeftOut(line.text, NO_DAY)
    text, is_unsure = _noted(line.text, kind)
    return Noted(kind.id, text, place.talk, is_unsure)


def _noted(text: str, kind: Kind) -> tuple[str, bool]:
    """Return the words of a note, and whether they are only thought to have been said."""
    if kind is HEARD and len(text) > 2 and text.startswith("“") and text.endswith("”"):
        return text[1:-1], False
    left, said = split_particulars(text)
    if said is None or said not in (Particulars(), Particulars(is_unsure=True)):
        return text, False
    return left, said.is_unsure


def _promised(line: _Line, place: _Place, today: date, reckoning: Reckoning) -> Promised:
    text, said = split_particulars(line.text)
    owner = Owner.THEM if place.kind is PLAN else Owner.ME
    if said is None:  # then it is somebody's own list, whose days are words
        day = place.talk.day if place.talk is not None else today
        found = split_trailing_when(text, day, reckoning)
        text, said = found.text, Particulars(due=found.when)
    if said.is_together and owner is not Owner.THEM:
        owner = Owner.BOTH
    stage = said.stage or (first_stage(said.due, line.cue) if line.box != "x" else Stage.DONE)
    if line.box == "x" and stage is not Stage.LET_GO:
        stage = Stage.DONE
    is_closed = stage in (Stage.DONE, Stage.LET_GO)
    on = place.talk.day if place.talk is not None else today
    return Promised(
        text,
        owner,
        stage,
        said.due,
        line.cue,
        (said.closed or on) if is_closed else None,
        None,
        said.is_unsure,
        place.talk,
    )


# -- blocks --------------------------------------------------------------------------------


def _blocks(text: str) -> Iterator[_Heading | _Line | LeftOut]:
    """Yield headings, lines of lists, and what is neither."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    parser = MarkdownIt("commonmark")
    references: dict[str, object] = {}
    tree = SyntaxTreeNode(parser.parse(text, references))

    def inline(source: str) -> str:
        return _said(parser.parseInline(source, references)[0].children or [])

    yield from _blocks_in(tree, inline)


def _blocks_in(
    node: SyntaxTreeNode, inline: Callable[[str], str]
) -> Iterator[_Heading | _Line | LeftOut]:
    for child in node.children:
        match child.type:
            case "heading":
                yield _Heading(int(child.tag[1:]), clean_line(inline(_source(child))))
            case "bullet_list" | "ordered_list":
                for item in child.children:
                    yield from _items(item, inline)
            case "blockquote":
                yield from _blocks_in(child, inline)
            case "paragraph":
                yield LeftOut(clean_block(inline(_source(child))), NO_LINE)
            case "fence" | "code_block":
                yield LeftOut("a piece of code", NO_LINE)
            case "html_block":
                yield LeftOut("a piece of HTML", NO_LINE)


def _source(block: SyntaxTreeNode) -> str:
    return "".join(child.content for child in block.children)


def _items(item: SyntaxTreeNode, inline: Callable[[str], str]) -> Iterator[_Line]:
    """Yield an item of a list, and those of the lists within it as lines of their own."""
    box, cue = "", ""
    parts: list[str] = []
    inner: list[_Line] = []
    for child in item.children:
        if child.type in ("bullet_list", "ordered_list"):
            inner += (line for within in child.children for line in _items(within, inline))
        elif child.type in ("paragraph", "heading"):
            source = _source(child)
            if not parts and (match := _BOX.match(source)) is not None:
                box, source = match[1].lower(), source[match.end() :]
            parts.append(inline(source))
        else:
            parts.append(child.content.strip("\n"))
    if inner and not inner[0].box and fold(inner[0].text).startswith(_CUE):
        cue = clean_line(inner.pop(0).text[len(_CUE) :])
    if text := clean_block("\n\n".join(parts)):
        yield _Line(text, box, cue)
    yield from inner


def _said(tokens: Sequence[Token]) -> str:
    """Return text as it reads; marks for stress stay, and where a link leads is not lost."""
    said: list[str] = []
    links: list[tuple[int, str]] = []
    for token in tokens:
        match token.type:
            case "softbreak" | "hardbreak":
                said.append("\n")
            case "code_inline":
                said.append(f"{token.markup}{token.content}{token.markup}")
            case "link_open":
                links.append((len(said), str(token.attrs.get("href", ""))))
            case "link_close":
                start, leads_to = links.pop()
                if leads_to and leads_to != "".join(said[start:]):
                    said.append(f" ({leads_to})")
            case "image":
                said.append(f"{token.content} ({token.attrs.get('src', '')})")
            case "text" | "html_inline":
                said.append(token.content)
            case _:
                said.append(token.markup)
    return "".join(said)
