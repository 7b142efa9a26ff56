"""What is changed by hand in a summary: it lies over the lines, and never over the notes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE
from tui.domain.ours import CLOSING_LINE, HEADINGS, OPENING, Section, Summary
from tui.domain.text import JOINER, clean_block
from tui.errors import UsageError
from tui.services.edits import (
    Edit,
    Edits,
    Line,
    Touch,
    edited,
    from_text,
    left_out,
    put_back,
    reworded,
    to_text,
    with_line,
)
from tui.services.outward import NOTHING

IDEAS = Section("Ideas", ("a bell", "a kettle", "a bell"))
HEARD = Section("What I heard", ("“I lose the thread”",))
MADE = Summary("Thank you, Dana.", (HEARD, IDEAS), "Tell me.")
EMPTY = Summary(f"Thank you, Dana.\n{NOTHING}", (), "Tell me.")


def line(text: str, nth: int = 0, edits: Edits = ()) -> Line:
    """Return the line of the notes that reads so."""
    return next(x for x in edited(MADE, edits).lines if (x.was, x.nth) == (text, nth))


def under(heading: str, edits: Edits, made: Summary = MADE) -> tuple[str, ...]:
    sections = edited(made, edits).summary.sections
    return next((s.lines for s in sections if s.heading == heading), ())


def test_without_edits_it_is_as_the_notes_have_it() -> None:
    whole = edited(MADE, ())
    assert whole.summary == MADE
    assert whole.lost == ()
    assert [x.text for x in whole.lines] == [
        "Thank you, Dana.", "“I lose the thread”", "a bell", "a kettle", "a bell", "Tell me.",
    ]  # fmt: skip
    assert {x.touch for x in whole.lines} == {Touch.AS_IS}


def test_a_line_in_other_words() -> None:
    edits = reworded((), line("a kettle"), " a samovar \n")
    assert under("Ideas", edits) == ("a bell", "a samovar", "a bell")
    assert line("a kettle", 0, edits).touch is Touch.CHANGED
    assert reworded(edits, line("a kettle", 0, edits), "a kettle") == (), "its own words undo it"


def test_of_two_lines_that_are_the_same_the_one_that_is_meant() -> None:
    edits = reworded((), line("a bell", 1), "a gong")
    assert under("Ideas", edits) == ("a bell", "a kettle", "a gong")


def test_a_line_is_left_out_and_put_back() -> None:
    edits = left_out((), line("a kettle"))
    assert under("Ideas", edits) == ("a bell", "a bell")
    gone = line("a kettle", 0, edits)
    assert gone.touch is Touch.LEFT_OUT
    assert put_back(edits, gone) == ()


def test_a_section_of_which_all_is_left_out_goes_with_its_heading() -> None:
    edits = left_out((), line("“I lose the thread”"))
    assert [s.heading for s in edited(MADE, edits).summary.sections] == ["Ideas"]


def test_beginning_and_end_may_be_changed_and_left_out() -> None:
    edits = reworded(left_out((), line("Tell me.")), line("Thank you, Dana."), "Hi Dana.")
    made = edited(MADE, edits).summary
    assert (made.opening, made.closing) == ("Hi Dana.", "")


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_line_is_added_under_its_heading_which_comes_with_it(heading: str) -> None:
    edits = with_line((), heading, "one more")
    made = edited(MADE, edits)
    assert under(heading, edits)[-1] == "one more"
    headings = [s.heading for s in made.summary.sections]
    assert headings == [h for h in HEADINGS if h in headings]
    (added,) = (x for x in made.lines if x.touch is Touch.ADDED)
    assert under(heading, reworded(edits, added, "another"))[-1] == "another"
    assert left_out(edits, added) == put_back(edits, added) == ()


def test_two_added_lines_are_told_apart() -> None:
    edits = with_line(with_line((), "Ideas", "one"), "Ideas", "one")
    first, second = (x for x in edited(MADE, edits).lines if x.touch is Touch.ADDED)
    assert first.key != second.key
    assert under("Ideas", left_out(edits, first)) == ("a bell", "a kettle", "a bell", "one")


def test_there_is_something_to_send_once_a_line_is_added() -> None:
    assert NOTHING in edited(EMPTY, ()).summary.opening
    assert edited(EMPTY, with_line((), "Ideas", "x")).summary.opening == "Thank you, Dana."
    only_next = with_line((), "Next one-to-one", "in May")
    assert NOTHING in edited(EMPTY, only_next).summary.opening
    own = reworded(with_line((), "Ideas", "x"), Line(OPENING, EMPTY.opening, ""), f"Hi.\n{NOTHING}")
    assert edited(EMPTY, own).summary.opening == f"Hi.\n{NOTHING}", "own words are left alone"


def test_an_edit_goes_with_the_note_it_was_made_on() -> None:
    """The new words of the note are what goes out, and the edit is shown as lost."""
    edits = reworded(left_out((), line("a kettle")), line("“I lose the thread”"), "“threads”")
    changed = MADE._replace(sections=(HEARD._replace(lines=("“I lose it”",)), IDEAS))
    made = edited(changed, edits)
    assert made.lost == (Edit("What I heard", "“I lose the thread”", "“threads”"),)
    assert "“threads”" not in str(made.summary)
    assert made.summary.sections[0].lines == ("“I lose it”",)
    assert edited(MADE, edits).lost == (), "and comes back with it"


@pytest.mark.parametrize("text", ["", "  ", "\n\n"])
def test_nothing_is_no_line(text: str) -> None:
    with pytest.raises(UsageError, match="left of this line"):
        reworded((), line("a kettle"), text)
    with pytest.raises(UsageError, match="few words"):
        with_line((), "Ideas", text)


EDITS = st.lists(
    st.builds(
        Edit,
        st.sampled_from([*HEADINGS, OPENING, CLOSING_LINE]),
        st.text(max_size=5),
        st.sampled_from(["", "x", *(clean_block(text) for text in HOSTILE)]),
        st.integers(0, 3),
    ),
    max_size=5,
    unique_by=lambda edit: (edit.heading, edit.was, edit.nth),
).map(lambda edits: tuple(edit for edit in edits if edit.was or edit.text))


@settings(deadline=None)
@given(EDITS, EDITS)
def test_edits_come_back_from_the_text_they_are_kept_as(edits: Edits, other: Edits) -> None:
    assert from_text(to_text(edits)) == edits
    both = from_text(f"{to_text(edits)}{JOINER}{to_text(other)}")
    assert set(other) <= set(both), "of two runs that were cut off, the later counts"
    assert {e[:2] for e in both} == {e[:2] for e in (*edits, *other)}


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "{}", "[", "[1]", '[["Ideas"]]', '[["Ideas", 1, "x", 0]]', "null", "[[]]"],
)
def test_what_is_not_understood_is_no_edit(text: str) -> None:
    assert from_text(text) == ()


@settings(deadline=None)
@given(EDITS)
def test_no_edits_whatever_break_a_summary(edits: Edits) -> None:
    made = edited(MADE, edits)
    assert all(section.lines and all(section.lines) for section in made.summary.sections)
    assert {e for e in edits if e.was and (e.was not in str(MADE))} <= set(made.lost)
