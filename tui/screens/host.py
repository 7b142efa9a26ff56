"""What screens ask of the app they are in, so that none of them needs to know it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from textual.screen import Screen

from tui.domain.people import Person
from tui.services.notebook import Notebook

if TYPE_CHECKING:
    from tui.desk.copying import Copied
    from tui.domain.ours import Outbound
    from tui.services.exports import Order

T = TypeVar("T")


@runtime_checkable
class Keeps(Protocol):
    """A screen on which something may be half typed."""

    def keep_now(self) -> None:
        """Keep what is typed, down to the last key."""


class Host(Protocol):
    """The app, as its screens see it."""

    notebook: Notebook
    """The one owner of the journal."""
    state: str
    """The folder of what this machine keeps beside the journal."""
    subtitle: str
    """What stands beside the program's name at home."""

    def say(self, sentence: str, *, is_problem: bool = False) -> None:
        """Say something in passing."""

    def copy(self, text: Outbound, then: Callable[[Copied], None]) -> None:
        """Copy a text; ``then`` hears what came of it."""

    def mail(self, url: Outbound, then: Callable[[str], None]) -> None:
        """Begin a mail in the manager's own program; ``then`` hears why not, or nothing."""

    def show_text_outside(self, path: str) -> None:
        """Show a saved text where the terminal's own selection works."""

    def write_out(self, asked: Order, folder: str) -> None:
        """Write an export into a folder; says where it is."""

    def read_aside(
        self, work: Callable[[], T], then: Callable[[T], None], broke: Callable[[str], T]
    ) -> None:
        """Read something without holding up the screen; ``then`` takes what came of it."""

    def edit_outside(self, text: str) -> str | None:
        """Have a text changed in the manager's own editor; None where it was left as it is."""

    def talk_began(self) -> None:
        """Do what the manager wants done when a talk begins."""

    def show_screen(self, screen: Screen[Any], then: Callable[[Any], None] | None = None) -> None:
        """Put a dialog in front; ``then`` takes what it returns."""

    def open_prepare(self, one_id: str) -> None:
        """Show the checklist of a one-to-one."""

    def open_listen(self, one_id: str, record_id: str = "") -> None:
        """Show the notes of a one-to-one; one of them highlighted, where it is named."""

    def open_board(self, person_id: str, record_id: str) -> None:
        """Show a person's follow-ups, one of them highlighted."""

    def open_deck(self, one_id: str) -> None:
        """Show the questions for a one-to-one."""

    def open_debrief(self, one_id: str) -> None:
        """Show the debrief of a one-to-one."""

    def open_summary(self, one_id: str) -> None:
        """Show what the colleague will read."""

    def show_person(self, person_id: str) -> None:
        """Go home, to a person."""

    def leave(self, screen: Screen[Any]) -> None:
        """Go back from a surface that was looked over another."""

    def open_person(self, person_id: str) -> None:
        """Show the card of a person."""

    def open_weeks(self) -> None:
        """Show the weeks ahead."""

    def visit_demo(self, *, is_guided: bool) -> None:
        """Close this journal, open a copy of the invented one, and come back afterwards."""

    def prepare_with(self, person: Person) -> None:
        """Prepare the next one-to-one with a person."""

    async def do(self, command_id: str) -> None:
        """Do a command as its key would."""

    def action_app_undo(self) -> None:
        """Take back the last thing that was done."""

    def action_app_redo(self) -> None:
        """Do again what was undone."""

    def action_app_search(self) -> None:
        """Find a line by its words."""

    def action_app_people(self) -> None:
        """Go home."""

    def action_app_prepare(self) -> None:
        """Prepare the one-to-one that is meant."""

    def action_app_schedule(self) -> None:
        """Plan the next one-to-one with the person who is meant, or move it."""

    def action_app_listen(self) -> None:
        """Take notes in the one-to-one that is meant."""

    def action_app_follow_ups(self) -> None:
        """Show the board."""
