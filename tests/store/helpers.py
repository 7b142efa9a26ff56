"""What the tests of the store share: ears for a writer, a disk that fails, records at random."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import strategies as st

from tests.builders import NOW, Bench, counting_ids
from tui.desk.places import Place
from tui.domain.checklist import ChecklistItem, Phase, Template, TemplateItem
from tui.domain.dates import Cadence, parse_cadence
from tui.domain.followups import Aspect, FollowUp, Owner, Stage, Step
from tui.domain.journal import OWN, Home, Record
from tui.domain.notes import NOTE_KINDS, Note, Side
from tui.domain.onetoones import Lead, Move, Mover, OneToOne, Status
from tui.domain.people import CardLine, Excuse, Person, Pronoun, Skip, Topic
from tui.domain.questions import Landed, Moment, Pick, Question
from tui.domain.sendings import Sending
from tui.domain.text import clean
from tui.services.notebook import Notebook
from tui.services.ports import Draft, Reply
from tui.store.files import Document, Tables, parse, serialise
from tui.store.folder import JournalFolder
from tui.store.writer import Writer

ROOT = Path(__file__).resolve().parents[2]
"""The checkout, from which child processes import."""
DEADLINE = 20.0
"""Seconds after which something that should have happened has not."""


# -- waiting -------------------------------------------------------------------------------


class Ear:
    """Hears what a writer says and takes it into its notebook, in the test's own thread."""

    def __init__(self, notebook: Notebook) -> None:
        self.replies: list[Reply] = []
        self._notebook = notebook
        self._taken = 0
        self._news = threading.Condition()

    def __call__(self, reply: Reply) -> None:
        with self._news:
            self.replies.append(reply)
            self._news.notify_all()

    def take(self) -> None:
        """Take in what was said so far."""
        while self._taken < len(self.replies):
            self._notebook.receive(self.replies[self._taken])
            self._taken += 1

    def until(self, holds: Callable[[], object], what: str, within: float = DEADLINE) -> None:
        """Wait until something holds; fail the test where it does not in time."""
        deadline = time.monotonic() + within
        while True:
            self.take()
            if holds():
                return
            with self._news:
                if self._taken == len(self.replies):
                    self._news.wait(0.02)
            if time.monotonic() > deadline:
                pytest.fail(f"waited in vain: {what}; heard {self.replies[-3:]}")

    @property
    def last(self) -> Reply:
        return self.replies[-1] if self.replies else Reply(0, 0)

    def until_durable(self, number: int) -> None:
        self.until(lambda: self.last.durable_to >= number, f"act {number} to be durable")

    def until_filed(self, number: int) -> None:
        self.until(lambda: self.last.filed_to >= number, f"act {number} to be filed")


