"""When saving goes wrong, files are damaged or newer, or what one looks at goes away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events

from tests.builders import Bench, add_person, plan_today, write
from tests.store.helpers import one_to_one_file, person_file, replace_by_rename, rewrite
from tests.ui.app import NARROW, NORMAL, Desk, opened, start_writer, with_dana, with_talk
from tests.ui.test_beside import to_beside
from tests.ui.test_prepare import history
from tui import words
from tui.app import AlongsideApp
from tui.domain.journal import Journal
from tui.domain.onetoones import OneToOne
from tui.errors import BusyError, StorageError
from tui.services import promises, talks
from tui.store.folder import JournalFolder
from tui.store.migrations import ABOUT, SCHEMA

FULL = "There is no room left on the disk."
NEWER = "This was written by a newer alongside, so it can be read here but not changed."
SAFE = "What you entered is safe, and goes into the journal by itself as soon as it can."


class Disk:
    """A disk that refuses to have journal files written, until it is mended."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.error: Exception | None = None
        write = JournalFolder.write

        def maybe(folder: JournalFolder, *args: Any, **kwargs: Any) -> object:
            if self.error is not None:
                raise self.error
            return write(folder, *args, **kwargs)

        monkeypatch.setattr(JournalFolder, "write", maybe)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, quick_looks: None) -> Disk:
    """The disk of the journal; give it an error to have it refuse."""
    return Disk(monkeypatch)


def flat(desk: Desk) -> str:
    """Return what is on the screen as one line, so that a wrapped sentence is found."""
    return " ".join(desk.text.split())


def make_newer(path: Path) -> None:
    rewrite(path, lambda tables: tables[ABOUT]["file"].update(schema=SCHEMA + 1))


def one_to_one_files(bench: Bench) -> list[Path]:
    return sorted(Path(bench.place.journal, "people").glob("*/2*.json"))


def texts(journal: Journal, one: OneToOne) -> list[str]:
    return sorted(note.text for note in journal.page(one.id).notes)


# -- beginning -----------------------------------------------------------------------------


