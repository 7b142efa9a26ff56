"""Writing out what is ours, of one person or of everybody: for the command line and the app."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from tui.domain.followups import Stage
from tui.domain.journal import Page
from tui.domain.onetoones import OneToOne
from tui.domain.ours import Ours, Outbound
from tui.domain.people import Person
from tui.domain.text import slug
from tui.services import outward
from tui.services.notebook import Notebook
from tui.services.pages import Pages


class Order(NamedTuple):
    """An export that was asked for. It may be made in any thread; the notebook takes no part."""

    pages: Pages
    people: tuple[Person, ...]
    now: datetime
    form: outward.ExportForm
    stages: frozenset[Stage] = frozenset(Stage)
    as_events: bool = False


class Exported(NamedTuple):
    """What was written out."""

    text: Outbound
    everybody: tuple[Ours, ...]
    unreadable: tuple[OneToOne, ...]
    """One-to-ones that are not in it because their file cannot be read."""

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to write out."""
        return not any(o.talks or o.follow_ups or o.topics or o.coming for o in self.everybody)

    @property
    def undated(self) -> int:
        """How many follow-ups have no day."""
        return sum(f.due is None for ours in self.everybody for f in ours.follow_ups)


def order(
    notebook: Notebook,
    people: Iterable[Person],
    form: outward.ExportForm,
    stages: Iterable[Stage] = tuple(Stage),
    *,
    as_events: bool = False,
) -> Order:
    """Return an export of the journal as it is now."""
    wanted = frozenset(stages)
    return Order(notebook.pages_aside(), tuple(people), notebook.now(), form, wanted, as_events)


def made(asked: Order) -> Exported:
    """Read what is needed, and write it out."""
    unreadable: list[OneToOne] = []

    def page_of(one: OneToOne) -> Page | None:
        page = asked.pages.of(one)
        if page is None:
            unreadable.append(one)
        return page

    journal, today = asked.pages.journal, asked.now.date()
    everybody = tuple(
        outward.ours_of_person(journal, person, page_of, today, asked.stages)
        for person in asked.people
    )
    text = outward.export_text(everybody, asked.form, asked.now, as_events=asked.as_events)
    return Exported(text, everybody, tuple(unreadable))


def name_of(people: tuple[Person, ...], now: datetime) -> str:
    """Return what a file with an export is called, its ending aside."""
    who = slug(people[0].name) if len(people) == 1 else "everybody"
    return f"alongside-{who}-{now.date().isoformat()}"


def left_out(person: Person, one: OneToOne) -> str:
    """Return that a one-to-one is not in an export, and what to do."""
    return (
        f"Left out: the one-to-one with {person.name} of {one.at.date().isoformat()}, whose file "
        "cannot be read. To bring it back: alongside check --repair"
    )
