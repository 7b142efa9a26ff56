"""The main job, end to end, in a real terminal: from an empty journal to a summary sent."""

from __future__ import annotations

import re
import sys

import pytest

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

from datetime import timedelta  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

from tests.pty.driver import Terminal, wait_until  # noqa: E402

if TYPE_CHECKING:
    from tests.pty.driver import House

HEARD = "I keep losing the thread between incidents"
