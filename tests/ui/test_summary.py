"""The summary: what the colleague will read, and the truth about copying it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.builders import NOW, Bench, add_person, plan_today, write
from tests.store.helpers import one_to_one_file
from tests.ui.app import NARROW, Desk, opened, with_dana, with_talk
from tui.desk.clipboard import Clipboard, CopyResult, Outcome
from tui.domain.onetoones import OneToOne
from tui.services import course, talks
from tui.services.outward import Format, summary_of, summary_text

LINES = (
    '" I lose the thread',
    "! one quiet morning a week",
    "= no more *status* meeting",
    "+ the note to the support desk",
    "> send the book by fri",
    "< draft the on-call note",
    "& the conference talk",
    "~ tired of the team",
    "? is it fair",
    '-" between the two of us',
)
MINE = ("tired of the team", "is it fair", "between the two of us")
READ = "What Dana will read"


def a_talk(bench: Bench) -> OneToOne:
    """Put a talk with a line of every sort into the journal."""
    notebook = bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    for line in LINES:
        write(notebook, one, line)
    return notebook.journal.one_to_ones[one.id]


def the_text(bench: Bench, one: OneToOne, form: Format = Format.PLAIN) -> str:
    """Return what the colleague is to read, as the command line would print it."""
    journal = bench.on_disk()
    found = summary_of(journal, journal.one_to_ones[one.id], journal.page(one.id), NOW.date())
    return summary_text(found, form)


def shown(desk: Desk) -> str:
    """Return the text inside the frame, as it is on the screen."""
    inside = [line.split("│")[1] for line in desk.lines if line.count("│") == 2]
    return "\n".join(line.removeprefix("▌").strip() for line in inside).strip()


def is_shown(desk: Desk, text: str) -> bool:
    return squeezed(shown(desk)) == text


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeClipboard]:
    """A clipboard that does as it is told."""
    fake = FakeClipboard()
    monkeypatch.setattr(Clipboard, "copy", lambda self, text: fake.copy(text))
    yield fake
    fake.let_go()


class FakeClipboard:
    """Takes texts, and answers what the test wants."""

    def __init__(self) -> None:
        self.result = CopyResult(Outcome.VERIFIED, "xclip", "")
        self.texts: list[str] = []
        self._may_answer = threading.Event()
        self._may_answer.set()

    def hold(self) -> None:
        """Answer no sooner than `let_go`."""
        self._may_answer.clear()

    def let_go(self) -> None:
        self._may_answer.set()

    def copy(self, text: str) -> CopyResult:
        self.texts.append(text)
        assert self._may_answer.wait(20)
        return self.result


# -- what is shown -------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["f7", "y"])
@pytest.mark.parametrize("way", [(), ("f3",), ("f4",), ("f4", "escape"), ("f5",)], ids="-".join)
async def test_it_opens_from_everywhere_and_goes_back(
    bench: Bench, key: str, way: tuple[str, ...]
) -> None:
    one = a_talk(bench)
    async with opened(bench, size=(100, 50)) as desk:
        await desk.press(*way)
        before = desk.text
        if key == "y" and way == ("f4",):
            await desk.press("y")
            await desk.shows('" heard │ y', without=READ)
            return
        await desk.press(key)
        await desk.shows(READ, "plain", "3 notes of yours stay out of it.")
        assert squeezed(shown(desk)) == squeezed(the_text(bench, one))
        assert not any(words in desk.text for words in MINE)
        await desk.press("escape")
        await desk.until(lambda: desk.text == before, "what was there before")


async def test_a_talk_in_which_nothing_was_said(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f4", "f7")
        await desk.shows(
            READ,
            "We talked. There is nothing I need to send you in writing this time.",
            "No note here is marked as yours alone.",
        )


async def test_one_note_held_back(bench: Bench) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f4", *"~tired", "enter", "f7")
        await desk.shows(READ, "1 note of yours stays out of it.", without="tired")


async def test_from_home_it_is_the_last_one_that_took_place(bench: Bench) -> None:
    notebook = bench.notebook()
    dana = with_dana(bench)
    notebook = bench.notebook()
    one = plan_today(notebook, dana)
    write(notebook, one, '" I lose the thread')
    course.end(notebook, notebook.journal.one_to_ones[one.id])
    bench.clock.forward(days=7)
    plan_today(notebook, dana)
    async with opened(bench) as desk:
        await desk.press("f7")
        await desk.shows(READ, "Sun 22 Nov", "“I lose the thread”")


async def test_one_key_goes_round_the_formats_and_each_has_its_own(bench: Bench) -> None:
    one = a_talk(bench)
    forms = [form for form in Format if form is not Format.OWN]
    async with opened(bench, size=(100, 60)) as desk:
        await desk.press("f7")
        for key, form in enumerate((*forms, forms[0]), 1):
            await desk.shows(f"{READ} · {form}")
            text = squeezed(the_text(bench, one, form))
            await desk.until(partial(is_shown, desk, text), "the whole text")
            await desk.press("m")
            await desk.shows(READ, without=f"{READ} · {form}")
            if key <= len(forms):
                await desk.press(str(key))
                await desk.shows(f"{READ} · {form}")
                await desk.press("m")


async def test_it_is_scrolled_on_a_small_screen(bench: Bench) -> None:
    a_talk(bench)
    async with opened(bench, size=NARROW) as desk:
        await desk.press("f7")
        await desk.shows(READ, "Thank you for the walk", without="Please tell me")
        await desk.press("end")
        await desk.shows("Please tell me", "3 notes of yours stay out of it.")


# -- copying -------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["enter", "y", "f7"])
async def test_what_is_verified_is_copied(bench: Bench, clipboard: FakeClipboard, key: str) -> None:
    one = a_talk(bench)
    async with opened(bench, size=(100, 50)) as desk:
        await desk.press("f7")
        await desk.shows(READ, without="opied")
        await desk.press(key)
        count = len(the_text(bench, one).splitlines())
        await desk.shows(f"Copied {count} lines (checked, xclip).", READ)
        assert clipboard.texts == [the_text(bench, one)]


async def test_it_is_copied_as_it_is_shown(bench: Bench, clipboard: FakeClipboard) -> None:
    one = a_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f7", "m")
        await desk.shows("markdown")
        await desk.press("enter")
        await desk.shows("Copied")
        assert clipboard.texts == [the_text(bench, one, Format.MARKDOWN)]
        assert not any(words in clipboard.texts[0] for words in MINE)


async def test_what_cannot_be_checked_is_not_called_copied(
    bench: Bench, clipboard: FakeClipboard
) -> None:
    one = a_talk(bench)
    clipboard.result = CopyResult(Outcome.SENT, "the terminal", "")
    async with opened(bench, size=(160, 40)) as desk:
        await desk.press("f7", "enter")
        await desk.shows("Sent to the terminal, which cannot be checked. If paste is empty")
        assert "Copied" not in desk.text
        assert rescued(desk).read_text(encoding="utf-8") == the_text(bench, one)


async def test_what_failed_says_so_and_where_the_text_is(
    bench: Bench, clipboard: FakeClipboard
) -> None:
    one = a_talk(bench)
    clipboard.result = CopyResult(Outcome.FAILED, "", "xclip did not answer in time")
    async with opened(bench, size=(160, 40)) as desk:
        await desk.press("f7", "enter")
        await desk.shows("Not copied: xclip did not answer in time. Press o to open it")
        assert "Copied" not in desk.text
        path = rescued(desk)
        assert path.name in "".join(desk.text.split())
        assert path.read_text(encoding="utf-8") == the_text(bench, one)
        assert path.stat().st_mode & 0o777 == 0o600


def rescued(desk: Desk) -> Path:
    """Return the file a text is kept in where the clipboard is in doubt."""
    [path] = Path(desk.bench.place.state).glob("summary*")
    return path


async def test_neither_clipboard_nor_file(
    bench: Bench, clipboard: FakeClipboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(text: str, folder: Path) -> Path:
        raise OSError(28, "No space left on device")

    a_talk(bench)
    monkeypatch.setattr("tui.desk.copying.rescue_copy", refuse)
    async with opened(bench, size=(300, 40)) as desk:
        await desk.press("f7")
        clipboard.result = CopyResult(Outcome.SENT, "the terminal", "")
        await desk.press("enter")
        await desk.shows("Sent to the terminal, which cannot be checked.", "No space left")
        clipboard.result = CopyResult(Outcome.FAILED, "", "no clipboard here")
        await desk.press("enter")
        await desk.shows("Not copied: no clipboard here", "No space left", without="Copied")


async def test_a_slow_clipboard_blocks_no_key(bench: Bench, clipboard: FakeClipboard) -> None:
    one = a_talk(bench)
    clipboard.hold()
    async with opened(bench, notifications=True) as desk:
        await desk.press("f7", "enter")
        await desk.shows("Copying …", without="Copied")
        await desk.press("m")
        await desk.shows("markdown")
        await desk.press("escape", "f4", *"typing goes on", "enter")
        await desk.shows("“typing goes on”", without=("Copied", READ))
        assert len((await desk.page(one)).notes) == 8
        clipboard.let_go()
        await desk.shows("Copied", "(checked, xclip).")


async def test_two_copies_say_what_came_of_the_last(bench: Bench, clipboard: FakeClipboard) -> None:
    a_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f7", "enter")
        await desk.shows("Copied")
        clipboard.result = CopyResult(Outcome.FAILED, "", "xclip broke")
        await desk.press("enter")
        await desk.shows("Not copied: xclip broke", without="(checked")


# -- while it is open ----------------------------------------------------------------------


async def test_what_is_copied_is_what_is_shown(
    bench: Bench, clipboard: FakeClipboard, quick_looks: None
) -> None:
    """Another window writes a line while one reads: it is shown, or it is not copied."""
    one = a_talk(bench)
    async with opened(bench, size=(100, 50)) as desk:
        await desk.press("f7")
        await desk.shows(READ, "I lose the thread")
        write(bench.notebook(), one, '" said into the other window')
        notes = desk.notebook.journal.page(one.id).notes
        await desk.until(lambda: len(desk.notebook.page(one.id).notes) > len(notes), "the news")
        await desk.press("enter")
        await desk.shows("Copied")
        assert squeezed(shown(desk)) == squeezed(clipboard.texts[0])


Act = Callable[[Bench, OneToOne], None]


def deleted(bench: Bench, one: OneToOne) -> None:
    notebook = bench.notebook()
    talks.delete(notebook, notebook.journal.one_to_ones[one.id])


def file_removed(bench: Bench, one: OneToOne) -> None:
    one_to_one_file(bench).unlink()


@pytest.mark.parametrize("gone", [deleted, file_removed])
@pytest.mark.parametrize(
    "key",
    [
        pytest.param("m"),
        pytest.param("enter"),
        "escape",
    ],
)
async def test_the_talk_goes_while_one_reads(
    bench: Bench, clipboard: FakeClipboard, quick_looks: None, gone: Act, key: str
) -> None:
    one = a_talk(bench)
    async with opened(bench, notifications=True) as desk:
        await desk.press("f4", "f7")
        await desk.shows(READ)
        gone(bench, one)
        await desk.until(lambda: one.id not in desk.notebook.journal.one_to_ones, "the news")
        await desk.press(key, "escape", "f2")
        await desk.shows("▌ Dana Okafor", without=READ)


@pytest.mark.parametrize(
    ("key", "shown"), [("f5", "Agreed"), ("f2", "alongside"), ("f3", "Before")]
)
async def test_the_keys_of_the_surfaces_lead_on_from_it(bench: Bench, key: str, shown: str) -> None:
    with_talk(bench)
    async with opened(bench) as desk:
        await desk.press("f4")
        await desk.enter("> send the book by fri")
        await desk.press("f7")
        await desk.shows("What Dana will read")
        await desk.press(key)
        await desk.shows(shown, without="What Dana will read")
