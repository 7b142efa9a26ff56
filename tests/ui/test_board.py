"""Follow-ups: the board by stage, moving cards, and what a stage asks for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest

from tests.builders import NOW, Bench, add_person, plan_today, write
from tests.ui.app import NARROW, NORMAL, Desk, opened, with_dana, with_talk
from tui.desk.shipped import standard_template
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.people import Person
from tui.domain.text import times
from tui.services import folk, promises, talks
from tui.services.notebook import Notebook
from tui.store.whose import is_about
from tui.widgets.board import Cards

TODAY = NOW.date()
COLUMNS = ("Captured", "Agreed", "Waiting", "Done", "Let go")


class Card(NamedTuple):
    """A follow-up to begin with."""

    text: str
    owner: Owner = Owner.ME
    stage: Stage = Stage.CAPTURED
    days: int | None = None
    """Days from today until it is due."""


def put(notebook: Notebook, person: Person, card: Card) -> FollowUp:
    due = None if card.days is None else TODAY + timedelta(days=card.days)
    draft = FollowUp("", person.id, card.text, card.owner, NOW, Stage.CAPTURED, due)
    added = promises.add(notebook, draft)
    if card.stage is not Stage.CAPTURED:
        reason = "a reason" if card.stage is Stage.LET_GO else ""
        promises.move(notebook, added, card.stage, reason)
    return notebook.journal.follow_ups[added.id]


def with_cards(bench: Bench, *cards: Card) -> Person:
    """Put Dana and follow-ups of hers into the journal."""
    notebook = bench.notebook()
    dana = add_person(notebook)
    for card in cards:
        put(notebook, dana, card)
    return dana


async def follow_up(desk: Desk, text: str = "") -> FollowUp:
    """Return the only follow-up on disk, or the one with this text."""
    found = (await desk.on_disk()).follow_ups.values()
    [one] = [f for f in found if not text or f.text == text]
    return one


def counts(desk: Desk) -> list[int]:
    """Return how many cards the titles say there are, from left to right."""
    title = desk.line("Captured (")
    return [int(title.split(f"{name} (")[1].split(")")[0]) for name in COLUMNS]


async def is_in(desk: Desk, stage: Stage, text: str) -> None:
    """Wait until the focus is in a column and the highlight on a card there."""

    def holds() -> bool:
        cards = desk.app.screen.focused
        if not isinstance(cards, Cards) or cards.stage is not stage:
            return False
        found = desk.notebook.journal.follow_ups.get(cards.cursor)
        return found is not None and found.text == text

    await desk.until(holds, f"the focus on {text} in {stage}")
    await desk.until(lambda: f"▌ {text[:8]}" in desk.text.replace("> ", "").replace("< ", ""))


# -- what is shown -------------------------------------------------------------------------


async def test_the_columns(bench: Bench) -> None:
    with_cards(
        bench,
        Card("quiet mornings"),
        Card("coaching book", stage=Stage.AGREED, days=5),
        Card("intro to Lena", Owner.THEM, Stage.WAITING, 9),
        Card("a talk with Femi", Owner.BOTH, Stage.DONE),
        Card("the old rota", stage=Stage.LET_GO),
    )
    async with opened(bench, size=(200, 50)) as desk:
        await desk.press("f5")
        await desk.shows("Dana Okafor · follow-ups", "you owe 2 · they owe 1")
        assert counts(desk) == [1, 1, 1, 1, 1]
        title, row = desk.line("Captured ("), desk.line("quiet mornings")
        places = [title.index(name) for name in COLUMNS]
        assert places == sorted(places)
        cards = ("> quiet mornings", "> coaching book", "< intro to Lena")
        assert [row.index(card) - place for card, place in zip(cards, places, strict=False)] == [
            0
        ] * 3
        await desk.shows(
            "me · ◇ no date", "me · by Fri 27 Nov", "them · by Tue 1 Dec", "both · Sun 22 Nov"
        )
        await desk.shows("a reason")


async def test_mine_stand_above_theirs_and_the_soonest_first(bench: Bench) -> None:
    with_cards(
        bench,
        Card("theirs soon", Owner.THEM, Stage.AGREED, 1),
        Card("mine undated", Owner.ME, Stage.AGREED),
        Card("mine late", Owner.ME, Stage.AGREED, 20),
        Card("both", Owner.BOTH, Stage.AGREED, 0),
        Card("mine overdue", Owner.ME, Stage.AGREED, -3),
        Card("mine soon", Owner.ME, Stage.AGREED, 2),
    )
    async with opened(bench, size=(200, 50)) as desk:
        await desk.press("f5")
        order = ("mine overdue", "mine soon", "mine late", "mine undated", "both", "theirs soon")
        await desk.shows(*order)
        places = [desk.text.index(words) for words in order]
        assert places == sorted(places)
        await desk.shows("▲ overdue 3", "△ due today", "△ due soon,", "Tue 24 Nov")


async def test_done_stands_newest_first(bench: Bench) -> None:
    notebook = bench.notebook()
    dana = add_person(notebook)
    for days, text in ((9, "long ago"), (1, "yesterday"), (4, "last week")):
        bench.clock.now = NOW - timedelta(days=days)
        put(notebook, dana, Card(text, stage=Stage.DONE))
    bench.clock.now = NOW
    async with opened(bench, size=(200, 50)) as desk:
        await desk.press("f5")
        await desk.shows("Done (3)", "me · Sat 21 Nov", "me · Fri 13 Nov")
        places = [desk.text.index(text) for text in ("yesterday", "last week", "long ago")]
        assert places == sorted(places)


async def test_an_empty_board(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench) as desk:
        await desk.press("f5")
        await desk.shows("none here", "you owe 0 · they owe 0")
        assert counts(desk) == [0] * 5
        await desk.press(
            "space", "x", "o", "w", "c", "d", "e", "enter", ">", "<", "left", "right", "j"
        )
        assert not desk.app.screen.is_modal
        assert (await desk.on_disk()).follow_ups == {}


async def test_touched_ones_say_how_often(bench: Bench) -> None:
    with_cards(bench, Card("first", days=9))
    notebook = bench.notebook()
    for number in range(3):
        (first,) = notebook.journal.follow_ups.values()
        promises.touch(notebook, first, f"t{number}")
        async with opened(bench, size=(200, 30)) as desk:
            await desk.press("f5")
            await desk.shows(f"by Tue 1 Dec · ↻ {times(number + 2)}")


# -- moving --------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "back"), [("shift+right", "shift+left"), (">", "<"), ("L", "H")])
async def test_cards_move_and_the_focus_goes_along(bench: Bench, on: str, back: str) -> None:
    with_cards(bench, Card("first", days=5), Card("second", days=6))
    async with opened(bench) as desk:
        await desk.press("f5")
        await is_in(desk, Stage.CAPTURED, "first")
        await desk.press(on)
        await is_in(desk, Stage.AGREED, "first")
        assert (await follow_up(desk, "first")).stage is Stage.AGREED
        await desk.press(on)
        await is_in(desk, Stage.WAITING, "first")
        assert counts(desk) == [1, 0, 1, 0, 0]
        await desk.press(back, back, back)
        await is_in(desk, Stage.CAPTURED, "first")
        found = await follow_up(desk, "first")
        assert (found.stage, found.closed) == (Stage.CAPTURED, None)
        assert (await follow_up(desk, "second")).stage is Stage.CAPTURED
        assert counts(desk) == [2, 0, 0, 0, 0]


async def test_moving_is_undone(bench: Bench) -> None:
    with_cards(bench, Card("first", days=5))
    async with opened(bench, notifications=True) as desk:
        await desk.press("f5", ">")
        await is_in(desk, Stage.AGREED, "first")
        await desk.press("u")
        await desk.shows("Undone: moved to Agreed.", "Captured (1)")
        assert (await follow_up(desk)).stage is Stage.CAPTURED


async def test_agreed_asks_for_a_when(bench: Bench) -> None:
    with_cards(bench, Card("first"))
    async with opened(bench) as desk:
        await desk.press("f5", ">")
        await desk.shows("Agreed takes a when, or a cue. By when?", "Or a cue: when …")
        await desk.press("enter")
        await desk.until(lambda: "Agreed takes" in desk.one_text("#form-error"), "a refusal")
        assert (await follow_up(desk)).stage is Stage.CAPTURED
        await desk.press(*"31 feb", "enter")
        await desk.shows("does not exist")
        assert (await follow_up(desk)).stage is Stage.CAPTURED
        await desk.replace("fri")
        await desk.shows("by Fri 27 Nov")
        await desk.press("enter")
        await is_in(desk, Stage.AGREED, "first")
        found = await follow_up(desk)
        assert (found.stage, found.due) == (Stage.AGREED, date(2026, 11, 27))
        await desk.press("u")
        await desk.shows("Captured (1)", "no date")
        found = await follow_up(desk)
        assert (found.stage, found.due) == (Stage.CAPTURED, None), "one act, one undo"


async def test_or_for_a_cue(bench: Bench) -> None:
    with_cards(bench, Card("first"))
    async with opened(bench) as desk:
        await desk.press("f5", ">")
        await desk.to_field("cue")
        await desk.press(*"when I set out the agenda", "enter")
        await is_in(desk, Stage.AGREED, "first")
        await desk.shows("when I set out")
        found = await follow_up(desk)
        assert (found.stage, found.cue, found.due) == (
            Stage.AGREED, "when I set out the agenda", None,
        )  # fmt: skip


async def test_not_agreeing_leaves_it_where_it_is(bench: Bench) -> None:
    with_cards(bench, Card("first"))
    async with opened(bench) as desk:
        await desk.press("f5", ">", *"fri", "escape")
        await is_in(desk, Stage.CAPTURED, "first")
        found = await follow_up(desk)
        assert (found.stage, found.due) == (Stage.CAPTURED, None)


async def test_letting_go_asks_why(bench: Bench) -> None:
    with_cards(bench, Card("first", stage=Stage.AGREED, days=5), Card("second", stage=Stage.AGREED))
    async with opened(bench, size=(200, 50)) as desk:
        await desk.press("f5", "x")
        await desk.shows("Let it go", "Why let go of “first”?")
        await desk.press("enter")
        await desk.shows("Letting go needs one line why", "Let it go")
        await desk.press(*"no longer needed", "enter")
        await desk.shows("Let go (1)", "no longer needed", without="Let it go")
        found = await follow_up(desk, "first")
        assert (found.stage, found.reason, found.closed) == (
            Stage.LET_GO, "no longer needed", TODAY,
        )  # fmt: skip
        await is_in(desk, Stage.AGREED, "second")


async def test_the_last_column_by_arrows_asks_why_too(bench: Bench) -> None:
    with_cards(bench, Card("first", stage=Stage.DONE))
    async with opened(bench) as desk:
        await desk.press("f5", "right", "right")
        await is_in(desk, Stage.DONE, "first")
        await desk.press(">")
        await desk.shows("Why let go of “first”?")
        await desk.press(*"gone", "enter")
        await desk.shows("Let go (1)", "gone")
        await desk.press("u")
        await desk.shows("Done (1)", "Let go (0)", without="gone")
        found = await follow_up(desk)
        assert (found.stage, found.reason) == (Stage.DONE, "")


async def test_done_is_dated_and_taken_back(bench: Bench) -> None:
    with_cards(bench, Card("first", stage=Stage.AGREED, days=5))
    async with opened(bench, size=(200, 50)) as desk:
        await desk.press("f5")
        await is_in(desk, Stage.AGREED, "first")
        await desk.press("space")
        await desk.shows("Done (1)", "me · Sun 22 Nov", "you owe 0")
        found = await follow_up(desk)
        assert (found.stage, found.closed) == (Stage.DONE, TODAY)
        await desk.press("right", "right")
        await is_in(desk, Stage.DONE, "first")
        await desk.press("space")
        await is_in(desk, Stage.AGREED, "first")
        found = await follow_up(desk)
        assert (found.stage, found.closed) == (Stage.AGREED, None)


async def test_coming_back_from_let_go_takes_the_reason_away(bench: Bench) -> None:
    with_cards(bench, Card("first", stage=Stage.LET_GO, days=5))
    async with opened(bench) as desk:
        await desk.press("f5", *["right"] * 3)  # it begins where something could be open
        await is_in(desk, Stage.LET_GO, "first")
        await desk.press("<")
        await desk.shows("Done (1)", "Let go (0)", without="a reason")
        found = await follow_up(desk)
        assert (found.stage, found.reason, found.closed) == (Stage.DONE, "", TODAY)


async def test_the_ends_of_the_board(bench: Bench) -> None:
    with_cards(bench, Card("first"), Card("last", stage=Stage.LET_GO))
    async with opened(bench) as desk:
        await desk.press("f5")
        await is_in(desk, Stage.CAPTURED, "first")
        await desk.press("<", "left")
        await is_in(desk, Stage.CAPTURED, "first")
        await desk.press(*["l"] * 4)
        await is_in(desk, Stage.LET_GO, "last")
        await desk.press(">", "right")
        await is_in(desk, Stage.LET_GO, "last")
        assert not desk.app.screen.is_modal
        await desk.press(*["h"] * 4)
        await is_in(desk, Stage.CAPTURED, "first")


async def test_keys_typed_ahead_follow_the_card(bench: Bench) -> None:
    with_cards(bench, Card("first", days=5), Card("second", days=6))
    async with opened(bench) as desk:
        await desk.press("f5", ">", ">", "o", "left", "left", "j", "d")
        await desk.shows("Captured (0)", "Waiting (1)", "them", without="second")
        assert (await follow_up(desk)).text == "first"
        assert (await follow_up(desk)).stage is Stage.WAITING


# -- changing ------------------------------------------------------------------------------


async def test_owners_go_round(bench: Bench) -> None:
    with_cards(bench, Card("first", stage=Stage.AGREED, days=5))
    async with opened(bench) as desk:
        await desk.press("f5")
        for owner, said, owed in (
            (Owner.THEM, "them · by Fri", "you owe 0 · they owe 1"),
            (Owner.BOTH, "both · by Fri", "you owe 1 · they owe 1"),
            (Owner.ME, "me · by Fri", "you owe 1 · they owe 0"),
        ):
            await desk.press("o")
            await desk.shows(said, owed)
            assert (await follow_up(desk)).owner is owner
            await is_in(desk, Stage.AGREED, "first")


async def test_the_highlight_stays_on_the_card_that_changes_place(bench: Bench) -> None:
    with_cards(
        bench, Card("first", stage=Stage.AGREED, days=1), Card("second", stage=Stage.AGREED, days=2)
    )
    async with opened(bench) as desk:
        await desk.press("f5", "o")
        await is_in(desk, Stage.AGREED, "first")
        assert desk.text.index("second") < desk.text.index("first")


async def test_when(bench: Bench) -> None:
    with_cards(bench, Card("first", stage=Stage.AGREED, days=5))
    async with opened(bench) as desk:
        await desk.press("f5", "w")
        await desk.shows("By when: “first”", "2026-11-27", "by Fri 27 Nov")
        await desk.replace("12/1")
        await desk.shows("We never guess between day and month")
        await desk.press("enter")
        await desk.shows("By when: “first”", "12/1")
        await desk.replace("in 2 weeks")
        await desk.press("enter")
        await desk.shows("by Sun 6 Dec", without="By when")
        assert (await follow_up(desk)).due == date(2026, 12, 6)
        await desk.press("w")
        await desk.replace("")
        await desk.shows("no date")
        await desk.press("enter")
        await desk.shows("me · ◇ no date", without="By when")
        assert (await follow_up(desk)).due is None


async def test_the_next_one_to_one_is_a_day_where_a_day_is_asked_for(bench: Bench) -> None:
    dana = with_cards(bench, Card("first"))
    async with opened(bench) as desk:
        await desk.press("f5")
        await desk.shows("first")
        await desk.press("w")
        await desk.shows("By when: “first”", "next 1:1")
        await desk.replace("next 1:1")
        await desk.shows("No next one-to-one with Dana is planned")
        later = NOW + timedelta(days=9)
        talks.plan(desk.notebook, talks.draft_for(dana, later, "call"), standard_template())
        await desk.replace("next 1:1")
        await desk.shows("by Tue 1 Dec", without="No next")
        await desk.press("enter")
        await desk.shows("me · by Tue 1 Dec", without="By when")
        assert (await follow_up(desk)).due == date(2026, 12, 1)


async def test_cue(bench: Bench) -> None:
    with_cards(bench, Card("first", stage=Stage.AGREED, days=5))
    async with opened(bench) as desk:
        await desk.press("f5", "c")
        await desk.shows("When X, I will", "first")
        await desk.press(*"when I see her", "enter")
        await desk.shows("when I see her", without="When X")
        assert (await follow_up(desk)).cue == "when I see her"


@pytest.mark.parametrize("key", ["e", "enter"])
async def test_everything_in_one_form(bench: Bench, key: str) -> None:
    with_cards(bench, Card("first", days=5))
    async with opened(bench) as desk:
        await desk.press("f5", key)
        await desk.shows("Follow-up with Dana Okafor", "● me", "2026-11-27")
        await desk.press("ctrl+u", *"the new words")
        await desk.to_field("owner")
        await desk.press("right")
        await desk.to_field("due")
        await desk.replace("tomorrow")
        await desk.to_field("cue")
        await desk.press(*"when it rains", "enter")
        await is_in(desk, Stage.CAPTURED, "the new words")
        found = await follow_up(desk)
        assert (found.text, found.owner, found.due, found.cue) == (
            "the new words", Owner.THEM, date(2026, 11, 23), "when it rains",
        )  # fmt: skip


async def test_a_follow_up_keeps_some_words(bench: Bench) -> None:
    with_cards(bench, Card("first", days=5))
    async with opened(bench) as desk:
        await desk.press("f5", "e", "ctrl+u", "enter")
        await desk.shows("A follow-up needs a few words: what will be done?")
        assert (await follow_up(desk)).text == "first"


@pytest.mark.parametrize(
    ("when", "stage"),
    [
        pytest.param("fri", Stage.AGREED, id="dated"),
        pytest.param("", Stage.CAPTURED, id="undated"),
    ],
)
async def test_a_new_one(bench: Bench, when: str, stage: Stage) -> None:
    dana = with_dana(bench)
    async with opened(bench) as desk:
        await desk.press("f5", "n")
        await desk.shows("A follow-up with Dana Okafor")
        await desk.press(*"send the book")
        await desk.to_field("due")
        await desk.press(*when, "enter")
        await desk.shows("send the book", without="A follow-up with")
        found = await follow_up(desk)
        assert (found.person_id, found.text, found.stage) == (dana.id, "send the book", stage)
        assert (found.owner, found.born_in) == (Owner.ME, None)
        await is_in(desk, stage, "send the book")


async def test_a_new_one_in_a_talk_belongs_to_it(bench: Bench) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f4", "f5")
        await desk.shows(
            "Dana Okafor · walk and talk · Dana leads · Sun 22 Nov 14:02", "Captured (0)"
        )
        await desk.press("n", *"send the book", "enter")
        await desk.shows("send the book", without="A follow-up with")
        assert (await follow_up(desk)).born_in == one.id
        await desk.press("f4")
        await desk.shows("> I promise send the book", '" heard │')


async def test_a_new_one_asks_whose_where_it_is_everybodys(bench: Bench) -> None:
    notebook = bench.notebook()
    for name in ("Ana", "Dana Okafor", "Zoë"):
        add_person(notebook, name)
    async with opened(bench) as desk:
        await desk.press("f5", "f5", "n")
        await desk.shows("Whose follow-up?", "type to find")
        await desk.write("zo")
        await desk.press("enter")
        await desk.shows("A follow-up with Zoë")
        await desk.press(*"send the book", "enter")
        await desk.shows("send the book", "Zoë · me · ◇ no")
        found = await follow_up(desk)
        assert (await desk.on_disk()).people[found.person_id].name == "Zoë"


@pytest.mark.parametrize("key", ["d", "delete"])
async def test_one_is_deleted_and_brought_back(bench: Bench, key: str) -> None:
    with_cards(bench, Card("first", days=5), Card("second", days=6))
    async with opened(bench, notifications=True) as desk:
        await desk.press("f5", key)
        await desk.shows("Follow-up deleted. u brings it back.", "Captured (1)")
        await is_in(desk, Stage.CAPTURED, "second")
        assert (await follow_up(desk)).text == "second"
        await desk.press("u")
        await desk.shows("Captured (2)", "first")
        assert len((await desk.on_disk()).follow_ups) == 2


# -- finding, and whose --------------------------------------------------------------------


async def test_finding(bench: Bench) -> None:
    with_cards(
        bench,
        Card("quiet mornings"),
        Card("coaching book", stage=Stage.AGREED, days=5),
        Card("draft the Über note", stage=Stage.WAITING),
    )
    async with opened(bench) as desk:
        await desk.press("f5", "slash", *"uber")
        await desk.until(lambda: counts(desk) == [0, 0, 1, 0, 0], "what fits")
        await desk.press("enter")
        await is_in(desk, Stage.WAITING, "draft the Über note")
        await desk.press("o")
        await desk.shows("them")
        assert (await follow_up(desk, "draft the Über note")).owner is Owner.THEM
        await desk.press("escape")
        await desk.until(lambda: counts(desk) == [1, 1, 1, 0, 0], "all again")
        await desk.press("slash", *"dana okafor", "enter")
        await desk.until(lambda: counts(desk) == [1, 1, 1, 0, 0], "the name fits all")
        await desk.press("escape", "escape")
        await desk.shows("▌ Dana Okafor", without="Captured (")


async def test_words_typed_ahead_after_find_are_no_commands(bench: Bench) -> None:
    with_cards(bench, Card("first", days=5), Card("second", days=6))
    async with opened(bench) as desk:
        await desk.press("f5", "slash", *"dxo")
        await desk.shows("dxo")
        journal = await desk.on_disk()
        assert {f.text for f in journal.follow_ups.values()} == {"first", "second"}
        assert {f.owner for f in journal.follow_ups.values()} == {Owner.ME}


async def test_mine_and_everybodys(bench: Bench) -> None:
    notebook = bench.notebook()
    for name in ("Ana", "Tom", "Zoë"):
        put(notebook, add_person(notebook, name), Card(f"for {name}", days=5))
    tom = next(p for p in notebook.journal.people.values() if p.name == "Tom")
    folk.archive(notebook, tom)
    async with opened(bench) as desk:
        await desk.press("f5")
        await desk.shows("Ana · follow-ups", "for Ana", without="for Zoë")
        for key in ("f5", "a"):
            await desk.press(key)
            await desk.shows(
                "Follow-ups · everybody", "for Ana", "for Zoë", "Ana · me · by Fri",
                "you owe 2 · they owe 0", without="for Tom",
            )  # fmt: skip
            await desk.press(key)
            await desk.shows("Ana · follow-ups", "for Ana", without="for Zoë")


async def test_what_is_written_in_the_talk_is_on_the_board(bench: Bench) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    write(notebook, one, "> send the book by fri")
    async with opened(bench) as desk:
        await desk.press("f4", *"<draft the note", "enter", "f5")
        await desk.shows("send the book", "draft the note", "Captured (1)", "Agreed (1)")
        await desk.press("f4")
        await desk.shows('" heard │', "draft the note")


async def test_what_another_window_does_appears(bench: Bench, quick_looks: None) -> None:
    with_cards(bench, Card("first", days=5))
    async with opened(bench) as desk:
        await desk.press("f5")
        await is_in(desk, Stage.CAPTURED, "first")
        other = bench.notebook()
        [found] = other.journal.follow_ups.values()
        promises.move(other, found, Stage.WAITING)
        await desk.shows("Captured (0)", "Waiting (1)", "first")


# -- narrow --------------------------------------------------------------------------------


async def test_the_narrow_board_shows_one_stage_and_the_counts(bench: Bench) -> None:
    with_cards(
        bench,
        Card("quiet mornings"),
        Card("coaching book", stage=Stage.AGREED, days=5),
        Card("the old rota", stage=Stage.LET_GO),
    )
    async with opened(bench, size=NARROW) as desk:
        await desk.press("f5")
        await desk.shows("Captured 1", "Agreed 1", "Waiting 0", "Done 0", "Let go 1")
        await desk.shows("quiet mornings", without=("coaching book", "the old rota"))
        await desk.press("right")
        await desk.shows("coaching book", without=("quiet mornings", "the old rota"))
        await desk.press(">")
        await desk.shows("Agreed 0", "Waiting 1", "coaching book")
        assert (await follow_up(desk, "coaching book")).stage is Stage.WAITING
        await desk.press("right", "right")
        await desk.shows("the old rota", "a reason", without="coaching book")
        await desk.press("left", "left", "space")
        await desk.shows("Waiting 0", "Done 1")
        assert (await follow_up(desk, "coaching book")).stage is Stage.DONE


async def test_a_folded_column_says_how_many_are_in_it(bench: Bench) -> None:
    finished = (Card(f"c {n}", stage=Stage.LET_GO) for n in range(120))
    with_cards(bench, Card("open"), *finished)
    async with opened(bench, size=NORMAL) as desk:
        await desk.press("f5")
        await desk.shows("Captured (1)", "Let go (120)", "folded")


async def test_folded_columns_open_when_one_goes_there(bench: Bench) -> None:
    with_cards(bench, Card("quiet mornings"), Card("the old rota", stage=Stage.LET_GO))
    async with opened(bench, size=NORMAL) as desk:
        await desk.press("f5")
        await desk.shows("Captured (1)", "Let go (1)", "quiet", without="rota")
        await desk.press(*["right"] * 4)
        await desk.shows("the old", "rota", "a reason")
        await desk.press("left")
        await desk.shows("Let go (1)", without="rota")


# -- several at once -----------------------------------------------------------------------


async def test_several_are_moved_in_one_act(bench: Bench) -> None:
    with_cards(bench, *(Card(text, days=5) for text in ("first", "second", "third")))
    async with opened(bench, size=(140, 40), notifications=True) as desk:
        await desk.press("f5", "v", "v")
        await desk.shows("2 cards marked", "✓ marked")
        await desk.press(">")
        await desk.until(lambda: counts(desk) == [1, 2, 0, 0, 0])
        await desk.shows("Captured (1)", without="marked")
        assert (await follow_up(desk, "third")).stage is Stage.CAPTURED
        await desk.press("u")
        await desk.until(lambda: counts(desk) == [3, 0, 0, 0, 0])


async def test_several_are_agreed_with_one_when(bench: Bench) -> None:
    with_cards(bench, Card("first"), Card("second", days=3))
    async with opened(bench, size=(140, 40)) as desk:
        await desk.press("f5", "v", "v", ">")
        await desk.shows("By when?", "(2 follow-ups)")
        await desk.press(*"eom", "enter")
        await desk.until(lambda: counts(desk) == [0, 2, 0, 0, 0])
        assert (await follow_up(desk, "first")).due == date(2026, 11, 30)
        assert (await follow_up(desk, "second")).due == TODAY + timedelta(days=3)


async def test_marks_hold_over_columns_and_esc_takes_them_away(bench: Bench) -> None:
    with_cards(bench, Card("first"), Card("second", stage=Stage.WAITING, days=3))
    async with opened(bench, size=(140, 40)) as desk:
        await desk.press("f5", "v")
        await desk.shows("1 card marked")
        await desk.press("right", "right", "v")
        await desk.shows("2 cards marked")
        await desk.press("escape")
        await desk.shows("Captured (1)", without="marked")
        await desk.press("v", "left", "left", "v", "d")
        await desk.until(lambda: counts(desk) == [0] * 5)
        assert (await desk.on_disk()).follow_ups == {}


async def test_what_is_not_shown_any_more_is_not_marked_any_more(bench: Bench) -> None:
    with_cards(bench, Card("first"), Card("theirs", Owner.THEM))
    async with opened(bench, size=(140, 40)) as desk:
        await desk.press("f5", "v", "v")
        await desk.shows("2 cards marked")
        await desk.press("m")
        await desk.shows("only mine", "1 card marked", without="theirs")
        await desk.press("m")
        await desk.shows("theirs", "1 card marked")


async def test_owner_when_and_cue_of_several(bench: Bench) -> None:
    with_cards(bench, Card("first"), Card("second"))
    async with opened(bench, size=(140, 40)) as desk:
        await desk.press("f5", "v", "v", "o")
        await desk.shows("them · ◇ no date")
        await desk.press("w", *"fri", "enter")
        await desk.shows("them · by Fri 27 Nov")
        await desk.press("c", *"at lunch", "enter")
        await desk.shows("at lunch")
        found = (await desk.on_disk()).follow_ups.values()
        assert {(f.owner, f.due, f.cue) for f in found} == {
            (Owner.THEM, TODAY + timedelta(days=5), "at lunch")
        }


async def test_several_are_let_go_with_one_reason(bench: Bench) -> None:
    with_cards(bench, Card("first"), Card("second"))
    async with opened(bench, size=(140, 40)) as desk:
        await desk.press("f5", "v", "v", "x")
        await desk.shows("Let them go", "Why let go of 2 follow-ups?")
        await desk.press(*"the team was split", "enter")
        await desk.until(lambda: counts(desk) == [0, 0, 0, 0, 2])
        found = (await desk.on_disk()).follow_ups.values()
        assert {f.reason for f in found} == {"the team was split"}


async def test_a_half_typed_reason_is_for_the_cards_it_was_typed_for(bench: Bench) -> None:
    with_cards(bench, *(Card(text, days=n) for n, text in enumerate("abcd")))
    async with opened(bench, size=(140, 40)) as desk:
        await desk.press("f5", "v", "v", "x")
        await desk.shows("Why let go of 2 follow-ups?")
        await desk.press(*"a and b", "escape")
        await desk.shows("Captured", without="Why let go")
        ids = {f.text: f.id for f in desk.notebook.journal.follow_ups.values()}
        first, second = sorted((ids["a"], ids["b"]))
        draft = desk.notebook.draft(f"form:let-go:{first},{second}")
        assert draft is not None
        assert all(is_about(draft, (one_id,)) for one_id in (first, second))
        assert not is_about(draft, (ids["c"],))
        await desk.press("up", "up", "v", "v", "v", "v", "x")
        await desk.shows("Why let go of 2 follow-ups?", without="a and b")


# -- looking -------------------------------------------------------------------------------


async def test_the_order_of_the_open_cards(bench: Bench) -> None:
    notebook = bench.notebook()
    dana = add_person(notebook)
    for hours, card in ((9, Card("late", days=9)), (4, Card("soon", days=4)), (1, Card("undated"))):
        bench.clock.now = NOW - timedelta(hours=hours)
        put(notebook, dana, card)
    bench.clock.now = NOW
    async with opened(bench, size=(140, 40), notifications=True) as desk:
        await desk.press("f5")
        await desk.shows("late", "soon")
        assert desk.text.index("soon") < desk.text.index("late") < desk.text.index("undated")
        await desk.press("s")
        await desk.shows("longest said first")
        await desk.until(lambda: desk.text.index("> soon") > desk.text.index("> late"))
        await desk.press("/", *"by:when")
        await desk.until(lambda: desk.text.index("> soon") < desk.text.index("> late"))


async def test_finding_by_what_stands_on_the_cards(bench: Bench) -> None:
    with_cards(bench, Card("late", days=-2), Card("soon", days=2), Card("undated"))
    async with opened(bench, size=(140, 40)) as desk:
        await desk.press("f5", "/", *"overdue")
        await desk.shows("late", without="undated")
        await desk.press("escape", "/", *"no date")
        await desk.shows("undated", without="> late")
        await desk.press("escape", "/", *"due soon")
        await desk.shows("> soon", without="undated")


@pytest.mark.parametrize("width", [80, 140])
async def test_what_is_finished_folds_and_unfolds(bench: Bench, width: int) -> None:
    with_cards(bench, Card("the old rota", stage=Stage.DONE), Card("first"))
    is_folded = width == 80
    async with opened(bench, size=(width, 30)) as desk:
        await desk.press("f5")
        for _ in range(3):
            if is_folded:
                await desk.shows("Done (1)", without="the old")
            else:
                await desk.shows("Done (1)", "the old")
            await desk.press("z")
            is_folded = not is_folded


# -- whose, and what became of it ----------------------------------------------------------


async def test_it_is_given_to_another_person(bench: Bench) -> None:
    with_cards(bench, Card("first"))
    notebook = bench.notebook()
    sam = add_person(notebook, "Sam Reyes")
    async with opened(bench, notifications=True) as desk:
        await desk.press("f5", "p", *"sam", "enter")
        await desk.shows("1 follow-up is Sam's now", "Captured (0)")
        assert (await follow_up(desk)).person_id == sam.id
        await desk.press("u")
        await desk.shows("Captured (1)")


async def test_what_became_of_it(bench: Bench) -> None:
    dana = with_cards(bench)
    notebook = bench.notebook()
    one = plan_today(notebook, dana)
    write(notebook, one, "> send the book by fri")
    (book,) = notebook.journal.follow_ups.values()
    bench.clock.forward(days=9)
    promises.edit(notebook, book, book._replace(due=TODAY + timedelta(days=12)))
    promises.move(notebook, notebook.journal.follow_ups[book.id], Stage.WAITING)
    async with opened(bench, size=(120, 40)) as desk:
        await desk.press("f5", "t")
        await desk.shows("What became of “send the book”")
        await desk.shows("Sun 22 Nov", "said · walk and talk", "Agreed → Waiting")
        await desk.shows("Fri 27 Nov → Fri 4 Dec")
        await desk.press("enter")
        await desk.shows("Dana Okafor · walk and talk", "send the book")


async def test_one_more_than_anybody_keeps_is_said_once(bench: Bench) -> None:
    with_cards(bench, Card("one"), Card("two"), Card("three"))
    async with opened(bench, size=(120, 40), notifications=True) as desk:
        await desk.press("f5", "n", *"four", "enter")
        await desk.shows("That makes 4 open promises of yours with Dana.")
        desk.app.clear_notifications()
        await desk.press("n", *"five", "enter")
        await desk.shows("five", "Captured (5)", without="That makes")


async def test_a_marked_card_that_moved_is_not_marked_any_more(bench: Bench) -> None:
    with_cards(bench, Card("first", days=1), Card("second", days=2))
    async with opened(bench, size=(140, 40)) as desk:
        await desk.press("f5", "v")
        await desk.shows("1 card marked")
        await desk.press(">")
        await desk.until(lambda: counts(desk) == [1, 1, 0, 0, 0])
        await desk.shows("Captured (1)", without="marked")
        await desk.press("left", "space")
        await desk.until(lambda: counts(desk) == [0, 1, 0, 1, 0])
        assert (await follow_up(desk, "first")).stage is Stage.AGREED


async def test_of_two_marked_cards_one_was_there_already(bench: Bench) -> None:
    with_cards(bench, Card("first", days=1), Card("second", stage=Stage.AGREED, days=2))
    async with opened(bench, size=(140, 40)) as desk:
        await desk.press("f5", "v", "right", "v")
        await desk.shows("2 cards marked")
        await desk.press("left", ">")
        await desk.until(lambda: counts(desk) == [0, 2, 0, 0, 0])
        await desk.shows("Agreed (2)", without="marked")


async def test_marks_stay_with_an_owner_and_with_a_new_card(bench: Bench) -> None:
    with_cards(bench, Card("first"))
    async with opened(bench, size=(140, 40)) as desk:
        await desk.press("f5", "v", "o")
        await desk.shows("1 card marked")
        await desk.press("n", *"one more", "enter")
        await desk.shows("Captured (2)", "1 card marked")


# -- where the highlight goes --------------------------------------------------------------


async def test_when_undo_takes_the_highlighted_card_the_highlight_goes_on(bench: Bench) -> None:
    with_cards(bench, Card("first", stage=Stage.WAITING))
    async with opened(bench) as desk:
        await desk.press("f5", "n", *"second", "enter")
        await is_in(desk, Stage.CAPTURED, "second")
        await desk.press("u")
        await is_in(desk, Stage.WAITING, "first")
        await desk.press("space")
        await desk.until(lambda: counts(desk) == [0, 0, 0, 1, 0])


async def test_when_undo_moves_the_highlighted_card_the_highlight_goes_on(bench: Bench) -> None:
    with_cards(bench, Card("first", days=3))
    async with opened(bench) as desk:
        await desk.press("f5")
        await is_in(desk, Stage.CAPTURED, "first")
        await desk.press(">")
        await is_in(desk, Stage.AGREED, "first")
        await desk.press("u")
        await is_in(desk, Stage.CAPTURED, "first")


async def test_who_goes_to_an_empty_column_stays_there(bench: Bench) -> None:
    with_cards(bench, Card("first"), Card("second"))
    async with opened(bench) as desk:
        await desk.press("f5", "space")
        await desk.until(lambda: counts(desk) == [1, 0, 0, 1, 0])
        await desk.press("right", "u")
        await desk.until(lambda: counts(desk) == [2, 0, 0, 0, 0])
        focused = desk.app.screen.focused
        assert isinstance(focused, Cards)
        assert focused.stage is Stage.AGREED


# -- a day at the end of the words ---------------------------------------------------------


async def test_a_new_follow_up_takes_the_day_its_words_end_with(bench: Bench) -> None:
    with_cards(bench, Card("first"))
    async with opened(bench) as desk:
        await desk.press("f5", "n", *"board by fri")
        await desk.shows("by Fri 27 Nov, as the words above say")
        await desk.press("enter")
        await is_in(desk, Stage.AGREED, "board")
        assert (await follow_up(desk, "board")).due == date(2026, 11, 27)


async def test_a_day_in_its_field_leaves_the_words_as_they_are(bench: Bench) -> None:
    with_cards(bench, Card("first"))
    async with opened(bench) as desk:
        await desk.press("f5", "n", *"board by fri")
        await desk.to_field("due")
        await desk.press(*"4 dec")
        await desk.shows("by Fri 4 Dec", without="as the words above say")
        await desk.press("enter")
        await is_in(desk, Stage.AGREED, "board by fri")
        assert (await follow_up(desk, "board by fri")).due == date(2026, 12, 4)


async def test_a_day_that_there_is_not_is_told_and_stays_words(bench: Bench) -> None:
    with_cards(bench, Card("first"))
    async with opened(bench) as desk:
        await desk.press("f5", "n", *"board by 31 feb")
        await desk.shows('31 feb" is a day that does not exist')
        await desk.press("enter")
        await is_in(desk, Stage.CAPTURED, "board by 31 feb")
