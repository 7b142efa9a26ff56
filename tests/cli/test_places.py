"""Where the journal is, and what its files are to others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import CommandLine, mode, run, shell

if TYPE_CHECKING:
    from tests.pty.driver import House


def names(house: House, *arguments: str, **environ: str) -> list[str]:
    found: list[dict[str, str]] = run(house, *arguments, "people", "--json", environ=environ).json
    return [person["name"] for person in found]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--journal", "{}", "people", "add", "Dana"),
        ("people", "--journal", "{}", "add", "Dana"),
        ("people", "add", "--journal", "{}", "Dana"),
        ("people", "add", "Dana", "--journal", "{}"),
        ("--journal={}", "people", "add", "Dana"),
        ("people", "add", "Dana", "--journal={}"),
    ],
)
def test_the_journal_is_named_before_the_command_or_after(
    alongside: CommandLine, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    folder = tmp_path / "elsewhere"
    result = alongside.without_journal(*(word.format(folder) for word in arguments))
    assert result.code == 0, result
    assert (folder / "journal.json").exists()
    after = alongside.without_journal("people", "--json", "--journal", str(folder))
    assert after.json[0]["name"] == "Dana"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--journal", "{}", "note", "dana", "said"),
        ("note", "--journal", "{}", "dana", "said"),
        ("note", "dana", "said", "--journal", "{}"),
        pytest.param(("note", "dana", "--journal", "{}", "said")),
    ],
)
def test_the_journal_is_named_anywhere_in_a_note(
    with_dana: CommandLine, arguments: tuple[str, ...]
) -> None:
    journal = with_dana.bench.place.journal
    assert with_dana.without_journal(*(word.format(journal) for word in arguments)).code == 0
    assert with_dana.texts == ["said"]


@pytest.mark.parametrize("verb", ["people", "where", "follow-ups"])
def test_of_two_names_the_last_counts(alongside: CommandLine, tmp_path: Path, verb: str) -> None:
    one, two = (str(tmp_path / name) for name in ("one", "two"))
    alongside.without_journal("people", "add", "Dana", "--journal", two)
    result = alongside.without_journal("--journal", one, verb, "--journal", two)
    assert result.code == 0
    if verb == "people":
        assert "Dana" in result.out
    if verb == "where":
        assert two in result.out
        assert one not in result.out


def test_the_environment_names_the_journal(house: House) -> None:
    folder = house.folder / "from environment"
    run(house, "people", "add", "Dana", environ={"ALONGSIDE_JOURNAL": str(folder)})
    assert (folder / "journal.json").exists()
    assert names(house) == []
    assert names(house, ALONGSIDE_JOURNAL=str(folder)) == ["Dana"]


def test_an_argument_wins_over_the_environment(house: House) -> None:
    one, two = (str(house.folder / name) for name in ("one", "two"))
    run(house, "--journal", two, "people", "add", "Dana", environ={"ALONGSIDE_JOURNAL": one})
    assert not Path(one).exists()
    assert names(house, "--journal", two, ALONGSIDE_JOURNAL=one) == ["Dana"]


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_name_is_a_usage_error_never_the_default(house: House, empty: str) -> None:
    for arguments in (("--journal", empty, "people"), ("people", "--journal", empty)):
        assert run(house, *arguments).code == 2
    assert run(house, "people", environ={"ALONGSIDE_JOURNAL": empty}).code == 2
    assert run(house, "--journal").code == 2


def test_a_relative_name_and_the_home_folder(house: House) -> None:
    run(house, "--journal", "here", "people", "add", "Dana")
    assert (house.home / "here" / "journal.json").exists()
    assert names(house, "--journal", "~/here") == ["Dana"]
    assert names(house, "--journal=./here/") == ["Dana"]


def test_reading_makes_nothing(house: House) -> None:
    for verb in (
        ("people",),
        ("follow-ups",),
        ("where",),
        ("summary", "dana"),
        ("note", "dana", "x"),
    ):
        run(house, *verb)
    assert not any(house.home.iterdir())


@pytest.mark.skipif(sys.platform == "darwin", reason="XDG is for Linux and the BSDs")
def test_the_default_place_is_private_and_follows_xdg(house: House) -> None:
    result = shell(house, "umask 000; $alongside people add Dana && $alongside note dana hello")
    assert result.code == 0, result
    data = house.home / ".local/share/alongside"
    state = house.home / ".local/state/alongside"
    assert (data / "journal/journal.json").exists()
    made = [*data.rglob("*"), data, *state.rglob("*"), state]
    assert {mode(path) for path in made if path.is_dir()} == {0o700}
    assert {mode(path) for path in made if path.is_file()} == {0o600}
    assert not [path for path in state.rglob("*") if path.suffix == ".json"]


def test_where_names_the_folders(house: House) -> None:
    result = run(house, "where")
    assert result.code == 0
    lines = dict(line.split(maxsplit=1) for line in result.lines)
    assert list(lines) == ["journal", "state", "settings", "summary", "themes", "shipped"]
    journal = str(house.home / ".local/share/alongside/journal")
    assert lines["journal"].startswith(journal)
    assert "not there yet" in lines["journal"]
    assert lines["state"].startswith(str(house.home / ".local/state/alongside"))
    settings = house.home / ".config/alongside/settings.toml"
    assert lines["settings"] == f"{settings} (not there yet)"
    assert lines["summary"] == f"{settings.with_name('summary.txt')} (not there yet)"
    assert (Path(lines["shipped"]) / "checklists.json").exists()
    run(house, "people", "add", "Dana")
    assert run(house, "where").lines[0].split(maxsplit=1)[1] == journal


def test_two_journals_have_two_states(house: House) -> None:
    states = {
        run(house, "--journal", str(house.folder / name), "where").lines[1]
        for name in ("a/journal", "b/journal")
    }
    assert len(states) == 2


def test_a_journal_behind_a_link_has_one_state(house: House) -> None:
    run(house, "--journal", "real", "people", "add", "Dana")
    (house.home / "link").symlink_to("real")
    lines = [run(house, "--journal", name, "where").lines[1] for name in ("real", "link")]
    assert lines[0] == lines[1]
    assert names(house, "--journal", "link") == ["Dana"]
