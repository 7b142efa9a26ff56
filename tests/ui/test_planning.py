"""That you talked, when you will next, that a talk is left out: from home and from anywhere."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.builders import NOW, Bench, plan_today, write
from tests.ui.app import NARROW, NORMAL, Desk, opened, with_dana, with_talk
from tui.desk.shipped import standard_template
from tui.domain.onetoones import PASSING, Mover, OneToOne, Status
from tui.domain.people import Excuse, Person, Skip
from tui.services import talks

SIZES = pytest.mark.parametrize("size", [NARROW, NORMAL, (120, 40)], ids=["40x20", "80x24", "wide"])


def held(bench: Bench, person: Person, days: int, place: str = "call") -> OneToOne:
    at = NOW - timedelta(days=days)
    draft = talks.draft_for(person, at, place)._replace(
        status=Status.CLOSED, started=at, ended=at + timedelta(minutes=40)
    )
    return talks.plan(bench.notebook(), draft, standard_template())


def planned(bench: Bench, person: Person, days: int) -> OneToOne:
    draft = talks.draft_for(person, NOW + timedelta(days=days), "call")
    return talks.plan(bench.notebook(), draft, standard_template())


async def only_person(desk: Desk) -> Person:
    [person] = (await desk.on_disk()).people.values()
    return person


# -- why somebody is pressing --------------------------------------------------------------


@SIZES
async def test_the_reason_stands_in_words(bench: Bench, size: tuple[int, int]) -> None:
    dana = with_dana(bench, every="weekly")
    held(bench, dana, 12)
    notebook = bench.notebook()
    one = plan_today(notebook, dana)
    for line in ("> send the book by 23 nov", "> ask Lena"):
        write(notebook, one, line)
    bench.clock.forward(days=12)
    async with opened(bench, size=size) as desk:
        await desk.reads("Dana Okafor", "overdue 5 days", "you owe 2")
        await desk.reads("a promise is overdue 11 days")


# -- we talked -----------------------------------------------------------------------------


@SIZES
async def test_two_keys_note_a_corridor_talk(bench: Bench, size: tuple[int, int]) -> None:
    dana = with_dana(bench, every="every 2 weeks")
    held(bench, dana, 19)
    async with opened(bench, size=size, notifications=True) as desk:
        await desk.shows("overdue 5 days")
        await desk.press("t", "enter")
        noted = "Noted: you talked with Dana today. Due again in 14 days."
        await desk.until(lambda: noted in desk.said, noted)
        await desk.shows("▌ Dana Okafor", "in 14 days", without="You talked with")
        one = max((await desk.on_disk()).one_to_ones.values(), key=lambda one: one.at)
        assert (one.at, one.place, one.status) == (NOW, PASSING, Status.CLOSED)
        await desk.press("u")
        await desk.shows("overdue 5 days")


async def test_the_line_is_read_like_a_note_and_the_dates_are_shown(bench: Bench) -> None:
    dana = with_dana(bench, every="every 2 weeks")
    async with opened(bench, notifications=True) as desk:
        await desk.press("t")
        await desk.shows("You talked with Dana Okafor", "enter notes that you talked")
        await desk.write("> send the book by fri")
        await desk.shows("I promise · by Fri 27 Nov")
        await desk.to_field("at")
        await desk.replace("yesterday 9:30")
        await desk.shows("Sat 21 Nov 09:30")
        await desk.to_field("next")
        await desk.shows("by the cadence: Mon 7 Dec 09:00", "nothing is planned")
        await desk.write("tue 14:00")
        await desk.shows("Tue 24 Nov 14:00")
        await desk.press("enter")
        await desk.shows("▌ Dana Okafor", "send the book", "Next  Tue 24 Nov 14:00")
        journal = await desk.on_disk()
        talked, coming = sorted(journal.one_to_ones.values(), key=lambda one: one.at)
        assert (talked.at, talked.status) == (datetime(2026, 11, 21, 9, 30), Status.CLOSED)
        assert (coming.at, coming.status) == (datetime(2026, 11, 24, 14), Status.PLANNED)
        [promise] = journal.follow_ups.values()
        assert (promise.text, str(promise.due)) == ("send the book", "2026-11-27")
        assert promise.born_in == talked.id
        assert talked.person_id == dana.id


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("at", "tomorrow", "still to come"),
        ("next", "yesterday", "not understood"),
        ("next", "today 9:00", "still to come"),
        ("line", "-> keep it", "cannot stay yours alone"),
    ],
)
async def test_what_is_refused_stays_in_the_form(
    bench: Bench, field: str, typed: str, why: str
) -> None:
    with_dana(bench)
    async with opened(bench) as desk:
        await desk.press("t")
        await desk.to_field(field)
        await desk.replace(typed)
        await desk.press("enter")
        await desk.until(lambda: why in desk.one_text("#form-error"), "why not")
        assert typed in desk.text
        assert (await desk.on_disk()).one_to_ones == {}


async def test_the_talk_planned_for_earlier_today_is_the_one(bench: Bench) -> None:
    dana = with_dana(bench)
    draft = talks.draft_for(dana, NOW - timedelta(hours=2), "call")
    one = talks.plan(bench.notebook(), draft, standard_template())
    async with opened(bench) as desk:
        await desk.press("t")
        await desk.shows("the talk you had planned", "call")
        await desk.press("enter")
        await desk.shows("talked today" if desk.app.size.width < 64 else "today")
        assert [*(await desk.on_disk()).one_to_ones] == [one.id]


# -- left out ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "why", "said"),
    [
        ("i", Excuse.ME, "you could not"),
        ("t", Excuse.THEM, "Dana could not"),
        ("l", Excuse.LEAVE, "on leave"),
    ],
)
async def test_what_is_due_is_left_out_with_the_reason(
    bench: Bench, key: str, why: Excuse, said: str
) -> None:
    held(bench, with_dana(bench, every="every 2 weeks"), 15)
    async with opened(bench, notifications=True) as desk:
        await desk.shows("overdue 1 day")
        await desk.press("s")
        await desk.shows("Dana, yesterday: why is it left out?", "Leave: one of us was away")
        await desk.press(key)
        await desk.shows("in 13 days", f"Sat 21 Nov left out ({said})")
        assert "Left out. Dana is due on Sat 5 Dec now." in desk.said
        due = NOW.date() - timedelta(days=1)
        assert (await only_person(desk)).skips == (Skip(due, why, NOW.date()),)
        await desk.press("u")
        await desk.shows("overdue 1 day", without="left out (")


async def test_escape_leaves_nothing_out(bench: Bench) -> None:
    held(bench, with_dana(bench, every="weekly"), 8)
    async with opened(bench) as desk:
        await desk.press("s")
        await desk.shows("why is it left out?")
        await desk.press("escape")
        await desk.shows("overdue 1 day", without="why is it left out?")
        assert (await only_person(desk)).skips == ()


async def test_a_planned_talk_is_moved_instead(bench: Bench) -> None:
    dana = with_dana(bench, every="weekly")
    held(bench, dana, 3)
    one = planned(bench, dana, 2)
    async with opened(bench, notifications=True) as desk:
        await desk.press("s")
        await desk.shows("Dana, Tue 24 Nov 14:02: why is it left out?")
        await desk.press("i")
        await desk.shows("To when", "Tue 1 Dec 14:02")
        await desk.press("enter")
        await desk.shows("in 9 days", "you moved it once", without="To when")
        assert "Dana: moved to Tue 1 Dec 14:02." in desk.said
        after = (await desk.on_disk()).one_to_ones[one.id]
        assert [(m.by, m.was) for m in after.moves] == [(Mover.ME, one.at)]
        await desk.press("s", "i", "enter")
        await desk.shows("you moved it twice")
        assert "You have moved it twice." in desk.said


async def test_nothing_due_is_nothing_to_leave_out(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("s")
        await desk.until(lambda: "nothing to leave out" in desk.said, "the sentence")


# -- when next, from anywhere --------------------------------------------------------------


@pytest.mark.parametrize("way", [("N",), ("ctrl+n",), ("e", "N"), ("f5", "N"), ("W", "ctrl+n")])
async def test_the_next_is_planned_from_anywhere(bench: Bench, way: tuple[str, ...]) -> None:
    held(bench, with_dana(bench, every="every 2 weeks"), 4)
    async with opened(bench, notifications=True) as desk:
        await desk.press(*way)
        await desk.shows("The next one-to-one with Dana Okafor", "Wed 2 Dec 14:00")
        await desk.replace("tue 9:30")
        await desk.shows("Tue 24 Nov 09:30")
        await desk.press("enter")
        await desk.shows(without="The next one-to-one with")
        assert "Planned: Tue 24 Nov 09:30, walk and talk." in desk.said
        one = max((await desk.on_disk()).one_to_ones.values(), key=lambda one: one.at)
        assert (one.at, one.status) == (datetime(2026, 11, 24, 9, 30), Status.PLANNED)


async def test_in_a_talk_it_is_the_one_after_and_the_half_typed_line_stays(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f4", *"said", "enter", *"half a li", "ctrl+n")
        await desk.shows("The next one-to-one with Dana Okafor")
        await desk.replace("in 2 weeks")
        await desk.press("enter")
        await desk.shows("half a li", without="The next one-to-one with")
        assert len((await desk.on_disk()).one_to_ones) == 2


async def test_what_is_planned_already_goes_there_and_who_moved_it_is_asked(bench: Bench) -> None:
    one = planned(bench, with_dana(bench), 2)
    async with opened(bench, notifications=True) as desk:
        await desk.press("N")
        await desk.shows("2026-11-24 14:02")
        await desk.replace("fri 10:00")
        await desk.press("enter")
        await desk.shows("Who moved it?")
        await desk.press("i")
        await desk.shows("you moved it once")
        after = (await desk.on_disk()).one_to_ones[one.id]
        assert (after.at, after.moved_by_me) == (datetime(2026, 11, 27, 10), 1)


async def test_nobody_is_there_to_plan_with(bench: Bench) -> None:
    async with opened(bench, notifications=True) as desk:
        await desk.press("N", "t", "s")
        await desk.shows("Add a person first")
