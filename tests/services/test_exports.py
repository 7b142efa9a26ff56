"""What is ours in every form: what it says, that other programs read it, that nothing is live."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import time
import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pytodotxt import TodoTxtParser

from tests.builders import HOSTILE, NOW
from tests.services.test_summary import (
    DANA,
    EVERYTHING,
    FRIDAY,
    ONE,
    PRIVATES,
    TODAY,
    WORLDS,
    follow_up,
    note,
)
from tui.desk.shipped import read_data
from tui.domain.dates import Cadence
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.guards import unguard_cell, unguard_value, unguard_word
from tui.domain.journal import Journal, Page
from tui.domain.notes import NOTE_KINDS, Note, Side
from tui.domain.onetoones import Lead, Move, Mover, OneToOne, Status
from tui.domain.ours import Ours
from tui.domain.people import CardLine, Person, Topic
from tui.domain.text import clean_block, clean_line
from tui.services.outward import ExportForm, everybody_of, export_text, ours_of_person

SAM = Person("p2", "Sam Reyes")
NEXT = OneToOne("t2", "p1", datetime(2026, 12, 8, 14), "call")
IDS = [f"01a0c450-6c02-7000-8000-{n:012x}" for n in range(30)]


def ours(
    *records: Note | FollowUp | Topic | OneToOne, one: OneToOne = ONE, person: Person = DANA
) -> Ours:
    """Return what is ours of one person with these records; the notes are those of one talk."""
    ones = [one, *(r for r in records if isinstance(r, OneToOne))]
    journal = Journal(
        {person.id: person},
        {o.id: o for o in ones},
        {r.id: r for r in records if isinstance(r, FollowUp)},
        {person.id: tuple(r for r in records if isinstance(r, Topic))},
        {one.id: Page((), tuple(r for r in records if isinstance(r, Note)))},
    )
    return ours_of_person(journal, person, lambda o: journal.page(o.id), TODAY)


def written(form: ExportForm, *records: Any, **more: Any) -> str:
    return export_text([ours(*records, **more)], form, NOW)


def promises(*texts: str, **more: Any) -> list[FollowUp]:
    return [
        follow_up(text, Owner.ME, minutes)._replace(id=IDS[minutes], **more)
        for minutes, text in enumerate(texts)
    ]


# -- Markdown -------------------------------------------------------------------------------

MARKDOWN = """\
# Dana Okafor

## 2026-11-22, walk and talk

### Thank you

- for the eleven pages

### What I heard

- “it is better on foot”
- “I keep losing the thread”

### What would help most

- one quiet morning
  a week

### Ideas

- a bell by the kettle

### We decided

- mornings stay quiet

### I shared

- I was nervous too

### I will

- [x] never mind (let go)
- [ ] send the book (due 2026-11-27)
- [ ] walk the route (together; agreed)
  - cue: when it is dry

### You plan to

- [ ] draft the note (due 2026-12-01)
  - cue: on the train

## For next time

