"""What is typed at a terminal survives ctrl+c, whenever that comes."""

from __future__ import annotations

import io
import os
import select
import signal
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tui.shell.keyboard import Keyboard

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")


class Desk:
    """A keyboard at a terminal, and the hands that type."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._hands, slave = os.openpty()
        self._stdin = os.fdopen(slave, encoding="utf-8")
        monkeypatch.setattr("sys.stdin", self._stdin)
        self.keyboard = Keyboard()
        self.keyboard.open()

    def type(self, text: str) -> None:
        """Type something, and see it arrive: a terminal shows what it has taken."""
        os.write(self._hands, text.encode())
        shown, wanted = b"", text.replace("\n", "\r\n").encode()
        while len(shown) < len(wanted):
            shown += os.read(self._hands, 4096)
        assert shown == wanted

    def end(self) -> None:
        """Press ctrl+d."""
        os.write(self._hands, b"\x04")

    def close(self) -> None:
        self.keyboard.close()
        self._stdin.close()
        os.close(self._hands)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk(monkeypatch)
    yield made
    made.close()


def test_line_by_line(desk: Desk) -> None:
    desk.type("one\ntwö\n")
    assert [desk.keyboard.read_line(), desk.keyboard.read_line()] == ["one\n", "twö\n"]
    desk.end()
    assert desk.keyboard.read_line() == ""


def test_ctrl_c_waits_for_what_is_being_done(desk: Desk) -> None:
    desk.type("one\n")
    assert desk.keyboard.read_line() == "one\n"
    signal.raise_signal(signal.SIGINT)
    desk.type("~ half")
    with pytest.raises(KeyboardInterrupt):
        desk.keyboard.read_line()
    assert desk.keyboard.begun() == "~ half"


def test_the_second_time_it_does_not_wait(desk: Desk) -> None:
    signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_whole_lines_that_came_along_are_not_lost(desk: Desk) -> None:
    signal.raise_signal(signal.SIGINT)
    desk.type("two\n~ half")
    with pytest.raises(KeyboardInterrupt):
        desk.keyboard.read_line()
    assert desk.keyboard.begun() == "two\n~ half"


def test_a_line_that_ctrl_d_ended_is_a_line(desk: Desk) -> None:
    desk.type("no end")
    desk.end()
    desk.end()
    assert desk.keyboard.read_line() == "no end"


def test_what_ctrl_d_has_handed_over_is_not_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.type("~ ha")
    desk.end()
    wait, count = select.select, iter(range(9))

    def wait_once(*streams: Any) -> Any:
        if next(count) == 1:
            desk.type("lf")
            raise KeyboardInterrupt
        return wait(*streams)

    monkeypatch.setattr("select.select", wait_once)
    with pytest.raises(KeyboardInterrupt):
        desk.keyboard.read_line()
    assert desk.keyboard.begun() == "~ half"


def test_afterwards_ctrl_c_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    known = signal.getsignal(signal.SIGINT)
    made = Desk(monkeypatch)
    assert signal.getsignal(signal.SIGINT) != known
    made.close()
    assert signal.getsignal(signal.SIGINT) == known


def test_what_is_no_terminal_is_read_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("one\ntwo"))
    keyboard = Keyboard()
    keyboard.open()
    assert not keyboard.is_terminal
    assert [keyboard.read_line() for _ in range(3)] == ["one\n", "two", ""]
    assert keyboard.begun() == ""
    keyboard.close()
