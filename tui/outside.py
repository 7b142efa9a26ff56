"""What the app does beyond its screens: it speaks in passing, copies, mails, edits, goes away."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from textual import on
from textual.app import App
from textual.message import Message

from tui import words
from tui.errors import AlongsideError
from tui.services.notebook import Notebook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.desk.copying import Copied
    from tui.domain.ours import Outbound
    from tui.services.exports import Order

R = TypeVar("R")
HOOK_PATIENCE = 11.0
"""Seconds a command of the manager's waits for the one before it: that has ten itself."""
T = TypeVar("T")


class OutsideApp(App[R]):
    """An app that deals with the manager's machine; the screen waits only for what is on it."""

    notebook: Notebook
    """What is shown."""
    mistakes: tuple[str, ...] = ()
    """What is wrong in the manager's settings, as far as it was said."""
    state: str
    journal: str
    """The folder for what could not be copied, and for a note that is in the editor."""

    class Done(Message):
        """Something outside the screen's thread is finished; the callback takes its value."""

        def __init__(self, callback: Callable[[Any], None], value: Any) -> None:
            super().__init__()
            self.callback = callback
            self.value = value

    def __init__(self) -> None:
        super().__init__()
        self._is_away = False
        self._to_say: list[tuple[str, bool]] = []
        self._on_return = ""
        self._last_hook = threading.Event()
        self._last_hook.set()
        self._copying = threading.Lock()

    @on(Done)
    def _finish(self, event: Done) -> None:
        event.callback(event.value)

    def is_in_dialog(self) -> bool:
        """Return whether a dialog is in front, or nothing at all: the manager is away."""
        from textual.screen import ModalScreen

        return self._is_away or isinstance(self.screen, ModalScreen)

    def leave_summary(self) -> None:
        """Leave the summary where one goes on from it; what was changed in it is kept."""
        if getattr(self.screen, "leads_on", False):
            self.pop_screen()

    def keep_typed(self) -> None:
        """Have everything kept that is being typed."""

    # -- telling ---------------------------------------------------------------------------

    def say(self, sentence: str, *, is_problem: bool = False) -> None:
        """Say something in passing; what was said before is over. To who is away, on return."""
        if self._is_away:
            self._to_say.append((sentence, is_problem))
            return
        self.clear_notifications()
        self.notify(
            sentence,
            severity="error" if is_problem else "information",
            markup=False,
            timeout=8 if is_problem else 4,
        )

    # -- copying and mailing ---------------------------------------------------------------

    def copy(self, text: Outbound, then: Callable[[Copied], None]) -> None:
        """Copy a text without holding up the screen; ``then`` hears what came of it."""
        from tui.desk.clipboard import Clipboard
        from tui.desk.copying import copy_text, not_copied

        clipboard = Clipboard(os.environ, send_escape=self._send_escape, is_web=self.is_web)

        def work() -> Copied:
            with self._copying:  # what is copied last is what is on the clipboard
                return copy_text(clipboard, text, self.state)

        self._aside("copy", work, then, not_copied)

    def mail(self, url: Outbound, then: Callable[[str], None]) -> None:
        """Begin a mail without holding up the screen; ``then`` hears why not, or nothing."""
        from tui.desk.mail import open_mail

        is_web = self.is_web

        def work() -> str:
            return open_mail(url, os.environ, is_web=is_web)

        self._aside("mail", work, then, words.broke)

    def write_out(self, asked: Order, folder: str) -> None:
        """Write an export into a folder without holding up the screen; says where it is."""
        from tui.desk.exports import write_beside
        from tui.services.exports import left_out, made, name_of

        def work() -> tuple[str, bool]:
            try:
                exported = made(asked)
                name = name_of(asked.people, asked.now)
                text, suffix = exported.text, asked.form.suffix
                path = write_beside(folder, name, suffix, text, journal=self.journal)
            except AlongsideError as error:
                return str(error), True
            people = asked.pages.journal.people
            missing = [left_out(people[one.person_id], one) for one in exported.unreadable]
            return " ".join((words.written_to(path), *missing)), bool(missing)

        def say(said: tuple[str, bool]) -> None:
            self.say(said[0], is_problem=said[1])

        self._aside("export", work, say, lambda fault: (words.broke(fault), True))

    def read_aside(
        self, work: Callable[[], T], then: Callable[[T], None], broke: Callable[[str], T]
    ) -> None:
        """Read something without holding up the screen; ``then`` takes it, or what ``broke`` gives.

        Args:
            work: Reads it; it may take long.
            then: Takes what came of it.
            broke: Returns what to take where it broke, given how that is called.
        """
        self._aside("read", work, then, broke)

    def _aside(
        self,
        name: str,
        work: Callable[[], T],
        then: Callable[[T], None],
        broke: Callable[[str], T],
    ) -> None:
        """Do work in a thread of its own; ``then`` hears of it in ours, whatever happens.

        Args:
            name: What to call the thread.
            work: What to do; it may block.
            then: Takes what came of it.
            broke: Returns what came of it where it broke, given how that is called: never with
                which words, which may be private.
        """

        def run() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - or nobody would ever hear of it
                result = broke(type(error).__name__)
            self.post_message(self.Done(then, result))

        threading.Thread(target=run, name=f"alongside-{name}", daemon=True).start()

    def _send_escape(self, sequence: str) -> bool:
        """Write a sequence to the terminal, through the queue the screen is written through."""
        driver = self._driver
        if driver is None or self.is_headless:
            return False
        driver.write(sequence)
        driver.flush()
        return True

    # -- what has the terminal to itself ---------------------------------------------------

    def show_text_outside(self, path: str) -> None:
        """Show a saved text in the manager's pager or editor, or plain on the terminal."""
        from tui.desk.pager import show_file

        if self.is_web:  # there is no terminal to show it on; the browser takes the file
            self._deliver(path)
            return
        self.keep_typed()
        self._lend_terminal(lambda: show_file(path, os.environ), words.saved_at(path))

    def _deliver(self, path: str) -> None:
        try:
            self.deliver_text(path)
        except OSError:
            self.say(words.saved_at(path), is_problem=True)

    def edit_outside(self, text: str) -> str | None:
        """Have a text changed in the manager's own editor; None where it was left as it is."""
        from tui.desk.editor import edit, editor_of

        self.keep_typed()
        try:
            editor_of(os.environ)
        except AlongsideError as error:
            self.say(str(error), is_problem=True)
            return None
        return self._lend_terminal(lambda: edit(text, self.state, os.environ), words.NO_EDITOR_HERE)

    def _lend_terminal(self, work: Callable[[], T], not_here: str) -> T | None:
        """Give the terminal to something else until that is done; says what went wrong with it.

        Nothing is raised while the app is suspended: Textual (8.2, ``App.suspend``) would not take
        the terminal back.

        Args:
            work: Blocks until it is done.
            not_here: What to say where the terminal cannot be given away.
        """
        from textual.app import SuspendNotSupported

        result: T | None = None
        error: BaseException | None = None
        try:
            with self.suspend():
                try:
                    result = work()
                except BaseException as raised:  # noqa: BLE001 - raised again below
                    error = raised
        except SuspendNotSupported:
            self.say(not_here, is_problem=True)
        if isinstance(error, AlongsideError):
            self.say(str(error), is_problem=True)
        elif error is not None:
            raise error
        return result

    # -- away ------------------------------------------------------------------------------

    def action_app_away(self) -> None:
        """Put everything away: a calm clock, or nothing."""
        from tui.desk.settings import read_settings
        from tui.screens.away import AwayScreen

        if self.is_in_dialog():
            return
        settings = read_settings(os.environ)
        self.keep_typed()
        self.clear_notifications()
        self._say_mistakes(settings.mistakes)
        self._is_away = True
        self._run_hook(settings.away.on_leave)
        screen = AwayScreen(self.notebook.now, shows_clock=settings.away.shows_clock)
        self._on_return = settings.away.on_return
        self.push_screen(screen, self._come_back)

    def _say_mistakes(self, found: tuple[str, ...]) -> None:
        """Say on return what is wrong in the settings, and was not said before."""
        fresh = tuple(mistake for mistake in found if mistake not in self.mistakes)
        if fresh:
            from tui.words.settings import mistakes

            self.mistakes += fresh
            self._to_say.append((mistakes(fresh), True))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no key of ours do anything while one is away: it only comes back."""
        return not self._is_away

    def _come_back(self, minutes: int | None) -> None:
        self._is_away = False
        self._run_hook(self._on_return)
        self._on_return = ""
        if self._to_say:
            said, self._to_say = self._to_say, []
            sentences = dict.fromkeys(sentence for sentence, _ in said)
            self.say(" ".join(sentences), is_problem=any(problem for _, problem in said))
        elif minutes:
            self.say(words.back_after(minutes))

    def _run_hook(self, command: str) -> None:
        """Run a command of the manager's beside the screen, and say what went wrong with it."""
        if not command:
            return
        from tui.desk.hooks import run_hook

        before, done = self._last_hook, threading.Event()
        self._last_hook = done

        def work() -> str:
            try:
                before.wait(HOOK_PATIENCE)  # who comes back at once wants them in this order, too
                return run_hook(command)
            finally:
                done.set()

        self._aside("hook", work, self._say_of_hook, words.broke)

    def _say_of_hook(self, problem: str) -> None:
        if problem:
            self.say(words.hook_failed(problem), is_problem=True)

    def talk_began(self) -> None:
        """Put everything away when a talk begins, if the manager wants that."""
        from tui.desk.settings import read_settings

        if read_settings(os.environ).away.at_start:
            self.action_app_away()

    def return_in_haste(self) -> None:
        """Undo what was done for being away, where the program ends meanwhile."""
        if self._is_away and self._on_return:
            from tui.desk.hooks import run_hook

            before, command = self._last_hook, self._on_return

            def work() -> None:
                before.wait(HOOK_PATIENCE)
                run_hook(command)

            threading.Thread(target=work, daemon=False).start()
            self._on_return = ""
