"""One-to-ones: planning, the checklist, writing, turning one thing into another, ending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW, Clock, add_person, plan_today, write
from tests.domain.test_journal import facts
from tests.services.scene import Desk
from tests.services.test_notebook import notebook_in_memory
from tui.desk.shipped import standard_template
from tui.domain.capture import Entry, read_line
from tui.domain.checklist import Phase, Template
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Change, Contents, Page
from tui.domain.notes import (
    FEELING,
    HEARD,
    HUNCH,
    KINDS,
    NEED,
    NOTE_KINDS,
    PARK,
    PLAN,
    PROMISE,
    THANKS,
    Becomes,
    Kind,
    Note,
    Side,
)
from tui.domain.onetoones import WALK, Lead, OneToOne, Status
from tui.domain.people import Person, Topic
from tui.domain.text import clean_block
from tui.errors import UsageError
from tui.services import course, folk, promises, talks
from tui.services.notebook import Notebook
from tui.services.ports import Reply

TODAY = NOW.date()
FRIDAY = date(2026, 11, 27)


# -- planning -------------------------------------------------------------------------------


def test_a_plan_comes_with_its_checklist_as_one_act(desk: Desk) -> None:
    template = standard_template()
    assert desk.now == desk.one
    assert (desk.one.status, desk.one.started) == (Status.PLANNED, None)
    for phase in Phase:
        expected = [item for item in template.items if item.phase is phase]
        shown = desk.items(phase)
        assert [(i.text, i.reason) for i in shown] == [(i.text, i.reason) for i in expected]
        assert all(item.ticked is None for item in shown)
    assert desk.notebook.undo() == "one-to-one planned"
    assert desk.notebook.journal.one_to_ones == {}
    assert desk.page == Page()
    desk.notebook.redo()
    assert len(desk.page.items) == len(template.items)


def test_a_plan_may_have_an_empty_checklist() -> None:
    notebook = notebook_in_memory()
    draft = talks.draft_for(add_person(notebook), NOW, "call")
    one = talks.plan(notebook, draft, Template("none", "None", ()))
    assert notebook.page(one.id) == Page()


@pytest.mark.parametrize(("usual", "expected"), [("", WALK), ("over coffee", "over coffee")])
def test_the_usual_place_comes_first(usual: str, expected: str) -> None:
    person = Person("p", "Dana", place=usual)
    draft = talks.draft_for(person, NOW, WALK)
    assert (draft.place, draft.at, draft.person_id, draft.lead) == (expected, NOW, "p", Lead.THEY)


def test_of_today_finds_what_is_there_before_it_plans(desk: Desk) -> None:
    acts = len(desk.memory.acts)
    assert plan_today(desk.notebook, desk.person) == desk.one
    assert len(desk.memory.acts) == acts


def test_of_today_plans_for_now_where_there_is_none() -> None:
    desk = Desk(days=3)
    desk.clock.now = NOW + timedelta(seconds=42)
    one = plan_today(desk.notebook, desk.person)
    assert one.id != desk.one.id
    assert (one.at, one.status) == (NOW, Status.PLANNED)
    assert plan_today(desk.notebook, desk.person) == one


def test_a_one_to_one_is_edited_field_by_field(desk: Desk) -> None:
    course.edit(desk.notebook, desk.one, desk.one._replace(place="call"))
    course.edit(desk.notebook, desk.one, desk.one._replace(lead=Lead.ME, intention="listen"))
    assert desk.now == desk.one._replace(place="call", lead=Lead.ME, intention="listen")
    assert desk.notebook.undo() == "one-to-one changed"
    assert desk.now == desk.one._replace(place="call")


def test_deleting_takes_all_that_was_written_and_undo_brings_all_of_it_back(desk: Desk) -> None:
    for line in ('" words', "~ tired", "> the book by fri", "< a draft", "& the talk", "-! x"):
        desk.write(line)
    elsewhere = promises.add(
        desk.notebook, FollowUp("", desk.person.id, "older", Owner.ME, NOW, touches=(desk.one.id,))
    )
    before = facts(desk.notebook.journal)
    talks.delete(desk.notebook, desk.now)
    journal = desk.notebook.journal
    assert journal.one_to_ones == {}
    assert desk.page == Page()
    assert list(journal.follow_ups.values()) == [elsewhere]
    assert [topic.text for topic in journal.shelf_of(desk.person.id)] == ["the talk"]
    assert desk.notebook.undo() == "one-to-one deleted"
    assert facts(desk.notebook.journal) == before


# -- writing --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", NOTE_KINDS, ids=[kind.id for kind in NOTE_KINDS])
@pytest.mark.parametrize("mark", ["", "-"])
def test_a_note_has_its_kind_its_time_and_its_side(desk: Desk, kind: Kind, mark: str) -> None:
    desk.clock.forward(minutes=3)
    note = desk.note(f"{mark}{kind.key} a word by fri")
    side = Side.MINE if mark else kind.side
    assert note == Note(note.id, "a word by fri", kind.id, desk.clock.now, side)
    assert desk.page.notes == (note,)
    assert note.is_mine is (side is Side.MINE)
    assert desk.notebook.undo() == f"{kind.label} written"


@pytest.mark.parametrize(
    ("line", "owner", "stage", "due"),
    [
        ("> the book by fri", Owner.ME, Stage.AGREED, FRIDAY),
        ("> the book", Owner.ME, Stage.CAPTURED, None),
        ("< the book by fri", Owner.THEM, Stage.AGREED, FRIDAY),
        ("< the book", Owner.THEM, Stage.CAPTURED, None),
    ],
)
def test_a_promise_becomes_a_follow_up_of_this_talk(
    desk: Desk, line: str, owner: Owner, stage: Stage, due: date | None
) -> None:
    written = desk.write(line)
    assert written == FollowUp(
        written.id, desk.person.id, "the book", owner, NOW, stage, due, born_in=desk.one.id
    )
    assert desk.notebook.journal.born_in(desk.one.id) == (written,)
    assert desk.page.notes == ()


def test_what_is_parked_goes_on_the_shelf(desk: Desk) -> None:
    written = desk.write("& the conference talk")
    assert written == Topic(written.id, "the conference talk", TODAY, born_in=desk.one.id)
    assert desk.notebook.journal.shelf_of(desk.person.id) == (written,)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.id for kind in KINDS])
def test_nothing_is_written_of_an_empty_line(desk: Desk, kind: Kind) -> None:
    before = desk.notebook.journal
    with pytest.raises(UsageError, match="nothing to write down"):
        talks.write(desk.notebook, desk.one, Entry(kind, kind.side, ""))
    assert desk.notebook.journal is before


def test_the_first_line_starts_the_talk_and_undo_takes_both_back(desk: Desk) -> None:
    desk.clock.forward(minutes=7)
    desk.write("x")
    assert (desk.now.status, desk.now.started) == (Status.UNDER_WAY, desk.clock.now)
    desk.clock.forward(minutes=7)
    desk.write("y")
    assert desk.now.started == NOW + timedelta(minutes=7)
    assert [desk.notebook.undo(), desk.notebook.undo()] == ["heard written"] * 2
    assert desk.now == desk.one


@pytest.mark.parametrize(
    ("days", "starts"), [(-9, True), (-1, True), (0, True), (1, False), (9, False)]
)
def test_a_line_for_a_day_to_come_starts_nothing(days: int, starts: bool) -> None:
    desk = Desk(days=days)
    desk.write("+ for the help last week")
    assert desk.now.took_place is starts
    assert (desk.now.started is not None) is starts


def test_what_is_written_after_the_talk_does_not_start_it_again(desk: Desk) -> None:
    ended = course.end(desk.notebook, desk.one)
    desk.write("something that came back to me")
    assert desk.now == ended


def test_hostile_text_is_written_clean(desk: Desk) -> None:
    for text in HOSTILE:
        for kind in KINDS:
            written = desk.write(f"{kind.key} {text}")
            assert written.text == clean_block(text)


# -- editing --------------------------------------------------------------------------------


def test_the_words_of_a_note_change_and_nothing_else(desk: Desk) -> None:
    note = desk.note("~ tired")
    desk.clock.forward(minutes=9)
    talks.edit_note(desk.notebook, desk.one, note, "\n tired,  \nand proud \n")
    assert desk.read(note) == note._replace(text="tired,\nand proud")
    assert desk.notebook.undo() == "note changed"
    assert desk.read(note) == note


@pytest.mark.parametrize("text", ["", " \n ", "\u2028"])
def test_a_note_or_topic_is_not_emptied_but_deleted(desk: Desk, text: str) -> None:
    note, topic = desk.note("x"), desk.write("& y")
    assert isinstance(topic, Topic)
    before = desk.notebook.journal
    with pytest.raises(UsageError, match="delete it"):
        talks.edit_note(desk.notebook, desk.one, note, text)
    with pytest.raises(UsageError, match="delete it"):
        talks.edit_topic(desk.notebook, desk.person.id, topic, text)
    assert desk.notebook.journal is before


def test_notes_and_topics_are_deleted_and_come_back(desk: Desk) -> None:
    note, topic = desk.note("x"), desk.write("& y")
    assert isinstance(topic, Topic)
    before = facts(desk.notebook.journal)
    talks.delete_note(desk.notebook, desk.one, note)
    talks.delete_topic(desk.notebook, desk.person.id, topic)
    assert desk.page.notes == ()
    assert desk.notebook.journal.shelf_of(desk.person.id) == ()
    assert [desk.notebook.undo(), desk.notebook.undo()] == ["topic deleted", "note deleted"]
    assert facts(desk.notebook.journal) == before


def test_a_topic_gets_other_words(desk: Desk) -> None:
    topic = desk.write("& y")
    assert isinstance(topic, Topic)
    talks.edit_topic(desk.notebook, desk.person.id, topic, " the\n talk ")
    (found,) = desk.notebook.journal.shelf_of(desk.person.id)
    assert found == topic._replace(text="the\n talk")


@pytest.mark.parametrize("field", ["text", "kind", "side", "deletion"])
def test_what_another_window_made_of_a_note_stays(desk: Desk, field: str) -> None:
    note = desk.note('" words')
    others = note._replace(at=note.at + timedelta(minutes=1))
    desk.notebook.receive(Reply(99, 99, contents=(Contents(desk.home, (desk.now, others)),)))
    match field:
        case "text":
            talks.edit_note(desk.notebook, desk.one, note, "better")
            expected = others._replace(text="better")
        case "kind":
            talks.set_kind(desk.notebook, desk.one, note, NEED)
            expected = others._replace(kind_id="need")
        case "side":
            talks.flip_side(desk.notebook, desk.one, note)
            expected = others._replace(side=Side.MINE)
        case _:
            talks.delete_note(desk.notebook, desk.one, note)
            desk.notebook.undo()
            expected = others
    assert desk.page.notes == (expected,)


# -- kinds and sides ------------------------------------------------------------------------


@pytest.mark.parametrize("before", NOTE_KINDS, ids=[kind.id for kind in NOTE_KINDS])
@pytest.mark.parametrize("mark", ["", "-"])
def test_no_change_of_kind_makes_a_note_less_mine(desk: Desk, before: Kind, mark: str) -> None:
    for after in NOTE_KINDS:
        note = desk.note(f"{mark}{before.key} x")
        talks.set_kind(desk.notebook, desk.one, note, after)
        found = desk.read(note)
        assert found.kind is after
        assert found.is_mine is (note.is_mine or after.side is Side.MINE)
        assert (found.text, found.at) == (note.text, note.at)


def test_a_feeling_made_an_ours_kind_and_back_stays_mine(desk: Desk) -> None:
    note = desk.note("~ tired")
    for kind in (HEARD, FEELING, THANKS, HUNCH, NEED):
        talks.set_kind(desk.notebook, desk.one, desk.read(note), kind)
        assert desk.read(note).is_mine


@pytest.mark.parametrize("kind", NOTE_KINDS, ids=[kind.id for kind in NOTE_KINDS])
def test_the_side_flips_and_flips_back_unless_it_always_stays(desk: Desk, kind: Kind) -> None:
    note = desk.note(f"{kind.key} x")
    if kind.side is Side.MINE:
        with pytest.raises(UsageError, match="never goes into the summary"):
            talks.flip_side(desk.notebook, desk.one, note)
        assert desk.read(note) == note
        return
    talks.flip_side(desk.notebook, desk.one, note)
    assert desk.read(note) == note._replace(side=Side.MINE)
    talks.flip_side(desk.notebook, desk.one, desk.read(note))
    assert desk.read(note) == note
    assert desk.notebook.undo() == "note made ours"
    assert desk.notebook.undo() == "note made mine"


def test_a_note_of_a_kind_not_known_here_stays_mine(desk: Desk) -> None:
    strange = Note("n", "x", "doodle", NOW, Side.OURS)
    desk.notebook.commit("x", [Change(desk.home, None, strange)])
    assert strange.is_mine
    with pytest.raises(UsageError):
        talks.flip_side(desk.notebook, desk.one, strange)


# -- from a note to a follow-up or topic ----------------------------------------------------


@pytest.mark.parametrize(("kind", "owner"), [(PROMISE, Owner.ME), (PLAN, Owner.THEM)])
@pytest.mark.parametrize("how", [talks.promote, talks.set_kind])
def test_a_note_becomes_a_follow_up_said_when_it_was_said(
    desk: Desk,
    kind: Kind,
    owner: Owner,
    how: Callable[[Notebook, OneToOne, Note, Kind], None],
) -> None:
    note = desk.note('" send the book by fri')
    before = facts(desk.notebook.journal)
    desk.clock.forward(hours=1)
    how(desk.notebook, desk.one, note, kind)
    (found,) = desk.notebook.journal.born_in(desk.one.id)
    assert (found.text, found.owner, found.said) == ("send the book", owner, note.at)
    assert (found.due, found.stage) == (FRIDAY, Stage.AGREED)
    assert desk.page.notes == ()
    assert desk.notebook.undo() == f"note turned into {kind.label}"
    assert facts(desk.notebook.journal) == before


def test_a_note_becomes_a_topic(desk: Desk) -> None:
    note = desk.note("* a talk of her own by fri")
    talks.promote(desk.notebook, desk.one, note, PARK)
    (topic,) = desk.notebook.journal.shelf_of(desk.person.id)
    assert (topic.text, topic.born_in) == ("a talk of her own by fri", desk.one.id)
    assert not desk.page.notes
    desk.notebook.undo()
    assert desk.page.notes == (note,)
    assert desk.notebook.journal.shelf_of(desk.person.id) == ()


# -- mine never leaves ----------------------------------------------------------------------

SECRET = "her salary"
SHARED_KINDS = [kind for kind in KINDS if kind.becomes is not Becomes.NOTE]


def tried(act: Callable[[], object]) -> None:
    """Do something that may as well be refused."""
    try:
        act()
    except UsageError:
        return


@pytest.mark.parametrize("kind", NOTE_KINDS, ids=[kind.id for kind in NOTE_KINDS])
def test_a_note_marked_mine_is_not_in_the_summary(desk: Desk, kind: Kind) -> None:
    desk.write(f"-{kind.key} {SECRET}")
    assert SECRET not in desk.summary()


@pytest.mark.parametrize("kind", SHARED_KINDS, ids=[kind.id for kind in SHARED_KINDS])
def test_a_line_marked_mine_is_never_in_the_summary(desk: Desk, kind: Kind) -> None:
    tried(lambda: desk.write(f"-{kind.key} {SECRET}"))
    assert SECRET not in desk.summary()


@pytest.mark.parametrize("kind", SHARED_KINDS, ids=[kind.id for kind in SHARED_KINDS])
@pytest.mark.parametrize("line", [f"~ {SECRET}", f"? {SECRET}", f"-! {SECRET}"])
def test_changing_the_kind_of_what_is_mine_does_not_share_it(
    desk: Desk, kind: Kind, line: str
) -> None:
    note = desk.note(line)
    tried(lambda: talks.set_kind(desk.notebook, desk.one, note, kind))
    assert SECRET not in desk.summary()


def test_a_note_another_window_made_mine_stays_mine_through_any_change(desk: Desk) -> None:
    note = desk.note(f"! {SECRET}")
    others = note._replace(side=Side.MINE)
    desk.notebook.receive(Reply(99, 99, contents=(Contents(desk.home, (desk.now, others)),)))
    talks.edit_note(desk.notebook, desk.one, note, f"{SECRET} again")
    talks.set_kind(desk.notebook, desk.one, note, HEARD)
    assert desk.page.notes[0].is_mine
    assert SECRET not in desk.summary()


def test_two_windows_that_make_a_note_mine_make_it_mine(desk: Desk) -> None:
    note = desk.note(f"! {SECRET}")
    talks.flip_side(desk.notebook, desk.one, note)
    talks.flip_side(desk.notebook, desk.one, note)
    assert desk.page.notes[0].is_mine


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(st.sampled_from(NOTE_KINDS), st.booleans(), st.sampled_from(NOTE_KINDS)),
        max_size=5,
    )
)
def test_whatever_is_done_to_kinds_what_was_mine_is_never_read(
    lines: list[tuple[Kind, bool, Kind]],
) -> None:
    desk = Desk()
    for number, (kind, is_mine, then) in enumerate(lines):
        note = desk.note(f"{'-' if is_mine else ''}{kind.key} word{number}.")
        talks.set_kind(desk.notebook, desk.one, note, then)
    for note in desk.page.notes:
        kind, is_mine, then = lines[int(note.text[4:-1])]
        if is_mine or Side.MINE in (kind.side, then.side):
            assert note.text not in desk.summary()
        else:
            assert (note.text in desk.summary()) is bool(then.section)


def test_reading_a_line_and_writing_it_agree_on_the_day() -> None:
    clock = Clock(datetime(2026, 12, 31, 23, 59))
    notebook = notebook_in_memory(clock=clock)
    one = plan_today(notebook, add_person(notebook))
    entry = read_line("> happy new year tomorrow", notebook.today())
    clock.forward(minutes=2)
    written = talks.write(notebook, one, entry)
    assert isinstance(written, FollowUp)
    assert written.due == date(2027, 1, 1), "the day that was shown before Enter"


# -- sure, split, all that was written ------------------------------------------------------


@pytest.mark.parametrize("line", ['" words', "~ tired", "> the book by fri"])
def test_a_line_may_be_only_thought_so(desk: Desk, line: str) -> None:
    record = desk.write(line)
    assert isinstance(record, Note | FollowUp)
    talks.flip_sure(desk.notebook, desk.one, record)
    (unsure,) = talks.written_in(desk.notebook, desk.one)
    assert unsure == record._replace(is_unsure=True)
    assert isinstance(unsure, Note | FollowUp)
    talks.flip_sure(desk.notebook, desk.one, unsure)
    assert talks.written_in(desk.notebook, desk.one) == (record,)
    assert desk.notebook.undo() == "note marked “sure”"
    assert desk.notebook.undo() == "note marked “think so”"
    assert talks.written_in(desk.notebook, desk.one) == (record,)


def test_what_one_only_thought_stays_so_as_a_follow_up(desk: Desk) -> None:
    note = desk.note('" send the book')
    talks.flip_sure(desk.notebook, desk.one, note)
    talks.promote(desk.notebook, desk.one, desk.read(note), PROMISE)
    (found,) = desk.notebook.journal.born_in(desk.one.id)
    assert found.is_unsure


@pytest.mark.parametrize("line", ["! first", "-! first", "~ first"])
def test_a_note_is_split_into_parts_of_its_kind_side_and_time(desk: Desk, line: str) -> None:
    note = desk.note(line)
    talks.flip_sure(desk.notebook, desk.one, note)
    note = desk.read(note)
    before = facts(desk.notebook.journal)
    desk.clock.forward(minutes=9)
    texts = (" one ", "", "two\nlines ", " \n", "three\x07")
    talks.split_note(desk.notebook, desk.one, note, texts)
    notes = talks.written_in(desk.notebook, desk.one)
    assert [n.text for n in notes] == ["one", "two\nlines", "three␇"]
    assert notes[0].id == note.id
    assert len({n.id for n in notes}) == 3
    assert {n._replace(id="", text="") for n in notes} == {note._replace(id="", text="")}
    assert desk.notebook.undo() == "note split"
    assert facts(desk.notebook.journal) == before


@pytest.mark.parametrize("texts", [(), ("one",), ("one", " \n"), ("", "")])
def test_a_note_is_not_split_into_less_than_two(desk: Desk, texts: tuple[str, ...]) -> None:
    note = desk.note("x")
    before = desk.notebook.journal
    with pytest.raises(UsageError, match="each part on a line of its own"):
        talks.split_note(desk.notebook, desk.one, note, texts)
    assert desk.notebook.journal is before


def test_all_that_was_written_is_listed_in_the_order_it_was(desk: Desk) -> None:
    lines = ["> the book", '" words', "& the summer", "~ tired", "< a draft", "* an idea"]
    written = [desk.write(line) for line in lines]
    other = talks.plan(desk.notebook, desk.one, standard_template())
    write(desk.notebook, other, "elsewhere")
    folk.set_raised(desk.notebook, desk.person.id, written[2], True)  # type: ignore[arg-type]
    found = talks.written_in(desk.notebook, desk.one)
    assert [record.id for record in found] == [record.id for record in written]
    assert [record.text for record in talks.written_in(desk.notebook, other)] == ["elsewhere"]
