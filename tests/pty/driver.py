"""Drives the real program in a real pseudo-terminal, as a person at a keyboard would.

`Terminal` is the terminal: it starts a program, shows what the program draws (pyte keeps the
screen), answers what the program asks a terminal, and types, clicks, pastes, resizes and hangs up.
`House` is the home of the person at it: a HOME, a PATH, a journal, and nothing of the developer's.

Nothing here sleeps and hopes. Whoever waits, waits for something to be true, with a deadline that
is generous because machines are busy.
"""

from __future__ import annotations

import codecs
import errno
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from datetime import time as daytime
from functools import partial
from itertools import pairwise
from pathlib import Path

import pyte

from tests.builders import Bench
from tui.desk.places import Place, place_of
from tui.domain.journal import Journal

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds until what is waited for is given up. Never reached where all is well."""

ALT_SCREEN_ON, ALT_SCREEN_OFF = b"\x1b[?1049h", b"\x1b[?1049l"
MOUSE_ON = (b"\x1b[?1000h", b"\x1b[?1003h", b"\x1b[?1006h")
MOUSE_OFF = (b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?1006l")
PASTE_OFF = b"\x1b[?2004l"
CURSOR_SHOWN = b"\x1b[?25h"

KEYS: dict[str, bytes] = {
    "enter": b"\r",
    "tab": b"\t",
    "escape": b"\x1b",
    "space": b" ",
    "backspace": b"\x7f",
    "delete": b"\x1b[3~",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "shift+tab": b"\x1b[Z",
    "shift+up": b"\x1b[1;2A",
    "shift+down": b"\x1b[1;2B",
    "shift+right": b"\x1b[1;2C",
    "shift+left": b"\x1b[1;2D",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
} | {f"ctrl+{letter}": bytes([ord(letter) & 0x1F]) for letter in "abcdefghijklmnopqrstuvwxyz"}
"""What an ordinary terminal sends for a key."""

_SEQUENCE = re.compile(
    rb"\x1b(?:"
    rb"\[(?P<private>[<=>?]?)(?P<given>[0-9;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    rb"|\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|P[^\x1b]*\x1b\\"
    rb"|[()#%].|[^\[\]P()#%])",
    re.DOTALL,
)
"""One whole control sequence: CSI, OSC, DCS, or ESC and a character or two."""
_UNDER_WAY = re.compile(rb"\x1b(?:\[[0-9;:<=>? -/]*|[\]P][^\x07\x1b]*\x1b?|[()#%]?)\Z")
"""A control sequence whose end has not been read yet."""

# The child makes the pseudo-terminal its controlling one, as a login would, and becomes the program
# under the same process id. Not `pty.fork`: forking beside a reader thread is asking for trouble.
_LOGIN = (
    "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.SIG_DFL); "  # what runs behind another ignores it
    "os.execvp(sys.argv[1], sys.argv[1:])"
)


class TerminalError(AssertionError):
    """What was waited for did not come; says what stood on the screen instead."""


class Terminal:
    """A terminal with a program in it."""

    def __init__(
        self,
        argv: Sequence[str],
        environ: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
        folder: Path | None = None,
        background: str = "",
    ) -> None:
        """Start a program.

        Args:
            argv: The program and its arguments.
            environ: Its whole environment.
            columns: The width of the terminal.
            rows: The height of the terminal.
            folder: The working folder.
            background: What it answers when it is asked for its background, such as
                ``rgb:ffff/ffff/ffff``; nothing if empty, as many terminals do.
        """
        self.background = background
        self._master, slave = pty.openpty()
        self._master_lock = threading.Lock()
        os.set_blocking(self._master, False)
        self._set_size(columns, rows)
        self.columns, self.rows = columns, rows
        self._screen = pyte.Screen(columns, rows)
        self._screen.set_mode(pyte.modes.LNM)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = b""
        self._received = bytearray()
        self._is_mid_frame = False
        self._news = threading.Condition(threading.RLock())
        self._wake, self._waker = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _LOGIN, *argv],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=dict(environ),
            cwd=folder,
            start_new_session=True,
        )
        os.close(slave)
        self.trouble: BaseException | None = None
        """What broke this terminal itself, if anything."""
        self._is_closed = False
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    # -- hearing the program ---------------------------------------------------------------

    def _read(self) -> None:
        try:
            while True:
                ready, _, _ = select.select([self._master, self._wake], [], [])
                if self._wake in ready:
                    return
                try:
                    data = os.read(self._master, 1 << 16)
                except BlockingIOError:
                    continue
                except OSError as error:
                    if error.errno == errno.EIO:  # nobody has the other end open any more
                        return
                    raise
                if not data:
                    return
                self._take(data)
        except BaseException as error:  # noqa: BLE001 - told to whoever waits
            self.trouble = error
        finally:
            with self._news:
                self._is_mid_frame = False
                self._news.notify_all()

    def _take(self, data: bytes) -> None:
        answers = b""
        with self._news:
            self._received += data
            data = self._rest + data
            place = 0
            for found in _SEQUENCE.finditer(data):
                self._feed(data[place : found.start()])
                answers += self._obey(found)
                place = found.end()
            cut = data.find(b"\x1b", place)
            cut = len(data) if cut < 0 else cut
            self._feed(data[place:cut])
            self._rest = data[cut:]
            self._news.notify_all()
        if answers:
            self._write(answers)

    def _obey(self, found: re.Match[bytes]) -> bytes:
        """Do what a control sequence asks; returns what the terminal answers."""
        private, given, final = found["private"], found["given"], found["final"]
        if found["between"] == b"$" and final == b"p":
            # Synchronised output is there, so that frames can be told apart; nothing else is.
            known = b"2" if given == b"2026" else b"0"
            return b"\x1b[?" + given + b";" + known + b"$y"
        if private == b"?" and given == b"2026" and final in (b"h", b"l"):
            self._is_mid_frame = final == b"h"
        if private == b"?" and given == b"1049" and final in (b"h", b"l"):
            self._screen.erase_in_display(2)  # another screen; what stood on the other is not kept
        if found["osc"] == b"11;?" and self.background:
            return b"\x1b]11;" + self.background.encode() + b"\x1b\\"
        if final == b"c" and private == b"" and given in (b"", b"0"):
            return b"\x1b[?62;22c"
        if final == b"n" and given == b"6":
            cursor = self._screen.cursor
            return f"\x1b[{cursor.y + 1};{cursor.x + 1}R".encode()
        if private == b"" and final in (b"m", b"H") and b":" not in given:
            # Nearly all there is; pyte would take them apart character by character.
            numbers = [int(number or 0) for number in given.split(b";")]
            if final == b"m":
                self._screen.select_graphic_rendition(*numbers)
            else:
                self._screen.cursor_position(*numbers)
            return b""
        is_odd = private in (b"<", b"=", b">") or found["between"]  # pyte would draw their ends
        if (final is not None and not is_odd and final not in (b"u", b"t")) or (
            final is None and found["osc"] is None and found[0][1:2] != b"P"
        ):
            self._feed(found[0])
        return b""

    def _feed(self, data: bytes) -> None:
        if data:
            self._stream.feed(self._decoder.decode(data))

    @property
    def received(self) -> bytes:
        """All that the program has written, byte for byte."""
        with self._news:
            return bytes(self._received)

    @property
    def received_text(self) -> str:
        """All that the program has written, without its control sequences, whole or under way."""
        return _UNDER_WAY.sub(b"", _SEQUENCE.sub(b"", self.received)).decode("utf-8", "replace")

    # -- looking ---------------------------------------------------------------------------

    def screen(self) -> list[str]:
        """Return what stands on the screen, line by line."""
        with self._news:
            return self._lines()

    def _lines(self) -> list[str]:
        # As `pyte.Screen.display`, which measures every character again: the second cell of a wide
        # character is empty anyway.
        columns = range(self._screen.columns)
        buffer = self._screen.buffer
        return [
            "".join([buffer[y][x].data for x in columns]).rstrip()
            for y in range(self._screen.lines)
        ]

    @property
    def text(self) -> str:
        """What stands on the screen, as one text."""
        return "\n".join(self.screen())

    def where(self, wanted: str) -> tuple[int, int]:
        """Return the column and row where a text begins on the screen."""
        with self._news:
            for y in range(self._screen.lines):
                row = self._screen.buffer[y]
                cells = [row[x].data for x in range(self._screen.columns)]
                place = "".join(cells).find(wanted)
                if place >= 0:
                    lengths = [len(cell) for cell in cells]
                    return next(x for x in range(len(cells)) if sum(lengths[:x]) >= place), y
        raise TerminalError(f"{wanted!r} is not on the screen:\n{self._picture()}")

    def row(self, wanted: str) -> str:
        """Return the line of the screen a text stands in; empty where it stands nowhere."""
        return next((line for line in self.screen() if wanted in line), "")

    def drawn(self) -> pyte.Screen:
        """Return the screen itself, cell by cell."""
        return self._screen

    def modes(self) -> list[object]:
        """Return how the terminal is set: whether it echoes, what its keys do."""
        return termios.tcgetattr(self._master)

    def colours(self) -> set[tuple[str, str]]:
        """Return the pairs of colours, before and behind, of all that can be read."""
        with self._news:
            cells = [
                self._screen.buffer[y][x]
                for y in range(self._screen.lines)
                for x in range(self._screen.columns)
            ]
        return {(c.bg, c.fg) if c.reverse else (c.fg, c.bg) for c in cells if c.data.strip()}

    def is_underlined(self, wanted: str) -> bool:
        """Return whether a text on the screen is underlined."""
        with self._news:
            text = "\n".join(self._lines())
            if wanted not in text:
                return False
            x, y = self.where(wanted)
            return bool(self._screen.buffer[y][x].underscore)

    def _picture(self) -> str:
        with self._news:
            lines = self._lines()
        edge = "·" * self._screen.columns
        state = "running" if self._process.poll() is None else f"ended: {self._process.poll()}"
        cursor = f"cursor at {self._screen.cursor.x}, {self._screen.cursor.y}"
        return "\n".join((edge, *lines, edge, f"({state}; {cursor}; {self._rest!r} not drawn)"))

    # -- waiting ---------------------------------------------------------------------------

    def wait_for(
        self,
        wanted: str | Callable[[str], object],
        *more: str,
        without: str = "",
        deadline: float = PATIENCE,
    ) -> str:
        """Wait until the screen shows what is wanted, and return the screen.

        Args:
            wanted: A text, or a function of the screen's text that says whether it is there.
            more: Further texts that must be there at the same time.
            without: A text that must not be there.
            deadline: Seconds to wait at most.
        """

        def is_there(text: str) -> bool:
            first = wanted in text if isinstance(wanted, str) else wanted(text)
            return (
                bool(first)
                and all(word in text for word in more)
                and not (without and without in text)
            )

        end = time.monotonic() + deadline
        with self._news:
            while True:
                text = "\n".join(self._lines())
                if not self._is_mid_frame and is_there(text):
                    return text
                if self.trouble is not None:
                    raise TerminalError("The terminal itself broke.") from self.trouble
                left = end - time.monotonic()
                if left <= 0 or not self._reader.is_alive():
                    break
                self._news.wait(min(left, 1.0))
        asked = wanted if isinstance(wanted, str) else getattr(wanted, "__name__", "a state")
        raise TerminalError(
            f"{(asked, *more)!r}{f' without {without!r}' if without else ''} did not appear within "
            f"{deadline:.0f} s:\n{self._picture()}"
        )

    def wait_for_bytes(self, wanted: bytes, *, deadline: float = PATIENCE) -> None:
        """Wait until the program has written certain bytes."""
        end = time.monotonic() + deadline
        with self._news:
            while wanted not in self._received:
                left = end - time.monotonic()
                if left <= 0 or not self._reader.is_alive():
                    break
                self._news.wait(min(left, 1.0))
            else:
                return
        raise TerminalError(f"{wanted!r} was never written:\n{self._picture()}")

    def wait_for_more(self, count: int, *, deadline: float = PATIENCE) -> None:
        """Wait until the program has written more than ``count`` bytes, and a whole frame."""
        end = time.monotonic() + deadline
        with self._news:
            while len(self._received) <= count or self._is_mid_frame:
                left = end - time.monotonic()
                if left <= 0 or not self._reader.is_alive():
                    raise TerminalError(f"Nothing more was written:\n{self._picture()}")
                self._news.wait(min(left, 1.0))

    def wait_exit(self, *, deadline: float = PATIENCE) -> int:
        """Wait until the program has ended and all it wrote is here; return how it ended.

        Returns:
            Its exit code, as a shell would say it: 128 and the signal's number where one ended it.
        """
        try:
            code = self._process.wait(deadline)
        except subprocess.TimeoutExpired as late:
            raise TerminalError(f"It did not end:\n{self._picture()}") from late
        self._reader.join(deadline)
        return code if code >= 0 else 128 - code

    @property
    def is_running(self) -> bool:
        """Whether the program has not ended."""
        return self._process.poll() is None

    def is_stopped(self) -> bool:
        """Return whether the program is stopped, as by ctrl+z in a shell (Linux, macOS)."""
        ps = ["ps", "-o", "stat=", "-p", str(self._process.pid)]
        return subprocess.run(ps, capture_output=True, check=False).stdout.startswith(b"T")

    # -- typing ----------------------------------------------------------------------------

    def _write(self, data: bytes, deadline: float = PATIENCE) -> None:
        end = time.monotonic() + deadline
        with self._master_lock:
            while data:
                _, ready, _ = select.select([], [self._master], [], 1.0)
                if ready:
                    with suppress(BlockingIOError):
                        data = data[os.write(self._master, data) :]
                elif time.monotonic() > end:
                    raise TerminalError(f"It does not read its keys:\n{self._picture()}")

    def type(self, text: str) -> None:
        """Type characters, one key each."""
        self._write(text.encode())

    def press(self, *names: str) -> None:
        """Press keys by name (``enter``, ``ctrl+g``, ``shift+right``), or by their character."""
        for name in names:
            self._write(KEYS[name] if name in KEYS else name.encode())

    def send(self, data: bytes) -> None:
        """Send bytes as they are, all at once: keys that arrive in a bundle, or no keys at all."""
        self._write(data)

    def paste(self, text: str) -> None:
        """Paste, as a terminal that knows bracketed paste does."""
        self._write(b"\x1b[200~" + text.encode("utf-8", "surrogatepass") + b"\x1b[201~")

    def click(self, place: str | tuple[int, int]) -> None:
        """Click on a text, or on a column and row."""
        x, y = self._place(place)
        self._mouse(0, x, y)
        self._mouse(0, x, y, is_up=True)

    def hold(self, place: str | tuple[int, int]) -> None:
        """Press the mouse button on a place and keep it pressed."""
        self._mouse(0, *self._place(place))

    def drop(self, place: str | tuple[int, int]) -> None:
        """Move to another place with the button held, and let it go there."""
        x, y = self._place(place)
        self._mouse(32, x, y)
        self._mouse(0, x, y, is_up=True)

    def _place(self, place: str | tuple[int, int]) -> tuple[int, int]:
        return self.where(place) if isinstance(place, str) else place

    def _mouse(self, button: int, x: int, y: int, *, is_up: bool = False) -> None:
        self.wait_for_bytes(MOUSE_ON[0])  # before, a terminal tells of no mouse
        self._write(f"\x1b[<{button};{x + 1};{y + 1}{'m' if is_up else 'M'}".encode())

    # -- the terminal itself ---------------------------------------------------------------

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Change the size. The screen is emptied: what is seen after was drawn after."""
        with self._news:
            self.columns, self.rows = columns, rows
            self._screen.resize(max(rows, 1), max(columns, 1))
            self._screen.erase_in_display(2)
            self._set_size(columns, rows)

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        self._process.send_signal(number)

    def kill(self) -> None:
        """End the program as a power cut would: without a chance to do anything."""
        self._process.kill()
        self.wait_exit()

    def hang_up(self) -> None:
        """Close the terminal's window while the program runs."""
        if self._master >= 0:
            os.write(self._waker, b"x")
            self._reader.join(PATIENCE)
            os.close(self._master)
            self._master = -1

    def close(self) -> None:
        """Make an end of all of it, whatever state it is in. May be called more than once."""
        if self._is_closed:
            return
        self._is_closed = True
        if self.is_running:
            self._process.kill()
        self._process.wait()
        self.hang_up()
        os.close(self._wake)
        os.close(self._waker)


