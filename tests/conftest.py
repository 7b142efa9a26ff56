"""What all tests share: no influence from outside, and a place of their own."""

import gc
import os

for name in [n for n in os.environ if n.startswith("TEXTUAL") or n == "NO_COLOR"]:
    del os.environ[name]  # before Textual reads them on import

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.builders import Bench
from tui.desk.places import JOURNAL_VARIABLE

settings.register_profile(
    "each run",  # where a test does not ask for more; nights take thousands
    max_examples=int(os.environ.get("ALONGSIDE_EXAMPLES", "40")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("each run")

gc.freeze()  # what is imported stays
gc.set_threshold(200_000, 50, 100)  # and looking through thousands of tests for rubbish takes long


def pytest_xdist_auto_num_workers() -> int:
    """Return twice the processors: many tests wait for a program in a terminal of its own."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def no_journal_of_the_developer(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Keep every test away from the journal, the clipboard and the settings of whoever runs it.

    Making a folder for each of thousands of tests takes longer than the tests: one that has none
    of its own gets a place where there is nothing.
    """
    if "tmp_path" in request.fixturenames:
        place: Path = request.getfixturevalue("tmp_path")
    else:
        place = tmp_path_factory.getbasetemp() / "nobody"
    monkeypatch.setenv("HOME", str(place / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(place / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(place / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(place / "config"))
    for variable in (
        JOURNAL_VARIABLE,
        "EDITOR",
        "VISUAL",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "TMUX",
        "SSH_CONNECTION",
        "COLORFGBG",
        "LC_ALL",
        "LC_TIME",
    ):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")  # weeks begin on Monday
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A journal in a temporary folder with a clock that stands still."""
    made = Bench(tmp_path)
    yield made
    made.close()
