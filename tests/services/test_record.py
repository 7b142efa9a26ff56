"""The record of a person: everything, both sides labelled, and nothing typed is markup."""

from __future__ import annotations

import ast
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.builders import HOSTILE, NOW, Bench, add_person, plan_today, write
from tui.domain.followups import FollowUp, Stage
from tui.domain.people import CardLine, Excuse, Skip
from tui.domain.text import clean, clean_block
from tui.services import folk, promises
from tui.services.notebook import Notebook
from tui.services.ports import Draft
from tui.services.record import Material, Place, record_json
from tui.services.record_page import _item, _text, record_page

ROOT = Path(__file__).resolve().parents[2]


def material_of(notebook: Notebook, person_id: str, **more: Any) -> Material:
    journal = notebook.journal
    person = journal.people[person_id]
    pages = {one.id: notebook.page(one.id) for one in journal.one_to_ones_of(person_id)}
    files = {one_id: f"people/x/{one_id[-4:]}.json" for one_id in (*pages, person_id)}
    made = Material(notebook.journal, person, pages, files, (), (), (), 0, (), NOW)
    return made._replace(**more)


@pytest.fixture
def notebook(bench: Bench) -> Notebook:
    notebook = bench.notebook()
    dana = add_person(notebook)
    add_person(notebook, "Sam Reyes")
    skip = Skip(NOW.date(), Excuse.ME, NOW.date())
    card = (CardLine("Feedback", "in private", NOW.date()),)
    folk.edit(notebook, dana, dana._replace(card=card, skips=(skip,), helps="time"))
    one = plan_today(notebook, dana)
    for line in ('" heard', "~ felt", "& parked with Sam", "= decided"):
        write(notebook, one, line)
    made = write(notebook, one, "> promised by fri")
    assert isinstance(made, FollowUp)
    promises.move(notebook, made, Stage.DONE)
    return notebook


def dana_of(notebook: Notebook) -> str:
    return next(p.id for p in notebook.journal.people.values() if p.name == "Dana Okafor")


def test_both_sides_are_in_it_and_say_which_they_are(notebook: Notebook) -> None:
    material = material_of(notebook, dana_of(notebook))
    (one,) = record_json(material)["one_to_ones"]
    assert {(n["text"], n["side"]) for n in one["notes"]} == {
        ("heard", "ours"),
        ("felt", "mine"),
        ("decided", "ours"),
    }
    page = record_page(material)
    assert "[ours, heard, 14:02] heard" in page
    assert "[mine, feeling, 14:02] felt" in page
    assert "in private (learned 2026-11-22)" in page
    assert "Agreed → Done" in page
    assert "because of me" in page


def test_it_says_at_its_top_that_it_is_private(notebook: Notebook) -> None:
    material = material_of(notebook, dana_of(notebook))
    assert record_page(material).split("\n")[2].startswith("> Private.")
    assert next(iter(record_json(material).items()))[0] == "alongside_record"
    assert record_json(material)["private"].startswith("Private.")


def test_others_who_are_named_in_it_are_named(notebook: Notebook) -> None:
    material = material_of(notebook, dana_of(notebook))
    assert record_json(material)["others_named"] == ["Sam Reyes"]
    assert "Others who seem to be named in it: Sam Reyes." in record_page(material)


def test_every_field_of_every_record_is_in_the_json(notebook: Notebook) -> None:
    """Whatever a record will hold one day is in the answer without anybody thinking of it."""
    material = material_of(notebook, dana_of(notebook))
    told = json.loads(json.dumps(record_json(material)))
    one = told["one_to_ones"][0]
    journal = notebook.journal
    page = notebook.page(material.ones[0].id)
    pairs: list[tuple[Any, dict[str, Any]]] = [
        (material.person, told["person"]),
        (material.ones[0], one),
        (page.notes[0], one["notes"][0]),
        (page.items[0], one["checklist"][0]),
        (next(iter(journal.follow_ups.values())), one["follow_ups"][0]),
        (journal.topics[material.person.id][0], told["shelf"][0]),
    ]
    for record, values in pairs:
        assert set(record._fields) <= set(values)


