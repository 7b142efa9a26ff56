"""The summary: what the colleague reads, in which order, and that nothing of mine is ever in it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.builders import HOSTILE, NOW
from tui.domain.checklist import ChecklistItem, Phase
from tui.domain.dates import Cadence
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.journal import Journal, Page
from tui.domain.notes import KINDS, NOTE_KINDS, Becomes, Note, Side
from tui.domain.onetoones import WALK, Lead, OneToOne, Status
from tui.domain.ours import HEADINGS, OPENING, Summary
from tui.domain.people import CardLine, Person, Pronoun, Topic
from tui.domain.text import clean_block, clean_line
from tui.services.edits import Edit, edited
from tui.services.formats.escapes import BREAK
from tui.services.formats.template import WORDS as TEMPLATE_WORDS
from tui.services.outward import (
    CLOSING,
    NOTHING,
    Format,
    lines_in,
    mail_url,
    own_template,
    summary_of,
    summary_parts,
    summary_text,
)

TODAY = NOW.date()
DANA = Person("p1", "Dana Okafor")
ONE = OneToOne("t1", "p1", NOW, WALK, status=Status.CLOSED, started=NOW, ended=NOW)
FRIDAY = date(2026, 11, 27)


def note(kind: str, text: str, minutes: int = 0, side: Side = Side.OURS) -> Note:
    at = NOW + timedelta(minutes=minutes)
    return Note(f"n-{kind}-{text}-{minutes}", text, kind, at, side)


def follow_up(text: str, owner: Owner = Owner.ME, minutes: int = 0, **more: object) -> FollowUp:
    said = NOW + timedelta(minutes=minutes)
    made = FollowUp(f"f-{text}", "p1", text, owner, said, Stage.AGREED, born_in="t1")
    return made._replace(**more)  # type: ignore[arg-type]


def journal_of(*records: FollowUp | Topic | OneToOne, person: Person = DANA) -> Journal:
    ones = [ONE, *(r for r in records if isinstance(r, OneToOne))]
    return Journal(
        {person.id: person},
        {one.id: one for one in ones},
        {r.id: r for r in records if isinstance(r, FollowUp)},
        {person.id: tuple(r for r in records if isinstance(r, Topic))},
    )


def summary(
    *records: Note | FollowUp | Topic | OneToOne, one: OneToOne = ONE, person: Person = DANA
) -> Summary:
    page = Page((), tuple(r for r in records if isinstance(r, Note)))
    others = [r for r in records if not isinstance(r, Note)]
    return summary_of(journal_of(*others, person=person), one, page)


def lines_under(made: Summary, heading: str) -> list[str]:
    return [line for section in made.sections if section.heading == heading for line in section[1]]


EVERYTHING: tuple[Note | FollowUp | Topic | OneToOne, ...] = (
    note("idea", "a bell by the kettle", 6),
    note("decided", "mornings stay quiet", 5),
    note("need", "one quiet morning\na week", 4),
    note("heard", "I keep losing the thread", 2),
    note("heard", "it is better on foot", 1),
    note("thanks", "for the eleven pages", 3),
    note("shared", "I was nervous too", 3),
    note("feeling", "tired", 2, Side.MINE),
    note("hunch", "she is leaving", 2, Side.MINE),
    note("need", "a raise, I think", 2, Side.MINE),
    follow_up("send the book", due=FRIDAY),
    follow_up("walk the route", Owner.BOTH, 1, cue="when it is dry"),
    follow_up("draft the note", Owner.THEM, 2, due=date(2026, 12, 1), cue="on the train"),
    follow_up("never mind", stage=Stage.LET_GO, reason="too late"),
    Topic("s1", "the conference", TODAY, born_in="t1"),
    OneToOne("t2", "p1", datetime(2026, 12, 8, 14), "call"),
)

PLAIN = """\
Thank you for the walk on Sun 22 Nov, Dana.

Thank you
- for the eleven pages

What I heard
- “it is better on foot”
- “I keep losing the thread”

