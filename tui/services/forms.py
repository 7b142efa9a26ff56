"""The formats of a summary that there are, the manager's own template first where there is one."""

from __future__ import annotations

from typing import NamedTuple

from tui.domain.ours import Template
from tui.errors import UsageError
from tui.services.outward import Format, own_template


class Forms(NamedTuple):
    """The formats to choose from."""

    all: tuple[Format, ...]
    """In order; the first is the one to begin with."""
    template: Template | None = None
    problem: str = ""
    """What is wrong with the template, and that plain text is used instead."""

    def after(self, form: Format) -> Format:
        """Return the format that comes after one when one key goes round them."""
        return self.all[(self.all.index(form) + 1) % len(self.all)]


SHIPPED = tuple(form for form in Format if form is not Format.OWN)
SHIPPED_FORMS = Forms(SHIPPED)
"""What there is without a template."""


def forms_with(path: str, text: str, problem: str = "", me: str = "") -> Forms:
    """Return the formats there are with a template of the manager's own.

    Args:
        path: The file it is in.
        text: What the file says.
        problem: Why it cannot be read, as a sentence.
        me: What the manager is called.
    """
    try:
        if problem:
            raise UsageError(problem)
        return Forms((Format.OWN, *SHIPPED), own_template(text, path, me))
    except UsageError as error:
        return Forms(SHIPPED, problem=f"{error} It is not used; this is plain text.")
