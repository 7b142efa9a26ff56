"""The manager's own keys: read however they are written, all mistakes told, the rest counts."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key
from textual.widgets import Input, TextArea

from tui.commands import COMMAND_BY_ID, COMMANDS, SIGNS, Area, is_typed, say_key
from tui.keymap import _TYPING, keymap_of, read_key


def keys(command_id: str, *written: str) -> tuple[str, tuple[str, ...]]:
    return command_id, written


# -- how a key is written --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("d", "d"),
        ("D", "D"),
        ("shift+d", "D"),
        ("ctrl+y", "ctrl+y"),
        ("Ctrl+Y", "ctrl+y"),
        ("^y", "ctrl+y"),
        ("control+y", "ctrl+y"),
        ("F9", "f9"),
        ("f20", "f20"),
        ("?", "question_mark"),
        ("question_mark", "question_mark"),
        ("/", "slash"),
        (",", "comma"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        ("ctrl+_", "ctrl+underscore"),
        ("^", "circumflex_accent"),
        ("esc", "escape"),
        ("page up", "pageup"),
        ("PageDown", "pagedown"),
        ("del", "delete"),
        ("→", "right"),
        ("shift+right", "shift+right"),
        ("shift+ctrl+right", "ctrl+shift+right"),
        ("alt+x", "alt+x"),
        ("space", "space"),
        ("ctrl+space", "ctrl+space"),
        ("ö", "ö"),
        ("§", "section_sign"),
        (" x ", "x"),
    ],
)
def test_a_key_is_read_however_it_is_written(written: str, key: str) -> None:
    assert read_key(written) == key


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "is no key"),
        ("  ", "is no key"),
        ("foo", "is no key"),
        ("ctrl+", "is no key"),
        ("hyper+x", "is no key"),
        ("ctrl+ctrl+x", "is no key"),
        ("f25", "is no key"),
        ("a,b", "is no key"),
        ("ctrl+i", "sends tab"),
        ("^m", "sends enter"),
        ("ctrl+h", "sends backspace"),
        ("^[", "sends escape"),
        ("shift+1", "write the sign"),
        ("shift+/", "write the sign"),
        ("\x1b", "is no key"),
        ("\ud800", "is no key"),
    ],
)
def test_what_is_no_key_is_said(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_key(written)


@given(st.text(max_size=6) | st.lists(st.sampled_from(["ctrl", "+", "x", "^", "up"])).map("".join))
def test_whatever_is_written_is_a_key_or_said_to_be_none(written: str) -> None:
    try:
        key = read_key(written)
    except ValueError:
        return
    assert key
    assert "," not in key
    assert not written.isascii() or read_key(key) == key
    assert say_key(key)


@pytest.mark.parametrize("sign", string.punctuation)
def test_signs_are_called_as_textual_calls_them(sign: str) -> None:
    key = read_key(sign)
    assert key == _character_to_key(sign)
    assert SIGNS[key] == say_key(key) == sign
    assert is_typed(key)


def test_every_key_of_the_table_reads_as_itself() -> None:
    for command in COMMANDS:
        for key in command.key_list:
            assert read_key(key) == key, command.id


def test_all_that_moves_about_in_a_text_is_known() -> None:
    bound = {
        key
        for binding in (*TextArea.BINDINGS, *Input.BINDINGS)
        for key in getattr(binding, "key", "").split(",")
    }
    ours = {"ctrl+f", "ctrl+z", "ctrl+g"}  # searching, stopping, the clock: always, by us
    rest = {key for key in bound - ours - _TYPING if not key.startswith(("super+", "alt+", "f"))}
    assert {key for key in rest if key.count("+") < 2} <= {"ctrl+backspace", "ctrl+delete"}


# -- a map of keys ---------------------------------------------------------------------------


def test_keys_are_changed_given_and_taken_away() -> None:
    found = keymap_of(
        [
            keys("summary.copy", "ctrl+y"),
            keys("board.done", "D", "Y"),
            keys("people.find"),
            keys("app.forget", "f20"),
        ]
    )
    assert found.mistakes == ()
    assert {c.id: c.keys for c in found.commands} == {
        "summary.copy": "ctrl+y",
        "board.done": "D,Y",
        "people.find": "",
        "app.forget": "f20",
    }
    assert all(c == COMMAND_BY_ID[c.id]._replace(keys=c.keys) for c in found.commands)


def test_keys_may_be_swapped() -> None:
    found = keymap_of([keys("board.done", "x"), keys("board.let-go", "space")])
    assert found.mistakes == ()
    assert [c.keys for c in found.commands] == ["x", "space"]


def test_a_key_may_be_had_once_its_owner_gave_it_up() -> None:
    assert keymap_of([keys("board.edit", "n")]).mistakes
    assert not keymap_of([keys("board.add", "*"), keys("board.edit", "n")]).mistakes


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (keys("people.ad", "n"), "keys.people.ad: there is no such action; there is people.add"),
        (keys("zzzzzz", "n"), "keys.zzzzzz: there is no such action"),
        (keys("people.add", "foo"), "keys.people.add: “foo” is no key"),
        (keys("people.add", "e"), "keys.people.add: e is card there (people.edit)"),
        (keys("people.add", "u"), "keys.people.add: u is undo there (app.undo)"),
        (keys("people.add", "f5"), "keys.people.add: F5 is follow-ups there (app.follow-ups)"),
        (keys("people.add", "j"), "keys.people.add: j moves about or edits there"),
        (keys("people.add", "tab"), "keys.people.add: tab moves about or edits there"),
        (keys("people.add", "esc"), "keys.people.add: esc moves about or edits there"),
        (keys("board.add", "h"), "keys.board.add: h moves about or edits there"),
        (keys("app.undo", "k"), "keys.app.undo: k moves about or edits there"),
        (keys("app.undo", "x"), "keys.app.undo: x is let it be there (people.let-be)"),
        (keys("app.search", "left"), "keys.app.search: ← moves about or edits there"),
        (keys("app.search", "ctrl+w"), "keys.app.search: ^w moves about or edits there"),
        (keys("app.search", "ctrl+t"), "keys.app.search: ^t is beside there (listen.beside)"),
        (keys("listen.side", "m"), "keys.listen.side: m is typed there"),
        (keys("debrief.leave", ","), "keys.debrief.leave: , is typed there"),
        (keys("listen.clock", "ctrl+a"), "keys.listen.clock: ^a moves about or edits there"),
        (keys("debrief.more", "ctrl+o"), "keys.debrief.more: ^o is ours/mine there (listen.side)"),
        (keys("notes.edit", "ctrl+g"), "keys.notes.edit: ^g is where we are there (listen.clock)"),
        (keys("beside.do", "ctrl+t"), "keys.beside.do: ^t is beside there (listen.beside)"),
        (keys("app.palette"), "keys.app.palette: it needs a key that is not typed"),
        (keys("app.palette", "P"), "keys.app.palette: it needs a key that is not typed"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join((value[0], *value[1])),
)
def test_what_cannot_be_had_is_said(wanted: tuple[str, tuple[str, ...]], said: str) -> None:
    found = keymap_of([wanted])
    assert found.commands == ()
    (mistake,) = found.mistakes
    assert mistake.startswith(said)


def test_a_dialog_may_have_its_own_use_for_a_letter() -> None:
    assert keymap_of([keys("summary.edit", "M")]).mistakes == ()
    assert keymap_of([keys("summary.edit", "ctrl+f")]).mistakes


def test_of_two_that_want_a_key_the_first_has_it() -> None:
    found = keymap_of([keys("board.add", "f20"), keys("board.edit", "f20")])
    assert [c.id for c in found.commands] == ["board.add"]
    assert found.mistakes == ("keys.board.edit: F20 is new there (board.add)",)


def test_all_mistakes_are_said_at_once_and_what_is_right_counts() -> None:
    found = keymap_of(
        [
            keys("people.ad", "n"),
            keys("people.add", "+"),
            keys("board.done", "boo"),
            keys("board.edit", "n"),
            keys("listen.side", "x"),
        ]
    )
    assert [c.id for c in found.commands] == ["people.add"]
    assert [m.split(":")[0] for m in found.mistakes] == [
        "keys.people.ad",
        "keys.board.done",
        "keys.board.edit",
        "keys.listen.side",
    ]


def test_an_entry_that_is_wrong_gives_its_keys_back_to_its_action() -> None:
    """``board.add`` keeps ``n``, so that ``board.edit`` cannot have it either."""
    found = keymap_of([keys("board.edit", "n"), keys("board.add", "e", "j")])
    assert found.commands == ()
    assert [m.split(":")[0] for m in found.mistakes] == ["keys.board.add", "keys.board.edit"]


IDS = st.sampled_from([command.id for command in COMMANDS])
KEYS = st.sampled_from(["n", "e", "x", "f20", "ctrl+t", "ctrl+o", "escape", "up", "u", "Z", "?"])


@given(st.dictionaries(IDS, st.lists(KEYS, max_size=2).map(tuple), max_size=6))
def test_what_counts_is_sound_whatever_was_wanted(wanted: dict[str, tuple[str, ...]]) -> None:
    found = keymap_of(wanted.items())
    assert len(found.commands) + len(found.mistakes) == len(wanted)
    again = keymap_of([(c.id, c.key_list) for c in found.commands])
    assert again == (found.commands, ())


def test_the_usual_keys_are_sound_themselves() -> None:
    assert keymap_of([(c.id, c.key_list) for c in COMMANDS]).mistakes == ()
    assert {c.area for c in COMMANDS} <= set(Area)
