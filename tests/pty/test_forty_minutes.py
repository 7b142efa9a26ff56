"""Forty minutes on foot, from the cue card to the summary, at the end of a long day."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from textual.renderables.digits import DIGITS, DIGITS3X3

from tests.pty.demo import choose, with_demo
from tests.pty.driver import has_line, wait_until
from tui.domain.dates import say_due, say_moment
from tui.domain.text import cell_length

if TYPE_CHECKING:
    from tests.pty.clock import Clock
    from tests.pty.driver import House, Terminal

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal"),
]

NARROW, WIDE = (40, 20), (120, 40)
DANA = "Dana Okafor"
THANKS = "the page you wrote for Femi"
PROMISE, PLAN = "ask Ruth about the pager", "write up the drill"
HEARD = ("I keep losing the thread", "I would rather build than explain")
NEED = "one quiet morning a week"
FEELING, HUNCH = "tired, and proud of it", "is the rota still fair"
DECIDED = "no meetings on Wednesdays"
PRIVATE = "I answer to Ruth for it"
"""Of a kind that is in the summary, but kept to oneself."""
USEFUL = "being asked twice"


def answer(desk: Terminal, typed: str, *then: str) -> None:
    """Type an answer, see it, enter it, and see what comes next."""
    desk.type(typed)
    desk.wait_for(typed.lstrip("~?=") or typed)
    desk.press("enter")
    desk.wait_for(*then, "saved ●")


def answer_in_two(desk: Terminal, *then: str) -> None:
    """Give two answers to one cue."""
    desk.type(HEARD[0])
    desk.press("ctrl+j")
    desk.type(HEARD[1])
    desk.wait_for(*HEARD)
    desk.press("enter")
    desk.wait_for(*then, "“I keep losing the thread”", "“I would rather build", "saved ●")


def die_and_come_back(house: House, clock: Clock, desk: Terminal, half: str) -> Terminal:
    """End the program in the middle of an answer, and go back to the debrief."""
    wait_until(lambda: house.has_logged(half), "the half-typed answer is kept")
    desk.kill()
    again = clock.open(columns=desk.columns, rows=desk.rows)
    choose(again, DANA)
    again.press("f8")
    return again


def think_so(desk: Terminal) -> None:
    desk.press("ctrl+y")
    desk.wait_for(lambda text: has_line(text, "! need", "I think so", "│"))


def keep_to_oneself(desk: Terminal, cue: str) -> None:
    """Write down in passing what was settled, for oneself alone; the cue stays."""
    desk.type(f"={PRIVATE}")
    desk.wait_for("= decided │", PRIVATE)
    desk.press("ctrl+o")
    desk.wait_for("= decided mine │", PRIVATE)
    desk.press("enter")
    desk.wait_for(lambda text: has_line(text, PRIVATE, "mine"), cue, "saved ●")


def bring_it_back_by_cues(house: House, clock: Clock, desk: Terminal) -> Terminal:
    """Answer from their words to the last of the notes, cue by cue."""
    answer_in_two(desk, "What would help Dana most?", "4 of 11")
    half = NEED[:14]
    desk.type(half)
    desk.wait_for(lambda text: has_line(text, "! need │", half))
    think_so(desk)
    wait_until(lambda: house.has_logged('"is_unsure": true'), "that it is unsure is kept, too")
    desk = die_and_come_back(house, clock, desk, half)
    desk.wait_for(
        lambda text: has_line(text, "! need I think so │", half),
        "4 of 11",
        "What would help Dana most?",
    )
    desk.wait_for(PROMISE, "“I keep losing the thread”")
    desk.type(NEED[14:])
    answer(desk, "", "How did Dana seem?", NEED)
    answer(desk, FEELING, "What did we decide?", "mine")
    answer(desk, DECIDED, "What did I say about myself?")
    answer(desk, "", "What surprised me?")
    keep_to_oneself(desk, "What surprised me?")
    answer(desk, HUNCH, "Which questions did I ask?", "9 of 11")
    return desk


def bring_it_back_by_landmarks(house: House, clock: Clock, desk: Terminal) -> Terminal:
    """Answer from their words to the last of the notes, walking it again."""
    desk.press("ctrl+l")
    desk.wait_for("At gate: what was said?", "3 of 9")
    answer_in_two(desk, "At mill: what was said?")
    half = FEELING[:10]
    desk.type(f"~{half}")
    desk.wait_for("~ feeling mine │", half)
    desk = die_and_come_back(house, clock, desk, half)
    desk.wait_for("At mill: what was said?", "4 of 9", "~ feeling mine │", half)
    desk.type(FEELING[10:])
    answer(desk, "", "At long bench: what was said?", FEELING)
    answer(desk, f"={DECIDED}", "What would help Dana most?", "6 of 9")
    answer(desk, f"?{HUNCH}", "What would help Dana most?", "! need │", HUNCH)  # in passing
    keep_to_oneself(desk, "What would help Dana most?")
    desk.press("escape")  # later; it is taken up where it was, and the way it was
    desk.wait_for('" heard │', "F8 debrief")
    desk.press("f8")
    desk.wait_for("What would help Dana most?", "6 of 9", "! need │")
    desk.type(NEED)
    think_so(desk)
    answer(desk, "", "Which questions did I ask?", "7 of 9")
    return desk


class Way(NamedTuple):
    """A window, and how the talk is brought back in it."""

    columns: int
    rows: int
    bring_it_back: Callable[[House, Clock, Terminal], Terminal]


WAYS = {
    "40x20": Way(*NARROW, bring_it_back_by_landmarks),
    "120x40": Way(*WIDE, bring_it_back_by_cues),
}


@pytest.mark.parametrize(
    "way",
    [WAYS["40x20"], pytest.param(WAYS["120x40"], marks=pytest.mark.sweep)],
    ids=WAYS,
)
def test_forty_minutes(house: House, clock: Clock, way: Way) -> None:
    house.with_xclip()
    with_demo(house)
    clock.set_to(house.at("13:57"))
    desk = clock.open(columns=way.columns, rows=way.rows)

    cues = prepare(house, desk)
    carry_the_card(house, desk, cues)
    walk(house, clock, desk)
    desk = bring_it_back(house, clock, desk, way)
    hand_over(house, desk)
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0

    see_what_is_kept(house, cues)
    # The card of the next talk begins anew: no question, no thank-you.
    fresh = house.run("card", "dana").decode()
    assert say_moment(next_talk(house), house.today) in fresh
    assert THANKS not in fresh


def prepare(house: House, desk: Terminal) -> list[str]:
    """Get ready at the desk, in two minutes; return the cue words drawn."""
    choose(desk, DANA)
    desk.press("f3")
    desk.wait_for("Before you talk", "0 of 9", "▌ [ ] My promises")
    desk.press("space")
    desk.wait_for("[x] My promises", "1 of 9")
    desk.press("down")
    desk.wait_for("▌ [ ] Re-read last time")
    desk.press("space")
    desk.wait_for("[x] Re-read last time", "2 of 9", "13:57")
    desk.press("r")
    desk.wait_for("In two studies")
    desk.press("r")
    desk.wait_for("space tick", without="In two studies")

    desk.press("i")
    desk.wait_for("One-to-one with Dana Okafor", "When")
    desk.press("tab", "tab", "ctrl+u")
    desk.type("gate, mill, long bench")
    desk.wait_for("gate, mill, long bench", "3 landmarks")
    desk.press("tab", "tab", "tab", "ctrl+u")
    desk.type(THANKS)
    desk.wait_for(THANKS)
    desk.press("enter")
    desk.wait_for("Route  gate · mill · long bench", without="One-to-one with")

    desk.press("q")
    desk.wait_for("For this talk", "0 of 3", "Offered")
    desk.press("r")
    desk.wait_for("3 of 3", "saved ●")
    cues = sorted(of_today(house)["questions"].values(), key=lambda one: one["position"])
    assert len(cues) == 3
    desk.press("escape")
    desk.wait_for("space tick", without="For this talk")
    return [str(pick["cue"]) for pick in cues]


def carry_the_card(house: House, desk: Terminal, cues: list[str]) -> None:
    """Read the cue card, and copy it: it fits an index card."""
    desk.press("c")
    shown = desk.wait_for("I promised", *cues)
    assert DANA in shown
    desk.press("enter")
    desk.wait_for("Copied", "(checked, xclip)", "F1 help")
    desk.wait_for("Thank you  the page you wrote", "(checked, xclip)")
    card = house.clipboard.read_text()
    assert max(map(cell_length, card.splitlines())) <= 40
    assert [line[2:] for line in card.splitlines() if line.startswith("? ")] == cues
    for wanted in (DANA, "14:00", "gate · mill · long bench", "Dana leads", "coaching book"):
        assert wanted in card
    assert f"+ {THANKS}" in card
    assert house.run("card", "dana").decode() == card
    desk.press("escape")
    desk.wait_for("space tick", without="I promised")


def walk(house: House, clock: Clock, desk: Terminal) -> None:
    """Talk for forty minutes, away from the screen but for the bench."""
    clock.set_to(house.at("14:00:02"))
    desk.press("s")
    desk.wait_for('" heard │', "open · 0 min", "wander: no answers needed yet", "saved ●")

    desk.press("f9")
    desk.wait_for(partial(shows_only, "14:00"))
    clock.set_to(house.at("14:25:30"))
    desk.wait_for(partial(shows_only, "14:25"))
    desk.press("x")
    desk.wait_for('" heard │', "open · 25 min", "25 minutes away", without="│ x")

    desk.press("ctrl+g")
    desk.wait_for("bench · 25 min", "say back, settle, promise aloud")
    desk.press("ctrl+t")
    desk.wait_for("At the close", "0 of 5", "▌ [ ] Say back what I heard")
    desk.press("space")
    desk.wait_for("1 of 5", "[x] Say back what I heard")
    desk.press("escape")
    desk.wait_for("^t beside", "bench · 25 min")

    clock.set_to(house.at("14:40:30"))
    desk.wait_for("bench · 40 min")
    desk.press("ctrl+g")
    desk.wait_for("ended after 40 min", "F8 debrief", "write it down while it is fresh")


def shows_only(clock: str, screen: str) -> bool:
    """Return whether the screen shows the time of day, in large figures, and nothing else."""
    shown = ["".join(line.split()) for line in screen.splitlines() if line.strip()]
    figures = [
        "".join(DIGITS3X3[DIGITS.index(sign) * 3 + row] for sign in clock) for row in range(3)
    ]
    return shown == ["".join(line.split()) for line in figures]


def bring_it_back(house: House, clock: Clock, desk: Terminal, way: Way) -> Terminal:
    """Answer the cues of the debrief, own promises first."""
    desk.press("f8")
    desk.wait_for("What did I promise?", "1 of 11", "just ended", "> I promise │")
    due = say_due(house.today + timedelta(days=3), house.today)
    desk.type(f"{PROMISE} in 3 days")
    desk.wait_for(f"{due} · Agreed")
    answer(desk, "", "What does Dana plan to do?", PROMISE)
    answer(desk, f"{PLAN} in 2 weeks", "What did Dana say that stayed?", PLAN, "3 of 11")
    desk = way.bring_it_back(house, clock, desk)
    desk.press("space")
    desk.wait_for("[x]", "(asked", "Who carried the talk?")
    desk.type("3")
    desk.wait_for("What was most useful to Dana?", "useful │")
    answer(desk, USEFUL, "When do we talk next?")
    moment = datetime.combine(house.today + timedelta(days=14), time(14))
    desk.wait_for(say_moment(moment, house.today), "enter plans it")
    desk.press("enter")
    desk.wait_for("What Dana will read")
    return desk


def has_moved_on(seen: str, text: str) -> bool:
    """Return whether another line is marked: a scroll bar alone may come later than the text."""
    before, now = ([x for x in page.splitlines() if "▌" in x] for page in (seen, text))
    return bool(now) and now != before


def hand_over(house: House, desk: Terminal) -> None:
    """Read what Dana will read, to its end, and copy it."""
    pages = [desk.wait_for("What Dana will read", "Thank you for the walk")]
    while "Please tell me what" not in pages[-1]:
        desk.press("pagedown")
        pages.append(desk.wait_for(partial(has_moved_on, pages[-1])))
    shown = "\n".join(pages)
    assert 0 < shown.index("I will") < shown.index(PROMISE) < shown.index("You plan to")
    desk.press("enter")
    shown += desk.wait_for("Copied", "(checked, xclip)")
    copied = house.clipboard.read_text()
    for text in (*HEARD, NEED, PROMISE, PLAN, DECIDED, say_moment(next_talk(house), house.today)):
        assert text in copied
    for word in ("tired", "proud", "rota", "answer to"):
        assert word not in shown + copied
    assert copied.index(PROMISE) < copied.index(PLAN)
    assert house.run("summary", "dana").decode() == copied


# -- on disk -----------------------------------------------------------------------------------


def talks(house: House) -> list[dict[str, Any]]:
    """Return the files of Dana's one-to-ones, by day."""
    folder = Path(house.place.journal, "people")
    files = sorted(folder.glob("dana-okafor-*/2*.json"))
    return [json.loads(file.read_bytes()) for file in files]


