"""Where a person is named in a text: by the whole name, or by a word of it."""

from __future__ import annotations

import re

from tui.domain.text import fold

_SHORT = 3
"""Letters a word of a name has at least to stand for somebody by itself, in Latin script."""
_PARTICLES = frozenset(
    "van von der den del della des dos las los bin ben ibn abu the and".split()  # noqa: SIM905
)
"""Parts of many names, which name nobody by themselves."""


def words_of(name: str) -> tuple[str, ...]:
    """Return what stands for somebody of this name in a text, folded: the name, and its words.

    Words that are too short or part of many names stand for nobody, unless there are no others.
    """
    whole = " ".join(fold(name).split())
    words = [word for word in re.split(r"[^\w]+", whole) if word]
    telling = [w for w in words if w not in _PARTICLES and (len(w) >= _SHORT or not w.isascii())]
    return tuple(dict.fromkeys(filter(None, (whole, *telling))))


class Name:
    """Finds the places in texts where somebody of a name is named. Case and accents are no matter.

    It finds too much rather than too little: "will" may be Will, or the verb.
    """

    def __init__(self, *names: str) -> None:
        """Take a person's names; somebody who was merged from two has had two."""
        words = dict.fromkeys(word for name in names for word in words_of(name))
        self._spaced = [word for word in words if _is_spaced(word)]
        self._others = [word for word in words if not _is_spaced(word)]
        ends = "|".join(map(re.escape, self._spaced))
        self._pattern = re.compile(rf"(?<!\w)(?:{ends})(?!\w)") if self._spaced else None

        self._hints = [max(re.findall(r"\w+", word), key=len, default="") for word in words]

    def may_be_in(self, folded: str) -> bool:
        """Return whether a folded text is worth a closer look, however it is written in a file."""
        return any(hint in folded for hint in self._hints)

    def is_in(self, text: str) -> bool:
        """Return whether a text names somebody of this name."""
        folded = " ".join(fold(text).split())
        if any(word in folded for word in self._others):
            return True
        return self._pattern is not None and self._pattern.search(folded) is not None


def _is_spaced(word: str) -> bool:
    """Return whether a word's script parts words by blanks, as Chinese, Japanese and Thai do not.

    Korean does, but lets particles follow a name at once; folded, it is in single letters.
    """
    return any(c.isalnum() for c in word) and not any(
        "\u0e00" <= c <= "\u0eff" or "\u1100" <= c <= "\u11ff" or "\u3040" <= c <= "\u9fff"
        for c in word
    )
