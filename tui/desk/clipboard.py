"""Copy text to the manager's clipboard, and tell the truth about what happened.

No clipboard can be taken at its word. pyperclip reports success with a dead display, waits for ever
on a frozen one and lets its tools print over the screen; over SSH it fills the wrong machine's
clipboard; a terminal never answers. So each means is tried in turn, outside this process and under
a time limit, and only text that was read back and found equal counts as verified.

pyperclip is the engine. It runs in a child process (this file, run as a script) that copies, reads
back, compares, and answers by its exit status alone: no pipe that a tool staying in the background
could hold open, no output that could reach the terminal. Imports are late, for the command line.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

OSC52_LIMIT = 75_000  # bytes of base64; some terminals drop more than that without a word
RESCUE_NAME = "summary.md"

# Exit statuses of the child. Zero is none of them: a stranger that merely ends well proves nothing.
_AGREED, _DIFFERED, _BROKE = 42, 43, 44
_MEANING = {_DIFFERED: "gave back something else", _BROKE: "found no working clipboard"}


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

    `how` names the means that took the text ("xclip", "tmux", "the terminal"; empty when failed).
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


def osc52(text: str) -> str:
    """Return the escape sequence that asks a terminal to put `text` on its clipboard."""
    from binascii import b2a_base64

    payload = b2a_base64(text.encode("utf-8", "replace"), newline=False)
    return f"\x1b]52;c;{payload.decode('ascii')}\x07"


class Clipboard:
    """The clipboard of the person at the keyboard, wherever that keyboard is."""

    def __init__(
        self,
        environ: Mapping[str, str] | None = None,
        *,
        timeout: float = 1.5,
        send_escape: Callable[[str], bool] | None = None,
        platform: str = sys.platform,
    ) -> None:
        """Describe the surroundings; nothing is started before `copy`.

        Args:
            environ: variables to decide by and to give to the tools; this process's own if None.
            timeout: seconds each tool may take.
            send_escape: writes to the terminal and returns whether it could; None without one.
            platform: as `sys.platform`.
        """
        from shutil import which

        self._environ = os.environ if environ is None else environ
        self._which = partial(which, path=self._environ.get("PATH", os.defpath))
        self._timeout = timeout
        self._send_escape = send_escape
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
        handed = []
        tmux = self._which("tmux") if self._environ.get("TMUX") else None
        if tmux:  # reading back proves only what tmux holds, not the terminal it is shown in
            put, get = [tmux, "load-buffer", "-w", "-"], [tmux, "save-buffer", "-"]
            handed.append(_Means("tmux", partial(self._there_and_back, put, get)))
        if self._send_escape:
            handed.append(_Means("the terminal", partial(_to_terminal, self._send_escape)))
        far = self._is_far_away(tmux)
        local = [means._replace(doubt=self._doubt(means.how, far)) for means in self._local_means()]
        return [*handed, *local] if far else [*local, *handed]

    def _is_far_away(self, tmux: str | None) -> bool:
        """Return whether the person sits at another machine."""
        if any(map(self._environ.get, ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))):
            return True
        # A session begun at the desk and taken up over SSH keeps the desk's environment; only tmux
        # knows better (the trap of openai/codex issue 45068).
        ask = [tmux or "", "show-environment", "SSH_CONNECTION"]
        return bool(tmux) and self._run(ask)[1].startswith(b"SSH_CONNECTION=")

    def _doubt(self, how: str, far: bool) -> str:
        """Return why a clipboard that can be read back may not be where the person pastes."""
        is_x11, host = how in {"xclip", "xsel"}, self._environ.get("DISPLAY", "").partition(":")[0]
        if is_x11 and host not in {"", "unix"} and host[0] != "/":
            return ""  # an X display forwarded to where the person is
        if far:
            return "is on the far side of SSH"
        # KWin and Hyprland hide from Wayland programs what X11 programs copy in the background.
        is_hidden = is_x11 and self._environ.get("WAYLAND_DISPLAY")
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
        argv = [python or "", "-I", "-S", __file__, mechanism, library]
        patience = 2 if mechanism == "wsl" else 1  # PowerShell alone takes about a second to start
        return self._run(argv, payload, good=_AGREED, patience=patience)[0]

    def _there_and_back(self, put: Sequence[str], get: Sequence[str], payload: bytes) -> str:
        """Copy by the command `put` and compare what `get` prints."""
        why, held = self._run(put, payload)
        if not why:
            why, held = self._run(get)
        return why or ("" if held == payload else _MEANING[_DIFFERED])

    def _run(
        self, argv: Sequence[str], payload: bytes = b"", *, good: int = 0, patience: float = 1
    ) -> tuple[str, bytes]:
        """Run a tool by itself; return why it failed, or nothing, and what it printed."""
        import subprocess as sub
        from contextlib import suppress

        try:
            process = sub.Popen(
                argv,
                stdin=sub.PIPE,
                stdout=sub.DEVNULL if payload else sub.PIPE,  # one that copies may live on
                stderr=sub.DEVNULL,
                env=self._environ,
                start_new_session=True,
                creationflags=getattr(sub, "CREATE_NO_WINDOW", 0),  # of Windows
            )
            with process:
                try:
                    output, _ = process.communicate(payload, self._timeout * patience)
                except BaseException:  # out of time, or interrupted: end it and all it started
                    with suppress(OSError):
                        getattr(os, "killpg", os.kill)(process.pid, 9)
                    raise
        except sub.TimeoutExpired:
            return "did not answer in time", b""
        except (OSError, ValueError):
            return "could not be started", b""
        end = process.returncode
        return "" if end == good else _MEANING.get(end, f"ended with status {end}"), output or b""


def _to_terminal(send_escape: Callable[[str], bool], payload: bytes) -> str:
    """Hand the text to the terminal as an OSC 52 sequence; return why not, or nothing."""
    sequence = osc52(payload.decode())
    if len(sequence) - len(osc52("")) > OSC52_LIMIT:
        return f"takes {OSC52_LIMIT} bytes at most"
    try:
        return "" if send_escape(sequence) else "did not take it"
    except Exception as error:  # noqa: BLE001 - whatever it raises, it has not copied
        return f"broke ({type(error).__name__})"


def rescue_copy(text: str, folder: Path) -> Path:
    """Keep `text` in a private file (0600) of `folder`, made (0700) if missing; return its path.

    An earlier copy is replaced in one step; a link in its place is replaced too, not followed.

    Raises:
        OSError: it cannot be written; an earlier copy is then untouched.
    """
    from tempfile import mkstemp

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=f".{RESCUE_NAME}-", dir=folder)
    draft = folder / name
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(handle)
        return draft.replace(folder / RESCUE_NAME)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _serve(mechanism: str, library: str) -> int:
    """Be the child: copy standard input by pyperclip, read it back, return what came of it."""
    from importlib import import_module
    from time import sleep

    text = sys.stdin.buffer.read().decode()
    sys.path.append(library)
    if mechanism == "pbcopy":  # without UTF-8 it writes MacRoman; LC_ALL would overrule LC_CTYPE
        os.environ.pop("LC_ALL", None)
        os.environ["LC_CTYPE"] = "UTF-8"
    for toolkit in ("qtpy", "PyQt5"):  # their clipboard ends with us, so reading it proves nothing
        sys.modules[toolkit] = None  # type: ignore[assignment]
    try:
        clip: Any = import_module("pyperclip")
        if mechanism == "wsl":  # has no name in pyperclip
            clip.copy, clip.paste = clip.init_wsl_clipboard()
        elif mechanism != "auto":
            clip.set_clipboard(mechanism)
        clip.copy(text)
        for pause in (0, 0.02, 0.06):  # xsel is sent to the background before it owns the clipboard
            sleep(pause)
            held = clip.paste()
            if mechanism in {"windows", "wsl"}:
                text, held = text.replace("\r\n", "\n"), held.replace("\r\n", "\n")
            if held == text:
                return _AGREED
    except Exception:  # noqa: BLE001 - all the ways a tool can break are one to the person
        return _BROKE
    return _DIFFERED


if __name__ == "__main__":
    sys.exit(_serve(*sys.argv[1:]))