def talk_in(page: dict[str, Any]) -> dict[str, Any]:
    [talk] = page["one_to_one"].values()
    return dict(talk)


def of_today(house: House) -> dict[str, Any]:
    [page] = [p for p in talks(house) if talk_in(p)["at"].startswith(house.today.isoformat())]
    return page


def next_talk(house: House) -> datetime:
    [planned] = [talk["at"] for talk in map(talk_in, talks(house)) if talk["status"] == "planned"]
    return datetime.fromisoformat(planned)


def see_what_is_kept(house: House, cues: list[str]) -> None:
    page = of_today(house)
    talk = talk_in(page)
    moments = {
        name: datetime.fromisoformat(talk[name])
        for name in ("started", "bench", "ended", "debriefed", "closed")
    }
    assert list(moments.values()) == sorted(moments.values())
    assert (moments["bench"] - moments["started"]) // timedelta(minutes=1) == 25
    assert (moments["ended"] - moments["started"]) // timedelta(minutes=1) == 40
    assert f"{moments['started']:%H:%M}" == "14:00"
    assert talk["status"] == "closed"
    assert (talk["carried"], talk["useful"], talk["cue"]) == ("mostly them", USEFUL, "")
    assert (talk["route"], talk["thanks"]) == (["gate", "mill", "long bench"], THANKS)
    ticked = [item["text"] for item in page["checklist"].values() if item["ticked"]]
    assert [text.split(",")[0].split(":")[0] for text in ticked] == [
        "My promises",
        "Re-read last time",
        "Say back what I heard",
    ]
    assert sorted(pick["cue"] for pick in page["questions"].values()) == sorted(cues)
    assert sum(pick["asked"] is not None for pick in page["questions"].values()) == 1
    follow_ups = {
        f["text"]: (f["owner"], f["due"], f["stage"]) for f in page["follow_ups"].values()
    }
    assert follow_ups == {
        PROMISE: ("me", (house.today + timedelta(days=3)).isoformat(), "agreed"),
        PLAN: ("them", (house.today + timedelta(days=14)).isoformat(), "agreed"),
    }
    notes = [
        (note["kind_id"], note["side"], note["text"], note["is_unsure"])
        for note in page["notes"].values()
    ]
    assert sorted(notes) == sorted(
        [
            *(("heard", "ours", text, False) for text in HEARD),
            ("need", "ours", NEED, True),
            ("feeling", "mine", FEELING, False),
            ("hunch", "mine", HUNCH, False),
            ("decided", "ours", DECIDED, False),
            ("decided", "mine", PRIVATE, False),
        ]
    )
    assert next_talk(house).date() == house.today + timedelta(days=14)


