"""The file a text is in while nobody knows whether it reached the clipboard.

It is there for the person's eyes alone, and removed when the app is opened the next time, unless it
was changed since: then it is theirs. Renamed or moved, it is theirs as well.
"""

from __future__ import annotations

import os
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

RESCUE_NAME = "summary.md"
_MARK = 123_456_700
"""Nanoseconds within the second at which our own file was last changed, as we say: whoever saves it
anew gives it other ones. A file system that cannot keep them keeps the file."""
_SECOND = 1_000_000_000


def rescue_copy(text: str, folder: Path) -> Path:
    """Keep `text` in a private file (0600) of `folder`, made (0700) if missing; return its path.

    What was kept there before is replaced in one step; a link in its place is replaced too, not
    followed; one that was changed by hand steps aside.

    Raises:
        OSError: it cannot be written; an earlier one is then untouched.
    """
    from tempfile import mkstemp

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=f".{RESCUE_NAME}-", dir=folder)
    draft, place = folder / name, folder / RESCUE_NAME
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(handle)
        at = draft.stat().st_mtime_ns // _SECOND * _SECOND + _MARK
        os.utime(draft, ns=(at, at))
        _step_aside(place)
        return draft.replace(place)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _step_aside(place: Path) -> None:
    """Give a file that somebody changed a name of its own, so that it is not written over."""
    if not place.is_file() or place.is_symlink() or _is_ours(str(place)):
        return
    number = 2
    while (other := place.with_stem(f"{place.stem}-{number}")).exists() or other.is_symlink():
        number += 1
    place.rename(other)


def _is_ours(path: str) -> bool:
    return os.lstat(path).st_mtime_ns % _SECOND == _MARK


def remove_saved(folder: str) -> None:
    """Remove what an earlier run has kept, if it is as it was left."""
    path = os.path.join(folder, RESCUE_NAME)
    with suppress(OSError):
        if _is_ours(path):
            os.unlink(path)
