"""The disk fails under the running app: full, read-only, gone, changed by others, linked.

Each time typing goes on, the screen says what is wrong, nothing is overwritten, and all is filed
when the fault is gone.
"""

from __future__ import annotations

import sys

import pytest

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

BEFORE = "said before it failed"
MEANWHILE = "said while it failed"
HALF = "a word that was on its w"
SOON = 5.0
"""Seconds for what should take one; the rest is for busy machines."""
