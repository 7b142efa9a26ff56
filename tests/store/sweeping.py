"""Small stories about a journal, told by a process that is hurt while it tells them.

A story has a journal to begin with and some acts. It is told in one thread, through `tui.wiring`
as the app and the commands are, and says on a pipe what it was promised. A `Teller` tells stories
on demand: each in a process forked for it, on a fresh copy of the journal, while strace fails or
kills it at one call of the system. Then it is judged by what is on the disk.

What must hold, whatever the disk does:

- a file of the journal is the old one or the new one, even before anything puts things right;
- the next start finds the journal after some number of the acts, each whole and in their order, and
  all that was acknowledged is among them; so are half-typed lines;
- a story that ends by itself has lost nothing of what was typed;
- what was called filed is in the journal, with no log to help;
- what is left out is told, and no error of the system comes through as it is;
- an error that has passed is in nobody's way;
- the start after that finds the same, also without the digest, the versions and the acts.

Neither pytest nor Hypothesis is imported here: this is forked thousands of times.
"""

from __future__ import annotations

import ctypes
import gc
import itertools
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import tui.store.acts
import tui.store.folder
import tui.store.keeper
import tui.store.log
import tui.store.reading
import tui.store.tables  # imported late by the store; no import may be among a story's calls
import tui.store.versions
import tui.store.writer
from tests.builders import NOW, Clock, add_person, counting_ids, plan_today, write
from tui.desk.places import Place
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.ids import NewId
from tui.domain.journal import Home
from tui.domain.notes import KIND_BY_ID, Note
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.errors import AlongsideError, DamagedError
from tui.services import course, folk, promises, talks
from tui.services.notebook import Notebook
from tui.services.ports import Changes, Draft, Problem, Reply, Turn
from tui.store.archive import from_versions, restore
from tui.store.files import Stamp, is_temporary, parse, read_bytes, write_all
from tui.store.folder import JournalFolder
from tui.store.keeper import Job, Keeper, Oblivion
from tui.store.log import Orphan
from tui.store.mending import mend
from tui.wiring import fresh_id, notebook_for_app, notebook_for_commands

ERRORS = ("EIO", "ENOSPC", "EROFS", "EACCES")
FAULTS = ("kill", *ERRORS)
LASTS = "+"
"""Behind the name of an error: it does not go away again."""
PATIENCE = 20.0
"""Seconds after which a story that has not ended hangs."""
DAY = 86_400 * 10**9

Say = Callable[..., None]
Act = Callable[[Notebook], object]


# -- told without a thread -----------------------------------------------------------------


class Steps:
    """Stands for the writer: the same keeper without a thread, whose turns come when asked for."""

    def __init__(
        self,
        folder: JournalFolder,
        state: str,
        new_name: NewId,
        drafts: Iterable[Draft] = (),
        orphans: Iterable[Orphan] = (),
    ) -> None:
        self.keeper = Keeper(folder, state, fresh_id, drafts, orphans)  # ids must not depend on it
        self._jobs: list[Job | Oblivion] = []
        self._drafts: list[Draft] = []

    def start(self, on_reply: Callable[[Reply], None]) -> None:
        self.keeper.on_reply = on_reply
        self.keeper.begin()

    def submit(self, number: int, changes: Changes, turn: Turn | None = None) -> None:
        self._jobs.append(Job(number, changes, turn))

    def keep_draft(self, draft: Draft) -> None:
        self._drafts.append(draft)

    def forget_acts(self, home: Home) -> None:
        self._jobs.append(Oblivion(home))

    @property
    def run(self) -> str:
        return self.keeper.run

    def turn(self, *, is_last: bool = False) -> None:
        """Do what the writer does when it wakes up."""
        jobs, drafts = self._jobs, self._drafts
        self._jobs, self._drafts = [], []
        self.keeper.turn(jobs, drafts, is_last=is_last)

    def until_whole(self) -> None:
        """Read what a first look left for later."""
        self.turn()
        for _ in range(20):
            if self.keeper.is_busy:
                self.turn()

    def close(self) -> str:
        self.turn(is_last=True)
        return self.keeper.finish()


class SteadyTime:
    """The module `time`, but for a moment at which it can stand still.

    Whether a folder was changed just now decides whether it is read again. Where time stands still,
    all that a story finds was changed long ago, and all that it writes just now.
    """

    def __init__(self) -> None:
        self.now: int | None = None

    def time_ns(self) -> int:
        return time.time_ns() if self.now is None else self.now

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)


steady = SteadyTime()


class Ids:
    """Gives ids that depend on which act they are for, and on nothing that went wrong before."""

    def __init__(self, part: int = 0) -> None:
        self.begin(part)

    def begin(self, part: int) -> None:
        self._source = counting_ids(part * 1_000)

    def __call__(self) -> str:
        return self._source()


def get_ready(put: Callable[[object, str, object], None] = setattr) -> None:
    """Have the wiring put a journal together without a thread.

    Args:
        put: Sets an attribute, for as long as that is wanted.
    """
    put(tui.store.writer, "Writer", Steps)
    put(tui.store.reading, "time", steady)


@contextmanager
def set_to(values: Iterable[tuple[str, Any]]) -> Iterator[None]:
    """Set what is named ``module.NAME`` in the store, for the length of the block."""
    with ExitStack() as stack:
        for name, value in values:
            module_name, _, constant = name.partition(".")
            module = sys.modules[f"tui.store.{module_name}"]
            stack.callback(setattr, module, constant, getattr(module, constant))
            setattr(module, constant, value)
        yield


# -- the stories ---------------------------------------------------------------------------


