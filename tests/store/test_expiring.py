"""Old notes go where the manager has chosen so, with all earlier versions; nothing else does."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.builders import Bench, add_person, counting_ids, plan_today, write
from tests.store.helpers import (
    Fault,
    Killed,
    count_calls,
    faulty,
    keep_texts,
    kept_bytes,
    start,
    tables_in,
)
from tui.domain.journal import Change, Home
from tui.domain.notes import Note
from tui.domain.onetoones import OneToOne, Status
from tui.domain.sendings import Sending
from tui.errors import BusyError, DamagedError
from tui.services import talks
from tui.services.notebook import Notebook
from tui.services.ports import Draft
from tui.store.expiring import Due, due_in, expire
from tui.store.log import Log, draft_line
from tui.store.mending import mend
from tui.store.versions import SUFFIX, _versions
from tui.wiring import journal_folder

CUTOFF = date(2026, 1, 1)
OLD = datetime(2025, 3, 4, 14, 0)
CALLS = ("open", "mkdir", "write", "fsync", "replace", "unlink")
GONE = ("heard long ago", "felt long ago", "deleted long ago", "before it was changed", "was sent")
STAYS = ("pinned long ago", "said last week", "send the book", "a topic of then", "carried it all")


class Story(NamedTuple):
    """A journal with an old one-to-one and a new one."""

    bench: Bench
    old: OneToOne
    new: OneToOne


def told(folder: Path) -> Story:
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(folder)
    now = bench.clock.now
    bench.clock.now = OLD
    notebook = bench.notebook()
    dana = add_person(notebook)
    old = plan_today(notebook, dana)
    write(notebook, old, '" heard long ago')
    write(notebook, old, "~ felt long ago")
    deleted = write(notebook, old, "* deleted long ago")
    talks.delete_note(notebook, old, note_of(deleted))
    changed = note_of(write(notebook, old, "before it was changed"))
    talks.edit_note(notebook, old, changed, "heard long ago, too")
    talks.flip_pin(notebook, old, note_of(write(notebook, old, "! pinned long ago")))
    write(notebook, old, "> send the book by 1 apr")
    write(notebook, old, "& a topic of then")
    sending = Sending(notebook.new_id(), OLD, "plain", "xclip", "what was sent\nheard long ago")
    one = notebook.journal.one_to_ones[old.id]
    closed = one._replace(status=Status.CLOSED, closed=OLD, carried="carried it all")
    home = Home(dana.id, old.id)
    notebook.commit("closed", (Change(home, None, sending), Change(home, one, closed)))
    path = next(Path(bench.place.journal).glob("people/*/2025*.json"))
    path.write_bytes(path.read_bytes()[:-40])
    folder_ = journal_folder(bench.place, bench.new_id)
    folder_.load()
    mend(folder_, str(path))
    bench.clock.now = now
    notebook = bench.notebook()
    new = plan_today(notebook, dana)
    write(notebook, new, "said last week")
    keep_texts(folder_)
    assert b"felt long ago" in kept_bytes(bench.place)
    log = Log(bench.place.state, "killed")
    log.append([draft_line(Draft(old.id, "heard long ago, half typed"))])
    log.append([draft_line(Draft(old.id, ""))])
    log.append([draft_line(Draft(new.id, "half a line of today"))])
    gone = note_of(deleted).id
    for place in (
        f"summary:{old.id}",
        f"form:note:{gone}",
        f"debrief:{old.id}",
        f"form:x:1,{gone}",
    ):
        log.append([draft_line(Draft(place, f'{{"text": "deleted long ago, in {place}"}}'))])
    log.append([draft_line(Draft(f"summary:{new.id}", "half a summary of today"))])
    log.close(keep=True)
    state = Path(bench.place.state)
    (state / "summary.md").write_text("Hello,\n- heard long ago\n")
    (state / "summary-2.md").write_text("what was sent\nheard long ago\n")
    (state / "note-x1.md").write_text("felt long ago, and more")
    (state / "note-x2.md").write_text("half a note of today")
    return Story(bench, closed, new)


def note_of(record: object) -> Note:
    assert isinstance(record, Note)
    return record


@pytest.fixture(scope="module")
def the_story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return told(tmp_path_factory.mktemp("told") / "story")


def again(story: Story, folder: Path) -> Story:
    shutil.copytree(Path(story.bench.place.journal).parent, folder)
    bench = Bench(folder)
    bench.new_id = counting_ids(9_000)
    return story._replace(bench=bench)


@pytest.fixture
def story(the_story: Story, tmp_path: Path) -> Story:
    return again(the_story, tmp_path / "again")


def due_of(story: Story) -> tuple[Due, ...]:
    folder = journal_folder(story.bench.place, story.bench.new_id)
    return tuple(due_in(folder, folder.load(), CUTOFF))


def do_expire(story: Story) -> None:
    folder = journal_folder(story.bench.place, story.bench.new_id)
    due = tuple(due_in(folder, folder.load(), CUTOFF))
    expire(folder, story.bench.place.state, due, CUTOFF)


def every_byte(story: Story) -> bytes:
    """Return all bytes the program has written, versions unpacked."""
    place, found = story.bench.place, []
    for root in (place.journal, place.state):
        for folder, _, files in os.walk(root):
            for name in files:
                path = os.path.join(folder, name)
                found.append(Path(path).read_bytes())
                if name.endswith(SUFFIX):
                    found += [version.data for version in _versions(path)]
    return b"\n".join(found)


def texts(notebook: Notebook, one: OneToOne) -> list[str]:
    return sorted(note.text for note in notebook.page(one.id).notes)


def test_what_is_due_is_counted_and_nothing_is_changed(story: Story) -> None:
    before = every_byte(story)
    (due,) = due_of(story)
    assert (due.one.id, due.notes, due.pinned, due.sent) == (story.old.id, 3, 1, 1)
    assert every_byte(story) == before
    assert all(text.encode() in before for text in (*GONE, *STAYS))


def test_old_notes_go_and_no_byte_of_them_is_left(story: Story) -> None:
    do_expire(story)
    left = every_byte(story)
    assert [text for text in GONE if text.encode() in left] == []
    assert [text for text in STAYS if text.encode() not in left] == []
    for text in (b"half a line of today", b"half a summary of today", b"half a note of today"):
        assert text in left
    assert due_of(story) == ()


def test_follow_ups_dates_places_and_who_carried_it_stay(story: Story) -> None:
    do_expire(story)
    notebook = story.bench.notebook()
    assert notebook.journal.one_to_ones[story.old.id] == story.old
    assert texts(notebook, story.old) == ["pinned long ago"]
    assert texts(notebook, story.new) == ["said last week"]
    assert [f.text for f in notebook.journal.follow_ups.values()] == ["send the book"]
    assert len(notebook.page(story.old.id).items) > 5
    (sending,) = notebook.page(story.old.id).sendings
    assert (sending.text, sending.at, sending.how) == ("", OLD, "xclip")
    assert notebook.problems == ()


def test_undo_of_an_earlier_run_does_not_bring_them_back(story: Story) -> None:
    do_expire(story)
    notebook, writer = story.bench.for_app()
    while (act := notebook.to_undo()) is not None and act.label != "one-to-one planned":
        notebook.undo()
    assert [t for t in texts(notebook, story.old) if t != "pinned long ago"] == []
    writer.close()


def test_a_talk_that_is_not_closed_keeps_its_notes(story: Story) -> None:
    notebook = story.bench.notebook()
    one = notebook.journal.one_to_ones[story.old.id]
    opened = one._replace(status=Status.DEBRIEFED)
    notebook.commit("opened", (Change(Home(one.person_id, one.id), one, opened),))
    assert due_of(story) == ()


def test_a_note_that_was_written_later_stays(story: Story) -> None:
    notebook = story.bench.notebook()
    write(notebook, story.old, "remembered much later")
    do_expire(story)
    assert texts(story.bench.notebook(), story.old) == ["pinned long ago", "remembered much later"]


def test_without_earlier_versions_it_is_the_same(story: Story) -> None:
    shutil.rmtree(Path(story.bench.place.state, "versions"))
    do_expire(story)
    left = every_byte(story)
    assert [text for text in GONE if text.encode() in left] == []


def test_fields_nobody_knows_stay(story: Story) -> None:
    path = next(Path(story.bench.place.journal).glob("people/*/2025*.json"))
    text = path.read_text().replace('"cue":', '"mood": 7, "cue":')
    path.write_text(text)
    do_expire(story)
    tables = tables_in(path)
    assert next(iter(tables["one_to_one"].values()))["mood"] == 7


@pytest.mark.parametrize("is_whole", [True, False], ids=["whole", "torn"])
def test_a_copy_a_sync_left_is_dealt_with_first(story: Story, *, is_whole: bool) -> None:
    path = next(Path(story.bench.place.journal).glob("people/*/2025*.json"))
    copy = path.with_name(f"{path.stem}.sync-conflict-20261122-140200-A.json")
    copy.write_bytes(path.read_bytes() if is_whole else path.read_bytes()[:-30])
    before = every_byte(story)
    with pytest.raises(DamagedError, match="check --repair"):
        do_expire(story)
    assert every_byte(story) == before


def test_a_copy_of_another_talk_is_in_nobodys_way(story: Story) -> None:
    path = next(Path(story.bench.place.journal).glob("people/*/2026*.json"))
    shutil.copy(path, path.with_name(f"{path.stem}.sync-conflict-20261122-140200-A.json"))
    do_expire(story)
    assert [text for text in GONE if text.encode() in every_byte(story)] == []


def test_while_the_app_is_open_nothing_is_changed(story: Story) -> None:
    notebook, writer, ear = start(story.bench)
    write(notebook, story.new, "one more")
    ear.until_filed(1)
    with pytest.raises(BusyError):
        do_expire(story)
    assert len(texts(notebook, story.old)) == 4
    writer.close()


def test_whoever_is_killed_goes_on_with_a_rerun(the_story: Story, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    story = again(the_story, folder)
    calls = count_calls(lambda: do_expire(story), names=CALLS, only_in=folder)
    shutil.rmtree(folder)
    for at in range(1, len(calls) + 1):
        story = again(the_story, folder)
        with pytest.raises(Killed), faulty(Fault(at, Killed), names=CALLS, only_in=folder):
            do_expire(story)
        notebook = story.bench.notebook()
        assert notebook.problems == ()
        do_expire(story)
        left = every_byte(story)
        assert [text for text in GONE if text.encode() in left] == [], at
        assert [text for text in STAYS if text.encode() not in left] == [], at
        shutil.rmtree(folder)
