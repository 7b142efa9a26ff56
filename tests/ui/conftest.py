"""What the tests of the screen share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing wait for the disk: what survives a power cut is tested elsewhere."""
    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, lambda descriptor: None, raising=False)


@pytest.fixture(autouse=True)
def nobody_looks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw only what a test reads: frames that go nowhere take a quarter of the time."""

    def drop(compositor: Compositor, *args: object, **kwargs: object) -> None:
        compositor._dirty_regions.clear()

    monkeypatch.setattr(Compositor, "render_update", drop)


PARSED: dict[object, object] = {}
"""Style sheets that an earlier test has parsed, by their text and all that decides how it reads."""


@pytest.fixture(autouse=True)
def styles_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse each style sheet once, not once for each app."""
    parse = Stylesheet._parse_rules

    def recall(sheet: Stylesheet, *args: object, **kwargs: object) -> object:
        key = (args, tuple(kwargs.items()), tuple(sheet._variables.items()))
        if key not in PARSED:
            PARSED[key] = parse(sheet, *args, **kwargs)  # type: ignore[arg-type]
        return PARSED[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", recall)


@pytest.fixture
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the writer look often for what other programs changed, and try again soon."""
    monkeypatch.setattr("tui.store.writer.LOOK_EVERY", 0.03)


@pytest.hookimpl(tryfirst=True)  # before pytest leaves out what is not asked for
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave all but two of many variations to the sweep."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    alike: dict[tuple[Path, str], list[pytest.Item]] = {}
    for item in here:
        alike.setdefault((item.path, item.name.partition("[")[0]), []).append(item)
    for variations in alike.values():
        for item in variations[1:-1]:
            item.add_marker(pytest.mark.sweep)
