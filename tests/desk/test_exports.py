"""Files that are written for others, and files of others that are read: all or nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tui.desk import exports
from tui.desk.exports import free_path, read_import, working_folder, write_beside, write_export
from tui.domain.ours import Outbound
from tui.errors import AlongsideError, NotFoundError, StorageError, UsageError

TEXT = Outbound("said “so” 🌱\r\n")
NOWHERE = "/there/is/no/journal"


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- writing --------------------------------------------------------------------------------


def test_it_is_written_byte_for_byte_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    write_export(str(path), TEXT, journal=NOWHERE)
    assert path.read_bytes() == TEXT.encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert files(tmp_path) == ["a.ics"]


def test_nothing_is_written_over_unless_that_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("mine")
    with pytest.raises(UsageError, match=r"left as it is.*--force"):
        write_export(str(path), TEXT, journal=NOWHERE)
    assert path.read_text() == "mine"
    write_export(str(path), TEXT, journal=NOWHERE, force=True)
    assert path.read_bytes() == TEXT.encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert files(tmp_path) == ["a.md"]


def test_a_link_that_leads_nowhere_is_a_name_that_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError):
        write_export(str(path), TEXT, journal=NOWHERE)
    write_export(str(path), TEXT, journal=NOWHERE, force=True)
    assert path.is_symlink()
    assert (tmp_path / "elsewhere").read_bytes() == TEXT.encode()


def test_who_takes_the_name_meanwhile_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    monkeypatch.setattr("os.path.lexists", lambda _: path.write_text("theirs") == 0)
    with pytest.raises(UsageError, match="is there already"):
        write_export(str(path), TEXT, journal=NOWHERE)
    assert path.read_text() == "theirs"
    assert files(tmp_path) == ["a.md"]


def test_where_a_disk_knows_no_second_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(part: str, path: str) -> None:
        raise OSError(errno.EPERM, "not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "a.md"
    write_export(str(path), TEXT, journal=NOWHERE)
    assert path.read_bytes() == TEXT.encode()
    assert files(tmp_path) == ["a.md"]
    with pytest.raises(UsageError):
        write_export(str(path), TEXT, journal=NOWHERE)


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    path = tmp_path / "a.md"
    if force:
        path.write_text("mine")

    def refuse(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError, match=r"No space left.*Nothing was written"):
        write_export(str(path), TEXT, journal=NOWHERE, force=force)
    assert files(tmp_path) == ["a.md"] * force
    assert not force or path.read_text() == "mine"


def test_a_folder_and_a_place_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        write_export(str(tmp_path), TEXT, journal=NOWHERE, force=True)
    with pytest.raises(NotFoundError, match="no folder"):
        write_export(str(tmp_path / "none" / "a.md"), TEXT, journal=NOWHERE)


def test_a_name_nobody_has(tmp_path: Path) -> None:
    paths = [write_beside(str(tmp_path), "dana", ".md", TEXT, journal=NOWHERE) for _ in range(3)]
    assert [os.path.basename(path) for path in paths] == ["dana.md", "dana-2.md", "dana-3.md"]
    assert free_path(str(tmp_path), "dana", ".md").endswith("dana-4.md")


def test_a_name_that_somebody_takes_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter([tmp_path / "a.md", tmp_path / "b.md"])
    (tmp_path / "a.md").write_text("theirs")
    monkeypatch.setattr(exports, "free_path", lambda *_: str(next(names)))
    assert write_beside(str(tmp_path), "a", ".md", TEXT, journal=NOWHERE) == str(tmp_path / "b.md")
    assert (tmp_path / "a.md").read_text() == "theirs"


def test_a_folder_that_has_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert working_folder() == os.path.realpath(tmp_path)

    def gone() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(os, "getcwd", gone)
    assert working_folder() == os.path.expanduser("~")


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("where", ["journal", "journal/people", "link", "link/people"])
def test_nothing_is_written_into_the_journal(tmp_path: Path, where: str, force: bool) -> None:
    journal = tmp_path / "journal"
    (journal / "people").mkdir(parents=True)
    (tmp_path / "link").symlink_to(journal)
    for named in (journal, tmp_path / "link"):
        with pytest.raises(UsageError, match=r"Nothing was written.*outside of it"):
            write_export(str(tmp_path / where / "a.md"), TEXT, journal=str(named), force=force)
        with pytest.raises(UsageError, match="belongs to the journal"):
            write_beside(str(tmp_path / where), "a", ".md", TEXT, journal=str(named))
    assert files(journal) == ["people"]
    assert files(journal / "people") == []
    write_export(str(tmp_path / "journal.md"), TEXT, journal=str(journal))


def test_a_link_into_the_journal_is_not_followed_there(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    journal.mkdir()
    (journal / "journal.json").write_text("{}")
    (tmp_path / "a.md").symlink_to(journal / "journal.json")
    with pytest.raises(UsageError):
        write_export(str(tmp_path / "a.md"), TEXT, journal=str(journal), force=True)
    assert (journal / "journal.json").read_text() == "{}"


# -- reading --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"\xef\xbb\xbf# Dana", "# Dana"), ("é 🌱".encode(), "é 🌱"), (b"a\r\nb", "a\r\nb")],
)
def test_a_text_is_read(tmp_path: Path, data: bytes, text: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    assert read_import(str(path)) == text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"caf\xe9", "not UTF-8 text \\(byte 3\\)"),
        ("Dana".encode("utf-16"), "not UTF-8"),
        (b"PK\x03\x04\0\0", "not a text file"),
    ],
)
def test_what_is_no_text_we_can_read_is_said(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=f"{why}.*Nothing was written"):
        read_import(str(path))


def test_what_is_no_file_or_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        read_import(str(tmp_path))
    with pytest.raises(NotFoundError, match="no file"):
        read_import(str(tmp_path / "none"))
    with pytest.raises(UsageError, match="no ordinary file"):
        read_import(os.devnull)
    with pytest.raises(AlongsideError, match="cannot be read"):
        read_import(str(tmp_path / "a\0b"))
    with open(tmp_path / "long.md", "wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(UsageError, match=r"50 MB; 10 MB is the most"):
        read_import(str(tmp_path / "long.md"))
