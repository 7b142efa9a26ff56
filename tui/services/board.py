"""The board: which follow-ups stand in which column, in which order, and which fit the words typed.

It is worked out anew whenever something changed and is as quick with ten thousand follow-ups as
with a hundred: what is the same for every look is kept (`BoardIndex`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from tui.domain.followups import (
    OWNER_LABEL,
    STAGE_LABEL,
    STAGES,
    FollowUp,
    Owner,
    Stage,
    board_order,
)
from tui.domain.journal import Journal
from tui.domain.text import fold, times


class Sort(StrEnum):
    """In which order the open cards of a column stand, the manager's own always first."""

    WHEN = "when"
    SAID = "said"
    PERSON = "person"
    TOUCHED = "touched"


SORTS: dict[Sort, str] = {
    Sort.WHEN: "soonest first",
    Sort.SAID: "longest said first",
    Sort.PERSON: "by person",
    Sort.TOUCHED: "most often come up first",
}
CUT = "\0"
"""Stands between cards where they are folded at one go; no text of a user's has one."""
BY = "by:"
"""Before the name of an order among the words typed."""

OVERDUE, DUE_SOON, NO_DATE = "overdue", "due soon", "no date"
"""Words a card is marked with, and found by."""


class Asked(NamedTuple):
    """Which follow-ups the board is to show, and how."""

    person_id: str | None = None
    """Only this person's; everybody's but the archived where it is None."""
    only_mine: bool = False
    """Only what the manager owes, alone or with the other."""
    words: str = ""
    """Only with all these, as they are on the cards; ``by:…`` among them chooses the order."""
    sort: Sort = Sort.WHEN


class Board(NamedTuple):
    """The columns of the board, and what is owed on it by whom."""

    columns: dict[Stage, tuple[FollowUp, ...]]
    i_owe: int
    they_owe: int
    sort: Sort


def state_words(follow_up: FollowUp, today: date) -> tuple[str, ...]:
    """Return what marks a follow-up in words: overdue, due soon, no date, how often it came up."""
    if not follow_up.is_open:
        return ()
    marks = []
    if follow_up.due is None:
        marks.append(NO_DATE)
    elif follow_up.due < today:
        marks.append(OVERDUE)
    elif follow_up.is_due_soon(today):
        marks.append(DUE_SOON)
    if follow_up.touches:
        marks.append(f"came up {times(follow_up.mentions)}")
    return tuple(marks)


def read_words(words: str) -> tuple[tuple[str, ...], Sort | None]:
    """Return the words to find, and the order asked for among them; an unknown one is a word."""
    wanted, sort = [], None
    for word in fold(words).split():
        name = word.removeprefix(BY)
        named = [s for s in Sort if name and s.startswith(name)] if name != word else []
        if named:
            sort = named[0]
        elif word != BY:
            wanted.append(word)
    return tuple(wanted), sort


class BoardIndex:
    """What the board needs of a journal's follow-ups, kept as long as they are the same."""

    def __init__(self) -> None:
        self._last: tuple[tuple[object, ...], Board] | None = None
        self._of: object = None
        self._cards: list[tuple[FollowUp, str]] | None = None
        self._today: date | None = None

    def board(self, journal: Journal, asked: Asked, today: date) -> Board:
        """Return the board as it is asked for.

        Args:
            journal: Where the follow-ups are.
            asked: Which of them, and how.
            today: The day to look from.
        """
        question = (journal.follow_ups, journal.people, asked, today)
        if self._last is None or not _is_same(self._last[0], question):
            self._last = (question, self._made(journal, asked, today))
        return self._last[1]

    def _made(self, journal: Journal, asked: Asked, today: date) -> Board:
        wanted, sort = read_words(asked.words)
        if wanted:
            cards = self.cards(journal, today)
            for word in wanted:
                cards = [card for card in cards if word in card[1]]
            found = _of_people(journal, asked.person_id, [follow_up for follow_up, _ in cards])
        else:
            found = _of_people(journal, asked.person_id)
        if asked.only_mine:
            found = [f for f in found if f.owner is not Owner.THEM]
        columns: dict[Stage, list[FollowUp]] = {row.stage: [] for row in STAGES}
        for follow_up in found:
            columns[follow_up.stage].append(follow_up)
        opened = [f for row in STAGES if row.is_open for f in columns[row.stage]]
        order = _order(journal, sort or asked.sort)
        in_order = {
            row.stage: _sorted(columns[row.stage], order)
            if row.is_open
            else _newest_first(columns[row.stage])
            for row in STAGES
        }
        i_owe = sum(f.owner is not Owner.THEM for f in opened)
        they_owe = sum(f.owner is not Owner.ME for f in opened)
        return Board(in_order, i_owe, they_owe, sort or asked.sort)

    def cards(self, journal: Journal, today: date) -> list[tuple[FollowUp, str]]:
        """Return each follow-up with all that may be found on its card, folded at one go.

        The first time takes some milliseconds where there are many, so it is asked for when the
        field to type in is opened.
        """
        if self._cards is None or self._of is not journal.follow_ups or self._today != today:
            people = journal.people
            found = [f for f in journal.follow_ups.values() if f.person_id in people]
            lines = (_on_card(f, people[f.person_id].name, today) for f in found)
            texts = fold(CUT.join(lines)).split(CUT) if found else []
            self._cards = list(zip(found, texts, strict=True))
            self._of, self._today = journal.follow_ups, today
        return self._cards


