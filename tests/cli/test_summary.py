"""``alongside summary``: the text for the colleague."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.builders import plan_today, write
from tests.cli.running import CommandLine
from tui.desk.clipboard import Clipboard, CopyResult, Outcome
from tui.desk.shipped import standard_template
from tui.domain.notes import KINDS, NOTE_KINDS, Becomes, Kind, Side
from tui.domain.onetoones import Status
from tui.services import course, talks
from tui.services.edits import edited, reworded
from tui.services.formats.template import WORDS
from tui.services.outward import Format
from tui.services.sendings import edited_summary, note_sent

FORMS = ("plain", "markdown", "chat", "mail")
SHARED = [k for k in KINDS if k.side is Side.OURS and k.section]


@pytest.fixture
def talked(with_dana: CommandLine) -> CommandLine:
    """Dana, talked to on three days."""
    with_dana.bench.clock.now = datetime(2026, 11, 10, 11)
    with_dana.done("note", "dana", "first day")
    with_dana.bench.clock.now = datetime(2026, 11, 17, 11)
    with_dana.done("note", "dana", "second day")
    with_dana.bench.clock.now = datetime(2026, 11, 22, 14, 2)
    with_dana.done("note", "dana", "third day")
    return with_dana


def test_the_latest_unless_another_is_named(talked: CommandLine) -> None:
    result = talked.done("summary", "dana")
    assert "third day" in result.out
    assert "first day" not in result.out
    assert result.err == ""


def test_one_that_is_only_planned_is_not_the_latest(talked: CommandLine) -> None:
    notebook = talked.bench.notebook()
    (person,) = notebook.journal.people.values()
    talked.bench.clock.forward(days=1)
    plan_today(notebook, person)
    assert "third day" in talked.done("summary", "dana").out


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-11-10", "first day"),
        ("2026-11-17", "second day"),
        ("17 nov 2026", "second day"),
        ("today", "third day"),
        ("22 nov", "third day"),
    ],
)
def test_the_one_of_a_day(talked: CommandLine, on: str, said: str) -> None:
    assert said in talked.done("summary", "dana", "--on", on).out


@pytest.mark.parametrize("on", ["17 nov", "tue", "17 november", "on tuesday"])
def test_the_one_of_a_day_that_is_past(talked: CommandLine, on: str) -> None:
    assert "second day" in talked("summary", "dana", "--on", on).out


def test_the_one_of_yesterday(talked: CommandLine) -> None:
    talked.bench.clock.forward(days=1)
    assert "third day" in talked("summary", "dana", "--on", "yesterday").out


@pytest.mark.parametrize("on", ["Tue 17 Nov", "tue, 17 nov", "last tuesday"])
def test_the_one_of_a_day_as_the_program_itself_writes_it(talked: CommandLine, on: str) -> None:
    assert "second day" in talked("summary", "dana", "--on", on).out


@pytest.mark.parametrize("on", ["2026-11-11", "2031-01-01", "tomorrow"])
def test_a_day_without_one_lists_the_latest(talked: CommandLine, on: str) -> None:
    result = talked("summary", "dana", "--on", on)
    assert result.code == 3
    assert result.out == ""
    for day in ("2026-11-10", "2026-11-17", "2026-11-22"):
        assert day in result.err


@pytest.mark.parametrize("on", ["", "rubbish", "12/1", "2026-13-01", "30 feb"])
def test_what_is_no_day_is_a_usage_error(talked: CommandLine, on: str) -> None:
    result = talked("summary", "dana", "--on", on)
    assert result.code == 2
    assert result.out == ""


def test_nobody_was_talked_to_yet(with_dana: CommandLine) -> None:
    for arguments in (("summary", "dana"), ("summary", "dana", "--on", "today")):
        result = with_dana(*arguments)
        assert result.code == 3
        assert result.out == ""
        assert "Dana Okafor" in result.err


def test_what_was_said_stands_under_its_heading(with_dana: CommandLine) -> None:
    for kind in SHARED:
        with_dana.done("note", "dana", f"{kind.key} words of {kind.id}")
    sections = with_dana.done("summary", "dana").out.split("\n\n")
    for kind in SHARED:
        (section,) = (s for s in sections if s.splitlines()[0] == kind.section)
        assert f"words of {kind.id}" in section


def test_what_is_mine_is_never_in_it_nor_a_trace_of_it(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "said aloud")
    outputs = {form: with_dana.done("summary", "dana", "--format", form) for form in FORMS}
    for kind in NOTE_KINDS:
        with_dana.done("note", "dana", f"-{kind.key} unspoken {kind.id}")
    assert sum(note.is_mine for note in with_dana.notes) == len(NOTE_KINDS)
    for form, before in outputs.items():
        assert with_dana.done("summary", "dana", "--format", form) == before


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if k.becomes is not Becomes.NOTE], ids=lambda kind: kind.id
)
def test_a_hyphen_before_a_promise_is_not_passed_over(with_dana: CommandLine, kind: Kind) -> None:
    with_dana.done("note", "dana", "said aloud")
    with_dana("note", "dana", f"-{kind.key} unspoken plan")
    assert "unspoken" not in with_dana.done("summary", "dana").out


def test_markdown_has_headings_and_what_was_typed_is_not_live(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "see [this](http://example.com) *now* # and <b>")
    text = with_dana.done("summary", "dana", "--format", "markdown").out
    assert "\n## What I heard\n" in text
    assert "\\[this\\](http://example.com) \\*now\\*" in text
    assert "\\<b\\>" in text
    assert "##" not in with_dana.done("summary", "dana", "--format", "plain").out


def test_plain_is_what_one_gets(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "said")
    assert with_dana.done("summary", "dana") == with_dana.done(
        "summary", "dana", "--format", "plain"
    )


def test_a_format_that_is_none_is_a_usage_error(with_dana: CommandLine) -> None:
    assert with_dana("summary", "dana", "--format", "pdf").code == 2


def test_it_is_printed_only_and_changes_nothing(talked: CommandLine) -> None:
    def files() -> dict[str, bytes]:
        folder = Path(talked.bench.place.journal)
        return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    before = files()
    talked.done("summary", "dana")
    talked.done("summary", "dana", "--format", "markdown")
    assert files() == before


def test_two_talks_on_one_day_the_latest_of_them(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "in the morning")
    notebook = with_dana.bench.notebook()
    (one,) = notebook.journal.one_to_ones.values()
    course.end(notebook, one)
    later = one._replace(at=one.at.replace(hour=17))
    second = talks.plan(notebook, later, standard_template())
    write(notebook, second, "in the evening")
    assert "evening" in with_dana.done("summary", "dana", "--on", "2026-11-22").out


# -- formats, and a template of one's own ----------------------------------------------------


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a template of one's own would be."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "config" / "alongside" / "summary.txt"
    path.parent.mkdir(parents=True)
    return path


def test_for_a_chat_and_as_a_mail(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "! *now*, @channel")
    chat = with_dana.done("summary", "dana", "--format", "chat").out
    assert "\n*What would help most*\n• *\u200bnow\u200b*, @\u200bchannel\n" in chat
    mail = with_dana.done("summary", "dana", "--format", "mail").out
    plain = with_dana.done("summary", "dana", "--format", "plain").out
    assert mail == f"Subject: Our walk on Sun 22 Nov\n\n{plain}"


def test_a_template_of_ones_own_comes_first(talked: CommandLine, own: Path) -> None:
    plain = talked.done("summary", "dana").out
    own.write_text("Hi {name}:\n{heard}\n")
    result = talked.done("summary", "dana")
    assert result == talked.done("summary", "dana", "--format", "own")
    assert (result.out, result.err) == ("Hi Dana:\n- “third day”\n", "")
    assert talked.done("summary", "dana", "--format", "plain").out == plain


@pytest.mark.parametrize("asked", [(), ("--format", "own")])
def test_a_bad_template_is_told_and_plain_is_printed(
    talked: CommandLine, own: Path, asked: tuple[str, ...]
) -> None:
    plain = talked.done("summary", "dana").out
    own.write_text("Hi {name},\n\n{hear}\n")
    result = talked.done("summary", "dana", *asked)
    assert result.out == plain
    assert f"{own}, line 3: {{hear}} is not known. There are: name, date" in result.err
    assert talked.done("summary", "dana", "--format", "plain").err == ""


def test_without_a_template_own_says_where_it_would_be(talked: CommandLine, own: Path) -> None:
    result = talked("summary", "dana", "--format", "own")
    assert (result.code, result.out) == (3, "")
    assert str(own) in result.err


def test_the_help_explains_the_template(
    with_dana: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    said = with_dana("summary", "--help").out
    assert all(f"{{{word}}}" in said for word in WORDS)


# -- that it went out -----------------------------------------------------------------------


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A clipboard that takes everything."""
    texts: list[str] = []

    def copy(self: Clipboard, text: str) -> CopyResult:
        texts.append(text)
        return CopyResult(Outcome.VERIFIED, "xclip", "")

    monkeypatch.setattr(Clipboard, "copy", copy)
    return texts


