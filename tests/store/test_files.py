"""One file: what is refused when it is read, and that it is the old or the new one when written."""

from __future__ import annotations

import codecs
import errno
import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import HOSTILE
from tests.store.helpers import ERRORS, Fault, Killed, count_calls, faulty, json_values, refusal
from tui.errors import AlongsideError, DamagedError, StorageError
from tui.store import files
from tui.store.files import (
    Stamp,
    Tables,
    flush_folder,
    make_folder,
    parse,
    read_bytes,
    serialise,
    storage_error,
    write_all,
    write_atomically,
)

GOOD: Tables = {
    "about": {"file": {"schema": 1, "kind": "one-to-one"}},
    "notes": {"n1": {"text": "“quiet mornings” 🌱", "at": "2026-11-22T14:02:00"}, "n0": {}},
    "empty": {},
}
OLD, NEW = b'{"old": {}}\n', serialise(GOOD)

CONFLICT = b"""{
"notes": {
<<<<<<< HEAD
 "n1": {"text": "ours"}
=======
 "n1": {"text": "theirs"}
>>>>>>> laptop
}
}
"""

DAMAGED: dict[str, bytes] = {
    "no bytes": b"",
    "only blanks": b" \t\r\n",
    "only NUL bytes": b"\0" * 4096,
    "NUL bytes at the end": NEW + b"\0" * 100,
    "a NUL byte inside": NEW.replace(b"quiet", b"qu\0et"),
    "NaN": b'{"notes": {"n1": {"position": NaN}}}',
    "Infinity": b'{"notes": {"n1": {"position": Infinity}}}',
    "minus Infinity": b'{"notes": {"n1": {"position": -Infinity}}}',
    "a list": b"[]",
    "a text": b'"notes"',
    "a number": b"7",
    "null": b"null",
    "a list for a table": b'{"notes": []}',
    "null for a table": b'{"notes": null}',
    "a text for a document": b'{"notes": {"n1": "words"}}',
    "a list for a document": b'{"notes": {"n1": [1]}}',
    "UTF-16 with a mark": NEW.decode().encode("utf-16"),
    "UTF-16 without a mark": NEW.decode().encode("utf-16-le"),
    "UTF-32": NEW.decode().encode("utf-32"),
    "Latin-1": '{"notes": {"n1": {"text": "café"}}}'.encode("latin-1"),
    "git's conflict markers": CONFLICT,
    "two files in one": NEW + NEW,
    "the tail of a longer file": NEW + b'ings"}\n}\n}\n',
    "lists nested deeply": b"[" * 100_000 + b"]" * 100_000,
    "objects nested deeply": b'{"a":' * 100_000 + b"{}" + b"}" * 100_000,
    "a number of 5000 digits": b'{"notes": {"n1": {"position": ' + b"9" * 5_000 + b"}}}",
    "a raw line end in a text": b'{"notes": {"n1": {"text": "a\nb"}}}',
    "single quotes": b"{'notes': {}}",
    "a comma too many": b'{"notes": {},}',
    "a gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
}


