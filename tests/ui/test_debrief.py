"""The debrief: one cue at a time, by keys, down to what the journal on disk holds."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.builders import HOSTILE, NOW, Bench, add_person, plan_today
from tests.store.helpers import one_to_one_file, rewrite
from tests.ui.app import NARROW, NORMAL, Desk, opened, with_dana
from tests.ui.test_hostile import FORBIDDEN, assert_sound, beginning, shows
from tests.ui.test_summary import READ, FakeClipboard, clipboard
from tui import words
from tui.desk.clipboard import CopyResult, Outcome
from tui.desk.shipped import questions, standard_template
from tui.domain.debrief import CARRIED, CUES, Asks
from tui.domain.notes import Side
from tui.domain.onetoones import WALK, OneToOne, Status
from tui.domain.questions import Landed
from tui.domain.text import clean, clean_block, clean_line
from tui.services import course, deck, folk, talks
from tui.services.outward import Format, summary_of, summary_text
from tui.store.migrations import ABOUT, SCHEMA

__all__ = ["clipboard"]

ENDED = NOW + timedelta(minutes=35)
ROUTE = ("gate", "mill", "long bench")
SAID = {cue.id: cue.text.format(name="Dana") for cue in CUES}
LINES = tuple(cue for cue in CUES if cue.asks is Asks.LINES)
COUNT = len(CUES)


def held(bench: Bench, *, route: tuple[str, ...] = (), thanks: str = "", every: str = "") -> str:
    """Put a talk of 35 minutes into the journal that ended ten minutes ago; returns its id."""
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook, every=every))
    course.edit(notebook, one, one._replace(route=route, thanks=thanks))
    course.start(notebook, notebook.journal.one_to_ones[one.id])
    bench.clock.now = ENDED
    course.end(notebook, notebook.journal.one_to_ones[one.id])
    bench.clock.forward(minutes=10)
    return one.id


def with_picks(bench: Bench, one_id: str) -> None:
    """Have two questions considered for a talk."""
    notebook = bench.notebook()
    deck.take(notebook, notebook.journal.one_to_ones[one_id], questions()[:2])


def is_in_a_file(text: str, folder: Path) -> bool:
    """Return whether a text is in any file of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return any(text.encode() in path.read_bytes() for path in files)


async def on_disk(desk: Desk, one_id: str) -> OneToOne:
    return (await desk.on_disk()).one_to_ones[one_id]


async def note_texts(desk: Desk, one_id: str) -> list[tuple[str, str]]:
    """Return kind and words of the notes on disk, as they were written."""
    notes = sorted((await desk.page(one_id)).notes, key=lambda note: note.id)
    return [(note.kind_id, note.text) for note in notes]


async def begin(desk: Desk) -> None:
    """Go to the debrief from anywhere."""
    await desk.press("f8")
    await desk.shows("· debrief ·")


async def go_to(desk: Desk, cue_id: str) -> None:
    """Go on to a cue without answering any."""
    for _ in CUES:
        if SAID[cue_id] in desk.text:
            return
        await desk.press("enter")
    await desk.reads(SAID[cue_id])


# -- from end to end -----------------------------------------------------------------------


ANSWERS = {
    "promises": "send the book by fri",
    "plans": "draft the note by 1 dec",
    "words": "I lose the thread",
    "need": "one quiet morning a week",
    "feeling": "tired, and proud",
    "decided": "no more status meeting",
    "shared": "my own first year here",
    "surprise": "is it the rota",
}


