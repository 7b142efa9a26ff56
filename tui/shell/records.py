"""The commands that deal with all there is about a person: record, forget."""

from __future__ import annotations

import os
from collections import Counter

from tui.clock import local_time
from tui.domain.journal import Home, Journal, Page
from tui.domain.naming import Name
from tui.domain.people import Person
from tui.domain.text import clean, clean_line, plural
from tui.errors import EXIT_DAMAGED, EXIT_DONE, NotFoundError, StorageError, UsageError
from tui.shell.output import print_json, say, table
from tui.shell.upkeep import Whole, command_for, elsewhere, person_meant, whole_journal
from tui.store.mentions import Mention, mentions_of
from tui.store.running import check_nobody_is_here
from tui.store.traces import Traces, traces_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from tui.services.record import Material
    from tui.store.reach import Left


# -- record --------------------------------------------------------------------------------


def record(options: argparse.Namespace) -> int:
    """Write out everything there is about a person, also what is the manager's alone."""
    from tui.services.record import record_json
    from tui.services.record_page import record_page

    whole = whole_journal(options)
    person = person_meant(whole, options.person)
    material = _material(whole, person)
    if options.output not in (None, "-"):
        _write(options, whole, material)
    elif options.json:
        print_json(record_json(material))
    else:
        print(clean(record_page(material)), end="")
    say(material.private)
    for one in material.unreadable:
        say(
            f"What was written in the one-to-one of {one.at:%Y-%m-%d} is not in it: its file "
            "cannot be read. To bring it back: alongside check --repair"
        )
    return EXIT_DAMAGED if material.unreadable else EXIT_DONE


def _write(options: argparse.Namespace, whole: Whole, material: Material) -> None:
    import json

    from tui.desk.exports import write_private
    from tui.services.record import record_json
    from tui.services.record_page import record_page

    path = os.path.abspath(os.path.expanduser(options.output))
    text = (
        json.dumps(record_json(material), ensure_ascii=False, indent=1) + "\n"
        if options.json
        else record_page(material)
    )
    write_private(path, text, journal=whole.place.journal, force=options.force)
    print(clean_line(path))
    say("Written. Only you can read it. alongside forget does not reach this file.")


def _material(whole: Whole, person: Person) -> Material:
    from tui.services.record import Material, Place

    folder, journal = whole.folder, whole.journal
    traces = traces_of(folder, whole.place.state, [person.id], [person.name], elsewhere=elsewhere())
    homes = [Home(person.id, one.id) for one in journal.one_to_ones_of(person.id)]
    paths = {home: folder.path_of(home) or "" for home in (Home(person.id), *homes)}
    files = {home.one_to_one_id or home.person_id: folder.name_of(p) for home, p in paths.items()}
    known = set(paths.values())
    return Material(
        journal,
        person,
        {home.one_to_one_id or "": _page(whole, home) for home in homes},
        files,
        tuple((draft, log.path) for log in traces.logs for draft in log.drafts),
        traces.aside,
        tuple(folder.name_of(path) for path in traces.files if path not in known),
        traces.version_count,
        tuple(
            Place(m.file, m.whose, m.day, f"{_WHAT.get(m.table, m.table)}, {m.field}", m.text)
            for m in mentions_of(folder, Name(*traces.names), set(traces.folders))
        ),
        local_time(),
    )


def _page(whole: Whole, home: Home) -> Page | None:
    contents = whole.folder.read_page(home)
    return Journal().adopt((contents,)).page(home.one_to_one_id or "") if contents else None


# -- forget --------------------------------------------------------------------------------

_WHAT = {
    "person": "person",
    "shelf": "parked topic",
    "one_to_one": "one-to-one",
    "checklist": "checklist item",
    "questions": "question",
    "follow_ups": "follow-up",
    "notes": "note",
    "sent": "sent summary",
    "templates": "checklist of your own",
    "deck": "question of your own",
}
"""What the tables of the files are called."""


