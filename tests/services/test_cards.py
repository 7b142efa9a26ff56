"""The cue card: forty columns whatever is on it, and nothing of what is mine."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW
from tests.services.scene import Desk
from tui.desk.shipped import questions
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Journal, Page
from tui.domain.notes import NOTE_KINDS, Note, Side
from tui.domain.onetoones import WALK, Lead, OneToOne
from tui.domain.ours import CueCard
from tui.domain.people import Person
from tui.domain.questions import Moment, Pick
from tui.domain.text import cell_length, clean_block, clean_line
from tui.services import deck, promises
from tui.services.outward import WIDTH, card_text, cue_card

TODAY = NOW.date()
FULL = CueCard(
    "Dana Okafor", "today 14:00", "walk and talk · the gate", "Dana leads", ("mind", "else"),
    "the book (by Fri)", "for Thursday's note", "listen first",
)  # fmt: skip
EMPTY = CueCard("Dana", "today", "", "I lead", (), "", "", "")


def test_a_card_reads_from_who_to_thanks() -> None:
    assert card_text(FULL) == (
        "Dana Okafor\n"
        "────────────────────────\n"
        "today 14:00\n"
        "walk and talk · the gate\n"
        "Dana leads\n"
        "\n· listen first\n"
        "\n? mind\n? else\n"
        "\n> the book (by Fri)\n"
        "\n+ for Thursday's note\n"
    )


def test_what_is_empty_takes_no_room() -> None:
    assert card_text(EMPTY) == "Dana\n──────\ntoday\nI lead\n"


PRINTABLE = st.text(
    st.sampled_from("ab é日本語한😀\u200d\ufe0f\u0301- .") | st.characters(codec="utf-8"),
    max_size=90,
)
LINE = PRINTABLE.map(clean_line)
CARDS = st.builds(
    CueCard, LINE, LINE, LINE, LINE, st.lists(LINE, max_size=3).map(tuple), LINE, LINE, LINE
)


@settings(deadline=None, max_examples=80)
@given(CARDS, st.integers(6, 60))
@example(FULL, WIDTH)
def test_no_line_of_a_card_is_wider_than_it_is(card: CueCard, width: int) -> None:
    text = card_text(card, width)
    assert text.endswith("\n")
    assert max(map(cell_length, text.split("\n"))) <= width
    letters = [c for part in (card.name, card.when, card.where, card.leads) for c in part]
    assert [c for c in letters if c not in text and c != " "] == [], "nothing is cut off"


LONG = ("語" * 70_000, "日 本 " * 30_000, "a" * 200_000)


@pytest.mark.parametrize(
    "text", [*map(clean_line, HOSTILE), *LONG], ids=range(len(HOSTILE) + len(LONG))
)
def test_any_text_is_on_it_whole(text: str) -> None:
    shown = card_text(EMPTY._replace(thanks=text, cues=(text,)))
    assert max(map(cell_length, shown.split("\n"))) <= WIDTH
    plain = text.replace(" ", "")
    said = "".join(line[2:] for line in shown.split("\n")[4:]).replace(" ", "")
    assert said == plain * 2


# -- what is on it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lead", "said"),
    [(Lead.THEY, "Dana leads"), (Lead.ME, "I lead"), (Lead.BOTH, "we both lead")],
)
def test_who_leads_is_said(lead: Lead, said: str) -> None:
    one = OneToOne("t", "p", NOW, lead=lead)
    journal = Journal({"p": Person("p", "Dana Okafor")}, {"t": one})
    card = cue_card(journal, one, TODAY)
    assert (card.leads, card.when) == (said, "Sun 22 Nov 14:02")


def test_the_cues_stand_in_the_order_of_the_questions(desk: Desk) -> None:
    taken = deck.take(desk.notebook, desk.one, questions()[:3])
    card = cue_card(desk.notebook.journal, desk.now, TODAY)
    assert card.cues == tuple(pick.cue for pick in taken)


@pytest.mark.parametrize(
    ("follow_ups", "said"),
    [
        ([], ""),
        ([("theirs", Owner.THEM, Stage.AGREED, 1)], ""),
        ([("done", Owner.ME, Stage.DONE, 1), ("gone", Owner.ME, Stage.LET_GO, 1)], ""),
        ([("later", Owner.ME, Stage.AGREED, 9), ("sooner", Owner.ME, Stage.AGREED, 2)],
         "sooner (by Tue 24 Nov)"),
        ([("waits", Owner.ME, Stage.WAITING, 1), ("late", Owner.ME, Stage.AGREED, -3)],
         "late (overdue 3 days)"),
        ([("waits", Owner.ME, Stage.WAITING, 1)], "waits (by tomorrow)"),
        ([("shared", Owner.BOTH, Stage.AGREED, 1), ("my own", Owner.ME, Stage.CAPTURED, None)],
         "my own"),
        ([("first\nsecond", Owner.ME, Stage.AGREED, None)], "first …"),
    ],
)  # fmt: skip
def test_the_most_pressing_promise_of_mine_is_on_it(
    desk: Desk, follow_ups: list[tuple[str, Owner, Stage, int | None]], said: str
) -> None:
    for text, owner, stage, days in follow_ups:
        due = None if days is None else TODAY + timedelta(days=days)
        promises.add(
            desk.notebook, FollowUp("", desk.person.id, text, owner, NOW, stage=stage, due=due)
        )
    assert cue_card(desk.notebook.journal, desk.now, TODAY).promise == said


# -- mine never leaves ----------------------------------------------------------------------

NOTES = st.lists(
    st.builds(
        Note,
        st.integers(0, 10**9).map(str),
        st.sampled_from(["her salary", "tired", "a word"]),
        st.sampled_from([kind.id for kind in NOTE_KINDS] + ["of a newer version"]),
        st.just(NOW),
        st.sampled_from(Side),
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda note: note.id,
)


@settings(deadline=None, max_examples=40)
@given(NOTES, LINE, LINE)
def test_journals_that_differ_only_in_what_is_mine_give_the_same_card(
    notes: list[Note], thanks: str, cue: str
) -> None:
    one = OneToOne("t", "p", NOW, WALK, thanks=thanks)
    pick = Pick("k", "q", "Why?", cue, Moment.OPEN, "", 1.0)
    people = {"p": Person("p", "Dana Okafor")}

    def card_of(written: list[Note]) -> str:
        pages = {"t": Page((), tuple(written))}
        journal = Journal(people, {"t": one}, pages=pages, picks={"t": (pick,)})
        return card_text(cue_card(journal, one, TODAY))

    assert card_of(notes) == card_of([note for note in notes if not note.is_mine])


@pytest.mark.parametrize("line", ["~ her salary", "? her salary", "-! her salary", '-" her salary'])
def test_nothing_written_as_mine_is_on_a_card(desk: Desk, line: str) -> None:
    before = card_text(cue_card(desk.notebook.journal, desk.now, TODAY))
    desk.write(line)
    assert card_text(cue_card(desk.notebook.journal, desk.now, TODAY)) == before


def test_what_is_shown_is_clean(desk: Desk) -> None:
    for text in HOSTILE:
        promises.add(desk.notebook, FollowUp("", desk.person.id, text, Owner.ME, NOW))
        card = cue_card(desk.notebook.journal, desk.now, TODAY)
        assert clean_block(card_text(card)) == card_text(card).strip()
