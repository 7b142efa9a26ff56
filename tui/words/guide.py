"""The sentences of the first minute: the empty journal, the throw-away copy, the guide."""

from __future__ import annotations

WHAT_THIS_IS = (
    "A companion for your one-to-ones: prepare in two minutes, listen, and keep what you promised."
)
BEGINS = "A one-to-one begins with a person."
CHOICES: tuple[tuple[str, str, str], ...] = (
    ("people.add", "add the first person", "only the name is needed"),
    ("welcome.guide", "walk through a first one-to-one", "two minutes, somebody invented"),
    ("welcome.demo", "look at a full, invented journal", "as alongside demo opens it"),
)
"""What can be done in an empty journal: the action, what it is called, what it takes."""

THROW_AWAY = "A throw-away copy: try anything. {app.guide} guides you through a one-to-one."
GOES_BACK = " {app.quit} goes back to your journal."
ALL_OF_IT = "That was all of it. {app.guide} closes this line."
ALL_AND_BACK = "That was all of it. {app.quit} goes back to your own journal."
HOW_TO_LEAVE = "{app.guide-skip} skips · {app.guide} ends"
SOMEBODY = "them"
NOT_BEING_GUIDED = "There is nothing to skip: nobody is guided now."
GUIDE_ELSEWHERE = (
    "The guide walks through a first one-to-one on an invented journal, which is thrown away "
    "afterwards. Yours is closed meanwhile, and opened again."
)
DEMO_ELSEWHERE = "alongside demo, in a terminal, opens the invented journal."


def step_of(number: int, count: int) -> str:
    """Return how far the guide has come."""
    return f"Guide {number} of {count} · "
