"""What has to be mended between Textual and the terminal."""

from __future__ import annotations

import codecs
from functools import partial
from typing import Any


def forgive_bad_bytes() -> None:
    """Have a byte that is not UTF-8 read as ``�`` where Textual would end the program.

    Textual's input thread (8.2, ``drivers/linux_driver.py``) decodes strictly: a single byte from a
    Latin-1 terminal, or a glitch on the line, ends the app. It can go when the driver decodes with
    ``errors="replace"`` itself.
    """
    try:
        from textual.drivers import linux_driver as driver
    except ImportError:  # another system, another driver
        return

    def decoder(encoding: str) -> Any:
        return partial(codecs.getincrementaldecoder(encoding), errors="replace")

    driver.getincrementaldecoder = decoder  # type: ignore[attr-defined]
