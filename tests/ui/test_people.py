"""Home: who there is, who is due, what is owed, and all that can be done with people."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from textual.widgets import Input

from tests.builders import NOW, Bench, add_person, plan_today, write
from tests.ui.app import NARROW, NORMAL, Desk, opened, with_dana, with_talk
from tui.desk.shipped import standard_template
from tui.domain.dates import Cadence
from tui.domain.onetoones import Lead, OneToOne, Status
from tui.domain.people import Person, Pronoun
from tui.domain.standing import standings
from tui.services import course, debrief, folk, talks

EVERY_2_WEEKS = Cadence(2, "week")
FIND = "Search · everybody"


def names_shown(desk: Desk, *names: str) -> list[str]:
    """Return those names that are in the list, from top to bottom."""
    return [name for line in desk.lines for name in names if line[2:].startswith(name)]


async def find(desk: Desk, words: str) -> None:
    """Type words into the field for finding, once it is there."""
    await desk.press("slash")
    await desk.shows(FIND)
    await desk.until(lambda: isinstance(desk.app.screen.focused, Input), "the field to be ready")
    await desk.write(words)


async def person_on_disk(desk: Desk, name: str) -> Person:
    [found] = [p for p in (await desk.on_disk()).people.values() if p.name == name]
    return found


# -- nobody yet ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, NORMAL])
async def test_an_empty_journal_says_how_to_begin(bench: Bench, size: tuple[int, int]) -> None:
    async with opened(bench, size=size) as desk:
        await desk.shows("alongside", "0 due", "saved ●", "add the first person", "alongside demo")
        assert "you owe" not in desk.text


@pytest.mark.parametrize("key", ["l", "f3", "f4"])
async def test_what_needs_a_person_says_so(bench: Bench, key: str) -> None:
    async with opened(bench, notifications=True) as desk:
        await desk.press(key)
        await desk.shows("Add a person first: F2, then n.", "add the first person")


async def test_nothing_to_sum_up(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("f7")
        await desk.shows("There is no one-to-one to sum up yet.")


# -- adding --------------------------------------------------------------------------------


async def test_a_person_is_added_with_everything(bench: Bench) -> None:
    async with opened(bench) as desk:
        await desk.press("n")
        await desk.shows("Somebody new", "Spoken of as", "● they")
        await desk.fill("  Noor   Haddad ", "tester", "fortnightly", "over coffee", "short mails")
        await desk.shows("every 2 weeks")
        await desk.press("tab", "right")
        await desk.shows("● she")
        await desk.press("enter")
        await desk.shows("▌ Noor Haddad", "due today", "short mails", without="Somebody new")
        noor = await person_on_disk(desk, "Noor Haddad")
        assert noor._replace(id="") == Person(
            "", "Noor Haddad", "tester", Pronoun.SHE, EVERY_2_WEEKS, "over coffee", "short mails",
            since=NOW.date(),
        )  # fmt: skip


async def test_only_the_name_is_needed_and_the_added_one_is_highlighted(bench: Bench) -> None:
    with_dana(bench, every="every week")
    async with opened(bench) as desk:
        await desk.press("n", *"Zoë", "enter")
        await desk.shows("▌ Zoë", "no cadence", without="Somebody new")
        assert (await person_on_disk(desk, "Zoë")).cadence is None


async def test_a_person_without_a_name_is_refused_and_nothing_typed_is_lost(bench: Bench) -> None:
    async with opened(bench) as desk:
        await desk.press("n")
        await desk.fill("   ", "tester")
        await desk.press("enter")
        await desk.shows(
            "A person needs a name. Everything else can wait.", "Somebody new", "tester"
        )
        assert (await desk.on_disk()).people == {}
        await desk.press("shift+tab")
        await desk.replace("Noor")
        await desk.press("enter")
        await desk.shows("▌ Noor", "tester", without="Somebody new")
        assert (await person_on_disk(desk, "Noor")).role == "tester"


@pytest.mark.parametrize("again", ["Ana García", "ana garcia", " ANA   GARCÍA "])
async def test_nobody_is_added_twice(bench: Bench, again: str) -> None:
    with_dana(bench, "Ana García")
    async with opened(bench) as desk:
        await desk.press("n")
        await desk.fill(again)
        await desk.press("enter")
        await desk.shows("There is already somebody called Ana García.", "Somebody new")
        assert len((await desk.on_disk()).people) == 1


async def test_an_archived_name_is_taken_and_it_says_so(bench: Bench) -> None:
    notebook = bench.notebook()
    folk.archive(notebook, add_person(notebook, "Tom Weiss"))
    async with opened(bench) as desk:
        await desk.press("n", *"tom weiss", "enter")
        await desk.shows("There is already somebody called Tom Weiss (archived).")


async def test_a_rhythm_that_is_not_understood_is_refused(bench: Bench) -> None:
    async with opened(bench) as desk:
        await desk.press("n")
        await desk.fill("Noor", "tester", "now and then")
        await desk.shows('"now and then" is not understood.')
        await desk.press("enter")
        await desk.shows("Somebody new", "Noor", "tester", "now and then")
        assert desk.text.count("is not understood") == 2, "beside the field, and as the answer"
        assert (await desk.on_disk()).people == {}
        await desk.replace("2 weeks")
        await desk.shows('"2 weeks" is not understood.')
        await desk.replace("every 2 weeks")
        await desk.press("enter")
        await desk.shows("▌ Noor", without="Somebody new")
        assert (await person_on_disk(desk, "Noor")).cadence == EVERY_2_WEEKS


async def test_leaving_a_form_keeps_what_was_typed(bench: Bench) -> None:
    async with opened(bench) as desk:
        await desk.press("n")
        await desk.fill("Noor", "tes")
        await desk.press("escape")
        await desk.shows("add the first person", without="Somebody new")
        assert (await desk.on_disk()).people == {}
        await desk.press("n")
        await desk.shows("What you typed before and did not save is still here.", "Noor", "tes")
        await desk.press("tab", *"ter", "enter")
        await desk.shows("▌ Noor", without="Somebody new")
        assert (await person_on_disk(desk, "Noor")).role == "tester"
        await desk.press("n")
        await desk.shows("Somebody new", "e.g. staff engineer", without="did not save")


# -- archiving -----------------------------------------------------------------------------


async def test_archiving_and_bringing_back(bench: Bench) -> None:
    notebook = bench.notebook()
    add_person(notebook, "Ana")
    add_person(notebook, "Zoë")
    async with opened(bench, notifications=True) as desk:
        await desk.press("a")
        await desk.shows("▌ Zoë", "Ana archived; u brings them back.")
        assert names_shown(desk, "Ana", "Zoë") == ["Zoë"]
        assert (await person_on_disk(desk, "Ana")).archived

        await desk.press("A")
        await desk.shows("alongside · archived", "▌ Ana")
        assert names_shown(desk, "Ana", "Zoë") == ["Ana"]

        await desk.press("a")
        await desk.shows("Nobody is archived. A goes back to the others.", "Ana brought back.")
        assert not (await person_on_disk(desk, "Ana")).archived

        await desk.press("A")
        await desk.until(lambda: names_shown(desk, "Ana", "Zoë") == ["Ana", "Zoë"])
        assert "archived ·" not in desk.lines[0]


async def test_archiving_is_undone(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("a")
        await desk.shows("Everybody is archived. A shows them; n adds somebody.")
        await desk.press("u")
        await desk.shows("▌ Dana Okafor", "Undone: Dana Okafor archived.")
        assert not (await person_on_disk(desk, "Dana Okafor")).archived
        await desk.press("U")
        await desk.shows("Done again: Dana Okafor archived.")
        assert (await person_on_disk(desk, "Dana Okafor")).archived


async def test_what_an_earlier_run_did_is_undone_by_pressing_twice(bench: Bench) -> None:
    dana = with_dana(bench)
    folk.edit(bench.notebook(), dana, dana._replace(role="baker"))
    async with opened(bench, notifications=True) as desk:
        await desk.press("u")
        await desk.shows("Press u again to undo it.")
        assert (await person_on_disk(desk, "Dana Okafor")).role == "baker"
        await desk.press("u")
        await desk.shows("Undone: ")
        assert (await person_on_disk(desk, "Dana Okafor")).role == ""
        await desk.press("U")  # this run undid it, so that it is done again at once
        await desk.shows("Done again: ")
        assert (await person_on_disk(desk, "Dana Okafor")).role == "baker"
        await desk.press("u")
        await desk.shows("Undone: ")
    async with opened(bench, notifications=True) as desk:
        await desk.press("U", "U")
        await desk.shows("Done again: ")
        assert (await person_on_disk(desk, "Dana Okafor")).role == "baker"


async def test_what_another_command_did_since_is_not_called_earlier(bench: Bench) -> None:
    dana = with_dana(bench)
    async with opened(bench, notifications=True) as desk:
        bench.clock.forward(minutes=1)
        folk.edit(bench.notebook(), dana, dana._replace(role="baker"))
        await desk.shows("baker")
        await desk.press("u")
        await desk.shows("By another window or command: ", without="before you opened")
        await desk.press("u")
        await desk.shows("Undone: ")
    async with opened(bench, notifications=True) as desk:
        await desk.press("U")
        await desk.shows("From before you opened alongside: ")


async def test_nothing_to_undo(bench: Bench) -> None:
    with_dana(bench)
    os.unlink(os.path.join(bench.place.state, "acts.jsonl"))
    async with opened(bench, notifications=True) as desk:
        await desk.press("u", "U")
        await desk.shows("There is nothing to do again.")


async def test_escape_leaves_the_archived(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench) as desk:
        await desk.press("A")
        await desk.shows("Nobody is archived.")
        await desk.press("escape")
        await desk.shows("▌ Dana Okafor", without="archived")


# -- finding -------------------------------------------------------------------------------


async def test_finding(bench: Bench) -> None:
    notebook = bench.notebook()
    for name, role in (
        ("Ana García", "designer"),
        ("Dana Okafor", "engineer"),
        ("Zoë", "engineer"),
    ):
        folk.add(notebook, Person("", name, role))
    everybody = ("Ana García", "Dana Okafor", "Zoë")
    async with opened(bench, size=NORMAL) as desk:
        for words, found in {
            "garcia": ["Ana García"],
            "ENGINEER": ["Dana Okafor", "Zoë"],
            "engineer zo": ["Zoë"],
            "ana": ["Ana García", "Dana Okafor"],
        }.items():
            await find(desk, words)
            await desk.until(lambda f=found: names_shown(desk, *everybody) == f, words)  # type: ignore[misc]
            await desk.press("escape")
            await desk.until(lambda: len(names_shown(desk, *everybody)) == 3, "all again")


async def test_nobody_fits_and_back(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench) as desk:
        await find(desk, "u1y?")
        await desk.shows("No line holds all these words", "u1y?", without="adds somebody")
        await desk.press("escape")
        await desk.shows("▌ Dana Okafor", without="u1y?")
        assert (await desk.on_disk()).people != {}


async def test_keys_typed_ahead_after_enter_are_not_of_the_form(bench: Bench) -> None:
    async with opened(bench) as desk:
        await desk.press("n", *"Noor", "enter", "l", *"hello", "enter")
        await desk.shows("Noor", without="Somebody new")
        journal = await desk.on_disk()
        assert [person.name for person in journal.people.values()] == ["Noor"]
        [one] = journal.one_to_ones.values()
        assert [note.text for note in journal.page(one.id).notes] == ["hello"]


async def test_words_typed_ahead_after_find_are_no_commands(bench: Bench) -> None:
    notebook = bench.notebook()
    add_person(notebook, "Ana García")
    add_person(notebook, "Zoë")
    async with opened(bench) as desk:
        await desk.press("slash", *"garcia")
        await desk.shows("garcia")
        assert not any(p.archived for p in (await desk.on_disk()).people.values())


async def test_who_was_found_is_worked_with(bench: Bench) -> None:
    notebook = bench.notebook()
    add_person(notebook, "Ana")
    add_person(notebook, "Zoë")
    async with opened(bench) as desk:
        await desk.press("slash", *"zo", "enter")
        await desk.shows("▌ Zoë", "enter prepare")
        await desk.press("a")
        assert (await person_on_disk(desk, "Zoë")).archived
        await desk.shows("▌ Ana", without="Zoë ")
        await find(desk, "zo")
        await desk.shows("▌ Zoë", "archived")
        await desk.press("enter")
        await desk.shows("▌ Zoë", "alongside · archived")


# -- the heading and the list --------------------------------------------------------------


async def test_the_heading_counts_who_is_due_and_what_is_owed(bench: Bench) -> None:
    async with opened(bench, demo=True) as desk:
        found = standings(desk.notebook.journal, NOW.date())
        due = sum(1 for s in found if s.days_left is not None and s.days_left <= 0)
        owed = sum(s.i_owe for s in found)
        assert due > 0
        assert owed > 0
        await desk.shows(f"Sunday 22 November · {due} due · you owe {owed}")
        await desk.resize(*NARROW)
        await desk.shows(f"{due} due · you owe {owed}", without="November")


async def test_the_most_pressing_comes_first(bench: Bench) -> None:
    async with opened(bench, demo=True) as desk:
        order = [s.person.name for s in standings(desk.notebook.journal, NOW.date())]
        assert names_shown(desk, *order) == order
        assert f"▌ {order[0]}" in desk.text
        line = desk.line(order[0])
        assert "overdue 5 days" in line
        assert "19 d" in line
        assert "you owe 1" in line
        await desk.resize(*NARROW)
        await desk.shows(order[0], "overdue 5 days", "19 days since you talked · you owe 1")


async def test_what_was_done_elsewhere_appears(bench: Bench, quick_looks: None) -> None:
    dana = with_dana(bench)
    async with opened(bench) as desk:
        notebook = bench.notebook()
        one = plan_today(notebook, dana)
        write(notebook, one, "> send the book by fri")
        add_person(notebook, "Zoë")
        await desk.shows("Zoë", "you owe 1", "▌ Dana Okafor", "send the book")


# -- the card ------------------------------------------------------------------------------


async def test_the_card_says_what_to_know(bench: Bench) -> None:
    dana = with_dana(bench, every="every 2 weeks")
    notebook = bench.notebook()
    folk.edit(
        notebook, dana, dana._replace(role="staff engineer", helps="time to think", place="call")
    )
    one = plan_today(notebook, notebook.journal.people[dana.id])
    for line in (
        '" I lose the thread',
        '-" only for me',
        "> send the book by fri",
        "< draft the note",
        "& the conference",
    ):
        write(notebook, one, line)
    course.end(notebook, notebook.journal.one_to_ones[one.id])
    bench.clock.forward(days=3)
    async with opened(bench) as desk:
        await desk.shows(
            "staff engineer · every 2 weeks · call",
            "Helps  time to think",
            "Last time, Sun 22 Nov 14:02",
            "“I lose the thread”",
            "You promised",
            "send the book  by Fri 27 Nov",
            "Dana plans",
            "draft the note  no date",
            "On the shelf",
            "& the conference",
            without="only for me",
        )
        await desk.resize(*NORMAL)
        await desk.shows("Dana Okafor", "in 11 days", without=("Helps", "You promised"))


async def test_the_card_follows_the_highlight(bench: Bench) -> None:
    notebook = bench.notebook()
    folk.add(notebook, Person("", "Ana", "designer"))
    folk.add(notebook, Person("", "Zoë", "engineer"))
    async with opened(bench) as desk:
        await desk.shows("▌ Ana", "designer", without="engineer")
        await desk.press("j")
        await desk.shows("▌ Zoë", "engineer", without="designer")
        await desk.press("k")
        await desk.shows("▌ Ana", "designer", without="engineer")


# -- one-to-ones ---------------------------------------------------------------------------


async def test_planning(bench: Bench) -> None:
    dana = with_dana(bench)
    async with opened(bench) as desk:
        await desk.press("p")
        await desk.shows("A one-to-one with Dana Okafor", "2026-11-22 14:02", "● Dana")
        await desk.replace("fri 15:30")
        await desk.shows("Fri 27 Nov 15:30")
        await desk.press("tab")
        await desk.replace("by the canal")
        await desk.press("tab", "tab", "right", "tab", *"hear about the team", "enter")
        await desk.shows(
            "Dana Okafor · by the canal · both lead · Fri 27 Nov 15:30",
            "Intention  hear about the team",
            "Before you talk",
        )
        [one] = (await desk.on_disk()).one_to_ones.values()
        assert one.person_id == dana.id
        assert one.at == datetime(2026, 11, 27, 15, 30)
        assert (one.place, one.lead) == ("by the canal", Lead.BOTH)
        assert one.intention == "hear about the team"
        assert not one.took_place
        await desk.press("f2")
        await desk.shows("▌ Dana Okafor", "Next  Fri 27 Nov 15:30", "in 5 days")


@pytest.mark.parametrize("when", ["31 feb", "12/1", "whenever", "25:00", ""])
async def test_a_day_that_cannot_be_is_refused(bench: Bench, when: str) -> None:
    with_dana(bench)
    async with opened(bench) as desk:
        await desk.press("p", *["tab"] * 4, *"hear about the team", *["shift+tab"] * 4)
        await desk.replace(when)
        await desk.press("enter")
        await desk.until(lambda: desk.one_text("#form-error"), "a sentence")
        assert "A one-to-one with Dana Okafor" in desk.text
        assert "hear about the team" in desk.text
        assert (await desk.on_disk()).one_to_ones == {}


async def test_all_one_to_ones_newest_first(bench: Bench) -> None:
    dana = with_dana(bench)
    notebook = bench.notebook()
    for days, intention in ((30, "the first"), (16, "the second"), (2, "the third")):
        at = NOW - timedelta(days=days)
        draft = talks.draft_for(dana, at, "call")
        held = draft._replace(intention=intention, status=Status.CLOSED, started=at, ended=at)
        one = talks.plan(notebook, held, standard_template())
        write(notebook, one, f"> a promise of {intention}")
    async with opened(bench) as desk:
        await desk.press("o")
        await desk.shows("One-to-ones with Dana Okafor", "1 follow-up")
        order = ("the third", "the second", "the first")
        where = [desk.text.index(f"call  {intention}") for intention in order]
        assert where == sorted(where)
        await desk.write("second")
        await desk.shows("call  the second", without="call  the third")
        await desk.press("enter")
        await desk.shows("a promise of the second", "call", without="One-to-ones with")
        assert len((await desk.on_disk()).one_to_ones) == 3


async def test_what_enter_would_choose_is_seen(bench: Bench) -> None:
    notebook = bench.notebook()
    dana = add_person(notebook, "Dana Okafor")
    for intention in ("the first", "the second"):
        draft = talks.draft_for(dana, NOW, "call")._replace(intention=intention)
        talks.plan(notebook, draft, standard_template())
    async with opened(bench) as desk:
        await desk.press("o")
        await desk.shows("call  the second", "call  the first")
        assert "▌" in desk.line("call  the second")
        await desk.press("down")
        assert "▌" in desk.line("call  the first")


async def test_leaving_the_choice_chooses_nothing(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("o")
        await desk.shows("One-to-ones with Dana Okafor")
        await desk.write("nothing like it")
        await desk.shows("Nothing fits these words.")
        await desk.press("enter")
        await desk.shows("▌ Dana Okafor", without="One-to-ones with")
        await desk.press("o", "escape")
        await desk.shows("▌ Dana Okafor", without="One-to-ones with")


async def test_no_one_to_one_yet(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("o")
        await desk.shows("There is no one-to-one with Dana Okafor yet.")


async def test_going_on_from_here(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        for key, there in (
            ("enter", "Before you talk"),
            ("l", '" heard │'),
            ("f", "Captured (0)"),
        ):
            await desk.press(key)
            await desk.shows(there, "Dana Okafor")
            await desk.press("f2")
            await desk.shows("▌ Dana Okafor", without=there)


# -- a talk that was left open -------------------------------------------------------------


def left_open(bench: Bench, *, days: int = 1) -> OneToOne:
    """Put a talk into the journal that was held some days ago and not debriefed."""
    _, one = with_talk(bench)
    notebook = bench.notebook()
    course.start(notebook, notebook.journal.one_to_ones[one.id])
    bench.clock.forward(minutes=40)
    course.end(notebook, notebook.journal.one_to_ones[one.id])
    bench.clock.forward(days=days)
    return one


@pytest.mark.parametrize("size", [NARROW, NORMAL, (120, 40)], ids=["40x20", "80x24", "120x40"])
async def test_a_talk_left_open_is_offered_the_next_day(
    bench: Bench, size: tuple[int, int]
) -> None:
    left_open(bench)
    async with opened(bench, size=size) as desk:
        offered = "F8"
        await desk.reads("Dana Okafor", offered)
        if size[0] == 120:
            await desk.shows("Your talk (yesterday)", "x lets it be")
        await desk.press("f8")
        await desk.shows("· debrief ·", "ended yesterday")


async def test_it_is_let_be(bench: Bench) -> None:
    one = left_open(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.shows("x lets it be")
        await desk.press("x")
        await desk.until(lambda: desk.said == "Let be. u offers it again.", "the way back")
        await desk.shows("▌ Dana Okafor", without="x lets it be")
        assert (await desk.on_disk()).one_to_ones[one.id].status is Status.CLOSED
        await desk.press("x")
        await desk.until(lambda: desk.said.startswith("There is nothing here that waits"), "so")
        await desk.press("u")
        await desk.shows("x lets it be")
        assert (await desk.on_disk()).one_to_ones[one.id].status is Status.UNDER_WAY


async def test_after_a_week_nothing_is_said_any_more(bench: Bench) -> None:
    left_open(bench, days=8)
    async with opened(bench) as desk:
        await desk.shows("▌ Dana Okafor", without=("x lets it be", "F8"))


async def test_one_that_was_debriefed_is_not_offered(bench: Bench) -> None:
    one = left_open(bench)
    notebook = bench.notebook()
    debrief.finish(notebook, notebook.journal.one_to_ones[one.id])
    async with opened(bench) as desk:
        await desk.shows("▌ Dana Okafor", without="x lets it be")