class Story(NamedTuple):
    """A journal to begin with, and what is done in it."""

    name: str
    prepare: Callable[[Place], None]
    acts: tuple[Act, ...] = ()
    """What is done in the app, in a turn of the keeper's each."""
    commands: tuple[Act, ...] = ()
    """What is done by a command each, after that."""
    tools: tuple[Callable[[Place], object], ...] = ()
    """What is done in the journal's folder, after that."""
    at_once: bool = False
    """Whether all acts share one turn."""
    constants: tuple[tuple[str, Any], ...] = ()
    """Names in the store with other values, so that the rare is often."""

    @property
    def length(self) -> int:
        return len(self.acts) + len(self.commands) + len(self.tools)


def opened(place: Place, ids: NewId) -> tuple[Notebook, Steps]:
    """Open a journal as the app does."""
    notebook, writer, _ = notebook_for_app(place, later, ids)
    assert isinstance(writer, Steps)
    return notebook, writer


later = Clock(NOW + timedelta(hours=1))


@contextmanager
def app(place: Place, part: int) -> Iterator[Notebook]:
    """Open a journal as the app does, and close it after the block."""
    notebook, steps = opened(place, Ids(part))
    steps.start(notebook.receive)
    steps.until_whole()
    yield notebook
    words = steps.close()
    assert words == "", words


def nothing(place: Place) -> None:
    """Prepare nothing: no journal, and no state."""


def a_talk(place: Place) -> None:
    """Prepare two people, a talk with some notes, a follow-up of it and one made outside."""
    with app(place, 0) as notebook:
        dana, sam = add_person(notebook), add_person(notebook, "Sam Reyes", "every 2 weeks")
        one = course.start(notebook, plan_today(notebook, dana))
        for line in ("quiet mornings", "* pair on the parser", "~ tired", "> send the book"):
            write(notebook, one, line)
        promises.add(notebook, FollowUp("", sam.id, "an older promise", Owner.ME, NOW))
    with app(place, 1) as notebook:
        write(notebook, the_talk(notebook), "said in a second run")


def person_called(notebook: Notebook, name: str) -> Person:
    return next(p for p in notebook.journal.people.values() if p.name.startswith(name))


def the_talk(notebook: Notebook) -> OneToOne:
    return min(notebook.journal.one_to_ones.values(), key=lambda one: one.id)


def note_of(notebook: Notebook, begins: str) -> Note:
    page = notebook.page(the_talk(notebook).id)
    return next(note for note in page.notes if note.text.startswith(begins))


def promise_of(notebook: Notebook, begins: str) -> FollowUp:
    found = notebook.journal.follow_ups.values()
    return next(follow_up for follow_up in found if follow_up.text.startswith(begins))


def writing(line: str) -> Act:
    return lambda n: write(n, the_talk(n), line)


def editing(begins: str, text: str) -> Act:
    return lambda n: talks.edit_note(n, the_talk(n), note_of(n, begins), text)


def moving(begins: str, stage: Stage) -> Act:
    reason = "no more" if promises.needs_reason(stage) else ""
    return lambda n: promises.move(n, promise_of(n, begins), stage, reason)


def deleting(begins: str) -> Act:
    return lambda n: talks.delete_note(n, the_talk(n), note_of(n, begins))


def turning(begins: str, kind: str) -> Act:
    return lambda n: talks.promote(n, the_talk(n), note_of(n, begins), KIND_BY_ID[kind])


def typing(text: str, where: str = "") -> Act:
    return lambda n: n.keep_draft(Draft(where or the_talk(n).id, text))


def adding(name: str) -> Act:
    return lambda n: add_person(n, name)


def planning(name: str) -> Act:
    return lambda n: plan_today(n, person_called(n, name))


def cancelling(notebook: Notebook) -> None:
    talks.delete(notebook, the_talk(notebook))


def undoing(notebook: Notebook) -> object:
    return next(done for done in (notebook.undo(),) if done)


def redoing(notebook: Notebook) -> object:
    return next(done for done in (notebook.redo(),) if done)


ACKNOWLEDGED = object()
"""Is returned by an act that is safe when it returns."""


def beside(act: Act) -> Act:
    """Return what a command does while the app is open."""

    def do(notebook: Notebook) -> object:
        folder = notebook._disk
        assert isinstance(folder, JournalFolder)
        place = Place(folder.folder, os.path.dirname(folder.lock))
        act(notebook_for_commands(place, later, Ids(500)))
        return ACKNOWLEDGED

    return do


def left_by(*acts: Act) -> Callable[[Place], None]:
    """Prepare a talk, and what a program leaves that was killed with these acts in its log only."""

    def prepare(place: Place) -> None:
        a_talk(place)
        top = Path(place.journal).parent
        left = top.with_name("left")
        notebook, steps = opened(place, Ids(2))

        def hear(reply: Reply) -> None:
            notebook.receive(reply)
            if reply.durable_to and not reply.filed_to and not left.exists():
                shutil.copytree(top, left)

        steps.start(hear)
        steps.until_whole()
        for act in acts:
            act(notebook)
        steps.turn()
        steps.close()
        shutil.rmtree(top)
        left.rename(top)

    return prepare


def of_schema_1(prepare: Callable[[Place], None]) -> Callable[[Place], None]:
    """Prepare what the first version left: its files and its log, and nothing newer beside them."""

    def older(place: Place) -> None:
        prepare(place)
        for path in files_below(place.journal):
            tables = json.loads(path.read_bytes())
            tables["about"]["file"]["schema"] = 1
            for document in tables.get("one_to_one", {}).values():
                document["route"] = "; ".join(document["route"])
            path.write_text(json.dumps(tables, ensure_ascii=False, indent=1), encoding="utf-8")
        for path in files_below(place.state):
            if path.suffix != ".log":
                path.unlink()
                continue
            lines = [json.loads(line) for line in path.read_bytes().strip(b"\0").splitlines()]
            for change in changes_in(lines):
                change["schema"] = 1
            path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    return older


