"""The file of the manager's own template."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.desk.own_summary import AT_MOST, own_summary_path, read_own_summary
from tui.desk.settings import settings_path


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}


@pytest.fixture
def path(environ: dict[str, str]) -> Path:
    path = Path(own_summary_path(environ))
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_it_is_beside_the_settings(environ: dict[str, str]) -> None:
    assert Path(own_summary_path(environ)).parent == Path(settings_path(environ)).parent
    assert Path(own_summary_path(environ)).name == "summary.txt"


def test_there_need_not_be_one(environ: dict[str, str], path: Path) -> None:
    assert read_own_summary(environ) is None
    path.parent.rmdir()
    assert read_own_summary(environ) is None


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"Hi {name}\r\n", "Hi {name}\r\n"), (b"\xef\xbb\xbfHi", "Hi"), (b"", "")],
)
def test_what_it_says(environ: dict[str, str], path: Path, data: bytes, text: str) -> None:
    path.write_bytes(data)
    assert read_own_summary(environ) == (str(path), text, "", "")
    Path(settings_path(environ)).write_text('[you]\nname = " Robin "')
    assert read_own_summary(environ) == (str(path), text, "", "Robin")


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"\xff\xfe", "is not text in UTF-8"), (b"x" * (AT_MOST + 1), "is longer than 100 kB")],
)
def test_what_cannot_be_used_says_why(
    environ: dict[str, str], path: Path, data: bytes, problem: str
) -> None:
    path.write_bytes(data)
    own = read_own_summary(environ)
    assert own is not None
    assert own.text == ""
    assert own.problem.startswith(str(path))
    assert problem in own.problem


def test_a_folder_of_that_name_and_a_pipe_are_no_file(environ: dict[str, str], path: Path) -> None:
    path.mkdir()
    own = read_own_summary(environ)
    assert own is not None
    assert "is not a file" in own.problem
