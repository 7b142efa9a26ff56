"""Whom a name on the command line means."""

from __future__ import annotations

import pytest

from tests.builders import add_person
from tests.cli.running import CommandLine
from tui.services import folk

PEOPLE = ("Ana García", "Anabel Lee", "Dana Okafor", "Sam Reyes", "Samuel Okoro", "Łucja Ørsted")


@pytest.fixture
def alongside_six(alongside: CommandLine) -> CommandLine:
    notebook = alongside.bench.notebook()
    for name in PEOPLE:
        add_person(notebook, name)
    return alongside


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Dana Okafor", "Dana Okafor"),
        ("dana okafor", "Dana Okafor"),
        ("dana", "Dana Okafor"),
        ("D", "Dana Okafor"),
        ("okafor", "Dana Okafor"),
        ("  Dana   Okafor ", "Dana Okafor"),
        ("ana g", "Ana García"),
        ("ANA GARCIA", "Ana García"),
        ("garcía", "Ana García"),
        ("GARCI\u0301A", "Ana García"),
        ("sam r", "Sam Reyes"),
        ("samu", "Samuel Okoro"),
        ("łucja", "Łucja Ørsted"),
    ],
)
@pytest.mark.parametrize("verb", ["note", "follow-ups"])
def test_a_name_or_its_beginning(
    alongside_six: CommandLine, verb: str, name: str, meant: str
) -> None:
    if verb == "note":
        alongside_six.done("note", name, "> a promise")
    else:
        alongside_six.done("note", meant, "> a promise")
    by_name = ("follow-ups", "--json", "--person", name)
    assert [f["person"] for f in alongside_six.done(*by_name).json] == [meant]


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("ana", ("Ana García", "Anabel Lee")),
        ("sam", ("Sam Reyes", "Samuel Okoro")),
        ("ok", ("Dana Okafor", "Samuel Okoro")),
    ],
)
@pytest.mark.parametrize(
    "verb", [("note", "{}", "x"), ("summary", "{}"), ("follow-ups", "--person={}")]
)
def test_a_name_that_fits_several_lists_them(
    alongside_six: CommandLine, verb: tuple[str, ...], name: str, choices: tuple[str, ...]
) -> None:
    result = alongside_six(*(word.format(name) for word in verb))
    assert result.code == 3
    assert result.out == ""
    assert {person for person in PEOPLE if person in result.err} == set(choices)
    assert not alongside_six.notes


@pytest.mark.parametrize("name", ["zoe", "", " ", "dana okafor jr", "*", "\x1b[31m", "\ud800"])
@pytest.mark.parametrize("verb", [("note", "{}", "x"), ("summary", "{}")])
def test_a_name_nobody_has_lists_who_is_there(
    alongside_six: CommandLine, verb: tuple[str, ...], name: str
) -> None:
    result = alongside_six(*(word.format(name) for word in verb))
    assert result.code == 3
    assert all(person in result.err for person in PEOPLE)
    assert not alongside_six.notes


def test_an_empty_name_is_not_everybody(alongside_six: CommandLine) -> None:
    assert alongside_six("follow-ups", "--person", "").code == 3


def test_a_full_name_wins_over_a_longer_one(alongside: CommandLine) -> None:
    notebook = alongside.bench.notebook()
    for name in ("Sam", "Sam Reyes"):
        add_person(notebook, name)
    alongside.done("note", "sam", "> a promise")
    assert alongside.done("follow-ups", "--json").json[0]["person"] == "Sam"


def test_the_archived_are_meant_only_where_nobody_else_fits(alongside: CommandLine) -> None:
    notebook = alongside.bench.notebook()
    folk.archive(notebook, add_person(notebook, "Sam Reyes"))
    add_person(notebook, "Samuel Okoro")
    alongside.done("note", "sam", "> a promise")
    assert alongside.done("follow-ups", "--json").json[0]["person"] == "Samuel Okoro"
    alongside.done("note", "reyes", "> another")
    assert len(alongside.done("follow-ups", "--json", "--person", "Sam Reyes").json) == 1


def test_an_empty_journal_says_how_to_add_someone(alongside: CommandLine) -> None:
    result = alongside("note", "dana", "x")
    assert result.code == 3
    assert "people add" in result.err