# -- reading -------------------------------------------------------------------------------


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_damage_is_told_in_one_sentence(data: bytes) -> None:
    with pytest.raises(DamagedError) as caught:
        parse(data, "2026-11-24-91c2.json")
    sentence = str(caught.value)
    assert sentence.startswith("2026-11-24-91c2.json ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 120
    assert "words" not in sentence, "what was written never gets into a message"


@pytest.mark.parametrize("cut", range(len(NEW)))
def test_a_file_cut_off_anywhere_is_damaged(cut: int) -> None:
    if cut == len(NEW) - 1:
        assert parse(NEW[:cut], "it") == GOOD, "only the last line end was lost"
        return
    with pytest.raises(DamagedError):
        parse(NEW[:cut], "it")


@pytest.mark.parametrize("at", range(len(NEW)))
def test_a_flipped_bit_anywhere_is_damaged_or_still_a_file(at: int) -> None:
    for bit in (0x01, 0x20, 0x80):
        data = bytearray(NEW)
        data[at] ^= bit
        try:
            serialise(parse(bytes(data), "it"))
        except DamagedError:
            continue


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe{\x00}\x00")
def test_no_bytes_make_reading_fail_in_another_way(data: bytes) -> None:
    try:
        tables = parse(data, "it")
    except DamagedError:
        return
    assert all(isinstance(table, dict) for table in tables.values())


@given(json_values)
@example({})
def test_no_json_makes_reading_fail_in_another_way(value: Any) -> None:
    data = json.dumps(value).encode()
    try:
        assert parse(data, "it") == value
    except DamagedError:
        assert not isinstance(value, dict) or value


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parse(codecs.BOM_UTF8 + NEW, "it") == GOOD


def test_what_a_person_may_have_done_to_a_file_does_no_harm() -> None:
    pretty = json.dumps(GOOD, indent=4).replace("\n", "\r\n").encode()
    assert parse(pretty, "it") == GOOD


def test_a_number_beyond_all_numbers_is_damage() -> None:
    data = b'{"notes": {"n1": {"position": 1e999}}}'
    try:
        tables = parse(data, "it")
    except DamagedError:
        return
    serialise(tables)


def test_a_lone_surrogate_in_a_file_does_not_stop_it_from_being_written() -> None:
    data = b'{"notes": {"n1": {"text": "half a \\ud83c smile", "\\udc00": 1}}}'
    try:
        tables = parse(data, "it")
    except DamagedError:
        return
    assert parse(serialise(tables), "it") == tables


@pytest.mark.parametrize(
    "data",
    [
        b'{"notes": {"n1": {"text": "mine"}, "n1": {"text": "theirs"}}}',
        b'{"notes": {"n1": {"text": "mine"}}, "notes": {"n1": {"text": "theirs"}}}',
        b'{"notes": {"n1": {"text": "mine", "text": "theirs"}}}',
    ],
    ids=["documents", "tables", "fields"],
)
def test_of_two_things_with_one_name_none_is_dropped_unseen(data: bytes) -> None:
    try:
        kept = serialise(parse(data, "it"))
    except DamagedError:
        return
    assert b"mine" in kept
    assert b"theirs" in kept


def test_nothing_is_read_that_cannot_be_written_for_being_nested() -> None:
    for depth in range(900, 1_000):
        data = b'{"t": {"d": {"f": ' + b"[" * depth + b"]" * depth + b"}}}"
        try:
            tables = parse(data, "it")
        except DamagedError:
            break
        serialise(tables)


def test_a_file_that_is_not_there_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_bytes(str(tmp_path / "none.json"))


def test_what_cannot_be_read_is_told_with_its_path(tmp_path: Path) -> None:
    folder = tmp_path / "in the way"
    folder.mkdir()
    with pytest.raises(StorageError, match="in the way"):
        read_bytes(str(folder))


# -- writing down as bytes -----------------------------------------------------------------

writable = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
"""Text as it is after `clean`, and more than that; lone surrogates never get this far."""
documents = st.dictionaries(
    writable,
    st.recursive(
        st.none() | st.booleans() | st.integers() | writable,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(writable, inner, max_size=3),
        max_leaves=6,
    )
    | st.floats(allow_nan=False, allow_infinity=False),
    max_size=4,
)
tables_at_random = st.dictionaries(
    writable, st.dictionaries(writable, documents, max_size=4), max_size=4
)


@given(tables_at_random)
@example({"notes": {f"n{n}": {"text": text} for n, text in enumerate(HOSTILE[:10])}})
@example({"notes": {f"n{n}": {"text": text} for n, text in enumerate(HOSTILE[11:])}})
def test_what_is_written_is_what_is_read(tables: Tables) -> None:
    data = serialise(tables)
    assert parse(data, "it") == tables
    assert data.endswith(b"}\n")
    assert json.loads(data) == tables, "and any other program reads the same"


def _shuffled(value: Any, take: Callable[[list[Any]], list[Any]]) -> Any:
    if isinstance(value, dict):
        return {key: _shuffled(value[key], take) for key in take(list(value))}
    return value


@given(tables_at_random, st.data())
def test_the_same_tables_are_the_same_bytes_in_whatever_order(
    tables: Tables, data: st.DataObject
) -> None:
    other = _shuffled(tables, lambda keys: data.draw(st.permutations(keys)))
    assert serialise(other) == serialise(tables)
    assert serialise(parse(serialise(tables), "it")) == serialise(tables)


def test_a_document_is_a_line_that_people_and_git_can_read() -> None:
    lines = NEW.decode().splitlines()
    assert lines[0] == "{"
    assert ' "n1": {"at": "2026-11-22T14:02:00", "text": "“quiet mornings” 🌱"}' in lines
    assert sum('"n0"' in line for line in lines) == 1


# -- writing to the disk -------------------------------------------------------------------


@pytest.fixture(params=[0o000, 0o022], ids=["umask 000", "umask 022"])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_its_owner_may_read_a_file(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "it.json"
    write_atomically(str(path), NEW)
    assert mode(path) == 0o600
    path.chmod(0o644)
    write_atomically(str(path), NEW)
    assert mode(path) == 0o600, "a file that was too open is closed by the next write"


def test_only_its_owner_may_enter_a_folder(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "journal" / "people" / "dana"
    make_folder(str(path))
    make_folder(str(path))
    assert [mode(p) for p in (path, path.parent, path.parent.parent)] == [0o700] * 3


def test_a_folder_cannot_be_made_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    for path in ("file", "file/below"):
        with pytest.raises(StorageError, match="is a file, not a folder"):
            make_folder(str(tmp_path / path))
    assert (tmp_path / "file").read_text() == "words"


def test_the_stamp_is_that_of_the_file_written(tmp_path: Path) -> None:
    path = tmp_path / "it.json"
    stamp = write_atomically(str(path), NEW)
    assert path.read_bytes() == NEW
    assert stamp == Stamp.of(path.stat()) == read_bytes(str(path))[1]
    assert write_atomically(str(path), NEW) != stamp, "even the same bytes are another file"


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    target, link = tmp_path / "elsewhere" / "it.json", tmp_path / "it.json"
    target.parent.mkdir()
    target.write_bytes(OLD)
    link.symlink_to(os.path.join("elsewhere", "it.json"))
    write_atomically(str(link), NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert sorted(os.listdir(tmp_path)) == ["elsewhere", "it.json"]
    assert os.listdir(target.parent) == ["it.json"]


def test_a_link_to_nothing_gets_its_target(tmp_path: Path) -> None:
    link = tmp_path / "it.json"
    link.symlink_to("later.json")
    write_atomically(str(link), NEW)
    assert link.is_symlink()
    assert (tmp_path / "later.json").read_bytes() == NEW


def test_what_a_killed_program_left_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / f".it.json.{os.getpid()}.tmp").write_bytes(NEW * 50)
    write_atomically(str(tmp_path / "it.json"), NEW)
    assert (tmp_path / "it.json").read_bytes() == NEW
    assert os.listdir(tmp_path) == ["it.json"]


def test_short_writes_are_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, bytes(data[:3])))
    write_atomically(str(tmp_path / "it.json"), NEW)
    monkeypatch.undo()
    assert (tmp_path / "it.json").read_bytes() == NEW


def test_nothing_is_renamed_before_it_is_flushed(tmp_path: Path) -> None:
    path = str(tmp_path / "it.json")
    calls = count_calls(lambda: write_atomically(path, NEW), only_in=tmp_path)
    assert calls == ["open", "write", "fsync", "replace", "open", "fsync"]
    calls = count_calls(lambda: write_atomically(path, NEW, durable=False), only_in=tmp_path)
    assert calls == ["open", "write", "replace"]


CALLS = ("open", "write", "fsync", "replace", "open", "fsync")


@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
@pytest.mark.parametrize("at", range(1, len(CALLS) + 1))
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "there"])
@pytest.mark.parametrize("lasts", [True, False], ids=["from then on", "once"])
def test_whatever_the_disk_refuses_the_file_is_whole(
    tmp_path: Path, number: int, at: int, is_new: bool, lasts: bool
) -> None:
    path = tmp_path / "it.json"
    if not is_new:
        path.write_bytes(OLD)
    limits = {"names": ("open", "write", "fsync", "replace"), "only_in": tmp_path}
    with (
        faulty(Fault(at, refusal(number), lasts=lasts), **limits),  # type: ignore[arg-type]
        pytest.raises(StorageError) as caught,
    ):
        write_atomically(str(path), NEW)
    assert str(caught.value) == str(storage_error(refusal(number)(), str(path)))
    is_renamed = at > CALLS.index("replace") + 1
    if is_renamed:
        assert path.read_bytes() == NEW
    elif is_new:
        assert not path.exists()
    else:
        assert path.read_bytes() == OLD
    assert [name for name in os.listdir(tmp_path) if name != "it.json"] == [], "no temp is left"
    write_atomically(str(path), NEW)
    assert path.read_bytes() == NEW, "and when the disk is well again, it is written"


