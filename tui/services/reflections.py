"""The practice mirror in words: a sentence for each plot, the same on the screen and in a shell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tui.domain.asking import Form
from tui.domain.dates import say_day
from tui.domain.debrief import CARRIED
from tui.domain.practice import Count, Gaps, Practice, Promises, Span, known
from tui.domain.questions import AREAS
from tui.domain.text import clean_line, fold, plural
from tui.services.mirror import Mirror, Thanks, columns_of

FOR_YOU = "for you alone"
EACH_PERSON = "What you did with each"
NOT_TOUCHED = "not touched"
NOTHING_YET = (
    "Nothing to see yet. Once you have talked with somebody, this shows what you promised and "
    "kept, whether you talked when it was due, who carried the talks, what you asked and how, "
    "where you were, and whom you thanked.\n\n"
    "It is about you and for you alone: no score, and nothing about anybody else."
)
NOTHING_HERE = "You talked with nobody and promised nothing in these days."
COUNTING = "Being looked up in what you wrote …"
PLACES_AT_MOST = 4


class Bar(NamedTuple):
    """One line of a block's plot."""

    label: str
    number: int
    word: str = ""
    """What stands in place of a figure where there is nothing to count."""


class Block(NamedTuple):
    """One thing the mirror shows: the sentence says what the plot shows."""

    id: str
    title: str
    sentence: str
    bars: tuple[Bar, ...] = ()
    columns: tuple[int, ...] = ()
    """Talks week by week, oldest first."""


def blocks_of(mirror: Mirror, thanks: Thanks | None) -> tuple[Block, ...]:
    """Return what the mirror shows, thanks last: they take the longest, and move nothing above.

    Args:
        mirror: What was done.
        thanks: What was thanked for; None where that is not counted yet.
    """
    practice = mirror.all
    return (
        _promises(practice.promises),
        _talks(mirror),
        _carried(practice),
        _questions(practice),
        _areas(practice),
        _places(practice),
        _thanks(mirror, thanks),
    )


def say_span(span: Span, today: date) -> str:
    """Return the days of a span, in words."""
    return f"{say_day(span.first, today)} to {say_day(span.last, today)}"


def say_person(practice: Practice) -> tuple[str, ...]:
    """Return what the manager did with one person: only that, and nothing the other did."""
    promises, gaps = practice.promises, practice.gaps
    noted = practice.talks - known(practice.carried, "")
    found = (
        f"promises kept {promises.kept} of {promises.due}" if promises.due else "",
        f"{promises.to_come} not due yet" if promises.to_come else "",
        f"talked when due {gaps.held} of {gaps.all}" if gaps.all else "",
        f"carried by you {known(practice.carried, CARRIED[0])} of {noted}" if noted else "",
    )
    return tuple(part for part in found if part) or (plural(practice.talks, "talk"),)


# -- block by block ------------------------------------------------------------------------


def _promises(promises: Promises) -> Block:
    due, kept, to_come = promises.due, promises.kept, promises.to_come
    bars = (
        Bar("kept in time", promises.in_time),
        Bar("kept late", promises.late),
        Bar("kept, no day", promises.undated),
        Bar("let go", promises.let_go),
        Bar("still open", promises.overdue),
        Bar("not due yet", to_come),
    )
    ways = _parts(
        (promises.in_time, "{} in time"),
        (promises.late, "{} late"),
        (promises.undated, "{} without a day agreed"),
    )
    rest = _parts(
        (promises.let_go, "{} you let go"),
        (promises.overdue, "{} open after the day agreed"),
    )
    said = "You promised nothing in these days."
    if due:
        of = f"{'the ' if due > 1 else ''}{plural(due, 'promise')}"
        said = (
            f"You kept {kept} of {of} that came due"
            if kept
            else f"{plural(due, 'promise')} came due"
        )
        said += f": {_listed(ways + rest)}."
        more = f"{to_come} more {'is' if to_come == 1 else 'are'}"
        said += f" {more} open, not due yet." if to_come else ""
    elif to_come:
        verb = "is" if to_come == 1 else "are"
        said = f"{plural(to_come, 'promise')} {verb} open, not due yet."
    return Block("promises", "What you promised", said, bars)


def _talks(mirror: Mirror) -> Block:
    practice, gaps = mirror.all, mirror.all.gaps
    columns, weeks = columns_of(practice, mirror.span)
    people = sum(theirs.talks > 0 for _, theirs in mirror.people)
    said = "You talked with nobody in these days."
    if practice.talks:
        each = "a week" if weeks == 1 else f"{weeks} weeks"
        most = f", {max(columns)} at most in {each}" if len(columns) > 1 else ""
        said = f"{plural(practice.talks, 'talk')} with {plural(people, 'person', 'people')}{most}."
    return Block("talks", "When you talked", f"{said} {_gaps(gaps)}", (), columns)


