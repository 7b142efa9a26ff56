"""Changes meet what others did to a file: what wins, what is kept, and that twice is as once."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.store.helpers import AT_ONE, clean_text, json_values, with_fields
from tui.domain.dates import parse_cadence
from tui.domain.journal import Change
from tui.domain.people import Person
from tui.domain.text import JOINER
from tui.store import tables as tables_module
from tui.store.codec import Patch, to_patch
from tui.store.files import Document, Tables, serialise
from tui.store.migrations import ABOUT, SCHEMA
from tui.store.tables import has_records, merged, patched

ABOUT_IT: Document = {"schema": SCHEMA, "kind": "one-to-one"}
BASE: Document = {"text": "one", "side": "ours", "kind_id": "heard"}


def patch(
    before: Document | None, after: Document | None, record_id: str = "n1", table: str = "notes"
) -> Patch:
    return Patch(AT_ONE, table, record_id, before, after)


def holding(document: Document | None) -> Tables:
    """Return a file's tables with this document in them, beside another that nobody touches."""
    notes = {"other": {"text": "untouched"}}
    return {
        ABOUT: {"file": dict(ABOUT_IT)},
        "notes": notes if document is None else {**notes, "n1": document},
    }


def outcome(found: Document | None, *patches: Patch) -> tuple[Document | None, int]:
    """Return what becomes of the document, having checked that nothing else changed."""
    after, kept_both = patched(holding(copy.deepcopy(found)), patches, ABOUT_IT)
    assert after["notes"].pop("other") == {"text": "untouched"}
    assert after[ABOUT] == holding(None)[ABOUT]
    return after["notes"].get("n1"), kept_both


def both(theirs: str, ours: str) -> str:
    return f"{theirs}{JOINER}{ours}"


def base(**fields: Any) -> Document:
    return with_fields(BASE, fields)


RULES: dict[str, tuple[Document | None, Document | None, Document | None, Document | None, int]] = {
    # what:                    on disk, as we knew it, as we want it, what it becomes, kept both
    "a new record": (None, None, base(), base(), 0),
    "a new record that is there already": (base(), None, base(), base(), 0),
    "a new record that was changed since": (base(text="two"), None, base(), base(text="two"), 0),
    "a field nobody else touched": (base(), base(), base(text="two"), base(text="two"), 0),
    "two different fields": (
        base(side="mine"), base(), base(text="two"), base(text="two", side="mine"), 0,
    ),
    "the same field to the same": (
        base(text="two"), base(), base(text="two"), base(text="two"), 0,
    ),
    "the same field to two things": (
        base(kind_id="need"), base(), base(kind_id="idea"), base(kind_id="idea"), 0,
    ),
    "a text that both changed": (
        base(text="theirs"), base(), base(text="mine"), base(text=both("theirs", "mine")), 1,
    ),
    "a text we only added to": (
        base(text="one, two"), base(), base(text="one, two, three"), base(text="one, two, three"),
        0,
    ),
    "a text they only added to": (
        base(text="one, two, three"), base(), base(text="one, two"), base(text="one, two, three"),
        0,
    ),
    "a text they emptied": (base(text=""), base(), base(text="two"), base(text="two"), 0),
    "a text that they took away": (
        {"side": "ours"}, base(), base(text="two"), {"side": "ours", "text": "two"}, 0,
    ),
    "a field that is not ours": (
        base(mood="sunny"), base(), base(text="two"), base(text="two", mood="sunny"), 0,
    ),
    "an edit of what they deleted": (None, base(), base(text="two"), base(text="two"), 0),
    "a deletion": (base(), base(), None, None, 0),
    "a deletion of what is gone": (None, base(), None, None, 0),
    "a deletion of what they edited": (base(text="two"), base(), None, base(text="two"), 0),
    "a deletion of what has a foreign field": (base(mood="sunny"), base(), None, None, 0),
    "no change": (base(text="theirs"), base(), base(), base(text="theirs"), 0),
}  # fmt: skip


@pytest.mark.parametrize(
    ("found", "before", "after", "expected", "kept_both"), RULES.values(), ids=RULES.keys()
)
def test_two_sides_come_together(
    found: Document | None,
    before: Document | None,
    after: Document | None,
    expected: Document | None,
    kept_both: int,
) -> None:
    assert outcome(found, patch(before, after)) == (expected, kept_both)
    assert outcome(expected, patch(before, after))[0] == expected, "a second time does no harm"


def test_both_texts_are_told_apart() -> None:
    document, kept = outcome(base(text="her words"), patch(base(), base(text="my words")))
    assert document is not None
    assert document["text"].split("\n") == ["her words", "⟂ my words"]
    assert kept == 1


def test_changes_are_made_in_order() -> None:
    chain = [
        patch(None, base()),
        patch(base(), base(text="two")),
        patch(base(text="two"), base(text="three", side="mine")),
    ]
    assert outcome(None, *chain) == (base(text="three", side="mine"), 0)
    assert outcome(None, *chain, patch(base(text="three", side="mine"), None)) == (None, 0)


