"""Promise 3, the truth about copying: however a clipboard lies or hangs, we claim nothing false.

The tools are small shell scripts on a PATH of their own, so that every way in which one fails can
be had on any machine; `test_real_tools.py` uses the real ones.
"""

from __future__ import annotations

import base64
import importlib.util
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.desk import clipboard, clipboard_child
from tui.desk.clipboard import OSC52_LIMIT, Clipboard, CopyResult, Outcome, osc52

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fake tools are shell scripts")

CANARY = "Canary"
TEXT = f"{CANARY}: merci José, “quiet mornings” 🌱\nI will:\n  send the book by Friday"

X11 = {"DISPLAY": ":1"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}
TMUX = {"TMUX": "/tmp/nowhere,1,0"}
SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
WSL = {"WSL_DISTRO_NAME": "Debian"}
SCREEN = {"STY": "1234.pts-0.desk"}

PUT = {
    "honest": 'cat >"$KEPT"',
    "forgets": "cat >/dev/null",
    "refuses": "exit 1",
    "keeps, then fails": 'cat >"$KEPT"; exit 1',
    "hangs": "exec sleep 60",
    "is noisy": 'echo noise; echo noise >&2; cat >"$KEPT"',
    "stays behind": 'cat >"$KEPT"; sleep 3 & exit 0',
    "cuts": 'head -c 12 >"$KEPT"',
    "mangles": "sed 's/é/√©/' >\"$KEPT\"",
    "is late": 'cat >"$KEPT.draft"; (sleep 0.03; mv "$KEPT.draft" "$KEPT") & exit 0',
    "honest in UTF-16": 'iconv -f UTF-16LE -t UTF-8 >"$KEPT"',
}
GET = {
    "honest": 'cat "$KEPT"',
    "is old": "printf 'what was there before'",
    "adds a line end": 'cat "$KEPT"; echo',
    "hangs": "exec sleep 60",
    "refuses": "exit 1",
    "loses CR": "tr -d '\\r' <\"$KEPT\"",
    "is not text": "printf '\\377\\376'",
    "honest in base64 with CRLF": "sed '$!s/$/\\r/' \"$KEPT\" | base64 -w0",
}
PARTNERS = {
    "wl-copy": "wl-paste",
    "pbcopy": "pbpaste",
    "termux-clipboard-set": "termux-clipboard-get",
    "clip.exe": "powershell.exe",
}
HOW = {"termux-clipboard-set": "termux", "clip.exe": "Windows"}


class Bench:
    """A folder of fake tools, and what each was left holding."""

    def __init__(self, folder: Path) -> None:
        """Make an empty bench in `folder`."""
        self.bin = folder / "bin"
        self.kept = folder / "kept"
        self.log = folder / "calls"
        self.bin.mkdir()
        self.kept.mkdir()
        self.log.touch()

    def add(self, tool: str, behaviour: str) -> None:
        """Add `tool`, which behaves as "put" or "put/get" say; an unnamed get is honest."""
        put, _, get = behaviour.partition("/")
        put, get = PUT[put], GET[get or "honest"]
        if tool in PARTNERS:
            self._write(tool, tool, put)
            self._write(PARTNERS[tool], tool, get)
        elif tool == "tmux":
            session = f'cat "{self.kept}/session" || exit 1'
            self._write(
                tool,
                tool,
                f"case $1 in load-buffer) {put} ;; save-buffer) {get} ;; *) {session} ;; esac",
            )
        else:
            self._write(tool, tool, f'case "$*" in *-o*) {get} ;; *) {put} ;; esac')

    def _write(self, tool: str, keeper: str, body: str) -> None:
        script = self.bin / tool
        script.write_text(
            "#!/bin/sh\nPATH=/usr/bin:/bin\n"
            f'echo "$$ {tool} $* [$LC_CTYPE|$LC_ALL]" >>"{self.log}"\n'
            f'KEPT="{self.kept}/{keeper}"\n{body}\n'
        )
        script.chmod(0o755)

    def holds(self, tool: str) -> bytes | None:
        """Return what `tool` was left holding."""
        file = self.kept / tool
        return file.read_bytes() if file.exists() else None

    def calls(self) -> list[str]:
        """Return each run of a tool: its process id, name, arguments and locale."""
        return self.log.read_text().splitlines()


