"""Whether a question leaves its answer open, told by how it begins.

Interviewers call a question open that can hardly be answered with yes or no. The form tells, not
the meaning: a clause that begins with a question word (*what*, *how* …) or an invitation (*tell
me* …) is open, one that begins with a verb that wants yes or no (*do*, *is*, *would* …) is closed.
A clause that begins with neither, such as *if you had a week*, leaves it to the next. It knows
English only, and says of all else that it cannot tell.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Form(StrEnum):
    """What a question leaves to the one who answers."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


# fmt: off
_ASKS = frozenset({"what", "what's", "how", "how's", "which", "who", "who's", "whom", "whose",
                   "why", "where", "where's", "when", "when's"})
_CONJUNCTIONS = frozenset({"when", "where", "how", "who", "which"})
"""Words of these that may also begin a clause in which nothing is asked: *when you are tired*."""
_YES_OR_NO = frozenset({"am", "are", "can", "could", "did", "do", "does", "had", "has", "have",
                        "is", "may", "might", "must", "shall", "should", "was", "were", "will",
                        "would"})
_INVITES = frozenset({"tell", "describe", "take", "walk", "show", "say", "imagine", "help"})
_BEFORE = frozenset({"and", "but", "so", "or", "well", "now", "then", "ok", "okay", "please"})
_SUBJECTS = frozenset({"i", "you", "we", "they", "he", "she", "it", "the", "a", "an", "this",
                       "that", "there", "my", "your", "our", "their", "his", "her", "somebody",
                       "someone", "people", "everybody", "everyone", "things", "nobody"})
# fmt: on
_WORD = r"[^\W\d_]+(?:'[^\W\d_]+)?"
_BREAK = r"[,;:.?!…—–]|\s-\s"
_POLITE = r"\b(tell|describe|walk|take|show)\b.{0,20}\b(me|us)\b"
"""After *could you*: a question with yes for an answer that nobody means so."""


def form_of(question: str) -> Form:
    """Return whether a question is open or closed by its form; see the module."""
    text = question.casefold().replace("’", "'")
    clauses = [re.findall(_WORD, part) for part in re.split(_BREAK, text)]
    for words in clauses:
        while words and words[0] in _BEFORE:
            words = words[1:]
        first, second = (*words, "", "")[:2]
        if first in _ASKS and not (first in _CONJUNCTIONS and second in _SUBJECTS):
            return Form.OPEN
        if first in _INVITES:
            return Form.OPEN
        if first.removesuffix("n't") in _YES_OR_NO or first in ("can't", "won't"):
            return Form.OPEN if re.search(_POLITE, " ".join(words)) else Form.CLOSED
    is_asked = any(word in _ASKS for words in clauses for word in words)
    return Form.OPEN if is_asked else Form.UNKNOWN