async def test_a_key_before_the_first_frame_does_not_keep_the_writer_from_starting(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, one = with_talk(bench)
    begin = AlongsideApp.on_mount

    def with_a_key_waiting(app: AlongsideApp) -> None:
        begin(app)
        app.post_message(events.Key("f4", None))

    monkeypatch.setattr(AlongsideApp, "on_mount", with_a_key_waiting)
    async with opened(bench, within=2) as desk:
        await desk.shows("Nothing written yet")
        await desk.press(*"a word", "enter")
        await desk.shows("“a word”", "saved ●", without="not saved yet")
        assert texts(await desk.on_disk(), one) == ["a word"]


# -- a disk that refuses -------------------------------------------------------------------


@pytest.mark.parametrize("error", [StorageError(FULL), BusyError("Another program is busy here.")])
async def test_what_cannot_be_filed_is_said_and_typing_goes_on(
    bench: Bench, disk: Disk, error: Exception
) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f4")
        disk.error = error
        await desk.press(*"a first word", "enter")
        await desk.shows("NOT FILED ▲", str(error), SAFE, "“a first word”", without="saved ●")
        await desk.press(*"!and a second", "enter", *"half a th")
        await desk.shows("and a second", "half a th", "NOT FILED ▲", without="not saved yet")
        assert texts(bench.on_disk(), one) == []

        disk.error = None
        await desk.shows("saved ●", "half a th", without=("NOT FILED", str(error), SAFE))
        assert texts(await desk.on_disk(), one) == ["a first word", "and a second"]
        await desk.press(*"ird", "enter")
        await desk.shows("half a third")
        assert texts(await desk.on_disk(), one) == ["a first word", "and a second", "half a third"]


@pytest.mark.sweep
@pytest.mark.parametrize("way", [(), ("f3",), ("f4",), ("f5",)], ids=["home", "f3", "f4", "f5"])
@pytest.mark.parametrize("size", [(120, 40), NARROW], ids=["wide", "narrow"])
async def test_every_surface_says_it(
    bench: Bench, disk: Disk, way: tuple[str, ...], size: tuple[int, int]
) -> None:
    with_talk(bench)
    async with opened(bench, size=size) as desk:
        disk.error = StorageError(FULL)
        await desk.press("f4", *"word", "enter", "f2")
        await desk.press(*way)
        await desk.until(lambda: FULL in flat(desk), "the sentence")
        await desk.until(lambda: "safe" in flat(desk), "that it is safe")
        await desk.shows("NOT FILED ▲")
        disk.error = None
        await desk.shows("saved ●", without="NOT FILED")
        await desk.until(lambda: FULL not in flat(desk), "the sentence gone")


async def test_what_was_not_filed_is_filed_by_the_next_start(bench: Bench, disk: Disk) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        disk.error = StorageError(FULL)
        await desk.press("f4", *"a word", "enter")
        await desk.shows("NOT FILED ▲")
        assert texts(bench.on_disk(), one) == []
    disk.error = None
    async with opened(bench, notifications=True) as desk:
        await desk.press("f4")
        await desk.shows("“a word”", "saved ●")
    assert texts(bench.on_disk(), one) == ["a word"]


async def test_edits_undo_and_ticks_wait_too(bench: Bench, disk: Disk) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f4", *"a word", "enter")
        await desk.shows("saved ●", "“a word”", without="not saved yet")
        await desk.on_disk()
        disk.error = StorageError(FULL)
        await desk.press("f3", "space")
        await desk.shows("[x]", "NOT FILED ▲", "1 of 9")
        await desk.press("down", "space", "u", "f2", "f5", "n", *"a promise", "enter")
        await desk.shows("a promise", "NOT FILED ▲", without="A follow-up with")
        disk.error = None
        await desk.shows("saved ●", without="NOT FILED")
        journal = await desk.on_disk()
        assert sum(bool(item.ticked) for item in journal.page(one.id).items) == 1
        assert [f.text for f in journal.follow_ups.values()] == ["a promise"]


async def test_a_log_that_refuses_too_says_that_it_is_memory_only(
    bench: Bench, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.store.log import Log

    _, one = with_talk(bench)
    append = Log.append
    broken = True

    def maybe(log: Log, *args: Any, **kwargs: Any) -> object:
        if broken:
            raise StorageError(FULL)
        return append(log, *args, **kwargs)

    monkeypatch.setattr(Log, "append", maybe)
    async with opened(bench) as desk:
        disk.error = StorageError(FULL)
        await desk.press("f4", *"a word", "enter")
        await desk.reads(
            FULL,
            "What you write now is only in memory: leave alongside open",
            "NOT FILED ▲",
        )
        assert desk.row("“a word”").endswith("not saved yet ○")
        broken = False
        disk.error = None
        await desk.shows("saved ●", without=("NOT FILED", "only in memory", "not saved yet"))
        assert texts(await desk.on_disk(), one) == ["a word"]


async def test_a_fault_of_our_own_is_said_and_survived(bench: Bench, disk: Disk) -> None:
    _, one = with_talk(bench)
    async with opened(bench) as desk:
        disk.error = RuntimeError("a word that is private")
        await desk.press("f4", *"a word", "enter")
        await desk.shows("NOT FILED ▲", "by a fault of alongside", without="private")
        disk.error = None
        await desk.shows("saved ●", without="fault of alongside")
        assert texts(await desk.on_disk(), one) == ["a word"]


async def test_quitting_says_where_what_is_not_filed_is(bench: Bench, disk: Disk) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        disk.error = StorageError(FULL)
        await desk.press("f4", *"a word", "enter")
        await desk.shows("NOT FILED ▲")
        await desk.quit()
        last_words = desk.app._writer.close()
        assert FULL in last_words
        assert bench.place.state in last_words


async def test_nothing_is_said_to_be_saved_before_it_is(bench: Bench) -> None:
    with_dana(bench)
    async with opened(bench, starts_writer=False) as desk:
        await desk.press("n", *"Zoë", "enter")
        await desk.shows("▌ Zoë", "saving ○", without="saved ●")
        await desk.press("enter", "enter", "space")
        await desk.shows("Before you talk", "1 of 9", "saving ○", without="saved ●")
        assert "not saved yet ○" in desk.line("[x]")
        await desk.press("f5", "n", *"a promise", "enter")
        await desk.shows("a promise", "saved yet ○", "saving ○")
        start_writer(desk)
        await desk.shows("a promise", "saved ●", without="saved yet")
        assert len((await desk.on_disk()).people) == 2


# -- damaged files -------------------------------------------------------------------------


async def test_a_damaged_file_is_named_and_the_rest_is_open(bench: Bench) -> None:
    notebook = bench.notebook()
    dana, ana = add_person(notebook, "Dana Okafor"), add_person(notebook, "Ana")
    one = plan_today(notebook, dana)
    write(notebook, one, "a word")
    path = one_to_one_file(bench)
    path.write_bytes(b'{"about": {"file"')
    async with opened(bench) as desk:
        await desk.shows(path.name, "Nothing in it was changed", "Dana Okafor", "Ana")
        await desk.press("l", *"to Ana", "enter")
        await desk.shows("Ana · walk", "“to Ana”", "saved ●", path.name)
        journal = await desk.on_disk()
        assert {o.person_id for o in journal.one_to_ones.values()} == {ana.id, dana.id}
    assert path.read_bytes() == b'{"about": {"file"'


@pytest.mark.parametrize("size", [NARROW, pytest.param(NORMAL, marks=pytest.mark.sweep)])
async def test_what_is_damaged_is_mended_when_asked(bench: Bench, size: tuple[int, int]) -> None:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook, "Dana Okafor"))
    write(notebook, one, "a word that counts")
    path = one_to_one_file(bench)
    good = path.read_bytes()
    path.write_bytes(good[: len(good) // 2])
    async with opened(bench, size=size, notifications=True) as desk:
        await desk.shows(path.name[:10], "Dana Okafor")
        await desk.press("l")
        await desk.shows("cannot be read")
        await desk.press("f7")
        await desk.shows("There is no summary")
        await desk.press("enter")  # nothing is copied
        await desk.press("escape", *"written meanwhile", "enter")
        await desk.shows("written meanwhile")
        await desk.press("f2", "M")
        await desk.shows("Bring back what can be read", path.name[:10])
        await desk.press("n")
        assert path.read_bytes() == good[: len(good) // 2]
        await desk.press("M")
        await desk.shows("Bring back what can be read")
        await desk.press("y")
        await desk.shows("1 file is mended.", without="cannot be read")
        await desk.press("l")
        await desk.shows("a word that counts", "written meanwhile", "saved ●")
        await desk.press("escape", "M")
        await desk.shows("nothing to mend")


async def test_several_damaged_files_are_counted(bench: Bench) -> None:
    notebook = bench.notebook()
    for name in ("Ana", "Dana Okafor", "Zoë"):
        plan_today(notebook, add_person(notebook, name))
    for path in one_to_one_files(bench):
        path.write_bytes(b"")
    async with opened(bench) as desk:
        await desk.shows("(and 2 more)", "Nothing in them was changed", "Ana", "Dana Okafor", "Zoë")


async def test_a_damaged_file_that_is_mended_is_no_longer_named(
    bench: Bench, quick_looks: None
) -> None:
    with_talk(bench)
    path = one_to_one_file(bench)
    good = path.read_bytes()
    path.write_bytes(good[:40])
    async with opened(bench) as desk:
        await desk.shows(path.name, "no cadence")
        replace_by_rename(path, good)
        await desk.shows("due today", without=path.name)


async def test_a_file_damaged_under_our_eyes_takes_nothing_typed(
    bench: Bench, quick_looks: None
) -> None:
    _, one = with_talk(bench)
    path = one_to_one_file(bench)
    async with opened(bench) as desk:
        await desk.press("f4", *"a word", "enter")
        await desk.shows("“a word”", "saved ●", without="not saved yet")
        await desk.on_disk()
        good = path.read_bytes()
        replace_by_rename(path, good[:60])
        await desk.until(lambda: path.name in flat(desk), "the name of the file")
        await desk.press(*"and another", "enter")
        await desk.shows("NOT FILED ▲", "“and another”")
        assert path.read_bytes() == good[:60]
        replace_by_rename(path, good)
        await desk.shows("saved ●", "“a word”", "“and another”", without="NOT FILED")
        assert texts(await desk.on_disk(), one) == ["a word", "and another"]


# -- files of a newer alongside ------------------------------------------------------------


def a_newer_talk(bench: Bench) -> OneToOne:
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    for line in ('" a word', "> a promise by fri"):
        write(notebook, one, line)
    make_newer(one_to_one_file(bench))
    return notebook.journal.one_to_ones[one.id]


Keys = tuple[str, ...]


@pytest.mark.sweep
@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("f4", *'"more', "enter"), id="write"),
        pytest.param(("f4", "ctrl+g"), id="end the talk"),
        pytest.param(("f3", "space"), id="tick"),
        pytest.param(("f3", "d"), id="delete an item"),
        pytest.param(("f3", "J"), id="move an item"),
        pytest.param(("f3", "n", *"an item", "enter"), id="add an item"),
        pytest.param(("f3", "i", "tab", *" or not", "enter"), id="details"),
        pytest.param(("f4", "escape", "g", "e", *"more", "enter"), id="edit a note"),
        pytest.param(("f4", "escape", "g", "m"), id="make it mine"),
        pytest.param(("f4", "escape", "g", "c", "!"), id="change its kind"),
        pytest.param(("f4", "escape", "g", "d"), id="delete a note"),
        pytest.param(("f5", "o"), id="owner"),
        pytest.param(("f5", "space"), id="done"),
        pytest.param(("f5", "d"), id="delete a follow-up"),
        pytest.param(("f5", "x", *"why", "enter"), id="let go"),
        pytest.param(("f5", "w", *["backspace"] * 10, *"tomorrow", "enter"), id="when"),
    ],
)
async def test_a_newer_file_is_read_and_not_changed(bench: Bench, keys: Keys) -> None:
    one = a_newer_talk(bench)
    before = one_to_one_file(bench).read_bytes()
    async with opened(bench, notifications=True) as desk:
        await desk.press(keys[0])
        await desk.shows("Dana Okafor")
        await desk.press(*keys[1:])
        await desk.until(lambda: NEWER[:40] in f"{desk.said} {flat(desk)}", "the sentence")
        journal = await desk.on_disk()
        assert texts(journal, one) == ["a word"]
        assert [f.text for f in journal.follow_ups.values()] == ["a promise"]
        assert "NOT FILED" not in desk.text
    assert one_to_one_file(bench).read_bytes() == before


