"""``alongside people``: who is due and what is owed; adding somebody."""

from __future__ import annotations

import pytest

from tests.builders import HOSTILE, add_person, plan_today, write
from tests.cli.running import CommandLine
from tui.domain.dates import Cadence
from tui.domain.people import Pronoun
from tui.services import folk

KEYS = [
    "id",
    "name",
    "role",
    "cadence",
    "due",
    "last_talked",
    "days_since",
    "you_owe",
    "they_owe",
    "archived",
]
"""What scripts rely on. A key may be added; one that changes or goes is a breaking change."""


# -- the list ------------------------------------------------------------------------------


def test_nobody_yet_says_how_to_add_someone(alongside: CommandLine) -> None:
    result = alongside.done("people")
    assert result.out == ""
    assert "people add" in result.err


def test_nobody_yet_is_an_empty_list_in_json(alongside: CommandLine) -> None:
    assert alongside.done("people", "--json").json == []


def test_the_table_says_who_is_due_when_you_talked_and_what_is_owed(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "> send the book by fri")
    with_dana.done("note", "dana", "< draft the on-call note")
    with_dana.bench.clock.forward(days=16)
    (line,) = with_dana.done("people").lines
    for words in ("Dana Okafor", "overdue 2 days", "16 days since you talked", "you owe 1"):
        assert words in line
    assert "they owe 1" in line


def test_the_most_pressing_comes_first(alongside: CommandLine) -> None:
    for name, every in (("Nobody Due", "none"), ("Long Due", "month"), ("Soon Due", "week")):
        notebook = alongside.bench.notebook()
        person = add_person(notebook, name, f"every {every}" if every != "none" else "")
        write(notebook, plan_today(notebook, person), "hello")
    alongside.bench.clock.forward(days=8)
    names = [person["name"] for person in alongside.done("people", "--json").json]
    assert names == ["Soon Due", "Long Due", "Nobody Due"]
    lines = alongside.done("people").lines
    assert [line.split("  ")[0] for line in lines] == names


def test_columns_line_up_where_characters_are_wide_or_combining(alongside: CommandLine) -> None:
    for name in ("Ana", "山田太郎", "Zoe\u0308", "José"):
        alongside.done("people", "add", name)
    lines = {line.split()[0]: line for line in alongside.done("people").lines}
    cells = {"Ana": 3, "山田太郎": 8, "Zoe\u0308": 3, "José": 4}
    starts = {line.index("no cadence") - len(name) + cells[name] for name, line in lines.items()}
    assert starts == {10}, "the second column begins at the same cell in each line"


def test_json_has_the_keys_scripts_rely_on(with_dana: CommandLine) -> None:
    (person,) = with_dana.done("people", "--json").json
    assert list(person) == KEYS
    assert person | {"id": ""} == {
        "id": "",
        "name": "Dana Okafor",
        "role": "",
        "cadence": "every 2 weeks",
        "due": "2026-11-22",
        "last_talked": None,
        "days_since": None,
        "you_owe": 0,
        "they_owe": 0,
        "archived": False,
    }
    with_dana.done("note", "dana", "> send the book by fri")
    (after,) = with_dana.done("people", "--json").json
    assert after["id"] == person["id"]
    assert (after["last_talked"], after["days_since"], after["you_owe"]) == ("2026-11-22", 0, 1)


def test_json_is_the_same_twice(with_dana: CommandLine) -> None:
    with_dana.done("people", "add", "Sam Reyes")
    assert with_dana.done("people", "--json") == with_dana.done("people", "--json")


def test_the_archived_are_shown_only_when_asked_for(with_dana: CommandLine) -> None:
    notebook = with_dana.bench.notebook()
    folk.archive(notebook, add_person(notebook, "Tom Weiss"))
    assert [p["name"] for p in with_dana.done("people", "--json").json] == ["Dana Okafor"]
    archived = with_dana.done("people", "--archived", "--json").json
    assert [(p["name"], p["archived"]) for p in archived] == [("Tom Weiss", True)]
    assert "Tom Weiss" not in with_dana.done("people").out
    assert "Tom Weiss" in with_dana.done("people", "--archived").out


