"""What all tests share: no influence from outside, and a place of their own."""

import os

for name in [n for n in os.environ if n.startswith("TEXTUAL") or n == "NO_COLOR"]:
    del os.environ[name]  # before Textual reads them on import
os.environ["TEXTUAL_FPS"] = "30"  # what nobody looks at need not be drawn sixty times a second

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Bench
from tui.desk.places import JOURNAL_VARIABLE


def pytest_xdist_auto_num_workers() -> int:
    """Return twice the processors: many tests wait for a program in a terminal of its own."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def no_journal_of_the_developer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the journal, the clipboard and the settings of whoever runs it."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for variable in (
        JOURNAL_VARIABLE,
        "EDITOR",
        "VISUAL",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "TMUX",
        "SSH_CONNECTION",
        "LC_ALL",
        "LC_TIME",
    ):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")  # weeks begin on Monday


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A journal in a temporary folder with a clock that stands still."""
    made = Bench(tmp_path)
    yield made
    made.close()