CHAINS: dict[str, list[Document | None]] = {
    "written, changed": [None, base(), base(text="two")],
    "written, changed, changed": [None, base(), base(text="two"), base(text="two", side="mine")],
    "written, deleted": [None, base(), None],
    "written, changed, deleted": [None, base(), base(text="two"), None],
    "written, deleted, brought back": [None, base(), None, base()],
    "changed, deleted": [base(), base(text="two"), None],
    "changed and changed back": [base(), base(text="two"), base()],
    "changed, changed, and back by one": [base(), base(text="2"), base(text="3"), base(text="2")],
    "deleted, brought back, changed": [base(), None, base(), base(text="two")],
}
"""What a record was, one change after the other."""
CUT_CHAINS = [(name, cut) for name, states in CHAINS.items() for cut in range(len(states))]


@pytest.mark.parametrize(("name", "cut"), CUT_CHAINS)
def test_a_chain_of_changes_is_finished_wherever_it_was_cut_off(name: str, cut: int) -> None:
    """Some of it was filed, then the program was killed, or the disk refused: all is done again."""
    states = CHAINS[name]
    chain = [patch(before, after) for before, after in itertools.pairwise(states)]
    there = states[cut]
    for at, change in enumerate(chain[:cut]):
        assert outcome(states[at], change)[0] == states[at + 1], "one by one, as it was filed"
    assert outcome(there, *chain) == (states[-1], 0)
    assert outcome(states[-1], *chain) == (states[-1], 0), "and once more does no harm"


def test_a_deletion_that_is_undone_brings_the_record_back() -> None:
    assert outcome(base(), patch(base(), None), patch(None, base())) == (base(), 0)


def test_a_deletion_that_is_undone_brings_foreign_fields_back() -> None:
    found = base(mood="sunny")
    assert outcome(found, patch(base(), None), patch(None, base())) == (found, 0)


def test_two_edits_of_one_text_applied_twice_are_as_once() -> None:
    chain = (patch(base(), base(text="two")), patch(base(text="two"), base(text="three")))
    once, _ = outcome(base(), *chain)
    assert once == base(text="three")
    assert outcome(once, *chain) == (once, 0)


def test_a_record_without_its_optional_fields_can_be_deleted() -> None:
    """A hand-written file, or one of a version that did not know the field yet."""
    there: Document = {"name": "Dana"}
    known = to_patch(Change(AT_ONE, Person("p1", "Dana"), None))
    after, _ = patched({"person": {"p1": there}}, [known], ABOUT_IT)
    assert after["person"] == {}


def test_a_record_written_in_other_words_can_be_deleted() -> None:
    there = to_patch(Change(AT_ONE, None, Person("p1", "Dana"))).after
    assert there is not None
    there["cadence"] = "fortnightly"
    known = to_patch(
        Change(AT_ONE, Person("p1", "Dana", cadence=parse_cadence("fortnightly")), None)
    )
    after, _ = patched({"person": {"p1": there}}, [known], ABOUT_IT)
    assert after["person"] == {}


def test_a_new_file_says_what_it_is() -> None:
    after, _ = patched({}, [patch(None, base())], ABOUT_IT)
    assert after == {
        ABOUT: {"file": dict(ABOUT_IT)},
        "notes": {"n1": base()},
    }


def test_what_a_file_says_about_itself_is_left_alone() -> None:
    about: Tables = {ABOUT: {"file": {"schema": 1, "kind": "x", "more": 1}, "else": {}}}
    for document in (None, base()):
        tables = about if document is None else {**about, "notes": {"n1": document}}
        after, _ = patched(copy.deepcopy(tables), [patch(document, base(text="two"))], ABOUT_IT)
        assert after[ABOUT] == about[ABOUT]


def test_tables_that_are_not_ours_are_left_alone() -> None:
    weather: Document = {"1": {"sky": ["grey", {"and": None}]}, "x": {}}
    tables: Tables = {**holding(base()), "weather": weather, "empty": {}}
    after, _ = patched(copy.deepcopy(tables), [patch(base(), base(text="two"))], ABOUT_IT)
    assert after["weather"] == weather
    assert after["empty"] == {}


def test_an_empty_document_is_a_document() -> None:
    assert outcome({}, patch({}, {})) == ({}, 0)
    assert outcome({}, patch({"text": "a"}, {"text": "b"})) == ({"text": "b"}, 0)


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({}, False),
        ({ABOUT: {"file": {}}}, False),
        ({ABOUT: {"file": {}}, "notes": {}}, False),
        ({"notes": {"n1": {}}}, True),
        ({"weather": {"1": {}}}, True),
    ],
)
def test_a_file_without_records_is_known(tables: Tables, expected: bool) -> None:
    assert has_records(tables) is expected


