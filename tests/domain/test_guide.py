"""The guide: what counts as a step done, in whatever order, and what it says where one is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOW
from tui.domain.debrief import CUES
from tui.domain.followups import FollowUp, Owner
from tui.domain.guide import STEPS, Guide, Place, Seen, Step, seen_in
from tui.domain.journal import Journal, Page
from tui.domain.notes import FEELING, HEARD, Note, Side
from tui.domain.onetoones import OneToOne

DUE = date(2026, 11, 27)
TALK = OneToOne("t", "p", NOW)
each_step = pytest.mark.parametrize("step", STEPS, ids=[step.id for step in STEPS])
X = frozenset({"x"})
BEFORE = Seen(
    Place.HOME, *([frozenset({"old"})] * (len(Seen._fields) - 1))
)  # what there was counts for nothing
ENOUGH: dict[str, Seen] = {
    "prepare": BEFORE._replace(place=Place.PREPARE),
    "tick": BEFORE._replace(ticked=X),
    "question": BEFORE._replace(questions=X),
    "start": BEFORE._replace(started=X),
    "words": BEFORE._replace(heard=X),
    "promise": BEFORE._replace(promised=X),
    "debrief": BEFORE._replace(recalled=X),
    "follow-ups": BEFORE._replace(place=Place.BOARD),
    "summary": BEFORE._replace(sent=X),
}
"""What each step asks for, and nothing more."""


@each_step
def test_a_step_is_done_by_what_it_asks_for_and_by_nothing_else(step: Step) -> None:
    done = {name for name, now in ENOUGH.items() if step.is_done(BEFORE, now)}
    assert done == {step.id}
    assert not step.is_done(BEFORE, BEFORE)


def test_choosing_questions_is_to_prepare_too() -> None:
    assert STEPS[0].is_done(BEFORE, BEFORE._replace(place=Place.QUESTIONS))


@given(st.permutations(list(ENOUGH)))
def test_any_order_will_do(order: list[str]) -> None:
    guide = Guide(BEFORE)
    for count, name in enumerate(order, 1):
        guide = guide.looking(ENOUGH[name]).looking(BEFORE)  # done once is done, even if undone
        left = [step.id for step in STEPS if step.id not in order[:count]]
        assert (guide.step.id if guide.step else None) == (left[0] if left else None)
        assert guide.number == (len(STEPS) - len(left) + 1 if not left else _number(left[0]))


def _number(name: str) -> int:
    return [step.id for step in STEPS].index(name) + 1


def test_a_step_is_skipped_and_the_end_stays_the_end() -> None:
    guide = Guide(BEFORE)
    numbers = []
    for _ in range(len(STEPS) + 1):
        numbers.append(guide.number)
        guide = guide.skipping()
    assert numbers == [*range(1, len(STEPS) + 1), len(STEPS) + 1]
    assert guide.step is None


@each_step
def test_what_it_says_is_one_short_line_wherever_one_is(step: Step) -> None:
    for place in Place:
        said = step.say(place)
        assert said == said.strip() != ""
        assert len(said) < 85, "with its keys as they are shown, two lines of a small screen"


# -- what there is -------------------------------------------------------------------------


def note(kind_id: str, side: Side = Side.OURS) -> Note:
    return Note("n", "text", kind_id, NOW, side)


def promise(owner: Owner, due: date | None) -> FollowUp:
    return FollowUp("f", "p", "send the book", owner, NOW, due=due)


def test_nothing_is_seen_in_nothing() -> None:
    assert seen_in(Journal(), Place.HOME) == Seen(Place.HOME)


def test_their_words_are_seen_and_feelings_are_not() -> None:
    heard = Journal(pages={"t": Page(notes=(note(HEARD.id),))})
    felt = Journal(pages={"t": Page(notes=(note(FEELING.id, Side.MINE),))})
    assert seen_in(heard, Place.LISTEN).heard == {"n"}
    assert not seen_in(felt, Place.LISTEN).heard


@pytest.mark.parametrize(
    ("owner", "due", "counts"),
    [(Owner.ME, DUE, True), (Owner.ME, None, False), (Owner.THEM, DUE, False)],
)
def test_a_promise_needs_a_day_and_to_be_ones_own(
    owner: Owner, due: date | None, counts: bool
) -> None:
    journal = Journal(follow_ups={"f": promise(owner, due)})
    assert bool(seen_in(journal, Place.LISTEN).promised) is counts


@pytest.mark.parametrize(
    ("cue", "counts"),
    [
        ("", False),
        (CUES[0].id, False),
        (f"route/{CUES[0].id}", False),
        (CUES[1].id, True),
        ("route/landmark:0", True),
    ],
)
def test_the_debrief_is_under_way_beyond_its_first_cue(cue: str, counts: bool) -> None:
    journal = Journal(one_to_ones={"t": TALK._replace(cue=cue)})
    assert bool(seen_in(journal, Place.DEBRIEF).recalled) is counts


def test_a_talk_that_was_started_is_seen() -> None:
    started = TALK._replace(started=NOW + timedelta(minutes=1))
    assert seen_in(Journal(one_to_ones={"t": started}), Place.LISTEN).started == {"t"}
