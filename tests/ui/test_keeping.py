"""Looking after the record, from the app: pins, how to forget somebody, and what is offered."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import Bench, add_person, plan_today, write
from tests.ui.app import opened, with_talk
from tui.desk.expiry import read_mark
from tui.desk.settings import settings_path
from tui.domain.journal import Change, Home
from tui.domain.onetoones import Status


async def test_a_note_is_pinned_by_a_key_and_says_so(bench: Bench) -> None:
    _, one = with_talk(bench)
    write(bench.notebook(), one, "keep this")
    write(bench.notebook(), one, "~ and this")
    async with opened(bench) as desk:
        await desk.press("l", "escape", "P")
        await desk.until(lambda: "pinned" in desk.row("and this"))
        assert "pinned" not in desk.row("keep this")
        assert "mine" in desk.row("and this")
        await desk.press("up", "P")
        await desk.until(lambda: "pinned" in desk.row("keep this"))
        pinned = {note.text for note in (await desk.page(one)).notes if note.is_pinned}
        assert pinned == {"keep this", "and this"}
        await desk.press("P")
        await desk.until(lambda: "pinned" not in desk.row("keep this"))
        await desk.press("u")
        await desk.until(lambda: "pinned" in desk.row("keep this"))


@pytest.mark.parametrize("size", [(40, 20), (80, 24)], ids=["narrow", "usual"])
async def test_a_pin_is_a_word_however_small_the_screen(
    bench: Bench, size: tuple[int, int]
) -> None:
    _, one = with_talk(bench)
    write(bench.notebook(), one, "keep this")
    async with opened(bench, size=size) as desk:
        await desk.press("l", "escape", "P")
        await desk.shows("pinned")


async def test_what_is_no_note_needs_no_pin(bench: Bench) -> None:
    _, one = with_talk(bench)
    write(bench.notebook(), one, "> send the book by fri")
    async with opened(bench) as desk:
        await desk.press("l", "escape", "P")
        await desk.until(lambda: "stay in any case" in desk.said)


@pytest.mark.parametrize("size", [(40, 20), (120, 40)], ids=["narrow", "wide"])
async def test_forgetting_is_explained_and_nothing_is_done(
    bench: Bench, size: tuple[int, int]
) -> None:
    with_talk(bench, "Dana [/b]")
    async with opened(bench, size=size) as desk:
        await desk.press("ctrl+p")
        await desk.write("forget a person")
        await desk.shows("forget a person")
        await desk.press("enter")
        await desk.shows("Forget Dana [/b]?", "1 one-to-one", "alongside forget 'Dana [/b]'")
        await desk.shows("Leave everything as it is", "Archive instead")
        await desk.press("n")
        await desk.shows("Dana [/b]", without="There is no undo")
        assert len(desk.notebook.journal.people) == 1


async def test_archiving_is_offered_instead(bench: Bench) -> None:
    person, _ = with_talk(bench)
    async with opened(bench) as desk:
        await desk.app.do("app.forget")
        await desk.reads("Archive instead")
        await desk.press("a")
        await desk.until(lambda: desk.notebook.journal.people[person.id].archived)
        await desk.press("u")
        await desk.until(lambda: not desk.notebook.journal.people[person.id].archived)


async def test_without_anybody_there_is_nobody_to_forget(bench: Bench) -> None:
    async with opened(bench) as desk:
        await desk.app.do("app.forget")
        await desk.until(lambda: "Add a person first" in desk.said)


# -- what is offered -----------------------------------------------------------------------


def with_an_old_talk(bench: Bench) -> None:
    now, bench.clock.now = bench.clock.now, bench.clock.now - timedelta(days=500)
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    write(notebook, one, "long ago")
    bench.clock.now = now
    before = notebook.journal.one_to_ones[one.id]
    after = before._replace(status=Status.CLOSED)
    notebook.commit("closed", (Change(Home(one.person_id, one.id), before, after),))


def keep(time: str) -> None:
    path = Path(settings_path(os.environ))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'[notes]\nkeep = "{time}"\n')


async def test_old_notes_are_spoken_of_once_and_nothing_goes(bench: Bench) -> None:
    with_an_old_talk(bench)
    keep("1 year")
    async with opened(bench) as desk:
        await desk.until(lambda: "older than the 1 year you keep notes" in desk.said)
        assert "Nothing goes by itself: alongside expire" in desk.said
        (one,) = desk.notebook.journal.one_to_ones.values()
        assert len((await desk.page(one)).notes) == 1
    assert read_mark(bench.place.state).offered == bench.clock.now.date()
    async with opened(bench) as desk:
        await desk.until(lambda: desk.app._has_looked)
        assert "older than" not in desk.said
    bench.clock.forward(days=31)
    async with opened(bench) as desk:
        await desk.until(lambda: "older than the 1 year you keep notes" in desk.said)


@pytest.mark.parametrize("time", ["", "2 years", "nonsense"])
async def test_nothing_is_said_where_nothing_is_due(bench: Bench, time: str) -> None:
    with_an_old_talk(bench)
    if time:
        keep(time)
    async with opened(bench) as desk:
        await desk.until(lambda: desk.app._has_looked)
        assert "older than" not in desk.said


async def test_an_old_talk_that_was_closed_since_is_spoken_of(bench: Bench) -> None:
    keep("1 year")
    async with opened(bench) as desk:
        await desk.until(lambda: desk.app._has_looked)
        assert "older than" not in desk.said
    with_an_old_talk(bench)
    bench.clock.forward(days=1)
    async with opened(bench) as desk:
        await desk.until(lambda: "older than the 1 year you keep notes" in desk.said)


async def test_an_old_talk_without_notes_is_not_spoken_of(bench: Bench) -> None:
    with_an_old_talk(bench)
    notebook = bench.notebook()
    (one,) = notebook.journal.one_to_ones.values()
    (note,) = notebook.page(one.id).notes
    notebook.commit("gone", (Change(Home(one.person_id, one.id), note, None),))
    keep("1 year")
    async with opened(bench) as desk:
        await desk.until(lambda: desk.app._has_looked)
        assert "older than" not in desk.said
