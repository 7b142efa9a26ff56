"""The child process in which pyperclip copies, reads back and compares.

It is run as a script by `tui.desk.clipboard` and answers by its exit status alone: no pipe that a
tool staying in the background could hold open, no output that could reach the terminal. It knows
nothing but the standard library and pyperclip.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Zero is none of them: a stranger that merely ends well proves nothing.
AGREED, DIFFERED, BROKE = 42, 43, 44


def serve(mechanism: str, library: str) -> int:
    """Copy standard input by one of pyperclip's mechanisms, read it back, return what came of it.

    Args:
        mechanism: As pyperclip calls it, or ``wsl``, or ``auto`` for what it finds itself.
        library: The folder pyperclip is in.
    """
    from importlib import import_module
    from time import sleep

    text = sys.stdin.buffer.read().decode()
    sys.path.append(library)
    if mechanism == "pbcopy":  # without UTF-8 it writes MacRoman; LC_ALL would overrule LC_CTYPE
        os.environ.pop("LC_ALL", None)
        os.environ["LC_CTYPE"] = "UTF-8"
    for toolkit in ("qtpy", "PyQt5"):  # their clipboard ends with us, so reading it proves nothing
        sys.modules[toolkit] = None  # type: ignore[assignment]
    try:
        clip: Any = import_module("pyperclip")
        if mechanism == "wsl":  # has no name in pyperclip
            clip.copy, clip.paste = clip.init_wsl_clipboard()
        elif mechanism != "auto":
            clip.set_clipboard(mechanism)
        clip.copy(text)
        for pause in (0, 0.02, 0.06):  # xsel is sent to the background before it owns the clipboard
            sleep(pause)
            held = clip.paste()
            if mechanism in {"windows", "wsl"}:
                text, held = text.replace("\r\n", "\n"), held.replace("\r\n", "\n")
            if held == text:
                return AGREED
    except Exception:  # noqa: BLE001 - all the ways a tool can break are one to the person
        return BROKE
    return DIFFERED


if __name__ == "__main__":
    sys.exit(serve(*sys.argv[1:]))