# -- the day after -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "rows"),
    [NARROW, *(pytest.param(*size, marks=pytest.mark.sweep) for size in ((80, 24), WIDE))],
)
def test_a_talk_left_open_is_offered_the_day_after(
    house: House, clock: Clock, columns: int, rows: int
) -> None:
    with_demo(house)
    clock.set_to(house.at("14:00"))
    desk = clock.open(columns=columns, rows=rows)
    choose(desk, DANA)
    desk.press("f3")
    desk.wait_for("Before you talk", "▌ [ ] My promises")
    desk.press("s")
    desk.wait_for('" heard │', "open · 0 min", "saved ●")
    desk.press("ctrl+q")
    assert desk.wait_exit() == 0

    clock.set_to(house.at("09:00", days=1))
    desk = clock.open(columns=columns, rows=rows)
    choose(desk, DANA)
    desk.wait_for("F8", "debrief")
    desk.press("f8")
    desk.wait_for("What did I promise?", "> I promise │", "yesterday", without="just ended")
    desk.press("escape")
    desk.wait_for('" heard │')
    desk.press("f2")
    desk.wait_for(DANA, "F8")
    desk.press("x")
    desk.wait_for("Let be. u offers it again.", without="F8 debrief")
    wait_until(lambda: len(closed(house)) == 1, "it is closed")
    desk.press("u")
    desk.wait_for("Undone", "F8")
    wait_until(lambda: not closed(house), "it is open again")


def closed(house: House) -> list[dict[str, Any]]:
    """Return the talk that was planned for yesterday, if it is closed."""
    return [talk for talk in map(talk_in, talks(house)) if talk["closed"]]
