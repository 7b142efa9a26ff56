"""The one door from user text to the screen: text in, `Content` out, never markup."""

from __future__ import annotations

from datetime import date, datetime

from textual.content import Content

from tui import frontpage, words
from tui.commands import key_for
from tui.domain.capture import Entry
from tui.domain.checklist import ChecklistItem
from tui.domain.dates import say_date, say_day, say_due, say_moment
from tui.domain.followups import OWNER_LABEL, STAGE_LABEL, FollowUp, Owner
from tui.domain.journal import Journal
from tui.domain.notes import HEARD, PARK, Becomes, Kind, Note, Side
from tui.domain.onetoones import OneToOne
from tui.domain.people import CardLine, Person, Topic
from tui.domain.questions import Landed, Pick, Question
from tui.domain.standing import Standing
from tui.domain.text import first_line, times
from tui.frontpage import ALARM as ALARM
from tui.frontpage import AMBER as AMBER
from tui.frontpage import BRIGHT as BRIGHT
from tui.frontpage import MINE as MINE
from tui.frontpage import MUTED as MUTED
from tui.services.history import Event
from tui.widgets.rows import EMPTY, Row

LABEL = 14
"""Columns of what a line of a card is about."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.domain.listening import Meeting
    from tui.frontpage import PersonRow
    from tui.services.person_cards import Entered

Part = Content | str | tuple[str, str]


def line(*parts: Part) -> Content:
    """Return pieces of text side by side; a tuple is a text and its style."""
    return Content.assemble(*(part for part in parts if part))


def text(value: str, style: str = "") -> Content:
    """Return user text as it is, whatever brackets are in it."""
    return Content.styled(value, style) if style else Content(value)


def joined(parts: list[str], style: str = "") -> Content:
    """Return the parts that are not empty, with a middle dot between them."""
    return text(" · ".join(part for part in parts if part), style)


def talk_heading(person: Person, one: OneToOne, today: date, *, is_narrow: bool = False) -> Content:
    """Return the heading of a one-to-one: who, where, who leads, when; what may be cut off last."""
    rest = [one.place, words.lead(one.lead, person), say_moment(one.at, today)]
    if is_narrow:
        rest = [rest[2], *rest[:2]]
    return line((person.name, "bold"), (" · ", MUTED), joined(rest))


def note_row(note: Note, *, is_pending: bool, is_narrow: bool = False) -> Row:
    """Return a note as a row: their own words stand out, what is mine is slanted and says so.

    Args:
        note: The note.
        is_pending: Whether it is not saved yet.
        is_narrow: Whether there is room for little but the text.
    """
    if note.kind is HEARD:
        body = text(f"“{note.text}”", MINE if note.is_mine else f"{BRIGHT} bold")
    else:
        body = text(note.text, MINE if note.is_mine else "")
    side = Side.MINE if note.is_mine else Side.OURS
    unsure = words.THINK_SO if note.is_unsure else ""
    pinned = words.PINNED if note.is_pinned else ""
    facts = ["" if is_narrow else unsure, pinned, "" if is_narrow and side is Side.OURS else side]
    right = text(words.PENDING, ALARM) if is_pending else joined(facts, MUTED)
    below = text(unsure, MUTED) if is_narrow else EMPTY
    gutter = _when_and_what(note.at, note.kind, is_narrow=is_narrow)
    return Row(note.id, body, gutter, right, below)


def _when_and_what(at: datetime | None, kind: Kind, *, is_narrow: bool) -> Content:
    """Return the time and the kind that stand before a line of the notes."""
    clock = f"{at:%H:%M} " if at else " " * 6
    if is_narrow:
        return line((f"{clock}{kind.key} ", MUTED))
    return line((f"{clock}{kind.key} {kind.label:<9} ", MUTED))


def follow_up_line(
    follow_up: FollowUp, person: Person, today: date, *, is_pending: bool, is_narrow: bool = False
) -> Row:
    """Return a follow-up as a row among the notes of the talk it was made in."""
    due = say_due(follow_up.due, today) if follow_up.due else ""
    unsure = words.THINK_SO if follow_up.is_unsure else ""
    facts = [unsure, due, owner_word(follow_up, person), STAGE_LABEL[follow_up.stage]]
    return Row(
        follow_up.id,
        text(follow_up.text, AMBER if follow_up.owner is not Owner.THEM else ""),
        _when_and_what(follow_up.said, follow_up.kind, is_narrow=is_narrow),
        text(words.PENDING, ALARM) if is_pending else joined(facts, MUTED),
    )


def topic_line(topic: Topic, *, is_pending: bool, is_narrow: bool = False) -> Row:
    """Return a parked topic as a row among the notes."""
    right = text(words.PENDING, ALARM) if is_pending else text("for next time", MUTED)
    gutter = _when_and_what(None, PARK, is_narrow=is_narrow)
    return Row(topic.id, text(topic.text), gutter, right)


def written_row(
    record: Note | FollowUp | Topic,
    person: Person,
    today: date,
    *,
    is_pending: bool,
    is_narrow: bool = False,
) -> Row:
    """Return what was written down as a row, whatever it became."""
    match record:
        case Note():
            return note_row(record, is_pending=is_pending, is_narrow=is_narrow)
        case FollowUp():
            return follow_up_line(record, person, today, is_pending=is_pending, is_narrow=is_narrow)
        case Topic():
            return topic_line(record, is_pending=is_pending, is_narrow=is_narrow)


def understood(entry: Entry, today: date, *, knows_dates: bool = False) -> Content:
    """Return how a line being typed is understood, before it is entered.

    Args:
        entry: The line.
        today: The day.
        knows_dates: Whether nobody needs to be told how a date is written.
    """
    if entry.is_empty:
        return text(entry.kind.meaning, MUTED)
    if entry.kind.becomes is Becomes.NOTE:
        return EMPTY
    if entry.kind.becomes is Becomes.TOPIC:
        return text("goes on the shelf for next time", MUTED)
    if entry.problem:
        return text(entry.problem, "$error")
    if entry.due is None:
        return text(words.NO_DATE if knows_dates else words.HOW_TO_DATE, MUTED)
    return joined([say_due(entry.due, today), "Agreed"], "bold")


def owner_word(follow_up: FollowUp, person: Person) -> str:
    """Return who owns a follow-up, in a word."""
    return words.owner(follow_up.owner, person)


def due_words(follow_up: FollowUp, today: date) -> Content:
    """Return when a follow-up is due: overdue, due soon and no date are a word and a sign."""
    if not follow_up.is_open:
        closed = say_day(follow_up.closed, today) if follow_up.closed else ""
        return text(closed, MUTED)
    if follow_up.is_overdue(today):
        return text(f"▲ {say_due(follow_up.due, today)}", "bold")
    if follow_up.due is None:
        return text(f"◇ {say_due(None, today)}", MUTED)
    if follow_up.due == today:
        return text(f"△ {say_due(follow_up.due, today)}", "bold")
    if follow_up.is_due_soon(today):
        return text(f"△ due soon, {say_date(follow_up.due, today)}", "bold")
    return text(say_due(follow_up.due, today), MUTED)


def touched_words(follow_up: FollowUp) -> Content:
    """Return how often a follow-up came up, in words and a sign."""
    style = "bold" if follow_up.asks_decision else MUTED
    return text(f"↻ {times(follow_up.mentions)}", style)


def card_row(
    follow_up: FollowUp,
    person: Person | None,
    today: date,
    *,
    is_pending: bool,
    is_marked: bool = False,
) -> Row:
    """Return a follow-up as a card of the board: what, then who and when below.

    Args:
        follow_up: The follow-up.
        person: Whose it is; their name is shown where the board is everybody's.
        today: The day to look from.
        is_pending: Whether it is not saved yet.
        is_marked: Whether what is done next is done to it, among others.
    """
    mine = follow_up.owner is not Owner.THEM
    who = OWNER_LABEL[follow_up.owner]
    below = [text(who, MUTED), due_words(follow_up, today)]
    if person is not None:
        below.insert(0, text(person.first_name, MUTED))
    if follow_up.touches and follow_up.is_open:
        below.append(touched_words(follow_up))
    if is_pending:
        below.append(text(words.PENDING, ALARM))
    lines = [Content(" · ").join(below)]
    if follow_up.cue and follow_up.is_open:
        lines.append(text(follow_up.cue, f"{MUTED} italic"))
    if follow_up.reason:
        lines.append(text(follow_up.reason, f"{MUTED} italic"))
    return Row(
        follow_up.id,
        text(follow_up.text, AMBER if mine and follow_up.is_open else ""),
        text(f"{follow_up.kind.key} ", AMBER if mine and follow_up.is_open else MUTED),
        text("✓ marked", "bold") if is_marked else EMPTY,
        Content("\n").join(lines),
    )


def history_row(row_id: str, event: Event, journal: Journal, person: Person, today: date) -> Row:
    """Return one thing that happened to a follow-up: when, and what."""
    one = journal.one_to_ones.get(event.one_id or "")
    where = text(f" · {one.place}", MUTED) if one and one.place else EMPTY
    said = line(words.happened(event, person, today), where)
    gutter = text(f"{say_day(event.on, today):<12} ", MUTED)
    below = text(event.reason, f"{MUTED} italic") if event.reason else EMPTY
    return Row(row_id, said, gutter, below=below)


def item_row(item: ChecklistItem, *, with_reason: bool, is_pending: bool, left_on: str = "") -> Row:
    """Return a checklist item as a row, with the reason below when it is asked for.

    Args:
        item: The item.
        with_reason: Whether to say why it is there.
        is_pending: Whether it is not saved yet.
        left_on: The day of the talk it was left open in, where that was another.
    """
    sign = "[x] " if item.ticked else "[ ] "
    right = text(words.PENDING, ALARM) if is_pending else EMPTY
    if item.ticked and not is_pending:
        right = text(f"{item.ticked:%H:%M}", MUTED)
    if left_on and not is_pending:
        right = text(f"from {left_on}", MUTED)
    reason = item.reason or f"No reason was written down; {key_for('prepare.edit')} adds one."
    return Row(
        item.id,
        text(item.text, MUTED if item.ticked else ""),
        text(sign, MUTED if item.ticked else ""),
        right,
        text(reason, f"{MUTED} italic") if with_reason else EMPTY,
    )


# -- beside --------------------------------------------------------------------------------


def promise_row(follow_up: FollowUp, today: date, one_id: str) -> Row:
    """Return a promise as something to be dealt with: what, then when, since when, how often."""
    mine = follow_up.owner is not Owner.THEM
    facts = [f"from {say_day(follow_up.said.date(), today)}"]
    if follow_up.touches:
        facts.append(f"↻ came up {times(follow_up.mentions)}")
    if one_id in follow_up.touches:
        facts.append("today too")
    below = line(due_words(follow_up, today), (" · ", MUTED), joined(facts, MUTED))
    sign = text(f"{follow_up.kind.key} ", AMBER if mine else MUTED)
    said = text(first_line(follow_up.text), AMBER if mine else "")
    return Row(f"promise:{follow_up.id}", said, sign, below=below)


def pick_row(pick: Pick, *, fits: bool = True) -> Row:
    """Return a question considered for this talk: its cue first, then its words."""
    sign = "[x] " if pick.asked else "[ ] "
    went = {Landed.YES: "landed", Landed.NO: "did not land"}.get(pick.landed, "")
    facts = [f"asked {pick.asked:%H:%M}" if pick.asked else pick.moment.value, went]
    style = MUTED if pick.asked or not fits else "bold"
    below = line((pick.text, MUTED), " ", joined([f"({' · '.join(f for f in facts if f)})"], MUTED))
    return Row(f"pick:{pick.id}", text(pick.cue, style), text(sign, MUTED), below=below)


def question_row(question: Question, reason: str) -> Row:
    """Return a question of the deck, with why it is offered or when it was asked."""
    own = "your own" if question.is_own and not reason else reason
    return Row(f"deck:{question.id}", text(question.text), right=text(own, MUTED))


def topic_row(topic: Topic, today: date) -> Row:
    """Return a parked topic with the day it is from."""
    from_day = text(f"from {say_day(topic.on, today)}", MUTED)
    return Row(f"topic:{topic.id}", text(first_line(topic.text)), text("& ", MUTED), below=from_day)


def card_line_row(row_id: str, card_line: CardLine, today: date) -> Row:
    """Return a line of a person's card, with when it was learned."""
    label = line((f"{card_line.label}  ", MUTED)) if card_line.label else EMPTY
    since = text(learned(card_line, today), MUTED)
    return Row(row_id, line(label, text(card_line.text)), below=since)


