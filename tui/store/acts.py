"""What was done, so that it can be undone in a later run.

One file in the state folder, a line for each act that was done, undone or done again, by whichever
program. It is never needed to know what the journal holds, so that nothing waits for the disk here
and an error here stops nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from tui.domain.journal import Home
from tui.errors import AlongsideError, NewerError
from tui.services.ports import Act, Past, Turn, Verb
from tui.store.codec import from_patch, patch_from_json, patch_to_json, to_patch
from tui.store.files import storage_error, write_atomically
from tui.store.lock import locked
from tui.store.versions import append

LENGTH = 500
"""How many acts are kept."""
_ODD = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)
"""What looking into a line that is torn, or nobody's, may raise."""
THIN_AT = 1 << 20
"""Bytes after which older acts are dropped."""


class Acts:
    """The acts of all runs on one journal."""

    def __init__(self, state: str) -> None:
        """Name the journal's state folder; nothing is read or made yet."""
        self.path = os.path.join(state, "acts.jsonl")
        self._lock = os.path.join(state, "acts.lock")

    def add(self, run: str, turns: Iterable[Turn]) -> None:
        """Remember what was done.

        Args:
            run: A name of this run that no other has.
            turns: What was done, in order.
        """
        self._append(_line(turn, run) for turn in turns)

    def forget(self, home: Home) -> None:
        """Remember nothing of what was done in a file so far."""
        self._append([{"forget": list(home)}])

    def _append(self, lines: Iterable[dict[str, Any]]) -> None:
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        if not text:
            return
        with suppress(OSError, AlongsideError):
            append(self.path, text.encode("utf-8", "replace"))
            if os.path.getsize(self.path) > THIN_AT:
                self._thin()

    def _thin(self) -> None:
        """Write the file anew with the last acts only.

        Under a lock of its own; an act another program appends in this very moment is forgotten,
        which only means that it cannot be undone in a later run.
        """
        with locked(self._lock, patience=0):
            past = self.past(strict=True)
            undone = [act._replace(changes=_reversed(act)) for act in reversed(past.redo)]
            turns = [Turn(Verb.DID, act) for act in (*past.undo[-LENGTH:], *undone)]
            turns += [Turn(Verb.UNDID, act) for act in past.redo]
            lines = "".join(json.dumps(_line(t, ""), ensure_ascii=False) + "\n" for t in turns)
            write_atomically(self.path, lines.encode("utf-8", "replace"), durable=False)

    def drop(self, is_meant: Callable[[dict[str, Any]], bool], *, is_dry: bool = False) -> int:
        """Take away every trace of some acts, the lines that nobody can read among them.

        Args:
            is_meant: Tells of a line whether it is to go; what is said of its act later goes along.
            is_dry: Whether to only look.

        Returns:
            How many acts these are.

        Raises:
            StorageError: Where the disk refuses; then all is as it was.
        """
        try:
            with open(self.path, "rb") as file:
                lines = file.read().split(b"\n")
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise storage_error(error, self.path) from error
        gone: set[tuple[str, str]] = set()
        left: list[bytes] = []
        for line in filter(None, lines):
            try:
                found = json.loads(line)
                act = (str(found.get("run")), str(found.get("number")))
                if not is_meant(found) and act not in gone:
                    left.append(line)
                elif "forget" not in found:
                    gone.add(act)
            except _ODD:
                continue
        if not is_dry and len(left) < sum(map(bool, lines)):
            with locked(self._lock):
                write_atomically(self.path, b"".join(line + b"\n" for line in left))
        return len(gone)

    def past(self, *, but: str = "", strict: bool = False) -> Past:
        """Return what can be undone and done again.

        Args:
            but: A run whose acts are left out: the one that asks.
            strict: Whether to raise for an act of a newer program, instead of passing it over.

        Raises:
            NewerError: Where asked to.
        """
        try:
            with open(self.path, "rb") as file:
                data = file.read()
        except OSError:
            return Past()
        undo: list[Act] = []
        redo: list[Act] = []
        for line in data.split(b"\n"):
            try:
                found = json.loads(line)
                if not but or found.get("run") != but:
                    _take(found, undo, redo)
            except NewerError:
                if strict:
                    raise
            except _ODD:
                pass
        return Past(tuple(undo[-LENGTH:]), tuple(redo))


def _line(turn: Turn, run: str) -> dict[str, Any]:
    act = turn.act
    line: dict[str, Any] = {"verb": turn.verb, "run": act.run or run, "number": act.number}
    if turn.verb is not Verb.UNDID:
        changes = act.changes if turn.verb is Verb.DID else _reversed(act)
        line["label"] = act.label
        line["at"] = act.at.isoformat()
        line["patches"] = [patch_to_json(to_patch(change)) for change in changes]
    return line


def _reversed(act: Act) -> tuple[Any, ...]:
    return tuple(change.reversed() for change in reversed(act.changes))


def _take(line: dict[str, Any], undo: list[Act], redo: list[Act]) -> None:
    """Take one line into what can be undone and done again.

    Raises:
        ValueError: Where it is no such line; so do the other errors of looking into JSON.
    """
    if "forget" in line:
        home = Home(*line["forget"])
        for acts in (undo, redo):
            acts[:] = [act for act in acts if all(c.home != home for c in act.changes)]
        return
    verb, run, number = Verb(line["verb"]), str(line["run"]), int(line["number"])
    source = undo if verb is Verb.UNDID else redo
    known = next((act for act in reversed(source) if (act.run, act.number) == (run, number)), None)
    if known is not None:
        source.remove(known)
    if verb is Verb.UNDID:
        if known is not None:
            redo.append(known._replace(changes=_reversed(known)))
        return
    changes = tuple(from_patch(patch_from_json(patch)) for patch in line["patches"])
    at = datetime.fromisoformat(line["at"])
    undo.append(Act(number, str(line["label"]), changes, at, run))
    if verb is Verb.DID:
        redo.clear()