class _Meant:
    """Who is to be forgotten: in the journal, in what is kept beside it, or half forgotten."""

    def __init__(self, whole: Whole, typed: str) -> None:
        from tui.store.forgetting import begun
        from tui.store.whose import name_is, owners_here, people_gone

        self.ids: tuple[str, ...] = ()
        self.names: tuple[str, ...] = ()
        self.folders: tuple[str, ...] = ()
        before = begun(whole.place.state)
        people = os.path.join(whole.place.journal, "people")
        if before is not None and (name_is(typed, before.names) or typed in before.folders):
            self.ids, self.names, self.folders = before.ids, before.names, before.folders
            return
        try:
            person = person_meant(whole, typed)
            self.ids, self.names = (person.id,), (person.name,)
        except NotFoundError:
            gone = people_gone(whole.folder, whole.journal.people)
            named = [(i, name) for i, name in gone if name_is(typed, (name,))]
            self.ids = tuple(person_id for person_id, _ in named)
            self.names = tuple(name for _, name in named)
            owners = owners_here(people)
            if not named and typed in owners:  # nothing in it says who that is any more
                owner = owners[typed]
                self.ids = (owner,) if owner else ()
                self.names, self.folders = (typed,), (typed,)
            if not self.names:
                raise
        self.folders = self.folders or ((typed,) if typed in owners_here(people) else ())

    def is_named_whole(self, typed: str) -> bool:
        from tui.store.whose import name_is

        return name_is(typed, self.names) or typed in self.folders


def forget(options: argparse.Namespace) -> int:
    """Say what there is about a person, and remove all of it if asked."""
    from tui.store import forgetting

    whole = whole_journal(options)
    folder, state = whole.folder, whole.place.state
    typed = " ".join(options.person)
    meant = _Meant(whole, typed)
    traces = traces_of(
        folder,
        state,
        meant.ids,
        meant.names,
        known_folders=meant.folders,
        elsewhere=elsewhere(),
    )
    name = meant.names[0] or typed
    backups, holding = _backups(whole, traces)
    if options.yes and not meant.is_named_whole(typed):
        raise UsageError(
            f"To forget somebody the name is typed whole: {name}. Nothing was changed."
        )
    if options.yes:
        check_nobody_is_here(state)
    for line in table(_rows(traces, len(holding))):
        print(line)
    mentions = tuple(mentions_of(folder, Name(*traces.names), set(traces.folders)))
    if not options.yes:
        _say_mentions(mentions)
        _say_beyond(whole, traces)
        again = command_for(options, "forget", name, "--yes")
        say(
            f"That is all there is about {name} on this machine. Nothing was changed, and there "
            f"is no undo. To see it whole: {command_for(options, 'record', name)}\n"
            f"To remove it for good, with alongside closed: {again}"
        )
        return EXIT_DONE
    forgetting.forget(
        folder,
        state,
        meant.ids,
        meant.names,
        folders=meant.folders,
        elsewhere=elsewhere(),
        backups=backups,
    )
    _check_nothing_is_left(whole, traces)
    say(f"{name} is forgotten here. It was looked for again, and nothing was found.")
    _say_mentions(mentions)
    _say_beyond(whole, traces)
    return EXIT_DONE


