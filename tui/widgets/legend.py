"""The kinds of notes and their keys; a click chooses one."""

from __future__ import annotations

from functools import cache

from textual.content import Content

from tui.domain.notes import KINDS, Kind
from tui.widgets.flow import Flow


class Legend(Flow):
    """Shows every kind with its key; the one chosen stands out. A click runs ``screen.kind``."""

    def choose(self, kind_id: str) -> None:
        """Let another kind stand out."""
        self.show(tuple(_shown(kind, is_chosen=kind.id == kind_id) for kind in KINDS))


@cache
def _shown(kind: Kind, *, is_chosen: bool) -> Content:
    inner = "[b u]$key $label[/]" if is_chosen else "[b]$key[/] [$muted]$label[/]"
    return Content.from_markup(
        f"[@click=screen.kind('{kind.id}')]{inner}[/]", key=kind.key, label=kind.label
    )
