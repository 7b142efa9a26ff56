"""All that this machine keeps about one person: in the journal, and beside it.

Nothing is changed here. `tui.store.forgetting` removes what is found; the record of a person
(`tui.services.record`) says where each thing came from.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from tui.domain.naming import Name
from tui.errors import AlongsideError
from tui.services.ports import Draft
from tui.store.acts import Acts
from tui.store.codec import Patch
from tui.store.files import Document, Tables, is_temporary, parse
from tui.store.folder import JournalFolder
from tui.store.keeper import rescue_name
from tui.store.log import LOG_SUFFIX, read_lines
from tui.store.mentions import texts_in
from tui.store.migrations import ABOUT
from tui.store.names import DIGEST_FOLDER, PEOPLE_FOLDER
from tui.store.reach import Left, reached
from tui.store.reading import names_in
from tui.store.whose import (
    absorbed_by,
    all_versions,
    bytes_of,
    files_in,
    folders_kept,
    is_about,
    owners_here,
)

_TELLING = 8
"""Characters of a text from which on it tells whose a stray file is."""


class Logged(NamedTuple):
    """A log in which there is something about a person."""

    path: str
    patches: tuple[Patch, ...]
    drafts: tuple[Draft, ...]
    """What is half-typed about them."""


class Traces(NamedTuple):
    """What there is about one person."""

    ids: frozenset[str]
    """The person's id, and those of who was merged into them."""
    names: tuple[str, ...]
    folders: tuple[str, ...]
    """The names of their folders; more than one where a sync or a merge left some."""
    files: tuple[str, ...]
    """All in these folders that is theirs, by their paths."""
    records: Mapping[str, int]
    """How many records of each table there are in them."""
    record_ids: frozenset[str]
    texts: frozenset[str]
    """The texts long enough to be recognised."""
    versions: tuple[str, ...]
    """Files of earlier versions, by their paths."""
    version_count: int
    aside: tuple[str, ...]
    """Damaged files and copies that were set aside, by their paths."""
    digests: tuple[str, ...]
    acts: int
    logs: tuple[Logged, ...]
    saved: tuple[str, ...]
    """Texts that were saved on their way out or in an editor, by their paths."""
    left: tuple[Left, ...] = ()
    """What is behind links in their folders and is not surely theirs; it stays."""

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What is half-typed about them."""
        return tuple(draft for log in self.logs for draft in log.drafts)

    @property
    def patches(self) -> int:
        """How many changes wait in logs."""
        return sum(len(log.patches) for log in self.logs)


def traces_of(
    folder: JournalFolder,
    state: str,
    ids: Iterable[str],
    names: Iterable[str],
    *,
    known_folders: Iterable[str] = (),
    known_records: Iterable[str] = (),
    elsewhere: Iterable[str] = (),
) -> Traces:
    """Return what there is about a person.

    Args:
        folder: The journal.
        state: Its state folder.
        ids: The person's id; who was merged into them is found.
        names: Their name.
        known_folders: Folders known to be theirs though nothing in them says so any more.
        known_records: Ids of records known to have been theirs.
        elsewhere: Folders in which a rescue file may be.

    Raises:
        StorageError: Where something of it cannot be read; then nobody knows what there is.
    """
    people = os.path.join(folder.folder, PEOPLE_FOLDER)
    everybody = owners_here(people)
    ids = frozenset(ids)
    owners = ids | (absorbed_by(state, ids) - set(everybody.values()))
    theirs = {name for name, owner in everybody.items() if owner in owners}
    theirs |= {name for name in known_folders if everybody.get(name) is None}
    kept = folders_kept(folder, owners, everybody, theirs)
    folders = tuple(sorted(theirs | kept))
    paths = [os.path.join(people, name) for name in folders]
    files, _ = _reached(folder, paths, owners, known_records)
    versions = tuple(files_in(os.path.join(folder.versions.folder, PEOPLE_FOLDER), folders))
    found = _Found()
    for path in files:
        found.read(bytes_of(path))
    counts = found.counts()
    version_count = 0
    for version in all_versions(folder.versions, versions):
        version_count += 1
        found.read(version.data)
    all_names = tuple(dict.fromkeys((*names, *found.names)))
    found.ids |= set(known_records)
    every_id = owners | found.ids
    files, left = _reached(folder, paths, owners, every_id)
    logs = tuple(_logs(state, elsewhere, owners, every_id))
    return Traces(
        owners,
        all_names,
        folders,
        files,
        counts,
        frozenset(found.ids),
        frozenset(found.texts),
        versions,
        version_count,
        tuple(files_in(os.path.join(folder.aside.folder, PEOPLE_FOLDER), folders)),
        tuple(_digests(state, folders)),
        Acts(state).drop(lambda line: touches(line, owners), is_dry=True),
        logs,
        tuple(_saved(state, Name(*all_names), found.texts)),
        left,
    )


def _reached(
    folder: JournalFolder, paths: Iterable[str], owners: Collection[str], ids: Iterable[str]
) -> tuple[tuple[str, ...], tuple[Left, ...]]:
    """Return what is theirs in a person's folders, and what stays behind links in them."""
    known = frozenset(ids)
    found = [reached(folder.folder, path, owners, known) for path in paths]
    files = tuple(path for one in found for path in one.files)
    return files, tuple(left for one in found for left in one.left)


