"""Reads a backup, which may have come from anywhere: no more of it than a journal can be."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterable

from tui.domain.text import plural
from tui.errors import DamagedError, NotFoundError
from tui.store.names import JOURNAL_FILE, PEOPLE_FOLDER

MOST_FILES = 100_000
"""Talks of twenty people, each week for ninety-six years."""
MOST_BYTES = 512_000_000
"""What all files may come to: a hundred thousand talks of five kB."""
_DEPTH = 3
"""Names in the path of a file: the folder of all people, a person's, the file."""


def read_backup(path: str) -> dict[str, bytes]:
    """Return the files in a backup, by their paths within the journal.

    Hidden files, of which a journal has none, are passed over, whatever program put them there.

    Raises:
        NotFoundError: Where there is none.
        DamagedError: Where it cannot be read, is no backup of a journal, or unpacks to more than
            a journal can be.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            check_size([info.file_size for info in infos], os.path.getsize(path), path)
            found = {info.filename: _bytes_in(archive, info) for info in infos}
    except FileNotFoundError as error:
        raise NotFoundError(f"There is no backup {path}.") from error
    except DamagedError:
        raise
    except Exception as error:  # zipfile raises a dozen kinds for bytes that have turned
        raise DamagedError(f"{path} cannot be read as a backup. Nothing was changed.") from error
    if not any(name == JOURNAL_FILE or name.startswith(f"{PEOPLE_FOLDER}/") for name in found):
        raise DamagedError(f"{path} is no backup of a journal. Nothing was changed.")
    for name in found:
        if _leads_out(name):
            raise DamagedError(f"{path} names a file outside of a journal. Nothing was changed.")
    if any(stat.S_ISLNK(info.external_attr >> 16) for info in infos):
        raise DamagedError(f"{path} has a link in it, which no backup has. Nothing was changed.")
    files = {n: data for n, data in found.items() if not (n.endswith("/") or _is_hidden(n))}
    if any(name.count("/") >= _DEPTH for name in files):
        raise DamagedError(f"{path} names a folder that no journal has. Nothing was changed.")
    return {os.path.join(*name.split("/")): data for name, data in files.items()}


def check_size(sizes: Iterable[int], packed: int, path: str) -> None:
    """Raise where some files are more than a journal can be.

    Args:
        sizes: Theirs, in bytes.
        packed: How many bytes they are packed into; twice that is never too much, for pictures
            that somebody has put beside their notes.
        path: The backup.

    Raises:
        DamagedError: Where they are.
    """
    sizes = tuple(sizes)
    if len(sizes) > MOST_FILES:
        raise DamagedError(
            f"{path} has {plural(len(sizes), 'file')} in it, more than the {MOST_FILES} a journal "
            "can be. Nothing was changed."
        )
    if sum(sizes) > max(MOST_BYTES, 2 * packed):
        raise DamagedError(
            f"{path} would unpack to {sum(sizes) // 10**6} MB, more than the "
            f"{MOST_BYTES // 10**6} MB a journal can be. Nothing was changed."
        )


def _bytes_in(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return a file's bytes, of which there are no more than the archive says.

    Asked for all of it, zipfile unpacks whatever is there before it compares.
    """
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile
    with archive.open(info) as file:
        data = file.read(info.file_size + 1)
        if len(data) != info.file_size or file.read(1):
            raise zipfile.BadZipFile
    return data


def _leads_out(name: str) -> bool:
    """Return whether a name would lead out of the journal, on this system or any."""
    is_other = os.name == "nt" and ("\\" in name or ":" in name)
    return name.startswith("/") or ".." in name.split("/") or "\0" in name or is_other


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))
