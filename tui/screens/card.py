"""The cue card: three cue words, one promise, one thank-you; to look at, to copy, to carry."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui import words
from tui.bindings import bindings_of
from tui.commands import Area, commands_of
from tui.desk.clipboard import Outcome
from tui.desk.copying import Copied
from tui.domain.ours import CueCard
from tui.domain.text import clean_line
from tui.render import ALARM, AMBER, MUTED, line, text
from tui.screens import dialogs
from tui.screens.form import Field
from tui.screens.host import Host
from tui.screens.surface import Surface
from tui.services import course
from tui.services.outward import card_text, cue_card
from tui.widgets.keybar import KeyBar


class CardScreen(ModalScreen[None]):
    """Shows the cue card of a one-to-one and copies it."""

    CSS_PATH = "card.tcss"
    HORIZONTAL_BREAKPOINTS = Surface.HORIZONTAL_BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.CARD)

    def __init__(self, one_id: str) -> None:
        super().__init__()
        self._one_id = one_id
        self._saved = ""

    @property
    def alongside(self) -> Host:
        """The app."""
        return cast("Host", self.app)

    @property
    def card(self) -> CueCard:
        """The card as it is now."""
        notebook = self.alongside.notebook
        one = notebook.journal.one_to_ones[self._one_id]
        return cue_card(notebook.journal, one, notebook.today())

    def compose(self) -> ComposeResult:
        """Put the card above what can be done with it."""
        with Container(id="middle"), VerticalScroll(id="card"):
            yield Static("", id="face", markup=False)
        yield Static("", id="copied", markup=False)
        yield KeyBar(commands_of(Area.CARD), id="keys")

    def on_mount(self) -> None:
        """Show it, and what changes in it."""
        self._stop_listening = self.alongside.notebook.listen(self._show)
        self._show()
        self.query_one("#card").focus()

    def on_unmount(self) -> None:
        """Stop following."""
        self._stop_listening()

    def _show(self) -> None:
        if self._one_id not in self.alongside.notebook.journal.one_to_ones:
            self.alongside.say(words.ONE_TO_ONE_GONE)
            self.dismiss()
            return
        self.query_one("#face", Static).update(Content("\n").join(_face(self.card)))

    def help_areas(self) -> tuple[Area, ...]:
        """Return the areas the help explains here."""
        return (Area.CARD,)

    def action_card_copy(self) -> None:
        """Copy it, and say truly what came of it."""
        self.query_one("#copied", Static).update(line(("Copying …", MUTED)))
        self.alongside.copy(card_text(self.card), self._say)

    def _say(self, copied: Copied) -> None:
        if self not in self.app.screen_stack:
            self.alongside.say(copied.sentence, is_problem=copied.outcome is Outcome.FAILED)
            return
        style = ALARM if copied.outcome is Outcome.FAILED else "bold"
        self._saved = copied.path
        self.query_one("#copied", Static).update(line((copied.with_key("o"), style)))

    def action_card_open(self) -> None:
        """Show what was saved where the terminal's own selection works."""
        if self._saved:
            self.alongside.show_text_outside(self._saved)

    def action_card_thanks(self) -> None:
        """Write down what to thank them for."""
        notebook = self.alongside.notebook
        one = notebook.journal.one_to_ones[self._one_id]
        field = Field("thanks", "What they did, when, and what it changed", one.thanks)

        def save(values: dict[str, str]) -> None:
            course.edit(notebook, one, one._replace(thanks=clean_line(values["thanks"])))

        dialogs.ask(self.alongside, "One thank-you", (field,), save, key=f"thanks:{one.id}")

    def action_card_close(self) -> None:
        """Go back."""
        self.dismiss()


def _face(card: CueCard) -> list[Content]:
    """Return the card as it is shown: the cue words first, to be taken in at a glance."""
    parts = [line((card.name, "bold"), (f"  {card.when}", MUTED)), Content("")]
    cues = [text(f"  {cue}", "bold") for cue in card.cues]
    parts += cues or [text("  no questions yet: q on the checklist offers some", MUTED)]
    parts.append(Content(""))
    if card.promise:
        parts += [line(("I promised  ", MUTED), text(card.promise, AMBER))]
    if card.thanks:
        parts += [line(("Thank you  ", MUTED), text(card.thanks))]
    else:
        parts += [line(("Thank you  ", MUTED), ("t: what for, and which moment", MUTED))]
    parts += [Content(""), text(" · ".join(f for f in (card.leads, card.where) if f), MUTED)]
    return [*parts, text(card.intention, f"{MUTED} italic")] if card.intention else parts
