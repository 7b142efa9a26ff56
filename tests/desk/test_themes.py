"""Themes in files of the manager's own: as they were meant, or told what is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.desk.themes import COLOURS, OwnTheme, OwnThemes, _theme, read_themes, themes_path
from tui.theme import DARK, LIGHT, OWN


class Folder:
    """A folder of themes."""

    def __init__(self, config: Path) -> None:
        self.environ = {"XDG_CONFIG_HOME": str(config)}
        self.path = Path(themes_path(self.environ))

    def read(self, **files: str | bytes) -> OwnThemes:
        self.path.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            data = text.encode() if isinstance(text, str) else text
            (self.path / f"{name}.toml").write_bytes(data)
        return read_themes(self.environ)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr("sys.platform", "linux")
    return Folder(tmp_path)


def test_nobody_needs_one_and_looking_makes_nothing(folder: Folder) -> None:
    assert read_themes(folder.environ) == OwnThemes()
    assert not folder.path.exists()


def test_it_may_name_what_ours_name() -> None:
    ours = {*DARK.variables, *(n for n in vars(DARK) if isinstance(getattr(DARK, n), str))}
    assert set(COLOURS) == ours - {"name"}
    assert set(OWN) == set(DARK.variables) == set(LIGHT.variables)


def test_they_are_taken_in_order_by_the_names_of_their_files(folder: Folder) -> None:
    found = folder.read(dusk='background = "#310"\nbright = "#FfFfFf"', dawn="dark = false")
    assert found == OwnThemes(
        (
            OwnTheme("dawn", {}, False),
            OwnTheme("dusk", {"background": "#331100", "bright": "#ffffff"}, True),
        )
    )


@pytest.mark.parametrize(
    ("text", "is_dark"),
    [
        ("", True),
        ('background = "#fff"', False),
        ('background = "#8b8b8b"', False),
        ('background = "#555"', True),
        ('background = "#fff"\ndark = true', True),
    ],
)
def test_dark_or_light_is_seen_where_it_is_not_said(
    folder: Folder, text: str, *, is_dark: bool
) -> None:
    assert folder.read(one=text).themes[0].is_dark is is_dark


def test_all_mistakes_are_told_at_once_and_the_rest_counts(folder: Folder) -> None:
    found = folder.read(
        dusk='dark = "yes"\naccent = "amber"\nmuted = 3\ncolour = "#fff"\nerror = "#f00"',
        torn="background = ",
        latin=b'accent = "\xe9"',
        long="#" * 30_000,
    )
    assert found.themes == (OwnTheme("dusk", {"error": "#ff0000"}, True),)
    place = str(folder.path)
    told = [mistake.removeprefix(place + os.sep) for mistake in found.mistakes]
    assert told[:4] == [
        "dusk.toml: dark is neither true nor false.",
        "dusk.toml: accent is not a colour such as #e8a33d.",
        "dusk.toml: muted is not a colour such as #e8a33d.",
        "dusk.toml: colour is not known.",
    ]
    assert [mistake.partition(" ")[0] for mistake in told[4:]] == [
        "latin.toml", "long.toml", "torn.toml",
    ]  # fmt: skip
    assert "it is longer than 20 kB" in told[5]


def test_what_is_no_theme_is_no_theme(folder: Folder) -> None:
    folder.path.mkdir(parents=True)
    (folder.path / "README").write_text("not me")
    (folder.path / ".toml").write_text("nor me")
    (folder.path / "folder.toml").mkdir()
    found = read_themes(folder.environ)
    assert found.themes == ()
    assert [m.partition(" ")[0] for m in found.mistakes] == [f"{folder.path}/folder.toml:"]


def test_a_folder_that_is_a_file(folder: Folder) -> None:
    folder.path.parent.mkdir(parents=True)
    folder.path.write_text("not a folder")
    found = read_themes(folder.environ)
    assert found.themes == ()
    assert found.mistakes[0].startswith(str(folder.path))


def test_a_name_drives_no_terminal(folder: Folder) -> None:
    folder.path.mkdir(parents=True)
    (folder.path / "a\x1b[31m\nb.toml").write_text("accent = 1")
    found = read_themes(folder.environ)
    assert found.themes[0].name == "a␛[31m b"
    assert "\x1b" not in found.mistakes[0]


@given(st.dictionaries(st.sampled_from([*COLOURS, "dark", "x"]), st.text() | st.integers()))
def test_whatever_is_in_a_file_it_is_a_theme(fields: dict[str, object]) -> None:
    theme, wrong = _theme("any", fields)
    assert len(wrong) + len(theme.colours) == len(fields)
    assert all(len(colour) == 7 for colour in theme.colours.values())
