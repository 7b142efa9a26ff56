"""A table of follow-ups, read: our own export, as a spreadsheet may have saved it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tui.domain.followups import Owner, Stage, first_stage
from tui.domain.guards import unguard_cell
from tui.domain.text import clean_block, clean_line, fold
from tui.errors import UsageError
from tui.services.readers.found import Found, LeftOut, Promised, Whose, is_theirs

NO_WORDS = "the row has no words"
NO_OWNER = "its owner is none of me, them, both"
NO_STAGE = "its stage is none we know"
NO_DAY = "its day is not written as 2026-12-04"


def read_csv(text: str, whose: Whose, today: date) -> Iterator[Found]:
    """Yield what is in a table of follow-ups, row by row.

    Args:
        text: The text.
        whose: The person it is imported for, and who else there is.
        today: The day something was done whose day is not said.

    Raises:
        UsageError: Where it has no column of texts, or cannot be read as a table.
    """
    import csv

    sign = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=sign, strict=True)
    try:
        names = [fold(clean_line(name)) for name in next(rows, [])]
        if "text" not in names:
            raise UsageError("The table has no column “text”. Nothing was written.")
        for row in rows:
            cells = dict(zip(names, map(unguard_cell, row), strict=False))
            if any(cell.strip() for cell in row):
                yield _row(cells, whose, today)
    except csv.Error as error:
        raise UsageError(
            f"It cannot be read as a table: {error}, line {rows.line_num}. Nothing was written."
        ) from error


def _row(cells: dict[str, str], whose: Whose, today: date) -> Found:
    said = clean_block(cells.get("text", ""))
    person = fold(clean_line(cells.get("person", "")))
    other = next((name for name in whose.others if fold(name) == person), "")
    if other:
        return LeftOut(said, is_theirs(other))
    owner, stage = (fold(clean_line(cells.get(name, ""))) for name in ("owner", "stage"))
    if not said:
        return LeftOut("a row", NO_WORDS)
    if owner and owner not in tuple(Owner):
        return LeftOut(said, NO_OWNER)
    if stage and stage not in tuple(Stage):
        return LeftOut(said, NO_STAGE)
    try:
        due, closed, said_on = (_day(cells.get(name, "")) for name in ("due", "closed", "said"))
    except ValueError:
        return LeftOut(said, NO_DAY)
    cue = clean_line(cells.get("cue", ""))
    found = Stage(stage) if stage else first_stage(due, cue)
    return Promised(
        said,
        Owner(owner or Owner.ME),
        found,
        due,
        cue,
        (closed or today) if found in (Stage.DONE, Stage.LET_GO) else None,
        said_on,
        fold(clean_line(cells.get("unsure", ""))) == "yes",
    )


def _day(cell: str) -> date | None:
    """Return the day in a cell, which may name a time after it; None where it is empty.

    Raises:
        ValueError: Where it is not written as 2026-12-04.
    """
    if not cell.strip():
        return None
    found = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T].*)?", cell.strip())
    if found is None:
        raise ValueError("not a day as we write it")
    return date.fromisoformat(found[1])
