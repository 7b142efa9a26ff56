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


IN_EVERY_RUN = {
    "test_the_whole_walk",
    "test_what_says_saved_survives_a_kill",
    "test_a_half_typed_line_survives_a_kill",
    "test_a_promise_is_typed_once",
    "test_a_signal_that_asks_to_end",
    "test_the_window_is_closed",
    "test_quit",
    "test_quitting_in_the_same_breath_as_enter",
    "test_two_windows_show_each_other",
    "test_a_note_from_the_command_line_appears",
    "test_the_disk_of_the_journal_is_full",
    "test_the_journal_is_moved_away_and_back",
    "test_a_card_is_dragged_to_another_column",
    "test_what_is_sent_to_the_terminal_is_the_text",
    "test_lines_of_several_kinds",
    "test_hostile_text_is_pasted_and_kept_whole",
    "test_last_time_and_all_before",
    "test_keys_typed_meanwhile_arrive_in_order_and_are_not_echoed",
    "test_the_demo_is_painted_too",
    "test_own_keys_count_and_are_named_wherever_keys_are",
}
"""One of each sort. A real program in a real terminal takes a second; the sweep takes the rest."""


@pytest.hookimpl(tryfirst=True)  # before pytest leaves out what is not asked for
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to the sweep what is not in every run."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        if item.name.partition("[")[0] not in IN_EVERY_RUN:
            item.add_marker(pytest.mark.sweep)


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
