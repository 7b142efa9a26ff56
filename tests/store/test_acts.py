"""What was done, undone and done again, as a later run knows it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.builders import NOW, Bench, add_person, plan_today, write
from tests.store.helpers import (
    AT_ONE,
    AT_PERSON,
    Ear,
    Fault,
    Housed,
    any_text,
    beside,
    child,
    count_calls,
    faulty,
    files_of,
    finish,
    housed,
    json_values,
    one_to_one_file,
    person_file,
    refusal,
    rewrite,
    sample_note,
    start,
    tables_in,
    temps_in,
    texts,
)
from tui.domain.checklist import ChecklistItem, Phase
from tui.domain.dates import parse_cadence
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Change, Contents, Home, Journal, Record
from tui.domain.notes import Note, Side
from tui.domain.onetoones import Lead, OneToOne, Status
from tui.domain.people import CardLine, Person, Pronoun, Topic
from tui.errors import UsageError
from tui.services import course, folk, promises, talks
from tui.services.notebook import Notebook
from tui.services.ports import Act, Changes, Draft, Finder, Past, Problem, Turn, Verb
from tui.store import acts as acts_module
from tui.store.acts import LENGTH, Acts
from tui.store.files import FILE_MODE, write_atomically
from tui.store.folder import JournalFolder
from tui.store.keeper import Job, Keeper, Oblivion
from tui.store.migrations import SCHEMA
from tui.wiring import open_journal


class AtOnce:
    """Saves as the writer does, but at once and in the thread of the test."""

    def __init__(self, folder: JournalFolder, bench: Bench) -> None:
        self._keeper = Keeper(folder, bench.place.state, bench.new_id)
        self._keeper.begin()

    def hear(self, notebook: Notebook) -> None:
        self._keeper.on_reply = notebook.receive

    def submit(self, number: int, changes: Changes, turn: Turn | None = None) -> None:
        self._keeper.turn([Job(number, changes, turn)])

    def keep_draft(self, draft: Draft) -> None:
        self._keeper.turn([], [draft])

    def forget_acts(self, home: Home) -> None:
        self._keeper.turn([Oblivion(home)])

    @property
    def run(self) -> str:
        return self._keeper.run

    def look(self) -> None:
        self._keeper.turn()

    def close(self) -> None:
        self._keeper.turn()
        self._keeper.turn(is_last=True)
        assert self._keeper.finish() == ""


class Run:
    """One run of the app on a journal."""

    def __init__(self, bench: Bench) -> None:
        os.makedirs(bench.place.state, exist_ok=True)
        opened = open_journal(bench.place, bench.new_id)
        self.saver = AtOnce(opened.folder, bench)
        self.notebook = Notebook(
            opened.journal,
            opened.folder,
            self.saver,
            bench.clock,
            bench.new_id,
            past=lambda: Acts(bench.place.state).past(but=self.saver.run),
        )
        self.saver.hear(self.notebook)
        for one_id in opened.journal.one_to_ones:
            self.notebook.page(one_id)

    def close(self) -> None:
        self.saver.close()


class NoDisk:
    """The disk and the saver of a notebook that is only in memory."""

    problems: tuple[Problem, ...] = ()

    def read_page(self, home: Home) -> Contents | None:
        return None

    def suspect(self, path: str) -> None:
        raise NotImplementedError

    def finder(self) -> Finder:
        raise NotImplementedError

    def submit(self, number: int, changes: Changes, turn: Turn | None = None) -> None: ...

    def keep_draft(self, draft: Draft) -> None: ...

    def forget_acts(self, home: Home) -> None: ...


def all_of(journal: Journal) -> dict[str, Any]:
    """Return all that stands in a journal, in no special order."""
    return {
        "people": dict(journal.people),
        "one_to_ones": dict(journal.one_to_ones),
        "follow_ups": dict(journal.follow_ups),
        "topics": {key: set(shelf) for key, shelf in journal.topics.items() if shelf},
        "notes": {note for one in journal.one_to_ones for note in journal.page(one).notes},
        "items": {item for one in journal.one_to_ones for item in journal.page(one).items},
    }


def label(act: Act | None) -> str | None:
    return None if act is None else act.label


def labels(acts: tuple[Act, ...]) -> list[str]:
    return [act.label for act in acts]


def planned(bench: Bench) -> OneToOne:
    """Add somebody and plan a one-to-one, each by a command."""
    dana = add_person(bench.notebook())
    return plan_today(bench.notebook(), dana)


def lines_of(bench: Bench) -> list[dict[str, Any]]:
    data = Path(bench.place.state, "acts.jsonl").read_bytes()
    return [json.loads(line) for line in data.splitlines()]


# -- as if there had been no restart -------------------------------------------------------

numbers = st.integers(0, 99)


class Restarts(RuleBasedStateMachine):
    """One notebook that is opened again and again, and one that never was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.root = tempfile.mkdtemp()
        self.bench = Bench(Path(self.root))
        self.count = 0
        self.new_talks: list[OneToOne] = []
        self.model = Notebook(Journal(), NoDisk(), NoDisk(), self.bench.clock, self.bench.new_id)
        self.run = Run(self.bench)

    def teardown(self) -> None:
        self.run.close()
        shutil.rmtree(self.root)

    def new(self) -> str:
        self.count += 1
        return f"019a0000-0000-7000-8000-{self.count:012x}"

    def commit(self, name: str, *changes: Change) -> None:
        for notebook in (self.model, self.run.notebook):
            notebook.commit(f"{name} {self.count}", changes)
        self.check()

    def check(self) -> None:
        assert all_of(self.run.notebook.journal) == all_of(self.model.journal)

    def pick(self, some: Any, which: int) -> Any:
        things = sorted(some, key=lambda thing: str(thing.id))
        return things[which % len(things)] if things else None

    # -- what is done ----------------------------------------------------------------------

    @rule(which=numbers)
    def add_a_person(self, which: int) -> None:
        person = Person(self.new(), f"Person {self.count}", cadence=parse_cadence("2w"))
        self.commit("person", Change(Home(person.id), None, person))

    @precondition(lambda self: self.model.journal.people)
    @rule(which=numbers, begins=st.booleans())
    def plan_a_talk(self, which: int, begins: bool) -> None:
        person = self.pick(self.model.journal.people.values(), which)
        one = OneToOne(self.new(), person.id, NOW + timedelta(which), route=("a", "b"))
        items = [ChecklistItem(self.new(), f"item {n}", Phase.BEFORE, n) for n in (1.0, 2.0)]
        home = course.home_of(one)
        made: tuple[Record, ...] = (one, *items)
        self.commit("talk", *(Change(home, None, record) for record in made))
        if begins:  # by opening it: undo knows nothing of it
            for notebook in (self.model, self.run.notebook):
                notebook.forget_acts(home)
            self.new_talks.append(one)

    @precondition(lambda self: self.new_talks)
    @rule()
    def leave_a_talk_nobody_used(self) -> None:
        one = self.model.journal.one_to_ones.get(self.new_talks.pop().id)
        if one is not None:
            for notebook in (self.model, self.run.notebook):
                talks.forget(notebook, one)
            self.check()

    @precondition(lambda self: self.model.journal.one_to_ones)
    @rule(which=numbers, kind=numbers, other=numbers)
    def do_something_in_a_talk(self, which: int, kind: int, other: int) -> None:
        journal = self.model.journal
        one = self.pick(journal.one_to_ones.values(), which)
        home, page = course.home_of(one), journal.page(one.id)
        note, item = self.pick(page.notes, other), self.pick(page.items, other)
        text = f"text {self.new()[-3:]}"
        match kind % 7:
            case 1 if note:
                self.commit("note changed", Change(home, note, note._replace(text=text)))
            case 2 if note:
                self.commit("note deleted", Change(home, note, None))
            case 3 if item:
                self.commit("tick", Change(home, item, item._replace(ticked=NOW, reason=text)))
            case 4 if item:
                self.commit("item deleted", Change(home, item, None))
            case 5:
                after = one._replace(route=(*one.route, text), status=Status.CLOSED)
                self.commit("talk changed", Change(home, one, after))
            case 6:
                records = (*page.items, *page.notes, *journal.born_in(one.id), one)
                self.commit("talk deleted", *(Change(home, record, None) for record in records))
            case _:
                made = Note(self.new(), text, "heard", NOW, Side.MINE)
                self.commit("note", Change(home, None, made))

    @precondition(lambda self: self.model.journal.people)
    @rule(which=numbers, kind=numbers, other=numbers)
    def do_something_about_a_person(self, which: int, kind: int, other: int) -> None:
        journal = self.model.journal
        person = self.pick(journal.people.values(), which)
        home, new = Home(person.id), self.new()
        one = self.pick(journal.one_to_ones_of(person.id), other)
        promise = self.pick(journal.follow_ups_of(person.id), other)
        topic = self.pick(journal.topics.get(person.id, ()), other)
        match kind % 6:
            case 1 if promise:
                later = promise._replace(stage=list(Stage)[other % 5], touches=(new,))
                self.commit("moved", Change(promises.home_of(promise), promise, later))
            case 2 if promise:
                self.commit("deleted", Change(promises.home_of(promise), promise, None))
            case 3:
                card = (*person.card, CardLine(new, "a line"))[-2:]
                self.commit("card", Change(home, person, person._replace(card=card)))
            case 4:
                made = Topic(new, "a topic", NOW.date(), one.id if one else None)
                self.commit("topic", Change(home, None, made))
            case 5 if topic:
                self.commit("topic deleted", Change(home, topic, None))
            case _:
                at = course.home_of(one) if one and other % 2 else home
                made_up = FollowUp(new, person.id, "a promise", Owner.ME, NOW)
                made_up = made_up._replace(born_in=at.one_to_one_id, cue="when it rains")
                self.commit("follow-up", Change(at, None, made_up))

    # -- back and forth --------------------------------------------------------------------

    @rule()
    def undo(self) -> None:
        self.turn_back(Notebook.to_undo, Notebook.undo)

    @rule()
    def redo(self) -> None:
        self.turn_back(Notebook.to_redo, Notebook.redo)

    @rule(steps=st.lists(st.booleans(), max_size=6))
    def go_to_and_fro(self, steps: list[bool]) -> None:
        for back in steps:
            self.undo() if back else self.redo()

    def turn_back(
        self,
        look: Callable[[Notebook], Act | None],
        turn: Callable[[Notebook], str | None],
    ) -> bool:
        expected, found = look(self.model), look(self.run.notebook)
        assert label(found) == label(expected)
        done = [self.turned(notebook, turn) for notebook in (self.model, self.run.notebook)]
        assert done[0] is done[1]
        self.check()
        return done[0]

    def turned(self, notebook: Notebook, turn: Callable[[Notebook], str | None]) -> bool:
        """Undo or redo; return whether that was done. Who has talks by now is not taken away."""
        try:
            return turn(notebook) is not None
        except UsageError:
            return False

    @rule()
    def restart(self) -> None:
        self.run.close()
        self.new_talks.clear()
        self.run = Run(self.bench)
        self.check()

    @rule()
    def restart_and_go_back_to_the_beginning(self) -> None:
        self.restart()
        steps = 0
        while self.turn_back(Notebook.to_undo, Notebook.undo):
            steps += 1
        self.restart()
        while self.turn_back(Notebook.to_redo, Notebook.redo):
            steps -= 1
        assert steps <= 0


