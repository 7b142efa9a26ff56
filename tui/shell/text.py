"""Text mode: a one-to-one from choosing the person to the next date, in plain lines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

from tui.errors import EXIT_DONE, EXIT_INTERRUPTED, UsageError
from tui.services import course
from tui.shell.console import Console, InputEnded, Interrupted, Quit, WentBack
from tui.shell.plain import (
    choosing,
    considering,
    debriefing,
    following,
    hearing,
    noting,
    planning,
    preparing,
    summing,
)
from tui.shell.plain.lines import take_back
from tui.shell.plain.matching import is_number, matched
from tui.shell.plain.session import Session
from tui.shell.verbs import find_person
from tui.words import plain as words
from tui.words import prompts, spoken

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse


class Part(NamedTuple):
    """One part of a one-to-one."""

    label: str
    begin: Callable[[Session], None]


PARTS: tuple[Part, ...] = (
    Part("where things stand", hearing.hear),
    Part("prepare", preparing.prepare),
    Part("questions", considering.consider),
    Part("talk", noting.talk),
    Part("debrief", debriefing.bring_back),
    Part("follow-ups", following.follow),
    Part("summary", summing.sum_up),
    Part("next one-to-one", planning.plan),
)
"""In the order in which they follow each other; the only table of them."""
LABELS = tuple(part.label.replace("-", " ") for part in PARTS)
DEBRIEF = LABELS.index("debrief")


def text(options: argparse.Namespace) -> int:
    """Go through a one-to-one in plain lines, with a person that is named or chosen."""
    if sys.stdin is None:
        raise UsageError("Text mode asks and is answered, and stdin is closed.")
    with Console() as console:
        session = Session(console, options)
        if options.person is not None:
            session.person_id = find_person(session.notebook, options.person).id
        try:
            _converse(session)
        except Quit:
            console.say(words.LEFT)
        except InputEnded:
            console.end_line()
            console.say(words.INPUT_ENDED)
            if session.failed is not None:
                return session.failed.exit_code
        except Interrupted as halt:
            console.say(spoken.interrupted(halt.begun))
            return EXIT_INTERRUPTED
    return EXIT_DONE


def _converse(session: Session) -> None:
    if not session.person_id:
        session.say(words.WELCOME)
    while True:
        try:
            if not session.person_id:
                choosing.choose(session)
            _with_person(session)
        except WentBack:
            if not session.person_id:
                raise Quit from None
            session.person_id = ""


def _with_person(session: Session) -> None:
    """Go from part to part with a person; an empty line goes on to the next.

    Raises:
        WentBack: To somebody else.
    """
    now = session.notebook.now()
    waits = course.left_open(session.notebook.journal, session.person_id, now)
    coming = DEBRIEF if waits is not None else 0
    _list_parts(session)
    while True:
        name = session.person.first_name
        label = PARTS[coming].label if coming < len(PARTS) else ""
        answer = session.ask(prompts.what_now(name, label), words.WHAT_NOW_EXPLAINED)
        place = coming if not answer else _part_meant(session, answer)
        if place is None:
            continue
        if place >= len(PARTS):
            raise WentBack
        session.refresh()
        try:
            PARTS[place].begin(session)
        except WentBack:
            coming = place
        else:
            coming = place + 1


def _list_parts(session: Session) -> None:
    session.say(spoken.parts_of(session.person))
    for number, part in enumerate(PARTS, 1):
        session.say(f"{number}. {part.label}")


def _part_meant(session: Session, answer: str) -> int | None:
    """Return which part an answer means; None where it is none, which is said."""
    if is_number(answer):
        return session.number(answer, len(PARTS))
    match answer.strip().casefold():
        case "list":
            _list_parts(session)
            return None
        case "undo":
            take_back(session)
            return None
    found = matched(answer, LABELS)
    if found is None:
        session.say(words.NO_SUCH_PART)
        return None
    return LABELS.index(found)
