"""How the app looks: as was chosen, and where nothing was, as the terminal does."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TypeVar

from rich.terminal_theme import TerminalTheme
from textual import events, on
from textual.app import App
from textual.filter import Monochrome, NoColor

from tui.contrast import as_it_is, in_256
from tui.desk.background import can_be_asked, guess_light, remember
from tui.desk.settings import read_settings
from tui.desk.themes import read_themes
from tui.theme import AUTO, DARK, LIGHT, THEMES, theme_of, variables_of

R = TypeVar("R")
ANSI_DARK, ANSI_LIGHT = "ansi-dark", "ansi-light"
"""Textual's two themes of the terminal's own sixteen colours."""
ASKED_FOR = "TEXTUAL_THEME"
"""The variable by which a run is given a theme, whatever the settings say."""


class LookApp(App[R]):
    """An app in one of our themes, Textual's, or the manager's own."""

    _wanted = AUTO
    """The name of the theme that was chosen, or that it goes by the terminal."""
    _worn = ""
    """The theme we took; another one was chosen in the palette since."""
    _is_see_through = False
    """Whether the ground of the terminal is behind all text."""
    look_mistakes: tuple[str, ...] = ()
    """What is wrong with the manager's own themes, or with the name of the theme."""

    def begin_look(self, environ: Mapping[str, str]) -> None:
        """Take the theme before anything is drawn; assigned, it would have styles parsed twice."""
        for ours in THEMES:
            self.register_theme(ours)
        own = read_themes(environ)
        for theme in own.themes:
            self.register_theme(theme_of(theme.name, theme.colours, is_dark=theme.is_dark))
        chosen = read_settings(environ)
        self._wanted = environ.get(ASKED_FOR) or chosen.theme
        self._see_through(chosen.is_see_through)
        mistakes = list(own.mistakes)
        if self._wanted != AUTO and self._wanted not in self.available_themes:
            from tui.words.settings import no_such_theme

            mistakes.append(no_such_theme(self._wanted))
            self._wanted = AUTO
        self.look_mistakes = tuple(mistakes)
        self._worn = self._theme_for(self._wanted, is_light=guess_light(environ))
        self.set_reactive(LookApp.theme, self._worn)
        self._refresh_truecolor_filter(self.ansi_theme)
        is_dark = self.current_theme.dark
        self.update_classes({"-dark-mode": is_dark, "-light-mode": not is_dark}, update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def wear(self, wanted: str) -> None:
        """Take another theme, by its name, or go by the terminal; what is not known is not worn.

        What is to be behind it is read from the settings again.
        """
        if wanted != AUTO and wanted not in self.available_themes:
            return
        self._wanted = wanted
        self._see_through(read_settings(os.environ).is_see_through)
        self._worn = self._theme_for(wanted, is_light=guess_light(os.environ))
        self.theme = self._worn
        self._refresh_truecolor_filter(self.ansi_theme)
        self.refresh_css(animate=False)
        self.ask_background()

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme, with ours, so that all text can be read.

        Textual asks before there is a theme; nothing is worked out for that.
        """
        if not self._worn:
            return {}
        shown = in_256 if self.console.color_system == "256" else as_it_is
        found = variables_of(self.current_theme, super().get_css_variables(), shown=shown)
        if self._is_see_through:
            found["background"] = "ansi_default"
        self.theme_variables = found
        return found

    def _see_through(self, is_so: bool) -> None:
        """Have the terminal's own ground behind all text, or that of the theme."""
        self._is_see_through = is_so
        self.set_reactive(LookApp.ansi_color, True if is_so else None)

    def remember_colours(self) -> None:
        """Keep the colours for what is painted before Textual is there, at the next start."""
        many = self.console.color_system
        if many is not None and not self.is_headless:
            from tui.desk.colours import remember

            remember(os.environ, (self.theme, many), self.theme_variables)

    def _theme_for(self, wanted: str, *, is_light: bool) -> str:
        """Return the theme to wear; where there are but sixteen colours, they are the terminal's.

        Colours near to those of a theme would be hard to read, and they are not near.
        """
        theme = self.get_theme(wanted)
        if self.console.color_system in ("truecolor", "256"):
            return theme.name if theme else (LIGHT if is_light else DARK).name
        if theme is not None and theme.ansi:
            return theme.name
        return ANSI_DARK if (theme.dark if theme else not is_light) else ANSI_LIGHT

    # -- the terminal ----------------------------------------------------------------------

    @on(events.AppFocus)
    def ask_background(self) -> None:
        """Ask the terminal for its background, where that matters; it may answer when it likes."""
        driver = self._driver
        if driver is None or driver.is_headless or driver.is_web or not self._goes_by_terminal():
            return
        if can_be_asked(os.environ):
            from tui.desk.answers import QUERY

            driver.write(QUERY)

    def hear_background(self, answer: str) -> None:
        """Take what the terminal answers, in the thread that reads it."""
        self.call_later(self._take_background, answer)

    def _take_background(self, answer: str) -> None:
        from tui.desk.answers import is_light

        light = is_light(answer)
        if light is None or not self._goes_by_terminal():
            return
        if light != guess_light(os.environ):
            remember(os.environ, is_light=light)
        self._worn = self._theme_for(AUTO, is_light=light)
        self.theme = self._worn

    def _goes_by_terminal(self) -> bool:
        return self._wanted == AUTO and self.theme == self._worn

    def _refresh_truecolor_filter(self, theme: TerminalTheme) -> None:
        """Have what takes the colours away, for NO_COLOR, go by the theme as well.

        Textual (8.2, ``app.py``) chooses it once, when the app is made: in a theme of the
        terminal's own colours text would then be black on black. It can go when Textual chooses it
        here.
        """
        super()._refresh_truecolor_filter(theme)
        for place, taken in enumerate(self._filters):
            if isinstance(taken, NoColor | Monochrome):
                self._filters[place] = NoColor() if self.native_ansi_color else Monochrome()
