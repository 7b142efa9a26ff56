"""Look back: the history of one person, told whole, and the way there and back from anywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import HOSTILE, NOW, Bench, add_person, plan_today, write
from tests.ui.app import NARROW, NORMAL, WIDE, Desk, opened, with_dana
from tests.ui.test_hostile import assert_sound, beginning, everywhere, shows
from tui import words
from tui.desk.shipped import questions
from tui.domain.followups import Stage
from tui.domain.journal import Change
from tui.domain.onetoones import Mover, OneToOne
from tui.domain.sendings import Sending
from tui.screens.history import HistoryScreen
from tui.screens.listen import ListenScreen
from tui.screens.prepare import PrepareScreen
from tui.services import course, deck, promises
from tui.services.notebook import Notebook
from tui.widgets.entry import NoteEntry
from tui.widgets.rows import Rows
from tui.words import history as said

SIZES = pytest.mark.parametrize("size", [NARROW, NORMAL, WIDE], ids=["40x20", "80x24", "120x40"])


def now(notebook: Notebook, one: OneToOne) -> OneToOne:
    return notebook.journal.one_to_ones[one.id]


def hold(bench: Bench, notebook: Notebook, name: str, ago: int, *lines: str) -> OneToOne:
    """Hold a talk some days ago in which these lines were written."""
    bench.clock.now = NOW - timedelta(days=ago)
    person = next(p for p in notebook.journal.people.values() if p.name == name)
    one = plan_today(notebook, person)
    for line in lines:
        write(notebook, one, line)
    course.start(notebook, now(notebook, one))
    bench.clock.forward(minutes=40)
    course.end(notebook, now(notebook, one))
    course.close(notebook, now(notebook, one))
    bench.clock.now = NOW
    return now(notebook, one)


def past(bench: Bench) -> list[OneToOne]:
    """Put three talks with Dana into the journal, one with Sam, and plan today's with Dana."""
    notebook = bench.notebook()
    bench.clock.now = NOW - timedelta(days=40)
    add_person(notebook, "Dana Okafor")
    add_person(notebook, "Sam Reyes")
    first = hold(bench, notebook, "Dana Okafor", 33, '" the first of all', "~ shy, I think",
                 "& the garden", "> ask Lena by 1 nov")  # fmt: skip
    second = hold(bench, notebook, "Dana Okafor", 26, '" the second time', "< draft the note")
    third = hold(bench, notebook, "Dana Okafor", 12, '" the third time', "= no more meetings",
                 "? what is behind it", "& the conference")  # fmt: skip
    hold(bench, notebook, "Sam Reyes", 5, '" a word of Sam')
    (ask,) = (f for f in notebook.journal.follow_ups.values() if f.text == "ask Lena")
    promises.touch(notebook, ask, third.id)
    (draft,) = (f for f in notebook.journal.follow_ups.values() if f.text == "draft the note")
    promises.move(notebook, draft, Stage.DONE)
    deck.take(notebook, third, questions()[:2])
    asked, _ = notebook.journal.picks_of(third.id)
    deck.turn_landed(notebook, third, asked)
    after = now(notebook, third)._replace(
        intention="to listen", useful="being asked", carried="mostly them"
    )
    course.edit(notebook, now(notebook, third), after)
    course.note_move(notebook, after, NOW - timedelta(days=19), Mover.ME)
    course.note_move(notebook, now(notebook, third), NOW - timedelta(days=15), Mover.THEM)
    sending = Sending("s1", NOW - timedelta(days=11), "plain", "tmux", "text")
    notebook.commit("sent", (Change(course.home_of(third), None, sending),))
    dana = notebook.journal.people[first.person_id]
    return [first, second, now(notebook, third), plan_today(notebook, dana)]


async def in_front(desk: Desk, kind: type[object]) -> None:
    await desk.until(lambda: isinstance(desk.app.screen, kind), f"{kind}")


# -- whole ---------------------------------------------------------------------------------


