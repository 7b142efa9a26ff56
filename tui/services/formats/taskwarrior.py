"""Follow-ups as `task import` takes them: JSON, a task a line.

One task that Taskwarrior cannot take makes it refuse them all, so what it would not take is left
out of the task: a moment before 1980 or in the last of all years, an id that is no UUID.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tui.domain.followups import FollowUp, Stage
from tui.domain.ours import OurPerson, Ours
from tui.domain.text import clean_line, slug
from tui.services.formats.moments import END_OF_DAY, NOON, utc, utc_of_day

_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_YEARS = range(1981, 9999)
_STATUS = {Stage.DONE: "completed", Stage.LET_GO: "deleted"}
_TAGGED = frozenset({Stage.CAPTURED, Stage.WAITING})
"""Stages that show as a tag: Taskwarrior's own "waiting" hides a task until a day."""


def taskwarrior_text(everybody: Iterable[Ours]) -> str:
    """Return the follow-ups of some people as an array of tasks, ending in a line end."""
    import json

    tasks = [_task(ours.person, f) for ours in everybody for f in ours.follow_ups if f.text.strip()]
    lines = ",\n".join(json.dumps(task, ensure_ascii=False) for task in tasks)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _task(person: OurPerson, follow_up: FollowUp) -> dict[str, Any]:
    said = _stamp(utc(follow_up.said))
    due = _stamp(utc_of_day(follow_up.due, END_OF_DAY)) if follow_up.due else ""
    end = _stamp(utc_of_day(follow_up.closed, NOON)) if follow_up.closed else ""
    tags = [str(follow_up.owner)] + [str(follow_up.stage)] * (follow_up.stage in _TAGGED)
    cue = clean_line(follow_up.cue)
    task: dict[str, Any] = {
        "uuid": follow_up.id if _UUID.fullmatch(follow_up.id) else "",
        "description": clean_line(follow_up.text),
        "status": _STATUS.get(follow_up.stage, "pending"),
        "entry": said,
        "end": (end or said) if not follow_up.is_open else "",
        "due": due,
        "project": f"1on1.{slug(person.name)}",
        "tags": tags,
        "annotations": [{"entry": said, "description": cue}] if cue and said else [],
    }
    return {name: value for name, value in task.items() if value}


def _stamp(moment: datetime) -> str:
    """Return a moment as Taskwarrior writes it; empty where it would not take it."""
    return f"{moment:%Y%m%dT%H%M%SZ}" if moment.year in _YEARS else ""
