"""Follow-ups as a table for a spreadsheet; nothing in it is ever calculated."""

from __future__ import annotations

from collections.abc import Iterable

from tui.domain.guards import guard_cell
from tui.domain.ours import Ours

COLUMNS = ("person", "owner", "text", "cue", "stage", "due", "said", "closed", "unsure", "id")


class _Lines(list[str]):
    """What a writer of the standard library can write to."""

    write = list.append


def csv_text(everybody: Iterable[Ours]) -> str:
    """Return the follow-ups of some people, a row each below a row of headings."""
    import csv

    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    for ours in everybody:
        for follow_up in ours.follow_ups:
            row = (
                ours.person.name,
                str(follow_up.owner),
                follow_up.text,
                follow_up.cue,
                str(follow_up.stage),
                follow_up.due.isoformat() if follow_up.due else "",
                follow_up.said.isoformat(" ", "seconds"),
                follow_up.closed.isoformat() if follow_up.closed else "",
                "yes" if follow_up.is_unsure else "",
                follow_up.id,
            )
            writer.writerow([guard_cell(cell) for cell in row])
    return "".join(lines)
