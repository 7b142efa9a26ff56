"""Forms and choices that several surfaces open."""

from __future__ import annotations

import os
from collections.abc import Callable

from textual.content import Content

from tui import words
from tui.commands import key_for
from tui.desk.beginnings import first_template
from tui.domain.dates import parse_moment, say_moment
from tui.domain.onetoones import PLACES, WALK, Lead, Mover, OneToOne
from tui.domain.people import Person, Topic
from tui.domain.text import clean_line, plural, times
from tui.render import MUTED, joined, line, text
from tui.screens.chooser import Chooser
from tui.screens.form import Field, Form, Values
from tui.screens.host import Host
from tui.services import course, folk, talks
from tui.services.notebook import Notebook
from tui.services.reckoning import reckoning_of
from tui.widgets.rows import Row

WHERE = f"e.g. {' · '.join(PLACES)}"
ROUTE = "e.g. gate, mill, long bench"
ROUTE_JOIN = ", "


def ask(
    app: Host,
    title: str,
    fields: tuple[Field, ...],
    save: Callable[[Values], None],
    *,
    key: str,
    then: Callable[[], None] | None = None,
) -> None:
    """Open a form.

    Args:
        app: The app.
        title: What is asked for.
        fields: The fields.
        save: Takes the values, or raises to refuse them.
        key: Names the form, for keeping what is typed in it.
        then: Called after something was saved.
    """
    notebook = app.notebook
    draft = notebook.draft(f"form:{key}")
    form = Form(title, fields, save, key=key, keep_draft=notebook.keep_draft, draft=draft)
    app.show_screen(form, lambda saved: then() if saved and then else None)


def ask_to_mend(app: Host, mend: Callable[[], None]) -> None:
    """Ask whether to mend damaged files, and which they are."""
    mendable = [problem for problem in app.notebook.problems if problem.can_be_mended]
    files = [problem.path.replace(os.sep, "/").rpartition("/")[2] for problem in mendable]
    named = ", ".join(files[:5]) + (f" and {len(files) - 5} more" if len(files) > 5 else "")
    rows = (Row("yes", text("Mend")), Row("no", text("Leave it as it is")))
    chooser = Chooser(f"{words.MEND}\n{named}", rows, keys={"y": "yes", "n": "no"})
    app.show_screen(chooser, lambda answer: mend() if answer == "yes" else None)


def ask_to_visit(app: Host, question: str) -> None:
    """Ask whether to leave this journal for a while, to be guided on an invented one."""
    rows = (Row("yes", text("Go")), Row("no", text("Stay here")))
    chooser = Chooser(question, rows, cursor="no", keys={"y": "yes", "n": "no"})
    app.show_screen(
        chooser, lambda answer: app.visit_demo(is_guided=True) if answer == "yes" else None
    )


# -- one-to-ones ---------------------------------------------------------------------------


def _details(one: OneToOne, person: Person, notebook: Notebook) -> tuple[Field, ...]:
    def understood(value: str) -> str:
        reckoning = reckoning_of(notebook, person)
        return say_moment(parse_moment(value, notebook.now(), reckoning), notebook.today())

    def understood_route(value: str) -> str:
        return plural(len(course.route_of(value)), "landmark") if value.strip() else ""

    leads = (
        (Lead.THEY.value, person.first_name),
        (Lead.BOTH.value, "both"),
        (Lead.ME.value, "you"),
    )
    return (
        Field("at", "When", f"{one.at:%Y-%m-%d %H:%M}", "e.g. tomorrow 14:00", check=understood),
        Field("place", "Where (would a walk and talk work?)", one.place, WHERE),
        Field(
            "route",
            "On a walk: landmarks, five at most",
            ROUTE_JOIN.join(one.route),
            ROUTE,
            check=understood_route,
        ),
        Field("lead", "Who leads", one.lead, choices=leads),
        Field("intention", "Intention: what is this talk for? (on the card)", one.intention),
        Field("thanks", "One thank-you, and the moment it is for", one.thanks),
    )


def _with_details(one: OneToOne, values: Values, notebook: Notebook) -> OneToOne:
    person = notebook.journal.people[one.person_id]
    return one._replace(
        at=parse_moment(values["at"], notebook.now(), reckoning_of(notebook, person)),
        place=clean_line(values["place"]),
        route=course.route_of(values["route"]),
        thanks=clean_line(values["thanks"]),
        lead=Lead(values["lead"]),
        intention=clean_line(values["intention"]),
    )


def ask_details(app: Host, one: OneToOne) -> None:
    """Ask for when, where, who leads and the intention of a one-to-one.

    Where it goes to another day, who moved it is asked afterwards.
    """
    notebook = app.notebook
    person = notebook.journal.people[one.person_id]
    moved: list[OneToOne] = []

    def save(values: Values) -> None:
        after = _with_details(one, values, notebook)
        moved.extend((after,) if course.is_moved(one, after) else ())
        course.edit(notebook, one, after)

    ask(
        app,
        f"One-to-one with {person.name}",
        _details(one, person, notebook),
        save,
        key=f"talk:{one.id}",
        then=lambda: ask_mover(app, one, person) if moved else None,
    )