def changes_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield all that has a schema, however deep in the lines of a log it is."""
    if isinstance(value, dict):
        if "schema" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from changes_in(item)


def with_temporary_files(place: Place) -> None:
    """Prepare a talk, and half of what was being written when a program was killed."""
    a_talk(place)
    for path in files_below(place.journal):
        data = path.read_bytes()
        path.with_name(f".{path.name}.4711.tmp").write_bytes(data[: len(data) // 2])


def with_a_name_taken(place: Place) -> None:
    """Prepare somebody whose folder has the name that the next one's would have."""
    a_talk(place)
    people = Path(place.journal, "people")
    digits = counting_ids(10_000)().replace("-", "")[-4:]
    next(people.glob("sam-reyes-*")).rename(people / f"sam-reyes-{digits}")
    with app(place, 2) as notebook:
        person = person_called(notebook, "Sam")
        folk.edit(notebook, person, person._replace(name="Samuel Reyes"))


def with_somebody_new(place: Place) -> None:
    """Prepare a talk, and somebody who was added last, so that undoing removes a whole folder."""
    a_talk(place)
    with app(place, 2) as notebook:
        add_person(notebook, "Kim Ohara")


TALK = os.path.join("people", "dana-okafor-0001", "2026-11-22-0003.json")
"""The file of the talk."""


def with_a_damaged_file(place: Place) -> None:
    """Prepare a talk whose file was cut off by some other program."""
    a_talk(place)
    path = Path(place.journal, TALK)
    path.write_bytes(path.read_bytes()[:-300])


def mending(place: Place) -> None:
    folder = JournalFolder(place.journal, place.state, Ids(800))
    folder.load()
    mend(folder, os.path.join(place.journal, TALK))


def restoring(place: Place) -> None:
    """Have the file of the talk as it was at first."""
    folder = JournalFolder(place.journal, place.state, Ids(800))
    folder.load()
    first = next(iter(folder.versions.of(TALK)), None)
    steps = from_versions(folder, first.at) if first else ()
    if not restore(folder, tuple(step for step in steps if step.name == TALK)):
        raise AlongsideError("there is no version to go back to")


STORIES: tuple[Story, ...] = (
    Story("a note", a_talk, (writing("a new line"),)),
    Story("an edit", a_talk, (editing("quiet", "loud evenings"),)),
    Story("moves", a_talk, (moving("send", Stage.WAITING), moving("an older", Stage.LET_GO))),
    Story("a deletion", a_talk, (deleting("pair"),)),
    Story("promotions", a_talk, (turning("quiet", "promise"), turning("pair", "park"))),
    Story("a newcomer", nothing, (adding("Kim Ohara"), planning("Kim"), writing("their words"))),
    Story("a name taken", with_a_name_taken, (adding("Sam Reyes"),)),
    Story("farewells", with_somebody_new, (undoing, cancelling)),
    Story("a draft", a_talk, (typing("half"), typing("half a"), writing("a line"), typing(""))),
    Story("a draft left", a_talk, (writing("a line"), typing("half a li"))),
    Story("undo", a_talk, (undoing, undoing, redoing)),
    Story(
        "many at once",
        a_talk,
        (
            writing("one"),
            moving("an older", Stage.DONE),
            deleting("quiet"),
            writing("& two"),
            writing("> three by fri"),
            typing("half", "form"),
        ),
        at_once=True,
    ),
    Story(
        "a replay",
        left_by(writing("not filed"), moving("an older", Stage.DONE), typing("half a li")),
        (writing("after the replay"),),
    ),
    Story(
        "an old replay", of_schema_1(left_by(writing("not filed"), moving("an older", Stage.DONE)))
    ),
    Story("a migration", of_schema_1(a_talk), (editing("quiet", "loud evenings"),)),
    Story("leftovers", with_temporary_files),
    Story(
        "a command after the app",
        a_talk,
        (moving("send", Stage.WAITING), editing("quiet", "loud evenings")),
        commands=(moving("send", Stage.DONE), editing("loud", "still nights")),
    ),
    Story(
        "commands beside the app",
        a_talk,
        (
            moving("send", Stage.WAITING),
            beside(moving("send", Stage.DONE)),
            typing("half a li"),
            moving("an older", Stage.WAITING),
            beside(moving("an older", Stage.DONE)),
        ),
    ),
    Story(
        "long logs",
        a_talk,
        (typing("half a li"), writing("a line"), typing("half a line"), writing("another")),
        constants=(("keeper.ROTATE_AT", 50), ("acts.THIN_AT", 50)),
    ),
    Story(
        "many versions",
        a_talk,
        (writing("one more"), writing("and one")),
        constants=(("versions.LAST", 2),),
    ),
    Story("mending", with_a_damaged_file, tools=(mending,)),
    Story("a restore", a_talk, tools=(restoring,)),
    Story("commands", a_talk, commands=(adding("Kim Ohara"), writing("by a command"))),
    Story(
        "first commands",
        nothing,
        commands=(adding("Kim Ohara"), planning("Kim"), writing("& their first topic")),
    ),
    Story(
        "a command after a kill",
        left_by(writing("not filed"), moving("an older", Stage.DONE), typing("half a li")),
        commands=(writing("by a command"),),
    ),
)


