"""Checklists: ticking, changing, what was left open before, and templates."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE, NOW
from tests.domain.test_journal import facts
from tests.services.scene import Desk
from tui.desk.shipped import standard_template, template_after, templates
from tui.domain.checklist import Phase, Template, TemplateItem
from tui.domain.onetoones import OneToOne
from tui.domain.text import clean_line
from tui.errors import UsageError
from tui.services import checklists, course, talks
from tui.services.checklists import LOOK_BACK, LeftOpen

BLANK = Template("blank", "Blank", ())
WALK = next(template for template in templates() if template.id == "walk")

# -- the checklist --------------------------------------------------------------------------


def test_a_tick_has_its_time_and_can_be_taken_away(desk: Desk) -> None:
    item = desk.items()[2]
    checklists.tick(desk.notebook, desk.one, item)
    ticked = desk.items()[2]
    assert ticked == item._replace(ticked=NOW)
    checklists.tick(desk.notebook, desk.one, ticked)
    assert desk.items()[2] == item
    assert [desk.notebook.undo(), desk.notebook.undo()] == ["untick", "tick"]
    assert desk.items()[2] == item


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("index", [0, 1, 4, -1])
def test_an_item_is_added_where_it_was_asked_for(desk: Desk, phase: Phase, index: int) -> None:
    before = desk.texts(phase)
    place = index if index >= 0 else len(before)
    checklists.add_item(desk.notebook, desk.one, phase, "  bring  tea ", " they like\nit ", place)
    before.insert(place, "bring tea")
    assert desk.texts(phase) == before
    assert desk.items(phase)[place].reason == "they like it"
    other = Phase.CLOSE if phase is Phase.BEFORE else Phase.BEFORE
    assert len(desk.items(other)) == sum(i.phase is other for i in standard_template().items)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_item_needs_words(desk: Desk, text: str) -> None:
    before = desk.page
    with pytest.raises(UsageError, match="few words"):
        checklists.add_item(desk.notebook, desk.one, Phase.BEFORE, text, "", 0)
    with pytest.raises(UsageError, match="few words"):
        checklists.edit_item(desk.notebook, desk.one, desk.items()[0], text, "")
    assert desk.page == before


def test_an_item_is_edited_and_stays_ticked(desk: Desk) -> None:
    item = desk.items()[1]
    checklists.tick(desk.notebook, desk.one, item)
    checklists.edit_item(desk.notebook, desk.one, item, " my own\nwords ", "")
    assert desk.items()[1] == item._replace(text="my own words", reason="", ticked=NOW)


def test_an_item_is_deleted_and_comes_back_to_its_place(desk: Desk) -> None:
    before = desk.texts()
    checklists.delete_item(desk.notebook, desk.one, desk.items()[3])
    assert desk.texts() == before[:3] + before[4:]
    assert desk.notebook.undo() == "item deleted"
    assert desk.texts() == before


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from([-1, 1])), max_size=14))
def test_items_move_as_in_a_plain_list(moves: list[tuple[int, int]]) -> None:
    desk = Desk()
    model = desk.texts()
    closing = desk.texts(Phase.CLOSE)
    for index, step in moves:
        checklists.move_item(desk.notebook, desk.one, desk.items()[index], step)
        if 0 <= index + step < len(model):
            model.insert(index + step, model.pop(index))
        assert desk.texts() == model
    assert desk.texts(Phase.CLOSE) == closing


def test_moving_beyond_the_end_is_no_act(desk: Desk) -> None:
    acts = len(desk.memory.acts)
    checklists.move_item(desk.notebook, desk.one, desk.items()[0], -1)
    checklists.move_item(desk.notebook, desk.one, desk.items()[-1], 1)
    assert len(desk.memory.acts) == acts


def test_items_may_change_places_as_often_as_one_likes(desk: Desk) -> None:
    for _ in range(60):
        before = desk.texts()
        checklists.move_item(desk.notebook, desk.one, desk.items()[2], -1)
        assert desk.texts() == [before[0], before[2], before[1], *before[3:]]


@pytest.mark.parametrize("meanwhile", ["ticked", "deleted"])
def test_an_item_that_changed_meanwhile_can_be_moved(desk: Desk, meanwhile: str) -> None:
    item = desk.items()[1]
    if meanwhile == "ticked":
        checklists.tick(desk.notebook, desk.one, item)
    else:
        checklists.delete_item(desk.notebook, desk.one, item)
    checklists.move_item(desk.notebook, desk.one, item, -1)
    if meanwhile == "ticked":
        assert desk.items()[0] == item._replace(ticked=NOW, position=desk.items()[0].position)


def test_what_is_cleaned_is_what_is_kept(desk: Desk) -> None:
    item = checklists.add_item(
        desk.notebook, desk.one, Phase.BEFORE, HOSTILE[5], HOSTILE[9], len(desk.items())
    )
    assert (item.text, item.reason) == (clean_line(HOSTILE[5]), clean_line(HOSTILE[9]))
    assert item.is_own


# -- left open ------------------------------------------------------------------------------


def talk_of(desk: Desk, days: int, *own: str, held: bool = True) -> OneToOne:
    """Hold a talk some days from now, with own items on its list."""
    draft = talks.draft_for(desk.person, NOW + timedelta(days=days), "call")
    one = talks.plan(desk.notebook, draft, standard_template())
    for place, text in enumerate(own):
        checklists.add_item(desk.notebook, one, Phase.BEFORE, text, "", place)
    return course.end(desk.notebook, one) if held else one


def open_texts(desk: Desk, one: OneToOne) -> list[str]:
    return [found.item.text for found in checklists.left_open(desk.notebook, one)]


def test_an_own_item_left_open_is_shown_again_where_it_lives(desk: Desk) -> None:
    first = talk_of(desk, -20, "bring the book", "ask about May")
    second = talk_of(desk, -10, "the key")
    (book, may, key) = found = checklists.left_open(desk.notebook, desk.one)
    assert [left.item.text for left in found] == ["bring the book", "ask about May", "the key"]
    assert [left.one.id for left in found] == [first.id, first.id, second.id]
    assert open_texts(desk, second) == ["bring the book", "ask about May"], "not its own"
    assert open_texts(desk, first) == []
    checklists.tick(desk.notebook, book.one, book.item)
    assert open_texts(desk, desk.one) == ["ask about May", "the key"]
    assert open_texts(desk, second) == ["ask about May"], "done is done, seen from anywhere"
    checklists.delete_item(desk.notebook, may.one, may.item)
    assert open_texts(desk, desk.one) == ["the key"]
    assert isinstance(key, LeftOpen)


def test_what_was_left_open_is_never_copied(desk: Desk) -> None:
    talk_of(desk, -20, "bring the book")
    before = facts(desk.notebook.journal)
    for days in (-9, -5, -2):
        one = talk_of(desk, days)
        assert open_texts(desk, one) == ["bring the book"]
        assert "bring the book" not in {item.text for item in desk.notebook.page(one.id).items}
    assert open_texts(desk, desk.one) == ["bring the book"], "once, however many talks there were"
    assert before.items() <= facts(desk.notebook.journal).items()


def test_nothing_of_a_template_or_of_a_talk_that_was_not_held_is_left_open(desk: Desk) -> None:
    talk_of(desk, -20)
    talk_of(desk, -10, "never held", held=False)
    talk_of(desk, 10, "later", held=False)
    assert open_texts(desk, desk.one) == []


def test_only_some_talks_back_are_looked_through(desk: Desk) -> None:
    for number in range(LOOK_BACK + 2):
        talk_of(desk, -40 + number, f"item {number}")
    assert open_texts(desk, desk.one) == [f"item {n}" for n in range(2, LOOK_BACK + 2)]


# -- templates ------------------------------------------------------------------------------


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.id)
def test_a_checklist_is_what_its_template_says(desk: Desk, template: Template) -> None:
    before = facts(desk.notebook.journal)
    checklists.use_template(desk.notebook, desk.one, template)
    for phase in Phase:
        assert desk.texts(phase) == [i.text for i in template.items if i.phase is phase]
    assert desk.now.template == template.id
    if template.id == "standard":
        assert desk.notebook.undo() == "one-to-one planned", "nothing was changed"
        return
    assert desk.notebook.undo() == f"checklist from {template.title}"
    assert facts(desk.notebook.journal) == before


def test_what_is_done_or_ones_own_outlives_its_template(desk: Desk) -> None:
    done = desk.items()[3]
    checklists.tick(desk.notebook, desk.one, done)
    own = checklists.add_item(desk.notebook, desk.one, Phase.BEFORE, "bring tea", "", 0)
    checklists.use_template(desk.notebook, desk.one, BLANK)
    assert desk.texts() == ["bring tea", done.text]
    assert desk.texts(Phase.CLOSE) == []
    checklists.use_template(desk.notebook, desk.now, WALK)
    wanted = [item.text for item in WALK.items if item.phase is Phase.BEFORE]
    left = [text for text in ("bring tea", done.text) if text not in wanted]
    assert desk.texts() == [*wanted, *left], "behind what the template has"
    kept = {item.id: item for item in desk.items()}
    assert kept[own.id].is_own
    assert kept[done.id].ticked == NOW


def test_an_item_both_templates_have_stays_the_same_item(desk: Desk) -> None:
    first, second, *_ = standard_template().items
    new = TemplateItem("new", "something new", Phase.BEFORE, "")
    ids = {item.text: item.id for item in desk.items()}
    checklists.use_template(desk.notebook, desk.one, Template("x", "X", (second, new, first)))
    assert desk.texts() == [second.text, "something new", first.text]
    assert [desk.items()[0].id, desk.items()[2].id] == [ids[second.text], ids[first.text]]


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.sampled_from(templates()), min_size=1, max_size=4),
    st.sets(st.integers(0, 8), max_size=3),
)
def test_however_often_it_is_changed_nothing_done_goes_and_nothing_is_there_twice(
    chosen: list[Template], ticked: set[int]
) -> None:
    desk = Desk()
    done = [desk.items()[place] for place in ticked]
    for item in done:
        checklists.tick(desk.notebook, desk.one, item)
    for template in chosen:
        checklists.use_template(desk.notebook, desk.now, template)
    for phase in Phase:
        texts = desk.texts(phase)
        assert len(set(texts)) == len(texts)
        assert {i.text for i in chosen[-1].items if i.phase is phase} <= set(texts)
    assert {item.id for item in done} <= {item.id for item in desk.items() if item.ticked}


def test_a_checklist_is_kept_as_ones_own_template_and_taken_again(desk: Desk) -> None:
    checklists.add_item(desk.notebook, desk.one, Phase.BEFORE, "bring tea", "they like it", 0)
    checklists.tick(desk.notebook, desk.one, desk.items()[1])
    shown = {phase: [(i.text, i.reason) for i in desk.items(phase)] for phase in Phase}
    before = facts(desk.notebook.journal)
    acts = len(desk.memory.acts)
    kept = checklists.save_template(desk.notebook, desk.one, "  New   project ")
    assert len(desk.memory.acts) == acts + 1
    assert desk.notebook.journal.templates == {kept.id: kept}
    assert (kept.title, kept.is_own, desk.now.template) == ("New project", True, kept.id)
    assert {
        phase: [(i.text, i.reason) for i in kept.items if i.phase is phase] for phase in Phase
    } == shown
    assert not any(item.is_own for item in desk.items()), "it is the template's from now on"
    assert desk.items()[1].ticked == NOW
    other = talk_of(desk, 7, held=False)
    checklists.use_template(desk.notebook, other, kept)
    texts = {item.text for item in desk.notebook.page(other.id).items}
    assert texts == {text for part in shown.values() for text, _ in part}
    desk.notebook.undo()
    desk.notebook.undo()
    assert desk.notebook.undo() == "template New project kept"
    assert desk.notebook.journal.templates == {}
    assert facts(desk.notebook.journal) == before


def test_what_a_template_was_made_of_is_not_carried_over(desk: Desk) -> None:
    one = talk_of(desk, -9, "bring tea")
    assert open_texts(desk, desk.one) == ["bring tea"]
    checklists.save_template(desk.notebook, one, "tea")
    assert open_texts(desk, desk.one) == []


def test_one_of_the_same_name_is_replaced(desk: Desk) -> None:
    first = checklists.save_template(desk.notebook, desk.one, "Café")
    checklists.delete_item(desk.notebook, desk.one, desk.items()[0])
    second = checklists.save_template(desk.notebook, desk.now, "cafe")
    assert first.id == second.id
    assert desk.notebook.journal.templates == {first.id: second}
    assert len(second.items) == len(first.items) - 1
    assert desk.notebook.undo() == "template cafe kept"
    assert desk.notebook.journal.templates == {first.id: first}


@pytest.mark.parametrize("title", ["", " ", "\n\t"])
def test_a_template_needs_a_name_and_something_in_it(desk: Desk, title: str) -> None:
    with pytest.raises(UsageError, match="needs a name"):
        checklists.save_template(desk.notebook, desk.one, title)
    checklists.use_template(desk.notebook, desk.one, BLANK)
    with pytest.raises(UsageError, match="empty"):
        checklists.save_template(desk.notebook, desk.one, "empty")
    assert desk.notebook.journal.templates == {}


def test_deleting_a_template_leaves_what_was_made_of_it(desk: Desk) -> None:
    kept = checklists.save_template(desk.notebook, desk.one, "mine")
    before = desk.page
    checklists.delete_template(desk.notebook, kept)
    assert desk.notebook.journal.templates == {}
    assert desk.page == before
    assert template_after(desk.now.template, desk.notebook.journal.templates) == standard_template()
    assert desk.notebook.undo() == "template mine deleted"
    assert template_after(kept.id, desk.notebook.journal.templates) == kept


def test_two_lines_of_one_template_may_say_the_same(desk: Desk) -> None:
    twice = Template("t", "Twice", (TemplateItem("a", "breathe", Phase.BEFORE, ""),) * 2)
    checklists.use_template(desk.notebook, desk.one, twice)
    assert desk.texts() == ["breathe", "breathe"]
    checklists.use_template(desk.notebook, desk.now, twice)
    assert desk.texts() == ["breathe", "breathe"]
