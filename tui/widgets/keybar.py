"""The bar of keys at the foot of a screen: what matters here, and where to find the rest."""

from __future__ import annotations

from functools import cache

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

from tui.commands import COMMAND_BY_ID, Command

REST = ("app.help",)
"""What is always shown, at the end."""


class KeyBar(Static):
    """Shows commands with their keys; a click does what the key would.

    Given commands, it shows as many as fit on its lines, in order; the way to the rest is always
    shown at the end of the last.
    """

    auto_links = False
    DEFAULT_CSS = """
    KeyBar { height: 1; padding: 0 1; background: $background; color: $foreground; }
    """

    commands: reactive[tuple[Command, ...]] = reactive((), layout=False)

    def __init__(self, commands: tuple[Command, ...] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(KeyBar.commands, commands)

    def render(self) -> Content:
        """Draw what fits."""
        room = max(1, self.size.width)
        rest = [_shown(COMMAND_BY_ID[command_id]) for command_id in REST]
        of_rest = sum(part.cell_length + 2 for part in rest)
        lines: list[list[Content]] = [[] for _ in range(max(1, self.size.height))]
        left = [room] * (len(lines) - 1) + [room - of_rest]
        place = 0
        for command in self.commands:
            if not command.keys:
                continue
            part = _shown(command)
            cells = part.cell_length + 2
            while place < len(lines) and cells > left[place] + (2 if lines[place] == [] else 0):
                place += 1
            if place == len(lines):
                break
            left[place] -= cells
            lines[place].append(part)
        gap = Content(" " * max(0, left[-1]))
        lines[-1].append(Content.assemble(gap, *rest))
        return Content("\n").join(Content("  ").join(parts) for parts in lines)

    def watch_commands(self) -> None:
        """Draw again."""
        self.refresh()


@cache
def _shown(command: Command) -> Content:
    scope = "app" if command.id.startswith("app.") else "focused_or_screen"
    action = f"app.{command.action}" if scope == "app" else f"app.do('{command.id}')"
    shown = Content.assemble((command.shown_key, "bold"), " ", (command.label, "$muted"))
    return shown.stylize(Style.from_meta({"@click": action}))
