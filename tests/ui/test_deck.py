"""The question deck: three at most, each offered with the reason, one's own beside ours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import HOSTILE, NOW, Bench, add_person, plan_today, write
from tests.ui.app import NARROW, WIDE, Desk, opened, with_dana, with_talk
from tests.ui.test_hostile import assert_sound, beginning, shows
from tui import words
from tui.desk.shipped import questions, standard_template
from tui.domain.onetoones import OneToOne
from tui.domain.questions import AREA_BY_ID, AREAS, Landed, Moment, Pick, Question
from tui.domain.text import clean_line
from tui.services import course, deck, folk, talks
from tui.widgets.entry import NoteEntry

FEW = questions()[:4]


async def to_deck(desk: Desk) -> None:
    await desk.press("f3", "q")
    await desk.shows("For this talk")


async def find(desk: Desk, text: str) -> None:
    """Type words to find a question, and go among what was found."""
    await desk.press("slash", *text.strip(), "enter")
    await desk.shows(text.strip())


async def picks(desk: Desk, one: OneToOne) -> tuple[Pick, ...]:
    return (await desk.on_disk()).picks_of(one.id)


async def own(desk: Desk) -> list[Question]:
    return list((await desk.on_disk()).questions.values())


def after_a_talk(bench: Bench, *, asked: Question, days: int, landed: Landed) -> OneToOne:
    """Put a talk of some days ago into the journal in which a question was asked; plan today's."""
    notebook = bench.notebook()
    bench.clock.now = NOW - timedelta(days=days)
    dana = add_person(notebook)
    before = plan_today(notebook, dana)
    write(notebook, before, '" I lose the thread')
    before = notebook.journal.one_to_ones[before.id]
    [pick] = deck.take(notebook, before, [asked])
    deck.flip_asked(notebook, before, pick)
    for _ in range((Landed.UNKNOWN, Landed.YES, Landed.NO).index(landed)):
        [pick] = notebook.journal.picks_of(before.id)
        deck.turn_landed(notebook, before, pick)
    course.end(notebook, notebook.journal.one_to_ones[before.id])
    bench.clock.now = NOW
    return plan_today(notebook, dana)


# -- choosing ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["40x20", "120x40"])
async def test_three_are_drawn_and_no_fourth(bench: Bench, size: tuple[int, int]) -> None:
    _, one = with_talk(bench)
    async with opened(bench, size=size, notifications=True) as desk:
        await to_deck(desk)
        await desk.shows("0 of 3", "r draws three", "why")
        await desk.press("r")
        await desk.shows("3 of 3", without="r draws three")
        drawn = await picks(desk, one)
        assert len(drawn) == 3
        assert [p.moment in (Moment.OPEN,) for p in drawn].count(True) == 1
        assert len({p.area for p in drawn}) == 3, "no two about the same"
        await desk.press("r")
        assert desk.said == words.NOTHING_TO_DRAW
        await desk.press("G", "space")
        assert desk.said == "Three is the most for one talk. Put one back first: space."
        assert await picks(desk, one) == drawn
        await desk.press("g", "space")
        await desk.shows("2 of 3")
        assert await picks(desk, one) == drawn[1:]
        await desk.press("u")
        await desk.shows("3 of 3")
        assert await picks(desk, one) == drawn
        await desk.press("u")
        await desk.shows("0 of 3")
        assert await picks(desk, one) == ()


@pytest.mark.parametrize("key", ["space", "enter", "x"])
async def test_one_is_taken_and_put_back(bench: Bench, key: str) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await to_deck(desk)
        await find(desk, FEW[1].text[:24].lower())
        await desk.shows(FEW[1].text, without=FEW[0].text)
        await desk.press(key)
        await desk.shows(f"[ ] {FEW[1].cue}", "1 of 3")
        [pick] = await picks(desk, one)
        assert (pick.question_id, pick.text, pick.cue) == (FEW[1].id, FEW[1].text, FEW[1].cue)
        await desk.press("escape", "g", key)
        await desk.shows("0 of 3")
        assert await picks(desk, one) == ()


async def test_what_is_found_is_seen_while_three_are_taken(bench: Bench) -> None:
    _, one = with_talk(bench)
    notebook = bench.notebook()
    deck.take(notebook, one, FEW[:3])
    async with opened(bench, size=NARROW) as desk:
        await to_deck(desk)
        await desk.press("slash", *FEW[3].text[:20].lower())
        await desk.reads(FEW[3].text)