What would help most
- one quiet morning
  a week

I will
- send the book, by Fri 27 Nov
- walk the route together, when it is dry

You plan to
- draft the note, on the train, by Tue 1 Dec

We decided
- mornings stay quiet

Ideas
- a bell by the kettle

For next time
- the conference

Next one-to-one
- Tue 8 Dec 14:00, call

Please tell me what I got wrong or left out.
"""


# -- what it says ---------------------------------------------------------------------------


def test_a_whole_summary_in_plain_text() -> None:
    assert summary_text(summary(*EVERYTHING), Format.PLAIN) == PLAIN


def test_in_markdown_only_the_headings_and_what_needs_it_differ() -> None:
    text = summary_text(summary(*EVERYTHING), Format.MARKDOWN)
    assert re.sub("^## (.*)\n\n", r"\1\n", text, flags=re.MULTILINE) == PLAIN


def test_the_order_of_what_was_given_in_does_not_matter() -> None:
    assert summary(*EVERYTHING[::-1]) == summary(*EVERYTHING)


@settings(deadline=None, max_examples=50)
@given(st.sets(st.sampled_from(EVERYTHING)))
def test_sections_stand_in_order_and_empty_ones_are_left_out(
    some: set[Note | FollowUp | Topic | OneToOne],
) -> None:
    made = summary(*some)
    headings = [section.heading for section in made.sections]
    assert headings == [heading for heading in HEADINGS if heading in headings]
    assert all(section.lines for section in made.sections)
    whole = summary(*EVERYTHING)
    for heading in headings:
        assert set(lines_under(made, heading)) <= set(lines_under(whole, heading))
    assert (NOTHING in made.opening) is (not set(headings) - {"Next one-to-one"})


@pytest.mark.parametrize("kind", KINDS, ids=[kind.id for kind in KINDS])
def test_each_kind_stands_under_its_own_heading_or_nowhere(kind: object) -> None:
    found = next(k for k in KINDS if k is kind)
    if found.becomes is Becomes.NOTE:
        made = summary(note(found.id, "words", side=found.side))
        assert [section.heading for section in made.sections] == (
            [found.section] * bool(found.section)
        )
    assert not found.section or found.section in HEADINGS
    assert not (found.section and found.side is Side.MINE)


def test_their_words_stand_in_quotation_marks_and_nothing_else_does() -> None:
    made = summary(*EVERYTHING)
    for section in made.sections:
        quoted = [line.startswith("“") and line.endswith("”") for line in section.lines]
        assert quoted == [section.heading == "What I heard"] * len(quoted)


@settings(deadline=None, max_examples=50)
@given(st.permutations([note("heard", str(n), minutes=n) for n in range(5)]))
def test_what_was_said_first_stands_first(notes: list[Note]) -> None:
    assert lines_under(summary(*notes), "What I heard") == [f"“{n}”" for n in range(5)]


# -- follow-ups -----------------------------------------------------------------------------


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("owner", Owner)
def test_own_promises_theirs_and_what_was_let_go(stage: Stage, owner: Owner) -> None:
    made = summary(follow_up("the book", owner, stage=stage, reason="the shop closed"))
    mine, theirs = lines_under(made, "I will"), lines_under(made, "You plan to")
    if stage is Stage.LET_GO:
        assert made.sections == ()
        assert NOTHING in made.opening
    elif owner is Owner.THEM:
        assert (mine, theirs) == ([], ["the book"])
    else:
        assert mine == ["the book together" if owner is Owner.BOTH else "the book"]
        assert theirs == []
    assert "shop" not in summary_text(made, Format.PLAIN)


@pytest.mark.parametrize(
    ("due", "cue", "said"),
    [
        (None, "", "the book"),
        (FRIDAY, "", "the book, by Fri 27 Nov"),
        (None, "when I pass the shop", "the book, when I pass the shop"),
        (FRIDAY, "when I pass the shop", "the book, when I pass the shop, by Fri 27 Nov"),
        (TODAY, "", "the book, by Sun 22 Nov"),
        (date(2027, 12, 1), "", "the book, by Wed 1 Dec 2027"),
    ],
)
def test_a_promise_with_its_when_and_its_cue(due: date | None, cue: str, said: str) -> None:
    """Days are named from the day of the talk: the reader may read it any day."""
    made = summary(follow_up("the book", due=due, cue=cue))
    assert lines_under(made, "I will") == [said]


@pytest.mark.parametrize(
    ("born_in", "touches", "is_in"),
    [
        ("t1", (), True),
        ("t0", ("t1",), True),
        (None, ("t0", "t1"), True),
        ("t0", (), False),
        ("t0", ("t2",), False),
        (None, (), False),
        ("t1", ("t2",), True),
    ],
)
def test_only_what_came_up_in_this_talk(
    born_in: str | None, touches: tuple[str, ...], is_in: bool
) -> None:
    made = summary(follow_up("the book", born_in=born_in, touches=touches))
    assert bool(lines_under(made, "I will")) is is_in


@pytest.mark.parametrize(
    ("closed", "is_in"),
    [
        (-3, False),
        (0, True),
        (3, True),
    ],
)
def test_what_was_done_before_the_talk_is_no_promise_any_more(closed: int, is_in: bool) -> None:
    """What was done since then was a promise on the day."""
    day = TODAY + timedelta(days=closed)
    done = follow_up("the book", born_in="t0", touches=("t1",), stage=Stage.DONE, closed=day)
    assert bool(lines_under(summary(done), "I will")) is is_in


@pytest.mark.parametrize(("born_in", "is_in"), [("t1", True), ("t0", False), (None, False)])
def test_only_what_was_parked_in_this_talk(born_in: str | None, is_in: bool) -> None:
    made = summary(Topic("s", "the talk", TODAY, born_in))
    assert bool(lines_under(made, "For next time")) is is_in


def test_what_others_promised_is_theirs() -> None:
    """Another person's records never show, wherever they say they were born."""
    made = summary(follow_up("for Sam", person_id="p2"), follow_up("for Dana"))
    assert lines_under(made, "I will") == ["for Dana"]


