"""``alongside import``: first it only says what; then it does it, once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.builders import HOSTILE
from tests.cli.running import CommandLine
from tui.desk.places import place_of
from tui.wiring import notebook_for_app

TEXT = """\
# Dana Okafor

## 2026-11-10, over coffee

### What I heard

- “mornings are hers”

### I will

- [ ] send the book (due 2026-11-27)

# Sam Reyes

### I will

- [ ] his
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that was kept by hand."""
    path = tmp_path / "dana.md"
    path.write_text(TEXT, "utf-8")
    return path


def files(alongside: CommandLine) -> dict[str, bytes]:
    folder = Path(alongside.bench.place.journal)
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_dry_run_says_what_and_writes_nothing(with_dana: CommandLine, page: Path) -> None:
    before = files(with_dana)
    result = with_dana.done("import", "dana", str(page))
    assert [line.split("  ")[0] for line in result.lines] == ["one-to-one", "heard", "you will"]
    assert "send the book" in result.lines[2]
    assert "by Fri 27 Nov" in result.lines[2]
    assert "3 lines would be added for Dana Okafor, 1 left out" in result.err
    assert "it stands under “Sam Reyes”" in result.err
    assert "--yes" in result.err
    assert files(with_dana) == before


def test_it_is_done_once_in_one_act(with_dana: CommandLine, page: Path) -> None:
    with_dana.done("people", "add", "Sam", "Reyes")
    result = with_dana.done("import", "dana", str(page), "--yes")
    assert "3 lines added" in result.err
    assert 'alongside import "Sam Reyes"' in result.err
    assert with_dana.texts == ["mornings are hers"]
    assert [f.text for f in with_dana.follow_ups] == ["send the book"]
    before = files(with_dana)
    again = with_dana.done("import", "dana", str(page), "--yes")
    assert again.out == ""
    assert "it is there already" in again.err
    assert files(with_dana) == before


def test_the_app_takes_all_of_it_back_at_once(with_dana: CommandLine, page: Path) -> None:
    with_dana.done("import", "dana", str(page), "--yes")
    place = place_of(with_dana.bench.place.journal, os.environ)
    notebook, writer, _ = notebook_for_app(place)
    assert notebook.journal.follow_ups
    assert notebook.undo() is not None
    assert not notebook.journal.follow_ups
    assert not notebook.journal.one_to_ones
    writer.close()


def test_what_was_exported_comes_back(with_dana: CommandLine, tmp_path: Path) -> None:
    for line in ("> send the book by fri", "a first word", "& the conference", "< plan | it"):
        with_dana.done("note", "dana", line)
    with_dana.done("people", "add", "Nia")
    text = with_dana.done("export", "dana").out
    copy = tmp_path / "nia.md"
    copy.write_text(text.replace("Dana Okafor", "Nia"), "utf-8")
    with_dana.done("import", "nia", str(copy), "--yes")
    assert with_dana.done("export", "nia").out == copy.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [("todo.txt", "send it due:2026-11-27"), ("a.csv", "text\nsend it\n"), ("a", "- [ ] send it")],
)
def test_by_its_name_or_its_looks(
    with_dana: CommandLine, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    with_dana.done("import", "dana", str(tmp_path / name), "--yes")
    assert [f.text for f in with_dana.follow_ups] == ["send it"]


def test_as_what_it_is_said_to_be(with_dana: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("call Lena\n")
    with_dana.done("import", "dana", str(path), "--from", "todotxt", "--yes")
    assert [f.text for f in with_dana.follow_ups] == ["call Lena"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", 2),
        (b"caf\xe9", 2),
        (b"\0\1\2", 2),
        (b"only words", 2),
        (b"\xff\xfe#\0", 2),
        (None, 3),
    ],
)
def test_what_is_no_good_is_said_and_nothing_is_written(
    with_dana: CommandLine, tmp_path: Path, data: bytes | None, code: int
) -> None:
    path = tmp_path / "file"
    if data is not None:
        path.write_bytes(data)
    before = files(with_dana)
    result = with_dana("import", "dana", str(path), "--yes")
    assert result.code == code
    assert result.out == ""
    assert "Nothing was written" in result.err
    assert files(with_dana) == before
    assert with_dana("import", "dana", str(tmp_path), "--yes").code == 2
    assert with_dana("import", "nobody", str(path), "--yes").code == 3


def test_a_long_list_that_is_left_out_is_counted(with_dana: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("".join(f"- line {n}\n" for n in range(500)))
    result = with_dana.done("import", "dana", str(path))
    assert "… and 488 more" in result.err
    assert len(result.err.splitlines()) < 20


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_lines_are_shown_and_kept_harmless(
    with_dana: CommandLine, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"- [ ] a {text}\n- {text}\n", "utf-8", errors="replace")
    for arguments in ((), ("--yes",)):
        result = with_dana("import", "dana", str(path), *arguments)
        assert result.code == (2 if "\0" in text else 0)