def _is_same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Return whether two questions are the same; of a journal's parts only the very same are."""
    return one[0] is other[0] and one[1] is other[1] and one[2:] == other[2:]


def _of_people(
    journal: Journal, person_id: str | None, among: list[FollowUp] | None = None
) -> list[FollowUp]:
    """Return one person's follow-ups, or those of all who are not archived."""
    if person_id is None:
        shown = {person.id for person in journal.people.values() if not person.archived}
        all_of_them = journal.follow_ups.values() if among is None else among
        return [f for f in all_of_them if f.person_id in shown]
    if person_id not in journal.people:
        return []
    if among is None:
        return list(journal.follow_ups_of(person_id))
    return [f for f in among if f.person_id == person_id]


def _on_card(follow_up: FollowUp, name: str, today: date) -> str:
    marks = " ".join(state_words(follow_up, today)) if follow_up.is_open else follow_up.reason
    who, stage = OWNER_LABEL[follow_up.owner], STAGE_LABEL[follow_up.stage]
    return f"{follow_up.text} {follow_up.cue} {name} {who} {stage} {marks}"


def _sorted(
    follow_ups: list[FollowUp], order: Callable[[FollowUp], tuple[object, ...]]
) -> tuple[FollowUp, ...]:
    return tuple(sorted(follow_ups, key=order))


def _newest_first(finished: list[FollowUp]) -> tuple[FollowUp, ...]:
    """Return finished ones in `board_order`, with no key made for each: most are finished."""
    by_id = sorted(finished, key=attrgetter("id"))
    by_id.sort(key=_closed, reverse=True)  # what is of one day stays in order
    return tuple(by_id)


def _closed(follow_up: FollowUp) -> date:
    return follow_up.closed or follow_up.said.date()


def _order(journal: Journal, sort: Sort) -> Callable[[FollowUp], tuple[object, ...]]:
    """Return the sort key of the open columns: mine first, then as asked, then soonest."""
    people = journal.people

    def key(follow_up: FollowUp) -> tuple[object, ...]:
        rank, *rest = board_order(follow_up)
        chosen: object = 0
        match sort:
            case Sort.SAID:
                chosen = follow_up.said
            case Sort.PERSON:
                chosen = people[follow_up.person_id].name.casefold()
            case Sort.TOUCHED:
                chosen = -follow_up.mentions
        return (rank, chosen, *rest)

    return board_order if sort is Sort.WHEN else key


def columns_of(follow_ups: Iterable[FollowUp]) -> dict[Stage, tuple[FollowUp, ...]]:
    """Return follow-ups by stage, each column in the order it is shown at first."""
    columns: dict[Stage, list[FollowUp]] = {row.stage: [] for row in STAGES}
    for follow_up in follow_ups:
        columns[follow_up.stage].append(follow_up)
    return {stage: tuple(sorted(column, key=board_order)) for stage, column in columns.items()}
