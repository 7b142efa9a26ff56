"""The weeks ahead: who is planned and due, and how much listening that is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW, Bench, add_person
from tests.ui.app import NARROW, NORMAL, opened
from tui.desk.shipped import standard_template
from tui.domain.onetoones import OneToOne, Status
from tui.domain.people import Person
from tui.services import talks

SIZES = pytest.mark.parametrize("size", [NARROW, NORMAL, (120, 40)], ids=["40x20", "80x24", "wide"])


def held(bench: Bench, person: Person, days: int, minutes: int) -> None:
    at = NOW - timedelta(days=days)
    ended = at + timedelta(minutes=minutes)
    draft = talks.draft_for(person, at, "call")._replace(
        status=Status.CLOSED, started=at, ended=ended
    )
    talks.plan(bench.notebook(), draft, standard_template())


def planned(bench: Bench, person: Person, days: int, hours: int = 0) -> OneToOne:
    draft = talks.draft_for(person, NOW + timedelta(days=days, hours=hours), "call")
    return talks.plan(bench.notebook(), draft, standard_template())


def team(bench: Bench) -> list[Person]:
    notebook = bench.notebook()
    dana = add_person(notebook, "Dana Okafor", "weekly")
    ana = add_person(notebook, "Ana García", "weekly")
    held(bench, dana, 6, 50)
    held(bench, ana, 12, 40)
    planned(bench, dana, 1)
    return [dana, ana]


@SIZES
async def test_each_day_says_who_and_how_long(bench: Bench, size: tuple[int, int]) -> None:
    team(bench)
    async with opened(bench, size=size) as desk:
        await desk.press("W")
        await desk.shows("Weeks ahead", "This week", "Sun 22 Nov")
        await desk.reads("Ana García", "overdue 5 days · not planned", "40 min due")
        if size != NARROW:
            await desk.shows("Next week", "50 min planned", "median of your last 10 talks")
            assert "14:02" in desk.line("Dana Okafor")
        await desk.press("escape")
        await desk.shows("alongside", "▌ Ana García", without="Weeks ahead")


async def test_a_talk_is_prepared_and_what_is_due_is_planned_there(bench: Bench) -> None:
    team(bench)
    async with opened(bench) as desk:
        await desk.press("W", "enter")
        await desk.shows("The next one-to-one with Ana García")
        await desk.replace("tue 10:00")
        await desk.press("enter")
        await desk.shows("1 h 30 planned", without=("The next one-to-one", "not planned"))
        await desk.press("g", "enter")
        await desk.shows("Before you talk", "Dana Okafor")


async def test_left_out_there_it_goes(bench: Bench) -> None:
    team(bench)
    async with opened(bench) as desk:
        await desk.press("W", "s", "l")
        await desk.shows("Tue 24 Nov", without=("overdue", "Sun 22 Nov"))
        assert "Ana García" in desk.line("Tue 24 Nov")


async def test_a_day_with_much_listening_is_said_gently(bench: Bench) -> None:
    dana, ana = team(bench)
    for hours in (-4, -3, -2, -1):
        planned(bench, dana if hours % 2 else ana, 1, hours)
    async with opened(bench) as desk:
        await desk.press("W")
        await desk.shows("3 h 50: more than 3 h of listening: could one be another day?")


async def test_later_and_back(bench: Bench) -> None:
    dana, _ = team(bench)
    planned(bench, dana, 25)
    async with opened(bench) as desk:
        await desk.press("W")
        await desk.shows("Week of Mon 30 Nov", without="Thu 17 Dec")
        await desk.press("right", "right")
        await desk.shows("Week of Mon 14 Dec", "Thu 17 Dec", without="This week")
        await desk.press("left", "left", "left")
        await desk.shows("This week")


async def test_nothing_ahead_says_what_to_do(bench: Bench) -> None:
    add_person(bench.notebook())
    async with opened(bench) as desk:
        await desk.press("W")
        await desk.shows("Nothing is planned or due in these weeks.")
        await desk.press("enter", "s", "escape")
        await desk.shows("▌ Dana Okafor")
