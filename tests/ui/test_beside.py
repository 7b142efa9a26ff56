"""What stands beside the checklist and the notes, dealt with where it stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.builders import HOSTILE, NOW, Bench
from tests.ui.app import NARROW, WIDE, Desk, opened
from tests.ui.test_hostile import assert_sound, beginning, shows
from tests.ui.test_prepare import history
from tui.desk.shipped import questions
from tui.domain.checklist import Phase, in_order
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.people import CardLine
from tui.domain.text import clean_line
from tui.services import deck, folk, promises
from tui.widgets.beside import Beside
from tui.widgets.entry import NoteEntry

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["40x20", "120x40"])
PLACES = pytest.mark.parametrize(
    "way", [("f3", "tab"), ("f4", "ctrl+t")], ids=["prepare", "listen"]
)


async def to_beside(desk: Desk, way: tuple[str, ...], row: str = "") -> None:
    """Go to what stands beside, and there to a row."""
    await desk.press(*way)
    await desk.until(lambda: isinstance(desk.app.screen.focused, Beside), "what stands beside")
    await desk.press("g")
    for _ in range(20):
        beside = desk.one(Beside)
        here = next((r for r in beside.rows if r.id == beside.cursor), None)
        if not row or (here and row in f"{here.gutter.plain}{here.body.plain}"):
            return
        await desk.press("down")
    pytest.fail(f"no way to {row}:\n{desk.text}")


def marked(desk: Desk, words: str) -> bool:
    return any("▌" in line and words in line for line in desk.lines)


async def to_the_line(desk: Desk) -> None:
    await desk.until(lambda: isinstance(desk.app.screen.focused, NoteEntry), "the line")


async def promised(desk: Desk, text: str) -> FollowUp:
    [found] = [f for f in (await desk.on_disk()).follow_ups.values() if f.text == text]
    return found


# -- promises ------------------------------------------------------------------------------


@PLACES
@SIZES
async def test_a_promise_is_done(bench: Bench, way: tuple[str, ...], size: tuple[int, int]) -> None:
    history(bench)
    async with opened(bench, size=size, notifications=True) as desk:
        await to_beside(desk, way, "> send the book")
        await desk.shows("from Tue 10")
        await desk.press("space")
        await desk.until(
            lambda: desk.said.startswith("Done") and desk.said.endswith("u takes it back."),
            "the way back",
        )
        await desk.shows("> ask Lena", without="> send the book")
        assert (await promised(desk, "send the book")).stage is Stage.DONE
        await desk.press("u")
        await desk.shows("> send the book")
        assert (await promised(desk, "send the book")).stage is Stage.AGREED


async def test_a_promise_came_up_again(bench: Bench) -> None:
    one = history(bench)
    async with opened(bench) as desk:
        await to_beside(desk, ("f4", "ctrl+t"), "> ask Lena")
        await desk.press("t")
        await desk.shows("today too")
        assert (await promised(desk, "ask Lena")).touches == (one.id,)
        await desk.press("t")
        await desk.idle()
        assert (await promised(desk, "ask Lena")).touches in ((one.id,), ()), "once in a talk"


@pytest.mark.parametrize(
    ("key", "stage", "owner", "due"),
    [
        ("d", Stage.AGREED, Owner.ME, NOW.date()),
        ("l", Stage.LET_GO, Owner.ME, None),
        ("r", Stage.AGREED, Owner.ME, date(2026, 11, 27)),
        ("h", Stage.CAPTURED, Owner.BOTH, None),
        ("escape", Stage.CAPTURED, Owner.ME, None),
    ],
)
async def test_the_third_time_it_asks_what_should_become_of_it(
    bench: Bench, key: str, stage: Stage, owner: Owner, due: date | None
) -> None:
    history(bench)
    notebook = bench.notebook()
    (ask,) = (f for f in notebook.journal.follow_ups.values() if f.text == "ask Lena")
    promises.touch(notebook, ask, "an earlier talk")
    async with opened(bench) as desk:
        await to_beside(desk, ("f4", "ctrl+t"), "> ask Lena")
        await desk.press("t")
        await desk.shows("“ask Lena” has come up 3 times.", "Renegotiate")
        await desk.press(key)
        if key == "l":
            await desk.shows("Why let go of “ask Lena”?")
            await desk.press(*"Lena left", "enter")
        elif key == "r":
            await desk.shows("What would you both keep? By when?")
            await desk.press(*"fri", "enter")
        elif key == "h":
            await desk.shows("Who does it from here on?")
            await desk.press("down", "enter")
        await desk.until(lambda: not desk.app.screen.is_modal, "the question to be answered")
        found = await promised(desk, "ask Lena")
        assert (found.stage, found.owner, found.due) == (stage, owner, due)
        assert found.mentions == 3


async def test_the_history_of_a_promise_is_one_key_away(bench: Bench) -> None:
    history(bench)
    async with opened(bench) as desk:
        await to_beside(desk, ("f3", "tab"), "> ask Lena")
        await desk.press("h")
        await desk.shows("What became of “ask Lena”", "said")
        await desk.press("escape")
        await desk.shows("> ask Lena", without="What became")


async def test_a_promise_is_changed_where_it_stands(bench: Bench) -> None:
    history(bench)
    async with opened(bench) as desk:
        await to_beside(desk, ("f3", "tab"), "> ask Lena")
        await desk.press("enter")
        await desk.shows("Follow-up with Dana Okafor", "ask Lena")
        await desk.to_field("due")
        await desk.press(*"fri", "enter")
        await desk.shows("by Fri 27 Nov", without="Follow-up with")
        assert (await promised(desk, "ask Lena")).due == date(2026, 11, 27)
        assert marked(desk, "ask Lena")


async def test_letting_go_has_its_place_on_the_board(bench: Bench) -> None:
    history(bench)
    async with opened(bench, notifications=True) as desk:
        await to_beside(desk, ("f3", "tab"), "> ask Lena")
        await desk.press("d")
        await desk.shows("F5 shows the board; there x lets it go, with one line why.")
        assert (await promised(desk, "ask Lena")).is_open


# -- questions, shelf, closing list --------------------------------------------------------


@PLACES
async def test_a_question_is_asked_landed_changed_and_put_back(
    bench: Bench, way: tuple[str, ...]
) -> None:
    one = history(bench)
    deck.take(bench.notebook(), one, questions()[:1])
    cue = questions()[0].cue
    async with opened(bench, notifications=True) as desk:
        await to_beside(desk, way, cue)
        await desk.press("space")
        await desk.shows(f"▌ [x] {cue}", "asked 14:02")
        await desk.press("l")
        await desk.shows("asked 14:02 · landed")
        await desk.press("space")
        await desk.shows(f"▌ [ ] {cue}", without="landed)")
        await desk.press("e")
        await desk.shows("This question", "On the card, in a word or three")
        await desk.fill("What is on your heart?", "heart")
        await desk.press("enter")
        await desk.shows("▌ [ ] heart", without="This question")
        [pick] = (await desk.on_disk()).picks_of(one.id)
        assert (pick.text, pick.cue, pick.asked) == ("What is on your heart?", "heart", None)
        await desk.press("d")
        await desk.shows("Put back into the deck. u brings it back.", without="heart")
        assert (await desk.on_disk()).picks_of(one.id) == ()
        await desk.press("u")
        await desk.shows("[ ] heart")


@PLACES
async def test_a_parked_topic_is_raised(bench: Bench, way: tuple[str, ...]) -> None:
    one = history(bench)
    async with opened(bench, notifications=True) as desk:
        await to_beside(desk, way, "& the conference talk")
        await desk.shows("Raise next" if way[0] == "f3" else "Parked for today", "Tue 10 Nov")
        await desk.press("space")
        await desk.shows("Off the shelf. u puts it back.", without="& the conference talk")
        assert (await desk.on_disk()).shelf_of(one.person_id) == ()
        await desk.press("u")
        await desk.shows("Undone: topic raised.")
        desk.app.clear_notifications()  # it lies over the list, with a mark of its own
        await desk.shows("& the conference talk", without="Undone")
        await to_beside(desk, (), "& the conference talk")
        await desk.press("enter")
        await desk.shows("This topic")
        await desk.press("end", *" in may", "enter")
        await desk.shows("& the conference", without="This topic")
        [topic] = (await desk.on_disk()).shelf_of(one.person_id)
        assert topic.text == "the conference talk in may"
        await desk.press("d")
        await desk.shows("Deleted. u brings it back.", without="& the conference")
        assert (await desk.on_disk()).topics.get(one.person_id, ()) == ()


@SIZES
async def test_the_closing_list_is_at_hand_at_the_bench(
    bench: Bench, size: tuple[int, int]
) -> None:
    one = history(bench)
    async with opened(bench, size=size) as desk:
        await desk.press("f4", "ctrl+g")
        await desk.shows("open · 0 min")
        await desk.press("ctrl+g")
        await desk.shows("At the close", "0 of 5", "[ ] Say back what I heard")
        await to_beside(desk, ("ctrl+t",), "Say back")
        bench.clock.forward(minutes=3)
        await desk.press("space")
        await desk.shows("1 of 5", "▌ [x] Say back what I heard")
        items = in_order((await desk.page(one)).items, Phase.CLOSE)
        assert [item.ticked for item in items][:2] == [NOW + timedelta(minutes=3), None]
        await desk.press("escape")
        await to_the_line(desk)
        await desk.press(*"and on", "enter")
        await desk.shows("“and on”")


# -- the card ------------------------------------------------------------------------------


async def test_what_helps_is_written_down_here(bench: Bench) -> None:
    one = history(bench)
    async with opened(bench) as desk:
        await to_beside(desk, ("f3", "tab"), "time to think")
        await desk.press("enter")
        await desk.shows("Dana Okafor's card", "What helps them")
        await desk.press("end", *" aloud", "enter")
        await desk.shows("time to think aloud", without="What helps them")
        await to_beside(desk, (), "straight and in private")
        await desk.press("enter")
        await desk.shows("About", "empty takes the line away")
        await desk.fill("Praise", "in private")
        await desk.press("enter")
        await desk.shows("Praise  in private", without="empty takes the line away")
        dana = (await desk.on_disk()).people[one.person_id]
        assert (dana.helps, dana.card) == (
            "time to think aloud", (CardLine("Praise", "in private", NOW.date()),),
        )  # fmt: skip
        await desk.press("enter")
        await desk.fill("", "")
        await desk.press("enter")
        await desk.shows("time to think aloud", without="in private")
        assert (await desk.on_disk()).people[one.person_id].card == ()


# -- going there and back ------------------------------------------------------------------


@SIZES
async def test_there_and_back(bench: Bench, size: tuple[int, int]) -> None:
    history(bench)
    async with opened(bench, size=size) as desk:
        await desk.press("f3")
        await desk.shows("▌ [ ] My promises")
        for back in ("escape", "tab"):
            await desk.press("tab")
            await desk.shows("▌ > send the book", "space done")
            await desk.press(back)
            await desk.shows("▌ [ ] My promises", "space tick")
        await desk.press("f4", *"half")
        for back in ("escape", "tab", "ctrl+t"):
            await desk.press("ctrl+t")
            await desk.shows("▌ > ask Lena", "space done", "half")
            await desk.press(back)
            await desk.shows("half", without="space done")
            await to_the_line(desk)


async def test_what_is_typed_right_behind_escape_is_the_line(bench: Bench) -> None:
    one = history(bench)
    async with opened(bench) as desk:
        await desk.press("f4", "ctrl+t", "escape", *"tired", "enter")
        await desk.shows("tired", without="space done")
        assert [n.text for n in (await desk.page(one)).notes] == ["tired"]
        assert not (await promised(desk, "ask Lena")).touches


@SIZES
@PLACES
async def test_what_is_typed_right_behind_the_way_there_is_for_what_is_there(
    bench: Bench, way: tuple[str, ...], size: tuple[int, int]
) -> None:
    history(bench)
    async with opened(bench, size=size) as desk:
        first = "send the book" if way[0] == "f3" else "ask Lena"
        await desk.press(*way, "space")
        await desk.until(lambda: desk.said.startswith(f"Done: {first}"), "the promise to be done")
        assert (await promised(desk, first)).stage is Stage.DONE


@pytest.mark.parametrize("key", ["m", "c", "s", "E"])
async def test_letters_for_the_notes_do_nothing_to_them_from_beside(bench: Bench, key: str) -> None:
    one = history(bench)
    async with opened(bench) as desk:
        await desk.press("f4", *"between us", "enter")
        await desk.shows("“between us”", "saved ●")
        await to_beside(desk, ("ctrl+t",))
        await desk.press(key)
        await desk.idle()
        assert not desk.app.screen.is_modal, "nothing that could not be seen was meant"
        [note] = (await desk.page(one)).notes
        assert not note.is_mine


async def test_what_another_window_does_is_followed(bench: Bench, quick_looks: None) -> None:
    one = history(bench)
    async with opened(bench) as desk:
        await to_beside(desk, ("f4", "ctrl+t"))
        deck.take(bench.notebook(), one, questions()[:1])
        await desk.shows("Questions", f"[ ] {questions()[0].cue}")


@pytest.mark.parametrize("text", [HOSTILE[2], HOSTILE[5], HOSTILE[9]], ids=ascii)
async def test_hostile_text_beside(bench: Bench, text: str) -> None:
    one = history(bench)
    notebook = bench.notebook()
    words = clean_line(text)
    dana = notebook.journal.people[one.person_id]
    card = (CardLine(words[:20], words),)
    folk.edit(notebook, dana, dana._replace(helps=words, card=card))
    question = questions()[0]._replace(text=words, cues=(words,))
    deck.take(notebook, one, [question])
    async with opened(bench, size=(120, 60)) as desk:
        await to_beside(desk, ("f3", "tab"))
        await shows(desk, f"[ ] {beginning(text)}", "What helps Dana", beginning(text)[:4])
        await desk.press("f4", "ctrl+t", "space")
        await shows(desk, f"[x] {beginning(text)}")
        assert_sound(desk)
