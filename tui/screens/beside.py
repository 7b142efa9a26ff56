"""What there is to do beside the checklist and the notes: promises, questions, shelf, card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on

from tui import words
from tui.commands import key_for
from tui.domain.checklist import ChecklistItem, Phase, in_order, progress
from tui.domain.dates import say_day
from tui.domain.followups import FollowUp, Stage
from tui.domain.hints import knows_questions
from tui.domain.legs import LEG_ROW, Leg, leg_of
from tui.domain.notes import HEARD, NEED
from tui.domain.people import CardLine, Topic
from tui.domain.questions import Pick
from tui.domain.standing import last_time
from tui.render import (
    BLANK,
    card_line_row,
    heading_row,
    item_row,
    pick_row,
    promise_row,
    remembered_row,
    topic_row,
)
from tui.screens import dialogs, followups
from tui.screens.form import Field
from tui.screens.raising import NEXT
from tui.screens.surface import TalkSurface
from tui.services import checklists, deck, folk, lookback, promises
from tui.services.board import columns_of
from tui.services.lookback import Raise
from tui.widgets.beside import Beside
from tui.widgets.rows import Row, Rows

REMEMBERED = 6
"""Lines of the last talk that are shown."""
HELPS = "card:helps"


class BesideSurface(TalkSurface):
    """A surface of a one-to-one with something beside it that can be dealt with there."""

    CARD_KEY: ClassVar[str] = ""
    """How to get to the whole card from here."""

    def compose_beside(self) -> Beside:
        """Return the list, which `show_beside` fills."""
        return Beside(id="beside")

    def show_beside(self, rows: list[Row]) -> None:
        """Show what there is."""
        while rows and rows[-1] is BLANK:
            rows.pop()
        self.query_one(Beside).set_rows(tuple(rows))

    # -- its parts -------------------------------------------------------------------------

    def to_raise(self) -> tuple[Raise, ...]:
        """Return what to raise in this talk, most pressing first, each with its reason."""
        today = self.notebook.today()
        return lookback.raise_next(self.notebook.journal, self.person.id, today, self.one)

    def promises_beside(self) -> Iterator[Row]:
        """Yield what each of the two still owes, the manager first."""
        today = self.notebook.today()
        board = columns_of(self.notebook.journal.follow_ups_of(self.person.id))
        open_ones = [
            f for column in board.values() for f in column if f.is_open and f.born_in != self.one_id
        ]
        for title, chosen, nothing in (
            ("You promised", [f for f in open_ones if f.i_owe], "Nothing is open from before."),
            (f"{self.person.first_name} planned", [f for f in open_ones if not f.i_owe], ""),
        ):
            if chosen or nothing:
                yield heading_row(title)
                yield from (promise_row(f, today, self.one_id) for f in chosen)
                if not chosen:
                    yield remembered_row("", nothing, is_muted=True)
                yield BLANK

    def questions_beside(self, leg: Leg = Leg.BEFORE) -> Iterator[Row]:
        """Yield the questions considered for this talk, those that fit the leg first."""
        picks = self.notebook.journal.picks_of(self.one_id)
        if not picks and leg is not Leg.BEFORE:
            return
        count = f"{len(picks)} of {deck.AT_MOST}" if leg is Leg.BEFORE else ""
        yield heading_row("Questions", count)
        if not picks:
            is_copy = bool(self.alongside.subtitle)  # there it was somebody invented who knew
            is_known = not is_copy and knows_questions(self.notebook.journal)
            none = words.NO_QUESTIONS if is_known else words.NO_QUESTIONS_YET
            yield remembered_row("", none, is_muted=True)
        fitting = LEG_ROW[leg].moments
        for pick in sorted(picks, key=lambda pick: pick.moment not in fitting):
            yield pick_row(pick, fits=pick.moment in fitting)
        yield BLANK

    def closing_beside(self) -> Iterator[Row]:
        """Yield the list for the close."""
        items = self.notebook.page(self.one_id).items
        closing = in_order(items, Phase.CLOSE)
        if closing:
            done, total = progress(items, Phase.CLOSE)
            yield heading_row("At the close", f"{done} of {total}")
            for item in closing:
                row = item_row(item, with_reason=False, is_pending=False)
                yield row._replace(id=f"item:{item.id}")
            yield BLANK

    def shelf_beside(self, above: tuple[Raise, ...] = ()) -> Iterator[Row]:
        """Yield what was parked for next time, with the day it is from.

        Args:
            above: What is shown already as something to raise.
        """
        shelf = self.notebook.journal.topics.get(self.person.id, ())
        today = self.notebook.today()
        shown = sorted((t for t in shelf if not t.raised), key=lambda t: (t.on, t.id))
        said = {found.about.id for found in above}
        earlier = [t for t in shown if t.born_in != self.one_id and t.id not in said]
        if earlier:
            yield heading_row("Parked for today")
            yield from (topic_row(topic, today) for topic in earlier)
            yield BLANK

    def card_beside(self) -> Iterator[Row]:
        """Yield what is known about the person."""
        person, today = self.person, self.notebook.today()
        yield heading_row(f"What helps {person.first_name}", self.CARD_KEY)
        if person.helps:
            yield card_line_row(HELPS, CardLine("", person.helps), today)
        else:
            hint = "Nothing noted yet: enter writes it down."
            yield remembered_row(HELPS, hint, is_muted=True)
        for number, card_line in enumerate(person.card):
            yield card_line_row(f"card:{number}", card_line, today)
        yield BLANK

    def last_time_beside(self) -> Iterator[Row]:
        """Yield what was said last time, their words first."""
        before = last_time(self.notebook.journal.one_to_ones_of(self.person.id), self.one)
        if before is None:
            nothing = "You have not talked before. Next time, what was said stands here."
            yield remembered_row("", nothing, is_muted=True)
            return
        day = say_day(before.at.date(), self.notebook.today())
        yield heading_row(f"Last time, {day}, {before.place}")
        notes = sorted(self.notebook.page(before.id).notes, key=lambda n: (n.at, n.id))
        told = [note for note in notes if note.kind in (HEARD, NEED)] or notes
        yield from (remembered_row("", note) for note in told[:REMEMBERED])

    def leg(self) -> Leg:
        """Return how far the talk has come."""
        return leg_of(self.one)

    # -- what can be done ------------------------------------------------------------------

    @on(Beside.Wanted)
    def _deal_with(self, event: Beside.Wanted) -> None:
        event.stop()
        table, _, record_id = event.row_id.removeprefix(NEXT).partition(":")
        journal = self.notebook.journal
        found: FollowUp | Pick | Topic | ChecklistItem | None = None
        match table:
            case "promise":
                found = journal.follow_ups.get(record_id)
            case "pick":
                found = next((p for p in journal.picks_of(self.one_id) if p.id == record_id), None)
            case "area" | "asked" if event.verb in ("do", "edit"):
                self.alongside.open_deck(self.one_id)
            case "topic":
                shelf = journal.topics.get(self.person.id, ())
                found = next((t for t in shelf if t.id == record_id), None)
            case "item":
                items = self.notebook.page(self.one_id).items
                found = next((i for i in items if i.id == record_id), None)
            case "card" if event.verb == "edit":
                dialogs.ask_card_line(self.alongside, self.person, record_id)
        match found:
            case FollowUp():
                self._with_promise(event.verb, found)
            case Pick():
                self._with_pick(event.verb, found)
            case Topic():
                self._with_topic(event.verb, found)
            case ChecklistItem() if event.verb == "do":
                self.attempt(lambda: checklists.tick(self.notebook, self.one, found))

    @on(Rows.Chosen, "#beside")
    def _clicked(self) -> None:
        self.query_one(Beside).action_beside_do()

    @on(Beside.Left)
    def _leave_beside(self) -> None:
        self.leave_beside()

    def go_beside(self) -> None:
        """Put the focus there at once: keys typed right behind are for what stands there."""
        self.app.stylesheet.update(self)  # where it was hidden it can take the focus from now on
        self.set_focus(self.query_one(Beside))

    def leave_beside(self) -> None:
        """Give the focus back to where it came from."""
        raise NotImplementedError

    def _with_promise(self, verb: str, follow_up: FollowUp) -> None:
        notebook = self.notebook
        match verb:
            case "do":
                if self.attempt(lambda: promises.move(notebook, follow_up, Stage.DONE)):
                    self.alongside.say(words.done(follow_up.text))
            case "edit":
                followups.ask_follow_up(self.alongside, follow_up)
            case "touch":
                self._touch(follow_up)
            case "history":
                followups.show_history(self.alongside, follow_up)
            case "drop":
                self.alongside.say(words.LET_GO_THERE)

    def _touch(self, follow_up: FollowUp) -> None:
        """Note that it came up again; the third time, ask what should become of it."""
        if not self.attempt(lambda: promises.touch(self.notebook, follow_up, self.one_id)):
            return
        after = self.notebook.journal.follow_ups[follow_up.id]
        if self.one_id in after.touches and after.asks_decision:
            followups.ask_decision(self.alongside, after)

    def _with_pick(self, verb: str, pick: Pick) -> None:
        notebook, one = self.notebook, self.one
        match verb:
            case "do":
                self.attempt(lambda: deck.flip_asked(notebook, one, pick))
            case "landed":
                self.attempt(lambda: deck.turn_landed(notebook, one, pick))
            case "drop":
                if self.attempt(lambda: deck.put_back(notebook, one, pick)):
                    self.alongside.say(
                        f"Put back into the deck. {key_for('app.undo')} brings it back."
                    )
            case "edit":
                ask_pick(self, pick)

    def _with_topic(self, verb: str, topic: Topic) -> None:
        notebook, person_id = self.notebook, self.person.id
        match verb:
            case "do":
                raised = not topic.raised
                if self.attempt(lambda: folk.set_raised(notebook, person_id, topic, raised)):
                    put_back = f"Off the shelf. {key_for('app.undo')} puts it back."
                    told = put_back if raised else "On the shelf."
                    self.alongside.say(told)
            case "edit":
                dialogs.ask_topic(self.alongside, person_id, topic)
            case "drop":
                self.attempt(lambda: dialogs.delete_topic(self.alongside, person_id, topic))


def ask_pick(screen: TalkSurface, pick: Pick) -> None:
    """Ask for other words of a question for this talk."""
    fields = (
        Field("text", "The question", pick.text),
        Field("cue", "On the card, in a word or three", pick.cue),
    )
    screen.ask(
        "This question",
        fields,
        lambda v: deck.edit_pick(screen.notebook, screen.one, pick, v["text"], v["cue"]),
        key=f"pick:{pick.id}",
    )
