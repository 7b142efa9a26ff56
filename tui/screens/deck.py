"""Questions: up to three for one talk, each offered with the reason for it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from tui import words
from tui.bindings import bindings_of
from tui.commands import Area, Command, commands_of, key_for
from tui.desk.shipped import questions
from tui.domain.hints import knows_questions
from tui.domain.questions import MOMENTS, Moment, Question
from tui.domain.text import fold
from tui.render import BLANK, MUTED, heading_row, line, pick_row, question_row, text
from tui.screens.beside import ask_pick
from tui.screens.form import Field, Values
from tui.screens.surface import TalkSurface, rule
from tui.services import deck
from tui.widgets.rows import Row, Rows

OFFERED = 9
"""Questions offered before the whole deck."""

NOTHING_FOUND = Row("", text("No question fits these words. n writes one of your own.", MUTED))


class DeckScreen(TalkSurface):
    """Shows what could be asked, and takes up to three of it."""

    AREA = Area.DECK
    CSS_PATH = "deck.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Area.DECK)

    def __init__(self, one_id: str) -> None:
        super().__init__(one_id)
        self._words = ""
        self._shipped = questions()

    def compose_body(self) -> ComposeResult:
        """Show the questions below what is understood of them."""
        yield rule()
        yield Rows(id="deck")
        yield rule()
        yield Static("", id="facts", markup=False)

    def begin(self) -> None:
        """Begin among the questions."""
        self.query_one(Rows).focus()

    def bar_commands(self) -> tuple[Command, ...]:
        """Return what matters here."""
        return tuple(command for command in commands_of(Area.DECK) if command.in_bar)

    def _deck(self) -> tuple[Question, ...]:
        own = sorted(self.notebook.journal.questions.values(), key=lambda q: q.id)
        return (*own, *self._shipped)

    def show_body(self) -> None:
        """Show what is taken, what is offered and why, then the whole deck."""
        journal, today = self.notebook.journal, self.notebook.today()
        picks = journal.picks_of(self.one_id)
        found = deck.offers(journal, self.one, self._deck(), today)
        taken: list[Row] = [heading_row("For this talk", f"{len(picks)} of {deck.AT_MOST}")]
        taken += [pick_row(pick) for pick in picks]
        is_known = not self.alongside.subtitle and knows_questions(journal)
        if not picks and not is_known:
            taken.append(Row("", text(words.DRAW, MUTED)))
        wanted = fold(self._words).split()
        reasons = {o.question.id: o.reason for o in found}
        if wanted:  # what is looked for comes first, so that it can be seen on a small screen
            rows = self._whole_deck(wanted, reasons)
            rows = [*rows[1:], BLANK, *taken] if rows else [NOTHING_FOUND, BLANK, *taken]
        else:
            offered = [question_row(o.question, o.reason) for o in found[:OFFERED]]
            rows = [*taken, BLANK, heading_row("Offered", "why"), *offered]
            rows += self._whole_deck(wanted, reasons)
        self.query_one(Rows).set_rows(tuple(rows))
        self._show_facts()

    def _whole_deck(self, wanted: list[str], reasons: dict[str, str]) -> list[Row]:
        taken = {p.question_id for p in self.notebook.journal.picks_of(self.one_id)}
        past = deck.past_of(self.notebook.journal, self.one).questions
        today = self.notebook.today()
        shown = set() if wanted else set(list(reasons)[:OFFERED])
        rows: list[Row] = []
        for moment, label, meaning in MOMENTS:
            fitting = [
                question
                for question in self._deck()
                if question.moment is moment
                and question.id not in taken | shown
                and all(word in fold(f"{question.text} {question.cue}") for word in wanted)
            ]
            if fitting:
                rows += [BLANK, heading_row(label.capitalize(), meaning)]
            for question in fitting:
                asked = past.get(question.id)
                when = deck.say_asked(asked.day, today) if asked else ""
                rows.append(question_row(question, when))
        return rows

    @on(Rows.Highlighted)
    def _show_facts(self) -> None:
        question = self.chosen
        facts = deck.facts_of(question) if question else ""
        self.query_one("#facts", Static).update(line((facts, MUTED)))

    # -- what can be done ------------------------------------------------------------------

    @property
    def chosen(self) -> Question | None:
        """The question highlighted, as it is in the deck."""
        wanted = self.query_one(Rows).cursor
        table, _, record_id = wanted.partition(":")
        if table == "pick":
            picks = self.notebook.journal.picks_of(self.one_id)
            record_id = next((p.question_id for p in picks if p.id == record_id), "")
        return next((q for q in self._deck() if q.id == record_id), None)

    @on(Rows.Chosen)
    def action_deck_take(self) -> None:
        """Take the question, or put it back."""
        table, _, record_id = self.query_one(Rows).cursor.partition(":")
        picks = self.notebook.journal.picks_of(self.one_id)
        pick = next((p for p in picks if p.id == record_id), None)
        question = self.chosen
        if table == "pick" and pick is not None:
            self.attempt(lambda: deck.put_back(self.notebook, self.one, pick))
        elif question is not None:
            self.attempt(lambda: deck.take(self.notebook, self.one, (question,)))

    def action_deck_draw(self) -> None:
        """Draw as many questions as are still to be had."""
        journal = self.notebook.journal
        picks = journal.picks_of(self.one_id)
        found = deck.offers(journal, self.one, self._deck(), self.notebook.today())
        drawn = deck.draw(found, picks)
        if drawn:
            self.attempt(
                lambda: deck.take(self.notebook, self.one, [offer.question for offer in drawn])
            )
        else:
            self.alongside.say(words.NOTHING_TO_DRAW)

    def action_deck_add(self) -> None:
        """Write a question of one's own."""
        self._ask(Question("", self._words, is_own=True))

    def action_deck_edit(self) -> None:
        """Change a question of one's own, or the words of one that is taken."""
        table, _, record_id = self.query_one(Rows).cursor.partition(":")
        question = self.chosen
        if table == "pick":
            picks = self.notebook.journal.picks_of(self.one_id)
            pick = next((p for p in picks if p.id == record_id), None)
            if pick is not None:
                ask_pick(self, pick)
        elif question is not None and question.is_own:
            self._ask(question)
        elif question is not None:
            self.alongside.say(words.TAKE_FIRST)

    def _ask(self, question: Question) -> None:
        moments = tuple((moment.value, label) for moment, label, _ in MOMENTS)
        fields = (
            Field("text", "The question, as you would say it", question.text),
            Field("cue", "On the card, in a word or three", next(iter(question.cues), "")),
            Field("moment", "Where in the talk", question.moment, choices=moments),
            Field("area", "What it is about", question.area, choices=deck.area_choices()),
        )

        def save(values: Values) -> None:
            said = values["text"], values["cue"], Moment(values["moment"]), values["area"]
            if question.id:
                deck.edit_own(self.notebook, question, *said)
            else:
                deck.add_own(self.notebook, *said)

        title = "A question of your own"
        self.ask(title, fields, save, key=f"question:{question.id or 'new'}")

    def action_deck_delete(self) -> None:
        """Delete a question of one's own."""
        question = self.chosen
        if question is None or not question.is_own:
            self.alongside.say("Only questions of your own can be deleted.")
        elif self.attempt(lambda: deck.delete_own(self.notebook, question)):
            self.alongside.say(f"Question deleted. {key_for('app.undo')} brings it back.")

    async def action_deck_find(self) -> None:
        """Type to find a question."""
        await self.open_find("find: a word of a question", before="#deck")

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        self._words = event.value
        self.show()
        self.query_one(Rows).action_first()

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self.query_one(Rows).focus()

    def action_deck_back(self) -> None:
        """Leave the search, then go back to the checklist."""
        if self.query("#find"):
            self.query("#find").remove()
            self._words = ""
            self.query_one(Rows).focus()
            self.show()
        else:
            self.alongside.open_prepare(self.one_id)
