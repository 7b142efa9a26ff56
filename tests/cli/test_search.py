"""``alongside search``: a line a hit, across people and years."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builders import HOSTILE, NOW, add_person, plan_today, write
from tests.cli.running import CommandLine, run
from tui.domain.text import clean, fold
from tui.services import folk

if TYPE_CHECKING:
    from tests.pty.driver import House

KEYS = ["day", "person", "person_id", "archived", "kind", "side", "text", "one_to_one", "id"]
"""What scripts rely on. A key may be added; one that changes or goes is a breaking change."""


@pytest.fixture
def years(alongside: CommandLine) -> CommandLine:
    """Tom, archived, talked to a year ago, and Dana, last week."""
    bench = alongside.bench
    bench.clock.now = NOW - timedelta(days=365)
    notebook = bench.notebook()
    tom = add_person(notebook, "Tom Weiss")
    write(notebook, plan_today(notebook, tom), '" the Harbour at night')
    folk.archive(notebook, notebook.journal.people[tom.id])
    bench.clock.now = NOW - timedelta(days=7)
    dana = add_person(notebook, "Dana Okafor")
    folk.edit(notebook, dana, dana._replace(helps="the harbour"))
    one = plan_today(notebook, notebook.journal.people[dana.id])
    for line in ("~ tired of the härbour\nand more", "> call the harbour by fri"):
        bench.clock.forward(minutes=1)
        write(notebook, one, line)
    bench.clock.now = NOW
    return alongside


def test_a_line_a_hit_the_newest_first(years: CommandLine) -> None:
    result = years.done("search", "harbour")
    assert result.lines == [
        "–           Dana Okafor           card            the harbour",
        "2026-11-15  Dana Okafor           I promise       call the harbour",
        "2026-11-15  Dana Okafor           feeling (mine)  tired of the härbour",
        "2025-11-22  Tom Weiss (archived)  heard           the Harbour at night",
    ]
    assert result.err == "4 lines\n"


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (
            ("--person", "dana"),
            ["the harbour", "call the harbour", "tired of the härbour\nand more"],
        ),
        (("--person", "tom"), ["the Harbour at night"]),
        (("--kind", "heard"), ["the Harbour at night"]),
        (("--kind", "heard", "--kind", "promise"), ["call the harbour", "the Harbour at night"]),
        (("--since", "2026-11-01"), ["call the harbour", "tired of the härbour\nand more"]),
        (("--since", "today"), []),
        (("--ours",), ["call the harbour", "the Harbour at night"]),
    ],
)
def test_filters(years: CommandLine, arguments: tuple[str, ...], found: list[str]) -> None:
    result = years("search", "HARBOUR", "--json", *arguments)
    assert [hit["text"] for hit in result.json] == found
    assert result.code == (0 if found else 3)


def test_json(years: CommandLine) -> None:
    hits = years.done("search", "harbour", "--json").json
    assert all(list(hit) == KEYS for hit in hits)
    card, promise, feeling, heard = hits
    assert (card["day"], card["kind"], card["side"], card["one_to_one"]) == (
        None,
        "card",
        None,
        None,
    )
    assert (promise["day"], promise["kind"], promise["side"]) == ("2026-11-15", "promise", "ours")
    assert (feeling["side"], feeling["archived"]) == ("mine", False)
    assert (heard["person"], heard["archived"]) == ("Tom Weiss", True)
    journal = years.bench.on_disk()
    assert heard["one_to_one"] in journal.one_to_ones
    assert heard["person_id"] in journal.people
    assert promise["id"] in journal.follow_ups


def test_nothing_found(years: CommandLine) -> None:
    result = years("search", "harbour", "xyzzy")
    assert (result.code, result.out) == (3, "")
    assert result.err == "alongside: no line holds all these words.\n"
    assert years("search", "xyzzy", "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("search", "  "), 2, "Nothing to search for"),
        (("search",), 2, "WORDS"),
        (("search", "x", "--person", "nobody"), 3, "nobody"),
        (("search", "x", "--since", "someday"), 2, "someday"),
        (("search", "x", "--kind", "mood"), 2, "mood"),
    ],
)
def test_what_cannot_be_asked(
    years: CommandLine, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = years(*arguments)
    assert (result.code, result.out) == (code, "")
    assert said in result.err


def test_a_damaged_file_is_left_out_and_told(years: CommandLine) -> None:
    [path] = Path(years.bench.place.journal).glob("people/tom-*/2*.json")
    path.write_bytes(path.read_bytes()[:-30])
    result = years("search", "harbour")
    assert result.code == 0
    assert "Tom" not in result.out
    assert "left out" in result.err
    assert path.name in result.err


def test_what_only_the_search_could_not_read_is_told(
    years: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    torn = frozenset({"/somewhere/2025-torn.json"})
    monkeypatch.setattr("tui.store.searching.TextFinder.unread", torn)
    result = years("search", "harbour")
    assert "left out, as it cannot be read: /somewhere/2025-torn.json." in result.err


def test_a_copy_of_a_file_is_not_found_twice(years: CommandLine) -> None:
    [path] = Path(years.bench.place.journal).glob("people/tom-*/2*.json")
    path.with_name(f"{path.stem} (copy).json").write_bytes(path.read_bytes())
    result = years("search", "night")
    assert len(result.lines) == 1
    assert "copy" in result.err


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_drives_the_terminal(alongside: CommandLine, text: str) -> None:
    notebook = alongside.bench.notebook()
    one = plan_today(notebook, add_person(notebook))
    write(notebook, one, f"\\{text}" if text[:1] in "=<-#" else text)
    word = fold(clean(text)).split()[0][:40]
    result = alongside("search", "--", word)
    assert result.code == 0, word
    assert len(result.lines) == 1
    assert alongside("search", "--json", "--", word).json[0]["kind"] == "heard"


def test_a_reader_that_goes_away_is_no_error(house: House) -> None:
    house.run("people", "add", "Dana")
    house.run("note", "dana", "a lighthouse")
    found = run(house, "search", "LIGHT")
    assert (found.code, len(found.lines)) == (0, 1)
    assert found.lines[0].endswith("a lighthouse")
    missing = run(house, "search", "windmill")
    assert (missing.code, missing.out) == (3, "")


@pytest.mark.parametrize(("since", "count"), [("sun", 0), ("last sun", 2), ("16 nov", 0)])
def test_a_weekday_is_the_last_one(years: CommandLine, since: str, count: int) -> None:
    """Dana was talked to a week ago, on a Sunday; today is a Sunday."""
    result = years("search", "harbour", "--since", since, "--json")
    assert len(result.json if result.out else []) == count


def test_since_a_weekday_is_not_the_next_one(years: CommandLine) -> None:
    years.bench.clock.now = NOW - timedelta(days=1)  # a Saturday; Dana was talked to on the Sunday
    assert len(years.done("search", "harbour", "--since", "sunday", "--json").json) == 2
