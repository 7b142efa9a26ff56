"""The commands that look after the record: record, forget, merge, expire."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import HOSTILE, Bench, plan_today, write
from tests.cli.running import CommandLine, mode
from tests.store.helpers import start
from tui.clock import local_time
from tui.desk.settings import settings_path
from tui.domain.journal import Change, Home
from tui.domain.onetoones import Status
from tui.domain.text import clean
from tui.errors import EXIT_LOCKED, EXIT_NOT_FOUND, EXIT_USAGE
from tui.services.ports import Draft
from tui.store.forgetting import UNFINISHED
from tui.store.log import Log, draft_line, read_lines
from tui.wiring import notebook_for_commands

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")


@pytest.fixture
def talked(alongside: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Dana with notes of both sides, and Sam, in whose notes she is named."""
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    alongside.done("people", "add", "Dana Okafor", "--every", "2 weeks")
    alongside.done("people", "add", "Sam Reyes")
    alongside.done("note", "dana", '" every word of hers')
    alongside.done("note", "dana", "~ what I felt")
    alongside.done("note", "dana", "> send the book by fri")
    alongside.done("note", "sam", "ask Dana about it")
    return alongside


def state_of(talked: CommandLine) -> Path:
    return Path(talked("check", "--json").json["state"])


def folders(talked: CommandLine) -> list[str]:
    return sorted(p.name for p in Path(talked.bench.place.journal, "people").iterdir())


# -- record --------------------------------------------------------------------------------


def test_a_record_holds_both_sides_and_says_that_it_is_private(talked: CommandLine) -> None:
    result = talked.done("record", "dana")
    assert result.lines[0] == "# Everything about Dana Okafor"
    assert "ours, heard" in result.out
    assert "mine, feeling" in result.out
    assert "ask Dana about it" in result.out
    assert "yours alone" in result.out.split("## Person")[0]
    assert "yours alone" in result.err


def test_as_json_it_is_data_and_says_so_on_stderr_as_well(talked: CommandLine) -> None:
    result = talked.done("record", "dana", "--json")
    assert {n["side"] for one in result.json["one_to_ones"] for n in one["notes"]} == {
        "ours",
        "mine",
    }
    (mention,) = result.json["mentions"]
    assert (mention["whose"], mention["text"]) == ("Sam Reyes", "ask Dana about it")
    assert result.json["person"]["file"].endswith("person.json")
    assert "yours alone" in result.err


