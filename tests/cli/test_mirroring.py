"""``alongside mirror`` and ``alongside quarter``: what is printed, and for whom."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import HOSTILE, Bench, add_person, plan_today, write
from tests.cli.running import CommandLine
from tui.domain.questions import AREAS
from tui.services.reflections import NOTHING_HERE, NOTHING_YET


def filled(bench: Bench, name: str = "Dana Okafor") -> None:
    """A talk of today, with a promise that is kept and things of both sides."""
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook, name, every="weekly"))
    for line in ("said", "> send the book by fri", "+ for the pages", "~ tired", "-! a raise"):
        write(notebook, one, line)


@pytest.fixture
def looking(alongside: CommandLine) -> CommandLine:
    filled(alongside.bench)
    return alongside


def test_the_mirror_says_the_same_in_words_and_bars(looking: CommandLine) -> None:
    out = looking.done("mirror").out
    assert out.startswith("Your practice, Mon 24 Aug to Sun 22 Nov · for you alone\n")
    assert "  1 promise is open, not due yet.\n" in out
    assert "  1 talk with 1 person, 1 at most in a week.\n" not in out  # a cadence says more
    assert "  growth" not in out
    assert out.count("not touched\n") == len(AREAS)
    assert "  1 appreciation is noted, in 1 of 1 talk.\n" in out
    assert "  Dana Okafor      1 not due yet\n" in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_the_mirror_as_json(looking: CommandLine) -> None:
    told = looking.done("mirror", "--json").json
    assert list(told) == [
        "from", "to", "talks", "weeks", "promises", "gaps", "places", "carried", "questions",
        "areas", "thanks", "people",
    ]  # fmt: skip
    assert (told["from"], told["to"], told["talks"]) == ("2026-08-24", "2026-11-22", 1)
    assert told["promises"]["made"] == told["promises"]["to_come"] == 1
    assert {area["asked"] for area in told["areas"]} == {None}
    assert told["thanks"] == {"noted": 1, "talks": 1, "people": 1, "not_read": 0}
    assert told["people"][0]["name"] == "Dana Okafor"


def test_since_a_day(looking: CommandLine) -> None:
    assert "Tue 17 Nov to Sun 22 Nov" in looking.done("mirror", "--since", "tue").out
    looking.bench.clock.forward(days=400)
    later = looking.done("mirror", "--since", "last fri").out
    assert "You talked with nobody in these days. 0 of 1 time you talked when it was due" in later
    for words in ("someday", "12/1"):
        assert looking("mirror", "--since", words).code == 2


def test_where_nothing_was_due_either_it_says_so(alongside: CommandLine) -> None:
    notebook = alongside.bench.notebook()
    write(notebook, plan_today(notebook, add_person(notebook)), "said")
    alongside.bench.clock.forward(days=400)
    later = alongside.done("mirror")
    assert (later.out, later.err) == ("", f"{NOTHING_HERE}\n")


def test_of_an_empty_journal_it_says_what_it_will_show(alongside: CommandLine) -> None:
    assert alongside.done("mirror").err == f"{NOTHING_YET}\n"
    told = alongside.done("mirror", "--json").json
    assert (told["talks"], told["people"]) == (0, [])


def test_a_quarter_is_ours_and_mine_only_if_it_is_asked_for(looking: CommandLine) -> None:
    ours = looking.done("quarter", "dana")
    assert ours.out.startswith("# Dana Okafor, 24 Aug 2026 to 22 Nov 2026\n\n- We talked once")
    assert "- I said thank you, Sun 22 Nov: for the pages\n" in ours.out
    assert "tired" not in ours.out
    assert "raise" not in ours.out
    mine = looking.done("quarter", "dana", "--mine").out
    assert mine.split("\n")[1].startswith("For you alone")
    assert "- You noticed, Sun 22 Nov: tired\n" in mine
    assert "- Kept to yourself, Sun 22 Nov: a raise\n" in mine


def test_of_which_days(looking: CommandLine) -> None:
    asked = ("quarter", "dana", "--from", "2026-11-01", "--to", "2026-11-20")
    assert looking.done(*asked).out == (
        "# Dana Okafor, 1 Nov 2026 to 20 Nov 2026\n\n- Nothing is written down yet of these days.\n"
    )
    assert "24 Aug 2026" in looking.done("quarter", "dana", "--to", "today").out
    backwards = looking("quarter", "dana", "--from", "today", "--to", "2026-11-20")
    assert backwards.code == 2
    assert "The first day is after the last." in backwards.err
    assert looking("quarter", "dana", "--from", "someday").code == 2
    assert looking("quarter", "nobody").code == 3


def test_a_damaged_talk_is_left_out_and_said(looking: CommandLine) -> None:
    looking.done("note", "dana", "more")  # so that there is a version before the last
    folder = Path(looking.bench.place.journal, "people")
    (path,) = folder.rglob("2026-11-22-*.json")
    path.write_text("torn")
    result = looking("mirror")
    assert result.code == 4
    assert "1 talk cannot be read now" in " ".join(result.out.split())
    result = looking("quarter", "dana")
    assert result.code == 4
    assert "alongside check --repair" in result.err


@pytest.mark.parametrize("name", HOSTILE[:12], ids=range(12))
def test_hostile_names_and_places(alongside: CommandLine, name: str) -> None:
    notebook = alongside.bench.notebook()
    person = add_person(notebook, name)
    one = plan_today(notebook, person)
    write(notebook, one, f"+ {name}")
    assert person.name.split()[0][:8] in alongside.done("mirror").out
    alongside.bench.clock.forward(days=1)
    key = notebook.journal.people[person.id].name
    assert alongside.done("quarter", key).lines[2].startswith("- We talked once")
    assert alongside.bench.clock().date() - one.at.date() == timedelta(days=1)
