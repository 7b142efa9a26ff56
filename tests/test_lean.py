"""Textual is loaded without what home does not need, and is all there afterwards."""

from __future__ import annotations

import subprocess
import sys

LOADED = """\
import sys
from tui.lean import import_textual
import_textual()
import textual.app
left_out = {"ssl", "platformdirs", "textual.types", "textual.widgets._select"}
assert not left_out & set(sys.modules), left_out & set(sys.modules)
"""
AFTERWARDS = """\
import ssl, platformdirs, textual.types
from textual.types import IgnoreReturnCallbackType, SelectType
from textual.widgets import Select, DirectoryTree
assert ssl.SSLContext and platformdirs.user_data_dir
assert textual.app.user_downloads_path() == platformdirs.user_downloads_path()
"""
ASKED_FOR_MORE = """\
import sys
from tui.lean import StandIn
sys.modules["colorsys"] = StandIn("colorsys", {"ONE_THIRD": lambda: "known"})
from colorsys import ONE_THIRD
assert ONE_THIRD == "known" and isinstance(sys.modules["colorsys"], StandIn)
from colorsys import rgb_to_hls
assert rgb_to_hls(0, 0, 0) == (0.0, 0.0, 0.0)
assert not isinstance(sys.modules["colorsys"], StandIn)
"""


def run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_what_home_does_not_need_is_not_loaded_and_can_be_had_afterwards() -> None:
    run(LOADED + AFTERWARDS)


def test_a_stand_in_that_is_asked_for_more_gives_the_real_thing() -> None:
    run(ASKED_FOR_MORE)
