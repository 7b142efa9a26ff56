"""What dialogs have in common that follow the notebook, and go when what they show has gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from textual.screen import ModalScreen

from tui.screens.host import Host


class FollowingDialog(ModalScreen[None]):
    """A dialog that is drawn again whenever the notebook changes."""

    def __init__(self) -> None:
        super().__init__()
        self._is_going = False
        self._stop_listening: Callable[[], None] | None = None

    @property
    def alongside(self) -> Host:
        """The app."""
        return cast("Host", self.app)

    def follow(self, listener: Callable[[], None]) -> None:
        """Have a listener called after every change, as long as this is shown."""
        self._stop_listening = self.alongside.notebook.listen(listener)

    def stop_following(self) -> None:
        """Hear of no more changes."""
        if self._stop_listening is not None:
            self._stop_listening()

    def go(self, why: str) -> None:
        """Go, for what this shows has gone; says why, once.

        What lies over it, a form with half a line in it or the calm clock, stays until it is left:
        only then is this in front, and only what is in front can go.
        """
        if not self._is_going:
            self._is_going = True
            self.stop_following()
            self.alongside.say(why)
        self.alongside.leave(self)

    def on_screen_resume(self) -> None:
        """Go as soon as this is in front, where it should have gone meanwhile."""
        if self._is_going:
            self.call_later(self.alongside.leave, self)

    def on_unmount(self) -> None:
        """Stop following."""
        self.stop_following()
