"""Writes a big journal: as years of weekly one-to-ones with a whole team would leave it.

    python tests/bench/big.py DIR [--people 15] [--talks 500] [--notes 20] [--follow-ups 1.3]
                                  [--seed 1] [--check]

As it stands that is the ten-year journal: 15 people, 7,500 one-to-ones, 150,000 notes. A million
notes are ``--talks 3334``. Talks are weekly, up to the week before today; more of them than ten
years have weeks stand closer together. ``--notes`` is the mean: some talks have more to write down
than others. Every person has a next talk planned, a shelf, a card, and promises of the last weeks
that are still open; of the older ones nearly all are done.

The same seed on the same day gives the same files, byte for byte, with the names the program would
have given them. They are not flushed to the disk one by one, which is what makes this quick.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tui.clock import local_time
from tui.desk.shipped import standard_template
from tui.domain.checklist import ChecklistItem, Phase
from tui.domain.dates import Cadence
from tui.domain.followups import FollowUp, Owner, Stage
from tui.domain.ids import uuid7
from tui.domain.journal import Home, Record
from tui.domain.notes import NOTE_KINDS, Kind, Note, Side
from tui.domain.onetoones import PLACES, Lead, OneToOne, Status
from tui.domain.people import CardLine, Person, Pronoun, Topic
from tui.domain.text import slug
from tui.errors import AlongsideError
from tui.store.codec import encode
from tui.store.files import FILE_MODE, FOLDER_MODE, Document, Tables, serialise, write_all
from tui.store.folder import JournalFolder
from tui.store.migrations import ABOUT, SCHEMA
from tui.wiring import fresh_id

PEOPLE, TALKS, NOTES, FOLLOW_UPS, SEED = 15, 500, 20, 1.3, 1
"""The ten-year journal."""
TEN_YEARS = 3652
"""Days."""
LATELY = timedelta(days=28)
"""How long promises stay open as a rule."""
_EPOCH = datetime(1970, 1, 1)


class Made(NamedTuple):
    """What a journal was made from, and what is in it."""

    asked: tuple[object, ...]
    """The arguments it was made with and the version of its files: alike, it is alike."""
    names: tuple[str, ...]
    talks: int
    """One-to-ones that took place; one more for each person is planned."""
    notes: int
    stages: dict[str, int]
    """Follow-ups by stage."""
    i_owe: int
    """Follow-ups the manager owes, alone or together."""
    they_owe: int

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Made:
        """Return what `_asdict` told, after it has been JSON."""
        return cls(**told | {"asked": tuple(told["asked"]), "names": tuple(told["names"])})

    def say(self) -> str:
        """Return what is in it, in words."""
        return (
            f"{len(self.names)} people, {self.talks:,} one-to-ones, {self.notes:,} notes, "
            f"{sum(self.stages.values()):,} follow-ups"
        )


# -- words -------------------------------------------------------------------------------------

# fmt: off
_NAMES = (
    "Amara Lindqvist", "Bruno Achterberg", "Chiara Novak", "Davit Osei", "Elif Sandoval",
    "Farid Kowalczyk", "Greta Mbeki", "Hiro Castellanos", "Ingrid Thorvald", "Jonas Adeyemi",
    "Kavya Brandt", "Leo Marchetti", "Mireille Ozturk", "Nils Fernando", "Orla Petrenko",
    "Paulo Weiss", "Quentin Dlamini", "Rosa Hakimi", "Sven Takahashi", "Tamsin Duarte",
    "Ulla Ferreira", "Vera Nyström", "Wanda Ibarra", "Xenia Rahman", "Yusuf Halloran", "Zoë Beck",
)
_ROLES = (
    "gardener of the build", "support lead", "data engineer", "illustrator", "team lead",
    "second-year trainee", "field researcher", "release captain", "technical writer",
    "network engineer", "analyst", "tester", "product owner", "designer", "night operator",
    "librarian", "trainer", "buyer", "planner", "translator", "bookkeeper", "mechanic", "editor",
    "house architect", "recruiter", "chemist",
)
_WORDS: dict[str, tuple[str, ...]] = {
    "who": (
        "the new colleague", "Marlene", "the night shift", "purchasing",
        "our neighbours upstairs", "Tobias", "the two from the harbour office",
        "the customer in Graz", "the board", "everybody on the late call", "the apprentices",
        "Noor", "the auditors", "my old team", "Señora Vidal", "the people who wrote it",
        "somebody from the workshop", "the architects",
    ),
    "thing": (
        "build", "handover", "price list", "archive", "login page", "quarter plan", "spare parts",
        "test bench", "import from the old system", "travel budget", "weekly figures",
        "on-call rota", "search", "training course", "map", "backlog", "second database",
        "contract with the printer", "ticket queue", "release notes", "warehouse",
        "label printer", "holiday calendar", "coffee fund",
    ),
    "meeting": (
        "Monday round", "planning", "review", "stand-up", "call with the customer",
        "retrospective", "budget talk", "all-hands", "handover at six", "Thursday lunch",
        "design critique",
    ),
    "when": (
        "on Monday", "last week", "since the summer", "before the holidays", "twice this month",
        "on the train home", "after lunch", "at the very end", "in March", "yesterday",
        "in the lift",
    ),
    "did": (
        "drew it on the wall", "threw half of it away", "asked first", "waited a day",
        "said it plainly", "wrote it down together", "left the slides at home",
        "went for a walk instead", "counted again", "called them instead of writing",
        "started with the smallest piece",
    ),
    "do": (
        "write a page about it", "try it with one customer", "show it half done",
        "leave it for a month", "ask the people who use it", "take it apart once",
        "teach it to somebody", "do it by hand first", "stop it altogether",
        "pair on it for a morning", "give it away",
    ),
    "much": ("a little", "far", "somewhat", "a good deal", "hardly", "much", "clearly", "a shade"),
    "how": (
        "calm", "tired", "proud", "worn thin", "careful with me", "lighter than last time",
        "in a hurry", "curious again", "disappointed", "relieved", "restless", "quietly angry",
        "at home", "somewhere else",
    ),
    "span": (
        "ten minutes", "an hour", "half a day", "two quiet mornings", "a week",
        "three afternoons", "a Friday", "one more month",
    ),
}
_LINES: dict[str, tuple[str, ...]] = {
    "heard": (
        "The {thing} takes longer than anybody says out loud",
        "I would rather {do} than sit through another {meeting}",
        "{when} {who} asked me about the {thing}, and I had no answer",
        "It went well with {who}: we {did}, and nobody raised their voice",
        "What keeps me up is the {thing}, not the {thing}",
        "I did not say it {when}, but the {meeting} was hard for me",
        "We {did}, and after that the {thing} was {much} easier",
        "If it were mine alone I would {do}",
        "Nobody owns the {thing}. Everybody has an opinion about it",
        "{when} I {did}. I would do that again",
        "I hear from {who} only when the {thing} is broken",
        "Give me {span} and I can tell you whether we should {do}",
        "The {meeting} is {much} better since we {did}",
    ),
    "need": (
        "{span} without the {meeting}", "to hear it from {who} directly",
        "a second pair of eyes on the {thing}", "to be told early when the {thing} changes",
        "somebody to say no to {who} with me", "the {thing} off the list until next month",
        "leave to {do}", "an answer about the {thing}, even a bad one",
    ),
    "idea": (
        "{do}, and only then talk to {who}",
        "one page about the {thing} instead of the {meeting}",
        "swap the {thing} and the {thing} for {span}", "let {who} open the {meeting}",
        "{do}: start with {span} and see", "a list of what the {thing} does not do",
        "ask {who} how they did it {when}",
    ),
    "shared": (
        "my first {meeting} here went {much} worse than theirs",
        "I find the {thing} hard as well", "that I once {did}, and what came of it",
        "how I felt when {who} took over the {thing}", "that I am {how} today, and why",
    ),
    "decided": (
        "the {thing} waits {span}", "we {do}, and tell {who} on Monday", "no {meeting} in August",
        "the last word on the {thing} is with {who}", "the {thing} goes before the {thing}",
        "{span} for the {thing}, then we look again", "from now on we meet before the {meeting}",
    ),
    "thanks": (
        "for the way the {thing} was handed to {who} {when}", "that they {did} when it got loud",
        "for telling me about the {thing} before I asked", "for {span} with {who}",
        "that the {meeting} ended on time because of them",
    ),
    "feeling": (
        "{how}", "{how} when {who} came up", "{how}, and {how} underneath", "I was {how} myself",
        "{much} more {how} than {when}", "{how} until we got to the {thing}",
    ),
    "hunch": (
        "is the {thing} really about {who}?", "I wonder whether they would rather {do}",
        "something happened {when} that I was not told", "a new role within {span}?",
        "they may be {how} because of the {meeting}", "perhaps the {thing} is mine to fix",
    ),
    "follow-up": (
        "send {who} the notes of the {meeting}", "ask {who} about the {thing}",
        "write one page on the {thing}", "sit in on the {meeting} once", "{do}",
        "read what {who} wrote about the {thing}", "find {span} for the {thing}",
        "tell {who} that the {thing} can wait", "bring the {thing} to the {meeting}",
    ),
    "cue": (
        "when I next see {who}", "when I set out the {meeting}",
        "when the {thing} comes up again", "when I open the {thing}",
        "when there is {span} to spare",
    ),
    "reason": (
        "{who} did it {when}", "the {thing} is gone", "it mattered {much} less in the end",
        "we agreed to {do} instead",
    ),
    "topic": (
        "the {thing}, and whether we still want it", "how things are with {who}",
        "what {span} would change", "the {meeting}: keep it?", "where they want to be in a year",
        "to {do}, or not",
    ),
    "intention": (
        "hear how the {thing} is going", "thank them for {span} with {who}",
        "listen more than {when}", "settle the {thing}", "find out whether they are {how}", "",
    ),
    "useful": (
        "being asked about the {thing}", "hearing about {who} and the {thing}", "to {do}", "", "",
    ),
    "helps": ("{span} before the {meeting}", "to {do}", "hearing about the {thing} in writing"),
}
# fmt: on
_WEIGHTS = {
    "heard": 8,
    "need": 2,
    "idea": 2,
    "shared": 1,
    "decided": 2,
    "thanks": 1,
    "feeling": 2,
    "hunch": 2,
}  # fmt: skip
_CARD = ("Feedback", "Thanks", "A bad day", "Growing")


class _Words(Mapping[str, str]):
    """Gives another word for a name each time it is asked."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def __getitem__(self, name: str) -> str:
        words = _WORDS[name]
        return words[int(self._chance.random() * len(words))]

    def __iter__(self) -> Iterator[str]:
        return iter(_WORDS)

    def __len__(self) -> int:
        return len(_WORDS)


