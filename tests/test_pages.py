"""Pages and pictures say what is true now."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import pages
from tests.made.arguments import commands
from tests.made.manpage import manual_page, roff

ROOT = pages.ROOT


def test_what_is_made_from_the_code_is_what_the_code_says() -> None:
    assert pages.stale() == [], "run: python -m tests.pages"


def test_the_manual_page_has_every_command_and_option() -> None:
    page = manual_page()
    assert page.isascii()
    for command in commands():
        assert f'.SS "alongside {roff(" ".join(command.words))}"' in page or not command.words
        for option in command.options:
            assert all(rf"\fB{roff(flag)}\fR" in page for flag in option.flags)


def test_no_line_of_the_manual_page_is_taken_for_a_request() -> None:
    allowed = re.compile(r"\.(\\\"|TH|SH|SS|PP|TP|B|br|nf|fi)( |$)")
    lines = manual_page().splitlines()
    assert [line for line in lines if line[:1] in ".'" and not allowed.match(line)] == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\\b", r"a\(rsb"),
        ("--yes", r"\-\-yes"),
        ('\'tis ^p ~ `x` "y"', r"\(aqtis \(hap \(ti \(gax\(ga \(dqy\(dq"),
        ("“é”", r"\[u201C]\[u00E9]\[u201D]"),
    ],
)
def test_a_text_is_written_as_roff_takes_it(text: str, written: str) -> None:
    assert roff(text) == written


@pytest.mark.sweep
@pytest.mark.parametrize(
    "program",
    [("mandoc", "-T", "lint", "-W", "error"), ("groff", "-man", "-Tutf8", "-ww", "-z")],
    ids=lambda program: program[0],
)
def test_the_manual_page_is_one_for_the_programs_that_show_it(program: tuple[str, ...]) -> None:
    if shutil.which(program[0]) is None:
        pytest.skip(f"there is no {program[0]}")
    done = subprocess.run(
        [*program, "alongside.1"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.sweep
def test_no_line_of_the_manual_page_is_too_wide() -> None:
    if shutil.which("mandoc") is None:
        pytest.skip("there is no mandoc")
    done = subprocess.run(
        ["mandoc", "-T", "utf8", "-O", "width=80", "alongside.1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = re.sub(".\b", "", done.stdout).splitlines()
    assert [line for line in lines if len(line) > 80] == []


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


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")), ids=lambda page: page.name)
def test_what_a_page_shows_or_links_to_is_there(page: Path) -> None:
    shown = [part.split(")")[0] for part in page.read_text(encoding="utf-8").split("](")[1:]]
    local = [path for path in shown if not path.startswith("http")]
    assert local or page.name != "README.md"
    assert [path for path in local if not (ROOT / path).exists()] == []


def test_the_architecture_page_names_every_folder_of_the_program() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = (p.name for p in Path(ROOT, "tui").iterdir() if (p / "__init__.py").exists())
    assert [name for name in folders if f"{name}/" not in page] == []