def ask_mover(app: Host, before: OneToOne, person: Person) -> None:
    """Ask who moved a talk to another day; without an answer nobody did."""
    rows = tuple(Row(mover.value, text(words.mover(mover, person))) for mover in Mover)
    keys = {"i": Mover.ME.value, "t": Mover.THEM.value, "n": Mover.LEAVE.value}

    def answered(answer: str | None) -> None:
        one = app.notebook.journal.one_to_ones.get(before.id)
        if answer and one is not None:
            after = course.note_move(app.notebook, one, before.at, Mover(answer))
            if after.moved_by_me > 1 and answer == Mover.ME:
                app.say(f"Moved. You have moved this talk {times(after.moved_by_me)}.")

    app.show_screen(Chooser(words.WHO_MOVED, rows, keys=keys), answered)


def plan(app: Host, person: Person) -> None:
    """Ask for the details of a new one-to-one, and go to prepare it."""
    notebook = app.notebook
    now = notebook.now().replace(second=0)
    draft = talks.draft_for(person, now, WALK)
    planned: list[str] = []

    def save(values: Values) -> None:
        template = first_template(notebook.journal.templates)
        one = talks.plan(notebook, _with_details(draft, values, notebook), template)
        planned.append(one.id)

    ask(
        app,
        f"A one-to-one with {person.name}",
        _details(draft, person, notebook),
        save,
        key=f"talk:new:{person.id}",
        then=lambda: app.open_prepare(planned[0]),
    )


def choose_one_to_one(app: Host, person: Person) -> None:
    """Choose among all one-to-ones with a person, newest first, and open its notes."""
    notebook = app.notebook
    today = notebook.today()
    ones = notebook.journal.one_to_ones_of(person.id)[::-1]
    if not ones:
        app.say(f"There is no one-to-one with {person.name} yet. enter plans the first.")
        return
    rows = tuple(
        Row(
            one.id,
            line(say_moment(one.at, today), (f"   {one.place}", MUTED), "  ", text(one.intention)),
            right=joined([one.status.value, _count(notebook, one)], MUTED),
        )
        for one in ones
    )

    def chosen(one_id: str | None) -> None:
        if one_id:
            app.open_listen(one_id)

    app.show_screen(Chooser(f"One-to-ones with {person.name}", rows), chosen)


def _count(notebook: Notebook, one: OneToOne) -> str:
    made = len(notebook.journal.born_in(one.id))
    return plural(made, "follow-up") if made else ""


def choose_person(app: Host, title: str, then: Callable[[Person], None]) -> None:
    """Choose a person by typing."""
    people = app.notebook.journal.people
    rows = tuple(
        Row(person.id, Content(person.name), right=text(person.role, MUTED))
        for person in sorted(people.values(), key=lambda p: p.name.casefold())
        if not person.archived
    )

    def chosen(person_id: str | None) -> None:
        if person_id:
            then(people[person_id])

    app.show_screen(Chooser(title, rows), chosen)


# -- what is known, and what is parked -----------------------------------------------------


def ask_card_line(app: Host, person: Person, which: str) -> None:
    """Ask for other words of one line of a person's card.

    Args:
        app: The app.
        person: Whose card it is.
        which: The number of the line, or "helps" for what helps them.
    """
    notebook = app.notebook
    title = f"{person.name}'s card"
    if which == "helps":
        helps = (Field("text", "What helps them", person.helps),)

        def save_helps(values: Values) -> None:
            folk.edit(notebook, person, person._replace(helps=clean_line(values["text"])))

        ask(app, title, helps, save_helps, key=f"card:{person.id}:helps")
        return
    place = int(which)
    card_line = person.card[place]
    fields = (
        Field("label", "About", card_line.label),
        Field("text", "What helps to remember (empty takes the line away)", card_line.text),
    )
    ask(
        app,
        title,
        fields,
        lambda v: folk.set_card_line(notebook, person, place, v["label"], v["text"]),
        key=f"card:{person.id}:{place}",
    )


def ask_topic(app: Host, person_id: str, topic: Topic) -> None:
    """Ask for other words of a parked topic."""
    fields = (Field("text", "For next time", topic.text, is_block=True),)
    ask(
        app,
        "This topic",
        fields,
        lambda v: talks.edit_topic(app.notebook, person_id, topic, v["text"]),
        key=f"topic:{topic.id}",
    )


def delete_topic(app: Host, person_id: str, topic: Topic) -> None:
    """Take a topic off the shelf for good."""
    talks.delete_topic(app.notebook, person_id, topic)
    app.say(f"Deleted. {key_for('app.undo')} brings it back.")