def removed_first(path: str, data: bytes, *, durable: bool = True) -> Stamp:
    """Do what `write_atomically` does, but remove the old file before the new one is there."""
    with suppress(FileNotFoundError):
        os.unlink(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    write_all(descriptor, data)
    os.fsync(descriptor)
    os.close(descriptor)
    return read_bytes(path)[1]


BROKEN: tuple[Story, ...] = (
    Story(
        "a file is removed first",
        a_talk,
        (writing("a new line"),),
        constants=(("folder.write_atomically", removed_first),),
    ),
    Story(
        "a log is not written",
        a_talk,
        (writing("a new line"),),
        constants=(("log.write_all", lambda descriptor, data: None),),
    ),
)
"""Stories of a store that does it wrong, to see that this is seen."""


# -- telling one ---------------------------------------------------------------------------


def tell(
    story: Story,
    place: Place,
    say: Say,
    up_to: int | None = None,
    left_out: Container[int] = (),
) -> None:
    """Do what a story does, and say what is promised; acts are numbered from 1.

    Args:
        story: The story.
        place: Where the journal is.
        say: Is told what is promised.
        up_to: How many acts to do; all by default.
        left_out: The numbers of acts not to do.
    """
    last = story.length if up_to is None else up_to
    wanted = [number for number in range(1, last + 1) if number not in left_out]
    in_app, by_commands = len(story.acts), len(story.acts) + len(story.commands)
    with set_to(story.constants):
        try:
            if story.acts or not wanted:
                acts = {n: story.acts[n - 1] for n in wanted if n <= in_app}
                _tell_app(acts, place, say, at_once=story.at_once)
            for number in wanted:
                if number > by_commands:
                    story.tools[number - by_commands - 1](place)
                elif number > in_app:
                    _tell_command(number, story.commands[number - in_app - 1], place, say)
                else:
                    continue
                say(typed=number, durable=number)
        except AlongsideError as error:
            say(refused=str(error))
    say(ended=True)


def _tell_command(number: int, act: Act, place: Place, say: Say) -> None:
    ids = Ids(9)
    notebook = notebook_for_commands(place, later, ids)
    ids.begin(10 * number)
    say(view=heads(notebook), told=bool(notebook.problems), after=number - 1)
    _do(act, notebook, number)


def _tell_app(acts: dict[int, Act], place: Place, say: Say, *, at_once: bool) -> None:
    ids = Ids(9)
    notebook, steps = opened(place, ids)
    typed = 0
    numbers: dict[int, int] = {}
    heard = Reply(0, 0)

    def hear(reply: Reply) -> None:
        nonlocal heard
        notebook.receive(reply)
        if reply.durable_to != heard.durable_to or reply.error != heard.error:
            # a half-typed line has no number of its own; it is safe with what was typed after it
            durable = (n for n, number in numbers.items() if number >= reply.durable_to > 0)
            say(durable=next(durable, 0), error=reply.error)
        if typed and reply.filed_to == notebook._number != heard.filed_to:
            say(settled=typed)
        heard = reply

    steps.start(hear)
    steps.until_whole()
    say(view=heads(notebook), told=bool(notebook.problems or heard.error), after=0)
    for number, act in acts.items():
        ids.begin(10 * number)
        try:
            done = _do(act, notebook, number)
        except AlongsideError as error:
            say(refused=str(error))
            break
        typed = number
        numbers[number] = notebook._number
        say(typed=number, durable=number if done is ACKNOWLEDGED else 0)
        if not at_once or number == max(acts):
            steps.turn()
    for _ in range(2):  # a look, and a try more where one failed
        steps.turn()
    say(words=steps.close())


def _do(act: Act, notebook: Notebook, number: int) -> object:
    """Do an act; where what it is about cannot be seen, nobody can do it."""
    before = notebook._number
    try:
        done = act(notebook)
    except (StopIteration, ValueError) as error:
        raise AlongsideError(f"what act {number} is about cannot be seen") from error
    assert notebook._number <= before + 1, "each act is one act"
    return done


def heads(notebook: Notebook) -> str:
    """Return all that is known without a page, as text."""
    journal = notebook.journal
    records = (*journal.people.values(), *journal.one_to_ones.values())
    topics = (topic for shelf in journal.topics.values() for topic in shelf)
    return "\n".join(sorted(map(repr, (*records, *journal.follow_ups.values(), *topics))))


def pages(notebook: Notebook) -> str:
    """Return all that is in a page, as text."""
    found = [notebook.page(one_id) for one_id in sorted(notebook.journal.one_to_ones)]
    return "\n".join(sorted(repr(record) for page in found for record in page.items + page.notes))


# -- how it may end ------------------------------------------------------------------------


class Reading(NamedTuple):
    """What a start of the app finds."""

    heads: str
    pages: str
    drafts: str
    problems: str


class Point(NamedTuple):
    """How things stand after so many acts when nothing goes wrong."""

    reading: Reading
    files: dict[str, bytes]


MARKS = frozenset({"durable", "settled", "typed"})


class Heard(NamedTuple):
    """What a story said."""

    durable: int = 0
    settled: int = 0
    """How many acts were typed when all of them were in the journal's files."""
    typed: int = 0
    ended: bool = False
    refused: str = ""
    words: str = ""
    fault: str = ""
    views: tuple[tuple[str, bool, int], ...] = ()
    """What was seen, whether anybody said that it is not all, after how many acts."""
    errors: tuple[str, ...] = ()

    @classmethod
    def of(cls, said: Sequence[dict[str, Any]]) -> Heard:
        """Return what some lines say."""
        found = cls()
        for line in said:
            if "view" in line:
                view = (line["view"], line["told"], line["after"])
                found = found._replace(views=(*found.views, view))
                continue
            if line.get("error"):
                found = found._replace(errors=(*found.errors, line["error"]))
            marks = {name: max(line[name], getattr(found, name)) for name in MARKS & line.keys()}
            rest = {name: line[name] for name in line.keys() - MARKS - {"error"}}
            found = found._replace(**marks, **rest)
        return found


def files_below(folder: str | Path) -> list[Path]:
    return sorted(path for path in Path(folder).rglob("*") if path.is_file())


def journal_files(place: Place) -> dict[str, bytes]:
    """Return the files of a journal with their bytes, the temporary ones left out."""
    return {
        str(path.relative_to(place.journal)): path.read_bytes()
        for path in files_below(place.journal)
        if not is_temporary(path.name)
    }


def read_again(place: Place) -> tuple[Reading, str]:
    """Open a journal as the app does, look at all of it, and close it; returns what was wrong."""
    notebook, steps = opened(place, Ids(900))
    problems = _say_problems(notebook.problems, place)
    drafts = json.dumps(sorted(map(list, notebook._drafts.values())))
    errors: list[str] = []

    def hear(reply: Reply) -> None:
        notebook.receive(reply)
        errors.append(reply.error)

    steps.start(hear)
    steps.until_whole()
    reading = Reading(heads(notebook), pages(notebook), drafts, problems)
    notebook.to_undo()
    notebook.to_redo()
    errors.append(steps.close())
    return reading, next(filter(None, errors), "")


def read_bare(place: Place, state: Path) -> tuple[str, str]:
    """Return what the journal's files say, with a state folder that knows nothing of them."""
    shutil.rmtree(state, ignore_errors=True)
    notebook = notebook_for_commands(Place(place.journal, str(state)), later, Ids(900))
    return heads(notebook), pages(notebook)


def _say_problems(problems: Iterable[Problem], place: Place) -> str:
    found = sorted(f"{os.path.relpath(p.path, place.journal)}: {p.sentence}" for p in problems)
    return "\n".join(found).replace(place.journal, "").replace(place.state, "")


class Judge:
    """Says what is wrong with what a story left."""

    def __init__(
        self,
        points: Sequence[Point],
        begins: dict[str, bytes],
        apart: Path,
        apart_from_logs: Sequence[dict[str, bytes]] = (),
    ) -> None:
        """Know how a story may end.

        Args:
            points: How things stand after each number of acts.
            begins: The files of the journal it begins with.
            apart: A folder to look at things in.
            apart_from_logs: What the files may hold while what was left in a log is not filed.
        """
        self._points = points
        self._apart = apart
        self._damaged = {name: data for name, data in begins.items() if is_damaged(name, data)}
        self.unpromised: frozenset[Reading] = frozenset()
        """What may be found besides, as long as nothing was promised."""
        states = [begins, *(point.files for point in points), *apart_from_logs]
        names = {name for state in states for name in state}
        self._known = {name: {state.get(name) for state in states} for name in names}

    def wrong(self, place: Place, heard: Heard, *, lasts: bool = False) -> list[str]:
        """Return what is wrong, in sentences that begin with a word for it.

        The journal is opened for it, and thereby put right.

        Args:
            place: Where it is.
            heard: What was said.
            lasts: Whether what went wrong never got better: then it may be said that something
                is kept nowhere.
        """
        found: list[str] = []
        told = bool(heard.words or heard.refused)
        least = heard.typed if heard.ended and not (lasts and told) else heard.durable
        try:
            found += self._in_what_was_said(place, heard, lasts=lasts)
            found += self._in_files(place)
            found += self._after_a_start(place, least)
        except Exception:  # noqa: BLE001 - whatever it is, it is what is wrong
            found.append(f"crash: it cannot be read:\n{traceback.format_exc()}")
        return found

    def _in_what_was_said(self, place: Place, heard: Heard, *, lasts: bool) -> Iterator[str]:
        if heard.fault:
            yield f"crash: {heard.fault}"
        saw_all = True
        for view, told, after in heard.views:
            wanted = self._points[after].reading.heads
            saw_all = saw_all and view == wanted and not told
            if view != wanted and not told:
                lines = _difference((view,), (wanted,))
                yield f"silent: something was left out and nobody said so:\n{lines}"
        if saw_all and 0 < heard.settled == heard.typed:
            readings = [point.reading[:2] for point in self._points[heard.settled :]]
            bare = read_bare(place, self._apart)
            if bare not in readings:
                lines = _difference(bare, readings[0])
                yield f"filed: what was called filed is not in the journal:\n{lines}"
        if heard.ended and heard.words and not lasts:
            yield f"in the way: an error is over, and still it ended with: {heard.words}"

    def _in_files(self, place: Place) -> Iterator[str]:
        there = journal_files(place)
        for name, data in there.items():
            known = self._known.get(name, set())
            if data not in known and not (None in known and _is_about(name, data)):
                yield f"file: {name} is neither old nor new:\n  {data[:WIDTH]!r}"
        aside = [path.read_bytes() for path in files_below(os.path.join(place.state, "aside"))]
        for name, data in self._damaged.items():
            if there.get(name) != data and data not in aside:
                yield f"file: {name} was damaged, and is nowhere as it was"
        for name, states in self._known.items():
            if name not in there and None not in states:
                yield f"file: {name} is gone"

    def _after_a_start(self, place: Place, least: int) -> Iterator[str]:
        _bring_rescued(place)
        first, error = read_again(place)
        if error:
            yield f"start: the next start goes wrong: {error}"
        readings = [point.reading for point in self._points]
        if first not in readings[least:] and (least or first not in self.unpromised):
            kind = "lost" if first in readings else "else"
            lines = _difference(first, readings[least])
            yield f"{kind}: after {least} acts or more there is\n{lines}"
        left = [p.name for p in files_below(place.journal) if is_temporary(p.name)]
        if first.drafts == "[]":
            left += [p.name for p in files_below(place.state) if p.suffix == ".log"]
        if left:
            yield f"left over: {left}"
        second, error = read_again(place)
        if second != first or error:
            yield f"twice: the start after that finds\n{_difference(second, first)}{error}"
        bare = read_bare(place, self._apart)
        if bare != first[:2] and not self._damaged:
            lines = _difference(bare, first[:2])
            yield f"cache: without what is beside the journal there is\n{lines}"


def is_damaged(name: str, data: bytes) -> bool:
    try:
        parse(data, name)
    except DamagedError:
        return True
    return False


def _is_about(name: str, data: bytes) -> bool:
    """Return whether a file says what the journal is; a new one may have any id."""
    try:
        return name == "journal.json" and json.loads(data)["about"]["file"]["kind"] == "journal"
    except (ValueError, LookupError, TypeError):
        return False


def _bring_rescued(place: Place) -> None:
    """Put a log that was rescued where one is looked for, as the last words say."""
    for folder in (os.environ["HOME"], tempfile.gettempdir()):
        for path in Path(folder).glob("alongside-rescue-*.log"):
            path.rename(Path(place.state, path.name))


WIDTH = 160
"""How much of a line is shown of what is wrong."""


def _difference(there: Sequence[str], wanted: Sequence[str]) -> str:
    new, old = (set("\n".join(reading).split("\n")) for reading in (there, wanted))
    lines = [f"  missing {line}" for line in sorted(old - new)]
    lines += [f"  instead {line}" for line in sorted(new - old)]
    return "\n".join(line[:WIDTH] for line in lines)


# -- a journal to begin with ---------------------------------------------------------------


class Ready(NamedTuple):
    """A story that is ready to be told."""

    story: Story
    begins: Path
    """The folder with the journal it begins with."""
    judge: Judge
    stamps: dict[str, tuple[int, int]]
    """Size and time of the journal's files, which nobody may ever write into."""
    now: int
    """The moment at which time stands still."""


def place_in(folder: Path) -> Place:
    return Place(str(folder / "journal"), str(folder / "state" / "here"))


def copied(source: Path, target: Path) -> Place:
    """Copy a journal and its state so that the digest, which goes by inodes and times, still fits.

    Files of the journal are linked therefore: they are replaced, never written into.
    """
    shutil.rmtree(target, ignore_errors=True)
    folders = list(os.walk(source))
    for folder, _, names in folders:
        copy = os.path.join(target, os.path.relpath(folder, source))
        os.makedirs(copy, mode=0o700)
        for name in names:
            is_linked = name.endswith(".json") and not name.startswith(".")
            (os.link if is_linked else shutil.copy2)(
                os.path.join(folder, name), os.path.join(copy, name)
            )
    for folder, _, _ in reversed(folders):
        _take_times(folder, os.path.join(target, os.path.relpath(folder, source)))
    for name in ("home", "tmp"):
        os.mkdir(target / name)
    return place_in(target)


def _take_times(source: str, target: str, *, earlier: int = 0) -> None:
    status = os.stat(source)
    os.utime(target, ns=(status.st_atime_ns - earlier, status.st_mtime_ns - earlier))


def outcome(story: Story, begins: Path, told_in: Path, **limits: Any) -> tuple[Point, Heard]:
    """Tell a story where nothing goes wrong, and return how things stand then."""
    place = copied(begins, told_in)
    said: list[dict[str, Any]] = []
    tell(story, place, lambda **line: said.append(line), **limits)
    heard = Heard.of(said)
    assert (heard.refused, heard.words, heard.errors) == ("", "", ()), heard
    reading, error = read_again(place)
    assert error == "", error
    return Point(reading, journal_files(place)), heard


def made_ready(story: Story, folder: Path, told_in: Path) -> Ready:
    """Make the journal a story begins with, and find out how it goes where nothing goes wrong.

    Args:
        story: The story.
        folder: Where to keep the journal.
        told_in: Where to tell it.
    """
    steady.now = None
    begins = folder / "begins"
    begins.mkdir(parents=True)
    place = place_in(begins)
    with set_to(story.constants):
        story.prepare(place)
    for path in sorted(begins.rglob("*"), reverse=True):
        _take_times(str(path), str(path), earlier=DAY)
    if os.path.isdir(os.path.join(place.state, "digest")):
        journal = JournalFolder(place.journal, place.state, Ids())
        journal.load()
        journal.save_digest()
    steady.now = time.time_ns() - DAY // 2
    points = []
    for up_to in range(story.length + 1):
        point, heard = outcome(story, begins, told_in, up_to=up_to)
        assert heard.typed == up_to, heard
        points.append(point)
    unfiled = []
    logs = [path for path in files_below(place.state) if path.suffix == ".log"]
    if logs:
        bare = folder / "without logs"
        shutil.copytree(begins, bare)
        for log in logs:
            (bare / log.relative_to(begins)).unlink()
        told = (outcome(story, bare, told_in, up_to=n) for n in range(story.length + 1))
        unfiled = [point.files for point, _ in told]
    judge = Judge(points, journal_files(place), folder / "apart", unfiled)
    if any(is_damaged(*file) for file in journal_files(place).items()):
        copy = copied(begins, told_in)  # of a damaged file is shown what is known of it
        shutil.rmtree(copy.state)
        judge.unpromised |= {read_again(copy)[0]}
    return Ready(story, begins, judge, _stamps(place), steady.now)


def _stamps(place: Place) -> dict[str, tuple[int, int]]:
    found = ((path, path.stat()) for path in files_below(place.journal))
    return {str(path): (status.st_size, status.st_mtime_ns) for path, status in found}


# -- told while strace hurts it ------------------------------------------------------------


class Call(NamedTuple):
    """A call of the system that touches the journal or its state: the nth of its name."""

    name: str
    nth: int
    about: str
    only_looks: bool = False
    """Whether it can change nothing on the disk."""


class TracingError(Exception):
    """A story cannot be traced, or what was to be hurt was not."""


def reason_to_skip() -> str:
    """Return what keeps stories from being told under strace; empty where nothing does."""
    if sys.platform != "linux":
        return "strace is there on Linux only"
    if shutil.which("strace") is None:
        return "strace is not installed"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "journal")

        def probe(say: Say) -> None:
            os.mkdir(path)

        try:
            _, trace = traced(probe, Path(folder, "trace"), *_hurting("mkdir", 1, "EROFS"))
        except TracingError as error:
            return f"ptrace is not permitted here ({error})"
        return "" if "(INJECTED)" in trace else "this strace injects no faults"


