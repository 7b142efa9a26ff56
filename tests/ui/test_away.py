"""Away: a calm clock, or nothing; no name, no note; any key comes back and does nothing else."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Digits

from tests.builders import NOW, Bench
from tests.ui.app import NARROW, WIDE, Desk, key_event, opened, with_talk
from tui import words
from tui.commands import COMMANDS
from tui.desk.settings import settings_path
from tui.screens.away import AwayScreen
from tui.services import course, talks

NOTE = "she sleeps badly"
EVERY_CHORD = sorted(
    {
        key
        for command in COMMANDS
        for key in command.keys.split(",")
        if command.is_priority and (len(key) > 1 and key not in ("question_mark",))
    }
)


def chosen(*lines: str) -> None:
    """Write the manager's settings."""
    path = Path(settings_path(os.environ))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["[away]", *lines]), encoding="utf-8")


def is_away(desk: Desk) -> bool:
    return isinstance(desk.app.screen, AwayScreen)


async def go_away(desk: Desk, *keys: str) -> None:
    await desk.press(*(keys or ("f9",)))
    await desk.until(lambda: is_away(desk), "the clock")


async def in_a_talk(desk: Desk) -> None:
    """Be in the middle of a talk, with a line half-typed."""
    await desk.press("f4", *NOTE, "enter", *"~and I ")
    await desk.shows(f"“{NOTE}”", "~ feeling mine │ and I")


@pytest.mark.parametrize("size", [NARROW, (40, 15), WIDE], ids=["40x20", "40x15", "120x40"])
async def test_nothing_of_anybody_is_to_be_seen(bench: Bench, size: tuple[int, int]) -> None:
    with_talk(bench)
    async with opened(bench, size=size, notifications=True) as desk:
        await desk.press("f4", *NOTE, "enter")
        await desk.shows(NOTE, "Dana")
        desk.app.say("what Dana said")
        await desk.shows("what Dana said")
        await go_away(desk)
        await desk.until(lambda: desk.text.strip(), "the clock to be drawn")
        assert not [c for c in desk.text if c.isalpha()], "no word at all"
        assert desk.one(Digits).value == "14:02"
        bench.clock.forward(minutes=7)
        await desk.until(lambda: desk.one(Digits).value == "14:09", "the clock to go on")
        assert not [c for c in desk.text if c.isalpha()]
        assert len(desk.text.split("\n")) == size[1]


async def test_it_may_show_nothing(bench: Bench) -> None:
    chosen('shows = "nothing"')
    with_talk(bench)
    async with opened(bench) as desk:
        await in_a_talk(desk)
        await go_away(desk)
        await desk.until(lambda: not desk.text.strip(), "an empty screen")
        await desk.press("x")
        await desk.shows("~ feeling mine │ and I", NOTE)


async def test_any_key_comes_back_and_does_nothing_else(bench: Bench) -> None:
    _, one = with_talk(bench)
    keys = [*EVERY_CHORD, "x", "space", "enter", "escape", "tab", "up", "1", "question_mark", "u"]
    assert {"f1", "f2", "f9", "ctrl+q", "ctrl+p"} <= set(keys)
    async with opened(bench, notifications=True) as desk:
        await in_a_talk(desk)
        before, journal = desk.text, await desk.on_disk()
        page = journal.page(one.id)
        for key in keys:
            await go_away(desk)
            desk._send(key_event(key))
            await desk.until(lambda: not is_away(desk), f"{key} to come back")
            await desk.idle()
            await desk.until(lambda: desk.text == before, f"what was there before, after {key}")
        after = await desk.on_disk()
        assert (after.one_to_ones, after.page(one.id)) == (journal.one_to_ones, page)


