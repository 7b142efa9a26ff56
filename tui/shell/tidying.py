"""The commands that tidy the record: merge, expire."""

from __future__ import annotations

import os
import time

from tui.clock import local_time
from tui.domain.people import Person
from tui.domain.text import clean_line, plural
from tui.errors import EXIT_DONE, UsageError
from tui.shell.output import say, table
from tui.shell.upkeep import command_for, person_meant, whole_journal
from tui.wiring import fresh_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from tui.services.ports import Draft
    from tui.store.expiring import Due


# -- merge ---------------------------------------------------------------------------------


def merge(options: argparse.Namespace) -> int:
    """Say what making one person of two does, and do it if asked."""
    from tui.store.halftyped import half_typed
    from tui.store.merging import merge as carry_out
    from tui.store.merging import merge_of

    whole = whole_journal(options)
    other, into = (person_meant(whole, name) for name in (options.other, options.into))
    if other.id == into.id:
        raise UsageError(f"Both are {into.name}. Name two people; there is nothing to merge.")
    planned = merge_of(whole.folder, whole.journal, other, into)
    count = planned.records.get
    rows = (
        (count("one_to_one", 0), "one-to-ones"),
        (count("notes", 0), "notes"),
        (count("follow_ups", 0), "follow-ups"),
        (count("shelf", 0), "parked topics"),
        (len(planned.after.card) - len(into.card), "lines for the card"),
        (len(planned.after.skips) - len(into.skips), "talks that were skipped"),
    )
    for line in table((what, str(number)) for number, what in rows if number):
        print(line)
    _say_half_typed(half_typed(whole.place.state, other.id, into.id).left, into)
    if not options.yes:
        say(
            f"All of this goes from {other.name} to {into.name}, and {other.name} is not on the "
            f"list any more.{_kept(into, other)} Nothing was done. To do it, with alongside "
            f"closed, add --yes."
        )
        return EXIT_DONE
    before = local_time()
    time.sleep(0.02)  # the times of files go by a slower clock
    carry_out(whole.folder, whole.place.state, planned, fresh_id)
    whole.folder.save_digest()
    say(f"{other.name} is part of {into.name} now. To take it back, with all that is done since:")
    say(command_for(options, "restore", f"{before:%Y-%m-%d %H:%M:%S.%f}", "--yes"))
    return EXIT_DONE


def _say_half_typed(drafts: Iterable[Draft], into: Person) -> None:
    """Say the half-typed words that have no place with the other, for they are not kept."""
    for draft in drafts:
        say(
            f"Half-typed, and without a place with {into.name}; it goes, so note it if you need it:"
        )
        say(f"  {clean_line(_words_of(draft))}")


def _words_of(draft: Draft) -> str:
    """Return what was typed; of a form its fields."""
    import json

    try:
        return " · ".join(str(value) for value in json.loads(draft.text).values() if value)
    except (ValueError, AttributeError, RecursionError):
        return draft.text


def _kept(into: Person, other: Person) -> str:
    """Return what counts where both say something else."""
    is_same = (into.cadence, into.pronoun) == (other.cadence, other.pronoun)
    if is_same or other.cadence is None:
        return ""
    return f" How often you talk stays as it is with {into.name}."


# -- expire --------------------------------------------------------------------------------


def expire(options: argparse.Namespace) -> int:
    """Say which notes are older than they are to be kept, and let them go if asked."""
    from tui.desk.saved import remove_saved
    from tui.desk.settings import read_settings, settings_path
    from tui.store.expiring import due_in
    from tui.store.expiring import expire as carry_out

    settings = read_settings(os.environ)
    for mistake in settings.mistakes:
        say(mistake)
    if settings.keep is None:
        raise UsageError(
            "Notes are kept for ever, as long as you do not choose a time. To choose one, write\n"
            f'[notes]\nkeep = "1 year"\ninto {settings_path(os.environ)}. Nothing was changed.'
        )
    whole = whole_journal(options)
    today = local_time().date()
    cutoff = settings.keep.cutoff(today)
    due = tuple(due_in(whole.folder, whole.journal, cutoff))
    for line in table(_rows(due, whole.journal.people.values())):
        print(line)
    if not due:
        say(f"No note is older than the {settings.keep.words} you keep them.")
    elif not options.yes:
        say(
            f"These are of one-to-ones before {cutoff.isoformat()}, older than the "
            f"{settings.keep.words} you keep notes. Follow-ups, dates, places and who carried the "
            "talk stay, and so does what is pinned (P among the notes). What is half-typed about "
            "them goes, too. Nothing was changed, and there is no undo. To let them go, with "
            "alongside closed, add --yes."
        )
        return EXIT_DONE
    if options.yes:
        carry_out(whole.folder, whole.place.state, due, cutoff)
        remove_saved(whole.place.state)
        if due:
            notes = plural(sum(d.notes for d in due), "note")
            say(f"{notes} gone, with earlier versions of them. Backups made before hold them yet.")
    return EXIT_DONE


def _rows(due: Iterable[Due], people: Iterable[Person]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for person in people:
        theirs = [d for d in due if d.one.person_id == person.id]
        if theirs:
            notes, pinned = (sum(d.notes for d in theirs), sum(d.pinned for d in theirs))
            stay = f"{pinned} pinned stay" if pinned else ""
            ones = plural(len(theirs), "one-to-one")
            rows.append((clean_line(person.name), plural(notes, "note"), f"of {ones}", stay))
    return rows
