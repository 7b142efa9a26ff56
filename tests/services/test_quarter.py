"""A quarter in ten lines: which they are, that nothing of mine is in ours, and what is in mine."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW
from tests.services.test_mirror import Pile
from tests.services.test_summary import (
    DANA,
    ONE,
    PARSER,
    PRIVATES,
    WORLDS,
    follow_up,
    journal_of,
    note,
)
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Journal, Page
from tui.domain.notes import Note, Side
from tui.domain.onetoones import OneToOne, Status
from tui.domain.people import CardLine, Person
from tui.domain.practice import Span, weeks_to
from tui.domain.questions import Landed, Moment, Pick
from tui.domain.text import clean_block, clean_line
from tui.services import quarter
from tui.services.pages import Pages
from tui.services.quarter import Asked, Digest, left_out, made

TODAY = NOW.date()
SPAN = weeks_to(TODAY)
BEFORE = OneToOne("t0", "p1", NOW - timedelta(days=14), "call", status=Status.CLOSED)


def digest(
    *records: Note | FollowUp | OneToOne,
    earlier: tuple[Note, ...] = (),
    person: Person = DANA,
    span: Span = SPAN,
    picks: dict[str, tuple[Pick, ...]] | None = None,
) -> Digest:
    """Return the digests of two talks: the notes given are of the later one."""
    notes = tuple(r for r in records if isinstance(r, Note))
    others = [r for r in records if not isinstance(r, Note)]
    plain = journal_of(*others, BEFORE, person=person)
    journal = Journal(plain.people, plain.one_to_ones, plain.follow_ups, picks=picks)
    pages = Pages(journal, frozenset(), Pile({"t1": notes, "t0": earlier}))
    return made(Asked(pages, person, span, TODAY))


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.startswith("- ")]


def done(text: str, owner: Owner, days: int) -> FollowUp:
    closed = TODAY - timedelta(days=days)
    return follow_up(text, owner, stage=Stage.DONE, closed=closed)


def test_a_whole_one() -> None:
    ours = digest(
        note("heard", "I keep losing\nthe thread", 2),
        note("decided", "mornings stay quiet", 5),
        note("thanks", "for the eleven pages", 3),
        note("idea", "a bell", 6),
        note("feeling", "tired", 2, Side.MINE),
        done("send the book", Owner.ME, 3),
        done("walk the route", Owner.BOTH, 5),
        done("draft the note", Owner.THEM, 1),
        follow_up("ask Lena", due=date(2026, 11, 27)),
        follow_up("never mind", stage=Stage.LET_GO, closed=TODAY),
        earlier=(note("heard", "it is better on foot", 1),),
    ).ours
    assert ours == (
        "# Dana Okafor, 24 Aug 2026 to 22 Nov 2026\n"
        "\n"
        "- We talked twice, last on Sun 22 Nov: call once, walk and talk once.\n"
        "- I heard, Sun 22 Nov: “I keep losing the thread”\n"
        "- I heard, Sun 8 Nov: “it is better on foot”\n"
        "- We decided, Sun 22 Nov: mornings stay quiet\n"
        "- I said thank you, Sun 22 Nov: for the eleven pages\n"
        "- Dana finished, Sat 21 Nov: draft the note\n"
        "- I did what I promised, Thu 19 Nov: send the book\n"
        "- We did together, Tue 17 Nov: walk the route\n"
        "- Still open, I promised: ask Lena, by Fri 27 Nov\n"
    )


def test_never_more_than_ten_and_a_little_of_everything() -> None:
    many = [note(kind, f"{n}", n) for kind in ("heard", "decided", "thanks") for n in range(20)]
    promises = [
        done(f"{owner} {n}", owner, 1) for owner in (Owner.ME, Owner.THEM) for n in range(20)
    ]
    ours = digest(*many, *promises, follow_up("open")).ours
    begins = ("We talked", "I heard", "We decided", "I said", "Dana finished", "I did", "Still")
    assert len(lines(ours)) == 10
    assert all(any(line.startswith(f"- {begin}") for line in lines(ours)) for begin in begins)


def test_only_what_was_in_these_days() -> None:
    span = Span(TODAY - timedelta(days=1), TODAY)
    found = digest(
        note("heard", "now"),
        done("long ago", Owner.ME, 5),
        follow_up("said later", minutes=3 * 24 * 60),
        earlier=(note("heard", "before"), note("feeling", "before", side=Side.MINE)),
        span=span,
    )
    assert "We talked once, on Sun 22 Nov: walk and talk once." in found.ours
    assert "now" in found.ours
    assert not any(word in found.ours + found.mine for word in ("before", "long ago", "later"))


def test_nothing_to_tell() -> None:
    span = Span(date(2020, 1, 1), date(2020, 2, 1))
    found = digest(span=span)
    assert found.ours.endswith(f"\n\n- {'Nothing is written down yet of these days.'}\n")
    assert quarter.NOTHING in found.mine


def test_words_one_is_not_sure_of_are_nobodys() -> None:
    ours = digest(note("heard", "so")._replace(is_unsure=True)).ours
    assert "- I heard, Sun 22 Nov: so (as I remember it)\n" in ours


def test_what_cannot_be_read_is_left_out_and_said() -> None:
    pages = Pages(journal_of(BEFORE), frozenset(), Pile({"t1": (note("heard", "here"),)}))
    found = made(Asked(pages, DANA, SPAN, TODAY))
    assert found.unread == (BEFORE,)
    assert "We talked once" in found.ours
    assert left_out(found).startswith("Left out: 1 talk whose file cannot be read.")
    assert left_out(digest()) == ""


# -- ours ----------------------------------------------------------------------------------


def texts_of(
    world: tuple[list[Note], list[FollowUp], bool], private: list[tuple[Note, int, bool]]
) -> list[str]:
    """Return the digest of a journal with these private notes in it, at their places."""
    shared, follow_ups, _ = world
    here, elsewhere = list(shared), [note("heard", "another day")]
    for kept, place, is_here in private:
        (here if is_here else elsewhere).insert(place, kept)
    return [digest(*here, *follow_ups, earlier=tuple(elsewhere)).ours]


@settings(max_examples=200, deadline=None)
@given(WORLDS, PRIVATES, PRIVATES)
def test_journals_that_differ_only_in_what_is_mine_give_the_same_digest(
    world: tuple[list[Note], list[FollowUp], bool],
    one: list[tuple[Note, int, bool]],
    other: list[tuple[Note, int, bool]],
) -> None:
    assert texts_of(world, one) == texts_of(world, other)


@pytest.mark.parametrize(
    "leak", [lambda page: page.notes, lambda page: page.mine], ids=["left out", "inverted"]
)
def test_a_broken_filter_is_seen(leak: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Page, "ours", property(leak))  # type: ignore[arg-type]
    secret = note("heard", "zqzq", side=Side.MINE)
    assert "zqzq" in digest(note("heard", "ours"), secret).ours


def test_neither_the_card_nor_how_the_talk_was_seen_is_in_it() -> None:
    plain = digest(note("heard", "here")).ours
    person = DANA._replace(
        helps="zq", role="zq", card=(CardLine("zq", "zq", TODAY),), archived=True, place="zq"
    )
    seen = ONE._replace(carried="zq", useful="zq", intention="zq", thanks="zq", route=("zq",))
    found = digest(note("heard", "here"), seen, person=person)
    assert found.ours == plain


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_read_as_typed_on_one_line_each(text: str) -> None:
    text = clean_block(text)
    ours = digest(
        note("heard", text),
        note("decided", text),
        follow_up(text, Owner.THEM),
        ONE._replace(place=clean_line(text)),
        person=DANA._replace(name=clean_line(text) or "x"),
    ).ours
    kinds = [token.type for token in PARSER.parse(ours)]
    assert kinds.count("list_item_open") == 4
    assert set(kinds) <= {
        f"{kind}_{end}"
        for kind in ("heading", "paragraph", "bullet_list", "list_item")
        for end in ("open", "close")
    } | {"inline"}
    for token in PARSER.parse(ours):
        assert {child.type for child in token.children or ()} <= {"text"}


# -- mine ----------------------------------------------------------------------------------


def test_the_private_one_has_what_ours_leaves_out_and_says_whose_it_is() -> None:
    asked = Pick("k", "q", "What helps?", "helps", Moment.OPEN, "", 1.0, NOW, Landed.YES)
    found = digest(
        note("feeling", "tired", 1, Side.MINE),
        note("hunch", "she is leaving", 2, Side.MINE),
        note("need", "a raise, I think", 3, Side.MINE),
        note("heard", "ours"),
        follow_up("ask Lena"),
        ONE._replace(useful="the quiet"),
        person=DANA._replace(card=(CardLine("A bad day", "tea", TODAY), CardLine("old", "x"))),
        picks={"t1": (asked,)},
    )
    assert found.mine == (
        "Dana Okafor, Mon 24 Aug to Sun 22 Nov\n"
        "For you alone: nothing copies or sends this. Keep it out of what others read.\n"
        "\n"
        "- You: 1 not due yet\n"
        "- You noticed, Sun 22 Nov: tired\n"
        "- You wondered, Sun 22 Nov: she is leaving\n"
        "- Kept to yourself, Sun 22 Nov: a raise, I think\n"
        "- Landed, Sun 22 Nov: What helps?\n"
        "- Most useful to Dana, Sun 22 Nov: the quiet\n"
        "- On the card, Sun 22 Nov: A bad day: tea\n"
    )


@settings(deadline=None, max_examples=50)
@given(PRIVATES, st.booleans())
def test_the_private_one_is_ten_lines_too(
    private: list[tuple[Note, int, bool]], is_twice: bool
) -> None:
    notes = [kept for kept, _, _ in private] * (1 + is_twice)
    assert len(lines(digest(*notes).mine)) <= 10
