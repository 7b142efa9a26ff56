"""What is on the screen before Textual is loaded: what home then shows, and it takes no key."""

from __future__ import annotations

import signal
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
import pytest

from tests.pty.demo import with_demo
from tests.pty.driver import ALT_SCREEN_OFF, ALT_SCREEN_ON, CURSOR_SHOWN, wait_until

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

TEXTUAL = b"\x1b[?1000h"
"""The first thing Textual writes where the screen is taken over."""


def early(terminal: Terminal) -> pyte.Screen:
    """Return the screen as it was before Textual wrote anything."""
    painted = pyte.Screen(terminal.columns, terminal.rows)
    written = terminal.received.partition(TEXTUAL)[0]
    pyte.ByteStream(painted).feed(written)
    return painted


def looks(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """Return what each cell looks like; the colour of a blank's ink does not show."""
    return [
        [
            (cell.data, cell.bg, *((cell.fg, cell.bold, cell.italics) if cell.data.strip() else ()))
            for cell in (screen.buffer[y][x] for x in range(screen.columns))
        ]
        for y in range(screen.lines)
    ]


def assert_nothing_jumps(terminal: Terminal, *shown: str) -> None:
    """Wait for the real frame; the first paint said all of this, and every cell of it stands."""
    terminal.wait_for("F1 help", *shown)
    assert "▌" in terminal.text, "the first frame has the highlight already"
    painted = early(terminal)
    text = "\n".join(painted.display)
    assert all(words in text for words in shown), text
    before, after = looks(painted), looks(terminal.drawn())
    last = max(y for y, line in enumerate(painted.display) if "▌" in line or line.strip(" │"))
    width = min(terminal.columns - (45 if terminal.columns >= 110 else 1), 109)
    for y in range(last + 1):
        assert before[y][:width] == after[y][:width], (y, painted.display[y])
    for y, line in enumerate(before):
        for x, cell in enumerate(line):
            assert str(cell[0]).strip() == "" or cell == after[y][x], (y, x)
    assert terminal.received.count(ALT_SCREEN_ON) == 1


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 20), (120, 40), (50, 15), (200, 60)])
@pytest.mark.parametrize("is_known", [True, False], ids=["glance", "journal"])
def test_the_first_paint_is_what_home_shows(
    house: House, columns: int, rows: int, is_known: bool
) -> None:
    with_demo(house)
    if is_known:
        house.run("due")
    terminal = house.open(columns=columns, rows=rows)
    assert_nothing_jumps(terminal, "alongside", "you owe 4", "Priya Nair", "overdue 5 days")


def test_names_of_other_scripts_stand_where_the_frame_has_them(house: House) -> None:
    for name in ("山田 花子", "Михаил Лебедев", "Zoë Ångström", "\u202egnp.exe"):
        house.run("people", "add", name)
    house.run("due")
    terminal = house.open()
    assert_nothing_jumps(terminal, "Михаил Лебедев", "Zoë Ångström")
    assert "花子" in "".join(early(terminal).display)
    assert "gnp.exe" not in "".join(early(terminal).display), "nobody is sure of that"


@pytest.mark.parametrize(
    "environ",
    [
        {"NO_COLOR": "1"},
        {"COLORFGBG": "0;15"},
        {"COLORTERM": ""},
        {"COLORTERM": "", "NO_COLOR": "", "COLORFGBG": "0;15"},
    ],
    ids=["no colour", "light", "256 colours", "256 greys"],
)
def test_it_is_in_the_colours_of_the_frame(house: House, environ: dict[str, str]) -> None:
    with_demo(house)
    assert_nothing_jumps(house.open(environ=environ), "Priya Nair", "you owe 4")


@pytest.mark.parametrize("look", ['theme = "alongside-light"', 'background = "terminal"'])
def test_it_follows_the_settings(house: House, look: str) -> None:
    with_demo(house)
    settings(house, look)
    assert_nothing_jumps(house.open(), "Priya Nair", "you owe 4")


def test_a_theme_of_textual_is_remembered(house: House) -> None:
    with_demo(house)
    settings(house, 'theme = "nord"')
    terminal = house.open()
    terminal.wait_for("Priya Nair", "F1 help")
    assert not "".join(early(terminal).display).strip(), "nobody knew its colours yet"
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert_nothing_jumps(house.open(), "Priya Nair", "you owe 4")


