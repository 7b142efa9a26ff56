"""The notebook: doing, undoing, how safe it is, and what others did in the meantime."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import NOW, Clock, counting_ids
from tests.domain.test_journal import SLOTS, changes_of, facts
from tui.domain.followups import FollowUp, Owner
from tui.domain.journal import Change, Contents, Home, Journal, Page, Record
from tui.domain.notes import Note, Side
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.errors import NewerError, UsageError
from tui.services.notebook import UNDO_DEPTH, Notebook
from tui.services.ports import Changes, Draft, Finder, Problem, Reply, Saving, Turn

HOME = Home("p1")
TALK = Home("p1", "t1")
DANA = Person("p1", "Dana Okafor", role="staff engineer")
ONE = OneToOne("t1", "p1", NOW)
NOTE = Note("n1", "a first word", "heard", NOW, Side.OURS)


class Memory:
    """A disk and a saver that only remember what they were asked."""

    problems: tuple[Problem, ...] = ()

    def __init__(self, *files: Contents) -> None:
        self.files = {file.home: file for file in files}
        self.reads: list[Home] = []
        self.acts: list[tuple[int, Changes]] = []
        self.drafts: list[Draft] = []
        self.forgotten: list[Home] = []

    def read_page(self, home: Home) -> Contents | None:
        self.reads.append(home)
        return self.files.get(home)

    def suspect(self, path: str) -> None:
        raise NotImplementedError

    def finder(self) -> Finder:
        raise NotImplementedError

    def submit(self, number: int, changes: Changes, turn: Turn | None = None) -> None:
        self.acts.append((number, changes))

    def forget_acts(self, home: Home) -> None:
        self.forgotten.append(home)

    def keep_draft(self, draft: Draft) -> None:
        self.drafts.append(draft)


def notebook_in_memory(
    journal: Journal | None = None,
    memory: Memory | None = None,
    *,
    clock: Clock | None = None,
    drafts: tuple[Draft, ...] = (),
    problems: tuple[Problem, ...] = (),
) -> Notebook:
    """Return a notebook that keeps everything in memory."""
    memory = memory or Memory()
    return Notebook(
        journal or Journal(),
        memory,
        memory,
        clock or Clock(),
        counting_ids(),
        drafts=drafts,
        problems=problems,
    )


def with_dana(memory: Memory | None = None) -> Notebook:
    journal = Journal().adopt([Contents(HOME, (DANA,)), Contents(TALK, (ONE, NOTE))])
    return notebook_in_memory(journal, memory)


def counted(notebook: Notebook) -> list[Journal]:
    """Return a list that grows by one journal each time the notebook tells."""
    heard: list[Journal] = []
    notebook.listen(lambda: heard.append(notebook.journal))
    return heard


def set_role(notebook: Notebook, role: str, label: str = "role changed") -> None:
    now = notebook.journal.people["p1"]
    notebook.commit(label, [Change(HOME, now, now._replace(role=role))])


def role(notebook: Notebook) -> str:
    return notebook.journal.people["p1"].role


def notes(notebook: Notebook) -> tuple[Note, ...]:
    return notebook.page("t1").notes


# -- doing ----------------------------------------------------------------------------------


def test_what_is_done_is_there_at_once_told_and_handed_on() -> None:
    memory = Memory()
    notebook = with_dana(memory)
    heard = counted(notebook)
    set_role(notebook, "principal")
    set_role(notebook, "retired")
    assert [journal.people["p1"].role for journal in heard] == ["principal", "retired"]
    assert [number for number, _ in memory.acts] == [1, 2]
    change = memory.acts[0][1][0]
    assert (change.before, change.after) == (DANA, DANA._replace(role="principal"))


def test_an_act_of_many_changes_is_one_act() -> None:
    memory = Memory()
    notebook = with_dana(memory)
    heard = counted(notebook)
    extra = NOTE._replace(id="n2")
    notebook.commit("both", [Change(TALK, None, extra), Change(HOME, DANA, None)])
    assert len(memory.acts) == len(heard) == 1
    assert notebook.undo() == "both"
    assert notes(notebook) == (NOTE,)
    assert notebook.journal.people == {"p1": DANA}
    assert notebook.undo() is None


def test_what_changes_nothing_is_no_act() -> None:
    memory = Memory()
    notebook = with_dana(memory)
    set_role(notebook, "principal")
    notebook.undo()
    heard = counted(notebook)
    notebook.commit("nothing", [Change(HOME, DANA, DANA), Change(TALK, NOTE, NOTE)])
    notebook.commit("nothing at all", [])
    assert (heard, len(memory.acts)) == ([], 2)
    assert notebook.redo() == "role changed", "what can be done again stays"
    assert role(notebook) == "principal"


def test_what_somebody_else_did_already_is_no_act() -> None:
    memory = Memory()
    notebook = with_dana(memory)
    others = DANA._replace(role="principal")
    notebook.receive(Reply(0, 0, contents=(Contents(HOME, (others,)),)))
    notebook.commit("promoted", [Change(HOME, DANA, DANA._replace(role="principal"))])
    assert memory.acts == []
    assert notebook.undo() is None


def test_only_what_is_changed_of_an_old_record_is_changed() -> None:
    notebook = with_dana()
    set_role(notebook, "principal")
    notebook.commit("renamed", [Change(HOME, DANA, DANA._replace(name="Dana O."))])
    assert notebook.journal.people["p1"] == DANA._replace(name="Dana O.", role="principal")


# -- undoing --------------------------------------------------------------------------------


def test_undo_and_redo_say_what_they_did_and_when_there_is_nothing() -> None:
    notebook = with_dana()
    assert (notebook.undo(), notebook.redo()) == (None, None)
    set_role(notebook, "a", "first")
    set_role(notebook, "b", "second")
    assert [notebook.undo(), notebook.undo(), notebook.undo()] == ["second", "first", None]
    assert role(notebook) == DANA.role
    assert [notebook.redo(), notebook.redo(), notebook.redo()] == ["first", "second", None]
    assert role(notebook) == "b"


def test_something_new_forgets_what_could_be_done_again() -> None:
    notebook = with_dana()
    set_role(notebook, "a")
    notebook.undo()
    set_role(notebook, "b")
    assert notebook.redo() is None
    assert role(notebook) == "b"


def test_undoing_is_saved_like_anything_else() -> None:
    memory = Memory()
    notebook = with_dana(memory)
    set_role(notebook, "a")
    notebook.undo()
    notebook.redo()
    assert [number for number, _ in memory.acts] == [1, 2, 3]
    afters = [change.after for _, changes in memory.acts for change in changes]
    assert [person.role for person in afters if isinstance(person, Person)] == ["a", DANA.role, "a"]
    assert notebook.saving.pending == 3


def test_as_much_can_be_undone_as_is_kept() -> None:
    notebook = with_dana()
    for number in range(UNDO_DEPTH + 5):
        set_role(notebook, str(number))
    undone = 0
    while notebook.undo() is not None:
        undone += 1
    assert undone == UNDO_DEPTH
    assert role(notebook) == "4"


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(SLOTS), st.sampled_from([None, 0, 1, 2])),
        st.sampled_from(["undo", "redo"]),
    ),
    max_size=25,
)


def _slot(kind: type[Record]) -> object:
    return next(slot for slot in SLOTS if isinstance(slot[1](0), kind))


Facts = dict[tuple[Home, str, str], Record]


def _orphans_somebody(here: Facts, then: Facts) -> bool:
    """Return whether going back takes a person away and leaves what is theirs behind."""
    gone = {record.id for record in here.values() if isinstance(record, Person)}
    gone -= {record.id for record in then.values() if isinstance(record, Person)}
    left = (r for r in then.values() if isinstance(r, OneToOne | FollowUp))
    return any(record.person_id in gone for record in left)


@settings(deadline=None, max_examples=50)
@given(STEPS)
@example([(_slot(FollowUp), 0), (_slot(Person), 0), "undo"])
def test_undo_and_redo_walk_through_what_was(steps: list[object]) -> None:
    """Against a plain list of everything that ever stood in the journal."""
    notebook = notebook_in_memory()
    past: list[Facts] = []
    future: list[Facts] = []
    for step in steps:
        here = facts(notebook.journal)
        if step in ("undo", "redo"):
            turn, source, target = (
                (notebook.undo, past, future) if step == "undo" else (notebook.redo, future, past)
            )
            if source and _orphans_somebody(here, source[-1]):
                with pytest.raises(UsageError):
                    turn()
                assert facts(notebook.journal) == here
                continue
            assert (turn() is None) is (not source)
            if source:
                target.append(here)
                assert facts(notebook.journal) == source.pop()
        else:
            changes = changes_of([step], notebook.journal)  # type: ignore[list-item]
            notebook.commit("step", changes)
            if facts(notebook.journal) != here:
                past.append(here)
                future.clear()


def test_undo_takes_back_only_what_was_mine() -> None:
    notebook = with_dana()
    notebook.commit("note changed", [Change(TALK, NOTE, NOTE._replace(text="better"))])
    others = NOTE._replace(text="better", side=Side.MINE)
    notebook.receive(Reply(1, 1, contents=(Contents(TALK, (ONE, others)),)))
    assert notebook.undo() == "note changed"
    assert notes(notebook) == (NOTE._replace(side=Side.MINE),)
    assert notebook.redo() == "note changed"
    assert notes(notebook) == (others,)


def test_undoing_a_deletion_brings_back_what_others_had_made_of_it() -> None:
    notebook = with_dana()
    others = NOTE._replace(text="better words")
    notebook.receive(Reply(0, 0, contents=(Contents(TALK, (ONE, others)),)))
    notebook.commit("note deleted", [Change(TALK, NOTE, None)])
    assert notes(notebook) == ()
    notebook.undo()
    assert notes(notebook) == (others,)


def test_undoing_what_others_undid_already_changes_nothing() -> None:
    memory = Memory()
    notebook = with_dana(memory)
    set_role(notebook, "principal")
    notebook.receive(Reply(1, 1, contents=(Contents(HOME, (DANA,)),)))
    assert notebook.undo() == "role changed"
    assert role(notebook) == DANA.role
    assert len(memory.acts) == 1


def test_redo_after_an_undo_that_changed_nothing_does_it_again() -> None:
    notebook = with_dana()
    set_role(notebook, "principal")
    notebook.receive(Reply(1, 1, contents=(Contents(HOME, (DANA,)),)))
    notebook.undo()
    assert notebook.redo() == "role changed"
    assert role(notebook) == "principal"


def test_redo_never_takes_back() -> None:
    notebook = with_dana()
    set_role(notebook, "principal")
    notebook.receive(Reply(1, 1, contents=(Contents(HOME, (DANA,)),)))
    notebook.undo()
    others = DANA._replace(role="director")
    notebook.receive(Reply(1, 1, contents=(Contents(HOME, (others,)),)))
    notebook.redo()
    assert role(notebook) != DANA.role


# -- files of a newer version ---------------------------------------------------------------


def newer(memory: Memory) -> Notebook:
    journal = Journal().adopt(
        [Contents(HOME, (DANA,)), Contents(TALK, (ONE, NOTE), is_read_only=True)]
    )
    return notebook_in_memory(journal, memory)


@pytest.mark.parametrize(
    "changes",
    [
        [Change(TALK, None, NOTE._replace(id="n2"))],
        [Change(TALK, NOTE, NOTE._replace(text="x"))],
        [Change(TALK, NOTE, None)],
        [Change(HOME, DANA, DANA._replace(role="x")), Change(TALK, NOTE, None)],
        [Change(TALK, NOTE, None), Change(HOME, DANA, DANA._replace(role="x"))],
    ],
    ids=["come", "change", "go", "second of two", "first of two"],
)
def test_what_a_newer_version_wrote_is_refused_whole(changes: list[Change]) -> None:
    memory = Memory()
    notebook = newer(memory)
    heard, before = counted(notebook), notebook.journal
    with pytest.raises(NewerError, match="Nothing was lost"):
        notebook.commit("refused", changes)
    assert notebook.journal is before
    assert (memory.acts, heard) == ([], [])
    assert notebook.saving == Saving(0)
    assert notebook.undo() is None


def test_the_rest_of_the_journal_can_still_be_changed() -> None:
    memory = Memory()
    notebook = newer(memory)
    set_role(notebook, "principal")
    assert role(notebook) == "principal"
    assert notes(notebook) == (NOTE,)


def test_what_became_newer_meanwhile_cannot_be_undone_and_stays_as_it_is() -> None:
    memory = Memory()
    notebook = with_dana(memory)
    after = NOTE._replace(text="better")
    notebook.commit("note changed", [Change(TALK, NOTE, after)])
    notebook.receive(Reply(1, 1, contents=(Contents(TALK, (ONE, after), is_read_only=True),)))
    with pytest.raises(NewerError):
        notebook.undo()
    assert notes(notebook) == (after,)
    assert len(memory.acts) == 1


def test_a_page_read_late_may_turn_out_to_be_newer() -> None:
    memory = Memory(Contents(TALK, (ONE, NOTE), is_read_only=True))
    journal = Journal(people={"p1": DANA}, one_to_ones={"t1": ONE})
    notebook = notebook_in_memory(journal, memory)
    with pytest.raises(NewerError):
        notebook.commit("note deleted", [Change(TALK, NOTE, None)])
    assert notes(notebook) == (NOTE,)
    assert memory.acts == []


# -- how safe it is -------------------------------------------------------------------------


def test_an_act_is_pending_until_it_is_durable() -> None:
    notebook = with_dana()
    assert notebook.saving == Saving(0)
    set_role(notebook, "a")
    notebook.commit("note", [Change(TALK, NOTE, NOTE._replace(text="x"))])
    notebook.commit("new", [Change(TALK, None, NOTE._replace(id="n2"))])
    assert notebook.saving == Saving(3)
    assert notebook.pending_ids() == {"p1", "n1", "n2"}
    heard = counted(notebook)
    notebook.receive(Reply(durable_to=2, filed_to=0))
    assert notebook.saving == Saving(1)
    assert notebook.pending_ids() == {"n2"}
    notebook.receive(Reply(durable_to=2, filed_to=1))
    assert notebook.saving == Saving(1)
    notebook.receive(Reply(durable_to=3, filed_to=3))
    assert (notebook.saving, notebook.pending_ids()) == (Saving(0), frozenset())
    assert len(heard) == 3


def test_a_late_reply_makes_nothing_less_safe() -> None:
    notebook = with_dana()
    set_role(notebook, "a")
    set_role(notebook, "b")
    notebook.receive(Reply(2, 0))
    notebook.receive(Reply(1, 0))
    assert notebook.saving == Saving(0)


def test_what_is_filed_is_safe_even_without_a_log() -> None:
    notebook = with_dana()
    set_role(notebook, "a")
    notebook.receive(Reply(durable_to=0, filed_to=1))
    assert (notebook.saving, notebook.pending_ids()) == (Saving(0), frozenset())


def test_an_error_is_shown_until_it_is_over() -> None:
    notebook = with_dana()
    set_role(notebook, "a")
    notebook.receive(Reply(1, 0, error="The disk is full."))
    assert notebook.saving == Saving(0, "The disk is full.")
    set_role(notebook, "b")
    assert notebook.saving == Saving(1, "The disk is full.")
    notebook.receive(Reply(2, 2))
    assert notebook.saving == Saving(0, "")


def test_problems_stay_until_somebody_looked_again() -> None:
    broken = (Problem("people/x/person.json", "It is empty."),)
    notebook = notebook_in_memory(problems=broken)
    notebook.receive(Reply(0, 0))
    assert notebook.problems == broken
    notebook.receive(Reply(0, 0, problems=()))
    assert not notebook.problems


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 6), st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=6))
def test_nothing_counts_as_safe_that_nobody_said_was(
    acts: int, replies: list[tuple[int, int]]
) -> None:
    notebook = with_dana()
    for number in range(acts):
        set_role(notebook, str(number))
    safe_to = 0
    for durable_to, filed_to in replies:
        notebook.receive(Reply(durable_to, filed_to))
        safe_to = max(safe_to, durable_to, filed_to)
    assert notebook.saving.pending == max(0, acts - safe_to)
    assert bool(notebook.pending_ids()) is (acts > safe_to)


# -- what others did ------------------------------------------------------------------------


def test_what_others_wrote_appears_and_is_told() -> None:
    notebook = with_dana()
    heard = counted(notebook)
    theirs = NOTE._replace(id="n9", text="from the command line")
    notebook.receive(Reply(0, 0, contents=(Contents(TALK, (ONE, NOTE, theirs)),)))
    assert notes(notebook) == (NOTE, theirs)
    assert len(heard) == 1
    assert notebook.undo() is None, "what others did is theirs to undo"


def test_what_is_on_its_way_survives_what_others_wrote() -> None:
    notebook = with_dana()
    mine = NOTE._replace(id="n2", text="mine, not filed yet")
    theirs = NOTE._replace(id="n9", text="theirs")
    notebook.commit("new", [Change(TALK, None, mine)])
    notebook.commit("gone", [Change(TALK, NOTE, None)])
    notebook.receive(Reply(1, 0, contents=(Contents(TALK, (ONE, NOTE, theirs)),)))
    assert set(notes(notebook)) == {mine, theirs}
    notebook.receive(Reply(2, 2, contents=(Contents(TALK, (ONE, mine, theirs)),)))
    assert set(notes(notebook)) == {mine, theirs}


def test_what_is_on_its_way_survives_a_file_that_has_gone() -> None:
    notebook = with_dana()
    mine = NOTE._replace(id="n2", text="mine, not filed yet")
    notebook.commit("new", [Change(TALK, None, mine)])
    notebook.receive(Reply(1, 0, gone=(TALK,)))
    assert notebook.journal.page("t1").notes == (mine,)


def test_what_has_gone_is_gone() -> None:
    notebook = with_dana()
    notebook.receive(Reply(0, 0, gone=(TALK,)))
    assert notebook.journal.one_to_ones == {}
    assert notebook.page("t1") == Page()
    assert notebook.journal.people == {"p1": DANA}


def test_what_is_on_its_way_leaves_the_fields_others_changed() -> None:
    notebook = with_dana()
    notebook.commit("note changed", [Change(TALK, NOTE, NOTE._replace(text="better"))])
    others = NOTE._replace(side=Side.MINE)
    notebook.receive(Reply(1, 0, contents=(Contents(TALK, (ONE, others)),)))
    assert notes(notebook) == (NOTE._replace(text="better", side=Side.MINE),)


def test_a_page_others_changed_is_read_again() -> None:
    theirs = NOTE._replace(id="n9", text="theirs")
    memory = Memory(Contents(TALK, (ONE, NOTE, theirs)))
    notebook = with_dana(memory)
    notebook.receive(Reply(0, 0, contents=(Contents(TALK, (ONE,), has_page=False),)))
    assert notes(notebook) == (NOTE, theirs)


def test_a_page_others_changed_is_read_again_while_a_note_is_on_its_way() -> None:
    theirs = NOTE._replace(id="n9", text="theirs")
    memory = Memory(Contents(TALK, (ONE, NOTE, theirs)))
    notebook = with_dana(memory)
    mine = NOTE._replace(id="n2", text="mine, not filed yet")
    notebook.commit("new", [Change(TALK, None, mine)])
    notebook.receive(Reply(0, 0, contents=(Contents(TALK, (ONE,), has_page=False),)))
    notebook.receive(Reply(1, 1))
    assert set(notes(notebook)) == {NOTE, theirs, mine}


def test_a_page_that_could_not_be_read_when_it_was_written_on_is_tried_again() -> None:
    memory = Memory()
    journal = Journal(people={"p1": DANA}, one_to_ones={"t1": ONE})
    notebook = notebook_in_memory(journal, memory)
    mine = NOTE._replace(id="n2", text="mine, not filed yet")
    notebook.commit("new", [Change(TALK, None, mine)])
    memory.files[TALK] = Contents(TALK, (ONE, NOTE))
    assert set(notes(notebook)) == {NOTE, mine}


# -- pages ----------------------------------------------------------------------------------


def test_a_page_is_read_once_when_it_is_first_looked_at() -> None:
    memory = Memory(Contents(TALK, (ONE, NOTE)))
    journal = Journal(people={"p1": DANA}, one_to_ones={"t1": ONE})
    notebook = notebook_in_memory(journal, memory)
    assert memory.reads == []
    assert notebook.page("t1") == notebook.page("t1") == Page((), (NOTE,))
    assert memory.reads == [TALK]


def test_the_page_of_what_is_not_there_is_empty_and_asks_nobody() -> None:
    memory = Memory()
    notebook = notebook_in_memory(memory=memory)
    assert notebook.page("nothing") == notebook.page("") == Page()
    assert memory.reads == []


def test_a_page_that_cannot_be_read_is_tried_again() -> None:
    memory = Memory()
    journal = Journal(people={"p1": DANA}, one_to_ones={"t1": ONE})
    notebook = notebook_in_memory(journal, memory)
    assert notebook.page("t1") == Page()
    memory.files[TALK] = Contents(TALK, (ONE, NOTE))
    assert notebook.page("t1") == Page((), (NOTE,))


def test_a_page_read_late_does_not_take_back_what_is_on_its_way() -> None:
    memory = Memory()
    journal = Journal(people={"p1": DANA}, one_to_ones={"t1": ONE})
    notebook = notebook_in_memory(journal, memory)
    notebook.commit("one-to-one changed", [Change(TALK, ONE, ONE._replace(place="call"))])
    memory.files[TALK] = Contents(TALK, (ONE, NOTE))
    assert notes(notebook) == (NOTE,)
    assert notebook.journal.one_to_ones["t1"].place == "call"


def test_writing_on_a_page_nobody_looked_at_reads_it_first() -> None:
    memory = Memory(Contents(TALK, (ONE, NOTE)))
    journal = Journal(people={"p1": DANA}, one_to_ones={"t1": ONE})
    notebook = notebook_in_memory(journal, memory)
    new = NOTE._replace(id="n2")
    notebook.commit("new", [Change(TALK, None, new)])
    assert notes(notebook) == (NOTE, new)
    assert memory.reads == [TALK]


# -- drafts ---------------------------------------------------------------------------------


def test_a_draft_is_kept_when_it_changes_and_forgotten_when_empty() -> None:
    memory = Memory()
    notebook = notebook_in_memory(memory=memory)
    first, second = Draft("t1", "half a li", "heard"), Draft("t1", "half a line", "heard")
    for draft in (first, first, second, second, Draft("t1", ""), Draft("t1", "")):
        notebook.keep_draft(draft)
    assert memory.drafts == [first, second, Draft("t1", "")]
    assert notebook.draft("t1") is None


@pytest.mark.parametrize(
    "other", [{"kind_id": "need"}, {"side": "mine"}, {"text": "x "}, {"is_unsure": True}]
)
def test_kind_and_side_are_part_of_a_draft(other: dict[str, Any]) -> None:
    memory = Memory()
    notebook = notebook_in_memory(memory=memory)
    draft = Draft("t1", "x", "heard", "ours")
    notebook.keep_draft(draft)
    notebook.keep_draft(draft._replace(**other))
    assert notebook.draft("t1") == memory.drafts[-1] == draft._replace(**other)


def test_each_place_has_its_own_draft_and_earlier_runs_hand_theirs_on() -> None:
    memory = Memory()
    kept = (Draft("t1", "from before the crash"), Draft("form", "a name"))
    notebook = notebook_in_memory(memory=memory, drafts=kept)
    notebook.keep_draft(Draft("t2", "new"))
    notebook.keep_draft(kept[0])
    notebook.keep_draft(Draft("nowhere", ""))
    assert memory.drafts == [Draft("t2", "new")]
    assert [notebook.draft(place) for place in ("t1", "form", "t2", "nowhere")] == [
        *kept,
        Draft("t2", "new"),
        None,
    ]


def test_typing_is_no_act() -> None:
    notebook = with_dana()
    heard = counted(notebook)
    notebook.keep_draft(Draft("t1", "x"))
    assert (notebook.undo(), notebook.saving, heard) == (None, Saving(0), [])


# -- listening, seeding, time ---------------------------------------------------------------


def test_who_stops_listening_hears_nothing_more() -> None:
    notebook = with_dana()
    heard: list[str] = []
    stop_first = notebook.listen(lambda: heard.append("first"))
    notebook.listen(lambda: heard.append("second"))
    set_role(notebook, "a")
    stop_first()
    stop_first()
    set_role(notebook, "b")
    assert heard == ["first", "second", "second"]


def test_a_listener_may_stop_listening_while_it_is_told() -> None:
    notebook = with_dana()
    heard: list[str] = []

    def once() -> None:
        heard.append("once")
        stop()

    stop = notebook.listen(once)
    notebook.listen(lambda: heard.append("always"))
    set_role(notebook, "a")
    set_role(notebook, "b")
    assert heard == ["once", "always", "always"]


def test_seeding_is_saved_and_cannot_be_undone() -> None:
    memory = Memory()
    notebook = notebook_in_memory(memory=memory)
    changes = (Change(HOME, None, DANA), Change(TALK, None, ONE), Change(TALK, None, NOTE))
    notebook.seed(changes)
    assert memory.acts == [(1, changes)]
    assert notebook.saving.pending == 1
    assert notes(notebook) == (NOTE,)
    assert notebook.undo() is None


def test_time_is_told_to_the_second() -> None:
    clock = Clock(datetime(2026, 12, 31, 23, 59, 59, 999_999))
    notebook = notebook_in_memory(clock=clock)
    assert notebook.now() == datetime(2026, 12, 31, 23, 59, 59)
    before = notebook.today()
    clock.forward(seconds=1)
    assert notebook.today() - before == timedelta(days=1)


# -- nobody is orphaned ---------------------------------------------------------------------


@pytest.mark.parametrize("left", [ONE, FollowUp("f1", "p1", "the book", Owner.ME, NOW)])
def test_adding_somebody_is_not_undone_once_there_is_something_of_theirs(
    left: OneToOne | FollowUp,
) -> None:
    notebook = notebook_in_memory()
    notebook.commit("Dana added", [Change(HOME, None, DANA)])
    notebook.seed((Change(TALK if isinstance(left, OneToOne) else HOME, None, left),))
    before = facts(notebook.journal)
    for _ in range(2):
        with pytest.raises(UsageError, match="is not undone"):
            notebook.undo()
        assert facts(notebook.journal) == before
        assert notebook.to_undo() is not None, "it is tried again once nothing is left"
    home = TALK if isinstance(left, OneToOne) else HOME
    notebook.seed((Change(home, left, None),))
    assert notebook.undo() == "Dana added"
    assert notebook.journal.people == {}


def test_somebody_added_with_all_of_theirs_goes_with_all_of_it() -> None:
    notebook = notebook_in_memory()
    notebook.commit("Dana brought in", [Change(HOME, None, DANA), Change(TALK, None, ONE)])
    assert notebook.undo() == "Dana brought in"
    assert facts(notebook.journal) == {}
    assert notebook.redo() == "Dana brought in"
    assert notebook.journal.one_to_ones == {ONE.id: ONE}