class House:
    """A person's home on one machine: their files, their programs, their journal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.programs = folder / "bin"
        self.clipboard = folder / "clipboard"
        for made in (self.home, self.programs):
            made.mkdir()
        # A zone in which it is noon, so that no test runs across midnight.
        now = datetime.fromtimestamp(time.time(), UTC)
        behind = now.hour - 12
        self._behind = timedelta(hours=behind)
        self.zone = f"NOON{behind:+d}"
        self.today: date = (now - self._behind).date()
        self.environ: dict[str, str] = {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / ".local/share"),
            "XDG_STATE_HOME": str(self.home / ".local/state"),
            "PATH": f"{self.programs}{os.pathsep}{os.defpath}",
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "TZ": self.zone,
            "TMPDIR": str(folder),
        }
        self._terminals: list[Terminal] = []

    @property
    def place(self) -> Place:
        """Where the journal is."""
        return place_of(None, self.environ)

    def at(self, clock: str, *, days: int = 0) -> datetime:
        """Return the moment at which the clock of this house shows such as 14:30, days from now."""
        wall = datetime.combine(self.today, daytime.fromisoformat(clock), UTC)
        return wall + timedelta(days=days) + self._behind

    def open(
        self,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        background: str = "",
    ) -> Terminal:
        """Start the app in a terminal; ``environ`` is added to the environment."""
        argv = (sys.executable, "-m", "tui", *arguments)
        return self.open_program(
            *argv, columns=columns, rows=rows, environ=environ, background=background
        )

    def open_program(
        self,
        *argv: str,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        background: str = "",
    ) -> Terminal:
        """Start any program in a terminal; ``environ`` is added to the environment."""
        terminal = Terminal(
            argv,
            self.environ | dict(environ or {}),
            columns=columns,
            rows=rows,
            folder=self.home,
            background=background,
        )
        self._terminals.append(terminal)
        return terminal

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Run ``alongside`` with arguments, without a terminal, and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "tui", *arguments],
            input=stdin,
            capture_output=True,
            env=self.environ,
            cwd=self.home,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def on_disk(self) -> Journal:
        """Return the journal as another program would read it now."""
        bench = Bench(self.folder)
        bench.place = self.place
        return bench.on_disk()

    def notes(self) -> list[str]:
        """Return the texts of all notes on disk, in the order they were written."""
        pages = self.on_disk().pages.values()
        found = [note for page in pages for note in page.notes]
        return [note.text for note in sorted(found, key=lambda note: note.id)]

    def has_logged(self, text: str) -> bool:
        """Return whether the log in the state folder holds a text: from then on it is durable."""
        logs = Path(self.place.state).glob("*.log")
        return any(text in log.read_text("utf-8", "replace") for log in logs)

    def with_xclip(self) -> None:
        """Give this machine a clipboard: an X display nobody looks at, and an xclip of our own."""
        xclip = self.programs / "xclip"
        xclip.write_text(
            "#!/bin/sh\n"
            f'case " $* " in *" -o "*) exec cat "{self.clipboard}" ;; esac\n'
            f'cat > "{self.clipboard}.new" && mv "{self.clipboard}.new" "{self.clipboard}"\n'
        )
        xclip.chmod(0o755)
        self.environ["DISPLAY"] = ":77"

    def close(self) -> None:
        """End all that was started here."""
        for terminal in self._terminals:
            terminal.close()


def wait_until(is_so: Callable[[], object], what: str, *, deadline: float = PATIENCE) -> None:
    """Wait until something outside the terminal is true; look at it fifty times a second."""
    end = time.monotonic() + deadline
    tick = threading.Event()
    while not is_so():
        if time.monotonic() > end:
            raise TerminalError(f"{what}: not within {deadline:.0f} s")
        tick.wait(0.02)


@contextmanager
def house_in(folder: Path) -> Iterator[House]:
    """Make a house and end all that was started in it."""
    house = House(folder)
    try:
        yield house
    finally:
        house.close()


# -- what a person does again and again --------------------------------------------------------


def has_line(text: str, *parts: str) -> bool:
    """Return whether one line of the screen holds all the parts."""
    return any(all(part in line for part in parts) for line in text.splitlines())


def fill(terminal: Terminal, **values: str) -> None:
    """Type values into the first fields of a form, and wait until each stands below its label."""
    for number, (label, value) in enumerate(values.items()):
        if number:
            terminal.press("tab")
        terminal.type(value)
        terminal.wait_for(partial(_stands_below, label.replace("_", " "), value))


def _stands_below(label: str, value: str, screen: str) -> bool:
    """Return whether a value stands in the line below a label; an example does not count."""
    lines = screen.splitlines()
    return any(
        label in above and value in below and "e.g." not in below
        for above, below in pairwise(lines)
    )


def write_line(terminal: Terminal, line: str, *shown: str) -> None:
    """Write a line on Listen, its kind key first, and wait until it stands there and is saved.

    Args:
        terminal: The app on Listen, with nothing typed.
        line: The line.
        shown: What one line of the screen then holds: all that follows the key, if not given.
    """
    text = line[1:]
    terminal.type(line)
    terminal.wait_for(text)
    terminal.press("enter")
    terminal.wait_for(
        lambda screen: has_line(screen, *(shown or (text,))) and not has_line(screen, " │", text),
        "saved ●",
    )


def listen_to_dana(house: House, *, columns: int = 80, rows: int = 24) -> Terminal:
    """Open the app on Listen with Dana, who is added where she is not there yet."""
    if b"Dana" not in house.run("people"):
        house.run("people", "add", "Dana Okafor")
    terminal = house.open(columns=columns, rows=rows)
    listen(terminal)
    return terminal


def listen(terminal: Terminal) -> None:
    """Go from home to Listen with Dana."""
    terminal.wait_for("Dana Okafor", "F1 help")
    terminal.press("l")
    terminal.wait_for(" │", "! need", "* idea")
