"""What is shipped: the wheel is built, installed in a fresh environment, and run from elsewhere.

No network is needed: the libraries are those of the environment the tests run in.
"""

from __future__ import annotations

import email
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tui import __version__

if TYPE_CHECKING:
    from tests.pty.driver import House

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks for bin/alongside")

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT: dict[str, Any] = PYPROJECT["project"]
SHARED: dict[str, str] = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
"""What goes where man(1) and the shells look, beside the programs; by its name here."""


def build(source: Path, target: str, folder: Path) -> Path:
    """Build a distribution of a source tree, with the hatchling of this environment."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.fail("hatchling is missing: pip install -e .[test]")
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The names of all files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    """What the wheel says about itself."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(archive.read(name))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    has_pip = importlib.util.find_spec("pip") is not None
    venv.create(folder, with_pip=not has_pip, symlinks=True)
    python = folder / "bin" / "python"
    (site_packages,) = folder.glob("lib/python*/site-packages")
    # A path in a .pth comes after the environment's own: what is installed in both is ours.
    (site_packages / "libraries-of-the-tests.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = (
        [sys.executable, "-m", "pip", "--python", str(python)] if has_pip else [python, "-m", "pip"]
    )
    install = ["install", "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)]
    subprocess.run([*pip, *install], check=True, capture_output=True, timeout=120)
    return folder / "bin"


def run(programs: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program of the fresh environment, in a folder, with nothing that leads here."""
    return subprocess.run(
        [programs / arguments[0], *arguments[1:]],
        env={"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        start_new_session=True,
    )


# -- what is in it -------------------------------------------------------------------------


def shipped_files() -> list[tuple[Path, str]]:
    """Return every file that has to reach the user, and its name in the wheel."""
    code = [
        (path, f"tui/{path.relative_to(ROOT / 'tui').as_posix()}")
        for path in sorted((ROOT / "tui").rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    ]
    data = [
        (path, f"tui/data/{path.relative_to(ROOT / 'data').as_posix()}")
        for path in sorted((ROOT / "data").rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    ]
    assert {path.suffix for path, _ in code} >= {".py", ".tcss"}
    assert {path.suffix for path, _ in data} >= {".json"}
    return [*code, *data]


def test_every_module_style_sheet_and_data_file_is_in_it(wheel: Path, names: set[str]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for path, name in shipped_files():
            assert name in names, f"{path} does not reach the user"
            assert archive.read(name) == path.read_bytes(), name


def test_nothing_else_is_in_it(names: set[str]) -> None:
    about = f"alongside-{__version__}.dist-info/"
    expected = {name for _, name in shipped_files()}
    expected |= {f"alongside-{__version__}.data/data/{name}" for name in SHARED.values()}
    others = {name for name in names - expected if not name.startswith(about)}
    assert not others


def test_it_says_what_the_project_says(metadata: Message) -> None:
    assert metadata["Name"] == "alongside"
    assert metadata["Version"] == __version__
    assert metadata["Requires-Python"] == PROJECT["requires-python"]
    needs = {
        need.split(";")[0] for need in metadata.get_all("Requires-Dist", []) if ";" not in need
    }
    assert {need[:5] for need in needs} == {need[:5] for need in PROJECT["dependencies"]}
    assert metadata["License-Expression"] == "MIT"
    text = metadata.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.decode().strip() == (ROOT / "README.md").read_text("utf-8").strip()


def test_the_licence_is_in_it(names: set[str]) -> None:
    assert f"alongside-{__version__}.dist-info/licenses/LICENSE" in names


def test_one_that_is_said_to_be_typed_has_the_mark(metadata: Message, names: set[str]) -> None:
    is_said = "Typing :: Typed" in metadata.get_all("Classifier", [])
    assert is_said == ("tui/py.typed" in names)


def test_the_source_distribution_gives_the_same_wheel(names: set[str], tmp_path: Path) -> None:
    source = build(ROOT, "sdist", tmp_path / "sdist")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    again = build(unpacked, "wheel", tmp_path / "again")
    with zipfile.ZipFile(again) as archive_again:
        assert set(archive_again.namelist()) == names
    assert (unpacked / "tests" / "test_wheel.py").exists()


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """Wherever it is built, whenever the files were written and whoever may read them there."""
    trees = (tmp_path / "one", tmp_path / "elsewhere" / "another")
    for tree, time, file_mode, folder_mode in zip(
        trees, (946_684_800, 1_900_000_000), (0o600, 0o664), (0o700, 0o775), strict=True
    ):
        copy_of_the_source(tree)
        for path in (*tree.rglob("*"), tree):
            path.chmod(folder_mode if path.is_dir() else file_mode)
            os.utime(path, (time, time))
    for target in ("wheel", "sdist"):
        one, another = (build(tree, target, tree / "built" / target) for tree in trees)
        assert one.name == another.name
        assert one.read_bytes() == another.read_bytes(), f"the {target} differs"


def copy_of_the_source(folder: Path) -> None:
    """Copy what a distribution is made of; not the pictures, which would only take time."""
    skipped = shutil.ignore_patterns("__pycache__", "*.pyc", "*.png")
    for name in ("tui", "data", "tests", "screenshots"):
        shutil.copytree(ROOT / name, folder / name, ignore=skipped)
    for path in (*ROOT.glob("*.md"), *ROOT.glob("*.toml"), *ROOT.glob("alongside.*")):
        shutil.copy(path, folder)
    shutil.copy(ROOT / "LICENSE", folder)


# -- how it runs ---------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [("alongside",), ("python", "-m", "tui")], ids=" ".join)
def test_the_version_from_another_folder(
    programs: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run(programs, tmp_path, *arguments, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"alongside {__version__}\n", "")


def test_it_is_the_installed_one_that_runs(programs: Path, tmp_path: Path) -> None:
    done = run(programs, tmp_path, "python", "-c", "import tui; print(tui.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(programs.parent)
    done = run(programs, tmp_path, "alongside", "where")
    assert str(programs.parent) in done.stdout


def test_the_manual_page_and_the_completions_are_where_they_are_looked_for(
    programs: Path,
) -> None:
    assert {Path(name).parent.name for name in SHARED.values()} >= {"man1", "completions"}
    for here, there in SHARED.items():
        assert (programs.parent / there).read_bytes() == (ROOT / here).read_bytes()


def test_the_demo_is_sound(programs: Path, tmp_path: Path) -> None:
    done = run(programs, tmp_path, "alongside", "demo", "--check")
    assert done.returncode == 0, done.stderr
    assert "all there" in done.stdout
    assert done.stderr == ""


def test_a_note_and_its_summary(programs: Path, tmp_path: Path) -> None:
    for arguments in (("people", "add", "Dana"), ("note", "dana", "said")):
        done = run(programs, tmp_path, "alongside", *arguments)
        assert done.returncode == 0, done.stderr
    assert "“said”" in run(programs, tmp_path, "alongside", "summary", "dana").stdout


@pytest.mark.pty
def test_the_app_opens_with_its_style_sheets(programs: Path, tmp_path: Path) -> None:
    from tests.pty.driver import house_in

    with house_in(tmp_path) as house:
        _open_and_leave(house, str(programs / "alongside"))


def _open_and_leave(house: House, program: str) -> None:
    del house.environ["PYTHONPATH"]
    terminal = house.open_program(program, "demo", columns=120, rows=40)
    terminal.wait_for("Dana Okafor", "Tom Weiss")
    terminal.press("f4")
    terminal.wait_for("I promise")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0


def test_the_demo_checks_every_style_sheet() -> None:
    from tui import start

    screens = Path(start.__file__).parent / "screens"
    assert {path.stem for path in screens.glob("*.tcss")} == set(start.SHEETS)