# -- opening and next -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "name", "opening"),
    [
        (WALK, "Dana Okafor", "Thank you for the walk on Sun 22 Nov, Dana."),
        ("call", "Mei-Lin Zhou", "Thank you for the call on Sun 22 Nov, Mei-Lin."),
        ("over coffee", "Sam", "Thank you for the talk over coffee on Sun 22 Nov, Sam."),
        ("sitting down", "Sam", "Thank you for the talk on Sun 22 Nov, Sam."),
        ("", "Dana", "Thank you for the talk on Sun 22 Nov, Dana."),
        ("the {quay}", "{name}", "Thank you for the talk on Sun 22 Nov (the {quay}), {name}."),
        ("100 % %s", "%s", "Thank you for the talk on Sun 22 Nov (100 % %s), %s."),
    ],
)
def test_the_opening(place: str, name: str, opening: str) -> None:
    person = DANA._replace(name=name)
    made = summary(note("heard", "x"), one=ONE._replace(place=place), person=person)
    assert made.opening == opening
    assert made.closing == CLOSING


@pytest.mark.parametrize(
    ("place", "subject"),
    [
        (WALK, "Our walk on Sun 22 Nov"),
        ("call", "Our call on Sun 22 Nov"),
        ("over coffee", "Our talk over coffee on Sun 22 Nov"),
        ("", "Our talk on Sun 22 Nov"),
        ("the {quay}\nBcc: x@example.com", "Our talk on Sun 22 Nov"),
    ],
)
def test_the_subject_of_a_mail_has_no_word_of_anybody(place: str, subject: str) -> None:
    made = summary(note("heard", "x"), one=ONE._replace(place=place))
    assert made.subject == subject
    text = summary_text(made, Format.MAIL)
    assert text == f"Subject: {subject}\n\n{summary_text(made, Format.PLAIN)}"