def eventually(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds that nobody tells of; fail the test where it does not in time."""
    pause = threading.Event()
    deadline = time.monotonic() + DEADLINE
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"waited in vain: {what}")
        pause.wait(0.002)


def start(bench: Bench) -> tuple[Notebook, Writer, Ear]:
    """Open the journal as the app does, with the writer running."""
    notebook, writer = bench.for_app()
    ear = Ear(notebook)
    writer.start(ear)
    return notebook, writer, ear


def beside(bench: Bench) -> Bench:
    """Return what another program would be on the same journal."""
    other = _made(Path(bench.place.journal).parent)
    other.place = bench.place
    return other


def _made(folder: Path) -> Bench:
    """Return a bench whose ids are its own; its writers are closed after the test."""
    made = Bench(folder)
    made.new_id = counting_ids(next(_fresh_starts))
    _benches.append(made)
    return made


_benches: list[Bench] = []


def close_benches() -> None:
    """Close the writers of all benches made here: a thread left over would keep pytest alive."""
    while _benches:
        _benches.pop().close()


def after_a_kill(bench: Bench, folder: Path) -> Bench:
    """Return a bench on the disk as it is at this moment: what a kill -9 now would leave.

    Locks do not come along, just as the system frees those of a program that was killed.
    """
    eventually(lambda: _is_copied(bench, folder), "a moment in which nothing goes away")
    return _made(folder)


def _is_copied(bench: Bench, folder: Path) -> bool:
    """Copy a bench; return False where a file went away meanwhile, which makes it no one moment."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    root = Path(bench.place.journal).parent
    try:
        for path in (bench.place.journal, bench.place.state):
            if os.path.isdir(path):
                shutil.copytree(path, folder / os.path.relpath(path, root))
    except shutil.Error:
        return False
    return True


_fresh_starts = itertools.count(10_000_000, 100_000)
"""Where the ids of each next run begin, so that no two runs give the same."""


# -- looking at the disk -------------------------------------------------------------------


def files_of(folder: str | Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    root = Path(folder)
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def person_folders(place: Place) -> list[str]:
    people = Path(place.journal, "people")
    return sorted(path.name for path in people.iterdir()) if people.exists() else []


def own_file(bench: Bench) -> Path:
    """Return the journal's own file."""
    return Path(bench.place.journal, "journal.json")


def person_file(bench: Bench, name: str = "") -> Path:
    """Return the file of the only person, or of the one whose folder begins with ``name``."""
    (path,) = Path(bench.place.journal, "people").glob(f"{name}*/person.json")
    return path


def one_to_one_file(bench: Bench) -> Path:
    """Return the file of the only one-to-one."""
    (path,) = Path(bench.place.journal, "people").glob("*/[0-9]*.json")
    return path


def tables_in(path: Path) -> Tables:
    return parse(path.read_bytes(), path.name)


def replace_by_rename(path: Path, data: bytes) -> None:
    """Replace a file as Syncthing, git and careful editors do: a new file renamed over it."""
    temp = path.with_name(f"{path.name}.from-elsewhere")
    temp.write_bytes(data)
    os.replace(temp, path)


def rewrite(path: Path, change: Callable[[Tables], None]) -> None:
    """Change a file as another program would, that knows nothing of our locks."""
    tables = tables_in(path)
    change(tables)
    replace_by_rename(path, serialise(tables))


def keep_texts(folder: JournalFolder) -> None:
    """Keep the texts of all files, as a search does that had the time to read them."""
    folder.finder().hold(lambda: False)
    folder.finder().keep()


def kept_bytes(place: Place) -> bytes:
    """Return all bytes of the texts that are kept."""
    return b"\n".join(p.read_bytes() for p in sorted(Path(place.state, "kept").glob("*")))


def temps_in(folder: str) -> list[str]:
    return [name for name in files_of(folder) if name.endswith(".tmp")]


def logs_in(place: Place) -> list[str]:
    return [name for name in files_of(place.state) if name.endswith(".log")]


def texts(notebook: Notebook, one: OneToOne) -> list[str]:
    """Return the notes of a one-to-one, as their texts."""
    return sorted(note.text for note in notebook.page(one.id).notes)


# -- a disk that fails ---------------------------------------------------------------------

WRITING_CALLS = ("open", "mkdir", "write", "fsync", "fdatasync", "replace", "unlink")
"""Calls of the system that change a disk, or get ready to."""
ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES)


class Killed(BaseException):
    """Stands for kill -9: nothing of ours may catch it, nothing after it happens."""


class Fault:
    """Counts the calls that change a disk and makes one, or all from one on, go wrong."""

    def __init__(
        self, at: int = 0, error: Callable[[], BaseException] | None = None, *, lasts: bool = False
    ) -> None:
        self.at = at
        self.error = error
        self.lasts = lasts
        self.calls: list[str] = []

    def hit(self, call: str) -> None:
        self.calls.append(call)
        if self.error is None:
            return
        if len(self.calls) == self.at or (self.lasts and len(self.calls) > self.at):
            raise self.error()


@contextmanager
def faulty(
    fault: Fault, names: Iterable[str] = WRITING_CALLS, only_in: str | Path = ""
) -> Iterator[Fault]:
    """Send the calls of this thread that change the disk through ``fault``.

    Args:
        fault: What goes wrong.
        names: The calls that can go wrong.
        only_in: Leave alone calls about paths that are not below this folder.
    """
    me = threading.get_ident()
    paths: dict[int, str] = {}

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(target: Any, *rest: Any, **named: Any) -> Any:
            if threading.get_ident() != me:
                return real(target, *rest, **named)
            path = paths.get(target, "") if isinstance(target, int) else os.fspath(target)
            if str(path).startswith(str(only_in)) and name in names:
                fault.hit(name)
            result = real(target, *rest, **named)
            if name == "open":
                paths[result] = path
            return result

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in {*WRITING_CALLS, *names}:
            patch.setattr(os, name, watched(name, getattr(os, name)))
        yield fault


def refusal(number: int) -> Callable[[], OSError]:
    """Return what makes the system's error with this number."""
    return lambda: OSError(number, os.strerror(number))


def count_calls(act: Callable[[], object], **limits: Any) -> list[str]:
    """Return the calls an act makes when all goes well."""
    with faulty(Fault(), **limits) as fault:
        act()
    return fault.calls


# -- other processes -----------------------------------------------------------------------


def child(script: str, *arguments: str, **pipes: Any) -> subprocess.Popen[bytes]:
    """Start a Python of its own on a script, with the checkout to import from."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, env=environ, **pipes
    )


def finish(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process to end; kill it where it does not in time."""
    try:
        return process.wait(DEADLINE)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


# -- records at random ---------------------------------------------------------------------

PERSON_ID = "019a0000-0000-7000-8000-00000000da0a"
ONE_ID = "019a0000-0000-7000-8000-0000000091c2"
AT_PERSON = Home(PERSON_ID)
AT_ONE = Home(PERSON_ID, ONE_ID)

any_text = st.text(st.characters(), max_size=40)
"""Anything at all, lone surrogates and control characters among it."""
clean_text = any_text.map(clean)
moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))
ids = st.uuids().map(str)
cadences = st.sampled_from(
    [parse_cadence(f"{n}{unit}") for n in (1, 2, 3, 10, 12) for unit in ("d", "w", "m")]
)
cadence_or_none: st.SearchStrategy[Cadence | None] = st.none() | cadences

