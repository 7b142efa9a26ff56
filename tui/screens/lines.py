"""The lines of a summary as rows: the text as it goes out, and apart from it what does not."""

from __future__ import annotations

from collections.abc import Iterable

from tui import words
from tui.domain.notes import HEARD, PROMISE, Note
from tui.domain.ours import CLOSING_LINE, NEXT, OPENING, Part
from tui.render import AMBER, BLANK, BRIGHT, MINE, MUTED, heading_row, joined, note_row, text
from tui.services.edits import Edited, Line, Touch
from tui.services.sendings import Since
from tui.widgets.rows import Row

_STYLES = {PROMISE.section: AMBER, HEARD.section: BRIGHT}
OUT, LOST, HELD = "out:", "lost:", "held:"
"""Before the ids of rows that are not in the text: left out, lost, the manager's alone."""


def say_section(heading: str) -> str:
    """Return what a part of the summary is called to the manager."""
    return {OPENING: "the beginning", CLOSING_LINE: "the end"}.get(heading, heading)


def sent_rows(edited: Edited, parts: Iterable[Part], since: Since | None) -> tuple[Row, ...]:
    """Return what goes out as rows, each as it is written; changed and new lines say so.

    Args:
        edited: The summary.
        parts: The stretches of its text, in a format.
        since: What is new since it was sent; None where it was not sent yet.
    """
    lines = lines_by_place(edited)
    rows: list[Row] = []
    shown: set[str] = set()
    for part in parts:
        line = lines.get((part.heading, part.number))
        if line is None or line.key in shown:
            body = text(part.text, "bold" if part.is_heading else "")
            rows.append(Row("", body, text(part.mark)) if part.text else BLANK)
            continue
        shown.add(line.key)
        is_new = since is not None and (part.heading, part.number) in since.new
        facts = [line.touch, words.NEW_SINCE if is_new else ""]
        style = _STYLES.get(part.heading, "")
        gutter = text(part.mark, style)
        rows.append(Row(line.key, text(part.text, style), gutter, joined(facts, MUTED)))
    return tuple(rows)


def lines_by_place(edited: Edited) -> dict[tuple[str, int], Line]:
    """Return the lines that go out by their heading and number under it."""
    found: dict[tuple[str, int], Line] = {}
    count: dict[str, int] = {}
    for line in edited.lines:
        if line.text:
            number = count.get(line.heading, 0)
            found[line.heading, number] = line
            count[line.heading] = number + 1
    return found


def unplaced(edited: Edited, parts: tuple[Part, ...]) -> tuple[Line, ...]:
    """Return the lines that were added and are in no stretch of the text: a template's doing."""
    shown = {(part.heading, part.number) for part in parts if part.text and not part.is_heading}
    said = "\n".join(part.text for part in parts)

    def is_shown(place: tuple[str, int], line: Line) -> bool:  # a template may join what is next
        return place in shown or (line.heading == NEXT and line.text in said)

    lines = lines_by_place(edited).items()
    return tuple(x for place, x in lines if x.touch is Touch.ADDED and not is_shown(place, x))


def kept_rows(
    edited: Edited, apart: Iterable[Line], mine: Iterable[Note], *, is_narrow: bool
) -> tuple[Row, ...]:
    """Return what does not go out: edits that are lost, lines left out, notes that stay.

    Args:
        edited: The summary.
        apart: Lines that were added and have no place in the text.
        mine: The notes that are the manager's alone; empty where they are not to be shown.
        is_narrow: Whether there is room for little but the text.
    """
    rows: list[Row] = []
    if edited.lost:
        rows.append(heading_row(words.LOST_EDITS))
    for number, edit in enumerate(edited.lost):
        said = edit.text or edit.was
        what = Touch.CHANGED if edit.text else Touch.LEFT_OUT
        where = "" if is_narrow else say_section(edit.heading)
        facts = joined([where, f"was {what}"], MUTED)
        rows.append(Row(f"{LOST}{number}", text(said, MINE), text("  "), facts))
    left_out = [line for line in edited.lines if line.touch is Touch.LEFT_OUT]
    if left_out:
        rows.append(heading_row(words.LEFT_OUT))
    for line in left_out:
        facts = joined(["" if is_narrow else say_section(line.heading)], MUTED)
        rows.append(Row(f"{OUT}{line.key}", text(line.was, MINE), text("  "), facts))
    without = tuple(apart)
    if without:
        rows.append(heading_row(words.NO_PLACE))
    for line in without:
        facts = joined(["" if is_narrow else say_section(line.heading)], MUTED)
        rows.append(Row(f"{OUT}{line.key}", text(line.text, MINE), text("  "), facts))
    notes = [note_row(note, is_pending=False, is_narrow=is_narrow) for note in mine]
    if notes:
        rows.append(heading_row(words.STAYS_WITH_YOU))
    rows += [row._replace(id=f"{HELD}{row.id}") for row in notes]
    return tuple(rows)