async def test_a_form_that_is_refused_keeps_what_was_typed(bench: Bench) -> None:
    a_newer_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f3", "i")
        await desk.shows("One-to-one with Dana Okafor")
        await desk.fill("2026-11-22 14:02", "by the canal")
        await desk.press("enter")
        await desk.shows("This was written by a newer alongside", "by the canal")
        await desk.press("escape", "i")
        await desk.shows("by the canal", "did not save")


async def test_the_rest_of_a_person_can_be_changed(bench: Bench) -> None:
    a_newer_talk(bench)
    async with opened(bench) as desk:
        await desk.press("e", "g", "down", "enter", *"tester", "enter")
        await desk.shows("tester", "saved ●", without=("newer alongside", "enter keeps it"))
        [dana] = (await desk.on_disk()).people.values()
        assert dana.role == "tester"


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("n", *"Zoë", "enter"), id="add somebody"),
        pytest.param(("e", "g", "down", "enter", *"tester", "enter"), id="change somebody"),
        pytest.param(("p", "enter"), id="plan"),
        pytest.param(("a",), id="archive"),
        pytest.param(("f5", "n", *"a promise", "enter"), id="add a follow-up"),
        pytest.param(("l",), id="begin a talk"),
    ],
)
async def test_a_newer_journal_is_read_and_not_changed(bench: Bench, keys: Keys) -> None:
    """What cannot be filed for ever must not look as if it had been taken."""
    with_dana(bench)
    make_newer(Path(bench.place.journal, "journal.json"))
    async with opened(bench, notifications=True) as desk:
        await desk.shows("A newer alongside wrote this journal; it is open for reading.")
        await desk.press(*keys)
        await desk.until(lambda: NEWER[:40] in f"{desk.said} {flat(desk)}", "the sentence")
        assert "NOT FILED" not in desk.text
        assert not desk.notebook._unfiled