@pytest.mark.parametrize("at", range(1, len(CALLS) + 1))
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "there"])
def test_killed_at_any_call_the_file_is_the_old_or_the_new_one(
    tmp_path: Path, at: int, is_new: bool
) -> None:
    path = tmp_path / "it.json"
    if not is_new:
        path.write_bytes(OLD)
    with faulty(Fault(at, Killed, lasts=True), only_in=tmp_path), pytest.raises(Killed):
        write_atomically(str(path), NEW)
    found = path.read_bytes() if path.exists() else None
    assert found in ((None, NEW) if is_new else (OLD, NEW))


def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real, room = tmp_path / "it.json", os.write, [20]
    path.write_bytes(OLD)

    def write(descriptor: int, data: bytes) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = real(descriptor, bytes(data[: room[0]]))
        room[0] -= done
        return done

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(StorageError, match="the disk is full"):
            write_atomically(str(path), NEW)
    assert path.read_bytes() == OLD
    assert os.listdir(tmp_path) == ["it.json"]


def test_a_disk_that_holds_something_else_than_was_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lying(path: str) -> tuple[bytes, Stamp]:
        data, stamp = read_bytes(path)
        return data.replace(b"quiet", b"QUIET"), stamp

    monkeypatch.setattr(files, "read_bytes", lying)
    with pytest.raises(StorageError, match="does not hold what was just written"):
        write_atomically(str(tmp_path / "it.json"), NEW)


