"""What the app does beyond its screens: it speaks in passing, copies, edits, goes away."""

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

R = TypeVar("R")


class OutsideApp(App[R]):
    """An app that deals with the manager's machine; the screen waits only for the editor."""

    notebook: Notebook
    """What is shown."""
    state: str
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

    @on(Done)
    def _finish(self, event: Done) -> None:
        event.callback(event.value)

    def is_in_dialog(self) -> bool:
        """Return whether a dialog is in front, or nothing at all: the manager is away."""
        from textual.screen import ModalScreen

        return self._is_away or isinstance(self.screen, ModalScreen)

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

    # -- copying ---------------------------------------------------------------------------

    def copy(self, text: Outbound, then: Callable[[Copied], None]) -> None:
        """Copy a text without holding up the screen; ``then`` hears what came of it."""
        from tui.desk.clipboard import Clipboard
        from tui.desk.copying import copy_text

        clipboard = Clipboard(os.environ, send_escape=self._send_escape)

        def work() -> None:
            self.post_message(self.Done(then, copy_text(clipboard, text, self.state)))

        threading.Thread(target=work, name="alongside-copy", daemon=True).start()

    def _send_escape(self, sequence: str) -> bool:
        """Write a sequence to the terminal, through the queue the screen is written through."""
        driver = self._driver
        if driver is None or self.is_headless:
            return False
        driver.write(sequence)
        driver.flush()
        return True

    # -- the editor ------------------------------------------------------------------------

    def edit_outside(self, text: str) -> str | None:
        """Have a text changed in the manager's own editor; None where it was left as it is."""
        from textual.app import SuspendNotSupported

        from tui.desk.editor import edit, editor_of

        self.keep_typed()
        try:
            editor_of(os.environ)
            with self.suspend():
                return edit(text, self.state, os.environ)
        except SuspendNotSupported:
            self.say(words.NO_EDITOR_HERE, is_problem=True)
        except AlongsideError as error:
            self.say(str(error), is_problem=True)
        return None

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
        if settings.mistakes:
            self._to_say.append((words.mistakes(settings.mistakes), True))
        self._is_away = True
        self._run_hook(settings.away.on_leave)
        screen = AwayScreen(self.notebook.now, shows_clock=settings.away.shows_clock)
        self._on_return = settings.away.on_return
        self.push_screen(screen, self._come_back)

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

        def work() -> None:
            self.post_message(self.Done(self._say_of_hook, run_hook(command)))

        threading.Thread(target=work, name="alongside-hook", daemon=True).start()

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

            threading.Thread(target=run_hook, args=(self._on_return,), daemon=False).start()
            self._on_return = ""
