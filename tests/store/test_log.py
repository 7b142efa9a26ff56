"""The log: whole lines or none, held by who writes it, filed by the next who finds it left."""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HOSTILE, Bench, add_person, plan_today, write
from tests.store.helpers import (
    AT_ONE,
    ERRORS,
    Fault,
    any_text,
    beside,
    count_calls,
    faulty,
    files_of,
    json_values,
    logs_in,
    notes,
    refusal,
    replace_by_rename,
    sample_note,
    texts,
)
from tui.domain.journal import Change, Home
from tui.domain.notes import Note
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.errors import NewerError, StorageError
from tui.services import course, talks
from tui.services.ports import Draft
from tui.store import log as log_module
from tui.store.codec import Patch, to_patch
from tui.store.files import Document
from tui.store.lock import try_lock
from tui.store.log import Log, Orphan, act_line, draft_line, orphans, read_lines
from tui.wiring import open_journal

PATCHES = tuple(to_patch(Change(AT_ONE, None, sample_note(f"n{n}", f"note {n}"))) for n in range(4))
LINES = [act_line([patch]) for patch in PATCHES]
DRAFT = Draft("here", "half a th", "heard", "ours")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """A log in a folder of its own."""
    made = Log(str(tmp_path), "mine")
    yield made
    made.close(keep=False)


def written(path: str | Path) -> bytes:
    """Return what is in a log, without the room that is left in it."""
    return Path(path).read_bytes().rstrip(b"\0")


def read(log: Log) -> log_module.Found:
    return read_lines(Path(log.path).read_bytes())


def left_behind(bench: Bench, *lines: Document, name: str = "killed") -> Path:
    """Leave a log as a program that was killed does."""
    os.makedirs(bench.place.state, exist_ok=True)
    log = Log(bench.place.state, name)
    log.append(lines)
    log.close(keep=True)
    return Path(log.path)


def reopened(bench: Bench) -> tuple[int, tuple[Draft, ...]]:
    """Start as the app does and end again; return what was recovered and which drafts."""
    opened = open_journal(bench.place, bench.new_id)
    for orphan in opened.orphans:
        orphan.remove()
    return opened.recovered, opened.drafts


# -- lines ---------------------------------------------------------------------------------


def test_what_is_appended_is_there(log: Log) -> None:
    log.append(LINES[:2])
    log.append([draft_line(DRAFT)])
    log.append(LINES[2:])
    assert read(log) == (PATCHES, (DRAFT,), 0)
    assert log.size == len(written(log.path))
    assert Path(log.path).stat().st_mode & 0o7777 == 0o600


def test_appending_waits_for_the_disk(log: Log) -> None:
    calls = count_calls(lambda: log.append(LINES))
    assert calls in (["write", "fdatasync"], ["write", "fsync"])