class Terminal:
    """A terminal that takes escape sequences, refuses them, or breaks."""

    def __init__(self, mood: str) -> None:
        """Make one that "takes", "refuses" or "breaks"."""
        self.mood = mood
        self.taken: list[str] = []

    def __call__(self, sequence: str) -> bool:
        """Write `sequence`, or not."""
        if self.mood == "breaks":
            raise OSError(5, f"no terminal for {sequence}")
        if self.mood == "takes":
            self.taken.append(sequence)
        return self.mood == "takes"


class Case(NamedTuple):
    """Surroundings, and what the copy must say in them."""

    name: str
    environ: Mapping[str, str]
    tools: Mapping[str, str]
    outcome: Outcome
    how: str = ""
    terminal: str = ""
    platform: str = "linux"
    timeout: float = 20.0
    session: str = ""
    is_web: bool = False


VERIFIED, SENT, FAILED = Outcome
SHORT = 0.45
NEVER = "never"
"""What a frozen tmux says of who came over SSH."""
TERMINAL = ("your terminal", "takes")
HANDED = {"your terminal", "your browser"}

CASES = [
    Case("X11", X11, {"xclip": "honest"}, VERIFIED, "xclip", "takes"),
    Case("X11 with a noisy tool", X11, {"xclip": "is noisy"}, VERIFIED, "xclip"),
    Case("X11 with a tool that stays", X11, {"xclip": "stays behind"}, VERIFIED, "xclip"),
    Case("X11 with only xsel", X11, {"xsel": "honest"}, VERIFIED, "xsel"),
    Case("X11 with an xsel that is late", X11, {"xsel": "is late"}, VERIFIED, "xsel"),
    Case("X11, xclip forgets", X11, {"xclip": "forgets", "xsel": "honest"}, VERIFIED, "xsel"),
    Case("X11, all forget", X11, {"xclip": "forgets", "xsel": "forgets"}, FAILED),
    Case("X11 refuses", X11, {"xclip": "refuses/refuses"}, FAILED),
    Case("X11 cuts the text", X11, {"xclip": "cuts"}, SENT, *TERMINAL),
    Case("X11 still holds the old", X11, {"xclip": "honest/is old"}, FAILED),
    Case("X11 adds a line end", X11, {"xclip": "honest/adds a line end"}, FAILED),
    Case("X11 gives back no text", X11, {"xclip": "honest/is not text"}, FAILED),
    Case("Wayland hangs", WAYLAND, {"wl-copy": "hangs"}, SENT, *TERMINAL, timeout=SHORT),
    Case(
        "X11 hangs when asked",
        X11 | TMUX,
        {"xclip": "honest/hangs", "tmux": "honest"},
        SENT,
        "tmux",
        timeout=SHORT,
    ),
    Case("X11 and no tool", X11, {}, FAILED),
    Case("tools and no display", {}, {"xclip": "honest", "wl-copy": "honest"}, FAILED),
    Case("Wayland", WAYLAND, {"wl-copy": "honest"}, VERIFIED, "wl-copy"),
    Case("Wayland, no tool for it", WAYLAND, {"xclip": "honest"}, SENT, *TERMINAL),
    Case("XWayland", WAYLAND | X11, {"xclip": "honest"}, SENT, "xclip"),
    Case(
        "XWayland and a terminal",
        WAYLAND | X11,
        {"wl-copy": "forgets", "xclip": "honest"},
        SENT,
        "your terminal",
        "takes",
    ),
    Case("macOS", {}, {"pbcopy": "honest"}, VERIFIED, "pbcopy", platform="darwin"),
    Case("macOS mangles", {}, {"pbcopy": "mangles"}, FAILED, platform="darwin"),
    Case("macOS without tools", {}, {}, SENT, *TERMINAL, platform="darwin"),
    Case("termux", {}, {"termux-clipboard-set": "honest"}, VERIFIED, "termux"),
    Case("termux fails late", {}, {"termux-clipboard-set": "keeps, then fails"}, FAILED),
    Case("termux forgets", {}, {"termux-clipboard-set": "forgets/is old"}, FAILED),
    Case(
        "WSL",
        WSL | X11 | WAYLAND,
        {"clip.exe": "honest in UTF-16/honest in base64 with CRLF", "xclip": "honest"},
        VERIFIED,
        "Windows",
    ),
    Case("WSL in a container", WSL | X11, {"xclip": "honest"}, VERIFIED, "xclip"),
    Case("Windows breaks", {}, {}, SENT, *TERMINAL, platform="win32"),
    Case("tmux, nothing else", TMUX, {"tmux": "honest"}, SENT, "tmux", "takes"),
    Case("tmux forgets", TMUX, {"tmux": "forgets/is old"}, SENT, *TERMINAL),
    Case("tmux is too old", TMUX, {"tmux": "refuses"}, FAILED),
    Case("tmux is gone", TMUX, {}, FAILED),
    Case("tmux hangs", TMUX, {"tmux": "hangs"}, SENT, *TERMINAL, timeout=SHORT),
    Case("SSH", SSH | X11, {"xclip": "honest"}, SENT, *TERMINAL),
    Case("SSH in tmux", SSH | X11 | TMUX, {"xclip": "honest", "tmux": "honest"}, SENT, "tmux"),
    Case("SSH, far tool only", SSH | X11, {"xclip": "honest"}, SENT, "xclip"),
    Case("SSH, far Mac", SSH, {"pbcopy": "honest"}, SENT, "pbcopy", "refuses", "darwin"),
    Case("SSH, forgets", SSH | X11, {"xclip": "forgets"}, FAILED, "", "breaks"),
    Case(
        "SSH with X forwarded",
        SSH | {"DISPLAY": "localhost:10.0"},
        {"xclip": "honest"},
        VERIFIED,
        "xclip",
    ),
    Case(
        "tmux taken up over SSH",
        X11 | TMUX,
        {"xclip": "honest", "tmux": "honest"},
        SENT,
        "tmux",
        session="SSH_CONNECTION=192.0.2.1 50000 192.0.2.2 22",
    ),
    Case(
        "tmux back at the desk",
        X11 | TMUX,
        {"xclip": "honest", "tmux": "honest"},
        VERIFIED,
        "xclip",
        session="-SSH_CONNECTION",
    ),
    Case(
        "SSH, known by its terminal",
        {"SSH_TTY": "/dev/pts/1"} | X11,
        {"xclip": "honest"},
        SENT,
        "xclip",
    ),
    Case(
        "SSH, known by its client",
        {"SSH_CLIENT": "192.0.2.1 5 22"},
        {"pbcopy": "honest"},
        SENT,
        "pbcopy",
        platform="darwin",
    ),
    Case("SSH, far desktop frozen", SSH | X11, {"xclip": "hangs"}, FAILED, timeout=SHORT),
    Case("SSH, far Wayland", SSH | WAYLAND, {"wl-copy": "honest"}, SENT, *TERMINAL),
    Case("SSH into Windows", SSH | WSL, {"clip.exe": "honest in UTF-16"}, SENT, *TERMINAL),
    Case(
        "SSH with X forwarded, long ago, in tmux",
        SSH | TMUX | {"DISPLAY": "localhost:10.0"},
        {"xclip": "honest", "tmux": "refuses"},
        SENT,
        "xclip",
    ),
    Case(
        "tmux does not tell",
        X11 | TMUX,
        {"xclip": "honest", "tmux": "hangs"},
        SENT,
        "xclip",
        timeout=SHORT,
        session=NEVER,
    ),
    Case("tmux cannot tell", X11 | TMUX, {"xclip": "honest"}, SENT, *TERMINAL),
    Case("screen, taken up who knows where", SCREEN | X11, {"xclip": "honest"}, SENT, *TERMINAL),
    Case("screen, nothing but a tool", SCREEN | X11, {"xclip": "honest"}, SENT, "xclip"),
    Case("screen, nothing else", SCREEN, {}, SENT, *TERMINAL),
    Case("screen over SSH", SCREEN | SSH | X11, {"xclip": "honest"}, SENT, *TERMINAL),
    Case("in a browser", X11, {"xclip": "honest"}, SENT, "your browser", "takes", is_web=True),
    Case(
        "in a browser that cannot", X11, {"xclip": "honest"}, SENT, "xclip", "refuses", is_web=True
    ),
    Case(
        "in a browser, tmux at the server",
        TMUX,
        {"tmux": "honest"},
        SENT,
        "your browser",
        "takes",
        is_web=True,
    ),
    Case("a dumb terminal", {"TERM": "dumb"}, {}, FAILED, "", "takes"),
    Case(
        "a dumb terminal with a desktop",
        {"TERM": "dumb"} | X11,
        {"xclip": "honest"},
        VERIFIED,
        "xclip",
        "takes",
    ),
    Case("the console of Linux", {"TERM": "linux"}, {}, FAILED, "", "takes"),
    Case("a bare console", {}, {}, FAILED),
    Case("a terminal that refuses", {}, {}, FAILED, "", "refuses"),
    Case("a terminal that breaks", {}, {}, FAILED, "", "breaks"),
]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return an empty bench of fake tools."""
    return Bench(tmp_path)


def copy_in_time(clip: Clipboard, text: str) -> CopyResult:
    """Copy in a thread, as the app does, and fail the test rather than hang with it."""
    results: list[CopyResult] = []
    thread = threading.Thread(target=lambda: results.append(clip.copy(text)), daemon=True)
    thread.start()
    thread.join(60)
    assert results, "the copy did not return, or raised"
    return results[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_surrounding_gets_the_truth(
    case: Case, bench: Bench, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is said is what an onlooker finds on the fake clipboards."""
    for tool, behaviour in case.tools.items():
        bench.add(tool, behaviour)
    if case.session == NEVER:
        os.mkfifo(bench.kept / "session")
    elif case.session:
        (bench.kept / "session").write_text(case.session + "\n")
    terminal = Terminal(case.terminal)
    result = copy_in_time(
        Clipboard(
            {"PATH": str(bench.bin), **case.environ},
            timeout=case.timeout,
            send_escape=terminal if case.terminal else None,
            is_web=case.is_web,
            platform=case.platform,
        ),
        TEXT,
    )
    assert (result.outcome, result.how) == (case.outcome, case.how), result
    assert CANARY not in result.detail
    assert len(result.detail) < 250
    assert capfd.readouterr() == ("", "")
    if result.outcome is FAILED:
        assert result.detail
    elif result.how in HANDED:
        assert terminal.taken == [osc52(TEXT, is_in_screen="STY" in case.environ)]
    else:
        tool = next(name for name in case.tools if HOW.get(name, name) == result.how)
        assert bench.holds(tool) == TEXT.encode()
    if result.how not in HANDED:
        assert not terminal.taken


