"""Two people who are one: nothing of either is lost."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.store.helpers import people
from tui.domain.joining import joined
from tui.domain.people import CardLine, Excuse, Person, Skip
from tui.domain.text import fold


def test_what_the_first_has_not_comes_from_the_other() -> None:
    other = Person("b", "Dany", "engineer", place="café", helps="time", since=date(2026, 1, 2))
    after = joined(Person("a", "Dana"), other)
    assert (after.id, after.name) == ("a", "Dana")
    assert (after.role, after.place, after.helps) == ("engineer", "café", "time")
    assert after.since == date(2026, 1, 2)
    assert after.card == (CardLine("Also called", "Dany"),)


def test_where_both_say_something_else_both_is_kept() -> None:
    skip = Skip(date(2026, 1, 2), Excuse.ME, date(2026, 1, 1))
    into = Person("a", "Dana", "lead", helps="tea", card=(CardLine("Feedback", "in private"),))
    other = Person(
        "b",
        "dana",
        "engineer",
        helps="time",
        card=(CardLine("feedback", "In private"), CardLine("Feedback", "with an example")),
        skips=(skip,),
    )
    after = joined(into, other)
    assert (after.role, after.helps) == ("lead", "tea")
    assert after.card == (
        CardLine("Feedback", "in private"),
        CardLine("Feedback", "with an example"),
        CardLine("Role", "engineer"),
        CardLine("What helps", "time"),
    )
    assert after.skips == (skip,)


@given(people, people, st.booleans())
def test_no_word_of_either_is_lost(into: Person, other: Person, twice: bool) -> None:
    after = joined(joined(into, other), other) if twice else joined(into, other)
    said = {fold(text) for text in (after.name, after.role, after.place, after.helps)}
    said |= {fold(line.text) for line in after.card}
    for person in (into, other):
        told = (person.name, person.role, person.place, person.helps)
        assert {fold(text) for text in told if text} <= said
        assert {fold(line.text) for line in person.card} <= said
        assert set(person.skips) <= set(after.skips)