- the conference
"""


def test_a_whole_person_in_markdown() -> None:
    assert written(ExportForm.MARKDOWN, *EVERYTHING) == MARKDOWN


def test_what_was_made_outside_a_talk_stands_apart() -> None:
    text = written(ExportForm.MARKDOWN, follow_up("the book", born_in=None))
    assert "## Follow-ups\n\n### I will\n\n- [ ] the book" in text


def test_two_talks_of_a_day_have_their_times() -> None:
    other = ONE._replace(id="t9", at=NOW + timedelta(hours=2), place="")
    text = written(ExportForm.MARKDOWN, other)
    assert re.findall("^## .*", text, re.M) == [
        "## 2026-11-22 14:02, walk and talk",
        "## 2026-11-22 16:02",
    ]


def test_nothing_at_all_says_so() -> None:
    assert export_text([], ExportForm.MARKDOWN, NOW) == "Nothing has been written down yet.\n"


@pytest.mark.parametrize("text", [*HOSTILE, "# a", "- b", "[x] c", "`d`", "C #", "e ##"])
def test_what_is_typed_is_not_live_in_markdown(text: str) -> None:
    line, text = clean_line(text), clean_block(text)
    made = written(
        ExportForm.MARKDOWN,
        note("need", text),
        follow_up(text, cue=line),
        Topic("s", text, TODAY),
        one=ONE._replace(place=line),
        person=DANA._replace(name=line),
    )
    tokens = MarkdownIt("commonmark").parse(made)
    assert {t.type.rpartition("_")[0] for t in tokens if t.type != "inline"} <= {
        "heading", "paragraph", "bullet_list", "list_item",
    }  # fmt: skip
    live = {child.type for t in tokens for child in t.children or ()}
    assert live <= {"text", "softbreak"}
    headings = [tokens[n + 1] for n, t in enumerate(tokens) if t.type == "heading_open"]
    said = ["".join(c.content for c in t.children or ()) for t in headings]
    assert clean_line(said[0]) == line
    assert clean_line(said[1]) == f"2026-11-22, {line}"
    assert len(said) == 5


# -- JSON -----------------------------------------------------------------------------------


def test_json_holds_to_its_schema_and_has_everything() -> None:
    schema = read_data("export.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(written(ExportForm.JSON, *EVERYTHING))
    jsonschema.validate(document, schema)
    assert (document["format"], document["version"]) == ("alongside-export", 1)
    assert document["exported"] == "2026-11-22T14:02:00"
    (dana,) = document["people"]
    assert dana["next"] == {"id": "t2", "at": "2026-12-08T14:00:00", "place": "call"}
    (talk,) = dana["talks"]
    assert [n["text"] for n in talk["notes"]] == [
        "it is better on foot",
        "I keep losing the thread",
        "I was nervous too",
        "for the eleven pages",
        "one quiet morning\na week",
        "mornings stay quiet",
        "a bell by the kettle",
    ]
    assert talk["parked"] == dana["shelf"] != []
    assert [f["text"] for f in dana["follow_ups"]][1] == "send the book"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("text", [HOSTILE[0], HOSTILE[10], HOSTILE[14]])
def test_every_stage_and_text_holds_to_the_schema(stage: Stage, text: str) -> None:
    text = clean_block(text)
    records = (note("idea", text), follow_up(text, stage=stage, closed=TODAY, touches=("t2",)))
    document = json.loads(written(ExportForm.JSON, *records))
    jsonschema.validate(document, read_data("export.schema.json"))
    assert document["people"][0]["follow_ups"][0]["text"] == text
    assert export_text([], ExportForm.JSON, NOW).count('"people": []') == 1


def test_the_schema_knows_every_kind_that_is_ours() -> None:
    kinds = read_data("export.schema.json")["$defs"]["note"]["properties"]["kind"]["enum"]
    assert set(kinds) == {kind.id for kind in NOTE_KINDS if kind.side is Side.OURS}


# -- CSV ------------------------------------------------------------------------------------


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(keepends=True), strict=True))


def test_a_row_each() -> None:
    _, first, *_ = rows_of(written(ExportForm.CSV, *EVERYTHING))
    assert first == {
        "person": "Dana Okafor",
        "owner": "me",
        "text": "send the book",
        "cue": "",
        "stage": "agreed",
        "due": "2026-11-27",
        "said": "2026-11-22 14:02:00",
        "closed": "",
        "unsure": "",
        "id": "f-send the book",
    }


# -- the calendar ---------------------------------------------------------------------------


def entries(text: str) -> list[Any]:
    """Return the entries of a calendar as the library reads them that did not write them."""
    (calendar,) = vobject.readComponents(text)
    return list(calendar.components())


def test_a_to_do_for_each_and_the_next_talk() -> None:
    text = written(ExportForm.ICS, *EVERYTHING)
    assert text.count("\r\n") == text.count("\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    *to_dos, talk = entries(text)
    assert [entry.name for entry in to_dos] == ["VTODO"] * 4
    first = to_dos[1]
    assert first.summary.value == "send the book"
    assert first.due.value == FRIDAY
    assert first.due.params == {"VALUE": ["DATE"]}
    assert first.uid.value == "f-send the book@alongside"
    assert first.status.value == "NEEDS-ACTION"
    assert to_dos[2].summary.value == "Dana and I: walk the route"
    assert to_dos[3].summary.value == "Dana: draft the note"
    assert "on the train" in to_dos[3].description.value
    assert (talk.name, talk.summary.value) == ("VEVENT", "One-to-one with Dana Okafor")
    assert talk.dtstart.value == datetime(2026, 12, 8, 14), "at that time wherever the two are"
    assert talk.location.value == "call"
    assert talk.uid.value == "t2@alongside"


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        (Stage.CAPTURED, "NEEDS-ACTION"),
        (Stage.AGREED, "NEEDS-ACTION"),
        (Stage.WAITING, "NEEDS-ACTION"),
        (Stage.DONE, "COMPLETED"),
        (Stage.LET_GO, "CANCELLED"),
    ],
)
def test_how_far_it_has_come(stage: Stage, status: str) -> None:
    (entry,) = entries(written(ExportForm.ICS, follow_up("the book", stage=stage, closed=TODAY)))
    assert entry.status.value == status
    assert hasattr(entry, "completed") is (stage is Stage.DONE)


def test_importing_it_again_updates_what_is_there() -> None:
    """A calendar knows an entry by its UID and takes the higher SEQUENCE, also after an undo."""
    before = export_text([ours(follow_up("the book"), NEXT)], ExportForm.ICS, NOW)
    moved = NEXT._replace(at=NEXT.at + timedelta(days=1), moves=(Move(Mover.ME, NEXT.at, TODAY),))
    later = NOW + timedelta(seconds=1)
    after = export_text([ours(follow_up("the book", due=FRIDAY), moved)], ExportForm.ICS, later)
    for old, new in zip(entries(before), entries(after), strict=True):
        assert old.uid.value == new.uid.value
        assert int(new.sequence.value) > int(old.sequence.value)
    assert before == export_text([ours(follow_up("the book"), NEXT)], ExportForm.ICS, NOW)


@pytest.mark.parametrize("year", [1, 1970, 2019, 2200, 9999])
def test_a_calendar_of_any_year_can_be_written_and_read(year: int) -> None:
    now = NOW.replace(year=year)
    promise = follow_up("the book", said=now, due=date(year, 12, 31), stage=Stage.DONE)
    talk = ONE._replace(id="t3", at=datetime(9999, 12, 31, 23, 59), status=Status.PLANNED)
    text = export_text([ours(promise, talk)], ExportForm.ICS, now)
    found: Any = icalendar.Calendar.from_ical(text).walk("VTODO")[0]
    assert 0 <= found["sequence"] < 2**31
    assert found["due"].dt == date(year, 12, 31)


def test_follow_ups_as_days() -> None:
    text = export_text([ours(*EVERYTHING)], ExportForm.ICS, NOW, as_events=True)
    found = entries(text)
    assert [entry.name for entry in found] == ["VEVENT"] * 3
    assert [e.summary.value for e in found[:2]] == ["send the book", "Dana: draft the note"]
    assert found[0].dtstart.value == FRIDAY
    assert found[0].transp.value == "TRANSPARENT"
    assert found[0].uid.value == "f-send the book-day@alongside"


def test_who_shares_the_calendar_sees_no_words() -> None:
    for entry in entries(written(ExportForm.ICS, *EVERYTHING)):
        assert getattr(entry, "class").value == "PRIVATE"


# -- todo.txt -------------------------------------------------------------------------------


def test_a_line_each() -> None:
    done = follow_up("the note", stage=Stage.DONE, closed=TODAY + timedelta(days=3))
    lines = written(ExportForm.TODOTXT, *EVERYTHING, done).splitlines()
    assert lines == [
        "x 2026-11-22 2026-11-22 never mind +1on1 @Dana-Okafor stage:let-go",
        "2026-11-22 send the book +1on1 @Dana-Okafor due:2026-11-27",
        "x 2026-11-25 2026-11-22 the note +1on1 @Dana-Okafor",
        "2026-11-22 walk the route +1on1 @Dana-Okafor owner:both stage:agreed cue:when_it_is_dry",
        "2026-11-22 draft the note +1on1 @Dana-Okafor due:2026-12-01 owner:them cue:on_the_train",
    ]


# -- hostile text through the programs that will read it ------------------------------------

TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    | st.sampled_from(HOSTILE)
    | st.lists(
        st.sampled_from(
            ["due:2026-01-01", "+x", "@y", "x", "(A)", "BEGIN:VTODO", "\n", " ", ";", ",", "\\n",
             ":", '"', "=1", "\r\n", "rec:1d", "\\", "'", "2026-01-01", "UID:1", "$", "e\u0301"]
        ),
        max_size=6,
    ).map("".join)
)  # fmt: skip
TYPED = TEXTS.map(clean_block).filter(bool)


@settings(deadline=None, max_examples=60)
@given(st.lists(TYPED, min_size=1, max_size=3), TYPED)
@example(["BEGIN:VEVENT\nEND:VEVENT", "a\\nb,c;d"], "x\nATTENDEE:mailto:a@b.example")
def test_a_calendar_says_what_was_typed_and_has_nothing_else(texts: list[str], other: str) -> None:
    line = clean_line(other)
    dana = DANA._replace(name=line)
    made = written(
        ExportForm.ICS, *promises(*texts, cue=line), NEXT._replace(place=line), person=dana
    )
    theirs = entries(made)
    ours_too: list[Any] = [
        c for c in icalendar.Calendar.from_ical(made).walk() if c.name != "VCALENDAR"
    ]
    for found in (theirs, ours_too):
        assert [entry.name for entry in found] == ["VTODO"] * len(texts) + ["VEVENT"]
    for entry, text in zip(
        theirs, [*map(clean_line, texts), f"One-to-one with {line}"], strict=True
    ):
        assert entry.summary.value == text
        assert set(entry.contents) <= {
            "uid", "dtstamp", "sequence", "class", "summary", "description", "categories",
            "created", "status", "due", "dtstart", "duration", "location",
        }  # fmt: skip
    for component, text in zip(ours_too, map(clean_line, texts), strict=False):
        assert component["summary"] == text
        assert line in component["description"]


@settings(deadline=None, max_examples=60)
@given(st.lists(TYPED, min_size=1, max_size=3), TYPED)
def test_a_table_says_what_was_typed_and_calculates_nothing(texts: list[str], other: str) -> None:
    line = clean_line(other)
    rows = rows_of(
        written(ExportForm.CSV, *promises(*texts, cue=line), person=DANA._replace(name=line))
    )
    assert [unguard_cell(row["text"]) for row in rows] == texts
    for row in rows:
        assert unguard_cell(row["cue"]) == unguard_cell(row["person"]) == line
        for cell in row.values():
            seen = [
                c for c in cell if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")
            ]
            assert not seen or seen[0] not in "=+-@"


@settings(deadline=None, max_examples=60)
@given(st.lists(TYPED, min_size=1, max_size=3), TYPED)
@example(["due:2026-01-01 +x @y", "x done", "(A) first", "2026-01-01 t:1"], "rec:1d $")
def test_todo_txt_says_what_was_typed_and_means_nothing_else(texts: list[str], other: str) -> None:
    cue = clean_line(other)
    made = written(ExportForm.TODOTXT, *promises(*texts, cue=cue, due=FRIDAY))
    tasks = TodoTxtParser().parse(made)
    assert len(tasks) == len(texts)
    for task, text in zip(tasks, texts, strict=True):
        assert not task.is_completed
        assert task.priority is None
        assert (task.projects, task.contexts) == (["1on1"], ["Dana-Okafor"])
        assert task.attributes["due"] == [FRIDAY.isoformat()]
        assert [unguard_value(cue) for cue in task.attributes["cue"]] == [cue]
        live = {key for key in task.attributes if key[0].isalpha() and not key.endswith("\\")}
        assert live == {"due", "cue"}
        words = task.description.partition(" +1on1 ")[0].split()
        said = " ".join(unguard_word(w, is_first=n == 0) for n, w in enumerate(words))
        assert said == clean_line(text)


@settings(deadline=None, max_examples=60)
@given(st.lists(TYPED, min_size=1, max_size=3), TYPED)
def test_tasks_say_what_was_typed(texts: list[str], other: str) -> None:
    cue = clean_line(other)
    tasks = json.loads(written(ExportForm.TASKWARRIOR, *promises(*texts, cue=cue)))
    assert [task["description"] for task in tasks] == [clean_line(text) for text in texts]
    assert [a["description"] for task in tasks for a in task["annotations"]] == [cue] * len(texts)


# -- the real Taskwarrior -------------------------------------------------------------------


class Taskwarrior:
    """The program itself, with a list of its own."""

    def __init__(self, folder: Path) -> None:
        (folder / "data").mkdir()
        settings_file = folder / "taskrc"
        settings_file.write_text(f"data.location={folder / 'data'}\nverbose=nothing\n")
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TASKRC": str(settings_file),
            "TASKDATA": str(folder / "data"),
            "LANG": "C.UTF-8",
            "TZ": os.environ.get("TZ", ""),
        }

    def __call__(self, *arguments: str, stdin: str = "") -> str:
        done = subprocess.run(
            ["task", "rc.confirmation=off", "rc.hooks=off", *arguments],
            input=stdin.encode(),
            env=self.environ,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done
        return done.stdout.decode()

    def take(self, text: str) -> list[dict[str, Any]]:
        """Import tasks, and return all there are then."""
        self("import", "-", stdin=text)
        return sorted(json.loads(self("export")), key=lambda task: str(task["uuid"]))


@pytest.fixture
def taskwarrior(tmp_path: Path) -> Taskwarrior:
    if shutil.which("task") is None:
        pytest.skip("Taskwarrior is not installed: apt-get install taskwarrior")
    return Taskwarrior(tmp_path)


def test_taskwarrior_takes_every_stage(taskwarrior: Taskwarrior) -> None:
    stages = [
        follow_up(f"in {stage}", list(Owner)[n % 3], n, stage=stage, due=FRIDAY, cue="when dry")
        ._replace(id=IDS[n], closed=None if stage in (Stage.CAPTURED, Stage.AGREED) else TODAY)
        for n, stage in enumerate(Stage)
    ]  # fmt: skip
    found = taskwarrior.take(written(ExportForm.TASKWARRIOR, *stages))
    assert [task["uuid"] for task in found] == IDS[: len(stages)]
    assert [task["status"] for task in found] == ["pending"] * 3 + ["completed", "deleted"]
    assert [set(task["tags"]) for task in found] == [
        {"me", "captured"}, {"them"}, {"both", "waiting"}, {"me"}, {"them"},
    ]  # fmt: skip
    assert {task["project"] for task in found} == {"1on1.dana-okafor"}
    for task in found:
        assert [a["description"] for a in task["annotations"]] == ["when dry"]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone cannot be set here")
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Auckland"])
def test_the_day_is_that_day_wherever_one_is(
    taskwarrior: Taskwarrior, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """Due at the end of its day, so that it is not overdue while the day lasts."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        try:
            text = written(ExportForm.TASKWARRIOR, *promises("the book", due=FRIDAY))
        finally:
            patch.undo()
            time.tzset()
    taskwarrior.environ["TZ"] = zone
    taskwarrior.take(text)
    assert taskwarrior("rc.dateformat=Y-M-D H:N", "_get", "1.due").strip() == "2026-11-27T23:59:59"


