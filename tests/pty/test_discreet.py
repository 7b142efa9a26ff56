"""What one writes is on the screen and in the journal: in no title, notification or log."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pty.driver import ROOT, write_line

if TYPE_CHECKING:
    from tests.pty.driver import House

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

OURS, MINE, NAME = "canary of ours", "canary of mine", "Canary Okafor"
_OSC = re.compile(rb"\x1b\]([^;\x07\x1b]*)([^\x07\x1b]*)")
COPIES, POINTER, BACKGROUND = b"52", b"22", b"11"
"""What the terminal is asked besides drawing: to copy, the shape of the mouse's pointer, and
whether it is dark or light."""


def test_no_title_no_notification_no_log(house: House) -> None:
    """Through all surfaces, with Textual's own log wanted; then the machine is looked through."""
    log = house.folder / "textual.log"
    house.environ |= {"TEXTUAL_LOG": str(log), "TEXTUAL": "debug,devtools"}
    house.run("people", "add", NAME)
    desk = house.open(rows=40)
    desk.wait_for(NAME, "F1 help")
    desk.press("l")
    desk.wait_for(" │", "! need", "* idea")
    write_line(desk, f'"{OURS}')
    write_line(desk, f"~{MINE}")
    for key, shown in (("f3", "Before you"), ("f5", "Captured"), ("f2", NAME)):
        desk.press(key)
        desk.wait_for(shown)
    desk.press("f7")
    desk.wait_for("will read", OURS)
    desk.press("enter")
    desk.wait_for("Sent to your terminal")
    desk.press("escape")
    desk.wait_for("F1 help", without="will read")
    desk.press("f9")
    desk.wait_for(lambda text: "Okafor" not in text)
    desk.press("x")
    desk.wait_for(NAME)
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0

    asked = {number for number, _ in _OSC.findall(desk.received)}
    assert asked <= {COPIES, POINTER, BACKGROUND}, asked
    assert b"\x1bk" not in desk.received, "nor the title as screen and tmux are told it"
    journal, state = Path(house.place.journal), Path(house.place.state)
    told = [
        path
        for path in house.folder.rglob("*")
        if path.is_file()
        and journal not in path.parents
        and state not in path.parents
        and b"anary" in path.read_bytes()
    ]
    assert told == []
    kept = [p for p in state.rglob("*") if p.is_file() and MINE.encode() in p.read_bytes()]
    assert all(p.stat().st_mode & 0o077 == 0 for p in kept)


def test_nothing_sets_a_title() -> None:
    """Textual knows two; whoever shows them to a terminal one day is to show our name alone."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / "tui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("title", "sub_title")
        and isinstance(node.ctx, ast.Store)
    ]
    assert found == []


@pytest.mark.parametrize("module", ["logging", "syslog", "warnings", "faulthandler"])
def test_nothing_is_logged(module: str) -> None:
    """There is no log but the journal's own, so that nothing can get into one."""
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Import) and module in (alias.name for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == module)
    ]
    assert found == []
