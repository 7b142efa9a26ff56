"""What belongs to the manager: templates and questions in the journal's own file."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.builders import Bench, add_person, plan_today, write
from tests.store.helpers import (
    ERRORS,
    Fault,
    after_a_kill,
    beside,
    count_calls,
    eventually,
    faulty,
    files_of,
    logs_in,
    own_file,
    refusal,
    replace_by_rename,
    rewrite,
    start,
    tables_in,
    temps_in,
)
from tui.domain.checklist import Template
from tui.domain.journal import OWN, Change
from tui.domain.onetoones import OneToOne
from tui.domain.questions import Moment, Question
from tui.errors import DamagedError, NewerError, StorageError
from tui.services import checklists, course, deck
from tui.services.notebook import Notebook
from tui.store import writer as writer_module
from tui.store.archive import back_up, from_backup, from_versions, restore
from tui.store.codec import to_patch
from tui.store.files import Tables
from tui.store.folder import JournalFolder
from tui.store.mending import mend, mend_all
from tui.store.migrations import SCHEMA
from tui.wiring import open_journal


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Look often, so that no test waits long."""
    monkeypatch.setattr(writer_module, "LOOK_EVERY", 0.02)
    (tmp_path / "home").mkdir()


def ask(notebook: Notebook, text: str) -> Question:
    return deck.add_own(notebook, text, "", Moment.OPEN, "team")


class Scene(NamedTuple):
    """A journal with Dana, a talk, an own template and two own questions."""

    bench: Bench
    one: OneToOne
    template: Template
    questions: tuple[Question, Question]

    @property
    def file(self) -> Path:
        return own_file(self.bench)

    @property
    def folder(self) -> JournalFolder:
        """The journal as another program opens it now."""
        return open_journal(self.bench.place, self.bench.new_id).folder

    def check_is_whole(self, *more: Question) -> None:
        """Check that all of it is there, and nothing besides."""
        journal = beside(self.bench).on_disk()
        assert journal.templates == {self.template.id: self.template}
        assert journal.questions == {q.id: q for q in (*self.questions, *more)}
        assert set(journal.one_to_ones) == {self.one.id}


@pytest.fixture
def scene(bench: Bench) -> Scene:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    template = checklists.save_template(notebook, one, "mine")
    return Scene(bench, one, template, (ask(notebook, "What else?"), ask(notebook, "And now?")))


# -- there and back -------------------------------------------------------------------------


def test_they_live_in_the_journals_own_file_and_nowhere_else(scene: Scene) -> None:
    tables = tables_in(scene.file)
    assert set(tables["templates"]) == {scene.template.id}
    assert set(tables["deck"]) == {question.id for question in scene.questions}
    for name, data in files_of(scene.bench.place.journal).items():
        assert (b"What else?" in data) is (name == "journal.json")
    assert scene.file.stat().st_mode & 0o777 == 0o600
    scene.check_is_whole()


def test_the_journal_keeps_its_id_whatever_is_written_into_its_file(scene: Scene) -> None:
    about = tables_in(scene.file)["about"]
    notebook = scene.bench.notebook()
    deck.delete_own(notebook, scene.questions[0])
    deck.delete_own(notebook, scene.questions[1])
    checklists.delete_template(notebook, scene.template)
    assert tables_in(scene.file)["about"] == about
    journal = scene.bench.on_disk()
    assert (journal.templates, journal.questions) == ({}, {})
    assert journal.people


def test_the_first_thing_in_a_new_journal_may_be_a_question(bench: Bench) -> None:
    question = ask(bench.notebook(), "What else?")
    assert bench.on_disk().questions == {question.id: question}
    assert tables_in(own_file(bench))["about"]["file"]["schema"] == SCHEMA


def test_unknown_tables_and_fields_survive(scene: Scene) -> None:
    first = scene.questions[0]

    def from_elsewhere(tables: Tables) -> None:
        tables["songs"] = {"s1": {"title": "a tune", "parts": [1, {"x": None}]}}
        tables["deck"][first.id]["colour"] = "amber"
        tables["about"]["file"]["made_by"] = "somebody"

    rewrite(scene.file, from_elsewhere)
    notebook = scene.bench.notebook()
    assert notebook.problems == ()
    deck.edit_own(notebook, first, "What more?", "", Moment.CLOSE, "")
    added = ask(notebook, "Third?")
    tables = tables_in(scene.file)
    assert tables["songs"] == {"s1": {"title": "a tune", "parts": [1, {"x": None}]}}
    assert tables["deck"][first.id]["colour"] == "amber"
    assert tables["deck"][first.id]["text"] == "What more?"
    assert tables["about"]["file"]["made_by"] == "somebody"
    assert added.id in tables["deck"]


