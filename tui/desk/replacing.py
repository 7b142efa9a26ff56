"""Small files of this machine, replaced at once and whole."""

from __future__ import annotations

import os
from contextlib import suppress


def replace_file(path: str, text: str, mode: int = 0o600) -> None:
    """Write a text over a file, for its owner alone; its folder is made where there is none.

    Raises:
        OSError: Where the disk refuses; what was there is as it was, and nothing is left beside it.
    """
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    part = f"{path}.{os.getpid()}.tmp"
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with open(os.open(part, flags, mode), "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            os.unlink(part)
        raise
