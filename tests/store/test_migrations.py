"""Journals of every schema: what today's program makes of older ones, and of newer ones."""

from __future__ import annotations

import copy
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, Bench, add_person, plan_today, write
from tests.store.helpers import any_text, files_of, json_values, start, tables_in, texts
from tui.domain.checklist import ChecklistItem, Phase
from tui.domain.dates import parse_cadence
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Change, Home, Journal
from tui.domain.notes import Note, Side
from tui.domain.onetoones import Lead, OneToOne, Status
from tui.domain.people import CardLine, Person, Pronoun, Topic
from tui.errors import NewerError
from tui.services import checklists, course, folk, talks
from tui.services.ports import Draft
from tui.store import digest, migrations
from tui.store.acts import Acts
from tui.store.codec import SHAPES, patch_from_json, to_patch
from tui.store.fields import Field
from tui.store.files import Document, Tables
from tui.store.log import read_lines
from tui.store.migrations import ABOUT, SCHEMA, STEPS, migrate_document, migrated, schema_of
from tui.wiring import open_journal

KEPT = Path(__file__).resolve().parents[1] / "journals"
"""A journal of each schema, as the code of its time wrote it; see the README there."""
SCHEMAS = (1, 2)
OLD = "people/dana-okafor-03e9/2026-09-01-03ec.json"
COMING = "people/dana-okafor-03e9/2026-12-01-0418.json"


def open_kept(bench: Bench, schema: int, part: str = "journal", *, state: bool = False) -> None:
    """Make a kept journal the one of a bench, with what a killed run left or without."""
    shutil.copytree(KEPT / f"v{schema}" / part, bench.place.journal)
    if state:
        shutil.copytree(KEPT / f"v{schema}" / "state", bench.place.state)


def kept(number: int) -> str:
    """Return the id of a record in the kept journals; they count up."""
    return f"01a0c450-{0x6C00 + number:04x}-7000-8000-{number:012x}"


# -- what stands in them -------------------------------------------------------------------

FORBIDDEN = set(map(chr, (*range(9), *range(11, 32), *range(127, 160), 0x2028, 0x202E, 0xFEFF)))
"""Characters that could drive a terminal; the tab and the line end are none."""
SAID = datetime(2026, 11, 22, 14, 2)
TODAY = date(2026, 11, 22)
DANA, SAM, THIRD = kept(1001), kept(1002), kept(1003)
WALK_OF_DANA, HOSTILE_TALK, CALL, COMING_WALK = kept(1004), kept(1019), kept(1045), kept(1048)
WALK_OF_SAM, UNDER_WAY, NEXT_OF_SAM, COFFEE = kept(1051), kept(1056), kept(1060), kept(1065)

PEOPLE = {
    DANA: Person(
        DANA, "Dana Okafor", "engineer", Pronoun.SHE, parse_cadence("2w"), "walk and talk",
        "quiet mornings", (CardLine("feedback", "in writing first"), CardLine("tea", "black")),
        TODAY,
    ),
    SAM: Person(SAM, "Sam Reyes", cadence=parse_cadence("1m"), since=TODAY),
    THIRD: Person(
        THIRD, "Ñandú [b]Ωmega[/b] 日本", pronoun=Pronoun.HE, since=TODAY, archived=True
    ),
}  # fmt: skip
TOPICS = {
    (DANA, Topic(kept(1018), "the offer from Lagos", TODAY, WALK_OF_DANA)),
    (SAM, Topic(kept(1064), "the summer", TODAY, UNDER_WAY, raised=True)),
}
FOLLOW_UPS = {
    FollowUp(
        kept(1016), DANA, "send the book", Owner.ME, SAID, Stage.AGREED, date(2026, 11, 27),
        born_in=WALK_OF_DANA,
    ),
    FollowUp(kept(1017), DANA, "ask Priya about the lock", Owner.THEM, SAID, born_in=WALK_OF_DANA),
    FollowUp(
        kept(1054), SAM, "a desk by the window", Owner.BOTH, SAID, Stage.WAITING,
        cue="when the lease is up", born_in=WALK_OF_SAM, touches=(WALK_OF_DANA,),
    ),
    FollowUp(
        kept(1055), SAM, "bread", Owner.ME, SAID, Stage.DONE, born_in=WALK_OF_SAM, closed=TODAY
    ),
    FollowUp(
        kept(1063), SAM, "a rota", Owner.THEM, SAID, Stage.LET_GO, closed=TODAY,
        reason="the team was split",
    ),
}  # fmt: skip
NOTES_OF_DANA = {
    Note(kept(1007), "quiet mornings help", "heard", SAID, Side.OURS),
    Note(kept(1008), "a day without meetings", "need", SAID, Side.OURS),
    Note(kept(1009), "swap the stand-up for a note", "idea", SAID, Side.OURS),
    Note(kept(1010), "I was new once too", "shared", SAID, Side.OURS),
    Note(kept(1011), "we stop the weekly report", "decided", SAID, Side.OURS),
    Note(kept(1012), "you held the release together", "thanks", SAID, Side.OURS),
    Note(kept(1013), "tired today", "feeling", SAID, Side.MINE),
    Note(kept(1014), "is it the move", "hunch", SAID, Side.MINE),
    Note(kept(1015), "time alone", "need", SAID, Side.MINE),
}
OTHER_NOTES = {
    UNDER_WAY: {Note(kept(1059), "tea first", "decided", SAID, Side.OURS)},
    COFFEE: {Note(kept(1068), "he was glad", "feeling", SAID, Side.MINE)},
}


