"""The manager's own keys: which of them can be had, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tui.commands import COMMANDS, SIGNS, Area, Command, is_typed, say_key

MODIFIERS = {"ctrl": "ctrl", "control": "ctrl", "shift": "shift", "alt": "alt", "option": "alt"}
NAMED = frozenset(
    {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete",
     "backspace", "enter", "tab", "escape", "space"} | {f"f{number}" for number in range(1, 25)}
)  # fmt: skip
ALIASES = {
    "esc": "escape", "del": "delete", "ins": "insert", "return": "enter", "page_up": "pageup",
    "page_down": "pagedown", "pgup": "pageup", "pgdn": "pagedown", "↑": "up", "↓": "down",
    "←": "left", "→": "right",
}  # fmt: skip
_SENT_AS = {"i": "tab", "m": "enter", "h": "backspace", "[": "escape"}
"""What a terminal sends instead of ctrl and these."""
_NAME_OF_SIGN = {sign: name for name, sign in SIGNS.items()}

_EVERYWHERE = frozenset({"tab", "shift+tab", "ctrl+c"})
_LIST = frozenset({"up", "k", "down", "j", "pageup", "pagedown", "home", "g", "end", "G"})
_SIDEWAYS = frozenset({"left", "h", "right", "l"})
_TYPING = frozenset(
    {"up", "down", "left", "right", "home", "end", "backspace", "delete", "enter", "pageup",
     "pagedown", "ctrl+a", "ctrl+c", "ctrl+d", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+v", "ctrl+w",
     "ctrl+x", "ctrl+y", "shift+up", "shift+down", "shift+left", "shift+right", "shift+home",
     "shift+end", "ctrl+left", "ctrl+right", "ctrl+shift+left", "ctrl+shift+right"}
)  # fmt: skip
"""Keys that move about in a text, or change it."""
_TYPED_IN = frozenset({Area.ENTRY, Area.DEBRIEF, Area.SEARCH, Area.FORM})
"""Where letters are typed."""
_DIALOGS = frozenset({Area.SUMMARY, Area.CARD, Area.QUARTER, Area.FORM})
"""What lies over all else: a letter may mean something of its own there."""
_ALSO_FIXED = {
    Area.BOARD: _SIDEWAYS | {"escape"},
    Area.PEOPLE: frozenset({"escape"}),
}
_IN_SIGHT = frozenset({frozenset({Area.ENTRY, Area.NOTES}), frozenset({Area.WELCOME, Area.PEOPLE})})
"""Areas of one screen whose keys are there together."""
_IN_THE_LINE = frozenset({"listen.side"})
"""What the line of the notes knows, which is the line of the debrief, too."""


class Keymap(NamedTuple):
    """What came of the manager's own keys."""

    commands: tuple[Command, ...]
    """The actions that have other keys than usual."""
    mistakes: tuple[str, ...]
    """What is wrong with the rest, each with its place in the file and without a full stop."""


def read_key(written: str) -> str:
    """Return a key by its name, however it was written: ``^y``, ``Ctrl+Y``, ``?``, ``page up``.

    Raises:
        ValueError: Where it is none, or one that no terminal sends; with what is wrong.
    """
    text = written.strip()
    if len(text) == 2 and text[0] == "^":
        text = f"ctrl+{text[1]}"
    *before, base = text.split("+") if text and text != "+" else ("+",) if text else ("",)
    if not base and before and not before[-1]:  # a plus behind a plus
        before, base = before[:-1], "+"
    unknown = f"“{written}” is no key"
    modifiers = {MODIFIERS.get(word.strip().casefold(), "") for word in before}
    if "" in modifiers or len(modifiers) != len(before):
        raise ValueError(unknown)
    key = _base(base.strip(), unknown)
    if key.isalpha() and len(key) == 1:
        if modifiers == {"shift"}:
            return key.upper()
        key = key.lower() if modifiers else key
    elif is_typed(key) and "shift" in modifiers and key != "space":
        raise ValueError(f"“{written}”: write the sign that shift makes of it")
    if modifiers == {"ctrl"} and base.strip().casefold() in _SENT_AS:
        raise ValueError(
            f"“{written}”: a terminal sends {_SENT_AS[base.strip().casefold()]} for it"
        )
    return "+".join([*sorted(modifiers), key])