async def test_nothing_fits_and_back(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await to_deck(desk)
        await desk.press("slash", *"xyzzy")
        await desk.shows("xyzzy", "No question fits these words.", without=FEW[0].text)
        await desk.press("escape")
        await desk.shows("Offered", FEW[0].text, without="xyzzy")
        await desk.press("escape")
        await desk.shows("Before you talk", without="For this talk")


async def test_the_words_are_changed_for_this_talk(bench: Bench) -> None:
    _, one = with_talk(bench)
    deck.take(bench.notebook(), one, FEW[:1])
    async with opened(bench, notifications=True) as desk:
        await to_deck(desk)
        await desk.press("e")
        await desk.shows("This question", FEW[0].text)
        await desk.fill("What is on your heart?", "heart")
        await desk.press("enter")
        await desk.shows("[ ] heart", "What is on your heart?", without="This question")
        [pick] = await picks(desk, one)
        assert (pick.text, pick.cue, pick.question_id) == (
            "What is on your heart?", "heart", FEW[0].id,
        )  # fmt: skip
        await desk.press("G", "e")
        await desk.shows("Take it with space; then e changes its words for this talk.")


async def test_drawing_is_doing_something(bench: Bench) -> None:
    """A talk that was begun by opening it stays where questions were taken for it."""
    with_dana(bench)
    async with opened(bench) as desk:
        await desk.press("l", "f3", "q", "r")
        await desk.shows("3 of 3")
        await desk.press("f2")
        await desk.shows("▌ Dana Okafor")
        [one] = (await desk.on_disk()).one_to_ones.values()
        assert len(await picks(desk, one)) == 3


# -- why -----------------------------------------------------------------------------------


async def test_a_first_one_to_one_is_offered_what_suits_it(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await to_deck(desk)
        await desk.shows("for a first one-to-one", "easy")


@pytest.mark.parametrize(
    ("landed", "reason"),
    [
        (Landed.UNKNOWN, "not asked for four months"),
        (Landed.YES, "landed four months ago"),
        (Landed.NO, "did not land four months ago"),
    ],
)
async def test_each_offer_says_why_it_is_made(
    bench: Bench, landed: Landed, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.deck.OFFERED", 200)
    asked = next(q for q in questions() if q.depth == 1 and q.walks and q.area == "growth")
    after_a_talk(bench, asked=asked, days=122, landed=landed)
    async with opened(bench, size=(120, 250)) as desk:
        await to_deck(desk)
        await desk.shows(f"not asked about {AREA_BY_ID['feedback'].label} yet")
        row = desk.line(asked.text).rstrip()
        assert row.removeprefix(f"  {asked.text}").removeprefix(f"▌ {asked.text}").strip() == reason
        assert any(
            f"not asked about {AREA_BY_ID['growth'].label} since Thu 23 Jul" in desk.line(q.text)
            for q in questions()
            if q.area == "growth"
        )


async def test_what_was_asked_lately_rests(bench: Bench) -> None:
    """It is in the whole deck only, with when it was asked."""
    asked = next(q for q in questions() if q.depth == 1 and q.walks and q.moment is Moment.OPEN)
    after_a_talk(bench, asked=asked, days=35, landed=Landed.YES)
    async with opened(bench, size=(120, 60)) as desk:
        await to_deck(desk)
        whole = "to arrive, and to let them begin"
        assert desk.text.index(asked.text) > desk.text.index(whole)
        assert desk.line(asked.text).rstrip().endswith("asked 5 weeks ago")


async def test_what_is_known_of_a_question_stands_below(bench: Bench) -> None:
    sourced = next(q for q in questions() if q.source and not q.walks)
    with_talk(bench)
    async with opened(bench) as desk:
        await to_deck(desk)
        await find(desk, sourced.text[:30].lower())
        await desk.shows("not on a walk", f"idea: {sourced.source}")


# -- one's own -----------------------------------------------------------------------------


async def test_a_question_of_ones_own(bench: Bench) -> None:
    """Added, offered first, changed, deleted; each of it undone."""
    _, one = with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await to_deck(desk)
        await desk.press("n", "enter")
        await desk.shows("A question needs a few words.", "A question of your own")
        await desk.fill("What would the boat need?", "boat")
        await desk.press("tab", "right", "tab", "right", "enter")
        await desk.shows("What would the boat need?", "for a first one-to-one")
        [mine] = await own(desk)
        assert (mine.text, mine.cues, mine.moment, mine.area, mine.is_own) == (
            "What would the boat need?", ("boat",), Moment.DECIDE, "growth", True,
        )  # fmt: skip
        await find(desk, "boat")
        await desk.shows("▌ What would the boat need?", f"your own · {AREA_BY_ID['growth'].label}")
        await desk.press("e")
        await desk.shows("A question of your own", "boat", "● decide")
        await desk.replace("What does the boat need?")
        await desk.press("enter")
        await desk.shows("▌ What does the boat need?", without="A question of your own")
        assert (await own(desk))[0].text == "What does the boat need?"
        await desk.press("space")
        await desk.shows("[ ] boat", "1 of 3")
        await desk.press("d")
        await desk.shows("Question deleted. u brings it back.", "[ ] boat")
        assert await own(desk) == []
        assert [p.text for p in await picks(desk, one)] == ["What does the boat need?"]
        await desk.press("u")
        await desk.shows("Undone: question deleted.")
        assert [q.text for q in await own(desk)] == ["What does the boat need?"]


async def test_ours_cannot_be_deleted(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await to_deck(desk)
        await desk.press("d")
        await desk.shows("Only questions of your own can be deleted.")


async def test_words_searched_for_in_vain_begin_ones_own(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await to_deck(desk)
        await desk.press("slash", *"xyzzy boat", "enter", "n")
        await desk.shows("A question of your own", "xyzzy boat")


async def test_all_there_is_to_choose_from_is_seen(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await to_deck(desk)
        await desk.press("n")
        await desk.reads("● any", *(f"○ {area.label}" for area in AREAS))


# -- in the talk, and after ----------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["40x20", "120x40"])
async def test_it_is_ticked_as_asked_in_the_talk(bench: Bench, size: tuple[int, int]) -> None:
    _, one = with_talk(bench)
    deck.take(bench.notebook(), one, FEW[:2])
    async with opened(bench, size=size) as desk:
        await desk.press("f4", "ctrl+g", "ctrl+t")
        await desk.shows(f"▌ [ ] {FEW[0].cue}")
        bench.clock.forward(minutes=6)
        await desk.press("space")
        await desk.shows(f"▌ [x] {FEW[0].cue}", "asked 14:08")
        await desk.press("l")
        await desk.shows("14:08 · landed")
        await desk.press("escape")
        await desk.until(lambda: isinstance(desk.app.screen.focused, NoteEntry), "the line")
        await desk.press(*"and on", "enter")
        await desk.reads("“and on”", f"wander: no answers needed yet · {FEW[1].cue}")
        first, second = await picks(desk, one)
        assert (first.asked, first.landed) == (NOW + timedelta(minutes=6), Landed.YES)
        assert (second.asked, second.landed) == (None, Landed.UNKNOWN)


async def test_it_is_not_offered_again_next_week(bench: Bench) -> None:
    person, one = with_talk(bench)
    notebook = bench.notebook()
    easy = [q for q in questions() if q.depth == 1 and q.walks][:3]
    for pick in deck.take(notebook, one, easy):
        deck.flip_asked(notebook, one, pick)
    course.start(notebook, notebook.journal.one_to_ones[one.id])
    course.end(notebook, notebook.journal.one_to_ones[one.id])
    bench.clock.forward(days=7)
    plan_today(notebook, person)
    async with opened(bench, size=(120, 250)) as desk:
        await to_deck(desk)
        whole = desk.text.index("to arrive, and to let them begin")
        for question in easy:
            assert desk.text.index(question.text) > whole
            assert (
                desk.line(question.text)
                .rstrip()
                .endswith(deck.say_asked(NOW.date(), bench.clock().date()))
            )


@pytest.mark.parametrize("text", [HOSTILE[2], HOSTILE[5], HOSTILE[9]], ids=ascii)
async def test_hostile_questions(bench: Bench, text: str) -> None:
    notebook = bench.notebook()
    dana = add_person(notebook, f"{text} ~")
    folk.edit(notebook, dana, dana._replace(place="sitting down"))
    draft = talks.draft_for(notebook.journal.people[dana.id], NOW, "call")
    one = talks.plan(notebook, draft, standard_template())
    async with opened(bench) as desk:
        await to_deck(desk)
        await desk.press("n")
        await desk.paste(text)
        await desk.press("tab")
        await desk.paste(text)
        await shows(desk, beginning(text))
        await desk.press("enter")
        await shows(desk, "0 of 3", beginning(text))
        [mine] = await own(desk)
        assert (mine.text, mine.cues) == (clean_line(text), (clean_line(text),))
        await desk.press("slash")
        await desk.paste(text)
        await desk.press("enter", "space")
        await shows(desk, f"[ ]{beginning(text)}", "1 of 3")
        assert [p.text for p in await picks(desk, one)] == [clean_line(text)]
        await desk.press("escape", "escape")
        await shows(desk, "Before you talk", beginning(text))
        await desk.press("c")
        await shows(desk, "Thank you", beginning(text))
        assert_sound(desk)
