"""The bindings of Textual's that are made from the table of actions."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from tui.commands import COMMAND_BY_ID, Area, commands_of, is_typed


def bindings_of(area: Area, *, but: tuple[str, ...] = ()) -> list[BindingType]:
    """Return the bindings of an area.

    A command that works while text is typed has its F-keys and chords bound before everything
    else. Its letters and digits are bound like any other's: a dialog may have its own use for them.

    Args:
        area: The area.
        but: Ids of commands that are bound elsewhere, by a widget say.
    """
    bindings: list[BindingType] = []
    for command in commands_of(area):
        if command.id in but:
            continue
        early = [key for key in command.key_list if command.is_priority and not is_typed(key)]
        late = [key for key in command.key_list if key not in early]
        bindings += [
            Binding(
                ",".join(part),
                command.action,
                command.label,
                show=False,
                priority=part is early,
                tooltip=command.help,
                id=command.id if part is early or not early else f"{command.id}-letter",
            )
            for part in (early, late)
            if part
        ]
    return bindings


def bound(
    keys: Iterable[str], action: str, binding_id: str, *, is_early: bool = False
) -> list[BindingType]:
    """Return a binding of some keys to an action; none where there are no keys."""
    joined = ",".join(dict.fromkeys(keys))
    if not joined:
        return []
    return [Binding(joined, action, show=False, priority=is_early, id=binding_id)]


def left_over(*keys: str) -> tuple[str, ...]:
    """Return which of some keys no action has that works everywhere."""
    had = {key for command in commands_of(Area.APP) for key in command.key_list}
    return tuple(key for key in keys if key not in had)


def keys_of(command_id: str) -> tuple[str, ...]:
    """Return the keys an action has now."""
    return COMMAND_BY_ID[command_id].key_list