def next_lines(*ones: OneToOne) -> list[str]:
    return lines_under(summary(*ones), "Next one-to-one")


def test_the_next_one_to_one_is_the_nearest_that_is_planned() -> None:
    def other(days: int, status: Status = Status.PLANNED, place: str = WALK) -> OneToOne:
        at = NOW + timedelta(days=days)
        return OneToOne(f"t{days}", "p1", at, place, status=status)

    assert next_lines() == []
    assert next_lines(other(-7)) == []
    assert next_lines(other(7, Status.CLOSED)) == []
    assert next_lines(other(14), other(7), other(3, Status.CLOSED)) == [
        "Sun 29 Nov 14:02, walk and talk"
    ]
    assert next_lines(other(7, place="")) == ["Sun 29 Nov 14:02"]
    assert next_lines(other(400)) == ["Mon 27 Dec 2027 14:02, walk and talk"]
    assert next_lines(other(7)._replace(person_id="p2")) == []


def test_a_summary_of_nothing_says_so_and_still_asks() -> None:
    for one in ((), (OneToOne("t2", "p1", NOW + timedelta(days=7)),)):
        text = summary_text(summary(*one), Format.PLAIN)
        assert NOTHING in text
        assert text.endswith(f"\n\n{CLOSING}\n")


@pytest.mark.parametrize("form", Format)
def test_it_ends_in_one_line_end(form: Format) -> None:
    text = summary_text(summary(*EVERYTHING), form)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text


@pytest.mark.parametrize("form", Format)
@settings(deadline=None, max_examples=30)
@given(st.sets(st.sampled_from(EVERYTHING)))
def test_its_stretches_are_its_text(
    form: Format, some: set[Note | FollowUp | Topic | OneToOne]
) -> None:
    """So that a preview made of them shows what goes out and nothing else."""
    made = summary(*some)
    parts = summary_parts(made, form, TEMPLATE)
    text = summary_text(made, form, TEMPLATE)
    assert "\n".join(part.written for part in parts) + "\n" == text


def test_a_summary_in_which_all_is_left_out_is_no_text() -> None:
    empty = Summary("", (), "")
    assert [summary_text(empty, form) for form in (Format.PLAIN, Format.CHAT)] == ["", ""]


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.sampled_from([*HOSTILE[:8], "a\n\nb", "- a\n- b", "I will", "x\n\nIdeas\n- y"])),
    st.sampled_from(["", "Dear all,\n\n- one", "Ideas", CLOSING]),
)
def test_the_lines_of_a_plain_text_can_be_told_again(texts: list[str], opening: str) -> None:
    made = summary(
        *(note("need", clean_block(text), n) for n, text in enumerate(texts)),
        follow_up("the book"),
    )._replace(opening=opening)
    said = [("What would help most", line) for line in lines_under(made, "What would help most")]
    said += [("I will", "the book"), ("closing", CLOSING)]
    said += [("opening", opening)] if opening else []
    assert lines_in(summary_text(made, Format.PLAIN)) == Counter(said)


# -- chat -----------------------------------------------------------------------------------

CHAT_SIGNS = "*_~`@#<>!:;[](){}&|1ab )D-+.\n\t\u00e9"
ALIVE = {
    "bold": r"(?<!\w)\*(?=[^\s*\u200b])[^*\n]*?[^\s*\u200b]\*(?!\w)|(?<!\w)\*[^\s*\u200b]\*(?!\w)",
    "slanted": r"(?<!\w)_(?=[^\s_\u200b])[^_\n]*?(?<=[^\s_\u200b])_(?!\w)",
    "struck": r"(?<!\w)~(?=[^\s~\u200b])[^~\n]*?(?<=[^\s~\u200b])~(?!\w)",
    "code": r"(?<!\w)`(?=[^\s`\u200b])[^`\n]*?(?<=[^\s`\u200b])`(?!\w)|```",
    "mention": r"(?<!\w)[@#]\w",
    "angle": r"<[!@#\w]",
    "link": r"\[[^\]\n]*\][(\[]",
    "emoji": r":(?=[^:\s]*[a-z])[\w+'-]+:",
    "line": r"^\s*(?:>|[-+*•]\s|\d+[.)]\s|#+\s)",
    "entity": r"&#?\w+;",
}
"""What a chat makes of text, taken widely; a space of no width counts as a space."""


