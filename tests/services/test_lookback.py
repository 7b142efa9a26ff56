"""Looking back: what is told of a one-to-one, what is found, and what to raise next, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW
from tests.services.test_notebook import Memory
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Contents, Home, Journal, Page
from tui.domain.notes import KINDS, Note, Side
from tui.domain.onetoones import OneToOne, Status
from tui.domain.people import Person, Topic
from tui.domain.questions import AREAS, Landed, Moment, Pick
from tui.domain.sendings import Sending
from tui.domain.text import clean_block, fold
from tui.services.findback import findable, spoken_of
from tui.services.lookback import (
    AT_MOST,
    OF_A_KIND,
    UNTOUCHED,
    Why,
    asked_of,
    history,
    raise_next,
    told,
)
from tui.services.pages import Pages

TODAY = NOW.date()
DANA, SAM = Person("dana", "Dana Okafor"), Person("sam", "Sam Reyes")
_numbers = count(1)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def talk(offset: int, *, status: Status = Status.CLOSED, person: Person = DANA) -> OneToOne:
    one_id = f"t{next(_numbers):04}"
    return OneToOne(one_id, person.id, NOW + timedelta(days=offset), status=status)


def promise(text: str = "the book", due: int | None = -3, **more: Any) -> FollowUp:
    made = FollowUp(f"f{next(_numbers):04}", "dana", text, Owner.ME, NOW - timedelta(days=9))
    given_day = None if due is None else day(due)
    return made._replace(**{"stage": Stage.AGREED, "due": given_day} | more)


def topic(offset: int = -9, **more: Any) -> Topic:
    return Topic(f"s{next(_numbers):04}", "the conference", day(offset))._replace(**more)


def pick(area: str = "", asked: int | None = -9, landed: Landed = Landed.UNKNOWN) -> Pick:
    number = next(_numbers)
    moment = None if asked is None else NOW + timedelta(days=asked)
    return Pick(
        f"q{number:04}", "", "what else?", "else", Moment.OPEN, area, number, moment, landed
    )


def journal(
    *records: OneToOne | FollowUp | Topic, picks: Mapping[str, tuple[Pick, ...]] | None = None
) -> Journal:
    return Journal(
        {person.id: person for person in (DANA, SAM)},
        {r.id: r for r in records if isinstance(r, OneToOne)},
        {r.id: r for r in records if isinstance(r, FollowUp)},
        {"dana": tuple(r for r in records if isinstance(r, Topic))},
        picks=picks,
    )


def reasons(found: Journal, one: OneToOne | None = None) -> list[str]:
    return [item.reason for item in raise_next(found, "dana", TODAY, one)]


# -- what to raise -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("follow_up", "reason"),
    [
        (promise(due=-5), "you promised it: overdue 5 days"),
        (promise(due=-1, owner=Owner.BOTH), "you promised it: overdue 1 day"),
        (promise(due=0), None),
        (promise(due=None), None),
        (promise(due=-5, stage=Stage.DONE), None),
        (promise(due=-5, owner=Owner.THEM), "they planned it for Tue 17 Nov"),
        (promise(due=0, owner=Owner.THEM), "they planned it for today"),
        (promise(due=1, owner=Owner.THEM), None),
        (promise(due=-5, owner=Owner.THEM, stage=Stage.LET_GO), None),
    ],
)
def test_which_follow_ups_are_raised(follow_up: FollowUp, reason: str | None) -> None:
    assert reasons(journal(follow_up)) == ([reason] if reason else [])


def test_what_they_planned_by_the_day_of_the_talk_is_raised_in_it() -> None:
    coming = talk(5, status=Status.PLANNED)
    found = journal(coming, promise(due=5, owner=Owner.THEM), promise(due=6, owner=Owner.THEM))
    assert reasons(found, coming) == ["they planned it for Fri 27 Nov"]


def test_what_was_made_in_a_talk_is_not_raised_in_it() -> None:
    one = talk(0, status=Status.UNDER_WAY)
    here = (promise(born_in=one.id), topic(0, born_in=one.id))
    assert reasons(journal(one, *here), one) == []
    assert len(reasons(journal(one, *here))) == 2, "the next time it is"


def test_what_was_parked_is_raised_until_it_was() -> None:
    found = journal(topic(-12), topic(-40, raised=True))
    assert reasons(found) == ["parked Tue 10 Nov, not raised yet"]


@pytest.mark.parametrize("landed", Landed)
def test_a_question_that_landed_last_time_is_gone_on_with(landed: Landed) -> None:
    long_ago, last = talk(-20), talk(-6)
    picks = {long_ago.id: (pick(landed=Landed.YES),), last.id: (pick(landed=landed),)}
    is_raised = landed is Landed.YES
    found = reasons(journal(long_ago, last, picks=picks))
    assert found == (["landed last time: go on there"] if is_raised else [])


def test_last_time_is_before_the_talk_that_is_prepared() -> None:
    before, here = talk(-6), talk(0, status=Status.UNDER_WAY)
    picks = {before.id: (pick(landed=Landed.YES),), here.id: (pick(landed=Landed.YES, asked=0),)}
    (found,) = raise_next(journal(before, here, picks=picks), "dana", TODAY, here)
    assert found.about == picks[before.id][0]


def asked(**days: int) -> Journal:
    ones = {area: talk(-ago) for area, ago in days.items()}
    picks = {ones[area].id: (pick(area, -ago),) for area, ago in days.items()}
    return journal(*ones.values(), picks=picks)


def test_the_area_untouched_for_longest_is_raised() -> None:
    every = {area.id: 10 for area in AREAS}
    assert reasons(asked(**every)) == []
    assert reasons(asked(**every | {"growth": UNTOUCHED - 1})) == []
    found = asked(**every | {"growth": 120, "team": 240})
    (raised,) = raise_next(found, "dana", TODAY)
    assert (raised.about, raised.reason) == (AREAS[4], "no question about it for eight months")


def test_an_area_never_asked_about_comes_first_once_one_can_tell() -> None:
    assert reasons(journal(talk(-400))) == [], "no question was ever asked: nobody can tell"
    assert reasons(asked(team=10)) == [], "questions are new here"
    (raised,) = raise_next(asked(team=100), "dana", TODAY)
    assert (raised.about, raised.reason) == (AREAS[0], "no question about it yet")


def test_no_kind_hides_another() -> None:
    last = talk(-6)
    found = journal(
        last,
        *(promise(due=-n) for n in range(1, 9)),
        *(promise(due=-n, owner=Owner.THEM) for n in range(1, 4)),
        *(topic(-n) for n in range(1, 4)),
    )
    whys = [item.why for item in raise_next(found, "dana", TODAY)]
    assert whys == [Why.PROMISED] * 2 + [Why.PLANNED] * 2 + [Why.PARKED]
    alone = journal(*(promise(due=-n) for n in range(1, 9)))
    assert [item.reason[-6:] for item in raise_next(alone, "dana", TODAY)] == [
        "8 days", "7 days", "6 days", "5 days", "4 days",
    ]  # fmt: skip


follow_ups = st.builds(
    lambda due, owner, stage, person, born, touched, number: FollowUp(
        f"f{number}", person, "x", owner, NOW, stage, due, born_in=born, touches=touched
    ),
    st.none() | st.integers(-9, 3).map(day),
    st.sampled_from(Owner),
    st.sampled_from(Stage),
    st.sampled_from(["dana", "sam"]),
    st.sampled_from([None, "t0", "t1", "t2", "gone"]),
    st.lists(st.sampled_from(["t0", "t1", "t2"]), max_size=2, unique=True).map(tuple),
    st.uuids(),
)
topics = st.builds(
    lambda number, ago, born, raised: Topic(f"s{number}", "y", day(-ago), born, raised),
    st.uuids(), st.integers(0, 9), st.sampled_from([None, "t0", "t1"]), st.booleans(),
)  # fmt: skip
some_picks = st.builds(
    lambda number, area, ago, landed: Pick(
        f"q{number}", "", "z", "z", Moment.OPEN, area, 1.0,
        None if ago is None else NOW - timedelta(days=ago), landed,
    ),
    st.uuids(), st.sampled_from(["", *(area.id for area in AREAS)]),
    st.none() | st.sampled_from([0, 50, 89, 90, 91, 300]), st.sampled_from(Landed),
)  # fmt: skip


@st.composite
def journals(draw: st.DrawFn) -> Journal:
    ones = {
        f"t{n}": OneToOne(
            f"t{n}",
            draw(st.sampled_from(["dana", "dana", "sam"])),
            NOW + timedelta(days=draw(st.integers(-400, 9))),
            status=draw(st.sampled_from(Status)),
        )
        for n in range(3)
    }
    made = draw(st.lists(follow_ups, max_size=12))
    shelf = draw(st.lists(topics, max_size=4, unique_by=lambda t: t.id))
    picks = {one_id: tuple(draw(st.lists(some_picks, max_size=3))) for one_id in ones}
    people = {person.id: person for person in (DANA, SAM)}
    return Journal(people, ones, {f.id: f for f in made}, {"dana": tuple(shelf)}, picks=picks)


def recounted(known: Journal, one: OneToOne | None) -> list[tuple[Why, str]]:
    """Return what is to be raised as one would work it out with a pencil."""
    found: dict[Why, list[tuple[Any, str]]] = {why: [] for why in Why}
    here = one.id if one else "nowhere"
    by_then = TODAY if one is None else max(TODAY, one.at.date())
    for f in known.follow_ups.values():
        is_open = f.stage not in (Stage.DONE, Stage.LET_GO)
        if f.person_id != "dana" or not is_open or f.due is None or f.born_in == here:
            continue
        if f.owner is not Owner.THEM and f.due < TODAY:
            found[Why.PROMISED].append(((f.due, f.said, f.id), f.id))
        if f.owner is Owner.THEM and f.due <= by_then:
            found[Why.PLANNED].append(((f.due, f.said, f.id), f.id))
    for t in known.topics["dana"]:
        if not t.raised and t.born_in != here:
            found[Why.PARKED].append(((t.on, t.id), t.id))
    held = [
        o
        for o in known.one_to_ones.values()
        if o.person_id == "dana" and o.status is not Status.PLANNED
        and (one is None or (o.at < one.at and o.id != one.id))
    ]  # fmt: skip
    if held:
        last = max(held, key=lambda o: (o.at, o.id))
        found[Why.LANDED] = [
            ((p.position, p.id), p.id)
            for p in known.picks[last.id]
            if p.asked is not None and p.landed is Landed.YES
        ]
    days: dict[str, list[date]] = {}
    for o in known.one_to_ones.values():
        for p in known.picks[o.id] if o.person_id == "dana" else ():
            if p.asked is not None:
                days.setdefault(p.area, []).append(p.asked.date())
    first = min((d for some in days.values() for d in some), default=TODAY)
    if (TODAY - first).days >= 90:
        for place, area in enumerate(AREAS):
            latest = max(days.get(area.id, [date.min]))
            if (TODAY - latest).days >= 90:
                found[Why.UNTOUCHED].append(((latest, place), area.id))
    in_order = [(why, name) for why in Why for _, name in sorted(found[why])]
    in_order = [
        pair for pair in in_order
        if pair[0] is not Why.UNTOUCHED
        or pair == next(p for p in in_order if p[0] is Why.UNTOUCHED)
    ]  # fmt: skip
    first_ones = [
        pair for place, pair in enumerate(in_order)
        if [p[0] for p in in_order[:place]].count(pair[0]) < 2
    ]  # fmt: skip
    rest = [pair for pair in in_order if pair not in first_ones]
    chosen = (first_ones + rest)[:5]
    return [pair for pair in in_order if pair in chosen]


@settings(max_examples=150, deadline=None)
@given(journals(), st.sampled_from([None, "t0", "t1", "t2"]))
def test_what_to_raise_equals_a_recount(known: Journal, one_id: str | None) -> None:
    one = known.one_to_ones[one_id] if one_id else None
    if one is not None and one.person_id != "dana":
        one = None
    found = raise_next(known, "dana", TODAY, one)
    assert [(item.why, item.about.id) for item in found] == recounted(known, one)
    assert len(found) <= AT_MOST == 5
    assert OF_A_KIND == 2
    assert all(item.reason for item in found), "each with its reason"
    assert not any(c.isdigit() and "%" in item.reason for item in found for c in item.reason)


# -- one talk, whole -----------------------------------------------------------------------


def test_all_of_a_talk_is_told_in_order() -> None:
    one, later = talk(-9), talk(-2)
    made = promise(born_in=one.id, touches=(later.id,))
    parked = topic(-9, born_in=one.id, raised=True)
    picks = {one.id: (asked_one := pick(asked=-9), not_asked := pick(asked=None))}
    notes = tuple(
        Note(f"n{n}", "words", KINDS[n].id, NOW, Side.MINE if n % 2 else Side.OURS)
        for n in (2, 0, 1)
    )
    sent = tuple(Sending(f"m{n}", NOW + timedelta(hours=n), "plain", "x", "t") for n in (2, 1))
    known = journal(one, later, made, parked, topic(-1), promise(), picks=picks)
    whole = told(known, one, Page(notes=notes, sendings=sent))
    assert whole.is_whole
    assert (whole.asked, whole.considered) == ((asked_one,), (not_asked,))
    assert [n.id for n in whole.notes] == ["n0", "n1", "n2"], "both sides, as they were written"
    assert (whole.made, whole.came_up, whole.parked) == ((made,), (), (parked,))
    assert [s.id for s in whole.sendings] == ["m1", "m2"]
    assert told(known, later, Page()).came_up == (made,)
    assert not told(known, later, None).is_whole


@settings(max_examples=60, deadline=None)
@given(journals())
def test_the_history_is_whole_and_newest_first(known: Journal) -> None:
    ones = history(known, "dana")
    theirs = [o for o in known.one_to_ones.values() if o.person_id == "dana"]
    assert sorted(ones) == sorted(theirs)
    assert [o.at for o in ones] == sorted((o.at for o in theirs), reverse=True)
    for one in ones:
        whole = told(known, one, Page())
        of_dana = [f for f in known.follow_ups.values() if f.person_id == "dana"]
        assert {f.id for f in whole.made} == {f.id for f in of_dana if f.born_in == one.id}
        came_up = {f.id for f in of_dana if one.id in f.touches and f.born_in != one.id}
        assert {f.id for f in whole.came_up} == came_up
        assert {*whole.asked, *whole.considered} == set(known.picks[one.id])
    every = [p for o in theirs for p in known.picks[o.id] if p.asked is not None]
    assert sorted(p.id for _, p in asked_of(known, "dana")) == sorted(p.id for p in every)


# -- finding -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [*HOSTILE, "Ça va? ÉTÉ"], ids=lambda text: ascii(text[:16]))
def test_everything_said_is_found_by_its_words(text: str) -> None:
    words = clean_block(text)
    one = talk(-9)._replace(intention=f"intent {words}", route=("gate", "mill"))
    made = promise(f"made {words}", cue="when it rains", born_in=one.id)
    parked = topic(born_in=one.id)._replace(text=f"parked {words}")
    later = talk(-2)
    touched = made._replace(touches=(later.id,))
    asked_one = pick()._replace(text=f"asked {words}")
    note = Note("n1", f"noted {words}", "feeling", NOW, Side.MINE)
    known = journal(one, later, touched, parked, picks={one.id: (asked_one,)})
    disk = Memory(Contents(Home("dana", one.id), (one, note)))
    found = findable(
        Pages(known, frozenset(), disk), history(known, "dana"), spoken_of(known, "dana")
    )
    for said in ("intent", "made", "parked", "asked", "noted"):
        assert fold(f"{said} {words}") in found[one.id]
    assert "mill" in found[one.id]
    assert "when it rains" in found[one.id]
    assert fold(f"made {words}") in found[later.id], "where it came up, too"
    assert "noted" not in found[later.id]


def test_a_talk_whose_file_is_damaged_is_found_by_the_rest() -> None:
    one = talk(-9)._replace(intention="listen")
    known = journal(one)
    found = findable(Pages(known, frozenset(), Memory()), (one,), spoken_of(known, "dana"))
    assert "listen" in found[one.id]


def test_an_hour_does_not_matter_to_what_came_before() -> None:
    """Two talks on one day: the earlier of them is the last time of the later."""
    morning = talk(0)._replace(at=datetime(2026, 11, 22, 9))
    here = talk(0, status=Status.UNDER_WAY)._replace(at=datetime(2026, 11, 22, 14))
    picks = {morning.id: (pick(landed=Landed.YES),)}
    assert reasons(journal(morning, here, picks=picks), here) == ["landed last time: go on there"]