def test_a_file_that_vanishes_at_once_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def swallow(source: str, target: str) -> None:
        real(source, target)
        os.unlink(target)

    monkeypatch.setattr(os, "replace", swallow)
    with pytest.raises(StorageError):
        write_atomically(str(tmp_path / "it.json"), NEW)


@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, number: int) -> None:
    path = str(tmp_path / "journal" / "people")
    for at in range(1, len(count_calls(lambda: make_folder(str(tmp_path / "a" / "b")))) + 1):
        with (
            faulty(Fault(at, refusal(number))),
            pytest.raises(StorageError, match=str(tmp_path)),
        ):
            make_folder(path)
        for folder in (path, os.path.dirname(path)):
            if os.path.isdir(folder):
                os.rmdir(folder)
    make_folder(path)
    assert os.path.isdir(path)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_system_that_cannot_flush_folders_is_no_error(tmp_path: Path, number: int) -> None:
    with faulty(Fault(1, refusal(number)), names=["fsync"]) as fault:
        flush_folder(str(tmp_path))
    assert fault.calls == ["fsync"]


def test_every_byte_is_written(tmp_path: Path) -> None:
    path = tmp_path / "it"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    write_all(descriptor, b"")
    write_all(descriptor, b"abc" * 100_000)
    os.close(descriptor)
    assert path.read_bytes() == b"abc" * 100_000


@pytest.mark.parametrize("number", [*ERRORS, errno.EDQUOT, errno.EPERM, errno.ENOENT, errno.EBUSY])
def test_an_error_of_the_system_becomes_a_sentence(number: int) -> None:
    sentence = str(storage_error(OSError(number, os.strerror(number)), "/j/it.json"))
    assert sentence.startswith("/j/it.json: ")
    assert sentence.endswith(".")
    assert "Errno" not in sentence


def test_an_error_without_a_number_becomes_a_sentence_too() -> None:
    error = storage_error(OSError("odd"), "/j/it.json")
    assert isinstance(error, AlongsideError)
    assert str(error) == "/j/it.json: OSError."
