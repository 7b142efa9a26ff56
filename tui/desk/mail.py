"""A mail in the manager's own program, begun and never sent: whom it is for is written there."""

from __future__ import annotations

import sys
from contextlib import suppress

from tui.desk.seat import Seat
from tui.domain.ours import Outbound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE = 3.0
"""Seconds an opener may take to say that it failed. One that goes on may be the mail program."""
OPENERS = {
    "darwin": (("open",),),
    "win32": (("rundll32.exe", "url.dll,FileProtocolHandler"),),
    "linux": (("xdg-open",), ("gio", "open")),
    "wsl": (("wslview",), ("rundll32.exe", "url.dll,FileProtocolHandler")),
    "termux": (("termux-open-url",),),
}
"""What opens a link, by where it does. No shell sees the link."""


def open_mail(
    url: Outbound,
    environ: Mapping[str, str],
    *,
    is_web: bool = False,
    platform: str = sys.platform,
    patience: float = PATIENCE,
) -> str:
    """Have the mail program begin a mail; blocks for a few seconds at most.

    Args:
        url: The link, from `tui.services.outward.mail_url`.
        environ: The environment.
        is_web: Whether the screen is shown in a browser.
        platform: As `sys.platform`.
        patience: Seconds an opener may take to say that it failed.

    Returns:
        Why no mail was begun, as a sentence; empty where it was handed over.
    """
    if not url.startswith("mailto:"):
        return "There is no mail to begin."
    seat = Seat(environ, is_web=is_web)
    if seat.doubt:
        sit = "sit" if seat.is_far else "may sit"
        return f"You {sit} at another machine, and your mail program with you."
    where = _where(environ, platform)
    if where == "linux" and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return "There is no desktop here, so no mail program can be opened."
    return _open(url, where, environ, patience)


def _where(environ: Mapping[str, str], platform: str) -> str:
    if environ.get("WSL_DISTRO_NAME"):
        return "wsl"
    if environ.get("TERMUX_VERSION"):
        return "termux"
    return platform if platform in OPENERS else "linux"


def _open(url: str, where: str, environ: Mapping[str, str], patience: float) -> str:
    import os
    import subprocess
    from shutil import which

    path = environ.get("PATH", os.defpath)
    found = ((which(tool, path=path), tool, rest) for tool, *rest in OPENERS[where])
    opener = next(((at, tool, rest) for at, tool, rest in found if at), None)
    if opener is None:
        names = " or ".join(tool for tool, *_ in OPENERS[where])
        return f"No mail program can be opened here: {names} is missing."
    at, tool, rest = opener
    try:
        process = subprocess.Popen(
            [at, *rest, url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environ,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return f"No mail program can be opened here: {tool} cannot be started."
    code = 0
    with suppress(subprocess.TimeoutExpired):
        code = process.wait(patience)
    return f"No mail program took it: {tool} ended with {code}." if code else ""
