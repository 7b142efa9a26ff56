"""The manager's own template: a small grammar, and a plain sentence where it is not kept to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE
from tui.domain.ours import HEADINGS, NEXT, Section, Summary
from tui.domain.text import clean_block
from tui.errors import UsageError
from tui.services.formats.template import WORDS
from tui.services.forms import forms_with
from tui.services.outward import Format, own_template, summary_parts, summary_text

FULL = Summary(
    "Thank you.",
    tuple(
        Section(heading, (f"{heading} 1", f"{heading} 2")[: 1 if heading == NEXT else 2])
        for heading in HEADINGS
    ),
    "Tell me.",
    name="Dana",
    day="Sun 22 Nov",
    place="call",
)
NEARLY_EMPTY = Summary("Thank you.", (), "Tell me.", name="Dana", day="Sun 22 Nov")


def written(template: str, summary: Summary = FULL) -> str:
    return summary_text(summary, Format.OWN, own_template(template, "summary.txt"))


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Hi {name},", "Hi Dana,"),
        ("Hi { name },", "Hi Dana,"),
        ("{name} {date} {place}", "Dana Sun 22 Nov call"),
        ("We meet {next}.", "We meet Next one-to-one 1."),
        ("{i_will}", "- I will 1\n- I will 2"),
        ("I will:\n{i_will}\nand that is all", "I will:\n- I will 1\n- I will 2\nand that is all"),
        ("I will: {i_will} So.", "I will:\n- I will 1\n- I will 2\nSo."),
        ("{heard}{ideas}", "- What I heard 1\n- What I heard 2\n- Ideas 1\n- Ideas 2"),
        ("a {{ b }} {name}", "a { b }} Dana"),
        ("{{name}", "{name}"),
        ("one\n\n\n\n two  ", "one\n\n two"),
        ("\n\none\n", "one"),
        ("one\r\ntwo\r\n\r\nthree", "one\ntwo\n\nthree"),
    ],
)
def test_the_grammar(template: str, text: str) -> None:
    assert written(template) == text + "\n"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Hi {name}.\n\nI will:\n{i_will}", "Hi Dana."),
        ("Hi {name}.\n\nI will: {i_will}\n\nBye.", "Hi Dana.\n\nBye."),
        ("Hi {name}.\nI will: {i_will}\nBye.", "Hi Dana.\nBye."),
        ("no word\n\n{heard}\n\nat all", "no word\n\nat all"),
        ("{name}, {place}", "Dana, "),
        ("at {place}\nwith {name}", "with Dana"),
        ("only {place}", None),
    ],
)
def test_what_would_be_empty_is_left_out(template: str, text: str | None) -> None:
    assert written(template, NEARLY_EMPTY) == ("" if text is None else text.rstrip() + "\n")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Hi {nmae}", "mine.txt, line 1: {nmae} is not known. There are: name, date,"),
        ("Hi\n\nthere {}", "mine.txt, line 3: {} is not known."),
        ("Hi {name", "mine.txt, line 1: a brace is not closed. For a brace itself, write {{."),
        ("Hi\n{ na{me}", "mine.txt, line 2: a brace is not closed."),
        ("{name!r}", "{name!r} is not known"),
        ("{0}", "{0} is not known"),
        ("{name.first_name}", "is not known"),
        ("", "mine.txt: there is nothing in it."),
        (" \n\n", "mine.txt: there is nothing in it."),
    ],
)
def test_a_bad_one_says_what_is_wrong_and_is_not_used(template: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        own_template(template, "mine.txt")
    assert said in str(raised.value)
    forms = forms_with("mine.txt", template)
    assert Format.OWN not in forms.all
    assert forms.all[0] is Format.PLAIN
    assert said in forms.problem
    assert forms.problem.endswith("It is not used; this is plain text.")


@pytest.mark.parametrize(
    ("template", "me", "text"),
    [
        ("Hi {name}.\n\nBest,\n{me}", "Robin", "Hi Dana.\n\nBest,\nRobin"),
        ("Hi {name}.\n\nBest,\n{me}", "", "Hi Dana."),
        ("Hi {name}, it is { me } here.", "", "Hi Dana, it is  here."),
        ("{name}\n{me}", "a {name} {{", "Dana\na {name} {{"),
    ],
)
def test_who_writes_it_stands_in_it_where_that_is_known(template: str, me: str, text: str) -> None:
    forms = forms_with("mine.txt", template, "", me)
    assert summary_text(FULL, Format.OWN, forms.template) == text + "\n"


def test_it_comes_first_where_it_is() -> None:
    forms = forms_with("mine.txt", "Hi {name}")
    assert forms.all == (Format.OWN, *(f for f in Format if f is not Format.OWN))
    assert forms.problem == ""
    assert [forms.after(form) for form in forms.all] == [*forms.all[1:], forms.all[0]]


def test_a_file_that_cannot_be_read_is_told_too() -> None:
    forms = forms_with("mine.txt", "", "mine.txt: Permission denied.")
    assert "Permission denied. It is not used" in forms.problem


def test_the_lines_of_a_list_are_lines_of_the_summary() -> None:
    """So that they can be changed in the preview; what the template says cannot."""
    parts = summary_parts(FULL, Format.OWN, own_template("Hi {name}\n{heard}\nat {next}", "x"))
    assert [(part.heading, part.number) for part in parts] == [
        ("", 0), ("What I heard", 0), ("What I heard", 1), (NEXT, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stands_in_it_as_it_was_typed(text: str) -> None:
    typed = clean_block(text)
    made = FULL._replace(sections=(Section("Ideas", (typed,)),), name=typed)
    said = typed.replace("\n", "\n  ")
    assert written("{ideas}", made) == f"- {said}\n"
    assert written("Hi {name}.", made) == f"Hi {typed}.\n"


@settings(deadline=None)
@given(st.text(alphabet="{} \n\tabname_", max_size=30))
def test_whatever_is_written_is_a_template_or_a_sentence(template: str) -> None:
    try:
        said = written(template)
    except UsageError as error:
        said = f"{error}\n"
    assert said.endswith("\n")


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=6), st.booleans())
def test_no_blank_line_stands_beside_another(words: list[str], is_full: bool) -> None:
    template = "\n\n".join(f"x {{{word}}}" for word in words) or "x"
    text = written(template, FULL if is_full else NEARLY_EMPTY)
    assert "\n\n\n" not in text
    assert not text.startswith("\n")
