"""The practice mirror and a quarter in ten lines, by keys."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from shutil import rmtree

import pytest

from tests.builders import HOSTILE, NOW, Bench, add_person, plan_today, write
from tests.ui.app import NARROW, NORMAL, WIDE, Desk, opened
from tests.ui.test_hostile import assert_sound
from tests.ui.test_summary import FakeClipboard, clipboard
from tui.domain.journal import Change
from tui.domain.onetoones import WALK, OneToOne, Status
from tui.services import quarter
from tui.services.course import home_of
from tui.services.quarter import Digest
from tui.services.reflections import COUNTING
from tui.widgets.rows import Rows
from tui.words.history import STILL_READING

__all__ = ["clipboard"]

LONG = (100, 90)
"""Where all of the mirror is on the screen at once."""


def filled(bench: Bench, name: str = "Dana Okafor", place: str = WALK) -> None:
    """A talk of today and one of four months ago, with things of both sides."""
    notebook = bench.notebook()
    person = add_person(notebook, name)
    one = plan_today(notebook, person)
    for line in ("> send the book by fri", "+ for the pages", "~ tired", "-! a raise"):
        write(notebook, one, line)
    old = OneToOne(
        notebook.new_id(), person.id, NOW - timedelta(days=120), place, status=Status.CLOSED
    )
    notebook.commit("made", (Change(home_of(old), None, old),))


def rows(desk: Desk) -> Rows:
    return desk.one(Rows)


async def counted(desk: Desk) -> None:
    await desk.until(lambda: any("noted" in str(row.below) for row in rows(desk).rows))


async def test_it_shows_figures_and_sentences_and_goes_back(bench: Bench) -> None:
    filled(bench)
    async with opened(bench, size=LONG) as desk:
        await desk.press("I")
        await desk.shows("Your practice · Mon 24 Aug to Sun 22 Nov", "for you alone · a quarter")
        await desk.shows("1 promise is open, not due yet.", "1 talk with 1 person")
        await desk.shows("the two of us      not touched", "1 not due yet")
        await desk.shows("1 appreciation is noted, in 1 of 1 talk.", without=COUNTING)
        assert "tired" not in desk.text
        await desk.press("escape")
        await desk.shows("enter prepare", without="Your practice")


async def test_from_looking_back_and_back_to_it(bench: Bench) -> None:
    filled(bench)
    async with opened(bench) as desk:
        await desk.press("f6")
        await desk.until(lambda: type(desk.app.screen).__name__ == "HistoryScreen")
        await desk.press("I")
        await desk.shows("Your practice")
        await desk.press("escape")
        await desk.until(lambda: type(desk.app.screen).__name__ == "HistoryScreen")
        await desk.press("Q")
        await desk.shows("# Dana Okafor")


async def test_going_back_in_time_and_looking_at_more(bench: Bench) -> None:
    filled(bench, place="the quay")
    async with opened(bench, size=LONG) as desk:
        await desk.press("I", "left")
        await desk.shows("Mon 25 May 2026 to Sun 23 Aug", "Most often: the quay")
        await desk.press("h")
        await desk.shows("You talked with nobody and promised nothing in these days.")
        await desk.press("right", "l", "l")
        await desk.shows("Mon 24 Aug to Sun 22 Nov", "1 promise is open, not due yet.")
        await desk.press("s")
        await desk.shows("half a year", "2 talks with 1 person")
        await desk.press("s")
        await desk.shows("a year", "1 at most in 2 weeks")
        await desk.press("s")
        await desk.shows("a quarter", "1 talk with 1 person")


async def test_what_is_counted_late_moves_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    from tui.services import mirror

    may_count = Event()
    count = mirror.count_thanks

    def wait(*arguments: object) -> object:
        assert may_count.wait(20)
        return count(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(mirror, "count_thanks", wait)
    filled(bench)
    async with opened(bench, size=LONG) as desk:
        await desk.press("I")
        await desk.shows("Whom you thanked", COUNTING)
        before = [line for line in desk.lines if COUNTING not in line]
        may_count.set()
        await desk.shows("1 appreciation is noted", without=COUNTING)
        place = before.index(desk.line("Whom you thanked"))
        assert desk.lines[: place + 1] == before[: place + 1]


async def test_what_is_written_elsewhere_is_counted(bench: Bench, quick_looks: None) -> None:
    filled(bench)
    async with opened(bench, size=LONG) as desk:
        await desk.press("I")
        await desk.shows("1 appreciation is noted")
        other = bench.notebook()
        (one,) = (o for o in other.journal.one_to_ones.values() if o.at == NOW)
        write(other, one, "+ for the tea")
        write(other, one, "> bring the map")
        await desk.shows("2 appreciations are noted", "2 promises are open, not due yet.")


async def test_a_fault_while_counting_is_told_and_the_rest_stays(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> object:
        raise RuntimeError("zq private")

    monkeypatch.setattr("tui.services.mirror.count_thanks", broken)
    filled(bench)
    async with opened(bench, size=LONG) as desk:
        await desk.press("I")
        await desk.until(lambda: "RuntimeError" in desk.said)
        assert "zq" not in desk.said + desk.text
        await desk.shows("1 promise is open, not due yet.")


async def test_of_an_empty_journal_it_says_what_it_will_show(bench: Bench) -> None:
    add_person(bench.notebook())
    async with opened(bench) as desk:
        await desk.press("I")
        await desk.reads("Nothing to see yet.", "no score, and nothing about anybody else.")
        await desk.press("left", "enter", "s", "I")
        await desk.shows("enter prepare")


@pytest.mark.parametrize("size", [NARROW, NORMAL, WIDE], ids=["40x20", "80x24", "120x40"])
async def test_every_size_has_all_of_it(bench: Bench, size: tuple[int, int]) -> None:
    filled(bench)
    async with opened(bench, size=size) as desk:
        await desk.press("I")
        await counted(desk)
        await desk.shows("What you promised", "Mon 24 Aug to Sun 22 Nov")
        seen = desk.text
        for _ in range(7):
            await desk.press("down")
            seen += desk.text
        assert all(len(line) <= size[0] for line in desk.lines)
        for title in ("When you talked", "Who carried", "How you", "Where you", "Whom you"):
            assert title in seen


async def test_it_opens_the_ten_lines_of_a_person(bench: Bench) -> None:
    filled(bench)
    async with opened(bench, size=LONG) as desk:
        await desk.press("I")
        await counted(desk)
        await desk.press("enter")  # from a block to the first person
        await desk.until(lambda: rows(desk).cursor.startswith("person:"))
        await desk.press("enter")
        await desk.shows("# Dana Okafor, 24 Aug 2026", "We talked once", without="tired")
        await desk.press("escape")
        await desk.shows("What you promised", without="# Dana")


# -- a quarter ------------------------------------------------------------------------------


async def test_ours_is_copied_and_mine_never(bench: Bench, clipboard: FakeClipboard) -> None:
    filled(bench)
    async with opened(bench) as desk:
        await desk.press("Q")
        await desk.shows("# Dana Okafor, 24 Aug 2026 to 22 Nov 2026", "thank you", without="tired")
        await desk.press("m")
        await desk.shows("For you alone", "You noticed, Sun 22 Nov: tired", "a raise")
        await desk.shows("m ours/mine", without=("enter copy", "o open the copy"))
        await desk.press("enter", "y")
        await desk.shows(quarter.NOT_COPIED)
        assert clipboard.texts == []
        await desk.press("m")
        await desk.shows("# Dana Okafor", without=("tired", quarter.NOT_COPIED))
        await desk.shows("enter copy", without="o open the copy")
        await desk.press("enter")
        await desk.shows("Copied")
        (copied,) = clipboard.texts
        assert copied.startswith("# Dana Okafor, 24 Aug 2026 to 22 Nov 2026\n")
        assert "tired" not in copied
        assert "raise" not in copied


async def test_the_weeks_before(bench: Bench) -> None:
    filled(bench)
    async with opened(bench) as desk:
        await desk.press("Q", "left")
        await desk.shows("# Dana Okafor, 25 May 2026 to 23 Aug 2026", "We talked once")
        await desk.press("right", "right")
        await desk.shows("24 Aug 2026 to 22 Nov 2026", "send the book")


async def test_nobody_yet(bench: Bench) -> None:
    async with opened(bench) as desk:
        await desk.press("Q")
        await desk.until(lambda: "Add a person first" in desk.said)
        await desk.press("I")
        await desk.reads("Nothing to see yet.")


def torn(bench: Bench) -> None:
    for path in Path(bench.place.journal, "people").rglob("2026-11-22-*.json"):
        path.write_text("torn")


async def test_what_cannot_be_read_is_said(bench: Bench) -> None:
    filled(bench)
    torn(bench)
    async with opened(bench, size=LONG) as desk:
        await desk.press("Q")
        await desk.shows("# Dana Okafor", "Left out: 1 talk whose file cannot be read.")


async def test_a_quarter_is_made_once_for_what_stays_the_same(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One thread at a time, and none for news that change nothing of it."""
    from threading import Event

    made, asked, may_go = quarter.made, [], Event()

    def wait(question: quarter.Asked) -> Digest:
        asked.append(question.span)
        assert may_go.wait(20)
        return made(question)

    monkeypatch.setattr(quarter, "made", wait)
    filled(bench)
    async with opened(bench) as desk:
        await desk.press("Q")
        await desk.until(lambda: asked, "the first")
        for _ in range(5):
            desk.notebook._tell()
        await desk.press("left", "left")
        assert len(asked) == 1
        may_go.set()
        await desk.shows("# Dana Okafor, 23 Feb 2026 to 24 May 2026")
        assert len(asked) == 2
        desk.notebook._tell()
        await desk.idle()
        assert len(asked) == 2