def test_over_ssh_the_far_clipboard_is_left_alone(bench: Bench) -> None:
    """What is copied at home does not replace what someone holds on the far machine."""
    bench.add("xclip", "honest")
    environ = {"PATH": str(bench.bin), **SSH, **X11}
    Clipboard(environ, send_escape=Terminal("takes")).copy(TEXT)
    assert bench.calls() == []


def test_what_went_wrong_on_the_way_is_told(bench: Bench) -> None:
    """The detail names each means and its fault."""
    bench.add("xclip", "forgets")
    bench.add("tmux", "refuses")
    environ = {"PATH": str(bench.bin), **X11, **TMUX}
    result = Clipboard(environ, send_escape=Terminal("breaks")).copy(TEXT)
    assert result.detail == (
        "xclip gave back something else; tmux ended with status 1; your terminal broke (OSError)"
    )


def test_macos_is_told_to_use_utf8(bench: Bench) -> None:
    """Without it pbcopy writes MacRoman, and LC_ALL would overrule what we set."""
    bench.add("pbcopy", "honest")
    environ = {"PATH": str(bench.bin), "LC_ALL": "C", "LC_CTYPE": "C"}
    assert Clipboard(environ, platform="darwin").copy(TEXT).outcome is VERIFIED
    assert [line.split("[")[1] for line in bench.calls()] == ["UTF-8|]", "UTF-8|]"]


