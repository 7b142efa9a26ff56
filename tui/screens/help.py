"""Help: what the keys do where you are."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands import Area, Command, commands_of, key_for, say_key
from tui.domain.notes import KINDS
from tui.render import MUTED, line, text
from tui.screens.surface import Surface

MOVING = (
    "↑ ↓ or j k move, g G go to the ends, tab goes on, "
    f"{key_for('app.palette')} finds any action by its name."
)
LEAVING = "esc closes this."


KEYS, LABELS = 19, 15
"""Cells of the keys and of what they do, where there is room beside them."""
LEAST = 60
"""Cells from which on what a key is for stands beside it, not below."""


class HelpScreen(ModalScreen[None]):
    """Lists the keys of some areas and the ones that work everywhere."""

    CSS_PATH = "help.tcss"
    HORIZONTAL_BREAKPOINTS = Surface.HORIZONTAL_BREAKPOINTS
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
        with Vertical(id="box"):
            with VerticalScroll(id="help"):
                yield HelpText(self._areas, id="help-text")
            yield Static(line((LEAVING, MUTED)), id="help-leaving")

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


class HelpText(Static):
    """What the keys do, each with the sentence that says it hanging beside or below it."""

    def __init__(self, areas: tuple[Area, ...], *, id: str | None = None) -> None:
        """Tell of some areas, and of what works everywhere."""
        super().__init__(id=id)
        self._areas = areas

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines it takes."""
        return self._text(width).plain.count("\n") + 1

    def render(self) -> Content:
        """Return the text, broken for this width."""
        return self._text(self.size.width)

    def _text(self, width: int) -> Content:
        parts: list[Content] = []
        for area in (*self._areas, Area.APP):
            parts += [line((area.value.capitalize(), "bold"))]
            parts += [part for command in commands_of(area) for part in _told(command, width)]
            parts += [Content("")]
            if area in (Area.ENTRY, Area.DEBRIEF):
                parts += [line(("Kinds, as the first character of a line", "bold"))]
                for kind in KINDS:
                    head = line(f"  {kind.key}  ", (f"{kind.label:<12}", "bold"))
                    parts += _hung(head, kind.meaning, width)
                parts += [Content("")]
        parts += _hung(Content(""), MOVING, width)
        return Content("\n").join(parts)


def _told(command: Command, width: int) -> list[Content]:
    keys = " ".join(map(say_key, command.key_list[:2])) or key_for("app.palette")
    head = line(f"  {keys:<{KEYS - 3}} ", (f"{command.label:<{LABELS}}", "bold"))
    if width >= LEAST:
        return _hung(head, command.help, width)
    return [
        line(f"  {keys}  ", (command.label, "bold")),
        *_hung(Content("    "), command.help, width),
    ]


def _hung(head: Content, words: str, width: int) -> list[Content]:
    """Return a sentence behind what it is about; its further lines begin where the first does."""
    indent = head.cell_length
    first, *rest = text(words, MUTED).wrap(max(8, width - indent))
    return [line(head, first), *(line(" " * indent, more) for more in rest)]
