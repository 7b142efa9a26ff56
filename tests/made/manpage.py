"""Makes the manual page from the arguments of the command line."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made.arguments import Argument, Command, Takes, commands
from tui import __version__
from tui.cli import DESCRIPTION, EPILOG
from tui.desk.places import JOURNAL_VARIABLE
from tui.domain.notes import KINDS

FOLDERS = (
    ("~/.local/share/alongside/journal/", "The journal: plain JSON, one meeting in one file."),
    (
        "~/.local/state/alongside/",
        "What this machine keeps beside it: lines not filed yet, half-typed ones, undo, and of "
        "each file earlier versions.",
    ),
    ("~/.config/alongside/settings.toml", "What you have chosen. All of it is optional."),
    ("~/.config/alongside/summary.txt", "Your own template of a summary."),
    ("~/.config/alongside/themes/", "Themes of your own, a file each."),
)
"""Where the files are on Linux, and what they hold; the variables of XDG move them."""

VARIABLES = (
    (JOURNAL_VARIABLE, "The journal's folder, where --journal does not name it."),
    ("VISUAL, EDITOR", "The editor that a note can be opened in."),
    ("PAGER", "What shows a text that could not be copied for sure."),
    ("NO_COLOR", "Where it is set, nothing is said by colour."),
    ("XDG_DATA_HOME, XDG_STATE_HOME, XDG_CONFIG_HOME", "Where the folders below are instead."),
)
"""The variables of the environment that a reader may want to set."""

ESCAPES = {
    "\\": r"\(rs",
    "-": r"\-",
    "'": r"\(aq",
    "`": r"\(ga",
    "^": r"\(ha",
    "~": r"\(ti",
    '"': r"\(dq",
}
"""What roff would take for something else, and how it is written."""


def manual_page() -> str:
    """Return the source of ``alongside.1``."""
    program, *rest = commands()
    blocks: list[Iterator[str]] = [
        _head(program),
        _section("Commands", *(_command(command) for command in rest)),
        _section("Lines", _kinds()),
        _section("Exit status", _exit_codes()),
        _section("Environment", *(_term(*row) for row in VARIABLES)),
        _section("Files", *(_term(*row) for row in FOLDERS), _where()),
        _section("See also", iter(["task(1), tmux(1)"])),
    ]
    return "\n".join(line for block in blocks for line in block) + "\n"


def roff(text: str) -> str:
    """Return a text as roff takes it, in ASCII."""
    parts = (
        ESCAPES.get(char, char) if char.isascii() else f"\\[u{ord(char):04X}]" for char in text
    )
    return "".join(parts)


def _head(program: Command) -> Iterator[str]:
    yield r".\" Made from tui/cli.py by python -m tests.pages."
    yield f'.TH ALONGSIDE 1 "" "alongside {roff(__version__)}" "User Commands"'
    yield ".SH NAME"
    yield rf"alongside \- {roff(DESCRIPTION[0].lower() + DESCRIPTION[1:].rstrip('.'))}"
    yield ".SH SYNOPSIS"
    yield from _synopsis(program)
    yield ".br"
    yield r".B alongside \fIcommand\fR [\fIargument\fR ...]"
    yield ".SH DESCRIPTION"
    yield roff(DESCRIPTION)
    yield from _paragraphs(EPILOG.partition("Exit codes:")[0])
    yield ".PP"
    yield roff("In the app, F1 says what the keys do where you are, and ^p finds any action.")
    yield ".SH OPTIONS"
    yield from _options(program.arguments)
    yield from _term("-h, --help", "Help, of a command where one is named.")


def _section(title: str, *blocks: Iterator[str]) -> Iterator[str]:
    yield f".SH {title.upper()}"
    for block in blocks:
        yield from block


def _command(command: Command) -> Iterator[str]:
    yield f'.SS "alongside {roff(" ".join(command.words))}"'
    yield from _synopsis(command)
    yield ".PP"
    yield roff(command.help[0].upper() + command.help[1:] + ".")
    own = tuple(argument for argument in command.arguments if argument.flags != ("--journal",))
    yield from _options(own)
    yield from _paragraphs(command.epilog)


def _synopsis(command: Command) -> Iterator[str]:
    is_program = not command.words
    shown = [
        _bracketed(argument)
        for argument in command.arguments
        if is_program or argument.flags != ("--journal",)
    ]
    name = roff(" ".join(("alongside", *command.words)))
    yield " ".join((rf"\fB{name}\fR", *shown))


def _bracketed(argument: Argument) -> str:
    name = _signature(argument)
    if argument.is_option:
        return f"[{name}]"
    ends = {"?": "[{}]", "*": "[{} ...]", "+": "{} ..."}
    return ends.get(argument.nargs, "{}").format(name)


def _signature(argument: Argument) -> str:
    """Return an argument as it is typed: bold what stands as it is, in italics what is put in."""
    flags = ", ".join(rf"\fB{roff(flag)}\fR" for flag in argument.flags)
    if argument.takes is Takes.NOTHING:
        return flags
    metavar = rf"\fI{roff(argument.metavar)}\fR"
    return f"{flags} {metavar}" if flags else metavar


def _options(arguments: tuple[Argument, ...]) -> Iterator[str]:
    for argument in arguments:
        choices = ", ".join(argument.choices)
        said = argument.help
        if choices and choices not in said:
            said = f"{said or 'one of'}: {choices}"
        if said:
            yield ".TP"
            yield _signature(argument)
            yield _sentence(said)


def _term(term: str, text: str) -> Iterator[str]:
    yield ".TP"
    yield rf"\fB{roff(term)}\fR"
    yield _sentence(text)


def _sentence(text: str) -> str:
    """Return what is said of a term, as one line that roff does not take for a request."""
    return roff(text[0].upper() + text[1:] + ("" if text.endswith(".") else "."))


def _paragraphs(text: str) -> Iterator[str]:
    """Yield a help text: lines that begin with a blank stay as they are, others are filled."""
    before = None
    for line in filter(None, text.split("\n")):
        is_fixed = line.startswith(" ")
        if is_fixed is not before:
            yield from (".PP", ".nf") if is_fixed else (*([".fi"] if before else ()), ".PP")
        yield rf"\&{roff(line)}"
        before = is_fixed
    if before:
        yield ".fi"


def _kinds() -> Iterator[str]:
    yield roff("The first character of a line says what it is; without one it is what you heard.")
    for kind in KINDS:
        yield ".TP"
        yield rf"\fB{roff(kind.key)}\fR"
        yield roff(f"{kind.label}: {kind.meaning}.")


def _exit_codes() -> Iterator[str]:
    codes = EPILOG.partition("Exit codes:")[2].strip().rstrip(".").replace("\n", " ")
    for code in codes.split(", "):
        number, _, text = code.partition(" ")
        yield from _term(number, text)


def _where() -> Iterator[str]:
    yield ".PP"
    yield rf"\fBalongside where\fR {roff('prints where they are on this machine.')}"