async def test_a_file_that_becomes_newer_while_one_works(bench: Bench, quick_looks: None) -> None:
    """Undo is an edit like any other: it is refused with the sentence, and nothing breaks."""
    _, one = with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("f3", "space")
        await desk.shows("1 of 9", "saved ●")
        await desk.on_disk()
        make_newer(one_to_one_file(bench))
        await desk.until(lambda: desk.notebook.journal.read_only, "the news")
        await desk.press("u")
        await desk.until(lambda: NEWER[:40] in f"{desk.said} {flat(desk)}", "the sentence")
        assert sum(bool(i.ticked) for i in (await desk.page(one)).items) == 1
        await desk.press("f2")
        await desk.shows("▌ Dana Okafor")


# -- what one looks at goes away -----------------------------------------------------------

Act = Callable[[Bench, OneToOne], None]
GONE = (
    "This one-to-one is not there any more: it was deleted, or its file has gone. If that was not "
    'meant: alongside restore "WHEN" brings back what was there then.'
)


def deleted(bench: Bench, one: OneToOne) -> None:
    notebook = bench.notebook()
    talks.delete(notebook, notebook.journal.one_to_ones[one.id])


def person_gone(bench: Bench, one: OneToOne) -> None:
    from shutil import rmtree

    rmtree(person_file(bench).parent)


