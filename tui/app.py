"""The app: goes from surface to surface, and passes on what the disk and the clipboard say."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import Provider
from textual.screen import Screen

from tui import words
from tui.bindings import bindings_of, bound, keys_of, left_over
from tui.commands import COMMAND_BY_ID, Area
from tui.errors import AlongsideError
from tui.guiding import GuidingApp
from tui.inorder import AppInOrder
from tui.look import LookApp
from tui.screens.host import Keeps
from tui.screens.people import PeopleScreen
from tui.services.notebook import Notebook
from tui.services.ports import Act, Reply
from tui.terminal import DiscreetApp, StoppableApp
from tui.theme import AUTO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.domain.guide import CopyFor
    from tui.store.writer import Writer


FLUSH_PATIENCE = 1.0
"""Seconds a stop waits for the disk at most."""
SOON = 0.3
"""Seconds after which the writer starts whatever is on the screen."""


def _commands() -> type[Provider]:
    """Load the palette's provider when the palette is opened."""
    from tui.palette import CommandsProvider

    return CommandsProvider


def _journal() -> type[Provider]:
    """Load what finds people, talks and lines when the palette is opened."""
    from tui.palette import JournalProvider

    return JournalProvider


class AlongsideApp(
    AppInOrder[None], GuidingApp[None], LookApp[None], DiscreetApp[None], StoppableApp[None]
):
    """Alongside on the screen."""

    TITLE = "alongside"
    CSS_PATH: ClassVar = [
        os.path.join(os.path.dirname(__file__), sheet)
        for sheet in ("styles.tcss", os.path.join("screens", "people.tcss"))
    ]
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = App.COMMANDS | {
        _commands,
        _journal,
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        *bound(left_over("ctrl+q"), "nothing", "app.nothing", is_early=True),  # Textual would quit
        *bindings_of(Area.APP, but=("app.palette",)),
        *bound(keys_of("app.palette"), "command_palette", "app.palette", is_early=True),
    ]

    def __init__(
        self,
        notebook: Notebook,
        writer: Writer,
        state: str,
        *,
        journal: str,
        recovered: int = 0,
        subtitle: str = "",
        mistakes: tuple[str, ...] = (),
        copy_for: CopyFor | None = None,
    ) -> None:
        """Show a notebook.

        Args:
            notebook: What to show.
            writer: Saves it; it is started after the first frame, and closed by whoever made it.
            state: The folder for a summary that could not be copied.
            journal: The folder of the journal, into which nothing is written for others.
            recovered: How many changes of a run that was cut off have been filed.
            subtitle: What stands beside the program's name at home.
            mistakes: What is wrong in the manager's settings.
            copy_for: What for, where this is a copy that is thrown away.
        """
        super().__init__()
        self.notebook = notebook
        self.subtitle = subtitle
        self._writer = writer
        self.state = state
        self.journal = journal
        self._recovered = recovered
        self._copy_for = copy_for
        self._has_begun = False
        self._has_offered = bool(recovered) or bool(subtitle) or bool(mistakes)
        self._has_looked = False
        self._offered: Act | None = None
        self.animation_level = "none"
        self.begin_look(os.environ)
        self.mistakes = (*mistakes, *self.look_mistakes)

    def get_default_screen(self) -> Screen[Any]:
        """Begin at home, without an empty screen below it."""
        return PeopleScreen()

    def on_mount(self) -> None:
        """Take care of the ways out; start the rest once something can be seen."""
        self.ask_background()
        self.call_after_refresh(self._after_first_frame)
        self.set_timer(SOON, self._after_first_frame)  # a dialog in front keeps home undrawn
        if os.name != "nt" and threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                loop.add_signal_handler(number, self._leave_at_once, number)
            if not self.is_headless:
                self.take_stops()

    def _after_first_frame(self) -> None:
        if self._has_begun:
            return
        self._has_begun = True
        self._writer.start(self._hear)
        gc.freeze()
        gc.set_threshold(10_000, 20, 50)  # a long journal is read now: many records, no cycles
        gc.enable()
        sys.setswitchinterval(0.001)  # a key waits no longer than this for the writer's thread
        self.remember_colours()
        if self._recovered:
            self.say(words.recovered(self._recovered))
        if self.mistakes:
            from tui.words.settings import mistakes

            self.say(mistakes(self.mistakes), is_problem=True)
        if self._copy_for is not None and self.is_running:  # not on its way out already
            self.begin_copy(self._copy_for)
        self._offer()

    def _offer(self) -> None:
        """Say once what is due by the manager's own settings, when the whole journal is read."""
        if self._has_offered or not self.notebook.is_whole:
            return
        self._has_offered = True
        from tui.offers import expiry_offer

        pages, today = self.notebook.pages_aside(), self.notebook.today()

        def look() -> str:
            return expiry_offer(pages, today, self.state, os.environ)

        def tell(sentence: str) -> None:
            self._has_looked = True
            if sentence:
                self.say(sentence)

        self.read_aside(look, tell, lambda _: "")

    def _hear(self, reply: Reply) -> None:
        """Take what the writer says from its thread into ours."""
        self.post_message(self.Done(self._receive, reply))

    def _leave_at_once(self, number: int) -> None:
        try:
            self.keep_typed()
            self.return_in_haste()
        finally:  # whatever is wrong, such as files that were replaced under us: it ends
            self.exit(return_code=128 + number)

    def keep_before_stop(self) -> None:
        """Have what is being typed in the log before the process stops."""
        self.keep_typed()
        self._writer.flush(FLUSH_PATIENCE)

    def action_app_stop(self) -> None:
        """Go to the shell as ctrl+z does anywhere; `fg` comes back."""
        if os.name != "nt" and not self.is_headless:
            os.kill(os.getpid(), signal.SIGTSTP)

    def keep_typed(self) -> None:
        """Have everything kept that is being typed anywhere, down to the last key."""
        for screen in self.screen_stack:
            if isinstance(screen, Keeps):
                screen.keep_now()

    def _receive(self, reply: Reply) -> None:
        kept_both = reply.kept_both + self.notebook.take_merged()
        self.notebook.receive(reply)
        if kept_both:
            self.say(words.kept_both(kept_both))
        if reply.said:
            self.say(" ".join(reply.said))
        self._offer()

    def action_app_help(self) -> None:
        """Show what the keys do here."""
        from tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
            return
        areas: tuple[Area, ...] = getattr(self.screen, "help_areas", tuple)()
        self.push_screen(HelpScreen(areas))

    def action_app_undo(self) -> None:
        """Take back the last thing you did."""
        notebook = self.notebook
        if self._is_agreed(notebook.to_undo(), words.undo_of_others):
            self._turn_back(notebook.undo, words.undone, words.NOTHING_TO_UNDO)

    def action_app_redo(self) -> None:
        """Do again what was undone."""
        notebook = self.notebook
        if self._is_agreed(notebook.to_redo(), words.redo_of_others):
            self._turn_back(notebook.redo, words.redone, words.NOTHING_TO_REDO)

    def _is_agreed(self, act: Act | None, offer: Callable[..., str]) -> bool:
        """Return whether to go on; what another run did asks for the key a second time."""
        is_agreed = act is None or not self.notebook.is_earlier(act) or act == self._offered
        self._offered = None if is_agreed else act
        if act is not None and not is_agreed:
            is_since = act.at > self.notebook.opened
            self.say(offer(self.notebook.say_act(act), is_since=is_since))
        return is_agreed

    def _turn_back(
        self, turn: Callable[[], str | None], said: Callable[[str], str], nothing: str
    ) -> None:
        try:
            label = turn()
        except AlongsideError as error:
            self.say(str(error), is_problem=True)
        else:
            self.say(said(label) if label else nothing)

    def action_app_mend(self) -> None:
        """Mend what is damaged, once that is meant."""
        from tui.screens.dialogs import ask_to_mend

        if not any(problem.can_be_mended for problem in self.notebook.problems):
            self.say(words.CANNOT_MEND if self.notebook.problems else words.NOTHING_TO_MEND)
        elif not self.is_in_dialog():
            ask_to_mend(self, self._writer.mend)

    def action_app_export(self) -> None:
        """Write what is ours into a file, once it is said whose and how."""
        from tui.screens.exporting import ask_export

        if not self.is_in_dialog():
            ask_export(self, self._person_meant())

    def action_app_settings(self) -> None:
        """Show what can be chosen, and what is."""
        from tui.screens.settings import ask_settings

        if not self.is_in_dialog():
            self.clear_notifications()  # they are told there, too
            ask_settings(self, (AUTO, *sorted(self.available_themes)), self.wear)

    def action_app_palette(self) -> None:
        """Find any action, person, talk or line by its name."""
        self.action_command_palette()

    def action_command_palette(self) -> None:
        """Show the palette."""
        from tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(placeholder=words.PALETTE_PROMPT, id="--command-palette"))

    def action_app_quit(self) -> None:
        """Close; all is saved by whoever opened the app."""
        self.keep_typed()
        self.exit()

    def on_unmount(self) -> None:
        """Take back what was opened and left empty, now that no screen shows it any more."""
        self._drop_empty()

    async def action_do(self, command_id: str) -> None:
        """Do a command as its key would, where the focus is."""
        await self.do(command_id)

    async def do(self, command_id: str) -> None:
        """Do a command as its key would: by the nearest widget that knows it."""
        name = f"action_{COMMAND_BY_ID[command_id].action}"
        focused = self.screen.focused or self.screen
        for node in (*focused.ancestors_with_self, self.screen, self):
            method = getattr(node, name, None)
            if method is not None:
                result = method()
                if asyncio.iscoroutine(result):
                    await result
                return

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Leave out what writes private notes into a file everybody can read."""
        for command in super().get_system_commands(screen):
            if command.title not in ("Screenshot", "Quit", "Keys", "Maximize", "Minimize"):
                yield command
