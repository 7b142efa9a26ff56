"""What ships with the program: its shape, its length, and the way it speaks."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tui.desk.shipped import data_folder, questions, read_data, standard_template, templates
from tui.domain.checklist import Phase, Template
from tui.domain.notes import KIND_BY_KEY
from tui.domain.questions import AREA_BY_ID, AREAS, DEPTHS, Moment, Question
from tui.domain.text import clean_block, clean_line

TEXT_WIDTH = 46
"""Columns an item of a checklist has beside what to remember, at 80."""
REASON_LENGTH = 200
NOTE_LENGTH = 160
QUESTION_LENGTH = 90
CUE_LENGTH = 18

JARGON = re.compile(
    r"\b("
    r"leverag\w*|synerg\w*|kpis?|okrs?|metrics?|performance (rating|review|score)s?|"
    r"underperform\w*|stakeholders?|bandwidth|circle back|touch base|deep dive|low-hanging|"
    r"move the needle|actionable|deliverables?|deliver value|value.add|best practices?|"
    r"human (capital|resources)|resources?|headcount|direct reports?|subordinates?|"
    r"rock ?stars?|ninjas?|10x|game.chang\w*|paradigm|ideat\w*|incentivi[sz]\w*|utili[sz]e\w*|"
    r"empower\w*|alignment|align on|ping me|offline|scorecards?|mood score|streaks?|badges?"
    r")\b",
    re.IGNORECASE,
)
"""Words of the office that the product does without. It speaks as one person to another."""
ALLOWED = {"a badge"}
"""Where one of them means the plain thing: "called away by a message" is a red dot on a phone."""

FILES = ("checklists.json", "demo-journal.json", "questions.json")
TEMPLATES = templates()
DECK = questions()
each_template = pytest.mark.parametrize("template", TEMPLATES, ids=[t.id for t in TEMPLATES])


each_question = pytest.mark.parametrize("question", DECK, ids=[q.id for q in DECK])


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for part in value:
                yield from strings(part)
        case dict():
            for part in value.values():
                yield from strings(part)


def raw(name: str) -> str:
    return Path(data_folder(), name).read_text(encoding="utf-8")


# -- every file -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_plain_utf_8_json_without_repeated_keys(name: str) -> None:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        assert len(set(keys)) == len(keys), f"a key twice among {keys}"
        return dict(pairs)

    text = raw(name)
    assert text.endswith("\n")
    assert "\r" not in text
    assert "\t" not in text
    assert "\\u" not in text, "written as it reads"
    json.loads(text, object_pairs_hook=once)


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_clean(name: str) -> None:
    for text in strings(read_data(name)):
        assert text == clean_block(text)
        if name != "demo-journal.json":
            assert text == clean_line(text)


@pytest.mark.parametrize("name", FILES)
def test_it_speaks_as_one_person_to_another(name: str) -> None:
    for text in strings(read_data(name)):
        said = text
        for plain in ALLOWED:
            said = said.replace(plain, "")
        assert JARGON.findall(said) == [], text


def test_the_list_of_jargon_finds_jargon() -> None:
    for said in ("Leverage synergies", "our KPI", "her performance rating", "a streak of five"):
        assert JARGON.search(said)
    for said in ("rely on her", "how she performs in the play", "what would help most"):
        assert not JARGON.search(said)


@pytest.mark.parametrize("name", FILES)
def test_quotation_marks_and_dashes_are_used_one_way(name: str) -> None:
    for text in strings(read_data(name)):
        assert "  " not in text.replace("\n  ", "\n")
        assert "..." not in text
        assert " ," not in text
        assert " ." not in text
        assert text.count("(") == text.count(")")


# -- checklists -----------------------------------------------------------------------------


def test_the_templates_of_the_design_are_there() -> None:
    assert [template.id for template in TEMPLATES] == ["standard", "walk", "first", "hard"]
    assert len({template.title for template in TEMPLATES}) == len(TEMPLATES)
    assert standard_template() is not None
    assert standard_template().id == "standard"


def test_the_standard_template_has_nine_before_and_five_at_the_close() -> None:
    phases = [item.phase for item in standard_template().items]
    assert phases == [Phase.BEFORE] * 9 + [Phase.CLOSE] * 5


def test_the_method_is_in_the_standard_template() -> None:
    """Each of these is a row of the table in DESIGN §1."""
    keys = [item.key for item in standard_template().items]
    assert keys[0] == "promises", "own promises first"
    for key in ("reread", "questions", "lead", "place", "devices", "say-back", "most-helpful"):
        assert key in keys
    assert keys[-1] == "next-date", "the next date is part of closing"


@each_template
def test_a_template_is_two_phases_in_order(template: Template) -> None:
    phases = [item.phase for item in template.items]
    before = phases.count(Phase.BEFORE)
    close = phases.count(Phase.CLOSE)
    assert phases == [Phase.BEFORE] * before + [Phase.CLOSE] * close
    assert 5 <= before <= 10
    assert 3 <= close <= 6
    assert template.title == template.title.strip().capitalize() or "one-to-one" in template.title


@each_template
def test_keys_and_texts_are_unique_within_a_template(template: Template) -> None:
    keys = [item.key for item in template.items]
    texts = [item.text.casefold() for item in template.items]
    assert len(set(keys)) == len(keys)
    assert len(set(texts)) == len(texts)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", key) for key in keys)


@each_template
def test_every_item_fits_its_line(template: Template) -> None:
    for item in template.items:
        assert 5 <= len(item.text) <= TEXT_WIDTH
        assert item.text[0].isupper()
        assert item.text[-1] not in ".,;:"


@each_template
def test_every_item_says_why(template: Template) -> None:
    for item in template.items:
        assert 30 <= len(item.reason) <= REASON_LENGTH
        assert item.reason[0].isupper()
        assert item.reason.endswith((".", "?"))
        assert item.reason.casefold() != item.text.casefold()


def test_no_reason_is_given_twice() -> None:
    reasons = [item.reason for template in TEMPLATES for item in template.items]
    assert len(set(reasons)) == len(reasons)


@each_template
def test_what_every_talk_needs_is_in_every_template(template: Template) -> None:
    keys = {item.key for item in template.items}
    assert {"say-back", "most-helpful", "next-date"} <= keys
    assert "promises" in keys or template.id == "first", "the first time there are none yet"


def test_an_item_knows_no_other_field() -> None:
    data = read_data("checklists.json")
    assert set(data) == {"templates"}
    for template in data["templates"]:
        assert set(template) == {"id", "title", "items"}
        for item in template["items"]:
            assert set(item) == {"key", "phase", "text", "reason"}


# -- the question deck ----------------------------------------------------------------------


def test_there_are_questions_enough_for_every_talk() -> None:
    assert len(DECK) >= 120
    each = Counter((question.area, question.moment) for question in DECK)
    assert all(each[area.id, moment] >= 2 for area in AREAS for moment in Moment)
    deep = Counter((question.area, question.depth) for question in DECK)
    assert all(deep[area.id, depth] >= 2 for area in AREAS for depth in DEPTHS)
    assert {question.depth for question in DECK} == set(DEPTHS)
    assert {question.area for question in DECK} == set(AREA_BY_ID), "none fits nowhere"


def test_a_first_talk_and_a_walk_have_questions_for_every_part() -> None:
    parts = {(Moment.OPEN,), (Moment.EXPLORE,), (Moment.DECIDE, Moment.CLOSE)}
    for part in parts:
        fitting = [question for question in DECK if question.moment in part]
        assert len([question for question in fitting if question.first and question.walks]) >= 3
        assert len([question for question in fitting if question.walks]) >= 15
    assert all(question.depth < 3 for question in DECK if question.first)


def test_every_question_and_its_first_cue_is_there_once() -> None:
    assert len({question.id for question in DECK}) == len(DECK)
    assert len({question.text.casefold() for question in DECK}) == len(DECK)
    cues = [cue.casefold() for question in DECK for cue in question.cues]
    assert len(set(cues)) == len(cues)


@each_question
def test_a_question_is_one_short_open_sentence(question: Question) -> None:
    assert 8 <= len(question.text) <= QUESTION_LENGTH
    assert question.text[0].isupper()
    assert question.text[-1] in "?."
    assert not re.match("(is|are|do|does|did|have|has|can|could|will|would) ", question.text, re.I)
    assert not question.text.startswith("Why")
    assert re.fullmatch("[a-z]+(-[a-z]+)*", question.id)


@each_question
def test_a_cue_brings_it_to_mind_and_fits_a_card(question: Question) -> None:
    assert 1 <= len(question.cues) <= 2
    for cue in question.cues:
        assert 3 <= len(cue) <= CUE_LENGTH
        assert cue == clean_line(cue)
        assert cue[-1] not in ".,;:?"
    assert len(question.source) <= 40


def test_a_question_knows_no_other_field() -> None:
    data = read_data("questions.json")
    assert set(data) == {"questions"}
    for question in data["questions"]:
        assert set(question) == {
            "id", "text", "phase", "depth", "area", "walks", "first", "cues", "source",
        }  # fmt: skip


# -- the demo journal -----------------------------------------------------------------------


def demo_one_to_ones() -> Iterator[dict[str, Any]]:
    for person in read_data("demo-journal.json")["people"]:
        yield from person["one_to_ones"]


def test_every_note_of_the_demo_is_a_time_a_kind_and_words() -> None:
    for one in demo_one_to_ones():
        clocks = []
        for line in one["notes"]:
            found = re.fullmatch(r"(?s)([0-2]\d:[0-5]\d) (-?)(\S) (\S.*)", line)
            assert found, line
            clock, _, key, text = found.groups()
            assert key in KIND_BY_KEY
            assert len(text) <= NOTE_LENGTH
            clocks.append(clock)
        assert clocks == sorted(clocks)
        assert all(clock >= one["at"] for clock in clocks)


def test_what_is_planned_in_the_demo_is_still_empty() -> None:
    for one in demo_one_to_ones():
        if one["status"] == "planned":
            assert (one["notes"], one["follow_ups"], one["carried"]) == ([], [], "")
            assert one["day"] >= 0
        else:
            assert one["notes"]
            assert one["day"] < 0


def test_follow_ups_of_the_demo_read_like_notes_of_a_person() -> None:
    for one in demo_one_to_ones():
        for follow_up in one["follow_ups"]:
            assert 8 <= len(follow_up["text"]) <= 80
            assert not follow_up["text"].endswith(".")
            cue = follow_up.get("cue", "")
            assert not cue or re.match("(when|before|after|as|if|on|at|once|while) ", cue), cue


def test_the_cards_of_the_demo_have_a_label_and_words() -> None:
    for person in read_data("demo-journal.json")["people"]:
        labels = [line["label"] for line in person["card"]]
        assert len(set(labels)) == len(labels) >= 1
        assert all(line["text"].endswith((".", "?")) for line in person["card"])
        assert all(len(label) <= 20 for label in labels)


def test_nobody_real_is_in_the_demo() -> None:
    text = raw("demo-journal.json")
    assert not re.search(r"https?://|www\.|@\w+\.\w+|\+\d{2,}|\d{5,}", text)
