"""Every way out: asked to end, hung up, quit, broken. No word is lost, the terminal is clean."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import (
    ALT_SCREEN_OFF,
    ALT_SCREEN_ON,
    CURSOR_SHOWN,
    MOUSE_OFF,
    MOUSE_ON,
    PASTE_OFF,
    fill,
    has_line,
    listen,
    listen_to_dana,
    wait_until,
    write_line,
)

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

NOTE = "a word that was written"
HALF = "a word that was on its w"
CANARY = "canary 7f3a sings of private things"


def is_off(written: bytes, *pairs: tuple[bytes, bytes]) -> bool:
    """Return whether each thing that was switched on was switched off after that."""
    return all(0 <= written.rfind(on) < written.rfind(off) for on, off in pairs)


def assert_terminal_is_clean(terminal: Terminal) -> None:
    written = terminal.received
    assert is_off(written, (ALT_SCREEN_ON, ALT_SCREEN_OFF))
    assert is_off(written, *zip(MOUSE_ON, MOUSE_OFF, strict=True))
    assert is_off(written, (b"\x1b[?2004h", PASTE_OFF), (b"\x1b[?25l", CURSOR_SHOWN))


def with_a_note_and_a_half(house: House) -> Terminal:
    """Write a note, and half a line that is seen on the screen and nothing else."""
    terminal = listen_to_dana(house)
    write_line(terminal, f'"{NOTE}')
    terminal.type(f"!{HALF}")
    terminal.wait_for("! need │", HALF)
    return terminal


def assert_all_is_back(house: House) -> None:
    """Open the app again: the note is there, and the half-typed line where it was."""
    again = house.open()
    listen(again)
    again.wait_for(lambda text: has_line(text, "! need │", HALF), NOTE)
    again.press("ctrl+q")
    assert again.wait_exit() == 0
    assert house.notes() == [NOTE]


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["SIGTERM", "SIGHUP"]
)
def test_a_signal_that_asks_to_end(house: House, number: signal.Signals, code: int) -> None:
    desk = with_a_note_and_a_half(house)
    desk.signal(number)
    assert desk.wait_exit() == code
    assert_terminal_is_clean(desk)
    assert_all_is_back(house)


def test_the_window_is_closed(house: House) -> None:
    desk = with_a_note_and_a_half(house)
    desk.hang_up()
    assert desk.wait_exit() in (129, 120)  # 120: Python could not flush to what is gone
    assert_all_is_back(house)


def test_quit(house: House) -> None:
    desk = with_a_note_and_a_half(house)
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0
    assert_terminal_is_clean(desk)
    assert_all_is_back(house)


def test_a_half_filled_form_survives_the_end(house: House) -> None:
    desk = house.open(rows=40)
    desk.wait_for("A one-to-one begins with a person")
    desk.press("n")
    desk.wait_for("Somebody new")
    fill(desk, Name="Dana Okafor", Role="staff engineer")
    desk.signal(signal.SIGTERM)
    assert desk.wait_exit() == 143
    again = house.open(rows=40)
    again.wait_for("A one-to-one begins with a person")
    again.press("n")
    again.wait_for("Dana Okafor", "staff engineer", "still here")


def test_quitting_in_the_same_breath_as_enter(house: House) -> None:
    desk = listen_to_dana(house)
    desk.type(f'"{NOTE}\r\x11')
    assert desk.wait_exit() == 0
    assert kept_somewhere(house, NOTE)


def kept_somewhere(house: House, text: str) -> bool:
    """Return whether a text is a note on disk, or comes back as the line being typed."""
    if text in house.notes():
        return True
    again = listen_to_dana(house)
    return has_line(again.text, "│", text)


def test_stopped_and_gone_on(house: House) -> None:
    desk = with_a_note_and_a_half(house)
    desk.signal(signal.SIGTSTP)
    desk.wait_for_bytes(ALT_SCREEN_OFF)
    wait_until(desk.is_stopped, "the app is stopped")
    house.run("note", "dana", "! said meanwhile")
    desk.signal(signal.SIGCONT)
    desk.wait_for(NOTE, "said meanwhile")
    desk.wait_for(lambda text: has_line(text, "! need │", HALF))
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0
    assert_terminal_is_clean(desk)


# -- a fault of our own ------------------------------------------------------------------------

BROKEN = """\
import sys
from tui.screens.listen import ListenScreen

def broken(self, *arguments):
    private = [note.text for note in self.notebook.page(self.one_id).notes]
    raise RuntimeError(f"it broke over {{private}}")

ListenScreen.{method} = broken

from tui.cli import main
sys.exit(main())
"""


@pytest.mark.parametrize(
    ("method", "key"),
    [("action_listen_clock", "ctrl+g"), ("show_body", "f4"), ("show_line", "x")],
)
def test_a_fault_of_our_own_tells_nothing(
    house: House, tmp_path: Path, method: str, key: str
) -> None:
    desk = listen_to_dana(house)
    write_line(desk, f"?{CANARY}")
    desk.press("ctrl+q")
    desk.wait_exit()
    script = tmp_path / "broken.py"
    script.write_text(BROKEN.format(method=method))

    desk = house.open_program(sys.executable, str(script))
    desk.wait_for("Dana Okafor")
    desk.press("l")
    if method == "action_listen_clock":
        desk.wait_for(CANARY)
        desk.press(key)
    code = desk.wait_exit()

    assert code not in (0, 143, 129)
    assert_terminal_is_clean(desk)
    said = desk.received.rpartition(ALT_SCREEN_OFF)[2].decode()
    assert "fault of its own" in said
    assert CANARY not in said
    assert "canary" not in said
    assert house.notes() == [CANARY]
    state = Path(house.place.state)
    told = [
        p
        for p in state.rglob("*")
        if p.is_file() and p.name != "acts.jsonl" and "canary" in p.read_text(errors="replace")
    ]
    assert told == []


BROKEN_WRITER = """\
import sys
from tui.store.folder import JournalFolder

def broken(self, *arguments, **more):
    raise RuntimeError("it broke")

JournalFolder.{method} = broken

from tui.cli import main
sys.exit(main())
"""


@pytest.mark.parametrize("method", ["write", "poll", "sweep"])
def test_a_fault_of_the_writer_loses_nothing(house: House, tmp_path: Path, method: str) -> None:
    house.run("people", "add", "Dana Okafor")
    script = tmp_path / "broken.py"
    script.write_text(BROKEN_WRITER.format(method=method))
    desk = house.open_program(sys.executable, str(script))
    listen(desk)
    for line in ("first", "second"):
        desk.type(f'"{line}')
        desk.wait_for(f"│ {line}")
        desk.press("enter")
        desk.wait_for(f"“{line}”")
    desk.type(f"!{HALF}")
    desk.wait_for("! need │", HALF)
    desk.press("ctrl+q")
    code = desk.wait_exit()
    assert code == 1 or method != "write"  # it says that it could not file

    again = house.open()
    listen(again)
    again.wait_for("“first”", "“second”", HALF)