def _hurting(name: str, nth: int, fault: str) -> tuple[str, ...]:
    """Return the options with which strace hurts the nth call of a name."""
    how = "signal=SIGKILL" if fault == "kill" else f"error={fault.removesuffix(LASTS)}"
    since = "+" if fault.endswith(LASTS) else ""
    return ("-e", f"trace={name}", "-e", f"inject={name}:{how}:when={nth}{since}")


def traced(
    work: Callable[[Say], None], trace: Path, *options: str
) -> tuple[list[dict[str, Any]], str]:
    """Do something in a process of its own under strace.

    Counting begins when strace is there, which is before the work and after all imports.

    Args:
        work: What to do; it says things to the function it is given.
        trace: Where strace writes to.
        options: What to trace, and what to hurt.

    Returns:
        What was said, and the trace.

    Raises:
        TracingError: Where strace cannot be attached.
    """
    go, let_go = os.pipe()
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(let_go)
        os.close(ear)
        _work(work, go, mouth)
    os.close(go)
    os.close(mouth)
    os.read(ear, 1)  # by now it waits, and makes no call that counts
    command = ("strace", "-y", "-s", "0", "-o", str(trace), *options, "-p", str(child))
    strace = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        assert strace.stderr is not None
        first = strace.stderr.readline().decode("utf-8", "replace")
        if "attached" not in first:
            os.kill(child, signal.SIGKILL)
            raise TracingError(first.strip() or "strace ended at once")
        os.write(let_go, b"!")
        said = _listen(ear, child)
    finally:
        os.close(let_go)
        os.close(ear)
        os.waitpid(child, 0)
        strace.wait()
        if strace.stderr is not None:
            strace.stderr.close()
    return said, trace.read_text("utf-8", "replace")


