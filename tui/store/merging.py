"""Makes one person of two: everything of one goes into the folder of the other.

It is one act: durable in a log before the first file is touched, then filed as every act is, what
is added first and what is taken away last. Whoever is killed in between loses nothing; the next
start of anything files the rest. Documents go as they are, with fields this version does not know.

The earlier versions of the one's files stay under their old names: with them `restore` brings back
two people. Whose they are now is noted in the state folder.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from tui.domain.joining import joined
from tui.domain.journal import Home, Journal
from tui.domain.people import Person
from tui.errors import AlongsideError, DamagedError, NewerError, StorageError
from tui.store.acts import Acts
from tui.store.codec import TABLES, Patch, encode, normalised
from tui.store.files import Tables, parse, read_bytes, storage_error
from tui.store.folder import JournalFolder
from tui.store.halftyped import hand_over
from tui.store.log import Log, act_line
from tui.store.migrations import ABOUT, SCHEMA, migrated, schema_of
from tui.store.running import check_nobody_is_here
from tui.store.traces import touches
from tui.store.versions import append
from tui.store.whose import MERGED


class Merge(NamedTuple):
    """What making one person of two does."""

    other: Person
    before: Person
    after: Person
    patches: tuple[Patch, ...]
    """What is added, then what is taken away."""
    records: Mapping[str, int]
    """How many records of each table move."""


def merge_of(folder: JournalFolder, journal: Journal, other: Person, into: Person) -> Merge:
    """Return what it does to make one person part of another; nothing is changed.

    Args:
        folder: The journal, which was read whole.
        journal: What is in it.
        other: Who will not be there any more.
        into: Who they are.

    Raises:
        DamagedError: Where a file of either cannot be read, or is not the only one of its kind.
        NewerError: Where a newer version of alongside wrote something in one.
    """
    _check_files(folder, other, into)
    added: list[Patch] = []
    taken: list[Patch] = []
    moved: Counter[str] = Counter()
    for home in (*_talks(journal, other), Home(other.id)):
        target = Home(into.id, home.one_to_one_id)
        for name, documents in _tables(folder, home).items():
            if name == ABOUT:
                continue
            if name not in TABLES:
                raise NewerError(
                    f"“{name}” in {folder.path_of(home)} is nothing this alongside knows. Nothing "
                    "was changed. Please update."
                )
            for record_id, document in documents.items():
                known = normalised(name, record_id, document)
                taken.append(Patch(home, name, record_id, known, None))
                if name != "person":
                    added.append(Patch(target, name, record_id, None, known))
                    moved[name] += 1
    after = joined(into, other)
    (table, was), (_, becomes) = encode(into), encode(after)
    added.append(Patch(Home(into.id), table, into.id, was, becomes))
    return Merge(other, into, after, (*added, *taken), moved)


def _talks(journal: Journal, person: Person) -> Iterator[Home]:
    for one in journal.one_to_ones_of(person.id):
        yield Home(person.id, one.id)


def _tables(folder: JournalFolder, home: Home) -> Tables:
    path = folder.path_of(home)
    if path is None:
        raise StorageError("One of their files has gone meanwhile. Nothing was changed; try again.")
    try:
        tables = parse(read_bytes(path)[0], os.path.basename(path))
    except FileNotFoundError as error:
        raise StorageError(f"{path} is not there any more. Nothing was changed.") from error
    if folder.is_read_only or schema_of(tables) > SCHEMA:
        raise NewerError(f"{path} was written by a newer alongside. Nothing was changed.")
    return migrated(tables)


def _check_files(folder: JournalFolder, *people: Person) -> None:
    """Raise where something in the folders of two people is not sound: it would be left behind."""
    folders = {os.path.dirname(folder.path_of(Home(person.id)) or "") for person in people}
    for problem in folder.problems:
        if {os.path.dirname(problem.path), os.path.dirname(problem.copy_of)} & folders:
            raise DamagedError(
                f"{problem.sentence} What is in it might be left behind, so nothing was changed. "
                "First: alongside check --repair"
            )


def merge(folder: JournalFolder, state: str, planned: Merge, new_name: Callable[[], str]) -> None:
    """Do it.

    Args:
        folder: The journal, as it was planned on.
        state: Its state folder.
        planned: What to do.
        new_name: Gives a name no log has.

    Raises:
        BusyError: Where an app is open on the journal, or another program holds the lock; nothing
            is changed then.
        StorageError: Where something was written since it was planned; nothing is changed then.
            Where the disk refuses; what is not done yet is in the log, and done by the next start.
    """
    with folder.hold():
        check_nobody_is_here(state)
        _check_is_still_so(JournalFolder(folder.folder, state, new_name), planned)
        folder.kept.drop()
        hand_over(state, planned.other.id, planned.before.id)
        _carry_out(folder, state, planned, new_name)


def _check_is_still_so(fresh: JournalFolder, planned: Merge) -> None:
    """Raise where another program has written something that the plan does not know of."""
    journal = fresh.load()
    ids = (planned.other.id, planned.before.id)
    other, into = map(journal.people.get, ids)
    if other is None or into is None or merge_of(fresh, journal, other, into) != planned:
        raise StorageError(
            "Something about them was written meanwhile, by another program. Nothing was changed; "
            "run this again."
        )


def _carry_out(
    folder: JournalFolder, state: str, planned: Merge, new_name: Callable[[], str]
) -> None:
    _note(state, planned)
    log = Log(state, new_name())
    try:
        log.append([act_line(planned.patches)])
    except AlongsideError:
        log.close(keep=False)
        raise
    try:
        Acts(state).drop(lambda line: touches(line, {planned.other.id}))
        for home in dict.fromkeys(patch.home for patch in planned.patches):
            folder.write(patch for patch in planned.patches if patch.home == home)
    except AlongsideError as error:
        log.close(keep=True)
        raise type(error)(
            f"{error} Nothing is lost: what is not done yet is kept, and done by the next start of "
            "alongside."
        ) from error
    log.close(keep=False)


def _note(state: str, planned: Merge) -> None:
    """Note who is whom, so that whoever forgets the one reaches what is kept of the other."""
    path = os.path.join(state, MERGED)
    line = json.dumps([planned.other.id, planned.before.id]) + "\n"
    try:
        append(path, line.encode())
    except OSError as error:
        raise storage_error(error, path) from error