def talks_of(schema: int) -> dict[str, OneToOne]:
    """Return the one-to-ones: schema 1 had a line for a route, schema 2 has landmarks."""
    by_the_gate = ("the gate", "the reservoir") if schema > 1 else ("the gate, the reservoir",)

    def on(month: int, day: int, hour: int, minute: int = 0) -> datetime:
        return datetime(2026, month, day, hour, minute)

    closed = Status.CLOSED
    found = (
        OneToOne(
            WALK_OF_DANA, DANA, on(9, 1, 14), status=closed, started=on(9, 1, 14),
            ended=on(9, 1, 14, 40), route=by_the_gate, carried="mostly me", useful="the walk",
        ),
        OneToOne(
            HOSTILE_TALK, DANA, on(9, 15, 14), lead=Lead.ME, status=closed,
            started=on(9, 15, 14), ended=on(9, 15, 14, 40),
        ),
        OneToOne(CALL, DANA, on(10, 1, 9, 30), "call"),
        OneToOne(
            COMING_WALK, DANA, on(12, 1, 14), intention="ask, then wait", route=("the towpath",)
        ),
        OneToOne(
            WALK_OF_SAM, SAM, on(8, 3, 9), lead=Lead.BOTH, status=closed, started=on(8, 3, 9),
            ended=on(8, 3, 9, 40), route=("a\nb",),
        ),
        OneToOne(UNDER_WAY, SAM, on(11, 22, 9), status=Status.UNDER_WAY, started=SAID),
        OneToOne(NEXT_OF_SAM, SAM, on(11, 30, 9)),
        OneToOne(
            COFFEE, THIRD, on(7, 1, 16), "over coffee", status=closed, started=on(7, 1, 16),
            ended=on(7, 1, 16, 40), route=("harbour",),
        ),
    )  # fmt: skip
    return {one.id: one for one in found}


def checklist(number: int, ticked: datetime | None = None) -> set[ChecklistItem]:
    """Return the checklist whose first item has a number; the second has the next."""
    reading = "Read what you promised."
    return {
        ChecklistItem(kept(number), reading, Phase.BEFORE, 1.0, "It is half the talk.", ticked),
        ChecklistItem(kept(number + 1), "Say thank you.", Phase.CLOSE, 2.0),
    }


def topics_in(journal: Journal) -> set[tuple[str, Topic]]:
    return {(person, topic) for person, shelf in journal.topics.items() for topic in shelf}


# -- older journals ------------------------------------------------------------------------


