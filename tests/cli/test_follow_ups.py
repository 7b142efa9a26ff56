"""``alongside follow-ups``: filters, order, JSON."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import add_person, plan_today, write
from tests.cli.running import CommandLine
from tui.domain.followups import FollowUp, Owner, Stage
from tui.services import folk, promises

KEYS = [
    "id", "person", "text", "owner", "stage", "due", "cue", "said", "closed", "reason", "touches",
    "overdue",
]  # fmt: skip
"""What scripts rely on. A key may be added; one that changes or goes is a breaking change."""


@pytest.fixture
def board(alongside: CommandLine) -> CommandLine:
    """Two people, follow-ups of every owner and in every stage."""
    notebook = alongside.bench.notebook()
    for name in ("Dana Okafor", "Sam Reyes"):
        one = plan_today(notebook, add_person(notebook, name))
        first = name.split()[0]
        for line in (
            f"> {first} mine, no date",
            f"> {first} mine, late by 1 dec",
            f"> {first} mine, soon by tue",
            f"< {first} theirs by fri",
            f"> {first} done",
            f"> {first} given up",
            f"> {first} waiting",
        ):
            write(notebook, one, line)
        found = {f.text: f for f in notebook.journal.follow_ups.values()}
        promises.move(notebook, found[f"{first} done"], Stage.DONE)
        promises.move(notebook, found[f"{first} given up"], Stage.LET_GO, "not needed any more")
        promises.move(notebook, found[f"{first} waiting"], Stage.WAITING)
        shared = FollowUp(
            "", one.person_id, f"{first} both", Owner.BOTH, notebook.now(), cue="when it rains"
        )
        promises.add(notebook, shared)
    return alongside


def texts(result: object) -> list[str]:
    assert isinstance(result, list)
    return [follow_up["text"] for follow_up in result]


def test_without_a_filter_all_that_are_open_by_stage_mine_first_soonest_first(
    board: CommandLine,
) -> None:
    found = board.done("follow-ups", "--json", "--person", "dana").json
    assert texts(found) == [
        "Dana mine, no date",
        "Dana both",
        "Dana mine, soon",
        "Dana mine, late",
        "Dana theirs",
        "Dana waiting",
    ]
    assert [f["stage"] for f in found] == [
        "captured", "captured", "agreed", "agreed", "agreed", "waiting"
    ]  # fmt: skip


def test_the_table_has_the_same_rows_in_the_same_order(board: CommandLine) -> None:
    found = board.done("follow-ups", "--stage", "all", "--json").json
    lines = board.done("follow-ups", "--stage", "all").lines
    assert len(lines) == len(found) == 16
    for line, follow_up in zip(lines, found, strict=True):
        assert follow_up["text"] in line
        assert follow_up["person"] in line


def test_a_row_says_the_stage_who_what_when_and_with_whom(board: CommandLine) -> None:
    lines = {line.split("  ")[0]: line for line in board.done("follow-ups", "--owner=them").lines}
    assert set(lines) == {"Captured", "Agreed"}
    assert "by Fri 27 Nov" in lines["Agreed"]
    board.bench.clock.forward(days=7)
    assert "overdue 2 days" in board.done("follow-ups", "--owner=them", "--stage=agreed").out


@pytest.mark.parametrize(
    ("stage", "count"),
    [
        ("captured", 4),
        ("agreed", 6),
        ("waiting", 2),
        ("done", 2),
        ("let-go", 2),
        ("open", 12),
        ("all", 16),
    ],
)
def test_by_stage(board: CommandLine, stage: str, count: int) -> None:
    found = board.done("follow-ups", "--json", "--stage", stage).json
    assert len(found) == count
    if stage not in ("open", "all"):
        assert {f["stage"] for f in found} == {stage}


@pytest.mark.parametrize(
    ("owner", "owners", "count"),
    [("me", {"me", "both"}, 10), ("them", {"them", "both"}, 4), ("both", {"both"}, 2)],
)
def test_by_owner_what_is_shared_is_owed_by_each(
    board: CommandLine, owner: str, owners: set[str], count: int
) -> None:
    found = board.done("follow-ups", "--json", "--owner", owner).json
    assert {f["owner"] for f in found} == owners
    assert len(found) == count


def test_filters_narrow_each_other(board: CommandLine) -> None:
    found = board.done(
        "follow-ups", "--json", "--person=sam", "--owner=them", "--stage=agreed"
    ).json
    assert texts(found) == ["Sam theirs"]


def test_json_has_the_keys_scripts_rely_on(board: CommandLine) -> None:
    found = board.done("follow-ups", "--json", "--stage", "all", "--person", "dana").json
    assert all(list(f) == KEYS for f in found)
    by_text = {f["text"]: f for f in found}
    assert by_text["Dana mine, soon"] | {"id": ""} == {
        "id": "",
        "person": "Dana Okafor",
        "text": "Dana mine, soon",
        "owner": "me",
        "stage": "agreed",
        "due": "2026-11-24",
        "cue": "",
        "said": "2026-11-22T14:02:00",
        "closed": None,
        "reason": "",
        "touches": 0,
        "overdue": False,
    }
    assert by_text["Dana given up"]["reason"] == "not needed any more"
    assert by_text["Dana done"]["closed"] == date(2026, 11, 22).isoformat()
    assert by_text["Dana both"]["cue"] == "when it rains"


def test_json_says_what_is_overdue(board: CommandLine) -> None:
    board.bench.clock.forward(days=3)
    found = board.done("follow-ups", "--json").json
    assert {f["text"] for f in found if f["overdue"]} == {"Dana mine, soon", "Sam mine, soon"}


def test_archived_people_are_left_out_unless_named(board: CommandLine) -> None:
    notebook = board.bench.notebook()
    sam = folk.find(notebook.journal, "sam")
    folk.archive(notebook, sam)
    assert not [f for f in board.done("follow-ups", "--json").json if f["person"] == "Sam Reyes"]
    assert board.done("follow-ups", "--json", "--person", "sam reyes").json


def test_none_is_an_empty_list_and_a_sentence(alongside: CommandLine) -> None:
    assert alongside.done("follow-ups", "--json").json == []
    result = alongside.done("follow-ups")
    assert result.out == ""
    assert result.err


def test_a_line_for_each_even_where_the_text_has_several(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", stdin="> write the plan\n  in three parts\n")
    (line,) = with_dana.done("follow-ups").lines
    assert "write the plan …" in line
    (found,) = with_dana.done("follow-ups", "--json").json
    assert found["text"] == "write the plan\nin three parts"


@pytest.mark.parametrize("option", ["--owner=us", "--stage=finished", "--stage", "--persn=dana"])
def test_a_filter_that_is_none_is_a_usage_error(board: CommandLine, option: str) -> None:
    result = board("follow-ups", option)
    assert result.code == 2
    assert result.out == ""
