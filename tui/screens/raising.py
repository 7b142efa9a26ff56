"""What to raise next, as rows of the history and of what stands beside the checklist."""

from __future__ import annotations

from tui.domain.followups import FollowUp, Owner
from tui.domain.people import Topic
from tui.domain.questions import Area, Pick
from tui.domain.text import first_line
from tui.render import AMBER, BLANK, MUTED, heading_row, text
from tui.services.lookback import Raise
from tui.widgets.rows import Row
from tui.words import history as said

NEXT = "next:"
"""Begins the id of a row; what it would be where it stands otherwise follows."""


def raise_row(found: Raise) -> Row:
    """Return something to be raised next, with the reason below it."""
    below = text(found.reason, MUTED)
    match found.about:
        case FollowUp() as follow_up:
            style = "" if follow_up.owner is Owner.THEM else AMBER
            sign = text(f"{follow_up.kind.key} ", style or MUTED)
            body = text(first_line(follow_up.text), style)
            return Row(f"{NEXT}promise:{follow_up.id}", body, sign, below=below)
        case Topic() as topic:
            sign = text("& ", MUTED)
            return Row(f"{NEXT}topic:{topic.id}", text(first_line(topic.text)), sign, below=below)
        case Pick() as pick:
            return Row(f"{NEXT}asked:{pick.id}", text(pick.text), text("? ", MUTED), below=below)
        case Area() as area:
            return Row(f"{NEXT}area:{area.id}", text(area.label), text("? ", MUTED), below=below)


def raise_rows(found: tuple[Raise, ...]) -> list[Row]:
    """Return what is to be raised next, under its heading; nothing where there is nothing."""
    return [heading_row(said.RAISE_NEXT), *map(raise_row, found), BLANK] if found else []