def is_running(pid: int) -> bool:
    """Return whether a process exists and is more than an entry waiting to be collected."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")


def wait_until(happened: Callable[[], bool]) -> bool:
    """Return whether `happened` comes true within some seconds."""
    deadline = time.monotonic() + 10
    while not (true := happened()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return true


def test_nothing_that_hangs_is_left_running(bench: Bench) -> None:
    """The tool that pyperclip started ends with the child, not only the child."""
    bench.add("xclip", "hangs")
    Clipboard({"PATH": str(bench.bin), **X11}, timeout=2 * SHORT).copy(TEXT)
    pids = [int(line.split()[0]) for line in bench.calls()]
    assert pids
    assert wait_until(lambda: not any(map(is_running, pids)))


def test_an_interrupt_ends_the_tool(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C on the command line is passed on, and leaves nothing behind."""
    bench.add("tmux", "hangs")

    def interrupt(*_: object) -> None:
        assert wait_until(lambda: any("load-buffer" in line for line in bench.calls()))
        raise KeyboardInterrupt

    environ = {"PATH": str(bench.bin), **TMUX, **SSH}
    with monkeypatch.context() as patch:
        patch.setattr(subprocess.Popen, "communicate", interrupt)
        with pytest.raises(KeyboardInterrupt):
            Clipboard(environ).copy(TEXT)
    pids = [int(line.split()[0]) for line in bench.calls()]
    assert wait_until(lambda: not any(map(is_running, pids)))


