"""What can be done with a one-to-one: plan it, write in it, delete it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from tui.domain.capture import NOT_MINE, Entry, read_entry
from tui.domain.checklist import Template
from tui.domain.followups import OWNER_OF_KIND, FollowUp, first_stage
from tui.domain.ids import next_after
from tui.domain.journal import Change, Home, Page, Record
from tui.domain.notes import Becomes, Kind, Note, Side
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person, Topic
from tui.domain.standing import one_to_one_of_day
from tui.domain.text import clean_block
from tui.errors import DamagedError, UsageError
from tui.services.checklists import items_of
from tui.services.course import begun as begun_now
from tui.services.course import home_of
from tui.services.notebook import Notebook
from tui.services.reckoning import reckoning_of


def plan(notebook: Notebook, draft: OneToOne, template: Template) -> OneToOne:
    """Plan a one-to-one, with the template's checklist; its id is given here."""
    one, changes = planned(notebook, draft, template)
    notebook.commit("one-to-one planned", changes)
    return one


def planned(
    notebook: Notebook, draft: OneToOne, template: Template
) -> tuple[OneToOne, tuple[Change, ...]]:
    """Return a one-to-one with its id, and what changes when it is planned; see `plan`."""
    one = draft._replace(id=notebook.new_id(), template=template.id)
    home = home_of(one)
    items = items_of(notebook, template)
    return one, (Change(home, None, one), *(Change(home, None, item) for item in items))


def draft_for(person: Person, at: datetime, place: str) -> OneToOne:
    """Return a one-to-one with a person that is not yet in the journal."""
    return OneToOne("", person.id, at, person.place or place)


def of_today(notebook: Notebook, person: Person, template: Template, place: str) -> OneToOne:
    """Return today's one-to-one with a person, planning one for now where there is none."""
    theirs = notebook.journal.one_to_ones_of(person.id)
    found = one_to_one_of_day(theirs, notebook.today())
    if found is not None:
        return found
    now = notebook.now().replace(second=0)
    return plan(notebook, draft_for(person, now, place), template)


def delete(notebook: Notebook, one: OneToOne) -> None:
    """Delete a one-to-one with all that was written in it; undo brings all of it back.

    Raises:
        DamagedError: Where its file cannot be read, so that nobody knows what would be deleted.
    """
    if notebook.is_unreadable(one.id):
        raise DamagedError(
            "What was written here cannot be read now, so it was not deleted. "
            "Mending brings it back."
        )
    page = notebook.page(one.id)
    journal = notebook.journal
    picks, follow_ups = journal.picks_of(one.id), journal.born_in(one.id)
    written: tuple[Record, ...] = (*page.items, *page.notes, *page.sendings)
    records = (*written, *picks, *follow_ups, one)
    home = home_of(one)
    notebook.commit("one-to-one deleted", (Change(home, record, None) for record in records))


class Begun(NamedTuple):
    """A one-to-one as it was when it was begun by opening it."""

    one: OneToOne
    page: Page


def begun(notebook: Notebook, one: OneToOne) -> Begun:
    """Remember a one-to-one that was just planned by opening it; undo does not know of it."""
    notebook.forget_acts(home_of(one))
    return Begun(one, notebook.page(one.id))


def is_untouched(notebook: Notebook, one_id: str, known: Begun) -> bool:
    """Return whether a one-to-one that was begun by opening it is as it was then."""
    one = notebook.journal.one_to_ones.get(one_id)
    page = notebook.page(one_id)
    same_items = sorted(page.items) == sorted(known.page.items)
    journal = notebook.journal
    made = (*journal.picks_of(one_id), *journal.born_in(one_id))
    written = (*page.notes, *page.sendings, *made)
    if written or notebook.has_draft_about(one_id):
        return False
    return one == known.one and same_items


def forget(notebook: Notebook, one: OneToOne) -> None:
    """Delete a one-to-one nobody used, and all memory of it."""
    delete(notebook, one)
    notebook.forget_acts(home_of(one))


# -- notes ---------------------------------------------------------------------------------


