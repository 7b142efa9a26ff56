"""Arguments of the commands that have many, and what their help says below them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

STAGES = ("captured", "agreed", "waiting", "done", "let-go", "open", "all")
"""What ``--stage`` takes."""

DUE_HELP = """Most pressing first, such as:
  Priya overdue 5 days · Dana today · you owe 3 (1 overdue)
Nothing is printed where nobody is due and nothing is owed; the exit code is 0
all the same. Never a colour, never anything that stays with you.
--json: line, people (id, name, due, days_left), you_owe, overdue. A key may be
added; none changes or goes without a line in the changelog."""
SUMMARY_HELP = """Formats: plain; markdown; chat, as Slack and Teams take it; mail, with a
subject; own, by a template you write: summary.txt beside settings.toml (alongside where). In it,
  {name} {date} {place} {next} {me}   stand in their line (me is you, by
                                      [you] name in settings.toml);
  {thanks} {heard} {need} {i_will} {you_plan_to} {decided} {ideas}
  {for_next_time}                     become lines that begin with "- ".
A line or a paragraph in which all such words are empty is left out. {{ is a brace.
What you changed in the preview (F7 in the app) counts here once the app is closed, or it went out.
On stderr stands when it went out last, and what is new since."""
EXPORT_HELP = """Only what is ours is in it, never a note that stays with you. markdown and json
hold talks, follow-ups and shelf; csv, todotxt and taskwarrior (for task import)
the follow-ups; ics the follow-ups and the next one-to-one. EXPORT.md has more."""
TEXT_HELP = """One question a line, one answer a line, on stdin and stdout: no colour, no
cursor, no redraw, so that a screen reader, a braille display, a plain terminal
or a pipe can follow. Where things stand, prepare, questions, talk, debrief,
follow-ups, summary, the next date. Everywhere an empty line goes on, ? explains,
back goes back, quit ends. "Kept." means that it is on the disk."""
MIRROR_HELP = """It is about you, for you alone: no score, and no figure about anybody else.
A promise is kept in time where its day never passed while it was open; one that
was moved before its day came has a new day. A gap between two talks is held
where it is no longer than the cadence and a quarter of it, a day at least. A
question is open or not by its first words. Of an area nothing was asked about
there is no figure: in JSON, asked is null.
--json: from, to, talks, weeks, promises, gaps, places, carried, questions,
areas, thanks, people. A key may be added; none changes or goes without a line
in the changelog."""
QUARTER_HELP = """Markdown: a title and ten lines at most. When you talked, what you heard and
decided, your thanks, what they finished, what you promised and kept, what is
open: of each the latest, then of each one more while there is room. Only what
is ours is in it. --mine is the other half, for you alone: what you noticed,
wondered and kept to yourself, and the questions that landed."""
RECORD_HELP = """Person, card, every one-to-one whole (ours and mine, each labelled), follow-ups
with their history, shelf, half-typed lines, files set aside, where others'
notes name them, and where each is kept. It is private: read it before you pass
it on.
--json holds every field under the name it has in the journal's files."""
FORGET_HELP = """Without --yes it only counts. With it, and the name typed whole, it removes all
that this program wrote about them on this machine: journal, logs, half-typed
lines, earlier versions, files set aside, undo, saved texts; and takes them out
of the backups it knows. Close the app first. There is no undo. What others'
notes say of them stays; the places are named. A run that was cut off is
finished by running it again."""
MERGE_HELP = """One-to-ones, follow-ups, parked topics, card and skips of OTHER become INTO's.
Where both say something else, INTO's counts, and OTHER's goes on the card.
What is half-typed about OTHER goes along; what has no place with INTO is shown.
Without --yes it only says what would move. Close the app first. restore takes
it back."""
EXPIRE_HELP = """Raw notes of closed one-to-ones that are older than settings.toml says go, with
all earlier versions of them; follow-ups, dates, places and who carried the talk
stay, and so does what is pinned (P among the notes). Half-typed lines about
them and saved texts with words of theirs go along. Nothing goes by itself:
  [notes]
  keep = "1 year"      # or "18 months", "26 weeks", "90 days"
Without it they are kept for ever."""
COMPLETION_HELP = """It completes commands, options and the names of people. Write what it prints to
  bash   ~/.local/share/bash-completion/completions/alongside
  zsh    _alongside, in a folder of $fpath, before compinit
  fish   ~/.config/fish/completions/alongside.fish
such as: alongside completion fish > ~/.config/fish/completions/alongside.fish
Where pipx installed it, or it is in /usr or /usr/local, it may be there already."""
IMPORT_HELP = """Without --yes it only says what it would add, and what it leaves out and why.
What is there already is not added again. Of Markdown it takes boxes, and lines
under the headings of the summary:
  ## 2026-11-24, walk and talk
  ### What I heard
  - I keep losing the thread
  ### I will
  - [ ] send the coaching book (due 2026-12-04)"""


SEARCH_HELP = """All words must stand in one line; case and accents do not matter, a part of a word
is enough. One line a hit, newest first: day, person, kind, text. It searches notes of both sides
(mine is marked), follow-ups with cue and reason, parked topics, intentions, questions that were
asked, names and cards; archived people too. The exit code is 3 where nothing is found.
--json: day (null where nobody knows), person, person_id, archived, kind, side (ours, mine or null),
text (whole), one_to_one (null outside of one), id. A key may be added; none changes or goes without
a line in the changelog."""


def add_search(search: argparse.ArgumentParser) -> None:
    """Add the arguments of ``search``."""
    from tui.domain.finding import KIND_IDS

    search.epilog = SEARCH_HELP
    search.add_argument("words", metavar="WORDS", nargs="+", help="what to look for")
    search.add_argument("--person", metavar="NAME", help="only what is about this person")
    search.add_argument(
        "--kind",
        metavar="KIND",
        choices=KIND_IDS,
        action="append",
        help=f"only such lines; may stand several times: {', '.join(KIND_IDS)}",
    )
    search.add_argument("--since", metavar="DATE", help='only of this day or later: "2026-01-01"')
    search.add_argument(
        "--ours", action="store_true", help="only what both may read, nothing that stays with you"
    )
    search.add_argument("--json", action="store_true", help="as JSON")


def add_due(due: argparse.ArgumentParser) -> None:
    """Add the arguments of ``due``."""
    due.epilog = DUE_HELP
    due.add_argument(
        "--width", metavar="N", type=int, default=80, help="columns at most (default: 80)"
    )
    due.add_argument("--json", action="store_true", help="as JSON")


def add_summary(summary: argparse.ArgumentParser) -> None:
    """Add the arguments of ``summary``."""
    summary.epilog = SUMMARY_HELP
    summary.add_argument("person", metavar="PERSON", help="a name or its beginning")
    summary.add_argument("--on", metavar="DATE", help="the one-to-one of this day")
    summary.add_argument(
        "--format",
        choices=("plain", "markdown", "chat", "mail", "own"),
        help="how it is written (default: own where there is a template, else plain)",
    )
    summary.add_argument(
        "--copy", action="store_true", help="also copy it to the clipboard, and note that it went"
    )


def add_mirror(mirror: argparse.ArgumentParser) -> None:
    """Add the arguments of ``mirror``."""
    mirror.epilog = MIRROR_HELP
    mirror.add_argument(
        "--since", metavar="DATE", help="from this day to today (default: the last 13 weeks)"
    )
    mirror.add_argument("--json", action="store_true", help="as JSON")


def add_quarter(quarter: argparse.ArgumentParser) -> None:
    """Add the arguments of ``quarter``."""
    quarter.epilog = QUARTER_HELP
    quarter.add_argument("person", metavar="PERSON", help="a name or its beginning")
    quarter.add_argument(
        "--from",
        dest="from_",
        metavar="DATE",
        help="the first day (default: 13 weeks before the last)",
    )
    quarter.add_argument("--to", metavar="DATE", help="the last day (default: today)")
    quarter.add_argument(
        "--mine", action="store_true", help="what is yours alone instead: keep it to yourself"
    )


def add_export(export: argparse.ArgumentParser) -> None:
    """Add the arguments of ``export``."""
    export.epilog = EXPORT_HELP
    export.add_argument(
        "person", metavar="PERSON", nargs="?", help="only this person's (default: everybody's)"
    )
    export.add_argument(
        "--format",
        choices=("markdown", "json", "csv", "ics", "todotxt", "taskwarrior"),
        default="markdown",
        help="as what (default: markdown)",
    )
    export.add_argument("--output", metavar="FILE", help="into a new file, not to stdout")
    export.add_argument("--force", action="store_true", help="replace the file if it is there")
    export.add_argument("--stage", choices=STAGES, default="all", help="only such follow-ups")
    export.add_argument(
        "--events",
        action="store_true",
        help="with ics: follow-ups as days, for calendars without to-dos (Google, Outlook)",
    )


def add_text(text: argparse.ArgumentParser) -> None:
    """Add the arguments of ``text``."""
    text.epilog = TEXT_HELP
    text.add_argument(
        "person", metavar="PERSON", nargs="?", help="a name or its beginning (default: it asks)"
    )


def add_import(bring_in: argparse.ArgumentParser) -> None:
    """Add the arguments of ``import``."""
    bring_in.epilog = IMPORT_HELP
    bring_in.add_argument("person", metavar="PERSON", help="whose it is")
    bring_in.add_argument("file", metavar="FILE", help="Markdown, a todo.txt, or our CSV; UTF-8")
    bring_in.add_argument(
        "--from",
        dest="source",
        choices=("markdown", "todotxt", "csv"),
        help="what it is (default: by its name, else by its looks)",
    )
    bring_in.add_argument("--yes", action="store_true", help="do it; without, it only says what")


def add_record(record: argparse.ArgumentParser) -> None:
    """Add the arguments of ``record``."""
    record.epilog = RECORD_HELP
    record.add_argument("person", metavar="PERSON", help="a name, its beginning, or their folder")
    record.add_argument("--json", action="store_true", help="as JSON")
    record.add_argument("--output", metavar="FILE", help="into a new file, for you alone")
    record.add_argument("--force", action="store_true", help="replace the file if it is there")


def add_forget(forget: argparse.ArgumentParser) -> None:
    """Add the arguments of ``forget``."""
    forget.epilog = FORGET_HELP
    forget.add_argument(
        "person", metavar="PERSON", nargs="+", help="a name; with --yes the whole name"
    )
    forget.add_argument("--yes", action="store_true", help="do it; without, it only says what")


def add_merge(merge: argparse.ArgumentParser) -> None:
    """Add the arguments of ``merge``."""
    merge.epilog = MERGE_HELP
    merge.add_argument("other", metavar="OTHER", help="who will not be on the list any more")
    merge.add_argument("into", metavar="INTO", help="who they are")
    merge.add_argument("--yes", action="store_true", help="do it; without, it only says what")


def add_expire(expire: argparse.ArgumentParser) -> None:
    """Add the arguments of ``expire``."""
    expire.epilog = EXPIRE_HELP
    expire.add_argument("--yes", action="store_true", help="do it; without, it only says what")


def add_completion(completion: argparse.ArgumentParser) -> None:
    """Add the arguments of ``completion``."""
    from argparse import SUPPRESS

    completion.epilog = COMPLETION_HELP
    completion.add_argument(
        "shell", metavar="SHELL", nargs="?", choices=("bash", "zsh", "fish"), help="bash, zsh, fish"
    )
    completion.add_argument("--names", action="store_true", help=SUPPRESS)