def test_nothing_to_copy_is_never_verified(bench: Bench) -> None:
    """A broken tool gives back nothing, which is just what an empty text would be."""
    bench.add("xclip", "forgets")
    result = Clipboard({"PATH": str(bench.bin), **X11}).copy("")
    assert result == (FAILED, "", "there is nothing to copy")
    assert bench.calls() == []


@pytest.mark.parametrize(
    "text",
    ["\r\n", "a\r\nb\rc\n", "\x00", "a\x00b", "\ufeffbom", "e\u0301", "-o", " \n\n", "x" * 300_000],
    ids=lambda text: repr(text[:8]),
)
def test_hostile_text_comes_back_byte_for_byte(text: str, bench: Bench) -> None:
    """Verified means the same bytes, whatever they are."""
    bench.add("xclip", "honest")
    result = copy_in_time(Clipboard({"PATH": str(bench.bin), **X11}, timeout=20), text)
    assert result.outcome is VERIFIED
    assert bench.holds("xclip") == text.encode()


def test_a_changed_line_end_is_a_change(bench: Bench) -> None:
    """Only Windows is forgiven for its own."""
    bench.add("xclip", "honest/loses CR")
    assert Clipboard({"PATH": str(bench.bin), **X11}).copy("a\r\nb").outcome is FAILED


