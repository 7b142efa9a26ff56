"""Forms for when two people talk: that they did, when they will next, that one was left out."""

from __future__ import annotations

from datetime import datetime

from tui.desk.beginnings import first_template
from tui.domain.dates import parse_moment, say_date, say_moment
from tui.domain.onetoones import PASSING, PLACES, WALK, Mover, OneToOne
from tui.domain.people import Excuse, Person
from tui.domain.text import clean_line
from tui.errors import AlongsideError
from tui.render import MUTED, text
from tui.screens import followups
from tui.screens.chooser import Chooser
from tui.screens.dialogs import WHERE, ask, ask_mover
from tui.screens.form import Field, Values
from tui.screens.host import Host
from tui.services import coming, course, passing
from tui.services.reckoning import reckoning_of
from tui.widgets.rows import Row
from tui.words import people as said

WHEN_NEXT = "e.g. tue 14:00 · in 2 weeks · 4 dec 9:30"


def _typed(moment: datetime | None) -> str:
    """Return a moment as it stands in a field."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment is not None else ""


# -- that you talked -----------------------------------------------------------------------


def ask_talked(app: Host, person: Person) -> None:
    """Ask for what is left of a conversation; enter alone notes that there was one."""
    notebook = app.notebook
    noted: list[OneToOne] = []
    now = notebook.now()
    before = passing.planned_for(notebook, person, now)
    is_known = coming.planned_next(notebook, person)

    def understood(value: str) -> str:
        entry = passing.entry_of(notebook, person, value, now)
        return said.understood_line(entry, notebook.today())

    def understood_at(value: str) -> str:
        at = passing.talked_at(value, notebook.now())
        planned = passing.planned_for(notebook, person, at)
        meant = ": the talk you had planned" if planned is not None else ""
        return f"{say_moment(at, notebook.today())}{meant}"

    def next_at(value: str) -> datetime | None:
        if not value.strip():
            return None
        return parse_moment(value, notebook.now(), reckoning_of(notebook, person))

    def understood_next(value: str) -> str:
        at = next_at(value)
        if at is not None:
            coming.check_to_come(at, notebook.now())
            return say_moment(at, notebook.today())
        if is_known is not None and is_known != before:
            return f"planned already: {say_moment(is_known.at, notebook.today())}"
        return said.NO_NEXT

    def save(values: Values) -> None:
        at = passing.talked_at(values["at"], notebook.now())
        entry = passing.entry_of(notebook, person, values["line"], at)
        told = passing.Talked(at, values["place"], entry, next_at(values["next"]))
        template = first_template(notebook.journal.templates)
        noted.append(passing.note(notebook, person, told, template))

    def then() -> None:
        after = notebook.journal.people.get(person.id, person)
        standing = coming.standing_with(notebook, after)
        app.say(said.talked(after, noted[0], standing))
        made = notebook.journal.born_in(noted[0].id)
        if made:
            followups.tell_if_crowded(app, made[-1].id)

    suggestion = coming.suggested(notebook, person, since=now.date())
    by_cadence = say_moment(suggestion, now.date()) if suggestion else ""
    fields = (
        Field(
            "line", "What is worth keeping of it, in a line", "",
            '" their words · > I promise … by fri · ~ a feeling', check=understood,
        ),
        Field("at", "When", _typed(now), "e.g. 14:30 · yesterday", check=understood_at),
        Field(
            "place", "Where", before.place if before else PASSING,
            f"e.g. {' · '.join((PASSING, *PLACES))}",
        ),
        Field(
            "next", "When next, if you know", "",
            f"by the cadence: {by_cadence}" if by_cadence else WHEN_NEXT, check=understood_next,
        ),
    )  # fmt: skip
    title = f"You talked with {person.name}"
    ask(app, title, fields, save, key=f"talked:{person.id}", then=then)


# -- when next -----------------------------------------------------------------------------


def ask_next(app: Host, person: Person, one_id: str | None) -> None:
    """Ask for when to talk next; the talk that is planned already goes to that moment.

    Args:
        app: The app.
        person: Whom with.
        one_id: The talk in front, if any: the next is after it.
    """
    notebook = app.notebook
    in_front = notebook.journal.one_to_ones.get(one_id or "")
    known = coming.planned_next(notebook, person, in_front)
    since = in_front.at.date() if in_front is not None and in_front.took_place else None
    at = known.at if known else coming.suggested(notebook, person, since)
    place = known.place if known else person.place or WALK
    done: list[OneToOne] = []

    def meant(value: str) -> datetime:
        moment = parse_moment(value, notebook.now(), reckoning_of(notebook, person, in_front))
        if known is None or moment != known.at:
            coming.check_to_come(moment, notebook.now())
        return moment

    def save(values: Values) -> None:
        moment, where = meant(values["at"]), clean_line(values["place"])
        if known is None:
            draft = person._replace(place=where)
            template = first_template(notebook.journal.templates)
            done.append(coming.schedule(notebook, draft, moment, template, where))
        else:
            after = known._replace(at=moment, place=where)
            course.edit(notebook, known, after)
            done.append(after)

    def then() -> None:
        app.say(said.planned(done[0], notebook.today(), was=known))
        if known is not None and course.is_moved(known, done[0]):
            ask_mover(app, known, person)

    fields = (
        Field(
            "at", "When", _typed(at), WHEN_NEXT,
            check=lambda value: say_moment(meant(value), notebook.today()),
        ),
        Field("place", "Where", place, WHERE),
    )  # fmt: skip
    title = f"The next one-to-one with {person.name}"
    key = f"next:{known.id if known else person.id}"
    ask(app, title, fields, save, key=key, then=then)


# -- left out ------------------------------------------------------------------------------


def ask_leave_out(app: Host, person: Person) -> None:
    """Ask why a talk does not take place; one that is planned goes to another moment."""
    notebook = app.notebook
    standing = coming.standing_with(notebook, person)
    today = notebook.today()
    if standing.due is None:
        app.say(said.NOTHING_LEFT_OUT.format(name=person.first_name))
        return
    planned = standing.next if standing.next and standing.next.at.date() == standing.due else None
    due = say_moment(planned.at, today) if planned else say_date(standing.due, today)
    keys = {"i": Excuse.ME.value, "t": Excuse.THEM.value, "l": Excuse.LEAVE.value}
    rows = tuple(
        Row(why, text(said.excuse(Excuse(why), person)), right=text(key, MUTED))
        for key, why in keys.items()
    )

    def answered(answer: str | None) -> None:
        if not answer:
            return
        if planned is not None:
            _ask_moved(app, person, planned.id, Mover(answer))
            return
        now = notebook.journal.people.get(person.id, person)
        try:
            after = coming.leave_out(notebook, now, Excuse(answer))
        except AlongsideError as error:
            app.say(str(error), is_problem=True)
        else:
            app.say(said.left_out(after))

    app.show_screen(Chooser(said.why_left_out(person, due), rows, keys=keys), answered)


def _ask_moved(app: Host, person: Person, one_id: str, by: Mover) -> None:
    """Ask where a planned talk goes."""
    notebook = app.notebook
    one = notebook.journal.one_to_ones.get(one_id)
    if one is None:
        return
    suggestion = coming.suggested(notebook, person, since=one.at.date())
    if suggestion is not None:
        suggestion = datetime.combine(suggestion, one.at.time())
    moved: list[OneToOne] = []

    def meant(value: str) -> datetime:
        return parse_moment(value, notebook.now(), reckoning_of(notebook, person, one))

    def save(values: Values) -> None:
        moved.append(coming.move(notebook, one, meant(values["at"]), by))

    field = Field(
        "at", "To when", _typed(suggestion), WHEN_NEXT,
        check=lambda value: say_moment(meant(value), notebook.today()),
    )  # fmt: skip
    was = say_moment(one.at, notebook.today())
    ask(
        app,
        f"{person.name}, {was}: moved",
        (field,),
        save,
        key=f"moved:{one.id}",
        then=lambda: app.say(said.moved(person, moved[0], notebook.today())),
    )
