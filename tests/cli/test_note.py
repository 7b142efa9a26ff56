"""``alongside note``: as an argument and from standard input."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest

from tests.builders import HOSTILE, add_person, plan_today
from tests.cli.running import CommandLine
from tui.domain.followups import Owner, Stage
from tui.domain.notes import KINDS, NOTE_KINDS, Kind, Side
from tui.domain.onetoones import Status
from tui.services import course, debrief

_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def kept(text: str) -> str:
    """Return what of a text may never be lost: all that can be seen, but for the blanks.

    Our own stand-ins for what could drive a terminal count as nothing, as does what they replace.
    """
    stand_ins = {0x2421, 0xFFFD, *range(0x2400, 0x2420)}
    return "".join(
        c for c in text if c.isprintable() and not c.isspace() and ord(c) not in stand_ins
    )


# -- kinds ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", NOTE_KINDS, ids=lambda kind: kind.id)
@pytest.mark.parametrize("space", ["", " "], ids=["close", "spaced"])
@pytest.mark.parametrize("way", ["argument", "stdin"])
def test_the_first_character_chooses_the_kind(
    with_dana: CommandLine, kind: Kind, space: str, way: str
) -> None:
    line = f"{kind.key}{space}one quiet morning"
    if way == "argument":
        result = with_dana.done("note", "dana", line)
    else:
        result = with_dana.done("note", "dana", stdin=line)
    (note,) = with_dana.notes
    assert (note.kind, note.text, note.side) == (kind, "one quiet morning", kind.side)
    assert note.at == with_dana.bench.clock.now
    assert result.out == "", "nothing but data goes to standard output"
    assert "one quiet morning" not in result.err, "what was said is not repeated on the screen"
    assert kind.label in result.err
    assert kind.side in result.err


@pytest.mark.parametrize("kind", NOTE_KINDS, ids=lambda kind: kind.id)
def test_a_hyphen_before_the_key_keeps_the_line(with_dana: CommandLine, kind: Kind) -> None:
    result = with_dana.done("note", "dana", f"-{kind.key} between us")
    (note,) = with_dana.notes
    assert (note.kind, note.text, note.side) == (kind, "between us", Side.MINE)
    assert "mine" in result.err


@pytest.mark.parametrize("kind", NOTE_KINDS, ids=lambda kind: kind.id)
def test_a_hyphen_before_the_key_of_one_word(with_dana: CommandLine, kind: Kind) -> None:
    assert with_dana("note", "dana", f"-{kind.key}tired").code == 0


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_backslash_makes_the_key_an_ordinary_character(
    with_dana: CommandLine, kind: Kind
) -> None:
    with_dana.done("note", "dana", f"\\{kind.key} not a key")
    (note,) = with_dana.notes
    assert (note.kind_id, note.text) == ("heard", f"{kind.key} not a key")


def test_the_next_one_to_one_is_a_day_that_is_said(with_dana: CommandLine) -> None:
    result = with_dana.done("note", "dana", "> send the book by next 1:1")
    assert "by Sun 6 Dec · ours · saved" in result.err
    (follow_up,) = with_dana.follow_ups
    assert (follow_up.text, follow_up.due) == ("send the book", date(2026, 12, 6))


def test_without_a_next_one_to_one_the_words_stay_and_it_is_said(alongside: CommandLine) -> None:
    alongside.done("people", "add", "Sam")
    said = "No next one-to-one with Sam is planned: give a day, or plan it first."
    assert said in alongside.done("note", "sam", "> send the book by next 1:1").err
    (follow_up,) = alongside.follow_ups
    assert (follow_up.text, follow_up.due) == ("send the book by next 1:1", None)


@pytest.mark.parametrize(("language", "due"), [("de_DE.UTF-8", 23), ("en_US.UTF-8", 29)])
def test_weeks_begin_as_they_do_here(
    with_dana: CommandLine, monkeypatch: pytest.MonkeyPatch, language: str, due: int
) -> None:
    monkeypatch.setenv("LC_TIME", language)
    with_dana.done("note", "dana", "> send the book next week")
    (follow_up,) = with_dana.follow_ups
    assert follow_up.due == date(2026, 11, due), "from a Sunday"


def test_two_backslashes_leave_one(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "\\\\server\\share")
    assert with_dana.texts == ["\\server\\share"]


@pytest.mark.parametrize("line", ["plain words", "- a list item", "a > b", "1. first", "–! dash"])
def test_a_line_without_a_key_is_what_was_heard(with_dana: CommandLine, line: str) -> None:
    with_dana.done("note", "dana", "--", line)
    (note,) = with_dana.notes
    assert (note.kind_id, note.text) == ("heard", line)


def test_words_need_no_quotes(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "the", "on-call", "rota", "is", "too", "much")
    assert with_dana.texts == ["the on-call rota is too much"]


@pytest.mark.parametrize(
    ("key", "owner"), [(">", Owner.ME), ("<", Owner.THEM)], ids=["promise", "plan"]
)
def test_a_promise_is_a_follow_up_with_its_date(
    with_dana: CommandLine, key: str, owner: Owner
) -> None:
    result = with_dana.done("note", "dana", f"{key} send the book by fri")
    (follow_up,) = with_dana.follow_ups
    assert (follow_up.text, follow_up.owner) == ("send the book", owner)
    assert (follow_up.due, follow_up.stage) == (date(2026, 11, 27), Stage.AGREED)
    assert "Fri 27 Nov" in result.err, "the date that was understood is said"


def test_a_promise_without_a_date_is_captured(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "> send the book")
    (follow_up,) = with_dana.follow_ups
    assert (follow_up.due, follow_up.stage) == (None, Stage.CAPTURED)


def test_a_date_that_is_refused_is_explained_and_nothing_is_lost(with_dana: CommandLine) -> None:
    result = with_dana.done("note", "dana", "> send the book by 12/1")
    (follow_up,) = with_dana.follow_ups
    assert (follow_up.text, follow_up.due) == ("send the book by 12/1", None)
    assert "12 jan" in result.err
    assert "1 dec" in result.err


def test_what_is_parked_goes_to_the_shelf(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "& her next role")
    (topic,) = with_dana.topics
    assert topic.text == "her next role"
    assert topic.born_in in with_dana.journal.one_to_ones


# -- standard input ------------------------------------------------------------------------


def test_each_line_is_a_note_and_one_that_begins_with_a_blank_goes_on(
    with_dana: CommandLine,
) -> None:
    text = (
        '" I lose the thread\n  between incidents\n\twhen two come at once\n\n! a quiet morning\n'
    )
    result = with_dana.done("note", "dana", stdin=text)
    assert with_dana.texts == [
        "I lose the thread\nbetween incidents\nwhen two come at once",
        "a quiet morning",
    ]
    assert result.err.count("saved") == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_every_kind_of_line_end(with_dana: CommandLine, end: str) -> None:
    with_dana.done("note", "dana", stdin=f"one{end}two{end}{end}  three{end}")
    assert with_dana.texts == ["one", "two", "three"]


def test_a_last_line_without_an_end(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", stdin="one\ntwo")
    assert with_dana.texts == ["one", "two"]


@pytest.mark.parametrize("line", ["  ~ between us", "  ? between us", "\t-! between us", " - ~x y"])
def test_what_is_mine_never_goes_on_in_a_line_of_both(with_dana: CommandLine, line: str) -> None:
    with_dana.done("note", "dana", stdin=f"plain\n{line}\n")
    shared, kept = sorted(with_dana.notes, key=lambda note: note.id)
    assert (shared.text, shared.side) == ("plain", Side.OURS)
    assert kept.side is Side.MINE


def test_arguments_with_kinds_of_their_own_are_notes_of_their_own(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "> send the book", "~ tired, I think")
    (note,) = with_dana.notes
    assert (note.text, note.side) == ("tired, I think", Side.MINE)


def test_a_kind_holds_for_the_lines_that_go_on(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", stdin="~ tired\n  > not a promise\n")
    (note,) = with_dana.notes
    assert (note.text, note.side) == ("tired\n> not a promise", Side.MINE)
    assert not with_dana.follow_ups


SOFT_ENDS = {
    "VT": "\x0b",  # what Word and Outlook put where one pressed shift+enter
    "FF": "\x0c",
    "FS": "\x1c",
    "NEL": "\x85",
    "LS": "\u2028",  # what Notes and PowerPoint put there
    "PS": "\u2029",
}


@pytest.mark.parametrize("end", SOFT_ENDS.values(), ids=SOFT_ENDS)
def test_what_is_mine_stays_mine_across_a_soft_line_end(with_dana: CommandLine, end: str) -> None:
    with_dana.done("note", "dana", stdin=f"~ tired{end}and angry with Sam\n")
    assert "angry" not in with_dana.done("summary", "dana").out


def test_what_is_mine_stays_mine_after_a_byte_order_mark(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", stdin="\ufeff~ angry with Sam\n")
    assert "angry" not in with_dana.done("summary", "dana").out


@pytest.mark.parametrize("stdin", [b"", b"\n\n", b"   \n\t\n", b" \r\n"])
def test_nothing_to_write_down_is_a_usage_error(with_dana: CommandLine, stdin: bytes) -> None:
    assert with_dana("note", "dana", stdin=stdin).code == 2
    assert not with_dana.journal.one_to_ones, "and no one-to-one is begun for it"


@pytest.mark.parametrize("text", ["", "  ", "~", "> ", "-!", "\\"])
def test_a_key_alone_is_nothing_to_write_down(with_dana: CommandLine, text: str) -> None:
    assert with_dana("note", "dana", "--", text).code == 2
    assert not with_dana.journal.one_to_ones


def test_an_argument_wins_and_stdin_is_left_alone(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "said", stdin="not this")
    assert with_dana.texts == ["said"]


def test_200_kilobytes_on_one_line(with_dana: CommandLine) -> None:
    text = "word " * 40_000
    with_dana.done("note", "dana", stdin=text)
    assert with_dana.texts == [text.strip()]


def test_200_kilobytes_of_going_on(with_dana: CommandLine) -> None:
    lines = [f"line {number}" for number in range(20_000)]
    with_dana.done("note", "dana", stdin="\n ".join(lines))
    assert with_dana.texts == ["\n".join(lines)]


def test_bytes_that_are_not_utf_8_cost_only_themselves(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", stdin=b"caf\xe9 at \xff\xfe noon\n! ok\n")
    first, second = with_dana.texts
    assert kept(first) == "cafatnoon"
    assert second == "ok"


# -- hostile text --------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_as_an_argument(with_dana: CommandLine, text: str) -> None:
    with_dana.done("note", "dana", "--", f"\\{text}")
    (note,) = with_dana.notes
    assert kept(note.text) == kept(text)
    assert kept(text) in kept(with_dana.done("summary", "dana").out)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_from_standard_input(with_dana: CommandLine, text: str) -> None:
    lines = [f"\\{line}" for line in _LINE_ENDS.split(text)]
    with_dana.done("note", "dana", stdin="\n".join(lines))
    assert kept("".join(with_dana.texts)) == kept(text)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize(
    "kind",
    [KINDS[0], *(pytest.param(kind, marks=pytest.mark.sweep) for kind in KINDS[1:])],
    ids=lambda kind: kind.id,
)
def test_hostile_text_of_every_kind_comes_out_clean(
    with_dana: CommandLine, kind: Kind, text: str
) -> None:
    with_dana.done("note", "dana", f"{kind.key} {text}")
    with_dana.done("follow-ups")
    with_dana.done("follow-ups", "--json")
    with_dana.done("summary", "dana", "--format", "markdown")


def test_joiners_and_variation_selectors_survive(with_dana: CommandLine) -> None:
    text = "family 👨‍👩‍👧‍👦 flag 🇪🇸 heart ❤️"
    with_dana.done("note", "dana", text)
    assert with_dana.texts == [text]
    assert text in with_dana.done("summary", "dana").out


# -- today's one-to-one --------------------------------------------------------------------


def test_the_first_note_of_a_day_begins_a_one_to_one(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "hello")
    (one,) = with_dana.journal.one_to_ones.values()
    assert one.at == with_dana.bench.clock.now
    assert one.status is Status.UNDER_WAY
    assert one.place == "walk and talk"
    assert with_dana.journal.pages[one.id].items, "it has a checklist as any other"


def test_it_is_where_the_person_usually_talks(alongside: CommandLine) -> None:
    alongside.done("people", "add", "Dana", "--place", "the park")
    alongside.done("note", "dana", "hello")
    (one,) = alongside.journal.one_to_ones.values()
    assert one.place == "the park"


def test_the_next_note_of_the_day_goes_into_the_same(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "one")
    with_dana.bench.clock.forward(hours=5)
    with_dana.done("note", "dana", "two")
    assert len(with_dana.journal.one_to_ones) == 1
    assert with_dana.texts == ["one", "two"]


def test_the_next_day_begins_another(with_dana: CommandLine) -> None:
    with_dana.done("note", "dana", "one")
    with_dana.bench.clock.forward(days=1)
    with_dana.done("note", "dana", "two")
    assert len(with_dana.journal.one_to_ones) == 2


@pytest.mark.parametrize("hours", [-3, 3], ids=["earlier", "later"])
def test_one_planned_for_today_is_the_one(with_dana: CommandLine, hours: int) -> None:
    notebook = with_dana.bench.notebook()
    (person,) = notebook.journal.people.values()
    planned = plan_today(notebook, person)
    course.edit(notebook, planned, planned._replace(at=planned.at + timedelta(hours=hours)))
    with_dana.done("note", "dana", "hello")
    (one,) = with_dana.journal.one_to_ones.values()
    assert one.id == planned.id
    assert one.status is Status.UNDER_WAY
    assert one.started == with_dana.bench.clock.now


def test_one_planned_for_another_day_is_left_alone(with_dana: CommandLine) -> None:
    notebook = with_dana.bench.notebook()
    (person,) = notebook.journal.people.values()
    planned = plan_today(notebook, person)
    course.edit(notebook, planned, planned._replace(at=datetime(2026, 11, 24, 14)))
    with_dana.done("note", "dana", "hello")
    ones = with_dana.journal.one_to_ones
    assert len(ones) == 2
    assert ones[planned.id].status is Status.PLANNED


def test_a_note_after_the_talk_is_its_debrief(with_dana: CommandLine) -> None:
    notebook = with_dana.bench.notebook()
    (person,) = notebook.journal.people.values()
    course.end(notebook, course.start(notebook, plan_today(notebook, person)))
    with_dana.done("note", "dana", "afterwards")
    (one,) = with_dana.journal.one_to_ones.values()
    assert (one.awaits_debrief, one.is_talking) == (True, False)
    assert with_dana.texts == ["afterwards"]


def test_a_note_after_the_debrief_leaves_it_done(with_dana: CommandLine) -> None:
    notebook = with_dana.bench.notebook()
    (person,) = notebook.journal.people.values()
    ended = course.end(notebook, course.start(notebook, plan_today(notebook, person)))
    finished = debrief.finish(notebook, ended)
    with_dana.done("note", "dana", "afterwards")
    assert with_dana.journal.one_to_ones == {ended.id: finished}
    assert with_dana.texts == ["afterwards"]


def test_a_note_goes_to_the_person_that_was_named(with_dana: CommandLine) -> None:
    add_person(with_dana.bench.notebook(), "Sam Reyes")
    with_dana.done("note", "sam", "one")
    with_dana.done("note", "dana", "two")
    journal = with_dana.journal
    whose = {
        journal.people[one.person_id].name: [n.text for n in journal.pages[one.id].notes]
        for one in journal.one_to_ones.values()
    }
    assert whose == {"Sam Reyes": ["one"], "Dana Okafor": ["two"]}