def came_alive(text: str) -> list[str]:
    return [name for name, sign in ALIVE.items() if re.search(sign, text, re.MULTILINE)]


@pytest.mark.parametrize(
    "text",
    [
        "@channel", "@here, and @dana", "<!here>", "<@U024BE7LH>", "<http://evil.example|home>",
        ":tada: :+1:", "*bold*", "_slanted_", "~struck~", "`code`", "```\ncode\n```",
        "[home](http://evil.example)", "#general", "text\n> quoted\n- listed\n1. first",
        "R&amp;D", "a *b* c_d_e *f*", "*a**b*",
    ],
)  # fmt: skip
def test_in_a_chat_nothing_comes_alive(text: str) -> None:
    assert came_alive(text), "else this test could not fail"
    made = summary(note("need", text), one=ONE._replace(place=clean_line(text)))
    said = [part.text for part in summary_parts(made, Format.CHAT) if part.heading]
    assert [came_alive(line) for line in said] == [[], [], []]
    assert text in said[1].replace(BREAK, "")
    assert clean_line(text) in said[0].replace(BREAK, "")


@settings(max_examples=300, deadline=None)
@given(st.text(CHAT_SIGNS, max_size=16).map(clean_block).filter(bool))
def test_in_a_chat_whatever_is_typed_reads_as_it_was_typed(text: str) -> None:
    said = lines_of_chat(summary(note("need", text)))
    assert came_alive(said) == []
    assert said.replace(BREAK, "") == text


def lines_of_chat(made: Summary) -> str:
    """Return the only line under a heading, as a chat gets it."""
    (part,) = (p for p in summary_parts(made, Format.CHAT) if p.mark)
    return part.text


@pytest.mark.parametrize(
    "text",
    [
        "14:00",
        "10:30:45",
        "snake_case_name",
        "2 * 3",
        "a@example.com",
        "http://example.com/a_b",
        "3 < 4",
    ],
)
def test_in_a_chat_plain_words_stay_as_they_are(text: str) -> None:
    assert lines_of_chat(summary(note("need", text))) == text


def test_in_a_chat_headings_are_bold_and_lines_have_bullets() -> None:
    text = summary_text(summary(*EVERYTHING), Format.CHAT)
    plain = re.sub(r"^\*(.*)\*$", r"\1", text, flags=re.MULTILINE).replace("• ", "- ")
    assert plain == PLAIN


# -- mine never leaves ----------------------------------------------------------------------

WORDS = st.sampled_from(["", "a", "the book", "tired\nand proud", "x" * 90, "# *x*", "ours too"])
KIND_IDS = [kind.id for kind in NOTE_KINDS]
OURS_IDS = [kind.id for kind in NOTE_KINDS if kind.side is Side.OURS]
MINE_IDS = [kind.id for kind in NOTE_KINDS if kind.side is Side.MINE]
TIMES = st.integers(-90, 90).map(lambda minutes: NOW + timedelta(minutes=minutes))
NUMBERS = st.integers(0, 999).map(str)

