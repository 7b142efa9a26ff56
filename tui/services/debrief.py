"""The debrief of a talk: cue by cue, kept with each answer, to be taken up again at any time."""

from __future__ import annotations

from datetime import datetime, time
from typing import NamedTuple

from tui.domain.capture import Entry
from tui.domain.checklist import Template
from tui.domain.dates import WhenError, say_moment
from tui.domain.debrief import CARRIED, Cue, cues_of
from tui.domain.journal import Change, Journal
from tui.domain.onetoones import OneToOne, Status
from tui.domain.text import clean_line
from tui.errors import UsageError
from tui.services import talks
from tui.services.coming import STILL_TO_COME
from tui.services.course import home_of
from tui.services.notebook import Notebook

PLACE = "debrief:"
"""Begins the name of the place where a half-typed answer is kept; the one-to-one's id follows."""
BY_ROUTE = "route/"
"""Before the cue a debrief stands at, where it goes from landmark to landmark."""


class Debrief(NamedTuple):
    """How far the debrief of a talk has come."""

    cues: tuple[Cue, ...]
    at: int
    by_route: bool
    """Whether it goes from landmark to landmark."""

    @property
    def cue(self) -> Cue:
        """The cue in front."""
        return self.cues[self.at]

    @property
    def is_last(self) -> bool:
        """Whether no other cue follows."""
        return self.at == len(self.cues) - 1

    def mark(self, step: int) -> str:
        """Return what a talk remembers to have its debrief stand so many cues further on."""
        cue = self.cues[min(max(0, self.at + step), len(self.cues) - 1)]
        return mark_of(cue, by_route=self.by_route)


def mark_of(cue: Cue, *, by_route: bool) -> str:
    """Return what a talk remembers to have its debrief stand at a cue."""
    return f"{BY_ROUTE}{cue.id}" if by_route else cue.id


def over(one: OneToOne, now: datetime) -> OneToOne:
    """Return a talk as one that is over: whoever answers a cue of its debrief has held it.

    Of a talk of an earlier day nobody knows when it ended, and nothing is made up.
    """
    if not one.is_open or (one.ended is not None and one.took_place):
        return one
    is_today = one.at.date() >= now.date()
    return one._replace(
        at=min(one.at, now.replace(second=0)),
        status=Status.UNDER_WAY,
        started=one.started or min(one.at, now),
        ended=one.ended or (now if is_today else None),
    )


def debrief_of(one: OneToOne, *, by_route: bool | None = None) -> Debrief:
    """Return where the debrief of a talk stands.

    Args:
        one: The talk.
        by_route: Whether to go from landmark to landmark; None for the way it was begun.
    """
    route = one.cue.startswith(BY_ROUTE) if by_route is None else by_route
    cues = cues_of(one, by_route=route)
    ids = [cue.id for cue in cues]
    stands_at = one.cue.removeprefix(BY_ROUTE)
    place = ids.index(stands_at) if stands_at in ids else 0
    return Debrief(cues, place, by_route=route and bool(one.route))


def answer(
    notebook: Notebook, one: OneToOne, entries: tuple[Entry, ...], next_cue: str
) -> OneToOne:
    """Write down the answers to a cue and go on to the next, as one act.

    Raises:
        UsageError: See `talks.write_all`.
    """
    changes = talks.changes_for(notebook, one, entries)
    after = over(one, notebook.now())._replace(cue=next_cue)
    changes = [change for change in changes if change.record_id != one.id]
    if after != one:
        changes.append(Change(home_of(one), one, after))
    label = entries[0].kind.label if len(entries) == 1 else f"{len(entries)} lines"
    notebook.commit(f"{label} written", changes)
    return after


def go_to(notebook: Notebook, one: OneToOne, cue: str) -> OneToOne:
    """Go on or back to a cue, and remember it: a debrief may be interrupted at any time."""
    return _set(notebook, one, "a step of the debrief", cue=cue)


def set_carried(notebook: Notebook, one: OneToOne, carried: str, next_cue: str) -> OneToOne:
    """Note who carried the talk; nothing leaves it open.

    Raises:
        UsageError: Where it is none of the words there are for it.
    """
    if carried and carried not in CARRIED:
        raise UsageError(f"Who carried it is one of: {', '.join(CARRIED)}.")
    return _set(notebook, one, "who carried it", carried=carried, cue=next_cue)


def set_useful(notebook: Notebook, one: OneToOne, useful: str, next_cue: str) -> OneToOne:
    """Note what was most useful, in the other's words."""
    return _set(notebook, one, "what was useful", useful=clean_line(useful), cue=next_cue)


def _set(notebook: Notebook, one: OneToOne, label: str, **fields: str) -> OneToOne:
    after = over(one, notebook.now())._replace(**fields)  # type: ignore[arg-type]  # the names are fields of text
    notebook.commit(label, (Change(home_of(one), one, after),))
    return after


def planned_after(journal: Journal, one: OneToOne, now: datetime) -> OneToOne | None:
    """Return the next talk that is planned already."""
    later = (
        other
        for other in journal.one_to_ones_of(one.person_id)
        if not other.took_place and other.at > max(one.at, now) and other.id != one.id
    )
    return next(later, None)


def suggested_next(journal: Journal, one: OneToOne, now: datetime) -> str:
    """Return when to talk next by the person's cadence, in words; empty without one.

    A day that has passed is no suggestion.
    """
    cadence = journal.people[one.person_id].cadence
    if cadence is None:
        return ""
    try:
        day = cadence.next_after(one.at.date())
    except WhenError:
        return ""
    if day <= now.date():
        return ""
    return say_moment(datetime.combine(day, _quarter(one.at)), now.date())


def _quarter(moment: datetime) -> time:
    """Return a time of day at the quarter of an hour before it, as people agree on times."""
    return time(moment.hour, moment.minute - moment.minute % 15)


def plan_next(notebook: Notebook, one: OneToOne, at: datetime, template: Template) -> OneToOne:
    """Plan the next talk as this one was: in the same place, with who leads by default.

    Raises:
        UsageError: Where that is not after this one.
    """
    if at <= max(one.at, notebook.now()):
        raise UsageError(STILL_TO_COME)
    person = notebook.journal.people[one.person_id]
    draft = talks.draft_for(person, at, one.place)
    return talks.plan(notebook, draft, template)


def finish(notebook: Notebook, one: OneToOne) -> OneToOne:
    """End the debrief: what is remembered is written down."""
    after = over(one, notebook.now())._replace(
        status=Status.DEBRIEFED, debriefed=notebook.now(), cue=""
    )
    notebook.commit("talk debriefed", (Change(home_of(one), one, after),))
    return after


def say_since(one: OneToOne, now: datetime) -> str:
    """Return how long ago the talk ended, in words; of an earlier one without an end, its day."""
    days = (now.date() - one.at.date()).days
    if one.ended is None:
        return (
            "just ended" if days <= 0 else "talked yesterday" if days == 1 else f"{days} days ago"
        )
    minutes = max(0, int((now - one.ended).total_seconds() // 60))
    if minutes < 1:
        return "just ended"
    if minutes < 60:
        return f"ended {minutes} min ago"
    if minutes < 24 * 60:
        return f"ended {minutes // 60} h ago"
    days = minutes // (24 * 60)
    return "ended yesterday" if days == 1 else f"ended {days} days ago"
