"""Real processes: pipes that close, full disks, terminals, signals, other encodings."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builders import HOSTILE
from tests.cli.running import run, shell
from tui import __version__

if TYPE_CHECKING:
    from tests.pty.driver import House, Terminal

if sys.platform != "win32":
    from tests.pty.driver import TerminalError

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")


@pytest.fixture
def with_dana(house: House) -> House:
    """A home with Dana in its journal."""
    result = run(house, "people", "add", "Dana Okafor")
    assert result.code == 0, result
    return house


# -- pipes ---------------------------------------------------------------------------------


def test_a_session_of_real_processes(house: House) -> None:
    assert run(house, "people", "add", "Dana Okafor", "--every", "2 weeks").code == 0
    assert run(house, "note", "dana", stdin=b"> send the book by fri\n! quiet\n ok\n").code == 0
    assert "you owe 1" in run(house, "people").out
    assert "send the book" in run(house, "follow-ups").out
    result = run(house, "summary", "dana")
    assert (result.code, result.err) == (0, "")
    assert "- quiet\n" in result.out
    assert house.notes() == ["quiet\nok"]


@pytest.mark.parametrize("verb", ["people", "follow-ups", "follow-ups --json", "summary dana"])
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
def test_a_reader_that_goes_away_is_no_fault(with_dana: House, verb: str, unbuffered: str) -> None:
    text = "> promise\n" + "".join(f" line number {number}\n" for number in range(10_000))
    assert run(with_dana, "note", "dana", stdin=text.encode()).code == 0
    script = f"$alongside {verb} | head -1; echo ${{PIPESTATUS[0]}} >&2"
    result = shell(with_dana, script, PYTHONUNBUFFERED=unbuffered)
    assert len(result.lines) == 1
    assert result.err == "0\n"


@pytest.mark.parametrize(
    ("verb", "unbuffered"),
    [
        ("people", ""),
        ("people", "1"),
        ("where", ""),
        ("where", "1"),
        ("--help", "1"),
        pytest.param("--help", ""),
        pytest.param("--version", ""),
        pytest.param("--version", "1"),
    ],
)
def test_a_reader_that_has_gone_already_is_no_fault(
    with_dana: House, verb: str, unbuffered: str
) -> None:
    # Descriptor 3 is the writing end of a pipe nobody reads.
    script = f"exec 3> >(exec true); wait $!; $alongside {verb} >&3; echo $? >&2"
    result = shell(with_dana, script, PYTHONUNBUFFERED=unbuffered)
    assert result.err == "0\n"


def test_every_line_is_kept_even_if_nobody_hears_that_it_is(with_dana: House) -> None:
    script = (
        "exec 3> >(exec true); wait $!; "
        "printf '%s\\n' one two three | $alongside note dana 2>&3; echo $? >&2"
    )
    shell(with_dana, script)
    assert with_dana.notes() == ["one", "two", "three"]


@needs_linux
def test_every_line_is_kept_even_if_it_cannot_be_said(with_dana: House) -> None:
    shell(with_dana, "printf '%s\\n' one two three | $alongside note dana 2>/dev/full")
    assert with_dana.notes() == ["one", "two", "three"]


@needs_linux
@pytest.mark.parametrize("verb", ["people", "--version", "--help", "where", "summary dana"])
def test_a_full_disk_below_stdout_is_said_in_a_sentence(with_dana: House, verb: str) -> None:
    run(with_dana, "note", "dana", "hello")
    result = shell(with_dana, f"$alongside {verb} >/dev/full")
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
    assert result.is_clean()


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("$alongside people >&-"),
        pytest.param("$alongside note dana hello >&-"),
        "$alongside note dana hello 2>&-",
        "$alongside note dana hello <&-",
    ],
)
def test_a_stream_that_is_closed_is_no_fault(with_dana: House, script: str) -> None:
    result = shell(with_dana, script)
    assert result.code == 0, result
    assert result.is_clean()


@pytest.mark.parametrize("script", ["$alongside note dana <&-", "$alongside <&-"])
def test_a_stream_that_is_closed_but_needed_is_a_usage_error(with_dana: House, script: str) -> None:
    result = shell(with_dana, script)
    assert result.code == 2
    assert result.is_clean()


# -- other encodings -----------------------------------------------------------------------

ENCODINGS = {
    "C": {"LC_ALL": "C"},
    "C without UTF-8 mode": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ASCII": {"PYTHONIOENCODING": "ascii"},
    "Latin-1": {"PYTHONIOENCODING": "latin-1"},
}


@pytest.mark.parametrize("environ", ENCODINGS.values(), ids=ENCODINGS)
def test_a_terminal_that_cannot_show_it_does_not_stop_it(
    house: House, environ: dict[str, str]
) -> None:
    house.environ |= environ | {"LANG": ""}
    script = (
        "$alongside people add 'Ana García' --every '2 weeks' --role '日本語' && "
        "printf '%s\\n' '“quiet” — 🌱' '> añadir pronto by fri' | $alongside note ana && "
        "$alongside people && $alongside people --json && $alongside follow-ups && "
        "$alongside summary ana && $alongside note --help && $alongside --help && "
        "$alongside people add"
    )
    result = shell(house, f"({script}) 2>&1 | LC_ALL=C tr -d '\\200-\\377'")
    assert result.is_clean(), result
    assert "Ana Garc" in result.out
    assert "alongside people add: error" in result.out, "all of it was run"
    assert house.notes() == ["“quiet” — 🌱"], "what is kept does not depend on what can be shown"


def test_arguments_that_are_not_utf_8(with_dana: House) -> None:
    result = shell(with_dana, "$alongside note dana $'caf\\xe9 noir'; $alongside note $'d\\xe9' x")
    assert result.code == 3
    assert result.is_clean()
    (text,) = with_dana.notes()
    assert re.fullmatch("caf. noir", text)


def test_hostile_text_through_real_pipes(with_dana: House) -> None:
    for number, text in enumerate(HOSTILE):
        data = f"note {number}: ".encode() + text.encode("utf-8", "surrogatepass")
        result = run(with_dana, "note", "dana", stdin=data)
        assert result.code == 0
        assert result.is_clean(), text
    result = run(with_dana, "summary", "dana")
    assert result.is_clean()
    for number in range(len(HOSTILE)):
        assert f"note {number}: " in result.out


# -- the app without a terminal --------------------------------------------------------------


@pytest.mark.parametrize("arguments", [(), ("demo",), ("--journal", "x")], ids=" ".join)
def test_the_app_needs_a_terminal(house: House, arguments: tuple[str, ...]) -> None:
    result = run(house, *arguments)
    assert result.code == 2
    assert result.out == ""
    assert "terminal" in result.err
    assert len(result.err.splitlines()) == 1
    assert not any(house.home.iterdir()), "and nothing was made"
    assert not list(house.folder.glob("alongside-demo-*"))


def test_the_demo_can_be_checked_anywhere(house: House) -> None:
    result = run(house, "demo", "--check")
    assert (result.code, result.err) == (0, "")
    assert re.search(r"6 people, \d+ one-to-ones, \d+ follow-ups", result.out)
    assert not any(house.home.iterdir()), "it leaves nothing behind"
    assert not list(house.folder.glob("alongside-demo-*"))


@pytest.mark.parametrize("environ", [{}, {"LC_ALL": "C", "NO_COLOR": "1", "TERM": "dumb"}])
def test_the_version_and_the_help(house: House, environ: dict[str, str]) -> None:
    result = run(house, "--version", environ=environ)
    assert result == (0, f"alongside {__version__}\n", "")
    result = run(house, "--help", environ=environ)
    assert (result.code, result.err) == (0, "")


# -- the prompt ----------------------------------------------------------------------------


def prompt(house: House) -> Terminal:
    """Start a note whose lines are asked for."""
    terminal = house.open("note", "dana")
    terminal.wait_for("Dana Okafor", "›")
    return terminal


@pytest.mark.pty
def test_lines_are_asked_for_until_an_empty_one(with_dana: House) -> None:
    terminal = prompt(with_dana)
    terminal.type("! one quiet morning\r")
    terminal.wait_for("need · ours · saved")
    terminal.type("~ tired\r")
    terminal.wait_for("feeling · mine · saved")
    assert with_dana.notes() == ["one quiet morning", "tired"], "each is saved as it is entered"
    terminal.press("enter")
    assert terminal.wait_exit() == 0
    assert with_dana.notes() == ["one quiet morning", "tired"]


@pytest.mark.pty
def test_the_end_of_input_ends_it(with_dana: House) -> None:
    terminal = prompt(with_dana)
    terminal.type("one\r")
    terminal.wait_for("saved")
    terminal.press("ctrl+d")
    assert terminal.wait_exit() == 0
    assert with_dana.notes() == ["one"]


@pytest.mark.pty
def test_an_empty_line_at_once_is_nothing_to_write_down(with_dana: House) -> None:
    terminal = prompt(with_dana)
    terminal.press("enter")
    assert terminal.wait_exit() == 2
    assert b"Traceback" not in terminal.received


@pytest.mark.pty
def test_an_interrupt_leaves_what_was_entered(with_dana: House) -> None:
    terminal = prompt(with_dana)
    terminal.type("one\r")
    terminal.wait_for("saved")
    terminal.type("half a li")
    terminal.wait_for("half a li")
    code = None
    for _ in range(5):  # an interrupt just before the read begins is noticed with the next key
        terminal.press("ctrl+c")
        with suppress(TerminalError):
            code = terminal.wait_exit(deadline=3)
            break
    assert code == 130
    assert b"Traceback" not in terminal.received
    assert with_dana.notes() == ["one"]


@pytest.mark.pty
def test_a_byte_that_is_not_utf_8_does_not_end_the_prompt(with_dana: House) -> None:
    # As in en_US.UTF-8; in C.UTF-8, which all machines have, Python is not so strict.
    with_dana.environ["PYTHONIOENCODING"] = "utf-8:strict"
    terminal = prompt(with_dana)
    terminal._write(b"caf\xe9 at noon\r")
    terminal.wait_for("saved")
    terminal.press("enter")
    assert terminal.wait_exit() == 0
    (text,) = with_dana.notes()
    assert re.fullmatch("caf.* at noon", text)


@pytest.mark.pty
def test_no_control_byte_comes_back_from_the_prompt(with_dana: House) -> None:
    terminal = prompt(with_dana)
    terminal.type("red \x16\x1b[31m and \x16\x07 bell\r")  # ^V takes the next byte as it is
    terminal.wait_for("saved")
    terminal.press("enter")
    assert terminal.wait_exit() == 0
    (text,) = with_dana.notes()
    assert "\x1b" not in text
    assert b"\x1b[31m" not in terminal.received.partition(b"saved")[2]


@pytest.mark.pty
def test_a_name_nobody_has_is_told_before_anything_is_asked(with_dana: House) -> None:
    terminal = with_dana.open("note", "zoe")
    assert terminal.wait_exit() == 3
    assert "›".encode() not in terminal.received


@pytest.mark.pty
def test_the_prompt_is_no_data(with_dana: House) -> None:
    output = with_dana.home / "output"
    terminal = with_dana.open_program(
        "/bin/bash", "-c", f"{sys.executable} -m tui note dana > {output}"
    )
    terminal.wait_for("Dana Okafor")
    terminal.type("one\r")
    terminal.wait_for("saved")
    terminal.press("enter")
    assert terminal.wait_exit() == 0
    assert Path(output).read_bytes() == b""