PRIVATE = st.one_of(
    # any kind at all, flagged mine
    st.builds(Note, NUMBERS, WORDS, st.sampled_from(KIND_IDS), TIMES, st.just(Side.MINE)),
    # always mine, whatever the file says of its side
    st.builds(Note, NUMBERS, WORDS, st.sampled_from(MINE_IDS), TIMES, st.sampled_from(Side)),
    # from a newer version: what we do not understand we do not let out
    st.builds(Note, NUMBERS, WORDS, st.sampled_from(["mood", ""]), TIMES, st.sampled_from(Side)),
)
SHARED = st.builds(Note, NUMBERS, WORDS, st.sampled_from(OURS_IDS), TIMES, st.just(Side.OURS))
FOLLOW_UPS = st.builds(
    lambda number, text, owner, stage, at, born_in: FollowUp(
        number, "p1", text, owner, at, stage, born_in=born_in, touches=("t1",) * (born_in is None)
    ),
    NUMBERS,
    WORDS,
    st.sampled_from(Owner),
    st.sampled_from(Stage),
    TIMES,
    st.sampled_from(["t1", "t2", None]),
)
WORLDS = st.tuples(
    st.lists(SHARED, max_size=4),
    st.lists(FOLLOW_UPS, max_size=3),
    st.booleans(),
)
PRIVATES = st.lists(st.tuples(PRIVATE, st.integers(0, 9), st.booleans()), max_size=4)


def texts_of(
    world: tuple[list[Note], list[FollowUp], bool], private: list[tuple[Note, int, bool]]
) -> list[str]:
    """Return the summary in every form, of a journal with these private notes in it.

    Each stands at its own place among the notes, on this talk's page or on that of another.
    """
    shared, follow_ups, has_next = world
    here, elsewhere = list(shared), [note("heard", "another day")]
    for made, place, is_here in private:
        (here if is_here else elsewhere).insert(place, made)
    records: list[FollowUp | Topic | OneToOne] = [*follow_ups]
    records += [Topic("s", "parked", TODAY, born_in="t1")] * has_next
    records += [OneToOne("t2", "p1", NOW + timedelta(days=7))] * has_next
    page = Page((), tuple(here))
    plain = journal_of(*records)
    pages = {"t1": page, "t2": Page((), tuple(elsewhere))}
    journal = Journal(plain.people, plain.one_to_ones, plain.follow_ups, plain.topics, pages)
    made_of = summary_of(journal, ONE, page)
    return [text for made in (made_of, edited(made_of, EDITS).summary) for text in ways_out(made)]


TEMPLATE = own_template(
    "\n\n".join(f"{word}: {{{word}}}" for word in TEMPLATE_WORDS) + "\n\nno word", "summary.txt"
)
EDITS = (
    Edit("Ideas", "", "one more"),
    *(
        Edit(heading, was, text, nth)
        for heading in (*HEADINGS, OPENING)
        for said, text in (("a", "instead"), ("the book", ""), ("tired\nand proud", "rested"))
        for was in (said, f"“{said}”")
        for nth in (0, 1)
    ),
)
"""Lines in other words and left out, of what may be ours and of what may be mine."""


def ways_out(made: Summary) -> list[str]:
    """Return every text and link there is of a summary."""
    forms = [summary_text(made, form, TEMPLATE) for form in Format]
    return [*forms, mail_url(made) or "too long"]


@settings(max_examples=300, deadline=None)
@given(WORLDS, PRIVATES, PRIVATES)
@example(([], [], False), [], [(note("feeling", "tired", side=Side.MINE), 0, True)])
@example(([], [], False), [], [(note("heard", "tired", side=Side.MINE), 0, True)])
def test_journals_that_differ_only_in_what_is_mine_give_the_same_text(
    world: tuple[list[Note], list[FollowUp], bool],
    one: list[tuple[Note, int, bool]],
    other: list[tuple[Note, int, bool]],
) -> None:
    """Neither words nor number, order, length, kind or time of what is mine can be read from it."""
    assert texts_of(world, one) == texts_of(world, other)


@settings(deadline=None, max_examples=50)
@given(PRIVATES)
def test_private_words_are_not_in_it(private: list[tuple[Note, int, bool]]) -> None:
    marked = [
        (made._replace(text=f"{made.text} zq{number}zq"), place, is_here)
        for number, (made, place, is_here) in enumerate(private)
    ]
    for text in texts_of(([note("heard", "ours")], [], True), marked):
        assert "zq" not in text
        assert "ours" in text


