"""The card of a person: read before a talk, changed line by line where it stands."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import NOW, Bench, add_person, write
from tests.ui.app import NARROW, NORMAL, Desk, opened, with_dana, with_talk
from tui.domain.dates import Cadence
from tui.domain.people import CARD_PROMPTS, CardLine, Person
from tui.services import folk

SIZES = pytest.mark.parametrize("size", [NARROW, NORMAL, (120, 40)], ids=["40x20", "80x24", "wide"])
OLD = (CardLine("Tea", "black"), CardLine("Feedback", "in private", date(2026, 3, 4)))
TOP = ("e", "g")


def with_card(bench: Bench, *card: CardLine) -> Person:
    dana = with_dana(bench, every="every month")
    folk.edit(bench.notebook(), dana, dana._replace(card=card, helps="time to think"))
    return dana


async def dana_on_disk(desk: Desk) -> Person:
    [found] = (await desk.on_disk()).people.values()
    return found


async def to_line(desk: Desk, label: str) -> None:
    """Move the highlight to a line of the card."""
    await desk.press("g")
    for _ in range(30):
        if desk.line("▌")[2:].startswith(label):
            return
        await desk.press("down")
    pytest.fail(f"there is no way to {label}:\n{desk.text}")


# -- reading -------------------------------------------------------------------------------


async def test_the_card_says_what_is_known_and_asks_what_is_not(bench: Bench) -> None:
    with_card(bench, *OLD)
    async with opened(bench) as desk:
        await desk.press("e")
        await desk.shows("Dana Okafor · card", "▌ Helps", "time to think", "every month")
        assert "in private" in desk.line("Feedback")
        assert "learned 4 Mar" in desk.line("Feedback")
        assert "learned" not in desk.line("Tea"), "of an old line nobody knows"
        for prompt in CARD_PROMPTS[1:]:
            await desk.reads(f"{prompt.label} ? {prompt.question}")
        assert "ask in the first one-to-one" in desk.line("Recognition")
        assert "?" not in desk.line("Tea") + desk.line("Feedback"), "no question where one knows"
        await desk.press("escape")
        await desk.shows("▌ Dana Okafor", "alongside", without="a line of your own")


async def test_the_learned_day_stands_beside_the_list_of_people(bench: Bench) -> None:
    with_card(bench, *OLD)
    async with opened(bench) as desk:
        await desk.reads("Feedback in private learned 4 Mar", "Tea black")


@SIZES
async def test_it_is_read_again_from_the_checklist_in_one_key(
    bench: Bench, size: tuple[int, int]
) -> None:
    with_talk(bench)
    async with opened(bench, size=size) as desk:
        await desk.press("f3", "down", "down")
        before = desk.line("▌")
        await desk.press("p")
        await desk.shows("Dana Okafor · card", "▌ Helps")
        await desk.press("enter", *"time to think", "enter", "escape")
        await desk.until(lambda: desk.line("▌") == before, "the same item")
        assert (await dana_on_disk(desk)).helps == "time to think"
        if size[0] == 120:
            await desk.shows("time to think")


async def test_what_is_meant_there_is_the_person(bench: Bench) -> None:
    notebook = bench.notebook()
    add_person(notebook, "Ana")
    add_person(notebook, "Zoë")
    async with opened(bench) as desk:
        await desk.press("G", "e", "f4")
        await desk.shows("Zoë ·", '" heard │')


# -- changing ------------------------------------------------------------------------------


@SIZES
async def test_a_question_is_answered_where_it_stands(bench: Bench, size: tuple[int, int]) -> None:
    with_card(bench, *OLD)
    async with opened(bench, size=size) as desk:
        await desk.press("e")
        await to_line(desk, "Recognition")
        await desk.press("enter", *"in writing, and then once more aloud", "enter")
        await desk.reads("learned 22 Nov")
        assert desk.line("▌")[2:].startswith("Recognition"), "the highlight stays there"
        await desk.reads("Recognition", "in writing, and then")
        assert (await dana_on_disk(desk)).card == (
            *OLD, CardLine("Recognition", "in writing, and then once more aloud", NOW.date()),
        )  # fmt: skip
        await desk.press("u")
        await desk.shows(without="learned 22 Nov")
        assert (await dana_on_disk(desk)).card == OLD


async def test_emptied_or_deleted_a_line_goes(bench: Bench) -> None:
    with_card(bench, *OLD)
    async with opened(bench, notifications=True) as desk:
        await desk.press("e")
        await to_line(desk, "Feedback")
        await desk.press("enter", "ctrl+u", "enter")
        await desk.shows("▌ Feedback", "How do they like to be told", without="in private")
        await to_line(desk, "Tea")
        await desk.press("d")
        await desk.shows("Taken away. u brings it back.", without="black")
        assert (await dana_on_disk(desk)).card == ()
        await desk.press("u", "u")
        await desk.shows("in private", "black")
        await to_line(desk, "Name")
        await desk.press("d")
        await desk.shows("There is nothing here to take away.")


async def test_a_line_of_ones_own(bench: Bench) -> None:
    with_card(bench)
    async with opened(bench) as desk:
        await desk.press("e", "G", "enter", *"black coffee", "enter")
        await desk.shows("black coffee", "learned 22 Nov")
        assert (await dana_on_disk(desk)).card == (CardLine("", "black coffee", NOW.date()),)
        await desk.press("enter", "home", *"Tea: ", "enter")
        await desk.shows("▌ Tea", "learned 22 Nov")
        assert (await dana_on_disk(desk)).card == (CardLine("Tea", "black coffee", NOW.date()),)
        await desk.press("enter")
        await desk.shows("Tea: black coffee")


async def test_the_facts_are_changed_there(bench: Bench) -> None:
    with_card(bench)
    async with opened(bench) as desk:
        await desk.press("e")
        await to_line(desk, "Name")
        await desk.press("enter", *"-Bell", "enter", "down", "enter", *"staff engineer", "enter")
        await desk.press("down", "enter", "ctrl+u", *"now and then")
        await desk.shows('"now and then" is not understood.')
        await desk.press("enter")
        await desk.shows("now and then", "is not understood")
        await desk.press("ctrl+u")
        await desk.shows("no cadence: shown last, never overdue")
        await desk.press(*"every 2 weeks", "enter", "down", "enter", *"call", "enter")
        await desk.press("down", "enter")
        await desk.shows("Dana Okafor-Bell · card", "staff engineer", "▌ Spoken of as   she")
        dana = await dana_on_disk(desk)
        assert (dana.name, dana.role) == ("Dana Okafor-Bell", "staff engineer")
        assert (dana.cadence, dana.place, dana.pronoun) == (Cadence(2, "week"), "call", "she")


async def test_nobody_takes_the_name_of_another(bench: Bench) -> None:
    notebook = bench.notebook()
    add_person(notebook, "Ana")
    add_person(notebook, "Zoë")
    async with opened(bench) as desk:
        await desk.press("G", *TOP, "enter", "ctrl+u", *"ana", "enter")
        await desk.shows("There is already somebody called Ana.", "Zoë · card")
        await desk.press("escape")
        assert {p.name for p in (await desk.on_disk()).people.values()} == {"Ana", "Zoë"}


async def test_a_note_is_taken_over_onto_the_card(bench: Bench) -> None:
    dana, one = with_talk(bench)
    write(bench.notebook(), one, '" one quiet [b]morning[/b]')
    async with opened(bench, notifications=True) as desk:
        await desk.press("f4", "escape", "b")
        await desk.shows("which question does it answer?", "Feedback", "Best hours")
        await desk.press(*"best", "enter")
        await desk.shows("It stands on Dana's card too.", without="which question")
        line = CardLine("Best hours", "one quiet [b]morning[/b]", NOW.date())
        assert (await dana_on_disk(desk)).card == (line,)
        assert [n.text for n in (await desk.page(one)).notes] == [line.text], "the note stays"
        await desk.press("u", "b", "escape")
        await desk.shows(without="which question")
        assert (await desk.on_disk()).people[dana.id].card == ()


# -- nothing typed is lost -----------------------------------------------------------------


async def test_leaving_a_line_keeps_what_was_typed(bench: Bench) -> None:
    with_card(bench, *OLD)
    async with opened(bench) as desk:
        await desk.press("e")
        await to_line(desk, "Feedback")
        await desk.press("enter", *", soon", "escape")
        await desk.shows("▌ Feedback", without="soon")
        assert (await dana_on_disk(desk)).card == OLD
        await desk.press("enter")
        await desk.shows("in private, soon")
        await desk.press("f2")
        await desk.shows("▌ Dana Okafor", without="card ·")
        await desk.press("e")
        await to_line(desk, "Feedback")
        await desk.press("enter", "enter")
        await desk.shows("in private, soon", "learned 22 Nov")
        assert (await dana_on_disk(desk)).card[1].text == "in private, soon"
        await desk.press("d", "enter")
        await desk.shows("enter keeps it", without="soon")


async def test_what_is_typed_survives_the_end_of_the_program(bench: Bench) -> None:
    with_card(bench)
    async with opened(bench) as desk:
        await desk.press("e")
        await to_line(desk, "Recognition")
        await desk.press("enter", *"in wri")
        await desk.quit()
    async with opened(bench) as desk:
        await desk.press("e")
        await to_line(desk, "Recognition")
        await desk.press("enter")
        await desk.shows("in wri")


async def test_another_window_meanwhile(bench: Bench, quick_looks: None) -> None:
    dana = with_card(bench, *OLD)
    async with opened(bench) as desk:
        await desk.press("e")
        await to_line(desk, "Role")
        await desk.press("enter", *"engin")
        now = bench.on_disk().people[dana.id]
        folk.edit(bench.notebook(), now, now._replace(helps="time alone"))
        await desk.shows("time alone", "engin")
        await desk.press(*"eer", "enter")
        await desk.shows("engineer", without="enter keeps it")
        found = await dana_on_disk(desk)
        assert (found.role, found.helps) == ("engineer", "time alone")


async def test_going_elsewhere_by_mouse_or_tab_leaves_the_line(bench: Bench) -> None:
    with_card(bench, *OLD)
    async with opened(bench) as desk:
        await desk.press("e")
        await to_line(desk, "Feedback")
        await desk.press("enter", *", soon", "tab")
        await desk.shows("▌ Feedback", "learned 4 Mar", without="enter keeps it")
        await desk.press("down")
        await desk.shows("▌ Recognition")


async def test_the_field_follows_its_line_when_the_screen_changes(bench: Bench) -> None:
    with_card(bench, *OLD)
    async with opened(bench) as desk:
        await desk.press("e")
        await to_line(desk, "Recognition")
        await desk.press("enter", *"word after word " * 6)
        for size in (NARROW, NORMAL, (40, 15)):
            await desk.resize(*size)
            await desk.until(
                lambda: "word after" in desk.line("▌ Recognition"), f"the line at {size}"
            )


async def test_two_lines_of_one_label_keep_what_was_typed_apart(bench: Bench) -> None:
    with_card(bench, CardLine("Tea", "black"), CardLine("Tea", "green, after four"))
    async with opened(bench) as desk:
        await desk.press("e")
        await to_line(desk, "Tea")
        await desk.press("enter", *", hot", "escape", "down", "enter")
        await desk.shows("green, after four", "enter keeps it", without="hot")
        await desk.press(*" sharp", "escape", "up", "enter")
        await desk.shows("black, hot", without="sharp")
        await desk.press("enter")
        await desk.shows("▌ Tea", "black, hot", without="enter keeps it")
        lines = [line.text for line in (await dana_on_disk(desk)).card]
        assert lines == ["black, hot", "green, after four"]
        await desk.press("down", "enter")
        await desk.shows("green, after four sharp")


async def test_a_new_line_is_kept_apart_from_one_called_own(bench: Bench) -> None:
    with_card(bench, CardLine("own", "car"))
    async with opened(bench) as desk:
        await desk.press("e")
        await to_line(desk, "own")
        await desk.press("enter", *" and van", "escape", "G", "enter")
        await desk.shows("e.g. Coffee: black", without="van")