def remembered_row(row_id: str, what: Note | str, *, is_muted: bool = False) -> Row:
    """Return a line of the last talk, or a sentence where there is none."""
    if isinstance(what, str):
        return Row(row_id, text(what, MUTED if is_muted else ""))
    said = first_line(what.text)
    if what.kind is HEARD:
        return Row(row_id, text(f"“{said}”", MINE if what.is_mine else BRIGHT))
    sign = line((f"{what.kind.key} ", MUTED))
    return Row(row_id, line(sign, text(said, MINE if what.is_mine else "")))


def heading_row(title: str, right: str = "") -> Row:
    """Return a heading between rows, which cannot be chosen."""
    return Row("", text(title, "bold"), right=text(right, MUTED))


BLANK = Row("", Content(" "))


def person_row(standing: Standing) -> Row:
    """Return a person as a row of home: when the next talk is due, what is owed, and why."""
    return _person_row(standing, frontpage.person_row(standing))


def person_row_narrow(standing: Standing) -> Row:
    """Return a person as a row where there is little room: the rest goes below the name."""
    return _person_row(standing, frontpage.person_row_narrow(standing))


def _person_row(standing: Standing, row: PersonRow) -> Row:
    return Row(standing.person.id, text(*row.name), right=line(*row.right), below=text(*row.below))


