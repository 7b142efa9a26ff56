"""All that is ours as JSON, for programs: documented in EXPORT.md and `data/export.schema.json`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tui.domain.followups import FollowUp
from tui.domain.ours import OurNote, Ours, OurTalk, OurTopic

FORMAT = "alongside-export"
VERSION = 1
"""Grows when something that is there changes or goes; what is added leaves it as it is."""


def json_text(everybody: Iterable[Ours], now: datetime) -> str:
    """Return all that is ours of some people, ending in a line end."""
    import json

    document = {
        "format": FORMAT,
        "version": VERSION,
        "exported": now.isoformat(timespec="seconds"),
        "people": [_person(ours) for ours in everybody],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _person(ours: Ours) -> dict[str, Any]:
    coming = ours.coming
    return {
        "id": ours.person.id,
        "name": ours.person.name,
        "talks": [_talk(talk) for talk in ours.talks],
        "follow_ups": [_follow_up(follow_up) for follow_up in ours.follow_ups],
        "shelf": [_topic(topic) for topic in ours.topics],
        "next": _planned(coming) if coming else None,
    }


def _planned(talk: OurTalk) -> dict[str, Any]:
    return {"id": talk.id, "at": talk.at.isoformat(timespec="seconds"), "place": talk.place}


def _talk(talk: OurTalk) -> dict[str, Any]:
    notes = [_note(note) for note in talk.notes]
    return _planned(talk) | {"notes": notes, "parked": [_topic(topic) for topic in talk.topics]}


def _note(note: OurNote) -> dict[str, Any]:
    return {
        "id": note.id,
        "kind": note.kind.id,
        "text": note.text,
        "at": note.at.isoformat(timespec="seconds"),
        "unsure": note.is_unsure,
    }


def _topic(topic: OurTopic) -> dict[str, Any]:
    return {"id": topic.id, "text": topic.text, "on": topic.on.isoformat()}


def _follow_up(follow_up: FollowUp) -> dict[str, Any]:
    return {
        "id": follow_up.id,
        "text": follow_up.text,
        "owner": follow_up.owner,
        "stage": follow_up.stage,
        "due": follow_up.due.isoformat() if follow_up.due else None,
        "cue": follow_up.cue,
        "said": follow_up.said.isoformat(timespec="seconds"),
        "closed": follow_up.closed.isoformat() if follow_up.closed else None,
        "born_in": follow_up.born_in,
        "came_up_in": list(follow_up.touches),
        "unsure": follow_up.is_unsure,
    }
