"""The only way out: no byte of any text depends on what is mine; the filter is what holds it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import tui
from tests.services import test_exports, test_quarter, test_summary
from tests.services.test_summary import PRIVATES, WORLDS
from tui.domain.followups import FollowUp
from tui.domain.journal import Page
from tui.domain.notes import Note

EXAMPLES = int(os.environ.get("ALONGSIDE_EXAMPLES", "500"))
"""How many pairs of journals are tried; every night it is ten thousand."""

World = tuple[list[Note], list[FollowUp], bool]
Private = list[tuple[Note, int, bool]]


def every_text(world: World, private: Private) -> list[str]:
    """Return every text there is of a journal with these private notes in it.

    The cue card is not among them: it is made without a look at any note (`test_cards`).
    """
    return [
        *test_summary.texts_of(world, private),
        *test_exports.texts_of(world, private),
        *test_quarter.texts_of(world, private),
    ]


def shared(page: Page) -> tuple[Note, ...]:
    return tuple(note for note in page.notes if not note.is_mine)


@pytest.mark.sweep
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORLDS, PRIVATES, PRIVATES)
def test_no_byte_of_any_text_depends_on_what_is_mine(
    world: World, one: Private, other: Private
) -> None:
    assert every_text(world, one) == every_text(world, other)


@pytest.mark.parametrize(
    "leak",
    [
        pytest.param(lambda page: page.mine, id="inverted"),
        pytest.param(lambda page: page.notes, id="left out"),
        pytest.param(lambda page: shared(page)[: max(0, 3 - len(page.mine))], id="a count"),
    ],
)
def test_a_broken_filter_is_seen(leak: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The property can fail: here the one filter there is, is broken in three ways."""
    monkeypatch.setattr(Page, "ours", property(leak))  # type: ignore[arg-type]

    @settings(max_examples=200, deadline=None, database=None, phases=[Phase.generate])
    @given(WORLDS, PRIVATES, PRIVATES)
    def holds(world: World, one: Private, other: Private) -> None:
        assert test_summary.texts_of(world, one) == test_summary.texts_of(world, other)

    with pytest.raises(AssertionError):
        holds()


def test_a_text_may_leave_only_when_it_was_made_here() -> None:
    package = Path(tui.__file__).parent
    makers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"\bOutbound\(", path.read_text("utf-8"))
    }
    assert makers == {"services/outward.py"}
