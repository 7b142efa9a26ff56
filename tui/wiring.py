"""The composition root: the only module that knows every layer."""

from __future__ import annotations

import os
import time
from typing import NamedTuple

from tui.clock import local_time
from tui.desk import shipped
from tui.desk.places import Place
from tui.desk.saved import remove_saved
from tui.domain.ids import NewId, uuid7
from tui.domain.journal import Home, Journal
from tui.domain.notes import KIND_BY_ID, Side
from tui.domain.reckoning import Week
from tui.domain.text import both_texts
from tui.errors import AlongsideError
from tui.services.notebook import Notebook
from tui.services.ports import EDITS_OF, Changes, Clock, Draft, Problem, Saver, Turn
from tui.store.files import make_folder
from tui.store.folder import JournalFolder
from tui.store.reading import WORTH_SAVING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.store.codec import Patch
    from tui.store.log import Orphan
    from tui.store.writer import Writer


class Opened(NamedTuple):
    """A journal that was opened."""

    folder: JournalFolder
    journal: Journal
    drafts: tuple[Draft, ...]
    recovered: int
    """How many changes of a program that was killed have just been filed."""
    orphans: tuple[Orphan, ...]
    """Logs whose changes are filed, to be removed once their drafts are safe elsewhere."""
    problems: tuple[Problem, ...]
    """Files that cannot be read, and logs that cannot be filed yet."""


def _week_here() -> Week:
    from tui.desk.region import week_here

    return week_here(os.environ)


