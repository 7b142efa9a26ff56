"""A desk to sit at: a notebook in memory with one person and one one-to-one of today."""

from __future__ import annotations

from datetime import timedelta

from tests.builders import NOW, Clock, add_person, write
from tests.services.test_notebook import Memory, notebook_in_memory
from tui.desk.shipped import standard_template
from tui.domain.checklist import ChecklistItem, Phase, in_order
from tui.domain.followups import FollowUp
from tui.domain.journal import Home, Page
from tui.domain.notes import Note
from tui.domain.onetoones import WALK, OneToOne
from tui.domain.people import Topic
from tui.services import course, talks
from tui.services.outward import Format, summary_of, summary_text


class Desk:
    """A notebook with one person and one one-to-one of today."""

    def __init__(self, *, days: int = 0) -> None:
        self.clock = Clock()
        self.memory = Memory()
        self.notebook = notebook_in_memory(memory=self.memory, clock=self.clock)
        self.person = add_person(self.notebook)
        draft = talks.draft_for(self.person, NOW + timedelta(days=days), WALK)
        self.one = talks.plan(self.notebook, draft, standard_template())

    @property
    def now(self) -> OneToOne:
        return self.notebook.journal.one_to_ones[self.one.id]

    @property
    def page(self) -> Page:
        return self.notebook.page(self.one.id)

    @property
    def home(self) -> Home:
        return course.home_of(self.one)

    def write(self, line: str) -> Note | FollowUp | Topic:
        return write(self.notebook, self.one, line)

    def note(self, line: str) -> Note:
        written = self.write(line)
        assert isinstance(written, Note)
        return written

    def read(self, note: Note) -> Note:
        return next(n for n in self.page.notes if n.id == note.id)

    def items(self, phase: Phase = Phase.BEFORE) -> tuple[ChecklistItem, ...]:
        return in_order(self.page.items, phase)

    def texts(self, phase: Phase = Phase.BEFORE) -> list[str]:
        return [item.text for item in self.items(phase)]

    def summary(self) -> str:
        return summary_text(summary_of(self.notebook.journal, self.now, self.page), Format.PLAIN)
