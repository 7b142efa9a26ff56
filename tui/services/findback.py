"""Finding words in all one-to-ones with one person, while they are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from tui.domain.journal import Journal
from tui.domain.onetoones import OneToOne
from tui.domain.text import fold
from tui.services.lookback import history
from tui.services.notebook import Notebook
from tui.services.pages import Pages

AT_ONCE = 100
"""One-to-ones whose pages are read at one go."""

Texts = dict[str, str]
"""What is found in one-to-ones, folded, by their ids."""


class Aside(Protocol):
    """Does work beside the screen; see `Host.read_aside`."""

    def __call__(
        self,
        work: Callable[[], Texts],
        then: Callable[[Texts], None],
        broke: Callable[[str], Texts],
    ) -> None:
        """Have work done; ``then`` takes what came of it."""


def spoken_of(journal: Journal, person_id: str) -> dict[str, list[str]]:
    """Return what is found of each one-to-one with a person without reading its page.

    By the id of the one-to-one; a follow-up is found where it was made and where it came up.
    """
    spoken = {
        one.id: [one.place, one.intention, one.thanks, one.useful, one.carried, *one.route]
        for one in journal.one_to_ones_of(person_id)
    }
    for follow_up in journal.follow_ups_of(person_id):
        for one_id in dict.fromkeys((follow_up.born_in or "", *follow_up.touches)):
            if one_id in spoken:
                spoken[one_id] += (follow_up.text, follow_up.cue, follow_up.reason)
    for topic in journal.topics.get(person_id, ()):
        if topic.born_in in spoken:
            spoken[topic.born_in].append(topic.text)
    for one_id, found in spoken.items():
        found += (pick.text for pick in journal.picks.get(one_id, ()))
    return spoken


def findable(
    pages: Pages, ones: Iterable[OneToOne], spoken: dict[str, list[str]]
) -> dict[str, str]:
    """Return all that is found in one-to-ones by its words, folded, by their ids; in any thread.

    Args:
        pages: Reads what was written in them.
        ones: The one-to-ones.
        spoken: What is found of each without that, see `spoken_of`.
    """
    found = {}
    for one in ones:
        page = pages.of(one)
        notes = [note.text for note in page.notes] if page else []
        found[one.id] = fold("\n".join((*spoken.get(one.id, ()), *notes)))
    return found


class Finder:
    """What is found in all one-to-ones with a person as they are now, read newest first."""

    def __init__(
        self, notebook: Notebook, person_id: str, aside: Aside, then: Callable[[], None]
    ) -> None:
        """Begin to read.

        Args:
            notebook: Where they are.
            person_id: With whom.
            aside: Reads beside the screen.
            then: Called each time more has been read.
        """
        self._pages = notebook.pages_aside()
        self._spoken = spoken_of(notebook.journal, person_id)
        self._left = history(notebook.journal, person_id)
        self._texts: Texts = {}
        self._aside = aside
        self._then = then
        self._read_on()

    @property
    def is_done(self) -> bool:
        """Whether all has been read."""
        return len(self._texts) >= len(self._spoken)

    def has(self, one: OneToOne, wanted: Iterable[str]) -> bool:
        """Return whether all words, folded, are found in a one-to-one."""
        text = self._texts.get(one.id, "")
        return all(word in text for word in wanted)

    def stop(self) -> None:
        """Read no further, and tell nobody of what is being read."""
        self._left = ()
        self._then = _nothing

    def _read_on(self) -> None:
        now, self._left = self._left[:AT_ONCE], self._left[AT_ONCE:]
        if now:
            self._aside(
                lambda: findable(self._pages, now, self._spoken),
                self._take,
                lambda fault: dict.fromkeys((one.id for one in now), ""),
            )

    def _take(self, found: Texts) -> None:
        self._texts |= found
        self._read_on()
        self._then()


def _nothing() -> None:
    pass
