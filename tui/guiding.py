"""How the app guides somebody through a first one-to-one, on a copy that is thrown away."""

from __future__ import annotations

import re
from typing import Any, TypeVar, cast

from textual.content import Content
from textual.screen import Screen

from tui.commands import Area, key_for
from tui.domain.onetoones import Status
from tui.going import GoingApp
from tui.widgets.keybar import KeyBar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.desk.copying import Copied
    from tui.domain.guide import CopyFor, Guide, Place, Seen
    from tui.domain.ours import Outbound
    from tui.screens.host import Host
    from tui.widgets.guide import Told

R = TypeVar("R")
_IN_BRACES = re.compile(r"\{([a-z.-]+)\}")
_GUIDED = "-guided"
"""The class of a screen on which the strip is."""


class GuidingApp(GoingApp[R]):
    """An app that says what comes next, and moves on by itself when that is done.

    Screens know nothing of it: the strip is put above their keys, and what was done is read off the
    journal.
    """

    def __init__(self) -> None:
        super().__init__()
        self.goes_to: CopyFor | None = None
        """What to open a copy for when this journal is closed."""
        self._is_copy = False
        self._goes_back = False
        self._guide: Guide | None = None
        self._tried: frozenset[str] = frozenset()

    def begin_copy(self, copy_for: CopyFor) -> None:
        """Say that this is a copy which is thrown away, and guide whoever wants that."""
        self._is_copy, self._goes_back = True, copy_for.goes_back
        self.notebook.listen(self._look)
        self.screen_change_signal.subscribe(self, self._moved)
        if copy_for.is_guided:
            self._start_guide()
        else:
            self._look()

    # -- keys ------------------------------------------------------------------------------

    def action_app_guide(self) -> None:
        """Guide through a first one-to-one, or end the guide."""
        if not self._is_copy:
            self._offer_guide()
        elif self._guide is None:
            self._start_guide()
        else:
            self._guide = None
            self._look()

    def action_app_guide_skip(self) -> None:
        """Go on to the guide's next step."""
        if self._guide is None:
            from tui.words import guide as words

            self.say(words.NOT_BEING_GUIDED)
        else:
            self._guide = self._guide.skipping()
            self._look()

    def _start_guide(self) -> None:
        from tui.domain.guide import Guide

        self._guide = Guide(self._seen())
        today = self.notebook.today()
        coming = (o for o in self.notebook.journal.one_to_ones.values() if o.at.date() == today)
        of_today = next((one for one in coming if one.status is Status.PLANNED), None)
        if of_today is not None and len(self.screen_stack) == 1:
            self._home().reveal(of_today.person_id)
        self._look()

    def _offer_guide(self) -> None:
        """Ask before the manager's own journal is closed; an empty one holds nobody up."""
        from tui.screens.dialogs import ask_to_visit
        from tui.words import guide as words

        if self.is_in_dialog():
            return
        if self.notebook.journal.people:
            ask_to_visit(cast("Host", self), words.GUIDE_ELSEWHERE)
        else:
            self.visit_demo(is_guided=True)

    def visit_demo(self, *, is_guided: bool) -> None:
        """Close this journal and open the invented one; whoever opened this one comes back to it.

        So nothing that is tried out there can ever get in here.
        """
        if self.is_web or self._is_copy:  # one app to a page; and this one is invented already
            from tui.words import guide as words

            self.say(words.DEMO_ELSEWHERE)
            return
        from tui.domain.guide import CopyFor

        self.goes_to = CopyFor(is_guided=is_guided, goes_back=True)
        self.action_app_quit()

    def action_app_quit(self) -> None:
        """Close."""
        raise NotImplementedError

    def copy(self, text: Outbound, then: Callable[[Copied], None]) -> None:
        """Copy a text; the guide goes on whatever comes of it, for that is said on the screen."""
        from tui.domain.guide import Place

        def heard(copied: Copied) -> None:
            then(copied)
            if self._is_copy and self._place() is Place.SUMMARY:
                self._tried |= {f"copy {len(self._tried)}"}
                self._look()

        super().copy(text, heard)

    # -- looking ---------------------------------------------------------------------------

    def _moved(self, screen: Screen[Any]) -> None:
        screen.call_after_refresh(self._look)  # what it consists of is there then

    def _place(self) -> Place:
        """Return where one is now."""
        from tui.domain.guide import Place

        areas: tuple[Area, ...] = getattr(self.screen, "help_areas", tuple)()
        places = {
            Area.PEOPLE: Place.HOME,
            Area.PREPARE: Place.PREPARE,
            Area.DECK: Place.QUESTIONS,
            Area.ENTRY: Place.LISTEN,
            Area.DEBRIEF: Place.DEBRIEF,
            Area.BOARD: Place.BOARD,
            Area.SUMMARY: Place.SUMMARY,
        }
        return next((places[area] for area in areas if area in places), Place.ELSEWHERE)

    def _seen(self) -> Seen:
        from tui.domain.guide import seen_in

        return seen_in(self.notebook.journal, self._place(), self._tried)

    def _look(self) -> None:
        """Notice what was done, and say what comes next."""
        if not self.is_running or not self.screen_stack:
            return
        if self._guide is not None:
            self._guide = self._guide.looking(self._seen())
        self._show_strip(self._told())

    def _told(self) -> Told | None:
        """Return what the strip says here, if anything."""
        from tui.domain.guide import STEPS, Place
        from tui.widgets.guide import Told
        from tui.words import guide as words

        guide, place = self._guide, self._place()
        if guide is None:
            said = words.THROW_AWAY + (words.GOES_BACK if self._goes_back else "")
            return Told(_with_keys(said)) if place is Place.HOME else None
        if guide.step is None:
            return Told(_with_keys(words.ALL_AND_BACK if self._goes_back else words.ALL_OF_IT))
        person = self._person_meant()
        name = person.first_name if person else words.SOMEBODY
        number = Content.styled(words.step_of(guide.number, len(STEPS)), "$muted")
        keys = _with_keys(words.HOW_TO_LEAVE).stylize_before("$muted")
        return Told(number + _with_keys(guide.step.say(place), name), keys)

    def _show_strip(self, told: Told | None) -> None:
        """Put the strip above the keys of the screen in front, or take it away."""
        from tui.widgets.guide import GuideStrip

        screen = self.screen
        strips = screen.query(GuideStrip)
        if told is None:
            strips.remove()
            screen.remove_class(_GUIDED)
        elif strips:
            strips.first().show(told)
        else:
            bar = next(iter(screen.query(KeyBar)), None)
            if bar is not None and bar.parent is screen:
                screen.add_class(_GUIDED)
                screen.mount(GuideStrip(told), before=bar)


def _with_keys(said: str, name: str = "") -> Content:
    """Return a sentence with the keys of the actions in it, and the person's name, as plain text.

    Args:
        said: The sentence; an action's id in braces stands for its key.
        name: What stands for ``{name}``.
    """
    parts: list[str | tuple[str, str]] = []
    for number, part in enumerate(_IN_BRACES.split(said)):
        if number % 2 == 0:
            parts.append(part)
        else:
            parts.append(name if part == "name" else (key_for(part), "bold"))
    return Content.assemble(*(part for part in parts if part))
