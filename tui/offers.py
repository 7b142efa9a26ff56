"""What the app offers by itself, once, after it was opened."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from tui.services.pages import Pages


def expiry_offer(pages: Pages, today: date, state: str, environ: Mapping[str, str]) -> str:
    """Return that notes are older than they are to be kept; empty where nothing is to be said.

    It is said once in a month at most, and only where the manager has chosen a time. It reads what
    was written in old one-to-ones, so that it is not for the thread of the screen.

    Args:
        pages: The journal, read whole.
        today: The day.
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

    mark = read_mark(state)
    if not mark.may_offer(today):
        return ""
    count = old_talks(pages.journal.one_to_ones.values(), keep.cutoff(today), pages.of)
    with suppress(OSError):  # then it is said again the next time
        write_mark(state, mark._replace(**{"offered" if count else "looked": today}))
    return words_record.notes_are_old(count, keep) if count else ""