def _work(work: Callable[[Say], None], go: int, mouth: int) -> None:
    """Be the child: wait until it may be traced, work, and end without any ceremony."""

    def say(**line: object) -> None:
        data = json.dumps(line).encode() + b"\n"
        while data:
            data = data[os.write(mouth, data) :]

    try:
        with suppress(Exception):  # where only a parent may trace: have anybody do it
            ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(2**64 - 1), 0, 0, 0)
        setattr(os, "close", _closed_even_so)  # noqa: B010 - mypy does not like it said plainly
        os.write(mouth, b"\n")
        select.select([go], [], [])
        work(say)
    except BaseException:  # noqa: BLE001 - it has to be told, and nobody else will
        say(fault=traceback.format_exc())
    finally:
        os._exit(0)


_close = os.close


def _closed_even_so(descriptor: int) -> None:
    """Close a descriptor; where that fails it is closed nevertheless, as the kernel has it.

    A call that strace fails is not made at all, and a lock would be held until the process ends.
    """
    try:
        _close(descriptor)
    except OSError:
        with suppress(OSError):
            _close(descriptor)
        raise


def _listen(ear: int, child: int) -> list[dict[str, Any]]:
    heard = b""
    deadline = time.monotonic() + PATIENCE
    while True:
        if not select.select([ear], [], [], max(0, deadline - time.monotonic()))[0]:
            os.kill(child, signal.SIGKILL)
            return [*_lines(heard), {"fault": "it hangs"}]
        chunk = os.read(ear, 1 << 16)
        if not chunk:
            return _lines(heard)
        heard += chunk


