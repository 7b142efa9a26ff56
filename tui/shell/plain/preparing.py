"""Text mode: the checklist, item by item."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from tui.domain.checklist import ChecklistItem, Phase, in_order, progress
from tui.services import checklists
from tui.shell.console import WentBack
from tui.shell.plain import planning
from tui.shell.plain.session import Session
from tui.words import plain as words
from tui.words import prompts, spoken

DONE = frozenset({"done", "d", "yes", "y"})
SKIP = frozenset({"", "skip", "s", "no", "n"})
WHY = frozenset({"why", "reason", "r", "w"})


class _Asked(NamedTuple):
    """An item, and the talk it lives in."""

    one_id: str
    item_id: str


def prepare(session: Session) -> None:
    """Go through what there is to do before the next one-to-one."""
    walk(session, planning.current_or_planned(session), Phase.BEFORE)


def left(session: Session, one_id: str, phase: Phase) -> int:
    """Return how many items of a phase are still to be done."""
    done, count = progress(session.notebook.page(one_id).items, phase)
    return count - done


def walk(session: Session, one_id: str, phase: Phase) -> None:
    """Go through the items of a phase that are not done: done, skip, or the reason.

    ``back`` goes to the item before; from the first, out of it.
    """
    asked = _to_do(session, one_id, phase)
    _say_how_far(session, one_id, phase)
    place = 0
    while place < len(asked):
        try:
            place += _ask_one(session, asked[place], place, len(asked))
        except WentBack:
            if not place:
                raise
            place -= 1
    if asked:
        _say_how_far(session, one_id, phase)


def _to_do(session: Session, one_id: str, phase: Phase) -> list[_Asked]:
    one = session.one(one_id)
    items = in_order(session.notebook.page(one_id).items, phase)
    found = [_Asked(one_id, item.id) for item in items if item.ticked is None]
    if phase is Phase.BEFORE:
        earlier = checklists.left_open(session.notebook, one)
        found += [_Asked(other.one.id, other.item.id) for other in earlier]
    return found


def _item(session: Session, asked: _Asked) -> ChecklistItem | None:
    items = session.notebook.page(asked.one_id).items
    return next((item for item in items if item.id == asked.item_id), None)


def _ask_one(session: Session, asked: _Asked, place: int, count: int) -> int:
    """Ask about one item; returns how far to go on."""
    item = _item(session, asked)
    if item is None:
        return 1
    question = prompts.item(item, place + 1, count)
    while True:
        answer = session.ask(question, words.ITEM_EXPLAINED).strip().casefold()
        if answer in SKIP:
            return 1
        if answer in WHY:
            session.say(item.reason or words.NO_REASON)
        elif answer in DONE:
            is_ticked = item.ticked is not None
            return int(is_ticked or session.keep(partial(_tick, session, asked), words.TICKED))
        else:
            session.say(words.ITEM_ANSWERS)


def _tick(session: Session, asked: _Asked) -> None:
    item = _item(session, asked)
    if item is not None and item.ticked is None:
        checklists.tick(session.notebook, session.one(asked.one_id), item)


def _say_how_far(session: Session, one_id: str, phase: Phase) -> None:
    done, count = progress(session.notebook.page(one_id).items, phase)
    session.say(spoken.how_far(done, count, phase))
