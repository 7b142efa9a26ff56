"""The commands that look after the journal: check, backup, restore."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import add_person, plan_today, write
from tests.cli.running import CommandLine, mode, run
from tui.desk.places import Place
from tui.domain.questions import Moment
from tui.services import checklists, deck
from tui.store.keeper import rescue_name
from tui.store.log import act_line, filed_line
from tui.store.migrations import SCHEMA
from tui.wiring import journal_folder, notebook_for_commands

if TYPE_CHECKING:
    from tests.pty.driver import House

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and owners are POSIX's")


@pytest.fixture
def talked(alongside: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Dana with two notes, and Ana; HOME and the folder for temporary files are empty."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "home").mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    alongside.done("people", "add", "Dana Okafor")
    alongside.done("people", "add", "Ana")
    alongside.done("note", "dana", "first")
    alongside.done("note", "dana", "second")
    return alongside


def journal_of(talked: CommandLine) -> Path:
    return Path(talked.bench.place.journal)


def state_of(talked: CommandLine) -> Path:
    """Return the state folder the command line uses for this journal."""
    return Path(talked("check", "--json").json["state"])


def one_file(talked: CommandLine) -> Path:
    (path,) = journal_of(talked).glob("people/dana*/[0-9]*.json")
    return path


def person_file(talked: CommandLine, name: str) -> Path:
    (path,) = journal_of(talked).glob(f"people/{name}*/person.json")
    return path


def all_of(folder: Path) -> dict[str, tuple[int, bytes | None]]:
    """Return every file and folder with its mode and its bytes."""
    return {
        str(path.relative_to(folder)): (mode(path), path.read_bytes() if path.is_file() else None)
        for path in sorted(folder.rglob("*"))
    }


# -- check ---------------------------------------------------------------------------------


def test_where_all_is_well_it_says_so(talked: CommandLine) -> None:
    result = talked.done("check")
    assert result.lines[-1] == "All is well."
    assert "2 people, 1 one-to-one" in result.out
    assert f"schema {SCHEMA}" in result.out
    for word in ("journal", "state", "clipboard", "terminal"):
        assert any(line.startswith(word) for line in result.lines)


def test_an_empty_journal_is_well(alongside: CommandLine) -> None:
    assert alongside.done("check").lines[-1] == "All is well."
    assert not journal_of(alongside).exists()


def test_as_json_it_is_data(talked: CommandLine) -> None:
    one_file(talked).chmod(0o644)
    result = talked("check", "--json")
    assert result.code == 1
    found = result.json
    assert {name: type(value) for name, value in found.items()} == {
        **dict.fromkeys(("journal", "state"), str),
        **dict.fromkeys(("schema", "people", "one_to_ones", "files", "records"), int),
        **dict.fromkeys(("findings", "repaired"), list),
    }
    assert (found["people"], found["one_to_ones"], found["files"]) == (2, 1, 4)
    assert found["findings"] == [
        {
            "kind": "mode",
            "path": str(one_file(talked)),
            "sentence": f"{one_file(talked)} can be read by others (mode 0644).",
            "can_be_mended": True,
        }
    ]
    repaired = talked.done("check", "--repair", "--json").json
    assert repaired["findings"] == []
    assert [entry["done"] for entry in repaired["repaired"]] == ["Only you can read it now."]


def harm(talked: CommandLine, what: str) -> None:
    """Do to a journal what is to be found."""
    one, journal = one_file(talked), journal_of(talked)
    match what:
        case "file mode":
            one.chmod(0o644)
        case "folder mode":
            one.parent.chmod(0o755)
        case "journal mode":
            journal.chmod(0o755)
        case "people mode":
            (journal / "people").chmod(0o777)
        case "state mode":
            next(path for path in state_of(talked).rglob("*") if path.is_file()).chmod(0o666)
        case "leftover":
            one.with_name(f".{one.name}.999.tmp").write_bytes(b"half")
        case "copy":
            shutil.copy2(one, one.with_name(f"{one.stem}.sync-conflict-20261122-140200-AB.json"))
        case "copied file":
            shutil.copy2(one, one.with_name("copy of it.json"))
        case "copied folder":
            shutil.copytree(one.parent, one.parent.with_name(f"{one.parent.name} copy"))
        case "conflicted folder":
            name = f"{one.parent.name} (conflicted copy)"
            shutil.copytree(one.parent, one.parent.with_name(name))
        case "damaged":
            one.write_bytes(one.read_bytes()[:-30])
        case "empty":
            one.write_bytes(b"")
        case "damaged person":
            path = person_file(talked, "dana")
            path.write_bytes(path.read_bytes()[:-30])
        case "damaged journal":
            (journal / "journal.json").write_bytes(b"noise")
        case "newer":
            edit(one, lambda tables: tables["about"]["file"].update(schema=SCHEMA + 1))
        case "newer journal":
            path = journal / "journal.json"
            edit(path, lambda tables: tables["about"]["file"].update(schema=SCHEMA + 1))
        case "left out":
            edit(one, lambda tables: tables["notes"].update(x={"text": 3}))
        case "strange":
            (one.parent / "scan.pdf").write_bytes(b"%PDF")
            (one.parent / "scan.pdf").chmod(0o600)


def edit(path: Path, change: Any) -> None:
    tables = json.loads(path.read_bytes())
    change(tables)
    path.write_text(json.dumps(tables), "utf-8")


MENDED = {
    "file mode": 1,
    "folder mode": 1,
    "journal mode": 1,
    "people mode": 1,
    "state mode": 1,
    "leftover": 1,
    "copy": 1,
    "copied file": 1,
    "copied folder": 1,
    "conflicted folder": 1,
    "damaged": 4,
    "empty": 4,
    "damaged person": 4,
    "damaged journal": 4,
}
NOT_MENDED = {"newer": 4, "newer journal": 4, "left out": 4, "strange": 0}
HARM = [
    pytest.param(
        what,
        code,
        id=what,
    )
    for what, code in (MENDED | NOT_MENDED).items()
]


@pytest.mark.parametrize(("what", "code"), HARM)
def test_what_is_the_matter_is_found_and_nothing_is_changed(
    talked: CommandLine, what: str, code: int
) -> None:
    harm(talked, what)
    before = all_of(journal_of(talked))
    result = talked("check")
    assert result.code == code
    assert all_of(journal_of(talked)) == before
    state = all_of(state_of(talked))
    assert talked("check").code == code
    assert all_of(state_of(talked)) == state
    assert ("All is well." in result.out) == (code == 0)
    assert ("--repair" in result.out) == (what in MENDED)


@pytest.mark.parametrize(("what", "code"), [row for row in HARM if row.id in MENDED])
def test_what_can_be_mended_is_well_after_it(talked: CommandLine, what: str, code: int) -> None:
    harm(talked, what)
    assert talked("check").code == code
    result = talked.done("check", "--repair")
    assert result.lines[-1] == "All is well now."
    assert talked.done("check").lines[-1] == "All is well."
    assert talked.texts == ["first", "second"]
    assert len(talked.journal.people) == 2


@pytest.mark.parametrize(("what", "code"), [row for row in HARM if row.id in NOT_MENDED])
def test_what_cannot_be_mended_is_let_be(talked: CommandLine, what: str, code: int) -> None:
    harm(talked, what)
    before = all_of(journal_of(talked))
    assert talked("check", "--repair").code == code
    assert all_of(journal_of(talked)) == before


def test_what_is_damaged_is_kept_as_it_was(talked: CommandLine) -> None:
    harm(talked, "damaged")
    data = one_file(talked).read_bytes()
    (said,) = [line for line in talked.done("check", "--repair").lines if "It is mended." in line]
    kept = Path(said.partition("kept in ")[2].rstrip("."))
    assert kept.read_bytes() == data
    assert mode(kept) == 0o600


def test_own_templates_and_questions_are_mended_with_the_journals_file(
    talked: CommandLine,
) -> None:
    place = Place(str(journal_of(talked)), str(state_of(talked)))
    notebook = notebook_for_commands(place, talked.bench.clock, talked.bench.new_id)
    (one,) = notebook.journal.one_to_ones.values()
    template = checklists.save_template(notebook, one, "mine")
    question = deck.add_own(notebook, "What else?", "", Moment.OPEN, "team")
    path = journal_of(talked) / "journal.json"
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"What else?")])
    assert talked("people").code == 0, "the rest opens"
    assert talked("check").code == 4
    assert talked.done("check", "--repair").lines[-1] == "All is well now."
    journal = talked.journal
    assert (journal.templates, journal.questions) == (
        {template.id: template},
        {question.id: question},
    )


def test_what_cannot_be_mended_is_said_and_keeps_its_code(talked: CommandLine) -> None:
    one_file(talked).write_bytes(b"noise")
    shutil.rmtree(state_of(talked) / "versions")
    result = talked("check", "--repair")
    assert result.code == 4
    assert "cannot be mended" in result.out
    assert one_file(talked).read_bytes() == b"noise"


@pytest.mark.parametrize("what", ["damaged", "left out"])
def test_all_other_people_are_shown_all_the_same(talked: CommandLine, what: str) -> None:
    harm(talked, what)
    result = talked("people")
    assert "Ana" in result.out
    assert "Dana Okafor" in result.out


def rescued(talked: CommandLine, folder: Path, text: str = "rescued") -> Path:
    """Put a rescue file there that holds one note, as a run that could not save leaves it."""
    from tests.store.helpers import sample_note
    from tui.domain.journal import Change, Home
    from tui.store.codec import to_patch

    (one,) = talked.journal.one_to_ones.values()
    change = Change(Home(one.person_id, one.id), None, sample_note("019a-r", text))
    state = state_of(talked)
    path = folder / f"{rescue_name(str(state))}019a.log"
    path.write_text(json.dumps(act_line([to_patch(change)])) + "\n")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("place", ["home", "tmp"])
def test_what_a_run_saved_elsewhere_is_taken_in(
    talked: CommandLine, tmp_path: Path, place: str
) -> None:
    path = rescued(talked, tmp_path / place)
    result = talked("check")
    assert result.code == 1
    assert "holds 1 change" in result.out
    assert path.exists()
    assert talked.texts == ["first", "second"]
    assert talked.done("check", "--repair").lines[-1] == "All is well now."
    assert sorted(talked.texts) == ["first", "rescued", "second"]
    assert not path.exists()
    talked.done("check")


def test_a_home_that_is_the_folder_for_temporary_files_is_looked_at_once(
    talked: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "home"))
    rescued(talked, tmp_path / "home")
    result = talked.done("check", "--repair")
    assert "could not be mended" not in result.out


def test_what_somebody_else_put_there_is_not_taken_in(talked: CommandLine, tmp_path: Path) -> None:
    path = rescued(talked, tmp_path / "tmp", "planted")
    try:
        os.chown(path, 4711, 4711)
    except PermissionError:
        pytest.skip("only root can give a file to somebody else")
    assert talked.done("check", "--repair").lines[-1].startswith("All is well")
    assert path.exists()
    assert talked.texts == ["first", "second"]


@pytest.mark.parametrize("data", [b"", b"noise\n", b"\0" * 100, b"{}\n", b'{"patches": [1]}\n'])
def test_a_rescue_file_that_is_damaged_brings_nothing_down(
    talked: CommandLine, tmp_path: Path, data: bytes
) -> None:
    path = rescued(talked, tmp_path / "home")
    path.write_bytes(data)
    assert talked("check").code in (0, 1)
    talked("check", "--repair")
    assert talked.texts == ["first", "second"]


def test_what_waits_for_a_damaged_file_is_filed_by_the_repair(talked: CommandLine) -> None:
    path = rescued(talked, state_of(talked), "waited")
    harm(talked, "damaged")
    assert talked("check").code == 4
    assert path.exists()
    assert talked.done("check", "--repair")
    assert not path.exists()
    assert "waited" in talked.texts


def test_a_log_of_a_newer_program_is_not_called_well(talked: CommandLine) -> None:
    (state_of(talked) / "019a.log").write_text('{"something": "new"}\n')
    result = talked("check")
    assert result.code != 0
    assert "All is well" not in result.out
    assert "019a.log" in result.out


def test_what_is_filed_already_is_no_news(talked: CommandLine, tmp_path: Path) -> None:
    from tui.domain.journal import Home

    path = rescued(talked, tmp_path / "home")
    (one,) = talked.journal.one_to_ones.values()
    with path.open("a") as file:
        file.write(json.dumps(filed_line(Home(one.person_id, one.id))) + "\n")
    talked("check", "--repair")
    assert talked.texts == ["first", "second"]


@pytest.mark.parametrize("place", ["file", "copy", "folder"])
def test_no_file_name_can_drive_the_terminal(talked: CommandLine, place: str) -> None:
    """`CommandLine` looks at all that is printed."""
    one = one_file(talked)
    for name in ("\x1b]0;title\x07\x1b[31m.txt", "\x9b31m", "\u202egnp.exe", "a\rb"):
        if place == "folder":
            folder = one.parent.with_name(f"x{name}")
            folder.mkdir(mode=0o777)
            (folder / "person.json").write_bytes(b"noise")
        elif place == "copy":
            shutil.copy(one, one.with_name(f"{name}.json"))
        else:
            one.with_name(name).write_bytes(b"x")
    talked("check")
    talked("check", "--json")
    talked("check", "--repair")


@pytest.mark.parametrize("arguments", [("check",), ("check", "--json"), ("check", "--repair")])
def test_a_name_that_is_no_text_is_no_traceback(house: House, arguments: tuple[str, ...]) -> None:
    run(house, "people", "add", "Dana")
    journal = run(house, "check", "--json").json["journal"]
    with open(os.path.join(os.fsencode(journal), b"people", b"\xff\xfe.json"), "wb") as file:
        file.write(b"x")
    result = run(house, *arguments)
    assert "Traceback" not in result.err
    assert result.code in (1, 4)


def test_a_folder_that_is_no_journal_is_not_looked_through(
    alongside: CommandLine, tmp_path: Path
) -> None:
    folder = journal_of(alongside)
    folder.mkdir()
    (folder / "thesis.tex").write_text("mine")
    (folder / "thesis.tex").chmod(0o644)
    for arguments in (("check",), ("check", "--repair"), ("backup", str(tmp_path))):
        assert alongside(*arguments).code == 2
    assert mode(folder / "thesis.tex") == 0o644


# -- backup --------------------------------------------------------------------------------


def test_a_backup_says_where_it_is_and_holds_every_byte(
    talked: CommandLine, tmp_path: Path
) -> None:
    target = tmp_path / "mine.zip"
    result = talked.done("backup", str(target))
    assert result.lines == [str(target)]
    assert "4 files" in result.err
    assert mode(target) == 0o600
    with zipfile.ZipFile(target) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    files = all_of(journal_of(talked))
    assert found == {name: data for name, (_, data) in files.items() if data is not None}


def test_into_a_folder_it_has_a_name_that_tells_when(
    talked: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "home")
    (name,) = talked.done("backup").lines
    assert Path(name).parent == tmp_path / "home"
    assert Path(name).name.startswith("alongside-20")
    result = talked("backup", str(tmp_path / "home"))
    if result.code:
        assert result.code == 2
        assert "exists already" in result.err


@pytest.mark.parametrize(
    ("target", "code"),
    [("journal/b.zip", 2), ("journal", 2), ("nowhere/b.zip", 3), ("there.zip", 2)],
)
def test_a_backup_is_refused_where_it_would_do_harm(
    talked: CommandLine, tmp_path: Path, target: str, code: int
) -> None:
    (tmp_path / "there.zip").write_bytes(b"mine")
    before = all_of(journal_of(talked))
    result = talked("backup", str(tmp_path / target))
    assert result.code == code
    assert not result.out
    assert all_of(journal_of(talked)) == before
    assert (tmp_path / "there.zip").read_bytes() == b"mine"


def test_without_a_journal_there_is_nothing_to_back_up(
    alongside: CommandLine, tmp_path: Path
) -> None:
    assert alongside("backup", str(tmp_path / "b.zip")).code == 3
    assert not (tmp_path / "b.zip").exists()


def test_a_full_disk_is_told_in_a_sentence(talked: CommandLine) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no disk that is full")
    result = talked("backup", "/dev/full")
    assert result.code != 0
    assert result.err.startswith("alongside: ")


# -- restore -------------------------------------------------------------------------------


def backed_up(talked: CommandLine, tmp_path: Path) -> str:
    target = str(tmp_path / "b.zip")
    talked.done("backup", target)
    return target


def aged(talked: CommandLine, hours: int) -> str:
    """Have all there is be this old; returns a moment after it."""
    at = time.time() - hours * 3600
    folder = journal_folder(talked.bench.place)
    from tui.store.files import Stamp

    state = state_of(talked)
    shutil.rmtree(state / "versions", ignore_errors=True)
    folder.versions.folder = str(state / "versions")
    for name in folder.names():
        path = Path(folder.folder, name)
        os.utime(path, (at, at))
        if name != "journal.json":
            folder.versions.keep(name, path.read_bytes(), Stamp.of(path.stat()))
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at + 60))


def test_a_restore_says_first_what_it_would_do(talked: CommandLine, tmp_path: Path) -> None:
    target = backed_up(talked, tmp_path)
    talked.done("note", "dana", "third")
    shutil.rmtree(person_file(talked, "ana").parent)
    before = all_of(journal_of(talked))
    result = talked.done("restore", target)
    assert [line.split()[0] for line in result.lines] == ["comes", "changes"]
    assert "2 files would change" in result.err
    assert "Nothing was done." in result.err
    assert all_of(journal_of(talked)) == before


def test_with_yes_it_is_done_and_the_moment_it_names_goes_back(
    talked: CommandLine, tmp_path: Path
) -> None:
    target = backed_up(talked, tmp_path)
    talked.done("note", "dana", "third")
    aged(talked, 5)
    result = talked.done("restore", target, "--yes")
    assert talked.texts == ["first", "second"]
    moment = result.err.split('"')[-2]
    talked.done("restore", moment, "--yes")
    assert talked.texts == ["first", "second", "third"]


def test_what_was_written_right_before_a_restore_comes_back_too(
    talked: CommandLine, tmp_path: Path
) -> None:
    target = backed_up(talked, tmp_path)
    talked.done("note", "dana", "third")
    moment = talked.done("restore", target, "--yes").err.split('"')[-2]
    talked.done("restore", moment, "--yes")
    assert talked.texts == ["first", "second", "third"]


def test_nothing_to_do_is_said(talked: CommandLine, tmp_path: Path) -> None:
    target = backed_up(talked, tmp_path)
    for more in ((), ("--yes",)):
        result = talked.done("restore", target, *more)
        assert not result.out
        assert "Nothing changes: 4 files" in result.err


def test_what_a_link_leads_to_out_of_the_journal_is_neither_mended_nor_restored(
    talked: CommandLine, tmp_path: Path
) -> None:
    target = backed_up(talked, tmp_path)
    one, bashrc = one_file(talked), tmp_path / "home" / ".bashrc"
    bashrc.write_bytes(b"alias ll='ls -l'")
    one.unlink()
    one.symlink_to(bashrc)
    ana = person_file(talked, "ana")
    ana.write_bytes(ana.read_bytes()[:-9])
    where = f"is a link to {bashrc}, out of the journal. What is there was left as it is."
    result = talked("check")
    assert result.code == 4
    assert where in result.out
    result = talked("check", "--repair")
    assert result.code == 4
    assert where in result.out
    assert "It is mended." in result.out
    result = talked.done("restore", target, "--yes")
    assert where in result.err
    assert bashrc.read_bytes() == b"alias ll='ls -l'"
    assert one.is_symlink()


def test_one_person_can_be_restored_alone(talked: CommandLine, tmp_path: Path) -> None:
    target = backed_up(talked, tmp_path)
    talked.done("note", "dana", "third")
    talked.done("note", "ana", "& on her shelf")
    talked.done("restore", target, "--person", "ana", "--yes")
    assert "third" in talked.texts
    assert talked.topics == []


def test_to_a_moment_deleted_people_and_talks_come_back(talked: CommandLine) -> None:
    moment = aged(talked, 5)
    shutil.rmtree(one_file(talked).parent)
    talked.done("people", "add", "Later")
    result = talked.done("restore", moment)
    assert [line.split()[:2] for line in result.lines] == [["comes", "back"]] * 2
    assert talked.texts == []
    talked.done("restore", moment, "--yes")
    assert talked.texts == ["first", "second"]
    names = sorted(person.name for person in talked.journal.people.values())
    assert names == ["Ana", "Dana Okafor", "Later"]


def test_a_person_who_is_gone_can_be_named(talked: CommandLine) -> None:
    moment = aged(talked, 5)
    shutil.rmtree(one_file(talked).parent)
    shutil.rmtree(person_file(talked, "ana").parent)
    talked.done("restore", moment, "--person", "dana", "--yes")
    assert [person.name for person in talked.journal.people.values()] == ["Dana Okafor"]
    assert talked("restore", moment, "--person", "nobody", "--yes").code == 3


def test_a_journal_that_is_gone_comes_back_from_its_backup(
    talked: CommandLine, tmp_path: Path
) -> None:
    target = backed_up(talked, tmp_path)
    state = state_of(talked)
    before = all_of(journal_of(talked))
    shutil.rmtree(journal_of(talked))
    shutil.rmtree(state)
    talked.done("restore", target, "--yes")
    assert all_of(journal_of(talked)) == before


def test_one_person_comes_back_from_a_backup_on_a_new_machine(
    talked: CommandLine, tmp_path: Path
) -> None:
    target = backed_up(talked, tmp_path)
    state = state_of(talked)
    shutil.rmtree(journal_of(talked))
    shutil.rmtree(state)
    talked.done("restore", target, "--person", "dana", "--yes")
    assert talked.texts == ["first", "second"]


def test_nothing_is_restored_into_a_folder_that_is_no_journal(
    talked: CommandLine, tmp_path: Path
) -> None:
    target = backed_up(talked, tmp_path)
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "thesis.tex").write_text("mine")
    result = talked.without_journal("restore", target, "--yes", "--journal", str(folder))
    assert result.code == 2
    assert [path.name for path in folder.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize("what", ["newer", "newer journal"])
def test_what_a_newer_program_wrote_is_not_overwritten(
    talked: CommandLine, tmp_path: Path, what: str
) -> None:
    target = backed_up(talked, tmp_path)
    harm(talked, what)
    before = all_of(journal_of(talked))
    assert talked("restore", target, "--yes").code == 4
    assert all_of(journal_of(talked)) == before


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (None, 4),
        ({"journal.json": b"{}", "../x": b"x"}, 4),
        ({"journal.json": b"{}", "/tmp/x": b"x"}, 4),
        ({"thesis.tex": b"x"}, 4),
    ],
    ids=["garbage", "above", "absolute", "no journal"],
)
def test_what_is_no_backup_is_refused_and_nothing_changes(
    talked: CommandLine, tmp_path: Path, files: dict[str, bytes] | None, code: int
) -> None:
    target = tmp_path / "b.zip"
    if files is None:
        target.write_bytes(b"garbage")
    else:
        with zipfile.ZipFile(target, "w") as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    before = all_of(journal_of(talked))
    for more in ((), ("--yes",)):
        result = talked("restore", str(target), *more)
        assert result.code == code
        assert "Nothing was changed." in result.err
        assert all_of(journal_of(talked)) == before


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("nowhere.zip", 3),
        ("-", 2),
        ("soon", 2),
        ("tomorrow", 2),
        ("", 2),
        ("\x1b[31m", 2),
        ("0001-01-01", 0),
        ("1960-01-01", 0),
    ],
)
def test_what_is_no_moment_and_no_backup_is_said(
    talked: CommandLine, source: str, code: int
) -> None:
    result = talked("restore", source)
    assert result.code == code
    assert result.err


def test_without_a_moment_it_lists_what_there_is(talked: CommandLine) -> None:
    result = talked.done("restore")
    assert len(result.lines) >= 3
    assert all("people/" in line for line in result.lines)
    shutil.rmtree(state_of(talked) / "versions")
    result = talked.done("restore")
    assert not result.out
    assert "No earlier versions" in result.err


def test_what_is_done_while_the_app_is_open_is_seen_there(
    talked: CommandLine, tmp_path: Path
) -> None:
    notebook = talked.bench.notebook()
    target = backed_up(talked, tmp_path)
    ana = next(person for person in notebook.journal.people.values() if person.name == "Ana")
    one = plan_today(notebook, ana)
    write(notebook, one, "while it is open")
    talked.done("restore", target, "--yes")
    write(notebook, one, "and on")
    assert sorted(talked.texts) == ["and on", "first", "second", "while it is open"]
    add_person(notebook, "Tom")
    talked.done("check")
