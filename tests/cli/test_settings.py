"""What the command line does with the manager's settings."""

from __future__ import annotations

import os
from pathlib import Path

from tests.cli.running import CommandLine
from tui.desk.settings import Settings, read_settings, settings_path


def chosen(text: str) -> Path:
    path = Path(settings_path(os.environ))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


WRONG = '[you]\nname = 1\n[new_talks]\nchecklist = "x"\n[keys]\npeople.ad = "\\u001b"\n'


def test_the_file_that_is_printed_is_one_in_which_nothing_is_chosen(alongside: CommandLine) -> None:
    printed = alongside.done("settings")
    assert printed.err == ""
    chosen(printed.out)
    assert read_settings(os.environ) == Settings()
    assert "[keys]" in printed.out


def test_check_tells_all_that_is_wrong_with_its_place(alongside: CommandLine) -> None:
    path = chosen(WRONG)
    result = alongside.done("check")
    told = [line for line in result.lines if line.startswith(f"settings: {path}: ")]
    assert [line.removeprefix(f"settings: {path}: ").split(":")[0] for line in told] == [
        "you.name is not text (line 2).", "new_talks.checklist", "keys.people.ad",
    ]  # fmt: skip
    assert result.lines[-1] == "But for the settings all is well."
    assert result.is_clean()
    as_json = alongside.done("check", "--json")
    assert as_json.json["settings"] == [line.removeprefix("settings: ") for line in told]
    chosen("")
    assert "settings" not in alongside.done("check", "--json").json
    assert alongside.done("check").lines[-1] == "All is well."


def test_check_tells_what_is_wrong_with_themes_of_ones_own(alongside: CommandLine) -> None:
    folder = Path(settings_path(os.environ)).parent / "themes"
    folder.mkdir(parents=True)
    (folder / "dusk.toml").write_text('accent = "amber"\n', encoding="utf-8")
    assert alongside.done("check", "--json").json["settings"] == [
        f"{folder / 'dusk.toml'}: accent is not a colour such as #e8a33d."
    ]


def test_somebody_new_begins_as_was_chosen(alongside: CommandLine) -> None:
    chosen('[new_people]\nevery = "2 weeks"\nplace = "call"\n')
    alongside.done("people", "add", "Dana")
    alongside.done("people", "add", "Sam", "--every", "month", "--place", "over coffee")
    alongside.done("people", "add", "Al", "--every", "", "--place", "")
    people = alongside.journal.people.values()
    assert {p.name: (p.cadence.say() if p.cadence else "", p.place) for p in people} == {
        "Dana": ("every 2 weeks", "call"),
        "Sam": ("every month", "over coffee"),
        "Al": ("", ""),
    }


def test_a_note_begins_its_talk_with_the_chosen_checklist(with_dana: CommandLine) -> None:
    chosen('[new_talks]\nchecklist = "Walk and talk"\n')
    with_dana.done("note", "dana", "said")
    [one] = with_dana.journal.one_to_ones.values()
    assert one.template == "walk"
