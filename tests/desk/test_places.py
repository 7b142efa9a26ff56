"""Where the journal and the program's own files are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.desk.places import APP, JOURNAL_VARIABLE, place_of
from tui.errors import UsageError

on_linux = pytest.mark.skipif(
    sys.platform in ("darwin", "win32", "cygwin"), reason="XDG is for Linux and the BSDs"
)


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


# -- the default ---------------------------------------------------------------------------


@on_linux
def test_by_default_it_is_below_the_home_folder(home: Path) -> None:
    place = place_of(None, {})
    assert place.journal == str(home / ".local/share/alongside/journal")
    assert place.state.startswith(str(home / ".local/state/alongside/journal-"))


@on_linux
def test_xdg_moves_it(home: Path) -> None:
    place = place_of(None, {"XDG_DATA_HOME": "/data", "XDG_STATE_HOME": "/state"})
    assert place.journal == "/data/alongside/journal"
    assert place.state.startswith("/state/alongside/journal-")


@on_linux
@pytest.mark.parametrize("value", ["", "relative", "./here", "~/data"])
def test_what_xdg_calls_invalid_is_passed_over(home: Path, value: str) -> None:
    # "If an implementation encounters a relative path … it should consider the path invalid."
    environ = {"XDG_DATA_HOME": value, "XDG_STATE_HOME": value}
    assert place_of(None, environ) == place_of(None, {})


@pytest.mark.parametrize("system", ["darwin", "win32", "cygwin"])
def test_elsewhere_platformdirs_knows(
    home: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    platformdirs = pytest.importorskip("platformdirs")
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda app, appauthor: f"/data/{app}")
    monkeypatch.setattr(platformdirs, "user_state_dir", lambda app, appauthor: f"/state/{app}")
    place = place_of(None, {"XDG_DATA_HOME": "/not/this"})
    assert place.journal == os.path.join("/data", APP, "journal")
    assert os.path.dirname(place.state) == os.path.join("/state", APP)


# -- what is asked for ---------------------------------------------------------------------


def test_an_argument_wins_over_the_environment_which_wins_over_the_default(home: Path) -> None:
    environ = {JOURNAL_VARIABLE: "/from/environment"}
    assert place_of("/asked", environ).journal == "/asked"
    assert place_of(None, environ).journal == "/from/environment"


def test_a_path_is_made_whole(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    assert place_of("~/notes", {}).journal == str(home / "notes")
    assert place_of("notes", {}).journal == str(home / "notes")
    assert place_of("a/../notes/", {}).journal == str(home / "notes")
    assert place_of(None, {JOURNAL_VARIABLE: "~/notes"}).journal == str(home / "notes")


@pytest.mark.parametrize("empty", ["", " ", "\t\n"])
def test_an_empty_path_is_refused_rather_than_the_default_taken(home: Path, empty: str) -> None:
    with pytest.raises(UsageError, match="empty"):
        place_of(empty, {})
    with pytest.raises(UsageError, match="empty"):
        place_of(None, {JOURNAL_VARIABLE: empty})


# -- the state folder ----------------------------------------------------------------------


def test_the_state_is_never_in_the_journal(home: Path) -> None:
    for asked in (None, str(home / "journal")):
        place = place_of(asked, {})
        assert Path(place.journal) not in Path(place.state).parents


def test_each_journal_has_a_state_of_its_own(home: Path) -> None:
    asked = [
        home / name for name in ("a/journal", "b/journal", "a/Journal", "a/journal2", "é", "e")
    ]
    states = [place_of(str(folder), {}).state for folder in asked]
    assert len(set(states)) == len(states)


def test_the_ways_to_one_journal_lead_to_one_state(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "real").mkdir()
    (home / "link").symlink_to("real")
    monkeypatch.chdir(home)
    asked = ("real", "./real/", "link", "~/real", "~/link/", str(home / "link" / ".." / "real"))
    assert len({place_of(path, {}).state for path in asked}) == 1
    assert place_of("link", {}).journal == str(home / "link"), "the journal keeps the name it has"


def test_a_link_in_a_loop_is_a_place_like_another(home: Path) -> None:
    (home / "loop").symlink_to("loop")
    assert place_of(str(home / "loop"), {}).journal == str(home / "loop")


@given(st.text(min_size=1).filter(lambda name: name.strip() and "\0" not in name))
def test_any_name_gives_a_state_that_is_one_safe_folder(name: str) -> None:
    place = place_of(f"/journals/{name}", {"XDG_STATE_HOME": "/state"})
    root, _, last = place.state.rpartition("/")
    if sys.platform == "linux":
        assert root == "/state/alongside"
    assert last.replace("-", "").isalnum()
    assert last.isascii()
    assert len(last) < 60


@pytest.mark.parametrize("name", [b"caf\xe9", b"\xff\xfe"])
def test_a_name_that_is_not_utf_8(home: Path, name: bytes) -> None:
    path = os.fsdecode(name)
    assert os.fsencode(place_of(path, {}).journal).endswith(name)


def test_looking_makes_nothing(home: Path) -> None:
    place_of(None, {})
    place_of("~/journal", {})
    assert not any(home.iterdir())
