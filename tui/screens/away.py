"""Away: a calm clock, or nothing. No name, no note, no sound; any key comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Center, Middle
from textual.screen import Screen
from textual.widgets import Digits


class AwayScreen(Screen[int]):
    """Shows the time of day and nothing else; returns the minutes one was away."""

    CSS_PATH = "away.tcss"
    AUTO_FOCUS = ""

    def __init__(self, now: Callable[[], datetime], *, shows_clock: bool) -> None:
        """Be away.

        Args:
            now: Tells the time.
            shows_clock: Whether to show it.
        """
        super().__init__()
        self._now = now
        self._shows_clock = shows_clock
        self._since = now()
        self._shown = ""

    def compose(self) -> ComposeResult:
        """Put the clock in the middle."""
        if self._shows_clock:
            with Middle(), Center():
                yield Digits(self._clock(), id="clock")

    def on_mount(self) -> None:
        """Go with the time, once a minute."""
        if self._shows_clock:
            self.set_interval(1.0, self._show_clock)

    def _clock(self) -> str:
        return f"{self._now():%H:%M}"

    def _show_clock(self) -> None:
        if (said := self._clock()) != self._shown:
            self._shown = said
            self.query_one(Digits).update(said)

    def come_back(self) -> None:
        """End being away."""
        minutes = int((self._now() - self._since).total_seconds() // 60)
        self.dismiss(max(0, minutes))

    def on_key(self, event: events.Key) -> None:
        """Come back by any key, which does nothing else."""
        event.stop()
        event.prevent_default()
        self.come_back()

    def on_paste(self, event: events.Paste) -> None:
        """Come back; what is pasted goes nowhere."""
        event.stop()
        self.come_back()

    def on_click(self) -> None:
        """Come back by a click."""
        self.come_back()
