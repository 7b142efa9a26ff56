"""The course of a one-to-one: planned, started, at the bench, ended, debriefed, closed; moved."""

from __future__ import annotations

from datetime import datetime, timedelta

from tui.domain.journal import Change, Home, Journal
from tui.domain.legs import Leg, next_leg
from tui.domain.onetoones import Move, Mover, OneToOne, Status
from tui.domain.standing import talk_left_open, talk_to_debrief
from tui.domain.text import clean_line
from tui.errors import UsageError
from tui.services.notebook import Notebook

LANDMARKS = 5
"""Landmarks of a route at most."""


def home_of(one: OneToOne) -> Home:
    """Return where a one-to-one and what is written in it live."""
    return Home(one.person_id, one.id)


def _become(notebook: Notebook, label: str, one: OneToOne, after: OneToOne) -> OneToOne:
    notebook.commit(label, (Change(home_of(one), one, after),))
    return after


def begun(one: OneToOne, now: datetime) -> OneToOne:
    """Return a one-to-one that is under way.

    One that was planned for a later day is held now; one of an earlier day is being written up.
    """
    at = now.replace(second=0) if one.at.date() > now.date() else one.at
    return one._replace(
        at=at,
        status=Status.UNDER_WAY,
        started=one.started or now,
        ended=None,
        debriefed=None,
        closed=None,
    )


def start(notebook: Notebook, one: OneToOne) -> OneToOne:
    """Start the clock of a talk; one that was ended goes on from its first start."""
    return _become(notebook, "talk started", one, begun(one, notebook.now()))


def reach_bench(notebook: Notebook, one: OneToOne) -> OneToOne:
    """Note that the two have sat down to settle things."""
    after = begun(one, notebook.now())._replace(bench=notebook.now())
    return _become(notebook, "bench reached", one, after)


def end(notebook: Notebook, one: OneToOne) -> OneToOne:
    """End a talk. What is written afterwards is its debrief."""
    now = notebook.now()
    return _become(notebook, "talk ended", one, begun(one, now)._replace(ended=now))


def go_on(notebook: Notebook, one: OneToOne) -> OneToOne:
    """Mark the next leg of a talk: open, bench, desk; from the desk back into the talk."""
    match next_leg(one):
        case Leg.BENCH:
            return reach_bench(notebook, one)
        case Leg.DESK:
            return end(notebook, one)
        case _:
            return start(notebook, one)


def closed(one: OneToOne, now: datetime) -> OneToOne:
    """Return a one-to-one for which nothing more is to be done."""
    ended = one.ended or (one.started and min(now, one.started + timedelta(hours=1)))
    return one._replace(status=Status.CLOSED, closed=now, ended=ended, cue="")


def close(notebook: Notebook, one: OneToOne) -> OneToOne:
    """Close a one-to-one: nothing more is to be done for it."""
    return _become(notebook, "one-to-one closed", one, closed(one, notebook.now()))


def edit(notebook: Notebook, before: OneToOne, after: OneToOne) -> None:
    """Change when, where, who leads, the intention, the route, the thanks."""
    _become(notebook, "one-to-one changed", before, after)


def note_move(notebook: Notebook, one: OneToOne, was: datetime, mover: Mover) -> OneToOne:
    """Note who moved a talk, and from when."""
    move = Move(mover, was, notebook.today())
    return _become(notebook, "who moved it", one, one._replace(moves=(*one.moves, move)))


def route_of(text: str) -> tuple[str, ...]:
    """Return the landmarks of a route as they were typed, between commas.

    Raises:
        UsageError: Where there are more than five: nobody keeps more in mind.
    """
    parts = (clean_line(part) for part in clean_line(text).replace(";", ",").split(","))
    landmarks = tuple(part for part in parts if part)
    if len(landmarks) > LANDMARKS:
        raise UsageError(
            f"A route has five landmarks at most; these are {len(landmarks)}. "
            "Keep the ones you know best."
        )
    return landmarks


def is_moved(before: OneToOne, after: OneToOne) -> bool:
    """Return whether a talk that has not taken place goes to another day."""
    return not before.took_place and before.at.date() != after.at.date()


def to_debrief(journal: Journal, person_id: str, now: datetime) -> OneToOne | None:
    """Return the latest talk with a person that was not debriefed, of the last week at most."""
    return talk_to_debrief(journal.one_to_ones_of(person_id), now)


def left_open(journal: Journal, person_id: str, now: datetime) -> OneToOne | None:
    """Return a talk that is over and still waits to be debriefed, to be offered gently."""
    return talk_left_open(journal.one_to_ones_of(person_id), now)
