"""Sendings: what left the machine as the summary of a one-to-one, and when."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

MAIL = "mail"
"""The way of a summary that was handed to the mail program."""
UNCHECKED = " (not checked)"
"""After the way of a summary that went to something that cannot be asked whether it arrived."""


class Sending(NamedTuple):
    """A summary that was copied, or handed to the mail program: what it said, and when."""

    id: str
    at: datetime
    """When, local time."""
    form: str
    """In which format."""
    how: str
    """Which way it went: the clipboard's name, with `UNCHECKED` after it perhaps, or `MAIL`."""
    text: str
    """What it said, in plain text whatever the format, so that two can be compared."""
    edits: str = ""
    """What was changed by hand for it, as the preview keeps that; empty where nothing was."""
