"""The preview of a summary: changed line by line, without touching a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import HOSTILE, NOW, Bench, write
from tests.ui.app import NARROW, NORMAL, Desk, opened, with_talk
from tests.ui.test_summary import (
    MINE,
    READ,
    FakeClipboard,
    a_talk,
    clipboard,
    shown,
    squeezed,
    the_text,
)
from tui.desk import mail
from tui.desk.clipboard import CopyResult, Outcome
from tui.domain.onetoones import OneToOne, Status
from tui.domain.sendings import MAIL
from tui.screens.summary import SummaryScreen
from tui.services import course, sendings, talks
from tui.services.outward import Format

__all__ = ["clipboard"]

TALL = (100, 60)


async def to_line(desk: Desk, words: str) -> None:
    """Go to a line of the preview."""
    await desk.press("g")
    for _ in range(40):
        if words in desk.line("▌"):
            return
        await desk.press("j")
    pytest.fail(f"there is no way to {words}:\n{desk.text}")


async def reword(desk: Desk, words: str, text: str) -> None:
    """Give a line of the preview other words."""
    await to_line(desk, words)
    await desk.press("e")
    await desk.shows("This line, in this summary")
    await desk.replace(text)
    await desk.press("enter")
    await desk.shows(READ, text, without="This line, in this summary")


# -- changing lines ------------------------------------------------------------------------


async def test_a_line_in_other_words_in_every_format_and_in_what_is_copied(
    bench: Bench, clipboard: FakeClipboard
) -> None:
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await reword(desk, "one quiet morning", "one *quiet* morning")
        assert desk.line("one *quiet* morning").rstrip(" │").endswith("changed")
        notes = {note.text for note in (await desk.page(one)).notes}
        assert "one quiet morning a week" in notes
        for key, said in (("2", "one \\*quiet\\* morning"), ("3", "one *"), ("4", "one *quiet*")):
            await desk.press(key)
            await desk.shows(said)
        await desk.press("1", "enter")
        await desk.shows("(checked, xclip)")
        assert "- one *quiet* morning\n" in clipboard.texts[0]
        assert "one quiet morning" not in clipboard.texts[0]


async def test_a_line_is_left_out_and_put_back(bench: Bench, clipboard: FakeClipboard) -> None:
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await to_line(desk, "no more")
        await desk.press("d")
        await desk.shows("Left out of this summary", "no more *status* meeting")
        assert "We decided" not in shown(desk)
        assert "the conference talk" in desk.line("▌"), "one goes on below"
        await desk.press("enter")
        await desk.shows("(checked, xclip)")
        assert "status" not in clipboard.texts[0]
        await desk.press("G", "j")
        await desk.until(lambda: "no more" in desk.line("▌"), "the line that is left out")
        await desk.press("r")
        await desk.shows("- no more *status* meeting", without="Left out")
        begins = squeezed(the_text(bench, one))[:40]
        await desk.until(lambda: squeezed(shown(desk)).startswith(begins), "all of it")


async def test_a_line_that_is_only_in_the_summary(bench: Bench, clipboard: FakeClipboard) -> None:
    a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await to_line(desk, "I lose the thread")
        await desk.press("n", *"and laughed about it", "enter")
        await desk.shows("- and laughed about it")
        assert "added" in desk.line("and laughed")
        await desk.press("n", *"a bell", "tab", *["right"] * 5, "enter")
        await desk.shows("Ideas", "- a bell")
        await desk.press("enter")
        await desk.shows("(checked, xclip)")
        heard = clipboard.texts[0].partition("What would help most")[0]
        assert heard.endswith("- “I lose the thread”\n- and laughed about it\n\n")
        await to_line(desk, "and laughed")
        await desk.press("r")
        await desk.shows(READ, without="and laughed")


async def test_a_click_on_the_line_that_is_marked_changes_it(bench: Bench) -> None:
    a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        y = next(n for n, line in enumerate(desk.lines) if "one quiet morning" in line)
        await desk.pilot.click(offset=(20, y))
        await desk.until(lambda: "one quiet morning" in desk.line("▌"), "the mark")
        await desk.pilot.click(offset=(20, y))
        await desk.shows("This line, in this summary", "one quiet morning a week")


@pytest.mark.parametrize("is_sent", [False, True], ids=["draft", "sent"])
async def test_what_was_changed_is_there_after_a_restart(
    bench: Bench, clipboard: FakeClipboard, is_sent: bool
) -> None:
    a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await reword(desk, "one quiet morning", "two quiet mornings")
        await to_line(desk, "no more")
        await desk.press("d")
        if is_sent:
            await desk.press("enter")
            await desk.shows("(checked, xclip)")
        await desk.quit()
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await desk.shows("- two quiet mornings", "Left out of this summary")
        await desk.press("u") if is_sent else None
        await desk.shows("- two quiet mornings")


async def test_words_that_come_to_nothing_are_refused(bench: Bench) -> None:
    a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await to_line(desk, "one quiet morning")
        await desk.press("e", "end", "ctrl+u", "enter")
        await desk.shows("Nothing is left of this line.")


async def test_where_the_note_changes_its_edit_is_lost_and_one_is_told_before_it_is_sent(
    bench: Bench, clipboard: FakeClipboard, quick_looks: None
) -> None:
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await reword(desk, "one quiet morning", "two quiet mornings")
        await desk.on_disk()
        other = bench.notebook()
        note = next(n for n in other.page(one.id).notes if n.text.startswith("one quiet"))
        talks.edit_note(other, one, note, "a quiet Tuesday")
        await desk.shows("- a quiet Tuesday", "Changed here, before its note changed")
        assert "two quiet mornings" not in shown(desk)
        await desk.press("enter")
        await desk.reads("A change of yours does not fit any more, because its note changed")
        assert clipboard.texts == []
        await desk.press("enter")
        await desk.shows("(checked, xclip)", without="Changed here, before")
        assert "a quiet Tuesday" in clipboard.texts[0]
        assert "two quiet mornings" not in clipboard.texts[0]


@pytest.mark.parametrize("key", ["d", "r"])
async def test_a_lost_edit_can_be_put_away(bench: Bench, key: str) -> None:
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await reword(desk, "one quiet morning", "two quiet mornings")
        note = next(n for n in desk.notebook.page(one.id).notes if n.text.startswith("one quiet"))
        talks.flip_side(desk.notebook, one, note)
        await desk.shows("Changed here, before", without="one quiet morning")
        await desk.press("G", "j", key)
        await desk.shows(READ, without="Changed here, before")


# -- what stays ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [NARROW, NORMAL, TALL], ids=str)
async def test_what_stays_is_shown_apart_and_hidden_again(
    bench: Bench, clipboard: FakeClipboard, size: tuple[int, int]
) -> None:
    one = a_talk(bench)
    async with opened(bench, size=size) as desk:
        await desk.press("f7")
        await desk.shows(READ, without=MINE)
        await desk.press("h")
        await desk.shows("Stays with you", MINE[0])
        assert not any(words in shown(desk) for words in MINE)
        if size == TALL:
            assert all(words in desk.text for words in MINE)
            await desk.press("d")
            assert "This note is in no summary." in desk.said
            assert len((await desk.page(one)).notes) == 7
        await desk.press("enter")
        await desk.shows("(checked, xclip)")
        assert not any(words in clipboard.texts[0] for words in MINE)
        await desk.press("h")
        await desk.shows(READ, without=MINE)


# -- what was sent -------------------------------------------------------------------------


async def test_when_it_went_out_and_what_is_new_since(
    bench: Bench, clipboard: FakeClipboard
) -> None:
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await desk.shows(READ, without="since")
        await desk.press("enter")
        await desk.shows("Copied Sun 22 Nov 14:02; nothing has changed since.")
        write(desk.notebook, one, "= mornings stay quiet")
        write(desk.notebook, one, "~ glad")
        await desk.shows("Copied Sun 22 Nov 14:02; 1 line is new or different since.")
        assert desk.line("mornings stay quiet").rstrip(" │").endswith("new since")
        assert desk.text.count("new since") == 1
        (sent,) = (await desk.page(one)).sendings
        assert (sent.form, sent.how, sent.at) == ("plain", "xclip", NOW)
        assert sent.text == clipboard.texts[0]


async def test_that_it_was_sent_is_one_act_with_closing_the_talk(
    bench: Bench, clipboard: FakeClipboard
) -> None:
    one = a_talk(bench)
    notebook = bench.notebook()
    there = notebook.journal.one_to_ones[one.id]
    course.edit(notebook, there, there._replace(status=Status.DEBRIEFED))
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7", "enter")
        await desk.shows("nothing has changed since.")
        assert (await desk.on_disk()).one_to_ones[one.id].status is Status.CLOSED
        await desk.press("u")
        assert desk.said == "Undone: summary sent."
        await desk.shows(READ, without="since")
        assert (await desk.page(one)).sendings == ()
        assert (await desk.on_disk()).one_to_ones[one.id].status is Status.DEBRIEFED


async def test_what_failed_was_not_sent(bench: Bench, clipboard: FakeClipboard) -> None:
    one = a_talk(bench)
    clipboard.result = CopyResult(Outcome.FAILED, "", "xclip broke")
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7", "enter")
        await desk.shows("Not copied")
        assert (await desk.page(one)).sendings == ()


# -- mail ----------------------------------------------------------------------------------


async def test_a_mail_is_begun_and_that_is_noted(
    bench: Bench, clipboard: FakeClipboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls: list[str] = []

    def open_mail(url: str, *surroundings: object, **more: object) -> str:
        urls.append(url)
        return ""

    monkeypatch.setattr(mail, "open_mail", open_mail)
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7", "4")
        await desk.shows("Subject: Our walk on Sun 22 Nov")
        await desk.press("enter")
        await desk.shows("Handed to your mail program Sun 22 Nov 14:02", "Your mail program has it")
        assert clipboard.texts == []
        assert urls[0].startswith("mailto:?subject=Our%20walk")
        (sent,) = (await desk.page(one)).sendings
        assert (sent.form, sent.how) == ("mail", MAIL)


async def test_where_no_mail_can_be_begun_it_is_copied_and_said(
    bench: Bench, clipboard: FakeClipboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "open_mail", lambda url, *a, **k: "There is no mail program.")
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7", "4", "enter")
        await desk.reads("There is no mail program. Copied")
        assert clipboard.texts == [the_text(bench, one, Format.MAIL)]


async def test_what_is_too_long_for_a_mail_is_copied_and_said(
    bench: Bench, clipboard: FakeClipboard
) -> None:
    one = a_talk(bench)
    write(bench.notebook(), one, "! " + "word " * 500)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7", "4", "enter")
        await desk.reads(
            "It is too long to hand to a mail program, so it is copied instead. Copied"
        )
        assert len(clipboard.texts) == 1


# -- a template of one's own ---------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A template of one's own that says what the test is given."""
    path = tmp_path / "config" / "alongside" / "summary.txt"
    path.parent.mkdir(parents=True)
    path.write_text(request.param)


