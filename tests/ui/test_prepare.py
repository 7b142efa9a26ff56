"""Prepare: the checklist of a one-to-one, and what to remember beside it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.builders import HOSTILE, NOW, Bench, add_person, plan_today, write
from tests.ui.app import NARROW, NORMAL, Desk, opened, with_talk
from tests.ui.test_hostile import assert_sound, beginning, shows
from tui import words
from tui.desk.shipped import standard_template, templates
from tui.domain.checklist import ChecklistItem, Phase, in_order
from tui.domain.onetoones import Lead, Move, Mover, OneToOne, Status
from tui.domain.people import CardLine
from tui.domain.text import clean_line, times
from tui.services import checklists, course, folk, talks

BEFORE = [i.text for i in standard_template().items if i.phase is Phase.BEFORE]
CLOSE = [i.text for i in standard_template().items if i.phase is Phase.CLOSE]


async def items(desk: Desk, one: OneToOne, phase: Phase = Phase.BEFORE) -> list[ChecklistItem]:
    return list(in_order((await desk.page(one)).items, phase))


async def texts(desk: Desk, one: OneToOne, phase: Phase = Phase.BEFORE) -> list[str]:
    return [item.text for item in await items(desk, one, phase)]


def shown(desk: Desk) -> list[str]:
    """Return the items of the checklist as they stand on the screen, signs and all."""
    found = [line[2:86].rstrip() for line in desk.lines if line[2:5] in ("[ ]", "[x]")]
    return [line.split("  ")[0] for line in found]


# -- ticking -------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["space", "enter", "x"])
async def test_a_tick_has_its_time_and_is_taken_away(bench: Bench, key: str) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3")
        await desk.shows("Before you talk", "0 of 9", "At the close", "0 of 5")
        assert desk.line(BEFORE[0]).startswith("▌ [ ] ")
        bench.clock.forward(minutes=3)
        await desk.press(key)
        await desk.shows(f"[x] {BEFORE[0]}", "1 of 9", "14:05")
        assert (await items(desk, one))[0].ticked == datetime(2026, 11, 22, 14, 5)
        await desk.press(key)
        await desk.shows(f"[ ] {BEFORE[0]}", "0 of 9", without="14:05")
        assert (await items(desk, one))[0].ticked is None


async def test_ticks_are_there_again_and_one_begins_after_them(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "space", "down", "space")
        await desk.shows("2 of 9", "saved ●")
    async with opened(bench) as desk:
        await desk.press("f3")
        await desk.shows(f"[x] {BEFORE[0]}", f"[x] {BEFORE[1]}", "2 of 9")
        assert desk.line(BEFORE[2]).startswith("▌ [ ] ")
        assert [bool(i.ticked) for i in await items(desk, one)][:3] == [True, True, False]


async def test_ticks_are_undone_and_done_again(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("f3", "space", "G", "space")
        await desk.shows("1 of 9", "1 of 5", f"[x] {CLOSE[-1]}")
        await desk.press("u")
        await desk.shows("1 of 9", "0 of 5", "Undone: tick.")
        await desk.press("u")
        await desk.shows("0 of 9", "0 of 5")
        await desk.press("U")
        await desk.shows("1 of 9", "0 of 5", "Done again: tick.")


# -- items ---------------------------------------------------------------------------------


async def test_the_reason_is_one_key_away(bench: Bench) -> None:
    with_talk(bench)
    reason = standard_template().items[0].reason
    async with opened(bench) as desk:
        await desk.press("f3")
        await desk.shows(BEFORE[0], without=reason[:20])
        await desk.press("r")
        await desk.shows(BEFORE[0], reason[:20])
        await desk.press("r")
        await desk.shows(BEFORE[0], without=reason[:20])


async def test_an_item_is_added_below_the_one_highlighted(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "down", "n")
        await desk.shows("A new item", "● before you talk")
        await desk.fill("ask about the move", "she sleeps badly")
        await desk.press("enter")
        await desk.shows("▌ [ ] ask about the move", "0 of 10", without="A new item")
        expected = [*BEFORE[:2], "ask about the move", *BEFORE[2:]]
        assert await texts(desk, one) == expected
        assert [line[4:] for line in shown(desk)] == [*expected, *CLOSE]
        await desk.press("r")
        await desk.shows("she sleeps badly")
        await desk.press("u")
        await desk.shows("0 of 9", without="ask about the move")
        assert await texts(desk, one) == BEFORE


async def test_an_item_for_the_other_phase_goes_to_its_end(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "n")
        await desk.fill("say thank you", "")
        await desk.press("tab", "right", "enter")
        await desk.shows("▌ [ ] say thank you", "0 of 6")
        assert await texts(desk, one, Phase.CLOSE) == [*CLOSE, "say thank you"]
        assert await texts(desk, one) == BEFORE


async def test_an_item_without_words_is_refused(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "n", "tab", *"a reason", "enter")
        await desk.shows("An item needs a few words.", "A new item", "a reason")
        assert await texts(desk, one) == BEFORE


async def test_an_item_is_edited(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "e")
        await desk.shows("This item")
        await desk.fill("my two promises", "because")
        await desk.press("enter")
        await desk.shows("▌ [ ] my two promises", without="This item")
        first = (await items(desk, one))[0]
        assert (first.text, first.reason) == ("my two promises", "because")
        await desk.press("u")
        await desk.shows(f"▌ [ ] {BEFORE[0]}")


@pytest.mark.parametrize("keys", [("shift+down", "shift+up"), ("J", "K")])
async def test_items_are_reordered(bench: Bench, keys: tuple[str, str]) -> None:
    _, one = with_talk(bench)
    down, up = keys
    async with opened(bench) as desk:
        await desk.press("f3", down, down)
        expected = [BEFORE[1], BEFORE[2], BEFORE[0], *BEFORE[3:]]
        await desk.until(lambda: [line[4:] for line in shown(desk)][:9] == expected, "the order")
        assert desk.line(BEFORE[0]).startswith("▌"), "the highlight goes with the item"
        assert await texts(desk, one) == expected
        await desk.press(up, up, up)
        await desk.until(lambda: [line[4:] for line in shown(desk)][:9] == BEFORE, "the order")
        assert await texts(desk, one) == BEFORE


async def test_an_item_stays_in_its_phase(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", *["down"] * 8, "shift+down", "space")
        await desk.shows(f"▌ [x] {BEFORE[-1]}", "1 of 9")
        assert await texts(desk, one) == BEFORE


@pytest.mark.parametrize("key", ["d", "delete"])
async def test_an_item_is_deleted_and_brought_back(bench: Bench, key: str) -> None:
    _, one = with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("f3", "down", key)
        await desk.shows("0 of 8", "Item deleted. u brings it back.", without=BEFORE[1])
        assert await texts(desk, one) == [BEFORE[0], *BEFORE[2:]]
        await desk.press("u")
        await desk.shows("0 of 9", BEFORE[1])
        assert await texts(desk, one) == BEFORE


async def test_the_last_item_gone(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", *["d"] * 14)
        await desk.shows("The checklist is empty. Press n to write an item of your own.")
        await desk.press("d", "e", "r", "space", "K")
        await desk.press("n", *"the first of my own", "enter")
        await desk.shows("▌ [ ] the first of my own", "0 of 1")
        assert await texts(desk, one) == ["the first of my own"]


# -- beside --------------------------------------------------------------------------------


def history(bench: Bench) -> OneToOne:
    """Put a talk of twelve days ago with all sorts of lines into the journal, and plan today's."""
    notebook = bench.notebook()
    bench.clock.now = NOW - timedelta(days=12)
    dana = add_person(notebook, "Dana Okafor")
    dana_now = dana._replace(
        helps="time to think", card=(CardLine("Feedback", "straight and in private"),)
    )
    folk.edit(notebook, dana, dana_now)
    before = plan_today(notebook, dana)
    for line in (
        '" I lose the thread\nbetween incidents',
        "! one quiet morning",
        "= no more status meeting",
        "> send the book by fri",
        "> ask Lena",
        "< draft the on-call note by 1 dec",
        "& the conference talk",
    ):
        write(notebook, before, line)
    course.end(notebook, notebook.journal.one_to_ones[before.id])
    bench.clock.now = NOW
    return plan_today(notebook, dana)


