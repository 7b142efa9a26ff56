"""The kinds of notes and their keys; a click chooses one."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui.domain.notes import KINDS


class Legend(Static):
    """Shows every kind with its key; the one chosen stands out. Runs ``app.kind`` when clicked."""

    DEFAULT_CSS = """
    Legend { height: auto; padding: 0 1; color: $muted; }
    """

    kind_id: reactive[str] = reactive("", layout=False)

    def render(self) -> Content:
        """Draw the kinds side by side."""
        return Content("  ").join(
            Content.from_markup(
                f"[@click=screen.kind('{kind.id}')]"
                + (
                    "[$foreground bold]$key\N{NO-BREAK SPACE}$label[/]"
                    if kind.id == self.kind_id
                    else "[$foreground]$key[/]\N{NO-BREAK SPACE}$label"
                )
                + "[/]",
                key=kind.key,
                label=kind.label.replace(" ", "\N{NO-BREAK SPACE}"),
            )
            for kind in KINDS
        )