def test_that_it_was_copied_is_noted(talked: CommandLine, clipboard: list[str]) -> None:
    result = talked.done("summary", "dana", "--copy", "--format", "markdown")
    assert clipboard == [result.out]
    (sent,) = (s for page in talked.journal.pages.values() for s in page.sendings)
    assert (sent.form, sent.how, sent.at) == ("markdown", "xclip", talked.bench.clock.now)
    assert sent.text == talked.done("summary", "dana").out


def test_when_it_went_and_what_is_new_is_said(talked: CommandLine, clipboard: list[str]) -> None:
    talked.done("summary", "dana", "--copy")
    said = talked.done("summary", "dana")
    assert said.err == "Copied Sun 22 Nov 14:02; nothing has changed since.\n"
    talked.done("note", "dana", "! one quiet morning")
    said = talked.done("summary", "dana")
    assert said.err == "Copied Sun 22 Nov 14:02; 1 line is new or different since.\n"
    talked.done("note", "dana", "~ tired")
    assert talked.done("summary", "dana") == said, "what is mine is nothing new"


def test_copying_closes_a_talk_that_was_debriefed(
    talked: CommandLine, clipboard: list[str]
) -> None:
    notebook = talked.bench.notebook()
    one = max(notebook.journal.one_to_ones.values(), key=lambda one: one.at)
    course.edit(notebook, one, one._replace(status=Status.DEBRIEFED))
    talked.done("summary", "dana", "--copy")
    assert talked.journal.one_to_ones[one.id].status is Status.CLOSED


