"""The welcome of an empty journal: what this is, and what can be done now, each with its key."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.bindings import bindings_of
from tui.commands import Area, key_for
from tui.frontpage import MUTED, SHORT
from tui.widgets.rows import Row, Rows


class Choices(Rows):
    """The choices there are; posts `Rows.Chosen` with the id of an action."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(Area.WELCOME),
        Binding("enter", "choose", show=False, id="welcome.choose"),
    ]

    def on_mount(self) -> None:
        """Be where one begins."""
        self.focus()

    @property
    def gap(self) -> int:
        """How many lines are left empty below each choice."""
        return 1 if self.app.size.height >= SHORT else 0

    def action_choose(self) -> None:
        """Do what is highlighted."""
        self.post_message(self.Chosen(self, self.cursor))

    def action_welcome_guide(self) -> None:
        """Walk through a first one-to-one."""
        self.post_message(self.Chosen(self, "welcome.guide"))

    def action_welcome_demo(self) -> None:
        """Look at an invented journal."""
        self.post_message(self.Chosen(self, "welcome.demo"))


class Welcome(VerticalScroll, can_focus=False):
    """Says in a sentence what this is, and offers what can be done."""

    DEFAULT_CSS = """
    Welcome { align: center middle; height: 1fr; width: 1fr; }
    Welcome > Vertical { width: 62; max-width: 100%; height: auto; }
    Welcome Static { width: 100%; height: auto; padding: 0 2; }
    Welcome #begins { margin: 1 0; color: $muted; }
    Welcome Choices { height: 9; }
    """

    def __init__(self, what: str, begins: str, choices: tuple[tuple[str, str, str], ...]) -> None:
        """Welcome somebody.

        Args:
            what: What this is.
            begins: How it begins.
            choices: What can be done: the id of an action, what it is called, what it takes.
        """
        super().__init__()
        self._what, self._begins = what, begins
        self._rows = tuple(_row(*choice) for choice in choices)

    def compose(self) -> ComposeResult:
        """Put the choices below the sentence."""
        with Vertical():
            yield Static(self._what, markup=False)
            yield Static(self._begins, id="begins", markup=False)
            yield Choices(self._rows, id="choices")

    @property
    def choices(self) -> Choices:
        """The choices."""
        return self.query_one(Choices)

    @on(Rows.Measured)
    def _fit(self) -> None:
        """Be as tall as the choices are, once it is known how their words wrap."""
        choices = self.choices
        choices.styles.height = max(1, choices.line_count)


def _row(action: str, label: str, takes: str) -> Row:
    key = Content.styled(f"{key_for(action)}  ", "bold")
    return Row(action, Content(label), key, below=Content.styled(takes, MUTED))
