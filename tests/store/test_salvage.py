"""What is found in damaged bytes: every document whose line is whole, and never an exception."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import HOSTILE
from tests.store.helpers import json_values
from tui.domain.text import JOINER
from tui.store.files import Document, Tables, parse, serialise
from tui.store.salvage import joined, overlaid, salvage

NAME = "2026-11-24-91c2.json"
ONE = "019a0000-0000-7000-8000-0000000091c2"


def note(text: str, **more: Any) -> Document:
    return {"at": "2026-11-24T14:00:00", "kind_id": "heard", "side": "ours", "text": text} | more


def file_with(**notes: str) -> Tables:
    """Return a file of a one-to-one with these notes, and fields that we do not know."""
    return {
        "about": {"file": {"kind": "one-to-one", "person": "p1", "schema": 2, "by": "them"}},
        "checklist": {"c1": {"phase": "before", "position": 1.5, "text": "ask", "ticked": None}},
        "follow_ups": {"f1": {"owner": "me", "said": "2026-11-24T14:00:00", "text": "send it"}},
        "notes": {name: note(text) for name, text in notes.items()},
        "one_to_one": {ONE: {"at": "2026-11-24T14:00:00", "route": ["lake"], "mood": {"is": [1]}}},
        "theirs": {"x": {"unknown": ["fields", {"stay": True}]}},
    }


GOOD = file_with(
    n1="first", n2='with "quotes", {braces} and \\', n3="日本語 ü 👨‍👩‍👧‍👦", n4="lone \ud800"
)
PLAIN = file_with(n1="first", n2="second", n3="third")


def documents(tables: Tables) -> set[tuple[str, str, str]]:
    """Return every document of a file, so that two files can be compared by what they hold."""
    return {
        (name, record_id, json.dumps(document, sort_keys=True))
        for name, table in tables.items()
        for record_id, document in table.items()
    }


def lines_of(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def documents_in_whole_lines(data: bytes) -> set[tuple[str, str, str]]:
    """Return what a reader with an eye for lines finds in the beginning of a good file."""
    found = set()
    name = ""
    for line in data.split(b"\n"):
        text = line.strip().rstrip(b",")
        if line.startswith(b'"') and text.endswith(b": {"):
            name = json.loads(text[:-3])
        elif text.endswith(b"}") and b": {" in text:
            try:
                ((record_id, document),) = json.loads(b"{" + text + b"}").items()
            except ValueError:
                continue
            found.add((name, record_id, json.dumps(document, sort_keys=True)))
    return found


def survives(tables: Tables) -> bool:
    """Return whether what was found can be written and read again as it is."""
    return parse(serialise(tables), NAME) == tables


# -- cut, and broken in places -------------------------------------------------------------


@pytest.mark.parametrize("good", [GOOD, file_with(n1="日本語", n2="ü")], ids=["ascii", "utf-8"])
def test_of_a_file_cut_anywhere_every_document_whose_line_is_whole_is_found(good: Tables) -> None:
    data = serialise(good)
    assert documents_in_whole_lines(data) == documents(good)
    for cut in range(len(data)):
        found = salvage(data[:cut])
        assert documents(found.tables) == documents_in_whole_lines(data[:cut]), cut
        assert survives(found.tables), cut


def test_a_file_that_is_cut_is_never_taken_for_a_whole_one() -> None:
    data = serialise(GOOD)
    taken = [cut for cut in range(len(data) - 2) if salvage(data[:cut]).is_whole]
    assert not [data[:cut][-20:] for cut in taken]


def test_a_good_file_is_whole_and_every_field_of_it_stays() -> None:
    assert salvage(serialise(GOOD)) == (GOOD, True)


NOISE = {
    "nothing": b"",
    "an empty line": b"\n",
    "words": b"what is this\n",
    "NULs": b"\0" * 40 + b"\n",
    "a cut line": b' "n2": {"text": "sec\n',
    "brackets": b"}}}]]]{{{[[[\n",
    "no UTF-8": b"\xff\xfe\x80\x81\n",
    "NaN": b"NaN,\n",
    "a list": b' "zz": ["text"],\n',
    "a text": b' "zz": "text",\n',
    "an open text": b' "n2\n',
}


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_one_line_replaced_by_noise_costs_that_document_only(noise: bytes) -> None:
    lines = lines_of(serialise(GOOD))
    for at, line in enumerate(lines):
        if line.startswith(b" "):
            found = salvage(b"".join([*lines[:at], noise, *lines[at + 1 :]]))
            lost = documents(GOOD) - documents(found.tables)
            assert [record_id for _, record_id, _ in lost] == [line.split(b'"')[1].decode()]
            assert not documents(found.tables) - documents(GOOD)


def test_a_document_torn_behind_its_brace_takes_no_other_along() -> None:
    data = serialise(PLAIN).replace(b' "n2": {', b' "n2": {\n')
    assert salvage(data[:-3]).tables["notes"] == without(PLAIN, ("notes", "n2"))["notes"]


def test_a_line_that_is_lost_is_known_to_be_missing() -> None:
    lines = lines_of(serialise(GOOD))
    for at, line in enumerate(lines):
        if line.startswith(b" "):
            assert not salvage(b"".join([*lines[:at], b"noise\n", *lines[at + 1 :]])).is_whole


@pytest.mark.parametrize("data", [b"", b"\0" * 4096, b" \n\t", b"{}", b"[]", b"null", b"17", b"{"])
def test_in_nothing_nothing_is_found(data: bytes) -> None:
    assert salvage(data) == ({}, False)


def test_two_halves_of_a_file_that_was_written_into_while_it_was_read() -> None:
    data = serialise(PLAIN)
    found = salvage(data[: len(data) // 2] + data)
    assert documents(PLAIN) <= documents(found.tables)


@pytest.mark.parametrize("end", ["\r\n", "\n\n", " \n"])
def test_other_line_ends_change_nothing(end: str) -> None:
    data = serialise(PLAIN).decode().replace("\n", end)
    assert documents(salvage(data.encode()).tables) == documents(PLAIN)
    broken = data[:-6].encode()
    assert documents(salvage(broken).tables) >= documents(PLAIN) - {
        entry for entry in documents(PLAIN) if entry[0] == "theirs"
    }


# -- other encodings, other shapes ---------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-8 with NULs"]
)
def test_what_another_program_made_of_our_utf8_is_read(encoding: str) -> None:
    good = file_with(n1="Grüße", n2="日本語 👋")
    text = serialise(good).decode()
    if encoding == "utf-8 with NULs":
        data = text.replace("\n", "\0\n").encode()
    else:
        data = text.encode(encoding)
    found = salvage(data)
    assert found == (good, True)
    cut = salvage(data[: len(data) // 2])
    assert documents(cut.tables) <= documents(good)
    assert cut.tables.get("about") == good["about"]


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe"])
def test_utf16_of_either_order_with_its_mark_is_read(mark: bytes) -> None:
    encoding = "utf-16-be" if mark == b"\xfe\xff" else "utf-16-le"
    assert salvage(mark + serialise(PLAIN).decode().encode(encoding)) == (PLAIN, True)


def test_latin1_among_utf8_is_read_as_what_it_was() -> None:
    data = serialise(file_with(n1="Gruess", n2="größer"))
    found = salvage(data.replace(b"ue", b"\xfc"))
    assert [found.tables["notes"][name]["text"] for name in ("n1", "n2")] == ["Grüss", "größer"]


@pytest.mark.parametrize("inside", ["\u2028", "\u2029", "\x85"])
def test_a_line_ends_where_json_and_git_say_it_does(inside: str) -> None:
    data = serialise(file_with(n1=f"one{inside}two", n2="other"))
    found = salvage(data[:-3])
    assert found.tables["notes"]["n1"]["text"] == f"one{inside}two"


def test_three_dots_of_a_windows_program_cost_no_document() -> None:
    data = serialise(file_with(n1="wait DOTS what", n2="other")).replace(b"DOTS", b"\x85")
    assert "n1" in salvage(data[:-3]).tables["notes"]


def test_of_two_documents_with_one_id_both_texts_stay() -> None:
    lines = lines_of(serialise(PLAIN))
    at = next(n for n, line in enumerate(lines) if b"first" in line)
    twice = [*lines[:at], lines[at].replace(b"first", b"another"), *lines[at:]]
    for data in (b"".join(twice), b"".join(twice)[:-3]):
        text = salvage(data).tables["notes"]["n1"]["text"]
        assert text == f"another{JOINER}first"


@pytest.mark.parametrize("later", ["null", '"text"', "[1]", "3"])
def test_a_document_is_not_lost_to_something_else_with_its_id(later: str) -> None:
    data = serialise(PLAIN).replace(b' "n3"', f' "n1": {later},\n "n3"'.encode())
    assert salvage(data).tables["notes"] == PLAIN["notes"]


def test_of_a_table_that_is_there_twice_every_document_stays() -> None:
    one, two = {"notes": {"n1": note("a")}}, {"notes": {"n2": note("b"), "n1": note("c")}}
    data = b"{" + serialise(one).strip()[1:-1] + b"," + serialise(two).strip()[1:-1] + b"}"
    found = salvage(data)
    assert found.tables == {"notes": {"n1": note(f"a{JOINER}c"), "n2": note("b")}}
    assert found.is_whole


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("tail", [b"", b"rubbish"], ids=["whole", "broken"])
def test_a_number_json_does_not_know_costs_no_document(number: str, tail: bytes) -> None:
    data = serialise(PLAIN).replace(b"1.5", number.encode()) + tail
    found = salvage(data)
    assert found.tables["checklist"]["c1"]["text"] == "ask"
    assert survives(found.tables)


@pytest.mark.parametrize("number", ["1e999", "-1e999"])
@pytest.mark.parametrize("tail", [b"", b"rubbish"], ids=["whole", "broken"])
def test_a_number_beyond_all_numbers_can_be_written_again(number: str, tail: bytes) -> None:
    found = salvage(serialise(PLAIN).replace(b"1.5", number.encode()) + tail)
    assert survives(found.tables)


@pytest.mark.parametrize("digits", [4_000, 100_000])
def test_a_very_long_number_costs_its_own_document_at_most(digits: int) -> None:
    found = salvage(serialise(PLAIN).replace(b"1.5", b"7" * digits))
    assert documents(PLAIN) - documents(found.tables) <= {
        entry for entry in documents(PLAIN) if entry[0] == "checklist"
    }
    assert survives(found.tables)


@pytest.mark.parametrize("brackets", ["[]", "{}"])
@pytest.mark.parametrize("depth", [200, 100_000])
def test_deep_nesting_costs_its_own_document_only(brackets: str, depth: int) -> None:
    opening = "[" if brackets == "[]" else '{"a":'
    deep = opening * depth + ("" if brackets == "[]" else "1") + brackets[1] * depth
    found = salvage(serialise(PLAIN).replace(b"1.5", deep.encode()))
    lost = documents(PLAIN) - documents(found.tables)
    assert {record_id for _, record_id, _ in lost} == {"c1"}
    assert survives(found.tables)


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("tail", [b"", b"rubbish"], ids=["whole", "broken"])
def test_nesting_that_is_found_can_be_read_again(tail: bytes) -> None:
    for depth in range(90, 110):
        data = json.dumps({"notes": {"n1": {"deep": 1}}}, indent=0).replace("\n", "")
        data = data.replace('{"n1"', '{\n"n1"').replace('{"notes"', '{\n"notes"')
        data = data.replace("1}}}", f"{json.dumps(nested(depth))}}}\n}}\n}}")
        found = salvage(data.encode() + tail)
        assert survives(found.tables), depth


WRONG_SHAPES: dict[str, Any] = {
    "a list": [1, 2],
    "a text": "notes",
    "tables that are lists": {"notes": [note("a")]},
    "documents that are texts": {"notes": {"n1": "a", "n2": note("b")}},
    "a number for a table": {"notes": 3, "one_to_one": {ONE: {}}},
    "nothing for a document": {"notes": {"n1": None}},
}


@pytest.mark.parametrize("value", WRONG_SHAPES.values(), ids=WRONG_SHAPES)
def test_of_json_of_another_shape_what_fits_is_found(value: Any) -> None:
    found = salvage(json.dumps(value).encode())
    assert not found.is_whole
    assert survives(found.tables)
    if isinstance(value, dict) and isinstance(value.get("notes"), dict) and "n2" in value["notes"]:
        assert found.tables["notes"] == {"n2": note("b")}


def test_a_long_line_of_blanks_takes_no_time() -> None:
    data = b'{\n"notes": {\n "n1": {}' + b" " * 20_000 + b"x\n}\n}\n"
    begun = time.perf_counter()
    salvage(data)
    assert time.perf_counter() - begun < 0.5


# -- a merge that was not finished ---------------------------------------------------------


def merge(folder: Path, style: str, base: Tables, ours: Tables, theirs: Tables) -> bytes:
    """Return what git leaves of a file that two sides changed."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is needed for a real conflict")
    folder.mkdir(exist_ok=True)
    for name, tables in {"ours": ours, "base": base, "theirs": theirs}.items():
        (folder / name).write_bytes(serialise(tables))
    options = [f"--{style}"] if style else []
    done = subprocess.run(
        [git, "merge-file", "-p", *options, "ours", "base", "theirs"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return done.stdout


STYLES = ["", "diff3", "zdiff3", "union"]


def without(tables: Tables, *tables_and_ids: tuple[str, str]) -> Tables:
    return {
        name: {key: doc for key, doc in table.items() if (name, key) not in tables_and_ids}
        for name, table in tables.items()
    }


def with_documents(tables: Tables, **more: dict[str, Document]) -> Tables:
    return {name: tables.get(name, {}) | more.get(name, {}) for name in {*tables, *more}}


SIDES: dict[str, tuple[Tables, Tables]] = {
    "both add": (
        with_documents(PLAIN, notes={"n4": note("ours")}),
        with_documents(PLAIN, notes={"n5": note("theirs"), "n6": note("more")}),
    ),
    "both add to all tables": (
        with_documents(PLAIN, notes={"n4": note("ours")}, follow_ups={"f2": note("a")}),
        with_documents(PLAIN, notes={"n5": note("theirs")}, follow_ups={"f3": note("b")}),
    ),
    "both add a table": (
        with_documents(PLAIN, pages={"p1": note("ours")}, marks={"m1": note("m")}),
        with_documents(PLAIN, pages={"p2": note("theirs")}),
    ),
    "one adds what the other clears": (
        with_documents(PLAIN, notes={"n1": note("edited")}),
        without(PLAIN, ("notes", "n1"), ("notes", "n2")),
    ),
    "the last table": (
        with_documents(PLAIN, zz={"z1": note("ours")}),
        with_documents(PLAIN, zz={"z2": note("theirs")}),
    ),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("sides", SIDES.values(), ids=SIDES)
def test_after_a_merge_no_note_of_either_side_is_missing(
    tmp_path: Path, style: str, sides: tuple[Tables, Tables]
) -> None:
    ours, theirs = sides
    data = merge(tmp_path, style, PLAIN, ours, theirs)
    found = salvage(data)
    for side in sides:
        for name, table in side.items():
            for record_id, document in table.items():
                if (name, record_id) != ("notes", "n1"):
                    assert found.tables[name][record_id] == document
    assert survives(found.tables)


@pytest.mark.parametrize("style", ["", "diff3", "zdiff3"])
def test_a_note_changed_on_both_sides_keeps_both_texts_and_not_the_old_one(
    tmp_path: Path, style: str
) -> None:
    ours = with_documents(PLAIN, notes={"n2": note("from here")})
    theirs = with_documents(PLAIN, notes={"n2": note("from there")})
    data = merge(tmp_path, style, PLAIN, ours, theirs)
    assert b"<<<<<<<" in data
    found = salvage(data)
    assert found.tables["notes"]["n2"] == note(f"from here{JOINER}from there")
    assert found.tables["notes"] == PLAIN["notes"] | {"n2": found.tables["notes"]["n2"]}
    assert found.is_whole


def test_the_second_side_of_a_conflict_goes_on_where_the_first_began() -> None:
    """The first side ends in another table; the second is still in the one before."""
    first = [*lines_of(b' "n4": {"text": "ours"}\n},\n"pages": {\n "p1": {"text": "ours"}\n')]
    second = [b' "n5": {"text": "theirs"}\n']
    data = [b'{\n"notes": {\n', b"<<<<<<< a\n", *first, b"=======\n", *second, b">>>>>>> b\n"]
    found = salvage(b"".join([*data, b"}\n}\n"])).tables
    assert {name: sorted(table) for name, table in found.items()} == {
        "notes": ["n4", "n5"],
        "pages": ["p1"],
    }


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_a_real_merge_in_a_repository_loses_nothing(tmp_path: Path, style: str) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is needed for a real conflict")

    def run(*arguments: str) -> int:
        settings = ("user.name=x", "user.email=x@example.org", f"merge.conflictStyle={style}")
        configured = [part for setting in settings for part in ("-c", setting)]
        done = subprocess.run(
            [git, *configured, *arguments], cwd=tmp_path, capture_output=True, check=False
        )
        return done.returncode

    file = tmp_path / NAME

    def commit(tables: Tables) -> None:
        file.write_bytes(serialise(tables))
        run("add", ".")
        run("commit", "-m", "x")

    run("init", "-b", "ours")
    commit(PLAIN)
    run("checkout", "-b", "theirs")
    commit(with_documents(PLAIN, notes={"n2": note("from there"), "n9": note("only there")}))
    run("checkout", "ours")
    commit(with_documents(PLAIN, notes={"n2": note("from here"), "n8": note("only here")}))
    assert run("merge", "theirs") == 1
    found = salvage(file.read_bytes()).tables["notes"]
    assert sorted(found) == ["n1", "n2", "n3", "n8", "n9"]
    assert found["n2"]["text"] == f"from here{JOINER}from there"


edits = st.dictionaries(
    st.tuples(st.sampled_from(["notes", "follow_ups", "aa"]), st.sampled_from("123456789")),
    st.none() | st.sampled_from(["a", "b", "c {", '"}']),
    max_size=5,
)


def edited(tables: Tables, changes: dict[tuple[str, str], str | None]) -> Tables:
    result = {name: dict(table) for name, table in tables.items()}
    for (name, number), text in changes.items():
        table = result.setdefault(name, {})
        if text is None:
            table.pop(f"n{number}", None)
        else:
            table[f"n{number}"] = note(text)
    return {name: table for name, table in result.items() if table}


@settings(max_examples=25)
@given(edits, edits, st.sampled_from(["", "diff3", "zdiff3"]))
def test_whatever_two_sides_do_every_note_of_both_is_found(
    tmp_path_factory: pytest.TempPathFactory,
    mine: dict[tuple[str, str], str | None],
    other: dict[tuple[str, str], str | None],
    style: str,
) -> None:
    ours, theirs = edited(PLAIN, mine), edited(PLAIN, other)
    folder = tmp_path_factory.getbasetemp() / "merged"
    data = merge(folder, style, PLAIN, ours, theirs)
    if b"<<<<<<<" not in data:
        return  # git has settled it
    found = salvage(data).tables
    for side in (ours, theirs):
        for name, table in side.items():
            for record_id, document in table.items():
                if document != PLAIN.get(name, {}).get(record_id):
                    here = found.get(name, {}).get(record_id, note(""))["text"]
                    assert document["text"] in here, (name, record_id, data.decode())


# -- anything at all -----------------------------------------------------------------------


pieces = st.sampled_from(
    [
        *lines_of(serialise(PLAIN)),
        *(b"<<<<<<< HEAD\n", b"||||||| base\n", b"=======\n", b">>>>>>> b\n", b"\xef\xbb\xbf"),
        *(
            b'"notes": {\n',
            b'"": {\n',
            b'"notes": {}\n',
            b' "\\ud800": {},\n',
            b"\xff",
            b"\0",
            b"\\",
        ),
        *(b' "n1": {"text": NaN}\n', b' "file": {"schema": [1]}\n', b' "n1": {"text": {}}\n'),
    ]
)
mixed = st.lists(pieces | st.binary(max_size=8), max_size=12).map(b"".join)


@given(st.binary() | mixed | json_values.map(lambda value: json.dumps(value).encode()))
@example(b"\xff\xfe")
@example(b"\xfe\xff\xd8")
@example(b"\0{")
@example(b'{"a": {"b": {"text": "x", "text": {}}}}')
@example(b'{"a": 1, "a": {"b": {}}}')
def test_no_bytes_raise_and_what_is_found_can_be_written_and_read_again(data: bytes) -> None:
    found = salvage(data)
    if found.tables:
        assert survives(found.tables)


@given(st.integers(0, 2_000), st.binary(max_size=3), st.integers(0, 3))
def test_a_few_bytes_that_turned_cost_two_documents_at_most(
    at: int, noise: bytes, length: int
) -> None:
    """Noise may hit a line and the end of it, so that it runs into the next."""
    data = serialise(PLAIN)
    at %= len(data)
    if b"\n" in noise or b'"' in noise:
        noise = b"~"
    found = salvage(data[:at] + noise + data[at + length :])
    lines = data[at : at + max(1, length)].count(b"\n") + 1
    headers = [line for line in lines_of(data) if line.startswith(b'"')]
    begins = data.rfind(b"\n", 0, at) + 1
    hit = data[begins : data.find(b"\n", at + length)]
    if any(part.startswith(b'"') for part in hit.split(b"\n")) and headers:
        return  # it is the name of a table that was hit
    lost = documents(PLAIN) - documents(found.tables)
    assert len(lost) <= lines
    assert survives(found.tables)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_note_that_broke_somebodys_program_is_found_in_a_broken_file(text: str) -> None:
    good = file_with(n1=text, n2="other")
    assert documents(salvage(serialise(good)[:-3]).tables) == documents(good)


# -- two files -----------------------------------------------------------------------------


tables_of_two = st.dictionaries(
    st.sampled_from(["about", "notes", "x"]),
    st.dictionaries(
        st.sampled_from(["1", "2", "3"]),
        st.dictionaries(st.sampled_from(["text", "a", "b"]), json_values, max_size=3),
        max_size=3,
    ),
)


@given(tables_of_two, tables_of_two)
def test_joined_files_hold_every_document_and_every_text_of_both(one: Tables, two: Tables) -> None:
    before = json.dumps([one, two])
    both = joined(one, two)
    for side in (one, two):
        for name, table in side.items():
            assert set(both[name]) >= set(table)
            for record_id, document in table.items():
                assert set(both[name][record_id]) >= set(document)
                other = (
                    (two if side is one else one).get(name, {}).get(record_id, {}).get("text", "")
                )
                text = document.get("text")
                if isinstance(text, str) and isinstance(other, str):
                    assert text in both[name][record_id]["text"]
    assert json.dumps([one, two]) == before


@given(tables_of_two, tables_of_two)
def test_of_overlaid_files_the_upper_one_counts_and_nothing_of_the_lower_is_missing(
    below: Tables, above: Tables
) -> None:
    both = overlaid(below, above)
    for name in {*below, *above}:
        assert both[name] == below.get(name, {}) | above.get(name, {})
