"""Pages read beside the screen: in a thread of their own, without the notebook taking part."""

from __future__ import annotations

from typing import NamedTuple

from tui.domain.journal import Home, Journal, Page
from tui.domain.onetoones import OneToOne
from tui.services.ports import Disk


class Pages(NamedTuple):
    """The pages of a journal as they are at one moment."""

    journal: Journal
    known: frozenset[str]
    """The one-to-ones whose page is in the journal, whole."""
    disk: Disk

    def of(self, one: OneToOne) -> Page | None:
        """Return what was written in a one-to-one; None where its file cannot be read now."""
        if one.id in self.known:
            return self.journal.page(one.id)
        contents = self.disk.read_page(Home(one.person_id, one.id))
        return Journal().adopt((contents,)).page(one.id) if contents is not None else None