def _gaps(gaps: Gaps) -> str:
    """Return how often one talked when it was due, and why not where somebody noted it."""
    if not gaps.all:
        return "None was due by a cadence."
    said = f"{gaps.held} of {plural(gaps.all, 'time')} you talked when it was due"
    longer = gaps.all - gaps.held
    if not longer:
        return f"{said}."
    why = (
        (gaps.by_me, "because you moved it or left it out"),
        (gaps.by_them, "because they moved it"),
        (gaps.leave, "for leave"),
    )
    said = f"{said}; {_times(longer)} it took longer"
    reasons = [(count, reason) for count, reason in why if count]
    if not reasons:
        return f"{said}."
    first, reason = reasons[0]
    if first == longer:
        return f"{said}, {reason}."
    others = [f"{count} {reason}" for count, reason in reasons[1:]]
    return f"{said}, {_listed([f'{first} of them {reason}', *others])}."


def _carried(practice: Practice) -> Block:
    noted = practice.talks - known(practice.carried, "")
    mine = known(practice.carried, CARRIED[0])
    others = [who for who, _ in practice.carried if who and who not in CARRIED]
    bars = tuple(Bar(who, known(practice.carried, who)) for who in (*CARRIED, *others))
    said = "You noted it of no talk; the debrief asks for it."
    if noted:
        of = f"{noted} of {plural(practice.talks, 'talk')}"
        said = f"You noted it for {of}, and carried {mine or 'none'} of them yourself."
    return Block("carried", "Who carried the talks", said, bars)


_ONE_OPEN, _ONE_CLOSED = "an open one", "to be answered with yes or no"
_ONE_UNKNOWN = "and its first words do not tell of which kind"


def _questions(practice: Practice) -> Block:
    opened, closed, unknown = (known(practice.forms, form) for form in Form)
    bars = [Bar("open", opened), Bar("yes or no", closed)]
    bars += [Bar("cannot tell", unknown)] if unknown else []
    asked = opened + closed + unknown
    said = "No question is marked as asked; the debrief asks which."
    if asked == 1:
        kind = (_ONE_OPEN * opened) or (_ONE_CLOSED * closed) or _ONE_UNKNOWN
        said = f"You asked one question, {kind}."
    elif asked:
        kinds = _parts(
            (opened, "{} open" if opened < asked else "all of them open"),
            (closed, "{} to be answered with yes or no"),
            (unknown, "{} whose first words do not tell"),
        )
        said = f"You asked {asked} questions: {_listed(kinds)}."
    return Block("questions", "How you asked", said, tuple(bars))


def _areas(practice: Practice) -> Block:
    counts = [(area.label, known(practice.areas, area.id)) for area in AREAS]
    bars = tuple(Bar(label, count, "" if count else NOT_TOUCHED) for label, count in counts)
    left = [label for label, count in counts if not count]
    touched = len(counts) - len(left)
    said = f"You asked about each of the {len(AREAS)} areas."
    if not touched:
        said = f"None of the {len(AREAS)} areas is touched yet by a question you asked."
    elif left:
        said = f"You asked about {touched} of {len(AREAS)} areas. Not touched: {_listed(left)}."
    return Block("areas", "What you asked about", said, bars)


def _places(practice: Practice) -> Block:
    places = _by_name(practice.places)
    rest = sum(count for _, count in places[PLACES_AT_MOST:])
    bars = [Bar(name, count) for name, count in places[:PLACES_AT_MOST]]
    bars += [Bar("elsewhere", rest)] if rest else []
    said = "You talked nowhere in these days."
    if places:
        name, count = places[0]
        said = f"Most often: {name}, {count} of {plural(practice.talks, 'talk')}."
    return Block("places", "Where you talked", said, tuple(bars))


def _by_name(places: Count) -> list[tuple[str, int]]:
    """Return places most frequent first; ones that are spelled alike but for case are one."""
    found: dict[str, tuple[str, int]] = {}
    for place, count in places:
        shown = clean_line(place) or "not noted"
        name, before = found.get(fold(shown), (shown, 0))
        found[fold(shown)] = (name, before + count)
    return sorted(found.values(), key=lambda place: (-place[1], place[0]))


def _thanks(mirror: Mirror, thanks: Thanks | None) -> Block:
    title = "Whom you thanked"
    if thanks is None:
        return Block("thanks", title, COUNTING)
    to = dict(thanks.notes)
    talked = [person for person, theirs in mirror.people if theirs.talks]
    bars = tuple(Bar(person.name, to[person.id]) for person in talked if person.id in to)
    without = [person.first_name for person in talked if person.id not in to]
    count = sum(to.values())
    said = "You talked with nobody in these days."
    if count:
        verb = "is" if count == 1 else "are"
        of = f"{thanks.talks} of {plural(mirror.all.talks, 'talk')}"
        said = f"{plural(count, 'appreciation')} {verb} noted, in {of}."
        said += f" None for {_listed(without)}." if without else ""
    elif talked:
        said = "None is noted. A line that begins with + notes one, and the summary says it."
    if thanks.unread:
        talks = plural(thanks.unread, "talk")
        said += (
            f" {talks} cannot be read now, and {'is' if thanks.unread == 1 else 'are'} left out."
        )
    return Block("thanks", title, said, bars)


def _parts(*counted: tuple[int, str]) -> list[str]:
    """Return the parts of which there is one at least, with their counts in them."""
    return [text.format(count) for count, text in counted if count]


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _listed(parts: Iterable[str]) -> str:
    """Return parts as they are listed in a sentence: "a, b and c"."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
