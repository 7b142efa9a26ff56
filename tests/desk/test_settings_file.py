"""Writing settings: one value changes, every other line stays as its owner wrote it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HOSTILE
from tui.desk.options import OPTIONS, Option
from tui.desk.settings import Settings, _Reading, parsed, read_settings, settings_path
from tui.desk.settings_file import change_settings, default_text, values_in, with_value
from tui.errors import StorageError, UsageError

BY_PATH = {option.path: option for option in OPTIONS}
NAME, SHOWS, AT_START = BY_PATH["you.name"], BY_PATH["away.shows"], BY_PATH["away.at_start"]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path)}


def meant(text: str) -> Settings:
    return _Reading("it", parsed(text.encode())).settings()


# -- the file as it ships --------------------------------------------------------------------


def test_the_commented_file_changes_nothing_and_names_everything() -> None:
    assert meant(default_text()) == Settings()
    for option in OPTIONS:
        assert f"# {option.key} = " in default_text()
        assert f"# {option.meaning}" in default_text()


def test_without_its_signs_every_line_of_it_counts() -> None:
    lines = [
        line.removeprefix("# ") if " = " in line else line for line in default_text().split("\n")
    ]
    found = meant("\n".join(lines))
    assert found.mistakes == ()
    assert (found.name, found.theme, found.checklist) == ("Robin", "nord", "walk")
    assert found.keep
    assert found.every
    assert found.keys


# -- one value -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "option", "value", "after"),
    [
        ("", NAME, "R", '[you]\nname = "R"\n'),
        ("# x\n[notes]\nkeep = 1\n", NAME, "R", '# x\n[notes]\nkeep = 1\n\n[you]\nname = "R"\n'),
        ("[you]", NAME, "R", '[you]\nname = "R"'),
        ("[you]\n# name = \"x\"\n[away]\n", NAME, "R", '[you]\nname = "R"\n[away]\n'),
        ("[you]\nname = 'x'  # me\n", NAME, "R", '[you]\nname = "R"  # me\n'),
        ('[you]\n  name="x \\" # ]"# me\n', NAME, "R", '[you]\n  name="R"# me\n'),
        ('["you"]\n"name" = ""\n', NAME, "R", '["you"]\n"name" = "R"\n'),
        ("[ you ] # x\nodd = 1\n", NAME, "R", '[ you ] # x\nname = "R"\nodd = 1\n'),
        ("[away]\nat_start = false # no\n", AT_START, True, "[away]\nat_start = true # no\n"),
        ("[x]\n# shows = 1\n[away]\n", SHOWS, "a", '[x]\n# shows = 1\n[away]\nshows = "a"\n'),
        ("[you]\r\nname = \"x\"\r\n", NAME, "R", '[you]\r\nname = "R"\r\n'),
        ("[away]\r\n", NAME, "R", '[away]\r\n\r\n[you]\r\nname = "R"\r\n'),
        ("[you]\nname = \"x\"", NAME, 'a "b" \\ c', '[you]\nname = "a \\"b\\" \\\\ c"'),
    ],
)  # fmt: skip
def test_a_value_changes_where_it_stands(
    before: str, option: Option, value: str | bool, after: str
) -> None:
    assert with_value(before, option, value) == after


@pytest.mark.parametrize(
    "text",
    [
        'you = {name = "x"}\n',
        'you.name = "x"\n',
        '[you]\nname = """\nx"""\n',
        '[keys]\nx = """\n[you]\n"""\n[you]\nname = [\n"x"]\n',
        "you = 1\n",
    ],
)
def test_what_stands_there_in_another_way_is_left_to_its_owner(text: str) -> None:
    with pytest.raises(UsageError, match="only you can change"):
        with_value(text, NAME, "R")


LINES = st.sampled_from(
    ["[you]", "[away]", "[keys]", "# name = 1", 'name = "x"', "name = 'y' # z", "", "# note", "[x]",
     "at_start = true", 'on_leave = "a # b"', '"board.done" = ["d"]', "text = '''", "'''", "\t"]
)  # fmt: skip


@given(st.lists(LINES, max_size=9).map("\n".join), st.sampled_from(OPTIONS), st.text(max_size=9))
def test_nothing_else_changes_whatever_the_file_is(text: str, option: Option, value: str) -> None:
    try:
        before = parsed(text.encode())
        value.encode()
    except ValueError:
        return
    new = value == "x" if isinstance(option.default, bool) else value
    try:
        after = with_value(text, option, new)
    except UsageError:
        return
    found = parsed(after.encode())
    assert found.setdefault(option.table, {}).pop(option.key) == new
    before.setdefault(option.table, {}).pop(option.key, None)
    assert found == before
    assert {line for line in text.split("\n") if line.startswith("# note")} <= set(
        after.split("\n")
    )


# -- the file --------------------------------------------------------------------------------


def test_the_first_write_makes_the_whole_commented_file(environ: dict[str, str]) -> None:
    path = Path(change_settings(environ, {"you.name": "Robin", "away.at_start": "true"}))
    assert str(path) == settings_path(environ)
    found = read_settings(environ)
    assert (found.name, found.away.at_start, found.mistakes) == ("Robin", True, ())
    written, shipped = path.read_text("utf-8").split("\n"), default_text().split("\n")
    changed = [new for new, old in zip(written, shipped, strict=True) if new != old]
    assert changed == ['name = "Robin"', "at_start = true"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_all_values_are_read_as_they_stand_there(environ: dict[str, str]) -> None:
    usual = values_in(environ)
    assert usual["away.at_start"] == "false"
    assert usual["new_talks.checklist"] == "standard"
    wanted = {
        "you.name": "R",
        "new_people.every": "2 weeks",
        "away.at_start": "true",
        "away.shows": "nothing",
        "notes.keep": "90 days",
    }
    change_settings(environ, wanted)
    assert values_in(environ) == usual | wanted
    Path(settings_path(environ)).write_text("[away]\nshows = 7\n[you]\nname = 7\n")
    assert values_in(environ) == usual | {"you.name": "7"}


def test_nothing_is_written_into_what_is_not_understood(environ: dict[str, str]) -> None:
    path = Path(change_settings(environ, {}))
    path.write_bytes(b"[you\n\xff")
    with pytest.raises(UsageError, match="is not understood"):
        change_settings(environ, {"you.name": "R"})
    assert path.read_bytes() == b"[you\n\xff"


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and modes")
def test_a_link_stays_one_and_its_file_keeps_its_mode(
    environ: dict[str, str], tmp_path: Path
) -> None:
    path = Path(settings_path(environ))
    path.parent.mkdir(parents=True)
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n")
    real.chmod(0o644)
    path.symlink_to(real)
    change_settings(environ, {"you.name": "R"})
    assert path.is_symlink()
    assert real.read_text().startswith("# mine\n")
    assert read_settings(environ).name == "R"
    assert stat.S_IMODE(real.stat().st_mode) == 0o644


def test_a_disk_that_refuses_leaves_the_file_as_it_was(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(change_settings(environ, {"you.name": "R"}))
    before = path.read_bytes()

    def refuse(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError, match="cannot be written: No space left"):
        change_settings(environ, {"you.name": "S"})
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_back_as_it_was(environ: dict[str, str], text: str) -> None:
    from tui.domain.text import clean_line

    change_settings(environ, {"away.on_leave": clean_line(text)})
    assert read_settings(environ).away.on_leave == clean_line(text)
    assert read_settings(environ).mistakes == ()