@settings(deadline=None, max_examples=50)
@given(PRIVATES, st.lists(SHARED, max_size=4))
def test_what_is_held_back_is_what_is_mine(
    private: list[tuple[Note, int, bool]], shared: list[Note]
) -> None:
    notes = [*shared, *(made for made, _, _ in private)]
    assert len(Page((), tuple(notes)).mine) == len(private)
    assert [made.is_mine for made in notes] == [False] * len(shared) + [True] * len(private)


def test_what_is_ours_does_make_a_difference() -> None:
    """So that the properties above cannot hold for the wrong reason."""
    alone = texts_of(([note("heard", "one")], [], False), [])
    both = texts_of(([note("heard", "one"), note("heard", "two")], [], False), [])
    assert all(a != b for a, b in zip(alone, both, strict=True))


@pytest.mark.parametrize(
    "person",
    [
        DANA._replace(role="on notice"),
        DANA._replace(helps="time"),
        DANA._replace(card=(CardLine("Careful", "cries"),)),
        DANA._replace(cadence=Cadence(1, "week"), since=TODAY, pronoun=Pronoun.SHE),
        DANA._replace(archived=True, place="the bench"),
    ],
)
def test_the_card_of_a_person_is_for_the_manager(person: Person) -> None:
    assert summary(*EVERYTHING, person=person) == summary(*EVERYTHING)


@pytest.mark.parametrize(
    "one",
    [
        ONE._replace(intention="say it before she has to"),
        ONE._replace(carried="mostly me"),
        ONE._replace(route=("round the reservoir",)),
        ONE._replace(lead=Lead.ME),
        ONE._replace(status=Status.DEBRIEFED, started=None, ended=None),
    ],
)
def test_how_the_manager_saw_the_talk_is_for_the_manager(one: OneToOne) -> None:
    assert summary(*EVERYTHING, one=one) == summary(*EVERYTHING)


def test_the_checklist_is_for_the_manager() -> None:
    item = ChecklistItem("i", "how I am, in one word: cross", Phase.BEFORE, 1.0, "x", NOW)
    journal = journal_of()
    assert summary_of(journal, ONE, Page((item,), ())) == summary_of(journal, ONE, Page())


# -- Markdown -------------------------------------------------------------------------------

PARSER = MarkdownIt("commonmark").enable(["strikethrough", "table"])
QUIET = {"paragraph", "bullet_list", "list_item", "heading", "inline"}


def read_markdown(text: str) -> list[tuple[str, list[str]]]:
    """Return what a reader of rendered Markdown sees: each block's kind and its lines.

    Raises:
        AssertionError: Where anything but plain paragraphs, headings and lists would be shown.
    """
    found: list[tuple[str, list[str]]] = []
    block = ""
    for token in PARSER.parse(text):
        kind = re.sub("_(open|close)$", "", token.type)
        assert kind in QUIET, f"a {kind} came alive"
        assert token.level < 4 or kind != "bullet_list", "a list came alive inside a line"
        if token.type == "heading_open":
            assert token.tag == "h2"
            block = "heading"
        elif token.type == "list_item_open":
            found.append(("item", []))
            block = "item"
        elif token.type == "bullet_list_close":
            block = ""
        if token.type != "inline":
            continue
        said = ""
        for child in token.children or ():
            assert child.type in ("text", "softbreak"), f"{child.type} came alive"
            said += "\n" if child.type == "softbreak" else child.content
        if block == "item":
            found[-1][1].extend(said.split("\n"))
        else:
            found.append((block or "paragraph", said.split("\n")))
        block = block if block == "item" else ""
    return found


