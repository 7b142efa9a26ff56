"""``alongside text``: a one-to-one in plain lines, from choosing whom to the next date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.builders import HOSTILE, add_person, plan_today, write
from tests.cli.running import CommandLine, Result
from tui.domain.checklist import Phase
from tui.domain.followups import Owner, Stage
from tui.domain.notes import KINDS, Side
from tui.domain.onetoones import Mover, OneToOne, Status
from tui.domain.questions import Landed
from tui.errors import BusyError, StorageError
from tui.services import course, folk
from tui.services.deck import AT_MOST
from tui.shell import verbs
from tui.shell.console import from_its_mark
from tui.shell.plain.lines import Pad
from tui.shell.plain.session import Session
from tui.shell.text import PARTS
from tui.store.folder import JournalFolder
from tui.words import plain, spoken

_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def visible(text: str) -> str:
    """Return what of a text can be seen, but for blanks and what stands in for controls."""
    stand_ins = {0x2421, 0xFFFD, *range(0x2400, 0x2420)}
    return "".join(
        c for c in text if c.isprintable() and not c.isspace() and ord(c) not in stand_ins
    )


def answer(alongside: CommandLine, *lines: str, person: str | None = "dana") -> Result:
    """Answer line by line; then the input ends."""
    whom = (person,) if person else ()
    return alongside("text", *whom, stdin="".join(f"{line}\n" for line in lines))


def only_talk(alongside: CommandLine) -> OneToOne:
    (one,) = alongside.journal.one_to_ones.values()
    return one


def part(name: str) -> str:
    """Return the number that chooses a part."""
    return str([p.label for p in PARTS].index(name) + 1)


TALK = part("talk")
DEBRIEF = part("debrief")
FOLLOW_UPS = part("follow-ups")
SUMMARY = part("summary")


# -- the whole of it -------------------------------------------------------------------------

WHOLE = (
    "1",  # whom
    "",  # where things stand
    "",  # prepare: none is planned, so when is it?
    "now",
    "done", "why", "skip", "", "", "", "", "", "", "",
    "",  # questions
    "yes", "other", "yes", "no",
    "",  # talk
    "yes",
    "I keep losing the thread",
    "! one quiet morning a week",
    "> send the coaching book by fri",
    "~ tired, and proud of the team",
    "< draft the on-call note by 1 dec",
    "& her next role",
    "",
    "yes", "done", "", "", "", "",  # the closing list
    "yes",  # it is over
    "",  # debrief
    "> ask about the room", "unsure", "",  # I promised
    "",  # they plan
    "the pager wakes me", "",  # their words
    "",  # need
    "worried, I think", "",  # feelings
    "no meetings on mondays", "",  # decided
    "", "",  # shared, surprise
    "yes", "yes", "no",  # which questions were asked
    "3",  # who carried it
    "the quiet morning",  # most useful
    "yes",  # the next, by the cadence
    "",  # follow-ups
    "1 done",
    "2 let go", "somebody else has it",
    "1 agree", "when the rota is out",
    "",
    "",  # summary
    "",
    "",  # the next: stays
    "",
    "quit",
)  # fmt: skip


def test_a_whole_one_to_one_from_choosing_to_the_next_date(with_dana: CommandLine) -> None:
    result = with_dana.done("text", stdin="\n".join(WHOLE))
    assert result.err == "", "it is a conversation: all of it is on standard output"
    said = result.out
    one, coming = sorted(with_dana.journal.one_to_ones.values(), key=lambda one: one.at)
    page = with_dana.journal.pages[one.id]
    assert one.status is Status.DEBRIEFED
    assert (one.started, one.ended) == (with_dana.bench.clock.now, with_dana.bench.clock.now)
    assert (one.carried, one.useful) == ("mostly them", "the quiet morning")
    ticked = [item.phase for item in page.items if item.ticked]
    assert ticked == [Phase.BEFORE, Phase.CLOSE]
    picks = with_dana.journal.picks_of(one.id)
    assert [(bool(p.asked), p.landed) for p in picks] == [
        (True, Landed.YES),
        (False, Landed.UNKNOWN),
    ]
    assert [(n.kind_id, n.text, n.side) for n in with_dana.notes] == [
        ("heard", "I keep losing the thread", Side.OURS),
        ("need", "one quiet morning a week", Side.OURS),
        ("feeling", "tired, and proud of the team", Side.MINE),
        ("heard", "the pager wakes me", Side.OURS),
        ("feeling", "worried, I think", Side.MINE),
        ("decided", "no meetings on mondays", Side.OURS),
    ]
    book, note, room = with_dana.follow_ups
    assert (book.text, book.owner, book.due) == (
        "send the coaching book", Owner.ME, date(2026, 11, 27),
    )  # fmt: skip
    assert (book.stage, book.closed) == (Stage.DONE, with_dana.bench.clock.now.date())
    assert (note.stage, note.reason) == (Stage.LET_GO, "somebody else has it")
    assert (room.stage, room.cue) == (Stage.AGREED, "when the rota is out")
    assert room.is_unsure
    assert [topic.text for topic in with_dana.topics] == ["her next role"]
    assert (coming.status, coming.at) == (Status.PLANNED, datetime(2026, 12, 7, 14, 0))
    assert "I will: send the coaching book, by Fri 27 Nov. Kept.\n" in said
    assert "Feeling: tired, and proud of the team, for you alone. Kept.\n" in said
    assert "The debrief is done. Kept.\n" in said
    assert said.endswith(f"{plain.LEFT}\n")


def test_what_is_mine_is_not_read_out_as_the_summary(with_dana: CommandLine) -> None:
    said = with_dana.done("text", stdin="\n".join(WHOLE)).out
    summary = said.partition("What Dana will read")[2].partition("End of the summary.")
    assert "one quiet morning a week" in summary[0]
    assert "tired" not in summary[0]
    assert "worried" not in summary[0]
    assert summary[2].startswith(" 2 notes of yours stay out of it.")


def cuts() -> list[Any]:
    """Return after how many answers the input ends; every seventh in each run."""
    return [
        pytest.param(count, marks=[] if count % 7 == 4 else [pytest.mark.sweep])
        for count in range(len(WHOLE))
    ]


@pytest.mark.parametrize("count", cuts())
def test_wherever_the_input_ends_nothing_typed_is_lost(with_dana: CommandLine, count: int) -> None:
    given = WHOLE[:count]
    result = with_dana.done("text", stdin="\n".join(given))  # the last without an end of line
    assert result.out.endswith((f"{plain.INPUT_ENDED}\n", f"{plain.LEFT}\n"))
    journal = with_dana.journal
    known = " ".join(
        [*with_dana.texts, *(t.text for t in with_dana.topics)]
        + [f"{f.text} {f.cue} {f.reason}" for f in with_dana.follow_ups]
        + [one.useful for one in journal.one_to_ones.values()]
    )
    for line in given:
        words = re.sub(r"^[!>~<&] | by .*$", "", line)
        if " " in words and not words[0].isdigit():
            assert words in known, f"after {count} answers"


# -- whom -----------------------------------------------------------------------------------


def test_somebody_is_chosen_by_number_or_name_the_most_pressing_first(
    with_dana: CommandLine,
) -> None:
    notebook = with_dana.bench.notebook()
    sam = add_person(notebook, "Sam Reyes")
    with_dana.bench.clock.forward(days=-20)
    write(notebook, plan_today(notebook, sam), "said")
    with_dana.bench.clock.forward(days=20)
    lines = with_dana.done("text", stdin="\n").out.splitlines()
    assert lines[1].startswith("1. Dana Okafor, due today")
    assert lines[2].startswith("2. Sam Reyes, no cadence")
    for said, name in (("", "Dana"), ("2", "Sam"), ("2.", "Sam"), ("reyes", "Sam"), ("d", "Dana")):
        out = with_dana.done("text", stdin=f"{said}\n").out
        assert f"{name}. Which part?" in out, said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("7", "There is only 1."),
        ("0", "There is only 1."),
        ("99999999999999999999", "There is only 1."),
        ("nobody", "Nobody is called “nobody”. There are: Dana Okafor."),
        ("²", "Nobody is called “²”"),
    ],
)
def test_whom_nobody_knows_is_asked_again(with_dana: CommandLine, said: str, told: str) -> None:
    result = answer(with_dana, said, "dana", person=None)
    assert told in result.out
    assert "Dana. Which part?" in result.out


def test_a_name_as_an_argument_that_fits_nobody(with_dana: CommandLine) -> None:
    result = answer(with_dana, person="sam")
    assert result.code == 3
    assert "Nobody is called “sam”" in result.err


def test_in_an_empty_journal_somebody_is_added(alongside: CommandLine) -> None:
    result = answer(alongside, "Dana Okafor", "now and then", "every 2 weeks", person=None)
    assert '"now and then" is not understood.' in result.out
    assert "Dana Okafor, every 2 weeks. Kept." in result.out
    (person,) = alongside.journal.people.values()
    assert person.cadence is not None
    assert person.cadence.say() == "every 2 weeks"


def test_new_adds_somebody_and_a_name_that_is_taken_is_asked_again(with_dana: CommandLine) -> None:
    result = answer(with_dana, "new", "dana okafor", "Sam", "", person=None)
    assert "There is already somebody called Dana Okafor." in result.out
    assert "Sam. Which part?" in result.out
    assert len(with_dana.journal.people) == 2


def test_back_goes_to_somebody_else_and_from_there_ends(with_dana: CommandLine) -> None:
    result = answer(with_dana, "back", "back")
    assert result.code == 0
    assert result.out.endswith(f"{plain.LEFT}\n")


# -- the parts ------------------------------------------------------------------------------


def test_a_part_is_chosen_by_number_or_by_the_beginning_of_its_name(with_dana: CommandLine) -> None:
    for said in (SUMMARY, "summary", "sum", f"{SUMMARY}.", "SUMM"):
        assert plain.NOTHING_TO_SUM_UP in answer(with_dana, said).out, said
    for said in ("t", "what", "99", "follow ups"):
        assert plain.NOTHING_TO_SUM_UP not in answer(with_dana, said).out, said


def test_a_question_mark_explains_wherever_something_is_asked(with_dana: CommandLine) -> None:
    asked = [line for line in WHOLE if line != "?"]
    with_marks = "".join(f"?\n{line}\n" for line in asked)
    plain_run = with_dana.done("text", stdin=with_marks).out
    assert plain_run.count(plain.EVERYWHERE) > 10
    assert len(with_dana.notes) == 6, "and changes nothing of what was kept"


def test_where_things_stand_is_read_out(with_dana: CommandLine) -> None:
    notebook = with_dana.bench.notebook()
    (dana,) = notebook.journal.people.values()
    folk.edit(notebook, dana, dana._replace(role="staff engineer", helps="time to think"))
    (dana,) = notebook.journal.people.values()
    folk.set_card_line(notebook, dana, 0, "Feedback", "in writing")
    with_dana.bench.clock.forward(days=-30)
    one = plan_today(notebook, dana)
    for line in ("I lose the thread", "> send the book by 1 nov", "~ tired", "& her next role"):
        write(notebook, one, line)
    with_dana.bench.clock.forward(days=30)
    said = answer(with_dana, "", "more", "more").out
    for line in (
        "Dana Okafor, staff engineer, overdue 16 days, 30 days since you talked, you owe 1, "
        "a promise is overdue 21 days.",
        "You: send the book, overdue 21 days, agreed.",
        "Raise next: her next role. Parked Fri 23 Oct, not raised yet.",
        "From the card, Helps: time to think.",
        "From the card, Feedback: in writing.",
        "Last time, Fri 23 Oct, walk and talk.",
        "Dana said: I lose the thread.",
        "Feeling: tired, for you alone.",
    ):
        assert f"{line}\n" in said, line


def test_items_left_open_in_an_earlier_talk_are_asked_for_too(with_dana: CommandLine) -> None:
    from tui.services import checklists

    notebook = with_dana.bench.notebook()
    (dana,) = notebook.journal.people.values()
    with_dana.bench.clock.forward(days=-7)
    one = plan_today(notebook, dana)
    item = checklists.add_item(notebook, one, Phase.BEFORE, "bring the plan", "", 0)
    write(notebook, one, "said")
    with_dana.bench.clock.forward(days=7)
    result = answer(with_dana, "prepare", "now", *[""] * 9, "back", "", "done")
    assert "10 of 10. bring the plan. done, skip or why?" in result.out
    (kept,) = (i for i in with_dana.journal.pages[one.id].items if i.id == item.id)
    assert kept.ticked is not None


def test_a_checklist_goes_back_to_the_item_before(with_dana: CommandLine) -> None:
    result = answer(with_dana, "prepare", "now", "skip", "back", "perhaps", "done")
    assert result.out.count("1 of 9. ") == 3
    assert plain.ITEM_ANSWERS in result.out
    page = with_dana.journal.pages[only_talk(with_dana).id]
    assert [item.position for item in page.items if item.ticked] == [1.0]


def test_three_questions_are_the_most_and_one_can_be_put_back(with_dana: CommandLine) -> None:
    said = answer(with_dana, "questions", "now", *["yes"] * 5).out
    assert "Not kept" not in said, "a fourth is not offered"
    one = only_talk(with_dana)
    before = with_dana.journal.picks_of(one.id)
    assert len(before) == AT_MOST
    answer(with_dana, "questions", "2", "9", "", "no")
    assert with_dana.journal.picks_of(one.id) == (before[0], before[2])


# -- the talk -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_the_first_character_chooses_the_kind_as_in_the_app(
    with_dana: CommandLine, kind: Any
) -> None:
    said = answer(with_dana, TALK, "", f"{kind.key} one quiet morning").out
    one = only_talk(with_dana)
    page = with_dana.journal.pages[one.id]
    texts = [(n.kind_id, n.text) for n in page.notes] + [
        (f.kind.id, f.text) for f in with_dana.follow_ups
    ]
    texts += [("park", topic.text) for topic in with_dana.topics]
    assert texts == [(kind.id, "one quiet morning")]
    assert ("for you alone. Kept." in said) is (kind.side is Side.MINE)
    assert one.took_place, "the first line shows that they met"


@pytest.mark.parametrize(
    "line", ["\ufeff~ between us", "~ one\u2028two", "plain\u2028~ between us"]
)
def test_what_is_mine_stays_mine(with_dana: CommandLine, line: str) -> None:
    said = answer(with_dana, TALK, "", line, "", "", "yes", SUMMARY).out
    assert [note.side for note in with_dana.notes][-1] is Side.MINE
    summary = said.partition("What Dana will read")[2]
    assert summary
    assert "between us" not in summary
    assert "two" not in summary


def test_a_date_that_is_refused_is_explained_and_the_line_is_kept(with_dana: CommandLine) -> None:
    said = answer(with_dana, TALK, "", "> send it by 12/1").out
    (follow_up,) = with_dana.follow_ups
    assert (follow_up.text, follow_up.due) == ("send it by 12/1", None)
    assert "12 jan" in said
    assert "I will: send it by 12/1, no date. Kept." in said


def test_a_promise_that_was_to_stay_mine_is_refused(with_dana: CommandLine) -> None:
    said = answer(with_dana, TALK, "", "-> send it", "> ").out
    assert plain.NOT_KEPT in said
    assert plain.EMPTY_LINE in said
    assert not with_dana.follow_ups


def test_the_last_lines_are_taken_back_and_no_more(with_dana: CommandLine) -> None:
    said = answer(with_dana, TALK, "yes", "one", "two", "undo", "undo", "undo").out
    assert with_dana.texts == []
    assert said.count("Taken back: heard written. Kept.") == 2
    assert plain.NOTHING_TO_UNDO in said
    assert only_talk(with_dana).started is not None, "the talk has still begun"


def test_the_fourth_promise_is_remarked_on(with_dana: CommandLine) -> None:
    said = answer(with_dana, TALK, "", *(f"> promise {number}" for number in range(4))).out
    assert "That makes 4 open promises of yours with Dana." in said


def test_a_talk_goes_on_until_somebody_says_that_it_is_over(with_dana: CommandLine) -> None:
    answer(with_dana, TALK, "yes", "one", "", "no", "no")
    assert only_talk(with_dana).is_talking
    answer(with_dana, TALK, "two", "", "", "perhaps", "yes")
    one = only_talk(with_dana)
    assert (one.is_talking, one.awaits_debrief) == (False, True)
    assert with_dana.texts == ["one", "two"]


@pytest.mark.parametrize(("said", "count"), [("yes", 1), ("", 2)])
def test_one_that_is_planned_for_later_can_be_held_now(
    with_dana: CommandLine, said: str, count: int
) -> None:
    notebook = with_dana.bench.notebook()
    (dana,) = notebook.journal.people.values()
    planned = plan_today(notebook, dana)
    course.edit(notebook, planned, planned._replace(at=datetime(2026, 11, 24, 14)))
    answer(with_dana, TALK, said, "yes", "hello")
    ones = with_dana.journal.one_to_ones
    assert len(ones) == count
    assert ones[planned.id].took_place is (said == "yes")


# -- the debrief ----------------------------------------------------------------------------


def test_the_debrief_stands_where_it_was_left_and_goes_back(with_dana: CommandLine) -> None:
    begun = answer(with_dana, TALK, "yes", "", "", "yes", DEBRIEF, "> send the book", "", "back")
    assert begun.out.count("1 of 11. What did I promise?") == 2
    assert "You: send the book, no date, captured." in begun.out
    answer(with_dana, DEBRIEF, "", "", "")
    assert only_talk(with_dana).cue == "need"
    said = answer(with_dana, DEBRIEF, "time").out
    assert "4 of 11. What would help Dana most?" in said
    (note,) = with_dana.notes
    assert (note.kind_id, note.text) == ("need", "time")
    assert only_talk(with_dana).cue == "need", "there may be more to it"


def test_without_a_talk_there_is_nothing_to_bring_back(with_dana: CommandLine) -> None:
    assert plain.NOTHING_TO_DEBRIEF in answer(with_dana, DEBRIEF).out


def test_a_talk_that_waits_for_its_debrief_is_what_comes_first(with_dana: CommandLine) -> None:
    answer(with_dana, TALK, "yes", "", "", "yes")
    assert "Dana. Which part? An empty line: debrief." in answer(with_dana).out


# -- follow-ups -----------------------------------------------------------------------------


@pytest.fixture
def with_promise(with_dana: CommandLine) -> CommandLine:
    """A journal with one promise, of a talk a week ago."""
    notebook = with_dana.bench.notebook()
    (dana,) = notebook.journal.people.values()
    with_dana.bench.clock.forward(days=-7)
    write(notebook, plan_today(notebook, dana), "> send the book")
    with_dana.bench.clock.forward(days=7)
    return with_dana


@pytest.mark.parametrize(
    ("answers", "stage", "told"),
    [
        (("1 done",), Stage.DONE, "Done: send the book. Kept."),
        (("1", "done"), Stage.DONE, "Done: send the book. Kept."),
        (("1 let go", "no time"), Stage.LET_GO, "Let go: send the book, no time. Kept."),
        (("1 let-go", ""), Stage.CAPTURED, plain.LEFT_AS_IT_IS),
        (("1 move", "waiting"), Stage.WAITING, "Waiting: send the book. Kept."),
        (("1 move", "let", "no time"), Stage.LET_GO, "Kept."),
        (("1 move", "agreed", "fri"), Stage.AGREED, "Agreed: send the book, by Fri 27 Nov. Kept."),
        (("1 move", "nowhere", ""), Stage.CAPTURED, plain.STAGE_ANSWERS),
        (("1 agree", "someday", "when it rains"), Stage.AGREED, "not understood"),
        (("1 agree", ""), Stage.CAPTURED, plain.LEFT_AS_IT_IS),
        (("done",), Stage.CAPTURED, plain.NUMBER_FIRST),
        (("2 done",), Stage.CAPTURED, "There is only 1."),
        (("1 a",), Stage.CAPTURED, plain.FOLLOW_UP_ANSWERS),  # agree, or again
        (("1 burn",), Stage.CAPTURED, plain.FOLLOW_UP_ANSWERS),
        (("1", "back", "1 done"), Stage.DONE, "Kept."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_becomes_of_a_follow_up(
    with_promise: CommandLine, answers: tuple[str, ...], stage: Stage, told: str
) -> None:
    said = answer(with_promise, FOLLOW_UPS, *answers).out
    (follow_up,) = with_promise.follow_ups
    assert follow_up.stage is stage
    assert told in said


@pytest.mark.parametrize("where", [(), ("",)], ids=["in the list", "among the parts"])
def test_what_was_done_by_mistake_is_taken_back(
    with_promise: CommandLine, where: tuple[str, ...]
) -> None:
    notebook = with_promise.bench.notebook()
    (before,) = notebook.journal.follow_ups.values()
    (dana,) = notebook.journal.people.values()
    write(notebook, plan_today(notebook, dana), "> another")
    said = answer(with_promise, FOLLOW_UPS, "1 done", *where, "undo", "undo").out
    assert "Taken back: moved to Done. Kept." in said
    assert plain.NOTHING_TO_UNDO in said, "what another run did is left to the app"
    assert with_promise.journal.follow_ups[before.id].stage is Stage.CAPTURED


def test_what_comes_up_the_third_time_asks_for_a_decision(with_promise: CommandLine) -> None:
    for _ in range(2):
        with_promise.bench.clock.forward(days=1)
        result = answer(with_promise, TALK, "", "said", "", "", "", FOLLOW_UPS, "1 again", "")
    (follow_up,) = with_promise.follow_ups
    assert follow_up.mentions == 3
    assert "“send the book” has come up 3 times. What should become of it?" in result.out
    again = answer(with_promise, FOLLOW_UPS, "1 again").out
    assert plain.CAME_UP_ALREADY in again


# -- the summary, and the next date -----------------------------------------------------------


def test_the_summary_is_saved_where_it_says(
    with_promise: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = answer(with_promise, SUMMARY, "mail", "save").out
    path = tmp_path / "dana-okafor-2026-11-15.txt"
    assert spoken.saved_in(str(path)) in said
    assert "- send the book" in path.read_text()
    assert plain.SUMMARY_ANSWERS in said


def test_the_summary_is_copied_and_the_truth_is_told(with_promise: CommandLine) -> None:
    said = answer(with_promise, SUMMARY, "copy", "").out
    assert "Not copied:" in said, "there is no clipboard here"
    assert "It is saved in" in said
    one = only_talk(with_promise)
    assert not with_promise.journal.pages[one.id].sendings, "and it has not gone out"


def test_the_next_is_planned_and_moved_and_who_did_is_asked(with_dana: CommandLine) -> None:
    said = answer(with_dana, "next", "yesterday", "tue 14:00").out
    assert "is not understood" in said
    assert "Planned: Tue 24 Nov 14:00, walk and talk. Kept." in said
    answer(with_dana, "next", "wed 9:00", "you", "them", "next", "")
    one = only_talk(with_dana)
    assert one.at == datetime(2026, 11, 25, 9)
    assert [move.by for move in one.moves] == [Mover.THEM]


# -- what goes wrong ------------------------------------------------------------------------


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have the disk refuse so many writes, after so many that it takes."""

    def refuse(times: int, *, after: int = 0, error: Exception | None = None) -> None:
        real = JournalFolder.write
        left = [after, times]

        def write(folder: JournalFolder, *given: Any, **more: Any) -> Any:
            if left[0]:
                left[0] -= 1
            elif left[1]:
                left[1] -= 1
                raise error or StorageError("The disk is full.")
            return real(folder, *given, **more)

        monkeypatch.setattr(JournalFolder, "write", write)

    return refuse


