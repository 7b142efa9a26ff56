"""Where the person sits: at this machine, at another one, or nobody can tell.

A clipboard of this machine that was read back proves nothing to somebody who sits elsewhere, and a
mail program opened here is of no use to them.
"""

from __future__ import annotations

import os

from tui.desk.tools import LATE, NO_START, PATIENCE, run_tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Seat:
    """Where the person at the keyboard sits, as far as the environment tells."""

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        is_web: bool = False,
        timeout: float = PATIENCE,
    ) -> None:
        """Look at the surroundings; asks tmux, where there is one.

        Args:
            environ: The environment.
            is_web: Whether the screen is shown in a browser.
            timeout: Seconds tmux may take to answer.
        """
        self.is_far = True
        """Whether they sit at another machine, or probably do."""
        self.doubt = ""
        """Why what this machine has may not be where the person is: follows its name."""
        self.is_by_ssh = False
        """Whether they came by the connection this process knows, for sure."""
        if is_web:
            self.doubt = "belongs to the machine that serves this page"
        elif any(map(environ.get, ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))):
            self.doubt = "is on the far side of SSH"
            self.is_by_ssh = not (environ.get("TMUX") or environ.get("STY"))
        elif environ.get("TMUX"):
            self.doubt = _doubt_of_tmux(environ, timeout)
            self.is_far = bool(self.doubt)
        else:
            self.is_far = False
            if environ.get("STY"):  # it never learns from where it is taken up
                self.doubt = "may be out of reach: screen does not tell where you are"


def _doubt_of_tmux(environ: Mapping[str, str], timeout: float) -> str:
    """Return whether a session is shown at another machine.

    One that was begun at the desk and taken up over SSH keeps the desk's environment; only tmux
    knows better (the trap of openai/codex issue 45068).
    """
    from shutil import which

    tmux = which("tmux", path=environ.get("PATH", os.defpath))
    ask = [tmux or "tmux", "show-environment", "SSH_CONNECTION"]
    why, said = run_tool(ask, environ, timeout=timeout) if tmux else (NO_START, b"")
    if why in (LATE, NO_START):
        return "may be out of reach: tmux did not tell where you are"
    return "is on the far side of SSH" if said.startswith(b"SSH_CONNECTION=") else ""