@pytest.mark.parametrize("size", [NARROW, (120, 40)], ids=["40x20", "120x40"])
async def test_ten_answers_in_ten_enters(bench: Bench, size: tuple[int, int]) -> None:
    """Eleven answers, in fact; words, one figure and enter are all that it takes."""
    one_id = held(bench)
    enters = 0
    async with opened(bench, size=size) as desk:
        await begin(desk)
        await desk.shows(f"1 of {COUNT}", "ended 10 min ago", words.DEBRIEF_FIRST[:17])
        for number, cue in enumerate(LINES, 1):
            await desk.reads(f"{number} of {COUNT}", SAID[cue.id], cue.hint.format(name="Dana"))
            await desk.press(*ANSWERS[cue.id], "enter")
            enters += 1
        await desk.reads(SAID["carried"], *CARRIED, "leave it open")
        await desk.press("3")
        await desk.reads(SAID["useful"])
        await desk.press(*"time to think aloud", "enter")
        await desk.reads(SAID["next"])
        await desk.press(*"in 2 weeks 14:00")
        await desk.reads("Sun 6 Dec 14:00 · walk and talk")
        bench.clock.forward(minutes=4)
        await desk.press("enter")
        enters += 2
        assert enters <= len(ANSWERS) + 2 <= 10

        await desk.shows(READ, "I lose the thread", without="· debrief ·")
        journal = await desk.on_disk()
        promise, plan = sorted(journal.follow_ups.values(), key=lambda f: f.id)
        assert (promise.text, promise.due, promise.i_owe) == (
            "send the book", date(2026, 11, 27), True,
        )  # fmt: skip
        assert (plan.text, plan.due, plan.i_owe) == ("draft the note", date(2026, 12, 1), False)
        assert {promise.born_in, plan.born_in} == {one_id}
        notes = journal.page(one_id).notes
        assert {(n.kind_id, n.text) for n in notes} == {
            ("heard", ANSWERS["words"]),
            ("need", ANSWERS["need"]),
            ("feeling", ANSWERS["feeling"]),
            ("decided", ANSWERS["decided"]),
            ("shared", ANSWERS["shared"]),
            ("hunch", ANSWERS["surprise"]),
        }
        assert {n.text for n in notes if n.side is Side.MINE} == {
            ANSWERS["feeling"],
            ANSWERS["surprise"],
        }
        one = journal.one_to_ones[one_id]
        assert (one.carried, one.useful, one.cue) == ("mostly them", "time to think aloud", "")
        assert (one.status, one.ended) == (Status.DEBRIEFED, ENDED)
        assert one.debriefed == ENDED + timedelta(minutes=14)
        [coming] = [o for o in journal.one_to_ones.values() if o.id != one_id]
        assert (coming.at, coming.place) == (datetime(2026, 12, 6, 14), WALK)
        assert coming.status is Status.PLANNED
        read = summary_text(
            summary_of(journal, one, journal.page(one_id), NOW.date()), Format.PLAIN
        )
        assert ANSWERS["feeling"] not in read
        assert ANSWERS["surprise"] not in read
        assert "mostly them" not in read, "who carried it is for the manager alone"


async def test_keys_typed_ahead_are_for_the_cues_they_were_typed_for(bench: Bench) -> None:
    one_id = held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await desk.press(*["enter"] * len(LINES), "2", *"the map", "enter", *"tue 9:30", "enter")
        await desk.shows(READ)
        one = await on_disk(desk, one_id)
        assert (one.carried, one.useful) == ("even", "the map")
        assert len((await desk.on_disk()).one_to_ones) == 2


async def test_nothing_has_to_be_answered(bench: Bench) -> None:
    one_id = held(bench)
    async with opened(bench, size=NARROW) as desk:
        await begin(desk)
        for number in range(1, COUNT + 1):
            await desk.shows(f"{number} of {COUNT}")
            await desk.press("enter")
        await desk.shows(READ, without="· debrief ·")
        one = await on_disk(desk, one_id)
        assert (one.status, one.carried, one.useful) == (Status.DEBRIEFED, "", "")
        assert len((await desk.on_disk()).one_to_ones) == 1
        assert await note_texts(desk, one_id) == []
        await desk.press("escape")
        await desk.shows('" heard │', without=READ)