@pytest.mark.parametrize("error", [StorageError("The disk is full."), BusyError("It is in use.")])
def test_what_the_disk_refuses_is_kept_without_being_typed_again(
    with_dana: CommandLine, refusing: Callable[..., None], error: Exception
) -> None:
    answer(with_dana, TALK, "yes", "before")
    refusing(2, error=error)
    said = answer(with_dana, TALK, "the thread", "", "", "after").out
    assert said.count(f"Not kept: {error}") == 2
    assert with_dana.texts == ["before", "the thread", "after"]


def test_what_the_disk_refuses_to_the_end_is_said_by_the_exit_code(
    with_dana: CommandLine, refusing: Callable[..., None]
) -> None:
    answer(with_dana, TALK, "yes")
    refusing(99)
    result = answer(with_dana, TALK, "the thread")
    assert result.code == 1
    assert "Dana said: the thread. \nNot kept: The disk is full." in result.out
    assert "Kept." not in result.out.partition("the thread")[2]


def test_what_was_kept_beside_the_journal_is_not_kept_twice(
    with_dana: CommandLine, refusing: Callable[..., None]
) -> None:
    answer(with_dana, TALK, "yes", "before", "", "", "yes")
    refusing(1, after=1)  # a parked topic is in two files, with the cue of the debrief
    said = answer(with_dana, DEBRIEF, "& her next role", "").out
    assert plain.KEPT_AFTER_ALL in said
    assert [topic.text for topic in with_dana.topics] == ["her next role"]


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[Session], object]) -> None:
    """Have something happen while the first part is gone through."""

    def begin(session: Session) -> None:
        act(session)

    changed = (PARTS[0]._replace(begin=begin), *PARTS[1:])
    monkeypatch.setattr("tui.shell.text.PARTS", changed)


