"""Dark or light: what a terminal answers is understood, and taken out of what is typed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.desk.answers import Answers, is_light
from tui.desk.background import AT_MOST, can_be_asked, guess_light, remember
from tui.desk.places import state_root

ANSWER = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\"


@pytest.mark.parametrize(
    ("answer", "light"),
    [
        ("rgb:ffff/ffff/ffff", True),
        ("rgb:0000/0000/0000", False),
        ("rgb:15/17/1c", False),
        ("rgb:f/f/e", True),
        ("rgb:faf8/f8f8/f4f4", True),
        ("rgba:2828/2828/2828/ffff", False),
        ("#fdf6e3", True),
        ("#002b36", False),
        ("#fff", True),
        ("#ffffeeeeffff", True),
        ("rgb:8080/8080/8080", True),
        ("rgb:5555/5555/5555", False),
        ("rgb:", None),
        ("?", None),
        ("", None),
        ("#ffff", None),
        ("rgb:12345/0/0", None),
        ("rgb:ff/ff/ff/ff/ff", None),
    ],
)
def test_light_or_dark(answer: str, *, light: bool | None) -> None:
    assert is_light(answer) is light


def read_all(*pieces: str) -> tuple[str, list[str]]:
    heard: list[str] = []
    answers = Answers(heard.append)
    return "".join(answers.read(piece) for piece in pieces), heard


@pytest.mark.parametrize("end", ["\x07", "\x1b\\"])
@pytest.mark.parametrize("cut", range(1, len(ANSWER)))
def test_an_answer_is_taken_out_wherever_it_is_cut(cut: int, end: str) -> None:
    """But for an escape that may be the key, and goes on before it is known what follows."""
    answer = ANSWER.replace("\x1b\\", end)
    if cut >= len(answer):
        return
    passed, heard = read_all("ab" + answer[:cut], answer[cut:] + "cd")
    assert heard == ["rgb:ffff/ffff/ffff"]
    assert passed == ("ab\x1bcd" if cut == 1 else "abcd")


@given(st.text(alphabet="ab\x1b]1;[O~\x07\\", max_size=30), st.lists(st.integers(0, 30)))
def test_nothing_else_is_taken(text: str, cuts: list[int]) -> None:
    places = sorted({0, *(cut for cut in cuts if cut < len(text)), len(text)})
    pieces = [text[one:other] for one, other in pairwise(places)]
    passed, heard = read_all(*pieces, "x", "\x07")  # the last two end what may have been held
    whole, heard_whole = read_all(text + "x\x07")
    assert heard == heard_whole
    if not heard:
        assert passed == whole == text + "x\x07"


def test_the_escape_key_does_not_wait() -> None:
    passed, _ = read_all("\x1b")
    assert passed == "\x1b"
    passed, _ = read_all("\x1b", "]", "x")
    assert passed == "\x1b]x"
    passed, heard = read_all("\x1b", "", "]", "11;#fff\x07\x1b", "[A")
    assert (passed, heard) == ("\x1b\x1b[A", ["#fff"])


def test_what_never_ends_is_no_answer() -> None:
    passed, heard = read_all("\x1b]11;" + "x" * 100, "y")
    assert passed == "\x1b]11;" + "x" * 100 + "y"
    assert heard == []


@pytest.mark.parametrize("term", ["", "dumb", "linux"])
def test_who_would_show_the_question_is_not_asked(term: str) -> None:
    assert not can_be_asked({"TERM": term})
    assert can_be_asked({"TERM": "xterm-256color"})


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr("sys.platform", "linux")
    return {"XDG_STATE_HOME": str(tmp_path / "state"), "TERM": "xterm"}


@pytest.mark.parametrize(
    ("value", "light"),
    [("15;0", False), ("0;15", True), ("0;default;7", True), ("0;8", False), ("", False), ("x", 0)],
)
def test_the_environment_is_a_hint(environ: dict[str, str], value: str, *, light: bool) -> None:
    assert guess_light({**environ, "COLORFGBG": value}) == light


def test_what_was_said_is_remembered_for_each_terminal(environ: dict[str, str]) -> None:
    assert not guess_light(environ)
    remember(environ, is_light=True)
    assert guess_light({**environ, "COLORFGBG": "15;0"}), "what it said goes before a hint"
    other = {**environ, "TERM_PROGRAM": "Some Terminal"}
    assert not guess_light(other)
    remember(other, is_light=True)
    remember(environ, is_light=False)
    assert (guess_light(environ), guess_light(other)) == (False, True)
    path = Path(state_root(environ), "background")
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    for number in range(AT_MOST + 5):
        remember({**environ, "TERM": f"number {number}"}, is_light=True)
    assert len(path.read_text().splitlines()) == AT_MOST
    assert guess_light({**environ, "TERM": f"number {AT_MOST}"})


def test_a_file_that_cannot_be_used_is_none(environ: dict[str, str]) -> None:
    path = Path(state_root(environ), "background")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff\n\n xterm\nlight light light\n")
    assert not guess_light(environ)
    path.unlink()
    path.mkdir()
    remember(environ, is_light=True)
    assert not guess_light(environ)