async def test_what_to_remember_stands_beside(bench: Bench) -> None:
    history(bench)
    async with opened(bench) as desk:
        await desk.press("f3")
        await desk.shows(
            "12 days since last time",
            "You promised",
            "send the book",
            "▲ overdue 9 days",
            "ask Lena",
            "no date",
            "Dana planned",
            "draft the on-call note",
            "by Tue 1 Dec",
            "Raise next",
            "you promised it: overdue 9 days",
            "& the conference talk",
            "parked Tue 10 Nov, not raised yet",
            "What helps Dana",
            "time to think",
            "Feedback  straight and in private",
            "Last time, Tue 10 Nov, walk and talk",
            "“I lose the thread …”",
            "! one quiet morning",
            without=("no more status meeting", "between incidents"),
        )


async def test_the_narrow_screen_shows_both_too(bench: Bench) -> None:
    history(bench)
    async with opened(bench, size=NARROW) as desk:
        await desk.press("f3")
        await desk.shows("Before you talk", f"▌ [ ] {BEFORE[0][:20]}")
        await desk.press("tab")
        await desk.shows("You promised", "send the book")
        await desk.press("escape")
        await desk.shows("Before you talk", f"▌ [ ] {BEFORE[0][:20]}")


async def test_nobody_talked_before(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3")
        await desk.shows(
            "Nothing is open from before.", "You have not talked before.", without="Last time"
        )


async def test_a_promise_kept_elsewhere_goes(bench: Bench, quick_looks: None) -> None:
    history(bench)
    async with opened(bench) as desk:
        await desk.press("f3")
        await desk.shows("ask Lena")
        from tui.domain.followups import Stage
        from tui.services import promises

        other = bench.notebook()
        [ask] = [f for f in other.journal.follow_ups.values() if f.text == "ask Lena"]
        promises.move(other, ask, Stage.DONE)
        await desk.shows("send the book", without="ask Lena")


# -- when and where ------------------------------------------------------------------------


async def test_details_are_changed(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "i")
        await desk.shows("One-to-one with Dana Okafor", "2026-11-22 14:02", "walk and talk")
        await desk.fill("tomorrow 9:30", "over coffee")
        await desk.shows("Mon 23 Nov 09:30")
        await desk.press("tab", "tab", "left", "tab", *"what next?", "enter")
        await desk.shows("Who moved it?")
        await desk.press("escape")
        await desk.shows(
            "Dana Okafor · over coffee · you lead · Mon 23 Nov 09:30", "Intention  what next?"
        )
        found = (await desk.on_disk()).one_to_ones[one.id]
        assert found == one._replace(
            at=datetime(2026, 11, 23, 9, 30),
            place="over coffee",
            lead=Lead.ME,
            intention="what next?",
        )
        await desk.press("u")
        await desk.shows("Dana Okafor · walk and talk · Dana leads", without="Intention")
        assert (await desk.on_disk()).one_to_ones[one.id] == one


async def test_an_impossible_day_is_refused_and_nothing_is_lost(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "i")
        await desk.fill("30 feb 14:00", "over coffee")
        await desk.shows("is a day that does not exist")
        await desk.press("enter")
        await desk.until(lambda: desk.text.count("that does not exist") == 2, "the refusal")
        assert (await desk.on_disk()).one_to_ones[one.id] == one
        await desk.press("escape")
        await desk.shows("Before you talk", "walk and talk", without="over coffee")
        await desk.press("i")
        await desk.shows("30 feb 14:00", "over coffee", "What you typed before")
        await desk.replace("28 feb 14:00")
        await desk.press("enter")
        await desk.shows("over coffee", "Before you talk", without="30 feb")
        found = (await desk.on_disk()).one_to_ones[one.id]
        assert (found.at, found.place) == (datetime(2027, 2, 28, 14), "over coffee")


async def test_route_and_thanks_are_kept_and_shown(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "i")
        await desk.to_field("route")
        await desk.replace("gate, mill; long bench ,, ")
        await desk.shows("3 landmarks")
        await desk.replace("a, b, c, d, e, f")
        await desk.shows("A route has five landmarks at most; these are 6.")
        await desk.press("enter")
        await desk.shows("One-to-one with Dana Okafor")
        await desk.replace("gate, mill, long bench")
        await desk.to_field("thanks")
        await desk.press(*"the note to support", "enter")
        await desk.shows("Route  gate · mill · long bench", "Thanks  the note to support")
        found = (await desk.on_disk()).one_to_ones[one.id]
        assert found == one._replace(
            route=("gate", "mill", "long bench"), thanks="the note to support"
        )


@pytest.mark.parametrize(
    ("key", "mover"),
    [("i", Mover.ME), ("t", Mover.THEM), ("n", Mover.LEAVE), ("enter", Mover.ME), ("escape", None)],
)
async def test_who_moved_it_is_asked_when_the_day_was_changed(
    bench: Bench, key: str, mover: Mover | None
) -> None:
    person, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "i")
        await desk.replace("thu 14:00")
        await desk.press("enter")
        await desk.shows("Who moved it?", *(words.mover(m, person)[:20] for m in Mover))
        await desk.press(key)
        await desk.shows("Thu 26 Nov 14:00", "Before you talk", without="Who moved it?")
        found = (await desk.on_disk()).one_to_ones[one.id]
        assert found.at == datetime(2026, 11, 26, 14)
        assert found.moves == (() if mover is None else (Move(mover, one.at, NOW.date()),))
        await desk.until(lambda: ("you have moved it" in desk.text) is (mover is Mover.ME), "mine")