def as_read(text: str) -> list[str]:
    """Return the lines of a text as a reader sees them, blanks and blank lines aside."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def check_reads_as_typed(made: Summary) -> None:
    expected = [("paragraph", as_read(made.opening))]
    for section in made.sections:
        expected.append(("heading", [section.heading]))
        expected += [("item", as_read(line)) for line in section.lines]
    expected.append(("paragraph", [made.closing]))
    found = [
        (kind, [" ".join(line.split()) for line in lines])
        for kind, lines in read_markdown(summary_text(made, Format.MARKDOWN))
    ]
    assert found == expected


TYPED = [
    "# a heading",
    "####### seven",
    "text\n# heading",
    "- a list",
    "+ a list",
    "* a list",
    "text\n- nested\n- list",
    "1. first",
    "1) first",
    "2026. A good year",
    "text\n\n1. numbered",
    "---",
    "***",
    "text\n===",
    "text\n---",
    "text\n\n---",
    "> quoted",
    "text\n> quoted",
    "```\ncode\n```",
    "~~~\ncode\n~~~",
    "`code` and ``more``",
    "*em* **strong** _em_ __strong__",
    "snake_case_name and 2*3*4",
    "[link](http://evil.example)",
    "![image](http://evil.example/x.png)",
    "[ref]: http://evil.example",
    "text\n\n[ref]: http://evil.example\n\n[ref]",
    "[^1] and [x] done",
    "<script>alert(1)</script>",
    "<b>bold</b> <!-- gone -->",
    "<http://evil.example>",
    "back\\slash \\* \\\\",
    "ends in a backslash\\\nnext line",
    "a | b\n--|--\n1 | 2",
    "| a |\n|---|\n| 1 |",
    "text\n    four blanks",
    "text\n\ttab",
    "!important",
    "a\n\nb\n\n\nc",
    "$x$ and $$y$$",
    "@everyone #4 :tada: {curly}",
    "“quoted” — dash … emoji 👩‍👧 שלום",
    "http://example.com/a_b_c",
]


@pytest.mark.parametrize("text", TYPED, ids=range(len(TYPED)))
def test_what_looks_like_markdown_reads_as_it_was_typed(text: str) -> None:
    check_reads_as_typed(
        summary(
            *(note(kind.id, text) for kind in NOTE_KINDS if kind.section),
            follow_up(text, cue=clean_line(text), due=FRIDAY),
            follow_up(f"{text} ", Owner.THEM),
            Topic("s", text, TODAY, born_in="t1"),
            OneToOne("t2", "p1", NOW + timedelta(days=7), clean_line(text)),
            one=ONE._replace(place=clean_line(text)),
            person=DANA._replace(name=clean_line(text)),
        )
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_reads_as_it_was_typed(text: str) -> None:
    text = clean_block(text)
    check_reads_as_typed(summary(note("heard", text), note("need", text), follow_up(text)))


SPECIAL = st.text(st.sampled_from("\\`*_[]<>|#+-=!.)(:/\"'{}$^@%1290 \n\tab“”é"), max_size=24)
"""Without & and ~ and without lines that begin with blanks or a colon: see the test below."""
TYPED_TEXT = SPECIAL.map(lambda text: re.sub("\n[ \t:]+", "\n", clean_block(text))).filter(bool)


@settings(max_examples=150, deadline=None)
@given(TYPED_TEXT, TYPED_TEXT)
def test_whatever_is_typed_reads_as_it_was_typed(one: str, other: str) -> None:
    check_reads_as_typed(
        summary(note("need", one), note("heard", other), note("need", other, 1), follow_up(one))
    )


@pytest.mark.parametrize(
    "text",
    [
        "R&amp;D",
        "&copy; &#42;",
        "&lt;b&gt;",
        "not ~~struck~~ out",
        "a\n\n    b *c*",
        "a\n\n\t\tb [x]",
        "a|\n:-",
    ],
)
def test_what_is_not_escaped_yet(text: str) -> None:
    check_reads_as_typed(summary(note("need", text)))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(TYPED), max_size=4))
def test_plain_text_is_exactly_what_was_typed(texts: list[str]) -> None:
    text = summary_text(
        summary(*(note("need", text, minutes) for minutes, text in enumerate(texts))), Format.PLAIN
    )
    listed = "".join("\n- " + typed.replace("\n", "\n  ") for typed in texts)
    assert text.count(f"What would help most{listed}\n\n") == bool(texts)
