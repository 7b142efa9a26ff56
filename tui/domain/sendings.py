"""Sendings: what left the machine as the summary of a one-to-one, and when."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Sending(NamedTuple):
    """A summary that was copied, or handed to the mail program: what it said, and when."""

    id: str
    at: datetime
    """When, local time."""
    form: str
    """In which format."""
    how: str
    """Which way it went: the clipboard's name, or "mail"."""
    text: str
    """What it said, in plain text whatever the format, so that two can be compared."""