def learned(card_line: CardLine, today: date) -> str:
    """Return when a line of a card was learned; empty where nobody knows."""
    if card_line.learned is None:
        return ""
    return f"learned {say_day(card_line.learned, today).partition(' ')[2]}"


def sheet_row(entered: Entered, today: date, *, is_narrow: bool = False) -> Row:
    """Return a line of a person's card: what it is about, what it says, when it was learned.

    What is not known yet is shown as a question to ask, not to be taken for an answer.
    """
    label = text(entered.label, MUTED).truncate(LABEL, ellipsis=True, pad=True)
    gutter = line(label, " ")
    if not entered.text:
        question = text(f"? {entered.question}" if entered.question else "", f"{MUTED} italic")
        first = text(words.ASK_FIRST if entered.is_first and not is_narrow else "", MUTED)
        return Row(entered.id, question, gutter, first)
    since = text(learned(entered.line, today) if entered.line is not None else "", MUTED)
    if is_narrow:
        return Row(entered.id, text(entered.text), gutter, below=since)
    return Row(entered.id, text(entered.text), gutter, since)


def meeting_row(row_id: str, day: str, meeting: Meeting) -> Row:
    """Return a talk of the weeks ahead: the day, when, with whom, how long; or that it is due.

    Args:
        row_id: The row's id.
        day: The day, where it is the first of it and is not said above.
        meeting: The talk.
    """
    one, standing = meeting.one, meeting.standing
    gutter = line((day, "bold"), (f"{one.at:%H:%M}  " if one else "–      ", MUTED))
    length = f"{meeting.minutes} min"
    if one is None:
        due = standing.say_due() if standing.days_left and standing.days_left < 0 else "due"
        facts = [due, "not planned", length]
    else:
        facts = ["talked" if one.took_place else "", one.place, length]
    return Row(row_id, text(standing.person.name), gutter, joined(facts, MUTED))
