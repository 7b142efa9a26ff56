"""What can be done with a one-to-one: plan it, tick its checklist, write in it, end it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tui.domain.capture import NOT_MINE, Entry, read_entry
from tui.domain.checklist import (
    ChecklistItem,
    Phase,
    Template,
    in_order,
    position_after,
)
from tui.domain.followups import OWNER_OF_KIND, FollowUp, Stage
from tui.domain.journal import Change, Home, Page, Record
from tui.domain.notes import Becomes, Kind, Note, Side
from tui.domain.onetoones import OneToOne, Status
from tui.domain.people import Person, Topic
from tui.domain.standing import one_to_one_of_day
from tui.domain.text import clean_block, clean_line
from tui.errors import DamagedError, UsageError
from tui.services.notebook import Notebook


def home_of(one: OneToOne) -> Home:
    """Return where a one-to-one and what is written in it live."""
    return Home(one.person_id, one.id)


def plan(notebook: Notebook, draft: OneToOne, template: Template) -> OneToOne:
    """Plan a one-to-one, with the template's checklist; its id is given here."""
    one = draft._replace(id=notebook.new_id())
    home = home_of(one)
    items = (
        ChecklistItem(notebook.new_id(), item.text, item.phase, float(place), item.reason)
        for place, item in enumerate(template.items, 1)
    )
    changes = (Change(home, None, one), *(Change(home, None, item) for item in items))
    notebook.commit("one-to-one planned", changes)
    return one


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


def edit(notebook: Notebook, before: OneToOne, after: OneToOne) -> None:
    """Change when, where, who leads, the intention."""
    notebook.commit("one-to-one changed", (Change(home_of(before), before, after),))


def delete(notebook: Notebook, one: OneToOne) -> None:
    """Delete a one-to-one with all that was written in it; undo brings all of it back.

    Raises:
        DamagedError: Where its file cannot be read, so that nobody knows what would be deleted.
    """
    if notebook.is_unreadable(one.id):
        raise DamagedError("What was written here cannot be read now, so it was not deleted.")
    page = notebook.page(one.id)
    records: tuple[Record, ...] = (*page.items, *page.notes, *notebook.journal.born_in(one.id), one)
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
    written = page.notes or notebook.journal.born_in(one_id) or notebook.has_draft_about(one_id)
    return one == known.one and same_items and not written


def forget(notebook: Notebook, one: OneToOne) -> None:
    """Delete a one-to-one nobody used, and all memory of it."""
    delete(notebook, one)
    notebook.forget_acts(home_of(one))


def start(notebook: Notebook, one: OneToOne) -> OneToOne:
    """Start the clock of a talk; one that was ended goes on from its first start."""
    after = _begun(one, notebook.now())
    notebook.commit("talk started", (Change(home_of(one), one, after),))
    return after


def _begun(one: OneToOne, now: datetime) -> OneToOne:
    """Return a one-to-one that is under way.

    One that was planned for a later day is held now; one of an earlier day is being written up.
    """
    at = now.replace(second=0) if one.at.date() > now.date() else one.at
    return one._replace(at=at, status=Status.UNDER_WAY, started=one.started or now, ended=None)


def end(notebook: Notebook, one: OneToOne) -> OneToOne:
    """End a talk. It counts as closed: what is written afterwards is its debrief."""
    now = notebook.now()
    after = one._replace(status=Status.CLOSED, started=one.started or now, ended=now)
    notebook.commit("talk ended", (Change(home_of(one), one, after),))
    return after


# -- checklist -----------------------------------------------------------------------------


def tick(notebook: Notebook, one: OneToOne, item: ChecklistItem) -> None:
    """Tick an item with the time, or take its tick away."""
    after = item._replace(ticked=None if item.ticked else notebook.now())
    label = "tick" if after.ticked else "untick"
    notebook.commit(label, (Change(home_of(one), item, after),))


def add_item(
    notebook: Notebook, one: OneToOne, phase: Phase, text: str, reason: str, index: int
) -> ChecklistItem:
    """Add an item to a phase of the checklist, at ``index`` among its items.

    Raises:
        UsageError: Where the text is empty.
    """
    items = in_order(notebook.page(one.id).items, phase)
    item = ChecklistItem(
        notebook.new_id(), _item_text(text), phase, position_after(items, index), clean_line(reason)
    )
    notebook.commit("item added", (Change(home_of(one), None, item),))
    return item


def edit_item(
    notebook: Notebook, one: OneToOne, item: ChecklistItem, text: str, reason: str
) -> None:
    """Change the words of an item or its reason.

    Raises:
        UsageError: Where the text is empty.
    """
    after = item._replace(text=_item_text(text), reason=clean_line(reason))
    notebook.commit("item changed", (Change(home_of(one), item, after),))


def _item_text(text: str) -> str:
    if not (text := clean_line(text)):
        raise UsageError("An item needs a few words.")
    return text


def delete_item(notebook: Notebook, one: OneToOne, item: ChecklistItem) -> None:
    """Delete an item from this checklist."""
    notebook.commit("item deleted", (Change(home_of(one), item, None),))


def move_item(notebook: Notebook, one: OneToOne, item: ChecklistItem, step: int) -> None:
    """Move an item up (-1) or down (1) within its phase; at the ends nothing happens."""
    items = in_order(notebook.page(one.id).items, item.phase)
    places = {other.id: place for place, other in enumerate(items)}
    target = places.get(item.id, -1) + step
    if item.id not in places or not 0 <= target < len(items):
        return
    moved = items[places[item.id]]
    others = tuple(other for other in items if other.id != item.id)
    after = moved._replace(position=position_after(others, target))
    order = (*others[:target], after, *others[target:])
    home = home_of(one)
    if in_order(order, item.phase) != order:  # the gap between the neighbours is used up
        renumbered = (i._replace(position=float(place)) for place, i in enumerate(order, 1))
        by_id = {i.id: i for i in items}
        notebook.commit("item moved", (Change(home, by_id[i.id], i) for i in renumbered))
        return
    notebook.commit("item moved", (Change(home, moved, after),))


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
    if not entries or any(entry.is_empty for entry in entries):
        raise UsageError("There is nothing to write down yet.")
    if any(entry.is_refused for entry in entries):
        raise UsageError(NOT_MINE)
    made = [_record_of(notebook, one, entry) for entry in entries]
    changes = [Change(home, None, record) for home, record in made]
    if not one.took_place and one.at.date() <= notebook.today():
        changes.append(Change(home_of(one), one, _begun(one, notebook.now())))
    label = entries[0].kind.label if len(entries) == 1 else f"{len(entries)} lines"
    notebook.commit(f"{label} written", changes)
    return tuple(record for _, record in made)


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
                stage=Stage.AGREED if entry.due else Stage.CAPTURED,
                due=entry.due,
                born_in=one.id,
            )
            return home_of(one), follow_up
        case Becomes.TOPIC:
            topic = Topic(new_id, entry.text, now.date(), born_in=one.id)
            return Home(one.person_id), topic
        case Becomes.NOTE:
            return home_of(one), Note(new_id, entry.text, entry.kind.id, now, entry.side)


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
            f"A {note.kind.label} always stays with you. Change its kind first, if you want to "
            "share it."
        )
    side = Side.OURS if note.side is Side.MINE else Side.MINE
    change = Change(home_of(one), note, note._replace(side=side))
    notebook.commit(f"note made {side}", (change,))


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
    entry = read_entry(kind, note.text, notebook.today())
    home, record = _record_of(notebook, one, entry)
    if isinstance(record, FollowUp):
        record = record._replace(said=note.at)
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