people = st.builds(
    Person,
    id=st.just(PERSON_ID),
    name=clean_text,
    role=clean_text,
    pronoun=st.sampled_from(Pronoun),
    cadence=cadence_or_none,
    place=clean_text,
    helps=clean_text,
    card=st.lists(
        st.builds(CardLine, clean_text, clean_text, st.none() | st.dates()), max_size=3
    ).map(tuple),
    since=st.none() | st.dates(),
    archived=st.booleans(),
    skips=st.lists(
        st.builds(Skip, st.dates(), st.sampled_from(Excuse), st.dates()), max_size=3
    ).map(tuple),
)
topics = st.builds(
    Topic,
    id=ids,
    text=clean_text,
    on=st.dates(),
    born_in=st.none() | clean_text,
    raised=st.booleans(),
)
one_to_ones = st.builds(
    OneToOne,
    id=st.just(ONE_ID),
    person_id=st.just(PERSON_ID),
    at=moments,
    place=clean_text,
    lead=st.sampled_from(Lead),
    intention=clean_text,
    status=st.sampled_from(Status),
    started=st.none() | moments,
    ended=st.none() | moments,
    route=st.lists(clean_text, max_size=5).map(tuple),
    carried=clean_text,
    useful=clean_text,
    bench=st.none() | moments,
    debriefed=st.none() | moments,
    closed=st.none() | moments,
    thanks=clean_text,
    cue=clean_text,
    template=clean_text,
    moves=st.lists(
        st.builds(Move, by=st.sampled_from(Mover), was=moments, on=st.dates()), max_size=3
    ).map(tuple),
)
items = st.builds(
    ChecklistItem,
    id=ids,
    text=clean_text,
    phase=st.sampled_from(Phase),
    position=st.floats(allow_nan=False, allow_infinity=False),
    reason=clean_text,
    ticked=st.none() | moments,
    is_own=st.booleans(),
)
picks = st.builds(
    Pick,
    id=ids,
    question_id=clean_text,
    text=clean_text,
    cue=clean_text,
    moment=st.sampled_from(Moment),
    area=clean_text,
    position=st.floats(allow_nan=False, allow_infinity=False),
    asked=st.none() | moments,
    landed=st.sampled_from(Landed),
)
templates = st.builds(
    Template,
    id=ids,
    title=clean_text,
    items=st.lists(
        st.builds(TemplateItem, clean_text, clean_text, st.sampled_from(Phase), clean_text),
        max_size=3,
    ).map(tuple),
    is_own=st.just(True),
)
questions = st.builds(
    Question,
    id=ids,
    text=clean_text,
    moment=st.sampled_from(Moment),
    depth=st.integers(),
    area=clean_text,
    walks=st.booleans(),
    first=st.booleans(),
    cues=st.lists(clean_text, max_size=3).map(tuple),
    source=clean_text,
    is_own=st.just(True),
)
notes = st.builds(
    Note,
    id=ids,
    text=clean_text,
    kind_id=st.sampled_from([kind.id for kind in NOTE_KINDS]) | clean_text,
    at=moments,
    side=st.sampled_from(Side),
    is_unsure=st.booleans(),
    is_pinned=st.booleans(),
)