def test_taskwarrior_takes_it_twice_as_once_and_what_changed(taskwarrior: Taskwarrior) -> None:
    (book,) = promises("the book", due=FRIDAY)
    first = taskwarrior.take(written(ExportForm.TASKWARRIOR, book))
    done = book._replace(stage=Stage.DONE, closed=TODAY)
    (again,) = taskwarrior.take(written(ExportForm.TASKWARRIOR, done))
    assert len(first) == 1
    assert again["status"] == "completed"
    assert taskwarrior.take(export_text([], ExportForm.TASKWARRIOR, NOW)) == [again]


def test_taskwarrior_shows_hostile_text_as_text(taskwarrior: Taskwarrior) -> None:
    texts = [*map(clean_block, HOSTILE), "due:tomorrow pro:x +tag rc.hooks:on", '"}], [{"']
    made = promises(*texts[:30])
    found = taskwarrior.take(written(ExportForm.TASKWARRIOR, *made))
    assert [task["description"] for task in found] == [clean_line(f.text) for f in made]
    assert all(task["tags"] == ["me"] and "due" not in task for task in found)


def test_what_taskwarrior_would_refuse_is_left_out_of_a_task(taskwarrior: Taskwarrior) -> None:
    """One bad moment or id would make it refuse all of them, or break."""
    old = follow_up("old", said=datetime(1, 1, 1), due=date(1970, 1, 1), closed=date(1, 1, 1))
    odd = [
        old._replace(stage=Stage.DONE),
        follow_up("far", due=date(9999, 12, 31), cue="then"),
        follow_up("sound", due=FRIDAY),
    ]
    found = taskwarrior.take(written(ExportForm.TASKWARRIOR, *odd))
    assert sorted(task["description"] for task in found) == ["far", "old", "sound"]


