"""A table of follow-ups, read: our own export, as a spreadsheet may have saved it again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tui.domain.followups import Owner, Stage
from tui.domain.guards import unguard_cell
from tui.domain.particulars import stage_of
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
    owner, stage = cells.get("owner", "") or Owner.ME, cells.get("stage", "")
    if not said:
        return LeftOut("a row", NO_WORDS)
    if owner not in tuple(Owner):
        return LeftOut(said, NO_OWNER)
    if stage and stage not in tuple(Stage):
        return LeftOut(said, NO_STAGE)
    try:
        due, closed, said_on = (_day(cells.get(name, "")) for name in ("due", "closed", "said"))
    except ValueError:
        return LeftOut(said, NO_DAY)
    found = Stage(stage) if stage else stage_of(due)
    return Promised(
        said,
        Owner(owner),
        found,
        due,
        clean_line(cells.get("cue", "")),
        (closed or today) if found in (Stage.DONE, Stage.LET_GO) else None,
        said_on,
        cells.get("unsure", "") == "yes",
    )


def _day(cell: str) -> date | None:
    """Return the day in a cell, which may name a time too."""
    return date.fromisoformat(cell.strip()[:10]) if cell.strip() else None