def test_what_is_not_understood_is_left_out_told_and_left_alone(scene: Scene) -> None:
    rewrite(scene.file, lambda tables: tables["deck"].update(odd={"text": 7}))
    notebook = scene.bench.notebook()
    assert [Path(problem.path).name for problem in notebook.problems] == ["journal.json"]
    assert set(notebook.journal.questions) == {question.id for question in scene.questions}
    ask(notebook, "Third?")
    assert tables_in(scene.file)["deck"]["odd"] == {"text": 7}


# -- killed ---------------------------------------------------------------------------------


def test_what_was_safe_when_it_was_killed_is_filed_by_the_next_start(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    notebook, _, ear = start(bench)

    def shut(*arguments: object, **named: object) -> None:
        raise StorageError("the disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(JournalFolder, "write", shut)
        template = checklists.save_template(notebook, one, "mine")
        question = ask(notebook, "What else?")
        ear.until_durable(2)
        assert "deck" not in tables_in(own_file(bench))
        killed = after_a_kill(bench, tmp_path / "killed")
    journal = killed.on_disk()
    assert journal.templates == {template.id: template}
    assert journal.questions == {question.id: question}
    assert journal.one_to_ones[one.id].template == template.id, "and the other half of the act"
    again = killed.on_disk()
    assert (again.templates, again.questions) == (journal.templates, journal.questions)


@pytest.mark.parametrize("number", ERRORS)
def test_a_fault_at_any_call_leaves_the_file_as_it_was_or_as_it_is_to_be(
    scene: Scene, number: int
) -> None:
    before = scene.file.read_bytes()
    calls = len(count_calls(lambda: ask(scene.bench.notebook(), "Third?")))
    seen = set()
    for at in range(1, calls + 1):
        replace_by_rename(scene.file, before)
        with (
            faulty(Fault(at, refusal(number)), only_in=scene.bench.place.journal),
            suppress(StorageError),
        ):
            ask(scene.bench.notebook(), "Third?")
        seen.add(tuple(document["text"] for document in tables_in(scene.file)["deck"].values()))
        assert not temps_in(scene.bench.place.journal)
    assert ("What else?", "And now?") in seen
    assert seen <= {("What else?", "And now?"), ("What else?", "And now?", "Third?")}
    assert scene.bench.on_disk().templates == {scene.template.id: scene.template}


# -- two programs ---------------------------------------------------------------------------


def test_what_two_programs_write_is_all_there(scene: Scene) -> None:
    ours, theirs = scene.bench.notebook(), beside(scene.bench).notebook()
    made = []
    for n in range(4):
        made += [ask(ours, f"ours {n}"), ask(theirs, f"theirs {n}")]
    deck.edit_own(ours, scene.questions[0], "What more?", "", Moment.OPEN, "team")
    deck.delete_own(theirs, scene.questions[1])
    journal = scene.bench.on_disk()
    assert set(journal.questions) == {scene.questions[0].id, *(question.id for question in made)}
    assert journal.questions[scene.questions[0].id].text == "What more?"
    assert journal.templates == {scene.template.id: scene.template}


def test_one_question_changed_in_two_places_is_kept_twice_and_an_edit_beats_a_deletion(
    scene: Scene,
) -> None:
    first, second = scene.questions
    ours, theirs = scene.bench.notebook(), beside(scene.bench).notebook()
    deck.edit_own(ours, first, "Ours?", "", Moment.OPEN, "team")
    deck.edit_own(theirs, first, "Theirs?", "", Moment.OPEN, "team")
    deck.edit_own(ours, second, "Kept?", "", Moment.OPEN, "team")
    deck.delete_own(theirs, second)
    found = scene.bench.on_disk().questions
    assert "Ours?" in found[first.id].text
    assert "Theirs?" in found[first.id].text
    assert found[second.id].text == "Kept?"


def test_an_open_window_sees_what_a_command_does(scene: Scene) -> None:
    notebook, writer, ear = start(scene.bench)
    other = beside(scene.bench).notebook()
    third = ask(other, "Third?")
    ear.until(lambda: third.id in notebook.journal.questions, "a question from beside")
    deck.delete_own(other, scene.questions[0])
    checklists.delete_template(other, scene.template)
    ear.until(lambda: not notebook.journal.templates, "a template to go")
    assert set(notebook.journal.questions) == {scene.questions[1].id, third.id}
    fourth = ask(notebook, "Fourth?")
    ear.until_filed(1)
    assert writer.close() == ""
    assert set(scene.bench.on_disk().questions) == {scene.questions[1].id, third.id, fourth.id}


@pytest.mark.parametrize("how", ["replaced", "in place"])
def test_what_somebody_writes_into_the_file_is_seen_at_the_next_look(
    scene: Scene, how: str
) -> None:
    folder = scene.folder
    assert folder.poll().contents == ()
    tables = scene.file.read_bytes().replace(b"What else?", b"What else is there?")
    if how == "replaced":
        replace_by_rename(scene.file, tables)
    else:
        scene.file.write_bytes(tables)
    (seen,) = folder.poll().contents
    assert seen.home == OWN
    texts = {record.text for record in seen.records if isinstance(record, Question)}
    assert texts == {"What else is there?", "And now?"}
    assert folder.poll().contents == ()


def test_what_others_wrote_meanwhile_is_told_by_our_own_write(scene: Scene) -> None:
    """The write reads it, so that no later look would find it new."""
    folder = scene.folder
    third = ask(beside(scene.bench).notebook(), "Third?")
    fourth = Question("q4", "Fourth?", is_own=True)
    (seen,) = folder.write([to_patch(Change(OWN, None, fourth))]).contents
    assert {third, fourth, *scene.questions, scene.template} == set(seen.records)
    fifth = Question("q5", "Fifth?", is_own=True)
    assert folder.write([to_patch(Change(OWN, None, fifth))]).contents == (), "nothing is news"
    assert folder.poll().contents == ()


# -- damaged --------------------------------------------------------------------------------

DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "noise": lambda data: b"noise",
    "cut": lambda data: data[: len(data) // 2],
    "cut at the end": lambda data: data[:-3],
    "cut early": lambda data: data[:20],
}
damages = pytest.mark.parametrize("damage", DAMAGE)


@damages
def test_with_a_damaged_file_the_rest_opens_and_nothing_is_lost(scene: Scene, damage: str) -> None:
    data = DAMAGE[damage](scene.file.read_bytes())
    replace_by_rename(scene.file, data)
    notebook = scene.bench.notebook()
    (problem,) = notebook.problems
    assert (problem.path, problem.can_be_mended) == (str(scene.file), True)
    write(notebook, scene.one, "a note all the same")
    assert len(notebook.page(scene.one.id).notes) == 1
    with pytest.raises(DamagedError):
        ask(scene.bench.notebook(), "Third?")
    assert scene.file.read_bytes() == data
    was = mend(scene.folder, str(scene.file))
    assert was is not None
    assert not data or Path(was.aside).read_bytes() == data
    assert not scene.folder.problems
    scene.check_is_whole()


@damages
def test_what_was_written_while_it_was_damaged_is_filed_once_it_is_mended(
    scene: Scene, damage: str
) -> None:
    notebook, writer, ear = start(scene.bench)
    replace_by_rename(scene.file, DAMAGE[damage](scene.file.read_bytes()))
    third = ask(notebook, "Third?")
    ear.until(lambda: ear.last.error, "the refusal")
    assert set(notebook.journal.questions) == {q.id for q in (*scene.questions, third)}
    writer.close()
    assert logs_in(scene.bench.place)
    assert "mended" in mend_all(scene.folder)[0]
    opened = open_journal(scene.bench.place, scene.bench.new_id)
    assert opened.recovered == 1
    assert opened.problems == ()
    for orphan in opened.orphans:
        orphan.remove()
    scene.check_is_whole(third)


def test_a_file_that_is_damaged_underneath_is_still_shown_and_mended_shows_again(
    scene: Scene,
) -> None:
    notebook, writer, ear = start(scene.bench)
    good = scene.file.read_bytes()
    replace_by_rename(scene.file, good[:-9])
    ear.until(lambda: notebook.problems, "the problem to be told")
    assert set(notebook.journal.questions) == {question.id for question in scene.questions}
    replace_by_rename(scene.file, good.replace(b"And now?", b"And then?"))
    ear.until(lambda: not notebook.problems, "the problem to go")
    ear.until(
        lambda: notebook.journal.questions[scene.questions[1].id].text == "And then?", "the new"
    )
    assert writer.close() == ""


def test_without_earlier_versions_what_can_be_read_in_it_is_brought_back(scene: Scene) -> None:
    data = scene.file.read_bytes()
    shutil.rmtree(Path(scene.bench.place.state, "versions"))
    replace_by_rename(scene.file, data[:-3])
    assert mend(scene.folder, str(scene.file)) is not None
    scene.check_is_whole()


# -- newer ----------------------------------------------------------------------------------


def test_a_newer_journal_is_for_reading(scene: Scene) -> None:
    rewrite(scene.file, lambda tables: tables["about"]["file"].update(schema=SCHEMA + 1))
    before = files_of(scene.bench.place.journal)
    notebook = scene.bench.notebook()
    for act in (
        lambda: ask(notebook, "Third?"),
        lambda: deck.delete_own(notebook, scene.questions[0]),
        lambda: checklists.delete_template(notebook, scene.template),
        lambda: checklists.save_template(notebook, scene.one, "other"),
        lambda: write(notebook, scene.one, "a note"),
    ):
        with pytest.raises(NewerError):
            act()
    assert notebook.journal.one_to_ones
    assert files_of(scene.bench.place.journal) == before


def test_a_file_that_becomes_newer_underneath_is_not_written(scene: Scene) -> None:
    notebook = scene.bench.notebook()
    rewrite(scene.file, lambda tables: tables["about"]["file"].update(schema=SCHEMA + 1))
    before = scene.file.read_bytes()
    with pytest.raises(NewerError):
        ask(notebook, "Third?")
    assert scene.file.read_bytes() == before


# -- undone, backed up, restored ------------------------------------------------------------


def test_it_is_undone_after_a_restart_and_done_again_after_another(scene: Scene) -> None:
    said = []
    for turn in (Notebook.undo, Notebook.undo, Notebook.undo, Notebook.redo, Notebook.redo):
        notebook, writer, ear = start(scene.bench)
        said.append((turn(notebook) or "").partition(",")[0])
        ear.until_filed(1)
        assert writer.close() == ""
        if turn is Notebook.undo and len(said) == 3:
            journal = scene.bench.on_disk()
            assert (journal.templates, journal.questions) == ({}, {})
            assert journal.one_to_ones[scene.one.id].template == "standard"
    assert said == [
        "question added", "question added", "template mine kept",
        "template mine kept", "question added",
    ]  # fmt: skip
    journal = scene.bench.on_disk()
    assert journal.templates == {scene.template.id: scene.template}
    assert journal.questions == {scene.questions[0].id: scene.questions[0]}
    assert journal.one_to_ones[scene.one.id].template == scene.template.id


def test_a_backup_contains_them_and_brings_them_back(scene: Scene, tmp_path: Path) -> None:
    target = tmp_path / "backup.zip"
    back_up(scene.folder, str(target))
    with zipfile.ZipFile(target) as archive:
        assert b"What else?" in archive.read("journal.json")
    notebook = scene.bench.notebook()
    deck.delete_own(notebook, scene.questions[0])
    checklists.delete_template(notebook, scene.template)
    folder = scene.folder
    assert restore(folder, from_backup(folder, str(target))) == 1
    scene.check_is_whole()


def test_an_earlier_moment_of_them_comes_back(scene: Scene) -> None:
    file = scene.file
    versions = scene.folder.versions.of("journal.json")
    assert [b"And now?" in version.data for version in versions][-1]
    notebook = scene.bench.notebook()
    moment = os.stat(file).st_mtime_ns
    eventually(lambda: os.stat(_touched(file)).st_mtime_ns > moment, "the clock to go on")
    deck.delete_own(notebook, scene.questions[0])
    folder = scene.folder
    restore(folder, tuple(s for s in from_versions(folder, moment) if s.name == "journal.json"))
    scene.check_is_whole()


def _touched(file: Path) -> Path:
    probe = file.with_name(".probe")
    probe.write_bytes(b"")
    return probe


# -- one file, one home ---------------------------------------------------------------------


def test_a_question_and_a_person_are_two_files_of_one_act_at_most(bench: Bench) -> None:
    """What is in two files is filed file by file; each of them is whole."""
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    question = Question("q1", "What else?", is_own=True)
    after = one._replace(intention="listen")
    changes = (
        Change(OWN, None, question),
        Change(course.home_of(one), one, after),
    )
    notebook.commit("both", changes)
    journal = bench.on_disk()
    assert journal.questions == {"q1": question}
    assert journal.one_to_ones[one.id].intention == "listen"
    assert temps_in(bench.place.journal) == []