# -- mine never leaves ----------------------------------------------------------------------

FORMS = [(form, as_events) for form in ExportForm for as_events in (False, True)]
OTHER = OneToOne("t0", "p1", NOW - timedelta(days=7), "call", status=Status.CLOSED)


def texts_of(
    world: tuple[list[Note], list[FollowUp], bool], private: list[tuple[Note, int, bool]]
) -> list[str]:
    """Return every form of a journal with these private notes in it."""
    shared, follow_ups, has_next = world
    here, elsewhere = list(shared), [note("heard", "another day")]
    for made, place, is_here in private:
        (here if is_here else elsewhere).insert(place, made)
    ones = [ONE, OTHER, *([NEXT] * has_next)]
    journal = Journal(
        {"p1": DANA},
        {one.id: one for one in ones},
        {f.id: f for f in follow_ups},
        {"p1": (Topic("s", "parked", TODAY, born_in="t1"),) * has_next},
        {"t1": Page((), tuple(here)), "t0": Page((), tuple(elsewhere))},
    )
    everybody = [ours_of_person(journal, DANA, lambda one: journal.page(one.id), TODAY)]
    return [export_text(everybody, form, NOW, as_events=events) for form, events in FORMS]


@settings(max_examples=100, deadline=None)
@given(WORLDS, PRIVATES, PRIVATES)
@example(([], [], False), [], [(note("feeling", "tired", side=Side.MINE), 0, True)])
@example(([], [], False), [], [(note("heard", "tired", side=Side.MINE), 0, True)])
def test_journals_that_differ_only_in_what_is_mine_give_the_same_bytes(
    world: tuple[list[Note], list[FollowUp], bool],
    one: list[tuple[Note, int, bool]],
    other: list[tuple[Note, int, bool]],
) -> None:
    assert texts_of(world, one) == texts_of(world, other)


