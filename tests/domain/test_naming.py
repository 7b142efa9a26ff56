"""Where somebody is named: too often rather than too seldom."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HOSTILE
from tui.domain.naming import Name, words_of
from tui.domain.text import fold


@pytest.mark.parametrize(
    ("name", "text", "is_named"),
    [
        ("Dana Okafor", "I asked Dana how to start", True),
        ("Dana Okafor", "okafor's idea", True),
        ("Dana Okafor", "(DANA)", True),
        ("Dana Okafor", "Danae and bandana", False),
        ("Dana Okafor", "dana_okafor", False),
        ("Ana García", "garcia said so", True),
        ("Jean van den Berg", "he ran off with the van, den closed", False),
        ("Jean van den Berg", "the Berg plan", True),
        ("Jo", "Jo came by", True),
        ("Jo", "a joke", False),
        ("Bo Li", "bo  li was there", True),
        ("Bo Li", "li", False),
        ("O'Brien", "what o'brien wants", True),
        ("田中 花子", "田中さんと話した", True),
        ("김민수", "김민수가 말했다", True),
        ("김민수", "김이 났다", False),
        ("Max", "maximum", False),
        ("[x]", "see [x] there", True),
        ("Dana\nOkafor", "dana okafor", True),
        ("Dana Okafor", "", False),
    ],
)
def test_somebody_is_named_by_the_name_or_a_word_of_it(
    name: str, text: str, is_named: bool
) -> None:
    assert Name(name).is_in(text) is is_named


def test_somebody_who_was_two_is_found_by_either_name() -> None:
    name = Name("Dana Okafor", "Dany O.")
    assert name.is_in("Dany")
    assert name.is_in("Okafor")


def test_a_name_of_nothing_is_nowhere() -> None:
    assert words_of("") == ()
    assert not Name("").is_in("anything")
    assert not Name().is_in("anything")


@given(st.sampled_from(HOSTILE) | st.text(min_size=1), st.text())
def test_a_name_is_found_wherever_it_stands_by_itself(name: str, text: str) -> None:
    found = Name(name)
    if words_of(name):
        assert found.is_in(f"{text} {name} {text}")
    if found.is_in(text):  # the look at a whole file must not pass over what the close look finds
        assert found.may_be_in(fold(json.dumps(text, ensure_ascii=False)))