async def test_how_often_i_moved_it_is_told(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        for when, key in (("mon 9:00", "i"), ("tue 9:00", "t"), ("wed 9:00", "i")):
            await desk.press("f3", "i")
            await desk.replace(when)
            await desk.press("enter")
            await desk.shows("Who moved it?")
            await desk.press(key)
            await desk.shows("Before you talk", without="Who moved it?")
        await desk.until(
            lambda: desk.said == f"Moved. You have moved this talk {times(2)}.", "the count of mine"
        )
        await desk.shows(f"you have moved it {times(2)}")
        assert (await desk.on_disk()).one_to_ones[one.id].moved_by_me == 2


@pytest.mark.parametrize("when", ["2026-11-22 17:30", "2026-11-22 14:02"])
async def test_another_hour_is_no_move(bench: Bench, when: str) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "i")
        await desk.replace(when)
        await desk.press("enter")
        await desk.shows("Before you talk", without=("Who moved it?", "One-to-one with"))
        assert (await desk.on_disk()).one_to_ones[one.id].moves == ()


# -- templates -----------------------------------------------------------------------------


async def test_another_checklist_keeps_what_is_ticked_or_ones_own(bench: Bench) -> None:
    _, one = with_talk(bench)
    walk = next(t for t in templates() if t.title == "Walk and talk")
    async with opened(bench) as desk:
        await desk.press("f3", "space", "n", *"ask about the move", "enter")
        await desk.shows("▌ [ ] ask about the move", "1 of 10")
        await desk.press("t")
        await desk.shows("Which checklist?", *(t.title for t in templates()))
        await desk.write("walk and")
        await desk.press("enter")
        own = "ask about the move"
        await desk.shows(f"[x] {BEFORE[0]}", own, walk.items[1].text, without="Which checklist?")
        found = await items(desk, one)
        wanted = [i.text for i in walk.items if i.phase is Phase.BEFORE]
        assert set(wanted) <= {i.text for i in found}
        assert {i.text for i in found} - set(wanted) <= {BEFORE[0], own}
        assert (await desk.on_disk()).one_to_ones[one.id].template == walk.id
        await desk.press("u")
        await desk.until(lambda: BEFORE[-1] in desk.text, "the one before")
        assert await texts(desk, one) == [BEFORE[0], own, *BEFORE[1:]]


