"""A text that is drawn and laid out again only where it says something else."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Steady(Static):
    """Shows a text, as Textual's Static does, which starts anew whatever it is given."""

    def __init__(
        self, content: Content | str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        """Show a text.

        Args:
            content: What it says at first; no markup is read in it.
            id: The widget's id.
            classes: Its CSS classes.
        """
        self._said = _said(content)
        super().__init__(self._said, id=id, classes=classes, markup=False)

    def say(self, content: Content | str, *, layout: bool = True) -> None:
        """Say something else; nothing happens where it says the same already.

        Args:
            content: What it is to say.
            layout: Whether it may take another place for that.
        """
        said = _said(content)
        if said.is_same(self._said):
            return
        self._said = said
        self.update(said, layout=layout)


def _said(content: Content | str) -> Content:
    return content if isinstance(content, Content) else Content(content)
