"""Where the manager stands with each person: who is due, when they talked, what is owed."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import counting_ids
from tui.domain.dates import Cadence, Unit, WhenError, parse_cadence
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Journal
from tui.domain.onetoones import PASSING, WALK, Move, Mover, OneToOne, Status
from tui.domain.people import Excuse, Person, Pronoun, Skip
from tui.domain.slots import slot_after
from tui.domain.standing import (
    Standing,
    current_one_to_one,
    last_time,
    next_talk,
    one_to_one_of_day,
    standing_of,
    standings,
)

TODAY = date(2026, 11, 22)
NOON = time(12)
HELD = (Status.UNDER_WAY, Status.DEBRIEFED, Status.CLOSED)
_ids = counting_ids(70_000)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def dana(every: str = "", since: int | None = -100) -> Person:
    first = None if since is None else day(since)
    return Person("dana", "Dana Okafor", cadence=parse_cadence(every), since=first)


def talk(offset: int, status: Status = Status.CLOSED, clock: time = NOON) -> OneToOne:
    at = datetime.combine(day(offset), clock)
    started = None if status is Status.PLANNED else at
    ended = at + timedelta(minutes=40) if status in (Status.CLOSED, Status.DEBRIEFED) else None
    return OneToOne(_ids(), "dana", at, status=status, started=started, ended=ended)


def planned(offset: int, clock: time = NOON) -> OneToOne:
    return talk(offset, Status.PLANNED, clock)


def standing(person: Person, *ones: OneToOne, today: date = TODAY) -> Standing:
    return standing_of(person, tuple(sorted(ones, key=lambda one: (one.at, one.id))), (), today)


# -- due by the cadence ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "talked", "due"),
    [
        ("every week", (-7,), 0),
        ("every week", (-6,), 1),
        ("every week", (-8,), -1),
        ("every week", (0,), 7),
        ("every 2 weeks", (-28, -14), 0),
        ("every 2 weeks", (-14, -3), 11),
        ("every 2 weeks", (-90,), -76),
        ("every 10 days", (-4,), 6),
        ("every month", (-22,), 8),  # from 31 October a month on is 30 November
        ("quarterly", (-22,), 70),  # and three months on 31 January
        ("daily", (-1,), 0),
    ],
)
def test_the_cadence_counts_from_the_last_real_talk(
    every: str, talked: tuple[int, ...], due: int
) -> None:
    found = standing(dana(every), *(talk(offset) for offset in talked))
    assert found.due == day(due)
    assert found.days_since == -talked[-1]


@pytest.mark.parametrize("status", HELD)
def test_every_talk_that_took_place_counts(status: Status) -> None:
    assert standing(dana("weekly"), talk(-20), talk(-3, status)).due == day(4)


def test_a_planned_talk_that_was_missed_does_not_move_the_cadence() -> None:
    found = standing(dana("weekly"), talk(-10), planned(-3))
    assert (found.due, found.days_since) == (day(-3), 10)
    assert found.next is None


def test_a_talk_in_between_moves_the_cadence_with_it() -> None:
    """The rhythm has no grid: two weeks from when they really talked, not from when they meant."""
    before = standing(dana("every 2 weeks"), talk(-14))
    after = standing(dana("every 2 weeks"), talk(-14), talk(-5))
    assert (before.due, after.due) == (TODAY, day(9))


def test_a_talk_dated_after_today_has_not_taken_place_yet() -> None:
    found = standing(dana("weekly"), talk(-3), talk(2))
    assert found.last is not None
    assert found.last.at.date() == day(-3)
    assert found.due == day(4)


def test_a_talk_later_today_counts_as_today() -> None:
    found = standing(dana("weekly"), talk(0, clock=time(23, 59)))
    assert (found.days_since, found.due) == (0, day(7))


@pytest.mark.parametrize(
    ("every", "since", "due"),
    [
        ("weekly", -30, day(-30)),
        ("weekly", 0, TODAY),
        ("weekly", None, TODAY),
        ("", -30, None),
        ("", None, None),
    ],
)
def test_someone_never_talked_to_is_due_from_the_day_they_were_added(
    every: str, since: int | None, due: date | None
) -> None:
    found = standing(dana(every, since))
    assert found.due == due
    assert found.days_since is None
    assert found.say_last() == "not talked yet"


def test_leap_day_and_year_end() -> None:
    on_leap_day = date(2028, 2, 29)
    assert standing(dana("weekly", None), today=on_leap_day).due == on_leap_day
    one = talk(0)._replace(at=datetime(2026, 12, 31, 9))
    assert standing(dana("weekly"), one, today=date(2027, 1, 1)).due == date(2027, 1, 7)
    one = talk(0)._replace(at=datetime(2028, 1, 31, 9))
    assert standing(dana("monthly"), one, today=on_leap_day).due == on_leap_day


# -- due by a plan --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "talked", "plan", "due"),
    [
        ("", (), 3, 3),  # without a cadence the plan is all there is
        ("", (-5,), 0, 0),
        ("weekly", (-3,), 2, 2),  # earlier than the cadence asks
        ("weekly", (-3,), 4, 4),  # as the cadence asks
        ("weekly", (-3,), 9, 9),  # later, but the cadence's day has not passed
        ("weekly", (-7,), 1, 1),  # due today, and planned for tomorrow
        ("weekly", (-9,), 3, -2),  # the cadence's day has passed: planning does not hide it
        ("weekly", (-9,), 0, -2),
        ("weekly", (), 2, -100),
    ],
)
def test_a_plan_and_the_cadence(every: str, talked: tuple[int, ...], plan: int, due: int) -> None:
    found = standing(dana(every), *(talk(offset) for offset in talked), planned(plan))
    assert found.due == day(due)
    assert found.next is not None
    assert found.next.at.date() == day(plan)


@pytest.mark.parametrize("offset", [-1, -30])
def test_a_plan_of_the_past_is_no_plan(offset: int) -> None:
    found = standing(dana(), planned(offset))
    assert (found.due, found.next, found.last) == (None, None, None)


def test_of_several_plans_the_nearest_counts() -> None:
    found = standing(dana(), planned(9), planned(2), planned(30), planned(-2))
    assert found.due == day(2)


@pytest.mark.parametrize(
    ("every", "ones", "said"),
    [
        ("", (), "no cadence"),
        ("weekly", (talk(-7),), "due today"),
        ("weekly", (talk(-6),), "tomorrow"),
        ("weekly", (talk(-3),), "in 4 days"),
        ("weekly", (talk(-8),), "overdue 1 day"),
        ("weekly", (talk(-12),), "overdue 5 days"),
        ("", (planned(0),), "due today"),
    ],
)
def test_how_due_is_said(every: str, ones: tuple[OneToOne, ...], said: str) -> None:
    assert standing(dana(every), *ones).say_due() == said


@pytest.mark.parametrize(
    ("offset", "said"),
    [
        (0, "talked today"),
        (-1, "1 day since you talked"),
        (-12, "12 days since you talked"),
        (-400, "400 days since you talked"),
    ],
)
def test_how_long_ago_is_said(offset: int, said: str) -> None:
    assert standing(dana(), talk(offset)).say_last() == said


@pytest.mark.parametrize(
    ("pronoun", "i_owe", "they_owe", "said"),
    [
        (Pronoun.THEY, 0, 0, ""),
        (Pronoun.SHE, 2, 1, "you owe 2 · she owes 1"),
        (Pronoun.HE, 0, 2, "he owes 2"),
        (Pronoun.THEY, 1, 1, "you owe 1 · they owe 1"),
        (Pronoun.THEY, 1, 0, "you owe 1"),
    ],
)
def test_how_debts_are_said(pronoun: Pronoun, i_owe: int, they_owe: int, said: str) -> None:
    person = dana()._replace(pronoun=pronoun)
    assert Standing(person, None, None, None, i_owe, they_owe, TODAY).say_owed() == said


def test_the_next_talk_is_said_with_its_time() -> None:
    assert standing(dana(), planned(2, time(14))).say_next() == "Tue 24 Nov 14:00"
    assert standing(dana(), planned(200, time(9))).say_next() == "Thu 10 Jun 2027 09:00"
    assert standing(dana(), talk(-2)).say_next() == ""


# -- why somebody is pressing ---------------------------------------------------------------


def skip(due: int, why: Excuse = Excuse.LEAVE, on: int = 0) -> Skip:
    return Skip(day(due), why, day(on))


@pytest.mark.parametrize(
    ("every", "talked", "left_out", "due"),
    [
        ("weekly", -9, (skip(-2),), 5),
        ("weekly", -30, (skip(-23),), 5),  # the first slot that is still to come
        ("weekly", -7, (skip(0),), 7),
        ("weekly", -3, (skip(4),), 11),  # known beforehand
        ("weekly", -3, (skip(4), skip(11)), 18),
        ("weekly", -3, (skip(11), skip(4)), 18),
        ("weekly", -3, (skip(5),), 4),  # of a day on which nothing was due
        ("weekly", -3, (skip(-4, on=-4),), 4),  # they talked since: a rhythm has no grid
        ("every 2 weeks", -14, (skip(0), skip(0)), 14),
        ("every month", -22, (skip(8),), 38),  # 30 November and a month on
        ("every month", -60, (skip(-30, on=-30), skip(1, on=0)), 31),
        ("", -14, (skip(0),), None),
    ],
)
def test_what_is_left_out_moves_the_rhythm_on_by_a_slot(
    every: str, talked: int, left_out: tuple[Skip, ...], due: int | None
) -> None:
    person = dana(every)._replace(skips=left_out)
    found = standing(person, talk(talked))
    assert found.due == (None if due is None else day(due))


def test_a_corridor_talk_begins_the_rhythm_anew_whatever_was_left_out() -> None:
    person = dana("every 2 weeks")._replace(skips=(skip(-2),))
    assert standing(person, talk(-16)).due == day(12)
    corridor = talk(0)._replace(place=PASSING)
    assert standing(person, talk(-16), corridor).due == day(14)
    assert standing(person, talk(-16), corridor).skips == ()


def test_somebody_never_talked_to_can_be_left_out() -> None:
    person = dana("weekly", since=-3)._replace(skips=(skip(-3),))
    assert standing(person).due == day(4)
    undated = dana("weekly", since=None)._replace(skips=(skip(-3, on=-3),))
    assert standing(undated).due == day(4)


def promise(due: int | None, owner: Owner = Owner.ME, stage: Stage = Stage.AGREED) -> FollowUp:
    said = datetime.combine(TODAY, NOON)
    return FollowUp(_ids(), "dana", "x", owner, said, stage, None if due is None else day(due))


def test_reasons_are_said_in_words() -> None:
    person = dana("weekly")._replace(skips=(skip(-7, Excuse.ME, -7),))
    moved = planned(3)._replace(moves=(Move(Mover.ME, datetime.combine(TODAY, NOON), TODAY),))
    ones = (talk(-14), moved)
    owed = (promise(-3), promise(-1), promise(2), promise(-9, Owner.THEM), promise(None))
    found = standing_of(person, ones, owed, TODAY)
    assert found.reasons() == (
        "2 promises are overdue, the first 3 days",
        "you moved it twice",
        "Sun 15 Nov left out (you could not)",
    )
    assert standing_of(person, ones, (promise(-1),), TODAY).reasons()[0] == (
        "a promise is overdue 1 day"
    )
    assert standing(dana("weekly"), talk(-3)).reasons() == ()


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (Excuse.ME, "you could not"),
        (Excuse.THEM, "Dana could not"),
        (Excuse.LEAVE, "on leave"),
    ],
)
def test_who_could_not_is_said(why: Excuse, said: str) -> None:
    person = dana("weekly")._replace(skips=(skip(0, why),))
    assert standing(person, talk(-7)).reasons()[-1] == f"Sun 22 Nov left out ({said})"


@pytest.mark.parametrize(
    ("ones", "missed"),
    [
        ((talk(-9), planned(-2)), True),
        ((planned(-2),), True),
        ((talk(-9), planned(-5), planned(-2)), True),
        ((talk(-9), planned(-2), planned(5)), False),  # planned anew
        ((talk(-9), planned(-2), talk(-1)), False),  # they talked after all
        ((talk(-9), planned(-2), talk(-2)), False),
        ((talk(-60), planned(-40)), False),  # long ago
        ((talk(-9),), False),
    ],
)
def test_a_plan_that_nothing_came_of_is_a_reason(ones: tuple[OneToOne, ...], missed: bool) -> None:
    found = standing(dana(), *ones)
    assert (found.missed is not None) is missed
    assert ("planned for Fri 20 Nov, not held" in found.reasons()) is missed


def test_of_what_was_left_out_nobody_asks_why_it_was_not_held() -> None:
    person = dana("weekly")._replace(skips=(skip(-2, on=-1),))
    assert standing(person, talk(-9), planned(-2)).missed is None


def test_an_overdue_promise_or_a_debrief_makes_somebody_pressing() -> None:
    journal = Journal(
        {name: Person(name, name.title(), cadence=parse_cadence("weekly")) for name in "abcd"},
        {
            name: talk(offset)._replace(id=f"o-{name}", person_id=name)
            for name, offset in (("a", -6), ("b", -1), ("c", -1), ("d", -8))
        },
        {"f": promise(-4)._replace(person_id="b")},
    )
    found = [one.person.id for one in standings(journal, TODAY, waiting={"c"})]
    assert found == ["b", "d", "c", "a"]


# -- which one-to-one is meant --------------------------------------------------------------


def test_the_one_under_way_is_meant_before_any_plan() -> None:
    under_way = talk(0, Status.UNDER_WAY, time(9))
    ones = (under_way, planned(0, time(15)), planned(3))
    assert current_one_to_one(ones, TODAY) is under_way


def test_of_two_under_way_the_later_is_meant() -> None:
    ones = (talk(0, Status.UNDER_WAY, time(9)), talk(0, Status.UNDER_WAY, time(15)))
    assert current_one_to_one(ones, TODAY) is ones[1]


@pytest.mark.parametrize(
    "ones",
    [(), (talk(-1),), (talk(0),), (planned(-1),), (talk(-1, Status.UNDER_WAY),)],
    ids=["none", "held", "held today", "missed", "left running yesterday"],
)
def test_nothing_is_meant_when_nothing_is_open(ones: tuple[OneToOne, ...]) -> None:
    assert current_one_to_one(ones, TODAY) is None


def test_the_next_plan_is_meant_today_or_later() -> None:
    ones = (planned(-3), planned(0), planned(3))
    assert current_one_to_one(ones, TODAY) is ones[1]


def test_of_a_day_the_one_under_way_is_meant_and_else_the_latest() -> None:
    morning, noon, evening = planned(0, time(9)), talk(0, clock=NOON), planned(0, time(18))
    running = talk(0, Status.UNDER_WAY, time(10))
    assert one_to_one_of_day((morning, noon, evening), TODAY) is evening
    assert one_to_one_of_day((morning, running, noon, evening), TODAY) is running
    assert one_to_one_of_day((planned(-1), planned(1)), TODAY) is None


def test_last_time_is_before_and_really_took_place() -> None:
    ones = (talk(-30), talk(-14), planned(-7), talk(-2), planned(3))
    assert last_time(ones, None) is ones[3]
    assert last_time(ones, ones[4]) is ones[3]
    assert last_time(ones, ones[3]) is ones[1]
    assert last_time(ones, ones[2]) is ones[1]
    assert last_time(ones, ones[0]) is None
    assert last_time((), None) is None


# -- everybody ------------------------------------------------------------------------------

CADENCES = [None, *(Cadence(1, unit) for unit in ("day", "week", "month")), Cadence(2, "week")]
NAMES = ["Ana", "ana", "Dana", "Émile", "Tom", "Zoë"]


def skips() -> st.SearchStrategy[Skip]:
    """Skips of all sorts, most of them of days on which nothing is due."""
    days = st.integers(-40, 40).map(day)
    return st.builds(Skip, days, st.sampled_from(Excuse), st.sampled_from([day(-10), TODAY]))


@st.composite
def journals(draw: st.DrawFn) -> Journal:
    people: dict[str, Person] = {}
    ones: dict[str, OneToOne] = {}
    follow_ups: dict[str, FollowUp] = {}
    for number in range(draw(st.integers(0, 4))):
        person_id = f"p{number}"
        people[person_id] = Person(
            person_id,
            draw(st.sampled_from(NAMES)),
            cadence=draw(st.sampled_from(CADENCES)),
            since=draw(st.sampled_from([None, day(-60), day(0)])),
            archived=draw(st.booleans()),
            skips=tuple(draw(st.lists(skips(), max_size=3))),
        )
        for index in range(draw(st.integers(0, 3))):
            one = talk(draw(st.integers(-40, 40)), draw(st.sampled_from(list(Status))))
            one_id = f"{person_id}-{index}"
            ones[one_id] = one._replace(
                id=one_id,
                person_id=person_id,
                place=draw(st.sampled_from([WALK, PASSING])),
                moves=tuple(
                    Move(mover, one.at, TODAY)
                    for mover in draw(st.lists(st.sampled_from(Mover), max_size=2))
                ),
            )
        person = people[person_id]
        held = [
            o.at.date()
            for o in ones.values()
            if o.person_id == person_id and o.took_place and o.at.date() <= TODAY
        ]
        if person.cadence is not None and held and draw(st.booleans()):
            slot, left_out = person.cadence.next_after(max(held)), []
            for _ in range(draw(st.integers(1, 3))):
                left_out.append(Skip(slot, draw(st.sampled_from(Excuse)), TODAY))
                slot = slot_after(person.cadence, slot, TODAY)
            people[person_id] = person._replace(skips=(*person.skips, *left_out))
        for index in range(draw(st.integers(0, 3))):
            follow_up = FollowUp(
                f"f{number}-{index}",
                person_id,
                "x",
                draw(st.sampled_from(list(Owner))),
                datetime.combine(TODAY, NOON),
                draw(st.sampled_from(list(Stage))),
                draw(st.sampled_from([None, day(-1), day(1)])),
                closed=draw(st.sampled_from([None, TODAY])),
            )
            follow_ups[follow_up.id] = follow_up
    return Journal(people, ones, follow_ups)


@settings(deadline=None, max_examples=50)
@given(journals(), st.booleans())
def test_debts_are_what_a_naive_count_says(journal: Journal, archived: bool) -> None:
    mine: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for follow_up in journal.follow_ups.values():
        if follow_up.stage.value not in {"captured", "agreed", "waiting"}:
            continue
        if follow_up.owner.value != "them":
            mine[follow_up.person_id] += 1
        if follow_up.owner.value != "me":
            theirs[follow_up.person_id] += 1
    for found in standings(journal, TODAY, archived=archived):
        assert found.i_owe == mine[found.person.id]
        assert found.they_owe == theirs[found.person.id]


@settings(deadline=None, max_examples=50)
@given(journals())
def test_everybody_is_listed_once_on_one_side(journal: Journal) -> None:
    here = [found.person.id for found in standings(journal, TODAY)]
    away = [found.person.id for found in standings(journal, TODAY, archived=True)]
    assert sorted(here + away) == sorted(journal.people)
    assert all(journal.people[person_id].archived for person_id in away)
    assert not any(journal.people[person_id].archived for person_id in here)


def naively_due(journal: Journal, person: Person) -> tuple[date | None, int]:
    """Return when the cadence asks for a talk, and how many were left out since the last."""
    if person.cadence is None:
        return None, 0
    theirs = [o for o in journal.one_to_ones.values() if o.person_id == person.id]
    talked = [o.at.date() for o in theirs if o.took_place and o.at.date() <= TODAY]
    if talked:
        due = person.cadence.next_after(max(talked))
    else:
        due = person.since or (person.skips[0].due if person.skips else TODAY)
    left, count = list(person.skips), 0
    while any(skip.due == due for skip in left):
        skip = next(skip for skip in left if skip.due == due)
        left.remove(skip)
        count += 1
        slot, number = due, 0
        while due <= max(slot, min(skip.on, TODAY)):
            number += 1
            due = Cadence(person.cadence.every * number, person.cadence.unit).next_after(slot)
    return due, count


def naively_pressing(journal: Journal, found: Standing) -> date | None:
    """Return since when something is asked of the manager."""
    due, _ = naively_due(journal, found.person)
    planned = [
        o.at.date()
        for o in journal.one_to_ones.values()
        if o.person_id == found.person.id and not o.took_place and o.at.date() >= TODAY
    ]
    if planned and (due is None or due >= TODAY):
        due = min(planned)
    late = [
        f.due
        for f in journal.follow_ups.values()
        if f.person_id == found.person.id
        and f.owner is not Owner.THEM
        and f.stage.value in {"captured", "agreed", "waiting"}
        and f.due is not None
        and f.due < TODAY
    ]
    assert sorted(late) == list(found.late)
    return min([*late, *([due] if due else [])], default=None)


@settings(deadline=None, max_examples=100)
@given(journals())
def test_what_was_left_out_and_moved_is_what_a_naive_count_says(journal: Journal) -> None:
    for found in standings(journal, TODAY):
        _, count = naively_due(journal, found.person)
        assert len(found.skips) == count
        moves = found.next.moves if found.next else ()
        mine = sum(move.by is Mover.ME for move in moves)
        assert found.moved_by_me == mine + sum(s.why is Excuse.ME for s in found.skips)
        if found.missed is not None:
            assert found.missed.at.date() < TODAY
            assert not found.missed.took_place
            assert found.next is None
            assert found.last is None or found.last.at.date() < found.missed.at.date()


@settings(deadline=None, max_examples=50)
@given(journals(), st.randoms(use_true_random=False))
def test_most_pressing_first_whatever_the_order_in_the_files(
    journal: Journal, random: Random
) -> None:
    found = standings(journal, TODAY)
    asked = [naively_pressing(journal, one) for one in found]
    dated = [since for since in asked if since is not None]
    assert dated == sorted(dated)
    assert asked[: len(dated)] == dated, "of whom nothing is asked comes last"
    seen = [one.days_since for one in found if one.pressing is None and one.last is not None]
    assert seen == sorted((since for since in seen if since is not None), reverse=True)
    people, ones = list(journal.people.items()), list(journal.one_to_ones.items())
    random.shuffle(people)
    random.shuffle(ones)
    assert standings(Journal(dict(people), dict(ones), journal.follow_ups), TODAY) == found


@settings(deadline=None, max_examples=50)
@given(journals())
def test_each_standing_agrees_with_the_records(journal: Journal) -> None:
    for found in standings(journal, TODAY):
        theirs = [o for o in journal.one_to_ones.values() if o.person_id == found.person.id]
        talked = [o.at for o in theirs if o.status is not Status.PLANNED and o.at.date() <= TODAY]
        assert (found.last.at if found.last else None) == max(talked, default=None)
        if found.next is not None:
            assert found.next in theirs
            assert found.next.at.date() >= TODAY
            assert found.next.status in (Status.PLANNED, Status.UNDER_WAY)
        if found.person.cadence is None:
            assert found.due == (found.next.at.date() if found.next else None)
        else:
            assert found.due is not None
        assert ("overdue" in found.say_due()) is (found.due is not None and found.due < TODAY)


@settings(deadline=None, max_examples=50)
@given(
    st.sampled_from(["day", "week", "month"]), st.integers(1, 12), st.dates(date(1990, 1, 1), TODAY)
)
def test_the_cadence_is_never_due_on_the_day_they_talked(
    unit: Unit, every: int, talked: date
) -> None:
    person = Person("dana", "Dana", cadence=Cadence(every, unit))
    one = talk(0)._replace(at=datetime.combine(talked, NOON))
    found = standing(person, one, today=talked)
    assert found.due is not None
    assert found.due > talked
    assert found.due == Cadence(every, unit).next_after(talked)


# -- the next one-to-one --------------------------------------------------------------------


def coming(person: Person, *ones: OneToOne, during: datetime | None = None) -> date:
    in_time = tuple(sorted(ones, key=lambda one: (one.at, one.id)))
    return next_talk(person, in_time, TODAY, during)


def noon(offset: int) -> datetime:
    return datetime.combine(day(offset), NOON)


@pytest.mark.parametrize(
    ("every", "ones", "during", "expected"),
    [
        ("", (planned(5),), None, 5),
        ("", (planned(12), planned(5), planned(20)), None, 5),
        ("", (talk(-7), planned(-3), planned(9)), None, 9),
        ("weekly", (talk(-3), planned(9)), None, 9),
        ("weekly", (talk(-3),), None, 4),
        ("weekly", (talk(-3), planned(-1)), None, 4),
        ("weekly", (talk(-7),), None, 0),
        ("every month", (talk(-22), talk(-3)), None, 27),
        # In a talk it is the one after.
        ("", (planned(0), planned(7)), noon(0), 7),
        ("", (talk(0, Status.UNDER_WAY), planned(7)), noon(0), 7),
        ("", (planned(0, time(16)),), noon(0), 0),
        ("every 2 weeks", (planned(0),), noon(0), 14),
        ("every 2 weeks", (talk(-20),), noon(0), 14),
        ("weekly", (talk(-9), talk(-2)), noon(-9), 5),
        ("weekly", (talk(-9, Status.UNDER_WAY), planned(-2), planned(3)), noon(-9), 3),
        ("weekly", (planned(3), planned(10)), noon(3), 10),
        ("weekly", (planned(3),), noon(3), 10),
    ],
)
def test_the_next_talk_is_the_next_planned_else_by_the_cadence(
    every: str, ones: tuple[OneToOne, ...], during: datetime | None, expected: int
) -> None:
    assert coming(dana(every), *ones, during=during) == day(expected)


@pytest.mark.parametrize(
    ("every", "ones", "during"),
    [
        ("", (), None),
        ("", (talk(-7),), None),
        ("", (planned(-3),), None),
        ("", (planned(0),), noon(0)),
        ("", (talk(0, Status.UNDER_WAY),), None),
        ("weekly", (talk(-8),), None),
        ("weekly", (), None),
    ],
)
def test_without_a_next_talk_a_sentence_says_what_to_do(
    every: str, ones: tuple[OneToOne, ...], during: datetime | None
) -> None:
    with pytest.raises(WhenError) as caught:
        coming(dana(every), *ones, during=during)
    said = "No next one-to-one with Dana is planned: give a day, or plan it first."
    assert str(caught.value) == said


def test_somebody_added_today_is_to_be_talked_to_today() -> None:
    assert coming(dana("weekly", since=0)) == TODAY


@given(
    st.lists(st.tuples(st.integers(-60, 60), st.sampled_from(Status)), max_size=8),
    st.sampled_from(["", "weekly", "every 2 weeks", "every month"]),
    st.none() | st.integers(-60, 60),
)
def test_the_next_talk_is_never_past(
    talks: list[tuple[int, Status]], every: str, during: int | None
) -> None:
    ones = [talk(offset, status) for offset, status in talks]
    open_days = [o for o, s in talks if s is Status.PLANNED and o >= 0]
    after = [o for o in open_days if during is None or o > during]
    try:
        found = coming(dana(every), *ones, during=None if during is None else noon(during))
    except WhenError:
        assert not after
        return
    assert found >= TODAY
    assert not after or found == day(min(after))