async def test_a_template_of_ones_own(bench: Bench) -> None:
    """Kept, offered, taken for another talk, deleted, and brought back."""
    _, one = with_talk(bench)
    zoe = add_person(bench.notebook(), "Zoë")
    plan_today(bench.notebook(), zoe)
    keep = "Keep this checklist as"
    async with opened(bench, notifications=True) as desk:
        await desk.press("f3", *["d"] * 13, "n", *"ask about the move", "enter")
        await desk.shows("▌ [ ] ask about the move", without="A new item")
        await desk.press("t")
        await desk.shows(keep)
        await desk.press(*"keep", "enter")
        await desk.shows("A template of your own", "Its name")
        await desk.press("enter")
        await desk.shows("A template needs a name, such as: new project.")
        await desk.press(*"new [project]", "enter")
        await desk.until(lambda: desk.said == "Kept. t offers it from now on.", "that it is kept")
        [kept] = (await desk.on_disk()).templates.values()
        assert (kept.title, kept.is_own) == ("new [project]", True)
        assert [i.text for i in kept.items] == [
            i.text for phase in Phase for i in await items(desk, one, phase)
        ]
        await desk.press("f2", "j", "f3")
        await desk.shows("Zoë", BEFORE[0])
        await desk.press("t", *"new", "enter")
        await desk.shows("ask about the move", without=BEFORE[0])
        await desk.press("t")
        await desk.shows("2 items · your own", "Delete the template new [project]")
        await desk.press(*"delete", "enter")
        await desk.until(lambda: "Template deleted. u brings it back." in desk.said, "the way back")
        assert (await desk.on_disk()).templates == {}
        await desk.shows("ask about the move", without="Which checklist?")
        await desk.press("u")
        await desk.until(lambda: desk.notebook.journal.templates, "it to come back")
        assert [t.title for t in (await desk.on_disk()).templates.values()] == ["new [project]"]


