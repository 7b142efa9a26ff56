"""The manager's own template for summaries: one file beside the settings; there need not be one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from tui.desk.places import config_root
from tui.desk.settings import read_settings

FILE = "summary.txt"
AT_MOST = 100_000
"""Bytes; a file that is longer was not meant."""


class OwnFile(NamedTuple):
    """The file as it is."""

    path: str
    text: str = ""
    problem: str = ""
    """Why it cannot be read, as a sentence."""
    me: str = ""
    """What the manager is called, where they said so in their settings."""


def own_summary_path(environ: Mapping[str, str]) -> str:
    """Return where the file is, or would be."""
    return os.path.join(config_root(environ), FILE)


def read_own_summary(environ: Mapping[str, str]) -> OwnFile | None:
    """Return the file; None where there is none."""
    path = own_summary_path(environ)
    try:
        if not os.path.isfile(path) and os.path.exists(path):
            return OwnFile(path, problem=f"{path} is not a file.")
        with open(path, "rb") as file:
            data = file.read(AT_MOST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        return OwnFile(path, problem=f"{path}: {error.strerror}.")
    if len(data) > AT_MOST:
        return OwnFile(path, problem=f"{path} is longer than {AT_MOST // 1000} kB.")
    try:
        return OwnFile(path, data.decode("utf-8-sig"), me=read_settings(environ).name)
    except UnicodeDecodeError:
        return OwnFile(path, problem=f"{path} is not text in UTF-8.")
