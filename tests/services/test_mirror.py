"""The mirror in words: what it says of one, of several and of none, and about whom it is silent."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings

from tests.builders import HOSTILE, NOW
from tests.domain.test_practice import journals
from tui.domain.debrief import CARRIED
from tui.domain.journal import Contents, Home, Journal
from tui.domain.notes import Note, Side
from tui.domain.onetoones import OneToOne, Status
from tui.domain.people import Person
from tui.domain.practice import Gaps, Practice, Promises, weeks_to
from tui.domain.questions import AREAS
from tui.services.mirror import Mirror, Thanks, as_json, columns_of, count_thanks, mirror_of
from tui.services.pages import Pages
from tui.services.ports import Disk, Finder, Problem
from tui.services.reflections import (
    COUNTING,
    NOT_TOUCHED,
    Block,
    blocks_of,
    say_person,
    say_span,
)

TODAY = NOW.date()
SPAN = weeks_to(TODAY)
DANA, SAM = Person("p1", "Dana Okafor"), Person("p2", "Sam Reyes")
EVERYBODY = Thanks((("p1", 2),), 1)


def mirror(practice: Practice, *people: Person) -> Mirror:
    return Mirror(SPAN, tuple((person, practice) for person in people or (DANA,)), practice)


def block(name: str, practice: Practice, thanks: Thanks | None = EVERYBODY) -> Block:
    return next(b for b in blocks_of(mirror(practice), thanks) if b.id == name)


TALK = Practice(days=(("2026-11-20", 1),), carried=(("", 1),), places=(("call", 1),))


@pytest.mark.parametrize(
    ("name", "practice", "sentence"),
    [
        ("promises", Practice(), "You promised nothing in these days."),
        (
            "promises",
            Practice(promises=Promises(in_time=1)),
            "You kept 1 of 1 promise that came due: 1 in time.",
        ),
        (
            "promises",
            Practice(promises=Promises(2, 1, 1, 1, 1, 1)),
            "You kept 4 of the 6 promises that came due: 2 in time, 1 late, 1 without a day "
            "agreed, 1 you let go and 1 open after the day agreed. 1 more is open, not due yet.",
        ),
        (
            "promises",
            Practice(promises=Promises(in_time=14, overdue=1, to_come=3)),
            "You kept 14 of the 15 promises that came due: 14 in time and 1 open after the day "
            "agreed. 3 more are open, not due yet.",
        ),
        (
            "promises",
            Practice(promises=Promises(let_go=1, overdue=1)),
            "2 promises came due: 1 you let go and 1 open after the day agreed.",
        ),
        (
            "promises",
            Practice(promises=Promises(to_come=1)),
            "1 promise is open, not due yet.",
        ),
        ("talks", Practice(), "You talked with nobody in these days. None was due by a cadence."),
        ("talks", TALK, "1 talk with 1 person, 1 at most in a week. None was due by a cadence."),
        (
            "talks",
            TALK._replace(gaps=Gaps(held=3)),
            "1 talk with 1 person, 1 at most in a week. 3 of 3 times you talked when it was due.",
        ),
        (
            "talks",
            TALK._replace(gaps=Gaps(held=3, by_me=1)),
            "1 talk with 1 person, 1 at most in a week. 3 of 4 times you talked when it was due; "
            "once it took longer, because you moved it or left it out.",
        ),
        (
            "talks",
            TALK._replace(gaps=Gaps(0, 2, 1, 1, 1)),
            "1 talk with 1 person, 1 at most in a week. 0 of 5 times you talked when it was due; "
            "5 times it took longer, 2 of them because you moved it or left it out, 1 because they "
            "moved it and 1 for leave.",
        ),
        (
            "talks",
            TALK._replace(gaps=Gaps(held=1, unsaid=5)),
            "1 talk with 1 person, 1 at most in a week. 1 of 6 times you talked when it was due; "
            "5 times it took longer.",
        ),
        ("carried", TALK, "You noted it of no talk; the debrief asks for it."),
        (
            "carried",
            TALK._replace(carried=((CARRIED[0], 1),)),
            "You noted it for 1 of 1 talk, and carried 1 of them yourself.",
        ),
        (
            "carried",
            Practice(days=(("2026-11-20", 4),), carried=(("", 1), ("even", 3))),
            "You noted it for 3 of 4 talks, and carried none of them yourself.",
        ),
        ("questions", TALK, "No question is marked as asked; the debrief asks which."),
        ("questions", Practice(forms=(("open", 1),)), "You asked one question, an open one."),
        (
            "questions",
            Practice(forms=(("closed", 1),)),
            "You asked one question, to be answered with yes or no.",
        ),
        ("questions", Practice(forms=(("open", 3),)), "You asked 3 questions: all of them open."),
        (
            "questions",
            Practice(forms=(("closed", 1), ("open", 3), ("unknown", 2))),
            "You asked 6 questions: 3 open, 1 to be answered with yes or no and 2 whose first "
            "words do not tell.",
        ),
        ("places", TALK, "Most often: call, 1 of 1 talk."),
        ("places", Practice(), "You talked nowhere in these days."),
        ("thanks", TALK, "2 appreciations are noted, in 1 of 1 talk."),
    ],
)
def test_what_a_block_says(name: str, practice: Practice, sentence: str) -> None:
    assert block(name, practice).sentence == sentence


def test_an_area_nothing_was_asked_about_is_not_touched_and_never_covered() -> None:
    areas = block("areas", Practice(areas=(("growth", 2),)))
    assert [(bar.number, bar.word) for bar in areas.bars] == [(2, "")] + [(0, NOT_TOUCHED)] * 5
    left = ", ".join(area.label for area in AREAS[1:-1]) + f" and {AREAS[-1].label}"
    assert areas.sentence == f"You asked about 1 of 6 areas. Not touched: {left}."
    none = block("areas", Practice())
    assert all(bar.word == NOT_TOUCHED for bar in none.bars)
    assert "None of the 6 areas" in none.sentence
    everything = Practice(areas=tuple((area.id, 1) for area in AREAS))
    assert block("areas", everything).sentence == "You asked about each of the 6 areas."


def test_places_that_differ_by_case_are_one_and_few_are_named() -> None:
    places = (("Call", 1), ("a", 1), ("b", 1), ("c", 1), ("call", 2), ("d", 1), ("", 1))
    found = block("places", Practice(days=(("2026-11-20", 8),), places=places))
    assert [(bar.label, bar.number) for bar in found.bars] == [
        ("Call", 3), ("a", 1), ("b", 1), ("c", 1), ("elsewhere", 2),
    ]  # fmt: skip


def test_thanks_name_those_who_heard_none_and_wait_to_be_counted() -> None:
    def said(thanks: Thanks | None) -> str:
        return blocks_of(mirror(TALK, DANA, SAM), thanks)[-1].sentence

    assert said(None) == COUNTING
    assert said(EVERYBODY).endswith("in 1 of 1 talk. None for Sam.")
    assert "None is noted" in said(Thanks())
    assert said(Thanks((("p1", 1), ("p2", 1)), 1, 1)).endswith(
        "in 1 of 1 talk. 1 talk cannot be read now, and is left out."
    )
    *before, _ = blocks_of(mirror(TALK, DANA, SAM), None)
    *after, _ = blocks_of(mirror(TALK, DANA, SAM), EVERYBODY)
    assert before == after, "what is counted late moves nothing that is read"


def test_of_one_person_there_is_what_i_did_and_nothing_they_did() -> None:
    practice = Practice(
        days=(("2026-11-20", 5),),
        promises=Promises(3, 0, 0, 0, 2, 1),
        gaps=Gaps(5, 0, 1),
        carried=(("", 1), ("almost all them", 1), (CARRIED[0], 3)),
    )
    assert say_person(practice) == (
        "promises kept 3 of 4",
        "2 not due yet",
        "talked when due 5 of 6",
        "carried by you 3 of 4",
    )
    assert say_person(TALK) == ("1 talk",)
    told = as_json(mirror(practice), EVERYBODY)["people"][0]
    assert set(told) == {
        "id", "name", "talks", "promises", "gaps", "carried_by_you", "thanks",
    }  # fmt: skip
    assert told["promises"] == {
        "made": 6, "due": 4, "kept": 3, "in_time": 3, "late": 0, "undated": 0, "let_go": 0,
        "to_come": 2, "overdue": 1,
    }  # fmt: skip
    assert set(told["gaps"]) == {"held", "all"}, "not who of the two moved it"


@settings(deadline=None, max_examples=60)
@given(journals())
def test_people_stand_by_name_and_add_up(journal: Journal) -> None:
    found = mirror_of(journal, SPAN, TODAY)
    names = [person.name for person, _ in found.people]
    assert names == sorted(names)
    assert sum(theirs.promises.made for _, theirs in found.people) == found.all.promises.made
    columns, weeks = columns_of(found.all, SPAN)
    assert (len(columns), weeks, sum(columns)) == (13, 1, found.all.talks)
    told = as_json(found, Thanks())
    assert json.loads(json.dumps(told)) == told
    assert all((area["asked"] or 1) > 0 for area in told["areas"])
    assert sum(week["talks"] for week in told["weeks"]) == told["talks"]
    for shown in blocks_of(found, Thanks()):
        assert shown.sentence.endswith(".")
        assert "  " not in shown.sentence
        assert ".." not in shown.sentence


def test_of_many_years_a_column_stands_for_several_weeks() -> None:
    long = weeks_to(TODAY, 520)
    counts = tuple(((long.first + timedelta(days=n)).isoformat(), 1) for n in range(long.days))
    columns, weeks = columns_of(Practice(days=counts), long)
    assert (len(columns), weeks) == (29, 18)
    assert sum(columns) == long.days


class Pile(Disk):
    """A disk with some pages; the others cannot be read."""

    def __init__(self, pages: dict[str, tuple[Note, ...]]) -> None:
        self._pages = pages

    @property
    def problems(self) -> tuple[Problem, ...]:
        return ()

    def read_page(self, home: Home) -> Contents | None:
        notes = self._pages.get(home.one_to_one_id or "")
        return None if notes is None else Contents(home, notes)

    def suspect(self, path: str) -> None:
        raise AssertionError("nothing is searched here")

    def finder(self) -> Finder:
        raise AssertionError("nothing is searched here")


def test_thanks_are_counted_in_the_notes_of_either_side() -> None:
    def note(kind: str, number: int, side: Side = Side.OURS) -> Note:
        return Note(f"{kind}{number}", "x", kind, NOW, side)

    ones = [
        OneToOne(f"t{n}", person, NOW, status=Status.CLOSED)
        for n, person in enumerate(("p1", "p1", "p2", "p2"))
    ]
    pile = Pile(
        {
            "t0": (note("thanks", 1), note("thanks", 2, Side.MINE), note("heard", 3)),
            "t1": (note("thanks", 4),),
            "t2": (note("heard", 5),),
        }
    )
    pages = Pages(Journal(one_to_ones={one.id: one for one in ones}), frozenset(), pile)
    assert count_thanks(pages, ones) == Thanks((("p1", 3),), 2, 1)


def test_the_days_are_told() -> None:
    assert say_span(SPAN, TODAY) == "Mon 24 Aug to Sun 22 Nov"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_places_are_shown_on_one_line(text: str) -> None:
    practice = Practice(days=(("2026-11-20", 1),), places=((text, 1),))
    found = block("places", practice)
    assert "\n" not in found.sentence
    assert "\x1b" not in found.sentence