# -- left open -----------------------------------------------------------------------------


async def test_what_was_left_open_is_shown_from_its_day_and_ticked_at_home(bench: Bench) -> None:
    today = history(bench)
    notebook = bench.notebook()
    [before] = [o for o in notebook.journal.one_to_ones.values() if o.id != today.id]
    checklists.add_item(notebook, before, Phase.BEFORE, "ask about the move", "she sleeps badly", 0)
    async with opened(bench) as desk:
        await desk.press("f3")
        await desk.shows("Left open", "[ ] ask about the move", "from Tue 10 Nov", "0 of 9")
        for _ in range(9):
            await desk.press("down")
        await desk.shows("▌ [ ] ask about the move")
        await desk.press("r")
        await desk.shows("she sleeps badly")
        await desk.press("e")
        await desk.replace("ask about her move")
        await desk.press("enter")
        await desk.shows("▌ [ ] ask about her move", without="This item")
        await desk.press("space")
        await desk.shows("0 of 9", without="ask about her move")
        [item] = [i for i in await items(desk, before) if i.is_own]
        assert (item.text, item.ticked) == ("ask about her move", NOW)
        assert await texts(desk, today) == BEFORE, "never copied"
        await desk.press("u")
        await desk.shows("[ ] ask about her move", "from Tue 10 Nov")


@pytest.mark.parametrize("text", [HOSTILE[2], HOSTILE[5], HOSTILE[9]], ids=ascii)
async def test_hostile_templates_routes_and_items_left_open(bench: Bench, text: str) -> None:
    today = history(bench)
    notebook = bench.notebook()
    [before] = [o for o in notebook.journal.one_to_ones.values() if o.id != today.id]
    checklists.add_item(notebook, before, Phase.BEFORE, text, text, 0)
    checklists.save_template(notebook, today, text)
    said = clean_line(text)
    one = notebook.journal.one_to_ones[today.id]
    course.edit(notebook, one, one._replace(route=(said, said), thanks=said))
    async with opened(bench) as desk:
        await desk.press("f3")
        await shows(desk, f"[ ]{beginning(text)}", "Left open", f"Route {beginning(text)}")
        await desk.press("t")
        await shows(desk, "Which checklist?", f"Delete the template {beginning(text)[:4]}")
        await desk.press("escape", "i")
        await shows(desk, "landmarks, five at most", beginning(text))
        assert_sound(desk)


# -- going on ------------------------------------------------------------------------------


async def test_the_talk_starts(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3")
        bench.clock.forward(minutes=8)
        await desk.press("s")
        await desk.shows('" heard │', "0 min", "Nothing written yet")
        found = (await desk.on_disk()).one_to_ones[one.id]
        assert found.started == datetime(2026, 11, 22, 14, 10)
        assert found.status is Status.UNDER_WAY
        await desk.press("f3", "s")
        await desk.shows('" heard │')
        assert (await desk.on_disk()).one_to_ones[one.id] == found


async def test_one_planned_for_another_day_and_held_today_is_todays(bench: Bench) -> None:
    notebook = bench.notebook()
    dana = add_person(notebook)
    draft = talks.draft_for(dana, NOW + timedelta(days=2), "call")
    one = talks.plan(notebook, draft, standard_template())
    async with opened(bench) as desk:
        await desk.press("f3")
        await desk.shows("Tue 24 Nov 14:02", "Before you talk")
        await desk.press("s")
        await desk.shows("Sun 22 Nov 14:02", "0 min")
        found = (await desk.on_disk()).one_to_ones[one.id]
        assert found.at.date() == date(2026, 11, 22)
        await desk.press("f2")
        await desk.shows("Dana Okafor", "today")


async def test_prepare_without_a_plan_plans_one(bench: Bench) -> None:
    notebook = bench.notebook()
    add_person(notebook)
    async with opened(bench, size=NORMAL) as desk:
        await desk.press("enter")
        await desk.shows("A one-to-one with Dana Okafor")
        await desk.press("enter")
        await desk.shows("Before you talk", "0 of 9")
        [one] = (await desk.on_disk()).one_to_ones.values()
        assert await texts(desk, one) == BEFORE
        assert await texts(desk, one, Phase.CLOSE) == CLOSE
