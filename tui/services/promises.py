"""What can be done with follow-ups, one or several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tui.domain.dates import Trailing, parse_when, split_trailing_when
from tui.domain.followups import (
    OPEN_AT_MOST,
    STAGE_LABEL,
    FollowUp,
    Owner,
    Stage,
    first_stage,
    stepped,
)
from tui.domain.journal import Change, Home, Journal
from tui.domain.reckoning import ISO, Reckoning
from tui.domain.text import clean_block, clean_line, fold
from tui.errors import UsageError
from tui.services.notebook import Notebook


def home_of(follow_up: FollowUp) -> Home:
    """Return where a follow-up lives: where it was born."""
    return Home(follow_up.person_id, follow_up.born_in)


def add(notebook: Notebook, draft: FollowUp) -> FollowUp:
    """Add a follow-up; id and time are given here.

    Raises:
        UsageError: Where the text is empty.
    """
    follow_up = _checked(draft._replace(id=notebook.new_id(), said=notebook.now()))
    notebook.commit("follow-up added", (Change(home_of(follow_up), None, follow_up),))
    return follow_up


def edit(notebook: Notebook, before: FollowUp, after: FollowUp) -> None:
    """Change the words, owner, date or cue of a follow-up.

    One that was agreed and is left with neither a when nor a cue is captured again.

    Raises:
        UsageError: Where nothing is left of the text.
    """
    _become(notebook, "follow-up changed", (before,), lambda _: _checked(after))


def edit_all(
    notebook: Notebook,
    follow_ups: Sequence[FollowUp],
    change: Callable[[FollowUp], FollowUp],
) -> None:
    """Change several follow-ups in the same way: one act, so one undo.

    Raises:
        UsageError: Where nothing is left of a text.
    """
    label = "follow-up changed" if len(follow_ups) == 1 else f"{len(follow_ups)} follow-ups changed"
    _become(notebook, label, follow_ups, lambda follow_up: _checked(change(follow_up)))


def _become(
    notebook: Notebook,
    label: str,
    follow_ups: Sequence[FollowUp],
    change: Callable[[FollowUp], FollowUp],
) -> None:
    today = notebook.today()
    changes = []
    for before in follow_ups:
        after = change(before)
        if after.stage is Stage.AGREED and before.stage is Stage.AGREED:
            lost = lacks_for(after, Stage.AGREED) and not lacks_for(before, Stage.AGREED)
            after = after._replace(stage=Stage.CAPTURED) if lost else after
        changes.append(Change(home_of(before), before, stepped(before, after, today)))
    notebook.commit(label, changes)


def _checked(follow_up: FollowUp) -> FollowUp:
    text = clean_block(follow_up.text)
    if not text:
        raise UsageError("A follow-up needs a few words: what will be done?")
    return follow_up._replace(text=text, cue=clean_line(follow_up.cue))


def needs_reason(stage: Stage) -> bool:
    """Return whether moving to this stage asks for one line why."""
    return stage is Stage.LET_GO


def lacks_for(follow_up: FollowUp, stage: Stage) -> str:
    """Return what a follow-up lacks for a stage, as a question; empty where it may go there.

    Agreed takes a when or a cue, see `first_stage`.
    """
    if stage is Stage.AGREED and first_stage(follow_up.due, follow_up.cue) is not stage:
        return "Agreed takes a when, or a cue. By when?"
    return ""


def touch(notebook: Notebook, follow_up: FollowUp, one_id: str) -> FollowUp:
    """Note that a follow-up came up again in a one-to-one, or that it did not after all.

    Returns:
        The follow-up as it is then; see `FollowUp.asks_decision`.

    Raises:
        UsageError: Where it was made in that very one-to-one.
    """
    if follow_up.born_in == one_id:
        raise UsageError("It was promised in this talk, so it has come up already.")
    touches = tuple(touch for touch in follow_up.touches if touch != one_id)
    after = follow_up._replace(
        touches=touches if one_id in follow_up.touches else (*touches, one_id)
    )
    label = "follow-up came up" if one_id in after.touches else "follow-up did not come up"
    notebook.commit(label, (Change(home_of(follow_up), follow_up, after),))
    return after


def move(notebook: Notebook, follow_up: FollowUp, stage: Stage, reason: str = "") -> None:
    """Move a follow-up to another stage; see `move_all`."""
    move_all(notebook, (follow_up,), stage, reason)


def move_all(
    notebook: Notebook, follow_ups: Sequence[FollowUp], stage: Stage, reason: str = ""
) -> None:
    """Move follow-ups to another stage: one act, so one undo.

    Done and Let go are dated today; coming back from them takes date and reason away again.

    Raises:
        UsageError: Where they are let go without a reason.
    """
    reason = clean_line(reason)
    if needs_reason(stage) and not reason:
        raise UsageError("Letting go needs one line why, so that you can still say it later.")
    closed = None if stage not in (Stage.DONE, Stage.LET_GO) else notebook.today()
    label = f"moved to {STAGE_LABEL[stage]}"
    _become(
        notebook,
        label if len(follow_ups) == 1 else f"{len(follow_ups)} follow-ups {label}",
        follow_ups,
        lambda f: f._replace(stage=stage, closed=closed, reason=reason),
    )


def agree(
    notebook: Notebook,
    follow_ups: FollowUp | Sequence[FollowUp],
    due: date | None,
    cue: str,
    owner: Owner | None = None,
) -> None:
    """Move follow-ups to Agreed with the when or the cue they lacked, as one act.

    Args:
        notebook: Where they are.
        follow_ups: One, or several; those that have a when or a cue already keep it.
        due: By when.
        cue: What it hangs on.
        owner: Who does it; as it was where it is None.

    Raises:
        UsageError: Where there still is neither.
    """
    some = (follow_ups,) if isinstance(follow_ups, FollowUp) else tuple(follow_ups)
    is_alone = len(some) == 1

    def agreed(follow_up: FollowUp) -> FollowUp:
        takes = is_alone or bool(lacks_for(follow_up, Stage.AGREED))
        after = follow_up._replace(
            due=due if takes else follow_up.due,
            cue=cue if takes else follow_up.cue,
            owner=owner or follow_up.owner,
            stage=Stage.AGREED,
            closed=None,
            reason="",
        )
        if lacking := lacks_for(_checked(after), Stage.AGREED):
            raise UsageError(lacking)
        return _checked(after)

    label = f"moved to {STAGE_LABEL[Stage.AGREED]}"
    _become(notebook, label if is_alone else f"{len(some)} follow-ups {label}", some, agreed)


def give_to(notebook: Notebook, follow_ups: Sequence[FollowUp], person_id: str) -> None:
    """Make follow-ups another person's: they leave the talk they were made in.

    Each becomes a record of its own beside that person, with its history; one act, so one undo.
    """
    changes = []
    for before in follow_ups:
        if before.person_id == person_id:
            continue
        after = before._replace(id=notebook.new_id(), person_id=person_id, born_in=None, touches=())
        changes += [Change(home_of(before), before, None), Change(home_of(after), None, after)]
    if changes:
        notebook.commit("follow-up given to another person", changes)


def delete(notebook: Notebook, *follow_ups: FollowUp) -> None:
    """Delete follow-ups: one act, so one undo."""
    label = "follow-up deleted" if len(follow_ups) == 1 else f"{len(follow_ups)} follow-ups deleted"
    notebook.commit(label, [Change(home_of(f), f, None) for f in follow_ups])


def open_beside(journal: Journal, follow_up: FollowUp) -> int:
    """Return how many open follow-ups its owner has with that person, itself among them."""
    theirs = journal.follow_ups_of(follow_up.person_id)
    return sum(f.is_open and f.owner is follow_up.owner for f in theirs)


def is_crowded(journal: Journal, follow_up: FollowUp) -> bool:
    """Return whether this open follow-up makes one more than anybody keeps.

    It is so for the first above the limit only, so that who reads it is told once.
    """
    return follow_up.is_open and open_beside(journal, follow_up) == OPEN_AT_MOST + 1


def due_from(text: str, today: date, reckoning: Reckoning = ISO) -> date | None:
    """Return the day a date field names; None where it is empty.

    Raises:
        WhenError: Where it is not understood.
    """
    return parse_when(text, today, reckoning) if text.strip() else None


def day_in_words(text: str, due: str, today: date, reckoning: Reckoning = ISO) -> Trailing:
    """Return the words of a new follow-up without the day at their end, as in a note.

    Args:
        text: The words.
        due: What stands in the field for the day; where anything does, the words stay as they are.
        today: The day that relative words count from.
        reckoning: How weeks go, and when the next one-to-one is.

    Raises:
        WhenError: Where the field is not understood.
    """
    if due.strip():
        return Trailing(text, due_from(due, today, reckoning), None, "")
    return split_trailing_when(text, today, reckoning)


def next_owner(owner: Owner) -> Owner:
    """Return the owner that comes after this one when one key goes round them."""
    owners = tuple(Owner)
    return owners[(owners.index(owner) + 1) % len(owners)]


def chosen(
    notebook: Notebook,
    *,
    person_id: str | None = None,
    owner: Owner | None = None,
    stage: Stage | None = None,
    words: str = "",
) -> tuple[FollowUp, ...]:
    """Return the follow-ups that fit all that is asked, archived people's left out unless named.

    Args:
        notebook: Where to look.
        person_id: Only this person's.
        owner: Only what this one owes; both owe what is shared.
        stage: Only in this stage.
        words: Only with all these words, case and accents aside, in text, cue or name.
    """
    people = notebook.journal.people
    wanted = fold(words).split()

    def fits(follow_up: FollowUp) -> bool:
        person = people.get(follow_up.person_id)
        if person is None or (person_id is None and person.archived):
            return False
        if person_id is not None and follow_up.person_id != person_id:
            return False
        if owner is not None and follow_up.owner not in (owner, Owner.BOTH):
            return False
        if stage is not None and follow_up.stage is not stage:
            return False
        haystack = fold(f"{follow_up.text} {follow_up.cue} {person.name}") if wanted else ""
        return all(word in haystack for word in wanted)

    return tuple(filter(fits, notebook.journal.follow_ups.values()))
