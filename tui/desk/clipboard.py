"""Copy text to the manager's clipboard, and tell the truth about what happened.

No clipboard can be taken at its word. pyperclip reports success with a dead display, waits for ever
on a frozen one and lets its tools print over the screen; over SSH it fills the wrong machine's
clipboard; a terminal never answers. So each means is tried in turn, outside this process and under
a time limit, and only text that was read back and found equal counts as verified.

pyperclip is the engine; it runs in a child process (`tui.desk.clipboard_child`). Imports are late,
for the command line.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tui.desk import clipboard_child as child
from tui.desk.seat import Seat
from tui.desk.tools import PATIENCE, run_tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

OSC52_LIMIT = 75_000  # bytes of base64; some terminals drop more than that without a word
SCREEN_LIMIT = 250  # bytes GNU screen passes on at a time; it holds 768 at most, fewer of old
DEAF = frozenset({"dumb", "linux", "unknown"})
"""What TERM says of terminals without any clipboard."""

_MEANING = {
    f"ended with status {child.DIFFERED}": "gave back something else",
    f"ended with status {child.BROKE}": "found no working clipboard",
}


class Outcome(StrEnum):
    """What is known about the clipboard after a copy.

    VERIFIED: the text was read back and is the same. SENT: it was handed to something that cannot
    be asked whether it arrived. FAILED: it is on no clipboard that we know of.
    """

    VERIFIED = "verified"
    SENT = "sent"
    FAILED = "failed"


class CopyResult(NamedTuple):
    """What `Clipboard.copy` did.

    `how` names the means that took the text ("xclip", "tmux", "your terminal"; empty when failed).
    `detail` says what went wrong, or is in doubt, on the way: short, and never part of the text.
    """

    outcome: Outcome
    how: str
    detail: str


class _Means(NamedTuple):
    """One way to a clipboard, perhaps not the person's; `attempt` returns why not, or nothing."""

    how: str
    attempt: Callable[[bytes], str]
    worth: Outcome = Outcome.SENT
    doubt: str = ""


def osc52(text: str, *, is_in_screen: bool = False) -> str:
    """Return the escape sequence that asks a terminal to put `text` on its clipboard.

    GNU screen keeps it from the terminal unless it comes wrapped, a piece at a time.
    """
    from binascii import b2a_base64

    payload = b2a_base64(text.encode("utf-8", "replace"), newline=False)
    whole = f"\x1b]52;c;{payload.decode('ascii')}\x07"
    if not is_in_screen:
        return whole
    pieces = (whole[at : at + SCREEN_LIMIT] for at in range(0, len(whole), SCREEN_LIMIT))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


