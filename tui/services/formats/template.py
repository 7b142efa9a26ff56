"""The manager's own way to write a summary: a text with words in braces, and nothing more.

Paragraphs stand between blank lines. `{name}`, `{date}`, `{place}`, `{next}` and `{me}` are put
into their line; a list such as `{heard}` becomes lines that begin with a hyphen, what stands beside
it on its line a line of its own. A line in which all words are empty is left out, and so is a
paragraph in which all are. `{{` is a brace.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tui.domain.notes import DECIDED, HEARD, IDEA, NEED, PARK, PLAN, PROMISE, THANKS
from tui.domain.ours import NEXT, Part, Pieces, Summary, Template
from tui.domain.text import clean
from tui.errors import UsageError
from tui.services.formats.summary import spaced

ME = "me"
"""The word for the manager, who is the same in every summary."""
_IN_LINE: dict[str, Callable[[Summary], str]] = {
    "name": lambda summary: summary.name,
    "date": lambda summary: summary.day,
    "place": lambda summary: summary.place,
    "next": lambda summary: "; ".join(_lines(summary, NEXT)),
    ME: lambda summary: "",  # of who did not say how they are called
}
_LISTS: dict[str, str] = {
    "thanks": THANKS.section,
    "heard": HEARD.section,
    "need": NEED.section,
    "i_will": PROMISE.section,
    "you_plan_to": PLAN.section,
    "decided": DECIDED.section,
    "ideas": IDEA.section,
    "for_next_time": PARK.section,
}
WORDS: tuple[str, ...] = (*list(_IN_LINE)[:3], *_LISTS, "next", ME)
"""What may stand in braces."""

_PIECE = re.compile(r"\{\{|\{([^{}]*)\}|\{|[^{]+")


def template_of(text: str, path: str, me: str = "") -> Template:
    """Return the template that a text is.

    Args:
        text: What the file says.
        path: Where it is, to say where something is wrong.
        me: What the manager is called.

    Raises:
        UsageError: Where a word is not known or a brace stands alone: with file, line and what
            there is.
    """
    paragraphs: list[tuple[Pieces, ...]] = []
    lines: list[Pieces] = []
    for number, line in enumerate(clean(text).split("\n"), 1):
        if line.strip():
            lines.append(_pieces(line.rstrip(), f"{path}, line {number}", me))
        elif lines:
            paragraphs.append(tuple(lines))
            lines = []
    template = Template((*paragraphs, tuple(lines)) if lines else tuple(paragraphs))
    if not template.paragraphs:
        raise UsageError(f"{path}: there is nothing in it.")
    return template


def _pieces(line: str, where: str, me: str) -> Pieces:
    pieces: list[tuple[bool, str]] = []
    for found in _PIECE.finditer(line):
        word = found[1]
        if found[0] == "{":
            raise UsageError(f"{where}: a brace is not closed. For a brace itself, write {{{{.")
        if word is None:
            pieces.append((False, "{" if found[0] == "{{" else found[0]))
        elif word.strip() == ME and me:
            pieces.append((False, me))
        elif word.strip() in WORDS:
            pieces.append((True, word.strip()))
        else:
            known = ", ".join(WORDS)
            raise UsageError(f"{where}: {{{word[:40]}}} is not known. There are: {known}.")
    return tuple(pieces)


def template_parts(template: Template, summary: Summary) -> tuple[Part, ...]:
    """Return the summary as a template has it, stretch by stretch."""
    paragraphs = (_paragraph(lines, summary) for lines in template.paragraphs)
    return spaced([parts for parts in paragraphs if parts])


def _paragraph(lines: tuple[Pieces, ...], summary: Summary) -> list[Part]:
    words = [word for line in lines for is_word, word in line if is_word]
    if words and not any(_has(summary, word) for word in words):
        return []
    return [part for line in lines for part in _line(line, summary)]


def _has(summary: Summary, word: str) -> bool:
    return bool(_lines(summary, _LISTS[word]) if word in _LISTS else _IN_LINE[word](summary))


def _line(pieces: Pieces, summary: Summary) -> list[Part]:
    words = [word for is_word, word in pieces if is_word]
    if words and not any(_has(summary, word) for word in words):
        return []
    parts: list[Part] = []
    said = ""
    for is_word, piece in pieces:
        if is_word and piece in _LISTS:
            parts += _said(said, pieces, summary)
            said = ""
            heading = _LISTS[piece]
            lines = enumerate(_lines(summary, heading))
            parts += [Part(line, "- ", heading, number) for number, line in lines]
        else:
            said += _IN_LINE[piece](summary) if is_word else piece
    return parts + _said(said.lstrip() if parts else said, pieces, summary)


def _said(said: str, pieces: Pieces, summary: Summary) -> list[Part]:
    """Return what stands in a line beside lists; the next one-to-one can be told from the rest."""
    text = said.rstrip()
    if not text.strip():
        return []
    is_next = (True, "next") in pieces and len(_lines(summary, NEXT)) == 1
    return [Part(text, heading=NEXT if is_next else "")]


def _lines(summary: Summary, heading: str) -> tuple[str, ...]:
    return next((s.lines for s in summary.sections if s.heading == heading), ())