def _base(base: str, unknown: str) -> str:
    """Return the name of a key without modifiers."""
    if len(base) == 1 and base.isprintable() and not base.isspace():
        if base in ALIASES:
            return ALIASES[base]
        if base in _NAME_OF_SIGN or base.isalnum():
            return _NAME_OF_SIGN.get(base, base)
        from unicodedata import name

        return name(base, unknown).lower().replace("-", "_").replace(" ", "_")
    word = base.casefold().replace(" ", "_").replace("-", "_")
    word = ALIASES.get(word, word)
    if word in NAMED or word in SIGNS:
        return word
    raise ValueError(unknown)


def keymap_of(
    wanted: Iterable[tuple[str, tuple[str, ...]]], commands: tuple[Command, ...] = COMMANDS
) -> Keymap:
    """Return the actions as the manager wants their keys.

    An entry that is wrong is left out whole, and its action keeps the usual keys; the others
    count. Of two entries that want the same key the first has it.

    Args:
        wanted: The ids of actions with keys as they were written; no keys take them away.
        commands: The table.
    """
    usual = {command.id: command for command in commands}
    mistakes: list[str] = []
    taken: dict[str, Command] = {}
    for command_id, written in wanted:
        try:
            taken[command_id] = _with_keys(command_id, written, usual)
        except ValueError as error:
            mistakes.append(f"keys.{command_id}: {error}")
    while True:
        table = usual | taken
        order = list(taken)
        wrong = next(
            ((i, why) for i in order for why in _faults(table[i], table, usual, order)), None
        )
        if wrong is None:
            break
        mistakes.append(f"keys.{wrong[0]}: {wrong[1]}")
        del taken[wrong[0]]
    return Keymap(tuple(taken.values()), tuple(mistakes))


def _with_keys(command_id: str, written: tuple[str, ...], usual: Mapping[str, Command]) -> Command:
    if command_id not in usual:
        from difflib import get_close_matches

        near = get_close_matches(command_id, usual, 1, 0.5)
        raise ValueError("there is no such action" + (f"; there is {near[0]}" if near else ""))
    keys = tuple(dict.fromkeys(read_key(key) for key in written))
    command = usual[command_id]
    if command_id == "app.palette" and not any(not is_typed(key) for key in keys):
        raise ValueError("it needs a key that is not typed: all without a key is found there")
    return command._replace(keys=",".join(keys))


def _faults(
    command: Command, table: Mapping[str, Command], usual: Mapping[str, Command], order: list[str]
) -> Iterator[str]:
    """Yield what speaks against the keys of an action, those behind it in the file aside."""
    were = usual[command.id].key_list
    later = frozenset(order[order.index(command.id) + 1 :])
    for key in command.key_list:
        if key not in were:
            if command.area in _TYPED_IN and is_typed(key):
                yield f"{say_key(key)} is typed there"
            elif key in _fixed(command, key):
                yield f"{say_key(key)} moves about or edits there"
        for other in table.values():
            if other.id == command.id or other.id in later or key not in other.key_list:
                continue
            had_both = key in were and key in usual[other.id].key_list
            if not had_both and _meet(command, other, key):
                yield f"{say_key(key)} is {other.label} there ({other.id})"


def _fixed(command: Command, key: str) -> frozenset[str]:
    """Return the keys that are not to be had in an area: they move about there."""
    if command.area is Area.APP:
        is_early = command.is_priority and not is_typed(key)
        return _EVERYWHERE | _LIST | _SIDEWAYS | {"escape"} | (_TYPING if is_early else frozenset())
    if command.area in _TYPED_IN:
        return _EVERYWHERE | _TYPING
    return _EVERYWHERE | _LIST | _ALSO_FIXED.get(command.area, frozenset())


def _meet(one: Command, other: Command, key: str) -> bool:
    """Return whether two actions are there at once, so that a key cannot be for both."""
    areas = frozenset({one.area, other.area})
    if len(areas) == 1:
        return True
    if Area.APP in areas:
        return not (is_typed(key) and areas & (_DIALOGS | _TYPED_IN))
    if Area.DEBRIEF in areas and {one.id, other.id} & _IN_THE_LINE:
        return True
    if areas == {Area.ENTRY, Area.BESIDE}:
        return not is_typed(key) and any(c.is_priority for c in (one, other))
    return areas in _IN_SIGHT
