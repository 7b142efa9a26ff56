"""The writer: safe before it is filed, filed when it can be, never in the way of who types."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Bench, add_person, plan_today, write
from tests.store.helpers import (
    Ear,
    after_a_kill,
    beside,
    child,
    eventually,
    files_of,
    finish,
    logs_in,
    one_to_one_file,
    person_file,
    replace_by_rename,
    rewrite,
    sample_note,
    start,
    temps_in,
    texts,
)
from tui.domain.journal import Change, Home
from tui.domain.notes import Note
from tui.domain.onetoones import OneToOne
from tui.errors import StorageError
from tui.services import course, folk, promises, talks
from tui.services.notebook import Notebook
from tui.services.ports import Draft, Reply
from tui.store import keeper as keeper_module
from tui.store import log as log_module
from tui.store import writer as writer_module
from tui.store.acts import Acts
from tui.store.codec import Patch, to_patch
from tui.store.folder import JournalFolder
from tui.store.lock import PATIENCE, locked
from tui.store.log import Log, act_line
from tui.store.writer import DirectSaver, Writer


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Look and try again often, so that no test waits long; and have a home to write into."""
    monkeypatch.setattr(writer_module, "LOOK_EVERY", 0.02)
    (tmp_path / "home").mkdir()


@pytest.fixture
def deaths(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the errors that ended a thread."""
    found: list[str] = []
    monkeypatch.setattr(
        threading, "excepthook", lambda args: found.append(getattr(args.exc_type, "__name__", "?"))
    )
    return found


def prepared(bench: Bench) -> OneToOne:
    """Return a one-to-one that is under way, in a journal that is all filed."""
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    return course.start(notebook, one)


class Door:
    """Lets writes to the journal through, or not."""

    def __init__(self) -> None:
        self.is_shut = True
        self.error: Callable[[], Exception] = lambda: StorageError("/journal: the disk is full.")
        self.tries = 0
        self.patience = 0.0


@contextmanager
def shut_door(monkeypatch: pytest.MonkeyPatch, *, for_all: bool = False) -> Iterator[Door]:
    """Refuse what writers write to the journal, or what all do, until the door is opened."""
    real, door = JournalFolder.write, Door()

    def write_or_not(self: JournalFolder, patches: Any, **how: Any) -> Any:
        is_writer = threading.current_thread().name == "alongside-writer"
        door.tries += is_writer
        door.patience = how.get("patience", PATIENCE)
        if door.is_shut and (is_writer or for_all):
            raise door.error()
        return real(self, patches, **how)

    with monkeypatch.context() as patch:
        patch.setattr(JournalFolder, "write", write_or_not)
        yield door


def refusing_below(folder: str, number: int, names: tuple[str, ...]) -> Callable[..., Any]:
    """Return an ``os.open`` that refuses to open these names, or all, below a folder."""
    real = os.open

    def call(path: Any, *rest: Any, **named: Any) -> int:
        inside = str(path).startswith(folder)
        if inside and (not names or str(path).endswith(names)):
            raise OSError(number, os.strerror(number), str(path))
        return real(path, *rest, **named)

    return call


def begun(bench: Bench) -> tuple[Notebook, Writer, Ear]:
    """Open as the app does, and wait until the writer has done all it does at its start."""
    temp = Path(bench.place.journal, ".journal.json.4711.tmp")
    temp.touch()
    notebook, writer, ear = start(bench)
    ear.until(lambda: not temp.exists(), "the sweep, with which the start ends")
    return notebook, writer, ear


# -- in the order of things ----------------------------------------------------------------


def test_a_note_is_safe_before_it_is_filed(bench: Bench) -> None:
    one = prepared(bench)
    notebook, writer = bench.for_app()
    seen: list[tuple[int, int, bool, bool]] = []

    def look(reply: Reply) -> None:
        in_log = any(b"quiet mornings" in data for data in files_of(bench.place.state).values())
        filed = b"quiet mornings" in one_to_one_file(bench).read_bytes()
        seen.append((reply.durable_to, reply.filed_to, in_log, filed))

    writer.start(look)
    write(notebook, one, "quiet mornings")
    assert writer.close() == ""
    assert seen[0] == (1, 0, True, False)
    assert seen[1] == (1, 1, True, True)


def test_what_is_pending_is_told_until_it_is_safe(bench: Bench) -> None:
    one = prepared(bench)
    notebook, writer = bench.for_app()
    note = write(notebook, one, "first")
    assert notebook.saving == (1, "")
    assert note.id in notebook.pending_ids()
    ear = Ear(notebook)
    writer.start(ear)
    ear.until(lambda: notebook.saving == (0, ""), "the note to be safe")
    assert notebook.pending_ids() == frozenset()
    ear.until_filed(1)
    assert texts(beside(bench).notebook(), one) == ["first"]


def test_acts_of_one_moment_share_one_flush(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    one = prepared(bench)
    notebook, writer = bench.for_app()
    flushes: list[int] = []
    monkeypatch.setattr(log_module, "_flush", flushes.append)
    for n in range(50):
        write(notebook, one, f"note {n:02}")
    ear = Ear(notebook)
    writer.start(ear)
    ear.until_filed(50)
    writer.close()
    assert len(flushes) == 3, flushes  # to make the log, for all acts, to say they are filed
    assert len(texts(beside(bench).notebook(), one)) == 50


def test_every_act_of_a_long_talk_is_filed(bench: Bench) -> None:
    notebook, writer, ear = start(bench)
    one = plan_today(notebook, add_person(notebook))
    for n in range(60):
        write(notebook, one, f"note {n:02}")
        ear.take()
    ear.until_durable(62)
    notes = notebook.page(one.id).notes
    talks.edit_note(notebook, one, notes[0], "changed")
    talks.delete_note(notebook, one, notes[1])
    promise = write(notebook, one, "> the book by fri")
    notebook.undo()
    notebook.redo()
    assert writer.close() == ""
    there = beside(bench).notebook()
    assert texts(there, one) == sorted(["changed", *(f"note {n:02}" for n in range(2, 60))])
    assert set(there.journal.follow_ups) == {promise.id}
    assert logs_in(bench.place) == []
    assert temps_in(bench.place.journal) == []


def test_replies_never_go_back(bench: Bench) -> None:
    one = prepared(bench)
    notebook, writer, ear = start(bench)
    for n in range(40):
        write(notebook, one, f"note {n}")
        notebook.keep_draft(Draft(one.id, f"half {n}"))
    writer.close()
    marks = [(reply.durable_to, reply.filed_to) for reply in ear.replies]
    assert marks == sorted(marks)
    assert all(filed <= durable for durable, filed in marks)
    assert marks[-1] == (40, 40)


# -- killed --------------------------------------------------------------------------------


def test_what_was_safe_is_filed_by_the_next_start(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(bench)
    with shut_door(monkeypatch):
        notebook, _, ear = start(bench)
        for text in ("one", "two", "> three by fri"):
            write(notebook, one, text)
        ear.until_durable(3)
        assert notebook.saving.pending == 0
        next_one = after_a_kill(bench, tmp_path / "next")
    assert texts(after_a_kill(next_one, tmp_path / "unopened").notebook(), one) == ["one", "two"]
    for _ in range(3):
        fresh, writer, heard = start(next_one)
        assert texts(fresh, one) == ["one", "two"]
        assert len(fresh.journal.follow_ups) == 1
        assert writer.close() == ""
        assert heard.last.error == ""
    assert logs_in(next_one.place) == []


def test_killed_at_any_moment_what_was_safe_is_there_once(bench: Bench, tmp_path: Path) -> None:
    """A copy of the disk at every reply, which comes between the steps of the writer."""
    one = prepared(bench)
    notebook, writer = bench.for_app()
    copies: list[tuple[int, Bench]] = []

    def keep(reply: Reply) -> None:
        copies.append((reply.durable_to, after_a_kill(bench, tmp_path / f"{len(copies)}")))

    writer.start(keep)
    for n in range(8):
        write(notebook, one, f"note {n}")
        notebook.keep_draft(Draft(one.id, f"half {n}"))
    writer.close()
    assert copies[-1][0] == 8
    for durable_to, copy in copies:
        fresh, next_writer, _ = start(copy)
        assert next_writer.close() == ""
        found = texts(beside(copy).notebook(), one)
        assert found[:durable_to] == [f"note {n}" for n in range(durable_to)]
        assert len(found) == len(set(found))
        assert fresh.problems == ()


def test_killed_between_filing_and_forgetting_nothing_is_doubled(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(bench)
    monkeypatch.setattr(Log, "clear", lambda self: None)
    notebook, _, ear = start(bench)
    note = write(notebook, one, "one")
    write(notebook, one, "> two by fri")
    ear.until_filed(2)
    assert isinstance(note, Note)
    talks.edit_note(notebook, one, note, "one, and more")
    ear.until_filed(3)
    (log,) = logs_in(bench.place)
    assert files_of(bench.place.state)[log]
    next_one = after_a_kill(bench, tmp_path / "next")
    before = files_of(next_one.place.journal)
    _, writer, _ = start(next_one)
    assert writer.close() == ""
    assert files_of(next_one.place.journal) == before


def test_what_was_filed_is_not_filed_again_over_what_others_did_since(bench: Bench) -> None:
    """Two windows: one writes a note and has half a line typed, the other deletes the note."""
    one = prepared(bench)
    mine, writer, ear = start(bench)
    mine.keep_draft(Draft(one.id, "half a line"))
    write(mine, one, "to be deleted")
    ear.until_filed(1)
    theirs, their_writer, _ = start(beside(bench))
    (note,) = theirs.page(one.id).notes
    talks.delete_note(theirs, one, note)
    assert their_writer.close() == ""
    ear.until(lambda: texts(mine, one) == [], "the deletion to be seen")
    assert writer.close() == ""
    again, again_writer, _ = start(beside(bench))
    again_writer.close()
    assert again.draft(one.id) == Draft(one.id, "half a line")
    assert texts(again, one) == []


def test_what_was_filed_beside_what_cannot_be_is_not_filed_again(
    bench: Bench, tmp_path: Path
) -> None:
    """One damaged file keeps the log; what else is in it must not undo what others did since."""
    one = prepared(bench)
    notebook = beside(bench).notebook()
    other = plan_today(notebook, add_person(notebook, "Sam Reyes"))
    dana_file = next(person_file(bench, "dana").parent.glob("2026*.json"))
    mine, _, ear = start(bench)
    mine.page(one.id)
    good = dana_file.read_bytes()
    replace_by_rename(dana_file, b"")
    write(mine, one, "for Dana")
    write(mine, other, "for Sam")
    ear.until(lambda: texts(beside(bench).notebook(), other), "Sam's to be filed")
    theirs = beside(bench).notebook()
    (note,) = theirs.page(other.id).notes
    talks.delete_note(theirs, other, note)
    next_one = after_a_kill(bench, tmp_path / "next")
    (path,) = Path(next_one.place.journal, "people").glob("dana*/2026*.json")
    replace_by_rename(path, good)
    again, writer, _ = start(next_one)
    assert writer.close() == ""
    assert texts(again, one) == ["for Dana"]
    assert texts(again, other) == []


def test_what_was_filed_beside_what_cannot_be_shows_what_others_did_since(bench: Bench) -> None:
    one = prepared(bench)
    notebook = beside(bench).notebook()
    other = plan_today(notebook, add_person(notebook, "Sam Reyes"))
    mine, _, ear = start(bench)
    mine.page(one.id)
    replace_by_rename(next(person_file(bench, "dana").parent.glob("2026*.json")), b"")
    write(mine, one, "for Dana")
    write(mine, other, "for Sam")
    ear.until(lambda: texts(beside(bench).notebook(), other), "Sam's to be filed")
    theirs = beside(bench).notebook()
    (note,) = theirs.page(other.id).notes
    talks.delete_note(theirs, other, note)
    ear.until(lambda: texts(mine, other) == [], "the deletion to be seen", within=2)


def test_a_log_that_cannot_be_filed_stays_told(bench: Bench, tmp_path: Path) -> None:
    one = prepared(bench)
    damaged = one_to_one_file(bench)
    log = Log(bench.place.state, "killed")
    patch = to_patch(Change(Home(one.person_id, one.id), None, sample_note()))
    log.append([act_line([patch])])
    log.close(keep=True)
    replace_by_rename(damaged, b"")
    notebook, _, ear = start(bench)
    told = {problem.path for problem in notebook.problems}
    assert told == {str(damaged), log.path}
    person_file(bench).with_name("another.json").write_bytes(b"")
    ear.until(lambda: len(notebook.problems) > 1 and {p.path for p in notebook.problems} != told,
              "another problem to be seen")  # fmt: skip
    assert {problem.path for problem in notebook.problems} > told


def test_a_text_changed_twice_is_not_doubled_by_the_next_start(bench: Bench) -> None:
    """No crash, no second window: a draft is open, a note is edited twice, the app starts again."""
    one = prepared(bench)
    notebook, writer, _ = start(bench)
    note = write(notebook, one, "one")
    for text in ("two", "three"):
        (note,) = notebook.page(one.id).notes
        talks.edit_note(notebook, one, note, text)
    notebook.keep_draft(Draft(one.id, "half a line"))
    assert writer.close() == ""
    again, again_writer, _ = start(beside(bench))
    again_writer.close()
    assert texts(again, one) == ["three"]


# -- half-typed lines ----------------------------------------------------------------------


def test_a_draft_survives_a_kill_and_the_kill_after_that(bench: Bench, tmp_path: Path) -> None:
    one = prepared(bench)
    notebook, _, _ = start(bench)
    draft = Draft(one.id, "half a th", "need", "mine")
    notebook.keep_draft(draft)
    wait_for_log(bench, "half a th")
    second = after_a_kill(bench, tmp_path / "second")
    notebook, _, _ = start(second)
    assert notebook.draft(one.id) == draft
    wait_for_log(second, "half a th")
    third = after_a_kill(second, tmp_path / "third")
    notebook, writer, _ = start(third)
    assert notebook.draft(one.id) == draft
    writer.close()
    assert len(logs_in(third.place)) == 1


def wait_for_log(bench: Bench, text: str) -> None:
    """Wait until a log holds some words."""
    eventually(
        lambda: any(text.encode() in data for data in files_of(bench.place.state).values()),
        "the log to have it",
    )


def test_a_draft_is_replaced_and_forgotten(bench: Bench) -> None:
    one = prepared(bench)
    notebook, writer, _ = start(bench)
    for text in ("h", "ha", "hal", "half"):
        notebook.keep_draft(Draft(one.id, text))
    notebook.keep_draft(Draft("person", "a form"))
    writer.close()
    notebook, writer, _ = start(beside(bench))
    assert notebook.draft(one.id) == Draft(one.id, "half")
    assert notebook.draft("person") == Draft("person", "a form")
    notebook.keep_draft(Draft(one.id, ""))
    notebook.keep_draft(Draft("person", "another form"))
    writer.close()
    notebook, writer, _ = start(beside(bench))
    assert notebook.draft(one.id) is None
    assert notebook.draft("person") == Draft("person", "another form")
    notebook.keep_draft(Draft("person", ""))
    writer.close()
    assert logs_in(bench.place) == []


def test_drafts_do_not_fill_the_disk(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper_module, "ROTATE_AT", 10_000)
    one = prepared(bench)
    notebook, writer, ear = start(bench)
    for n in range(60):
        notebook.keep_draft(Draft(one.id, f"{n:02} " + "words " * 100))
        write(notebook, one, f"note {n:02}")
        ear.until_durable(n + 1)
    logs = Path(bench.place.state)
    ear.until(
        lambda: sum(len(p.read_bytes().rstrip(b"\0")) for p in logs.glob("*.log")) < 12_000,
        "the log to be small",
    )
    writer.close()
    notebook, writer, _ = start(beside(bench))
    kept = notebook.draft(one.id)
    assert kept is not None
    assert kept.text.startswith("59 ")
    assert len(texts(notebook, one)) == 60


def test_a_draft_of_a_note_never_reaches_the_journal(bench: Bench) -> None:
    one = prepared(bench)
    notebook, writer, _ = start(bench)
    notebook.keep_draft(Draft(one.id, "Canary", "feeling", "mine"))
    write(notebook, one, "first")
    writer.close()
    assert all(b"Canary" not in data for data in files_of(bench.place.journal).values())


# -- when the journal refuses --------------------------------------------------------------


def test_what_cannot_be_filed_is_safe_and_filed_when_it_can_be(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(bench)
    with shut_door(monkeypatch) as door:
        notebook, writer, ear = start(bench)
        write(notebook, one, "first")
        ear.until(lambda: notebook.saving == (0, "/journal: the disk is full."), "to be told")
        write(notebook, one, "second")
        ear.until_durable(2)
        tries = door.tries
        ear.until(lambda: door.tries > tries + 2, "it to be tried again")
        assert ear.last.filed_to == 0
        door.is_shut = False
        ear.until_filed(2)
        assert notebook.saving == (0, "")
        assert writer.close() == ""
    assert texts(beside(bench).notebook(), one) == ["first", "second"]
    assert logs_in(bench.place) == []


def test_one_file_that_refuses_holds_up_no_other(bench: Bench) -> None:
    one = prepared(bench)
    notebook = beside(bench).notebook()
    sam = add_person(notebook, "Sam Reyes")
    other = plan_today(notebook, sam)
    dana_file = next(person_file(bench, "dana").parent.glob("2026*.json"))
    good = dana_file.read_bytes()
    notebook, _, ear = start(bench)
    notebook.page(one.id)
    replace_by_rename(dana_file, b"")
    write(notebook, one, "for Dana")
    for n in range(3):
        write(notebook, other, f"for Sam {n}")
    ear.until(lambda: len(texts(beside(bench).notebook(), other)) == 3, "Sam's to be filed")
    ear.until(lambda: ear.last.durable_to == 4, "all to be safe")
    assert ear.last.filed_to == 0
    ear.until(lambda: dana_file.name in notebook.saving.error, "to be told which")
    assert dana_file.read_bytes() == b""
    replace_by_rename(dana_file, good)
    ear.until_filed(4)
    assert texts(beside(bench).notebook(), one) == ["for Dana"]
    ear.until(lambda: notebook.saving == (0, "") and notebook.problems == (), "all to be well")


def test_a_journal_that_is_moved_away_and_comes_back(bench: Bench) -> None:
    one = prepared(bench)
    notebook, writer, ear = start(bench)
    journal = bench.place.journal
    os.rename(journal, f"{journal}-away")
    ear.until(lambda: "not there any more" in notebook.saving.error, "it to be missed")
    write(notebook, one, "first")
    ear.until_durable(1)
    assert not os.path.exists(journal), "nothing is made in its place"
    assert texts(notebook, one) == ["first"]
    os.rename(f"{journal}-away", journal)
    ear.until_filed(1)
    ear.until(lambda: notebook.saving == (0, ""), "all to be well")
    assert writer.close() == ""
    assert texts(beside(bench).notebook(), one) == ["first"]


def test_ending_while_the_journal_is_away_says_where_the_words_are(bench: Bench) -> None:
    one = prepared(bench)
    notebook, writer, _ = start(bench)
    journal = bench.place.journal
    os.rename(journal, f"{journal}-away")
    write(notebook, one, "quiet mornings")
    sentence = writer.close()
    (log,) = logs_in(bench.place)
    path = os.path.join(bench.place.state, log)
    assert path in sentence
    assert sentence.startswith(f"{journal} is not there any more.")
    assert "quiet mornings" not in sentence
    assert "quiet mornings" in Path(path).read_text()
    assert not os.path.exists(journal)
    assert writer.close() == sentence, "as often as it is asked"
    os.rename(f"{journal}-away", journal)
    assert texts(beside(bench).notebook(), one) == ["quiet mornings"]


def test_a_lock_that_is_held_holds_up_nobody_who_types(bench: Bench) -> None:
    one = prepared(bench)
    notebook, writer, ear = begun(bench)
    holder = child(
        "import sys\n"
        "from tui.store.lock import locked\n"
        "with locked(sys.argv[1]):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.read()\n",
        os.path.join(bench.place.state, "lock"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == b"held\n"
    for n in range(20):
        write(notebook, one, f"note {n:02}")
    ear.until(lambda: ear.replies, "the first to be safe")
    assert len(texts(notebook, one)) == 20, "all are on the screen"
    assert ear.last.filed_to == 0
    ear.until_durable(20)
    assert texts(beside(bench).notebook(), one) == []
    holder.stdin.close()
    ear.until_filed(20)
    assert writer.close() == ""
    assert len(texts(beside(bench).notebook(), one)) == 20
    assert finish(holder) == 0


def test_a_lock_that_is_held_at_the_start_keeps_no_note_from_being_safe(bench: Bench) -> None:
    one = prepared(bench)
    with locked(os.path.join(bench.place.state, "lock")):
        notebook, _, ear = start(bench)
        write(notebook, one, "first")
        ear.until(lambda: ear.last.durable_to == 1, "the note to be safe", within=2)


def test_a_lock_that_is_held_too_long_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(bench)
    monkeypatch.setattr(keeper_module, "FILING_PATIENCE", 0.01)
    notebook, writer, ear = begun(bench)
    with locked(os.path.join(bench.place.state, "lock")):
        write(notebook, one, "first")
        ear.until(lambda: "Another alongside is writing" in notebook.saving.error, "to be told")
        assert notebook.saving.pending == 0
    ear.until_filed(1)
    assert writer.close() == ""


# -- when the state folder refuses ---------------------------------------------------------


def test_a_state_folder_that_cannot_be_made_is_told_at_once(bench: Bench) -> None:
    Path(bench.place.state).parent.write_text("a file")
    with pytest.raises(StorageError, match="is a file, not a folder"):
        bench.for_app()


def test_a_log_that_cannot_be_made_still_lets_notes_be_filed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(bench)
    monkeypatch.setattr(os, "open", refusing_below(bench.place.state, errno.ENOSPC, (".log",)))
    notebook, writer, ear = start(bench)
    write(notebook, one, "first")
    ear.until_filed(1)
    ear.until(lambda: notebook.saving == (0, ""), "all to be well")
    assert writer.close() == ""
    assert texts(beside(bench).notebook(), one) == ["first"]


@pytest.mark.parametrize("refuses", ["the state", "the state and home", "all"])
def test_words_that_neither_journal_nor_state_take_are_kept_somewhere(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refuses: str
) -> None:
    one = prepared(bench)
    home, temp = tmp_path / "home", tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(temp))
    real = refusing_below(bench.place.state, errno.EROFS, ())
    for folder in (home, temp)[: ("the state", "the state and home", "all").index(refuses)]:
        monkeypatch.setattr(os, "open", real)
        real = refusing_below(str(folder), errno.EROFS, ())
    monkeypatch.setattr(os, "open", real)
    notebook, writer, ear = start(bench)
    write(notebook, one, "quiet mornings")
    notebook.keep_draft(Draft(one.id, "half a line"))
    ear.until(lambda: "read-only" in notebook.saving.error, "to be told")
    assert notebook.saving.pending >= 1, "it is not safe, and nobody says so"
    sentence = writer.close()
    monkeypatch.undo()
    assert "quiet mornings" not in sentence
    found = [*home.iterdir(), *temp.iterdir()]
    if refuses == "all":
        assert found == []
        assert "could not be saved anywhere" in sentence
        return
    (path,) = found
    assert path.parent == (home if refuses == "the state" else temp)
    assert str(path) in sentence
    assert path.stat().st_mode & 0o777 == 0o600
    assert "quiet mornings" in path.read_text()
    assert "half a line" in path.read_text()


def test_a_rescued_file_is_filed_once_it_lies_in_the_state_folder(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(bench)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refusing_below(bench.place.state, errno.EROFS, ()))
        notebook, writer, _ = start(bench)
        write(notebook, one, "quiet mornings")
        writer.close()
    (path,) = (tmp_path / "home").iterdir()
    shutil.move(path, bench.place.state)
    assert texts(beside(bench).notebook(), one) == ["quiet mornings"]


def test_nothing_is_called_safe_that_is_in_no_log(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full for one moment, then there is room for a line, but not for a file."""
    one = prepared(bench)
    real, fails = Log.append, [True]

    def append(self: Log, lines: Any) -> None:
        lines = list(lines)
        if fails[0]:
            raise StorageError(f"{self.path}: the disk is full.")
        real(self, lines)

    monkeypatch.setattr(Log, "append", append)
    with shut_door(monkeypatch):
        notebook, _, ear = start(bench)
        write(notebook, one, "first")
        ear.until(lambda: notebook.saving.error, "to be told")
        assert notebook.saving.pending == 1
        fails[0] = False
        write(notebook, one, "second")
        ear.until(lambda: ear.last.durable_to >= 2, "both to be safe")
        next_one = after_a_kill(bench, tmp_path / "next")
    assert texts(next_one.notebook(), one) == ["first", "second"]


def test_the_last_words_name_a_file_that_holds_all_the_words(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(bench)
    notebook, writer, ear = start(bench)
    notebook.keep_draft(Draft(one.id, "half"))
    wait_for_log(bench, "half")
    with shut_door(monkeypatch), monkeypatch.context() as patch:
        patch.setattr(Log, "append", _refuse)
        write(notebook, one, "quiet mornings")
        ear.until(lambda: notebook.saving.error, "to be told")
        sentence = writer.close()
    holding = [
        path
        for path in (*Path(bench.place.state).glob("*.log"), *Path(os.environ["HOME"]).iterdir())
        if "quiet mornings" in path.read_text()
    ]
    assert holding or "could not be saved anywhere" in sentence
    assert all(str(path) in sentence for path in holding)


def _refuse(log: Log, lines: Any) -> None:
    raise StorageError(f"{log.path}: the disk is full.")


def test_a_draft_that_cannot_be_kept_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    one = prepared(bench)
    monkeypatch.setattr(os, "open", refusing_below(bench.place.state, errno.EROFS, (".log",)))
    notebook, writer, ear = start(bench)
    notebook.keep_draft(Draft(one.id, "half a line"))
    write(notebook, one, "first")
    ear.until_filed(1)
    writer.close()
    assert any("read-only" in reply.error for reply in ear.replies)


def test_a_draft_that_could_not_be_kept_is_kept_when_it_can_be(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(bench)
    notebook, _, ear = start(bench)
    notebook.keep_draft(Draft("person", "a form"))
    wait_for_log(bench, "a form")
    tried = threading.Event()

    def refuse(log: Log, lines: Any) -> None:
        tried.set()
        _refuse(log, lines)

    with monkeypatch.context() as patch:
        patch.setattr(Log, "append", refuse)
        notebook.keep_draft(Draft(one.id, "half a line"))
        ear.until(tried.is_set, "the disk to refuse")
    write(notebook, one, "first")
    ear.until_filed(1)
    next_one = after_a_kill(bench, tmp_path / "next")
    notebook, writer, _ = start(next_one)
    writer.close()
    assert notebook.draft(one.id) == Draft(one.id, "half a line")


# -- what nobody expected ------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ['"half a \\ud83c smile"'],
    ids=["a lone surrogate"],
)
def test_no_file_ends_the_writer(bench: Bench, deaths: list[str], text: str) -> None:
    """Somebody's tool put into a file what can be read but not be written."""
    one = prepared(bench)
    rewrite(one_to_one_file(bench), lambda tables: tables["one_to_one"][one.id].update(other=0))
    path = one_to_one_file(bench)
    replace_by_rename(path, path.read_bytes().replace(b'"other": 0', f'"other": {text}'.encode()))
    notebook, writer, ear = start(bench)
    folk.edit(notebook, *_with_role(notebook))
    write(notebook, one, "first")
    ear.until_durable(2)
    sentence = writer.close()
    assert deaths == []
    assert sentence or texts(beside(bench).notebook(), one) == ["first"]


def _with_role(notebook: Notebook) -> tuple[Any, Any]:
    (person,) = notebook.journal.people.values()
    return person, person._replace(role="engineer")


def test_no_error_ends_the_writer(
    bench: Bench, deaths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(bench)
    with shut_door(monkeypatch) as door:
        door.error = lambda: RuntimeError("a mistake of ours")
        notebook, writer, ear = start(bench)
        write(notebook, one, "first")
        ear.until(lambda: door.tries, "the mistake to be made")
        door.is_shut = False
        write(notebook, one, "second")
        sentence = writer.close()
    assert deaths == []
    assert sentence or texts(beside(bench).notebook(), one) == ["first", "second"]


def test_a_listener_that_fails_costs_no_words(bench: Bench, deaths: list[str]) -> None:
    """The app's message loop has gone; the writer still has to drain."""
    one = prepared(bench)
    notebook, writer = bench.for_app()

    def fail(reply: Reply) -> None:
        raise RuntimeError("no loop any more")

    writer.start(fail)
    write(notebook, one, "first")
    write(notebook, one, "second")
    writer.close()
    assert deaths == []
    assert texts(beside(bench).notebook(), one) == ["first", "second"]
    assert logs_in(bench.place) == []


def test_a_killed_writers_words_survive_even_that(
    bench: Bench, deaths: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever ends the thread, what was safe is filed by the next start."""
    one = prepared(bench)
    with shut_door(monkeypatch) as door:
        door.error = lambda: RuntimeError("a mistake of ours")
        notebook, writer, ear = start(bench)
        write(notebook, one, "first")
        ear.until_durable(1)
        ear.until(lambda: door.tries, "the mistake to be made")
        writer.close()
    next_one = after_a_kill(bench, Path(bench.place.journal).parent / "next")
    assert texts(next_one.notebook(), one) == ["first"]


# -- closing -------------------------------------------------------------------------------


def test_closing_drains(bench: Bench) -> None:
    one = prepared(bench)
    notebook, writer = bench.for_app()
    for n in range(30):
        write(notebook, one, f"note {n:02}")
    assert writer.close() == "", "even one that was never started"
    assert len(texts(beside(bench).notebook(), one)) == 30
    assert writer.close() == ""
    assert logs_in(bench.place) == []


def test_closing_from_several_threads_drains_once(bench: Bench) -> None:
    one = prepared(bench)
    notebook, writer, _ = start(bench)
    write(notebook, one, "first")
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(writer.close())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [""] * 4
    assert texts(beside(bench).notebook(), one) == ["first"]


def test_closing_waits_longer_for_the_lock_than_filing_does(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no next try: three commands in a row must not make it say that it could not."""
    one = prepared(bench)
    with shut_door(monkeypatch) as door:
        notebook, writer, ear = start(bench)
        write(notebook, one, "first")
        ear.until(lambda: door.tries, "it to be tried")
        writer.close()
        assert door.patience >= 1


def test_closing_with_nothing_to_say_says_nothing_and_leaves_nothing(bench: Bench) -> None:
    _, writer, _ = start(bench)
    assert writer.close() == ""
    assert files_of(bench.place.journal) == {}
    assert [name for name in files_of(bench.place.state) if name != "lock"] == []


def test_the_writer_is_not_a_daemon(bench: Bench) -> None:
    _, writer = bench.for_app()
    assert writer._thread.daemon is False


def test_starting_sweeps_what_a_killed_program_left(bench: Bench) -> None:
    prepared(bench)
    temp = one_to_one_file(bench).with_name(".2026-11-22-0003.json.4711.tmp")
    temp.write_bytes(b"{")
    _, writer, ear = start(bench)
    ear.until(lambda: not temp.exists(), "it to be swept")
    writer.close()


# -- two windows ---------------------------------------------------------------------------


def test_two_windows_see_each_others_changes(bench: Bench) -> None:
    one = prepared(bench)
    mine, _, my_ear = start(bench)
    theirs, their_writer, their_ear = start(beside(bench))
    write(mine, one, "mine")
    their_ear.until(lambda: "mine" in texts(theirs, one), "the other to see it")
    write(theirs, one, "theirs")
    my_ear.until(lambda: texts(mine, one) == ["mine", "theirs"], "one to see it")
    sam = add_person(theirs, "Sam Reyes")
    my_ear.until(lambda: sam.id in mine.journal.people, "the new person to be seen")
    meeting = plan_today(mine, sam)
    promise = write(mine, meeting, "> the book by fri")
    their_ear.until(lambda: promise.id in theirs.journal.follow_ups, "the promise to be seen")
    promises.delete(theirs, theirs.journal.follow_ups[promise.id])
    my_ear.until(lambda: promise.id not in mine.journal.follow_ups, "it to go")
    talks.delete(mine, meeting)
    their_ear.until(lambda: meeting.id not in theirs.journal.one_to_ones, "the meeting to go")
    assert their_writer.close() == ""
    my_ear.until(lambda: mine.saving == (0, ""), "all to be safe")
    assert mine.problems == theirs.problems == ()


def test_two_windows_that_write_at_once_lose_nothing(bench: Bench) -> None:
    one = prepared(bench)
    mine, writer, my_ear = start(bench)
    theirs, their_writer, their_ear = start(beside(bench))
    for n in range(40):
        write(mine, one, f"mine {n:02}")
        write(theirs, one, f"theirs {n:02}")
        my_ear.take()
        their_ear.take()
    everything = sorted(f"{who} {n:02}" for who in ("mine", "theirs") for n in range(40))
    my_ear.until(lambda: texts(mine, one) == everything, "one to have all")
    their_ear.until(lambda: texts(theirs, one) == everything, "the other to have all")
    assert (writer.close(), their_writer.close()) == ("", "")
    assert texts(beside(bench).notebook(), one) == everything


def test_one_line_changed_in_two_windows_is_kept_twice_and_told(bench: Bench) -> None:
    one = prepared(bench)
    mine, _, my_ear = start(bench)
    note = write(mine, one, "one")
    assert isinstance(note, Note)
    my_ear.until_filed(1)
    other = beside(bench)
    theirs, their_writer = other.for_app()
    theirs.page(one.id)
    talks.edit_note(mine, one, note, "mine")
    my_ear.until_filed(2)
    talks.edit_note(theirs, one, note, "theirs")
    ear = Ear(theirs)
    their_writer.start(ear)
    ear.until_filed(1)
    assert sum(reply.kept_both for reply in ear.replies) == 1
    assert texts(theirs, one) == ["mine\n⟂ theirs"]
    my_ear.until(lambda: texts(mine, one) == ["mine\n⟂ theirs"], "the other window to see both")
    their_writer.close()


def test_what_was_typed_meanwhile_stays_when_the_file_is_read_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = prepared(bench)
    with shut_door(monkeypatch) as door:
        mine, _, my_ear = start(bench)
        write(mine, one, "not filed yet")
        my_ear.until_durable(1)
        write(beside(bench).notebook(), one, "from elsewhere")
        my_ear.until(
            lambda: set(texts(mine, one)) >= {"not filed yet", "from elsewhere"}, "both to be seen"
        )
        door.is_shut = False
        my_ear.until_filed(1)
    assert texts(mine, one) == ["from elsewhere", "not filed yet"]


# -- the command line ----------------------------------------------------------------------


def test_a_command_is_done_when_it_says_so(bench: Bench) -> None:
    one = prepared(bench)
    notebook = bench.notebook()
    write(notebook, one, "first")
    assert b"first" in one_to_one_file(bench).read_bytes()
    assert logs_in(bench.place) == []


def test_a_command_that_fails_says_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    one = prepared(bench)
    notebook = bench.notebook()
    with shut_door(monkeypatch, for_all=True), pytest.raises(StorageError, match="disk is full"):
        write(notebook, one, "first")
    assert texts(beside(bench).notebook(), one) == []


def test_a_command_files_home_by_home(bench: Bench) -> None:
    one = prepared(bench)
    written: list[list[Patch]] = []

    class Folder:
        def write(self, patches: Any) -> None:
            written.append(list(patches))

        def keep_texts(self) -> None: ...

    saver = DirectSaver(Folder(), bench.place.state, bench.new_id, Acts(bench.place.state))  # type: ignore[arg-type]
    there, here = Home(one.person_id, one.id), Home("somebody")
    notes = [sample_note(f"n{n}") for n in range(4)]
    homes = (there, here, there, here)
    saver.submit(1, tuple(Change(h, None, n) for h, n in zip(homes, notes, strict=True)))
    saver.keep_draft(Draft("here", "words"))
    assert [[patch.id for patch in patches] for patches in written] == [["n0", "n2"], ["n1", "n3"]]


def test_a_writer_needs_no_notebook(bench: Bench) -> None:
    """Only the port: acts go in, replies come out."""
    one = prepared(bench)
    folder = JournalFolder(bench.place.journal, bench.place.state, bench.new_id)
    folder.load()
    writer = Writer(folder, bench.place.state, bench.new_id)
    replies: list[Reply] = []
    writer.start(replies.append)
    home = Home(one.person_id, one.id)
    writer.submit(7, (Change(home, None, sample_note()),))
    assert writer.close() == ""
    assert [(reply.durable_to, reply.filed_to) for reply in replies] == [(7, 0), (7, 7)]