TestRestarts = Restarts.TestCase
TestRestarts.settings = settings(
    parent=settings.get_profile("each run"), max_examples=20, stateful_step_count=25
)


def test_the_writer_remembers_what_the_next_run_undoes(bench: Bench) -> None:
    notebook, writer, ear = start(bench)
    one = plan_today(notebook, add_person(notebook))
    for text in ("first", "second", "third"):
        write(notebook, one, text)
    notebook.undo()
    ear.until_filed(6)
    writer.close()

    notebook, writer, ear = start(bench)
    assert label(notebook.to_redo()) == "heard written"
    assert notebook.undo() == "heard written, Sun 22 Nov 14:02", "and when, for it was earlier"
    ear.until_filed(1)
    assert texts(notebook, one) == ["first"]
    writer.close()

    notebook, writer, ear = start(bench)
    assert [notebook.redo() is not None for _ in range(3)] == [True, True, False]
    ear.until_filed(2)
    writer.close()
    assert texts(bench.notebook(), one) == ["first", "second", "third"]


def test_what_commands_did_is_undone_in_the_app(bench: Bench) -> None:
    one = planned(bench)
    write(bench.notebook(), one, "first")
    write(bench.notebook(), one, "& a topic")
    notebook, writer, ear = start(bench)
    runs = {line["run"] for line in lines_of(bench)}
    assert len(runs) == 4, "each is a run of its own"
    assert "" not in runs
    for n in range(3):
        notebook.undo()
        ear.until_filed(n + 1)
    writer.close()
    assert list(bench.on_disk().people) == [one.person_id]
    assert not bench.on_disk().one_to_ones
    assert not any(bench.on_disk().topics.values())