async def test_a_talk_is_read_whole(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await desk.press("f4", "f6")
        await desk.shows(
            "Dana Okafor · look back",
            "Tue 10 Nov 14:02  walk and talk · Dana leads",
            "14:02–14:42 · carried by: mostly them",
            "moved twice: by you, from Tue 3 Nov 14:02; by Dana, from Sat 7 Nov 14:02",
            "Intention  to listen",
            "Most useful  being asked",
            "landed",
            "not asked",
            "“the third time”",
            "no more meetings",
            "what is behind it",
            "mine",
            "Came up again",
            "> ask Lena",
            "Agreed · overdue 21 days · ↻ came up twice",
            "Parked here",
            "not raised yet",
            "Copied Wed 11 Nov 14:02",
            without=("the second time", "a word of Sam"),
        )
        await desk.press("down")
        await desk.shows("“the second time”", "< draft the note", "Done Sun 22 Nov",
                         without="“the third time”")  # fmt: skip
        await desk.press("down")
        await desk.shows("“the first of all”", "shy, I think", "& the garden")
        await desk.press("down")
        await desk.shows("“the first of all”")
        await desk.press("k", "k")
        await desk.shows("“the third time”")
        await desk.press("up")
        await desk.shows(said.STILL_TO_COME, "Sun 22 Nov", without="“the third time”")


async def test_what_became_of_it_is_as_it_is_now(bench: Bench) -> None:
    first, *_ = past(bench)
    async with opened(bench) as desk:
        await desk.press("f4", "f6", "G")
        await desk.shows("“the first of all”", "Agreed · overdue 21 days")
        (ask,) = desk.notebook.journal.born_in(first.id)
        promises.move(desk.notebook, ask, Stage.LET_GO, "she asked herself")
        await desk.shows("Let go Sun 22 Nov: she asked herself", without="overdue 21 days")


async def test_before_the_first_talk(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench, size=NARROW) as desk:
        await desk.press("f6")
        await desk.reads("Dana Okafor · look back", said.NO_TALKS)
        await desk.press("down", "up", "G", "enter", "space", "d", "pagedown", "pageup")
        await desk.press("slash", "x", "escape")
        await desk.reads(said.NO_TALKS)


async def test_without_anybody_it_says_what_to_do(bench: Bench) -> None:
    async with opened(bench, notifications=True) as desk:
        await desk.press("f6")
        await desk.reads(words.PERSON_NEEDED)


async def test_a_damaged_talk_says_so_and_the_others_are_read(bench: Bench) -> None:
    _, second, *_ = past(bench)
    async with opened(bench) as desk:
        disk = desk.notebook._disk
        read = disk.read_page
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(disk, "read_page", lambda h: None if second.id in h else read(h))
            await desk.press("f6", "down")
            await desk.shows("Tue 27 Oct 14:02", "Its file is damaged", "< draft the note")
            await desk.press("down")
            await desk.shows("“the first of all”", without="Its file is damaged")


# -- there and back ------------------------------------------------------------------------


@SIZES
async def test_last_time_and_back_with_half_a_line(bench: Bench, size: tuple[int, int]) -> None:
    *_, here = past(bench)
    async with opened(bench, size=size) as desk:
        await desk.press("f4", *"!half a", "f6")
        await desk.shows("Tue 10 Nov", without="half a")
        assert desk.notebook.draft(here.id), "it is kept meanwhile"
        await desk.press("escape", *" line")
        await desk.shows("! need │", "half a line")
        await desk.until(lambda: isinstance(desk.app.screen.focused, NoteEntry), "the line")
        await desk.press("f6", "f6", *" more")
        await desk.shows("half a line more")


@pytest.mark.parametrize("way", [("f3",), ("f3", "q"), ("f4",), ("f8",), ("f5",)], ids="+".join)
async def test_one_key_from_every_surface_of_a_talk(bench: Bench, way: tuple[str, ...]) -> None:
    past(bench)
    async with opened(bench) as desk:
        await desk.press(*way)
        screen = desk.app.screen
        await desk.press("f6")
        await in_front(desk, HistoryScreen)
        await desk.shows("“the third time”")
        await desk.press("escape")
        await desk.until(lambda: desk.app.screen is screen, "where one was")


async def test_it_is_before_the_talk_in_front(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await desk.press("f6", "down", "enter")
        await in_front(desk, ListenScreen)
        await desk.shows("“the second time”", '" heard │')
        await desk.press("f6")
        await desk.shows("“the first of all”", without="“the second time”")


async def test_the_digit_does_it_too_where_nothing_is_typed(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "5")
        await desk.shows("“the third time”")
        await desk.press("5")
        await in_front(desk, PrepareScreen)
        await desk.press("f4", *"at 5", "enter")
        await desk.shows("“at 5”")


async def test_keys_for_a_surface_lead_on_from_here(bench: Bench) -> None:
    """The talk one came from is meant; one surface is over home, as ever."""
    *_, here = past(bench)
    async with opened(bench) as desk:
        for key, kind in (("f4", ListenScreen), ("f3", PrepareScreen)):
            await desk.press("f4", "f6", key)
            await in_front(desk, kind)
            assert getattr(desk.app.screen, "one_id", None) == here.id
            assert len(desk.app.screen_stack) == 2
        await desk.press("f6", "f2")
        await desk.shows("new person")
        assert len(desk.app.screen_stack) == 1


async def test_the_card_of_everybodys_board_says_whose(bench: Bench) -> None:
    past(bench)
    notebook = bench.notebook()
    sam = next(p for p in notebook.journal.people.values() if p.name == "Sam Reyes")
    write(notebook, notebook.journal.one_to_ones_of(sam.id)[0], "> look into it by 2 dec")
    async with opened(bench) as desk:
        await desk.press("f5", "a", "slash", *"look into", "enter", "f6")
        await desk.shows("Sam Reyes · look back", "“a word of Sam”")


async def test_the_summary_of_the_talk_that_is_read(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await desk.press("f4", "f6", "y")
        await desk.shows("What Dana will read", "the third time")
        await desk.press("escape")
        await in_front(desk, HistoryScreen)


async def test_the_person_goes_meanwhile(bench: Bench) -> None:
    add_person(bench.notebook(), "Dana Okafor")
    async with opened(bench, notifications=True) as desk:
        await desk.press("f6")
        await in_front(desk, HistoryScreen)
        [dana] = desk.notebook.journal.people.values()
        desk.notebook.undo()
        assert dana.id not in desk.notebook.journal.people
        await desk.reads("This person is not there any more")
        await desk.shows("add the first person")


# -- small screens -------------------------------------------------------------------------


async def test_the_small_screen_shows_one_or_the_other(bench: Bench) -> None:
    past(bench)
    async with opened(bench, size=NARROW) as desk:
        await desk.press("f6")
        await desk.shows("Dana Okafor · Tue 10 Nov", "14:02–14:42", without="One-to-ones")
        await desk.press("down")
        await desk.shows("Dana Okafor · Tue 27 Oct", "“the second")
        await desk.press("tab")
        await desk.shows("look back", "One-to-ones", "▌ Tue 27 Oct", without="“the second")
        await desk.press("g")
        await desk.shows("▌ > ask Lena", "you promised it: overdue 21 days")
        await desk.press("tab")
        await desk.shows("ask Lena", "came up again", without="One-to-ones")


async def test_page_keys_turn_the_text(bench: Bench) -> None:
    notebook = bench.notebook()
    add_person(notebook)
    hold(bench, notebook, "Dana Okafor", 9, *(f'" line {n:02}' for n in range(60)))
    async with opened(bench, size=NORMAL) as desk:
        await desk.press("f6")
        await desk.shows("“line 00”", without="“line 59”")
        for _ in range(6):
            await desk.press("pagedown")
        await desk.shows("“line 59”", without="“line 00”")
        await desk.press("pageup")
        await desk.shows("“line 38”", without="“line 59”")
        for _ in range(6):
            await desk.press("pageup")
        await desk.shows("“line 00”", "Fri 13 Nov 14:02")


# -- what to raise, what was parked --------------------------------------------------------


async def test_what_to_raise_stands_above_with_its_reason(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await desk.press("f6")
        await desk.shows(
            "Raise next",
            "> ask Lena",
            "you promised it: overdue 21 days",
            "& the garden",
            "parked Tue 20 Oct, not raised yet",
            "& the conference",
            "landed last time: go on there",
        )
        await desk.press("g")
        await desk.shows("▌ > ask Lena", "said", "came up again", "“the first of all”")
        await desk.press("space")
        await desk.shows("▌ & the garden", without="you promised it")
        assert "ask Lena" in desk.said
        assert not [f for f in (await desk.on_disk()).follow_ups.values() if f.is_open]


async def test_a_parked_topic_is_raised_changed_or_dropped(bench: Bench) -> None:
    first, *_ = past(bench)
    async with opened(bench) as desk:
        await desk.press("f6", "g", "down")
        await desk.shows("▌ & the garden")
        await desk.press("space")
        await desk.shows("▌ & the conference", without="& the garden")
        await desk.press("u")
        await desk.shows("& the garden")
        await desk.press("enter")
        await desk.shows("This topic")
        await desk.press("end", *" in may", "enter")
        await desk.shows("& the conference in may", without="This topic")
        await desk.press("d")
        await desk.shows(without="& the conference")
        await desk.press("space", "enter", "d")
        shelf = (await desk.on_disk()).shelf_of(first.person_id)
        assert [topic.text for topic in shelf] == ["the garden"]


async def test_what_is_beyond_five_stands_among_the_parked(bench: Bench) -> None:
    notebook = bench.notebook()
    add_person(notebook)
    hold(bench, notebook, "Dana Okafor", 9, *(f"& topic {n}" for n in range(7)))
    async with opened(bench) as desk:
        await desk.press("f6")
        await desk.shows("Raise next", "& topic 4", "Parked, never raised", "& topic 6")

        def listed() -> list[int]:
            lines = [line.partition(" │")[0] for line in desk.lines]
            return [sum(f"& topic {n}" in line for line in lines) for n in range(7)]

        assert listed() == [1] * 7
        await desk.press("g", *["down"] * 6, "space")
        await desk.until(lambda: listed() == [1] * 6 + [0], "the last to go")


async def test_a_question_leads_to_the_questions(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await desk.press("f4", "f6", "g", "down", "down", "down")
        await desk.shows("landed last time", "“the third time”")
        await desk.press("enter")
        await in_front(desk, ListenScreen)
        await desk.shows("“the third time”", '" heard │')


# -- finding -------------------------------------------------------------------------------


@SIZES
async def test_words_are_found_in_all_talks(bench: Bench, size: tuple[int, int]) -> None:
    past(bench)
    async with opened(bench, size=size) as desk:
        await desk.press("f6", "slash", *"SHY")
        await desk.shows("shy, I think", "»")
        await desk.press("enter", "escape")
        await desk.shows(without="»")
        await desk.press("slash", *"nowhere said")
        if size == NARROW:
            await desk.press("tab")
            await desk.press("enter", "tab")
        await desk.until(
            lambda: not desk.app.screen.query_one("#past", Rows).rows,
            "nothing to be found",
        )
        await desk.press("escape", "escape")
        await desk.shows("new person")


async def test_what_came_up_is_found_where_it_did(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await desk.press("f6", "slash", *"lena")
        await desk.until(lambda: desk.row("Tue 20 Oct"), "the talk it was made in")
        assert desk.row("Tue 10 Nov")
        assert not desk.row("Tue 27 Oct")
        await desk.press("down")
        await desk.shows("» > ask Lena")


async def test_a_long_history_is_found_whole(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read some at a time; what was parked long ago is found after a moment."""
    monkeypatch.setattr("tui.services.findback.AT_ONCE", 3)
    notebook = bench.notebook()
    add_person(notebook)
    for n in range(8):
        hold(bench, notebook, "Dana Okafor", n + 1, '" the needle' if n > 4 else '" hay')
    async with opened(bench) as desk:
        await desk.press("f6", "slash", *"needle")
        await desk.until(lambda: len(desk.app.screen.query_one("#past", Rows).rows) == 3)
        await desk.shows("“the needle”")


# -- whatever is written -------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, marks=() if n in (2, 5, 10, 15) else pytest.mark.sweep)
        for n, text in enumerate(HOSTILE)
    ],
    ids=lambda text: ascii(text[:24]),
)
@pytest.mark.parametrize(
    "size",
    [NARROW, pytest.param(WIDE, marks=pytest.mark.sweep)],
    ids=["40x20", "120x40"],
)
async def test_hostile_text(bench: Bench, text: str, size: tuple[int, int]) -> None:
    one = everywhere(bench, text)
    notebook = bench.notebook()
    course.note_move(notebook, now(notebook, one), NOW - timedelta(days=3), Mover.THEM)
    after = now(notebook, one)._replace(useful=text.strip()[:400], thanks=text[:400])
    course.edit(notebook, now(notebook, one), after)
    async with opened(bench, size=size) as desk:
        await desk.press("f6")
        await shows(desk, beginning(text))
        for key in ("g", "tab", "down", "down", "down", "G", "pagedown", "tab", "pagedown"):
            await desk.press(key)
            assert_sound(desk)
        await desk.press("slash")
        await desk.paste(text[:40])
        assert_sound(desk)