@pytest.mark.parametrize("own", ["Hi {name},\n\nI will:\n{i_will}\n\nM.\n"], indirect=True)
async def test_a_template_of_ones_own_comes_first_and_its_lines_can_be_changed(
    bench: Bench, clipboard: FakeClipboard, own: None
) -> None:
    a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await desk.shows(f"{READ} · own", "Hi Dana,", without="What I heard")
        await reword(desk, "send the book", "send you the book")
        await desk.press("enter")
        await desk.shows("(checked, xclip)")
        assert clipboard.texts == ["Hi Dana,\n\nI will:\n- send you the book\n\nM.\n"]
        await desk.press("m")
        await desk.shows(f"{READ} · plain", "- send you the book")


@pytest.mark.parametrize("own", ["Hi {nmae},\n"], indirect=True)
async def test_a_bad_template_is_told_above_the_plain_text(bench: Bench, own: None) -> None:
    a_talk(bench)
    async with opened(bench, size=(200, 60)) as desk:
        await desk.press("f7")
        await desk.shows(f"{READ} · plain", "line 1: {nmae} is not known. There are: name, date")
        await desk.press("5")
        assert "{nmae} is not known" in desk.said
        await desk.shows(f"{READ} · plain")


async def test_without_one_the_key_says_where_it_would_be(bench: Bench) -> None:
    a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7", "5")
        await desk.shows(f"{READ} · plain")
        assert "summary.txt" in desk.said