@pytest.mark.parametrize("is_writing", [False, True], ids=["looking", "writing"])
def test_what_another_window_wrote_counts(
    with_dana: CommandLine, monkeypatch: pytest.MonkeyPatch, is_writing: bool
) -> None:
    def act(session: Session) -> None:
        notebook = with_dana.bench.notebook()
        (dana,) = notebook.journal.people.values()
        write(notebook, plan_today(notebook, dana), "> send the book")
        if is_writing:
            after = session.person._replace(role="engineer")
            session.keep(lambda: folk.edit(session.notebook, session.person, after))

    meanwhile(monkeypatch, act)
    said = answer(with_dana, "1", FOLLOW_UPS, "1 done").out
    assert "1. You: send the book, no date, captured." in said
    assert with_dana.follow_ups[0].stage is Stage.DONE


def test_where_nobody_else_wrote_the_journal_is_read_once(
    with_dana: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Any = getattr(verbs, "notebook_for_commands")  # noqa: B009 - as the fixture put it there
    opened = []

    def counted(*given: Any, **more: Any) -> Any:
        opened.append(1)
        return real(*given, **more)

    monkeypatch.setattr(verbs, "notebook_for_commands", counted)
    with_dana.done("text", stdin="\n".join(WHOLE))
    assert len(opened) == 1, "of a long journal that takes a second"


def test_a_talk_whose_file_is_damaged_meanwhile_is_not_summed_up(
    with_promise: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = Path(with_promise.bench.place.journal).glob("people/*/2026-*.json")
    meanwhile(monkeypatch, lambda _: file.write_bytes(file.read_bytes()[:-40]))
    result = answer(with_promise, "1", SUMMARY)
    assert plain.UNREADABLE_SUMMARY in result.out
    assert "What Dana will read" not in result.out


def test_what_cannot_be_read_is_said_once(
    with_promise: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = Path(with_promise.bench.place.journal).glob("people/*/2026-*.json")
    file.write_bytes(file.read_bytes()[:-40])
    meanwhile(monkeypatch, lambda _: add_person(with_promise.bench.notebook(), "Sam"))
    result = answer(with_promise, "1", "2", "now", "back")
    assert result.err.count("left out") == 1, "however often it is looked at"


def test_ctrl_c_ends_without_loss(
    with_dana: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tui.cli import main

    class Keys:
        """Two lines, and then ctrl+c."""

        def __init__(self) -> None:
            self.left = [f"{TALK}\n", "yes\n", "one\n"]

        def readline(self) -> str:
            if not self.left:
                raise KeyboardInterrupt
            return self.left.pop(0)

    monkeypatch.setattr("sys.stdin", Keys())
    code = main(["--journal", with_dana.bench.place.journal, "text", "dana"])
    assert code == 130
    assert "Stopped. What was kept is in the journal.\n" in capsys.readouterr().out
    assert with_dana.texts == ["one"]


def test_without_standard_input_there_is_nobody_to_ask(
    with_dana: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tui.cli import main

    monkeypatch.setattr("sys.stdin", None)
    assert main(["--journal", with_dana.bench.place.journal, "text"]) == 2
    assert "stdin is closed" in capsys.readouterr().err


# -- hostile text ---------------------------------------------------------------------------

_FEW = 6


@pytest.mark.parametrize(
    "text",
    [pytest.param(t, marks=[] if n % _FEW == 5 else [pytest.mark.sweep]) for n, t in
     enumerate(HOSTILE)],
    ids=ascii,
)  # fmt: skip
def test_hostile_text_wherever_something_is_typed(alongside: CommandLine, text: str) -> None:
    lines = [line for line in _LINE_ENDS.split(text) if visible(line)]
    name = " ".join(f"N{text}".split())[:60].replace("\ud800", "x")
    typed = [f"\\{line}" for line in lines]
    script = [name, ""]
    script += [TALK, "yes", *typed, *(f"> {line}" for line in lines), "", "", "yes"]
    script += [DEBRIEF, *(f"~ {line}" for line in lines), "", "back", "", ""]
    result = answer(alongside, *script, person=None)
    assert visible("".join(n.text for n in alongside.notes if not n.is_mine)) == visible(
        "".join(lines)
    )
    whom = next(iter(alongside.journal.people.values())).name
    line = lines[0]
    for answers in (
        ("1", *["more"] * 9),
        (FOLLOW_UPS, f"1 {line}", "", "1 agree", line),
        (FOLLOW_UPS, "1 let go", f"x{line}"),
        (SUMMARY, line),
        ("next", line),
        (line,),
    ):
        again = answer(alongside, *answers, person=whom)
        assert again.code == result.code == 0
        assert "Which part?" in again.out


STRAY = ["\x0c", "\x0b", "\x1c", "\x85", "\u2028", "\ufeff", "\x1b[C"]


@pytest.mark.parametrize("stray", STRAY)
def test_what_was_begun_stays_one_line_whatever_is_in_it(
    stray: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    kept: list[str] = []
    monkeypatch.setattr(Pad, "keep", lambda pad, line, kind: kept.append(line))
    pad = Pad.__new__(Pad)
    monkeypatch.setattr(pad, "_session", SimpleNamespace(say=lambda sentence: None), raising=False)
    pad.keep_begun(f"~ she may leave{stray}divorce\nanother")
    assert kept == [f"~ she may leave{stray}divorce", "another"]


@pytest.mark.parametrize("stray", [s for s in STRAY if s != "\u2028"])
def test_a_stray_key_does_not_hide_whose_a_line_is(stray: str) -> None:
    assert from_its_mark(f"{stray}~ secret") == "~ secret"
    assert from_its_mark("~ secret") == "~ secret"
