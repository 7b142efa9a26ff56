"""``alongside export``: to stdout or a file, whose, and what is said beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import CommandLine, mode, run
from tui.cli import build_parser
from tui.domain.followups import Stage
from tui.services import folk
from tui.services.outward import ExportForm
from tui.shell.arguments import STAGES

if TYPE_CHECKING:
    from tests.pty.driver import House

PRINTED = [form for form in ExportForm if form is not ExportForm.ICS]
"""A calendar's lines end in CR LF, which these tests hold for something that drives a terminal."""


@pytest.fixture
def filled(with_dana: CommandLine) -> CommandLine:
    """Dana and Sam, both talked to."""
    with_dana.done("people", "add", "Sam", "Reyes")
    for line in ("> send the book by fri", "a first word", "& the conference"):
        with_dana.done("note", "dana", line)
    with_dana.done("note", "sam", "< draft the note")
    return with_dana


@pytest.mark.parametrize("form", PRINTED)
def test_everybody_or_one(filled: CommandLine, form: ExportForm) -> None:
    both = filled.done("export", "--format", form)
    dana = filled.done("export", "dana", "--format", form)
    assert both.err == dana.err == ""
    assert "draft the note" in both.out
    assert "draft the note" not in dana.out
    assert "send the book" in dana.out


def test_markdown_is_what_one_gets(filled: CommandLine) -> None:
    assert filled.done("export").out.startswith("# Dana Okafor\n\n## 2026-11-22, walk and talk\n")


def test_the_choices_are_the_forms_and_the_stages_there_are() -> None:
    parser = build_parser("export")
    for form in ExportForm:
        assert parser.parse_args(["export", "--format", form]).format == form
    assert set(STAGES) == {*Stage, "open", "all"}


@pytest.mark.parametrize("form", ExportForm)
def test_into_a_new_file(filled: CommandLine, tmp_path: Path, form: ExportForm) -> None:
    path = tmp_path / f"dana{form.suffix}"
    result = filled.done("export", "dana", "--format", form, "--output", str(path))
    assert result.lines == [str(path)]
    assert mode(path) == 0o600
    assert "send the book" in path.read_text("utf-8")
    again = filled("export", "dana", "--format", form, "--output", str(path))
    assert again.code == 2
    assert "--force" in again.err
    filled.done("export", "sam", "--format", form, "--output", str(path), "--force")
    assert "draft the note" in path.read_text("utf-8")


def test_not_into_the_journal_nor_into_nowhere(filled: CommandLine, tmp_path: Path) -> None:
    inside = Path(filled.bench.place.journal, "people", "a.md")
    result = filled("export", "--output", str(inside))
    assert result.code == 2
    assert not inside.exists()
    assert filled("export", "--output", str(tmp_path / "none" / "a.md")).code == 3
    assert filled("export", "--output", str(tmp_path)).code == 2


def test_the_archived_only_where_they_are_named(filled: CommandLine) -> None:
    notebook = filled.bench.notebook()
    folk.archive(notebook, folk.find(notebook.journal, "sam"))
    assert "draft the note" not in filled.done("export").out
    assert "draft the note" in filled.done("export", "sam").out


@pytest.mark.parametrize(
    ("stage", "texts"),
    [("open", 2), ("all", 2), ("agreed", 1), ("captured", 1), ("done", 0)],
)
def test_by_stage(filled: CommandLine, stage: str, texts: int) -> None:
    out = filled.done("export", "--format", "taskwarrior", "--stage", stage).json
    assert len(out) == texts


def test_a_calendar_of_days(filled: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    result = filled.done("export", "--format=ics", "--events", "--output", str(path))
    text = path.read_text("utf-8")
    assert "VTODO" not in text
    assert "DTSTART;VALUE=DATE:20261127" in text
    assert "1 follow-up without a day" in result.err
    assert filled("export", "--events").code == 2


def test_nobody_and_nothing_are_said_and_the_form_is_kept(alongside: CommandLine) -> None:
    result = alongside.done("export", "--format", "json")
    assert result.json["people"] == []
    assert "nobody" in result.err
    alongside.done("people", "add", "Dana")
    assert "Nothing is written down" in alongside.done("export", "--format", "csv").err


@pytest.mark.parametrize("arguments", [("pdf",), ("--format", "pdf"), ("--stage", "late")])
def test_what_cannot_be_is_a_usage_error(filled: CommandLine, arguments: tuple[str, ...]) -> None:
    result = filled("export", *arguments)
    assert result.code in (2, 3)
    assert result.out == ""


def test_what_is_mine_is_in_none_of_it(filled: CommandLine) -> None:
    before = [filled.done("export", "--format", form).out for form in PRINTED]
    for line in ("~ zq tired", "? zq leaving", "-! zq a raise", '-" zq'):
        filled.done("note", "dana", line)
    assert [filled.done("export", "--format", form).out for form in PRINTED] == before


def test_a_talk_that_cannot_be_read_is_told(filled: CommandLine) -> None:
    (page,) = Path(filled.bench.place.journal).glob("people/dana*/2026*.json")
    page.write_text("{")
    result = filled("export", "--format", "json")
    assert result.code == 4
    assert "cannot be read" in result.err
    assert [person["name"] for person in json.loads(result.out)["people"]]


def test_a_calendar_goes_through_a_pipe_byte_for_byte(house: House) -> None:
    run(house, "people", "add", "Dana Okafor")
    run(house, "note", "dana", "> send the book by fri")
    result = run(house, "export", "--format", "ics")
    assert result.code == 0
    assert result.out.endswith("END:VCALENDAR\r\n")
    assert result.out.count("\n") == result.out.count("\r\n")
