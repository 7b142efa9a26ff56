"""Which checklist a new one-to-one begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.chosen import read_chosen
from tui.desk.beginnings import first_template
from tui.desk.settings import settings_path
from tui.domain.checklist import Template

OWN = {"7": Template("7", "Neues Projekt: Café", (), is_own=True)}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path)}


def choose(environ: dict[str, str], text: str) -> None:
    path = Path(settings_path(environ))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("name", "template_id"),
    [
        ("standard", "standard"),
        ("walk", "walk"),
        ("Walk and talk", "walk"),
        ("neues projekt: cafe", "7"),
        ("7", "7"),
        ("", "standard"),
        ("wlak", "standard"),
    ],
)
def test_it_is_found_by_its_id_or_its_name(
    environ: dict[str, str], name: str, template_id: str
) -> None:
    assert first_template(OWN, environ).id == "standard"
    choose(environ, f'[new_talks]\nchecklist = "{name}"')
    assert first_template(OWN, environ).id == template_id
    mistakes = read_chosen(environ, OWN).mistakes
    assert len(mistakes) == (name == "wlak")
    assert all("there is no checklist “wlak”, but standard, walk" in said for said in mistakes)


def test_ones_own_goes_before_one_of_ours(environ: dict[str, str]) -> None:
    choose(environ, '[new_talks]\nchecklist = "standard"')
    own = {"9": Template("9", "Standard", (), is_own=True)}
    assert first_template(own, environ).id == "9"


def test_the_templates_of_another_journal_are_no_mistake(environ: dict[str, str]) -> None:
    choose(environ, '[new_talks]\nchecklist = "elsewhere"')
    assert read_chosen(environ, None).mistakes == ()
    assert len(read_chosen(environ, {}).mistakes) == 1


def test_all_that_is_wrong_is_told_with_its_place(environ: dict[str, str]) -> None:
    choose(environ, '[you]\nname = 1\n[new_talks]\nchecklist = "x"\n[keys]\n"a.b" = "x"\nx = 1')
    path = settings_path(environ)
    chosen = read_chosen(environ, {})
    assert [said.removeprefix(f"{path}: ")[:12] for said in chosen.mistakes] == [
        "you.name is ", "keys.x is ne", "new_talks.ch", "keys.a.b: th",
    ]  # fmt: skip
    assert chosen.commands == ()
    choose(environ, '[keys]\n"people.add" = "*"')
    assert [c.keys for c in read_chosen(environ, {}).commands] == ["asterisk"]
    assert read_chosen(environ, {}).mistakes == ()
