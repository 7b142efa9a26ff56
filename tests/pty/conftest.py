"""A house of its own for every test that drives the real program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.pty.clock import Clock
    from tests.pty.driver import House

if sys.platform == "win32":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A person's home with an empty journal."""
    from tests.pty.driver import house_in

    folder = tmp_path / "house"
    folder.mkdir()
    with house_in(folder) as made:
        yield made


@pytest.fixture
def clock(house: House) -> Clock:
    """A clock that can be set."""
    from tests.pty.clock import Clock

    return Clock(house)
