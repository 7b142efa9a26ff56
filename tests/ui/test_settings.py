"""The settings: shown with what they are, changed where they stand, written into one file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.builders import Bench
from tests.ui.app import NARROW, NORMAL, Desk, opened, with_dana
from tui.desk.settings import read_settings, settings_path


def chosen(text: str) -> Path:
    """Write the manager's settings."""
    path = Path(settings_path(os.environ))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def is_there() -> bool:
    return os.path.exists(settings_path(os.environ))


async def open_settings(desk: Desk) -> None:
    await desk.press("comma")
    await desk.shows("Settings", "What you are called")


async def test_what_is_changed_is_written_and_counts_at_once(bench: Bench) -> None:
    path = chosen('# mine\n[you]\nname = "R"  # me\n[away]\nat_start = true\n')
    with_dana(bench)
    async with opened(bench, size=NORMAL, notifications=True) as desk:
        await open_settings(desk)
        await desk.shows("nowhere else")
        await desk.fill("Robin", "2 weeks", "call")
        await desk.shows("every 2 weeks")
        await desk.to_field("new_talks-checklist")
        await desk.replace("walk")
        await desk.to_field("look-theme")
        await desk.press("right", "right")
        await desk.to_field("notes-keep")
        await desk.press("enter")
        await desk.until(lambda: str(path) in desk.said, "where it was saved")
        assert path.read_text("utf-8").startswith('# mine\n[you]\nname = "Robin"  # me\n[away]\n')
        found = read_settings(os.environ)
        assert (found.checklist, found.place, found.mistakes) == ("walk", "call", ())
        assert found.away.at_start, "what was not touched stays"
        assert desk.app.theme == found.theme == "alongside-light"

        await desk.press("n")
        await desk.shows("Somebody new", "every 2 weeks")
        await desk.write("Sam")
        await desk.press("enter")
        await desk.shows("Sam")
        sam = next(p for p in (await desk.on_disk()).people.values() if p.name == "Sam")
        assert sam.cadence is not None
        assert (sam.cadence.say(), sam.place) == ("every 2 weeks", "call")
        await desk.press("p", "enter")
        await desk.shows("Before you")
        [one] = (await desk.on_disk()).one_to_ones.values()
        assert one.template == "walk"


async def test_a_value_that_is_none_is_said_and_nothing_is_written(bench: Bench) -> None:
    async with opened(bench, size=NARROW) as desk:
        await open_settings(desk)
        await desk.fill("Robin", "often")
        await desk.press("enter")
        await desk.reads('new: "often" is not understood.', "every 10 days, monthly or none.")
        assert not is_there()
        await desk.press("escape")
        await open_settings(desk)
        await desk.shows("Robin")


@pytest.mark.parametrize(
    "text", ["[you\n", '[you]\nnam = "x"\n', '[keys]\n"a.b\\u001b[2J" = "x"\n']
)
async def test_what_is_wrong_in_the_file_stands_there(bench: Bench, text: str) -> None:
    path = chosen(text)
    async with opened(bench, size=(100, 80)) as desk:
        await open_settings(desk)
        assert desk.one_text("#form-wrong").startswith(str(path))
        assert "\x1b" not in desk.one_text("#form-wrong")
        await desk.shows("The rest counts as usual.")
        assert desk.one_text("#form-note").endswith(str(path))
        await desk.fill("Robin")
        await desk.press("enter")
        if text == "[you\n":
            await desk.until(
                lambda: desk.one_text("#form-error").endswith("Nothing was written."), "why not"
            )
            assert path.read_text("utf-8") == text
        else:
            await desk.until(lambda: read_settings(os.environ).name == "Robin", "the name")


async def test_nothing_changed_writes_nothing(bench: Bench) -> None:
    async with opened(bench, size=NORMAL) as desk:
        await open_settings(desk)
        await desk.press("enter")
        await desk.shows("alongside", without="What you are called")
        assert not is_there()
