"""Listen: lines of every kind, their sides, the clock, and that none of it is ever lost."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, Bench, add_person, plan_today, write
from tests.store.helpers import one_to_one_file, rewrite
from tests.ui.app import NARROW, NORMAL, Desk, opened, start_writer, with_dana, with_talk
from tui import words
from tui.app import AlongsideApp
from tui.desk.shipped import questions as shipped_questions
from tui.desk.shipped import standard_template
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.notes import (
    FEELING,
    HUNCH,
    KINDS,
    NEED,
    NOTE_KINDS,
    PARK,
    PLAN,
    PROMISE,
    Kind,
    Note,
)
from tui.domain.onetoones import OneToOne, Status
from tui.domain.people import Topic
from tui.domain.questions import Moment
from tui.services import course, debrief, deck, talks
from tui.services.outward import summary_of
from tui.store.migrations import ABOUT, SCHEMA
from tui.widgets.entry import NoteEntry
from tui.widgets.rows import Rows

ENTRY = '" heard │'
Size = tuple[int, int]
at_both_sizes = pytest.mark.parametrize("size", [NORMAL, NARROW], ids=["80x24", "40x20"])
OURS_KINDS = tuple(kind for kind in NOTE_KINDS if kind.side == "ours")


async def listen(desk: Desk, *typed: str) -> None:
    """Go to the notes of the one-to-one that is meant, and type once one can."""
    await desk.press("f4")
    await desk.shows("│")
    await desk.until(lambda: isinstance(desk.app.screen.focused, NoteEntry), "the line")
    await desk.press(*typed)


async def to_the_notes(desk: Desk, *keys: str) -> None:
    """Go from the line to the notes, and press keys there."""
    await desk.press("escape")
    await desk.until(lambda: isinstance(desk.app.screen.focused, Rows), "the notes")
    await desk.press(*keys)


async def notes(desk: Desk, one: OneToOne) -> list[Note]:
    """Return the notes on disk as they were written."""
    return sorted((await desk.page(one)).notes, key=lambda note: note.id)


async def texts(desk: Desk, one: OneToOne) -> list[str]:
    return [note.text for note in await notes(desk, one)]


async def follow_up(desk: Desk) -> FollowUp:
    [found] = (await desk.on_disk()).follow_ups.values()
    return found


async def topic(desk: Desk, one: OneToOne) -> Topic:
    [found] = (await desk.on_disk()).topics[one.person_id]
    return found


def in_summary(bench: Bench, one: OneToOne) -> str:
    """Return all that the colleague would read."""
    journal = bench.on_disk()
    return str(summary_of(journal, journal.one_to_ones[one.id], journal.page(one.id)))


# -- kinds ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
async def test_every_kind_by_its_key(bench: Bench, kind: Kind) -> None:
    person, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, kind.key)
        await desk.shows(f"{kind.key} {kind.label}", kind.meaning)
        mine = " mine" if kind in (FEELING, HUNCH) else ""
        await desk.shows(f"{kind.key} {kind.label}{mine} │")
        await desk.press(*"what was said", "enter")
        await desk.shows("what was said", ENTRY, "saved ●", without="not saved yet")
        row = desk.row("what was said")
        assert row.startswith(f"  14:02 {kind.key} {kind.label}") or kind is PARK
        journal = await desk.on_disk()
        if kind in (PROMISE, PLAN):
            found = await follow_up(desk)
            assert (found.text, found.born_in) == ("what was said", one.id)
            assert found.owner is (Owner.ME if kind is PROMISE else Owner.THEM)
            assert (found.stage, found.due) == (Stage.CAPTURED, None)
            assert "no date" not in row
            assert "Captured" in row
        elif kind is PARK:
            [parked] = journal.shelf_of(person.id)
            assert (parked.text, parked.born_in, parked.on) == ("what was said", one.id, NOW.date())
            assert row.endswith("for next time")
        else:
            [note] = journal.page(one.id).notes
            assert (note.text, note.kind_id, note.side) == ("what was said", kind.id, kind.side)
            assert note.at == NOW
            assert row.endswith(kind.side)
        assert journal.one_to_ones[one.id].took_place, "what was said shows that they met"


async def test_a_line_without_a_key_is_what_was_heard(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"no key, then > and ! and ? in it", "enter")
        await desk.shows("“no key, then > and ! and ? in it”")
        [note] = await notes(desk, one)
        assert (note.kind_id, note.text) == ("heard", "no key, then > and ! and ? in it")


async def test_another_key_chooses_again_and_backspace_goes_back(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, "!")
        await desk.shows("! need │")
        await desk.press("~")
        await desk.shows("~ feeling mine │")
        await desk.press("backspace")
        await desk.shows(ENTRY)
        await desk.press("=", "a", "backspace")
        await desk.shows("= decided │")


async def test_a_backslash_makes_a_key_an_ordinary_character(bench: Bench) -> None:
    _, one = with_talk(bench)
    expected = [f"{kind.key} is a sign" for kind in KINDS]
    async with opened(bench) as desk:
        await listen(desk)
        for kind in KINDS:
            await desk.press("\\", kind.key, *" is a sign", "enter")
        await desk.shows(*expected, ENTRY)
        written = await notes(desk, one)
        assert [note.text for note in written] == expected
        assert {note.kind_id for note in written} == {"heard"}


async def test_a_backslash_before_anything_else_stays(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"\\home", "enter", *"C:\\>", "enter")
        await desk.shows("\\home", "C:\\>")
        assert await texts(desk, one) == ["\\home", "C:\\>"]


async def test_nothing_is_not_written(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, "enter", *"   ", "enter", *["backspace"] * 3, "!", "enter")
        await desk.shows("Nothing written yet", "! need │")
        assert await texts(desk, one) == []
        assert not (await desk.on_disk()).one_to_ones[one.id].took_place


# -- sides ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", OURS_KINDS, ids=lambda kind: kind.id)
async def test_a_line_is_kept_to_oneself(bench: Bench, kind: Kind) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, kind.key, *"between ", "ctrl+o")
        await desk.shows(f"{kind.label} mine │")
        await desk.press("ctrl+o")
        await desk.shows(f"{kind.label} │")
        await desk.press("ctrl+o", *"us", "enter", *"the next", "enter")
        await desk.shows("between us", "the next", "saved ●", without="not saved yet")
        assert desk.row("between us").endswith("mine")
        assert desk.row("the next").endswith("ours"), "only that one line"
        first, second = await notes(desk, one)
        assert (first.text, first.is_mine, first.kind_id) == ("between us", True, kind.id)
        assert not second.is_mine
        assert "between us" not in in_summary(bench, one)


@pytest.mark.parametrize("kind", [FEELING, HUNCH, PROMISE, PLAN, PARK], ids=lambda kind: kind.id)
async def test_some_kinds_leave_no_choice_and_say_so(bench: Bench, kind: Kind) -> None:
    with_talk(bench)
    sentence = (
        "never goes into the summary." if kind in (FEELING, HUNCH) else "are for both of you."
    )
    async with opened(bench, notifications=True) as desk:
        await listen(desk, kind.key, "x", "ctrl+o")
        await desk.shows(sentence)
        mine = " mine" if kind in (FEELING, HUNCH) else ""
        await desk.shows(f"{kind.key} {kind.label}{mine} │", "x")


@pytest.mark.parametrize("key", ["m", "ctrl+o"])
async def test_a_note_is_made_mine_at_once_and_shared_only_when_asked(
    bench: Bench, key: str
) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"between us", "enter")
        await to_the_notes(desk, key)
        await desk.until(lambda: desk.row("between us").endswith("mine"), "mine")
        assert (await notes(desk, one))[0].is_mine
        assert "between us" not in in_summary(bench, one)

        question = "It is not in the summary now. Share it there from here on?"
        for answer in ("escape", "n", "enter"):
            await desk.press(key)
            await desk.shows(question, "Keep it mine", "Share it from here on")
            await desk.press(answer)
            await desk.shows("between us", without=question)
            assert (await notes(desk, one))[0].is_mine

        await desk.press(key)
        await desk.shows(question)
        await desk.press("y")
        await desk.until(lambda: desk.row("between us").endswith("ours"), "ours")
        assert not (await notes(desk, one))[0].is_mine
        assert "between us" in in_summary(bench, one)
        await desk.press("u")
        await desk.until(lambda: desk.row("between us").endswith("mine"), "mine again")


async def test_a_feeling_cannot_be_shared(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await listen(desk, *"~tired", "enter")
        await to_the_notes(desk, "m")
        await desk.shows("A feeling never goes into the summary.")
        assert (await notes(desk, one))[0].is_mine


# -- lines ---------------------------------------------------------------------------------


async def test_notes_of_several_lines(bench: Bench) -> None:
    _, one = with_talk(bench)
    keys = ("ctrl+j", "shift+enter", "alt+enter")
    async with opened(bench, size=NORMAL) as desk:
        await listen(desk)
        for key in keys:
            await desk.press(*"first", key, *"second", key, key, *f"  by {key} ", "enter")
            await desk.shows("“first", "second", f"by {key}”", ENTRY)
        assert await texts(desk, one) == [f"first\nsecond\n\n  by {key}" for key in keys]


async def test_a_pasted_block_is_one_note(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, "!")
        await desk.paste("one quiet morning\r\na week\n")
        await desk.shows("one quiet morning")
        await desk.press("enter")
        await desk.shows("a week", ENTRY)
        [note] = await notes(desk, one)
        assert (note.text, note.kind_id) == ("one quiet morning\na week", NEED.id)


async def test_lines_typed_faster_than_the_screen_stay_in_order(bench: Bench) -> None:
    _, one = with_talk(bench)
    lines = [f'"line {number} of many' for number in range(12)] + ["~tired", "!quiet"]
    async with opened(bench) as desk:
        keys = [key for line in lines for key in (*line, "enter")]
        await desk.press("f4", *keys, "f5", "f4", *"and on", "enter")
        await desk.shows("and on", "quiet")
        written = await notes(desk, one)
        assert [note.text for note in written] == [line.lstrip('"~!') for line in lines] + [
            "and on"
        ]
        assert [note.kind_id for note in written[-3:]] == ["feeling", "need", "heard"]


@pytest.mark.parametrize(
    "away",
    [
        "escape",
        pytest.param("up"),
    ],
)
async def test_keys_right_behind_escape_are_for_the_notes(bench: Bench, away: str) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"a word", "enter")
        await desk.shows("“a word”", "saved ●")
        await desk.press(away, "e")
        await desk.shows("This note", "heard, 14:02")


async def test_the_newest_line_is_in_sight(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    for number in range(40):
        write(notebook, one, f'" line {number} of forty')
    async with opened(bench, size=NARROW) as desk:
        await listen(desk)
        await desk.shows("line 39 of forty", ENTRY)
        await desk.press(*"and one more", "enter")
        await desk.shows("and one more")
        await to_the_notes(desk, "g")
        await desk.shows("line 0 of forty", without="and one more")
        await listen(desk, *"the last", "enter")
        await desk.shows("the last", without="line 0 of")


# -- dates ---------------------------------------------------------------------------------


DATES = (
    (">the book by fri", "by Fri 27 Nov", date(2026, 11, 27)),
    (">the book tomorrow", "by tomorrow", date(2026, 11, 23)),
    (">the book in 2 weeks", "by Sun 6 Dec", date(2026, 12, 6)),
    ("<the book by 4 dec", "by Fri 4 Dec", date(2026, 12, 4)),
    (">the book +3d", "by Wed 25 Nov", date(2026, 11, 25)),
    (">the book eom", "by Mon 30 Nov", date(2026, 11, 30)),
    (">the book 2026-12-04", "by Fri 4 Dec", date(2026, 12, 4)),
)


async def test_the_date_understood_stands_there_before_enter(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk)
        for count, (typed, said, due) in enumerate(DATES):
            await desk.press(*typed)
            await desk.shows(f" {said} · Agreed")
            assert len(desk.notebook.journal.follow_ups) == count
            await desk.press("enter")
            await desk.shows(ENTRY, without=("not saved yet", f" {said} · Agreed"))
            found = max((await desk.on_disk()).follow_ups.values(), key=lambda f: f.id)
            assert (found.text, found.due, found.stage) == ("the book", due, Stage.AGREED)
            assert said in next(line for line in reversed(desk.lines) if "the book" in line)


async def test_no_date_yet_says_how_to_give_one(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, ">")
        await desk.shows("a follow-up of mine")
        await desk.write("send the book")
        await desk.shows("no date yet: end with by fri, in 2 weeks, next 1:1 …")


async def test_the_next_one_to_one_stands_there_as_a_day_before_enter(bench: Bench) -> None:
    dana = with_dana(bench)
    notebook = bench.notebook()
    plan_today(notebook, dana)
    async with opened(bench) as desk:
        await listen(desk, *">the book by next 1:1")
        await desk.shows("No next one-to-one with Dana is planned: give a day, or plan it first.")
        later = NOW + timedelta(days=9)
        talks.plan(desk.notebook, talks.draft_for(dana, later, "call"), standard_template())
        await desk.press("backspace", "1")
        await desk.shows(" by Tue 1 Dec · Agreed")
        await desk.press("enter")
        await desk.shows(ENTRY, without=" by Tue 1 Dec · Agreed")
        (found,) = (await desk.on_disk()).follow_ups.values()
        assert (found.text, found.due) == ("the book", date(2026, 12, 1))


async def test_weeks_begin_as_they_do_here(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_TIME", "en_US.UTF-8")
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *">the book next week")
        await desk.shows(" by Sun 29 Nov · Agreed")


@pytest.mark.parametrize("typed", ["by 12/1", "by 31 feb"])
async def test_a_date_that_is_not_taken_says_why_and_stays_text(bench: Bench, typed: str) -> None:
    with_talk(bench)
    problem = "We never guess between day and month" if "/" in typed else "does not exist"
    async with opened(bench) as desk:
        await listen(desk, ">", *f"send the book {typed}")
        await desk.shows(problem)
        if "/" in typed:
            await desk.shows('"12 jan" (2027-01-12) or "1 dec" (2026-12-01)')
        await desk.press("enter")
        await desk.shows(ENTRY, f"send the book {typed}")
        found = await follow_up(desk)
        assert (found.text, found.due) == (f"send the book {typed}", None)
        assert found.stage is Stage.CAPTURED


async def test_only_follow_ups_look_for_a_date(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"I leave by fri", "enter")
        await desk.shows("“I leave by fri”")
        assert await texts(desk, one) == ["I leave by fri"]


# -- changing what was written -------------------------------------------------------------


async def test_a_note_is_edited_undone_and_done_again(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await listen(desk, *"the wrng word", "enter")
        await to_the_notes(desk, "e")
        await desk.shows("This note", "heard, 14:02", "the wrng word")
        await desk.press("ctrl+u", *"the right word", "enter")
        await desk.shows("“the right word”", without=("This note", "wrng"))
        assert await texts(desk, one) == ["the right word"]
        await desk.press("u")
        await desk.shows("“the wrng word”", "Undone: note changed.")
        assert await texts(desk, one) == ["the wrng word"]
        await desk.press("U")
        await desk.shows("“the right word”", "Done again: note changed.")
        assert await texts(desk, one) == ["the right word"]


async def test_a_note_is_not_edited_to_nothing(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"a word", "enter")
        await to_the_notes(desk, "enter", "ctrl+u", "enter")
        await desk.shows("Nothing is left of this note. To remove it, delete it.", "This note")
        await desk.press("escape")
        await desk.shows("“a word”")
        assert await texts(desk, one) == ["a word"]


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("line", "key"),
    [('"a word', "d"), ("~a word", "delete"), (">a word", "d"), ("&a word", "delete")],
)
async def test_anything_is_deleted_and_brought_back(bench: Bench, line: str, key: str) -> None:
    with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await listen(desk, *line, "enter")
        await to_the_notes(desk)
        before = await desk.on_disk()
        await desk.press(key)
        await desk.shows("Deleted. u brings it back.", without="a word")
        gone = await desk.on_disk()
        assert not [n for page in gone.pages.values() for n in page.notes]
        assert not gone.follow_ups
        assert not [t for shelf in gone.topics.values() for t in shelf]
        await undo(desk)
        await desk.shows("a word")
        back = await desk.on_disk()
        assert (back.follow_ups, dict(back.topics)) == (before.follow_ups, dict(before.topics))
        assert back.pages == before.pages


async def undo(desk: Desk) -> None:
    """Undo by the palette, wherever the focus is."""
    await desk.press("ctrl+p")
    await desk.shows("An action, a person")
    await desk.write("the last thing")
    await desk.shows("Take back the last thing you did.")
    await desk.press("enter")


async def test_a_follow_up_is_edited_among_the_notes(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *">send the book", "enter")
        await to_the_notes(desk, "e")
        await desk.shows("Follow-up with Dana Okafor", "● me")
        await desk.to_field("owner")
        await desk.press("right")
        await desk.to_field("due")
        await desk.press(*"fri")
        await desk.to_field("cue")
        await desk.press(*"when I see her", "enter")
        await desk.shows("by Fri 27 Nov · Dana", without="Follow-up with")
        found = await follow_up(desk)
        assert (found.owner, found.due, found.cue) == (
            Owner.THEM, date(2026, 11, 27), "when I see her",
        )  # fmt: skip


async def test_a_topic_is_edited_among_the_notes(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"&the conference", "enter")
        await to_the_notes(desk, "e")
        await desk.shows("This topic")
        await desk.press("end", *" in may", "enter")
        await desk.shows("the conference in may", "for next time", without="This topic")
        assert (await topic(desk, one)).text == "the conference in may"


async def test_the_kind_is_changed(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"a rota", "enter")
        await to_the_notes(desk, "c")
        await desk.shows("What is it?", "an idea that came up", "a feeling I noticed")
        await desk.press("*")
        await desk.shows("* idea", without="What is it?")
        assert (await notes(desk, one))[0].kind_id == "idea"
        await desk.press("c", "escape")
        await desk.shows("a rota", without="What is it?")
        await desk.press("c", "down", "enter")
        await desk.shows("^ I shared", without="What is it?")
        assert (await notes(desk, one))[0].kind_id == "shared"
        await desk.press("u", "u")
        await desk.shows('" heard     “a rota”')


async def test_a_note_becomes_a_follow_up_and_back_by_undo(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"send the book by fri", "enter")
        await to_the_notes(desk, "c", ">")
        await desk.shows("> I promise", "by Fri 27 Nov · me · Agreed", without="What is it?")
        found = await follow_up(desk)
        assert (found.text, found.due, found.born_in) == (
            "send the book", date(2026, 11, 27), one.id,
        )  # fmt: skip
        assert await texts(desk, one) == []
        await desk.press("u")
        await desk.shows("“send the book by fri”")
        assert await texts(desk, one) == ["send the book by fri"]
        assert (await desk.on_disk()).follow_ups == {}


async def test_a_note_becomes_a_topic(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"the conference", "enter")
        await to_the_notes(desk, "c", "&")
        await desk.shows("the conference", "for next time")
        assert (await topic(desk, one)).text == "the conference"
        assert await texts(desk, one) == []


@pytest.mark.parametrize("kind", [FEELING, HUNCH], ids=lambda kind: kind.id)
async def test_a_kind_that_is_always_mine_makes_it_mine_for_good(bench: Bench, kind: Kind) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"tired of it", "enter")
        await to_the_notes(desk, "c", kind.key)
        await desk.until(lambda: desk.row("tired of it").endswith("mine"), "mine")
        await desk.press("c", '"')
        await desk.shows("“tired of it”")
        assert desk.row("tired of it").endswith("mine"), "back among the heard, and still mine"
        assert (await notes(desk, one))[0].is_mine
        assert "tired of it" not in in_summary(bench, one)


@pytest.mark.parametrize(
    ("line", "key"), [("~tired of it", ">"), ("?tired of it", "<"), ("~tired of it", "&")]
)
async def test_what_is_mine_becomes_a_follow_up_only_when_asked(
    bench: Bench, line: str, key: str
) -> None:
    _, one = with_talk(bench)
    question = "It is not in the summary now."
    async with opened(bench) as desk:
        await listen(desk, *line, "enter")
        await to_the_notes(desk, "c", key)
        await desk.shows(question)
        await desk.press("n")
        await desk.shows("tired of it", without=question)
        assert (await notes(desk, one))[0].is_mine
        assert "tired of it" not in in_summary(bench, one)
        await desk.press("c", key)
        await desk.shows(question)
        await desk.press("y")
        await desk.shows("tired of it", without=question)
        assert await texts(desk, one) == []
        assert "tired of it" in in_summary(bench, one)


async def test_up_and_down_between_the_line_and_the_notes(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"one", "enter", *"two", "enter", *"half")
        await desk.press("up")
        await desk.shows("e edit", "m ours/mine")
        assert desk.line("“two”").startswith("▌")
        await desk.press("up")
        await desk.until(lambda: desk.line("“one”").startswith("▌"), "up")
        await desk.press("down", "down")
        await desk.shows("^o ours/mine", without="e edit")
        await desk.write(" a line")
        await desk.shows("half a line")


async def test_escape_without_notes_stays_in_the_line(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, "escape", "up", *"still here")
        await desk.shows("still here", ENTRY)


# -- splitting, finding, one's own editor --------------------------------------------------


async def test_a_note_is_split_into_several_of_its_kind(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"!time, and a quiet room", "ctrl+o", "ctrl+y", "enter")
        bench.clock.forward(minutes=9)
        await to_the_notes(desk, "s")
        await desk.shows("Split this note", "Each line becomes a note")
        await desk.press("enter")
        await desk.shows("To split a note, write each part on a line of its own.")
        await desk.press("ctrl+u", *"time", "ctrl+j", "ctrl+j", *"a quiet room", "enter")
        await desk.shows("! need      time", "! need      a quiet room", without="Split this note")
        parts = await notes(desk, one)
        assert [n.text for n in parts] == ["time", "a quiet room"]
        assert {(n.kind_id, n.side, n.at, n.is_unsure) for n in parts} == {
            ("need", "mine", NOW, True)
        }
        await desk.press("u")
        await desk.shows("time, and a quiet room")
        assert await texts(desk, one) == ["time, and a quiet room"]


@pytest.mark.parametrize("key", ["s", "E"])
async def test_only_a_note_is_split_or_opened_outside(bench: Bench, key: str) -> None:
    with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await listen(desk, *">send the book", "enter")
        await to_the_notes(desk, key)
        await desk.until(lambda: desk.said.startswith("Only a note"), "a sentence")
        assert not desk.app.screen.is_modal


async def test_sure_or_only_think_so(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"she may go", "ctrl+y")
        await desk.shows('" heard I think so │ she may go')
        await desk.press("enter")
        await desk.shows(ENTRY, "I think so · ours")
        assert (await notes(desk, one))[0].is_unsure
        await to_the_notes(desk, "t")
        await desk.shows("“she may go”", without="I think so")
        assert not (await notes(desk, one))[0].is_unsure
        await desk.press("u")
        await desk.shows("I think so · ours")


@at_both_sizes
async def test_finding_in_this_talk(bench: Bench, size: Size) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    for line in ('" the ROTA again', "> ask about the rota by fri", "~ tired", "& a rota for may"):
        write(notebook, one, line)
    async with opened(bench, size=size) as desk:
        await listen(desk)
        await to_the_notes(desk, "slash")
        await desk.shows("find: words of this talk")
        await desk.write("rota")
        await desk.shows("the ROTA", "ask about the rota", "a rota for may", without="tired")
        await desk.write(" fri")
        await desk.shows("No line of this talk", without="ROTA")
        await desk.press(*["backspace"] * 4, "enter", "G", "e")
        await desk.shows("This topic", "a rota for may")
        await desk.press("escape")
        await desk.shows("the ROTA", without="tired")
        await desk.press("escape")
        await desk.shows("tired", "the ROTA", without="find:")
        assert not desk.app.screen.query("#find")
        await desk.press("escape", *"and on", "enter")
        await desk.shows("“and on”")


async def test_escape_while_typing_what_to_find_shows_all_again(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"the rota", "enter")
        await to_the_notes(desk, "slash", *"nothing like it")
        await desk.shows("No line of this talk fits these words. esc shows all again.")
        await desk.press("escape")
        await desk.shows("▌ 14:02", "“the rota”", without="nothing like it")


def with_editor(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an editor that does what a script says with the file it is given."""
    editor = folder / "editor.sh"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))


