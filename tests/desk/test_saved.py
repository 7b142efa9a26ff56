"""The file a text is in while nobody knows whether it was copied: whole, private, soon gone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.builders import Bench
from tui.desk.saved import RESCUE_NAME, remove_saved, rescue_copy

TEXT = "Canary: merci José, “quiet mornings” 🌱\nI will:\n  send the book by Friday"


def mode(path: Path) -> int:
    """Return the permission bits of `path`."""
    return stat.S_IMODE(path.lstat().st_mode)


def test_a_rescue_copy_is_whole_and_private(tmp_path: Path) -> None:
    """The file is for the manager's eyes, even where the umask is careless."""
    before = os.umask(0)
    try:
        path = rescue_copy(TEXT, tmp_path / "rescue")
    finally:
        os.umask(before)
    assert path == tmp_path / "rescue" / RESCUE_NAME
    assert path.read_bytes() == TEXT.encode()
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_a_rescue_copy_replaces_an_earlier_one(tmp_path: Path) -> None:
    """Only the latest is kept, private even if the earlier one was not."""
    rescue_copy("earlier " * 100, tmp_path).chmod(0o644)
    path = rescue_copy("a\r\nb \udcff", tmp_path)
    assert path.read_bytes() == b"a\r\nb ?"
    assert mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_rescue_copy_does_not_follow_a_link(tmp_path: Path) -> None:
    """A link laid in its place cannot make us overwrite another file."""
    other = tmp_path / "other"
    other.write_text("untouched")
    folder = tmp_path / "rescue"
    folder.mkdir()
    (folder / RESCUE_NAME).symlink_to(other)
    path = rescue_copy(TEXT, folder)
    assert not path.is_symlink()
    assert other.read_text() == "untouched"


def test_a_rescue_copy_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """Half a copy of a private text is worse than none."""
    (tmp_path / RESCUE_NAME).mkdir()
    with pytest.raises(OSError, match=RESCUE_NAME):
        rescue_copy(TEXT, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [RESCUE_NAME]


# -- it goes at the next start -----------------------------------------------------------------


def test_it_goes_when_the_app_is_opened_again(bench: Bench) -> None:
    state = Path(bench.place.state)
    path = rescue_copy(TEXT, state)
    bench.for_app()
    assert not path.exists()


def test_commands_leave_it_alone(bench: Bench) -> None:
    """It was told of a moment ago, perhaps by the command before."""
    path = rescue_copy(TEXT, Path(bench.place.state))
    bench.notebook()
    assert path.read_text() == TEXT


def test_it_stays_while_another_window_may_point_at_it(bench: Bench) -> None:
    _, first = bench.for_app()
    first.start(lambda reply: None)
    path = rescue_copy(TEXT, Path(bench.place.state))
    bench.for_app()
    assert path.exists()


def test_what_was_changed_by_hand_stays(bench: Bench) -> None:
    path = rescue_copy(TEXT, Path(bench.place.state))
    path.write_text(f"{TEXT} and a word of mine")
    bench.for_app()
    assert path.read_text() == f"{TEXT} and a word of mine"


def test_what_was_renamed_stays(bench: Bench) -> None:
    path = rescue_copy(TEXT, Path(bench.place.state))
    kept = path.rename(path.with_name("kept.md"))
    bench.for_app()
    assert kept.read_text() == TEXT


@pytest.mark.parametrize("kind", ["link", "folder", "nothing"])
def test_nothing_else_of_that_name_is_touched(tmp_path: Path, kind: str) -> None:
    other = rescue_copy(TEXT, tmp_path / "other")
    place = tmp_path / RESCUE_NAME
    if kind == "link":
        place.symlink_to(other)
    elif kind == "folder":
        place.mkdir()
    remove_saved(str(tmp_path))
    assert other.read_text() == TEXT
    assert kind == "nothing" or place.is_symlink() or place.is_dir()


def test_the_next_text_does_not_go_over_what_was_changed_by_hand(tmp_path: Path) -> None:
    for word in ("one", "two"):
        rescue_copy(TEXT, tmp_path).write_text(f"mine, number {word}")
    path = rescue_copy(TEXT, tmp_path)
    assert path.read_text() == TEXT
    assert sorted(p.read_text() for p in tmp_path.iterdir() if p != path) == [
        "mine, number one",
        "mine, number two",
    ]


def test_a_file_system_that_is_coarse_keeps_it(tmp_path: Path) -> None:
    """Where times are kept to the second, ours and a changed one look alike: nothing is removed."""
    path = rescue_copy(TEXT, tmp_path)
    second = path.stat().st_mtime_ns // 1_000_000_000 * 1_000_000_000
    os.utime(path, ns=(second, second))
    remove_saved(str(tmp_path))
    assert path.exists()
