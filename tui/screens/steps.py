"""What was done to a summary while it was looked at, so that it can be taken back there.

One rule: what was done here last is taken back first, a change by hand like a sending. What was
done elsewhere is taken back elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tui.services.edits import Edits
from tui.services.notebook import Notebook
from tui.services.ports import Act


class Step(NamedTuple):
    """One thing that was done."""

    label: str
    before: Edits = ()
    """What was changed by hand before."""
    after: Edits = ()
    act: Act | None = None
    """The act of the notebook, where it went out: that is taken back there."""


class Steps:
    """What was done in one look at a summary, and what of it was taken back."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        """Take in what was done; what was taken back before is not done again after that."""
        self._done.append(step)
        self._undone.clear()

    def take_back(self, notebook: Notebook) -> Step | None:
        """Return what is to be taken back now, None where nothing is left of what was done here."""
        return _next(self._done, self._undone, notebook.to_undo)

    def do_again(self, notebook: Notebook) -> Step | None:
        """Return what is to be done again now, None where there is nothing."""
        return _next(self._undone, self._done, notebook.to_redo)


def _next(source: list[Step], target: list[Step], last: Callable[[], Act | None]) -> Step | None:
    """Move the last step over; a sending that is not the notebook's last act any more is over."""
    while source:
        step = source.pop()
        if step.act is None or _is_same(step.act, last()):
            target.append(step)
            return step
    return None


def _is_same(act: Act, other: Act | None) -> bool:
    return other is not None and (act.run, act.number) == (other.run, other.number)