def test_what_is_not_copied_was_not_sent(
    talked: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = CopyResult(Outcome.FAILED, "", "no clipboard here")
    monkeypatch.setattr(Clipboard, "copy", lambda self, text: failed)
    assert talked("summary", "dana", "--copy").code == 1
    assert not any(page.sendings for page in talked.journal.pages.values())


def test_what_was_changed_for_it_in_the_app_counts_here_too(
    talked: CommandLine, clipboard: list[str]
) -> None:
    notebook = talked.bench.notebook()
    one = max(notebook.journal.one_to_ones.values(), key=lambda one: one.at)
    made = edited_summary(notebook, one)
    line = next(line for line in made.lines if line.was == "“third day”")
    edits = reworded((), line, "“the third day”")
    summary = edited(made.summary, edits).summary
    note_sent(notebook, one.id, summary, Format.PLAIN, "xclip", edits)
    said = talked.done("summary", "dana")
    assert "- “the third day”\n" in said.out
    assert said.err.endswith("nothing has changed since.\n")
    talked.done("summary", "dana", "--copy")
    assert "the third day" in clipboard[0]
    (note,) = (n for n in talked.notes if n.text == "third day")
    talks.edit_note(talked.bench.notebook(), one, note, "the day after")
    said = talked.done("summary", "dana")
    assert "the day after" in said.out
    assert "the third day" not in said.out
    assert said.err.startswith("A change made in the preview does not fit the notes any more")