async def test_copying_the_summary_closes_the_talk(bench: Bench, clipboard: FakeClipboard) -> None:
    one_id = held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await go_to(desk, "next")
        await desk.press("enter")
        await desk.shows(READ)
        clipboard.result = CopyResult(Outcome.FAILED, "", "xclip broke")
        await desk.press("enter")
        await desk.shows("Not copied")
        assert (await on_disk(desk, one_id)).status is Status.DEBRIEFED
        clipboard.result = CopyResult(Outcome.VERIFIED, "xclip", "")
        bench.clock.forward(minutes=2)
        await desk.press("enter")
        await desk.shows("Copied")
        one = await on_disk(desk, one_id)
        assert (one.status, one.closed) == (Status.CLOSED, ENDED + timedelta(minutes=12))


async def test_copying_before_the_debrief_closes_nothing(
    bench: Bench, clipboard: FakeClipboard
) -> None:
    one_id = held(bench)
    async with opened(bench) as desk:
        await desk.press("f4", "f7", "enter")
        await desk.shows("Copied")
        assert (await on_disk(desk, one_id)).status is Status.UNDER_WAY


# -- cue by cue ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["shift+tab", "pageup", "up"])
async def test_back_and_on_again(bench: Bench, key: str) -> None:
    """What was being typed at a cue is there when one comes back to it."""
    one_id = held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await desk.press(key)
        await desk.shows(SAID["promises"], f"1 of {COUNT}")
        await desk.press("enter", *"draft the")
        await desk.shows(SAID["plans"], "< they plan │ draft the")
        await desk.press(key)
        await desk.shows(SAID["promises"], "> I promise │", without="draft the")
        assert (await on_disk(desk, one_id)).cue == "promises"
        await desk.press("enter")
        await desk.shows("< they plan │ draft the")
        await desk.press(*" note", "enter")
        await desk.shows(SAID["words"], '" heard │')
        [plan] = (await desk.on_disk()).follow_ups.values()
        assert plan.text == "draft the note"


async def test_several_answers_to_one_cue(bench: Bench) -> None:
    """Each line is one of its own, may be of another kind, and all of them are one act."""
    one_id = held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await desk.press(*"send the book by fri", "ctrl+j", *"ask Lena", "ctrl+j")
        await desk.press(*"!a quiet morning", "ctrl+j", *"   ", "enter")
        await desk.shows(SAID["plans"], "send the book", "ask Lena", "a quiet morning")
        journal = await desk.on_disk()
        assert sorted((f.text, f.due) for f in journal.follow_ups.values()) == [
            ("ask Lena", None),
            ("send the book", date(2026, 11, 27)),
        ]
        assert await note_texts(desk, one_id) == [("need", "a quiet morning")]
        await desk.press("escape", "escape", "u")
        await desk.shows("Nothing written yet")
        journal = await desk.on_disk()
        assert (journal.follow_ups, journal.one_to_ones[one_id].cue) == ({}, "")


async def test_another_kind_in_passing_stays_on_the_cue(bench: Bench) -> None:
    one_id = held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await desk.press('"')
        await desk.shows('" heard │')
        await desk.press(*"I lose the thread", "enter")
        await desk.shows(SAID["promises"], "> I promise │", "“I lose the thread”", f"1 of {COUNT}")
        assert await note_texts(desk, one_id) == [("heard", "I lose the thread")]
        await desk.press("!", "backspace")
        await desk.shows("> I promise │")
        await desk.press(*"ask Lena", "enter")
        await desk.shows(SAID["plans"], f"2 of {COUNT}")


async def test_sure_or_only_think_so(bench: Bench) -> None:
    one_id = held(bench)
    async with opened(bench, size=NARROW) as desk:
        await begin(desk)
        await desk.press(*"ask Lena", "ctrl+y")
        await desk.reads("> I promise I think so │ ask Lena")
        await desk.press("enter")
        await desk.shows(SAID["plans"][:20], "I think so", without="I think so │")
        await desk.press("enter", *"I lose it", "enter", "ctrl+y", *"time", "enter")
        await desk.reads("! time I think so")
        journal = await desk.on_disk()
        assert [f.is_unsure for f in journal.follow_ups.values()] == [True]
        assert {n.text: n.is_unsure for n in journal.page(one_id).notes} == {
            "I lose it": False,
            "time": True,
        }