def test_a_journal_of_each_schema_is_kept_and_each_has_a_step_to_the_next() -> None:
    assert set(SCHEMAS) == set(range(1, SCHEMA + 1))
    assert {path.name for path in KEPT.glob("v*")} == {f"v{schema}" for schema in SCHEMAS}
    assert set(STEPS) == set(range(1, SCHEMA))


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_kept_journal_is_of_its_schema(schema: int) -> None:
    files = sorted((KEPT / f"v{schema}" / "journal").rglob("*.json"))
    assert len(files) == 12
    assert {schema_of(tables_in(path)) for path in files} == {schema}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_all_that_was_written_is_there(bench: Bench, schema: int) -> None:
    open_kept(bench, schema)
    journal = bench.on_disk()
    assert journal.people == PEOPLE
    assert journal.one_to_ones == talks_of(schema)
    assert set(journal.follow_ups.values()) == FOLLOW_UPS
    assert topics_in(journal) == TOPICS
    assert not journal.read_only
    assert bench.notebook().problems == ()


@pytest.mark.parametrize("schema", SCHEMAS)
def test_all_that_was_written_in_a_one_to_one_is_there(bench: Bench, schema: int) -> None:
    open_kept(bench, schema)
    pages = bench.on_disk().pages
    assert set(pages) == set(talks_of(schema))
    assert set(pages[WALK_OF_DANA].notes) == NOTES_OF_DANA
    for one_id, notes in OTHER_NOTES.items():
        assert set(pages[one_id].notes) == notes
    for one_id in (CALL, COMING_WALK, WALK_OF_SAM, NEXT_OF_SAM):
        assert pages[one_id].notes == ()
    firsts = {HOSTILE_TALK: 1020, CALL: 1046, COMING_WALK: 1049, WALK_OF_SAM: 1052}
    firsts |= {UNDER_WAY: 1057, NEXT_OF_SAM: 1061, COFFEE: 1066}
    for one_id, number in firsts.items():
        assert set(pages[one_id].items) == checklist(number)
    first, second = checklist(1005)
    assert set(pages[WALK_OF_DANA].items) == {
        item._replace(ticked=SAID if item.phase is Phase.BEFORE else None)
        for item in (first, second)
    }


