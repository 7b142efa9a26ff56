"""Checklists: what to do before a one-to-one and at its close, and why."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Phase(StrEnum):
    """When an item is for."""

    BEFORE = "before"
    CLOSE = "close"


class ChecklistItem(NamedTuple):
    """One thing to do before a one-to-one or at its close."""

    id: str
    text: str
    phase: Phase
    position: float
    """Where it stands within its phase; a new place is the middle between two neighbours."""
    reason: str = ""
    ticked: datetime | None = None
    """When it was done, local time."""
    is_own: bool = False
    """Whether it was written for this talk rather than taken from a template."""


class TemplateItem(NamedTuple):
    """One line of a checklist template."""

    key: str
    """A short name for it within its template."""
    text: str
    phase: Phase
    reason: str


class Template(NamedTuple):
    """A checklist to start from: one that ships, or one of the manager's own."""

    id: str
    title: str
    items: tuple[TemplateItem, ...]
    is_own: bool = False


def in_order(items: tuple[ChecklistItem, ...], phase: Phase) -> tuple[ChecklistItem, ...]:
    """Return the items of one phase in the order they are shown."""
    mine = (item for item in items if item.phase is phase)
    return tuple(sorted(mine, key=lambda item: (item.position, item.id)))


def progress(items: tuple[ChecklistItem, ...], phase: Phase) -> tuple[int, int]:
    """Return how many items of a phase are ticked, and how many there are."""
    of_phase = [item for item in items if item.phase is phase]
    return sum(item.ticked is not None for item in of_phase), len(of_phase)


def position_after(neighbours: tuple[ChecklistItem, ...], index: int) -> float:
    """Return the position for an item that is to stand at ``index`` among its ``neighbours``.

    Args:
        neighbours: The other items of the phase, in order.
        index: 0 for the first place, ``len(neighbours)`` for the last.
    """
    before = neighbours[index - 1].position if index > 0 else None
    after = neighbours[index].position if index < len(neighbours) else None
    if before is None:
        return 1.0 if after is None else after - 1.0
    return before + 1.0 if after is None else (before + after) / 2
