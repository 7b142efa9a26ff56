"""That a summary went out, what was changed for it, and what is new since."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW
from tests.services.scene import Desk
from tui import words
from tui.domain.journal import Change, Page
from tui.domain.onetoones import Status
from tui.domain.ours import Section, Summary
from tui.domain.sendings import MAIL, UNCHECKED, Sending
from tui.services import course, sendings, talks
from tui.services.edits import Edit, left_out, reworded
from tui.services.outward import Format, summary_text
from tui.services.sendings import Since


def send(desk: Desk, form: Format = Format.PLAIN, how: str = "xclip") -> Sending:
    """Have the summary go out as it is now."""
    edits = sendings.edits_of(desk.notebook, desk.one.id)
    made = sendings.edited_summary(desk.notebook, desk.now).summary
    sendings.note_sent(desk.notebook, desk.one.id, made, form, how, edits)
    sent = sendings.last_sent(desk.page)
    assert sent is not None
    return sent


def change(desk: Desk, was: str, text: str) -> None:
    """Give a line of the summary other words."""
    made = sendings.edited_summary(desk.notebook, desk.now)
    line = next(line for line in made.lines if line.was == was)
    edits = sendings.edits_of(desk.notebook, desk.one.id)
    after = reworded(edits, line, text) if text else left_out(edits, line)
    sendings.keep_edits(desk.notebook, desk.one.id, after)


def read(desk: Desk) -> str:
    return summary_text(sendings.edited_summary(desk.notebook, desk.now).summary, Format.PLAIN)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for line in ("! one quiet morning", "* a bell", "* a kettle", "~ tired"):
        desk.write(line)
    return desk


def test_what_went_out_is_kept_in_plain_text(desk: Desk) -> None:
    for form in Format:
        desk.clock.forward(minutes=1)
        sent = send(desk, form)
        assert sent.text == desk.summary()
        assert (sent.form, sent.how, sent.at) == (form, "xclip", desk.clock.now)
    assert len(desk.page.sendings) == len(Format)


def test_of_a_talk_that_was_debriefed_it_closes_the_talk_in_one_act(desk: Desk) -> None:
    course.end(desk.notebook, desk.now)
    after = desk.now._replace(status=Status.DEBRIEFED, debriefed=NOW)
    course.edit(desk.notebook, desk.now, after)
    send(desk)
    assert (desk.now.status, desk.now.closed) == (Status.CLOSED, NOW)
    assert desk.notebook.undo() == "summary sent"
    assert (desk.now.status, desk.page.sendings) == (Status.DEBRIEFED, ())
    assert desk.notebook.redo() == "summary sent"
    assert (desk.now.status, len(desk.page.sendings)) == (Status.CLOSED, 1)


def test_of_any_other_talk_it_changes_nothing_else(desk: Desk) -> None:
    before = desk.now
    send(desk)
    assert desk.now == before


def test_a_talk_that_has_gone_meanwhile_is_nothing_to_note(desk: Desk) -> None:
    made = sendings.edited_summary(desk.notebook, desk.now).summary
    talks.delete(desk.notebook, desk.now)
    sendings.note_sent(desk.notebook, desk.one.id, made, Format.PLAIN, "xclip", ())
    assert desk.notebook.undo() == "one-to-one deleted"


def test_a_talk_takes_its_sendings_with_it_and_back(desk: Desk) -> None:
    sent = send(desk)
    talks.delete(desk.notebook, desk.now)
    _, changes = desk.memory.acts[-1]
    assert Change(desk.home, sent, None) in changes
    desk.notebook.undo()
    assert list(desk.page.sendings) == [sent]


def test_a_talk_of_which_a_summary_went_out_is_not_empty() -> None:
    desk = Desk()
    known = talks.begun(desk.notebook, desk.now)
    assert talks.is_untouched(desk.notebook, desk.one.id, known)
    send(desk)
    assert not talks.is_untouched(desk.notebook, desk.one.id, known)


# -- what is changed by hand ----------------------------------------------------------------


def test_edits_are_a_draft_until_it_goes_out_and_are_kept_with_it_then(desk: Desk) -> None:
    change(desk, "a bell", "a gong")
    place = sendings.place_of(desk.one.id)
    assert desk.notebook.draft(place) is not None
    assert "a gong" in read(desk)
    assert [n.text for n in desk.page.ours] == ["one quiet morning", "a bell", "a kettle"]
    sent = send(desk)
    assert "a gong" in sent.text
    assert desk.notebook.draft(place) is None, "a draft makes the next start slower"
    assert "a gong" in read(desk), "and still it reads as it went out"


def test_what_was_changed_for_the_last_sending_can_be_put_back(desk: Desk) -> None:
    change(desk, "a bell", "a gong")
    send(desk)
    sendings.keep_edits(desk.notebook, desk.one.id, ())
    assert "a gong" not in read(desk)
    send(desk)
    assert "a gong" not in read(desk)
    assert desk.notebook.draft(sendings.place_of(desk.one.id)) is None


def test_what_is_changed_while_it_is_on_its_way_stays(desk: Desk) -> None:
    made = sendings.edited_summary(desk.notebook, desk.now).summary
    change(desk, "a bell", "a gong")
    sendings.note_sent(desk.notebook, desk.one.id, made, Format.PLAIN, "xclip", ())
    assert "a gong" in read(desk)


def test_undoing_that_it_was_sent_keeps_what_was_changed_for_it(desk: Desk) -> None:
    change(desk, "a bell", "a gong")
    sent = send(desk)
    desk.notebook.undo()
    sendings.keep_if_undone(desk.notebook, desk.one.id, sent)
    assert "a gong" in read(desk)
    before = read(desk)
    sendings.keep_if_undone(desk.notebook, desk.one.id, sent)
    sendings.keep_if_undone(desk.notebook, desk.one.id, None)
    assert read(desk) == before


def test_a_note_that_becomes_mine_takes_its_edit_with_it(desk: Desk) -> None:
    bell = next(n for n in desk.page.notes if n.text == "a bell")
    change(desk, "a bell", "a gong")
    talks.flip_side(desk.notebook, desk.now, bell)
    assert "gong" not in read(desk)
    assert "bell" not in read(desk)
    (lost,) = sendings.edited_summary(desk.notebook, desk.now).lost
    assert lost == Edit("Ideas", "a bell", "a gong")


# -- what is new since ----------------------------------------------------------------------

SENT = Summary(
    "Hi.", (Section("Ideas", ("a bell", "a kettle")), Section("I will", ("the book",))), "Bye."
)


@pytest.mark.parametrize(
    ("now", "new", "gone"),
    [
        (SENT, set(), 0),
        (SENT._replace(opening="Hello."), {("opening", 0)}, 0),
        (SENT._replace(closing=""), set(), 1),
        (SENT._replace(sections=SENT.sections[1:]), set(), 2),
        (SENT._replace(sections=(Section("Ideas", ("a gong", "a kettle")),)), {("Ideas", 0)}, 1),
        (
            SENT._replace(sections=(Section("Ideas", ("a bell", "a kettle", "a bell")),)),
            {("Ideas", 2)},
            0,
        ),
        (SENT._replace(sections=(*SENT.sections, Section("We decided", ("x",)))),
         {("We decided", 0)}, 0),
        (SENT._replace(sections=(Section("We decided", ("a bell",)),)), {("We decided", 0)}, 2),
        (SENT._replace(sections=SENT.sections[::-1]), set(), 0),
    ],
)  # fmt: skip
def test_what_is_new_or_different(now: Summary, new: set[tuple[str, int]], gone: int) -> None:
    sent = Sending("s", NOW, "plain", "xclip", summary_text(SENT, Format.PLAIN))
    assert sendings.since(sent, now) == Since(frozenset(new), gone)


LINES = st.lists(st.sampled_from(["a", "b\nc", "d\n\ne", "- f", "Ideas"]), min_size=1, max_size=4)


@settings(deadline=None)
@given(LINES, LINES)
def test_nothing_is_new_just_after_and_all_that_is_new_is_found(
    before: list[str], after: list[str]
) -> None:
    was = SENT._replace(sections=(Section("Ideas", tuple(before)),))
    now = SENT._replace(sections=(Section("Ideas", tuple(after)),))
    sent = Sending("s", NOW, "plain", "xclip", summary_text(was, Format.PLAIN))
    assert sendings.since(sent, was).is_same
    found = sendings.since(sent, now)
    fresh = [text for n, text in enumerate(after) if ("Ideas", n) in found.new]
    kept = list(before)
    expected = []
    for text in after:
        if text in kept:
            kept.remove(text)
        else:
            expected.append(text)
    assert fresh == expected
    assert found.gone == max(0, len(kept) - len(fresh))


@pytest.mark.parametrize(
    ("how", "new", "gone", "said"),
    [
        ("xclip", 0, 0, "Copied Tue 24 Nov 14:40; nothing has changed since."),
        ("xclip", 1, 0, "Copied Tue 24 Nov 14:40; 1 line is new or different since."),
        ("xclip", 2, 0, "Copied Tue 24 Nov 14:40; 2 lines are new or different since."),
        ("xclip", 0, 1, "Copied Tue 24 Nov 14:40; 1 line of it is not there any more."),
        ("xclip", 1, 2, "Copied Tue 24 Nov 14:40; 1 line is new or different since, "
                        "2 lines of it are not there any more."),
        (MAIL, 0, 0, "Handed to your mail program Tue 24 Nov 14:40; nothing has changed since."),
        (f"the terminal{UNCHECKED}", 0, 0,
         "Sent to the terminal (not checked), Tue 24 Nov 14:40; nothing has changed since."),
    ],
)  # fmt: skip
def test_how_it_is_said(how: str, new: int, gone: int, said: str) -> None:
    sent = Sending("s", datetime(2026, 11, 24, 14, 40), "plain", how, "")
    since = Since(frozenset(("Ideas", n) for n in range(new)), gone)
    assert words.sent(sent, since, NOW.date()) == said


def test_the_last_is_the_last() -> None:
    some = tuple(
        Sending(str(n), NOW + timedelta(hours=n % 3), "plain", "xclip", "") for n in range(6)
    )
    assert sendings.last_sent(Page((), (), some)) == some[5]
    assert sendings.last_sent(Page()) is None
