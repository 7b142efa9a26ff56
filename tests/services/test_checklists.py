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


