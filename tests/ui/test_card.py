"""The cue card: what to carry, shown and truly copied."""

from __future__ import annotations

import pytest

from tests.builders import HOSTILE, Bench, add_person, plan_today, write
from tests.ui.app import NARROW, WIDE, opened, with_talk
from tests.ui.test_hostile import assert_sound, beginning, shows
from tests.ui.test_summary import FakeClipboard, clipboard, rescued
from tui import words
from tui.desk.clipboard import CopyResult, Outcome
from tui.desk.shipped import questions
from tui.domain.onetoones import OneToOne
from tui.domain.text import cell_length, clean_line
from tui.services import course, deck, talks
from tui.services.outward import card_text, cue_card

__all__ = ["clipboard"]


def prepared(bench: Bench) -> OneToOne:
    """Put a talk with all that stands on a card into the journal, and what does not."""
    notebook = bench.notebook()
    dana = add_person(notebook)
    one = plan_today(notebook, dana)
    write(notebook, one, "> send the book by fri")
    write(notebook, one, "> ask Lena")
    write(notebook, one, "~ she looked tired")
    one = notebook.journal.one_to_ones[one.id]
    after = one._replace(intention="hear about the move", route=("gate", "mill"))
    course.edit(notebook, one, after)
    deck.take(notebook, after, questions()[:3])
    return notebook.journal.one_to_ones[one.id]


def the_card(bench: Bench, one: OneToOne) -> str:
    journal = bench.on_disk()
    return card_text(cue_card(journal, journal.one_to_ones[one.id], bench.clock().date()))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["40x20", "120x40"])
async def test_it_shows_what_to_carry(bench: Bench, size: tuple[int, int]) -> None:
    prepared(bench)
    cues = [question.cue for question in questions()[:3]]
    async with opened(bench, size=size) as desk:
        await desk.press("f3", "c")
        await desk.shows(*cues, "hear about the move", "t thanks", without="looked tired")
        await desk.press("end")
        await desk.shows("I promised  send the book (by Fri")
        await desk.press("escape")
        await desk.shows("Before you talk", without="enter copy")


async def test_an_empty_card_says_how_to_fill_it(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "c")
        await desk.shows("no questions yet: q on the checklist", "t: what for, and which moment")
        assert "I promised" not in desk.text


async def test_one_thank_you_is_written_here(bench: Bench) -> None:
    one = prepared(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "c", "t")
        await desk.shows("One thank-you", "What they did, when, and what it changed")
        await desk.press(*"the note to support", "enter")
        await desk.shows("Thank you  the note to support", "enter copy", without="One thank-you")
        assert (await desk.on_disk()).one_to_ones[one.id].thanks == "the note to support"
        await desk.press("escape")
        await desk.shows("Thanks  the note to support", "Before you talk")
        await desk.press("u")
        await desk.shows("Before you talk", without="the note to support")


@pytest.mark.parametrize("key", ["enter", "y"])
async def test_it_is_copied_and_says_so_truly(
    bench: Bench, clipboard: FakeClipboard, key: str
) -> None:
    one = prepared(bench)
    async with opened(bench, size=NARROW) as desk:
        await desk.press("f3", "c")
        await desk.shows(questions()[0].cue)
        clipboard.hold()
        await desk.press(key)
        await desk.reads("Copying …")
        clipboard.let_go()
        expected = the_card(bench, one)
        assert max(map(cell_length, expected.split("\n"))) <= 40
        await desk.until(lambda: "Copied" in desk.text, "the truth about it")
        assert clipboard.texts == [expected]
        assert "looked tired" not in expected


async def test_what_was_not_copied_says_where_it_is(bench: Bench, clipboard: FakeClipboard) -> None:
    one = prepared(bench)
    async with opened(bench, size=(160, 40)) as desk:
        await desk.press("f3", "c")
        clipboard.result = CopyResult(Outcome.SENT, "the terminal", "")
        await desk.press("enter")
        await desk.shows("Sent to the terminal, which cannot", without="Copied")
        clipboard.result = CopyResult(Outcome.FAILED, "", "xclip broke")
        await desk.press("enter")
        await desk.shows("Not copied: xclip broke", without="Sent to")
        assert rescued(desk).read_text(encoding="utf-8") == the_card(bench, one)


async def test_a_slow_clipboard_tells_wherever_one_is(
    bench: Bench, clipboard: FakeClipboard
) -> None:
    prepared(bench)
    clipboard.hold()
    async with opened(bench, notifications=True) as desk:
        await desk.press("f3", "c", "enter", "escape")
        await desk.shows("Before you talk", without="Copying")
        clipboard.let_go()
        await desk.until(lambda: "Copied" in desk.said, "the truth about it")


async def test_the_talk_goes_while_one_looks_at_the_card(bench: Bench, quick_looks: None) -> None:
    one = prepared(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("f3", "c")
        await desk.shows(questions()[0].cue)
        notebook = bench.notebook()
        talks.delete(notebook, notebook.journal.one_to_ones[one.id])
        await desk.until(lambda: one.id not in desk.notebook.journal.one_to_ones, "the news")
        await desk.shows(words.ONE_TO_ONE_GONE[:30], without="Thank you")


@pytest.mark.parametrize("text", [HOSTILE[2], HOSTILE[5], HOSTILE[12]], ids=ascii)
async def test_hostile_text_on_the_card(bench: Bench, clipboard: FakeClipboard, text: str) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook, f"{text} ~"))
    write(notebook, one, f"> {text}")
    one = notebook.journal.one_to_ones[one.id]
    said = clean_line(text)
    course.edit(notebook, one, one._replace(intention=said, thanks=said, route=(said,)))
    question = questions()[0]._replace(text=said, cues=(said,))
    deck.take(notebook, notebook.journal.one_to_ones[one.id], [question])
    async with opened(bench) as desk:
        await desk.press("f3", "c")
        await shows(desk, f"I promised {beginning(text)}", f"Thank you {beginning(text)}")
        await desk.press("enter")
        await desk.shows("Copied")
        assert_sound(desk)
        assert clipboard.texts == [the_card(bench, one)]
