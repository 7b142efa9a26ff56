"""The first minute: an empty journal, the guide through a first one-to-one, hints that go."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builders import Bench
from tests.ui.app import NARROW, NORMAL, Desk, opened, with_dana, with_talk
from tui.commands import COMMAND_BY_ID
from tui.desk.hints import KINDS, note_used, used_hints
from tui.domain.guide import STEPS, CopyFor
from tui.widgets.entry import NoteEntry
from tui.widgets.guide import GuideStrip
from tui.widgets.keybar import KeyBar
from tui.widgets.legend import Legend
from tui.words import guide as words

GUIDED = CopyFor(is_guided=True)
WAYS: dict[str, tuple[str, ...]] = {
    "prepare": ("enter",),
    "tick": ("space",),
    "question": ("q", "space"),
    "start": ("escape", "s"),
    "words": (*"I keep losing the thread", "enter"),
    "promise": (*">send the book by fri", "enter"),
    "debrief": ("f8", "enter"),
    "follow-ups": ("f5",),
    "summary": ("f7", "enter"),
}
"""What the strip asks for at each step, as keys."""


async def at_step(desk: Desk, name: str) -> None:
    number = [step.id for step in STEPS].index(name) + 1
    await desk.shows(f"Guide {number} of {len(STEPS)} ·")


def is_there(path: str) -> bool:
    return Path(path).exists()


def assert_in_its_place(desk: Desk, size: tuple[int, int]) -> None:
    """The strip stands right above the keys, and leaves the line that is typed whole."""
    strip, bar = desk.one(GuideStrip).region, desk.one(KeyBar).region
    assert strip.bottom == bar.y
    assert bar.bottom == size[1]
    assert 1 <= strip.height <= (1 if size[0] >= NORMAL[0] else 3)
    for entry in desk.app.screen.query(NoteEntry):
        assert entry.region.height >= 1
        assert entry.region.bottom <= strip.y


@pytest.mark.parametrize("size", [NARROW, NORMAL], ids=["40x20", "80x24"])
async def test_the_whole_guide_is_walked_by_the_keys_it_names(
    bench: Bench, size: tuple[int, int]
) -> None:
    async with opened(bench, demo=True, size=size, copy_for=GUIDED) as desk:
        for step in STEPS:
            await at_step(desk, step.id)
            assert_in_its_place(desk, size)
            await desk.press(*WAYS[step.id])
        await desk.reads("That was all of it. F12 closes this line.")
        await desk.press("escape", "f2", "f12")
        await desk.reads("A throw-away copy: try anything. F12 guides you")


async def test_a_step_done_in_another_order_is_noticed(bench: Bench) -> None:
    async with opened(bench, demo=True, size=NORMAL, copy_for=GUIDED) as desk:
        await at_step(desk, "prepare")
        await desk.press("f4", *WAYS["words"], *WAYS["promise"], "f5")
        await desk.reads("Guide 1 of 9 · F3 prepares the talk with Dana")
        await desk.press("f3", "space")
        await at_step(desk, "question")
        await desk.press("q", "space")
        await at_step(desk, "debrief")  # what was written began the talk


async def test_it_is_skipped_and_left_and_taken_up_anew(bench: Bench) -> None:
    async with opened(bench, demo=True, size=NORMAL, copy_for=GUIDED) as desk:
        await desk.press("enter", "f4", *"half a line", "ctrl+s")
        await at_step(desk, "question")
        await desk.press("f12")
        await desk.shows("half a line", without="Guide ")
        assert not desk.app.screen.query(GuideStrip)
        await desk.press("ctrl+s", *" more", "f12")
        await at_step(desk, "prepare")
        assert desk.one(NoteEntry).text == "half a line more", "no key is taken from who types"
        for _ in STEPS:
            await desk.press("ctrl+s")
        await desk.shows("That was all of it.")


@pytest.mark.parametrize("size", [(40, 15), NARROW, NORMAL], ids=["40x15", "40x20", "80x24"])
async def test_a_long_line_is_seen_to_its_end_above_the_strip(
    bench: Bench, size: tuple[int, int]
) -> None:
    async with opened(bench, demo=True, size=size, copy_for=GUIDED) as desk:
        await desk.press("enter", "f4")
        await desk.shows('" heard │', "Guide 2")
        await desk.paste("word after word " * 60)
        await desk.press(*"END!")
        await desk.shows("END!", "Guide 2", "F1 help")
        assert_in_its_place(desk, size)


async def test_a_copy_says_so_at_home_and_nowhere_else(bench: Bench) -> None:
    async with opened(bench, demo=True, size=NORMAL, copy_for=CopyFor(goes_back=True)) as desk:
        said = "A throw-away copy: try anything."
        await desk.reads(said, "^q goes back to your journal.")
        await desk.press("f5")
        await desk.shows("Agreed", without=said)
        await desk.press("f2")
        await desk.shows(said)


@pytest.mark.parametrize(
    ("keys", "goes_to"),
    [
        (("w",), CopyFor(is_guided=True, goes_back=True)),
        (("down", "enter"), CopyFor(is_guided=True, goes_back=True)),
        (("d",), CopyFor(goes_back=True)),
    ],
)
async def test_the_empty_journal_leads_to_a_copy_and_stays_empty(
    bench: Bench, keys: tuple[str, ...], goes_to: CopyFor
) -> None:
    async with opened(bench, size=NARROW) as desk:
        await desk.shows("A companion for your one-to-ones", "walk through", "alongside demo")
        await desk.press(*keys[:-1])
        await desk.ends(keys[-1])
        assert desk.app.goes_to == goes_to
    assert not is_there(bench.place.journal), "nothing is written into it"


async def test_the_welcome_goes_when_somebody_is_there_and_comes_back(bench: Bench) -> None:
    async with opened(bench, size=NORMAL) as desk:
        await desk.press("enter", *"Dana Okafor", "enter")
        await desk.shows("▌ Dana Okafor", without="A companion for")
        await desk.press("u")
        await desk.shows("A companion for", "▌ n  add the first person")
        await desk.press("U", "enter")
        await desk.shows("A one-to-one with Dana Okafor")


async def test_a_journal_with_somebody_in_it_is_not_left_without_asking(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench, size=NORMAL) as desk:
        await desk.press("f12")
        await desk.reads("The guide walks through a first one-to-one on an invented journal")
        await desk.press("enter")
        await desk.shows("▌ Dana Okafor", without="The guide")
        assert desk.app.goes_to is None


def test_every_key_it_names_is_there() -> None:
    sentences = [said for step in STEPS for said in (step.text, *dict(step.here).values())]
    sentences += [words.THROW_AWAY, words.GOES_BACK, words.ALL_OF_IT, words.HOW_TO_LEAVE]
    named = set(re.findall(r"\{([^}]*)\}", " ".join((*sentences, words.ALL_AND_BACK))))
    assert named - {"name"} <= set(COMMAND_BY_ID)
    assert {action for action, _, _ in words.CHOICES} <= set(COMMAND_BY_ID)


async def test_the_kind_that_is_typed_stands_out_among_all(bench: Bench) -> None:
    with_talk(bench)

    def standing_out(desk: Desk) -> list[str]:
        said = desk.one(Legend).render()
        return [said.plain[s.start : s.end] for s in said.spans if s.style == "b u"]

    async with opened(bench, size=NORMAL) as desk:
        await desk.press("f4")
        await desk.until(lambda: standing_out(desk) == ['" heard'], "the usual kind")
        await desk.press(">")
        await desk.until(lambda: standing_out(desk) == ["> I promise"], "the kind chosen")


# -- hints ---------------------------------------------------------------------------------


async def test_the_kinds_take_one_line_once_three_were_used(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench, size=NARROW) as desk:
        await desk.press("f4")
        await desk.shows("they plan")
        await desk.enter("first", "!second")
        await desk.press("f2", "f4")
        await desk.shows("they plan")
        await desk.enter(">third by fri")
        await desk.shows("they plan")  # nothing moves while one types
        await desk.press("f2", "f4")
        await desk.shows('" ', without="they plan")
        assert desk.app.screen.query_one("#legend").size.height == 1
        await desk.resize(120, 40)
        await desk.shows("< they plan")  # where there is room they stay
    assert used_hints(bench.place.state) == {KINDS}


async def test_the_debrief_explains_itself_once(bench: Bench) -> None:
    with_talk(bench)
    note_used(bench.place.state, KINDS)
    async with opened(bench, size=NORMAL) as desk:
        await desk.press("f8")
        await desk.shows("One cue at a time", "enter goes on; shift+tab goes back")
        await desk.press(*["enter"] * 11)
        await desk.shows("What Dana will read")
        await desk.press("escape")
        await desk.shows('" heard │', without="brings it back cue by cue")
        await desk.press("f8")
        await desk.shows("What did I promise?", without=("One cue", "enter goes on;"))