@pytest.mark.parametrize("act", [deleted, person_gone])
@pytest.mark.parametrize("key", ["f3", "f4"])
async def test_the_talk_goes(bench: Bench, quick_looks: None, act: Act, key: str) -> None:
    _, one = with_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press(key)
        await desk.shows("Dana Okafor · walk")
        act(bench, one)
        await desk.until(lambda: GONE in desk.said, "that it is gone")
        await desk.shows("alongside")
        await desk.press("f3", "escape", "f4", "escape", "f5")
        assert desk.app._exception is None


@pytest.mark.parametrize("act", [deleted, person_gone])
async def test_the_board_stays_when_the_talk_goes(
    bench: Bench, quick_looks: None, act: Act
) -> None:
    person, one = with_talk(bench)
    write(bench.notebook(), one, "> a promise")
    async with opened(bench) as desk:
        await desk.press("f4", "f5")
        await desk.shows("a promise", "Dana Okafor · walk")
        act(bench, one)
        await desk.shows("none here", without="a promise")
        await desk.press("right", "o", "d", "e", "escape", "a", "f4", "f2")
        await desk.shows("alongside")
        assert person.id in desk.notebook.journal.people or act is person_gone


@pytest.mark.sweep
@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("f4", "escape", "g", "e"), id="a note"),
        pytest.param(("f3", "e"), id="an item"),
        pytest.param(("f3", "n"), id="a new item"),
        pytest.param(("f3", "i"), id="the details"),
        pytest.param(("f5", "e"), id="a follow-up"),
        pytest.param(("f5", "w"), id="a when"),
        pytest.param(("f5", "n"), id="a new follow-up"),
        pytest.param(("f4", "escape", "g", "c"), id="a kind"),
    ],
)
@pytest.mark.parametrize("act", [deleted, person_gone])
async def test_the_talk_goes_while_a_form_is_open(
    bench: Bench, quick_looks: None, keys: Keys, act: Act
) -> None:
    """Nothing breaks, and what was typed is kept or taken."""
    _, one = with_talk(bench)
    notebook = bench.notebook()
    for line in ('" a word', "> a promise by fri"):
        write(notebook, one, line)
    async with opened(bench, notifications=True) as desk:
        await desk.press(keys[0])
        await desk.shows("Dana Okafor")
        await desk.press(*keys[1:])
        await desk.until(lambda: desk.app.screen.is_modal, "the form")
        act(bench, one)
        await desk.until(lambda: one.id not in desk.notebook.journal.one_to_ones, "the news")
        await desk.press(*"=1", "enter")
        await desk.press("escape", "f2")
        await desk.shows("alongside")


