"""Files of others: what is taken, what is left out and why, and that twice is once."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW, add_person
from tests.services.scene import Desk
from tests.services.test_exports import TEXTS
from tests.services.test_notebook import Memory, notebook_in_memory
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Change, Contents, Home, Journal
from tui.domain.notes import NOTE_KINDS, Note, Side
from tui.domain.onetoones import OneToOne, Status
from tui.domain.people import Person, Topic
from tui.domain.text import clean_block, clean_line, fold
from tui.errors import DamagedError, UsageError
from tui.services.incoming import THERE, Plan, Source, carry_out, planned, source_of
from tui.services.notebook import Notebook
from tui.services.outward import ExportForm, export_text, ours_of_person
from tui.services.ports import Problem

TODAY = NOW.date()
FRIDAY = date(2026, 11, 27)


def book(*others: str) -> tuple[Notebook, Person]:
    """Return a notebook with Dana and others."""
    notebook = notebook_in_memory()
    dana = add_person(notebook)
    for name in others:
        add_person(notebook, name)
    return notebook, dana


def brought(notebook: Notebook, person: Person, text: str, source: Source) -> Plan:
    plan = planned(notebook, person, text, source)
    carry_out(notebook, plan)
    return plan


def read(text: str, source: Source = Source.MARKDOWN, *others: str) -> tuple[Notebook, Plan]:
    notebook, dana = book(*others)
    return notebook, brought(notebook, dana, text, source)


def promises_in(notebook: Notebook) -> list[FollowUp]:
    return sorted(notebook.journal.follow_ups.values(), key=lambda f: f.id)


def notes_in(notebook: Notebook) -> list[Note]:
    pages = (notebook.page(one_id) for one_id in notebook.journal.one_to_ones)
    return sorted((note for page in pages for note in page.notes), key=lambda n: n.id)


def reasons(plan: Plan) -> set[str]:
    return {item.why for item in plan.left_out}


# -- Markdown -------------------------------------------------------------------------------

BY_HAND = """\
Dana and me
===========

2026-11-10, over coffee
-----------------------

### What I heard