def test_what_is_ours_does_make_a_difference() -> None:
    nothing = texts_of(([], [], False), [])
    book = texts_of(([note("heard", "one")], [follow_up("the book", due=FRIDAY)], True), [])
    assert all(a != b for a, b in zip(nothing, book, strict=True))


@pytest.mark.parametrize(
    "one",
    [
        ONE._replace(intention="say it before she has to", carried="mostly me", useful="the walk"),
        ONE._replace(route=("round the reservoir",), lead=Lead.ME, thanks="for the pages"),
        ONE._replace(started=None, ended=None, bench=NOW, debriefed=NOW, closed=NOW, cue="heard"),
        ONE._replace(status=Status.UNDER_WAY, template="hard"),
    ],
)
def test_how_the_manager_saw_the_talk_is_for_the_manager(one: OneToOne) -> None:
    for form in ExportForm:
        assert written(form, *EVERYTHING, one=one) == written(form, *EVERYTHING)


@pytest.mark.parametrize(
    "person",
    [
        DANA._replace(role="on notice", helps="time", card=(CardLine("Careful", "cries"),)),
        DANA._replace(cadence=Cadence(1, "week"), since=TODAY, place="the bench", archived=True),
    ],
)
def test_the_card_of_a_person_is_for_the_manager(person: Person) -> None:
    for form in ExportForm:
        assert written(form, *EVERYTHING, person=person) == written(form, *EVERYTHING)