# -- properties ----------------------------------------------------------------------------

values = st.sampled_from(["ours", "mine", 1, 2.5, True, None, ["a"], []])
documents = st.fixed_dictionaries(
    {"text": st.sampled_from(["", "one", "two", "one, two", "three"]) | clean_text},
    optional={"side": values, "due": values},
)
records = st.none() | documents
foreign = st.dictionaries(st.sampled_from(["mood", "sky"]), json_values, max_size=2)
record_ids = st.sampled_from(["n1", "n2", "n3"])


@st.composite
def files(draw: st.DrawFn) -> Tables:
    """A file as somebody else may have left it."""
    names = draw(st.lists(st.sampled_from(["notes", "follow_ups", "weather"]), unique=True))
    return {
        name: {
            record_id: {**draw(documents), **draw(foreign)}
            for record_id in draw(st.lists(record_ids, unique=True))
        }
        for name in names
    }


@st.composite
def one_change_each(draw: st.DrawFn) -> list[Patch]:
    """Changes of different records."""
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(["notes", "follow_ups"]), record_ids), unique=True, min_size=1
        )
    )
    changes = [
        Patch(AT_ONE, table, record_id, draw(records), draw(records)) for table, record_id in keys
    ]
    return [change for change in changes if change.before is not None or change.after is not None]


@given(files(), one_change_each())
def test_applying_changes_twice_is_as_once(tables: Tables, patches: list[Patch]) -> None:
    assume(patches)
    once, _ = patched(copy.deepcopy(tables), patches, ABOUT_IT)
    twice, _ = patched(copy.deepcopy(once), patches, ABOUT_IT)
    assert twice == once


@given(files(), one_change_each())
def test_no_text_is_lost(tables: Tables, patches: list[Patch]) -> None:
    """Every text on disk or in a change is in the file afterwards, unless a side took it away."""
    assume(patches)
    after, _ = patched(copy.deepcopy(tables), patches, ABOUT_IT)
    for change in patches:
        there = tables.get(change.table, {}).get(change.id)
        now = after.get(change.table, {}).get(change.id)
        if change.after is not None and (there is None or change.before is not None):
            assert now is not None
            if change.before is None or change.after["text"] != change.before["text"]:
                assert change.after["text"] in now["text"]
        if there is not None and (change.before is None or there["text"] != change.before["text"]):
            assert now is not None, "what somebody else wrote is not deleted"
            assert there["text"] in now["text"]


@given(files(), one_change_each())
def test_foreign_fields_and_tables_survive_any_change(tables: Tables, patches: list[Patch]) -> None:
    assume(patches)
    after, _ = patched(copy.deepcopy(tables), patches, ABOUT_IT)
    assert after.get("weather") == tables.get("weather")
    for name, table in tables.items():
        for record_id, document in table.items():
            now = after[name].get(record_id)
            if now is None:
                assert any(p.id == record_id and p.after is None for p in patches)
                continue
            for field in ("mood", "sky"):
                assert now.get(field) == document.get(field)


@st.composite
def additions(draw: st.DrawFn) -> list[Patch]:
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(["notes", "follow_ups"]), clean_text),
            unique=True,
            min_size=1,
            max_size=8,
        )
    )
    return [Patch(AT_ONE, table, record_id, None, draw(documents)) for table, record_id in keys]


@given(
    st.sampled_from([{}, {ABOUT: {}}, {ABOUT: {"file": {"schema": 1}}, "notes": {}}]), additions()
)
@example({}, [patch(None, {"text": ""}, ""), patch(None, {"text": "1"}, "1")])
def test_many_at_once_is_as_one_by_one(tables: Tables, patches: list[Patch]) -> None:
    at_once, kept_both = patched(copy.deepcopy(tables), patches, ABOUT_IT)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(tables_module, "_is_all_new", lambda tables, patches: False)
        together, _ = patched(copy.deepcopy(tables), patches, ABOUT_IT)
        single = copy.deepcopy(tables)
        for change in patches:
            single, _ = patched(single, [change], ABOUT_IT)
    assert serialise(at_once) == serialise(together) == serialise(single)
    assert kept_both == 0


def test_two_additions_of_one_record_are_not_taken_for_new_ones() -> None:
    after, _ = patched({}, [patch(None, base()), patch(None, base(text="two"))], ABOUT_IT)
    assert after["notes"] == {"n1": base()}


@given(documents, documents, documents)
def test_merging_sets_only_what_we_meant_to_change(
    found: Document, before: Document, after: Document
) -> None:
    fields, _ = merged(found, before, after)
    for name, value in after.items():
        if value == before.get(name) and name != "side":
            assert name not in fields
    assert set(fields) <= {*after, "side"}
    mine = "mine" in (found.get("side"), before.get("side"), after.get("side"))
    if mine and found.get("text") != before.get("text"):
        assert (found | fields)["side"] == "mine", "nobody shares words they have not seen"