class Writing:
    """Makes up sentences; the same chance gives the same ones."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._words = _Words(chance)
        self._kinds = tuple(kind for kind in NOTE_KINDS for _ in range(_WEIGHTS[kind.id]))

    def line(self, about: str) -> str:
        """Return a sentence for a kind of note, or for another place that wants one."""
        lines = _LINES[about]
        return lines[int(self._chance.random() * len(lines))].format_map(self._words)

    def kind(self) -> Kind:
        """Return a kind of note, their words most often."""
        return self._kinds[int(self._chance.random() * len(self._kinds))]

    def note(self, kind: Kind) -> str:
        """Return what a note says: mostly one sentence, sometimes two, sometimes on two lines."""
        text = _begun(self.line(kind.id))
        luck = self._chance.random()
        if luck < 0.04:
            return f"{text}.\n{_begun(self.line(kind.id))}"
        if luck < 0.16:
            return f"{text}. {_begun(self.line('heard'))}"
        return text


def _begun(sentence: str) -> str:
    """Return a sentence with a capital letter at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def texts(count: int, seed: int = SEED) -> Iterator[str]:
    """Yield what notes say."""
    writing = Writing(random.Random(f"alongside {seed}"))
    return (writing.note(writing.kind()) for _ in range(count))


# -- people and talks --------------------------------------------------------------------------


