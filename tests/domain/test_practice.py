"""The manager's own practice: what is counted equals a recount that knows no shortcut."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.desk.shipped import questions
from tui.domain.asking import Form, form_of
from tui.domain.dates import Cadence
from tui.domain.followups import Aspect, FollowUp, Owner, Stage, Step
from tui.domain.journal import Journal
from tui.domain.onetoones import Move, Mover, OneToOne, Status
from tui.domain.people import Excuse, Person, Skip
from tui.domain.plots import NONE, bar, columns, fitted
from tui.domain.practice import (
    Gaps,
    Practice,
    Promises,
    Span,
    became,
    held_until,
    practice_of,
    talks_in,
    together,
    weeks_to,
)
from tui.domain.questions import Moment, Pick
from tui.domain.tenlines import LENGTH, LINES, brief, ten_lines
from tui.domain.text import cell_length

TODAY = date(2026, 11, 22)
SPAN = Span(date(2026, 11, 2), date(2026, 11, 15))


def day(number: int) -> date:
    return date(2026, 11, 1) + timedelta(days=number)


def at(number: int) -> datetime:
    return datetime.combine(day(number), time(14))


# -- promises ------------------------------------------------------------------------------


def promise(**more: object) -> FollowUp:
    made = FollowUp("f", "p", "the book", Owner.ME, at(3), Stage.DONE, day(7), closed=day(7))
    return made._replace(**more)  # type: ignore[arg-type]


def moved(on: int, was: int | None) -> Step:
    return Step(day(on), Aspect.DUE, day(was).isoformat() if was is not None else "")


@pytest.mark.parametrize(
    ("follow_up", "what"),
    [
        (promise(), "in_time"),
        (promise(closed=day(8)), "late"),
        (promise(due=None), "undated"),
        (promise(due=day(12), closed=day(12), steps=(moved(6, 7),)), "in_time"),
        (promise(due=day(12), closed=day(12), steps=(moved(7, 7),)), "in_time"),
        (promise(due=day(12), closed=day(12), steps=(moved(8, 7),)), "late"),
        (promise(due=day(12), closed=day(10), steps=(moved(5, None),)), "in_time"),
        (promise(due=None, closed=day(10), steps=(moved(8, 7),)), "late"),
        (promise(due=None, closed=day(10), steps=(moved(6, 7),)), "undated"),
        # what is changed afterwards is no more than tidying up
        (promise(due=day(2), closed=day(7), steps=(moved(9, 7),)), "in_time"),
        (promise(due=day(20), closed=day(8), steps=(moved(9, 7),)), "late"),
        (promise(stage=Stage.LET_GO, closed=day(20)), "let_go"),
        (promise(stage=Stage.AGREED, closed=None), "overdue"),
        (promise(stage=Stage.AGREED, closed=None, due=TODAY), "to_come"),
        (promise(stage=Stage.CAPTURED, closed=None, due=None), "to_come"),
        (promise(closed=None, due=TODAY), "in_time"),
    ],
)
def test_what_became_of_a_promise(follow_up: FollowUp, what: str) -> None:
    assert became(follow_up, TODAY) == what


# -- gaps ----------------------------------------------------------------------------------

WEEK = Person("p", "Dana", cadence=Cadence(1, "week"))


def talks(*days: int, moves: tuple[Move, ...] = ()) -> list[OneToOne]:
    ones = [OneToOne(f"t{n}", "p", at(n), status=Status.CLOSED) for n in days]
    return [*ones[:-1], ones[-1]._replace(moves=moves)] if ones else []


def gaps(person: Person, ones: list[OneToOne]) -> Gaps:
    journal = Journal({person.id: person}, {one.id: one for one in ones})
    return practice_of(journal, person, SPAN, TODAY).gaps


def move(by: Mover, was: int) -> Move:
    return Move(by, at(was), day(was))


@pytest.mark.parametrize(
    ("ones", "skips", "found"),
    [
        (talks(1, 8, 14), (), Gaps(held=2)),
        (talks(1, 9, 14), (), Gaps(held=2)),  # a week may take eight days
        (talks(1, 10, 14), (), Gaps(held=1, unsaid=1)),
        (talks(1, 5), (), Gaps(held=1, unsaid=1)),  # the last gap is open, and too long by now
        (talks(1, 8), (), Gaps(held=1)),  # the last gap is open, and may still be held
        (talks(8, 8, 9), (), Gaps(held=1)),  # twice on a day is no gap
        (talks(-30), (), Gaps(unsaid=1)),
        ([], (), Gaps()),
        (talks(1, 14, moves=(move(Mover.ME, 8),)), (), Gaps(by_me=1)),
        (talks(1, 14, moves=(move(Mover.THEM, 8),)), (), Gaps(by_them=1)),
        (
            talks(1, 14, moves=(move(Mover.THEM, 8), move(Mover.ME, 9))),
            (),
            Gaps(by_me=1),
        ),
        (talks(1, 14, moves=(move(Mover.ME, 8),)), (Excuse.LEAVE,), Gaps(leave=1)),
        (talks(1, 14), (Excuse.THEM,), Gaps(by_them=1)),
        (talks(1, 8, 14, moves=(move(Mover.ME, 13),)), (), Gaps(held=2)),
    ],
)
def test_gaps_against_a_week(ones: list[OneToOne], skips: tuple[Excuse, ...], found: Gaps) -> None:
    person = WEEK._replace(skips=tuple(Skip(day(8), why, day(8)) for why in skips))
    assert gaps(person, ones) == found


def test_without_a_cadence_nothing_was_due_and_an_archived_person_is_due_no_more() -> None:
    assert gaps(WEEK._replace(cadence=None), talks(1, 12)) == Gaps()
    assert gaps(WEEK._replace(archived=True), talks(1, 3)) == Gaps(held=1)


def test_a_rhythm_may_take_a_quarter_more() -> None:
    assert held_until(Cadence(2, "week"), day(1)) == day(18)
    assert held_until(Cadence(1, "day"), day(1)) == day(3)
    assert held_until(Cadence(1, "week"), date.max) == date.max


# -- the recount ---------------------------------------------------------------------------

DAYS = st.integers(-20, 30)
PEOPLE = ("p1", "p2", "p3")


@st.composite
def journals(draw: st.DrawFn) -> Journal:
    cadences = st.sampled_from([None, Cadence(1, "week"), Cadence(3, "day"), Cadence(1, "month")])
    people = {
        key: Person(
            key, key.upper(), cadence=draw(cadences), archived=draw(st.booleans()),
            skips=tuple(
                Skip(day(n), why, day(n))
                for n, why in draw(
                    st.lists(st.tuples(DAYS, st.sampled_from(Excuse)), max_size=2)
                )
            ),
        )
        for key in PEOPLE
    }  # fmt: skip
    ones = {}
    picks: dict[str, tuple[Pick, ...]] = {}
    for number in range(draw(st.integers(0, 12))):
        moves = draw(st.lists(st.tuples(st.sampled_from(Mover), DAYS), max_size=2))
        one = OneToOne(
            f"t{number}",
            draw(st.sampled_from(PEOPLE)),
            at(draw(DAYS)),
            draw(st.sampled_from(["walk and talk", "call", ""])),
            status=draw(st.sampled_from(Status)),
            carried=draw(st.sampled_from(["", "mostly me", "even", "loudly"])),
            moves=tuple(move(by, was) for by, was in moves),
        )
        ones[one.id] = one
        picks[one.id] = tuple(
            Pick(
                f"k{number}{place}", "", text, "", Moment.OPEN, area, place,
                one.at if is_asked else None,
            )
            for place, (text, area, is_asked) in enumerate(
                draw(
                    st.lists(
                        st.tuples(
                            st.sampled_from(["What now?", "Is it?", "Hm"]),
                            st.sampled_from(["", "growth", "team"]),
                            st.booleans(),
                        ),
                        max_size=2,
                    )
                )
            )
        )  # fmt: skip
    dues = st.none() | DAYS.map(day)
    follow_ups = {}
    for number in range(draw(st.integers(0, 8))):
        steps = draw(st.lists(st.tuples(DAYS, dues), max_size=2))
        follow_ups[f"f{number}"] = FollowUp(
            f"f{number}",
            draw(st.sampled_from(PEOPLE)),
            "text",
            draw(st.sampled_from(Owner)),
            at(draw(DAYS)),
            draw(st.sampled_from(Stage)),
            draw(dues),
            closed=draw(dues),
            steps=tuple(
                Step(day(on), Aspect.DUE, was.isoformat() if was else "")
                for on, was in sorted(steps, key=lambda step: step[0])
            ),
        )
    return Journal(people, ones, follow_ups, picks=picks)


def recount(journal: Journal, people: tuple[str, ...], span: Span, today: date) -> Practice:
    """Count all of it day by day and record by record, and remember nothing on the way."""
    days: dict[str, int] = {}
    places: dict[str, int] = {}
    carried: dict[str, int] = {}
    forms: dict[str, int] = {}
    areas: dict[str, int] = {}
    promised = dict.fromkeys(Promises._fields, 0)
    gapped = dict.fromkeys(Gaps._fields, 0)
    until = min(span.last, today)
    for one in journal.one_to_ones.values():
        is_in = span.first <= one.at.date() <= until
        if one.person_id not in people or not is_in or one.status is Status.PLANNED:
            continue
        for counted, thing in (
            (days, one.at.date().isoformat()), (places, one.place), (carried, one.carried),
        ):  # fmt: skip
            counted[thing] = counted.get(thing, 0) + 1
        for pick in journal.picks[one.id]:
            if pick.asked is not None:
                form = {"What now?": "open", "Is it?": "closed", "Hm": "unknown"}[pick.text]
                forms[form] = forms.get(form, 0) + 1
                if pick.area:
                    areas[pick.area] = areas.get(pick.area, 0) + 1
    for f in journal.follow_ups.values():
        if f.person_id not in people or f.owner is Owner.THEM:
            continue
        if not span.first <= f.said.date() <= span.last:
            continue
        promised[naively(f, today)] += 1
    for key in people:
        person = journal.people[key]
        held = {
            one.at.date()
            for one in journal.one_to_ones.values()
            if one.person_id == key and one.status is not Status.PLANNED
        }
        since = None  # walk through the days, as they went
        for number in range(-20, 31):
            now = day(number)
            if now > until or person.cadence is None:
                break
            is_end = now == until and now not in held and not person.archived
            if since is not None and (now in held or is_end) and now >= span.first:
                is_held = now <= held_until(person.cadence, since)
                if not is_held:
                    gapped[reason(journal, person, since, now)] += 1
                elif now in held:
                    gapped["held"] += 1
            since = now if now in held else since

    def told(counted: dict[str, int]) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(counted.items()))

    return Practice(
        told(days),
        Promises(**promised),
        Gaps(**gapped),
        told(places),
        told(carried),
        told(forms),
        told(areas),
    )


def naively(f: FollowUp, today: date) -> str:
    """Go through the days of a promise and see whether any found it open past its day."""
    if f.stage is Stage.LET_GO:
        return "let_go"
    if f.stage is not Stage.DONE:
        return "overdue" if f.due is not None and f.due < today else "to_come"
    closed = f.closed or today
    agreed = [(step.on, step.was) for step in f.steps]
    agreed.append((date.max, f.due.isoformat() if f.due else ""))
    is_late = False
    for on, was in agreed:
        is_late |= bool(was) and date.fromisoformat(was) < min(on, closed)
        if on > closed:
            return "late" if is_late else "in_time" if was else "undated"
    raise AssertionError("the end of days is after every day")


def reason(journal: Journal, person: Person, since: date, until: date) -> str:
    said = {skip.why.value for skip in person.skips if since < skip.due <= until}
    for one in journal.one_to_ones.values():
        if one.person_id == person.id:
            said |= {m.by.value for m in one.moves if since < m.was.date() <= until}
    for word, field in (("leave", "leave"), ("me", "by_me"), ("them", "by_them")):
        if word in said:
            return field
    return "unsaid"


SPANS = st.tuples(DAYS, st.integers(0, 20)).map(
    lambda pair: Span(day(pair[0]), day(min(30, pair[0] + pair[1])))
)


@settings(max_examples=150, deadline=None)
@given(journals(), SPANS, DAYS.map(day))
@example(Journal(), SPAN, TODAY)
def test_what_is_counted_equals_a_naive_recount(journal: Journal, span: Span, today: date) -> None:
    each = {
        key: practice_of(journal, person, span, today) for key, person in journal.people.items()
    }
    for key, practice in each.items():
        assert practice == recount(journal, (key,), span, today)
    whole = together(each.values())
    if each:
        assert whole == recount(journal, PEOPLE, span, today)
    assert whole.talks == sum(
        len(talks_in(journal, person, span, today)) for person in journal.people.values()
    )


# -- spans ---------------------------------------------------------------------------------


def test_a_quarter_is_thirteen_weeks_and_the_one_before_ends_the_day_before() -> None:
    span = weeks_to(TODAY)
    assert span.days == 91
    assert span.last == TODAY
    assert span.moved(-1).last == span.first - timedelta(days=1)
    assert span.moved(-1).moved(1) == span
    assert Span(date.min, date.min).moved(-1) == Span(date.min, date.min)


# -- how a question begins -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("What is on your mind?", Form.OPEN),
        ("And what else?", Form.OPEN),
        ("how are things", Form.OPEN),
        ("If you had my job for a week, what would you change?", Form.OPEN),
        ("Tell me about the harbour.", Form.OPEN),
        ("Could you tell me what happened?", Form.OPEN),
        ("When things go wrong, what helps?", Form.OPEN),
        ("In your week: where is the quiet?", Form.OPEN),
        ("I wonder what you would do", Form.OPEN),
        ("Is there anything I can do?", Form.CLOSED),
        ("Don’t you think so?", Form.CLOSED),
        ("So, are you well?", Form.CLOSED),
        ("When you are tired, do you stop?", Form.CLOSED),
        ("WOULD YOU RATHER WALK?", Form.CLOSED),
        ("Wie geht es dir?", Form.UNKNOWN),
        ("Anything else?", Form.UNKNOWN),
        ("", Form.UNKNOWN),
        ("?" * 5_000, Form.UNKNOWN),
    ],
)
def test_a_question_is_open_or_not_by_how_it_begins(text: str, form: Form) -> None:
    assert form_of(text) is form


def test_every_question_of_the_deck_leaves_its_answer_open() -> None:
    assert [q.text for q in questions() if form_of(q.text) is not Form.OPEN] == []


@given(st.text(max_size=80))
def test_any_text_is_of_some_form(text: str) -> None:
    assert form_of(text) in Form


# -- drawn ---------------------------------------------------------------------------------


@given(st.integers(0, 999), st.integers(0, 999), st.integers(1, 40))
def test_a_bar_fits_and_tells_something_from_nothing(one: int, other: int, width: int) -> None:
    most = max(one, other)
    drawn = bar(one, most, width)
    assert 1 <= len(drawn) <= width
    assert (drawn == NONE) is (one == 0)
    assert len(bar(most, most, width)) == (width if most else 1)


@given(st.lists(st.integers(0, 99), max_size=60))
def test_columns_stand_for_one_count_each(counts: list[int]) -> None:
    drawn = columns(counts)
    assert len(drawn) == len(counts)
    assert [sign == NONE for sign in drawn] == [count == 0 for count in counts]
    heights = dict(zip(counts, drawn, strict=True))
    in_order = [heights[count] for count in sorted(heights) if count]
    assert in_order == sorted(in_order)


@given(st.text(max_size=40), st.integers(2, 20))
def test_a_label_takes_its_room(label: str, cells: int) -> None:
    assert cell_length(fitted(label, cells)) == cells


# -- ten lines -----------------------------------------------------------------------------


@given(st.lists(st.integers(0, 20), max_size=14))
def test_ten_lines_tell_a_little_of_everything(sizes: list[int]) -> None:
    sorts = [[f"{place}.{n}" for n in range(size)] for place, size in enumerate(sizes)]
    lines = ten_lines(sorts)
    assert len(lines) == min(LINES, sum(sizes))
    kept = [[line for line in sort if line in lines] for sort in sorts]
    assert list(lines) == [line for sort in kept for line in sort]
    assert all(sort == of[: len(sort)] for sort, of in zip(kept, sorts, strict=True))
    for sort, of in zip(kept, sorts, strict=True):  # none has two more than one that has more left
        if len(sort) < len(of):
            assert all(len(other) <= len(sort) + 1 for other in kept)


def test_words_are_told_in_brief() -> None:
    assert brief("one\n  two\x1b") == "one two␛"
    assert len(brief("a" * 5_000)) == LENGTH
