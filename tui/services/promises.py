"""What can be done with follow-ups, and how the board sees them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tui.domain.dates import parse_when
from tui.domain.followups import STAGE_LABEL, STAGES, FollowUp, Owner, Stage, board_order
from tui.domain.journal import Change, Home
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

    Raises:
        UsageError: Where nothing is left of the text.
    """
    notebook.commit("follow-up changed", (Change(home_of(before), before, _checked(after)),))


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

    Agreed takes a when or a cue: without either nobody has agreed to anything yet.
    """
    if stage is Stage.AGREED and follow_up.due is None and not follow_up.cue:
        return "Agreed takes a when, or a cue. By when?"
    return ""


def touch(notebook: Notebook, follow_up: FollowUp, one_id: str) -> None:
    """Note that a follow-up came up again in a one-to-one, or that it did not after all.

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


def move(notebook: Notebook, follow_up: FollowUp, stage: Stage, reason: str = "") -> None:
    """Move a follow-up to another stage.

    Done and Let go are dated today; coming back from them takes date and reason away again.

    Raises:
        UsageError: Where it is let go without a reason.
    """
    reason = clean_line(reason)
    if needs_reason(stage) and not reason:
        raise UsageError("Letting go needs one line why, so that you can still say it later.")
    closed = None if stage not in (Stage.DONE, Stage.LET_GO) else notebook.today()
    after = follow_up._replace(stage=stage, closed=closed, reason=reason)
    label = f"moved to {STAGE_LABEL[stage]}"
    notebook.commit(label, (Change(home_of(follow_up), follow_up, after),))


def agree(notebook: Notebook, follow_up: FollowUp, due: date | None, cue: str) -> None:
    """Move a follow-up to Agreed with the when or the cue it lacked, as one act.

    Raises:
        UsageError: Where there still is neither.
    """
    after = _checked(
        follow_up._replace(due=due, cue=cue, stage=Stage.AGREED, closed=None, reason="")
    )
    if lacking := lacks_for(after, Stage.AGREED):
        raise UsageError(lacking)
    label = f"moved to {STAGE_LABEL[Stage.AGREED]}"
    notebook.commit(label, (Change(home_of(follow_up), follow_up, after),))


def delete(notebook: Notebook, follow_up: FollowUp) -> None:
    """Delete a follow-up."""
    notebook.commit("follow-up deleted", (Change(home_of(follow_up), follow_up, None),))


def due_from(text: str, today: date) -> date | None:
    """Return the day a date field names; None where it is empty.

    Raises:
        WhenError: Where it is not understood.
    """
    return parse_when(text, today) if text.strip() else None


def next_owner(owner: Owner) -> Owner:
    """Return the owner that comes after this one when one key goes round them."""
    owners = tuple(Owner)
    return owners[(owners.index(owner) + 1) % len(owners)]


def board(follow_ups: Iterable[FollowUp]) -> dict[Stage, tuple[FollowUp, ...]]:
    """Return follow-ups by stage, each column in the order it is shown."""
    columns: dict[Stage, list[FollowUp]] = {row.stage: [] for row in STAGES}
    for follow_up in follow_ups:
        columns[follow_up.stage].append(follow_up)
    return {stage: tuple(sorted(column, key=board_order)) for stage, column in columns.items()}


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
