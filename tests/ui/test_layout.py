"""Every surface at every size: nothing sticks out, and what matters can be read."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import pytest
from textual.widget import Widget

from tests.builders import NOW, Bench, add_person, plan_today, write
from tests.ui.app import Desk, opened, strips_of
from tui.desk.shipped import questions
from tui.domain.debrief import CUES
from tui.services import course, deck, folk

SIZES = ((40, 15), (40, 20), (80, 24), (120, 40), (200, 60))
NEW_SIZES = tuple(size for size in SIZES if size != (120, 40))
IDS = [f"{w}x{h}" for w, h in NEW_SIZES]
each_size = pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])


class Place(NamedTuple):
    """A place in the app: how to get there from home, and what must be read there."""

    name: str
    keys: tuple[str, ...]
    texts: tuple[str, ...]
    is_dialog: bool = False
    """Whether it is a dialog like others that are resized."""


PLACES = (
    Place("home", (), ("alongside", "Dana Okafor", "in 14 days", "saved ●", "F1 help")),
    Place(
        "prepare",
        ("f3",),
        ("Dana Okafor", "Before you talk", "▌ [ ] My promises", "F1 help"),
    ),
    Place("prepare, beside", ("f3", "tab"), ("▌ > ", "space done", "F1 help")),
    Place("template", ("f3", "t"), ("Which checklist?", "▌ Standard", "A hard conversation"), True),
    Place("details", ("f3", "i"), ("One-to-one with Dana", "When", "2026-11-22 14:02"), True),
    Place(
        "questions",
        ("f3", "q"),
        ("Dana Okafor", "For this talk", "1 of 3", "[ ] on your mind", "F1 help"),
    ),
    Place(
        "own question", ("f3", "q", "n"), ("A question of your own", "The question, as you"), True
    ),
    Place("cue card", ("f3", "c"), ("Dana Okafor", "on your mind", "enter copy")),
    Place("listen, beside", ("f4", "ctrl+t"), ("▌ [ ] on your mind", '" heard │', "F1 help")),
    Place("find in a talk", ("f4", "escape", "slash"), ("find: words of this", "the last word")),
    Place(
        "debrief",
        ("f8",),
        ("Dana Okafor", f"debrief · 1 of {len(CUES)}", "> I promise │", "F1 help"),
    ),
    Place("listen", ("f4",), ("Dana Okafor", "and the last word", '" heard', "F1 help")),
    Place("notes", ("f4", "escape"), ("▌ 14:02", "and the last word", "F1 help")),
    Place("board", ("f5",), ("Dana Okafor", "Captured", "▌ > ask", "F1 help")),
    Place("history", ("f6",), ("Dana Okafor", "Sun 22 Nov 14:02", "word after word", "F1 help")),
    Place("history, its list", ("f6", "tab", "g"), ("Dana Okafor", "send the coaching", "F1 help")),
    Place("summary", ("f4", "f7"), ("What Dana will read", "Thank you", "enter copy")),
    Place("new person", ("n",), ("Somebody new", "Name", "Role")),
    Place("person card", ("e",), ("Dana Okafor", "card", "▌ Helps", "F1 help")),
    Place(
        "person card, a line",
        ("e", "down", "enter", *"in private"),
        ("Dana Okafor", "▌ Feedback", "in private", "F1 help"),
    ),
    Place("talked form", ("t",), ("You talked with Dana", "enter notes that you talked")),
    Place("next date form", ("ctrl+n",), ("The next one-to-one with Dana", "When", "Where")),
    Place("left out", ("s",), ("I could not", "Dana could not")),
    Place("weeks ahead", ("W",), ("Weeks ahead", "This week", "▌ ", "Dana Okafor", "F1 help")),
    Place("plan form", ("p",), ("A one-to-one with Dana", "When", "2026-11-22 14:02")),
    Place("follow-up form", ("f5", "e"), ("Follow-up with Dana", "What will be done", "ask Lena")),
    Place("chooser", ("o",), ("One-to-ones with Dana", "Sun 22 Nov")),
    Place("kinds", ("f4", "escape", "c"), ("What is it?", "heard", "need")),
    Place("search, empty", ("slash",), ("Search", "Type words, in any order", "F1 help")),
    Place(
        "search", ("ctrl+f", *"the"), ("Search", "▌ ", "the last word", "Dana Okafor", "F1 help")
    ),
    Place("help", ("f1",), ("People", "enter", "prepare")),
)


def with_all(bench: Bench) -> None:
    """Put a person with a past, a talk of today and all sorts of lines into the journal."""
    notebook = bench.notebook()
    bench.clock.now = NOW - timedelta(days=12)
    dana = add_person(notebook, "Dana Okafor", "every 2 weeks")
    folk.edit(notebook, dana, dana._replace(role="staff engineer", helps="time to think"))
    before = plan_today(notebook, dana)
    write(notebook, before, '" I keep losing the thread between incidents')
    write(notebook, before, "> send the coaching book by fri")
    course.end(notebook, notebook.journal.one_to_ones[before.id])
    bench.clock.now = NOW
    one = plan_today(notebook, notebook.journal.people[dana.id])
    for line in (
        "> ask Lena",
        "< draft the on-call note by 1 dec",
        "& the conference talk",
        "~ tired, and proud of the team",
        '" word after word ' + "of a note that is long enough to be wrapped on any screen " * 4,
        '" and the last word',
    ):
        write(notebook, one, line)
    deck.take(notebook, notebook.journal.one_to_ones[one.id], questions()[:1])


def assert_fits(desk: Desk, size: tuple[int, int]) -> None:
    """No line is wider than the screen, none is missing, none is drawn into another."""
    strips = strips_of(desk.app)
    assert len(strips) == size[1]
    assert {strip.cell_length for strip in strips} == {size[0]}
    if size[0] < 40:
        return
    for widget in desk.app.screen.walk_children(Widget):
        if widget.display and widget.region.area:
            assert widget.region.x >= 0, widget
            assert widget.region.right <= size[0], widget


@pytest.mark.parametrize(
    "size",
    [SIZES[0], *(pytest.param(size, marks=pytest.mark.sweep) for size in SIZES[1:])],
    ids=[f"{w}x{h}" for w, h in SIZES],
)
async def test_what_matters_can_be_read_everywhere(bench: Bench, size: tuple[int, int]) -> None:
    with_all(bench)
    async with opened(bench, size=size) as desk:
        for place in PLACES:
            await desk.press(*place.keys)
            await desk.shows(*place.texts)
            assert_fits(desk, size)
            await desk.press("escape")
            if place.name == "kinds":
                await desk.shows(without="What is it?")
            await desk.press("f2")
            await desk.shows("alongside", "▌ Dana Okafor", without="type to find")


@pytest.mark.parametrize("size", NEW_SIZES, ids=IDS)
async def test_every_cue_of_the_debrief(bench: Bench, size: tuple[int, int]) -> None:
    with_all(bench)
    async with opened(bench, size=size) as desk:
        await desk.press("f8")
        for number, cue in enumerate(CUES, 1):
            await desk.reads(f"{number} of {len(CUES)}", cue.text.format(name="Dana"), "F1 help")
            assert_fits(desk, size)
            await desk.press("enter")
        await desk.shows("What Dana will read")


@pytest.mark.parametrize("size", NEW_SIZES, ids=IDS)
async def test_away(bench: Bench, size: tuple[int, int]) -> None:
    with_all(bench)
    async with opened(bench, size=size) as desk:
        await desk.press("f4", "f9")
        await desk.until(lambda: not any(c.isalpha() for c in desk.text), "nothing but a clock")
        await desk.until(lambda: desk.text.strip(), "the clock")
        assert_fits(desk, size)
        await desk.resize(40, 15)
        assert_fits(desk, (40, 15))
        await desk.press("x")
        await desk.shows('" heard │')


@pytest.mark.sweep
@pytest.mark.parametrize(
    "place", [place for place in PLACES if not place.is_dialog], ids=lambda place: place.name
)
async def test_resizing_while_one_looks(bench: Bench, place: Place) -> None:
    with_all(bench)
    async with opened(bench, size=(80, 24)) as desk:
        await desk.press(*place.keys)
        await desk.shows(*place.texts)
        for size in ((40, 15), (200, 60), (3, 2), (80, 24)):
            await desk.resize(*size)
            if size[0] >= 40:
                await desk.shows(*place.texts)
            assert_fits(desk, size)


@each_size
async def test_the_empty_journal(bench: Bench, size: tuple[int, int]) -> None:
    async with opened(bench, size=size) as desk:
        await desk.shows("alongside", "add the first person", "F1 help")
        assert_fits(desk, size)
        await desk.press("f5")
        await desk.shows("Follow-ups · everybody", "none here")
        assert_fits(desk, size)
        await desk.press("f1")
        await desk.shows("Follow-ups", "move on")
        assert_fits(desk, size)


@each_size
async def test_a_fresh_talk(bench: Bench, size: tuple[int, int]) -> None:
    add_person(bench.notebook())
    async with opened(bench, size=size) as desk:
        await desk.press("l")
        await desk.shows("Dana Okafor", "Nothing written yet", '" heard │', "F1 help")
        assert_fits(desk, size)
        await desk.press(*">a line that is longer than forty characters by fri")
        await desk.shows("by Fri 27 Nov · Agreed", "> I promise │", "by fri")
        assert_fits(desk, size)


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(SIZES[0], id="40x15"),
        *(pytest.param(size, id=f"{size[0]}x{size[1]}") for size in SIZES[1:]),
    ],
)
async def test_what_is_typed_is_seen_to_its_end(bench: Bench, size: tuple[int, int]) -> None:
    """A long line grows, and scrolls where it has no more room; the last word is always there."""
    add_person(bench.notebook())
    async with opened(bench, size=size) as desk:
        await desk.press("l")
        await desk.shows('" heard │')
        await desk.paste("word after word " * 60)
        await desk.press(*"END!")
        await desk.shows("END!", "F1 help")
        assert_fits(desk, size)


async def test_the_form_is_reached_whole_on_a_small_screen(bench: Bench) -> None:
    """Fields below the edge come into sight when one goes there."""
    with_all(bench)
    async with opened(bench, size=(40, 15)) as desk:
        await desk.press("n", *"Zoë")
        await desk.shows("Name")
        await desk.press(*["tab"] * 5)
        await desk.shows("Spoken of as", "● they")
        await desk.press("right", "enter")
        await desk.shows("▌ Zoë", without="Spoken of as")
        assert {p.pronoun for p in (await desk.on_disk()).people.values()} == {"they", "she"}


@pytest.mark.parametrize("size", SIZES[:3], ids=["40x15", "40x20", "80x24"])
async def test_a_refusal_is_seen_on_a_small_screen(bench: Bench, size: tuple[int, int]) -> None:
    async with opened(bench, size=size) as desk:
        await desk.press("n", "enter")
        await desk.shows("A person needs a name.")


# -- small and very wide -----------------------------------------------------------------------


async def test_a_list_to_choose_from_ends_where_the_screen_does(bench: Bench) -> None:
    with_all(bench)
    async with opened(bench, size=(40, 15)) as desk:
        await desk.press("f4", "escape", "c")
        await desk.shows("What is it?")
        await desk.press(*["down"] * 12)
        await desk.shows("▌ ?  hunch", "▌    not shared")


async def test_a_form_says_its_keys_however_long_it_is(bench: Bench) -> None:
    async with opened(bench, size=(40, 15)) as desk:
        await desk.press("n")
        await desk.shows("Somebody new", "enter save  esc back")


async def test_help_hangs_each_sentence_beside_its_key(bench: Bench) -> None:
    with_all(bench)
    async with opened(bench, size=(80, 24)) as desk:
        await desk.press("f1")
        await desk.shows("The card of this person: what helps")
        first, further = (
            desk.line(words).index(words) for words in ("The card of this", "them, how often")
        )
        assert first == further > 30


async def test_what_is_said_in_passing_can_be_read_whole_and_leaves_the_line(bench: Bench) -> None:
    with_all(bench)
    async with opened(bench, size=(40, 15), notifications=True) as desk:
        await desk.press("f4", *"half a line")
        sentence = "A sentence of some length, as they are said now and then " * 2
        desk.app.say(sentence)
        await desk.until(lambda: sentence.split() == _said(desk.lines), "the whole sentence")
        await desk.shows("half a line", "F1 help")


def _said(lines: list[str]) -> list[str]:
    """Return the words on the lines that are said in passing."""
    return " ".join(line.removeprefix("▌") for line in lines if line.startswith("▌")).split()


async def test_a_row_can_be_followed_across_the_widest_screen(bench: Bench) -> None:
    with_all(bench)
    async with opened(bench, size=(200, 60)) as desk:
        await desk.shows("▌ Dana Okafor")
        assert desk.line("in 14 days").index("in 14 days") < 110


async def test_each_thing_to_keep_in_mind_begins_a_line(bench: Bench) -> None:
    with_all(bench)
    notebook = bench.notebook()
    one = max(notebook.journal.one_to_ones.values(), key=lambda one: one.at)
    kept = one._replace(intention="listen", route=("gate", "dam"), thanks="the note " * 9)
    course.edit(notebook, one, kept)
    async with opened(bench, size=(80, 24)) as desk:
        await desk.press("f3")
        await desk.shows(" Intention  listen", "the note")
        assert [desk.line(word)[:7].strip() for word in ("Route", "Thanks")] == ["Route", "Thanks"]
