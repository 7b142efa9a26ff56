"""Stopped, set back in time, broken in the thread that saves, killed: what was typed is there.

    PYTHONPATH=. python -m tests.pty.test_stops 200

kills the app so many times at a moment of chance while somebody types, and prints what was lost.
"""

from __future__ import annotations

import sys

import pytest

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

NOTE = "a word that was written"
HALF = "a word that was on its w"
SOON = 5.0
"""Seconds for what should take one; the rest is for busy machines."""
