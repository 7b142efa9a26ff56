"""Arguments that are none, help, and the version."""

from __future__ import annotations

import pytest

from tests.cli.running import CommandLine
from tui import __version__
from tui.cli import VERBS

VERB_NAMES = tuple(VERBS)


@pytest.mark.parametrize(
    "arguments",
    [
        ("peple",),
        ("",),
        ("\x1b[31m",),
        ("people", "\x1b[31m"),
        ("-x",),
        ("--jurnal", "x"),
        ("--journ", "x", "people"),
        ("note",),
        ("summary",),
        ("summary", "dana", "sam"),
        ("people", "remove"),
        ("people", "--jso"),
        ("people", "add"),
        ("where", "now"),
        ("follow-ups", "dana"),
        ("demo", "--chekc"),
        ("people", "--version"),
    ],
    ids=" ".join,
)
def test_what_is_not_understood_is_a_usage_error(
    with_dana: CommandLine, arguments: tuple[str, ...]
) -> None:
    for result in (with_dana(*arguments), with_dana.without_journal(*arguments)):
        assert result.code == 2
        assert result.out == ""
        assert "usage: alongside" in result.err


@pytest.mark.parametrize("arguments", [("-h",), ("--help",), *((v, "--help") for v in VERB_NAMES)])
def test_help_goes_to_standard_output(alongside: CommandLine, arguments: tuple[str, ...]) -> None:
    result = alongside.without_journal(*arguments)
    assert result.code == 0
    assert result.err == ""
    assert result.out.startswith("usage: alongside")


def test_help_names_every_command_and_the_exit_codes(alongside: CommandLine) -> None:
    text = alongside.without_journal("--help").out
    for verb in VERB_NAMES:
        assert f"    {verb} " in text
    for code in (0, 1, 2, 3, 4, 5, 130):
        assert str(code) in text.partition("Exit codes")[2]


def test_the_help_of_note_shows_every_key(alongside: CommandLine) -> None:
    from tui.domain.notes import KINDS

    text = alongside.without_journal("note", "--help").out
    for kind in KINDS:
        assert f"{kind.key} {kind.label}" in text


@pytest.mark.parametrize("columns", ["40", "200", "nonsense", "0", "-5"])
def test_help_fits_the_width(
    alongside: CommandLine, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert alongside.without_journal("people", "--help").code == 0


def test_the_version(alongside: CommandLine) -> None:
    for arguments in (("--version",), ("--version", "people")):
        result = alongside.without_journal(*arguments)
        assert (result.code, result.out, result.err) == (0, f"alongside {__version__}\n", "")


@pytest.mark.parametrize("arguments", [("people", "--{}"), ("summary", "dana", "--on={}")])
def test_what_was_asked_for_cannot_drive_the_terminal(
    with_dana: CommandLine, arguments: tuple[str, ...]
) -> None:
    result = with_dana(*(word.format("\x1b[31m\x9b31m") for word in arguments))
    assert result.code == 2


def test_a_path_asked_for_cannot_drive_the_terminal(alongside: CommandLine) -> None:
    from pathlib import Path

    folder = Path(alongside.bench.place.journal).parent / "a\x1b[31mb"
    folder.mkdir()
    (folder / "thesis.tex").touch()
    assert alongside.without_journal("--journal", str(folder), "people").code == 2


@pytest.mark.parametrize("plain", [("people",), ("where",), ("people", "--journal", "{}")])
def test_the_plainest_calls_do_what_the_parser_would(
    with_dana: CommandLine, monkeypatch: pytest.MonkeyPatch, plain: tuple[str, ...]
) -> None:
    journal = with_dana.bench.place.journal
    monkeypatch.setenv("ALONGSIDE_JOURNAL", journal)
    arguments = tuple(word.format(journal) for word in plain)
    quick = with_dana.without_journal(*arguments)
    monkeypatch.setattr("tui.cli._plain", lambda arguments: None)
    assert with_dana.without_journal(*arguments) == quick
    assert journal in quick.out or "Dana" in quick.out


def test_the_demo_has_a_journal_of_its_own(with_dana: CommandLine) -> None:
    for arguments in (("demo",), ("demo", "--check")):
        result = with_dana(*arguments)
        assert result.code == 2
        assert "--journal" in result.err