def test_a_log_has_its_name_for_itself(log: Log, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        Log(str(tmp_path), "mine")
    assert os.path.exists(log.path)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_one_line(log: Log, text: str) -> None:
    log.append([draft_line(DRAFT._replace(text=text)), LINES[0]])
    data = written(log.path)
    assert data.count(b"\n") == 2
    found = read_lines(data)
    assert found.torn == 0
    assert found.patches == PATCHES[:1]
    assert len(found.drafts) == 1


@given(st.lists(notes, max_size=4))
def test_every_note_comes_back_from_the_log(some: list[Note]) -> None:
    patches = tuple(to_patch(Change(AT_ONE, None, note)) for note in some)
    data = "".join(json.dumps(act_line([p]), ensure_ascii=False) + "\n" for p in patches)
    assert read_lines(data.encode()) == (patches, (), 0)


def test_a_line_that_is_cut_off_anywhere_is_passed_over(log: Log) -> None:
    log.append(LINES)
    data = written(log.path)
    ends = [at + 1 for at, byte in enumerate(data) if byte == 10]
    for cut in range(len(data)):
        found = read_lines(data[:cut])
        whole = sum(end <= cut for end in ends)
        if cut + 1 in ends:
            whole += 1  # only the line end is lost
        assert found.patches == PATCHES[:whole]
        assert found.torn == (0 if cut in (0, *ends) or cut + 1 in ends else 1)


def test_what_a_power_cut_makes_of_the_end_is_passed_over(log: Log) -> None:
    log.append(LINES)
    data = written(log.path)
    for tail in (
        b"\0" * 4096,
        b"\xff\xfe\xfd",
        b'{"patch": {"person"',
        b"[" * 100_000,
        b"{}",
        b"7",
    ):
        found = read_lines(data + tail)
        assert (found.patches, found.torn) == (PATCHES, 1 if tail.strip(b"\0") else 0)
    assert read_lines(data + b"\n\n").torn == 0


@given(
    st.lists(
        json_values | st.dictionaries(st.sampled_from(["patch", "patches", "draft"]), json_values)
    )
)
def test_no_line_makes_reading_fail(values: list[Any]) -> None:
    data = "".join(json.dumps(value) + "\n" for value in values).encode()
    kinds = {"patches", "patch", "filed", "draft"}
    if any(isinstance(value, dict) and value and not kinds & set(value) for value in values):
        with pytest.raises(NewerError):  # whole, and of a kind that only a newer one can know
            read_lines(data)
    else:
        assert read_lines(data).torn <= len(values)


@given(st.binary(max_size=200))
def test_no_bytes_make_reading_fail(data: bytes) -> None:
    read_lines(data)


def _torn_shapes() -> dict[str, Document]:
    """Return lines that are JSON and name all parts, but with a part of the wrong kind."""
    good = LINES[0]["patches"][0]
    wrong: dict[str, Any] = {
        "person": ["p"],
        "one_to_one": {"o": 1},
        "table": 7,
        "id": None,
        "before": "was",
        "after": [1],
    }
    return {part: {"patches": [{**good, part: value}]} for part, value in wrong.items()}


@pytest.mark.parametrize("line", _torn_shapes().values(), ids=_torn_shapes().keys())
def test_a_line_of_the_wrong_shape_is_torn(line: Document) -> None:
    found = read_lines(json.dumps(line).encode())
    assert (found.patches, found.torn) == ((), 1)


@given(any_text)
def test_a_draft_is_cleaned_on_the_way_in(text: str) -> None:
    data = json.dumps(draft_line(Draft("here", text))).encode()
    for draft in read_lines(data).drafts:
        draft.text.encode()
        assert "\x1b" not in draft.text


@pytest.mark.parametrize(
    ("line", "is_unsure"),
    [({}, False), ({"is_unsure": True}, True), ({"is_unsure": "yes"}, False)],
)
def test_a_draft_that_is_only_thought_so_stays_so(line: dict[str, object], is_unsure: bool) -> None:
    """One of an earlier version says nothing of it."""
    document = draft_line(DRAFT)
    del document["draft"]["is_unsure"]
    document["draft"] |= line
    (found,) = read_lines(json.dumps(document).encode()).drafts
    assert found == DRAFT._replace(is_unsure=is_unsure)


def test_of_several_drafts_from_one_place_the_last_counts(log: Log) -> None:
    other = Draft("there", "else")
    for draft in (DRAFT, other, DRAFT._replace(text="half a thou"), DRAFT._replace(text="")):
        log.append([draft_line(draft)])
    assert read(log).drafts == (other,)
    log.append([draft_line(DRAFT)])
    assert set(read(log).drafts) == {other, DRAFT}


# -- a disk that refuses -------------------------------------------------------------------


@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
@pytest.mark.parametrize("at", [1, 2])
def test_what_the_disk_refuses_leaves_the_log_as_it_was(log: Log, number: int, at: int) -> None:
    log.append(LINES[:1])
    with faulty(Fault(at, refusal(number))), pytest.raises(StorageError):
        log.append(LINES[1:3])
    assert read(log) == (PATCHES[:1], (), 0)
    log.append(LINES[3:])
    assert read(log) == ((PATCHES[0], PATCHES[3]), (), 0)


def _fills_up(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    room = [30]

    def write_some(descriptor: int, data: bytes) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        room[0] -= (done := real(descriptor, bytes(data[: room[0]])))
        return done

    monkeypatch.setattr(os, "write", write_some)


def test_half_a_line_is_taken_back(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    log.append(LINES[:1])
    with monkeypatch.context() as patch:
        _fills_up(patch)
        with pytest.raises(StorageError, match="the disk is full"):
            log.append(LINES[1:2])
    log.append(LINES[2:3])
    assert read(log) == ((PATCHES[0], PATCHES[2]), (), 0)


def test_half_a_line_that_cannot_be_taken_back_costs_no_other(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.append(LINES[:1])
    with monkeypatch.context() as patch:
        _fills_up(patch)
        with faulty(Fault(1, refusal(errno.EIO)), names=["ftruncate"]), pytest.raises(StorageError):
            log.append(LINES[1:2])
    log.append(LINES[2:3])
    assert read(log).patches == (PATCHES[0], PATCHES[2])


def test_a_log_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="not there any more"):
        Log(str(tmp_path / "none"), "mine")
    for number in ERRORS:
        with faulty(Fault(1, refusal(number))), pytest.raises(StorageError):
            Log(str(tmp_path), "mine")
    assert os.listdir(tmp_path) == []


def test_a_log_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    open_before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    with (
        faulty(Fault(1, refusal(errno.EIO)), names=["fsync"]),
        pytest.raises(StorageError),
    ):
        Log(str(tmp_path), "mine")
    assert os.listdir(tmp_path) == []
    if open_before:
        assert len(os.listdir("/proc/self/fd")) == open_before


# -- its life ------------------------------------------------------------------------------


def test_a_log_is_cleared_and_written_on(log: Log) -> None:
    log.append(LINES)
    log.clear()
    assert len(written(log.path)) == log.size == 0
    log.append(LINES[:1])
    assert read(log) == (PATCHES[:1], (), 0)


def test_a_log_goes_on_in_a_new_file(log: Log) -> None:
    log.append(LINES)
    old = log.path
    log.rotate("newer", [draft_line(DRAFT)])
    assert not os.path.exists(old)
    assert read(log) == ((), (DRAFT,), 0)
    assert log.size == len(written(log.path))
    log.append(LINES[:1])
    assert read(log) == (PATCHES[:1], (DRAFT,), 0)
    assert list(orphans(os.path.dirname(log.path))) == [], "the new one is held too"


@pytest.mark.parametrize("at", [1, 3, 4, 5, 6, 7])  # without room (2) it can go on
def test_a_log_that_cannot_go_on_in_a_new_file_stays(log: Log, at: int) -> None:
    log.append(LINES)
    old = log.path
    calls = ["open", "write", "fdatasync", "open", "fsync", "write", "fdatasync"]
    with faulty(Fault(at, refusal(errno.ENOSPC))) as fault, pytest.raises(StorageError):
        log.rotate("newer", [draft_line(DRAFT)])
    assert [call for call in fault.calls if call != "unlink"][:at] == calls[:at]
    assert log.path == old
    log.append([draft_line(DRAFT)])
    assert read(log) == (PATCHES, (DRAFT,), 0)


@pytest.mark.parametrize("keep", [True, False])
def test_a_log_is_kept_only_where_something_is_left_in_it(tmp_path: Path, keep: bool) -> None:
    log = Log(str(tmp_path), "mine")
    log.append(LINES)
    log.close(keep=keep)
    found = list(orphans(str(tmp_path)))
    assert [orphan.path for orphan in found] == [log.path] * keep
    for orphan in found:
        assert orphan.read().patches == PATCHES
        assert orphan.read().patches == PATCHES, "as often as one likes"
        orphan.remove()
    assert os.listdir(tmp_path) == []


def test_a_log_that_is_held_is_nobodys_to_take(log: Log, tmp_path: Path) -> None:
    log.append(LINES)
    assert list(orphans(str(tmp_path))) == []
    Log(str(tmp_path), "killed").close(keep=True)
    (first,) = orphans(str(tmp_path))
    assert list(orphans(str(tmp_path))) == [], "and only one takes what was left"
    first.release()
    (again,) = orphans(str(tmp_path))
    again.remove()
    assert os.listdir(tmp_path) == ["mine.log"]


def test_what_is_no_log_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    (tmp_path / "folder.log").mkdir()
    assert list(orphans(str(tmp_path))) == []
    assert list(orphans(str(tmp_path / "none"))) == []


def test_a_long_log_is_read_whole(tmp_path: Path) -> None:
    log = Log(str(tmp_path), "mine")
    drafts = [Draft(f"p{n}", "words " * 20_000) for n in range(20)]
    log.append(draft_line(draft) for draft in drafts)
    log.close(keep=True)
    (orphan,) = orphans(str(tmp_path))
    assert orphan.read().drafts == tuple(drafts)
    orphan.release()


def test_a_log_taken_between_its_making_and_its_locking_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another start takes the new log, not locked yet, for one that was left, and removes it.

    Seen to happen: whoever shows `alongside due` in a prompt starts one every few seconds.
    """

    def too_late(descriptor: int) -> bool:
        monkeypatch.setattr(log_module, "try_lock", try_lock)
        for orphan in orphans(str(tmp_path)):
            assert orphan.read() == ((), (), 0)
            orphan.remove()
        return try_lock(descriptor)

    monkeypatch.setattr(log_module, "try_lock", too_late)
    log = Log(str(tmp_path), "mine")
    log.append(LINES)
    assert os.path.exists(log.path)
    assert read(log).patches == PATCHES


def test_a_log_that_was_removed_is_not_taken_for_safe(log: Log) -> None:
    """Somebody tidied the state folder; what is appended now is in no folder at all."""
    os.unlink(log.path)
    try:
        log.append(LINES)
    except StorageError:
        return
    assert os.path.exists(log.path)
    assert read(log).patches == PATCHES


# -- the next start ------------------------------------------------------------------------


class Left:
    """A journal with two one-to-ones, and changes to it that were never filed."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        notebook = bench.notebook()
        self.dana: Person = add_person(notebook)
        self.one: OneToOne = plan_today(notebook, self.dana)
        sam = add_person(notebook, "Sam Reyes")
        self.other: OneToOne = plan_today(notebook, sam)

    def note(self, text: str, one: OneToOne | None = None) -> Patch:
        one = one or self.one
        record = sample_note(self.bench.new_id(), text)
        return to_patch(Change(Home(one.person_id, one.id), None, record))

    def texts(self, one: OneToOne | None = None) -> list[str]:
        return texts(beside(self.bench).notebook(), one or self.one)

    def file(self, name: str) -> Path:
        (path,) = Path(self.bench.place.journal, "people").glob(f"{name}*/2026*.json")
        return path


@pytest.fixture
def left(bench: Bench) -> Left:
    return Left(bench)


def test_what_was_left_is_filed_by_the_next_start(left: Left) -> None:
    left_behind(left.bench, *(act_line([left.note(text)]) for text in ("one", "two")))
    opened = open_journal(left.bench.place, left.bench.new_id)
    assert opened.recovered == 2
    assert opened.drafts == ()
    assert logs_in(left.bench.place) == ["killed.log"], "kept until who opened it says so"
    for orphan in opened.orphans:
        orphan.remove()
    assert left.texts() == ["one", "two"]
    assert logs_in(left.bench.place) == []


def test_filing_twice_does_no_harm(left: Left) -> None:
    path = left_behind(left.bench, *(act_line([left.note(text)]) for text in ("one", "two")))
    data = written(path)
    reopened(left.bench)
    before = files_of(left.bench.place.journal)
    for _ in range(3):
        path.write_bytes(data)
        reopened(left.bench)
        assert files_of(left.bench.place.journal) == before


def test_a_torn_last_line_costs_only_itself(left: Left) -> None:
    whole, torn = left.note("whole"), left.note("torn")
    path = left_behind(left.bench, act_line([whole]), act_line([torn]))
    path.write_bytes(written(path)[:-20])
    assert reopened(left.bench) == (1, ())
    assert left.texts() == ["whole"]


def test_a_whole_life_that_was_never_filed_is_filed(bench: Bench) -> None:
    """Everything from the first person on, in one log; nothing of the journal exists yet."""
    elsewhere = Bench(Path(bench.place.journal).parent / "elsewhere")
    notebook, writer = elsewhere.for_app()
    one = plan_today(notebook, add_person(notebook))
    write(notebook, one, "first")
    write(notebook, one, "& a topic")
    lines = [act_line([to_patch(c)]) for act in notebook._undo for c in act.changes]
    writer.close()
    left_behind(bench, *lines)
    recovered, _ = reopened(bench)
    assert recovered == len(lines)
    names = [name for name in files_of(bench.place.journal) if name != "journal.json"]
    same = [name for name in files_of(elsewhere.place.journal) if name != "journal.json"]
    assert names == same
    for name in names:
        paths = (Path(b.place.journal, name) for b in (bench, elsewhere))
        assert len({path.read_bytes() for path in paths}) == 1


def test_what_was_recovered_is_in_the_journal_that_opens(left: Left) -> None:
    new = OneToOne("019a0000-0000-7000-8000-00000000abcd", left.dana.id, left.one.at)
    left_behind(left.bench, act_line([to_patch(Change(Home(left.dana.id, new.id), None, new))]))
    opened = open_journal(left.bench.place, left.bench.new_id)
    assert new.id in opened.journal.one_to_ones
    for orphan in opened.orphans:
        orphan.remove()


def test_what_cannot_be_filed_now_is_kept_for_later(left: Left) -> None:
    good = left.file("dana").read_bytes()
    log = left_behind(left.bench, act_line([left.note("one")]))
    replace_by_rename(left.file("dana"), b"")
    assert reopened(left.bench) == (0, ())
    assert log.exists()
    replace_by_rename(left.file("dana"), good)
    assert reopened(left.bench) == (1, ())
    assert left.texts() == ["one"]
    assert not log.exists()


def test_one_file_that_refuses_keeps_no_other_from_being_filed(left: Left) -> None:
    lines = [act_line([left.note("for Dana")]), act_line([left.note("for Sam", left.other)])]
    left_behind(left.bench, *lines)
    replace_by_rename(left.file("dana"), b"")
    reopened(left.bench)
    assert left.texts(left.other) == ["for Sam"]


def test_what_was_filed_before_another_file_refused_is_in_the_journal_that_opens(
    left: Left,
) -> None:
    renamed = left.dana._replace(role="engineer")
    change = Change(Home(left.dana.id), left.dana, renamed)
    lines = [act_line([to_patch(change)]), act_line([left.note("for Sam", left.other)])]
    left_behind(left.bench, *lines)
    replace_by_rename(left.file("sam"), b"")
    opened = open_journal(left.bench.place, left.bench.new_id)
    assert opened.journal.people[left.dana.id].role == "engineer"


def test_what_was_filed_beside_what_cannot_be_is_not_filed_again(left: Left) -> None:
    """One damaged file keeps the log; what else is in it must not undo what is done since."""
    lines = [act_line([left.note("for Dana")]), act_line([left.note("for Sam", left.other)])]
    left_behind(left.bench, *lines)
    good = left.file("dana").read_bytes()
    replace_by_rename(left.file("dana"), b"")
    notebook = left.bench.notebook()
    (note,) = notebook.page(left.other.id).notes
    talks.delete_note(notebook, left.other, note)
    assert left.texts(left.other) == []
    replace_by_rename(left.file("dana"), good)
    reopened(left.bench)
    assert left.texts() == ["for Dana"]
    assert left.texts(left.other) == []
    assert logs_in(left.bench.place) == []


def test_what_can_be_filed_nowhere_is_told(left: Left) -> None:
    """Its one-to-one was deleted on another machine: the words must not wait unseen for ever."""
    log = left_behind(left.bench, act_line([left.note("words")]))
    notebook = beside(left.bench).notebook  # reads as the other machine would
    path = left.file("dana")
    path.unlink()
    told = " ".join(f"{problem.path} {problem.sentence}" for problem in notebook().problems)
    assert str(log) in told or not log.exists()


def test_a_command_leaves_drafts_to_the_app(left: Left) -> None:
    log = left_behind(left.bench, draft_line(DRAFT), act_line([left.note("one")]))
    notebook = left.bench.notebook()
    assert texts(notebook, left.one) == ["one"]
    assert log.exists()
    assert reopened(left.bench)[1] == (DRAFT,)


def test_a_command_removes_a_log_without_drafts(left: Left) -> None:
    log = left_behind(left.bench, act_line([left.note("one")]))
    assert texts(left.bench.notebook(), left.one) == ["one"]
    assert not log.exists()


def test_what_was_filed_and_then_deleted_does_not_come_back(left: Left) -> None:
    """A killed app left a note and a draft; a command filed the note, another deleted it."""
    left_behind(left.bench, draft_line(DRAFT), act_line([left.note("one")]))
    notebook = left.bench.notebook()
    (note,) = notebook.page(left.one.id).notes
    talks.delete_note(notebook, left.one, note)
    assert left.texts() == []


def test_what_was_filed_and_then_changed_is_not_changed_back(left: Left) -> None:
    planned = left.one
    moved = planned._replace(place="call")
    change = Change(Home(left.dana.id, planned.id), planned, moved)
    left_behind(left.bench, draft_line(DRAFT), act_line([to_patch(change)]))
    notebook = left.bench.notebook()
    course.edit(notebook, notebook.journal.one_to_ones[planned.id], planned)
    assert left.bench.notebook().journal.one_to_ones[planned.id].place == planned.place


def test_a_text_changed_twice_is_not_doubled_by_filing_it_again(left: Left) -> None:
    added = left.note("one")
    notes = [sample_note(added.id, text) for text in ("one", "two", "three")]
    home = Home(left.dana.id, left.one.id)
    edits = [to_patch(Change(home, before, after)) for before, after in itertools.pairwise(notes)]
    path = left_behind(left.bench, *(act_line([patch]) for patch in (added, *edits)))
    data = written(path)
    reopened(left.bench)
    assert left.texts() == ["three"]
    path.write_bytes(data)
    reopened(left.bench)
    assert left.texts() == ["three"]


def test_half_typed_lines_of_two_windows_are_both_kept(left: Left) -> None:
    left_behind(left.bench, draft_line(Draft("here", "in the first window")), name="a")
    left_behind(left.bench, draft_line(Draft("here", "in the second window")), name="b")
    _, drafts = reopened(left.bench)
    kept = " ".join(draft.text for draft in drafts)
    assert "first" in kept
    assert "second" in kept


@pytest.mark.parametrize("line", _torn_shapes().values(), ids=_torn_shapes().keys())
def test_no_line_keeps_the_journal_from_opening(left: Left, line: Document) -> None:
    there = {"person": left.dana.id, "one_to_one": left.one.id}
    names = {
        name: value for name, value in there.items() if isinstance(line["patches"][0][name], str)
    }
    left_behind(
        left.bench, {"patches": [{**line["patches"][0], **names}]}, act_line([left.note("one")])
    )
    reopened(left.bench)
    assert left.texts() == ["one"]


def test_a_log_of_nothing_but_noise_keeps_nothing_from_opening(left: Left) -> None:
    os.makedirs(left.bench.place.state, exist_ok=True)
    for n, noise in enumerate((b"", b"\0" * 9, os.urandom(999), b"[[[", b'{"patch": {}}\n')):
        Path(left.bench.place.state, f"{n}.log").write_bytes(noise)
    assert reopened(left.bench) == (0, ())
    assert logs_in(left.bench.place) == []


def test_a_journal_that_went_away_keeps_the_log(left: Left) -> None:
    log = left_behind(left.bench, act_line([left.note("one")]))
    journal = left.bench.place.journal
    shutil.move(journal, f"{journal}-away")
    assert reopened(left.bench) == (0, ())
    assert log.exists()
    assert not os.path.exists(os.path.join(journal, "people", "dana-okafor"))
    shutil.rmtree(journal, ignore_errors=True)
    shutil.move(f"{journal}-away", journal)
    assert reopened(left.bench) == (1, ())
    assert left.texts() == ["one"]


def test_an_orphan_that_is_released_is_there_for_the_next(tmp_path: Path) -> None:
    log = Log(str(tmp_path), "mine")
    log.append(LINES[:1])
    log.close(keep=True)
    descriptor = os.open(log.path, os.O_RDWR)
    Orphan(log.path, descriptor).release()
    (again,) = orphans(str(tmp_path))
    assert again.read().patches == PATCHES[:1]
    again.remove()
