"""What the parts of text mode share: the notebook, whom it is about, and how something is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tui.domain.dates import WhenError
from tui.domain.journal import Change
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.domain.reckoning import Reckoning
from tui.domain.standing import current_one_to_one
from tui.errors import AlongsideError, BusyError, StorageError
from tui.services.notebook import Notebook
from tui.services.reckoning import reckoning_of
from tui.shell.console import Console, WentBack
from tui.shell.plain.matching import is_number
from tui.shell.plain.watching import Watch
from tui.shell.verbs import open_notebook, place_asked
from tui.words import plain as words
from tui.words import prompts, spoken

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

AT_ONCE = 8
"""Lines that are read out before it is asked whether to go on."""


class Session:
    """One sitting in text mode."""

    def __init__(self, console: Console, options: argparse.Namespace) -> None:
        """Open the notebook.

        Args:
            console: Where it is said and asked.
            options: The arguments, which name the journal.

        Raises:
            AlongsideError: Where the journal cannot be opened.
        """
        self.console = console
        self.options = options
        self._watch = Watch(place_asked(options).journal)
        self.notebook: Notebook = open_notebook(options)
        self.person_id = ""
        self.failed: AlongsideError | None = None
        """Why something is not kept, until it is."""

    # -- what it is about ------------------------------------------------------------------

    def reopen(self) -> None:
        """Read the journal again: what others wrote since counts, and only what is on disk.

        Raises:
            AlongsideError: Where it cannot be opened.
        """
        self._watch.begin_again()
        self.notebook = open_notebook(self.options, known=self.notebook.problems)

    def refresh(self) -> None:
        """Read the journal again if somebody else has written in it since.

        Raises:
            AlongsideError: Where it cannot be opened.
        """
        if self._watch.is_stale():
            self.reopen()

    @property
    def person(self) -> Person:
        """Whom it is about.

        Raises:
            WentBack: Where they are not in the journal any more, which is said.
        """
        found = self.notebook.journal.people.get(self.person_id)
        if found is None:
            self.console.say(words.PERSON_GONE)
            raise WentBack
        return found

    def one(self, one_id: str) -> OneToOne:
        """Return a one-to-one as it is now.

        Raises:
            WentBack: Where it is not there any more, which is said.
        """
        found = self.notebook.journal.one_to_ones.get(one_id)
        if found is None:
            self.console.say(words.TALK_GONE)
            raise WentBack
        return found

    @property
    def theirs(self) -> tuple[OneToOne, ...]:
        """All one-to-ones with the person, oldest first."""
        return self.notebook.journal.one_to_ones_of(self.person_id)

    @property
    def current(self) -> OneToOne | None:
        """The one-to-one that is under way, else the next that is planned."""
        return current_one_to_one(self.theirs, self.notebook.today())

    def reckoning(self, during: OneToOne | None = None) -> Reckoning:
        """Return how a date is read that is typed here."""
        return reckoning_of(self.notebook, self.person, during)

    # -- saying and asking -----------------------------------------------------------------

    def say(self, text: str) -> None:
        """Say something."""
        self.console.say(text)

    def ask(self, question: str, explained: str = words.EVERYWHERE) -> str:
        """Ask something; see `Console.ask`."""
        return self.console.ask(question, explained)

    def agrees(self, question: str, explained: str = words.EVERYWHERE) -> bool:
        """Ask something that wants yes or no; an empty line is no, and so is *no*."""
        while True:
            match self.ask(question, explained).strip().casefold():
                case "yes" | "y":
                    return True
                case "no" | "n" | "":
                    return False
            self.say(words.YES_OR_NO)

    def number(self, answer: str, count: int) -> int | None:
        """Return the place in a list of ``count`` that a number names, counted from 0; None else.

        Where it is a number and beyond the list, that is said.
        """
        if not is_number(answer):
            return None
        number = int(answer.strip().rstrip(".")[:9])
        if 1 <= number <= count:
            return number - 1
        self.say(prompts.no_such_number(count))
        return None

    def read_out(self, lines: Iterable[str]) -> None:
        """Say many lines, so many at a time."""
        rest: Sequence[str] = tuple(lines)
        while rest:
            for line in rest[:AT_ONCE]:
                self.say(line)
            rest = rest[AT_ONCE:]
            if rest and self.ask(prompts.more(len(rest))).strip().casefold() != words.MORE:
                return

    # -- keeping ---------------------------------------------------------------------------

    def keep(self, act: Callable[[], object], said: str = "", *, quietly: bool = False) -> bool:
        """Do something, and say that it is kept once it is on the disk.

        Where the disk refuses it is asked whether to try again, so that nothing has to be typed
        twice. Then ``act`` is called again, on a notebook that was opened again.

        Args:
            act: Does it; it may be called more than once.
            said: How it is understood, said before.
            quietly: Whether nothing is said where it is kept: nobody asked for it.

        Returns:
            Whether it is kept.
        """
        while True:
            before = len(self.notebook.unfiled())
            self._watch.is_stale()
            if said:
                self.console.say(said, goes_on=True)
            try:
                act()
            except (AlongsideError, WhenError) as error:
                self.console.end_line()
                self.say(spoken.not_kept(str(error)))
                changes = self.notebook.unfiled()[before:]
                if changes:
                    self.reopen()
                    if all(map(self._is_there, changes)):
                        self.say(words.KEPT_AFTER_ALL)
                        return True
                if not isinstance(error, StorageError | BusyError):
                    return False
                self.failed = error
                self.ask(words.TRY_AGAIN, words.TRY_AGAIN_EXPLAINED)
            else:
                self.failed = None
                self._watch.wrote()
                if not quietly:
                    self.say(words.KEPT)
                return True

    def _is_there(self, change: Change) -> bool:
        """Return whether a change was filed all the same, from what was kept beside the journal."""
        self.notebook.page(change.home.one_to_one_id or "")
        return self.notebook.journal.current(change) == change.after