class _Life:
    """All that one person's folder holds."""

    def __init__(
        self, number: int, talks: int, notes: int, follow_ups: float, seed: int, today: date
    ) -> None:
        self._chance = random.Random(f"alongside {seed}/{number}")
        self._words = Writing(self._chance)
        self._items = standard_template().items
        self._today = today
        self._notes = notes
        self._follow_ups = follow_ups
        self._extra = 0
        days = _days(number, talks, today)
        hour = clock_time(9 + number % 8, 15 * (number % 4))
        self._times: list[datetime] = []
        for day in days:
            at = datetime.combine(day, hour)
            if self._times and at <= self._times[-1]:  # several on one day
                at = self._times[-1] + timedelta(hours=1)
            self._times.append(at)
        since = days[0] - timedelta(days=10)
        began = datetime.combine(since, clock_time(8))
        self.person = self._person(number, since, self._id(began))
        planned = [began, *(at + timedelta(minutes=58) for at in self._times[:-1])]
        self._ids = [self._id(moment) for moment in planned]
        self._home: list[Record] = [self.person]
        self.counts: Counter[str] = Counter()

    def _id(self, moment: datetime) -> str:
        return uuid7((moment - _EPOCH) // timedelta(milliseconds=1), self._chance.getrandbits(74))

    def _is_lucky(self, share: float) -> bool:
        return self._chance.random() < share

    def _person(self, number: int, since: date, person_id: str) -> Person:
        rounds, place = divmod(number, len(_NAMES))
        return Person(
            person_id,
            _NAMES[place] + (f" {'I' * (rounds + 1)}" if rounds else ""),
            _ROLES[number % len(_ROLES)],
            tuple(Pronoun)[number % len(Pronoun)],
            Cadence(1, "week"),
            PLACES[number % len(PLACES)],
            _begun(self._words.line("helps")),
            tuple(CardLine(label, _begun(self._words.line("need"))) for label in _CARD),
            since,
        )

    def files(self) -> Iterator[tuple[Home, list[Record]]]:
        """Yield the records of every file: the talks, then the person's own."""
        for index, one_id in enumerate(self._ids):
            yield Home(self.person.id, one_id), self._talk(index)
        yield Home(self.person.id), self._home

    def _talk(self, index: int) -> list[Record]:
        at, chance, words = self._times[index], self._chance, self._words
        is_planned = index == len(self._ids) - 1
        length = timedelta(minutes=chance.randint(30, 55))
        one = OneToOne(
            self._ids[index],
            self.person.id,
            at,
            self.person.place,
            Lead.BOTH if self._is_lucky(0.1) else Lead.THEY,
            words.line("intention"),
            Status.PLANNED if is_planned else Status.CLOSED,
            None if is_planned else at,
            None if is_planned else at + length,
            useful="" if is_planned else words.line("useful"),
        )
        records: list[Record] = [one]
        for place, item in enumerate(self._items, 1):
            is_ticked = not is_planned and self._is_lucky(0.7)
            minutes = place - 30 if item.phase is Phase.BEFORE else place + 20
            ticked = at + timedelta(minutes=minutes) if is_ticked else None
            made = self._id(at - timedelta(days=6))
            records.append(
                ChecklistItem(made, item.text, item.phase, float(place), item.reason, ticked)
            )
        if is_planned:
            return records
        self.counts["talks"] += 1
        records += self._notes_of(index, at, length)
        slots = max(1, round(self._follow_ups * 2))
        for _ in range(sum(self._is_lucky(self._follow_ups / slots) for _ in range(slots))):
            follow_up = self._follow_up(index, at + length * chance.uniform(0.5, 1.0))
            (records if follow_up.born_in else self._home).append(follow_up)
        if self._is_lucky(0.25):
            moment = at + length / 2
            is_raised = self._today - moment.date() > LATELY and not self._is_lucky(0.01)
            topic = Topic(self._id(moment), words.line("topic"), at.date(), one.id, is_raised)
            self._home.append(topic)
        return records

    def _notes_of(self, index: int, at: datetime, length: timedelta) -> Iterator[Note]:
        """Yield the notes of a talk: two talks together have twice the mean."""
        if index % 2 == 0:
            is_alone = index + 1 == len(self._ids) - 1
            self._extra = 0 if is_alone else self._chance.randint(0, self._notes // 2)
            count = self._notes + self._extra
        else:
            count = self._notes - self._extra
        self.counts["notes"] += count
        for place in range(count):
            moment = (at + length * ((place + self._chance.random()) / count)).replace(
                microsecond=0
            )
            kind = self._words.kind()
            is_mine = kind.side is Side.MINE or self._is_lucky(0.05)
            yield Note(
                self._id(moment + timedelta(milliseconds=place)),
                self._words.note(kind),
                kind.id,
                moment,
                Side.MINE if is_mine else Side.OURS,
            )

    def _follow_up(self, index: int, moment: datetime) -> FollowUp:
        moment = moment.replace(microsecond=0)
        chance, words, said = self._chance, self._words, moment.date()
        is_recent = self._today - said <= LATELY
        odds = (20, 40, 10, 28, 2) if is_recent else (0.2, 0.5, 0.3, 93, 6)
        (stage,) = chance.choices(tuple(Stage), odds)
        (owner,) = chance.choices(tuple(Owner), (45, 45, 10))
        is_open = stage in (Stage.CAPTURED, Stage.AGREED, Stage.WAITING)
        has_day = stage is not Stage.CAPTURED and self._is_lucky(0.8)
        later = self._ids[index + 1 : len(self._ids) - 1]
        touches = sum(self._is_lucky(0.4) for _ in range(2)) if not is_recent else 0
        closed = min(said + timedelta(days=chance.randint(1, 27)), self._today)
        self.counts[f"stage {stage}"] += 1
        self.counts["i owe"] += is_open and owner is not Owner.THEM
        self.counts["they owe"] += is_open and owner is not Owner.ME
        return FollowUp(
            self._id(moment),
            self.person.id,
            words.line("follow-up"),
            owner,
            moment,
            stage,
            said + timedelta(days=chance.randint(2, 21)) if has_day else None,
            words.line("cue") if not has_day and stage is not Stage.CAPTURED else "",
            None if self._is_lucky(0.03) else self._ids[index],
            tuple(later[:touches]),
            None if is_open else closed,
            words.line("reason") if stage is Stage.LET_GO else "",
        )


def _days(number: int, talks: int, today: date) -> list[date]:
    """Return the days of a person's talks, the planned one last."""
    step = min(7.0, TEN_YEARS / max(1, talks))
    is_weekly = step == 7.0  # each on a working day of their own
    since = (today.weekday() - number % 5 - 1) % 7 + 1 if is_weekly else 1
    last = today - timedelta(days=since)
    held = [last - timedelta(days=round(step * back)) for back in range(talks - 1, -1, -1)]
    return [*held, max(last + timedelta(days=max(1, round(step))), today)]


# -- files -------------------------------------------------------------------------------------


def _tables(about: Document, records: Iterable[Record]) -> Tables:
    tables: Tables = {ABOUT: {"file": about}}
    for record in records:
        name, document = encode(record)
        tables.setdefault(name, {})[record.id] = document
    return tables


def _write(path: str, tables: Tables) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        write_all(descriptor, serialise(tables))
    finally:
        os.close(descriptor)


class _Names:
    """Gives names that are not taken, as `JournalFolder` does: a stem and the end of an id."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def __call__(self, stem: str, record_id: str) -> str:
        digits = record_id.replace("-", "")
        names = (f"{stem}-{digits[-length:]}" for length in range(4, len(digits) + 1))
        name = next(name for name in names if name not in self._taken)
        self._taken.add(name)
        return name


def asked(
    people: int = PEOPLE,
    talks: int = TALKS,
    notes: int = NOTES,
    follow_ups: float = FOLLOW_UPS,
    seed: int = SEED,
) -> tuple[object, ...]:
    """Return what tells one journal from another, the day it is made apart."""
    return (people, talks, notes, follow_ups, seed, SCHEMA)


def make(
    folder: str | Path,
    people: int = PEOPLE,
    talks: int = TALKS,
    notes: int = NOTES,
    follow_ups: float = FOLLOW_UPS,
    seed: int = SEED,
    today: date | None = None,
) -> Made:
    """Write a journal.

    Args:
        folder: Where; it need not exist, and holds nothing.
        people: How many people.
        talks: How many one-to-ones each of them has had.
        notes: How many notes a one-to-one has, on the average.
        follow_ups: How many follow-ups came out of one, on the average.
        seed: Another one gives another journal.
        today: The day it is written; today if not given.

    Returns:
        What is in it.
    """
    today = today or local_time().date()
    os.makedirs(folder, FOLDER_MODE, exist_ok=True)
    if os.listdir(folder):
        raise SystemExit(f"{folder} is not empty.")
    chance = random.Random(f"alongside {seed}")
    began = int(datetime.combine(today, clock_time()).timestamp() * 1000) - TEN_YEARS * 86_400_000
    about = {"schema": SCHEMA, "kind": "journal", "id": uuid7(began, chance.getrandbits(74))}
    _write(os.path.join(folder, "journal.json"), {ABOUT: {"file": about}})
    root = os.path.join(folder, "people")
    os.mkdir(root, FOLDER_MODE)
    counts: Counter[str] = Counter()
    names = []
    folder_name = _Names()
    for number in range(people):
        life = _Life(number, talks, notes, follow_ups, seed, today)
        names.append(life.person.name)
        own = os.path.join(root, folder_name(slug(life.person.name), life.person.id))
        os.mkdir(own, FOLDER_MODE)
        file_name = _Names()
        for home, records in life.files():
            if home.one_to_one_id is None:
                path = os.path.join(own, "person.json")
                _write(path, _tables({"schema": SCHEMA, "kind": "person"}, records))
                continue
            day = next(r.at.date() for r in records if isinstance(r, OneToOne))
            path = os.path.join(own, f"{file_name(day.isoformat(), home.one_to_one_id)}.json")
            kind = {"schema": SCHEMA, "kind": "one-to-one", "person": home.person_id}
            _write(path, _tables(kind, records))
        counts += life.counts
    return Made(
        asked(people, talks, notes, follow_ups, seed),
        tuple(names),
        counts["talks"],
        counts["notes"],
        {stage: counts[f"stage {stage}"] for stage in Stage},
        counts["i owe"],
        counts["they owe"],
    )


def problems_in(folder: str | Path, every: int = 97) -> list[str]:
    """Open a journal as the program does, with a page now and then; return what is wrong."""
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as state:
        journal_folder = JournalFolder(str(folder), state, fresh_id)
        try:
            journal = journal_folder.load()
        except AlongsideError as error:
            return [str(error)]
        for one in tuple(journal.one_to_ones.values())[::every]:
            page = journal_folder.read_page(Home(one.person_id, one.id))
            if page is None or one not in page.records:
                return [f"The page of {one.at} cannot be read."]
        return [problem.sentence for problem in journal_folder.problems]


def main(argv: Sequence[str] | None = None) -> int:
    """Write the journal that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", metavar="DIR", help="a folder that is empty or not there yet")
    for name, default, what in (
        ("people", PEOPLE, "people"),
        ("talks", TALKS, "one-to-ones of each"),
        ("notes", NOTES, "notes of each one-to-one"),
        ("follow-ups", FOLLOW_UPS, "follow-ups of each one-to-one"),
        ("seed", SEED, "another one gives another journal"),
    ):
        parser.add_argument(
            f"--{name}", type=type(default), default=default, help=f"{what} (default {default})"
        )
    parser.add_argument("--check", action="store_true", help="open it afterwards")
    options = parser.parse_args(argv)
    begun = time.perf_counter()
    made = make(
        options.folder,
        options.people,
        options.talks,
        options.notes,
        options.follow_ups,
        options.seed,
    )
    print(f"{made.say()}, in {time.perf_counter() - begun:.1f} s")
    problems = problems_in(options.folder) if options.check else []
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
