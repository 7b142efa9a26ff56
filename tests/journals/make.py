"""Makes the journal of one schema, with the code of the checkout it is run in; see README.md."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.builders import HOSTILE, Bench, counting_ids, write
from tests.store.helpers import rewrite, start
from tui.domain.checklist import Phase, Template, TemplateItem
from tui.domain.dates import parse_cadence
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.onetoones import Lead, OneToOne, Status
from tui.domain.people import CardLine, Person, Pronoun
from tui.services import checklists, course, folk, promises, talks
from tui.services.notebook import Notebook
from tui.services.ports import Draft
from tui.store.lock import locked

CHECKLIST = Template(
    "two",
    "Two",
    (
        TemplateItem("read", "Read what you promised.", Phase.BEFORE, "It is half the talk."),
        TemplateItem("thank", "Say thank you.", Phase.CLOSE, ""),
    ),
)
LINES = (
    '"quiet mornings help', "! a day without meetings", "* swap the stand-up for a note",
    "^ I was new once too", "= we stop the weekly report", "+ you held the release together",
    "~ tired today", "? is it the move", "-! time alone", "> send the book by fri",
    "< ask Priya about the lock", "& the offer from Lagos",
)  # fmt: skip
"""A line of every kind, and one that is made mine."""
RECORDS = 1_000
"""After which number the ids of records begin, so that all schemas have the same."""


def plan(notebook: Notebook, person: Person, at: datetime, route: Any, **more: Any) -> OneToOne:
    draft = OneToOne("", person.id, at, route=route, **more)
    return talks.plan(notebook, draft, CHECKLIST)


def close(notebook: Notebook, one: OneToOne, **more: Any) -> None:
    before = notebook.journal.one_to_ones[one.id]
    ended = before._replace(
        status=Status.CLOSED, started=one.at, ended=one.at + timedelta(minutes=40), **more
    )
    course.edit(notebook, before, ended)


def fill(bench: Bench, landmarks: bool) -> None:
    """Write three people, eight one-to-ones and all that can be in them."""

    def route(*places: str) -> Any:
        return places if landmarks else ", ".join(places)

    notebook = bench.notebook()
    notebook.new_id = counting_ids(RECORDS)
    dana = folk.add(
        notebook,
        Person(
            "", "Dana Okafor", "engineer", Pronoun.SHE, parse_cadence("2w"), "walk and talk",
            "quiet mornings", (CardLine("feedback", "in writing first"), CardLine("tea", "black")),
        ),
    )  # fmt: skip
    sam = folk.add(notebook, Person("", "Sam Reyes", cadence=parse_cadence("1m")))
    third = folk.add(notebook, Person("", "Ñandú [b]Ωmega[/b] 日本", pronoun=Pronoun.HE))

    first = plan(notebook, dana, datetime(2026, 9, 1, 14), route("the gate", "the reservoir"))
    for line in LINES:
        write(notebook, first, line)
    read, _ = sorted(notebook.page(first.id).items, key=lambda item: item.position)
    checklists.tick(notebook, first, read)
    close(notebook, first, carried="mostly me", useful="the walk")
    second = plan(notebook, dana, datetime(2026, 9, 15, 14), route(), lead=Lead.ME)
    for text in (text for text in HOSTILE if len(text) < 1_000):
        write(notebook, second, f"\\{text}")
    close(notebook, second)
    plan(notebook, dana, datetime(2026, 10, 1, 9, 30), route(), place="call")
    coming = plan(
        notebook, dana, datetime(2026, 12, 1, 14), route("the towpath"), intention="ask, then wait"
    )

    old = plan(notebook, sam, datetime(2026, 8, 3, 9), route("a\nb"), lead=Lead.BOTH)
    book = write(notebook, old, "> a desk by the window")
    assert isinstance(book, FollowUp)
    promises.edit(notebook, book, book._replace(owner=Owner.BOTH, cue="when the lease is up"))
    promises.move(notebook, notebook.journal.follow_ups[book.id], Stage.WAITING)
    waiting = notebook.journal.follow_ups[book.id]
    promises.edit(notebook, waiting, waiting._replace(touches=(first.id,)))
    done = write(notebook, old, "> bread")
    assert isinstance(done, FollowUp)
    promises.move(notebook, done, Stage.DONE)
    close(notebook, old)
    under_way = plan(notebook, sam, datetime(2026, 11, 22, 9), route())
    write(notebook, under_way, "= tea first")
    plan(notebook, sam, datetime(2026, 11, 30, 9), route())
    dropped = promises.add(notebook, FollowUp("", sam.id, "a rota", Owner.THEM, bench.clock()))
    promises.move(notebook, dropped, Stage.LET_GO, "the team was split")
    topic = write(notebook, under_way, "& the summer")
    folk.set_raised(notebook, sam.id, topic, raised=True)  # type: ignore[arg-type]  # a topic

    last = plan(notebook, third, datetime(2026, 7, 1, 16), route("harbour"), place="over coffee")
    write(notebook, last, "~ he was glad")
    close(notebook, last)
    folk.archive(notebook, third)

    def add_unknown(tables: Any) -> None:
        tables["one_to_one"][coming.id]["weather"] = {"sky": "grey", "wind": [1, 2.5, None]}
        for item in tables["checklist"].values():
            item["colour"] = "blue"
        tables["about"]["file"]["by"] = "another program"
        tables["moods"] = {"m1": {"mood": "fine", "\x1b": "[31m"}}

    people = Path(bench.place.journal, "people")
    rewrite(next(people.glob("dana*/2026-12-01*.json")), add_unknown)
    rewrite(
        next(people.glob("dana*/person.json")),
        lambda tables: tables["person"][dana.id].update(badge=17),
    )


def kill(bench: Bench, landmarks: bool, to: Path) -> None:
    """Leave the log of a program that was killed before it could file anything."""
    notebook, writer, ear = start(bench)
    notebook.new_id = counting_ids(RECORDS + 500)
    dana = folk.find(notebook.journal, "Dana")
    coming = notebook.journal.one_to_ones_of(dana.id)[-1]
    with locked(f"{bench.place.state}/lock"):
        write(notebook, coming, "> call the lock-keeper by 2026-12-04")
        write(notebook, notebook.journal.one_to_ones_of(dana.id)[0], "! never filed")
        before = notebook.journal.one_to_ones[coming.id]
        route: Any = ("the towpath", "the lock") if landmarks else "the towpath, the lock"
        course.edit(notebook, before, before._replace(route=route))
        priya = folk.add(notebook, Person("", "Priya Nair", since=date(2026, 11, 22)))
        ear.until_durable(4)
        notebook.keep_draft(Draft(coming.id, "half a line", "need", "ours"))
        ear.until(lambda: b"half a line" in log_of(bench).read_bytes(), "the draft")
        shutil.copytree(
            bench.place.state,
            to,
            ignore=shutil.ignore_patterns("*lock", "digest", "dana*", "nandu*"),
        )
        with (to / log_of(bench).name).open("ab") as log:
            log.write(b'{"patch": {"person": "' + priya.id.encode())
    writer.close()


def log_of(bench: Bench) -> Path:
    (path,) = Path(bench.place.state).glob("*.log")
    return path


def damage(journal: Path) -> None:
    """Cut a file off, leave one empty, and one with the marks of a merge."""
    first, second, _, coming = sorted(journal.glob("people/dana*/2026*.json"))
    first.write_bytes(first.read_bytes()[:700])
    second.write_bytes(b"")
    lines = coming.read_bytes().splitlines(keepends=True)
    coming.write_bytes(b"".join([*lines[:3], b"<<<<<<< HEAD\n", *lines[3:]]))


def make(schema: int, to: Path) -> None:
    landmarks = schema > 1
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        fill(bench, landmarks)
        shutil.copytree(bench.place.journal, to / "journal")
        shutil.copytree(bench.place.journal, to / "damaged")
        damage(to / "damaged")
        kill(bench, landmarks, to / "state")


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]))
