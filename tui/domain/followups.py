"""Follow-ups: what someone will do, and how far it has come."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from tui.domain.notes import PLAN, PROMISE, Kind


class Owner(StrEnum):
    """Who will do it."""

    ME = "me"
    THEM = "them"
    BOTH = "both"


class Stage(StrEnum):
    """How far it has come. Captured is not yet agreed with the other."""

    CAPTURED = "captured"
    AGREED = "agreed"
    WAITING = "waiting"
    DONE = "done"
    LET_GO = "let-go"


class StageRow(NamedTuple):
    """One column of the board, as one row of the only table of stages."""

    stage: Stage
    label: str
    meaning: str
    is_open: bool


STAGES: tuple[StageRow, ...] = (
    StageRow(Stage.CAPTURED, "Captured", "said, not yet agreed", True),
    StageRow(Stage.AGREED, "Agreed", "owner, and a when or a cue", True),
    StageRow(Stage.WAITING, "Waiting", "on someone or something else", True),
    StageRow(Stage.DONE, "Done", "kept", False),
    StageRow(Stage.LET_GO, "Let go", "with a reason", False),
)
SOON = 3
"""Days before its day from which on a follow-up is due soon."""
OPEN_AT_MOST = 3
"""Open follow-ups that one owner keeps with one person; beyond it, it is said once."""
DECIDE_AT = 3
"""Mentions after which a follow-up asks for a decision."""
STAGE_LABEL: dict[Stage, str] = {row.stage: row.label for row in STAGES}
OWNER_LABEL: dict[Owner, str] = {Owner.ME: "me", Owner.THEM: "them", Owner.BOTH: "both"}
"""Who will do it, in a word, where it is said beside no name."""
OWED_BY_ME = frozenset({Owner.ME, Owner.BOTH})
"""Whose follow-ups the manager owes, alone or together."""
OWED_BY_THEM = frozenset({Owner.THEM, Owner.BOTH})
"""Whose follow-ups the other person owes, alone or together."""
OPEN_STAGES: frozenset[Stage] = frozenset(row.stage for row in STAGES if row.is_open)

OWNER_OF_KIND: dict[str, Owner] = {PROMISE.id: Owner.ME, PLAN.id: Owner.THEM}
"""Who owns a follow-up that was entered as a line of this kind."""


class Decision(StrEnum):
    """What to do with a follow-up that comes up again and again."""

    DO = "do"
    RENEGOTIATE = "renegotiate"
    HAND_OVER = "hand-over"
    LET_GO = "let-go"


class DecisionRow(NamedTuple):
    """One way to decide, as one row of the only table of decisions."""

    decision: Decision
    key: str
    label: str
    meaning: str


DECISIONS: tuple[DecisionRow, ...] = (
    DecisionRow(Decision.DO, "d", "Do it", "today, and it is off the list"),
    DecisionRow(Decision.RENEGOTIATE, "r", "Renegotiate", "another day or cue, agreed anew"),
    DecisionRow(Decision.HAND_OVER, "h", "Hand it over", "somebody else does it"),
    DecisionRow(Decision.LET_GO, "l", "Let it go", "with one line why"),
)


class Aspect(StrEnum):
    """What of a follow-up has changed."""

    STAGE = "stage"
    DUE = "due"
    OWNER = "owner"


class Step(NamedTuple):
    """One change in the life of a follow-up. What it became is in the next step, or as it is."""

    on: date
    """The day it changed."""
    aspect: Aspect
    was: str
    """What it was before: a stage, an owner, a day in ISO form; empty where there was no day."""


class FollowUp(NamedTuple):
    """What someone will do. One record, however many meetings touch it."""

    id: str
    person_id: str
    text: str
    owner: Owner
    said: datetime
    """When it was said, local time."""
    stage: Stage = Stage.CAPTURED
    due: date | None = None
    cue: str = ""
    """The *when* of an if-then plan: "when X, I will …"."""
    born_in: str | None = None
    """The one-to-one in whose file it lives; None when it was made outside one."""
    touches: tuple[str, ...] = ()
    """Later one-to-ones in which it came up again."""
    closed: date | None = None
    """The day it was done or let go."""
    reason: str = ""
    """Why it was let go."""
    is_unsure: bool = False
    """Whether the manager only thinks that it was said."""
    steps: tuple[Step, ...] = ()
    """How stage, day and owner changed, oldest first."""

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes it."""
        return self.stage in OPEN_STAGES

    @property
    def i_owe(self) -> bool:
        """Whether the manager owes it, alone or together."""
        return self.is_open and self.owner in OWED_BY_ME

    @property
    def they_owe(self) -> bool:
        """Whether the other person owes it, alone or together."""
        return self.is_open and self.owner in OWED_BY_THEM

    def is_overdue(self, today: date) -> bool:
        """Return whether it is open and its day has passed."""
        return self.is_open and self.due is not None and self.due < today

    def is_due_soon(self, today: date) -> bool:
        """Return whether it is open and due today or within the next three days."""
        is_dated = self.is_open and self.due is not None
        return is_dated and self.due is not None and 0 <= (self.due - today).days <= SOON

    @property
    def asks_decision(self) -> bool:
        """Whether it came up so often that it should be done, changed or let go."""
        return self.is_open and self.mentions >= DECIDE_AT

    @property
    def mentions(self) -> int:
        """In how many talks it came up, the one it was made in among them."""
        return len(self.touches) + 1

    @property
    def kind(self) -> Kind:
        """The kind of line it would be written as."""
        return PLAN if self.owner is Owner.THEM else PROMISE


def first_stage(due: date | None, cue: str = "") -> Stage:
    """Return the stage a follow-up begins in: agreed where it has a when or a cue.

    Without either nobody has agreed to anything yet.
    """
    return Stage.AGREED if due is not None or cue.strip() else Stage.CAPTURED


def neighbour_stage(stage: Stage, step: int) -> Stage | None:
    """Return the stage ``step`` columns to the right (or left), None beyond the board."""
    stages = [row.stage for row in STAGES]
    index = stages.index(stage) + step
    return stages[index] if 0 <= index < len(stages) else None


def stepped(before: FollowUp, after: FollowUp, today: date) -> FollowUp:
    """Return ``after`` with what changed since ``before`` among its steps.

    Of several changes of one aspect on one day only the first is kept, and none where it came back
    to what it was: who tries a stage and thinks better of it made no history.
    """
    steps = list(after.steps)
    for aspect in Aspect:
        was, now = _aspect(before, aspect), _aspect(after, aspect)
        if was == now:
            continue
        same_day = [s for s in steps if s.on == today and s.aspect is aspect]
        if not same_day:
            steps.append(Step(today, aspect, was))
        elif same_day[0].was == now:
            steps.remove(same_day[0])
    return after._replace(steps=tuple(steps))


def _aspect(follow_up: FollowUp, aspect: Aspect) -> str:
    if aspect is Aspect.DUE:
        return follow_up.due.isoformat() if follow_up.due else ""
    return str(follow_up.stage if aspect is Aspect.STAGE else follow_up.owner)


def board_order(follow_up: FollowUp) -> tuple[object, ...]:
    """Return the sort key within a stage: mine first, then soonest, undated, then as said.

    Finished ones stand newest first.
    """
    if not follow_up.is_open:
        closed = follow_up.closed or follow_up.said.date()
        return (0, -closed.toordinal(), follow_up.id)
    owner_rank = (Owner.ME, Owner.BOTH, Owner.THEM).index(follow_up.owner)
    due = follow_up.due.toordinal() if follow_up.due else 10_000_000
    return (owner_rank, due, follow_up.said, follow_up.id)
