"""Where the journal and the program's own files are on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple
from zlib import crc32

from tui.domain.text import slug
from tui.errors import UsageError

APP = "alongside"
JOURNAL_VARIABLE = "ALONGSIDE_JOURNAL"


class Place(NamedTuple):
    """Where one journal lives."""

    journal: str
    """The journal's folder: only the journal, so that it can be synced, kept in git, copied."""
    state: str
    """Lock, log and drafts of this journal on this machine; never synced."""


def place_of(journal: str | None, environ: Mapping[str, str]) -> Place:
    """Return where the journal is: as asked, else as the environment says, else the default.

    Args:
        journal: What ``--journal`` said, if anything.
        environ: The environment.

    Raises:
        UsageError: Where the path asked for is empty.
    """
    asked = journal if journal is not None else environ.get(JOURNAL_VARIABLE)
    if asked is not None and not asked.strip():
        raise UsageError("The path of the journal is empty. Name a folder.")
    folder = os.path.abspath(os.path.expanduser(asked)) if asked else _default_journal(environ)
    real = os.path.realpath(folder)
    name = f"{slug(os.path.basename(real))}-{crc32(os.fsencode(real)):08x}"
    return Place(folder, os.path.join(state_root(environ), name))


def _default_journal(environ: Mapping[str, str]) -> str:
    return os.path.join(_root("data", "XDG_DATA_HOME", ".local/share", environ), "journal")


def config_root(environ: Mapping[str, str]) -> str:
    """Return the folder of what the manager has chosen."""
    return _root("config", "XDG_CONFIG_HOME", ".config", environ)


def state_root(environ: Mapping[str, str]) -> str:
    """Return the folder of what is remembered on this machine, whichever journal is open."""
    return _root("state", "XDG_STATE_HOME", ".local/state", environ)


def _root(kind: str, variable: str, below_home: str, environ: Mapping[str, str]) -> str:
    """Return this program's folder of one kind.

    On Linux and the BSDs the XDG base directory specification is two lines; elsewhere platformdirs
    knows, whose import costs more than a whole run of ``alongside people`` may.
    """
    if sys.platform in ("darwin", "win32", "cygwin"):
        import platformdirs

        find = {
            "data": platformdirs.user_data_dir,
            "state": platformdirs.user_state_dir,
            "config": platformdirs.user_config_dir,
        }[kind]
        return find(APP, appauthor=False)
    root = environ.get(variable, "")
    if not os.path.isabs(root):
        root = os.path.join(os.path.expanduser("~"), below_home)
    return os.path.join(root, APP)
