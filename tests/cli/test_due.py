"""``alongside due``: one line for a prompt, of who is due and what you owe."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builders import HOSTILE, add_person, plan_today, write
from tests.cli.running import CommandLine, run, shell
from tui.services import folk
from tui.shell.due import WIDTH
from tui.shell.output import width_of

if TYPE_CHECKING:
    from tests.pty.driver import House

KEYS = ["line", "people", "you_owe", "overdue"]
PERSON_KEYS = ["id", "name", "due", "days_left"]
"""What scripts rely on. A key may be added; one that changes or goes is a breaking change."""


def talked(alongside: CommandLine, name: str, *lines: str, every: str = "weekly") -> None:
    """Have a talk with somebody new today, with these lines written in it."""
    notebook = alongside.bench.notebook()
    one = plan_today(notebook, add_person(notebook, name, every))
    for line in ("hello", *lines):
        write(notebook, one, line)


@pytest.fixture
def three(alongside: CommandLine) -> CommandLine:
    """Priya, long overdue, and Dana, due today; Sam is not due."""
    talked(alongside, "Priya Nair", "> the intro to Lena by tomorrow", "< her plan")
    alongside.bench.clock.forward(days=5)
    talked(alongside, "Dana Okafor", "> the coaching book by 31 dec", "> think about it")
    alongside.bench.clock.forward(days=7)
    talked(alongside, "Sam Reyes", "~ tired", "< the on-call note by tomorrow")
    return alongside


# -- the line ------------------------------------------------------------------------------


def test_one_line_says_who_is_due_and_what_you_owe(three: CommandLine) -> None:
    result = three.done("due")
    assert result.out == "Priya overdue 5 days · Dana today · you owe 3 (1 overdue)\n"
    assert result.err == ""


def test_what_is_due_to_nobody_is_still_owed(alongside: CommandLine) -> None:
    talked(alongside, "Dana", "> the book", every="")
    assert alongside.done("due").out == "you owe 1\n"


def test_who_is_due_is_said_where_nothing_is_owed(with_dana: CommandLine) -> None:
    assert with_dana.done("due").out == "Dana today\n"


@pytest.mark.parametrize("journal", ["none", "nobody", "nothing"])
def test_where_nothing_is_due_nothing_is_printed(alongside: CommandLine, journal: str) -> None:
    if journal == "nobody":
        Path(alongside.bench.place.journal, "people").mkdir(parents=True)
    if journal == "nothing":
        talked(alongside, "Dana", "< her plan by tomorrow", "~ tired")
    result = alongside.done("due")
    assert (result.out, result.err) == ("", "")
    assert alongside.done("due", "--json").json == {
        "line": "", "people": [], "you_owe": 0, "overdue": 0,
    }  # fmt: skip


def test_the_archived_are_neither_due_nor_owed(three: CommandLine) -> None:
    notebook = three.bench.notebook()
    folk.archive(notebook, folk.find(notebook.journal, "priya"))
    assert three.done("due").out == "Dana today · you owe 2\n"


def test_two_of_one_first_name_are_told_apart(alongside: CommandLine) -> None:
    for name in ("Dana Okafor", "dana Weiss", "Sam Reyes"):
        alongside.done("people", "add", name, "--every", "week")
    assert alongside.done("due").out == "Dana Okafor today · dana Weiss today · Sam today\n"


def test_nothing_of_mine_shows(alongside: CommandLine) -> None:
    talked(alongside, "Dana", "> the book")
    before = alongside.done("due", "--json").out
    for line in ("~ tired", "? leaves soon", "-! secret", "-* secret"):
        alongside.done("note", "dana", line)
    assert alongside.done("due", "--json").out == before


# -- the width -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (57, "Priya overdue 5 days · Dana today · you owe 3 (1 overdue)"),
        (56, "Priya overdue 5 days · +1 · you owe 3 (1 overdue)"),
        (49, "Priya overdue 5 days · +1 · you owe 3 (1 overdue)"),
        (48, "+2 · you owe 3 (1 overdue)"),
        (25, "+2 · you owe 3 (1 overdu…"),
        (8, "+2 · yo…"),
        (1, "…"),
    ],
)
def test_the_least_pressing_give_way_first(three: CommandLine, width: int, line: str) -> None:
    assert three.done("due", "--width", str(width)).out == f"{line}\n"
    assert three.done("due", "--json", f"--width={width}").json["line"] == line


@pytest.mark.parametrize("width", ["0", "-3", "wide", ""])
def test_a_width_that_is_none_is_a_usage_error(three: CommandLine, width: str) -> None:
    assert three("due", f"--width={width}").code == 2


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_names_stay_one_short_line(alongside: CommandLine, text: str) -> None:
    for number, name in enumerate((text, f"x {text}")):
        alongside.done("people", "add", "--every", "week", "--", f"{name}{number}")
    for width in (7, 30, WIDTH):
        (line,) = alongside.done("due", "--width", str(width)).lines
        assert width_of(line) <= width
    assert len(alongside.done("due", "--json").json["people"]) == 2


# -- json ----------------------------------------------------------------------------------


def test_json_has_the_keys_scripts_rely_on(three: CommandLine) -> None:
    found = three.done("due", "--json").json
    assert list(found) == KEYS
    assert all(list(person) == PERSON_KEYS for person in found["people"])
    for person in found["people"]:
        assert person.pop("id")
    assert found == {
        "line": "Priya overdue 5 days · Dana today · you owe 3 (1 overdue)",
        "people": [
            {"name": "Priya Nair", "due": "2026-11-29", "days_left": -5},
            {"name": "Dana Okafor", "due": "2026-12-04", "days_left": 0},
        ],
        "you_owe": 3,
        "overdue": 1,
    }


def test_the_help_names_every_key(alongside: CommandLine) -> None:
    told = alongside.done("due", "--help").out
    for key in (*KEYS, *PERSON_KEYS):
        assert key in told


# -- quick, and never wrong for it ---------------------------------------------------------


def settle(three: CommandLine) -> None:
    """Have a state folder, as who writes has, and folders old enough to be trusted."""
    three.done("note", "sam", "one more line")
    people = Path(three.bench.place.journal, "people")
    past = time.time_ns() - 10**9
    for folder in people.iterdir():
        os.utime(folder, ns=(past, past))


def test_the_second_time_the_journal_is_not_opened(
    three: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(three)
    first = three.done("due")

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("the journal was opened")

    with monkeypatch.context() as patch:
        patch.setattr("tui.shell.verbs.notebook_for_commands", opened)
        assert three.done("due") == first
        three.bench.clock.forward(days=1)
        line = "Priya overdue 6 days · Dana overdue 1 day · you owe 3 (1 overdue)\n"
        assert three.done("due").out == line, "what is due is worked out each time"
    three.done("note", "dana", "> one thing more")
    assert "you owe 4" in three.done("due").out


def test_a_damaged_file_is_told_and_the_rest_is_shown(three: CommandLine) -> None:
    settle(three)
    three.done("due")
    (talk,) = Path(three.bench.place.journal).rglob("priya*/2026*.json")
    talk.with_suffix(".new").write_bytes(b"")
    talk.with_suffix(".new").replace(talk)
    for _ in range(2):
        result = three("due")
        assert result.code == three("people").code
        assert result.err == three("people").err
        assert "left out" in result.err
        assert "Dana today" in result.out


def test_in_a_pipe_and_a_prompt_it_is_the_same_plain_line(house: House) -> None:
    for line in ("> the book by fri", "~ tired"):
        run(house, "people", "add", "Dana", "--every", "week")
        assert run(house, "note", "dana", line).code == 0
    result = shell(house, "TERM=xterm-256color FORCE_COLOR=1 $alongside due; $alongside due | cat")
    assert (result.code, result.out, result.err) == (0, "you owe 1\n" * 2, "")
    assert run(house, "due", environ={"LC_ALL": "C"}).out == "you owe 1\n"
