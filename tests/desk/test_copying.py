"""What the user hears of copying is what is known, and the text is never lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.builders import HOSTILE
from tui.desk import copying
from tui.desk.clipboard import Clipboard, CopyResult, Outcome
from tui.desk.copying import copy_text
from tui.desk.saved import RESCUE_NAME
from tui.domain.ours import Outbound

TEXT = Outbound("Thank you, Dana.\n\nI will\n- send the book\n")


class Told(Clipboard):
    """A clipboard that says what it is told to say."""

    def __init__(self, outcome: Outcome, how: str = "", detail: str = "") -> None:
        self._result = CopyResult(outcome, how, detail)
        self.taken: list[str] = []

    def copy(self, text: str) -> CopyResult:
        self.taken.append(text)
        return self._result


def test_copied_is_said_only_when_it_was_read_back(tmp_path: Path) -> None:
    clipboard = Told(Outcome.VERIFIED, "xclip")
    copied = copy_text(clipboard, TEXT, str(tmp_path / "state"))
    assert clipboard.taken == [TEXT]
    assert copied.outcome is Outcome.VERIFIED
    assert "Copied 4 lines" in copied.sentence
    assert "checked" in copied.sentence
    assert "xclip" in copied.sentence
    assert copied.path == ""
    assert not (tmp_path / "state").exists(), "no copy of what was said lies about needlessly"


def test_one_line_is_one_line(tmp_path: Path) -> None:
    assert (
        "1 line "
        in copy_text(Told(Outcome.VERIFIED, "x"), Outbound("said\n"), str(tmp_path)).sentence
    )


@pytest.mark.parametrize(
    "clipboard",
    [
        Told(Outcome.SENT, "the terminal"),
        Told(Outcome.SENT, "tmux", "xclip did not answer in time"),
        Told(Outcome.FAILED),
        Told(Outcome.FAILED, "", "xclip gave back something else"),
    ],
    ids=["sent", "sent, in doubt", "no clipboard", "failed"],
)
def test_in_doubt_the_text_is_in_a_private_file_that_is_named(
    clipboard: Told, tmp_path: Path
) -> None:
    copied = copy_text(clipboard, TEXT, str(tmp_path / "state"))
    path = Path(copied.path)
    assert path == tmp_path / "state" / RESCUE_NAME
    assert path.read_text("utf-8") == TEXT
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert copied.path in copied.sentence
    assert "Copied" not in copied.sentence
    assert "checked)" not in copied.sentence


def test_what_went_wrong_is_said(tmp_path: Path) -> None:
    detail = "xclip gave back something else"
    assert detail in copy_text(Told(Outcome.FAILED, "", detail), TEXT, str(tmp_path)).sentence
    assert "no clipboard here" in copy_text(Told(Outcome.FAILED), TEXT, str(tmp_path)).sentence


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_in_the_file_and_never_in_the_sentence(text: str, tmp_path: Path) -> None:
    copied = copy_text(Told(Outcome.FAILED), Outbound(text), str(tmp_path))
    assert Path(copied.path).read_bytes() == text.encode("utf-8", "replace")
    assert copied.sentence.removesuffix(copied.path).isprintable()


def test_the_last_copy_replaces_the_one_before(tmp_path: Path) -> None:
    for text in ("first\n", "second\n"):
        copied = copy_text(Told(Outcome.FAILED), Outbound(text), str(tmp_path))
    assert Path(copied.path).read_text() == "second\n"
    assert [path.name for path in tmp_path.iterdir()] == [RESCUE_NAME]


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("theirs")
    (tmp_path / RESCUE_NAME).symlink_to(other)
    copied = copy_text(Told(Outcome.FAILED), TEXT, str(tmp_path))
    assert other.read_text() == "theirs"
    assert not Path(copied.path).is_symlink()


@pytest.mark.parametrize("outcome", [Outcome.SENT, Outcome.FAILED])
def test_neither_clipboard_nor_file(tmp_path: Path, outcome: Outcome) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    copied = copy_text(Told(outcome, "tmux", "no answer"), TEXT, str(tmp_path / "state"))
    assert copied.path == ""
    assert str(tmp_path / "state") in copied.sentence
    assert "The text is in" not in copied.sentence
    if outcome is Outcome.FAILED:
        assert copied.sentence.startswith("Not copied")


def test_what_was_sent_is_not_called_failed_because_no_file_could_be_written(
    tmp_path: Path,
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    copied = copy_text(Told(Outcome.SENT, "tmux"), TEXT, str(tmp_path / "state"))
    assert copied.outcome is Outcome.SENT


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(text: str, folder: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(copying, "rescue_copy", full)
    copied = copy_text(Told(Outcome.FAILED), TEXT, str(tmp_path))
    assert os.strerror(errno.ENOSPC) in copied.sentence
    assert copied.outcome is Outcome.FAILED
