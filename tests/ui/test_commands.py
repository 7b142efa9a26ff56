"""One table of commands, and every place that is made from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.binding import Binding
from textual.command import CommandList

from tests.builders import Bench, add_person
from tests.ui.app import Desk, opened, with_dana, with_talk
from tui.app import AlongsideApp
from tui.bindings import bindings_of
from tui.commands import COMMANDS, Area, Command, commands_of, say_key
from tui.screens.board import BoardScreen
from tui.screens.card import CardScreen
from tui.screens.debrief import DebriefScreen
from tui.screens.deck import DeckScreen
from tui.screens.form import Form
from tui.screens.history import HistoryScreen
from tui.screens.listen import ListenScreen
from tui.screens.mirror import MirrorScreen
from tui.screens.people import PeopleScreen
from tui.screens.person_card import PersonCardScreen
from tui.screens.prepare import PrepareScreen
from tui.screens.quarter import QuarterScreen
from tui.screens.search import SearchScreen
from tui.screens.summary import SummaryScreen
from tui.screens.weeks import WeeksScreen
from tui.widgets.beside import Beside
from tui.widgets.keybar import KeyBar
from tui.widgets.welcome import Choices

OWNER: dict[Area, type[Any]] = {
    Area.APP: AlongsideApp,
    Area.WELCOME: Choices,
    Area.PEOPLE: PeopleScreen,
    Area.PERSON: PersonCardScreen,
    Area.WEEKS: WeeksScreen,
    Area.PREPARE: PrepareScreen,
    Area.ENTRY: ListenScreen,
    Area.NOTES: ListenScreen,
    Area.BESIDE: Beside,
    Area.DECK: DeckScreen,
    Area.CARD: CardScreen,
    Area.DEBRIEF: DebriefScreen,
    Area.BOARD: BoardScreen,
    Area.SUMMARY: SummaryScreen,
    Area.SEARCH: SearchScreen,
    Area.MIRROR: MirrorScreen,
    Area.QUARTER: QuarterScreen,
    Area.HISTORY: HistoryScreen,
    Area.FORM: Form,
}
DIALOGS = (Area.SUMMARY, Area.CARD, Area.QUARTER, Area.FORM)
ANA = "Ana [QA] [/b]"


def keys_of(command: Command) -> list[str]:
    return [key for key in command.keys.split(",") if command.keys]


def is_typed(key: str) -> bool:
    return len(key) == 1 or key in ("question_mark", "slash", "space")


# -- the table -----------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_can_be_done_where_it_is_offered(command: Command) -> None:
    action = getattr(OWNER[command.area], f"action_{command.action}", None)
    assert callable(action)
    assert (action.__doc__ or "").strip()


def test_every_area_has_an_owner() -> None:
    assert set(OWNER) == {command.area for command in COMMANDS}


def test_ids_are_unique_and_named_after_their_action() -> None:
    ids = [command.id for command in COMMANDS]
    assert [i for i, count in Counter(ids).items() if count > 1] == []
    actions = [command.action for command in COMMANDS]
    assert [a for a, count in Counter(actions).items() if count > 1] == []
    assert all(i == i.lower() and i.count(".") == 1 for i in ids)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_words_and_keys(command: Command) -> None:
    assert command.label.strip() == command.label != ""
    assert command.help.strip() == command.help != ""
    assert command.help[-1] == "."
    assert all(key.strip() == key != "" for key in keys_of(command))
    assert len(set(keys_of(command))) == len(keys_of(command))
    assert "_" not in command.shown_key, "a key is shown as it is printed on a keyboard"


@pytest.mark.parametrize("area", Area, ids=lambda area: area.value)
def test_no_key_means_two_things(area: Area) -> None:
    """Only a letter that works everywhere may mean something else in a dialog."""
    owners: dict[str, list[Command]] = {}
    for command in {c.id: c for c in (*commands_of(area), *commands_of(Area.APP))}.values():
        for key in keys_of(command):
            owners.setdefault(key, []).append(command)
    for key, commands in owners.items():
        areas = [command.area for command in commands]
        yields = area in DIALOGS and is_typed(key) and sorted(areas) == sorted({area, Area.APP})
        assert len(commands) == 1 or yields, f"{key}: {[c.id for c in commands]}"


def test_the_two_areas_of_the_notes_share_nothing_but_the_way_between_them() -> None:
    shared = {k for c in commands_of(Area.ENTRY) for k in keys_of(c)} & {
        k for c in commands_of(Area.NOTES) for k in keys_of(c)
    }
    assert shared == {"escape"}


@pytest.mark.parametrize("area", Area, ids=lambda area: area.value)
def test_bindings_are_the_keys_of_the_table(area: Area) -> None:
    bindings = [b for b in bindings_of(area) if isinstance(b, Binding)]
    bound = sorted(key for b in bindings for key in b.key.split(","))
    assert bound == sorted(key for c in commands_of(area) for key in keys_of(c))
    ids = [b.id for b in bindings]
    assert len(set(ids)) == len(ids)
    for binding in bindings:
        for key in binding.key.split(","):
            assert not (binding.priority and is_typed(key)), "letters are for typing, and dialogs"


# -- where they are shown ------------------------------------------------------------------

Way = Callable[[Desk], Awaitable[None]]


def by_keys(*keys: str) -> Way:
    async def go(desk: Desk) -> None:
        await desk.press(*keys)

    return go


PLACES: list[tuple[str, Way, tuple[Area, ...]]] = [
    ("people", by_keys(), (Area.PEOPLE,)),
    ("person card", by_keys("e"), (Area.PERSON,)),
    ("weeks ahead", by_keys("W"), (Area.WEEKS,)),
    ("prepare", by_keys("f3"), (Area.PREPARE,)),
    ("listen, typing", by_keys("f4"), (Area.ENTRY,)),
    ("listen, notes", by_keys("f4", "x", "enter", "escape"), (Area.NOTES,)),
    ("prepare, beside", by_keys("f3", "tab"), (Area.BESIDE,)),
    ("listen, beside", by_keys("f4", "ctrl+t"), (Area.BESIDE,)),
    ("questions", by_keys("f3", "q"), (Area.DECK,)),
    ("cue card", by_keys("f3", "c"), (Area.CARD,)),
    ("debrief", by_keys("f8"), (Area.DEBRIEF,)),
    ("board", by_keys("f5"), (Area.BOARD,)),
    ("summary", by_keys("f4", "x", "enter", "f7"), (Area.SUMMARY,)),
    ("mirror", by_keys("I"), (Area.MIRROR,)),
    ("a quarter", by_keys("Q"), (Area.QUARTER,)),
    ("history", by_keys("f4", "x", "enter", "f6"), (Area.HISTORY,)),
    ("form", by_keys("n"), (Area.FORM,)),
]
in_every_place = pytest.mark.parametrize(
    ("go", "areas"), [p[1:] for p in PLACES], ids=[p[0] for p in PLACES]
)


@pytest.mark.sweep
@in_every_place
async def test_the_key_bar_shows_what_can_be_done_here(
    bench: Bench, go: Way, areas: tuple[Area, ...]
) -> None:
    with_talk(bench)
    async with opened(bench, size=(200, 50)) as desk:
        await go(desk)
        bar: KeyBar = desk.one(KeyBar)
        shown = [part.strip() for part in bar.render().plain.split("  ") if part.strip()]
        known = {f"{c.shown_key} {c.label}": c for c in COMMANDS if c.area in (*areas, Area.APP)}
        assert set(shown) <= set(known)
        assert shown[-1] == "F1 help"
        asked_for = [f"{c.shown_key} {c.label}" for c in commands_of(*areas) if c.in_bar]
        assert [s for s in shown if s in asked_for] == asked_for
        assert all(part in desk.text for part in shown)
        if desk.app.screen.is_modal is False:
            await desk.resize(40, 20)
            assert desk.lines[-1].endswith("F1 help")
            assert len(desk.lines[-1]) <= 40


@pytest.mark.sweep
@in_every_place
async def test_the_help_lists_everything(bench: Bench, go: Way, areas: tuple[Area, ...]) -> None:
    with_talk(bench)
    async with opened(bench, size=(120, 110)) as desk:
        await go(desk)
        before = desk.text
        await desk.press("f1")
        await desk.shows("esc closes this.")
        for command in (*commands_of(*areas), *commands_of(Area.APP)):
            line = desk.line(command.help[:30])
            assert command.label in line, command.id
            assert all(say_key(key) in line for key in keys_of(command)[:2])
        await desk.press("escape")
        await desk.shows(*before.split("\n")[0].split("  ")[:1], without="esc closes this.")


async def test_help_for_the_notes_explains_the_kinds(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench, size=(120, 70)) as desk:
        await desk.press("f4", "f1")
        await desk.shows("Kinds, as the first character of a line", "their words", "hunch")
        await desk.press("f1")
        await desk.shows('" heard │', without="Kinds, as the first")


# -- the palette ---------------------------------------------------------------------------


def offered(desk: Desk) -> str:
    """Return all the palette offers now, further down than can be seen included."""
    options = desk.app.screen.query_one(CommandList).options
    return "\n".join(str(option.prompt) for option in options)


async def find(desk: Desk, words: str, wanted: str) -> None:
    """Open the palette, type words and wait for what is wanted."""
    await desk.press("ctrl+p")
    await desk.until(lambda: desk.app.screen.query(CommandList), "the palette")
    await desk.write(words)
    await desk.until(
        lambda: any(line.startswith(wanted) for line in offered(desk).split("\n")),
        f"{wanted} among what is offered",
    )


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("keys", "areas"),
    [
        ((), (Area.PEOPLE,)),
        (("f3",), (Area.PREPARE,)),
        (("f4",), (Area.ENTRY, Area.NOTES)),
        (("f3", "q"), (Area.DECK,)),
        (("f8",), (Area.DEBRIEF,)),
        (("f5",), (Area.BOARD,)),
    ],
    ids=["people", "prepare", "listen", "questions", "debrief", "board"],
)
async def test_the_palette_offers_everything_here_and_no_screenshot(
    bench: Bench, keys: tuple[str, ...], areas: tuple[Area, ...]
) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press(*keys, "ctrl+p")
        wanted = [c for c in commands_of(*areas, Area.APP) if c.id != "app.palette"]
        await desk.until(lambda: len(offered(desk).split("\n")) > len(wanted), "the palette")
        listed = offered(desk).split("\n")
        for command in wanted:
            assert any(command.label in line and command.shown_key in line for line in listed), (
                command.id
            )
            assert any(command.help in line for line in listed), command.id
        assert not any("screenshot" in line.casefold() for line in listed)
        await desk.write("screenshot")
        await desk.shows("No matches found")


async def test_choosing_a_command_does_it(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench) as desk:
        await find(desk, "bring them back", "archive")
        await desk.press("enter")
        await desk.shows("Everybody is archived.")
        [person] = (await desk.on_disk()).people.values()
        assert person.archived
        await find(desk, "last thing you did", "undo")
        await desk.press("enter")
        await desk.shows("Dana Okafor")
        [person] = (await desk.on_disk()).people.values()
        assert not person.archived


async def test_a_command_of_the_palette_acts_where_the_focus_was(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f4", *"hers alone")
        await find(desk, "keep this line", "ours/mine")
        await desk.press("enter")
        await desk.shows('" heard mine │', "hers alone")
        await desk.press("enter")
        [note] = (await desk.page(one)).notes
        assert (note.text, note.is_mine) == ("hers alone", True)


@pytest.mark.parametrize("words", ["ana", "[qa]", "ana [qa] [/b]"])
async def test_people_are_found_by_name(bench: Bench, words: str) -> None:
    notebook = bench.notebook()
    for name in ("Dana Okafor", ANA, "Priya Nair"):
        add_person(notebook, name)
    async with opened(bench) as desk:
        await find(desk, words, ANA)
        await desk.shows(ANA)


async def test_choosing_a_person_prepares_with_them(bench: Bench) -> None:
    notebook = bench.notebook()
    add_person(notebook, "Dana Okafor")
    add_person(notebook, ANA)
    async with opened(bench) as desk:
        await find(desk, ANA, ANA)
        await desk.press("enter")
        await desk.shows(f"A one-to-one with {ANA}", "Who leads")
        await desk.press("enter")
        await desk.shows(ANA, "Before you talk", without="Intention:")


NAMES = ("Dana Okafor", "Priya Nair", "Li Na", "Al")


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_typed_whole_comes_first(bench: Bench, name: str) -> None:
    notebook = bench.notebook()
    for other in NAMES:
        add_person(notebook, other)
    async with opened(bench) as desk:
        await find(desk, name, name)
        await desk.until(lambda: offered(desk).startswith(name), "the name at the top")
        await desk.press("enter")
        await desk.shows(f"A one-to-one with {name}")


async def test_a_first_name_with_brackets_is_found(bench: Bench) -> None:
    with_dana(bench, "[/b] Ana")
    async with opened(bench) as desk:
        await find(desk, "ana", "[/b] Ana")
        await desk.shows("[/b] Ana")


async def test_talks_follow_ups_and_notes_are_found_and_opened(bench: Bench) -> None:
    _, one = with_talk(bench, ANA)
    async with opened(bench) as desk:
        await desk.press("f4")
        await desk.enter("[/b] thread of the story", "> thread the needle by fri")
        await desk.on_disk()
        await desk.press("f2")
        await find(desk, "thread", "thread the needle")
        listed = offered(desk)
        assert f"heard · {ANA} · " in listed
        assert listed.index("thread the needle") < listed.index("[/b] thread of the story")
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, BoardScreen), "the board")
        await desk.shows("thread the needle")
        await find(desk, "story", "[/b] thread of the story")
        await desk.press("enter")
        await desk.until(lambda: "thread of the story" in desk.line("▌"), "the note")
        await desk.press("f2")
        await find(desk, "ana 22 nov", f"{ANA} · ")
        await desk.press("enter")
        await desk.until(
            lambda: getattr(desk.app.screen, "one_id", "") == one.id, "the talk that was found"
        )


async def test_the_name_of_a_command_comes_before_what_only_holds_it(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f4")
        await desk.enter("search for the summary")
        await desk.on_disk()
        await find(desk, "summary", "search for the summary")
        first = offered(desk).split("\n")[0]
        assert first.startswith("summary")