@pytest.mark.parametrize("environ", [X11, SSH | X11], ids=["here", "over SSH"])
def test_a_lone_surrogate_is_not_verified(environ: Mapping[str, str], bench: Bench) -> None:
    """It cannot be encoded, so what a tool would hold is not what was to be copied."""
    bench.add("xclip", "honest")
    environ = {"PATH": str(bench.bin), **environ}
    assert Clipboard(environ).copy("a\ud800b").outcome is FAILED
    terminal = Terminal("takes")
    assert Clipboard(environ, send_escape=terminal).copy("a\ud800b").how == "your terminal"
    assert terminal.taken == [osc52("a?b")]
    assert bench.calls() == []


def test_a_stranger_that_ends_well_proves_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interpreter that is none, and exits 0, has copied nothing."""
    bench.add("xclip", "honest")
    bench.add("python", "forgets")
    monkeypatch.setattr(sys, "executable", str(bench.bin / "python"))
    result = Clipboard({"PATH": str(bench.bin), **X11}).copy(TEXT)
    assert result == (FAILED, "", "xclip ended with status 0")


@pytest.mark.parametrize("executable", ["", "/opt/alongside/alongside", None])
def test_a_python_is_found_when_we_run_inside_something_else(
    executable: str | None, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Embedded or frozen, `sys.executable` would start the wrong program."""
    bench.add("xclip", "honest")
    (bench.bin / "python3").symlink_to(sys.executable)
    if executable is None:
        monkeypatch.setattr(sys, "frozen", True, raising=False)
    else:
        monkeypatch.setattr(sys, "executable", executable)
    clip = Clipboard({"PATH": str(bench.bin), **X11}, timeout=20)
    assert clip.copy(TEXT) == (VERIFIED, "xclip", "")
    (bench.bin / "python3").unlink()
    assert clip.copy(TEXT) == (FAILED, "", "xclip could not be started")