class FreshIds:
    """Gives identifiers that sort in the order they were given, even if the clock goes back."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> str:
        """Return a new identifier."""
        self._last = max(time.time_ns() // 1_000_000, self._last + 1)
        return uuid7(self._last, int.from_bytes(os.urandom(10), "big"))


fresh_id = FreshIds()


def journal_folder(place: Place, new_id: NewId = fresh_id) -> JournalFolder:
    """Return the folder of a journal; nothing is read yet."""
    return JournalFolder(place.journal, place.state, new_id)


def open_journal(place: Place, new_id: NewId = fresh_id, *, whole: bool = True) -> Opened:
    """Read a journal, and file what a program that was killed had not filed yet.

    Args:
        place: Where it is.
        new_id: Gives the id of a new one.
        whole: Whether to read what a first look does not need, too; see `JournalFolder.load`.

    Raises:
        AlongsideError: Where it cannot be opened at all; see `JournalFolder.load`.
    """
    folder = journal_folder(place, new_id)
    has_logs = _has_logs(place.state)
    journal = folder.load(whole=whole or has_logs)
    if not has_logs:
        return Opened(folder, journal, (), 0, (), folder.problems)
    from tui.store.log import orphans

    drafts: dict[str, Draft] = {}
    recovered = 0
    left = []
    problems: list[Problem] = []
    for orphan in orphans(place.state, problems):
        try:
            found = orphan.read()
        except AlongsideError as error:
            problems.append(Problem(orphan.path, f"{error} It is kept until alongside is updated."))
            orphan.release()
            continue
        for draft in found.drafts:
            known = drafts.get(draft.place)
            drafts[draft.place] = _both(known, draft) if known else draft
        filed, errors = _file(folder, found.patches)
        recovered += sum(patch.home in filed for patch in found.patches)
        orphan.mark_filed(filed)
        if errors:
            sentence = f"{errors[0]} What was written is kept in the log until it can be filed."
            problems.append(Problem(orphan.path, sentence))
            orphan.release()
        else:
            left.append(orphan)
    if recovered:
        folder = journal_folder(place, new_id)
        journal = folder.load()
    problems += folder.problems
    return Opened(folder, journal, tuple(drafts.values()), recovered, tuple(left), tuple(problems))


def _both(first: Draft, second: Draft) -> Draft:
    """Return two half-typed lines of one place in one, which is mine if either is.

    The key of a kind that is given up stands before its words, so that it can be taken up again.
    """
    kept, other = (first, second) if _is_mine(first) or not _is_mine(second) else (second, first)
    if (kept.kind_id, kept.side) == (other.kind_id, other.side):
        return kept._replace(text=both_texts(first.text, second.text))
    kind = KIND_BY_ID.get(other.kind_id)
    marked = f"{kind.key} {other.text}" if kind else other.text
    return kept._replace(text=both_texts(kept.text, marked))


def _is_mine(draft: Draft) -> bool:
    kind = KIND_BY_ID.get(draft.kind_id)
    return draft.side == Side.MINE or (kind is not None and kind.side is Side.MINE)


def _has_logs(state: str, but: frozenset[str] = frozenset()) -> bool:
    try:
        return any(name.endswith(".log") and name not in but for name in os.listdir(state))
    except FileNotFoundError:
        return False
    except OSError:
        return True  # nobody can tell; whoever looks for them will say so


def _tidy(state: str, orphans: tuple[Orphan, ...]) -> None:
    """Remove the summary an earlier run has saved, unless another window may still point at it."""
    if not _has_logs(state, frozenset(os.path.basename(orphan.path) for orphan in orphans)):
        remove_saved(state)


def _file(
    folder: JournalFolder, patches: tuple[Patch, ...]
) -> tuple[list[Home], list[AlongsideError]]:
    """File what can be filed; returns in which files, and what stood in the way of the rest."""
    filed = []
    errors = []
    for home in dict.fromkeys(patch.home for patch in patches):
        mine = [patch for patch in patches if patch.home == home]
        try:
            folder.write(mine)
        except AlongsideError as error:
            errors.append(error)
        else:
            filed.append(home)
    return filed, errors


def notebook_for_commands(
    place: Place,
    clock: Clock = local_time,
    new_id: NewId = fresh_id,
    *,
    whole: bool = True,
    often: bool = False,
) -> Notebook:
    """Return a notebook whose every act is on disk when it returns.

    Args:
        place: Where the journal is.
        clock: Tells the time.
        new_id: Gives identifiers.
        whole: Whether everything is needed, or only who there is, what is open and what was lately.
        often: Whether the same is asked again and again: then the digest is saved for next time
            however little is new.

    Raises:
        AlongsideError: Where the journal cannot be opened.
    """
    opened = open_journal(place, new_id, whole=whole)
    for orphan in opened.orphans:
        orphan.release() if opened.drafts else orphan.remove()
    opened.folder.save_digest(at_least=0 if often else WORTH_SAVING)

    class OnFirstUse:
        """Imports what writes only when something is written: reading should feel instant."""

        _saver: Saver | None = None

        def _made(self) -> Saver:
            from tui.store.acts import Acts
            from tui.store.writer import DirectSaver

            if self._saver is None:
                make_folder(place.state)
                acts = Acts(place.state)
                self._saver = DirectSaver(opened.folder, place.state, new_id, acts)
            return self._saver

        def submit(self, number: int, changes: Changes, turn: Turn | None = None) -> None:
            self._made().submit(number, changes, turn)

        def keep_draft(self, draft: Draft) -> None:
            """Do nothing: the command line types no drafts."""

        def forget_acts(self, home: Home) -> None:
            self._made().forget_acts(home)

    return Notebook(
        opened.journal,
        opened.folder,
        OnFirstUse(),
        clock,
        new_id,
        problems=opened.problems,
        drafts=tuple(d for d in opened.drafts if d.place.startswith(EDITS_OF)),
        is_read_only=opened.folder.is_read_only,
        is_whole=opened.folder.is_whole,
        week=_week_here,
    )


def notebook_for_app(
    place: Place, clock: Clock = local_time, new_id: NewId = fresh_id
) -> tuple[Notebook, Writer, int]:
    """Return a notebook for the app, the writer that saves it, and how much was recovered.

    What a first look at a long journal does not need, the writer reads after it was started.

    Raises:
        AlongsideError: Where the journal cannot be opened.
    """
    from tui.store.acts import Acts
    from tui.store.writer import Writer

    make_folder(place.state)
    opened = open_journal(place, new_id, whole=False)
    _tidy(place.state, opened.orphans)
    writer = Writer(opened.folder, place.state, new_id, opened.drafts, opened.orphans)
    notebook = Notebook(
        opened.journal,
        opened.folder,
        writer,
        clock,
        new_id,
        problems=opened.problems,
        drafts=opened.drafts,
        is_read_only=opened.folder.is_read_only,
        is_whole=opened.folder.is_whole,
        week=_week_here,
        past=lambda: Acts(place.state).past(but=writer.run),
    )
    return notebook, writer, opened.recovered


def seed_demo(notebook: Notebook) -> None:
    """Make an empty journal the demo journal."""
    from tui.services.demo import demo_changes

    data = shipped.read_data("demo-journal.json")
    template, deck = shipped.standard_template(), shipped.questions()
    notebook.seed(demo_changes(data, template, deck, notebook.today()))
