"""While something is copied the app goes on: no tool, however frozen, holds up a key."""

from __future__ import annotations

import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from tests.builders import Bench
from tests.desk.test_clipboard import Bench as Tools
from tests.ui.app import opened, with_talk
from tui.app import AlongsideApp
from tui.desk import copying
from tui.desk.clipboard import Clipboard, CopyResult, Outcome
from tui.desk.copying import Copied
from tui.domain.ours import Outbound

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fake tools are shell scripts")

CANARY = "canary 7f3a"


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    """A desktop whose tools are our own, and all the time in the world for them."""
    (tmp_path / "tools").mkdir()
    tools = Tools(tmp_path / "tools")
    for variable in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "TMUX", "STY", "WAYLAND_DISPLAY",
                     "WSL_DISTRO_NAME"):  # fmt: skip
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("DISPLAY", ":77")
    monkeypatch.setenv("PATH", str(tools.bin))
    monkeypatch.setattr("tui.desk.clipboard.Clipboard", partial(Clipboard, timeout=60))
    return tools


async def test_a_frozen_tool_holds_up_no_key(bench: Bench, tools: Tools) -> None:
    """Every key is answered between the moment the tool has begun and the moment it is let go."""
    _, one = with_talk(bench)
    tools.add("xclip", "honest")
    gate, script = tools.kept / "gate", tools.bin / "xclip"
    wait = f'until [ -e "{gate}" ]; do sleep 0.02; done'
    script.write_text(script.read_text().replace("\nKEPT=", f"\n{wait}\nKEPT=", 1))
    async with opened(bench, notifications=True) as desk:
        await desk.press("f3", "c")
        await desk.shows("enter copy")
        await desk.press("enter")
        await desk.shows("Copying …")
        await desk.until(tools.calls, "the tool to begin")

        await desk.press("escape")
        await desk.shows("Before you talk", without="Copying …")
        await desk.press("f4", *"typing goes on", "enter")
        await desk.shows("“typing goes on”")
        assert [note.text for note in (await desk.page(one)).notes] == ["typing goes on"]
        assert len(tools.calls()) == 1, "it is frozen all the while"
        assert tools.holds("xclip") is None
        assert "opied" not in desk.said

        gate.touch()
        await desk.until(lambda: "(checked, xclip)." in desk.said, "the truth about it")
        assert b"Dana" in (tools.holds("xclip") or b"")


async def test_what_is_copied_last_is_what_is_on_the_clipboard(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_talk(bench)
    first_may_end = threading.Event()
    texts: list[str] = []
    told: list[Copied] = []

    def copy(self: Clipboard, text: str) -> CopyResult:
        if text == "first":
            assert first_may_end.wait(20)
        texts.append(text)
        return CopyResult(Outcome.VERIFIED, "xclip", "")

    monkeypatch.setattr(Clipboard, "copy", copy)
    async with opened(bench) as desk:
        for text in ("first", "second"):
            desk.app.copy(Outbound(text), told.append)
        first_may_end.set()
        await desk.until(lambda: len(told) == 2, "both")
    assert texts == ["first", "second"]


async def test_a_fault_of_our_own_is_told_without_the_text(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or "Copying …" would stand there for ever."""

    def break_down(*_: object) -> Copied:
        raise RuntimeError(f"it broke over {CANARY}")

    with_talk(bench)
    monkeypatch.setattr(copying, "copy_text", break_down)
    async with opened(bench) as desk:
        await desk.press("f3", "c", "enter")
        await desk.shows("Not copied: alongside itself broke (RuntimeError).", without=CANARY)


# -- in a browser ------------------------------------------------------------------------------


@pytest.fixture
def in_browser(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have the app believe that it is shown in a browser; return what the browser is given."""
    given: list[str] = []
    monkeypatch.setattr(AlongsideApp, "is_web", True)
    monkeypatch.setattr(
        AlongsideApp, "deliver_text", lambda self, path: given.append(Path(path).read_text("utf-8"))
    )
    monkeypatch.setattr(AlongsideApp, "_send_escape", lambda self, sequence: True)
    return given


async def test_the_clipboard_of_the_server_is_not_that_of_the_reader(
    bench: Bench, tools: Tools, in_browser: list[str]
) -> None:
    with_talk(bench)
    tools.add("xclip", "honest")
    async with opened(bench, size=(200, 40)) as desk:
        await desk.press("f3", "c", "enter")
        await desk.shows("Sent to your browser, which cannot be checked.", without="Copied")
        assert tools.calls() == []
        await desk.press("o")
        await desk.until(lambda: in_browser, "the browser to be given the text")
        assert "Dana" in in_browser[0]
        problems: list[str] = []
        desk.app.mail(Outbound("mailto:?body=x"), problems.append)
        await desk.until(lambda: problems, "an answer")
        assert "another machine" in problems[0]


async def test_o_without_a_saved_text_does_nothing(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "c", "o")
        await desk.shows("enter copy")


async def test_where_no_terminal_can_be_lent_it_is_said(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pilot's terminal is such a one."""
    with_talk(bench)
    monkeypatch.setattr(
        Clipboard, "copy", lambda self, text: CopyResult(Outcome.FAILED, "", "no clipboard here")
    )
    async with opened(bench, notifications=True, size=(200, 40)) as desk:
        await desk.press("f3", "c", "enter")
        await desk.shows("Press o to open it and select it there; it is saved in")
        await desk.press("o")
        await desk.until(lambda: "It cannot be opened from here" in desk.said, "a word about it")