def write(notebook: Notebook, one: OneToOne, entry: Entry) -> Note | FollowUp | Topic:
    """Write a line down: as a note, a follow-up or a topic for the shelf, as its kind says.

    The first line written starts the talk, if nobody has: what was said shows that they met.

    Raises:
        UsageError: Where the line is empty.
    """
    (record,) = write_all(notebook, one, (entry,))
    return record


def write_all(
    notebook: Notebook, one: OneToOne, entries: tuple[Entry, ...]
) -> tuple[Note | FollowUp | Topic, ...]:
    """Write several lines down, all or none; see `write`."""
    changes = changes_for(notebook, one, entries)
    label = entries[0].kind.label if len(entries) == 1 else f"{len(entries)} lines"
    notebook.commit(f"{label} written", changes)
    written = (change.after for change in changes)
    return tuple(r for r in written if isinstance(r, Note | FollowUp | Topic))


def changes_for(notebook: Notebook, one: OneToOne, entries: tuple[Entry, ...]) -> list[Change]:
    """Return what changes when lines are written down; see `write`."""
    if not entries or any(entry.is_empty for entry in entries):
        raise UsageError("There is nothing to write down yet.")
    if any(entry.is_refused for entry in entries):
        raise UsageError(NOT_MINE)
    made = [_record_of(notebook, one, entry) for entry in entries]
    changes = [Change(home, None, record) for home, record in made]
    if not one.took_place and one.at.date() <= notebook.today():
        changes.append(Change(home_of(one), one, begun_now(one, notebook.now())))
    return changes


def _record_of(
    notebook: Notebook, one: OneToOne, entry: Entry
) -> tuple[Home, Note | FollowUp | Topic]:
    now, new_id = notebook.now(), notebook.new_id()
    match entry.kind.becomes:
        case Becomes.FOLLOW_UP:
            follow_up = FollowUp(
                new_id,
                one.person_id,
                entry.text,
                OWNER_OF_KIND[entry.kind.id],
                now,
                stage=first_stage(entry.due),
                due=entry.due,
                born_in=one.id,
                is_unsure=entry.is_unsure,
            )
            return home_of(one), follow_up
        case Becomes.TOPIC:
            topic = Topic(new_id, entry.text, now.date(), born_in=one.id)
            return Home(one.person_id), topic
        case Becomes.NOTE:
            note = Note(new_id, entry.text, entry.kind.id, now, entry.side, entry.is_unsure)
            return home_of(one), note


Written = Note | FollowUp | Topic
"""What a line becomes when it is written down."""


def written_in(notebook: Notebook, one: OneToOne) -> tuple[Written, ...]:
    """Return all that was written down in a one-to-one, in the order it was."""
    journal = notebook.journal
    shelf = journal.topics.get(one.person_id, ())
    records: list[Written] = [
        *notebook.page(one.id).notes,
        *journal.born_in(one.id),
        *(topic for topic in shelf if topic.born_in == one.id),
    ]
    return tuple(sorted(records, key=lambda record: record.id))


def edit_note(notebook: Notebook, one: OneToOne, note: Note, text: str) -> None:
    """Change the words of a note.

    Raises:
        UsageError: Where nothing is left of it.
    """
    if not (text := clean_block(text)):
        raise UsageError("Nothing is left of this note. To remove it, delete it.")
    notebook.commit("note changed", (Change(home_of(one), note, note._replace(text=text)),))


def set_kind(
    notebook: Notebook, one: OneToOne, note: Note, kind: Kind, *, may_share: bool = False
) -> None:
    """Change what kind of note it is; a kind that is always *mine* makes it mine.

    A kind that makes a follow-up or a topic promotes it instead, see `promote`.
    """
    if kind.becomes is not Becomes.NOTE:
        promote(notebook, one, note, kind, may_share=may_share)
        return
    side = Side.MINE if Side.MINE in (kind.side, note.side) else Side.OURS
    after = note._replace(kind_id=kind.id, side=side)
    notebook.commit("kind changed", (Change(home_of(one), note, after),))


