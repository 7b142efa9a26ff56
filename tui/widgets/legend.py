"""The kinds of notes and their keys; a click chooses one."""

from __future__ import annotations

from functools import cache

from textual.content import Content

from tui.domain.notes import KINDS, Kind
from tui.widgets.flow import Flow, flowed


class Legend(Flow):
    """Shows every kind with its key; the one chosen stands out. A click runs ``screen.kind``."""

    _chosen = ""

    def __init__(self, *, is_known: bool = False, id: str | None = None) -> None:
        """Explain the kinds.

        Args:
            is_known: Whether the manager knows them: then one line is enough, if need be of keys
                alone.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._is_known = is_known

    def choose(self, kind_id: str) -> None:
        """Let another kind stand out."""
        self._chosen = kind_id
        self.show(tuple(_shown(kind, is_chosen=kind.id == kind_id) for kind in KINDS))

    def pieces_for(self, width: int) -> tuple[Content, ...]:
        """Return the kinds, of which those who know them need no more than one line."""
        pieces = super().pieces_for(width)
        if not self._is_known or "\n" not in flowed(pieces, width).plain:
            return pieces
        return tuple(_key(kind, is_chosen=kind.id == self._chosen) for kind in KINDS)


@cache
def _shown(kind: Kind, *, is_chosen: bool) -> Content:
    inner = "[b u]$key $label[/]" if is_chosen else "[b]$key[/] [$muted]$label[/]"
    return Content.from_markup(
        f"[@click=screen.kind('{kind.id}')]{inner}[/]", key=kind.key, label=kind.label
    )


@cache
def _key(kind: Kind, *, is_chosen: bool) -> Content:
    inner = "[b u]$key[/]" if is_chosen else "[$muted]$key[/]"
    return Content.from_markup(f"[@click=screen.kind('{kind.id}')]{inner}[/]", key=kind.key)