def settings(house: House, look: str) -> None:
    folder = house.home / ".config" / "alongside"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(f"[look]\n{look}\n")


def test_the_demo_is_painted_too(house: House) -> None:
    assert_nothing_jumps(house.open("demo"), "alongside  demo", "Priya Nair")


# -- meanwhile -----------------------------------------------------------------------------


def painted(house: House, *arguments: str, **environ: str) -> Terminal:
    """Start the app and hold it still once the first paint is there."""
    terminal = house.open(*arguments, environ=environ)
    wait_until(lambda: "alongside" in terminal.received_text, "the first paint")
    terminal.signal(signal.SIGSTOP)
    wait_until(terminal.is_stopped, "it stands still")
    assert TEXTUAL not in terminal.received, "Textual was quicker than this test"
    return terminal


def test_keys_typed_meanwhile_arrive_in_order_and_are_not_echoed(house: House) -> None:
    with_demo(house)
    terminal = painted(house)
    terminal.type("nZora Early")
    terminal.press("backspace")
    terminal.signal(signal.SIGCONT)
    terminal.wait_for("Somebody new", "Zora Earl")
    assert b"nZora" not in terminal.received.partition(TEXTUAL)[0]
    terminal.press("y", "enter")
    terminal.wait_for("Zora Early", without="Somebody new")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_meanwhile_leaves_the_terminal_as_it_was(
    house: House, number: signal.Signals
) -> None:
    with_demo(house)
    before = house.open_program("sleep", "60").modes()
    terminal = painted(house)
    assert terminal.modes() != before
    terminal.signal(number)
    terminal.signal(signal.SIGCONT)
    assert terminal.wait_exit() == 128 + number
    assert_given_back(terminal, before)


def test_the_app_gives_the_terminal_back_as_it_was_before_the_paint(house: House) -> None:
    before = house.open_program("sleep", "60").modes()
    terminal = house.open()
    terminal.wait_for("F1 help")
    terminal.press("ctrl+z")
    wait_until(terminal.is_stopped, "it is stopped")
    assert_given_back(terminal, before)
    terminal.signal(signal.SIGCONT)
    terminal.wait_for("F1 help")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.modes() == before


def test_ctrl_c_meanwhile_ends_it(house: House) -> None:
    with_demo(house)
    terminal = painted(house)
    terminal.press("ctrl+c")
    terminal.signal(signal.SIGCONT)
    assert terminal.wait_exit() == 130
    assert_given_back(terminal)


@pytest.mark.parametrize("name", ["textual", "tui.app"])
def test_what_breaks_meanwhile_is_said_on_the_screen_one_was_on(
    house: House, tmp_path: Path, name: str
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import sys\n"
        "class Broken:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {name!r}:\n"
        "            raise RuntimeError('private')\n"
        "sys.meta_path.insert(0, Broken())\n"
    )
    with_demo(house)
    path = f"{broken}:{house.environ['PYTHONPATH']}"
    terminal = house.open(environ={"PYTHONPATH": path})
    assert terminal.wait_exit() == 1
    assert_given_back(terminal)
    said = terminal.received.partition(ALT_SCREEN_OFF)[2]
    assert b"RuntimeError" in said
    assert b"private" not in said


def test_a_journal_that_cannot_be_opened_is_said_there_too(house: House) -> None:
    with_demo(house)
    state = Path(house.place.state)
    state.rename(state.with_name("moved"))
    state.write_text("in the way")
    terminal = house.open()
    assert terminal.wait_exit() == 1
    assert_given_back(terminal)
    assert b"alongside: " in terminal.received.partition(ALT_SCREEN_OFF)[2]


def assert_given_back(terminal: Terminal, before: list[object] | None = None) -> None:
    written = terminal.received
    assert written.count(ALT_SCREEN_ON) == written.count(ALT_SCREEN_OFF) == 1
    assert written.rfind(ALT_SCREEN_ON) < written.rfind(ALT_SCREEN_OFF)
    assert written.rfind(b"\x1b[?25l") < written.rfind(CURSOR_SHOWN)
    modes = terminal.modes()
    line_flags = modes[3]
    assert isinstance(line_flags, int)
    assert line_flags & termios.ECHO
    assert line_flags & termios.ICANON
    assert before is None or modes == before
