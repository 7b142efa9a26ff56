"""Sending a summary: what is changed for it by hand, that it went out, and what is new since."""

from __future__ import annotations

from typing import NamedTuple

from tui.domain.journal import Change, Page
from tui.domain.onetoones import OneToOne, Status
from tui.domain.ours import CLOSING_LINE, OPENING, Summary
from tui.domain.sendings import Sending
from tui.services import edits as editing
from tui.services.course import closed, home_of
from tui.services.edits import Edited, Edits
from tui.services.notebook import Notebook
from tui.services.outward import Format, lines_in, summary_of, summary_text
from tui.services.ports import EDITS_OF, Act, Draft

NONE_LEFT = "[]"
"""Kept where all that was changed for the last sending was put back since."""


def place_of(one_id: str) -> str:
    """Return the name of the place where what is changed by hand is kept until it goes out."""
    return f"{EDITS_OF}{one_id}"


def edited_summary(notebook: Notebook, one: OneToOne) -> Edited:
    """Return the summary of a one-to-one with what was changed in it by hand."""
    page = notebook.page(one.id)
    made = summary_of(notebook.journal, one, page, notebook.today())
    return editing.edited(made, edits_of(notebook, one.id))


def edits_of(notebook: Notebook, one_id: str) -> Edits:
    """Return what is changed by hand: since the last sending, else as it went out then."""
    draft = notebook.draft(place_of(one_id))
    if draft is not None:
        return editing.from_text(draft.text)
    sent = last_sent(notebook.page(one_id))
    return editing.from_text(sent.edits) if sent else ()


def keep_edits(notebook: Notebook, one_id: str, edits: Edits) -> None:
    """Keep what is changed by hand, so that it is there again after a crash."""
    text = editing.to_text(edits)
    sent = last_sent(notebook.page(one_id))
    if not text and sent is not None and sent.edits:
        text = NONE_LEFT
    notebook.keep_draft(Draft(place_of(one_id), text))


def keep_if_undone(notebook: Notebook, one_id: str, known: Sending | None) -> None:
    """Keep what was changed by hand for a sending that has been undone: it is to be sent again."""
    is_undone = known is not None and known not in notebook.page(one_id).sendings
    if known is not None and is_undone and notebook.draft(place_of(one_id)) is None:
        keep_edits(notebook, one_id, editing.from_text(known.edits))


# -- that it went out ----------------------------------------------------------------------


def last_sent(page: Page) -> Sending | None:
    """Return what was sent last of a one-to-one."""
    return max(page.sendings, key=lambda sending: (sending.at, sending.id), default=None)


def note_sent(
    notebook: Notebook, one_id: str, summary: Summary, form: Format, how: str, edits: Edits
) -> Act | None:
    """Note that a summary went out; a talk that was debriefed is closed by it, in one act.

    Returns that act, where there was one.

    Args:
        notebook: Where to note it.
        one_id: Of which one-to-one; where that has gone meanwhile there is nothing to note.
        summary: What was sent.
        form: In which format.
        how: Which way; see `Sending`.
        edits: What was changed in it by hand.

    Raises:
        NewerError: Where the journal cannot be changed; what was sent is sent.
    """
    one = notebook.journal.one_to_ones.get(one_id)
    if one is None:
        return None
    text = summary_text(summary, Format.PLAIN)
    kept = editing.to_text(edits)
    sending = Sending(notebook.new_id(), notebook.now(), form, how, text, kept)
    changes = [Change(home_of(one), None, sending)]
    if one.status is Status.DEBRIEFED:
        changes.append(Change(home_of(one), one, closed(one, notebook.now())))
    before = edits_of(notebook, one_id)
    notebook.commit("summary sent", changes)
    if before == edits:  # else something was changed while it was on its way
        notebook.keep_draft(Draft(place_of(one_id), ""))
    return notebook.to_undo()


# -- what is new since ---------------------------------------------------------------------


class Since(NamedTuple):
    """How a summary differs from the one that went out."""

    new: frozenset[tuple[str, int]]
    """Lines that were not in it as they are: heading, and number under it."""
    gone: int
    """How many of its lines are not there any more, beyond those that read otherwise now."""

    @property
    def is_same(self) -> bool:
        """Whether nothing has changed."""
        return not self.new and not self.gone


def since(sent: Sending, summary: Summary) -> Since:
    """Return what is new or different in a summary since it was sent.

    Nothing can be said of one whose words have gone with the notes of its time.
    """
    if not sent.text or sent.text == summary_text(summary, Format.PLAIN):
        return Since(frozenset(), 0)
    said = lines_in(sent.text)
    new: set[tuple[str, int]] = set()
    ends = ((OPENING, (summary.opening,)), (CLOSING_LINE, (summary.closing,)))
    for heading, lines in (*ends, *summary.sections):
        for number, line in enumerate(lines):
            if said[heading, line] > 0:
                said[heading, line] -= 1
            elif line:
                new.add((heading, number))
    return Since(frozenset(new), max(0, sum(said.values()) - len(new)))
