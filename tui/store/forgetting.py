"""Forgets a person: removes all that this program ever wrote about them on this machine.

First what could bring them back (logs, acts), then what is beside the journal, then the journal's
own files, the person's last: as long as that is there, whoever was cut off can be told to go on.
A note in the state folder says who is being forgotten until all is done, so that a rerun finishes
it even then.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

from tui.errors import StorageError
from tui.services.ports import Draft
from tui.store.acts import Acts
from tui.store.backups import backups_holding, take_out
from tui.store.codec import Patch
from tui.store.digest import Digest
from tui.store.files import flush_folder, storage_error, write_atomically
from tui.store.folder import JournalFolder
from tui.store.given import forget_given, given_to, is_about_given
from tui.store.lock import PATIENCE, locked
from tui.store.log import act_line, draft_line, read_lines
from tui.store.names import DIGEST_FOLDER, PEOPLE_FOLDER
from tui.store.reach import remove_reached
from tui.store.running import check_nobody_is_here
from tui.store.traces import Logged, Traces, temporary_in, touches, traces_of
from tui.store.whose import MERGED, bytes_of, is_about, merges

UNFINISHED = "forgetting.json"
"""In the state folder while somebody is being forgotten: who."""


class Begun(NamedTuple):
    """Whom a run that was cut off has begun to forget."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    folders: tuple[str, ...]
    record_ids: tuple[str, ...] = ()


def begun(state: str) -> Begun | None:
    """Return who was being forgotten when a run was cut off; None where nobody was."""
    try:
        with open(os.path.join(state, UNFINISHED), encoding="utf-8") as file:
            found = json.load(file)
        return Begun(*(tuple(map(str, found[name])) for name in Begun._fields))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error(error, os.path.join(state, UNFINISHED)) from error
    except (ValueError, KeyError, TypeError):
        return None


def forget(
    folder: JournalFolder,
    state: str,
    ids: Iterable[str],
    names: Iterable[str],
    *,
    folders: Iterable[str] = (),
    elsewhere: Iterable[str] = (),
    backups: Iterable[str] = (),
) -> Traces:
    """Remove everything about a person; returns what was found.

    Args:
        folder: The journal.
        state: Its state folder.
        ids: The person's id.
        names: Their name.
        folders: The names of folders known to be theirs.
        elsewhere: Folders in which a rescue file may be.
        backups: The backups to take them out of.

    Raises:
        BusyError: Where an app is open on the journal; nothing is changed.
        StorageError: Where the disk refuses; what was removed by then is, and a rerun goes on.
    """
    with locked(folder.lock, PATIENCE):
        check_nobody_is_here(state)
        before = begun(state) or Begun((), (), ())
        ids = tuple(dict.fromkeys((*ids, *before.ids)))
        names = tuple(dict.fromkeys((*names, *before.names)))
        traces = traces_of(
            folder,
            state,
            ids,
            names,
            known_folders=(*folders, *before.folders),
            known_records=before.record_ids,
            elsewhere=elsewhere,
        )
        note = Begun(tuple(sorted(traces.ids)), traces.names, traces.folders)
        note = note._replace(record_ids=tuple(sorted(traces.record_ids)))
        path = os.path.join(state, UNFINISHED)
        write_atomically(path, json.dumps(note._asdict()).encode("utf-8", "surrogatepass"))
        try:
            _forget(folder, state, traces, tuple(backups))
            os.unlink(path)
            flush_folder(state)
        except OSError as error:
            where = str(error.filename or path)
            raise StorageError(
                f"{storage_error(error, where)} Not all is forgotten yet: run this again."
            ) from error
    check_nobody_is_here(state)  # one that was opened meanwhile has read some of it
    return traces


def _forget(folder: JournalFolder, state: str, traces: Traces, backups: tuple[str, ...]) -> None:
    folder.kept.drop()
    for path in (*traces.saved, *temporary_in(state)):
        if os.path.basename(path) != UNFINISHED:
            remove_file(path)
    for log in traces.logs:
        _strip(log, traces)
    given = given_to(traces.files)
    Acts(state).drop(lambda line: touches(line, traces.ids) or is_about_given(line, given))
    Digest(os.path.join(state, DIGEST_FOLDER)).forget(traces.folders)
    for backup in backups_holding(folder.folder, backups, traces.ids, traces.folders):
        take_out(backup)
    forget_given(folder, given, traces.folders)
    for root in (folder.aside.folder, folder.versions.folder):
        for name in traces.folders:
            _remove_tree(os.path.join(root, PEOPLE_FOLDER, name))
    for name in traces.folders:
        path = os.path.join(folder.folder, PEOPLE_FOLDER, name)
        remove_reached(folder.folder, path, traces.ids, traces.record_ids)
    _forget_merges(state, traces)


def _strip(log: Logged, traces: Traces) -> None:
    every_id = traces.ids | traces.record_ids
    strip_log(
        log.path,
        lambda patch: patch.home.person_id not in traces.ids,
        lambda draft: None if is_about(draft, every_id) else draft,
    )


def strip_log(
    path: str,
    keeps_patch: Callable[[Patch], bool] = lambda patch: True,
    becomes: Callable[[Draft], Draft | None] = lambda draft: draft,
) -> None:
    """Leave in the log of a run that is over only what is still needed.

    Args:
        path: The log.
        keeps_patch: Tells of a change that is not filed yet whether it stays.
        becomes: Returns what becomes of a half-typed line; None where it goes.

    Raises:
        NewerError: Where a newer version of alongside wrote it.
        StorageError: Where the disk refuses.
    """
    data = bytes_of(path)
    found = read_lines(data)
    patches = [patch for patch in found.patches if keeps_patch(patch)]
    lines = [act_line(patches)] if patches else []
    drafts = map(becomes, found.drafts)
    lines += [draft_line(draft) for draft in drafts if draft is not None]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    left = text.encode("utf-8", "replace")
    if not left:
        remove_file(path)
    elif left != data:
        write_atomically(path, left)


def _remove_tree(root: str) -> None:
    """Remove a folder that only this program writes into, with all that is in it."""
    if os.path.islink(root):
        target = os.path.realpath(root)
        _remove_tree(target)
        os.unlink(root)
        return
    if not os.path.isdir(root):
        return
    for place, folders, files in os.walk(root, topdown=False):
        for name in sorted(files):
            remove_file(os.path.join(place, name))
        for name in folders:
            path = os.path.join(place, name)
            (os.unlink if os.path.islink(path) else os.rmdir)(path)
    os.rmdir(root)
    flush_folder(os.path.dirname(root))


def remove_file(path: str) -> None:
    """Remove a file of this machine's; where it is a link, what was written through it as well."""
    if os.path.islink(path):
        with suppress(FileNotFoundError):
            os.unlink(os.path.realpath(path))
    with suppress(FileNotFoundError):
        os.unlink(path)


def _forget_merges(state: str, traces: Traces) -> None:
    known = list(merges(state))
    left = [pair for pair in known if not set(pair) & traces.ids]
    path = os.path.join(state, MERGED)
    if known and not left:
        remove_file(path)
    elif len(left) < len(known):
        write_atomically(path, "".join(json.dumps(pair) + "\n" for pair in left).encode())