# -- the saved copy ------------------------------------------------------------------------


async def test_the_saved_copy_is_opened(
    bench: Bench, clipboard: FakeClipboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_talk(bench)
    opened_paths: list[str] = []
    clipboard.result = CopyResult(Outcome.SENT, "the terminal", "")
    async with opened(bench, size=TALL) as desk:
        monkeypatch.setattr(desk.app, "show_text_outside", opened_paths.append)
        await desk.press("f7", "o")
        assert "No copy is saved" in desk.said
        await desk.press("enter")
        await desk.reads("press o to open it", "Sent to the terminal (not checked)")
        await desk.press("o")
        assert [Path(path).name for path in opened_paths] == ["summary.md"]


# -- whatever is typed ---------------------------------------------------------------------


@pytest.mark.sweep
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("size", [NARROW, TALL], ids=str)
async def test_hostile_text_is_shown_changed_and_left_out(
    bench: Bench, clipboard: FakeClipboard, size: tuple[int, int], text: str
) -> None:
    _, one = with_talk(bench)
    write(bench.notebook(), one, f"! {text}")
    async with opened(bench, size=size) as desk:
        await desk.press("f7")
        for key in "2341":
            await desk.press(key)
            await desk.shows(READ)
        await desk.press("j", "e", "end", *"x", "enter")
        await desk.shows(READ)
        await desk.press("enter")
        await desk.until(lambda: clipboard.texts, "the copy")
        await desk.press("d", "h", "r")
        await desk.shows(READ)


async def test_a_talk_nobody_can_read_is_not_changed(bench: Bench) -> None:
    one: OneToOne = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await desk.shows(READ)
        sendings.keep_edits(desk.notebook, one.id, ())
        talks.delete(desk.notebook, one)
        await desk.press("e", "n", "d", "h", "escape")
        await desk.shows("Dana Okafor", without=READ)


# -- the talk goes meanwhile -----------------------------------------------------------------

GONE = "is not there any more"


async def test_a_form_over_it_stays_where_the_talk_goes(bench: Bench, quick_looks: None) -> None:
    """Nobody loses the line they type; the summary goes when the form is left."""
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await to_line(desk, "one quiet morning")
        await desk.press("e")
        await desk.shows("This line, in this summary")
        await desk.press(*" zq")
        notebook = bench.notebook()
        talks.delete(notebook, notebook.journal.one_to_ones[one.id])
        await desk.until(lambda: GONE in desk.said, "the sentence")
        await desk.shows("This line, in this summary", "zq")
        kept = [d for d in desk.notebook._drafts.values() if "zq" in d.text]
        assert [d.place.startswith(f"form:summary:{one.id}:") for d in kept] == [True]
        await desk.press("enter")
        await desk.shows("enter prepare", without=(READ, "This line"))
        assert len(desk.app.screen_stack) == 1


async def test_it_goes_once_and_alone(bench: Bench) -> None:
    """Two changes in a row, before the first has taken it away."""
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f4")
        await desk.press("escape", "f7")
        await desk.shows(READ)
        *below, summary = desk.app.screen_stack
        assert isinstance(summary, SummaryScreen)
        talks.delete(desk.notebook, one)
        desk.notebook._tell()
        summary._follow()
        assert desk.app.screen_stack == below
        await desk.shows("enter prepare", without=READ)


async def test_help_over_it_is_left_first(bench: Bench) -> None:
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7", "f1")
        await desk.shows("Other words, in this summary only.")
        talks.delete(desk.notebook, one)
        desk.notebook._tell()
        assert len(desk.app.screen_stack) == 3
        await desk.press("escape")
        await desk.shows("enter prepare", without=READ)


# -- taking back what was done here --------------------------------------------------------


async def test_undo_takes_back_what_was_done_here_and_never_a_note(bench: Bench) -> None:
    one = a_talk(bench)
    before = {note.text for note in bench.on_disk().page(one.id).notes}
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await reword(desk, "one quiet morning", "two quiet mornings")
        await to_line(desk, "no more")
        await desk.press("d")
        await desk.shows("Left out of this summary")
        await to_line(desk, "I lose the thread")
        await desk.press("n", *"and laughed", "enter")
        await desk.shows("- and laughed")
        await desk.press("u")
        assert desk.said == "Undone: a line added."
        await desk.shows("Left out of this summary", without="and laughed")
        await desk.press("u")
        await desk.shows("- no more *status* meeting", "two quiet", without="Left out of this")
        await desk.press("u")
        await desk.shows("- one quiet morning a week", without="two quiet")
        await desk.press("u")
        assert "Nothing you did in this summary is left to undo" in desk.said
        await desk.press("U", "U", "U")
        await desk.shows("two quiet mornings", "Left out of this summary", "- and laughed")
        await desk.press("U")
        assert desk.said == "There is nothing to do again in this summary."
        assert {note.text for note in (await desk.page(one)).notes} == before
        assert len((await desk.on_disk()).follow_ups) == 2


async def test_undo_takes_back_a_sending_and_then_what_was_changed_for_it(
    bench: Bench, clipboard: FakeClipboard
) -> None:
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await to_line(desk, "no more")
        await desk.press("d", "enter")
        await desk.shows("nothing has changed since.")
        await desk.press("u")
        assert desk.said == "Undone: summary sent."
        await desk.shows("Left out of this summary", without="changed since")
        await desk.press("u")
        assert desk.said == "Undone: a line left out."
        await desk.shows("- no more *status* meeting", without="Left out of this")
        await desk.press("U", "U")
        assert desk.said == "Done again: summary sent."
        await desk.shows("Left out of this summary", "nothing has changed since.")
        assert len((await desk.page(one)).sendings) == 1


async def test_a_sending_of_before_is_not_undone_here(
    bench: Bench, clipboard: FakeClipboard
) -> None:
    one = a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7", "enter")
        await desk.shows("(checked, xclip)")
        await desk.press("escape", "f7")
        await desk.shows(READ, "nothing has changed since.")
        await desk.press("u", "u")
        assert "Nothing you did in this summary" in desk.said
        assert len((await desk.page(one)).sendings) == 1


@pytest.mark.parametrize("own", ["Hi {name},\n\nI will:\n{i_will}\n{next}\n"], indirect=True)
async def test_a_line_the_template_has_no_place_for_is_told_and_stands_apart(
    bench: Bench, own: None
) -> None:
    a_talk(bench)
    async with opened(bench, size=TALL) as desk:
        await desk.press("f7")
        await to_line(desk, "send the book")
        await desk.press("n", *"a bell", "enter")
        await desk.shows("- a bell", without="no place")
        await desk.press("n", *"a song", "tab", *["left"] * 12, "enter")
        assert "Your template has no place for" in desk.said
        await desk.shows("Apart: your template has no place for it", "a song")
        assert "- a song" not in shown(desk)
        await desk.press("m")
        await desk.shows("- a song", without="Apart:")
        await desk.press("5", "G", "j")
        await desk.until(lambda: "a song" in desk.line("▌"), "the line apart")
        await desk.press("d")
        await desk.shows(READ, without="a song")
