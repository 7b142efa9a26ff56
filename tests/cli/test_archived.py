"""Somebody archived is out of everything that counts or presses, and is found by name."""

from __future__ import annotations

import pytest

from tests.cli.running import CommandLine
from tui.domain.listening import days_ahead
from tui.domain.standing import standings
from tui.services import folk, promises


@pytest.fixture
def archived(alongside: CommandLine) -> CommandLine:
    """Dana, archived with everything that could press, and Sam with nothing."""
    alongside.done("people", "add", "Dana Okafor", "--every", "week")
    alongside.done("people", "add", "Sam Reyes")
    alongside.done("note", "dana", "> an old promise by 1 dec")
    alongside.done("note", "dana", "something she said")
    notebook = alongside.bench.notebook()
    (dana,) = (p for p in notebook.journal.people.values() if p.name == "Dana Okafor")
    folk.archive(notebook, dana)
    alongside.bench.clock.forward(days=60)
    return alongside


def test_they_are_due_nowhere_and_owed_nothing(archived: CommandLine) -> None:
    assert [p["name"] for p in archived.done("people", "--json").json] == ["Sam Reyes"]
    assert archived.done("follow-ups", "--json").json == []
    line = archived.done("due", "--json").json
    assert (line["people"], line["you_owe"], line["overdue"]) == ([], 0, 0)
    notebook = archived.bench.notebook()
    journal, today = notebook.journal, notebook.today()
    found = standings(journal, today)
    assert [s.person.name for s in found] == ["Sam Reyes"]
    ones = [(s, journal.one_to_ones_of(s.person.id)) for s in found]
    assert not any(day.meetings for day in days_ahead(ones, today, today))
    assert promises.chosen(notebook) == ()


def test_they_are_found_by_their_name(archived: CommandLine) -> None:
    assert [p["name"] for p in archived.done("people", "--archived", "--json").json] == [
        "Dana Okafor"
    ]
    assert len(archived.done("follow-ups", "--person", "dana", "--json").json) == 1
    assert "something she said" in archived.done("record", "dana").out
