"""Text that has broken somebody's program, in every place of every surface."""

from __future__ import annotations

import re

import pytest
from textual.widgets import Input

from tests.builders import HOSTILE, Bench, add_person, plan_today
from tests.store.helpers import person_file
from tests.ui.app import NARROW, Desk, opened, screen_text, strips_of
from tui.domain.capture import read_entry
from tui.domain.checklist import Phase
from tui.domain.notes import KINDS
from tui.domain.onetoones import OneToOne
from tui.domain.people import CardLine
from tui.domain.text import clean, clean_block, clean_line
from tui.services import checklists, course, folk, promises, talks
from tui.widgets.entry import Entry
from tui.widgets.rows import Rows
from tui.words.search import NOTHING

FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no terminal may be sent as part of a text."""
NAME = "~name"
"""The end of every name, so that each is another and can be typed."""
WORST = (2, 5, 9, 21)
"""The texts that are looked at everywhere on every run; the others when there is more time."""
each_text = pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, marks=() if place in WORST else pytest.mark.sweep)
        for place, text in enumerate(HOSTILE)
    ],
    ids=lambda text: ascii(text[:24]),
)
BATCHES = [HOSTILE[start : start + 5] for start in range(0, len(HOSTILE), 5)]
LONG = 300
"""Characters beyond which nobody expects to see all of a text."""


def squeezed(text: str) -> str:
    """Return a text without what lays it out: blanks, and the lines that are drawn."""
    return re.sub(r"[\s│▌─╭╮╰╯▁▂▃▄▅▆▇█…▔]", "", text)


def beginning(text: str, count: int = 10) -> str:
    """Return the beginning of a text as it must be found on the screen."""
    return squeezed(clean_line(text)[: 2 * count])[:count]


def assert_sound(desk: Desk) -> None:
    """Nothing that drives a terminal is on the screen, and every line is as wide as it is."""
    assert desk.app._exception is None
    assert [hex(ord(c)) for c in FORBIDDEN.findall(screen_text(desk.app))] == []
    assert {strip.cell_length for strip in strips_of(desk.app)} == {desk.app.size.width}


async def shows(desk: Desk, *texts: str) -> None:
    """Wait until texts are on the screen, wherever its lines are broken; see that all is sound."""
    wanted = [squeezed(text) for text in texts]
    await desk.until(lambda: all(w in squeezed(desk.text) for w in wanted), f"{wanted}")
    assert_sound(desk)


async def all_pages(desk: Desk) -> str:
    """Return what a list shows from its first page to its last, squeezed."""
    seen, before = "", ("", 0.0)
    await desk.press("g")
    # The mark may be all that moves; and pages of one long word are alike.
    while (now := (desk.text, desk.app.focused.scroll_y if desk.app.focused else 0.0)) != before:
        assert_sound(desk)
        seen, before = seen + squeezed(now[0]), now
        await desk.press("pagedown")
    await desk.press("g")
    return seen


def write_all(bench: Bench, one: OneToOne, text: str) -> None:
    """Put a text into every place that a one-to-one has."""
    notebook = bench.notebook()
    checklists.add_item(notebook, one, Phase.BEFORE, text, text, 0)
    for kind in KINDS:
        one = notebook.journal.one_to_ones[one.id]
        talks.write(notebook, one, read_entry(kind, text, notebook.today()))
    for follow_up in notebook.journal.born_in(one.id):
        if not follow_up.cue:
            promises.edit(notebook, follow_up, follow_up._replace(cue=clean_line(text)))


def everywhere(bench: Bench, text: str) -> OneToOne:
    """Put a text into every place a person can put one."""
    notebook = bench.notebook()
    person = add_person(notebook, f"{text} {NAME}")
    words = clean_line(text)
    card = (CardLine(words[:30], words),)
    after = person._replace(role=words, place=words, helps=words, card=card)
    folk.edit(notebook, person, after)
    one = plan_today(notebook, notebook.journal.people[person.id])
    course.edit(notebook, one, one._replace(intention=words))
    write_all(bench, one, text)
    return one


@each_text
async def test_every_surface_with_it_in_every_place(bench: Bench, text: str) -> None:
    one = everywhere(bench, text)
    start, whole = beginning(text), clean_block(text)
    whole = whole if len(whole) < LONG else start
    person = bench.on_disk().people[one.person_id]
    async with opened(bench) as desk:
        await shows(desk, start, "alongside")
        await desk.press("f3", "r")
        await shows(desk, f"[ ]{start}", "0 of 10")
        await desk.press("f4")
        await shows(desk, whole, '" heard')
        await desk.press("f5")
        await shows(desk, start, "Captured (2)")
        await desk.press("e")
        await shows(desk, start, "What will be done")
        await desk.press("escape", "x")
        await shows(desk, "Why let go of", start[:6])
        await desk.press("escape", "f7")
        await shows(desk, whole, "enter copy")
        await desk.press("m")
        await shows(desk, "enter copy")
        await desk.press("escape", "f2", "e", "g")
        await shows(desk, "Name", start)
        await desk.press("G")
        await shows(desk, "a line of your own")
        await desk.press("escape", "ctrl+p")
        await shows(desk, "An action, a person")
        await desk.press(*NAME)
        await shows(desk, start)
        await desk.press("enter")
        await shows(desk, f"[ ]{start}", "0 of 10")
        assert desk.notebook.journal.people[one.person_id] == person


@pytest.mark.sweep
@pytest.mark.parametrize("texts", BATCHES, ids=lambda texts: ascii(texts[0][:16]))
async def test_the_narrow_screen(bench: Bench, texts: tuple[str, ...]) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    for text in texts:
        write_all(bench, one, text)
        add_person(notebook, f"{text} {NAME}")
    starts = [beginning(text) for text in texts if len(text) < LONG]
    async with opened(bench, size=NARROW) as desk:
        for keys, there in (
            ((), "alongside"),
            (("slash", *"dana ok", "enter", "f3"), "Before you talk"),
            (("f4", "escape"), "e edit"),
            (("f5",), "Captured 10"),
        ):
            await desk.press(*keys)
            await shows(desk, there)
            seen = await all_pages(desk)
            assert [start for start in starts if start not in seen] == [], there
        await desk.press("f7")
        await shows(desk, "What Dana will read")
        await desk.press("end", "m", "home")
        assert_sound(desk)


@pytest.mark.sweep
async def test_it_is_pasted_and_kept(bench: Bench) -> None:
    one = plan_today(notebook := bench.notebook(), add_person(notebook))
    async with opened(bench) as desk:
        await desk.press("f4")
        await desk.shows('" heard │')
        for count, text in enumerate(HOSTILE, 1):
            await desk.paste(text)
            await desk.press("end", "ctrl+j", *"and on")
            await shows(desk, "and on")
            await desk.press("enter")
            notes = desk.notebook.journal.page(one.id).notes
            assert len(notes) == count
            assert max(notes, key=lambda n: n.id).text == clean_block(f"{clean(text)}\nand on")
        await desk.shows("saved ●")
        kept = sorted((await desk.page(one)).notes, key=lambda note: note.id)
        assert [n.text for n in kept] == [clean_block(f"{clean(t)}\nand on") for t in HOSTILE]


@pytest.mark.sweep
async def test_it_is_pasted_into_a_field(bench: Bench) -> None:
    add_person(bench.notebook())
    async with opened(bench) as desk:
        for text in HOSTILE:
            await desk.press("p", "tab")
            await desk.replace("")
            await desk.paste(text)
            await desk.press("end", *" and on")
            await shows(desk, "Who leads", "and on")
            await desk.press("enter")
            await desk.shows("Before you talk")
            one = max(desk.notebook.journal.one_to_ones.values(), key=lambda one: one.id)
            assert one.place == clean_line(f"{text} and on")
            assert_sound(desk)
            await desk.press("f2")


async def test_it_is_pasted_onto_the_card(bench: Bench) -> None:
    add_person(bench.notebook())
    async with opened(bench) as desk:
        await desk.press("e")
        for text in [HOSTILE[place] for place in WORST]:
            await desk.press("home", "down", "enter", *["ctrl+u"] * 3)
            await desk.until(lambda: isinstance(desk.app.screen.focused, Entry), "the field")
            desk.one(Entry).load_text("")
            await desk.paste(text)
            await desk.press("ctrl+end", *" and on")
            await shows(desk, "and on")
            await desk.press("enter")
            await desk.until(lambda: isinstance(desk.app.screen.focused, Rows), "the lines")
            [dana] = desk.notebook.journal.people.values()
            assert dana.role == clean_line(f"{clean(text)} and on")
            assert_sound(desk)


async def test_it_is_searched_for(bench: Bench) -> None:
    notebook = bench.notebook()
    short = [text for text in HOSTILE if len(text) < LONG]
    for text in short:
        add_person(notebook, f"{text} {NAME}")
    async with opened(bench, size=(80, 60)) as desk:
        await desk.press("slash")
        await desk.until(lambda: isinstance(desk.app.screen.focused, Input), "the field")
        for text in short:
            await desk.replace("")
            await desk.paste(text)
            await shows(desk, "Type words" if not clean_line(text) else beginning(text))
            await desk.until(lambda: "Searching" not in desk.text, "an answer")
            assert NOTHING[:30] not in desk.text


async def test_it_is_said_in_passing_as_it_is(bench: Bench) -> None:
    notebook = bench.notebook()
    for text in HOSTILE:
        add_person(notebook, f"{text[:60]} {NAME}")
    async with opened(bench, notifications=True) as desk:
        for _ in HOSTILE:
            desk.app.clear_notifications()
            await desk.press("a")
            assert "archived; u brings them back." in desk.said
            assert_sound(desk)
        await desk.shows("Everybody is archived.")


@pytest.mark.parametrize("text", HOSTILE[:6] + HOSTILE[9:14], ids=ascii)
async def test_a_file_of_that_name_cannot_be_read(bench: Bench, text: str) -> None:
    add_person(bench.notebook())
    name = clean_line(text).replace("/", "-").encode("utf-8")[:80].decode("utf-8", "ignore")
    person_file(bench).with_name(f"2026-{name}.json").write_bytes(b"{")
    async with opened(bench) as desk:
        await shows(desk, "cannot be read", "Nothing in it was changed", beginning(name))
