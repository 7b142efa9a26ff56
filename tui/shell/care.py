"""The commands that look after the journal: check, backup, restore."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from datetime import datetime
from typing import Any

from tui.chosen import read_chosen
from tui.clock import local_time
from tui.desk.places import Place
from tui.desk.settings import settings_path
from tui.desk.themes import read_themes
from tui.domain.dates import WhenError, say_moment
from tui.domain.moments import past_moment
from tui.domain.text import clean_line, plural
from tui.errors import (
    EXIT_DAMAGED,
    EXIT_DONE,
    EXIT_FAILED,
    AlongsideError,
    NotFoundError,
    UsageError,
)
from tui.services import folk
from tui.shell.output import print_json, say, table
from tui.shell.verbs import place_asked
from tui.store import archive
from tui.store.backups import note_backup
from tui.store.files import make_folder
from tui.store.folder import JournalFolder
from tui.store.forgetting import begun
from tui.store.inspection import Finding, Inspected, Kind, inspect, repair
from tui.store.links import say_left
from tui.store.migrations import SCHEMA
from tui.store.versions import DELETED
from tui.wiring import journal_folder, open_journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from tui.wiring import Opened

_HARMLESS = frozenset({Kind.STRANGE})
_GRAVE = frozenset({Kind.DAMAGED, Kind.NEWER, Kind.LEFT_OUT})
_SHOWN = 20
"""How many earlier versions are listed."""


# -- check ---------------------------------------------------------------------------------


def check(options: argparse.Namespace) -> int:
    """Look through the journal and this machine, and mend what can be mended if asked."""
    place = place_asked(options)
    opened = _opened(place)
    inspected = _inspected(opened.folder, place)
    done: dict[Finding, str] = {}
    if options.repair:
        done = _repair(opened.folder, place, inspected.findings)
        opened = _opened(place)
        inspected = _inspected(opened.folder, place)
    old = _old_notes(opened)
    chosen = read_chosen(os.environ, opened.journal.templates)
    wrong = (*chosen.mistakes, *read_themes(os.environ).mistakes)
    if options.json:
        _print_findings(place, opened, inspected, done, old, wrong)
    else:
        _say_state(place, opened, inspected, old)
        _say_findings(opened.folder, inspected.findings, done, wrong)
    left = {finding.kind for finding in inspected.findings}
    if left & _GRAVE:
        return EXIT_DAMAGED
    is_unfinished = _logs_left(opened) or begun(place.state) is not None
    return EXIT_FAILED if left - _HARMLESS or is_unfinished else EXIT_DONE


def _opened(place: Place) -> Opened:
    """Open a journal as any command does: what a program that was killed left is filed first."""
    make_folder(place.state)
    opened = open_journal(place)
    for orphan in opened.orphans:
        orphan.release() if opened.drafts else orphan.remove()
    return opened


def _inspected(folder: JournalFolder, place: Place) -> Inspected:
    import tempfile

    places = (os.path.expanduser("~"), tempfile.gettempdir())
    return inspect(folder, place.state, tuple(dict.fromkeys(map(os.path.realpath, places))))


def _repair(
    folder: JournalFolder, place: Place, findings: tuple[Finding, ...]
) -> dict[Finding, str]:
    done = {}
    for finding in findings:
        if finding.can_be_mended:
            try:
                done[finding] = repair(folder, place.state, finding)
            except AlongsideError as error:
                done[finding] = f"It could not be mended. {error}"
    return done


def _logs_left(opened: Opened) -> bool:
    return any(problem.path.endswith(".log") for problem in opened.problems)


def _old_notes(opened: Opened) -> tuple[int, int, str] | None:
    """Return how many notes of how many one-to-ones are older than they are to be kept.

    With them the time that was chosen; None where none is.
    """
    from tui.desk.settings import read_settings

    keep = read_settings(os.environ).keep
    if keep is None:
        return None
    from tui.store.expiring import due_in

    due = tuple(due_in(opened.folder, opened.journal, keep.cutoff(local_time().date())))
    return sum(d.notes for d in due), len(due), keep.words


def _say_state(
    place: Place, opened: Opened, inspected: Inspected, old: tuple[int, int, str] | None
) -> None:
    journal = opened.journal
    kept = len(opened.folder.versions.names())
    rows = [
        ("journal", place.journal),
        (
            "",
            f"{plural(len(journal.people), 'person', 'people')}, "
            f"{plural(len(journal.one_to_ones), 'one-to-one')}, "
            f"{plural(inspected.records, 'record')} in {plural(inspected.files, 'file')}; "
            f"this program writes schema {SCHEMA}",
        ),
        ("state", place.state),
        ("", f"earlier versions of {plural(kept, 'file')}"),
        ("settings", _settings()),
        ("clipboard", _clipboard()),
        ("terminal", _terminal()),
    ]
    being_forgotten = begun(place.state)
    if being_forgotten is not None:
        name = next(iter(being_forgotten.names), "somebody")
        todo = f'alongside forget "{name}" --yes finishes it'
        rows.append(("unfinished", f"{name} is being forgotten: {todo}"))
    if old is not None:
        notes, ones, keep = old
        of = f"{plural(notes, 'note')} of {plural(ones, 'one-to-one')}"
        todo = f"{of} are older: alongside expire" if ones else "none is older"
        rows.append(("notes", f"kept for {keep}; {todo}"))
    for line in table(rows):
        print(line)


def _clipboard() -> str:
    from tui.desk.clipboard import Clipboard

    means = Clipboard(os.environ, send_escape=lambda sequence: sys.stdout.isatty()).means()
    return f"{', then '.join(means)} (nothing was copied to try it)"


def _settings() -> str:
    path = settings_path(os.environ)
    return path + ("" if os.path.exists(path) else "  (not there; nobody needs it)")


def _terminal() -> str:
    size = ""
    with suppress(OSError, ValueError, AttributeError):
        columns, lines = os.get_terminal_size(sys.__stderr__.fileno())  # type: ignore[union-attr]
        size = f"{columns}×{lines}"
    colour = "" if not os.environ.get("NO_COLOR") else "no colour"
    parts = (
        os.environ.get("TERM", "TERM is not set"),
        size,
        os.environ.get("COLORTERM", ""),
        colour,
        sys.stdout.encoding or "",
        "in tmux" if os.environ.get("TMUX") else "",
        "over ssh" if os.environ.get("SSH_CONNECTION") else "",
    )
    return " · ".join(filter(None, parts))


def _say_findings(
    folder: JournalFolder,
    left: tuple[Finding, ...],
    done: dict[Finding, str],
    wrong: tuple[str, ...],
) -> None:
    for mistake in wrong:
        print(f"\nsettings: {clean_line(mistake)}")
    for finding, sentence in done.items():
        print(f"\n{finding.kind}: {clean_line(finding.sentence)}\n  {clean_line(sentence)}")
    for finding in left:
        if finding not in done:
            print(f"\n{finding.kind}: {clean_line(finding.sentence)}\n  {clean_line(finding.path)}")
    mendable = sum(finding.can_be_mended for finding in left)
    print()
    if not any(finding.kind not in _HARMLESS for finding in left):
        well = "All is well" if not wrong else "But for the settings all is well"
        print(f"{well}." if not done else f"{well} now.")
    elif mendable and not done:
        count = "It" if mendable == len(left) == 1 else f"{mendable} of {len(left)}"
        print(f"{count} can be mended: alongside check --repair")
        print("Whatever is damaged is kept byte for byte before it is touched.")


def _print_findings(
    place: Place,
    opened: Opened,
    inspected: Inspected,
    done: dict[Finding, str],
    old: tuple[int, int, str] | None,
    wrong: tuple[str, ...],
) -> None:
    def as_json(finding: Finding, sentence: str | None = None) -> dict[str, Any]:
        return {
            "kind": finding.kind,
            "path": clean_line(finding.path),
            "sentence": clean_line(finding.sentence),
            "can_be_mended": finding.can_be_mended,
        } | ({} if sentence is None else {"done": clean_line(sentence)})

    print_json(
        {
            "journal": place.journal,
            "state": place.state,
            "schema": SCHEMA,
            "people": len(opened.journal.people),
            "one_to_ones": len(opened.journal.one_to_ones),
            "files": inspected.files,
            "records": inspected.records,
            "findings": [as_json(finding) for finding in inspected.findings],
            "repaired": [as_json(finding, sentence) for finding, sentence in done.items()],
        }
        | ({} if old is None else {"old_notes": old[0], "keep": old[2]})
        | ({"settings": [clean_line(mistake) for mistake in wrong]} if wrong else {})
    )


# -- backup --------------------------------------------------------------------------------


def backup(options: argparse.Namespace) -> int:
    """Write the whole journal into one zip file."""
    place = place_asked(options)
    if not os.path.isdir(place.journal):
        raise NotFoundError(f"There is no journal yet in {place.journal}.")
    opened = _opened(place)
    target = os.path.abspath(os.path.expanduser(options.to or "."))
    if not os.path.isdir(target) and not target.endswith(".zip"):
        raise NotFoundError(
            f"There is no folder {target}. Name one that is there, or a file that ends in .zip."
        )
    if os.path.isdir(target):
        target = os.path.join(target, f"alongside-{local_time():%Y-%m-%d-%H%M}.zip")
    made = archive.back_up(opened.folder, target)
    note_backup(place.state, made.path)
    print(clean_line(made.path))
    for problem in opened.problems:
        say(f"It is in the backup as it is: {problem.sentence} See alongside check.")
    size = f"{max(1, round(made.size / 1000))} kB"
    say(
        f"{plural(made.files, 'file')}, {size}, read back and found the same. Only you can read it."
    )
    return EXIT_DONE


# -- restore -------------------------------------------------------------------------------


def restore(options: argparse.Namespace) -> int:
    """Say what a backup or an earlier moment would bring back, and bring it back if asked."""
    place = place_asked(options)
    make_folder(place.state)
    folder = journal_folder(place)
    folder.check()
    if options.source is None:
        return _list_versions(folder)
    if options.source == "-":
        raise UsageError("A backup is read from a file, not from stdin.")
    path = os.path.abspath(os.path.expanduser(options.source))
    if options.source.endswith(".zip") or os.path.isfile(path):
        steps = archive.from_backup(folder, path)
    else:
        try:
            moment = past_moment(options.source, local_time())
        except WhenError as error:
            raise UsageError(f"{error} A backup is named by its file: NAME.zip.") from error
        steps = archive.from_versions(folder, time_ns(moment))
        say(f"As it was at {say_moment(moment, local_time().date())}:")
    if options.person is not None:
        names = [*folder.versions.names(), *(step.name for step in steps)]
        wanted = _of_person(folder, options.person, names)
        steps = tuple(step for step in steps if wanted(step.name))
    left = tuple(step for step in steps if step.state is archive.State.LEFT)
    as_is = (archive.State.SAME, archive.State.LEFT)
    changing = tuple(step for step in steps if step.state not in as_is)
    for line in table(_step_row(folder, step) for step in changing):
        print(line)
    for step in left:
        say(clean_line(say_left(os.path.join(folder.folder, step.name), folder.folder)))
    same = len(steps) - len(changing) - len(left)
    if not steps:
        say("Nothing is known from before that moment. alongside restore lists what is.")
        return EXIT_DONE
    if not changing:
        say(f"Nothing changes: {plural(same, 'file')} would stay as they are.")
        return EXIT_DONE
    if not options.yes:
        say(
            f"{plural(len(changing), 'file')} would change, {same} would stay the same; all others "
            "are let be. Nothing was done. To do it, add --yes."
        )
        return EXIT_DONE
    before = local_time()
    time.sleep(0.02)  # the times of files go by a slower clock
    count = archive.restore(folder, changing)
    say(f"{plural(count, 'file')} restored.")
    if any(step.state is archive.State.CHANGES for step in changing):
        asked = getattr(options, "journal", None)
        journal = f' --journal "{asked}"' if asked else ""
        say(
            "What was there before is kept. To go back:\n"
            f'alongside restore{journal} "{before:%Y-%m-%d %H:%M:%S.%f}" --yes'
        )
    return EXIT_DONE


def _list_versions(folder: JournalFolder) -> int:
    today = local_time().date()
    rows = [
        (
            say_moment(moment_of(version.at), today) + f":{moment_of(version.at).second:02}",
            name,
            _say_version(name, version.data),
        )
        for name, version in folder.versions.latest(_SHOWN)
    ]
    for line in table(rows):
        print(line)
    if not rows:
        say("No earlier versions are kept yet. They are from the first change on.")
    else:
        say('To have everything as it was at some moment: alongside restore "WHEN". First it says')
        say("what would change. WHEN is 14:30, yesterday, fri 9:00, 2026-11-21 17:05.")
    return EXIT_DONE


def _say_version(name: str, data: bytes) -> str:
    if data == DELETED:
        return "deleted"
    return plural(archive.Step(name, data, archive.State.SAME).records, "record")


def _step_row(folder: JournalFolder, step: archive.Step) -> tuple[str, ...]:
    today = local_time().date()
    when = say_moment(moment_of(step.at), today) if step.at is not None else ""
    return (step.state, step.name, plural(step.records, "record"), when)


def _of_person(folder: JournalFolder, name: str, names: list[str]) -> Callable[[str], bool]:
    """Return what tells whether a file is one of a person's.

    Args:
        folder: The journal.
        name: The person's name, or its beginning.
        names: Files, some of which may be of a person who is not there any more.
    """
    from tui.domain.journal import Home
    from tui.domain.text import slug

    journal = folder.load()
    try:
        person = folk.find(journal, name)
        path = folder.path_of(Home(person.id)) or ""
        own = os.path.dirname(folder.name_of(path))
        return lambda file: os.path.dirname(file) == own
    except NotFoundError:  # perhaps what is to come back is the person
        begins = os.path.join("people", slug(name))
        found = {os.path.dirname(file) for file in names if file.startswith(begins)}
        if len(found) != 1:
            raise
        return lambda file: os.path.dirname(file) in found


def moment_of(at: int) -> datetime:
    """Return a time in nanoseconds since 1970 as local time."""
    return datetime.fromtimestamp(at / 10**9).astimezone().replace(tzinfo=None)


def time_ns(moment: datetime) -> int:
    """Return a local time as nanoseconds since 1970; one in whole seconds to the second's end."""
    second = int(time.mktime(moment.timetuple())) * 10**9
    return second + (moment.microsecond * 1000 if moment.microsecond else 999_999_999)