def test_only_what_an_earlier_run_did_is_called_earlier(bench: Bench) -> None:
    add_person(bench.notebook(), "Sam Reyes")
    run = Run(bench)
    add_person(run.notebook)
    act = run.notebook.to_undo()
    assert act is not None
    assert not run.notebook.is_earlier(act)
    assert run.notebook.undo() == "Dana Okafor added"
    act = run.notebook.to_undo()
    assert act is not None
    assert run.notebook.is_earlier(act)
    run.notebook.undo()
    act = run.notebook.to_redo()
    assert act is not None
    assert not run.notebook.is_earlier(act), "it was undone in this one"
    run.close()


def test_seeding_and_filling_in_is_nothing_to_undo(bench: Bench) -> None:
    notebook, writer = bench.for_app(demo=True)
    writer.start(Ear(notebook))
    writer.close()
    assert bench.notebook().journal.people
    assert Acts(bench.place.state).past() == Past()


# -- what comes back -----------------------------------------------------------------------

DANA = Person(
    "019a0000-0000-7000-8000-00000000da0a", "Dana Okafor", "engineer", Pronoun.SHE,
    parse_cadence("2w"), "call", "quiet mornings",
    (CardLine("tea", "black"), CardLine("feedback", "in\nwriting")), NOW.date(),
)  # fmt: skip
WALK = OneToOne(
    "019a0000-0000-7000-8000-0000000091c2", DANA.id, NOW, "call", Lead.BOTH, "ask, then wait",
    Status.CLOSED, NOW, NOW + timedelta(minutes=40), ("the gate", "the lock"), "mostly me", "all",
)  # fmt: skip
HOME, PERSON = Home(DANA.id, WALK.id), Home(DANA.id)
NOTE = Note("019a0000-0000-7000-8000-000000000001", "[x] a\nnote", "need", NOW, Side.MINE)
OTHER = Note("019a0000-0000-7000-8000-000000000002", "other", "heard", NOW, Side.OURS)
ITEM = ChecklistItem("019a0000-0000-7000-8000-000000000003", "read", Phase.CLOSE, 1.5, "why", NOW)
PROMISE = FollowUp(
    "019a0000-0000-7000-8000-000000000004", DANA.id, "the book", Owner.BOTH, NOW, Stage.WAITING,
    NOW.date(), "when it rains", WALK.id, ("t1", "t2"), NOW.date(), "no room",
)  # fmt: skip
OWN_PROMISE = PROMISE._replace(id="019a0000-0000-7000-8000-000000000005", born_in=None)
TOPIC = Topic("019a0000-0000-7000-8000-000000000006", "the summer", NOW.date(), WALK.id, True)
LIVES: dict[Home, tuple[Record, ...]] = {
    PERSON: (DANA, OWN_PROMISE, TOPIC),
    HOME: (WALK, NOTE, OTHER, ITEM, PROMISE),
}
DELETIONS: dict[str, tuple[Change, ...]] = {
    "note": (Change(HOME, NOTE, None),),
    "follow-up": (Change(HOME, PROMISE, None),),
    "follow-up outside": (Change(PERSON, OWN_PROMISE, None),),
    "topic": (Change(PERSON, TOPIC, None),),
    "item": (Change(HOME, ITEM, None),),
    "card line": (Change(PERSON, DANA, DANA._replace(card=DANA.card[:1])),),
    "route": (Change(HOME, WALK, WALK._replace(route=())),),
    "note turned": (Change(HOME, NOTE, None), Change(PERSON, None, TOPIC._replace(id="t"))),
    "talk": tuple(Change(HOME, record, None) for record in (ITEM, NOTE, OTHER, PROMISE, WALK)),
}
deletions = pytest.mark.parametrize("name", DELETIONS)


