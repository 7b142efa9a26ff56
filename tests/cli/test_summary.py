"""``alongside summary``: the text for the colleague."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.builders import plan_today, write
from tests.cli.running import CommandLine
from tui.desk.shipped import standard_template
from tui.domain.notes import KINDS, NOTE_KINDS, Becomes, Kind, Side
from tui.services import course, talks

SHARED = [k for k in KINDS if k.side is Side.OURS and k.section]


@pytest.fixture
def talked(with_dana: CommandLine) -> CommandLine:
    """Dana, talked to on three days."""
    with_dana.bench.clock.now = datetime(2026, 11, 10, 11)
    with_dana.done("note", "dana", "first day")
    with_dana.bench.clock.now = datetime(2026, 11, 17, 11)
    with_dana.done("note", "dana", "second day")
    with_dana.bench.clock.now = datetime(2026, 11, 22, 14, 2)
    with_dana.done("note", "dana", "third day")
    return with_dana


def test_the_latest_unless_another_is_named(talked: CommandLine) -> None:
    result = talked.done("summary", "dana")
    assert "third day" in result.out
    assert "first day" not in result.out
    assert result.err == ""


def test_one_that_is_only_planned_is_not_the_latest(talked: CommandLine) -> None:
    notebook = talked.bench.notebook()
    (person,) = notebook.journal.people.values()
    talked.bench.clock.forward(days=1)
    plan_today(notebook, person)
    assert "third day" in talked.done("summary", "dana").out


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-11-10", "first day"),
        ("2026-11-17", "second day"),
        ("17 nov 2026", "second day"),
        ("today", "third day"),
        ("22 nov", "third day"),
    ],
)
def test_the_one_of_a_day(talked: CommandLine, on: str, said: str) -> None:
    assert said in talked.done("summary", "dana", "--on", on).out


@pytest.mark.parametrize("on", ["17 nov", "tue", "17 november", "on tuesday"])
def test_the_one_of_a_day_that_is_past(talked: CommandLine, on: str) -> None:
    assert "second day" in talked("summary", "dana", "--on", on).out


def test_the_one_of_yesterday(talked: CommandLine) -> None:
    talked.bench.clock.forward(days=1)
    assert "third day" in talked("summary", "dana", "--on", "yesterday").out


@pytest.mark.parametrize("on", ["Tue 17 Nov", "tue, 17 nov", "last tuesday"])
def test_the_one_of_a_day_as_the_program_itself_writes_it(talked: CommandLine, on: str) -> None:
    assert "second day" in talked("summary", "dana", "--on", on).out


@pytest.mark.parametrize("on", ["2026-11-11", "2031-01-01", "tomorrow"])
def test_a_day_without_one_lists_the_latest(talked: CommandLine, on: str) -> None:
    result = talked("summary", "dana", "--on", on)
    assert result.code == 3
    assert result.out == ""
    for day in ("2026-11-10", "2026-11-17", "2026-11-22"):
        assert day in result.err


@pytest.mark.parametrize("on", ["", "rubbish", "12/1", "2026-13-01", "30 feb"])
def test_what_is_no_day_is_a_usage_error(talked: CommandLine, on: str) -> None:
    result = talked("summary", "dana", "--on", on)
    assert result.code == 2
    assert result.out == ""


def test_nobody_was_talked_to_yet(with_dana: CommandLine) -> None:
    for arguments in (("summary", "dana"), ("summary", "dana", "--on", "today")):
        result = with_dana(*arguments)
        assert result.code == 3
        assert result.out == ""
        assert "Dana Okafor" in result.err


def test_what_was_said_stands_under_its_heading(with_dana: CommandLine) -> None:
    for kind in SHARED:
        with_dana.done("note", "dana", f"{kind.key} words of {kind.id}")
    sections = with_dana.done("summary", "dana").out.split("\n\n")
    for kind in SHARED:
        (section,) = (s for s in sections if s.splitlines()[0] == kind.section)
        assert f"words of {kind.id}" in section


def test_what_is_mine_is_never_in_it_nor_a_trace_of_it(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "said aloud")
    outputs = {
        form: with_dana.done("summary", "dana", "--format", form) for form in ("plain", "markdown")
    }
    for kind in NOTE_KINDS:
        with_dana.done("note", "dana", f"-{kind.key} unspoken {kind.id}")
    assert sum(note.is_mine for note in with_dana.notes) == len(NOTE_KINDS)
    for form, before in outputs.items():
        assert with_dana.done("summary", "dana", "--format", form) == before


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if k.becomes is not Becomes.NOTE], ids=lambda kind: kind.id
)
def test_a_hyphen_before_a_promise_is_not_passed_over(with_dana: CommandLine, kind: Kind) -> None:
    with_dana.done("note", "dana", "said aloud")
    with_dana("note", "dana", f"-{kind.key} unspoken plan")
    assert "unspoken" not in with_dana.done("summary", "dana").out


def test_markdown_has_headings_and_what_was_typed_is_not_live(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "see [this](http://example.com) *now* # and <b>")
    text = with_dana.done("summary", "dana", "--format", "markdown").out
    assert "\n## What I heard\n" in text
    assert "\\[this\\](http://example.com) \\*now\\*" in text
    assert "\\<b\\>" in text
    assert "##" not in with_dana.done("summary", "dana", "--format", "plain").out


def test_plain_is_what_one_gets(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "said")
    assert with_dana.done("summary", "dana") == with_dana.done(
        "summary", "dana", "--format", "plain"
    )


def test_a_format_that_is_none_is_a_usage_error(with_dana: CommandLine) -> None:
    assert with_dana("summary", "dana", "--format", "pdf").code == 2


def test_it_is_printed_only_and_changes_nothing(talked: CommandLine) -> None:
    def files() -> dict[str, bytes]:
        folder = Path(talked.bench.place.journal)
        return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    before = files()
    talked.done("summary", "dana")
    talked.done("summary", "dana", "--format", "markdown")
    assert files() == before


def test_two_talks_on_one_day_the_latest_of_them(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "in the morning")
    notebook = with_dana.bench.notebook()
    (one,) = notebook.journal.one_to_ones.values()
    course.end(notebook, one)
    later = one._replace(at=one.at.replace(hour=17))
    second = talks.plan(notebook, later, standard_template())
    write(notebook, second, "in the evening")
    assert "evening" in with_dana.done("summary", "dana", "--on", "2026-11-22").out