@pytest.mark.parametrize("schema", SCHEMAS)
def test_hostile_text_is_there_and_harmless(bench: Bench, schema: int) -> None:
    open_kept(bench, schema)
    notes = sorted(bench.on_disk().pages[HOSTILE_TALK].notes, key=lambda note: note.id)
    assert len(notes) == len([text for text in HOSTILE if len(text) < 1_000])
    found = [note.text for note in notes]
    assert found[:5] == list(HOSTILE[:5])
    assert found[5] == "␛[31mred␛[0m ␛]52;c;aGFja2Vk␇"
    assert "日本語のメモ 한국어" in found
    assert not [text for text in found if set(text) & FORBIDDEN]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_reading_rewrites_nothing(bench: Bench, schema: int) -> None:
    open_kept(bench, schema)
    files = sorted(Path(bench.place.journal).rglob("*.json"))
    before = [(path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in files]
    notebook = bench.notebook()
    for one_id in notebook.journal.one_to_ones:
        notebook.page(one_id)
    _, writer, ear = start(bench)
    ear.until(lambda: ear.last.is_whole, "all to be read")
    writer.close()
    assert sorted(Path(bench.place.journal).rglob("*.json")) == files
    assert before == [
        (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in files
    ]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_change_writes_its_own_file_in_this_schema_and_no_other(
    bench: Bench, schema: int
) -> None:
    open_kept(bench, schema)
    before = files_of(bench.place.journal)
    notebook = bench.notebook()
    write(notebook, notebook.journal.one_to_ones[COMING_WALK], "! an umbrella")
    after = files_of(bench.place.journal)
    assert [name for name in after if after[name] != before.get(name)] == [COMING]
    tables = tables_in(Path(bench.place.journal, COMING))
    assert schema_of(tables) == SCHEMA
    assert tables["one_to_one"][COMING_WALK]["route"] == ["the towpath"]
    assert texts(bench.notebook(), notebook.journal.one_to_ones[COMING_WALK]) == ["an umbrella"]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_nobody_here_knows_survives_a_change(bench: Bench, schema: int) -> None:
    open_kept(bench, schema)
    notebook = bench.notebook()
    one = notebook.journal.one_to_ones[COMING_WALK]
    course.edit(notebook, one, one._replace(route=("the towpath", "the lock"), place="call"))
    (item, _) = sorted(notebook.page(one.id).items)
    checklists.tick(notebook, one, item)
    dana = notebook.journal.people[DANA]
    folk.edit(notebook, dana, dana._replace(role="lead"))

    tables = tables_in(Path(bench.place.journal, COMING))
    assert tables["one_to_one"][COMING_WALK] == {
        "at": "2026-12-01T14:00:00", "place": "call", "lead": "they", "status": "planned",
        "intention": "ask, then wait", "started": None, "ended": None, "carried": "", "useful": "",
        "route": ["the towpath", "the lock"],
        "weather": {"sky": "grey", "wind": [1, 2.5, None]},
    }  # fmt: skip
    assert [found["colour"] for found in tables["checklist"].values()] == ["blue", "blue"]
    assert tables["moods"] == {"m1": {"mood": "fine", "\x1b": "[31m"}}
    assert tables[ABOUT]["file"] == {
        "by": "another program", "kind": "one-to-one", "person": DANA, "schema": SCHEMA
    }  # fmt: skip
    person = tables_in(Path(bench.place.journal, "people/dana-okafor-03e9/person.json"))
    assert person["person"][DANA]["badge"] == 17
    assert person["person"][DANA]["role"] == "lead"


def test_what_a_file_was_before_the_upgrade_is_among_its_versions(bench: Bench) -> None:
    open_kept(bench, 1)
    before = Path(bench.place.journal, OLD).read_bytes()
    opened = open_journal(bench.place, bench.new_id)
    notebook = bench.notebook()
    write(notebook, notebook.journal.one_to_ones[WALK_OF_DANA], "late")
    versions = opened.folder.versions.of(OLD)
    assert [version.data for version in versions] == [
        before,
        Path(bench.place.journal, OLD).read_bytes(),
    ]


def test_the_kept_versions_of_files_are_still_read(bench: Bench) -> None:
    open_kept(bench, 2, state=True)
    versions = open_journal(bench.place, bench.new_id).folder.versions
    name = "people/sam-reyes-03ea/2026-08-03-041b.json"
    assert name in versions.names()
    assert [version.at for version in versions.of(name)]
    assert versions.of(name)[-1].data == (KEPT / "v2" / "journal" / name).read_bytes()


def test_an_undo_across_the_upgrade_brings_the_route_back(bench: Bench) -> None:
    open_kept(bench, 1)
    notebook = bench.notebook()
    talks.delete(notebook, notebook.journal.one_to_ones[WALK_OF_SAM])
    assert WALK_OF_SAM not in bench.on_disk().one_to_ones
    assert notebook.undo() == "one-to-one deleted"
    assert bench.on_disk().one_to_ones == talks_of(1)
    assert set(bench.on_disk().follow_ups.values()) == FOLLOW_UPS


# -- what a killed run left ----------------------------------------------------------------


@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_a_killed_run_of_each_schema_had_not_filed_is_filed(bench: Bench, schema: int) -> None:
    open_kept(bench, schema, state=True)
    opened = open_journal(bench.place, bench.new_id)
    assert opened.recovered == 4
    assert opened.problems == ()
    assert opened.drafts == (Draft(COMING_WALK, "half a line", "need", "ours"),)
    for orphan in opened.orphans:
        orphan.remove()

    journal = bench.on_disk()
    route = ("the towpath", "the lock") if schema > 1 else ("the towpath, the lock",)
    assert journal.one_to_ones == talks_of(schema) | {
        COMING_WALK: talks_of(schema)[COMING_WALK]._replace(route=route)
    }
    assert set(journal.follow_ups.values()) == FOLLOW_UPS | {
        FollowUp(
            kept(1501), DANA, "call the lock-keeper", Owner.ME, SAID, Stage.AGREED,
            date(2026, 12, 4), born_in=COMING_WALK,
        )
    }  # fmt: skip
    assert set(journal.pages[WALK_OF_DANA].notes) == NOTES_OF_DANA | {
        Note(kept(1502), "never filed", "need", SAID, Side.OURS)
    }
    priya = Person(kept(1503), "Priya Nair", since=TODAY)
    assert journal.people == PEOPLE | {priya.id: priya}
    written = Path(bench.place.journal, COMING)
    assert schema_of(tables_in(written)) == SCHEMA
    assert tables_in(written)["moods"] == {"m1": {"mood": "fine", "\x1b": "[31m"}}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_filing_the_log_of_a_killed_run_twice_does_no_harm(bench: Bench, schema: int) -> None:
    open_kept(bench, schema, state=True)
    log = next(Path(bench.place.state).glob("*.log"))
    data = log.read_bytes()
    for orphan in open_journal(bench.place, bench.new_id).orphans:
        orphan.remove()
    before = files_of(bench.place.journal)
    log.write_bytes(data)
    opened = open_journal(bench.place, bench.new_id)
    for orphan in opened.orphans:
        orphan.remove()
    assert files_of(bench.place.journal) == before
    assert opened.drafts == (Draft(COMING_WALK, "half a line", "need", "ours"),)


def test_what_a_killed_run_did_can_be_undone_by_the_next(bench: Bench) -> None:
    open_kept(bench, 2, state=True)
    notebook, writer, ear = start(bench)
    labels = []
    for number in range(1, 5):
        act = notebook.to_undo()
        assert act is not None
        labels.append(act.label)
        notebook.undo()
        ear.until_filed(number)
    assert labels == ["Priya Nair added", "one-to-one changed", "need written", "I promise written"]
    writer.close()
    assert bench.on_disk().people == PEOPLE
    assert bench.on_disk().one_to_ones == talks_of(2)
    assert set(bench.on_disk().follow_ups.values()) == FOLLOW_UPS


# -- damage --------------------------------------------------------------------------------


@pytest.mark.parametrize("schema", SCHEMAS)
def test_of_a_damaged_journal_the_rest_is_read_and_nothing_is_written(
    bench: Bench, schema: int
) -> None:
    open_kept(bench, schema, "damaged")
    before = files_of(bench.place.journal)
    notebook = bench.notebook()
    found = {Path(problem.path).name: problem.sentence for problem in notebook.problems}
    assert found == {
        "2026-09-01-03ec.json": "2026-09-01-03ec.json cannot be read: line 11, column 2 is not "
        "JSON.",
        "2026-09-15-03fb.json": "2026-09-15-03fb.json is empty. It was not empty when it was "
        "written.",
        "2026-12-01-0418.json": "2026-12-01-0418.json cannot be read: line 4, column 1 is not "
        "JSON.",
    }
    lost = {WALK_OF_DANA, HOSTILE_TALK, COMING_WALK}
    readable = {key: one for key, one in talks_of(schema).items() if key not in lost}
    assert notebook.journal.one_to_ones == readable
    assert notebook.journal.people == PEOPLE
    assert set(notebook.journal.follow_ups.values()) == {
        follow_up for follow_up in FOLLOW_UPS if follow_up.born_in != WALK_OF_DANA
    }
    assert files_of(bench.place.journal) == before
    write(notebook, readable[CALL], "we talked all the same")
    after = files_of(bench.place.journal)
    assert [name for name in after if after[name] != before[name]] == [
        "people/dana-okafor-03e9/2026-10-01-0415.json"
    ]


# -- a newer program -----------------------------------------------------------------------


def _time_of_day(table: str, document: Document) -> None:
    """A step that might come: a one-to-one keeps its place as a list."""
    if table == "one_to_one" and isinstance(document.get("place"), str):
        document["place"] = [document["place"]]


@contextmanager
def a_newer_alongside() -> Iterator[int]:
    """Be the next version of the program: one schema further, with a step to get there."""
    newer = SCHEMA + 1
    place = next(shape for shape in SHAPES if shape.table == "one_to_one").fields
    with pytest.MonkeyPatch.context() as patch:
        for name, module in tuple(sys.modules.items()):
            if name.startswith("tui.store.") and hasattr(module, "SCHEMA"):
                patch.setattr(module, "SCHEMA", newer)
        patch.setitem(STEPS, SCHEMA, _time_of_day)
        patch.setattr(digest, "FORMAT", f"alongside digest 1 of schema {newer}")
        encode_all = Field(lambda text: [text], lambda value: value[0])
        patch.setitem(place, "place", encode_all)
        yield newer


def as_newer(path: Path) -> None:
    tables = tables_in(path)
    tables[ABOUT]["file"]["schema"] = SCHEMA + 1
    path.write_text(json.dumps(tables))


def test_a_newer_file_is_for_reading_and_the_rest_is_not(bench: Bench) -> None:
    open_kept(bench, 2)
    as_newer(Path(bench.place.journal, OLD))
    before = files_of(bench.place.journal)
    notebook = bench.notebook()
    assert notebook.journal.read_only == {Home(DANA, WALK_OF_DANA)}
    assert set(notebook.page(WALK_OF_DANA).notes) == NOTES_OF_DANA
    with pytest.raises(NewerError):
        write(notebook, notebook.journal.one_to_ones[WALK_OF_DANA], "late")
    assert files_of(bench.place.journal) == before
    write(notebook, notebook.journal.one_to_ones[CALL], "late")
    assert files_of(bench.place.journal)[OLD] == before[OLD]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_newer_journal_is_for_reading(bench: Bench, schema: int) -> None:
    open_kept(bench, schema)
    as_newer(Path(bench.place.journal, "journal.json"))
    before = files_of(bench.place.journal)
    for _ in range(2):  # without a digest, then with one
        check_is_for_reading(bench, schema)
        assert files_of(bench.place.journal) == before


def check_is_for_reading(bench: Bench, schema: int) -> None:
    notebook, writer, ear = start(bench)
    assert notebook.journal.one_to_ones == talks_of(schema)
    with pytest.raises(NewerError):
        write(notebook, notebook.journal.one_to_ones[CALL], "late")
    with pytest.raises(NewerError):
        add_person(notebook, "Priya Nair")
    ear.until(lambda: ear.last.is_whole, "all to be read")
    writer.close()


def test_older_and_newer_programs_take_turns_on_one_folder(bench: Bench) -> None:
    open_kept(bench, 1)
    with a_newer_alongside() as newer:
        notebook = bench.notebook()
        one = notebook.journal.one_to_ones[COMING_WALK]
        assert one == talks_of(1)[COMING_WALK], "two steps at once"
        write(notebook, one, "the newer one's")
        tables = tables_in(Path(bench.place.journal, COMING))
        assert schema_of(tables) == newer
        assert tables["one_to_one"][COMING_WALK]["place"] == ["walk and talk"]
        assert tables["one_to_one"][COMING_WALK]["route"] == ["the towpath"]
    theirs = Path(bench.place.journal, COMING).read_bytes()

    home = Home(DANA, COMING_WALK)
    opened = open_journal(bench.place, bench.new_id)
    assert home in opened.journal.read_only
    change = Change(home, None, Note("n", "the older one's", "heard", SAID, Side.OURS))
    with pytest.raises(NewerError):
        opened.folder.write([to_patch(change)])
    notebook, writer, ear = start(bench)
    write(notebook, notebook.journal.one_to_ones[CALL], "the older one's")
    ear.until_filed(1)
    ear.until(lambda: ear.last.is_whole, "all to be read")
    writer.close()
    assert Path(bench.place.journal, COMING).read_bytes() == theirs

    with a_newer_alongside():
        notebook, writer, ear = start(bench)
        ear.until(lambda: ear.last.is_whole, "all to be read")
        assert notebook.problems == ()
        assert notebook.journal.one_to_ones == talks_of(1) | {
            CALL: talks_of(1)[CALL]._replace(status=Status.UNDER_WAY, started=SAID)
        }
        assert texts(notebook, talks_of(1)[CALL]) == ["the older one's"]
        assert texts(notebook, talks_of(1)[COMING_WALK]) == ["the newer one's"]
        writer.close()


def test_a_newer_program_takes_over_the_log_of_a_killed_older_one(bench: Bench) -> None:
    open_kept(bench, 1, state=True)
    with a_newer_alongside() as newer:
        opened = open_journal(bench.place, bench.new_id)
        assert opened.recovered == 4
        found = opened.journal.one_to_ones[COMING_WALK]
        assert found == talks_of(1)[COMING_WALK]._replace(route=("the towpath, the lock",))
        assert schema_of(tables_in(Path(bench.place.journal, COMING))) == newer


def newer_line() -> bytes:
    """Return what a newer program was killed with, as a line of its log."""
    (line,) = [
        line
        for line in (KEPT / "v2" / "state").glob("*.log").__next__().read_bytes().split(b"\n")
        if b"never filed" in line
    ]
    return line.replace(b'"schema": 2', b'"schema": %d' % (SCHEMA + 1)) + b"\n"


def test_the_log_of_a_newer_program_is_kept_and_told_until_it_can_be_read(bench: Bench) -> None:
    open_kept(bench, 2)
    log = Path(bench.place.state, "killed.log")
    log.parent.mkdir(parents=True)
    log.write_bytes(newer_line())
    before = files_of(bench.place.journal)
    for _ in range(2):
        notebook, writer, ear = start(bench)
        assert [problem.path for problem in notebook.problems] == [str(log)]
        assert "newer" in notebook.problems[0].sentence
        write(notebook, notebook.journal.one_to_ones[CALL], "meanwhile")
        ear.until_filed(1)
        writer.close()
        assert log.read_bytes() == newer_line(), "byte for byte"
        bench.notebook()
        assert log.read_bytes() == newer_line(), "commands leave it too"
    assert files_of(bench.place.journal)[OLD] == before[OLD]
    with a_newer_alongside():
        notebook, writer, _ = start(bench)
        assert notebook.problems == ()
        writer.close()
        assert "never filed" in texts(notebook, talks_of(2)[WALK_OF_DANA])
    assert not log.exists()


def acts_with_a_newer_one(bench: Bench) -> tuple[OneToOne, bytes]:
    """Do something, then something as a newer program; return the line of the newer."""
    notebook, writer, ear = start(bench)
    one = plan_today(notebook, add_person(notebook))
    write(notebook, one, "mine")
    ear.until_filed(3)
    writer.close()
    with a_newer_alongside():
        notebook, writer, ear = start(bench)
        talks.delete_note(notebook, one, notebook.page(one.id).notes[0])
        ear.until_filed(1)
        writer.close()
    return one, Path(Acts(bench.place.state).path).read_bytes().splitlines(keepends=True)[-1]


def test_an_act_of_a_newer_program_waits_until_it_can_be_read(bench: Bench) -> None:
    one, line = acts_with_a_newer_one(bench)
    assert b'"schema": %d' % (SCHEMA + 1) in line
    labels = [act.label for act in Acts(bench.place.state).past().undo]
    assert labels == ["Dana Okafor added", "one-to-one planned", "heard written"]
    assert line in Path(Acts(bench.place.state).path).read_bytes()
    with a_newer_alongside():
        notebook, writer, ear = start(bench)
        assert notebook.undo() == "note deleted, Sun 22 Nov 14:02"
        ear.until_filed(1)
        writer.close()
        assert texts(notebook, one) == ["mine"]


def test_an_act_of_a_newer_program_that_it_took_back_harms_nothing(bench: Bench) -> None:
    acts_with_a_newer_one(bench)
    with a_newer_alongside():
        notebook, writer, ear = start(bench)
        notebook.undo()
        ear.until_filed(1)
        writer.close()
    assert [act.label for act in Acts(bench.place.state).past().undo] == [
        "Dana Okafor added",
        "one-to-one planned",
        "heard written",
    ]


def test_an_act_of_a_newer_program_outlives_the_dropping_of_old_ones(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, line = acts_with_a_newer_one(bench)
    monkeypatch.setattr("tui.store.acts.THIN_AT", 1)
    add_person(bench.notebook(), "Sam Reyes")
    assert line in Path(Acts(bench.place.state).path).read_bytes()


# -- steps ---------------------------------------------------------------------------------

documents = st.dictionaries(
    st.sampled_from([field for shape in SHAPES for field in shape.fields]) | any_text,
    json_values,
    max_size=5,
)
table_names = st.sampled_from([shape.table for shape in SHAPES]) | any_text
heads = st.dictionaries(st.sampled_from(["schema", "kind", "person"]), json_values | st.just(1))
any_tables = st.dictionaries(table_names, st.dictionaries(any_text, documents, max_size=3)).flatmap(
    lambda tables: st.one_of(
        st.just(tables), heads.map(lambda head: tables | {ABOUT: {"file": head}})
    )
)


@pytest.mark.parametrize("version", STEPS)
@given(table=table_names, document=documents)
@example(table="one_to_one", document={"route": "a\nb"})
@example(table="one_to_one", document={"route": ""})
@settings(max_examples=100)
def test_a_step_takes_any_document_and_a_second_time_changes_nothing(
    version: int, table: str, document: Document
) -> None:
    STEPS[version](table, document)
    once = copy.deepcopy(document)
    STEPS[version](table, document)
    assert document == once


@given(any_tables)
@settings(max_examples=80)
def test_migrating_twice_is_migrating_once(tables: Tables) -> None:
    once = migrated(copy.deepcopy(tables))
    assert migrated(copy.deepcopy(once)) == once
    json.dumps(once)


@given(any_tables, st.integers(SCHEMA + 1, 2**70) | st.integers(-(2**70), 0) | st.booleans())
@settings(max_examples=50)
def test_what_is_newer_and_what_never_was_is_left_alone(tables: Tables, schema: object) -> None:
    tables = tables | {ABOUT: {"file": {"schema": schema}}}
    before = copy.deepcopy(tables)
    assert migrated(tables) == before


@given(json_values)
def test_a_schema_that_is_no_number_counts_as_newer(value: Any) -> None:
    found = schema_of({ABOUT: {"file": {"schema": value}}})
    is_number = isinstance(value, int) and not isinstance(value, bool)
    assert found == value if is_number else found > SCHEMA


@pytest.mark.parametrize("tables", [{}, {ABOUT: {}}, {ABOUT: {"file": {}}}])
def test_a_file_that_says_nothing_is_of_the_first_schema(tables: Tables) -> None:
    assert schema_of(tables) == 1


@pytest.mark.parametrize(
    ("route", "landmarks"),
    [("", []), ("by the sea", ["by the sea"]), ([], []), (["a", "b"], ["a", "b"]), (7, 7)],
)
def test_a_route_becomes_one_landmark(route: object, landmarks: object) -> None:
    document = {"route": route, "useful": route}
    migrate_document("one_to_one", document, 1)
    assert document == {"route": landmarks, "useful": route}
    elsewhere = {"route": route}
    migrate_document("notes", elsewhere, 1)
    assert elsewhere == {"route": route}


def test_the_steps_are_taken_in_order_from_where_a_document_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def step(number: int) -> Any:
        return lambda table, document: document.setdefault("steps", []).append((table, number))

    monkeypatch.setattr(migrations, "SCHEMA", 4)
    monkeypatch.setattr(migrations, "STEPS", {number: step(number) for number in (1, 2, 3)})
    for schema in range(1, 5):
        document: Document = {}
        migrate_document("notes", document, schema)
        assert document.get("steps", []) == [("notes", number) for number in range(schema, 4)]
    tables: Tables = {ABOUT: {"file": {"schema": 2}}, "notes": {"a": {}, "b": {}}, "odd": {"c": {}}}
    assert migrated(tables) == {
        ABOUT: {"file": {"schema": 4}},
        "notes": {key: {"steps": [("notes", 2), ("notes", 3)]} for key in "ab"},
        "odd": {"c": {"steps": [("odd", 2), ("odd", 3)]}},
    }


patches = st.fixed_dictionaries(
    {
        "person": any_text | json_values,
        "one_to_one": any_text | json_values,
        "table": table_names | json_values,
        "id": any_text | json_values,
        "before": documents | json_values,
        "after": documents | json_values,
    },
    optional={"schema": st.integers(-2, SCHEMA + 2) | json_values},
)


@given(patches)
@settings(max_examples=150)
def test_any_line_of_a_log_is_a_change_or_refused(patch: Document) -> None:
    line = json.dumps({"patches": [patch]}).encode()
    try:
        found = patch_from_json(copy.deepcopy(patch))
    except NewerError:
        assert patch["schema"] > SCHEMA
        with pytest.raises(NewerError):
            read_lines(line)
    except (KeyError, ValueError):
        assert read_lines(line).torn == 1
    else:
        assert read_lines(line).patches == (found,)
        for state in (found.before, found.after):
            if state is not None and found.table == "one_to_one":
                assert not isinstance(state.get("route"), str) or patch.get("schema", 1) == SCHEMA


def test_a_line_of_a_log_that_says_no_schema_is_of_the_first() -> None:
    document = {"route": "by the sea"}
    line = {"person": "p", "one_to_one": "o", "table": "one_to_one", "id": "o"}
    found = patch_from_json({**line, "before": None, "after": dict(document)})
    assert found.after == {"route": ["by the sea"]}
    found = patch_from_json({**line, "schema": 2, "before": None, "after": dict(document)})
    assert found.after == document, "of the second, it is what it says"
