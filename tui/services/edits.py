"""What is changed by hand in a summary before it goes out: lines in other words, left out, added.

The notes stay as they are. An edit belongs to a line as the notes have it: where the note changes
or goes, the edit is lost, and is shown as such, so that no words go out that nobody looked at.
"""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from typing import NamedTuple

from tui.domain.ours import CLOSING_LINE, HEADINGS, NEXT, OPENING, Section, Summary
from tui.domain.text import JOINER, clean_block
from tui.errors import UsageError
from tui.services.outward import NOTHING


class Edit(NamedTuple):
    """One line that is to read otherwise."""

    heading: str
    was: str
    """The line as the notes have it; empty for a line that is added."""
    text: str
    """What it says instead; empty where it is left out."""
    nth: int = 0
    """Which of the lines that were the same under this heading, or of those that were added."""


class Touch(StrEnum):
    """What was done to a line."""

    AS_IS = ""
    CHANGED = "changed"
    ADDED = "added"
    LEFT_OUT = "left out"


class Line(NamedTuple):
    """A line of a summary, and what was done to it."""

    heading: str
    was: str
    text: str
    nth: int = 0

    @property
    def touch(self) -> Touch:
        """What was done to it."""
        if not self.was:
            return Touch.ADDED
        if not self.text:
            return Touch.LEFT_OUT
        return Touch.AS_IS if self.text == self.was else Touch.CHANGED

    @property
    def key(self) -> str:
        """A name for it that stays the same while its words are changed here."""
        return f"{self.heading}/{self.nth}/{self.was}"


Edits = tuple[Edit, ...]


class Edited(NamedTuple):
    """A summary with the edits of the manager."""

    summary: Summary
    """What goes out."""
    lines: tuple[Line, ...]
    """Its lines in order, those among them that are left out."""
    lost: Edits = ()
    """Edits whose line is not there any more."""


def edited(summary: Summary, edits: Edits) -> Edited:
    """Return a summary as the edits have it."""
    known = {(edit.heading, edit.was, edit.nth): edit for edit in edits if edit.was}
    there = {section.heading: section.lines for section in summary.sections}
    there |= {OPENING: (summary.opening,), CLOSING_LINE: (summary.closing,)}
    lines: list[Line] = []
    for heading in (OPENING, *HEADINGS, CLOSING_LINE):
        seen: Counter[str] = Counter()
        for was in there.get(heading, ()):
            edit = known.pop((heading, was, seen[was]), None)
            lines.append(Line(heading, was, edit.text if edit else was, seen[was]))
            seen[was] += 1
        if heading in HEADINGS:
            lines += [Line(*e) for e in edits if not e.was and e.text and e.heading == heading]
    return Edited(_made_of(summary, lines), tuple(lines), tuple(known.values()))


def _made_of(summary: Summary, lines: list[Line]) -> Summary:
    def under(heading: str) -> tuple[str, ...]:
        return tuple(line.text for line in lines if line.heading == heading and line.text)

    sections = tuple(Section(h, under(h)) for h in HEADINGS if under(h))
    (opening,), (closing,) = under(OPENING) or ("",), under(CLOSING_LINE) or ("",)
    if opening == summary.opening and any(s.heading != NEXT for s in sections):
        opening = opening.removesuffix(f"\n{NOTHING}")  # there is something to send after all
    return summary._replace(opening=opening, sections=sections, closing=closing)


# -- changing ------------------------------------------------------------------------------


def reworded(edits: Edits, line: Line, text: str) -> Edits:
    """Return the edits with other words for a line; its own words undo what was done to it.

    Raises:
        UsageError: Where nothing is left of the line.
    """
    text = clean_block(text)
    if not text:
        raise UsageError("Nothing is left of this line. To leave it out: d in the summary.")
    return _with(edits, line, text)


def left_out(edits: Edits, line: Line) -> Edits:
    """Return the edits with a line left out; one that was added is gone."""
    return _with(edits, line, "")


def put_back(edits: Edits, line: Line) -> Edits:
    """Return the edits without what was done to a line; one that was added is gone."""
    return _with(edits, line, line.was)


def with_line(edits: Edits, heading: str, text: str) -> Edits:
    """Return the edits with one more line under a heading.

    Raises:
        UsageError: Where there is nothing in the line.
    """
    text = clean_block(text)
    if not text:
        raise UsageError("A line needs a few words.")
    numbers = [edit.nth for edit in edits if not edit.was and edit.heading == heading]
    return (*edits, Edit(heading, "", text, max(numbers, default=-1) + 1))


def _with(edits: Edits, line: Line, text: str) -> Edits:
    """Return the edits with one line's in its place, without it where it would do nothing."""
    this = (line.heading, line.was, line.nth)
    now = (Edit(line.heading, line.was, text, line.nth),) if text != line.was else ()
    place = next((n for n, e in enumerate(edits) if (e.heading, e.was, e.nth) == this), len(edits))
    return (*edits[:place], *now, *edits[place + 1 :])


# -- keeping -------------------------------------------------------------------------------


def to_text(edits: Edits) -> str:
    """Return the edits as text to keep; empty where there are none."""
    return json.dumps([list(edit) for edit in edits], ensure_ascii=False) if edits else ""


def from_text(text: str) -> Edits:
    """Return the edits a text keeps; what is not understood of it is left out.

    Where two runs were cut off, the text holds what both kept; of two edits of one line the later.
    """
    found: dict[tuple[str, str, int], Edit] = {}
    for kept in text.split(JOINER):
        try:
            rows = json.loads(kept)
        except ValueError:
            continue
        for row in rows if isinstance(rows, list) else ():
            match row:
                case [str(heading), str(was), str(said), int(nth)]:
                    edit = Edit(heading, was, clean_block(said), nth)
                    found[edit.heading, edit.was, edit.nth] = edit
                case _:
                    continue
    return tuple(edit for edit in found.values() if edit.was or edit.text)
