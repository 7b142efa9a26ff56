"""Writing what is ours into a file, from the app."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.builders import Bench, add_person, plan_today, write
from tests.ui.app import opened


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder alongside is opened in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def filled(bench: Bench) -> None:
    notebook = bench.notebook()
    for name in ("Dana [/b]", "Sam Reyes"):
        one = plan_today(notebook, add_person(notebook, name))
        write(notebook, one, f"> a book for {name} by fri")
        write(notebook, one, "~ tired")


async def test_of_the_person_in_front_into_the_folder_one_is_in(bench: Bench, here: Path) -> None:
    filled(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("X")
        await desk.shows("Dana [/b]", "Everybody", "2 people")
        await desk.press("enter")
        await desk.shows("Markdown: talks", "Taskwarrior")
        assert "here" in desk.text
        await desk.press("enter")
        await desk.until(lambda: "Written to" in desk.said)
        assert names(here) == ["alongside-dana-b-2026-11-22.md"]
        path = here / names(here)[0]
        assert str(path) in desk.said
        text = path.read_text("utf-8")
        assert "a book for Dana" in text
        assert "Sam" not in text
        assert "tired" not in text
        assert path.stat().st_mode & 0o777 == 0o600


async def test_of_everybody_beside_what_is_there(bench: Bench, here: Path) -> None:
    filled(bench)
    (here / "alongside-everybody-2026-11-22.csv").write_text("mine")
    async with opened(bench) as desk:
        await desk.press("X", "down", "enter", *"csv", "enter")
        await desk.until(lambda: "Written to" in desk.said)
        made = here / "alongside-everybody-2026-11-22-2.csv"
        assert "a book for Sam Reyes" in made.read_text("utf-8")
        assert (here / "alongside-everybody-2026-11-22.csv").read_text() == "mine"


async def test_leaving_it_writes_nothing(bench: Bench, here: Path) -> None:
    filled(bench)
    async with opened(bench) as desk:
        await desk.press("X", "escape")
        await desk.shows("enter prepare", without="Everybody")
        await desk.press("X", "enter", "escape")
        await desk.shows("enter prepare", without="Taskwarrior")
    assert names(here) == []


async def test_a_folder_that_takes_nothing_is_told(
    bench: Bench, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(bench)
    async with opened(bench) as desk:
        await desk.press("X", "enter")
        await desk.shows("Markdown: talks")
        os.rmdir(here)
        await desk.press("enter")
        await desk.until(lambda: "There is no folder" in desk.said)
        assert "Nothing was written" in desk.said


async def test_nobody_yet(bench: Bench, here: Path) -> None:
    async with opened(bench) as desk:
        await desk.press("X")
        await desk.until(lambda: "Add a person first" in desk.said)


async def test_nothing_is_written_into_the_journal(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(bench)
    journal = Path(bench.place.journal)
    monkeypatch.chdir(journal / "people")
    before = names(journal), names(journal / "people")
    async with opened(bench) as desk:
        await desk.press("X", "enter")
        await desk.shows("Markdown: talks")
        await desk.press("enter")
        await desk.until(lambda: "belongs to the journal" in desk.said)
        assert "Nothing was written" in desk.said
    assert (names(journal), names(journal / "people")) == before
