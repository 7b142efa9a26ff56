"""What all surfaces have in common: heading, banner, key bar, and following the notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Rule, Static

from tui import words
from tui.commands import COMMAND_BY_ID, Area, Command, commands_of
from tui.domain.dates import WhenError, say_gap
from tui.domain.onetoones import OneToOne
from tui.domain.people import Person
from tui.domain.standing import last_time
from tui.errors import AlongsideError, NotFoundError
from tui.frontpage import NARROW as NARROW
from tui.frontpage import SAVED, SAVING, SHORT, WIDE
from tui.render import ALARM, MUTED, line, talk_heading
from tui.screens.host import Host
from tui.services.notebook import Notebook
from tui.widgets.heading import Heading
from tui.widgets.keybar import KeyBar
from tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from tui.screens.form import Field, Values


class Surface(Screen[None]):
    """A screen that shows part of the notebook and is drawn again whenever it changes."""

    AREA: ClassVar[Area]
    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (NARROW, "-normal"),
        (WIDE, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (SHORT, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the focus; it draws itself. Textual (8.2) draws the whole screen for it."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self._sentence = ""

    @property
    def alongside(self) -> Host:
        """The app."""
        return cast("Host", self.app)

    @property
    def notebook(self) -> Notebook:
        """The notebook this shows."""
        return self.alongside.notebook

    def compose(self) -> ComposeResult:
        """Put the surface between its heading and its keys.

        The classes for the size are set at once: Textual's come with the first resize, which would
        draw everything twice.
        """
        width, height = self.app.size
        self.add_class([name for least, name in self.HORIZONTAL_BREAKPOINTS if least <= width][-1])
        self.add_class([name for least, name in self.VERTICAL_BREAKPOINTS if least <= height][-1])
        yield Heading(self.heading_left(), self.heading_right(), id="heading")
        self._sentence = sentence = words.banner(self.notebook.saving, self.notebook.problems)
        banner = Static(sentence, id="banner", markup=False)
        banner.display = bool(sentence)
        yield banner
        yield from self.compose_body()
        yield KeyBar(self.bar_commands(), id="keys")

    def compose_body(self) -> ComposeResult:
        """Yield what the surface consists of."""
        raise NotImplementedError
        yield Widget()

    def bar_commands(self) -> tuple[Command, ...]:
        """Return the commands the key bar shows, the most important first."""
        here = tuple(command for command in commands_of(self.AREA) if command.in_bar)
        return (*here, COMMAND_BY_ID["app.people"])

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (self.AREA,)

    def on_mount(self) -> None:
        """Show what there is and follow what changes."""
        self._stop_listening: Callable[[], None] = self.notebook.listen(self._notice)
        self.fill()
        self.begin()
        self._shown = self._state()

    def begin(self) -> None:
        """Put the focus where the user will want it first. Subclasses have no ``on_mount``."""

    def fill(self) -> None:
        """Show the body for the first time; a body that is composed full does nothing here."""
        self.show_body()

    def _state(self) -> tuple[object, ...]:
        """Return what the screen depends on, to tell whether it must be drawn again."""
        notebook = self.notebook
        return (
            id(notebook.journal),
            notebook.saving,
            notebook.problems,
            notebook.today(),
            self.is_narrow,
        )

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for little but the text."""
        return self.app.size.width < NARROW

    def on_unmount(self) -> None:
        """Stop following."""
        self._stop_listening()

    def on_screen_resume(self) -> None:
        """Show what changed while another screen was in front."""
        if self.is_mounted:
            self._show_if_changed()

    def on_resize(self) -> None:
        """Draw again where another layout fits the new width."""
        self._show_if_changed()

    def _notice(self) -> None:
        """Show what has changed; what is covered is drawn when it is seen again.

        Textual (8.2) draws all of the screen in front anew for what changes on one below.
        """
        if self.is_active or self.app.screen.is_modal:
            self.show()

    def _show_if_changed(self) -> None:
        if self._shown != self._state():
            self.show()

    def show(self) -> None:
        """Show the notebook as it is now."""
        if not self.is_running:
            return
        self.query_one("#heading", Heading).show(self.heading_left(), self.heading_right())
        self._show_banner()
        self.show_body()
        self.show_keys()
        self._shown = self._state()

    @property
    def is_there(self) -> bool:
        """Whether there still is what it shows."""
        return True

    def show_keys(self) -> None:
        """Show the keys of the place that has the focus; on its way out a screen shows none."""
        if self.is_there:
            self.query_one("#keys", KeyBar).commands = self.bar_commands()

    def show_body(self) -> None:
        """Show what is between heading and keys."""
        raise NotImplementedError

    def heading_left(self) -> Content:
        """Return what stands at the left of the heading."""
        raise NotImplementedError

    def heading_right(self) -> Content:
        """Return what stands at the right of the heading."""
        return self.save_light()

    def save_light(self) -> Content:
        """Return how safe everything is, in a word and a sign."""
        saving = self.notebook.saving
        if saving.error:
            return line((words.NOT_FILED, ALARM))
        return line((SAVING if saving.pending else SAVED, MUTED))

    def _show_banner(self) -> None:
        """Say what is wrong, for as long as it is."""
        sentence = words.banner(self.notebook.saving, self.notebook.problems)
        banner = self.query_one("#banner", Static)
        if sentence != self._sentence:
            self._sentence = sentence
            banner.update(Content(sentence))
            banner.display = bool(sentence)

    # -- helpers ---------------------------------------------------------------------------

    def ask(
        self,
        title: str,
        fields: tuple[Field, ...],
        save: Callable[[Values], None],
        *,
        key: str,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Open a form; ``then`` is called after something was saved."""
        from tui.screens import dialogs

        dialogs.ask(self.alongside, title, fields, save, key=key, then=then)

    async def open_find(self, placeholder: str, *, before: str) -> None:
        """Put a field to search in above a part of the screen, and the focus in it.

        It is there when this returns, so that words typed ahead go into it.
        """
        if not self.query("#find"):
            await self.mount(LineInput(placeholder=placeholder, id="find"), before=before)
        self.set_focus(self.query_one("#find"))

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused; says why where it is."""
        try:
            act()
        except (AlongsideError, WhenError) as error:
            self.alongside.say(str(error), is_problem=True)
            return False
        return True


def rule() -> Rule:
    """Return a thin line."""
    return Rule(line_style="solid")


class TalkSurface(Surface):
    """A surface of one one-to-one, with the same heading on each: one meeting, seen three ways."""

    def __init__(self, one_id: str) -> None:
        super().__init__()
        self.one_id = one_id

    @property
    def one(self) -> OneToOne:
        """The one-to-one, as it is now.

        Raises:
            NotFoundError: Where it has gone: others deleted it, or its file.
        """
        one = self.notebook.journal.one_to_ones.get(self.one_id)
        if one is None or one.person_id not in self.notebook.journal.people:
            raise NotFoundError(words.ONE_TO_ONE_GONE)
        return one

    @property
    def person(self) -> Person:
        """Whom it is with."""
        return self.notebook.journal.people[self.one.person_id]

    @property
    def is_there(self) -> bool:
        """Whether the one-to-one still exists: it may be deleted, or gone from the disk."""
        one = self.notebook.journal.one_to_ones.get(self.one_id)
        return one is not None and one.person_id in self.notebook.journal.people

    def show(self) -> None:
        """Show it; where it has gone, say so and go back."""
        if self.is_running and not self.is_there:
            self.alongside.say(words.ONE_TO_ONE_GONE)
            self.call_later(self.alongside.action_app_people)
            return
        super().show()

    def heading_left(self) -> Content:
        """Return who, where, who leads and when."""
        today = self.notebook.today()
        return talk_heading(self.person, self.one, today, is_narrow=self.is_narrow)

    def heading_right(self) -> Content:
        """Return how long ago the two talked, and how safe everything is."""
        journal = self.notebook.journal
        before = last_time(journal.one_to_ones_of(self.person.id), self.one)
        said = ""
        if before is not None:
            said = f"{say_gap((self.one.at.date() - before.at.date()).days)} since last time"
        return line((said, MUTED), "   ", self.save_light())