@pytest.fixture
def full(bench: Bench) -> Bench:
    """A journal with a record of each kind, all fields filled in."""
    run = Run(bench)
    run.notebook.seed(
        tuple(Change(home, None, record) for home, records in LIVES.items() for record in records)
    )
    run.close()
    return bench


def check_is_as_it_was(bench: Bench, *added: Record) -> None:
    journal = bench.on_disk()
    assert journal.people == {DANA.id: DANA}
    assert journal.one_to_ones == {WALK.id: WALK}
    assert set(journal.follow_ups.values()) == {PROMISE, OWN_PROMISE}
    assert set(journal.topics[DANA.id]) == {TOPIC}
    assert set(journal.page(WALK.id).notes) == {NOTE, OTHER, *added}
    assert set(journal.page(WALK.id).items) == {ITEM}


@deletions
def test_what_was_deleted_comes_back_after_a_restart_with_all_its_fields(
    full: Bench, name: str
) -> None:
    check_is_as_it_was(full)
    run = Run(full)
    run.notebook.commit(f"{name} deleted", DELETIONS[name])
    run.close()
    assert all_of(full.on_disk()) != {}
    for _ in range(2):
        run = Run(full)
        assert run.notebook.undo() == f"{name} deleted, Sun 22 Nov 14:02"
        run.close()
        check_is_as_it_was(full)
        run = Run(full)
        assert run.notebook.redo() == f"{name} deleted, Sun 22 Nov 14:02"
        run.close()
        gone = {change.record_id for change in DELETIONS[name] if change.after is None}
        found = all_of(full.on_disk())
        assert not gone & {record.id for part in ("notes", "items") for record in found[part]}
        assert not gone & {*found["follow_ups"], *found["one_to_ones"]}


@deletions
def test_what_was_deleted_comes_back_into_a_file_that_others_changed(
    full: Bench, name: str
) -> None:
    run = Run(full)
    run.notebook.commit(f"{name} deleted", DELETIONS[name])
    run.close()
    new = sample_note("theirs", "from elsewhere")
    document = {"text": new.text, "kind_id": "heard", "at": NOW.isoformat(), "side": "ours"}
    if name != "talk":
        rewrite(one_to_one_file(full), lambda tables: tables["notes"].update(theirs=document))
        rewrite(one_to_one_file(full), lambda tables: tables["one_to_one"][WALK.id].update(x=7))
    rewrite(person_file(full), lambda tables: tables["person"][DANA.id].update(x=7))
    run = Run(full)
    assert run.notebook.undo() == f"{name} deleted, Sun 22 Nov 14:02"
    run.close()
    check_is_as_it_was(full, *([] if name == "talk" else [new]))
    assert tables_in(person_file(full))["person"][DANA.id]["x"] == 7
    if name != "talk":
        assert tables_in(one_to_one_file(full))["one_to_one"][WALK.id]["x"] == 7


@deletions
def test_what_others_brought_back_meanwhile_is_there_once(full: Bench, name: str) -> None:
    before = files_of(full.place.journal)
    run = Run(full)
    run.notebook.commit(f"{name} deleted", DELETIONS[name])
    run.close()
    for path, data in before.items():  # as a program that syncs, or a backup
        Path(full.place.journal, path).write_bytes(data)
    run = Run(full)
    run.notebook.undo()
    run.close()
    added = [change.after for change in DELETIONS[name] if change.before is None]
    assert all(not isinstance(record, Note) for record in added)
    check_is_as_it_was(full)


def test_what_others_changed_in_another_field_stays_when_an_act_is_undone(full: Bench) -> None:
    run = Run(full)
    run.notebook.commit("place", (Change(HOME, WALK, WALK._replace(place="in the park")),))
    run.close()
    path = one_to_one_file(full)
    rewrite(path, lambda tables: tables["one_to_one"][WALK.id].update(useful="the air"))
    run = Run(full)
    run.notebook.undo()
    run.close()
    found = full.on_disk().one_to_ones[WALK.id]
    assert (found.place, found.useful) == ("call", "the air")


