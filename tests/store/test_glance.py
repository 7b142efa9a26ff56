"""A glance sees what opening the journal would, or says that it cannot tell."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as daytime
from pathlib import Path
from typing import Any

import pytest

from tests.bench import big
from tests.builders import Bench, add_person
from tui.domain.standing import (
    Standing,
    in_order,
    standing_of,
    standings,
    talk_left_open,
)
from tui.frontpage import person_row, person_row_narrow
from tui.services.ports import Draft
from tui.store.digest import front_lines
from tui.store.folder import JournalFolder
from tui.store.glance import Glimpse, glance
from tui.store.log import FILED, Log, draft_line
from tui.store.migrations import ABOUT, SCHEMA
from tui.wiring import fresh_id

TODAY = date(2026, 11, 22)


class Kept:
    """A journal on disk with its digest."""

    def __init__(self, folder: Path, seed: int = 1, people: int = 3) -> None:
        self.journal, self.state = folder / "journal", folder / "state"
        big.make(self.journal, people, talks=11, notes=1, follow_ups=2, seed=seed, today=TODAY)
        self.state.mkdir()
        self.save()

    @property
    def people(self) -> list[Path]:
        return sorted((self.journal / "people").iterdir())

    def opened(self) -> JournalFolder:
        return JournalFolder(str(self.journal), str(self.state), fresh_id)

    def save(self) -> None:
        """Save the digest of the journal as it stands, as if it had for a while."""
        past = time.time_ns() - 10**9
        for folder in self.people:
            os.utime(folder, ns=(past, past))
        opened = self.opened()
        opened.load()
        opened.save_digest()

    def glance(self) -> tuple[Glimpse, ...] | None:
        return glance(str(self.journal), str(self.state))

    def known(self) -> list[Glimpse]:
        """Return what opening the journal tells."""
        journal = self.opened().load()
        return [
            Glimpse(
                person,
                journal.one_to_ones_of(person.id),
                tuple(f.due for f in journal.follow_ups_of(person.id) if f.i_owe),
            )
            for person in journal.people.values()
        ]


def told(seen: Glimpse, today: date) -> tuple[object, ...]:
    """Return what is said of somebody on a day."""
    standing = standing_of(seen.person, seen.one_to_ones, (), today)
    person, last, coming = standing.person, standing.last, standing.next
    return (
        (person.id, person.name, person.archived, person.cadence, person.since),
        (standing.due, standing.days_left, standing.days_since),
        (last and (last.id, last.at), coming and (coming.id, coming.at)),
        sorted(map(str, seen.owed)),
    )


def front(standing: Standing) -> tuple[object, ...]:
    """Return what home shows of somebody."""
    return (standing.person.id, person_row(standing), person_row_narrow(standing))


@pytest.mark.parametrize("seed", range(6))
def test_it_sees_what_opening_the_journal_tells(tmp_path: Path, seed: int) -> None:
    kept = Kept(tmp_path, seed, people=4)
    seen = kept.glance()
    assert seen is not None
    for days in (0, 1, 6, 7, 8, 15, 400):
        today = TODAY + timedelta(days=days)
        by_id = {told(each, today)[0]: told(each, today) for each in seen}
        assert by_id == {told(each, today)[0]: told(each, today) for each in kept.known()}
    journal = kept.opened().load()
    for days in (0, 1, 6, 7, 8, 15, 400):
        now = datetime.combine(TODAY + timedelta(days=days), daytime(18))
        ones = {person: journal.one_to_ones_of(person) for person in journal.people}
        waiting = [person for person in ones if talk_left_open(ones[person], now) is not None]
        found = standings(journal, now.date(), waiting=waiting)
        mine = in_order(each.standing(now) for each in seen if not each.person.archived)
        assert list(map(front, mine)) == list(map(front, found))
    assert any(each.owed for each in seen), "else there was nothing to see"
    talks = {one.id: one for each in kept.known() for one in each.one_to_ones}
    for one in (one for each in seen for one in each.one_to_ones):
        known = talks[one.id]
        assert (one.at, one.status, one.started) == (known.at, known.status, known.started)


def test_it_sees_what_was_written_a_moment_ago_through_a_saved_digest(bench: Bench) -> None:
    notebook = bench.notebook()
    for name in ("Dana", "Sam"):
        add_person(notebook, name, "weekly")
    assert glance(*bench.place) is None, "no digest is saved yet"


# -- where it cannot tell ------------------------------------------------------------------


def replaced(path: Path, data: bytes) -> None:
    """Replace a file as a program that writes atomically does."""
    path.with_suffix(".new").write_bytes(data)
    path.with_suffix(".new").replace(path)


def a_changed_file(kept: Kept) -> None:
    file = kept.people[0] / "person.json"
    replaced(file, file.read_bytes().replace(b'"archived": false', b'"archived": true'))


def a_damaged_file(kept: Kept) -> None:
    replaced(kept.people[0] / "person.json", b"")


def a_damaged_file_the_digest_knows_of(kept: Kept) -> None:
    a_damaged_file(kept)
    kept.save()


def a_person_more(kept: Kept) -> None:
    shutil.copytree(kept.people[0], kept.journal / "people" / "copy-of-somebody")


def a_person_less(kept: Kept) -> None:
    shutil.rmtree(kept.people[0])


def a_newer_journal(kept: Kept) -> None:
    about = {ABOUT: {"file": {"schema": SCHEMA + 1, "kind": "journal", "id": "x"}}}
    (kept.journal / "journal.json").write_text(json.dumps(about))


def a_damaged_journal_file(kept: Kept) -> None:
    (kept.journal / "journal.json").write_bytes(b"\0" * 40)


def no_journal_file(kept: Kept) -> None:
    (kept.journal / "journal.json").unlink()


def no_journal(kept: Kept) -> None:
    shutil.rmtree(kept.journal)


def no_state(kept: Kept) -> None:
    shutil.rmtree(kept.state)


def no_digest(kept: Kept) -> None:
    shutil.rmtree(kept.state / "digest")


def a_torn_digest(kept: Kept) -> None:
    front = kept.state / "digest" / "front"
    front.write_bytes(front.read_bytes()[:-20])


def an_act_in_a_log(kept: Kept) -> None:
    (kept.state / "a.log").write_bytes(b'{"filed": true}\n{"patches": []}\n' + bytes(64))


def an_act_of_an_old_log(kept: Kept) -> None:
    (kept.state / "a.log").write_bytes(b'{"patch": {}}\n')


def half_an_act_in_a_log(kept: Kept) -> None:
    (kept.state / "a.log").write_bytes(b'{"patc')


def a_log_that_cannot_be_read(kept: Kept) -> None:
    (kept.state / "a.log").mkdir()


@pytest.mark.parametrize(
    "disturb",
    [
        a_changed_file, a_damaged_file, a_damaged_file_the_digest_knows_of, a_person_more,
        a_person_less, a_newer_journal, a_damaged_journal_file, no_journal_file, no_journal,
        no_state, no_digest, a_torn_digest, an_act_in_a_log, an_act_of_an_old_log,
        half_an_act_in_a_log, a_log_that_cannot_be_read,
    ],
    ids=lambda disturb: disturb.__name__,
)  # fmt: skip
def test_where_it_cannot_tell_it_says_so(tmp_path: Path, disturb: Callable[[Kept], None]) -> None:
    kept = Kept(tmp_path)
    assert kept.glance() is not None
    disturb(kept)
    assert kept.glance() is None


@pytest.mark.parametrize(
    "change",
    [
        lambda tables: tables["person"].clear(),
        lambda tables: tables.pop("person"),
        lambda tables: next(iter(tables["person"].values())).pop("name"),
        lambda tables: next(iter(tables["person"].values())).update(since="soon"),
        lambda tables: next(iter(tables["person"].values())).update(cadence="often"),
        lambda tables: tables.update(follow_ups={"f": {"owner": "nobody"}}),
        lambda tables: tables.update(follow_ups={"f": {"owner": "me", "stage": "?"}}),
        lambda tables: tables.update(follow_ups={"f": {"owner": "me", "due": 7}}),
        lambda tables: tables.update(follow_ups={"f": None}),
    ],
)
def test_what_it_does_not_understand_it_leaves_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], object]
) -> None:
    kept = Kept(tmp_path)
    lines = front_lines(str(kept.state / "digest"))
    entry = next(entry for entry in lines[0][2] if entry[3] is None)
    change(entry[4])
    monkeypatch.setattr("tui.store.glance.front_lines", lambda folder: lines)
    assert kept.glance() is None


def test_people_who_share_a_folder_or_an_id_are_left_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path)
    whole = json.dumps(front_lines(str(kept.state / "digest")))
    spoils: tuple[Callable[[Any], object], ...] = (
        lambda lines: lines[0].__setitem__(2, lines[1][2]),
        lambda lines: lines[0][2].extend(lines[1][2]),
        lambda lines: lines[0][2].append(next(entry for entry in lines[1][2] if entry[3])),
        lambda lines: lines[0][2].clear(),
        lambda lines: lines[0].__setitem__(1, 0),
    )
    for spoil in spoils:
        lines = json.loads(whole)
        spoil(lines)
        monkeypatch.setattr("tui.store.glance.front_lines", lambda folder, lines=lines: lines)
        assert kept.glance() is None


# -- where it can, though an app is open ---------------------------------------------------


@pytest.mark.parametrize("is_filed", [True, False])
def test_an_open_app_is_no_hindrance(tmp_path: Path, is_filed: bool) -> None:
    kept = Kept(tmp_path)
    log = Log(str(kept.state), "app")
    assert kept.glance() is not None
    log.append([draft_line(Draft("here", 'half a "patches" line\n{"patches": 1}'))])
    assert kept.glance() is not None
    log.append([{"patches": []}, *([FILED] if is_filed else [])])
    assert (kept.glance() is not None) is is_filed
    log.append([draft_line(Draft("here", "more"))])
    assert (kept.glance() is not None) is is_filed
    log.close(keep=False)