def test_into_a_file_it_is_for_its_owner_alone_and_writes_over_nothing(
    talked: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "dana.json"
    result = talked.done("record", "dana", "--json", "--output", str(path))
    assert result.out == f"{path}\n"
    assert mode(path) == 0o600
    assert json.loads(path.read_text())["person"]["name"] == "Dana Okafor"
    again = talked("record", "dana", "--output", str(path))
    assert again.code == EXIT_USAGE
    assert "is there already" in again.err
    talked.done("record", "dana", "--output", str(path), "--force")
    assert path.read_text().startswith("# Everything about Dana")
    inside = Path(talked.bench.place.journal, "dana.md")
    assert talked("record", "dana", "--output", str(inside)).code == EXIT_USAGE
    assert not inside.exists()


def test_a_damaged_talk_is_said_to_be_missing(talked: CommandLine) -> None:
    path = next(Path(talked.bench.place.journal).glob("people/dana*/[0-9]*.json"))
    path.write_bytes(path.read_bytes()[:-30])
    result = talked("record", "dana")
    assert result.code == 4
    assert "check --repair" in result.err


@pytest.mark.parametrize("text", HOSTILE[:12], ids=range(12))
def test_hostile_text_drives_no_terminal(alongside: CommandLine, text: str) -> None:
    alongside.done("people", "add", "Dana")
    alongside.done("note", "dana", stdin=f'" {text}\n'.replace("\r", " "))
    alongside.done("record", "dana")
    alongside.done("record", "dana", "--json")


# -- forget --------------------------------------------------------------------------------


def test_without_yes_it_counts_and_changes_nothing(talked: CommandLine) -> None:
    before = folders(talked)
    result = talked.done("forget", "dana")
    rows = {line.rsplit(None, 1)[0].strip(): int(line.split()[-1]) for line in result.lines}
    assert rows["one-to-ones"] == 1
    assert (rows["notes"], rows["follow-ups"]) == (2, 1)
    assert rows["earlier versions"] >= 4
    assert rows["acts that could be undone"] == 5
    assert folders(talked) == before
    assert "Nothing was changed" in result.err
    assert "Sam Reyes" in result.err
    assert "ask Dana" not in result.err, "others' notes are named, not told"
    for word in ("other machines", "mail", "clipboard"):
        assert word in result.err


def test_the_command_it_names_does_it(talked: CommandLine) -> None:
    told = talked.done("forget", "dana").err
    command = next(line for line in told.splitlines() if "--yes" in line).partition(": ")[2]
    words = shlex.split(command)
    assert words[0] == "alongside"
    state = state_of(talked)
    done = talked.without_journal(*words[1:])
    assert done.code == 0, done
    assert "looked for again" in done.err
    assert [name.partition("-")[0] for name in folders(talked)] == ["sam"]
    for path in [p for root in (state, talked.bench.place.journal) for p in Path(root).rglob("*")]:
        assert "dana" not in path.name
        if path.is_file() and "sam" not in str(path) and path.name not in ("front", "acts.jsonl"):
            assert b"dana" not in path.read_bytes().lower(), path
    assert b"Okafor" not in (state / "acts.jsonl").read_bytes()
    assert talked("record", "dana").code == EXIT_NOT_FOUND
    assert talked("forget", "Dana Okafor", "--yes").code == EXIT_NOT_FOUND
    assert talked.done("check").lines[-1] == "All is well."


def test_the_name_is_typed_whole(talked: CommandLine) -> None:
    for name in (["dana"], ["dana o"], ["okafor"]):
        result = talked("forget", *name, "--yes")
        assert result.code == EXIT_USAGE
        assert "typed whole: Dana Okafor" in result.err
    assert len(folders(talked)) == 2
    talked.done("forget", "dana", "OKAFOR", "--yes")
    assert len(folders(talked)) == 1


def test_while_the_app_is_open_it_is_refused(
    talked: CommandLine, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = state_of(talked)
    bench.place = bench.place._replace(state=str(state))
    notebook, writer, ear = start(bench)
    write(notebook, plan_today(notebook, next(iter(notebook.journal.people.values()))), "* more")
    ear.until_filed(1)
    for command in (("forget", "Dana Okafor", "--yes"), ("merge", "sam", "dana", "--yes")):
        result = talked(*command)
        assert result.code == EXIT_LOCKED
        assert "close it" in result.err
    assert len(folders(talked)) == 2
    writer.close()
    talked.done("forget", "Dana Okafor", "--yes")


def test_two_of_one_name_are_told_apart_by_their_folders(talked: CommandLine) -> None:
    journal = Path(talked.bench.place.journal, "people")
    (sam,) = journal.glob("sam*/person.json")
    sam.write_text(sam.read_text().replace("Sam Reyes", "Dana Okafor"))
    result = talked("forget", "Dana Okafor", "--yes")
    assert result.code == EXIT_NOT_FOUND
    assert sam.parent.name in result.err
    talked.done("forget", sam.parent.name, "--yes")
    assert folders(talked) == [next(journal.glob("dana*")).name]


def test_what_is_out_of_reach_is_named_with_what_to_type(talked: CommandLine) -> None:
    journal = Path(talked.bench.place.journal)
    subprocess.run(["git", "init", "-q", str(journal)], check=True)
    (journal / ".stversions").mkdir()
    (name,) = (name for name in folders(talked) if name.startswith("dana"))
    told = talked.done("forget", "dana").err
    assert f"-- people/{name}" in told
    assert f"--path people/{name}" in told
    assert f"{journal}/.stversions/people/{name}*" in told


def test_what_a_link_in_their_folder_leads_to_stays_and_is_named(talked: CommandLine) -> None:
    people = Path(talked.bench.place.journal, "people")
    outside = state_of(talked).with_name("outside")
    (dana,) = people.glob("dana*")
    dana.rename(outside)
    dana.symlink_to(outside)
    (outside / "thesis.tex").write_bytes(b"years of work")
    (people / "sam.txt").write_bytes(b"a list")
    (sam,) = people.glob("sam-*")
    (sam / "list.txt").symlink_to(people / "sam.txt")
    told = talked.done("forget", "dana").err
    assert f"{outside}, to which a link leads: 1 file or folder" in told
    assert (outside / "person.json").exists()
    told = talked.done("forget", "Dana Okafor", "--yes").err
    assert f"{outside}, to which a link leads: 1 file or folder" in told
    assert [path.name for path in outside.iterdir()] == ["thesis.tex"]
    told = talked.done("forget", "Sam Reyes", "--yes").err
    assert f"{people / 'sam.txt'}, to which list.txt is a link; the link goes" in told
    assert [path.name for path in people.iterdir()] == ["sam.txt"]


def test_an_unfinished_one_is_told_by_check_and_finished_by_name(talked: CommandLine) -> None:
    state = state_of(talked)
    (name,) = (name for name in folders(talked) if name.startswith("dana"))
    note = {"ids": ["x"], "names": ["Dana Okafor"], "folders": [name], "record_ids": []}
    (state / UNFINISHED).write_text(json.dumps(note))
    result = talked("check")
    assert result.code == 1
    assert 'alongside forget "Dana Okafor" --yes' in result.out
    talked.done("forget", "Dana Okafor", "--yes")
    assert not (state / UNFINISHED).exists()


def test_a_backup_is_made_without_them_too(talked: CommandLine, tmp_path: Path) -> None:
    talked.done("backup", str(tmp_path / "b.zip"))
    before = (tmp_path / "b.zip").stat().st_size
    assert "backups, out of which" in talked.done("forget", "dana").out
    talked.done("forget", "Dana Okafor", "--yes")
    assert (tmp_path / "b.zip").stat().st_size < before
    restored = talked.done("restore", str(tmp_path / "b.zip"))
    assert "dana" not in restored.out


# -- merge ---------------------------------------------------------------------------------


def test_a_merge_says_what_it_would_do_and_how_to_take_it_back(talked: CommandLine) -> None:
    before = talked.done("merge", "sam", "dana")
    assert before.lines[0].split() == ["one-to-ones", "1"]
    assert len(folders(talked)) == 2
    done = talked.done("merge", "sam", "dana", "--yes")
    assert [person["name"] for person in talked.done("people", "--json").json] == ["Dana Okafor"]
    assert len(talked.done("record", "dana", "--json").json["one_to_ones"]) == 2
    back = next(line for line in done.err.splitlines() if line.startswith("alongside restore"))
    assert talked.without_journal(*shlex.split(back)[1:]).code == 0
    names = {person["name"] for person in talked.done("people", "--json").json}
    assert names == {"Dana Okafor", "Sam Reyes"}
    assert len(talked.done("record", "dana", "--json").json["one_to_ones"]) == 1


def test_half_typed_words_without_a_place_are_shown_before_they_go(talked: CommandLine) -> None:
    state = state_of(talked)
    people = {p["name"]: p["id"] for p in talked.done("people", "--json").json}
    sam, dana = people["Sam Reyes"], people["Dana Okafor"]
    log = Log(str(state), "killed")
    log.append([draft_line(Draft(f"form:card:{sam}:helps", '{"helps": "a [/b] walk\\u001b[2J"}'))])
    log.append([draft_line(Draft(f"form:talked:{sam}", '{"day": "yesterday"}'))])
    log.close(keep=True)
    for arguments in ((), ("--yes",)):
        told = talked.done("merge", "sam", "dana", *arguments).err
        assert "without a place with Dana Okafor" in told
        assert "a [/b] walk" in told
        assert "\x1b" not in told
        assert "yesterday" not in told
    (path,) = state.glob("*.log")
    drafts = read_lines(path.read_bytes()).drafts
    assert [draft.place for draft in drafts] == [f"form:talked:{dana}"]


def test_nobody_is_merged_with_themselves(talked: CommandLine) -> None:
    assert talked("merge", "dana", "okafor", "--yes").code == EXIT_USAGE
    assert talked("merge", "dana", "nobody", "--yes").code == EXIT_NOT_FOUND


# -- expire --------------------------------------------------------------------------------


def keep(time: str) -> None:
    import os

    path = Path(settings_path(os.environ))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'[notes]\nkeep = "{time}"\n')


def close_long_ago(talked: CommandLine) -> None:
    """Have the talk with Dana be two years old, and closed."""
    bench = talked.bench
    place = bench.place._replace(state=str(state_of(talked)))
    at: datetime = local_time() - timedelta(days=730)
    notebook = notebook_for_commands(place, bench.clock, bench.new_id)
    dana = next(p for p in notebook.journal.people.values() if p.name == "Dana Okafor")
    (one,) = notebook.journal.one_to_ones_of(dana.id)
    home = Home(dana.id, one.id)
    changes = [Change(home, n, n._replace(at=at)) for n in notebook.page(one.id).notes]
    changes.append(Change(home, one, one._replace(at=at, status=Status.CLOSED)))
    notebook.commit("long ago", changes)


def test_without_a_time_nothing_ever_goes(talked: CommandLine) -> None:
    close_long_ago(talked)
    for arguments in ((), ("--yes",)):
        result = talked("expire", *arguments)
        assert result.code == EXIT_USAGE
        assert 'keep = "1 year"' in result.err
    assert "notes" not in [line.split()[0] for line in talked.done("check").lines if line]
    keep("soon")
    result = talked("expire", "--yes")
    assert result.code == EXIT_USAGE
    assert "“soon” is not a time" in result.err


def test_with_one_it_says_what_is_old_and_lets_it_go_if_asked(talked: CommandLine) -> None:
    close_long_ago(talked)
    keep("1 year")
    assert "2 notes of 1 one-to-one are older" in talked.done("check").out
    assert talked.done("check", "--json").json["old_notes"] == 2
    told = talked.done("expire")
    assert "2 notes  of 1 one-to-one" in told.out
    assert "Nothing was changed" in told.err
    assert len(talked.done("record", "dana", "--json").json["one_to_ones"][0]["notes"]) == 2
    talked.done("expire", "--yes")
    (one,) = talked.done("record", "dana", "--json").json["one_to_ones"]
    assert (one["notes"], len(one["follow_ups"])) == ([], 1)
    assert "none is older" in talked.done("check").out
    assert "No note is older" in talked.done("expire").err


def test_help_says_what_each_of_them_does(alongside: CommandLine) -> None:
    for verb in ("record", "forget", "merge", "expire"):
        result = alongside("--help")
        assert verb in result.out
        assert alongside(verb, "--help").code == 0
    assert clean(alongside("forget", "--help").out).count("--yes") >= 2