class Clipboard:
    """The clipboard of the person at the keyboard, wherever that keyboard is."""

    def __init__(
        self,
        environ: Mapping[str, str] | None = None,
        *,
        timeout: float = PATIENCE,
        send_escape: Callable[[str], bool] | None = None,
        is_web: bool = False,
        platform: str = sys.platform,
    ) -> None:
        """Describe the surroundings; nothing is started before `copy`.

        Args:
            environ: variables to decide by and to give to the tools; this process's own if None.
            timeout: seconds each tool may take.
            send_escape: writes to the terminal and returns whether it could; None without one.
            is_web: whether the screen is shown in a browser, which is then what `send_escape`
                writes to.
            platform: as `sys.platform`.
        """
        self._environ = os.environ if environ is None else environ
        self._timeout = timeout
        self._send_escape = send_escape
        self._is_web = is_web
        self._platform = platform

    def copy(self, text: str) -> CopyResult:
        """Put `text` on the clipboard by the first means that works, and say how sure that is.

        Blocks for at most the time limit times the few tools found: call it from a thread.
        """
        if not text:  # a broken tool reads back as empty too, so this could never be verified
            return CopyResult(Outcome.FAILED, "", "there is nothing to copy")
        payload = text.encode("utf-8", "replace")
        is_whole = payload.decode() == text  # a lone surrogate never comes back the same
        missed: list[str] = []
        doubtful = ""
        for means in self._in_order():
            can = is_whole or means.worth is Outcome.SENT
            why = means.attempt(payload) if can else "cannot carry some of the characters"
            if not why and not means.doubt:
                return CopyResult(means.worth, means.how, "; ".join(missed))
            doubtful = doubtful or ("" if why else means.how)
            missed.append(f"{means.how} {why or means.doubt}")
        outcome = Outcome.SENT if doubtful else Outcome.FAILED
        return CopyResult(outcome, doubtful, "; ".join(missed))

    def means(self) -> tuple[str, ...]:
        """Return the names of the means there are, the likeliest first; nothing is copied."""
        return tuple(means.how for means in self._in_order())

    def _in_order(self) -> list[_Means]:
        """Return every means, first the one most likely to reach the person."""
        seat = Seat(self._environ, is_web=self._is_web, timeout=self._timeout)
        handed = []
        is_in_tmux = self._environ.get("TMUX") and not self._is_web  # the server's, not a browser's
        if is_in_tmux and (tmux := self._which("tmux")):
            # Reading back proves only what tmux holds, not the terminal it is shown in.
            put, get = [tmux, "load-buffer", "-w", "-"], [tmux, "save-buffer", "-"]
            handed.append(_Means("tmux", partial(self._there_and_back, put, get)))
        if self._send_escape and (self._is_web or self._environ.get("TERM") not in DEAF):
            how = "your browser" if self._is_web else "your terminal"
            is_in_screen = bool(self._environ.get("STY")) and not self._is_web
            send = partial(_to_terminal, self._send_escape, is_in_screen)
            handed.append(_Means(how, send))
        local = [m._replace(doubt=self._doubt(m.how, seat)) for m in self._local_means()]
        return [*handed, *local] if seat.is_far else [*local, *handed]

    def _which(self, tool: str) -> str | None:
        from shutil import which

        return which(tool, path=self._environ.get("PATH", os.defpath))

    def _doubt(self, how: str, seat: Seat) -> str:
        """Return why a clipboard that can be read back may not be where the person pastes."""
        is_x11, host = how in {"xclip", "xsel"}, self._environ.get("DISPLAY", "").partition(":")[0]
        is_forwarded = is_x11 and host not in {"", "unix"} and host[0] != "/"
        if seat.doubt:  # an X display forwarded over SSH is where the person is
            return "" if is_forwarded and seat.is_by_ssh else seat.doubt
        # KWin and Hyprland hide from Wayland programs what X11 programs copy in the background.
        is_hidden = is_x11 and not is_forwarded and self._environ.get("WAYLAND_DISPLAY")
        return "may reach X11 programs only" if is_hidden else ""

    def _local_means(self) -> Iterator[_Means]:
        """Yield the clipboards of this machine that can be read back."""
        is_set, found = self._environ.get, False
        for how, mechanism, applies, *tools in (
            ("pbcopy", "pbcopy", self._platform == "darwin", "pbcopy", "pbpaste"),
            ("Windows", "windows", self._platform == "win32"),
            ("Windows", "wsl", is_set("WSL_DISTRO_NAME"), "clip.exe", "powershell.exe"),
            ("wl-copy", "wl-clipboard", is_set("WAYLAND_DISPLAY"), "wl-copy", "wl-paste"),
            ("xclip", "xclip", is_set("DISPLAY"), "xclip"),
            ("xsel", "xsel", is_set("DISPLAY"), "xsel"),
        ):
            if applies and all(map(self._which, tools)):
                found = True
                yield _Means(how, partial(self._pyperclip, mechanism), Outcome.VERIFIED)
        put, get = map(self._which, ("termux-clipboard-set", "termux-clipboard-get"))
        if put and get:  # unknown to pyperclip
            yield _Means("termux", partial(self._there_and_back, [put], [get]), Outcome.VERIFIED)
        elif not found:
            yield _Means("pyperclip", partial(self._pyperclip, "auto"), Outcome.VERIFIED)

    def _pyperclip(self, mechanism: str, payload: bytes) -> str:
        """Copy and read back by one of pyperclip's mechanisms, in a child process."""
        from importlib.util import find_spec
        from pathlib import Path

        spec = find_spec("pyperclip")
        if spec is None or not spec.origin:
            return "was not tried: pyperclip is not installed"
        python: str | None = sys.executable
        if not python or hasattr(sys, "frozen") or "py" not in Path(python).name.lower():
            python = self._which("python3") or self._which("python")  # we run inside something else
        # Isolated and without site, so that PYTHON* variables, the working folder and .pth files
        # play no part; all it needs besides the standard library is where pyperclip was found.
        library = str(Path(spec.origin).parent.parent)
        argv = [python or "", "-I", "-S", child.__file__, mechanism, library]
        patience = 2 if mechanism == "wsl" else 1  # PowerShell alone takes about a second to start
        limit = self._timeout * patience
        why, _ = run_tool(argv, self._environ, payload, timeout=limit, good=child.AGREED)
        return _MEANING.get(why, why)

    def _there_and_back(self, put: Sequence[str], get: Sequence[str], payload: bytes) -> str:
        """Copy by the command `put` and compare what `get` prints."""
        why, held = run_tool(put, self._environ, payload, timeout=self._timeout)
        if not why:
            why, held = run_tool(get, self._environ, timeout=self._timeout)
        return why or ("" if held == payload else "gave back something else")


def _to_terminal(send_escape: Callable[[str], bool], is_in_screen: bool, payload: bytes) -> str:
    """Hand the text to the terminal as an OSC 52 sequence; return why not, or nothing."""
    sequence = osc52(payload.decode(), is_in_screen=is_in_screen)
    if -(-len(payload) // 3) * 4 > OSC52_LIMIT:
        return f"takes {OSC52_LIMIT} bytes at most"
    try:
        return "" if send_escape(sequence) else "did not take it"
    except Exception as error:  # noqa: BLE001 - whatever it raises, it has not copied
        return f"broke ({type(error).__name__})"