async def test_a_quarter_says_that_the_journal_is_still_being_read(bench: Bench) -> None:
    filled(bench)
    async with opened(bench) as desk:
        desk.notebook.is_whole = False
        await desk.press("Q")
        await desk.shows("# Dana Okafor", STILL_READING)
        desk.notebook.is_whole = True
        desk.notebook._tell()
        await desk.shows("# Dana Okafor", without=STILL_READING)


async def test_a_fault_while_a_quarter_is_made_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(asked: quarter.Asked) -> Digest:
        raise RuntimeError("zq private")

    monkeypatch.setattr(quarter, "made", broken)
    filled(bench)
    async with opened(bench) as desk:
        await desk.press("Q")
        await desk.shows("alongside itself broke there (RuntimeError).", without="private")
        await desk.press("escape")
        await desk.shows("enter prepare")


def remove_people(bench: Bench) -> None:
    for folder in Path(bench.place.journal, "people").iterdir():
        rmtree(folder)


async def test_a_quarter_goes_with_the_person_and_alone(bench: Bench, quick_looks: None) -> None:
    filled(bench)
    async with opened(bench) as desk:
        await desk.press("Q")
        await desk.shows("# Dana Okafor")
        await desk.press("f1")
        await desk.shows("Everywhere")
        remove_people(bench)
        await desk.until(lambda: "not there any more" in desk.said, "the sentence")
        assert len(desk.app.screen_stack) == 3
        await desk.press("escape")
        await desk.until(lambda: len(desk.app.screen_stack) == 1, "home")


@pytest.mark.sweep
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text(bench: Bench, text: str) -> None:
    filled(bench, text, text)
    async with opened(bench, size=WIDE) as desk:
        await desk.press("I", "left")
        await desk.shows("What you promised")
        await desk.press("G", "enter", "escape", "Q")
        await desk.shows("enter copy")
        await desk.press("m", "escape")
        assert_sound(desk)
