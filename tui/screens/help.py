"""Help: what the keys do where you are."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands import Area, Command, commands_of, key_for, say_key
from tui.domain.notes import KINDS
from tui.render import MUTED, line

MOVING = (
    "↑ ↓ or j k move, g G go to the ends, tab goes on, "
    f"{key_for('app.palette')} finds any action by its name."
)


class HelpScreen(ModalScreen[None]):
    """Lists the keys of some areas and the ones that work everywhere."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,f1,question_mark,enter",
            "leave",
            "back",
            show=False,
            id="help.leave",
            priority=True,
        )
    ]

    def __init__(self, areas: tuple[Area, ...]) -> None:
        super().__init__()
        self._areas = areas

    def compose(self) -> ComposeResult:
        """List the keys."""
        with VerticalScroll(id="help"):
            yield Static(self._text(), id="help-text")

    def _text(self) -> Content:
        parts: list[Content] = []
        for area in (*self._areas, Area.APP):
            parts += [line((area.value.capitalize(), "bold"))]
            parts += [_line(command) for command in commands_of(area)]
            parts += [Content("")]
            if area in (Area.ENTRY, Area.DEBRIEF):
                parts += [line(("Kinds, as the first character of a line", "bold"))]
                parts += [
                    line(f"  {kind.key}  ", (f"{kind.label:<12}", "bold"), (kind.meaning, MUTED))
                    for kind in KINDS
                ]
                parts += [Content("")]
        parts += [line((MOVING, MUTED)), line(("esc closes this.", MUTED))]
        return Content("\n").join(parts)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


def _line(command: Command) -> Content:
    keys = " ".join(map(say_key, command.key_list[:2])) or key_for("app.palette")
    return line(f"  {keys:<16} ", (f"{command.label:<15}", "bold"), (command.help, MUTED))
