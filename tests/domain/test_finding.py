"""What can be found in records, and where the words stand in a text."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.checklist import ChecklistItem, Phase
from tui.domain.finding import (
    LONG,
    UNDATED,
    Line,
    excerpt,
    fits,
    kind_label,
    lines_of,
    record_of,
    spans,
    words_in,
)
from tui.domain.followups import FollowUp, Owner
from tui.domain.journal import Home, Record
from tui.domain.notes import HEARD, HUNCH, SHARED, Note, Side
from tui.domain.onetoones import OneToOne
from tui.domain.people import CardLine, Person, Topic
from tui.domain.questions import Moment, Pick
from tui.domain.sendings import Sending
from tui.domain.text import clean, fold

AT = datetime(2026, 11, 22, 14, 2)
HOME = Home("p1", "t1")


def said(record: Record) -> list[tuple[str, str, str, Side | None]]:
    return [(ln.key, ln.kind_id, ln.text, ln.side) for ln in lines_of(record, HOME)]


@pytest.mark.parametrize(
    ("record", "lines"),
    [
        (Note("n", "x", HEARD.id, AT, Side.OURS), [("n", "heard", "x", Side.OURS)]),
        (Note("n", "x", SHARED.id, AT, Side.MINE), [("n", "shared", "x", Side.MINE)]),
        (Note("n", "x", HUNCH.id, AT, Side.OURS), [("n", "hunch", "x", Side.MINE)]),
        (Note("n", "x", "newer", AT, Side.OURS), [("n", "newer", "x", Side.MINE)]),
        (
            FollowUp("f", "p1", "book", Owner.BOTH, AT, cue="when home", reason="gone"),
            [("f", "promise", "book\nwhen home\ngone", Side.OURS)],
        ),
        (FollowUp("f", "p1", "book", Owner.THEM, AT), [("f", "plan", "book", Side.OURS)]),
        (Topic("k", "talk", AT.date()), [("k", "park", "talk", Side.OURS)]),
        (OneToOne("t1", "p1", AT), []),
        (
            OneToOne("t1", "p1", AT, intention="i", thanks="t", useful="u"),
            [
                ("t1#intention", "intention", "i", None),
                ("t1#to-thank", "to-thank", "t", None),
                ("t1#useful", "useful", "u", None),
            ],
        ),
        (Pick("q", "", "why?", "", Moment.OPEN, "", 1.0), []),
        (
            Pick("q", "", "why?", "", Moment.OPEN, "", 1.0, asked=AT),
            [("q", "question", "why?", None)],
        ),
        (
            Person("p1", "Dana", "pilot", helps="time", card=(CardLine("Feedback", "aside"),)),
            [
                ("p1#person", "person", "Dana\npilot", None),
                ("p1#helps", "card", "time", None),
                ("p1#0", "card", "Feedback\naside", None),
            ],
        ),
        (ChecklistItem("i", "tick", Phase.BEFORE, 1.0), []),
        (Sending("s", AT, "plain", "", "what was sent"), []),
    ],
)
def test_what_can_be_found(record: Record, lines: list[tuple[str, str, str, Side | None]]) -> None:
    assert said(record) == lines
    assert all(record_of(line.key) in (record.id, "p1") for line in lines_of(record, HOME))


def test_a_line_says_its_day() -> None:
    line = Line(HOME, "n", "heard", "x", AT)
    assert (line.day, line.moment) == (AT.date(), AT.isoformat())
    later = line._replace(talk_at=datetime(2026, 12, 1, 9))
    assert later.day == date(2026, 12, 1)
    undated = line._replace(at=None)
    assert (undated.day, undated.moment) == (None, UNDATED)
    assert datetime(9999, 12, 31, 23, 59, 59, 999_999).isoformat() < UNDATED


def test_a_line_as_it_is_shown() -> None:
    person = Person("p1", "Dana", "pilot", card=(CardLine("Feedback", "aside\nalways"),))
    assert [ln.said for ln in lines_of(person, HOME)] == ["Dana · pilot", "Feedback: aside\nalways"]
    assert kind_label("heard") == "heard"
    assert kind_label("question") == "asked"
    assert kind_label("newer") == "newer"


# -- words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ()),
        ("  \t ", ()),
        ("Señora VIDAL", ("senora", "vidal")),
        ("ana ana banana", ("banana",)),
        ("Straße", ("strasse",)),
        ("ﬁne", ("fine",)),
        ("\x1b[31m", ("␛[31m",)),
    ],
)
def test_words(typed: str, words: tuple[str, ...]) -> None:
    assert words_in(typed) == words


@given(st.text(), st.text())
def test_dropping_parts_of_longer_words_changes_nothing(text: str, typed: str) -> None:
    every = fold(clean(typed)).split()
    folded = fold(clean(text))
    assert fits(folded, words_in(typed)) == all(word in folded for word in every)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("the harbour", ("harb",), ["harb"]),
        ("the Härbour", ("harb",), ["Härb"]),
        ("Große Straße", ("strass",), ["Straß"]),
        ("caf\N{COMBINING ACUTE ACCENT}e", ("caf",), ["caf\N{COMBINING ACUTE ACCENT}"]),
        ("aaaa", ("aa",), ["aaaa"]),
        ("abc", ("ab", "bc"), ["abc"]),
        ("ﬁne ﬁsh", ("i",), ["ﬁ", "ﬁ"]),
        ("nothing", ("x",), []),
        ("", ("x",), []),
    ],
)
def test_where_words_stand(text: str, words: tuple[str, ...], marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, words)] == marked


@given(st.text(max_size=40), st.text(max_size=3))
def test_what_is_marked_holds_the_word(text: str, typed: str) -> None:
    words = words_in(typed)[:1]
    found = spans(text, words)
    folded = fold(text)
    assert bool(found) == (bool(words) and words[0] in folded)
    assert list(found) == sorted(set(found))
    assert all(words[0] in fold(text[start:end]) for start, end in found)


@given(st.text(), st.text(max_size=4))
def test_an_excerpt_shows_the_word_and_is_short(text: str, typed: str) -> None:
    shown = excerpt(text, words_in(typed))
    assert "\n" not in shown
    assert len(shown) <= LONG + 2


@pytest.mark.parametrize("before", ["", "x" * 500, "ﬃ" * 500, "é\u0301" * 400])
def test_an_excerpt_of_a_long_line_is_around_the_word(before: str) -> None:
    text = f"another line\n{before} lighthouse {'y' * 900}\nlast"
    shown = excerpt(text, ("lighthouse",))
    assert "lighthouse" in shown
    assert shown.endswith("…")
    assert shown.startswith("…") == (len(before) > LONG)