async def test_a_note_is_changed_in_ones_own_editor(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, one = with_talk(bench)
    with_editor(tmp_path, 'cp "$1" seen; printf "changed\\nby hand\\n" > "$1"', monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(AlongsideApp, "suspend", lambda app: nullcontext())
    async with opened(bench) as desk:
        await listen(desk, *"a [word]", "enter", *"half a li")
        await to_the_notes(desk, "E")
        await desk.shows("“changed", "by hand”", "half a li")
        assert await texts(desk, one) == ["changed\nby hand"]
        assert (tmp_path / "seen").read_text() == "a [word]\n"
        await desk.press("u")
        await desk.shows("“a [word]”")


@pytest.mark.parametrize("script", ["true", 'echo lost > "$1"; exit 1'], ids=["as is", "fails"])
async def test_an_editor_that_changes_nothing(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    _, one = with_talk(bench)
    with_editor(tmp_path, script, monkeypatch)
    monkeypatch.setattr(AlongsideApp, "suspend", lambda app: nullcontext())
    async with opened(bench, notifications=True) as desk:
        await listen(desk, *"a word", "enter")
        await to_the_notes(desk, "E", "u")
        await desk.shows("Nothing written yet")
        assert await texts(desk, one) == []


async def test_where_no_editor_can_be_opened_it_says_so(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, one = with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await listen(desk, *"a word", "enter")
        await to_the_notes(desk, "E")
        await desk.until(lambda: desk.said.startswith("No editor is named."), "what to do")
        monkeypatch.setenv("EDITOR", "/nowhere/vi")
        await desk.press("E")
        await desk.until(lambda: desk.said == words.NO_EDITOR_HERE, "so")
        monkeypatch.setattr(AlongsideApp, "suspend", lambda app: nullcontext())
        await desk.press("E")
        await desk.until(lambda: "/nowhere/vi cannot be started" in desk.said, "the reason")
        assert await texts(desk, one) == ["a word"]


async def test_a_debriefed_talk_can_be_written_on(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    write(notebook, one, '" a word')
    debrief.finish(notebook, notebook.journal.one_to_ones[one.id])
    async with opened(bench) as desk:
        await listen(desk, *"one more", "enter")
        await desk.shows("“one more”", "ended after 0 min", without=("F8 debrief", "wander"))
        assert (await desk.on_disk()).one_to_ones[one.id].status is Status.DEBRIEFED


# -- half-typed ----------------------------------------------------------------------------


async def test_a_half_typed_line_is_there_in_the_next_app(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"!more time", "ctrl+j", *"for ", "ctrl+o")
        await desk.until(lambda: desk.notebook.draft(one.id), "the draft to be kept")
        await desk.press("x")
        await desk.quit()
    async with opened(bench) as desk:
        await listen(desk)
        await desk.shows("! need mine │", "more time", "for x")
        await desk.press("backspace", *"thinking", "enter")
        await desk.shows("for thinking", ENTRY)
        [note] = await notes(desk, one)
        assert (note.text, note.is_mine) == ("more time\nfor thinking", True)
    async with opened(bench) as desk:
        await listen(desk)
        await desk.shows(ENTRY, "wander: no answers needed yet")
        assert desk.notebook.draft(one.id) is None


async def test_a_half_typed_line_waits_while_one_looks_elsewhere(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, *"?is it ", "f5")
        await desk.shows("Captured (0)")
        await listen(desk)
        await desk.shows("? hunch mine │", "is it")
        await desk.press("f2")
        await desk.shows("▌ Dana Okafor")
        await desk.press("l", *"fair", "enter")
        await desk.shows("is it fair", ENTRY)


async def test_each_talk_has_its_own_half_line(bench: Bench) -> None:
    notebook = bench.notebook()
    for name in ("Ana", "Zoë"):
        plan_today(notebook, add_person(notebook, name))
    async with opened(bench) as desk:
        await desk.press("l", *"for Ana", "f2", "j", "l")
        await desk.shows("Zoë", ENTRY, without="for Ana")
        await desk.press(*"for Zoë", "f2", "k", "l")
        await desk.shows("Ana · walk", "for Ana", without="for Zoë")


async def test_a_line_that_is_refused_comes_back(bench: Bench) -> None:
    """A newer alongside wrote the file: it is read here, and what is typed is not taken."""
    _, one = with_talk(bench)
    rewrite(one_to_one_file(bench), lambda tables: tables[ABOUT]["file"].update(schema=SCHEMA + 1))
    async with opened(bench, notifications=True) as desk:
        await listen(desk, *"!more time", "ctrl+o", "enter")
        await desk.shows("This was written by a newer alongside", "! need mine │", "more time")
        await desk.press(*" for thinking", "enter")
        await desk.shows("! need mine │", "more time for thinking")
        assert await texts(desk, one) == []


# -- saving --------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ['"a word', "~a word", ">a word by fri", "&a word"])
async def test_a_line_shows_when_it_is_safe(bench: Bench, line: str) -> None:
    with_talk(bench)
    async with opened(bench, starts_writer=False) as desk:
        await listen(desk, *line, "enter")
        await desk.shows("a word", "saving ○", without="saved ●")
        assert desk.row("a word").endswith("not saved yet ○")
        await desk.press(*"typing goes on")
        await desk.shows("typing goes on")
        start_writer(desk)
        await desk.shows("a word", "saved ●", "typing goes on", without="not saved yet")


# -- the clock -----------------------------------------------------------------------------


def in_a_room(bench: Bench) -> OneToOne:
    """Put a one-to-one of today that is no walk into the journal."""
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    course.edit(notebook, one, one._replace(place="sitting down"))
    return notebook.journal.one_to_ones[one.id]


@at_both_sizes
async def test_the_clock_of_a_talk_in_a_room(bench: Bench, size: Size) -> None:
    one = in_a_room(bench)
    async with opened(bench, size=size) as desk:
        await listen(desk)
        await desk.shows("^g starts the clock")
        await desk.press("ctrl+g")
        await desk.shows("0 min", "^g ends the talk", without=("open · 0 min", "at the bench"))
        found = (await desk.on_disk()).one_to_ones[one.id]
        assert (found.started, found.ended, found.status) == (NOW, None, Status.UNDER_WAY)

        bench.clock.forward(minutes=27, seconds=59)
        await desk.press(*"a word", "enter")
        await desk.shows("27 min")
        await desk.press("ctrl+g")
        await desk.reads("ended after 27 min", "F8 brings it back cue by cue", "F8 debrief")
        found = (await desk.on_disk()).one_to_ones[one.id]
        assert (found.started, found.ended) == (NOW, datetime(2026, 11, 22, 14, 29, 59))
        assert (found.status, found.bench) == (Status.UNDER_WAY, None)

        bench.clock.forward(minutes=1)
        await desk.press("ctrl+g")
        await desk.until(lambda: desk.said == words.TALK_IS_OVER, "what the key would do")
        assert (await desk.on_disk()).one_to_ones[one.id] == found
        await desk.press("ctrl+g")
        await desk.shows("28 min", without="ended after")
        found = (await desk.on_disk()).one_to_ones[one.id]
        assert (found.started, found.ended) == (NOW, None)


@at_both_sizes
async def test_the_legs_of_a_walk(bench: Bench, size: Size) -> None:
    """Open, bench, desk: one key, the time of each, and a line that says what fits."""
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    questions = shipped_questions()
    for moment in (Moment.OPEN, Moment.CLOSE):
        question = next(q for q in questions if q.moment is moment)
        deck.take(notebook, one, [question._replace(cues=(f"to {moment}",))])

    async def found() -> OneToOne:
        return (await desk.on_disk()).one_to_ones[one.id]

    async with opened(bench, size=size) as desk:
        await listen(desk)
        await desk.shows("^g starts the clock", without="wander")
        await desk.press("ctrl+g")
        await desk.reads(
            "wander: no answers needed yet · to open · ^g at the bench", "open · 0 min"
        )
        assert (await found()).started == NOW

        bench.clock.forward(minutes=20)
        await desk.press("ctrl+g")
        await desk.reads("say back, settle, promise aloud · to close · ^g ends the talk")
        await desk.shows("bench · 20 min", without="to open ·")
        at_bench = await found()
        assert (at_bench.bench, at_bench.ended) == (NOW + timedelta(minutes=20), None)

        bench.clock.forward(minutes=15)
        await desk.press("ctrl+g")
        await desk.reads(
            "ended after 35 min", "write it down while it is fresh · F8 brings it back"
        )
        at_desk = await found()
        assert at_desk == at_bench._replace(ended=NOW + timedelta(minutes=35))
        assert at_desk.status is Status.UNDER_WAY, "until it is debriefed"


async def test_the_prompt_makes_room_for_what_is_typed(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, "ctrl+g")
        await desk.shows("wander: no answers needed yet")
        await desk.press("!")
        await desk.shows("what would help most", without="wander")
        await desk.press("backspace", "x")
        await desk.shows('" heard │ x', without="wander")
        await desk.press("backspace")
        await desk.shows("wander: no answers needed yet")


async def test_the_clock_runs_on_by_itself(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await listen(desk, "ctrl+g", *"half a line")
        await desk.shows("0 min")
        bench.clock.forward(minutes=5)
        await desk.shows("5 min", "half a line")


async def test_the_first_line_starts_the_clock(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        bench.clock.forward(minutes=3)
        await listen(desk, *"a word", "enter")
        await desk.shows("0 min", without="starts the clock")
        found = (await desk.on_disk()).one_to_ones[one.id]
        assert (found.started, found.status) == (
            datetime(2026, 11, 22, 14, 5), Status.UNDER_WAY,
        )  # fmt: skip


async def test_writing_up_yesterdays_talk_leaves_its_day(bench: Bench) -> None:
    notebook = bench.notebook()
    yesterday = NOW - timedelta(days=1)
    draft = talks.draft_for(add_person(notebook), yesterday, "call")
    one = talks.plan(notebook, draft, standard_template())
    async with opened(bench) as desk:
        await desk.press("o", "enter")
        await desk.shows("Sat 21 Nov 14:02", ENTRY)
        await desk.press(*"I lose the thread", "enter")
        await desk.shows("“I lose the thread”", "Sat 21 Nov 14:02")
        found = (await desk.on_disk()).one_to_ones[one.id]
        assert found.at == yesterday
        assert found.took_place


# -- one-to-ones that were only opened -----------------------------------------------------


@pytest.mark.parametrize("leave", ["f2", "ctrl+q"])
async def test_an_empty_one_to_one_disappears_on_leaving(bench: Bench, leave: str) -> None:
    with_dana(bench)
    async with opened(bench) as desk:
        await desk.press("l")
        await desk.shows("Nothing written yet", ENTRY)
        assert len((await desk.on_disk()).one_to_ones) == 1
        await desk.press("f5", "f3", "f4")
        if leave == "ctrl+q":
            await desk.quit()
        else:
            await desk.press(leave)
            await desk.shows("▌ Dana Okafor", "no cadence")
            assert (await desk.on_disk()).one_to_ones == {}
    assert bench.on_disk().one_to_ones == {}


@pytest.mark.parametrize("key", ["f3", "f4"])
async def test_one_that_goes_while_the_focus_moves_does_no_harm(bench: Bench, key: str) -> None:
    with_dana(bench)
    async with opened(bench) as desk:
        await desk.press("l")
        await desk.shows("Nothing written yet", ENTRY)
        await desk.press(key)
        screen, notebook = desk.app.screen, desk.app.notebook
        screen.set_focus(None)
        screen.focus_next()  # told to the screen when there is nothing to show any more
        (one,) = notebook.journal.one_to_ones.values()
        talks.forget(notebook, one)
        await desk.shows("▌ Dana Okafor", "no cadence")


async def test_one_that_was_there_before_stays(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("l", "f2")
        await desk.shows("▌ Dana Okafor")
        assert len((await desk.on_disk()).one_to_ones) == 1


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param((*"a word", "enter"), id="a note"),
        pytest.param((*">a word", "enter"), id="a follow-up"),
        pytest.param((*"&a word", "enter"), id="a topic"),
        pytest.param((*"half a wor",), id="a half-typed line"),
        pytest.param(("ctrl+g",), id="a clock"),
        pytest.param(("f3", "space"), id="a tick"),
        pytest.param(
            ("f3", "i", *["tab"] * 4, *"hear about the team", "enter"),
            id="an intention",
        ),
        pytest.param(("f3", "n", *"ask about the move", "enter"), id="an item"),
        pytest.param(("f3", "e", "end", *" again", "enter"), id="an item's words"),
    ],
)
async def test_one_in_which_something_was_done_stays(
    bench: Bench, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.writing.KEEP_AFTER", 60.0)
    with_dana(bench)
    async with opened(bench) as desk:
        await desk.press("l")
        await desk.shows(ENTRY)
        await desk.press(*keys)
        await desk.until(lambda: not desk.app.screen.is_modal, "the form to close")
        before = (await desk.on_disk()).one_to_ones
        await desk.press("f2")
        await desk.shows("▌ Dana Okafor")
        assert (await desk.on_disk()).one_to_ones == before
        assert len(before) == 1


async def test_undo_after_looking_into_a_talk_undoes_what_was_done_before(bench: Bench) -> None:
    """Nothing was done by looking in, so there is nothing of it to undo."""
    with_dana(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("e", "down", "enter", *"tester", "enter")
        await desk.shows("tester")
        await desk.press("escape", "l")
        await desk.shows(ENTRY)
        await desk.press("f2")
        await desk.shows("▌ Dana Okafor")
        await desk.press("u")
        await desk.shows("Undone:")
        journal = await desk.on_disk()
        assert journal.one_to_ones == {}
        assert [person.role for person in journal.people.values()] == [""]
