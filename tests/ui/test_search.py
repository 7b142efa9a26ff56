"""Search in the app: as it is typed, what each line says of itself, and the way to it and back."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import HOSTILE, NOW, Bench, add_person, plan_today, write
from tests.ui.app import NARROW, NORMAL, WIDE, Desk, opened, with_dana
from tests.ui.test_hostile import assert_sound
from tui.desk.seeking import Told
from tui.domain.followups import FollowUp, Owner
from tui.domain.journal import Change, Home
from tui.domain.notes import HEARD, Note, Side
from tui.domain.onetoones import OneToOne
from tui.domain.people import CardLine, Person, Topic
from tui.domain.text import clean_line
from tui.screens.board import BoardScreen
from tui.screens.listen import ListenScreen
from tui.screens.people import PeopleScreen
from tui.screens.person_card import PersonCardScreen
from tui.screens.prepare import PrepareScreen
from tui.screens.search import SearchScreen
from tui.services import course, folk
from tui.services.notebook import Notebook
from tui.services.search import Result, search_for
from tui.widgets.entry import NoteEntry
from tui.widgets.rows import Rows
from tui.words import search as said

SIZES = pytest.mark.parametrize("size", [NARROW, NORMAL, WIDE], ids=["40x20", "80x24", "120x40"])


def past(bench: Bench) -> tuple[Person, OneToOne]:
    """Put talks with Dana and with Tom, who is archived, into the journal."""
    notebook = bench.notebook()
    bench.clock.now = NOW - timedelta(days=400)
    tom = add_person(notebook, "Tom Weiss")
    one = plan_today(notebook, tom)
    write(notebook, one, '" the harbour at night')
    bench.clock.now = NOW - timedelta(days=12)
    dana = add_person(notebook, "Dana Okafor")
    card = (CardLine("Feedback", "never in the harbour office"),)
    folk.edit(notebook, dana, dana._replace(role="harbour pilot", helps="time", card=card))
    one = plan_today(notebook, notebook.journal.people[dana.id])
    for line in (
        "first",
        "= the HARBOR plan waits",
        "~ weary of the Härbour",
        "> call the harbour",
    ):
        write(notebook, one, line)
    now = notebook.journal.one_to_ones[one.id]
    course.edit(notebook, now, now._replace(intention="hear about the harbour"))
    folk.archive(notebook, notebook.journal.people[tom.id])
    bench.clock.now = NOW
    return notebook.journal.people[dana.id], notebook.journal.one_to_ones[one.id]


def tear(bench: Bench, name: str) -> tuple[Path, bytes]:
    """Damage the file of the one talk with somebody; returns it, and what stood in it."""
    [path] = Path(bench.place.journal).glob(f"people/{name}-*/2*.json")
    good = path.read_bytes()
    path.write_bytes(good[:-40])
    return path, good


def age(bench: Bench) -> None:
    """Have all folders seem to be of long ago."""
    for folder in Path(bench.place.journal, "people").iterdir():
        os.utime(folder, (10**9, 10**9))


async def search(desk: Desk, typed: str) -> None:
    """Search for words, in place of those that stand there."""
    await desk.press("ctrl+f")
    await desk.until(lambda: isinstance(desk.app.screen, SearchScreen), "the search")
    await desk.replace(typed)
    await desk.until(lambda: screen(desk)._is_told or not typed.split(), "an answer")
    await desk.until(lambda: not typed.split() or screen(desk)._told.is_done, "all of it")  # type: ignore[union-attr]


def screen(desk: Desk) -> SearchScreen:
    assert isinstance(desk.app.screen, SearchScreen)
    return desk.app.screen


# -- what is shown -------------------------------------------------------------------------


@SIZES
async def test_each_line_says_whose_it_is_when_and_what(
    bench: Bench, size: tuple[int, int]
) -> None:
    past(bench)
    async with opened(bench, size=size) as desk:
        await desk.press("slash")
        await desk.reads("Type words, in any order")
        await search(desk, "harbour")
        await desk.reads("5 lines", "▌ Dana Okafor · harbour pilot")
        rows = screen(desk).hits.rows
        texts = [f"{r.gutter} {r.body} {r.right} {r.below}" for r in rows if r.id]
        assert len(texts) == 6
        for words in (
            ("weary of the Härbour", "Dana Okafor", "Tue 10 Nov", "feeling", "mine"),
            ("call the harbour", "Dana Okafor", "I promise"),
            ("hear about the harbour", "intention"),
            ("Feedback: never in the harbour", "card"),
            ("“the harbour at night”", "Tom Weiss", "archived", "2025", "heard"),
        ):
            assert any(all(word in text for word in words) for text in texts), words
        assert_sound(desk)


async def test_words_are_marked_and_mine_is_slanted(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await search(desk, "harb")
        rows = {str(row.body): row for row in screen(desk).hits.rows}
        spans = rows["weary of the Härbour"].body.spans
        marked = [(s.start, s.end) for s in spans if "underline" in str(s.style)]
        assert marked == [(13, 17)]
        assert all("italic" in str(span.style) for span in spans)
        plain = rows["the HARBOR plan waits"].body.spans
        assert [(s.start, s.end) for s in plain if "underline" in str(s.style)] == [(4, 8)]
        assert not any("italic" in str(span.style) for span in plain)


async def test_people_come_first_and_the_newest_line_next(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await search(desk, "harbour")
        bodies = [str(row.body) for row in screen(desk).hits.rows if row.id]
        assert bodies[0].startswith("Dana Okafor")
        assert bodies[-1] == "“the harbour at night”"


async def test_as_it_is_typed(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await search(desk, "har")
        await desk.shows("6 lines")
        await desk.write("bour pl")
        await desk.shows("No line holds all these words")
        await desk.press(*["backspace"] * 7)
        await desk.shows("6 lines", "HARBOR plan")
        await desk.press("ctrl+u")
        await desk.shows("Type words, in any order", without=("lines", "No line"))


async def test_what_was_found_for_other_words_is_not_shown(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await search(desk, "weary")
        late = search_for(desk.notebook, "wea")
        screen(desk).post_message(SearchScreen.Heard(Told(late, (), 77, is_done=True)))
        await search(desk, "plan waits")
        assert "77" not in desk.text
        assert screen(desk)._told.search.wanted.words == ("plan", "waits")  # type: ignore[union-attr]
        screen(desk).post_message(SearchScreen.Heard(Told(late, (), 77, is_done=True)))
        await desk.idle()
        await desk.shows("1 line ", "HARBOR plan", without="77")


async def test_what_is_in_no_file_yet_is_found(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench, starts_writer=False) as desk:
        await desk.press("f4", *"a lighthouse", "enter")
        await desk.shows("“a lighthouse”")
        await search(desk, "lighthouse")
        await desk.shows("1 line ", "▌", "“a lighthouse”")
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, ListenScreen), "the talk")
        await desk.press("d")
        await search(desk, "lighthouse")
        await desk.shows("No line holds all these words")


async def test_what_another_program_adds_appears(bench: Bench) -> None:
    _, one = past(bench)
    async with opened(bench) as desk:
        await search(desk, "lighthouse")
        await desk.shows("No line holds all these words")
        write(bench.notebook(), one, "a lighthouse")
        await desk.shows("“a lighthouse”", "1 line")


async def test_a_damaged_file_is_left_out_and_told(bench: Bench) -> None:
    past(bench)
    tear(bench, "tom")
    async with opened(bench, size=WIDE) as desk:
        await search(desk, "harbour")
        await desk.shows("4 lines", "cannot be read", without="at night")


async def test_damage_while_it_is_open_is_said_and_told_in_the_banner(
    bench: Bench, quick_looks: None
) -> None:
    past(bench)
    age(bench)
    async with opened(bench, size=WIDE) as desk:
        await desk.until(lambda: desk.notebook.is_whole)
        tear(bench, "tom")
        await search(desk, "harbour night")
        await desk.reads("No line that can be read holds all these words. 1 file could not be read")
        await desk.shows("0 lines · 1 file unread", "cannot be read: ", without="more)")
        await desk.press("escape")
        tear(bench, "dana")
        await search(desk, "harbour night")
        await desk.shows("0 lines · 2 files unread", "(and 1 more)")


async def test_a_file_copied_back_is_found_in_again_and_the_banner_goes(
    bench: Bench, quick_looks: None
) -> None:
    past(bench)
    path, good = tear(bench, "tom")
    age(bench)
    async with opened(bench, size=WIDE) as desk:
        await desk.shows("cannot be read")
        path.write_bytes(good)
        await desk.shows("Dana Okafor", without="cannot be read")
        await search(desk, "harbour night")
        await desk.shows("the harbour at night", without="unread")


# -- the way there and back ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind", "row"),
    [
        ("plan waits", ListenScreen, "▌ 14:02 = decided   the HARBOR plan waits"),
        ("weary", ListenScreen, "▌ 14:02 ~ feeling   weary of the Härbour"),
        ("call the", ListenScreen, "▌ 14:02 > I promise call the harbour"),
        ("hear about", PrepareScreen, "hear about the harbour"),
        ("never in", PersonCardScreen, "never in the harbour office"),
    ],
)
async def test_enter_goes_to_the_line(
    bench: Bench, words: str, kind: type[object], row: str
) -> None:
    past(bench)
    async with opened(bench) as desk:
        await search(desk, words)
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, kind), f"{kind}")
        await desk.shows(row)


async def test_a_follow_up_outside_of_a_talk_is_on_the_board(bench: Bench) -> None:
    dana, _ = past(bench)
    notebook = bench.notebook()
    for text in ("one thing", "a lighthouse"):
        f = FollowUp(notebook.new_id(), dana.id, text, Owner.THEM, NOW)
        notebook.commit("made", (Change(Home(dana.id), None, f),))
    async with opened(bench) as desk:
        await search(desk, "lighthouse")
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, BoardScreen), "the board")
        await desk.shows("▌ < a lighthouse")


async def test_a_parked_topic_is_where_it_was_parked_or_with_the_person(bench: Bench) -> None:
    dana, one = past(bench)
    notebook = bench.notebook()
    write(notebook, one, "& a lighthouse")
    topic = Topic(notebook.new_id(), "a windmill", NOW.date())
    notebook.commit("parked", (Change(Home(dana.id), None, topic),))
    async with opened(bench) as desk:
        await search(desk, "lighthouse")
        await desk.press("enter")
        await desk.shows("& park      a lighthouse")
        await search(desk, "windmill")
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, PeopleScreen), "home")
        await desk.shows("▌ Dana Okafor")


async def test_enter_right_behind_the_words_opens_what_they_find(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await desk.press("ctrl+f", *"plan waits", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, ListenScreen), "the talk")
        await desk.shows("▌ 14:02 = decided   the HARBOR plan waits")


async def test_back_to_where_one_was_and_the_words_are_here_again(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await desk.press("f4", *"half a line")
        await search(desk, "harbour")
        await desk.press("down", "down")
        chosen = screen(desk).hits.cursor
        await desk.press("escape")
        await desk.until(lambda: isinstance(desk.app.screen, ListenScreen), "the talk")
        assert desk.one(NoteEntry).text == "half a line"
        await desk.press("ctrl+f")
        await desk.until(lambda: screen(desk)._is_told and screen(desk)._told.is_done, "it again")  # type: ignore[union-attr]
        await desk.until(lambda: screen(desk).hits.cursor == chosen, "the same line")
        await desk.press(*"x")
        await desk.until(lambda: screen(desk)._typed == "x", "other words in their place")


async def test_keys_of_the_app_mean_whom_the_line_is_about(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await search(desk, "at night")
        await desk.press("f5")
        await desk.until(lambda: isinstance(desk.app.screen, BoardScreen), "the board")
        await desk.shows("Tom Weiss · follow-ups")
        assert len(desk.app.screen_stack) == 2


async def test_ctrl_f_again_goes_to_the_words_and_not_in_a_dialog(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        await search(desk, "harbour")
        await desk.press("ctrl+f", *"night")
        await desk.shows("1 line ", "at night")
        assert len(desk.app.screen_stack) == 2
        await desk.press("f2", "n", "ctrl+f")
        await desk.shows("Somebody new")
        assert not isinstance(desk.app.screen, SearchScreen)


async def test_a_line_that_has_gone_is_said_to_have(bench: Bench) -> None:
    past(bench)
    async with opened(bench, notifications=True) as desk:
        await search(desk, "plan waits")
        journal = desk.notebook.journal
        one = next(iter(o for o in journal.one_to_ones.values() if o.at.year == 2026))
        desk.notebook.journal = journal.without([Home(one.person_id, one.id)])
        await desk.press("enter")
        await desk.until(lambda: said.GONE in desk.said, "what became of it")


# -- many, and hostile ---------------------------------------------------------------------


def many(notebook: Notebook, count: int) -> None:
    """Put so many lines into the journal, in talks of a hundred."""
    dana = add_person(notebook, "Dana Okafor")
    changes = []
    for talk in range(count // 100):
        at = NOW - timedelta(days=talk)
        one = OneToOne(notebook.new_id(), dana.id, at)
        home = Home(dana.id, one.id)
        changes.append(Change(home, None, one))
        for n in range(100):
            text = f"a lighthouse {talk * 100 + n}"
            note = Note(notebook.new_id(), text, HEARD.id, at - timedelta(seconds=n), Side.OURS)
            changes.append(Change(home, None, note))
    notebook.commit("made", changes)


@pytest.mark.sweep
async def test_ten_thousand_hits_are_counted_and_fetched_as_one_goes(bench: Bench) -> None:
    many(bench.notebook(), 10_000)
    async with opened(bench, within=30) as desk:
        await search(desk, "lighthouse")
        await desk.shows("10000 lines", "lighthouse 0”")
        hits = desk.one(Rows)
        assert len(hits.rows) < 100
        for _ in range(6):
            known = len(hits.rows)
            for _ in range(known // 20 + 1):
                await desk.press("pagedown")
            await desk.until(lambda k=known: len(hits.rows) > k, "more of them")  # type: ignore[misc]
        bodies = [str(row.body) for row in hits.rows]
        assert bodies == [f"“a lighthouse {n}”" for n in range(len(bodies))]


async def test_the_thread_ends_with_the_search(bench: Bench) -> None:
    past(bench)
    async with opened(bench) as desk:
        for _ in range(5):
            await desk.press("ctrl+f", "h", "escape")
        await desk.until(
            lambda: not any(t.name == "alongside-search" for t in threading.enumerate()), "the end"
        )


async def test_hostile_lines_are_found_and_shown_as_text(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    for text in HOSTILE:
        write(notebook, one, f"\\lantern {text}" if text[:1] in "=<-#" else f"lantern {text}")
    async with opened(bench, size=(120, 60)) as desk:
        await search(desk, "lantern")
        await desk.shows(f"{len(HOSTILE)} lines")
        for text in HOSTILE:
            word = next(iter(clean_line(text).split()))[:30]
            await desk.press("ctrl+u")
            await desk.paste(f"lantern {word}")
            await desk.until(lambda: screen(desk)._is_told, "an answer")
            await desk.until(lambda: any(row.id for row in screen(desk).hits.rows), word)
            assert_sound(desk)


async def test_a_fault_is_told_and_other_words_search_anew(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    past(bench)
    run = Result.run

    def broken(result: Result, *arguments: Any) -> Any:
        if result._search.wanted.words == ("zq",):
            raise RuntimeError("zq private")
        return run(result, *arguments)

    monkeypatch.setattr(Result, "run", broken)
    async with opened(bench) as desk:
        await desk.press("ctrl+f")
        await desk.until(lambda: isinstance(desk.app.screen, SearchScreen), "the search")
        await desk.replace("zq")
        await desk.until(lambda: "RuntimeError" in desk.said, "what broke")
        assert "private" not in desk.said
        await desk.reads("This search broke", "Other words search anew.")
        await desk.replace("thread")
        await desk.shows("thread", without=("This search broke", "Searching"))
        await desk.until(lambda: screen(desk)._is_told, "an answer")
