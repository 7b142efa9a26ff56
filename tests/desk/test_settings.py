"""What the manager has chosen: read whole, told of where it is not understood, never in the way."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.desk.options import KEYS, OPTIONS, tables
from tui.desk.settings import Away, Settings, _Reading, read_settings, settings_path
from tui.domain.dates import Cadence
from tui.domain.retention import keep_from

on_linux = pytest.mark.skipif(
    sys.platform in ("darwin", "win32", "cygwin"), reason="XDG is for Linux and the BSDs"
)


class Config:
    """A folder of settings."""

    def __init__(self, folder: Path) -> None:
        self.environ = {"XDG_CONFIG_HOME": str(folder)}
        self.path = Path(settings_path(self.environ))

    def read(self, text: str | bytes) -> Settings:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_settings(self.environ)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(tmp_path)


@on_linux
def test_they_are_among_the_other_settings_of_the_desktop(tmp_path: Path) -> None:
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert settings_path(environ) == str(tmp_path / "alongside" / "settings.toml")
    home = os.path.expanduser("~/.config/alongside/settings.toml")
    assert settings_path({}) == settings_path({"XDG_CONFIG_HOME": "relative"}) == home


def test_nobody_needs_them_and_looking_makes_nothing(config: Config) -> None:
    assert read_settings(config.environ) == Settings() == config.read("")
    config.path.unlink()
    config.path.parent.rmdir()
    read_settings(config.environ)
    assert not config.path.parent.exists()


def test_all_that_can_be_chosen_is_taken(config: Config) -> None:
    found = config.read(
        '[away]\nshows = "nothing"\nat_start = true\non_leave = "quiet on"\non_return = "quiet off"'
    )
    assert found == Settings(Away(False, True, "quiet on", "quiet off"))
    found = config.read(
        """
        [you]
        name = " Robin\tHill "
        [new_people]
        every = "2 weeks"
        place = "call"
        [new_talks]
        checklist = "New project"
        [look]
        theme = "nord"
        [notes]
        keep = "1 year"
        [keys]
        people.add = "+"
        "board.done" = ["d", "x"]
        "board.edit" = ""
        "board.add" = []
        """
    )
    assert found == Settings(
        keep=keep_from("1 year"),
        name="Robin Hill",
        every=Cadence(2, "week"),
        place="call",
        checklist="New project",
        theme="nord",
        keys=(
            ("people.add", ("+",)),
            ("board.done", ("d", "x")),
            ("board.edit", ()),
            ("board.add", ()),
        ),
    )


@pytest.mark.parametrize("every", ["every 2 weeks", "2 weeks", "fortnightly", "2w"])
def test_a_rhythm_may_be_said_either_way(config: Config, every: str) -> None:
    assert config.read(f'[new_people]\nevery = "{every}"').every == Cadence(2, "week")


def test_an_empty_text_is_as_if_it_were_not_there(config: Config) -> None:
    texts = [o for o in OPTIONS if isinstance(o.default, str) and not o.choices]
    tables = {o.table: "" for o in texts}
    for option in texts:
        tables[option.table] += f'{option.key} = ""\n'
    assert config.read("".join(f"[{t}]\n{lines}" for t, lines in tables.items())) == Settings()


# -- what the README shows -------------------------------------------------------------------


def test_what_the_readme_shows_is_understood(config: Config) -> None:
    readme = Path(__file__).parents[2] / "README.md"
    shown = re.findall(r"```toml\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
    assert any("[away]" in block for block in shown)
    for block in shown:
        assert config.read(block).mistakes == ()
        assert config.read(block) != Settings()


# -- mistakes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "away", "said"),
    [
        ('[away]\nshows = "time"', Away(), 'away.shows is neither "clock" nor "nothing"'),
        ("[away]\nshows = 1", Away(), "away.shows is neither"),
        ("[away]\nshows = []", Away(), "away.shows is neither"),
        ('[away]\nat_start = "yes"', Away(), "away.at_start is neither true nor false"),
        ("[away]\nat_start = 1", Away(), "away.at_start is neither"),
        ("[away]\non_leave = 7", Away(), "away.on_leave is not text"),
        ('[away]\non_return = ["x"]', Away(), "away.on_return is not text"),
        ("away = 3", Away(), "away is not a table"),
        ('[away]\nonleave = "x"', Away(), "away.onleave is not known"),
        ("[theme]", Away(), "[theme] is not known"),
        ("you = 1", Away(), "you is not a table"),
        ("[you]\nname = 1", Away(), "you.name is not text"),
        ('[you]\nnick = "x"', Away(), "you.nick is not known"),
        ('[new_people]\nevery = "often"', Away(), 'new_people.every: "often" is not understood'),
        ("[new_people]\nevery = 2", Away(), "new_people.every is not text"),
        ("[new_people]\nplace = []", Away(), "new_people.place is not text"),
        ("[new_talks]\nchecklist = 1", Away(), "new_talks.checklist is not text"),
        ("[look]\ntheme = true", Away(), "look.theme is not text"),
        ('[notes]\nkeep = "long"', Away(), "notes.keep: “long” is not a time"),
        ("keys = 1", Away(), "keys is not a table"),
        ('[keys]\n"a.b" = 1', Away(), "keys.a.b is neither a key nor a list of keys"),
        ("[keys]\na.b = [1]", Away(), "keys.a.b is neither a key nor a list of keys"),
        ("x = 1", Away(), "x stands above all tables (line 1)"),
        (
            '\ntheme = "dark"',
            Away(),
            "theme stands above all tables; it belongs below [look] (line 2)",
        ),
        ("[you]\n[looks]", Away(), "[looks] is not known; there are [you], "),
        ('[you]\nname = ""\nnick = 1', Away(), "you.nick is not known (line 3)"),
        ('[you] # me\nname = "a\u2028b"\n"nick" = 1', Away(), "you.nick is not known (line 3)"),
        ('[you]\nname = """\nnick = 1\n"""\nnick = 1', Away(), "you.nick is not known."),
        ("[[looks]]\nx = 1", Away(), "[looks] is not known; there are [you], "),
        (
            '[keys]\npeople.add = "a"\npeople.ad = 1',
            Away(),
            "keys.people.ad is neither a key nor a list of keys (line 3)",
        ),
    ],
)
def test_a_mistake_is_said_and_the_rest_counts_as_usual(
    config: Config, text: str, away: Away, said: str
) -> None:
    found = config.read(text)
    assert found.away == away
    (mistake,) = found.mistakes
    assert mistake.startswith(f"{config.path}: {said}")
    assert mistake.endswith(".")


def test_all_mistakes_are_said_at_once_and_what_is_right_counts(config: Config) -> None:
    found = config.read(
        '[away]\nshows = 1\nat_start = 1\non_leave = 1\non_return = "ok"\nodd = 1\n[theme]\n[x]'
    )
    assert found.away == Away(on_return="ok")
    there = ", ".join(f"[{table}]" for table in (*tables(), KEYS))
    assert [mistake.removeprefix(f"{config.path}: ") for mistake in found.mistakes] == [
        f"[theme] is not known; there are {there} (line 7).",
        f"[x] is not known; there are {there} (line 8).",
        "away.odd is not known (line 6).",
        'away.shows is neither "clock" nor "nothing" (line 2).',
        "away.at_start is neither true nor false (line 3).",
        "away.on_leave is not text (line 4).",
    ]


@pytest.mark.parametrize("text", ["[away", "away = ", "\0", "[away]\nshows = clock", "[" * 9000])
def test_what_is_no_toml_is_said_with_its_place(config: Config, text: str) -> None:
    found = config.read(text)
    assert found.away == Away()
    (mistake,) = found.mistakes
    assert mistake.startswith(f"{config.path} is not understood: ")


def test_what_is_no_text_is_said(config: Config) -> None:
    (mistake,) = config.read(b'[away]\non_leave = "\xff"').mistakes
    assert mistake.startswith(f"{config.path} is not understood: ")


@pytest.mark.skipif(sys.platform == "win32", reason="needs modes")
def test_what_cannot_be_read_is_said(config: Config) -> None:
    config.path.mkdir(parents=True)
    (mistake,) = read_settings(config.environ).mistakes
    assert mistake == f"{config.path}: Is a directory."


VALUES: st.SearchStrategy[object] = (
    st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.booleans(), max_size=1)
)
KNOWN = [*{option.table for option in OPTIONS}, "keys"]
NAMES = st.sampled_from([option.key for option in OPTIONS]) | st.text(max_size=4)
TABLES = st.dictionaries(
    st.sampled_from(KNOWN) | st.text(max_size=4),
    VALUES | st.dictionaries(NAMES, VALUES, max_size=4),
)


@settings(deadline=None, max_examples=60)
@given(TABLES)
def test_whatever_stands_in_it_is_settings_or_a_mistake(tables: dict[str, object]) -> None:
    found = _Reading("it", tables).settings()
    assert [type(value) for value in found.away] == [bool, bool, str, str]
    assert all(mistake.startswith("it: ") for mistake in found.mistakes)
    assert found.mistakes or set(tables) <= set(KNOWN)
    assert all(isinstance(key, str) for _, keys in found.keys for key in keys)
    assert all(isinstance(text, str) for text in (found.name, found.place, found.checklist))