sendings = st.builds(
    Sending,
    id=ids,
    at=moments,
    form=clean_text,
    how=clean_text,
    text=clean_text,
    edits=clean_text,
)


def follow_ups(home: Home) -> st.SearchStrategy[FollowUp]:
    return st.builds(
        FollowUp,
        id=ids,
        person_id=st.just(home.person_id),
        text=clean_text,
        owner=st.sampled_from(Owner),
        said=moments,
        stage=st.sampled_from(Stage),
        due=st.none() | st.dates(),
        cue=clean_text,
        born_in=st.just(home.one_to_one_id),
        touches=st.lists(clean_text, max_size=3).map(tuple),
        closed=st.none() | st.dates(),
        reason=clean_text,
        is_unsure=st.booleans(),
        steps=st.lists(
            st.builds(Step, st.dates(), st.sampled_from(Aspect), clean_text), max_size=3
        ).map(tuple),
    )


class Housed(NamedTuple):
    """A record and the file it lives in."""

    home: Home
    record: Record


housed: st.SearchStrategy[Housed] = st.one_of(
    people.map(lambda record: Housed(AT_PERSON, record)),
    topics.map(lambda record: Housed(AT_PERSON, record)),
    follow_ups(AT_PERSON).map(lambda record: Housed(AT_PERSON, record)),
    one_to_ones.map(lambda record: Housed(AT_ONE, record)),
    items.map(lambda record: Housed(AT_ONE, record)),
    notes.map(lambda record: Housed(AT_ONE, record)),
    sendings.map(lambda record: Housed(AT_ONE, record)),
    picks.map(lambda record: Housed(AT_ONE, record)),
    templates.map(lambda record: Housed(OWN, record)),
    questions.map(lambda record: Housed(OWN, record)),
    follow_ups(AT_ONE).map(lambda record: Housed(AT_ONE, record)),
)

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats(allow_nan=False, allow_infinity=False)
    | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=6,
)


def sample_note(record_id: str = "n1", text: str = "a note") -> Note:
    return Note(record_id, text, "heard", NOW, Side.OURS)


def drafts_of(notebook: Notebook, places: Iterable[str]) -> dict[str, Draft | None]:
    return {place: notebook.draft(place) for place in places}


def with_fields(document: Document, fields: Mapping[str, Any]) -> Document:
    """Return a document with other values in some fields."""
    return {**document, **fields}
