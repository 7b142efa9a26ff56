"""What the app offers by itself, once, after it was opened."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from tui.services.notebook import Notebook


def expiry_offer(notebook: Notebook, state: str, environ: Mapping[str, str]) -> str:
    """Return that notes are older than they are to be kept; empty where nothing is to be said.

    It is said once in a month at most, and only where the manager has chosen a time.

    Args:
        notebook: The journal, read whole.
        state: Its state folder.
        environ: The environment.
    """
    from tui.desk.settings import read_settings

    keep = read_settings(environ).keep
    if keep is None:
        return ""
    from tui.desk.expiry import read_mark, write_mark
    from tui.domain.retention import old_talks
    from tui.words import record as words_record

    today = notebook.today()
    mark = read_mark(state)
    count = old_talks(notebook.journal.one_to_ones.values(), keep.cutoff(today), mark.done_to)
    if not count or not mark.may_offer(today):
        return ""
    with suppress(OSError):  # then it is said again the next time
        write_mark(state, mark._replace(offered=today))
    return words_record.notes_are_old(count, keep)
