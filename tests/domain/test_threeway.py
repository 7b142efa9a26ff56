"""Lists changed on two sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.threeway import rejoined

LISTS = st.lists(st.sampled_from("abcdef"), max_size=6, unique=True)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "joined"),
    [
        ("abc", "aXc", "abc", "aXc"),
        ("abc", "abc", "aXc", "aXc"),
        ("abc", "aXc", "abY", "aXY"),
        ("abc", "abcX", "abcY", "abcXY"),
        ("abc", "ac", "abcY", "acY"),
        ("abc", "Xabc", "abc", "Xabc"),
        ("abc", "aXc", "aYc", "aXYc"),
        ("", "X", "Y", "XY"),
        ("X", "", "XY", "Y"),
        ("abc", "", "abc", ""),
        ("ab", "aXb", "aXb", "aXb"),
    ],
)
def test_what_either_did_is_done(base: str, ours: str, theirs: str, joined: str) -> None:
    assert "".join(rejoined(base, ours, theirs)) == joined


@given(LISTS, LISTS)
def test_where_one_side_did_nothing_the_other_counts(base: list[str], changed: list[str]) -> None:
    assert rejoined(base, base, changed) == changed
    assert sorted(rejoined(base, changed, base)) == sorted(changed)


@given(LISTS, LISTS, LISTS)
def test_nothing_added_is_lost_and_nothing_taken_away_comes_back(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    joined = set(rejoined(base, ours, theirs))
    added = (set(ours) - set(base)) | (set(theirs) - set(base))
    kept = set(base) & set(ours) & set(theirs)
    assert joined == added | kept


@given(LISTS, LISTS, LISTS)
def test_what_we_did_can_be_taken_back_without_what_they_did(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    """As undo does: from ours back to the base, on what is there by then."""
    new = [letter.upper() for letter in ours if letter not in base]
    mine = [letter if letter in base else letter.upper() for letter in ours]
    both = rejoined(base, mine, theirs)
    back = rejoined(mine, base, both)
    assert not set(back) & set(new)
    assert set(theirs) - set(base) <= set(back)