def test_a_note_written_into_a_talk_that_is_brought_back_is_with_the_others(full: Bench) -> None:
    run = Run(full)
    run.notebook.commit("talk deleted", DELETIONS["talk"])
    run.close()
    run = Run(full)
    run.notebook.undo()
    write(run.notebook, WALK, "after")
    run.close()
    assert len(full.on_disk().page(WALK.id).notes) == 3


def test_undoing_what_is_gone_altogether_harms_nothing(full: Bench) -> None:
    """Its person was removed by somebody meanwhile."""
    run = Run(full)
    run.notebook.commit("note deleted", DELETIONS["note"])
    run.close()
    shutil.rmtree(one_to_one_file(full).parent)
    run = Run(full)
    run.notebook.undo()
    run.saver.look()
    assert run.notebook.saving.error != ""
    for _ in range(2):
        run.notebook.redo()
        run.notebook.undo()
    assert files_of(full.place.journal).keys() == {"journal.json"}


# -- what is forgotten ---------------------------------------------------------------------


def test_what_was_forgotten_is_not_undone_by_a_later_run(bench: Bench) -> None:
    run = Run(bench)
    dana = add_person(run.notebook)
    one = plan_today(run.notebook, dana)
    begun = talks.begun(run.notebook, one)
    folk.edit(run.notebook, dana, dana._replace(role="lead"))
    assert talks.is_untouched(run.notebook, one.id, begun)
    talks.forget(run.notebook, one)
    run.close()
    assert labels(Acts(bench.place.state).past().undo) == [
        "Dana Okafor added",
        "Dana Okafor changed",
    ]


def test_what_was_undone_and_forgotten_is_not_done_again(bench: Bench) -> None:
    run = Run(bench)
    one = plan_today(run.notebook, add_person(run.notebook))
    write(run.notebook, one, "first")
    run.notebook.undo()
    run.notebook.forget_acts(course.home_of(one))
    run.close()
    past = Acts(bench.place.state).past()
    assert (labels(past.undo), past.redo) == (["Dana Okafor added"], ())


def test_what_earlier_runs_did_in_a_file_can_be_forgotten(bench: Bench) -> None:
    run = Run(bench)
    one = plan_today(run.notebook, add_person(run.notebook))
    write(run.notebook, one, "first")
    run.close()
    run = Run(bench)
    run.notebook.forget_acts(course.home_of(one))
    assert label(run.notebook.to_undo()) == "Dana Okafor added"
    run.close()
    assert labels(Acts(bench.place.state).past().undo) == ["Dana Okafor added"]


# -- two programs --------------------------------------------------------------------------


def test_an_act_that_was_done_again_past_another_programs_can_be_undone(bench: Bench) -> None:
    """The app undoes, a command does something, the app does its own again."""
    one = planned(bench)
    run = Run(bench)
    write(run.notebook, one, "first")
    run.notebook.undo()
    write(beside(bench).notebook(), one, "from a command")
    run.notebook.redo()
    run.close()
    run = Run(bench)
    assert texts(run.notebook, one) == ["first", "from a command"]
    run.notebook.undo()
    assert texts(run.notebook, one) == ["from a command"]
    run.notebook.undo()
    assert texts(run.notebook, one) == []
    run.close()


def test_two_programs_may_undo_the_same_act(bench: Bench) -> None:
    one = planned(bench)
    write(bench.notebook(), one, "first")
    runs = [Run(bench), Run(beside(bench))]
    for run in runs:
        assert label(run.notebook.to_undo()) == "heard written"
    for run in runs:
        run.notebook.undo()
        run.saver.look()
    for run in runs:
        run.close()
    past = Acts(bench.place.state).past()
    assert labels(past.undo) == ["Dana Okafor added", "one-to-one planned"]
    assert labels(past.redo) == ["heard written"]
    run = Run(bench)
    run.notebook.redo()
    run.close()
    assert texts(bench.notebook(), one) == ["first"]


class TwoPrograms(RuleBasedStateMachine):
    """Two runs on one journal, each undoing and doing again what it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.root = tempfile.mkdtemp()
        self.bench = Bench(Path(self.root))
        self.one = planned(self.bench)
        os.unlink(os.path.join(self.bench.place.state, "acts.jsonl"))
        for text in ("first", "second"):
            write(self.bench.notebook(), self.one, text)
        self.written = 0
        self.runs = [Run(self.bench), Run(beside(self.bench))]

    def teardown(self) -> None:
        for run in self.runs:
            run.close()
        run = Run(self.bench)
        for _ in range(3):
            while run.notebook.undo():
                pass
            assert texts(run.notebook, self.one) == []
            while run.notebook.redo():
                pass
        run.close()
        assert self.bench.notebook().problems == ()
        shutil.rmtree(self.root)

    @rule(who=st.integers(0, 1))
    def write(self, who: int) -> None:
        notebook = self.runs[who].notebook
        if self.one.id in notebook.journal.one_to_ones:
            self.written += 1
            write(notebook, self.one, f"note {self.written}")

    @rule(who=st.integers(0, 1))
    def undo(self, who: int) -> None:
        self.runs[who].notebook.undo()

    @rule(who=st.integers(0, 1))
    def redo(self, who: int) -> None:
        self.runs[who].notebook.redo()

    @rule(who=st.integers(0, 1))
    def look(self, who: int) -> None:
        self.runs[who].saver.look()

    @rule(who=st.integers(0, 1))
    def restart(self, who: int) -> None:
        self.runs[who].close()
        self.runs[who] = Run(self.bench if who == 0 else beside(self.bench))


TestTwoPrograms = TwoPrograms.TestCase
TestTwoPrograms.settings = settings(
    parent=settings.get_profile("each run"), max_examples=8, stateful_step_count=20
)

MANY = """
import sys
from datetime import datetime
from tui.domain.journal import Change, Home
from tui.domain.notes import Note, Side
from tui.services.ports import Act, Turn, Verb
from tui.store.acts import Acts
acts, mine = Acts(sys.argv[1]), sys.argv[2]
sys.stdin.readline()
for n in range(100):
    note = Note(f"{mine}-{n}", mine * 900, "heard", datetime(2026, 11, 22), Side.OURS)
    act = Act(n, f"{mine} {n}", (Change(Home("p", "o"), None, note),), datetime(2026, 11, 22))
    acts.add(mine, [Turn(Verb.DID, act)])
