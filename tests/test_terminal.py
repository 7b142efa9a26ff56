"""What comes from the terminal, before Textual sees it."""

from __future__ import annotations

import os
import signal

import pytest

from tui import terminal


def test_strange_bytes_are_forgiven_and_pastes_stay_whole() -> None:
    decoder = terminal._Decoder("utf-8", print)
    assert decoder.decode(b"caf\xc3") == "caf"
    assert decoder.decode(b"\xa9 \xff") == "é \ufffd"
    assert decoder.decode(b"\x1b[200~a\x1b[31m\x11\x1b[201~") == "\x1b[200~a␛[31m␑\x1b[201~"


def test_a_terminal_that_has_gone_ends_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(terminal, "AFTER_THE_END", 0.0)
    monkeypatch.setattr(os, "kill", lambda pid, number: sent.append((pid, number)))
    decoder = terminal._Decoder("utf-8", print)
    assert decoder.decode(b"") == ""
    assert sent == [(os.getpid(), signal.SIGHUP)]
    assert decoder.decode(b"", final=True) == ""
    assert len(sent) == 1, "the last look at it, while it ends, tells nothing"