def _backups(whole: Whole, traces: Traces) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the backups that are known, and those in which there is something about a person."""
    from tui.store.backups import backups_holding, known_backups

    places = dict.fromkeys((os.path.expanduser("~"), os.path.abspath(os.curdir)))
    known = known_backups(whole.place.state, places)
    found = backups_holding(whole.place.journal, known, traces.ids, traces.folders)
    return known, tuple(backup.path for backup in found)


def _rows(traces: Traces, backups: int) -> list[tuple[str, str]]:
    count = traces.records.get
    rows = [
        (count("one_to_one", 0), "one-to-ones"),
        (count("notes", 0), "notes"),
        (count("follow_ups", 0), "follow-ups"),
        (count("shelf", 0), "parked topics"),
        (count("questions", 0), "questions considered"),
        (count("checklist", 0), "checklist items"),
        (count("sent", 0), "summaries that went out"),
        (len(traces.files), "files in the journal"),
        (traces.version_count, "earlier versions"),
        (len(traces.aside), "files set aside"),
        (len(traces.drafts), "half-typed lines"),
        (len(traces.logs), "logs with something in them"),
        (traces.acts, "acts that could be undone"),
        (len(traces.digests), "entries of the digest"),
        (len(traces.saved), "saved texts"),
        (backups, "backups, out of which they are taken"),
    ]
    return [(what, str(number)) for number, what in rows if number]


def _say_mentions(mentions: tuple[Mention, ...]) -> None:
    """Name the places in what is kept about others; their words are read there."""
    places = Counter((m.whose or "your own", m.day, m.file, m.table) for m in mentions)
    if not places:
        return
    say("Named in what is kept about others, which is not changed (you can, in the app):")
    for (whose, day, file, kind), count in places.items():
        where = f"{whose}, {day}" if day else whose
        say(f"  {clean_line(where)}: {plural(count, _WHAT.get(kind, kind))} ({clean_line(file)})")


def _check_nothing_is_left(whole: Whole, before: Traces) -> None:
    left = traces_of(
        whole.folder,
        whole.place.state,
        before.ids,
        before.names,
        known_records=before.record_ids,
        elsewhere=elsewhere(),
    )
    if left.files or left.versions or left.aside or left.digests or left.acts or left.logs:
        raise StorageError(
            "Something about them was written meanwhile, by another program. Run this again."
        )


def _say_left(left: Left) -> str:
    """Say what stays behind a link: it is not surely this program's, or theirs."""
    if not left.things:
        return f"{left.target}, to which {os.path.basename(left.path)} is a link; the link goes"
    things = plural(left.things, "file or folder", "files and folders")
    return f"{left.target}, to which a link leads: {things} that this program did not make"


def _say_beyond(whole: Whole, traces: Traces) -> None:
    """Say what is out of reach, with what to type."""
    import shlex

    journal = os.path.realpath(whole.place.journal)
    lines = []
    root = journal
    while root != os.path.dirname(root) and not os.path.lexists(os.path.join(root, ".git")):
        root = os.path.dirname(root)
    in_journal = [os.path.join("people", name) for name in traces.folders]
    if os.path.lexists(os.path.join(root, ".git")):
        paths = [os.path.relpath(os.path.join(journal, name), root) for name in in_journal]
        options = [word for path in paths for word in ("--path", path)]
        rewrite = shlex.join(["git", "-C", root, "filter-repo", "--invert-paths", *options])
        look = shlex.join(["git", "-C", root, "log", "--oneline", "--", *paths])
        lines.append(f"the history of git, which you can see with: {look}")
        lines.append(f"  and rewrite with (git-filter-repo, and then every copy): {rewrite}")
    kept = os.path.join(journal, ".stversions")
    if os.path.isdir(kept):
        paths = [shlex.quote(os.path.join(kept, name)) + "*" for name in in_journal]
        lines.append(f"what Syncthing keeps: rm -r {' '.join(paths)}")
    lines += [_say_left(left) for left in traces.left]
    lines += [
        "other machines with this journal: run the same there, once theirs is synced",
        "copies of backups, and backups of the whole disk; records and exports you wrote to files",
        "mail and messages that were sent, and what a clipboard manager keeps",
        "your shell's history, if you wrote notes as arguments",
        "the disk itself: what is deleted there is gone when it is written over",
    ]
    say("Out of reach from here:")
    for line in lines:
        say(f"  {clean_line(line) if not line.startswith(' ') else '  ' + clean_line(line)}")