* she misses *two* quiet mornings
* the [report](http://example.org/r) is late

### I will

- [ ] call the landlord by fri
- [x] send the book
- write to Lena
    - [ ] and ask for the plan

### You plan to

1. draft the note

## To do

- [ ] water the plant (due 2026-12-04)
- no box here

```
- [ ] in code
```

## For next time

- the conference
"""


def test_a_cue_alone_is_agreed_as_in_the_app() -> None:
    notebook, _ = read(
        "## To do\n\n- [ ] call the landlord\n  - cue: on the train\n- [ ] and Lena\n"
    )
    begun = {f.text: f.stage for f in notebook.journal.follow_ups.values()}
    assert begun == {"call the landlord": Stage.AGREED, "and Lena": Stage.CAPTURED}


def test_a_page_that_was_kept_by_hand() -> None:
    notebook, plan = read(BY_HAND)
    (one,) = notebook.journal.one_to_ones.values()
    assert (one.at, one.place, one.status) == (
        datetime(2026, 11, 10, 9), "over coffee", Status.CLOSED,
    )  # fmt: skip
    assert [(n.kind_id, n.text, n.side) for n in notes_in(notebook)] == [
        ("heard", "she misses *two* quiet mornings", Side.OURS),
        ("heard", "the report (http://example.org/r) is late", Side.OURS),
    ]
    in_talk, plain = one.id, None
    assert [(f.text, f.owner, f.stage, f.due, f.born_in) for f in promises_in(notebook)] == [
        ("call the landlord", Owner.ME, Stage.AGREED, date(2026, 11, 13), in_talk),
        ("send the book", Owner.ME, Stage.DONE, None, in_talk),
        ("write to Lena", Owner.ME, Stage.CAPTURED, None, in_talk),
        ("and ask for the plan", Owner.ME, Stage.CAPTURED, None, in_talk),
        ("draft the note", Owner.THEM, Stage.CAPTURED, None, in_talk),
        ("water the plant", Owner.ME, Stage.AGREED, date(2026, 12, 4), plain),
    ]
    assert [t.text for shelf in notebook.journal.topics.values() for t in shelf] == [
        "the conference"
    ]
    assert [item.what for item in plan.left_out] == ["no box here", "a piece of code"]


def test_it_is_one_act_and_one_undo() -> None:
    notebook, dana = book()
    before = notebook.journal
    brought(notebook, dana, BY_HAND, Source.MARKDOWN)
    assert notebook.undo() == "import of 10 lines"
    for part in ("one_to_ones", "follow_ups"):
        assert getattr(notebook.journal, part) == getattr(before, part)
    assert notes_in(notebook) == []
    assert not any(notebook.journal.topics.values())


def test_a_dry_run_changes_nothing() -> None:
    notebook, dana = book()
    before = notebook.journal
    assert planned(notebook, dana, BY_HAND, Source.MARKDOWN).added
    assert notebook.journal is before


def test_a_second_time_everything_is_there_already() -> None:
    notebook, dana = book()
    first = brought(notebook, dana, BY_HAND, Source.MARKDOWN)
    before = notebook.journal
    again = planned(notebook, dana, BY_HAND, Source.MARKDOWN)
    assert again.changes == ()
    there = [item for item in again.left_out if item.why == THERE]
    assert len(there) == len(first.added)
    carry_out(notebook, again)
    assert notebook.journal is before


def test_what_stands_twice_is_there_twice_and_not_three_times() -> None:
    notebook, dana = book()
    brought(notebook, dana, "- [ ] call Lena", Source.MARKDOWN)
    for _ in range(2):
        brought(notebook, dana, "- [ ] call Lena\n- [ ] call Lena", Source.MARKDOWN)
    assert [f.text for f in promises_in(notebook)] == ["call Lena"] * 2


def test_what_was_done_in_the_meantime_is_not_undone_by_it() -> None:
    notebook, dana = book()
    brought(notebook, dana, "- [ ] call the landlord", Source.MARKDOWN)
    (promise,) = promises_in(notebook)
    done = promise._replace(stage=Stage.DONE, closed=TODAY, text="Call  the LANDLORD")
    notebook.commit("done", [Change(Home(dana.id), promise, done)])
    assert planned(notebook, dana, "- [ ] call the landlord", Source.MARKDOWN).changes == ()
    assert promises_in(notebook) == [done]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- [ ] the book", (Owner.ME, Stage.CAPTURED, None)),
        ("- [ ] the book (due 2026-12-04)", (Owner.ME, Stage.AGREED, date(2026, 12, 4))),
        ("- [ ] the book by fri", (Owner.ME, Stage.AGREED, FRIDAY)),
        ("- [ ] the book, tomorrow", (Owner.ME, Stage.AGREED, TODAY + timedelta(days=1))),
        ("- [ ] the book (together; waiting)", (Owner.BOTH, Stage.WAITING, None)),
        ("- [x] the book", (Owner.ME, Stage.DONE, None)),
        ("- [X] the book (let go)", (Owner.ME, Stage.LET_GO, None)),
        ("## You plan to\n- [ ] the book", (Owner.THEM, Stage.CAPTURED, None)),
        ("## we DECIDED\n- [ ] the book", (Owner.ME, Stage.CAPTURED, None)),
        ("> - [ ] the book", (Owner.ME, Stage.CAPTURED, None)),
    ],
)
def test_a_box_is_a_follow_up(line: str, expected: tuple[object, ...]) -> None:
    notebook, plan = read(line)
    (promise,) = promises_in(notebook)
    assert promise.text == "the book"
    assert (promise.owner, promise.stage, promise.due) == expected
    assert (promise.closed is None) is promise.is_open
    assert plan.left_out == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- a line", "no heading above it says what it is"),
        ("## Feeling\n- tired", "no heading above it says what it is"),
        ("## What I heard\n- a line", "no heading above it says on which day that was"),
        ("## 2026-11-10\n- a line", "no heading above it says what it is"),
        ("## 2026-11-10\n### Ideas\n## Shopping\n- a line", "no heading above it says what it is"),
        ("a paragraph", "it is no line of a list"),
        ("<b>html</b>\n\n<div>\n</div>", "it is no line of a list"),
        ("## 2026-11-23\n### Ideas\n- a line", "that day is still to come"),
        ("## 2026-11-23\n- [ ] a line", "that day is still to come"),
        ("## 2026-13-40\n### Ideas\n- a line", "no heading above it says on which day that was"),
    ],
)
def test_what_no_heading_explains_is_left_out(text: str, why: str) -> None:
    notebook, dana = book()
    plan = planned(notebook, dana, text, Source.MARKDOWN)
    assert why in reasons(plan)
    assert not any(isinstance(c.after, Note | FollowUp) for c in plan.changes)


def test_what_is_another_persons_is_left_out_with_the_command_for_it() -> None:
    text = (
        "# Sam Reyes\n## 2026-11-10\n### Ideas\n- his idea\n- [ ] his task\n\nwords\n"
        "# dana OKAFOR\n- [ ] hers\n## 2026-11-10\n### Sam Reyes\n- [ ] about him\n"
        "### I will\n- mine"
    )
    notebook, plan = read(text, Source.MARKDOWN, "Sam Reyes")
    assert [f.text for f in promises_in(notebook)] == ["hers", "mine"]
    assert [i.what for i in plan.left_out] == ["his idea", "his task", "words", "about him"]
    assert all('alongside import "Sam Reyes"' in why for why in reasons(plan))


def test_somebody_unknown_beside_the_person_is_not_taken_for_them() -> None:
    """An export of everybody, imported where not everybody is known."""
    text = "# Tom Weiss\n### I will\n- [ ] his\n# Dana Okafor\n- [ ] hers\n# Ana\n- [ ] hers too"
    notebook, plan = read(text)
    assert [f.text for f in promises_in(notebook)] == ["hers"]
    assert {"it stands under “Tom Weiss”, beside Dana Okafor"} < reasons(plan)


def test_a_part_of_ones_own_in_a_page_about_everybody() -> None:
    text = "# One-to-ones\n- x\n## Tom\n- [ ] his\n## Dana Okafor\n- [ ] hers\n## Ana\n- [ ] y"
    notebook, _ = read(text)
    assert [f.text for f in promises_in(notebook)] == ["hers"]


def test_a_talk_that_was_planned_for_that_day_has_been_held() -> None:
    desk = Desk()
    plan = brought(desk.notebook, desk.person, f"## {TODAY}\n### Ideas\n- a bell", Source.MARKDOWN)
    assert desk.now.status is Status.CLOSED
    assert [n.text for n in desk.page.notes] == ["a bell"]
    assert [added.what for added in plan.added] == ["one-to-one held", "idea"]


def test_what_is_mine_already_is_not_shared_by_an_import() -> None:
    desk = Desk()
    desk.write("-* a bell")
    plan = planned(desk.notebook, desk.person, f"## {TODAY}\n### Ideas\n- A  bell", Source.MARKDOWN)
    assert plan.changes == ()


def test_a_talk_that_cannot_be_read_takes_nothing() -> None:
    class Broken(Memory):
        problems = (Problem("/j/x.json", "x.json cannot be read."),)

        def read_page(self, home: Home) -> None:
            return None

    one = OneToOne("t1", "p1", NOW, status=Status.CLOSED)
    dana = Person("p1", "Dana Okafor")
    journal = Journal().adopt(
        [Contents(Home("p1"), (dana,)), Contents(Home("p1", "t1"), (one,), has_page=False)]
    )
    notebook = notebook_in_memory(journal, Broken())
    with pytest.raises(DamagedError, match=r"Nothing was written.*--repair"):
        planned(notebook, dana, f"## {TODAY}\n- [ ] x", Source.MARKDOWN)


@pytest.mark.parametrize("source", [Source.MARKDOWN, Source.TODOTXT])
@pytest.mark.parametrize("text", ["", "\n \n", "---\n"])
def test_nothing_in_it(source: Source, text: str) -> None:
    notebook, dana = book()
    if source is Source.TODOTXT and text.strip():
        return
    with pytest.raises(UsageError, match="nothing in it"):
        planned(notebook, dana, text, source)


def test_lists_within_lists_without_end() -> None:
    text = "".join(f"{'  ' * depth}- [ ] at {depth}\n" for depth in range(200))
    notebook, dana = book()
    plan = planned(notebook, dana, text, Source.MARKDOWN)
    assert plan.added


# -- todo.txt -------------------------------------------------------------------------------

TODO = """\
(A) 2026-11-01 call the landlord +home @phone due:2026-12-04
x 2026-11-20 2026-11-01 send the book
plan the walk @Dana owner:both
draft the note @dana-okafor owner:them stage:waiting
his task @Sam-Reyes
x
2026-11-02 2026-11-03 is the day due:2026-13-01 rec:1w owner:us
"""


def test_a_todo_txt_of_other_programs() -> None:
    notebook, plan = read(TODO, Source.TODOTXT, "Sam Reyes")
    assert [(f.text, f.owner, f.stage, f.due, f.closed) for f in promises_in(notebook)] == [
        ("call the landlord +home @phone", Owner.ME, Stage.AGREED, date(2026, 12, 4), None),
        ("send the book", Owner.ME, Stage.DONE, None, date(2026, 11, 20)),
        ("plan the walk", Owner.BOTH, Stage.CAPTURED, None, None),
        ("draft the note", Owner.THEM, Stage.WAITING, None, None),
        ("x", Owner.ME, Stage.CAPTURED, None, None),
        ("2026-11-03 is the day due:2026-13-01 rec:1w owner:us",
         Owner.ME, Stage.CAPTURED, None, None),
    ]  # fmt: skip
    assert [f.said.date() for f in promises_in(notebook)][:2] == [date(2026, 11, 1)] * 2
    assert [item.what for item in plan.left_out] == ["his task @Sam-Reyes"]


# -- a table --------------------------------------------------------------------------------


def test_a_table_as_a_spreadsheet_saves_it() -> None:
    text = (
        "Text;Owner;Stage;Due;Person\r\n"
        "'=1+1;me;;;Dana Okafor\r\n"
        '"two\nlines";them;waiting;2026-12-04;\r\n'
        "his;me;;;Sam Reyes\r\n"
        ";me;;;\r\n"
        "odd;us;;;\r\n"
        "late;me;;4.12.;\r\n"
        ";;;;\r\n"
    )
    notebook, plan = read(text, Source.CSV, "Sam Reyes")
    assert [(f.text, f.owner, f.stage, f.due) for f in promises_in(notebook)] == [
        ("=1+1", Owner.ME, Stage.CAPTURED, None),
        ("two\nlines", Owner.THEM, Stage.WAITING, date(2026, 12, 4)),
    ]
    assert [item.what for item in plan.left_out] == ["his", "a row", "odd", "late"]


def test_owner_and_stage_are_read_however_they_are_written() -> None:
    notebook, plan = read(
        "text,owner,stage,unsure\na, Me ,,\nb,THEM,Waiting,Yes\nc,böth,,\nd, ,,no\n", Source.CSV
    )
    assert [(f.text, f.owner, f.stage, f.is_unsure) for f in promises_in(notebook)] == [
        ("a", Owner.ME, Stage.CAPTURED, False),
        ("b", Owner.THEM, Stage.WAITING, True),
        ("c", Owner.BOTH, Stage.CAPTURED, False),
        ("d", Owner.ME, Stage.CAPTURED, False),
    ]
    assert plan.left_out == ()


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-12-04", date(2026, 12, 4)),
        (" 2026-12-04 10:00:00 ", date(2026, 12, 4)),
        ("2026-12-04T10:00", date(2026, 12, 4)),
        ("", None),
        ("20261204", "left out"),
        ("2026-W49-5", "left out"),
        ("2026W495", "left out"),
        ("2026-12-041", "left out"),
        ("2026-13-04", "left out"),
        ("٢٠٢٦-١٢-٠٤", "left out"),
    ],
)
def test_a_day_is_written_in_one_way(cell: str, day: date | str | None) -> None:
    notebook, plan = read(f"text,due\na,{cell}\n", Source.CSV)
    found: list[date | str | None] = [f.due for f in promises_in(notebook)]
    assert (found or ["left out"]) == [day]
    assert bool(plan.left_out) == (day == "left out")


@pytest.mark.parametrize("text", ["a,b\n1,2\n", 'text\n"open', "text\n" + "a" * 200_000])
def test_what_is_no_table_of_ours_is_said(text: str) -> None:
    notebook, dana = book()
    with pytest.raises(UsageError, match="Nothing was written"):
        planned(notebook, dana, text, Source.CSV)


# -- what kind of file it is ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "source"),
    [
        ("a.md", "x", Source.MARKDOWN),
        ("A.MARKDOWN", "x", Source.MARKDOWN),
        ("todo.txt", "x", Source.TODOTXT),
        ("done.txt", "x", Source.TODOTXT),
        ("alongside.todo.txt", "x", Source.TODOTXT),
        ("a.csv", "x", Source.CSV),
        ("notes.txt", "# Dana\n- [ ] x", Source.MARKDOWN),
        ("notes", "* x due:2026-01-01", Source.MARKDOWN),
        ("notes.txt", "(A) call", Source.TODOTXT),
        ("notes.txt", "call due:2026-12-04", Source.TODOTXT),
        ("notes.txt", "x 2026-11-20 done", Source.TODOTXT),
        ("notes.txt", "call @Dana", Source.TODOTXT),
        ("notes.txt", "person,text,due\nDana,call @Sam,2026-12-04\n", Source.CSV),
        ("notes.txt", "call Sam, Ben @Dana\nwrite, soon\n", Source.TODOTXT),
        ("todo.txt", "milk,bread\neggs,ham", Source.TODOTXT),
    ],
)
def test_it_is_told_by_its_name_or_its_looks(name: str, text: str, source: Source) -> None:
    assert source_of(name, text) is source


CALENDAR = "BEGIN:VCALENDAR\r\nDUE:20261204\r\nSUMMARY:call @Dana +1on1\r\n"
EXPORTED = '[\n {"text": "call @Dana", "due": "2026-12-04"}\n]'


@pytest.mark.parametrize("asked", [None, Source.TODOTXT])
@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("notes", CALENDAR, "a calendar"),
        ("todo.txt", CALENDAR, "a calendar"),
        ("dana.ics", "call @Dana", "a calendar"),
        ("notes", EXPORTED, "JSON"),
        ("notes", '\ufeff{"description": "call @Dana"}', "JSON"),
        ("dana.JSON", "call @Dana", "JSON"),
    ],
)
def test_what_is_plainly_something_else_is_no_todotxt(
    name: str, text: str, said: str, asked: Source | None
) -> None:
    with pytest.raises(UsageError, match=f"This is {said}.* Nothing was written"):
        source_of(name, text, asked)


def test_a_table_is_no_todotxt_even_where_that_is_said() -> None:
    for name, text in (("a.csv", "x"), ("notes", "person,text\nDana,call\n")):
        with pytest.raises(UsageError, match="--from csv"):
            source_of(name, text, Source.TODOTXT)
    assert source_of("a.csv", "x", Source.MARKDOWN) is Source.MARKDOWN
    assert source_of("dana.md", EXPORTED) is Source.MARKDOWN


@pytest.mark.parametrize(
    ("heading", "at", "place"),
    [
        ("2026-11-20 over coffee", (9, 0), "over coffee"),
        ("2026-11-20 (Fri), by the river", (9, 0), "(Fri), by the river"),
        ("2026-11-20 14:30 over coffee", (14, 30), "over coffee"),
        ("2026-11-20 99:30", (9, 0), "99:30"),
        ("2026-11-20", (9, 0), ""),
        ("2026-11-20: over coffee", (9, 0), "over coffee"),
    ],
)
def test_a_heading_that_begins_with_a_day_is_a_talk_whatever_follows(
    heading: str, at: tuple[int, int], place: str
) -> None:
    text = f"## {heading}\n\n- [ ] call the landlord by mon\n\n### I will\n\n- write to Lena\n"
    notebook, _ = read(text)
    (one,) = notebook.journal.one_to_ones.values()
    assert (one.at, one.place) == (datetime(2026, 11, 20, *at), place)
    assert [(f.said, f.due, f.born_in) for f in promises_in(notebook)] == [
        (one.at, date(2026, 11, 23), one.id),
        (one.at, None, one.id),
    ]


@pytest.mark.parametrize("heading", ["2026-11-201", "2026-13-20 over coffee", "on 2026-11-20"])
def test_a_heading_that_begins_with_no_day_is_none(heading: str) -> None:
    notebook, _ = read(f"## {heading}\n\n- [ ] call\n")
    assert not notebook.journal.one_to_ones


def test_what_cannot_be_told_is_asked() -> None:
    with pytest.raises(UsageError, match="--from"):
        source_of("notes.txt", "just some words\n")


# -- there and back -------------------------------------------------------------------------

TYPED = (
    (TEXTS | st.sampled_from(["call by fri", "x (due 2026-01-01)", "“a”", "a (sure)"]))
    .map(clean_block)
    .filter(lambda text: bool(text) and bool(clean_line(text)))
)
PROMISES = st.builds(
    lambda text, owner, stage, due, cue, unsure, in_talk: FollowUp(
        "", "", text, owner, NOW, stage, due, clean_line(cue), "t" if in_talk else None, (),
        TODAY if stage in (Stage.DONE, Stage.LET_GO) else None, "", unsure,
    ),
    TYPED, st.sampled_from(Owner), st.sampled_from(Stage), st.none() | st.just(FRIDAY),
    st.just("") | TYPED, st.booleans(), st.booleans(),
)  # fmt: skip
NOTES = st.builds(
    lambda kind, text, unsure: Note("", text, kind, NOW, Side.OURS, unsure),
    st.sampled_from([kind.id for kind in NOTE_KINDS if kind.side is Side.OURS]),
    TYPED,
    st.booleans(),
)


def filled(
    promises: list[FollowUp], notes: list[Note], topics: list[str], place: str
) -> tuple[Notebook, Person]:
    """Return a notebook with one person and one talk of today with all this in it."""
    notebook, dana = book()
    one = OneToOne(notebook.new_id(), dana.id, NOW, clean_line(place), status=Status.CLOSED)
    here, own = Home(dana.id, one.id), Home(dana.id)
    changes = [Change(here, None, one)]
    for promise in promises:
        born_in = one.id if promise.born_in else None
        made = promise._replace(id=notebook.new_id(), person_id=dana.id, born_in=born_in)
        changes.append(Change(here if born_in else own, None, made))
    changes += [Change(here, None, n._replace(id=notebook.new_id())) for n in notes]
    changes += [Change(own, None, Topic(notebook.new_id(), text, TODAY)) for text in topics]
    notebook.commit("filled", changes)
    return notebook, dana


def exported(notebook: Notebook, person: Person, form: ExportForm) -> str:
    ours = ours_of_person(
        notebook.journal, person, lambda one: notebook.page(one.id), notebook.today()
    )
    return export_text([ours], form, notebook.now())


def as_read(text: str) -> str:
    """Return a text as a reader of Markdown sees it: blanks and blank lines aside."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def all_of(notebook: Notebook) -> Counter[tuple[object, ...]]:
    """Return all there is, ids, times and order aside."""
    ones = notebook.journal.one_to_ones
    found: list[tuple[object, ...]] = [
        (as_read(f.text), f.owner, f.stage, f.due, as_read(f.cue), f.closed, f.is_unsure,
         bool(f.born_in))
        for f in notebook.journal.follow_ups.values()
    ]  # fmt: skip
    found += [(n.kind_id, as_read(n.text), n.is_unsure, n.side) for n in notes_in(notebook)]
    found += [(as_read(t.text),) for shelf in notebook.journal.topics.values() for t in shelf]
    found += [(one.at.date(), as_read(one.place), one.took_place) for one in ones.values()]
    return Counter(found)


@settings(deadline=None, max_examples=80)
@given(
    st.lists(PROMISES, max_size=4), st.lists(NOTES, max_size=4), st.lists(TYPED, max_size=2), TYPED
)
@example([], [Note("", "a\n\nb", "need", NOW, Side.OURS)], ["[x] y"], "a #")
@example([], [Note("", "due:2026-01-01\n\n\nb", "heard", NOW, Side.OURS)], [], "x")
def test_what_is_exported_as_markdown_comes_back_whole(
    promises: list[FollowUp], notes: list[Note], topics: list[str], place: str
) -> None:
    notebook, dana = filled(promises, notes, topics, place)
    text = exported(notebook, dana, ExportForm.MARKDOWN)
    assert planned(notebook, dana, text, Source.MARKDOWN).changes == ()
    other, person = book()
    plan = brought(other, person, text, Source.MARKDOWN)
    assert plan.left_out == ()
    assert all_of(other) == all_of(notebook)
    assert exported(other, person, ExportForm.MARKDOWN) == text


@settings(deadline=None, max_examples=80)
@given(st.lists(PROMISES, min_size=1, max_size=4), st.sampled_from([Source.TODOTXT, Source.CSV]))
def test_follow_ups_come_back_whole_from_a_list_or_a_table(
    promises: list[FollowUp], source: Source
) -> None:
    promises = [promise._replace(born_in=None) for promise in promises]
    notebook, dana = filled(promises, [], [], "")
    text = exported(notebook, dana, ExportForm(source))
    assert planned(notebook, dana, text, source).changes == ()
    other, person = book()
    plan = brought(other, person, text, source)
    assert plan.left_out == ()
    theirs = {one.id for one in notebook.journal.one_to_ones.values()}
    notebook.commit("gone", [
        Change(Home(dana.id, one_id), notebook.journal.one_to_ones[one_id], None)
        for one_id in theirs
    ])  # fmt: skip
    flat = Source.TODOTXT is source

    def words(book: Notebook) -> Counter[tuple[object, ...]]:
        return Counter(
            (clean_line(f.text) if flat else f.text, f.owner, f.stage, f.due, f.cue, f.is_unsure)
            for f in book.journal.follow_ups.values()
        )

    assert words(other) == words(notebook)


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_is_read_and_what_is_taken_is_clean(source: Source, text: str) -> None:
    notebook, dana = book("Sam Reyes")
    head = "text\n" if source is Source.CSV else "## 2026-11-10\n### Ideas\n- [ ] "
    try:
        plan = planned(notebook, dana, f"{head}{text}\n# Sam Reyes\n- {text}", source)
    except UsageError:
        return
    for change in plan.changes:
        words = getattr(change.after, "text", "")
        assert words == clean_block(words)


def test_names_are_compared_without_case_and_accents() -> None:
    notebook, _ = read("# José\n- [ ] his", Source.MARKDOWN, "Jose")
    assert fold("José") == fold("Jose")
    assert promises_in(notebook) == []