"""


def test_two_programs_remember_at_once(bench: Bench) -> None:
    os.makedirs(bench.place.state)
    both = [child(MANY, bench.place.state, mine, stdin=-1) for mine in "ab"]
    for process in both:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    assert [finish(process) for process in both] == [0, 0]
    found = labels(Acts(bench.place.state).past().undo)
    assert sorted(found) == sorted(f"{mine} {n}" for mine in "ab" for n in range(100))
    for mine in "ab":
        assert [name for name in found if name[0] == mine] == [f"{mine} {n}" for n in range(100)]


# -- the file ------------------------------------------------------------------------------


def act(number: int, record: Record = OTHER, home: Home = HOME) -> Act:
    return Act(number, f"act {number}", (Change(home, None, record),), NOW)


def did(*numbers: int) -> list[Turn]:
    return [Turn(Verb.DID, act(number)) for number in numbers]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    (tmp_path / "state").mkdir()
    return tmp_path / "state"


@given(st.lists(st.tuples(housed, housed), min_size=1, max_size=3), any_text)
@settings(max_examples=60)
def test_any_act_comes_back_as_it_was(pairs: list[tuple[Housed, Housed]], name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        changes = tuple(
            Change(before.home, before.record, None)
            if type(before.record) is not type(after.record) or before.home != after.home
            else Change(before.home, before.record, after.record._replace(id=before.record.id))
            for before, after in pairs
        )
        done = Act(7, name.encode("utf-8", "replace").decode(), changes, NOW)
        acts = Acts(folder)
        acts.add("run", [Turn(Verb.DID, done)])
        assert acts.past() == Past((done._replace(run="run"),))
        acts.add("later", [Turn(Verb.UNDID, done._replace(run="run"))])
        (undone,) = acts.past().redo
        assert undone.changes == tuple(change.reversed() for change in reversed(changes))
        acts.add("last", [Turn(Verb.REDID, undone)])
        assert acts.past() == Past((done._replace(run="run"),))


def test_nobody_else_may_look_at_acts(state: Path) -> None:
    before = os.umask(0)
    try:
        Acts(str(state)).add("run", did(1))
    finally:
        os.umask(before)
    assert (state / "acts.jsonl").stat().st_mode & 0o7777 == FILE_MODE


def test_nothing_is_made_before_something_is_done(state: Path) -> None:
    acts = Acts(str(state))
    assert acts.past() == Past()
    acts.add("run", [])
    assert list(state.iterdir()) == []


def test_a_run_asks_for_what_others_did(state: Path) -> None:
    acts = Acts(str(state))
    acts.add("first", did(1, 2))
    acts.add("second", did(1))
    acts.add("third", did(7))
    acts.add("second", [Turn(Verb.UNDID, act(1)), Turn(Verb.UNDID, act(7)._replace(run="third"))])
    past = acts.past(but="second")
    assert [(found.run, found.number) for found in past.undo] == [("first", 1), ("first", 2)]
    assert [(found.run, found.number) for found in past.redo] == [("third", 7)]
    assert labels(acts.past().redo) == ["act 1", "act 7"]
    assert labels(acts.past(but="").undo) == ["act 1", "act 2"]


GARBAGE = {
    "words": b"words",
    "not UTF-8": b'{"verb": "\xff"}',
    "NUL bytes": b"\0" * 100,
    "other JSON": b'7\nnull\n[]\n"forget"\n["forget"]\n{}\n{"verb": "did"}',
    "another verb": b'{"verb": "regretted", "run": "first", "number": 1}',
    "no such act": b'{"verb": "undid", "run": "nobody", "number": 1}',
    "numbers that are none": b'{"verb": "undid", "run": "first", "number": Infinity}\n'
    b'{"verb": "undid", "run": "first", "number": "x"}\n'
    b'{"verb": "undid", "run": "first", "number": NaN}',
    "nested": b"[" * 200_000,
    "a home that is none": b'{"forget": 7}\n{"forget": [1, 2, 3]}\n{"forget": {"a": 1}}',
    "no changes": b'{"verb": "did", "run": "x", "number": 1, "label": "x", "patches": 7, '
    b'"at": "2026-01-01"}',
    "no time": b'{"verb": "did", "run": "x", "number": 1, "label": "x", "patches": [], "at": 7}',
}


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_passed_over(state: Path, data: bytes) -> None:
    acts = Acts(str(state))
    acts.add("first", did(1, 2))
    with (state / "acts.jsonl").open("ab") as file:
        file.write(data)
    acts.add("first", did(3))
    assert labels(acts.past().undo) == ["act 1", "act 2", "act 3"]
    acts.add("first", [Turn(Verb.UNDID, act(3))])
    past = acts.past()
    assert (labels(past.undo), labels(past.redo)) == (["act 1", "act 2"], ["act 3"])


lines = st.fixed_dictionaries(
    {},
    optional={
        "verb": st.sampled_from(Verb) | json_values,
        "run": st.just("first") | json_values,
        "number": st.integers(0, 3) | json_values,
        "label": json_values,
        "at": st.just("2026-01-01T00:00:00") | json_values,
        "patches": st.lists(json_values, max_size=2) | json_values,
        "forget": st.just(list(AT_ONE)) | st.just(list(AT_PERSON)) | json_values,
    },
)


@given(st.lists(lines | json_values, max_size=5))
@settings(max_examples=60)
def test_no_line_stops_the_reading(some: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        acts = Acts(folder)
        acts.add("first", did(1, 2))
        Path(acts.path).write_bytes(
            Path(acts.path).read_bytes()
            + b"".join(json.dumps(line).encode() + b"\n" for line in some)
        )
        acts.add("last", did(9))
        past = acts.past()
        assert past.undo[-1].label == "act 9"
        assert past.redo == ()


@given(st.data())
@settings(max_examples=60)
def test_a_line_that_is_torn_costs_that_one_alone(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        acts = Acts(folder)
        acts.add("first", did(1, 2))
        whole = Path(acts.path).read_bytes()
        first = whole.index(b"\n") + 1
        cut = data.draw(st.integers(first, len(whole)))
        Path(acts.path).write_bytes(whole[:cut])
        acts.add("second", did(3))
        assert labels(acts.past().undo) == [
            "act 1", *(["act 2"] if cut >= len(whole) - 1 else []), "act 3"
        ]  # fmt: skip
        acts.add("second", [Turn(Verb.UNDID, act(2)), Turn(Verb.UNDID, act(3))])
        assert labels(acts.past().undo)[:1] == ["act 1"]


def test_an_act_of_a_newer_program_is_passed_over_and_stays(state: Path) -> None:
    acts = Acts(str(state))
    acts.add("first", did(1))
    newer = b'{"verb": "did", "run": "x", "number": 1, "label": "x", "at": "2026-01-01", '
    newer += b'"patches": [{"schema": %d}]}\n' % (SCHEMA + 1)
    with (state / "acts.jsonl").open("ab") as file:
        file.write(newer)
    acts.add("first", did(2))
    assert labels(acts.past().undo) == ["act 1", "act 2"]
    acts.add("x", [Turn(Verb.UNDID, act(1)._replace(run="x"))])
    assert labels(acts.past().undo) == ["act 1", "act 2"]
    assert newer in (state / "acts.jsonl").read_bytes()


# -- a disk that refuses -------------------------------------------------------------------


@pytest.mark.parametrize("thin_at", [1 << 20, 1], ids=["appended", "thinned"])
def test_whatever_the_disk_refuses_nothing_is_stopped(
    state: Path, monkeypatch: pytest.MonkeyPatch, thin_at: int
) -> None:
    monkeypatch.setattr(acts_module, "THIN_AT", thin_at)
    acts = Acts(str(state))
    acts.add("first", did(1))
    calls = count_calls(lambda: acts.add("first", did(2)))
    for at in range(1, len(calls) + 1):
        for lasts in (False, True):
            with faulty(Fault(at, refusal(errno.ENOSPC), lasts=lasts)):
                acts.add("first", did(3))
                acts.forget(Home("nobody"))
            acts.add("first", did(4))
            assert labels(acts.past().undo)[:2] == ["act 1", "act 2"]
            assert labels(acts.past().undo)[-1] == "act 4"
    assert temps_in(str(state)) == []


def test_what_cannot_be_remembered_is_done_all_the_same(bench: Bench) -> None:
    os.makedirs(os.path.join(bench.place.state, "acts.jsonl"))
    one = planned(bench)
    notebook, writer, ear = start(bench)
    write(notebook, one, "first")
    ear.until_filed(1)
    assert writer.close() == ""
    assert notebook.to_undo() is not None
    assert [reply.error for reply in ear.replies if reply.error] == []
    run = Run(bench)
    assert run.notebook.to_undo() is None
    run.close()


def test_an_act_of_a_run_whose_log_cannot_be_made_has_a_run_too(bench: Bench) -> None:
    """The disk of the state was full for a moment: what is remembered is of a run of its own."""
    one = planned(bench)
    for text in ("first", "second"):
        run = Run(bench)
        with faulty(Fault(1, refusal(errno.ENOSPC)), names=["write"], only_in=bench.place.state):
            write(run.notebook, one, text)
        run.saver.look()
        run.close()
    past = Acts(bench.place.state).past()
    assert "" not in {found.run for found in past.undo}
    kept = [found for found in past.undo if found.label == "heard written"]
    assert len({(found.run, found.number) for found in kept}) == len(kept)
    assert texts(bench.notebook(), one) == ["first", "second"]


# -- dropping old ones ---------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts_module, "LENGTH", 5)
    monkeypatch.setattr(acts_module, "THIN_AT", 2_000)


def test_the_last_acts_are_kept(state: Path, small: None) -> None:
    acts = Acts(str(state))
    for number in range(100):
        acts.add("first", did(number))
        assert os.path.getsize(acts.path) < 5_000
        assert (
            labels(acts.past().undo)
            == [f"act {n}" for n in range(101)][max(0, number - 4) : number + 1]
        )
    assert temps_in(str(state)) == []


def test_five_hundred_acts_are_kept(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts_module, "THIN_AT", 100_000)
    acts = Acts(str(state))
    acts.add("first", did(*range(LENGTH + 30)))
    for number in range(LENGTH + 30, LENGTH + 40):
        acts.add("first", did(number))
    assert labels(acts.past().undo) == [f"act {n}" for n in range(40, LENGTH + 40)]


@pytest.mark.xfail(
    strict=True, reason="past THIN_AT each act writes all of them anew, if they are few (S3-18)"
)
def test_acts_that_are_long_are_not_written_anew_with_each_one(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All five hundred are to be kept, however long they are."""
    monkeypatch.setattr(acts_module, "THIN_AT", 2_000)
    written: list[int] = []

    def counted(path: str, data: bytes, *, durable: bool = True) -> Any:
        written.append(len(data))
        return write_atomically(path, data, durable=durable)

    monkeypatch.setattr(acts_module, "write_atomically", counted)
    acts = Acts(str(state))
    for number in range(200):
        acts.add("first", did(number))
    assert len(acts.past().undo) == 200
    assert len(written) <= 20