def touches(line: Document, owners: Collection[str]) -> bool:
    """Return whether a line of the acts is about something in a file of one of these people."""
    homes = [line.get("forget") or [None]]
    homes += [[patch.get("person")] for patch in line.get("patches", ())]
    return any(home[0] in owners for home in homes)


class _Found:
    """The records in files, whatever they are."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.names: set[str] = set()
        self.texts: set[str] = set()
        self._counted: Counter[str] = Counter()

    def read(self, data: bytes) -> None:
        from tui.store.salvage import salvage

        tables: Tables
        try:
            tables = parse(data, "")
        except AlongsideError:
            tables = salvage(data).tables
        for table, documents in tables.items():
            if table == ABOUT:
                continue
            new = set(documents) - self.ids
            self.ids |= new
            self._counted[table] += len(new)
            for document in documents.values():
                texts = {text for _, text in texts_in(document)}
                self.texts |= {text for text in texts if len(text) >= _TELLING}
                if table == "person":
                    self.names.add(str(document.get("name", "")))

    def counts(self) -> dict[str, int]:
        return dict(self._counted)


# -- where it is ---------------------------------------------------------------------------


def _digests(state: str, folders: Iterable[str]) -> Iterator[str]:
    for name in folders:
        path = os.path.join(state, DIGEST_FOLDER, f"of-{name}")
        if os.path.lexists(path):
            yield path


def log_paths(state: str, elsewhere: Iterable[str] = ()) -> Iterator[str]:
    """Yield the logs of a journal, and what runs saved where there was room."""
    for name in sorted(names_in(state)):
        if name.endswith(LOG_SUFFIX):
            yield os.path.join(state, name)
    begins = rescue_name(state)
    for place in elsewhere:
        for name in sorted(names_in(place)):
            path = os.path.join(place, name)
            if name.startswith(begins) and name.endswith(LOG_SUFFIX) and _is_mine(path):
                yield path


def _is_mine(path: str) -> bool:
    """Return whether a file is this user's; whoever can write there could leave one."""
    return os.name == "nt" or os.lstat(path).st_uid == os.getuid()


def _logs(
    state: str, elsewhere: Iterable[str], owners: Collection[str], ids: Collection[str]
) -> Iterator[Logged]:
    for path in log_paths(state, elsewhere):
        data = bytes_of(path)
        found = read_lines(data)
        patches = tuple(patch for patch in found.patches if patch.home.person_id in owners)
        drafts = tuple(draft for draft in found.drafts if is_about(draft, ids))
        if patches or drafts or any(one_id.encode() in data for one_id in ids):
            yield Logged(path, patches, drafts)


def _saved(state: str, name: Name, texts: Collection[str]) -> Iterator[str]:
    """Yield the summaries and notes left in the state folder that are about somebody.

    A summary that was saved on its way out need not name them; what is in it tells.
    """
    for path, text in saved_texts(state):
        if name.is_in(text) or holds_one(text, texts):
            yield path


def saved_texts(state: str) -> Iterator[tuple[str, str]]:
    """Yield the paths of the summaries and notes left in the state folder, and what is in them."""
    for file in sorted(names_in(state)):
        path = os.path.join(state, file)
        if file.startswith(("summary", ".summary.md-", "note-")) and os.path.isfile(path):
            yield path, bytes_of(path).decode("utf-8", "replace")


def holds_one(text: str, texts: Iterable[str]) -> bool:
    """Return whether a line of one of some texts, long enough to tell, stands in another."""
    lines = (line for told in texts for line in told.split("\n") if len(line) >= _TELLING)
    return any(line in text for line in lines)


def temporary_in(place: str) -> Iterator[str]:
    """Yield what programs that were killed left half-written below a folder."""
    for folder, _, files in os.walk(place):
        yield from (os.path.join(folder, file) for file in files if _is_left(file))


def _is_left(name: str) -> bool:
    return is_temporary(name) or (name.startswith(".") and name.endswith(".tmp"))