async def test_a_follow_up_goes_while_its_form_is_open(bench: Bench, quick_looks: None) -> None:
    _, one = with_talk(bench)
    write(bench.notebook(), one, "> a promise by fri")
    async with opened(bench) as desk:
        await desk.press("f5", "e")
        await desk.shows("Follow-up with Dana Okafor")
        other = bench.notebook()
        [found] = other.journal.follow_ups.values()
        promises.delete(other, found)
        await desk.until(lambda: not desk.notebook.journal.follow_ups, "the news")
        await desk.press("end", *" and more", "enter")
        await desk.shows("a promise and more", without="Follow-up with")
        [found] = (await desk.on_disk()).follow_ups.values()
        assert found.text == "a promise and more", "an edit beats a deletion"


# -- refused while a dialog is in front ------------------------------------------------------


def all_newer(bench: Bench) -> None:
    for path in (*one_to_one_files(bench), *Path(bench.place.journal, "people").glob("*/p*.json")):
        make_newer(path)


async def refused(desk: Desk, *without: str) -> None:
    """See that the app lives and said why; nothing else was said."""
    await desk.until(lambda: NEWER[:40] in desk.said, "the sentence")
    assert not any(words in desk.said for words in without), desk.said
    await desk.press("f2")
    await desk.shows("enter prepare")


async def test_giving_to_another_person_is_refused(bench: Bench) -> None:
    a_newer_talk(bench)
    add_person(bench.notebook(), "Sam Reyes")
    async with opened(bench) as desk:
        await desk.press("f5", "p", *"sam", "enter")
        await refused(desk, "Sam's")


async def test_deciding_is_refused(bench: Bench, quick_looks: None) -> None:
    history(bench)
    notebook = bench.notebook()
    (ask,) = (f for f in notebook.journal.follow_ups.values() if f.text == "ask Lena")
    promises.touch(notebook, ask, "an earlier talk")
    async with opened(bench) as desk:
        await to_beside(desk, ("f4", "ctrl+t"), "> ask Lena")
        await desk.press("t")
        await desk.shows("“ask Lena” has come up 3 times.")
        await desk.on_disk()
        all_newer(bench)
        await desk.until(lambda: len(desk.notebook.journal.read_only) > 1, "the news")
        await desk.press("d")
        await refused(desk, words.DO_TODAY)


@pytest.mark.parametrize(
    ("row", "key", "untrue"),
    [
        ("> ask Lena", "space", "Done"),
        ("& the conference talk", "space", "Off the shelf"),
        ("& the conference talk", "d", "Deleted"),
    ],
)
async def test_what_is_refused_beside_is_not_said_to_be_done(
    bench: Bench, row: str, key: str, untrue: str
) -> None:
    history(bench)
    all_newer(bench)
    async with opened(bench) as desk:
        await to_beside(desk, ("f4", "ctrl+t"), row)
        await desk.press(key)
        await refused(desk, untrue)


async def test_archiving_in_place_of_forgetting_is_refused(bench: Bench) -> None:
    with_dana(bench)
    all_newer(bench)
    async with opened(bench) as desk:
        await desk.app.do("app.forget")
        await desk.reads("Archive instead")
        await desk.press("a")
        await refused(desk, "Archived")