async def test_being_unsure_of_nothing_is_not_being_unsure_of_the_next(bench: Bench) -> None:
    held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await desk.press("ctrl+y")
        await desk.shows("> I promise I think so │")
        await desk.press("enter")
        await desk.shows("< they plan │", without="I think so")


async def test_a_feeling_stays_mine_and_says_so(bench: Bench) -> None:
    held(bench)
    async with opened(bench, notifications=True) as desk:
        await begin(desk)
        await go_to(desk, "feeling")
        await desk.shows("~ feeling mine │")
        await desk.press(*"tired", "ctrl+o")
        await desk.shows("never goes into the summary.", "~ feeling mine │ tired")


async def test_the_minutes_since_the_end_go_on(bench: Bench) -> None:
    held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await desk.shows("ended 10 min ago")
        bench.clock.forward(minutes=3)
        await desk.shows("ended 13 min ago")


async def test_a_talk_that_nobody_ended_is_over_with_the_first_answer(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    course.start(notebook, one)
    bench.clock.now = ENDED
    async with opened(bench) as desk:
        await desk.press("f4")
        await begin(desk)
        assert (await on_disk(desk, one.id)).ended is None, "looking into it ends nothing"
        await desk.press(*"ask Lena", "enter")
        await desk.shows(SAID["plans"], "just ended")
        assert (await on_disk(desk, one.id)).ended == ENDED


# -- walking it again ----------------------------------------------------------------------


async def test_from_landmark_to_landmark(bench: Bench) -> None:
    one_id = held(bench, route=ROUTE)
    async with opened(bench) as desk:
        await begin(desk)
        await desk.shows(f"1 of {COUNT}", "^l by landmarks")
        await desk.press("ctrl+l")
        await desk.shows("1 of 9", SAID["promises"])
        await desk.press("enter", "enter")
        for landmark, line in zip(ROUTE, ('"I lose it', "!time", "~tired"), strict=True):
            await desk.shows(f"At {landmark}: what was said?", '" heard │')
            await desk.press(*line, "enter")
        await desk.shows(SAID["need"], "6 of 9")
        assert await note_texts(desk, one_id) == [
            ("heard", "I lose it"),
            ("need", "time"),
            ("feeling", "tired"),
        ]
        await desk.press("shift+tab")
        await desk.shows("At long bench: what was said?")
        await desk.press("ctrl+l")
        await desk.shows(SAID["words"], f"3 of {COUNT}")


async def test_a_walk_that_was_left_at_a_landmark_goes_on_there(bench: Bench) -> None:
    held(bench, route=ROUTE)
    async with opened(bench) as desk:
        await begin(desk)
        await desk.press("ctrl+l", "enter", "enter", "enter", *"what we ")
        await desk.shows("At mill: what was said?", "what we")
        await desk.quit()
    async with opened(bench) as desk:
        await begin(desk)
        await desk.shows("At mill: what was said?", "4 of 9", '" heard │ what we')


async def test_without_landmarks_it_says_where_they_are_named(bench: Bench) -> None:
    held(bench)
    async with opened(bench, notifications=True) as desk:
        await begin(desk)
        assert "by landmarks" not in desk.text
        await desk.press("ctrl+l")
        await desk.shows("Name landmarks first: F3, then i.", f"1 of {COUNT}")


# -- leaving it, and taking it up ----------------------------------------------------------


async def test_left_for_later_and_taken_up_at_the_same_cue(bench: Bench) -> None:
    one_id = held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await desk.press(*"ask Lena", "enter", "enter", *"I lose the ")
        await desk.shows(SAID["words"], "I lose the")
        await desk.press("escape")
        await desk.shows("ended after 35 min", "F8 debrief", "ask Lena", without="I lose the")
        assert (await on_disk(desk, one_id)).cue == "words"
        await begin(desk)
        await desk.shows(SAID["words"], f"3 of {COUNT}", '" heard │ I lose the')
        await desk.press("f2")
        await desk.shows("▌ Dana Okafor")
        await begin(desk)
        await desk.press(*"thread", "enter")
        await desk.shows(SAID["need"])
        assert await note_texts(desk, one_id) == [("heard", "I lose the thread")]


async def test_taken_up_after_a_kill(bench: Bench, tmp_path: Path) -> None:
    """The disk as it is at any moment is enough: the cue, and what was half-typed."""
    one_id = held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await desk.press(*"ask Lena", "enter", *"!she drafts ", "ctrl+o")
        for part in ("she drafts", f'"{Side.MINE}"'):  # the side may come a moment later
            await desk.until(partial(is_in_a_file, part, tmp_path / "state"), part)
        await desk.on_disk()
        shutil.copytree(tmp_path / "journal", tmp_path / "after" / "journal")
        shutil.copytree(tmp_path / "state", tmp_path / "after" / "state")
    after = Bench(tmp_path / "after", bench.clock.now)
    after.new_id = bench.new_id
    async with opened(after) as desk:
        await begin(desk)
        await desk.shows(SAID["plans"], "ask Lena", "! need mine │ she drafts")
        await desk.press(*"it", "enter")
        await desk.shows(SAID["plans"], "she drafts it")
        assert await note_texts(desk, one_id) == [("need", "she drafts it")]
    after.close()


async def test_an_answer_that_is_refused_stays(bench: Bench) -> None:
    """A newer alongside wrote the file: it is read here, and what is typed is not taken."""
    one_id = held(bench)
    rewrite(one_to_one_file(bench), lambda tables: tables[ABOUT]["file"].update(schema=SCHEMA + 1))
    async with opened(bench, notifications=True) as desk:
        await begin(desk)
        await desk.press(*"!more time", "enter")
        await desk.shows(
            "This was written by a newer alongside", "! need │ more time", f"1 of {COUNT}"
        )
        assert await note_texts(desk, one_id) == []


# -- the other cues ------------------------------------------------------------------------


async def test_who_carried_it_by_a_figure(bench: Bench) -> None:
    one_id = held(bench)
    async with opened(bench, size=NARROW) as desk:
        await begin(desk)
        await go_to(desk, "carried")
        await desk.shows("▌    leave it open")
        for number, said in enumerate(CARRIED, 1):
            await desk.press("7", "0", str(number))
            await desk.reads(SAID["useful"])
            assert (await on_disk(desk, one_id)).carried == said
            await desk.press("shift+tab")
            await desk.shows(f"▌ {number}  {said}")


async def test_who_carried_it_by_going_there(bench: Bench) -> None:
    one_id = held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await go_to(desk, "carried")
        await desk.press("up", "up", "enter")
        await desk.shows(SAID["useful"])
        assert (await on_disk(desk, one_id)).carried == "mostly them"


async def test_who_carried_it_can_be_left_open_again(bench: Bench) -> None:
    one_id = held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await go_to(desk, "carried")
        await desk.press("1")
        await desk.shows(SAID["useful"])
        await desk.press("shift+tab")
        await desk.shows("▌ 1  mostly me")
        await desk.press("G", "enter")
        await desk.shows(SAID["useful"])
        assert (await on_disk(desk, one_id)).carried == ""


async def test_what_was_useful_is_changed_and_taken_back(bench: Bench) -> None:
    one_id = held(bench)
    async with opened(bench) as desk:
        await begin(desk)
        await go_to(desk, "useful")
        await desk.press(*'"the map', "enter")
        await desk.shows(SAID["next"])
        assert (await on_disk(desk, one_id)).useful == '"the map', "no kind here, so no kind key"
        await desk.press("shift+tab")
        await desk.shows('useful │ "the map')
        await desk.press(*" you drew", "enter")
        await desk.shows(SAID["next"])
        assert (await on_disk(desk, one_id)).useful == '"the map you drew'
        await desk.press("shift+tab", "ctrl+u", "enter")
        await desk.shows(SAID["next"])
        assert (await on_disk(desk, one_id)).useful == ""


async def test_when_next_is_shown_resolved_and_a_bad_date_is_refused(bench: Bench) -> None:
    one_id = held(bench)
    async with opened(bench, notifications=True) as desk:
        await begin(desk)
        await go_to(desk, "next")
        await desk.shows("e.g. in 2 weeks", "enter leaves it open")
        await desk.press(*"31 feb")
        await desk.shows("does not exist")
        await desk.press("enter")
        await desk.shows("when │ 31 feb", f"{COUNT} of {COUNT}")
        await desk.press("ctrl+u", *"2026-11-01 10:00", "enter")
        await desk.until(lambda: "is still to come" in desk.said, "the reason")
        await desk.shows("when │ 2026-11-01 10:00")
        assert len((await desk.on_disk()).one_to_ones) == 1
        assert (await on_disk(desk, one_id)).status is Status.UNDER_WAY
        await desk.press("ctrl+u", *"tue 9:30")
        await desk.shows("Tue 24 Nov 09:30 · walk and talk")
        assert len((await desk.on_disk()).one_to_ones) == 1, "before enter nothing is planned"
        await desk.press("enter")
        await desk.shows(READ)
        coming = max((await desk.on_disk()).one_to_ones.values(), key=lambda one: one.at)
        assert coming.at == datetime(2026, 11, 24, 9, 30)


async def test_the_cadence_is_offered_and_enter_takes_it(bench: Bench) -> None:
    held(bench, every="every 2 weeks")
    async with opened(bench) as desk:
        await begin(desk)
        await go_to(desk, "next")
        await desk.shows("when │ Sun 6 Dec 14:00", "Sun 6 Dec 14:00 · walk and talk")
        await desk.press("enter")
        await desk.shows(READ)
        coming = max((await desk.on_disk()).one_to_ones.values(), key=lambda one: one.at)
        assert coming.at == datetime(2026, 12, 6, 14)


async def test_what_is_planned_already_is_not_planned_again(bench: Bench) -> None:
    one_id = held(bench, every="every 2 weeks")
    notebook = bench.notebook()
    [dana] = notebook.journal.people.values()
    draft = talks.draft_for(dana, NOW + timedelta(days=9), "call")
    talks.plan(notebook, draft, standard_template())
    async with opened(bench) as desk:
        await begin(desk)
        await go_to(desk, "next")
        await desk.shows("Planned already: Tue 1 Dec 14:02. enter keeps it.", "when │")
        await desk.press("enter")
        await desk.shows(READ)
        assert len((await desk.on_disk()).one_to_ones) == 2
        assert (await on_disk(desk, one_id)).status is Status.DEBRIEFED


async def test_questions_and_thanks_come_back_at_their_cues(bench: Bench) -> None:
    one_id = held(bench, thanks="the note to support")
    with_picks(bench, one_id)
    first, second = questions()[:2]
    async with opened(bench) as desk:
        await begin(desk)
        await go_to(desk, "words")
        await desk.shows(f"I had in mind: {first.cue}, {second.cue}")
        await go_to(desk, "shared")
        await desk.reads("thank-you, if I said it (begin with +): the note to support")
        await go_to(desk, "carried")
        await desk.shows(words.WHICH_ASKED, f"[ ] {first.cue}", f"[ ] {second.cue}")
        await desk.press("g", "space")
        await desk.shows(f"▌ [x] {first.cue}", "asked 14:47")
        await desk.press("down", "l")
        await desk.shows(f"▌ [x] {second.cue}", "landed")
        await desk.press("l")
        await desk.shows("did not land")
        await desk.press("2")
        await desk.shows(SAID["useful"])
        assert (await on_disk(desk, one_id)).carried == "even", "a figure is for who carried it"
        asked = {p.cue: (p.asked, p.landed) for p in (await desk.on_disk()).picks_of(one_id)}
        at = ENDED + timedelta(minutes=10)
        assert asked == {first.cue: (at, Landed.UNKNOWN), second.cue: (at, Landed.NO)}


# -- which talk ----------------------------------------------------------------------------


async def test_nothing_to_bring_back(bench: Bench) -> None:
    async with opened(bench, notifications=True) as desk:
        await desk.press("f8")
        await desk.until(lambda: desk.said == words.NOTHING_TO_DEBRIEF, "that there is none")
    dana = with_dana(bench)
    notebook = bench.notebook()
    draft = talks.draft_for(dana, NOW + timedelta(days=2), "call")
    talks.plan(notebook, draft, standard_template())
    async with opened(bench, notifications=True) as desk:
        await desk.press("f3", "f8")
        await desk.until(lambda: desk.said == words.NOTHING_TO_DEBRIEF, "that there is none")
        await desk.shows("Before you talk")


async def test_from_home_it_is_the_last_one_that_waits(bench: Bench) -> None:
    one_id = held(bench)
    bench.clock.forward(days=1)
    async with opened(bench) as desk:
        await begin(desk)
        await desk.shows("ended yesterday")
        await desk.press(*"ask Lena", "enter")
        await desk.shows(SAID["plans"])
        journal = await desk.on_disk()
        assert [f.born_in for f in journal.follow_ups.values()] == [one_id]
        assert len(journal.one_to_ones) == 1


async def test_a_damaged_talk_says_so(bench: Bench) -> None:
    held(bench)
    one_to_one_file(bench).write_bytes(b"{")
    async with opened(bench, notifications=True) as desk:
        await desk.press("f8")
        await desk.shows(words.UNREADABLE_DEBRIEF[:30], without="· debrief ·")


async def test_it_goes_while_one_looks_back(bench: Bench, quick_looks: None) -> None:
    one_id = held(bench)
    async with opened(bench, notifications=True) as desk:
        await begin(desk)
        await desk.press(*"ask Le")
        notebook = bench.notebook()
        talks.delete(notebook, notebook.journal.one_to_ones[one_id])
        await desk.shows("▌ Dana Okafor", words.ONE_TO_ONE_GONE[:30])


# -- hostile text --------------------------------------------------------------------------


@pytest.mark.parametrize("text", [HOSTILE[2], HOSTILE[5], HOSTILE[15]], ids=lambda t: ascii(t[:24]))
async def test_hostile_text_in_every_place_of_a_debrief(bench: Bench, text: str) -> None:
    landmark = clean_line(text)[:60].replace(",", " ").replace(";", " ")
    one_id = held(bench, route=(landmark, "{0} %s"), thanks=clean_line(text))
    notebook = bench.notebook()
    [dana] = notebook.journal.people.values()
    folk.edit(notebook, dana, dana._replace(name=clean_line(text)[:60]))
    async with opened(bench, size=NORMAL) as desk:
        await begin(desk)
        await desk.press("ctrl+l")
        await desk.paste(text)
        await desk.press("end", *" and on", "enter", "enter")
        await shows(desk, "At", beginning(text, 6))
        await desk.press("enter")
        await shows(desk, "At {0} %s: what was said?")
        await desk.press("ctrl+l")
        for _ in range(6):
            await desk.press("enter")
        await shows(desk, "Who carried the talk?")
        await desk.press("1")
        await shows(desk, "useful │")
        await desk.paste(text)
        await desk.press("enter")
        await desk.paste(text)
        assert_sound(desk)
        await desk.press("enter")
        journal = await desk.on_disk()
        assert journal.one_to_ones[one_id].useful == clean_line(text)
        lines = clean(text).split("\n")
        assert len(journal.born_in(one_id)) >= 1
        [first, *_] = sorted(journal.born_in(one_id), key=lambda f: f.id)
        whole = clean_block(" and on" if not lines[0].strip() else lines[0])
        assert first.text.startswith(whole[:20])
        assert not FORBIDDEN.search(first.text)