async def test_a_paste_and_a_click_come_back_too(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await in_a_talk(desk)
        before = desk.text
        await go_away(desk)
        await desk.paste("a secret")
        await desk.until(lambda: desk.text == before, "what was there before")
        await go_away(desk)
        await desk.pilot.click(offset=(20, 10))
        await desk.until(lambda: desk.text == before, "what was there before")


async def test_keys_typed_ahead_come_back_and_then_are_typed(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await in_a_talk(desk)
        await desk.press("f9", "f9", *"too")
        await desk.shows("~ feeling mine │ and I too")


async def test_how_long_one_was_away_is_said_on_return(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await go_away(desk)
        bench.clock.forward(minutes=40)
        await desk.press("space")
        await desk.shows(words.back_after(40))


async def test_what_is_to_be_told_waits(bench: Bench) -> None:
    chosen('on_leave = "false"', 'on_return = "true"')
    with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await go_away(desk)
        await desk.until(lambda: desk.app._to_say, "the command to end")
        assert not [c for c in desk.text if c.isalpha()]
        await desk.press("space")
        await desk.shows(words.hook_failed("false ended with 1.")[:40])


async def test_commands_run_on_leaving_and_on_returning(bench: Bench, tmp_path: Path) -> None:
    left, back = tmp_path / "left", tmp_path / "back"
    chosen(f'on_leave = "touch {left}"', f'on_return = "touch {back}"')
    with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await go_away(desk)
        await desk.until(left.exists, "the command for leaving")
        assert not back.exists()
        await desk.press("space")
        await desk.until(back.exists, "the command for returning")
        left.unlink()
        back.unlink()
        await go_away(desk)
        await desk.until(left.exists, "the command for leaving, again")
        await desk.press("f9")
        await desk.until(back.exists, "the command for returning, again")
        assert "Your command" not in desk.said


async def test_it_comes_by_itself_when_the_talk_starts(bench: Bench) -> None:
    chosen("at_start = true")
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f4")
        await go_away(desk, "ctrl+g")
        assert (await desk.on_disk()).one_to_ones[one.id].started == NOW
        await desk.press("space")
        await desk.shows("open · 0 min")
        await desk.press("ctrl+g")
        await desk.shows("bench · 0 min")
        await desk.press("ctrl+g")
        await desk.shows("ended after 0 min")
        assert not is_away(desk), "only the start begins it"


async def test_it_comes_by_itself_from_the_checklist_too(bench: Bench) -> None:
    chosen("at_start = true")
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3")
        await go_away(desk, "s")
        await desk.press("space")
        await desk.shows('" heard │', "open · 0 min")


async def test_it_does_not_come_by_itself_unless_chosen(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "s")
        await desk.shows('" heard │', "open · 0 min")
        assert not is_away(desk)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('shows = "the sun"', 'away.shows is neither "clock" nor "nothing" (line '),
        ("at_strat = true", "away.at_strat is not known (line "),
        ("shows = ", "is not understood"),
    ],
    ids=["a value", "a name", "a file"],
)
async def test_mistakes_in_the_settings_are_told_and_the_rest_counts(
    bench: Bench, line: str, told: str
) -> None:
    chosen(line)
    with_talk(bench)
    async with opened(bench, size=(200, 40), notifications=True) as desk:
        await go_away(desk)
        assert not [c for c in desk.text if c.isalpha()]
        await desk.press("space")
        await desk.until(lambda: "The rest counts as usual." in desk.said, "the mistake")
        assert told in desk.said


async def test_the_talk_goes_meanwhile(bench: Bench, quick_looks: None) -> None:
    _, one = with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("f4")
        await go_away(desk)
        notebook = bench.notebook()
        talks.delete(notebook, notebook.journal.one_to_ones[one.id])
        await desk.until(lambda: one.id not in desk.notebook.journal.one_to_ones, "the news")
        await desk.idle()
        assert is_away(desk)
        await desk.press("space")
        await desk.shows("▌ Dana Okafor", words.ONE_TO_ONE_GONE[:30])
        await go_away(desk)
        await desk.press("space")
        await desk.shows("▌ Dana Okafor")


async def test_what_others_write_meanwhile_is_there_on_return(
    bench: Bench, quick_looks: None
) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f4")
        await go_away(desk)
        notebook = bench.notebook()
        course.start(notebook, notebook.journal.one_to_ones[one.id])
        await desk.until(lambda: desk.notebook.journal.one_to_ones[one.id].started, "the news")
        assert is_away(desk)
        bench.clock.now = NOW + timedelta(minutes=9)
        await desk.press("space")
        await desk.shows("open · 9 min")