class Thinning(RuleBasedStateMachine):
    """Acts of which old ones are dropped, and two stacks that keep all."""

    def __init__(self) -> None:
        super().__init__()
        self.root = tempfile.mkdtemp()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(acts_module, "LENGTH", 5)
        self.patch.setattr(acts_module, "THIN_AT", 1_500)
        self.acts = Acts(self.root)
        self.undo: list[Act] = []
        self.redo: list[Act] = []
        self.count = 0
        self.run = "run 0"

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.root)

    def check(self) -> None:
        past = self.acts.past()
        assert past.redo == tuple(self.redo)
        assert past.undo == tuple(self.undo[len(self.undo) - len(past.undo) :])
        assert self.redo or not self.undo or past.undo, "the last one is always there"

    @rule(home=st.sampled_from([HOME, PERSON]))
    def do(self, home: Home) -> None:
        self.count += 1
        record = OTHER if home == HOME else TOPIC
        done = act(self.count, record._replace(text=f"text {self.count}"), home)
        self.acts.add(self.run, [Turn(Verb.DID, done)])
        self.undo.append(done._replace(run=self.run))
        self.redo.clear()
        self.check()

    @precondition(lambda self: self.acts.past().undo)
    @rule()
    def take_back(self) -> None:
        self.turn(Verb.UNDID, self.undo, self.redo)

    @precondition(lambda self: self.redo)
    @rule()
    def do_again(self) -> None:
        self.turn(Verb.REDID, self.redo, self.undo)

    def turn(self, verb: Verb, source: list[Act], target: list[Act]) -> None:
        act = source.pop()
        own = act._replace(run="") if act.run == self.run else act
        self.acts.add(self.run, [Turn(verb, own)])
        changes = tuple(change.reversed() for change in reversed(act.changes))
        target.append(act._replace(changes=changes))
        self.check()

    @rule(home=st.sampled_from([HOME, PERSON]))
    def forget(self, home: Home) -> None:
        self.acts.forget(home)
        for kept in (self.undo, self.redo):
            kept[:] = [act for act in kept if act.changes[0].home != home]
        self.acts.add(self.run, [])
        past = self.acts.past()
        assert all(change.home != home for act in past.undo + past.redo for change in act.changes)
        if not past.undo:
            self.undo.clear()

    @rule()
    def restart(self) -> None:
        self.count += 1
        self.run = f"run {self.count}"
        self.acts = Acts(self.root)
        self.check()


TestThinning = Thinning.TestCase
TestThinning.settings = settings(
    parent=settings.get_profile("each run"), max_examples=40, stateful_step_count=40
)


def test_a_run_in_which_old_acts_are_dropped_undoes_each_act_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts_module, "LENGTH", 6)
    monkeypatch.setattr(acts_module, "THIN_AT", 3_000)
    run = Run(bench)
    one = plan_today(run.notebook, add_person(run.notebook))
    for n in range(8):
        write(run.notebook, one, f"early {n}")
    run.close()
    run = Run(bench)
    for n in range(3):
        write(run.notebook, one, f"late {n}")
    for _ in range(3):
        run.notebook.undo()
    undone = []
    while (act := run.notebook.to_undo()) is not None:
        undone.append(next(c.after.text for c in act.changes if isinstance(c.after, Note)))
        run.notebook.undo()
    run.close()
    assert undone == [f"early {n}" for n in (7, 6, 5, 4, 3, 2)][: len(undone)]
    assert undone
    assert texts(bench.notebook(), one) == [f"early {n}" for n in range(8 - len(undone))]