def flip_side(notebook: Notebook, one: OneToOne, note: Note) -> None:
    """Make a note *mine*, or *ours* again.

    Raises:
        UsageError: Where its kind is one that always stays with the manager.
    """
    if note.kind.side is Side.MINE:
        raise UsageError(
            f"A {note.kind.label} never goes into the summary. Change its kind first, if you want "
            "to share it."
        )
    side = Side.OURS if note.side is Side.MINE else Side.MINE
    change = Change(home_of(one), note, note._replace(side=side))
    notebook.commit(f"note made {side}", (change,))


def flip_sure(notebook: Notebook, one: OneToOne, record: Note | FollowUp) -> None:
    """Say of a line that one only thinks so, or that one is sure."""
    after = record._replace(is_unsure=not record.is_unsure)
    label = "think so" if after.is_unsure else "sure"
    notebook.commit(f"note marked “{label}”", (Change(home_of(one), record, after),))


def flip_pin(notebook: Notebook, one: OneToOne, note: Note) -> None:
    """Pin a note, so that it stays when notes of its age go; or let go of it again."""
    after = note._replace(is_pinned=not note.is_pinned)
    label = "note pinned" if after.is_pinned else "note not pinned any more"
    notebook.commit(label, (Change(home_of(one), note, after),))


def split_note(notebook: Notebook, one: OneToOne, note: Note, texts: tuple[str, ...]) -> None:
    """Make several notes of one, all of its kind, side and time: one act, so one undo.

    Raises:
        UsageError: Where there are fewer than two parts.
    """
    parts = [part for text in texts if (part := clean_block(text))]
    if len(parts) < 2:
        raise UsageError("To split a note, write each part on a line of its own.")
    changes = [Change(home_of(one), note, note._replace(text=parts[0]))]
    changes += [
        Change(home_of(one), None, note._replace(id=new_id, text=part))
        for new_id, part in zip(_ids_behind(notebook, one, note), parts[1:], strict=False)
    ]
    notebook.commit("note split", changes)


def _ids_behind(notebook: Notebook, one: OneToOne, note: Note) -> Iterator[str]:
    """Yield ids that stand right behind a note's, so that its parts do."""
    taken = {record.id for record in written_in(notebook, one)}
    here = note.id
    while True:
        here = next_after(here)
        if here not in taken:
            yield here


def delete_note(notebook: Notebook, one: OneToOne, note: Note) -> None:
    """Delete a note."""
    notebook.commit("note deleted", (Change(home_of(one), note, None),))


def shares(note: Note, kind: Kind) -> bool:
    """Return whether making a note this kind would share what has been the manager's alone."""
    return note.is_mine and kind.becomes is not Becomes.NOTE


def promote(
    notebook: Notebook, one: OneToOne, note: Note, kind: Kind, *, may_share: bool = False
) -> None:
    """Turn a note into a follow-up or a topic: one act, so one undo.

    Raises:
        UsageError: Where that would share what was *mine* and nobody said that it may.
    """
    if shares(note, kind) and not may_share:
        raise UsageError("This note stays with you; a follow-up or a topic would be shared.")
    person = notebook.journal.people[one.person_id]
    reckoning = reckoning_of(notebook, person, one)
    entry = read_entry(kind, note.text, notebook.today(), reckoning=reckoning)
    home, record = _record_of(notebook, one, entry)
    if isinstance(record, FollowUp):
        record = record._replace(said=note.at, is_unsure=note.is_unsure)
    changes = (Change(home_of(one), note, None), Change(home, None, record))
    notebook.commit(f"note turned into {kind.label}", changes)


def delete_topic(notebook: Notebook, person_id: str, topic: Topic) -> None:
    """Take a topic off the shelf for good."""
    notebook.commit("topic deleted", (Change(Home(person_id), topic, None),))


def edit_topic(notebook: Notebook, person_id: str, topic: Topic, text: str) -> None:
    """Change the words of a topic.

    Raises:
        UsageError: Where nothing is left of it.
    """
    if not (text := clean_block(text)):
        raise UsageError("Nothing is left of this topic. To remove it, delete it.")
    notebook.commit("topic changed", (Change(Home(person_id), topic, topic._replace(text=text)),))
