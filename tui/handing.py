"""The driver that takes the terminal over from the first paint, with what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from tui.desk.tty import HeldTerminal

_ALTERNATE = "\x1b[?1049h"


def driver_after(held: HeldTerminal) -> type[LinuxDriver]:
    """Return a driver for a terminal that is held and painted on.

    Textual's own (8.2, ``drivers/linux_driver.py``) goes to the other screen once more, which many
    terminals clear for that, and would give the terminal back as it was held.
    """

    class TakingOver(LinuxDriver):
        _has_taken = False

        def start_application_mode(self) -> None:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if not self._has_taken:
                self._has_taken = True
                self.attrs_before: list[Any] | None = held.give()

        def write(self, data: str) -> None:
            if self._has_taken or not held.is_painted or data != _ALTERNATE:
                super().write(data)

    return TakingOver