def test_the_child_is_out_of_reach_of_the_surroundings(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the working folder nor PYTHON* variables decide what it runs."""
    bench.add("xclip", "honest")
    trap = tmp_path / "trap"
    trap.mkdir()
    for module in ("pyperclip", "subprocess", "enum", "sitecustomize"):
        (trap / f"{module}.py").write_text("raise SystemExit(42)\n")
    monkeypatch.chdir(trap)
    environ = {"PATH": str(bench.bin), "PYTHONPATH": str(trap), "PYTHONSTARTUP": "x", **X11}
    assert Clipboard(environ, timeout=20).copy(TEXT).outcome is VERIFIED
    assert bench.holds("xclip") == TEXT.encode()


def test_without_pyperclip_it_says_so(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation is told apart from a broken clipboard."""
    bench.add("xclip", "honest")
    monkeypatch.setitem(sys.modules, "pyperclip", None)
    result = Clipboard({"PATH": str(bench.bin), **X11}).copy(TEXT)
    assert result == (FAILED, "", "xclip was not tried: pyperclip is not installed")


def test_a_qt_clipboard_that_dies_with_its_program_is_not_believed(tmp_path: Path) -> None:
    """Bare pyperclip would take Qt, read back its own memory and agree with itself."""
    import pyperclip  # type: ignore[import-untyped, unused-ignore]

    (tmp_path / "pyperclip").symlink_to(Path(pyperclip.__file__).parent)
    (tmp_path / "qtpy").mkdir()
    (tmp_path / "qtpy" / "__init__.py").touch()
    (tmp_path / "qtpy" / "QtWidgets.py").write_text(
        "class QApplication:\n"
        "    held = ''\n"
        "    def __init__(self, argv): pass\n"
        "    def clipboard(self): return self\n"
        "    def setText(self, text): self.held = text\n"
        "    def text(self): return self.held\n"
        "    @staticmethod\n"
        "    def instance(): return None\n"
    )
    code = (
        "import sys; sys.path.append(sys.argv[1]); import pyperclip as p; p.copy('x');"
        "sys.exit(42 if p.paste() == 'x' else 1)"
    )
    isolated = [sys.executable, "-I", "-S"]
    environ = {"PATH": str(tmp_path), **X11}
    fooled = subprocess.run([*isolated, "-c", code, tmp_path], env=environ, check=False)
    assert fooled.returncode == 42
    child = [*isolated, clipboard_child.__file__, "auto", str(tmp_path)]
    ours = subprocess.run(child, env=environ, input=b"x", check=False)
    assert ours.returncode == 44  # found no working clipboard


def test_it_goes_by_the_environment_of_the_process(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The default is what the person started us with."""
    bench.add("xsel", "honest")
    for name in (*SSH, *WAYLAND, *WSL, *SCREEN, "TMUX", "SSH_TTY", "SSH_CLIENT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(bench.bin))
    monkeypatch.setenv("DISPLAY", ":1")
    assert Clipboard(timeout=20, platform="linux").copy(TEXT) == (VERIFIED, "xsel", "")


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("\x1b]52;c;AAAA\x07")
@example("\x00")
def test_an_escape_sequence_carries_the_text_and_only_that(text: str) -> None:
    """Nothing in the text can end the sequence early or begin another."""
    sequence = osc52(text)
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    assert base64.b64decode(sequence[7:-1], validate=True).decode() == text


@pytest.mark.parametrize(("over", "outcome"), [(0, SENT), (1, FAILED)])
def test_a_terminal_gets_no_more_than_it_may_take(over: int, outcome: Outcome) -> None:
    """Beyond the limit some terminals drop it all, so it is not even tried."""
    terminal = Terminal("takes")
    result = Clipboard({"PATH": ""}, send_escape=terminal).copy("x" * (OSC52_LIMIT // 4 * 3 + over))
    assert result.outcome is outcome
    assert len(terminal.taken) == 1 - over
    assert (str(OSC52_LIMIT) in result.detail) == bool(over)


FAKE_WINDOWS = """\
import sys
held = []
def set_clipboard(name):
    assert name == "windows"
def copy(text):
    held[:] = [{keep}]
def paste():
    return held[0]
"""


@pytest.mark.parametrize(
    ("keep", "outcome"),
    [
        ("text", VERIFIED),
        ("text.replace('\\n', '\\r\\n')", VERIFIED),
        ("text.partition('Friday')[0]", FAILED),
        ("'what was there before'", FAILED),
    ],
    ids=["as it is", "with its own line ends", "cut", "old"],
)
def test_the_clipboard_of_windows(
    keep: str, outcome: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It changes line ends, which is no lie; all else is."""
    (tmp_path / "pyperclip.py").write_text(FAKE_WINDOWS.format(keep=keep))
    found = importlib.util.spec_from_file_location("pyperclip", tmp_path / "lib" / "x" / "y.py")
    assert found is not None
    found.origin = str(tmp_path / "pyperclip" / "__init__.py")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: found)
    result = Clipboard({"PATH": ""}, timeout=20, platform="win32").copy(TEXT)
    assert result.outcome is outcome


@pytest.mark.parametrize("text", ["", "a", TEXT, "x" * 3_000], ids=len)
def test_screen_is_given_pieces_it_passes_on(text: str) -> None:
    """GNU screen drops a string of 768 bytes and more, and all of a sequence it does not know."""
    pieces = osc52(text, is_in_screen=True).split("\x1b\\")
    assert pieces.pop() == ""
    assert all(piece.startswith("\x1bP") and len(piece) < 768 for piece in pieces)
    assert "".join(piece[2:] for piece in pieces) == osc52(text)


def test_importing_it_costs_next_to_nothing() -> None:
    """The command line loads this module at every start."""
    root = Path(clipboard.__file__).parents[2]
    code = (
        "import sys; before = set(sys.modules); sys.path.insert(0, sys.argv[1])\n"
        "import tui.desk.clipboard; print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, root], capture_output=True, text=True, check=True
    ).stdout.split()
    dear = {"textual", "rich", "pyperclip", "subprocess", "dataclasses", "shutil", "tempfile"}
    assert "tui.desk.clipboard" in loaded
    assert not dear & set(loaded)
