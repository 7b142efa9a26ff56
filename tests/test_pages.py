"""Pages and pictures say what is true now."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import pages

ROOT = pages.ROOT


def test_the_keys_page_is_what_the_table_says() -> None:
    assert not pages.is_stale(), "run: python -m tests.pages"


@pytest.mark.sweep
def test_the_pictures_are_of_this_program() -> None:
    done = subprocess.run(
        [sys.executable, "screenshots/make.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_readme_has_its_two_lines_once() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.count(".venv/bin/pip install . && .venv/bin/alongside demo") == 1
    assert readme.count("pip install -e '.[test]'") == 1


def test_the_readme_shows_pictures_that_are_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = [part.split(")")[0] for part in readme.split("](")[1:]]
    local = [path for path in shown if not path.startswith("http")]
    assert local
    assert [path for path in local if not (ROOT / path).exists()] == []


def test_the_architecture_page_names_every_folder_of_the_program() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = (p.name for p in Path(ROOT, "tui").iterdir() if (p / "__init__.py").exists())
    assert [name for name in folders if f"{name}/" not in page] == []
