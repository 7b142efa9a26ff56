"""What is imported when, and who may know whom where import-linter cannot tell.

The command line has to feel instant, so each command is run as a process of its own and asked at
its end what it has loaded.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import Bench, add_person, plan_today, write

ROOT = Path(__file__).resolve().parents[1]
TUI = ROOT / "tui"

SCREEN_LIBRARIES = frozenset({"textual", "rich"})
HEAVY = frozenset(
    {"asyncio", "orjson", "markdown_it", "pygments", "pyperclip", "typing_extensions"}
)

ASK = """\
import sys
before = set(sys.modules)
from tui.cli import main
sys.stdin = open({stdin!r})
try:
    code = main({arguments!r})
except SystemExit as leaving:
    code = leaving.code
assert code in (None, 0, 1), code  # 1: there is nothing to copy to
print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("--version",),
    ("--help",),
    ("people",),
    ("people", "--json"),
    ("people", "--archived"),
    ("due",),
    ("due", "--json"),
    ("people", "add", "Sam"),
    ("note", "dana", "> send the book by fri"),
    ("note", "dana"),
    ("note", "--help"),
    ("text",),
    ("text", "dana"),
    ("follow-ups",),
    ("follow-ups", "--json"),
    ("summary", "dana"),
    ("summary", "dana", "--format", "markdown"),
    ("summary", "dana", "--copy"),
    ("export",),
    ("export", "--format", "json"),
    ("search", "said"),
    ("search", "said", "--json"),
    ("where",),
    ("completion", "zsh"),
    ("completion", "--names"),
    ("mirror",),
    ("mirror", "--json"),
    ("quarter", "dana"),
)


@pytest.fixture
def journal(bench: Bench) -> str:
    """A journal with a person and a talk."""
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook, every="weekly"))
    for line in ("said", "> promised by fri", "~ tired"):
        write(notebook, one, line)
    return bench.place.journal


def loaded_by(journal: str, tmp_path: Path, *arguments: str) -> set[str]:
    """Return the modules a command has loaded by its end, those of a bare interpreter aside."""
    stdin = tmp_path / "stdin"
    stdin.write_text("! one quiet morning\n")
    environ = {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "ALONGSIDE_JOURNAL": journal,
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(stdin=str(stdin), arguments=list(arguments))],
        env=environ,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        start_new_session=True,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