def _lines(heard: bytes) -> list[dict[str, Any]]:
    """Return what was said; the end of it may be torn."""
    return [json.loads(line) for line in heard.split(b"\n")[:-1]]


class Teller:
    """Tells stories in a folder of its own, and judges how they end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ready: dict[str, Ready] = {}
        self._numbers = itertools.count()
        self._case = folder / "case"
        self._trace = folder / "trace"
        os.environ["HOME"] = str(self._case / "home")
        tempfile.tempdir = str(self._case / "tmp")

    def ready(self, name: str) -> Ready:
        """Return a story by its name, or by that of one that was killed somewhere."""
        if name not in self._ready:
            story = next((s for s in (*STORIES, *BROKEN) if s.name == name), None)
            if story is None:
                before, where = name.rsplit(KILLED_AT, 1)
                story = Story(name, self._killed(before, where))
                self.calls(before)
            folder = self._folder / str(next(self._numbers))
            self._ready[name] = made_ready(story, folder, self._case)
        return self._ready[name]

    def _killed(self, name: str, where: str) -> Callable[[Place], None]:
        """Return what prepares the journal that a story leaves that was killed at some call.

        Args:
            name: The story.
            where: A call's name, the beginning of what it is about, and which of those it is.
        """

        def prepare(place: Place) -> None:
            call, about, number = where.removesuffix(TORN).split()
            calls = [
                c for c in self.calls(name) if (c.name, c.about[: len(about)]) == (call, about)
            ]
            self._told(self._ready[name], "kill", calls[int(number) - 1])
            for part in ("journal", "state"):
                if (self._case / part).exists():
                    shutil.copytree(self._case / part, Path(place.journal).parent / part)
            if where.endswith(TORN):
                tear(place)

        return prepare

    def calls(self, name: str) -> list[Call]:
        """Return all calls of a story that touch the journal or its state, in order."""
        ready = self.ready(name)
        steady.now = ready.now
        place = copied(ready.begins, self._case)
        options = ("-e", "trace=%file,%desc")
        said, trace = traced(lambda say: tell(ready.story, place, say), self._trace, *options)
        wrong = ready.judge.wrong(place, Heard.of(said))
        if wrong:
            raise TracingError(f"{name}, unhurt: {wrong}")
        return list(calls_in(trace, self._case))

    def wrong(self, name: str, call: Call, fault: str) -> list[str]:
        """Tell a story, hurt it at a call, and return what is wrong then.

        Raises:
            TracingError: Where something else was hurt.
        """
        ready = self.ready(name)
        place, said = self._told(ready, fault, call)
        wrong = ready.judge.wrong(place, Heard.of(said), lasts=fault.endswith(LASTS))
        if _stamps(place_in(ready.begins)) != ready.stamps:
            wrong.append("in place: a file of the journal was written into")
            del self._ready[name]
        return wrong

    def _told(self, ready: Ready, fault: str, call: Call) -> tuple[Place, list[dict[str, Any]]]:
        steady.now = ready.now
        place = copied(ready.begins, self._case)
        options = _hurting(call.name, call.nth, fault)
        said, trace = traced(lambda say: tell(ready.story, place, say), self._trace, *options)
        hit = _hurt_in(trace, fault, self._case)
        if hit is None or hit[:3] != call[:3]:
            raise TracingError(f"{ready.story.name}: {hit} was hurt by {fault}, and not {call}")
        return place, said


KILLED_AT = ", killed at "
TORN = " and torn"


def tear(place: Place) -> None:
    """Have what was being written be half there."""
    for path in (*files_below(place.journal), *files_below(place.state)):
        data = path.read_bytes()
        if is_temporary(path.name):
            path.write_bytes(data[: len(data) // 2])
        elif path.suffix == ".log":
            written = data.rstrip(b"\0")
            path.write_bytes(written + written[: len(written) // 3])


LOOKING = frozenset(
    [
        "stat",
        "lstat",
        "fstat",
        "newfstatat",
        "statx",
        "access",
        "faccessat",
        "faccessat2",
        "readlink",
        "readlinkat",
        "getdents64",
        "getcwd",
        "lseek",
        "read",
        "pread64",
        "ioctl",
        "fcntl",
    ]
)
"""Calls that only look, beside opening to read, and closing that."""
_OPENED_TO_WRITE = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
_CALL = re.compile(r"^(?P<name>\w+)\((?P<first>\d*)")
_RESULT = re.compile(r" = (?P<number>\d+)<")


def calls_in(trace: str, root: Path) -> Iterator[Call]:
    """Yield the calls in a trace that touch the journal or its state."""
    paths = re.compile(re.escape(str(root)) + r"/((?:journal|state)(?=[/\">])[^\">]*)")
    counts: Counter[str] = Counter()
    looked_into: set[str] = set()
    for line in trace.splitlines():
        found = _CALL.match(line)
        if found is None:
            continue
        name, first = found["name"], found["first"]
        counts[name] += 1
        about = dict.fromkeys(map(_nameless, paths.findall(line)))
        looks = name in LOOKING
        if name == "openat":
            looks = not _OPENED_TO_WRITE.search(line)
            opened = _RESULT.search(line)
            if looks and opened:
                looked_into.add(opened["number"])
        elif name == "close":
            looks = first in looked_into
            looked_into.discard(first)
        if about:
            yield Call(name, counts[name], " ".join(about), looks)


def _nameless(path: str) -> str:
    """Return a path without what differs from run to run: process ids and the names of logs."""
    return re.sub(r"[^/]*\.log$", "*.log", re.sub(r"\.\d+\.tmp$", ".*.tmp", path))


def _hurt_in(trace: str, fault: str, root: Path) -> Call | None:
    """Return the call that was hurt, if it is one of ours."""
    lines = trace.splitlines()
    marked = next((i for i, line in enumerate(lines) if "(INJECTED)" in line), None)
    if fault == "kill":
        killed = any("killed by SIGKILL" in line for line in lines)
        marked = max((i for i, line in enumerate(lines) if _CALL.match(line)), default=0)
        marked = marked if killed else None
    if marked is None:
        return None
    calls = list(calls_in("\n".join(lines[: marked + 1]), root))
    is_ours = bool(calls) and bool(list(calls_in(lines[marked], root)))
    return calls[-1] if is_ours else None


# -- on demand -----------------------------------------------------------------------------


def serve(folder: str) -> None:
    """Tell the stories that are asked for on stdin, one a line, and answer on stdout."""
    get_ready()
    teller = Teller(Path(folder))
    gc.disable()  # the children are small and short
    gc.freeze()
    for count, line in enumerate(sys.stdin):
        if count % 10 == 0:
            gc.collect()  # what is large takes long to fork
        name, *rest = json.loads(line)
        try:
            if rest:
                call, fault = rest
                answer: Any = teller.wrong(name, Call(*call), fault)
            else:
                answer = teller.calls(name)
        except Exception:  # noqa: BLE001 - whoever asked has to know
            answer = {"trouble": traceback.format_exc()}
        print(json.dumps(answer), flush=True)