@pytest.mark.parametrize("form", ExportForm)
def test_why_it_was_let_go_and_how_often_it_changed_stay_here(form: ExportForm) -> None:
    gone = follow_up("the book", stage=Stage.LET_GO, closed=TODAY)
    assert "zq" not in written(form, gone._replace(reason="zq"))
    assert written(form, gone._replace(reason="zq")) == written(form, gone)


# -- whose, and which -----------------------------------------------------------------------


def test_everybody_but_the_archived_by_name() -> None:
    people = (SAM, DANA, Person("p3", "Ana"), Person("p4", "Zoë", archived=True))
    journal = Journal({person.id: person for person in people})
    assert [person.name for person in everybody_of(journal)] == ["Ana", "Dana Okafor", "Sam Reyes"]


def test_only_talks_that_took_place_and_can_be_read() -> None:
    planned = OneToOne("t3", "p1", NOW - timedelta(days=1))
    journal = Journal({"p1": DANA}, {one.id: one for one in (ONE, OTHER, NEXT, planned)})
    found = ours_of_person(journal, DANA, lambda one: None if one.id == "t0" else Page(), TODAY)
    assert [talk.id for talk in found.talks] == ["t1"]
    assert found.coming is not None
    assert found.coming.id == "t2", "a plan that was missed is not the next one"


def test_only_some_stages() -> None:
    journal = Journal(
        {"p1": DANA}, follow_ups={f.id: f for f in EVERYTHING if isinstance(f, FollowUp)}
    )
    found = ours_of_person(journal, DANA, lambda one: Page(), TODAY, [Stage.LET_GO])
    assert [f.text for f in found.follow_ups] == ["never mind"]


def test_every_form_has_a_meaning_and_an_ending_of_its_own() -> None:
    assert len({form.suffix for form in ExportForm}) == len(ExportForm)
    assert all(form.meaning for form in ExportForm)


def test_the_page_describes_what_there_is() -> None:
    page = Path(__file__).parents[2].joinpath("EXPORT.md").read_text("utf-8")
    said = set(re.findall("`([^`\n]+)`", page))
    schema = read_data("export.schema.json")
    keys = {key for part in schema["$defs"].values() for key in part.get("properties", ())}
    assert {*schema["properties"], *keys} <= said
    assert {*ExportForm, *Owner, *Stage} <= said
    assert set(written(ExportForm.CSV).strip().split(",")) <= said