# -- adding --------------------------------------------------------------------------------


def test_adding_takes_all_that_is_known(alongside: CommandLine) -> None:
    result = alongside.done(
        "people", "add", "Dana", "Okafor",
        "--every", "2 weeks", "--role", "staff engineer", "--place", "the park",
        "--helps", "time to think", "--pronoun", "she",
    )  # fmt: skip
    assert result.out == ""
    assert "Dana Okafor added, every 2 weeks." in result.err
    (person,) = alongside.journal.people.values()
    assert person.name == "Dana Okafor"
    assert person.cadence == Cadence(2, "week")
    assert (person.role, person.place, person.helps) == (
        "staff engineer", "the park", "time to think",
    )  # fmt: skip
    assert person.pronoun is Pronoun.SHE
    assert person.since == alongside.bench.clock.now.date()


def test_a_name_is_all_it_takes(alongside: CommandLine) -> None:
    assert "no cadence" in alongside.done("people", "add", "Dana").err
    (person,) = alongside.journal.people.values()
    assert (person.name, person.cadence, person.pronoun) == ("Dana", None, Pronoun.THEY)


@pytest.mark.parametrize(
    ("every", "said"),
    [
        ("2 weeks", "every 2 weeks"),
        ("1 week", "every week"),
        ("every 10 days", "every 10 days"),
        ("weekly", "every week"),
        ("fortnightly", "every 2 weeks"),
        ("monthly", "every month"),
        ("every other week", "every 2 weeks"),
        (" 3  Weeks ", "every 3 weeks"),
        ("none", "no cadence"),
        ("", "no cadence"),
    ],
)
def test_how_often(alongside: CommandLine, every: str, said: str) -> None:
    assert f"Dana added, {said}." in alongside.done("people", "add", "Dana", "--every", every).err


@pytest.mark.parametrize("every", ["month", "week", "2w", "10d", "two weeks", "other week"])
def test_how_often_without_the_word_every(alongside: CommandLine, every: str) -> None:
    assert alongside("people", "add", "Dana", "--every", every).code == 0


@pytest.mark.parametrize(
    "every", ["now and then", "0 weeks", "99 months", "-1 weeks", "every", "2"]
)
def test_a_rhythm_that_is_none_is_a_usage_error(alongside: CommandLine, every: str) -> None:
    result = alongside("people", "add", "Dana", f"--every={every}")
    assert result.code == 2
    assert result.err.strip()
    assert not alongside.journal.people


@pytest.mark.parametrize("name", ["", "   ", "\t", "\n"])
def test_a_person_needs_a_name(alongside: CommandLine, name: str) -> None:
    result = alongside("people", "add", name)
    assert result.code == 2
    assert "name" in result.err
    assert not alongside.journal.people


@pytest.mark.parametrize("name", ["Dana Okafor", "dana okafor", "DÁNA  Okafor", " Dana Okafor "])
def test_two_people_are_never_called_the_same(with_dana: CommandLine, name: str) -> None:
    result = with_dana("people", "add", name)
    assert result.code == 2
    assert "Dana Okafor" in result.err
    assert len(with_dana.journal.people) == 1


def test_an_archived_person_keeps_their_name(with_dana: CommandLine) -> None:
    notebook = with_dana.bench.notebook()
    folk.archive(notebook, next(iter(notebook.journal.people.values())))
    result = with_dana("people", "add", "Dana Okafor")
    assert result.code == 2
    assert "archived" in result.err


def test_a_pronoun_we_do_not_know_is_a_usage_error(alongside: CommandLine) -> None:
    assert alongside("people", "add", "Dana", "--pronoun", "it").code == 2


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_names_and_cards_are_shown_and_found_again(
    alongside: CommandLine, text: str
) -> None:
    fields = [f"--{field}={text}" for field in ("role", "place", "helps")]
    alongside.done("people", "add", *fields, "--", text)
    (listed,) = alongside.done("people", "--json").json
    alongside.done("people")
    assert "\n" not in listed["name"]
    assert listed["name"]
    alongside.done("note", "--", listed["name"], "said")
    assert alongside.texts == ["said"]
