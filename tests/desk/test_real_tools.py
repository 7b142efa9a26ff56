"""The real xclip, xsel, wl-copy, tmux and screen, where they are: what is said of them is so.

`.ci/run` installs them. Each is skipped by itself where it is missing, and says which.
"""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desk.test_clipboard import (
    FAILED,
    SENT,
    SHORT,
    SSH,
    TEXT,
    VERIFIED,
    X11,
    Bench,
    copy_in_time,
)
from tui.desk.clipboard import Clipboard, Outcome, osc52

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.skipif(sys.platform == "win32", reason="there are no such tools"),
]


def needs(*tools: str) -> None:
    """Skip a test where a tool is missing."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        pytest.skip(f"needs {' and '.join(missing)}")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return an empty bench of fake tools."""
    return Bench(tmp_path)


@pytest.fixture(scope="module")
def display() -> Iterator[tuple[str, int]]:
    """Run an X server nobody sees; yield its display and process id."""
    needs("Xvfb")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-nolisten", "tcp", "-screen", "0", "64x64x8"],
        pass_fds=[writer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as pipe:
        number = pipe.readline().strip()
    if not number:
        server.wait()
        pytest.skip("Xvfb does not start here")
    yield f":{number}", server.pid
    server.terminate()
    server.wait()


def here(**environ: str) -> dict[str, str]:
    """Return an environment with the real tools and nothing of this session."""
    return {"PATH": os.environ["PATH"], **environ}


@pytest.mark.parametrize("text", [TEXT, TEXT + "\n", "a\x00b\r\n", "é" * 150_000], ids=len)
def test_the_real_xclip(text: str, display: tuple[str, int]) -> None:
    """What is verified is what another program then pastes."""
    needs("xclip")
    environ = here(DISPLAY=display[0])
    result = copy_in_time(Clipboard(environ, timeout=20, platform="linux"), text)
    assert result == (VERIFIED, "xclip", "")
    paste = ["xclip", "-selection", "clipboard", "-o"]
    pasted = subprocess.run(paste, env=environ, capture_output=True, check=True).stdout
    assert pasted == text.encode()


def test_the_real_xclip_and_a_frozen_display(
    display: tuple[str, int], capfd: pytest.CaptureFixture[str]
) -> None:
    """Bare pyperclip alone would wait for ever."""
    needs("xclip")
    os.kill(display[1], signal.SIGSTOP)
    try:
        clip = Clipboard(here(DISPLAY=display[0]), timeout=SHORT, platform="linux")
        result = copy_in_time(clip, TEXT)
    finally:
        os.kill(display[1], signal.SIGCONT)
    assert result.outcome is FAILED
    assert "xclip did not answer in time" in result.detail
    assert capfd.readouterr() == ("", "")


def test_the_real_xclip_and_no_display(
    display: tuple[str, int], capfd: pytest.CaptureFixture[str]
) -> None:
    """Bare pyperclip alone would report success and print over the screen."""
    needs("xclip")
    clip = Clipboard(here(DISPLAY=display[0] + "999"), timeout=20, platform="linux")
    assert copy_in_time(clip, TEXT).outcome is FAILED
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [(TEXT, VERIFIED), ("é" * 150_000, VERIFIED), ("a\x00b\r\n", FAILED)],
    ids=["plain", "large", "NUL"],
)
def test_the_real_xsel(text: str, outcome: Outcome, display: tuple[str, int], bench: Bench) -> None:
    """It cuts a text at the first NUL, which is noticed; all else it holds."""
    needs("xsel")
    (bench.bin / "xsel").symlink_to(shutil.which("xsel") or "")
    environ = {"PATH": str(bench.bin), "DISPLAY": display[0], "HOME": str(bench.bin.parent)}
    result = copy_in_time(Clipboard(environ, timeout=20, platform="linux"), text)
    assert result.outcome is outcome, result
    if outcome is VERIFIED:
        paste = ["xsel", "--clipboard", "--output"]
        for _ in range(3):  # it hands a large text over in pieces, and at times gives up on that
            pasted = subprocess.run(paste, env=environ, capture_output=True, check=True).stdout
            if pasted:
                break
        assert pasted == text.encode()


def test_the_real_wl_copy_without_a_compositor(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Bare pyperclip alone would report success."""
    needs("wl-copy", "wl-paste")
    environ = here(WAYLAND_DISPLAY="nobody", XDG_RUNTIME_DIR=str(tmp_path))
    result = copy_in_time(Clipboard(environ, timeout=20, platform="linux"), TEXT)
    assert result.outcome is FAILED
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def tmux(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """Run a tmux server of our own; yield the command that speaks to it."""
    needs("tmux")
    command = ["tmux", "-S", str(tmp_path_factory.mktemp("t") / "s"), "-f", "/dev/null"]
    start = subprocess.run(
        [*command, "new-session", "-d", "cat"], env=here(TERM="xterm"), check=False
    )
    if start.returncode:
        pytest.skip("tmux does not start here")
    yield command
    subprocess.run([*command, "kill-server"], check=True)


@pytest.mark.parametrize("text", [TEXT, "a\x00b\r\n", "é" * 150_000], ids=len)
def test_the_real_tmux(text: str, tmux: list[str]) -> None:
    """The buffer takes the text, and nobody can know more than that."""
    clip = Clipboard(here(TMUX=f"{tmux[2]},0,0"), timeout=20, platform="linux")
    result = copy_in_time(clip, text)
    assert (result.outcome, result.how) == (SENT, "tmux")
    held = subprocess.run([*tmux, "save-buffer", "-"], capture_output=True, check=True).stdout
    assert held == text.encode()


def test_the_real_tmux_knows_who_came_over_ssh(tmux: list[str], bench: Bench) -> None:
    """The session's environment is asked, not only that of the program in it."""
    bench.add("xclip", "honest")
    (bench.bin / "tmux").symlink_to(shutil.which("tmux") or "")
    environ = {"PATH": str(bench.bin), "TMUX": f"{tmux[2]},0,0", **X11}
    clip = Clipboard(environ, timeout=20, platform="linux")
    assert clip.copy(TEXT).how == "xclip"
    subprocess.run([*tmux, "set-environment", *SSH, *SSH.values()], check=True)
    assert clip.copy(TEXT).how == "tmux"


def test_the_real_screen(tmp_path: Path) -> None:
    """It passes on what comes wrapped, and nothing of it is lost or shown as text."""
    needs("screen")
    text = TEXT * 40
    (tmp_path / "sequence").write_text(osc52(text, is_in_screen=True))
    master, slave = pty.openpty()
    screen = subprocess.Popen(
        ["screen", "-c", "/dev/null", "cat", str(tmp_path / "sequence"), "-"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=here(TERM="xterm", HOME=str(tmp_path), SCREENDIR=str(_private(tmp_path / "s"))),
        start_new_session=True,
    )
    os.close(slave)
    wanted, seen, end = osc52(text).encode(), b"", time.monotonic() + 20
    try:
        while wanted not in seen and time.monotonic() < end:
            if select.select([master], [], [], 0.5)[0]:
                seen += os.read(master, 1 << 16)
    finally:
        screen.terminate()
        screen.wait()
        os.close(master)
    assert wanted in seen, seen[:400]


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    return folder
