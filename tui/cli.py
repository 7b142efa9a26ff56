"""The command line: arguments, output, exit codes. It loads Textual only to open the app."""

from __future__ import annotations

import sys

from tui import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from typing import Any, NoReturn

DESCRIPTION = "A companion for one-to-ones: prepare, listen, keep what you promised."
EPILOG = """\
Without a command the app opens on your journal. Try it first on an invented one: alongside demo

Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 journal damaged or newer, 5 locked,
130 interrupted."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run alongside.

    Args:
        argv: The arguments without the program's name; the process's own by default.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if sys.stdout is None or sys.stderr is None:
        _open_streams()
    try:
        try:
            if arguments == ["--version"]:
                print(f"alongside {__version__}")
                return 0
            return _run(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except OSError as error:
        _forget_stdout()
        print(f"alongside: what it has to say cannot be written: {error}.", file=sys.stderr)
        return 1


def _run(arguments: list[str]) -> int:
    import gc

    from tui.domain.text import clean
    from tui.errors import EXIT_FAILED, EXIT_INTERRUPTED, AlongsideError

    gc.disable()  # a command is over before a collection pays; the app turns it on again
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    words, journal = _without_journal(arguments)
    options: Any = _plain(words)
    if options is None:
        options = build_parser(words[0] if words else None).parse_args(_guard_text(words))
    if journal is not None:
        options.journal = journal
    if options.verb == "note":
        options.text = [word.removeprefix(GUARD) for word in options.text]
    try:
        return _verb(options)
    except AlongsideError as error:
        print(f"alongside: {clean(str(error))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return EXIT_INTERRUPTED
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - its message may hold what is private
        from tui.shell.output import fault

        print(fault(error), file=sys.stderr)
        return EXIT_FAILED
    finally:
        gc.freeze()  # the interpreter's last collections then have nothing to go through


def _without_journal(arguments: list[str]) -> tuple[list[str], str | None]:
    """Return the arguments without ``--journal DIR``, wherever it stands, and DIR."""
    words: list[str] = []
    journal = None
    rest = iter(arguments)
    for word in rest:
        if word == "--":
            return [*words, word, *rest], journal
        name, equals, value = word.partition("=")
        if name != "--journal":
            words.append(word)
        elif equals:
            journal = value
        else:
            following = next(rest, None)
            if following is None:
                words.append(word)
            else:
                journal = following
    return words, journal


GUARD = "\0"
"""Put before text that begins with a hyphen, which argparse would take for an option."""


def _guard_text(words: list[str]) -> list[str]:
    """Return the arguments with the lines marked as mine, ``-~tired``, told from options."""
    if words[:1] != ["note"]:
        return words
    from tui.domain.notes import KIND_BY_KEY

    def is_text(word: str) -> bool:
        return word[:1] == "-" and word[1:2] in KIND_BY_KEY

    return [GUARD + word if is_text(word) else word for word in words]


class Options:
    """The options of a call that says nothing but which command."""

    check = False
    guide = False
    what = None
    json = False
    archived = False

    def __init__(self, verb: str | None) -> None:
        self.verb = verb


PLAIN_VERBS = ("demo", "due", "people", "where")


def _plain(words: list[str]) -> Options | None:
    """Return what the plainest calls mean, None for all others.

    They are the ones that should feel instant, and argparse is a sixth of what ``people`` takes.
    """
    if not words:
        return Options(None)
    return Options(words[0]) if len(words) == 1 and words[0] in PLAIN_VERBS else None


def _open_streams() -> None:
    """Give a program that was started with closed streams something to write to."""
    import os

    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _forget_stdout() -> None:
    """Point stdout nowhere: its reader has gone, and closing it must not complain again."""
    import os
    from contextlib import suppress

    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _verb(options: Any) -> int:
    if options.verb in (None, "demo"):
        from tui import start

        return start.open_app(options) if options.verb is None else start.open_demo(options)
    if options.verb in ("check", "backup", "restore"):
        from tui.shell import care

        return int(getattr(care, options.verb)(options))
    if options.verb in ("export", "import"):
        from tui.shell import exchange

        return (exchange.export if options.verb == "export" else exchange.bring_in)(options)
    if options.verb in ("mirror", "quarter"):
        from tui.shell import mirroring

        return (mirroring.mirror if options.verb == "mirror" else mirroring.quarter)(options)
    if options.verb in ("record", "forget"):
        from tui.shell import records

        return (records.record if options.verb == "record" else records.forget)(options)
    if options.verb in ("merge", "expire"):
        from tui.shell import tidying

        return (tidying.merge if options.verb == "merge" else tidying.expire)(options)
    if options.verb == "search":
        from tui.shell import finding

        return finding.search(options)
    if options.verb == "due":
        from tui.shell import due

        return due.due(options)
    if options.verb == "completion":
        from tui.shell import completing

        return completing.completion(options)
    if options.verb == "text":
        from tui.shell import text

        return text.text(options)
    if options.verb in ("card", "summary"):
        from tui.shell import sending

        return (sending.card if options.verb == "card" else sending.summary)(options)
    from tui.shell import verbs

    return {
        "people": verbs.people,
        "note": verbs.note,
        "follow-ups": verbs.follow_ups,
        "where": verbs.where,
        "settings": verbs.settings,
    }[options.verb](options)


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of all arguments.

    Args:
        only: The one command that will be parsed; the others are then left out, to save the time.
    """
    import argparse

    class Help(argparse.RawDescriptionHelpFormatter):
        """Knows the width itself: argparse asks anew for each argument, through all of shutil."""

        def __init__(self, prog: str) -> None:
            super().__init__(prog, width=_columns() - 2)

    class Parser(argparse.ArgumentParser):
        """Says what is wrong without repeating what could drive the terminal."""

        def error(self, message: str) -> NoReturn:
            from tui.domain.text import clean

            super().error(clean(message))

    shared = Parser(add_help=False, argument_default=argparse.SUPPRESS, formatter_class=Help)
    shared.add_argument(
        "--journal", metavar="DIR", help="the journal's folder (else ALONGSIDE_JOURNAL, else yours)"
    )
    parser = Parser(
        "alongside",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=Help,
        parents=[shared],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"alongside {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="command", prog="alongside")
    for name, (text, add) in VERBS.items():
        if only in VERBS and only != name:
            continue
        verb = verbs.add_parser(
            name,
            help=text,
            description=text.capitalize() + ".",
            epilog=_kinds_help if name == "note" else None,
            formatter_class=Help,
            parents=[shared],
            allow_abbrev=False,
        )
        add(verb, shared)
    return parser


_kinds_help = r"""The first character of a line chooses its kind:
  " heard   ! need   * idea   ^ I shared   = decided   + thanks
  > I promise   < they plan   & park       ~ feeling   ? hunch
What begins with ~ or ? stays with you.
Before the key, - keeps the line with you; \ makes the first character an ordinary one.
From stdin each line is one note; lines that begin with a blank go on with the one before,
unless they are marked as yours alone.
Text given as an argument may stay in your shell's history; stdin and the prompt do not."""


def _columns() -> int:
    """Return the width to wrap the help to: ``COLUMNS``, else the terminal's, else 80."""
    import os

    asked = os.environ.get("COLUMNS", "")
    if asked.isdigit() and int(asked):
        return int(asked)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80


def _add_people(people: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    people.add_argument("--json", action="store_true", help="as JSON")
    people.add_argument("--archived", action="store_true", help="the archived instead")
    what = people.add_subparsers(dest="what", metavar="add", prog="alongside people")
    add = what.add_parser(
        "add",
        help="add somebody",
        parents=[shared],
        allow_abbrev=False,
        formatter_class=people.formatter_class,
    )
    add.add_argument("name", metavar="NAME", nargs="+")
    add.add_argument("--every", metavar="TIME", help='such as "2 weeks" or "month"')
    add.add_argument("--role", default="", help="such as “staff engineer”")
    add.add_argument("--place", help="where you usually talk")
    add.add_argument("--helps", default="", help="what helps them")
    add.add_argument("--pronoun", choices=("they", "she", "he"), default="they")


def _add_note(note: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    note.add_argument("person", metavar="PERSON", help="a name or its beginning")
    note.add_argument(
        "text", metavar="TEXT", nargs="*", help="the line; else stdin, else a prompt asks"
    )


def _add_follow_ups(follow_ups: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    from tui.shell.arguments import STAGES

    follow_ups.add_argument("--person", metavar="NAME", help="only this person's")
    follow_ups.add_argument("--owner", choices=("me", "them", "both"), help="only what they owe")
    follow_ups.add_argument(
        "--stage",
        choices=STAGES,
        default="open",
        help="only this stage (default: all that are open)",
    )
    follow_ups.add_argument("--json", action="store_true", help="as JSON")


def _add_card(card: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    card.add_argument("person", metavar="PERSON", help="a name or its beginning")
    card.add_argument("--copy", action="store_true", help="also copy it to the clipboard")


def _add_demo(demo: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    demo.add_argument("--check", action="store_true", help="only check that it can be opened")
    demo.add_argument("--guide", action="store_true", help="be guided through a one-to-one")


def _add_check(check: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    check.add_argument("--repair", action="store_true", help="mend what can be mended")
    check.add_argument("--json", action="store_true", help="as JSON")


def _add_backup(backup: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    backup.add_argument(
        "to", metavar="TO", nargs="?", help="a folder or a new zip file (default: here)"
    )


def _add_restore(restore: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    restore.add_argument(
        "source",
        metavar="FROM",
        nargs="?",
        help='a backup, or a moment such as "yesterday 17:00"; nothing lists earlier versions',
    )
    restore.add_argument("--person", metavar="NAME", help="only what is in this person's folder")
    restore.add_argument("--yes", action="store_true", help="do it; without, it only says what")


def _late(name: str) -> Callable[[Any, Any], None]:
    """Return what adds the arguments of a command by a function of `tui.shell.arguments`."""

    def add(verb: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
        from tui.shell import arguments

        getattr(arguments, name)(verb)

    return add


def _add_nothing(verb: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Add no arguments of its own."""


VERBS: dict[str, tuple[str, Callable[[Any, Any], None]]] = {
    "people": ("who is due, and what is owed; or add somebody", _add_people),
    "due": ("who is due and what you owe, in one line for a prompt or tmux", _late("add_due")),
    "note": ("write into today's one-to-one with a person", _add_note),
    "text": ("a one-to-one in plain lines: for a screen reader, a pipe", _late("add_text")),
    "follow-ups": ("list follow-ups", _add_follow_ups),
    "card": ("the cue card of the next one-to-one, 40 columns wide", _add_card),
    "summary": ("the summary of the latest one-to-one, for the colleague", _late("add_summary")),
    "search": ("find lines by their words, with anybody, in any year", _late("add_search")),
    "mirror": ("what you promised, kept, asked: your practice, for you alone", _late("add_mirror")),
    "quarter": ("some weeks with a person in ten lines, for review time", _late("add_quarter")),
    "export": ("write out what is ours: to read, or for another program", _late("add_export")),
    "import": ("bring in follow-ups and notes of a person from a file", _late("add_import")),
    "demo": ("open the app on an invented journal, a throw-away copy", _add_demo),
    "check": ("look through the journal and this machine; mend what is damaged", _add_check),
    "backup": ("write the whole journal into one zip file", _add_backup),
    "restore": ("bring back a backup, or an earlier moment", _add_restore),
    "record": ("everything there is about a person, for you alone", _late("add_record")),
    "forget": ("remove everything there is about a person", _late("add_forget")),
    "merge": ("make one person of two", _late("add_merge")),
    "expire": (
        "let old notes go, where you have chosen how long to keep them",
        _late("add_expire"),
    ),
    "where": ("where the journal and the program's own files are", _add_nothing),
    "settings": ("print settings.toml as it is before anything is chosen", _add_nothing),
    "completion": ("what makes your shell complete commands and names", _late("add_completion")),
}
"""Every command with its help and what adds its arguments."""
