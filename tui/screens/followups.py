"""Forms and choices about follow-ups, which board, notes and what stands beside them open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tui import words
from tui.domain.dates import Trailing, say_due
from tui.domain.followups import DECISIONS, Decision, FollowUp, Owner, Stage, first_stage
from tui.domain.people import Person
from tui.domain.text import shortened
from tui.render import MUTED, history_row, line, text
from tui.screens.chooser import Chooser
from tui.screens.dialogs import ask, choose_person
from tui.screens.form import Check, Field, Values
from tui.screens.host import Host
from tui.services import promises
from tui.services.history import history_of
from tui.services.notebook import Notebook
from tui.services.reckoning import reckoning_of
from tui.widgets.rows import Row

DATES = "e.g. fri · in 2 weeks · 4 dec · next 1:1"
CUE = "e.g. when I set out Monday's agenda"

Then = Callable[[], None]
FollowUps = Sequence[FollowUp]


def _day(notebook: Notebook, follow_ups: FollowUps, value: str) -> date | None:
    """Return the day a field names; "next 1:1" is one only where all are with one person."""
    people = {follow_up.person_id for follow_up in follow_ups}
    person = notebook.journal.people.get(people.pop()) if len(people) == 1 else None
    return promises.due_from(value, notebook.today(), reckoning_of(notebook, person))


def _says_day(notebook: Notebook, follow_ups: FollowUps) -> Check:
    """Return a check that says which day a field means."""
    return lambda value: say_due(_day(notebook, follow_ups, value), notebook.today())


def _due_field(notebook: Notebook, follow_ups: FollowUps, label: str, *, value: str = "") -> Field:
    check = _says_day(notebook, follow_ups)
    return Field("due", label, value, DATES, check=check)


def _owner_field(follow_up: FollowUp, person: Person) -> Field:
    owners = tuple((owner.value, words.owner(owner, person)) for owner in Owner)
    return Field("owner", "Who does it (← → to change)", follow_up.owner, choices=owners)


def _named(follow_ups: FollowUps) -> str:
    """Return what a question is about, in a few words."""
    if len(follow_ups) > 1:
        return f"{len(follow_ups)} follow-ups"
    return f"“{shortened(follow_ups[0].text)}”"


def _key(follow_ups: FollowUps) -> str:
    """Return what names a draft after all it is about: it is offered for just these again."""
    return ",".join(sorted(follow_up.id for follow_up in follow_ups))


# -- one, whole ----------------------------------------------------------------------------


def _fields(notebook: Notebook, follow_up: FollowUp, person: Person) -> tuple[Field, ...]:
    due = follow_up.due.isoformat() if follow_up.due else ""
    return (
        Field("text", "What will be done", follow_up.text, is_block=True),
        _owner_field(follow_up, person),
        _due_field(notebook, (follow_up,), "By when", value=due),
        Field("cue", "Cue: when …", follow_up.cue, CUE),
    )


def _from(notebook: Notebook, follow_up: FollowUp, values: Values) -> FollowUp:
    return follow_up._replace(
        text=values["text"],
        owner=Owner(values["owner"]),
        due=_day(notebook, (follow_up,), values["due"]),
        cue=values["cue"],
    )


def ask_follow_up(app: Host, follow_up: FollowUp) -> None:
    """Ask for words, owner, when and cue of a follow-up."""
    notebook = app.notebook
    person = notebook.journal.people[follow_up.person_id]
    ask(
        app,
        f"Follow-up with {person.name}",
        _fields(notebook, follow_up, person),
        lambda values: promises.edit(notebook, follow_up, _from(notebook, follow_up, values)),
        key=f"follow-up:{follow_up.id}",
        then=lambda: tell_if_crowded(app, follow_up.id) if follow_up.is_open else None,
    )


def ask_new_follow_up(
    app: Host, person: Person, one_id: str | None, then: Callable[[FollowUp], None]
) -> None:
    """Ask for a new follow-up; it lives in the one-to-one it is made in, if any.

    Args:
        app: The app.
        person: Whose it is.
        one_id: The one-to-one in front, if any.
        then: Called with the follow-up when it was added.
    """
    added: list[FollowUp] = []
    notebook = app.notebook
    one = notebook.journal.one_to_ones.get(one_id or "")
    born_in = one.id if one is not None and one.person_id == person.id else None
    draft = FollowUp("", person.id, "", Owner.ME, notebook.now(), born_in=born_in)

    def read(values: Values) -> Trailing:
        reckoning = reckoning_of(notebook, person)
        return promises.day_in_words(values["text"], values["due"], notebook.today(), reckoning)

    def hint(values: Values) -> str:
        found = read(values)
        return found.problem or words.day_in_words(found.when, notebook.today())

    def save(values: Values) -> None:
        found = read(values)
        follow_up = _from(notebook, draft, values)._replace(text=found.text, due=found.when)
        stage = first_stage(follow_up.due, follow_up.cue)
        added.append(promises.add(notebook, follow_up._replace(stage=stage)))

    fields = _fields(notebook, draft, person)

    def go_on() -> None:
        then(added[-1])
        tell_if_crowded(app, added[-1].id)

    ask(
        app,
        f"A follow-up with {person.name}",
        tuple(f._replace(hint=hint) if f.name == "due" else f for f in fields),
        save,
        key=f"follow-up:new:{person.id}",
        then=go_on,
    )


# -- one thing, of one or of several -------------------------------------------------------


def ask_reason(app: Host, follow_ups: FollowUps, then: Then | None = None) -> None:
    """Ask why follow-ups are let go, and let them go."""
    ask(
        app,
        "Let it go" if len(follow_ups) == 1 else "Let them go",
        (Field("reason", f"Why let go of {_named(follow_ups)}?"),),
        lambda v: promises.move_all(app.notebook, follow_ups, Stage.LET_GO, v["reason"]),
        key=f"let-go:{_key(follow_ups)}",
        then=then,
    )


def ask_agreed(app: Host, follow_ups: FollowUps, question: str, then: Then | None = None) -> None:
    """Ask for owner and when, or a cue, and have the follow-ups agreed."""
    notebook = app.notebook
    first = follow_ups[0]
    person = notebook.journal.people[first.person_id]
    is_alone = len(follow_ups) == 1
    fields = (
        _due_field(notebook, follow_ups, "By when?"),
        Field("cue", "Or a cue: when …", first.cue if is_alone else "", CUE),
    )
    ask(
        app,
        question if is_alone else f"{question} ({_named(follow_ups)})",
        (*fields, _owner_field(first, person)) if is_alone else fields,
        lambda v: promises.agree(
            notebook,
            follow_ups,
            _day(notebook, follow_ups, v["due"]),
            v["cue"],
            Owner(v["owner"]) if "owner" in v else None,
        ),
        key=f"agree:{_key(follow_ups)}",
        then=then,
    )


def ask_when(app: Host, follow_ups: FollowUps) -> None:
    """Ask for the day of follow-ups; an empty field takes it away."""
    notebook = app.notebook
    first = follow_ups[0]
    value = first.due.isoformat() if first.due and len(follow_ups) == 1 else ""

    def save(values: Values) -> None:
        due = _day(notebook, follow_ups, values["due"])
        promises.edit_all(notebook, follow_ups, lambda f: f._replace(due=due))

    field = _due_field(notebook, follow_ups, f"By when: {_named(follow_ups)}", value=value)
    ask(app, "By when?", (field,), save, key=f"when:{_key(follow_ups)}")


def ask_cue(app: Host, follow_ups: FollowUps) -> None:
    """Ask what follow-ups hang on: when X happens, I will."""
    value = follow_ups[0].cue if len(follow_ups) == 1 else ""
    ask(
        app,
        "When X, I will",
        (Field("cue", _named(follow_ups), value, CUE),),
        lambda v: promises.edit_all(app.notebook, follow_ups, lambda f: f._replace(cue=v["cue"])),
        key=f"cue:{_key(follow_ups)}",
    )


def ask_person(app: Host, follow_ups: FollowUps) -> None:
    """Ask whose follow-ups these are, and make them theirs."""

    def chosen(person: Person) -> None:
        promises.give_to(app.notebook, follow_ups, person.id)
        app.say(words.given_to(person, len(follow_ups)))

    choose_person(app, f"Whose is {_named(follow_ups)}?", chosen)


def tell_if_crowded(app: Host, follow_up_id: str) -> None:
    """Say it, once, where somebody has more open with one person than anybody keeps."""
    journal = app.notebook.journal
    follow_up = journal.follow_ups.get(follow_up_id)
    if follow_up is not None and promises.is_crowded(journal, follow_up):
        app.say(words.crowded(follow_up.owner, journal.people[follow_up.person_id]))


# -- what came up again --------------------------------------------------------------------


def ask_decision(app: Host, follow_up: FollowUp) -> None:
    """Ask what to do with a follow-up that keeps coming up: do, renegotiate, hand over, let go."""
    rows = tuple(
        Row(row.decision.value, line((row.label, "bold"), (f"  {row.meaning}", MUTED)))
        for row in DECISIONS
    )
    keys = {row.key: row.decision.value for row in DECISIONS}
    chooser = Chooser(words.asks_decision(follow_up), rows, keys=keys)
    app.show_screen(chooser, lambda answer: _decide(app, follow_up.id, answer))


def _decide(app: Host, follow_up_id: str, answer: str | None) -> None:
    notebook = app.notebook
    follow_up = notebook.journal.follow_ups.get(follow_up_id)
    if not answer or follow_up is None:
        return
    match Decision(answer):
        case Decision.DO:
            today = notebook.today()
            promises.agree(notebook, follow_up, today, follow_up.cue)
            app.say(words.DO_TODAY)
        case Decision.RENEGOTIATE:
            ask_agreed(app, (follow_up,), words.RENEGOTIATE)
        case Decision.HAND_OVER:
            _ask_new_owner(app, follow_up)
        case Decision.LET_GO:
            ask_reason(app, (follow_up,))


def _ask_new_owner(app: Host, follow_up: FollowUp) -> None:
    person = app.notebook.journal.people[follow_up.person_id]
    others = [owner for owner in Owner if owner is not follow_up.owner]
    rows = tuple(Row(owner.value, text(words.owner(owner, person))) for owner in others)

    def chosen(answer: str | None) -> None:
        now = app.notebook.journal.follow_ups.get(follow_up.id)
        if answer and now is not None:
            promises.edit(app.notebook, now, now._replace(owner=Owner(answer)))
            tell_if_crowded(app, follow_up.id)

    app.show_screen(Chooser("Who does it from here on?", rows), chosen)


def show_history(app: Host, follow_up: FollowUp) -> None:
    """Show what happened to a follow-up; a talk it came up in can be opened from there."""
    journal, today = app.notebook.journal, app.notebook.today()
    person = journal.people[follow_up.person_id]
    rows = tuple(
        history_row(str(number), event, journal, person, today)
        for number, event in enumerate(history_of(journal, follow_up))
    )
    talks = {str(n): e.one_id for n, e in enumerate(history_of(journal, follow_up)) if e.one_id}

    def chosen(row_id: str | None) -> None:
        if row_id in talks:
            app.open_listen(talks[row_id])

    title = f"What became of {_named((follow_up,))}"
    app.show_screen(Chooser(title, rows, keys={"t": ""}), chosen)
