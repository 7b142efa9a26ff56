"""The first paint: what home will show, before Textual is loaded.

It says what is true and no more: the name at once, then the people, from a glance at the journal or
from the journal itself. Each word stands where the first frame puts it, in its colours, so that
nothing moves when that comes; where this cannot be sure it stops, and the rest comes with the
frame.
"""

from __future__ import annotations

from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from tui.desk.places import Place
    from tui.desk.tty import HeldTerminal
    from tui.domain.standing import Standing
    from tui.paintedpage import Page
    from tui.services.notebook import Notebook

LEAST_COLUMNS, LEAST_ROWS = 24, 6
"""A smaller terminal is left alone."""


class FirstPaint:
    """What is on the screen until the app draws; a context that leaves the terminal as it was."""

    def __init__(self, environ: Mapping[str, str], subtitle: str = "") -> None:
        """Get ready; nothing is written yet.

        Args:
            environ: The environment.
            subtitle: What stands beside the program's name.
        """
        self._environ = environ
        self._subtitle = subtitle
        self.held: HeldTerminal | None = None
        """The terminal, where it is held."""
        self._page: Page | None = None

    def __enter__(self) -> FirstPaint:
        """Hold the terminal and show the name."""
        from tui.desk.tty import HeldTerminal, can_be_held, size

        if not can_be_held(self._environ):
            return self
        columns, rows = size(self._environ)
        try:
            self.held = HeldTerminal()
        except (OSError, ValueError):
            return self
        try:
            self._begin(columns, rows)
        except BaseException:
            self.held.release()
            raise
        return self

    def _begin(self, columns: int, rows: int) -> None:
        from tui.desk.colours import Ink, colours_now
        from tui.paintedpage import Page

        with suppress(ValueError):
            colours = colours_now(self._environ)
            is_small = columns < LEAST_COLUMNS or rows < LEAST_ROWS
            if self.held is None or colours is None or is_small:
                return
            self._page = Page(Ink(colours, self._environ), columns, rows)
            self.held.paint(self._page.begun(self._subtitle))

    def show_glance(self, place: Place) -> None:
        """Show who there is from a glance at the journal, if that tells."""
        if self.held is not None and self._page is not None:
            from tui.clock import local_time
            from tui.store.glance import glance

            now = local_time().replace(microsecond=0)
            seen = glance(place.journal, place.state)
            if seen is not None:
                from tui.domain.standing import in_order

                found = in_order(g.standing(now) for g in seen if not g.person.archived)
                self._show(found, is_saved=True)

    def show(self, notebook: Notebook) -> None:
        """Show who there is from the journal, if that is not on the screen yet."""
        if self.held is not None and self._page is not None and not notebook.problems:
            from tui.domain.standing import standings, talk_left_open

            journal, now = notebook.journal, notebook.now()
            talks = {person: journal.one_to_ones_of(person) for person in journal.people}
            waiting = [p for p, ones in talks.items() if talk_left_open(ones, now) is not None]
            found = standings(journal, now.date(), waiting=waiting)
            saving = notebook.saving
            if not saving.error:
                self._show(found, is_saved=not saving.pending)

    def _show(self, found: tuple[Standing, ...], *, is_saved: bool) -> None:
        from tui.desk.settings import read_settings

        page, self._page = self._page, None
        if any(s.awaits_debrief for s in found) and read_settings(self._environ).keys:
            return  # the row names keys, and the manager has others
        if page is not None and self.held is not None and found:
            with suppress(ValueError):
                self.held.paint(page.filled(self._subtitle, found, is_saved=is_saved))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was."""
        if self.held is not None:
            self.held.release()
