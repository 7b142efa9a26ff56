"""Text mode: follow-ups, as a numbered list; done, agreed, moved, let go with the reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tui.domain.dates import WhenError
from tui.domain.followups import FollowUp, Stage, board_order
from tui.services import promises
from tui.shell.console import WentBack
from tui.shell.plain.lines import UNDO, take_back
from tui.shell.plain.matching import is_number, matched
from tui.shell.plain.session import Session
from tui.words import asks_decision, prompts, spoken
from tui.words import plain as words

WHEN = "when "
"""Begins a cue: what a follow-up hangs on, where it is no day."""
STAGE_WORDS = ("captured", "agreed", "waiting", "done", "let go")
_STAGE: dict[str, Stage] = dict(zip(STAGE_WORDS, Stage, strict=True))


def follow(session: Session) -> None:
    """List what is open, and do with it what is answered, until an empty line."""
    while True:
        found = _open_ones(session)
        if not found:
            session.say(words.NOTHING_OPEN)
            return
        today = session.notebook.today()
        for number, follow_up in enumerate(found, 1):
            session.say(f"{number}. {spoken.follow_up(follow_up, session.person, today)}")
        chosen = _choose(session, found)
        if chosen is None:
            return
        follow_up_id, action = chosen
        if not follow_up_id:
            take_back(session)
            continue
        try:
            _act(session, follow_up_id, action)
        except WentBack:
            continue


def _open_ones(session: Session) -> tuple[FollowUp, ...]:
    theirs = session.notebook.journal.follow_ups_of(session.person_id)
    return tuple(sorted((f for f in theirs if f.is_open), key=board_order))


def _choose(session: Session, found: tuple[FollowUp, ...]) -> tuple[str, str] | None:
    """Return which one is meant, and what is to become of it if that is answered along with it.

    None is meant where the last thing that was done is to be taken back.
    """
    while True:
        answer = session.ask(words.WHICH_FOLLOW_UP, words.FOLLOW_UP_EXPLAINED)
        if not answer:
            return None
        if answer.strip().casefold() == UNDO:
            return "", UNDO
        number, _, action = answer.strip().partition(" ")
        if not is_number(number):
            session.say(words.NUMBER_FIRST)
            continue
        place = session.number(number, len(found))
        if place is not None:
            return found[place].id, action


def _act(session: Session, follow_up_id: str, action: str) -> None:
    """Do one thing with a follow-up; an empty answer leaves it as it is."""
    todo: dict[str, Callable[[], object]] = {
        "done": lambda: _move(session, follow_up_id, Stage.DONE),
        "agree": lambda: _agree(session, follow_up_id),
        "move": lambda: _ask_stage(session, follow_up_id),
        "let go": lambda: _let_go(session, follow_up_id),
        "again": lambda: _touch(session, follow_up_id),
        UNDO: lambda: take_back(session),
    }
    answer = action.strip()
    while True:
        follow_up = _now(session, follow_up_id)
        if not answer:
            said = prompts.what_with(follow_up, session.person, session.notebook.today())
            answer = session.ask(said, words.FOLLOW_UP_EXPLAINED)
            if not answer:
                return
        wanted = matched(answer, tuple(todo))
        if wanted is not None:
            todo[wanted]()
            if wanted != "again" or not _now(session, follow_up_id).asks_decision:
                return
        else:
            session.say(words.FOLLOW_UP_ANSWERS)
        answer = ""


def _now(session: Session, follow_up_id: str) -> FollowUp:
    """Return a follow-up as it is now.

    Raises:
        WentBack: Where it is not there any more, which is said.
    """
    found = session.notebook.journal.follow_ups.get(follow_up_id)
    if found is None:
        session.say(words.FOLLOW_UP_GONE)
        raise WentBack
    return found


def _move(session: Session, follow_up_id: str, stage: Stage, reason: str = "") -> None:
    said = spoken.moved_to(_now(session, follow_up_id), stage, reason)
    session.keep(
        lambda: promises.move(session.notebook, _now(session, follow_up_id), stage, reason), said
    )


def _ask_stage(session: Session, follow_up_id: str) -> None:
    while True:
        answer = session.ask(words.WHICH_STAGE, words.STAGES_EXPLAINED)
        if not answer:
            return
        wanted = matched(answer, STAGE_WORDS)
        if wanted is None:
            session.say(words.STAGE_ANSWERS)
            continue
        stage = _STAGE[wanted]
        if promises.needs_reason(stage):
            _let_go(session, follow_up_id)
        elif promises.lacks_for(_now(session, follow_up_id), stage):
            _agree(session, follow_up_id)
        else:
            _move(session, follow_up_id, stage)
        return


def _let_go(session: Session, follow_up_id: str) -> None:
    reason = session.ask(words.WHY_LET_GO)
    if not reason:
        session.say(words.LEFT_AS_IT_IS)
        return
    _move(session, follow_up_id, Stage.LET_GO, reason)


def _agree(session: Session, follow_up_id: str) -> None:
    """Ask by when, or what it hangs on."""
    due, cue = _when(session, follow_up_id)
    if due is None and not cue:
        session.say(words.LEFT_AS_IT_IS)
        return
    said = spoken.agreed(_now(session, follow_up_id), due, cue, session.notebook.today())

    def agree() -> None:
        now = _now(session, follow_up_id)
        promises.agree(session.notebook, now, due or now.due, cue or now.cue)

    session.keep(agree, said)


def _when(session: Session, follow_up_id: str) -> tuple[date | None, str]:
    """Return the day that is answered, or the cue; neither where it stays as it is."""
    born_in = _now(session, follow_up_id).born_in or ""
    reckoning = session.reckoning(session.notebook.journal.one_to_ones.get(born_in))
    while True:
        answer = session.ask(words.BY_WHEN, words.BY_WHEN_EXPLAINED).strip()
        if answer.casefold().startswith(WHEN):
            return None, answer
        try:
            return promises.due_from(answer, session.notebook.today(), reckoning), ""
        except WhenError as error:
            session.say(str(error))


def _touch(session: Session, follow_up_id: str) -> None:
    """Note that it came up in the last talk, which may be under way."""
    follow_up = _now(session, follow_up_id)
    one_id = next((one.id for one in session.theirs[::-1] if one.took_place), "")
    if not one_id or one_id in (follow_up.born_in, *follow_up.touches):
        session.say(words.CAME_UP_ALREADY)
        return

    def touch() -> None:
        promises.touch(session.notebook, _now(session, follow_up_id), one_id)

    if session.keep(touch, spoken.came_up(follow_up)):
        now = _now(session, follow_up_id)
        if now.asks_decision:
            session.say(asks_decision(now))