def packages(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_loads_no_screen(
    journal: str, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    modules = loaded_by(journal, tmp_path, *arguments)
    assert "tui.cli" in modules
    assert not packages(modules) & (SCREEN_LIBRARIES | HEAVY)
    assert "tui.app" not in modules
    assert not {m for m in modules if m.startswith(("tui.screens", "tui.widgets"))}


def test_the_version_loads_next_to_nothing(journal: str, tmp_path: Path) -> None:
    modules = loaded_by(journal, tmp_path, "--version")
    assert {m for m in modules if m.startswith("tui")} == {"tui", "tui.cli"}
    assert len(modules) <= 4, modules


READS: tuple[tuple[str, ...], ...] = (
    ("people",),
    ("people", "--json"),
    ("due",),
    ("follow-ups",),
    ("summary", "dana"),
)
WRITES = frozenset({"tinydb", "tempfile", "tui.store.writer", "tui.desk.clipboard", "tui.start"})


@pytest.mark.parametrize("arguments", READS, ids=" ".join)
def test_what_only_reads_loads_nothing_that_writes(
    journal: str, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert not loaded_by(journal, tmp_path, *arguments) & WRITES


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs finds the folders")
def test_people_is_spared_what_costs_milliseconds(journal: str, tmp_path: Path) -> None:
    costly = {"tinydb", "dataclasses", "inspect", "pathlib", "platformdirs", "uuid", "subprocess"}
    assert not packages(loaded_by(journal, tmp_path, "people")) & costly


@pytest.mark.parametrize(
    "arguments", [("people",), ("due",), ("where",), ("--version",)], ids=" ".join
)
def test_the_plainest_calls_do_without_argparse(
    journal: str, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    modules = loaded_by(journal, tmp_path, *arguments)
    assert not modules & {"argparse", "gettext", "shutil"}


def test_due_does_not_open_the_journal_where_the_digest_tells(journal: str, tmp_path: Path) -> None:
    loaded_by(journal, tmp_path, "note", "dana", "said")
    past = time.time_ns() - 10**9
    for folder in Path(journal, "people").iterdir():
        os.utime(folder, ns=(past, past))
    opens = {"tui.wiring", "tui.shell.verbs", "tui.services.notebook", "tui.store.codec", "babel"}
    assert loaded_by(journal, tmp_path, "due") & opens, "the first time it has to"
    modules = loaded_by(journal, tmp_path, "due")
    assert "tui.store.glance" in modules
    assert not modules & opens


@pytest.mark.parametrize("arguments", READS, ids=" ".join)
def test_argparse_is_spared_what_it_does_not_need(
    journal: str, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert not loaded_by(journal, tmp_path, *arguments) & {"shutil", "bz2", "lzma"}


def test_a_note_loads_what_writes(journal: str, tmp_path: Path) -> None:
    modules = loaded_by(journal, tmp_path, "note", "dana", "said")
    assert {"tinydb", "tui.store.writer"} <= modules, "else the tests above could not fail"


# -- the way to the first frame --------------------------------------------------------------

FIRST_FRAME = """\
import sys
import tui.app, tui.start, tui.wiring
tui.start.take_own_keys()  # of which there are none
print(*sorted(sys.modules))
"""


def test_the_app_starts_without_what_only_a_dialog_or_a_surface_needs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME],
        env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    modules = set(done.stdout.split())
    assert "textual.app" in modules
    assert "tui.screens.people" in modules
    late = {
        "textual.widgets._text_area",
        "textual.document._document",
        "tui.screens.board",
        "tui.screens.form",
        "tui.screens.listen",
        "tui.screens.prepare",
        "tui.screens.summary",
        "tui.palette",
        "tinydb",
        "pyperclip",
        "babel",
        "tui.desk.region",
        "tui.desk.options",
        "tui.keymap",
        "tomllib",
    }
    assert not modules & late


# -- who may know whom, beyond what import-linter can say ------------------------------------


def imports_of(path: Path) -> Iterator[str]:
    """Yield every module a file imports, at its top or later."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by a relative name"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((TUI / folder).glob("*.py"))]
    assert found
    return found


def calls_in(path: Path) -> Iterator[str]:
    """Yield the dotted name of everything a file calls."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", sources("domain"), ids=lambda path: path.stem)
def test_the_domain_knows_neither_disk_nor_clock_nor_chance(path: Path) -> None:
    outside = {"os", "io", "pathlib", "time", "random", "secrets", "uuid", "socket", "subprocess",
               "tempfile", "shutil", "sys", "threading", "asyncio", "json"}  # fmt: skip
    assert not {name.partition(".")[0] for name in imports_of(path)} & outside
    assert not {"open", "print", "input"} & set(calls_in(path))


@pytest.mark.parametrize("path", sources("services"), ids=lambda path: path.stem)
def test_the_services_touch_the_world_through_their_ports_only(path: Path) -> None:
    outside = {"os", "io", "pathlib", "time", "random", "uuid", "subprocess", "threading", "sys"}
    assert not {name.partition(".")[0] for name in imports_of(path)} & outside
    assert not {"open", "print", "input"} & set(calls_in(path))


@pytest.mark.parametrize(
    "path", sorted(TUI.rglob("*.py")), ids=lambda path: str(path.relative_to(TUI))
)
def test_only_the_clock_asks_the_clock(path: Path) -> None:
    if path.name == "clock.py":
        return
    asked = {"datetime.now", "datetime.today", "date.today", "datetime.utcnow", "time.time"}
    assert not asked & set(calls_in(path))


@pytest.mark.parametrize(
    "path", sorted(TUI.rglob("*.py")), ids=lambda path: str(path.relative_to(TUI))
)
def test_nothing_goes_to_the_network(path: Path) -> None:
    network = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "requests", "httpx"}
    imported = {name for name in imports_of(path) if not name.startswith("urllib.parse")}
    assert not {name.partition(".")[0] for name in imported} & network


def test_only_the_command_line_prints() -> None:
    allowed = {TUI / name for name in ("cli.py", "start.py")}
    printing = {path for path in TUI.rglob("*.py") if "print" in calls_in(path)}
    assert {path for path in printing if path.parent != TUI / "shell"} <= allowed


def test_only_the_wiring_makes_a_writer_or_a_folder() -> None:
    for path in TUI.rglob("*.py"):
        if path.name != "wiring.py" and path.parent.name != "store":
            made = {name.rpartition(".")[2] for name in calls_in(path)}
            assert not made & {"JournalFolder", "Writer", "DirectSaver"}, path
