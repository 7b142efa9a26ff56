"""The files that ship with the program are whole, and fit what the program makes of them."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import Bench
from tui.desk import shipped
from tui.domain.checklist import Phase, Template
from tui.domain.notes import KIND_BY_ID, Side
from tui.domain.text import clean, clean_block, clean_line
from tui.errors import StorageError
from tui.services.demo import demo_changes

DATA = Path(shipped.data_folder())


@pytest.mark.parametrize("path", sorted(DATA.glob("*.json")), ids=lambda path: path.name)
def test_every_file_is_clean_utf_8_json_with_a_line_end(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    assert json.loads(text) == shipped.read_data(path.name)
    assert clean(text) == text, "nothing in it that the program would have to replace"


# -- checklists ----------------------------------------------------------------------------


def test_there_is_a_standard_checklist_with_both_phases() -> None:
    template = shipped.standard_template()
    assert template.id == shipped.STANDARD
    phases = Counter(item.phase for item in template.items)
    assert set(phases) == set(Phase)


def test_every_template_can_be_chosen_and_every_item_says_why() -> None:
    templates = shipped.templates()
    assert len({template.id for template in templates}) == len(templates)
    assert len({template.title for template in templates}) == len(templates)
    for template in templates:
        keys = [item.key for item in template.items]
        assert len(set(keys)) == len(keys), template.id
        for item in template.items:
            assert item.text == clean_line(item.text)
            assert item.text
            assert len(item.text) <= 80, f"{template.id}/{item.key} is read on the way out"
            assert item.reason, f"{template.id}/{item.key} has no reason"


@pytest.mark.parametrize("words", ["helpful", "promise", "away", "walk"])
def test_the_standard_checklist_holds_what_the_method_asks(words: str) -> None:
    items = shipped.standard_template().items
    assert any(words in f"{item.text} {item.reason}".casefold() for item in items)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("standard", "standard"), ("walk", "walk"), ("first", "standard"), ("hard", "standard"),
        ("own", "own"), ("gone", "standard"), ("", "standard"),
    ],
)  # fmt: skip
def test_the_next_talk_has_the_checklist_of_this_one_unless_that_was_for_once(
    before: str, after: str
) -> None:
    own = {"own": Template("own", "My own", (), is_own=True)}
    assert shipped.template_after(before, own).id == after


# -- the deck ------------------------------------------------------------------------------


def test_every_question_is_read_with_all_its_fields() -> None:
    data = shipped.read_data("questions.json")["questions"]
    deck = shipped.questions()
    assert len(deck) == len(data)
    for said, question in zip(data, deck, strict=True):
        assert (question.id, question.text) == (said["id"], said["text"])
        assert (question.moment, question.depth) == (said["phase"], said["depth"])
        assert (question.area, question.source) == (said["area"], said["source"])
        assert (question.walks, question.first) == (said["walks"], said["first"])
        assert (question.cues, question.is_own) == (tuple(said["cues"]), False)


# -- the demo ------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2028, 2, 29), date(2027, 1, 1)])
def test_the_demo_is_all_in_the_past_or_planned_seen_from_any_day(day: date) -> None:
    data = shipped.read_data("demo-journal.json")
    changes = demo_changes(data, shipped.standard_template(), shipped.questions(), day)
    assert changes == demo_changes(data, shipped.standard_template(), shipped.questions(), day), (
        "the same each time"
    )
    ids = [change.record_id for change in changes]
    assert len(set(ids)) == len(ids)


def test_the_demo_moves_with_the_day() -> None:
    data, template = shipped.read_data("demo-journal.json"), shipped.standard_template()
    today, deck = date(2026, 11, 22), shipped.questions()
    one, other = (demo_changes(data, template, deck, today + timedelta(days=n)) for n in (0, 40))
    assert [change.record_id for change in one] == [change.record_id for change in other]
    assert one != other


def test_the_demo_shows_every_kind_of_note_and_some_that_are_mine(bench: Bench) -> None:
    _, writer = bench.for_app(demo=True)
    writer.start(lambda reply: None)
    writer.close()
    journal = bench.on_disk()
    notes = [note for page in journal.pages.values() for note in page.notes]
    assert {note.kind_id for note in notes} >= {
        kind.id for kind in KIND_BY_ID.values() if kind.becomes.name == "NOTE"
    }
    assert {note.side for note in notes} == set(Side)
    assert {f.stage.value for f in journal.follow_ups.values()} >= {"captured", "agreed", "done"}
    for note in notes:
        assert note.text == clean_block(note.text)


# -- where they are ------------------------------------------------------------------------


def test_in_a_checkout_they_are_beside_the_package() -> None:
    assert (DATA / "checklists.json").exists()


def _copy_of_shipped(folder: Path) -> Path:
    module = folder / "tui" / "desk" / "shipped.py"
    module.parent.mkdir(parents=True)
    shutil.copy(shipped.__file__, module)
    return module


def test_inside_an_installed_package_they_are_within_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = _copy_of_shipped(tmp_path / "site-packages")
    shutil.copytree(DATA, tmp_path / "site-packages" / "tui" / "data")
    monkeypatch.setattr(shipped, "__file__", str(module))
    assert shipped.data_folder() == str(tmp_path / "site-packages" / "tui" / "data")
    assert shipped.standard_template().items


def test_a_broken_installation_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped, "__file__", str(_copy_of_shipped(tmp_path)))
    with pytest.raises(StorageError, match="install"):
        shipped.standard_template()


def test_somebody_elses_data_folder_beside_the_package_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = _copy_of_shipped(tmp_path / "site-packages")
    (tmp_path / "site-packages" / "data").mkdir()
    monkeypatch.setattr(shipped, "__file__", str(module))
    with pytest.raises(StorageError):
        shipped.data_folder()