def test_what_is_elsewhere_says_where(notebook: Notebook) -> None:
    material = material_of(
        notebook,
        dana_of(notebook),
        drafts=((Draft("x", "half a line", "feeling", "mine"), "/state/a.log"),),
        aside=("/state/aside/p.json.12345678",),
        copies=("people/x/p.sync-conflict.json",),
        versions=12,
        mentions=(Place("people/sam/1.json", "Sam Reyes", "2026-11-03", "note, text", "of Dana"),),
    )
    page = record_page(material)
    assert "[mine, feeling] half a line (in /state/a.log)" in page
    assert "/state/aside/p.json.12345678" in page
    assert "people/x/p.sync-conflict.json" in page
    assert "12 earlier versions" in page
    assert "Sam Reyes, 2026-11-03, note, text; people/sam/1.json] of Dana" in page.replace("\\", "")
    assert record_json(material)["mentions"][0]["text"] == "of Dana"


def test_a_talk_that_cannot_be_read_is_not_left_out(notebook: Notebook) -> None:
    material = material_of(notebook, dana_of(notebook))
    material = material._replace(pages=dict.fromkeys(material.pages))
    assert "cannot be read now" in record_page(material)
    assert record_json(material)["one_to_ones"][0]["is_readable"] is False
    assert len(material.unreadable) == 1


# -- nothing typed is markup ---------------------------------------------------------------

_STRUCTURE = ("heading_open", "hr", "html_block", "html_inline", "link_open", "em_open",
              "strong_open", "code_inline", "fence", "code_block", "ordered_list_open",
              "image")  # fmt: skip


def shape_of(page: str) -> list[str]:
    """Return what a reader of Markdown makes of a page, its texts aside."""
    tokens = MarkdownIt().parse(page)
    flat = [token for t in tokens for token in (t, *(t.children or ()))]
    return [token.type for token in flat if token.type in _STRUCTURE]


def check_it_reads_as_typed(bench: Bench, text: str) -> None:
    notebook = bench.notebook()
    plain = add_person(notebook, "Plain")
    odd = add_person(notebook, "Odd")
    for person, words in ((plain, "word"), (odd, clean(text))):
        folk.edit(notebook, person, person._replace(helps=words, card=(CardLine("L", words),)))
        one = plan_today(notebook, person)
        for key in '"~':
            write(notebook, one, f"{key} {words}".strip() + ("x" if not words.strip() else ""))
    pages = [record_page(material_of(notebook, p.id)) for p in (plain, odd)]
    assert shape_of(pages[1]) == shape_of(pages[0])
    json.dumps(record_json(material_of(notebook, odd.id)), ensure_ascii=False).encode()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_reads_as_it_was_typed(bench: Bench, text: str) -> None:
    check_it_reads_as_typed(bench, text)


@given(st.text("#-+=.)>*_`[]<>&~|!\\ \n\t0123a:/", max_size=40))
@example("\n\n      0")
@example("\n---\n# a\n1. b\n2) c\n| a |\n|---|")
def test_no_mark_of_markdown_does_anything(text: str) -> None:
    typed = clean_block(f"a{text}")
    html = MarkdownIt().render(_item(f"[mine] {_text(typed)}"))
    assert shape_of(_item(_text(typed))) == []
    words = re.sub(r"<[^>]*>", " ", html)
    assert unescape(words).split() == f"[mine] {typed}".split()


# -- who may know it -----------------------------------------------------------------------


def test_only_the_command_that_is_asked_for_it_knows_it() -> None:
    """The import contract says so, too; this does not need the linter."""
    knows = set()
    for path in (ROOT / "tui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith(
                "tui.services.record"
            ):
                knows.add(path.relative_to(ROOT).as_posix())
    assert knows == {"tui/shell/records.py", "tui/services/record_page.py"}
